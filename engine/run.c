/* run.c - the first half of a run. */
#include "engine/run.h"

#include "engine/detect/detect.h"
#include "engine/base/install.h"
#include "engine/messages.h"

#include <string.h>
#include <unistd.h>

enum { WAIT_MILLISECONDS = 100 };

static void run_document_free(gpointer self)
{
	LwRunDocument *document = self;

	lw_document_free(document->document);
	lw_entities_free(document->entities);
	lw_plan_free(document->proposals);
	lw_plan_free(document->plan);
	lw_receipt_free(document->receipt);
	g_clear_pointer(&document->packed, g_bytes_unref);
	g_clear_pointer(&document->open, g_ptr_array_unref);
	g_array_unref(document->notices);
	lw_arena_free(document->arena);
	g_free(document->message);
	g_free(document->sha256);
	g_free(document->format);
	g_free(document->output);
	g_free(document->output_sha256);
	g_free(document);
}

static void run_document_add(LwRun *run, LwInput *input)
{
	LwRunDocument *document = g_new0(LwRunDocument, 1);

	document->input = input;
	document->arena = lw_arena_new();
	document->notices = g_array_new(FALSE, FALSE, sizeof(LwNotice));
	g_ptr_array_add(run->documents, document);
}

/* Detecting needs the dictionaries; without it they only sharpen the secrets. */
static gboolean open_lexicon(LwRun *run, GError **error)
{
	g_autofree char *path = lw_install_lexicon();
	g_autoptr(GVariant) lists = NULL;

	if (!run->options->detect || run->options->marks)
		return TRUE;
	if (!path) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_MISSING,
				    "the dictionaries are not installed");
		return FALSE;
	}
	run->lexicon = lw_lexicon_open(path, error);
	if (!run->lexicon)
		return FALSE;
	lists = g_variant_ref_sink(lw_policy_lists(run->options->policy));
	lw_lexicon_add_lists(run->lexicon, lists);
	run->registry = lw_registry_new(run->lexicon);
	return TRUE;
}

static gboolean open_marks(LwRun *run, GError **error)
{
	if (!run->options->marks)
		return TRUE;
	run->marks = lw_marks_open(run->options->marks, error);
	return run->marks != NULL;
}

LwRun *lw_run_new(const LwRunOptions *options, const char *const *paths, GError **error)
{
	g_autoptr(LwRun) run = g_new0(LwRun, 1);

	run->options = options;
	run->documents = g_ptr_array_new_with_free_func(run_document_free);
	run->secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	/* A given term goes from hidden places too, also where no visible text has it. */
	for (guint i = 0; i + 1 < options->terms->len; i++)
		g_hash_table_add(run->secrets, g_strdup(options->terms->pdata[i]));
	run->unmatched = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	run->inputs = options->shelf ? lw_inputs_of_dossier(paths[0], error)
				     : lw_inputs_new(paths, error);
	if (!run->inputs || !open_lexicon(run, error) || !open_marks(run, error))
		return NULL;
	for (guint i = 0; i < run->inputs->len; i++)
		run_document_add(run, run->inputs->pdata[i]);
	run->plan_options = (LwPlanOptions){
		.policy = options->policy,
		.lexicon = run->lexicon,
		.accept = options->accept,
		.areas = options->areas,
		.ground = options->ground,
		.width = options->width ? (LwWidth)(options->width - 1)
					: lw_policy_style(options->policy)->width,
		/* Without detectors only what was named goes. */
		.hidden = options->detect ? LW_HIDDEN_GOES : LW_HIDDEN_STAYS,
	};
	return g_steal_pointer(&run);
}

void lw_run_free(LwRun *run)
{
	if (!run)
		return;
	g_ptr_array_unref(run->documents);
	g_clear_pointer(&run->inputs, g_ptr_array_unref);
	g_hash_table_unref(run->secrets);
	g_clear_pointer(&run->unmatched, g_hash_table_unref);
	g_clear_pointer(&run->registry, lw_registry_free);
	g_clear_pointer(&run->lexicon, lw_lexicon_free);
	g_clear_pointer(&run->marks, lw_marks_free);
	g_free(run);
}

