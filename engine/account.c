/* account.c - matches the glyphs of two versions of a page, in the order of their content. */
#include "engine/account.h"

#include "engine/model/bands.h"

#include <math.h>
#include <string.h>

#define TOLERANCE    0.02f /* points that a glyph may move where none may */
#define SAME_LINE    0.5f  /* of the lower of two glyphs that both share */
#define SIGN	     0.75f /* of its line's height that a sign below or above it has at most */
#define SIGN_SHARES  0.05f /* of a sign that still goes with its line */
#define SAME_SLANT   0.3f /* of its size that a glyph may leave a slanted line, or lie on another */
#define SAME_SIZE    0.05f /* by which sizes of one slanted line may differ */
#define NEXT	     2.0f  /* of its size, between middles of two glyphs of a slanted line */
#define STRAIGHT     0.7f  /* cosine of what a slanted line may turn */
#define SLANTED_LINE 0.75f /* of its size that a glyph may lie off a slanted line */
#define LEAST_HEIGHT 0.6f  /* that a font keeps of its height */
#define TOGETHER     0.02f /* points by which two may have moved apart: coordinates are rounded */
#define SPARE	     0.25f /* of a glyph on every side that another may overlap */
#define PAIRS	     200000000u

typedef struct {
	const LwAccount *a;
	guint8 *touched;  /* by original glyph: something of its line goes */
	gint32 *found_at; /* by output glyph: the original one, or -1 */
	GArray *moved;	  /* guint32: output glyphs that went somewhere else */
	guint64 *pairs;	  /* of slanted glyphs that were compared */
} Match;

gboolean lw_account_counts(const LwGlyph *glyph)
{
	return !(glyph->flags & (LW_GLYPH_LABEL | LW_GLYPH_ANNOTATION)) &&
	       !lw_is_blank(glyph->unicode);
}

static float slack_of(float width)
{
	return TOLERANCE + 2e-5f * width;
}

/* The same two edges; or one in the other: the height of a font may have been that of a letter that
 * went. */
static gboolean same_side(float a0, float a1, float b0, float b1, float slack)
{
	float least = LEAST_HEIGHT * MAX(a1 - a0, b1 - b0);
	gboolean inside =
		(a0 <= b0 + slack && a1 >= b1 - slack) || (b0 <= a0 + slack && b1 >= a1 - slack);
	return (fabsf(a0 - b0) <= slack && fabsf(a1 - b1) <= slack) ||
	       (inside && MIN(a1, b1) - MAX(a0, b0) >= least);
}

gboolean lw_account_is_same(const LwGlyph *a, const LwGlyph *b, float width)
{
	float slack = slack_of(width);
	gboolean columns =
		fabsf(a->box.x0 - b->box.x0) <= slack && fabsf(a->box.x1 - b->box.x1) <= slack;
	gboolean rows =
		fabsf(a->box.y0 - b->box.y0) <= slack && fabsf(a->box.y1 - b->box.y1) <= slack;
	if (a->unicode != b->unicode || !(columns || rows))
		return FALSE;
	return columns ? same_side(a->box.y0, a->box.y1, b->box.y0, b->box.y1, slack)
		       : same_side(a->box.x0, a->box.x1, b->box.x0, b->box.x1, slack);
}

static float shared(float a0, float a1, float b0, float b1)
{
	return MIN(a1, b1) - MAX(a0, b0);
}

static gboolean same_line(float a0, float a1, float b0, float b1)
{
	float low = MIN(a1 - a0, b1 - b0), high = MAX(a1 - a0, b1 - b0);
	return shared(a0, a1, b0, b1) > (low < SIGN * high ? SIGN_SHARES : SAME_LINE) * low;
}

static void middle_of(const LwGlyph *glyph, float at[2])
{
	at[0] = (glyph->box.x0 + glyph->box.x1) / 2;
	at[1] = (glyph->box.y0 + glyph->box.y1) / 2;
}

/* How far the middle of a glyph lies from the line through two others; negative: they are one
 * point. */
