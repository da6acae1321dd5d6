/* font.h - what a PDF font says about codes: their length, width, place and Unicode (ISO 32000-1
 * section 9.6 to 9.10).
 *
 * A font is loaded once per font dictionary and cached by the caller. Never fails: a broken font
 * gives the best reading, and `doubtful` says that widths or codes were guessed. */
#pragma once

#include "engine/pdf/object.h"

typedef struct LwPdfFont LwPdfFont;

typedef struct {
	guint32 code;
	guint8 bytes;	/* 1 to 4: how long the code is in the string */
	gboolean space; /* single-byte code 32: word spacing applies */
	double width; /* horizontal displacement (w0) in thousandths of text space; Type 3: through
			 its FontMatrix, times 1000 */
	double vx, vy,
		wy; /* vertical writing only: position vector and displacement w1y, thousandths */
	gunichar unicode[4]; /* as ToUnicode or the encoding says; [0] is 0 when unknown; unused are
				0 */
} LwPdfCode;

LwPdfFont *lw_pdf_font_load(LwPdf *pdf, LwPdfObject *dictionary); /* yours */
void lw_pdf_font_free(LwPdfFont *font);
/* Decodes the code at string[0]; length > 0. Returns how many bytes it takes (at least 1, at most
 * length). */
gsize lw_pdf_font_next(const LwPdfFont *font, const guint8 *string, gsize length, LwPdfCode *code);
gboolean lw_pdf_font_is_vertical(const LwPdfFont *font);
gboolean lw_pdf_font_is_type3(const LwPdfFont *font);
gboolean lw_pdf_font_is_composite(const LwPdfFont *font); /* Type 0 */
gboolean lw_pdf_font_is_embedded(const LwPdfFont *font);
gboolean lw_pdf_font_doubtful(const LwPdfFont *font);
/* Ink above and below the baseline in thousandths of an em (descent negative), made sane
 * (500..1200, -50..-500) unless Type 3, where it is FontBBox through the FontMatrix. */
double lw_pdf_font_ascent(const LwPdfFont *font);
double lw_pdf_font_descent(const LwPdfFont *font);
/* Type 3: the glyph's content stream, or NULL. */
LwPdfObject *lw_pdf_font_char_proc(const LwPdfFont *font, guint32 code);
/* Type 3: FontBBox, or when it says nothing the box around all glyphs; FALSE when neither says
 * anything. */
gboolean lw_pdf_font_box(const LwPdfFont *font, double box[4]);
/* Simple fonts: the name by which a code finds its glyph, or NULL. Type 0: the number. */
const char *lw_pdf_font_glyph_name(const LwPdfFont *font, guint32 code);
guint32 lw_pdf_font_cid(const LwPdfFont *font, guint32 code, guint bytes);
/* Type 0: FALSE when the map from codes to numbers is not known. */
gboolean lw_pdf_font_has_cids(const LwPdfFont *font);
void lw_pdf_font_matrix(const LwPdfFont *font,
			double matrix[6]); /* Type 3: FontMatrix; else 0.001 0 0 0.001 0 0 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfFont, lw_pdf_font_free)
