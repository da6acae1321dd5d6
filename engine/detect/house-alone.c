/* house-alone.c - the number of a house whose street is left out, since who reads it knows the
 * street: "de buurman van nr 17", "op 507 bis A woont", "Warsame (164a)".
 *
 * Only where the sentence speaks of somebody who lives there. Runs after the names. */
#include "engine/detect/detect.h"
#include "engine/detect/token.h"

#include <string.h>

#define LIKELY	  0.5f /* a person */
#define SCORE	  0.7f
#define DIGITS	  4  /* of a house, at most */
#define SENTENCE  14 /* tokens back to who lives there */
#define AHEAD	  4
#define ADDITIONS 2

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *persons; /* by token */
} Houses;

/* "17", "164a", "12-II"; *lettered tells that it is more than figures. */
static gboolean is_number(const LwToken *token, gboolean *lettered)
{
	gsize digits = strspn(token->word, "0123456789");
	const char *rest = token->word + digits;

	*lettered = *rest != '\0';
	if (!digits || digits > DIGITS || *token->word == '0')
		return FALSE;
	rest += *rest == '-';
	return !*rest || (strlen(rest) == 1 && strchr("abcdefgh", *rest)) ||
	       (token->letters <= DIGITS + 2 &&
		lw_token_in(rest, "i ii iii iv hs bis rd zw 1 2 3"));
}

/* The last token of the house: "507 bis A", "88 B". */
static guint house_end(const LwTokens *tokens, guint at, gboolean *lettered)
{
	guint last = at;

	while (last < at + ADDITIONS) {
		const LwToken *next = lw_token_at(tokens, last + 1);
		gboolean letter = next->letters == 1 && next->flags & LW_TOKEN_CAPITAL &&
				  strchr("abcdefgh", *next->word);

		if (next->gap != LW_GAP_SPACE || next->mark ||
		    !(letter ||
		      lw_token_in(next->word, "bis hs ii iii iv zwart rood boven beneden")))
			break;
		*lettered = TRUE;
		last++;
	}
	return last;
}

static gboolean is_resident(const LwToken *token)
{
	return lw_token_in(token->word,
			   "buurman buurvrouw buren overburen bovenburen onderburen overbuurman "
			   "overbuurvrouw bovenbuurman bovenbuurvrouw onderbuurman onderbuurvrouw "
			   "buurmeisje buurjongen bewoner bewoners bewoonster omwonende omwonenden "
			   "familie fam gezin echtpaar weduwe mevrouw meneer mevr mw dhr heer "
			   "huurder huurders huurster eigenaar eigenaresse woon woont wonen woonde "
			   "woonden woonachtig wonend wonende verhuisd bewoond overkant tegenover "
			   "woning huis tuin schuur schutting erf");
}

static gboolean ends_sentence(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->mark && token->mark < 128 && strchr("!?;:", (int)token->mark)
		       ? TRUE
		       : token->mark == '.' &&
				 lw_token_at(tokens, at + 1)->flags & LW_TOKEN_SENTENCE_START;
}

/* Somebody who lives there, before it in its sentence. */
static gboolean has_resident(const Houses *self, guint at)
{
	for (guint back = 0; at > 0 && back < SENTENCE; back++) {
		if (lw_token_at(self->tokens, at)->gap >= LW_GAP_WIDE)
			return FALSE;
		at--;
		if (ends_sentence(self->tokens, at))
			return FALSE;
		if (self->persons[at] || is_resident(lw_token_at(self->tokens, at)))
			return TRUE;
	}
	return FALSE;
}

/* "op nummer 12 woont een gezin" */
static gboolean is_lived_in(const LwTokens *tokens, guint last)
{
	for (guint i = last + 1; i <= last + AHEAD; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->gap >= LW_GAP_WIDE || (token->mark && token->mark != ','))
			return FALSE;
		if (lw_token_in(token->word, "woont wonen woonde woonden blaft staat leeg woon"))
			return !lw_token_in(token->word, "staat leeg") ||
			       lw_token_is(tokens, i + 1, "leeg");
	}
	return FALSE;
}

