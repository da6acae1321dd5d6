/* mark.c - the selector as SQL, and marks as JSON. */
#include "engine/dossier/mark.h"

#include "engine/base/text.h"
#include "engine/dossier/event.h"
#include "engine/dossier/lint.h"
#include "engine/dossier/reading.h"

#include <string.h>

enum { IDS_MOST = 20000, LIMIT_USUAL = 1000, LIMIT_MOST = 20000, AROUND_BYTES = 40 };

/* What is there, and what is only shown because it went. */
#define SHOWN                                                                                      \
	"WHERE (present = 1 OR (delta = 'gone' AND coalesce(event, 0) <= delta_event)) AND "       \
	"NOT EXISTS (SELECT 1 FROM document d WHERE d.id = document AND d.state = 'removed')"

static void add(LwSelector *selector, const char *condition, char *value)
{
	g_string_append_printf(selector->where, " AND %s", condition);
	if (value)
		g_ptr_array_add(selector->values, value);
	selector->conditions++;
}

static gboolean add_ids(LwCall *call, LwSelector *selector, const LwJson *ids)
{
	g_autoptr(GString) list = g_string_new("id IN (");

	if (lw_json_type(ids) != LW_JSON_ARRAY || lw_json_length(ids) > IDS_MOST)
		return lw_call_refuse(call, LW_REPLY_USAGE,
				      "'ids' is a list of marks, and not too long");
	for (gsize i = 0; i < lw_json_length(ids); i++) {
		const char *id = lw_json_string(lw_json_at(ids, i));

		if (!id || !*id || strlen(id) > 64 || id[strspn(id, "0123456789abcdef")])
			return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such mark");
		g_string_append_printf(list, "%s'%s'", i ? "," : "", id);
	}
	g_string_append_c(list, ')');
	add(selector, list->str, NULL);
	return TRUE;
}

/* "like" with "in", and "copies": by the mark they name. */
static gboolean add_related(LwCall *call, LwSelector *selector, const LwJson *given)
{
	const char *like = lw_json_string_of(given, "like"), *in = lw_json_string_of(given, "in");
	const char *copies = lw_json_string_of(given, "copies"), *id = like ? like : copies;

	if (!id)
		return !in || lw_call_refuse(call, LW_REPLY_USAGE, "'in' goes with 'like'");
	if (!lw_store_number(call->dossier->store, 0, "SELECT 1 FROM mark WHERE id = ?", "s", id))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such mark");
	if (copies) {
		add(selector, "copy = (SELECT copy FROM mark WHERE id = ?)", g_strdup(copies));
		return TRUE;
	}
	if (in && strcmp(in, "document") && strcmp(in, "dossier"))
		return lw_call_refuse(call, LW_REPLY_USAGE, "'in' is document or dossier");
	add(selector, "(fold, kind) = (SELECT fold, kind FROM mark WHERE id = ?)", g_strdup(like));
	if (!in || !strcmp(in, "document"))
		add(selector, "document = (SELECT document FROM mark WHERE id = ?)",
		    g_strdup(like));
	return TRUE;
}

static gboolean add_delta(LwCall *call, LwSelector *selector, const LwJson *given)
{
	const LwJson *delta = lw_json_member(given, "delta");
	const char *name = delta ? lw_json_string(delta) : NULL;
	gboolean any = FALSE;

	if (!delta)
		return TRUE;
	if (!name && !(lw_json_boolean_of(given, "delta", &any) && any))
		return lw_call_refuse(call, LW_REPLY_USAGE,
				      "'delta' is true, new, gone or different");
	add(selector, "delta IS NOT NULL AND coalesce(event, 0) <= delta_event", NULL);
	if (name)
		add(selector, "delta = ?", g_strdup(name));
	return TRUE;
}

