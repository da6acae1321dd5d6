/* merge.h - a scan becomes the state of the dossier: proposals are replaced, decisions stay, and
 * what differs is told.
 *
 * Until the merge everything that a scan finds lies aside (fresh, proposal), so that a scan that
 * was killed changes nothing and the next one goes on where it was. */
#pragma once

#include "engine/dossier/event.h"
#include "engine/model/mark.h"

typedef struct {
	const char *name, *sha256, *format, *key; /* key: of engine and policy */
	gint64 size, changed;			  /* of the file */
	GBytes *packed;
	gsize packed_size;
	const LwDocument *document;
	const LwEntities *entities;
} LwFresh;

typedef struct {
	gint64 document;
	const char *message; /* why it cannot be read; NULL: it was */
	gboolean there;	     /* FALSE: the file is gone */
	gint64 size, changed; /* of a file that cannot be read: to see when it is another */
} LwScanned;

/* The number of a document by its name, made when it is new. */
gint64 lw_document_number(LwDossier *dossier, const char *name);
/* Whether a document is known as it is: then *sha256 and *format (both yours), *pages and
 * *entities. */
gboolean lw_fresh_find(LwDossier *dossier, const LwFresh *wanted, char **sha256, char **format,
		       guint *pages, LwEntities **entities);
/* Puts aside what was read. */
void lw_fresh_put(LwDossier *dossier, const LwFresh *fresh);
GBytes *lw_fresh_packed(LwDossier *dossier, const char *name, gsize *size); /* yours */
/* Puts aside what is proposed for a document, in place of what was. */
void lw_proposals_put(LwDossier *dossier, gint64 document, const LwDocument *read,
		      const LwPlan *proposals);
/* Makes all of it the state; FALSE when refused. call: of nobody. */
gboolean lw_scan_merge(LwCall *call, GArray *scanned);
