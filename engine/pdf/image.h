/* image.h - taking pixels out of images of every filter (ISO 32000-1 section 8.9).
 *
 * Blanking means: every sample whose square meets a box, plus 2 pixels around, becomes one and the
 * same value (black for colour and grey; the painted or unpainted side of an image mask, whichever
 * hides nothing of the secret: unpainted), also in SMask, Mask and Matte. Samples outside keep
 * their value exactly; DCT keeps every block outside bit by bit. A single sample shows no shape: an
 * image of 1 x 1 is blanked only where a box covers most of it. */
#pragma once

#include "engine/pdf/object.h"

/* In image space: the unit square, (0,0) is the lower left corner as in 8.9.5; x0<=x1, y0<=y1. */
typedef struct {
	double x0, y0, x1, y1;
} LwPdfUnitRect;

/* Decodes what our own code cannot (JPX, JBIG2, CCITT): 8-bit grey or RGB rows of width x height,
 * or NULL. Yours. */
typedef GBytes *(*LwPdfImageDecoder)(LwPdf *pdf, LwPdfObject *image, guint32 *width,
				     guint32 *height, guint32 *channels);

typedef enum {
	LW_PDF_IMAGE_CLEAN,   /* a copy with blanked pixels was made */
	LW_PDF_IMAGE_DROPPED, /* it could not be decoded: nothing of it is left */
} LwPdfImageResult;

/* A new indirect image XObject (white-listed keys only: no Metadata, Alternates, OPI, PieceInfo,
 * StructParent…) with the rects blanked; *result says how. The original is not changed. rect_count
 * 0: only cleaned. */
LwPdfObject *lw_pdf_image_blank(LwPdf *pdf, LwPdfObject *image, const LwPdfUnitRect *rects,
				guint rect_count, LwPdfImageDecoder decoder,
				LwPdfImageResult *result);
/* The same for an inline image (dictionary with full names, its data): changes the dictionary and
 * returns the data to write, never with a filter that needs its length guessed (ASCIIHex or none).
 */
GBytes *lw_pdf_inline_image_blank(LwPdf *pdf, LwPdfObject *dictionary, LwPdfObject *resources,
				  const char *data, gsize length, const LwPdfUnitRect *rects,
				  guint rect_count, LwPdfImageDecoder decoder,
				  LwPdfImageResult *result);
/* The same without marks: metadata in the data goes, pixels stay. Yours. */
GBytes *lw_pdf_inline_image_clean(LwPdf *pdf, LwPdfObject *dictionary, const char *data,
				  gsize length);
/* In place, for an image that no mark meets: white-list of keys, and no APPn (but JFIF, ICC,
 * Adobe), COM, EXIF in DCT data, no xml/uuid boxes in JPX data, no text in
 * their colour profiles, nothing behind the last sample. Pixels stay as they are. TRUE when
 * anything was taken out. */
gboolean lw_pdf_image_clean(LwPdf *pdf, LwPdfObject *image);
/* Decoded bytes behind the last sample, or NULL. Yours. */
GBytes *lw_pdf_image_tail(LwPdf *pdf, LwPdfObject *image);
