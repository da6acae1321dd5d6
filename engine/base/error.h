/* error.h - the one error domain of the house; its codes are the exit codes of the command.
 *
 * The world is bad: GError in this domain, one line, lower case, path in quotes, never document text.
 * The document makes us doubt: a notice (model/document.h). We are wrong: g_assert. */
#pragma once

#include <glib.h>

#define LW_ERROR lw_error_quark()

typedef enum {
	LW_ERROR_FATAL = 1,		/* nothing could be done */
	LW_ERROR_USAGE = 2,		/* the call, the policy or the marks file is wrong */
	LW_ERROR_UNREADABLE = 3,	/* this document was refused; the rest goes on */
	LW_ERROR_LEAK = 4,		/* the verifier found what should be gone */
	LW_ERROR_REVIEW = 5,		/* a person has to decide first */
	LW_ERROR_MISSING = 10,		/* an optional part is not installed */
	LW_ERROR_INTERRUPTED = 130,
} LwErrorCode;

GQuark lw_error_quark(void);
