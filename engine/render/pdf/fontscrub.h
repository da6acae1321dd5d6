/* fontscrub.h - fonts that say nothing about text that is gone.
 *
 * No glyph, width, character, name or tag but of codes in use.
 * Runs last, on the tree as it will be written. What stays is drawn and read exactly as before. */
#pragma once

#include "engine/model/mark.h"
#include "engine/pdf/object.h"

void lw_fontscrub(LwPdf *pdf, LwReceipt *receipt);