void lw_run_event(const LwRun *run, LakwerkEventType type, const LwRunDocument *document,
		  const char *message)
{
	g_autofree char *said = lw_message_in(run->options->lang, message);
	LakwerkEvent event = {
		.type = type,
		.path = document ? document->input->path : NULL,
		.message = said,
		.done = run->done,
		.total = run->documents->len,
	};

	if (run->options->event)
		run->options->event(run->options->event_self, &event);
}

void lw_run_notice(const LwRun *run, const LwRunDocument *document, const LwNotice *notice)
{
	g_autofree char *said = lw_message_in(run->options->lang, notice->message);
	LakwerkEvent event = {
		.type = LAKWERK_EVENT_NOTICE,
		.path = document->input->path,
		.code = notice->code,
		.message = said,
		.page = notice->page + 1,
	};

	if (run->options->event)
		run->options->event(run->options->event_self, &event);
}

LwTask *lw_run_wait(const LwRunOptions *options, LwTask *task, GError **error)
{
	g_autoptr(GPtrArray) running = g_ptr_array_new();

	if (!task)
		return NULL;
	g_ptr_array_add(running, task);
	while (!lw_run_is_stopped(options, error))
		if (lw_tasks_wait(running, WAIT_MILLISECONDS))
			return task;
	lw_task_free(task);
	return NULL;
}

void lw_run_refuse(LwRun *run, LwRunDocument *document, LwOutcome outcome, const GError *error)
{
	document->state = LW_DOCUMENT_FINISHED;
	document->outcome = outcome;
	document->code = error->code;
	g_free(document->message);
	document->message = g_strdup(error->message);
	g_clear_pointer(&document->document, lw_document_free);
	g_clear_pointer(&document->packed, g_bytes_unref);
	lw_run_event(run, LAKWERK_EVENT_PROBLEM, document, document->message);
}

gboolean lw_run_is_stopped(const LwRunOptions *options, GError **error)
{
	if (!options->cancelled || !g_atomic_int_get(options->cancelled))
		return FALSE;
	g_set_error_literal(error, LW_ERROR, LW_ERROR_INTERRUPTED, "interrupted");
	return TRUE;
}

/* Fills the free places; FALSE with error. */
static gboolean start_tasks(LwRun *run, GPtrArray *running, GHashTable *owners, LwRunStart start,
			    void *self, GError **error)
{
	while (running->len < run->options->workers) {
		g_autoptr(GError) failure = NULL;
		LwRunDocument *document = NULL;
		LwTask *task = start(self, &document, &failure);

		if (failure) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return FALSE;
		}
		if (!task)
			return TRUE;
		g_ptr_array_add(running, task);
		g_hash_table_insert(owners, task, document);
	}
	return TRUE;
}

gboolean lw_run_tasks(LwRun *run, LwRunStart start, LwRunFinish finish, void *self, GError **error)
{
	g_autoptr(GPtrArray) running = g_ptr_array_new_with_free_func((GDestroyNotify)lw_task_free);
	g_autoptr(GHashTable) owners = g_hash_table_new(NULL, NULL);

	for (;;) {
		LwTask *task;

		if (lw_run_is_stopped(run->options, error) ||
		    !start_tasks(run, running, owners, start, self, error))
			return FALSE;
		if (!running->len)
			return TRUE;
		task = lw_tasks_wait(running, WAIT_MILLISECONDS);
		if (task && !finish(self, g_hash_table_lookup(owners, task), task, error))
			return FALSE;
		if (task)
			g_ptr_array_remove_fast(running, task);
	}
}

