/* lines.c - glyphs to lines by baseline, lines to cells by gaps, rules and columns.
 *
 * Invariant: every glyph that a reader can see stands in one cell at most. */
#include "engine/pdf/lines.h"

#include <math.h>
#include <string.h>

#define BASELINE   0.2	/* em: baselines this near are one line */
#define UNEQUAL	   2.5f /* times: a brace or an initial is no letter of the line beside it */
#define NEARBY	   4	/* rows above and below that a small one may belong to */
#define RECENT	   3	/* rows that a letter may still belong to */
#define SMALL	   0.85 /* of the size of the line: text above or below its baseline */
#define STACKED	   1.2	/* times its size: letters that are about as large */
#define FEW	   8	/* times as many glyphs as those that stand askew */
#define WIDE	   2.0	/* em: a gap that parts cells */
#define MAYBE	   1.0	/* em: one that does when it is unlike the others of its line */
#define UNLIKE	   2.2
#define EVEN	   0.06 /* em: gaps that are alike */
#define WORD	   0.12 /* em: from here a gap is between words */
#define STOP	   0.5	/* em: a gap that parts cells where other lines have one too */
#define SAME	   0.6	/* points: of one column */
#define RULED	   0.6	/* of the height of a line that a rule has to span */
#define TOUCH	   0.05 /* em: an edge this near to a word is that of its colour */
#define STOPS	   4000 /* columns that are looked at, and tests of rules in one line: */
#define RULE_TESTS 4000000

typedef struct {
	const LwPdfPageContent *content;
	const guint32 *by;
	LwPdfLines *lines;
	GArray *rows; /* Row */
} Build;

typedef struct {
	LwPdfDirection direction;
	guint layer;
	gboolean rtl, merged, marked;
	double baseline;
	float size, v0, v1;
	GArray *glyphs; /* guint32 */
	guint own;	/* of them, before others joined */
} Row;

static const LwPdfPageGlyph *glyph_at(const LwPdfPageContent *content, guint32 i)
{
	return &g_array_index(content->glyphs, LwPdfPageGlyph, i);
}

static gboolean is_blank(const LwPdfPageGlyph *g)
{
	return lw_is_blank(g->glyph.unicode);
}

static double baseline_of(const LwPdfPageGlyph *g)
{
	return g->direction == LW_PDF_UP || g->direction == LW_PDF_DOWN ? g->at[0] : g->at[1];
}

LwRect lw_pdf_line_rect(LwPdfDirection direction, gboolean rtl, double s0, double s1, double v0,
			double v1)
{
	gboolean upright = direction == LW_PDF_UP || direction == LW_PDF_DOWN;
	gboolean back = (direction == LW_PDF_LEFT || direction == LW_PDF_UP) != rtl;
	float low = (float)(back ? -s1 : s0), high = (float)(back ? -s0 : s1);
	if (upright)
		return (LwRect){(float)v0, low, (float)v1, high};
	return (LwRect){low, (float)v0, high, (float)v1};
}

/* --- rows --- */

/* Text over a picture, and that of annotations, makes lines of its own. */
static guint layer_of(const LwPdfPageGlyph *g)
{
	return g->glyph.flags & (LW_GLYPH_INVISIBLE | LW_GLYPH_ANNOTATION);
}

/* Glyphs that follow one another in the content at one height: a line is a few of them. */
typedef struct {
	LwPdfDirection direction;
	guint layer;
	double baseline;
	guint first, count; /* in what can be placed */
} Stretch;

static gint compare_stretches(gconstpointer a, gconstpointer b)
{
	const Stretch *s = a, *t = b;
	if (s->direction != t->direction)
		return s->direction < t->direction ? -1 : 1;
	if (s->layer != t->layer)
		return s->layer < t->layer ? -1 : 1;
	if (s->baseline != t->baseline)
		return s->baseline < t->baseline ? -1 : 1;
	return s->first < t->first ? -1 : s->first > t->first;
}

static void row_clear(gpointer data)
{
	g_array_unref(((Row *)data)->glyphs);
}

static void row_add(Row *row, const LwPdfPageContent *content, guint32 i)
{
	const LwPdfPageGlyph *g = glyph_at(content, i);
	gboolean upright = g->direction == LW_PDF_UP || g->direction == LW_PDF_DOWN;
	float v0 = upright ? g->glyph.box.x0 : g->glyph.box.y0;
	float v1 = upright ? g->glyph.box.x1 : g->glyph.box.y1;
	row->v0 = row->glyphs->len ? MIN(row->v0, v0) : v0;
	row->v1 = row->glyphs->len ? MAX(row->v1, v1) : v1;
	row->size = MAX(row->size, lw_pdf_line_em(g));
	g_array_append_val(row->glyphs, i);
	row->own++;
}

