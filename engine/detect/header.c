/* header.c - names in the header blocks of mails, Dutch and English, quoted and nested.
 *
 * A header line is its label, a colon and a list; the list goes on over lines that open no label of
 * their own. */
#include "engine/detect/name.h"

#include <string.h>

#define SCORE		 0.9f
#define MAX_CONTINUATION 12 /* lines */

/* Past quote marks and bullets at the start of a line. */
static guint skip_quotes(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (i < tokens->count && strchr(">*|", (int)lw_token_at(tokens, i)->mark) &&
	       lw_token_at(tokens, i)->mark &&
	       (i == at || !(lw_token_at(tokens, i)->flags & LW_TOKEN_LINE_START)))
		i++;
	return i;
}

static gboolean opens_label(const LwTokens *tokens, guint at)
{
	guint i = skip_quotes(tokens, at);

	for (guint end = i + 4; i < end && *lw_token_at(tokens, i)->word; i++)
		if (lw_token_at(tokens, i + 1)->mark == ':' &&
		    lw_token_at(tokens, i + 1)->gap <= LW_GAP_SPACE)
			return TRUE;
	return FALSE;
}

static gboolean has_mark(const LwTokens *tokens, guint from, guint to, gunichar mark)
{
	for (guint i = from; i < to; i++)
		if (lw_token_at(tokens, i)->mark == mark)
			return TRUE;
	return FALSE;
}

/* The end of the list that begins on this line: names in a header may need many lines. */
static guint list_end(const LwTokens *tokens, guint at)
{
	guint end = lw_token_line_end(tokens, at);

	for (guint lines = 0; lines < MAX_CONTINUATION && end < tokens->count; lines++) {
		const LwToken *last = lw_token_at(tokens, end - 1);
		guint next = lw_token_line_end(tokens, end);
		gboolean open = last->mark == ';' || last->mark == ',' || last->mark == ':';

		if (lw_token_at(tokens, end)->gap != LW_GAP_LINE || opens_label(tokens, end))
			break;
		if (!open && !has_mark(tokens, end, next, ';') && !has_mark(tokens, end, next, '<'))
			break;
		end = next;
	}
	return end;
}

static void take_header(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint i = skip_quotes(tokens, at), next, kind;
	const char *label = lw_phrase_at(tokens, i, LW_PHRASE_HEADER, &next, &kind);
	LwNameWhy why = {SCORE, "name/header", LW_REASON_MAIL_HEADER, label};
	LwNameMode mode = LW_NAME_EXPECTED;

	while (label && (lw_token_at(tokens, next)->mark == '*' &&
			 lw_token_at(tokens, next)->gap == LW_GAP_NONE))
		next++;
	if (!label || lw_token_at(tokens, next)->mark != ':' ||
	    lw_token_at(tokens, next)->gap > LW_GAP_WIDE)
		return;
	next++;
	/* "Aan: Officier van dienst" */
	if (lw_token_is(tokens, next + 1, "van") &&
	    lw_token_at(tokens, next + 2)->flags & LW_TOKEN_LOWER &&
	    !lw_name_is_particle(lw_token_at(tokens, next + 2)))
		return;
	if (lw_token_at(tokens, next)->flags & LW_TOKEN_LOWER &&
	    !(lw_token_at(tokens, next)->cues & LW_CUE_PARTICLE))
		mode = LW_NAME_LOWER;
	lw_name_take_list(finder, next, list_end(tokens, at), mode, why);
}

/* "Op 3 april 2023 om 10:12 schreef Jan de Vries <...>:" and "On ..., Jan de Vries <...> wrote:".
 */
