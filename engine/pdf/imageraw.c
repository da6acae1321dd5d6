/* imageraw.c - blanking samples of 1, 2, 4, 8 and 16 bits where they stand.
 *
 * Every bit outside the boxes keeps its value; what follows the last row is not copied. */
#include "engine/pdf/image_private.h"

#include "engine/base/limits.h"

#include <string.h>

#define LEAST_PART 64 /* less than one 64th of the data: no picture but a bomb */

static void put_sample(guint8 *row, gsize index, guint bits, guint value)
{
	if (bits == 8) {
		row[index] = (guint8)value;
	} else if (bits == 16) {
		row[2 * index] = (guint8)(value >> 8);
		row[2 * index + 1] = (guint8)value;
	} else {
		gsize bit = index * bits;
		guint shift = 8 - bits - (guint)(bit & 7), mask = ((1u << bits) - 1) << shift;
		row[bit / 8] = (guint8)((row[bit / 8] & ~mask) | value << shift);
	}
}

gsize lw_image_row(const LwImageFormat *format)
{
	guint64 samples = (guint64)format->width * format->space.components;
	guint64 row = (samples * format->bits + 7) / 8;
	if (!row || !format->height || samples > LW_IMAGE_SAMPLES / format->height ||
	    row > LW_LIMIT_STREAM_BYTES / format->height)
		return 0;
	return (gsize)row;
}

static void fill_box(const LwImageFormat *format, const LwImageBox *box, guint8 *data, gsize row)
{
	guint n = format->space.components, values[LW_IMAGE_COMPONENTS] = {0};
	for (guint c = 0; c < n; c++)
		values[c] = lw_image_space_sample(&format->space, c, (1u << format->bits) - 1);
	gsize from = (gsize)box->x0 * n, to = (gsize)box->x1 * n;
	for (guint32 y = box->y0; y < box->y1; y++)
		for (gsize i = from; i < to; i++)
			put_sample(data + y * row, i, format->bits, values[i % n]);
}

GBytes *lw_image_fill(const LwImageFormat *format, GBytes *data, const GArray *boxes)
{
	gsize row = lw_image_row(format), size = row * format->height, length;
	const guint8 *from = g_bytes_get_data(data, &length);
	if (!row || length < size / LEAST_PART)
		return NULL;
	guint8 *to = g_malloc0(size);
	if (length)
		memcpy(to, from, MIN(length, size));
	for (guint i = 0; i < boxes->len; i++)
		fill_box(format, &g_array_index(boxes, LwImageBox, i), to, row);
	return g_bytes_new_take(to, size);
}

GBytes *lw_image_pack(GBytes *grey, guint32 width, guint32 height)
{
	gsize row = ((gsize)width + 7) / 8;
	const guint8 *from = g_bytes_get_data(grey, NULL);
	guint8 *to = g_malloc0(row * height);
	for (guint32 y = 0; y < height; y++)
		for (guint32 x = 0; x < width; x++)
			put_sample(to + y * row, x, 1, from[(gsize)y * width + x] >> 7);
	return g_bytes_new_take(to, row * height);
}
