/* chat-lines.c - chats that their lines together make one: who writes stands at the same place of
 * many lines, more than once, and what stands there is no word for a thing.
 *
 * "sander: ...", "S: ...", "Sander   ...", "Sander 9:20  ...", "[09:31] Sander straat: ...", "di
 * 09:31 sander
 * ...", "Sander vd B  gisteren 09:31" and "Sander (09:31)" above what he says. Agendas, logs and
 * tables look the same but for the names. */
#include "engine/detect/chat.h"

#include <string.h>

#define SCORE 0.85f
#define OFTEN 2 /* lines of one who writes */
#define MOST  4 /* words of who writes */

/* Who writes, on one line; the same token twice: nobody. */
typedef struct {
	guint first, end;
} Writer;

static const Writer nobody = {0, 0};

static gboolean is_somebody(Writer writer)
{
	return writer.end > writer.first;
}

/* --- one line of each sort --- */

/* What may stand for who writes "sander: ..." on many lines: no label of a form. */
static gboolean may_write(const LwToken *token)
{
	static const char labels[] = "vr antw vrg vraag antwoord actie memo nb ps re fw fwd tel "
				     "mob mail email url link http https note opm toel dd tav";

	return token->letters >= 2 && token->letters <= 15 && !(token->flags & LW_TOKEN_DIGIT) &&
	       (!(token->cues &
		  (LW_CUE_STOP | LW_CUE_BODY | LW_CUE_COLUMN | LW_CUE_PHRASE | LW_CUE_WEEKDAY)) ||
		token->lists & LW_WORD_FREQUENT) &&
	       !(token->lists & LW_WORD_ROLE) && !lw_token_in(token->word, labels);
}

/* "Door: ...": a function word by which some are called, among others who write. */
static gboolean is_called_so(const LwToken *token)
{
	return token->flags & LW_TOKEN_CAPITAL && lw_token_in(token->word, "door wil an");
}

/* "vd", "H", "3B", "Bakker": may follow the first word of who writes. */
static gboolean may_follow(const LwToken *token)
{
	return token->gap == LW_GAP_SPACE && !token->mark && token->letters <= 15 &&
	       (token->letters <= 3 || token->flags & LW_TOKEN_CAPITAL) &&
	       !(token->cues & (LW_CUE_BODY | LW_CUE_COLUMN)) &&
	       !(token->flags & LW_TOKEN_LOWER && token->cues & LW_CUE_STOP &&
		 !(token->cues & LW_CUE_PARTICLE));
}

/* "sander: ...", "Sander 3B: ..." with text behind the colon. */
static Writer before_colon(const LwTokens *tokens, guint at)
{
	const LwToken *first = lw_token_at(tokens, at), *colon;
	guint end = at + 1;

	while (first->flags & LW_TOKEN_CAPITAL && end < at + MOST &&
	       may_follow(lw_token_at(tokens, end)))
		end++;
	/* "Kor H.: ..." */
	if (end > at + 1 && lw_token_at(tokens, end)->mark == '.' &&
	    lw_token_at(tokens, end - 1)->letters == 1)
		end++;
	colon = lw_token_at(tokens, end);
	return (may_write(first) || (end == at + 1 && is_called_so(first))) && colon->mark == ':' &&
			       colon->gap == LW_GAP_NONE &&
			       lw_token_at(tokens, end + 1)->gap == LW_GAP_SPACE
		       ? (Writer){at, end}
		       : nobody;
}

/* "Q: ..." with text behind it: the letter of who writes. "V:" and "A:" are of questions and
 * answers. */
static Writer letter_before_colon(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *colon = lw_token_at(tokens, at + 1);
	const LwToken *behind = lw_token_at(tokens, at + 2);

	return token->letters == 1 && token->flags & LW_TOKEN_CAPITAL &&
			       !(token->flags & LW_TOKEN_DIGIT) &&
			       !lw_token_in(token->word, "a v") && colon->mark == ':' &&
			       colon->gap == LW_GAP_NONE && behind->gap == LW_GAP_SPACE &&
			       !(behind->flags & LW_TOKEN_DIGIT)
		       ? (Writer){at, at + 1}
		       : nobody;
}

