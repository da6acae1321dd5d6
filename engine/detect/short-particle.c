/* short-particle.c - surnames whose particle is cut short, in running text: "(v.d. Meulen)", "br.
 * v/d Kolk", "v. d. Veen", "vdMeulen".
 *
 * "van de" in front of a word with a capital is mostly of a body; nobody cuts it short there but
 * in front of a surname, or of a word that is on no list of bodies. */
#include "engine/detect/name-part.h"

#include <string.h>

#define LIKELY	     0.75f
#define UNSURE	     0.6f
#define QUOTED	     0.4f
#define MOST_LETTERS 3 /* initials before it */

/* "Meulen", "Berg": a surname, or a word that nobody knows. */
static gboolean may_be_surname(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	const guint32 things = LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE;

	if (!(token->flags & LW_TOKEN_CAPITAL) || token->letters < 3 || token->cues ||
	    token->gap > LW_GAP_SPACE || token->lists & things ||
	    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_ALL_CAPS | LW_TOKEN_COMPOUND))
		return FALSE;
	if (token->lists & LW_WORD_SURNAME)
		return TRUE;
	return !token->lists && !lw_name_is_made(tokens, at);
}

/* "vdMeulen", "vhErve": the particle and a surname in one word. */
static gboolean is_run_together(const LwTokens *tokens, guint at)
{
	static const char *const shorts[] = {"vdr", "vd", "vh", "vt"};
	const LwToken *token = lw_token_at(tokens, at);
	const char *raw = tokens->normal->utf8 + token->start;

	if (!(token->flags & LW_TOKEN_MIXED) || token->letters < 5 ||
	    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN) || token->lists ||
	    token->end - token->start < token->letters)
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(shorts); i++) {
		gsize length = strlen(shorts[i]);

		if (token->letters > 5 && g_ascii_tolower(raw[0]) == shorts[i][0] &&
		    strncmp(raw + 1, shorts[i] + 1, length - 1) == 0 &&
		    g_ascii_isupper(raw[length]) && g_ascii_islower(raw[length + 1]))
			return TRUE;
	}
	/* "vGinkel": one letter says less */
	return raw[0] == 'v' && g_ascii_isupper(raw[1]) &&
	       lw_lexicon_find(tokens->lexicon, token->word + 1, strlen(token->word) - 1) &
		       LW_WORD_SURNAME;
}

/* "v.d.", "v/d", "v. d.", "vd": the token behind it, or `at`. A "v." alone says little. */
static guint skip_short(const LwTokens *tokens, guint at)
{
	guint end;

	if (lw_token_in(lw_token_at(tokens, at)->word, "vd vdr") ||
	    (lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER &&
	     lw_token_in(lw_token_at(tokens, at)->word, "vt vh")))
		return at + 1 + (lw_token_at(tokens, at + 1)->mark == '.');
	if (!lw_token_is(tokens, at, "v") ||
	    !lw_token_in(lw_token_at(tokens, at + 2)->word, "d dr h t o") ||
	    (lw_token_at(tokens, at)->gap == LW_GAP_NONE && at &&
	     lw_token_at(tokens, at - 1)->mark == '.'))
		return at;
	end = lw_name_skip_particles(tokens, at, LW_NAME_TITLED);
	return end > at + 2 ? end : at;
}

/* "met v/d Kolk", "(v.d. Zwaluw)", "De v/d Brug": no noun whose own the word would be. */
static gboolean follows_no_noun(const LwTokens *tokens, guint at)
{
	const LwToken *before = lw_token_at(tokens, at - 1);

	if (!at || lw_token_at(tokens, at)->gap >= LW_GAP_WIDE || before->mark)
		return TRUE;
	return before->cues & (LW_CUE_STOP | LW_CUE_PARTICLE | LW_CUE_VERB | LW_CUE_ADDRESS |
			       LW_CUE_ACADEMIC | LW_CUE_RELATION) ||
	       lw_token_in(before->word,
			   "met bij voor namens tegen door aan dat br akkoord spraken sprak zag "
			   "hoorde belde mailde sprake gehoord gesproken");
}

/* "H. v.d. Hnrst": the initials are his. */
static guint first_initial(const LwTokens *tokens, guint at)
{
	guint first = at;

	for (guint i = 0; i < MOST_LETTERS && first > 1; i++) {
		if (lw_token_at(tokens, first - 1)->mark != '.' ||
		    !lw_name_is_initial(lw_token_at(tokens, first - 2), LW_NAME_TITLED) ||
		    lw_token_at(tokens, first)->gap > LW_GAP_SPACE)
			break;
		first -= 2;
	}
	return first;
}

static void take(LwNameFinder *finder, guint at, guint surname)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = {.first = first_initial(tokens, at),
		       .last = surname,
		       .surname = surname,
		       .particles = surname - at,
		       .surnames = 1,
		       .surname_lists = lw_token_at(tokens, surname)->lists};
	float score = name.surname_lists & LW_WORD_SURNAME || at == surname ? LIKELY : UNSURE;

	if (at != name.first)
		name.initials = 1;
	if (name.surname_lists & LW_WORD_COMMON && !(name.surname_lists & LW_WORD_FREQUENT) &&
	    !name.initials && !follows_no_noun(tokens, at))
		return;
	/* "v/d Meulen, A" is turned round, and for others to take whole */
	if (lw_token_at(tokens, surname + 1)->mark == ',' &&
	    lw_name_is_initial(lw_token_at(tokens, surname + 2), LW_NAME_TITLED))
		return;
	/* in quotes it is as likely what a stamp says */
	if (at && lw_token_at(tokens, at - 1)->mark == '"' &&
	    lw_token_at(tokens, surname + 1)->mark == '"')
		score = QUOTED;
	if (lw_token_at(tokens, surname + 1)->mark == '-' || lw_name_is_body(tokens, &name) ||
	    lw_name_is_paper(lw_token_at(tokens, surname)->word))
		return;
	lw_name_add(finder, &name, (LwNameWhy){score, "name/particle", LW_REASON_COMPANY, NULL});
}

void lw_names_by_short_particle(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint surname;

		if (*token->word != 'v' || finder->closed[i] || finder->owner[i])
			continue;
		surname = skip_short(tokens, i);
		if (surname > i ? may_be_surname(tokens, surname) : is_run_together(tokens, i))
			take(finder, i, surname);
	}
}
