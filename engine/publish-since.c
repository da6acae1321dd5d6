/* publish-since.c - what became readable since an earlier publication: the passages that it removed
 * and that now stand there.
 *
 * The list is public. A passage is quoted only where its place is known to be the same and no mark
 * covers it, and never when it is still removed elsewhere. */
#include "engine/publish.h"

#include "engine/model/secret.h"

#include <string.h>

/* Code points of a document. */
typedef struct {
	gint64 from, to;
} Stretch;

typedef struct {
	LwPublishing *publishing;
	const LwPublishedItem *item;
	const LwSecrets *secrets;
	GArray *removed; /* Stretch, ascending: what goes now */
} Disclosure;

const LwJson *lw_publish_before(const LwPublishing *publishing, const char *id)
{
	const LwJson *list =
		publishing->before ? lw_json_member(publishing->before, "documents") : NULL;

	for (gsize i = 0; list && i < lw_json_length(list); i++)
		if (!g_strcmp0(lw_json_string_of(lw_json_at(list, i), "id"), id))
			return lw_json_at(list, i);
	return NULL;
}

/* ---- whole documents ---- */

static gboolean went(const LwJson *before)
{
	const char *judgement = before ? lw_json_string_of(before, "judgement") : NULL;

	return !g_strcmp0(judgement, lw_judgement_name(LW_JUDGEMENT_PUBLIC)) ||
	       !g_strcmp0(judgement, lw_judgement_name(LW_JUDGEMENT_PARTLY));
}

static void add(const Disclosure *disclosure, const char *what, gint64 page, const char *text)
{
	LwJson *entry = lw_json_object_new();

	lw_json_set_string(entry, "document", disclosure->item->published.id);
	lw_json_set_string(entry, "what", what);
	if (page)
		lw_json_set_integer(entry, "page", page);
	if (text)
		lw_json_set_string(entry, "text", text);
	lw_json_append(disclosure->publishing->disclosed, entry);
}

/* ---- passages ---- */

static GArray *removed_of(const LwPublishing *publishing, gint64 document)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		publishing->dossier->inner.store,
		"SELECT offset, points FROM live WHERE document = ? AND decision = 'accepted' AND "
		"points > 0 ORDER BY offset",
		"i", document);
	GArray *removed = g_array_new(FALSE, FALSE, sizeof(Stretch));

	while (lw_cursor_next(rows)) {
		Stretch stretch = {lw_cursor_integer(rows, 0), 0};

		stretch.to = stretch.from + lw_cursor_integer(rows, 1);
		g_array_append_val(removed, stretch);
	}
	return removed;
}

static gboolean is_removed_now(const LwPublishing *publishing, const char *id)
{
	return lw_store_number(publishing->dossier->inner.store, 0,
			       "SELECT 1 FROM live WHERE id = ? AND decision = 'accepted'", "s",
			       id) != 0;
}

/* A part of a text that is readable now. */
static void disclose_part(const Disclosure *disclosure, gint64 page, const char *text, gint64 from,
			  gint64 to)
{
	const char *start = g_utf8_offset_to_pointer(text, from);
	const char *end = g_utf8_offset_to_pointer(text, to);
	g_autofree char *part = g_strstrip(g_strndup(start, (gsize)(end - start)));

	if (!*part)
		return;
	if (lw_secrets_in_text(disclosure->secrets, part, strlen(part)) < 0) {
		add(disclosure, "passage", page, part);
		return;
	}
	add(disclosure, "passage", page, NULL);
	lw_publish_note(disclosure->publishing, disclosure->item->published.id, "passage-not-told");
}

/* What no mark covers of a stretch that an earlier one covered. */
static void disclose_text(const Disclosure *disclosure, gint64 page, gint64 offset,
			  const char *text)
{
	gint64 at = offset, end = offset + g_utf8_strlen(text, -1);

	for (guint i = 0; i < disclosure->removed->len && at < end; i++) {
		const Stretch *gone = &g_array_index(disclosure->removed, Stretch, i);

		if (gone->to <= at)
			continue;
		if (gone->from > at)
			disclose_part(disclosure, page, text, at - offset,
				      MIN(gone->from, end) - offset);
		at = gone->to;
	}
	if (at < end)
		disclose_part(disclosure, page, text, at - offset, end - offset);
}

static void disclose_marks(const Disclosure *disclosure, const LwJson *before)
{
	const LwJson *marks = lw_json_member(before, "marks");

	for (gsize i = 0; marks && i < lw_json_length(marks); i++) {
		const LwJson *mark = lw_json_at(marks, i);
		const char *id = lw_json_string_of(mark, "id");
		const char *text = lw_json_string_of(mark, "text");
		gint64 page = 0, offset = 0, length = 0;

		lw_json_integer_of(mark, "page", &page);
		lw_json_integer_of(mark, "offset", &offset);
		lw_json_integer_of(mark, "length", &length);
		/* A mark that is still there may have become smaller. */
		if (text && *text && length == g_utf8_strlen(text, -1))
			disclose_text(disclosure, MAX(1, page), offset, text);
		else if (id && !is_removed_now(disclosure->publishing, id))
			add(disclosure, "area", MAX(1, page), NULL);
	}
}

static void disclose_document(LwPublishing *publishing, const LwPublishedItem *item,
			      const LwSecrets *secrets)
{
	const LwJson *before = lw_publish_before(publishing, item->published.id);
	g_autoptr(GArray) removed = NULL;
	Disclosure disclosure = {publishing, item, secrets, NULL};

	if (!item->goes)
		return;
	if (!went(before)) {
		add(&disclosure, "document", 0, NULL);
		return;
	}
	if (g_strcmp0(lw_json_string_of(before, "input"), item->run.sha256)) {
		add(&disclosure, "changed", 0, NULL);
		return;
	}
	removed = removed_of(publishing, item->number);
	disclosure.removed = removed;
	disclose_marks(&disclosure, before);
}

/* An id that this dossier does not know comes from another one. */
static gboolean check_before(const LwPublishing *publishing, GError **error)
{
	const LwJson *list = lw_json_member(publishing->before, "documents");

	for (gsize i = 0; list && i < lw_json_length(list); i++) {
		const char *id = lw_json_string_of(lw_json_at(list, i), "id");
		gboolean known = FALSE;

		for (guint k = 0; k < publishing->items->len && !known; k++) {
			const LwPublishedItem *item = publishing->items->pdata[k];

			known = !g_strcmp0(item->published.id, id);
		}
		if (known)
			continue;
		g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE,
				    "the earlier publication is of another dossier");
		return FALSE;
	}
	return TRUE;
}

gboolean lw_publish_disclose(LwPublishing *publishing, GError **error)
{
	g_autoptr(LwSecrets) secrets = NULL;

	if (!publishing->before)
		return TRUE;
	if (!check_before(publishing, error))
		return FALSE;
	secrets = lw_publish_secrets(publishing);
	publishing->disclosed = lw_json_array_new();
	g_rec_mutex_lock(&publishing->dossier->lock);
	for (guint i = 0; i < publishing->items->len; i++)
		disclose_document(publishing, publishing->items->pdata[i], secrets);
	g_rec_mutex_unlock(&publishing->dossier->lock);
	return TRUE;
}
