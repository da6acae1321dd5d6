/* publish.c - writes what was decided in a dossier: past the gate, rendered and verified as in a
 * run, all or nothing.
 *
 * Everything is made in a folder beside the target, which gets its name when nothing is missing. */
#include "engine/publish.h"

#include "engine/base/limits.h"
#include "engine/dossier/act.h"
#include "engine/base/install.h"
#include "engine/messages.h"
#include "engine/output.h"
#include "engine/record/record.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MEMORY_NAME "publication.json"

enum { OPEN_FILES = 16 };

/* ---- the gate ---- */

/* The answer of query obstacles; *ready tells, of the dossier as it was at *event. Yours. */
static LwJson *obstacles_of(LakwerkDossier *dossier, gboolean *ready, gint64 *event)
{
	g_autoptr(LwJson) given = lw_json_object_new();
	LwCall call = {.dossier = &dossier->inner,
		       .given = given,
		       .lang = dossier->lakwerk->options.lang,
		       .answer = lw_json_object_new()};
	LwJson *answer;

	g_rec_mutex_lock(&dossier->lock);
	*ready = FALSE;
	*event = lw_event_last_that_matters(&dossier->inner);
	if (lw_query(&call, "obstacles"))
		lw_json_boolean_of(call.answer, "ready", ready);
	lw_dossier_look(dossier);
	g_rec_mutex_unlock(&dossier->lock);
	answer = g_steal_pointer(&call.answer);
	lw_call_clear(&call);
	return answer;
}

/* What was read must be what lies there. */
static gboolean check_folder(LakwerkDossier *dossier, GError **error)
{
	if (!dossier->stale.added && !dossier->stale.changed && !dossier->stale.removed &&
	    !dossier->stale.engine)
		return TRUE;
	g_set_error_literal(error, LW_ERROR, LW_ERROR_REVIEW,
			    "the folder or the policy changed since the last scan");
	return FALSE;
}

/* Nobody changed anything that goes out while it was being made. */
static gboolean check_still(LwPublishing *publishing, GError **error)
{
	LakwerkDossier *dossier = publishing->dossier;
	gint64 last;

	g_rec_mutex_lock(&dossier->lock);
	last = lw_event_last_that_matters(&dossier->inner);
	g_rec_mutex_unlock(&dossier->lock);
	if (last == publishing->event)
		return TRUE;
	g_set_error_literal(error, LW_ERROR, LW_ERROR_REVIEW,
			    "somebody else changed this in the meantime");
	return FALSE;
}

/* ---- folders ---- */

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

static void remove_folder(const char *path)
{
	if (path)
		nftw(path, remove_entry, OPEN_FILES, FTW_DEPTH | FTW_PHYS);
}

static gboolean is_taken(const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);

	return folder ? g_dir_read_name(folder) != NULL : g_file_test(path, G_FILE_TEST_EXISTS);
}

static gboolean open_folders(LwPublishing *publishing, GError **error)
{
	g_autofree char *plain = g_canonicalize_filename(publishing->out, NULL);
	const char *inputs[] = {publishing->dossier->folder, NULL};

	publishing->internal = g_strconcat(plain, ".internal", NULL);
	if (!lw_inputs_check_output(inputs, publishing->out, error))
		return FALSE;
	if (is_taken(plain) || is_taken(publishing->internal)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' exists", publishing->out);
		return FALSE;
	}
	publishing->draft = g_strconcat(plain, ".draft-XXXXXX", NULL);
	publishing->internal_draft = g_strconcat(plain, ".internal-XXXXXX", NULL);
	g_autofree char *parent = g_path_get_dirname(plain);
	if (g_mkdir_with_parents(parent, 0777) || !g_mkdtemp_full(publishing->draft, 0777) ||
	    !g_mkdtemp(publishing->internal_draft)) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot make '%s': %s",
			    publishing->out, g_strerror(errno));
		return FALSE;
	}
	return TRUE;
}

