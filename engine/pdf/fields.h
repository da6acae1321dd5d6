/* fields.h - draws the form fields that a viewer is asked to draw itself (ISO 32000-1
 * section 12.7.3.3).
 *
 * Afterwards every widget's normal appearance is an ordinary form XObject, made from the value
 * where the file had none or said NeedAppearances, and NeedAppearances is gone: who reads the file
 * sees what its reader sees, and nothing else. A value that cannot be shown in full (a password,
 * too much text) does not stay. */
#pragma once

#include "engine/pdf/object.h"

/* Same file, same result: the reader and the burner both call it right after lw_pdf_open. */
void lw_pdf_fields_materialise(LwPdf *pdf);
