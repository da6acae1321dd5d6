/* encoding.h - which glyph name a code of a simple font means, and which characters a glyph name
 * means (ISO 32000-1 annex D).
 *
 * All names are static. */
#pragma once

#include <glib.h>

#define LW_PDF_GLYPH_CHARACTERS 4 /* at most these many for one glyph */

typedef enum {
	LW_PDF_ENCODING_STANDARD,
	LW_PDF_ENCODING_WIN_ANSI,
	LW_PDF_ENCODING_MAC_ROMAN,
	LW_PDF_ENCODING_MAC_EXPERT,
	LW_PDF_ENCODING_PDF_DOC,
	LW_PDF_ENCODING_SYMBOL,
	LW_PDF_ENCODING_DINGBATS,
	LW_PDF_ENCODINGS,
} LwPdfEncoding;

/* NULL when the encoding has no glyph there. */
const char *lw_pdf_encoding_glyph(LwPdfEncoding encoding, guint8 code);
/* By the name in a PDF, such as "WinAnsiEncoding"; FALSE leaves *encoding. */
gboolean lw_pdf_encoding_find(const char *name, LwPdfEncoding *encoding);
/* Characters of a glyph name: of the Adobe Glyph List, uniXXXX, uXXXXXX, f_f_i, with or without
 * ".suffix". Unused are 0; FALSE (all 0) when the name says nothing, or more than fits. */
gboolean lw_pdf_glyph_unicode(const char *name, gunichar unicode[LW_PDF_GLYPH_CHARACTERS]);
/* A name that means something to us and not to the Adobe Glyph List: other readers take the
 * character from the code. */
gboolean lw_pdf_glyph_is_guessed(const char *name);
/* The same for the names of ZapfDingbats ("a1" …), which mean something in that font only. */
gboolean lw_pdf_dingbat_unicode(const char *name, gunichar unicode[LW_PDF_GLYPH_CHARACTERS]);
/* A surrogate, a control character, a non-character or past U+10FFFF is no character that a glyph
 * can mean. */
gboolean lw_pdf_is_character(gunichar c);
