/* document.h - one input file as the formats read it: its text, and for every character the glyph
 * that shows it.
 *
 * A document is filled by one format, then only read. Text is UTF-8 without NUL; pages end with
 * U+000C. For a format with pages every glyph stands once in `glyphs`, in content order; the text
 * is those glyphs in reading order plus white space. Boxes are in points from the top-left of the
 * page as shown (crop box, after /Rotate; UserUnit counts as 1, as in Poppler). */
#pragma once

#include "engine/base/arena.h"
#include "engine/model/vocabulary.h"

typedef struct {
	float x0, y0, x1, y1;
} LwRect;

typedef struct {
	guint32 page; /* from 0 */
	LwRect rect;
} LwBox;

/* Bytes of the document's text. */
typedef struct {
	guint32 start, length;
} LwSpan;

#define LW_NO_GLYPH G_MAXUINT32

typedef enum {
	LW_GLYPH_INVISIBLE = 1 << 0,  /* render mode 3 or 7 */
	LW_GLYPH_HIDDEN = 1 << 1,     /* clipped away, or in a hidden annotation */
	LW_GLYPH_OFF_PAGE = 1 << 2,   /* outside the crop box */
	LW_GLYPH_UNREADABLE = 1 << 3, /* no Unicode value: U+FFFD */
	LW_GLYPH_LABEL = 1 << 4,      /* inside a box label of our own */
	LW_GLYPH_ANNOTATION = 1 << 5, /* appearance of an annotation or field */
	LW_GLYPH_LAYER_OFF = 1 << 6,  /* in a layer that is not shown; always removed */
	LW_GLYPH_UNSEEN = 1 << 7,     /* where nobody can see it (engine/pdf/sight.h) */
	LW_GLYPH_SLANTED = 1 << 8,    /* its line follows neither side of the page */
} LwGlyphFlags;

/* What nobody sees (LwHidden of mark.h). */
#define LW_GLYPH_GOES (LW_GLYPH_OFF_PAGE | LW_GLYPH_LAYER_OFF | LW_GLYPH_UNSEEN)

typedef struct {
	gunichar unicode; /* first code point; a ligature has more in the text */
	guint32 page;
	LwRect box;    /* bounding box of advance x [descent, ascent] */
	guint16 flags; /* LwGlyphFlags */
	guint16 font;  /* equal numbers: the same font object on this page; 0: none */
	float size;    /* em height on the page, points */
} LwGlyph;

/* White space, the no-break space too; what most glyphs are not is decided first. */
static inline gboolean lw_is_blank(gunichar c)
{
	if (c < 0x80)
		return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
	return g_unichar_isspace(c);
}

typedef enum {
	LW_FIGURE_IMAGE,
	LW_FIGURE_PATH, /* a cluster of curves: ink drawn as vectors */
} LwFigureType;

/* Something that is no text. */
typedef struct {
	LwFigureType type;
	LwBox box;	  /* formats with pages; otherwise empty */
	guint32 offset;	  /* byte of the text where it stands (formats without pages) or comes after
			   */
	guint32 curves;	  /* LW_FIGURE_PATH: number of curve segments */
	const char *name; /* ODF: member of the package; else NULL */
} LwFigure;

typedef struct {
	float width, height;
	LwSpan span; /* its text, without the U+000C */
	guint32 first_glyph, glyph_count;
	guint8 unread; /* only a picture, or letters that say nothing: nobody read it */
} LwPage;

/* A doubt or a deed that people should know; counted, never an error. */
typedef struct {
	const char *code;    /* static: "encrypted", "hidden-layer", "page-unread" */
	gint32 page;	     /* from 0, or -1 */
	const char *message; /* English, without document text */
} LwNotice;

typedef struct {
	LwArena *arena;	    /* owns everything below */
	const char *format; /* name of the format that read it */
	const char *text;
	gsize length;
	guint32 *glyph_of; /* by code point: index in glyphs, or LW_NO_GLYPH; NULL without pages */
	LwGlyph *glyphs;
	guint32 glyph_count;
	LwPage *pages;
	guint32 page_count; /* 0 without pages */
	GArray *figures;    /* LwFigure */
	GArray *notices;    /* LwNotice */
	guint32 *index; /* private: code points before every KiB of text, made when first asked */
} LwDocument;

LwDocument *lw_document_new(const char *format);
void lw_document_free(LwDocument *document);
void lw_document_notice(LwDocument *document, const char *code, gint32 page, const char *message);
/* The page whose text holds this byte; 0 without pages. */
guint32 lw_document_page_of(const LwDocument *document, gsize offset);
/* The glyphs of a span (guint32, ascending, unique); yours. */
GArray *lw_document_glyphs(const LwDocument *document, LwSpan span);
/* One box per line of the span (LwBox); yours; empty without pages. */
GArray *lw_document_boxes(const LwDocument *document, LwSpan span);

/* For the pipe between worker and parent. Load checks every bound; NULL when anything is off. Both
 * yours. */
GVariant *lw_document_save(const LwDocument *document);
LwDocument *lw_document_load(GVariant *saved);

/* Counts the forms that saving has had: what was put away in another one is read again. */
#define LW_DOCUMENT_FORM 2

/* The same made small, for putting away; size: of what it unpacks to. NULL when it cannot be
 * (un)packed. Both yours. */
GBytes *lw_document_pack(const LwDocument *document, gsize *size);
LwDocument *lw_document_unpack(GBytes *packed, gsize size);

static inline gboolean lw_rect_is_empty(LwRect rect)
{
	return !(rect.x1 > rect.x0 && rect.y1 > rect.y0);
}

static inline LwRect lw_rect_union(LwRect a, LwRect b)
{
	if (lw_rect_is_empty(a))
		return b;
	if (lw_rect_is_empty(b))
		return a;
	return (LwRect){MIN(a.x0, b.x0), MIN(a.y0, b.y0), MAX(a.x1, b.x1), MAX(a.y1, b.y1)};
}

LwRect lw_rect_intersect(LwRect a, LwRect b); /* empty when they do not meet */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwDocument, lw_document_free)
