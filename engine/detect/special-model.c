/* special-model.c - passages of a special category that the trained model knows and no cue has:
 * "ligt er al weken af", "plast er naast".
 *
 * A passage grows from a word that the model is sure of over its neighbours that may belong to it.
 * One that overlaps what a cue found makes that longer and as sure as itself. In a text for
 * everybody, and in languages that it hardly knows, the model only proposes; where nobody is
 * spoken of it is not asked. */
#include "engine/detect/special.h"
#include "engine/detect/tagger.h"

#include <string.h>

#define MEMBER	 0.2f  /* chance of each word */
#define SEED	 0.2f  /* of its best one, where no cue is */
#define WIDE	 0.2f  /* times that, where calibration weighs what is found */
#define FAR_SEED 0.6f  /* where nobody is in the paragraph or the one above */
#define ALONE	 0.9f  /* from which that is removed */
#define LIFTS	 0.5f  /* from which what a cue made doubtful is removed */
#define PROPOSED 0.49f /* of what is certain */
#define FLOOR	 0.2f
#define PRESENT	 0.5f /* another find */
#define MOST	 14   /* tokens */
#define REACH	 300  /* tokens to somebody of whom it may be said */

typedef struct {
	const LwDetectContext *context;
	const LwTokens *tokens;
	const Scene *scene;
	float wide;	/* WIDE or 1 */
	guint8 *taken;	/* by token: another find has it */
	guint *special; /* by token: the find of a cue that has it, from 1 on; 0 none */
	LwEntities *found;
} Passages;

typedef struct {
	guint first, last;
	float chance; /* of its best word that says something */
} Passage;

static float chance_at(const Passages *self, guint at)
{
	return lw_tags_chance(self->context->tags, at, at, LW_TAG_SPECIAL);
}

static float weight_of(const Passages *self, guint at)
{
	return special_is_empty(self->tokens, at) ? 0 : chance_at(self, at);
}

static gboolean may_hold(const Passages *self, guint at)
{
	return at < self->tokens->count && !self->taken[at] && chance_at(self, at) >= MEMBER;
}

/* ", zijn broer ...": what follows is said of somebody else. */
static gboolean is_of_another(const LwTokens *tokens, guint at)
{
	return lw_token_at(tokens, at)->mark == ',' &&
	       lw_token_in(lw_token_at(tokens, at + 1)->word, "zijn haar mijn hun uw m'n z'n") &&
	       lw_token_at(tokens, at + 2)->cues & (LW_CUE_RELATION | LW_CUE_KIN);
}

/* The same sentence, line and cell. */
static gboolean goes_on(const Passages *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);

	return token->gap <= LW_GAP_LINE && token->gap != LW_GAP_WIDE && token->mark != '|' &&
	       !(token->flags & LW_TOKEN_SENTENCE_START) && !is_of_another(self->tokens, at);
}

static Passage read_passage(const Passages *self, guint first)
{
	Passage passage = {first, first, weight_of(self, first)};

	while (passage.last - first + 1 < MOST && may_hold(self, passage.last + 1) &&
	       goes_on(self, passage.last + 1)) {
		passage.last++;
		passage.chance = MAX(passage.chance, weight_of(self, passage.last));
	}
	while (passage.last > first && lw_token_at(self->tokens, passage.last)->mark)
		passage.last--;
	return passage;
}

/* "In het protocol staat dat een zorgmachtiging ...", "wordt na jicht reuma ingevoegd": a topic;
 * or it is denied. */
static gboolean is_doubtful(const Passages *self, guint at)
{
	static const char topics[] = "protocol aandacht campagne voorlichting draaiboek werkwijze "
				     "cursus lezing scholing "
				     "workshop webinar brochure folder symposium congres ingevoegd";
	guint first, last;

	special_sentence(self->scene, at, &first, &last);
	return special_has_word(self->tokens, first, last, topics) ||
	       special_is_negated(self->tokens, first, at);
}

/* A text for everybody, a topic and a denial leave it to a person. */
static gboolean may_remove(const Passages *self, const Passage *passage, float from)
{
	return passage->chance >= from && passage->first >= self->context->public_end &&
	       !is_doubtful(self, passage->first);
}

/* "Eerdere veroordelingen: 2015 diefstal": the label stays outside of what stands behind it. */
static guint behind_label(const Passages *self, const Passage *passage, guint found)
{
	for (guint i = found; i > passage->first; i--)
		if (lw_token_at(self->tokens, i - 1)->mark == ':')
			return i;
	return passage->first;
}

