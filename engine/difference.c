/* difference.c - compares two readings: by glyph and place for formats with pages, by word for the
 * others. */
#include "engine/difference.h"

#include "engine/base/text.h"

#include <math.h>
#include <string.h>

/* A glyph that moved less than this many points is the same glyph. */
#define GRID 0.5f

#define KIN_LEAST 4 /* words that are no redacted document's own yet */

static guint64 glyph_key(const LwGlyph *glyph, int right, int down)
{
	gint64 x = (gint64)floorf(glyph->box.x0 / GRID) + right;
	gint64 y = (gint64)floorf(glyph->box.y1 / GRID) + down;

	return ((guint64)glyph->page << 48) ^ ((guint64)glyph->unicode << 27) ^
	       (((guint64)x & 0x3fff) << 14) ^ ((guint64)y & 0x3fff);
}

static GHashTable *glyph_set(const LwDocument *document)
{
	GHashTable *set = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

	for (guint32 i = 0; i < document->glyph_count; i++) {
		guint64 key = glyph_key(&document->glyphs[i], 0, 0);

		if (document->glyphs[i].flags & LW_GLYPH_LABEL)
			continue; /* it came with the redaction */
		g_hash_table_add(set, g_memdup2(&key, sizeof(key)));
	}
	return set;
}

static gboolean has_glyph(GHashTable *set, const LwGlyph *glyph)
{
	for (int i = 0; i < 9; i++) {
		guint64 key = glyph_key(glyph, i % 3 - 1, i / 3 - 1);

		if (g_hash_table_contains(set, &key))
			return TRUE;
	}
	return FALSE;
}

/* --- lines that were set anew --- */

#define LINE_PAIRS 4000000 /* of glyphs of one line in both versions */

typedef struct {
	const LwDocument *original, *redacted;
	GHashTable *kept; /* keys of the redacted glyphs, by place */
	guint8 *stays;	  /* by glyph of the original */
} Lines;

static gboolean shows(const LwGlyph *glyph)
{
	return !(glyph->flags & LW_GLYPH_LABEL) && !g_unichar_isspace(glyph->unicode);
}

/* One height on one page: a line, for text that runs level. */
static gint compare_places(gconstpointer a, gconstpointer b, gpointer glyphs)
{
	const LwGlyph *g = (const LwGlyph *)glyphs + *(const guint32 *)a;
	const LwGlyph *h = (const LwGlyph *)glyphs + *(const guint32 *)b;

	if (g->page != h->page)
		return g->page < h->page ? -1 : 1;
	if (fabsf(g->box.y1 - h->box.y1) >= GRID)
		return g->box.y1 < h->box.y1 ? -1 : 1;
	return g->box.x0 < h->box.x0 ? -1 : g->box.x0 > h->box.x0;
}

static GArray *by_place(const LwDocument *document)
{
	GArray *order = g_array_new(FALSE, FALSE, sizeof(guint32));

	for (guint32 i = 0; i < document->glyph_count; i++)
		if (shows(&document->glyphs[i]))
			g_array_append_val(order, i);
	g_array_sort_with_data(order, compare_places, document->glyphs);
	return order;
}

static gboolean one_line(const LwGlyph *a, const LwGlyph *b)
{
	return a->page == b->page && fabsf(a->box.y1 - b->box.y1) < GRID;
}

static guint line_end(const LwDocument *document, const GArray *order, guint from)
{
	guint to = from + 1;

	while (to < order->len && one_line(&document->glyphs[g_array_index(order, guint32, to - 1)],
					   &document->glyphs[g_array_index(order, guint32, to)]))
		to++;
	return to;
}

/* The longest sequence of characters that both versions of a line have; what both end with is the
 * same. */
