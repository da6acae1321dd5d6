/* lines.h - lines of text on a page, cut into cells: what stands together from the left to the
 * right.
 *
 * In a frame of its own each line runs from small `s` to large in reading order and stands between
 * v0 and v1; frame, direction and rtl lead back to the page. Nothing here depends on how a glyph is
 * drawn, only on where. */
#pragma once

#include "engine/pdf/collect.h"

typedef struct {
	LwPdfDirection direction;
	gboolean rtl;	    /* read against the direction of its glyphs */
	guint layer;	    /* LW_GLYPH_INVISIBLE and LW_GLYPH_ANNOTATION: lines of their own */
	float v0, v1;	    /* of its glyphs' boxes */
	double s0, s1;	    /* of what it shows */
	float size;	    /* of its largest glyph */
	guint first, count; /* of its glyphs in `order`, by s */
	gboolean marked;    /* something of it goes */
} LwPdfCell;

typedef struct {
	GArray *cells;	/* LwPdfCell */
	guint32 *order; /* glyphs of all cells */
} LwPdfLines;

/* by: as lw_plan_removed gives it. */
LwPdfLines *lw_pdf_lines_new(const LwPdfPageContent *content, const guint32 *by);
void lw_pdf_lines_free(LwPdfLines *lines);

/* Its em, or its height where that says less: a font's own em may be anything. */
float lw_pdf_line_em(const LwPdfPageGlyph *glyph);
/* Where a glyph begins, in the frame of a line. */
double lw_pdf_line_start(const LwPdfPageGlyph *glyph, gboolean rtl);
/* A rectangle of the page as [s0, s1] and [v0, v1]. */
void lw_pdf_line_frame(LwPdfDirection direction, gboolean rtl, const LwRect *rect, double s[2],
		       double v[2]);
/* And back. */
LwRect lw_pdf_line_rect(LwPdfDirection direction, gboolean rtl, double s0, double s1, double v0,
			double v1);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfLines, lw_pdf_lines_free)
