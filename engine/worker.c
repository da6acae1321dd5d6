/* worker.c - the parent's side of a worker: starts it, feeds it, times it, takes its answer, ends
 * it.
 *
 * The request lies in a sealed memory file, so the parent never waits for a worker to read; the
 * answer comes over a pipe. Every byte that comes back is hostile. Buffers are wiped when they go.
 */
#include "engine/worker.h"

#include "engine/base/limits.h"
#include "engine/frame.h"
#include "engine/base/install.h"
#include "engine/nursery.h"
#include "engine/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	FIRST_FREE_FD = 10, /* above all that a worker gets */
	PIPE_BYTES = 1024 * 1024,
	FIRST_BUFFER = 64 * 1024 * 1024, /* of addresses: memory comes with the bytes */
	WALL_FACTOR = 4,		 /* of CPU time: other work on the machine */
	GRACE_STEPS = 400, /* of 5 ms, between the end of the answer and the end of the worker */
	CHANNEL_LENGTH = 80,
};

struct LwTask {
	LwTaskType type;
	pid_t pid; /* 0: reaped */
	int pipe;  /* -1: closed */
	gint64 deadline;
	guint8 header[LW_FRAME_HEADER];
	gsize have; /* bytes of header and body */
	gsize length;
	guint8 *buffer;
	gsize capacity;
	gboolean done, broke;
	GVariant *answer;  /* LW_ANSWER_TYPE */
	const char *fault; /* static: why there is no answer */
	int signal;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwTask, lw_task_free)

/* A copy above the worker's own numbers, closed in every other child. */
static int lift(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FREE_FD);
}

static int request_file(GVariant *request, GError **error)
{
	int low = memfd_create("lakwerk-request", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	int fd = low < 0 ? -1 : lift(low);

	if (low >= 0)
		close(low);
	if (fd >= 0 && lw_frame_write(fd, request) &&
	    !fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL))
		return fd;
	if (fd < 0)
		g_variant_unref(g_variant_ref_sink(request));
	else
		close(fd);
	g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL, "cannot pass a request to a worker");
	return -1;
}

/* A pipe whose two ends stand above the worker's numbers. */
static gboolean answer_pipe(int ends[2])
{
	int low[2];

	if (pipe2(low, O_CLOEXEC))
		return FALSE;
	ends[0] = lift(low[0]);
	ends[1] = lift(low[1]);
	close(low[0]);
	close(low[1]);
	if (ends[0] >= 0 && ends[1] >= 0 && !fcntl(ends[0], F_SETFL, O_NONBLOCK)) {
		(void)fcntl(ends[0], F_SETPIPE_SZ, PIPE_BYTES); /* larger is only faster */
		return TRUE;
	}
	for (int i = 0; i < 2; i++)
		if (ends[i] >= 0)
			close(ends[i]);
	return FALSE;
}

static LwTask *task_start(LwTaskType type, int input, int request, GError **error)
{
	g_autofree char *program = lw_install_worker();
	g_autoptr(LwTask) task = g_new0(LwTask, 1);
	int ends[2], file;

	task->type = type;
	task->pipe = -1;
	if (!program) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_MISSING,
				    "the program lakwerk-worker is not installed");
		return NULL;
	}
	file = lift(input);
	if (file >= 0 && answer_pipe(ends)) {
		task->pipe = ends[0];
		task->pid = lw_nursery_spawn(program, request, ends[1], file);
		close(ends[1]);
	}
	task->deadline = g_get_monotonic_time() +
			 (gint64)lw_sandbox_seconds(input) * WALL_FACTOR * G_USEC_PER_SEC;
	if (file >= 0)
		close(file);
	if (task->pid <= 0) {
		task->pid = 0;
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL, "cannot start a worker");
		return NULL;
	}
	return g_steal_pointer(&task);
}

static LwTask *task_new(LwTaskType type, int input, GVariantDict *parameters, GError **error)
{
	GVariant *request =
		g_variant_new("(u@a{sv})", (guint32)type, g_variant_dict_end(parameters));
	int fd = request_file(request, error);
	LwTask *task;

	if (fd < 0)
		return NULL;
	task = task_start(type, input, fd, error);
	close(fd);
	return task;
}

