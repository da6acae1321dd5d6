/* codetable.c - a map from codes to numbers in two levels.
 *
 * High ranges are kept sorted by their first code and do not overlap: a new one cuts or replaces
 * those it meets. */
#include "engine/pdf/codetable.h"

#include <string.h>

#define PAGE_CODES    256
#define PAGES	      256
#define LOW_CODES     (PAGE_CODES * PAGES)
#define MAXIMUM_CELLS (4u << 20) /* settings of low codes */
#define MAXIMUM_HIGH  (1u << 15) /* ranges of high codes */

typedef struct {
	guint32 first, last, value;
	LwPdfCodeStep step;
} HighRange;

struct LwPdfCodeTable {
	guint32 *pages[PAGES];
	GArray *high; /* HighRange */
	guint cells;
	gboolean full;
};

LwPdfCodeTable *lw_pdf_code_table_new(void)
{
	LwPdfCodeTable *table = g_new0(LwPdfCodeTable, 1);

	table->high = g_array_new(FALSE, FALSE, sizeof(HighRange));
	return table;
}

void lw_pdf_code_table_free(LwPdfCodeTable *table)
{
	if (!table)
		return;
	for (guint i = 0; i < PAGES; i++)
		g_free(table->pages[i]);
	g_array_unref(table->high);
	g_free(table);
}

static void set_low(LwPdfCodeTable *table, guint32 first, guint32 last, guint32 value,
		    LwPdfCodeStep step)
{
	if (last - first >= MAXIMUM_CELLS - table->cells) {
		table->full = TRUE;
		return;
	}
	table->cells += last - first + 1;
	for (guint32 code = first; code <= last; code++) {
		guint32 **page = &table->pages[code / PAGE_CODES];

		if (!*page)
			*page = g_new0(guint32, PAGE_CODES);
		(*page)[code % PAGE_CODES] = value;
		if (step == LW_PDF_CODES_COUNTING)
			value++;
	}
}

/* Index of the last high range that begins at or before the code; -1 when there is none. */
static gint high_before(const LwPdfCodeTable *table, guint32 code)
{
	guint low = 0, end = table->high->len;

	while (low < end) {
		guint middle = low + (end - low) / 2;

		if (g_array_index(table->high, HighRange, middle).first <= code)
			low = middle + 1;
		else
			end = middle;
	}
	return (gint)low - 1;
}

static HighRange tail_of(HighRange range, guint32 first)
{
	if (range.step == LW_PDF_CODES_COUNTING)
		range.value += first - range.first;
	range.first = first;
	return range;
}

static void set_high(LwPdfCodeTable *table, HighRange range)
{
	gint at = high_before(table, range.first);

	if (table->high->len + 2 > MAXIMUM_HIGH) {
		table->full = TRUE;
		return;
	}
	if (at >= 0) {
		HighRange *before = &g_array_index(table->high, HighRange, at);
		HighRange old = *before;

		before->last = MIN(before->last, range.first - 1);
		if (old.last > range.last) {
			HighRange tail = tail_of(old, range.last + 1);

			g_array_insert_val(table->high, at + 1, tail);
		}
		if (old.first == range.first)
			g_array_remove_index(table->high, at--);
	}
	at++;
	while ((guint)at < table->high->len) {
		HighRange *after = &g_array_index(table->high, HighRange, at);

		if (after->first > range.last)
			break;
		if (after->last > range.last) {
			*after = tail_of(*after, range.last + 1);
			break;
		}
		g_array_remove_index(table->high, at);
	}
	g_array_insert_val(table->high, at, range);
}

void lw_pdf_code_table_set(LwPdfCodeTable *table, guint32 first, guint32 last, guint32 value,
			   LwPdfCodeStep step)
{
	if (first > last || table->full)
		return;
	if (first < LOW_CODES)
		set_low(table, first, MIN(last, LOW_CODES - 1), value, step);
	if (last >= LOW_CODES) {
		HighRange range = {first, last, value, step};

		set_high(table, first < LOW_CODES ? tail_of(range, LOW_CODES) : range);
	}
}

guint32 lw_pdf_code_table_find(const LwPdfCodeTable *table, guint32 code)
{
	const HighRange *range;
	gint at;

	if (!table)
		return 0;
	if (code < LOW_CODES) {
		const guint32 *page = table->pages[code / PAGE_CODES];

		return page ? page[code % PAGE_CODES] : 0;
	}
	at = high_before(table, code);
	if (at < 0)
		return 0;
	range = &g_array_index(table->high, HighRange, at);
	if (code > range->last)
		return 0;
	return range->value + (range->step == LW_PDF_CODES_COUNTING ? code - range->first : 0);
}

guint32 lw_pdf_code_table_next_high(const LwPdfCodeTable *table, guint32 code)
{
	code = MAX(code, LOW_CODES);
	gint at = table ? high_before(table, code) : -1;

	if (at >= 0 && code <= g_array_index(table->high, HighRange, at).last)
		return code;
	at++;
	return table && (guint)at < table->high->len
		       ? g_array_index(table->high, HighRange, at).first
		       : 0;
}

gboolean lw_pdf_code_table_full(const LwPdfCodeTable *table)
{
	return table->full;
}
