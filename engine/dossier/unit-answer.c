/* unit-answer.c - tells of groups of documents and messages, and how two documents differ. */
#include "engine/dossier/unit.h"

#include "engine/base/text.h"

#include <string.h>

enum { EDITS_MOST = 1500, DIFFERENCES_MOST = 5000 };

static const char *type_of(const char *type, gboolean same)
{
	if (!strcmp(type, "message"))
		return "message";
	return same ? "same" : "near";
}

/* Where words of a unit stand. */
static void set_place(LwCall *call, LwJson *json, gint64 document, gsize first, gsize last)
{
	g_autoptr(LwText) text = lw_text_new(call->dossier, document);
	const LwWord *from, *to;
	gsize offset, end;

	if (first >= last || last > text->word_count)
		return;
	from = &text->words[first];
	to = &text->words[last - 1];
	offset = lw_text_code_points(text->text, from->start);
	end = offset +
	      lw_text_code_points(text->text + from->start, to->start + to->length - from->start);
	lw_json_set_integer(json, "offset", (gint64)offset);
	lw_json_set_integer(json, "length", (gint64)(end - offset));
	lw_json_set_integer(json, "page",
			    lw_store_number(call->dossier->store, 1,
					    "SELECT max(page) FROM page WHERE document = ? AND "
					    "start <= ?",
					    "ii", document, (gint64)from->start));
}

gboolean lw_groups_answer(LwCall *call)
{
	LwJson *groups = lw_json_array_new(), *members = NULL;
	gint64 last = -1;
	g_autoptr(LwCursor) rows = lw_store_ask(call->dossier->store,
						"SELECT grouped, type, document, first, last, "
						"(SELECT count(DISTINCT hash) = 1 FROM "
						"unit u WHERE u.grouped = unit.grouped) FROM unit "
						"WHERE grouped IS NOT NULL ORDER BY "
						"type, grouped, document, first",
						"");

	while (lw_cursor_next(rows)) {
		LwJson *member = lw_json_object_new();

		if (lw_cursor_integer(rows, 0) != last) {
			LwJson *group = lw_json_object_new();

			last = lw_cursor_integer(rows, 0);
			members = lw_json_array_new();
			lw_json_set_integer(group, "group", last);
			lw_json_set_string(
				group, "type",
				type_of(lw_cursor_text(rows, 1), lw_cursor_integer(rows, 5) != 0));
			lw_json_set(group, "members", members);
			lw_json_append(groups, group);
		}
		lw_json_set_integer(member, "document", lw_cursor_integer(rows, 2));
		set_place(call, member, lw_cursor_integer(rows, 2),
			  (gsize)lw_cursor_integer(rows, 3), (gsize)lw_cursor_integer(rows, 4));
		lw_json_append(members, member);
	}
	lw_json_set(call->answer, "groups", groups);
	return lw_call_keys(call, NULL);
}

LwJson *lw_units_related(LwCall *call, gint64 document)
{
	LwJson *list = lw_json_array_new();
	g_autoptr(LwCursor) rows = lw_store_ask(
		call->dossier->store,
		"SELECT o.document, min(o.type), max(o.hash = u.hash), sum(o.last - o.first) * 1.0 "
		"/ "
		"(SELECT max(length, 1) FROM (SELECT max(last) AS length FROM unit w WHERE "
		"w.document = u.document)) FROM unit u JOIN unit o ON o.grouped = u.grouped AND "
		"o.document <> u.document WHERE u.document = ? GROUP BY o.document ORDER BY 4 DESC",
		"i", document);

	while (lw_cursor_next(rows)) {
		LwJson *item = lw_json_object_new();

		lw_json_set_integer(item, "document", lw_cursor_integer(rows, 0));
		lw_json_set_string(
			item, "relation",
			type_of(lw_cursor_text(rows, 1), lw_cursor_integer(rows, 2) != 0));
		lw_json_set_number(item, "share", MIN(1, lw_cursor_number(rows, 3)));
		lw_json_append(list, item);
	}
	return list;
}

/* ---- differences: the shortest way from one list of words to the other ---- */

typedef struct {
	const LwText *a, *b;
	GArray *kept; /* pairs of gsize: words that are the same, in order, from the end */
} Diff;

static void keep(Diff *diff, gsize x, gsize y)
{
	g_array_append_val(diff->kept, x);
	g_array_append_val(diff->kept, y);
}

