/* fontuse.h - which codes of which font the content of a file shows.
 *
 * Everything that the pages reach counts, shown or not: their contents, forms, patterns, soft
 * masks, glyphs of Type 3 fonts, and every appearance of an annotation. A font that content only
 * could use is listed too. */
#pragma once

#include "engine/pdf/font.h"

typedef struct {
	LwPdfObject *dictionary;
	LwPdfFont *font;
	GHashTable *codes; /* code -> bytes of the code */
	gboolean whole;	   /* a form that can be filled in needs all of it */
	gboolean mixed;	   /* one code in two lengths: the numbers they mean are not kept apart */
} LwFontUse;

typedef struct {
	GPtrArray *uses;   /* LwFontUse, in order of first sight */
	gboolean complete; /* FALSE: past a limit, so that no code may be called unused */
	gboolean spaced;   /* somewhere words are spaced: code 32 is more than a glyph */
} LwFontUses;

/* The new code, as long as the old one. */
typedef guint32 (*LwFontRecode)(void *self, const LwFontUse *use, guint32 code);

LwFontUses *lw_font_uses_new(LwPdf *pdf); /* yours */
void lw_font_uses_free(LwFontUses *uses);
/* Writes all content anew in which a code changes. FALSE: one stream is drawn in two fonts, or past
 * a limit; then nothing was changed. */
gboolean lw_font_uses_recode(LwPdf *pdf, const LwFontUses *uses, LwFontRecode recode, void *self);
GArray *lw_font_use_sorted(const LwFontUse *use); /* guint32, ascending; yours */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwFontUses, lw_font_uses_free)
