/* input.c - walks the inputs and opens them. */
#include "engine/input.h"

#include "engine/base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COPY_BYTES = 64 * 1024 };

static void input_free(gpointer self)
{
	LwInput *input = self;

	if (input->memory >= 0)
		close(input->memory);
	g_free(input->path);
	g_free(input->name);
	g_free(input);
}

static LwInput *input_add(GPtrArray *inputs, const char *path, const char *name)
{
	LwInput *input = g_new0(LwInput, 1);

	input->path = g_strdup(path);
	input->name = g_utf8_make_valid(name, -1);
	input->memory = -1;
	input->size = -1;
	g_ptr_array_add(inputs, input);
	return input;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder in byte order; NULL when it cannot be read. */
static GPtrArray *folder_names(const char *path)
{
	DIR *folder = opendir(path);
	GPtrArray *names;
	struct dirent *entry;

	if (!folder)
		return NULL;
	names = g_ptr_array_new_with_free_func(g_free);
	while ((entry = readdir(folder)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
		    strcmp(entry->d_name, ".lakwerk"))
			g_ptr_array_add(names, g_strdup(entry->d_name));
	closedir(folder);
	g_ptr_array_sort(names, compare_names);
	return names;
}

static void walk_folder(GPtrArray *inputs, const char *path, const char *prefix, guint depth);

static void walk_entry(GPtrArray *inputs, const char *path, const char *name, guint depth)
{
	struct stat status;

	if (lstat(path, &status))
		input_add(inputs, path, name)->fault = "cannot be read";
	else if (S_ISDIR(status.st_mode))
		walk_folder(inputs, path, name, depth + 1);
	else if (S_ISLNK(status.st_mode))
		input_add(inputs, path, name)->fault = "is a symbolic link and was not followed";
	else if (!S_ISREG(status.st_mode))
		input_add(inputs, path, name)->fault = "is not a regular file";
	else
		input_add(inputs, path, name);
}

static void walk_folder(GPtrArray *inputs, const char *path, const char *prefix, guint depth)
{
	g_autoptr(GPtrArray) names = depth > LW_LIMIT_NESTING ? NULL : folder_names(path);

	if (!names) {
		input_add(inputs, path, *prefix ? prefix : ".")->fault =
			depth > LW_LIMIT_NESTING ? "lies too deep"
						 : "is a folder that cannot be read";
		return;
	}
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *child = g_build_filename(path, names->pdata[i], NULL);
		g_autofree char *name = *prefix ? g_strconcat(prefix, "/", names->pdata[i], NULL)
						: g_strdup(names->pdata[i]);

		walk_entry(inputs, child, name, depth);
	}
}

/* Standard input in memory, never on disk; -1 when it is too long. */
static int stdin_copy(void)
{
	char buffer[COPY_BYTES];
	int fd = memfd_create("lakwerk-input", MFD_CLOEXEC);
	guint64 total = 0;
	ssize_t got;

	while (fd >= 0 && (got = read(STDIN_FILENO, buffer, COPY_BYTES)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		total += got > 0 ? (guint64)got : 0;
		if (got < 0 || total > LW_LIMIT_INPUT_BYTES ||
		    write(fd, buffer, (gsize)got) != got) {
			close(fd);
			fd = -1;
		}
	}
	explicit_bzero(buffer, COPY_BYTES);
	return fd;
}

static void add_stdin(GPtrArray *inputs)
{
	LwInput *input = input_add(inputs, "-", "document");

	input->memory = stdin_copy();
	if (input->memory < 0)
		input->fault = "cannot be read or is too large";
}

/* The last component, also of "a/b/" and "..". */
static char *base_name(const char *path)
{
	char *name = g_path_get_basename(path);

	if (!strcmp(name, ".") || !strcmp(name, "..") || strchr(name, '/')) {
		g_free(name);
		return g_strdup("document");
	}
	return name;
}

static gboolean add_path(GPtrArray *inputs, const char *path, GError **error)
{
	g_autofree char *name = base_name(path);
	struct stat status;
	guint before;

	if (!strcmp(path, "-")) {
		add_stdin(inputs);
		return TRUE;
	}
	if (stat(path, &status)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s': %s", path, g_strerror(errno));
		return FALSE;
	}
	if (!S_ISDIR(status.st_mode)) {
		input_add(inputs, path, name)->link_allowed = TRUE;
		return TRUE;
	}
	before = inputs->len;
	walk_folder(inputs, path, "", 0);
	if (inputs->len == before)
		input_add(inputs, path, name)->fault = "is a folder without files";
	return TRUE;
}

GPtrArray *lw_inputs_new(const char *const *paths, GError **error)
{
	g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(input_free);

	if (!paths || !paths[0]) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE, "no input given");
		return NULL;
	}
	for (guint i = 0; paths[i]; i++)
		if (!add_path(inputs, paths[i], error))
			return NULL;
	return g_steal_pointer(&inputs);
}

