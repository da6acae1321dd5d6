/* name-part.c - reads initials and particles, with and without points. */
#include "engine/detect/name-part.h"

#include <string.h>

#define MAX_INITIALS 7
#define RUNNING_LINE 40 /* bytes before a line end that make it one of running text */

static gboolean ends_line_of_prose(const LwTokens *tokens, guint at)
{
	guint first = lw_token_line_start(tokens, at - 1);

	return lw_token_at(tokens, at - 1)->end - lw_token_at(tokens, first)->start >= RUNNING_LINE;
}

gboolean lw_name_joins(const LwTokens *tokens, guint at, LwNameMode mode, gboolean must)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (token->gap <= LW_GAP_SPACE)
		return at < tokens->count;
	if (token->gap != LW_GAP_LINE || mode >= LW_NAME_EXPECTED || at == 0)
		return FALSE;
	if (lw_token_at(tokens, at + 1)->mark == ':')
		return FALSE;
	return must || ends_line_of_prose(tokens, at);
}

gboolean lw_name_is_dotted(const LwTokens *tokens, guint at)
{
	const LwToken *dot = lw_token_at(tokens, at + 1);

	return dot->mark == '.' && dot->gap == LW_GAP_NONE;
}

gboolean lw_name_is_initial(const LwToken *token, LwNameMode mode)
{
	if (token->flags & LW_TOKEN_DIGIT)
		return FALSE;
	if (mode == LW_NAME_LOWER && token->letters == 1 && *token->word)
		return TRUE;
	if (!(token->flags & LW_TOKEN_CAPITAL))
		return FALSE;
	if (token->letters == 1 || (token->letters == 3 && (token->flags & LW_TOKEN_HYPHEN)))
		return TRUE;
	return token->letters <= 4 && (token->cues & LW_CUE_DIGRAPH) &&
	       (!(token->flags & LW_TOKEN_ALL_CAPS) || strcmp(token->word, "ij") == 0);
}

static gboolean is_abbreviation(const char *letters)
{
	return lw_token_cues(letters) & LW_CUE_NOT_INITIALS;
}

gboolean lw_name_is_particle(const LwToken *token)
{
	if (token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_DIGIT))
		return token->cues & LW_CUE_PARTICLE && token->letters > 1 &&
		       !(token->lists & LW_WORD_ABBREVIATION);
	if (token->letters == 1 && (token->flags & LW_TOKEN_CAPITAL) && token->word[0] != 'o')
		return FALSE; /* "Schedule D" */
	return token->cues & LW_CUE_PARTICLE ||
	       (token->lists & LW_WORD_PARTICLE && token->letters > 1);
}

/* "v Eijk", but not "v Chr" */
static gboolean is_bare_van(const LwTokens *tokens, guint at)
{
	const LwToken *next = lw_token_at(tokens, at + 1);

	return lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER && next->gap == LW_GAP_SPACE &&
	       next->flags & LW_TOKEN_CAPITAL && next->letters > 2 && !next->cues &&
	       !(next->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND)) &&
	       (next->lists & LW_WORD_SURNAME || !(next->lists & LW_WORD_COMMON)) &&
	       lw_token_is(tokens, at, "v");
}

/* "v.d.", "v/d", "v.": the token after the shorthand, or `at`. */
static guint skip_shorthand(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (i < at + 4 && lw_token_at(tokens, i)->letters == 1 &&
	       lw_token_in(lw_token_at(tokens, i)->word, "v d o t h") &&
	       (lw_token_at(tokens, i)->flags & LW_TOKEN_LOWER || i == at)) {
		const LwToken *mark = lw_token_at(tokens, i + 1);

		if ((mark->mark == '.' || mark->mark == '/') && mark->gap == LW_GAP_NONE)
			i += 2;
		else if (i == at && lw_token_is(tokens, i + 1, "d") && /* "v d Berg" */
			 mark->gap == LW_GAP_SPACE &&
			 lw_token_at(tokens, i + 2)->flags & LW_TOKEN_CAPITAL)
			return i + 2;
		else if (i == at && is_bare_van(tokens, i)) /* "Simone v Eijk" */
			return i + 1;
		else if (i > at)
			return i + 1;
		else
			break;
	}
	return lw_token_is(tokens, at, "v") ? i : at;
}

guint lw_name_skip_particles(const LwTokens *tokens, guint at, LwNameMode mode)
{
	guint i = at, count = 0;

	while (count < LW_NAME_PARTICLES && (i == at || lw_name_joins(tokens, i, mode, TRUE))) {
		guint next = skip_shorthand(tokens, i);

		if (next == i && lw_name_is_particle(lw_token_at(tokens, i)))
			next = i + 1;
		if (next == i)
			break;
		i = next;
		count++;
	}
	return i;
}

