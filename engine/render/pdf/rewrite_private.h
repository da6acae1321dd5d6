/* rewrite_private.h - the inside of the rewriter, for rewrite.c, rewrite_text.c and rewrite_paint.c
 * only. */
#pragma once

#include "engine/pdf/sight.h"
#include "engine/render/pdf/label.h"
#include "engine/render/pdf/rewrite.h"
#include "engine/render/pdf/width.h"

/* The text state that the stream being written is in. */
typedef struct {
	LwPdfObject *font;
	const char *font_name;
	double size, char_space, word_space, scale, rise, leading;
	int render_mode;
} TextState;

typedef struct {
	TextState text;
	const char *fill; /* operators that set the fill colour, interned in the page's arena */
	gboolean tiles;
	const char *pending; /* of the page's arena */
	LwMatrix written;
} Saved;

typedef struct {
	LwPdfGlyph glyph;
	guint32 by;		   /* as lw_plan_removed */
	const LwWidthPlace *place; /* where it goes; NULL: where it is */
} Shown;

#define LW_CORNERS 6 /* of a rectangle drawn as lines */

typedef struct {
	double at[LW_CORNERS][2];
	guint count; /* the first of them, when there were more */
} LwCorners;

/* One part of a path under construction. */
typedef struct {
	gsize start;	 /* in the path's bytes */
	LwExtent extent; /* user space */
	LwCorners corners;
	guint points;
	gboolean curved;
} Subpath;

/* One stream that is being written. */
typedef struct Out Out;
struct Out {
	Out *parent;
	GString *bytes;
	LwPdfObject *resources;	 /* of the source */
	LwPdfObject *added;	 /* dictionary of categories with new entries */
	GHashTable *used;	 /* "Category/name" of what is drawn with */
	gboolean keep_resources; /* something may use more than we see */
	gboolean changed;	 /* something was taken away or added */
	guint fresh;		 /* counts new names */
	GString *pending; /* cm and clips that nothing needed yet: they tell where lines began
			     that are set anew */
	LwMatrix written; /* the CTM without them */
	TextState text;
	const char *fill;	   /* operators of the fill colour; "" for the initial black */
	const char *fill_space;	   /* the cs operator before it */
	gboolean tiles;		   /* the fill colour is a tiling pattern */
	GArray *saves;		   /* Saved */
	GString *path;		   /* construction operators not painted yet */
	gboolean clip;		   /* path holds W */
	GArray *subpaths;	   /* Subpath */
	GArray *shown;		   /* Shown: glyphs since the last operator */
	gboolean in_text, hit;	   /* inside BT, and glyphs of it go */
	gboolean lost;		   /* the written text position is not that of the source */
	gboolean clips, clip_kept; /* glyphs of the text object clip, and some of them stay */
	guint marked_in_text;	   /* sequences opened inside this text object */
	GArray *marked;		   /* gint: MCID of each open sequence, or -1 */
	GArray *late;		   /* guint: labels to print after ET */
	LwMatrix form;		   /* the CTM that a form begins with */
	LwExtent inside;	   /* and what it may paint on, user space */
	gboolean cut;		   /* something of it lies outside that */
	LwPdfObject *child;	   /* what Do must draw instead of its form, after a run */
	gboolean child_changed, child_loose;
	gboolean loose; /* a form that is drawn without what waits before it, which waits inside */
	LwMatrix shift; /* loose: what that does to the places in the form */
};

typedef struct {
	LwRewriter *rewriter;
	LwPdf *pdf;
	guint page;
	const GArray *marks; /* guint: those of the plan that have a box here */
	LwPdfPageContent *content;
	guint32 *by;
	guint32 next_glyph;	      /* of the page */
	guint32 text_objects, marked; /* counted as collect.c does */
	GArray *marked_open;	      /* guint32: open sequences, index + 1 */
	guint8 *text_hit;	      /* by text object */
	guint8 *text_still;	      /* by text object: some of it stays where it is */
	guint32 *rest;		      /* as `by`, but for what a box of `width` stands for */
	guint8 *marked_hit;	      /* by sequence */
	LwLabelLayout *layouts;	      /* by mark */
	const char **codes;	      /* by mark: the ground as it is printed */
	guint8 *printed;	      /* by mark: its label stands in the page */
	guint8 *covered;	      /* by mark: something was painted over it since */
	GHashTable *replaced;	      /* pattern or mask -> its copy on this page */
	LwMatrix to_page, to_user;
	GArray *boxes;	      /* LwRect, page space: all boxes of marks here */
	GArray *areas;	      /* LwRect: boxes under which paths go too */
	GArray *marked_boxes; /* LwRect: where marks stood before their lines were set anew */
	LwWidthLayout *width; /* of lines that are set anew; NULL: none */
	Out *out;
	gint next_mcid; /* first number that no sequence of the page has */
	LwExtent path_extent;
	guint path_lines, path_curves;
	LwArena *arena;
	gboolean unmarked;   /* no mark stands here: written in one pass, unless something hidden
				turns up */
	gboolean surprised;  /* it did */
	LwPdfSight *sight;   /* of an unmarked page */
	GString *page_bytes; /* result of the page's own stream */
	LwPdfObject *page_resources;
} Page;

