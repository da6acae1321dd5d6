/* fieldfont.c - turns the fonts of form fields round, and makes one where the file's cannot write
 * the text.
 *
 * A glyph found here is read back as the same character by font.c. */
#include "engine/pdf/fieldfont.h"

#include "engine/pdf/encoding.h"
#include "engine/pdf/metrics.h"

#define FIRST_FREE_CODE 33  /* of an encoding of our own: 32 stays the space */
#define USUAL		556 /* width of a glyph that Helvetica does not have */
#define WIDE		1000

typedef struct {
	const char *name;
	gunichar character;
} Name;

#define LW_GLYPH(name, unicode) {name, unicode},
#define LW_TEX_GLYPH		LW_GLYPH
static const Name names[] = {
#include "engine/pdf/glyphs.def"
};
#undef LW_GLYPH
#undef LW_TEX_GLYPH

static void add_code(LwFieldFont *font, const LwPdfCode *code, guint32 value)
{
	gunichar c = code->unicode[0];
	if (!c || code->unicode[1] || g_hash_table_contains(font->glyphs, GUINT_TO_POINTER(c)))
		return;
	LwFieldGlyph *glyph = g_new(LwFieldGlyph, 1);
	*glyph = (LwFieldGlyph){c, (guint16)value, code->width / 1000};
	g_hash_table_insert(font->glyphs, GUINT_TO_POINTER(c), glyph);
}

/* Every code of one byte, or of two in a Type 0 font. */
static void turn(LwFieldFont *font, const LwPdfFont *source)
{
	guint32 codes = font->bytes == 1 ? 0x100 : 0x10000;
	for (guint32 value = 0; value < codes; value++) {
		guint8 string[2] = {(guint8)(value >> 8), (guint8)value};
		LwPdfCode code;
		gsize taken =
			lw_pdf_font_next(source, string + 2 - font->bytes, font->bytes, &code);
		if (taken == font->bytes)
			add_code(font, &code, value);
	}
}

LwFieldFont *lw_field_font_load(LwPdf *pdf, LwPdfObject *value)
{
	LwPdfObject *dictionary = lw_pdf_resolve(pdf, value);
	if (!dictionary || dictionary->type != LW_PDF_DICTIONARY)
		return NULL;
	g_autoptr(LwPdfFont) source = lw_pdf_font_load(pdf, dictionary);
	if (lw_pdf_font_is_vertical(source) || lw_pdf_font_is_type3(source))
		return NULL;
	LwFieldFont *font = g_new0(LwFieldFont, 1);
	font->value = value;
	font->bytes = lw_pdf_font_is_composite(source) ? 2 : 1;
	font->glyphs = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	turn(font, source);
	return font;
}

void lw_field_font_free(LwFieldFont *font)
{
	if (!font)
		return;
	g_hash_table_unref(font->glyphs);
	g_free(font);
}

static gboolean in_win_ansi(gunichar c)
{
	for (guint code = 32; code < 256; code++) {
		gunichar unicode[LW_PDF_GLYPH_CHARACTERS];
		const char *name = lw_pdf_encoding_glyph(LW_PDF_ENCODING_WIN_ANSI, (guint8)code);
		if (name && lw_pdf_glyph_unicode(name, unicode) && unicode[0] == c)
			return TRUE;
	}
	return FALSE;
}

static int compare_characters(const void *a, const void *b)
{
	gunichar x = *(const gunichar *)a, y = *(const gunichar *)b;
	return (x > y) - (x < y);
}

/* The different characters of a text in order, but for the space; yours. */
static GArray *characters_of(const char *text)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	GArray *all = g_array_new(FALSE, FALSE, sizeof(gunichar));
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		if (c != ' ' && lw_pdf_is_character(c) &&
		    g_hash_table_add(seen, GUINT_TO_POINTER(c)))
			g_array_append_val(all, c);
	}
	g_array_sort(all, compare_characters);
	return all;
}

static const LwPdfCoreFont helvetica = {LW_PDF_CORE_HELVETICA, FALSE, FALSE};

/* Glyph names by character, of those that mean the same the one that Helvetica has; static. */
static GHashTable *known_names(void)
{
	static GHashTable *by_character;
	if (by_character)
		return by_character;
	by_character = g_hash_table_new(NULL, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		gpointer key = GUINT_TO_POINTER(names[i].character);
		if (lw_pdf_core_width(helvetica, names[i].name) >= 0 ||
		    !g_hash_table_contains(by_character, key))
			g_hash_table_insert(by_character, key, (gpointer)names[i].name);
	}
	return by_character;
}

