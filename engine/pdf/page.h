/* page.h - what Poppler sees: reading order, pictures of pages. The door to Poppler; a witness, never a writer.
 *
 * Bytes must come from lw_pdf_normalise or lw_pdf_write. Not safe in threads. */
#pragma once

#include "engine/base/error.h"
#include "engine/model/format.h"

typedef struct LwPdfPages LwPdfPages;

typedef struct {
	char *text;	/* UTF-8 in reading order, lines end with \n */
	LwRect *boxes;	/* by code point of text; page space as shown */
	guint count;	/* code points */
} LwPdfPageText;

LwPdfPages *lw_pdf_pages_open(GBytes *plain, GError **error); /* yours */
void lw_pdf_pages_free(LwPdfPages *pages);
guint lw_pdf_pages_count(const LwPdfPages *pages);
gboolean lw_pdf_pages_size(LwPdfPages *pages, guint page, double *width, double *height);
/* FALSE when Poppler cannot read the page. */
gboolean lw_pdf_pages_text(LwPdfPages *pages, guint page, LwPdfPageText *text);
void lw_pdf_page_text_clear(LwPdfPageText *text);
/* RGB or, where the page is colourless, grey; resolution in pixels per inch. */
gboolean lw_pdf_pages_picture(LwPdfPages *pages, guint page, double resolution, LwPicture *picture, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfPages, lw_pdf_pages_free)
