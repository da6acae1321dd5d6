/* install.c - finds the worker and the dictionaries: environment, build tree, beside the program,
 * compiled-in folders. */
#include "engine/base/install.h"

#include <stdlib.h>
#include <unistd.h>

#ifndef LW_LIBEXECDIR
#define LW_LIBEXECDIR "/usr/libexec"
#endif
#ifndef LW_DATADIR
#define LW_DATADIR "/usr/share"
#endif

typedef struct {
	const char *variable;  /* NULL: what is loaded is not for others to name */
	const char *beside[2]; /* from the folder of the running program */
	const char *compiled;
	GFileTest test;
} Part;

static const Part worker = {
	"LAKWERK_WORKER",
	{"../engine/lakwerk-worker", "../libexec/lakwerk-worker"},
	LW_LIBEXECDIR "/lakwerk-worker",
	G_FILE_TEST_IS_EXECUTABLE,
};

static const Part paper = {
	NULL,
	{"../engine/lakwerk-paper.so", "../libexec/lakwerk-paper.so"},
	LW_LIBEXECDIR "/lakwerk-paper.so",
	G_FILE_TEST_IS_REGULAR,
};

static const Part review = {
	NULL,
	{"../review/lakwerk-review.so", "../libexec/lakwerk-review.so"},
	LW_LIBEXECDIR "/lakwerk-review.so",
	G_FILE_TEST_IS_REGULAR,
};

static const Part lexicon = {
	"LAKWERK_LEXICON",
	{"../dictionaries/lexicon.bin", "../share/lakwerk/lexicon.bin"},
	LW_DATADIR "/lakwerk/lexicon.bin",
	G_FILE_TEST_IS_REGULAR,
};

/* Measured when lakwerk was built: in a build tree it lies with the program. */
static const Part figures = {
	"LAKWERK_FIGURES",
	{"figures.json", "../share/lakwerk/figures.json"},
	LW_DATADIR "/lakwerk/figures.json",
	G_FILE_TEST_IS_REGULAR,
};

static char *find(const Part *part)
{
	const char *named = part->variable ? secure_getenv(part->variable) : NULL;
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = program ? g_path_get_dirname(program) : NULL;

	if (named && *named)
		return g_file_test(named, part->test) ? g_strdup(named) : NULL;
	for (guint i = 0; folder && i < G_N_ELEMENTS(part->beside); i++) {
		g_autofree char *path = g_build_filename(folder, part->beside[i], NULL);

		if (g_file_test(path, part->test))
			return g_steal_pointer(&path);
	}
	return g_file_test(part->compiled, part->test) ? g_strdup(part->compiled) : NULL;
}

char *lw_install_worker(void)
{
	return find(&worker);
}

char *lw_install_paper(void)
{
	return find(&paper);
}

char *lw_install_review(void)
{
	return find(&review);
}

char *lw_install_lexicon(void)
{
	return find(&lexicon);
}

static char *beside_lexicon(const char *name)
{
	g_autofree char *words = lw_install_lexicon();
	g_autofree char *folder = words ? g_path_get_dirname(words) : NULL;
	g_autofree char *path = folder ? g_build_filename(folder, name, NULL) : NULL;

	return path && g_file_test(path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer(&path) : NULL;
}

char *lw_install_model(void)
{
	return beside_lexicon("tagger.bin");
}

char *lw_install_calibration(void)
{
	return beside_lexicon("calibration.bin");
}

char *lw_install_figures(void)
{
	return find(&figures);
}