/* A few words, the first of which may be anybody's, up to a wide gap with words behind it. */
static Writer before_gap(const LwTokens *tokens, guint at)
{
	guint i = at + 1, line = lw_token_line_end(tokens, at);

	while (i < line && i <= at + MOST && lw_token_at(tokens, i)->gap < LW_GAP_WIDE)
		i++;
	if (i >= line || i > at + MOST || lw_token_at(tokens, i)->gap != LW_GAP_WIDE ||
	    lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT)
		return nobody;
	for (guint k = at; k < i; k++)
		if (!may_write(lw_token_at(tokens, k)) && lw_token_at(tokens, k)->letters != 1 &&
		    !(lw_token_at(tokens, k)->cues & LW_CUE_PARTICLE))
			return nobody;
	return (Writer){at, i};
}

/* "di 09:31  sander   ..." */
static Writer behind_stamp(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (i < at + 2 && lw_token_at(tokens, i)->cues & LW_CUE_WEEKDAY)
		i++;
	guint stamp = lw_chat_skip_stamp(tokens, i);
	if (stamp == i || stamp >= lw_token_line_end(tokens, at))
		return nobody;
	return before_gap(tokens, stamp);
}

/* "[14-11-2022 07:12] Sander toezicht: ..." */
static Writer behind_stamp_before_colon(const LwTokens *tokens, guint at)
{
	gboolean bracket;
	guint first = lw_chat_sender(tokens, at, &bracket), i = first;

	while (first && i <= first + MOST && lw_token_at(tokens, i)->mark != ':' &&
	       (i == first || lw_token_at(tokens, i)->gap == LW_GAP_SPACE))
		i++;
	return first && i > first && lw_token_at(tokens, i)->mark == ':' &&
			       !(lw_token_at(tokens, first)->lists & LW_WORD_ROLE)
		       ? (Writer){first, i}
		       : nobody;
}

/* "Sander (21:10)", "Sander 😎 gisteren 21:10", "sander — 12/Feb/24 21:10"; what is behind it. */
static Writer before_stamp(const LwTokens *tokens, guint at, guint *behind)
{
	guint line = lw_token_line_end(tokens, at), i = at;

	while (i < line && i <= at + 2 * MOST &&
	       !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT) &&
	       lw_token_at(tokens, i)->mark != '(' && !lw_chat_is_day(lw_token_at(tokens, i)))
		i++;
	/* "Wassink, Corné (C.) gisteren 06:31" */
	if (lw_token_at(tokens, i)->mark == '(' && lw_token_at(tokens, i + 1)->letters == 1 &&
	    lw_token_at(tokens, i + 2)->mark == '.' && lw_token_at(tokens, i + 3)->mark == ')')
		i += 4;
	guint end = i, bracket = lw_token_at(tokens, i)->mark == '(';
	guint stamp = lw_chat_skip_stamp(tokens, i + bracket);
	while (end > at && (lw_token_at(tokens, end - 1)->mark == ',' ||
			    lw_token_at(tokens, end - 1)->mark == '-' ||
			    lw_token_at(tokens, end - 1)->mark == 0x2013 ||
			    lw_token_at(tokens, end - 1)->mark == 0x2014))
		end--;
	if (end == at || stamp == i + bracket || lw_token_at(tokens, at)->mark ||
	    (bracket && lw_token_at(tokens, stamp)->mark != ')'))
		return nobody;
	*behind = stamp + bracket;
	return (Writer){at, end};
}

/* The same above what he says. */
static Writer above_words(const LwTokens *tokens, guint at)
{
	guint behind, line = lw_token_line_end(tokens, at);
	Writer writer = before_stamp(tokens, at, &behind);

	return is_somebody(writer) && behind == line &&
			       lw_token_at(tokens, line)->gap == LW_GAP_LINE
		       ? writer
		       : nobody;
}

/* "Sander JB 9:20  ja hoor": the same line. */
static Writer beside_words(const LwTokens *tokens, guint at)
{
	guint behind, line = lw_token_line_end(tokens, at);
	Writer writer = before_stamp(tokens, at, &behind);

	if (!is_somebody(writer) || behind >= line || writer.end > at + MOST ||
	    lw_token_at(tokens, behind)->flags & LW_TOKEN_DIGIT)
		return nobody;
	for (guint i = at; i < writer.end; i++)
		if (lw_token_at(tokens, i)->gap > LW_GAP_SPACE && i > at)
			return nobody;
	return lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL &&
			       may_write(lw_token_at(tokens, at))
		       ? writer
		       : nobody;
}

