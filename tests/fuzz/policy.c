/* policy.c - fuzz target: any bytes as a policy file. What parses must print to a file that parses
 * to the same decisions. */
#include "engine/decide/policy.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LwPolicy) policy =
		lw_policy_parse((const char *)data, size, "policy", "/nonexistent", &error);

	g_assert(!policy == !!error);
	if (!policy)
		return 0;
	g_autofree char *text = lw_policy_print(policy, LW_LANG_NL);
	g_autofree char *digest = lw_policy_digest(policy);
	g_autoptr(LwPolicy) again =
		lw_policy_parse(text, strlen(text), "printed", "/nonexistent", &error);
	g_assert_no_error(error);
	g_autofree char *same = lw_policy_digest(again);
	g_assert_cmpstr(digest, ==, same);
	return 0;
}
