/* capital.c - why a word has a capital, other than that it names a person: what is left is proposed
 * to a reviewer, so the less is left the better.
 *
 * Nothing here takes away what another rule found. */
#include "engine/detect/name.h"

#include <string.h>

#define LEAST_HEAD 3	/* letters of the first part of a compound */
#define LEAST_TAIL 4	/* of its last part */
#define HARDLY	   0.3f /* chance below which the make of a word explains it */
#define NEAR_WORDS 15	/* that tell the language */

/* "Kadasterwet", "Parkeerbalans", "Zomerparade": two words of the language in one. A surname made
 * so
 * ("Eikelboom") is on the list of surnames, or the model thinks it one. */
static gboolean is_made_of_words(const LwTokens *tokens, const char *word)
{
	gsize length = strlen(word);

	for (gsize at = LEAST_HEAD; at + LEAST_TAIL <= length; at++) {
		gsize head = at;

		if ((guint8)word[at] >= 0x80 ||
		    !(lw_lexicon_find(tokens->lexicon, word + at, length - at) & LW_WORD_COMMON))
			continue;
		if (lw_lexicon_find(tokens->lexicon, word, head) & LW_WORD_COMMON)
			return TRUE;
		/* "Wijziging-s-wet", "Aanwijzing-s" */
		if (head > LEAST_HEAD && word[head - 1] == 's' &&
		    lw_lexicon_find(tokens->lexicon, word, head - 1) & LW_WORD_COMMON)
			return TRUE;
	}
	return FALSE;
}

/* "Arubaanse", "Doetinchemse", "Merovingische": of a place or a time. */
static gboolean is_adjective(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);

	return token->letters > 5 &&
	       lw_word_ends_in(token->word, "se sche aans iaans ees lands isch") &&
	       next->gap == LW_GAP_SPACE && *next->word;
}

/* "Verdrag", "-wet", "-code": kinds of papers. */
gboolean lw_name_is_paper(const char *word)
{
	return lw_word_ends_in(word,
			       "wet wetboek besluit regeling verordening verdrag code richtlijn "
			       "reglement convenant protocol nota plan visie beleid statuut "
			       "akkoord register loket dienst bureau centrum straat laan plein "
			       "weg kade school college museum park fonds raad partij bank "
			       "krant blad post dag week jaar maand feest ramp crisis");
}

gboolean lw_name_is_made(const LwTokens *tokens, guint at)
{
	const char *word = lw_token_at(tokens, at)->word;

	return lw_name_is_paper(word) || is_adjective(tokens, at) || is_made_of_words(tokens, word);
}

gboolean lw_name_is_unknown_lower(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->flags & LW_TOKEN_LOWER && !token->lists && !token->cues &&
	       token->letters > 3 && !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN)) &&
	       !lw_name_is_made(tokens, at);
}

gboolean lw_name_is_explained(const LwTokens *tokens, guint at, float chance)
{
	const guint32 ordinary = LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET |
				 LW_WORD_ORGANISATION | LW_WORD_TITLE | LW_WORD_ROLE |
				 LW_WORD_ABBREVIATION;
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;
	const LwToken *token = lw_token_at(tokens, at);
	gboolean listed = token->lists & names && !(token->lists & ordinary);

	if (token->letters < 2 || !(token->flags & LW_TOKEN_CAPITAL) ||
	    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND) ||
	    token->cues & ~(guint)LW_CUE_PHRASE)
		return TRUE;
	if (token->lists & ordinary && !(token->lists & LW_WORD_FREQUENT))
		return TRUE;
	if (listed)
		return FALSE;
	if (token->flags &
	    (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED | LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START))
		return TRUE;
	return chance < HARDLY && !(token->lists & names) && lw_name_is_made(tokens, at);
}

gboolean lw_name_is_dutch_here(const LwTokens *tokens, guint at)
{
	guint from = at > NEAR_WORDS ? at - NEAR_WORDS : 0, dutch = 0, other = 0;

	for (guint i = from; i < at + NEAR_WORDS && i < tokens->count; i++) {
		guint flags = lw_token_at(tokens, i)->flags;

		dutch += (flags & LW_TOKEN_DUTCH) != 0;
		other += (flags & LW_TOKEN_FOREIGN) != 0;
	}
	return dutch >= other;
}

static gboolean is_listed(const LwTokens *tokens, guint first, guint last)
{
	for (guint i = first; i <= last; i++)
		if (lw_token_at(tokens, i)->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))
			return TRUE;
	return FALSE;
}