static float off_line(const LwGlyph *glyph, const LwGlyph *one, const LwGlyph *other)
{
	float at[2], from[2], to[2];
	middle_of(glyph, at);
	middle_of(one, from);
	middle_of(other, to);
	float x = to[0] - from[0], y = to[1] - from[1], length = hypotf(x, y);
	if (length <= 0)
		return -1;
	return fabsf((at[0] - from[0]) * y - (at[1] - from[1]) * x) / length;
}

/* From a glyph to the one that was drawn next, on a curve level or upright for a while; FALSE: they
 * are on no line together. */
static gboolean step_from(const LwAccount *a, guint32 i, float step[2])
{
	float from[2], to[2];
	if (i + 1 >= a->want_count)
		return FALSE;
	const LwGlyph *one = &a->want[i], *next = &a->want[i + 1];
	middle_of(one, from);
	middle_of(next, to);
	step[0] = to[0] - from[0];
	step[1] = to[1] - from[1];
	return fabsf(one->size - next->size) < SAME_SIZE * one->size &&
	       hypotf(step[0], step[1]) < NEXT * one->size;
}

/* Another direction than that of a shorter step beside it: it led to another line. */
static gboolean turns(const float step[2], const float other[2])
{
	float length = hypotf(step[0], step[1]), shorter = hypotf(other[0], other[1]);
	return length > shorter &&
	       step[0] * other[0] + step[1] * other[1] < STRAIGHT * length * shorter;
}

/* Is the glyph that was drawn next on the same slanted line? */
static gboolean goes_on(const LwAccount *a, guint32 i)
{
	float step[2], other[2];
	if (!step_from(a, i, step))
		return FALSE;
	return !(i && step_from(a, i - 1, other) && turns(step, other)) &&
	       !(step_from(a, i + 1, other) && turns(step, other));
}

/* The glyphs that were drawn one after the other on a slanted line say how it runs; one that stands
 * alone does not, and where others go will tell. */
typedef struct {
	guint32 first, last;
} Slanted;

static Slanted slanted_line(const LwAccount *a, guint32 glyph)
{
	Slanted line = {glyph, glyph};
	while (line.first && goes_on(a, line.first - 1))
		line.first--;
	while (goes_on(a, line.last))
		line.last++;
	return line;
}

static gboolean is_on(const LwAccount *a, const Slanted *line, guint32 glyph)
{
	const LwGlyph *one = &a->want[line->first];
	float off = off_line(&a->want[glyph], one, &a->want[line->last]);
	return (glyph >= line->first && glyph <= line->last) ||
	       off < SLANTED_LINE * MAX(a->want[glyph].size, one->size);
}

static gboolean beside(const LwGlyph *a, const LwGlyph *b)
{
	float columns = shared(a->box.x0, a->box.x1, b->box.x0, b->box.x1);
	return same_line(a->box.y0, a->box.y1, b->box.y0, b->box.y1) ||
	       columns > SAME_LINE * MIN(a->box.x1 - a->box.x0, b->box.x1 - b->box.x0);
}

/* One removed glyph stands for those next to it: a line needs a test of few. */
static GArray *removed_lines(const LwAccount *a)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(guint32));
	const LwGlyph *last = NULL;
	for (guint32 i = 0; i < a->want_count; i++) {
		const LwGlyph *glyph = &a->want[i];
		if (!a->by[i])
			continue;
		if (last && glyph->box.y0 == last->box.y0 && glyph->box.y1 == last->box.y1 &&
		    glyph->box.x0 >= last->box.x0)
			continue;
		g_array_append_val(lines, i);
		last = glyph;
	}
	return lines;
}

static void touch(Match *m, guint32 removed)
{
	const LwAccount *a = m->a;
	gboolean slanted = (a->want[removed].flags & LW_GLYPH_SLANTED) != 0;
	Slanted line = slanted ? slanted_line(a, removed) : (Slanted){0};
	for (guint32 i = 0; i < a->want_count; i++)
		if (!m->touched[i])
			m->touched[i] = slanted && a->want[i].flags & LW_GLYPH_SLANTED
						? is_on(a, &line, i)
						: beside(&a->want[i], &a->want[removed]);
}

