/* marks.h - proposals as JSON Lines, out (`scan`) and back in (`--marks`).
 *
 * Offsets count Unicode code points of the document's text. What comes back was edited by people
 * and programs: every field is checked, and a line that does not fit its document stops the run
 * rather than marking the wrong place. */
#pragma once

#include "engine/plan.h"

typedef enum {
	LW_LIST_PROPOSED, /* what may be removed */
	LW_LIST_KEPT,	  /* also what the policy keeps readable */
} LwListing;

/* One line with a newline at its end; name: path as shown. Yours. */
char *lw_marks_line(const LwDocument *document, const char *name, const char *sha256,
		    const LwPlan *proposals, LwListing listing);

typedef struct LwMarksFile LwMarksFile;

/* LW_ERROR_USAGE with file and line. Yours. */
LwMarksFile *lw_marks_open(const char *path, GError **error);
void lw_marks_free(LwMarksFile *marks);
/* The marks of a document as proposals, decisions and grounds as edited. LW_ERROR_UNREADABLE when
 * the file does not know the document, LW_ERROR_USAGE when a mark does not fit it. Yours. */
LwPlan *lw_marks_find(LwMarksFile *marks, const LwDocument *document, const char *sha256,
		      const LwPlanOptions *options, GError **error);
/* Whether it has a line of the document. */
gboolean lw_marks_knows(const LwMarksFile *marks, const char *sha256);
/* SHA-256 of the file; borrowed. */
const char *lw_marks_digest(const LwMarksFile *marks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwMarksFile, lw_marks_free)
