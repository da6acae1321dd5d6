/* width.c - sets the lines of a page anew from which marks take something.
 *
 * Lines at an angle are set on the page as it looks when they are level. What can't be set anew
 * (letters on a curve, text over a picture, an area over several lines, a line that would run into
 * another) keeps its place and the width of its box, and the layout says so. */
#include "engine/render/pdf/width.h"

#include "engine/render/pdf/width_line.h"
#include "engine/render/pdf/width_turn.h"

#include <math.h>
#include <string.h>

#define CLEAR	   0.3	/* points between a box and its neighbours */
#define TALL	   2.0	/* heights of a line: a higher area is no mark on one line */
#define WAVERS	   0.05 /* em: heights of one baseline */
#define BENDS	   0.35 /* radians: from one letter to the next */
#define CURVE	   1.5	/* em: between letters of one curve, at most */
#define LINES_MOST 4000 /* of one page */

typedef struct {
	const LwPlan *plan;
	guint32 page;
	const LwPdfPageContent *content;
	LwPdfLines *lines;
	guint32 *by;
	const double *least;
	guint *cells; /* by mark: how many cells it meets */
	LwWidthLayout *layout;
	double angle; /* by which content was turned back */
} Work;

static const LwPdfPageGlyph *glyph_at(const Work *w, guint32 i)
{
	return &g_array_index(w->content->glyphs, LwPdfPageGlyph, i);
}

static const LwMark *mark_of(const Work *w, guint value)
{
	return w->plan->marks->pdata[value - 1];
}

static void count_cells(Work *w)
{
	for (guint i = 0; i < w->lines->cells->len; i++) {
		const LwPdfCell *cell = &g_array_index(w->lines->cells, LwPdfCell, i);
		guint last = 0;
		for (guint k = cell->first; cell->marked && k < cell->first + cell->count; k++) {
			guint value = w->by[w->lines->order[k]];
			if (value && value != last)
				w->cells[value - 1]++;
			last = value ? value : last;
		}
	}
}

/* The part of an area in a cell's frame. */
static gboolean area_in_frame(const Work *w, const LwPdfCell *cell, guint value, double s[2],
			      double v[2])
{
	const LwMark *mark = mark_of(w, value);
	for (guint i = 0; i < mark->boxes->len; i++) {
		const LwBox *box = &g_array_index(mark->boxes, LwBox, i);
		LwRect rect = box->rect;
		if (box->page != w->page)
			continue;
		if (w->angle != 0)
			rect = lw_width_turned_rect(w->angle, &rect);
		lw_pdf_line_frame(cell->direction, cell->rtl, &rect, s, v);
		return TRUE;
	}
	return FALSE;
}

/* Pixels under an area can't go anywhere. */
static gboolean over_picture(const Work *w, guint value)
{
	const LwMark *mark = mark_of(w, value);
	for (guint i = 0; i < mark->boxes->len; i++) {
		const LwBox *box = &g_array_index(mark->boxes, LwBox, i);
		LwRect rect = box->rect;
		if (w->angle != 0)
			rect = lw_width_turned_rect(w->angle, &rect);
		for (guint k = 0; box->page == w->page && k < w->content->figures->len; k++) {
			const LwFigure *figure = &g_array_index(w->content->figures, LwFigure, k);
			if (!lw_rect_is_empty(lw_rect_intersect(figure->box.rect, rect)))
				return TRUE;
		}
	}
	return FALSE;
}

/* Is the mark words on this line, and nothing but that? */
static gboolean is_of_line(const Work *w, const LwPdfCell *cell, guint value)
{
	double s[2], v[2];
	if (mark_of(w, value)->glyphs)
		return TRUE;
	return w->cells[value - 1] == 1 && !over_picture(w, value) &&
	       area_in_frame(w, cell, value, s, v) &&
	       v[1] - v[0] <= TALL * (double)(cell->v1 - cell->v0);
}

/* --- boxes --- */

static void add_box(Work *w, const LwPdfCell *cell, const LwUnit *piece, double from, double to)
{
	double clear = to - from > 4 * CLEAR ? CLEAR : 0;
	LwWidthBox box = {.rect = lw_pdf_line_rect(cell->direction, cell->rtl, from + clear,
						   to - clear, piece->v0, piece->v1),
			  .angle = w->angle,
			  .mark = piece->mark - 1,
			  .upright =
				  cell->direction == LW_PDF_UP || cell->direction == LW_PDF_DOWN};
	g_array_append_val(w->layout->boxes, box);
}

