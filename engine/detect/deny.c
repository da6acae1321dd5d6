/* deny.c - the words that the user's policy denies, wherever they stand (LW_WORD_DENY).
 *
 * A denied word is whole, of any case, and may run over a line end. A find that goes anyway and
 * holds it keeps its own extent; what might stay readable becomes a term. */
#include "engine/detect/detect.h"
#include "engine/detect/search-text.h"
#include "engine/detect/word-map.h"

#include <string.h>

#define RULE	   "list/deny"
#define SURE	   0.5f
#define MAX_BEFORE 64 /* finds looked at that begin before a denied word */

typedef struct {
	char *text; /* as the search text has it */
	gsize lead; /* bytes before its first letter or digit */
	guint next; /* the next phrase with the same first word, + 1 */
} Phrase;

typedef struct {
	GArray *phrases;  /* Phrase */
	LwWordMap *heads; /* first word to the last phrase + 1 */
	const LwSearchText *text;
	LwEntities *found;
} Denial;

static gboolean is_solid(char c)
{
	return g_ascii_isalnum(c) || ((guint8)c & 0x80) != 0;
}

static gsize solid_end(const char *text, gsize at)
{
	while (is_solid(text[at]))
		at++;
	return at;
}

static void add_phrase(Denial *denial, const char *words)
{
	g_autoptr(LwNormal) normal = lw_normal_new(words, strlen(words));
	g_autoptr(LwSearchText) folded = lw_search_text_new(normal);
	Phrase phrase = {g_strndup(folded->text, folded->length), 0, 0};
	guint32 *head;

	while (phrase.text[phrase.lead] && !is_solid(phrase.text[phrase.lead]))
		phrase.lead++;
	if (!phrase.text[phrase.lead]) {
		g_free(phrase.text);
		return;
	}
	head = lw_word_map_add(denial->heads, phrase.text + phrase.lead,
			       solid_end(phrase.text, phrase.lead) - phrase.lead);
	phrase.next = *head;
	g_array_append_val(denial->phrases, phrase);
	*head = denial->phrases->len;
}

/* The end of the phrase that begins at `at`; 0: it does not. A hyphen may end a line. */
static gsize match(const LwSearchText *text, gsize at, const char *phrase)
{
	gsize from = at, i = 0;

	for (; phrase[i]; i++) {
		if (i && phrase[i - 1] == '-' && phrase[i] != ' ' && at < text->length &&
		    text->text[at] == ' ')
			at++;
		if (at >= text->length || text->text[at] != phrase[i])
			return 0;
		at++;
	}
	if (is_solid(*phrase) && from > 0 && is_solid(text->text[from - 1]))
		return 0;
	return is_solid(phrase[i - 1]) && at < text->length && is_solid(text->text[at]) ? 0 : at;
}

/* Does the find go by the built-in policy, whatever a role or a profile says? */
static gboolean goes(const LwEntity *entity)
{
	return entity->score >= SURE && lw_kind_default_action(entity->kind) == LW_ACTION_REMOVE &&
	       (entity->role == LW_ROLE_UNKNOWN || entity->role == LW_ROLE_CITIZEN);
}

/* The find that holds the whole span; NULL: none. Passages are no extents of words. */
static const LwEntity *holder(const Denial *denial, LwSpan span, guint count)
{
	guint low = 0, high = count;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(denial->found->items, LwEntity, middle).span.start <= span.start)
			low = middle + 1;
		else
			high = middle;
	}
	for (guint i = low; i-- > 0 && low - i <= MAX_BEFORE;) {
		const LwEntity *entity = &g_array_index(denial->found->items, LwEntity, i);

		if (entity->kind != LW_KIND_PASSAGE && entity->kind != LW_KIND_OPINION &&
		    entity->span.length &&
		    entity->span.start + entity->span.length >= span.start + span.length)
			return entity;
	}
	return NULL;
}

static void deny(const Denial *denial, gsize from, gsize to, guint count)
{
	const LwNormal *normal = denial->text->normal;
	const LwEntity *cover;
	const char *last;
	gsize start, end;
	LwEntity *entity;
	LwSpan span;

	last = normal->utf8 + denial->text->map[to - 1];
	lw_normal_range(normal, denial->text->map[from],
			(gsize)(g_utf8_next_char(last) - normal->utf8), &start, &end);
	span = (LwSpan){(guint32)start, (guint32)(end - start)};
	cover = holder(denial, span, count);
	if (cover && goes(cover))
		return;
	if (cover)
		span = cover->span;
	entity = lw_entities_add(denial->found, span, LW_KIND_TERM, 1.0f, RULE);
	entity->reason = LW_REASON_DENY;
}

static void find_at(const Denial *denial, gsize at, guint count)
{
	gsize length = solid_end(denial->text->text, at) - at;
	guint index = lw_word_map_find(denial->heads, denial->text->text + at, length);

	while (index) {
		const Phrase *phrase = &g_array_index(denial->phrases, Phrase, index - 1);
		gsize end = phrase->lead <= at
				    ? match(denial->text, at - phrase->lead, phrase->text)
				    : 0;

		if (end)
			deny(denial, at - phrase->lead, end, count);
		index = phrase->next;
	}
}

static void clear_phrase(gpointer phrase)
{
	g_free(((Phrase *)phrase)->text);
}

static void search(Denial *denial, const LwNormal *normal)
{
	g_autoptr(LwSearchText) text = lw_search_text_new(normal);
	guint count = denial->found->items->len;

	denial->text = text;
	for (gsize at = 0; at < text->length; at++) {
		if (!is_solid(text->text[at]))
			continue;
		find_at(denial, at, count);
		at = solid_end(text->text, at);
	}
	lw_entities_sort(denial->found);
}

void lw_detect_denied(const LwDetectContext *context, LwEntities *found)
{
	const GPtrArray *words = lw_lexicon_denied(context->lexicon);
	const LwDocument *document = context->base.document;

	if (words->len == 0)
		return;
	g_autoptr(GArray) phrases = g_array_new(FALSE, TRUE, sizeof(Phrase));
	g_autoptr(LwWordMap) heads = lw_word_map_new();
	g_autoptr(LwNormal) page =
		lw_normal_new(document->text ? document->text : "", document->length);
	Denial denial = {phrases, heads, NULL, found};

	g_array_set_clear_func(phrases, clear_phrase);
	for (guint i = 0; i < words->len; i++)
		add_phrase(&denial, g_ptr_array_index(words, i));
	search(&denial, page);
	if (page->length != context->base.normal->length) /* torn words were joined (torn.h) */
		search(&denial, context->base.normal);
}