LwTask *lw_task_read(int input, const LwReadOptions *options, GError **error)
{
	const char *const none[] = {NULL};
	g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);

	g_variant_dict_insert(&dict, "detect", "b", options->detect);
	g_variant_dict_insert(&dict, "terms", "^as", options->terms ? options->terms : (GStrv)none);
	g_variant_dict_insert(&dict, "regexes", "^as",
			      options->regexes ? options->regexes : (GStrv)none);
	if (options->lexicon)
		g_variant_dict_insert(&dict, "lexicon", "^ay", options->lexicon);
	if (options->lists)
		g_variant_dict_insert_value(&dict, "lists", options->lists);
	return task_new(LW_TASK_READ, input, &dict, error);
}

LwTask *lw_task_write(int input, GVariant *plan, GError **error)
{
	g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);

	g_variant_dict_insert(&dict, "plan", "v", plan);
	return task_new(LW_TASK_WRITE, input, &dict, error);
}

/* The two files of a judgement: one is handed over, the other goes with the request. */
static LwTask *verify_start(int input, const char *other_name, GBytes *other, GVariant *plan,
			    GError **error)
{
	g_autofree char *lexicon = plan ? lw_install_lexicon() : NULL;
	g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);

	if (plan)
		g_variant_dict_insert(&dict, "plan", "v", plan);
	if (lexicon)
		g_variant_dict_insert(&dict, "lexicon", "^ay", lexicon);
	if (other)
		g_variant_dict_insert_value(
			&dict, other_name,
			g_variant_new_from_bytes(G_VARIANT_TYPE_BYTESTRING, other, TRUE));
	return task_new(LW_TASK_VERIFY, input, &dict, error);
}

LwTask *lw_task_verify(int input, GBytes *output, GVariant *plan, GError **error)
{
	return verify_start(input, "output", output, plan, error);
}

LwTask *lw_task_attack(int file, GBytes *original, GVariant *plan, GError **error)
{
	return verify_start(file, "original", original, plan, error);
}

LwTask *lw_task_picture(int input, guint page, double resolution, GError **error)
{
	g_auto(GVariantDict) dict = G_VARIANT_DICT_INIT(NULL);

	g_variant_dict_insert(&dict, "page", "u", page);
	g_variant_dict_insert(&dict, "resolution", "d", resolution);
	return task_new(LW_TASK_PICTURE, input, &dict, error);
}

/* Ends the worker and whatever it started; remembers how it ended when it was faster than we. */
static void task_reap(LwTask *task)
{
	int status = 0;
	pid_t reaped = 0;

	if (!task->pid)
		return;
	for (int i = 0; task->broke && !task->fault && i < GRACE_STEPS && !reaped; i++) {
		reaped = waitpid(task->pid, &status, WNOHANG);
		if (!reaped)
			g_usleep(5000);
	}
	kill(-task->pid, SIGKILL);
	while (!reaped && (reaped = waitpid(task->pid, &status, 0)) < 0 && errno == EINTR)
		reaped = 0;
	if (task->broke && !task->fault && reaped > 0 && WIFSIGNALED(status))
		task->signal = WTERMSIG(status);
	task->pid = 0;
}

/* fault: NULL when the way the worker ended tells it. */
static void task_break(LwTask *task, const char *fault)
{
	task->broke = task->done = TRUE;
	task->fault = fault;
	task_reap(task);
}

static void task_finish(LwTask *task)
{
	g_autoptr(GBytes) body = lw_frame_bytes(g_steal_pointer(&task->buffer), task->length);

	task->done = TRUE;
	task->answer = lw_frame_parse(body, LW_ANSWER_TYPE);
	if (!task->answer)
		task_break(task, "the worker's answer is malformed");
	task_reap(task);
}

/* Grows with what really came, never with what is promised. */
static gboolean buffer_reserve(LwTask *task)
{
	gsize used = task->have - LW_FRAME_HEADER, grown = MIN(task->capacity * 2, task->length);
	guint8 *larger;

	if (used < task->capacity)
		return TRUE;
	grown = MAX(grown, MIN(task->length, (gsize)FIRST_BUFFER));
	larger = g_try_malloc(grown);
	if (!larger)
		return FALSE;
	if (task->buffer) {
		memcpy(larger, task->buffer, used);
		explicit_bzero(task->buffer, task->capacity);
		g_free(task->buffer);
	}
	task->buffer = larger;
	task->capacity = grown;
	return TRUE;
}

static ssize_t read_some(LwTask *task)
{
	gsize used = task->have - LW_FRAME_HEADER;

	if (task->have < LW_FRAME_HEADER)
		return read(task->pipe, task->header + task->have, LW_FRAME_HEADER - task->have);
	if (!buffer_reserve(task)) {
		errno = ENOMEM;
		return -1;
	}
	return read(task->pipe, task->buffer + used, task->capacity - used);
}

