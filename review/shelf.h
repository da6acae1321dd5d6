/* shelf.h - the dossiers that are open, by name, and a way to wait until one changes. */
#pragma once

#include "engine/lakwerk-dossier.h"
#include "review/review.h"

#include <glib.h>

typedef struct Shelf Shelf;
typedef struct Volume Volume; /* one dossier on it */
typedef struct Job Job;

/* Opens and scans all. NULL when one of them cannot be opened; the settings' complain has said why.
 */
Shelf *shelf_open(Lakwerk *lakwerk, const ReviewSettings *settings, LakwerkStatus *status);
void shelf_free(Shelf *shelf);
/* [{"id":…,"name":…}] */
void shelf_list(const Shelf *shelf, GString *json);
Volume *shelf_find(const Shelf *shelf, const char *id);

LakwerkDossier *volume_dossier(Volume *volume);
Job *volume_job(Volume *volume);
/* Wakes who waits. */
void volume_changed(Volume *volume);
/* Waits until the dossier is at another event than *seen, or some seconds. FALSE: the server stops.
 */
gboolean volume_wait(Volume *volume, guint64 *seen, unsigned seconds);
/* Ends all waiting, and what workers do. */
void shelf_stop(Shelf *shelf);
