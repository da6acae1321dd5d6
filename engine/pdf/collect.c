/* collect.c - watches a page and writes down its glyphs and figures in page space as shown. */
#include "engine/pdf/collect.h"

#include "engine/pdf/sight.h"

#include <math.h>
#include <string.h>

#define CLUSTER_GAP	6.0   /* points between strokes of one scribble */
#define CLUSTER_LARGEST 400.0 /* points; larger shapes are drawings */
#define CLUSTERS_OPEN	16    /* the newest ones that may still grow */
#define FIGURES_LARGEST 20000
#define STRAIGHT	0.01 /* of its length that a line may rise; Poppler cuts others up */
#define RULES_LARGEST	20000
#define THIN		3.0f /* points: a narrower rectangle is a line */

typedef struct {
	LwPdf *pdf;
	LwPdfPageContent *content;
	LwMatrix to_page;
	guint page;
	guint32 text_objects, marked; /* marked: innermost open sequence, index + 1 */
	const LwPdfFont *font;	      /* of the glyph before */
	guint16 font_number;
	gboolean font_is_label;
	GHashTable *font_numbers;
	guint64 showing;	 /* of the glyph before */
	LwPdfPageGlyph shown;	 /* what it shares with those that are shown together */
	gboolean repeats;	 /* they are of a pattern, a mask or a glyph */
	GArray *ink;		 /* LwFigure: clusters of curves */
	GArray *path;		 /* LwRect: lines and edges not painted yet */
	double pen[2], start[2]; /* page space */
	LwPdfSight *sight;
} Collector;

static LwRect to_rect(LwExtent e)
{
	return (LwRect){(float)e.x0, (float)e.y0, (float)e.x1, (float)e.y1};
}

static LwExtent through(LwMatrix m, const double quad[8])
{
	LwExtent e = {1e30, 1e30, -1e30, -1e30};
	for (int i = 0; i < 8; i += 2) {
		double x, y;
		lw_matrix_apply(m, quad[i], quad[i + 1], &x, &y);
		if (!isfinite(x) || !isfinite(y))
			continue;
		e.x0 = MIN(e.x0, x);
		e.y0 = MIN(e.y0, y);
		e.x1 = MAX(e.x1, x);
		e.y1 = MAX(e.y1, y);
	}
	if (e.x0 > e.x1)
		e = (LwExtent){0, 0, 0, 0};
	return e;
}

/* The page matrix only turns by quarters: two corners say all. */
static LwExtent turned(LwMatrix m, LwExtent e)
{
	double x0, y0, x1, y1;
	if (!(e.x0 <= e.x1 && e.y0 <= e.y1))
		return (LwExtent){0, 0, 0, 0};
	lw_matrix_apply(m, e.x0, e.y0, &x0, &y0);
	lw_matrix_apply(m, e.x1, e.y1, &x1, &y1);
	return (LwExtent){MIN(x0, x1), MIN(y0, y1), MAX(x0, x1), MAX(y0, y1)};
}

static LwExtent extent_through(LwMatrix m, LwExtent e)
{
	const double quad[8] = {e.x0, e.y0, e.x1, e.y0, e.x1, e.y1, e.x0, e.y1};
	return through(m, quad);
}

static void learn_font(Collector *c, const LwPdfState *state)
{
	c->font = state->font;
	c->font_number =
		(guint16)GPOINTER_TO_UINT(g_hash_table_lookup(c->font_numbers, state->font));
	if (!c->font_number) {
		c->font_number = (guint16)MIN(g_hash_table_size(c->font_numbers) + 1, 65535);
		g_hash_table_insert(c->font_numbers, (gpointer)state->font,
				    GUINT_TO_POINTER(c->font_number));
	}
	c->font_is_label = lw_pdf_is_name(lw_pdf_find(c->pdf, state->font_dictionary, "BaseFont"),
					  LW_PDF_LABEL_FONT);
}

static LwPdfDirection direction_of(double x, double y)
{
	if (!isfinite(x) || !isfinite(y) ||
	    MIN(fabs(x), fabs(y)) > STRAIGHT * MAX(fabs(x), fabs(y)))
		return LW_PDF_ASTRAY;
	if (fabs(x) > fabs(y))
		return x > 0 ? LW_PDF_RIGHT : LW_PDF_LEFT;
	return y > 0 ? LW_PDF_DOWN : LW_PDF_UP;
}