/* A whole number of classes; an area that a person drew wider counts as it was drawn. */
static void size_piece(const Work *w, const LwPdfCell *cell, LwUnit *piece)
{
	double s[2], v[2], natural = piece->natural, em = MAX(piece->size, 1);
	if (!mark_of(w, piece->mark)->glyphs && area_in_frame(w, cell, piece->mark, s, v))
		natural = MAX(natural, s[1] - s[0]);
	double label = w->least[piece->mark - 1] + 2 * CLEAR;
	double classes = ceil(MAX(natural, label) / (LW_WIDTH_CLASS * em) - 1e-4);
	piece->wide = MAX(classes, LW_WIDTH_LEAST) * LW_WIDTH_CLASS * em;
	piece->least = MIN(piece->wide, MAX(label, em));
}

static void place_unit(Work *w, const LwPdfCell *cell, const LwUnit *unit)
{
	const LwPdfPageGlyph *g = glyph_at(w, unit->glyph);
	LwWidthPlace *place = &w->layout->places[unit->glyph];
	double forward = cell->rtl ? -(unit->to + unit->natural) : unit->to;
	*place = (LwWidthPlace){{g->at[0], g->at[1]}, unit->wide, TRUE};
	switch (cell->direction) {
	case LW_PDF_LEFT:
		place->at[0] = -forward;
		break;
	case LW_PDF_UP:
		place->at[1] = -forward;
		break;
	case LW_PDF_DOWN:
		place->at[1] = forward;
		break;
	default:
		place->at[0] = forward;
	}
	if (w->angle == 0)
		return;
	const LwPdfPageGlyph *first = glyph_at(w, w->lines->order[cell->first]);
	if (fabs(first->at[1] - place->at[1]) < WAVERS * (double)cell->size)
		place->at[1] = first->at[1]; /* sources round the places of a slanted line */
	lw_width_turn_back(w->angle, place->at);
}

static void note_line(Work *w, const LwPdfCell *cell, const GArray *units, guint count)
{
	LwWidthLine line = {.direction = cell->direction,
			    .rtl = cell->rtl,
			    .v0 = (double)cell->v0,
			    .v1 = (double)cell->v1,
			    .size = (double)cell->size,
			    .angle = w->angle,
			    .base = glyph_at(w, w->lines->order[cell->first])->at[1],
			    .parts = g_array_new(FALSE, FALSE, sizeof(LwWidthPart))};
	for (guint i = 0; i < units->len; i++) {
		const LwUnit *unit = &g_array_index(units, LwUnit, i);
		LwWidthPart part = {.from = {unit->from[0], unit->from[1]},
				    .to = {unit->to, unit->to + unit->wide},
				    .stays = i < count && unit->type == LW_UNIT_GLYPH};
		if (unit->type != LW_UNIT_BLANK)
			g_array_append_val(line.parts, part);
	}
	g_array_append_val(w->layout->lines, line);
}

static void note_boxed(Work *w, const LwPdfCell *cell)
{
	for (guint k = cell->first; k < cell->first + cell->count; k++)
		if (w->by[w->lines->order[k]])
			w->layout->boxed[w->lines->order[k]] = TRUE;
}

static LwRoom room_of(const Work *w, const LwPdfCell *cell)
{
	double s[2] = {0, w->content->width};
	LwRect sheet = {0, 0, (float)w->content->width, (float)w->content->height};
	if (w->angle != 0) {
		double middle = (double)(cell->v0 + cell->v1) / 2;
		lw_width_turned_sheet(w->content, w->angle, middle, s);
		sheet = (LwRect){(float)s[0], cell->v0, (float)s[1], cell->v1};
	}
	return lw_room_of(w->content, w->lines, cell, &sheet);
}

/* --- quantised --- */

/* A line as it would be set: committed when nothing else stands there. */
typedef struct {
	const LwPdfCell *cell;
	GArray *units; /* LwUnit */
	gboolean set;
	double from, to; /* what it takes */
} Draft;

static void clear_draft(gpointer data)
{
	g_array_unref(((Draft *)data)->units);
}

