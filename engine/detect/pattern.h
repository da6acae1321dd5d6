/* pattern.h - regular expressions with bounds. The door to PCRE2 (JIT, match limits, UTF-8,
 * digit-aware \b by lookaround). */
#pragma once

#include <glib.h>

typedef struct LwPattern LwPattern;

typedef struct {
	gsize start, end; /* bytes */
} LwPatternGroup;

#define LW_PATTERN_GROUPS 16

/* Yours. LW_ERROR_USAGE when it does not compile; the message names the place, not the pattern. */
LwPattern *lw_pattern_new(const char *regex, GError **error);
void lw_pattern_free(LwPattern *pattern);
/* One of a detector's own expressions, of a table that the first call initialises (static, NULL at
 * first) and keeps; each is compiled when it is first tried. A leading comment (?#geb|born|#) tells
 * what every match begins with, in small letters (# is a figure): only there is it tried, and not
 * inside a word or a number. At most 16. */
const LwPattern *lw_pattern_of(LwPattern ***table, const char *const *regexes, guint count,
			       guint which);
/* The next match at or after `from`; groups not taken have start = end = G_MAXSIZE. FALSE: none, or
 * the match limit was reached (then *exhausted is TRUE). An empty match is never returned. */
gboolean lw_pattern_next(const LwPattern *pattern, const char *text, gsize length, gsize from,
			 LwPatternGroup groups[LW_PATTERN_GROUPS], gboolean *exhausted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPattern, lw_pattern_free)
