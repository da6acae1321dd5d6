/* place.c - coordinates: the Dutch grid (RD) behind its name, degrees by their form (woo.md 6.12).
 */
#include "engine/detect/scan.h"

#include <string.h>

/* A number with decimals; *decimals is how many. Returns its end. */
static gsize read_decimal(const Scan *scan, gsize at, double *value, guint *decimals)
{
	double factor = 1;
	gsize start = at;
	*value = 0;
	*decimals = 0;
	for (; scan_digit(scan, at) && at - start < 7; at++)
		*value = *value * 10 + (scan->text[at] - '0');
	if (at == start || at + 1 >= scan->length || !strchr(".,", scan->text[at]) ||
	    !scan_digit(scan, at + 1))
		return at == start ? 0 : at;
	for (at++; scan_digit(scan, at) && *decimals < 15; at++, (*decimals)++) {
		factor /= 10;
		*value += (scan->text[at] - '0') * factor;
	}
	return at;
}

/* Up to a few signs, "y:", "E" or "noord" between the two numbers. */
static gsize skip_between(const Scan *scan, gsize at)
{
	gsize limit = MIN(scan->length, at + 12);
	gsize start = at;
	while (at < limit && !g_ascii_isdigit(scan->text[at]) && scan->text[at] != '\f')
		at++;
	return at > start && scan_digit(scan, at) ? at : 0;
}

static gsize find_pair(Scan *scan, gsize at)
{
	double x, y;
	guint x_decimals, y_decimals;
	gsize first = read_decimal(scan, at, &x, &x_decimals);
	gsize second = first ? skip_between(scan, first) : 0;
	gsize end = second ? read_decimal(scan, second, &y, &y_decimals) : 0;
	if (!end ||
	    (end < scan->length && scan_is_word((guint8)scan->text[end]) && scan->text[end] != 'E'))
		return 0;
	gboolean degrees = x >= 50.7 && x <= 53.6 && y >= 3.2 && y <= 7.3 && x_decimals >= 3 &&
			   y_decimals >= 3;
	gboolean grid = x >= 10000 && x <= 300000 && y >= 289000 && y <= 629000;
	if (degrees) {
		gboolean named = scan_has(scan, at, end, TOPIC_COORDINATES);
		scan_emit(scan, RULE_COORDINATES, at, end, named ? EVIDENCE_CONTEXT : EVIDENCE_FORM,
			  TOPIC_COORDINATES);
		return end;
	}
	if (!grid || !scan_has(scan, at, end, TOPIC_COORDINATES))
		return 0;
	scan_emit(scan, RULE_COORDINATES, at, end, EVIDENCE_CONTEXT, TOPIC_COORDINATES);
	return end;
}

/* 52°22'12" N 4°53'42" E */
static gsize find_degrees(Scan *scan, gsize at)
{
	gsize end = at, signs = 0;
	while (end < scan->length && end - at < 48) {
		if (scan->length - end >= 2 && !memcmp(scan->text + end, "\xc2\xb0", 2)) {
			signs++;
			end += 2;
		} else if (g_ascii_isdigit(scan->text[end]) ||
			   strchr(" .,'\"NEO", scan->text[end])) {
			end++;
		} else {
			break;
		}
	}
	while (end > at && strchr(" .,", scan->text[end - 1]))
		end--;
	if (signs != 2)
		return 0;
	scan_emit(scan, RULE_COORDINATES, at, end, EVIDENCE_FORM, TOPIC_COORDINATES);
	return end;
}

gsize scan_place(Scan *scan, gsize at)
{
	if (!scan_digit(scan, at) ||
	    (at && strchr(".,-/", scan->text[at - 1]) && at >= 2 && scan_digit(scan, at - 2)))
		return 0;
	gsize end = at;
	while (scan_digit(scan, end))
		end++;
	if (end - at == 2 && end < scan->length && (guint8)scan->text[end] == 0xc2)
		return find_degrees(scan, at);
	gboolean degree = end - at == 2 && scan->text[at] == '5' && end < scan->length &&
			  strchr(".,", scan->text[end]);
	return degree || end - at >= 5 ? find_pair(scan, at) : 0;
}
