/* evaluate-tell.c - what was measured, for people and for programs.
 *
 * The only text of documents in it is that of faults, which is what the user asked for. */
#include "engine/evaluate.h"

#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/base/install.h"
#include "engine/output.h"

#include <string.h>

enum { NAME_WIDTH = 50, RATE_WIDTH = 24 };

static const struct {
	const char *name;    /* in JSON */
	const char *text[2]; /* by LwLang */
	double scale;
} measures[LW_MEASURE_COUNT] = {
	[LW_MEASURE_RECALL] = {"recall", {"gevonden (elk teken)", "found (every character)"}, 1},
	[LW_MEASURE_DOCUMENT_LEAK] = {"document-leak",
				      {"documenten met een lek", "documents with a leak"},
				      1},
	[LW_MEASURE_PERSON_LEAK] = {"person-leak",
				    {"personen met een lek", "persons with a leak"},
				    1},
	[LW_MEASURE_PRECISION] = {"precision",
				  {"terecht gelakt (precisie)", "rightly removed (precision)"},
				  1},
	[LW_MEASURE_EXCESS] = {"excess",
			       {"te veel gelakt, woorden per 1.000",
				"too much removed, words per 1,000"},
			       1000},
	[LW_MEASURE_KEPT] = {"kept-touched",
			     {"geraakte woorden die moeten blijven",
			      "touched words that have to stay"},
			     1},
};

static const struct {
	const char *name;
	LwMeasure measures[4];
	guint count;
	const char *text[2];
} groups[] = {
	{"kind", {LW_MEASURE_RECALL}, 1, {"soort", "kind"}},
	{"genre",
	 {LW_MEASURE_RECALL, LW_MEASURE_PRECISION, LW_MEASURE_EXCESS, LW_MEASURE_KEPT},
	 4,
	 {"genre", "genre"}},
	{"origin", {LW_MEASURE_RECALL}, 1, {"herkomst van de naam", "origin of the name"}},
	{"kept", {LW_MEASURE_KEPT}, 1, {"moet blijven", "has to stay"}},
};

static const char *const faults[][3] = {
	[LW_FAULT_MISSED] = {"missed", "gemist", "missed"},
	[LW_FAULT_TOUCHED] = {"touched", "geraakt", "touched"},
	[LW_FAULT_EXCESS] = {"excess", "te veel", "too much"},
};

static const char *const views[] = {
	[LW_VIEW_REMOVED] = "removed",
	[LW_VIEW_PROPOSED] = "proposed",
};

static LwLang lang_of(const LwEvaluation *evaluation)
{
	return evaluation->lakwerk->options.lang;
}

static const LwRate *rate_of(const LwEvaluation *evaluation, const char *group, const char *name,
			     LwMeasure measure, guint view)
{
	return lw_rates_find(evaluation->rates, group, name, measure, view);
}

static void say(const LwEvaluation *evaluation, const char *text)
{
	evaluation->write(evaluation->self, text, strlen(text));
}

/* ---- for people ---- */

/* Padded by characters; names of kinds may hold any. */
static void append_padded(GString *to, const char *text, glong width)
{
	g_string_append(to, text);
	for (glong i = g_utf8_strlen(text, -1); i < width; i++)
		g_string_append_c(to, ' ');
}

static void append_rate(GString *to, const LwRate *rate, LwMeasure measure)
{
	double scale = measures[measure].scale;
	const char *format = scale > 1 ? "%.1f (%.1f - %.1f)" : "%.3f (%.3f - %.3f)";
	g_autoptr(GString) text = g_string_new(NULL);

	if (rate && rate->whole)
		g_string_printf(text, format, scale * lw_rate_value(rate), scale * rate->low,
				scale * rate->high);
	else
		g_string_assign(text, "-");
	append_padded(to, text->str, RATE_WIDTH);
}

static void append_row(const LwEvaluation *evaluation, GString *to, const char *label,
		       const char *group, const char *name, LwMeasure measure)
{
	append_padded(to, label, NAME_WIDTH);
	for (guint view = LW_VIEW_REMOVED; view <= LW_VIEW_PROPOSED; view++)
		append_rate(to, rate_of(evaluation, group, name, measure, view), measure);
	g_strchomp(to->str);
	g_string_set_size(to, strlen(to->str));
	g_string_append_c(to, '\n');
}

static void append_head(const LwEvaluation *evaluation, GString *to, const char *title)
{
	LwLang lang = lang_of(evaluation);

	append_padded(to, title, NAME_WIDTH);
	append_padded(to, lang == LW_LANG_NL ? "gelakt" : "removed", RATE_WIDTH);
	g_string_append(to,
			lang == LW_LANG_NL ? "gelakt of voorgesteld\n" : "removed or proposed\n");
}

