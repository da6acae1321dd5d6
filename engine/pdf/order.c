/* order.c - binds Poppler's characters to our glyphs by place and character. */
#include "engine/pdf/order.h"

#include "engine/pdf/rows.h"

#include <math.h>
#include <string.h>

#define CELL   12.0f /* points: side of a cell of the grid */
#define COLUMN 2.0f  /* em: a gap of this size parts columns */
#define TWIN   0.3f  /* em: the same letter this close is the same ink drawn twice */

typedef struct {
	const LwPdfPageContent *content;
	guint count;
	guint32 *bound; /* by glyph: code point of the page's text + 1, or 0 */
	guint8 *left;	/* by glyph: code points of its own not yet used */
	/* grid over the page: chains of glyphs by cell of their centre */
	guint columns, rows;
	gint32 *heads, *next;
	GArray *labels; /* LwRect: glyphs of our own labels */
} Binder;

static const LwPdfPageGlyph *glyph_at(const Binder *b, guint i)
{
	return &g_array_index(b->content->glyphs, LwPdfPageGlyph, i);
}

static guint cell_of(float value, guint cells)
{
	float cell = value / CELL;
	if (!(cell > 0))
		return 0;
	return cell >= (float)cells ? cells - 1 : (guint)cell;
}

static gboolean is_blank(gunichar c)
{
	return lw_is_blank(c);
}

static void binder_init(Binder *b, const LwPdfPageContent *content)
{
	*b = (Binder){.content = content, .count = content->glyphs->len};
	b->columns = (guint)CLAMP(content->width / CELL + 1, 1, 400);
	b->rows = (guint)CLAMP(content->height / CELL + 1, 1, 400);
	b->bound = g_new0(guint32, b->count + 1);
	b->left = g_new0(guint8, b->count + 1);
	b->next = g_new(gint32, b->count + 1);
	b->heads = g_new(gint32, b->columns * b->rows);
	memset(b->heads, 0xFF, b->columns * b->rows * sizeof *b->heads);
	b->labels = g_array_new(FALSE, FALSE, sizeof(LwRect));
	for (guint i = b->count; i > 0; i--) { /* backwards: chains run in content order */
		const LwPdfPageGlyph *g = glyph_at(b, i - 1);
		if (g->glyph.flags & LW_GLYPH_LABEL) {
			g_array_append_val(b->labels, g->glyph.box);
			b->bound[i - 1] = G_MAXUINT32;
			continue;
		}
		if (g->slanted) { /* Poppler cuts such lines to pieces: their order is ours */
			b->next[i - 1] = -1;
			continue;
		}
		guint x = cell_of((g->glyph.box.x0 + g->glyph.box.x1) / 2, b->columns);
		guint y = cell_of((g->glyph.box.y0 + g->glyph.box.y1) / 2, b->rows);
		b->next[i - 1] = b->heads[y * b->columns + x];
		b->heads[y * b->columns + x] = (gint32)i - 1;
		b->left[i - 1] =
			(guint8)(1 + (g->more[0] != 0) + (g->more[1] != 0) + (g->more[2] != 0));
	}
}

static void binder_clear(Binder *b)
{
	g_free(b->bound);
	g_free(b->left);
	g_free(b->next);
	g_free(b->heads);
	g_array_unref(b->labels);
}

/* Compatibility forms are the same letter: Poppler may print a ligature as letters, a dash as a
 * hyphen. */