static gboolean can_be_placed(const Build *b, guint32 i)
{
	const LwPdfPageGlyph *g = glyph_at(b->content, i);
	return g->direction != LW_PDF_ASTRAY && b->by[i] != G_MAXUINT32 &&
	       !(g->glyph.flags & (LW_GLYPH_HIDDEN | LW_GLYPH_OFF_PAGE | LW_GLYPH_LAYER_OFF));
}

/* The newest rows come first; a letter of quite another size has one of its own. */
static Row *row_for(const Build *b, const LwPdfPageGlyph *g)
{
	float em = lw_pdf_line_em(g);
	for (guint back = 1; back <= MIN(b->rows->len, RECENT); back++) {
		Row *row = &g_array_index(b->rows, Row, b->rows->len - back);
		float large = MAX(row->size, em), small = MIN(row->size, em);
		if (row->direction == g->direction && row->layer == layer_of(g) &&
		    baseline_of(g) - row->baseline <= BASELINE * (double)large &&
		    large <= UNEQUAL * small)
			return row;
	}
	return NULL;
}

static void add_to_rows(Build *b, guint32 i)
{
	const LwPdfPageGlyph *g = glyph_at(b->content, i);
	Row *row = row_for(b, g);
	if (!row) {
		Row fresh = {.direction = g->direction,
			     .layer = layer_of(g),
			     .baseline = baseline_of(g),
			     .glyphs = g_array_new(FALSE, FALSE, sizeof(guint32))};
		g_array_append_val(b->rows, fresh);
		row = &g_array_index(b->rows, Row, b->rows->len - 1);
	}
	row_add(row, b->content, i);
}

/* placed: gets the glyphs that can be; yours. */
static GArray *stretches_of(const Build *b, GArray *placed)
{
	GArray *stretches = g_array_new(FALSE, FALSE, sizeof(Stretch));
	Stretch *last = NULL;
	for (guint32 i = 0; i < b->content->glyphs->len; i++) {
		if (!can_be_placed(b, i))
			continue;
		const LwPdfPageGlyph *g = glyph_at(b->content, i);
		if (!last || last->direction != g->direction || last->layer != layer_of(g) ||
		    last->baseline != baseline_of(g)) {
			Stretch fresh = {g->direction, layer_of(g), baseline_of(g), placed->len, 0};
			g_array_append_val(stretches, fresh);
			last = &g_array_index(stretches, Stretch, stretches->len - 1);
		}
		last->count++;
		g_array_append_val(placed, i);
	}
	return stretches;
}

static void find_rows(Build *b)
{
	g_autoptr(GArray) placed = g_array_new(FALSE, FALSE, sizeof(guint32));
	g_autoptr(GArray) stretches = stretches_of(b, placed);
	g_array_sort(stretches, compare_stretches);
	for (guint k = 0; k < stretches->len; k++) {
		const Stretch *stretch = &g_array_index(stretches, Stretch, k);
		for (guint m = 0; m < stretch->count; m++)
			add_to_rows(b, g_array_index(placed, guint32, stretch->first + m));
	}
}

static void extent_of(const LwPdfPageContent *content, const Row *row, double u[2])
{
	u[0] = G_MAXDOUBLE;
	u[1] = -G_MAXDOUBLE;
	for (guint k = 0; k < row->glyphs->len; k++) {
		const LwPdfPageGlyph *g = glyph_at(content, g_array_index(row->glyphs, guint32, k));
		u[0] = MIN(u[0], lw_pdf_line_forward(g));
		u[1] = MAX(u[1], lw_pdf_line_forward(g) + g->along);
	}
}

/* Does a glyph of the row, of this size at least, stand above, below or beside it? */
static gboolean is_near(const Build *b, const Row *row, const double s[2], double least)
{
	for (guint k = 0; k < row->own; k++) {
		const LwPdfPageGlyph *g =
			glyph_at(b->content, g_array_index(row->glyphs, guint32, k));
		if ((double)lw_pdf_line_em(g) >= least &&
		    lw_pdf_line_forward(g) < s[1] + (double)row->size &&
		    lw_pdf_line_forward(g) + g->along > s[0] - (double)row->size)
			return TRUE;
	}
	return FALSE;
}

