/* secrets.c - the removed strings of a run: what must be gone from every hidden place.
 *
 * A string that could stand anywhere by chance ("43", "van") is no secret: searching for it would
 * condemn every file. */
#include "engine/plan.h"

#include "engine/base/text.h"

#include <string.h>

enum {
	LETTERS_LEAST = 3,
	DIGITS_LEAST = 5,
	SUBSCRIBER_DIGITS = 9,
	PHRASE_WORD_LEAST = 5,
	OWN_WORDS = 2, /* of a special category: more are nobody else's */
};

/* More white space than this, in em, ends a run of glyphs. */
#define RUN_GAP 0.35f

/* Whether a string says enough to be looked for. */
static gboolean is_telling(const char *text)
{
	g_autofree char *skeleton = lw_text_skeleton(text, -1);
	glong letters = g_utf8_strlen(skeleton, -1);
	gboolean digits = strspn(skeleton, "0123456789") == strlen(skeleton);

	return letters >= (digits ? DIGITS_LEAST : LETTERS_LEAST);
}

/* Takes the string. */
static void secret_add(GHashTable *secrets, char *text)
{
	if (is_telling(text))
		g_hash_table_add(secrets, text);
	else
		g_free(text);
}

/* The text as it reads: hyphens at line ends joined, white space single. */
static char *text_plain(const char *text, gsize length)
{
	g_autoptr(LwNormal) normal = lw_normal_new(text, length);
	g_auto(GStrv) words = g_strsplit_set(normal->utf8, " \n\t\f", -1);
	GString *plain = g_string_sized_new(normal->length);

	for (guint i = 0; words[i]; i++) {
		if (*words[i] && plain->len)
			g_string_append_c(plain, ' ');
		g_string_append(plain, words[i]);
	}
	return g_string_free(plain, FALSE);
}

static gboolean is_separator(gunichar c)
{
	return !lw_text_is_letter(c) && !lw_text_is_mark(c) && c != '\'' && c != '-';
}

static guint32 flags_of(const char *word, const LwLexicon *lexicon)
{
	return lexicon ? lw_lexicon_look_up(lexicon, word, strlen(word)) : 0;
}

/* A word of a name that gives the person away by itself: no particle or title, and no word that is
 * only an ordinary one. */
static gboolean is_name_word(const char *word, const LwLexicon *lexicon)
{
	const guint32 flags = flags_of(word, lexicon);

	if (g_utf8_strlen(word, -1) < LETTERS_LEAST || !lw_text_is_upper(g_utf8_get_char(word)))
		return FALSE;
	if (flags & (LW_WORD_PARTICLE | LW_WORD_TITLE))
		return FALSE;
	return flags & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) || !(flags & LW_WORD_COMMON);
}

/* Whole words of letters, hyphens and apostrophes; yours. */
static GPtrArray *words_of(const char *text)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	const char *start = NULL, *at = text;

	for (;; at = g_utf8_next_char(at)) {
		gboolean inside = *at && !is_separator(g_utf8_get_char(at));

		if (inside && !start)
			start = at;
		if (!inside && start) {
			g_ptr_array_add(words, g_strndup(start, (gsize)(at - start)));
			start = NULL;
		}
		if (!*at)
			return words;
	}
}

/* "mevrouw A. van den Berg-Jansen": also "Berg-Jansen" alone. */
static void add_name_words(const char *name, const LwLexicon *lexicon, GHashTable *secrets)
{
	g_autoptr(GPtrArray) words = words_of(name);

	for (guint i = 0; i < words->len; i++)
		if (is_name_word(words->pdata[i], lexicon))
			secret_add(secrets, g_strdup(words->pdata[i]));
}

/* "j.devries@example.nl": also "j.devries", when somebody may be called like that; "info" and
 * "secretariaat" are nobody. */
static void add_local_part(const char *address, const LwLexicon *lexicon, GHashTable *secrets)
{
	const char *at = strchr(address, '@');
	g_autofree char *local = at ? g_strndup(address, (gsize)(at - address)) : NULL;
	g_autoptr(GPtrArray) words = local ? words_of(local) : NULL;

	for (guint i = 0; words && i < words->len; i++) {
		const guint32 flags = flags_of(words->pdata[i], lexicon);
		const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;
		const guint32 others =
			LW_WORD_COMMON | LW_WORD_ROLE | LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION;

		if (g_utf8_strlen(words->pdata[i], -1) < LETTERS_LEAST)
			continue;
		if (flags & names || !(flags & others)) {
			secret_add(secrets, g_steal_pointer(&local));
			return;
		}
	}
}

