/* marks.c - writes proposals as JSON Lines and reads them back after people edited them. */
#include "engine/marks.h"

#include "engine/base/json.h"
#include "engine/base/limits.h"
#include "engine/base/text.h"

#include <math.h>
#include <string.h>

enum { SCHEMA = 1 };

struct LwMarksFile {
	char *path;
	char *digest;
	GPtrArray *documents; /* LwJson */
	GHashTable *by_hash;  /* sha256 -> LwJson, borrowed */
};

/* Counts code points along with the marks, which stand in order. */
typedef struct {
	const LwDocument *document;
	gsize byte, point;
} Counter;

static gsize counter_move(Counter *counter, gsize byte)
{
	if (byte < counter->byte)
		counter->byte = counter->point = 0;
	counter->point +=
		lw_text_code_points(counter->document->text + counter->byte, byte - counter->byte);
	counter->byte = byte;
	return counter->point;
}

static LwJson *mark_json(const LwMark *mark, Counter *counter)
{
	const LwDocument *document = counter->document;
	g_autofree char *why = lw_reason_text(mark->reason, mark->evidence, LW_LANG_EN);
	g_autofree char *text = g_strndup(document->text + mark->span.start, mark->span.length);
	LwJson *json = lw_json_object_new();

	lw_json_set_string(json, "id", mark->id);
	lw_json_set_string(json, "kind", lw_kind_name(mark->kind));
	if (mark->role != LW_ROLE_UNKNOWN)
		lw_json_set_string(json, "role", lw_role_name(mark->role));
	lw_json_set_string(json, "ground", mark->ground);
	lw_json_set_string(json, "action", lw_action_name(mark->action));
	lw_json_set_string(json, "decision", lw_decision_name(mark->decision));
	lw_json_set_number(json, "score", mark->score);
	lw_json_set_string(json, "rule", mark->rule);
	lw_json_set_string(json, "why", why);
	if (mark->span.length) {
		lw_json_set_integer(json, "offset",
				    (gint64)counter_move(counter, mark->span.start));
		lw_json_set_integer(json, "length",
				    (gint64)lw_text_code_points(text, mark->span.length));
		lw_json_set_string(json, "text", text);
	}
	if (mark->figure)
		lw_json_set_string(json, "figure", mark->figure);
	lw_json_set(json, "boxes", lw_boxes_json(mark->boxes));
	return json;
}

static LwJson *notices_json(const LwDocument *document)
{
	LwJson *list = lw_json_array_new();

	for (guint i = 0; i < document->notices->len; i++) {
		const LwNotice *notice = &g_array_index(document->notices, LwNotice, i);
		LwJson *item = lw_json_object_new();

		lw_json_set_string(item, "code", notice->code);
		if (notice->page >= 0)
			lw_json_set_integer(item, "page", notice->page + 1);
		lw_json_set_string(item, "message", notice->message);
		lw_json_append(list, item);
	}
	return list;
}

char *lw_marks_line(const LwDocument *document, const char *name, const char *sha256,
		    const LwPlan *proposals, LwListing listing)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	g_autofree char *printed = NULL;
	LwJson *marks = lw_json_array_new();
	Counter counter = {.document = document};

	lw_json_set_string(json, "type", "document");
	lw_json_set_integer(json, "schema", SCHEMA);
	lw_json_set_string(json, "document", name);
	lw_json_set_string(json, "sha256", sha256);
	lw_json_set_string(json, "format", document->format);
	lw_json_set_integer(json, "pages", document->page_count);
	for (guint i = 0; i < proposals->marks->len; i++) {
		const LwMark *mark = proposals->marks->pdata[i];

		if (mark->action != LW_ACTION_KEEP || listing == LW_LIST_KEPT)
			lw_json_append(marks, mark_json(mark, &counter));
	}
	lw_json_set(json, "marks", marks);
	lw_json_set(json, "notices", notices_json(document));
	printed = lw_json_print(json);
	return g_strconcat(printed, "\n", NULL);
}

/* One line of the file: a document, or a line of another type that is passed over. */
static gboolean add_line(LwMarksFile *marks, const char *line, gsize length, guint number,
			 GError **error)
{
	g_autoptr(LwJson) json = lw_json_parse(line, length, marks->path, NULL);
	const char *type, *sha256;
	gint64 schema = 0;

	if (!json) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s':%u: no valid json, or too large",
			    marks->path, number);
		return FALSE;
	}
	type = lw_json_string_of(json, "type");
	sha256 = lw_json_string_of(json, "sha256");
	if (type && strcmp(type, "document"))
		return TRUE;
	if (!type || !lw_json_integer_of(json, "schema", &schema) || schema != SCHEMA || !sha256 ||
	    lw_json_type(lw_json_member(json, "marks")) != LW_JSON_ARRAY) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
			    "'%s':%u: no document of schema %d with sha256 and marks", marks->path,
			    number, SCHEMA);
		return FALSE;
	}
	g_hash_table_insert(marks->by_hash, g_strdup(sha256), json);
	g_ptr_array_add(marks->documents, g_steal_pointer(&json));
	return TRUE;
}

