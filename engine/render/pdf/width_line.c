/* width_line.c - a cell as units: what each takes by its font alone, and how they share the room.
 *
 * Invariant: no number that a unit gets depends on spacing that the source put between glyphs. */
#include "engine/render/pdf/width_line.h"

#include <math.h>

#define WORD	0.15 /* em: from here a gap without a glyph is a space */
#define SPACE	0.28 /* em: which is set this wide */
#define LOOSE	0.06 /* em: letters further apart than that are placed one by one */
#define GRAIN	0.01 /* em: such places are rounded to */
#define OVER	0.5  /* of its width: what begins before that is drawn over a glyph */
#define SQUEEZE 0.96 /* of their widths that glyphs may stand closer */
#define NOISE	0.02 /* em: what rounding makes of one height, where lines are slanted */
#define TIGHT	0.55 /* of its width that a space keeps at least */

static const LwPdfPageGlyph *glyph_at(const LwPdfPageContent *content, guint32 i)
{
	return &g_array_index(content->glyphs, LwPdfPageGlyph, i);
}

static gboolean is_blank(const LwPdfPageGlyph *g)
{
	return lw_is_blank(g->glyph.unicode);
}

typedef struct {
	const LwPdfPageContent *content;
	const LwPdfCell *cell;
	GArray *units;
	LwUnit *last;	    /* that does not ride */
	double piece_start; /* of the newest glyph of a piece that shows something */
	double blanks;	    /* width of those after it */
} Build;

static LwUnit unit_of(const Build *b, guint32 i)
{
	const LwPdfPageGlyph *g = glyph_at(b->content, i);
	double s[2], v[2], start = lw_pdf_line_start(g, b->cell->rtl);
	lw_pdf_line_frame(b->cell->direction, b->cell->rtl, &g->glyph.box, s, v);
	return (LwUnit){.type = is_blank(g) ? LW_UNIT_BLANK : LW_UNIT_GLYPH,
			.glyph = i,
			.from = {start, start + g->along},
			.natural = g->along,
			.reach = g->along,
			.size = (double)lw_pdf_line_em(g),
			.v0 = v[0],
			.v1 = v[1]};
}

static gboolean rides_on(const Build *b, const LwUnit *unit)
{
	const LwUnit *last = b->last;
	if (!last || last->type != LW_UNIT_GLYPH || unit->type != LW_UNIT_GLYPH)
		return FALSE;
	guint both = glyph_at(b->content, last->glyph)->glyph.flags &
		     glyph_at(b->content, unit->glyph)->glyph.flags;
	if (both & LW_GLYPH_LABEL)
		return unit->from[0] < last->from[1];
	return unit->from[0] < last->from[0] + MAX(OVER * last->natural, GRAIN * last->size);
}

static double gap_before(const LwUnit *last, const LwUnit *unit)
{
	double em = MAX(last ? last->size : 0, unit->size);
	gboolean words = last && last->type != LW_UNIT_BLANK && unit->type != LW_UNIT_BLANK &&
			 unit->from[0] - last->from[1] > WORD * em;
	return words ? SPACE * em : 0;
}

/* One more glyph that goes; drawn twice it counts once, and a blank only before another. */
static void extend_piece(Build *b, const LwUnit *unit)
{
	LwUnit *piece = b->last;
	gboolean twin = unit->from[0] < b->piece_start + OVER * unit->natural;
	if (unit->type == LW_UNIT_BLANK) {
		b->blanks += unit->natural;
		return;
	}
	if (!twin) {
		gboolean words =
			b->blanks <= 0 && unit->from[0] - piece->from[1] > WORD * unit->size;
		piece->natural += unit->natural + b->blanks + (words ? SPACE * unit->size : 0);
	}
	b->blanks = 0;
	piece->from[1] = MAX(piece->from[1], unit->from[1]);
	piece->size = MAX(piece->size, unit->size);
	if (unit->v0 < piece->v0 - NOISE * unit->size)
		piece->v0 = unit->v0;
	if (unit->v1 > piece->v1 + NOISE * unit->size)
		piece->v1 = unit->v1;
	b->piece_start = unit->from[0];
}

static void add_unit(Build *b, LwUnit unit, guint32 by)
{
	if (by && b->last && b->last->type == LW_UNIT_PIECE && b->last->mark == by) {
		extend_piece(b, &unit);
		return;
	}
	if (by && unit.type == LW_UNIT_BLANK)
		return;
	b->blanks = 0;
	b->piece_start = unit.from[0];
	if (by) {
		unit.type = LW_UNIT_PIECE;
		unit.mark = by;
	}
	unit.rides = rides_on(b, &unit);
	if (unit.rides)
		b->last->reach =
			MAX(b->last->reach, unit.from[0] - b->last->from[0] + unit.natural);
	else
		unit.before = gap_before(b->last, &unit);
	g_array_append_val(b->units, unit);
	if (!unit.rides)
		b->last = &g_array_index(b->units, LwUnit, b->units->len - 1);
}

