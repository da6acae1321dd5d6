/* merge.c - takes a scan over: documents, proposals, the delta, and decisions that go on. */
#include "engine/dossier/merge.h"

#include "engine/dossier/card.h"
#include "engine/dossier/carry.h"
#include "engine/dossier/mark.h"
#include "engine/dossier/rule.h"
#include "engine/dossier/unit.h"

#include <string.h>

/* ---- documents ---- */

static void take_pages(LwStore *store, gint64 document)
{
	lw_store_run(store, "DELETE FROM page WHERE document = ?", "i", document);
	lw_store_run(
		store,
		"INSERT INTO page SELECT document, j.key + 1, j.value ->> 'width', j.value ->> "
		"'height', j.value ->> 'start', j.value ->> 'length', j.value ->> 'offset', "
		"j.value ->> 'points', j.value ->> 'unread' FROM fresh, json_each(fresh.pages) j "
		"WHERE document = ?",
		"i", document);
}

static void take_units(LwDossier *dossier, gint64 document)
{
	g_autoptr(LwText) text = lw_text_new(dossier, document);

	lw_units_make(dossier, document, text->text, text->length, text->words, text->word_count);
}

/* A document that was read anew takes the place of what was known of it. */
static void take_document(LwCall *call, LwDeed *carry, gint64 document)
{
	LwDossier *dossier = call->dossier;
	g_autoptr(LwCarry) old = NULL;

	if (!lw_store_number(dossier->store, 0, "SELECT 1 FROM fresh WHERE document = ?", "i",
			     document)) {
		lw_store_run(dossier->store,
			     "UPDATE document SET state = 'read', message = NULL WHERE id = ?", "i",
			     document);
		return;
	}
	old = lw_carry_new(dossier, document);
	lw_store_run(
		dossier->store,
		"UPDATE document SET state = 'read', message = NULL, sha256 = f.sha256, format "
		"= f.format, size = f.file, changed = f.changed, reading = f.key, points = "
		"f.points, pages = json_array_length(f.pages), notices = f.notices FROM fresh f "
		"WHERE f.document = document.id AND document.id = ?",
		"i", document);
	lw_store_run(
		dossier->store,
		"INSERT OR REPLACE INTO reading SELECT document, sha256, packed, size, entities, "
		"text, words FROM fresh WHERE document = ?",
		"i", document);
	take_pages(dossier->store, document);
	take_units(dossier, document);
	lw_store_run(dossier->store, "DELETE FROM fresh WHERE document = ?", "i", document);
	lw_readings_forget(dossier->readings);
	if (old)
		lw_carry_over(old, carry);
}

/* The state and the content of a document, to see whether they change. */
static char *face_of(LwStore *store, gint64 document)
{
	return lw_store_text(store,
			     "SELECT state || coalesce(sha256, '') || coalesce(message, '') FROM "
			     "document WHERE id = ?",
			     "i", document);
}

/* How many changed. */
static gint64 take_documents(LwCall *call, LwDeed *carry, const GArray *scanned)
{
	LwStore *store = call->dossier->store;
	gint64 changed = 0;

	for (guint i = 0; i < scanned->len; i++) {
		const LwScanned *one = &g_array_index(scanned, LwScanned, i);
		g_autofree char *before = face_of(store, one->document), *after = NULL;

		if (!one->there)
			lw_store_run(store, "UPDATE document SET state = 'removed' WHERE id = ?",
				     "i", one->document);
		else if (one->message)
			lw_store_run(store,
				     "UPDATE document SET state = 'refused', message = ?, size = "
				     "?, changed = ? "
				     "WHERE id = ?",
				     "siii", one->message, one->size, one->changed, one->document);
		else
			take_document(call, carry, one->document);
		after = face_of(store, one->document);
		changed += g_strcmp0(before, after) != 0;
	}
	return changed;
}

/* ---- names ---- */

/* A document that is not there any more and held this very file; 0: none. */
static gint64 find_gone(LwStore *store, const GArray *scanned, const char *sha256)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		store, "SELECT id FROM document WHERE sha256 = ? ORDER BY id", "s", sha256);

	while (lw_cursor_next(rows)) {
		gint64 document = lw_cursor_integer(rows, 0);
		gboolean there = FALSE;

		for (guint i = 0; i < scanned->len && !there; i++) {
			const LwScanned *one = &g_array_index(scanned, LwScanned, i);

			there = one->document == document && one->there;
		}
		if (!there)
			return document;
	}
	return 0;
}

