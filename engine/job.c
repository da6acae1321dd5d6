/* job.c - second half of a run: render and verify each document and put it in its place.
 *
 * What is written stays in memory until another worker has judged it; only then it touches the
 * disk. */
#include "engine/job.h"

#include "engine/base/json.h"
#include "engine/base/install.h"
#include "engine/journal.h"
#include "engine/output.h"
#include "engine/record/record-data.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

typedef struct {
	GBytes *bytes; /* written, not in place yet */
	GVariant *plan;
	char *plan_digest;
} Rendered;

typedef struct {
	LwRun *run;
	LwJournal *journal;
	const char *out;
	gboolean single;     /* out is a file */
	Rendered *rendered;  /* by document */
	GHashTable *numbers; /* LwRunDocument -> its place in rendered */
	GQueue *to_verify;   /* LwRunDocument, written and waiting for another worker */
	gboolean left;	     /* a changed output of an earlier run had to stay */
} Job;

static Rendered *rendered_of(const Job *job, LwRunDocument *document)
{
	return &job->rendered[GPOINTER_TO_UINT(g_hash_table_lookup(job->numbers, document))];
}

static void rendered_clear(Rendered *rendered)
{
	g_clear_pointer(&rendered->bytes, g_bytes_unref);
	g_clear_pointer(&rendered->plan, g_variant_unref);
	g_clear_pointer(&rendered->plan_digest, g_free);
}

/* Where a document goes. */
static char *target_path(const Job *job, const LwRunDocument *document)
{
	return job->single ? g_strdup(job->out)
			   : g_build_filename(job->out, document->output, NULL);
}

static void finish(Job *job, LwRunDocument *document, LwOutcome outcome)
{
	Rendered *rendered = rendered_of(job, document);

	document->state = LW_DOCUMENT_FINISHED;
	document->outcome = outcome;
	g_clear_pointer(&rendered->bytes, g_bytes_unref);
	g_clear_pointer(&rendered->plan, g_variant_unref);
}

static void advance(Job *job, LwRunDocument *document)
{
	job->run->done++;
	lw_run_event(job->run, LAKWERK_EVENT_WRITTEN, document, NULL);
}

static void refuse(Job *job, LwRunDocument *document, LwOutcome outcome, const GError *fault)
{
	g_clear_pointer(&rendered_of(job, document)->bytes, g_bytes_unref);
	lw_run_refuse(job->run, document, outcome, fault);
	advance(job, document);
}

static void note(Job *job, LwRunDocument *document, const LwNotice *notice)
{
	g_array_append_vals(document->notices, notice, 1);
	lw_run_notice(job->run, document, notice);
}

/* A name that somebody asked for stays, but a person should know. */
static void note_asked_name(Job *job, LwRunDocument *document, const GPtrArray *secrets)
{
	g_autoptr(LwSecrets) searched = lw_secrets_new(secrets);
	g_autofree char *name = g_path_get_basename(job->out);
	const LwNotice notice = {"name", -1,
				 "the name that was asked for holds something that was removed"};

	if (lw_output_is_telling(searched, name))
		note(job, document, &notice);
}

/* Names in the output, without any removed string. */
static void name_outputs(Job *job)
{
	GPtrArray *documents = job->run->documents;
	g_autofree LwRenaming *renamed = g_new0(LwRenaming, documents->len + 1);
	g_autoptr(GPtrArray) names = g_ptr_array_new(), clean = NULL;
	g_autoptr(GPtrArray) secrets = g_ptr_array_new();
	GHashTableIter iter;
	gpointer secret;

	g_hash_table_iter_init(&iter, job->run->secrets);
	while (g_hash_table_iter_next(&iter, &secret, NULL))
		g_ptr_array_add(secrets, secret);
	for (guint i = 0; i < documents->len; i++)
		g_ptr_array_add(names, ((LwRunDocument *)documents->pdata[i])->input->name);
	clean = lw_output_names(names, secrets, renamed);
	for (guint i = 0; i < documents->len; i++) {
		LwRunDocument *document = documents->pdata[i];
		LwNotice notice = {"renamed", -1,
				   renamed[i] == LW_RENAMED_TAKEN
					   ? "another document has this name"
					   : "its name held what was removed"};

		document->output = g_steal_pointer(&clean->pdata[i]);
		if (job->single && document->state == LW_DOCUMENT_PLANNED)
			note_asked_name(job, document, secrets);
		if (!renamed[i] || job->single || document->state != LW_DOCUMENT_PLANNED)
			continue;
		note(job, document, &notice);
	}
}