static Draft quantise(Work *w, const LwPdfCell *cell, GArray *units)
{
	LwRoom room = room_of(w, cell);
	double length = 0;
	for (guint i = 0; i < units->len; i++) {
		LwUnit *unit = &g_array_index(units, LwUnit, i);
		if (unit->type == LW_UNIT_PIECE)
			size_piece(w, cell, unit);
		if (!unit->rides)
			length += unit->before +
				  (unit->type == LW_UNIT_PIECE ? unit->wide : unit->natural);
	}
	double from = room.anchor == LW_ANCHOR_START ? room.at : room.left;
	double end = from + length <= room.soft ? room.soft : room.hard;
	Draft draft = {cell, units, lw_units_set(units, units->len, &room, &end), cell->s0,
		       cell->s1};
	if (draft.set) {
		draft.from = g_array_index(units, LwUnit, 0).to;
		draft.to = end;
	}
	return draft;
}

static gboolean share_band(const LwPdfCell *cell, double v0, double v1)
{
	double inside = 0.15 * (double)(cell->v1 - cell->v0);
	return MIN(v1, (double)cell->v1 - inside) > MAX(v0, (double)cell->v0 + inside);
}

static gboolean covers(double from, double to, const double s[2], double slack)
{
	return s[0] < to - slack && s[1] > from + slack;
}

/* Would one of its words or boxes stand on what it did not touch before? */
static gboolean runs_into(const Draft *draft, const double s[2])
{
	double slack = 0.05 * (double)draft->cell->size;
	for (guint i = 0; i < draft->units->len; i++) {
		const LwUnit *unit = &g_array_index(draft->units, LwUnit, i);
		if (unit->type != LW_UNIT_BLANK &&
		    covers(unit->to, unit->to + unit->wide, s, slack) &&
		    !covers(unit->from[0], unit->from[1], s, slack))
			return TRUE;
	}
	return FALSE;
}

static gboolean meets_glyphs(const Work *w, const Draft *draft, const guint8 *drafted)
{
	const LwPdfCell *cell = draft->cell;
	guint32 count;
	const guint32 *near = lw_pdf_lines_near(w->lines, cell, &count);
	for (guint32 k = 0; k < count; k++) {
		guint32 i = near[k];
		const LwGlyph *g = &glyph_at(w, i)->glyph;
		double s[2], v[2];
		if (drafted[i] || lw_is_blank(g->unicode) || w->by[i])
			continue;
		lw_pdf_line_frame(cell->direction, cell->rtl, &g->box, s, v);
		if (share_band(cell, v[0], v[1]) && covers(draft->from, draft->to, s, 0) &&
		    runs_into(draft, s))
			return TRUE;
	}
	return FALSE;
}

/* Lines that meet one another stay as they were, both; a line that met one that stays, too. */
static gboolean part_drafts(GArray *drafts)
{
	gboolean any = FALSE;
	for (guint i = 0; i < drafts->len; i++) {
		Draft *one = &g_array_index(drafts, Draft, i);
		for (guint k = 0; one->set && k < drafts->len; k++) {
			Draft *other = &g_array_index(drafts, Draft, k);
			const LwPdfCell *a = one->cell, *b = other->cell;
			if (k == i || a->direction != b->direction || a->rtl != b->rtl ||
			    !share_band(a, (double)b->v0, (double)b->v1) ||
			    (b->s0 < a->s1 && b->s1 > a->s0) ||
			    !(MIN(one->to, other->to) > MAX(one->from, other->from)))
				continue;
			*one = (Draft){a, one->units, FALSE, a->s0, a->s1};
			*other = (Draft){b, other->units, FALSE, b->s0, b->s1};
			any = TRUE;
		}
	}
	return any;
}

static void commit(Work *w, const Draft *draft)
{
	for (guint i = 0; i < draft->units->len; i++) {
		const LwUnit *unit = &g_array_index(draft->units, LwUnit, i);
		if (unit->type == LW_UNIT_PIECE)
			add_box(w, draft->cell, unit, unit->to, unit->to + unit->wide);
		else
			place_unit(w, draft->cell, unit);
	}
	note_line(w, draft->cell, draft->units, draft->units->len);
	note_boxed(w, draft->cell);
}