/* What was read under a new name becomes that of the old number. */
static void take_name(LwStore *store, gint64 old, gint64 new)
{
	g_autofree char *name =
		lw_store_text(store, "SELECT name FROM document WHERE id = ?", "i", new);

	lw_store_run(store, "DELETE FROM fresh WHERE document = ?", "i", old);
	lw_store_run(store, "DELETE FROM proposal WHERE document = ?", "i", old);
	lw_store_run(store, "UPDATE fresh SET document = ? WHERE document = ?", "ii", old, new);
	lw_store_run(store, "UPDATE proposal SET document = ? WHERE document = ?", "ii", old, new);
	lw_store_run(store, "DELETE FROM document WHERE id = ?", "i", new);
	lw_store_run(store, "UPDATE document SET name = ? WHERE id = ?", "si", name, old);
}

static void forget_gone(GArray *scanned, gint64 document)
{
	for (guint i = scanned->len; i-- > 0;) {
		const LwScanned *one = &g_array_index(scanned, LwScanned, i);

		if (one->document == document && !one->there)
			g_array_remove_index(scanned, i);
	}
}

/* A file with another name, or in another folder, is the document that it was: its number, marks
 * and all that people did stay with it. */
static void follow_names(LwStore *store, GArray *scanned)
{
	for (guint i = 0; i < scanned->len; i++) {
		LwScanned *one = &g_array_index(scanned, LwScanned, i);
		g_autofree char *sha256 = NULL;
		gint64 old;

		if (!one->there || one->message)
			continue;
		sha256 = lw_store_text(
			store,
			"SELECT f.sha256 FROM fresh f JOIN document d ON d.id = f.document WHERE "
			"d.id = ? AND d.sha256 IS NULL",
			"i", one->document);
		old = sha256 ? find_gone(store, scanned, sha256) : 0;
		if (!old)
			continue;
		take_name(store, old, one->document);
		one->document = old;
		forget_gone(scanned, old);
	}
}

/* ---- proposals ---- */

/* What an earlier scan proposed and this one does not. What a person decided stays in force. */
static gint64 drop_gone(LwStore *store, gint64 event)
{
	gint64 gone;

	lw_store_run(
		store,
		"DELETE FROM mark WHERE origin = 'found' AND present = 0 AND delta IS NOT NULL "
		"AND id NOT IN (SELECT id FROM proposal)",
		"");
	lw_store_run(
		store,
		"UPDATE mark SET delta = 'gone', delta_event = ?1, present = (event IS NOT NULL "
		"AND decision <> 'open') WHERE origin = 'found' AND present = 1 AND delta IS NOT "
		"'gone' AND id NOT IN (SELECT id FROM proposal) AND document IN (SELECT id FROM "
		"document WHERE state = 'read')",
		"i", event);
	gone = lw_store_number(store, 0, "SELECT count(*) FROM mark WHERE delta_event = ?", "i",
			       event);
	lw_store_run(
		store,
		"DELETE FROM mark WHERE delta_event = ?1 AND delta = 'gone' AND present = 0 AND "
		"NOT EXISTS (SELECT 1 FROM state WHERE subject = 'p:' || mark.document || ':' || "
		"mark.page AND value = '1')",
		"i", event);
	return gone;
}

static void renew_known(LwStore *store)
{
	lw_store_run(
		store,
		"UPDATE mark SET role = p.role, action = p.action, ground = p.ground, score = "
		"p.score, rule = p.rule, reason = p.reason, evidence = p.evidence, person = "
		"p.person, figure = p.figure, origin = 'found', present = 1, delta = CASE WHEN "
		"delta = 'gone' THEN NULL ELSE delta END FROM proposal p WHERE p.id = mark.id",
		"");
	lw_store_run(
		store,
		"UPDATE mark SET document = p.document, page = p.page, start = p.start, length "
		"= p.length, offset = p.offset, points = p.points, text = p.text, fold = p.fold, "
		"boxes = p.boxes FROM proposal p WHERE p.id = mark.id AND mark.place IS NULL",
		"");
}

/* Different: where a person had decided on nearly the same place. */
static gint64 add_new(LwStore *store, gint64 event)
{
	gint64 before = lw_store_number(store, 0, "SELECT count(*) FROM mark", "");

	lw_store_run(
		store,
		"INSERT INTO mark(id, document, page, origin, present, kind, role, action, ground, "
		"score, rule, reason, evidence, start, length, offset, points, text, fold, boxes, "
		"figure, person, delta, delta_event) SELECT id, document, page, 'found', 1, kind, "
		"role, action, ground, score, rule, reason, evidence, start, length, offset, "
		"points, "
		"text, fold, boxes, figure, person, CASE WHEN EXISTS (SELECT 1 FROM mark m WHERE "
		"m.document = p.document AND m.length > 0 AND p.length > 0 AND m.start < p.start + "
		"p.length AND m.start + m.length > p.start AND m.event IS NOT NULL) THEN "
		"'different' "
		"WHEN EXISTS (SELECT 1 FROM state WHERE subject = 'p:' || p.document || ':' || "
		"p.page "
		"AND value = '1') THEN 'new' END, ? FROM proposal p WHERE id NOT IN (SELECT id "
		"FROM "
		"mark)",
		"i", event);
	return lw_store_number(store, 0, "SELECT count(*) FROM mark", "") - before;
}