static void find_touched(Match *m)
{
	const LwAccount *a = m->a;
	g_autoptr(GArray) lines = removed_lines(a);
	if ((guint64)lines->len * a->want_count > PAIRS)
		memset(m->touched, TRUE, a->want_count);
	else
		for (guint k = 0; k < lines->len; k++)
			touch(m, g_array_index(lines, guint32, k));
}

/* Along the line from it to something that is removed? Middles of one line lie on one line. */
static gboolean goes_along(const Match *m, const LwGlyph *glyph, const LwGlyph *got)
{
	float from[2], to[2], other[2];
	middle_of(glyph, from);
	middle_of(got, to);
	for (guint32 k = 0; k < m->a->want_count && *m->pairs < PAIRS; k++, (*m->pairs)++) {
		const LwGlyph *gone = &m->a->want[k];
		if (!m->a->by[k] || !(gone->flags & LW_GLYPH_SLANTED))
			continue;
		middle_of(gone, other);
		float x = other[0] - from[0], y = other[1] - from[1], length = hypotf(x, y);
		float across = (to[0] - from[0]) * y - (to[1] - from[1]) * x;
		if (length > 0 && fabsf(across) < SAME_SLANT * glyph->size * length)
			return TRUE;
	}
	return FALSE;
}

/* The same glyph, gone along its line, level, upright or slanted? */
static gboolean is_moved(const Match *m, guint32 want, const LwGlyph *got)
{
	const LwGlyph *glyph = &m->a->want[want];
	float slack = slack_of(m->a->width);
	if (m->a->level == LW_WIDTH_EXACT || !m->touched[want] || glyph->unicode != got->unicode ||
	    fabsf(glyph->size - got->size) > slack)
		return FALSE;
	const LwRect *a = &glyph->box, *b = &got->box;
	gboolean wide = fabsf((a->x1 - a->x0) - (b->x1 - b->x0)) <= slack;
	gboolean high = fabsf((a->y1 - a->y0) - (b->y1 - b->y0)) <= slack;
	if (glyph->flags & got->flags & LW_GLYPH_SLANTED)
		return wide && high && goes_along(m, glyph, got);
	return (wide && same_side(a->y0, a->y1, b->y0, b->y1, slack)) ||
	       (high && same_side(a->x0, a->x1, b->x0, b->x1, slack));
}

/* Behind something removed on its line, read either way. */
static gboolean may_be_swept(const Match *m, guint32 want)
{
	return m->a->level == LW_WIDTH_STRICT && m->touched[want];
}

static gboolean next_wanted(const LwAccount *a, guint32 *i)
{
	while (*i < a->want_count && (a->by[*i] || !lw_account_counts(&a->want[*i])))
		(*i)++;
	return *i < a->want_count;
}

static gboolean take(Match *m, guint32 *i, guint32 o)
{
	const LwAccount *a = m->a;
	for (guint32 at = *i; next_wanted(a, &at); at++) {
		gboolean same = lw_account_is_same(&a->want[at], &a->got[o], a->width);
		if (same || is_moved(m, at, &a->got[o])) {
			m->found_at[o] = (gint32)at;
			if (!same)
				g_array_append_val(m->moved, o);
			*i = at + 1;
			return TRUE;
		}
		if (!may_be_swept(m, at))
			return FALSE;
	}
	return FALSE;
}

/* What an annotation showed outside the marks may have become part of the page. */
static gboolean take_annotated(const Match *m, guint32 *at, guint32 o)
{
	const LwAccount *a = m->a;
	while (*at < a->want_count && (a->by[*at] || !(a->want[*at].flags & LW_GLYPH_ANNOTATION) ||
				       (!lw_account_is_same(&a->want[*at], &a->got[o], a->width) &&
					!is_moved(m, *at, &a->got[o]))))
		(*at)++;
	return (*at)++ < a->want_count;
}

