/* dossier-accepted.c - the accepted marks of a document, bound to its glyphs, and the document as
 * it would be published.
 *
 * The original is opened by the hash of what was read: another file under its name is refused. */
#include "engine/dossier-session.h"

#include "engine/dossier/decide.h"
#include "engine/dossier/mark.h"
#include "engine/output.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PREVIEWS_MOST = 4, PREVIEW_BYTES = 64 * 1024 * 1024 };

void lw_accepted_free(LwAccepted *accepted)
{
	if (!accepted)
		return;
	g_clear_pointer(&accepted->inputs, g_ptr_array_unref);
	g_clear_pointer(&accepted->document, lw_document_free);
	g_clear_pointer(&accepted->proposals, lw_plan_free);
	g_clear_pointer(&accepted->plan, lw_plan_free);
	g_free(accepted->path);
	g_free(accepted->name);
	g_free(accepted->sha256);
	g_free(accepted->format);
	g_free(accepted);
}

static const char *keep(LwPlan *plan, const char *text)
{
	return text ? lw_arena_strndup(plan->arena, text, strlen(text)) : NULL;
}

static LwMark *bind_area(LwAccepted *accepted, const LwMarkRow *row, LwKind kind, GError **error)
{
	g_autoptr(GArray) boxes = lw_boxes_parse(row->boxes);
	LwMark *mark = NULL;

	if (row->figure && !accepted->document->page_count)
		return lw_proposals_add_member(accepted->proposals, accepted->sha256, row->figure,
					       (guint32)row->start, kind);
	for (guint i = 0; boxes && i < boxes->len; i++) {
		LwBox box = g_array_index(boxes, LwBox, i);

		if (!mark)
			mark = lw_proposals_add_area(accepted->proposals, accepted->document,
						     accepted->sha256, box, kind, error);
		else if (box.page < accepted->document->page_count)
			g_array_append_val(mark->boxes, box);
		if (!mark)
			return NULL;
	}
	if (!mark)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "a mark covers no glyph of the page");
	return mark;
}

/* The day of an event; NULL when there is none. */
static const char *day_of(LakwerkDossier *dossier, LwPlan *plan, gint64 event)
{
	g_autofree char *day =
		event ? lw_store_text(dossier->inner.store,
				      "SELECT substr(time, 1, 10) FROM event WHERE id = ?", "i",
				      event)
		      : NULL;

	return keep(plan, day);
}

static gboolean bind(LakwerkDossier *dossier, LwAccepted *accepted, const LwMarkRow *row,
		     GError **error)
{
	LwSpan span = {(guint32)row->start, (guint32)row->length};
	LwKind kind = LW_KIND_PASSAGE;
	LwMark *mark;

	lw_kind_parse(row->kind, &kind);
	if ((gsize)span.start + span.length > accepted->document->length) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL,
				    "the state of the dossier is damaged; put a back-up in its "
				    "place");
		return FALSE;
	}
	mark = span.length ? lw_proposals_add_span(accepted->proposals, accepted->document,
						   accepted->sha256, span, kind, error)
			   : bind_area(accepted, row, kind, error);
	if (!mark)
		return FALSE;
	g_strlcpy(mark->id, row->id, sizeof(mark->id));
	mark->ground = keep(accepted->proposals, row->ground);
	mark->rule = keep(accepted->proposals, row->rule);
	mark->score = (float)row->score;
	mark->decider = keep(accepted->proposals, row->decider);
	mark->decided = day_of(dossier, accepted->proposals, row->decided);
	mark->action = LW_ACTION_REMOVE;
	mark->decision = LW_DECISION_ACCEPTED;
	mark->reason = LW_REASON_GIVEN;
	if (row->role)
		lw_role_parse(row->role, &mark->role);
	return TRUE;
}

static gboolean bind_all(LakwerkDossier *dossier, LwAccepted *accepted, GError **error)
{
	LwCall call = {.dossier = &dossier->inner};
	LwSelector selector = {g_string_new(NULL), g_ptr_array_new(), 1, FALSE};
	g_autoptr(LwCursor) rows = NULL;
	LwMarkRow row;

	accepted->proposals = lw_plan_new();
	g_string_printf(selector.where,
			"WHERE present = 1 AND decision = 'accepted' AND document = "
			"%" G_GINT64_FORMAT,
			accepted->number);
	rows = lw_marks_ask(&call, &selector, -1, 0);
	lw_selector_clear(&selector);
	while (lw_cursor_next(rows)) {
		lw_mark_row(rows, &row);
		if (!bind(dossier, accepted, &row, error))
			return FALSE;
	}
	lw_proposals_sort(accepted->proposals);
	return lw_store_check(dossier->inner.store, error);
}

