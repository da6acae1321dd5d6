/* call.c - what was given with a call, checked, and how a call is refused. */
#include "engine/dossier/dossier.h"

#include "engine/base/text.h"

#include <math.h>
#include <string.h>

enum { STRING_BYTES = 100000, DOCUMENTS_MOST = 1000000 };

gboolean lw_call_refuse(LwCall *call, LwReply reply, const char *message)
{
	if (call->reply == LW_REPLY_DONE) {
		call->reply = reply;
		call->message = g_strdup(message);
	}
	return FALSE;
}

void lw_call_clear(LwCall *call)
{
	g_clear_pointer(&call->answer, lw_json_free);
	g_clear_pointer(&call->message, g_free);
}

void lw_call_say(const LwCall *call, LwJson *json, const char *key, const char *english)
{
	g_autofree char *said = english && call->dossier->say
					? call->dossier->say(call->lang, english)
					: g_strdup(english);

	lw_json_set_string(json, key, said);
}

static gboolean misfit(LwCall *call, const char *key)
{
	g_autofree char *message = g_strdup_printf("'%s' is missing or has a wrong value", key);

	return lw_call_refuse(call, LW_REPLY_USAGE, message);
}

gboolean lw_call_has(const LwCall *call, const char *key)
{
	return lw_json_member(call->given, key) != NULL;
}

/* The value, or NULL with *fine telling whether that is allowed. */
static const LwJson *member(LwCall *call, const char *key, LwNeed need, gboolean *fine)
{
	const LwJson *value = lw_json_member(call->given, key);

	*fine = TRUE;
	if (value && lw_json_type(value) != LW_JSON_NULL)
		return value;
	if (need == LW_REQUIRED)
		*fine = misfit(call, key);
	return NULL;
}

gboolean lw_call_string(LwCall *call, const char *key, LwNeed need, const char **value)
{
	gboolean fine;
	const LwJson *json = member(call, key, need, &fine);
	const char *string = json ? lw_json_string(json) : NULL;

	if (!json)
		return fine;
	if (!string || !lw_text_is_fit(string, STRING_BYTES))
		return misfit(call, key);
	*value = string;
	return TRUE;
}

gboolean lw_call_integer(LwCall *call, const char *key, LwNeed need, gint64 least, gint64 most,
			 gint64 *value)
{
	gboolean fine;
	gint64 number;

	if (!member(call, key, need, &fine))
		return fine;
	if (!lw_json_integer_of(call->given, key, &number) || number < least || number > most)
		return misfit(call, key);
	*value = number;
	return TRUE;
}

gboolean lw_call_number(LwCall *call, const char *key, double *value)
{
	gboolean fine;

	if (!member(call, key, LW_OPTIONAL, &fine))
		return fine;
	if (!lw_json_number_of(call->given, key, value) || !isfinite(*value))
		return misfit(call, key);
	return TRUE;
}

gboolean lw_call_boolean(LwCall *call, const char *key, gboolean *value)
{
	gboolean fine;

	if (!member(call, key, LW_OPTIONAL, &fine))
		return fine;
	return lw_json_boolean_of(call->given, key, value) || misfit(call, key);
}

gboolean lw_call_keys(LwCall *call, const char *const *known)
{
	static const char *const always[] = {"act",	"query",    "lang",   "note", "base",
					     "preview", "reviewer", "expect", NULL};
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	const char *unknown;

	for (guint i = 0; always[i]; i++)
		g_ptr_array_add(all, (void *)always[i]);
	for (guint i = 0; known && known[i]; i++)
		g_ptr_array_add(all, (void *)known[i]);
	g_ptr_array_add(all, NULL);
	unknown = lw_json_unknown(call->given, (const char *const *)all->pdata);
	if (unknown && lw_text_is_fit(unknown, 60)) {
		g_autofree char *message = g_strdup_printf("'%s' is not known here", unknown);

		return lw_call_refuse(call, LW_REPLY_USAGE, message);
	}
	return !unknown || lw_call_refuse(call, LW_REPLY_USAGE, "a key is not known here");
}

static gboolean is_known(LwCall *call, gint64 document)
{
	return lw_store_number(call->dossier->store, 0, "SELECT 1 FROM document WHERE id = ?", "i",
			       document) ||
	       lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such document");
}

gboolean lw_call_document(LwCall *call, LwNeed need, gint64 *document)
{
	gint64 number = 0;

	if (!lw_call_integer(call, "document", need, 1, G_MAXINT32, &number))
		return FALSE;
	if (number && !is_known(call, number))
		return FALSE;
	*document = number ? number : *document;
	return TRUE;
}

