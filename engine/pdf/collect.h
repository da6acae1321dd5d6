/* collect.h - what stands on the pages of a PDF: every glyph in content order, pictures, ink. The
 * reader and the burner share it, so both number the glyphs alike. */
#pragma once

#include "engine/model/document.h"
#include "engine/pdf/interpret.h"

/* Which way a baseline runs on the page as shown. */
typedef enum {
	LW_PDF_RIGHT,
	LW_PDF_LEFT,
	LW_PDF_UP,
	LW_PDF_DOWN,
	LW_PDF_ASTRAY, /* along neither side of the page, a cell of a pattern */
} LwPdfDirection;

/* One glyph with what only PDF code needs to know. */
typedef struct {
	LwGlyph glyph;
	double at[2]; /* where it was set on the baseline, page space as shown */
	double along; /* its own width on the page: that of the font, without any spacing */
	LwPdfDirection direction;
	gboolean leans;		  /* astray, but on a straight baseline: */
	double angle;		  /* of that, radians, the way that y goes */
	LwRect level;		  /* its box from `at` on, turned back by that angle */
	gunichar more[3];	  /* further code points of a ligature; 0: none */
	float origin_x, origin_y; /* on the baseline, page space as shown */
	float end_x, end_y;	  /* where its advance ends */
	gboolean upright;	  /* the baseline runs up or down the page */
	gboolean
		slanted; /* the baseline follows neither side of the page, or is vertical writing */
	guint32 text_object; /* counts BT in the page, from 1 */
	guint32 marked;	     /* index + 1 in marked_parent of the innermost sequence; 0: none */
	guint32 run;	     /* serial of the stream run */
} LwPdfPageGlyph;

/* From the first glyph of a run to behind the last one, with those of the runs inside it. */
typedef struct {
	guint32 first, end;
} LwPdfRunGlyphs;

typedef struct {
	GArray *glyphs;	       /* LwPdfPageGlyph */
	GArray *marked_parent; /* guint32 by sequence: index + 1 of the one around it; 0: none */
	guint32 text_objects;  /* how many BT */
	guint unseen;	       /* LwPdfUnseen of all glyphs together */
	GArray *runs;	       /* LwPdfRunGlyphs, by serial of the stream run */
	GArray *figures;       /* LwFigure; offset not set */
	GArray *covers;	       /* LwRect: opaque boxes */
	GArray *rules; /* LwRect, page space: painted lines and edges along the sides of the page */
	double width, height;
	LwExtent ink; /* of all visible glyphs, page space as shown */
} LwPdfPageContent;

LwPdfPageContent *lw_pdf_collect_page(LwPdfInterpreter *interpreter, LwPdf *pdf, guint page,
				      GError **error);
void lw_pdf_page_content_free(LwPdfPageContent *content);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfPageContent, lw_pdf_page_content_free)

/* Name of the font of our own labels: glyphs in it are LW_GLYPH_LABEL. */
#define LW_PDF_LABEL_FONT "LAKWRK+LakwerkLabel"