/* "AB de Vries", "P Jansen": capitals without points. */
static guint dotless_initials(const LwTokens *tokens, guint at, LwNameMode mode, guint *count)
{
	const LwToken *token = lw_token_at(tokens, at);
	const LwToken *next = lw_token_at(tokens, at + 1);
	gboolean particle = (next->flags & LW_TOKEN_LOWER) && (next->cues & LW_CUE_PARTICLE) &&
			    !lw_token_in(next->word, LW_NAME_PREPOSITIONS);
	gboolean surname = (next->lists & LW_WORD_SURNAME) && !(next->flags & LW_TOKEN_ALL_CAPS);

	if (!(token->flags & LW_TOKEN_CAPITAL) || token->letters > 3 || next->gap != LW_GAP_SPACE)
		return at;
	if (token->letters > 1 && !(token->flags & LW_TOKEN_ALL_CAPS))
		return at;
	if ((token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN)) || (token->cues & LW_CUE_STOP) ||
	    (token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION)) ||
	    is_abbreviation(token->word))
		return at;
	if (particle && !(lw_token_at(tokens, at + 2)->flags & LW_TOKEN_CAPITAL) &&
	    !(lw_token_at(tokens, at + 2)->cues & LW_CUE_PARTICLE))
		return at;
	if (!particle && (mode == LW_NAME_PROSE || !surname))
		return at;
	if (particle && mode == LW_NAME_PROSE &&
	    !(lw_token_lists(tokens, at + 1, lw_name_skip_particles(tokens, at + 1, mode)) &
	      LW_WORD_SURNAME))
		return at;
	*count += token->letters;
	return at + 1;
}

/* "G W TE BRINKE": single letters where a name is expected, and a surname behind them. */
static guint spaced_initials(const LwTokens *tokens, guint at, guint *count)
{
	guint i = at, next;
	const LwToken *token;

	while (i < at + MAX_INITIALS && lw_token_at(tokens, i)->letters == 1 &&
	       lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL &&
	       !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT) &&
	       (i == at || lw_token_at(tokens, i)->gap == LW_GAP_SPACE))
		i++;
	if (i < at + 2)
		return dotless_initials(tokens, at, LW_NAME_EXPECTED, count);
	next = lw_name_skip_particles(tokens, i, LW_NAME_EXPECTED);
	token = lw_token_at(tokens, next);
	if (!(token->flags & LW_TOKEN_CAPITAL) || token->letters < 2 || token->gap != LW_GAP_SPACE)
		return at;
	*count += i - at;
	return i;
}

/* "S.D. Ramdin", "J.L. de Vries": capitals with points are somebody's where a surname follows,
 * whatever they are short for elsewhere; "P.S. Jan belt" is not. */
static gboolean leads_surname(const LwTokens *tokens, guint first, guint at, const char *letters)
{
	guint next = lw_name_skip_particles(tokens, at, LW_NAME_PROSE);
	const LwToken *token = lw_token_at(tokens, next);

	return lw_token_at(tokens, first)->flags & LW_TOKEN_CAPITAL &&
	       lw_token_at(tokens, at)->gap <= LW_GAP_SPACE && token->gap <= LW_GAP_SPACE &&
	       token->flags & LW_TOKEN_CAPITAL && token->letters > 2 && !token->cues &&
	       token->lists & LW_WORD_SURNAME && !(token->lists & LW_WORD_ORGANISATION) &&
	       !lw_token_in(letters, "bv nv cv vof ps nb us uk usa vs eu eg ddr");
}

guint lw_name_skip_initials(const LwTokens *tokens, guint at, LwNameMode mode, guint *count)
{
	char letters[MAX_INITIALS * 4 + 1] = "";
	guint i = at, found = 0;

	while (found < MAX_INITIALS && lw_name_is_initial(lw_token_at(tokens, i), mode)) {
		const LwToken *token = lw_token_at(tokens, i);
		gboolean tail = found && token->letters == 1 && token->gap == LW_GAP_NONE;

		if (found && (token->gap > LW_GAP_SPACE))
			break;
		if (!lw_name_is_dotted(tokens, i) && !tail)
			break;
		if (strlen(letters) + strlen(token->word) < sizeof(letters))
			strcat(letters, token->word);
		found++;
		if (!lw_name_is_dotted(tokens, i)) {
			i++;
			break;
		}
		i += 2;
		if (lw_token_at(tokens, i)->mark == '-' &&
		    lw_token_at(tokens, i)->gap == LW_GAP_NONE &&
		    lw_name_is_initial(lw_token_at(tokens, i + 1), mode) &&
		    lw_name_is_dotted(tokens, i + 1))
			i++;
	}
	if (!found)
		return at + 1 < tokens->count && mode == LW_NAME_EXPECTED
			       ? spaced_initials(tokens, at, count)
			       : dotless_initials(tokens, at, mode, count);
	if (found > 1 && mode < LW_NAME_EXPECTED && is_abbreviation(letters) &&
	    !leads_surname(tokens, at, i, letters))
		return at;
	*count += found;
	return i;
}

gboolean lw_name_fills_cell(const LwTokens *tokens, const LwName *name)
{
	guint8 before = lw_token_at(tokens, name->first)->gap,
	       after = lw_token_at(tokens, name->last + 1)->gap;

	return before >= LW_GAP_WIDE && after >= LW_GAP_WIDE &&
	       (before == LW_GAP_WIDE || after == LW_GAP_WIDE);
}