static void settle(Work *w, GArray *drafts)
{
	g_autofree guint8 *drafted = g_malloc0(w->content->glyphs->len + 1);
	for (guint i = 0; i < drafts->len; i++) {
		const LwPdfCell *cell = g_array_index(drafts, Draft, i).cell;
		for (guint k = cell->first; k < cell->first + cell->count; k++)
			drafted[w->lines->order[k]] = TRUE;
	}
	for (guint i = 0; i < drafts->len; i++) {
		Draft *draft = &g_array_index(drafts, Draft, i);
		if (draft->set && meets_glyphs(w, draft, drafted))
			*draft = (Draft){draft->cell, draft->units, FALSE, draft->cell->s0,
					 draft->cell->s1};
	}
	while (part_drafts(drafts))
		;
	for (guint i = 0; i < drafts->len; i++)
		if (g_array_index(drafts, Draft, i).set)
			commit(w, &g_array_index(drafts, Draft, i));
}

/* --- strict --- */

/* Marks of a line in their order, each once. */
static GArray *marks_of(const GArray *units)
{
	GArray *pieces = g_array_new(FALSE, FALSE, sizeof(LwUnit));
	for (guint i = 0; i < units->len; i++) {
		const LwUnit *unit = &g_array_index(units, LwUnit, i);
		gboolean known = unit->type != LW_UNIT_PIECE;
		for (guint k = 0; k < pieces->len && !known; k++)
			known = g_array_index(pieces, LwUnit, k).mark == unit->mark;
		if (!known)
			g_array_append_val(pieces, *unit);
	}
	return pieces;
}

/* What stands behind the first piece goes with it. */
static void sweep(Work *w, const LwPdfCell *cell, const LwUnit *piece)
{
	for (guint k = cell->first; k < cell->first + cell->count; k++) {
		guint32 i = w->lines->order[k];
		if (w->by[i] || lw_pdf_line_start(glyph_at(w, i), cell->rtl) < piece->from[0])
			continue;
		w->by[i] = piece->mark;
		w->layout->swept += !lw_is_blank(glyph_at(w, i)->glyph.unicode);
	}
}

/* The marks of the line share the room behind what stays. */
static void box_rest(Work *w, const LwPdfCell *cell, const GArray *units, double from, double to)
{
	g_autoptr(GArray) pieces = marks_of(units);
	double part = (to - from) / pieces->len;
	for (guint i = 0; i < pieces->len; i++) {
		LwUnit piece = g_array_index(pieces, LwUnit, i);
		piece.v0 = g_array_index(pieces, LwUnit, 0).v0;
		piece.v1 = g_array_index(pieces, LwUnit, 0).v1;
		add_box(w, cell, &piece, from + i * part, from + (i + 1) * part);
	}
}

static guint first_piece(const GArray *units)
{
	guint i = 0;
	while (i < units->len && g_array_index(units, LwUnit, i).type != LW_UNIT_PIECE)
		i++;
	return i;
}

static void make_strict(Work *w, const LwPdfCell *cell, GArray *units)
{
	guint head = first_piece(units);
	g_assert(head < units->len);
	LwUnit *piece = &g_array_index(units, LwUnit, head);
	LwRoom room = room_of(w, cell);
	g_autoptr(GArray) pieces = marks_of(units);
	double least = 0, end = piece->from[0];
	gboolean set = FALSE;
	for (guint i = 0; i < pieces->len; i++)
		least += w->least[g_array_index(pieces, LwUnit, i).mark - 1] + 2 * CLEAR;
	if (room.anchor != LW_ANCHOR_START)
		room = (LwRoom){room.left, room.soft, room.hard, LW_ANCHOR_START, room.left};
	if (!(cell->layer & LW_GLYPH_INVISIBLE)) {
		end = room.hard - least;
		set = lw_units_set(units, head, &room, &end);
		end = set ? end + piece->before : piece->from[0];
		for (guint i = 0; set && i < head; i++)
			place_unit(w, cell, &g_array_index(units, LwUnit, i));
	}
	double limit = end + least <= room.soft ? room.soft : MAX(room.hard, end + least);
	box_rest(w, cell, units, end, limit);
	sweep(w, cell, piece);
	for (guint i = head; i < units->len; i++) {
		g_array_index(units, LwUnit, i).to = end;
		g_array_index(units, LwUnit, i).wide = limit - end;
	}
	if (set)
		note_line(w, cell, units, head);
	note_boxed(w, cell);
}