/* Both get their names, or neither. */
static gboolean place_folders(LwPublishing *publishing, GError **error)
{
	g_autofree char *plain = g_canonicalize_filename(publishing->out, NULL);

	(void)g_rmdir(plain);
	(void)g_rmdir(publishing->internal);
	if (!g_rename(publishing->internal_draft, publishing->internal)) {
		if (!g_rename(publishing->draft, plain))
			return TRUE;
		(void)g_rename(publishing->internal, publishing->internal_draft);
	}
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot write '%s': %s", publishing->out,
		    g_strerror(errno));
	return FALSE;
}

/* ---- documents ---- */

/* Which document an error is about. What costs a run one document costs a publication everything.
 */
static void blame(const LwPublishedItem *item, GError **error)
{
	g_autofree char *message = g_strdup((*error)->message);
	int code = (*error)->code == LW_ERROR_UNREADABLE ? LW_ERROR_FATAL : (*error)->code;

	g_clear_error(error);
	g_set_error(error, LW_ERROR, code, "document '%s': %s", item->published.id, message);
}

/* The removed strings of all documents, before the first is written. */
static gboolean collect_secrets(LwPublishing *publishing, GError **error)
{
	const LwPlanOptions options = {.policy = publishing->dossier->policy,
				       .lexicon = publishing->lexicon};

	for (guint i = 0; i < publishing->items->len; i++) {
		LwPublishedItem *item = publishing->items->pdata[i];
		g_autoptr(LwAccepted) accepted = NULL;

		/* What is closed is listed with a title: its names are secrets as well. */
		if (!item->read)
			continue;
		accepted = lw_accepted_new(publishing->dossier, item->number, error);
		if (!accepted) {
			blame(item, error);
			return FALSE;
		}
		lw_plan_collect_secrets(accepted->proposals, accepted->document, &options,
					publishing->secrets);
	}
	return TRUE;
}

typedef struct {
	LwPublishing *publishing;
	guint next, done;
	GQueue *written; /* LwPublishedItem, waiting for another worker */
	LwRun *run;
} Rendering;

static LwTask *start_verify(LwPublishedItem *item, GError **error)
{
	int fd = lw_accepted_open(item->accepted, error);
	LwTask *task = NULL;

	if (fd >= 0) {
		task = lw_task_verify(fd, item->bytes, item->plan, error);
		g_clear_pointer(&item->plan, g_variant_unref);
		close(fd);
	}
	return task;
}

static LwTask *start_write(Rendering *rendering, LwPublishedItem *item, GError **error)
{
	LwPublishing *publishing = rendering->publishing;
	LwTask *task = NULL;
	int fd;

	item->accepted = lw_accepted_new(publishing->dossier, item->number, error);
	fd = item->accepted ? lw_accepted_open(item->accepted, error) : -1;
	if (fd < 0)
		return NULL;
	item->run.input = item->accepted->input;
	item->run.plan = g_steal_pointer(&item->accepted->plan);
	lw_plan_add_secrets(item->run.plan, publishing->secrets);
	if (lw_policy_stamp(publishing->dossier->policy))
		item->run.plan->stamp = item->published.id;
	item->plan = lw_plan_save(item->run.plan);
	item->plan_digest = lw_plan_digest(item->plan);
	task = lw_task_write(fd, item->plan, error);
	close(fd);
	return task;
}

static LwTask *start(void *self, LwRunDocument **document, GError **error)
{
	Rendering *rendering = self;
	GPtrArray *items = rendering->publishing->items;
	LwPublishedItem *item = g_queue_pop_head(rendering->written);
	LwTask *task = NULL;

	if (item) {
		task = start_verify(item, error);
	} else {
		while (rendering->next < items->len && !item) {
			LwPublishedItem *at = items->pdata[rendering->next++];

			item = at->goes ? at : NULL;
		}
		if (!item)
			return NULL;
		task = start_write(rendering, item, error);
	}
	*document = &item->run;
	if (!task)
		blame(item, error);
	return task;
}

