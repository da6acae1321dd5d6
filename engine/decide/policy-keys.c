/* policy-keys.c - how every key of a policy file is read and written; one pair of functions per
 * type of value. */
#include "engine/decide/policy-data.h"

#include "engine/base/limits.h"
#include "engine/base/text.h"

#include <math.h>
#include <string.h>

#define WORD_MAX_BYTES 200
#define LINE_MAX_BYTES 500

const char *const lw_policy_sections[] = {"policy", "kind",  "role",	 "keep",
					  "lists",  "style", "register", NULL};

int lw_policy_section_count(PolicySection section)
{
	if (section == POLICY_SECTION_KIND)
		return LW_KIND_COUNT;
	return section == POLICY_SECTION_ROLE ? LW_ROLE_COUNT : 1;
}

const char *lw_policy_section_name(PolicySection section, int index)
{
	if (section == POLICY_SECTION_KIND)
		return lw_kind_name(index);
	return section == POLICY_SECTION_ROLE ? lw_role_name(index) : NULL;
}

static const char *keep_string(LwPolicy *policy, const char *text)
{
	return lw_arena_strndup(policy->arena, text, strlen(text));
}

/* The items of a list separated by ';', without white space around them and without empty ones;
 * yours. */
static GPtrArray *split(const char *value)
{
	GPtrArray *items = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) parts = g_strsplit(value, ";", -1);
	for (guint i = 0; parts[i]; i++) {
		g_strstrip(parts[i]);
		if (*parts[i])
			g_ptr_array_add(items, g_strdup(parts[i]));
	}
	return items;
}

static void print_items(const GPtrArray *items, GString *out)
{
	for (guint i = 0; i < items->len; i++)
		g_string_append_printf(out, "%s%s", i ? ";" : "", (char *)items->pdata[i]);
}

#define SETTER(type)                                                                               \
	static char *set_##type(LwPolicy *policy, G_GNUC_UNUSED PolicyKeyId id,                    \
				G_GNUC_UNUSED int index, const char *value,                        \
				G_GNUC_UNUSED const char *folder)
#define PRINTER(type)                                                                              \
	static void print_##type(const LwPolicy *policy, G_GNUC_UNUSED PolicyKeyId id,             \
				 G_GNUC_UNUSED int index, GString *out)

SETTER(name)
{
	if (!*value)
		return g_strdup("the name is empty");
	policy->name = keep_string(policy, value);
	return NULL;
}

PRINTER(name)
{
	g_string_append(out, policy->name);
}

SETTER(lang)
{
	if (strcmp(value, "nl") != 0 && strcmp(value, "en") != 0)
		return g_strdup("the language is nl or en");
	policy->style.lang = strcmp(value, "nl") == 0 ? LW_LANG_NL : LW_LANG_EN;
	return NULL;
}

PRINTER(lang)
{
	g_string_append(out, policy->style.lang == LW_LANG_NL ? "nl" : "en");
}

static char *parse_yes(const char *value, gboolean *yes)
{
	*yes = strcmp(value, "yes") == 0;
	return *yes || !strcmp(value, "no") ? NULL : g_strdup("the value is yes or no");
}

SETTER(one_person)
{
	return parse_yes(value, &policy->one_person);
}

PRINTER(one_person)
{
	g_string_append(out, policy->one_person ? "yes" : "no");
}

SETTER(stamp)
{
	return parse_yes(value, &policy->stamp);
}

PRINTER(stamp)
{
	g_string_append(out, policy->stamp ? "yes" : "no");
}

/* The folder of the policy may itself be relative. */
static const char *keep_path(LwPolicy *policy, const char *value, const char *folder)
{
	g_autofree char *base = g_canonicalize_filename(folder ? folder : ".", NULL);
	g_autofree char *path = g_canonicalize_filename(value, base);
	return keep_string(policy, path);
}

SETTER(signing_key)
{
	policy->signing_key = *value ? keep_path(policy, value, folder) : "";
	return NULL;
}

PRINTER(signing_key)
{
	g_string_append(out, policy->signing_key);
}

SETTER(registered)
{
	for (const char *c = value; *c; c++)
		if ((guchar)*c < 32)
			return g_strdup("a text for the register is one line");
	if (strlen(value) > LINE_MAX_BYTES)
		return g_strdup("a text for the register is longer than 500 bytes");
	policy->registered[id - POLICY_KEY_ORGANISATION] = keep_string(policy, value);
	return NULL;
}

PRINTER(registered)
{
	g_string_append(out, policy->registered[id - POLICY_KEY_ORGANISATION]);
}

