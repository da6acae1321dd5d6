/* publisher.c - publishing from the page: who may is asked of the dossier, what comes of it is told
 * to who asks. Invariant: what a person names is one name below the root, for the dossier takes no
 * other. */
#include "review/publisher.h"

#include <string.h>

typedef enum {
	PUBLISHER_IDLE,
	PUBLISHER_RUNNING,
	PUBLISHER_DONE,
	PUBLISHER_REFUSED, /* something stands in the way */
	PUBLISHER_FAILED
} PublisherState;

struct Publisher {
	Volume *volume;
	Lakwerk *lakwerk;
	char *root;
	GMutex lock;	 /* of what follows */
	GThread *thread; /* of the last publication */
	PublisherState state;
	char *folder, *since, *by;
	unsigned done, total;
	GString *answer; /* what the dossier said at the end */
};

Publisher *publisher_new(Volume *volume, Lakwerk *lakwerk, const char *root)
{
	Publisher *publisher = g_new0(Publisher, 1);

	publisher->volume = volume;
	publisher->lakwerk = lakwerk;
	publisher->root = g_strdup(root);
	publisher->answer = g_string_new(NULL);
	g_mutex_init(&publisher->lock);
	return publisher;
}

void publisher_free(Publisher *publisher)
{
	if (!publisher)
		return;
	if (publisher->thread)
		g_thread_join(publisher->thread);
	g_mutex_clear(&publisher->lock);
	g_string_free(publisher->answer, TRUE);
	g_free(publisher->root);
	g_free(publisher->folder);
	g_free(publisher->since);
	g_free(publisher->by);
	g_free(publisher);
}

/* ---- the thread ---- */

static void on_event(void *self, const LakwerkEvent *event)
{
	Publisher *publisher = self;

	if (event->type != LAKWERK_EVENT_WRITTEN)
		return;
	g_mutex_lock(&publisher->lock);
	publisher->done = event->done;
	publisher->total = event->total;
	g_mutex_unlock(&publisher->lock);
}

static void append(void *self, const char *bytes, size_t length)
{
	g_string_append_len(self, bytes, (gssize)length);
}

/* The act that asks whether it may be done, or records that it was. */
static LakwerkReply act(const Publisher *publisher, const char *folder, const char *since,
			const char *by, gboolean preview, GString *out)
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
	return lakwerk_dossier_act(volume_dossier(publisher->volume), by, json->str, append, out);
}

static PublisherState state_after(LakwerkStatus status, const GString *answer)
{
	if (!status)
		return PUBLISHER_DONE;
	return strstr(answer->str, "\"obstacles\"") ? PUBLISHER_REFUSED : PUBLISHER_FAILED;
}

/* Nobody touches folder, since and by while it runs. */
static void *publish(void *self)
{
	Publisher *publisher = self;
	g_autofree char *out = g_build_filename(publisher->root, publisher->folder, NULL);
	g_autofree char *before =
		publisher->since ? g_build_filename(publisher->root, publisher->since, NULL) : NULL;
	GString *answer = g_string_new(NULL);
	g_autoptr(GString) recorded = g_string_new(NULL);
	LakwerkStatus status;

	lakwerk_on_event(publisher->lakwerk, on_event, publisher);
	status = lakwerk_dossier_publish(volume_dossier(publisher->volume), out, before, append,
					 answer);
	lakwerk_on_event(publisher->lakwerk, NULL, NULL);
	if (!status)
		act(publisher, publisher->folder, NULL, publisher->by, FALSE, recorded);
	g_mutex_lock(&publisher->lock);
	publisher->state = state_after(status, answer);
	g_string_free(publisher->answer, TRUE);
	publisher->answer = answer;
	g_mutex_unlock(&publisher->lock);
	volume_changed(publisher->volume);
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

static enum MHD_Result tell(Publisher *publisher, Request *request, unsigned status)
{
	static const char *const states[] = {"idle", "running", "done", "refused", "failed"};
	GString *json = g_string_new("{\"root\":");
	gboolean ended;

	g_mutex_lock(&publisher->lock);
	ended = publisher->state > PUBLISHER_RUNNING && publisher->answer->len;
	reply_string(json, publisher->root);
	add_text(json, "state", states[publisher->state]);
	add_text(json, "folder", publisher->folder);
	add_text(json, "since", publisher->since);
	add_text(json, "by", publisher->by);
	g_string_append_printf(json, ",\"done\":%u,\"total\":%u,\"answer\":%s}\n", publisher->done,
			       publisher->total, ended ? publisher->answer->str : "null");
	g_mutex_unlock(&publisher->lock);
	return reply_send(request->connection,
			  (Reply){.status = status, .type = "application/json", .body = json});
}

enum MHD_Result publisher_tell(Publisher *publisher, Request *request)
{
	return tell(publisher, request, MHD_HTTP_OK);
}

static const char *argument(const Request *request, const char *name)
{
	const char *value =
		MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);

	return value && *value ? value : NULL;
}

/* FALSE: one is going on. */
static gboolean begin(Publisher *publisher, const char *folder, const char *since, const char *by)
{
	gboolean idle;

	g_mutex_lock(&publisher->lock);
	idle = publisher->state != PUBLISHER_RUNNING;
	if (idle) {
		if (publisher->thread)
			g_thread_join(publisher->thread);
		g_free(publisher->folder);
		g_free(publisher->since);
		g_free(publisher->by);
		publisher->folder = g_strdup(folder);
		publisher->since = g_strdup(since);
		publisher->by = g_strdup(by);
		publisher->done = publisher->total = 0;
		publisher->state = PUBLISHER_RUNNING;
		publisher->thread = g_thread_new("publish", publish, publisher);
	}
	g_mutex_unlock(&publisher->lock);
	return idle;
}

enum MHD_Result publisher_start(Publisher *publisher, Request *request)
{
	const char *folder = argument(request, "folder"), *since = argument(request, "since");
	GString *said = g_string_new(NULL);
	LakwerkReply reply = act(publisher, folder ? folder : "", since, request->user, TRUE, said);

	if (reply != LAKWERK_REPLY_DONE)
		return reply_dossier(request, reply, said, "application/json");
	g_string_free(said, TRUE);
	if (!begin(publisher, folder, since, request->user))
		return reply_refuse(request->connection, MHD_HTTP_CONFLICT, "busy",
				    "this dossier is being published already");
	volume_changed(publisher->volume);
	return tell(publisher, request, MHD_HTTP_ACCEPTED);
}
