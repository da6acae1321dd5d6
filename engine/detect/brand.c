/* brand.c - what institutions, firms, makes and programs are called: "Cannock Chase", "Youké".
 *
 * No name of a person begins there, unless a title, initials or a first name stand before it:
 * "mevrouw Lindorff". Lists are the only evidence; what is a person's name as well is on none of
 * them. */
#include "engine/detect/name.h"

#include <string.h>

/* "mevrouw Bierens", "J. Bierens", "Anke Bierens" */
static gboolean follows_name(const LwTokens *tokens, guint at)
{
	guint before = at - 1;

	if (!at || lw_token_at(tokens, at)->gap > LW_GAP_SPACE)
		return FALSE;
	if (lw_token_at(tokens, before)->mark == '.' && before)
		before--;
	return lw_token_at(tokens, before)->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC) ||
	       (before + 1 < at && lw_token_at(tokens, before)->letters == 1);
}

void lw_name_mark_brands(const LwTokens *tokens, guint8 *marks, guint8 value)
{
	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint end;

		if (!(token->flags & LW_TOKEN_OPENS || token->lists & LW_WORD_BRAND) ||
		    !(token->flags & LW_TOKEN_CAPITAL))
			continue;
		if (!lw_token_longest(tokens, i, LW_WORD_BRAND, &end) || follows_name(tokens, i))
			continue;
		memset(marks + i, value, end - i);
		i = end - 1;
	}
}