static gboolean repeats(const LwPdfStreamRun *run)
{
	for (; run; run = run->parent)
		if (run->type == LW_STREAM_PATTERN || run->type == LW_STREAM_SOFT_MASK ||
		    run->type == LW_STREAM_CHAR_PROC)
			return TRUE;
	return FALSE;
}

static LwPdfDirection against(LwPdfDirection direction)
{
	static const LwPdfDirection opposite[] = {[LW_PDF_RIGHT] = LW_PDF_LEFT,
						  [LW_PDF_LEFT] = LW_PDF_RIGHT,
						  [LW_PDF_UP] = LW_PDF_DOWN,
						  [LW_PDF_DOWN] = LW_PDF_UP,
						  [LW_PDF_ASTRAY] = LW_PDF_ASTRAY};
	return opposite[direction];
}

/* m: text space to the page. */
static void lean(const LwPdfState *state, const LwPdfGlyph *glyph, LwMatrix m, double angle,
		 LwPdfPageGlyph *one)
{
	LwMatrix em = {state->font_size * state->scale, 0, 0, state->font_size, 0, state->rise};
	LwMatrix back = {cos(angle), -sin(angle), sin(angle), cos(angle), 0, 0};
	LwMatrix from = {1, 0, 0, 1, -one->at[0], -one->at[1]};
	gboolean vertical = lw_pdf_font_is_vertical(state->font);
	double x = vertical ? -glyph->code.vx / 1000 : 0, y = vertical ? -glyph->code.vy / 1000 : 0;
	LwExtent box = {x, lw_pdf_font_descent(state->font) / 1000 + y,
			x + glyph->code.width / 1000, lw_pdf_font_ascent(state->font) / 1000 + y};
	m = lw_matrix_multiply(lw_matrix_multiply(em, m), lw_matrix_multiply(from, back));
	one->leans = TRUE;
	one->angle = angle;
	one->level = to_rect(extent_through(m, box));
	one->glyph.flags |= LW_GLYPH_SLANTED;
}

/* In vertical writing letters follow one another down the page; Poppler cuts such lines up too. */
static void stand(LwPdfPageGlyph *one)
{
	one->slanted = TRUE;
	one->upright = one->direction == LW_PDF_DOWN || one->direction == LW_PDF_UP;
	one->origin_x = one->end_x = (float)one->at[0];
	one->origin_y = one->end_y = (float)one->at[1];
	one->end_y += (float)(one->direction == LW_PDF_DOWN ? one->along : -one->along);
}

/* Vertical writing, and baselines that follow neither side of the page. */
static void measure_askew(const Collector *c, const LwPdfState *state, const LwPdfGlyph *glyph,
			  LwPdfPageGlyph *one)
{
	LwMatrix m = lw_matrix_multiply(lw_matrix_multiply(glyph->text, state->ctm), c->to_page);
	gboolean vertical = lw_pdf_font_is_vertical(state->font);
	double width = glyph->code.width / 1000 * state->font_size * state->scale;
	double height = glyph->code.wy / 1000 * state->font_size, at[2];
	double x = vertical ? height * m.c : width * m.a, y = vertical ? height * m.d : width * m.b;
	double along = hypot(x, y);
	if (!(along > 0)) {
		x = vertical ? -m.c : m.a;
		y = vertical ? -m.d : m.b;
	}
	lw_matrix_apply(m, 0, state->rise, &at[0], &at[1]);
	if (!isfinite(along) || !isfinite(at[0]) || !isfinite(at[1]) || !(hypot(x, y) > 0))
		return;
	one->along = along;
	one->at[0] = at[0];
	one->at[1] = at[1];
	one->direction = direction_of(x, y);
	if (one->direction == LW_PDF_ASTRAY)
		lean(state, glyph, m, atan2(y, x), one);
	if (vertical)
		stand(one);
}

/* What a state and a stream say of all glyphs that are shown together. */
static void begin_showing(Collector *c, const LwPdfStreamRun *run, const LwPdfState *state,
			  const LwPdfGlyph *glyph)
{
	LwMatrix m = lw_matrix_multiply(lw_matrix_multiply(glyph->text, state->ctm), c->to_page);
	c->showing = glyph->showing;
	c->repeats = repeats(run);
	if (state->font != c->font)
		learn_font(c, state);
	c->shown = (LwPdfPageGlyph){
		.glyph = {.page = c->page,
			  .flags = c->font_is_label ? LW_GLYPH_LABEL : 0,
			  .font = c->font_number,
			  .size = isfinite(glyph->em) ? (float)glyph->em : 0},
		.direction = c->repeats || lw_pdf_font_is_vertical(state->font)
				     ? LW_PDF_ASTRAY
				     : direction_of(m.a, m.b),
		.text_object = c->text_objects,
		.marked = c->marked,
		.run = run->serial,
	};
}

