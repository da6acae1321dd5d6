/* rewrite_follow.c - lines under words, colours behind them, links around them: where their words
 * go, they go.
 *
 * Invariant: of what belongs to a line that is set anew, nothing keeps an end that its words gave
 * it. */
#include "engine/render/pdf/rewrite_private.h"
#include "engine/render/pdf/width_turn.h"

#include <math.h>
#include <string.h>

#define THIN   0.2  /* em: a line under or through words */
#define UNDER  0.35 /* em below the boxes of the glyphs where it still is theirs */
#define NEAR   0.25 /* em: edges of words and of what belongs to them */
#define TALL   2.0  /* of the height of its words that a colour or link has at most */
#define SHORT  0.5  /* and at least */
#define ASKEW  0.1  /* points that a corner may lie off the sides of what is slanted */
#define GRID   0.1  /* points */
#define SQUARE 1e-9 /* what a matrix may turn that only moves and scales */
#define AROUND 0.5  /* em: between words and the rectangle around them */

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

/* Where something belongs. */
typedef struct {
	LwRect rect; /* page space, turned back by: */
	double angle;
	gboolean struck; /* a mark took some of its words */
} Place;

/* The box around corners on the page turned back. */
static LwRect box_of(const LwCorners *corners, double angle)
{
	LwRect box = {G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT};
	for (guint i = 0; i < corners->count; i++) {
		double at[2] = {corners->at[i][0], corners->at[i][1]};
		lw_width_turn_back(-angle, at);
		box = (LwRect){MIN(box.x0, (float)at[0]), MIN(box.y0, (float)at[1]),
			       MAX(box.x1, (float)at[0]), MAX(box.y1, (float)at[1])};
	}
	return box;
}

/* Is it a rectangle or a line that runs as the words do? */
static gboolean lies_along(const LwCorners *corners, double angle, const LwRect *box)
{
	for (guint i = 0; i < corners->count; i++) {
		double at[2] = {corners->at[i][0], corners->at[i][1]};
		lw_width_turn_back(-angle, at);
		double x = MIN(fabs(at[0] - (double)box->x0), fabs(at[0] - (double)box->x1));
		double y = MIN(fabs(at[1] - (double)box->y0), fabs(at[1] - (double)box->y1));
		if (x > ASKEW || y > ASKEW)
			return FALSE;
	}
	return TRUE;
}

static gboolean is_struck(const LwWidthLine *line, const double s[2])
{
	for (guint i = 0; i < line->parts->len; i++) {
		const LwWidthPart *part = &g_array_index(line->parts, LwWidthPart, i);
		double middle = (part->from[0] + part->from[1]) / 2;
		if (!part->stays && middle >= s[0] && middle <= s[1])
			return TRUE;
	}
	return FALSE;
}

/* Sources round the places of what is slanted. */
static double snapped(const LwWidthLine *line, double v)
{
	return line->base + round((v - line->base) / GRID) * GRID;
}

static Follow go_along(const LwWidthLine *line, double s[2], const double v[2], Place *to)
{
	gboolean slanted = line->angle != 0;
	*to = (Place){.angle = line->angle, .struck = slanted && is_struck(line, s)};
	if (!lw_width_follow(line, s))
		return FOLLOW_GONE;
	to->rect = lw_pdf_line_rect(line->direction, line->rtl, s[0], s[1],
				    slanted ? snapped(line, v[0]) : v[0],
				    slanted ? snapped(line, v[1]) : v[1]);
	return FOLLOW_MOVED;
}

static const LwWidthLine *line_at(const Page *page, guint i)
{
	return &g_array_index(page->width->lines, LwWidthLine, i);
}

static Follow follow(const Page *page, const LwCorners *corners, Place *to)
{
	for (guint i = 0; page->width && i < page->width->lines->len; i++) {
		const LwWidthLine *line = line_at(page, i);
		LwRect rect = box_of(corners, line->angle);
		double s[2], v[2];
		lw_pdf_line_frame(line->direction, line->rtl, &rect, s, v);
		if (belongs(line, s, v) && any_inside(line, s) &&
		    (line->angle == 0 || lies_along(corners, line->angle, &rect)))
			return go_along(line, s, v, to);
	}
	return FOLLOW_NOT;
}

