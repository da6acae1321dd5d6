/* stacked.c - finds the headings of a table that stand below each other, and the rows under them.
 *
 * The headings are a block of short lines without figures, some of them words for what columns
 * hold; every block of as many lines under it is a row, or the lines that follow in the same block,
 * taken by as many. Whatever does not come out even stays as it is. */
#include "engine/detect/stacked.h"

#include "engine/base/text.h"

#include <string.h>

#define LEAST_CELLS 3
#define MOST_CELLS  14
#define TABLE_LINES 2000  /* of one table */
#define MOST_BYTES  34	  /* of a heading */
#define MOST_CELL   90	  /* of a cell */
#define LEAST_KNOWN 2	  /* headings that are known */
#define MOST_LINES  20000 /* of a document that are looked at */

typedef struct {
	gsize start, end;
} Line;

typedef struct {
	char *text; /* the copy */
	GArray *lines;
	gboolean changed;
} Stack;

static const Line *line_at(const Stack *self, guint index)
{
	return &g_array_index(self->lines, Line, index);
}

static gboolean is_empty(const Stack *self, guint index)
{
	const Line *line = line_at(self, index);

	for (gsize i = line->start; i < line->end; i++)
		if (!g_ascii_isspace(self->text[i]))
			return FALSE;
	return TRUE;
}

static void read_lines(Stack *self, gsize length)
{
	gsize start = 0;

	for (gsize i = 0; i <= length && self->lines->len < MOST_LINES; i++) {
		if (i < length && self->text[i] != '\n')
			continue;
		Line line = {start, i};
		g_array_append_val(self->lines, line);
		start = i + 1;
	}
}

/* "Cliëntnr", "Geb. datum" */
static gboolean is_known(const char *folded)
{
	static const char *const words[] = {
		"naam",	      "client",	     "klant",	    "leerling",	   "medewerker",
		"werknemer",  "aanvrager",   "bewoner",	    "huurder",	   "patient",
		"deelnemer",  "adres",	     "postcode",    "plaats",	   "woonplaats",
		"telefoon",   "tel",	     "mobiel",	    "e-mail",	   "email",
		"bsn",	      "iban",	     "rekening",    "voorziening", "status",
		"stand",      "datum",	     "opmerking",   "opmerkingen", "paraaf",
		"functie",    "afdeling",    "bedrag",	    "kenteken",	   "reden",
		"leeftijd",   "geslacht",    "behandelaar", "consulent",   "nr",
		"geboren",    "toelichting", "diagnose",    "indicatie",   "eigenaar",
		"betrokkene", "melder",	     "roepnaam",    "voorletters"};
	static const char *const endings[] = {"nr", "nr.", "nummer", "datum", "naam", "adres"};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (!strcmp(folded, words[i]))
			return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(folded, endings[i]))
			return TRUE;
	return FALSE;
}

/* Might it be a heading? *known: it names what columns hold. */
static gboolean is_heading(const Stack *self, guint index, gboolean *known)
{
	const Line *line = line_at(self, index);
	g_autofree char *folded = NULL;
	guint blanks = 0;

	*known = FALSE;
	if (line->end - line->start > MOST_BYTES || is_empty(self, index))
		return FALSE;
	for (gsize i = line->start; i < line->end; i++) {
		if (g_ascii_isdigit(self->text[i]) || strchr(":;,|\t@", self->text[i]))
			return FALSE;
		blanks += self->text[i] == ' ';
	}
	if (blanks > 3)
		return FALSE;
	folded = lw_text_fold(self->text + line->start, (gssize)(line->end - line->start));
	*known = is_known(g_strstrip(folded));
	return TRUE;
}

/* The headings that begin at a line; 0: none. More than a table has are not counted. */
static guint count_headings(const Stack *self, guint first)
{
	guint count = 0, known = 0;

	for (gboolean one; count <= MOST_CELLS && first + count < self->lines->len &&
			   is_heading(self, first + count, &one);
	     count++)
		known += one;
	return count >= LEAST_CELLS && known >= LEAST_KNOWN ? count : 0;
}

/* Lines of text from here up to an empty one, or to the end; TABLE_LINES + 1: too many. */
static guint count_lines(const Stack *self, guint first)
{
	guint count = 0;

	while (count <= TABLE_LINES && first + count < self->lines->len &&
	       !is_empty(self, first + count))
		count++;
	return count;
}

static gboolean are_cells(const Stack *self, guint first, guint count)
{
	for (guint i = first; i < first + count; i++) {
		const Line *line = line_at(self, i);

		if (line->end - line->start > MOST_CELL ||
		    memchr(self->text + line->start, '\t', line->end - line->start))
			return FALSE;
	}
	return TRUE;
}

/* One row: its lines become cells. */
static void join(Stack *self, guint first, guint count)
{
	for (guint i = first; i + 1 < first + count; i++)
		self->text[line_at(self, i)->end] = '\t';
	self->changed = TRUE;
}

/* An empty line before a row of the same table. */
static void close_gap(Stack *self, guint from, guint to)
{
	for (guint i = from; i < to; i++)
		self->text[line_at(self, i)->end] = ' ';
}

/* Rows in blocks of their own below the headings: the line after the last; `at` when none. */
static guint take_blocks(Stack *self, guint head, guint cells)
{
	guint at = head + cells, end = at, rows = 0;

	while (at < self->lines->len) {
		guint next = at;

		while (next < self->lines->len && next < at + 3 && is_empty(self, next))
			next++;
		if (next == at || count_lines(self, next) != cells || !are_cells(self, next, cells))
			break;
		join(self, next, cells);
		close_gap(self, at - 1, next - 1);
		at = end = next + cells;
		rows++;
	}
	if (rows)
		join(self, head, cells);
	return end;
}

/* The lines that follow the headings in one block, by as many as there are headings. The block ends
 * even, and a column has figures in every row, or it is no table. */
static guint take_run(Stack *self, guint head, guint lines)
{
	guint headings = 0;

	for (gboolean any;
	     headings < MIN(lines, MOST_CELLS) && is_heading(self, head + headings, &any);)
		headings++;
	/* the widest first: the last heading of a wider table looks like a value of a narrower */
	for (guint cells = MIN(headings, lines / 2); cells >= LEAST_CELLS; cells--) {
		gboolean figures = FALSE, known;

		if (lines % cells || !are_cells(self, head, lines))
			continue;
		for (guint column = 0; column < cells && !figures; column++) {
			figures = TRUE;
			for (guint row = head + cells; row < head + lines && figures; row += cells)
				figures = !is_heading(self, row + column, &known);
		}
		if (!figures)
			continue;
		for (guint row = head; row < head + lines; row += cells)
			join(self, row, cells);
		return head + lines;
	}
	return head;
}

LwDocument *lw_stacked_document(const LwDocument *document)
{
	g_autofree char *copy =
		document->text ? g_strndup(document->text, document->length) : g_strdup("");
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
	Stack self = {copy, lines, FALSE};
	LwDocument *view;

	read_lines(&self, document->text ? document->length : 0);
	for (guint i = 0; i < lines->len;) {
		guint cells = count_headings(&self, i), whole = cells ? count_lines(&self, i) : 0;
		guint next = i;

		if (cells && cells == whole && cells <= MOST_CELLS)
			next = take_blocks(&self, i, cells);
		else if (cells && whole > cells && whole <= TABLE_LINES)
			next = take_run(&self, i, whole);
		i = MAX(next, i + 1);
	}
	if (!self.changed)
		return NULL;
	view = lw_document_new("plain");
	view->text = lw_arena_strndup(view->arena, copy, document->length);
	view->length = document->length;
	return view;
}
