/* removal.c - from marks to glyphs. */
#include "engine/model/removal.h"

#include "engine/model/bands.h"
#include "engine/model/secret.h"

#include <math.h>

static gboolean is_blank(gunichar c)
{
	return c == 0xAD || lw_is_blank(c);
}

static gboolean holds_centre(const LwMark *mark, const LwGlyph *glyph)
{
	float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
	for (guint i = 0; i < mark->boxes->len; i++) {
		const LwBox *box = &g_array_index(mark->boxes, LwBox, i);
		if (box->page == glyph->page && x >= box->rect.x0 && x <= box->rect.x1 &&
		    y >= box->rect.y0 && y <= box->rect.y1)
			return TRUE;
	}
	return FALSE;
}

static gboolean is_twin(const LwGlyph *a, const LwGlyph *b)
{
	float reach = 0.3f * MAX(a->size, 1);
	return a->unicode == b->unicode && fabsf(a->box.x0 - b->box.x0) < reach &&
	       fabsf(a->box.y0 - b->box.y0) < reach;
}

/* --- marks by page and by glyph --- */

typedef struct {
	guint32 glyph;
	guint mark;
} Taken;

struct LwPlanIndex {
	GHashTable *pages; /* page -> GArray of guint */
	GArray *taken;	   /* Taken, by glyph, then by mark */
	GArray *none;
};

static gint compare_taken(gconstpointer a, gconstpointer b)
{
	const Taken *x = a, *y = b;
	if (x->glyph != y->glyph)
		return x->glyph < y->glyph ? -1 : 1;
	return x->mark < y->mark ? -1 : x->mark > y->mark;
}

static void add_page(struct LwPlanIndex *index, guint32 page, guint mark)
{
	GArray *marks = g_hash_table_lookup(index->pages, GUINT_TO_POINTER(page));
	if (!marks) {
		marks = g_array_new(FALSE, FALSE, sizeof(guint));
		g_hash_table_insert(index->pages, GUINT_TO_POINTER(page), marks);
	}
	if (!marks->len || g_array_index(marks, guint, marks->len - 1) != mark)
		g_array_append_val(marks, mark);
}

static struct LwPlanIndex *index_new(const LwPlan *plan)
{
	struct LwPlanIndex *index = g_new0(struct LwPlanIndex, 1);
	index->pages = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
	index->taken = g_array_new(FALSE, FALSE, sizeof(Taken));
	index->none = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint m = 0; m < plan->marks->len; m++) {
		const LwMark *mark = plan->marks->pdata[m];
		for (guint i = 0; i < mark->boxes->len; i++)
			add_page(index, g_array_index(mark->boxes, LwBox, i).page, m);
		for (guint i = 0; mark->glyphs && i < mark->glyphs->len; i++) {
			Taken one = {g_array_index(mark->glyphs, guint32, i), m};
			g_array_append_val(index->taken, one);
		}
	}
	g_array_sort(index->taken, compare_taken);
	return index;
}

/* The index is no part of what the plan says: a constant plan gets it too. */
static const struct LwPlanIndex *index_of(const LwPlan *plan)
{
	if (!plan->index)
		((LwPlan *)plan)->index = index_new(plan);
	return plan->index;
}

void lw_plan_index_free(struct LwPlanIndex *index)
{
	g_hash_table_unref(index->pages);
	g_array_unref(index->taken);
	g_array_unref(index->none);
	g_free(index);
}

const GArray *lw_plan_marks_on(const LwPlan *plan, guint32 page)
{
	const struct LwPlanIndex *index = index_of(plan);
	const GArray *marks = g_hash_table_lookup(index->pages, GUINT_TO_POINTER(page));
	return marks ? marks : index->none;
}