/* "+31 6 12345678" and "06-12345678" share these digits. */
static void add_subscriber(const char *number, GHashTable *secrets)
{
	g_autofree char *digits = lw_text_skeleton(number, -1);
	gsize length = strspn(digits, "0123456789");

	if (!digits[length] && length > SUBSCRIBER_DIGITS)
		secret_add(secrets, g_strdup(digits + length - SUBSCRIBER_DIGITS));
}

/* A word of a phrase that may stand alone elsewhere: "Korhaan" of "dhr. Korhaan te Assen". */
static void add_phrase_words(const char *phrase, const LwLexicon *lexicon, GHashTable *secrets)
{
	g_autoptr(GPtrArray) words = words_of(phrase);

	for (guint i = 0; words->len > 1 && i < words->len; i++)
		if (g_utf8_strlen(words->pdata[i], -1) >= PHRASE_WORD_LEAST &&
		    is_name_word(words->pdata[i], lexicon))
			secret_add(secrets, g_strdup(words->pdata[i]));
}

static void add_span(const LwMark *mark, const LwDocument *document, const LwLexicon *lexicon,
		     GHashTable *secrets)
{
	char *plain = text_plain(document->text + mark->span.start, mark->span.length);

	if (mark->kind == LW_KIND_PERSON)
		add_name_words(plain, lexicon, secrets);
	else if (mark->kind == LW_KIND_EMAIL)
		add_local_part(plain, lexicon, secrets);
	else if (!g_strcmp0(mark->rule, LW_RULE_DIFFERENCE))
		add_phrase_words(plain, lexicon, secrets);
	else if (mark->kind == LW_KIND_PHONE)
		add_subscriber(plain, secrets);
	secret_add(secrets, plain);
}

static gboolean is_covered(const GArray *boxes, const LwGlyph *glyph)
{
	for (guint i = 0; i < boxes->len; i++)
		if (lw_box_covers(&g_array_index(boxes, LwBox, i), glyph))
			return TRUE;
	return FALSE;
}

static void run_end(GString *run, const LwLexicon *lexicon, GHashTable *secrets)
{
	if (run->len) {
		char *plain = text_plain(run->str, run->len);

		add_phrase_words(plain, lexicon, secrets);
		secret_add(secrets, plain);
	}
	g_string_truncate(run, 0);
}

/* Under an area, as it reads. */
static void add_area_text(const LwMark *mark, const LwDocument *document, guint32 page,
			  const LwLexicon *lexicon, GHashTable *secrets)
{
	LwSpan span = document->pages[page].span;
	const char *at = document->text + span.start, *end = at + span.length;
	gsize point = lw_text_code_points(document->text, span.start);
	GString *run = g_string_new(NULL);

	for (; at < end; at = g_utf8_next_char(at), point++) {
		guint32 glyph = document->glyph_of[point];
		gunichar c = g_utf8_get_char(at);

		if (glyph == LW_NO_GLYPH && c == ' ' && run->len)
			g_string_append_c(run, ' ');
		else if (glyph != LW_NO_GLYPH && is_covered(mark->boxes, &document->glyphs[glyph]))
			g_string_append_unichar(run, c);
		else
			run_end(run, lexicon, secrets);
	}
	run_end(run, lexicon, secrets);
	g_string_free(run, TRUE);
}

/* What an area covers of a page, as it reads. */
static void append_covered(GString *text, const LwMark *mark, const LwDocument *document,
			   guint32 page)
{
	LwSpan span = document->pages[page].span;
	const char *at = document->text + span.start, *end = at + span.length;
	gsize point = lw_text_code_points(document->text, span.start);
	gboolean gap = text->len > 0;

	for (; at < end; at = g_utf8_next_char(at), point++) {
		guint32 glyph = document->glyph_of[point];

		if (glyph == LW_NO_GLYPH || !is_covered(mark->boxes, &document->glyphs[glyph])) {
			gap = text->len > 0;
			continue;
		}
		if (gap)
			g_string_append_c(text, ' ');
		g_string_append_unichar(text, g_utf8_get_char(at));
		gap = FALSE;
	}
}

