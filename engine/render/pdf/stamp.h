/* stamp.h - the number of a document in the margin of each of its pages. */
#pragma once

#include "engine/base/error.h"
#include "engine/model/mark.h"

/* lw_render_pdf(), and where the plan has a stamp it stands on every page that has room for it, as
 * an artifact; a page without room is told. */
GBytes *lw_render_pdf_stamped(GBytes *input, const LwPlan *plan, LwReceipt *receipt,
			      GError **error);