/* "op nummer 5 van de lijst", "nummer 12 uit de top": a rank, a question, a telephone. */
static gboolean is_counted(const LwTokens *tokens, guint first, guint last)
{
	const LwToken *next = lw_token_at(tokens, last + 1);

	if (next->gap == LW_GAP_NONE && next->mark && strchr("/-:%", (int)MIN(next->mark, 127)))
		return TRUE;
	if (next->gap == LW_GAP_SPACE &&
	    lw_token_in(next->word,
			"van der uit per jaar jr uur euro eur keer maal procent maanden "
			"weken dagen meter organisaties personen mensen leden punten"))
		return TRUE;
	/* "staat op nummer 3" */
	if (first > 1 &&
	    lw_token_in(lw_token_at(tokens, first - 2)->word,
			"staat staan stond stonden eindigt eindigde eindigden komt kwam"))
		return TRUE;
	for (guint i = first, back = 0; i > 0 && back < SENTENCE; back++)
		if (lw_token_in(lw_token_at(tokens, --i)->word,
				"bel belt belde bellen bereikbaar bereiken gebeld telefoonnummer "
				"mobiele "
				"wachtlijst lijst kandidaat plek ranglijst lijn bus kamer"))
			return TRUE;
	return FALSE;
}

/* The token that names the number, or the number itself: "nr. 9", "nummer 12". */
static guint label_start(const LwTokens *tokens, guint at)
{
	guint label = at - (at > 1 && lw_token_at(tokens, at - 1)->mark == '.');

	return label > 0 && label + 2 > at && lw_token_at(tokens, at)->gap <= LW_GAP_LINE &&
			       lw_token_in(lw_token_at(tokens, label - 1)->word,
					   "nummer nr no huisnummer huisnr")
		       ? label - 1
		       : at;
}

/* "Pattiwael van no. 206", "Warsame (164a)", "op 507 bis A, woont" */
static gboolean is_house(const Houses *self, guint first, guint at, guint last, gboolean lettered)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *before = lw_token_at(tokens, first - 1);
	gboolean person = first > 1 &&
			  (self->persons[first - 2] || is_resident(lw_token_at(tokens, first - 2)));

	if (lw_token_at(tokens, first)->gap > LW_GAP_LINE || is_counted(tokens, first, last))
		return FALSE;
	if (before->mark == '(')
		return person && lw_token_at(tokens, last + 1)->mark == ')' &&
		       (first < at || (lettered && lw_token_at(tokens, at)->letters < DIGITS + 1));
	if (!lw_token_in(before->word, "op van uit bij naast"))
		return FALSE;
	if (first < at)
		return has_resident(self, first) || is_lived_in(tokens, last);
	return lettered &&
	       (is_lived_in(tokens, last) || (lw_token_is(tokens, first - 1, "van") && person) ||
		lw_token_in(lw_token_at(tokens, first > 1 ? first - 2 : first)->word,
			    "woon woont wonen woonde buren overburen bovenburen "
			    "onderburen buurman buurvrouw"));
}

static void look_at(const Houses *self, guint at)
{
	gboolean lettered;
	guint first, last;

	if (!is_number(lw_token_at(self->tokens, at), &lettered))
		return;
	last = house_end(self->tokens, at, &lettered);
	first = label_start(self->tokens, at);
	if (!first || (first == at && !lettered) || !is_house(self, first, at, last, lettered))
		return;
	LwEntity *entity = lw_entities_add(self->found, lw_token_span(self->tokens, first, last),
					   LW_KIND_ADDRESS, SCORE, "address/house-alone");

	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = "nummer";
}

void lw_detect_houses_alone(const LwDetectContext *context, LwEntities *found)
{
	Houses self = {.tokens = context->tokens, .found = found};

	if (!self.tokens)
		return;
	self.persons = lw_token_persons(self.tokens, found, LIKELY);
	for (guint i = 1; i < self.tokens->count; i++)
		if (self.tokens->items[i].flags & LW_TOKEN_DIGIT)
			look_at(&self, i);
	g_free(self.persons);
}