static gboolean is_as_before(const LwPublishing *publishing, const LwPublishedItem *item)
{
	const LwJson *before = lw_publish_before(publishing, item->published.id);

	return before && !g_strcmp0(lw_json_string_of(before, "output"), item->run.output_sha256) &&
	       !g_strcmp0(lw_json_string_of(before, "file"), item->published.file);
}

/* Verified: into the draft, unless an earlier publication has exactly this. */
static gboolean place(LwPublishing *publishing, LwPublishedItem *item, GError **error)
{
	g_autofree char *path = g_build_filename(publishing->draft, item->published.file, NULL);
	gsize length;
	const void *data = g_bytes_get_data(item->bytes, &length);

	item->run.output_sha256 = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data, length);
	item->run.output = (char *)item->published.file;
	item->run.verdict = "clean";
	item->run.outcome = LW_OUTCOME_WRITTEN;
	item->unchanged = is_as_before(publishing, item);
	if (!item->unchanged && !lw_output_write(path, data, length, LW_OUTPUT_NEW, error))
		return FALSE;
	g_clear_pointer(&item->bytes, g_bytes_unref);
	g_clear_pointer(&item->accepted->document, lw_document_free);
	return TRUE;
}

static gboolean verified(LwPublishing *publishing, LwPublishedItem *item, LwTask *task,
			 GError **error)
{
	g_autoptr(GArray) fits = g_array_new(FALSE, FALSE, sizeof(guint32));
	g_autoptr(GArray) findings = lw_task_answer_verify(task, fits, error);
	const LwFinding *leak = findings ? lw_findings_leak(findings) : NULL;

	if (findings && !leak)
		lw_receipt_set_fits(item->run.receipt, fits);
	if (findings && !leak)
		return place(publishing, item, error);
	if (leak)
		g_set_error(error, LW_ERROR, LW_ERROR_LEAK,
			    "withheld, something marked survived (%s)", leak->channel);
	return FALSE;
}

static gboolean finish(void *self, LwRunDocument *document, LwTask *task, GError **error)
{
	Rendering *rendering = self;
	LwPublishedItem *item = (LwPublishedItem *)document;

	if (item->bytes) {
		if (!verified(rendering->publishing, item, task, error)) {
			blame(item, error);
			return FALSE;
		}
		rendering->done++;
		rendering->run->done = rendering->done;
		lw_run_event(rendering->run, LAKWERK_EVENT_WRITTEN, document, NULL);
		return TRUE;
	}
	item->bytes = lw_task_answer_write(task, &item->run.receipt, error);
	if (!item->bytes) {
		blame(item, error);
		return FALSE;
	}
	g_queue_push_tail(rendering->written, item);
	return TRUE;
}

static gboolean render(LwPublishing *publishing, GError **error)
{
	g_autoptr(GPtrArray) documents = g_ptr_array_new();
	LwRun run = {.options = &publishing->dossier->lakwerk->options, .documents = documents};
	Rendering rendering = {publishing, 0, 0, g_queue_new(), &run};
	gboolean done;

	for (guint i = 0; i < publishing->items->len; i++)
		if (((LwPublishedItem *)publishing->items->pdata[i])->goes)
			g_ptr_array_add(documents, publishing->items->pdata[i]);
	done = lw_run_tasks(&run, start, finish, &rendering, error);
	g_queue_free(rendering.written);
	return done;
}

/* ---- the log and the lists ---- */

