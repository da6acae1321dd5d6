/* dossier.c - the public calls on a dossier: open, ask, do. */
#include "engine/dossier-session.h"

#include "engine/dossier/act.h"
#include "engine/dossier/consistency.h"
#include "engine/base/install.h"
#include "engine/messages.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { LOOK_SECONDS = 10, JSON_BYTES = 32 * 1024 * 1024 };

G_STATIC_ASSERT((int)LW_REPLY_FAILED == (int)LAKWERK_REPLY_FAILED);

/* ---- opening ---- */

static gboolean open_policy(LakwerkDossier *dossier, GError **error)
{
	LwDossier *inner = &dossier->inner;
	g_autofree char *kept = lw_meta_text(inner, "policy"), *given = NULL;

	if (dossier->lakwerk->policy)
		given = lw_policy_print(dossier->lakwerk->policy, LW_LANG_EN);
	if (given && g_strcmp0(given, kept) && dossier->mode != LAKWERK_DOSSIER_READ) {
		lw_store_begin(inner->store);
		lw_meta_set(inner, "policy", given);
		if (!lw_store_commit(inner->store, error))
			return FALSE;
	}
	if (given || kept)
		dossier->policy =
			lw_policy_parse(given ? given : kept, strlen(given ? given : kept),
					dossier->state, dossier->folder, error);
	else
		dossier->policy = lw_policy_new();
	if (!dossier->policy)
		return FALSE;
	inner->policy = dossier->policy;
	dossier->policy_digest = lw_policy_digest(dossier->policy);
	dossier->key = g_strdup_printf("%s %s %d %d", LW_VERSION, dossier->policy_digest,
				       G_BYTE_ORDER, LW_DOCUMENT_FORM);
	return TRUE;
}

static gboolean open_store(LakwerkDossier *dossier, GError **error)
{
	static const LwStoreMode modes[] = {LW_STORE_READ, LW_STORE_WRITE, LW_STORE_CREATE};

	if (!g_file_test(dossier->folder, G_FILE_TEST_IS_DIR)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' is no folder", dossier->folder);
		return FALSE;
	}
	dossier->inner.store = lw_store_open(dossier->state, modes[dossier->mode], error);
	if (!dossier->inner.store || !open_policy(dossier, error))
		return FALSE;
	dossier->event = (guint64)lw_event_last(&dossier->inner);
	return lw_store_check(dossier->inner.store, error);
}

LakwerkStatus lakwerk_dossier_open(Lakwerk *lakwerk, const char *folder, LakwerkDossierMode mode,
				   LakwerkDossier **opened)
{
	LakwerkDossier *dossier = g_new0(LakwerkDossier, 1);
	g_autoptr(GError) error = NULL;

	*opened = NULL;
	dossier->lakwerk = lakwerk;
	dossier->folder = g_strdup(folder);
	dossier->mode = mode;
	dossier->state = lakwerk->options.state ? g_strdup(lakwerk->options.state)
						: g_build_filename(folder, ".lakwerk", NULL);
	dossier->message = g_strdup("");
	dossier->inner.readings = lw_readings_new();
	dossier->inner.say = lw_message_in;
	g_rec_mutex_init(&dossier->lock);
	if (!open_store(dossier, &error)) {
		lakwerk_dossier_close(dossier);
		return lw_session_end(lakwerk, LAKWERK_FATAL, error);
	}
	lw_dossier_look(dossier);
	*opened = dossier;
	return lw_session_end(lakwerk, LAKWERK_OK, NULL);
}

void lakwerk_dossier_close(LakwerkDossier *dossier)
{
	if (!dossier)
		return;
	g_clear_pointer(&dossier->previews, g_ptr_array_unref);
	lw_findings_forget(&dossier->inner);
	lw_readings_free(dossier->inner.readings);
	lw_store_free(dossier->inner.store);
	g_clear_pointer(&dossier->policy, lw_policy_free);
	g_rec_mutex_clear(&dossier->lock);
	g_free(dossier->policy_digest);
	g_free(dossier->key);
	g_free(dossier->folder);
	g_free(dossier->state);
	g_free(dossier->message);
	g_free(dossier);
}

LakwerkStatus lw_dossier_end(LakwerkDossier *dossier, LakwerkStatus status, const GError *error)
{
	g_rec_mutex_lock(&dossier->lock);
	g_free(dossier->message);
	dossier->message = error ? lw_message_in(dossier->lakwerk->options.lang, error->message)
				 : g_strdup("");
	g_rec_mutex_unlock(&dossier->lock);
	if (!error)
		return status;
	return error->domain == LW_ERROR ? (LakwerkStatus)error->code : LAKWERK_FATAL;
}

const char *lakwerk_dossier_message(const LakwerkDossier *dossier)
{
	return dossier->message;
}

