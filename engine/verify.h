/* verify.h - attacks a file, ours or anyone's: does it still give away what was removed? Floor 4;
 * names no format.
 *
 * One table of attacks serves every caller. What cannot be judged is as bad as a leak. */
#pragma once

#include "engine/detect/lexicon.h"
#include "engine/model/format.h"

typedef enum {
	LW_WEIGHT_TRACE, /* tells something, but nothing that had to go */
	LW_WEIGHT_LEAK,
} LwWeight;

typedef struct {
	const char *channel; /* where: "text", "glyph", "pixel", "pdf/info"; static or interned */
	const char *code;    /* what: "removed-text", "covered-text", "metadata" */
	const char *message;
	gint32 page; /* from 0, or -1 */
	gint32 mark; /* index in the plan, or -1 */
	LwWeight weight;
} LwFinding;

/* Who made the file that is judged. */
typedef enum {
	LW_MAKER_US,	 /* the plan tells all that happened to it: anything else is a doubt. Costs
			    what every document can bear: nothing is drawn but what lies under marks */
	LW_MAKER_ANYONE, /* the plan is a guess, every attack is made */
} LwMaker;

typedef struct {
	const LwFormat *format;
	GBytes *file;
	GBytes *original;   /* or NULL */
	const LwPlan *plan; /* what was removed and the strings of it; NULL: nobody knows */
	LwMaker maker;
	const LwLexicon *lexicon; /* the guesser's list of surnames; NULL: nobody guesses */
} LwJudged;

/* Adds findings (LwFinding), each channel and code once for a page. fits (guint32; or NULL) gets by
 * mark how many surnames still fit in its gap, LW_FITS_UNKNOWN where no name was measured. FALSE
 * with error when the file could not be judged. */
gboolean lw_verify(const LwJudged *judged, GArray *findings, GArray *fits, GError **error);

/* The first leak, or NULL: the file is clean. */
const LwFinding *lw_findings_leak(const GArray *findings);
/* Whether any finding has this code. */
gboolean lw_findings_have(const GArray *findings, const char *code);
