/* attack-glyphs.c - accounting: the glyphs of the file are the glyphs of the original without the
 * removed ones. */
#include "engine/attack.h"

#include "engine/model/removal.h"

#include <math.h>

/* What our writer may never do; of another's file it only says that the plan is not the whole of
 * what happened. */
static gboolean doubt(LwAttack *attack, const char *message, GError **error)
{
	if (attack->maker == LW_MAKER_ANYONE) {
		lw_attack_tell(attack, (LwFinding){"text", "changed", g_intern_string(message), -1,
						   -1, LW_WEIGHT_TRACE});
		return TRUE;
	}
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, message);
	return FALSE;
}

/* Was this glyph of the output one that had to go? */
static int removed_as(const LwAttack *attack, const LwPage *page, const guint32 *by,
		      const LwGlyph *glyph)
{
	for (guint32 i = 0; i < page->glyph_count; i++)
		if (by[i] && lw_account_is_same(&attack->before->glyphs[page->first_glyph + i],
						glyph, page->width))
			return by[i] == LW_REMOVED_HIDDEN ? 0 : (int)by[i];
	return -1;
}

static gboolean account_page(LwAttack *attack, guint32 number, const char **wrong)
{
	const LwPage *in = &attack->before->pages[number], *out = &attack->after->pages[number];
	const LwGlyph *want = attack->before->glyphs + in->first_glyph;
	const LwGlyph *got = attack->after->glyphs + out->first_glyph;
	g_autofree guint32 *by = g_new0(guint32, in->glyph_count + 1);
	lw_plan_removed(attack->plan, want, in->glyph_count, in->first_glyph, number, by);
	LwAccount page = {.want = want,
			  .got = got,
			  .want_count = in->glyph_count,
			  .got_count = out->glyph_count,
			  .by = by,
			  .width = in->width,
			  .level = attack->plan->style.width};
	gint64 stray;
	*wrong = lw_account_page(&page, &stray);
	int mark = stray >= 0 ? removed_as(attack, in, by, &got[stray]) : -1;
	if (mark >= 0) {
		lw_attack_leak(attack, "glyph", (gint32)number, mark - 1);
		*wrong = NULL;
	}
	if (!*wrong && mark < 0 && attack->widths)
		lw_widths_add_page(attack->widths, &page);
	return mark < 0 && !*wrong;
}

/* Whatever its origin, no glyph may stand under a box but its label; annotations included. Where
 * lines were set anew other words may come to stand there: they are accounted for. */
static void look_under_box(LwAttack *attack, const LwBox *box, gint32 mark)
{
	if (box->page >= attack->after->page_count)
		return;
	const LwPage *page = &attack->after->pages[box->page];
	for (guint32 i = 0; i < page->glyph_count; i++) {
		const LwGlyph *glyph = &attack->after->glyphs[page->first_glyph + i];
		if (attack->plan->style.width != LW_WIDTH_EXACT && lw_account_counts(glyph))
			continue;
		if (!(glyph->flags & LW_GLYPH_LABEL) && !g_unichar_isspace(glyph->unicode) &&
		    lw_box_covers(box, glyph))
			lw_attack_leak(attack, "glyph", (gint32)box->page, mark);
	}
}

gboolean lw_attack_glyphs(LwAttack *attack, GError **error)
{
	const LwDocument *before = attack->before, *after = attack->after;
	const char *wrong = NULL;
	if (before->page_count != after->page_count)
		return doubt(attack, "the number of pages changed", error);
	for (guint32 p = 0; p < before->page_count; p++) {
		const LwPage *in = &before->pages[p], *out = &after->pages[p];
		if (fabsf(in->width - out->width) > 0.01f ||
		    fabsf(in->height - out->height) > 0.01f)
			return doubt(attack, "the size of a page changed", error);
		if (!account_page(attack, p, &wrong))
			return !wrong || doubt(attack, wrong, error);
	}
	for (guint m = 0; m < attack->plan->marks->len; m++) {
		const LwMark *mark = attack->plan->marks->pdata[m];
		for (guint k = 0; !mark->glyphs && k < mark->boxes->len; k++)
			look_under_box(attack, &g_array_index(mark->boxes, LwBox, k), (gint32)m);
	}
	return TRUE;
}
