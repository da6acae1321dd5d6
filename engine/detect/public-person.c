/* public-person.c - persons whom all know: of history, of the arts, of the state. They stay
 * readable in what is written about them; a citizen of the same name does not.
 *
 * Only a full name of the list counts. Where a letter, a form or a table has the name of somebody,
 * behind "mevrouw" and beside an address it is a citizen's, and so it is then in all of the
 * document. A word of the sentence must say who is meant, or the text is for everybody; else
 * a name that hardly anybody else has is proposed, one that many have goes. */
#include "engine/detect/public-text.h"

#include <stdlib.h>
#include <string.h>

#define REACH	  30   /* tokens of its line, each way */
#define BESIDE	  12   /* tokens to contact data */
#define ABOVE	  24   /* tokens from an office to who signs below it */
#define LAST_BORN 1924 /* of history */
#define PROPOSED  0.45f
#define SURE	  0.6f /* that it is a person; who it is, the list tells */

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	GHashTable *citizens; /* folded names that a mention gives to a citizen */
	guint public_end;     /* token behind what is written for everybody */
} Publics;

typedef struct {
	LwEntity *entity;
	guint first, last;
	guint32 lists; /* 0: not on the list */
	const char *key;
} Mention;

static void read_mention(const Publics *self, guint index, Mention *mention)
{
	const LwTokens *tokens = self->tokens;
	LwEntity *entity = &g_array_index(self->found->items, LwEntity, index);
	guint end;

	*mention = (Mention){.entity = entity};
	if (entity->kind != LW_KIND_PERSON || !entity->span.length)
		return;
	mention->first = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
	mention->last =
		lw_token_find(tokens, lw_normal_find(tokens->normal,
						     entity->span.start + entity->span.length - 1));
	mention->key = lw_token_at(tokens, mention->last)->word;
	if (!(lw_token_at(tokens, mention->last)->flags & LW_TOKEN_CAPITAL))
		return;
	/* "koningin Emma": the word before belongs to it */
	for (guint at = mention->first, back = 0; back < 2 && at + 1 > back; back++) {
		const LwToken *token = lw_token_at(tokens, at - back);

		if (!(token->flags & LW_TOKEN_OPENS || token->lists & LW_WORD_PUBLIC))
			continue;
		mention->lists = lw_token_longest(tokens, at - back, LW_WORD_PUBLIC, &end);
		if (mention->lists && end == mention->last + 1)
			return;
	}
	mention->lists = 0;
}

/* Where a letter or a form puts the name of somebody. */
static gboolean is_placed(LwReason reason)
{
	return reason == LW_REASON_SALUTATION || reason == LW_REASON_CLOSING ||
	       reason == LW_REASON_SIGNATURE_BLOCK || reason == LW_REASON_MAIL_HEADER ||
	       reason == LW_REASON_ATTENDANCE || reason == LW_REASON_SPEAKER ||
	       reason == LW_REASON_FIELD || reason == LW_REASON_SURNAME_FIRST ||
	       reason == LW_REASON_YEARS;
}

/* "DE MINISTER VAN FINANCIËN," above who signs. */
static gboolean is_below_office(const LwTokens *tokens, guint first)
{
	guint low = first > ABOVE ? first - ABOVE : 0;

	for (guint i = low; i < first; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"minister staatssecretaris minister-president premier commissaris"))
			return TRUE;
	return FALSE;
}

static gboolean is_titled(const LwTokens *tokens, guint first)
{
	guint before = first - 1;

	if (first > 1 && lw_token_at(tokens, before)->mark == '.')
		before--;
	return first && lw_token_at(tokens, before)->cues & LW_CUE_ADDRESS;
}

static gboolean fills_cell(const LwTokens *tokens, const Mention *mention)
{
	const LwToken *next = lw_token_at(tokens, mention->last + 1);

	return (lw_token_at(tokens, mention->first)->gap >= LW_GAP_WIDE ||
		lw_token_at(tokens, mention->first - 1)->mark == '|') &&
	       (next->gap >= LW_GAP_WIDE || next->mark == '|');
}

