/* table.h - a table of texts, and its three spellings. Private to engine/record.
 *
 * A cell is text whatever it holds: no spelling makes a formula of it. */
#pragma once

#include "engine/base/error.h"

typedef struct {
	const char *name; /* of the sheet */
	guint columns;
	GPtrArray *cells; /* char *, row by row, the headings first; owned */
} LwTable;

LwTable *lw_table_new(const char *name, const char *const *headings);
void lw_table_free(LwTable *table);
/* The next cell; NULL is an empty one. */
void lw_table_add(LwTable *table, const char *text);
void lw_table_add_number(LwTable *table, guint64 number); /* 0 is an empty one */

GBytes *lw_table_csv(const LwTable *table); /* yours */
/* lang: "nl" or "en". Yours. */
GBytes *lw_table_ods(const LwTable *table, const char *lang, GError **error);
/* lookups: a second sheet, or NULL. Yours. */
GBytes *lw_table_xlsx(const LwTable *table, const LwTable *lookups, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwTable, lw_table_free)
