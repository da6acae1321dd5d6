/* stray.c - files in the folder of a log that the log does not tell of.
 *
 * A signature says nothing of them: whoever looks at the folder should know that they are there. */
#include "engine/record/record-data.h"

#include "engine/base/limits.h"

#include <sys/stat.h>

enum { DEPTH_MOST = 64 };

typedef struct {
	const char *folder;
	GHashTable *known;
	guint count;
} Search;

static void search(Search *all, const char *below, guint depth)
{
	g_autofree char *path = g_build_filename(all->folder, below, NULL);
	g_autoptr(GDir) entries = depth < DEPTH_MOST ? g_dir_open(path, 0, NULL) : NULL;
	const char *entry;

	while (entries && (entry = g_dir_read_name(entries)) && all->count < LW_LIMIT_ENTITIES) {
		g_autofree char *name =
			*below ? g_build_filename(below, entry, NULL) : g_strdup(entry);
		g_autofree char *whole = g_build_filename(all->folder, name, NULL);
		struct stat info;

		if (lstat(whole, &info))
			continue;
		if (S_ISDIR(info.st_mode))
			search(all, name, depth + 1);
		else
			all->count += !g_hash_table_contains(all->known, name);
	}
}

guint lw_record_strays(const char *folder, GHashTable *known)
{
	Search all = {folder, known, 0};

	search(&all, "", 0);
	return all.count;
}