static void append_group(const LwEvaluation *evaluation, GString *to, guint group)
{
	g_autoptr(GPtrArray) names = lw_rates_names(evaluation->rates, groups[group].name);
	LwLang lang = lang_of(evaluation);

	for (guint m = 0; names->len && m < groups[group].count; m++) {
		LwMeasure measure = groups[group].measures[m];
		g_autofree char *title = g_strdup_printf("%s: %s", groups[group].text[lang],
							 measures[measure].text[lang]);

		g_string_append_c(to, '\n');
		append_head(evaluation, to, title);
		for (guint i = 0; i < names->len; i++) {
			const LwRate *rate = rate_of(evaluation, groups[group].name,
						     names->pdata[i], measure, LW_VIEW_PROPOSED);
			g_autofree char *label = g_strdup_printf("  %s  %" G_GUINT64_FORMAT,
								 (const char *)names->pdata[i],
								 rate ? rate->whole : 0);

			append_row(evaluation, to, label, groups[group].name, names->pdata[i],
				   measure);
		}
	}
}

static void append_curve(const LwEvaluation *evaluation, GString *to)
{
	static const LwMeasure shown[] = {LW_MEASURE_RECALL, LW_MEASURE_PRECISION,
					  LW_MEASURE_EXCESS, LW_MEASURE_KEPT};
	LwLang lang = lang_of(evaluation);

	g_string_append_c(to, '\n');
	append_padded(to, lang == LW_LANG_NL ? "vanaf score" : "from score", 13);
	for (guint m = 0; m < G_N_ELEMENTS(shown); m++)
		append_padded(to, measures[shown[m]].name, 14);
	g_strchomp(to->str);
	g_string_set_size(to, strlen(to->str));
	for (guint step = 0; step < LW_VIEW_STEPS; step++) {
		g_string_append_printf(to, "\n  %-11.1f", LW_VIEW_THRESHOLD(step));
		for (guint m = 0; m < G_N_ELEMENTS(shown); m++) {
			const LwRate *rate =
				rate_of(evaluation, "all", "", shown[m], LW_VIEW_CURVE + step);
			double scale = measures[shown[m]].scale;

			g_string_append_printf(to, scale > 1 ? "%-14.1f" : "%-14.3f",
					       scale * lw_rate_value(rate));
		}
		g_strchomp(to->str);
		g_string_set_size(to, strlen(to->str));
	}
	g_string_append_c(to, '\n');
}

static guint64 words_of(const LwEvaluation *evaluation)
{
	const LwRate *rate = rate_of(evaluation, "all", "", LW_MEASURE_EXCESS, LW_VIEW_REMOVED);

	return rate ? rate->whole : 0;
}

/* The origin that is found least or most. */
static const LwRate *extreme(const LwEvaluation *evaluation, guint view, int sign)
{
	g_autoptr(GPtrArray) names = lw_rates_names(evaluation->rates, "origin");
	const LwRate *found = NULL;

	for (guint i = 0; i < names->len; i++) {
		const LwRate *rate =
			rate_of(evaluation, "origin", names->pdata[i], LW_MEASURE_RECALL, view);

		if (!found || sign * lw_rate_value(rate) > sign * lw_rate_value(found))
			found = rate;
	}
	return found;
}

static void append_gap(const LwEvaluation *evaluation, GString *to)
{
	LwLang lang = lang_of(evaluation);

	for (guint view = LW_VIEW_REMOVED; view <= LW_VIEW_PROPOSED; view++) {
		const LwRate *least = extreme(evaluation, view, -1);
		const LwRate *most = extreme(evaluation, view, 1);

		if (!least)
			return;
		g_string_append_printf(to, "  %s %.3f: %s %.3f, %s %.3f\n",
				       lang == LW_LANG_NL ? "grootste verschil" : "largest gap",
				       lw_rate_value(most) - lw_rate_value(least), least->name,
				       lw_rate_value(least), most->name, lw_rate_value(most));
	}
}

static void tell_text(const LwEvaluation *evaluation)
{
	LwLang lang = lang_of(evaluation);
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_printf(text,
			lang == LW_LANG_NL ? "%u documenten, %" G_GUINT64_FORMAT " woorden\n\n"
					   : "%u documents, %" G_GUINT64_FORMAT " words\n\n",
			evaluation->gold->documents->len, words_of(evaluation));
	append_head(evaluation, text,
		    lang == LW_LANG_NL ? "met 95%-interval" : "with 95 % interval");
	for (guint m = 0; m < LW_MEASURE_COUNT; m++)
		append_row(evaluation, text, measures[m].text[lang], "all", "", m);
	for (guint g = 0; g < G_N_ELEMENTS(groups); g++) {
		append_group(evaluation, text, g);
		if (!strcmp(groups[g].name, "origin"))
			append_gap(evaluation, text);
	}
	append_curve(evaluation, text);
	say(evaluation, text->str);
}

/* ---- for programs ---- */

static LwJson *rate_json(const LwRate *rate)
{
	LwJson *json = lw_json_object_new();

	lw_json_set_integer(json, "part", (gint64)rate->part);
	lw_json_set_integer(json, "whole", (gint64)rate->whole);
	lw_json_set_number(json, "value", lw_rate_value(rate));
	lw_json_set_number(json, "low", rate->low);
	lw_json_set_number(json, "high", rate->high);
	return json;
}

