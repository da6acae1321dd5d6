/* carry.c - finds the place of a mark again by its words and those around it. */
#include "engine/dossier/carry.h"

#include "engine/dossier/decide.h"
#include "engine/dossier/reading.h"

#include <string.h>

enum { AROUND = 6, ALIKE_LEAST = 3, OCCURRENCES_MOST = 5000 };

struct LwCarry {
	LwDossier *dossier;
	gint64 document;
	LwText *text;
	GPtrArray *pages; /* checksums of the old pages */
};

/* The text of each page as a checksum; yours. */
static GPtrArray *pages_of(LwDossier *dossier, gint64 document, const LwText *text)
{
	GPtrArray *pages = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store, "SELECT start, length FROM page WHERE document = ? ORDER BY page",
		"i", document);

	while (lw_cursor_next(rows)) {
		gsize start = (gsize)lw_cursor_integer(rows, 0);
		gsize length = (gsize)lw_cursor_integer(rows, 1);
		gboolean fits = start + length <= text->length;

		g_ptr_array_add(pages, g_compute_checksum_for_data(G_CHECKSUM_SHA256,
								   (const guchar *)text->text +
									   (fits ? start : 0),
								   fits ? length : 0));
	}
	return pages;
}

LwCarry *lw_carry_new(LwDossier *dossier, gint64 document)
{
	g_autoptr(LwCarry) carry = NULL;

	if (lw_store_number(
		    dossier->store, 1,
		    "SELECT count(*) FROM fresh f LEFT JOIN reading r ON r.document = "
		    "f.document WHERE f.document = ? AND (r.document IS NULL OR (r.sha256 = "
		    "f.sha256 AND r.text = f.text))",
		    "i", document))
		return NULL;
	carry = g_new0(LwCarry, 1);
	carry->dossier = dossier;
	carry->document = document;
	carry->text = lw_text_new(dossier, document);
	carry->pages = pages_of(dossier, document, carry->text);
	return g_steal_pointer(&carry);
}

void lw_carry_free(LwCarry *carry)
{
	if (!carry)
		return;
	lw_text_free(carry->text);
	g_ptr_array_unref(carry->pages);
	g_free(carry);
}

/* How many words before and after two places are the same. */
static guint alike(const LwText *a, gsize a_first, gsize a_last, const LwText *b, gsize b_first,
		   gsize b_last)
{
	guint count = 0;

	for (gsize i = 1; i <= AROUND && i <= a_first && i <= b_first; i++, count++)
		if (a->words[a_first - i].hash != b->words[b_first - i].hash)
			break;
	for (gsize i = 0; i < AROUND && a_last + i < a->word_count && b_last + i < b->word_count;
	     i++, count++)
		if (a->words[a_last + i].hash != b->words[b_last + i].hash)
			break;
	return count;
}

static gboolean is_same(const LwText *a, gsize at, const LwText *b, gsize other, gsize count)
{
	for (gsize i = 0; i < count; i++)
		if (a->words[at + i].hash != b->words[other + i].hash)
			return FALSE;
	return TRUE;
}

/* The place in the new text that is most like the old one; FALSE when none or several are. */
static gboolean find_again(const LwText *old, LwSpan span, const LwText *new, LwSpan *again)
{
	gsize first = lw_text_word_at(old, span.start), count, best = 0;
	guint best_alike = 0, found = 0, ties = 0;

	count = lw_text_word_at(old, (gsize)span.start + span.length) - first;
	for (gsize i = 0; count && i + count <= new->word_count &&found < OCCURRENCES_MOST; i++) {
		guint score;

		if (!is_same(old, first, new, i, count))
			continue;
		found++;
		score = alike(old, first, first + count, new, i, i + count);
		ties = score > best_alike || found == 1 ? 0 : ties + (score == best_alike);
		if (score > best_alike || found == 1) {
			best_alike = score;
			best = i;
		}
	}
	if (!found || ties || (found > 1 && best_alike < ALIKE_LEAST))
		return FALSE;
	again->start = new->words[best].start;
	again->length = new->words[best + count - 1].start + new->words[best + count - 1].length -
			again->start;
	/* What stood around the words stands there still: "(06) 12". */
	while (again->length < span.length &&
	       (gsize)again->start + again->length <
			       new->length &&new->text[again->start + again->length] ==
		       old->text[span.start + again->length])
		again->length++;
	return TRUE;
}

typedef struct {
	char *id, *kind, *decision, *grounds, *motivation, *decider, *boxes;
	gint64 page, event;
	LwSpan span;
	gboolean added;
} Old;

static void old_clear(gpointer self)
{
	Old *old = self;

	g_free(old->id);
	g_free(old->kind);
	g_free(old->decision);
	g_free(old->grounds);
	g_free(old->motivation);
	g_free(old->decider);
	g_free(old->boxes);
}