static void take_quotation(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint i = skip_quotes(tokens, at), digits = 0;
	LwNameWhy why = {SCORE, "name/header", LW_REASON_MAIL_HEADER, lw_token_at(tokens, i)->word};

	if (!lw_token_in(lw_token_at(tokens, i)->word, "op on am"))
		return;
	for (guint end = i + 30; i < end && lw_token_at(tokens, i)->gap < LW_GAP_BLANK; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		digits += (token->flags & LW_TOKEN_DIGIT) != 0;
		if (digits && lw_token_in(token->word, "schreef heeft schrieb")) {
			lw_name_take(finder, i + 1, i + 12, LW_NAME_EXPECTED, why);
			return;
		}
		if (digits > 2 && lw_token_is(tokens, i, "wrote")) {
			for (guint back = i - 1; back > at && back + 14 > i; back--)
				if (lw_token_at(tokens, back)->mark == ',' ||
				    (lw_token_at(tokens, back)->flags & LW_TOKEN_DIGIT &&
				     has_mark(tokens, back, i, '<')))
					lw_name_take(finder, back + 1, i, LW_NAME_EXPECTED, why);
			return;
		}
		if (i == at + 1 && token->gap == LW_GAP_BLANK)
			return;
	}
}

/* "Van: shareska m. <...>": all between the label and the address, where it is no body's. */
static void take_lower_display(LwNameFinder *finder, guint first, guint end)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *before = lw_token_at(tokens, first - 1);
	LwName name = {.first = first, .last = end - 1, .surname = first, .lower = TRUE};
	guint unlisted = 0;

	if (!first || first >= end || (before->mark != ':' && before->mark != ';'))
		return;
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->cues &
			    (LW_CUE_BODY | LW_CUE_BODY_BEFORE | LW_CUE_BODY_AFTER | LW_CUE_STOP) ||
		    token->flags & LW_TOKEN_DIGIT || token->mark == '"' ||
		    token->lists & (LW_WORD_ORGANISATION | LW_WORD_PLACE | LW_WORD_ROLE))
			return;
		unlisted +=
			token->letters > 2 &&
			(!token->lists || token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) &&
			!lw_name_is_made(tokens, i);
	}
	if (unlisted)
		lw_name_add(finder, &name,
			    (LwNameWhy){0.8f, "name/header", LW_REASON_MAIL_HEADER, "<"});
}

/* "<Jan de Vries> schreef op", "mailto": display names right before an address anywhere. */
static void take_display_name(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	LwNameWhy why = {0.85f, "name/header", LW_REASON_MAIL_HEADER, "<"};
	guint i = at, words = 0;
	gboolean address = FALSE, lower = FALSE;

	for (guint ahead = at + 1;
	     ahead < at + 16 && lw_token_at(tokens, ahead)->gap <= LW_GAP_SPACE; ahead++)
		address |= lw_token_at(tokens, ahead)->mark == '@';
	while (address && i > 0 && words < 6 && lw_token_at(tokens, i)->gap <= LW_GAP_SPACE) {
		const LwToken *token = lw_token_at(tokens, i - 1);

		if (!*token->word && !(token->mark == '.' || token->mark == '"'))
			break;
		lower |= *token->word && !(token->flags & LW_TOKEN_CAPITAL) &&
			 !(token->cues & LW_CUE_PARTICLE);
		words += *token->word != 0;
		i--;
	}
	if (lower)
		take_lower_display(finder, i, at);
	else if (words > 1 && words <= 5)
		lw_name_take(finder, i, at, LW_NAME_EXPECTED, why);
}

void lw_names_in_headers(LwNameFinder *finder)
{
	for (guint i = 0; i < finder->tokens->count; i++) {
		const LwToken *token = lw_token_at(finder->tokens, i);

		if (token->flags & LW_TOKEN_LINE_START) {
			take_header(finder, i);
			take_quotation(finder, i);
		}
		if (token->mark == '<')
			take_display_name(finder, i);
	}
}

gboolean lw_name_in_mail(const LwTokens *tokens)
{
	guint headers = 0, next, kind;

	for (guint i = 0; i < tokens->count && headers < 2; i = lw_token_line_end(tokens, i))
		headers += lw_phrase_at(tokens, i, LW_PHRASE_HEADER, &next, &kind) &&
			   lw_token_at(tokens, next)->mark == ':';
	return headers > 1;
}
