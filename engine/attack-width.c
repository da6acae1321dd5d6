/* attack-width.c - the guesser with a list of surnames: how many of them still fit in each gap?
 *
 * It measures the output and knows the widths of the letters from the original, as anybody does who
 * has the font. A gap that kept its width fits names of just that width; one of a class fits all
 * names of the class; where nothing stands behind it any name fits. */
#include "engine/attack.h"

#include "engine/pdf/metrics.h"

#include <math.h>
#include <string.h>

#define LETTERS	      128    /* that names are written with, folded */
#define BINS	      32000  /* of a thousandth of an em */
#define SAME_WIDTH    0.05f  /* points that a gap may differ and still be the same */
#define SAME_LETTER   0.004f /* em */
#define CLASS	      3.0f   /* em: what a gap of unknown origin can hide; two classes at least */
#define CLASSES	      2
#define LOTS	      4 /* one name in so many is counted: the whole list takes as long as reading */
#define AVERAGE	      0.5f /* em: a letter that no table knows */
#define LINE_SHARE    0.5f /* of a glyph's height that two of one line share */
#define PITCH	      1.0f /* em: from letter to letter of an upright line, at most */
#define SLANTED_PITCH 2.5f /* em: of a slanted one, over a space */
#define LINE_SLACK    0.1f /* em: what a detour over the middle of a line adds */
#define FONTS	      256  /* of a document; more are judged by those */

/* Widths of the letters of one font, in em; 0: not seen. */
typedef struct {
	float width[LETTERS];
	guint32 *below; /* by bin: how many names are narrower; NULL: not counted yet */
} Font;

/* One removed run of glyphs on one line. */
typedef struct {
	guint mark;
	gint font;	     /* index, or -1 */
	float size;	     /* em, points */
	float all, name;     /* points: the run, the name in it */
	float before, after; /* points: gap between the neighbours, in original and output */
	gboolean open;	     /* nothing stands behind it on its line */
} Run;

struct LwWidths {
	GPtrArray *fonts; /* Font */
	GArray *runs;	  /* Run */
};

static void font_free(gpointer self)
{
	Font *font = self;
	g_free(font->below);
	g_free(font);
}

LwWidths *lw_widths_new(void)
{
	LwWidths *widths = g_new0(LwWidths, 1);
	widths->fonts = g_ptr_array_new_with_free_func(font_free);
	widths->runs = g_array_new(FALSE, FALSE, sizeof(Run));
	return widths;
}

void lw_widths_free(LwWidths *widths)
{
	if (!widths)
		return;
	g_ptr_array_unref(widths->fonts);
	g_array_unref(widths->runs);
	g_free(widths);
}

/* --- fonts --- */

/* Is its box as wide as the letter? */
static gboolean is_level(const LwGlyph *glyph)
{
	return glyph->size > 0 && glyph->box.x1 > glyph->box.x0 &&
	       !(glyph->flags & LW_GLYPH_SLANTED);
}

static gboolean one_line(const LwGlyph *a, const LwGlyph *b)
{
	float shared = MIN(a->box.y1, b->box.y1) - MAX(a->box.y0, b->box.y0);
	return shared > LINE_SHARE * MIN(a->box.y1 - a->box.y0, b->box.y1 - b->box.y0);
}

/* Upright letters have boxes too, which are as wide as the letters are high. */
static gboolean has_neighbour(const LwGlyph *glyphs, guint32 count, guint32 i)
{
	return (i && one_line(&glyphs[i - 1], &glyphs[i])) ||
	       (i + 1 < count && one_line(&glyphs[i], &glyphs[i + 1]));
}

static void learn_letters(const LwGlyph *glyphs, guint32 count, guint16 number, Font *font)
{
	for (guint32 i = 0; i < count; i++) {
		const LwGlyph *glyph = &glyphs[i];
		if (glyph->font == number && glyph->unicode < LETTERS && is_level(glyph) &&
		    has_neighbour(glyphs, count, i))
			font->width[glyph->unicode] = (glyph->box.x1 - glyph->box.x0) / glyph->size;
	}
}

