/* stays.c - where the trained model and the rules disagree on what has to stay readable.
 *
 * Names and addresses that it takes for those of who holds office, of a firm, a room, a ship, a
 * street, a site: it overrules no title, no initials, no field of a form. What only a list, the
 * model or another document made a person is proposed then, and left to whoever reads it. Both the
 * place itself and all places of the word must say so. And the other way round: what a rule keeps
 * because of an office or a desk beside it is proposed where the model sees a private person. */
#include "engine/detect/detect.h"

#include <string.h>

#include "engine/detect/name.h"
#include "engine/detect/tagger.h"

#define HERE	      0.7f /* chance at the place */
#define EVERYWHERE    0.8f /* mean chance of the word in the document */
#define REMOVED	      0.5f
#define PRIVATE_STAYS 0.05f /* chance below which what a rule keeps is looked at again */
#define PRIVATE_NAME  0.8f
#define PRIVATE_DATUM 0.5f
#define PROPOSED      0.45f
#define HOME	      10 /* tokens back to who lives there */
#define LINE	      60 /* tokens of a line */

typedef struct {
	const LwTokens *tokens;
	const LwTags *tags;
	LwEntities *found;
	GHashTable *words; /* folded word, as the tokens share it: Sum */
	guint8 *covered;   /* by token: a find has it */
	guint8 *private;   /* by token: a find about somebody begins there */
} Stays;

typedef struct {
	float chance;
	guint count;
} Sum;

static float chance_at(const Stays *self, guint at)
{
	return lw_tags_chance(self->tags, at, at, LW_TAG_STAYS);
}

static void read_words(Stays *self)
{
	for (guint i = 0; i < self->tokens->count; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);
		Sum *sum;

		if (!*token->word)
			continue;
		sum = g_hash_table_lookup(self->words, token->word);
		if (!sum) {
			sum = g_new0(Sum, 1);
			g_hash_table_insert(self->words, (gpointer)token->word, sum);
		}
		sum->chance += chance_at(self, i);
		sum->count++;
	}
}

/* Over its words; marks say nothing. */
static float mean_chance(const Stays *self, guint first, guint last, LwTag tag)
{
	float sum = 0;
	guint words = 0;

	for (guint i = first; i <= last; i++) {
		if (!*lw_token_at(self->tokens, i)->word)
			continue;
		sum += lw_tags_chance(self->tags, i, i, tag);
		words++;
	}
	return words ? sum / (float)words : 0;
}

/* The last word is what a person is known by. */
static gboolean stays(const Stays *self, guint first, guint last)
{
	const Sum *sum;

	while (last > first && !*lw_token_at(self->tokens, last)->word)
		last--;
	sum = g_hash_table_lookup(self->words, lw_token_at(self->tokens, last)->word);
	return sum && mean_chance(self, first, last, LW_TAG_STAYS) >= HERE &&
	       sum->chance >= EVERYWHERE * (float)sum->count;
}

static void explain(const Stays *self, LwEntity *entity, guint first, guint last, LwTag tag)
{
	g_autofree char *clues = lw_tags_clues(self->tags, first, last, tag);

	entity->reason = tag == LW_TAG_STAYS ? LW_REASON_STAYS : LW_REASON_MODEL;
	entity->evidence = lw_arena_strndup(self->found->arena, clues, strlen(clues));
}

static gboolean is_weak(const LwEntity *entity)
{
	static const char *const rules[] = {"name/first-name", "name/list", "name/table", "tagger"};

	if (entity->kind != LW_KIND_PERSON || entity->score < REMOVED ||
	    entity->role != LW_ROLE_UNKNOWN ||
	    (entity->evidence && lw_token_in(entity->evidence, "par paraaf")))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(rules); i++)
		if (g_str_equal(entity->rule, rules[i]))
			return TRUE;
	return FALSE;
}

/* "boekhouder Vos", "diaken Van Ommen": who it is stands right before the name. */
static gboolean is_called(const Stays *self, guint first)
{
	const LwToken *before = lw_token_at(self->tokens, first - 1);

	return first && lw_token_at(self->tokens, first)->gap <= LW_GAP_LINE &&
	       (before->cues & (LW_CUE_RELATION | LW_CUE_KIN) || lw_name_is_trade(before->word));
}

/* "woont sinds haar geboorte aan de Lekdijk West 31" */
static gboolean is_home(const Stays *self, guint first)
{
	static const char words[] = "woont woon woonde wonen wonend wonende woonachtig woonadres "
				    "wohnt wohnhaft lives verblijft verblijfadres thuis huis";

	for (guint i = first > HOME ? first - HOME : 0; i < first; i++)
		if (lw_token_in(lw_token_at(self->tokens, i)->word, words))
			return TRUE;
	return FALSE;
}

