/* gold-brat.c - brat standoff: T (what and where), A (genre, origin), * Equiv (one person), #
 * (notes).
 *
 * Offsets count code points. A label's text has to be the text at its place. */
#include "engine/gold-read.h"

#include "engine/base/text.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
	LwGold *gold;
	LwGoldDocument *document;
	guint32 *bytes;	   /* by code point: where it starts */
	gsize count;	   /* code points */
	GHashTable *by_id; /* "T3": its index in spans + 1 */
	guint32 persons;
	guint line;
	GError **error;
} Brat;

static gboolean fault(const Brat *brat, const char *what)
{
	return lw_gold_fault(brat->error, brat->document->name, brat->line, what);
}

static const char *keep_text(const Brat *brat, const char *text)
{
	g_autofree char *lower = g_utf8_strdown(text, -1);

	g_strdelimit(lower, "_", '-');
	return lw_arena_strndup(brat->gold->arena, lower, strlen(lower));
}

/* "keep-address", "Optional_person", "must-bsn", "keep": what is asked, and the kind. */
static void read_type(const Brat *brat, LwGoldSpan *span, const char *type)
{
	static const struct {
		const char *word;
		LwGoldDemand demand;
	} words[] = {
		{"must", LW_GOLD_MUST}, {"keep", LW_GOLD_KEEP}, {"optional", LW_GOLD_OPTIONAL}};
	const char *kind = keep_text(brat, type);

	span->kind = kind;
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		gsize length = strlen(words[i].word);

		if (strncmp(kind, words[i].word, length) || (kind[length] && kind[length] != '-'))
			continue;
		span->demand = words[i].demand;
		if (kind[length])
			span->kind = kind + length + 1;
	}
}

/* "10 24" or "10 15;17 24". */
static gboolean read_parts(const Brat *brat, LwGoldSpan *span, const char *places)
{
	g_auto(GStrv) parts = g_strsplit(places, ";", -1);
	guint64 last = 0;

	for (guint i = 0; parts[i]; i++) {
		g_auto(GStrv) ends = g_strsplit(parts[i], " ", -1);
		guint64 from, to;

		if (g_strv_length(ends) != 2 ||
		    !g_ascii_string_to_unsigned(ends[0], 10, last, brat->count, &from, NULL) ||
		    !g_ascii_string_to_unsigned(ends[1], 10, from + 1, brat->count, &to, NULL))
			return FALSE;
		LwSpan part = {brat->bytes[from], brat->bytes[to] - brat->bytes[from]};
		g_array_append_val(span->parts, part);
		last = to;
	}
	return span->parts->len > 0;
}

/* Words with one blank between them. */
static char *squeeze(const char *text)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n\f", -1);
	g_autoptr(GString) squeezed = g_string_new(NULL);

	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(squeezed, "%s%s", squeezed->len ? " " : "", *word);
	return g_string_free(g_steal_pointer(&squeezed), FALSE);
}

static gboolean is_text(const Brat *brat, const LwGoldSpan *span, const char *text)
{
	g_autoptr(GString) there = g_string_new(NULL);
	g_autofree char *one = squeeze(text), *two = NULL;

	for (guint i = 0; i < span->parts->len; i++) {
		LwSpan part = g_array_index(span->parts, LwSpan, i);

		g_string_append_len(there, brat->document->text + part.start, part.length);
		g_string_append_c(there, ' ');
	}
	two = squeeze(there->str);
	return !strcmp(one, two);
}

static gboolean read_label(Brat *brat, char **fields)
{
	guint index = brat->document->spans->len + 1;
	char *places = g_strv_length(fields) == 3 ? strchr(fields[1], ' ') : NULL;
	LwGoldSpan *span;

	if (!places)
		return fault(brat, "is no label");
	*places++ = '\0';
	span = lw_gold_span(brat->document);
	span->line = brat->line;
	read_type(brat, span, fields[1]);
	if (!read_parts(brat, span, places))
		return fault(brat, "the place is not in the text");
	if (!is_text(brat, span, fields[2]))
		return fault(brat, "the text at this place is another");
	if (!g_hash_table_insert(brat->by_id, g_strdup(fields[0]), GUINT_TO_POINTER(index)))
		return fault(brat, "this label was given before");
	return TRUE;
}

