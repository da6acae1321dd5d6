/* odf.h - writes an OpenDocument text without what a plan marks and without anything hidden. */
#pragma once

#include "engine/model/mark.h"

/* A new package; the same input and plan give the same bytes. LW_ERROR_USAGE for a mark that does
 * not fit the text. Yours. */
GBytes *lw_render_odf(GBytes *input, const LwPlan *plan, LwReceipt *receipt, GError **error);
