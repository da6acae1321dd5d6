/* policy-file.c - a policy from a file and back.
 *
 * GKeyFile knows no line numbers and lets the last of two equal keys win, so a scan of our own goes
 * first: it finds what is unknown, doubled or malformed, and remembers the line of every key. */
#include "engine/decide/policy-data.h"

#include "engine/base/limits.h"

#include <string.h>

typedef struct {
	const char *name;  /* of the file, in errors */
	GHashTable *lines; /* "group\nkey" or "group" -> line */
	char *group;	   /* the last one seen */
	PolicySection section;
	int line;
} Scan;

static gboolean refuse(const char *name, int line, const char *problem, GError **error)
{
	g_autofree char *shown = g_strdup(problem);
	for (char *c = shown; *c; c++) /* a file may not steer a terminal */
		if (g_ascii_iscntrl(*c))
			*c = '?';
	g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s':%d: %s", name, MAX(line, 1), shown);
	return FALSE;
}

/* Where a group stands in the tables; FALSE when there is no such group. */
static gboolean find_group(const char *group, PolicySection *section)
{
	for (int s = 0; s < POLICY_SECTION_COUNT; s++) {
		for (int i = 0; i < lw_policy_section_count(s); i++) {
			const char *name = lw_policy_section_name(s, i);
			g_autofree char *known =
				g_strconcat(lw_policy_sections[s], name ? " " : NULL, name, NULL);
			*section = s;
			if (strcmp(known, group) == 0)
				return TRUE;
		}
	}
	return FALSE;
}

static gboolean is_key(PolicySection section, const char *key)
{
	for (int k = 0; k < POLICY_KEY_COUNT; k++)
		if (lw_policy_keys[k].section == section &&
		    strcmp(lw_policy_keys[k].name, key) == 0)
			return TRUE;
	return FALSE;
}

/* Notes a group or key; FALSE when it stands there already. */
static gboolean note_line(Scan *scan, const char *key)
{
	char *where = key ? g_strconcat(scan->group, "\n", key, NULL) : g_strdup(scan->group);
	return g_hash_table_insert(scan->lines, where, GINT_TO_POINTER(scan->line));
}

static gboolean scan_group(Scan *scan, const char *line, GError **error)
{
	gsize length = strlen(line);
	g_autofree char *problem = NULL;
	if (line[length - 1] != ']')
		return refuse(scan->name, scan->line, "a group ends in ]", error);
	g_free(scan->group);
	scan->group = g_strndup(line + 1, length - 2);
	if (!find_group(scan->group, &scan->section))
		problem = g_strdup_printf("unknown group '%s'", scan->group);
	else if (!note_line(scan, NULL))
		problem = g_strdup_printf("group '%s' stands there twice", scan->group);
	return problem ? refuse(scan->name, scan->line, problem, error) : TRUE;
}

static gboolean scan_key(Scan *scan, const char *line, GError **error)
{
	const char *equals = strchr(line, '=');
	g_autofree char *problem = NULL;
	if (!equals)
		return refuse(scan->name, scan->line, "neither a group, a key nor a comment",
			      error);
	g_autofree char *key = g_strndup(line, (gsize)(equals - line));
	g_strchomp(key);
	if (!scan->group)
		problem = g_strdup_printf("key '%s' stands before the first group", key);
	else if (!is_key(scan->section, key))
		problem = g_strdup_printf("unknown key '%s' in group '%s'", key, scan->group);
	else if (!note_line(scan, key))
		problem = g_strdup_printf("key '%s' stands there twice", key);
	return problem ? refuse(scan->name, scan->line, problem, error) : TRUE;
}

static gboolean scan_lines(Scan *scan, const char *text, GError **error)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i]; i++) {
		char *line = g_strstrip(lines[i]);
		scan->line = (int)i + 1;
		if (!*line || *line == '#')
			continue;
		if (!(*line == '[' ? scan_group(scan, line, error) : scan_key(scan, line, error)))
			return FALSE;
	}
	return TRUE;
}

static int line_of(const Scan *scan, const char *group, const char *key)
{
	g_autofree char *where = g_strconcat(group, "\n", key, NULL);
	return GPOINTER_TO_INT(g_hash_table_lookup(scan->lines, where));
}

static gboolean apply_key(LwPolicy *policy, const PolicyKey *key, int index, GKeyFile *file,
			  const Scan *scan, const char *folder, GError **error)
{
	const char *name = lw_policy_section_name(key->section, index);
	g_autofree char *group =
		g_strconcat(lw_policy_sections[key->section], name ? " " : NULL, name, NULL);
	g_autofree char *value = g_key_file_get_value(file, group, key->name, NULL);
	if (!value)
		return TRUE;
	g_strstrip(value);
	g_autofree char *problem = key->set(policy, key->id, index, value, folder);
	return problem ? refuse(scan->name, line_of(scan, group, key->name), problem, error) : TRUE;
}

