/* odf_cell.c - values of cells: what a cell does not show, it does not keep.
 *
 * A number stays a number as it is printed, no more precise; a date stays one when its day, month
 * and year are printed. Everything else becomes the words that are seen. */
#include "engine/render/odf_work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/odf/names.h"

#define MOST_DECIMALS 15
#define LARGEST	      1e15 /* above it a double has no exact digits */

static const char *const value_names[] = {
	"value",	 "date-value", "time-value", "string-value",
	"boolean-value", "value-type", "currency",   NULL};

void lw_odf_cell_forget(LwNode *cell)
{
	LwAttribute *next;
	for (LwAttribute *each = lw_attribute_first(cell); each; each = next) {
		next = lw_attribute_next(each);
		const char *name = lw_attribute_name(each);
		if (strcmp(lw_attribute_space(each), ODF_OFFICE) == 0
			    ? g_strv_contains(value_names, name)
			    : strcmp(name, "formula") == 0 || strcmp(name, "value-type") == 0)
			lw_attribute_drop(each);
	}
	if (lw_node_first(cell))
		lw_node_set_attribute(cell, ODF_OFFICE, "office", "value-type", "string");
}

/* What the paragraphs of a cell say; yours. */
static char *dup_shown(const LwNode *cell)
{
	GString *shown = g_string_new(NULL);
	for (const LwNode *node = cell; node; node = lw_node_following(node, cell)) {
		for (const LwNode *child = lw_node_first(node); child; child = lw_node_next(child))
			g_string_append(shown, lw_node_text(child));
	}
	return g_string_free(shown, FALSE);
}

/* Digits without zeros in front; NULL when there are none, or letters make something else of them
 * ("1,2E+08"). Yours. */
static char *dup_digits(const char *text)
{
	GString *digits = g_string_new(NULL);
	gboolean any = FALSE, other = FALSE;
	for (const char *at = text; *at; at++) {
		if (any && (*at == 'e' || *at == 'E') && strchr("+-0123456789", at[1]))
			other = TRUE;
		if (!g_ascii_isdigit(*at))
			continue;
		any = TRUE;
		if (*at != '0' || digits->len)
			g_string_append_c(digits, *at);
	}
	if (any && !other)
		return g_string_free(digits, FALSE);
	g_string_free(digits, TRUE);
	return NULL;
}

/* The value rounded to what is printed: "33.33" of a third of a hundred; NULL when it is another
 * number. Yours. */
static char *dup_printed(double value, int shift, const char *shown)
{
	g_autofree char *digits = dup_digits(shown);
	for (int i = 0; digits && i <= MOST_DECIMALS && fabs(value) < LARGEST; i++) {
		char text[64];
		g_autofree char *format = g_strdup_printf("%%.%df", i);
		g_ascii_formatd(text, sizeof text, format, value * pow(10, shift));
		g_autofree char *same = dup_digits(text);
		if (!same || strcmp(same, digits) != 0)
			continue;
		g_autofree char *longer = g_strdup_printf("%%.%df", i + shift);
		g_ascii_formatd(text, sizeof text, longer,
				g_ascii_strtod(text, NULL) / pow(10, shift));
		return g_strdup(text);
	}
	return NULL;
}

static gboolean settle_number(LwNode *cell, const char *shown)
{
	LwAttribute *attribute = lw_node_attribute(cell, ODF_OFFICE, "value");
	g_autofree char *text = attribute ? lw_attribute_dup_value(attribute) : NULL;
	char *end;
	const double value = text ? g_ascii_strtod(text, &end) : NAN;
	if (!text || !*text || *end || !isfinite(value))
		return FALSE;
	const gboolean percent = lw_node_attribute_is(cell, ODF_OFFICE, "value-type", "percentage");
	g_autofree char *printed = dup_printed(value, percent ? 2 : 0, shown);
	if (printed && strtod(printed, NULL) != value)
		lw_attribute_set_value(attribute, printed);
	return printed != NULL;
}

/* The numbers of a text, at most four of them. */
static guint numbers_in(const char *text, guint numbers[4])
{
	guint count = 0;
	while (*text && count < 4) {
		if (!g_ascii_isdigit(*text)) {
			text++;
			continue;
		}
		char *end;
		numbers[count++] = (guint)MIN(g_ascii_strtoull(text, &end, 10), G_MAXUINT);
		text = end;
	}
	return count;
}

static gboolean shows_number(const guint *numbers, guint wanted)
{
	return numbers[0] == wanted || numbers[1] == wanted || numbers[2] == wanted;
}

