/* fontmeasures.h - heights and boxes of a font that its producer took from the letters in use. */
#pragma once

#include "engine/render/pdf/fontprogram.h"

/* Is what the font says of its letters measured on those in use, and not on all of it? Asked before
 * its program is reduced. */
gboolean lw_fontmeasures_are_of_use(LwPdf *pdf, const LwFontProgram *program);
/* Then they are measured anew, on the letters that stay. */
void lw_fontmeasures_renew(LwPdf *pdf, const LwFontProgram *program);
