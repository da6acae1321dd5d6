/* account.h - the law of visible text: which glyph of the output is which of the original. Floor 4;
 * names no format.
 *
 * In `exact` a glyph stays where it is. In the other levels one that stands on a line with
 * something removed keeps character, size and baseline and may go along that line, but over nothing
 * else; in `strict` it may go with the rest of the line behind what was removed. */
#pragma once

#include "engine/model/mark.h"

typedef struct {
	const LwGlyph *want, *got; /* of one page: original and output */
	guint32 want_count, got_count;
	const guint32 *by; /* as lw_plan_removed gives it, for want */
	float width;	   /* of the page */
	LwWidth level;
} LwAccount;

/* Does this glyph count? Blanks carry nothing; labels are ours; annotations go as a whole. */
gboolean lw_account_counts(const LwGlyph *glyph);
/* The same glyph at the same place? */
gboolean lw_account_is_same(const LwGlyph *a, const LwGlyph *b, float width);
/* NULL: every glyph of the output is one that stays, and none is missing. Else what is wrong;
 * *stray gets the glyph of the output that should not be there, or -1. */
const char *lw_account_page(const LwAccount *account, gint64 *stray);
