/* metrics.h - the 14 standard fonts: which font is one of them, and how wide their glyphs are (ISO
 * 32000-1 section 9.6.2.2).
 *
 * Widths are in thousandths of text space. */
#pragma once

#include "engine/pdf/encoding.h"

typedef enum {
	LW_PDF_CORE_HELVETICA,
	LW_PDF_CORE_TIMES,
	LW_PDF_CORE_COURIER,
	LW_PDF_CORE_SYMBOL,
	LW_PDF_CORE_DINGBATS,
} LwPdfCoreFamily;

typedef struct {
	LwPdfCoreFamily family;
	gboolean bold, italic;
} LwPdfCoreFont;

/* Bits of /Flags in a font descriptor. */
typedef enum {
	LW_PDF_FONT_FIXED = 1 << 0,
	LW_PDF_FONT_SERIF = 1 << 1,
	LW_PDF_FONT_SYMBOLIC = 1 << 2,
	LW_PDF_FONT_NONSYMBOLIC = 1 << 5,
	LW_PDF_FONT_ITALIC = 1 << 6,
	LW_PDF_FONT_BOLD = 1 << 18,
} LwPdfFontFlags;

/* A standard font or a usual alias of one ("Arial,Bold", "ABCDEF+TimesNewRomanPS-ItalicMT"); NULL
 * is none. */
gboolean lw_pdf_core_find(const char *base_font, LwPdfCoreFont *font);
/* The standard font that comes nearest; base_font may be NULL. */
LwPdfCoreFont lw_pdf_core_nearest(const char *base_font, guint32 flags);
/* -1 when the font has no such glyph. */
double lw_pdf_core_width(LwPdfCoreFont font, const char *glyph);
LwPdfEncoding lw_pdf_core_encoding(LwPdfCoreFont font);
double lw_pdf_core_ascent(LwPdfCoreFont font);
double lw_pdf_core_descent(LwPdfCoreFont font); /* negative */