/* The corners of where something goes, on the page. */
static LwCorners corners_of(const Place *place)
{
	const LwRect *r = &place->rect;
	LwCorners corners = {.count = 4};
	for (guint i = 0; i < 4; i++) {
		corners.at[i][0] = (double)(i == 1 || i == 2 ? r->x1 : r->x0);
		corners.at[i][1] = (double)(i & 2 ? r->y1 : r->y0);
		lw_width_turn_back(place->angle, corners.at[i]);
	}
	return corners;
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
		if (sub->corners.count < LW_CORNERS)
			lw_matrix_apply(page->to_page, x, y,
					&sub->corners.at[sub->corners.count][0],
					&sub->corners.at[sub->corners.count][1]);
		sub->corners.count = MIN(sub->corners.count + 1, LW_CORNERS);
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

/* Of a line the first and the third: it has no height. */
static void print_points(GString *bytes, const LwCorners *corners, LwMatrix m, gboolean line)
{
	for (guint i = 0; i < corners->count; i += line ? 2 : 1) {
		double x, y;
		lw_matrix_apply(m, corners->at[i][0], corners->at[i][1], &x, &y);
		lw_pdf_print_number(bytes, x);
		g_string_append_c(bytes, ' ');
		lw_pdf_print_number(bytes, y);
		g_string_append(bytes, i ? " l\n" : " m\n");
	}
	if (!line)
		g_string_append(bytes, "h\n");
}

static void add_extent(LwExtent *all, LwExtent one)
{
	*all = (LwExtent){MIN(all->x0, one.x0), MIN(all->y0, one.y0), MAX(all->x1, one.x1),
			  MAX(all->y1, one.y1)};
}

static LwExtent in_user(const Page *page, const LwCorners *corners)
{
	LwExtent all = {1e30, 1e30, -1e30, -1e30};
	for (guint i = 0; i < corners->count; i++) {
		double x, y;
		lw_matrix_apply(page->to_user, corners->at[i][0], corners->at[i][1], &x, &y);
		add_extent(&all, (LwExtent){x, y, x, y});
	}
	return all;
}

static Follow follow_subpath(const Page *page, const Subpath *sub, LwCorners *to)
{
	Place place;
	if (sub->curved || sub->points > LW_CORNERS)
		return FOLLOW_NOT;
	Follow how = follow(page, &sub->corners, &place);
	if (how == FOLLOW_MOVED)
		*to = corners_of(&place);
	return how;
}

/* Does anything of the path belong to words; does some of it go with them, and some stay? */
static gboolean survey(const Page *page, const Out *out, gboolean *goes, gboolean *still)
{
	gboolean any = FALSE;
	for (guint i = 0; i < out->subpaths->len; i++) {
		LwCorners to;
		Follow how = follow_subpath(page, &g_array_index(out->subpaths, Subpath, i), &to);
		any |= how != FOLLOW_NOT;
		*goes |= how == FOLLOW_MOVED;
		*still |= how == FOLLOW_NOT;
	}
	return any;
}

/* The width of a line is one of the source's scale. */
static gboolean same_scale(const LwMatrix *a, const LwMatrix *b)
{
	return a->a == b->a && a->b == b->b && a->c == b->c && a->d == b->d;
}

static void print_matrix(GString *bytes, LwMatrix m)
{
	const double numbers[] = {m.a, m.b, m.c, m.d, m.e, m.f};
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
		lw_pdf_print_number(bytes, numbers[i]);
		g_string_append_c(bytes, ' ');
	}
	g_string_append(bytes, "cm\n");
}

