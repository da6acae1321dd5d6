/* order.h - one text out of two witnesses: our glyphs in Poppler's order.
 *
 * Every visible glyph of ours gets into the text exactly once. Poppler's white space is taken over;
 * a character of Poppler that is no glyph of ours (ActualText) is left out; glyphs that Poppler
 * does not return (hidden layers, off the page, replaced by ActualText) follow at the end of the
 * page, or stand in place when they adjoin a bound glyph. */
#pragma once

#include "engine/pdf/collect.h"
#include "engine/pdf/page.h"

typedef struct {
	GString *text;	  /* of the whole document so far */
	GArray *glyph_of; /* guint32 by code point */
} LwPdfText;

/* Appends the text of one page; first: number of the page's first glyph in the document. Returns
 * how many visible glyphs Poppler did not show. */
guint lw_pdf_order_page(const LwPdfPageContent *content, const LwPdfPageText *seen, guint32 first,
			LwPdfText *out);
