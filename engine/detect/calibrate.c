/* calibrate.c - the last word on each find: by the chance that such a find has to go, in documents
 * that people labelled, it goes, is proposed, or stays.
 *
 * One that is missed harms more than one too many, so a find goes from LINE on, and one that a rule
 * removes is only proposed below DOUBT. Between them, and where both agree, the rule keeps its
 * score and its reason. What a role keeps, and a number whose check digit holds, is not
 * weighed. */
#include "engine/detect/calibration.h"

#include "engine/detect/token.h"

#include <string.h>

#define REMOVED	 0.5f  /* score from which a find goes */
#define PROPOSED 0.45f /* of what a rule would remove */
#define UNSAID	 -1.0f /* of what is not even proposed: it is taken out */
#define LINE	 0.28f /* chance from which what was proposed goes */
#define DOUBT	 0.2f  /* chance below which what went is proposed */
#define WORTH	 0.05f /* chance from which review/chance is proposed */
#define HOPELESS 0.02f /* chance below which what a rule proposes is not */
#define STAYS	 19    /* band of the model that it stays: from a half */
#define SHORT	 100   /* tokens of a text like none that it learnt from */

typedef struct {
	const LwCalibration *calibration;
	LwEntities *found;
} Calibrating;

static void explain(const Calibrating *self, LwEntity *entity, const LwEvidence *evidence,
		    gboolean against)
{
	g_autofree char *clues = lw_calibration_clues(self->calibration, evidence, against);

	entity->reason = LW_REASON_WEIGHED;
	entity->evidence = lw_arena_strndup(self->found->arena, clues, strlen(clues));
}

/* In a newspaper nobody is a private person and yet each is one: unless the model says that the
 * name stays, the rule that found it is believed. */
static gboolean may_be_doubted(const LwEntity *entity, const LwEvidence *evidence)
{
	return entity->kind != LW_KIND_PERSON || evidence->values[LW_EVIDENCE_STAYS_MEAN] >= STAYS;
}

/* What no rule has needs more to be shown. */
static float least_of(const LwEntity *entity)
{
	return g_str_equal(entity->rule, "review/chance") ? WORTH : HOPELESS;
}

static void weigh(gpointer data, LwEntity *entity, const LwEvidence *evidence)
{
	const Calibrating *self = data;
	float chance;

	if (lw_role_default_action(entity->role) == LW_ACTION_KEEP ||
	    entity->reason == LW_REASON_CHECKSUM || entity->reason == LW_REASON_CHECKSUM_CONTEXT)
		return;
	chance = lw_calibration_chance(self->calibration, evidence);
	if (entity->score < REMOVED && chance < least_of(entity)) {
		entity->score = UNSAID;
	} else if (entity->score >= REMOVED && chance < DOUBT && may_be_doubted(entity, evidence)) {
		explain(self, entity, evidence, TRUE);
		entity->score = PROPOSED;
	} else if (entity->score < REMOVED && chance >= LINE) {
		explain(self, entity, evidence, FALSE);
		entity->score = MAX(REMOVED, chance);
	}
}

static void take_out_unsaid(LwEntities *found)
{
	guint kept = 0;

	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->score >= 0)
			g_array_index(found->items, LwEntity, kept++) = *entity;
	}
	g_array_set_size(found->items, kept);
}

gboolean lw_calibrates(const LwDetectContext *context)
{
	return context->tags && context->tokens->count >= SHORT &&
	       (context->watch || lw_lexicon_calibration(context->lexicon));
}

void lw_detect_calibrate(const LwDetectContext *context, LwEntities *found)
{
	Calibrating self = {lw_lexicon_calibration(context->lexicon), found};

	if (!context->calibrated)
		return;
	if (context->watch) {
		lw_evidence_each(context, found, context->watch->func, context->watch->self);
		return;
	}
	lw_evidence_each(context, found, weigh, &self);
	take_out_unsaid(found);
}
