/* png.c - writes a PNG into memory. */
#include "engine/base/png.h"

#include <png.h>

enum { LEVEL = 1 };

static void append(png_structp png, png_bytep bytes, png_size_t length)
{
	g_byte_array_append(png_get_io_ptr(png), bytes, (guint)length);
}

static void flush(png_structp png)
{
	(void)png;
}

GBytes *lw_png_new(const guint8 *pixels, guint32 width, guint32 height, guint32 channels)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png ? png_create_info_struct(png) : NULL;

	if (!info || setjmp(png_jmpbuf(png))) {
		png_destroy_write_struct(&png, &info);
		return NULL;
	}
	png_set_write_fn(png, bytes, append, flush);
	png_set_compression_level(png, LEVEL);
	png_set_filter(png, 0, PNG_FILTER_NONE | PNG_FILTER_SUB);
	png_set_IHDR(png, info, width, height, 8,
		     channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, info);
	for (guint32 row = 0; row < height; row++)
		png_write_row(png, pixels + (gsize)row * width * channels);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
}
