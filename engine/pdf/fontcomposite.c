/* fontcomposite.c - Type 0 fonts: codes by CMap, widths by CID (ISO 32000-1 section 9.7).
 *
 * CIDs past 65535 do not exist; arrays of widths are bounded, and what they leave out has the
 * default. */
#include <string.h>

#include "engine/pdf/font_private.h"

#define MAXIMUM_CID    0xffff
#define MAXIMUM_VALUES (1u << 19) /* widths or vertical metrics of one font */
#define DEFAULT_WIDTH  1000
#define DEFAULT_VY     880
#define DEFAULT_WY     -1000

/* Sets of numbers by CID as W and W2 have them: "c [set …]" or "c1 c2 set". */
typedef struct {
	LwPdfFont *font;
	LwPdfCodeTable *table;
	GArray *values;
	guint count; /* numbers in a set */
} Sets;

/* The set at index of array, for CIDs first to last. */
static void add_set(Sets *sets, const LwPdfObject *array, guint index, gint64 first, gint64 last)
{
	double value[3] = {0, 0, 0};

	if (first < 0 || first > MAXIMUM_CID || last < first)
		return;
	if (sets->values->len >= MAXIMUM_VALUES) {
		sets->font->doubtful = TRUE;
		return;
	}
	for (guint i = 0; i < sets->count; i++)
		value[i] = lw_pdf_font_number(sets->font,
					      lw_pdf_item(sets->font->pdf, array, index + i));
	g_array_append_vals(sets->values, value, 1);
	lw_pdf_code_table_set(sets->table, (guint32)first, (guint32)MIN(last, MAXIMUM_CID),
			      sets->values->len, LW_PDF_CODES_SAME);
}

static void add_list(Sets *sets, const LwPdfObject *list, gint64 first)
{
	guint length = lw_pdf_length(list);

	for (guint i = 0; length - i >= sets->count && first + i / sets->count <= MAXIMUM_CID;
	     i += sets->count)
		add_set(sets, list, i, first + i / sets->count, first + i / sets->count);
}

static void load_sets(Sets *sets, const LwPdfObject *array)
{
	LwPdf *pdf = sets->font->pdf;
	guint length = lw_pdf_length(array);
	guint at = 0;

	while (length - at >= 2) {
		LwPdfObject *first = lw_pdf_item(pdf, array, at);
		LwPdfObject *second = lw_pdf_item(pdf, array, at + 1);

		if (lw_pdf_is_number(first) && second && second->type == LW_PDF_ARRAY) {
			add_list(sets, second, lw_pdf_integer(pdf, first, -1));
			at += 2;
		} else if (lw_pdf_is_number(first) && lw_pdf_is_number(second) &&
			   length - at >= 2 + sets->count) {
			add_set(sets, array, at + 2, lw_pdf_integer(pdf, first, -1),
				lw_pdf_integer(pdf, second, -1));
			at += 2 + sets->count;
		} else {
			sets->font->doubtful = TRUE;
			at++;
		}
	}
	sets->font->doubtful |= lw_pdf_code_table_full(sets->table);
}

static void load_widths(LwPdfFont *font, const LwPdfObject *descendant)
{
	LwPdfObject *width = lw_pdf_find(font->pdf, descendant, "DW");
	Sets sets = {.font = font, .count = 1};

	font->default_width = width ? lw_pdf_font_number(font, width) : DEFAULT_WIDTH;
	sets.table = font->widths = lw_pdf_code_table_new();
	sets.values = font->width_values = g_array_new(FALSE, FALSE, sizeof(double));
	load_sets(&sets, lw_pdf_find(font->pdf, descendant, "W"));
}

