/* dossier-scan.c - a run whose documents lie in the dossier, and whose proposals become its marks.
 *
 * Only what is new or changed is read. What was read is on the disk before the next document, so
 * that a scan that was killed goes on where it was. */
#include "engine/dossier-session.h"

#include "engine/dossier/consistency.h"
#include "engine/dossier/merge.h"
#include "engine/dossier/reading.h"

#include <string.h>

typedef struct {
	LakwerkDossier *dossier;
	GError *fault; /* the disk failed inside a callback that cannot say so */
} Scan;

static gint64 changed_of(const LwInput *input)
{
	return (gint64)input->changed.tv_sec * 1000000000 + input->changed.tv_nsec;
}

static LwFresh fresh_of(LakwerkDossier *dossier, const LwRunDocument *document)
{
	return (LwFresh){
		.name = document->input->name,
		.sha256 = document->sha256,
		.format = document->format,
		.key = dossier->key,
		.size = document->input->size,
		.changed = changed_of(document->input),
	};
}

static gboolean shelf_find(void *self, LwRunDocument *document)
{
	Scan *scan = self;
	LakwerkDossier *dossier = scan->dossier;
	LwFresh wanted = fresh_of(dossier, document);
	gboolean found;

	g_rec_mutex_lock(&dossier->lock);
	found = lw_fresh_find(&dossier->inner, &wanted, &document->sha256, &document->format,
			      &document->pages, &document->entities);
	g_rec_mutex_unlock(&dossier->lock);
	return found;
}

static gboolean shelf_put(void *self, LwRunDocument *document, GBytes *packed, gsize size,
			  GError **error)
{
	Scan *scan = self;
	LakwerkDossier *dossier = scan->dossier;
	LwFresh fresh = fresh_of(dossier, document);
	gboolean done;

	fresh.packed = packed;
	fresh.packed_size = size;
	fresh.document = document->document;
	fresh.entities = document->entities;
	g_rec_mutex_lock(&dossier->lock);
	lw_store_begin(dossier->inner.store);
	lw_fresh_put(&dossier->inner, &fresh);
	done = lw_store_commit(dossier->inner.store, error);
	g_rec_mutex_unlock(&dossier->lock);
	return done;
}

static GBytes *shelf_get(void *self, LwRunDocument *document, gsize *size, GError **error)
{
	Scan *scan = self;
	LakwerkDossier *dossier = scan->dossier;
	GBytes *packed;

	g_rec_mutex_lock(&dossier->lock);
	packed = lw_fresh_packed(&dossier->inner, document->input->name, size);
	if (!lw_store_check(dossier->inner.store, error))
		g_clear_pointer(&packed, g_bytes_unref);
	g_rec_mutex_unlock(&dossier->lock);
	return packed;
}

static void put_proposals(void *self, LwRun *run, LwRunDocument *document)
{
	Scan *scan = self;
	LakwerkDossier *dossier = scan->dossier;

	(void)run;
	if (scan->fault)
		return;
	g_rec_mutex_lock(&dossier->lock);
	lw_store_begin(dossier->inner.store);
	lw_proposals_put(&dossier->inner,
			 lw_document_number(&dossier->inner, document->input->name),
			 document->document, document->proposals);
	lw_store_commit(dossier->inner.store, &scan->fault);
	g_rec_mutex_unlock(&dossier->lock);
}

/* How each document fared; documents that are known and no longer there too. Yours. */
static GArray *outcomes(LakwerkDossier *dossier, const LwRun *run)
{
	GArray *scanned = g_array_new(FALSE, TRUE, sizeof(LwScanned));
	g_autoptr(GHashTable) there = g_hash_table_new(NULL, NULL);
	g_autoptr(LwCursor) rows = NULL;

	for (guint i = 0; i < run->documents->len; i++) {
		const LwRunDocument *document = run->documents->pdata[i];
		LwScanned one = {
			.document = lw_document_number(&dossier->inner, document->input->name),
			.message = document->proposals ? NULL : document->message,
			.there = TRUE,
			.size = document->input->size,
			.changed = changed_of(document->input),
		};

		g_array_append_val(scanned, one);
		g_hash_table_add(there, GINT_TO_POINTER((int)one.document));
	}
	rows = lw_store_ask(dossier->inner.store,
			    "SELECT id FROM document WHERE state <> 'removed'", "");
	while (lw_cursor_next(rows)) {
		LwScanned one = {.document = lw_cursor_integer(rows, 0)};

		if (!g_hash_table_contains(there, GINT_TO_POINTER((int)one.document)))
			g_array_append_val(scanned, one);
	}
	return scanned;
}

