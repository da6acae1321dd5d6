/* imagejpx.c - JPEG 2000 data (ISO 15444-1 annexes A and I) without what only people read.
 *
 * Boxes that are not known to be needed are left behind; the code stream keeps its length: its
 * comments become zeros. */
#include "engine/pdf/image_private.h"

#include "engine/pdf/profile.h"

#include <string.h>

enum { COM = 0x64, SOC = 0x4F, SOT = 0x90, SOD = 0x93, EOC = 0xD9 };

#define SIGNATURE "\0\0\0\x0CjP  "

static guint32 read32(const guint8 *at)
{
	return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

/* Segments of a header, up to SOD, SOT or nonsense; gives where it stopped. */
static gsize wipe_header(guint8 *data, gsize length, gsize at)
{
	while (at + 4 <= length && data[at] == 0xFF && data[at + 1] != SOD && data[at + 1] != SOT &&
	       data[at + 1] != EOC) {
		gsize size = (gsize)data[at + 2] << 8 | data[at + 3];
		if (size < 2 || size > length - at - 2)
			return length;
		if (data[at + 1] == COM && size > 4)
			memset(data + at + 6, 0, size - 4);
		at += size + 2;
	}
	return at;
}

static void wipe_comments(guint8 *data, gsize length)
{
	if (length < 4 || data[0] != 0xFF || data[1] != SOC)
		return;
	gsize at = wipe_header(data, length, 2);
	while (at + 12 <= length && data[at] == 0xFF && data[at + 1] == SOT) {
		gsize part = read32(data + at + 6);
		gsize end = part ? at + MIN(part, length - at) : length;
		wipe_header(data, end, at + 12);
		if (end - at < 12)
			return;
		at = end;
	}
}

typedef struct {
	const guint8 *start, *body, *end;
} Box;

static gboolean next_box(const guint8 *at, const guint8 *end, Box *box)
{
	if (end - at < 8)
		return FALSE;
	guint64 size = read32(at), head = 8, left = (guint64)(end - at);
	if (size == 1) {
		if (left < 16)
			return FALSE;
		size = (guint64)read32(at + 8) << 32 | read32(at + 12);
		head = 16;
	} else if (size == 0) {
		size = left;
	}
	if (size < head)
		return FALSE;
	*box = (Box){at, at + head, at + MIN(size, left)};
	return TRUE;
}

static gboolean is_one_of(const Box *box, const char *types)
{
	for (; *types; types += 4)
		if (!memcmp(box->start + 4, types, 4))
			return TRUE;
	return FALSE;
}

static void append_box(GByteArray *out, const guint8 *type, const guint8 *body, gsize size)
{
	guint8 head[8] = {(guint8)((size + 8) >> 24), (guint8)((size + 8) >> 16),
			  (guint8)((size + 8) >> 8), (guint8)(size + 8)};
	memcpy(head + 4, type, 4);
	g_byte_array_append(out, head, sizeof head);
	g_byte_array_append(out, body, (guint)size);
}

/* METH 2: an ICC profile behind three bytes. */
static void append_colour(GByteArray *out, const Box *box)
{
	gsize size = (gsize)(box->end - box->body);
	if (size <= 3 || box->body[0] != 2) {
		append_box(out, box->start + 4, box->body, size);
		return;
	}
	g_autoptr(GBytes) told = g_bytes_new_static(box->body + 3, size - 3);
	g_autoptr(GBytes) clean = lw_profile_clean(told);
	g_autoptr(GByteArray) body = g_byte_array_new();
	g_byte_array_append(body, box->body, 3);
	g_byte_array_append(body, g_bytes_get_data(clean, NULL), (guint)g_bytes_get_size(clean));
	append_box(out, box->start + 4, body->data, body->len);
}

static void append_header(GByteArray *out, const Box *header)
{
	g_autoptr(GByteArray) inner = g_byte_array_new();
	Box box;
	for (const guint8 *at = header->body; next_box(at, header->end, &box); at = box.end)
		if (is_one_of(&box, "colr"))
			append_colour(inner, &box);
		else if (is_one_of(&box, "ihdrbpccpclrcmapcdefres "))
			append_box(inner, box.start + 4, box.body, (gsize)(box.end - box.body));
	append_box(out, header->start + 4, inner->data, inner->len);
}

GBytes *lw_jpx_strip(GBytes *jpx)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(jpx, &length);
	if (!length)
		return g_bytes_ref(jpx);
	const guint8 *end = data + length;
	g_autoptr(GByteArray) out = g_byte_array_new();
	if (length < 12 || memcmp(data, SIGNATURE, 8)) {
		g_byte_array_append(out, data, (guint)length);
		wipe_comments(out->data, out->len);
		return g_byte_array_free_to_bytes(g_steal_pointer(&out));
	}
	Box box;
	for (const guint8 *at = data; next_box(at, end, &box); at = box.end) {
		if (is_one_of(&box, "jP  ftyprreqjp2c"))
			append_box(out, box.start + 4, box.body, (gsize)(box.end - box.body));
		else if (is_one_of(&box, "jp2h"))
			append_header(out, &box);
		if (is_one_of(&box, "jp2c"))
			wipe_comments(out->data + out->len - (gsize)(box.end - box.body),
				      (gsize)(box.end - box.body));
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
