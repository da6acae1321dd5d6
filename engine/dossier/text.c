/* text.c - text of a document or page, its words on the page, and searching in all. */
#include "engine/dossier/text.h"

#include "engine/base/text.h"
#include "engine/detect/detect.h"

#include <string.h>

enum { HITS_USUAL = 500, HITS_MOST = 20000, AROUND_BYTES = 60, QUESTION_BYTES = 2000 };

static gboolean page_span(LwCall *call, gint64 document, gint64 page, LwSpan *span, gint64 *offset)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT start, length, offset FROM page WHERE document = ? AND page = ?", "ii",
		document, page);

	if (!lw_cursor_next(rows))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such page");
	*span = (LwSpan){(guint32)lw_cursor_integer(rows, 0), (guint32)lw_cursor_integer(rows, 1)};
	*offset = lw_cursor_integer(rows, 2);
	return TRUE;
}

gboolean lw_text_answer(LwCall *call)
{
	static const char *const keys[] = {"document", "page", NULL};
	gint64 document = 0, page = 0, offset = 0;
	g_autoptr(LwText) text = NULL;
	g_autofree char *part = NULL;
	LwSpan span = {0, 0};

	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_REQUIRED, &document) ||
	    !lw_call_integer(call, "page", LW_OPTIONAL, 1, G_MAXINT32, &page))
		return FALSE;
	text = lw_text_new(call->dossier, document);
	if (!text->text_bytes)
		return lw_call_refuse(call, LW_REPLY_REFUSED, "this document could not be read");
	span.length = (guint32)text->length;
	if (page && !page_span(call, document, page, &span, &offset))
		return FALSE;
	if ((gsize)span.start + span.length > text->length)
		return lw_call_refuse(call, LW_REPLY_FAILED,
				      "the state of the dossier is damaged; "
				      "put a back-up in its place");
	part = g_strndup(text->text + span.start, span.length);
	lw_json_set_integer(call->answer, "document", document);
	lw_json_set_integer(call->answer, "offset", offset);
	lw_json_set_string(call->answer, "text", part);
	return TRUE;
}

guint32 lw_area_anchor(const LwDocument *document, const LwBox *box)
{
	const LwPage *page;
	const char *at, *end;
	gsize point;

	if (box->page >= document->page_count)
		return 0;
	page = &document->pages[box->page];
	at = document->text + page->span.start;
	end = at + page->span.length;
	point = lw_text_code_points(document->text, page->span.start);
	for (; at < end; at = g_utf8_next_char(at), point++) {
		guint32 index = document->glyph_of ? document->glyph_of[point] : LW_NO_GLYPH;

		if (index != LW_NO_GLYPH &&
		    (document->glyphs[index].box.y0 + document->glyphs[index].box.y1) / 2 >=
			    box->rect.y0)
			return (guint32)(at - document->text);
	}
	return page->span.start + page->span.length;
}

/* ---- words on the page ---- */

typedef struct {
	const LwDocument *document;
	LwJson *list;
	gsize start, points; /* of the word */
	gsize first_point;
	LwRect box;
	const LwGlyph *first, *last;
} Layer;

/* From the way in which its glyphs follow each other. */
static int turn_of(const LwGlyph *first, const LwGlyph *last)
{
	float dx = (last->box.x0 + last->box.x1 - first->box.x0 - first->box.x1) / 2;
	float dy = (last->box.y0 + last->box.y1 - first->box.y0 - first->box.y1) / 2;

	if (first == last || ABS(dx) >= ABS(dy))
		return dx < 0 ? 180 : 0;
	return dy < 0 ? 270 : 90;
}

