/* removal.h - the law that renderer and verifier share: which glyphs of a page does a plan take
 * away? */
#pragma once

#include "engine/model/mark.h"

#define LW_REMOVED_HIDDEN G_MAXUINT32 /* what nobody sees */

/* Marks with a box on this page: indices (guint) in the plan's marks, ascending. From the first
 * call on marks may not change. */
const GArray *lw_plan_marks_on(const LwPlan *plan, guint32 page);
void lw_plan_index_free(struct LwPlanIndex *index);

/* glyphs: those of one page, the first of which is number `first` of the document. by: as many;
 * gets 0 for what stays, the index of the mark + 1, or LW_REMOVED_HIDDEN. A text mark takes its
 * glyphs, blanks inside its boxes, and a glyph drawn a second time at the same place; an area takes
 * what lw_box_covers says. Labels of earlier redactions stay.
 * What nobody sees goes by itself when the plan's `hidden` says so, with the blanks behind it;
 * layers that are off always. What is clipped away goes without a box when a mark takes it. */
void lw_plan_removed(const LwPlan *plan, const LwGlyph *glyphs, guint32 count, guint32 first,
		     guint32 page, guint32 *by);
