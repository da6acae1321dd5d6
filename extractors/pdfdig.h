/* pdfdig.h - what lies in a PDF beside the document: earlier revisions (channel "pdf/revision"),
 * objects that nothing refers to ("pdf/orphan"), bytes between and after objects
 * ("pdf/outside"). */
#pragma once

#include "engine/model/format.h"

gboolean lw_pdf_dig(GBytes *file, LwInspectFunc found, void *self, GError **error);
