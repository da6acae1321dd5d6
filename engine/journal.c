/* journal.c - the log of a run and the state that lets the next one skip what is done. */
#include "engine/journal.h"

#include "engine/base/install.h"
#include "engine/outgoing.h"
#include "engine/output.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define LOG_NAME "redaction-log.jsonl"

struct LwJournal {
	const LwRunOptions *options;
	LwJournalType type;
	char *target;	/* as given: folder or file */
	char *out;	/* folder of the log */
	char *internal; /* folder of keys, hashes and state; NULL: nothing is kept */
	LwState *before, *after;
	LwKey *signer;	      /* NULL: the key of the log itself */
	gboolean log_is_ours; /* the copy that was asked for is that of an earlier run */
};

/* "a/out/" and "a/out" both have "a/out.internal" beside them. */
static char *beside(const char *path)
{
	g_autofree char *plain = g_strdup(path);

	for (gsize length = strlen(plain); length > 1 && plain[length - 1] == '/'; length--)
		plain[length - 1] = '\0';
	return g_strconcat(plain, ".internal", NULL);
}

/* A copy of our own log may be followed up by the next. */
static gboolean is_log_copy(const LwJournal *journal, const char *path)
{
	g_autofree char *log = g_build_filename(journal->out, LOG_NAME, NULL);
	g_autofree char *ours = lw_output_digest(log), *copy = lw_output_digest(path);

	return ours && !g_strcmp0(ours, copy);
}

static gboolean may_write(const LwJournal *journal, const char *path, GError **error)
{
	if (journal->options->force || journal->options->dry ||
	    !g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' exists; --force overwrites it", path);
	return FALSE;
}

/* The log of an earlier run may be followed up, that of a stranger may not be overwritten. */
static gboolean check_logs(const LwJournal *journal, GError **error)
{
	g_autofree char *log = g_build_filename(journal->out, LOG_NAME, NULL);
	g_autofree char *state = g_build_filename(journal->internal, "state.json", NULL);

	if (journal->options->log && !journal->log_is_ours &&
	    !may_write(journal, journal->options->log, error))
		return FALSE;
	return journal->type == LW_JOURNAL_FILE || g_file_test(state, G_FILE_TEST_EXISTS) ||
	       may_write(journal, log, error);
}

LwJournal *lw_journal_new(const LwRunOptions *options, const char *out, LwJournalType type,
			  GError **error)
{
	g_autoptr(LwJournal) journal = g_new0(LwJournal, 1);

	journal->options = options;
	journal->type = type;
	journal->target = g_strdup(out);
	journal->after = lw_state_new(options->policy_digest, LW_VERSION);
	if (type == LW_JOURNAL_FILE && !options->log && !options->state)
		return g_steal_pointer(&journal);
	journal->internal = options->state ? g_strdup(options->state)
					   : beside(type == LW_JOURNAL_FILE ? options->log : out);
	journal->out = type == LW_JOURNAL_FILE ? g_build_filename(journal->internal, "log", NULL)
					       : g_strdup(out);
	journal->log_is_ours = options->log && is_log_copy(journal, options->log);
	if (!check_logs(journal, error) ||
	    !lw_signer_load(options, options->policy, &journal->signer, error))
		return NULL;
	if (type == LW_JOURNAL_FOLDER && !options->dry && g_mkdir_with_parents(out, 0777)) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot make '%s': %s", out,
			    g_strerror(errno));
		return NULL;
	}
	if (type == LW_JOURNAL_FOLDER)
		journal->before =
			lw_state_load(journal->internal, options->policy_digest, LW_VERSION);
	return g_steal_pointer(&journal);
}

const LwStateEntry *lw_journal_find(const LwJournal *journal, const char *output)
{
	return journal->before ? lw_state_find(journal->before, output) : NULL;
}

gboolean lw_journal_is_ours(const LwJournal *journal, const char *output)
{
	const LwStateEntry *entry = lw_journal_find(journal, output);
	g_autofree char *path = entry ? g_build_filename(journal->target, output, NULL) : NULL;
	g_autofree char *sha256 = path ? lw_output_digest(path) : NULL;

	return sha256 && !strcmp(sha256, entry->output_sha256);
}

static gboolean is_in_place(const LwRunDocument *document)
{
	return document->state == LW_DOCUMENT_FINISHED && document->output_sha256 &&
	       document->outcome <= LW_OUTCOME_UNCHANGED;
}

