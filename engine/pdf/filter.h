/* filter.h - stream filters of ISO 32000-1 section 7.4 that give bytes back: Flate, LZW, ASCII85,
 * ASCIIHex, RunLength, and the predictors. Damaged data gives what could be decoded; only a bound
 * makes an error. */
#pragma once

#include "engine/base/error.h"

typedef struct {
	int predictor, colors, bits, columns, early_change;
} LwPdfPredictor;

/* name: full or abbreviated filter name. Appends to out, at most `limit` bytes. FALSE when the name
 * is none of ours or the bound was reached (then error is set). */
gboolean lw_pdf_filter_decode(const char *name, const LwPdfPredictor *predictor, const guint8 *data,
			      gsize length, gsize limit, GByteArray *out, GError **error);
/* zlib format; level as in zlib. Yours. */
GBytes *lw_pdf_deflate(const void *data, gsize length, int level);
