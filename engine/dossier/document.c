/* document.c - the documents of a dossier: their list, one of them, and what people say of them. */
#include "engine/dossier/document.h"

#include "engine/dossier/unit.h"

#include <string.h>

enum { PAGES_MOST = 100000, TEXT_MOST = 2000 };

static const char *const judgements[] = {"Openbaar", "Deels openbaar", "Niet openbaar",
					 "Reeds openbaar", NULL};
static const char *const judgements_en[] = {"Open", "Open in part", "Not open", "Open already"};
static const char *const types_en[] = {
	"decision", "request",	    "inventory", "e-mail", "letter",	 "memo", "minutes",
	"report",   "presentation", "table",	 "chat",   "attachment", "other"};
static const char *const types[] = {"besluit", "verzoek", "inventarislijst", "e-mail",	    "brief",
				    "notitie", "verslag", "rapport",	     "presentatie", "tabel",
				    "chat",    "bijlage", "anders",	     NULL};

static const struct {
	const char *name;
	enum { FIELD_TEXT, FIELD_DATE, FIELD_TYPE, FIELD_NUMBER, FIELD_FLAG, FIELD_DOCUMENT } type;
} fields[] = {
	{"title", FIELD_TEXT},
	{"date", FIELD_DATE},
	{"type", FIELD_TYPE},
	{"family", FIELD_NUMBER},
	{"thread", FIELD_NUMBER},
	{"url", FIELD_TEXT},
	{"remark", FIELD_TEXT},
	{"environment", FIELD_FLAG},
	{"emissions", FIELD_FLAG},
	{"suspended", FIELD_FLAG},
	{"duplicate_of", FIELD_DOCUMENT},
};

const char *lw_judgement_of(LwDossier *dossier, GHashTable *table, gint64 document)
{
	const char *judged = lw_table_value(table, "d:", document, "judgement");

	if (judged)
		return judged;
	return judgements[lw_store_number(dossier->store, 0,
					  "SELECT 1 FROM mark WHERE document = ? AND present = 1 "
					  "AND decision = 'accepted' LIMIT 1",
					  "i", document)];
}

/* Counts of all documents in one pass: "document" -> array. */
typedef struct {
	gint64 open, accepted, rejected, delta, seen, comments, covered;
} Counts;

static Counts *counts_at(GHashTable *counts, gint64 document)
{
	Counts *found = g_hash_table_lookup(counts, GINT_TO_POINTER((int)document));

	if (!found) {
		found = g_new0(Counts, 1);
		g_hash_table_insert(counts, GINT_TO_POINTER((int)document), found);
	}
	return found;
}

static GHashTable *counts_new(LwDossier *dossier)
{
	GHashTable *all = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	g_autoptr(LwCursor) marks = lw_store_ask(
		dossier->store,
		"SELECT document, sum(present AND decision = 'open'), sum(present AND decision = "
		"'accepted'), sum(present AND decision = 'rejected'), sum(delta IS NOT NULL AND "
		"coalesce(event, 0) <= delta_event) FROM mark GROUP BY document",
		"");
	g_autoptr(LwCursor) seen = lw_store_ask(
		dossier->store,
		"SELECT DISTINCT subject FROM state WHERE subject >= 'p:' AND subject < 'p;' AND "
		"value = '1'",
		"");
	g_autoptr(LwCursor) comments = lw_store_ask(
		dossier->store,
		"SELECT CAST(value AS INTEGER), count(*) FROM state WHERE subject >= 'c:' AND "
		"subject < 'c;' AND field = 'document' AND value IS NOT NULL GROUP BY value",
		"");

	while (lw_cursor_next(marks)) {
		Counts *counts = counts_at(all, lw_cursor_integer(marks, 0));

		counts->open = lw_cursor_integer(marks, 1);
		counts->accepted = lw_cursor_integer(marks, 2);
		counts->rejected = lw_cursor_integer(marks, 3);
		counts->delta = lw_cursor_integer(marks, 4);
	}
	while (lw_cursor_next(seen))
		counts_at(all, g_ascii_strtoll(lw_cursor_text(seen, 0) + 2, NULL, 10))->seen++;
	while (lw_cursor_next(comments))
		counts_at(all, lw_cursor_integer(comments, 0))->comments =
			lw_cursor_integer(comments, 1);
	return all;
}

