/* consistency.c - looks in all texts for the words of accepted marks outside of them.
 *
 * All texts are gone through once for all of them, along a tree of words; what was found holds
 * until an event changes what goes out. */
#include "engine/dossier/consistency.h"

#include "engine/base/text.h"
#include "engine/dossier/reading.h"

#include <string.h>

enum { LETTERS_LEAST = 3, DIGITS_LEAST = 5, PLACES_MOST = 200, AROUND_BYTES = 50 };

/* A text that is removed somewhere. */
typedef struct {
	char *text, *fold;
	GArray *hashes; /* guint64 */
	gboolean name;	/* only where it is written with a capital */
	guint removed;
	GArray *places; /* Place: where it can be read */
} Item;

typedef struct {
	gint64 document;
	LwSpan span;
} Place;

static void item_free(gpointer self)
{
	Item *item = self;

	g_free(item->text);
	g_free(item->fold);
	g_array_unref(item->hashes);
	g_array_unref(item->places);
	g_free(item);
}

/* "43" and "van" stand anywhere by chance; a passage is a place, not a fact. */
static gboolean is_telling(const char *kind, const char *text)
{
	static const char *const not [] = {"passage", "opinion", "picture",	"signature", "age",
					   "salary",  "special", "birth-place", NULL};
	g_autofree char *skeleton = lw_text_skeleton(text, -1);
	gboolean digits = strspn(skeleton, "0123456789") == strlen(skeleton);

	return !g_strv_contains(not, kind) &&
	       g_utf8_strlen(skeleton, -1) >= (digits ? DIGITS_LEAST : LETTERS_LEAST);
}

static GPtrArray *items_of(LwDossier *dossier)
{
	GPtrArray *items = g_ptr_array_new_with_free_func(item_free);
	g_autoptr(LwCursor) rows =
		lw_store_ask(dossier->store,
			     "SELECT min(text), fold, kind, count(*) FROM live WHERE decision = "
			     "'accepted' AND length > 0 GROUP BY fold, kind ORDER BY fold",
			     "");

	while (lw_cursor_next(rows)) {
		const char *text = lw_cursor_text(rows, 0), *kind = lw_cursor_text(rows, 2);
		Item *item;

		if (!text || !is_telling(kind, text))
			continue;
		item = g_new0(Item, 1);
		item->text = g_strdup(text);
		item->fold = g_strdup(lw_cursor_text(rows, 1));
		item->hashes = lw_words_hash(text);
		item->name = !strcmp(kind, "person");
		item->removed = (guint)lw_cursor_integer(rows, 3);
		item->places = g_array_new(FALSE, FALSE, sizeof(Place));
		g_ptr_array_add(items, item);
	}
	return items;
}

/* ---- a tree of words ---- */

/* A step from a node by a word. */
typedef struct {
	guint64 word;
	guint32 from, to;
} Step;

enum { ROOT, FIRST_BITS = 1 << 16 };

typedef struct {
	GHashTable *steps;	      /* Step -> itself, owned */
	GPtrArray *ends;	      /* by node: list of items, or NULL */
	guint8 first[FIRST_BITS / 8]; /* which first words there may be */
} Tree;

static guint step_hash(gconstpointer self)
{
	const Step *step = self;
	guint64 hash = (step->word ^ step->from) * 0x9e3779b97f4a7c15u;

	return (guint)(hash >> 32);
}

static gboolean step_equal(gconstpointer a, gconstpointer b)
{
	const Step *one = a, *two = b;

	return one->word == two->word && one->from == two->from;
}

/* The node that a word leads to; ROOT: none. */
static guint32 tree_step(const Tree *tree, guint32 from, guint64 word)
{
	const Step step = {word, from, ROOT}, *known = g_hash_table_lookup(tree->steps, &step);

	return known ? known->to : ROOT;
}

static guint32 tree_grow(Tree *tree, guint32 from, guint64 word)
{
	Step *step = g_new(Step, 1);

	*step = (Step){word, from, tree->ends->len};
	g_hash_table_add(tree->steps, step);
	g_ptr_array_add(tree->ends, NULL);
	if (from == ROOT)
		tree->first[word % FIRST_BITS / 8] |= (guint8)(1u << word % 8);
	return step->to;
}

static void tree_add(Tree *tree, Item *item)
{
	guint32 node = ROOT;

	for (guint i = 0; i < item->hashes->len; i++) {
		guint64 word = g_array_index(item->hashes, guint64, i);
		guint32 next = tree_step(tree, node, word);

		node = next ? next : tree_grow(tree, node, word);
	}
	if (node == ROOT)
		return;
	if (!tree->ends->pdata[node])
		tree->ends->pdata[node] = g_ptr_array_new();
	g_ptr_array_add(tree->ends->pdata[node], item);
}

