/* beside.c - who is named in one breath with a person found: "Roos en Wil", "marleen stap".
 *
 * Runs last, over what all others found; takes only words that a list of names has. */
#include "engine/detect/name.h"

#include <string.h>

#define FOUND	 0.6f
#define LETTER	 0.5f /* enough for the letter behind it */
#define SCORE	 0.7f
#define SYLLABLE 4 /* letters */

static gboolean joins(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (token->gap > LW_GAP_SPACE || lw_token_at(tokens, at + 1)->gap > LW_GAP_SPACE)
		return FALSE;
	return lw_token_in(token->word, "en of and") || token->mark == '&' || token->mark == '/';
}

/* A first name and nothing else, whatever it means as a word. */
static gboolean may_be_first(const LwNameFinder *finder, guint at)
{
	const LwToken *token = lw_token_at(finder->tokens, at);
	const guint32 other =
		LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE | LW_WORD_ABBREVIATION;

	return token->flags & LW_TOKEN_CAPITAL && !(token->flags & LW_TOKEN_ALL_CAPS) &&
	       token->lists & LW_WORD_FIRST_NAME && !(token->lists & other) &&
	       !(token->lists & LW_WORD_PLACE && !(token->lists & LW_WORD_FREQUENT)) &&
	       !(token->cues & (LW_CUE_STOP | LW_CUE_BODY | LW_CUE_COLUMN | LW_CUE_WEEKDAY)) &&
	       token->letters > 1 && !finder->closed[at];
}

/* "rechercheurs Vink en Arslan": another surname, and no other use of the word. */
static gboolean may_be_surname(const LwNameFinder *finder, guint at)
{
	const LwToken *token = lw_token_at(finder->tokens, at);
	const guint32 other = LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE |
			      LW_WORD_ABBREVIATION | LW_WORD_PLACE;

	return token->flags & LW_TOKEN_CAPITAL && !(token->flags & LW_TOKEN_ALL_CAPS) &&
	       token->lists & LW_WORD_SURNAME && !(token->lists & other) &&
	       !(token->cues & (LW_CUE_STOP | LW_CUE_BODY | LW_CUE_COLUMN)) && !finder->closed[at];
}

static void take(LwNameFinder *finder, guint at)
{
	LwName name = {.first = at,
		       .last = at,
		       .surname = at,
		       .given = 1,
		       .given_lists = lw_token_at(finder->tokens, at)->lists};

	lw_name_add(finder, &name, (LwNameWhy){SCORE, "name/beside", LW_REASON_BESIDE, NULL});
}

/* "Roos en Wil": behind, and "Wil en Roos": in front when a capital is not due there anyway. */
static void take_neighbours(LwNameFinder *finder, const LwName *found, LwReason reason)
{
	const LwTokens *tokens = finder->tokens;
	guint next = found->last + 2, before = found->first - 2;

	if (reason == LW_REASON_TITLE && !found->given && next < tokens->count &&
	    joins(tokens, found->last + 1) && may_be_surname(finder, next) &&
	    !(lw_token_at(tokens, next + 1)->flags & LW_TOKEN_CAPITAL))
		take(finder, next);

	if (next < tokens->count && joins(tokens, found->last + 1) && may_be_first(finder, next) &&
	    !(lw_token_at(tokens, next + 1)->flags & LW_TOKEN_CAPITAL &&
	      lw_token_at(tokens, next + 1)->gap == LW_GAP_SPACE))
		take(finder, next);
	if (found->first >= 2 && joins(tokens, found->first - 1) && may_be_first(finder, before) &&
	    (!(lw_token_at(tokens, before)->flags & LW_TOKEN_SENTENCE_START) ||
	     lw_token_at(tokens, before)->lists & LW_WORD_FREQUENT))
		take(finder, before);
}

