/* encoding.c - glyph names of the predefined encodings, and their characters.
 *
 * The tables are made by tables.py; glyphs.def is sorted by name, in bytes. */
#include "engine/pdf/encoding.h"

#include <stdlib.h>
#include <string.h>

#define LW_ENCODING(id, ...) [id] = {__VA_ARGS__},
static const char *const encodings[LW_PDF_ENCODINGS][256] = {
#include "engine/pdf/encodings.def"
};
#undef LW_ENCODING

typedef struct {
	const char *name;
	guint16 unicode;
	gboolean tex;
} Glyph;

#define LW_GLYPH(name, unicode)	    {name, unicode, FALSE},
#define LW_TEX_GLYPH(name, unicode) {name, unicode, TRUE},
static const Glyph glyphs[] = {
#include "engine/pdf/glyphs.def"
};
#undef LW_GLYPH
#undef LW_TEX_GLYPH

const char *lw_pdf_encoding_glyph(LwPdfEncoding encoding, guint8 code)
{
	g_assert(encoding < LW_PDF_ENCODINGS);
	return encodings[encoding][code];
}

gboolean lw_pdf_encoding_find(const char *name, LwPdfEncoding *encoding)
{
	static const struct {
		const char *name;
		LwPdfEncoding encoding;
	} known[] = {
		{"WinAnsiEncoding", LW_PDF_ENCODING_WIN_ANSI},
		{"MacRomanEncoding", LW_PDF_ENCODING_MAC_ROMAN},
		{"StandardEncoding", LW_PDF_ENCODING_STANDARD},
		{"MacExpertEncoding", LW_PDF_ENCODING_MAC_EXPERT},
		{"PDFDocEncoding", LW_PDF_ENCODING_PDF_DOC},
		{"SymbolEncoding", LW_PDF_ENCODING_SYMBOL},
		{"ZapfDingbatsEncoding", LW_PDF_ENCODING_DINGBATS},
	};

	for (gsize i = 0; name && i < G_N_ELEMENTS(known); i++)
		if (!strcmp(name, known[i].name)) {
			*encoding = known[i].encoding;
			return TRUE;
		}
	return FALSE;
}

gboolean lw_pdf_is_character(gunichar c)
{
	if (c < 0x20 || (c >= 0x7f && c < 0xa0))
		return FALSE;
	if ((c >= 0xd800 && c < 0xe000) || (c >= 0xfdd0 && c < 0xfdf0))
		return FALSE;
	return c <= 0x10ffff && (c & 0xfffe) != 0xfffe;
}

static int compare_glyph(const void *key, const void *element)
{
	return strcmp(key, ((const Glyph *)element)->name);
}

gboolean lw_pdf_glyph_is_guessed(const char *name)
{
	const Glyph *found =
		name ? bsearch(name, glyphs, G_N_ELEMENTS(glyphs), sizeof(*glyphs), compare_glyph)
		     : NULL;

	return found && found->tex;
}

/* Exactly length hexadecimal digits. */
static gboolean read_hex(const char *text, gsize length, gunichar *value)
{
	*value = 0;
	for (gsize i = 0; i < length; i++) {
		if (!g_ascii_isxdigit(text[i]))
			return FALSE;
		*value = *value << 4 | (gunichar)g_ascii_xdigit_value(text[i]);
	}
	return lw_pdf_is_character(*value);
}

/* uni and groups of four digits. */
static guint read_uni(const char *digits, gsize length, gunichar *out, guint room)
{
	guint count = 0;

	if (length == 0 || length % 4 || length / 4 > room)
		return 0;
	for (gsize i = 0; i < length; i += 4)
		if (!read_hex(digits + i, 4, &out[count++]))
			return 0;
	return count;
}

/* One name without suffix and underscores; how many characters it means. */
static guint read_component(const char *name, gsize length, gunichar *out, guint room)
{
	char key[40];
	const Glyph *found;
	guint count = 0;

	if (length == 0 || length >= sizeof(key) || room == 0)
		return 0;
	memcpy(key, name, length);
	key[length] = '\0';
	found = bsearch(key, glyphs, G_N_ELEMENTS(glyphs), sizeof(*glyphs), compare_glyph);
	if (found) {
		*out = found->unicode;
		return lw_pdf_is_character(*out);
	}
	if (g_str_has_prefix(key, "uni"))
		count = read_uni(key + 3, length - 3, out, room);
	if (count == 0 && key[0] == 'u' && length >= 5 && length <= 7)
		count = read_hex(key + 1, length - 1, out);
	return count;
}

static gboolean nothing(gunichar unicode[LW_PDF_GLYPH_CHARACTERS])
{
	memset(unicode, 0, sizeof(gunichar) * LW_PDF_GLYPH_CHARACTERS);
	return FALSE;
}

gboolean lw_pdf_glyph_unicode(const char *name, gunichar unicode[LW_PDF_GLYPH_CHARACTERS])
{
	gsize length = name ? strcspn(name, ".") : 0; /* ".notdef" is empty */
	guint count = 0;

	nothing(unicode);
	for (gsize at = 0; at < length;) {
		gsize part = strcspn(name + at, "_.");
		guint read = read_component(name + at, part, unicode + count,
					    LW_PDF_GLYPH_CHARACTERS - count);

		if (read == 0)
			return nothing(unicode);
		count += read;
		at += part + 1;
	}
	return count > 0;
}

/* The block U+2700 follows the font's own encoding, but for signs that Unicode had already. */
static gunichar dingbat(guint8 code)
{
	static const guint16 elsewhere[][2] = {
		{0x20, 0x0020}, {0x25, 0x260e}, {0x2a, 0x261b}, {0x2b, 0x261e}, {0x48, 0x2605},
		{0x6c, 0x25cf}, {0x6e, 0x25a0}, {0x73, 0x25b2}, {0x74, 0x25bc}, {0x75, 0x25c6},
		{0x77, 0x25d7}, {0xa8, 0x2663}, {0xa9, 0x2666}, {0xaa, 0x2665}, {0xab, 0x2660},
		{0xd5, 0x2192}, {0xd6, 0x2194}, {0xd7, 0x2195},
	};

	for (gsize i = 0; i < G_N_ELEMENTS(elsewhere); i++)
		if (elsewhere[i][0] == code)
			return elsewhere[i][1];
	if (code >= 0x80 && code <= 0x8d)
		return 0x2768 + code - 0x80;
	if (code >= 0xac && code <= 0xb5)
		return 0x2460 + code - 0xac;
	return 0x2700 + code - (code < 0x80 ? 0x20 : 0x40);
}

gboolean lw_pdf_dingbat_unicode(const char *name, gunichar unicode[LW_PDF_GLYPH_CHARACTERS])
{
	const char *const *names = encodings[LW_PDF_ENCODING_DINGBATS];

	nothing(unicode);
	for (guint code = 0x20; name && code < 256; code++)
		if (names[code] && !strcmp(names[code], name)) {
			unicode[0] = dingbat((guint8)code);
			return TRUE;
		}
	return FALSE;
}
