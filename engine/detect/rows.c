/* rows.c - finds the tables of a page by their geometry and writes their rows.
 *
 * What stands beside each other in short pieces is a row; columns of running text and the margins
 * of a letter are not, and keep the order in which they were read. Every piece of the text is
 * written once. */
#include "engine/detect/rows.h"

#include "engine/base/text.h"

#include <string.h>

#define COLUMN_GAP   1.8f  /* em: a wider gap inside a line parts two cells */
#define WIDE_CELL    0.55f /* of the page: running text beside a margin */
#define LABEL_CELL   0.25f /* of the page: a label before a wide value */
#define PROSE_FILL   0.8f  /* columns of prose fill their line... */
#define PROSE_CELL   0.2f  /* ...and none of them is narrow */
#define LINE_SPACING 0.6f  /* em between the lines of one cell */
#define MAX_COLUMNS  32
#define NOWHERE	     G_MAXUINT32

typedef struct {
	guint32 start, end; /* raw bytes, without the white space around */
	LwRect box;
	float em;
	guint32 row;	/* by page */
	guint32 region; /* + 1; 0: none */
	guint32 column;
} Piece;

typedef struct {
	guint first, count; /* in the pieces sorted by place */
	gboolean table;	    /* its cells are short and stand apart */
	guint32 region;
	gboolean goes_on; /* further lines of the cells of the row above */
} Row;

struct LwRows {
	const LwDocument *document;
	LwDocument *view;
	GString *text;
	GArray *raw; /* guint32: by byte of the view, the byte of the document, or NOWHERE */
};

typedef struct {
	LwRows *self;
	const LwPage *page;
	GArray *pieces;	   /* Piece, as read */
	GPtrArray *placed; /* the same by row and place */
	GArray *rows;	   /* Row */
	guint32 regions;
} Sheet;

static gboolean is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static void close_piece(Sheet *sheet, Piece *piece)
{
	if (piece->end > piece->start && piece->em > 0)
		g_array_append_val(sheet->pieces, *piece);
	*piece = (Piece){.start = NOWHERE};
}

/* Cuts the text of the page at line ends and wide gaps. *point: code points before it. */
static void cut(Sheet *sheet, gsize *point)
{
	const LwDocument *document = sheet->self->document;
	gsize at = sheet->page->span.start, end = at + sheet->page->span.length;
	Piece piece = {.start = NOWHERE};

	while (at < end) {
		gsize next = (gsize)(g_utf8_next_char(document->text + at) - document->text);
		guint32 glyph = document->glyph_of ? document->glyph_of[(*point)++] : LW_NO_GLYPH;

		if (document->text[at] == '\n')
			close_piece(sheet, &piece);
		if (!is_blank(document->text[at]) && glyph < document->glyph_count) {
			const LwGlyph *shown = &document->glyphs[glyph];

			if (piece.start != NOWHERE &&
			    shown->box.x0 - piece.box.x1 > COLUMN_GAP * piece.em)
				close_piece(sheet, &piece);
			if (piece.start == NOWHERE)
				piece = (Piece){.start = (guint32)at, .box = shown->box};
			piece.box = lw_rect_union(piece.box, shown->box);
			piece.em = MAX(piece.em, shown->size);
			piece.end = (guint32)next;
		} else if (piece.start != NOWHERE && !is_blank(document->text[at])) {
			piece.end = (guint32)next;
		}
		at = next;
	}
	close_piece(sheet, &piece);
}

static float middle(const Piece *piece)
{
	return (piece->box.y0 + piece->box.y1) / 2;
}

