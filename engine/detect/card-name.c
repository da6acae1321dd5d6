/* card-name.c - names on copies of passports and driving licences: "naam / surname" above the name,
 * "1. Bakker   2. Joost" above "3. 04.07.1981", and "e/v Bakker" wherever it stands. */
#include "engine/detect/name.h"

#include <string.h>

#define SCORE	 0.85f
#define MOST	 6 /* words of a name */
#define LABELS	 7 /* tokens of a label */
#define IN_ORDER 2 /* numbers that stand before names */

static const LwNameWhy why = {SCORE, "name/field", LW_REASON_FIELD, NULL};

/* "naam / surname", "voornamen / given names": a line of nothing else. */
static gboolean is_label(const LwTokens *tokens, guint at, guint line)
{
	gboolean slash = FALSE;

	if (!lw_token_in(lw_token_at(tokens, at)->word,
			 "naam voornamen voornaam achternaam geslachtsnaam surname name names"))
		return FALSE;
	for (guint i = at; i < line; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		slash |= token->mark == '/';
		if (token->mark ? !strchr("/()", (int)token->mark)
				: !lw_token_in(token->word,
					       "naam voornamen voornaam achternaam geslachtsnaam "
					       "surname name names given first family nom prenom "
					       "prenoms"))
			return FALSE;
	}
	return slash && line - at <= LABELS;
}

/* Words with capitals from here to `end` are the name. */
static void take(LwNameFinder *finder, guint first, guint end)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = {.first = first, .last = end - 1, .surname = first, .surnames = 1};

	if (first >= end || end - first > MOST || end > tokens->count)
		return;
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->flags & LW_TOKEN_DIGIT ||
		    (token->mark && !strchr("-'.", (int)token->mark)) ||
		    (*token->word && !(token->flags & LW_TOKEN_CAPITAL) &&
		     !lw_name_is_particle(token)))
			return;
	}
	lw_name_add(finder, &name, why);
}

/* "2. Joost" of a licence: the token behind the number, or `at`. */
static guint skip_number(const LwTokens *tokens, guint at, const char *number)
{
	return strcmp(lw_token_at(tokens, at)->word, number) == 0 &&
			       lw_token_at(tokens, at + 1)->mark == '.' &&
			       lw_token_at(tokens, at + 2)->gap > LW_GAP_NONE
		       ? at + 2
		       : at;
}

static guint field_end(const LwTokens *tokens, guint at)
{
	guint end = at + 1;

	while (end < tokens->count && lw_token_at(tokens, end)->gap < LW_GAP_WIDE &&
	       !(lw_token_at(tokens, end)->flags & LW_TOKEN_DIGIT))
		end++;
	return end;
}

/* Surname, first names and a date of birth, by their numbers. */
static void take_licence(LwNameFinder *finder, guint at)
{
	static const char *const numbers[IN_ORDER] = {"1", "2"};
	const LwTokens *tokens = finder->tokens;
	guint first[IN_ORDER], end[IN_ORDER], i = at;

	for (guint n = 0; n < IN_ORDER; n++) {
		first[n] = skip_number(tokens, i, numbers[n]);
		if (first[n] == i || !(lw_token_at(tokens, first[n])->flags & LW_TOKEN_CAPITAL))
			return;
		i = end[n] = field_end(tokens, first[n]);
	}
	i = skip_number(tokens, i, "3");
	if (i == end[1] || !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT))
		return;
	for (guint n = 0; n < IN_ORDER; n++)
		take(finder, first[n], end[n]);
}

/* "e/v de Vries": whose wife she is. */
static void take_wife_of(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint first = at + 3, surname = first, end;

	if (lw_token_at(tokens, at + 1)->mark != '/' ||
	    lw_token_at(tokens, at + 1)->gap != LW_GAP_NONE || !lw_token_is(tokens, at + 2, "v"))
		return;
	while (surname < first + IN_ORDER && lw_name_is_particle(lw_token_at(tokens, surname)))
		surname++;
	const LwToken *token = lw_token_at(tokens, surname);
	if (!(token->flags & LW_TOKEN_CAPITAL) || token->letters < 3 ||
	    token->gap != LW_GAP_SPACE || (token->lists && !(token->lists & LW_WORD_SURNAME)))
		return;
	for (end = surname + 1; lw_token_at(tokens, end)->gap == LW_GAP_SPACE &&
				lw_token_at(tokens, end)->flags & LW_TOKEN_CAPITAL;)
		end++;
	take(finder, first, end);
}

void lw_names_on_cards(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->letters == 1 && *token->word == 'e')
			take_wife_of(finder, i);
		if (!(token->flags & LW_TOKEN_LINE_START))
			continue;
		guint line = lw_token_line_end(tokens, i);
		if (token->flags & LW_TOKEN_DIGIT)
			take_licence(finder, i);
		else if (line < tokens->count && is_label(tokens, i, line))
			take(finder, line, lw_token_line_end(tokens, line));
	}
}
