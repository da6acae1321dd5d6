/* width_room.c - how far a line may reach, and which of its ends its column holds.
 *
 * Judged by the lines that no mark meets, by rules, pictures and other cells: none of them moves
 * with the text that goes. Lines that are set anew beside one another share what is between them.
 */
#include "engine/render/pdf/width_line.h"

#include <math.h>

#define SAME	0.6  /* points: one edge */
#define CENTRED 1.0  /* points: one middle */
#define COLUMN	3    /* lines that begin at one place make a column */
#define APART	0.6  /* em: what stays free before another cell */
#define TOUCH	0.05 /* em: an edge this near to its end is that of the words' colour */
#define RULE	0.15 /* em: what stays free before a rule */
#define INSIDE	0.15 /* of its height: a line's band without the parts that may overlap */
#define SPANNED 0.6  /* of its height that a rule has to span */
#define EDGE	18.0 /* points of the page that stay free */
#define MARGIN	72.0

typedef struct {
	const LwPdfPageContent *content;
	const LwPdfCell *cell;
	double page[2];		   /* of the page in the cell's frame */
	double block[2], over;	   /* of all lines; of those that reach over the cell's start */
	double column;		   /* furthest end of lines that begin where it begins */
	guint lines, aligned;	   /* how many there are of both */
	double start, end, middle; /* edges that another line shares; NAN: none */
	double before, after;	   /* nearest things that do not move */
} Survey;

/* A line's ends in the frame of another one with the same direction. */
static void ends_of(const LwPdfCell *cell, gboolean rtl, double s[2])
{
	s[0] = cell->rtl == rtl ? cell->s0 : -cell->s1;
	s[1] = cell->rtl == rtl ? cell->s1 : -cell->s0;
}

static void look_at_line(Survey *w, const LwPdfCell *other)
{
	const LwPdfCell *cell = w->cell;
	double s[2];
	ends_of(other, cell->rtl, s);
	w->block[0] = w->lines ? MIN(w->block[0], s[0]) : s[0];
	w->block[1] = w->lines ? MAX(w->block[1], s[1]) : s[1];
	w->lines++;
	if (s[0] <= cell->s0 + (double)cell->size && s[1] > cell->s0)
		w->over = MAX(w->over, s[1]);
	if (fabs(s[0] - cell->s0) < SAME) {
		w->column = MAX(w->column, s[1]);
		w->aligned++;
		w->start = cell->s0;
	}
	if (isnan(w->end) && fabs(s[1] - cell->s1) < SAME)
		w->end = s[1];
	if (isnan(w->middle) && fabs(s[0] + s[1] - cell->s0 - cell->s1) < 2 * CENTRED &&
	    fabs(s[0] - cell->s0) >= SAME)
		w->middle = (s[0] + s[1]) / 2;
}

static void survey_lines(Survey *w, const LwPdfLines *lines)
{
	for (guint i = 0; i < lines->cells->len; i++) {
		const LwPdfCell *other = &g_array_index(lines->cells, LwPdfCell, i);
		if (other == w->cell || other->direction != w->cell->direction)
			continue;
		if (!other->marked && other->layer == w->cell->layer)
			look_at_line(w, other);
		else if (fabs(other->s0 - w->cell->s0) < SAME && other->rtl == w->cell->rtl)
			w->start = w->cell->s0;
	}
}

/* Something that stays where it is, if it stands beside the line. */
static void add_obstacle(Survey *w, const double s[2], double free)
{
	const LwPdfCell *cell = w->cell;
	double slack = 0.1 * (double)cell->size;
	if (s[0] >= cell->s1 - slack)
		w->after = MIN(w->after, s[0] - free);
	else if (s[1] <= cell->s0 + slack)
		w->before = MAX(w->before, s[1] + free);
}

static double shared_height(const LwPdfCell *cell, const double v[2])
{
	double height = (double)(cell->v1 - cell->v0), inside = INSIDE * height;
	return MIN(v[1], (double)cell->v1 - inside) - MAX(v[0], (double)cell->v0 + inside);
}

/* Does another line begin where this one does? Then it stays there. */
static gboolean is_held(const LwPdfLines *lines, const LwPdfCell *cell)
{
	for (guint i = 0; i < lines->cells->len; i++) {
		const LwPdfCell *other = &g_array_index(lines->cells, LwPdfCell, i);
		if (other != cell && other->direction == cell->direction &&
		    other->rtl == cell->rtl && fabs(other->s0 - cell->s0) < SAME)
			return TRUE;
	}
	return FALSE;
}

/* Where the room of one line ends and that of the next begins: in the middle of what both have,
 * which no removed text moves, or else in the middle of what is between them. */
static double border_of(double from, double end, double start, double to)
{
	double middle = (from + to) / 2;
	return middle > end && middle < start ? middle : (end + start) / 2;
}

/* A line beside this one that is set anew too: neither takes the other's room. */
static void share_room(Survey *w, const LwPdfLines *lines, const LwPdfCell *other)
{
	const LwPdfCell *cell = w->cell;
	double s[2], v[2] = {(double)other->v0, (double)other->v1};
	double free = APART * (double)cell->size, slack = 0.1 * (double)cell->size;
	ends_of(other, cell->rtl, s);
	if (shared_height(cell, v) <= 0)
		return;
	if (s[0] >= cell->s1 - slack && is_held(lines, other))
		w->after = MIN(w->after, s[0] - free);
	else if (s[0] >= cell->s1 - slack)
		w->after = MIN(w->after, border_of(cell->s0, cell->s1, s[0], s[1]) - free / 2);
	else if (s[1] <= cell->s0 + slack && !is_held(lines, cell))
		w->before = MAX(w->before, border_of(s[0], s[1], cell->s0, cell->s1) + free / 2);
}

