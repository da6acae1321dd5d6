/* cells.c - cuts a line of a table into its cells. */
#include "engine/detect/cells.h"

#define NEAR_COLUMN 3 /* bytes that a cell may stand beside its heading */
#define LEAST_SIGNS 3 /* ';' that make a line one of cells */

/* How many cells lie between a token and the one before it. */
static guint steps_before(const LwTokens *tokens, guint at, gboolean *signs)
{
	const char *text = tokens->normal->utf8;
	guint steps = 0;

	for (gsize i = lw_token_at(tokens, at - 1)->end; i < lw_token_at(tokens, at)->start; i++)
		steps += text[i] == '\t';
	*signs |= steps > 0;
	return steps ? steps : lw_token_at(tokens, at)->gap == LW_GAP_WIDE;
}

static void open_cell(LwCells *cells, guint token, gsize place)
{
	if (cells->count == LW_CELLS_MAX)
		return;
	cells->first[cells->count] = cells->end[cells->count] = token;
	cells->place[cells->count++] = place;
}

/* "Nr.;Achternaam;Voorl.": an export of a table; no list of recipients, whose items have blanks. */
static gunichar sign_of(const LwTokens *tokens, guint at, guint line)
{
	guint signs = 0, spaced = 0;

	for (guint i = at; i < line; i++) {
		if (lw_token_at(tokens, i)->gap == LW_GAP_WIDE ||
		    lw_token_at(tokens, i)->mark == '|')
			return 0;
		if (lw_token_at(tokens, i)->mark != ';')
			continue;
		signs++;
		spaced += i + 1 < line && lw_token_at(tokens, i + 1)->gap != LW_GAP_NONE;
	}
	return signs >= LEAST_SIGNS && spaced == 0 ? ';' : 0;
}

/* "03-07-2023  Serhij Tkachenko": two blanks where the heading has a column. */
static gboolean opens_column(const LwTokens *tokens, guint at, gsize place, const LwCells *head)
{
	if (!head || !head->aligned ||
	    lw_token_at(tokens, at)->start - lw_token_at(tokens, at - 1)->end < 2)
		return FALSE;
	for (guint i = 0; i < head->count; i++)
		if (place + NEAR_COLUMN >= head->place[i] && place <= head->place[i] + NEAR_COLUMN)
			return TRUE;
	return FALSE;
}

/* Two wide gaps make a line one of cells: then two blanks split it too. */
static gboolean is_loose(const LwTokens *tokens, guint at, guint line)
{
	guint wide = 0;

	for (guint i = at + 1; i < line; i++)
		wide += lw_token_at(tokens, i)->gap == LW_GAP_WIDE;
	return wide >= 2;
}

/* Rows and headings are set in by blanks, each in its own way: places count from the line. */
static gsize line_start(const LwTokens *tokens, guint at)
{
	const char *text = tokens->normal->utf8;
	gsize start = lw_token_at(tokens, at)->start;

	while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t'))
		start--;
	return start;
}

void lw_cells_read(const LwTokens *tokens, guint at, const LwCells *head, LwCells *cells)
{
	guint line = lw_token_line_end(tokens, at);
	gsize start = line_start(tokens, at);
	gboolean row = lw_token_at(tokens, lw_token_line_start(tokens, at))->flags & LW_TOKEN_ROW;
	gboolean signs = FALSE, loose = row && !head && is_loose(tokens, at, line);

	cells->count = 0;
	cells->sign = head ? head->sign : row ? sign_of(tokens, at, line) : 0;
	open_cell(cells, at, lw_token_at(tokens, at)->start - start);
	if (!row && at < line) {
		cells->end[0] = line;
		at = line;
	}
	for (guint i = at; i < line; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint steps = i > at ? steps_before(tokens, i, &signs) : 0;

		if (token->mark == '|' || (cells->sign && token->mark == cells->sign)) {
			signs = TRUE;
			open_cell(cells, i + 1, token->end - start);
			continue;
		}
		if (!steps && loose && i > at &&
		    token->start - lw_token_at(tokens, i - 1)->end >= 2)
			steps = 1;
		if (!steps && i > at && opens_column(tokens, i, token->start - start, head))
			steps = 1;
		for (; steps; steps--)
			open_cell(cells, i, token->start - start);
		cells->end[cells->count - 1] = i + 1;
	}
	cells->aligned = !signs;
}

gboolean lw_cells_at(const LwCells *head, const LwCells *row, guint column, guint *first,
		     guint *end)
{
	guint best = column;

	if (head->aligned && row->aligned && head->count != row->count) {
		for (best = 0; best < row->count; best++)
			if (row->place[best] + NEAR_COLUMN >= head->place[column] &&
			    row->place[best] <= head->place[column] + NEAR_COLUMN)
				break;
	}
	if (best >= row->count || row->first[best] >= row->end[best])
		return FALSE;
	*first = row->first[best];
	*end = row->end[best];
	return TRUE;
}
