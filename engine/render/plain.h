/* plain.h - writes plain text in which each mark is its label. */
#pragma once

#include "engine/model/mark.h"

/* UTF-8; everything outside marks as it was. LW_ERROR_USAGE for a mark that does not fit the text.
 * Yours. */
GBytes *lw_render_plain(GBytes *input, const LwPlan *plan, LwReceipt *receipt, GError **error);
