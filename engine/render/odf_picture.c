/* odf_picture.c - JPEG and PNG pictures down to what is seen.
 *
 * White lists: of a JPEG the tables and scans, its JFIF head without the thumbnail, and Adobe's
 * colour mark; of a PNG the chunks that say how its pixels look. Nothing is decoded; damaged
 * pictures are refused. */
#include "engine/render/odf_work.h"

#include <string.h>

#define JFIF_HEAD  14 /* identifier, version, density; then the thumbnail */
#define ADOBE_HEAD 12

static guint32 big_endian(const guint8 *at)
{
	return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

static gboolean chunk_is_seen(const guint8 *type)
{
	static const char *const seen[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS",
					   "gAMA", "cHRM", "sRGB", "sBIT", "pHYs"};
	for (guint i = 0; i < G_N_ELEMENTS(seen); i++) {
		if (memcmp(type, seen[i], 4) == 0)
			return TRUE;
	}
	return FALSE;
}

static GBytes *strip_png(const guint8 *bytes, gsize length)
{
	g_autoptr(GByteArray) out = g_byte_array_new();
	g_byte_array_append(out, bytes, 8);
	for (gsize at = 8; at + 12 <= length;) {
		const gsize size = big_endian(bytes + at);
		if (size > length - at - 12)
			return NULL;
		if (chunk_is_seen(bytes + at + 4))
			g_byte_array_append(out, bytes + at, (guint)size + 12);
		if (memcmp(bytes + at + 4, "IEND", 4) == 0)
			return size ? NULL : g_byte_array_free_to_bytes(g_steal_pointer(&out));
		at += size + 12;
	}
	return NULL;
}

static void append_segment(GByteArray *out, guint8 marker, const guint8 *body, gsize size)
{
	const guint8 head[4] = {0xff, marker, (guint8)((size + 2) >> 8), (guint8)(size + 2)};
	g_byte_array_append(out, head, 4);
	g_byte_array_append(out, body, (guint)size);
}

/* JFIF: 5 bytes identifier, 2 version, 1 unit, 4 density, 2 size of the thumbnail. */
static void append_jfif(GByteArray *out, const guint8 *body, gsize size)
{
	guint8 head[JFIF_HEAD];
	if (size < JFIF_HEAD || memcmp(body, "JFIF", 5) != 0)
		return;
	memcpy(head, body, JFIF_HEAD);
	head[12] = head[13] = 0;
	append_segment(out, 0xe0, head, JFIF_HEAD);
}

static void keep_segment(GByteArray *out, guint8 marker, const guint8 *body, gsize size)
{
	if (marker == 0xe0)
		append_jfif(out, body, size);
	else if (marker == 0xee && size >= ADOBE_HEAD && memcmp(body, "Adobe", 5) == 0)
		append_segment(out, marker, body, ADOBE_HEAD);
	else if (marker >= 0xc0 && marker <= 0xdf)
		append_segment(out, marker, body, size);
	/* All else: application data, comments. */
}

/* End of the coded data that starts here: the next marker that is no restart. */
static gsize scan_end(const guint8 *bytes, gsize at, gsize length)
{
	for (; at + 1 < length; at++) {
		if (bytes[at] == 0xff && bytes[at + 1] != 0 &&
		    (bytes[at + 1] < 0xd0 || bytes[at + 1] > 0xd7) && bytes[at + 1] != 0xff)
			return at;
	}
	return length;
}

static GBytes *strip_jpeg(const guint8 *bytes, gsize length)
{
	g_autoptr(GByteArray) out = g_byte_array_new();
	g_byte_array_append(out, bytes, 2);
	for (gsize at = 2; at + 4 <= length + 2;) {
		while (at + 1 < length && bytes[at] == 0xff && bytes[at + 1] == 0xff)
			at++;
		if (at + 2 > length || bytes[at] != 0xff)
			return NULL;
		const guint8 marker = bytes[at + 1];
		if (marker == 0xd9) {
			g_byte_array_append(out, bytes + at, 2);
			return g_byte_array_free_to_bytes(g_steal_pointer(&out));
		}
		if (at + 4 > length || marker < 0xc0)
			return NULL;
		const gsize size = (gsize)(bytes[at + 2] << 8 | bytes[at + 3]);
		if (size < 2 || size > length - at - 2)
			return NULL;
		keep_segment(out, marker, bytes + at + 4, size - 2);
		at += size + 2;
		if (marker != 0xda)
			continue;
		const gsize end = scan_end(bytes, at, length);
		g_byte_array_append(out, bytes + at, (guint)(end - at));
		at = end;
	}
	return NULL;
}

GBytes *lw_odf_strip_picture(GBytes *picture)
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(picture, &length);
	if (length > 8 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
		return strip_png(bytes, length);
	if (length > 4 && memcmp(bytes, "\xff\xd8\xff", 3) == 0)
		return strip_jpeg(bytes, length);
	return NULL;
}
