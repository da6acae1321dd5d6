/* cmapnamed.c - character maps by name: Identity is built in, the others are files of the system.
 *
 * Of a map that is not there, the name tells how long its codes are. A map from a file is parsed
 * once in a process and never changes after that. */
#include <string.h>

#include "engine/pdf/cmap_private.h"

#define COLLECTIONS "/usr/share/poppler/cMap"

static gboolean is_plain_name(const char *name)
{
	return *name && strlen(name) < 60 &&
	       !name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				  "0123456789-")];
}

static GMappedFile *find_file(const char *name)
{
	static const char *const collections[] = {"Adobe-Japan1", "Adobe-GB1", "Adobe-CNS1",
						  "Adobe-Korea1", "Adobe-KR",  "Adobe-Japan2"};

	for (gsize i = 0; is_plain_name(name) && i < G_N_ELEMENTS(collections); i++) {
		g_autofree char *path = g_build_filename(COLLECTIONS, collections[i], name, NULL);
		GMappedFile *file = g_mapped_file_new(path, FALSE, NULL);

		if (file)
			return file;
	}
	return NULL;
}

/* Lead bytes of two-byte codes; other bytes are codes by themselves. */
static void add_mixed_space(LwPdfCMap *cmap, const char *name)
{
	gboolean kanji = strstr(name, "RKSJ") != NULL;

	if (kanji) {
		lw_cmap_add_space(cmap, 1, 0x00, 0x80);
		lw_cmap_add_space(cmap, 1, 0xa0, 0xdf);
		lw_cmap_add_space(cmap, 2, 0x81, 0x9f);
		lw_cmap_add_space(cmap, 2, 0xe0, 0xff);
	} else {
		lw_cmap_add_space(cmap, 1, 0x00, 0x80);
		lw_cmap_add_space(cmap, 2, 0x81, 0xff);
	}
}

/* What the name of a map that we have not got tells. */
static void guess_by_name(LwPdfCMap *cmap, const char *name)
{
	static const char *const mixed[] = {"RKSJ", "EUC",   "GBK",   "B5",	"HKscs",
					    "UHC",  "Johab", "Roman", "Hankaku"};

	cmap->doubtful = TRUE;
	cmap->vertical = !strcmp(name, "V") || g_str_has_suffix(name, "-V");
	if (strstr(name, "UTF32")) {
		lw_cmap_add_space(cmap, 4, 0, 0);
	} else if (strstr(name, "UTF8")) {
		lw_cmap_add_space(cmap, 1, 0x00, 0x7f);
		lw_cmap_add_space(cmap, 2, 0xc0, 0xdf);
		lw_cmap_add_space(cmap, 3, 0xe0, 0xef);
		lw_cmap_add_space(cmap, 4, 0xf0, 0xf7);
	} else if (strstr(name, "UTF16")) {
		lw_cmap_add_space(cmap, 2, 0x00, 0xd7);
		lw_cmap_add_space(cmap, 2, 0xe0, 0xff);
		lw_cmap_add_space(cmap, 4, 0xd8, 0xdf);
	}
	for (gsize i = 0; cmap->spaces->len == 0 && i < G_N_ELEMENTS(mixed); i++)
		if (strstr(name, mixed[i]))
			add_mixed_space(cmap, name);
	if (cmap->spaces->len == 0)
		lw_cmap_add_space(cmap, 2, 0, 0xff);
}

static LwPdfCMap *make_named(const char *name, guint depth)
{
	LwPdfCMap *cmap = lw_cmap_new_empty();
	g_autoptr(GMappedFile) file = NULL;

	cmap->code_is_unicode = g_str_has_prefix(name, "Uni") && !strstr(name, "UTF8");
	if (!strcmp(name, "Identity-H") || !strcmp(name, "Identity-V")) {
		cmap->identity = TRUE;
		cmap->vertical = name[9] == 'V';
		lw_cmap_add_space(cmap, 2, 0, 0xff);
	} else if (depth < LW_CMAP_USES && (file = find_file(name))) {
		lw_cmap_parse(cmap, g_mapped_file_get_contents(file),
			      g_mapped_file_get_length(file), depth + 1);
	} else {
		guess_by_name(cmap, name);
		lw_cmap_seal(cmap);
		return cmap;
	}
	lw_cmap_seal(cmap);
	cmap->shared = TRUE;
	return cmap;
}

/* A predefined map is large and many fonts may name it: it is parsed once. */
LwPdfCMap *lw_cmap_load_named(const char *name, guint depth)
{
	static GRecMutex mutex; /* a map may use another */
	static GHashTable *shared;
	LwPdfCMap *cmap;

	g_rec_mutex_lock(&mutex);
	if (!shared)
		shared = g_hash_table_new(g_str_hash, g_str_equal);
	cmap = g_hash_table_lookup(shared, name);
	if (!cmap) {
		cmap = make_named(name, depth);
		if (cmap->shared)
			g_hash_table_insert(shared, g_strdup(name), cmap);
	}
	g_rec_mutex_unlock(&mutex);
	return cmap;
}

LwPdfCMap *lw_pdf_cmap_load_named(const char *name)
{
	return lw_cmap_load_named(name, 0);
}
