/* decide.c - decisions on the marks of a selector, and on their copies. */
#include "engine/dossier/decide.h"

#include "engine/dossier/document.h"

#include <string.h>

enum { MARKS_MOST = 200000 };

typedef enum {
	DECIDE_ACCEPT,
	DECIDE_REJECT,
	DECIDE_REOPEN,
	DECIDE_GROUND,
	DECIDE_MOTIVATE,
	DECIDE_WITHDRAW,
	DECIDE_CARD,
	DECIDE_ACKNOWLEDGE,
} Verb;

static const char *const verbs[] = {"accept",	"reject",   "reopen", "ground",
				    "motivate", "withdraw", "card",   "acknowledge"};

typedef struct {
	LwDeed *deed;
	Verb verb;
	char *grounds, *card;
	const char *motivation;
	gboolean motivated, overwrite, by_one; /* chosen mark by mark */
} Decide;

static char *subject_of(const char *id)
{
	return g_strconcat("m:", id, NULL);
}

void lw_decide_mark(LwDeed *deed, const char *id, const char *decision, const char *grounds,
		    const char *motivation)
{
	g_autofree char *subject = subject_of(id);

	if (decision)
		lw_deed_set(deed, subject, "decision", strcmp(decision, "open") ? decision : NULL);
	if (grounds)
		lw_deed_set(deed, subject, "grounds", *grounds ? grounds : NULL);
	if (motivation)
		lw_deed_set(deed, subject, "motivation", *motivation ? motivation : NULL);
}

/* A mark that a person decided otherwise is an exception to what is decided for many. */
static gboolean is_exception(const Decide *decide, const LwMarkRow *row)
{
	const char *wanted = decide->verb == DECIDE_ACCEPT   ? "accepted"
			     : decide->verb == DECIDE_REJECT ? "rejected"
							     : NULL;

	return wanted && !decide->by_one && !decide->overwrite && strcmp(row->decision, "open") &&
	       strcmp(row->decision, wanted) && !row->inherited;
}

static gboolean check_accept(const Decide *decide, const LwMarkRow *row)
{
	const char *grounds = decide->grounds ? decide->grounds : row->ground;

	if (!grounds || !*grounds)
		return lw_call_refuse(decide->deed->call, LW_REPLY_REFUSED,
				      "a mark without a ground");
	return !lw_lint_grounds(grounds) ||
	       lw_call_refuse(decide->deed->call, LW_REPLY_REFUSED, lw_lint_grounds(grounds));
}

static gboolean apply(const Decide *decide, const LwMarkRow *row)
{
	LwDeed *deed = decide->deed;
	g_autofree char *subject = subject_of(row->id);

	switch (decide->verb) {
	case DECIDE_ACCEPT:
		if (!check_accept(decide, row))
			return FALSE;
		lw_decide_mark(deed, row->id, "accepted", decide->grounds, decide->motivation);
		return TRUE;
	case DECIDE_REJECT:
		lw_decide_mark(deed, row->id, "rejected", NULL, decide->motivation);
		return TRUE;
	case DECIDE_REOPEN:
		lw_decide_mark(deed, row->id, "open", NULL, NULL);
		return TRUE;
	case DECIDE_GROUND:
		lw_decide_mark(deed, row->id, NULL, decide->grounds, NULL);
		return TRUE;
	case DECIDE_MOTIVATE:
		lw_deed_set(deed, subject, "motivation",
			    decide->motivation && *decide->motivation ? decide->motivation : NULL);
		return TRUE;
	case DECIDE_WITHDRAW:
		if (strcmp(row->origin, "added"))
			return lw_call_refuse(deed->call, LW_REPLY_REFUSED,
					      "only a mark that a person added can be withdrawn");
		lw_deed_set(deed, subject, "present", "0");
		return TRUE;
	case DECIDE_CARD:
		lw_deed_set(deed, subject, "card", decide->card);
		return TRUE;
	case DECIDE_ACKNOWLEDGE:
		lw_deed_add(deed, subject, "acknowledged", "1");
		return TRUE;
	}
	return TRUE;
}

/* Copies take over what was decided, unless a person decided otherwise there. */
static gboolean apply_copies(const Decide *decide, const char *copy)
{
	LwCall *call = decide->deed->call;
	LwSelector selector = {g_string_new("WHERE present = 1 AND copy = ?"),
			       g_ptr_array_new_with_free_func(g_free), 1, FALSE};
	Decide others = *decide;
	g_autoptr(LwCursor) rows = NULL;
	gboolean fine = TRUE;
	LwMarkRow row;

	others.by_one = FALSE;
	g_ptr_array_add(selector.values, g_strdup(copy));
	rows = lw_marks_ask(call, &selector, MARKS_MOST, 0);
	lw_selector_clear(&selector);
	while (fine && lw_cursor_next(rows)) {
		g_autofree char *subject = NULL;

		lw_mark_row(rows, &row);
		subject = subject_of(row.id);
		if (lw_deed_has(decide->deed, subject) || is_exception(&others, &row))
			continue;
		fine = apply(&others, &row);
		if (fine && lw_deed_has(decide->deed, subject) && decide->verb <= DECIDE_REOPEN)
			lw_deed_set(decide->deed, subject, "inherited",
				    decide->verb == DECIDE_REOPEN ? NULL : "1");
	}
	return fine;
}

