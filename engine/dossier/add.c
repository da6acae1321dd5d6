/* add.c - marks that people make: by selecting text, drawing, searching; and other places for one
 * that is there. */
#include "engine/dossier/decide.h"

#include "engine/base/limits.h"
#include "engine/base/text.h"
#include "engine/dossier/text.h"

#include <math.h>
#include <string.h>

enum { BOXES_MOST = 1000, ADDED_MOST = 50000 };

char *lw_boxes_text(const GArray *boxes)
{
	g_autoptr(LwJson) list = lw_boxes_json(boxes);

	return boxes->len ? lw_json_print(list) : NULL;
}

static char *place_text(const LwDocument *document, LwSpan span, const GArray *boxes, guint32 page)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	g_autofree char *text = g_strndup(document->text + span.start, span.length);
	g_autofree char *fold = lw_text_fold(text, -1), *list = lw_boxes_text(boxes);

	lw_json_set_integer(json, "page", document->page_count ? page + 1 : 0);
	lw_json_set_integer(json, "start", span.start);
	lw_json_set_integer(json, "length", span.length);
	lw_json_set_integer(json, "offset",
			    (gint64)lw_text_code_points(document->text, span.start));
	lw_json_set_integer(json, "points", (gint64)lw_text_code_points(text, span.length));
	lw_json_set_string(json, "text", span.length ? text : NULL);
	lw_json_set_string(json, "fold", span.length ? fold : NULL);
	lw_json_set_string(json, "boxes", list);
	return lw_json_print(json);
}

char *lw_place_of_span(LwDossier *dossier, gint64 number, LwSpan span)
{
	const LwDocument *document = lw_reading_document(dossier, number);
	g_autoptr(GArray) boxes = NULL, glyphs = NULL;

	if (!document || !span.length || (gsize)span.start + span.length > document->length)
		return NULL;
	boxes = lw_document_boxes(document, span);
	glyphs = lw_document_glyphs(document, span);
	if (document->page_count && !glyphs->len)
		return NULL;
	return place_text(document, span, boxes, lw_document_page_of(document, span.start));
}

static char *place_of_area(LwDossier *dossier, gint64 number, const GArray *boxes)
{
	const LwDocument *document = lw_reading_document(dossier, number);
	guint32 page = g_array_index(boxes, LwBox, 0).page;

	if (!document || page >= document->page_count)
		return NULL;
	return place_text(document,
			  (LwSpan){lw_area_anchor(document, &g_array_index(boxes, LwBox, 0)), 0},
			  boxes, page);
}

/* ---- a mark of one's own ---- */

static char *identify(LwDossier *dossier, gint64 document, LwKind kind, LwSpan span,
		      const GArray *boxes)
{
	g_autofree char *sha256 = lw_store_text(
		dossier->store, "SELECT sha256 FROM document WHERE id = ?", "i", document);
	LwMark mark = {.kind = kind, .span = span, .boxes = (GArray *)boxes};

	lw_mark_identify(&mark, sha256 ? sha256 : "");
	return lw_store_text(
		dossier->store,
		"SELECT CASE WHEN EXISTS (SELECT 1 FROM mark WHERE id = own) OR EXISTS (SELECT 1 "
		"FROM mark JOIN document d ON d.id = mark.document WHERE mark.id = ?1 AND "
		"mark.document <> ?2 AND d.state <> 'removed') THEN own ELSE ?1 END FROM "
		"(SELECT " LW_MARK_ID_OWN("?1", "?2") " AS own)",
		"si", mark.id, document);
}

/* Takes place. */
static void insert(LwDeed *deed, gint64 document, const char *id, char *place, const LwGiven *given)
{
	LwDossier *dossier = deed->call->dossier;
	const char *ground = lw_policy_default_ground(dossier->policy);
	g_autofree char *subject = g_strconcat("m:", id, NULL), *text = place;

	lw_store_run(
		dossier->store,
		"INSERT INTO mark(id, document, page, origin, present, kind, action, ground, "
		"score, "
		"rule, reason, start, length, offset, points, text, fold, boxes) SELECT ?1, ?2, p "
		"->> "
		"'page', 'added', 0, ?3, 'suggest', ?4, 1, ?5, 'GIVEN', p ->> 'start', p ->> "
		"'length', p ->> 'offset', p ->> 'points', p ->> 'text', p ->> 'fold', p ->> "
		"'boxes' "
		"FROM (SELECT ?6 AS p) WHERE 1 ON CONFLICT DO UPDATE SET origin = 'added' WHERE "
		"present = 0",
		"sissss", id, document, lw_kind_name(given->kind), ground,
		given->rule ? given->rule : "given/person", text);
	if (lw_store_number(dossier->store, 0,
			    "SELECT 1 FROM mark WHERE id = ? AND origin = 'added'", "s", id))
		lw_deed_set(deed, subject, "present", "1");
	lw_decide_mark(deed, id, given->decision, given->grounds, given->motivation);
}

