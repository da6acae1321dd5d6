/* pdffonts.h - tells the letters that a font of a PDF spells though no content shows them. */
#pragma once

#include "engine/model/format.h"
#include "engine/pdf/interpret.h"

/* Names them as channel "pdf/font", one call for a font; `ran` has interpreted all pages. Fonts of
 * fields that can be filled in need more than is shown. */
void lw_pdf_inspect_fonts(LwPdf *pdf, const LwPdfInterpreter *ran, LwInspectFunc found, void *self);