static void layer_end(Layer *layer, gsize end)
{
	g_autofree char *word = NULL;
	LwJson *item;

	if (!layer->first)
		return;
	word = g_strndup(layer->document->text + layer->start, end - layer->start);
	item = lw_json_object_new();
	lw_json_set_integer(item, "offset", (gint64)layer->first_point);
	lw_json_set_integer(item, "length", (gint64)layer->points);
	lw_json_set_string(item, "text", word);
	lw_json_set_number(item, "x0", layer->box.x0);
	lw_json_set_number(item, "y0", layer->box.y0);
	lw_json_set_number(item, "x1", layer->box.x1);
	lw_json_set_number(item, "y1", layer->box.y1);
	lw_json_set_integer(item, "turn", turn_of(layer->first, layer->last));
	lw_json_append(layer->list, item);
	layer->first = layer->last = NULL;
	layer->points = 0;
}

static void layer_page(Layer *layer, const LwPage *page)
{
	const LwDocument *document = layer->document;
	const char *at = document->text + page->span.start, *end = at + page->span.length;
	gsize point = lw_text_code_points(document->text, page->span.start);

	for (; at < end; at = g_utf8_next_char(at), point++) {
		guint32 index = document->glyph_of ? document->glyph_of[point] : LW_NO_GLYPH;
		const LwGlyph *glyph;

		if (g_unichar_isspace(g_utf8_get_char(at)) || index == LW_NO_GLYPH) {
			layer_end(layer, (gsize)(at - document->text));
			continue;
		}
		glyph = &document->glyphs[index];
		if (!layer->first) {
			layer->first = glyph;
			layer->start = (gsize)(at - document->text);
			layer->first_point = point;
			layer->box = glyph->box;
		}
		layer->last = glyph;
		layer->box = lw_rect_union(layer->box, glyph->box);
		layer->points++;
	}
	layer_end(layer, (gsize)(end - document->text));
}

gboolean lw_layer_answer(LwCall *call)
{
	static const char *const keys[] = {"document", "page", NULL};
	gint64 document = 0, page = 0;
	Layer layer = {0};

	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_REQUIRED, &document) ||
	    !lw_call_integer(call, "page", LW_REQUIRED, 1, G_MAXINT32, &page))
		return FALSE;
	layer.document = lw_reading_document(call->dossier, document);
	if (!layer.document || page > layer.document->page_count)
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such page");
	layer.list = lw_json_array_new();
	layer_page(&layer, &layer.document->pages[page - 1]);
	lw_json_set_number(call->answer, "width", layer.document->pages[page - 1].width);
	lw_json_set_number(call->answer, "height", layer.document->pages[page - 1].height);
	lw_json_set(call->answer, "words", layer.list);
	return TRUE;
}

/* ---- searching ---- */

static LwTerms *call_terms(LwCall *call)
{
	const char *term = NULL, *regex = NULL;
	g_autoptr(GError) error = NULL;
	LwTerms *terms;

	if (!lw_call_string(call, "term", LW_OPTIONAL, &term) ||
	    !lw_call_string(call, "regex", LW_OPTIONAL, &regex))
		return NULL;
	if (!term == !regex || strlen(term ? term : regex) > QUESTION_BYTES) {
		lw_call_refuse(call, LW_REPLY_USAGE, "give a term or a regex to search for");
		return NULL;
	}
	terms = lw_terms_new((const char *[]){term, NULL}, (const char *[]){regex, NULL}, &error);
	if (!terms)
		lw_call_refuse(call, LW_REPLY_USAGE, error->message);
	return terms;
}

static void search_document(LwDossier *dossier, gint64 number, const LwTerms *terms, LwHitFunc hit,
			    void *self)
{
	g_autoptr(LwText) text = lw_text_new(dossier, number);
	g_autoptr(LwNormal) normal = lw_normal_new(text->text, text->length);
	g_autoptr(LwEntities) found = lw_entities_new();
	LwDocument document = {.text = text->text, .length = text->length};

	lw_terms_find(terms, &(LwDetection){&document, normal}, found);
	lw_entities_sort(found);
	for (guint i = 0; i < found->items->len; i++)
		hit(self, text, g_array_index(found->items, LwEntity, i).span);
}