static gint by_height(gconstpointer a, gconstpointer b)
{
	const Piece *x = *(Piece *const *)a, *y = *(Piece *const *)b;

	if (middle(x) != middle(y))
		return middle(x) < middle(y) ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

static gint by_place(gconstpointer a, gconstpointer b)
{
	const Piece *x = *(Piece *const *)a, *y = *(Piece *const *)b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->box.x0 != y->box.x0)
		return x->box.x0 < y->box.x0 ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

static Piece *placed(const Sheet *sheet, guint index)
{
	return g_ptr_array_index(sheet->placed, index);
}

static void find_rows(Sheet *sheet)
{
	const Piece *head = NULL;

	for (guint i = 0; i < sheet->pieces->len; i++)
		g_ptr_array_add(sheet->placed, &g_array_index(sheet->pieces, Piece, i));
	g_ptr_array_sort(sheet->placed, by_height);
	for (guint i = 0; i < sheet->placed->len; i++) {
		Piece *piece = placed(sheet, i);

		if (!head || middle(piece) > head->box.y1 - 0.25f * head->em) {
			Row row = {.first = i};

			head = piece;
			g_array_append_val(sheet->rows, row);
		}
		piece->row = sheet->rows->len - 1;
		g_array_index(sheet->rows, Row, piece->row).count++;
	}
	g_ptr_array_sort(sheet->placed, by_place);
}

static gboolean is_label(const Sheet *sheet, const Piece *piece)
{
	return sheet->self->document->text[piece->end - 1] == ':' &&
	       piece->box.x1 - piece->box.x0 < LABEL_CELL * sheet->page->width;
}

static void judge_row(const Sheet *sheet, Row *row)
{
	float filled = 0, widest = 0, narrowest = G_MAXFLOAT;
	const Piece *first = placed(sheet, row->first);
	float extent = placed(sheet, row->first + row->count - 1)->box.x1 - first->box.x0;

	for (guint i = 0; i < row->count; i++) {
		const Piece *piece = placed(sheet, row->first + i);
		float width = piece->box.x1 - piece->box.x0;

		if (i && piece->box.x0 < placed(sheet, row->first + i - 1)->box.x1 - 1)
			return; /* they lie on each other */
		if (width < piece->box.y1 - piece->box.y0 && piece->end - piece->start > 3)
			return; /* it stands upright */
		filled += width;
		widest = MAX(widest, width);
		narrowest = MIN(narrowest, width);
	}
	if (row->count < 2 || row->count > MAX_COLUMNS)
		return;
	if (widest > WIDE_CELL * sheet->page->width && !(row->count == 2 && is_label(sheet, first)))
		return;
	row->table = filled < PROSE_FILL * extent || narrowest < PROSE_CELL * sheet->page->width;
}

/* Do two pieces stand above each other, with no more between them than between lines? */
static gboolean is_close(const Piece *above, const Piece *below)
{
	return above->box.x0 < below->box.x1 && below->box.x0 < above->box.x1 &&
	       below->box.y0 - above->box.y1 < LINE_SPACING * above->em;
}

/* Does a line stand close below the last one of a row, and not under the row's first cell? */
static gboolean continues(const Sheet *sheet, const Row *head, const Row *last, const Row *row)
{
	const Piece *left = placed(sheet, head->first), *first = placed(sheet, row->first);

	if (first->box.x0 < left->box.x1 || row->count > head->count)
		return FALSE;
	for (guint i = last == head; i < last->count; i++)
		if (is_close(placed(sheet, last->first + i), first))
			return TRUE;
	return FALSE;
}

/* Runs of rows that stand below each other. */
static void find_regions(Sheet *sheet)
{
	guint rows = sheet->rows->len;

	for (guint i = 0; i < rows; i++)
		judge_row(sheet, &g_array_index(sheet->rows, Row, i));
	for (guint i = 0; i < rows;) {
		guint end = i, tables = 0;
		const Row *head = NULL;

		while (end < rows) {
			Row *row = &g_array_index(sheet->rows, Row, end);

			row->goes_on = head && continues(sheet, head, row - 1, row);
			if (!row->table && !row->goes_on)
				break;
			if (!row->goes_on) {
				head = row;
				tables++;
			}
			end++;
		}
		if (tables > 1) {
			sheet->regions++;
			for (guint k = i; k < end; k++)
				g_array_index(sheet->rows, Row, k).region = sheet->regions;
		}
		i = MAX(end, i + 1);
	}
	for (guint i = 0; i < sheet->placed->len; i++)
		placed(sheet, i)->region =
			g_array_index(sheet->rows, Row, placed(sheet, i)->row).region;
}

/* Columns are where the cells of all rows of a region lie over each other. */
static void find_columns(Sheet *sheet, guint32 region)
{
	float starts[MAX_COLUMNS], ends[MAX_COLUMNS];
	guint count = 0;

	for (guint i = 0; i < sheet->placed->len; i++) {
		const Piece *piece = placed(sheet, i);
		float from = piece->box.x0, to = piece->box.x1;
		guint kept = 0;

		if (piece->region != region)
			continue;
		for (guint k = 0; k < count; k++) {
			if (from < ends[k] && starts[k] < to) {
				from = MIN(from, starts[k]);
				to = MAX(to, ends[k]);
				continue;
			}
			starts[kept] = starts[k];
			ends[kept++] = ends[k];
		}
		count = kept;
		if (count < MAX_COLUMNS) {
			starts[count] = from;
			ends[count++] = to;
		}
	}
	for (guint i = 0; i < sheet->placed->len; i++) {
		Piece *piece = placed(sheet, i);

		if (piece->region != region)
			continue;
		piece->column = 0;
		for (guint k = 0; k < count; k++)
			piece->column += ends[k] <= piece->box.x0;
	}
}

static void put(LwRows *self, gsize from, gsize to)
{
	g_string_append_len(self->text, self->document->text + from, (gssize)(to - from));
	for (guint32 at = (guint32)from; at < to; at++)
		g_array_append_val(self->raw, at);
}

static void put_joint(LwRows *self, char joint)
{
	const guint32 nowhere = NOWHERE;

	g_string_append_c(self->text, joint);
	g_array_append_val(self->raw, nowhere);
}

/* The cell of a row and of the lines that go on with it. */
static gboolean put_cell(const Sheet *sheet, guint row, guint end, guint32 column, guint tabs)
{
	gboolean any = FALSE;

	for (guint i = row; i < end; i++) {
		const Row *line = &g_array_index(sheet->rows, Row, i);

		for (guint k = 0; k < line->count; k++) {
			const Piece *piece = placed(sheet, line->first + k);

			if (piece->column != column)
				continue;
			for (; tabs; tabs--)
				put_joint(sheet->self, '\t');
			if (any)
				put_joint(sheet->self, ' ');
			put(sheet->self, piece->start, piece->end);
			any = TRUE;
		}
	}
	return any;
}

static void put_region(Sheet *sheet, guint32 region)
{
	guint i = 0;

	find_columns(sheet, region);
	while (i < sheet->rows->len && g_array_index(sheet->rows, Row, i).region != region)
		i++;
	while (i < sheet->rows->len && g_array_index(sheet->rows, Row, i).region == region) {
		guint end = i + 1, tabs = 0;

		while (end < sheet->rows->len &&
		       g_array_index(sheet->rows, Row, end).region == region &&
		       g_array_index(sheet->rows, Row, end).goes_on)
			end++;
		for (guint32 column = 0; column < MAX_COLUMNS; column++, tabs++)
			if (put_cell(sheet, i, end, column, tabs))
				tabs = 0;
		put_joint(sheet->self, '\n');
		i = end;
	}
}

/* The page as read, with each region at the place of its first piece. */
static void put_page(Sheet *sheet)
{
	LwRows *self = sheet->self;
	gsize at = sheet->page->span.start, end = at + sheet->page->span.length;
	g_autofree guint8 *written = g_new0(guint8, sheet->regions + 1);

	for (guint i = 0; i < sheet->pieces->len; i++) {
		const Piece *piece = &g_array_index(sheet->pieces, Piece, i);

		if (!piece->region)
			continue;
		put(self, at, piece->start);
		at = piece->end;
		if (written[piece->region]) {
			/* what is left of its line */
			while (at < end && (is_blank(self->document->text[at])))
				at++;
			continue;
		}
		written[piece->region] = 1;
		put_region(sheet, piece->region);
		while (at < end && is_blank(self->document->text[at]))
			at++;
	}
	put(self, at, end);
}

static guint32 read_page(LwRows *self, const LwPage *page, gsize *point)
{
	Sheet sheet = {.self = self, .page = page};

	sheet.pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
	sheet.placed = g_ptr_array_new();
	sheet.rows = g_array_new(FALSE, FALSE, sizeof(Row));
	cut(&sheet, point);
	find_rows(&sheet);
	find_regions(&sheet);
	put_page(&sheet);
	g_array_unref(sheet.pieces);
	g_ptr_array_unref(sheet.placed);
	g_array_unref(sheet.rows);
	return sheet.regions;
}

LwRows *lw_rows_new(const LwDocument *document)
{
	g_autoptr(LwRows) self = NULL;
	guint32 regions = 0;
	gsize at = 0, point = 0;

	if (!document->page_count || !document->glyph_of)
		return NULL;
	self = g_new0(LwRows, 1);
	self->document = document;
	self->text = g_string_sized_new(document->length);
	self->raw = g_array_sized_new(FALSE, FALSE, sizeof(guint32), (guint)document->length + 1);
	for (guint32 i = 0; i < document->page_count; i++) {
		const LwPage *page = &document->pages[i];

		if (page->span.start > at) {
			point += lw_text_code_points(document->text + at, page->span.start - at);
			put(self, at, page->span.start);
		}
		regions += read_page(self, page, &point);
		at = page->span.start + (gsize)page->span.length;
	}
	if (!regions)
		return NULL;
	put(self, at, document->length);
	self->view = lw_document_new(document->format);
	self->view->text = self->text->str;
	self->view->length = self->text->len;
	return g_steal_pointer(&self);
}

void lw_rows_free(LwRows *rows)
{
	if (!rows)
		return;
	if (rows->view)
		lw_document_free(rows->view);
	explicit_bzero(rows->text->str, rows->text->len);
	g_string_free(rows->text, TRUE);
	g_array_unref(rows->raw);
	g_free(rows);
}

const LwDocument *lw_rows_document(const LwRows *rows)
{
	return rows->view;
}

/* Nothing but white space between two places of the document? */
static gboolean is_joined(const LwDocument *document, guint32 from, guint32 to)
{
	while (from < to && is_blank(document->text[from]))
		from++;
	return from == to;
}

/* The next stretch of a span that lies in one place of the document; FALSE: there is none. */
static gboolean next_stretch(const LwRows *rows, guint32 *at, guint32 end, LwSpan *stretch)
{
	const guint32 *raw = (const guint32 *)(const void *)rows->raw->data;
	guint32 last;

	while (*at < end && raw[*at] == NOWHERE)
		(*at)++;
	if (*at >= end)
		return FALSE;
	stretch->start = raw[*at];
	last = raw[*at];
	for ((*at)++; *at < end; (*at)++) {
		if (raw[*at] == NOWHERE)
			continue;
		if (raw[*at] <= last ||
		    !(raw[*at] == last + 1 || is_joined(rows->document, last + 1, raw[*at])))
			break;
		last = raw[*at];
	}
	stretch->length = last + 1 - stretch->start;
	return TRUE;
}

void lw_rows_return(const LwRows *rows, LwEntities *found)
{
	guint count = found->items->len;

	for (guint i = 0; i < count; i++) {
		LwEntity entity = g_array_index(found->items, LwEntity, i);
		guint32 at = entity.span.start, end = at + entity.span.length;
		gboolean first = TRUE;

		g_assert(end <= rows->raw->len);
		while (next_stretch(rows, &at, end, &entity.span)) {
			if (first)
				g_array_index(found->items, LwEntity, i) = entity;
			else
				g_array_append_val(found->items, entity);
			first = FALSE;
		}
	}
	lw_entities_sort(found);
}
