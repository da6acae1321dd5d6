/* lower-name.c - a name without capitals behind a title: "dhr bakker", "mevr lobato-pengel".
 *
 * Short forms of titles are a writer's who shuns capitals; behind a long one an ordinary word is
 * proposed at most. */
#include "engine/detect/name-part.h"

#include <string.h>

#define SURE	   0.85f
#define REVIEW	   0.45f
#define LIKELY	   0.6f
#define LEAST_PART 3 /* letters of a part of a double surname */

static gboolean is_mere_word(guint32 lists)
{
	return lists & LW_WORD_COMMON && !(lists & LW_WORD_SURNAME);
}

/* "mevr lobato-pengel": two words that may be surnames, one of the lists among them or behind a
 * short title. */
static gboolean is_lower_double(const LwTokens *tokens, guint at, gboolean brief)
{
	const LwToken *token = lw_token_at(tokens, at);
	const char *hyphen = strchr(token->word, '-');
	g_autofree char *first = NULL;
	guint32 one, other;

	if (!hyphen || hyphen - token->word < LEAST_PART || strlen(hyphen + 1) < LEAST_PART ||
	    !(token->flags & LW_TOKEN_LOWER) || token->flags & LW_TOKEN_DIGIT ||
	    is_mere_word(token->lists))
		return FALSE;
	first = g_strndup(token->word, (gsize)(hyphen - token->word));
	one = lw_lexicon_find(tokens->lexicon, first, strlen(first));
	other = lw_lexicon_find(tokens->lexicon, hyphen + 1, strlen(hyphen + 1));
	return (brief || (one | other) & LW_WORD_SURNAME) && !is_mere_word(one) &&
	       !is_mere_word(other);
}

gboolean lw_name_parse_lower(const LwTokens *tokens, guint at, const char *title, LwName *name,
			     float *score)
{
	gboolean brief = strlen(title) <= 4 && strcmp(title, "heer") != 0;
	const LwToken *surname;
	guint last;

	/* "Mevr akbuluut,": on no list at all */
	surname = lw_token_at(tokens, at);
	if (brief && surname->gap == LW_GAP_SPACE && lw_name_is_unknown_lower(tokens, at)) {
		*name = (LwName){.first = at, .last = at, .surname = at, .lower = TRUE};
		*score = LIKELY;
		return TRUE;
	}
	last = lw_name_skip_particles(tokens, at, LW_NAME_LOWER);
	if (surname->gap == LW_GAP_SPACE && is_lower_double(tokens, last, brief)) {
		*name = (LwName){.first = at, .last = last, .surname = last, .lower = TRUE};
		*score = SURE;
		return TRUE;
	}
	if (!lw_name_parse(tokens, at, LW_NAME_LOWER, name) || !name->surnames || name->initials ||
	    name->given)
		return FALSE;
	surname = lw_token_at(tokens, name->surname);
	if (surname->flags & LW_TOKEN_CAPITAL || surname->letters < 3 ||
	    surname->lists & LW_WORD_TITLE)
		return FALSE;
	*score = brief || !(surname->lists & LW_WORD_COMMON) ? SURE : REVIEW;
	return *score > REVIEW || surname->lists & LW_WORD_FREQUENT;
}
