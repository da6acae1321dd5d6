/* fontglyphs.h - the outlines of a TrueType program (ISO 14496-22: glyf, loca, hmtx) in another
 * order. */
#pragma once

#include "engine/render/pdf/fontsfnt.h"

/* Fewer than 0: another glyph comes first, by advance and outline; 0: they look the same. */
int lw_font_compare_glyphs(GBytes *sfnt, guint a, guint b);
/* A program with glyph 0, those of `order` (guint16) and those that they are made of, in that
 * order; *places (by old number: the new one, 0 for those that go) and codes, whose glyphs are old
 * numbers, say the rest. NULL when it is not understood. Yours. */
GBytes *lw_font_reorder(GBytes *sfnt, const GArray *order, const GArray *codes, guint16 **places);
