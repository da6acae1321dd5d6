/* codetable.h - a map from codes to numbers, made for a few ranges and very many look-ups.
 *
 * 0 means nothing. Codes up to 0xffff are found by two array look-ups, higher ones by binary
 * search. The last setting of a code counts. All settings of a table together are bounded: past
 * that nothing is added and it is `full`. */
#pragma once

#include <glib.h>

typedef struct LwPdfCodeTable LwPdfCodeTable;

typedef enum {
	LW_PDF_CODES_SAME,     /* every code of the range gets the value */
	LW_PDF_CODES_COUNTING, /* the first code gets the value, each next one 1 more */
} LwPdfCodeStep;

LwPdfCodeTable *lw_pdf_code_table_new(void);
void lw_pdf_code_table_free(LwPdfCodeTable *table);
void lw_pdf_code_table_set(LwPdfCodeTable *table, guint32 first, guint32 last, guint32 value,
			   LwPdfCodeStep step);
guint32 lw_pdf_code_table_find(const LwPdfCodeTable *table, guint32 code); /* NULL table: 0 */
/* The first code from this one on, past 0xffff, that a range holds; 0: there is none. */
guint32 lw_pdf_code_table_next_high(const LwPdfCodeTable *table, guint32 code);
gboolean lw_pdf_code_table_full(const LwPdfCodeTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfCodeTable, lw_pdf_code_table_free)
