/* recognise.h - reads pages as a person would: with tesseract, where it is installed. The door to
 * tesseract, a program of its own that gets nothing but pixels. Floor 4. */
#pragma once

#include "engine/run.h"

/* Path of the program; yours, NULL when it is not installed. */
char *lw_recognise_program(void);
/* Reads the rows around what was removed from a file; text: what it still says openly. A removed
 * string that only the picture shows is a leak. What leaks already needs no second proof. FALSE
 * with error when the call was cancelled or a page cannot be drawn. */
gboolean lw_recognise_removed(const LwRunOptions *options, int file, const LwPlan *plan,
			      const char *text, GArray *findings, GError **error);