/* "Woonpl. Enschede", "Afd.: Zorg": a word cut short, with its point. */
static gboolean is_cut_short(const LwTokens *tokens, guint first, guint last)
{
	guint point = lw_token_at(tokens, last)->mark == '.' ? last : last + 1;
	const LwToken *after = lw_token_at(tokens, point + 1);

	return point == first + 1 && lw_token_at(tokens, point)->mark == '.' &&
	       lw_token_at(tokens, point)->gap == LW_GAP_NONE &&
	       lw_token_at(tokens, first)->letters > 2 &&
	       (after->mark == ':' || (after->gap > LW_GAP_NONE && after->gap < LW_GAP_LINE &&
				       after->flags & (LW_TOKEN_CAPITAL | LW_TOKEN_DIGIT)));
}

/* "12/Feb/24" */
static gboolean is_of_date(const LwTokens *tokens, guint at)
{
	gunichar sign = lw_token_at(tokens, at + 1)->mark;

	return at > 1 && (sign == '/' || sign == '-' || sign == '.') &&
	       lw_token_at(tokens, at)->gap == LW_GAP_NONE &&
	       lw_token_at(tokens, at - 1)->mark == sign &&
	       lw_token_at(tokens, at - 2)->flags & LW_TOKEN_DIGIT &&
	       lw_token_at(tokens, at + 2)->flags & LW_TOKEN_DIGIT;
}

/* "Sent", "Mein Zeichen", "Afschr", "Burgerservicenummer": labels and words cut short, of which
 * none is ever called so, whatever stands around them. */
gboolean lw_name_is_label(const LwTokens *tokens, guint first, guint last)
{
	static const char labels[] =
		"sent gesendet received verzonden zeichen aktenzeichen betreff "
		"afschr afschrift beh par dipl bijl tijdstip afdrukdatum "
		"steuernummer geboren nationaliteit pasnr mijn dat paraaf parafen parafenlijst "
		"steller deelnamelink vergaderlink farsi burgemeester wethouder griffier "
		"voorzitter "
		"gemeentesecretaris goeiemorgen goeiemiddag goeienavond goedemorgen goedemiddag "
		"goedenavond";
	const LwToken *token = lw_token_at(tokens, last);

	/* "Paraaf KAM": an office in capitals */
	if (last == first + 1 && token->flags & LW_TOKEN_ALL_CAPS &&
	    lw_token_in(lw_token_at(tokens, first)->word, "paraaf akkoord stempel"))
		return TRUE;

	if (token->mark && last > first)
		token = lw_token_at(tokens, --last);
	return (last == first || lw_token_in(lw_token_at(tokens, first)->word,
					     "mein meine ihr ihre unser unsere")) &&
	       token->letters > 2 &&
	       (lw_token_in(token->word, labels) ||
		(token->letters > 7 && !(token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) &&
		 lw_word_ends_in(token->word,
				 "nummer manager datum gesprek overleg faciliteiten beheer "
				 "beheerder commissie informatie medewerker coordinator")));
}

/* "can" and "mir" in other languages, where the model knows no words; their days; titles set in
 * capitals. */
gboolean lw_name_is_stranger(const LwTokens *tokens, guint first, guint last)
{
	const LwToken *token = lw_token_at(tokens, first);
	gboolean capitals = TRUE, lower = TRUE;

	for (guint i = first; i <= last; i++) {
		lower &= !(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL);
		capitals &= !*lw_token_at(tokens, i)->word ||
			    lw_token_at(tokens, i)->flags & LW_TOKEN_ALL_CAPS ||
			    (lw_token_at(tokens, i)->letters == 1 &&
			     lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL);
	}
	if (lower && !lw_name_is_dutch_here(tokens, first))
		return TRUE;
	if (lw_token_in(token->word, "montag dienstag mittwoch donnerstag freitag samstag sonntag"))
		return TRUE;
	/* "Kok- en Spauldingclassificatie" */
	if (lw_token_at(tokens, last + 1)->mark == '-' &&
	    lw_token_at(tokens, last + 1)->gap == LW_GAP_NONE &&
	    lw_token_at(tokens, last + 2)->gap > LW_GAP_NONE)
		return TRUE;
	if (first == last &&
	    (is_of_date(tokens, first) ||
	     lw_word_ends_in(token->word, "activiteiten maatregelen werkzaamheden voorzieningen "
					  "vergunning vergunningen bepalingen gegevens")))
		return TRUE; /* nobody is called so */
	if (is_listed(tokens, first, last))
		return FALSE;
	if (capitals && last > first && token->gap >= LW_GAP_LINE &&
	    lw_token_at(tokens, last + 1)->gap >= LW_GAP_WIDE)
		return TRUE;
	return is_cut_short(tokens, first, last);
}
