/* settings.c - the dossier as a whole: its settings, reviewers, deadline, and motivations to use
 * again. */
#include "engine/dossier/deadline.h"
#include "engine/dossier/document.h"

#include <string.h>

enum { TERM_DAYS = 28, EXTENSION_DAYS = 14, NAME_MOST = 64 };

static const struct {
	const char *name;
	enum { SETTING_TEXT, SETTING_DATE, SETTING_FLAG, SETTING_NUMBER } type;
} settings[] = {
	{"title", SETTING_TEXT},       {"organisation", SETTING_TEXT},
	{"tooi", SETTING_TEXT},	       {"matter", SETTING_TEXT},
	{"prefix", SETTING_TEXT},      {"url", SETTING_TEXT},
	{"description", SETTING_TEXT}, {"category", SETTING_TEXT},
	{"requested", SETTING_DATE},   {"decided", SETTING_DATE},
	{"extended", SETTING_FLAG},    {"suspended_days", SETTING_NUMBER},
};

static const char *const roles[] = {"officer", "reviewer", "approver", NULL};

/* 0: none. */
static guint role_of(LwDossier *dossier, const char *reviewer)
{
	g_autofree char *subject = g_strconcat("r:", reviewer ? reviewer : "", NULL);
	g_autofree char *role = lw_state_text(dossier, subject, "role");

	for (guint i = 0; role && roles[i]; i++)
		if (!strcmp(role, roles[i]))
			return 1u << i;
	return 0;
}

gboolean lw_role_check(LwCall *call, LwRoles allowed)
{
	guint role = role_of(call->dossier, call->reviewer);

	if (role & allowed)
		return TRUE;
	return lw_call_refuse(
		call, LW_REPLY_FORBIDDEN,
		role ? "your role in this dossier does not allow this"
		     : "you are no reviewer of this dossier; its officer can add you");
}

/* Four weeks after the request, two more when extended (Woo article 4.4); never on a day off. */
static void set_deadline(LwCall *call)
{
	g_autofree char *requested = lw_state_text(call->dossier, "s", "requested");
	g_autofree char *extended = lw_state_text(call->dossier, "s", "extended");
	g_autofree char *pause = lw_state_text(call->dossier, "s", "suspended_days");
	g_autofree char *today = lw_dossier_today(call->dossier);
	LwJson *deadline = lw_json_object_new();
	char text[32];
	GDate date, now;

	if (!lw_date_parse(requested, &date) || !lw_date_parse(today, &now)) {
		lw_json_free(deadline);
		lw_json_set(call->answer, "deadline", NULL);
		return;
	}
	g_date_add_days(&date, TERM_DAYS + (extended ? EXTENSION_DAYS : 0) +
				       (pause ? (guint)atoi(pause) : 0));
	lw_term_end(&date);
	g_date_strftime(text, sizeof(text), "%Y-%m-%d", &date);
	lw_json_set_string(deadline, "date", text);
	lw_json_set_integer(deadline, "days_left", g_date_days_between(&now, &date));
	lw_json_set(call->answer, "deadline", deadline);
}

static void set_settings(LwCall *call)
{
	for (guint i = 0; i < G_N_ELEMENTS(settings); i++) {
		g_autofree char *value = lw_state_text(call->dossier, "s", settings[i].name);

		if (settings[i].type == SETTING_FLAG)
			lw_json_set_boolean(call->answer, settings[i].name,
					    !g_strcmp0(value, "true"));
		else if (settings[i].type == SETTING_NUMBER)
			lw_json_set_integer(call->answer, settings[i].name,
					    value ? atoi(value) : 0);
		else
			lw_json_set_string(call->answer, settings[i].name, value);
	}
}

static void set_counts(LwCall *call, const char *key, const char *sql, const char *const *names)
{
	g_autoptr(LwCursor) rows = lw_store_ask(call->dossier->store, sql, "");
	LwJson *counts = lw_json_object_new();

	if (lw_cursor_next(rows))
		for (int i = 0; names[i]; i++)
			lw_json_set_integer(counts, names[i], lw_cursor_integer(rows, i));
	lw_json_set(call->answer, key, counts);
}

static void set_signed(LwCall *call)
{
	g_autoptr(LwCursor) rows =
		lw_store_ask(call->dossier->store,
			     "SELECT reviewer, time, NOT EXISTS (SELECT 1 FROM event WHERE "
			     "event.id > state.event AND " LW_EVENT_UNSIGNS ") "
			     "FROM state JOIN event ON event.id = state.event WHERE subject "
			     "= 's' AND field = 'signed' AND value IS NOT NULL",
			     "");
	LwJson *signature = NULL;

	if (lw_cursor_next(rows)) {
		signature = lw_json_object_new();
		lw_json_set_string(signature, "by", lw_cursor_text(rows, 0));
		lw_json_set_string(signature, "time", lw_cursor_text(rows, 1));
		lw_json_set_boolean(signature, "valid", lw_cursor_integer(rows, 2) != 0);
	}
	lw_json_set(call->answer, "signed", signature);
}