static void set_copy(LwDossier *dossier, gint64 document, const char *id, LwSpan span)
{
	g_autoptr(LwText) text = lw_text_new(dossier, document);
	g_autofree char *copy = lw_place_signature(dossier, text, span);

	if (copy)
		lw_store_run(dossier->store, "UPDATE mark SET copy = ? WHERE id = ?", "ss", copy,
			     id);
}

char *lw_add_span_here(LwDeed *deed, gint64 document, LwSpan span, const LwGiven *given)
{
	LwDossier *dossier = deed->call->dossier;
	char *place = lw_place_of_span(dossier, document, span), *id;

	if (!place) {
		lw_call_refuse(deed->call, LW_REPLY_REFUSED, "a mark covers no glyph of the page");
		return NULL;
	}
	id = identify(dossier, document, given->kind, span, NULL);
	insert(deed, document, id, place, given);
	set_copy(dossier, document, id, span);
	return id;
}

/* Where a message or document stands more than once, the mark goes to every copy. */
static void add_copies(LwDeed *deed, gint64 document, LwSpan span, const LwGiven *given)
{
	g_autoptr(GArray) places = lw_place_copies(deed->call->dossier, document, span);

	for (guint i = 0; i < places->len; i++) {
		const LwPlace *place = &g_array_index(places, LwPlace, i);
		g_autofree char *id = NULL, *subject = NULL;

		if (lw_store_number(deed->call->dossier->store, 0,
				    "SELECT 1 FROM mark WHERE document = ? AND present = 1 AND "
				    "length > 0 AND start <= ? AND start + length >= ?",
				    "iii", place->document, (gint64)place->span.start,
				    (gint64)place->span.start + place->span.length))
			continue;
		id = lw_add_span_here(deed, place->document, place->span, given);
		subject = id ? g_strconcat("m:", id, NULL) : NULL;
		if (subject)
			lw_deed_set(deed, subject, "inherited", "1");
	}
}

char *lw_add_span(LwDeed *deed, gint64 document, LwSpan span, const LwGiven *given)
{
	char *id = lw_add_span_here(deed, document, span, given);

	if (id)
		add_copies(deed, document, span, given);
	return id;
}

char *lw_add_area(LwDeed *deed, gint64 document, const GArray *boxes, const LwGiven *given)
{
	LwDossier *dossier = deed->call->dossier;
	char *place = place_of_area(dossier, document, boxes), *id;

	if (!place) {
		lw_call_refuse(deed->call, LW_REPLY_UNKNOWN, "there is no such page");
		return NULL;
	}
	id = identify(dossier, document, given->kind, (LwSpan){0, 0}, boxes);
	insert(deed, document, id, place, given);
	return id;
}

/* ---- what was given ---- */

gboolean lw_call_span(LwCall *call, gint64 document, LwSpan *span)
{
	const LwDocument *read = lw_reading_document(call->dossier, document);
	gint64 offset = 0, length = 0;
	gsize start, end;

	if (!lw_call_integer(call, "offset", LW_REQUIRED, 0, G_MAXINT32, &offset) ||
	    !lw_call_integer(call, "length", LW_REQUIRED, 1, G_MAXINT32, &length))
		return FALSE;
	if (!read)
		return lw_call_refuse(call, LW_REPLY_REFUSED, "this document could not be read");
	start = lw_text_offset(read->text, read->length, (gsize)offset);
	end = start + lw_text_offset(read->text + start, read->length - start, (gsize)length);
	*span = (LwSpan){(guint32)start, (guint32)(end - start)};
	return lw_text_code_points(read->text + start, end - start) == (gsize)length ||
	       lw_call_refuse(call, LW_REPLY_USAGE, "offset and length reach past the text");
}

static gboolean read_box(const LwJson *json, LwBox *box)
{
	double x0, y0, x1, y1;
	gint64 page;

	if (!lw_json_integer_of(json, "page", &page) || page < 1 || page > LW_LIMIT_PAGES ||
	    !lw_json_number_of(json, "x0", &x0) || !lw_json_number_of(json, "y0", &y0) ||
	    !lw_json_number_of(json, "x1", &x1) || !lw_json_number_of(json, "y1", &y1))
		return FALSE;
	box->page = (guint32)page - 1;
	box->rect = (LwRect){(float)x0, (float)y0, (float)x1, (float)y1};
	return isfinite(box->rect.x0) && isfinite(box->rect.y0) && isfinite(box->rect.x1) &&
	       isfinite(box->rect.y1) && box->rect.x0 < box->rect.x1 && box->rect.y0 < box->rect.y1;
}

