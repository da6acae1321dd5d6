/* fontsimple.c - Type 1, TrueType and Type 3 fonts: 256 codes, each with a glyph name, a width and
 * characters (ISO 32000-1 section 9.6).
 *
 * All is worked out when the font is loaded; a code is then one array look-up. */
#include <string.h>

#include "engine/pdf/font_private.h"

#define GUESSED_WIDTH 500

typedef struct {
	LwPdfFont *font;
	const char *names[256]; /* NULL: unknown */
	gboolean is_core;
	LwPdfCoreFont core;
	gboolean dingbats; /* names are those of ZapfDingbats */
	guint32 flags;
} Simple;

static void use_encoding(Simple *simple, LwPdfEncoding encoding)
{
	for (guint code = 0; code < 256; code++)
		simple->names[code] = lw_pdf_encoding_glyph(encoding, (guint8)code);
	simple->dingbats = encoding == LW_PDF_ENCODING_DINGBATS;
}

/* A symbolic TrueType program has a map of its own, which for ASCII nearly always is ASCII. */
static void use_ascii(Simple *simple)
{
	for (guint8 code = ' '; code < 0x7f; code++)
		simple->names[code] = lw_pdf_encoding_glyph(LW_PDF_ENCODING_WIN_ANSI, code);
}

/* Without a base encoding (9.6.6, table 114). */
static void use_default(Simple *simple)
{
	LwPdfFont *font = simple->font;
	gboolean symbolic = simple->flags & LW_PDF_FONT_SYMBOLIC;

	if (font->type3)
		return;
	if (lw_pdf_font_program_names(font->pdf, font->descriptor, simple->names))
		return;
	if (lw_pdf_is_name(lw_pdf_find(font->pdf, font->dictionary, "Subtype"), "TrueType")) {
		if (symbolic && font->embedded)
			use_ascii(simple);
		else
			use_encoding(simple, LW_PDF_ENCODING_WIN_ANSI);
		return;
	}
	use_encoding(simple, simple->is_core ? lw_pdf_core_encoding(simple->core)
					     : LW_PDF_ENCODING_STANDARD);
}

static void use_differences(Simple *simple, const LwPdfObject *differences)
{
	LwPdf *pdf = simple->font->pdf;
	guint length = lw_pdf_length(differences);
	gint64 code = 0;

	for (guint i = 0; i < length; i++) {
		LwPdfObject *item = lw_pdf_item(pdf, differences, i);

		if (lw_pdf_is_number(item))
			code = CLAMP(lw_pdf_integer(pdf, item, -1), -1, 256);
		else if (lw_pdf_name(item) && code >= 0 && code < 256)
			simple->names[code++] = lw_pdf_name(item);
	}
}

static void load_names(Simple *simple)
{
	LwPdf *pdf = simple->font->pdf;
	LwPdfObject *encoding = lw_pdf_find(pdf, simple->font->dictionary, "Encoding");
	const char *name = lw_pdf_name(encoding);
	LwPdfEncoding base;

	if (!name)
		name = lw_pdf_name(lw_pdf_find(pdf, encoding, "BaseEncoding"));
	if (lw_pdf_encoding_find(name, &base))
		use_encoding(simple, base);
	else
		use_default(simple);
	use_differences(simple, lw_pdf_find(pdf, encoding, "Differences"));
}

/* "a97": dvips numbers the letters of its Type 3 fonts, as ASCII has them. */
static gboolean numbered_unicode(const char *name, gunichar unicode[LW_PDF_GLYPH_CHARACTERS])
{
	guint64 number;

	if (!name || *name != 'a' ||
	    !g_ascii_string_to_unsigned(name + 1, 10, '!', '~', &number, NULL))
		return FALSE;
	unicode[0] = (gunichar)number;
	return TRUE;
}

