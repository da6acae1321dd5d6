/* eponym.c - firms, streets, schools, laws and motions that bear the name of a person (woo.md 8.3):
 * the negative grammar.
 *
 * Judges a name that was parsed by the words just before and after it and by its own ending; never
 * looks past a line end. */
#include "engine/detect/name.h"

#include <string.h>

#define MAX_PARTICLES 4
#define MAX_BODY      6 /* words of the name of a body */

static const char place_endings[] =
	"straat laan plein gracht kade singel school tunnel museum viaduct plantsoen "
	"ziekenhuis college gebouw kazerne stichting kliniek kanaal boulevard brug polder steeg "
	"kwartier buurt steiger zaal gemaal sporthal molenpad "
	"skoalle strjitte strasse";
/* Ends of a word of several parts that stands before a name: "onderzoekscommissie Van Dam". */
static const char body_endings[] = "club commissie motie stichting vereniging fonds museum school "
				   "prijs kabinet lezing amendement";
/* "index van Shannon": what bears the name of who found it. */
static const char findings[] =
	"orde vereniging index toets wet test syndroom ziekte stelling formule schaal methode "
	"principe effect "
	"getal verdeling model norm paradox driehoek piramide lijst proef reactie curve matrix "
	"arrest leer orgaan bacil ganglion classificatie mode vlekjes vlekken teken huidproef "
	"reflex score "
	"symptoom fenomeen handgreep manoeuvre";
/* "verenigingen als Jan van Arckel" */
static const char bodies_of_sort[] =
	"verenigingen stichtingen bedrijven scholen partijen clubs ziekenhuizen musea winkels "
	"organisaties instellingen firma's ondernemingen straten gebouwen kerken theaters banken "
	"ketens supermarkten restaurants hotels merken straatnamen namen schepen";
/* A capital opens the name of a body that goes on over small words: "Stichting Vrienden van ...".
 */
static const char openings[] =
	"stichting vereniging werkplein platform comite genootschap cooperatie museum huis kasteel "
	"universiteit hogeschool instituut centrum medisch academie verbond bond federatie fonds "
	"harmonie fanfare orkest koor club";
/* Many surnames end so too: only with a house number, or when no list knows the surname. */
static const char weak_endings[] = "dijk hof park pad haven huis markt weg dreef vaart wijk baan "
				   "sluis lezing rotonde terrein complex route tocht loop cup";
/* Before a name of several words: "Restaurant De Jonge Jan". */
static const char houses[] =
	"restaurant cafe hotel huize villa herberg camping boerderij kroeg "
	"landgoed sporthal brasserie bistro eetcafe pizzeria lunchroom centrum "
	"theater schouwburg zwembad buurthuis dorpshuis wijkcentrum zorgcentrum "
	"kinderopvang supermarkt bouwmarkt basisschool peuterspeelzaal molen";
/* Bodies that may bear initials as well; a "praktijk J. de Vries" is a person's. */
static const char formal_bodies[] =
	"stichting motie amendement commissie wet straat plein laan weg fonds";

/* "mevrouw ..." just before: a person, whatever the surname looks like. */
static gboolean is_addressed(const LwTokens *tokens, const LwName *name)
{
	guint at = name->first;

	if (at > 1 && lw_token_at(tokens, at - 1)->mark == '.')
		at--;
	return at > 0 && lw_token_at(tokens, at - 1)->cues & LW_CUE_ADDRESS;
}

/* "Jan Wolkershof", "Annie M.G. Schmidtpad": its last word is no surname, but one and an ending. */
static gboolean is_surname_with_ending(const LwTokens *tokens, const LwToken *last)
{
	static const char *const endings[] = {"hof",  "pad",  "weg",	"huis", "park", "dreef",
					      "kade", "dijk", "plaats", "wijk", "baan", "burg"};
	gsize length = strlen(last->word);

	if (last->lists & (LW_WORD_SURNAME | LW_WORD_FIRST_NAME))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
		gsize size = strlen(endings[i]);
		gsize stem = length > size + 2 ? length - size : 0;

		if (!stem || memcmp(last->word + stem, endings[i], size) != 0)
			continue;
		return lw_lexicon_find(tokens->lexicon, last->word, stem) & LW_WORD_SURNAME &&
		       stem > 3;
	}
	return FALSE;
}