/* Walks the edit graph back from its end. v: the farthest reached with each number of edits. */
static void trace(Diff *diff, GPtrArray *rounds, gint64 x, gint64 y)
{
	for (gint64 d = (gint64)rounds->len - 1; d >= 0 && (x > 0 || y > 0); d--) {
		const gint64 *v = (const gint64 *)rounds->pdata[d] + EDITS_MOST + 1;
		gint64 k = x - y;
		gboolean down = k == -d || (k != d && v[k - 1] < v[k + 1]);
		gint64 before = down ? k + 1 : k - 1;
		gint64 px = v[before], py = px - before;

		while (x > px && y > py && d >= 0) {
			if (x <= (down ? px : px + 1) && y <= (down ? py + 1 : py))
				break;
			x--;
			y--;
			keep(diff, (gsize)x, (gsize)y);
		}
		if (d == 0)
			break;
		x = px;
		y = py;
	}
}

/* FALSE when they differ too much to say how. */
static gboolean compare(Diff *diff)
{
	gint64 n = (gint64)diff->a->word_count, m = (gint64)diff->b->word_count;
	g_autoptr(GPtrArray) rounds = g_ptr_array_new_with_free_func(g_free);
	g_autofree gint64 *memory = g_new0(gint64, 2 * EDITS_MOST + 3);
	gint64 *v = memory + EDITS_MOST + 1;

	for (gint64 d = 0; d <= EDITS_MOST; d++) {
		g_ptr_array_add(rounds, g_memdup2(memory, (2 * EDITS_MOST + 3) * sizeof(gint64)));
		for (gint64 k = -d; k <= d; k += 2) {
			gint64 x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1]
									      : v[k - 1] + 1;
			gint64 y = x - k;

			while (x < n && y < m && y >= 0 &&
			       diff->a->words[x].hash == diff->b->words[y].hash) {
				x++;
				y++;
			}
			v[k] = x;
			if (x >= n && y >= m) {
				trace(diff, rounds, n, m);
				return TRUE;
			}
		}
	}
	return FALSE;
}

static void set_part(LwJson *json, const LwText *text, gsize first, gsize last, gboolean other)
{
	gsize start = first < text->word_count ? text->words[first].start : text->length,
	      end = start;
	g_autofree char *words = NULL;

	if (last > first)
		end = text->words[last - 1].start + text->words[last - 1].length;
	words = g_strndup(text->text + start, end - start);
	lw_json_set_integer(json, other ? "other_offset" : "offset",
			    (gint64)lw_text_code_points(text->text, start));
	lw_json_set_integer(json, other ? "other_length" : "length",
			    (gint64)lw_text_code_points(words, end - start));
	lw_json_set_string(json, other ? "other_text" : "text", words);
}

static void add_difference(const Diff *diff, LwJson *list, const gsize *from, const gsize *to)
{
	LwJson *item;

	if ((from[0] == to[0] && from[1] == to[1]) || lw_json_length(list) >= DIFFERENCES_MOST)
		return;
	item = lw_json_object_new();
	set_part(item, diff->a, from[0], to[0], FALSE);
	set_part(item, diff->b, from[1], to[1], TRUE);
	lw_json_append(list, item);
}

gboolean lw_difference_answer(LwCall *call)
{
	static const char *const keys[] = {"document", "other", NULL};
	LwJson *list = lw_json_array_new();
	gint64 document = 0, other = 0;
	gsize at[2] = {0, 0}, end[2];
	Diff diff = {0};
	g_autoptr(LwText) a = NULL, b = NULL;

	lw_json_set(call->answer, "differences", list);
	if (!lw_call_keys(call, keys) || !lw_call_document(call, LW_REQUIRED, &document) ||
	    !lw_call_integer(call, "other", LW_REQUIRED, 1, G_MAXINT32, &other))
		return FALSE;
	a = lw_text_new(call->dossier, document);
	b = lw_text_new(call->dossier, other);
	if (!b->text_bytes)
		return lw_call_refuse(call, LW_REPLY_UNKNOWN, "there is no such document");
	diff = (Diff){a, b, g_array_new(FALSE, FALSE, sizeof(gsize))};
	end[0] = a->word_count;
	end[1] = b->word_count;
	compare(&diff);
	for (guint i = diff.kept->len; i >= 2; i -= 2) {
		gsize same[2] = {g_array_index(diff.kept, gsize, i - 2),
				 g_array_index(diff.kept, gsize, i - 1)};

		add_difference(&diff, list, at, same);
		at[0] = same[0] + 1;
		at[1] = same[1] + 1;
	}
	add_difference(&diff, list, at, end);
	lw_json_set_number(call->answer, "share",
			   end[0] + end[1] ? (double)diff.kept->len / (double)(end[0] + end[1])
					   : 1);
	g_array_unref(diff.kept);
	return TRUE;
}
