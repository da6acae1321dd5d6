/* evaluate.h - what lakwerk_evaluate() measured, for those who tell it. Private to engine/. */
#pragma once

#include "engine/score.h"
#include "engine/session.h"

/* Views of score.h: what the policy removes, with what it proposes too, and above each threshold.
 */
enum { LW_VIEW_REMOVED, LW_VIEW_PROPOSED, LW_VIEW_CURVE, LW_VIEW_STEPS = 10 };

/* The threshold of a step of the curve. */
#define LW_VIEW_THRESHOLD(step) ((step) / (double)LW_VIEW_STEPS)

typedef struct {
	Lakwerk *lakwerk;
	LakwerkWriteFunc write;
	void *self;
	LwGold *gold;
	LwRates *rates;
	GHashTable *open; /* "document start": missed by the proposals too */
} LwEvaluation;

/* One fault of the view LW_VIEW_REMOVED, as it is found. */
void lw_evaluation_tell_fault(const LwEvaluation *evaluation, const LwGoldDocument *document,
			      LwFault fault, const char *kind, LwSpan span, gboolean proposed);
/* All rates, as tables or as one line of JSON. */
void lw_evaluation_tell(const LwEvaluation *evaluation);