/* Its width does not depend on where on the page it stands: equal text gives equal numbers. */
static void measure(const Collector *c, const LwPdfState *state, const LwPdfGlyph *glyph,
		    LwPdfPageGlyph *one)
{
	one->along = glyph->width;
	if (glyph->code.width * state->font_size * state->scale < 0)
		one->direction = against(one->direction);
	lw_matrix_apply(c->to_page, glyph->origin[0], glyph->origin[1], &one->at[0], &one->at[1]);
	if (!isfinite(one->along) || !isfinite(one->at[0]) || !isfinite(one->at[1])) {
		one->direction = LW_PDF_ASTRAY;
		one->along = one->at[0] = one->at[1] = 0;
	}
	one->origin_x = (float)one->at[0];
	one->origin_y = (float)one->at[1];
	double x = glyph->edge[0] * c->to_page.a + glyph->edge[1] * c->to_page.c;
	double y = glyph->edge[0] * c->to_page.b + glyph->edge[1] * c->to_page.d;
	one->end_x = isfinite(x) ? one->origin_x + (float)x : one->origin_x;
	one->end_y = isfinite(y) ? one->origin_y + (float)y : one->origin_y;
	one->upright = fabs(y) > fabs(x);
	one->slanted = MIN(fabs(x), fabs(y)) > STRAIGHT * MAX(fabs(x), fabs(y));
	if (one->direction == LW_PDF_ASTRAY && !c->repeats)
		measure_askew(c, state, glyph, one);
}

static void on_begin(void *self, LwPdfStreamRun *run, const LwPdfState *state)
{
	(void)state;
	Collector *c = self;
	LwPdfRunGlyphs glyphs = {c->content->glyphs->len, c->content->glyphs->len};
	if (run->serial == c->content->runs->len)
		g_array_append_val(c->content->runs, glyphs);
}

static void on_end(void *self, LwPdfStreamRun *run, const LwPdfState *state)
{
	(void)state;
	Collector *c = self;
	if (run->serial < c->content->runs->len)
		g_array_index(c->content->runs, LwPdfRunGlyphs, run->serial).end =
			c->content->glyphs->len;
}

static void on_glyph(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		     const LwPdfGlyph *glyph)
{
	Collector *c = self;
	GArray *glyphs = c->content->glyphs;
	lw_pdf_sight_glyph(c->sight, run, state, glyph);
	if (glyph->showing != c->showing)
		begin_showing(c, run, state, glyph);
	LwExtent box = turned(c->to_page, glyph->extent);
	g_array_set_size(glyphs, glyphs->len + 1);
	LwPdfPageGlyph *one = &g_array_index(glyphs, LwPdfPageGlyph, glyphs->len - 1);
	*one = c->shown;
	one->glyph.unicode = glyph->code.unicode[0] ? glyph->code.unicode[0] : 0xFFFD;
	one->glyph.box = to_rect(box);
	one->glyph.flags |= glyph->flags;
	memcpy(one->more, &glyph->code.unicode[1], sizeof one->more);
	measure(c, state, glyph, one);
	if (!(glyph->flags & (LW_GLYPH_OFF_PAGE | LW_GLYPH_LAYER_OFF))) {
		LwExtent *ink = &c->content->ink;
		*ink = (LwExtent){MIN(ink->x0, box.x0), MIN(ink->y0, box.y0), MAX(ink->x1, box.x1),
				  MAX(ink->y1, box.y1)};
	}
}

static void add_edge(Collector *c, double x0, double y0, double x1, double y1)
{
	LwRect edge = {(float)MIN(x0, x1), (float)MIN(y0, y1), (float)MAX(x0, x1),
		       (float)MAX(y0, y1)};
	if (MIN(edge.x1 - edge.x0, edge.y1 - edge.y0) < THIN && isfinite(x0 + y0 + x1 + y1) &&
	    c->path->len + c->content->rules->len < RULES_LARGEST)
		g_array_append_val(c->path, edge);
}