/* The marks that people had to do with. */
static GArray *olds_of(LwCarry *carry)
{
	GArray *olds = g_array_new(FALSE, TRUE, sizeof(Old));
	g_autoptr(LwCursor) rows =
		lw_store_ask(carry->dossier->store,
			     "SELECT id, kind, decision, grounds, motivation, "
			     "decider, boxes, page, event, start, "
			     "length, origin = 'added' FROM mark WHERE document = "
			     "? AND present = 1 AND event IS "
			     "NOT NULL",
			     "i", carry->document);

	g_array_set_clear_func(olds, old_clear);
	while (lw_cursor_next(rows)) {
		Old old = {
			.id = g_strdup(lw_cursor_text(rows, 0)),
			.kind = g_strdup(lw_cursor_text(rows, 1)),
			.decision = g_strdup(lw_cursor_text(rows, 2)),
			.grounds = g_strdup(lw_cursor_text(rows, 3)),
			.motivation = g_strdup(lw_cursor_text(rows, 4)),
			.decider = g_strdup(lw_cursor_text(rows, 5)),
			.boxes = g_strdup(lw_cursor_text(rows, 6)),
			.page = lw_cursor_integer(rows, 7),
			.event = lw_cursor_integer(rows, 8),
			.span = {(guint32)lw_cursor_integer(rows, 9),
				 (guint32)lw_cursor_integer(rows, 10)},
			.added = lw_cursor_integer(rows, 11) != 0,
		};

		g_array_append_val(olds, old);
	}
	return olds;
}

/* The mark where it is now: proposed there, or made there; its id, yours. */
static char *place_again(LwCarry *carry, LwDeed *deed, const Old *old, const LwText *text)
{
	LwGiven given = {.rule = "given/person"};
	g_autoptr(GArray) boxes = NULL;
	LwSpan span;

	if (!lw_kind_parse(old->kind, &given.kind))
		return NULL;
	if (!old->span.length) {
		boxes = lw_boxes_parse(old->boxes);
		return boxes ? lw_add_area(deed, carry->document, boxes, &given) : NULL;
	}
	if (!find_again(carry->text, old->span, text, &span))
		return NULL;
	return lw_add_span_here(deed, carry->document, span, &given);
}

static void carry_mark(LwCarry *carry, LwDeed *deed, const Old *old, const LwText *text)
{
	LwStore *store = carry->dossier->store;
	g_autofree char *id = place_again(carry, deed, old, text), *subject = NULL;

	if (!id || !strcmp(id, old->id)) {
		if (!id)
			lw_store_run(
				store,
				"UPDATE mark SET present = 0, origin = 'added', delta = 'gone', "
				"delta_event = (SELECT max(id) FROM event) WHERE id = ?",
				"s", old->id);
		return;
	}
	subject = g_strconcat("m:", id, NULL);
	lw_decide_mark(deed, id, old->decision, old->grounds, old->motivation);
	lw_deed_set(deed, subject, "by", old->decider);
	lw_store_run(store, "DELETE FROM mark WHERE id = ?", "s", old->id);
}

/* A page whose text is another was not seen. */
static void forget_seen(LwCarry *carry, LwDeed *deed, const LwText *text)
{
	g_autoptr(GPtrArray) pages = pages_of(carry->dossier, carry->document, text);

	for (guint i = 0; i < MAX(carry->pages->len, 1); i++) {
		g_autofree char *subject =
			g_strdup_printf("p:%" G_GINT64_FORMAT ":%u", carry->document,
					carry->pages->len ? i + 1 : 0);
		g_autoptr(LwCursor) rows = NULL;

		if (i < pages->len && i < carry->pages->len &&
		    !strcmp(pages->pdata[i], carry->pages->pdata[i]))
			continue;
		rows = lw_store_ask(carry->dossier->store,
				    "SELECT field FROM state WHERE subject = ? AND value = '1'",
				    "s", subject);
		while (lw_cursor_next(rows))
			lw_deed_add(deed, subject, lw_cursor_text(rows, 0), NULL);
	}
}

void lw_carry_over(LwCarry *carry, LwDeed *deed)
{
	g_autoptr(GArray) olds = olds_of(carry);
	g_autoptr(LwText) text = lw_text_new(carry->dossier, carry->document);

	for (guint i = 0; i < olds->len; i++)
		carry_mark(carry, deed, &g_array_index(olds, Old, i), text);
	/* Those that nobody decided are proposed anew, or not. */
	lw_store_run(carry->dossier->store,
		     "DELETE FROM mark WHERE document = ? AND event IS NULL AND origin = 'found'",
		     "i", carry->document);
	forget_seen(carry, deed, text);
	/* A place that is not found again is no refusal of the scan. */
	deed->call->reply = LW_REPLY_DONE;
	g_clear_pointer(&deed->call->message, g_free);
}