static gboolean add_lines(LwMarksFile *marks, const char *data, gsize length, GError **error)
{
	const char *at = data, *end = data + length;

	for (guint number = 1; at < end; number++) {
		const char *newline = memchr(at, '\n', (gsize)(end - at));
		const char *stop = newline ? newline : end;
		gsize blank = 0;

		while (at + blank < stop && g_ascii_isspace(at[blank]))
			blank++;
		if (at + blank < stop && !add_line(marks, at, (gsize)(stop - at), number, error))
			return FALSE;
		at = stop + 1;
	}
	return TRUE;
}

LwMarksFile *lw_marks_open(const char *path, GError **error)
{
	g_autoptr(LwMarksFile) marks = g_new0(LwMarksFile, 1);
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);

	marks->path = g_strdup(path);
	marks->documents = g_ptr_array_new_with_free_func((GDestroyNotify)lw_json_free);
	marks->by_hash = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (!file || g_mapped_file_get_length(file) > LW_LIMIT_TEXT_BYTES) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s': %s", path,
			    file ? "the marks file is too large" : "the marks file cannot be read");
		return NULL;
	}
	marks->digest = g_compute_checksum_for_data(
		G_CHECKSUM_SHA256, (const guchar *)g_mapped_file_get_contents(file),
		g_mapped_file_get_length(file));
	if (g_mapped_file_get_length(file) && !add_lines(marks, g_mapped_file_get_contents(file),
							 g_mapped_file_get_length(file), error))
		return NULL;
	return g_steal_pointer(&marks);
}

void lw_marks_free(LwMarksFile *marks)
{
	if (!marks)
		return;
	g_ptr_array_unref(marks->documents);
	g_hash_table_unref(marks->by_hash);
	g_free(marks->path);
	g_free(marks->digest);
	g_free(marks);
}

/* Where in the file something is wrong; never what stands there. */
typedef struct {
	const LwMarksFile *marks;
	const LwDocument *document;
	const char *sha256;
	const LwPlanOptions *options;
	LwPlan *proposals;
	gsize index; /* of the mark, from 0 */
} Reading;

static gboolean reject(const Reading *reading, const char *what, GError **error)
{
	g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s': mark %" G_GSIZE_FORMAT " of %.12s…: %s",
		    reading->marks->path, reading->index + 1, reading->sha256, what);
	return FALSE;
}

/* The bytes of offset and length; FALSE with error when they do not fit the text. */
static gboolean read_span(const Reading *reading, const LwJson *json, LwSpan *span, GError **error)
{
	const LwDocument *document = reading->document;
	const char *text = lw_json_string_of(json, "text");
	gint64 offset, length;
	gsize start, end;

	if (!lw_json_integer_of(json, "offset", &offset) || offset < 0 || offset > G_MAXINT32 ||
	    !lw_json_integer_of(json, "length", &length) || length < 1 || length > G_MAXINT32)
		return reject(reading, "offset and length are no place in the text", error);
	start = lw_text_offset(document->text, document->length, (gsize)offset);
	end = start +
	      lw_text_offset(document->text + start, document->length - start, (gsize)length);
	*span = (LwSpan){(guint32)start, (guint32)(end - start)};
	if (lw_text_code_points(document->text + start, end - start) != (gsize)length)
		return reject(reading, "offset and length reach past the text", error);
	if (text &&
	    (strlen(text) != end - start || memcmp(text, document->text + start, end - start)))
		return reject(reading, "its text is not what stands at its offset", error);
	return TRUE;
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
	return isfinite(box->rect.x0) && isfinite(box->rect.y0) && box->rect.x0 < box->rect.x1 &&
	       box->rect.y0 < box->rect.y1 && isfinite(box->rect.x1) && isfinite(box->rect.y1);
}

/* A mark without a place in the text: an area, or a member of a package. */
static LwMark *read_area(Reading *reading, const LwJson *json, LwKind kind, GError **error)
{
	const LwJson *boxes = lw_json_member(json, "boxes");
	const char *figure = lw_json_string_of(json, "figure");
	LwPlan *proposals = reading->proposals;
	LwMark *mark = NULL;
	LwBox box;

	if (figure && !reading->document->page_count)
		return lw_proposals_add_member(proposals, reading->sha256, figure, 0, kind);
	for (gsize i = 0; boxes && i < lw_json_length(boxes); i++) {
		if (!read_box(lw_json_at(boxes, i), &box)) {
			reject(reading, "a box is no rectangle on a page", error);
			return NULL;
		}
		if (!mark)
			mark = lw_proposals_add_area(proposals, reading->document, reading->sha256,
						     box, kind, error);
		else if (box.page < reading->document->page_count)
			g_array_append_val(mark->boxes, box);
		else
			mark = NULL;
		if (!mark)
			break;
	}
	if (!mark && error && !*error)
		reject(reading, "it has no place: offset and length, or boxes on a page", error);
	return mark;
}