/* A narrow rectangle is a line, any other four. */
static void add_rectangle(Collector *c, LwMatrix m, const double v[4])
{
	double x0, y0, x1, y1;
	lw_matrix_apply(m, v[0], v[1], &x0, &y0);
	lw_matrix_apply(m, v[0] + v[2], v[1] + v[3], &x1, &y1);
	if (MIN(fabs(x1 - x0), fabs(y1 - y0)) < (double)THIN) {
		add_edge(c, x0, y0, x1, y1);
		return;
	}
	add_edge(c, x0, y0, x1, y0);
	add_edge(c, x0, y1, x1, y1);
	add_edge(c, x0, y0, x0, y1);
	add_edge(c, x1, y0, x1, y1);
}

static void add_line(Collector *c, const double to[2])
{
	add_edge(c, c->pen[0], c->pen[1], to[0], to[1]);
	c->pen[0] = to[0];
	c->pen[1] = to[1];
}

static void construct(Collector *c, const char *name, LwPdfObject *const *operands, guint count,
		      const LwPdfState *state)
{
	LwMatrix m = lw_matrix_multiply(state->ctm, c->to_page);
	double v[6] = {0}, to[2];
	for (guint i = 0; i < MIN(count, 6); i++)
		v[i] = lw_pdf_number(c->pdf, operands[i], 0);
	if (name[0] == 'h') {
		add_line(c, c->start);
		return;
	}
	if (name[0] == 'r') {
		add_rectangle(c, m, v);
		return;
	}
	const double *end = name[0] == 'c' ? v + 4 : name[0] == 'v' || name[0] == 'y' ? v + 2 : v;
	lw_matrix_apply(m, end[0], end[1], &to[0], &to[1]);
	if (name[0] == 'l')
		add_line(c, to);
	memcpy(c->pen, to, sizeof to);
	if (name[0] == 'm')
		memcpy(c->start, to, sizeof to);
}

static void on_operator(void *self, LwPdfStreamRun *run, const char *name,
			LwPdfObject *const *operands, guint count, const LwPdfState *before,
			const LwPdfState *state)
{
	(void)before;
	Collector *c = self;
	lw_pdf_sight_operator(c->sight, run, state, name);
	if (name[1] ? lw_pdf_is(name, "re") : strchr("mlcvyh", name[0]) != NULL) {
		construct(c, name, operands, count, state);
		return;
	}
	if (lw_pdf_is(name, "BT")) {
		c->text_objects++;
	} else if (lw_pdf_is(name, "BDC") || lw_pdf_is(name, "BMC")) {
		g_array_append_val(c->content->marked_parent, c->marked);
		c->marked = c->content->marked_parent->len;
	} else if (lw_pdf_is(name, "EMC") && c->marked) {
		c->marked = g_array_index(c->content->marked_parent, guint32, c->marked - 1);
	}
}

static void on_image(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		     LwPdfObject *image, const char *name, const char *data, gsize length)
{
	(void)image, (void)name, (void)data, (void)length;
	Collector *c = self;
	lw_pdf_sight_image(c->sight, run, state);
	if (lw_pdf_run_is_off(run) || c->content->figures->len >= FIGURES_LARGEST)
		return;
	LwMatrix m = lw_matrix_multiply(state->ctm, c->to_page);
	LwExtent box = extent_through(m, (LwExtent){0, 0, 1, 1});
	LwExtent clip = extent_through(c->to_page, state->clip);
	LwExtent page = {0, 0, c->content->width, c->content->height};
	box = (LwExtent){MAX(MAX(box.x0, clip.x0), page.x0), MAX(MAX(box.y0, clip.y0), page.y0),
			 MIN(MIN(box.x1, clip.x1), page.x1), MIN(MIN(box.y1, clip.y1), page.y1)};
	if (!(box.x0 < box.x1 && box.y0 < box.y1))
		return;
	LwFigure figure = {.type = LW_FIGURE_IMAGE, .box = {c->page, to_rect(box)}};
	g_array_append_val(c->content->figures, figure);
}

static gboolean near_figure(const LwFigure *figure, LwExtent box)
{
	const LwRect *r = &figure->box.rect;
	return box.x0 <= r->x1 + CLUSTER_GAP && box.x1 >= r->x0 - CLUSTER_GAP &&
	       box.y0 <= r->y1 + CLUSTER_GAP && box.y1 >= r->y0 - CLUSTER_GAP;
}

