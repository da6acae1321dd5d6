/* inspect_private.h - the inside of the inspector, for inspect.c and inspectimage.c only. */
#pragma once

#include "engine/pdf/inspect.h"

typedef struct {
	LwPdf *pdf;
	LwInspectFunc found;
	void *self;
	GHashTable *
		glyph_streams; /* streams whose strings are glyph codes: judged as text, not here */
	GHashTable *maps;      /* those of them that are maps of fonts */
	GHashTable *procs;     /* those that no interpreter runs: glyphs of Type 3 fonts */
	GHashTable *binary;    /* font programs, glyph tables, colour tables */
	gboolean go;
} LwPdfInspector;

void lw_pdf_inspector_report(LwPdfInspector *s, const char *channel, const char *bytes,
			     gsize length);
/* inspectimage.c */
void lw_pdf_inspect_image(LwPdfInspector *s, LwPdfObject *image);
void lw_pdf_inspect_inline_image(LwPdfInspector *s, const LwPdfObject *dictionary, const char *data,
				 gsize length);
void lw_pdf_inspect_profile(LwPdfInspector *s, const guint8 *data, gsize length);
