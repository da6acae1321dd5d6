/* sample.c - draws pages without marks, keeps what the second reader found there, and bounds what
 * was missed.
 *
 * Drawn systematically from the pages in order of their stratum, shuffled within it: every page has
 * the same chance, and every stratum its share. */
#include "engine/dossier/sample.h"

#include "engine/base/digest.h"
#include "engine/dossier/document.h"

#include <math.h>
#include <string.h>

#define CERTAINTY 0.95

enum { SAMPLE_MOST = 10000 };

/* ln of n over k. */
static double choose(guint n, guint k)
{
	return lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma((double)n - k + 1.0);
}

/* The chance of at most `bad` in the sample when there are `total_bad`. */
static double chance(guint all, guint checked, guint bad, guint total_bad)
{
	double sum = 0;

	for (guint i = 0; i <= bad && i <= total_bad; i++)
		if (checked - i <= all - total_bad)
			sum += exp(choose(total_bad, i) + choose(all - total_bad, checked - i) -
				   choose(all, checked));
	return sum;
}

guint lw_sample_bound(guint all, guint checked, guint bad)
{
	guint low = bad, high = all - (checked - bad);

	if (!checked)
		return all;
	/* The largest number that is not yet unlikely. */
	while (low < high) {
		guint middle = low + (high - low + 1) / 2;

		if (chance(all, checked, bad, middle) >= 1 - CERTAINTY)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

typedef struct {
	gint64 document, page;
	char *stratum;
	guint32 random;
} Page;

static void page_clear(gpointer self)
{
	g_free(((Page *)self)->stratum);
}

static int compare_pages(gconstpointer a, gconstpointer b)
{
	const Page *one = a, *two = b;
	int order = strcmp(one->stratum, two->stratum);

	return order ? order : (one->random > two->random) - (one->random < two->random);
}

static char *subject_of(gint64 document, gint64 page)
{
	return g_strdup_printf("x:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, document, page);
}

/* Those that have no result yet. */
static GArray *unmarked_pages(LwDossier *dossier, GHashTable *checked)
{
	GArray *pages = g_array_new(FALSE, TRUE, sizeof(Page));
	g_autoptr(LwCursor) rows =
		lw_store_ask(dossier->store, "SELECT document, page, stratum FROM unmarked", "");

	g_array_set_clear_func(pages, page_clear);
	while (lw_cursor_next(rows)) {
		Page page = {lw_cursor_integer(rows, 0), lw_cursor_integer(rows, 1), NULL, 0};
		g_autofree char *subject = subject_of(page.document, page.page);

		if (g_hash_table_contains(checked, subject))
			continue;
		page.stratum = g_strdup(lw_cursor_text(rows, 2));
		lw_digest_random(&page.random, sizeof(page.random));
		g_array_append_val(pages, page);
	}
	g_array_sort(pages, compare_pages);
	return pages;
}

/* What has no pages is page 1 to people and 0 inside. */
static gint64 inner_page(LwDossier *dossier, gint64 document, gint64 page)
{
	return lw_store_number(dossier->store, 0, "SELECT pages FROM document WHERE id = ?", "i",
			       document)
		       ? page
		       : 0;
}

static void draw(LwDeed *deed, GHashTable *drawn, GArray *pages, gint64 wanted)
{
	guint count = (guint)MIN(wanted, (gint64)pages->len);
	guint64 offset = 0;

	lw_digest_random(&offset, sizeof(offset));
	if (pages->len)
		offset %= pages->len;
	for (guint i = 0; i < count; i++) {
		/* Every len/count-th from a random start. */
		guint at = (guint)((offset + (guint64)i * pages->len / count) % pages->len);
		const Page *page = &g_array_index(pages, Page, at);
		g_autofree char *subject = subject_of(page->document, page->page);

		g_hash_table_add(drawn, g_strdup(subject));
		lw_deed_add(deed, subject, "drawn", "random");
		lw_deed_add(deed, subject, "stratum", page->stratum);
	}
}

static void add_extra(LwDeed *deed, GHashTable *drawn, const char *subject)
{
	if (g_hash_table_add(drawn, g_strdup(subject)))
		lw_deed_add(deed, subject, "drawn", "extra");
}

/* Pages on which something is easily missed: only a picture, or everything on them was let stand.
 * They come besides, and do not count for the bound. */
static void add_risky(LwDeed *deed, GHashTable *drawn, gint64 most)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		deed->call->dossier->store,
		"SELECT document, page FROM (SELECT u.document, u.page, coalesce((SELECT unread "
		"FROM "
		"page p WHERE p.document = u.document AND p.page = u.page), 0) AS unread, (SELECT "
		"count(*) FROM mark m WHERE m.document = u.document AND m.page = u.page AND "
		"m.present = 1) AS rejected FROM unmarked u) WHERE unread OR rejected ORDER BY "
		"unread DESC, rejected DESC, document, page",
		"");

	while (most > 0 && lw_cursor_next(rows)) {
		g_autofree char *subject =
			subject_of(lw_cursor_integer(rows, 0), lw_cursor_integer(rows, 1));

		if (g_hash_table_contains(drawn, subject))
			continue;
		add_extra(deed, drawn, subject);
		most--;
	}
}

/* What was drawn before and has no result goes. A result stays: nobody draws until it is a better
 * one. */
static void forget(LwDeed *deed, GHashTable *checked)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		deed->call->dossier->store,
		"SELECT d.subject, EXISTS (SELECT 1 FROM state m WHERE m.subject = d.subject AND "
		"m.field = 'missed' AND m.value IS NOT NULL) FROM state d WHERE d.subject >= 'x:' "
		"AND d.subject < 'x;' AND d.field = 'drawn' AND d.value IS NOT NULL",
		"");

	while (lw_cursor_next(rows))
		if (lw_cursor_integer(rows, 1))
			g_hash_table_add(checked, g_strdup(lw_cursor_text(rows, 0)));
		else
			lw_deed_add(deed, lw_cursor_text(rows, 0), "drawn", NULL);
}

