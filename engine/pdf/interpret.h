/* interpret.h - runs content streams (ISO 32000-1 annex A): every operator with full graphics and
 * text state, in pages, forms, patterns, soft masks, Type 3 glyphs and annotation appearances.
 *
 * The reader watches to collect glyphs; the burner watches to write the stream anew. A watcher sees
 * each operator after the state has changed by it; glyphs of an operator come before the operator
 * itself. Coordinates are default user space of the page (before /Rotate). */
#pragma once

#include "engine/pdf/font.h"

typedef struct {
	double a, b, c, d, e, f;
} LwMatrix;

static inline LwMatrix lw_matrix_multiply(LwMatrix m, LwMatrix n)
{
	return (LwMatrix){
		m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,	    m.c * n.a + m.d * n.c,
		m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f,
	};
}

gboolean lw_matrix_invert(LwMatrix m, LwMatrix *inverse);
static inline void lw_matrix_apply(LwMatrix m, double x, double y, double *out_x, double *out_y)
{
	*out_x = m.a * x + m.c * y + m.e;
	*out_y = m.b * x + m.d * y + m.f;
}

typedef struct {
	double x0, y0, x1, y1; /* x0 > x1: empty */
} LwExtent;

typedef struct {
	LwMatrix ctm;
	LwExtent clip; /* bounding box of the clipping path; generous */
	/* text state */
	LwPdfObject *font_dictionary;
	const LwPdfFont *font;
	const char *font_name; /* as in the resources, or NULL when set through an ExtGState */
	double font_size, char_space, word_space, scale /* Tz / 100 */, leading, rise;
	int render_mode;
	double fill_alpha;
	gboolean clip_rough; /* the clipping path is more than a box */
	gboolean fill_pattern;
	gboolean blends;	/* painted with what lies below (blend mode) */
	gboolean fill_white;	/* the fill colour is known to be white */
	guint8 fill_components; /* of the fill colour space: 1, 3, 4; 0: a space of its own */
	gboolean soft_mask;
} LwPdfState;

/* One glyph about to be shown; it belongs to operator number run->operators. */
typedef struct {
	LwPdfCode code;
	guint64 showing;      /* counts what shows text: state and stream are those of the glyph
				 before when it is as large */
	guint32 offset;	      /* of its bytes in the operand string */
	guint item;	      /* index in the TJ array, 0 for Tj ' " */
	LwMatrix text;	      /* text space of this glyph (Tm with size, scale and rise left out) */
	double edge[2];	      /* user space: along its width */
	double width, height; /* of its quad, advance x [descent, ascent], in user space */
	LwExtent extent;      /* of the quad */
	double origin[2];     /* on the baseline, user space */
	double advance; /* tx (or ty) added to the text matrix, spacing included, text space */
	double em;	/* height of an em in user space */
	guint16 flags;	/* LwGlyphFlags of model/document.h */
} LwPdfGlyph;

typedef enum {
	LW_STREAM_PAGE,
	LW_STREAM_FORM,
	LW_STREAM_PATTERN,
	LW_STREAM_SOFT_MASK,
	LW_STREAM_CHAR_PROC,
	LW_STREAM_APPEARANCE,
} LwStreamType;

/* One run of a stream: the page's contents, or one use of a form. */
typedef struct LwPdfStreamRun LwPdfStreamRun;
struct LwPdfStreamRun {
	const LwPdfStreamRun *parent;
	LwStreamType type;
	LwPdfObject *stream; /* the form; NULL for a page */
	LwPdfObject *resources;
	guint32 serial;	   /* counts the runs of the page, from 0: equal in every pass over it */
	guint32 operators; /* operators and inline images so far in this run: equal in every pass */
	guint saves;	   /* q without their Q yet */
	guint marked_depth; /* open marked-content sequences */
	guint off_since;    /* depth at which optional content that is off began; 0: none */
	gboolean off;	    /* the whole run is inside a layer that is off */
	void *watcher_data; /* the watcher's own */
};

