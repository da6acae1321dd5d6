/* journal.c - the log of a run and the state that lets the next one skip what is done. */
#include "engine/journal.h"

#include "engine/install.h"
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
};

/* "a/out/" and "a/out" both have "a/out.internal" beside them. */
static char *beside(const char *path)
{
	g_autofree char *plain = g_strdup(path);

	for (gsize length = strlen(plain); length > 1 && plain[length - 1] == '/'; length--)
		plain[length - 1] = '\0';
	return g_strconcat(plain, ".internal", NULL);
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

	if (journal->options->log && !may_write(journal, journal->options->log, error))
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
	if (type == LW_JOURNAL_FILE && !options->log)
		return g_steal_pointer(&journal);
	journal->internal = options->state ? g_strdup(options->state)
					   : beside(type == LW_JOURNAL_FILE ? options->log : out);
	journal->out = type == LW_JOURNAL_FILE ? g_build_filename(journal->internal, "log", NULL)
					       : g_strdup(out);
	if (!check_logs(journal, error))
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

const LwStateEntry *lw_journal_find(const LwJournal *journal, const char *name)
{
	return journal->before ? lw_state_find(journal->before, name) : NULL;
}

static gboolean is_in_place(const LwRunDocument *document)
{
	return document->state == LW_DOCUMENT_FINISHED && document->output_sha256 &&
	       document->outcome <= LW_OUTCOME_UNCHANGED;
}

void lw_journal_note(LwJournal *journal, const LwRunDocument *document, const char *plan_digest)
{
	g_autoptr(GVariant) receipt = NULL;
	LwStateEntry entry;

	if (!is_in_place(document) || !plan_digest)
		return;
	receipt = lw_receipt_save(document->receipt);
	entry = (LwStateEntry){document->sha256, plan_digest, document->output,
			       document->output_sha256, receipt};
	lw_state_add(journal->after, document->input->name, &entry);
}

/* The document as the log's folder knows it; one that lies elsewhere by its last component. */
static char *output_name(const LwJournal *journal, const LwRunDocument *document)
{
	g_autofree char *log = NULL, *folder = NULL, *target = NULL;

	if (journal->type == LW_JOURNAL_FOLDER)
		return g_strdup(document->output);
	log = g_canonicalize_filename(journal->options->log, NULL);
	folder = g_path_get_dirname(log);
	target = g_canonicalize_filename(journal->target, NULL);
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
			       journal->options->force ? LW_OUTPUT_REPLACE : LW_OUTPUT_NEW, error);
}

static gboolean write_log(LwJournal *journal, const LwRun *run, GError **error)
{
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
	g_free(journal->target);
	g_free(journal->out);
	g_free(journal->internal);
	g_free(journal);
}
