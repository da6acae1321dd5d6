/* fontprogram.h - embedded font programs without the glyphs that no content shows. */
#pragma once

#include "engine/render/pdf/fontuse.h"

/* One embedded program and the fonts that draw with it. */
typedef struct {
	LwPdfObject *stream;
	GPtrArray *uses; /* LwFontUse */
} LwFontProgram;

/* The descriptor of a font; for Type 0 that of its descendant. NULL when there is none. */
LwPdfObject *lw_font_descriptor(LwPdf *pdf, const LwFontUse *use);
/* The stream of its program; NULL when it has none. */
LwPdfObject *lw_font_program_stream(LwPdf *pdf, const LwFontUse *use);
/* FALSE: the program stays whole, since not all of it is understood. */
gboolean lw_font_program_reduce(LwPdf *pdf, const LwFontProgram *program);