/* Makes the first that it overlaps hold it; FALSE: there is none. */
static gboolean widen_found(Passages *self, const Passage *passage)
{
	LwSpan span = lw_token_span(self->tokens, passage->first, passage->last);
	guint32 end = span.start + span.length;

	for (guint i = passage->first; i <= passage->last; i++) {
		LwEntity *entity;

		if (!self->special[i])
			continue;
		entity = &g_array_index(self->found->items, LwEntity, self->special[i] - 1);
		if (g_str_equal(entity->rule, "special/label"))
			span.start = lw_token_span(self->tokens, behind_label(self, passage, i),
						   passage->last)
					     .start;
		span.start = MIN(span.start, entity->span.start);
		end = MAX(end, entity->span.start + entity->span.length);
		entity->span = (LwSpan){span.start, end - span.start};
		if (may_remove(self, passage, LIFTS))
			entity->score = MAX(entity->score, passage->chance);
		return TRUE;
	}
	return FALSE;
}

/* Somebody is named in the paragraph or the one above; elsewhere a person decides. */
static gboolean is_near_somebody(const Passages *self, guint at)
{
	return self->context->language == LW_LANGUAGE_DUTCH &&
	       special_has_somebody(self->scene, at);
}

static gboolean may_propose(const Passages *self, guint at)
{
	guint from = at > REACH ? at - REACH : 0;

	if (self->context->language != LW_LANGUAGE_DUTCH)
		return special_has_near(self->scene, at, 1);
	return special_has_anyone(self->scene, from, at + REACH, WHO_PERSON) ||
	       special_has_anyone(self->scene, from, at + REACH, WHO_NUMBER);
}

/* "495 euro" */
static gboolean is_amount(const LwTokens *tokens, const Passage *passage)
{
	return passage->first == passage->last &&
	       lw_token_at(tokens, passage->first)->flags & LW_TOKEN_DIGIT &&
	       lw_token_is(tokens, passage->last + 1, "euro");
}

static void add_passage(Passages *self, const Passage *passage)
{
	g_autofree char *clues = NULL;
	gboolean near, sure;
	LwEntity *entity;

	if (widen_found(self, passage) || passage->chance < SEED * self->wide ||
	    is_amount(self->tokens, passage))
		return;
	near = is_near_somebody(self, passage->first);
	if (passage->chance < FAR_SEED ? !near || passage->first < self->context->public_end
				       : !may_propose(self, passage->first))
		return;
	sure = near && may_remove(self, passage, ALONE);
	entity = lw_entities_add(
		self->found, lw_token_span(self->tokens, passage->first, passage->last),
		LW_KIND_SPECIAL,
		sure ? passage->chance : FLOOR + (PROPOSED - FLOOR) * passage->chance,
		"special/model");
	clues = lw_tags_clues(self->context->tags, passage->first, passage->last, LW_TAG_SPECIAL);
	entity->reason = LW_REASON_MODEL;
	entity->evidence = lw_arena_strndup(self->found->arena, clues, strlen(clues));
}

static void read_found(Passages *self)
{
	for (guint i = 0; i < self->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);
		guint first, next;

		lw_token_range(self->tokens, entity->span, &first, &next);
		for (guint at = first; at < next; at++)
			if (entity->kind != LW_KIND_SPECIAL)
				self->taken[at] |= entity->score >= PRESENT;
			else if (!self->special[at])
				self->special[at] = i + 1;
	}
}

void special_find_passages(const Scene *scene, const LwDetectContext *context, LwEntities *found)
{
	Passages self = {.context = context,
			 .tokens = scene->tokens,
			 .scene = scene,
			 .found = found,
			 .wide = context->calibrated ? WIDE : 1};

	if (!context->tags)
		return;
	self.taken = g_new0(guint8, self.tokens->count + 1);
	self.special = g_new0(guint, self.tokens->count + 1);
	read_found(&self);
	for (guint i = 0; i < self.tokens->count; i++) {
		Passage passage;

		if (!may_hold(&self, i) || lw_token_at(self.tokens, i)->mark)
			continue;
		passage = read_passage(&self, i);
		add_passage(&self, &passage);
		i = passage.last;
	}
	g_free(self.taken);
	g_free(self.special);
}
