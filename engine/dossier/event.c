/* event.c - writes events, projects effects to the state, takes events back, tells the history. */
#include "engine/dossier/event.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MOST = 200, EVENTS_MOST = 1000, EVENTS_USUAL = 100 };

typedef struct {
	char *subject, *field, *value;
} Effect;

static void effect_free(gpointer self)
{
	Effect *effect = self;

	g_free(effect->subject);
	g_free(effect->field);
	g_free(effect->value);
	g_free(effect);
}

LwDeed *lw_deed_new(LwCall *call, const char *act)
{
	LwDeed *deed = g_new0(LwDeed, 1);

	deed->call = call;
	deed->act = act;
	deed->base = -1;
	deed->effects = g_ptr_array_new_with_free_func(effect_free);
	deed->subjects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	return deed;
}

void lw_deed_free(LwDeed *deed)
{
	if (!deed)
		return;
	g_ptr_array_unref(deed->effects);
	g_hash_table_unref(deed->subjects);
	g_free(deed);
}

void lw_deed_add(LwDeed *deed, const char *subject, const char *field, const char *value)
{
	Effect *effect = g_new0(Effect, 1);

	effect->subject = g_strdup(subject);
	effect->field = g_strdup(field);
	effect->value = g_strdup(value);
	g_ptr_array_add(deed->effects, effect);
	if (!g_str_has_prefix(subject, "q:"))
		g_hash_table_add(deed->subjects, g_strdup(subject));
}

void lw_deed_set(LwDeed *deed, const char *subject, const char *field, const char *value)
{
	g_autofree char *now = lw_state_text(deed->call->dossier, subject, field);

	if (g_strcmp0(now, value))
		lw_deed_add(deed, subject, field, value);
}

gboolean lw_deed_has(const LwDeed *deed, const char *subject)
{
	return g_hash_table_contains(deed->subjects, subject);
}

guint lw_deed_count(const LwDeed *deed)
{
	return g_hash_table_size(deed->subjects);
}

gint64 lw_event_last_that_matters(LwDossier *dossier)
{
	return lw_store_number(
		dossier->store, 0,
		"SELECT id FROM event WHERE NOT " LW_EVENT_ASIDE " ORDER BY id DESC LIMIT 1", "");
}

gint64 lw_event_last(LwDossier *dossier)
{
	return lw_store_number(dossier->store, 0, "SELECT max(id) FROM event", "");
}

/* ---- the state that follows ---- */

/* Fields of a mark that its row holds too. */
static void project_column(LwDossier *dossier, const char *id, const char *field, const char *value,
			   gint64 event)
{
	LwStore *store = dossier->store;

	if (!strcmp(field, "decision"))
		lw_store_run(store,
			     "UPDATE mark SET decision = coalesce(?1, 'open'), decided = ?2, "
			     "decider = (SELECT reviewer FROM event WHERE id = ?2) WHERE id = ?3",
			     "sis", value, event, id);
	else if (!strcmp(field, "grounds"))
		lw_store_run(store, "UPDATE mark SET grounds = ? WHERE id = ?", "ss", value, id);
	else if (!strcmp(field, "motivation"))
		lw_store_run(store, "UPDATE mark SET motivation = ? WHERE id = ?", "ss", value, id);
	else if (!strcmp(field, "by"))
		lw_store_run(store, "UPDATE mark SET decider = ?1 WHERE id = ?2 AND ?1 IS NOT NULL",
			     "ss", value, id);
	else if (!strcmp(field, "inherited"))
		lw_store_run(store, "UPDATE mark SET inherited = ? WHERE id = ?", "ss", value, id);
	else if (!strcmp(field, "card"))
		lw_store_run(store,
			     "UPDATE mark SET card = coalesce(CAST(? AS INTEGER), found_card) "
			     "WHERE id = ?",
			     "ss", value, id);
	else if (!strcmp(field, "present"))
		lw_store_run(store, "UPDATE mark SET present = ? WHERE id = ? AND origin = 'added'",
			     "is", (gint64)(value && !strcmp(value, "1")), id);
	else if (!strcmp(field, "place"))
		lw_store_run(
			store,
			"UPDATE mark SET place = coalesce(place, json_object('page', page, "
			"'start', start, 'length', length, 'offset', offset, 'points', points, "
			"'text', text, 'fold', fold, 'boxes', boxes)) WHERE id = ?",
			"s", id);
	if (!strcmp(field, "place"))
		lw_store_run(store,
			     "UPDATE mark SET page = p ->> 'page', start = p ->> 'start', "
			     "length = p ->> 'length', offset = p ->> 'offset', points = p ->> "
			     "'points', "
			     "text = p ->> 'text', fold = p ->> 'fold', boxes = p ->> 'boxes' "
			     "FROM (SELECT coalesce(?1, place) AS p FROM mark WHERE id = ?2) "
			     "WHERE id = ?2",
			     "ss", value, id);
	lw_store_run(store,
		     "UPDATE mark SET event = (SELECT max(event) FROM state WHERE subject = 'm:' "
		     "|| ?1) WHERE id = ?1",
		     "s", id);
}

