/* journal.h - what a run leaves beside its documents: the log for the public, hashes and keys
 * inside, and what is done. */
#pragma once

#include "engine/run.h"
#include "engine/state.h"

typedef enum {
	LW_JOURNAL_FOLDER, /* out is a folder: always a log */
	LW_JOURNAL_FILE,   /* out is a file: a log only when one is asked for */
} LwJournalType;

typedef struct LwJournal LwJournal;

/* Reads what an earlier run left. LW_ERROR_USAGE when it would overwrite a log that it may not.
 * Yours. */
LwJournal *lw_journal_new(const LwRunOptions *options, const char *out, LwJournalType type,
			  GError **error);
/* What an earlier run put at this path in the output; NULL when nothing is known. */
const LwStateEntry *lw_journal_find(const LwJournal *journal, const char *output);
/* Whether the file at a path in the output is what an earlier run put there, untouched. */
gboolean lw_journal_is_ours(const LwJournal *journal, const char *output);
/* Remembers a document that is in place. */
void lw_journal_note(LwJournal *journal, const LwRunDocument *document, const char *plan_digest);
typedef enum {
	LW_RUN_STOPPED,
	LW_RUN_COMPLETE, /* each input had its turn */
} LwRunEnd;

/* After all notes: removes what an earlier run wrote for inputs that are gone or have no output any
 * more. What is not removed stays known. FALSE when a file was changed since and had to stay. */
gboolean lw_journal_sweep(LwJournal *journal, const LwRun *run, LwRunEnd end);
/* Writes the log of all finished documents, and the state. */
gboolean lw_journal_close(LwJournal *journal, const LwRun *run, GError **error);
void lw_journal_free(LwJournal *journal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwJournal, lw_journal_free)