gboolean lw_sample_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"pages", "risky", "extra", NULL};
	const LwJson *extra = lw_json_member(call->given, "extra");
	g_autoptr(GHashTable) drawn = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GArray) pages = NULL;
	gint64 wanted = 0, risky = 0, document, page;

	if (!lw_call_keys(call, keys) ||
	    !lw_call_integer(call, "pages", LW_REQUIRED, 0, SAMPLE_MOST, &wanted) ||
	    !lw_call_integer(call, "risky", LW_OPTIONAL, 0, SAMPLE_MOST, &risky))
		return FALSE;
	forget(deed, drawn);
	pages = unmarked_pages(call->dossier, drawn);
	draw(deed, drawn, pages, wanted);
	add_risky(deed, drawn, risky);
	lw_deed_add(deed, "s", "sample", "drawn");
	for (gsize i = 0; extra && i < lw_json_length(extra) && i < SAMPLE_MOST; i++) {
		const LwJson *pair = lw_json_at(extra, i);
		g_autofree char *subject = NULL;

		if (!lw_json_integer(lw_json_at(pair, 0), &document) ||
		    !lw_json_integer(lw_json_at(pair, 1), &page) ||
		    !lw_store_number(call->dossier->store, 0,
				     "SELECT 1 FROM document WHERE id = ? AND ? <= max(pages, 1)",
				     "ii", document, page))
			return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such page");
		subject = subject_of(document, inner_page(call->dossier, document, page));
		add_extra(deed, drawn, subject);
	}
	return TRUE;
}

gboolean lw_result_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"document", "page", "missed", NULL};
	gint64 document = 0, page = 0, missed = 0;
	g_autofree char *subject = NULL, *count = NULL, *drawn = NULL;

	if (!lw_role_check(call, lw_policy_one_person(call->dossier->policy) ? LW_ANYBODY
									     : LW_APPROVER) ||
	    !lw_call_keys(call, keys) || !lw_call_document(call, LW_REQUIRED, &document) ||
	    !lw_call_integer(call, "page", LW_REQUIRED, 1, G_MAXINT32, &page) ||
	    !lw_call_integer(call, "missed", LW_REQUIRED, 0, 10000, &missed))
		return FALSE;
	subject = subject_of(document, inner_page(call->dossier, document, page));
	drawn = lw_state_text(call->dossier, subject, "drawn");
	if (!drawn)
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "that page is not in the sample");
	count = g_strdup_printf("%" G_GINT64_FORMAT, missed);
	lw_deed_set(deed, subject, "missed", count);
	return TRUE;
}

#define DRAWN                                                                                      \
	"FROM state d LEFT JOIN state m ON m.subject = d.subject AND m.field = 'missed' AND "      \
	"m.value IS NOT NULL WHERE d.subject >= 'x:' AND d.subject < 'x;' AND d.field = 'drawn' "  \
	"AND d.value IS NOT NULL"

