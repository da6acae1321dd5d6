/* look.c - the public calls that only look: scan, text, explain, policy. */
#include "engine/session.h"

#include "engine/base/json.h"
#include "engine/base/text.h"

#include <string.h>

typedef struct {
	Lakwerk *lakwerk;
	LakwerkWriteFunc write;
	void *self;
	const char *mark; /* explain: id or the start of it */
	guint found;
} Look;

static void say(const Look *look, const char *text)
{
	look->write(look->self, text, strlen(text));
}

/* Reads and plans everything, showing each document; the status by what could not be read. */
static LakwerkStatus look_run(Look *look, const char *const *inputs, LwRunFunc each, GError **error)
{
	g_autoptr(LwRun) run = NULL;
	LakwerkStatus status = LAKWERK_OK;

	if (!lw_session_begin(look->lakwerk, error))
		return LAKWERK_FATAL;
	run = lw_run_new(&look->lakwerk->options, inputs, error);
	if (!run || !lw_run_read(run, error) || !lw_run_plan(run, each, look, error))
		return LAKWERK_FATAL;
	for (guint i = 0; i < run->documents->len; i++)
		if (((LwRunDocument *)run->documents->pdata[i])->state == LW_DOCUMENT_FINISHED)
			status = LAKWERK_INCOMPLETE;
	return status;
}

static void scan_document(void *self, LwRun *run, LwRunDocument *document)
{
	Look *look = self;
	g_autofree char *line =
		lw_marks_line(document->document, document->input->name, document->sha256,
			      document->proposals, run->options->listing);

	say(look, line);
}

LakwerkStatus lakwerk_scan(Lakwerk *lakwerk, const char *const *inputs, LakwerkWriteFunc write,
			   void *self)
{
	Look look = {.lakwerk = lakwerk, .write = write, .self = self};
	g_autoptr(GError) error = NULL;
	LakwerkStatus status = look_run(&look, inputs, scan_document, &error);

	return lw_session_end(lakwerk, status, error);
}

static void text_document(void *self, LwRun *run, LwRunDocument *document)
{
	Look *look = self;

	(void)run;
	look->write(look->self, document->document->text, document->document->length);
}

LakwerkStatus lakwerk_text(Lakwerk *lakwerk, const char *file, LakwerkWriteFunc write, void *self)
{
	const char *inputs[] = {file, NULL};
	Look look = {.lakwerk = lakwerk, .write = write, .self = self};
	g_autoptr(GError) error = NULL;
	gboolean detect = lakwerk->options.detect;
	LakwerkStatus status;

	lakwerk->options.detect = FALSE;
	status = look_run(&look, inputs, text_document, &error);
	lakwerk->options.detect = detect;
	return lw_session_end(lakwerk, status, error);
}

static const char *result_name(const LwMark *mark, const LwPlanOptions *options)
{
	if (lw_mark_is_accepted(mark, options))
		return "removed";
	return lw_mark_is_open(mark, options) ? "open" : "kept";
}

static void explain_json(const Look *look, const LwDocument *document, const LwMark *mark,
			 const LwRun *run)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	g_autofree char *why = lw_reason_text(mark->reason, mark->evidence, run->options->lang);
	g_autofree char *text = g_strndup(document->text + mark->span.start, mark->span.length);
	g_autofree char *printed = NULL;

	lw_json_set_string(json, "type", "mark");
	lw_json_set_string(json, "id", mark->id);
	lw_json_set_string(json, "kind", lw_kind_name(mark->kind));
	lw_json_set_string(json, "role", lw_role_name(mark->role));
	lw_json_set_string(json, "profile", lw_policy_profile(run->options->policy));
	lw_json_set_string(json, "rule", mark->rule);
	lw_json_set_string(json, "why", why);
	lw_json_set_number(json, "score", mark->score);
	lw_json_set_string(json, "action", lw_action_name(mark->action));
	lw_json_set_string(json, "ground", mark->ground);
	lw_json_set_string(json, "result", result_name(mark, &run->plan_options));
	if (mark->span.length)
		lw_json_set_string(json, "text", text);
	printed = lw_json_print(json);
	say(look, printed);
	say(look, "\n");
}

/* The words of an explanation, by language. */
static const char *const labels[][2] = {
	{"merkteken", "mark"},	{"soort", "kind"},   {"rol", "role"},	   {"regel", "rule"},
	{"waarom", "why"},	{"score", "score"},  {"beleid", "policy"}, {"grondslag", "ground"},
	{"uitkomst", "result"}, {"plaats", "place"}, {"tekst", "text"},
};