static gboolean same_letter(gunichar a, gunichar b)
{
	if (a == b)
		return TRUE;
	if (a < 128 && b < 128)
		return FALSE;
	gunichar da[G_UNICHAR_MAX_DECOMPOSITION_LENGTH], db[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	gsize na = g_unichar_fully_decompose(a, TRUE, da, G_N_ELEMENTS(da));
	gsize nb = g_unichar_fully_decompose(b, TRUE, db, G_N_ELEMENTS(db));
	return na && nb && da[0] == db[0];
}

static gboolean has_letter(const LwPdfPageGlyph *g, gunichar c)
{
	return same_letter(g->glyph.unicode, c) || (g->more[0] && same_letter(g->more[0], c)) ||
	       (g->more[1] && same_letter(g->more[1], c)) ||
	       (g->more[2] && same_letter(g->more[2], c));
}

/* How well a glyph fits a character of Poppler; smaller is better, INFINITY: not at all. */
static float misfit(const LwPdfPageGlyph *g, gunichar c, LwRect box)
{
	const LwRect *own = &g->glyph.box;
	float size = MAX(g->glyph.size, 1);
	float cx = (box.x0 + box.x1) / 2, cy = (box.y0 + box.y1) / 2;
	float slack = 0.15f * size;
	if (cx < own->x0 - slack || cx > own->x1 + slack || cy < own->y0 - slack ||
	    cy > own->y1 + slack)
		return INFINITY;
	float distance =
		fabsf(cx - (own->x0 + own->x1) / 2) + 0.5f * fabsf(cy - (own->y0 + own->y1) / 2);
	if (has_letter(g, c))
		return distance;
	gboolean same_place = fabsf(own->x0 - box.x0) < 0.4f && fabsf(own->x1 - box.x1) < 0.4f;
	if ((g->glyph.flags & LW_GLYPH_UNREADABLE) || same_place)
		return distance + 1000;
	return INFINITY;
}

/* The best free glyph for a character, or -1. hint: where the search starts (text mostly runs in
 * content order). */
static int find_glyph(const Binder *b, gunichar c, LwRect box, int hint)
{
	int best = -1;
	float least = INFINITY;
	for (int i = MAX(hint, 0); i >= 0 && i < (int)b->count && i <= hint + 1; i++) {
		if (!b->left[i])
			continue;
		float value = misfit(glyph_at(b, (guint)i), c, box);
		if (value < 0.25f * MAX(glyph_at(b, (guint)i)->glyph.size, 1))
			return i;
	}
	float cx = (box.x0 + box.x1) / 2, cy = (box.y0 + box.y1) / 2;
	float reach = MIN(MAX(box.y1 - box.y0, box.x1 - box.x0) + CELL, 10 * CELL);
	guint x0 = cell_of(cx - reach, b->columns), x1 = cell_of(cx + reach, b->columns);
	guint y0 = cell_of(cy - reach, b->rows), y1 = cell_of(cy + reach, b->rows);
	for (guint y = y0; y <= y1; y++)
		for (guint x = x0; x <= x1; x++)
			for (gint32 i = b->heads[y * b->columns + x]; i >= 0; i = b->next[i]) {
				if (!b->left[i])
					continue;
				float value = misfit(glyph_at(b, (guint)i), c, box);
				if (value < least) {
					least = value;
					best = i;
				}
			}
	return best;
}

typedef LwPdfPlaced Placed;

static void place_character(GArray *placed, gunichar c, guint32 glyph)
{
	Placed one = {c, glyph};
	g_array_append_val(placed, one);
}

/* The first character of a glyph that Poppler cannot name is ours; what we cannot name is
 * Poppler's. */
static gunichar name_of(const LwPdfPageGlyph *g, gunichar seen)
{
	if ((g->glyph.flags & LW_GLYPH_UNREADABLE) || has_letter(g, seen))
		return seen;
	return g->glyph.unicode;
}

static gboolean ends_blank(const GArray *placed)
{
	guint n = placed->len;
	return n > 1 && g_array_index(placed, Placed, n - 1).c == '\n' &&
	       g_array_index(placed, Placed, n - 2).c == '\n';
}

/* Poppler gives the words of our labels instead of their glyphs: they are shown, and can't be
 * marked. */
static gboolean in_label(const Binder *b, LwRect box)
{
	float x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
	for (guint i = 0; i < b->labels->len; i++) {
		const LwRect *label = &g_array_index(b->labels, LwRect, i);
		if (x >= label->x0 && x <= label->x1 && y >= label->y0 && y <= label->y1)
			return TRUE;
	}
	return FALSE;
}

static GArray *bind_seen(Binder *b, const LwPdfPageText *seen)
{
	GArray *placed = g_array_sized_new(FALSE, FALSE, sizeof(Placed), seen->count + 1);
	const char *p = seen->text;
	int last = -1;
	for (guint i = 0; i < seen->count; i++, p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (c == 0 || c == '\f')
			continue;
		if (c == '\n') {
			if (!ends_blank(placed)) /* of slanted lines only the ends are left */
				place_character(placed, c, LW_NO_GLYPH);
			continue;
		}
		int found = find_glyph(b, c, seen->boxes[i], last);
		if (found < 0) {
			if (is_blank(c) || in_label(b, seen->boxes[i]))
				place_character(placed, is_blank(c) ? ' ' : c, LW_NO_GLYPH);
			continue;
		}
		b->left[found]--;
		place_character(placed, name_of(glyph_at(b, (guint)found), c), (guint32)found);
		if (!b->bound[found])
			b->bound[found] = placed->len;
		last = found;
	}
	return placed;
}

/* Bold by drawing twice: the copy says nothing new, and goes with its twin (model/mark.c). */
static gboolean is_twin(const Binder *b, guint index)
{
	const LwPdfPageGlyph *g = glyph_at(b, index);
	float cx = (g->glyph.box.x0 + g->glyph.box.x1) / 2,
	      cy = (g->glyph.box.y0 + g->glyph.box.y1) / 2;
	float reach = TWIN * MAX(g->glyph.size, 1);
	guint x0 = cell_of(cx - reach, b->columns), x1 = cell_of(cx + reach, b->columns);
	guint y0 = cell_of(cy - reach, b->rows), y1 = cell_of(cy + reach, b->rows);
	for (guint y = y0; y <= y1; y++)
		for (guint x = x0; x <= x1; x++)
			for (gint32 i = b->heads[y * b->columns + x]; i >= 0; i = b->next[i]) {
				const LwPdfPageGlyph *o = glyph_at(b, (guint)i);
				float ox = (o->glyph.box.x0 + o->glyph.box.x1) / 2;
				float oy = (o->glyph.box.y0 + o->glyph.box.y1) / 2;
				if (b->bound[i] && o->glyph.unicode == g->glyph.unicode &&
				    fabsf(ox - cx) < reach && fabsf(oy - cy) < reach)
					return TRUE;
			}
	return FALSE;
}

static void append_own(GArray *placed, const LwPdfPageGlyph *g, guint32 index)
{
	place_character(placed, g->glyph.unicode, index);
	for (int i = 0; i < 3 && g->more[i]; i++)
		place_character(placed, g->more[i], index);
}

/* Space or new line between two glyphs of ours that follow one another. */
static void append_gap(GArray *placed, const LwPdfPageGlyph *before, const LwPdfPageGlyph *g)
{
	float size = MAX(MAX(before->glyph.size, g->glyph.size), 1);
	if (before->slanted || g->slanted) {
		float gap = hypotf(g->origin_x - before->end_x, g->origin_y - before->end_y);
		if (gap > 0.18f * size)
			place_character(placed, gap > 1.2f * size ? '\n' : ' ', LW_NO_GLYPH);
		return;
	}
	if (fabsf(before->origin_y - g->origin_y) > 0.5f * size ||
	    g->origin_x < before->origin_x - 2 * size)
		place_character(placed, '\n', LW_NO_GLYPH);
	else if (g->glyph.box.x0 - before->glyph.box.x1 > 0.18f * size)
		place_character(placed, ' ', LW_NO_GLYPH);
}

/* Runs of glyphs that Poppler left out but that continue a word it did return belong into that
 * word. */
static GArray *insert_adjoining(Binder *b, GArray *placed)
{
	g_autofree guint32 *after =
		g_new0(guint32, placed->len + 1); /* place -> first glyph + 1 to put behind */
	gboolean any = FALSE;
	for (guint i = 1; i < b->count; i++) {
		const LwPdfPageGlyph *g = glyph_at(b, i), *before = glyph_at(b, i - 1);
		if (b->bound[i] || !b->bound[i - 1] || b->bound[i - 1] == G_MAXUINT32 ||
		    g->slanted || is_blank(g->glyph.unicode) || is_twin(b, i))
			continue;
		float size = MAX(g->glyph.size, 1);
		if (fabsf(before->origin_y - g->origin_y) > 0.1f * size ||
		    fabsf(g->glyph.box.x0 - before->glyph.box.x1) > 0.3f * size)
			continue;
		after[b->bound[i - 1]] = i + 1;
		any = TRUE;
	}
	if (!any)
		return placed;
	GArray *out = g_array_sized_new(FALSE, FALSE, sizeof(Placed), placed->len + 64);
	for (guint p = 0; p <= placed->len; p++) {
		guint32 i = after[p] ? after[p] - 1 : b->count;
		for (; i < b->count && !b->bound[i] && !is_blank(glyph_at(b, i)->glyph.unicode);
		     i++) {
			append_own(out, glyph_at(b, i), i);
			b->bound[i] = G_MAXUINT32;
		}
		if (p < placed->len)
			g_array_append_val(out, g_array_index(placed, Placed, p));
	}
	g_array_unref(placed);
	return out;
}

static guint append_rest(Binder *b, GArray *placed)
{
	const LwPdfPageGlyph *before = NULL;
	guint missed = 0;
	for (guint i = 0; i < b->count; i++) {
		const LwPdfPageGlyph *g = glyph_at(b, i);
		if (b->bound[i] || is_blank(g->glyph.unicode) || is_twin(b, i))
			continue;
		if (!before)
			place_character(placed, '\n', LW_NO_GLYPH);
		else
			append_gap(placed, before, g);
		append_own(placed, g, i);
		/* Poppler never gives those of annotations. */
		missed += !(g->glyph.flags & LW_GLYPH_ANNOTATION) && !g->slanted;
		before = g;
	}
	if (before)
		place_character(placed, '\n', LW_NO_GLYPH);
	return missed;
}

/* Poppler runs cells of a table together. Between two glyphs on one line that stand apart there is
 * at least a space, a tab where the gap is that of a column, and a new line where the line is
 * another one. */
static gunichar separator(const Binder *b, const Placed *last, const Placed *now, gunichar between)
{
	const LwPdfPageGlyph *g = glyph_at(b, last->glyph), *h = glyph_at(b, now->glyph);
	float size = MAX(MAX(g->glyph.size, h->glyph.size), 1);
	if (between == '\n' || last->glyph == now->glyph || g->upright || h->upright ||
	    g->slanted || h->slanted)
		return between;
	if (fabsf(g->origin_y - h->origin_y) > 0.7f * size)
		return '\n';
	float gap = h->glyph.box.x0 - g->glyph.box.x1;
	if (gap > COLUMN * size)
		return '\t';
	if (!between && gap > 0.3f * size)
		return ' ';
	return between;
}

static GArray *separate(const Binder *b, GArray *placed)
{
	GArray *out =
		g_array_sized_new(FALSE, FALSE, sizeof(Placed), placed->len + placed->len / 8);
	const Placed *last = NULL;
	guint blanks = 0; /* of out, since the last glyph */
	gunichar between = 0;
	for (guint i = 0; i < placed->len; i++) {
		const Placed *now = &g_array_index(placed, Placed, i);
		if (now->glyph == LW_NO_GLYPH && !is_blank(now->c)) {
			last = NULL; /* of a label: has no place to measure from */
			blanks = between = 0;
		} else if (is_blank(now->c) || now->glyph == LW_NO_GLYPH) {
			between = now->c == '\n' || between == '\n' ? '\n' : ' ';
			blanks++;
		} else {
			gunichar want = last ? separator(b, last, now, between) : between;
			if (want != between && blanks)
				g_array_index(out, Placed, out->len - 1).c = want;
			else if (want != between)
				place_character(out, want, LW_NO_GLYPH);
			last = now;
			blanks = between = 0;
		}
		g_array_append_val(out, *now);
	}
	g_array_unref(placed);
	return out;
}

guint lw_pdf_order_page(const LwPdfPageContent *content, const LwPdfPageText *seen, guint32 first,
			LwPdfText *out)
{
	Binder b;
	binder_init(&b, content);
	GArray *placed = insert_adjoining(&b, bind_seen(&b, seen));
	guint missed = append_rest(&b, placed);
	placed = lw_pdf_pair_rows(content, separate(&b, placed));
	for (guint i = 0; i < placed->len; i++) {
		Placed one = g_array_index(placed, Placed, i);
		guint32 glyph = one.glyph == LW_NO_GLYPH ? LW_NO_GLYPH : first + one.glyph;
		gboolean valid = one.c && g_unichar_validate(one.c) && one.c != '\f';
		g_string_append_unichar(out->text, valid ? one.c : 0xFFFD);
		g_array_append_val(out->glyph_of, glyph);
	}
	g_array_unref(placed);
	binder_clear(&b);
	return missed;
}