/* TRUE when an earlier run wrote exactly this and it is still there. */
static gboolean is_unchanged(Job *job, LwRunDocument *document, const char *path)
{
	const LwStateEntry *entry = lw_journal_find(job->journal, document->output);
	g_autofree char *sha256 = NULL;

	if (!entry || g_strcmp0(entry->input_sha256, document->sha256) ||
	    g_strcmp0(entry->plan_digest, rendered_of(job, document)->plan_digest))
		return FALSE;
	sha256 = lw_output_digest(path);
	if (g_strcmp0(sha256, entry->output_sha256))
		return FALSE;
	document->receipt = lw_receipt_load(entry->receipt);
	document->output_sha256 = g_steal_pointer(&sha256);
	return document->receipt != NULL;
}

/* Skips what is done; FALSE with error when something would be overwritten that may not be. */
static gboolean check_target(Job *job, LwRunDocument *document, GError **error)
{
	g_autofree char *path = target_path(job, document);
	Rendered *rendered = rendered_of(job, document);

	rendered->plan = lw_plan_save(document->plan);
	rendered->plan_digest = lw_plan_digest(rendered->plan);
	if (is_unchanged(job, document, path)) {
		document->verdict = "clean";
		finish(job, document, LW_OUTCOME_UNCHANGED);
		return TRUE;
	}
	for (guint i = 0; i < job->run->inputs->len; i++) {
		if (!lw_input_is_file(job->run->inputs->pdata[i], path))
			continue;
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' is an input", path);
		return FALSE;
	}
	if (job->run->options->force || !g_file_test(path, G_FILE_TEST_EXISTS) ||
	    lw_journal_is_ours(job->journal, document->output))
		return TRUE;
	g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' exists; --force overwrites it", path);
	return FALSE;
}

/* Before anything is written: secrets, names, what is done already, what may not be overwritten. */
static gboolean prepare(Job *job, GError **error)
{
	GPtrArray *documents = job->run->documents;

	for (guint i = 0; i < documents->len; i++) {
		LwRunDocument *document = documents->pdata[i];

		if (document->state == LW_DOCUMENT_PLANNED)
			lw_plan_add_secrets(document->plan, job->run->secrets);
	}
	name_outputs(job);
	for (guint i = 0; i < documents->len; i++) {
		LwRunDocument *document = documents->pdata[i];

		if (document->state == LW_DOCUMENT_PLANNED && !job->run->options->dry &&
		    !check_target(job, document, error))
			return FALSE;
	}
	return TRUE;
}

/* The next document to render; NULL when there is none left. */
static LwRunDocument *next_planned(Job *job, int *fd)
{
	LwRun *run = job->run;

	while (run->next < run->documents->len) {
		LwRunDocument *document = run->documents->pdata[run->next++];
		g_autoptr(GError) fault = NULL;

		if (document->state != LW_DOCUMENT_PLANNED) {
			advance(job, document);
			continue;
		}
		*fd = lw_input_open(document->input, &fault);
		if (*fd >= 0)
			return document;
		refuse(job, document, LW_OUTCOME_REFUSED, fault);
	}
	return NULL;
}

/* The next written document to judge; NULL when there is none. */
static LwRunDocument *next_written(Job *job, int *fd)
{
	LwRunDocument *document;

	while ((document = g_queue_pop_head(job->to_verify))) {
		g_autoptr(GError) fault = NULL;

		*fd = lw_input_open(document->input, &fault);
		if (*fd >= 0)
			return document;
		refuse(job, document, LW_OUTCOME_REFUSED, fault);
	}
	return NULL;
}

static LwTask *second_start(void *self, LwRunDocument **document, GError **error)
{
	Job *job = self;
	LwTask *task;
	int fd = -1;

	*document = next_written(job, &fd);
	if (*document) {
		task = lw_task_verify(fd, rendered_of(job, *document)->bytes,
				      rendered_of(job, *document)->plan, error);
	} else {
		*document = next_planned(job, &fd);
		if (!*document)
			return NULL;
		task = lw_task_write(fd, rendered_of(job, *document)->plan, error);
	}
	close(fd);
	return task;
}

