/* rewrite_follow.c - lines under words, colours behind them, links around them: where their words
 * go, they go.
 *
 * Invariant: of what belongs to a line that is set anew, nothing keeps an end that its words gave
 * it. */
#include "engine/render/pdf/rewrite_private.h"

#include <math.h>
#include <string.h>

#define THIN   0.2  /* em: a line under or through words */
#define UNDER  0.35 /* em below the boxes of the glyphs where it still is theirs */
#define NEAR   0.25 /* em: edges of words and of what belongs to them */
#define TALL   2.0  /* of the height of its words that a colour or link has at most */
#define SHORT  0.5  /* and at least */
#define POINTS 6    /* of a rectangle drawn as lines */

/* --- rectangles --- */

typedef enum {
	FOLLOW_NOT,
	FOLLOW_MOVED,
	FOLLOW_GONE, /* nothing of its words stays */
} Follow;

static gboolean is_edge(const LwWidthLine *line, double at, int side)
{
	for (guint i = 0; i < line->parts->len; i++)
		if (fabs(g_array_index(line->parts, LwWidthPart, i).from[side] - at) <
		    NEAR * line->size)
			return TRUE;
	return FALSE;
}

static gboolean lies_within(const LwWidthLine *line, const double s[2])
{
	double first = G_MAXDOUBLE, last = -G_MAXDOUBLE;
	for (guint i = 0; i < line->parts->len; i++) {
		const LwWidthPart *part = &g_array_index(line->parts, LwWidthPart, i);
		first = MIN(first, part->from[0]);
		last = MAX(last, part->from[1]);
	}
	return s[0] >= first - NEAR * line->size && s[1] <= last + NEAR * line->size;
}

/* Does a rectangle belong to words of the line? v: its height on the line. */
static gboolean belongs(const LwWidthLine *line, const double s[2], const double v[2])
{
	double height = line->v1 - line->v0;
	if (line->parts->len == 0 || v[1] < line->v0 || v[0] > line->v1 + UNDER * line->size)
		return FALSE;
	if (v[1] - v[0] < THIN * line->size)
		return v[1] <= line->v1 + UNDER * line->size && lies_within(line, s);
	return v[1] - v[0] >= SHORT * height && v[1] - v[0] <= TALL * height &&
	       is_edge(line, s[0], 0) && is_edge(line, s[1], 1);
}

static gboolean any_inside(const LwWidthLine *line, const double s[2])
{
	for (guint i = 0; i < line->parts->len; i++) {
		const LwWidthPart *part = &g_array_index(line->parts, LwWidthPart, i);
		double middle = (part->from[0] + part->from[1]) / 2;
		if (middle >= s[0] && middle <= s[1])
			return TRUE;
	}
	return FALSE;
}

static Follow follow(const Page *page, LwRect *rect)
{
	for (guint i = 0; page->width && i < page->width->lines->len; i++) {
		const LwWidthLine *line = &g_array_index(page->width->lines, LwWidthLine, i);
		double s[2], v[2];
		lw_pdf_line_frame(line->direction, line->rtl, rect, s, v);
		if (!belongs(line, s, v) || !any_inside(line, s))
			continue;
		if (!lw_width_follow(line, s))
			return FOLLOW_GONE;
		*rect = lw_pdf_line_rect(line->direction, line->rtl, s[0], s[1], v[0], v[1]);
		return FOLLOW_MOVED;
	}
	return FOLLOW_NOT;
}

/* --- paths --- */

void lw_follow_construct(Page *page, Out *out, const char *name, LwPdfObject *const *operands,
			 guint count, LwMatrix ctm)
{
	double v[4] = {0};
	if (name[0] == 'W' || name[0] == 'h')
		return;
	if (name[0] == 'm' || name[0] == 'r' || !out->subpaths->len) {
		Subpath fresh = {.extent = {1e30, 1e30, -1e30, -1e30}};
		/* The operator was printed already: it begins after the line before it. */
		gsize at = out->path->len ? out->path->len - 1 : 0;
		while (at > 0 && out->path->str[at - 1] != '\n')
			at--;
		fresh.start = at;
		g_array_append_val(out->subpaths, fresh);
	}
	Subpath *sub = &g_array_index(out->subpaths, Subpath, out->subpaths->len - 1);
	sub->curved |= strchr("cvy", name[0]) != NULL;
	for (guint i = 0; i < MIN(count, 4); i++)
		v[i] = lw_pdf_number(page->pdf, operands[i], 0);
	guint corners = name[0] == 'r' ? 4 : 1;
	for (guint i = 0; i < corners; i++) {
		double x, y;
		lw_matrix_apply(ctm, v[0] + (i & 1 ? v[2] : 0), v[1] + (i & 2 ? v[3] : 0), &x, &y);
		LwExtent *e = &sub->extent;
		*e = (LwExtent){MIN(e->x0, x), MIN(e->y0, y), MAX(e->x1, x), MAX(e->y1, y)};
	}
	sub->points += corners;
}