SETTER(profile)
{
	for (int i = 0; lw_profile_names[i]; i++) {
		if (strcmp(lw_profile_names[i], value) != 0)
			continue;
		lw_profile_apply(policy, i);
		return NULL;
	}
	return g_strdup("the profile is rijk, gemeente-streng, gemeente-ruim or rechtspraak");
}

PRINTER(profile)
{
	g_string_append(out, lw_profile_names[policy->profile]);
}

/* Grounds in any spelling as canonical ids; NULL and *problem when they are wrong. */
static const char *canonical_grounds(LwPolicy *policy, const char *value, char **problem)
{
	g_autoptr(GString) ids = g_string_new(NULL);
	g_autoptr(GPtrArray) items = split(value);
	for (guint i = 0; i < items->len; i++) {
		const LwGround *ground = lw_ground_parse(items->pdata[i]);
		g_string_append_printf(ids, "%s%s", i ? ";" : "", ground ? ground->id : "?");
	}
	const char *wrong = lw_lint_grounds(ids->str);
	*problem = g_strdup(wrong);
	return wrong ? NULL : keep_string(policy, ids->str);
}

SETTER(ground)
{
	char *problem;
	policy->default_ground = canonical_grounds(policy, value, &problem);
	return problem;
}

PRINTER(ground)
{
	g_string_append(out, policy->default_ground);
}

SETTER(width)
{
	LwWidth width;
	if (!lw_width_parse(value, &width))
		return g_strdup("the width is exact, quantised or strict");
	policy->style.width = width;
	return NULL;
}

PRINTER(width)
{
	g_string_append(out, lw_width_name(policy->style.width));
}

static char *parse_score(const char *value, double *score)
{
	char *end;
	double number = g_ascii_strtod(value, &end);
	if (end == value || *end || !(number >= 0 && number <= 1))
		return g_strdup("a score is a number from 0 to 1");
	*score = round(number * 1e4) / 1e4;
	return NULL;
}

static void print_number(double score, GString *out)
{
	char buffer[G_ASCII_DTOSTR_BUF_SIZE];
	g_string_append(out, g_ascii_formatd(buffer, sizeof(buffer), "%g", score));
}

SETTER(score)
{
	return parse_score(value, &policy->score[id - POLICY_KEY_SURE]);
}

PRINTER(score)
{
	print_number(policy->score[id - POLICY_KEY_SURE], out);
}

static char *parse_action(const char *value, LwAction *action)
{
	return lw_action_parse(value, action) ? NULL
					      : g_strdup("the action is remove, suggest or keep");
}

SETTER(kind_action)
{
	LwAction action = LW_ACTION_KEEP;
	char *problem = parse_action(value, &action);
	if (!problem && action == LW_ACTION_REMOVE && lw_kind_needs_person(index))
		problem = g_strdup("only a person may decide on this kind: suggest or keep");
	if (!problem)
		policy->kinds[index].action = action;
	return problem;
}

PRINTER(kind_action)
{
	g_string_append(out, lw_action_name(policy->kinds[index].action));
}

SETTER(kind_ground)
{
	char *problem;
	const char *ground = canonical_grounds(policy, value, &problem);
	if (ground)
		policy->kinds[index].ground = ground;
	return problem;
}

PRINTER(kind_ground)
{
	g_string_append(out, policy->kinds[index].ground);
}

SETTER(threshold)
{
	return parse_score(value, &policy->kinds[index].threshold);
}

PRINTER(threshold)
{
	print_number(policy->kinds[index].threshold, out);
}

SETTER(role_action)
{
	return parse_action(value, &policy->roles[index]);
}

PRINTER(role_action)
{
	g_string_append(out, lw_action_name(policy->roles[index]));
}

