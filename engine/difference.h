/* difference.h - what somebody took out: the plan that turns one document into another. */
#pragma once

#include "engine/plan.h"

/* Marks for everything that the original shows and the redacted document does not, with the strings
 * as secrets; text that only moved is still there. NULL with error when the one cannot come from
 * the other. Yours. */
LwPlan *lw_difference_plan(const LwDocument *original, const LwDocument *redacted,
			   const char *sha256, const LwPlanOptions *options, GError **error);
