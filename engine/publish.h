/* publish.h - what a publication consists of, between the gate and the folder. Private to engine/.
 */
#pragma once

#include "engine/dossier-session.h"
#include "engine/model/secret.h"
#include "engine/record/publication.h"

/* One document of the dossier, published or only listed. */
typedef struct {
	LwRunDocument run; /* first: for lw_run_tasks and the log */
	gint64 number;
	LwAccepted *accepted; /* while it is being made */
	GBytes *bytes;	      /* written, waiting for another worker */
	GVariant *plan;	      /* as workers get it */
	char *plan_digest;
	gboolean goes;	    /* Openbaar or Deels openbaar */
	gboolean read;	    /* its marks are known */
	gboolean unchanged; /* as in the publication before */
	LwPublishedDocument published;
	LwArena *arena; /* of its strings */
	GArray *grounds;
} LwPublishedItem;

typedef struct {
	LakwerkDossier *dossier;
	const char *out;
	gint64 event; /* the last one that the gate saw */
	char *draft, *internal, *internal_draft;
	LwJson *before;	  /* what an earlier publication kept, or NULL */
	GPtrArray *items; /* LwPublishedItem */
	GHashTable *secrets;
	LwPublication publication;
	LwArena *arena;
	LwJson *disclosed; /* passages that were removed before and are readable now */
	LwJson *notices;
	LwJson *files; /* lists and reports: name -> SHA-256 */
	LwLexicon *lexicon;
	LwKey *signer;		   /* NULL: the key of the log itself */
	char *approver, *approved; /* the second reader and the day; may be NULL */
} LwPublishing;

/* The documents and settings of the dossier; takes the lock. */
gboolean lw_publish_collect(LwPublishing *publishing, GError **error);
/* Shares, titles without what was removed, sums. FALSE when a list or report would break a rule of
 * those who take it. */
gboolean lw_publish_complete(LwPublishing *publishing, GError **error);
/* Something that people have to know, by its code; id: of a document, or NULL. */
void lw_publish_note(LwPublishing *publishing, const char *id, const char *code);
/* Everything that any document of the publication loses; yours. */
LwSecrets *lw_publish_secrets(const LwPublishing *publishing);
/* After all is rendered: the notices of the renderer. */
void lw_publish_take_notices(LwPublishing *publishing);
/* The lists and reports into the draft folder; inventory: for the log. */
gboolean lw_publish_reports(LwPublishing *publishing, GError **error);
/* Passages that were removed in the publication before and can be read now. */
gboolean lw_publish_disclose(LwPublishing *publishing, GError **error);
/* How it went, in a few lines for people; yours. */
char *lw_publish_tell(const LwPublishing *publishing, const LwJson *summary);
/* The removed strings of all documents against every name and report in the draft folder. */
gboolean lw_publish_check(const LwPublishing *publishing, GError **error);
/* What a later publication compares with; yours. */
LwJson *lw_publish_memory(LwPublishing *publishing);
/* The entry of an earlier publication for an id; NULL when it had none. */
const LwJson *lw_publish_before(const LwPublishing *publishing, const char *id);
