/* lakwerk.h - the public header of liblakwerk: removes personal data from documents, and proves it.
 *
 * SPDX-License-Identifier: EUPL-1.2 OR GPL-3.0-or-later
 *
 * How to use it
 *
 *	Lakwerk *lakwerk = lakwerk_new();
 *	const char *inputs[] = { "dossier/", NULL };
 *
 *	lakwerk_set(lakwerk, LAKWERK_TERM, "Zonnebloem");
 *	if (lakwerk_redact(lakwerk, inputs, "disclosure/", NULL) != LAKWERK_OK)
 *		fprintf(stderr, "%s\n", lakwerk_message(lakwerk));
 *	lakwerk_free(lakwerk);
 *
 * What it promises
 *
 *	An input is never changed. A document appears under its name in the output only after
 *another process than the one that wrote it has attacked it and found nothing that was to be
 *removed; otherwise it does not appear at all. Messages never hold text of a document. Nothing goes
 *over a network. Documents are parsed only in lakwerk-worker processes that can open, send and
 *start nothing.
 *
 * Rules of the house
 *
 *	A Lakwerk is used by one thread at a time; several may live side by side. Strings that go in
 *are copied. Strings that come out, and what callbacks get, are borrowed: those of
 *lakwerk_message() live until the next call, those in a callback until it returns. All strings are
 *UTF-8, but names of files are as the system has them. The library prints nothing and installs no
 *signal handlers.
 */
#ifndef LAKWERK_H
#define LAKWERK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- How it ended
 * -------------------------------------------------------------------------------------------------
 */

/* The exit statuses of the command, too. */
typedef enum {
	LAKWERK_OK = 0,	   /* all written and verified, nothing open or unread; "nothing found" is
			      success */
	LAKWERK_FATAL = 1, /* nothing could be done */
	LAKWERK_USAGE = 2, /* an option, the policy or the marks file is wrong */
	LAKWERK_INCOMPLETE =
		3, /* finished, but an input has no output, was not read, or proposals stay open */
	LAKWERK_LEAK = 4,   /* something marked survived (that document was withheld); outranks 3 */
	LAKWERK_REVIEW = 5, /* a person has to decide first */
	LAKWERK_MISSING = 10, /* a part is not installed */
	LAKWERK_INTERRUPTED = 130
} LakwerkStatus;

/* ---- A session
 * ----------------------------------------------------------------------------------------------------
 */

typedef struct Lakwerk Lakwerk;

Lakwerk *lakwerk_new(void);
void lakwerk_free(Lakwerk *lakwerk);

/* Why the last call on this session failed: one line, lower case, in the language of LAKWERK_LANG,
 * without text of documents. "" when it did not. */
const char *lakwerk_message(const Lakwerk *lakwerk);

/* "0.1.0" */
const char *lakwerk_version(void);

/* ---- Options
 * ------------------------------------------------------------------------------------------------------
 */

/* Those marked + may be set more than once and add up. Switches take NULL as their value. */
typedef enum {
	LAKWERK_POLICY, /* file with the policy; without it the built-in policy for the Woo */
	LAKWERK_TERM,	/* + a word or phrase to remove: any case, whole words, across line ends */
	LAKWERK_REGEX,	/* + a regular expression (PCRE2) to remove */
	LAKWERK_AREA, /* + "PAGE:X0,Y0,X1,Y1": points from the top-left of the page as shown, pages
			 from 1 */
	LAKWERK_GROUND, /* ground of terms, expressions and areas: "5.1.2.e", several with ';'
			   between */
	LAKWERK_MARKS, /* file of lakwerk_scan() lines, edited: exactly these marks, no detectors */
	LAKWERK_NO_DETECT, /* switch: only terms, expressions and areas */
	LAKWERK_ACCEPT, /* + "sure", "likely" or "suggested": take proposals of that kind; "unread":
			   let pages that are only a picture go out */
	LAKWERK_WIDTH,	/* "exact", "quantised" or "strict"; else as the policy says */
	LAKWERK_LOG,	/* file for a copy of the log; for a single output file the only log */
	LAKWERK_STATE,	/* folder for keys, hashes and what is done; without it OUT.internal beside
			   OUT */
	LAKWERK_JOBS,	/* number of workers at a time; without it one per processor */
	LAKWERK_DRY_RUN, /* switch: read and decide, write nothing */
	LAKWERK_FORCE,	 /* switch: overwrite */
	LAKWERK_KEPT,	 /* switch: lakwerk_scan() also lists what the policy keeps readable */
	LAKWERK_FAULTS,	 /* switch: lakwerk_evaluate() also lists what was missed or wrongly touched */
	LAKWERK_JSON,	 /* switch: evaluate, explain, verify, audit and doctor write JSON lines, redact has
			    results */
	LAKWERK_KEY,	 /* file with the private key that signs the log; for lakwerk_audit() with the
			    public key that must have signed */
	LAKWERK_LANG	 /* "nl" (as without it) or "en": language of what is written for people,
			    messages included */
} LakwerkOption;

/* LAKWERK_USAGE when the value is no good. */
LakwerkStatus lakwerk_set(Lakwerk *lakwerk, LakwerkOption option, const char *value);

/* ---- While it runs
 * ------------------------------------------------------------------------------------------------
 */

typedef enum {
	LAKWERK_EVENT_READ,    /* progress of the first half: done of total documents are read */
	LAKWERK_EVENT_WRITTEN, /* progress of the second half: done of total are finished */
	LAKWERK_EVENT_NOTICE,  /* something to know about a document; changes no status */
	LAKWERK_EVENT_PROBLEM, /* an input has no output, or stays partly undone: why */
	LAKWERK_EVENT_RESULT   /* lakwerk_redact() with LAKWERK_JSON: message is a JSON object, one
				  per document and at the end one of the run */
} LakwerkEventType;