static void list_free(gpointer list)
{
	if (list)
		g_ptr_array_unref(list);
}

static Tree *tree_new(const GPtrArray *items)
{
	Tree *tree = g_new0(Tree, 1);

	tree->steps = g_hash_table_new_full(step_hash, step_equal, g_free, NULL);
	tree->ends = g_ptr_array_new_with_free_func(list_free);
	g_ptr_array_add(tree->ends, NULL);
	for (guint i = 0; i < items->len; i++)
		tree_add(tree, items->pdata[i]);
	return tree;
}

static void tree_free(Tree *tree)
{
	g_hash_table_unref(tree->steps);
	g_ptr_array_unref(tree->ends);
	g_free(tree);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_free)

/* ---- where they can be read ---- */

/* What is gone from a text: spans in order, joined. */
static GArray *gone_of(LwDossier *dossier, gint64 document)
{
	GArray *gone = g_array_new(FALSE, FALSE, sizeof(LwSpan));
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT start, length FROM mark WHERE document = ? AND present = 1 AND decision = "
		"'accepted' AND length > 0 ORDER BY start",
		"i", document);

	while (lw_cursor_next(rows)) {
		LwSpan span = {(guint32)lw_cursor_integer(rows, 0),
			       (guint32)lw_cursor_integer(rows, 1)};
		LwSpan *last = gone->len ? &g_array_index(gone, LwSpan, gone->len - 1) : NULL;

		if (last && span.start <= last->start + last->length)
			last->length = MAX(last->start + last->length, span.start + span.length) -
				       last->start;
		else
			g_array_append_val(gone, span);
	}
	return gone;
}

/* Does any of what goes meet this span? */
static gboolean is_gone(const GArray *gone, LwSpan span)
{
	guint low = 0, high = gone->len;

	while (low < high) {
		guint middle = (low + high) / 2;
		const LwSpan *at = &g_array_index(gone, LwSpan, middle);

		if (at->start + at->length <= span.start)
			low = middle + 1;
		else
			high = middle;
	}
	return low < gone->len && g_array_index(gone, LwSpan, low).start < span.start + span.length;
}

/* The words from `at` to `end` are those of an item. */
static void found_here(const LwText *text, gsize at, gsize end, Item *item, const GArray *gone)
{
	const LwWord *first = &text->words[at], *last = &text->words[end];
	Place place = {.document = text->document};

	if (item->places->len >= PLACES_MOST)
		return;
	place.span = (LwSpan){first->start, last->start + last->length - first->start};
	if (item->name && !lw_text_is_upper(g_utf8_get_char(text->text + last->start)) &&
	    !lw_text_is_upper(g_utf8_get_char(text->text + first->start)))
		return;
	if (!is_gone(gone, place.span))
		g_array_append_val(item->places, place);
}

static void look_from(const LwText *text, gsize at, const Tree *tree, const GArray *gone)
{
	guint32 node = ROOT;

	for (gsize end = at; end < text->word_count; end++) {
		const GPtrArray *list;

		node = tree_step(tree, node, text->words[end].hash);
		if (node == ROOT)
			return;
		list = tree->ends->pdata[node];
		for (guint i = 0; list && i < list->len; i++)
			found_here(text, at, end, list->pdata[i], gone);
	}
}

static void look_in(LwDossier *dossier, gint64 document, const Tree *tree)
{
	g_autoptr(LwText) text = lw_text_new(dossier, document);
	g_autoptr(GArray) gone = gone_of(dossier, document);

	for (gsize i = 0; i < text->word_count; i++) {
		guint64 word = text->words[i].hash;

		if (tree->first[word % FIRST_BITS / 8] & 1u << word % 8)
			look_from(text, i, tree, gone);
	}
}

/* Only what goes out can be read. */
static GPtrArray *find_all(LwDossier *dossier)
{
	GPtrArray *items = items_of(dossier);
	g_autoptr(Tree) tree = tree_new(items);
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT id FROM document WHERE state = 'read' AND NOT EXISTS (SELECT 1 FROM state "
		"WHERE subject = 'd:' || id AND field = 'judgement' AND value IN ('Niet openbaar', "
		"'Reeds openbaar')) ORDER BY id",
		"");

	while (items->len && lw_cursor_next(rows))
		look_in(dossier, lw_cursor_integer(rows, 0), tree);
	for (guint i = items->len; i-- > 0;)
		if (!((Item *)items->pdata[i])->places->len)
			g_ptr_array_remove_index(items, i);
	return items;
}

struct LwFindings {
	gint64 event; /* the last that matters */
	GPtrArray *items;
};

void lw_findings_forget(LwDossier *dossier)
{
	if (dossier->findings)
		g_ptr_array_unref(dossier->findings->items);
	g_clear_pointer(&dossier->findings, g_free);
}

