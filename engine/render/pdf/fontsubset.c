/* fontsubset.c - asks HarfBuzz for a program with fewer outlines. The door to HarfBuzz.
 *
 * Hints and the glyph for "no glyph" stay as they are, for the look of a page must not change. */
#include "engine/render/pdf/fontsubset.h"

#include "engine/pdf/fontcff.h"
#include "engine/render/pdf/fontsfnt.h"

#include <hb-subset.h>

#define MOST_CODES 255

static GBytes *bytes_of(hb_face_t *face)
{
	hb_blob_t *blob = hb_face_reference_blob(face);
	unsigned length = 0;
	const char *data = hb_blob_get_data(blob, &length);
	GBytes *bytes = length ? g_bytes_new(data, length) : NULL;
	hb_blob_destroy(blob);
	return bytes;
}

/* HarfBuzz ends the process where more glyphs than this have a code of the program's own. */
static gboolean has_too_many_codes(GBytes *sfnt, const guint8 *wanted, guint count,
				   LwGlyphNumbers numbers)
{
	LwSfntTable table = lw_sfnt_find(sfnt, LW_SFNT_TAG('C', 'F', 'F', ' '));
	g_autoptr(LwCff) cff = table.length ? lw_cff_read(table.data, table.length) : NULL;
	guint stay = 0;

	if (!cff || lw_cff_encoded(cff, table.data, table.length) <= MOST_CODES)
		return FALSE;
	for (guint i = 1; i < count; i++)
		stay += wanted[i] || numbers == LW_GLYPHS_STAY;
	return stay > MOST_CODES;
}

GBytes *lw_font_subset(GBytes *sfnt, const guint8 *wanted, guint count, LwGlyphNumbers numbers)
{
	gsize length;
	if (has_too_many_codes(sfnt, wanted, count, numbers))
		return NULL;
	const char *data = g_bytes_get_data(sfnt, &length);
	hb_blob_t *blob =
		hb_blob_create(data, (unsigned)length, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *face = hb_face_create(blob, 0);
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_blob_destroy(blob);
	if (!input) {
		hb_face_destroy(face);
		return NULL;
	}
	/* Subroutines tell which outlines once had a part in common. */
	unsigned flags = HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_DESUBROUTINIZE;
	if (numbers == LW_GLYPHS_STAY)
		flags |= HB_SUBSET_FLAGS_RETAIN_GIDS;
	hb_subset_input_set_flags(input, flags);
	hb_set_t *glyphs = hb_subset_input_glyph_set(input);
	hb_set_add(glyphs, 0);
	for (guint i = 0; i < count; i++)
		if (wanted[i])
			hb_set_add(glyphs, i);
	hb_face_t *fewer = hb_subset_or_fail(face, input);
	GBytes *result = fewer ? bytes_of(fewer) : NULL;
	if (fewer)
		hb_face_destroy(fewer);
	hb_subset_input_destroy(input);
	hb_face_destroy(face);
	return result;
}

gboolean lw_font_extents(GBytes *sfnt, double box[4])
{
	gsize length;
	const char *data = g_bytes_get_data(sfnt, &length);
	hb_blob_t *blob =
		hb_blob_create(data, (unsigned)length, HB_MEMORY_MODE_READONLY, NULL, NULL);
	hb_face_t *face = hb_face_create(blob, 0);
	hb_font_t *font = hb_font_create(face);
	gboolean any = FALSE;
	hb_font_set_scale(font, 1000, 1000);
	for (unsigned i = 1; i < hb_face_get_glyph_count(face); i++) {
		hb_glyph_extents_t e;
		if (!hb_font_get_glyph_extents(font, i, &e) || !e.width || !e.height)
			continue;
		const double one[4] = {e.x_bearing, e.y_bearing + e.height, e.x_bearing + e.width,
				       e.y_bearing};
		for (guint k = 0; k < 4; k++)
			box[k] = !any ? one[k] : k < 2 ? MIN(box[k], one[k]) : MAX(box[k], one[k]);
		any = TRUE;
	}
	hb_font_destroy(font);
	hb_face_destroy(face);
	hb_blob_destroy(blob);
	return any;
}
