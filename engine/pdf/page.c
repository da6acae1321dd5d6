/* page.c - Poppler through its GLib door: text with boxes, and pictures. */
#include "engine/pdf/page.h"

#include "engine/base/limits.h"

#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PopplerPage, g_object_unref)

#define PICTURE_LARGEST 20000 /* pixels along one side */

struct LwPdfPages {
	PopplerDocument *document;
	guint count;
};

LwPdfPages *lw_pdf_pages_open(GBytes *plain, GError **error)
{
	g_autoptr(GError) failure = NULL;
	PopplerDocument *document = poppler_document_new_from_bytes(plain, NULL, &failure);
	if (!document) { /* Poppler's own words may quote the document: ours do not */
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "the PDF cannot be shown");
		return NULL;
	}
	LwPdfPages *pages = g_new0(LwPdfPages, 1);
	pages->document = document;
	pages->count = (guint)MAX(0, poppler_document_get_n_pages(document));
	return pages;
}

void lw_pdf_pages_free(LwPdfPages *pages)
{
	if (!pages)
		return;
	g_object_unref(pages->document);
	g_free(pages);
}

guint lw_pdf_pages_count(const LwPdfPages *pages)
{
	return pages->count;
}

gboolean lw_pdf_pages_size(LwPdfPages *pages, guint index, double *width, double *height)
{
	g_autoptr(PopplerPage) page = poppler_document_get_page(pages->document, (int)index);
	if (!page)
		return FALSE;
	poppler_page_get_size(page, width, height);
	return TRUE;
}

gboolean lw_pdf_pages_text(LwPdfPages *pages, guint index, LwPdfPageText *text)
{
	*text = (LwPdfPageText){0};
	g_autoptr(PopplerPage) page = poppler_document_get_page(pages->document, (int)index);
	if (!page)
		return FALSE;
	text->text = poppler_page_get_text(page);
	PopplerRectangle *rectangles = NULL;
	guint count = 0;
	poppler_page_get_text_layout(page, &rectangles, &count);
	if (!text->text)
		text->text = g_strdup("");
	text->count = MIN(count, (guint)g_utf8_strlen(text->text, -1));
	text->boxes = g_new0(LwRect, text->count + 1);
	for (guint i = 0; i < text->count; i++) {
		const PopplerRectangle *r = &rectangles[i];
		text->boxes[i] = (LwRect){(float)MIN(r->x1, r->x2), (float)MIN(r->y1, r->y2),
					  (float)MAX(r->x1, r->x2), (float)MAX(r->y1, r->y2)};
	}
	g_free(rectangles);
	return TRUE;
}

void lw_pdf_page_text_clear(LwPdfPageText *text)
{
	g_clear_pointer(&text->text, g_free);
	g_clear_pointer(&text->boxes, g_free);
}

static GBytes *samples_of(cairo_surface_t *surface, int width, int height, guint *channels)
{
	const guint8 *data = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	gboolean grey = TRUE;
	for (int y = 0; y < height && grey; y++) {
		const guint32 *row =
			(const guint32 *)(const void *)(data + (gsize)y * (gsize)stride);
		for (int x = 0; x < width && grey; x++)
			grey = (row[x] >> 16 & 255) == (row[x] >> 8 & 255) &&
			       (row[x] >> 8 & 255) == (row[x] & 255);
	}
	*channels = grey ? 1 : 3;
	gsize size = (gsize)width * (gsize)height * *channels;
	guint8 *out = g_malloc(size), *to = out;
	for (int y = 0; y < height; y++) {
		const guint32 *row =
			(const guint32 *)(const void *)(data + (gsize)y * (gsize)stride);
		for (int x = 0; x < width; x++) {
			if (!grey) {
				*to++ = (guint8)(row[x] >> 16);
				*to++ = (guint8)(row[x] >> 8);
			}
			*to++ = (guint8)row[x];
		}
	}
	return g_bytes_new_take(out, size);
}

gboolean lw_pdf_pages_picture(LwPdfPages *pages, guint index, double resolution, LwPicture *picture,
			      GError **error)
{
	g_autoptr(PopplerPage) page = poppler_document_get_page(pages->document, (int)index);
	double width = 0, height = 0, scale = resolution / 72;
	if (page)
		poppler_page_get_size(page, &width, &height);
	int w = (int)ceil(width * scale), h = (int)ceil(height * scale);
	if (!page || w < 1 || h < 1 || w > PICTURE_LARGEST || h > PICTURE_LARGEST) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "the page cannot be shown");
		return FALSE;
	}
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, w, h);
	cairo_t *cairo = cairo_create(surface);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	poppler_page_render(page, cairo);
	cairo_surface_flush(surface);
	gboolean done = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	if (done) {
		picture->width = (guint32)w;
		picture->height = (guint32)h;
		picture->pixels = samples_of(surface, w, h, &picture->channels);
	} else {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "the page cannot be shown");
	}
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return done;
}