/* Letters of its own size stand above or below it, not beside it: a line of their own, which a tall
 * sign beside both makes no superscript. */
static gboolean is_stacked(const Build *b, const Row *small, const Row *row, const double s[2])
{
	for (guint k = 0; k < row->own; k++) {
		const LwPdfPageGlyph *g =
			glyph_at(b->content, g_array_index(row->glyphs, guint32, k));
		double from = MAX(lw_pdf_line_forward(g), s[0]),
		       to = MIN(lw_pdf_line_forward(g) + g->along, s[1]);
		double em = (double)lw_pdf_line_em(g);
		if (!is_blank(g) && em <= (double)small->size * STACKED &&
		    to - from > g->along / 2 &&
		    fabs(baseline_of(g) - small->baseline) > em * STACKED / 2)
			return TRUE;
	}
	return FALSE;
}

/* A smaller line, or one of a few letters, that lies in the band of its neighbour: superscripts,
 * subscripts, logotypes. */
static gboolean belongs_to(const Build *b, const Row *small, const Row *row)
{
	if (row->merged || row->direction != small->direction || row->layer != small->layer)
		return FALSE;
	gboolean smaller = (double)small->size <= SMALL * (double)row->size;
	gboolean few = small->glyphs->len * FEW <= row->glyphs->len;
	float shared = MIN(small->v1, row->v1) - MAX(small->v0, row->v0);
	if (shared < (smaller ? 0.5f : 0.6f) * (small->v1 - small->v0) || (!smaller && !few) ||
	    small->own > row->own) /* a brace over many lines makes them none */
		return FALSE;
	double s[2], r[2], reach = (double)row->size;
	extent_of(b->content, small, s);
	extent_of(b->content, row, r);
	return s[0] > r[0] - reach && s[1] < r[1] + reach && !is_stacked(b, small, row, s) &&
	       is_near(b, row, s, smaller ? (double)small->size / SMALL : 0);
}

/* The nearest row by baseline that it belongs to; columns beside it may have rows between. */
static Row *host_of(Build *b, guint at)
{
	const Row *small = &g_array_index(b->rows, Row, at);
	for (guint step = 1; step <= NEARBY; step++) {
		Row *above = at >= step ? &g_array_index(b->rows, Row, at - step) : NULL;
		Row *below =
			at + step < b->rows->len ? &g_array_index(b->rows, Row, at + step) : NULL;
		if (above && belongs_to(b, small, above))
			return above;
		if (below && belongs_to(b, small, below))
			return below;
	}
	return NULL;
}

static void join_small_rows(Build *b)
{
	for (guint i = 0; i < b->rows->len; i++) {
		Row *small = &g_array_index(b->rows, Row, i), *host = host_of(b, i);
		if (!host)
			continue;
		g_array_append_vals(host->glyphs, small->glyphs->data, small->glyphs->len);
		small->merged = TRUE;
	}
}

static gboolean is_rtl(gunichar c)
{
	return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
	       (c >= 0xFE70 && c <= 0xFEFC);
}

/* By the letters that stay, or else by those that go. */
static gboolean reads_backwards(const Build *b, const Row *row)
{
	gint balance[2] = {0, 0};
	for (guint k = 0; k < row->glyphs->len; k++) {
		guint32 i = g_array_index(row->glyphs, guint32, k);
		gunichar c = glyph_at(b->content, i)->glyph.unicode;
		if (g_unichar_isalpha(c))
			balance[b->by[i] != 0] += is_rtl(c) ? 1 : -1;
	}
	return balance[0] ? balance[0] > 0 : balance[1] > 0;
}

/* --- cells --- */

typedef struct {
	const Build *b;
	gboolean rtl;
} Order;

static gint compare_starts(gconstpointer a, gconstpointer b, gpointer data)
{
	const Order *order = data;
	guint32 i = *(const guint32 *)a, k = *(const guint32 *)b;
	double s = lw_pdf_line_start(glyph_at(order->b->content, i), order->rtl);
	double t = lw_pdf_line_start(glyph_at(order->b->content, k), order->rtl);
	if (s != t)
		return s < t ? -1 : 1;
	return i < k ? -1 : i > k;
}