/* Takes what the pipe holds. */
static void task_read(LwTask *task)
{
	while (!task->done) {
		ssize_t got = read_some(task);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN)
			return;
		if (got < 0)
			task_break(task, "not enough memory for the worker's answer");
		if (got == 0)
			task_break(task, NULL);
		if (got <= 0)
			return;
		task->have += (gsize)got;
		if (task->have == LW_FRAME_HEADER && !lw_frame_length(task->header, &task->length))
			task_break(task, "the worker's answer is malformed");
		else if (task->have > LW_FRAME_HEADER &&
			 task->have - LW_FRAME_HEADER == task->length)
			task_finish(task);
	}
}

static LwTask *finished(const GPtrArray *running)
{
	for (guint i = 0; i < running->len; i++) {
		LwTask *task = running->pdata[i];

		if (task->done)
			return task;
	}
	return NULL;
}

static void tasks_poll(GPtrArray *running, int milliseconds)
{
	g_autofree struct pollfd *fds = g_new0(struct pollfd, running->len);
	gint64 now = g_get_monotonic_time();

	for (guint i = 0; i < running->len; i++) {
		LwTask *task = running->pdata[i];
		gint64 left = MAX(0, (task->deadline - now) / 1000 + 1);

		fds[i] = (struct pollfd){.fd = task->pipe, .events = POLLIN};
		milliseconds = milliseconds < 0 ? (int)left : (int)MIN(left, milliseconds);
	}
	if (poll(fds, running->len, milliseconds) < 0)
		return;
	now = g_get_monotonic_time();
	for (guint i = 0; i < running->len; i++) {
		LwTask *task = running->pdata[i];

		if (fds[i].revents)
			task_read(task);
		if (!task->done && now >= task->deadline)
			task_break(task, "took too long");
	}
}

LwTask *lw_tasks_wait(GPtrArray *running, int milliseconds)
{
	LwTask *task = finished(running);

	if (!task && running->len) {
		tasks_poll(running, milliseconds);
		task = finished(running);
	}
	return task;
}

/* The results of a task that went well; NULL with error. */
static GVariant *task_results(LwTask *task, LwTaskType type, GError **error)
{
	g_autoptr(GVariant) results = NULL;
	const char *message;
	guint32 code;

	g_assert(task->type == type && task->done);
	if (task->broke && task->fault)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, task->fault);
	else if (task->broke && task->signal == SIGXCPU)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, "took too much time");
	else if (task->broke && task->signal)
		g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE,
			    "the worker crashed or ran out of memory (signal %d)", task->signal);
	else if (task->broke)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "the worker ended without an answer");
	if (task->broke)
		return NULL;
	g_variant_get(task->answer, "(u&s@a{sv})", &code, &message, &results);
	if (!code)
		return g_steal_pointer(&results);
	if (code != LW_ERROR_USAGE && code != LW_ERROR_FATAL)
		code = LW_ERROR_UNREADABLE;
	g_set_error_literal(error, LW_ERROR, (int)code, message);
	return NULL;
}

static gboolean refuse_answer(GError **error)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
			    "the worker's answer is malformed");
	return FALSE;
}

static gboolean is_sha256(const char *text)
{
	return strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64;
}

gboolean lw_task_answer_read(LwTask *task, LwReadAnswer *answer, GError **error)
{
	g_autoptr(GVariant) results = task_results(task, LW_TASK_READ, error);
	g_autoptr(GVariant) document = NULL, entities = NULL;
	g_autoptr(LwDocument) loaded = NULL;
	g_autoptr(LwEntities) found = NULL;
	const char *sha256;

	if (!results)
		return FALSE;
	if (!g_variant_lookup(results, "document", "v", &document) ||
	    !g_variant_lookup(results, "entities", "v", &entities) ||
	    !g_variant_lookup(results, "sha256", "&s", &sha256) || !is_sha256(sha256))
		return refuse_answer(error);
	loaded = lw_document_load(document);
	found = loaded ? lw_entities_load(entities, loaded) : NULL;
	if (!found)
		return refuse_answer(error);
	answer->document = g_steal_pointer(&loaded);
	answer->entities = g_steal_pointer(&found);
	answer->sha256 = g_strdup(sha256);
	return TRUE;
}