/* One word that is no surname. The model does not say which part of a name a word is. */
static gboolean is_first_name(const LwNameFinder *finder, const LwName *found)
{
	guint32 lists = lw_token_at(finder->tokens, found->first)->lists;

	if (found->given)
		return !found->surnames;
	return found->first == found->last &&
	       (lists & LW_WORD_FIRST_NAME || !(lists & LW_WORD_SURNAME));
}

/* "Petra K is bevallen", "Dominic vd H": the letter of the surname, with or without its point. */
static gboolean take_letter(LwNameFinder *finder, const LwName *found, LwNameWhy why)
{
	guint particle = lw_name_is_particle(lw_token_at(finder->tokens, found->last + 1)) &&
			 lw_token_at(finder->tokens, found->last + 1)->letters > 1;
	guint at = found->last + 1 + particle;
	const LwToken *letter = lw_token_at(finder->tokens, at);
	const LwToken *after = lw_token_at(finder->tokens, at + 1);
	LwName name = *found;

	if (letter->letters != 1 || !(letter->flags & LW_TOKEN_CAPITAL) ||
	    letter->flags & LW_TOKEN_DIGIT || letter->gap != LW_GAP_SPACE ||
	    !is_first_name(finder, found) || finder->owner[at] ||
	    (lw_token_in(after->word, "en") && lw_token_at(finder->tokens, at + 2)->letters == 1) ||
	    !(after->flags & LW_TOKEN_LOWER || after->gap >= LW_GAP_LINE ||
	      (after->mark && strchr(".,:;)?!", (int)after->mark))))
		return FALSE;
	name.last = at;
	lw_name_add(finder, &name, why);
	return TRUE;
}

/* "marleen stap, wist": the surname of one who is written in lower case. */
static void take_lower_surname(LwNameFinder *finder, const LwName *found, LwNameWhy why)
{
	const LwToken *token = lw_token_at(finder->tokens, found->last + 1);
	const LwToken *after = lw_token_at(finder->tokens, found->last + 2);
	LwName name = *found;

	if (!(token->flags & LW_TOKEN_LOWER) || token->gap != LW_GAP_SPACE || token->cues ||
	    !(token->lists & LW_WORD_SURNAME) || token->letters < 3 ||
	    finder->owner[found->last + 1])
		return;
	if (token->lists & LW_WORD_COMMON &&
	    !(after->mark || after->gap >= LW_GAP_LINE || after->cues & LW_CUE_VERB))
		return;
	name.last = found->last + 1;
	name.surname = name.last;
	name.surnames = 1;
	name.surname_lists = token->lists;
	lw_name_add(finder, &name, why);
}

/* A short word of a name, as those of Chinese names are. */
static gboolean is_syllable(const LwNameFinder *finder, guint at)
{
	const LwToken *token = lw_token_at(finder->tokens, at);

	return token->flags & LW_TOKEN_CAPITAL && !(token->flags & LW_TOKEN_ALL_CAPS) &&
	       token->letters >= 2 && token->letters <= SYLLABLE && token->gap == LW_GAP_SPACE &&
	       !(token->lists & (LW_WORD_TITLE | LW_WORD_ROLE)) && !finder->owner[at];
}

/* "Li Na Chen", of which "Li" and "Chen" were found, and "Mei Ling", of which "Ling" was. */
static void take_syllable(LwNameFinder *finder, const LwName *found, LwNameWhy why)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = *found;

	if (is_syllable(finder, found->last + 1) && finder->owner[found->last + 2] &&
	    lw_token_at(tokens, found->last + 2)->gap == LW_GAP_SPACE)
		name.last++;
	if (found->first && is_syllable(finder, found->first - 1) &&
	    lw_token_at(tokens, found->first)->gap == LW_GAP_SPACE &&
	    lw_token_at(tokens, found->first)->letters <= SYLLABLE &&
	    lw_token_at(tokens, found->first - 1)->lists & LW_WORD_FIRST_NAME &&
	    !(lw_token_at(tokens, found->first - 1)->flags & LW_TOKEN_SENTENCE_START))
		name.first--;
	if (name.first != found->first || name.last != found->last)
		lw_name_add(finder, &name, why);
}

