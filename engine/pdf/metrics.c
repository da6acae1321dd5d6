/* metrics.c - widths of the 14 standard fonts by glyph name.
 *
 * widths.def is made by tables.py and sorted by name, in bytes. Oblique Helvetica is as wide as
 * upright; every glyph of Courier is 600. */
#include "engine/pdf/metrics.h"

#include <stdlib.h>
#include <string.h>

#define COURIER_WIDTH 600
#define LATIN_COLUMNS 6

typedef struct {
	const char *name;
	guint16 width[LATIN_COLUMNS];
} LatinWidths;

typedef struct {
	const char *name;
	guint16 width;
} PiWidth;

#define LW_SYMBOL_WIDTH(name, width)
#define LW_DINGBAT_WIDTH(name, width)
#define LW_LATIN_WIDTHS(name, ...) {name, {__VA_ARGS__}},
static const LatinWidths latin_widths[] = {
#include "engine/pdf/widths.def"
};
#undef LW_LATIN_WIDTHS
#undef LW_SYMBOL_WIDTH

#define LW_LATIN_WIDTHS(name, ...)
#define LW_SYMBOL_WIDTH(name, width) {name, width},
static const PiWidth symbol_widths[] = {
#include "engine/pdf/widths.def"
};
#undef LW_SYMBOL_WIDTH
#undef LW_DINGBAT_WIDTH

#define LW_SYMBOL_WIDTH(name, width)
#define LW_DINGBAT_WIDTH(name, width) {name, width},
static const PiWidth dingbat_widths[] = {
#include "engine/pdf/widths.def"
};

/* The name without subset tag and blanks. */
static void clean_name(const char *base_font, char *out, gsize size)
{
	gsize used = 0;
	gsize tag = strspn(base_font, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (tag == 6 && base_font[tag] == '+')
		base_font += tag + 1;
	for (; *base_font && used + 1 < size; base_font++)
		if (*base_font != ' ')
			out[used++] = *base_font;
	out[used] = '\0';
}

static gboolean find_family(const char *name, LwPdfCoreFamily *family)
{
	static const struct {
		const char *name;
		LwPdfCoreFamily family;
	} known[] = {
		{"Helvetica", LW_PDF_CORE_HELVETICA},	  {"Arial", LW_PDF_CORE_HELVETICA},
		{"ArialMT", LW_PDF_CORE_HELVETICA},	  {"Times", LW_PDF_CORE_TIMES},
		{"TimesNewRoman", LW_PDF_CORE_TIMES},	  {"TimesNewRomanPS", LW_PDF_CORE_TIMES},
		{"TimesNewRomanPSMT", LW_PDF_CORE_TIMES}, {"Courier", LW_PDF_CORE_COURIER},
		{"CourierNew", LW_PDF_CORE_COURIER},	  {"CourierNewPS", LW_PDF_CORE_COURIER},
		{"CourierNewPSMT", LW_PDF_CORE_COURIER},  {"Symbol", LW_PDF_CORE_SYMBOL},
		{"SymbolMT", LW_PDF_CORE_SYMBOL},	  {"ZapfDingbats", LW_PDF_CORE_DINGBATS},
		{"Dingbats", LW_PDF_CORE_DINGBATS},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
		if (!strcmp(name, known[i].name)) {
			*family = known[i].family;
			return TRUE;
		}
	return FALSE;
}

static gboolean find_style(const char *name, LwPdfCoreFont *font)
{
	static const struct {
		const char *name;
		gboolean bold, italic;
	} known[] = {
		{"", FALSE, FALSE},	      {"Roman", FALSE, FALSE},
		{"Regular", FALSE, FALSE},    {"Normal", FALSE, FALSE},
		{"Bold", TRUE, FALSE},	      {"BoldMT", TRUE, FALSE},
		{"Italic", FALSE, TRUE},      {"ItalicMT", FALSE, TRUE},
		{"Oblique", FALSE, TRUE},     {"BoldItalic", TRUE, TRUE},
		{"BoldItalicMT", TRUE, TRUE}, {"BoldOblique", TRUE, TRUE},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
		if (!strcmp(name, known[i].name)) {
			font->bold = known[i].bold;
			font->italic = known[i].italic;
			return TRUE;
		}
	return FALSE;
}

gboolean lw_pdf_core_find(const char *base_font, LwPdfCoreFont *font)
{
	char name[64];
	char *style;

	if (!base_font)
		return FALSE;
	clean_name(base_font, name, sizeof(name));
	style = name + strcspn(name, ",-");
	if (*style)
		*style++ = '\0';
	return find_family(name, &font->family) && find_style(style, font);
}

LwPdfCoreFont lw_pdf_core_nearest(const char *base_font, guint32 flags)
{
	LwPdfCoreFont font = {LW_PDF_CORE_HELVETICA, FALSE, FALSE};
	g_autofree char *name = g_ascii_strdown(base_font ? base_font : "", -1);

	if (flags & LW_PDF_FONT_FIXED || strstr(name, "courier") || strstr(name, "mono"))
		font.family = LW_PDF_CORE_COURIER;
	else if (flags & LW_PDF_FONT_SERIF || strstr(name, "times"))
		font.family = LW_PDF_CORE_TIMES;
	font.bold = flags & LW_PDF_FONT_BOLD || strstr(name, "bold");
	font.italic =
		flags & LW_PDF_FONT_ITALIC || strstr(name, "italic") || strstr(name, "oblique");
	return font;
}

/* Every row of the tables begins with its name. */
static int compare_row(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static double pi_width(const PiWidth *widths, gsize count, const char *glyph)
{
	const PiWidth *row = bsearch(glyph, widths, count, sizeof(*widths), compare_row);

	return row ? row->width : -1;
}

static guint latin_column(LwPdfCoreFont font)
{
	if (font.family == LW_PDF_CORE_HELVETICA)
		return font.bold ? 1 : 0;
	return 2 + (font.bold ? 1 : 0) + (font.italic ? 2 : 0);
}

double lw_pdf_core_width(LwPdfCoreFont font, const char *glyph)
{
	const LatinWidths *row;

	if (font.family == LW_PDF_CORE_SYMBOL)
		return pi_width(symbol_widths, G_N_ELEMENTS(symbol_widths), glyph);
	if (font.family == LW_PDF_CORE_DINGBATS)
		return pi_width(dingbat_widths, G_N_ELEMENTS(dingbat_widths), glyph);
	if (font.family == LW_PDF_CORE_COURIER)
		return COURIER_WIDTH;
	row = bsearch(glyph, latin_widths, G_N_ELEMENTS(latin_widths), sizeof(*row), compare_row);
	return row ? row->width[latin_column(font)] : -1;
}

LwPdfEncoding lw_pdf_core_encoding(LwPdfCoreFont font)
{
	if (font.family == LW_PDF_CORE_SYMBOL)
		return LW_PDF_ENCODING_SYMBOL;
	if (font.family == LW_PDF_CORE_DINGBATS)
		return LW_PDF_ENCODING_DINGBATS;
	return LW_PDF_ENCODING_STANDARD;
}

double lw_pdf_core_ascent(LwPdfCoreFont font)
{
	static const double ascents[] = {718, 683, 629, 1010, 820};

	return ascents[font.family];
}

double lw_pdf_core_descent(LwPdfCoreFont font)
{
	static const double descents[] = {-207, -217, -157, -293, -143};

	return descents[font.family];
}
