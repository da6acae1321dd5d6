/* sample.h - the second reader: a random sample of unmarked pages, the signature. */
#pragma once

#include "engine/dossier/event.h"

gboolean lw_sample_answer(LwCall *call);
gboolean lw_sample_act(LwCall *call, LwDeed *deed);
gboolean lw_result_act(LwCall *call, LwDeed *deed);
gboolean lw_sign_act(LwCall *call, LwDeed *deed);
gboolean lw_unsign_act(LwCall *call, LwDeed *deed);

/* The most items out of `all` that can be bad, with 95 % certainty, when `bad` of a random sample
 * of `checked` were (hypergeometric, exact). */
guint lw_sample_bound(guint all, guint checked, guint bad);

typedef struct {
	guint unmarked, checked, missed; /* pages; missed: of the random ones */
	guint items;			 /* missed on them */
	gboolean complete;
	double bound;
} LwSampleResult;

void lw_sample_result(LwDossier *dossier, LwSampleResult *result);
