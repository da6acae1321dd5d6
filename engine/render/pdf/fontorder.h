/* fontorder.h - glyphs and codes of subset fonts in the order of what they mean.
 *
 * Many producers number both as they first meet them: then the numbers of what stays tell where
 * letters stood that went. Runs after a font was reduced; what is drawn and read stays the same. */
#pragma once

#include "engine/render/pdf/fontprogram.h"

/* programs: LwFontProgram, reduced. FALSE: some of it keeps its order. */
gboolean lw_fontorder(LwPdf *pdf, const LwFontUses *uses, const GPtrArray *programs);