static gboolean rule_between(const Build *b, const Row *row, double from, double to)
{
	for (guint i = 0; i < b->content->rules->len; i++) {
		double s[2], v[2];
		lw_pdf_line_frame(row->direction, row->rtl,
				  &g_array_index(b->content->rules, LwRect, i), s, v);
		double height = (double)(row->v1 - row->v0), inside = TOUCH * (double)row->size;
		if (s[1] - s[0] < 3 && s[0] >= from + inside && s[1] <= to - inside &&
		    MIN(v[1], (double)row->v1) - MAX(v[0], (double)row->v0) >= RULED * height)
			return TRUE;
	}
	return FALSE;
}

typedef struct {
	double from, to; /* between two glyphs that show something */
	float em;
	guint at; /* the second one, in the row's order */
} Gap;

static GArray *gaps_of(const Build *b, const Row *row)
{
	GArray *gaps = g_array_new(FALSE, FALSE, sizeof(Gap));
	double end = -G_MAXDOUBLE;
	float size = 0;
	for (guint k = 0; k < row->glyphs->len; k++) {
		const LwPdfPageGlyph *g =
			glyph_at(b->content, g_array_index(row->glyphs, guint32, k));
		if (is_blank(g))
			continue;
		double start = lw_pdf_line_start(g, row->rtl);
		float em = MAX(MAX(size, lw_pdf_line_em(g)), 1);
		if (end > -G_MAXDOUBLE && start - end > WORD * (double)em) {
			Gap gap = {end, start, em, k};
			g_array_append_val(gaps, gap);
		}
		end = MAX(end, start + g->along);
		size = lw_pdf_line_em(g);
	}
	return gaps;
}