/* "Cleophas - Verdonschot", "Zomer - ter Steege": a double surname with blanks around its hyphen,
 * up to an edge; "Jansen - Zwolle" is of a place. */
static gboolean take_double(LwNameFinder *finder, const LwName *found, LwNameWhy why)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *hyphen = lw_token_at(tokens, found->last + 1), *after;
	guint at = found->last + 2;
	LwName second, name = *found;

	if (!(hyphen->mark == '-' || hyphen->mark == 0x2013) || hyphen->gap != LW_GAP_SPACE ||
	    lw_token_at(tokens, at)->gap != LW_GAP_SPACE || !found->surnames ||
	    !(found->initials || found->given) || found->inverted ||
	    !lw_name_parse(tokens, at, LW_NAME_TITLED, &second) || second.initials ||
	    second.given || second.surname_lists & (LW_WORD_PLACE | LW_WORD_STREET) ||
	    !(second.particles || second.surname_lists & LW_WORD_SURNAME))
		return FALSE;
	after = lw_token_at(tokens, second.last + 1);
	if (finder->closed[at] || lw_name_is_body(tokens, &second) ||
	    !(after->gap >= LW_GAP_WIDE || (after->mark && strchr(",;)|", (int)after->mark))))
		return FALSE;
	name.last = second.last;
	name.surnames += second.surnames;
	lw_name_add(finder, &name, why);
	return TRUE;
}

/* "n. el khattouti", "e.w.m. van Oirschot": initials without capitals before a surname, at the
 * start of a line or cell. */
static void take_lower_initials(LwNameFinder *finder, const LwName *found, LwNameWhy why)
{
	const LwTokens *tokens = finder->tokens;
	guint first = found->first;
	LwName name = *found;

	while (first > 1 && lw_token_at(tokens, first - 1)->mark == '.' &&
	       lw_token_at(tokens, first - 1)->gap == LW_GAP_NONE &&
	       lw_token_at(tokens, first - 2)->letters == 1 &&
	       (lw_token_at(tokens, first - 2)->flags & (LW_TOKEN_LOWER | LW_TOKEN_DIGIT)) ==
		       LW_TOKEN_LOWER &&
	       lw_token_at(tokens, first)->gap <= LW_GAP_SPACE)
		first -= 2;
	if (first == found->first || finder->owner[first] || found->initials || found->given ||
	    lw_token_at(tokens, found->first)->gap != LW_GAP_SPACE ||
	    lw_token_at(tokens, first)->gap < LW_GAP_WIDE)
		return;
	name.first = first;
	name.initials = (found->first - first) / 2;
	lw_name_add(finder, &name, why);
}

void lw_names_beside(LwNameFinder *finder)
{
	guint count = finder->candidates->len;

	for (guint i = 0; i < count; i++) {
		LwCandidate candidate = g_array_index(finder->candidates, LwCandidate, i);
		const LwName *name = &candidate.name;
		gboolean lower = lw_token_at(finder->tokens, name->first)->flags & LW_TOKEN_LOWER;

		if (candidate.dropped)
			continue;
		if (candidate.why.score >= LETTER && take_letter(finder, name, candidate.why))
			continue;
		if (candidate.why.score >= LETTER)
			take_lower_initials(finder, name, candidate.why);
		if (candidate.why.score >= FOUND && take_double(finder, name, candidate.why))
			continue;
		if (candidate.why.score >= FOUND && !lower)
			take_syllable(finder, name, candidate.why);
		if (lower && name->first == name->last && candidate.why.score >= 0.5f &&
		    lw_token_at(finder->tokens, name->first)->lists & LW_WORD_FIRST_NAME)
			take_lower_surname(finder, name, candidate.why);
		else if (candidate.why.score >= FOUND && !lower)
			take_neighbours(finder, name, candidate.why.reason);
	}
}