/* Inside optional content that is not shown. */
static inline gboolean lw_pdf_run_is_off(const LwPdfStreamRun *run)
{
	return run->off || run->off_since;
}

/* A path at its painting operator. */
typedef struct {
	LwExtent extent; /* user space */
	guint lines, curves;
	gboolean box; /* one rectangle along the sides of the page: the extent is all of it */
} LwPdfPath;

typedef struct LwPdfInterpreter LwPdfInterpreter;

#define LW_PDF_OPERANDS 64 /* of one operator; of more the newest */

/* Any may be NULL. */
typedef struct {
	void (*begin)(void *self, LwPdfStreamRun *run, const LwPdfState *state);
	void (*end)(void *self, LwPdfStreamRun *run, const LwPdfState *state);
	void (*glyph)(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		      const LwPdfGlyph *glyph);
	/* Every operator but BI; operands as lexed. `before` is the state it found. */
	void (*operator)(void *self, LwPdfStreamRun *run, const char *name,
			 LwPdfObject *const *operands, guint count, const LwPdfState *before,
			 const LwPdfState *state);
	/* A path was painted (or only ended). */
	void (*path)(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		     const char *paint, const LwPdfPath *path);
	/* An image XObject or inline image (data set) is painted on the unit square under
	 * state->ctm. */
	void (*image)(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		      LwPdfObject *image, const char *name, const char *data, gsize length);
	/* An inline image in place: BI … EI as an operator. */
	void (*inline_image)(void *self, LwPdfStreamRun *run, const LwPdfState *state,
			     LwPdfObject *dictionary, const char *data, gsize length);
} LwPdfWatcher;

/* Fonts are cached for the file. */
LwPdfInterpreter *lw_pdf_interpreter_new(LwPdf *pdf);
void lw_pdf_interpreter_free(LwPdfInterpreter *interpreter);
/* Will the next page be run twice or more in a row? Its content does not change in between, and is
 * read once. */
void lw_pdf_interpreter_set_repeats(LwPdfInterpreter *interpreter, gboolean repeats);
/* FALSE with error past a limit. Content in appearances of annotations and fields comes after the
 * page's own. */
gboolean lw_pdf_interpret_page(LwPdfInterpreter *interpreter, guint page,
			       const LwPdfWatcher *watcher, void *self, GError **error);

/* One stream by itself, on an empty page; resources: what stands around it, or NULL. What is past a
 * limit is not run. */
void lw_pdf_interpret_stream(LwPdfInterpreter *interpreter, LwPdfObject *stream, LwStreamType type,
			     LwPdfObject *resources, const LwPdfWatcher *watcher, void *self);

/* What was interpreted so far came by: streams that ran, and the codes below LW_PDF_CODES
 * that strings showed in a font, as bits; NULL: none. */
#define LW_PDF_CODES 65536
gboolean lw_pdf_interpreter_ran(const LwPdfInterpreter *interpreter, const LwPdfObject *stream);
const guint8 *lw_pdf_interpreter_shown(const LwPdfInterpreter *interpreter,
				       const LwPdfObject *font);
/* The same for a code past those. */
gboolean lw_pdf_interpreter_shows_high(const LwPdfInterpreter *interpreter, const LwPdfObject *font,
				       guint32 code);

/* Is this optional content group or membership dictionary (NULL: none) not shown by default (8.11)?
 */
gboolean lw_pdf_layer_is_off(LwPdfInterpreter *interpreter, LwPdfObject *membership);
/* The normal appearance of an annotation, and the matrix that puts it into its rectangle; NULL when
 * it has none. */
LwPdfObject *lw_pdf_appearance(LwPdf *pdf, LwPdfObject *annotation, LwMatrix *before);

/* User space of the page to points from the top-left of the page as shown. */
LwMatrix lw_pdf_page_matrix(LwPdf *pdf, guint page, double *width, double *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfInterpreter, lw_pdf_interpreter_free)