/* Somebody is spoken of on its line. */
static gboolean is_beside_somebody(const Stays *self, guint first, guint last)
{
	guint reach = LINE;

	for (guint i = first; reach > 0; i--, reach--) {
		if (self->private[i])
			return TRUE;
		if (i == 0 || lw_token_at(self->tokens, i)->gap >= LW_GAP_LINE)
			break;
	}
	for (guint i = last + 1; i < self->tokens->count && i - last <= LINE &&
				 lw_token_at(self->tokens, i)->gap < LW_GAP_LINE;
	     i++)
		if (self->private[i])
			return TRUE;
	return FALSE;
}

/* Mere form makes it an address, and the model knows it as that of a site, a firm or an office. */
static gboolean is_site(const Stays *self, const LwEntity *entity, guint first, guint last)
{
	return entity->kind == LW_KIND_ADDRESS && entity->score >= REMOVED &&
	       entity->reason == LW_REASON_FORM && !is_home(self, first) &&
	       !is_beside_somebody(self, first, last) &&
	       mean_chance(self, first, last, LW_TAG_STAYS) >= HERE;
}

static gboolean is_namesake(const Stays *self, const LwEntity *entity, guint first, guint last)
{
	return is_weak(entity) && !is_called(self, first) && stays(self, first, last);
}

/* A word beside it made it an office holder's or a desk's, and the model sees a private person. */
static gboolean is_private_after_all(const Stays *self, const LwEntity *entity, guint first,
				     guint last, LwTag tag)
{
	return lw_role_default_action(entity->role) == LW_ACTION_KEEP &&
	       mean_chance(self, first, last, LW_TAG_STAYS) < PRIVATE_STAYS &&
	       mean_chance(self, first, last, tag) >=
		       (tag == LW_TAG_PERSON ? PRIVATE_NAME : PRIVATE_DATUM);
}

static void mark_private(Stays *self, const LwEntity *entity)
{
	guint at, next;

	lw_token_range(self->tokens, entity->span, &at, &next);
	if (at < next && entity->score >= REMOVED && entity->role == LW_ROLE_UNKNOWN &&
	    (entity->kind == LW_KIND_PERSON || entity->kind == LW_KIND_BIRTH_DATE ||
	     entity->kind == LW_KIND_BSN || entity->kind == LW_KIND_PHONE))
		self->private[at] = 1;
}

static void weigh(Stays *self, LwEntity *entity)
{
	guint first, next, last;
	LwTag tag;

	lw_token_range(self->tokens, entity->span, &first, &next);
	if (next == first)
		return;
	last = next - 1;
	if (entity->score >= REMOVED)
		memset(self->covered + first, 1, last - first + 1);
	tag = entity->kind == LW_KIND_PERSON ? LW_TAG_PERSON : LW_TAG_DATUM;
	if (is_private_after_all(self, entity, first, last, tag))
		entity->role = LW_ROLE_UNKNOWN;
	else if (is_namesake(self, entity, first, last) || is_site(self, entity, first, last))
		tag = LW_TAG_STAYS;
	else
		return;
	entity->score = PROPOSED;
	explain(self, entity, first, last, tag);
}

/* Where nothing was found, the registry may find somebody of another document: it is told. */
static void note_rest(Stays *self)
{
	for (guint i = 0; i < self->tokens->count; i++) {
		LwEntity *note;

		if (self->covered[i] || !(lw_token_at(self->tokens, i)->flags & LW_TOKEN_CAPITAL) ||
		    !stays(self, i, i))
			continue;
		note = lw_entities_add(self->found, lw_token_span(self->tokens, i, i),
				       LW_KIND_PERSON, 0, "model/stays");
		explain(self, note, i, i, LW_TAG_STAYS);
	}
}

void lw_detect_stays(const LwDetectContext *context, LwEntities *found)
{
	Stays self = {.tokens = context->tokens, .tags = context->tags, .found = found};
	guint count = found->items->len;

	if (!context->tags || context->language != LW_LANGUAGE_DUTCH)
		return;
	self.words = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
	self.covered = g_new0(guint8, context->tokens->count + 1);
	self.private = g_new0(guint8, context->tokens->count + 1);
	read_words(&self);
	for (guint i = 0; i < count; i++)
		mark_private(&self, &g_array_index(found->items, LwEntity, i));
	for (guint i = 0; i < count; i++)
		weigh(&self, &g_array_index(found->items, LwEntity, i));
	note_rest(&self);
	g_hash_table_unref(self.words);
	g_free(self.covered);
	g_free(self.private);
}