/* {"recall": {…}, …} */
static LwJson *measures_json(const LwEvaluation *evaluation, const char *group, const char *name,
			     guint view)
{
	LwJson *json = lw_json_object_new();

	for (guint m = 0; m < LW_MEASURE_COUNT; m++) {
		const LwRate *rate = rate_of(evaluation, group, name, m, view);

		if (rate && rate->whole)
			lw_json_set(json, measures[m].name, rate_json(rate));
	}
	return json;
}

/* {"removed": {…}, "proposed": {…}} */
static void set_views(const LwEvaluation *evaluation, LwJson *json, const char *group,
		      const char *name)
{
	for (guint view = 0; view < G_N_ELEMENTS(views); view++)
		lw_json_set(json, views[view], measures_json(evaluation, group, name, view));
}

static LwJson *group_json(const LwEvaluation *evaluation, const char *group)
{
	g_autoptr(GPtrArray) names = lw_rates_names(evaluation->rates, group);
	LwJson *json = lw_json_object_new();

	for (guint i = 0; i < names->len; i++) {
		LwJson *one = lw_json_object_new();

		set_views(evaluation, one, group, names->pdata[i]);
		lw_json_set(json, names->pdata[i], one);
	}
	return json;
}

static LwJson *curve_json(const LwEvaluation *evaluation)
{
	LwJson *json = lw_json_array_new();

	for (guint step = 0; step < LW_VIEW_STEPS; step++) {
		LwJson *one = measures_json(evaluation, "all", "", LW_VIEW_CURVE + step);

		lw_json_set_number(one, "threshold", LW_VIEW_THRESHOLD(step));
		lw_json_append(json, one);
	}
	return json;
}

/* On what it was measured. */
static void set_measured(LwJson *json)
{
	g_autofree char *lexicon = lw_install_lexicon(), *model = lw_install_model(),
			*calibration = lw_install_calibration();
	g_autofree char *words = lexicon ? lw_output_digest(lexicon) : NULL;
	g_autofree char *weights = model ? lw_output_digest(model) : NULL;
	g_autofree char *chances = calibration ? lw_output_digest(calibration) : NULL;

	lw_json_set_string(json, "version", LW_VERSION);
	lw_json_set_string(json, "model", weights);
	lw_json_set_string(json, "calibration", chances);
	lw_json_set_string(json, "dictionaries", words);
}

static void tell_json(const LwEvaluation *evaluation)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	g_autofree char *line = NULL;

	lw_json_set_string(json, "type", "evaluation");
	lw_json_set_integer(json, "schema", 1);
	set_measured(json);
	lw_json_set_integer(json, "documents", evaluation->gold->documents->len);
	lw_json_set_integer(json, "words", (gint64)words_of(evaluation));
	set_views(evaluation, json, "all", "");
	for (guint g = 0; g < G_N_ELEMENTS(groups); g++)
		lw_json_set(json, groups[g].name, group_json(evaluation, groups[g].name));
	lw_json_set(json, "curve", curve_json(evaluation));
	line = lw_json_print(json);
	say(evaluation, line);
	say(evaluation, "\n");
}

void lw_evaluation_tell(const LwEvaluation *evaluation)
{
	if (evaluation->lakwerk->output == LW_SAY_JSON)
		tell_json(evaluation);
	else
		tell_text(evaluation);
}

/* ---- faults ---- */

static void fault_json(const LwEvaluation *evaluation, const LwGoldDocument *document,
		       LwFault fault, const char *kind, LwSpan span, gboolean proposed)
{
	g_autoptr(LwJson) json = lw_json_object_new();
	g_autofree char *text = g_strndup(document->text + span.start, span.length);
	g_autofree char *line = NULL;

	lw_json_set_string(json, "type", "fault");
	lw_json_set_string(json, "fault", faults[fault][0]);
	lw_json_set_boolean(json, "proposed", proposed);
	lw_json_set_string(json, "document", document->name);
	lw_json_set_string(json, "kind", kind);
	lw_json_set_integer(json, "offset",
			    (gint64)lw_text_code_points(document->text, span.start));
	lw_json_set_string(json, "text", text);
	line = lw_json_print(json);
	say(evaluation, line);
	say(evaluation, "\n");
}

void lw_evaluation_tell_fault(const LwEvaluation *evaluation, const LwGoldDocument *document,
			      LwFault fault, const char *kind, LwSpan span, gboolean proposed)
{
	LwLang lang = lang_of(evaluation);
	g_autofree char *text = NULL, *line = NULL;

	if (evaluation->lakwerk->output == LW_SAY_JSON) {
		fault_json(evaluation, document, fault, kind, span, proposed);
		return;
	}
	text = g_strndup(document->text + span.start, span.length);
	g_strdelimit(text, "\n\f\t", ' ');
	line = g_strdup_printf("%s: %s%s: %s: %s\n", document->name, faults[fault][1 + lang],
			       !proposed	    ? ""
			       : lang == LW_LANG_NL ? ", wel voorgesteld"
						    : ", but proposed",
			       kind, text);
	say(evaluation, line);
}
