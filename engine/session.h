/* session.h - what is behind the public Lakwerk. Private to engine/. */
#pragma once

#include "engine/run.h"

typedef enum { LW_SAY_TEXT, LW_SAY_JSON } LwSaying;

struct Lakwerk {
	LwRunOptions options;
	LwPolicy *policy; /* the built-in one until a file is set */
	LwSaying output;
	gint cancelled;
	char *message;
};

/* Makes the options whole before a call. */
gboolean lw_session_begin(Lakwerk *lakwerk, GError **error);
/* Keeps the message; the status of the error when there is one. */
LakwerkStatus lw_session_end(Lakwerk *lakwerk, LakwerkStatus status, const GError *error);
