/* odf_work.h - what the steps of writing one OpenDocument file share: burn, crop, scrub, pack, in
 * this order. */
#pragma once

#include "engine/model/mark.h"
#include "engine/model/secret.h"
#include "engine/odf/package.h"
#include "engine/odf/text.h"

typedef struct {
	LwPackage *package;
	LwTextMap *map;
	const LwPlan *plan;
	LwReceipt *receipt;
	LwSecrets *secrets;
	GHashTable *seen;  /* text nodes that the reader reads, after burning */
	GHashTable *names; /* a name with a secret in it, to what it is called now */
	guint taken;	   /* the highest number that such names have already */
	GHashTable *known; /* a string, to whether a secret stands in it */
	GHashTable *cells; /* that a mark touched, to the mark (LwMark) */
	GHashTable *fresh; /* name of a picture that we made, to its bytes */
} LwOdfWork;

/* Every mark becomes one run per line with its label, pictures under a mark and embedded objects
 * too. Afterwards only the map's pieces are out of date. */
gboolean lw_odf_burn(LwOdfWork *work, GError **error);
/* Everything that no reader sees, and names in which a secret stands, out of one part. */
void lw_odf_scrub(LwOdfWork *work, LwXml *part);
/* Styles that nothing uses; after all parts were scrubbed. */
void lw_odf_scrub_styles(LwOdfWork *work);
/* Pictures of which frames cut a part off lose that part. After burning. */
void lw_odf_crop(LwOdfWork *work);
/* The new file. Yours. */
GBytes *lw_odf_pack(LwOdfWork *work, GError **error);

/* Frames (LwNode) whose content cannot stay: a word stands there. */
void lw_odf_replace_frames(LwOdfWork *work, const GPtrArray *frames);
/* Results of formulas over numbers that went (LwNode, to the mark + 1) go too. */
void lw_odf_follow_formulas(LwOdfWork *work);
/* The cell holds nothing but the label of this mark. */
void lw_odf_label_cell(LwOdfWork *work, LwNode *cell, const LwMark *mark);
/* A cell that a mark touched shows words now: its value goes. */
void lw_odf_cell_forget(LwNode *cell);
/* The value of a cell stays as far as the cell shows it. */
void lw_odf_cell_settle(LwOdfWork *work, LwNode *cell);
/* Does a secret stand in this string, as written or with the escapes of links ("%20") and names
 * ("_20_") undone? */
gboolean lw_odf_is_secret(LwOdfWork *work, const char *value);
/* A name for something whose name gives a secret away; the same for the same. */
const char *lw_odf_rename(LwOdfWork *work, const char *name);

/* The part of a PNG or JPEG picture that a clip ("rect(1cm, 0cm, 0cm, 2cm)": top, right, bottom,
 * left) leaves, or NULL when it can't be told. Yours. */
GBytes *lw_odf_crop_picture(GBytes *picture, const char *clip);
/* The picture without what is no picture (EXIF, XMP, comments, text, profiles, what follows its
 * end), or NULL when it is no JPEG, PNG or GIF or is damaged. Yours. */
GBytes *lw_odf_strip_picture(GBytes *picture);