/* The next document that can be opened; NULL when there is none left. */
static LwRunDocument *next_readable(LwRun *run, int *fd)
{
	while (run->next < run->documents->len) {
		LwRunDocument *document = run->documents->pdata[run->next++];
		g_autoptr(GError) fault = NULL;

		*fd = lw_input_open(document->input, &fault);
		if (*fd >= 0 && run->options->shelf &&
		    run->options->shelf->find(run->options->shelf->self, document)) {
			close(*fd);
			document->state = LW_DOCUMENT_READ;
			run->done++;
			continue;
		}
		if (*fd >= 0)
			return document;
		lw_run_refuse(run, document, LW_OUTCOME_REFUSED, fault);
		run->done++;
	}
	return NULL;
}

static LwTask *read_start(void *self, LwRunDocument **document, GError **error)
{
	LwRun *run = self;
	const LwRunOptions *options = run->options;
	g_autofree char *lexicon = run->lexicon ? lw_install_lexicon() : NULL;
	LwReadOptions read = {
		.detect = run->lexicon != NULL,
		.terms = (GStrv)options->terms->pdata,
		.regexes = (GStrv)options->regexes->pdata,
		.lexicon = lexicon,
	};
	LwTask *task;
	int fd = -1;

	*document = next_readable(run, &fd);
	if (!*document)
		return NULL;
	if (read.detect)
		read.lists = lw_policy_lists(options->policy);
	task = lw_task_read(fd, &read, error);
	close(fd);
	return task;
}

/* Puts a document away until the second half; one that can't be packed is kept as it is. */
static gboolean document_pack(LwRun *run, LwRunDocument *document, GError **error)
{
	gsize size;
	GBytes *packed = lw_document_pack(document->document, &size);

	if (!packed)
		return TRUE;
	if (run->options->shelf) {
		gboolean put = run->options->shelf->put(run->options->shelf->self, document, packed,
							size, error);

		g_bytes_unref(packed);
		g_clear_pointer(&document->document, lw_document_free);
		return put;
	}
	document->packed = packed;
	document->packed_size = size;
	g_clear_pointer(&document->document, lw_document_free);
	return TRUE;
}

/* What we packed ourselves must unpack; a shelf may have lost it. */
static gboolean document_unpack(LwRun *run, LwRunDocument *document, GError **error)
{
	g_autoptr(GBytes) packed = NULL;

	if (document->document)
		return TRUE;
	if (document->packed)
		packed = g_bytes_ref(document->packed);
	else if (run->options->shelf)
		packed = run->options->shelf->get(run->options->shelf->self, document,
						  &document->packed_size, error);
	if (packed)
		document->document = lw_document_unpack(packed, document->packed_size);
	g_assert(document->document || run->options->shelf);
	if (!document->document && error && !*error)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL,
				    "the state of the dossier cannot be read or written");
	return document->document != NULL;
}

/* Shows a document to the registry, in order of the inputs, however the workers finished. */
static gboolean learn_in_order(LwRun *run, GError **error)
{
	for (; run->learnt < run->documents->len; run->learnt++) {
		LwRunDocument *document = run->documents->pdata[run->learnt];
		gboolean packed = !document->document;

		if (document->state == LW_DOCUMENT_WAITING)
			return TRUE;
		if (document->state != LW_DOCUMENT_READ || !run->registry)
			continue;
		if (!document_unpack(run, document, error))
			return FALSE;
		lw_registry_learn(run->registry, document->document, document->entities);
		if (packed)
			g_clear_pointer(&document->document, lw_document_free);
	}
	return TRUE;
}

static void take_notices(LwRun *run, LwRunDocument *document)
{
	const GArray *notices = document->document->notices;

	for (guint i = 0; i < notices->len; i++) {
		LwNotice notice = g_array_index(notices, LwNotice, i);

		notice.code = lw_arena_strndup(document->arena, notice.code, strlen(notice.code));
		notice.message =
			lw_arena_strndup(document->arena, notice.message ? notice.message : "",
					 notice.message ? strlen(notice.message) : 0);
		g_array_append_val(document->notices, notice);
		lw_run_notice(run, document, &notice);
	}
}

