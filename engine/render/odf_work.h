/* odf_work.h - what the steps of writing one OpenDocument text share: burn, scrub, pack, in this
 * order. */
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
} LwOdfWork;

/* Every mark becomes one run per line with its label, pictures under a mark and embedded objects
 * too. Afterwards only the map's pieces are out of date. */
gboolean lw_odf_burn(LwOdfWork *work, GError **error);
/* Everything that no reader sees, and names in which a secret stands, out of one part. */
void lw_odf_scrub(LwOdfWork *work, LwXml *part);
/* The new package. Yours. */
GBytes *lw_odf_pack(LwOdfWork *work, GError **error);

/* Does a secret stand in this string, as written or with the escapes of links ("%20") and names
 * ("_20_") undone? */
gboolean lw_odf_is_secret(LwOdfWork *work, const char *value);
/* A name for something whose name gives a secret away; the same for the same. */
const char *lw_odf_rename(LwOdfWork *work, const char *name);

/* The picture without what is no picture (EXIF, XMP, comments, text, profiles, what follows its
 * end), or NULL when it is no JPEG, PNG or GIF or is damaged. Yours. */
GBytes *lw_odf_strip_picture(GBytes *picture);
