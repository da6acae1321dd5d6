/* cells.h - the cells of one line of a table: split by tabs, '|', ';' or wide gaps; a cell may be
 * empty.
 *
 * A line is cut as its heading was: pass the heading's sign on to the rows. */
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

/* sign: of the heading above, or 0 to find out. */
void lw_cells_read(const LwTokens *tokens, guint at, gunichar sign, LwCells *cells);
/* The cell of a row below a heading; FALSE: it is empty. */
gboolean lw_cells_at(const LwCells *head, const LwCells *row, guint column, guint *first,
		     guint *end);
