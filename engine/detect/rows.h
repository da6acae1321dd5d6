/* rows.h - the text of a page with its tables read by rows.
 *
 * A reader of pages gives the cells of a table in any order, often column by column; a person, and
 * an ODT, has them row by row. Here the rows are put together again from the boxes of the glyphs:
 * cells of one line are split by a tab, as in the text of an ODT. Private to detect. */
#pragma once

#include "engine/model/entity.h"

typedef struct LwRows LwRows;

/* NULL when the document has no pages or no table: its text is read as it is. Borrows it. */
LwRows *lw_rows_new(const LwDocument *document);
void lw_rows_free(LwRows *rows);
/* The text to look at: a document without pages. Borrowed. */
const LwDocument *lw_rows_document(const LwRows *rows);
/* Turns spans of that text into spans of the document; one that lies in two places becomes two. */
void lw_rows_return(const LwRows *rows, LwEntities *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwRows, lw_rows_free)
