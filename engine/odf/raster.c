/* raster.c - walks over the chunks, segments and blocks of pictures.
 *
 * Each step tells one stretch that lies inside the file and returns where the next one begins; 0
 * means damage. */
#include "engine/odf/raster.h"

#include <string.h>

#define PNG_HEAD 8
#define GIF_HEAD 13 /* signature, version, logical screen */
#define JFIF_SIZE                                                                                  \
	16 /* of the segment without a thumbnail: its length, identifier, version, density */
#define ADOBE_SIZE 14

typedef struct {
	const guint8 *bytes;
	gsize length;
	LwRasterFunc found;
	void *self;
	gboolean ended;
} Walk;

static gsize tell(Walk *walk, LwRasterPart part, gsize at, gsize size)
{
	if (!size || size > walk->length - at)
		return 0;
	walk->found(walk->self, part, walk->bytes + at, size);
	return at + size;
}

static guint32 big_endian(const guint8 *at)
{
	return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

/* --- PNG --- */

static gboolean chunk_is_drawn(const guint8 *type)
{
	static const char *const drawn[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS",
					    "gAMA", "cHRM", "sRGB", "sBIT", "pHYs"};
	for (guint i = 0; i < G_N_ELEMENTS(drawn); i++) {
		if (memcmp(type, drawn[i], 4) == 0)
			return TRUE;
	}
	return FALSE;
}

static gsize walk_chunk(Walk *walk, gsize at)
{
	if (walk->length - at < 12)
		return 0;
	const guint8 *type = walk->bytes + at + 4;
	const gsize size = (gsize)big_endian(walk->bytes + at) + 12;
	walk->ended = memcmp(type, "IEND", 4) == 0;
	if (walk->ended && size != 12)
		return 0;
	return tell(walk, chunk_is_drawn(type) ? LW_RASTER_DRAWN : LW_RASTER_UNSEEN, at, size);
}

/* --- JPEG (ITU-T T.81 annex B) --- */

/* End of the coded data that starts here: the next marker that is no restart. */
static gsize scan_end(const Walk *walk, gsize at)
{
	const guint8 *bytes = walk->bytes;
	for (; at + 1 < walk->length; at++) {
		if (bytes[at] == 0xff && bytes[at + 1] != 0 &&
		    (bytes[at + 1] < 0xd0 || bytes[at + 1] > 0xd7) && bytes[at + 1] != 0xff)
			return at;
	}
	return walk->length;
}

/* Without JFIF and Adobe's mark, colours may come out otherwise. */
static gboolean segment_is_drawn(guint8 marker, const guint8 *body, gsize size)
{
	if (marker == 0xe0)
		return size == JFIF_SIZE && memcmp(body, "JFIF", 5) == 0;
	if (marker == 0xee)
		return size == ADOBE_SIZE && memcmp(body, "Adobe", 5) == 0;
	return marker >= 0xc0 && marker <= 0xdf;
}

static gsize walk_segment(Walk *walk, gsize at)
{
	const guint8 *bytes = walk->bytes;
	if (walk->length - at < 2 || bytes[at] != 0xff)
		return 0;
	const guint8 marker = bytes[at + 1];
	if (marker == 0xff) /* fill byte */
		return tell(walk, LW_RASTER_UNSEEN, at, 1);
	walk->ended = marker == 0xd9;
	if (walk->ended)
		return tell(walk, LW_RASTER_DRAWN, at, 2);
	if (walk->length - at < 4 || marker < 0xc0)
		return 0;
	const gsize size = (gsize)(bytes[at + 2] << 8 | bytes[at + 3]);
	if (size < 2 || size > walk->length - at - 2)
		return 0;
	const gboolean drawn = segment_is_drawn(marker, bytes + at + 4, size);
	const gsize end = marker == 0xda ? scan_end(walk, at + 2 + size) : at + 2 + size;
	return tell(walk, drawn ? LW_RASTER_DRAWN : LW_RASTER_UNSEEN, at, end - at);
}

/* --- GIF (GIF89a) --- */

static gsize color_table(guint8 flags)
{
	return flags & 0x80 ? 3u << ((flags & 7) + 1) : 0;
}

/* End of a chain of sub-blocks, or 0. */
static gsize blocks_end(const Walk *walk, gsize at)
{
	while (at < walk->length && walk->bytes[at])
		at += walk->bytes[at] + 1u;
	return at < walk->length ? at + 1 : 0;
}

/* Control of one image, and how often an animation repeats. */
static gboolean extension_is_drawn(const guint8 *block, gsize size)
{
	if (block[1] == 0xf9)
		return size == 8;
	return block[1] == 0xff && size == 19 && memcmp(block + 3, "NETSCAPE2.0", 11) == 0;
}

static gsize walk_block(Walk *walk, gsize at)
{
	const guint8 *block = walk->bytes + at;
	const gsize left = walk->length - at;
	gsize end = 0;
	gboolean drawn = TRUE;
	if (*block == 0x3b) {
		walk->ended = TRUE;
		end = at + 1;
	} else if (*block == 0x2c && left > 11) {
		end = blocks_end(walk, at + 11 + color_table(block[9]));
	} else if (*block == 0x21 && left > 3) {
		end = blocks_end(walk, at + 2);
		drawn = end && extension_is_drawn(block, end - at);
	}
	if (!end)
		return 0;
	return tell(walk, drawn ? LW_RASTER_DRAWN : LW_RASTER_UNSEEN, at, end - at);
}

LwRasterType lw_raster_type(const guint8 *bytes, gsize length)
{
	if (length > PNG_HEAD && memcmp(bytes, "\x89PNG\r\n\x1a\n", PNG_HEAD) == 0)
		return LW_RASTER_PNG;
	if (length > 4 && memcmp(bytes, "\xff\xd8\xff", 3) == 0)
		return LW_RASTER_JPEG;
	if (length > GIF_HEAD &&
	    (memcmp(bytes, "GIF87a", 6) == 0 || memcmp(bytes, "GIF89a", 6) == 0))
		return LW_RASTER_GIF;
	return LW_RASTER_UNKNOWN;
}

gboolean lw_raster_walk(const guint8 *bytes, gsize length, LwRasterFunc found, void *self)
{
	static gsize (*const steps[])(Walk *, gsize) = {NULL, walk_chunk, walk_segment, walk_block};
	Walk walk = {bytes, length, found, self, FALSE};
	const LwRasterType type = lw_raster_type(bytes, length);
	gsize at = 0;
	if (type == LW_RASTER_PNG)
		at = tell(&walk, LW_RASTER_DRAWN, 0, PNG_HEAD);
	else if (type == LW_RASTER_JPEG)
		at = tell(&walk, LW_RASTER_DRAWN, 0, 2);
	else if (type == LW_RASTER_GIF)
		at = tell(&walk, LW_RASTER_DRAWN, 0, GIF_HEAD + color_table(bytes[10]));
	gsize next = at;
	while (next && next < length && !walk.ended) {
		next = steps[type](&walk, next);
		at = next ? next : at;
	}
	if (at < length)
		tell(&walk, LW_RASTER_UNSEEN, at, length - at);
	return walk.ended && next;
}