/* --- the page --- */

static gboolean all_of_line(const Work *w, const LwPdfCell *cell)
{
	guint last = 0;
	for (guint k = cell->first; k < cell->first + cell->count; k++) {
		guint value = w->by[w->lines->order[k]];
		if (value && value != last && !is_of_line(w, cell, value))
			return FALSE;
		last = value ? value : last;
	}
	return TRUE;
}

/* At an angle one letter alone is no line, but part of a curve. */
static gboolean is_lone(const Work *w, const LwPdfCell *cell)
{
	guint letters = 0;
	for (guint k = cell->first; k < cell->first + cell->count; k++)
		letters += !lw_is_blank(glyph_at(w, w->lines->order[k])->glyph.unicode);
	return w->angle != 0 && letters < 2;
}

static void set_cell(Work *w, const LwPdfCell *cell, GArray *drafts)
{
	gboolean strict = w->plan->style.width == LW_WIDTH_STRICT;
	if (is_lone(w, cell))
		return;
	if (!strict && ((cell->layer & LW_GLYPH_INVISIBLE) || !all_of_line(w, cell)))
		return;
	g_autoptr(GArray) units = lw_units_new(w->content, w->lines, cell, w->by);
	if (first_piece(units) == units->len)
		return;
	if (strict) {
		make_strict(w, cell, units);
		return;
	}
	Draft draft = quantise(w, cell, g_steal_pointer(&units));
	g_array_append_val(drafts, draft);
}

/* Areas that are more than words on one line are painted as they were drawn. */
static void note_drawn(Work *w)
{
	for (guint i = 0; i < w->lines->cells->len; i++) {
		const LwPdfCell *cell = &g_array_index(w->lines->cells, LwPdfCell, i);
		for (guint k = cell->first; cell->marked && k < cell->first + cell->count; k++) {
			guint value = w->by[w->lines->order[k]];
			if (value && w->layout->boxed[w->lines->order[k]] &&
			    is_of_line(w, cell, value))
				w->layout->drawn[value - 1] = FALSE;
		}
	}
}

static void clear_line(gpointer data)
{
	g_array_unref(((LwWidthLine *)data)->parts);
}

/* Something that a reader sees and that no box of ours stands for. */
static gboolean keeps_any(const Work *w)
{
	for (guint32 i = 0; i < w->content->glyphs->len; i++)
		if (w->by[i] && w->by[i] != G_MAXUINT32 && !w->layout->boxed[i] &&
		    !lw_is_blank(glyph_at(w, i)->glyph.unicode))
			return TRUE;
	return FALSE;
}

/* Lines of the page, or of the page turned back by an angle. */
static void set_lines(Work *w)
{
	g_autoptr(LwPdfLines) lines = lw_pdf_lines_new(w->content, w->by);
	g_autofree guint *cells = g_new0(guint, w->plan->marks->len + 1);
	g_autoptr(GArray) drafts = g_array_new(FALSE, FALSE, sizeof(Draft));
	g_array_set_clear_func(drafts, clear_draft);
	w->lines = lines;
	w->cells = cells;
	count_cells(w);
	for (guint i = 0, done = 0; i < lines->cells->len && done < LINES_MOST; i++) {
		const LwPdfCell *cell = &g_array_index(lines->cells, LwPdfCell, i);
		if (!cell->marked)
			continue;
		set_cell(w, cell, drafts);
		done++;
	}
	settle(w, drafts);
	note_drawn(w);
}

static void set_slanted_lines(Work *w)
{
	const LwPdfPageContent *content = w->content;
	g_autoptr(GArray) angles = lw_width_angles(content, w->by);
	for (guint i = 0; i < angles->len; i++) {
		Work turned = *w;
		turned.angle = g_array_index(angles, double, i);
		g_autoptr(LwPdfPageContent) view = lw_width_turned(content, turned.angle);
		turned.content = view;
		set_lines(&turned);
	}
}

/* --- curves --- */

static double angle_of(const LwPdfPageGlyph *glyph)
{
	static const double angles[] = {[LW_PDF_RIGHT] = 0,
					[LW_PDF_LEFT] = G_PI,
					[LW_PDF_UP] = -G_PI_2,
					[LW_PDF_DOWN] = G_PI_2,
					[LW_PDF_ASTRAY] = 0};
	return glyph->leans ? glyph->angle : angles[glyph->direction];
}

