/* cells.h - the cells of one line of a table: split by tabs, '|', ';' or wide gaps; a cell may be
 * empty.
 *
 * A row is cut as its heading was: two blanks split it where a column begins. */
#pragma once

#include "engine/detect/token.h"

#define LW_CELLS_MAX 24

typedef struct {
	guint count;
	guint first[LW_CELLS_MAX], end[LW_CELLS_MAX]; /* tokens; equal when the cell is empty */
	gsize place[LW_CELLS_MAX];		      /* bytes from the start of the line */
	gboolean aligned; /* split by blanks only: the place tells the column */
	gunichar sign;	  /* ';' when that splits the cells; else 0 */
} LwCells;

/* head: the heading above, or NULL for a heading. */
void lw_cells_read(const LwTokens *tokens, guint at, const LwCells *head, LwCells *cells);
/* The cell of a row below a heading; FALSE: it is empty. */
gboolean lw_cells_at(const LwCells *head, const LwCells *row, guint column, guint *first,
		     guint *end);