static gboolean written(Job *job, LwRunDocument *document, LwTask *task, GError **error)
{
	g_autoptr(GError) fault = NULL;
	GBytes *bytes = lw_task_answer_write(task, &document->receipt, &fault);

	if (bytes) {
		rendered_of(job, document)->bytes = bytes;
		g_queue_push_tail(job->to_verify, document);
		return TRUE;
	}
	if (fault->code == LW_ERROR_FATAL || fault->code == LW_ERROR_MISSING) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return FALSE;
	}
	refuse(job, document, lw_task_broke(task) ? LW_OUTCOME_FAILED : LW_OUTCOME_REFUSED, fault);
	return TRUE;
}

static void put_in_place(Job *job, LwRunDocument *document)
{
	GBytes *bytes = rendered_of(job, document)->bytes;
	g_autofree char *path = target_path(job, document);
	g_autoptr(GError) fault = NULL;
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);
	gboolean replace =
		job->run->options->force || lw_journal_is_ours(job->journal, document->output);

	if (!lw_output_write(path, data, length, replace ? LW_OUTPUT_REPLACE : LW_OUTPUT_NEW,
			     &fault)) {
		refuse(job, document, LW_OUTCOME_FAILED, fault);
		return;
	}
	document->output_sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, length);
	document->verdict = "clean";
	for (guint i = 0; i < document->receipt->notices->len; i++)
		lw_run_notice(job->run, document,
			      &g_array_index(document->receipt->notices, LwNotice, i));
	finish(job, document, LW_OUTCOME_WRITTEN);
	advance(job, document);
}

/* Why a document is withheld; yours. */
static GError *leak_error(const LwRunDocument *document, const LwFinding *leak)
{
	const GPtrArray *marks = document->plan->marks;

	if (leak->page >= 0)
		return g_error_new(LW_ERROR, LW_ERROR_LEAK,
				   "withheld, something marked survived (%s, page %d)",
				   leak->channel, leak->page + 1);
	if (leak->mark >= 0 && (guint)leak->mark < marks->len)
		return g_error_new(LW_ERROR, LW_ERROR_LEAK,
				   "withheld, something marked survived (%s, mark %s)",
				   leak->channel, ((const LwMark *)marks->pdata[leak->mark])->id);
	return g_error_new(LW_ERROR, LW_ERROR_LEAK, "withheld, something marked survived (%s)",
			   leak->channel);
}