static void survey_neighbours(Survey *w, const LwPdfLines *lines)
{
	const LwPdfCell *cell = w->cell;
	g_autofree guint8 *known = g_malloc0(w->content->glyphs->len + 1);
	for (guint i = 0; i < lines->cells->len; i++) {
		const LwPdfCell *other = &g_array_index(lines->cells, LwPdfCell, i);
		if (!other->marked || other->direction != cell->direction)
			continue;
		for (guint k = other->first; k < other->first + other->count; k++)
			known[lines->order[k]] = TRUE;
		if (other != cell)
			share_room(w, lines, other);
	}
	guint32 count;
	const guint32 *near = lw_pdf_lines_near(lines, cell, &count);
	for (guint32 k = 0; k < count; k++) {
		guint32 i = near[k];
		const LwGlyph *g = &g_array_index(w->content->glyphs, LwPdfPageGlyph, i).glyph;
		double s[2], v[2];
		if (known[i] || lw_is_blank(g->unicode) ||
		    (g->flags & (LW_GLYPH_HIDDEN | LW_GLYPH_OFF_PAGE | LW_GLYPH_LAYER_OFF)))
			continue;
		lw_pdf_line_frame(cell->direction, cell->rtl, &g->box, s, v);
		if (shared_height(cell, v) > 0)
			add_obstacle(w, s, APART * (double)cell->size);
	}
}

static void survey_drawings(Survey *w)
{
	const LwPdfCell *cell = w->cell;
	double s[2], v[2], height = (double)(cell->v1 - cell->v0);
	for (guint i = 0; i < w->content->rules->len; i++) {
		lw_pdf_line_frame(cell->direction, cell->rtl,
				  &g_array_index(w->content->rules, LwRect, i), s, v);
		double shared = MIN(v[1], (double)cell->v1) - MAX(v[0], (double)cell->v0);
		double touch = TOUCH * (double)cell->size;
		gboolean own = fabs(s[0] - cell->s1) < touch || fabs(s[1] - cell->s0) < touch;
		if (s[1] - s[0] < 3 && shared >= SPANNED * height && !own)
			add_obstacle(w, s, RULE * (double)cell->size);
	}
	for (guint i = 0; i < w->content->figures->len; i++) {
		const LwFigure *figure = &g_array_index(w->content->figures, LwFigure, i);
		lw_pdf_line_frame(cell->direction, cell->rtl, &figure->box.rect, s, v);
		if (shared_height(cell, v) > 0)
			add_obstacle(w, s, RULE * (double)cell->size);
	}
}

static void set_limits(const Survey *w, LwRoom *room)
{
	double s0 = w->cell->s0, margin = CLAMP(s0 - w->page[0], EDGE, MARGIN);
	if (w->lines)
		margin = CLAMP(MIN(w->block[0], s0) - w->page[0], EDGE, MARGIN);
	double hard = w->page[1] - margin;
	if (w->lines)
		hard = MAX(hard, MAX(w->over, w->block[1]));
	if (hard < s0 + 6 * (double)w->cell->size) /* stands outside the text of the page */
		hard = w->page[1] - EDGE;
	double soft = w->aligned >= COLUMN ? w->column : w->over > s0 ? w->over : hard;
	room->hard = MIN(MIN(MAX(hard, soft), w->after), w->page[1] - EDGE / 3);
	room->soft = MIN(soft, room->hard);
	room->left = w->lines ? MIN(w->block[0], s0) : s0;
	room->left = MAX(MAX(room->left, w->before), w->page[0] + EDGE / 3);
}

/* A line that no other shares its start with may hang on its end or its middle. */
static void set_anchor(const Survey *w, LwRoom *room)
{
	double middle = (w->cell->s0 + w->cell->s1) / 2;
	const double middles[] = {w->middle, (w->page[0] + w->page[1]) / 2,
				  (w->block[0] + w->block[1]) / 2, (w->before + w->after) / 2};
	room->anchor = LW_ANCHOR_START;
	room->at = w->cell->s0;
	if (!isnan(w->start))
		return;
	if (!isnan(w->end)) {
		room->anchor = LW_ANCHOR_END;
		room->at = w->end;
		return;
	}
	for (guint i = 0; i < G_N_ELEMENTS(middles); i++) {
		if (!(fabs(middles[i] - middle) < CENTRED))
			continue;
		room->anchor = LW_ANCHOR_MIDDLE;
		room->at = middles[i];
		return;
	}
}

LwRoom lw_room_of(const LwPdfPageContent *content, const LwPdfLines *lines, const LwPdfCell *cell,
		  const LwRect *sheet)
{
	Survey w = {.content = content,
		    .cell = cell,
		    .over = -G_MAXDOUBLE,
		    .column = -G_MAXDOUBLE,
		    .start = NAN,
		    .end = NAN,
		    .middle = NAN,
		    .before = -G_MAXDOUBLE,
		    .after = G_MAXDOUBLE};
	double unused[2];
	lw_pdf_line_frame(cell->direction, cell->rtl, sheet, w.page, unused);
	survey_lines(&w, lines);
	survey_neighbours(&w, lines);
	survey_drawings(&w);
	LwRoom room = {0};
	set_limits(&w, &room);
	set_anchor(&w, &room);
	return room;
}
