/* font.c - loading a font, and what is the same for all: descriptor, height of its ink, accessors.
 *
 * Numbers of the file pass lw_pdf_font_number or are clamped, so nothing that leaves this module is
 * infinite. */
#include "engine/pdf/font.h"

#include <math.h>
#include <string.h>

#include "engine/pdf/font_private.h"
#include "engine/pdf/lexer.h"

#define MAXIMUM_NUMBER	1e6
#define ASCENT		750 /* when nothing is known */
#define DESCENT		-250
#define CHAR_PROC_BYTES 512 /* in which d1 has to stand */

double lw_pdf_font_number(LwPdfFont *font, LwPdfObject *object)
{
	double value = lw_pdf_number(font->pdf, object, NAN);

	if (fabs(value) <= MAXIMUM_NUMBER) /* FALSE for NaN */
		return value;
	font->doubtful = TRUE;
	return 0;
}

/* Numbers of an array that must have at least count of them. */
static gboolean read_numbers(LwPdf *pdf, const LwPdfObject *array, double *numbers, guint count)
{
	if (lw_pdf_length(array) < count)
		return FALSE;
	for (guint i = 0; i < count; i++) {
		numbers[i] = lw_pdf_number(pdf, lw_pdf_item(pdf, array, i), NAN);
		if (!(fabs(numbers[i]) <= MAXIMUM_NUMBER))
			return FALSE;
	}
	return TRUE;
}

static void load_matrix(LwPdfFont *font)
{
	static const double plain[6] = {0.001, 0, 0, 0.001, 0, 0};
	const LwPdfObject *array = lw_pdf_find(font->pdf, font->dictionary, "FontMatrix");

	if (!font->type3) {
		memcpy(font->matrix, plain, sizeof(plain));
	} else if (!read_numbers(font->pdf, array, font->matrix, 6)) {
		memcpy(font->matrix, plain, sizeof(plain));
		font->doubtful = TRUE;
	}
}

static double descriptor_number(const LwPdfFont *font, const char *key)
{
	double value = lw_pdf_number(font->pdf, lw_pdf_find(font->pdf, font->descriptor, key), 0);

	return fabs(value) <= MAXIMUM_NUMBER ? value : 0;
}

/* Numbers below this are those of a producer that counts in ems, or rubbish. */
static gboolean says_something(double value)
{
	return fabs(value) >= 10;
}

static void load_height(LwPdfFont *font)
{
	LwPdfCoreFont core;
	double ascent = descriptor_number(font, "Ascent");
	double descent = descriptor_number(font, "Descent");
	double box[4] = {0, 0, 0, 0};
	gboolean is_core = lw_pdf_core_find(font->base_font, &core);

	lw_pdf_rectangle(font->pdf, lw_pdf_find(font->pdf, font->descriptor, "FontBBox"), box);
	if (!says_something(ascent))
		ascent = is_core ? lw_pdf_core_ascent(core) : box[3];
	if (!says_something(ascent))
		ascent = ASCENT;
	if (!says_something(descent))
		descent = is_core ? lw_pdf_core_descent(core) : box[1];
	if (!says_something(descent))
		descent = DESCENT;
	font->ascent = CLAMP(ascent, 500, 950);
	font->descent = CLAMP(-fabs(descent), -250, -50);
}

/* The box that a glyph's d1 declares (9.6.5, table 113). */
static gboolean glyph_box(LwPdf *pdf, LwPdfObject *stream, double box[4])
{
	const char *rest = NULL;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, stream, &rest, NULL);
	g_autoptr(LwArena) arena = lw_arena_new();
	LwPdfLexer lexer;
	gsize length = 0;
	const char *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	double numbers[6];

	if (!bytes || rest)
		return FALSE;
	lw_pdf_lexer_init(&lexer, pdf, arena, bytes, MIN(length, CHAR_PROC_BYTES));
	for (guint i = 0; i < 6; i++) {
		LwPdfObject *object = lw_pdf_lex(&lexer);

		if (!lw_pdf_is_number(object))
			return FALSE;
		numbers[i] = lw_pdf_number(pdf, object, 0);
	}
	box[0] = MIN(numbers[2], numbers[4]);
	box[1] = MIN(numbers[3], numbers[5]);
	box[2] = MAX(numbers[2], numbers[4]);
	box[3] = MAX(numbers[3], numbers[5]);
	return box[0] < box[2] && box[1] < box[3] && fabs(box[1]) < MAXIMUM_NUMBER &&
	       fabs(box[3]) < MAXIMUM_NUMBER;
}

/* All boxes of its glyphs: an empty FontBBox says nothing. */
static gboolean glyphs_box(const LwPdfFont *font, double box[4])
{
	gboolean any = FALSE;

	for (guint code = 0; code < 256; code++) {
		double one[4];

		if (!font->char_procs[code] || !glyph_box(font->pdf, font->char_procs[code], one))
			continue;
		box[0] = any ? MIN(box[0], one[0]) : one[0];
		box[1] = any ? MIN(box[1], one[1]) : one[1];
		box[2] = any ? MAX(box[2], one[2]) : one[2];
		box[3] = any ? MAX(box[3], one[3]) : one[3];
		any = TRUE;
	}
	return any;
}

gboolean lw_pdf_font_box(const LwPdfFont *font, double box[4])
{
	LwPdfObject *array = lw_pdf_find(font->pdf, font->dictionary, "FontBBox");

	if (lw_pdf_rectangle(font->pdf, array, box) && box[0] < box[2] && box[1] < box[3])
		return TRUE;
	return glyphs_box(font, box);
}

