/* fontprogram.c - the built-in encoding of an embedded program; here that of Type 1 (Adobe Type 1
 * Font Format, chapter 2).
 *
 * Only the clear text of the program is read, up to eexec. */
#include <string.h>

#include "engine/pdf/font_private.h"

#define MAXIMUM_CLEAR_TEXT (256u << 10)

/* "dup 65 /A put": the name in the arena. */
static void read_entry(LwArena *arena, const char *at, const char *end, const char *names[256])
{
	guint code = 0;
	gsize length = 0;

	while (at < end && g_ascii_isspace(*at))
		at++;
	if (at == end || !g_ascii_isdigit(*at))
		return;
	for (; at < end && g_ascii_isdigit(*at) && code < 256; at++)
		code = code * 10 + (guint)(*at - '0');
	while (at < end && g_ascii_isspace(*at))
		at++;
	if (at == end || *at++ != '/' || code > 255)
		return;
	while (at + length < end && length < 64 && !g_ascii_isspace(at[length]) &&
	       !strchr("/[]{}()<>%", at[length]))
		length++;
	names[code] = lw_arena_strndup(arena, at, length);
}

static gboolean read_clear_text(LwArena *arena, const guint8 *data, gsize length,
				const char *names[256])
{
	const char *text = (const char *)data;
	const char *end = text + MIN(length, MAXIMUM_CLEAR_TEXT);
	const char *stop = memmem(text, (gsize)(end - text), "eexec", 5);
	const char *at = memmem(text, (gsize)((stop ? stop : end) - text), "/Encoding", 9);
	const char *line;

	end = stop ? stop : end;
	if (!at)
		return FALSE;
	at += 9;
	line = memmem(at, (gsize)(MIN(end, at + 40) - at), "StandardEncoding", 16);
	if (line) {
		for (guint code = 0; code < 256; code++)
			names[code] = lw_pdf_encoding_glyph(LW_PDF_ENCODING_STANDARD, (guint8)code);
		return TRUE;
	}
	while ((at = memmem(at, (gsize)(end - at), "dup", 3))) {
		at += 3;
		read_entry(arena, at, end, names);
	}
	return TRUE;
}

typedef gboolean (*ReadNames)(LwArena *arena, const guint8 *data, gsize length,
			      const char *names[256]);

static gboolean read_program(LwPdf *pdf, LwPdfObject *stream, ReadNames read,
			     const char *names[256])
{
	const char *rest = NULL;
	g_autoptr(GBytes) data = NULL;
	gsize length = 0;
	const guint8 *bytes;

	if (!stream || stream->type != LW_PDF_STREAM)
		return FALSE;
	data = lw_pdf_decode(pdf, stream, &rest, NULL);
	bytes = data ? g_bytes_get_data(data, &length) : NULL;
	return bytes && !rest && read(lw_pdf_arena(pdf), bytes, length, names);
}

gboolean lw_pdf_font_program_names(LwPdf *pdf, const LwPdfObject *descriptor,
				   const char *names[256])
{
	LwPdfObject *type1 = lw_pdf_find(pdf, descriptor, "FontFile");
	LwPdfObject *cff = lw_pdf_find(pdf, descriptor, "FontFile3");

	return read_program(pdf, type1, read_clear_text, names) ||
	       read_program(pdf, cff, lw_pdf_font_cff_names, names);
}
