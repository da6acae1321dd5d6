/* lived-street.c - streets without a number where somebody lives: "woont aan de Lijsterbesstraat",
 * "ze wonen boven de kapper op de Laan van Nieuw Guinea".
 *
 * Only behind a word of living, in its clause; a street that is only passed stays. */
#include "engine/detect/detect.h"
#include "engine/detect/street.h"
#include "engine/detect/token.h"

#include <string.h>

#define REACH	     8 /* tokens from the word of living to the street */
#define STREET_WORDS 5
#define SHORT	     4 /* letters of "burg." */
#define MOST_TOKENS  12
#define FORM_LINES   8
#define SUBJECT	     10 /* tokens back to who lives there */
#define LIKELY	     0.5f
#define SCORE	     0.75f

static gboolean is_living(const LwToken *token)
{
	return lw_token_in(
		token->word,
		"woon woont wonen woonde woonden woonachtig wonend wonende verblijft logeert "
		"ingeschreven verhuisd verhuist");
}

/* Somebody, and no club or firm, before the word of living, or nothing at all. */
static gboolean has_somebody(const LwTokens *tokens, const guint8 *persons, guint verb)
{
	for (guint i = verb, back = 0; back < SUBJECT; back++, i--) {
		const LwToken *before = lw_token_at(tokens, i ? i - 1 : tokens->count);

		if (!i || lw_token_at(tokens, i)->gap >= LW_GAP_LINE ||
		    (before->mark && before->mark < 128 && strchr(".:;!?", (int)before->mark)))
			return i == verb;
		if (persons[i - 1] ||
		    lw_token_in(before->word,
				"ik hij zij ze wij we u jij je die moeder vader gezin familie "
				"client cliente betrokkene mevrouw meneer heer mw dhr zoon dochter "
				"kind kinderen ouders vriend vriendin ex partner oma opa zus broer "
				"bewoner bewoonster verdachte melder klager nu"))
			return TRUE;
	}
	return FALSE;
}

static gboolean has_kind(const LwToken *token)
{
	return street_has_ending(token->word) ||
	       (token->flags & LW_TOKEN_CAPITAL && token->lists & LW_WORD_STREET &&
		!(token->lists & (LW_WORD_PLACE | LW_WORD_COMMON)));
}

/* The last token of a street that begins here; 0: none. */
static guint street_end(const LwTokens *tokens, guint at)
{
	gboolean laan = lw_token_in(lw_token_at(tokens, at)->word, "laan plein hof kade");
	guint best = 0, limit = at + STREET_WORDS;

	if (!(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL))
		return 0;
	for (guint i = at; i < limit && i < at + MOST_TOKENS; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		gboolean capital = token->flags & LW_TOKEN_CAPITAL;

		/* "Mr. P.J. Troelstralaan" */
		if (i > at && token->mark == '.' && lw_token_at(tokens, i - 1)->letters <= SHORT) {
			limit++;
			continue;
		}
		if ((i > at && token->gap > LW_GAP_SPACE) || !*token->word ||
		    (!capital && !(token->cues & LW_CUE_PARTICLE)))
			break;
		limit += token->letters == 1;
		if (capital && (has_kind(token) || (laan && i > at)))
			best = i;
	}
	return best;
}

static void look_behind(const LwTokens *tokens, guint verb, LwEntities *found)
{
	guint limit = MIN(lw_token_line_end(tokens, verb), verb + REACH);

	for (guint i = verb + 1; i < limit; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint first = i + 1, last;

		if (token->mark && token->mark < 128)
			return;
		if (!lw_token_in(token->word, "aan op in naar"))
			continue;
		first += lw_token_in(lw_token_at(tokens, first)->word, "de het");
		last = street_end(tokens, first);
		if (!last)
			continue;
		/* a number: address.c has it */
		if (lw_token_at(tokens, last + 1)->flags & LW_TOKEN_DIGIT)
			return;
		LwEntity *entity = lw_entities_add(found, lw_token_span(tokens, first, last),
						   LW_KIND_ADDRESS, SCORE, "address/lived");

		entity->reason = LW_REASON_CONTEXT;
		entity->evidence = "woont";
		return;
	}
}

