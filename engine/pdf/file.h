/* file.h - the inside of an LwPdf, for object.c, value.c and writer.c only. */
#pragma once

#include "engine/pdf/object.h"

struct LwPdf {
	LwArena *arena;
	GBytes *bytes;		/* normalised file; NULL for one that we build */
	guint32 *offsets;	/* by number: where "n 0 obj" stands; 0: nowhere */
	GPtrArray *objects;	/* by number: LwPdfObject or NULL (not parsed yet, or nothing) */
	GPtrArray *buffers;	/* GBytes that streams use */
	LwPdfObject *trailer;
	GPtrArray *pages;	/* LwPdfObject dictionaries */
	guint64 inflated;	/* bytes decoded so far */
};

/* Remembers the bytes until the file goes; returns them. */
GBytes *lw_pdf_keep(LwPdf *pdf, GBytes *bytes);
/* Parses object `number` when that was not done yet. */
LwPdfObject *lw_pdf_parse_object(LwPdf *pdf, guint32 number);