static void set_fields(LwJson *json, GHashTable *table, gint64 document)
{
	for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
		const char *value = lw_table_value(table, "d:", document, fields[i].name);

		if (fields[i].type == FIELD_FLAG)
			lw_json_set_boolean(json, fields[i].name, !g_strcmp0(value, "true"));
		else if (value && fields[i].type >= FIELD_NUMBER)
			lw_json_set_integer(json, fields[i].name, g_ascii_strtoll(value, NULL, 10));
		else
			lw_json_set_string(json, fields[i].name, value);
	}
}

/* The name without folders and suffix, as long as nobody gave a title. */
static void set_title(LwJson *json, GHashTable *table, gint64 document, const char *name)
{
	g_autofree char *title = g_path_get_basename(name);
	char *dot = strrchr(title, '.');

	if (lw_table_value(table, "d:", document, "title"))
		return;
	if (dot && dot > title)
		*dot = '\0';
	lw_json_set_string(json, "title", title);
}

#define DOCUMENT_COLUMNS                                                                           \
	"SELECT id, name, sha256, format, pages, state, message, points, notices, (SELECT "        \
	"min(grouped) FROM unit WHERE unit.document = document.id AND type = 'document') FROM "    \
	"document "

static LwJson *document_json(LwCall *call, const LwCursor *rows, GHashTable *table,
			     GHashTable *all_counts)
{
	LwJson *json = lw_json_object_new();
	gint64 id = lw_cursor_integer(rows, 0);
	const Counts *counts = counts_at(all_counts, id);

	lw_json_set_integer(json, "document", id);
	lw_json_set_string(json, "name", lw_cursor_text(rows, 1));
	lw_json_set_string(json, "sha256", lw_cursor_text(rows, 2));
	lw_json_set_string(json, "format", lw_cursor_text(rows, 3));
	lw_json_set_integer(json, "pages", lw_cursor_integer(rows, 4));
	lw_json_set_integer(json, "length", lw_cursor_integer(rows, 7));
	lw_json_set_string(json, "state", lw_cursor_text(rows, 5));
	lw_call_say(call, json, "message", lw_cursor_text(rows, 6));
	set_fields(json, table, id);
	set_title(json, table, id, lw_cursor_text(rows, 1));
	lw_json_set_string(json, "judgement", lw_judgement_of(call->dossier, table, id));
	lw_json_set_string(json, "derived", judgements[counts->accepted > 0]);
	lw_json_set_boolean(json, "judged", lw_table_value(table, "d:", id, "judgement") != NULL);
	lw_json_set_string(json, "motivation", lw_table_value(table, "d:", id, "motivation"));
	lw_json_set_integer(json, "open", counts->open);
	lw_json_set_integer(json, "accepted", counts->accepted);
	lw_json_set_integer(json, "rejected", counts->rejected);
	lw_json_set_integer(json, "delta", counts->delta);
	lw_json_set_integer(json, "seen", counts->seen);
	lw_json_set_integer(json, "comments", counts->comments);
	if (lw_cursor_is_null(rows, 9))
		lw_json_set(json, "group", NULL);
	else
		lw_json_set_integer(json, "group", lw_cursor_integer(rows, 9));
	return json;
}

gboolean lw_documents_answer(LwCall *call)
{
	static const char *const keys[] = {"document", NULL};
	g_autoptr(GHashTable) table = lw_state_table(call->dossier, "d:");
	g_autoptr(GHashTable) counts = counts_new(call->dossier);
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = NULL;
	gint64 document = 0;

	lw_json_set(call->answer, "documents", list);
	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_OPTIONAL, &document))
		return FALSE;
	lw_json_set_integer(call->answer, "event", lw_event_last(call->dossier));
	rows = lw_store_ask(call->dossier->store,
			    DOCUMENT_COLUMNS "WHERE ?1 = 0 OR id = ?1 ORDER BY id", "i", document);
	while (lw_cursor_next(rows))
		lw_json_append(list, document_json(call, rows, table, counts));
	return TRUE;
}

