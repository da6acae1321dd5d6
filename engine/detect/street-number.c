/* street-number.c - the number of a house with its letter and addition: "12a", "12-14", "3hs", "7
 * bis".
 */
#include "engine/detect/street.h"

#include <stdlib.h>
#include <string.h>

static gboolean is_month_or_measure(const char *text, gsize length, gsize at)
{
	static const char *const words[] = {
		"januari",  "februari",	 "maart",    "april",	       "mei",	   "juni",  "juli",
		"augustus", "september", "oktober",  "november",       "december", "jaar",  "m2",
		"km",	    "meter",	 "procent",  "euro",	       "uur",	   "dagen", "weken",
		"maanden",  "stuks",	 "woningen", "personen",       "keer",	   "maal",  "mln",
		"miljoen",  "bomen",	 "auto's",   "parkeerplaatsen"};
	gsize end = at;
	while (end < length && (g_ascii_isalnum(text[end]) || text[end] == '\''))
		end++;
	if (end == at)
		return at < length && text[at] == '%';
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (strlen(words[i]) == end - at &&
		    !g_ascii_strncasecmp(words[i], text + at, end - at))
			return TRUE;
	return FALSE;
}

static gboolean is_addition(const char *text, gsize length)
{
	static const char *const additions[] = {"bis",	 "hs",	"huis", "I",  "II",    "III",
						"bs",	 "IV",	"rd",	"zw", "boven", "beneden",
						"a",	 "b",	"c",	"d",  "ong",   "rood",
						"zwart", "bov", "ben",	"bg", "bgg"};
	for (gsize i = 0; i < G_N_ELEMENTS(additions); i++)
		if (strlen(additions[i]) == length && !memcmp(additions[i], text, length))
			return TRUE;
	/* One to four capitals or digits: "A", "B12", "a01". */
	if (!length || length > 4)
		return FALSE;
	if (length > 1 && text[0] >= 'a' && text[0] <= 'h' && g_ascii_isdigit(text[1])) {
		text++;
		length--;
	}
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isupper(text[i]) && !g_ascii_isdigit(text[i]))
			return FALSE;
	return TRUE;
}

static gsize token_end(const char *text, gsize length, gsize at)
{
	while (at < length && (g_ascii_isalnum(text[at]) || (guint8)text[at] >= 0x80))
		at++;
	return at;
}

/* "-14", "/2", " A", " bis", " t/m 18" */
static gsize addition_end(const char *text, gsize length, gsize at)
{
	if (length - at > 5 && (!memcmp(text + at, " t/m ", 5) || !memcmp(text + at, " en ", 4))) {
		gsize start = at + (text[at + 1] == 't' ? 5 : 4),
		      end = token_end(text, length, start);
		gboolean number = end > start && end - start <= 4 && g_ascii_isdigit(text[start]);
		return number && !(end < length && text[end] == ' ' &&
				   g_ascii_isupper(text[end + 1]) && end - start == 4)
			       ? end
			       : at;
	}
	if (at + 1 >= length || !strchr("-/ ", text[at]))
		return at;
	gsize start = at + 1, end = token_end(text, length, start);
	if (!is_addition(text + start, end - start))
		return at;
	/* Behind a blank a number opens something else, and four digits are a postcode. */
	gboolean digits = g_ascii_isdigit(text[start]);
	if (end - start == 2 && (!memcmp(text + start, "II", 2) || !memcmp(text + start, "IV", 2)))
		return end;
	if (text[at] == ' ' && (digits || (end - start == 2 && g_ascii_isupper(text[start]) &&
					   g_ascii_isupper(text[start + 1]))))
		return at;
	return end;
}

/* Does a sentence or line end between? */
static gboolean ends_between(const char *text, gsize from, gsize to)
{
	for (gsize i = from; i < to; i++)
		if (strchr(".,;:\n", text[i]))
			return TRUE;
	return FALSE;
}

