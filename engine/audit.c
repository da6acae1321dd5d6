/* audit.c - the public calls about a log and its keys: audit it, open one mark of it, make a key.
 */
#include "engine/session.h"

#include "engine/base/signature.h"
#include "engine/messages.h"
#include "engine/record/record.h"

#include <string.h>

typedef struct {
	Lakwerk *lakwerk;
	LakwerkWriteFunc write;
	void *self;
} Audience;

static void say_line(const Audience *to, const char *text)
{
	to->write(to->self, text, strlen(text));
	to->write(to->self, "\n", 1);
}

static void say_json(const Audience *to, const LwJson *json)
{
	g_autofree char *text = lw_json_print(json);

	say_line(to, text);
}

/* Takes the English line. */
static void tell_line(const Audience *to, char *english)
{
	g_autofree char *said = lw_message_in(to->lakwerk->options.lang, english);

	say_line(to, said);
	g_free(english);
}

/* The internal folder of a log that was asked for by name lies beside it under its name. */
static char *internal_of(const char *log)
{
	g_autofree char *beside = g_strconcat(log, ".internal", NULL);

	return g_file_test(beside, G_FILE_TEST_IS_DIR) ? g_steal_pointer(&beside) : NULL;
}

static LwJson *answer_json(const LwAuditAnswer *answer)
{
	LwJson *json = lw_json_object_new();

	lw_json_set_string(json, "type", "audit");
	lw_json_set_integer(json, "lines", answer->lines);
	lw_json_set_integer(json, "documents", answer->documents);
	lw_json_set_integer(json, "unknown", answer->unknown);
	lw_json_set_boolean(json, "inside", answer->keyed);
	lw_json_set_string(json, "fingerprint", answer->fingerprint);
	lw_json_set_string(json, "last", answer->last_link);
	return json;
}

static void tell_opened(const Audience *to, const LwAuditAnswer *answer)
{
	const LwJson *boxes = lw_json_member(answer->mark, "boxes");
	const LwJson *box = boxes ? lw_json_at(boxes, 0) : NULL;
	gint64 page = 0;

	if (!box || !lw_json_integer_of(box, "page", &page)) { /* no pages, or none is told */
		tell_line(to, g_strdup_printf("the opening fits mark '%s': '%s', ground '%s'",
					      lw_json_string_of(answer->mark, "id"),
					      lw_json_string_of(answer->mark, "kind"),
					      lw_json_string_of(answer->mark, "ground")));
		return;
	}
	tell_line(to, g_strdup_printf("the opening fits mark '%s' of page %u: '%s', ground '%s'",
				      lw_json_string_of(answer->mark, "id"), (guint)page,
				      lw_json_string_of(answer->mark, "kind"),
				      lw_json_string_of(answer->mark, "ground")));
}

static void tell(const Audience *to, const LwAuditAnswer *answer)
{
	tell_line(to, g_strdup_printf("lines: %u, documents: %u; chain, hashes and signature hold",
				      answer->lines, answer->documents));
	if (answer->unknown)
		tell_line(to, g_strdup_printf("files in the folder that the log does not know: %u",
					      answer->unknown));
	tell_line(to, g_strdup_printf("signed with key '%s'", answer->fingerprint));
	tell_line(to, g_strdup_printf("last link '%s'", answer->last_link));
	if (answer->mark)
		tell_opened(to, answer);
}

/* With the mark that was opened, as the log has it, and what it removed. */
static void say_answer(const Audience *to, LwAuditAnswer *answer)
{
	g_autoptr(LwJson) json = NULL;

	if (to->lakwerk->output != LW_SAY_JSON) {
		tell(to, answer);
		return;
	}
	json = answer_json(answer);
	if (answer->mark) {
		lw_json_set_string(json, "text", lw_json_string_of(answer->opening, "text"));
		lw_json_set(json, "mark", g_steal_pointer(&answer->mark));
	}
	say_json(to, json);
}

LakwerkStatus lakwerk_audit(Lakwerk *lakwerk, const char *log, const char *internal,
			    const char *opening, LakwerkWriteFunc write, void *self)
{
	const Audience to = {lakwerk, write, self};
	const char *path = lakwerk->options.key;
	g_autofree char *found = internal ? g_strdup(internal) : internal_of(log);
	g_autoptr(GError) error = NULL;
	g_autoptr(LwKey) key = path ? lw_key_load_public(path, &error) : NULL;
	LwAuditQuestion question = {found, key, opening};
	LwAuditAnswer answer = {0};

	if (!error && lw_record_audit(log, &question, &answer, &error))
		say_answer(&to, &answer);
	lw_audit_answer_clear(&answer);
	return lw_session_end(lakwerk, LAKWERK_OK, error);
}

LakwerkStatus lakwerk_open_mark(Lakwerk *lakwerk, const char *log, const char *internal,
				const char *mark, LakwerkWriteFunc write, void *self)
{
	const Audience to = {lakwerk, write, self};
	g_autofree char *found = internal ? g_strdup(internal) : internal_of(log);
	g_autoptr(GError) error = NULL;
	g_autoptr(LwJson) opening = lw_record_open_mark(log, found, mark, &error);

	if (opening)
		say_json(&to, opening);
	return lw_session_end(lakwerk, LAKWERK_OK, error);
}

LakwerkStatus lakwerk_keygen(Lakwerk *lakwerk, const char *file, LakwerkWriteFunc write, void *self)
{
	const Audience to = {lakwerk, write, self};
	g_autoptr(GError) error = NULL;
	g_autoptr(LwKey) key = lw_key_new();
	g_autofree char *fingerprint = lw_key_fingerprint(key);

	if (lw_key_save(key, file, &error))
		say_line(&to, fingerprint);
	return lw_session_end(lakwerk, LAKWERK_OK, error);
}

gboolean lw_signer_load(const LwRunOptions *options, const LwPolicy *policy, LwKey **key,
			GError **error)
{
	const char *path = options->key ? options->key : lw_policy_signing_key(policy);

	*key = path ? lw_key_load(path, error) : NULL;
	return !path || *key;
}