/* Who saw which page: "page" -> list of names. */
static GHashTable *seen_by(LwDossier *dossier, gint64 document)
{
	GHashTable *seen = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)lw_json_free);
	g_autofree char *from = g_strdup_printf("p:%" G_GINT64_FORMAT ":", document);
	g_autofree char *to = g_strdup_printf("p:%" G_GINT64_FORMAT ";", document);
	g_autoptr(LwCursor) rows = lw_store_ask(dossier->store,
						"SELECT subject, substr(field, 6) FROM state WHERE "
						"subject >= ? AND subject < ? AND "
						"value = '1'",
						"ss", from, to);

	while (lw_cursor_next(rows)) {
		int page = atoi(lw_cursor_text(rows, 0) + strlen(from));
		LwJson *list = g_hash_table_lookup(seen, GINT_TO_POINTER(page));

		if (!list) {
			list = lw_json_array_new();
			g_hash_table_insert(seen, GINT_TO_POINTER(page), list);
		}
		lw_json_append_string(list, lw_cursor_text(rows, 1));
	}
	return seen;
}

/* What has no pages is seen as a whole. */
static LwJson *whole_text(LwCall *call, gint64 document, GHashTable *seen)
{
	LwJson *page = lw_json_object_new();
	gpointer kept = NULL;

	lw_json_set_integer(page, "page", 1);
	lw_json_set(page, "width", NULL);
	lw_json_set(page, "height", NULL);
	lw_json_set_integer(page, "offset", 0);
	lw_json_set_integer(page, "length",
			    lw_store_number(call->dossier->store, 0,
					    "SELECT points FROM document WHERE id = ?", "i",
					    document));
	lw_json_set_boolean(page, "unread", FALSE);
	lw_json_set(page, "seen",
		    g_hash_table_steal_extended(seen, NULL, NULL, &kept) ? kept
									 : lw_json_array_new());
	return page;
}

static LwJson *pages_json(LwCall *call, gint64 document)
{
	g_autoptr(GHashTable) seen = seen_by(call->dossier, document);
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT page, width, height, offset, points, unread, (SELECT count(*) FROM mark "
		"WHERE mark.document = page.document AND mark.page = page.page AND present AND "
		"decision = 'open'), (SELECT count(*) FROM mark WHERE mark.document = "
		"page.document "
		"AND mark.page = page.page AND present AND decision = 'accepted'), (SELECT "
		"count(*) "
		"FROM mark WHERE mark.document = page.document AND mark.page = page.page AND "
		"present "
		"AND decision = 'rejected') FROM page WHERE document = ? ORDER BY page",
		"i", document);

	while (lw_cursor_next(rows)) {
		LwJson *page = lw_json_object_new(), *names;
		gpointer number = GINT_TO_POINTER((int)lw_cursor_integer(rows, 0)), kept = NULL;

		lw_json_set_integer(page, "page", lw_cursor_integer(rows, 0));
		lw_json_set_number(page, "width", lw_cursor_number(rows, 1));
		lw_json_set_number(page, "height", lw_cursor_number(rows, 2));
		lw_json_set_integer(page, "offset", lw_cursor_integer(rows, 3));
		lw_json_set_integer(page, "length", lw_cursor_integer(rows, 4));
		lw_json_set_boolean(page, "unread", lw_cursor_integer(rows, 5) != 0);
		lw_json_set_integer(page, "open", lw_cursor_integer(rows, 6));
		lw_json_set_integer(page, "accepted", lw_cursor_integer(rows, 7));
		lw_json_set_integer(page, "rejected", lw_cursor_integer(rows, 8));
		names = g_hash_table_steal_extended(seen, number, NULL, &kept)
				? kept
				: lw_json_array_new();
		lw_json_set(page, "seen", names);
		lw_json_append(list, page);
	}
	if (!lw_json_length(list))
		lw_json_append(list, whole_text(call, document, seen));
	return list;
}

