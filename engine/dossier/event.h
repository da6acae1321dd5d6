/* event.h - what people did: events that are only ever added, their effects, and the state that
 * follows from those that are not undone.
 *
 * An effect gives a field of a subject a value. The value in force is that of the latest effect
 * whose event is not undone; undoing is an effect on the event. */
#pragma once

#include "engine/dossier/dossier.h"

typedef struct {
	LwCall *call;
	const char *act; /* static */
	gint64 cause;	 /* 0: none */
	GPtrArray *effects;
	GHashTable *subjects;
	guint skipped; /* exceptions that stayed as they were */
	gint64 base;   /* the last event that the person has seen; -1: not told */
} LwDeed;

/* Yours. */
LwDeed *lw_deed_new(LwCall *call, const char *act);
void lw_deed_free(LwDeed *deed);
/* Plans an effect; the same value as now is no effect. */
void lw_deed_set(LwDeed *deed, const char *subject, const char *field, const char *value);
/* The same without looking what the value is: for values that are of the event itself. */
void lw_deed_add(LwDeed *deed, const char *subject, const char *field, const char *value);
gboolean lw_deed_has(const LwDeed *deed, const char *subject);
guint lw_deed_count(const LwDeed *deed); /* subjects */
/* Writes event and effects and brings the state up to date, inside the caller's transaction; its
 * number, 0 when refused because somebody changed the same since base. */
gint64 lw_deed_write(LwDeed *deed);

/* Events that change nothing of what goes out; the settings do, but nobody signs for those. */
#define LW_EVENT_ASIDE	 "act IN ('comment', 'seen', 'acknowledge', 'block', 'reviewer', 'publish')"
#define LW_EVENT_UNSIGNS "act <> 'settings' AND NOT " LW_EVENT_ASIDE

/* The last that matters to a publication. */
gint64 lw_event_last_that_matters(LwDossier *dossier);
/* The last event. */
gint64 lw_event_last(LwDossier *dossier);
/* Takes an event and all that follow from it back; FALSE when refused. */
gboolean lw_event_undo(LwDeed *deed, gint64 event);
/* Makes the columns of a mark that hold state again, from its effects. */
void lw_event_project_mark(LwDossier *dossier, const char *id);

gboolean lw_events_answer(LwCall *call);		 /* query events */
LwJson *lw_events_of(LwCall *call, const char *subject); /* history; yours */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwDeed, lw_deed_free)