static gboolean has_copies(const Decide *decide)
{
	return decide->verb <= DECIDE_MOTIVATE;
}

static gboolean apply_all(Decide *decide, const LwSelector *selector)
{
	LwCall *call = decide->deed->call;
	g_autoptr(LwCursor) rows = lw_marks_ask(call, selector, MARKS_MOST, 0);
	g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func(g_free);
	guint found = 0;
	LwMarkRow row;

	for (; lw_cursor_next(rows); found++) {
		lw_mark_row(rows, &row);
		if (is_exception(decide, &row)) {
			decide->deed->skipped++;
			continue;
		}
		if (!apply(decide, &row))
			return FALSE;
		/* Decided here, by a person: no longer something that was taken over. */
		if (row.inherited && decide->verb <= DECIDE_REOPEN) {
			g_autofree char *subject = subject_of(row.id);

			lw_deed_set(decide->deed, subject, "inherited", NULL);
		}
		if (row.copy && has_copies(decide))
			g_ptr_array_add(copies, g_strdup(row.copy));
	}
	if (!found && decide->by_one)
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such mark");
	for (guint i = 0; i < copies->len; i++)
		if (!apply_copies(decide, copies->pdata[i]))
			return FALSE;
	return TRUE;
}

/* The number of a card: one that is there, or a new one. */
static gboolean read_card(LwCall *call, Decide *decide)
{
	gint64 card = 0;

	if (!lw_call_integer(call, "card", LW_OPTIONAL, 1, G_MAXINT32, &card))
		return FALSE;
	if (card &&
	    !lw_store_number(call->dossier->store, 0, "SELECT 1 FROM card WHERE id = ?", "i", card))
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such person");
	if (!card) {
		lw_store_run(call->dossier->store, "INSERT INTO card(name) VALUES('')", "");
		card = lw_store_last(call->dossier->store);
	}
	decide->card = g_strdup_printf("%" G_GINT64_FORMAT, card);
	return TRUE;
}

static gboolean read_decide(LwCall *call, Decide *decide)
{
	static const char *const keys[] = {"marks",	"grounds", "motivation",
					   "overwrite", "card",	   NULL};

	decide->motivated = lw_call_has(call, "motivation");
	if (!lw_call_keys(call, keys) || !lw_call_grounds(call, &decide->grounds) ||
	    !lw_call_string(call, "motivation", LW_OPTIONAL, &decide->motivation) ||
	    !lw_call_boolean(call, "overwrite", &decide->overwrite))
		return FALSE;
	if (decide->verb == DECIDE_GROUND && (!decide->grounds || !*decide->grounds))
		return lw_call_refuse(call, LW_REPLY_REFUSED, "a mark without a ground");
	return decide->verb != DECIDE_CARD || read_card(call, decide);
}

/* What was decided of a person holds for mentions that a later scan finds. */
static void remember_person(const Decide *decide, const LwJson *marks)
{
	static const char *const values[] = {"accepted", "rejected", NULL};
	g_autofree char *subject = NULL;
	gint64 card;

	if (!lw_json_integer_of(marks, "card", &card))
		return;
	subject = g_strdup_printf("q:%" G_GINT64_FORMAT, card);
	lw_deed_set(decide->deed, subject, "decision", values[decide->verb]);
}

gboolean lw_decide_act(LwCall *call, LwDeed *deed)
{
	Decide decide = {.deed = deed};
	LwSelector selector = {0};
	gboolean fine;

	while (strcmp(verbs[decide.verb], deed->act))
		decide.verb++;
	fine = read_decide(call, &decide) &&
	       lw_selector_init(call, &selector, lw_json_member(call->given, "marks"));
	if (fine && !selector.conditions)
		fine = lw_call_refuse(call, LW_REPLY_USAGE, "'marks' says which marks");
	decide.by_one = fine && selector.only_ids;
	fine = fine && apply_all(&decide, &selector);
	if (fine && selector.conditions == 1 && decide.verb <= DECIDE_REOPEN)
		remember_person(&decide, lw_json_member(call->given, "marks"));
	lw_selector_clear(&selector);
	g_free(decide.grounds);
	g_free(decide.card);
	return fine;
}
