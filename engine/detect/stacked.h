/* stacked.h - tables of a plain text that stand one cell to a line, as many programs give them.
 * Private to detect. */
#pragma once

#include "engine/model/document.h"

/* The same text with the rows of such tables on lines of their own: cells are split by tabs. Every
 * byte keeps its place, so spans hold in both. NULL: there is no such table. Yours. */
LwDocument *lw_stacked_document(const LwDocument *document);
