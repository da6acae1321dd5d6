/* chat.c - who writes in the export of a chat: WhatsApp, Signal, Teams (woo.md 8.2, pattern 9).
 *
 * A line is one of a chat when a time stands beside a name and nothing else before the colon or the
 * line's end: "[14-02-2022 09:31] Sander: ...", "14-02-22 09:31 - Sander: ...", "09:31 Sander:
 * ...", "Sander (09:31): ...", "Sander (09:31)", "Sander  09:31", "sander.bos [9:31 AM]", "[09:31]
 * Jansen, Sander"; or when it begins as many others do, "sander: ...". The words of who writes are
 * kept for called.c.
 */
#include "engine/detect/chat.h"

#include <string.h>

#define SCORE	  0.85f
#define MAX_STAMP 14 /* tokens of date and time */
#define MAX_NAME  8  /* tokens */

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

gboolean lw_chat_is_day(const LwToken *token)
{
	return token->cues & LW_CUE_WEEKDAY ||
	       lw_token_in(token->word, "gisteren eergisteren vandaag yesterday today");
}

/* "12/Feb/24", "9 jan. 2024" */
static gboolean is_month(const LwTokens *tokens, guint at)
{
	static const char months[] =
		"jan januari january feb februari february mrt mar maart march apr april mei may "
		"jun juni june jul juli july aug augustus august sep sept september okt oct "
		"oktober october nov november dec december";

	return lw_token_in(lw_token_at(tokens, at)->word, months) &&
	       (lw_token_at(tokens, at - 1)->flags & LW_TOKEN_DIGIT ||
		lw_token_at(tokens, at - 2)->flags & LW_TOKEN_DIGIT);
}

guint lw_chat_skip_stamp(const LwTokens *tokens, guint at)
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
		} else if (token->flags & LW_TOKEN_DIGIT || lw_chat_is_day(token) ||
			   (i > at && is_month(tokens, i)) ||
			   (token->mark && i > at && strchr("-/.,", (int)token->mark) &&
			    (lw_token_at(tokens, i + 1)->flags & LW_TOKEN_DIGIT ||
			     is_month(tokens, i + 1)))) {
			i++;
		} else {
			break;
		}
	}
	return time ? i : at;
}

guint lw_chat_sender(const LwTokens *tokens, guint at, gboolean *bracket)
{
	guint i = at;

	*bracket = lw_token_at(tokens, at)->mark == '[';
	i = lw_chat_skip_stamp(tokens, at + *bracket);
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
	guint i = lw_chat_sender(tokens, at, &bracket);

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
	stamp = lw_chat_skip_stamp(tokens, at + 1);
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
	stamp = lw_chat_skip_stamp(tokens, i + bracket);
	if (stamp == i + bracket || !(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL))
		return;
	if ((bracket ? lw_token_at(tokens, stamp)->mark == ')' &&
			       lw_token_at(tokens, stamp + 1)->mark == ':'
		     : stamp == line && lw_token_at(tokens, line)->gap == LW_GAP_LINE) &&
	    lw_name_take(finder, at, before_pictures(tokens, at, i), LW_NAME_EXPECTED, why) > at)
		lw_name_learn_called(finder, at, i);
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
	return i > at + 1 && i < line && lw_chat_skip_stamp(tokens, i) == line &&
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
	lw_names_in_chat_lines(finder);
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
	finder->is_chat = g_hash_table_size(finder->called) > 0;
}
