/* recognise.c - one run of tesseract over one picture, bounded in time and memory. */
#include "engine/recognise.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/resource.h>

enum { CPU_SECONDS = 60 };

#define MEMORY ((rlim_t)2 << 30)

char *lw_recognise_program(void)
{
	return g_find_program_in_path("tesseract");
}

static void bound(gpointer self)
{
	const struct rlimit cpu = {CPU_SECONDS, CPU_SECONDS}, memory = {MEMORY, MEMORY};
	(void)self;
	(void)setrlimit(RLIMIT_CPU, &cpu);
	(void)setrlimit(RLIMIT_AS, &memory);
}

/* The simplest format that it reads: nothing of the document but samples. Yours. */
static GBytes *samples(const LwPicture *picture)
{
	GByteArray *file = g_byte_array_new();
	gsize length;
	const guint8 *pixels = g_bytes_get_data(picture->pixels, &length);
	g_autofree char *head =
		g_strdup_printf("P%c\n%u %u\n255\n", picture->channels == 1 ? '5' : '6',
				picture->width, picture->height);
	g_byte_array_append(file, (const guint8 *)head, (guint)strlen(head));
	g_byte_array_append(file, pixels, (guint)length);
	return g_byte_array_free_to_bytes(file);
}

static char *run(const char *program, const char *languages, GBytes *picture)
{
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
		G_SUBPROCESS_FLAGS_STDERR_SILENCE);
	g_autoptr(GSubprocess) process = NULL;
	g_autoptr(GBytes) text = NULL;
	gsize length;
	const char *bytes;
	g_subprocess_launcher_set_child_setup(launcher, bound, NULL, NULL);
	g_subprocess_launcher_setenv(launcher, "OMP_THREAD_LIMIT", "1", TRUE);
	process = g_subprocess_launcher_spawn(launcher, NULL, program, "stdin", "stdout", "-l",
					      languages, "--dpi", "200", NULL);
	if (!process || !g_subprocess_communicate(process, picture, NULL, &text, NULL, NULL) ||
	    !g_subprocess_get_successful(process))
		return NULL;
	bytes = g_bytes_get_data(text, &length);
	return g_utf8_make_valid(bytes ? bytes : "", (gssize)length);
}

/* Languages are packages of their own. */
char *lw_recognise(const char *program, const LwPicture *picture)
{
	static const char *const languages[] = {"nld+eng", "nld", "eng"};
	g_autoptr(GBytes) file = samples(picture);
	char *text = NULL;
	for (guint i = 0; i < G_N_ELEMENTS(languages) && !text; i++)
		text = run(program, languages[i], file);
	return text;
}