GArray *lw_call_documents(LwCall *call)
{
	g_autoptr(GArray) documents = g_array_new(FALSE, FALSE, sizeof(gint64));
	const LwJson *given = lw_json_member(call->given, "document");
	gint64 number = 0;

	if (!given || lw_json_type(given) != LW_JSON_ARRAY) {
		if (!lw_call_document(call, LW_REQUIRED, &number))
			return NULL;
		g_array_append_val(documents, number);
		return g_steal_pointer(&documents);
	}
	for (gsize i = 0; i < lw_json_length(given) && i < DOCUMENTS_MOST; i++) {
		if (!lw_json_integer(lw_json_at(given, i), &number)) {
			misfit(call, "document");
			return NULL;
		}
		if (!is_known(call, number))
			return NULL;
		g_array_append_val(documents, number);
	}
	return g_steal_pointer(&documents);
}

gboolean lw_call_grounds(LwCall *call, char **grounds)
{
	const LwJson *given = lw_json_member(call->given, "grounds");
	g_autoptr(GString) ids = g_string_new(NULL);

	if (!given || lw_json_type(given) == LW_JSON_NULL)
		return TRUE;
	if (lw_json_type(given) != LW_JSON_ARRAY || lw_json_length(given) > 20)
		return misfit(call, "grounds");
	for (gsize i = 0; i < lw_json_length(given); i++) {
		const char *text = lw_json_string(lw_json_at(given, i));
		const LwGround *ground = text ? lw_ground_parse(text) : NULL;

		if (!ground)
			return lw_call_refuse(call, LW_REPLY_USAGE,
					      "no such ground; lakwerk policy lists them");
		g_string_append_printf(ids, "%s%s", ids->len ? ";" : "", ground->id);
	}
	if (ids->len && lw_lint_grounds(ids->str))
		return lw_call_refuse(call, LW_REPLY_REFUSED, lw_lint_grounds(ids->str));
	*grounds = g_string_free(g_steal_pointer(&ids), FALSE);
	return TRUE;
}

char *lw_dossier_today(const LwDossier *dossier)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_local();

	return dossier->today ? g_strdup(dossier->today) : g_date_time_format(now, "%Y-%m-%d");
}

gboolean lw_date_parse(const char *text, GDate *date)
{
	guint parts[3] = {0};

	if (!text || strlen(text) != 10)
		return FALSE;
	for (guint i = 0; i < 10; i++) {
		if (i == 4 || i == 7) {
			if (text[i] != '-')
				return FALSE;
			continue;
		}
		if (!g_ascii_isdigit(text[i]))
			return FALSE;
		parts[i < 4 ? 0 : i < 7 ? 1 : 2] *= 10;
		parts[i < 4 ? 0 : i < 7 ? 1 : 2] += (guint)(text[i] - '0');
	}
	if (!g_date_valid_dmy((GDateDay)parts[2], (GDateMonth)parts[1], (GDateYear)parts[0]))
		return FALSE;
	g_date_clear(date, 1);
	g_date_set_dmy(date, (GDateDay)parts[2], (GDateMonth)parts[1], (GDateYear)parts[0]);
	return TRUE;
}

gboolean lw_text_is_fit(const char *text, gsize most)
{
	if (strlen(text) > most || !g_utf8_validate(text, -1, NULL))
		return FALSE;
	for (const char *at = text; *at; at++)
		if ((guchar)*at < 0x20 && *at != '\n' && *at != '\t')
			return FALSE;
	return TRUE;
}

char *lw_state_text(LwDossier *dossier, const char *subject, const char *field)
{
	return lw_store_text(dossier->store,
			     "SELECT value FROM state WHERE subject = ? AND field = ?", "ss",
			     subject, field);
}

gboolean lw_state_is(LwDossier *dossier, const char *subject, const char *field, const char *value)
{
	g_autofree char *is = lw_state_text(dossier, subject, field);

	return !g_strcmp0(is, value);
}

GHashTable *lw_state_table(LwDossier *dossier, const char *prefix)
{
	GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autofree char *after = g_strdup(prefix);
	g_autoptr(LwCursor) rows = NULL;

	after[strlen(after) - 1]++;
	rows = lw_store_ask(dossier->store,
			    "SELECT subject, field, value FROM state WHERE subject >= ? AND "
			    "subject < ? AND value IS NOT NULL",
			    "ss", prefix, after);
	while (lw_cursor_next(rows))
		g_hash_table_insert(
			table,
			g_strconcat(lw_cursor_text(rows, 0), "\n", lw_cursor_text(rows, 1), NULL),
			g_strdup(lw_cursor_text(rows, 2)));
	return table;
}

const char *lw_table_value(GHashTable *table, const char *prefix, gint64 number, const char *field)
{
	g_autofree char *key = g_strdup_printf("%s%" G_GINT64_FORMAT "\n%s", prefix, number, field);

	return g_hash_table_lookup(table, key);
}

char *lw_meta_text(LwDossier *dossier, const char *key)
{
	return lw_store_text(dossier->store, "SELECT value FROM meta WHERE key = ?", "s", key);
}

void lw_meta_set(LwDossier *dossier, const char *key, const char *value)
{
	lw_store_run(dossier->store,
		     "INSERT INTO meta VALUES(?, ?) ON CONFLICT DO UPDATE SET value = "
		     "excluded.value",
		     "ss", key, value);
}
