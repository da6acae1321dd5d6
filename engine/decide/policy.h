/* policy.h - what is done with each find: actions, grounds, thresholds, roles, lists and the style of the boxes.
 * The file is a GKeyFile; lakwerk-policy(5) describes it. */
#pragma once

#include "engine/base/error.h"
#include "engine/model/mark.h"

typedef struct LwPolicy LwPolicy;

LwPolicy *lw_policy_new(void);	/* the built-in Woo policy; yours */
/* The built-in policy changed by a file. Unknown or doubled groups and keys, bad values: LW_ERROR_USAGE with file and
 * line. Yours. */
LwPolicy *lw_policy_load(const char *path, GError **error);
/* The same from memory; name stands in errors; relative list paths are taken from folder. */
LwPolicy *lw_policy_parse(const char *data, gsize length, const char *name, const char *folder, GError **error);
void lw_policy_free(LwPolicy *policy);
/* The policy as a commented file that parses to itself; yours. */
char *lw_policy_print(const LwPolicy *policy, LwLang lang);
/* SHA-256 of what it decides, hexadecimal; yours. Same decisions, same digest. */
char *lw_policy_digest(const LwPolicy *policy);

/* The user's lists of names, places, allow and deny words, type a(su): words and LwWordFlags, for
 * lw_lexicon_add_lists; floating reference. */
GVariant *lw_policy_lists(const LwPolicy *policy);
const LwStyle *lw_policy_style(const LwPolicy *policy);
const char *lw_policy_default_ground(const LwPolicy *policy); /* for terms and areas */
/* Whether who decides may also be the second reader. */
gboolean lw_policy_one_person(const LwPolicy *policy);
/* Whether what is published has its number on each page. */
gboolean lw_policy_stamp(const LwPolicy *policy);
const char *lw_policy_name(const LwPolicy *policy);
/* What the record of the algorithm register says of the organisation, by key ("contact"); NULL when it is not given.
 * Decides nothing either. */
const char *lw_policy_register(const LwPolicy *policy, const char *key);
/* The file of the key that signs logs; NULL when there is none. Decides nothing: not in the digest. */
const char *lw_policy_signing_key(const LwPolicy *policy);
/* From which score on a proposal is sure or likely (--accept). */
double lw_policy_sure(const LwPolicy *policy);
double lw_policy_likely(const LwPolicy *policy);

typedef struct {
	LwAction action;
	const char *ground;	/* of the policy; lives as long as it */
	LwReason reason;	/* why it is kept, or the entity's own */
	const char *evidence;
} LwRuling;

/* Gives those who held an office of the policy's register on the date (20190311; 0: unknown) its
 * role and reason; those of that name who did not, only the reason. */
void lw_policy_bind_offices(const LwPolicy *policy, const LwDocument *document, guint32 date, LwEntities *found);
/* The profile by its name, and what it and the file do with a role. */
const char *lw_policy_profile(const LwPolicy *policy);
LwAction lw_policy_role_action(const LwPolicy *policy, LwRole role);
/* What the policy says of a find in a document. text: what the span covers, for allow and deny lists. */
LwRuling lw_policy_judge(const LwPolicy *policy, const LwEntity *entity, const char *text, gsize length);

/* Problems of a set of grounds on one mark (woo.md 1.6): NULL when fine, else what is wrong, static, English. */
const char *lw_lint_grounds(const char *grounds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPolicy, lw_policy_free)
