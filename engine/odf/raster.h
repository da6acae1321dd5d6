/* raster.h - which bytes of a PNG, JPEG or GIF file a viewer draws, and which it does not.
 *
 * White lists: what is not known to be drawn is not. Nothing is decoded. */
#pragma once

#include <glib.h>

typedef enum {
	LW_RASTER_UNKNOWN,
	LW_RASTER_PNG,
	LW_RASTER_JPEG,
	LW_RASTER_GIF,
} LwRasterType;

typedef enum {
	LW_RASTER_DRAWN,
	LW_RASTER_UNSEEN, /* EXIF, XMP, comments, text, profiles, thumbnails, what follows the end
			   */
} LwRasterPart;

typedef void (*LwRasterFunc)(void *self, LwRasterPart part, const guint8 *bytes, gsize length);

/* By its first bytes. */
LwRasterType lw_raster_type(const guint8 *bytes, gsize length);
/* Tells every byte once and in order, as chunks, segments or blocks. FALSE for a damaged picture,
 * or none: all from the damage on was told as unseen. */
gboolean lw_raster_walk(const guint8 *bytes, gsize length, LwRasterFunc found, void *self);