static char *input_path(const LwInput *input)
{
	g_autofree char *path =
		input->memory >= 0 ? g_strdup("-") : g_canonicalize_filename(input->path, NULL);

	return g_utf8_make_valid(path, -1);
}

void lw_journal_note(LwJournal *journal, const LwRunDocument *document, const char *plan_digest)
{
	g_autoptr(GVariant) receipt = NULL;
	g_autofree char *input = NULL;
	LwStateEntry entry;

	if (!is_in_place(document) || !plan_digest)
		return;
	receipt = lw_receipt_save(document->receipt);
	input = input_path(document->input);
	entry = (LwStateEntry){
		.input = input,
		.input_sha256 = document->sha256,
		.plan_digest = plan_digest,
		.output = document->output,
		.output_sha256 = document->output_sha256,
		.receipt = receipt,
	};
	lw_state_add(journal->after, &entry);
}

static gboolean is_input(const LwRun *run, const char *path)
{
	for (guint i = 0; i < run->inputs->len; i++)
		if (lw_input_is_file(run->inputs->pdata[i], path))
			return TRUE;
	return FALSE;
}

/* An input that is only not of this run keeps its output. */
static gboolean is_abandoned(const LwRun *run, const LwStateEntry *entry, LwRunEnd end)
{
	for (guint i = 0; i < run->documents->len; i++) {
		const LwRunDocument *document = run->documents->pdata[i];
		g_autofree char *path = input_path(document->input);

		if (!strcmp(path, entry->input))
			return document->state == LW_DOCUMENT_FINISHED;
	}
	return end == LW_RUN_COMPLETE && strcmp(entry->input, "-") &&
	       !g_file_test(entry->input, G_FILE_TEST_EXISTS);
}

static void tell(const LwRun *run, LakwerkEventType type, const char *path, const char *message)
{
	LakwerkEvent event = {.type = type, .path = path, .code = "stale", .message = message};

	if (run->options->event)
		run->options->event(run->options->event_self, &event);
}

/* With the folders that became empty. */
static gboolean remove_output(const LwJournal *journal, const char *output)
{
	g_autofree char *path = g_build_filename(journal->target, output, NULL);
	g_autofree char *folder = g_path_get_dirname(output);

	if (g_unlink(path))
		return FALSE;
	while (strcmp(folder, ".")) {
		g_autofree char *empty = g_build_filename(journal->target, folder, NULL);
		char *parent = g_path_get_dirname(folder);

		g_free(folder);
		folder = parent;
		if (g_rmdir(empty))
			break;
	}
	return TRUE;
}

/* One output of an earlier run that this one did not write; FALSE when it had to stay. */
static gboolean sweep_entry(LwJournal *journal, const LwRun *run, const LwStateEntry *entry,
			    LwRunEnd end)
{
	g_autofree char *path = g_build_filename(journal->target, entry->output, NULL);
	gboolean abandoned;

	if (!g_file_test(path, G_FILE_TEST_EXISTS) || is_input(run, path))
		return TRUE;
	abandoned = is_abandoned(run, entry, end);
	if (abandoned && lw_journal_is_ours(journal, entry->output) &&
	    remove_output(journal, entry->output)) {
		tell(run, LAKWERK_EVENT_NOTICE, path, "output of an earlier run was removed");
		return TRUE;
	}
	lw_state_add(journal->after, entry);
	if (abandoned)
		tell(run, LAKWERK_EVENT_PROBLEM, path,
		     "is of an earlier run and was changed since; it stays");
	else if (end == LW_RUN_COMPLETE)
		tell(run, LAKWERK_EVENT_NOTICE, path, "is of an earlier run and not in this log");
	return !abandoned;
}

gboolean lw_journal_sweep(LwJournal *journal, const LwRun *run, LwRunEnd end)
{
	g_autoptr(GPtrArray) outputs =
		journal->before ? lw_state_outputs(journal->before) : g_ptr_array_new();
	gboolean clean = TRUE;

	for (guint i = 0; i < outputs->len; i++) {
		const LwStateEntry *entry = lw_state_find(journal->before, outputs->pdata[i]);

		if (!lw_state_find(journal->after, entry->output) &&
		    !sweep_entry(journal, run, entry, end))
			clean = FALSE;
	}
	return clean;
}

