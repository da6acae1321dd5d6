/* dossier-session.h - what is behind the public LakwerkDossier. Private to engine/.
 *
 * Whoever touches `inner` holds the lock; nobody waits for a worker while holding it. */
#pragma once

#include "engine/dossier/dossier.h"
#include "engine/lakwerk-dossier.h"
#include "engine/run.h"
#include "engine/session.h"

struct LakwerkDossier {
	Lakwerk *lakwerk;
	char *folder, *state;
	LakwerkDossierMode mode;
	GRecMutex lock;
	LwDossier inner;
	LwPolicy *policy; /* owned */
	char *policy_digest;
	char *key; /* of engine and policy: what was read with another is read again */
	char *message;
	guint64 event; /* atomic in effect: written under the lock, read without */
	gboolean scanning;
	GPtrArray *previews; /* Preview, the last used first */
	struct {
		guint added, changed, removed;
		gboolean engine;
		gint64 when; /* monotonic, of the last look */
	} stale;
};

/* One document with what was accepted in it: for the renderer, the verifier and the log. */
typedef struct {
	gint64 number;
	char *path, *name, *sha256, *format;
	LwInput *input; /* of inputs */
	GPtrArray *inputs;
	LwDocument *document;
	LwPlan *proposals, *plan; /* proposals: only the accepted marks */
} LwAccepted;

/* The accepted marks of a document, bound to its glyphs; NULL with error. Takes the lock. Yours. */
LwAccepted *lw_accepted_new(LakwerkDossier *dossier, gint64 document, GError **error);
void lw_accepted_free(LwAccepted *accepted);
/* A descriptor of the original, yours; -1 with error when it is not what was read. */
int lw_accepted_open(LwAccepted *accepted, GError **error);
/* Waits for one worker. */
void lw_task_await(LwTask *task);
/* The document as it would be published, not verified; NULL with error. Yours. */
GBytes *lw_preview_bytes(LakwerkDossier *dossier, gint64 document, GError **error);
/* Query preview. */
gboolean lw_preview_answer(LakwerkDossier *dossier, LwCall *call);

/* Query status: lines for people; yours. */
char *lw_dossier_status(LakwerkDossier *dossier, LwCall *call);
/* What lies in the folder and is not in the state, as "stale". */
void lw_dossier_set_stale(LakwerkDossier *dossier, LwJson *answer);
/* Compares the folder with what is known. */
void lw_dossier_look(LakwerkDossier *dossier);
LakwerkStatus lw_dossier_end(LakwerkDossier *dossier, LakwerkStatus status, const GError *error);
/* The answer or the error of a call, as JSON, in its language. */
LakwerkReply lw_dossier_reply(LwCall *call, LakwerkWriteFunc write, void *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwAccepted, lw_accepted_free)