static gboolean write_log(LwPublishing *publishing, char **last_link, GError **error)
{
	LwLang lang = publishing->dossier->lakwerk->options.lang;
	g_autoptr(LwRecord) record =
		lw_record_open(publishing->draft, publishing->internal_draft,
			       publishing->dossier->policy_digest, LW_VERSION, lang, error);

	if (!record)
		return FALSE;
	lw_record_set_signer(record, g_steal_pointer(&publishing->signer));
	lw_record_set_approval(record, publishing->approver, publishing->approved);
	for (gsize i = 0; i < lw_json_length(publishing->files); i++) {
		const char *name = lw_json_key(publishing->files, i);

		lw_record_add_file(record, name, lw_json_string_of(publishing->files, name));
	}
	lw_record_set_inventory(record, lw_inventory_csv(&publishing->publication, lang));
	for (guint i = 0; i < publishing->items->len; i++) {
		const LwPublishedItem *item = publishing->items->pdata[i];
		LwRecordDocument entry = {
			.input = item->accepted ? item->accepted->name : NULL,
			.output = item->published.file,
			.format = item->run.format,
			.pages = item->run.pages,
			.outcome = LW_OUTCOME_WRITTEN,
			.input_sha256 = item->run.sha256,
			.output_sha256 = item->run.output_sha256,
			.plan = item->run.plan,
			.receipt = item->run.receipt,
			.notices = item->run.notices,
			.verdict = item->run.verdict,
		};

		/* What is as it was lies in the publication before, and in its log. */
		if (item->goes && !item->unchanged && !lw_record_add(record, &entry, error))
			return FALSE;
	}
	return lw_record_close(record, last_link, error);
}

static gboolean write_memory(LwPublishing *publishing, GError **error)
{
	g_autoptr(LwJson) memory = lw_publish_memory(publishing);
	g_autofree char *printed = lw_json_print(memory);
	g_autofree char *path = g_build_filename(publishing->internal_draft, MEMORY_NAME, NULL);

	if (!lw_output_write(path, printed, strlen(printed), LW_OUTPUT_NEW, error))
		return FALSE;
	return !g_chmod(path, 0600);
}

/* ---- since an earlier publication ---- */

static gboolean open_before(LwPublishing *publishing, const char *since, GError **error)
{
	g_autofree char *plain = NULL, *path = NULL, *bytes = NULL;
	gsize length;

	if (!since)
		return TRUE;
	plain = g_canonicalize_filename(since, NULL);
	path = g_strconcat(plain, ".internal/" MEMORY_NAME, NULL);
	if (!g_file_get_contents(path, &bytes, &length, NULL) || length > LW_LIMIT_JSON_BYTES) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
			    "'%s' is no publication of a dossier with its internal folder", since);
		return FALSE;
	}
	publishing->before = lw_json_parse(bytes, length, path, error);
	return publishing->before != NULL;
}

/* ---- all of it ---- */

static LwJson *summary(const LwPublishing *publishing, const char *last_link)
{
	LwJson *json = lw_json_object_new();
	guint written = 0, unchanged = 0, marks = 0;

	for (guint i = 0; i < publishing->items->len; i++) {
		const LwPublishedItem *item = publishing->items->pdata[i];

		written += item->goes && !item->unchanged;
		unchanged += item->goes && item->unchanged;
		marks += item->goes ? item->published.marks : 0;
	}
	lw_json_set_integer(json, "documents", publishing->items->len);
	lw_json_set_integer(json, "written", written);
	lw_json_set_integer(json, "unchanged", unchanged);
	lw_json_set_integer(json, "pages", publishing->publication.pages);
	lw_json_set_integer(json, "marks", marks);
	if (publishing->disclosed)
		lw_json_set_integer(json, "disclosed",
				    (gint64)lw_json_length(publishing->disclosed));
	lw_json_set_string(json, "last_link", last_link);
	return json;
}