GArray *lw_boxes_parse(const char *text)
{
	g_autoptr(LwJson) list = text ? lw_json_parse(text, strlen(text), "", NULL) : NULL;
	g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(LwBox));
	LwBox box;

	for (gsize i = 0; list && i < lw_json_length(list); i++)
		if (read_box(lw_json_at(list, i), &box))
			g_array_append_val(boxes, box);
	return boxes->len ? g_steal_pointer(&boxes) : NULL;
}

/* The boxes of one mark, all on one page; yours, NULL when refused. */
static GArray *call_boxes(LwCall *call, const LwJson *list)
{
	g_autoptr(GArray) boxes = g_array_new(FALSE, FALSE, sizeof(LwBox));

	for (gsize i = 0; list && i < lw_json_length(list) && i < BOXES_MOST; i++) {
		LwBox box;

		if (!read_box(lw_json_at(list, i), &box)) {
			lw_call_refuse(call, LW_REPLY_USAGE, "a box is no rectangle on a page");
			return NULL;
		}
		g_array_append_val(boxes, box);
	}
	for (guint i = 0; i < boxes->len; i++)
		if (g_array_index(boxes, LwBox, i).page != g_array_index(boxes, LwBox, 0).page)
			g_array_set_size(boxes, 0);
	if (boxes->len)
		return g_steal_pointer(&boxes);
	lw_call_refuse(call, LW_REPLY_USAGE, "the boxes of a mark stand on one page");
	return NULL;
}

static gboolean read_given(LwCall *call, LwGiven *given, char **grounds)
{
	const char *kind = NULL;
	gboolean open = FALSE;

	if (!lw_call_string(call, "kind", LW_OPTIONAL, &kind) || !lw_call_grounds(call, grounds) ||
	    !lw_call_string(call, "motivation", LW_OPTIONAL, &given->motivation) ||
	    !lw_call_boolean(call, "open", &open))
		return FALSE;
	if (kind && !lw_kind_parse(kind, &given->kind))
		return lw_call_refuse(call, LW_REPLY_USAGE, "there is no such kind");
	given->grounds = *grounds;
	given->decision = open ? NULL : "accepted";
	if (*grounds && !**grounds && !open)
		return lw_call_refuse(call, LW_REPLY_REFUSED, "a mark without a ground");
	return TRUE;
}

/* The whole of a page as a box. */
static gboolean page_box(LwCall *call, gint64 document, gint64 page, LwBox *box)
{
	g_autoptr(LwCursor) rows =
		lw_store_ask(call->dossier->store,
			     "SELECT width, height FROM page WHERE document = ? AND page = ?", "ii",
			     document, page);

	if (!lw_cursor_next(rows))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such page");
	box->page = (guint32)page - 1;
	box->rect =
		(LwRect){0, 0, (float)lw_cursor_number(rows, 0), (float)lw_cursor_number(rows, 1)};
	return TRUE;
}

/* The same area on other pages. */
static gboolean add_on_pages(LwCall *call, LwDeed *deed, gint64 document, GArray *boxes,
			     const LwGiven *given)
{
	const LwJson *pages = lw_json_member(call->given, "pages");
	const LwDocument *read = lw_reading_document(call->dossier, document);
	gboolean all = pages && !g_strcmp0(lw_json_string(pages), "all");
	gsize count = all && read ? read->page_count : pages ? lw_json_length(pages) : 1;

	for (gsize i = 0; i < count && i < LW_LIMIT_PAGES; i++) {
		gint64 page = g_array_index(boxes, LwBox, 0).page + 1;
		g_autofree char *id = NULL;

		if (all)
			page = (gint64)i + 1;
		else if (pages && !lw_json_integer(lw_json_at(pages, i), &page))
			return lw_call_refuse(call, LW_REPLY_USAGE, "'pages' is a list or all");
		for (guint k = 0; k < boxes->len; k++)
			g_array_index(boxes, LwBox, k).page = (guint32)(page - 1);
		id = page > 0 ? lw_add_area(deed, document, boxes, given) : NULL;
		if (!id)
			return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such page");
	}
	return TRUE;
}

static gboolean add_place(LwCall *call, LwDeed *deed, gint64 document, const LwGiven *given)
{
	g_autoptr(GArray) boxes = NULL;
	g_autofree char *id = NULL;
	gint64 page = 0;
	LwSpan span;
	LwBox box;

	if (lw_call_has(call, "boxes")) {
		boxes = call_boxes(call, lw_json_member(call->given, "boxes"));
		return boxes && add_on_pages(call, deed, document, boxes, given);
	}
	if (lw_call_has(call, "page")) {
		if (!lw_call_integer(call, "page", LW_REQUIRED, 1, LW_LIMIT_PAGES, &page) ||
		    !page_box(call, document, page, &box))
			return FALSE;
		boxes = g_array_new(FALSE, FALSE, sizeof(LwBox));
		g_array_append_val(boxes, box);
		id = lw_add_area(deed, document, boxes, given);
		return id != NULL;
	}
	if (!lw_call_span(call, document, &span))
		return FALSE;
	id = lw_add_span(deed, document, span, given);
	return id != NULL;
}

