/* fresh.c - what a scan found, put aside until all of it can be taken over. */
#include "engine/dossier/merge.h"

#include "engine/base/text.h"
#include "engine/dossier/reading.h"
#include "engine/dossier/text.h"

#include <string.h>

gint64 lw_document_number(LwDossier *dossier, const char *name)
{
	lw_store_run(
		dossier->store,
		"INSERT INTO document(name, state) VALUES(?, 'waiting') ON CONFLICT DO NOTHING",
		"s", name);
	return lw_store_number(dossier->store, 0, "SELECT id FROM document WHERE name = ?", "s",
			       name);
}

static LwEntities *load_entities(const LwCursor *rows, int column, const LwDocument *document)
{
	g_autoptr(LwEntities) empty = lw_entities_new();
	g_autoptr(GVariant) model = lw_entities_save(empty), saved = NULL;
	g_autoptr(GBytes) bytes = lw_cursor_bytes(rows, column);

	saved = g_variant_ref_sink(
		g_variant_new_from_bytes(g_variant_get_type(model), bytes, FALSE));
	return lw_entities_load(saved, document);
}

/* From what lies aside, or from what was taken over. */
gboolean lw_fresh_find(LwDossier *dossier, const LwFresh *wanted, char **sha256, char **format,
		       guint *pages, LwEntities **entities)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT f.sha256, f.format, f.packed, f.size, f.entities FROM fresh f JOIN "
		"document "
		"d ON d.id = f.document WHERE d.name = ?1 AND f.file = ?2 AND f.changed = ?3 AND "
		"f.key = ?4 UNION ALL SELECT r.sha256, d.format, r.packed, r.size, r.entities FROM "
		"reading r JOIN document d ON d.id = r.document WHERE d.name = ?1 AND d.size = ?2 "
		"AND "
		"d.changed = ?3 AND d.reading = ?4 AND d.state <> 'refused' LIMIT 1",
		"siis", wanted->name, wanted->size, wanted->changed, wanted->key);
	g_autoptr(GBytes) packed = NULL;
	g_autoptr(LwDocument) document = NULL;

	if (!lw_cursor_next(rows))
		return FALSE;
	packed = lw_cursor_bytes(rows, 2);
	document = lw_document_unpack(packed, (gsize)lw_cursor_integer(rows, 3));
	*entities = document ? load_entities(rows, 4, document) : NULL;
	if (!*entities)
		return FALSE;
	*sha256 = g_strdup(lw_cursor_text(rows, 0));
	*format = g_strdup(lw_cursor_text(rows, 1));
	*pages = document->page_count;
	return TRUE;
}

GBytes *lw_fresh_packed(LwDossier *dossier, const char *name, gsize *size)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT f.packed, f.size FROM fresh f JOIN document d ON d.id = f.document WHERE "
		"d.name = ?1 UNION ALL SELECT r.packed, r.size FROM reading r JOIN document d ON "
		"d.id "
		"= r.document WHERE d.name = ?1 LIMIT 1",
		"s", name);

	if (!lw_cursor_next(rows))
		return NULL;
	*size = (gsize)lw_cursor_integer(rows, 1);
	return lw_cursor_bytes(rows, 0);
}

static char *pages_text(const LwDocument *document)
{
	g_autoptr(LwJson) list = lw_json_array_new();
	gsize point = 0, byte = 0;

	for (guint32 i = 0; i < document->page_count; i++) {
		const LwPage *page = &document->pages[i];
		LwJson *item = lw_json_object_new();
		gsize points =
			lw_text_code_points(document->text + page->span.start, page->span.length);

		point += lw_text_code_points(document->text + byte, page->span.start - byte);
		byte = page->span.start;
		lw_json_set_number(item, "width", page->width);
		lw_json_set_number(item, "height", page->height);
		lw_json_set_integer(item, "start", page->span.start);
		lw_json_set_integer(item, "length", page->span.length);
		lw_json_set_integer(item, "offset", (gint64)point);
		lw_json_set_integer(item, "points", (gint64)points);
		lw_json_set_integer(item, "unread", page->unread != 0);
		lw_json_append(list, item);
	}
	return lw_json_print(list);
}

