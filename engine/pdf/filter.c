/* filter.c - decoders of stream filters; each appends to one growing array with one bound. The door
 * to zlib, for what is damaged, and to libdeflate, twice as fast, for all else. */
#include "engine/pdf/filter.h"

#include <libdeflate.h>
#include <string.h>
#include <zlib.h>

#define USUAL_RATIO 6 /* of content to its deflated form */

typedef struct {
	GByteArray *bytes;
	gsize limit;
	gboolean full;
} Sink;

static void put(Sink *sink, const void *data, gsize length)
{
	if (sink->full || sink->bytes->len + length > sink->limit) {
		sink->full = TRUE;
		return;
	}
	g_byte_array_append(sink->bytes, data, (guint)length);
}

/* All at once, as sound data can be; FALSE, and nothing put, when it is damaged or too large. */
static gboolean inflate_sound(const guint8 *data, gsize length, Sink *sink)
{
	struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
	guint from = sink->bytes->len;
	gsize room = MAX(length * USUAL_RATIO, 4096), used = 0,
	      left = sink->limit - MIN(from, sink->limit);
	enum libdeflate_result result;
	do {
		room = MIN(room, left);
		g_byte_array_set_size(sink->bytes, (guint)(from + room));
		result = libdeflate_zlib_decompress_ex(inflater, data, length,
						       sink->bytes->data + from, room, NULL, &used);
	} while (result == LIBDEFLATE_INSUFFICIENT_SPACE && room < left && (room *= 4));
	libdeflate_free_decompressor(inflater);
	g_byte_array_set_size(sink->bytes, (guint)(from + (result ? 0 : used)));
	return !result;
}

/* Piece by piece: what stands before the damage counts. */
static void inflate_damaged(const guint8 *data, gsize length, Sink *sink)
{
	z_stream z = {.next_in = (Bytef *)data, .avail_in = (uInt)MIN(length, G_MAXUINT32)};
	guint8 buffer[32768];
	gboolean raw = FALSE;
	if (inflateInit(&z) != Z_OK)
		return;
	while (!sink->full) {
		z.next_out = buffer;
		z.avail_out = sizeof buffer;
		int status = inflate(&z, Z_NO_FLUSH);
		put(sink, buffer, sizeof buffer - z.avail_out);
		if (status == Z_DATA_ERROR && !raw && z.total_out == 0) {
			/* A broken header: readers try the deflate data behind it. */
			raw = TRUE;
			inflateEnd(&z);
			z = (z_stream){.next_in = (Bytef *)data + MIN(2, length),
				       .avail_in = (uInt)(length - MIN(2, length))};
			if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
				return;
			continue;
		}
		if (status != Z_OK || (z.avail_in == 0 && z.avail_out == sizeof buffer))
			break;
	}
	inflateEnd(&z);
}

typedef struct {
	guint16 parent, length;
	guint8 last, first;
} LzwEntry;

static void lzw_expand(const LzwEntry *table, guint code, guint8 *out)
{
	for (guint i = table[code].length; i > 0; i--, code = table[code].parent)
		out[i - 1] = table[code].last;
}

static void lzw_into(const guint8 *data, gsize length, int early, Sink *sink)
{
	g_autofree LzwEntry *table = g_new0(LzwEntry, 4097);
	guint8 word[4097];
	for (guint i = 0; i < 256; i++)
		table[i] = (LzwEntry){0, 1, (guint8)i, (guint8)i};
	guint next = 258, width = 9, bits = 0;
	guint32 buffer = 0;
	int previous = -1;
	for (gsize i = 0; !sink->full;) {
		while (bits < width && i < length) {
			buffer = buffer << 8 | data[i++];
			bits += 8;
		}
		if (bits < width)
			return;
		guint code = buffer >> (bits - width) & ((1u << width) - 1);
		bits -= width;
		if (code == 257)
			return;
		if (code == 256) {
			next = 258;
			width = 9;
			previous = -1;
			continue;
		}
		if (code > next || (code == next && previous < 0) || code == 256)
			return;
		if (previous >= 0 && next < 4096) {
			guint8 last = table[code == next ? (guint)previous : code].first;
			table[next] =
				(LzwEntry){(guint16)previous, (guint16)(table[previous].length + 1),
					   last, table[previous].first};
			next++;
		}
		if (code >= next)
			return;
		lzw_expand(table, code, word);
		put(sink, word, table[code].length);
		previous = (int)code;
		while (width < 12 && next + (guint)early >= 1u << width)
			width++;
	}
}