/* --- all lines of a sort --- */

typedef struct {
	Writer (*find)(const LwTokens *tokens, guint at);
	gboolean most; /* of all lines have to be of this sort */
	guint named;   /* so many write by a name and more than once */
	guint lines;   /* of those who write more than once, at least */
} Sort;

static const Sort sorts[] = {
	{before_colon, TRUE, 2, 6},	   {before_gap, TRUE, 2, 6},
	{behind_stamp, FALSE, 2, 4},	   {behind_stamp_before_colon, FALSE, 1, 2},
	{above_words, FALSE, 1, 2},	   {beside_words, TRUE, 2, 6},
	{letter_before_colon, TRUE, 2, 6},
};

static char *words_of(const LwTokens *tokens, Writer writer)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (guint i = writer.first; i < writer.end; i++)
		if (!lw_token_at(tokens, i)->mark)
			g_string_append_printf(words, "%s ", lw_token_at(tokens, i)->word);
	return g_string_free(g_steal_pointer(&words), FALSE);
}

/* A name, or a word that is on no list: "bolle" writes only where others do so by a name. */
static gboolean is_by_name(const LwTokens *tokens, Writer writer)
{
	const LwToken *token = lw_token_at(tokens, writer.first);

	if (is_called_so(token))
		return FALSE;
	return token->letters == 1 || token->lists & LW_WORD_FIRST_NAME ||
	       !(token->lists & (LW_WORD_COMMON | LW_WORD_ORGANISATION | LW_WORD_ROLE |
				 LW_WORD_ABBREVIATION) ||
		 (token->lists & LW_WORD_PLACE && !(token->lists & LW_WORD_SURNAME)));
}

static guint count_of(GHashTable *counts, const char *words)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(counts, words));
}

/* Enough of them write by a name and more than once. */
static gboolean is_chat(const LwTokens *tokens, const Sort *sort, GHashTable *counts)
{
	g_autoptr(GHashTable) named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint lines = 0, theirs = 0;

	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		Writer writer = sort->find(tokens, i);

		lines++;
		if (!is_somebody(writer))
			continue;
		char *words = words_of(tokens, writer);
		gboolean often = count_of(counts, words) >= OFTEN;
		theirs += often;
		if (often && is_by_name(tokens, writer))
			g_hash_table_add(named, words);
		else
			g_free(words);
	}
	return g_hash_table_size(named) >= sort->named && theirs >= sort->lines &&
	       (!sort->most || theirs * 2 > lines);
}

static GHashTable *count_writers(const LwTokens *tokens, const Sort *sort)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		Writer writer = sort->find(tokens, i);
		char *words = is_somebody(writer) ? words_of(tokens, writer) : NULL;

		if (words)
			g_hash_table_replace(counts, words,
					     GUINT_TO_POINTER(count_of(counts, words) + 1));
	}
	return counts;
}

static void take_writers(LwNameFinder *finder, const Sort *sort, GHashTable *counts)
{
	const LwTokens *tokens = finder->tokens;
	const LwNameWhy why = {SCORE, "name/speaker", LW_REASON_SPEAKER, NULL};

	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		Writer writer = sort->find(tokens, i);

		if (!is_somebody(writer))
			continue;
		g_autofree char *words = words_of(tokens, writer);
		if (count_of(counts, words) < OFTEN && !is_by_name(tokens, writer))
			continue;
		while (writer.end > writer.first + 1 &&
		       lw_token_at(tokens, writer.end - 1)->mark > 0x2000)
			writer.end--;
		LwName name = {
			.first = writer.first, .last = writer.end - 1, .surname = writer.first};
		lw_name_add(finder, &name, why);
		lw_name_learn_called(finder, writer.first, writer.end);
	}
}

void lw_names_in_chat_lines(LwNameFinder *finder)
{
	for (guint s = 0; s < G_N_ELEMENTS(sorts); s++) {
		g_autoptr(GHashTable) counts = count_writers(finder->tokens, &sorts[s]);

		if (g_hash_table_size(counts) && is_chat(finder->tokens, &sorts[s], counts))
			take_writers(finder, &sorts[s], counts);
	}
}
