/* record-data.h - what log, inventory and audit share. Private to engine/record.
 *
 * Every file is written under a temporary name in its own folder, and gets its name only when the
 * whole record is closed. */
#pragma once

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/record/record.h"

#define RECORD_SCHEMA	  1
#define RECORD_FIRST_LINK "0000000000000000000000000000000000000000000000000000000000000000"
#define RECORD_LOG	  "redaction-log.jsonl"
#define RECORD_CSV	  "redaction-log.csv"
#define RECORD_INVENTORY  "inventarislijst.csv"
#define RECORD_KEY	  "key"
#define RECORD_RECEIPTS	  "receipts.jsonl"
#define RECORD_OUTCOMES	  6

extern const char *const lw_outcome_names[RECORD_OUTCOMES + 1];
gboolean lw_outcome_is_delivered(LwOutcome outcome);

/* HMAC of a purpose and a hash: the same hash in two places of the log gives two values; yours. */
char *lw_record_hmac(const guint8 *key, const char *purpose, const char *hash);
/* The grounds of marks, each with its count, in the order of the law; yours. */
LwJson *lw_record_grounds(const GPtrArray *marks);

/* The line of the inventory for one document; number from 1. */
void lw_inventory_heading(GString *out);
void lw_inventory_line(GString *out, guint number, const LwRecordDocument *document, LwLang lang);

/* A file on its way. */
typedef struct {
	char *path, *temporary;
	int fd;
	GString *pending;
} RecordFile;

gboolean lw_record_file_open(RecordFile *file, const char *folder, const char *name,
			     GError **error);
/* Writes what is pending. */
gboolean lw_record_file_flush(RecordFile *file, GError **error);
/* Flushes, syncs and closes, still under the temporary name. */
gboolean lw_record_file_finish(RecordFile *file, GError **error);
gboolean lw_record_file_publish(RecordFile *file, GError **error);
/* Removes what was not published, and frees. */
void lw_record_file_clear(RecordFile *file);
