/* token-find.c - the tokens of what was found. */
#include "engine/detect/token.h"

#include <string.h>

void lw_token_range(const LwTokens *tokens, LwSpan span, guint *first, guint *next)
{
	gsize end = lw_normal_find(tokens->normal, (gsize)span.start + span.length);

	*first = *next = lw_token_find(tokens, lw_normal_find(tokens->normal, span.start));
	while (span.length && *next < tokens->count && lw_token_at(tokens, *next)->start < end)
		(*next)++;
}

guint8 *lw_token_found(const LwTokens *tokens, const LwEntities *found,
		       gboolean (*counts)(const LwEntity *entity))
{
	guint8 *marks = g_new0(guint8, tokens->count + 1);

	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint first, next;

		if (counts && !counts(entity))
			continue;
		lw_token_range(tokens, entity->span, &first, &next);
		memset(marks + first, 1, next - first);
	}
	return marks;
}
