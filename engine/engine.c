/* engine.c - the public functions: sessions, options, and the calls that work on a whole run. */
#include "engine/session.h"

#include "engine/base/limits.h"
#include "engine/base/install.h"
#include "engine/job.h"
#include "engine/messages.h"
#include "engine/nursery.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { JOBS_MOST = 256 };

Lakwerk *lakwerk_new(void)
{
	Lakwerk *lakwerk = g_new0(Lakwerk, 1);
	LwRunOptions *options = &lakwerk->options;

	options->terms = g_ptr_array_new_with_free_func(g_free);
	options->regexes = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(options->terms, NULL);
	g_ptr_array_add(options->regexes, NULL);
	options->areas = g_array_new(FALSE, FALSE, sizeof(LwBox));
	options->detect = TRUE;
	options->workers = CLAMP(g_get_num_processors(), 1, JOBS_MOST);
	options->cancelled = &lakwerk->cancelled;
	lakwerk->message = g_strdup("");
	lakwerk->output = LW_SAY_TEXT;
	return lakwerk;
}

void lakwerk_free(Lakwerk *lakwerk)
{
	LwRunOptions *options;

	if (!lakwerk)
		return;
	options = &lakwerk->options;
	lw_nursery_close();
	g_ptr_array_unref(options->terms);
	g_ptr_array_unref(options->regexes);
	g_array_unref(options->areas);
	g_free(options->ground);
	g_free(options->marks);
	g_free(options->log);
	g_free(options->state);
	g_free(options->key);
	g_free(options->policy_digest);
	g_clear_pointer(&lakwerk->policy, lw_policy_free);
	g_free(lakwerk->message);
	g_free(lakwerk);
}

const char *lakwerk_message(const Lakwerk *lakwerk)
{
	return lakwerk->message;
}

const char *lakwerk_version(void)
{
	return LW_VERSION;
}

LakwerkStatus lw_session_end(Lakwerk *lakwerk, LakwerkStatus status, const GError *error)
{
	g_free(lakwerk->message);
	lakwerk->message =
		error ? lw_message_in(lakwerk->options.lang, error->message) : g_strdup("");
	if (!error)
		return status;
	return error->domain == LW_ERROR ? (LakwerkStatus)error->code : LAKWERK_FATAL;
}

gboolean lw_session_begin(Lakwerk *lakwerk, GError **error)
{
	LwRunOptions *options = &lakwerk->options;

	if (lw_run_is_stopped(options, error))
		return FALSE;
	if (!lakwerk->policy)
		lakwerk->policy = lw_policy_new();
	options->policy = lakwerk->policy;
	g_free(options->policy_digest);
	options->policy_digest = lw_policy_digest(lakwerk->policy);
	return TRUE;
}

static gboolean misuse(GError **error, const char *message)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE, message);
	return FALSE;
}

/* Keeps the NULL at the end. */
static void strings_add(GPtrArray *strings, const char *value)
{
	g_ptr_array_insert(strings, (int)strings->len - 1, g_strdup(value));
}

/* A number up to a separator, whatever the locale; NULL when there is none. */
static const char *parse_number(const char *text, char separator, double *number)
{
	char *end = NULL;

	*number = g_ascii_strtod(text, &end);
	if (end == text || !isfinite(*number) || *end != separator)
		return NULL;
	return separator ? end + 1 : end;
}

/* "3:203.3,281.9,230.0,292.0" */
static gboolean parse_area(const char *text, LwBox *box)
{
	double page, x0, y0, x1, y1;
	const char *at = parse_number(text, ':', &page);

	at = at ? parse_number(at, ',', &x0) : NULL;
	at = at ? parse_number(at, ',', &y0) : NULL;
	at = at ? parse_number(at, ',', &x1) : NULL;
	at = at ? parse_number(at, '\0', &y1) : NULL;
	if (!at || page < 1 || page > LW_LIMIT_PAGES || page != floor(page) || x0 >= x1 || y0 >= y1)
		return FALSE;
	box->page = (guint32)page - 1;
	box->rect = (LwRect){(float)x0, (float)y0, (float)x1, (float)y1};
	return isfinite(box->rect.x0) && isfinite(box->rect.y0) && isfinite(box->rect.x1) &&
	       isfinite(box->rect.y1);
}

static gboolean set_area(LwRunOptions *options, const char *value, GError **error)
{
	LwBox box;

	if (!parse_area(value, &box))
		return misuse(error, "an area is PAGE:X0,Y0,X1,Y1 with X0 < X1 and Y0 < Y1");
	g_array_append_val(options->areas, box);
	return TRUE;
}

static gboolean set_ground(LwRunOptions *options, const char *value, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(value, ";", -1);
	g_autofree char *ids = NULL;

	for (guint i = 0; parts[i]; i++) {
		const LwGround *ground = lw_ground_parse(g_strstrip(parts[i]));

		if (!ground)
			return misuse(error, "no such ground; lakwerk policy lists them");
		g_free(parts[i]);
		parts[i] = g_strdup(ground->id);
	}
	ids = g_strjoinv(";", parts);
	if (!*ids || lw_lint_grounds(ids))
		return misuse(error, *ids ? lw_lint_grounds(ids) : "no ground given");
	g_free(options->ground);
	options->ground = g_steal_pointer(&ids);
	return TRUE;
}

