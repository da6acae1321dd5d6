/* file.c - a file that is not there until it is whole: temporary name, sync, rename. */
#include "engine/base/file.h"
#include "engine/record/record-data.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FLUSH_BYTES (64 * 1024)

static gboolean fail(const RecordFile *file, GError **error)
{
	int code = errno;
	g_autofree char *name = g_filename_display_name(file->path);
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "'%s': %s", name, g_strerror(code));
	return FALSE;
}

gboolean lw_record_file_open(RecordFile *file, const char *folder, const char *name, GError **error)
{
	guint8 random[8];
	g_autoptr(GString) hidden = g_string_new(".");
	lw_digest_random(random, sizeof(random));
	g_string_append(hidden, name);
	g_string_append_c(hidden, '.');
	for (guint i = 0; i < sizeof(random); i++)
		g_string_append_printf(hidden, "%02x", random[i]);
	file->path = g_build_filename(folder, name, NULL);
	file->temporary = g_build_filename(folder, hidden->str, NULL);
	file->pending = g_string_new(NULL);
	file->fd =
		g_open(file->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	return file->fd >= 0 || fail(file, error);
}

static gboolean write_pending(RecordFile *file, GError **error)
{
	if (!lw_file_write(file->fd, file->pending->str, file->pending->len))
		return fail(file, error);
	g_string_truncate(file->pending, 0);
	return TRUE;
}

gboolean lw_record_file_flush(RecordFile *file, GError **error)
{
	return file->pending->len < FLUSH_BYTES || write_pending(file, error);
}

gboolean lw_record_file_finish(RecordFile *file, GError **error)
{
	if (!write_pending(file, error))
		return FALSE;
	if (fsync(file->fd) != 0)
		return fail(file, error);
	int closed = close(file->fd);
	file->fd = -1;
	return closed == 0 || fail(file, error);
}

static gboolean sync_folder(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd = g_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	int failed = fd < 0 || fsync(fd) != 0;
	if (fd >= 0)
		close(fd);
	return !failed || errno == EINVAL; /* some file systems cannot sync a folder */
}

gboolean lw_record_file_publish(RecordFile *file, GError **error)
{
	if (g_rename(file->temporary, file->path) != 0)
		return fail(file, error);
	g_clear_pointer(&file->temporary, g_free);
	return sync_folder(file->path) || fail(file, error);
}

void lw_record_file_clear(RecordFile *file)
{
	if (!file->path)
		return;
	if (file->fd >= 0)
		close(file->fd);
	if (file->temporary)
		g_unlink(file->temporary);
	g_free(file->temporary);
	g_free(file->path);
	g_string_free(file->pending, TRUE);
	*file = (RecordFile){.fd = -1};
}
