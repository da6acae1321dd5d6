/* word-list.h - is a word one of a few that stand in the source, split by single blanks?
 *
 * The lists have to be literals: what can be told from a word's first or last bytes is worked out
 * once for each and kept by its address. */
#pragma once

#include <glib.h>

/* Is it one of these? The empty word never is. */
gboolean lw_token_in(const char *word, const char *spaced);
/* Does it end in one of these, with at least three bytes before it? */
gboolean lw_word_ends_in(const char *word, const char *spaced);