static void match_line(const Lines *lines, const guint32 *a, guint n, const guint32 *b, guint m)
{
	const LwGlyph *was = lines->original->glyphs, *is = lines->redacted->glyphs;
	g_autofree guint16 *length = NULL;
	guint width;

	while (n && m && was[a[n - 1]].unicode == is[b[m - 1]].unicode) {
		lines->stays[a[--n]] = TRUE;
		m--;
	}
	width = m + 1;
	if (n > G_MAXUINT16 || (guint64)(n + 1) * width > LINE_PAIRS)
		return;
	length = g_new0(guint16, (gsize)(n + 1) * width);
	for (guint i = n; i > 0; i--)
		for (guint k = m; k > 0; k--) {
			guint at = (i - 1) * width + k - 1;
			gboolean same = was[a[i - 1]].unicode == is[b[k - 1]].unicode;

			length[at] = same ? (guint16)(length[at + width + 1] + 1)
					  : MAX(length[at + width], length[at + 1]);
		}
	for (guint i = 0, k = 0; i < n && k < m;) {
		if (was[a[i]].unicode == is[b[k]].unicode) {
			lines->stays[a[i++]] = TRUE;
			k++;
		} else if (length[(i + 1) * width + k] >= length[i * width + k + 1]) {
			i++;
		} else {
			k++;
		}
	}
}

static gboolean is_whole(const Lines *lines, const guint32 *line, guint count)
{
	for (guint i = 0; i < count; i++)
		if (!has_glyph(lines->kept, &lines->original->glyphs[line[i]]))
			return FALSE;
	return TRUE;
}

/* Lines of which a glyph is missing at its place are read anew, from the left to the right. */
static void match_lines(const Lines *lines)
{
	g_autoptr(GArray) was = by_place(lines->original), is = by_place(lines->redacted);
	const guint32 *a = (const guint32 *)(void *)was->data;
	const guint32 *b = (const guint32 *)(void *)is->data;

	for (guint i = 0, k = 0, end; i < was->len; i = end) {
		const LwGlyph *first = &lines->original->glyphs[a[i]];
		guint to;

		end = line_end(lines->original, was, i);
		if (is_whole(lines, a + i, end - i))
			continue;
		while (k < is->len && !one_line(first, &lines->redacted->glyphs[b[k]]) &&
		       (lines->redacted->glyphs[b[k]].page < first->page ||
			(lines->redacted->glyphs[b[k]].page == first->page &&
			 lines->redacted->glyphs[b[k]].box.y1 < first->box.y1)))
			k++;
		if (k == is->len || !one_line(first, &lines->redacted->glyphs[b[k]]))
			continue;
		to = line_end(lines->redacted, is, k);
		match_line(lines, a + i, end - i, b + k, to - k);
		k = to;
	}
}

static void add_span(LwPlan *proposals, const LwDocument *original, const char *sha256, gsize start,
		     gsize end)
{
	LwMark *mark;

	mark = lw_proposals_add_span(proposals, original, sha256,
				     (LwSpan){(guint32)start, (guint32)(end - start)}, LW_KIND_TERM,
				     NULL);
	if (!mark) { /* shows nothing: nothing to look for */
		g_ptr_array_set_size(proposals->marks, (int)proposals->marks->len - 1);
		return;
	}
	mark->action = LW_ACTION_REMOVE;
	mark->decision = LW_DECISION_ACCEPTED;
	mark->ground = "5.1.2.e";
	mark->rule = LW_RULE_DIFFERENCE;
	mark->score = 1;
}

/* Runs of characters whose glyphs are gone, broken at line ends. */
static void compare_glyphs(LwPlan *proposals, const LwDocument *original,
			   const LwDocument *redacted, const char *sha256)
{
	g_autoptr(GHashTable) kept = glyph_set(redacted);
	g_autofree guint8 *stays = g_malloc0(original->glyph_count + 1);
	const Lines lines = {original, redacted, kept, stays};
	const char *at = original->text, *stop = at + original->length, *start = NULL, *end = NULL;

	match_lines(&lines);
	for (gsize point = 0; at < stop; at = g_utf8_next_char(at), point++) {
		guint32 glyph = original->glyph_of[point];
		gboolean blank = glyph == LW_NO_GLYPH && *at == ' ';
		gboolean gone = glyph != LW_NO_GLYPH && !stays[glyph] &&
				!has_glyph(kept, &original->glyphs[glyph]);

		if (gone && !start)
			start = at;
		if (gone)
			end = g_utf8_next_char(at);
		if (!start || gone || blank)
			continue;
		add_span(proposals, original, sha256, (gsize)(start - original->text),
			 (gsize)(end - original->text));
		start = NULL;
	}
	if (start)
		add_span(proposals, original, sha256, (gsize)(start - original->text),
			 (gsize)(end - original->text));
}

