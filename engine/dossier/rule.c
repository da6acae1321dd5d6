/* rule.c - "never again" rejects every open mark that a text covers; precision is counted from what
 * people decided themselves. */
#include "engine/dossier/rule.h"

#include "engine/dossier/reading.h"

#include <math.h>
#include <string.h>

#define Z95 1.959964

/* Does the mark stand in the words of the rule: "Jansen" in "Wethouder Jansen"? */
static gboolean covers(const LwText *text, LwSpan span, const GArray *rule)
{
	gsize first = lw_text_word_at(text, span.start);
	gsize count = lw_text_word_at(text, (gsize)span.start + span.length) - first;

	for (guint at = 0; count && at + count <= rule->len; at++) {
		gboolean same = first >= at && first - at + rule->len <= text->word_count;

		for (guint i = 0; same && i < rule->len; i++)
			same = text->words[first - at + i].hash == g_array_index(rule, guint64, i);
		if (same)
			return TRUE;
	}
	return FALSE;
}

static guint apply(LwDeed *deed, const char *never, const char *kind)
{
	LwDossier *dossier = deed->call->dossier;
	g_autoptr(GArray) words = lw_words_hash(never);
	g_autoptr(LwText) text = NULL;
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT id, document, start, length FROM mark WHERE present = 1 AND decision = "
		"'open' "
		"AND length > 0 AND (?1 IS NULL OR kind = ?1) ORDER BY document, start",
		"s", kind);
	guint count = 0;

	while (lw_cursor_next(rows)) {
		LwSpan span = {(guint32)lw_cursor_integer(rows, 2),
			       (guint32)lw_cursor_integer(rows, 3)};
		g_autofree char *subject = NULL;

		if (text && text->document != lw_cursor_integer(rows, 1))
			g_clear_pointer(&text, lw_text_free);
		if (!text)
			text = lw_text_new(dossier, lw_cursor_integer(rows, 1));
		if (!covers(text, span, words))
			continue;
		subject = g_strconcat("m:", lw_cursor_text(rows, 0), NULL);
		lw_deed_add(deed, subject, "decision", "rejected");
		count++;
	}
	return count;
}

gboolean lw_rule_act(LwCall *call, LwDeed *deed)
{
	static const char *const keys[] = {"never", "kind", NULL};
	const char *never = NULL, *kind = NULL;
	g_autoptr(GArray) words = NULL;
	LwKind known;

	if (!lw_call_keys(call, keys) || !lw_call_string(call, "never", LW_REQUIRED, &never) ||
	    !lw_call_string(call, "kind", LW_OPTIONAL, &kind))
		return FALSE;
	words = lw_words_hash(never);
	if (!words->len || strlen(never) > 500 || (kind && !lw_kind_parse(kind, &known)))
		return lw_call_refuse(call, LW_REPLY_USAGE, "a rule needs words, and a known kind");
	lw_deed_add(deed, "u:*", "never", never);
	lw_deed_add(deed, "u:*", "kind", kind);
	apply(deed, never, kind);
	return TRUE;
}

#define RULE_ROWS                                                                                  \
	"SELECT CAST(substr(subject, 3) AS INTEGER) AS rule, value, (SELECT value FROM state k "   \
	"WHERE k.subject = state.subject AND k.field = 'kind'), reviewer, time, (SELECT count(*) " \
	"FROM effect WHERE effect.event = state.event AND effect.subject >= 'm:' AND "             \
	"effect.subject < 'm;') FROM state JOIN event ON event.id = state.event WHERE subject >= " \
	"'u:' AND subject < 'u;' AND field = 'never' AND value IS NOT NULL ORDER BY rule"

void lw_rules_apply(LwCall *call)
{
	g_autoptr(LwCursor) rows = lw_store_ask(call->dossier->store, RULE_ROWS, "");

	while (lw_cursor_next(rows)) {
		g_autoptr(LwDeed) deed = lw_deed_new(call, "rule");

		deed->cause = lw_cursor_integer(rows, 0);
		if (apply(deed, lw_cursor_text(rows, 1), lw_cursor_text(rows, 2)))
			lw_deed_write(deed);
	}
}

gboolean lw_rules_answer(LwCall *call)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(call->dossier->store, RULE_ROWS, "");

	while (lw_cursor_next(rows)) {
		LwJson *item = lw_json_object_new();

		lw_json_set_integer(item, "rule", lw_cursor_integer(rows, 0));
		lw_json_set_string(item, "never", lw_cursor_text(rows, 1));
		lw_json_set_string(item, "kind", lw_cursor_text(rows, 2));
		lw_json_set_string(item, "by", lw_cursor_text(rows, 3));
		lw_json_set_string(item, "time", lw_cursor_text(rows, 4));
		lw_json_set_integer(item, "marks", lw_cursor_integer(rows, 5));
		lw_json_append(list, item);
	}
	lw_json_set(call->answer, "rules", list);
	return lw_call_keys(call, NULL);
}

/* Wilson's interval: honest for small numbers. */
static void set_interval(LwJson *item, double hits, double all)
{
	double share = hits / all, square = Z95 * Z95;
	double middle = (share + square / (2 * all)) / (1 + square / all);
	double half = Z95 / (1 + square / all) *
		      sqrt(share * (1 - share) / all + square / (4 * all * all));

	lw_json_set_number(item, "precision", share);
	lw_json_set_number(item, "low", MAX(0, middle - half));
	lw_json_set_number(item, "high", MIN(1, middle + half));
}

gboolean lw_precision_answer(LwCall *call)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT rule, kind, sum(decision = 'accepted') AS hits, sum(decision = "
		"'rejected'), "
		"sum(decision = 'open') FROM live WHERE origin = 'found' AND "
		"inherited IS NULL GROUP BY rule, kind ORDER BY count(*) DESC, rule",
		"");

	while (lw_cursor_next(rows)) {
		gint64 hits = lw_cursor_integer(rows, 2), misses = lw_cursor_integer(rows, 3);
		LwJson *item = lw_json_object_new();

		lw_json_set_string(item, "rule", lw_cursor_text(rows, 0));
		lw_json_set_string(item, "kind", lw_cursor_text(rows, 1));
		lw_json_set_integer(item, "accepted", hits);
		lw_json_set_integer(item, "rejected", misses);
		lw_json_set_integer(item, "open", lw_cursor_integer(rows, 4));
		lw_json_set(item, "precision", NULL);
		if (hits + misses)
			set_interval(item, (double)hits, (double)(hits + misses));
		lw_json_append(list, item);
	}
	lw_json_set(call->answer, "rules", list);
	return lw_call_keys(call, NULL);
}
