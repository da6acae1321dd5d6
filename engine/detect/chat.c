/* chat.c - who writes in the export of a chat: WhatsApp, Signal, Teams (woo.md 8.2, pattern 9).
 *
 * A line is one of a chat when a time stands beside a name and nothing else before the colon or the
 * line's end: "[14-02-2022 09:31] Sander: ...", "14-02-22 09:31 - Sander: ...", "09:31 Sander:
 * ...", "Sander (09:31): ...", "Sander (09:31)", "Sander  09:31", "sander.bos [9:31 AM]", "[09:31]
 * Jansen, Sander"; or when it begins as many others do, "sander: ...". The words of who writes are
 * kept for called.c.
 */
#include "engine/detect/name.h"

#include <string.h>

#define SCORE	  0.85f
#define MAX_STAMP 14 /* tokens of date and time */
#define MAX_NAME  8  /* tokens */
#define LEAST	  3  /* lines of a sort that make a chat */
#define OFTEN	  2  /* lines of one who writes */

/* "09:31", "09:31:05", "9:31 AM": the token after it; `at` when it is none. */
static guint skip_time(const LwTokens *tokens, guint at)
{
	guint i = at;

	if (!(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT) ||
	    lw_token_at(tokens, i)->letters > 2 || lw_token_at(tokens, i + 1)->mark != ':' ||
	    lw_token_at(tokens, i + 1)->gap != LW_GAP_NONE ||
	    lw_token_at(tokens, i + 2)->letters != 2 ||
	    !(lw_token_at(tokens, i + 2)->flags & LW_TOKEN_DIGIT))
		return at;
	i += 3;
	if (lw_token_at(tokens, i)->mark == ':' && lw_token_at(tokens, i)->gap == LW_GAP_NONE &&
	    lw_token_at(tokens, i + 1)->gap == LW_GAP_NONE &&
	    lw_token_at(tokens, i + 1)->flags & LW_TOKEN_DIGIT)
		i += 2;
	if (lw_token_in(lw_token_at(tokens, i)->word, "am pm uur u"))
		i++;
	return i;
}

/* A date, a time, or both, in either order. */
static guint skip_stamp(const LwTokens *tokens, guint at)
{
	gboolean time = FALSE;
	guint i = at;

	while (i < at + MAX_STAMP) {
		const LwToken *token = lw_token_at(tokens, i);
		guint next = skip_time(tokens, i);

		if (i > at && token->gap >= LW_GAP_LINE)
			break;
		if (next > i) {
			time = TRUE;
			i = next;
		} else if (token->flags & LW_TOKEN_DIGIT ||
			   (token->mark && i > at && strchr("-/.,", (int)token->mark) &&
			    lw_token_at(tokens, i + 1)->flags & LW_TOKEN_DIGIT)) {
			i++;
		} else {
			break;
		}
	}
	return time ? i : at;
}

/* The token where the sender begins behind the stamp of a line; 0: no such line. */
static guint sender_behind(const LwTokens *tokens, guint at, gboolean *bracket)
{
	guint i = at;

	*bracket = lw_token_at(tokens, at)->mark == '[';
	i = skip_stamp(tokens, at + *bracket);
	if (i == at + *bracket)
		return 0;
	if (*bracket && lw_token_at(tokens, i)->mark != ']')
		return 0;
	i += *bracket;
	if (lw_token_at(tokens, i)->mark == '-' && lw_token_at(tokens, i)->gap == LW_GAP_SPACE)
		i++;
	if (lw_token_at(tokens, i)->mark == '~')
		i++;
	return lw_token_at(tokens, i)->gap < LW_GAP_LINE ? i : 0;
}

/* A word with a capital and up to three more, or bits of a surname: "Gijs v Z", "Tineke Hvh"; none
 * of them of a body. */
static gboolean is_like_sender(const LwTokens *tokens, guint first, guint end)
{
	/* heads of notes that are kept by the minute */
	static const char heads[] = "vraag antwoord actie notitie opmerking status melding bericht "
				    "reactie systeem system bot gesprek advies besluit resultaat";

	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == '.')
			continue;
		if (token->mark || token->flags & LW_TOKEN_DIGIT || token->cues & LW_CUE_BODY)
			return FALSE;
		if (!(token->flags & LW_TOKEN_CAPITAL) && (i == first || token->letters > 3))
			return FALSE;
	}
	return end > first && end - first <= 4 &&
	       !(end == first + 1 && lw_token_in(lw_token_at(tokens, first)->word, heads));
}

