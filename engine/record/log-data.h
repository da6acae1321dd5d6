/* log-data.h - a log that is being written. Private to log.c and entry.c. */
#pragma once

#include "engine/record/record-data.h"

enum { FILE_RECEIPTS, FILE_CSV, FILE_INVENTORY, FILE_LOG, FILE_COUNT };

struct LwRecord {
	char *internal, *link; /* link: SHA-256 of the last line of the log */
	guint8 key[LW_DIGEST_BYTES];
	gboolean made_folder, published, has_inventory;
	LwKey *signer;
	GHashTable *pseudonyms; /* reviewer -> "reviewer-1" */
	LwJson *others; /* further files of the folder: name -> SHA-256 */
	char *id, *approver, *approved;
	RecordFile new_key; /* path NULL: an earlier run made it */
	RecordFile files[FILE_COUNT];
	GChecksum *sum[FILE_COUNT];
	LwLang lang;
	GArray *nowhere; /* no LwBox */
	guint documents, marks, open;
	guint outcomes[RECORD_OUTCOMES];
	LwRecordCheck check; /* or NULL */
	void *check_self;
};

/* Random, as everything in the log is named; yours. */
char *lw_log_id(void);
char *lw_log_today(void);				     /* YYYY-MM-DD; yours */
/* Closes the chain over a line and writes it. */
gboolean lw_log_line(LwRecord *record, LwJson *line, GError **error);
gboolean lw_log_receipt(LwRecord *record, const LwJson *line, GError **error);
/* Sums a table while it is written, for the closing line. */
gboolean lw_log_row(LwRecord *record, int which, const GString *row, GError **error);
/* The name of a reviewer that goes out; whose it is stays inside. NULL with error. */
const char *lw_log_pseudonym(LwRecord *record, const char *reviewer, GError **error);
