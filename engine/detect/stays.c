/* stays.c - names and addresses that the trained model takes for what has to stay readable: of who
 * holds office, of a firm, a room, a ship, a street, a site.
 *
 * It overrules no title, no initials, no field of a form. What only a list, the model or another
 * document made a person is proposed then, and left to whoever reads it. Both the place itself and
 * all places of the word must say so. */
#include "engine/detect/detect.h"

#include <string.h>

#include "engine/detect/name.h"
#include "engine/detect/tagger.h"

#define HERE	   0.7f /* chance at the place */
#define EVERYWHERE 0.8f /* mean chance of the word in the document */
#define REMOVED	   0.5f
#define PROPOSED   0.45f
#define HOME	   10 /* tokens back to who lives there */
#define LINE	   60 /* tokens of a line */

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

/* The last word is what a person is known by. */
static gboolean stays(const Stays *self, guint first, guint last)
{
	const Sum *sum;
	float here = 0;
	guint words = 0, name = last;

	for (guint i = first; i <= last; i++) {
		if (!*lw_token_at(self->tokens, i)->word)
			continue;
		here += chance_at(self, i);
		name = i;
		words++;
	}
	sum = words ? g_hash_table_lookup(self->words, lw_token_at(self->tokens, name)->word)
		    : NULL;
	return sum && here >= HERE * (float)words && sum->chance >= EVERYWHERE * (float)sum->count;
}

static void explain(const Stays *self, LwEntity *entity, guint first, guint last)
{
	g_autofree char *clues = lw_tags_clues(self->tags, first, last, LW_TAG_STAYS);

	entity->reason = LW_REASON_STAYS;
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
	float chance = 0;
	guint words = 0;

	if (entity->kind != LW_KIND_ADDRESS || entity->score < REMOVED ||
	    entity->reason != LW_REASON_FORM || is_home(self, first) ||
	    is_beside_somebody(self, first, last))
		return FALSE;
	for (guint i = first; i <= last; i++) {
		if (!*lw_token_at(self->tokens, i)->word)
			continue;
		chance += chance_at(self, i);
		words++;
	}
	return words && chance >= HERE * (float)words;
}

static gboolean is_namesake(const Stays *self, const LwEntity *entity, guint first, guint last)
{
	return is_weak(entity) && !is_called(self, first) && stays(self, first, last);
}

static guint token_of(const Stays *self, gsize byte)
{
	return lw_token_find(self->tokens, lw_normal_find(self->tokens->normal, byte));
}

static void mark_private(Stays *self, const LwEntity *entity)
{
	guint at = token_of(self, entity->span.start);

	if (at < self->tokens->count && entity->score >= REMOVED &&
	    entity->role == LW_ROLE_UNKNOWN &&
	    (entity->kind == LW_KIND_PERSON || entity->kind == LW_KIND_BIRTH_DATE ||
	     entity->kind == LW_KIND_BSN || entity->kind == LW_KIND_PHONE))
		self->private[at] = 1;
}

static void weigh(Stays *self, LwEntity *entity)
{
	const LwNormal *normal = self->tokens->normal;
	gsize end = lw_normal_find(normal, (gsize)entity->span.start + entity->span.length);
	guint first = token_of(self, entity->span.start), last = first;

	if (!entity->span.length || first >= self->tokens->count)
		return;
	while (last + 1 < self->tokens->count && lw_token_at(self->tokens, last + 1)->start < end)
		last++;
	if (entity->score >= REMOVED)
		memset(self->covered + first, 1, last - first + 1);
	if (!is_namesake(self, entity, first, last) && !is_site(self, entity, first, last))
		return;
	entity->score = PROPOSED;
	explain(self, entity, first, last);
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
		explain(self, note, i, i);
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
