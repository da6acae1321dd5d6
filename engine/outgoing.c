/* outgoing.c - nothing gets its name before this. */
#include "engine/outgoing.h"

#include "engine/model/secret.h"
#include "engine/output.h"
#include "engine/record/publication.h"
#include "engine/record/record-data.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { FOLDERS_DEEP = 64 };

struct LwOutgoing {
	const LwRunOptions *options;
	GPtrArray *strings; /* of the set, but those that stand in every report */
	LwSecrets *searched;
	LwSecrets *names; /* all of them: names are cleaned of them */
};

/* Without what stands in every report; yours. */
static GPtrArray *left_over(GHashTable *secrets, const char *ours)
{
	g_autofree gpointer *all = g_hash_table_get_keys_as_array(secrets, NULL);
	GPtrArray *left = g_ptr_array_new();

	for (guint i = 0; all[i]; i++)
		g_ptr_array_add(left, all[i]);
	for (;;) {
		g_autoptr(LwSecrets) searched = lw_secrets_new(left);
		int known = lw_secrets_in_text(searched, ours, strlen(ours));

		if (known < 0)
			return left;
		g_ptr_array_remove_index_fast(left, (guint)known);
	}
}

LwOutgoing *lw_outgoing_new(const LwRunOptions *options, GHashTable *secrets, const char *ours)
{
	LwOutgoing *outgoing = g_new0(LwOutgoing, 1);
	g_autoptr(GPtrArray) all = left_over(secrets, "");

	outgoing->options = options;
	outgoing->strings = left_over(secrets, ours);
	outgoing->searched = lw_secrets_new(outgoing->strings);
	outgoing->names = lw_secrets_new(all);
	return outgoing;
}

void lw_outgoing_free(LwOutgoing *outgoing)
{
	if (!outgoing)
		return;
	g_ptr_array_unref(outgoing->strings);
	lw_secrets_free(outgoing->searched);
	lw_secrets_free(outgoing->names);
	g_free(outgoing);
}

static gboolean refuse(const char *name, GError **error)
{
	g_set_error(error, LW_ERROR, LW_ERROR_LEAK, "'%s' would hold something that was removed",
		    name);
	return FALSE;
}

static gboolean check_name(const LwSecrets *secrets, const char *name, GError **error)
{
	if (!lw_output_is_telling(secrets, name))
		return TRUE;
	/* The name itself may not be said. */
	g_set_error_literal(error, LW_ERROR, LW_ERROR_LEAK,
			    "the name of a document would hold something that was removed");
	return FALSE;
}

/* A page that is drawn can only be read where documents are read. */
static gboolean check_drawn(const LwOutgoing *outgoing, const char *path, const char *name,
			    GError **error)
{
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(GArray) findings = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	LwTask *task = NULL;

	for (guint i = 0; i < outgoing->strings->len; i++)
		g_ptr_array_add(plan->secrets, outgoing->strings->pdata[i]);
	if (fd >= 0) {
		g_autoptr(GVariant) saved = lw_plan_save(plan);

		task = lw_task_attack(fd, NULL, saved, error);
		close(fd);
	} else {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot read '%s'", name);
	}
	task = lw_run_wait(outgoing->options, task, error);
	findings = task ? lw_task_answer_verify(task, NULL, error) : NULL;
	lw_task_free(task);
	if (!findings)
		return FALSE;
	return !(lw_findings_have(findings, "removed-text") ||
		 lw_findings_have(findings, "readable-elsewhere")) ||
	       refuse(name, error);
}

gboolean lw_outgoing_check_file(const LwOutgoing *outgoing, const char *path, const char *name,
				GError **error)
{
	g_autoptr(GMappedFile) mapped = NULL;
	g_autoptr(GBytes) bytes = NULL;
	g_autofree char *words = NULL;

	if (!outgoing->strings->len)
		return TRUE;
	mapped = g_mapped_file_new(path, FALSE, NULL);
	if (!mapped) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot read '%s'", name);
		return FALSE;
	}
	bytes = g_mapped_file_get_bytes(mapped);
	if (g_mapped_file_get_length(mapped) > 5 &&
	    !memcmp(g_mapped_file_get_contents(mapped), "%PDF-", 5))
		return check_drawn(outgoing, path, name, error);
	words = lw_report_words(bytes);
	return lw_secrets_in_text(outgoing->searched, words, strlen(words)) < 0 ||
	       refuse(name, error);
}

static gboolean check_below(const LwOutgoing *outgoing, const char *folder, const char *below,
			    GHashTable *documents, guint depth, GError **error);