gboolean lw_document_answer(LwCall *call)
{
	static const char *const keys[] = {"document", NULL};
	g_autoptr(GHashTable) table = lw_state_table(call->dossier, "d:");
	g_autoptr(GHashTable) counts = counts_new(call->dossier);
	g_autoptr(LwCursor) rows = NULL;
	LwJson *notices = NULL;
	const char *text;
	gint64 document = 0;

	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_REQUIRED, &document))
		return FALSE;
	rows = lw_store_ask(call->dossier->store, DOCUMENT_COLUMNS "WHERE id = ?", "i", document);
	if (!lw_cursor_next(rows))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such document");
	g_clear_pointer(&call->answer, lw_json_free);
	call->answer = document_json(call, rows, table, counts);
	text = lw_cursor_text(rows, 8);
	notices = text ? lw_json_parse(text, strlen(text), "", NULL) : NULL;
	for (gsize i = 0; notices && i < lw_json_length(notices); i++) {
		LwJson *notice = (LwJson *)lw_json_at(notices, i);
		g_autofree char *english = g_strdup(lw_json_string_of(notice, "message"));

		lw_call_say(call, notice, "message", english);
	}
	lw_json_set(call->answer, "notices", notices ? notices : lw_json_array_new());
	lw_json_set(call->answer, "related", lw_units_related(call, document));
	lw_json_set(call->answer, "page", pages_json(call, document));
	return TRUE;
}

/* ---- acts ---- */

static char *subject_of(gint64 document)
{
	return g_strdup_printf("d:%" G_GINT64_FORMAT, document);
}

/* The value of one field as text, yours; NULL takes it away. FALSE when it does not fit. */
static gboolean field_value(LwCall *call, guint index, char **value)
{
	const char *name = fields[index].name, *text = NULL;
	gint64 number = 0;
	gboolean flag = FALSE;
	GDate date;

	if (lw_json_type(lw_json_member(call->given, name)) == LW_JSON_NULL)
		return TRUE;
	switch (fields[index].type) {
	case FIELD_FLAG:
		if (!lw_call_boolean(call, name, &flag))
			return FALSE;
		*value = flag ? g_strdup("true") : NULL;
		return TRUE;
	case FIELD_NUMBER:
	case FIELD_DOCUMENT:
		if (!lw_call_integer(call, name, LW_REQUIRED, 1, G_MAXINT32, &number))
			return FALSE;
		*value = g_strdup_printf("%" G_GINT64_FORMAT, number);
		return TRUE;
	default:
		if (!lw_call_string(call, name, LW_REQUIRED, &text))
			return FALSE;
		if (fields[index].type == FIELD_DATE && !lw_date_parse(text, &date))
			return lw_call_refuse(call, LW_REPLY_USAGE, "a date is YYYY-MM-DD");
		if (strlen(text) > TEXT_MOST ||
		    (fields[index].type == FIELD_TYPE && !g_strv_contains(types, text)))
			return lw_call_refuse(call, LW_REPLY_USAGE, "a value is not allowed here");
		*value = *text ? g_strdup(text) : NULL;
		return TRUE;
	}
}

gboolean lw_document_act(LwCall *call, LwDeed *deed)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();
	g_autoptr(GArray) documents = lw_call_documents(call);

	g_ptr_array_add(keys, (void *)"document");
	for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
		g_ptr_array_add(keys, (void *)fields[i].name);
	g_ptr_array_add(keys, NULL);
	if (!documents || !lw_call_keys(call, (const char *const *)keys->pdata))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
		g_autofree char *value = NULL;

		if (!lw_call_has(call, fields[i].name))
			continue;
		if (!field_value(call, i, &value))
			return FALSE;
		for (guint k = 0; k < documents->len; k++) {
			g_autofree char *subject = subject_of(g_array_index(documents, gint64, k));

			lw_deed_set(deed, subject, fields[i].name, value);
		}
	}
	return TRUE;
}

