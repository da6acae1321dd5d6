/* public-text.c - is a text written for everybody? Its first lines say what it is, and what is not
 * for everybody stands behind a line that says so: "Noot voor de redactie (niet voor publicatie)".
 */
#include "engine/detect/public-text.h"

#include "engine/detect/name.h"

#define HEAD_TOKENS 60 /* that say what a text is */
#define END_TOKENS  12 /* of a line that ends the part for everybody */

static gboolean is_kind(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (lw_token_in(
		    token->word,
		    "persbericht perscommunique persuitnodiging nieuwsbericht pressemitteilung "
		    "beleidsplan beleidsnota beleidsregel beleidsregels beleidskader "
		    "beleidsnotitie "
		    "kadernota startnota verordening protocol raadsinformatiebrief raadsvoorstel "
		    "raadsmededeling kamerbrief statenbrief statenvoorstel jaarverslag "
		    "omgevingsvisie "
		    "straatnaamgeving straatnamen handreiking programmabegroting nieuwsbrief "
		    "gezondheidsnota omgevingsprogramma uitvoeringsprogramma"))
		return TRUE;
	return (lw_token_is(tokens, at, "press") && lw_token_is(tokens, at + 1, "release")) ||
	       (lw_token_is(tokens, at, "tweede") && lw_token_is(tokens, at + 1, "kamer")) ||
	       (lw_token_is(tokens, at, "nota") && token->flags & LW_TOKEN_CAPITAL);
}

/* "Noot voor de redactie", "--- reactie op concept, mag weg voor verzending ---" */
static gboolean ends_public_part(const LwTokens *tokens, guint line)
{
	guint end = MIN(lw_token_line_end(tokens, line), line + END_TOKENS);

	for (guint i = line; i < end; i++) {
		const char *next = lw_token_at(tokens, i + 1)->word;

		if ((lw_token_is(tokens, i, "noot") && lw_token_in(next, "voor aan")) ||
		    (lw_token_is(tokens, i, "niet") &&
		     lw_token_in(next, "voor meezenden meesturen")) ||
		    (lw_token_is(tokens, i, "voor") &&
		     lw_token_in(next, "verzending publicatie")) ||
		    lw_token_in(lw_token_at(tokens, i)->word, "parafenlijst intern"))
			return TRUE;
	}
	return FALSE;
}

guint lw_public_text_end(const LwTokens *tokens)
{
	guint head = 0, line;

	while (head < MIN(tokens->count, HEAD_TOKENS) && !is_kind(tokens, head))
		head++;
	if (head >= MIN(tokens->count, HEAD_TOKENS) || lw_name_in_mail(tokens))
		return 0;
	line = lw_token_line_end(tokens, head);
	while (line < tokens->count && !ends_public_part(tokens, line))
		line = lw_token_line_end(tokens, line);
	return line;
}