static gboolean is_place_name(const LwTokens *tokens, const LwName *name)
{
	const LwToken *last = lw_token_at(tokens, name->last);
	const LwToken *next = lw_token_at(tokens, name->last + 1);
	/* a house number, and no time: "Daphne Westerhof  09:14" */
	gboolean number = (next->flags & LW_TOKEN_DIGIT) && next->gap <= LW_GAP_SPACE &&
			  lw_token_at(tokens, name->last + 2)->mark != ':';
	guint32 lists =
		name->last > name->first ? lw_token_lists(tokens, name->first, name->last) : 0;

	if (!number && is_addressed(tokens, name)) /* nobody says "mevrouw" to a street */
		return FALSE;
	if (!is_addressed(tokens, name) && name->first < name->last &&
	    is_surname_with_ending(tokens, last))
		return TRUE;
	if (!number && name->initials &&
	    (last->lists & LW_WORD_SURNAME || (!lw_word_ends_in(last->word, place_endings) &&
					       !lw_word_ends_in(last->word, "weg dreef baan"))) &&
	    !(lists & LW_WORD_STREET))
		return FALSE;
	if (lw_word_ends_in(last->word, place_endings))
		return number || (last->flags & LW_TOKEN_HYPHEN) ||
		       !(last->lists & LW_WORD_SURNAME) || !(last->lists & LW_WORD_FREQUENT);
	/* "Daphne Westerhof" is no street, whatever list lacks her surname */
	if (lw_word_ends_in(last->word, weak_endings) && !(last->lists & LW_WORD_SURNAME) &&
	    (number || !name->given || !lw_word_ends_in(last->word, "hof dijk huis")))
		return TRUE;
	if (lw_word_ends_in(last->word, weak_endings) && number)
		return TRUE;
	return (lists & LW_WORD_ORGANISATION) ||
	       (lists & LW_WORD_PLACE && !(lists & LW_WORD_SURNAME)) ||
	       (number && (lists & LW_WORD_STREET));
}

/* "Stichting Vrienden van Willem Barentsz": back over capitals and small words to its opening. */
static gboolean opens_with_body(const LwTokens *tokens, guint first)
{
	for (guint back = 1; back <= MAX_BODY && back <= first; back++) {
		const LwToken *token = lw_token_at(tokens, first - back);

		if (lw_token_at(tokens, first - back + 1)->gap > LW_GAP_SPACE || !*token->word)
			return FALSE;
		if (token->flags & LW_TOKEN_CAPITAL && lw_token_in(token->word, openings))
			return TRUE;
		if (!(token->flags & LW_TOKEN_CAPITAL) &&
		    !lw_token_in(token->word, "van de der den voor het en vrienden"))
			return FALSE;
	}
	return FALSE;
}

/* "de index van Shannon", "verenigingen als Jan van Arckel", "het Antoni van Leeuwenhoek", "zaal
 * Spinoza": the words before say that a thing bears the name. */
static gboolean thing_before(const LwTokens *tokens, const LwName *name)
{
	guint at = name->first;
	const LwToken *before = lw_token_at(tokens, at - 1), *second = lw_token_at(tokens, at - 2);

	if (at < 2 || lw_token_at(tokens, at)->gap != LW_GAP_SPACE || name->initials)
		return FALSE;
	if (lw_token_in(before->word, "van volgens") && before->gap == LW_GAP_SPACE && !name->given)
		return lw_token_in(second->word, findings);
	if (lw_token_in(before->word, "als zoals"))
		return lw_token_in(second->word, bodies_of_sort);
	if (lw_token_is(tokens, at - 1, "het") && before->flags & LW_TOKEN_LOWER)
		return name->given && name->surnames; /* nobody says "het" of a person */
	if (lw_token_in(before->word, "en of") && at > 3 && name->given + name->surnames > 0)
		for (guint back = 3; back <= MAX_BODY + 2 && back <= at; back++) {
			if (lw_token_at(tokens, at - back)->gap > LW_GAP_SPACE)
				return FALSE;
			if (lw_token_in(lw_token_at(tokens, at - back)->word, "als zoals") &&
			    back < at)
				return lw_token_in(lw_token_at(tokens, at - back - 1)->word,
						   bodies_of_sort);
		}
	return FALSE;
}