static void ascii85_into(const guint8 *data, gsize length, Sink *sink)
{
	guint32 value = 0;
	int count = 0;
	for (gsize i = 0; i < length && !sink->full; i++) {
		guint8 c = data[i];
		if (c == '~')
			break;
		if (c == 'z' && !count) {
			put(sink, "\0\0\0", 4);
			continue;
		}
		if (c < '!' || c > 'u')
			continue;
		value = value * 85 + (c - '!');
		if (++count < 5)
			continue;
		guint8 four[4] = {(guint8)(value >> 24), (guint8)(value >> 16),
				  (guint8)(value >> 8), (guint8)value};
		put(sink, four, 4);
		value = 0;
		count = 0;
	}
	if (count < 2)
		return;
	for (int i = count; i < 5; i++)
		value = value * 85 + 84;
	guint8 rest[4] = {(guint8)(value >> 24), (guint8)(value >> 16), (guint8)(value >> 8), 0};
	put(sink, rest, (gsize)count - 1);
}

static void ascii_hex_into(const guint8 *data, gsize length, Sink *sink)
{
	int high = -1;
	for (gsize i = 0; i < length && data[i] != '>' && !sink->full; i++) {
		int value = g_ascii_xdigit_value((gchar)data[i]);
		if (value < 0)
			continue;
		if (high < 0) {
			high = value;
			continue;
		}
		guint8 byte = (guint8)(high << 4 | value);
		put(sink, &byte, 1);
		high = -1;
	}
	if (high >= 0) {
		guint8 byte = (guint8)(high << 4);
		put(sink, &byte, 1);
	}
}

static void run_length_into(const guint8 *data, gsize length, Sink *sink)
{
	for (gsize i = 0; i < length && data[i] != 128 && !sink->full;) {
		guint8 n = data[i++];
		if (n < 128) {
			gsize count = MIN((gsize)n + 1, length - i);
			put(sink, data + i, count);
			i += count;
		} else if (i < length) {
			guint8 run[128];
			memset(run, data[i++], sizeof run);
			put(sink, run, 257u - n);
		}
	}
}

