/* inspect.h - every place of a PDF that can hold words without showing them. */
#pragma once

#include "engine/model/format.h"
#include "engine/pdf/object.h"

/* Calls found for each string, name and decoded stream of every object, with the name of its channel ("pdf/title",
 * "pdf/xmp", "pdf/stream"), until it returns FALSE. */
void lw_pdf_inspect_tree(LwPdf *pdf, LwInspectFunc found, void *self);
