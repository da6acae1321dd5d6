/* lint.c - grounds that may not stand together on one mark (woo.md 1.6). */
#include "engine/decide/policy.h"

#include <string.h>

const char *lw_lint_grounds(const char *grounds)
{
	gboolean has[LW_GROUND_SCOPE + 1] = {FALSE};
	if (!grounds || !*grounds)
		return "a mark without a ground";
	g_auto(GStrv) ids = g_strsplit(grounds, ";", -1);
	for (guint i = 0; ids[i]; i++) {
		const LwGround *ground = lw_ground_parse(ids[i]);
		if (!ground)
			return "not a ground that can be chosen";
		for (guint j = 0; j < i; j++)
			if (lw_ground_parse(ids[j]) == ground)
				return "the same ground twice";
		has[ground->relation] = TRUE;
	}
	if (has[LW_GROUND_RESIDUAL] && (has[LW_GROUND_ABSOLUTE] || has[LW_GROUND_RELATIVE]))
		return "5.1.5 never stands together with a ground of 5.1 paragraph 1 or 2";
	if (has[LW_GROUND_SCOPE] && ids[1])
		return "what lies outside the scope of the law has no other ground";
	return NULL;
}
