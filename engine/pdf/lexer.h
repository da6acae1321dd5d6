/* lexer.h - tokens of PDF syntax (ISO 32000-1 section 7.2), for files and for content streams.
 *
 * Never fails: rubbish becomes an operator token or is passed over; only memory and depth are
 * bounded. */
#pragma once

#include "engine/pdf/object.h"

typedef struct {
	const char *start, *at, *end;
	LwPdf *pdf;	/* whose arena gets the objects */
	LwArena *arena; /* where they are made; usually the pdf's, or a scratch one */
	guint depth;
} LwPdfLexer;

void lw_pdf_lexer_init(LwPdfLexer *lexer, LwPdf *pdf, LwArena *arena, const char *bytes,
		       gsize length);
/* The next object or operator of a content stream; NULL at the end. Values of objects are in the
 * arena. */
LwPdfObject *lw_pdf_lex(LwPdfLexer *lexer);
/* In a file: like lex, but "n g R" is one reference. */
LwPdfObject *lw_pdf_lex_file(LwPdfLexer *lexer);
/* After the operator BI: the dictionary (abbreviated keys and names spelled out), the data, and the
 * position after EI. */
LwPdfObject *lw_pdf_lex_inline_image(LwPdfLexer *lexer, const char **data, gsize *length);