static gint compare_doubles(gconstpointer a, gconstpointer b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* All widths of a line, ascending; yours. */
static GArray *widths_of(const GArray *gaps)
{
	GArray *widths = g_array_new(FALSE, FALSE, sizeof(double));
	for (guint i = 0; i < gaps->len; i++) {
		const Gap *gap = &g_array_index(gaps, Gap, i);
		double width = gap->to - gap->from;
		g_array_append_val(widths, width);
	}
	g_array_sort(widths, compare_doubles);
	return widths;
}

/* The middle one of the others; 0 when there is no other. */
static double usual_width(const GArray *widths, double own)
{
	if (widths->len < 2)
		return 0;
	guint middle = (widths->len - 1) / 2;
	gboolean below = own <= g_array_index(widths, double, middle);
	return g_array_index(widths, double, below ? middle + 1 : middle);
}

/* A line of words that were spread over the whole column has one gap everywhere. */
static gboolean is_spread(const Row *row, const GArray *widths)
{
	return row->marked && widths->len > 1 &&
	       g_array_index(widths, double, widths->len - 1) - g_array_index(widths, double, 0) <
		       EVEN * (double)row->size;
}

static gboolean parts_cells(const Build *b, const Row *row, const Gap *gap, const GArray *widths)
{
	double width = gap->to - gap->from, em = (double)gap->em;
	double usual = usual_width(widths, width);
	gboolean spread = is_spread(row, widths);
	if (width > WIDE * em && !spread)
		return TRUE;
	if (width > MAYBE * em && width > UNLIKE * usual)
		return TRUE;
	return row->marked && (guint64)widths->len * b->content->rules->len < RULE_TESTS &&
	       rule_between(b, row, gap->from, gap->to);
}

static void add_cell(Build *b, const Row *row, guint first, guint count, guint offset)
{
	LwPdfCell cell = {.direction = row->direction,
			  .rtl = row->rtl,
			  .layer = row->layer,
			  .first = offset + first,
			  .count = count,
			  .s0 = G_MAXDOUBLE,
			  .s1 = -G_MAXDOUBLE};
	for (guint k = first; k < first + count; k++) {
		guint32 i = g_array_index(row->glyphs, guint32, k);
		const LwPdfPageGlyph *g = glyph_at(b->content, i);
		double s[2], v[2], start = lw_pdf_line_start(g, row->rtl);
		cell.marked |= b->by[i] != 0;
		cell.size = MAX(cell.size, lw_pdf_line_em(g));
		lw_pdf_line_frame(row->direction, row->rtl, &g->glyph.box, s, v);
		cell.v0 = k == first ? (float)v[0] : MIN(cell.v0, (float)v[0]);
		cell.v1 = k == first ? (float)v[1] : MAX(cell.v1, (float)v[1]);
		if (is_blank(g) && !b->by[i])
			continue;
		cell.s0 = MIN(cell.s0, start);
		cell.s1 = MAX(cell.s1, start + g->along);
	}
	if (cell.s0 <= cell.s1)
		g_array_append_val(b->lines->cells, cell);
}

/* stops: where cells of other lines begin, or NULL in the first round. */
static gboolean is_stop(const GArray *stops, double at)
{
	guint found = 0;
	for (guint i = 0; stops && i < stops->len; i++)
		found += fabs(g_array_index(stops, double, i) - at) < SAME;
	return found > 0;
}

static void cut_row(Build *b, const Row *row, guint offset, const GArray *stops)
{
	g_autoptr(GArray) gaps = gaps_of(b, row);
	g_autoptr(GArray) widths = widths_of(gaps);
	guint from = 0;
	for (guint i = 0; i < gaps->len; i++) {
		const Gap *gap = &g_array_index(gaps, Gap, i);
		gboolean column =
			gap->to - gap->from > STOP * (double)gap->em && is_stop(stops, gap->to);
		if (!column && !parts_cells(b, row, gap, widths))
			continue;
		add_cell(b, row, from, gap->at - from, offset);
		from = gap->at;
	}
	add_cell(b, row, from, row->glyphs->len - from, offset);
}

/* Unmarked lines first: where their cells begin says where the columns of the others do. */
static void find_cells(Build *b)
{
	g_autoptr(GArray) stops = g_array_new(FALSE, FALSE, sizeof(double));
	for (guint turn = 0; turn < 2; turn++) {
		guint offset = 0;
		for (guint i = 0; i < b->rows->len; i++) {
			const Row *row = &g_array_index(b->rows, Row, i);
			if (row->merged)
				continue;
			if (row->marked == (turn == 1))
				cut_row(b, row, offset, turn ? stops : NULL);
			offset += row->glyphs->len;
		}
		for (guint i = 0; !turn && i < MIN(b->lines->cells->len, STOPS); i++)
			g_array_append_val(stops, g_array_index(b->lines->cells, LwPdfCell, i).s0);
	}
}

/* Most lines are written from the left to the right. */
static void order_row(const Build *b, Row *row)
{
	Order order = {b, row->rtl};
	const guint32 *glyphs = (const guint32 *)(const void *)row->glyphs->data;
	guint k = 1;
	while (k < row->glyphs->len && compare_starts(&glyphs[k - 1], &glyphs[k], &order) < 0)
		k++;
	if (k < row->glyphs->len)
		g_array_sort_with_data(row->glyphs, compare_starts, &order);
}

static void order_rows(Build *b)
{
	b->lines->order = g_new(guint32, b->content->glyphs->len + 1);
	guint offset = 0;
	for (guint i = 0; i < b->rows->len; i++) {
		Row *row = &g_array_index(b->rows, Row, i);
		if (row->merged)
			continue;
		row->rtl = reads_backwards(b, row);
		for (guint k = 0; k < row->glyphs->len; k++)
			row->marked |= b->by[g_array_index(row->glyphs, guint32, k)] != 0;
		order_row(b, row);
		memcpy(b->lines->order + offset, row->glyphs->data,
		       row->glyphs->len * sizeof(guint32));
		offset += row->glyphs->len;
	}
}

LwPdfLines *lw_pdf_lines_new(const LwPdfPageContent *content, const guint32 *by)
{
	LwPdfLines *lines = g_new0(LwPdfLines, 1);
	lines->cells = g_array_new(FALSE, FALSE, sizeof(LwPdfCell));
	lw_bands_fill(&lines->bands, (const LwGlyph *)(const void *)content->glyphs->data,
		      sizeof(LwPdfPageGlyph), content->glyphs->len);
	Build b = {content, by, lines, g_array_new(FALSE, FALSE, sizeof(Row))};
	g_array_set_clear_func(b.rows, row_clear);
	find_rows(&b);
	join_small_rows(&b);
	order_rows(&b);
	find_cells(&b);
	g_array_unref(b.rows);
	return lines;
}

void lw_pdf_lines_free(LwPdfLines *lines)
{
	if (!lines)
		return;
	g_array_unref(lines->cells);
	lw_bands_clear(&lines->bands);
	g_free(lines->order);
	g_free(lines);
}

const guint32 *lw_pdf_lines_near(const LwPdfLines *lines, const LwPdfCell *cell, guint32 *count)
{
	gboolean upright = cell->direction == LW_PDF_UP || cell->direction == LW_PDF_DOWN;
	return lw_bands_near(&lines->bands, upright ? -G_MAXFLOAT : cell->v0,
			     upright ? G_MAXFLOAT : cell->v1, count);
}
