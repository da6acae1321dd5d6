/* paper.c - opens the module, once, when something is to be drawn. */
#include "engine/record/paper.h"

#include <dlfcn.h>

#include "engine/base/install.h"

static const LwPaper *open_module(void)
{
	g_autofree char *path = lw_install_paper();
	void *module = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;

	return module ? dlsym(module, LW_PAPER_SYMBOL) : NULL;
}

static const LwPaper *paper(GError **error)
{
	static const LwPaper *opened;
	static gsize once;

	if (g_once_init_enter(&once)) {
		opened = open_module();
		g_once_init_leave(&once, 1);
	}
	if (!opened)
		g_set_error_literal(
			error, LW_ERROR, LW_ERROR_FATAL,
			"the part of lakwerk that draws tables and accounts is missing");
	return opened;
}

GBytes *lw_account_pdf(const LwPublication *publication, LwLang lang, GError **error)
{
	const LwPaper *drawn = paper(error);

	return drawn ? drawn->account(publication, lang, error) : NULL;
}

GBytes *lw_table_xlsx(const LwTable *table, const LwTable *lookups, GError **error)
{
	const LwPaper *drawn = paper(error);

	return drawn ? drawn->book(table, lookups, error) : NULL;
}
