/* export.c - the dossier as lines of JSON, and decisions that were made elsewhere. */
#include "engine/dossier/act.h"
#include "engine/dossier/decide.h"
#include "engine/dossier/text.h"

#include "engine/base/text.h"

#include <string.h>

enum { SCHEMA = 1, IMPORT_MOST = 100000 };

static void say_line(LwLineFunc write, void *self, const LwJson *json)
{
	g_autofree char *printed = lw_json_print(json);

	write(self, printed, strlen(printed));
	write(self, "\n", 1);
}

/* As lw_marks_line() writes it, so that `redact --marks` reads it. */
static LwJson *mark_line(const LwMarkRow *row)
{
	LwJson *json = lw_json_object_new();

	lw_json_set_string(json, "id", row->id);
	lw_json_set_string(json, "kind", row->kind);
	if (row->role)
		lw_json_set_string(json, "role", row->role);
	lw_json_set_string(json, "ground", row->ground);
	lw_json_set_string(json, "action", row->action);
	lw_json_set_string(json, "decision", row->decision);
	lw_json_set_number(json, "score", row->score);
	lw_json_set_string(json, "rule", row->rule);
	if (row->length) {
		lw_json_set_integer(json, "offset", row->offset);
		lw_json_set_integer(json, "length", row->points);
		lw_json_set_string(json, "text", row->text);
	}
	if (row->figure)
		lw_json_set_string(json, "figure", row->figure);
	lw_json_set_string(json, "motivation", row->motivation);
	lw_json_set_string(json, "by", row->decider);
	lw_json_set(json, "boxes",
		    row->boxes ? lw_json_parse(row->boxes, strlen(row->boxes), "", NULL)
			       : lw_json_array_new());
	return json;
}

static LwJson *marks_line(LwCall *call, gint64 document)
{
	LwSelector selector = {g_string_new(NULL), g_ptr_array_new(), 1, FALSE};
	g_autoptr(LwCursor) rows = NULL;
	LwJson *list = lw_json_array_new();
	LwMarkRow row;

	g_string_printf(selector.where, "WHERE present = 1 AND document = %" G_GINT64_FORMAT,
			document);
	rows = lw_marks_ask(call, &selector, -1, 0);
	lw_selector_clear(&selector);
	while (lw_cursor_next(rows)) {
		lw_mark_row(rows, &row);
		lw_json_append(list, mark_line(&row));
	}
	return list;
}

static void export_documents(LwCall *call, LwLineFunc write, void *self)
{
	g_autoptr(LwCursor) rows = lw_store_ask(call->dossier->store,
						"SELECT id, name, sha256, format, pages FROM "
						"document WHERE state = 'read' ORDER BY "
						"id",
						"");

	while (lw_cursor_next(rows)) {
		g_autoptr(LwJson) json = lw_json_object_new();

		lw_json_set_string(json, "type", "document");
		lw_json_set_integer(json, "schema", SCHEMA);
		lw_json_set_string(json, "document", lw_cursor_text(rows, 1));
		lw_json_set_integer(json, "number", lw_cursor_integer(rows, 0));
		lw_json_set_string(json, "sha256", lw_cursor_text(rows, 2));
		lw_json_set_string(json, "format", lw_cursor_text(rows, 3));
		lw_json_set_integer(json, "pages", lw_cursor_integer(rows, 4));
		lw_json_set(json, "marks", marks_line(call, lw_cursor_integer(rows, 0)));
		lw_json_set(json, "notices", lw_json_array_new());
		say_line(write, self, json);
	}
}

static LwJson *effects_of(LwDossier *dossier, gint64 event)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT subject, field, value FROM effect WHERE event = ? ORDER BY subject, field",
		"i", event);

	while (lw_cursor_next(rows)) {
		LwJson *item = lw_json_array_new();

		for (int i = 0; i < 3; i++)
			lw_json_append_string(item, lw_cursor_text(rows, i));
		lw_json_append(list, item);
	}
	return list;
}

static void export_events(LwCall *call, LwLineFunc write, void *self)
{
	static const char *const texts[] = {"time", "by", "act", "note"};
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT id, time, reviewer, act, note, count FROM event ORDER BY id", "");

	while (lw_cursor_next(rows)) {
		g_autoptr(LwJson) json = lw_json_object_new();

		lw_json_set_string(json, "type", "event");
		lw_json_set_integer(json, "event", lw_cursor_integer(rows, 0));
		for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
			lw_json_set_string(json, texts[i], lw_cursor_text(rows, i + 1));
		lw_json_set_integer(json, "count", lw_cursor_integer(rows, 5));
		lw_json_set(json, "effects", effects_of(call->dossier, lw_cursor_integer(rows, 0)));
		say_line(write, self, json);
	}
}

gboolean lw_export(LwCall *call, LwLineFunc write, void *self)
{
	if (!lw_call_keys(call, NULL))
		return FALSE;
	export_documents(call, write, self);
	export_events(call, write, self);
	return TRUE;
}

/* ---- import ---- */

