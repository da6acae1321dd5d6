/* citation.c - authors of what was published: "Dietz, C. & D. Nill (2011)", "het boek van
 * Schlossels en Zijlstra (2017)" (woo.md 2.2).
 *
 * A year in brackets behind names makes a citation only when the form of the names or a word before
 * them does so too; behind one full name it may be a year of birth. */
#include "engine/detect/token.h"

#include <string.h>

#define MAX_TOKENS 28 /* from a name to the year */
#define MAX_BACK   8  /* from a name to "het boek van" */

static const char works[] =
	"boek boeken artikel rapport proefschrift dissertatie studie handboek publicatie bundel "
	"essay monografie commentaar annotatie noot bijdrage zie vgl volgens aldus "
	"geraadpleegd literatuur bronnen bron literatuurlijst referenties";

/* "(2011)", "(2011a)": the token behind it; `at` when it is none. */
static guint skip_year(const LwTokens *tokens, guint at)
{
	const LwToken *year = lw_token_at(tokens, at + 1);
	const char *word = year->word;

	if (lw_token_at(tokens, at)->mark != '(' || lw_token_at(tokens, at + 2)->mark != ')' ||
	    (strlen(word) != 4 && strlen(word) != 5))
		return at;
	for (guint i = 0; i < 4; i++)
		if (!g_ascii_isdigit(word[i]))
			return at;
	return word[0] == '1' || word[0] == '2' ? at + 3 : at;
}

/* Names and what joins them up to the year; *joined: there is more than one. */
static gboolean leads_to_year(const LwTokens *tokens, guint at, gboolean *joined)
{
	*joined = FALSE;
	for (guint i = at; i < at + MAX_TOKENS && i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->gap > LW_GAP_LINE)
			return FALSE;
		if (skip_year(tokens, i) > i)
			return TRUE;
		if (token->mark == '&' || lw_token_in(token->word, "en and et"))
			*joined = TRUE;
		else if (lw_token_in(token->word, "e a al c s red eds ed"))
			*joined |= lw_token_in(token->word, "al a");
		else if (token->mark ? !strchr(",.'-", (int)token->mark)
				     : !(token->flags & LW_TOKEN_CAPITAL) &&
					       !(token->cues & LW_CUE_PARTICLE))
			return FALSE;
	}
	return FALSE;
}

static gboolean follows_work(const LwTokens *tokens, guint first)
{
	for (guint back = 1; back <= MAX_BACK && back <= first; back++) {
		if (lw_token_at(tokens, first - back)->mark == '.')
			return FALSE;
		if (lw_token_in(lw_token_at(tokens, first - back)->word, works))
			return TRUE;
	}
	return FALSE;
}

/* "Nill (2011). Vleermuizen. Utrecht: Tirion." */
static gboolean is_publisher(const LwTokens *tokens, guint first)
{
	if (first < 2 || lw_token_at(tokens, first - 1)->mark != ':' ||
	    !(lw_token_at(tokens, first - 2)->lists & LW_WORD_PLACE))
		return FALSE;
	for (guint back = 3; back <= MAX_TOKENS && back <= first; back++)
		if (skip_year(tokens, first - back) > first - back)
			return TRUE;
	return FALSE;
}

/* "dochter Lieke (2013)": a child and the year of birth. */
static gboolean is_relative(const LwTokens *tokens, guint first, guint last)
{
	const guint32 lists = lw_token_at(tokens, first)->lists;

	return (first && lw_token_at(tokens, first - 1)->cues & (LW_CUE_KIN | LW_CUE_RELATION)) ||
	       (first == last && lists & LW_WORD_FIRST_NAME && !(lists & LW_WORD_SURNAME));
}

static gboolean is_author(const LwTokens *tokens, guint first, guint last)
{
	gboolean initials = FALSE, joined;

	for (guint i = first; i <= last; i++)
		initials |= lw_token_at(tokens, i)->mark == '.';
	if (!leads_to_year(tokens, last + 1, &joined) || is_relative(tokens, first, last))
		return FALSE;
	return initials || joined || first == last || follows_work(tokens, first) ||
	       (first > 1 &&
		(lw_token_is(tokens, first - 1, "en") ||
		 lw_token_at(tokens, first - 1)->mark == '&') &&
		follows_work(tokens, first - 1));
}

void lw_detect_citations(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;

	for (guint i = 0; tokens && i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint first, last;

		if (entity->kind != LW_KIND_PERSON || !entity->span.length ||
		    entity->role != LW_ROLE_UNKNOWN || entity->reason == LW_REASON_FIELD)
			continue;
		first = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
		last = lw_token_find(tokens,
				     lw_normal_find(tokens->normal,
						    entity->span.start + entity->span.length - 1));
		if (!is_author(tokens, first, last) && !is_publisher(tokens, first))
			continue;
		entity->role = LW_ROLE_AUTHOR;
		entity->reason = LW_REASON_ROLE;
		entity->evidence = "auteur";
	}
}