/* "nuno", "stef.haak": alone before its stamp, whatever the case. */
static gboolean is_user_name(const LwTokens *tokens, guint first, guint end)
{
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark ? !strchr("._", (int)token->mark) || token->mark > 0x7F
				: token->letters < 2 || token->flags & LW_TOKEN_DIGIT)
			return FALSE;
		if (i > first && token->gap != LW_GAP_NONE)
			return FALSE;
	}
	return end > first &&
	       !(end == first + 1 && lw_token_at(tokens, first)->lists & LW_WORD_COMMON &&
		 !(lw_token_at(tokens, first)->lists & LW_WORD_FIRST_NAME));
}

/* Pictures behind a name: "Sander 😎". */
static guint before_pictures(const LwTokens *tokens, guint first, guint end)
{
	while (end > first + 1 && lw_token_at(tokens, end - 1)->mark > 0x2000)
		end--;
	return end;
}

/* Whatever a single capital word is, it is the name of who writes. */
static gboolean take_writer(LwNameFinder *finder, guint first, guint end)
{
	LwNameWhy why = {SCORE, "name/speaker", LW_REASON_SPEAKER, NULL};

	/* "Wethouder Sjoerdsma": an office is no part of the name */
	if (first + 1 < end && lw_token_at(finder->tokens, first)->lists & LW_WORD_ROLE)
		first++;
	LwName name = {.first = first, .last = end - 1, .surname = first};

	/* "Hans H.", "Gijs v Z": all of it */
	if (end > first + 1 && is_like_sender(finder->tokens, first, end) &&
	    lw_token_at(finder->tokens,
			end - 1 - (lw_token_at(finder->tokens, end - 1)->mark == '.'))
			    ->letters <= 3) {
		lw_name_add(finder, &name, why);
		return TRUE;
	}
	if (lw_name_take(finder, first, end, LW_NAME_LOWER, why) > first)
		return TRUE;
	if (!is_like_sender(finder->tokens, first, end))
		return FALSE;
	lw_name_add(finder, &name, why);
	return TRUE;
}

static gboolean take_sender(LwNameFinder *finder, guint first, guint end)
{
	end = before_pictures(finder->tokens, first, end);
	if (!take_writer(finder, first, end))
		return FALSE;
	lw_name_learn_called(finder, first, end);
	return TRUE;
}

/* "12-03-20 14:05 - Wouter heeft Joyce toegevoegd" */
static void take_deed(LwNameFinder *finder, guint first, guint line)
{
	LwNameWhy why = {SCORE, "name/speaker", LW_REASON_SPEAKER, NULL};
	guint verb = first, end = line;

	while (verb < line && verb <= first + MAX_NAME &&
	       !lw_token_in(lw_token_at(finder->tokens, verb)->word,
			    "heeft hebt has added removed"))
		verb++;
	if (verb == first || verb >= line || verb > first + MAX_NAME)
		return;
	while (end > verb && end + 3 * MAX_NAME > line &&
	       !lw_token_in(lw_token_at(finder->tokens, end - 1)->word,
			    "toegevoegd verwijderd uitgenodigd verlaten gemaakt gewijzigd left"))
		end--;
	if (end <= verb + 1 || end + 3 * MAX_NAME <= line)
		return;
	lw_name_take(finder, first, verb, LW_NAME_EXPECTED, why);
	if (end - 1 - verb <= MAX_NAME)
		lw_name_take_list(finder, verb + 1, end - 1, LW_NAME_EXPECTED, why);
}

static void take_behind_stamp(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	gboolean bracket;
	guint line = lw_token_line_end(tokens, at), end;
	guint i = sender_behind(tokens, at, &bracket);

	if (!i || i >= line)
		return;
	for (end = i; end < line && end < i + MAX_NAME; end++)
		if (lw_token_at(tokens, end)->mark == ':')
			break;
	if (end > i && lw_token_at(tokens, end)->mark == ':')
		take_sender(finder, i, end);
	else if (bracket && line - i <= MAX_NAME) {
		if (lw_name_take(finder, i, before_pictures(tokens, i, line), LW_NAME_EXPECTED,
				 (LwNameWhy){SCORE, "name/speaker", LW_REASON_SPEAKER, NULL}) > i)
			lw_name_learn_called(finder, i, line);
	} else {
		take_deed(finder, i, line);
	}
}