typedef struct {
	LakwerkEventType type;
	const char *path;    /* input, or NULL */
	const char *code;    /* of a notice: "encrypted", "hidden-layer"; or NULL */
	const char *message; /* one line, in the language of LAKWERK_LANG; or NULL */
	int page;	     /* from 1; 0: none */
	unsigned done, total;
} LakwerkEvent;

typedef void (*LakwerkEventFunc)(void *self, const LakwerkEvent *event);
void lakwerk_on_event(Lakwerk *lakwerk, LakwerkEventFunc func, void *self);

/* Makes a running call stop soon with LAKWERK_INTERRUPTED and without partial files. May be called
 * from a signal handler or another thread; holds until the session is freed. */
void lakwerk_cancel(Lakwerk *lakwerk);

/* Takes what a call writes: whole lines, or for lakwerk_text() pieces of any length. */
typedef void (*LakwerkWriteFunc)(void *self, const char *bytes, size_t length);

/* ---- Redact
 * -------------------------------------------------------------------------------------------------------
 */

typedef struct {
	unsigned documents; /* inputs found */
	unsigned written;   /* verified and in place, unchanged ones included */
	unsigned unchanged; /* done by an earlier run */
	unsigned withheld;  /* not read, or a leak */
	unsigned refused;   /* malformed, locked, unknown format, crashed */
	unsigned leaks;
	unsigned marks; /* removed */
	unsigned open;	/* proposals that a person has to decide */
	unsigned pages;
} LakwerkSummary;

/* inputs: files, folders (recursive, links not followed) or "-", NULL at the end. out: a folder, or
 * a file when there is one input file and out neither exists as a folder nor ends in '/'. Beside
 * the documents come redaction-log.jsonl, redaction-log.csv and inventarislijst.csv. What is done
 * and unchanged is skipped. summary may be NULL. */
LakwerkStatus lakwerk_redact(Lakwerk *lakwerk, const char *const *inputs, const char *out,
			     LakwerkSummary *summary);

/* ---- Look
 * ---------------------------------------------------------------------------------------------------------
 */

/* One JSON object per document with all proposals, in order of the inputs. The lines hold text of
 * documents. */
LakwerkStatus lakwerk_scan(Lakwerk *lakwerk, const char *const *inputs, LakwerkWriteFunc write,
			   void *self);

/* The text that offsets of marks count in; pages end with U+000C. */
LakwerkStatus lakwerk_text(Lakwerk *lakwerk, const char *file, LakwerkWriteFunc write, void *self);

/* Why one mark (its id, or the start of it) is there, and what the policy says of it. */
LakwerkStatus lakwerk_explain(Lakwerk *lakwerk, const char *file, const char *mark,
			      LakwerkWriteFunc write, void *self);

/* ---- Judge
 * --------------------------------------------------------------------------------------------------------
 */

/* Attacks a redacted file, whoever made it. With the original (may be NULL) it also looks for
 * everything that the original has and the file should not have any more. LAKWERK_LEAK when
 * something was found. */
LakwerkStatus lakwerk_verify(Lakwerk *lakwerk, const char *file, const char *original,
			     LakwerkWriteFunc write, void *self);

/* Checks a redaction-log.jsonl: chain, signature, tables and documents; with the internal folder
 * (NULL: looked for beside it) also what only that can tell. opening: a file with what
 * lakwerk_open_mark() wrote, which must fit the log, or NULL; then the log alone is enough. Writes
 * the fingerprint of the key and the last link, to be kept elsewhere. LAKWERK_FATAL when it was
 * tampered with. */
LakwerkStatus lakwerk_audit(Lakwerk *lakwerk, const char *log, const char *internal,
			    const char *opening, LakwerkWriteFunc write, void *self);

/* Writes what opens one mark of a log (its id, or the start of it), for a court: it holds what was
 * removed there, and tells nothing of any other mark. */
LakwerkStatus lakwerk_open_mark(Lakwerk *lakwerk, const char *log, const char *internal,
				const char *mark, LakwerkWriteFunc write, void *self);

/* Makes a key pair: file (mode 0600) and file.pub. Never overwrites. Writes the fingerprint. */
LakwerkStatus lakwerk_keygen(Lakwerk *lakwerk, const char *file, LakwerkWriteFunc write, void *self);

/* ---- Measure
 * -----------------------------------------------------------------------------------------------------
 */

/* How good the detection is on labelled documents: .txt with brat's .ann beside it, files of cases,
 * folders of these; NULL at the end. Recall, leaks, precision, per kind, genre and origin of names,
 * each with its 95 % interval. Each document stands alone. */
LakwerkStatus lakwerk_evaluate(Lakwerk *lakwerk, const char *const *gold, LakwerkWriteFunc write,
			       void *self);

/* ---- Know
 * ---------------------------------------------------------------------------------------------------------
 */

/* The policy in force as a commented file. */
LakwerkStatus lakwerk_policy(Lakwerk *lakwerk, LakwerkWriteFunc write, void *self);

/* The record of the Dutch algorithm register (Algoritmeregister, standard 1.0) as JSON: from the
 * policy, the versions and what was measured. dossiers: folders, NULL at the end, may be none; it
 * says that people decided only of those in which they did. */
LakwerkStatus lakwerk_register(Lakwerk *lakwerk, const char *const *dossiers,
			       LakwerkWriteFunc write, void *self);

/* What is installed here and what protects the workers. LAKWERK_MISSING when a part is not there.
 */
LakwerkStatus lakwerk_doctor(Lakwerk *lakwerk, LakwerkWriteFunc write, void *self);

#ifdef __cplusplus
}
#endif

#endif
