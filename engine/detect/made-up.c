/* made-up.c - persons that a text for everybody makes up to show something: "Voorbeeld: Jan Jansen
 * (9 jaar)".
 *
 * The paragraph says so, or the heading right above it; and the name is a first name alone or one
 * that everybody makes up. */
#include "engine/detect/public-text.h"

#include <string.h>

#define HEADING_TOKENS 12
#define PROPOSED       0.45f /* a person decides: a real one may be the example */

static gboolean says_example(const LwTokens *tokens, guint at)
{
	return lw_token_in(
		lw_token_at(tokens, at)->word,
		"voorbeeld voorbeelden rekenvoorbeeld rekenvoorbeelden voorbeeldcasus casus "
		"fictief "
		"fictieve verzonnen gefingeerd gefingeerde bedacht stel example fictional");
}

/* By token: 1 in a paragraph that shows an example. Yours. */
static guint8 *mark_examples(const LwTokens *tokens, guint end)
{
	guint8 *marks = g_new0(guint8, tokens->count + 1);
	gboolean below = FALSE;

	for (guint line = 0, next; line < end; line = next) {
		gboolean here = FALSE;

		next = lw_token_line_end(tokens, line);
		for (guint i = line; i < next && !here; i++)
			here = says_example(tokens, i);
		if (lw_token_at(tokens, line)->gap == LW_GAP_BLANK)
			below = FALSE;
		if (here || below)
			memset(marks + line, 1, next - line);
		below |= here && next - line <= HEADING_TOKENS;
	}
	return marks;
}

/* "Fatima", "mevrouw Jansen-Pietersen", "Mevrouw X" */
static gboolean is_made_up_name(const LwTokens *tokens, guint first, guint last)
{
	static const char usual[] =
		"jansen janssen jansens pietersen klaassen klaasen modaal voorbeeld doe x y test";
	const LwToken *token = lw_token_at(tokens, last);
	g_auto(GStrv) parts = g_strsplit(token->word, "-", 2);

	return (first == last && token->lists & LW_WORD_FIRST_NAME) ||
	       (parts[0] && lw_token_in(parts[0], usual));
}

void lw_detect_made_up(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	guint end = context->public_end;
	g_autofree guint8 *marks = end ? mark_examples(tokens, end) : NULL;

	for (guint i = 0; end && i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint first, last;

		if (!entity->span.length || entity->role != LW_ROLE_UNKNOWN ||
		    (entity->kind != LW_KIND_PERSON && entity->kind != LW_KIND_AGE))
			continue;
		first = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
		last = lw_token_find(tokens,
				     lw_normal_find(tokens->normal,
						    entity->span.start + entity->span.length - 1));
		if (first < tokens->count && marks[first] &&
		    (entity->kind == LW_KIND_AGE || is_made_up_name(tokens, first, last)))
			entity->score = MIN(entity->score, PROPOSED);
	}
}
