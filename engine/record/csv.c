/* csv.c - one field of a comma-separated file, RFC 4180, that no spreadsheet takes for a formula.
 */
#include "engine/record/record.h"

#include <string.h>

void lw_csv_field(GString *line, const char *value)
{
	if (!value)
		return;
	gboolean formula = *value && strchr("=+-@\t\r", *value);
	gboolean quoted = formula || strpbrk(value, ";,\"\r\n\t") || *value == ' ';
	if (quoted)
		g_string_append_c(line, '"');
	if (formula)
		g_string_append_c(line, '\'');
	for (; *value; value++) {
		if (*value == '"')
			g_string_append_c(line, '"');
		g_string_append_c(line, *value);
	}
	if (quoted)
		g_string_append_c(line, '"');
}
