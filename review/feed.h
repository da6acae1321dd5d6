/* feed.h - live updates: tells a browser that the dossier changed, as server-sent events. */
#pragma once

#include "review/server.h"
#include "review/shelf.h"

enum MHD_Result feed_start(Request *request, Volume *volume);
