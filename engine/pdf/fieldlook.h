/* fieldlook.h - operators of a field's appearance: where its text stands, and the frame around it.
 * For the field files only.
 *
 * Text stands where other viewers put it, so that what they show binds to these glyphs. */
#pragma once

#include "engine/pdf/fieldfont.h"

/* Name of the text's font in the resources of an appearance. */
#define LW_FIELD_FONT "F1"

typedef enum {
	LW_FIELD_LINE,
	LW_FIELD_LINES, /* wrapped */
	LW_FIELD_COMB,	/* one character in each of `cells` */
	LW_FIELD_LIST,	/* one option on each line */
} LwFieldLayout;

typedef enum { LW_FIELD_LEFT, LW_FIELD_CENTRE, LW_FIELD_RIGHT } LwFieldQuadding;

typedef struct {
	LwFieldLayout layout;
	LwFieldQuadding quadding;
	double width, height; /* of the widget, as the text runs */
	double border;	      /* free on every side */
	double size;	      /* of the font; 0: as large as fits */
	guint cells;
	guint bytes;	    /* of a code */
	const char *colour; /* operators */
	GArray *glyphs;	    /* LwFieldGlyph */
	GHashTable *chosen; /* list: numbers of the lines to highlight; may be NULL */
} LwFieldText;

typedef enum {
	LW_FRAME_SOLID,
	LW_FRAME_DASHED,
	LW_FRAME_BEVELED,
	LW_FRAME_INSET,
	LW_FRAME_UNDERLINE
} LwFrameStyle;

typedef struct {
	double width, height; /* of the widget, not turned */
	double border;	      /* 0: none is drawn */
	LwFrameStyle style;
	const char *background, *line; /* operators of colour; NULL: none */
	guint cells;		       /* of a comb, with a line between them */
	gboolean round;
} LwFieldFrame;

void lw_field_draw_frame(GString *out, const LwFieldFrame *frame);
/* The text objects, without what is around them. */
void lw_field_draw_text(GString *out, const LwFieldText *text);