/* A font of another page is the same when all letters that both know are as wide. */
static gboolean is_same_font(const Font *a, const Font *b)
{
	guint shared = 0;
	for (guint c = 0; c < LETTERS; c++) {
		if (a->width[c] <= 0 || b->width[c] <= 0)
			continue;
		if (fabsf(a->width[c] - b->width[c]) > SAME_LETTER)
			return FALSE;
		shared++;
	}
	return shared > 0;
}

static gint find_font(LwWidths *widths, const LwGlyph *glyphs, guint32 count, guint16 number)
{
	Font here = {0};
	learn_letters(glyphs, count, number, &here);
	for (guint i = 0; i < widths->fonts->len; i++) {
		Font *known = widths->fonts->pdata[i];
		if (!is_same_font(known, &here))
			continue;
		for (guint c = 0; c < LETTERS; c++)
			known->width[c] = known->width[c] > 0 ? known->width[c] : here.width[c];
		return (gint)i;
	}
	if (widths->fonts->len == FONTS)
		return -1;
	g_ptr_array_add(widths->fonts, g_memdup2(&here, sizeof(here)));
	return (gint)widths->fonts->len - 1;
}

/* --- gaps --- */

static float between(const LwGlyph *a, const LwGlyph *b)
{
	float x = (b->box.x0 + b->box.x1 - a->box.x0 - a->box.x1) / 2;
	float y = (b->box.y0 + b->box.y1 - a->box.y0 - a->box.y1) / 2;
	return hypotf(x, y);
}

/* On one line at any angle: upright and slanted letters stand beside one another. */
static gboolean follows(const LwGlyph *a, const LwGlyph *b)
{
	float pitch = a->flags & b->flags & LW_GLYPH_SLANTED ? SLANTED_PITCH : PITCH;
	return one_line(a, b) || between(a, b) < pitch * MAX(a->size, b->size);
}

/* From one edge to the other; by the middles of the glyphs where their boxes are no letters. */
static float length_of(const LwGlyph *glyphs, guint32 from, guint32 to)
{
	const LwGlyph *first = &glyphs[from], *last = &glyphs[to - 1];
	float count = (float)(to - from);
	if (is_level(first) && one_line(first, last))
		return last->box.x1 - first->box.x0;
	return count > 1 ? between(first, last) * count / (count - 1) : AVERAGE * first->size;
}

/* The longest word of letters: what a name of the list would stand for. */
static float name_width(const LwGlyph *glyphs, guint32 from, guint32 to)
{
	gboolean level = is_level(&glyphs[from]) && one_line(&glyphs[from], &glyphs[to - 1]);
	float best = 0, width = 0;
	for (guint32 i = from, word = from; i < to; i++) {
		if (!g_unichar_isalpha(glyphs[i].unicode)) {
			width = 0;
			word = i + 1;
			continue;
		}
		width = level ? width + glyphs[i].box.x1 - glyphs[i].box.x0
			      : length_of(glyphs, word, i + 1);
		best = MAX(best, width);
	}
	return best;
}

/* Where the glyphs around a run stand now. */
typedef struct {
	const LwGlyph *was[2], *is[2]; /* before and behind; NULL: none on this line */
} Around;

/* Does a glyph stand on the line through both, behind the second? */
static gboolean goes_on(const LwGlyph *first, const LwGlyph *last, const LwGlyph *next)
{
	float whole = between(first, next), part = between(first, last) + between(last, next);
	return whole > between(first, last) && part - whole < LINE_SLACK * first->size;
}

