/* recognise.c - pages as whoever reads them sees them: one run of tesseract over one picture,
 * bounded in time and memory. */
#include "engine/recognise.h"

#include "engine/model/secret.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/resource.h>

enum { CPU_SECONDS = 60 };

#define MEMORY	      ((rlim_t)2 << 30)
#define RECOGNISED_AT 200.0f /* pixels per inch */
#define ROWS_AROUND   18.0f  /* points above and below a mark that are read with it */

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
static char *read_picture(const char *program, const LwPicture *picture)
{
	static const char *const languages[] = {"nld+eng", "nld", "eng"};
	g_autoptr(GBytes) file = samples(picture);
	char *text = NULL;
	for (guint i = 0; i < G_N_ELEMENTS(languages) && !text; i++)
		text = run(program, languages[i], file);
	return text;
}

/* --- what a page shows to whoever reads it --- */

/* Removed strings that no text of the file has any more; yours. */
static LwSecrets *gone_strings(const LwPlan *plan, const char *text)
{
	g_autoptr(GPtrArray) gone = g_ptr_array_new();

	for (guint i = 0; i < plan->secrets->len; i++) {
		g_autoptr(GPtrArray) one = g_ptr_array_new();
		g_autoptr(LwSecrets) secret = NULL;

		g_ptr_array_add(one, plan->secrets->pdata[i]);
		secret = lw_secrets_new(one);
		if (lw_secrets_in_text(secret, text, strlen(text)) < 0)
			g_ptr_array_add(gone, plan->secrets->pdata[i]);
	}
	return lw_secrets_new(gone);
}

/* The page as a picture; FALSE with error. */
static gboolean draw_page(const LwRunOptions *options, int file, guint page, LwPicture *picture,
			  GError **error)
{
	LwTask *task =
		lw_run_wait(options, lw_task_picture(file, page, RECOGNISED_AT, error), error);
	gboolean done = task && lw_task_answer_picture(task, picture, error);

	lw_task_free(task);
	return done;
}

/* The lines of a page from which something was removed; empty when there are none. */
static LwRect lines_of(const LwPlan *plan, guint page)
{
	LwRect lines = {0};

	for (guint m = 0; m < plan->marks->len; m++) {
		const GArray *boxes = ((const LwMark *)plan->marks->pdata[m])->boxes;

		for (guint i = 0; i < boxes->len; i++) {
			const LwBox *box = &g_array_index(boxes, LwBox, i);

			if (box->page == page)
				lines = lw_rect_is_empty(lines) ? box->rect
								: lw_rect_union(lines, box->rect);
		}
	}
	return lines;
}

/* Only these rows of a picture. */
static void crop_rows(LwPicture *picture, LwRect lines)
{
	const float scale = RECOGNISED_AT / 72;
	const guint32 first = (guint32)MAX(0, (lines.y0 - ROWS_AROUND) * scale);
	const guint32 last = (guint32)MAX(0, (lines.y1 + ROWS_AROUND) * scale);
	const gsize row = (gsize)picture->width * picture->channels;
	GBytes *part;

	if (first >= picture->height || last <= first)
		return;
	picture->height = MIN(last, picture->height) - first;
	part = g_bytes_new_from_bytes(picture->pixels, first * row, picture->height * row);
	g_bytes_unref(picture->pixels);
	picture->pixels = part;
}

static guint last_page(const LwPlan *plan)
{
	guint last = 0;

	for (guint m = 0; m < plan->marks->len; m++) {
		const GArray *boxes = ((const LwMark *)plan->marks->pdata[m])->boxes;

		for (guint i = 0; i < boxes->len; i++)
			last = MAX(last, g_array_index(boxes, LwBox, i).page);
	}
	return last;
}

static LwFinding recognition(guint page, const char *code, LwWeight weight)
{
	const char *message;

	if (weight == LW_WEIGHT_LEAK)
		message = "something that was removed can be read in the picture of a page";
	else
		message = "a page could not be read as a picture";
	return (LwFinding){"pixel", code, message, (gint32)page, -1, weight};
}

static gboolean recognise_page(const LwRunOptions *options, const char *program, int file,
			       guint page, LwRect lines, const LwSecrets *gone, GArray *findings,
			       GError **error)
{
	LwPicture picture = {0};
	LwFinding finding = {0};
	g_autofree char *text = NULL;

	if (!draw_page(options, file, page, &picture, error))
		return FALSE;
	crop_rows(&picture, lines);
	text = read_picture(program, &picture);
	lw_picture_clear(&picture);
	if (!text)
		finding = recognition(page, "not-recognised", LW_WEIGHT_TRACE);
	else if (lw_secrets_in_text(gone, text, strlen(text)) >= 0)
		finding = recognition(page, "recognised-text", LW_WEIGHT_LEAK);
	if (finding.code)
		g_array_append_val(findings, finding);
	return TRUE;
}

gboolean lw_recognise_removed(const LwRunOptions *options, int file, const LwPlan *plan,
			      const char *text, GArray *findings, GError **error)
{
	g_autofree char *program = lw_recognise_program();
	g_autoptr(LwSecrets) gone = gone_strings(plan, text);

	if (!program || lw_secrets_is_empty(gone) || lw_findings_leak(findings))
		return TRUE;
	for (guint page = 0; page <= last_page(plan); page++) {
		LwRect lines = lines_of(plan, page);

		if (!lw_rect_is_empty(lines) &&
		    !recognise_page(options, program, file, page, lines, gone, findings, error))
			return FALSE;
	}
	return TRUE;
}