/* Contact data, or what only a citizen has, right behind the name. */
static gboolean has_data(const Publics *self, const Mention *mention, guint index)
{
	guint last = MIN(mention->last + BESIDE, self->tokens->count - 1);
	LwSpan span = lw_token_span(self->tokens, mention->first, last);

	for (guint i = index + 1; i < self->found->items->len; i++) {
		const LwEntity *other = &g_array_index(self->found->items, LwEntity, i);

		if (other->span.start >= span.start + span.length)
			return FALSE;
		if (other->role == LW_ROLE_UNKNOWN &&
		    (other->kind == LW_KIND_ADDRESS || other->kind == LW_KIND_POSTCODE ||
		     other->kind == LW_KIND_BSN || other->kind == LW_KIND_PHONE ||
		     other->kind == LW_KIND_EMAIL || other->kind == LW_KIND_IBAN ||
		     other->kind == LW_KIND_CLIENT_NUMBER || other->kind == LW_KIND_PLATE))
			return TRUE;
	}
	return FALSE;
}

/* One of these words on its line, not too far off? */
static gboolean has_word(const LwTokens *tokens, const Mention *mention, const char *words)
{
	guint from = MAX(lw_token_line_start(tokens, mention->first),
			 mention->first > REACH ? mention->first - REACH : 0);
	guint to = MIN(lw_token_line_end(tokens, mention->last), mention->last + REACH);

	for (guint i = from; i < to; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word, words))
			return TRUE;
	return FALSE;
}

static gboolean speaks_of_citizen(const LwTokens *tokens, const Mention *mention)
{
	return has_word(
		tokens, mention,
		"prive bewoner bewoonster woont woonde woonachtig woonadres thuis client cliente "
		"patient huurder huurster melder klager klaagster buurman buurvrouw uitkering "
		"bezwaarmaker verzoeker aanvrager aanvraagster betrokkene aangever verdachte mij "
		"mijn ik collega belde gebeld teruggebeld");
}

/* What is said of persons whom all know. */
static gboolean speaks_of_public(const LwTokens *tokens, const Mention *mention)
{
	return has_word(
		tokens, mention,
		"minister minister-president premier oud-premier staatssecretaris kamerlid "
		"kamerleden kamer partij partijleider fractie motie moties amendement politicus "
		"koning koningin prins prinses kabinet kabinetten president straat straatnaam "
		"straatnamen vernoemd vernoemen vernoeming genoemd naamgever standbeeld borstbeeld "
		"plaquette schilder schilderij schilderijen schrijver schrijfster dichter "
		"dichteres "
		"kunstenaar kunstenares beeldhouwer architect ontworpen ontwierp tekende schreef "
		"componeerde componist zanger zangeres lezing lezingen expositie concert zaal "
		"onder "
		"acteur actrice cabaretier regisseur dirigent roman romans boek museum "
		"tentoonstelling "
		"verzet verzetsstrijder verzetsstrijdster verzetsheld oorlog arts natuurkundige "
		"scheikundige wiskundige hoogleraar uitvinder filosoof zeeheld admiraal historicus "
		"nobelprijs nobelprijswinnaar eeuw gouden grootmeester olympisch wereldkampioen");
}

/* A text for everybody, or the words tell who is meant. */
static gboolean is_meant(const Publics *self, const Mention *mention)
{
	return mention->first < self->public_end || speaks_of_public(self->tokens, mention);
}

static gboolean is_citizen(const Publics *self, const Mention *mention, guint index)
{
	const LwTokens *tokens = self->tokens;

	if (mention->entity->role != LW_ROLE_UNKNOWN)
		return lw_role_default_action(mention->entity->role) != LW_ACTION_KEEP;
	if (is_placed(mention->entity->reason) && !is_below_office(tokens, mention->first))
		return TRUE;
	return is_titled(tokens, mention->first) || has_data(self, mention, index) ||
	       (mention->first >= self->public_end && fills_cell(tokens, mention) &&
		!is_below_office(tokens, mention->first)) ||
	       speaks_of_citizen(tokens, mention);
}