/* "4 - 117", "133 c 01": a flat, when the line or the part of the address ends behind it. */
static gsize flat_end(const char *text, gsize length, gsize end)
{
	gsize at = end, digits;

	if (end + 4 < length && !memcmp(text + end, " - ", 3))
		at = end + 3;
	else if (end + 2 < length && text[end] == ' ' && g_ascii_isalpha(text[end - 1]) &&
		 text[end + 1] == '0')
		at = end + 1;
	for (digits = at; digits < length && g_ascii_isdigit(text[digits]);)
		digits++;
	return at > end && digits > at && digits - at <= 4 &&
			       (digits >= length || strchr(",;\n)\t|", text[digits]) ||
				!strncmp(text + digits, ". ", 2) ||
				!strncmp(text + digits, ".\n", 2) ||
				!strncmp(text + digits, "  ", 2))
		       ? digits
		       : end;
}

/* "12-10-22 06:48", "12-10-2022": a line of a chat below a street. */
static gboolean is_day(const char *text, gsize length, gsize at)
{
	gsize ends[3], end = at;
	int month;

	for (guint i = 0; i < 3; i++) {
		gsize from = end;

		while (end < length && g_ascii_isdigit(text[end]))
			end++;
		if (end == from || end - from > (i == 2 ? 4 : 2))
			return FALSE;
		ends[i] = end;
		if (i < 2 && (end >= length || !strchr("-/", text[end++])))
			return FALSE;
	}
	month = atoi(text + ends[0] + 1);
	if (month < 1 || month > 12)
		return FALSE;
	if (ends[2] - ends[1] == 5)
		return TRUE;
	end += end < length && text[end] == ',';
	return end + 5 < length && text[end] == ' ' && g_ascii_isdigit(text[end + 1]) &&
	       (text[end + 2] == ':' || text[end + 3] == ':');
}

gsize street_number_end(const char *text, gsize length, gsize at)
{
	gsize end = at;
	while (end < length && g_ascii_isdigit(text[end]))
		end++;
	if (end - at > 5 || end == at || is_day(text, length, at))
		return 0;
	if (end < length && strchr(".,:", text[end]) && end + 1 < length &&
	    g_ascii_isdigit(text[end + 1]))
		return 0;
	gsize suffix = token_end(text, length, end);
	/* "90a01": a letter and the number of a flat */
	gboolean flat = suffix - end > 1 && suffix - end <= 4 && g_ascii_isalpha(text[end]) &&
			strspn(text + end + 1, "0123456789") >= suffix - end - 1;
	if (suffix > end && !is_addition(text + end, suffix - end) && suffix - end > 1 && !flat)
		return 0;
	end = suffix;
	if (end + 1 < length && text[end] == ' ' && is_month_or_measure(text, length, end + 1))
		return 0;
	if (end < length && text[end] == '%')
		return 0;
	gsize once = addition_end(text, length, end);
	/* "12 bis A" */
	end = once > end ? addition_end(text, length, once) : once;
	/* "55, app. 12" */
	static const char *const flats[] = {", app. ", " app. ",   ", app ", " app ",
					    ", apt. ", ", kamer ", ", flat "};
	for (gsize i = 0; i < G_N_ELEMENTS(flats); i++) {
		gsize size = strlen(flats[i]);

		if (end + size < length && memcmp(text + end, flats[i], size) == 0 &&
		    g_ascii_isdigit(text[end + size]))
			end = token_end(text, length, end + size);
	}
	/* "A-12" */
	if (end + 1 < length && text[end] == '-' && g_ascii_isupper(text[end - 1]) &&
	    g_ascii_isdigit(text[end + 1]))
		end = token_end(text, length, end + 1);
	end = flat_end(text, length, end);
	/* "118 2 hoog", "12 driehoog" */
	for (gsize i = end; i < length && i < end + 8; i++)
		if (i + 4 <= length && memcmp(text + i, "hoog", 4) == 0 &&
		    (i + 4 == length || !g_ascii_isalpha(text[i + 4])))
			return ends_between(text, end, i) ? end : i + 4;
	return end;
}