static gboolean body_before(const LwTokens *tokens, const LwName *name)
{
	guint i = name->first;

	/* "Huis ter Nieuwburg" */
	if (name->last > i &&
	    lw_token_in(lw_token_at(tokens, i)->word, "huis kasteel villa huize hoeve"))
		return TRUE;
	if (thing_before(tokens, name) || (!name->initials && opens_with_body(tokens, i)))
		return TRUE;
	if (i > 0 && lw_token_at(tokens, i)->gap == LW_GAP_SPACE && !name->initials &&
	    lw_token_at(tokens, i - 1)->flags & LW_TOKEN_LOWER &&
	    lw_word_ends_in(lw_token_at(tokens, i - 1)->word, body_endings))
		return TRUE;

	/* "het arrest Lindenbaum/Cohen" */
	if (i > 1 && lw_token_at(tokens, i - 1)->mark == '/' &&
	    lw_token_at(tokens, i)->gap == LW_GAP_NONE)
		i -= 2;
	while (i > 0 && i + MAX_PARTICLES > name->first) {
		const LwToken *token = lw_token_at(tokens, i - 1);

		if (lw_token_at(tokens, i)->gap > LW_GAP_SPACE)
			return FALSE;
		if (token->flags & LW_TOKEN_TAIL_PARTICLE && !(token->flags & LW_TOKEN_CAPITAL))
			return TRUE; /* "commissie-Van der Molen" */
		if (token->cues & LW_CUE_BODY_BEFORE && name->given && name->surnames &&
		    lw_name_follows_where(tokens, i - 1))
			return FALSE;
		if (token->cues & LW_CUE_BODY_BEFORE)
			return !name->initials || lw_token_in(token->word, formal_bodies);
		if (!lw_name_is_particle(token) || (token->flags & LW_TOKEN_LOWER))
			break;
		i--;
	}
	for (guint back = 1; back <= MAX_PARTICLES && back <= name->first; back++) {
		const LwToken *token = lw_token_at(tokens, name->first - back);

		if (lw_token_at(tokens, name->first - back + 1)->gap > LW_GAP_SPACE)
			return FALSE;
		if (lw_token_in(token->word, houses))
			return TRUE;
		if (!(token->flags & LW_TOKEN_CAPITAL))
			return FALSE;
	}
	return FALSE;
}

/* "B.V.", "N.V." */
static gboolean is_legal_form(const LwTokens *tokens, guint at)
{
	const LwToken *first = lw_token_at(tokens, at), *last = lw_token_at(tokens, at + 2);
	char letters[3] = {first->word[0], last->word[0], '\0'};

	return first->letters == 1 && first->flags & LW_TOKEN_CAPITAL && last->letters == 1 &&
	       lw_token_at(tokens, at + 1)->mark == '.' && lw_token_in(letters, "bv nv cv ua");
}

/* "Van Hulst Recherche & Integriteit B.V.": capitals up to a legal form on the same line. */
static gboolean ends_in_legal_form(const LwTokens *tokens, const LwName *name)
{
	for (guint i = name->last + 1; i <= name->last + MAX_BODY; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->gap > LW_GAP_SPACE || token->mark == ',' || token->mark == '.')
			return FALSE;
		if (i > name->last + 1 &&
		    (is_legal_form(tokens, i) || (token->flags & LW_TOKEN_ALL_CAPS &&
						  lw_token_in(token->word, "bv nv vof cv gmbh"))))
			return TRUE;
		if (token->mark
			    ? token->mark != '&' && token->mark != '+'
			    : !(token->flags & LW_TOKEN_CAPITAL) && !lw_token_is(tokens, i, "en"))
			return FALSE;
	}
	return FALSE;
}

/* Over particles to a word of two parts, of which the last is a thing. */
static gboolean is_compound_behind(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (i < at + MAX_PARTICLES && lw_name_is_particle(lw_token_at(tokens, i)) &&
	       lw_token_at(tokens, i)->gap == LW_GAP_SPACE)
		i++;
	return lw_token_at(tokens, i)->gap == LW_GAP_SPACE &&
	       lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL &&
	       lw_token_at(tokens, i)->flags & LW_TOKEN_COMPOUND;
}

/* "Alvarez (C-34/09)": a judgment of the court in Luxembourg, with the number of its case. */
static gboolean is_judgment(const LwTokens *tokens, guint at)
{
	const LwToken *court = lw_token_at(tokens, at + 1);

	if (lw_token_at(tokens, at)->mark != '(' || !(court->flags & LW_TOKEN_CAPITAL) ||
	    court->word[0] != 'c' || (court->word[1] && court->word[1] != '-'))
		return FALSE;
	for (guint i = at + 2; i < at + 6 && lw_token_at(tokens, i)->gap == LW_GAP_NONE; i++)
		if (lw_token_at(tokens, i)->mark == '/')
			return lw_token_at(tokens, i - 1)->flags & LW_TOKEN_DIGIT &&
			       lw_token_at(tokens, i + 1)->flags & LW_TOKEN_DIGIT;
	return FALSE;
}

