/* reprint.h - streams that no page shows now, printed anew from their tokens: glyphs of Type 3
 * fonts, appearances that are not chosen, patterns that nothing paints, calculator functions.
 *
 * Comments, operators that nobody knows, marked points and texts of marked content do not come
 * through. */
#pragma once

#include "engine/model/secret.h"
#include "engine/pdf/object.h"

/* Text that holds a secret is not printed either: nobody accounts for its glyphs. Yours. */
GBytes *lw_reprint_content(LwPdf *pdf, GBytes *data, const LwSecrets *secrets);
/* A PostScript calculator function (ISO 32000-1 section 7.10.5). Yours. */
GBytes *lw_reprint_function(GBytes *data);
/* An inline image on its way into content: white-listed keys, no metadata in its data. */
void lw_reprint_inline_image(LwPdf *pdf, GString *out, LwPdfObject *dictionary, const char *data,
			     gsize length);
