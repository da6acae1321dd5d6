/* server.h - what the parts of the server know of each other: a request, its reply, and who may
 * ask. */
#pragma once

#include "engine/lakwerk-dossier.h"
#include "review/review.h"

#include <glib.h>
#include <microhttpd.h>

enum {
	REVIEW_BODY_MOST = 1024 * 1024,	      /* of a request */
	REVIEW_REPLY_MOST = 64 * 1024 * 1024, /* of a reply */
	REVIEW_CONNECTIONS = 200,
	REVIEW_IDLE_SECONDS = 60,
	REVIEW_USER_MOST = 100 /* bytes of a name */
};

typedef struct Shelf Shelf;
typedef struct Feed Feed;
typedef struct Guard Guard;

typedef struct {
	const ReviewSettings *settings;
	Guard *guard;
	Shelf *shelf;
} Server;

typedef struct {
	Server *server;
	struct MHD_Connection *connection;
	const char *method, *path;
	char *user; /* who asks, once the guard has let them in */
	GString *body;
	gboolean looked_at; /* the guard has spoken */
} Request;

/* What goes back. A reply is queued exactly once for a request. */
typedef struct {
	unsigned status;
	const char *type;  /* media type */
	GString *body;	   /* taken over */
	const char *name;  /* header that comes besides, or NULL */
	const char *value; /* of it */
} Reply;

enum MHD_Result reply_send(struct MHD_Connection *connection, Reply reply);
/* What a dossier said, with the status that says the same; body is taken over. */
enum MHD_Result reply_dossier(const Request *request, LakwerkReply reply, GString *body,
			      const char *type);
/* A short answer to programs and people: {"error":code,"message":…}, as the dossier does. */
enum MHD_Result reply_refuse(struct MHD_Connection *connection, unsigned status, const char *code,
			     const char *message);
/* The headers that every answer has. */
void reply_protect(struct MHD_Response *response);

/* A JSON string with its quotes. Bytes that are no UTF-8 become U+FFFD. */
void reply_string(GString *json, const char *text);

/* A file of the page; NULL when there is none. */
GBytes *asset_load(const char *path, const char **type);

/* NULL when the secret of the proxy is no good; the settings' complain has said so. */
Guard *guard_new(const ReviewSettings *settings, const char *host);
void guard_free(Guard *guard);
/* Where the person comes in; "" when everyone comes through the proxy. Works once. */
const char *guard_ticket(const Guard *guard);
/* Whether a request may go on. When not, it has been answered, as *result says. */
gboolean guard_admits(Guard *guard, Request *request, enum MHD_Result *result);

/* Answers a request that the guard let in. */
enum MHD_Result route(Request *request);
