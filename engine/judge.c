/* judge.c - the public calls that judge: verify, doctor. */
#include "engine/session.h"

#include "engine/base/json.h"
#include "engine/difference.h"
#include "engine/base/install.h"
#include "engine/messages.h"
#include "engine/recognise.h"

#include <string.h>
#include <unistd.h>

typedef struct {
	Lakwerk *lakwerk;
	LakwerkWriteFunc write;
	void *self;
} Judge;

static void say(const Judge *judge, const char *text)
{
	judge->write(judge->self, text, strlen(text));
}

static const char *weight_name(LwWeight weight)
{
	return weight == LW_WEIGHT_LEAK ? "leak" : "trace";
}

static void say_finding_json(const Judge *judge, const char *file, const LwFinding *finding)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	g_autofree char *line = NULL;

	lw_json_set_string(json, "type", "finding");
	lw_json_set_string(json, "file", file);
	lw_json_set_string(json, "weight", weight_name(finding->weight));
	lw_json_set_string(json, "channel", finding->channel);
	lw_json_set_string(json, "code", finding->code);
	if (finding->page >= 0)
		lw_json_set_integer(json, "page", finding->page + 1);
	lw_json_set_string(json, "message", finding->message);
	line = lw_json_print(json);
	say(judge, line);
	say(judge, "\n");
}

/* One finding, as a line for people or as JSON. */
static void say_finding(const Judge *judge, const char *file, const LwFinding *finding)
{
	gboolean dutch = judge->lakwerk->options.lang == LW_LANG_NL;
	gboolean leak = finding->weight == LW_WEIGHT_LEAK;
	g_autofree char *line = NULL, *place = NULL, *said = NULL;

	if (judge->lakwerk->output == LW_SAY_JSON) {
		say_finding_json(judge, file, finding);
		return;
	}
	place = finding->page >= 0 ? g_strdup_printf("%s %d: ", dutch ? "bladzijde" : "page",
						     finding->page + 1)
				   : g_strdup("");
	said = lw_message_in(judge->lakwerk->options.lang, finding->message);
	line = g_strdup_printf("%s: %s: %s%s (%s)\n", file,
			       leak ? (dutch ? "lek" : "leak") : (dutch ? "spoor" : "trace"), place,
			       said, finding->channel);
	say(judge, line);
}

typedef struct {
	LwInput input;
	int fd;
} Opened;

static gboolean opened_init(Opened *opened, const char *path, GError **error)
{
	g_autoptr(GError) fault = NULL;

	opened->input =
		(LwInput){.path = (char *)path, .memory = -1, .size = -1, .link_allowed = TRUE};
	opened->fd = lw_input_open(&opened->input, &fault);
	if (opened->fd < 0)
		g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE, "'%s': %s", path, fault->message);
	return opened->fd >= 0;
}

static gboolean read_document(const Judge *judge, int fd, LwReadAnswer *answer, GError **error)
{
	const LwReadOptions plain = {0};
	LwTask *task =
		lw_run_wait(&judge->lakwerk->options, lw_task_read(fd, &plain, error), error);
	gboolean read = task && lw_task_answer_read(task, answer, error);

	lw_task_free(task);
	return read;
}

static void answer_clear(LwReadAnswer *answer)
{
	lw_document_free(answer->document);
	lw_entities_free(answer->entities);
	g_free(answer->sha256);
}

/* What somebody took out of the original; NULL with error. Yours. text gets what can be read in the
 * redacted file. */
static LwPlan *difference(const Judge *judge, int original, int redacted, char **text,
			  GError **error)
{
	/* Words of a line from which something went may have moved along it. */
	const LwPlanOptions options = {.policy = judge->lakwerk->policy,
				       .width = LW_WIDTH_QUANTISED,
				       .hidden = LW_HIDDEN_STAYS};
	LwReadAnswer before = {0}, after = {0};
	LwPlan *plan = NULL;

	if (read_document(judge, original, &before, error) &&
	    read_document(judge, redacted, &after, error))
		plan = lw_difference_plan(before.document, after.document, before.sha256, &options,
					  error);
	if (plan)
		*text = g_strndup(after.document->text, after.document->length);
	answer_clear(&before);
	answer_clear(&after);
	return plan;
}

