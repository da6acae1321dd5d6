/* label.h - where the boxes of a mark go on a page, how its ground is printed, and the operators
 * that paint both.
 *
 * Box and ground are glyphs of one embedded font inside one /Span with ActualText: they stand in
 * the reading order, copy as "[gelakt: 5.1.2.e]", and a reader that ignores ActualText still gets
 * the ground. */
#pragma once

#include "engine/model/mark.h"
#include "engine/pdf/collect.h"

/* A box along a line of any angle: its rectangle in page space turned back by it. */
typedef struct {
	LwRect rect;
	double angle;
} LwLabelShape;

typedef struct {
	GArray *shapes; /* LwLabelShape: what is painted on this page, first in reading order first
			 */
	GArray *boxes;	/* LwRect, page space: the same, slanted ones in slices */
	double size;	/* em of the printed ground; 0: none on this page */
	double x, y;	/* start of its baseline, page space turned back by: */
	double angle;
	gboolean upright;  /* printed along a tall box, bottom to top */
	gboolean call_out; /* stands in the margin, dark on light */
} LwLabelLayout;

/* Layout of mark number m on a page; by as lw_plan_removed gives it. boxes is empty when nothing of
 * it stands here. */
void lw_label_layout(const LwPlan *plan, guint m, const LwPdfPageContent *content,
		     const guint32 *by, guint32 page, const char *code, LwLabelLayout *out);
/* The same in boxes that are given (LwLabelShape, one at least). */
void lw_label_layout_in(const GArray *shapes, gboolean upright, const LwPdfPageContent *content,
			const char *code, LwLabelLayout *out);
/* Without any box. */
void lw_label_layout_none(LwLabelLayout *out);
/* How long a box has to be for its ground, points. */
double lw_label_least(const char *code);
/* Of a text in the label font, em. */
double lw_label_width(const char *text);
void lw_label_layout_clear(LwLabelLayout *layout);

/* Operators from BT's inside: colours, font and matrices, no q and no BT. to_content: page space to
 * the space of the stream. mcid: -1, or the number of the marked content to make instead of a plain
 * /Span. */
void lw_label_print(GString *out, const LwLabelLayout *layout, const LwStyle *style,
		    const char *code, const char *label, LwMatrix to_content, const char *font_name,
		    gint mcid);

/* A text without box, dark, from a place in page space on. */
void lw_label_print_plain(GString *out, const char *text, double size, double x, double y,
			  LwMatrix to_content, const char *font_name);
/* The label font as an indirect Type 0 font, made once per file; and a graphics state that paints
 * opaquely. */
LwPdfObject *lw_label_font_new(LwPdf *pdf);
LwPdfObject *lw_label_gstate_new(LwPdf *pdf);