static LwRect on_page(const Page *page, LwExtent e)
{
	double x0, y0, x1, y1;
	lw_matrix_apply(page->to_page, e.x0, e.y0, &x0, &y0);
	lw_matrix_apply(page->to_page, e.x1, e.y1, &x1, &y1);
	return (LwRect){(float)MIN(x0, x1), (float)MIN(y0, y1), (float)MAX(x0, x1),
			(float)MAX(y0, y1)};
}

static void print_points(GString *bytes, const LwRect *rect, LwMatrix m, gboolean line)
{
	for (int i = 0; i < (line ? 2 : 4); i++) {
		double x, y, far_x = i == 1 || i == 2 ? 1 : 0;
		double far_y = line ? far_x : i & 2 ? 1 : 0;
		lw_matrix_apply(m, (double)(far_x > 0 ? rect->x1 : rect->x0),
				(double)(far_y > 0 ? rect->y1 : rect->y0), &x, &y);
		lw_pdf_print_number(bytes, x);
		g_string_append_c(bytes, ' ');
		lw_pdf_print_number(bytes, y);
		g_string_append(bytes, i ? " l\n" : " m\n");
	}
	if (!line)
		g_string_append(bytes, "h\n");
}

static LwExtent in_user(const Page *page, const LwRect *rect)
{
	double x0, y0, x1, y1;
	lw_matrix_apply(page->to_user, (double)rect->x0, (double)rect->y0, &x0, &y0);
	lw_matrix_apply(page->to_user, (double)rect->x1, (double)rect->y1, &x1, &y1);
	return (LwExtent){MIN(x0, x1), MIN(y0, y1), MAX(x0, x1), MAX(y0, y1)};
}

static void add_extent(LwExtent *all, LwExtent one)
{
	*all = (LwExtent){MIN(all->x0, one.x0), MIN(all->y0, one.y0), MAX(all->x1, one.x1),
			  MAX(all->y1, one.y1)};
}

static Follow follow_subpath(const Page *page, const Subpath *sub, LwRect *rect)
{
	*rect = on_page(page, sub->extent);
	return sub->curved || sub->points > POINTS ? FOLLOW_NOT : follow(page, rect);
}

/* Does anything of the path stay where it is, and does anything follow words? */
static gboolean survey(const Page *page, const Out *out, gboolean *still)
{
	gboolean any = FALSE;
	for (guint i = 0; i < out->subpaths->len; i++) {
		LwRect rect;
		Follow how = follow_subpath(page, &g_array_index(out->subpaths, Subpath, i), &rect);
		any |= how != FOLLOW_NOT;
		*still |= how == FOLLOW_NOT;
	}
	return any;
}

/* The width of a line is one of the source's scale. */
static gboolean same_scale(const LwMatrix *a, const LwMatrix *b)
{
	return a->a == b->a && a->b == b->b && a->c == b->c && a->d == b->d;
}

GString *lw_follow_path(Page *page, Out *out, const LwPdfState *state)
{
	LwMatrix inverse;
	gboolean still = FALSE;
	if (!page->width || !page->width->lines->len || !out->subpaths->len ||
	    !survey(page, out, &still))
		return NULL;
	if (still || !same_scale(&state->ctm, &out->written))
		lw_out_settle(out, state);
	if (!lw_matrix_invert(out->written, &inverse))
		return NULL;
	LwMatrix to_content = lw_matrix_multiply(page->to_user, inverse);
	LwExtent extent = {1e30, 1e30, -1e30, -1e30};
	g_autoptr(GString) bytes = g_string_new(NULL);
	for (guint i = 0; i < out->subpaths->len; i++) {
		const Subpath *sub = &g_array_index(out->subpaths, Subpath, i);
		gsize end = i + 1 < out->subpaths->len
				    ? g_array_index(out->subpaths, Subpath, i + 1).start
				    : out->path->len;
		LwRect rect;
		Follow how = follow_subpath(page, sub, &rect);
		if (how == FOLLOW_NOT)
			g_string_append_len(bytes, out->path->str + sub->start,
					    (gssize)(end - sub->start));
		else if (how == FOLLOW_MOVED)
			print_points(bytes, &rect, to_content, sub->points == 2);
		if (how == FOLLOW_MOVED)
			add_extent(&extent, in_user(page, &rect));
		else if (how == FOLLOW_NOT)
			add_extent(&extent, sub->extent);
	}
	page->path_extent = extent;
	return g_steal_pointer(&bytes);
}