/* The token behind a stamp that ends the line in brackets, "[3:12 PM]", or 0. */
static guint bracketed_stamp(const LwTokens *tokens, guint at, guint line)
{
	guint stamp;

	if (lw_token_at(tokens, at)->mark != '[')
		return 0;
	stamp = skip_stamp(tokens, at + 1);
	return stamp > at + 1 && lw_token_at(tokens, stamp)->mark == ']' && stamp + 1 == line
		       ? stamp + 1
		       : 0;
}

/* "Sander (09:31): ...", "Sander Bos  12-3 09:31" and "sander.bos [9:31 AM]" with what he says on
 * the next line. */
static void take_before_stamp(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwNameWhy why = {SCORE, "name/speaker", LW_REASON_SPEAKER, NULL};
	guint line = lw_token_line_end(tokens, at), i = at;
	gboolean bracket;
	guint stamp;

	while (i < line && i < at + MAX_NAME && !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT) &&
	       lw_token_at(tokens, i)->mark != '(' && lw_token_at(tokens, i)->mark != '[')
		i++;
	if (i == at || i >= line)
		return;
	if (bracketed_stamp(tokens, i, line)) {
		LwName name = {.first = at, .last = i - 1, .surname = at};

		if (is_user_name(tokens, at, i)) {
			lw_name_add(finder, &name, why);
			lw_name_learn_called(finder, at, i);
		} else {
			take_sender(finder, at, i);
		}
		return;
	}
	bracket = lw_token_at(tokens, i)->mark == '(';
	stamp = skip_stamp(tokens, i + bracket);
	if (stamp == i + bracket || !(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL))
		return;
	if ((bracket ? lw_token_at(tokens, stamp)->mark == ')' &&
			       lw_token_at(tokens, stamp + 1)->mark == ':'
		     : stamp == line && lw_token_at(tokens, line)->gap == LW_GAP_LINE) &&
	    lw_name_take(finder, at, before_pictures(tokens, at, i), LW_NAME_EXPECTED, why) > at)
		lw_name_learn_called(finder, at, i);
}

/* --- chats that the lines together make one --- */

/* "Sander 😎 (21:10)", what he says below: the token of the bracket; 0: no such line. */
static guint stamped_end(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_end(tokens, at), i = at;

	while (i < line && i < at + MAX_NAME && !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT) &&
	       lw_token_at(tokens, i)->mark != '(')
		i++;
	if (i == at || i >= line || lw_token_at(tokens, i)->mark != '(')
		return 0;
	guint stamp = skip_stamp(tokens, i + 1);
	return stamp > i + 1 && stamp + 1 == line && lw_token_at(tokens, stamp)->mark == ')' &&
			       lw_token_at(tokens, line)->gap == LW_GAP_LINE
		       ? i
		       : 0;
}

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

/* "bolle": one writes so only where others do so by a name. */
static gboolean is_ordinary(const LwToken *token)
{
	return token->lists & LW_WORD_COMMON && !(token->lists & LW_WORD_FIRST_NAME);
}

/* "sander: ..." with text behind the colon. */
static gboolean has_nick(const LwTokens *tokens, guint at)
{
	const LwToken *colon = lw_token_at(tokens, at + 1);

	return may_write(lw_token_at(tokens, at)) && colon->mark == ':' &&
	       colon->gap == LW_GAP_NONE && lw_token_at(tokens, at + 2)->gap == LW_GAP_SPACE;
}

/* The lines of a document that are those of a chat by their sort. */
typedef struct {
	GHashTable *nicks; /* folded words before a colon: how often */
	GHashTable *names; /* those that are no ordinary words */
	guint lines, stamped;
} Lines;

static Lines count_lines(const LwTokens *tokens)
{
	Lines all = {.nicks = g_hash_table_new(g_str_hash, g_str_equal),
		     .names = g_hash_table_new(g_str_hash, g_str_equal)};

	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		gpointer word = (gpointer)lw_token_at(tokens, i)->word;

		all.lines++;
		all.stamped += stamped_end(tokens, i) != 0;
		if (!has_nick(tokens, i))
			continue;
		if (!is_ordinary(lw_token_at(tokens, i)))
			g_hash_table_add(all.names, word);
		g_hash_table_insert(
			all.nicks, word,
			GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(all.nicks, word)) +
					 1));
	}
	return all;
}

