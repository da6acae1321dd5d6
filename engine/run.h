/* run.h - a run over many documents, first half: read and detect in all of them, link persons,
 * propose.
 *
 * Between the halves a document is kept packed; after its plan is made it is dropped. Nothing
 * depends on the order in which workers finish. */
#pragma once

#include "engine/detect/link.h"
#include "engine/input.h"
#include "engine/lakwerk.h"
#include "engine/marks.h"
#include "engine/record/record.h"
#include "engine/worker.h"

typedef struct LwRunDocument LwRunDocument;

/* Where documents lie between the halves, instead of in memory. All that fails stops the run. */
typedef struct {
	void *self;
	/* Whether a document that was just opened is known as it is: then fills sha256, format,
	 * pages, notices and entities. */
	gboolean (*find)(void *self, LwRunDocument *document);
	/* Takes a document that was read, packed, with its entities as found. */
	gboolean (*put)(void *self, LwRunDocument *document, GBytes *packed, gsize size,
			GError **error);
	/* Gives it back; yours, NULL with error. */
	GBytes *(*get)(void *self, LwRunDocument *document, gsize *size, GError **error);
} LwRunShelf;

typedef struct {
	const LwPolicy *policy;
	char *policy_digest;
	GPtrArray *terms, *regexes; /* strings, NULL at the end */
	GArray *areas;		    /* LwBox */
	char *ground, *marks, *log, *state;
	char *key; /* file of a key, or NULL */
	gboolean detect, dry, force;
	gboolean faults;  /* LAKWERK_FAULTS */
	gboolean results; /* LAKWERK_EVENT_RESULT is wanted */
	guint accept;	  /* LwAccept */
	int width; /* LwWidth + 1; 0: that of the policy */
	guint workers;
	LwListing listing;
	LwLang lang;
	LakwerkEventFunc event; /* or NULL */
	void *event_self;
	const gint *cancelled;
	const LwRunShelf *shelf; /* of a dossier; or NULL */
} LwRunOptions;

typedef enum {
	LW_DOCUMENT_WAITING,
	LW_DOCUMENT_READ, /* packed or held */
	LW_DOCUMENT_PLANNED,
	LW_DOCUMENT_FINISHED, /* outcome says how */
} LwDocumentState;

struct LwRunDocument {
	LwInput *input;
	LwDocumentState state;
	LwOutcome outcome;
	char *message; /* why it has no output */
	int code;      /* LwErrorCode of that, or 0 */
	char *sha256, *format;
	guint pages;
	LwArena *arena;	 /* of notices */
	GArray *notices; /* LwNotice */
	LwDocument *document;
	GBytes *packed;
	gsize packed_size;
	LwEntities *entities;
	LwPlan *proposals, *plan;
	GPtrArray *open;	      /* LwMark of proposals */
	char *output, *output_sha256; /* name in the output */
	LwReceipt *receipt;
	const char *verdict;
};

typedef struct {
	const LwRunOptions *options;
	GPtrArray *inputs;    /* LwInput */
	GPtrArray *documents; /* LwRunDocument */
	LwLexicon *lexicon;   /* or NULL */
	LwRegistry *registry; /* or NULL */
	LwMarksFile *marks;   /* or NULL */
	GHashTable *secrets;  /* strings of the whole run */
	LwPlanOptions plan_options;
	guint next;	       /* to be started in the half that runs */
	guint done;	       /* of the half that runs */
	guint learnt;	       /* documents that the registry has seen */
	GHashTable *unmatched; /* "--term number 2": given and found nowhere */
} LwRun;

/* Finds the inputs and opens what the run needs. Yours. */
LwRun *lw_run_new(const LwRunOptions *options, const char *const *paths, GError **error);
void lw_run_free(LwRun *run);
/* Reads everything. FALSE when the run as a whole cannot go on; a document's own fault only
 * finishes that document. */
gboolean lw_run_read(LwRun *run, GError **error);
/* Called with each document and its proposals, in order of the inputs, before the document is
 * dropped. */
typedef void (*LwRunFunc)(void *self, LwRun *run, LwRunDocument *document);
/* Proposes and plans for every document that was read. */
gboolean lw_run_plan(LwRun *run, LwRunFunc each, void *self, GError **error);

/* Starts tasks, at most options->workers at a time, until start has none left (NULL without error),
 * and hands in what finished. FALSE with error when start fails or the run was cancelled. */
typedef LwTask *(*LwRunStart)(void *self, LwRunDocument **document, GError **error);
typedef gboolean (*LwRunFinish)(void *self, LwRunDocument *document, LwTask *task, GError **error);
gboolean lw_run_tasks(LwRun *run, LwRunStart start, LwRunFinish finish, void *self, GError **error);

/* The key that the caller or the policy gives; NULL when neither does: the log then has its own.
 * FALSE with error when it cannot be used. Yours. */
gboolean lw_signer_load(const LwRunOptions *options, const LwPolicy *policy, LwKey **key,
			GError **error);
/* Waits for one task, which it takes (NULL gives NULL); NULL with error when the call was
 * cancelled. Yours. */
LwTask *lw_run_wait(const LwRunOptions *options, LwTask *task, GError **error);

void lw_run_refuse(LwRun *run, LwRunDocument *document, LwOutcome outcome, const GError *error);
void lw_run_event(const LwRun *run, LakwerkEventType type, const LwRunDocument *document,
		  const char *message);
void lw_run_notice(const LwRun *run, const LwRunDocument *document, const LwNotice *notice);
gboolean lw_run_is_stopped(const LwRunOptions *options, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwRun, lw_run_free)
