/* label_font.h - the embedded font of the box labels: a TrueType file whose glyph 1 is a filled square of one em. */
#pragma once

#include <glib.h>

#define LW_LABEL_BOX_GLYPH 1

typedef struct {
	guint16 character, glyph, width; /* width in thousandths of an em */
} LwLabelGlyph;

extern const LwLabelGlyph lw_label_glyphs[];
extern const guint lw_label_glyph_count;
extern const guint8 lw_label_font[];
extern const gsize lw_label_font_size;
