/* fontcffwrite.h - a CFF program (Adobe Technical Note 5176) with its glyphs in another order.
 *
 * Nothing of the old one is kept but outlines, hints and measures: no texts, no subroutines, no
 * order. */
#pragma once

#include "engine/pdf/fontcff.h"

typedef struct {
	const char *font;	/* its name */
	const GArray *order;	/* guint16: old glyphs behind glyph 0, which stays */
	const GPtrArray *names; /* by place in `order`: what each is called; not by CID */
	const guint16 *cids;	/* by place in `order` */
	const guint16 *codes;	/* 256: by code its place in `order` + 1; 0: none; not by CID */
} LwCffOrder;

/* data: what cff was read from. NULL when it calls subroutines, or is not understood. Yours. */
GBytes *lw_cff_write(GBytes *data, const LwCff *cff, const LwCffOrder *order);
