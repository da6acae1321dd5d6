/* xref.h - where the objects of a file stand, for object.c only. */
#pragma once

#include "engine/pdf/file.h"

/* Fills slots and trailer from the one section of pdf->bytes; FALSE with error when there are more,
 * or it is damaged. */
gboolean lw_pdf_read_xref(LwPdf *pdf, GError **error);
/* The object with this number, whose slot names a holder; NULL when it is not there. */
LwPdfObject *lw_pdf_parse_held(LwPdf *pdf, guint32 number);
/* Can this file be read as it is? One revision, not encrypted, every object where the table says,
 * nothing between objects, every stream as long as it tells. */
gboolean lw_pdf_is_plain(GBytes *bytes);