static gboolean set_accept(LwRunOptions *options, const char *value, GError **error)
{
	static const struct {
		const char *name;
		LwAccept accept;
	} table[] = {
		{"sure", LW_ACCEPT_SURE},
		{"likely", LW_ACCEPT_LIKELY},
		{"suggested", LW_ACCEPT_SUGGESTED},
		{"unread", LW_ACCEPT_UNREAD},
	};

	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		if (strcmp(value, table[i].name))
			continue;
		options->accept |= table[i].accept;
		return TRUE;
	}
	return misuse(error, "accept takes sure, likely, suggested or unread");
}

static gboolean set_width(LwRunOptions *options, const char *value, GError **error)
{
	LwWidth width;

	if (!lw_width_parse(value, &width))
		return misuse(error, "width takes exact, quantised or strict");
	options->width = (int)width + 1;
	return TRUE;
}

static gboolean set_jobs(LwRunOptions *options, const char *value, GError **error)
{
	guint64 jobs;

	if (!g_ascii_string_to_unsigned(value, 10, 1, JOBS_MOST, &jobs, NULL))
		return misuse(error, "the number of workers is 1 to 256");
	options->workers = (guint)jobs;
	return TRUE;
}

static gboolean set_lang(LwRunOptions *options, const char *value, GError **error)
{
	if (strcmp(value, "nl") && strcmp(value, "en"))
		return misuse(error, "the language is nl or en");
	options->lang = *value == 'n' ? LW_LANG_NL : LW_LANG_EN;
	return TRUE;
}

static gboolean set_path(char **path, const char *value, GError **error)
{
	if (!*value)
		return misuse(error, "a path is empty");
	g_free(*path);
	*path = g_strdup(value);
	return TRUE;
}

static gboolean set_text(GPtrArray *strings, const char *value, GError **error)
{
	if (!*value || !g_utf8_validate(value, -1, NULL))
		return misuse(error, "a term or expression is empty or no UTF-8");
	strings_add(strings, value);
	return TRUE;
}

static gboolean set_policy(Lakwerk *lakwerk, const char *value, GError **error)
{
	g_clear_pointer(&lakwerk->policy, lw_policy_free);
	lakwerk->policy = lw_policy_load(value, error);
	return lakwerk->policy != NULL;
}

/* FALSE when the option takes a value. */
static gboolean set_switch(Lakwerk *lakwerk, LakwerkOption option)
{
	LwRunOptions *options = &lakwerk->options;

	switch (option) {
	case LAKWERK_NO_DETECT:
		options->detect = FALSE;
		return TRUE;
	case LAKWERK_DRY_RUN:
		return options->dry = TRUE;
	case LAKWERK_FORCE:
		return options->force = TRUE;
	case LAKWERK_KEPT:
		options->listing = LW_LIST_KEPT;
		return TRUE;
	case LAKWERK_FAULTS:
		return options->faults = TRUE;
	case LAKWERK_JSON:
		lakwerk->output = LW_SAY_JSON;
		options->results = TRUE;
		return TRUE;
	default:
		return FALSE;
	}
}

static gboolean set_value(Lakwerk *lakwerk, LakwerkOption option, const char *value, GError **error)
{
	LwRunOptions *options = &lakwerk->options;

	switch (option) {
	case LAKWERK_POLICY:
		return set_policy(lakwerk, value, error);
	case LAKWERK_TERM:
		return set_text(options->terms, value, error);
	case LAKWERK_REGEX:
		return set_text(options->regexes, value, error);
	case LAKWERK_AREA:
		return set_area(options, value, error);
	case LAKWERK_GROUND:
		return set_ground(options, value, error);
	case LAKWERK_MARKS:
		return set_path(&options->marks, value, error);
	case LAKWERK_ACCEPT:
		return set_accept(options, value, error);
	case LAKWERK_WIDTH:
		return set_width(options, value, error);
	case LAKWERK_LOG:
		return set_path(&options->log, value, error);
	case LAKWERK_STATE:
		return set_path(&options->state, value, error);
	case LAKWERK_KEY:
		return set_path(&options->key, value, error);
	case LAKWERK_JOBS:
		return set_jobs(options, value, error);
	case LAKWERK_LANG:
		return set_lang(options, value, error);
	default:
		return misuse(error, "no such option");
	}
}

LakwerkStatus lakwerk_set(Lakwerk *lakwerk, LakwerkOption option, const char *value)
{
	g_autoptr(GError) error = NULL;

	if (!set_switch(lakwerk, option) && value)
		set_value(lakwerk, option, value, &error);
	else if (!set_switch(lakwerk, option))
		misuse(&error, "an option lacks its value");
	return lw_session_end(lakwerk, LAKWERK_OK, error);
}

void lakwerk_on_event(Lakwerk *lakwerk, LakwerkEventFunc func, void *self)
{
	lakwerk->options.event = func;
	lakwerk->options.event_self = self;
}

void lakwerk_cancel(Lakwerk *lakwerk)
{
	g_atomic_int_set(&lakwerk->cancelled, TRUE);
}

LakwerkStatus lakwerk_redact(Lakwerk *lakwerk, const char *const *inputs, const char *out,
			     LakwerkSummary *summary)
{
	g_autoptr(GError) error = NULL;
	LakwerkSummary unwanted = {0};
	LakwerkStatus status = LAKWERK_FATAL;

	if (summary)
		*summary = unwanted;
	if (!out || !*out)
		misuse(&error, "no output given");
	else if (lw_session_begin(lakwerk, &error))
		status = lw_job_redact(&lakwerk->options, inputs, out,
				       summary ? summary : &unwanted, &error);
	return lw_session_end(lakwerk, status, error);
}
