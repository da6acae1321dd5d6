/* job.c - publishing and reading again, from the page: who may publish is asked of the dossier,
 * what comes of it is told to who asks. Invariant: what a person names is one name below the root,
 * for the dossier takes no other. */
#include "review/job.h"

#include <string.h>

typedef enum {
	JOB_IDLE,
	JOB_RUNNING,
	JOB_DONE,
	JOB_REFUSED, /* something stands in the way */
	JOB_FAILED
} JobState;

/* What somebody asked for. */
typedef struct {
	const char *name; /* "publish" or "scan"; static */
	const char *folder, *since, *by;
} Order;

struct Job {
	Volume *volume;
	Lakwerk *lakwerk;
	char *root;
	GMutex lock;	 /* of what follows */
	GThread *thread; /* of the last job */
	JobState state;
	const char *name;
	char *folder, *since, *by;
	unsigned done, total;
	GString *answer; /* what the dossier said at the end */
};

Job *job_new(Volume *volume, Lakwerk *lakwerk, const char *root)
{
	Job *job = g_new0(Job, 1);

	job->volume = volume;
	job->lakwerk = lakwerk;
	job->root = g_strdup(root);
	job->answer = g_string_new(NULL);
	g_mutex_init(&job->lock);
	return job;
}

void job_free(Job *job)
{
	if (!job)
		return;
	if (job->thread)
		g_thread_join(job->thread);
	g_mutex_clear(&job->lock);
	g_string_free(job->answer, TRUE);
	g_free(job->root);
	g_free(job->folder);
	g_free(job->since);
	g_free(job->by);
	g_free(job);
}

/* ---- the thread ---- */

static void on_event(void *self, const LakwerkEvent *event)
{
	Job *job = self;

	if (event->type != LAKWERK_EVENT_WRITTEN && event->type != LAKWERK_EVENT_READ)
		return;
	g_mutex_lock(&job->lock);
	job->done = event->done;
	job->total = event->total;
	g_mutex_unlock(&job->lock);
}

static void append(void *self, const char *bytes, size_t length)
{
	g_string_append_len(self, bytes, (gssize)length);
}

/* The act that asks whether it may be done, or records that it was. */
static LakwerkReply act(const Job *job, const char *folder, const char *since, const char *by,
			gboolean preview, GString *out)
{
	g_autoptr(GString) json = g_string_new("{\"act\":\"publish\",\"folder\":");

	reply_string(json, folder);
	if (since) {
		g_string_append(json, ",\"since\":");
		reply_string(json, since);
	}
	if (preview) {
		g_string_append(json, ",\"preview\":true}");
	} else {
		g_string_append(json, ",\"note\":");
		reply_string(json, folder);
		g_string_append_c(json, '}');
	}
	return lakwerk_dossier_act(volume_dossier(job->volume), by, json->str, append, out);
}

static JobState publish(Job *job, GString *answer)
{
	g_autofree char *out = g_build_filename(job->root, job->folder, NULL);
	g_autofree char *before = job->since ? g_build_filename(job->root, job->since, NULL) : NULL;
	g_autoptr(GString) recorded = g_string_new(NULL);

	if (!lakwerk_dossier_publish(volume_dossier(job->volume), out, before, append, answer)) {
		act(job, job->folder, NULL, job->by, FALSE, recorded);
		return JOB_DONE;
	}
	return strstr(answer->str, "\"obstacles\"") ? JOB_REFUSED : JOB_FAILED;
}

static JobState scan(Job *job)
{
	LakwerkStatus status = lakwerk_dossier_scan(volume_dossier(job->volume));

	return !status || status == LAKWERK_INCOMPLETE ? JOB_DONE : JOB_FAILED;
}

/* Nobody touches the order while it runs. */
static void *run(void *self)
{
	Job *job = self;
	GString *answer = g_string_new(NULL);
	JobState state;

	lakwerk_on_event(job->lakwerk, on_event, job);
	state = strcmp(job->name, "scan") ? publish(job, answer) : scan(job);
	lakwerk_on_event(job->lakwerk, NULL, NULL);
	g_mutex_lock(&job->lock);
	job->state = state;
	g_string_free(job->answer, TRUE);
	job->answer = answer;
	g_mutex_unlock(&job->lock);
	volume_changed(job->volume);
	return NULL;
}

/* ---- what may be asked ---- */

static void add_text(GString *json, const char *name, const char *text)
{
	g_string_append_printf(json, ",\"%s\":", name);
	if (text)
		reply_string(json, text);
	else
		g_string_append(json, "null");
}

static enum MHD_Result tell(Job *job, Request *request, unsigned status)
{
	static const char *const states[] = {"idle", "running", "done", "refused", "failed"};
	GString *json = g_string_new("{\"root\":");
	gboolean ended;

	g_mutex_lock(&job->lock);
	ended = job->state > JOB_RUNNING && job->answer->len;
	reply_string(json, job->root);
	add_text(json, "job", job->name);
	add_text(json, "state", states[job->state]);
	add_text(json, "folder", job->folder);
	add_text(json, "since", job->since);
	add_text(json, "by", job->by);
	g_string_append_printf(json, ",\"done\":%u,\"total\":%u,\"answer\":%s}\n", job->done,
			       job->total, ended ? job->answer->str : "null");
	g_mutex_unlock(&job->lock);
	return reply_send(request->connection,
			  (Reply){.status = status, .type = "application/json", .body = json});
}

enum MHD_Result job_tell(Job *job, Request *request)
{
	return tell(job, request, MHD_HTTP_OK);
}

static const char *argument(const Request *request, const char *name)
{
	const char *value =
		MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);

	return value && *value ? value : NULL;
}

/* FALSE: one is going on. */
static gboolean begin(Job *job, const Order *order)
{
	gboolean idle;

	g_mutex_lock(&job->lock);
	idle = job->state != JOB_RUNNING;
	if (idle) {
		if (job->thread)
			g_thread_join(job->thread);
		g_free(job->folder);
		g_free(job->since);
		g_free(job->by);
		job->name = order->name;
		job->folder = g_strdup(order->folder);
		job->since = g_strdup(order->since);
		job->by = g_strdup(order->by);
		job->done = job->total = 0;
		job->state = JOB_RUNNING;
		job->thread = g_thread_new("job", run, job);
	}
	g_mutex_unlock(&job->lock);
	return idle;
}

static enum MHD_Result start(Job *job, Request *request, const Order *order)
{
	if (!begin(job, order))
		return reply_refuse(request->connection, MHD_HTTP_CONFLICT, "busy",
				    "this dossier is being read or published already");
	volume_changed(job->volume);
	return tell(job, request, MHD_HTTP_ACCEPTED);
}

enum MHD_Result job_publish(Job *job, Request *request)
{
	const Order order = {"publish", argument(request, "folder"), argument(request, "since"),
			     request->user};
	GString *said = g_string_new(NULL);
	LakwerkReply reply =
		act(job, order.folder ? order.folder : "", order.since, order.by, TRUE, said);

	if (reply != LAKWERK_REPLY_DONE)
		return reply_dossier(request, reply, said, "application/json");
	g_string_free(said, TRUE);
	return start(job, request, &order);
}

enum MHD_Result job_scan(Job *job, Request *request)
{
	return start(job, request, &(Order){.name = "scan", .by = request->user});
}