static gboolean load(LakwerkDossier *dossier, LwAccepted *accepted, GError **error)
{
	g_autoptr(LwCursor) rows =
		lw_store_ask(dossier->inner.store,
			     "SELECT d.name, d.sha256, d.format, r.packed, r.size FROM document d "
			     "JOIN reading r ON "
			     "r.document = d.id WHERE d.id = ? AND d.state = 'read'",
			     "i", accepted->number);
	g_autoptr(GBytes) packed = NULL;

	if (lw_cursor_next(rows)) {
		accepted->name = g_strdup(lw_cursor_text(rows, 0));
		accepted->path = g_build_filename(dossier->folder, accepted->name, NULL);
		accepted->sha256 = g_strdup(lw_cursor_text(rows, 1));
		accepted->format = g_strdup(lw_cursor_text(rows, 2));
		packed = lw_cursor_bytes(rows, 3);
		accepted->document = lw_document_unpack(packed, (gsize)lw_cursor_integer(rows, 4));
	}
	if (!accepted->document) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "this document could not be read");
		return FALSE;
	}
	return bind_all(dossier, accepted, error);
}

LwAccepted *lw_accepted_new(LakwerkDossier *dossier, gint64 document, GError **error)
{
	g_autoptr(LwAccepted) accepted = g_new0(LwAccepted, 1);
	const LwPlanOptions options = {
		.policy = dossier->policy,
		.width = lw_policy_style(dossier->policy)->width,
	};
	gboolean done;

	accepted->number = document;
	g_rec_mutex_lock(&dossier->lock);
	done = load(dossier, accepted, error);
	g_rec_mutex_unlock(&dossier->lock);
	if (!done)
		return NULL;
	accepted->plan = lw_plan_decide(accepted->proposals, accepted->document, &options);
	return g_steal_pointer(&accepted);
}

int lw_accepted_open(LwAccepted *accepted, GError **error)
{
	const char *paths[] = {accepted->path, NULL};
	g_autofree char *sha256 = NULL;
	int fd;

	if (!accepted->inputs)
		accepted->inputs = lw_inputs_new(paths, error);
	if (!accepted->inputs)
		return -1;
	accepted->input = accepted->inputs->pdata[0];
	accepted->input->link_allowed = FALSE;
	fd = lw_input_open(accepted->input, error);
	if (fd < 0)
		return -1;
	sha256 = lw_output_digest(accepted->path);
	if (!g_strcmp0(sha256, accepted->sha256))
		return fd;
	close(fd);
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
			    "was changed since it was read; scan the dossier again");
	return -1;
}

void lw_task_await(LwTask *task)
{
	g_autoptr(GPtrArray) running = g_ptr_array_new();

	g_ptr_array_add(running, task);
	while (!lw_tasks_wait(running, 1000))
		;
}

/* ---- previews ---- */

typedef struct {
	gint64 document;
	char *digest; /* of the plan */
	GBytes *bytes;
} Preview;

static void preview_free(gpointer self)
{
	Preview *preview = self;

	g_bytes_unref(preview->bytes);
	g_free(preview->digest);
	g_free(preview);
}

static GBytes *preview_known(LakwerkDossier *dossier, gint64 document, const char *digest)
{
	GBytes *bytes = NULL;

	g_rec_mutex_lock(&dossier->lock);
	for (guint i = 0; dossier->previews && i < dossier->previews->len && !bytes; i++) {
		const Preview *preview = dossier->previews->pdata[i];

		if (preview->document == document && !strcmp(preview->digest, digest))
			bytes = g_bytes_ref(preview->bytes);
	}
	g_rec_mutex_unlock(&dossier->lock);
	return bytes;
}

static void preview_keep(LakwerkDossier *dossier, gint64 document, const char *digest,
			 GBytes *bytes)
{
	Preview *preview;

	if (g_bytes_get_size(bytes) > PREVIEW_BYTES)
		return;
	preview = g_new0(Preview, 1);
	*preview = (Preview){document, g_strdup(digest), g_bytes_ref(bytes)};
	g_rec_mutex_lock(&dossier->lock);
	if (!dossier->previews)
		dossier->previews = g_ptr_array_new_with_free_func(preview_free);
	if (dossier->previews->len >= PREVIEWS_MOST)
		g_ptr_array_remove_index(dossier->previews, 0);
	g_ptr_array_add(dossier->previews, preview);
	g_rec_mutex_unlock(&dossier->lock);
}

static GBytes *write_preview(LwAccepted *accepted, GVariant *plan, GError **error)
{
	int fd = lw_accepted_open(accepted, error);
	LwReceipt *receipt = NULL;
	GBytes *bytes = NULL;
	LwTask *task;

	if (fd < 0)
		return NULL;
	task = lw_task_write(fd, plan, error);
	close(fd);
	if (!task)
		return NULL;
	lw_task_await(task);
	bytes = lw_task_answer_write(task, &receipt, error);
	lw_receipt_free(receipt);
	lw_task_free(task);
	return bytes;
}

GBytes *lw_preview_bytes(LakwerkDossier *dossier, gint64 document, GError **error)
{
	g_autoptr(LwAccepted) accepted = lw_accepted_new(dossier, document, error);
	g_autoptr(GVariant) plan = accepted ? lw_plan_save(accepted->plan) : NULL;
	g_autofree char *digest = plan ? lw_plan_digest(plan) : NULL;
	GBytes *bytes = accepted ? preview_known(dossier, document, digest) : NULL;

	if (!accepted || bytes)
		return bytes;
	bytes = write_preview(accepted, plan, error);
	if (bytes)
		preview_keep(dossier, document, digest, bytes);
	return bytes;
}