static void find_unicode(const Simple *simple, LwPdfCode *code)
{
	const LwPdfFont *font = simple->font;
	const char *name = simple->names[code->code];

	if (font->to_unicode && lw_pdf_cmap_unicode(font->to_unicode, code->code, code->unicode))
		return;
	if (simple->dingbats && lw_pdf_dingbat_unicode(name, code->unicode))
		return;
	if (lw_pdf_glyph_unicode(name, code->unicode))
		return;
	if (font->type3)
		numbered_unicode(name, code->unicode);
}

/* The widths of a standard font, or of the one that comes nearest. */
static void use_core_widths(Simple *simple, double missing)
{
	LwPdfFont *font = simple->font;
	LwPdfCoreFont core = simple->core;

	if (!simple->is_core) {
		core = lw_pdf_core_nearest(font->base_font, simple->flags);
		font->doubtful = TRUE;
		missing = missing > 0 ? missing : GUESSED_WIDTH;
	}
	for (guint code = 0; code < 256; code++) {
		const char *name = simple->names[code];
		double width = name ? lw_pdf_core_width(core, name) : -1;

		font->codes[code].width = width >= 0 ? width : missing;
	}
}

static void load_widths(Simple *simple)
{
	LwPdfFont *font = simple->font;
	LwPdf *pdf = font->pdf;
	LwPdfObject *widths = lw_pdf_find(pdf, font->dictionary, "Widths");
	LwPdfObject *missing_object = lw_pdf_find(pdf, font->descriptor, "MissingWidth");
	double missing = missing_object ? lw_pdf_font_number(font, missing_object) : 0;
	double scale = font->type3 ? font->matrix[0] * 1000 : 1;
	gint64 first = lw_pdf_integer(pdf, lw_pdf_find(pdf, font->dictionary, "FirstChar"), 0);
	gint64 last = lw_pdf_integer(pdf, lw_pdf_find(pdf, font->dictionary, "LastChar"), 255);
	gint64 length = lw_pdf_length(widths);

	if (length == 0 && !font->type3) {
		use_core_widths(simple, missing);
		return;
	}
	font->doubtful |= length == 0 || first < 0 || first > 255;
	first = first < 0 || first > 255 ? 0 : first;
	for (gint64 code = 0; code < 256; code++) {
		gboolean listed = code >= first && code <= last && code - first < length;
		LwPdfObject *width =
			listed ? lw_pdf_item(pdf, widths, (guint)(code - first)) : NULL;

		font->doubtful |= listed && !lw_pdf_is_number(width);
		font->codes[code].width =
			scale *
			(lw_pdf_is_number(width) ? lw_pdf_font_number(font, width) : missing);
	}
}

static void load_char_procs(Simple *simple)
{
	LwPdfFont *font = simple->font;
	LwPdfObject *procs = lw_pdf_find(font->pdf, font->dictionary, "CharProcs");

	for (guint code = 0; procs && code < 256; code++) {
		LwPdfObject *proc = simple->names[code]
					    ? lw_pdf_find(font->pdf, procs, simple->names[code])
					    : NULL;

		if (proc && proc->type == LW_PDF_STREAM)
			font->char_procs[code] = proc;
	}
}

void lw_pdf_font_load_simple(LwPdfFont *font)
{
	Simple simple = {.font = font};

	font->codes = g_new0(LwPdfCode, 256);
	simple.is_core = lw_pdf_core_find(font->base_font, &simple.core);
	simple.dingbats = simple.is_core && simple.core.family == LW_PDF_CORE_DINGBATS;
	simple.flags = (guint32)lw_pdf_integer(
		font->pdf, lw_pdf_find(font->pdf, font->descriptor, "Flags"), 0);
	load_names(&simple);
	memcpy(font->names, simple.names, sizeof(font->names));
	load_widths(&simple);
	if (font->type3)
		load_char_procs(&simple);
	for (guint code = 0; code < 256; code++) {
		LwPdfCode *entry = &font->codes[code];

		entry->code = code;
		entry->bytes = 1;
		entry->space = code == ' ';
		find_unicode(&simple, entry);
	}
}
