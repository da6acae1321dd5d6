/* fontsubset.h - a font program with the outlines of some glyphs only. The door to HarfBuzz. */
#pragma once

#include <glib.h>

typedef enum {
	LW_GLYPHS_STAY,	  /* glyphs keep their numbers; those that go are empty */
	LW_GLYPHS_GATHER, /* glyphs are found by name or CID: those that go leave no number either
			   */
} LwGlyphNumbers;

/* Glyphs that those wanted are made of stay too. NULL when it cannot be done. Yours. */
GBytes *lw_font_subset(GBytes *sfnt, const guint8 *wanted, guint count, LwGlyphNumbers numbers);
/* The box around all glyphs but the first, in thousandths of an em. FALSE: none has ink. */
gboolean lw_font_extents(GBytes *sfnt, double box[4]);
