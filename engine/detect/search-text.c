/* search-text.c - folding a text for the search of words, and moving over its words.
 *
 * Every byte of the folded text has a place in the map; a character that folds to two letters gives
 * both the same place. */
#include "engine/detect/search-text.h"

#include <string.h>

#define LINE_THAT_WRAPS 40 /* bytes: a shorter line was ended on purpose */

typedef struct {
	char *text;
	guint32 *map;
	gsize length, size;
} Folding;

static void emit(Folding *folding, const char *bytes, gsize length, guint32 at)
{
	if (length > folding->size - folding->length) {
		folding->size = folding->size * 2 + length;
		folding->text = g_realloc(folding->text, folding->size);
		folding->map = g_realloc_n(folding->map, folding->size, sizeof(guint32));
	}
	for (gsize i = 0; i < length; i++) {
		folding->text[folding->length] = bytes[i];
		folding->map[folding->length++] = at;
	}
}

static void emit_ascii(Folding *folding, char c, guint32 at)
{
	char out = g_ascii_tolower(c);

	if (c == ' ' || c == '\n' || c == '\t') {
		if (folding->length > 0 && folding->text[folding->length - 1] == ' ')
			return;
		out = ' ';
	}
	emit(folding, &out, 1, at);
}

static void emit_wide(Folding *folding, const char *at_char, gsize bytes, guint32 at)
{
	gunichar c = g_utf8_get_char(at_char);
	g_autofree char *folded = NULL;

	if (lw_text_is_mark(c))
		return;
	if (!lw_text_is_letter(c)) {
		emit(folding, "\1", 1, at);
		return;
	}
	folded = lw_text_fold(at_char, (gssize)bytes);
	emit(folding, folded, strlen(folded), at);
}

LwSearchText *lw_search_text_new(const LwNormal *normal)
{
	LwSearchText *search = g_new0(LwSearchText, 1);
	gsize size = normal->length + 16;
	Folding folding = {g_malloc(size), g_new(guint32, size), 0, size};

	for (gsize i = 0; i < normal->length;) {
		const char *c = normal->utf8 + i;
		gsize bytes = (gsize)(g_utf8_next_char(c) - c);

		if (bytes == 1)
			emit_ascii(&folding, *c, (guint32)i);
		else
			emit_wide(&folding, c, bytes, (guint32)i);
		i += bytes;
	}
	search->length = folding.length;
	emit(&folding, "", 1, (guint32)normal->length);
	search->normal = normal;
	search->text = folding.text;
	search->map = folding.map;
	return search;
}

void lw_search_text_free(LwSearchText *search)
{
	if (!search)
		return;
	g_free(search->text);
	g_free(search->map);
	g_free(search);
}

static gboolean is_solid(char c)
{
	return g_ascii_islower(c) || g_ascii_isdigit(c) || ((guint8)c & 0x80) != 0;
}

static gboolean is_joint(char c)
{
	return c == '\'' || c == '-';
}

gboolean lw_search_text_next(const LwSearchText *search, gsize from, LwSearchWord *word)
{
	const char *text = search->text;
	gsize at = from;

	while (at < search->length && !is_solid(text[at]))
		at++;
	if (at >= search->length)
		return FALSE;
	word->start = at;
	while (at < search->length && (is_solid(text[at]) || is_joint(text[at])))
		at++;
	while (is_joint(text[at - 1]))
		at--;
	word->end = at;
	return TRUE;
}

gboolean lw_search_text_before(const LwSearchText *search, gsize to, const char *between,
			       LwSearchWord *word)
{
	const char *text = search->text;
	gsize at = to;

	while (at > 0 && !is_solid(text[at - 1])) {
		if (!strchr(between, text[at - 1]))
			return FALSE;
		at--;
	}
	if (at == 0)
		return FALSE;
	word->end = at;
	while (at > 0 && (is_solid(text[at - 1]) || is_joint(text[at - 1])))
		at--;
	while (is_joint(text[at]))
		at++;
	word->start = at;
	return TRUE;
}

gboolean lw_search_text_after(const LwSearchText *search, gsize from, const char *between,
			      LwSearchWord *word)
{
	gsize at = from;

	while (at < search->length && !is_solid(search->text[at])) {
		if (!strchr(between, search->text[at]))
			return FALSE;
		at++;
	}
	return lw_search_text_next(search, at, word);
}

gboolean lw_search_text_is_capital(const LwSearchText *search, gsize at)
{
	if (at >= search->length)
		return FALSE;
	return lw_text_is_upper(g_utf8_get_char(search->normal->utf8 + search->map[at]));
}

gboolean lw_search_text_is_all_caps(const LwSearchText *search, LwSearchWord word)
{
	const char *at = search->normal->utf8 + search->map[word.start];
	const char *end = search->normal->utf8 + search->map[word.end];
	guint letters = 0;

	for (; at < end; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (lw_text_is_lower(c))
			return FALSE;
		letters += lw_text_is_upper(c);
	}
	return letters > 1;
}

gboolean lw_search_text_opens(const LwSearchText *search, gsize at)
{
	const char *text = search->normal->utf8;
	gsize end = search->map[at], start;
	guint lines = 0;

	while (end > 0 && strchr(" \t\n\f\"'(", text[end - 1])) {
		lines += text[end - 1] == '\n' ? 1 : text[end - 1] == '\f' ? 2 : 0;
		end--;
	}
	if (end == 0 || lines > 1 || strchr(".!?:;*|>-", text[end - 1]))
		return TRUE;
	if ((guint8)text[end - 1] & 0x80) {
		const char *last = g_utf8_find_prev_char(text, text + end);

		if (last && !lw_text_is_letter(g_utf8_get_char(last)))
			return TRUE;
	}
	if (lines == 0)
		return FALSE;
	for (start = end; start > 0 && text[start - 1] != '\n'; start--) {
		if (end - start >= LINE_THAT_WRAPS)
			return FALSE;
	}
	return TRUE;
}