/* A name under which a viewer's Helvetica may have the glyph. */
static LwPdfObject *name_of(LwPdf *pdf, gunichar c)
{
	const char *known = g_hash_table_lookup(known_names(), GUINT_TO_POINTER(c));
	if (known)
		return lw_pdf_new_name(pdf, known);
	g_autofree char *name = g_strdup_printf(c > 0xFFFF ? "u%X" : "uni%04X", c);
	return lw_pdf_new_name(pdf, name);
}

static double width_of(gunichar c, const LwPdfObject *name)
{
	double width = lw_pdf_core_width(helvetica, lw_pdf_name(name));
	if (width >= 0)
		return width;
	return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? WIDE : USUAL;
}

/* Codes from the space on, with the widths that the standard font does not tell. */
static void set_own_encoding(LwPdf *pdf, LwPdfObject *font, const GArray *characters)
{
	LwPdfObject *encoding = lw_pdf_new_dictionary(pdf), *differences = lw_pdf_new_array(pdf);
	LwPdfObject *widths = lw_pdf_new_array(pdf);
	guint count = MIN(characters->len, 256 - FIRST_FREE_CODE);
	lw_pdf_append(pdf, differences, lw_pdf_new_integer(pdf, FIRST_FREE_CODE));
	lw_pdf_append(pdf, widths, lw_pdf_new_real(pdf, lw_pdf_core_width(helvetica, "space")));
	for (guint i = 0; i < count; i++) {
		gunichar c = g_array_index(characters, gunichar, i);
		LwPdfObject *name = name_of(pdf, c);
		lw_pdf_append(pdf, differences, name);
		lw_pdf_append(pdf, widths, lw_pdf_new_real(pdf, width_of(c, name)));
	}
	lw_pdf_set(pdf, encoding, "Type", lw_pdf_new_name(pdf, "Encoding"));
	lw_pdf_set(pdf, encoding, "BaseEncoding", lw_pdf_new_name(pdf, "WinAnsiEncoding"));
	lw_pdf_set(pdf, encoding, "Differences", differences);
	lw_pdf_set(pdf, font, "Encoding", encoding);
	lw_pdf_set(pdf, font, "FirstChar", lw_pdf_new_integer(pdf, FIRST_FREE_CODE - 1));
	lw_pdf_set(pdf, font, "LastChar", lw_pdf_new_integer(pdf, FIRST_FREE_CODE - 1 + count));
	lw_pdf_set(pdf, font, "Widths", widths);
}

LwFieldFont *lw_field_font_new(LwPdf *pdf, const char *text)
{
	g_autoptr(GArray) characters = characters_of(text);
	gboolean plain = TRUE;
	for (guint i = 0; i < characters->len && plain; i++) {
		gunichar c = g_array_index(characters, gunichar, i);
		plain = c == 0xA0 || c == 0xAD || in_win_ansi(c);
	}
	LwPdfObject *dictionary = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, dictionary, "Type", lw_pdf_new_name(pdf, "Font"));
	lw_pdf_set(pdf, dictionary, "Subtype", lw_pdf_new_name(pdf, "Type1"));
	lw_pdf_set(pdf, dictionary, "BaseFont", lw_pdf_new_name(pdf, "Helvetica"));
	if (plain)
		lw_pdf_set(pdf, dictionary, "Encoding", lw_pdf_new_name(pdf, "WinAnsiEncoding"));
	else
		set_own_encoding(pdf, dictionary, characters);
	return lw_field_font_load(pdf, lw_pdf_reference(pdf, dictionary));
}

static const LwFieldGlyph *find_glyph(const LwFieldFont *font, gunichar c)
{
	const LwFieldGlyph *glyph = g_hash_table_lookup(font->glyphs, GUINT_TO_POINTER(c));
	if (!glyph && (c == 0xA0 || c == 0xAD))
		glyph = g_hash_table_lookup(font->glyphs, GUINT_TO_POINTER(c == 0xA0 ? ' ' : '-'));
	return glyph;
}

guint lw_field_font_encode(const LwFieldFont *font, const char *text, GArray *glyphs)
{
	guint missing = 0;
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		const LwFieldGlyph *glyph = c == '\n' ? NULL : find_glyph(font, c);
		LwFieldGlyph end = {'\n', 0, 0};
		if (glyph || c == '\n')
			g_array_append_vals(glyphs, glyph ? glyph : &end, 1);
		else
			missing++;
	}
	return missing;
}
