/* output.c - temporary file, sync, rename; and the names in the output. */
#include "engine/output.h"

#include "engine/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 16, HASH_BYTES = 256 * 1024 };

static const char *const logs[] = {"redaction-log.jsonl", "redaction-log.csv",
				   "inventarislijst.csv"};

static gboolean fail(GError **error, const char *path)
{
	g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE, "cannot write '%s': %s", path,
		    g_strerror(errno));
	return FALSE;
}

/* A new file beside the target; the descriptor, or -1. */
static int temporary_open(const char *folder, char **path)
{
	int fd = -1;

	for (int i = 0; i < TRIES && fd < 0; i++) {
		guint64 number = 0;

		if (getrandom(&number, sizeof(number), 0) < 0)
			return -1;
		g_free(*path);
		*path = g_strdup_printf("%s/.lakwerk-%016" G_GINT64_MODIFIER "x.tmp", folder,
					number);
		fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
		if (fd < 0 && errno != EEXIST)
			return -1;
	}
	return fd;
}

/* Without LW_OUTPUT_REPLACE the target must not be there; link() says so where rename can't. */
static gboolean place(const char *temporary, const char *path, LwOutputMode mode)
{
	if (mode == LW_OUTPUT_REPLACE)
		return !rename(temporary, path);
	if (!renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE))
		return TRUE;
	if (errno != EINVAL && errno != ENOSYS)
		return FALSE;
	return !link(temporary, path) && !unlink(temporary);
}

/* The name is safe on disk only when its folder is; a file system that can't do it is no error. */
static void folder_sync(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

gboolean lw_output_write(const char *path, const void *bytes, gsize length, LwOutputMode mode,
			 GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *temporary = NULL;
	gboolean done;
	int fd, saved;

	if (g_mkdir_with_parents(folder, 0777))
		return fail(error, path);
	fd = temporary_open(folder, &temporary);
	if (fd < 0)
		return fail(error, path);
	done = lw_file_write(fd, bytes, length) && !fsync(fd);
	saved = errno;
	done = !close(fd) && done;
	if (done && place(temporary, path, mode)) {
		folder_sync(folder);
		return TRUE;
	}
	saved = done ? errno : saved;
	unlink(temporary);
	errno = saved;
	return fail(error, path);
}

char *lw_output_digest(const char *path)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree guchar *buffer = g_malloc(HASH_BYTES);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
	struct stat status;
	ssize_t got = -1;

	if (fd >= 0 && !fstat(fd, &status) && S_ISREG(status.st_mode))
		while ((got = read(fd, buffer, HASH_BYTES)) > 0)
			g_checksum_update(checksum, buffer, got);
	if (fd >= 0)
		close(fd);
	explicit_bzero(buffer, HASH_BYTES);
	return got == 0 ? g_strdup(g_checksum_get_string(checksum)) : NULL;
}

/* In a name, anything that is no letter or digit separates words. */
gboolean lw_output_is_telling(const LwSecrets *secrets, const char *component)
{
	g_autofree char *words = g_strdup(component);

	for (char *at = words; *at; at++)
		if (g_ascii_ispunct(*at))
			*at = ' ';
	return lw_secrets_in_text(secrets, component, strlen(component)) >= 0 ||
	       lw_secrets_in_text(secrets, words, strlen(words)) >= 0;
}

/* ".pdf" of a file's name: at most five letters and digits; "" when there is none. */
static const char *suffix_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	if (!dot || dot == name || strlen(dot) > 6)
		return "";
	for (const char *at = dot + 1; *at; at++)
		if (!g_ascii_isalnum(*at))
			return "";
	return dot;
}

/* The same folder gets the same new name in every path: that of the first document in it. */
static char *name_clean(const char *name, guint number, const LwSecrets *secrets,
			GHashTable *folders)
{
	g_auto(GStrv) parts = g_strsplit(name, "/", -1);
	g_autofree char *neutral = g_strdup_printf("document-%04u", number);
	GString *before = g_string_new(NULL);

	for (guint i = 0; parts[i]; i++) {
		const char *suffix = parts[i + 1] ? "" : suffix_of(parts[i]);
		char *replacement;

		g_string_append_printf(before, "/%s", parts[i]);
		if (!lw_output_is_telling(secrets, parts[i]))
			continue;
		replacement = parts[i + 1] ? g_hash_table_lookup(folders, before->str) : NULL;
		if (lw_output_is_telling(secrets, suffix))
			suffix = "";
		replacement =
			replacement ? g_strdup(replacement) : g_strconcat(neutral, suffix, NULL);
		if (parts[i + 1])
			g_hash_table_insert(folders, g_strdup(before->str), g_strdup(replacement));
		g_free(parts[i]);
		parts[i] = replacement;
	}
	g_string_free(before, TRUE);
	return g_strjoinv("/", parts);
}

/* "a/b.pdf" when that is taken: "a/b-2.pdf". Case is ignored, as some file systems do. */
static char *name_distinct(char *name, GHashTable *taken)
{
	const char *slash = strrchr(name, '/'), *suffix = suffix_of(slash ? slash + 1 : name);
	g_autofree char *stem = g_strndup(name, strlen(name) - strlen(suffix));
	char *key = g_utf8_casefold(name, -1), *distinct = g_strdup(name);

	for (guint i = 2; g_hash_table_contains(taken, key); i++) {
		g_free(key);
		g_free(distinct);
		distinct = g_strdup_printf("%s-%u%s", stem, i, suffix);
		key = g_utf8_casefold(distinct, -1);
	}
	g_hash_table_add(taken, key);
	g_free(name);
	return distinct;
}

GPtrArray *lw_output_names(const GPtrArray *names, const GPtrArray *secrets, LwRenaming *renamed)
{
	g_autoptr(LwSecrets) searched = lw_secrets_new(secrets);
	g_autoptr(GHashTable) folders =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GPtrArray *clean = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < G_N_ELEMENTS(logs); i++)
		g_hash_table_add(taken, g_strdup(logs[i]));
	for (guint i = 0; i < names->len; i++) {
		char *name = names->pdata[i] ? name_clean(names->pdata[i], i + 1, searched, folders)
					     : NULL;
		gboolean telling = name && strcmp(name, names->pdata[i]);

		name = name ? name_distinct(name, taken) : NULL;
		renamed[i] = telling				     ? LW_RENAMED_SECRET
			     : name && strcmp(name, names->pdata[i]) ? LW_RENAMED_TAKEN
								     : LW_RENAMED_NOT;
		g_ptr_array_add(clean, name);
	}
	return clean;
}