/* The document as the log's folder knows it; one that lies elsewhere by its last component. */
static char *output_name(const LwJournal *journal, const LwRunDocument *document)
{
	g_autofree char *log = NULL, *folder = NULL, *target = NULL;

	if (journal->type == LW_JOURNAL_FOLDER)
		return g_strdup(document->output);
	target = g_canonicalize_filename(journal->target, NULL);
	if (!journal->options->log)
		return g_path_get_basename(target);
	log = g_canonicalize_filename(journal->options->log, NULL);
	folder = g_path_get_dirname(log);
	if (g_str_has_prefix(target, folder) && target[strlen(folder)] == '/')
		return g_strdup(target + strlen(folder) + 1);
	return g_path_get_basename(target);
}

static gboolean record_document(const LwJournal *journal, LwRecord *record,
				const LwRunDocument *document, GError **error)
{
	gboolean placed = is_in_place(document);
	g_autofree char *output = placed ? output_name(journal, document) : NULL;
	LwRecordDocument entry = {
		.input = document->input->memory >= 0 ? NULL : document->input->name,
		.output = output,
		.format = document->format,
		.pages = document->pages,
		.outcome = document->outcome,
		.message = document->message,
		.input_sha256 = document->sha256,
		.output_sha256 = document->output_sha256,
		.plan = document->receipt ? document->plan : NULL,
		.open = document->open,
		.receipt = document->receipt,
		.notices = document->notices,
		.verdict = document->verdict,
	};

	return document->state != LW_DOCUMENT_FINISHED || lw_record_add(record, &entry, error);
}

/* Moves or copies the log to where it was asked for. */
static gboolean place_log(const LwJournal *journal, GError **error)
{
	g_autofree char *log = g_build_filename(journal->out, LOG_NAME, NULL), *bytes = NULL;
	gsize length;

	if (!journal->options->log)
		return TRUE;
	if (!g_file_get_contents(log, &bytes, &length, NULL)) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot read '%s'", log);
		return FALSE;
	}
	return lw_output_write(journal->options->log, bytes, length,
			       journal->options->force || journal->log_is_ours ? LW_OUTPUT_REPLACE
									       : LW_OUTPUT_NEW,
			       error);
}

static gboolean check_log(void *self, const char *path, const char *name, GError **error)
{
	return lw_outgoing_check_file(self, path, name, error);
}

static gboolean write_log(LwJournal *journal, const LwRun *run, GError **error)
{
	g_autofree char *words = lw_log_words(run->documents);
	/* A single output has the name that was asked for. */
	g_autofree char *ours = journal->type == LW_JOURNAL_FILE
					? g_strconcat(words, journal->target, NULL)
					: g_strdup(words);
	g_autoptr(LwOutgoing) outgoing = lw_outgoing_new(journal->options, run->secrets, ours);
	g_autoptr(LwRecord) record = NULL;

	if (g_mkdir_with_parents(journal->internal, 0700) ||
	    (journal->type == LW_JOURNAL_FILE && g_mkdir_with_parents(journal->out, 0700))) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot make '%s': %s",
			    journal->internal, g_strerror(errno));
		return FALSE;
	}
	record = lw_record_open(journal->out, journal->internal, journal->options->policy_digest,
				LW_VERSION, journal->options->lang, error);
	if (!record)
		return FALSE;
	lw_record_set_signer(record, g_steal_pointer(&journal->signer));
	lw_record_set_check(record, check_log, outgoing);
	for (guint i = 0; i < run->documents->len; i++)
		if (!record_document(journal, record, run->documents->pdata[i], error))
			return FALSE;
	return lw_record_close(record, NULL, error) && place_log(journal, error);
}

gboolean lw_journal_close(LwJournal *journal, const LwRun *run, GError **error)
{
	g_autoptr(GError) fault = NULL;
	gboolean done;

	if (!journal->internal)
		return TRUE;
	done = write_log(journal, run, &fault);
	if (done && journal->type == LW_JOURNAL_FOLDER)
		done = lw_state_save(journal->after, journal->internal, &fault);
	if (done)
		return TRUE;
	if (g_error_matches(fault, LW_ERROR, LW_ERROR_LEAK)) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return FALSE;
	}
	/* Without a log the run as a whole failed, whatever the reason. */
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "the log could not be written: %s",
		    fault->message);
	return FALSE;
}

void lw_journal_free(LwJournal *journal)
{
	if (!journal)
		return;
	g_clear_pointer(&journal->before, lw_state_free);
	g_clear_pointer(&journal->after, lw_state_free);
	lw_key_free(journal->signer);
	g_free(journal->target);
	g_free(journal->out);
	g_free(journal->internal);
	g_free(journal);
}