static gboolean read_finish(void *self, LwRunDocument *document, LwTask *task, GError **error)
{
	LwRun *run = self;
	LwReadAnswer answer = {0};
	g_autoptr(GError) fault = NULL;

	run->done++;
	if (lw_task_answer_read(task, &answer, &fault)) {
		document->state = LW_DOCUMENT_READ;
		document->document = answer.document;
		document->entities = answer.entities;
		document->sha256 = answer.sha256;
		document->format = g_strdup(answer.document->format);
		document->pages = answer.document->page_count;
		take_notices(run, document);
	} else if (fault->code != LW_ERROR_UNREADABLE) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return FALSE;
	} else {
		lw_run_refuse(run, document,
			      lw_task_broke(task) ? LW_OUTCOME_FAILED : LW_OUTCOME_REFUSED, fault);
	}
	if (!learn_in_order(run, error))
		return FALSE;
	/* A single document is soon needed again. */
	if (document->document && (run->documents->len > 1 || run->options->shelf) &&
	    !document_pack(run, document, error))
		return FALSE;
	lw_run_event(run, LAKWERK_EVENT_READ, document, NULL);
	return TRUE;
}

gboolean lw_run_read(LwRun *run, GError **error)
{
	run->next = run->done = run->learnt = 0;
	if (!lw_run_tasks(run, read_start, read_finish, run, error) || !learn_in_order(run, error))
		return FALSE;
	if (run->registry)
		lw_registry_close(run->registry);
	return TRUE;
}

/* A page that was not read holds what nobody looked for. */
static gboolean check_unread(LwRun *run, LwRunDocument *document)
{
	const LwDocument *read = document->document;
	g_autoptr(GError) fault = NULL;

	if (!run->options->detect || (run->options->accept & LW_ACCEPT_UNREAD))
		return TRUE;
	for (guint32 i = 0; i < read->page_count; i++) {
		if (!read->pages[i].unread)
			continue;
		fault = g_error_new(LW_ERROR, LW_ERROR_UNREADABLE,
				    "page %u was not read: it is only a picture, or its letters "
				    "say nothing",
				    i + 1);
		lw_run_refuse(run, document, LW_OUTCOME_UNREAD, fault);
		return FALSE;
	}
	return TRUE;
}

/* What is proposed for one document: from the marks file, or from what was found. */
static LwPlan *propose(LwRun *run, LwRunDocument *document, GError **error)
{
	g_autoptr(LwPlan) proposals = NULL;

	if (run->registry)
		lw_registry_find(run->registry, document->document, document->entities);
	if (!run->marks)
		return lw_proposals_new(document->document, document->sha256, document->entities,
					&run->plan_options, error);
	proposals = lw_marks_find(run->marks, document->document, document->sha256,
				  &run->plan_options, error);
	if (!proposals || !lw_proposals_add_found(proposals, document->document, document->sha256,
						  document->entities, &run->plan_options, error))
		return NULL;
	return g_steal_pointer(&proposals);
}

static void decide(LwRun *run, LwRunDocument *document)
{
	LwPlan *proposals = document->proposals;

	document->open = g_ptr_array_new();
	for (guint i = 0; i < proposals->marks->len; i++)
		if (lw_mark_is_open(proposals->marks->pdata[i], &run->plan_options))
			g_ptr_array_add(document->open, proposals->marks->pdata[i]);
	document->plan = lw_plan_decide(proposals, document->document, &run->plan_options);
	lw_plan_collect_secrets(proposals, document->document, &run->plan_options, run->secrets);
	document->state = LW_DOCUMENT_PLANNED;
}

static void given_init(LwRun *run, const char *option, const GPtrArray *given)
{
	for (guint i = 0; i + 1 < given->len; i++)
		g_hash_table_add(run->unmatched, g_strdup_printf("%s number %u", option, i + 1));
}

/* What was found may hide under a longer find, so the text itself is asked. */
static gboolean is_found(const LwDetection *detection, const char *term, const char *regex)
{
	const char *terms[] = {term, NULL}, *regexes[] = {regex, NULL};
	g_autoptr(LwTerms) searched = lw_terms_new(terms, regexes, NULL);
	g_autoptr(LwEntities) found = lw_entities_new();

	if (searched)
		lw_terms_find(searched, detection, found);
	return !searched || found->items->len;
}

