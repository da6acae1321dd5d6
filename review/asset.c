/* asset.c - the files of the page, which are inside the program. */
#include "review/server.h"

#include <gio/gio.h>
#include <string.h>

static const struct {
	const char *suffix, *type;
} types[] = {
	{".html", "text/html; charset=utf-8"},
	{".js", "text/javascript; charset=utf-8"},
	{".css", "text/css; charset=utf-8"},
	{".json", "application/json"},
	{".svg", "image/svg+xml"},
};

GBytes *asset_load(const char *path, const char **type)
{
	g_autofree char *name = NULL;

	*type = NULL;
	for (const char *c = path; *c; c++)
		if (!g_ascii_isalnum(*c) && !strchr("/-.", *c))
			return NULL;
	for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
		if (g_str_has_suffix(path, types[i].suffix))
			*type = types[i].type;
	if (!*type || strstr(path, ".."))
		return NULL;
	name = g_strconcat("/lakwerk/page", path, NULL);
	return g_resources_lookup_data(name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}