/* Letters that stand apart one by one (spaced type, fonts whose widths say nothing) keep that. */
static void keep_loose(GArray *units)
{
	guint pairs = 0, loose = 0;
	for (guint turn = 0; turn < 2; turn++) {
		const LwUnit *last = NULL;
		for (guint i = 0; i < units->len; i++) {
			LwUnit *unit = &g_array_index(units, LwUnit, i);
			gboolean pair = last && last->type == LW_UNIT_GLYPH &&
					unit->type == LW_UNIT_GLYPH && !unit->rides;
			double gap = pair ? unit->from[0] - last->from[1] : 0, em = unit->size;
			if (pair && !turn && fabs(gap) < WORD * em) {
				pairs++;
				loose += fabs(gap) > LOOSE * em;
			} else if (pair && turn && em > 0) {
				unit->before = round(gap / em / GRAIN) * GRAIN * em;
			}
			if (!unit->rides)
				last = unit;
		}
		if (pairs < 4 || loose * 2 <= pairs)
			return;
	}
}

GArray *lw_units_new(const LwPdfPageContent *content, const LwPdfLines *lines,
		     const LwPdfCell *cell, const guint32 *by)
{
	/* Of full size from the start: b.last points into it. */
	Build b = {.content = content,
		   .cell = cell,
		   .units = g_array_sized_new(FALSE, TRUE, sizeof(LwUnit), cell->count + 1)};
	for (guint k = cell->first; k < cell->first + cell->count; k++) {
		guint32 i = lines->order[k];
		add_unit(&b, unit_of(&b, i), by[i]);
	}
	keep_loose(b.units);
	return b.units;
}

/* --- sharing the room --- */

typedef struct {
	double glyphs, spaces, boxes, least;
} Sum;

static Sum sum_of(const GArray *units, guint count)
{
	Sum sum = {0};
	for (guint i = 0; i < count; i++) {
		const LwUnit *unit = &g_array_index(units, LwUnit, i);
		if (unit->rides)
			continue;
		sum.spaces += unit->before;
		if (unit->type == LW_UNIT_PIECE) {
			sum.boxes += unit->wide;
			sum.least += unit->least;
		} else if (unit->type == LW_UNIT_BLANK) {
			sum.spaces += unit->natural;
		} else {
			sum.glyphs += unit->reach;
		}
	}
	return sum;
}

typedef struct {
	double boxes, spaces, all; /* how much of each is left */
} Share;

static Share share_of(Sum sum, double room)
{
	if (sum.glyphs + sum.spaces + sum.boxes <= room)
		return (Share){1, 1, 1};
	double free = room - sum.glyphs - sum.spaces - sum.least;
	if (free >= 0)
		return (Share){sum.boxes > sum.least ? free / (sum.boxes - sum.least) : 0, 1, 1};
	free = room - sum.glyphs - sum.least;
	if (sum.spaces > 0 && free >= TIGHT * sum.spaces)
		return (Share){0, free / sum.spaces, 1};
	double tight = sum.glyphs + TIGHT * sum.spaces + sum.least;
	return (Share){0, TIGHT, tight > 0 && room > 0 ? room / tight : 1};
}

static double begin_at(const LwRoom *room, double length)
{
	if (room->anchor == LW_ANCHOR_END)
		return MAX(room->left, room->at - length);
	if (room->anchor == LW_ANCHOR_MIDDLE)
		return MAX(room->left, room->at - length / 2);
	return room->at;
}

gboolean lw_units_set(GArray *units, guint count, const LwRoom *room, double *end)
{
	Sum sum = sum_of(units, count);
	double from = room->anchor == LW_ANCHOR_START ? room->at : room->left;
	Share share = share_of(sum, MAX(*end - from, 0));
	double boxes = share.boxes,
	       length = share.all * (sum.glyphs + share.spaces * sum.spaces + sum.least +
				     boxes * (sum.boxes - sum.least));
	double at = begin_at(room, length), base = at, base_from = 0;
	for (guint i = 0; i < count; i++) {
		LwUnit *unit = &g_array_index(units, LwUnit, i);
		if (unit->rides) {
			unit->to = base + (unit->from[0] - base_from);
			unit->wide = unit->natural;
			continue;
		}
		at += share.all * share.spaces * unit->before;
		if (unit->type == LW_UNIT_PIECE)
			unit->wide = unit->least + boxes * (unit->wide - unit->least);
		else if (unit->type == LW_UNIT_BLANK)
			unit->wide = unit->natural * share.spaces;
		else
			unit->wide = unit->reach;
		unit->wide *= share.all;
		unit->to = base = at;
		base_from = unit->from[0];
		at += unit->wide;
	}
	*end = at;
	return share.all > SQUEEZE;
}
