/* unit.h - what stands more than once: the same or nearly the same documents, and e-mail messages
 * quoted in others.
 *
 * A unit is a document or a message in it. Units in one group hold the same words, or nearly. Two
 * marks are copies when they stand in units of one group and the words in and around them are the
 * same. */
#pragma once

#include "engine/dossier/reading.h"

typedef struct {
	gint64 document;
	LwSpan span; /* bytes of its text */
} LwPlace;

/* Makes the units of a document that was read, from its text and words. */
void lw_units_make(LwDossier *dossier, gint64 document, const char *text, gsize length,
		   const LwWord *words, gsize count);
/* Groups the units of all documents. */
void lw_units_group(LwDossier *dossier);
/* Tells each mark which others are its copies. */
void lw_units_mark_copies(LwDossier *dossier);
/* The signature of a place, yours; NULL when its document has no other like it. */
char *lw_place_signature(LwDossier *dossier, const LwText *text, LwSpan span);
/* The same place in the other units of its group (LwPlace); yours. */
GArray *lw_place_copies(LwDossier *dossier, gint64 document, LwSpan span);

gboolean lw_groups_answer(LwCall *call);
gboolean lw_difference_answer(LwCall *call);
LwJson *lw_units_related(LwCall *call, gint64 document); /* yours */
