/* dossier-picture.c - pages as pictures, and the text of a document as it would be published. */
#include "engine/dossier-session.h"

#include "engine/base/png.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LEAST_RESOLUTION 18
#define MOST_RESOLUTION	 300

/* What was made is handed to a worker as a file in memory. */
static int bytes_file(GBytes *bytes, GError **error)
{
	gsize length, done = 0;
	const char *data = g_bytes_get_data(bytes, &length);
	int fd = memfd_create("lakwerk-preview", MFD_CLOEXEC);

	while (fd >= 0 && done < length) {
		ssize_t wrote = write(fd, data + done, length - done);

		if (wrote <= 0) {
			close(fd);
			fd = -1;
			break;
		}
		done += (gsize)wrote;
	}
	if (fd < 0)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL,
				    "cannot pass a request to a worker");
	return fd;
}

static int original_file(LakwerkDossier *dossier, gint64 document, GError **error)
{
	g_autoptr(LwAccepted) original = g_new0(LwAccepted, 1);
	g_autoptr(LwCursor) rows = NULL;

	g_rec_mutex_lock(&dossier->lock);
	rows = lw_store_ask(dossier->inner.store,
			    "SELECT name, sha256 FROM document WHERE id = ? AND state = 'read'",
			    "i", document);
	if (lw_cursor_next(rows)) {
		original->path = g_build_filename(dossier->folder, lw_cursor_text(rows, 0), NULL);
		original->sha256 = g_strdup(lw_cursor_text(rows, 1));
	}
	g_clear_pointer(&rows, lw_cursor_free);
	g_rec_mutex_unlock(&dossier->lock);
	if (original->path)
		return lw_accepted_open(original, error);
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
			    "this document could not be read");
	return -1;
}

static int picture_file(LakwerkDossier *dossier, gint64 document, LakwerkPicture which,
			GError **error)
{
	g_autoptr(GBytes) bytes = NULL;

	if (which == LAKWERK_PICTURE_ORIGINAL)
		return original_file(dossier, document, error);
	bytes = lw_preview_bytes(dossier, document, error);
	return bytes ? bytes_file(bytes, error) : -1;
}

static GBytes *picture_png(int fd, guint page, double resolution, GError **error)
{
	LwPicture picture = {0};
	LwTask *task = lw_task_picture(fd, page, resolution, error);
	GBytes *png = NULL;

	if (!task)
		return NULL;
	lw_task_await(task);
	if (lw_task_answer_picture(task, &picture, error)) {
		png = lw_png_new(g_bytes_get_data(picture.pixels, NULL), picture.width,
				 picture.height, picture.channels);
		lw_picture_clear(&picture);
		if (!png)
			g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL, "not enough memory");
	}
	lw_task_free(task);
	return png;
}

static LwReply check_page(LakwerkDossier *dossier, unsigned document, unsigned page)
{
	gint64 pages;

	g_rec_mutex_lock(&dossier->lock);
	pages = lw_store_number(dossier->inner.store, -1,
				"SELECT pages FROM document WHERE id = ? AND state = 'read'", "i",
				(gint64)document);
	g_rec_mutex_unlock(&dossier->lock);
	return page && page <= pages ? LW_REPLY_DONE : LW_REPLY_UNKNOWN;
}

LakwerkReply lakwerk_dossier_picture(LakwerkDossier *dossier, unsigned document, unsigned page,
				     double resolution, LakwerkPicture which,
				     LakwerkWriteFunc write, void *self)
{
	LwCall call = {.dossier = &dossier->inner,
		       .lang = dossier->lakwerk->options.lang,
		       .answer = lw_json_object_new()};
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) png = NULL;
	int fd = -1;

	if (check_page(dossier, document, page) != LW_REPLY_DONE) {
		lw_call_refuse(&call, LW_REPLY_UNKNOWN, "there is no such page");
		return lw_dossier_reply(&call, write, self);
	}
	resolution = CLAMP(resolution, LEAST_RESOLUTION, MOST_RESOLUTION);
	fd = picture_file(dossier, document, which, &error);
	if (fd >= 0) {
		png = picture_png(fd, page - 1, resolution, &error);
		close(fd);
	}
	if (!png) {
		lw_call_refuse(&call, LW_REPLY_FAILED, error->message);
		return lw_dossier_reply(&call, write, self);
	}
	write(self, g_bytes_get_data(png, NULL), g_bytes_get_size(png));
	lw_call_clear(&call);
	return LAKWERK_REPLY_DONE;
}

/* ---- text ---- */

static LwDocument *read_bytes(GBytes *bytes, GError **error)
{
	const LwReadOptions options = {0};
	LwReadAnswer answer = {0};
	int fd = bytes_file(bytes, error);
	LwTask *task;

	if (fd < 0)
		return NULL;
	task = lw_task_read(fd, &options, error);
	close(fd);
	if (!task)
		return NULL;
	lw_task_await(task);
	if (lw_task_answer_read(task, &answer, error)) {
		lw_entities_free(answer.entities);
		g_free(answer.sha256);
	}
	lw_task_free(task);
	return answer.document;
}

gboolean lw_preview_answer(LakwerkDossier *dossier, LwCall *call)
{
	static const char *const keys[] = {"document", NULL};
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = NULL;
	LwDocument *read = NULL;
	gint64 document = 0;
	gboolean fine;

	g_rec_mutex_lock(&dossier->lock);
	fine = lw_call_keys(call, keys) && lw_call_document(call, LW_REQUIRED, &document);
	g_rec_mutex_unlock(&dossier->lock);
	if (!fine)
		return FALSE;
	bytes = lw_preview_bytes(dossier, document, &error);
	read = bytes ? read_bytes(bytes, &error) : NULL;
	if (!read)
		return lw_call_refuse(call, LW_REPLY_FAILED, error->message);
	lw_json_set_integer(call->answer, "document", document);
	lw_json_set_string(call->answer, "text", read->text);
	lw_document_free(read);
	return TRUE;
}