/* "Vorige adres Mr. Troelstralaan", "nieuw adres is Kerkstraat" */
static void look_behind_label(const LwTokens *tokens, guint label, LwEntities *found)
{
	guint first = label + 1, last;

	if (!label || !lw_token_in(lw_token_at(tokens, label - 1)->word,
				   "vorig vorige oud oude nieuw nieuwe huidig huidige laatste mijn "
				   "zijn haar hun uw je"))
		return;
	first += lw_token_at(tokens, first)->mark == ':';
	first += lw_token_in(lw_token_at(tokens, first)->word, "is was nog nu");
	last = lw_token_at(tokens, first)->gap <= LW_GAP_SPACE ? street_end(tokens, first) : 0;
	if (!last || lw_token_at(tokens, last + 1)->flags & LW_TOKEN_DIGIT)
		return;
	LwEntity *entity = lw_entities_add(found, lw_token_span(tokens, first, last),
					   LW_KIND_ADDRESS, SCORE, "address/lived");

	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = "adres";
}

/* A form about a firm: what stands in its boxes is not of a home. */
static gboolean is_of_firm(const LwTokens *tokens, guint label)
{
	guint low = label;

	for (guint lines = 0; lines < FORM_LINES && low > 0; lines++)
		low = lw_token_line_start(tokens, low - 1);
	for (guint i = low; i < label; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"bedrijf bedrijfsnaam kvk kvk-nummer organisatie instelling "
				"werkgever vestiging onderneming handelsnaam school stichting bv "
				"locatie object perceel projectlocatie bouwlocatie"))
			return TRUE;
	return FALSE;
}

/* The first token of what stands in the box behind a label; 0: the label is no label. */
static guint box_start(const LwTokens *tokens, guint label)
{
	guint first = label + 1;

	first += lw_token_at(tokens, first)->mark == ':';
	return lw_token_at(tokens, first)->gap < LW_GAP_LINE &&
			       (first > label + 1 || lw_token_at(tokens, first)->gap == LW_GAP_WIDE)
		       ? first
		       : 0;
}

static void emit_box(const LwTokens *tokens, guint first, guint last, LwEntities *found)
{
	LwEntity *entity = lw_entities_add(found, lw_token_span(tokens, first, last),
					   LW_KIND_ADDRESS, SCORE, "address/box-of-form");

	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = "straat";
}

/* "Straat: Waalstraat" and "Huisnr: 12  toev.: bis": an address of which each part has its box. */
static void look_in_form(const LwTokens *tokens, guint label, LwEntities *found)
{
	guint first = box_start(tokens, label), last = first, end, stop;

	if (!first || !(lw_token_at(tokens, label)->flags & LW_TOKEN_LINE_START) ||
	    !(lw_token_at(tokens, first)->flags & LW_TOKEN_CAPITAL) || is_of_firm(tokens, label))
		return;
	end = lw_token_line_end(tokens, label);
	while (last + 1 < end && last - first < STREET_WORDS &&
	       lw_token_at(tokens, last + 1)->gap <= LW_GAP_SPACE &&
	       !(lw_token_at(tokens, last + 1)->flags & LW_TOKEN_DIGIT))
		last++;
	/* with its number address.c has it */
	if (last + 1 < end && lw_token_at(tokens, last + 1)->gap <= LW_GAP_SPACE)
		return;
	emit_box(tokens, first, last, found);
	stop = lw_token_line_end(tokens, end);
	for (guint i = last + 1; i < stop; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint box = box_start(tokens, i + (lw_token_at(tokens, i + 1)->mark == '.'));

		if (box && lw_token_at(tokens, box)->letters &&
		    lw_token_at(tokens, box)->letters <= 5 &&
		    lw_token_in(token->word,
				"huisnr huisnummer nr hnr nummer toev toevoeging huisletter"))
			emit_box(tokens, box, box, found);
	}
}

void lw_detect_lived_streets(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	g_autofree guint8 *persons = tokens ? lw_token_persons(tokens, found, LIKELY) : NULL;

	for (guint i = 0; tokens && i < tokens->count; i++)
		if (lw_token_in(tokens->items[i].word, "adres woonadres"))
			look_behind_label(tokens, i, found);
		else if (lw_token_in(tokens->items[i].word, "straat straatnaam"))
			look_in_form(tokens, i, found);
		else if (is_living(&tokens->items[i]) && has_somebody(tokens, persons, i))
			look_behind(tokens, i, found);
}
