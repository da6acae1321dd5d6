/* scrub_shape.h - white lists as tables: which keys a dictionary may keep, and what its values may
 * be.
 *
 * What a shape does not name goes; a value of another type than its form says goes; a string or
 * name in which a secret stands goes. For the files of the scrubber only. */
#pragma once

#include "engine/render/pdf/scrub.h"

typedef enum {
	LW_FORM_NAME,
	LW_FORM_NUMBER,
	LW_FORM_BOOLEAN,
	LW_FORM_TEXT,	/* a string */
	LW_FORM_SPOKEN, /* a string that somebody has to hear: one that tells becomes "[gelakt]" */
	LW_FORM_LANG,	/* a language tag */
	LW_FORM_DATA,	/* numbers, names, booleans, arrays of them */
	LW_FORM_GLYPHS, /* the same; its names are the font scrubber's to judge */
	LW_FORM_CHILD,	/* dictionaries and streams of the child shape, in arrays too; plain data */
	LW_FORM_MAP,	/* a dictionary with any keys, its values as CHILD */
	LW_FORM_OURS,	/* whoever applies the shape looks after it */
} LwForm;

typedef struct LwShape LwShape;

typedef struct {
	const char *key;
	LwForm form;
	const LwShape *child;
} LwShapeKey;

struct LwShape {
	const LwShapeKey *keys; /* ends with key NULL */
	/* Another shape for this object, by what it says it is; or NULL. */
	const LwShape *(*choose)(LwPdf *pdf, LwPdfObject *object);
	/* What keys cannot say; or NULL. After the keys. */
	void (*finish)(LwScrub *scrub, LwPdfObject *object);
};

/* Cleans objects and all they reach, each indirect object once. */
typedef struct LwCleaner LwCleaner;

LwCleaner *lw_cleaner_new(LwScrub *scrub);
void lw_cleaner_free(LwCleaner *cleaner);
void lw_cleaner_add(LwCleaner *cleaner, LwPdfObject *object, const LwShape *shape);
void lw_cleaner_run(LwCleaner *cleaner);
/* Only this dictionary's own keys; children are left for a later cleaner. */
void lw_shape_apply(LwScrub *scrub, LwPdfObject *object, const LwShape *shape);

/* A set of objects. */
GHashTable *lw_scrub_set_new(void);
/* The dictionary of a dictionary or stream, to change; else NULL. */
LwPdfObject *lw_scrub_dictionary(LwPdfObject *object);
/* Does a secret stand in this string or name? Counts it as removed when it does. */
gboolean lw_scrub_tells(LwScrub *scrub, const LwPdfObject *object);
/* The same for every string, name and key that is reached without leaving the direct object; past a
 * bound: yes. */
gboolean lw_scrub_tells_deep(LwScrub *scrub, LwPdfObject *object);
/* A string that people read, as the version of PDF that is written has it. */
LwPdfObject *lw_scrub_text(const LwScrub *scrub, LwPdfObject *string);
gboolean lw_scrub_is_language(const LwPdfObject *string);
/* A page of the page tree: lw_scrub_document has dropped all others. */
gboolean lw_scrub_is_page(LwPdf *pdf, LwPdfObject *object);
/* Says that something stood here. */
LwPdfObject *lw_scrub_neutral(const LwScrub *scrub);
/* The value of the style's language. */
const char *lw_scrub_say(const LwScrub *scrub, const char *dutch, const char *english);

/* A destination as [page /XYZ …] or a name, without anything else; NULL when there is none or a
 * secret stands in it. */
LwPdfObject *lw_scrub_destination(LwScrub *scrub, LwPdfObject *destination);
/* A new GoTo or URI action, without what follows it; NULL for any other, and where a secret stands
 * in it. */
LwPdfObject *lw_scrub_action(LwScrub *scrub, LwPdfObject *action);

/* Entries of a name or number tree. */
typedef struct {
	LwPdfObject *key, *value; /* value not resolved */
} LwTreeEntry;

/* All entries, nodes visited once; yours. leaf_key: "Names" or "Nums". */
GArray *lw_scrub_tree_entries(LwPdf *pdf, LwPdfObject *root, const char *leaf_key);
/* A new tree of these, sorted, without doubles; a reference to it. */
LwPdfObject *lw_scrub_tree_build(LwPdf *pdf, GArray *entries, const char *leaf_key);

/* The text that appearances draw, as fonts say it; fonts are kept for the next. */
typedef struct LwDrawn LwDrawn;

LwDrawn *lw_drawn_new(LwScrub *scrub);
void lw_drawn_free(LwDrawn *drawn);
/* Does a secret stand in what an appearance dictionary draws, in any of its states? What cannot be
 * read: yes. */
gboolean lw_drawn_tells(LwDrawn *drawn, LwPdfObject *appearance);

/* scrub_states.c: before the fields are judged. */
void lw_scrub_states(LwScrub *scrub);
/* scrub_looks.c: the same. */
void lw_scrub_looks(LwScrub *scrub);

extern const LwShape lw_shape_layer; /* OCG or OCMD */
extern const LwShape lw_shape_page;  /* pages, and the nodes of the page tree above them */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwCleaner, lw_cleaner_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwDrawn, lw_drawn_free)
