/* pdffonts.h - content that no page came by, and letters that a font of a PDF spells though no
 * content shows them. */
#pragma once

#include "engine/model/format.h"
#include "engine/pdf/interpret.h"

/* Text of forms, patterns and looks that no page showed, as channel "pdf/undrawn", and of glyphs of
 * Type 3 fonts, as "pdf/type3"; `interpreter` has interpreted all pages. FALSE when found had
 * enough.
 */
gboolean lw_pdf_inspect_undrawn(LwPdf *pdf, LwPdfInterpreter *interpreter, LwInspectFunc found,
				void *self);
/* Names letters as channel "pdf/font", one call for a font; `ran` has interpreted all content.
 * Fonts of fields that can be filled in need more than is shown, unless they are subsets. */
void lw_pdf_inspect_fonts(LwPdf *pdf, const LwPdfInterpreter *ran, LwInspectFunc found, void *self);