/* Bytes of offset and length that count code points; FALSE when they do not fit the text. */
static gboolean read_span(LwDossier *dossier, gint64 document, const LwJson *json, LwSpan *span)
{
	g_autoptr(LwText) text = lw_text_new(dossier, document);
	const char *given = lw_json_string_of(json, "text");
	gint64 offset, length;
	gsize start, end;

	if (!lw_json_integer_of(json, "offset", &offset) || offset < 0 || offset > G_MAXINT32 ||
	    !lw_json_integer_of(json, "length", &length) || length < 1 || length > G_MAXINT32)
		return FALSE;
	start = lw_text_offset(text->text, text->length, (gsize)offset);
	end = start + lw_text_offset(text->text + start, text->length - start, (gsize)length);
	*span = (LwSpan){(guint32)start, (guint32)(end - start)};
	return lw_text_code_points(text->text + start, end - start) == (gsize)length &&
	       (!given ||
		(strlen(given) == end - start && !memcmp(given, text->text + start, end - start)));
}

static gboolean misfit(LwCall *call)
{
	return lw_call_refuse(call, LW_REPLY_USAGE, "a mark does not fit its document");
}

/* "5.1.2.e;5.1.2.f" in any spelling; FALSE when it is none. */
static gboolean read_grounds(const LwJson *json, char **grounds)
{
	const char *given = lw_json_string_of(json, "ground");
	g_auto(GStrv) parts = g_strsplit(given ? given : "", ";", -1);

	for (guint i = 0; parts[i]; i++) {
		const LwGround *ground = lw_ground_parse(g_strstrip(parts[i]));

		if (!ground)
			return FALSE;
		g_free(parts[i]);
		parts[i] = g_strdup(ground->id);
	}
	*grounds = parts[0] ? g_strjoinv(";", parts) : NULL;
	return !*grounds || !lw_lint_grounds(*grounds);
}

static gboolean import_mark(LwDeed *deed, gint64 document, const LwJson *json)
{
	LwCall *call = deed->call;
	const char *id = lw_json_string_of(json, "id"), *name = lw_json_string_of(json, "kind");
	const char *decision = lw_json_string_of(json, "decision");
	LwGiven given = {.kind = LW_KIND_PASSAGE, .rule = "given/marks"};
	g_autofree char *grounds = NULL, *made = NULL, *boxes_text = NULL;
	g_autoptr(GArray) boxes = NULL;
	LwDecision known = LW_DECISION_ACCEPTED;
	LwSpan span;

	if ((name && !lw_kind_parse(name, &given.kind)) || !read_grounds(json, &grounds) ||
	    (decision && !lw_decision_parse(decision, &known)))
		return misfit(call);
	given.decision = known == LW_DECISION_OPEN ? NULL : lw_decision_name(known);
	given.grounds = grounds;
	if (id &&
	    lw_store_number(call->dossier->store, 0,
			    "SELECT 1 FROM mark WHERE id = ? AND document = ? AND present = 1",
			    "si", id, document)) {
		if (given.decision)
			lw_decide_mark(deed, id, given.decision, grounds, NULL);
		return TRUE;
	}
	if (!given.decision || known == LW_DECISION_REJECTED)
		return TRUE;
	if (lw_json_member(json, "offset")) {
		made = read_span(call->dossier, document, json, &span)
			       ? lw_add_span_here(deed, document, span, &given)
			       : NULL;
	} else {
		boxes_text = lw_json_member(json, "boxes")
				     ? lw_json_print(lw_json_member(json, "boxes"))
				     : NULL;
		boxes = lw_boxes_parse(boxes_text);
		made = boxes ? lw_add_area(deed, document, boxes, &given) : NULL;
	}
	return made || misfit(call);
}

static gboolean import_document(LwDeed *deed, const LwJson *json)
{
	LwCall *call = deed->call;
	const char *sha256 = lw_json_string_of(json, "sha256");
	const char *name = lw_json_string_of(json, "document");
	const LwJson *marks = lw_json_member(json, "marks");
	gint64 document;

	if (g_strcmp0(lw_json_string_of(json, "type"), "document"))
		return TRUE;
	document = sha256 ? lw_store_number(call->dossier->store, 0,
					    "SELECT id FROM document WHERE sha256 = ? AND state = "
					    "'read' ORDER BY name = ? DESC, id LIMIT 1",
					    "ss", sha256, name ? name : "")
			  : 0;
	if (!document) {
		deed->skipped++;
		return TRUE;
	}
	for (gsize i = 0; marks && i < lw_json_length(marks); i++)
		if (!import_mark(deed, document, lw_json_at(marks, i)))
			return FALSE;
	return TRUE;
}

gboolean lw_import_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"documents", NULL};
	const LwJson *documents = lw_json_member(call->given, "documents");

	if (!lw_call_keys(call, keys))
		return FALSE;
	if (!documents || lw_json_type(documents) != LW_JSON_ARRAY)
		return lw_call_refuse(call, LW_REPLY_USAGE,
				      "'documents' is missing or has a wrong value");
	for (gsize i = 0; i < lw_json_length(documents) && i < IMPORT_MOST; i++)
		if (!import_document(deed, lw_json_at(documents, i)))
			return FALSE;
	return TRUE;
}