/* No leak: somebody, or the policy, left it there. A person should look. */
static void note_readable(Job *job, LwRunDocument *document, const GArray *findings)
{
	static const LwNotice notices[] = {
		{"readable-elsewhere", -1,
		 "something that was removed can still be read in this document outside the marks"},
		{"removed-elsewhere", -1,
		 "something that was removed from another document can be read in this one"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(notices); i++)
		if (lw_findings_have(findings, notices[i].code))
			note(job, document, &notices[i]);
}

/* What can't be judged is as bad as a leak. */
static void judged(Job *job, LwRunDocument *document, LwTask *task)
{
	g_autoptr(GError) fault = NULL, why = NULL;
	g_autoptr(GArray) fits = g_array_new(FALSE, FALSE, sizeof(guint32));
	g_autoptr(GArray) findings = lw_task_answer_verify(task, fits, &fault);
	const LwFinding *leak = findings ? lw_findings_leak(findings) : NULL;

	if (findings && !leak) {
		lw_receipt_set_fits(document->receipt, fits);
		note_readable(job, document, findings);
		put_in_place(job, document);
		return;
	}
	document->verdict = leak ? leak->channel : "unjudged";
	why = leak ? leak_error(document, leak)
		   : g_error_new(LW_ERROR, LW_ERROR_LEAK, "withheld, it could not be verified: %s",
				 fault->message);
	refuse(job, document, LW_OUTCOME_LEAK, why);
}

static gboolean second_finish(void *self, LwRunDocument *document, LwTask *task, GError **error)
{
	Job *job = self;

	if (!rendered_of(job, document)->bytes)
		return written(job, document, task, error);
	judged(job, document, task);
	return TRUE;
}

static gboolean render(Job *job, GError **error)
{
	g_autoptr(GError) stopped = NULL;
	gboolean done;

	job->run->next = job->run->done = 0;
	done = lw_run_tasks(job->run, second_start, second_finish, job, &stopped);
	for (guint i = 0; i < job->run->documents->len; i++)
		lw_journal_note(job->journal, job->run->documents->pdata[i],
				job->rendered[i].plan_digest);
	job->left =
		!lw_journal_sweep(job->journal, job->run, done ? LW_RUN_COMPLETE : LW_RUN_STOPPED);
	/* Also after an interruption: what is in place is accounted for. */
	if (!lw_journal_close(job->journal, job->run, stopped ? NULL : error))
		done = FALSE;
	if (stopped)
		g_propagate_error(error, g_steal_pointer(&stopped));
	return done;
}

static void count(const LwRunDocument *document, LakwerkSummary *summary)
{
	gboolean has_output = document->state == LW_DOCUMENT_FINISHED &&
			      document->outcome <= LW_OUTCOME_UNCHANGED;

	summary->documents++;
	summary->pages += document->pages;
	if (document->open && (has_output || document->state == LW_DOCUMENT_PLANNED))
		summary->open += document->open->len;
	if (document->plan && (has_output || document->state == LW_DOCUMENT_PLANNED))
		summary->marks += document->plan->marks->len;
	summary->written += has_output;
	summary->unchanged += has_output && document->outcome == LW_OUTCOME_UNCHANGED;
	if (document->state != LW_DOCUMENT_FINISHED || has_output)
		return;
	summary->leaks += document->outcome == LW_OUTCOME_LEAK;
	if (document->outcome == LW_OUTCOME_LEAK || document->outcome == LW_OUTCOME_UNREAD)
		summary->withheld++;
	else
		summary->refused++;
}

static LakwerkStatus summarise(const LwRun *run, LakwerkSummary *summary)
{
	*summary = (LakwerkSummary){0};
	for (guint i = 0; i < run->documents->len; i++)
		count(run->documents->pdata[i], summary);
	if (summary->leaks)
		return LAKWERK_LEAK;
	return summary->withheld || summary->refused || summary->open ? LAKWERK_INCOMPLETE
								      : LAKWERK_OK;
}

static void tell_result(const LwRunOptions *options, const LwJson *json)
{
	g_autofree char *printed = lw_json_print(json);
	LakwerkEvent event = {.type = LAKWERK_EVENT_RESULT, .message = printed};

	options->event(options->event_self, &event);
}

static LwJson *notice_codes(const LwRunDocument *document)
{
	LwJson *codes = lw_json_array_new();

	for (guint i = 0; i < document->notices->len; i++)
		lw_json_append_string(codes, g_array_index(document->notices, LwNotice, i).code);
	return codes;
}

static void tell_document(const Job *job, const LwRunDocument *document)
{
	gboolean finished = document->state == LW_DOCUMENT_FINISHED;
	gboolean placed = finished && document->outcome <= LW_OUTCOME_UNCHANGED;
	g_autofree char *path = placed ? target_path(job, document) : NULL;
	g_autoptr(LwJson) json = lw_json_object_new();

	lw_json_set_string(json, "type", "document");
	lw_json_set_string(json, "input", document->input->path);
	lw_json_set_string(json, "document", path);
	lw_json_set_string(json, "outcome",
			   finished ? lw_outcome_names[document->outcome] : "planned");
	lw_json_set_string(json, "verdict", document->verdict);
	lw_json_set_integer(json, "marks", document->plan ? document->plan->marks->len : 0);
	lw_json_set_integer(json, "open", document->open ? document->open->len : 0);
	lw_json_set(json, "notices", notice_codes(document));
	lw_json_set_string(json, "message", document->message);
	tell_result(job->run->options, json);
}

static LwJson *unmatched_json(const LwRun *run)
{
	g_autoptr(GList) names =
		run ? g_list_sort(g_hash_table_get_keys(run->unmatched), (GCompareFunc)strcmp)
		    : NULL;
	LwJson *list = lw_json_array_new();

	for (GList *at = names; at; at = at->next)
		lw_json_append_string(list, at->data);
	return list;
}

/* One object per document and one of the run. */
static void tell_results(const Job *job, const LwRunOptions *options, const LakwerkSummary *summary,
			 LakwerkStatus status)
{
	g_autoptr(LwJson) json = lw_json_object_new();

	if (!options->results || !options->event)
		return;
	for (guint i = 0; job->run && i < job->run->documents->len; i++)
		tell_document(job, job->run->documents->pdata[i]);
	lw_json_set_string(json, "type", "summary");
	lw_json_set_integer(json, "documents", summary->documents);
	lw_json_set_integer(json, "written", summary->written);
	lw_json_set_integer(json, "unchanged", summary->unchanged);
	lw_json_set_integer(json, "withheld", summary->withheld);
	lw_json_set_integer(json, "refused", summary->refused);
	lw_json_set_integer(json, "leaks", summary->leaks);
	lw_json_set_integer(json, "marks", summary->marks);
	lw_json_set_integer(json, "open", summary->open);
	lw_json_set_integer(json, "pages", summary->pages);
	lw_json_set(json, "unmatched", unmatched_json(job->run));
	lw_json_set_boolean(json, "dry_run", options->dry);
	lw_json_set_integer(json, "status", status);
	tell_result(options, json);
}

static gboolean is_file_target(const char *const *inputs, const char *out)
{
	return lw_inputs_is_single(inputs) && !g_str_has_suffix(out, "/") &&
	       !g_file_test(out, G_FILE_TEST_IS_DIR);
}

/* What can be known before the first document is read. */
static gboolean check_call(const Job *job, const LwRunOptions *options, const char *const *inputs,
			   GError **error)
{
	if (!lw_inputs_check_dossier(inputs, error) ||
	    !lw_inputs_check_output(inputs, job->out, error))
		return FALSE;
	if (options->dry || options->force || !job->single ||
	    !g_file_test(job->out, G_FILE_TEST_EXISTS))
		return TRUE;
	g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' exists; --force overwrites it",
		    job->out);
	return FALSE;
}