static void project_event(LwDossier *dossier, gint64 event, guint depth);

static void project(LwDossier *dossier, const char *subject, const char *field, guint depth)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT value, event FROM effect WHERE subject = ? AND field = ? AND NOT EXISTS "
		"(SELECT 1 FROM state WHERE state.subject = 'e:' || effect.event AND "
		"state.field = 'undone' AND state.value = '1') ORDER BY event DESC LIMIT 1",
		"ss", subject, field);
	g_autofree char *before = lw_state_text(dossier, subject, field), *value = NULL;
	gint64 event = 0;

	if (lw_cursor_next(rows)) {
		value = g_strdup(lw_cursor_text(rows, 0));
		event = lw_cursor_integer(rows, 1);
	}
	if (event)
		lw_store_run(dossier->store,
			     "INSERT INTO state VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
			     "value = excluded.value, event = excluded.event",
			     "sssi", subject, field, value, event);
	else
		lw_store_run(dossier->store, "DELETE FROM state WHERE subject = ? AND field = ?",
			     "ss", subject, field);
	if (g_str_has_prefix(subject, "m:"))
		project_column(dossier, subject + 2, field, value, event);
	if (g_str_has_prefix(subject, "e:") && g_strcmp0(before, value) && depth < DEPTH_MOST)
		project_event(dossier, g_ascii_strtoll(subject + 2, NULL, 10), depth + 1);
}

/* All that an event did, after it was undone or came back. */
static void project_event(LwDossier *dossier, gint64 event, guint depth)
{
	g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store, "SELECT subject, field FROM effect WHERE event = ?", "i", event);

	while (lw_cursor_next(rows)) {
		g_ptr_array_add(pairs, g_strdup(lw_cursor_text(rows, 0)));
		g_ptr_array_add(pairs, g_strdup(lw_cursor_text(rows, 1)));
	}
	for (guint i = 0; i < pairs->len; i += 2)
		project(dossier, pairs->pdata[i], pairs->pdata[i + 1], depth);
}

void lw_event_project_mark(LwDossier *dossier, const char *id)
{
	g_autofree char *subject = g_strconcat("m:", id, NULL);
	g_autoptr(GPtrArray) fields = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(LwCursor) rows =
		lw_store_ask(dossier->store, "SELECT DISTINCT field FROM effect WHERE subject = ?",
			     "s", subject);

	while (lw_cursor_next(rows))
		g_ptr_array_add(fields, g_strdup(lw_cursor_text(rows, 0)));
	for (guint i = 0; i < fields->len; i++)
		project(dossier, subject, fields->pdata[i], 0);
}

/* ---- writing ---- */