static gboolean add_flags(LwCall *call, LwSelector *selector, const LwJson *given)
{
	static const struct {
		const char *key, *condition;
	} flags[] = {
		{"decided", "decision <> 'open'"},
		{"revised", "EXISTS (SELECT 1 FROM effect e JOIN event v ON v.id = e.event WHERE "
			    "e.subject = 'm:' || mark.id AND e.field = 'decision' AND e.event < "
			    "decided AND v.reviewer IS NOT NULL AND v.reviewer <> decider)"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(flags); i++) {
		gboolean wanted = FALSE;

		if (!lw_json_member(given, flags[i].key))
			continue;
		if (!lw_json_boolean_of(given, flags[i].key, &wanted) || !wanted)
			return lw_call_refuse(call, LW_REPLY_USAGE,
					      "a condition has a wrong value");
		add(selector, flags[i].condition, NULL);
	}
	return TRUE;
}

typedef struct {
	const char *code;
	LwJson *ids;
} Warned;

static void add_warned(void *self, gint64 document, const char *mark, const char *code,
		       LwSeverity severity, const char *message)
{
	Warned *warned = self;

	(void)document;
	(void)severity;
	(void)message;
	if (mark && !strcmp(code, warned->code))
		lw_json_append_string(warned->ids, mark);
}

static gboolean add_warning(LwCall *call, LwSelector *selector, const LwJson *given)
{
	g_autoptr(LwJson) ids = lw_json_array_new();
	Warned warned = {lw_json_string_of(given, "warning"), ids};

	if (!lw_json_member(given, "warning"))
		return TRUE;
	if (!warned.code)
		return lw_call_refuse(call, LW_REPLY_USAGE, "a condition has a wrong value");
	lw_lint_all(call, 0, add_warned, &warned);
	add(selector, "id IN (SELECT value FROM json_each(?))", lw_json_print(ids));
	return TRUE;
}

static const struct {
	const char *key, *condition;
} texts[] =
	{
		{"kind", "kind = ?"},
		{"rule", "rule = ?"},
		{"origin", "origin = ?"},
		{"decision", "decision = ?"},
		{"by", "decider = ?"},
		{"text", "fold = ?"},
		{"ground", "';' || coalesce(grounds, ground, '') || ';' LIKE '%;' || ? || ';%'"},
},
  numbers[] = {
	  {"document", "document = CAST(? AS INTEGER)"},
	  {"page", "page = CAST(? AS INTEGER)"},
	  {"card", "card = CAST(? AS INTEGER)"},
	  {"score_from", "score >= CAST(? AS REAL) - 0.00005"},
	  {"score_to", "score <= CAST(? AS REAL) + 0.00005"},
};

static gboolean add_text(LwCall *call, LwSelector *selector, guint which, const LwJson *value)
{
	const char *text = lw_json_string(value);

	if (!text || !lw_text_is_fit(text, 10000))
		return lw_call_refuse(call, LW_REPLY_USAGE, "a condition has a wrong value");
	if (!strcmp(texts[which].key, "text"))
		add(selector, texts[which].condition, lw_text_fold(text, -1));
	else if (!strcmp(texts[which].key, "ground"))
		add(selector, texts[which].condition,
		    g_strdup(lw_ground_parse(text) ? lw_ground_parse(text)->id : "?"));
	else
		add(selector, texts[which].condition, g_strdup(text));
	return TRUE;
}

static gboolean add_plain(LwCall *call, LwSelector *selector, const LwJson *given)
{
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		const LwJson *value = lw_json_member(given, texts[i].key);

		if (value && !add_text(call, selector, i, value))
			return FALSE;
	}
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
		char buffer[G_ASCII_DTOSTR_BUF_SIZE];
		double number;

		if (!lw_json_member(given, numbers[i].key))
			continue;
		if (!lw_json_number_of(given, numbers[i].key, &number))
			return lw_call_refuse(call, LW_REPLY_USAGE,
					      "a condition has a wrong value");
		add(selector, numbers[i].condition,
		    g_strdup(g_ascii_dtostr(buffer, sizeof(buffer), number)));
	}
	return TRUE;
}

gboolean lw_selector_init(LwCall *call, LwSelector *selector, const LwJson *given)
{
	static const char *const keys[] = {
		"ids",	  "document", "page",	 "kind",       "ground",   "rule",     "card",
		"origin", "decision", "by",	 "text",       "delta",	   "like",     "in",
		"copies", "limit",    "skip",	 "score_from", "score_to", "reviewer", "lang",
		"query",  "decided",  "revised", "warning",    NULL};
	const LwJson *ids = lw_json_member(given, "ids");

	*selector =
		(LwSelector){g_string_new(SHOWN), g_ptr_array_new_with_free_func(g_free), 0, FALSE};
	if (given && lw_json_type(given) != LW_JSON_OBJECT)
		return lw_call_refuse(call, LW_REPLY_USAGE, "a selection of marks is an object");
	if (given && lw_json_unknown(given, keys))
		return lw_call_refuse(call, LW_REPLY_USAGE, "a condition is not known");
	if (!given)
		return TRUE;
	if ((ids && !add_ids(call, selector, ids)) || !add_plain(call, selector, given) ||
	    !add_related(call, selector, given) || !add_delta(call, selector, given) ||
	    !add_flags(call, selector, given) || !add_warning(call, selector, given))
		return FALSE;
	selector->only_ids = ids && selector->conditions == 1;
	return TRUE;
}

