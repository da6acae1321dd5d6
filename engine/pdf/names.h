/* names.h - names that ISO 32000 itself defines: they say nothing about a document. */
#pragma once

#include <glib.h>

gboolean lw_pdf_name_is_standard(const char *name);
