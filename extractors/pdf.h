/* pdf.h - reading PDF: see engine/model/format.h for what each function promises. */
#pragma once

#include "engine/model/format.h"

int lw_pdf_bid(const guint8 *bytes, gsize length);
LwDocument *lw_pdf_read(GBytes *input, LwReadFlags flags, GError **error);
gboolean lw_pdf_inspect(GBytes *file, LwInspectFunc found, void *self, GError **error);
gboolean lw_pdf_picture(GBytes *file, guint32 page, double resolution, LwPicture *picture, GError **error);
/* pdfbare.c */
GBytes *lw_pdf_bare(GBytes *file, GArray *boxes, GError **error);
/* What qpdf makes of a file, kept for the next who asks; yours. */
GBytes *lw_pdf_whole(GBytes *file, GError **error);