void lw_selector_clear(LwSelector *selector)
{
	if (!selector->where)
		return;
	g_string_free(selector->where, TRUE);
	g_ptr_array_unref(selector->values);
}

LwCursor *lw_marks_ask(LwCall *call, const LwSelector *selector, gint64 limit, gint64 skip)
{
	g_autofree char *sql = g_strdup_printf(
		"SELECT id, origin, kind, role, action, coalesce(grounds, ground), rule, reason, "
		"evidence, text, fold, boxes, figure, copy, CASE WHEN coalesce(event, 0) <= "
		"delta_event THEN delta END, decision, motivation, inherited, decider, document, "
		"page, start, length, offset, points, card, event, decided, score, present FROM "
		"mark %s ORDER BY document, page, start, length DESC, id LIMIT %" G_GINT64_FORMAT
		" OFFSET %" G_GINT64_FORMAT,
		selector->where->str, limit, skip);

	return lw_store_ask_all(call->dossier->store, sql, selector->values);
}

void lw_mark_row(const LwCursor *rows, LwMarkRow *row)
{
	const char **texts_of[] = {
		&row->id,	&row->origin,	  &row->kind,	   &row->role,	   &row->action,
		&row->ground,	&row->rule,	  &row->reason,	   &row->evidence, &row->text,
		&row->fold,	&row->boxes,	  &row->figure,	   &row->copy,	   &row->delta,
		&row->decision, &row->motivation, &row->inherited, &row->decider,
	};
	gint64 *numbers_of[] = {
		&row->document, &row->page, &row->start, &row->length,	&row->offset,
		&row->points,	&row->card, &row->event, &row->decided,
	};
	int column = 0;

	for (guint i = 0; i < G_N_ELEMENTS(texts_of); i++)
		*texts_of[i] = lw_cursor_text(rows, column++);
	for (guint i = 0; i < G_N_ELEMENTS(numbers_of); i++)
		*numbers_of[i] = lw_cursor_integer(rows, column++);
	row->score = lw_cursor_number(rows, column++);
	row->present = lw_cursor_integer(rows, column) != 0;
}

gint64 lw_marks_count(LwCall *call, const LwSelector *selector)
{
	g_autofree char *sql =
		g_strdup_printf("SELECT count(*) FROM mark %s", selector->where->str);
	g_autoptr(LwCursor) rows = lw_store_ask_all(call->dossier->store, sql, selector->values);

	return lw_cursor_next(rows) ? lw_cursor_integer(rows, 0) : 0;
}

/* ---- as JSON ---- */

/* What is looked up for many marks of one answer. */
typedef struct {
	LwCall *call;
	LwLint *lint;
	LwText *text;	   /* of the document that the marks are in */
	GHashTable *same;  /* "kind\nfold[\ndocument]" -> count */
	GHashTable *notes; /* mark id -> comments */
	LwJson *warnings;  /* of the mark that is being told */
} Teller;

static void teller_init(Teller *teller, LwCall *call)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT value, count(*) FROM state WHERE subject >= 'c:' AND subject < 'c;' AND "
		"field = 'mark' GROUP BY value",
		"");

	*teller = (Teller){.call = call, .lint = lw_lint_new(call)};
	teller->same = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	teller->notes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	while (lw_cursor_next(rows))
		if (!lw_cursor_is_null(rows, 0))
			g_hash_table_insert(teller->notes, g_strdup(lw_cursor_text(rows, 0)),
					    GINT_TO_POINTER((int)lw_cursor_integer(rows, 1)));
}

static void teller_clear(Teller *teller)
{
	lw_lint_free(teller->lint);
	g_clear_pointer(&teller->text, lw_text_free);
	g_hash_table_unref(teller->same);
	g_hash_table_unref(teller->notes);
}

static gint64 same_count(Teller *teller, const LwMarkRow *row, gint64 document)
{
	g_autofree char *key = g_strdup_printf("%s\n%s\n%" G_GINT64_FORMAT, row->kind,
					       row->fold ? row->fold : "", document);
	LwStore *store = teller->call->dossier->store;
	gpointer known;
	gint64 count;

	if (!row->fold)
		return 1;
	if (g_hash_table_lookup_extended(teller->same, key, NULL, &known))
		return GPOINTER_TO_INT(known);
	count = document ? lw_store_number(store, 0,
					   "SELECT count(*) FROM live WHERE fold = ? AND kind = ? "
					   "AND document = ?",
					   "ssi", row->fold, row->kind, document)
			 : lw_store_number(store, 0,
					   "SELECT count(*) FROM live WHERE fold = ? AND kind = ?",
					   "ss", row->fold, row->kind);
	g_hash_table_insert(teller->same, g_steal_pointer(&key), GINT_TO_POINTER((int)count));
	return count;
}

