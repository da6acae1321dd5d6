/* publisher.h - publishing from the page: one publication of a dossier at a time, in a thread of
 * its own. */
#pragma once

#include "review/server.h"
#include "review/shelf.h"

/* root: the folder in which publications come. */
Publisher *publisher_new(Volume *volume, Lakwerk *lakwerk, const char *root);
/* Waits for what is going on. */
void publisher_free(Publisher *publisher);

/* How far it is, or how the last one ended. */
enum MHD_Result publisher_tell(Publisher *publisher, Request *request);
/* Begins one, named as the request says. */
enum MHD_Result publisher_start(Publisher *publisher, Request *request);
