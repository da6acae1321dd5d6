/* width_line.h - one cell of a line as units that can be set anew; for the width files only. */
#pragma once

#include "engine/render/pdf/width.h"

typedef enum {
	LW_UNIT_GLYPH,
	LW_UNIT_BLANK,
	LW_UNIT_PIECE, /* glyphs that one mark takes, side by side */
} LwUnitType;

typedef struct {
	LwUnitType type;
	guint32 glyph; /* the first one */
	guint mark;    /* of a piece: index + 1 */
	double from[2];
	double natural; /* width without any spacing */
	double reach;	/* with what is drawn over it */
	double before;	/* space between words that no glyph makes */
	double size, v0, v1;
	double least;	 /* of a piece */
	double to, wide; /* where it is set, and how wide */
	gboolean rides;	 /* drawn over the unit before it, and moves with it */
} LwUnit;

/* Where a cell may go, in its own frame. */
typedef struct {
	double left, soft, hard; /* soft: where lines of its column end; hard: what it may reach */
	enum { LW_ANCHOR_START, LW_ANCHOR_END, LW_ANCHOR_MIDDLE } anchor;
	double at; /* what the anchor holds */
} LwRoom;

/* Units of a cell in reading order (LwUnit); yours. */
GArray *lw_units_new(const LwPdfPageContent *content, const LwPdfLines *lines,
		     const LwPdfCell *cell, const guint32 *by);
/* sheet: the page. */
LwRoom lw_room_of(const LwPdfPageContent *content, const LwPdfLines *lines, const LwPdfCell *cell,
		  const LwRect *sheet);
/* Sets the first `count` units from the anchor of the room up to `end` at most: `to` and `wide` of
 * each; *end gets where they end. FALSE: they do not fit without running into one another. */
gboolean lw_units_set(GArray *units, guint count, const LwRoom *room, double *end);
