/* fontcodes.h - what a font dictionary says about codes, for the codes in use only: characters,
 * widths, names, maps.
 *
 * Nothing shared with another font is changed: every part is made anew. */
#pragma once

#include "engine/pdf/encoding.h"
#include "engine/render/pdf/fontuse.h"

typedef struct {
	guint32 cid, code;
	guint8 bytes;
} LwFontCid;

typedef struct {
	guint32 code;
	guint8 bytes;
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
} LwFontMeaning;

/* What its ToUnicode map says of each code in use (LwFontMeaning), ascending; yours. */
GArray *lw_fontcodes_meanings(LwPdf *pdf, const LwFontUse *use);
/* A new ToUnicode map of these. */
void lw_fontcodes_set_meanings(LwPdf *pdf, const LwFontUse *use, const GArray *meanings);
/* The width of a code as it is listed, or NULL. */
LwPdfObject *lw_fontcodes_width(LwPdf *pdf, const LwFontUse *use, guint code);
void lw_fontcodes_simple(LwPdf *pdf, LwFontUse *use);
/* FALSE: its map from codes to numbers had to stay as it was. */
gboolean lw_fontcodes_composite(LwPdf *pdf, LwFontUse *use);
/* A new map from codes to numbers (LwFontCid, codes of one length). */
void lw_fontcodes_set_map(LwPdf *pdf, const LwFontUse *use, const GArray *cids);
/* Widths of a descendant, for all fonts that share it. */
void lw_fontcodes_descendant(LwPdf *pdf, LwPdfObject *descendant, const GPtrArray *uses);
/* Numbers in use, ascending by number; yours. */
GArray *lw_fontcodes_cids(const LwFontUse *use); /* LwFontCid */
/* The descendant of a Type 0 font; NULL when there is none. */
LwPdfObject *lw_fontcodes_descendant_of(LwPdf *pdf, const LwFontUse *use);
/* One tag for all subsets: a producer's may be a digest of the letters. */
void lw_fontcodes_retag(LwPdf *pdf, LwPdfObject *dictionary, const char *key);