static char *notices_text(const LwDocument *document)
{
	g_autoptr(LwJson) list = lw_json_array_new();

	for (guint i = 0; i < document->notices->len; i++) {
		const LwNotice *notice = &g_array_index(document->notices, LwNotice, i);
		LwJson *item = lw_json_object_new();

		lw_json_set_string(item, "code", notice->code);
		lw_json_set(item, "page", NULL);
		if (notice->page >= 0)
			lw_json_set_integer(item, "page", notice->page + 1);
		lw_json_set_string(item, "message", notice->message);
		lw_json_append(list, item);
	}
	return lw_json_print(list);
}

void lw_fresh_put(LwDossier *dossier, const LwFresh *fresh)
{
	const LwDocument *document = fresh->document;
	g_autoptr(GVariant) entities = lw_entities_save(fresh->entities);
	g_autoptr(GBytes) entity_bytes = g_variant_get_data_as_bytes(entities);
	GArray *words = lw_words_new(document->text, document->length);
	gsize bytes = words->len * sizeof(LwWord);
	g_autoptr(GBytes) word_bytes = g_bytes_new_take(g_array_free(words, FALSE), bytes);
	g_autofree char *pages = pages_text(document), *notices = notices_text(document);

	lw_store_run(dossier->store,
		     "INSERT OR REPLACE INTO fresh(document, sha256, format, file, changed, key, "
		     "packed, "
		     "size, entities, text, words, points, pages, notices) VALUES(?, ?, ?, ?, ?, "
		     "?, ?, ?, "
		     "?, ?, ?, ?, ?, ?)",
		     "issiisbibsbiss", lw_document_number(dossier, fresh->name), fresh->sha256,
		     fresh->format, fresh->size, fresh->changed, fresh->key, fresh->packed,
		     (gint64)fresh->packed_size, entity_bytes, document->text, word_bytes,
		     (gint64)lw_text_code_points(document->text, document->length), pages, notices);
}

/* Offsets along with the marks, which stand in order. */
typedef struct {
	gsize byte, point;
} Counter;

static gint64 count_to(Counter *counter, const LwDocument *document, gsize byte)
{
	if (byte < counter->byte)
		*counter = (Counter){0, 0};
	counter->point += lw_text_code_points(document->text + counter->byte, byte - counter->byte);
	counter->byte = byte;
	return (gint64)counter->point;
}

static void proposal_put(LwDossier *dossier, gint64 number, const LwDocument *document,
			 const LwMark *mark, Counter *counter)
{
	g_autofree char *text = g_strndup(document->text + mark->span.start, mark->span.length);
	g_autofree char *fold = lw_text_fold(text, -1), *boxes = lw_boxes_text(mark->boxes);
	gint64 page = 0, start = mark->span.start;

	if (document->page_count)
		page = mark->span.length || !mark->boxes->len
			       ? lw_document_page_of(document, mark->span.start) + 1
			       : g_array_index(mark->boxes, LwBox, 0).page + 1;
	if (!mark->span.length && page && mark->boxes->len)
		start = lw_area_anchor(document, &g_array_index(mark->boxes, LwBox, 0));
	lw_store_run(dossier->store,
		     "INSERT OR IGNORE INTO proposal VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
		     "?, ?, "
		     "?, ?, ?, ?, ?)",
		     "siissssdsssiiiissssi", mark->id, number, page, lw_kind_name(mark->kind),
		     mark->role == LW_ROLE_UNKNOWN ? NULL : lw_role_name(mark->role),
		     lw_action_name(mark->action), mark->ground, (double)mark->score,
		     mark->rule ? mark->rule : "", lw_reason_name(mark->reason), mark->evidence,
		     start, (gint64)mark->span.length,
		     count_to(counter, document, mark->span.start),
		     (gint64)lw_text_code_points(text, mark->span.length),
		     mark->span.length ? text : NULL, mark->span.length ? fold : NULL, boxes,
		     mark->figure, (gint64)mark->person);
}

void lw_proposals_put(LwDossier *dossier, gint64 number, const LwDocument *document,
		      const LwPlan *proposals)
{
	Counter counter = {0, 0};

	lw_store_run(dossier->store, "DELETE FROM proposal WHERE document = ?", "i", number);
	for (guint i = 0; i < proposals->marks->len; i++) {
		const LwMark *mark = proposals->marks->pdata[i];

		if (mark->action != LW_ACTION_KEEP)
			proposal_put(dossier, number, document, mark, &counter);
	}
}
