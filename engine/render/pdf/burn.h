/* burn.h - writes a PDF without what a plan marks and without anything hidden (engine/model/format.h: write). */
#pragma once

#include "engine/model/mark.h"
#include "engine/base/error.h"

GBytes *lw_render_pdf(GBytes *input, const LwPlan *plan, LwReceipt *receipt, GError **error);