static guint8 paeth(int a, int b, int c)
{
	int p = a + b - c, pa = ABS(p - a), pb = ABS(p - b), pc = ABS(p - c);
	return (guint8)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

static void undo_png_row(guint8 type, guint8 *row, const guint8 *above, gsize size, gsize step)
{
	for (gsize i = 0; i < size; i++) {
		int a = i >= step ? row[i - step] : 0, b = above[i],
		    c = i >= step ? above[i - step] : 0;
		if (type == 1)
			row[i] = (guint8)(row[i] + a);
		else if (type == 2)
			row[i] = (guint8)(row[i] + b);
		else if (type == 3)
			row[i] = (guint8)(row[i] + (a + b) / 2);
		else if (type == 4)
			row[i] = (guint8)(row[i] + paeth(a, b, c));
	}
}

static void undo_png(GByteArray *bytes, gsize from, gsize row, gsize step)
{
	guint8 *data = bytes->data + from;
	gsize length = bytes->len - from, out = 0;
	g_autofree guint8 *above = g_malloc0(row);
	for (gsize in = 0; in < length; in += row + 1) {
		gsize size = MIN(row, length - in - 1);
		guint8 type = data[in];
		memmove(data + out, data + in + 1, size);
		undo_png_row(type, data + out, above, size, step);
		memset(above, 0, row);
		memcpy(above, data + out, size);
		out += size;
	}
	g_byte_array_set_size(bytes, (guint)(from + out));
}

static void undo_tiff(GByteArray *bytes, gsize from, gsize row, const LwPdfPredictor *p)
{
	for (gsize at = from; at + row <= bytes->len; at += row) {
		guint8 *data = bytes->data + at;
		if (p->bits == 8) {
			for (gsize i = (gsize)p->colors; i < row; i++)
				data[i] = (guint8)(data[i] + data[i - (gsize)p->colors]);
		} else if (p->bits == 16) {
			for (gsize i = (gsize)p->colors * 2; i + 1 < row; i += 2) {
				guint left = (guint)data[i - (gsize)p->colors * 2] << 8 |
					     data[i + 1 - (gsize)p->colors * 2];
				guint sum = ((guint)data[i] << 8 | data[i + 1]) + left;
				data[i] = (guint8)(sum >> 8);
				data[i + 1] = (guint8)sum;
			}
		} else {
			guint mask = (1u << p->bits) - 1, left[32] = {0};
			for (gsize i = 0; i < (gsize)p->columns * (gsize)p->colors; i++) {
				gsize bit = i * (gsize)p->bits;
				guint shift = 8 - (guint)p->bits - (guint)(bit & 7),
				      c = (guint)(i % (gsize)p->colors);
				guint value = ((guint)data[bit / 8] >> shift) + left[c];
				left[c] = value &= mask;
				data[bit / 8] = (guint8)((data[bit / 8] & ~(mask << shift)) |
							 value << shift);
			}
		}
	}
}

static void undo_predictor(GByteArray *bytes, gsize from, const LwPdfPredictor *p)
{
	if (!p || p->predictor < 2 || bytes->len == from)
		return;
	if (p->colors < 1 || p->colors > 32 || p->columns < 1 || p->columns > 1 << 24)
		return;
	if (p->bits != 1 && p->bits != 2 && p->bits != 4 && p->bits != 8 && p->bits != 16)
		return;
	gsize pixel = (gsize)p->colors * (gsize)p->bits;
	gsize row = (pixel * (gsize)p->columns + 7) / 8;
	if (p->predictor == 2)
		undo_tiff(bytes, from, row, p);
	else
		undo_png(bytes, from, row, MAX(1, (pixel + 7) / 8));
}

gboolean lw_pdf_filter_decode(const char *name, const LwPdfPredictor *predictor, const guint8 *data,
			      gsize length, gsize limit, GByteArray *out, GError **error)
{
	Sink sink = {.bytes = out, .limit = MIN(limit, (gsize)G_MAXINT32)};
	gsize from = out->len;
	if (!strcmp(name, "FlateDecode") || !strcmp(name, "Fl")) {
		if (!inflate_sound(data, length, &sink))
			inflate_damaged(data, length, &sink);
		undo_predictor(out, from, predictor);
	} else if (!strcmp(name, "LZWDecode") || !strcmp(name, "LZW")) {
		lzw_into(data, length, predictor ? predictor->early_change : 1, &sink);
		undo_predictor(out, from, predictor);
	} else if (!strcmp(name, "ASCII85Decode") || !strcmp(name, "A85")) {
		ascii85_into(data, length, &sink);
	} else if (!strcmp(name, "ASCIIHexDecode") || !strcmp(name, "AHx")) {
		ascii_hex_into(data, length, &sink);
	} else if (!strcmp(name, "RunLengthDecode") || !strcmp(name, "RL")) {
		run_length_into(data, length, &sink);
	} else {
		return FALSE;
	}
	if (sink.full)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, "a stream is too large");
	return !sink.full;
}

GBytes *lw_pdf_deflate(const void *data, gsize length, int level)
{
	struct libdeflate_compressor *deflater = libdeflate_alloc_compressor(level);
	gsize room = libdeflate_zlib_compress_bound(deflater, length);
	guint8 *out = g_malloc(room);
	gsize size = libdeflate_zlib_compress(deflater, data, length, out, room);
	g_assert(size);
	libdeflate_free_compressor(deflater);
	return g_bytes_new_take(g_realloc(out, size), size);
}