static LwJson *reviewer_json(const LwCursor *rows)
{
	LwJson *item = lw_json_object_new();

	lw_json_set_string(item, "reviewer", lw_cursor_text(rows, 0));
	lw_json_set_string(item, "role", lw_cursor_text(rows, 1));
	lw_json_set_string(item, "name", lw_cursor_text(rows, 2));
	lw_json_set_integer(item, "decisions", lw_cursor_integer(rows, 3));
	lw_json_set_integer(item, "seen", lw_cursor_integer(rows, 4));
	return item;
}

#define REVIEWER_COLUMNS                                                                           \
	"SELECT substr(subject, 3) AS who, value, (SELECT value FROM state n WHERE n.subject = "   \
	"state.subject AND n.field = 'name'), (SELECT count(*) FROM live WHERE decider = "         \
	"substr(state.subject, 3)), (SELECT count(*) FROM state p WHERE p.subject >= 'p:' AND "    \
	"p.subject < 'p;' AND p.field = 'seen:' || substr(state.subject, 3) AND p.value = '1') "   \
	"FROM state WHERE subject >= 'r:' AND subject < 'r;' AND field = 'role' AND value IS NOT " \
	"NULL "

gboolean lw_reviewers_answer(LwCall *call)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows =
		lw_store_ask(call->dossier->store, REVIEWER_COLUMNS "ORDER BY who", "");

	while (lw_cursor_next(rows))
		lw_json_append(list, reviewer_json(rows));
	lw_json_set(call->answer, "reviewers", list);
	return lw_call_keys(call, NULL);
}

static gboolean set_me(LwCall *call)
{
	const char *reviewer = NULL;
	g_autoptr(LwCursor) rows = NULL;

	if (!lw_call_string(call, "reviewer", LW_OPTIONAL, &reviewer))
		return FALSE;
	if (!reviewer)
		return TRUE;
	rows = lw_store_ask(call->dossier->store, REVIEWER_COLUMNS "AND subject = 'r:' || ?", "s",
			    reviewer);
	lw_json_set(call->answer, "me", lw_cursor_next(rows) ? reviewer_json(rows) : NULL);
	return TRUE;
}

gboolean lw_dossier_answer(LwCall *call)
{
	static const char *const of_documents[] = {"total", "read", "refused", "removed", NULL};
	static const char *const of_pages[] = {"total", "seen", NULL};
	static const char *const of_marks[] = {"open", "accepted", "rejected", "delta", NULL};
	g_autofree char *scanned =
		lw_store_text(call->dossier->store,
			      "SELECT time FROM event WHERE act = 'scan' ORDER BY "
			      "id DESC LIMIT 1",
			      "");

	set_settings(call);
	lw_json_set_integer(call->answer, "event", lw_event_last(call->dossier));
	set_counts(call, "documents",
		   "SELECT count(*), sum(state = 'read'), sum(state = 'refused'), sum(state = "
		   "'removed') FROM document",
		   of_documents);
	set_counts(
		call, "pages",
		"SELECT (SELECT sum(max(pages, 1)) FROM document WHERE state = 'read'), (SELECT "
		"count(DISTINCT subject) FROM state WHERE subject >= 'p:' AND subject < 'p;' AND "
		"value = '1')",
		of_pages);
	set_counts(call, "marks",
		   "SELECT (SELECT count(*) FROM live WHERE decision = 'open'), (SELECT count(*) "
		   "FROM live "
		   "WHERE decision = 'accepted'), (SELECT count(*) FROM live WHERE decision = "
		   "'rejected'), "
		   "(SELECT count(*) FROM mark JOIN document d ON d.id = document WHERE d.state <> "
		   "'removed' "
		   "AND delta IS NOT NULL AND coalesce(event, 0) <= delta_event)",
		   of_marks);
	set_deadline(call);
	set_signed(call);
	lw_json_set_string(call->answer, "scanned", scanned);
	lw_json_set_boolean(call->answer, "scanning", call->dossier->scanning);
	return lw_call_keys(call, NULL) && set_me(call);
}

/* ---- acts ---- */

static gboolean setting_value(LwCall *call, guint index, char **value)
{
	const char *name = settings[index].name, *text = NULL;
	gboolean flag = FALSE;
	gint64 number = 0;
	GDate date;

	if (settings[index].type == SETTING_FLAG) {
		if (!lw_call_boolean(call, name, &flag))
			return FALSE;
		*value = flag ? g_strdup("true") : NULL;
		return TRUE;
	}
	if (settings[index].type == SETTING_NUMBER) {
		if (!lw_call_integer(call, name, LW_OPTIONAL, 0, 3650, &number))
			return FALSE;
		*value = number ? g_strdup_printf("%d", (int)number) : NULL;
		return TRUE;
	}
	if (!lw_call_string(call, name, LW_OPTIONAL, &text))
		return FALSE;
	if (text && *text && settings[index].type == SETTING_DATE && !lw_date_parse(text, &date))
		return lw_call_refuse(call, LW_REPLY_USAGE, "a date is YYYY-MM-DD");
	*value = text && *text ? g_strdup(text) : NULL;
	return TRUE;
}

