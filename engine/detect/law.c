/* law.c - what laws are called for short: "art. 2 Wav", "artikel 8, eerste lid, Atw".
 *
 * Only the number of an article makes a law of a short word with a capital that no list knows and
 * that has the form of one; from then on it is one in all of the document. */
#include "engine/detect/name.h"

#define REACH	  10 /* tokens from "artikel" to the law */
#define MOST_NAME 6  /* letters of a law's short name */

static gboolean is_of_article(const LwToken *token)
{
	return token->flags & LW_TOKEN_DIGIT || token->mark == ',' || token->mark == ':' ||
	       (token->letters == 1 && token->flags & LW_TOKEN_LOWER) ||
	       lw_token_in(token->word, "lid leden eerste tweede derde vierde vijfde zesde onder "
					"sub aanhef en onderdeel jo van de het");
}

/* "Wav", "Atw", "AVG", "Sr": a w at an end, capitals, no vowel. "Tesfu" may be somebody. */
static gboolean has_form_of_law(const LwToken *token)
{
	const char *word = token->word;

	return token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED) || *word == 'w' ||
	       g_str_has_suffix(word, "w") || !word[strcspn(word, "aeiouy")];
}

/* The law that the article at a token is of; NULL: it does not say. */
static const char *law_of(const LwTokens *tokens, guint at)
{
	gboolean number = FALSE;
	guint i = at + 1;

	if (lw_token_at(tokens, i)->mark == '.')
		i++;
	for (; i < at + REACH && lw_token_at(tokens, i)->gap <= LW_GAP_LINE; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		number |= (token->flags & LW_TOKEN_DIGIT) != 0;
		if (is_of_article(token))
			continue;
		return number && token->flags & LW_TOKEN_CAPITAL && token->letters > 1 &&
				       token->letters <= MOST_NAME && has_form_of_law(token) &&
				       !(token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))
			       ? token->word
			       : NULL;
	}
	return NULL;
}

void lw_name_mark_laws(const LwTokens *tokens, guint8 *marks, guint8 value)
{
	g_autoptr(GHashTable) laws = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < tokens->count; i++) {
		const char *law = lw_token_in(lw_token_at(tokens, i)->word, "art artikel artikelen")
					  ? law_of(tokens, i)
					  : NULL;

		if (law)
			g_hash_table_add(laws, (gpointer)law);
	}
	for (guint i = 0; g_hash_table_size(laws) && i < tokens->count; i++)
		if (lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL &&
		    lw_token_at(tokens, i)->letters <= MOST_NAME &&
		    g_hash_table_contains(laws, lw_token_at(tokens, i)->word))
			marks[i] = value;
}
