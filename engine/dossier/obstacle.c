/* obstacle.c - what stands in the way of publishing, each with its documents, and the
 * record of publications. */
#include "engine/dossier/obstacle.h"

#include "engine/dossier/consistency.h"
#include "engine/dossier/document.h"
#include "engine/dossier/lint.h"

#include <string.h>

enum { FOLDER_BYTES = 100 };

typedef struct {
	LwCall *call;
	LwJson *list;
	GHashTable *known;     /* message -> LwJson of list */
	GHashTable *documents; /* "message number" that are in it */
} Obstacles;

typedef struct {
	const char *code, *message;
	gint64 document; /* 0: of the dossier */
	const char *mark;
	gint64 count;
} Obstacle;

static LwJson *obstacle_new(Obstacles *obstacles, const Obstacle *obstacle)
{
	LwJson *item = lw_json_object_new();

	lw_json_set_string(item, "code", obstacle->code);
	lw_call_say(obstacles->call, item, "message", obstacle->message);
	lw_json_set_integer(item, "count", 0);
	lw_json_set(item, "documents", lw_json_array_new());
	lw_json_set_string(item, "mark", obstacle->mark);
	lw_json_append(obstacles->list, item);
	g_hash_table_insert(obstacles->known, g_strdup(obstacle->message), item);
	return item;
}

static void add(Obstacles *obstacles, const Obstacle *obstacle)
{
	LwJson *item = g_hash_table_lookup(obstacles->known, obstacle->message);
	gint64 count = 0;
	char *key;

	if (!item)
		item = obstacle_new(obstacles, obstacle);
	lw_json_integer_of(item, "count", &count);
	lw_json_set_integer(item, "count", count + obstacle->count);
	if (!obstacle->document)
		return;
	key = g_strdup_printf("%s %" G_GINT64_FORMAT, obstacle->message, obstacle->document);
	if (g_hash_table_add(obstacles->documents, key))
		lw_json_append_integer((LwJson *)lw_json_member(item, "documents"),
				       obstacle->document);
}

static void add_blocking(void *self, gint64 document, const char *mark, const char *code,
			 LwSeverity severity, const char *message)
{
	if (severity == LW_SEVERITY_BLOCKS)
		add(self, &(Obstacle){code, message, document, mark, 1});
}

static void add_open(LwCall *call, Obstacles *obstacles)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT document, count(*), (SELECT id FROM live f WHERE f.document = "
		"live.document AND decision = 'open' ORDER BY page, start LIMIT 1) FROM live WHERE "
		"decision = 'open' GROUP BY document ORDER BY document",
		"");

	while (lw_cursor_next(rows))
		add(obstacles,
		    &(Obstacle){"open", "proposals are still open", lw_cursor_integer(rows, 0),
				lw_cursor_text(rows, 2), lw_cursor_integer(rows, 1)});
}

/* A signature holds as long as nothing that matters happened after it. */
static gboolean is_signed(LwDossier *dossier)
{
	return lw_store_number(dossier->store, 0,
			       "SELECT 1 FROM state WHERE subject = 's' AND field = 'signed' AND "
			       "value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE "
			       "event.id > state.event AND " LW_EVENT_UNSIGNS ")",
			       "") != 0;
}

/* The answer of query obstacles; yours. */
static LwJson *obstacles_of(LwCall *call)
{
	LwDossier *dossier = call->dossier;
	Obstacles obstacles = {call, lw_json_array_new(),
			       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
			       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	gint64 inconsistent = lw_consistency_open(call);
	gint64 waiting = lw_store_number(
		dossier->store, 0, "SELECT count(*) FROM document WHERE state = 'waiting'", "");

	add_open(call, &obstacles);
	lw_lint_all(call, 0, add_blocking, &obstacles);
	if (inconsistent)
		add(&obstacles,
		    &(Obstacle){"inconsistent", "removed in one place and readable in another", 0,
				NULL, inconsistent});
	if (waiting)
		add(&obstacles,
		    &(Obstacle){"waiting", "documents that were not read yet", 0, NULL, waiting});
	if (!is_signed(dossier))
		add(&obstacles,
		    &(Obstacle){"unsigned", "the second reader has not signed what is there now", 0,
				NULL, 1});
	g_hash_table_unref(obstacles.known);
	g_hash_table_unref(obstacles.documents);
	return obstacles.list;
}

gboolean lw_obstacles_answer(LwCall *call)
{
	LwJson *list = obstacles_of(call);

	lw_json_set_boolean(call->answer, "ready", !lw_json_length(list));
	lw_json_set(call->answer, "obstacles", list);
	return lw_call_keys(call, NULL);
}

/* ---- publications ---- */

gboolean lw_publications_answer(LwCall *call)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT event.id, time, reviewer, value FROM effect JOIN event ON event.id = "
		"effect.event WHERE subject = 's' AND field = 'published' ORDER BY event.id",
		"");

	while (lw_cursor_next(rows)) {
		LwJson *item = lw_json_object_new();

		lw_json_set_integer(item, "event", lw_cursor_integer(rows, 0));
		lw_json_set_string(item, "time", lw_cursor_text(rows, 1));
		lw_json_set_string(item, "by", lw_cursor_text(rows, 2));
		lw_json_set_string(item, "folder", lw_cursor_text(rows, 3));
		lw_json_append(list, item);
	}
	lw_json_set(call->answer, "publications", list);
	return lw_call_keys(call, NULL);
}

/* One name, not a path; nothing that a terminal or a person could take for something else. */
static gboolean is_folder_name(const char *name)
{
	if (!*name || strlen(name) > FOLDER_BYTES || !g_utf8_validate(name, -1, NULL) ||
	    *name == '.' || *name == '-' || *name == ' ')
		return FALSE;
	for (const char *at = name; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (!g_unichar_isalnum(c) && !(c < 0x80 && strchr(" ._-()+", (int)c)))
			return FALSE;
	}
	return TRUE;
}

gboolean lw_publish_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"folder", "since", NULL};
	const char *folder = NULL, *since = NULL;
	g_autoptr(LwJson) obstacles = NULL;

	if (!lw_call_keys(call, keys) || !lw_call_string(call, "folder", LW_REQUIRED, &folder) ||
	    !lw_call_string(call, "since", LW_OPTIONAL, &since))
		return FALSE;
	if (!is_folder_name(folder))
		return lw_call_refuse(call, LW_REPLY_USAGE,
				      "a folder is named with letters, digits, blanks and ._-()+");
	if (since && !lw_store_number(call->dossier->store, 0,
				      "SELECT 1 FROM effect WHERE subject = 's' AND field = "
				      "'published' AND value = ?",
				      "s", since))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such publication");
	obstacles = obstacles_of(call);
	if (lw_json_length(obstacles))
		return lw_call_refuse(call, LW_REPLY_REFUSED,
				      "the dossier cannot be published yet");
	lw_deed_add(deed, "s", "published", folder);
	return TRUE;
}