static guint first_taken(const GArray *taken, guint32 glyph)
{
	guint low = 0, high = taken->len;
	while (low < high) {
		guint middle = (low + high) / 2;
		if (g_array_index(taken, Taken, middle).glyph < glyph)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Cut off from what shows: where it would stand something else may, so that it goes without a box.
 */
static gboolean is_cut(const LwGlyph *glyph)
{
	return (glyph->flags & LW_GLYPH_OFF_PAGE) ||
	       ((glyph->flags & LW_GLYPH_HIDDEN) && (glyph->flags & LW_GLYPH_UNSEEN));
}

static void take_marked(const LwPlan *plan, const LwGlyph *glyphs, guint32 count, guint32 first,
			guint32 *by)
{
	const GArray *taken = index_of(plan)->taken;
	for (guint i = first_taken(taken, first); i < taken->len; i++) {
		const Taken *one = &g_array_index(taken, Taken, i);
		if (one->glyph - first >= count)
			return;
		guint32 own = one->glyph - first;
		if (!by[own])
			by[own] = is_cut(&glyphs[own]) ? LW_REMOVED_HIDDEN : one->mark + 1;
	}
}

/* --- the law --- */

static gboolean has_twin(const LwMark *mark, const LwGlyph *glyphs, guint32 count, guint32 first,
			 guint32 i)
{
	for (guint k = 0; k < mark->glyphs->len; k++) {
		guint32 own = g_array_index(mark->glyphs, guint32, k);
		if (own >= first && own - first < count &&
		    is_twin(&glyphs[i], &glyphs[own - first]))
			return TRUE;
	}
	return FALSE;
}

static void take_companions(const LwMark *mark, guint32 value, const LwGlyph *glyphs, guint32 count,
			    guint32 first, const LwBands *bands, guint32 *by)
{
	for (guint b = 0; b < mark->boxes->len; b++) {
		const LwRect *rect = &g_array_index(mark->boxes, LwBox, b).rect;
		guint32 candidates;
		const guint32 *near = lw_bands_near(bands, rect->y0, rect->y1, &candidates);
		for (guint32 n = 0; n < candidates; n++) {
			guint32 i = near[n];
			if (!by[i] && holds_centre(mark, &glyphs[i]) &&
			    (is_blank(glyphs[i].unicode) ||
			     has_twin(mark, glyphs, count, first, i)))
				by[i] = value;
		}
	}
}

static void take_area(const LwMark *mark, guint32 value, const LwGlyph *glyphs, guint32 count,
		      guint32 *by)
{
	for (guint i = 0; i < mark->boxes->len; i++) {
		const LwBox *box = &g_array_index(mark->boxes, LwBox, i);
		for (guint32 g = 0; g < count; g++)
			if (!by[g] && !(glyphs[g].flags & LW_GLYPH_LABEL) &&
			    lw_box_covers(box, &glyphs[g]))
				by[g] = value;
	}
}

static gboolean is_hidden(const LwGlyph *glyph)
{
	return (glyph->flags & LW_GLYPH_GOES) && !(glyph->flags & LW_GLYPH_LABEL);
}

static gboolean begins_word(const LwGlyph *last, const LwGlyph *next)
{
	float size = MAX(next->size, 1), gap = next->box.x0 - last->box.x1;
	return fabsf(next->box.y1 - last->box.y1) > 0.3f * size || gap > 0.18f * size ||
	       gap < -size;
}

/* Does a secret stand in what nobody sees of a page? */
static gboolean hidden_tells(const LwPlan *plan, const LwGlyph *glyphs, guint32 count,
			     const guint32 *by)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const LwGlyph *last = NULL;
	for (guint32 i = 0; i < count; i++) {
		if (by[i]) /* a mark took it */
			g_string_append_c(text, ' ');
		if (by[i] || !is_hidden(&glyphs[i]))
			continue;
		if (last && begins_word(last, &glyphs[i]))
			g_string_append_c(text, ' ');
		g_string_append_unichar(text, glyphs[i].unicode);
		last = &glyphs[i];
	}
	if (!last)
		return FALSE;
	g_autoptr(LwSecrets) secrets = lw_secrets_new(plan->secrets);
	return lw_secrets_in_text(secrets, text->str, text->len) >= 0;
}

/* Blanks that follow it tell how wide it was. */
static void take_hidden(const LwPlan *plan, const LwGlyph *glyphs, guint32 count, guint32 *by)
{
	gboolean goes = plan->hidden != LW_HIDDEN_STAYS || hidden_tells(plan, glyphs, count, by);
	gboolean follows = FALSE;
	for (guint32 i = 0; i < count; i++) {
		gboolean blank = is_blank(glyphs[i].unicode);
		if (!by[i] && ((goes && is_hidden(&glyphs[i])) || (blank && follows)))
			by[i] = LW_REMOVED_HIDDEN;
		if (!blank)
			follows = by[i] == LW_REMOVED_HIDDEN;
	}
}

void lw_plan_removed(const LwPlan *plan, const LwGlyph *glyphs, guint32 count, guint32 first,
		     guint32 page, guint32 *by)
{
	for (guint32 i = 0; i < count; i++)
		by[i] = glyphs[i].flags & LW_GLYPH_LAYER_OFF ? LW_REMOVED_HIDDEN : 0;
	take_marked(plan, glyphs, count, first, by);
	const GArray *marks = lw_plan_marks_on(plan, page);
	g_auto(LwBands) bands = {0};
	if (marks->len)
		lw_bands_fill(&bands, glyphs, sizeof(LwGlyph), count);
	for (guint i = 0; i < marks->len; i++) {
		guint m = g_array_index(marks, guint, i);
		const LwMark *mark = plan->marks->pdata[m];
		if (mark->glyphs)
			take_companions(mark, m + 1, glyphs, count, first, &bands, by);
		else
			take_area(mark, m + 1, glyphs, count, by);
	}
	take_hidden(plan, glyphs, count, by);
}
