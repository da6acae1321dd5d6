/* font_private.h - the inside of an LwPdfFont, for font.c, fontsimple.c, fontcomposite.c,
 * fontprogram.c and fontcff.c only. */
#pragma once

#include "engine/pdf/cmap.h"
#include "engine/pdf/codetable.h"
#include "engine/pdf/font.h"
#include "engine/pdf/metrics.h"

typedef struct {
	double wy, vx, vy;
} LwPdfVertical;

struct LwPdfFont {
	LwPdf *pdf;
	LwPdfObject *dictionary;
	const LwPdfObject *descriptor; /* of the descendant, for Type 0; may be NULL */
	const char *base_font;	       /* may be NULL */
	gboolean composite, type3, embedded, doubtful;
	double ascent, descent, matrix[6];
	LwPdfCMap *to_unicode; /* NULL when there is none */

	/* simple */
	LwPdfCode *codes; /* 256 */
	const char *names[256];
	LwPdfObject *char_procs[256];

	/* composite */
	LwPdfCMap *encoding;
	LwPdfCMap *collection;	   /* CID to characters; NULL when unknown */
	gboolean unicode_encoding; /* the codes of the encoding are UTF-16 or UTF-32 */
	LwPdfCodeTable *widths;	   /* CID to index + 1 in width_values */
	GArray *width_values;	   /* double */
	LwPdfCodeTable *verticals; /* CID to index + 1 in vertical_values */
	GArray *vertical_values;   /* LwPdfVertical */
	double default_width, default_vy, default_wy;
};

void lw_pdf_font_load_simple(LwPdfFont *font);
void lw_pdf_font_load_composite(LwPdfFont *font);
void lw_pdf_font_next_composite(const LwPdfFont *font, LwPdfCode *code);
/* A number within reason; doubt and 0 when it is none. */
double lw_pdf_font_number(LwPdfFont *font, LwPdfObject *object);
/* The built-in encoding of an embedded Type 1 or CFF program: glyph names by code, in the file's
 * arena; FALSE leaves names. */
gboolean lw_pdf_font_program_names(LwPdf *pdf, const LwPdfObject *descriptor,
				   const char *names[256]);
/* The same for the bytes of a CFF program. */
gboolean lw_pdf_font_cff_names(LwArena *arena, const guint8 *data, gsize length,
			       const char *names[256]);
