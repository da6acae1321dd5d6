/* image.c - fuzz target: a dictionary and any bytes as an image, blanked and cleaned; the same
 * bytes as a picture of a package.
 *
 * The input is a dictionary in PDF syntax, a line "stream", and the data. What was blanked is an
 * image again that can be blanked and cleaned. */
#include "engine/odf/raster.h"
#include "engine/pdf/image.h"
#include "engine/pdf/lexer.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const LwPdfUnitRect rects[] = {{0.3, 0.25, 0.6, 0.7}, {0.9, 0.9, 1, 1}};

static GBytes *no_decoder(LwPdf *pdf, LwPdfObject *image, guint32 *width, guint32 *height,
			  guint32 *channels)
{
	(void)pdf, (void)image, (void)width, (void)height, (void)channels;
	return NULL;
}

static LwPdfObject *parse(LwPdf *pdf, const char *text, gsize length)
{
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, pdf, lw_pdf_arena(pdf), text, length);
	LwPdfObject *object = lw_pdf_lex_file(&lexer);
	return object && object->type == LW_PDF_DICTIONARY ? object : NULL;
}

static void add(void *self, LwRasterPart part, const guint8 *bytes, gsize length)
{
	gsize *told = self;
	(void)part;
	g_assert(bytes && length);
	*told += length;
}

static void try_raster(const char *data, gsize size)
{
	gsize told = 0;
	lw_raster_walk((const guint8 *)data, size, add, &told);
	g_assert(told == size);
}

static void try_inline(LwPdf *pdf, LwPdfObject *dictionary, const char *data, gsize size)
{
	LwPdfImageResult result;
	LwPdfObject *resources = lw_pdf_new_dictionary(pdf);
	GBytes *out = lw_pdf_inline_image_blank(pdf, dictionary, resources, data, size, rects,
						G_N_ELEMENTS(rects), NULL, &result);
	g_clear_pointer(&out, g_bytes_unref);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char mark[] = "\nstream\n";
	const char *text = (const char *)data;
	const char *at = memmem(text, size, mark, sizeof mark - 1);
	if (!at)
		return 0;
	const gsize head = (gsize)(at - text), skip = head + sizeof mark - 1;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autoptr(GBytes) bytes = g_bytes_new(text + skip, size - skip);
	LwPdfObject *dictionary = parse(pdf, text, head);
	try_raster(text + skip, size - skip);
	if (!dictionary)
		return 0;
	LwPdfObject *filter = lw_pdf_find(pdf, dictionary, "Filter");
	LwPdfObject *image = lw_pdf_new_stream(pdf, dictionary, bytes);
	if (filter)
		lw_pdf_set(pdf, image->stream.dictionary, "Filter", filter);
	LwPdfObject *same = lw_pdf_copy(pdf, dictionary);
	LwPdfImageResult result;
	LwPdfObject *clean =
		lw_pdf_image_blank(pdf, image, rects, G_N_ELEMENTS(rects), no_decoder, &result);
	g_assert(!clean == (result == LW_PDF_IMAGE_DROPPED));
	if (clean) {
		g_assert(clean->type == LW_PDF_STREAM);
		lw_pdf_image_blank(pdf, clean, rects, 1, no_decoder, &result);
		g_assert(result == LW_PDF_IMAGE_CLEAN);
	}
	lw_pdf_image_clean(pdf, image);
	try_inline(pdf, same, text + skip, size - skip);
	return 0;
}
