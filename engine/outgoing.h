/* outgoing.h - the last look at what goes out beside the documents: names, logs, lists and reports
 * may hold nothing that was removed from any document of the run. Floor 4.
 *
 * Documents are verified by themselves, against the same strings. What stands in every report of
 * ours, whatever the documents say, is no leak, even where somebody is called like that. */
#pragma once

#include "engine/run.h"

typedef struct LwOutgoing LwOutgoing;

/* secrets: a set of the removed strings of all documents. ours: what may stand in a report, as
 * lw_report_words gives it. Yours. */
LwOutgoing *lw_outgoing_new(const LwRunOptions *options, GHashTable *secrets, const char *ours);
void lw_outgoing_free(LwOutgoing *outgoing);
/* FALSE with LW_ERROR_LEAK when a removed string stands in a file that lies at path and will have
 * this name. */
gboolean lw_outgoing_check_file(const LwOutgoing *outgoing, const char *path, const char *name,
				GError **error);
/* Every name below a folder, and every file that is in no set of names of documents. */
gboolean lw_outgoing_check_folder(const LwOutgoing *outgoing, const char *folder,
				  GHashTable *documents, GError **error);

/* What a list, log or report says; strings stand apart. Not of a PDF. Yours. */
char *lw_report_words(GBytes *bytes);
/* The words of our own that a log of these documents holds: kinds, grounds, outcomes, rules. Yours.
 */
char *lw_log_words(const GPtrArray *documents);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwOutgoing, lw_outgoing_free)
