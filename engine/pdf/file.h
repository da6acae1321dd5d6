/* file.h - the inside of an LwPdf, for object.c, value.c and writer.c only. */
#pragma once

#include "engine/pdf/object.h"

/* Where an object stands (7.5.4, 7.5.7); all zero: nowhere. */
typedef struct {
	guint32 holder; /* its object stream, or 0: it stands in the file itself */
	guint32 at;	/* index in the holder, or offset of "n 0 obj" */
} LwPdfSlot;

typedef struct LwPdfHolder LwPdfHolder;

struct LwPdf {
	LwArena *arena;
	GBytes *bytes;	  /* normalised file; NULL for one that we build */
	LwPdfSlot *slots; /* by number; objects made later have none */
	guint32 slot_count;
	gsize section_end;   /* offset after the cross-reference section */
	GHashTable *holders; /* number -> LwPdfHolder; they are no objects of the document */
	GPtrArray *objects;  /* by number: LwPdfObject or NULL (not parsed yet, or nothing) */
	GPtrArray *buffers;  /* GBytes that streams use */
	LwPdfObject *trailer;
	GPtrArray *pages; /* LwPdfObject dictionaries */
	guint64 inflated; /* bytes decoded so far */
	gboolean old;	  /* written as PDF 1.4 has it */
};

/* Remembers the bytes until the file goes; returns them. */
GBytes *lw_pdf_keep(LwPdf *pdf, GBytes *bytes);
/* Parses object `number` when that was not done yet. */
LwPdfObject *lw_pdf_parse_object(LwPdf *pdf, guint32 number);
void lw_pdf_holder_free(LwPdfHolder *holder); /* xref.c */