static char *add_mailbox(LwPolicy *policy, const char *pattern)
{
	g_autofree char *whole = g_strdup_printf("^(?:%s)$", pattern);
	GRegex *regex = g_regex_new(whole, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
	if (!regex)
		return g_strdup("a mailbox is no valid regular expression");
	g_ptr_array_add(policy->mailboxes, regex);
	return NULL;
}

SETTER(keep)
{
	char *problem = NULL;
	g_autoptr(GPtrArray) items = split(value);
	GPtrArray *kept = policy->keep[id - POLICY_KEY_NAMES];
	g_ptr_array_set_size(kept, 0);
	if (id == POLICY_KEY_MAILBOXES)
		g_ptr_array_set_size(policy->mailboxes, 0);
	if (id == POLICY_KEY_NAMES)
		g_hash_table_remove_all(policy->names);
	for (guint i = 0; i < items->len && !problem; i++) {
		g_ptr_array_add(kept, (void *)keep_string(policy, items->pdata[i]));
		if (id == POLICY_KEY_NAMES)
			g_hash_table_add(policy->names, lw_text_skeleton(items->pdata[i], -1));
		if (id == POLICY_KEY_MAILBOXES)
			problem = add_mailbox(policy, items->pdata[i]);
	}
	return problem;
}

PRINTER(keep)
{
	print_items(policy->keep[id - POLICY_KEY_NAMES], out);
}

/* A word of a list file into the tables that judge. */
static char *add_word(LwPolicy *policy, PolicyKeyId id, const char *text)
{
	const char *word = keep_string(policy, text);
	g_ptr_array_add(policy->words[id - POLICY_KEY_ALLOW], (void *)word);
	if (id == POLICY_KEY_ALLOW)
		g_hash_table_add(policy->exact, (void *)word);
	if (id == POLICY_KEY_ALLOW || id == POLICY_KEY_DENY)
		g_hash_table_add(id == POLICY_KEY_ALLOW ? policy->allow : policy->deny,
				 lw_text_skeleton(word, -1));
	return id == POLICY_KEY_OFFICES ? lw_office_add(policy, word) : NULL;
}

static char *read_words(LwPolicy *policy, PolicyKeyId id, const char *path)
{
	g_autofree char *text = NULL;
	char *problem = NULL;
	gsize length;
	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
	    !g_file_get_contents(path, &text, &length, NULL))
		return g_strdup_printf("the list '%s' cannot be read", path);
	if (length > LW_LIMIT_POLICY_BYTES || !g_utf8_validate_len(text, length, NULL))
		return g_strdup_printf("the list '%s' is too large or not in utf-8", path);
	g_auto(GStrv) lines =
		g_strsplit(g_str_has_prefix(text, "\ufeff") ? text + 3 : text, "\n", -1);
	for (guint i = 0; lines[i] && !problem; i++) {
		g_strstrip(lines[i]);
		if (strlen(lines[i]) > WORD_MAX_BYTES)
			return g_strdup_printf("line %u of the list '%s' is too long", i + 1, path);
		if (*lines[i] && *lines[i] != '#')
			problem = add_word(policy, id, lines[i]);
	}
	return problem;
}

/* Only a file sets lists, once, so there is nothing to take back. */
SETTER(list)
{
	char *problem = NULL;
	g_autoptr(GPtrArray) items = split(value);
	for (guint i = 0; i < items->len && !problem; i++) {
		const char *path = keep_path(policy, items->pdata[i], folder);
		g_ptr_array_add(policy->files[id - POLICY_KEY_ALLOW], (void *)path);
		problem = read_words(policy, id, path);
	}
	return problem;
}

PRINTER(list)
{
	print_items(policy->files[id - POLICY_KEY_ALLOW], out);
}

SETTER(color)
{
	guint8 *rgb = id == POLICY_KEY_FILL ? policy->style.fill : policy->style.text;
	if (value[0] != '#' || strlen(value) != 7 ||
	    strspn(value + 1, "0123456789abcdefABCDEF") != 6)
		return g_strdup("a colour is # and six hexadecimal digits");
	for (int i = 0; i < 3; i++)
		rgb[i] = (guint8)(g_ascii_xdigit_value(value[1 + 2 * i]) << 4 |
				  g_ascii_xdigit_value(value[2 + 2 * i]));
	return NULL;
}

PRINTER(color)
{
	const guint8 *rgb = id == POLICY_KEY_FILL ? policy->style.fill : policy->style.text;
	g_string_append_printf(out, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

static const char *const codes[] = {"dotted",  "short",	 "long",
				    "5.1.2.e", "5.1.2e", "5.1 lid 2 sub e"};

SETTER(code)
{
	for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
		if (strcmp(codes[i], value) != 0)
			continue;
		policy->style.code = i % 3;
		return NULL;
	}
	return g_strdup("the code is dotted, short or long");
}

PRINTER(code)
{
	g_string_append(out, codes[policy->style.code]);
}

const PolicyKey lw_policy_keys[POLICY_KEY_COUNT] = {
#define LW_POLICY_KEY(section, ID, type, name, value, nl, en)                                      \
	{POLICY_SECTION_##section, name,       value,	    {nl, en},                              \
	 POLICY_KEY_##ID,	   set_##type, print_##type},
#include "engine/decide/policy.def"
#undef LW_POLICY_KEY
};