/* Items that can be read somewhere; kept until what goes out changes. */
static const GPtrArray *findings_of(LwDossier *dossier)
{
	gint64 event = lw_event_last_that_matters(dossier);

	if (dossier->findings && dossier->findings->event == event)
		return dossier->findings->items;
	lw_findings_forget(dossier);
	dossier->findings = g_new(LwFindings, 1);
	*dossier->findings = (LwFindings){event, find_all(dossier)};
	return dossier->findings->items;
}

static char *left_motivation(LwDossier *dossier, const Item *item)
{
	g_autofree char *subject = g_strconcat("k:", item->fold, NULL);

	return lw_state_text(dossier, subject, "leave");
}

/* Each text is taken out once for an answer. */
static const LwText *text_at(LwCall *call, GHashTable *texts, gint64 document)
{
	gpointer key = GINT_TO_POINTER((int)document);
	LwText *text = g_hash_table_lookup(texts, key);

	if (!text) {
		text = lw_text_new(call->dossier, document);
		g_hash_table_insert(texts, key, text);
	}
	return text;
}

static LwJson *place_json(LwCall *call, GHashTable *texts, const Place *place)
{
	const LwText *text = text_at(call, texts, place->document);
	gsize start = place->span.start, end = start + place->span.length;
	gsize from = start > AROUND_BYTES ? start - AROUND_BYTES : 0;
	gsize to = MIN(end + AROUND_BYTES, text->length);
	g_autofree char *before = NULL, *after = NULL;
	LwJson *json = lw_json_object_new();

	while (from < start && ((guchar)text->text[from] & 0xc0) == 0x80)
		from++;
	while (to > end && to < text->length && ((guchar)text->text[to] & 0xc0) == 0x80)
		to--;
	before = g_strndup(text->text + from, start - from);
	after = g_strndup(text->text + end, to - end);
	lw_json_set_integer(json, "document", place->document);
	lw_json_set_integer(json, "page",
			    lw_store_number(call->dossier->store, 0,
					    "SELECT max(page) FROM page WHERE document = ? AND "
					    "start <= ?",
					    "ii", place->document, (gint64)start));
	lw_json_set_integer(json, "offset", (gint64)lw_text_code_points(text->text, start));
	lw_json_set_integer(json, "length",
			    (gint64)lw_text_code_points(text->text + start, end - start));
	lw_json_set_string(json, "before", before);
	lw_json_set_string(json, "after", after);
	return json;
}

gboolean lw_consistency_answer(LwCall *call)
{
	const GPtrArray *items = findings_of(call->dossier);
	g_autoptr(GHashTable) texts =
		g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)lw_text_free);
	LwJson *list = lw_json_array_new();

	for (guint i = 0; i < items->len; i++) {
		const Item *item = items->pdata[i];
		g_autofree char *motivation = NULL;
		LwJson *json, *places;

		motivation = left_motivation(call->dossier, item);
		json = lw_json_object_new();
		places = lw_json_array_new();
		for (guint k = 0; k < item->places->len; k++)
			lw_json_append(places, place_json(call, texts,
							  &g_array_index(item->places, Place, k)));
		lw_json_set_string(json, "text", item->text);
		lw_json_set_integer(json, "removed", item->removed);
		lw_json_set(json, "readable", places);
		lw_json_set_boolean(json, "decided", motivation != NULL);
		lw_json_set_string(json, "motivation", motivation);
		lw_json_append(list, json);
	}
	lw_json_set(call->answer, "items", list);
	return lw_call_keys(call, NULL);
}

guint lw_consistency_open(LwCall *call)
{
	const GPtrArray *items = findings_of(call->dossier);
	guint count = 0;

	for (guint i = 0; i < items->len; i++) {
		const Item *item = items->pdata[i];
		g_autofree char *motivation = left_motivation(call->dossier, item);

		count += !motivation;
	}
	return count;
}

gboolean lw_leave_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"text", "motivation", NULL};
	const char *text = NULL, *motivation = NULL;
	g_autofree char *fold = NULL, *subject = NULL;

	if (!lw_call_keys(call, keys) || !lw_call_string(call, "text", LW_REQUIRED, &text) ||
	    !lw_call_string(call, "motivation", LW_OPTIONAL, &motivation))
		return FALSE;
	if (lw_call_has(call, "motivation") && motivation && !*motivation)
		return lw_call_refuse(call, LW_REPLY_REFUSED,
				      "what stays readable here and not there needs a motivation");
	fold = lw_text_fold(text, -1);
	subject = g_strconcat("k:", fold, NULL);
	lw_deed_set(deed, subject, "leave", motivation);
	return TRUE;
}
