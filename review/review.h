/* review.h - what the command starts: a server for one person, or for an office behind its proxy.
 */
#pragma once

#include "engine/lakwerk.h"

typedef enum {
	REVIEW_ALONE, /* 127.0.0.1, one person, who comes in with a token that works once */
	REVIEW_OFFICE /* behind a proxy that says who the user is */
} ReviewMode;

typedef struct {
	ReviewMode mode;
	const char *const *folders; /* dossiers, NULL at the end */
	int port;		    /* 0: any that is free */
	const char *socket;	    /* of an office: path of a Unix socket; NULL: the port */
	const char *host;	    /* of an office: the name under which browsers know it */
	const char *secret;	    /* of an office at a port: file with what the proxy must show */
	const char *out;  /* folder in which publications come; NULL: beside the dossier */
	const char *key;  /* file with the key that signs publications; or NULL */
	const char *lang; /* "nl" or "en": what the page starts with */

	/* Called once, when the page can be opened; url is borrowed. */
	void (*ready)(void *self, const char *url);
	/* Called with the reason when it cannot start. */
	void (*complain)(void *self, const char *path, const char *message);
	void *self;
} ReviewSettings;

/* How it is called in the module (engine/base/install.h), and what it is. */
#define REVIEW_SYMBOL "review_serve"
typedef LakwerkStatus (*ReviewServe)(Lakwerk *lakwerk, const ReviewSettings *settings);

/* Serves until SIGINT, SIGTERM or SIGHUP. */
__attribute__((visibility("default"))) LakwerkStatus review_serve(Lakwerk *lakwerk,
								  const ReviewSettings *settings);
