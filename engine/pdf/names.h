/* names.h - names that ISO 32000 itself defines: they say nothing about a document. */
#pragma once

#include <glib.h>

gboolean lw_pdf_name_is_standard(const char *name);
/* Whether the name of a font (or NULL) opens with the tag of a subset, "ABCDEF+" (ISO 32000-1
 * 9.6.4). */
gboolean lw_pdf_is_subset(const char *name);
/* The name of a font without its subset tag and the words of its style ("Roman" is a surname too),
 * empty for a family that every system has; yours. */
char *lw_pdf_font_family(const char *name);
/* What output intents call well-known paper and ink: it says nothing about who printed. */
gboolean lw_pdf_is_condition(const char *text);
/* A number, or an operator of PostScript calculator functions (ISO 32000-1 table 42). */
gboolean lw_pdf_is_calculation(const char *word);
