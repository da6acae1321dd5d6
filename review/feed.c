/* feed.c - server-sent events. Invariant: an event is a number, never text of a document; who hears
 * it asks what is new.
 *
 * Every connection has a thread of its own, so a feed may wait in it. */
#include "review/feed.h"

#include <stdio.h>

enum { BEAT_SECONDS = 10, EVENT_BYTES = 80 };

typedef struct {
	Volume *volume;
	guint64 seen; /* revision that the browser knows */
} Listener;

static ssize_t tell(void *self, uint64_t position, char *buffer, size_t most)
{
	Listener *listener = self;
	guint64 before = listener->seen;

	(void)position;
	g_assert(most >= EVENT_BYTES);
	if (!volume_wait(listener->volume, &listener->seen, BEAT_SECONDS))
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (listener->seen == before)
		return g_snprintf(buffer, EVENT_BYTES, ": still here\n\n");
	return g_snprintf(buffer, EVENT_BYTES, "event: revision\ndata: %" G_GUINT64_FORMAT "\n\n",
			  listener->seen);
}

enum MHD_Result feed_start(Request *request, Volume *volume)
{
	Listener *listener = g_new0(Listener, 1);
	struct MHD_Response *response;
	enum MHD_Result result;

	listener->volume = volume;
	listener->seen = G_MAXUINT64; /* the first event says where we are */
	response =
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1024, tell, listener, g_free);
	reply_protect(response);
	MHD_add_response_header(response, "Content-Type", "text/event-stream");
	MHD_add_response_header(response, "X-Accel-Buffering", "no");
	result = MHD_queue_response(request->connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return result;
}
