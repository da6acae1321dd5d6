/* act.c - finds the query or act, checks who may do it, writes the event, tells what changed. */
#include "engine/dossier/act.h"

#include "engine/dossier/card.h"
#include "engine/dossier/consistency.h"
#include "engine/dossier/decide.h"
#include "engine/dossier/document.h"
#include "engine/dossier/lint.h"
#include "engine/dossier/obstacle.h"
#include "engine/dossier/rule.h"
#include "engine/dossier/sample.h"
#include "engine/dossier/text.h"

#include <string.h>

enum { CHANGED_MOST = 200 };

static const struct {
	const char *name;
	gboolean (*answer)(LwCall *call);
} queries[] = {
	{"dossier", lw_dossier_answer},
	{"documents", lw_documents_answer},
	{"document", lw_document_answer},
	{"marks", lw_marks_answer},
	{"mark", lw_mark_answer},
	{"text", lw_text_answer},
	{"layer", lw_layer_answer},
	{"search", lw_search_answer},
	{"cards", lw_cards_answer},
	{"groups", lw_groups_answer},
	{"difference", lw_difference_answer},
	{"consistency", lw_consistency_answer},
	{"warnings", lw_warnings_answer},
	{"obstacles", lw_obstacles_answer},
	{"events", lw_events_answer},
	{"reviewers", lw_reviewers_answer},
	{"comments", lw_comments_answer},
	{"sample", lw_sample_answer},
	{"precision", lw_precision_answer},
	{"publications", lw_publications_answer},
	{"rules", lw_rules_answer},
	{"blocks", lw_blocks_answer},
	{"vocabulary", lw_vocabulary_answer},
};

gboolean lw_query(LwCall *call, const char *what)
{
	for (guint i = 0; i < G_N_ELEMENTS(queries); i++)
		if (!strcmp(what, queries[i].name))
			return queries[i].answer(call);
	return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such query");
}

static gboolean undo_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"event", NULL};
	gint64 event = 0;

	return lw_call_keys(call, keys) &&
	       lw_call_integer(call, "event", LW_REQUIRED, 1, G_MAXINT64, &event) &&
	       lw_event_undo(deed, event);
}

static const struct {
	const char *name;
	LwRoles roles;
	gboolean (*act)(LwCall *call, LwDeed *deed);
} acts[] = {
	{"accept", LW_ANYBODY, lw_decide_act},
	{"reject", LW_ANYBODY, lw_decide_act},
	{"reopen", LW_ANYBODY, lw_decide_act},
	{"ground", LW_ANYBODY, lw_decide_act},
	{"motivate", LW_ANYBODY, lw_decide_act},
	{"withdraw", LW_ANYBODY, lw_decide_act},
	{"card", LW_ANYBODY, lw_decide_act},
	{"acknowledge", LW_ANYBODY, lw_decide_act},
	{"extent", LW_ANYBODY, lw_extent_act},
	{"add", LW_ANYBODY, lw_add_act},
	{"search", LW_ANYBODY, lw_search_act},
	{"leave", LW_ANYBODY, lw_leave_act},
	{"document", LW_ANYBODY, lw_document_act},
	{"judge", LW_ANYBODY, lw_judge_act},
	{"seen", LW_ANYBODY, lw_seen_act},
	{"comment", LW_ANYBODY, lw_comment_act},
	{"settings", LW_OFFICER, lw_settings_act},
	{"reviewer", LW_OFFICER, lw_reviewer_act},
	{"block", LW_ANYBODY, lw_block_act},
	{"rule", LW_ANYBODY, lw_rule_act},
	{"sample", LW_OFFICER | LW_APPROVER, lw_sample_act},
	{"result", LW_ANYBODY, lw_result_act},
	{"sign", LW_ANYBODY, lw_sign_act},
	{"unsign", LW_ANYBODY, lw_unsign_act},
	{"import", LW_ANYBODY, lw_import_act},
	{"publish", LW_OFFICER | LW_APPROVER, lw_publish_act},
	{"undo", LW_ANYBODY, undo_act},
};

/* The first who acts is the officer. */
static void be_first(LwCall *call)
{
	g_autofree char *subject = g_strconcat("r:", call->reviewer, NULL);
	g_autoptr(LwDeed) deed = NULL;

	if (lw_store_number(call->dossier->store, 0,
			    "SELECT 1 FROM effect WHERE subject >= 'r:' AND subject < 'r;' LIMIT 1",
			    ""))
		return;
	deed = lw_deed_new(call, "reviewer");
	lw_deed_add(deed, subject, "role", "officer");
	lw_deed_write(deed);
}

gboolean lw_act_is_preview(const LwCall *call)
{
	gboolean preview = FALSE;

	return lw_json_boolean_of(call->given, "preview", &preview) && preview;
}

/* The marks that an event changed, as they are now. */
static LwJson *changed_marks(LwCall *call, gint64 event)
{
	LwSelector selector = {g_string_new(NULL), g_ptr_array_new(), 1, TRUE};
	LwJson *list;

	g_string_printf(selector.where,
			"WHERE id IN (SELECT substr(subject, 3) FROM effect WHERE event = "
			"%" G_GINT64_FORMAT
			" AND subject >= 'm:' AND subject < 'm;') OR id IN (SELECT "
			"substr(e.subject, 3) FROM effect e JOIN effect u ON e.event = "
			"CAST(substr(u.subject, 3) AS INTEGER) WHERE u.event = %" G_GINT64_FORMAT
			" AND u.subject >= 'e:' AND u.subject < 'e;' AND e.subject >= 'm:' AND "
			"e.subject < 'm;')",
			event, event);
	list = lw_marks_list(call, &selector, CHANGED_MOST, 0);
	lw_selector_clear(&selector);
	return list;
}

static gboolean finish(LwCall *call, LwDeed *deed)
{
	gint64 expect = -1, event = 0;
	guint count = lw_deed_count(deed);

	if (!lw_call_integer(call, "expect", LW_OPTIONAL, 0, G_MAXINT32, &expect))
		return FALSE;
	if (expect >= 0 && expect != count)
		return lw_call_refuse(call, LW_REPLY_CONFLICT,
				      "it would now change another number than was shown");
	if (count) {
		event = lw_deed_write(deed);
		if (!event)
			return lw_call_refuse(call, LW_REPLY_FAILED,
					      "the state of the dossier cannot be read or written");
	}
	lw_json_set(call->answer, "event", NULL);
	if (event && !lw_act_is_preview(call))
		lw_json_set_integer(call->answer, "event", event);
	lw_json_set_integer(call->answer, "count", count);
	lw_json_set_integer(call->answer, "skipped", deed->skipped);
	lw_json_set(call->answer, "marks",
		    event ? changed_marks(call, event) : lw_json_array_new());
	return call->reply == LW_REPLY_DONE;
}

gboolean lw_act(LwCall *call)
{
	const char *name = NULL;
	g_autoptr(LwDeed) deed = NULL;
	guint i = 0;

	if (!lw_call_string(call, "act", LW_REQUIRED, &name))
		return FALSE;
	while (i < G_N_ELEMENTS(acts) && strcmp(name, acts[i].name))
		i++;
	if (i == G_N_ELEMENTS(acts))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such act");
	be_first(call);
	if (!lw_role_check(call, acts[i].roles))
		return FALSE;
	deed = lw_deed_new(call, acts[i].name);
	return lw_call_integer(call, "base", LW_OPTIONAL, 0, G_MAXINT64, &deed->base) &&
	       acts[i].act(call, deed) && finish(call, deed);
}
