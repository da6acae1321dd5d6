/* width.h - lines from which something goes, set anew, so that neither the hole nor the spaces
 * around it tell how wide it was.
 *
 * quantised: text goes back to the widths of its fonts, without the spacing that a justified line
 * had, and a mark takes a whole number of classes of 3 em, two at least. A line that no longer fits
 * takes from its boxes, then from its spaces. strict: the box runs to the end of the cell, and what
 * stood behind it on that line goes with it.
 *
 * Every number of the result comes from what stays, from the column and from the class: documents
 * that differ only in what is removed get the same lines, to the last digit. */
#pragma once

#include "engine/model/mark.h"
#include "engine/pdf/lines.h"

#define LW_WIDTH_CLASS 3.0 /* em */
#define LW_WIDTH_LEAST 2   /* classes */

/* Where a glyph goes. */
typedef struct {
	double at[2]; /* on the baseline, page space */
	double along;
	gboolean moved;
} LwWidthPlace;

typedef struct {
	LwRect rect;  /* page space, turned back by: */
	double angle; /* that the line runs at */
	guint mark;
	gboolean upright;
} LwWidthBox;

/* One glyph or box of a line: from where to where, in the line's frame. */
typedef struct {
	double from[2], to[2];
	gboolean stays;
} LwWidthPart;

typedef struct {
	LwPdfDirection direction;
	gboolean rtl;
	double v0, v1, size;
	double angle, base; /* slanted: the page was turned back by angle; height of the baseline */
	GArray *parts;	    /* LwWidthPart, in reading order */
} LwWidthLine;

typedef struct {
	LwWidthPlace *places; /* by glyph of the page */
	guint8 *boxed;	      /* by glyph: it goes, and one of the boxes stands for it */
	guint8 *drawn;	      /* by mark: as an area it is painted as it was drawn */
	GArray *boxes;	      /* LwWidthBox, lines from top to bottom */
	GArray *lines;	      /* LwWidthLine */
	guint swept;	      /* glyphs outside the marks that went with their line */
	gboolean kept;	      /* some mark keeps the width of its text */
} LwWidthLayout;

/* by: as lw_plan_removed gives it; gets the marks that take the rest of their line. least: by mark,
 * how long a box has to be for its ground. Yours. */
LwWidthLayout *lw_width_layout_new(const LwPlan *plan, guint32 page,
				   const LwPdfPageContent *content, guint32 *by,
				   const double *least);
void lw_width_layout_free(LwWidthLayout *layout);

/* A line under words or a link around them goes where its words go: changes [s0, s1] of the frame
 * of the line. FALSE when nothing of what it belongs to stays. */
gboolean lw_width_follow(const LwWidthLine *line, double s[2]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwWidthLayout, lw_width_layout_free)