static gboolean is_next_on_curve(const Work *w, guint32 i)
{
	const LwPdfPageGlyph *g = glyph_at(w, i), *last = glyph_at(w, i - 1);
	double reach = last->along + CURVE * MAX((double)g->glyph.size, 1);
	double turns = remainder(angle_of(g) - angle_of(last), 2 * G_PI);
	return fabs(turns) < BENDS && hypot(g->at[0] - last->at[0], g->at[1] - last->at[1]) < reach;
}

static void add_box_of_curve(Work *w, guint32 i)
{
	const LwPdfPageGlyph *g = glyph_at(w, i);
	double at[2] = {g->at[0], g->at[1]}, em = MAX((double)g->glyph.size, 1);
	lw_width_turn_back(-g->angle, at);
	LwWidthBox box = {.rect = {(float)at[0], (float)at[1] + g->level.y0,
				   (float)(at[0] + LW_WIDTH_LEAST * LW_WIDTH_CLASS * em),
				   (float)at[1] + g->level.y1},
			  .angle = g->angle,
			  .mark = w->by[i] - 1};
	g_array_append_val(w->layout->boxes, box);
}

/* strict: letters on a curve go from the mark on, and one box that is always as long stands where
 * it began. */
static void close_curves(Work *w)
{
	gboolean open = FALSE;
	for (guint32 i = 0; i < w->content->glyphs->len; i++) {
		const LwPdfPageGlyph *g = glyph_at(w, i);
		open = open && is_next_on_curve(w, i) && !w->layout->boxed[i];
		gboolean marked = w->by[i] && w->by[i] != G_MAXUINT32 && !w->layout->boxed[i];
		if (!open && marked && g->leans && !lw_is_blank(g->glyph.unicode)) {
			add_box_of_curve(w, i);
			open = TRUE;
		}
		if (!open)
			continue;
		w->layout->swept += !w->by[i] && !lw_is_blank(g->glyph.unicode);
		w->by[i] = w->by[i] ? w->by[i] : w->by[i - 1];
		w->layout->boxed[i] = TRUE;
	}
}

LwWidthLayout *lw_width_layout_new(const LwPlan *plan, guint32 page,
				   const LwPdfPageContent *content, guint32 *by,
				   const double *least)
{
	LwWidthLayout *layout = g_new0(LwWidthLayout, 1);
	guint count = content->glyphs->len;
	layout->places = g_new0(LwWidthPlace, count + 1);
	layout->boxed = g_malloc0(count + 1);
	layout->drawn = g_malloc0(plan->marks->len + 1);
	layout->boxes = g_array_new(FALSE, FALSE, sizeof(LwWidthBox));
	layout->lines = g_array_new(FALSE, FALSE, sizeof(LwWidthLine));
	g_array_set_clear_func(layout->lines, clear_line);
	memset(layout->drawn, TRUE, plan->marks->len);
	Work w = {.plan = plan,
		  .page = page,
		  .content = content,
		  .by = by,
		  .least = least,
		  .layout = layout};
	set_lines(&w);
	set_slanted_lines(&w);
	if (plan->style.width == LW_WIDTH_STRICT)
		close_curves(&w);
	layout->kept = keeps_any(&w);
	return layout;
}

void lw_width_layout_free(LwWidthLayout *layout)
{
	if (!layout)
		return;
	g_free(layout->places);
	g_free(layout->boxed);
	g_free(layout->drawn);
	g_array_unref(layout->boxes);
	g_array_unref(layout->lines);
	g_free(layout);
}

gboolean lw_width_follow(const LwWidthLine *line, double s[2])
{
	double to[2] = {G_MAXDOUBLE, -G_MAXDOUBLE};
	gboolean stays = FALSE;
	for (guint i = 0; i < line->parts->len; i++) {
		const LwWidthPart *part = &g_array_index(line->parts, LwWidthPart, i);
		double middle = (part->from[0] + part->from[1]) / 2;
		if (middle < s[0] || middle > s[1])
			continue;
		stays |= part->stays;
		to[0] = MIN(to[0], part->to[0]);
		to[1] = MAX(to[1], part->to[1]);
	}
	if (stays)
		memcpy(s, to, sizeof to);
	return stays;
}