static void warn(void *self, const char *code, LwSeverity severity, const char *message)
{
	Teller *teller = self;
	LwJson *item = lw_json_object_new();

	lw_json_set_string(item, "code", code);
	lw_json_set_boolean(item, "blocks", severity == LW_SEVERITY_BLOCKS);
	lw_call_say(teller->call, item, "message", message);
	lw_json_append(teller->warnings, item);
}

static LwReason reason_of(const char *name)
{
	for (int reason = 0; reason < LW_REASON_COUNT; reason++)
		if (!g_strcmp0(lw_reason_name((LwReason)reason), name))
			return (LwReason)reason;
	return LW_REASON_NONE;
}

static void set_list(LwJson *json, const char *key, const char *joined)
{
	g_auto(GStrv) parts = g_strsplit(joined ? joined : "", ";", -1);
	LwJson *list = lw_json_array_new();

	for (guint i = 0; parts[i] && *parts[i]; i++)
		lw_json_append_string(list, parts[i]);
	lw_json_set(json, key, list);
}

static void set_positive(LwJson *json, const char *key, gint64 value)
{
	if (value > 0)
		lw_json_set_integer(json, key, value);
	else
		lw_json_set(json, key, NULL);
}

static void set_around(Teller *teller, LwJson *json, const LwMarkRow *row)
{
	gsize start = (gsize)row->start, end = start + (gsize)row->length, from, to;
	g_autofree char *before = NULL, *after = NULL;

	if (teller->text && teller->text->document != row->document)
		g_clear_pointer(&teller->text, lw_text_free);
	if (!teller->text)
		teller->text = lw_text_new(teller->call->dossier, row->document);
	if (!row->length || end > teller->text->length)
		return;
	from = start > AROUND_BYTES ? start - AROUND_BYTES : 0;
	to = MIN(end + AROUND_BYTES, teller->text->length);
	while (from < start && ((guchar)teller->text->text[from] & 0xc0) == 0x80)
		from++;
	while (to > end && to < teller->text->length &&
	       ((guchar)teller->text->text[to] & 0xc0) == 0x80)
		to--;
	before = g_strndup(teller->text->text + from, start - from);
	after = g_strndup(teller->text->text + end, to - end);
	lw_json_set_string(json, "before", before);
	lw_json_set_string(json, "after", after);
}

/* The decision of another person that came before the one in force. */
static LwJson *first_decision(LwCall *call, const LwMarkRow *row)
{
	g_autofree char *subject = g_strconcat("m:", row->id, NULL);
	g_autoptr(LwCursor) rows = NULL;
	LwJson *first;

	if (!row->decider)
		return NULL;
	rows = lw_store_ask(
		call->dossier->store,
		"SELECT reviewer, value FROM effect JOIN event ON event.id = event "
		"WHERE subject = ? AND field = 'decision' AND event < ? AND reviewer IS "
		"NOT NULL AND reviewer <> ? ORDER BY event LIMIT 1",
		"sis", subject, row->decided, row->decider);
	if (!lw_cursor_next(rows))
		return NULL;
	first = lw_json_object_new();
	lw_json_set_string(first, "by", lw_cursor_text(rows, 0));
	lw_json_set_string(first, "decision", lw_cursor_text(rows, 1));
	return first;
}

static LwJson *boxes_json(const char *boxes)
{
	LwJson *list = boxes ? lw_json_parse(boxes, strlen(boxes), "", NULL) : NULL;

	return list ? list : lw_json_array_new();
}

static void set_decision(Teller *teller, LwJson *json, const LwMarkRow *row)
{
	LwCall *call = teller->call;
	g_autofree char *time = row->decided ? lw_store_text(call->dossier->store,
							     "SELECT time FROM event WHERE id = ?",
							     "i", row->decided)
					     : NULL;

	set_list(json, "grounds", row->ground);
	lw_json_set_string(json, "motivation", row->motivation);
	lw_json_set_string(json, "decision", row->decision);
	lw_json_set_string(json, "by", row->decider);
	lw_json_set_string(json, "time", time);
	lw_json_set_integer(json, "event", row->event);
	lw_json_set(json, "first", first_decision(call, row));
	lw_json_set_boolean(json, "inherited", row->inherited != NULL);
}

