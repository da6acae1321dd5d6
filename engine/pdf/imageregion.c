/* imageregion.c - boxes in the unit square as boxes of samples, and back.
 *
 * Every sample is in whose square meets a rect; a rect that is no number is everything. */
#include "engine/pdf/image_private.h"

#include <math.h>

#define PADDING 2 /* samples around a box: interpolation and chroma carry a glyph that far */

static LwPdfUnitRect grown(const LwPdfUnitRect *rect, double x, double y)
{
	return (LwPdfUnitRect){rect->x0 - x, rect->y0 - y, rect->x1 + x, rect->y1 + y};
}

/* Squares that meet the rects, which are finite or not. Rows run down, the unit square goes up. */
static GArray *boxes_of(const GArray *rects, guint32 width, guint32 height)
{
	GArray *boxes = g_array_new(FALSE, FALSE, sizeof(LwImageBox));
	for (guint i = 0; i < rects->len; i++) {
		LwPdfUnitRect r = g_array_index(rects, LwPdfUnitRect, i);
		if (isnan(r.x0) || isnan(r.y0) || isnan(r.x1) || isnan(r.y1))
			r = (LwPdfUnitRect){0, 0, 1, 1};
		LwImageBox box = {(guint32)CLAMP(floor(r.x0 * width), 0.0, width),
				  (guint32)CLAMP(floor((1 - r.y1) * height), 0.0, height),
				  (guint32)CLAMP(ceil(r.x1 * width), 0.0, width),
				  (guint32)CLAMP(ceil((1 - r.y0) * height), 0.0, height)};
		if (box.x0 < box.x1 && box.y0 < box.y1)
			g_array_append_val(boxes, box);
	}
	return boxes;
}

GArray *lw_image_rects(const GArray *boxes, guint32 width, guint32 height)
{
	GArray *rects = g_array_new(FALSE, FALSE, sizeof(LwPdfUnitRect));
	for (guint i = 0; i < boxes->len; i++) {
		const LwImageBox *b = &g_array_index(boxes, LwImageBox, i);
		LwPdfUnitRect r = {(double)b->x0 / width, 1 - (double)b->y1 / height,
				   (double)b->x1 / width, 1 - (double)b->y0 / height};
		g_array_append_val(rects, r);
	}
	return rects;
}

GArray *lw_image_padded(const LwPdfUnitRect *rects, guint count, guint32 width, guint32 height)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(LwPdfUnitRect));
	for (guint i = 0; i < count; i++) {
		LwPdfUnitRect r =
			grown(&rects[i], (double)PADDING / width, (double)PADDING / height);
		g_array_append_val(out, r);
	}
	return out;
}

gboolean lw_image_is_flat(const LwImageFormat *format)
{
	return format->width == 1 && format->height == 1;
}

/* A flat image goes only where a rect covers most of it: it may be a stone of a mosaic. */
GArray *lw_image_boxes(const LwImageFormat *format, const GArray *region,
		       const LwPdfUnitRect *rects, guint count)
{
	if (!lw_image_is_flat(format))
		return boxes_of(region, format->width, format->height);
	g_autoptr(GArray) covering = g_array_new(FALSE, FALSE, sizeof(LwPdfUnitRect));
	for (guint i = 0; i < count; i++) {
		double wide = CLAMP(rects[i].x1, 0.0, 1.0) - CLAMP(rects[i].x0, 0.0, 1.0);
		double high = CLAMP(rects[i].y1, 0.0, 1.0) - CLAMP(rects[i].y0, 0.0, 1.0);
		if (!(wide * high <= 0.5))
			g_array_append_val(covering, rects[i]);
	}
	return boxes_of(covering, 1, 1);
}