static const char *result_label(const LwMark *mark, const LwRun *run)
{
	static const char *const results[][2] = {
		{"wordt weggelakt", "is removed"},
		{"een mens beslist", "a person decides"},
		{"blijft leesbaar", "stays readable"},
	};
	guint index = lw_mark_is_accepted(mark, &run->plan_options) ? 0
		      : lw_mark_is_open(mark, &run->plan_options)   ? 1
								    : 2;

	return results[index][run->options->lang];
}

static void explain_line(GString *to, guint label, LwLang lang, const char *value)
{
	if (value && *value)
		g_string_append_printf(to, "%-10s %s\n", labels[label][lang], value);
}

static char *place_text(const LwDocument *document, const LwMark *mark, LwLang lang)
{
	gsize offset = lw_text_code_points(document->text, mark->span.start);
	const LwBox *box = mark->boxes->len ? &g_array_index(mark->boxes, LwBox, 0) : NULL;

	if (box)
		return g_strdup_printf("%s %u: %.1f, %.1f - %.1f, %.1f",
				       lang == LW_LANG_NL ? "bladzijde" : "page", box->page + 1,
				       box->rect.x0, box->rect.y0, box->rect.x1, box->rect.y1);
	return g_strdup_printf("%s %" G_GSIZE_FORMAT, lang == LW_LANG_NL ? "teken" : "character",
			       offset);
}

/* Of a name: who it is, and what the profile does with such a one. */
static void explain_role(GString *to, const LwMark *mark, const LwRun *run)
{
	const LwPolicy *policy = run->options->policy;
	LwLang lang = run->options->lang;
	const char *label = lw_role_label(mark->role, lang);
	g_autofree char *role = NULL;

	if (mark->kind == LW_KIND_PERSON)
		role = g_strdup_printf("%s; %s: %s", label, lw_policy_profile(policy),
				       lw_action_name(lw_policy_role_action(policy, mark->role)));
	if (role || mark->role != LW_ROLE_UNKNOWN)
		explain_line(to, 2, lang, role ? role : label);
}

static void explain_text(const Look *look, const LwDocument *document, const LwMark *mark,
			 const LwRun *run)
{
	LwLang lang = run->options->lang;
	g_autofree char *why = lw_reason_text(mark->reason, mark->evidence, lang);
	g_autofree char *score = g_strdup_printf("%.2f", mark->score);
	g_autofree char *place = place_text(document, mark, lang);
	g_autofree char *text = g_strndup(document->text + mark->span.start, mark->span.length);
	GString *all = g_string_new(NULL);

	explain_line(all, 0, lang, mark->id);
	explain_line(all, 1, lang, lw_kind_label(mark->kind, lang));
	explain_role(all, mark, run);
	explain_line(all, 3, lang, mark->rule);
	explain_line(all, 4, lang, why);
	explain_line(all, 5, lang, score);
	explain_line(all, 6, lang, lw_action_name(mark->action));
	explain_line(all, 7, lang, mark->ground);
	explain_line(all, 8, lang, result_label(mark, run));
	explain_line(all, 9, lang, place);
	g_strdelimit(text, "\n\f", ' ');
	explain_line(all, 10, lang, text);
	say(look, all->str);
	g_string_free(all, TRUE);
}

static void explain_document(void *self, LwRun *run, LwRunDocument *document)
{
	Look *look = self;

	for (guint i = 0; i < document->proposals->marks->len; i++) {
		const LwMark *mark = document->proposals->marks->pdata[i];

		if (!g_str_has_prefix(mark->id, look->mark))
			continue;
		if (look->found++ && look->lakwerk->output == LW_SAY_TEXT)
			say(look, "\n");
		if (look->lakwerk->output == LW_SAY_JSON)
			explain_json(look, document->document, mark, run);
		else
			explain_text(look, document->document, mark, run);
	}
}

LakwerkStatus lakwerk_explain(Lakwerk *lakwerk, const char *file, const char *mark,
			      LakwerkWriteFunc write, void *self)
{
	const char *inputs[] = {file, NULL};
	Look look = {.lakwerk = lakwerk, .write = write, .self = self, .mark = mark};
	g_autoptr(GError) error = NULL;
	LakwerkStatus status = look_run(&look, inputs, explain_document, &error);

	if (!error && status == LAKWERK_OK && !look.found)
		g_set_error(&error, LW_ERROR, LW_ERROR_USAGE, "'%s' has no such mark", file);
	return lw_session_end(lakwerk, status, error);
}

LakwerkStatus lakwerk_policy(Lakwerk *lakwerk, LakwerkWriteFunc write, void *self)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	if (lw_session_begin(lakwerk, &error)) {
		text = lw_policy_print(lakwerk->policy, lakwerk->options.lang);
		write(self, text, strlen(text));
	}
	return lw_session_end(lakwerk, LAKWERK_OK, error);
}
