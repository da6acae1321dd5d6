/* shift.c - who is visited or works at which hours: "08-11 Bakkum  12-14 Eenhoorn" in the cells of
 * a roster.
 *
 * Three hours with a name of the lists behind them make a roster; then an ordinary word with a
 * capital is proposed too. */
#include "engine/detect/name.h"

#include <stdlib.h>
#include <string.h>

#define LIKELY	   0.6f
#define REVIEW	   0.4f
#define LEAST	   3
#define MOST	   2000
#define LAST_HOUR  24
#define HOUR_BYTES 5 /* of "08-11" */

/* "08-11" */
static gboolean is_hours(const LwToken *token)
{
	const char *word = token->word;
	int from, until;

	if (!(token->flags & LW_TOKEN_DIGIT) || strlen(word) != HOUR_BYTES || word[2] != '-' ||
	    strspn(word, "0123456789-") != HOUR_BYTES)
		return FALSE;
	from = atoi(word);
	until = atoi(word + 3);
	return from < until && until <= LAST_HOUR;
}

/* The name that fills the rest of its cell. */
static gboolean read_name(const LwNameFinder *finder, guint at, LwName *name)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *behind;

	if (token->gap != LW_GAP_SPACE || !(token->flags & LW_TOKEN_CAPITAL) ||
	    token->flags & LW_TOKEN_DIGIT || token->cues & (LW_CUE_BODY | LW_CUE_WEEKDAY) ||
	    token->lists & (LW_WORD_ORGANISATION | LW_WORD_ROLE) ||
	    !lw_name_parse(tokens, at, LW_NAME_TITLED, name) || name->lower ||
	    lw_name_is_body(tokens, name))
		return FALSE;
	behind = lw_token_at(tokens, name->last + 1);
	/* "De Boer M" */
	if (behind->gap == LW_GAP_SPACE && behind->letters == 1 && behind->flags & LW_TOKEN_CAPITAL)
		behind = lw_token_at(tokens, ++name->last + 1);
	return behind->gap >= LW_GAP_WIDE || behind->mark ||
	       behind->start >= lw_token_at(tokens, name->last)->end + 2;
}

static gboolean is_listed(const LwName *name)
{
	const guint32 lists = name->given_lists | name->surname_lists;

	return lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
	       (!(lists & LW_WORD_COMMON) || lists & LW_WORD_FREQUENT);
}

void lw_names_in_shifts(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	g_autofree LwName *names = NULL;
	guint count = 0, listed = 0;

	for (guint i = 0; i + 1 < tokens->count && count < MOST; i++) {
		LwName name;

		if (!is_hours(lw_token_at(tokens, i)) || !read_name(finder, i + 1, &name))
			continue;
		if (!names)
			names = g_new(LwName, MOST);
		names[count++] = name;
		listed += is_listed(&name);
	}
	for (guint i = 0; listed >= LEAST && i < count; i++)
		lw_name_add(finder, &names[i],
			    (LwNameWhy){is_listed(&names[i]) ? LIKELY : REVIEW, "name/shift",
					LW_REASON_COMPANY, NULL});
}
