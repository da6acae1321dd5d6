/* cut-surname.c - persons whose surname is cut to its first letter: "Sietse P.", "Johan de V.",
 * "femke b.", "de heer Van Z.".
 *
 * The letter with its point tells that a person is meant; a first name or a title before it is
 * enough. */
#include "engine/detect/name-part.h"

#include <string.h>

#define GIVEN  0.75f
#define TITLED 0.8f
#define LOWER  0.6f

/* "Hij", "De": begins a sentence, so that the point was the end of one too. */
static gboolean may_follow(const LwTokens *tokens, guint at)
{
	const LwToken *after = lw_token_at(tokens, at);

	return after->gap > LW_GAP_SPACE || !(after->flags & LW_TOKEN_CAPITAL) ||
	       (after->gap == LW_GAP_SPACE && after->cues & LW_CUE_STOP &&
		!lw_name_is_particle(after));
}

/* "Sietse": a first name that is no word, unless many have it. */
static gboolean is_given(const LwToken *token)
{
	return token->letters > 2 && token->lists & LW_WORD_FIRST_NAME &&
	       !(token->lists & (LW_WORD_ORGANISATION | LW_WORD_TITLE)) && !token->cues &&
	       !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_DIGIT)) &&
	       (!(token->lists & LW_WORD_COMMON) || token->lists & LW_WORD_FREQUENT);
}

/* "Zlatka vd M.": on no list, but a particle and a letter follow. */
static gboolean may_be_given(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->flags & LW_TOKEN_CAPITAL && token->letters > 2 && !token->lists &&
	       !token->cues &&
	       !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND)) &&
	       lw_token_at(tokens, at + 1)->flags & LW_TOKEN_LOWER && !lw_name_is_made(tokens, at);
}

/* Where "de" of "de V." begins; `at`: nothing stands before the letter. */
static guint skip_back(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (i > 0 && at - i < LW_NAME_PARTICLES && lw_token_at(tokens, i)->gap == LW_GAP_SPACE &&
	       lw_name_is_particle(lw_token_at(tokens, i - 1)))
		i--;
	return i;
}

/* "de heer", "Mw.", "dhr" ends in front of the token. */
static gboolean follows_title(const LwTokens *tokens, guint at)
{
	guint title = at - 1 - (at > 1 && lw_token_at(tokens, at - 1)->mark == '.');

	return at && lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
	       lw_token_at(tokens, title)->cues & LW_CUE_ADDRESS;
}

static void take(LwNameFinder *finder, guint first, guint letter, float score)
{
	const LwName name = {.first = first, .last = letter + 1, .surname = first, .given = 1};

	lw_name_add(finder, &name, (LwNameWhy){score, "name/cut", LW_REASON_COMPANY, NULL});
}

void lw_names_cut(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;

	for (guint i = 1; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		const LwToken *given;
		guint first;

		if (token->letters != 1 || token->gap != LW_GAP_SPACE ||
		    token->flags & LW_TOKEN_DIGIT || !lw_name_is_dotted(tokens, i) ||
		    !may_follow(tokens, i + 2) || finder->closed[i])
			continue;
		first = skip_back(tokens, i);
		given = first ? lw_token_at(tokens, first - 1) : lw_token_at(tokens, 0);
		if (!first || lw_token_at(tokens, first)->gap != LW_GAP_SPACE)
			continue;
		if (first < i && token->flags & LW_TOKEN_CAPITAL && follows_title(tokens, first))
			take(finder, first, i, TITLED);
		else if (finder->closed[first - 1] ||
			 !(is_given(given) || (first < i && may_be_given(tokens, first - 1))))
			continue;
		else if (given->flags & LW_TOKEN_CAPITAL && token->flags & LW_TOKEN_CAPITAL)
			take(finder, first - 1, i, GIVEN);
		else if (first == i && given->lists & LW_WORD_FREQUENT &&
			 given->flags & token->flags & LW_TOKEN_LOWER &&
			 !(given->lists & LW_WORD_COMMON) && *token->word != 'v')
			take(finder, first - 1, i, LOWER);
	}
}