/* A scribble is many curves, or very many short lines, close together. */
static void on_path(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		    const char *paint, const LwPdfPath *path)
{
	Collector *c = self;
	if (paint[0] != 'n' && !lw_pdf_run_is_off(run))
		g_array_append_vals(c->content->rules, c->path->data, c->path->len);
	g_array_set_size(c->path, 0);
	lw_pdf_sight_path(c->sight, run, state, paint, path);
	guint weight = path->curves + (path->lines > 4 ? path->lines / 3 : 0);
	if (!weight || paint[0] == 'n' || lw_pdf_run_is_off(run) ||
	    path->extent.x0 > path->extent.x1)
		return;
	LwExtent box = extent_through(c->to_page, path->extent);
	if (box.x1 - box.x0 > CLUSTER_LARGEST || box.y1 - box.y0 > CLUSTER_LARGEST)
		return;
	guint from = c->ink->len > CLUSTERS_OPEN ? c->ink->len - CLUSTERS_OPEN : 0;
	for (guint i = c->ink->len; i > from; i--) {
		LwFigure *figure = &g_array_index(c->ink, LwFigure, i - 1);
		if (!near_figure(figure, box))
			continue;
		figure->box.rect = lw_rect_union(figure->box.rect, to_rect(box));
		figure->curves += weight;
		return;
	}
	LwFigure figure = {
		.type = LW_FIGURE_PATH, .box = {c->page, to_rect(box)}, .curves = weight};
	if (c->ink->len < FIGURES_LARGEST)
		g_array_append_val(c->ink, figure);
}

static void judge_sight(Collector *c)
{
	const guint8 *unseen = lw_pdf_sight_judge(c->sight);
	for (guint i = 0; i < c->content->glyphs->len; i++) {
		if (!unseen[i])
			continue;
		g_array_index(c->content->glyphs, LwPdfPageGlyph, i).glyph.flags |= LW_GLYPH_UNSEEN;
		c->content->unseen |= unseen[i];
	}
	g_autoptr(GArray) boxes = lw_pdf_sight_boxes(c->sight);
	for (guint i = 0; i < boxes->len; i++) {
		LwRect rect = to_rect(turned(c->to_page, g_array_index(boxes, LwExtent, i)));
		g_array_append_val(c->content->covers, rect);
	}
}

LwPdfPageContent *lw_pdf_collect_page(LwPdfInterpreter *interpreter, LwPdf *pdf, guint page,
				      GError **error)
{
	static const LwPdfWatcher watcher = {.begin = on_begin,
					     .end = on_end,
					     .glyph = on_glyph,
					     .operator= on_operator,
					     .image = on_image,
					     .path = on_path};
	g_autoptr(LwPdfPageContent) content = g_new0(LwPdfPageContent, 1);
	content->glyphs = g_array_new(FALSE, FALSE, sizeof(LwPdfPageGlyph));
	content->marked_parent = g_array_new(FALSE, TRUE, sizeof(guint32));
	content->runs = g_array_new(FALSE, FALSE, sizeof(LwPdfRunGlyphs));
	content->figures = g_array_new(FALSE, TRUE, sizeof(LwFigure));
	content->covers = g_array_new(FALSE, FALSE, sizeof(LwRect));
	content->rules = g_array_new(FALSE, FALSE, sizeof(LwRect));
	content->ink = (LwExtent){1e30, 1e30, -1e30, -1e30};
	Collector c = {.pdf = pdf, .content = content, .page = page};
	c.to_page = lw_pdf_page_matrix(pdf, page, &content->width, &content->height);
	c.font_numbers = g_hash_table_new(NULL, NULL);
	c.ink = g_array_new(FALSE, TRUE, sizeof(LwFigure));
	c.path = g_array_new(FALSE, FALSE, sizeof(LwRect));
	c.sight = lw_pdf_sight_new(pdf);
	gboolean done = lw_pdf_interpret_page(interpreter, page, &watcher, &c, error);
	for (guint i = 0; i < c.ink->len; i++)
		if (g_array_index(c.ink, LwFigure, i).curves >= 3)
			g_array_append_val(content->figures, g_array_index(c.ink, LwFigure, i));
	content->text_objects = c.text_objects;
	judge_sight(&c);
	lw_pdf_sight_free(c.sight);
	g_array_unref(c.ink);
	g_array_unref(c.path);
	g_hash_table_unref(c.font_numbers);
	return done ? g_steal_pointer(&content) : NULL;
}

void lw_pdf_page_content_free(LwPdfPageContent *content)
{
	if (!content)
		return;
	g_array_unref(content->glyphs);
	g_array_unref(content->marked_parent);
	g_clear_pointer(&content->runs, g_array_unref);
	g_array_unref(content->figures);
	g_array_unref(content->covers);
	g_array_unref(content->rules);
	g_free(content);
}