/* --- forms --- */

void lw_follow_paint(Page *page, LwExtent e, double slack)
{
	for (Out *out = page->width ? page->out : NULL; out; out = out->parent)
		out->cut |= e.x0 < out->inside.x0 - slack || e.y0 < out->inside.y0 - slack ||
			    e.x1 > out->inside.x1 + slack || e.y1 > out->inside.y1 + slack;
}

LwPdfObject *lw_follow_form(Page *page, const Out *out)
{
	LwMatrix inverse;
	if (!page->width || out->cut || !lw_matrix_invert(out->form, &inverse))
		return NULL;
	const LwRect sheet = {0, 0, (float)page->content->width, (float)page->content->height};
	LwExtent user = in_user(page, &sheet), box = {1e30, 1e30, -1e30, -1e30};
	for (int k = 0; k < 4; k++) {
		double x, y;
		lw_matrix_apply(inverse, k & 1 ? user.x1 : user.x0, k & 2 ? user.y1 : user.y0, &x,
				&y);
		add_extent(&box, (LwExtent){x, y, x, y});
	}
	const double sides[4] = {floor(box.x0), floor(box.y0), ceil(box.x1), ceil(box.y1)};
	LwPdfObject *array = lw_pdf_new_array(page->pdf);
	for (int i = 0; i < 4; i++)
		lw_pdf_append(page->pdf, array, lw_pdf_new_real(page->pdf, sides[i]));
	return array;
}

/* --- annotations --- */

static gboolean rectangle_of(const Page *page, LwPdfObject *annotation, LwRect *rect)
{
	double r[4];
	if (!lw_pdf_rectangle(page->pdf, lw_pdf_find(page->pdf, annotation, "Rect"), r))
		return FALSE;
	*rect = on_page(page, (LwExtent){r[0], r[1], r[2], r[3]});
	return TRUE;
}

static gboolean meets_any(const GArray *boxes, const LwRect *rect, float inside)
{
	for (guint i = 0; boxes && i < boxes->len; i++) {
		const LwRect *box = &g_array_index(boxes, LwRect, i);
		if (box->x0 + inside <= rect->x1 && box->x1 - inside >= rect->x0 &&
		    box->y0 + inside <= rect->y1 && box->y1 - inside >= rect->y0)
			return TRUE;
	}
	return FALSE;
}

/* Does a mark take this annotation? What goes with its words is judged by where they were. */
gboolean lw_page_strikes(const Page *page, LwPdfObject *annotation)
{
	LwRect rect, moved;
	if (!rectangle_of(page, annotation, &rect))
		return FALSE;
	if (!page->width)
		return meets_any(page->boxes, &rect, 0);
	moved = rect;
	if (meets_any(page->marked_boxes, &rect, 0.3f))
		return TRUE;
	return follow(page, &moved) != FOLLOW_MOVED && meets_any(page->boxes, &rect, 0);
}

static void set_rectangle(Page *page, LwPdfObject *annotation, const LwRect *rect)
{
	LwExtent e = in_user(page, rect);
	const double r[4] = {e.x0, e.y0, e.x1, e.y1};
	LwPdfObject *array = lw_pdf_new_array(page->pdf);
	for (int i = 0; i < 4; i++)
		lw_pdf_append(page->pdf, array, lw_pdf_new_real(page->pdf, r[i]));
	lw_pdf_set(page->pdf, annotation, "Rect", array);
}

void lw_follow_annotations(Page *page)
{
	LwPdf *pdf = page->pdf;
	LwPdfObject *all = lw_pdf_find(pdf, lw_pdf_page(pdf, page->page), "Annots");
	for (guint i = 0; i < lw_pdf_length(all) && page->boxes->len; i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, all, i);
		LwRect rect;
		if (!rectangle_of(page, annotation, &rect))
			continue;
		if (lw_page_strikes(page, annotation)) {
			set_rectangle(page, annotation, &g_array_index(page->boxes, LwRect, 0));
		} else if (follow(page, &rect) == FOLLOW_MOVED) {
			set_rectangle(page, annotation, &rect);
			lw_pdf_set(pdf, annotation, "QuadPoints", NULL);
		}
	}
}
