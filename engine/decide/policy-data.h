/* policy-data.h - what a policy is made of. Private to engine/decide.
 *
 * Strings live in the arena; grounds are canonical ids joined by ';'. Lookup tables hold skeletons
 * (base/text.h). */
#pragma once

#include "engine/decide/policy.h"

typedef enum {
	POLICY_SECTION_POLICY,
	POLICY_SECTION_KIND,
	POLICY_SECTION_ROLE,
	POLICY_SECTION_KEEP,
	POLICY_SECTION_LISTS,
	POLICY_SECTION_STYLE,
	POLICY_SECTION_REGISTER,
	POLICY_SECTION_COUNT
} PolicySection;

typedef enum {
#define LW_POLICY_KEY(section, ID, type, name, value, nl, en) POLICY_KEY_##ID,
#include "engine/decide/policy.def"
#undef LW_POLICY_KEY
	POLICY_KEY_COUNT
} PolicyKeyId;

enum { POLICY_KEEPS = POLICY_KEY_DOMAINS - POLICY_KEY_NAMES + 1 };
enum { POLICY_LISTS = POLICY_KEY_OFFICES - POLICY_KEY_ALLOW + 1 };
enum { POLICY_REGISTERS = POLICY_KEY_ASSESSMENTS - POLICY_KEY_ORGANISATION + 1 };
enum { POLICY_SCORES = POLICY_KEY_RECALL - POLICY_KEY_SURE + 1 };

typedef enum {
	POLICY_PROFILE_RIJK,
	POLICY_PROFILE_GEMEENTE_STRENG,
	POLICY_PROFILE_GEMEENTE_RUIM,
	POLICY_PROFILE_RECHTSPRAAK,
} PolicyProfile;

typedef struct {
	LwAction action;
	const char *ground;
	double threshold;
} PolicyKind;

/* One line of a register; strings are folded but the label. */
typedef struct {
	const char *surname, *first, *initial; /* the last word, and the first of each; or "" */
	const char *label;		       /* "wethouder, 2018-06-01 - 2022-05-31" */
	guint32 from, until;		       /* 20180601; both days included */
	LwRole role;
} PolicyOffice;

struct LwPolicy {
	LwArena *arena;
	const char *name;
	LwStyle style;
	PolicyProfile profile;
	gboolean one_person, stamp;
	const char *signing_key; /* path; "" is none */
	const char *registered[POLICY_REGISTERS]; /* by key, from ORGANISATION; "" is none */
	const char *default_ground;
	double score[POLICY_SCORES]; /* by key, from SURE */
	PolicyKind kinds[LW_KIND_COUNT];
	LwAction roles[LW_ROLE_COUNT];
	GPtrArray *keep[POLICY_KEEPS];	/* const char *, as written; by key, from NAMES */
	GPtrArray *files[POLICY_LISTS]; /* const char *, paths; by key, from ALLOW */
	GPtrArray *words[POLICY_LISTS]; /* const char *, what the files hold */
	GPtrArray *mailboxes;		/* GRegex */
	GHashTable *names;		/* skeletons of keep names */
	GHashTable *allow, *deny;	/* skeletons */
	GHashTable *exact;		/* allowed words as written */
	GHashTable *offices;		/* folded surname: GPtrArray of PolicyOffice */
};

typedef struct {
	PolicySection section;
	const char *name, *value; /* value: the default */
	const char *comment[2];	  /* by LwLang */
	PolicyKeyId id;
	/* index: the kind or role. Relative paths are taken from folder. NULL, or what is wrong;
	 * yours. */
	char *(*set)(LwPolicy *policy, PolicyKeyId id, int index, const char *value,
		     const char *folder);
	void (*print)(const LwPolicy *policy, PolicyKeyId id, int index, GString *out);
} PolicyKey;

extern const PolicyKey lw_policy_keys[POLICY_KEY_COUNT];
extern const char *const lw_policy_sections[POLICY_SECTION_COUNT + 1];

/* How often a section stands, and the name of one of them behind its own; NULL when it has none. */
int lw_policy_section_count(PolicySection section);
const char *lw_policy_section_name(PolicySection section, int index);
/* A policy with nothing in it. */
LwPolicy *lw_policy_blank(void);
/* What is wrong with the policy as a whole, static; *key: where. NULL when fine. */
const char *lw_policy_check(const LwPolicy *policy, PolicyKeyId *key);

/* office.c: a line of a register of offices. NULL, or what is wrong; yours. */
char *lw_office_add(LwPolicy *policy, const char *line);

/* role.c */
extern const char *const lw_profile_names[];
void lw_profile_apply(LwPolicy *policy, PolicyProfile profile);
/* What role rules make of an action; *reason is set when they keep it. */
LwAction lw_role_judge(const LwPolicy *policy, const LwEntity *entity, const char *text,
		       LwAction action, LwReason *reason);