/* rewrite.c */
const char *lw_out_name(Page *page, Out *out, const char *category, const char *prefix,
			LwPdfObject *value);
void lw_out_use(Out *out, const char *category, const char *name);
/* What follows is drawn where the source draws it. */
void lw_out_settle(Out *out, const LwPdfState *state);
void lw_out_operator(Out *out, const char *name, LwPdfObject *const *operands, guint count);
/* An operator whose operand number `index` names a resource; a name in which a secret stands gets
 * another. */
void lw_out_resource_operator(Page *page, Out *out, const char *category, guint index,
			      const char *name, LwPdfObject *const *operands, guint count);
/* The name under which a resource of the source is used. */
const char *lw_out_resource(Page *page, Out *out, const char *category, const char *name);
/* rewrite_text.c */
void lw_rewrite_begin_text(Page *page, Out *out, const LwPdfState *state);
/* The text state of the source, as far as the written one differs. */
void lw_rewrite_state(Page *page, Out *out, const LwPdfState *state);
void lw_rewrite_end_text(Page *page, Out *out, const LwPdfStreamRun *run, const LwPdfState *state);
/* Does a clip leave the boxes of a mark whole? */
gboolean lw_rewrite_shows(const Page *page, guint mark, LwExtent clip);
/* FALSE: not an operator of text. */
gboolean lw_rewrite_text(Page *page, Out *out, const LwPdfStreamRun *run, const char *name,
			 LwPdfObject *const *operands, guint count, const LwPdfState *before,
			 const LwPdfState *state);
/* mcid: -1, or the number of the sequence it makes. */
void lw_rewrite_label(Page *page, Out *out, guint mark, LwMatrix ctm, gint mcid);
/* rewrite_follow.c: what belongs to words goes where they go. */
void lw_follow_construct(Page *page, Out *out, const char *name, LwPdfObject *const *operands,
			 guint count, LwMatrix ctm);
/* The path with those parts moved, and page->path_extent with it; yours, or NULL when nothing of it
 * moves. framed: a q was written before it, for the scale of its lines. */
GString *lw_follow_path(Page *page, Out *out, const LwPdfState *state, const char *paint,
			gboolean *framed);
/* After the page was written: annotations around words that moved; those that a mark struck come
 * to stand under a box. */
void lw_follow_annotations(Page *page);
/* Something is painted that the box of a form may cut off. */
void lw_follow_paint(Page *page, LwExtent extent, double slack);
/* The box of a form that a mark met: one that cuts nothing off was drawn around its words, and
 * becomes the page. NULL: it stays. */
LwPdfObject *lw_follow_form(Page *page, const Out *out, LwPdfObject *form);
/* A form whose words go somewhere else, or go, does not tell where it stood. */
void lw_follow_begin(Page *page, Out *out, const LwPdfStreamRun *run, const LwPdfState *state);
gboolean lw_page_strikes(const Page *page, LwPdfObject *annotation);
/* rewrite_struck.c: before the page is written, and behind all that it shows. */
void lw_struck_part(Page *page);
void lw_struck_draw(Page *page, GString *bytes);
/* rewrite_paint.c */
gboolean lw_rewrite_paint(Page *page, Out *out, const LwPdfStreamRun *run, const char *name,
			  LwPdfObject *const *operands, guint count, const LwPdfState *before,
			  const LwPdfState *state);
void lw_rewrite_inline_image(Page *page, Out *out, const LwPdfStreamRun *run,
			     const LwPdfState *state, LwPdfObject *dictionary, const char *data,
			     gsize length);
