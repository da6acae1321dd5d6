/* finding.c - what attacks found, for those who only hear of it: the parent has no attack in it. */
#include "engine/verify.h"

#include <string.h>

const LwFinding *lw_findings_leak(const GArray *findings)
{
	for (guint i = 0; i < findings->len; i++) {
		const LwFinding *finding = &g_array_index(findings, LwFinding, i);
		if (finding->weight == LW_WEIGHT_LEAK)
			return finding;
	}
	return NULL;
}

gboolean lw_findings_have(const GArray *findings, const char *code)
{
	for (guint i = 0; i < findings->len; i++)
		if (!strcmp(g_array_index(findings, LwFinding, i).code, code))
			return TRUE;
	return FALSE;
}
