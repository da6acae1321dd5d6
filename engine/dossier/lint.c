/* lint.c - the law as warnings: on a mark, on a document, on the dossier. */
#include "engine/dossier/lint.h"

#include <string.h>

#define WHOLE_PAGE 0.85 /* of a page under one area, or of a text under marks */

struct LwLint {
	LwCall *call;
	GHashTable *documents; /* lw_state_table of "d:" */
	GDate decided;	       /* or today */
};

LwLint *lw_lint_new(LwCall *call)
{
	LwLint *lint = g_new0(LwLint, 1);
	g_autofree char *decided = lw_state_text(call->dossier, "s", "decided");
	g_autofree char *today = lw_dossier_today(call->dossier);

	lint->call = call;
	lint->documents = lw_state_table(call->dossier, "d:");
	if (!lw_date_parse(decided, &lint->decided))
		lw_date_parse(today, &lint->decided);
	return lint;
}

void lw_lint_free(LwLint *lint)
{
	if (!lint)
		return;
	g_hash_table_unref(lint->documents);
	g_free(lint);
}

static gboolean is_flagged(const LwLint *lint, gint64 document, const char *flag)
{
	return !g_strcmp0(lw_table_value(lint->documents, "d:", document, flag), "true");
}

/* Which grounds a mark has, by their place in the law. */
typedef struct {
	gboolean first, second, residual, opinion, company;
} Grounds;

static Grounds grounds_of(const char *joined)
{
	g_auto(GStrv) ids = g_strsplit(joined ? joined : "", ";", -1);
	Grounds grounds = {0};

	for (guint i = 0; ids[i]; i++) {
		grounds.first |= g_str_has_prefix(ids[i], "5.1.1.");
		grounds.second |= g_str_has_prefix(ids[i], "5.1.2.");
		grounds.residual |= !strcmp(ids[i], "5.1.5");
		grounds.opinion |= !strcmp(ids[i], "5.2.1");
		grounds.company |= !strcmp(ids[i], "5.1.1.c");
	}
	return grounds;
}

/* Article 5.3: after five years the motivation says why the interest still weighs more. */
static gboolean is_old(const LwLint *lint, gint64 document)
{
	GDate date;

	if (!lw_date_parse(lw_table_value(lint->documents, "d:", document, "date"), &date))
		return FALSE;
	g_date_add_years(&date, 5);
	return g_date_compare(&date, &lint->decided) < 0;
}

static void warn_environment(const LwLint *lint, gint64 document, Grounds grounds, LwWarnFunc warn,
			     void *self)
{
	if (is_flagged(lint, document, "emissions") && (grounds.first || grounds.second))
		warn(self, "emissions", LW_SEVERITY_BLOCKS,
		     "information on emissions: 5.1 paragraphs 1 and 2 do not apply (5.1.7)");
	if (!is_flagged(lint, document, "environment"))
		return;
	if (grounds.residual)
		warn(self, "environment", LW_SEVERITY_BLOCKS,
		     "5.1.5 does not apply to environmental information");
	if (grounds.company)
		warn(self, "environment", LW_SEVERITY_BLOCKS,
		     "environmental information: company data go under 5.1.6, not 5.1.1.c");
	if (grounds.opinion)
		warn(self, "environment", LW_SEVERITY_WARNS,
		     "environmental information: an opinion needs a weighing (5.2 paragraph 4)");
}

static double area_of(const char *boxes, guint *pages)
{
	g_autoptr(LwJson) list = boxes ? lw_json_parse(boxes, strlen(boxes), "", NULL) : NULL;
	double x0, y0, x1, y1, area = 0;

	*pages = list ? (guint)lw_json_length(list) : 0;
	for (gsize i = 0; i < *pages; i++) {
		const LwJson *box = lw_json_at(list, i);

		if (lw_json_number_of(box, "x0", &x0) && lw_json_number_of(box, "x1", &x1) &&
		    lw_json_number_of(box, "y0", &y0) && lw_json_number_of(box, "y1", &y1))
			area += (x1 - x0) * (y1 - y0);
	}
	return area;
}

static gboolean is_whole_page(const LwLint *lint, const LwMarkRow *mark)
{
	guint pages;
	double area = mark->length ? 0 : area_of(mark->boxes, &pages);
	g_autoptr(LwCursor) rows = NULL;

	if (area <= 0)
		return FALSE;
	rows = lw_store_ask(lint->call->dossier->store,
			    "SELECT width * height FROM page WHERE document = ? AND page = ?", "ii",
			    mark->document, mark->page);
	return lw_cursor_next(rows) && area >= WHOLE_PAGE * lw_cursor_number(rows, 0);
}

