/* public-text.c - is a text written for everybody? Its first lines say what it is, and what is not
 * for everybody stands behind a line that says so: "Noot voor de redactie (niet voor publicatie)".
 */
#include "engine/detect/public-text.h"

#include "engine/detect/name.h"

#define HEAD_TOKENS 60 /* that say what a text is */
#define HEADING	    5  /* words of its line that may */
#define END_TOKENS  12 /* of a line that ends the part for everybody */

/* In the heading: one of the first words of its line, and not named in brackets. */
static gboolean is_kind(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (lw_token_is(tokens, at, "tweede") && lw_token_is(tokens, at + 1, "kamer"))
		return TRUE;
	if (at - lw_token_line_start(tokens, at) >= HEADING ||
	    (at && lw_token_at(tokens, at - 1)->mark == '(') ||
	    !(token->flags & LW_TOKEN_CAPITAL || lw_token_is(tokens, at - 1, "openbare")))
		return FALSE;
	if (lw_token_is(tokens, at, "press") && lw_token_is(tokens, at + 1, "release"))
		return TRUE;
	return lw_token_in(token->word,
			   "persbericht perscommunique persuitnodiging nieuwsbericht "
			   "pressemitteilung nota visie "
			   "beleidsplan beleidsregel beleidsregels beleidskader verordening "
			   "protocol reglement "
			   "raadsinformatiebrief raadsvoorstel raadsmededeling raadsbrief "
			   "kamerbrief statenbrief "
			   "statenvoorstel jaarverslag straatnaamgeving handreiking leidraad "
			   "gedragscode huisregels "
			   "werkinstructie programmabegroting nieuwsbrief uitvoeringsagenda") ||
	       lw_word_ends_in(token->word, "nota visie programma verordening reglement");
}

/* "Nota van zienswijzen": what citizens said, with their names. */
static gboolean is_of_citizens(const LwTokens *tokens, guint head)
{
	for (guint i = 0; i < head + HEADING * 2; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"inspraak inspraaknota zienswijze zienswijzen zienswijzennota "
				"beantwoording "
				"reactienota bezwaren klachten verzoek"))
			return TRUE;
	return FALSE;
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

/* A heading above "Van:" and "Aan:" is of the text itself, one below them of a mail about it. */
guint lw_public_text_end(const LwTokens *tokens)
{
	guint head = 0, line;

	while (head < MIN(tokens->count, HEAD_TOKENS) && !is_kind(tokens, head))
		head++;
	if (head >= MIN(tokens->count, HEAD_TOKENS) || is_of_citizens(tokens, head) ||
	    (lw_token_line_start(tokens, head) > 0 && lw_name_in_mail(tokens)))
		return 0;
	line = lw_token_line_end(tokens, head);
	while (line < tokens->count && !ends_public_part(tokens, line))
		line = lw_token_line_end(tokens, line);
	return line;
}