static void note_given(LwRun *run, const LwDocument *document)
{
	const GPtrArray *terms = run->options->terms, *regexes = run->options->regexes;
	g_autoptr(LwNormal) normal = NULL;

	if (!g_hash_table_size(run->unmatched))
		return;
	normal = lw_normal_new(document->text, document->length);
	for (guint i = 0; i + 2 < terms->len + regexes->len; i++) {
		gboolean term = i + 1 < terms->len;
		guint at = term ? i : i + 1 - terms->len;
		const LwDetection detection = {document, normal};
		g_autofree char *name =
			g_strdup_printf("%s number %u", term ? "--term" : "--regex", at + 1);

		if (g_hash_table_contains(run->unmatched, name) &&
		    is_found(&detection, term ? terms->pdata[at] : NULL,
			     term ? NULL : regexes->pdata[at]))
			g_hash_table_remove(run->unmatched, name);
	}
}

/* By number: what was given may itself be a secret. */
static void tell_unmatched(const LwRun *run)
{
	g_autoptr(GList) names =
		g_list_sort(g_hash_table_get_keys(run->unmatched), (GCompareFunc)strcmp);

	for (GList *at = names; at; at = at->next) {
		g_autofree char *message = g_strdup_printf(
			"%s was not found in the text of any document", (char *)at->data);

		lw_run_event(run, LAKWERK_EVENT_PROBLEM, NULL, message);
	}
}

/* FALSE with error when the whole run must stop. */
static gboolean plan_document(LwRun *run, LwRunDocument *document, LwRunFunc each, void *self,
			      GError **error)
{
	g_autoptr(GError) fault = NULL;

	note_given(run, document->document);
	document->proposals = propose(run, document, &fault);
	if (!document->proposals) {
		/* A wrong area or mark is the caller's fault; in a folder it still costs one
		 * document only. */
		if (fault->code == LW_ERROR_USAGE && (run->marks || run->documents->len == 1)) {
			g_propagate_error(error, g_steal_pointer(&fault));
			return FALSE;
		}
		lw_run_refuse(run, document, LW_OUTCOME_REFUSED, fault);
		return TRUE;
	}
	if (each)
		each(self, run, document);
	decide(run, document);
	check_unread(run, document);
	return TRUE;
}

/* A marks file that fits no document at all is the wrong file. */
static gboolean check_marks(const LwRun *run, GError **error)
{
	gboolean known = !run->marks, read = FALSE;

	for (guint i = 0; i < run->documents->len && !known; i++) {
		const LwRunDocument *document = run->documents->pdata[i];

		read = read || document->sha256;
		known = document->sha256 && lw_marks_knows(run->marks, document->sha256);
	}
	if (!read)
		return TRUE;
	if (!known)
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
			    "'%s' was made for other documents (no sha256 fits)",
			    run->options->marks);
	return known;
}

gboolean lw_run_plan(LwRun *run, LwRunFunc each, void *self, GError **error)
{
	if (!check_marks(run, error))
		return FALSE;
	given_init(run, "--term", run->options->terms);
	given_init(run, "--regex", run->options->regexes);
	for (guint i = 0; i < run->documents->len; i++) {
		LwRunDocument *document = run->documents->pdata[i];

		if (lw_run_is_stopped(run->options, error))
			return FALSE;
		if (document->state != LW_DOCUMENT_READ)
			continue;
		if (!document_unpack(run, document, error))
			return FALSE;
		g_clear_pointer(&document->packed, g_bytes_unref);
		if (!plan_document(run, document, each, self, error))
			return FALSE;
		g_clear_pointer(&document->document, lw_document_free);
		g_clear_pointer(&document->entities, lw_entities_free);
	}
	tell_unmatched(run);
	return TRUE;
}
