/* interpret_private.h - the inside of the interpreter, for interpret.c, operators.c and show.c
 * only. */
#pragma once

#include "engine/pdf/interpret.h"

#include <math.h>

#include "engine/base/limits.h"
#include "engine/model/document.h"

#define MARKED_DEPTH 256

struct LwPdfInterpreter {
	LwPdf *pdf;
	GHashTable *fonts;	    /* dictionary -> LwPdfFont */
	LwPdfObject *plain_font;    /* dictionary of a font that the file does not have */
	gboolean has_layers;	    /* the file has optional content properties */
	GHashTable *layers_off;	    /* object number of each OCG that is off */
	GHashTable *seen;	    /* patterns and masks already run on this page */
	GHashTable *ran;	    /* streams of all pages */
	GHashTable *shown;	    /* font dictionary -> bits by code, all pages */
	GHashTable *shown_high;	    /* font dictionary -> set of codes past those */
	gboolean repeats;	    /* pages are run more than once in a row: */
	LwArena *tape;		    /* tokens of the page that was run last; NULL: none */
	GPtrArray *tokens;	    /* of the tape, in their order */
	guint taped;		    /* page number from 1; 0: not all of it is on the tape */
	const LwPdfObject *showing; /* the font whose bits these are */
	guint8 *bits;
	guint64 operators;
	guint64 glyphs;
	guint64 showings; /* calls of lw_pdf_show */
	guint32 page_glyphs;
	/* of the page that runs now */
	const LwPdfWatcher *watcher;
	void *self;
	LwExtent crop;
	LwMatrix base;	/* CTM at the start of the page or form: what patterns stand on */
	GArray *states; /* LwPdfState; the last is the current one */
	guint32 serial;
	guint depth;
	guint16 flags;	  /* of every glyph: LW_GLYPH_ANNOTATION */
	guint in_pattern; /* patterns around what runs now */
	GError *error;
	/* text object */
	LwMatrix tm, tlm;
	/* path under construction */
	LwPdfPath path;
	guint rectangles, moves;
	double start_x, start_y; /* of the subpath */
	gboolean oblique;	 /* a segment follows neither axis */
	double x, y;
	gboolean clip_pending;
};

static inline LwPdfState *lw_state(LwPdfInterpreter *in)
{
	return &g_array_index(in->states, LwPdfState, in->states->len - 1);
}

/* operators.c: changes the state by one operator; FALSE for an operator that the standard does not
 * know. */
gboolean lw_pdf_operate(LwPdfInterpreter *in, LwPdfStreamRun *run, const char *name,
			LwPdfObject *const *operands, guint count);
void lw_pdf_path_begin(LwPdfInterpreter *in);
/* show.c: strings of codes, and numbers that move between them. */
void lw_pdf_show(LwPdfInterpreter *in, const LwPdfStreamRun *run, LwPdfObject *const *items,
		 guint count);
/* interpret.c */
void lw_pdf_interpreter_stop(LwPdfInterpreter *in, const char *message);
void lw_pdf_run_form(LwPdfInterpreter *in, LwPdfStreamRun *parent, LwPdfObject *form,
		     LwStreamType type, LwMatrix before);
void lw_pdf_run_image(LwPdfInterpreter *in, LwPdfStreamRun *run, LwPdfObject *image,
		      const char *name, const char *data, gsize length);
LwPdfObject *lw_pdf_resource(LwPdfInterpreter *in, const LwPdfStreamRun *run, const char *category,
			     const char *name);
/* What is no dictionary is a font that some readers replace by one of their own, and so do we. */
void lw_pdf_interpreter_set_font(LwPdfInterpreter *in, LwPdfObject *dictionary, const char *name,
				 double size);
static inline void lw_extent_add(LwExtent *extent, double x, double y)
{
	if (!isfinite(x) || !isfinite(y))
		return;
	extent->x0 = MIN(extent->x0, x);
	extent->y0 = MIN(extent->y0, y);
	extent->x1 = MAX(extent->x1, x);
	extent->y1 = MAX(extent->y1, y);
}

LwExtent lw_extent_of_unit(LwMatrix m); /* of the unit square */
LwExtent lw_extent_intersect(LwExtent a, LwExtent b);
gboolean lw_extent_is_empty(LwExtent extent);