gboolean lw_judge_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"document", "judgement", "motivation", NULL};
	g_autoptr(GArray) documents = lw_call_documents(call);
	const char *judgement = NULL, *motivation = NULL;

	if (!documents || !lw_call_keys(call, keys) ||
	    !lw_call_string(call, "judgement", LW_OPTIONAL, &judgement) ||
	    !lw_call_string(call, "motivation", LW_OPTIONAL, &motivation))
		return FALSE;
	if (judgement && !g_strv_contains(judgements, judgement))
		return lw_call_refuse(call, LW_REPLY_USAGE,
				      "a judgement is Openbaar, Deels openbaar, Niet openbaar or "
				      "Reeds openbaar");
	if (judgement && (!motivation || !*motivation))
		return lw_call_refuse(
			call, LW_REPLY_REFUSED,
			"a judgement other than what the marks say needs a motivation");
	for (guint i = 0; i < documents->len; i++) {
		g_autofree char *subject = subject_of(g_array_index(documents, gint64, i));

		lw_deed_set(deed, subject, "judgement", judgement);
		lw_deed_set(deed, subject, "motivation", judgement ? motivation : NULL);
	}
	return TRUE;
}

static void see_page(LwCall *call, LwDeed *deed, gint64 document, gint64 page, gboolean seen)
{
	g_autofree char *subject =
		g_strdup_printf("p:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, document, page);
	g_autofree char *field = g_strconcat("seen:", call->reviewer, NULL);

	lw_deed_set(deed, subject, field, seen ? "1" : NULL);
}

/* A document without pages is one page to people; inside it has number 0. */
gboolean lw_seen_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"document", "pages", "seen", NULL};
	const LwJson *pages = lw_json_member(call->given, "pages");
	const char *all = pages ? lw_json_string(pages) : NULL;
	gint64 document = 0, count, page;
	gboolean seen = TRUE;

	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_REQUIRED, &document) ||
	    !lw_call_boolean(call, "seen", &seen))
		return FALSE;
	count = lw_store_number(call->dossier->store, 0, "SELECT pages FROM document WHERE id = ?",
				"i", document);
	if (all && strcmp(all, "all"))
		return lw_call_refuse(call, LW_REPLY_USAGE, "'pages' is a list or all");
	for (page = count ? 1 : 0; all && page <= count; page++)
		see_page(call, deed, document, page, seen);
	if (!all && (!pages || lw_json_type(pages) != LW_JSON_ARRAY))
		return lw_call_refuse(call, LW_REPLY_USAGE, "'pages' is a list or all");
	for (gsize i = 0; !all && i < lw_json_length(pages) && i < PAGES_MOST; i++) {
		if (!lw_json_integer(lw_json_at(pages, i), &page) || page < 1 ||
		    page > MAX(count, 1))
			return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such page");
		see_page(call, deed, document, count ? page : 0, seen);
	}
	return TRUE;
}

gboolean lw_comment_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"document", "page", "mark", "text", NULL};
	const char *text = NULL, *mark = NULL;
	gint64 document = 0, page = 0;
	g_autofree char *number = NULL, *page_number = NULL;

	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_OPTIONAL, &document) ||
	    !lw_call_integer(call, "page", LW_OPTIONAL, 1, PAGES_MOST, &page) ||
	    !lw_call_string(call, "mark", LW_OPTIONAL, &mark) ||
	    !lw_call_string(call, "text", LW_REQUIRED, &text))
		return FALSE;
	if (mark)
		document = lw_store_number(call->dossier->store, 0,
					   "SELECT document FROM mark WHERE id = ?", "s", mark);
	if (mark && !document)
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such mark");
	if (!*text)
		return lw_call_refuse(call, LW_REPLY_USAGE, "a comment is empty");
	number = document ? g_strdup_printf("%" G_GINT64_FORMAT, document) : NULL;
	page_number = page ? g_strdup_printf("%" G_GINT64_FORMAT, page) : NULL;
	lw_deed_add(deed, "c:*", "text", text);
	lw_deed_add(deed, "c:*", "mark", mark);
	lw_deed_add(deed, "c:*", "document", number);
	lw_deed_add(deed, "c:*", "page", page_number);
	return TRUE;
}