/* Boxes of slanted letters are larger than the letters: those are judged by their middles. */
static gboolean overlap(const LwGlyph *one, const LwGlyph *other)
{
	const LwRect *a = &one->box, *b = &other->box;
	float from[2], to[2];
	middle_of(one, from);
	middle_of(other, to);
	if ((one->flags | other->flags) & LW_GLYPH_SLANTED)
		return hypotf(to[0] - from[0], to[1] - from[1]) <
		       SAME_SLANT * MIN(one->size, other->size);
	float x = SPARE * MIN(a->x1 - a->x0, b->x1 - b->x0);
	float y = SPARE * MIN(a->y1 - a->y0, b->y1 - b->y0);
	return shared(a->x0, a->x1, b->x0, b->x1) > 2 * x &&
	       shared(a->y0, a->y1, b->y0, b->y1) > 2 * y;
}

/* A point beneath a quotation mark: they lie upon one another as they did. */
static gboolean went_together(const Match *m, guint32 one, guint32 other)
{
	const LwAccount *a = m->a;
	const LwRect *to = &a->got[one].box, *from = &a->want[m->found_at[one]].box;
	const LwRect *beside = &a->got[other].box, *before = &a->want[m->found_at[other]].box;

	return fabsf((to->x0 - from->x0) - (beside->x0 - before->x0)) < TOGETHER &&
	       fabsf((to->y0 - from->y0) - (beside->y0 - before->y0)) < TOGETHER;
}

/* Does a glyph that moved stand on another one now, and did not before? */
static gboolean moved_over(const Match *m, const LwBands *bands, guint32 o)
{
	const LwAccount *a = m->a;
	const LwRect *box = &a->got[o].box;
	guint32 count;
	const guint32 *near = lw_bands_near(bands, box->y0, box->y1, &count);
	for (guint32 i = 0; i < count; i++) {
		guint32 k = near[i];
		const LwRect *other = &a->got[k].box;
		if (other->x0 < box->x1 && other->x1 > box->x0 && k != o && m->found_at[k] >= 0 &&
		    overlap(&a->got[o], &a->got[k]) && !went_together(m, o, k) &&
		    !overlap(&a->want[m->found_at[o]], &a->want[m->found_at[k]]))
			return TRUE;
	}
	return FALSE;
}

static const char *look_at_moved(const Match *m)
{
	const LwAccount *a = m->a;
	const char *why = NULL;
	g_auto(LwBands) bands = {0};
	if (m->moved->len)
		lw_bands_fill(&bands, a->got, sizeof(LwGlyph), a->got_count);
	for (guint i = 0; i < m->moved->len && !why; i++) {
		guint32 o = g_array_index(m->moved, guint32, i);
		const LwRect *box = &a->got[o].box;
		if (box->x1 < 0 || box->x0 > a->width)
			why = "text was moved off its page";
		else if ((guint64)m->moved->len * a->got_count > PAIRS || moved_over(m, &bands, o))
			why = "text was moved over other text";
	}
	return why;
}

static const char *match(Match *m, gint64 *stray)
{
	const LwAccount *a = m->a;
	guint32 i = 0, annotated = 0;
	for (guint32 o = 0; o < a->got_count; o++) {
		m->found_at[o] = -1;
		if (!lw_account_counts(&a->got[o]) || take(m, &i, o) ||
		    take_annotated(m, &annotated, o))
			continue;
		*stray = o;
		return "text outside the marks was moved or changed";
	}
	while (next_wanted(a, &i) && may_be_swept(m, i))
		i++;
	if (next_wanted(a, &i))
		return "text outside the marks was lost";
	return look_at_moved(m);
}

const char *lw_account_page(const LwAccount *account, gint64 *stray)
{
	g_autofree guint8 *touched = g_malloc0(account->want_count + 1);
	g_autofree gint32 *found_at = g_new0(gint32, account->got_count + 1);
	g_autoptr(GArray) moved = g_array_new(FALSE, FALSE, sizeof(guint32));
	guint64 pairs = 0;
	Match m = {account, touched, found_at, moved, &pairs};
	*stray = -1;
	if (account->level != LW_WIDTH_EXACT)
		find_touched(&m);
	return match(&m, stray);
}
