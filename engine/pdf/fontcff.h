/* fontcff.h - the glyphs of a CFF program by name or number (Adobe Technical Note 5176).
 *
 * Read only; what lies outside the data reads as 0. */
#pragma once

#include <glib.h>

typedef struct {
	guint count; /* of glyphs, at least 1 */
	gboolean by_cid;
	const char **names; /* by glyph, when not by_cid; NULL: unknown */
	guint16 *cids;	    /* by glyph, when by_cid */
	GStringChunk *texts;
} LwCff;

LwCff *lw_cff_read(const guint8 *data, gsize length); /* NULL when it is not understood; yours */
void lw_cff_free(LwCff *cff);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwCff, lw_cff_free)