/* Never through a key of its own: a kind that is removed may not have the ground of an opinion. */
static gboolean check_opinions(const LwPolicy *policy, const Scan *scan, GError **error)
{
	for (int i = 0; i < LW_KIND_COUNT; i++) {
		g_autofree char *group = g_strconcat("kind ", lw_kind_name(i), NULL);
		if (policy->kinds[i].action != LW_ACTION_REMOVE ||
		    !strstr(policy->kinds[i].ground, "5.2.1"))
			continue;
		return refuse(scan->name, line_of(scan, group, "ground"),
			      "only a person may decide on ground 5.2.1: suggest or keep", error);
	}
	return TRUE;
}

static gboolean check_whole(const LwPolicy *policy, const Scan *scan, GError **error)
{
	PolicyKeyId id;
	const char *problem = lw_policy_check(policy, &id);
	if (!problem)
		return check_opinions(policy, scan, error);
	const PolicyKey *key = &lw_policy_keys[id];
	int line = line_of(scan, lw_policy_sections[key->section], key->name);
	if (!line) /* the other half of the pair is to blame */
		line = line_of(scan, lw_policy_sections[key->section], lw_policy_keys[id - 1].name);
	return refuse(scan->name, line, problem, error);
}

static gboolean apply_file(LwPolicy *policy, const char *text, const Scan *scan, const char *folder,
			   GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	if (!g_key_file_load_from_data(file, text, strlen(text), G_KEY_FILE_NONE, NULL))
		return refuse(scan->name, 1, "no valid key file", error);
	for (int k = 0; k < POLICY_KEY_COUNT; k++)
		for (int i = 0; i < lw_policy_section_count(lw_policy_keys[k].section); i++)
			if (!apply_key(policy, &lw_policy_keys[k], i, file, scan, folder, error))
				return FALSE;
	return check_whole(policy, scan, error);
}

static int count_lines(const char *data, const char *end)
{
	int line = 1;
	for (; data < end; data++)
		line += *data == '\n';
	return line;
}

LwPolicy *lw_policy_parse(const char *data, gsize length, const char *name, const char *folder,
			  GError **error)
{
	const char *end = data;
	if (length > LW_LIMIT_POLICY_BYTES) {
		refuse(name, 1, "the policy is too large", error);
		return NULL;
	}
	if (length && !g_utf8_validate_len(data, length, &end)) {
		refuse(name, count_lines(data, end), "not in utf-8", error);
		return NULL;
	}
	g_autofree char *text = g_strndup(data, length);
	g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Scan scan = {.name = name, .lines = lines};
	g_autoptr(LwPolicy) policy = lw_policy_new();
	gboolean done =
		scan_lines(&scan, text, error) && apply_file(policy, text, &scan, folder, error);
	g_free(scan.group);
	return done ? g_steal_pointer(&policy) : NULL;
}

LwPolicy *lw_policy_load(const char *path, GError **error)
{
	g_autofree char *text = NULL, *folder = g_path_get_dirname(path);
	gsize length;
	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
	    !g_file_get_contents(path, &text, &length, NULL)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s': the policy cannot be read",
			    path);
		return NULL;
	}
	g_autofree char *name = g_filename_display_name(path);
	return lw_policy_parse(text, length, name, folder, error);
}

static const char *section_label(PolicySection section, int index, LwLang lang)
{
	if (section == POLICY_SECTION_KIND)
		return lw_kind_label(index, lang);
	return section == POLICY_SECTION_ROLE ? lw_role_label(index, lang) : NULL;
}

/* Explains a key where it stands first; kinds and roles repeat theirs. */
static void print_section(const LwPolicy *policy, PolicySection section, int index, LwLang lang,
			  GString *out)
{
	const char *name = lw_policy_section_name(section, index);
	const char *label = section_label(section, index, lang);
	if (label)
		g_string_append_printf(out, "\n# %s\n", label);
	else
		g_string_append_c(out, '\n');
	g_string_append_printf(out, "[%s%s%s]\n", lw_policy_sections[section], name ? " " : "",
			       name ? name : "");
	for (int k = 0; k < POLICY_KEY_COUNT; k++) {
		const PolicyKey *key = &lw_policy_keys[k];
		if (key->section != section)
			continue;
		if (index == 0)
			g_string_append_printf(out, "# %s\n", key->comment[lang]);
		g_string_append_printf(out, "%s=", key->name);
		key->print(policy, key->id, index, out);
		g_string_append_c(out, '\n');
	}
}

char *lw_policy_print(const LwPolicy *policy, LwLang lang)
{
	static const char *const heading[2] = {
		"# Beleid van lakwerk: wat er met elke vondst gebeurt. Zie lakwerk-policy(5).\n",
		"# Policy of lakwerk: what is done with each find. See lakwerk-policy(5).\n",
	};
	GString *out = g_string_new(heading[lang]);
	for (int s = 0; s < POLICY_SECTION_COUNT; s++)
		for (int i = 0; i < lw_policy_section_count(s); i++)
			print_section(policy, s, i, lang, out);
	return g_string_free(out, FALSE);
}