gboolean lw_add_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"document",	 "offset", "length", "boxes",
					   "page",	 "pages",  "kind",   "grounds",
					   "motivation", "open",   NULL};
	LwGiven given = {.kind = LW_KIND_PASSAGE};
	g_autofree char *grounds = NULL;
	gint64 document = 0;

	return lw_call_keys(call, keys) && lw_call_document(call, LW_REQUIRED, &document) &&
	       read_given(call, &given, &grounds) && add_place(call, deed, document, &given);
}

/* ---- another place for a mark ---- */

gboolean lw_extent_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"id", "offset", "length", "boxes", NULL};
	const char *id = NULL;
	g_autofree char *subject = NULL, *place = NULL;
	g_autoptr(GArray) boxes = NULL;
	gint64 document, length;
	LwSpan span;

	if (!lw_call_keys(call, keys) || !lw_call_string(call, "id", LW_REQUIRED, &id))
		return FALSE;
	document =
		lw_store_number(call->dossier->store, 0,
				"SELECT document FROM mark WHERE id = ? AND present = 1", "s", id);
	length = lw_store_number(call->dossier->store, 0, "SELECT length FROM mark WHERE id = ?",
				 "s", id);
	if (!document)
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such mark");
	if (!length == !lw_call_has(call, "boxes"))
		return lw_call_refuse(call, LW_REPLY_USAGE, "text stays text, an area an area");
	if (length) {
		if (!lw_call_span(call, document, &span))
			return FALSE;
		place = lw_place_of_span(call->dossier, document, span);
	} else {
		boxes = call_boxes(call, lw_json_member(call->given, "boxes"));
		place = boxes ? place_of_area(call->dossier, document, boxes) : NULL;
	}
	if (!place)
		return lw_call_refuse(call, LW_REPLY_REFUSED, "a mark covers no glyph of the page");
	subject = g_strconcat("m:", id, NULL);
	lw_deed_set(deed, subject, "place", place);
	return TRUE;
}

/* ---- by searching ---- */

typedef struct {
	LwDeed *deed;
	const LwGiven *given;
	const LwJson *except;
	guint count;
	gboolean fine;
} Searching;

static gboolean is_excepted(const LwJson *except, gint64 document, gint64 offset)
{
	gint64 a, b;

	for (gsize i = 0; except && i < lw_json_length(except); i++) {
		const LwJson *pair = lw_json_at(except, i);

		if (lw_json_integer(lw_json_at(pair, 0), &a) &&
		    lw_json_integer(lw_json_at(pair, 1), &b) && a == document && b == offset)
			return TRUE;
	}
	return FALSE;
}

/* A hit inside a mark that is there decides that mark. */
static void add_hit(void *self, const LwText *text, LwSpan span)
{
	Searching *searching = self;
	gint64 offset = (gint64)lw_text_code_points(text->text, span.start);
	g_autofree char *id = NULL;

	if (!searching->fine || is_excepted(searching->except, text->document, offset))
		return;
	if (++searching->count > ADDED_MOST) {
		searching->fine = lw_call_refuse(searching->deed->call, LW_REPLY_REFUSED,
						 "too many hits; search for something longer");
		return;
	}
	id = lw_store_text(
		searching->deed->call->dossier->store,
		"SELECT id FROM mark WHERE document = ? AND present = 1 AND start <= ? AND "
		"start + length >= ? AND length > 0 LIMIT 1",
		"iii", text->document, (gint64)span.start, (gint64)span.start + span.length);
	if (id)
		lw_decide_mark(searching->deed, id, searching->given->decision,
			       searching->given->grounds, searching->given->motivation);
	else
		id = lw_add_span(searching->deed, text->document, span, searching->given);
	searching->fine = id != NULL;
}

gboolean lw_search_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"term", "regex",   "document",   "except", "limit",
					   "kind", "grounds", "motivation", "open",   NULL};
	LwGiven given = {.kind = LW_KIND_TERM};
	Searching searching = {deed, &given, lw_json_member(call->given, "except"), 0, TRUE};
	g_autofree char *grounds = NULL;

	return lw_call_keys(call, keys) && read_given(call, &given, &grounds) &&
	       lw_text_search(call, add_hit, &searching) && searching.fine;
}
