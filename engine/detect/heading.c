/* heading.c - "D. Reden" of "C. Samenstelling" and "E. Verklaring": headings in the order of the
 * alphabet, which look like persons with an initial. */
#include "engine/detect/name-part.h"

#include <stdlib.h>

#define REACH 1500 /* tokens to the heading before or after */

gboolean lw_name_is_heading(const LwTokens *tokens, const LwName *name)
{
	const LwToken *first = lw_token_at(tokens, name->first);
	guint from = name->first > REACH ? name->first - REACH : 0;
	guint to = MIN(tokens->count, name->last + REACH);
	gboolean one = FALSE;

	if (!(lw_token_at(tokens, name->last)->lists & LW_WORD_COMMON) ||
	    !(first->flags & LW_TOKEN_LINE_START) || !g_ascii_isalpha(*first->word) ||
	    lw_token_at(tokens, name->last + 1)->gap < LW_GAP_LINE)
		return FALSE;
	for (guint i = lw_token_line_start(tokens, from); i < to && !one;
	     i = lw_token_line_end(tokens, i)) {
		const LwToken *letter = lw_token_at(tokens, i), *word = lw_token_at(tokens, i + 2);

		one = letter->letters == 1 && letter->flags & LW_TOKEN_CAPITAL &&
		      abs(*letter->word - *first->word) == 1 &&
		      lw_token_at(tokens, i + 1)->mark == '.' && word->gap == LW_GAP_SPACE &&
		      word->lists & LW_WORD_COMMON &&
		      !(word->lists & (LW_WORD_SURNAME | LW_WORD_FIRST_NAME));
	}
	return one;
}