gboolean lw_settings_act(LwCall *call, LwDeed *deed)
{
	g_autoptr(GPtrArray) keys = g_ptr_array_new();

	for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
		g_ptr_array_add(keys, (void *)settings[i].name);
	g_ptr_array_add(keys, NULL);
	if (!lw_role_check(call, LW_OFFICER) ||
	    !lw_call_keys(call, (const char *const *)keys->pdata))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(settings); i++) {
		g_autofree char *value = NULL;

		if (!lw_call_has(call, settings[i].name))
			continue;
		if (!setting_value(call, i, &value))
			return FALSE;
		lw_deed_set(deed, "s", settings[i].name, value);
	}
	return TRUE;
}

/* The dossier always has an officer. */
static gboolean keeps_officer(LwCall *call, const char *reviewer, const char *role)
{
	return !g_strcmp0(role, "officer") ||
	       lw_store_number(call->dossier->store, 0,
			       "SELECT 1 FROM state WHERE subject >= 'r:' AND subject < 'r;' AND "
			       "field = 'role' AND value = 'officer' AND subject <> 'r:' || ?",
			       "s", reviewer) ||
	       lw_call_refuse(call, LW_REPLY_REFUSED, "a dossier needs an officer");
}

gboolean lw_reviewer_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"name", "role", NULL};
	const char *reviewer = NULL, *name = NULL, *role = NULL;
	g_autofree char *subject = NULL;

	/* With lw_call_keys "reviewer" may stand everywhere; here it must. */
	if (!lw_call_keys(call, keys) ||
	    !lw_call_string(call, "reviewer", LW_REQUIRED, &reviewer) ||
	    !lw_call_string(call, "name", LW_OPTIONAL, &name) ||
	    !lw_call_string(call, "role", LW_OPTIONAL, &role) || !lw_role_check(call, LW_OFFICER))
		return FALSE;
	if (!*reviewer || strlen(reviewer) > NAME_MOST || strchr(reviewer, '\n') ||
	    (role && !g_strv_contains(roles, role)))
		return lw_call_refuse(
			call, LW_REPLY_USAGE,
			"a role is officer, reviewer or approver, and a name is short");
	if (!keeps_officer(call, reviewer, role))
		return FALSE;
	subject = g_strconcat("r:", reviewer, NULL);
	lw_deed_set(deed, subject, "role", role);
	if (lw_call_has(call, "name"))
		lw_deed_set(deed, subject, "name", name);
	return TRUE;
}

gboolean lw_block_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"block", "title", "text", "ground", NULL};
	const char *block = NULL, *title = NULL, *text = NULL, *ground = NULL;
	const LwGround *known = NULL;
	g_autofree char *subject = NULL;

	if (!lw_call_keys(call, keys) || !lw_call_string(call, "block", LW_OPTIONAL, &block) ||
	    !lw_call_string(call, "title", LW_OPTIONAL, &title) ||
	    !lw_call_string(call, "text", LW_OPTIONAL, &text) ||
	    !lw_call_string(call, "ground", LW_OPTIONAL, &ground))
		return FALSE;
	known = ground ? lw_ground_parse(ground) : NULL;
	if (ground && !known)
		return lw_call_refuse(call, LW_REPLY_USAGE,
				      "no such ground; lakwerk policy lists them");
	if (block && (strlen(block) > 20 || block[strspn(block, "0123456789")]))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such block");
	if (!block && (!text || !*text))
		return lw_call_refuse(call, LW_REPLY_USAGE,
				      "'text' is missing or has a wrong value");
	subject = g_strconcat("b:", block ? block : "*", NULL);
	lw_deed_add(deed, subject, "text", text);
	lw_deed_add(deed, subject, "title", text ? title : NULL);
	lw_deed_add(deed, subject, "ground", text && known ? known->id : NULL);
	return TRUE;
}

gboolean lw_blocks_answer(LwCall *call)
{
	g_autoptr(GHashTable) table = lw_state_table(call->dossier, "b:");
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT CAST(substr(subject, 3) AS INTEGER) AS n, value FROM state WHERE subject "
		">= "
		"'b:' AND subject < 'b;' AND field = 'text' AND value IS NOT NULL ORDER BY n",
		"");

	while (lw_cursor_next(rows)) {
		LwJson *item = lw_json_object_new();
		gint64 number = lw_cursor_integer(rows, 0);
		g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, number);

		lw_json_set_string(item, "block", id);
		lw_json_set_string(item, "title", lw_table_value(table, "b:", number, "title"));
		lw_json_set_string(item, "text", lw_cursor_text(rows, 1));
		lw_json_set_string(item, "ground", lw_table_value(table, "b:", number, "ground"));
		lw_json_append(list, item);
	}
	lw_json_set(call->answer, "blocks", list);
	return lw_call_keys(call, NULL);
}
