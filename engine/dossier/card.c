/* card.c - keeps the numbers of persons over scans, and tells who they are. */
#include "engine/dossier/card.h"

#include <string.h>

/* Which card a person of this scan had most of: both new and old marks tell. */
static GHashTable *match_persons(LwDossier *dossier)
{
	GHashTable *cards = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
	g_autoptr(LwCursor) rows =
		lw_store_ask(dossier->store,
			     "SELECT m.person, o.card, count(*) AS n FROM (SELECT "
			     "DISTINCT person, fold FROM mark "
			     "WHERE person > 0) m JOIN (SELECT found_card AS "
			     "card, fold FROM mark WHERE found_card "
			     "IS NOT NULL) o ON o.fold = m.fold GROUP BY "
			     "m.person, o.card ORDER BY n DESC, o.card",
			     "");

	while (lw_cursor_next(rows)) {
		gpointer person = GINT_TO_POINTER((int)lw_cursor_integer(rows, 0));
		gpointer card = GINT_TO_POINTER((int)lw_cursor_integer(rows, 1));

		if (g_hash_table_contains(cards, person) || g_hash_table_contains(taken, card))
			continue;
		g_hash_table_insert(cards, person, card);
		g_hash_table_add(taken, card);
	}
	return cards;
}

void lw_cards_match(LwDossier *dossier)
{
	g_autoptr(GHashTable) cards = match_persons(dossier);
	g_autoptr(GArray) persons = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store, "SELECT DISTINCT person FROM mark WHERE person > 0 ORDER BY person",
		"");

	while (lw_cursor_next(rows)) {
		gint64 person = lw_cursor_integer(rows, 0);

		g_array_append_val(persons, person);
	}
	for (guint i = 0; i < persons->len; i++) {
		gint64 person = g_array_index(persons, gint64, i);
		gint64 card =
			GPOINTER_TO_INT(g_hash_table_lookup(cards, GINT_TO_POINTER((int)person)));

		if (!card) {
			lw_store_run(dossier->store, "INSERT INTO card(name) VALUES('')", "");
			card = lw_store_last(dossier->store);
		}
		lw_store_run(
			dossier->store,
			"UPDATE mark SET found_card = ?1, card = coalesce((SELECT CAST(value AS "
			"INTEGER) FROM state WHERE subject = 'm:' || id AND field = 'card'), ?1) "
			"WHERE person = ?2",
			"ii", card, person);
	}
	/* The fullest name that was seen; of an e-mail address only when there is no other. */
	lw_store_run(
		dossier->store,
		"UPDATE card SET name = coalesce((SELECT text FROM mark WHERE card = card.id AND "
		"present = 1 AND text IS NOT NULL ORDER BY kind <> 'person', length(text) DESC, "
		"text LIMIT 1), name)",
		"");
	lw_store_run(dossier->store, "UPDATE mark SET person = 0 WHERE person > 0", "");
}

static LwJson *spellings(LwCall *call, gint64 card)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows =
		lw_store_ask(call->dossier->store,
			     "SELECT min(text), kind, count(*) AS n FROM mark WHERE card = ? AND "
			     "present = 1 AND "
			     "text IS NOT NULL GROUP BY fold, kind ORDER BY n DESC, 1",
			     "i", card);

	while (lw_cursor_next(rows)) {
		LwJson *item = lw_json_object_new();

		lw_json_set_string(item, "text", lw_cursor_text(rows, 0));
		lw_json_set_string(item, "kind", lw_cursor_text(rows, 1));
		lw_json_set_integer(item, "count", lw_cursor_integer(rows, 2));
		lw_json_append(list, item);
	}
	return list;
}

gboolean lw_cards_answer(LwCall *call)
{
	static const char *const keys[] = {"card", NULL};
	static const char *const counts[] = {"documents", "open", "accepted", "rejected"};
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = NULL;
	gint64 card = 0;

	lw_json_set(call->answer, "cards", list);
	if (!lw_call_keys(call, keys) ||
	    !lw_call_integer(call, "card", LW_OPTIONAL, 1, G_MAXINT32, &card))
		return FALSE;
	rows = lw_store_ask(call->dossier->store,
			    "SELECT card.id, name, count(DISTINCT document), sum(decision = "
			    "'open'), sum(decision "
			    "= 'accepted'), sum(decision = 'rejected') FROM card JOIN mark ON "
			    "mark.card = card.id "
			    "AND present = 1 WHERE ?1 = 0 OR card.id = ?1 GROUP BY card.id ORDER "
			    "BY count(*) DESC, "
			    "card.id",
			    "i", card);
	while (lw_cursor_next(rows)) {
		LwJson *item = lw_json_object_new();

		lw_json_set_integer(item, "card", lw_cursor_integer(rows, 0));
		lw_json_set_string(item, "name", lw_cursor_text(rows, 1));
		for (int i = 0; i < (int)G_N_ELEMENTS(counts); i++)
			lw_json_set_integer(item, counts[i], lw_cursor_integer(rows, i + 2));
		lw_json_set(item, "spellings", spellings(call, lw_cursor_integer(rows, 0)));
		lw_json_append(list, item);
	}
	return TRUE;
}