void lw_lint_mark(const LwLint *lint, const LwMarkRow *mark, LwWarnFunc warn, void *self)
{
	Grounds grounds = grounds_of(mark->ground);
	gboolean accepted = !strcmp(mark->decision, "accepted");

	if (!strcmp(mark->decision, "rejected") || !mark->present)
		return;
	if (accepted && (!mark->ground || !*mark->ground))
		warn(self, "ground-missing", LW_SEVERITY_BLOCKS, "a mark without a ground");
	else if (mark->ground && *mark->ground && lw_lint_grounds(mark->ground))
		warn(self, "grounds", LW_SEVERITY_BLOCKS, lw_lint_grounds(mark->ground));
	warn_environment(lint, mark->document, grounds, warn, self);
	if (accepted && (grounds.second || grounds.residual || grounds.opinion) &&
	    (!mark->motivation || !*mark->motivation) && is_old(lint, mark->document) &&
	    !lw_table_value(lint->documents, "d:", mark->document, "old"))
		warn(self, "old", LW_SEVERITY_BLOCKS,
		     "older than five years: say why the interest still weighs more (5.3)");
	if (accepted && grounds.opinion)
		warn(self, "opinion", LW_SEVERITY_WARNS,
		     "an opinion: not for facts, and not in formal decision making (5.2)");
	if (is_whole_page(lint, mark))
		warn(self, "whole-page", LW_SEVERITY_WARNS,
		     "a whole page: would the document not be open in part, or not at all?");
}

/* ---- documents and the dossier ---- */

typedef struct {
	LwLintFunc each;
	void *self;
	gint64 document;
	const char *mark;
} Each;

static void each_warn(void *self, const char *code, LwSeverity severity, const char *message)
{
	Each *each = self;

	each->each(each->self, each->document, each->mark, code, severity, message);
}

static void lint_marks(LwCall *call, const LwLint *lint, gint64 document, Each *each)
{
	LwSelector selector = {
		g_string_new("WHERE id IN (SELECT id FROM live) AND decision <> 'rejected'"),
		g_ptr_array_new_with_free_func(g_free), 0, FALSE};
	g_autoptr(LwCursor) rows = NULL;
	LwMarkRow row;

	if (document)
		g_string_append_printf(selector.where, " AND document = %" G_GINT64_FORMAT,
				       document);
	rows = lw_marks_ask(call, &selector, -1, 0);
	while (lw_cursor_next(rows)) {
		lw_mark_row(rows, &row);
		each->document = row.document;
		each->mark = row.id;
		lw_lint_mark(lint, &row, each_warn, each);
	}
	each->mark = NULL;
	lw_selector_clear(&selector);
}

/* A page that was not read must have been seen by somebody. */
static void lint_unread(LwCall *call, gint64 document, Each *each)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT DISTINCT document FROM page WHERE unread = 1 AND (?1 = 0 OR document = ?1) "
		"AND NOT EXISTS (SELECT 1 FROM state WHERE subject = 'p:' || document || ':' || "
		"page AND value = '1') AND document IN (SELECT id FROM document WHERE state = "
		"'read')",
		"i", document);

	while (lw_cursor_next(rows)) {
		each->document = lw_cursor_integer(rows, 0);
		each_warn(each, "unread", LW_SEVERITY_BLOCKS,
			  "a page was not read (only a picture, or letters that say nothing), and "
			  "nobody has looked at it");
	}
}

static void lint_judgement(const LwLint *lint, gint64 document, const char *state, Each *each)
{
	const char *judgement = lw_table_value(lint->documents, "d:", document, "judgement");
	const char *motivation = lw_table_value(lint->documents, "d:", document, "motivation");

	if (judgement && (!motivation || !*motivation))
		each_warn(each, "judgement", LW_SEVERITY_BLOCKS,
			  "a judgement other than what the marks say needs a motivation");
	if (strcmp(state, "refused") || (judgement && (!strcmp(judgement, "Niet openbaar") ||
						       !strcmp(judgement, "Reeds openbaar"))))
		return;
	each_warn(each, "not-read", LW_SEVERITY_BLOCKS,
		  "this document could not be read: judge it Niet openbaar or Reeds openbaar");
}