GPtrArray *lw_inputs_of_dossier(const char *folder, GError **error)
{
	g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(input_free);

	if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' is no folder", folder);
		return NULL;
	}
	walk_folder(inputs, folder, "", 0);
	return g_steal_pointer(&inputs);
}

/* The folder itself or one that it lies in; yours, NULL when none is a dossier. */
static char *dossier_above(const char *path)
{
	g_autofree char *at = g_canonicalize_filename(path, NULL);

	for (;;) {
		g_autofree char *state = g_build_filename(at, ".lakwerk", "dossier.db", NULL);
		char *parent = g_path_get_dirname(at);

		if (g_file_test(state, G_FILE_TEST_EXISTS)) {
			g_free(parent);
			return g_steal_pointer(&at);
		}
		if (!strcmp(parent, at)) {
			g_free(parent);
			return NULL;
		}
		g_free(at);
		at = parent;
	}
}

gboolean lw_inputs_check_dossier(const char *const *paths, GError **error)
{
	for (guint i = 0; paths && paths[i]; i++) {
		g_autofree char *dossier = strcmp(paths[i], "-") ? dossier_above(paths[i]) : NULL;

		if (!dossier)
			continue;
		g_set_error(error, LW_ERROR, LW_ERROR_REVIEW,
			    "'%s' is a dossier with decisions of its own: use lakwerk publish",
			    paths[i]);
		return FALSE;
	}
	return TRUE;
}

gboolean lw_inputs_is_single(const char *const *paths)
{
	return paths && paths[0] && !paths[1] && !g_file_test(paths[0], G_FILE_TEST_IS_DIR);
}

/* The real path of something that may not exist yet; NULL when nothing of it does. */
static char *real_path(const char *path)
{
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	g_autofree char *parent = NULL, *name = NULL, *real = NULL;
	char *found = realpath(absolute, NULL);
	char *copy;

	if (found) {
		copy = g_strdup(found);
		free(found);
		return copy;
	}
	parent = g_path_get_dirname(absolute);
	name = g_path_get_basename(absolute);
	if (!strcmp(parent, absolute))
		return NULL;
	real = real_path(parent);
	return real ? g_build_filename(real, name, NULL) : NULL;
}

static gboolean is_inside(const char *path, const char *folder)
{
	gsize length = strlen(folder);

	return !strncmp(path, folder, length) &&
	       (!path[length] || path[length] == '/' || folder[length - 1] == '/');
}

gboolean lw_inputs_check_output(const char *const *paths, const char *out, GError **error)
{
	g_autofree char *target = real_path(out);

	if (!target) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s': no such place", out);
		return FALSE;
	}
	for (guint i = 0; paths[i]; i++) {
		g_autofree char *source = strcmp(paths[i], "-") ? real_path(paths[i]) : NULL;

		if (!source || !is_inside(target, source))
			continue;
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
			    strcmp(target, source) ? "'%s': the output lies inside the input"
						   : "'%s': the output is the input itself",
			    out);
		return FALSE;
	}
	return TRUE;
}

static gboolean refuse(GError **error, const char *message)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, message);
	return FALSE;
}

static gboolean check_file(LwInput *input, const struct stat *status, GError **error)
{
	if (!S_ISREG(status->st_mode))
		return refuse(error, "is not a regular file");
	if ((guint64)status->st_size > LW_LIMIT_INPUT_BYTES)
		return refuse(error, "is too large");
	if (input->size >= 0 &&
	    (input->device != status->st_dev || input->inode != status->st_ino ||
	     input->size != status->st_size || input->changed.tv_sec != status->st_mtim.tv_sec ||
	     input->changed.tv_nsec != status->st_mtim.tv_nsec))
		return refuse(error, "was changed while it was being worked on");
	input->device = status->st_dev;
	input->inode = status->st_ino;
	input->size = status->st_size;
	input->changed = status->st_mtim;
	return TRUE;
}

int lw_input_open(LwInput *input, GError **error)
{
	int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	struct stat status;
	int fd;

	if (input->fault) {
		refuse(error, input->fault);
		return -1;
	}
	if (input->memory >= 0)
		fd = fcntl(input->memory, F_DUPFD_CLOEXEC, 0);
	else
		fd = open(input->path, flags | (input->link_allowed ? 0 : O_NOFOLLOW));
	if (fd < 0) {
		refuse(error, g_strerror(errno));
		return -1;
	}
	if (fstat(fd, &status) ? !refuse(error, "cannot be read")
			       : !check_file(input, &status, error)) {
		close(fd);
		return -1;
	}
	return fd;
}

gboolean lw_input_is_file(const LwInput *input, const char *path)
{
	struct stat status;

	return input->memory < 0 && input->size >= 0 && !stat(path, &status) &&
	       status.st_dev == input->device && status.st_ino == input->inode;
}