/* Whether somebody else took back, after base, what had been done to the same thing. */
static gboolean was_undone(const LwDeed *deed, const Effect *effect)
{
	return lw_store_number(
		       deed->call->dossier->store, 0,
		       "SELECT 1 FROM effect mine JOIN effect u ON u.subject = 'e:' || mine.event "
		       "AND "
		       "u.field = 'undone' AND u.event > ? JOIN event ON event.id = u.event WHERE "
		       "mine.subject = ? AND mine.field = ? AND reviewer IS NOT ?",
		       "isss", deed->base, effect->subject, effect->field,
		       deed->call->reviewer) != 0;
}

/* TRUE when none of what is to change was changed by somebody else after base. */
static gboolean is_current(LwDeed *deed)
{
	LwCall *call = deed->call;

	for (guint i = 0; deed->base >= 0 && i < deed->effects->len; i++) {
		const Effect *effect = deed->effects->pdata[i];

		if (lw_store_number(
			    call->dossier->store, 0,
			    "SELECT 1 FROM state JOIN event ON event.id = state.event WHERE "
			    "subject = ? AND field = ? AND state.event > ? AND "
			    "reviewer IS NOT ?",
			    "ssis", effect->subject, effect->field, deed->base, call->reviewer))
			return lw_call_refuse(call, LW_REPLY_CONFLICT,
					      "somebody else changed this in the meantime");
		if (was_undone(deed, effect))
			return lw_call_refuse(call, LW_REPLY_CONFLICT,
					      "somebody else changed this in the meantime");
	}
	return TRUE;
}

gint64 lw_deed_write(LwDeed *deed)
{
	LwCall *call = deed->call;
	LwDossier *dossier = call->dossier;
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
	const char *text = NULL;
	gint64 event;

	if (!is_current(deed) || !lw_call_string(call, "note", LW_OPTIONAL, &text))
		return 0;
	if (deed->cause)
		lw_store_run(dossier->store,
			     "INSERT INTO event(time, reviewer, act, count, note, cause) "
			     "VALUES(?, ?, ?, ?, ?, ?)",
			     "sssisi", time, call->reviewer, deed->act, (gint64)lw_deed_count(deed),
			     text, deed->cause);
	else
		lw_store_run(dossier->store,
			     "INSERT INTO event(time, reviewer, act, count, note) "
			     "VALUES(?, ?, ?, ?, ?)",
			     "sssis", time, call->reviewer, deed->act, (gint64)lw_deed_count(deed),
			     text);
	event = lw_store_last(dossier->store);
	for (guint i = 0; i < deed->effects->len; i++) {
		const Effect *effect = deed->effects->pdata[i];
		g_autofree char *own =
			g_str_has_suffix(effect->subject, ":*")
				? g_strdup_printf("%.2s%" G_GINT64_FORMAT, effect->subject, event)
				: g_strdup(effect->subject);

		lw_store_run(dossier->store,
			     "INSERT OR REPLACE INTO effect(subject, field, event, value) "
			     "VALUES(?, ?, ?, ?)",
			     "ssis", own, effect->field, event, effect->value);
		project(dossier, own, effect->field, 0);
	}
	return event;
}

/* ---- taking back ---- */

static gboolean may_undo(LwCall *call, gint64 event)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store, "SELECT reviewer, act FROM event WHERE id = ?", "i", event);
	const char *act;

	if (!lw_cursor_next(rows))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such event");
	act = lw_cursor_text(rows, 1);
	if (!strcmp(act, "scan") || !strcmp(act, "carry"))
		return lw_call_refuse(call, LW_REPLY_REFUSED, "a scan cannot be undone");
	if (!strcmp(act, "publish"))
		return lw_call_refuse(call, LW_REPLY_REFUSED, "a publication cannot be undone");
	if (!g_strcmp0(lw_cursor_text(rows, 0), call->reviewer) || lw_cursor_is_null(rows, 0))
		return TRUE;
	g_autofree char *subject = g_strconcat("r:", call->reviewer, NULL);

	return lw_state_is(call->dossier, subject, "role", "officer") ||
	       lw_call_refuse(call, LW_REPLY_FORBIDDEN,
			      "only the officer may undo what somebody else did");
}