/* In that scale, but not at the place where it was set. */
static LwMatrix frame(Out *out, LwMatrix ctm, gboolean *framed)
{
	LwMatrix inverse;
	if (!lw_matrix_invert(out->written, &inverse))
		return out->written;
	LwMatrix m = lw_matrix_multiply(ctm, inverse);
	m.e = m.f = 0;
	g_string_append(out->bytes, "q\n");
	print_matrix(out->bytes, m);
	*framed = TRUE;
	return lw_matrix_multiply(m, out->written);
}

GString *lw_follow_path(Page *page, Out *out, const LwPdfState *state, const char *paint,
			gboolean *framed)
{
	LwMatrix inverse;
	gboolean goes = FALSE, still = FALSE, strokes = strchr("bBsS", paint[0]) != NULL;
	if (!page->width || !page->width->lines->len || !out->subpaths->len ||
	    !survey(page, out, &goes, &still))
		return NULL;
	strokes = goes && strokes && !same_scale(&state->ctm, &out->written);
	if (still || (strokes && out->tiles))
		lw_out_settle(out, state);
	LwMatrix written = strokes && !same_scale(&state->ctm, &out->written)
				   ? frame(out, state->ctm, framed)
				   : out->written;
	if (!lw_matrix_invert(written, &inverse))
		return NULL;
	LwMatrix to_content = lw_matrix_multiply(page->to_user, inverse);
	LwExtent extent = {1e30, 1e30, -1e30, -1e30};
	g_autoptr(GString) bytes = g_string_new(NULL);
	for (guint i = 0; i < out->subpaths->len; i++) {
		const Subpath *sub = &g_array_index(out->subpaths, Subpath, i);
		gsize end = i + 1 < out->subpaths->len
				    ? g_array_index(out->subpaths, Subpath, i + 1).start
				    : out->path->len;
		LwCorners to;
		Follow how = follow_subpath(page, sub, &to);
		if (how == FOLLOW_NOT)
			g_string_append_len(bytes, out->path->str + sub->start,
					    (gssize)(end - sub->start));
		else if (how == FOLLOW_MOVED)
			print_points(bytes, &to, to_content, sub->points == 2);
		if (how == FOLLOW_MOVED)
			add_extent(&extent, in_user(page, &to));
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

/* Do any of its words go, or go somewhere else? */
static gboolean stirs(const Page *page, const LwPdfStreamRun *run)
{
	const GArray *runs = page->content->runs;
	LwPdfRunGlyphs glyphs = {0};
	if (run->serial < runs->len)
		glyphs = g_array_index(runs, LwPdfRunGlyphs, run->serial);
	for (guint32 i = glyphs.first; i < glyphs.end; i++)
		if (page->by[i] || page->width->places[i].moved)
			return TRUE;
	return FALSE;
}

static LwMatrix matrix_of(LwPdf *pdf, LwPdfObject *form, gboolean *has)
{
	static const LwMatrix none = {1, 0, 0, 1, 0, 0};
	LwPdfObject *matrix = lw_pdf_find(pdf, form, "Matrix");
	double v[6];
	*has = lw_pdf_length(matrix) == 6;
	for (guint i = 0; i < 6 && *has; i++)
		v[i] = lw_pdf_number(pdf, lw_pdf_item(pdf, matrix, i), ((const double *)&none)[i]);
	return *has ? (LwMatrix){v[0], v[1], v[2], v[3], v[4], v[5]} : none;
}

/* Patterns lie where the form begins: with them it stays where it is. */
void lw_follow_begin(Page *page, Out *out, const LwPdfStreamRun *run, const LwPdfState *state)
{
	const Out *parent = page->out;
	LwMatrix to_parent, inverse;
	gboolean has;
	if (!parent->pending->len || parent->in_text || !stirs(page, run) ||
	    lw_pdf_find(page->pdf, run->resources, "Pattern"))
		return;
	LwMatrix own = matrix_of(page->pdf, run->stream, &has);
	LwMatrix start = lw_matrix_multiply(own, parent->written);
	if (!lw_matrix_invert(own, &to_parent) || !lw_matrix_invert(start, &inverse))
		return;
	LwMatrix shift = lw_matrix_multiply(state->ctm, inverse);
	if (fabs(shift.b) > SQUARE || fabs(shift.c) > SQUARE)
		return;
	if (has)
		print_matrix(out->pending, to_parent);
	g_string_append_len(out->pending, parent->pending->str, (gssize)parent->pending->len);
	if (has)
		print_matrix(out->pending, own);
	out->written = out->form = start;
	out->shift = shift;
	out->loose = TRUE;
}

static LwPdfObject *box_array(LwPdf *pdf, const double sides[4])
{
	LwPdfObject *array = lw_pdf_new_array(pdf);
	for (int i = 0; i < 4; i++)
		lw_pdf_append(pdf, array, lw_pdf_new_real(pdf, sides[i]));
	return array;
}

/* Its own box, where it was before the form was loose. */
static LwPdfObject *shifted_box(LwPdf *pdf, const Out *out, LwPdfObject *form)
{
	double b[4];
	if (!out->loose || !lw_pdf_rectangle(pdf, lw_pdf_find(pdf, form, "BBox"), b))
		return NULL;
	lw_matrix_apply(out->shift, b[0], b[1], &b[0], &b[1]);
	lw_matrix_apply(out->shift, b[2], b[3], &b[2], &b[3]);
	return box_array(pdf, b);
}

LwPdfObject *lw_follow_form(Page *page, const Out *out, LwPdfObject *form)
{
	LwMatrix inverse;
	if (!page->width)
		return NULL;
	if (out->cut || !lw_matrix_invert(out->form, &inverse))
		return shifted_box(page->pdf, out, form);
	const Place sheet = {
		.rect = {0, 0, (float)page->content->width, (float)page->content->height}};
	const LwCorners corners = corners_of(&sheet);
	LwExtent user = in_user(page, &corners), box = {1e30, 1e30, -1e30, -1e30};
	for (int k = 0; k < 4; k++) {
		double x, y;
		lw_matrix_apply(inverse, k & 1 ? user.x1 : user.x0, k & 2 ? user.y1 : user.y0, &x,
				&y);
		add_extent(&box, (LwExtent){x, y, x, y});
	}
	const double sides[4] = {floor(box.x0), floor(box.y0), ceil(box.x1), ceil(box.y1)};
	return box_array(page->pdf, sides);
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

static LwCorners corners_of_rect(const LwRect *rect)
{
	const Place place = {.rect = *rect};
	return corners_of(&place);
}

/* One quadrilateral says more than the rectangle around it. */
static gboolean quad_of(const Page *page, LwPdfObject *annotation, LwCorners *corners)
{
	LwPdfObject *points = lw_pdf_find(page->pdf, annotation, "QuadPoints");
	double v[8];
	if (lw_pdf_length(points) != 8)
		return FALSE;
	for (guint i = 0; i < 8; i++)
		v[i] = lw_pdf_number(page->pdf, lw_pdf_item(page->pdf, points, i), 0);
	corners->count = 4;
	for (guint i = 0; i < 4; i++)
		lw_matrix_apply(page->to_page, v[2 * i], v[2 * i + 1], &corners->at[i][0],
				&corners->at[i][1]);
	return TRUE;
}

/* The slanted words that a rectangle of the page encloses, if it is as high as their line; FALSE:
 * none. */
static gboolean words_within(const LwWidthLine *line, const LwRect *rect, double s[2])
{
	double c = fabs(cos(line->angle)), sine = fabs(sin(line->angle)),
	       high = line->v1 - line->v0;
	double wide = (double)(rect->x1 - rect->x0), tall = (double)(rect->y1 - rect->y0);
	double length = c > sine ? (wide - high * sine) / c : (tall - high * c) / sine;
	double at[2] = {(double)(rect->x0 + rect->x1) / 2, (double)(rect->y0 + rect->y1) / 2};
	lw_width_turn_back(-line->angle, at);
	s[0] = G_MAXDOUBLE;
	s[1] = -G_MAXDOUBLE;
	for (guint i = 0; i < line->parts->len; i++) {
		const LwWidthPart *part = &g_array_index(line->parts, LwWidthPart, i);
		double middle = (part->from[0] + part->from[1]) / 2;
		if (fabs(middle - at[0]) > length / 2)
			continue;
		s[0] = MIN(s[0], part->from[0]);
		s[1] = MAX(s[1], part->from[1]);
	}
	return s[0] < s[1];
}

/* Is this rectangle the one around slanted words? */
static Follow follow_around(const Page *page, const LwRect *rect, Place *to)
{
	for (guint i = 0; page->width && i < page->width->lines->len; i++) {
		const LwWidthLine *line = line_at(page, i);
		double s[2], v[2] = {line->v0, line->v1}, near = AROUND * line->size;
		if (line->angle == 0 || !words_within(line, rect, s))
			continue;
		const Place words = {.rect = {(float)s[0], (float)v[0], (float)s[1], (float)v[1]},
				     .angle = line->angle};
		const LwCorners corners = corners_of(&words);
		LwRect box = box_of(&corners, 0);
		if (fabs((double)(box.x0 - rect->x0)) < near &&
		    fabs((double)(box.x1 - rect->x1)) < near &&
		    fabs((double)(box.y0 - rect->y0)) < near &&
		    fabs((double)(box.y1 - rect->y1)) < near)
			return go_along(line, s, v, to);
	}
	return FOLLOW_NOT;
}

static Follow follow_annotation(const Page *page, LwPdfObject *annotation, const LwRect *rect,
				Place *to)
{
	LwCorners corners = corners_of_rect(rect);
	Follow how = follow(page, &corners, to);
	if (how == FOLLOW_NOT && quad_of(page, annotation, &corners))
		how = follow(page, &corners, to);
	return how == FOLLOW_NOT ? follow_around(page, rect, to) : how;
}

/* Does a mark take this annotation? What goes with its words is judged by where they were; around
 * slanted words more stands in its rectangle than belongs to it. */
gboolean lw_page_strikes(const Page *page, LwPdfObject *annotation)
{
	LwRect rect;
	Place to;
	if (!rectangle_of(page, annotation, &rect))
		return FALSE;
	if (!page->width)
		return meets_any(page->boxes, &rect, 0);
	Follow how = follow_annotation(page, annotation, &rect, &to);
	if (how == FOLLOW_MOVED && to.angle != 0)
		return to.struck;
	if (how == FOLLOW_GONE || meets_any(page->marked_boxes, &rect, 0.3f))
		return TRUE;
	return how != FOLLOW_MOVED && meets_any(page->boxes, &rect, 0);
}

static void set_rectangle(Page *page, LwPdfObject *annotation, const LwCorners *corners)
{
	LwExtent e = in_user(page, corners);
	const double r[4] = {e.x0, e.y0, e.x1, e.y1};
	lw_pdf_set(page->pdf, annotation, "Rect", box_array(page->pdf, r));
}

void lw_follow_annotations(Page *page)
{
	LwPdf *pdf = page->pdf;
	LwPdfObject *all = lw_pdf_find(pdf, lw_pdf_page(pdf, page->page), "Annots");
	for (guint i = 0; i < lw_pdf_length(all) && page->boxes->len; i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, all, i);
		LwRect rect;
		Place to;
		if (!rectangle_of(page, annotation, &rect))
			continue;
		if (lw_page_strikes(page, annotation)) {
			LwCorners box = corners_of_rect(&g_array_index(page->boxes, LwRect, 0));
			set_rectangle(page, annotation, &box);
		} else if (follow_annotation(page, annotation, &rect, &to) == FOLLOW_MOVED) {
			LwCorners corners = corners_of(&to);
			set_rectangle(page, annotation, &corners);
			lw_pdf_set(pdf, annotation, "QuadPoints", NULL);
		}
	}
}
