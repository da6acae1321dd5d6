/* pdffonts.h - tells the letters that a font of a PDF spells though no content shows them. */
#pragma once

#include "engine/model/format.h"
#include "engine/pdf/object.h"

/* Names them as channel "pdf/font", one call for a font. Fonts of fields that can be filled in
 * need more than is shown. */
gboolean lw_pdf_inspect_fonts(LwPdf *pdf, LwInspectFunc found, void *self, GError **error);