gboolean lw_event_undo(LwDeed *deed, gint64 event)
{
	LwCall *call = deed->call;
	g_autofree char *subject = g_strdup_printf("e:%" G_GINT64_FORMAT, event);
	g_autoptr(LwCursor) rows = NULL;

	if (!may_undo(call, event))
		return FALSE;
	if (lw_state_is(call->dossier, subject, "undone", "1"))
		return lw_call_refuse(call, LW_REPLY_REFUSED, "that event was undone already");
	lw_deed_set(deed, subject, "undone", "1");
	rows = lw_store_ask(call->dossier->store, "SELECT id FROM event WHERE cause = ?", "i",
			    event);
	while (lw_cursor_next(rows)) {
		g_autofree char *next =
			g_strdup_printf("e:%" G_GINT64_FORMAT, lw_cursor_integer(rows, 0));

		lw_deed_set(deed, next, "undone", "1");
	}
	return TRUE;
}

/* ---- telling ---- */

#define EVENT_COLUMNS                                                                              \
	"SELECT id, time, reviewer, act, count, note, cause, (SELECT event FROM state WHERE "      \
	"subject = 'e:' || id AND field = 'undone' AND value = '1') FROM event "

static LwJson *event_json(const LwCursor *rows)
{
	static const char *const names[] = {"event", "time", "by",    "act",
					    "count", "note", "cause", "undone"};
	LwJson *json = lw_json_object_new();

	for (int i = 0; i < (int)G_N_ELEMENTS(names); i++) {
		gboolean number = i == 0 || i == 4 || i >= 6;

		if (number && !lw_cursor_is_null(rows, i))
			lw_json_set_integer(json, names[i], lw_cursor_integer(rows, i));
		else
			lw_json_set_string(json, names[i], number ? NULL : lw_cursor_text(rows, i));
	}
	return json;
}

gboolean lw_events_answer(LwCall *call)
{
	static const char *const keys[] = {"since", "limit", "document", NULL};
	gint64 since = 0, limit = EVENTS_USUAL, document = 0;
	LwStore *store = call->dossier->store;
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = NULL;
	gboolean given = lw_call_has(call, "since");

	lw_json_set(call->answer, "events", list);
	if (!lw_call_keys(call, keys) ||
	    !lw_call_integer(call, "since", LW_OPTIONAL, 0, G_MAXINT64, &since) ||
	    !lw_call_integer(call, "limit", LW_OPTIONAL, 1, EVENTS_MOST, &limit) ||
	    !lw_call_document(call, LW_OPTIONAL, &document))
		return FALSE;
	lw_json_set_integer(call->answer, "event", lw_event_last(call->dossier));
	if (document)
		rows = lw_store_ask(store,
				    EVENT_COLUMNS
				    "WHERE id > ?1 AND id IN (SELECT effect.event FROM "
				    "effect WHERE subject = 'd:' || ?2 "
				    "UNION SELECT effect.event FROM effect JOIN mark ON "
				    "subject = 'm:' || mark.id WHERE "
				    "document = ?2) ORDER BY id DESC LIMIT ?3",
				    "iii", since, document, limit);
	else if (given)
		rows = lw_store_ask(store, EVENT_COLUMNS "WHERE id > ? ORDER BY id LIMIT ?", "ii",
				    since, limit);
	else
		rows = lw_store_ask(store, EVENT_COLUMNS "ORDER BY id DESC LIMIT ?", "i", limit);
	while (lw_cursor_next(rows))
		lw_json_append(list, event_json(rows));
	return TRUE;
}

LwJson *lw_events_of(LwCall *call, const char *subject)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		EVENT_COLUMNS "WHERE id IN (SELECT event FROM effect WHERE subject = ?) "
			      "ORDER BY id",
		"s", subject);

	while (lw_cursor_next(rows))
		lw_json_append(list, event_json(rows));
	return list;
}