/* Attacks one file; original: its descriptor, or -1; plan: what was removed, or NULL. The findings,
 * or NULL with error. Yours. */
static GArray *attack(const Judge *judge, int file, int original, const LwPlan *plan,
		      GError **error)
{
	g_autoptr(GMappedFile) mapped =
		original < 0 ? NULL : g_mapped_file_new_from_fd(original, FALSE, error);
	g_autoptr(GBytes) before = mapped ? g_mapped_file_get_bytes(mapped) : NULL;
	g_autoptr(GVariant) saved = plan ? lw_plan_save(plan) : NULL;
	LwTask *task;
	GArray *findings;

	if (original >= 0 && !before)
		return NULL;
	task = lw_run_wait(&judge->lakwerk->options, lw_task_attack(file, before, saved, error),
			   error);
	findings = task ? lw_task_answer_verify(task, NULL, error) : NULL;
	lw_task_free(task);
	return findings;
}

/* The channels that leaked, each once; yours. */
static LwJson *channels_of(const GArray *findings)
{
	LwJson *all = lw_json_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < findings->len; i++) {
		const LwFinding *finding = &g_array_index(findings, LwFinding, i);

		if (finding->weight == LW_WEIGHT_LEAK &&
		    g_hash_table_add(seen, (gpointer)finding->channel))
			lw_json_append_string(all, finding->channel);
	}
	return all;
}

static guint count_of(const GArray *findings, LwWeight weight)
{
	guint count = 0;

	for (guint i = 0; i < findings->len; i++)
		count += g_array_index(findings, LwFinding, i).weight == weight;
	return count;
}

static void say_verdict(const Judge *judge, const char *file, const GArray *findings)
{
	guint leaks = count_of(findings, LW_WEIGHT_LEAK);
	g_autoptr(LwJson) json = NULL;
	g_autofree char *line = NULL;

	if (judge->lakwerk->output == LW_SAY_JSON) {
		json = lw_json_object_new();
		lw_json_set_string(json, "type", "verdict");
		lw_json_set_string(json, "file", file);
		lw_json_set_boolean(json, "clean", !leaks);
		lw_json_set_integer(json, "findings", findings->len);
		lw_json_set_integer(json, "leaks", leaks);
		lw_json_set(json, "channels", channels_of(findings));
		line = lw_json_print(json);
		say(judge, line);
		say(judge, "\n");
	} else if (judge->lakwerk->output == LW_SAY_TEXT && !leaks) {
		line = g_strdup_printf("%s: %s\n", file,
				       judge->lakwerk->options.lang == LW_LANG_NL
					       ? "geen lek gevonden"
					       : "no leak found");
		say(judge, line);
	}
}

static GArray *judge_opened(const Judge *judge, int redacted, int original, GError **error)
{
	g_autofree char *text = NULL;
	g_autoptr(LwPlan) plan =
		original < 0 ? NULL : difference(judge, original, redacted, &text, error);
	g_autoptr(GArray) findings = NULL;

	if (original >= 0 && !plan)
		return NULL;
	findings = attack(judge, redacted, original, plan, error);
	if (findings && plan &&
	    !lw_recognise_removed(&judge->lakwerk->options, redacted, plan, text, findings, error))
		return NULL;
	return g_steal_pointer(&findings);
}

