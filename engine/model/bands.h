/* bands.h - the glyphs of a page by the height at which they stand, so that only neighbours are
 * compared. */
#pragma once

#include "engine/model/document.h"

#define LW_BANDS 128

typedef struct {
	guint32 *glyphs;	     /* all indices, by band */
	guint32 first[LW_BANDS + 1]; /* of each band, in them */
	float reach;		     /* of the tallest glyph from its middle */
} LwBands;

/* stride: bytes from one glyph to the next. */
void lw_bands_fill(LwBands *bands, const LwGlyph *glyphs, gsize stride, guint32 count);
void lw_bands_clear(LwBands *bands);
/* All glyphs that reach into the height between y0 and y1, and others; borrowed. */
const guint32 *lw_bands_near(const LwBands *bands, float y0, float y1, guint32 *count);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LwBands, lw_bands_clear)