static void load_type3_height(LwPdfFont *font)
{
	const double *m = font->matrix;
	double box[4], low = HUGE_VAL, high = -HUGE_VAL;

	font->ascent = ASCENT;
	font->descent = DESCENT;
	if (!lw_pdf_font_box(font, box))
		return;
	for (guint corner = 0; corner < 4; corner++) {
		double y = m[1] * box[corner & 1 ? 2 : 0] + m[3] * box[corner & 2 ? 3 : 1] + m[5];

		low = MIN(low, y * 1000);
		high = MAX(high, y * 1000);
	}
	if (!(high - low > 1 && high - low < MAXIMUM_NUMBER))
		return;
	font->ascent = CLAMP(high, -MAXIMUM_NUMBER, MAXIMUM_NUMBER);
	font->descent = CLAMP(low, -MAXIMUM_NUMBER, MAXIMUM_NUMBER);
}

/* The font that holds widths and descriptor: of a Type 0 font its only descendant. */
static LwPdfObject *descendant(const LwPdfFont *font)
{
	LwPdfObject *fonts = lw_pdf_find(font->pdf, font->dictionary, "DescendantFonts");

	if (!font->composite)
		return font->dictionary;
	return lw_pdf_dictionary_of(fonts) ? fonts : lw_pdf_item(font->pdf, fonts, 0);
}

static gboolean has_program(LwPdf *pdf, const LwPdfObject *descriptor)
{
	return lw_pdf_find(pdf, descriptor, "FontFile") ||
	       lw_pdf_find(pdf, descriptor, "FontFile2") ||
	       lw_pdf_find(pdf, descriptor, "FontFile3");
}

static void load_to_unicode(LwPdfFont *font)
{
	LwPdfObject *object = lw_pdf_find(font->pdf, font->dictionary, "ToUnicode");
	const char *name = lw_pdf_name(object);

	if (name ? g_str_has_prefix(name, "Identity-") : object && object->type == LW_PDF_STREAM)
		font->to_unicode = lw_pdf_cmap_load(font->pdf, object);
}

LwPdfFont *lw_pdf_font_load(LwPdf *pdf, LwPdfObject *dictionary)
{
	LwPdfFont *font = g_new0(LwPdfFont, 1);
	LwPdfObject *subtype;

	font->pdf = pdf;
	font->dictionary = lw_pdf_resolve(pdf, dictionary);
	subtype = lw_pdf_find(pdf, font->dictionary, "Subtype");
	font->composite = lw_pdf_is_name(subtype, "Type0");
	font->type3 = lw_pdf_is_name(subtype, "Type3");
	font->doubtful = !lw_pdf_name(subtype);
	font->base_font = lw_pdf_name(lw_pdf_find(pdf, font->dictionary, "BaseFont"));
	font->descriptor =
		lw_pdf_dictionary_of(lw_pdf_find(pdf, descendant(font), "FontDescriptor"));
	font->embedded = font->type3 || has_program(pdf, font->descriptor);
	load_matrix(font);
	load_to_unicode(font);
	if (font->composite)
		lw_pdf_font_load_composite(font);
	else
		lw_pdf_font_load_simple(font);
	if (font->type3)
		load_type3_height(font);
	else
		load_height(font);
	return font;
}

void lw_pdf_font_free(LwPdfFont *font)
{
	if (!font)
		return;
	lw_pdf_cmap_free(font->to_unicode);
	lw_pdf_cmap_free(font->encoding);
	lw_pdf_cmap_free(font->collection);
	lw_pdf_code_table_free(font->widths);
	lw_pdf_code_table_free(font->verticals);
	g_clear_pointer(&font->width_values, g_array_unref);
	g_clear_pointer(&font->vertical_values, g_array_unref);
	g_free(font->codes);
	g_free(font);
}

gsize lw_pdf_font_next(const LwPdfFont *font, const guint8 *string, gsize length, LwPdfCode *code)
{
	if (!font->composite) {
		*code = font->codes[string[0]];
		return 1;
	}
	memset(code, 0, sizeof(*code));
	code->bytes = (guint8)lw_pdf_cmap_next(font->encoding, string, length, &code->code);
	lw_pdf_font_next_composite(font, code);
	return code->bytes;
}

gboolean lw_pdf_font_is_vertical(const LwPdfFont *font)
{
	return font->composite && lw_pdf_cmap_is_vertical(font->encoding);
}

gboolean lw_pdf_font_is_type3(const LwPdfFont *font)
{
	return font->type3;
}

gboolean lw_pdf_font_is_composite(const LwPdfFont *font)
{
	return font->composite;
}

gboolean lw_pdf_font_is_embedded(const LwPdfFont *font)
{
	return font->embedded;
}

gboolean lw_pdf_font_doubtful(const LwPdfFont *font)
{
	return font->doubtful;
}

double lw_pdf_font_ascent(const LwPdfFont *font)
{
	return font->ascent;
}

double lw_pdf_font_descent(const LwPdfFont *font)
{
	return font->descent;
}

LwPdfObject *lw_pdf_font_char_proc(const LwPdfFont *font, guint32 code)
{
	return code < 256 ? font->char_procs[code] : NULL;
}

void lw_pdf_font_matrix(const LwPdfFont *font, double matrix[6])
{
	memcpy(matrix, font->matrix, sizeof(font->matrix));
}

const char *lw_pdf_font_glyph_name(const LwPdfFont *font, guint32 code)
{
	return font->composite || code > 255 ? NULL : font->names[code];
}

guint32 lw_pdf_font_cid(const LwPdfFont *font, guint32 code, guint bytes)
{
	return font->composite ? lw_pdf_cmap_cid(font->encoding, code, bytes) : code;
}

gboolean lw_pdf_font_has_cids(const LwPdfFont *font)
{
	return font->composite && !lw_pdf_cmap_doubtful(font->encoding);
}
