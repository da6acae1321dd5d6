/* fontarrange.h - the glyphs of an embedded program, whatever its kind: which ones a code leads to,
 * which comes first, and the program with them in another order. */
#pragma once

#include "engine/pdf/fontcff.h"
#include "engine/render/pdf/fontprogram.h"
#include "engine/render/pdf/fontsfnt.h"
#include "engine/render/pdf/fonttype1.h"

typedef struct {
	GBytes *data;
	GArray *codes;	       /* LwSfntCode of a TrueType program's own maps */
	LwCff *cff;	       /* or NULL */
	LwType1Program *type1; /* or NULL */
	guint count;
	gboolean simple; /* its fonts have codes of one byte */
} LwFontGlyphs;

/* Of what a program becomes. */
typedef struct {
	const GArray *order;	/* guint16: old glyphs in their order, without "no glyph" */
	const GPtrArray *names; /* by place in it; NULL: they have none */
	const guint16 *cids;	/* by place in it; NULL: they have none */
	const guint16 *codes;	/* 256: by code its place in it + 1; 0: none */
	const char *font;
} LwFontArrangement;

/* A program as it will stand in its stream. */
typedef struct {
	GBytes *data;
	gsize lengths[3]; /* Length1 and on; 0: the stream has none */
	const char *subtype;
} LwFontFile;

/* NULL when its glyphs can't be put in another order; yours. */
LwFontGlyphs *lw_font_glyphs_load(LwPdf *pdf, const LwFontProgram *program, gboolean simple);
void lw_font_glyphs_free(LwFontGlyphs *glyphs);
/* Glyphs (guint16) that a code leads to; where readers differ, more than one. map: bytes of a
 * CIDToGIDMap, or NULL. */
void lw_font_glyphs_of(const LwFontGlyphs *glyphs, const LwFontUse *use, const LwPdfCode *code,
		       GBytes *map, GArray *found);
/* By what they look like; 0: alike. */
int lw_font_glyphs_compare(const LwFontGlyphs *glyphs, guint a, guint b);
/* NULL: glyphs of this program have no names. */
const char *lw_font_glyphs_name(const LwFontGlyphs *glyphs, guint glyph);
/* Has it glyphs that no code leads to, but others are made of? Appends those (guint16). */
void lw_font_glyphs_rest(const LwFontGlyphs *glyphs, GArray *order);
/* For CFF and Type 1. FALSE: it can't be written; data is yours. */
gboolean lw_font_glyphs_write(const LwFontGlyphs *glyphs, const LwFontArrangement *arrangement,
			      LwFontFile *file);
void lw_font_file_store(LwPdf *pdf, const LwFontFile *file, LwPdfObject *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwFontGlyphs, lw_font_glyphs_free)