static LwJson *mark_json(Teller *teller, const LwMarkRow *row)
{
	LwCall *call = teller->call;
	LwJson *json = lw_json_object_new(), *same = lw_json_object_new();
	g_autofree char *why = lw_reason_text(reason_of(row->reason), row->evidence, call->lang);

	lw_json_set_string(json, "id", row->id);
	lw_json_set_integer(json, "document", row->document);
	set_positive(json, "page", row->page);
	lw_json_set_string(json, "origin", row->origin);
	lw_json_set_string(json, "kind", row->kind);
	lw_json_set_string(json, "role", row->role);
	lw_json_set_string(json, "action", row->action);
	lw_json_set_number(json, "score", row->score);
	lw_json_set_string(json, "rule", row->rule);
	lw_json_set_string(json, "why", why);
	if (row->length) {
		lw_json_set_integer(json, "offset", row->offset);
		lw_json_set_integer(json, "length", row->points);
	}
	lw_json_set_string(json, "text", row->text);
	set_around(teller, json, row);
	lw_json_set(json, "boxes", boxes_json(row->boxes));
	lw_json_set_string(json, "figure", row->figure);
	set_decision(teller, json, row);
	set_positive(json, "card", row->card);
	lw_json_set_integer(json, "copies",
			    row->copy ? lw_store_number(call->dossier->store, 1,
							"SELECT count(*) FROM live WHERE copy = ?",
							"s", row->copy) -
						1
				      : 0);
	lw_json_set_integer(same, "document", same_count(teller, row, row->document));
	lw_json_set_integer(same, "dossier", same_count(teller, row, 0));
	lw_json_set(json, "same", same);
	lw_json_set_string(json, "delta", row->delta);
	teller->warnings = lw_json_array_new();
	lw_lint_mark(teller->lint, row, warn, teller);
	lw_json_set(json, "warnings", teller->warnings);
	lw_json_set_integer(json, "comments",
			    GPOINTER_TO_INT(g_hash_table_lookup(teller->notes, row->id)));
	return json;
}

LwJson *lw_marks_list(LwCall *call, const LwSelector *selector, gint64 limit, gint64 skip)
{
	g_autoptr(LwCursor) rows = lw_marks_ask(call, selector, limit, skip);
	LwJson *list = lw_json_array_new();
	Teller teller;
	LwMarkRow row;

	teller_init(&teller, call);
	while (lw_cursor_next(rows)) {
		lw_mark_row(rows, &row);
		lw_json_append(list, mark_json(&teller, &row));
	}
	teller_clear(&teller);
	return list;
}

gboolean lw_marks_answer(LwCall *call)
{
	gint64 limit = LIMIT_USUAL, skip = 0;
	LwSelector selector = {0};
	gboolean fine = lw_call_integer(call, "limit", LW_OPTIONAL, 0, LIMIT_MOST, &limit) &&
			lw_call_integer(call, "skip", LW_OPTIONAL, 0, G_MAXINT32, &skip) &&
			lw_selector_init(call, &selector, call->given);

	if (fine) {
		lw_json_set_integer(call->answer, "event", lw_event_last(call->dossier));
		lw_json_set_integer(call->answer, "count", lw_marks_count(call, &selector));
		lw_json_set(call->answer, "marks", lw_marks_list(call, &selector, limit, skip));
	}
	lw_selector_clear(&selector);
	return fine;
}

gboolean lw_mark_answer(LwCall *call)
{
	static const char *const keys[] = {"id", NULL};
	const char *id = NULL;
	g_autofree char *subject = NULL;
	g_autoptr(LwCursor) rows = NULL;
	LwSelector selector = {0};
	Teller teller;
	LwMarkRow row;

	if (!lw_call_keys(call, keys) || !lw_call_string(call, "id", LW_REQUIRED, &id))
		return FALSE;
	selector.where = g_string_new("WHERE id = ?");
	selector.values = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(selector.values, g_strdup(id));
	rows = lw_marks_ask(call, &selector, 1, 0);
	lw_selector_clear(&selector);
	if (!lw_cursor_next(rows))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such mark");
	lw_mark_row(rows, &row);
	teller_init(&teller, call);
	g_clear_pointer(&call->answer, lw_json_free);
	call->answer = mark_json(&teller, &row);
	teller_clear(&teller);
	subject = g_strconcat("m:", id, NULL);
	lw_json_set(call->answer, "history", lw_events_of(call, subject));
	return TRUE;
}