LakwerkStatus lakwerk_dossier_backup(LakwerkDossier *dossier, const char *file)
{
	g_autoptr(GError) error = NULL;

	g_rec_mutex_lock(&dossier->lock);
	lw_store_copy(dossier->inner.store, file, &error);
	g_rec_mutex_unlock(&dossier->lock);
	return lw_dossier_end(dossier, LAKWERK_OK, error);
}

unsigned long long lakwerk_dossier_event(const LakwerkDossier *dossier)
{
	return __atomic_load_n(&dossier->event, __ATOMIC_ACQUIRE);
}

/* ---- what lies in the folder ---- */

static void look_at(LakwerkDossier *dossier, const LwInput *input, GHashTable *names)
{
	struct stat status;
	g_autoptr(LwCursor) rows = NULL;

	g_hash_table_add(names, input->name);
	rows = lw_store_ask(dossier->inner.store,
			    "SELECT state, size, changed, reading FROM document WHERE name = ?",
			    "s", input->name);
	if (!lw_cursor_next(rows) || !strcmp(lw_cursor_text(rows, 0), "waiting") ||
	    !strcmp(lw_cursor_text(rows, 0), "removed")) {
		dossier->stale.added++;
		return;
	}
	if (input->fault)
		return;
	if (strcmp(lw_cursor_text(rows, 0), "refused") &&
	    g_strcmp0(lw_cursor_text(rows, 3), dossier->key))
		dossier->stale.engine = TRUE;
	if (lstat(input->path, &status) || status.st_size != lw_cursor_integer(rows, 1) ||
	    (gint64)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec !=
		    lw_cursor_integer(rows, 2))
		dossier->stale.changed++;
}

void lw_dossier_look(LakwerkDossier *dossier)
{
	g_autoptr(GPtrArray) inputs = lw_inputs_of_dossier(dossier->folder, NULL);
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(LwCursor) rows = NULL;
	g_autofree char *scan = lw_meta_text(&dossier->inner, "scan");

	memset(&dossier->stale, 0, sizeof(dossier->stale));
	dossier->stale.when = g_get_monotonic_time();
	for (guint i = 0; inputs && i < inputs->len; i++)
		look_at(dossier, inputs->pdata[i], names);
	rows = lw_store_ask(dossier->inner.store,
			    "SELECT name FROM document WHERE state IN ('read', 'refused')", "");
	while (lw_cursor_next(rows))
		dossier->stale.removed += !g_hash_table_contains(names, lw_cursor_text(rows, 0));
	if (g_strcmp0(scan, dossier->key))
		dossier->stale.engine = TRUE;
}

void lw_dossier_set_stale(LakwerkDossier *dossier, LwJson *answer)
{
	LwJson *stale = NULL;

	if (g_get_monotonic_time() - dossier->stale.when > LOOK_SECONDS * G_USEC_PER_SEC &&
	    !dossier->scanning)
		lw_dossier_look(dossier);
	if (dossier->stale.added || dossier->stale.changed || dossier->stale.removed ||
	    dossier->stale.engine) {
		stale = lw_json_object_new();
		lw_json_set_integer(stale, "new", dossier->stale.added);
		lw_json_set_integer(stale, "changed", dossier->stale.changed);
		lw_json_set_integer(stale, "removed", dossier->stale.removed);
		lw_json_set_boolean(stale, "engine", dossier->stale.engine);
	}
	lw_json_set(answer, "stale", stale);
}

static void set_dossier(LakwerkDossier *dossier, LwJson *answer)
{
	LwJson *policy = lw_json_object_new();

	lw_json_set_string(policy, "digest", dossier->policy_digest);
	lw_json_set_boolean(policy, "one_person", lw_policy_one_person(dossier->policy));
	lw_json_set(answer, "policy", policy);
	lw_json_set_string(answer, "version", LW_VERSION);
	lw_json_set_string(answer, "folder", dossier->folder);
	lw_dossier_set_stale(dossier, answer);
}

/* ---- calls ---- */

/* The JSON of a call; FALSE when it is none. */
static gboolean call_init(LwCall *call, LakwerkDossier *dossier, const char *given, LwJson **json)
{
	const char *lang;

	*call = (LwCall){.dossier = &dossier->inner,
			 .lang = dossier->lakwerk->options.lang,
			 .answer = lw_json_object_new()};
	*json = given && *given ? NULL : lw_json_object_new();
	if (!*json && strlen(given) <= JSON_BYTES)
		*json = lw_json_parse(given, strlen(given), "", NULL);
	if (!*json || lw_json_type(*json) != LW_JSON_OBJECT)
		return lw_call_refuse(call, LW_REPLY_USAGE, "this is no JSON object");
	call->given = *json;
	lang = lw_json_string_of(*json, "lang");
	if (lang)
		call->lang = strcmp(lang, "en") ? LW_LANG_NL : LW_LANG_EN;
	return TRUE;
}

