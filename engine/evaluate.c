/* evaluate.c - lakwerk_evaluate(): finds in labelled documents, and measures.
 *
 * Each document is a dossier of its own: a sample is not one story. Labelled text is data of a
 * test: it is detected here, without a worker, and nothing is written. */
#include "engine/evaluate.h"

#include "engine/detect/detect.h"
#include "engine/base/install.h"
#include "engine/plan.h"

#include <string.h>

typedef struct {
	LwEvaluation *evaluation;
	LwLexicon *lexicon;
	LwPlanOptions options;
} Work;

static LwLexicon *open_lexicon(const Lakwerk *lakwerk, GError **error)
{
	g_autofree char *path = lw_install_lexicon();
	g_autoptr(GVariant) lists = NULL;
	LwLexicon *lexicon;

	if (!path) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_MISSING,
				    "the dictionaries are not installed");
		return NULL;
	}
	lexicon = lw_lexicon_open(path, error);
	if (!lexicon)
		return NULL;
	lists = g_variant_ref_sink(lw_policy_lists(lakwerk->policy));
	lw_lexicon_add_lists(lexicon, lists);
	return lexicon;
}

static LwDocument *document_of(const LwGoldDocument *gold)
{
	LwDocument *document = lw_document_new("plain");

	document->text = lw_arena_strndup(document->arena, gold->text, gold->length);
	document->length = gold->length;
	return document;
}

/* As a run over this one document does. */
static LwPlan *propose(const Work *work, const LwDocument *document, GError **error)
{
	g_autoptr(LwEntities) found = lw_detect(document, work->lexicon);
	g_autoptr(LwRegistry) registry = lw_registry_new(work->lexicon);

	lw_registry_learn(registry, document, found);
	lw_registry_close(registry);
	lw_registry_find(registry, document, found);
	return lw_proposals_new(document, "", found, &work->options, error);
}

static gboolean is_seen(const Work *work, const LwMark *mark, guint view)
{
	gboolean accepted = lw_mark_is_accepted(mark, &work->options);

	if (!mark->span.length)
		return FALSE;
	if (view == LW_VIEW_REMOVED)
		return accepted;
	if (!accepted && !lw_mark_is_open(mark, &work->options))
		return FALSE;
	return view == LW_VIEW_PROPOSED ||
	       mark->score >= (float)LW_VIEW_THRESHOLD(view - LW_VIEW_CURVE);
}

/* The place of a label, as a key of what the proposals miss; yours. */
static char *place_key(const LwGoldDocument *document, LwSpan span)
{
	return g_strdup_printf("%p %u %u", (const void *)document, span.start, span.length);
}

static void note_missed(void *self, const LwGoldDocument *document, LwFault fault, const char *kind,
			LwSpan span)
{
	LwEvaluation *evaluation = self;

	(void)kind;
	if (fault == LW_FAULT_MISSED)
		g_hash_table_add(evaluation->open, place_key(document, span));
}

static void tell_fault(void *self, const LwGoldDocument *document, LwFault fault, const char *kind,
		       LwSpan span)
{
	const LwEvaluation *evaluation = self;
	g_autofree char *key = place_key(document, span);
	gboolean proposed =
		fault == LW_FAULT_MISSED && !g_hash_table_contains(evaluation->open, key);

	lw_evaluation_tell_fault(evaluation, document, fault, kind, span, proposed);
}

static void score_view(const Work *work, guint view, guint number, const LwPlan *proposals)
{
	const LwGoldDocument *document = work->evaluation->gold->documents->pdata[number];
	g_autoptr(GPtrArray) marks = g_ptr_array_new();
	LwFaultFunc func = NULL;

	for (guint i = 0; i < proposals->marks->len; i++)
		if (is_seen(work, proposals->marks->pdata[i], view))
			g_ptr_array_add(marks, proposals->marks->pdata[i]);
	if (work->evaluation->lakwerk->options.faults && view <= LW_VIEW_PROPOSED)
		func = view == LW_VIEW_PROPOSED ? note_missed : tell_fault;
	lw_score_document(work->evaluation->rates, view, number, document, marks, func,
			  work->evaluation);
}

static gboolean evaluate_document(const Work *work, guint number, GError **error)
{
	g_autoptr(LwDocument) document =
		document_of(work->evaluation->gold->documents->pdata[number]);
	g_autoptr(LwPlan) proposals = propose(work, document, error);

	if (!proposals)
		return FALSE;
	score_view(work, LW_VIEW_PROPOSED, number, proposals);
	score_view(work, LW_VIEW_REMOVED, number, proposals);
	for (guint step = 0; step < LW_VIEW_STEPS; step++)
		score_view(work, LW_VIEW_CURVE + step, number, proposals);
	return TRUE;
}

static gboolean evaluate(LwEvaluation *evaluation, GError **error)
{
	Work work = {.evaluation = evaluation};
	LwRunOptions *options = &evaluation->lakwerk->options;
	guint count = evaluation->gold->documents->len;
	gboolean good = TRUE;

	work.lexicon = open_lexicon(evaluation->lakwerk, error);
	if (!work.lexicon)
		return FALSE;
	work.options = (LwPlanOptions){
		.policy = options->policy, .lexicon = work.lexicon, .accept = options->accept};
	for (guint i = 0; i < count && good; i++)
		good = !lw_run_is_stopped(options, error) && evaluate_document(&work, i, error);
	lw_lexicon_free(work.lexicon);
	lw_rates_close(evaluation->rates, count);
	return good;
}

LakwerkStatus lakwerk_evaluate(Lakwerk *lakwerk, const char *const *gold, LakwerkWriteFunc write,
			       void *self)
{
	LwEvaluation evaluation = {.lakwerk = lakwerk, .write = write, .self = self};
	g_autoptr(GError) error = NULL;

	if (lw_session_begin(lakwerk, &error))
		evaluation.gold = lw_gold_open(gold, &error);
	if (evaluation.gold) {
		evaluation.rates = lw_rates_new();
		evaluation.open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		if (evaluate(&evaluation, &error))
			lw_evaluation_tell(&evaluation);
		g_hash_table_unref(evaluation.open);
		lw_rates_free(evaluation.rates);
		lw_gold_free(evaluation.gold);
	}
	return lw_session_end(lakwerk, LAKWERK_OK, error);
}
