/* initials-read.c - letters that may stand for a person, as they are written: "FK", "F.K.", "jw",
 * "N. de R.".
 *
 * Reads their form only; what they mean where they stand is for initials.c. */
#include "engine/detect/initials-read.h"

#include <string.h>

#include "engine/detect/name-part.h"

#define PARTED 4 /* particles between letters, and their points */

/* "A.v.K.", "F.K.": letters and points that touch. */
static gboolean read_pointed(const LwTokens *tokens, guint at, LwLetters *code)
{
	guint i = at;

	*code = (LwLetters){.first = at, .points = TRUE};
	if (!(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL))
		return FALSE;
	while (lw_token_at(tokens, i)->letters == 1 && lw_token_at(tokens, i + 1)->mark == '.' &&
	       lw_token_at(tokens, i + 1)->gap == LW_GAP_NONE &&
	       (i == at || lw_token_at(tokens, i)->gap == LW_GAP_NONE) &&
	       !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT)) {
		if (++code->letters > LW_LETTERS_MAX)
			return FALSE;
		strcat(code->text, lw_token_at(tokens, i)->word);
		code->last = i + 1;
		i += 2;
	}
	return code->letters > 1 && !(lw_token_cues(code->text) & LW_CUE_NOT_INITIALS);
}

/* "N. de R.", "T.M. v. d. P.": points, and a particle among them; the token behind, or `at`. */
guint lw_letters_parted(const LwTokens *tokens, guint at, LwLetters *code)
{
	guint i = at, letters = 0, particles = 0;

	*code = (LwLetters){.first = at, .points = TRUE};
	while (i < at + 2 * LW_LETTERS_MAX + PARTED &&
	       lw_token_at(tokens, i)->gap <= LW_GAP_SPACE + (i == at) * LW_GAP_BLANK) {
		const LwToken *token = lw_token_at(tokens, i);
		gboolean point = lw_token_at(tokens, i + 1)->mark == '.' &&
				 lw_token_at(tokens, i + 1)->gap == LW_GAP_NONE;

		if (token->letters == 1 && token->flags & LW_TOKEN_CAPITAL && point) {
			if (++letters > LW_LETTERS_MAX)
				return at;
			strcat(code->text, token->word);
			code->last = i + 1;
			i += 2;
			if (particles && lw_token_at(tokens, i)->gap != LW_GAP_NONE)
				break;
		} else if (letters && token->flags & LW_TOKEN_LOWER && token->gap == LW_GAP_SPACE &&
			   (lw_name_is_particle(token) || lw_token_in(token->word, "v d")) &&
			   !lw_token_in(token->word, LW_NAME_PREPOSITIONS)) {
			particles++;
			i += 1 + (point && token->letters <= 2);
		} else {
			break;
		}
	}
	code->letters = letters;
	return particles && letters > 1 && code->last + 1 == i &&
			       !(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL &&
				 lw_token_at(tokens, i)->gap <= LW_GAP_SPACE)
		       ? i
		       : at;
}

gboolean lw_letters_read(const LwTokens *tokens, guint at, LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (token->letters == 1)
		return read_pointed(tokens, at, code);
	*code = (LwLetters){.first = at, .last = at, .letters = token->letters};
	/* "JL" is one who is present, though "jl." is a word */
	gboolean word = token->cues & LW_CUE_STOP;
	if (token->letters < 2 || token->letters > LW_LETTERS_MAX ||
	    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN) || token->cues & LW_CUE_BODY ||
	    (word && !(token->flags & LW_TOKEN_ALL_CAPS)))
		return FALSE;
	code->abbreviation =
		word ||
		token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION | LW_WORD_TITLE) ||
		token->cues & LW_CUE_NOT_INITIALS;
	if (strlen(token->word) >= sizeof code->text)
		return FALSE;
	strcpy(code->text, token->word);
	return TRUE;
}
