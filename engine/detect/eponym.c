/* eponym.c - firms, streets, schools, laws and motions that bear the name of a person (woo.md 8.3):
 * the negative grammar.
 *
 * Judges a name that was parsed by the words just before and after it and by its own ending; never
 * looks past a line end. */
#include "engine/detect/name.h"

#include <string.h>

#define MAX_PARTICLES 4

static const char place_endings[] =
	"straat laan plein gracht kade singel school tunnel museum viaduct plantsoen "
	"ziekenhuis college gebouw kazerne stichting kliniek kanaal boulevard brug polder steeg";
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

gboolean lw_word_ends_in(const char *word, const char *spaced)
{
	gsize length = strlen(word);

	for (const char *ending = spaced; *ending; ending += strspn(ending, " ")) {
		gsize size = strcspn(ending, " ");

		if (length > size + 2 && memcmp(word + length - size, ending, size) == 0)
			return TRUE;
		ending += size;
	}
	return FALSE;
}

/* "mevrouw ..." just before: a person, whatever the surname looks like. */
static gboolean is_addressed(const LwTokens *tokens, const LwName *name)
{
	guint at = name->first;

	if (at > 1 && lw_token_at(tokens, at - 1)->mark == '.')
		at--;
	return at > 0 && lw_token_at(tokens, at - 1)->cues & LW_CUE_ADDRESS;
}

static gboolean is_place_name(const LwTokens *tokens, const LwName *name)
{
	const LwToken *last = lw_token_at(tokens, name->last);
	const LwToken *next = lw_token_at(tokens, name->last + 1);
	gboolean number = (next->flags & LW_TOKEN_DIGIT) && next->gap <= LW_GAP_SPACE;
	guint32 lists =
		name->last > name->first ? lw_token_lists(tokens, name->first, name->last) : 0;

	if (!number && is_addressed(tokens, name)) /* nobody says "mevrouw" to a street */
		return FALSE;
	if (!number && name->initials &&
	    (last->lists & LW_WORD_SURNAME || (!lw_word_ends_in(last->word, place_endings) &&
					       !lw_word_ends_in(last->word, "weg dreef baan"))) &&
	    !(lists & LW_WORD_STREET))
		return FALSE;
	if (lw_word_ends_in(last->word, place_endings))
		return number || (last->flags & LW_TOKEN_HYPHEN) ||
		       !(last->lists & LW_WORD_SURNAME) || !(last->lists & LW_WORD_FREQUENT);
	if (lw_word_ends_in(last->word, weak_endings) && !(last->lists & LW_WORD_SURNAME))
		return TRUE;
	if (lw_word_ends_in(last->word, weak_endings) && number)
		return TRUE;
	return (lists & LW_WORD_ORGANISATION) ||
	       (lists & LW_WORD_PLACE && !(lists & LW_WORD_SURNAME)) ||
	       (number && (lists & LW_WORD_STREET));
}

static gboolean body_before(const LwTokens *tokens, const LwName *name)
{
	guint i = name->first;

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

static gboolean body_after(const LwTokens *tokens, const LwName *name)
{
	const LwToken *next = lw_token_at(tokens, name->last + 1);
	const LwToken *second = lw_token_at(tokens, name->last + 2);

	if (next->gap > LW_GAP_SPACE)
		return FALSE;
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

gboolean lw_name_is_body(const LwTokens *tokens, const LwName *name)
{
	return body_before(tokens, name) || body_after(tokens, name) || is_place_name(tokens, name);
}
