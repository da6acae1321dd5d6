/* table.c - a table in memory, as CSV and as OpenDocument. */
#include "engine/record/table.h"

#include "engine/base/xml.h"
#include "engine/base/zip.h"
#include "engine/record/record.h"

#include <string.h>

#define OFFICE "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
#define STYLE  "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
#define TABLE  "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#define TEXT   "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
#define FO     "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
#define MIME   "application/vnd.oasis.opendocument.spreadsheet"

LwTable *lw_table_new(const char *name, const char *const *headings)
{
	LwTable *table = g_new0(LwTable, 1);
	table->name = name;
	table->columns = g_strv_length((char **)headings);
	table->cells = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < table->columns; i++)
		lw_table_add(table, headings[i]);
	return table;
}

void lw_table_free(LwTable *table)
{
	if (!table)
		return;
	g_ptr_array_unref(table->cells);
	g_free(table);
}

void lw_table_add(LwTable *table, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
	for (char *at = valid; *at; at++) /* no table and no XML knows them */
		if ((guchar)*at < 32)
			*at = ' ';
	g_ptr_array_add(table->cells, g_steal_pointer(&valid));
}

void lw_table_add_number(LwTable *table, guint64 number)
{
	char text[24] = "";
	if (number)
		g_snprintf(text, sizeof text, "%" G_GUINT64_FORMAT, number);
	lw_table_add(table, text);
}

GBytes *lw_table_csv(const LwTable *table)
{
	GString *csv =
		g_string_new("\xEF\xBB\xBF"); /* spreadsheets take it for Latin-1 otherwise */
	for (guint i = 0; i < table->cells->len; i++) {
		lw_csv_field(csv, table->cells->pdata[i]);
		g_string_append(csv, (i + 1) % table->columns ? ";" : "\r\n");
	}
	return g_string_free_to_bytes(csv);
}

/* --- OpenDocument --- */

static GBytes *xml_of(const char *text)
{
	return g_bytes_new(text, strlen(text));
}

static void add_paragraph(LwNode *cell, const char *text)
{
	LwNode *paragraph = lw_node_add(cell, TEXT, "text", "p");
	lw_node_add_text(paragraph, text, strlen(text));
}

static LwNode *add_row(LwNode *parent, const LwTable *table, guint row)
{
	LwNode *line = lw_node_add(parent, TABLE, "table", "table-row");
	for (guint i = 0; i < table->columns; i++) {
		LwNode *cell = lw_node_add(line, TABLE, "table", "table-cell");
		lw_node_set_attribute(cell, OFFICE, "office", "value-type", "string");
		if (!row)
			lw_node_set_attribute(cell, TABLE, "table", "style-name", "heading");
		add_paragraph(cell, table->cells->pdata[row * table->columns + i]);
	}
	return line;
}

static GBytes *content_of(const LwTable *table, GError **error)
{
	g_autoptr(GBytes) frame =
		xml_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		       "<office:document-content xmlns:office=\"" OFFICE "\" xmlns:style=\"" STYLE
		       "\" xmlns:table=\"" TABLE "\" xmlns:text=\"" TEXT "\" xmlns:fo=\"" FO
		       "\" office:version=\"1.3\"><office:automatic-styles>"
		       "<style:style style:name=\"heading\" style:family=\"table-cell\">"
		       "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
		       "</office:automatic-styles><office:body><office:spreadsheet><table:table/>"
		       "</office:spreadsheet></office:body></office:document-content>");
	g_autoptr(LwXml) xml = lw_xml_load(frame, error);
	if (!xml)
		return NULL;
	LwNode *root = lw_xml_root(xml), *sheet = root;
	while (sheet && !lw_node_is(sheet, TABLE, "table"))
		sheet = lw_node_following(sheet, root);
	lw_node_set_attribute(sheet, TABLE, "table", "name", table->name);
	LwNode *column = lw_node_add(sheet, TABLE, "table", "table-column");
	g_autofree char *columns = g_strdup_printf("%u", table->columns);
	lw_node_set_attribute(column, TABLE, "table", "number-columns-repeated", columns);
	LwNode *head = lw_node_add(sheet, TABLE, "table", "table-header-rows");
	add_row(head, table, 0);
	for (guint row = 1; row < table->cells->len / table->columns; row++)
		add_row(sheet, table, row);
	return lw_xml_dump(xml);
}

GBytes *lw_table_ods(const LwTable *table, const char *lang, GError **error)
{
	g_autoptr(GBytes) content = content_of(table, error);
	if (!content)
		return NULL;
	g_autofree char *styles_text = g_strdup_printf(
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<office:document-styles xmlns:office=\"" OFFICE "\" xmlns:style=\"" STYLE
		"\" xmlns:fo=\"" FO "\" office:version=\"1.3\"><office:styles>"
		"<style:default-style style:family=\"table-cell\"><style:text-properties "
		"fo:language=\"%s\" fo:country=\"%s\"/></style:default-style></office:styles>"
		"</office:document-styles>",
		lang, strcmp(lang, "nl") ? "GB" : "NL");
	g_autoptr(GBytes) mime = xml_of(MIME), styles = xml_of(styles_text);
	g_autoptr(GBytes) manifest =
		xml_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		       "<manifest:manifest "
		       "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
		       "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" "
		       "manifest:media-type=\"" MIME "\"/><manifest:file-entry "
		       "manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
		       "<manifest:file-entry manifest:full-path=\"styles.xml\" "
		       "manifest:media-type=\"text/xml\"/></manifest:manifest>");
	g_autoptr(LwZipWriter) zip = lw_zip_writer_new();
	lw_zip_writer_add(zip, "mimetype", mime, LW_ZIP_STORED);
	lw_zip_writer_add(zip, "content.xml", content, LW_ZIP_DEFLATED);
	lw_zip_writer_add(zip, "styles.xml", styles, LW_ZIP_DEFLATED);
	lw_zip_writer_add(zip, "META-INF/manifest.xml", manifest, LW_ZIP_DEFLATED);
	return lw_zip_writer_close(zip, error);
}
