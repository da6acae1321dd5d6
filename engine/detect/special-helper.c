/* special-helper.c - who helps, treats or watches somebody: his calling is his own and says nothing
 * special of him. */
#include "engine/detect/special.h"

#include <string.h>

#define CALLING_TOKENS 6 /* in the brackets behind a body */

/* "De gezinsvoogd, Arjen Stolk", "Reclassering (Lisbeth)", "Haddou van GGZ Sallandkant": who helps
 * him, named. */
gboolean special_is_of_helper(const Scene *scene, guint next)
{
	guint at = next;

	while (at < next + 2 && lw_token_at(scene->tokens, at)->mark &&
	       strchr(",(:", (int)lw_token_at(scene->tokens, at)->mark))
		at++;
	return at > next && lw_token_at(scene->tokens, at)->gap <= LW_GAP_SPACE &&
	       scene->persons[at];
}

/* "dr. Pals (kinderarts)", "Fleur Overdiep, jeugdbeschermer," */
gboolean special_is_behind_helper(const Scene *scene, guint at, guint next)
{
	const LwToken *after = lw_token_at(scene->tokens, next);
	gunichar before = at ? lw_token_at(scene->tokens, at - 1)->mark : 0;

	return at > 1 && (before == '(' || before == ',') && scene->persons[at - 2] &&
	       ((after->mark && strchr(",.;)", (int)after->mark)) || after->gap >= LW_GAP_LINE);
}

/* "Reclassering Nederland (Martijn Schaap)", "reclassering    Bao Tran", "Oscar van Dam
 * (gezinscoach)": a body or a calling, and who comes for it. */
gboolean special_is_calling(const Scene *scene, guint at, guint next)
{
	static const char bodies[] = "reclassering jeugdreclassering jeugdhulp jeugdzorg thuiszorg "
				     "wijkverpleging thuisbegeleiding gezinsbegeleiding "
				     "jeugdbescherming ggz ambulante";
	const LwTokens *tokens = scene->tokens;
	guint open = next;

	if (!special_in(lw_token_at(tokens, next - 1)->word, CLASS_coach) &&
	    !lw_token_in(lw_token_at(tokens, at)->word, bodies))
		return FALSE;
	if (special_is_behind_helper(scene, at, next) ||
	    (lw_token_at(tokens, next)->gap == LW_GAP_WIDE && scene->persons[next]))
		return TRUE;
	while (open < next + 3 && lw_token_at(tokens, open)->flags & LW_TOKEN_CAPITAL)
		open++;
	if (lw_token_at(tokens, open)->mark != '(')
		return FALSE;
	for (guint i = open + 1; i < open + CALLING_TOKENS && i < tokens->count; i++)
		if (scene->persons[i])
			return TRUE;
	return FALSE;
}