static gboolean body_after(const LwTokens *tokens, const LwName *name)
{
	const LwToken *next = lw_token_at(tokens, name->last + 1);
	const LwToken *second = lw_token_at(tokens, name->last + 2);

	if (next->gap > LW_GAP_SPACE)
		return FALSE;
	if (is_judgment(tokens, name->last + 1))
		return TRUE;
	if (!name->initials && !is_addressed(tokens, name) && ends_in_legal_form(tokens, name))
		return TRUE;
	/* "Rudolf Steinerschool", "Jan Pieterszoon Coenstraat"; "Willem II" */
	if (!name->initials && !is_addressed(tokens, name) && next->flags & LW_TOKEN_CAPITAL &&
	    next->gap == LW_GAP_SPACE &&
	    (lw_word_ends_in(next->word, place_endings) ||
	     (second->flags & LW_TOKEN_CAPITAL && second->gap == LW_GAP_SPACE &&
	      lw_word_ends_in(second->word, "straat laan plein school college"))))
		return TRUE;
	/* "Rik Wouters-bokaal", "Anton de Kom-lezing" */
	if (name->given + name->surnames == 1 &&
	    (name->given_lists | name->surname_lists) & LW_WORD_FIRST_NAME &&
	    is_compound_behind(tokens, name->last + 1))
		return TRUE;
	/* "Van Wijnen Dakwerken" */
	if (!name->initials && next->flags & LW_TOKEN_CAPITAL && next->gap == LW_GAP_SPACE &&
	    !(next->lists & LW_WORD_SURNAME) &&
	    lw_word_ends_in(next->word, "werken bedrijf techniek bouw groep advies services zorg"))
		return TRUE;
	if (name->given && !name->surnames && next->flags & LW_TOKEN_ALL_CAPS &&
	    lw_token_in(next->word, "ii iii iv vi vii"))
		return TRUE;
	/* "Koning Willem II-bomen" */
	if (name->given && !name->surnames &&
	    (g_str_has_prefix(next->word, "ii-") || g_str_has_prefix(next->word, "iii-")))
		return TRUE;
	/* "De Anne Frank Stichting" */
	if (next->flags & LW_TOKEN_CAPITAL && second->gap == LW_GAP_SPACE && !name->initials &&
	    second->flags & LW_TOKEN_CAPITAL && second->cues & LW_CUE_BODY_AFTER &&
	    !is_addressed(tokens, name))
		return TRUE;
	/* "Vodafone Libertel B.V." */
	if (next->flags & LW_TOKEN_CAPITAL && next->letters > 1 && !name->initials &&
	    is_legal_form(tokens, name->last + 2))
		return TRUE;
	if (next->mark == '&')
		return (second->cues & LW_CUE_BODY_AFTER) ||
		       (second->gap <= LW_GAP_SPACE && (second->flags & LW_TOKEN_CAPITAL) &&
			!name->initials && !name->given && !is_addressed(tokens, name) &&
			!(second->cues & LW_CUE_ADDRESS));
	if (is_legal_form(tokens, name->last + 1))
		return TRUE;
	if (next->cues & LW_CUE_BODY_AFTER)
		return (next->flags & LW_TOKEN_CAPITAL) ||
		       lw_token_in(next->word, "bv nv vof advocaten notarissen "
					       "groep accountants makelaars");
	return lw_token_is(tokens, name->last + 1, "en") && second->cues & LW_CUE_BODY_AFTER &&
	       lw_token_in(second->word, "zn zonen zoon co partners");
}

gboolean lw_name_is_mere_place(const LwTokens *tokens, const LwName *name)
{
	return name->first == name->last &&
	       !(lw_token_at(tokens, name->last + 1)->flags & LW_TOKEN_DIGIT) &&
	       !body_before(tokens, name) && !body_after(tokens, name);
}

gboolean lw_name_is_finding(const char *word)
{
	return lw_token_in(word, findings);
}

gboolean lw_name_is_body(const LwTokens *tokens, const LwName *name)
{
	return body_before(tokens, name) || body_after(tokens, name) || is_place_name(tokens, name);
}