static void job_clear(Job *job)
{
	for (guint i = 0; job->rendered && i < job->run->documents->len; i++)
		rendered_clear(&job->rendered[i]);
	g_free(job->rendered);
	g_clear_pointer(&job->numbers, g_hash_table_unref);
	g_clear_pointer(&job->to_verify, g_queue_free);
	g_clear_pointer(&job->journal, lw_journal_free);
	g_clear_pointer(&job->run, lw_run_free);
}

static gboolean job_run(Job *job, const LwRunOptions *options, const char *const *inputs,
			GError **error)
{
	if (!check_call(job, options, inputs, error))
		return FALSE;
	job->journal = lw_journal_new(options, job->out,
				      job->single ? LW_JOURNAL_FILE : LW_JOURNAL_FOLDER, error);
	job->run = job->journal ? lw_run_new(options, inputs, error) : NULL;
	if (!job->run || !lw_run_read(job->run, error) || !lw_run_plan(job->run, NULL, NULL, error))
		return FALSE;
	job->rendered = g_new0(Rendered, job->run->documents->len + 1);
	job->numbers = g_hash_table_new(NULL, NULL);
	job->to_verify = g_queue_new();
	for (guint i = 0; i < job->run->documents->len; i++)
		g_hash_table_insert(job->numbers, job->run->documents->pdata[i],
				    GUINT_TO_POINTER(i));
	if (!prepare(job, error))
		return FALSE;
	return options->dry || render(job, error);
}

LakwerkStatus lw_job_redact(const LwRunOptions *options, const char *const *inputs, const char *out,
			    LakwerkSummary *summary, GError **error)
{
	Job job = {.out = out, .single = is_file_target(inputs, out)};
	g_autoptr(GError) fault = NULL;
	gboolean done = job_run(&job, options, inputs, &fault);
	LakwerkStatus status = LAKWERK_FATAL;

	if (job.run && job.run->documents)
		status = summarise(job.run, summary);
	if (status == LAKWERK_OK && job.left)
		status = LAKWERK_INCOMPLETE;
	if (!done)
		status = fault && fault->domain == LW_ERROR ? (LakwerkStatus)fault->code
							    : LAKWERK_FATAL;
	tell_results(&job, options, summary, status);
	job_clear(&job);
	if (fault)
		g_propagate_error(error, g_steal_pointer(&fault));
	return status;
}