#define OWN_ID LW_MARK_ID_OWN("proposal.id", "proposal.document")

/* A file that is there twice has every mark twice, and the id of a mark is of the file: the
 * document that has a mark keeps its id, others take one of their own, once and for all. A file
 * that was only renamed takes its marks along. */
static void settle_ids(LwStore *store)
{
	lw_store_run(
		store,
		"UPDATE proposal SET id = " OWN_ID
		" WHERE EXISTS (SELECT 1 FROM mark WHERE mark.id = " OWN_ID
		") OR EXISTS (SELECT 1 FROM mark JOIN document d ON d.id = mark.document WHERE "
		"mark.id = proposal.id AND mark.document <> proposal.document AND d.state <> "
		"'removed') OR (EXISTS (SELECT 1 FROM proposal o WHERE o.id = proposal.id AND "
		"o.document < proposal.document AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.id "
		"= " LW_MARK_ID_OWN("o.id", "o.document") ")) AND NOT EXISTS (SELECT 1 FROM mark "
							  "WHERE mark.id = proposal.id AND "
							  "mark.document = proposal.document))",
		"");
}

static void scan_event(LwCall *call)
{
	g_autoptr(LwDeed) deed = lw_deed_new(call, "scan");

	lw_deed_add(deed, "s", "scan", LW_VERSION);
	lw_deed_write(deed);
}

/* ---- what follows from earlier decisions ---- */

/* Open marks with the decision that they take over, by the event it comes from. */
static void inherit(LwCall *call, const char *sql)
{
	g_autoptr(LwCursor) rows = lw_store_ask(call->dossier->store, sql, "");
	g_autoptr(LwDeed) deed = NULL;

	while (lw_cursor_next(rows)) {
		gint64 cause = lw_cursor_integer(rows, 0);
		g_autofree char *subject = g_strconcat("m:", lw_cursor_text(rows, 1), NULL);

		if (deed && deed->cause != cause) {
			lw_deed_write(deed);
			g_clear_pointer(&deed, lw_deed_free);
		}
		if (!deed)
			deed = lw_deed_new(call, "inherit");
		deed->cause = cause;
		lw_deed_add(deed, subject, "decision", lw_cursor_text(rows, 2));
		lw_deed_add(deed, subject, "inherited", "1");
		if (!lw_cursor_is_null(rows, 3))
			lw_deed_add(deed, subject, "grounds", lw_cursor_text(rows, 3));
	}
	if (deed)
		lw_deed_write(deed);
}

static void inherit_all(LwCall *call)
{
	inherit(call,
		"SELECT min(d.decided), m.id, d.decision, d.grounds FROM mark m JOIN mark d ON "
		"d.copy "
		"= m.copy AND d.decision <> 'open' AND d.inherited IS NULL AND d.present = 1 WHERE "
		"m.decision = 'open' AND m.present = 1 AND m.event IS NULL GROUP BY m.id HAVING "
		"count(DISTINCT d.decision) = 1 ORDER BY 1");
	inherit(call,
		"SELECT state.event, m.id, state.value, NULL FROM mark m JOIN state ON "
		"state.subject "
		"= 'q:' || m.card AND state.field = 'decision' AND state.value IS NOT NULL WHERE "
		"m.decision = 'open' AND m.present = 1 AND m.event IS NULL ORDER BY 1");
}

gboolean lw_scan_merge(LwCall *call, GArray *scanned)
{
	LwDossier *dossier = call->dossier;
	LwStore *store = dossier->store;
	g_autoptr(LwDeed) carry = lw_deed_new(call, "carry");
	gint64 event = lw_event_last(dossier) + 1;
	gint64 changed;

	follow_names(store, scanned);
	changed = take_documents(call, carry, scanned);
	settle_ids(store);
	changed += drop_gone(store, event);
	renew_known(store);
	changed += add_new(store, event);
	/* A scan that finds all as it was is no event. */
	if (changed || event == 1)
		scan_event(call);
	if (lw_deed_count(carry))
		lw_deed_write(carry);
	lw_cards_match(dossier);
	lw_units_group(dossier);
	lw_units_mark_copies(dossier);
	inherit_all(call);
	lw_rules_apply(call);
	lw_store_run(store, "DELETE FROM proposal", "");
	lw_readings_forget(dossier->readings);
	return call->reply == LW_REPLY_DONE;
}