static LwGoldSpan *find_span(const Brat *brat, const char *id)
{
	guint index = GPOINTER_TO_UINT(g_hash_table_lookup(brat->by_id, id));

	return index ? &g_array_index(brat->document->spans, LwGoldSpan, index - 1) : NULL;
}

/* "Genre" or "genre=": what brat calls an attribute, or a word of a note. */
static void take_attribute(const Brat *brat, const char *name, LwGoldSpan *span, const char *value)
{
	if (!g_ascii_strcasecmp(name, "genre"))
		brat->document->genre = keep_text(brat, value);
	else if (!g_ascii_strcasecmp(name, "origin") && span)
		span->origin = keep_text(brat, value);
}

/* "A2\tOrigin T4 turkish" */
static gboolean read_attribute(const Brat *brat, char **fields)
{
	g_auto(GStrv) words = g_strsplit(fields[1] ? fields[1] : "", " ", 3);
	LwGoldSpan *span = g_strv_length(words) == 3 ? find_span(brat, words[1]) : NULL;

	if (span)
		take_attribute(brat, words[0], span, words[2]);
	return TRUE;
}

/* "#1\tAnnotatorNotes T4\torigin=turkish", "# genre: mail" */
static gboolean read_note(const Brat *brat, const char *line)
{
	g_auto(GStrv) words = g_strsplit_set(line + 1, " \t=:", -1);
	LwGoldSpan *span = NULL;
	const char *name = NULL;

	for (char **word = words; *word; word++) {
		if (!**word)
			continue;
		if (name)
			take_attribute(brat, name, span, *word);
		name = !g_ascii_strcasecmp(*word, "genre") || !g_ascii_strcasecmp(*word, "origin")
			       ? *word
			       : NULL;
		span = find_span(brat, *word) ? find_span(brat, *word) : span;
	}
	return TRUE;
}

/* "*\tEquiv T1 T4 T9": mentions of one person. */
static gboolean read_same(Brat *brat, char **fields)
{
	g_auto(GStrv) words = g_strsplit(fields[1] ? fields[1] : "", " ", -1);

	if (g_strcmp0(words[0], "Equiv"))
		return TRUE;
	brat->persons++;
	for (guint i = 1; words[i]; i++) {
		LwGoldSpan *span = find_span(brat, words[i]);

		if (!span)
			return fault(brat, "no such label");
		span->person = brat->persons;
	}
	return TRUE;
}

/* Events, relations and what else brat knows say nothing here. */
static gboolean read_line(Brat *brat, const char *line, char what)
{
	g_auto(GStrv) fields = g_strsplit(line, "\t", 3);

	if (*line != what && !(what == 'A' && *line == 'M'))
		return TRUE;
	switch (what) {
	case 'T':
		return read_label(brat, fields);
	case 'A':
		return read_attribute(brat, fields);
	case '#':
		return read_note(brat, line);
	default:
		return read_same(brat, fields);
	}
}

static void index_text(Brat *brat)
{
	const char *text = brat->document->text, *end = text + brat->document->length;
	gsize i = 0;

	brat->count = lw_text_code_points(text, brat->document->length);
	brat->bytes = g_new(guint32, brat->count + 1);
	for (const char *at = text; at < end; at = g_utf8_next_char(at))
		brat->bytes[i++] = (guint32)(at - text);
	brat->bytes[i] = (guint32)brat->document->length;
}

gboolean lw_gold_add_brat(LwGold *gold, const char *name, const char *text, gsize length,
			  const char *labels, GError **error)
{
	Brat brat = {.gold = gold, .error = error};
	g_auto(GStrv) lines = g_strsplit(labels, "\n", -1);
	gboolean good = TRUE;

	brat.document = lw_gold_document(gold, name, text, length);
	brat.document->whole = TRUE;
	brat.by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	index_text(&brat);
	/* What refers to labels may stand before them. */
	for (const char *what = "TA#*"; *what && good; what++)
		for (guint i = 0; lines[i] && good; i++) {
			brat.line = i + 1;
			good = read_line(&brat, g_strchomp(lines[i]), *what);
		}
	g_hash_table_unref(brat.by_id);
	g_free(brat.bytes);
	return good;
}