static void load_verticals(LwPdfFont *font, const LwPdfObject *descendant)
{
	LwPdfObject *pair = lw_pdf_find(font->pdf, descendant, "DW2");
	Sets sets = {.font = font, .count = 3};

	font->default_vy = DEFAULT_VY;
	font->default_wy = DEFAULT_WY;
	if (lw_pdf_length(pair) >= 2) {
		font->default_vy = lw_pdf_font_number(font, lw_pdf_item(font->pdf, pair, 0));
		font->default_wy = lw_pdf_font_number(font, lw_pdf_item(font->pdf, pair, 1));
	}
	sets.table = font->verticals = lw_pdf_code_table_new();
	sets.values = font->vertical_values = g_array_new(FALSE, FALSE, sizeof(LwPdfVertical));
	load_sets(&sets, lw_pdf_find(font->pdf, descendant, "W2"));
}

static void load_encoding(LwPdfFont *font)
{
	LwPdfObject *encoding = lw_pdf_find(font->pdf, font->dictionary, "Encoding");
	const char *name = lw_pdf_name(encoding);

	if (encoding) {
		font->encoding = lw_pdf_cmap_load(font->pdf, encoding);
	} else {
		font->encoding = lw_pdf_cmap_load_named("Identity-H");
		font->doubtful = TRUE;
	}
	font->doubtful |= lw_pdf_cmap_doubtful(font->encoding);
	font->unicode_encoding = name && g_str_has_prefix(name, "Uni");
}

/* The characters of the CIDs of the public collections are known. */
static void load_collection(LwPdfFont *font, const LwPdfObject *descendant)
{
	static const char *const known[][2] = {
		{"Japan1", "Adobe-Japan1-UCS2"}, {"GB1", "Adobe-GB1-UCS2"},
		{"CNS1", "Adobe-CNS1-UCS2"},	 {"Korea1", "Adobe-Korea1-UCS2"},
		{"KR", "Adobe-KR-UCS2"},
	};
	LwPdfObject *info = lw_pdf_find(font->pdf, descendant, "CIDSystemInfo");
	LwPdfObject *ordering = lw_pdf_find(font->pdf, info, "Ordering");

	if (!ordering || ordering->type != LW_PDF_STRING)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
		if (!strcmp(ordering->string.bytes, known[i][0]))
			font->collection = lw_pdf_cmap_load_named(known[i][1]);
}

void lw_pdf_font_load_composite(LwPdfFont *font)
{
	LwPdfObject *fonts = lw_pdf_find(font->pdf, font->dictionary, "DescendantFonts");
	const LwPdfObject *descendant = lw_pdf_dictionary_of(fonts);

	if (!descendant)
		descendant = lw_pdf_dictionary_of(lw_pdf_item(font->pdf, fonts, 0));
	font->doubtful |= !descendant;
	load_encoding(font);
	load_collection(font, descendant);
	load_widths(font, descendant);
	load_verticals(font, descendant);
}

static void find_verticals(const LwPdfFont *font, guint32 cid, LwPdfCode *code)
{
	guint32 index = lw_pdf_code_table_find(font->verticals, cid);

	code->vx = code->width / 2;
	code->vy = font->default_vy;
	code->wy = font->default_wy;
	if (index) {
		const LwPdfVertical *found =
			&g_array_index(font->vertical_values, LwPdfVertical, index - 1);

		code->vx = found->vx;
		code->vy = found->vy;
		code->wy = found->wy;
	}
}

void lw_pdf_font_next_composite(const LwPdfFont *font, LwPdfCode *code)
{
	guint32 cid = lw_pdf_cmap_cid(font->encoding, code->code, code->bytes);
	guint32 index = lw_pdf_code_table_find(font->widths, cid);

	code->space = code->bytes == 1 && code->code == ' ';
	code->width =
		index ? g_array_index(font->width_values, double, index - 1) : font->default_width;
	if (lw_pdf_cmap_is_vertical(font->encoding))
		find_verticals(font, cid, code);
	if (font->to_unicode && lw_pdf_cmap_unicode(font->to_unicode, code->code, code->unicode))
		return;
	if (font->collection && cid && lw_pdf_cmap_unicode(font->collection, cid, code->unicode))
		return;
	if (font->unicode_encoding)
		lw_pdf_cmap_unicode(font->encoding, code->code, code->unicode);
}