static LwJson *publish(LwPublishing *publishing, const char *since, GError **error)
{
	g_autofree char *lexicon = lw_install_lexicon(), *last_link = NULL;

	publishing->lexicon = lexicon ? lw_lexicon_open(lexicon, NULL) : NULL;
	if (!lw_signer_load(&publishing->dossier->lakwerk->options, publishing->dossier->policy,
			    &publishing->signer, error) ||
	    !open_before(publishing, since, error) || !open_folders(publishing, error) ||
	    !lw_publish_collect(publishing, error) || !collect_secrets(publishing, error) ||
	    !lw_publish_complete(publishing, error) || !render(publishing, error) ||
	    !lw_publish_disclose(publishing, error))
		return NULL;
	lw_publish_take_notices(publishing);
	if (!lw_publish_reports(publishing, error) || !write_log(publishing, &last_link, error) ||
	    !lw_publish_check(publishing, error) || !write_memory(publishing, error) ||
	    !check_still(publishing, error) || !place_folders(publishing, error))
		return NULL;
	return summary(publishing, last_link);
}

static void publishing_clear(LwPublishing *publishing)
{
	remove_folder(publishing->draft);
	remove_folder(publishing->internal_draft);
	g_clear_pointer(&publishing->items, g_ptr_array_unref);
	g_clear_pointer(&publishing->publication.documents, g_ptr_array_unref);
	g_clear_pointer(&publishing->publication.grounds, g_array_unref);
	g_clear_pointer(&publishing->lexicon, lw_lexicon_free);
	g_clear_pointer(&publishing->signer, lw_key_free);
	g_clear_pointer(&publishing->before, lw_json_free);
	g_clear_pointer(&publishing->disclosed, lw_json_free);
	g_clear_pointer(&publishing->notices, lw_json_free);
	g_clear_pointer(&publishing->files, lw_json_free);
	g_hash_table_unref(publishing->secrets);
	lw_arena_free(publishing->arena);
	g_free(publishing->approver);
	g_free(publishing->approved);
	g_free(publishing->draft);
	g_free(publishing->internal);
	g_free(publishing->internal_draft);
}

static gboolean is_for_programs(const LwPublishing *publishing)
{
	return publishing->dossier->lakwerk->output == LW_SAY_JSON;
}

static void say(const LwPublishing *publishing, const LwJson *json, LakwerkWriteFunc write,
		void *self)
{
	g_autofree char *text = is_for_programs(publishing) ? lw_json_print(json)
							    : lw_publish_tell(publishing, json);

	write(self, text, strlen(text));
}

/* People read the message of the dossier. */
static void say_failure(const LwPublishing *publishing, const GError *error, LakwerkWriteFunc write,
			void *self)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	g_autofree char *said =
		lw_message_in(publishing->dossier->lakwerk->options.lang, error->message);

	if (!is_for_programs(publishing))
		return;
	lw_json_set_string(json, "error", "failed");
	lw_json_set_string(json, "message", said);
	say(publishing, json, write, self);
}

LakwerkStatus lakwerk_dossier_publish(LakwerkDossier *dossier, const char *out, const char *since,
				      LakwerkWriteFunc write, void *self)
{
	LwPublishing publishing = {.dossier = dossier, .out = out};
	g_autoptr(GError) error = NULL;
	g_autoptr(LwJson) obstacles = NULL, done = NULL;
	gboolean ready;
	gint64 event;

	obstacles = obstacles_of(dossier, &ready, &event);
	if (!ready) {
		if (is_for_programs(&publishing))
			say(&publishing, obstacles, write, self);
		g_set_error_literal(&error, LW_ERROR, LW_ERROR_REVIEW,
				    "the dossier cannot be published yet");
		return lw_dossier_end(dossier, LAKWERK_REVIEW, error);
	}
	publishing.event = event;
	publishing.secrets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	publishing.arena = lw_arena_new();
	publishing.notices = lw_json_array_new();
	publishing.files = lw_json_object_new();
	if (check_folder(dossier, &error))
		done = publish(&publishing, since, &error);
	if (done) {
		lw_json_set(done, "notices", g_steal_pointer(&publishing.notices));
		say(&publishing, done, write, self);
	} else {
		say_failure(&publishing, error, write, self);
	}
	publishing_clear(&publishing);
	return lw_dossier_end(dossier, LAKWERK_OK, error);
}