char *lw_mark_text(const LwMark *mark, const LwDocument *document)
{
	GString *text = g_string_new(NULL);
	guint32 last = G_MAXUINT32;

	if (mark->span.length)
		g_string_append_len(text, document->text + mark->span.start, mark->span.length);
	for (guint i = 0; !mark->span.length && document->glyph_of && i < mark->boxes->len; i++) {
		guint32 page = g_array_index(mark->boxes, LwBox, i).page;

		if (page < document->page_count && page != last)
			append_covered(text, mark, document, page);
		last = page;
	}
	return g_string_free(text, FALSE);
}

static gboolean follows(const LwGlyph *last, const LwGlyph *next)
{
	float gap = next->box.x0 - last->box.x1;

	return ABS(next->box.y1 - last->box.y1) < 0.3f * next->size && gap < RUN_GAP * next->size &&
	       gap > -next->size;
}

/* Under an area, as it is drawn: for glyphs that the reading order left out. */
static void add_area_glyphs(const LwMark *mark, const LwDocument *document, guint32 page,
			    const LwLexicon *lexicon, GHashTable *secrets)
{
	const LwPage *shown = &document->pages[page];
	const LwGlyph *last = NULL;
	GString *run = g_string_new(NULL);

	for (guint32 i = shown->first_glyph; i < shown->first_glyph + shown->glyph_count; i++) {
		const LwGlyph *glyph = &document->glyphs[i];
		gboolean covered = is_covered(mark->boxes, glyph);

		if (!covered || (last && !follows(last, glyph)))
			run_end(run, lexicon, secrets);
		last = covered ? glyph : NULL;
		if (covered)
			g_string_append_unichar(run, glyph->unicode);
	}
	run_end(run, lexicon, secrets);
	g_string_free(run, TRUE);
}

static void add_area(const LwMark *mark, const LwDocument *document, const LwLexicon *lexicon,
		     GHashTable *secrets)
{
	for (guint i = 0; i < mark->boxes->len; i++) {
		guint32 page = g_array_index(mark->boxes, LwBox, i).page;

		if (page >= document->page_count)
			continue;
		if (document->glyph_of)
			add_area_text(mark, document, page, lexicon, secrets);
		add_area_glyphs(mark, document, page, lexicon, secrets);
	}
}

static int compare_strings(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void lw_plan_add_secrets(LwPlan *plan, GHashTable *secrets)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter iter;
	gpointer secret;

	for (guint i = 0; i < plan->secrets->len; i++)
		g_hash_table_add(known, plan->secrets->pdata[i]);
	g_hash_table_iter_init(&iter, secrets);
	while (g_hash_table_iter_next(&iter, &secret, NULL))
		if (!g_hash_table_contains(known, secret))
			g_ptr_array_add(plan->secrets,
					lw_arena_strndup(plan->arena, secret, strlen(secret)));
	g_ptr_array_sort(plan->secrets, compare_strings);
}

/* "Astma" says something of a person in this document, and nothing anywhere else. */
static gboolean is_own(const LwMark *mark, const LwDocument *document)
{
	g_autofree char *plain = NULL;
	g_autoptr(GPtrArray) words = NULL;

	if (mark->kind != LW_KIND_SPECIAL || !mark->span.length)
		return FALSE;
	plain = text_plain(document->text + mark->span.start, mark->span.length);
	words = words_of(plain);
	return words->len <= OWN_WORDS;
}

static void collect(const LwPlan *proposals, const LwDocument *document,
		    const LwPlanOptions *options, gboolean own, GHashTable *secrets)
{
	for (guint i = 0; i < proposals->marks->len; i++) {
		const LwMark *mark = proposals->marks->pdata[i];

		if (!lw_mark_is_accepted(mark, options) || is_own(mark, document) != own)
			continue;
		if (mark->span.length)
			add_span(mark, document, options->lexicon, secrets);
		else
			add_area(mark, document, options->lexicon, secrets);
	}
}

void lw_plan_collect_secrets(const LwPlan *proposals, const LwDocument *document,
			     const LwPlanOptions *options, GHashTable *secrets)
{
	collect(proposals, document, options, FALSE, secrets);
}

void lw_plan_own_secrets(LwPlan *plan, const LwPlan *proposals, const LwDocument *document,
			 const LwPlanOptions *options)
{
	g_autoptr(GHashTable) own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	collect(proposals, document, options, TRUE, own);
	lw_plan_add_secrets(plan, own);
}
