/* png.h - pixels as a PNG, fast rather than small. The door to libpng. */
#pragma once

#include <glib.h>

/* 8-bit rows without padding, 1 (grey) or 3 (RGB) channels. NULL without memory. Yours. */
GBytes *lw_png_new(const guint8 *pixels, guint32 width, guint32 height, guint32 channels);
