/* bands.c - indices of glyphs, sorted by counting: each stands in the band of its middle. */
#include "engine/model/bands.h"

#define HEIGHT 8.0f /* points; what lies below the last band stands in it too */
#define SLACK  1.0f /* points, for rounding */

static guint band_of(float y)
{
	float band = y / HEIGHT;
	if (!(band > 0))
		return 0;
	return band < LW_BANDS ? (guint)band : LW_BANDS - 1;
}

static const LwRect *box_at(const LwGlyph *glyphs, gsize stride, guint32 i)
{
	return &((const LwGlyph *)(const void *)((const guint8 *)glyphs + i * stride))->box;
}

static guint band_at(const LwGlyph *glyphs, gsize stride, guint32 i)
{
	const LwRect *box = box_at(glyphs, stride, i);
	return band_of((box->y0 + box->y1) / 2);
}

void lw_bands_fill(LwBands *bands, const LwGlyph *glyphs, gsize stride, guint32 count)
{
	guint32 next[LW_BANDS] = {0};
	*bands = (LwBands){.glyphs = g_new(guint32, count + 1)};
	for (guint32 i = 0; i < count; i++) {
		const LwRect *box = box_at(glyphs, stride, i);
		/* in this order, as no number is larger than what is none */
		bands->reach = MAX((box->y1 - box->y0) / 2, bands->reach);
		next[band_at(glyphs, stride, i)]++;
	}
	for (guint b = 0; b < LW_BANDS; b++) {
		bands->first[b + 1] = bands->first[b] + next[b];
		next[b] = bands->first[b];
	}
	for (guint32 i = 0; i < count; i++)
		bands->glyphs[next[band_at(glyphs, stride, i)]++] = i;
}

void lw_bands_clear(LwBands *bands)
{
	g_clear_pointer(&bands->glyphs, g_free);
}

const guint32 *lw_bands_near(const LwBands *bands, float y0, float y1, guint32 *count)
{
	guint low = band_of(y0 - bands->reach - SLACK), high = band_of(y1 + bands->reach + SLACK);
	*count = bands->first[high + 1] - bands->first[low];
	return bands->glyphs + bands->first[low];
}
