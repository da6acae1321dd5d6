/* saved.h - how the nouns go through the pipe between worker and parent: records of fixed size as
 * bytes of a GVariant, little-endian whatever the machine, and the checks that all loaders share.
 * Private to engine/model.
 *
 * A read advances its pointer without a check of its own: saved_open has made sure that the block
 * holds whole records. */
#pragma once

#include "engine/model/document.h"

#include <math.h>
#include <string.h>

#define SAVED_BOX_BYTES	     20
#define LW_SAVED_NOTICES_MAX 100000 /* more say nothing more */

static inline void saved_u16(guint8 **to, guint16 value)
{
	value = GUINT16_TO_LE(value);
	memcpy(*to, &value, sizeof(value));
	*to += sizeof(value);
}

static inline void saved_u32(guint8 **to, guint32 value)
{
	value = GUINT32_TO_LE(value);
	memcpy(*to, &value, sizeof(value));
	*to += sizeof(value);
}

static inline void saved_float(guint8 **to, float value)
{
	guint32 bits;
	memcpy(&bits, &value, sizeof(bits));
	saved_u32(to, bits);
}

static inline void saved_rect(guint8 **to, const LwRect *rect)
{
	saved_float(to, rect->x0);
	saved_float(to, rect->y0);
	saved_float(to, rect->x1);
	saved_float(to, rect->y1);
}

static inline guint16 saved_read_u16(const guint8 **from)
{
	guint16 value;
	memcpy(&value, *from, sizeof(value));
	*from += sizeof(value);
	return GUINT16_FROM_LE(value);
}

static inline guint32 saved_read_u32(const guint8 **from)
{
	guint32 value;
	memcpy(&value, *from, sizeof(value));
	*from += sizeof(value);
	return GUINT32_FROM_LE(value);
}

static inline float saved_read_float(const guint8 **from)
{
	guint32 bits = saved_read_u32(from);
	float value;
	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* FALSE when a side is no finite number. */
static inline gboolean saved_read_rect(const guint8 **from, LwRect *rect)
{
	rect->x0 = saved_read_float(from);
	rect->y0 = saved_read_float(from);
	rect->x1 = saved_read_float(from);
	rect->y1 = saved_read_float(from);
	return isfinite(rect->x0) && isfinite(rect->y0) && isfinite(rect->x1) && isfinite(rect->y1);
}

/* A block of type ay that takes bytes over; floating. */
GVariant *lw_saved_take(guint8 *bytes, gsize length);
/* The records of a block; FALSE when its length is no whole number of them, or there are more than
 * limit. */
gboolean lw_saved_open(GVariant *block, gsize record, gsize limit, const guint8 **bytes,
		       gsize *count);

GVariant *lw_saved_boxes(const GArray *boxes); /* LwBox; floating */
/* Appends to boxes; FALSE when a box is no box or its page is past the limit. */
gboolean lw_saved_read_boxes(GVariant *block, GArray *boxes);
GVariant *lw_saved_notices(const GArray *notices); /* a(sis), floating */
gboolean lw_saved_read_notices(GVariant *list, LwArena *arena, GArray *notices);

/* A name such as "pattern/bsn" or "no-text-layer": short, of lower-case ASCII letters, digits and -
 * _ / . only. */
gboolean lw_saved_is_name(const char *name);
/* One line of at most bytes, without control characters. */
gboolean lw_saved_is_line(const char *text, gsize bytes);
/* Inside the text, and not in the middle of a character. */
gboolean lw_saved_is_span(const LwDocument *document, LwSpan span);