static gboolean merge(LakwerkDossier *dossier, const LwRun *run, GError **error)
{
	LwCall call = {.dossier = &dossier->inner};
	g_autoptr(GArray) scanned = NULL;
	gboolean done;

	g_rec_mutex_lock(&dossier->lock);
	lw_store_begin(dossier->inner.store);
	scanned = outcomes(dossier, run);
	done = lw_scan_merge(&call, scanned);
	lw_meta_set(&dossier->inner, "scan", dossier->key);
	if (done)
		done = lw_store_commit(dossier->inner.store, error);
	else
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL, call.message);
	if (!done)
		lw_store_rollback(dossier->inner.store);
	lw_readings_forget(dossier->inner.readings);
	lw_findings_forget(&dossier->inner);
	lw_call_clear(&call);
	lw_dossier_look(dossier);
	__atomic_store_n(&dossier->event, (guint64)lw_event_last(&dossier->inner),
			 __ATOMIC_RELEASE);
	g_rec_mutex_unlock(&dossier->lock);
	return done;
}

static LakwerkStatus status_of(const LwRun *run)
{
	for (guint i = 0; i < run->documents->len; i++)
		if (!((LwRunDocument *)run->documents->pdata[i])->proposals)
			return LAKWERK_INCOMPLETE;
	return LAKWERK_OK;
}

/* In the order of their names, however the workers finish. */
static gboolean number(LakwerkDossier *dossier, const LwRun *run, GError **error)
{
	gboolean done;

	g_rec_mutex_lock(&dossier->lock);
	lw_store_begin(dossier->inner.store);
	for (guint i = 0; i < run->documents->len; i++) {
		const LwRunDocument *document = run->documents->pdata[i];

		lw_document_number(&dossier->inner, document->input->name);
	}
	done = lw_store_commit(dossier->inner.store, error);
	g_rec_mutex_unlock(&dossier->lock);
	return done;
}

static LakwerkStatus scan_run(LakwerkDossier *dossier, GError **error)
{
	const char *inputs[] = {dossier->folder, NULL};
	Scan scan = {.dossier = dossier};
	const LwRunShelf shelf = {&scan, shelf_find, shelf_put, shelf_get};
	LwRunOptions options = dossier->lakwerk->options;
	g_autoptr(LwRun) run = NULL;

	options.policy = dossier->policy;
	options.policy_digest = dossier->policy_digest;
	options.shelf = &shelf;
	options.state = options.log = options.marks = NULL;
	/* A person will look at it. */
	options.accept |= LW_ACCEPT_UNREAD;
	run = lw_run_new(&options, inputs, error);
	if (!run || !number(dossier, run, error) || !lw_run_read(run, error) ||
	    !lw_run_plan(run, put_proposals, &scan, error))
		return LAKWERK_FATAL;
	if (scan.fault) {
		g_propagate_error(error, scan.fault);
		return LAKWERK_FATAL;
	}
	return merge(dossier, run, error) ? status_of(run) : LAKWERK_FATAL;
}

static gboolean scan_begin(LakwerkDossier *dossier, GError **error)
{
	gboolean begun = FALSE;

	g_rec_mutex_lock(&dossier->lock);
	if (dossier->mode == LAKWERK_DOSSIER_READ)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE,
				    "the dossier was opened for reading");
	else if (dossier->scanning)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_REVIEW, "a scan is going on");
	else
		begun = dossier->scanning = TRUE;
	if (begun) {
		lw_store_begin(dossier->inner.store);
		lw_store_run(dossier->inner.store, "DELETE FROM proposal", "");
		lw_meta_set(&dossier->inner, "scan", NULL);
		begun = lw_store_commit(dossier->inner.store, error);
		dossier->scanning = begun;
	}
	g_rec_mutex_unlock(&dossier->lock);
	return begun;
}

/* All that lies there was read, by this engine and under this policy. */
static gboolean is_fresh(LakwerkDossier *dossier, LakwerkStatus *status)
{
	gboolean fresh;

	g_rec_mutex_lock(&dossier->lock);
	lw_dossier_look(dossier);
	fresh = !dossier->stale.added && !dossier->stale.changed && !dossier->stale.removed &&
		!dossier->stale.engine;
	*status = lw_store_number(dossier->inner.store, 0,
				  "SELECT 1 FROM document WHERE state = 'refused' LIMIT 1", "")
			  ? LAKWERK_INCOMPLETE
			  : LAKWERK_OK;
	g_rec_mutex_unlock(&dossier->lock);
	return fresh;
}

LakwerkStatus lakwerk_dossier_scan(LakwerkDossier *dossier)
{
	g_autoptr(GError) error = NULL;
	LakwerkStatus status = LAKWERK_FATAL;

	if (is_fresh(dossier, &status))
		return lw_dossier_end(dossier, status, NULL);
	status = LAKWERK_FATAL;
	if (scan_begin(dossier, &error)) {
		status = scan_run(dossier, &error);
		g_rec_mutex_lock(&dossier->lock);
		dossier->scanning = FALSE;
		g_rec_mutex_unlock(&dossier->lock);
	}
	return lw_dossier_end(dossier, status, error);
}