gboolean lw_text_search(LwCall *call, LwHitFunc hit, void *self)
{
	g_autoptr(LwTerms) terms = call_terms(call);
	g_autoptr(GArray) documents = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(LwCursor) rows = NULL;
	gint64 document = 0;

	if (!terms || !lw_call_document(call, LW_OPTIONAL, &document))
		return FALSE;
	rows = lw_store_ask(call->dossier->store,
			    "SELECT id FROM document WHERE state = 'read' AND (?1 = 0 OR id = ?1) "
			    "ORDER BY id",
			    "i", document);
	while (lw_cursor_next(rows)) {
		document = lw_cursor_integer(rows, 0);
		g_array_append_val(documents, document);
	}
	for (guint i = 0; i < documents->len; i++)
		search_document(call->dossier, g_array_index(documents, gint64, i), terms, hit,
				self);
	return TRUE;
}

typedef struct {
	LwCall *call;
	LwJson *list;
	gint64 count, limit;
} Hits;

static char *around(const LwText *text, gsize from, gsize to)
{
	while (from < to && ((guchar)text->text[from] & 0xc0) == 0x80)
		from++;
	while (to > from && to < text->length && ((guchar)text->text[to] & 0xc0) == 0x80)
		to--;
	return g_strndup(text->text + from, to - from);
}

static void set_hit_place(LwCall *call, LwJson *item, const LwText *text, LwSpan span)
{
	const LwDocument *document = lw_reading_document(call->dossier, text->document);
	g_autoptr(GArray) boxes = document ? lw_document_boxes(document, span) : NULL;
	g_autofree char *printed = boxes ? lw_boxes_text(boxes) : NULL;
	g_autofree char *mark = lw_store_text(call->dossier->store,
					      "SELECT id FROM mark WHERE document = ? AND present "
					      "= 1 AND length > 0 AND start < ? "
					      "AND start + length > ? LIMIT 1",
					      "iii", text->document,
					      (gint64)span.start + span.length, (gint64)span.start);

	lw_json_set(item, "page", NULL);
	if (document && document->page_count)
		lw_json_set_integer(item, "page",
				    (gint64)lw_document_page_of(document, span.start) + 1);
	lw_json_set(item, "boxes",
		    printed ? lw_json_parse(printed, strlen(printed), "", NULL)
			    : lw_json_array_new());
	lw_json_set_string(item, "mark", mark);
}

static void tell_hit(void *self, const LwText *text, LwSpan span)
{
	Hits *hits = self;
	gsize end = (gsize)span.start + span.length;
	gsize from = span.start > AROUND_BYTES ? span.start - AROUND_BYTES : 0;
	g_autofree char *before = NULL, *after = NULL, *found = NULL;
	LwJson *item;

	if (++hits->count > hits->limit)
		return;
	before = around(text, from, span.start);
	found = g_strndup(text->text + span.start, span.length);
	after = around(text, end, MIN(end + AROUND_BYTES, text->length));
	item = lw_json_object_new();
	lw_json_set_integer(item, "document", text->document);
	lw_json_set_integer(item, "offset", (gint64)lw_text_code_points(text->text, span.start));
	lw_json_set_integer(item, "length", (gint64)lw_text_code_points(found, span.length));
	lw_json_set_string(item, "before", before);
	lw_json_set_string(item, "text", found);
	lw_json_set_string(item, "after", after);
	set_hit_place(hits->call, item, text, span);
	lw_json_append(hits->list, item);
}

gboolean lw_search_answer(LwCall *call)
{
	static const char *const keys[] = {"term", "regex", "document", "limit", NULL};
	Hits hits = {call, lw_json_array_new(), 0, HITS_USUAL};

	lw_json_set(call->answer, "hits", hits.list);
	if (!lw_call_keys(call, keys) ||
	    !lw_call_integer(call, "limit", LW_OPTIONAL, 0, HITS_MOST, &hits.limit) ||
	    !lw_text_search(call, tell_hit, &hits))
		return FALSE;
	lw_json_set_integer(call->answer, "count", hits.count);
	return TRUE;
}
