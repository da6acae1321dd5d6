/* record-data.h - what log, inventory and audit share. Private to engine/record.
 *
 * Every file is written under a temporary name in its own folder, and gets its name only when the
 * whole record is closed. */
#pragma once

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/base/signature.h"
#include "engine/record/record.h"

#define RECORD_SCHEMA	  1
#define RECORD_FIRST_LINK "0000000000000000000000000000000000000000000000000000000000000000"
#define RECORD_LOG	  "redaction-log.jsonl"
#define RECORD_CSV	  "redaction-log.csv"
#define RECORD_INVENTORY  "inventarislijst.csv"
#define RECORD_KEY	  "key"
#define RECORD_RECEIPTS	  "receipts.jsonl"
#define RECORD_POLICY	  "policy"
#define RECORD_GIVEN	  "given" /* a term, area or mark that the caller named */
#define RECORD_REVIEWER	  "reviewer-" /* and a number: a pseudonym */
#define RECORD_ALGORITHM  "Ed25519"
#define RECORD_OUTCOMES	  6

extern const char *const lw_outcome_names[RECORD_OUTCOMES + 1];
extern const char *const lw_leak_classes[]; /* from little to much; NULL ends them */
gboolean lw_outcome_is_delivered(LwOutcome outcome);

/* HMAC of a purpose and a hash: the same hash in two places of the log gives two values; yours. */
char *lw_record_hmac(const guint8 *key, const char *purpose, const char *hash);
/* What binds a mark of the log and its text without telling it; nonce: LW_DIGEST_BYTES, of this
 * mark only. Yours. */
char *lw_record_commitment(const guint8 *nonce, const char *mark, const char *text);
/* What is signed of a last link; yours. */
char *lw_record_signed_text(const char *link);
/* The key that signs when none is given: always the same one for a key of the log. Yours. */
LwKey *lw_record_own_key(const guint8 *key);
/* The grounds of marks, each with its count, in the order of the law; yours. */
LwJson *lw_record_grounds(const GPtrArray *marks);

/* opening.c: the internal folder of a log. */
typedef struct LwInside LwInside;

/* A regular file, whole, up to a bound; NULL when it is none. Yours. */
char *lw_record_read(const char *path, gsize *length);
/* Fills the key. NULL with error when it holds no key or no receipts. Yours. */
LwInside *lw_inside_open(const char *internal, guint8 key[LW_DIGEST_BYTES], GError **error);
void lw_inside_free(LwInside *inside);
const LwJson *lw_inside_receipt(const LwInside *inside, const char *document); /* or NULL */
const LwJson *lw_inside_opening(const LwInside *inside, const char *mark);     /* or NULL */
const char *lw_inside_link(const LwInside *inside);			       /* the last one */

LwJson *lw_opening_load(const char *path, GError **error); /* yours */
/* Does it open this mark of this log? opening may be NULL. */
gboolean lw_opening_fits(const LwJson *opening, const char *log, const char *mark,
			 const char *commitment);

/* stray.c: how many files below a folder are not among these names; links are not followed. */
guint lw_record_strays(const char *folder, GHashTable *known);

/* The line of the inventory for one document; number from 1. */
void lw_inventory_heading(GString *out);
/* What it says of a document that did not go out. */
const char *lw_inventory_remark(LwOutcome outcome, LwLang lang);
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
