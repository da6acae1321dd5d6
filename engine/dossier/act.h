/* act.h - the vocabulary of a dossier: every query and every act by its name. */
#pragma once

#include "engine/dossier/event.h"
#include "engine/dossier/reading.h"

LwReadings *lw_readings_new(void);
void lw_readings_free(LwReadings *readings);

/* Answers a query by its name. FALSE when refused. */
gboolean lw_query(LwCall *call, const char *what);
/* Does what the "act" of a call says, inside the caller's transaction. FALSE when refused. */
gboolean lw_act(LwCall *call);
/* What it did is to be taken back: the person only wants to know. */
gboolean lw_act_is_preview(const LwCall *call);

typedef void (*LwLineFunc)(void *self, const char *bytes, gsize length);
/* Query export: lines of JSON. */
gboolean lw_export(LwCall *call, LwLineFunc write, void *self);
