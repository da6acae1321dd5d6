/* role.c - who stays readable: profiles, office holders, functional mailboxes, general numbers
 * (woo.md 2.2).
 *
 * A role lifts a name, never a signature, a direct number or a personal mail address. */
#include "engine/decide/policy-data.h"

#include "engine/base/text.h"

#include <string.h>

#define ADDRESS_MAX                                                                                \
	254 /* RFC 5321: more is no mail address, and regular expressions need a bound */

const char *const lw_profile_names[] = {"rijk", "gemeente-streng", "gemeente-ruim", "rechtspraak",
					NULL};

/* What a profile does otherwise than roles.def. */
typedef struct {
	PolicyProfile profile;
	LwRole role;
	LwAction action;
} Difference;

static const Difference differences[] = {
	{POLICY_PROFILE_GEMEENTE_STRENG, LW_ROLE_TOP_OFFICIAL, LW_ACTION_REMOVE},
	{POLICY_PROFILE_GEMEENTE_STRENG, LW_ROLE_SPOKESPERSON, LW_ACTION_REMOVE},
	{POLICY_PROFILE_GEMEENTE_STRENG, LW_ROLE_AUTHOR, LW_ACTION_SUGGEST},
	{POLICY_PROFILE_GEMEENTE_STRENG, LW_ROLE_PUBLIC, LW_ACTION_SUGGEST},
	{POLICY_PROFILE_GEMEENTE_RUIM, LW_ROLE_PROFESSIONAL, LW_ACTION_KEEP},
	{POLICY_PROFILE_GEMEENTE_RUIM, LW_ROLE_COMPANY, LW_ACTION_SUGGEST},
	{POLICY_PROFILE_RECHTSPRAAK, LW_ROLE_PROFESSIONAL, LW_ACTION_KEEP},
	{POLICY_PROFILE_RECHTSPRAAK, LW_ROLE_OFFICIAL, LW_ACTION_SUGGEST},
};

void lw_profile_apply(LwPolicy *policy, PolicyProfile profile)
{
	policy->profile = profile;
	for (int i = 0; i < LW_ROLE_COUNT; i++)
		policy->roles[i] = lw_role_default_action(i);
	for (guint i = 0; i < G_N_ELEMENTS(differences); i++)
		if (differences[i].profile == profile)
			policy->roles[differences[i].role] = differences[i].action;
}

const char *lw_policy_profile(const LwPolicy *policy)
{
	return lw_profile_names[policy->profile];
}

LwAction lw_policy_role_action(const LwPolicy *policy, LwRole role)
{
	return policy->roles[role];
}

static const GPtrArray *kept(const LwPolicy *policy, PolicyKeyId id)
{
	return policy->keep[id - POLICY_KEY_NAMES];
}

/* Is this the domain of the address, or one above it? */
static gboolean is_under(const char *domain, const char *above)
{
	gsize length = strlen(domain), tail = strlen(above);
	if (tail > length || g_ascii_strcasecmp(domain + length - tail, above) != 0)
		return FALSE;
	return tail == length || domain[length - tail - 1] == '.';
}

static gboolean is_own_domain(const LwPolicy *policy, const char *domain)
{
	const GPtrArray *domains = kept(policy, POLICY_KEY_DOMAINS);
	for (guint i = 0; i < domains->len; i++)
		if (is_under(domain, g_ptr_array_index(domains, i)))
			return TRUE;
	return domains->len == 0;
}

/* An address may be broken over lines, or written without its @; then only the detector's word
 * counts. */
static gboolean is_functional_mailbox(const LwPolicy *policy, const LwEntity *entity,
				      const char *text)
{
	if (strlen(text) > ADDRESS_MAX)
		return FALSE;
	g_auto(GStrv) words = g_strsplit_set(text, " \t\r\n", -1);
	g_autofree char *local = g_strjoinv(NULL, words);
	char *at = strrchr(local, '@');
	if (!at)
		return entity->role == LW_ROLE_FUNCTIONAL &&
		       kept(policy, POLICY_KEY_DOMAINS)->len == 0;
	if (!is_own_domain(policy, at + 1))
		return FALSE;
	*at = '\0';
	for (guint i = 0; i < policy->mailboxes->len; i++)
		if (g_regex_match(g_ptr_array_index(policy->mailboxes, i), local, 0, NULL))
			return TRUE;
	return entity->role == LW_ROLE_FUNCTIONAL;
}

/* The digits of a national number: "+31 (0)30 286 00 00" and "030-2860000" are one. */
static char *national_number(const char *text)
{
	g_autoptr(GString) digits = g_string_new(NULL);
	gboolean abroad = strchr(text, '+') != NULL;
	for (; *text; text++)
		if (g_ascii_isdigit(*text))
			g_string_append_c(digits, *text);
	if (g_str_has_prefix(digits->str, "0031"))
		g_string_erase(digits, 0, 4);
	else if (abroad && g_str_has_prefix(digits->str, "31"))
		g_string_erase(digits, 0, 2);
	while (digits->str[0] == '0')
		g_string_erase(digits, 0, 1);
	return g_string_free(g_steal_pointer(&digits), FALSE);
}

static gboolean is_general_number(const LwPolicy *policy, const LwEntity *entity, const char *text)
{
	const GPtrArray *numbers = kept(policy, POLICY_KEY_NUMBERS);
	g_autofree char *found = national_number(text);
	for (guint i = 0; i < numbers->len; i++) {
		g_autofree char *number = national_number(g_ptr_array_index(numbers, i));
		if (*number && strcmp(number, found) == 0)
			return TRUE;
	}
	return entity->role == LW_ROLE_FUNCTIONAL;
}

static LwAction judge_name(const LwPolicy *policy, const LwEntity *entity, const char *text,
			   LwAction action, LwReason *reason)
{
	g_autofree char *skeleton = lw_text_skeleton(text, -1);
	if (*skeleton && g_hash_table_contains(policy->names, skeleton)) {
		*reason = LW_REASON_ALLOW;
		return LW_ACTION_KEEP;
	}
	if (policy->roles[entity->role] == LW_ACTION_KEEP && entity->reason != LW_REASON_OFFICE)
		*reason = LW_REASON_ROLE;
	return MIN(action, policy->roles[entity->role]);
}

/* Contact data of an organisation; what else a detector calls functional is none of a role's
 * business. */
static gboolean is_functional(const LwPolicy *policy, const LwEntity *entity, const char *text)
{
	switch (entity->kind) {
	case LW_KIND_EMAIL:
		return is_functional_mailbox(policy, entity, text);
	case LW_KIND_PHONE:
		return is_general_number(policy, entity, text);
	case LW_KIND_ADDRESS:
	case LW_KIND_POSTCODE:
	case LW_KIND_IBAN:
	case LW_KIND_ACCOUNT:
		return entity->role == LW_ROLE_FUNCTIONAL;
	default:
		return FALSE;
	}
}

LwAction lw_role_judge(const LwPolicy *policy, const LwEntity *entity, const char *text,
		       LwAction action, LwReason *reason)
{
	if (entity->kind == LW_KIND_PERSON)
		return judge_name(policy, entity, text, action, reason);
	if (!is_functional(policy, entity, text))
		return action;
	if (policy->roles[LW_ROLE_FUNCTIONAL] == LW_ACTION_KEEP)
		*reason = LW_REASON_FUNCTIONAL;
	return MIN(action, policy->roles[LW_ROLE_FUNCTIONAL]);
}
