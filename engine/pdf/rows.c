/* rows.c - pairs of label and value, by place on the page. No character is lost or made, but a tab
 * per pair. */
#include "engine/pdf/rows.h"

#include <math.h>

#define LINES_LARGEST 3000

typedef struct {
	guint start, length; /* in placed, without the \n */
	float x0, x1, y, size;
	gboolean label; /* ends with a colon */
	guint value;	/* number of the line that belongs behind it + 1 */
	gboolean moved;
} Line;

static void measure(const LwPdfPageContent *content, const GArray *placed, Line *line)
{
	gboolean any = FALSE;
	for (guint i = line->start; i < line->start + line->length; i++) {
		const LwPdfPlaced *one = &g_array_index(placed, LwPdfPlaced, i);
		if (one->glyph == LW_NO_GLYPH || lw_is_blank(one->c))
			continue;
		const LwPdfPageGlyph *g =
			&g_array_index(content->glyphs, LwPdfPageGlyph, one->glyph);
		if (g->upright) {
			line->size = 0;
			return;
		}
		if (!any) {
			line->x0 = g->glyph.box.x0;
			line->y = g->origin_y;
			line->size = MAX(g->glyph.size, 1);
		}
		any = TRUE;
		line->x1 = g->glyph.box.x1;
		line->label = one->c == ':';
	}
}

static GArray *lines_of(const LwPdfPageContent *content, const GArray *placed)
{
	GArray *lines = g_array_new(FALSE, TRUE, sizeof(Line));
	guint start = 0;
	for (guint i = 0; i <= placed->len; i++) {
		if (i < placed->len && g_array_index(placed, LwPdfPlaced, i).c != '\n')
			continue;
		Line line = {.start = start, .length = i - start};
		measure(content, placed, &line);
		g_array_append_val(lines, line);
		start = i + 1;
	}
	return lines;
}

static gboolean beside(const Line *label, const Line *line)
{
	return line->size > 0 && !line->moved && line->x0 >= label->x1 &&
	       fabsf(line->y - label->y) < 0.35f * label->size;
}

/* The nearest line to the right, at any place in the text. */
static guint value_of(const GArray *lines, guint index)
{
	const Line *label = &g_array_index(lines, Line, index);
	guint best = 0;
	for (guint i = 0; i < lines->len; i++) {
		const Line *line = &g_array_index(lines, Line, i);
		if (i == index || !beside(label, line))
			continue;
		if (!best || line->x0 < g_array_index(lines, Line, best - 1).x0)
			best = i + 1;
	}
	return best;
}

static void append_line(GArray *out, const GArray *placed, const GArray *lines, guint index)
{
	for (guint hops = 0; index < lines->len && hops < 16; hops++) {
		const Line *line = &g_array_index(lines, Line, index);
		if (line->length)
			g_array_append_vals(out, &g_array_index(placed, LwPdfPlaced, line->start),
					    line->length);
		if (!line->value)
			return;
		LwPdfPlaced tab = {'\t', LW_NO_GLYPH};
		g_array_append_val(out, tab);
		index = line->value - 1;
	}
}

GArray *lw_pdf_pair_rows(const LwPdfPageContent *content, GArray *placed)
{
	g_autoptr(GArray) lines = lines_of(content, placed);
	gboolean any = FALSE;
	for (guint i = 0; i < lines->len && lines->len <= LINES_LARGEST; i++) {
		Line *line = &g_array_index(lines, Line, i);
		if (!line->label || line->size <= 0 || line->moved)
			continue;
		line->value = value_of(lines, i);
		/* A label beside a label heads a column of its own. */
		if (line->value && g_array_index(lines, Line, line->value - 1).label)
			line->value = 0;
		if (line->value)
			any = g_array_index(lines, Line, line->value - 1).moved = TRUE;
	}
	if (!any)
		return placed;
	GArray *out =
		g_array_sized_new(FALSE, FALSE, sizeof(LwPdfPlaced), placed->len + lines->len);
	for (guint i = 0; i < lines->len; i++) {
		if (g_array_index(lines, Line, i).moved)
			continue;
		append_line(out, placed, lines, i);
		LwPdfPlaced end = {'\n', LW_NO_GLYPH};
		if (i + 1 < lines->len)
			g_array_append_val(out, end);
	}
	g_array_unref(placed);
	return out;
}