static void add_slanted(LwWidths *widths, const LwAccount *page, Run *run, const LwGlyph *first,
			const LwGlyph *last, const Around *around)
{
	gboolean behind = around->was[1] && goes_on(first, last, around->was[1]);
	gboolean before = around->was[0] && goes_on(last, first, around->was[0]);
	run->font = find_font(widths, page->want, page->want_count, first->font);
	run->open = !behind;
	if (behind) {
		run->before = between(before ? around->was[0] : first, around->was[1]);
		run->after = between(before ? around->is[0] : first, around->is[1]);
	}
	g_array_append_val(widths->runs, *run);
}

static void add_run(LwWidths *widths, const LwAccount *page, guint32 from, guint32 to,
		    const Around *around)
{
	const LwGlyph *first = &page->want[from], *last = &page->want[to - 1];
	Run run = {.mark = page->by[from] - 1,
		   .size = first->size,
		   .all = length_of(page->want, from, to),
		   .name = name_width(page->want, from, to)};
	if (first->size <= 0 || run.name <= 0)
		return;
	if (!is_level(first) || !one_line(first, last)) {
		add_slanted(widths, page, &run, first, last, around);
		return;
	}
	gboolean behind = around->was[1] && one_line(last, around->was[1]) &&
			  around->was[1]->box.x0 >= last->box.x0;
	gboolean before = around->was[0] && one_line(first, around->was[0]) &&
			  around->was[0]->box.x1 <= first->box.x1;
	run.font = find_font(widths, page->want, page->want_count, first->font);
	run.open = !behind;
	if (behind && before && one_line(around->is[0], around->is[1])) {
		run.before = around->was[1]->box.x0 - around->was[0]->box.x1;
		run.after = around->is[1]->box.x0 - around->is[0]->box.x1;
	} else if (behind) { /* what stands behind it tells where it ended, if it stayed there */
		run.before = around->was[1]->box.x0 - first->box.x0;
		run.after = around->is[1]->box.x0 - first->box.x0;
	}
	g_array_append_val(widths->runs, run);
}

static gboolean is_removed(const LwAccount *page, guint32 i)
{
	return page->by[i] && page->by[i] != G_MAXUINT32;
}

/* One run: glyphs of one mark on one line. */
static guint32 run_end(const LwAccount *page, guint32 from)
{
	guint32 to = from + 1;
	while (to < page->want_count && page->by[to] == page->by[from] &&
	       follows(&page->want[to - 1], &page->want[to]))
		to++;
	return to;
}

static void next_counted(const LwGlyph *glyphs, guint32 count, guint32 *at)
{
	while (*at < count && !lw_account_counts(&glyphs[*at]))
		(*at)++;
}

void lw_widths_add_page(LwWidths *widths, const LwAccount *page)
{
	Around around = {0};
	for (guint32 i = 0, o = 0; i < page->want_count;) {
		if (is_removed(page, i)) {
			guint32 to = run_end(page, i), next = to, now = o;
			while (next < page->want_count &&
			       (page->by[next] || !lw_account_counts(&page->want[next])))
				next++;
			next_counted(page->got, page->got_count, &now);
			gboolean found = next < page->want_count && now < page->got_count &&
					 page->want[next].unicode == page->got[now].unicode;
			around.was[1] = found ? &page->want[next] : NULL;
			around.is[1] = found ? &page->got[now] : NULL;
			add_run(widths, page, i, to, &around);
			i = to;
			continue;
		}
		if (!page->by[i] && lw_account_counts(&page->want[i])) {
			next_counted(page->got, page->got_count, &o);
			if (o == page->got_count || page->want[i].unicode != page->got[o].unicode)
				return; /* strict: the rest of the line went too */
			around.was[0] = &page->want[i];
			around.is[0] = &page->got[o++];
		}
		i++;
	}
}

/* --- names --- */

typedef struct {
	const Font *font;
	guint32 *below;
} Count;

static float standard_width(LwPdfCoreFont font, guint8 c)
{
	const char name[] = {(char)c, 0};
	double width = g_ascii_isalpha(c) ? lw_pdf_core_width(font, name) : -1;
	return width > 0 ? (float)width / 1000 : 0;
}