typedef void (*WordFunc)(void *self, const char *word, gsize start, gsize length);

static void each_word(const LwDocument *document, WordFunc func, void *self)
{
	const char *at = document->text, *stop = at + document->length, *start = NULL;

	for (;; at = g_utf8_next_char(at)) {
		gunichar c = at < stop ? g_utf8_get_char(at) : ' ';
		gboolean inside = lw_text_is_letter(c) || lw_text_is_digit(c) || lw_text_is_mark(c);

		if (inside && !start)
			start = at;
		if (!inside && start) {
			func(self, start, (gsize)(start - document->text), (gsize)(at - start));
			start = NULL;
		}
		if (at >= stop)
			return;
	}
}

typedef struct {
	LwPlan *proposals;
	const LwDocument *original;
	const char *sha256;
	GHashTable *kept;
} Words;

static void word_keep(void *self, const char *word, gsize start, gsize length)
{
	(void)start;
	g_hash_table_add(((Words *)self)->kept, lw_text_fold(word, (gssize)length));
}

static void word_compare(void *self, const char *word, gsize start, gsize length)
{
	Words *words = self;
	g_autofree char *folded = lw_text_fold(word, (gssize)length);

	if (!g_hash_table_contains(words->kept, folded))
		add_span(words->proposals, words->original, words->sha256, start, start + length);
}

static void compare_words(LwPlan *proposals, const LwDocument *original, const LwDocument *redacted,
			  const char *sha256)
{
	g_autoptr(GHashTable) kept = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Words words = {proposals, original, sha256, kept};

	each_word(redacted, word_keep, &words);
	each_word(original, word_compare, &words);
}

/* --- can the one come from the other? --- */

typedef struct {
	GHashTable *words;
	guint all, known;
} Kin;

static void kin_add(void *self, const char *word, gsize start, gsize length)
{
	(void)start;
	g_hash_table_add(((Kin *)self)->words, lw_text_fold(word, (gssize)length));
}

static void kin_count(void *self, const char *word, gsize start, gsize length)
{
	Kin *kin = self;
	g_autofree char *folded = lw_text_fold(word, (gssize)length);

	(void)start;
	if (g_utf8_strlen(word, (gssize)length) < 2) /* "5.1.2.e" of a label */
		return;
	kin->all++;
	kin->known += g_hash_table_contains(kin->words, folded);
}

/* Most words of a redacted document stand in its original; labels and recognition add a few. */
static gboolean is_kin(const LwDocument *original, const LwDocument *redacted)
{
	g_autoptr(GHashTable) words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Kin kin = {.words = words};

	each_word(original, kin_add, &kin);
	each_word(redacted, kin_count, &kin);
	return original->page_count == redacted->page_count &&
	       (kin.all <= KIN_LEAST || kin.known * 2 >= kin.all);
}

LwPlan *lw_difference_plan(const LwDocument *original, const LwDocument *redacted,
			   const char *sha256, const LwPlanOptions *options, GError **error)
{
	g_autoptr(LwPlan) proposals = lw_plan_new();
	g_autoptr(GHashTable) secrets =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	LwPlan *plan;

	if (!is_kin(original, redacted)) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE,
				    "is no redaction of that original");
		return NULL;
	}
	if (original->page_count && original->glyph_of)
		compare_glyphs(proposals, original, redacted, sha256);
	else
		compare_words(proposals, original, redacted, sha256);
	lw_proposals_sort(proposals);
	plan = lw_plan_decide(proposals, original, options);
	lw_plan_collect_secrets(proposals, original, options, secrets);
	lw_plan_add_secrets(plan, secrets);
	return plan;
}
