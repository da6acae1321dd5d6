/* rows.h - brings a label and the value that stands beside it on the page together in the text. */
#pragma once

#include "engine/pdf/collect.h"

/* A character of a page's text and the glyph that shows it. */
typedef struct {
	gunichar c;
	guint32 glyph; /* in the page, or LW_NO_GLYPH */
} LwPdfPlaced;

/* Poppler reads "Van:", "Verzonden:", "Aan:" as one column and their values as the next. A line
 * that ends with a colon gets the line that stands to its right at the same height, after a tab.
 * Takes placed (LwPdfPlaced), gives the new order; yours. */
GArray *lw_pdf_pair_rows(const LwPdfPageContent *content, GArray *placed);
