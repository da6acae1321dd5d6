/* sheet.c - a table as a workbook of Excel. The door to libxlsxwriter.
 *
 * The library writes to a path: that of a file in memory. Its date is fixed, so that the same table
 * gives the same bytes. */
#include "engine/record/paper.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define FIXED_DATE 1735689600 /* 2025-01-01 */
#define CELL_BYTES 32767      /* characters that a cell takes; the library refuses more */

static void fill(lxw_worksheet *sheet, const LwTable *table)
{
	for (guint i = 0; i < table->cells->len; i++) {
		const char *text = table->cells->pdata[i];
		if (*text)
			worksheet_write_string(sheet, i / table->columns,
					       (lxw_col_t)(i % table->columns), text, NULL);
	}
}

static void style_as_table(lxw_worksheet *sheet, const LwTable *table)
{
	guint rows = table->cells->len / table->columns;
	lxw_table_column *columns = g_new0(lxw_table_column, table->columns);
	lxw_table_column **list = g_new0(lxw_table_column *, table->columns + 1);
	for (guint i = 0; i < table->columns; i++) {
		columns[i].header = table->cells->pdata[i];
		list[i] = &columns[i];
	}
	lxw_table_options options = {.columns = list};
	worksheet_add_table(sheet, 0, 0, MAX(rows, 2) - 1, (lxw_col_t)(table->columns - 1),
			    &options);
	worksheet_set_column(sheet, 0, (lxw_col_t)(table->columns - 1), 18, NULL);
	worksheet_freeze_panes(sheet, 1, 0);
	g_free(list);
	g_free(columns);
}

static lxw_error write_book(const char *path, const LwTable *table, const LwTable *lookups)
{
	lxw_workbook *book = workbook_new(path);
	lxw_doc_properties properties = {.created = FIXED_DATE};
	workbook_set_properties(book, &properties);
	lxw_worksheet *sheet = workbook_add_worksheet(book, table->name);
	style_as_table(sheet, table);
	fill(sheet, table);
	if (lookups)
		fill(workbook_add_worksheet(book, lookups->name), lookups);
	return workbook_close(book);
}

static GBytes *take_bytes(int fd)
{
	struct stat status;
	if (fstat(fd, &status) || status.st_size <= 0)
		return NULL;
	gsize length = (gsize)status.st_size, have = 0;
	guint8 *bytes = g_malloc(length);
	while (have < length) {
		ssize_t got = pread(fd, bytes + have, length - have, (off_t)have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		have += (gsize)got;
	}
	if (have == length)
		return g_bytes_new_take(bytes, length);
	g_free(bytes);
	return NULL;
}

GBytes *lw_paper_book(const LwTable *table, const LwTable *lookups, GError **error)
{
	for (guint i = 0; i < table->cells->len; i++)
		if (g_utf8_strlen(table->cells->pdata[i], -1) > CELL_BYTES) {
			g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE,
					    "a text is too long for a spreadsheet");
			return NULL;
		}
	int fd = memfd_create("table", MFD_CLOEXEC);
	g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
	GBytes *bytes =
		fd >= 0 && write_book(path, table, lookups) == LXW_NO_ERROR ? take_bytes(fd) : NULL;
	if (fd >= 0)
		close(fd);
	if (!bytes)
		g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL,
				    "the spreadsheet cannot be written");
	return bytes;
}