void lw_sample_result(LwDossier *dossier, LwSampleResult *result)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT sum(d.value = 'random' AND m.value IS NOT NULL), sum(d.value = 'random' "
		"AND "
		"m.value > 0 AND m.value <> '0'), sum(CAST(coalesce(m.value, '0') AS INTEGER)), "
		"sum(m.value IS NULL), count(*) " DRAWN,
		"");
	guint open = 0, all = 0, bound;

	*result = (LwSampleResult){0};
	result->unmarked =
		(guint)lw_store_number(dossier->store, 0, "SELECT count(*) FROM unmarked", "");
	if (lw_cursor_next(rows)) {
		result->checked = (guint)lw_cursor_integer(rows, 0);
		result->missed = (guint)lw_cursor_integer(rows, 1);
		result->items = (guint)lw_cursor_integer(rows, 2);
		open = (guint)lw_cursor_integer(rows, 3);
		all = (guint)lw_cursor_integer(rows, 4);
	}
	result->complete = !open && (all || !result->unmarked);
	/* Pages of the sample on which something was marked since count as well. */
	bound = MAX(result->unmarked, result->checked);
	result->bound = bound ? (double)lw_sample_bound(bound, result->checked, result->missed) /
					(double)bound
			      : 0;
}

gboolean lw_sample_answer(LwCall *call)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT d.subject, d.value, m.value, (SELECT value FROM state s WHERE s.subject = "
		"d.subject AND s.field = 'stratum') " DRAWN " ORDER BY d.subject",
		"");
	LwSampleResult result;

	while (lw_cursor_next(rows)) {
		g_auto(GStrv) parts = g_strsplit(lw_cursor_text(rows, 0), ":", 3);
		const char *missed = lw_cursor_text(rows, 2);
		LwJson *item = lw_json_object_new();

		lw_json_set_integer(item, "document", g_ascii_strtoll(parts[1], NULL, 10));
		lw_json_set_integer(item, "page", MAX(1, g_ascii_strtoll(parts[2], NULL, 10)));
		lw_json_set_string(item, "stratum", lw_cursor_text(rows, 3));
		lw_json_set_boolean(item, "counts", !strcmp(lw_cursor_text(rows, 1), "random"));
		lw_json_set_string(item, "result",
				   !missed		 ? NULL
				   : strcmp(missed, "0") ? "missed"
							 : "clean");
		lw_json_set_integer(item, "missed", missed ? atoi(missed) : 0);
		lw_json_append(list, item);
	}
	lw_sample_result(call->dossier, &result);
	lw_json_set(call->answer, "pages", list);
	lw_json_set_integer(call->answer, "unmarked", result.unmarked);
	lw_json_set_integer(call->answer, "checked", result.checked);
	lw_json_set_integer(call->answer, "missed", result.missed);
	lw_json_set_number(call->answer, "bound", result.bound);
	lw_json_set_boolean(call->answer, "complete", result.complete);
	return lw_call_keys(call, NULL);
}

/* ---- the signature ---- */

static gint64 open_marks(LwDossier *dossier)
{
	return lw_store_number(dossier->store, 0,
			       "SELECT count(*) FROM live WHERE decision = 'open'", "");
}

static gboolean has_decided(LwCall *call)
{
	return lw_store_number(
		       call->dossier->store, 0,
		       "SELECT 1 FROM live WHERE decider = ? AND decision <> 'open' LIMIT 1", "s",
		       call->reviewer) != 0;
}

gboolean lw_sign_act(LwCall *call, LwDeed *deed)
{
	gboolean alone = lw_policy_one_person(call->dossier->policy);
	LwSampleResult result;

	if (!lw_role_check(call, alone ? LW_ANYBODY : LW_APPROVER) || !lw_call_keys(call, NULL))
		return FALSE;
	if (!alone && has_decided(call))
		return lw_call_refuse(call, LW_REPLY_FORBIDDEN,
				      "who decided in this dossier cannot be its second reader");
	if (open_marks(call->dossier))
		return lw_call_refuse(call, LW_REPLY_REFUSED, "proposals are still open");
	lw_sample_result(call->dossier, &result);
	if (!result.complete)
		return lw_call_refuse(call, LW_REPLY_REFUSED,
				      "the sample of unmarked pages is not complete");
	lw_deed_add(deed, "s", "signed", alone ? "one-person" : "second-reader");
	return TRUE;
}

gboolean lw_unsign_act(LwCall *call, LwDeed *deed)
{
	if (!lw_call_keys(call, NULL) || !lw_role_check(call, LW_OFFICER | LW_APPROVER))
		return FALSE;
	lw_deed_set(deed, "s", "signed", NULL);
	return TRUE;
}
