/* consistency.h - what is removed in one place and can be read in another. */
#pragma once

#include "engine/dossier/event.h"

gboolean lw_consistency_answer(LwCall *call);
gboolean lw_leave_act(LwCall *call, LwDeed *deed);
/* How many texts are inconsistent and not decided. */
guint lw_consistency_open(LwCall *call);
/* What was found is not good any more: a transaction was taken back, or texts are others. */
void lw_findings_forget(LwDossier *dossier);