LakwerkReply lw_dossier_reply(LwCall *call, LakwerkWriteFunc write, void *self)
{
	static const char *const names[] = {"done",	"usage",   "unknown", "forbidden",
					    "conflict", "refused", "busy",    "failed"};
	g_autofree char *said = NULL, *printed = NULL;
	LwReply reply = call->reply;

	if (reply != LW_REPLY_DONE) {
		said = lw_message_in(call->lang, call->message);
		lw_json_free(call->answer);
		call->answer = lw_json_object_new();
		lw_json_set_string(call->answer, "error", names[reply]);
		lw_json_set_string(call->answer, "message", said);
	}
	printed = lw_json_print(call->answer);
	write(self, printed, strlen(printed));
	lw_call_clear(call);
	return (LakwerkReply)reply;
}

static void keep_message(LakwerkDossier *dossier, const LwCall *call)
{
	g_rec_mutex_lock(&dossier->lock);
	g_free(dossier->message);
	dossier->message = call->reply == LW_REPLY_DONE ? g_strdup("")
							: lw_message_in(call->lang, call->message);
	g_rec_mutex_unlock(&dossier->lock);
}

/* A failure of the disk is that of the call. */
static void check_store(LwCall *call)
{
	g_autoptr(GError) error = NULL;

	if (!lw_store_check(call->dossier->store, &error))
		lw_call_refuse(call, LW_REPLY_FAILED, error->message);
}

LakwerkReply lakwerk_dossier_query(LakwerkDossier *dossier, const char *what,
				   const char *parameters, LakwerkWriteFunc write, void *self)
{
	g_autoptr(LwJson) json = NULL;
	gboolean lines = !strcmp(what, "export") || !strcmp(what, "status");
	g_autofree char *status = NULL;
	LwCall call;

	if (call_init(&call, dossier, parameters, &json) && !strcmp(what, "preview")) {
		lw_preview_answer(dossier, &call);
	} else if (call.reply == LW_REPLY_DONE) {
		g_rec_mutex_lock(&dossier->lock);
		dossier->inner.scanning = dossier->scanning;
		if (!strcmp(what, "status"))
			status = lw_dossier_status(dossier, &call);
		else if (lines)
			lw_export(&call, write, self);
		else
			lw_query(&call, what);
		if (!strcmp(what, "dossier") && call.reply == LW_REPLY_DONE)
			set_dossier(dossier, call.answer);
		check_store(&call);
		g_rec_mutex_unlock(&dossier->lock);
	}
	if (lines && call.reply == LW_REPLY_DONE) {
		if (status)
			write(self, status, strlen(status));
		lw_call_clear(&call);
		return LAKWERK_REPLY_DONE;
	}
	keep_message(dossier, &call);
	return lw_dossier_reply(&call, write, self);
}

static gboolean check_reviewer(LwCall *call, const char *reviewer)
{
	gsize length = reviewer ? strlen(reviewer) : 0;

	if (!length || length > 64 || !lw_text_is_fit(reviewer, 64) || strchr(reviewer, '\n'))
		return lw_call_refuse(call, LW_REPLY_FORBIDDEN, "who acts has no name");
	call->reviewer = reviewer;
	return TRUE;
}

LakwerkReply lakwerk_dossier_act(LakwerkDossier *dossier, const char *reviewer, const char *action,
				 LakwerkWriteFunc write, void *self)
{
	g_autoptr(LwJson) json = NULL;
	g_autoptr(GError) error = NULL;
	LwCall call;

	if (!call_init(&call, dossier, action, &json) || !check_reviewer(&call, reviewer)) {
		keep_message(dossier, &call);
		return lw_dossier_reply(&call, write, self);
	}
	if (dossier->mode == LAKWERK_DOSSIER_READ) {
		lw_call_refuse(&call, LW_REPLY_REFUSED, "the dossier was opened for reading");
		return lw_dossier_reply(&call, write, self);
	}
	g_rec_mutex_lock(&dossier->lock);
	lw_store_begin(dossier->inner.store);
	if (lw_act(&call) && !lw_act_is_preview(&call)) {
		if (!lw_store_commit(dossier->inner.store, &error))
			lw_call_refuse(&call, LW_REPLY_FAILED, error->message);
	} else {
		lw_store_rollback(dossier->inner.store);
		lw_findings_forget(&dossier->inner);
	}
	__atomic_store_n(&dossier->event, (guint64)lw_event_last(&dossier->inner),
			 __ATOMIC_RELEASE);
	g_rec_mutex_unlock(&dossier->lock);
	keep_message(dossier, &call);
	return lw_dossier_reply(&call, write, self);
}