/* The bytes of a result, without a copy. */
static GBytes *result_bytes(GVariant *results, const char *name)
{
	g_autoptr(GVariant) bytes =
		g_variant_lookup_value(results, name, G_VARIANT_TYPE_BYTESTRING);

	return bytes ? g_variant_get_data_as_bytes(bytes) : NULL;
}

GBytes *lw_task_answer_write(LwTask *task, LwReceipt **receipt, GError **error)
{
	g_autoptr(GVariant) results = task_results(task, LW_TASK_WRITE, error);
	g_autoptr(GVariant) saved = NULL;
	g_autoptr(GBytes) output = NULL;

	if (!results)
		return NULL;
	output = result_bytes(results, "output");
	if (!output || !g_variant_lookup(results, "receipt", "v", &saved)) {
		refuse_answer(error);
		return NULL;
	}
	*receipt = lw_receipt_load(saved);
	if (!*receipt) {
		refuse_answer(error);
		return NULL;
	}
	return g_steal_pointer(&output);
}

/* A channel is a short name of ours; anything else is not repeated. */
static const char *channel_intern(const char *channel)
{
	gsize length = strspn(channel,
			      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-.");

	return length && length <= CHANNEL_LENGTH && !channel[length] ? g_intern_string(channel)
								      : "unknown";
}

static gboolean answer_fits(GVariant *results, GArray *fits)
{
	g_autoptr(GVariant) saved = g_variant_lookup_value(results, "fits", G_VARIANT_TYPE("au"));
	gsize count = 0;
	const guint32 *each =
		saved ? g_variant_get_fixed_array(saved, &count, sizeof(guint32)) : NULL;

	if (each && fits)
		g_array_append_vals(fits, each, (guint)count);
	return saved != NULL;
}

GArray *lw_task_answer_verify(LwTask *task, GArray *fits, GError **error)
{
	g_autoptr(GVariant) results = task_results(task, LW_TASK_VERIFY, error);
	g_autoptr(GVariantIter) iter = NULL;
	const char *channel, *code, *message;
	GArray *findings;
	gint32 page, mark;
	guint8 weight;

	if (!results)
		return NULL;
	if (!g_variant_lookup(results, "findings", "a(sssiiy)", &iter) ||
	    !answer_fits(results, fits)) {
		refuse_answer(error);
		return NULL;
	}
	findings = g_array_new(FALSE, FALSE, sizeof(LwFinding));
	while (g_variant_iter_next(iter, "(&s&s&siiy)", &channel, &code, &message, &page, &mark,
				   &weight)) {
		LwFinding finding = {channel_intern(channel),
				     g_intern_string(code),
				     g_intern_string(message),
				     page,
				     mark,
				     weight == LW_WEIGHT_TRACE ? LW_WEIGHT_TRACE : LW_WEIGHT_LEAK};

		g_array_append_val(findings, finding);
	}
	return findings;
}

gboolean lw_task_answer_picture(LwTask *task, LwPicture *picture, GError **error)
{
	g_autoptr(GVariant) results = task_results(task, LW_TASK_PICTURE, error);
	g_autoptr(GBytes) pixels = NULL;
	LwPicture got = {0};

	if (!results)
		return FALSE;
	pixels = result_bytes(results, "pixels");
	if (!pixels || !g_variant_lookup(results, "width", "u", &got.width) ||
	    !g_variant_lookup(results, "height", "u", &got.height) ||
	    !g_variant_lookup(results, "channels", "u", &got.channels) ||
	    (got.channels != 1 && got.channels != 3) || !got.width || !got.height ||
	    g_bytes_get_size(pixels) / got.channels / got.width != got.height ||
	    g_bytes_get_size(pixels) % ((gsize)got.channels * got.width))
		return refuse_answer(error);
	*picture = got;
	picture->pixels = g_steal_pointer(&pixels);
	return TRUE;
}

gboolean lw_task_broke(const LwTask *task)
{
	return task->broke;
}

void lw_task_free(LwTask *task)
{
	if (!task)
		return;
	if (!task->done)
		task->fault = "stopped";
	task_reap(task);
	if (task->pipe >= 0)
		close(task->pipe);
	if (task->buffer)
		explicit_bzero(task->buffer, task->capacity);
	g_free(task->buffer);
	g_clear_pointer(&task->answer, g_variant_unref);
	g_free(task);
}

char *lw_worker_protection(void)
{
	return lw_sandbox_describe();
}
