/* image_fixture.h - small images for the tests of images; included once per test program. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "engine/pdf/image.h"
#include "engine/pdf/lexer.h"

#define W 23
#define H 17

/* In samples of W x H: columns 6.9 to 13.8, rows from the top 5.1 to 12.75. */
static const LwPdfUnitRect RECT = {0.3, 0.25, 0.6, 0.7};

G_GNUC_UNUSED static LwPdfObject *parse(LwPdf *pdf, const char *text)
{
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, pdf, lw_pdf_arena(pdf), text, strlen(text));
	LwPdfObject *object = lw_pdf_lex_file(&lexer);
	assert_non_null(object);
	return object;
}

G_GNUC_UNUSED static LwPdfObject *make(LwPdf *pdf, const char *dictionary, const void *data,
				       gsize length, const char *filter)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, length);
	LwPdfObject *stream = lw_pdf_new_stream(pdf, parse(pdf, dictionary), bytes);
	if (filter)
		lw_pdf_set(pdf, stream, "Filter", lw_pdf_new_name(pdf, filter));
	return stream;
}

G_GNUC_UNUSED static guint8 *noise(gsize length)
{
	guint8 *data = g_malloc(length);
	guint32 state = 12345;
	for (gsize i = 0; i < length; i++) {
		state = state * 1664525 + 1013904223;
		data[i] = (guint8)(state >> 24);
	}
	return data;
}

G_GNUC_UNUSED static LwPdfObject *blank(LwPdf *pdf, LwPdfObject *image, LwPdfImageDecoder decoder)
{
	LwPdfImageResult result = (LwPdfImageResult)77;
	LwPdfObject *clean = lw_pdf_image_blank(pdf, image, &RECT, 1, decoder, &result);
	assert_int_equal(result, clean ? LW_PDF_IMAGE_CLEAN : LW_PDF_IMAGE_DROPPED);
	return clean;
}

G_GNUC_UNUSED static const guint8 *data_of(const LwPdfObject *image, gsize *length)
{
	return g_bytes_get_data(image->stream.raw, length);
}
