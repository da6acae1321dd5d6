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

/* --- what only moved --- */

/* Words of the redacted document of which some letter was not where the original has one, by folded
 * text: how often. */
static GHashTable *moved_words(const LwDocument *original, const LwDocument *redacted)
{
	GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) old = glyph_set(original);
	const char *at = redacted->text, *stop = at + redacted->length, *start = NULL;
	gboolean moved = FALSE;

	for (gsize point = 0;; at = g_utf8_next_char(at), point++) {
		guint32 glyph = at < stop ? redacted->glyph_of[point] : LW_NO_GLYPH;
		gboolean ours =
			glyph != LW_NO_GLYPH && redacted->glyphs[glyph].flags & LW_GLYPH_LABEL;

		if (glyph != LW_NO_GLYPH && !ours) {
			start = start ? start : at;
			moved |= !has_glyph(old, &redacted->glyphs[glyph]);
		} else if (start) {
			char *word = lw_text_fold(start, at - start);
			guint count = GPOINTER_TO_UINT(g_hash_table_lookup(words, word));

			if (moved)
				g_hash_table_replace(words, word, GUINT_TO_POINTER(count + 1));
			else
				g_free(word);
			start = NULL;
			moved = FALSE;
		}
		if (at >= stop)
			return words;
	}
}

/* Is this string there, elsewhere than it was? Takes it off the count. */
static gboolean take_moved(GHashTable *moved, const char *start, const char *end)
{
	g_autofree char *word = lw_text_fold(start, end - start);
	guint count = GPOINTER_TO_UINT(g_hash_table_lookup(moved, word));

	if (count)
		g_hash_table_replace(moved, g_steal_pointer(&word), GUINT_TO_POINTER(count - 1));
	return count > 0;
}

/* By code point of the original: is its glyph nowhere any more? Yours. */
static guint8 *gone_points(const LwDocument *original, const LwDocument *redacted)
{
	g_autoptr(GHashTable) kept = glyph_set(redacted), moved = moved_words(original, redacted);
	guint8 *gone = g_malloc0(original->length + 1);
	const char *at = original->text, *stop = at + original->length, *start = NULL;
	gsize first = 0;
	gboolean any = FALSE;

	for (gsize point = 0;; at = g_utf8_next_char(at), point++) {
		guint32 glyph = at < stop ? original->glyph_of[point] : LW_NO_GLYPH;

		if (glyph != LW_NO_GLYPH) {
			first = start ? first : point;
			start = start ? start : at;
			gone[point] = !has_glyph(kept, &original->glyphs[glyph]);
			any |= gone[point];
		} else if (start) {
			if (any && take_moved(moved, start, at))
				memset(gone + first, 0, point - first);
			start = NULL;
			any = FALSE;
		}
		if (at >= stop)
			return gone;
	}
}

/* Runs of characters whose glyphs are gone, broken at line ends. */
static void compare_glyphs(LwPlan *proposals, const LwDocument *original,
			   const LwDocument *redacted, const char *sha256)
{
	g_autofree guint8 *gone = gone_points(original, redacted);
	const char *at = original->text, *stop = at + original->length, *start = NULL, *end = NULL;

	for (gsize point = 0; at < stop; at = g_utf8_next_char(at), point++) {
		gboolean blank = original->glyph_of[point] == LW_NO_GLYPH && *at == ' ';

		if (gone[point] && !start)
			start = at;
		if (gone[point])
			end = g_utf8_next_char(at);
		if (!start || gone[point] || blank)
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
	lw_plan_set_secrets(plan, secrets);
	return plan;
}
