/* lines.h - lines of text on a page, cut into cells: what stands together from the left to the
 * right.
 *
 * In a frame of its own each line runs from small `s` to large in reading order and stands between
 * v0 and v1; frame, direction and rtl lead back to the page. Nothing here depends on how a glyph is
 * drawn, only on where. */
#pragma once

#include "engine/model/bands.h"
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
	LwBands bands;	/* all glyphs of the page */
} LwPdfLines;

/* by: as lw_plan_removed gives it. */
LwPdfLines *lw_pdf_lines_new(const LwPdfPageContent *content, const guint32 *by);
void lw_pdf_lines_free(LwPdfLines *lines);
/* All glyphs that share the height of a cell in its frame, and others; borrowed. */
const guint32 *lw_pdf_lines_near(const LwPdfLines *lines, const LwPdfCell *cell, guint32 *count);

/* Its em, or its height where that says less: a font's own em may be anything. */
static inline float lw_pdf_line_em(const LwPdfPageGlyph *glyph)
{
	gboolean upright = glyph->direction == LW_PDF_UP || glyph->direction == LW_PDF_DOWN;
	const LwRect *box = glyph->leans ? &glyph->level : &glyph->glyph.box;
	float height = upright ? box->x1 - box->x0 : box->y1 - box->y0;
	return height > 0 ? MIN(glyph->glyph.size, height) : glyph->glyph.size;
}

/* Where it was set, in the direction of its line. */
static inline double lw_pdf_line_forward(const LwPdfPageGlyph *glyph)
{
	switch (glyph->direction) {
	case LW_PDF_LEFT:
		return -glyph->at[0];
	case LW_PDF_UP:
		return -glyph->at[1];
	case LW_PDF_DOWN:
		return glyph->at[1];
	default:
		return glyph->at[0];
	}
}

/* Where a glyph begins, in the frame of a line. */
static inline double lw_pdf_line_start(const LwPdfPageGlyph *glyph, gboolean rtl)
{
	double forward = lw_pdf_line_forward(glyph);
	return rtl ? -(forward + glyph->along) : forward;
}

/* A rectangle of the page as [s0, s1] and [v0, v1]. */
static inline void lw_pdf_line_frame(LwPdfDirection direction, gboolean rtl, const LwRect *rect,
				     double s[2], double v[2])
{
	gboolean upright = direction == LW_PDF_UP || direction == LW_PDF_DOWN;
	gboolean back = (direction == LW_PDF_LEFT || direction == LW_PDF_UP) != rtl;
	double low = (double)(upright ? rect->y0 : rect->x0);
	double high = (double)(upright ? rect->y1 : rect->x1);
	s[0] = back ? -high : low;
	s[1] = back ? -low : high;
	v[0] = (double)(upright ? rect->x0 : rect->y0);
	v[1] = (double)(upright ? rect->x1 : rect->y1);
}

/* And back. */
LwRect lw_pdf_line_rect(LwPdfDirection direction, gboolean rtl, double s0, double s1, double v0,
			double v1);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfLines, lw_pdf_lines_free)
