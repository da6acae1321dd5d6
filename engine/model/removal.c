/* removal.c - from marks to glyphs. */
#include "engine/model/removal.h"

#include "engine/model/secret.h"

#include <math.h>

static gboolean is_blank(gunichar c)
{
	return c == 0xA0 || c == 0xAD || g_unichar_isspace(c);
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

static gboolean on_page(const LwMark *mark, guint32 page)
{
	for (guint i = 0; i < mark->boxes->len; i++)
		if (g_array_index(mark->boxes, LwBox, i).page == page)
			return TRUE;
	return FALSE;
}

static void take_companions(const LwMark *mark, guint32 value, const LwGlyph *glyphs, guint32 count,
			    guint32 first, guint32 *by)
{
	for (guint32 i = 0; i < count; i++) {
		if (by[i] || !holds_centre(mark, &glyphs[i]))
			continue;
		if (is_blank(glyphs[i].unicode)) {
			by[i] = value;
			continue;
		}
		for (guint k = 0; k < mark->glyphs->len && !by[i]; k++) {
			guint32 own = g_array_index(mark->glyphs, guint32, k);
			if (own >= first && own - first < count &&
			    is_twin(&glyphs[i], &glyphs[own - first]))
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

static void take_hidden(const LwPlan *plan, const LwGlyph *glyphs, guint32 count, guint32 *by)
{
	if (plan->hidden == LW_HIDDEN_STAYS && !hidden_tells(plan, glyphs, count, by))
		return;
	for (guint32 i = 0; i < count; i++)
		if (!by[i] && is_hidden(&glyphs[i]))
			by[i] = LW_REMOVED_HIDDEN;
}

void lw_plan_removed(const LwPlan *plan, const LwGlyph *glyphs, guint32 count, guint32 first,
		     guint32 page, guint32 *by)
{
	for (guint32 i = 0; i < count; i++)
		by[i] = glyphs[i].flags & LW_GLYPH_LAYER_OFF ? LW_REMOVED_HIDDEN : 0;
	for (guint m = 0; m < plan->marks->len; m++) {
		const LwMark *mark = plan->marks->pdata[m];
		for (guint k = 0; mark->glyphs && k < mark->glyphs->len; k++) {
			guint32 glyph = g_array_index(mark->glyphs, guint32, k);
			if (glyph >= first && glyph - first < count && !by[glyph - first])
				by[glyph - first] = m + 1;
		}
	}
	for (guint m = 0; m < plan->marks->len; m++) {
		const LwMark *mark = plan->marks->pdata[m];
		if (!on_page(mark, page))
			continue;
		if (mark->glyphs)
			take_companions(mark, m + 1, glyphs, count, first, by);
		else
			take_area(mark, m + 1, glyphs, count, by);
	}
	take_hidden(plan, glyphs, count, by);
}