/* "Anton de Kom, geboren in Paramaribo op 22 februari 1898": dates of who lived long ago. */
static gboolean is_of_history(const LwDocument *document, const LwEntity *entity)
{
	const char *text = document->text + entity->span.start;
	gsize length = entity->span.length;

	return entity->kind == LW_KIND_BIRTH_PLACE ||
	       (entity->kind == LW_KIND_BIRTH_DATE && length >= 4 &&
		g_ascii_isdigit(text[length - 4]) && atoi(text + length - 4) > 1000 &&
		atoi(text + length - 4) <= LAST_BORN);
}

static void free_dates(const Publics *self, const LwDocument *document, const Mention *mention,
		       guint index)
{
	guint last = MIN(mention->last + REACH, lw_token_line_end(self->tokens, mention->last) - 1);
	LwSpan span = lw_token_span(self->tokens, mention->last, last);

	for (guint i = index + 1; i < self->found->items->len; i++) {
		LwEntity *other = &g_array_index(self->found->items, LwEntity, i);

		if (other->span.start >= span.start + span.length || other->kind == LW_KIND_PERSON)
			return;
		if (other->role != LW_ROLE_UNKNOWN || !is_of_history(document, other))
			continue;
		other->role = LW_ROLE_PUBLIC;
		other->reason = LW_REASON_PUBLIC;
	}
}

/* "Marie Curie (1867-1934)": in a text for everybody nobody who was born so long ago still lives.
 */
static void free_history(const Publics *self, const LwDocument *document)
{
	for (guint i = 0; i < self->found->items->len; i++) {
		LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);

		if (entity->kind != LW_KIND_BIRTH_DATE || entity->role != LW_ROLE_UNKNOWN ||
		    !is_of_history(document, entity) ||
		    lw_token_find(self->tokens,
				  lw_normal_find(self->tokens->normal, entity->span.start)) >=
			    self->public_end)
			continue;
		entity->role = LW_ROLE_PUBLIC;
		entity->reason = LW_REASON_PUBLIC;
		if (i && entity[-1].kind == LW_KIND_BIRTH_PLACE) {
			entity[-1].role = LW_ROLE_PUBLIC;
			entity[-1].reason = LW_REASON_PUBLIC;
		}
	}
}

void lw_detect_public_persons(const LwDetectContext *context, LwEntities *found)
{
	Publics self = {.tokens = context->tokens, .found = found};
	g_autoptr(GHashTable) citizens = g_hash_table_new(g_str_hash, g_str_equal);
	Mention mention;

	if (!self.tokens)
		return;
	self.citizens = citizens;
	self.public_end = context->public_end;
	for (guint i = 0; i < found->items->len; i++) {
		read_mention(&self, i, &mention);
		if (mention.lists && is_citizen(&self, &mention, i))
			g_hash_table_add(citizens, (gpointer)mention.key);
	}
	for (guint i = 0; i < found->items->len; i++) {
		read_mention(&self, i, &mention);
		if (!mention.lists || mention.entity->role != LW_ROLE_UNKNOWN ||
		    g_hash_table_contains(citizens, mention.key))
			continue;
		if (!is_meant(&self, &mention)) {
			/* "Mari Andriessen": hardly anybody else, but a person decides */
			if (!(mention.lists & LW_WORD_FREQUENT))
				mention.entity->score = MIN(mention.entity->score, PROPOSED);
			continue;
		}
		mention.entity->score = MAX(mention.entity->score, SURE);
		mention.entity->role = LW_ROLE_PUBLIC;
		mention.entity->reason = LW_REASON_PUBLIC;
		free_dates(&self, context->base.document, &mention, i);
	}
	free_history(&self, context->base.document);
}