/* The month of a name, in the languages of our offices; 0 when it is none. */
static guint month_in(const char *text)
{
	static const struct {
		char start[4];
		guint number;
	} months[] = {{"jan", 1},  {"feb", 2},	{"mar", 3},  {"maa", 3}, {"mrt", 3}, {"apr", 4},
		      {"may", 5},  {"mei", 5},	{"jun", 6},  {"jul", 7}, {"aug", 8}, {"sep", 9},
		      {"oct", 10}, {"okt", 10}, {"nov", 11}, {"dec", 12}};
	for (; *text; text++) {
		for (guint i = 0; i < G_N_ELEMENTS(months); i++) {
			if (g_ascii_strncasecmp(text, months[i].start, 3) == 0)
				return months[i].number;
		}
	}
	return 0;
}

/* "2024-05-01" is printed by "1-5-24", by "01/05/2024" and by "1 mei 2024". */
static gboolean settle_date(const LwNode *cell, const char *shown)
{
	g_autofree char *date = lw_node_dup_attribute(cell, ODF_OFFICE, "date-value");
	guint wanted[4], numbers[4];
	if (!date || strspn(date, "0123456789-") != strlen(date) || numbers_in(date, wanted) != 3)
		return FALSE;
	const guint count = numbers_in(shown, numbers), month = month_in(shown);
	if (count == 2 && month)
		numbers[2] = month;
	else if (count != 3)
		return FALSE;
	return shows_number(numbers, wanted[2]) && shows_number(numbers, wanted[1]) &&
	       (shows_number(numbers, wanted[0]) || shows_number(numbers, wanted[0] % 100));
}

/* "PT09H30M00S" is printed by "09:30" and by "09:30:00". */
static gboolean settle_time(const LwNode *cell, const char *shown)
{
	g_autofree char *time = lw_node_dup_attribute(cell, ODF_OFFICE, "time-value");
	guint wanted[4] = {0}, numbers[4] = {0};
	if (!time || !g_str_has_prefix(time, "PT") ||
	    strspn(time, "PTHMS0123456789") != strlen(time) || numbers_in(time, wanted) != 3)
		return FALSE;
	const guint count = numbers_in(shown, numbers);
	return (count == 2 || count == 3) && memcmp(wanted, numbers, 3 * sizeof *wanted) == 0;
}

static gboolean settle_boolean(const LwNode *cell, const char *shown)
{
	for (const char *at = shown; *at; at++) {
		if (!g_ascii_isalpha(*at))
			return FALSE;
	}
	return *shown && (lw_node_attribute_is(cell, ODF_OFFICE, "boolean-value", "true") ||
			  lw_node_attribute_is(cell, ODF_OFFICE, "boolean-value", "false"));
}

/* The one attribute of values that a cell of this type keeps; NULL for words. */
static const char *kept_value(const LwNode *cell, const char *type, const char *shown)
{
	if (!strcmp(type, "float") || !strcmp(type, "percentage") || !strcmp(type, "currency"))
		return settle_number((LwNode *)cell, shown) ? "value" : NULL;
	if (!strcmp(type, "date"))
		return settle_date(cell, shown) ? "date-value" : NULL;
	if (!strcmp(type, "time"))
		return settle_time(cell, shown) ? "time-value" : NULL;
	if (!strcmp(type, "boolean"))
		return settle_boolean(cell, shown) ? "boolean-value" : NULL;
	return NULL;
}

static gboolean is_currency(const LwAttribute *attribute)
{
	g_autofree char *code = lw_attribute_dup_value(attribute);
	return strlen(code) == 3 && g_ascii_isupper(code[0]) && g_ascii_isupper(code[1]) &&
	       g_ascii_isupper(code[2]);
}

void lw_odf_cell_settle(LwOdfWork *work, LwNode *cell)
{
	g_autofree char *type = lw_node_dup_attribute(cell, ODF_OFFICE, "value-type");
	g_autofree char *shown = dup_shown(cell);
	const char *kept = type ? kept_value(cell, type, shown) : NULL;
	g_autofree char *value = kept ? lw_node_dup_attribute(cell, ODF_OFFICE, kept) : NULL;
	if (!type)
		return;
	if (!kept || lw_odf_is_secret(work, value)) {
		if (strcmp(type, "string") != 0)
			work->receipt->strings_removed++;
		lw_odf_cell_forget(cell);
		return;
	}
	LwAttribute *next;
	for (LwAttribute *each = lw_attribute_first(cell); each; each = next) {
		next = lw_attribute_next(each);
		const char *name = lw_attribute_name(each);
		if (strcmp(lw_attribute_space(each), ODF_OFFICE) == 0 &&
		    g_strv_contains(value_names, name) && strcmp(name, kept) != 0 &&
		    strcmp(name, "value-type") != 0 &&
		    !(strcmp(name, "currency") == 0 && is_currency(each)))
			lw_attribute_drop(each);
	}
}
