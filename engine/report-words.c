/* report-words.c - what a list, log or report says, however it is packed: its strings, each apart.
 *
 * Keys of JSON and headings of tables are ours; ids and digests are left out, as any short number
 * stands in one of them by chance. */
#include "engine/outgoing.h"

#include "engine/base/limits.h"
#include "engine/base/zip.h"

#include <string.h>

#define APART "\x1e" /* no string of the search reaches over it */

enum { ID_DIGITS = 32, PACKED_DEPTH = 2, ENTITY_LENGTH = 8 };

static gboolean is_digest(const char *text, gsize length)
{
	gsize digits = 0;
	while (digits < length && g_ascii_isxdigit(text[digits]))
		digits++;
	return digits == length && length >= ID_DIGITS;
}

/* "1:72.0,310.2,131.4,322.0": a place on a page. */
static gboolean is_place(const char *text, gsize length)
{
	gsize digits = 0, i = 0;
	while (digits < length && g_ascii_isdigit(text[digits]))
		digits++;
	for (i = digits; i < length && (g_ascii_isdigit(text[i]) || strchr(".,: ;", text[i])); i++)
		;
	return digits && digits < length && text[digits] == ':' && i == length;
}

static void add_piece(GString *words, const char *text, gsize length)
{
	if (!length || is_digest(text, length) || is_place(text, length))
		return;
	g_string_append_len(words, text, (gssize)length);
	g_string_append(words, APART);
}

/* A string of JSON behind its first quote; the place behind it. What stands before a colon is a
 * word of ours. */
static const char *read_json_string(GString *words, const char *at, const char *end)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (; at < end && *at != '"'; at++) {
		if (*at != '\\' || at + 1 == end) {
			g_string_append_c(text, *at);
		} else if (*++at == 'u' && end - at > 4) {
			g_autofree char *digits = g_strndup(at + 1, 4);
			g_string_append_unichar(text, (gunichar)g_ascii_strtoull(digits, NULL, 16));
			at += 4;
		} else {
			g_string_append_c(text, *at == 'n' || *at == 't' ? ' ' : *at);
		}
	}
	at = at < end ? at + 1 : end;
	if (at == end || *at != ':')
		add_piece(words, text->str, text->len);
	return at;
}

static void read_json(GString *words, const char *at, const char *end)
{
	while (at < end)
		if (*at++ == '"')
			at = read_json_string(words, at, end);
}

/* Entities of XML as what they stand for. */
static void add_xml(GString *words, const char *at, gsize length)
{
	static const struct {
		const char *name, *text;
	} entities[] = {
		{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}};
	g_autoptr(GString) text = g_string_new_len(at, (gssize)length);
	for (char *from; (from = strstr(text->str, "&#"));) {
		gsize start = (gsize)(from - text->str);
		gboolean hexadecimal = from[2] == 'x';
		char *stop = NULL;
		guint64 c = g_ascii_strtoull(from + 2 + hexadecimal, &stop, hexadecimal ? 16 : 10);
		char utf8[ENTITY_LENGTH] = {0};
		if (c && c <= 0x10ffff)
			g_unichar_to_utf8((gunichar)c, utf8);
		g_string_erase(text, (gssize)start, stop - from + (*stop == ';'));
		g_string_insert(text, (gssize)start, utf8);
	}
	for (guint i = G_N_ELEMENTS(entities); i > 0; i--)
		g_string_replace(text, entities[i - 1].name, entities[i - 1].text, 0);
	add_piece(words, text->str, text->len);
}

/* Text between tags, and what stands between quotes inside them. */
static void read_xml(GString *words, const char *at, const char *end)
{
	while (at < end) {
		const char *tag = memchr(at, '<', (gsize)(end - at));
		add_xml(words, at, (gsize)((tag ? tag : end) - at));
		const char *close = tag ? memchr(tag, '>', (gsize)(end - tag)) : NULL;
		if (!close)
			return;
		for (const char *p = tag; p < close; p++) {
			const char *stop = *p == '"' || *p == '\''
						   ? memchr(p + 1, *p, (gsize)(close - p - 1))
						   : NULL;
			if (stop)
				add_xml(words, p + 1, (gsize)(stop - p - 1));
			p = stop ? stop : p;
		}
		at = close + 1;
	}
}

/* Cells of a table, without its heading. */
static void read_table(GString *words, const char *at, const char *end)
{
	const char *heading = memchr(at, '\n', (gsize)(end - at));
	gboolean quoted = FALSE;
	for (const char *from = at = heading ? heading + 1 : at; at <= end; at++) {
		if (at < end && *at == '"')
			quoted = !quoted;
		if (at < end && (quoted || !strchr(";\r\n", *at)))
			continue;
		gboolean has_quotes = from < at && *from == '"';
		add_piece(words, from + has_quotes, (gsize)(at - from) - 2 * has_quotes);
		from = at + 1;
	}
}

static void read_bytes(GString *words, GBytes *bytes, guint depth);

static gboolean read_package(GString *words, GBytes *bytes, guint depth)
{
	g_autoptr(LwZip) zip = lw_zip_open(bytes, NULL);
	for (guint i = 0; zip && i < lw_zip_count(zip); i++) {
		g_autoptr(GBytes) member = lw_zip_load(zip, i, NULL);
		add_piece(words, lw_zip_name(zip, i), strlen(lw_zip_name(zip, i)));
		if (!member || words->len > LW_LIMIT_TEXT_BYTES)
			return FALSE;
		read_bytes(words, member, depth);
	}
	return zip != NULL;
}

static void read_bytes(GString *words, GBytes *bytes, guint depth)
{
	gsize length;
	const char *start = g_bytes_get_data(bytes, &length), *end = start + length, *at = start;
	while (at < end && (g_ascii_isspace(*at) || !strncmp(at, "\xef\xbb\xbf", 1)))
		at += g_ascii_isspace(*at) ? 1 : MIN(3, end - at);
	if (at == end)
		return;
	if (depth < PACKED_DEPTH && length > 4 && !memcmp(start, "PK\3\4", 4) &&
	    read_package(words, bytes, depth + 1))
		return;
	if (*at == '{' || *at == '[')
		read_json(words, at, end);
	else if (*at == '<')
		read_xml(words, at, end);
	else
		read_table(words, at, end);
}

char *lw_report_words(GBytes *bytes)
{
	GString *words = g_string_new(NULL);
	read_bytes(words, bytes, 0);
	return g_string_free(words, FALSE);
}