/* How much of a document would go. */
static double covered_share(LwCall *call, gint64 document, gint64 points)
{
	return points ? (double)lw_store_number(call->dossier->store, 0,
						"SELECT sum(points) FROM mark WHERE document = ? "
						"AND present = 1 AND "
						"decision = 'accepted'",
						"i", document) /
				(double)points
		      : 0;
}

static void lint_document(LwCall *call, const LwLint *lint, const LwCursor *rows, Each *each)
{
	gint64 document = lw_cursor_integer(rows, 0), points = lw_cursor_integer(rows, 2);
	const char *type = lw_table_value(lint->documents, "d:", document, "type");

	each->document = document;
	lint_judgement(lint, document, lw_cursor_text(rows, 1), each);
	if (covered_share(call, document, points) >= WHOLE_PAGE &&
	    !lw_table_value(lint->documents, "d:", document, "judgement"))
		each_warn(each, "whole-document", LW_SEVERITY_WARNS,
			  "nearly all of this document would go: judge it Niet openbaar");
	if (!g_strcmp0(type, "besluit") && !lw_cursor_integer(rows, 3))
		each_warn(each, "decision-letter", LW_SEVERITY_WARNS,
			  "the decision letter: is the requester's name gone?");
}

/* Article 5.1 paragraph 3: a relative ground is motivated, once for the dossier or mark by mark. */
static void lint_motivation(LwCall *call, Each *each)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT 1 FROM live AS mark WHERE decision = 'accepted' AND motivation IS "
		"NULL AND coalesce(grounds, ground) LIKE '%5.1.2.%' AND NOT EXISTS (SELECT 1 FROM "
		"state WHERE subject >= 'b:' AND subject < 'b;' AND field = 'ground' AND value IS "
		"NOT NULL AND instr(coalesce(mark.grounds, mark.ground), value)) LIMIT 1",
		"");

	each->document = 0;
	if (lw_cursor_next(rows))
		each_warn(each, "motivation", LW_SEVERITY_WARNS,
			  "a ground of 5.1 paragraph 2 without any motivation");
}

static void lint_documents(LwCall *call, const LwLint *lint, gint64 document, Each *each)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT id, state, points, EXISTS (SELECT 1 FROM mark WHERE document = document.id "
		"AND present = 1 AND decision = 'accepted') FROM document WHERE state <> 'removed' "
		"AND (?1 = 0 OR id = ?1) ORDER BY id",
		"i", document);

	while (lw_cursor_next(rows))
		lint_document(call, lint, rows, each);
	lint_unread(call, document, each);
	if (!document)
		lint_motivation(call, each);
}

void lw_lint_all(LwCall *call, gint64 document, LwLintFunc func, void *self)
{
	g_autoptr(LwLint) lint = lw_lint_new(call);
	Each each = {func, self, 0, NULL};

	lint_documents(call, lint, document, &each);
	lint_marks(call, lint, document, &each);
}

typedef struct {
	LwCall *call;
	LwJson *list;
} Warnings;

static void add_warning(void *self, gint64 document, const char *mark, const char *code,
			LwSeverity severity, const char *message)
{
	Warnings *warnings = self;
	LwJson *item = lw_json_object_new();

	lw_json_set_string(item, "code", code);
	lw_json_set_boolean(item, "blocks", severity == LW_SEVERITY_BLOCKS);
	if (document)
		lw_json_set_integer(item, "document", document);
	else
		lw_json_set(item, "document", NULL);
	lw_json_set_string(item, "mark", mark);
	lw_call_say(warnings->call, item, "message", message);
	lw_json_append(warnings->list, item);
}

gboolean lw_warnings_answer(LwCall *call)
{
	static const char *const keys[] = {"document", "marks", NULL};
	Warnings warnings = {call, lw_json_array_new()};
	gint64 document = 0;
	gboolean marks = TRUE;

	lw_json_set(call->answer, "warnings", warnings.list);
	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_OPTIONAL, &document) ||
	    !lw_call_boolean(call, "marks", &marks))
		return FALSE;
	if (marks) {
		lw_lint_all(call, document, add_warning, &warnings);
	} else {
		g_autoptr(LwLint) lint = lw_lint_new(call);

		lint_documents(call, lint, document, &(Each){add_warning, &warnings, 0, NULL});
	}
	return TRUE;
}
