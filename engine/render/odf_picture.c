/* odf_picture.c - JPEG, PNG and GIF pictures down to what is seen.
 *
 * Which bytes that are, engine/odf/raster knows; nothing is decoded, and damaged pictures are
 * refused. */
#include "engine/render/odf_work.h"

#include "engine/odf/raster.h"

static void keep_drawn(void *self, LwRasterPart part, const guint8 *bytes, gsize length)
{
	if (part == LW_RASTER_DRAWN)
		g_byte_array_append(self, bytes, (guint)length);
}

GBytes *lw_odf_strip_picture(GBytes *picture)
{
	g_autoptr(GByteArray) out = g_byte_array_new();
	gsize length;
	const guint8 *bytes = g_bytes_get_data(picture, &length);
	if (!lw_raster_walk(bytes, length, keep_drawn, out))
		return NULL;
	return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}