gboolean lw_comments_answer(LwCall *call)
{
	static const char *const keys[] = {"document", NULL};
	LwJson *list = lw_json_array_new();
	g_autoptr(GHashTable) table = lw_state_table(call->dossier, "c:");
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT event.id, reviewer, time FROM state JOIN event ON event.id = state.event "
		"WHERE subject >= 'c:' AND subject < 'c;' AND field = 'text' ORDER BY event.id",
		"");
	gint64 document = 0;

	lw_json_set(call->answer, "comments", list);
	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_OPTIONAL, &document))
		return FALSE;
	while (lw_cursor_next(rows)) {
		gint64 event = lw_cursor_integer(rows, 0);
		const char *number = lw_table_value(table, "c:", event, "document");
		const char *page = lw_table_value(table, "c:", event, "page");
		LwJson *item;

		if (document && (!number || g_ascii_strtoll(number, NULL, 10) != document))
			continue;
		item = lw_json_object_new();
		lw_json_set_integer(item, "event", event);
		lw_json_set_string(item, "by", lw_cursor_text(rows, 1));
		lw_json_set_string(item, "time", lw_cursor_text(rows, 2));
		lw_json_set(item, "document", NULL);
		if (number)
			lw_json_set_integer(item, "document", g_ascii_strtoll(number, NULL, 10));
		lw_json_set(item, "page", NULL);
		if (page)
			lw_json_set_integer(item, "page", g_ascii_strtoll(page, NULL, 10));
		lw_json_set_string(item, "mark", lw_table_value(table, "c:", event, "mark"));
		lw_json_set_string(item, "text", lw_table_value(table, "c:", event, "text"));
		lw_json_append(list, item);
	}
	return TRUE;
}

static void add_word(const LwCall *call, LwJson *list, const char *dutch, const char *english)
{
	LwJson *item = lw_json_object_new();

	lw_json_set_string(item, "id", dutch);
	lw_json_set_string(item, "label", call->lang == LW_LANG_NL ? dutch : english);
	lw_json_append(list, item);
}

gboolean lw_vocabulary_answer(LwCall *call)
{
	LwJson *kinds = lw_json_array_new(), *grounds = lw_json_array_new();
	LwJson *list = lw_json_array_new(), *type_list = lw_json_array_new();

	for (int kind = 0; kind < LW_KIND_COUNT; kind++) {
		LwJson *item = lw_json_object_new();

		lw_json_set_string(item, "id", lw_kind_name((LwKind)kind));
		lw_json_set_string(item, "label", lw_kind_label((LwKind)kind, call->lang));
		lw_json_set_string(item, "ground", lw_kind_default_ground((LwKind)kind));
		lw_json_append(kinds, item);
	}
	for (guint i = 0; lw_ground_at(i); i++) {
		static const char *const relations[] = {"absolute", "relative", "residual",
							"opinion", "scope"};
		LwJson *item = lw_json_object_new();

		lw_json_set_string(item, "id", lw_ground_at(i)->id);
		lw_json_set_string(item, "label", lw_ground_at(i)->label[call->lang]);
		lw_json_set_string(item, "relation", relations[lw_ground_at(i)->relation]);
		lw_json_append(grounds, item);
	}
	for (guint i = 0; judgements[i]; i++)
		add_word(call, list, judgements[i], judgements_en[i]);
	for (guint i = 0; types[i]; i++)
		add_word(call, type_list, types[i], types_en[i]);
	lw_json_set(call->answer, "kinds", kinds);
	lw_json_set(call->answer, "grounds", grounds);
	lw_json_set(call->answer, "judgements", list);
	lw_json_set(call->answer, "types", type_list);
	return lw_call_keys(call, NULL);
}
