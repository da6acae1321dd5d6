/* rule.h - what people taught this dossier: never again, and how well each rule of ours does here.
 */
#pragma once

#include "engine/dossier/event.h"

gboolean lw_rule_act(LwCall *call, LwDeed *deed);
/* After a scan: what the rules say of marks that are open. */
void lw_rules_apply(LwCall *call);
gboolean lw_rules_answer(LwCall *call);
gboolean lw_precision_answer(LwCall *call);