/* How far apart the letters are that were seen, together. */
static float difference(const Font *font, LwPdfCoreFont like)
{
	float sum = 0;
	for (guint c = 'A'; c <= 'z'; c++)
		if (g_ascii_isalpha(c) && font->width[c] > 0)
			sum += fabsf(font->width[c] - standard_width(like, (guint8)c));
	return sum;
}

static LwPdfCoreFont most_like(const Font *font)
{
	static const LwPdfCoreFont all[] = {
		{LW_PDF_CORE_HELVETICA, FALSE, FALSE}, {LW_PDF_CORE_HELVETICA, TRUE, FALSE},
		{LW_PDF_CORE_TIMES, FALSE, FALSE},     {LW_PDF_CORE_TIMES, TRUE, FALSE},
		{LW_PDF_CORE_TIMES, FALSE, TRUE},      {LW_PDF_CORE_COURIER, FALSE, FALSE},
	};
	LwPdfCoreFont best = all[0];
	for (guint i = 1; i < G_N_ELEMENTS(all); i++)
		if (difference(font, all[i]) < difference(font, best))
			best = all[i];
	return best;
}

static float letter_width(const Count *count, guint8 c)
{
	return c < LETTERS ? count->font->width[c] : AVERAGE;
}

/* Names of the list are folded; they are written with a capital. */
static void count_name(void *self, const char *name, gsize length)
{
	const Count *count = self;
	float width = letter_width(count, (guint8)g_ascii_toupper(name[0]));
	for (gsize i = 1; i < length; i++)
		width += letter_width(count, (guint8)name[i]);
	count->below[CLAMP((gint)(width * 1000), 0, BINS - 2) + 1] += LOTS;
}

static void count_names(Font *font, const LwLexicon *lexicon)
{
	LwPdfCoreFont like = most_like(font);
	font->below = g_new0(guint32, BINS);
	for (guint c = 0; c < LETTERS; c++)
		if (font->width[c] <= 0) /* as in the standard font that is most like it */
			font->width[c] = standard_width(like, (guint8)c);
	Count count = {font, font->below};
	lw_lexicon_each(lexicon, LW_WORD_SURNAME, LOTS, count_name, &count);
	for (guint i = 1; i < BINS; i++)
		font->below[i] += font->below[i - 1];
}

/* Names wider than `from` and at most as wide as `to`, in em. */
static guint32 names_between(const Font *font, float from, float to)
{
	guint low = (guint)CLAMP(from * 1000, 0, BINS - 1);
	guint high = (guint)CLAMP(to * 1000 + 1, 0, BINS - 1);
	return high > low ? font->below[high] - font->below[low] : 0;
}

static guint32 fits_of(const Run *run, const Font *font, LwWidth level)
{
	float rest = run->all - run->name, em = run->size, low, high;
	if (level == LW_WIDTH_EXACT || (!run->open && fabsf(run->after - run->before) < SAME_WIDTH))
		return names_between(font, (run->name - SAME_WIDTH) / em,
				     (run->name + SAME_WIDTH) / em);
	if (level == LW_WIDTH_STRICT)
		return font->below[BINS - 1];
	high = CLASS * MAX(CLASSES, ceilf(run->all / em / CLASS - 1e-3f));
	low = high > CLASS * CLASSES ? high - CLASS : 0;
	return names_between(font, MAX(0, low - rest / em), high - rest / em);
}

void lw_widths_count(LwWidths *widths, const LwLexicon *lexicon, LwWidth level, GArray *fits)
{
	for (guint i = 0; i < widths->runs->len; i++) {
		const Run *run = &g_array_index(widths->runs, Run, i);
		Font *font = run->font < 0 ? NULL : widths->fonts->pdata[run->font];
		if (!font || run->mark >= fits->len)
			continue;
		if (!font->below)
			count_names(font, lexicon);
		guint32 *least = &g_array_index(fits, guint32, run->mark);
		*least = MIN(*least, fits_of(run, font, level));
	}
}
