/* plain.c - plain text with labels in place of marks.
 *
 * The text is decoded as it was for reading, so that offsets mean the same. */
#include "engine/render/plain.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/base/plain.h"

static gint compare_marks(gconstpointer a, gconstpointer b)
{
	const LwMark *x = *(const LwMark *const *)a, *y = *(const LwMark *const *)b;
	if (x->span.start != y->span.start)
		return x->span.start < y->span.start ? -1 : 1;
	return x->span.length == y->span.length ? 0 : x->span.length > y->span.length ? -1 : 1;
}

static gboolean on_character(const char *text, gsize length, guint64 offset)
{
	return offset >= length || ((guchar)text[offset] & 0xc0) != 0x80;
}

static gboolean marks_fit(const LwPlan *plan, const char *text, gsize length)
{
	for (guint i = 0; i < plan->marks->len; i++) {
		const LwMark *mark = g_ptr_array_index(plan->marks, i);
		const guint64 end = (guint64)mark->span.start + mark->span.length;
		if (!mark->span.length || end > length ||
		    !on_character(text, length, mark->span.start) ||
		    !on_character(text, length, end))
			return FALSE;
	}
	return TRUE;
}

GBytes *lw_render_plain(GBytes *input, const LwPlan *plan, LwReceipt *receipt, GError **error)
{
	gsize length, done = 0;
	g_autofree char *text = lw_plain_dup_text(input, &length, error);
	if (!text)
		return NULL;
	if (!marks_fit(plan, text, length)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "a mark does not fit the text");
		return NULL;
	}
	g_autoptr(GPtrArray) marks = g_ptr_array_new();
	for (guint i = 0; i < plan->marks->len; i++)
		g_ptr_array_add(marks, g_ptr_array_index(plan->marks, i));
	g_ptr_array_sort(marks, compare_marks);
	GString *out = g_string_sized_new(length + 64);
	for (guint i = 0; i < marks->len; i++) {
		const LwMark *mark = g_ptr_array_index(marks, i);
		const gsize start = MAX(mark->span.start, done);
		const gsize end = (gsize)mark->span.start + mark->span.length;
		if (end <= done)
			continue; /* inside another mark */
		g_autofree char *label = lw_mark_label(mark, &plan->style);
		g_string_append_len(out, text + done, (gssize)(start - done));
		g_string_append(out, label);
		receipt->glyphs_removed +=
			(guint)g_utf8_strlen(text + start, (gssize)(end - start));
		done = end;
	}
	g_string_append_len(out, text + done, (gssize)(length - done));
	return g_string_free_to_bytes(out);
}