static LakwerkStatus judge_file(const Judge *judge, const char *file, const char *original,
				GError **error)
{
	Opened redacted, before = {.fd = -1};
	g_autoptr(GArray) findings = NULL;

	if (!opened_init(&redacted, file, error))
		return LAKWERK_FATAL;
	if (original && !opened_init(&before, original, error)) {
		close(redacted.fd);
		return LAKWERK_FATAL;
	}
	findings = judge_opened(judge, redacted.fd, before.fd, error);
	close(redacted.fd);
	if (before.fd >= 0)
		close(before.fd);
	if (!findings) {
		g_prefix_error(error, "'%s': ", file);
		return LAKWERK_FATAL;
	}
	for (guint i = 0; i < findings->len; i++)
		say_finding(judge, file, &g_array_index(findings, LwFinding, i));
	say_verdict(judge, file, findings);
	return count_of(findings, LW_WEIGHT_LEAK) ? LAKWERK_LEAK : LAKWERK_OK;
}

LakwerkStatus lakwerk_verify(Lakwerk *lakwerk, const char *file, const char *original,
			     LakwerkWriteFunc write, void *self)
{
	const Judge judge = {lakwerk, write, self};
	g_autoptr(GError) error = NULL;
	LakwerkStatus status = LAKWERK_FATAL;

	if (lw_session_begin(lakwerk, &error))
		status = judge_file(&judge, file, original, &error);
	return lw_session_end(lakwerk, status, error);
}

static void say_part(const Judge *judge, const char *part, const char *value, gboolean present)
{
	g_autoptr(LwJson) json = NULL;
	g_autofree char *line = NULL, *printed = NULL, *name = NULL, *said = NULL;

	if (judge->lakwerk->output == LW_SAY_JSON) {
		json = lw_json_object_new();
		lw_json_set_string(json, "type", "part");
		lw_json_set_string(json, "part", part);
		lw_json_set_boolean(json, "present", present);
		lw_json_set_string(json, "value", value);
		printed = lw_json_print(json);
		line = g_strconcat(printed, "\n", NULL);
	} else {
		name = lw_message_in(judge->lakwerk->options.lang, part);
		said = lw_message_in(judge->lakwerk->options.lang, value);
		line = g_strdup_printf("%-8s %-14s %s\n", present ? "ok" : "-", name, said);
	}
	say(judge, line);
}

/* The first of some places that is there, or NULL. */
static const char *first_present(const char *const *paths)
{
	for (; *paths; paths++)
		if (g_file_test(*paths, G_FILE_TEST_EXISTS))
			return *paths;
	return NULL;
}

static gboolean check_lexicon(const Judge *judge)
{
	g_autofree char *path = lw_install_lexicon();
	g_autoptr(GError) error = NULL;
	LwLexicon *lexicon = path ? lw_lexicon_open(path, &error) : NULL;
	gboolean present = lexicon != NULL;

	say_part(judge, "dictionaries",
		 present ? path
		 : error ? error->message
			 : "not installed",
		 present);
	g_clear_pointer(&lexicon, lw_lexicon_free);
	return present;
}

LakwerkStatus lakwerk_doctor(Lakwerk *lakwerk, LakwerkWriteFunc write, void *self)
{
	static const char *const fonts[] = {"/usr/share/fonts", "/usr/local/share/fonts", NULL};
	static const char *const maps[] = {"/usr/share/poppler", NULL};
	const Judge judge = {lakwerk, write, self};
	g_autofree char *worker = lw_install_worker(), *protection = lw_worker_protection();
	g_autofree char *reader = lw_recognise_program(); /* only verify asks for it */
	const char *font = first_present(fonts), *map = first_present(maps);
	gboolean sealed = strstr(protection, "seccomp") != NULL, complete;

	say_part(&judge, "lakwerk", LW_VERSION, TRUE);
	say_part(&judge, "worker", worker ? worker : "not installed", worker != NULL);
	complete = check_lexicon(&judge) && worker && sealed;
	say_part(&judge, "sandbox", protection, sealed);
	say_part(&judge, "fonts", font ? font : "not installed", font != NULL);
	say_part(&judge, "poppler-data", map ? map : "not installed", map != NULL);
	say_part(&judge, "tesseract", reader ? reader : "not installed", reader != NULL);
	return lw_session_end(lakwerk, complete && font && map ? LAKWERK_OK : LAKWERK_MISSING,
			      NULL);
}
