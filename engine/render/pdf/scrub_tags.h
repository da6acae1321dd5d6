/* scrub_tags.h - names, identifiers and attributes of structure elements, made neutral in one and
 * the same way everywhere.
 *
 * For the files of the scrubber only. An identifier lives on only when a table header needs it, or
 * a note must have one. */
#pragma once

#include "engine/render/pdf/scrub_shape.h"

typedef struct LwTagNames LwTagNames;

typedef enum {
	LW_TAG_WHOLE,  /* nothing of the element was removed */
	LW_TAG_BURNED, /* something was: no sizes, no texts */
} LwTagState;

LwTagNames *lw_tag_names_new(LwScrub *scrub);
void lw_tag_names_free(LwTagNames *names);
/* The name itself, or a neutral one when a secret stands in it; the same answer every time. Lives
 * with names. */
const char *lw_tag_type(LwTagNames *names, const char *type);
const char *lw_tag_class(LwTagNames *names, const char *class_name);

/* First: which identifiers do these attributes (an entry A, or a value of the ClassMap) refer to?
 */
void lw_tag_want(LwTagNames *names, LwPdfObject *attributes);
/* Then, in the order of the tree: an element has this identifier. New one when it is wanted or
 * needed, else NULL. */
typedef enum { LW_TAG_IF_WANTED, LW_TAG_NEEDED } LwTagNeed;
LwPdfObject *lw_tag_identify(LwTagNames *names, LwPdfObject *id, LwTagNeed need);
/* Last: the attributes as they may stay, with new identifiers; NULL when nothing does. */
LwPdfObject *lw_tag_attributes(LwTagNames *names, LwPdfObject *attributes, LwTagState state);
LwPdfObject *lw_tag_classes(LwTagNames *names, LwPdfObject *classes); /* an entry C */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwTagNames, lw_tag_names_free)