/* "5.1.2.e;5.1.2.f" in any spelling, as the ids of the law; NULL with error. */
static const char *read_ground(const Reading *reading, const LwJson *json, GError **error)
{
	const char *text = lw_json_string_of(json, "ground");
	g_auto(GStrv) parts = NULL;
	g_autofree char *ids = NULL;

	if (!text)
		text = lw_policy_default_ground(reading->options->policy);
	parts = g_strsplit(text, ";", -1);
	for (guint i = 0; parts[i]; i++) {
		const LwGround *ground = lw_ground_parse(g_strstrip(parts[i]));

		if (!ground) {
			reject(reading, "its ground is no ground that can be chosen", error);
			return NULL;
		}
		g_free(parts[i]);
		parts[i] = g_strdup(ground->id);
	}
	ids = g_strjoinv(";", parts);
	if (!*ids || lw_lint_grounds(ids)) {
		reject(reading, *ids ? lw_lint_grounds(ids) : "it has no ground", error);
		return NULL;
	}
	return lw_arena_strndup(reading->proposals->arena, ids, strlen(ids));
}

/* What a person may have edited or left out. */
static gboolean read_decision(const Reading *reading, const LwJson *json, LwMark *mark,
			      GError **error)
{
	const char *decision = lw_json_string_of(json, "decision");
	const char *action = lw_json_string_of(json, "action");
	double score = 1;

	mark->action = LW_ACTION_REMOVE;
	mark->decision = action || decision ? LW_DECISION_OPEN : LW_DECISION_ACCEPTED;
	if (action && !lw_action_parse(action, &mark->action))
		return reject(reading, "its action is not remove, suggest or keep", error);
	if (decision && !lw_decision_parse(decision, &mark->decision))
		return reject(reading, "its decision is not open, accepted or rejected", error);
	if (lw_json_number_of(json, "score", &score) && !(score >= 0 && score <= 1))
		return reject(reading, "its score is not between 0 and 1", error);
	mark->score = (float)score;
	mark->ground = read_ground(reading, json, error);
	return mark->ground != NULL;
}

/* Rules are short names of ours; any other is "given/marks". */
static const char *read_rule(const Reading *reading, const LwJson *json)
{
	const char *rule = lw_json_string_of(json, "rule");

	if (!rule || !*rule || strlen(rule) > 60 ||
	    rule[strspn(rule, "abcdefghijklmnopqrstuvwxyz0123456789-/")])
		return "given/marks";
	return lw_arena_strndup(reading->proposals->arena, rule, strlen(rule));
}

static gboolean read_mark(Reading *reading, const LwJson *json, GError **error)
{
	const char *name = lw_json_string_of(json, "kind"), *role = lw_json_string_of(json, "role");
	LwKind kind = LW_KIND_PASSAGE;
	gboolean placed = lw_json_member(json, "offset") != NULL;
	LwMark *mark;
	LwSpan span;

	if (lw_json_type(json) != LW_JSON_OBJECT)
		return reject(reading, "it is no object", error);
	if (name && !lw_kind_parse(name, &kind))
		return reject(reading, "its kind is unknown", error);
	if (placed && !read_span(reading, json, &span, error))
		return FALSE;
	mark = placed ? lw_proposals_add_span(reading->proposals, reading->document,
					      reading->sha256, span, kind, error)
		      : read_area(reading, json, kind, error);
	if (!mark)
		return FALSE;
	if (role)
		lw_role_parse(role, &mark->role);
	mark->rule = read_rule(reading, json);
	mark->reason = LW_REASON_GIVEN;
	return read_decision(reading, json, mark, error);
}

LwPlan *lw_marks_find(LwMarksFile *marks, const LwDocument *document, const char *sha256,
		      const LwPlanOptions *options, GError **error)
{
	const LwJson *found = g_hash_table_lookup(marks->by_hash, sha256);
	const LwJson *list = found ? lw_json_member(found, "marks") : NULL;
	g_autoptr(LwPlan) proposals = lw_plan_new();
	Reading reading = {marks, document, sha256, options, proposals, 0};

	if (!found) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "the marks file does not know this document (no sha256 fits)");
		return NULL;
	}
	if (lw_json_length(list) > LW_LIMIT_ENTITIES) {
		reject(&reading, "there are too many marks", error);
		return NULL;
	}
	for (; reading.index < lw_json_length(list); reading.index++)
		if (!read_mark(&reading, lw_json_at(list, reading.index), error))
			return NULL;
	lw_proposals_sort(proposals);
	return g_steal_pointer(&proposals);
}

gboolean lw_marks_knows(const LwMarksFile *marks, const char *sha256)
{
	return g_hash_table_contains(marks->by_hash, sha256);
}

const char *lw_marks_digest(const LwMarksFile *marks)
{
	return marks->digest;
}