/* A document of the run has been verified; its name has not. */
static gboolean check_entry(const LwOutgoing *outgoing, const char *path, const char *name,
			    GHashTable *documents, guint depth, GError **error)
{
	gboolean folder = g_file_test(path, G_FILE_TEST_IS_DIR);
	gboolean document = folder || g_hash_table_contains(documents, name);

	if (!check_name(document ? outgoing->names : outgoing->searched, name, error))
		return FALSE;
	if (folder)
		return depth < FOLDERS_DEEP &&
		       check_below(outgoing, path, name, documents, depth + 1, error);
	return document || lw_outgoing_check_file(outgoing, path, name, error);
}

static gboolean check_below(const LwOutgoing *outgoing, const char *folder, const char *below,
			    GHashTable *documents, guint depth, GError **error)
{
	g_autoptr(GDir) entries = g_dir_open(folder, 0, error);
	const char *entry;

	while (entries && (entry = g_dir_read_name(entries))) {
		g_autofree char *path = g_build_filename(folder, entry, NULL);
		g_autofree char *name =
			*below ? g_build_filename(below, entry, NULL) : g_strdup(entry);

		if (!check_entry(outgoing, path, name, documents, depth, error))
			return FALSE;
	}
	return entries != NULL;
}

gboolean lw_outgoing_check_folder(const LwOutgoing *outgoing, const char *folder,
				  GHashTable *documents, GError **error)
{
	return check_below(outgoing, folder, "", documents, 0, error);
}

/* ---- the vocabulary of a log ---- */

static void add_words(GString *words, const char *text)
{
	if (text)
		g_string_append_printf(words, "%s\x1e", text);
}

static void add_vocabulary(GString *words)
{
	static const char *const names[] = {
		"run", "mark", "end", "redaction-log", "inventarislijst", "document", "proposals",
		"voorstellen", "policy", "clean", "unjudged", LW_VERSION, "signature", "Ed25519",
		/* the key is public, and so is how each of its kind begins (RFC 8410) */
		"MCowBQYDK2VwAyEA"};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		add_words(words, names[i]);
	for (int i = 0; i < LW_KIND_COUNT; i++)
		add_words(words, lw_kind_name((LwKind)i));
	for (int i = 0; i < LW_ROLE_COUNT; i++)
		add_words(words, lw_role_name((LwRole)i));
	for (int i = 0; i < LW_REASON_COUNT; i++)
		add_words(words, lw_reason_name((LwReason)i));
	for (guint i = 0; lw_ground_at(i); i++) {
		add_words(words, lw_ground_at(i)->id);
		add_words(words, lw_ground_at(i)->code);
	}
	for (guint i = 0; lw_outcome_names[i]; i++) {
		add_words(words, lw_outcome_names[i]);
		add_words(words, lw_inventory_remark((LwOutcome)i, LW_LANG_NL));
		add_words(words, lw_inventory_remark((LwOutcome)i, LW_LANG_EN));
	}
	lw_inventory_heading(words);
	for (guint i = 0; lw_leak_classes[i]; i++)
		add_words(words, lw_leak_classes[i]);
	for (int i = LW_ACTION_KEEP; i <= LW_ACTION_REMOVE; i++)
		add_words(words, lw_action_name((LwAction)i));
	for (int i = LW_DECISION_OPEN; i <= LW_DECISION_REJECTED; i++)
		add_words(words, lw_decision_name((LwDecision)i));
	for (int i = LW_WIDTH_EXACT; i <= LW_WIDTH_STRICT; i++)
		add_words(words, lw_width_name((LwWidth)i));
	for (int i = LW_JUDGEMENT_PUBLIC; i <= LW_JUDGEMENT_ALREADY; i++)
		add_words(words, lw_judgement_name((LwJudgement)i));
}

static void add_notices(GString *words, const GArray *notices)
{
	for (guint i = 0; notices && i < notices->len; i++)
		add_words(words, g_array_index(notices, LwNotice, i).code);
}

/* Of proposals too: they stand in the log, whether they go or not. */
static void add_rules(GString *words, GHashTable *known, const GPtrArray *marks)
{
	for (guint i = 0; marks && i < marks->len; i++) {
		const LwMark *mark = marks->pdata[i];

		if (mark->rule && g_hash_table_add(known, (gpointer)mark->rule))
			add_words(words, mark->rule);
	}
}

char *lw_log_words(const GPtrArray *documents)
{
	GString *words = g_string_new(NULL);
	g_autoptr(GHashTable) rules = g_hash_table_new(g_str_hash, g_str_equal);

	add_vocabulary(words);
	for (guint i = 0; i < documents->len; i++) {
		const LwRunDocument *document = documents->pdata[i];

		add_words(words, document->format);
		add_words(words, document->verdict);
		add_notices(words, document->notices);
		add_notices(words, document->receipt ? document->receipt->notices : NULL);
		add_rules(words, rules, document->plan ? document->plan->marks : NULL);
		add_rules(words, rules, document->open);
	}
	return g_string_free(words, FALSE);
}
