/* image_private.h - what the files of image.h share: samples, colour spaces, JPEG and JPEG 2000
 * data.
 *
 * A box of samples is half-open, lies inside its image and is never empty; row 0 is the top row. */
#pragma once

#include "engine/pdf/image.h"

#define LW_IMAGE_COMPONENTS 32	       /* ISO 32000-1 annex C: colourants of DeviceN */
#define LW_IMAGE_SAMPLES    200000000u /* of one image, all components */

typedef struct {
	guint32 x0, y0, x1, y1;
} LwImageBox;

/* How samples of an image mean colours, and which colour a box gets. */
typedef struct {
	guint components;
	double low[LW_IMAGE_COMPONENTS],
		high[LW_IMAGE_COMPONENTS]; /* meaning of sample 0 and of the largest */
	double fill[LW_IMAGE_COMPONENTS];  /* meaning that a blanked sample gets */
} LwImageSpace;

/* Samples as the filters leave them: rows of whole bytes. */
typedef struct {
	guint32 width, height;
	guint bits;
	LwImageSpace space;
} LwImageFormat;

typedef enum {
	LW_IMAGE_RAW,
	LW_IMAGE_DCT,
	LW_IMAGE_JPX,
	LW_IMAGE_OTHER, /* CCITT, JBIG2 */
	LW_IMAGE_UNKNOWN,
} LwImageKind;

/* Resolved; readers take the short keys of inline images in others too. */
LwPdfObject *lw_image_find(LwPdf *pdf, const LwPdfObject *image, const char *key,
			   const char *brief);
/* DecodeParms of the last filter. */
LwPdfObject *lw_image_parameters(LwPdf *pdf, const LwPdfObject *image);
/* By the filter that lw_pdf_decode leaves; NULL: none. */
LwImageKind lw_image_kind(const char *rest);

/* The rects with 2 samples of an image of this size around them; LwPdfUnitRect. Yours. */
GArray *lw_image_padded(const LwPdfUnitRect *rects, guint count, guint32 width, guint32 height);
/* One sample, drawn as large as a page may be, holds no shape: a background, or the alpha of a
 * whole picture. */
gboolean lw_image_is_flat(const LwImageFormat *format);
/* Samples that meet the region; of a flat image only when one of the rects covers most of it.
 * Yours. */
GArray *lw_image_boxes(const LwImageFormat *format, const GArray *region,
		       const LwPdfUnitRect *rects, guint count);
/* The squares of boxes; LwPdfUnitRect. Yours. */
GArray *lw_image_rects(const GArray *boxes, guint32 width, guint32 height);

/* components of 0..1 that blank to black: grey, RGB, CMYK, or as many tints as there are. */
void lw_image_space_plain(LwImageSpace *space, guint components);
/* FALSE for a space that no image may have or that nobody knows. resources: for names of inline
 * images, may be NULL. */
gboolean lw_image_space_read(LwPdf *pdf, LwPdfObject *colour, LwPdfObject *resources, guint bits,
			     LwImageSpace *space);
/* Takes over a Decode array when it is whole. */
void lw_image_space_decode(LwPdf *pdf, LwPdfObject *decode, LwImageSpace *space);
/* The sample, 0..maximum, that a blanked component gets. */
guint lw_image_space_sample(const LwImageSpace *space, guint component, guint maximum);

/* Bytes of one row, or 0 when the image is past a limit. */
gsize lw_image_row(const LwImageFormat *format);
/* A copy of exactly the bytes of the image (short data is filled up with zeros) with the boxes
 * blanked; NULL past a limit or when nearly all is missing. Yours. */
GBytes *lw_image_fill(const LwImageFormat *format, GBytes *data, const GArray *boxes);
/* 8-bit grey to 1 bit: white is 1. Yours. */
GBytes *lw_image_pack(GBytes *grey, guint32 width, guint32 height);

typedef enum {
	LW_JPEG_BLANKED,
	LW_JPEG_REFUSED,  /* not understood here; another decoder may */
	LW_JPEG_MISMATCH, /* its size is not that of the format: readers disagree about what it
			     shows */
} LwJpegResult;

/* Blocks of 8x8 that share an MCU with a box become one value, all others keep their coefficients.
 * transform: ColorTransform of DecodeParms, or -1. *out is yours. */
LwJpegResult lw_jpeg_blank(GBytes *jpeg, const LwImageFormat *format, int transform,
			   const GArray *boxes, GBytes **out);
/* Only what a decoder needs: no COM, no APPn but JFIF (without its thumbnail), ICC and Adobe,
 * nothing after the end; empty when there is no picture in it. Yours. */
GBytes *lw_jpeg_strip(GBytes *jpeg);
/* Those APPn segments alone, in their order, of stripped data. */
void lw_jpeg_append_kept(GByteArray *out, GBytes *stripped);
/* JP2 without boxes and code-stream comments that no decoder needs. Yours. */
GBytes *lw_jpx_strip(GBytes *jpx);
