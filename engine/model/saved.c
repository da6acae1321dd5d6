/* saved.c - blocks of records, boxes and notices for the pipe; what is off is refused, never
 * mended. */
#include "engine/model/saved.h"

#include "engine/base/limits.h"

#define NAME_MAX_BYTES	  64
#define MESSAGE_MAX_BYTES 1000

GVariant *lw_saved_take(guint8 *bytes, gsize length)
{
	g_autoptr(GBytes) block = g_bytes_new_take(bytes, length);
	return g_variant_new_from_bytes(G_VARIANT_TYPE_BYTESTRING, block, TRUE);
}

gboolean lw_saved_open(GVariant *block, gsize record, gsize limit, const guint8 **bytes,
		       gsize *count)
{
	gsize length;
	*bytes = g_variant_get_fixed_array(block, &length, 1);
	*count = length / record;
	return length % record == 0 && *count <= limit;
}

GVariant *lw_saved_boxes(const GArray *boxes)
{
	gsize size = boxes ? (gsize)boxes->len * SAVED_BOX_BYTES : 0;
	guint8 *bytes = g_malloc(size), *to = bytes;
	for (guint i = 0; boxes && i < boxes->len; i++) {
		const LwBox *box = &g_array_index(boxes, LwBox, i);
		saved_u32(&to, box->page);
		saved_rect(&to, &box->rect);
	}
	return lw_saved_take(bytes, size);
}

gboolean lw_saved_read_boxes(GVariant *block, GArray *boxes)
{
	const guint8 *from;
	gsize count;
	if (!lw_saved_open(block, SAVED_BOX_BYTES, LW_LIMIT_ENTITIES, &from, &count))
		return FALSE;
	for (gsize i = 0; i < count; i++) {
		LwBox box = {.page = saved_read_u32(&from)};
		if (!saved_read_rect(&from, &box.rect) || box.page >= LW_LIMIT_PAGES ||
		    box.rect.x1 < box.rect.x0 || box.rect.y1 < box.rect.y0)
			return FALSE;
		g_array_append_val(boxes, box);
	}
	return TRUE;
}

gboolean lw_saved_is_name(const char *name)
{
	gsize length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_/.");
	return length > 0 && length <= NAME_MAX_BYTES && name[length] == '\0';
}

gboolean lw_saved_is_line(const char *text, gsize bytes)
{
	gsize length = 0;
	for (; text[length]; length++)
		if (g_ascii_iscntrl(text[length]))
			return FALSE;
	return length <= bytes;
}

static gboolean is_boundary(const LwDocument *document, gsize offset)
{
	return offset == document->length || ((guchar)document->text[offset] & 0xc0) != 0x80;
}

gboolean lw_saved_is_span(const LwDocument *document, LwSpan span)
{
	gsize end = (gsize)span.start + span.length;
	return end <= document->length && is_boundary(document, span.start) &&
	       is_boundary(document, end);
}

GVariant *lw_saved_notices(const GArray *notices)
{
	g_auto(GVariantBuilder) list = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a(sis)"));
	for (guint i = 0; i < notices->len; i++) {
		const LwNotice *notice = &g_array_index(notices, LwNotice, i);
		g_variant_builder_add(&list, "(sis)", notice->code, notice->page, notice->message);
	}
	return g_variant_builder_end(&list);
}

gboolean lw_saved_read_notices(GVariant *list, LwArena *arena, GArray *notices)
{
	GVariantIter iter;
	const char *code, *message;
	gint32 page;
	if (g_variant_iter_init(&iter, list) > LW_SAVED_NOTICES_MAX)
		return FALSE;
	while (g_variant_iter_next(&iter, "(&si&s)", &code, &page, &message)) {
		if (!lw_saved_is_name(code) || page < -1 || page >= LW_LIMIT_PAGES ||
		    !lw_saved_is_line(message, MESSAGE_MAX_BYTES))
			return FALSE;
		LwNotice notice = {
			.code = lw_arena_strndup(arena, code, strlen(code)),
			.page = page,
			.message = lw_arena_strndup(arena, message, strlen(message)),
		};
		g_array_append_val(notices, notice);
	}
	return TRUE;
}