static gboolean writes_often(const Lines *all, const char *word)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(all->nicks, word)) >= OFTEN;
}

/* Several write, two of them by a name and more than once, and most lines are theirs. */
static gboolean is_chat_of_nicks(const Lines *all)
{
	GHashTableIter iter;
	gpointer word, count;
	guint named = 0, lines = 0;

	g_hash_table_iter_init(&iter, all->nicks);
	while (g_hash_table_iter_next(&iter, &word, &count)) {
		if (GPOINTER_TO_UINT(count) < OFTEN)
			continue;
		named += g_hash_table_contains(all->names, word);
		lines += GPOINTER_TO_UINT(count);
	}
	return named >= 2 && lines >= 2 * LEAST && lines * 2 > all->lines;
}

static void take_chat(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	const LwNameWhy why = {SCORE, "name/speaker", LW_REASON_SPEAKER, NULL};
	Lines all = count_lines(tokens);
	gboolean nicks = is_chat_of_nicks(&all);

	for (guint i = 0; i < tokens->count && (nicks || all.stamped >= LEAST);
	     i = lw_token_line_end(tokens, i)) {
		guint stamped = all.stamped >= LEAST ? stamped_end(tokens, i) : 0;

		if (stamped) {
			guint end = before_pictures(tokens, i, stamped);
			LwName name = {.first = i, .last = end - 1, .surname = i};

			/* a nickname is made of any words */
			if (is_like_sender(tokens, i, end) || is_user_name(tokens, i, end)) {
				lw_name_add(finder, &name, why);
				lw_name_learn_called(finder, i, end);
			} else {
				take_sender(finder, i, end);
			}
		} else if (nicks && has_nick(tokens, i) &&
			   (writes_often(&all, lw_token_at(tokens, i)->word) ||
			    !is_ordinary(lw_token_at(tokens, i)))) {
			LwName name = {.first = i, .last = i, .surname = i};

			lw_name_add(finder, &name, why);
			lw_name_learn_called(finder, i, i + 1);
		}
	}
	g_hash_table_unref(all.nicks);
	g_hash_table_unref(all.names);
}

/* "Van Hans H. 2-7 08:02", "Aan Piet 1-7 18:44": a line of an export of text messages. */
static gboolean take_message_line(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint line = lw_token_line_end(tokens, at), i = at + 1;

	if (!lw_token_in(lw_token_at(tokens, at)->word, "van aan from to") ||
	    !(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL))
		return FALSE;
	while (i < line && i <= at + MAX_NAME && !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT))
		i++;
	return i > at + 1 && i < line && skip_stamp(tokens, i) == line &&
	       take_sender(finder, at + 1, i);
}

/* "@Jansen, Piet kun jij ..." */
static void take_mention(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;

	if (lw_token_at(tokens, at)->gap == LW_GAP_NONE ||
	    lw_token_at(tokens, at + 1)->gap != LW_GAP_NONE ||
	    !(lw_token_at(tokens, at + 1)->flags & LW_TOKEN_CAPITAL))
		return;
	lw_name_take(finder, at + 1, lw_token_line_end(tokens, at), LW_NAME_EXPECTED,
		     (LwNameWhy){SCORE, "name/speaker", LW_REASON_SPEAKER, NULL});
}

void lw_names_in_chats(LwNameFinder *finder)
{
	for (guint i = 0; i < finder->tokens->count; i++) {
		const LwToken *token = lw_token_at(finder->tokens, i);

		if (token->mark == '@')
			take_mention(finder, i);
		if (!(token->flags & LW_TOKEN_LINE_START))
			continue;
		if (token->flags & LW_TOKEN_DIGIT || token->mark == '[')
			take_behind_stamp(finder, i);
		else if (!take_message_line(finder, i))
			take_before_stamp(finder, i);
		if (token->flags & LW_TOKEN_CAPITAL)
			take_deed(finder, i, lw_token_line_end(finder->tokens, i));
	}
	take_chat(finder);
	finder->is_chat = g_hash_table_size(finder->called) > 0;
}
