/* record.h - the redaction log, the inventory and the internal receipts of a run.
 *
 * OUT/redaction-log.jsonl, .csv and inventarislijst.csv go to the public: random ids, painted
 * boxes, commitments, days, pseudonyms; no document text and no plain hash of it, of a mark or of
 * an input. OUT.internal/ (mode 0700): key, plain hashes, who the pseudonyms are, and for each mark
 * what opens its commitment. Every line of the jsonl carries the SHA-256 of the line before: a
 * chain, whose last link is signed. */
#pragma once

#include "engine/base/error.h"
#include "engine/base/json.h"
#include "engine/base/signature.h"
#include "engine/model/mark.h"

typedef struct LwRecord LwRecord;

typedef enum {
	LW_OUTCOME_WRITTEN,   /* verified and in place */
	LW_OUTCOME_UNCHANGED, /* written by an earlier run, still the same */
	LW_OUTCOME_UNREAD,    /* holds a page that nobody read: withheld */
	LW_OUTCOME_REFUSED,   /* malformed, locked, unknown format */
	LW_OUTCOME_FAILED,    /* the worker crashed, hung or ran out */
	LW_OUTCOME_LEAK,      /* the verifier found something: withheld */
} LwOutcome;

typedef struct {
	const char *input;  /* path relative to the dossier; may be NULL for "-" */
	const char *output; /* path in OUT, or NULL */
	const char *format;
	guint32 pages;
	LwOutcome outcome;
	const char *message; /* why it has no output; no document text; or NULL */
	const char *input_sha256, *output_sha256; /* hexadecimal; output may be NULL */
	const LwPlan *plan;			  /* accepted marks; may be NULL */
	const GPtrArray *open;	  /* LwMark: proposals that stay open; may be NULL */
	const LwReceipt *receipt; /* may be NULL */
	const GArray *notices;	  /* LwNotice of reading; may be NULL */
	const char *verdict;	  /* "clean", or the channel that leaked */
} LwRecordDocument;

/* Starts the record of a run. out: folder (exists). internal: folder, made with mode 0700. Nothing
 * is visible under its final name before close. Yours. */
LwRecord *lw_record_open(const char *out, const char *internal, const char *policy_digest,
			 const char *version, LwLang lang, GError **error);
gboolean lw_record_add(LwRecord *record, const LwRecordDocument *document, GError **error);
/* An inventory in place of the one that it makes itself: of a dossier, where people judged. Right
 * after opening; takes bytes. */
void lw_record_set_inventory(LwRecord *record, GBytes *bytes);
/* Signs with this key instead of the one that belongs to the internal folder; takes it, NULL is
 * none. */
void lw_record_set_signer(LwRecord *record, LwKey *key);
/* A further file of the folder that is published with the log. */
void lw_record_add_file(LwRecord *record, const char *name, const char *sha256);
/* The second reader and the day, of a dossier; may be NULL. */
void lw_record_set_approval(LwRecord *record, const char *reviewer, const char *day);
/* Called with each file that goes out when it is whole and lies at path; FALSE with error: none of
 * them gets its name. */
typedef gboolean (*LwRecordCheck)(void *self, const char *path, const char *name, GError **error);
void lw_record_set_check(LwRecord *record, LwRecordCheck check, void *self);
/* Writes the closing lines and moves the files into place; *last_link gets the hash of the last
 * line (yours, may be NULL). */
gboolean lw_record_close(LwRecord *record, char **last_link, GError **error);
void lw_record_free(LwRecord *record); /* without close: leaves nothing behind */

typedef struct {
	const char *internal; /* folder; NULL: looked for beside the log's folder */
	const LwKey *key;     /* that must have signed; NULL: any */
	const char *opening;  /* file that opens one mark: then the log alone is enough; or NULL */
} LwAuditQuestion;

typedef struct {
	guint lines, documents; /* documents: compared with their files */
	guint unknown;		/* files in the folder that the log does not tell of */
	gboolean keyed;		/* the internal folder was there */
	char *last_link, *fingerprint;
	LwJson *mark;	 /* the line of the log that was opened, or NULL */
	LwJson *opening; /* what opened it */
} LwAuditAnswer;

/* Checks a redaction-log.jsonl: chain, fields, signature, tables and documents; with the internal
 * folder also inputs and commitments. FALSE with error naming the line. The answer is to be cleared
 * either way. */
gboolean lw_record_audit(const char *log, const LwAuditQuestion *question, LwAuditAnswer *answer,
			 GError **error);
void lw_audit_answer_clear(LwAuditAnswer *answer);
/* What opens one mark (its id, or the start of it) of a sound log, from the internal folder: for
 * who may read that mark and no other. Yours. */
LwJson *lw_record_open_mark(const char *log, const char *internal, const char *mark,
			    GError **error);

/* Appends one CSV field (RFC 4180), safe against formula injection: a field that starts with = + -
 * @ tab or CR gets an apostrophe before it. */
void lw_csv_field(GString *line, const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwRecord, lw_record_free)
