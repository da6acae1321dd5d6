/* register.c - lakwerk_register(): what the record of the algorithm register rests on: policy,
 * model, figures, and what people did in dossiers.
 *
 * Figures count only when they were measured on the model and the dictionaries that are installed.
 */
#include "engine/record/register.h"

#include "engine/base/limits.h"
#include "engine/dossier-session.h"
#include "engine/dossier/act.h"
#include "engine/dossier/sample.h"
#include "engine/base/install.h"
#include "engine/output.h"

#include <string.h>

typedef struct {
	LwRegisterFacts facts;
	LwArena *arena;
	LwJson *figures;
} Registration;

static const char *keep(Registration *registration, const char *text)
{
	return text ? lw_arena_strndup(registration->arena, text, strlen(text)) : NULL;
}

/* ---- what is installed ---- */

static LwJson *load_figures(const char *path)
{
	g_autoptr(GMappedFile) file = path ? g_mapped_file_new(path, FALSE, NULL) : NULL;
	gsize length = file ? g_mapped_file_get_length(file) : 0;

	if (!length || length > LW_LIMIT_JSON_BYTES)
		return NULL;
	return lw_json_parse(g_mapped_file_get_contents(file), length, path, NULL);
}

static gboolean collect_installed(Registration *registration, GError **error)
{
	g_autofree char *lexicon = lw_install_lexicon(), *model = lw_install_model(),
			*calibration = lw_install_calibration();
	g_autofree char *path = lw_install_figures();
	g_autofree char *words = lexicon ? lw_output_digest(lexicon) : NULL;
	g_autofree char *weights = model ? lw_output_digest(model) : NULL;
	g_autofree char *chances = calibration ? lw_output_digest(calibration) : NULL;
	LwJson *figures = load_figures(path);

	registration->figures = figures;
	registration->facts.figures = figures;
	registration->facts.model = keep(registration, weights);
	registration->facts.calibration = keep(registration, chances);
	registration->facts.dictionaries = keep(registration, words);
	if (figures && weights && chances && words &&
	    !g_strcmp0(lw_json_string_of(figures, "model"), weights) &&
	    !g_strcmp0(lw_json_string_of(figures, "calibration"), chances) &&
	    !g_strcmp0(lw_json_string_of(figures, "dictionaries"), words))
		return TRUE;
	g_set_error_literal(
		error, LW_ERROR, LW_ERROR_MISSING,
		"no figures that were measured on this model and these dictionaries are "
		"installed");
	return FALSE;
}

/* ---- the policy ---- */

static void collect_policy(Registration *registration, const LwPolicy *policy)
{
	LwRegisterFacts *facts = &registration->facts;
	const struct {
		const char *key, **to;
	} table[] = {
		{"organisation", &facts->organisation},
		{"contact", &facts->contact},
		{"status", &facts->status},
		{"begin", &facts->begin},
		{"category", &facts->category},
		{"website", &facts->website},
		{"process-index", &facts->process_index},
		{"public-code", &facts->public_code},
		{"provider", &facts->provider},
		{"assessments", &facts->assessments},
	};
	g_autofree char *digest = lw_policy_digest(policy);

	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		*table[i].to = keep(registration, lw_policy_register(policy, table[i].key));
	facts->policy = keep(registration, lw_policy_name(policy));
	facts->policy_digest = keep(registration, digest);
	facts->version = LW_VERSION;
}

/* ---- what people did ---- */

/* Past the gate of publishing, and a person decided on each mark. */
static gboolean is_reviewed(LwDossier *dossier)
{
	g_autoptr(LwJson) given = lw_json_object_new();
	LwCall call = {.dossier = dossier, .given = given, .answer = lw_json_object_new()};
	gboolean ready = FALSE;

	if (lw_query(&call, "obstacles"))
		lw_json_boolean_of(call.answer, "ready", &ready);
	lw_call_clear(&call);
	return ready && !lw_store_number(dossier->store, 0,
					 "SELECT 1 FROM live WHERE decision <> 'open' AND decider "
					 "IS NULL LIMIT 1",
					 "");
}

static void collect_review(Registration *registration, LwDossier *dossier)
{
	LwRegisterFacts *facts = &registration->facts;
	g_autofree char *organisation = lw_state_text(dossier, "s", "organisation");
	g_autofree char *signature = lw_state_text(dossier, "s", "signed");
	LwSampleResult sample;

	facts->dossiers++;
	if (!facts->organisation)
		facts->organisation = keep(registration, organisation);
	if (!is_reviewed(dossier))
		return;
	facts->reviewed++;
	facts->second += signature && strcmp(signature, "one-person") != 0;
	facts->decisions += (guint)lw_store_number(
		dossier->store, 0, "SELECT count(*) FROM live WHERE decision <> 'open'", "");
	facts->pages += (guint)lw_store_number(
		dossier->store, 0, "SELECT sum(max(pages, 1)) FROM document WHERE state = 'read'",
		"");
	facts->seen += (guint)lw_store_number(dossier->store, 0,
					      "SELECT count(DISTINCT subject) FROM state WHERE "
					      "subject >= 'p:' AND subject < 'p;' AND value = '1'",
					      "");
	lw_sample_result(dossier, &sample);
	if (sample.checked)
		facts->bound = MAX(facts->bound, sample.bound);
}

static LakwerkStatus collect_dossier(Registration *registration, Lakwerk *lakwerk,
				     const char *folder)
{
	LakwerkDossier *dossier = NULL;
	LakwerkStatus status =
		lakwerk_dossier_open(lakwerk, folder, LAKWERK_DOSSIER_READ, &dossier);

	if (status)
		return status;
	g_rec_mutex_lock(&dossier->lock);
	collect_review(registration, &dossier->inner);
	g_rec_mutex_unlock(&dossier->lock);
	lakwerk_dossier_close(dossier);
	return LAKWERK_OK;
}

LakwerkStatus lakwerk_register(Lakwerk *lakwerk, const char *const *dossiers,
			       LakwerkWriteFunc write, void *self)
{
	Registration registration = {.facts.bound = -1, .arena = lw_arena_new()};
	LakwerkStatus status = LAKWERK_OK;
	g_autoptr(GError) error = NULL;
	g_autoptr(LwJson) record = NULL;
	g_autofree char *text = NULL;

	if (lw_session_begin(lakwerk, &error) && collect_installed(&registration, &error))
		collect_policy(&registration, lakwerk->policy);
	for (; !error && !status && *dossiers; dossiers++)
		status = collect_dossier(&registration, lakwerk, *dossiers);
	if (!error && !status)
		record = lw_register_record(&registration.facts, &error);
	if (record) {
		text = lw_json_print(record);
		write(self, text, strlen(text));
		write(self, "\n", 1);
	}
	lw_json_free(registration.figures);
	lw_arena_free(registration.arena);
	return status ? status : lw_session_end(lakwerk, LAKWERK_OK, error);
}
