/* plate.c - number plates (woo.md 6.8): the fourteen Dutch series, and Belgian and German ones
 * behind their name.
 *
 * Old series and plates without hyphens look like codes of all kinds: they need a word about
 * vehicles near. */
#include "engine/detect/scan.h"

#include <string.h>

#define FIRST_MODERN 3	/* index of series 4: no vowels from here on */
#define PLATE_LENGTH 6	/* letters and digits */
#define PLATE_GAP    16 /* bytes from the word to a foreign plate */

static const char *const series[] = {"XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99",
				     "99-XX-XX", "99-XXX-9", "9-XXX-99", "XX-999-X", "X-999-XX",
				     "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9", "9-XXX-999"};

typedef enum { PRINT_HYPHENS, PRINT_BLANKS, PRINT_SOLID } Print;

/* One series in one print. Returns the end; 0: it is another. */
static gsize read_series(const Scan *scan, gsize at, const char *form, Print print)
{
	for (; *form; form++) {
		if (*form == '-') {
			if (print == PRINT_SOLID)
				continue;
			if (at >= scan->length ||
			    scan->text[at] != (print == PRINT_HYPHENS ? '-' : ' '))
				return 0;
			at++;
			at += print == PRINT_HYPHENS && at < scan->length && scan->text[at] == '\n';
			continue;
		}
		if (at >= scan->length)
			return 0;
		gboolean fits = *form == 'X' ? g_ascii_isalpha(scan->text[at])
					     : g_ascii_isdigit(scan->text[at]);
		if (!fits)
			return 0;
		at++;
	}
	if (at < scan->length && scan_is_word((guint8)scan->text[at]))
		return 0;
	gboolean goes_on = at + 1 < scan->length && strchr("-/", scan->text[at]) &&
			   scan_is_word((guint8)scan->text[at + 1]);
	return goes_on ? 0 : at;
}

static gboolean is_issued(const Scan *scan, gsize at, gsize end, guint number)
{
	static const char *const never[] = {"GVD", "KKK", "NSB", "PKK", "PSV", "TBS",
					    "SS",  "SD",  "PVV", "SGP", "VVD"};
	char group[4];
	for (; at < end; at++) {
		gsize length = 0;
		while (at < end && g_ascii_isalpha(scan->text[at]) && length < 3) {
			if (g_ascii_islower(scan->text[at]) ||
			    (number >= FIRST_MODERN && strchr("AEIOUYCQ", scan->text[at])))
				return FALSE;
			group[length++] = scan->text[at++];
		}
		group[length] = '\0';
		for (gsize i = 0; length && i < G_N_ELEMENTS(never); i++)
			if (!strcmp(group, never[i]))
				return FALSE;
		if (length == 3 && group[0] == group[1] && group[1] == group[2])
			return FALSE;
	}
	return TRUE;
}

/* M-AB 1234 */
static gsize read_german(const Scan *scan, gsize at)
{
	gsize letters = 0, digits = 0;
	while (at < scan->length && letters < 4 && g_ascii_isupper(scan->text[at])) {
		at++;
		letters++;
	}
	if (!letters || letters > 3 || at >= scan->length || scan->text[at] != '-')
		return 0;
	at++;
	for (letters = 0; at < scan->length && letters < 3 && g_ascii_isupper(scan->text[at]);
	     letters++)
		at++;
	if (!letters || letters > 2 || at >= scan->length || scan->text[at] != ' ')
		return 0;
	at++;
	for (; scan_digit(scan, at) && digits < 5; digits++)
		at++;
	return digits && digits <= 4 ? at : 0;
}

/* "Pools kenteken DW 7KR42": two or three groups of capitals and digits, right behind the word. */
static gsize read_foreign(const Scan *scan, gsize at)
{
	gsize end = at;
	guint groups = 0, letters = 0, digits = 0;

	while (groups < 3) {
		gsize start = end;

		while (end < scan->length &&
		       (g_ascii_isupper(scan->text[end]) || scan_digit(scan, end)))
			end++;
		if (end == start)
			return 0;
		for (gsize i = start; i < end; i++) {
			letters += g_ascii_isupper(scan->text[i]);
			digits += g_ascii_isdigit(scan->text[i]);
		}
		groups++;
		if (end + 1 >= scan->length || !strchr(" -", scan->text[end]) ||
		    !(g_ascii_isupper(scan->text[end + 1]) || scan_digit(scan, end + 1)))
			break;
		/* "DW 7KR42 Audi" */
		if (end + 2 < scan->length && g_ascii_islower(scan->text[end + 2]))
			break;
		end++;
	}
	if (end < scan->length && scan_is_word((guint8)scan->text[end]))
		return 0;
	return letters && digits >= 2 && letters + digits >= 5 && letters + digits <= 9 ? end : 0;
}

static gboolean follows_plate_word(Scan *scan, gsize at, gsize end)
{
	const ScanNear *near = scan_near(scan, at, end);
	const char *word = near->word[TOPIC_PLATE];

	return word && near->distance[TOPIC_PLATE] <= PLATE_GAP &&
	       (g_str_has_prefix(word, "kenteken") || g_str_has_prefix(word, "nummer") ||
		g_str_has_prefix(word, "plat")) &&
	       scan_nearest(near) == TOPIC_PLATE;
}

/* The word that ends before, or begins behind, with a blank, a bracket or a comma between. */
static gboolean has_word_beside(const Scan *scan, gsize at, gsize end, const char *const *words)
{
	gsize before = at, after = end;

	while (before > 0 && at - before < 3 && strchr(" (,:", scan->text[before - 1]))
		before--;
	while (after < scan->length && after - end < 3 && strchr(" ),", scan->text[after]))
		after++;
	for (; *words; words++) {
		gsize length = strlen(*words);

		if ((before > length && before < at &&
		     g_ascii_strncasecmp(scan->text + before - length, *words, length) == 0 &&
		     !scan_is_word((guint8)scan->text[before - length - 1])) ||
		    (after > end && after + length < scan->length &&
		     g_ascii_strncasecmp(scan->text + after, *words, length) == 0 &&
		     !scan_is_word((guint8)scan->text[after + length])))
			return TRUE;
	}
	return FALSE;
}

/* "B-404-GDI (RO)": the land in brackets behind it. */
static gboolean has_land_behind(const Scan *scan, gsize end)
{
	static const char lands[] =
		" RO BG PL D B F UK GB CZ SK H LT LV EST EE UA TR I IT E ES P PT "
		"A AT CH S SE DK N FIN L LU SRB HR SLO MD BY ";
	char land[8] = " ";
	gsize length = 1;

	while (end < scan->length && scan->text[end] == ' ')
		end++;
	if (end + 2 >= scan->length || scan->text[end] != '(')
		return FALSE;
	for (end++; end < scan->length && length < 5 && g_ascii_isupper(scan->text[end]); end++)
		land[length++] = scan->text[end];
	land[length++] = ' ';
	return length > 2 && end < scan->length && scan->text[end] == ')' && strstr(lands, land);
}

/* "een Poolse WGM 4K18", "(CJ 09 WZT, Roemeens nummerbord)", "Seat CB 4471 KP" */
static gboolean is_of_vehicle(const Scan *scan, gsize at, gsize end)
{
	static const char *const lands[] = {
		"pools",       "poolse",       "roemeens",  "roemeense",
		"bulgaars",    "bulgaarse",    "duits",	    "duitse",
		"belgisch",    "belgische",    "frans",	    "franse",
		"litouws",     "litouwse",     "hongaars",  "hongaarse",
		"tsjechisch",  "tsjechische",  "slowaaks",  "slowaakse",
		"brits",       "britse",       "engels",    "engelse",
		"spaans",      "spaanse",      "italiaans", "italiaanse",
		"portugees",   "portugese",    "oekrains",  "oekrainse",
		"letse",       "estse",	       "turks",	    "turkse",
		"oostenrijks", "oostenrijkse", "deens",	    "deense",
		"zweeds",      "zweedse",      NULL};
	static const char *const makes[] = {
		"seat",	    "opel",   "volkswagen", "vw",	   "audi",	  "bmw",
		"mercedes", "ford",   "renault",    "peugeot",	   "toyota",	  "kia",
		"hyundai",  "fiat",   "skoda",	    "volvo",	   "nissan",	  "mazda",
		"dacia",    "suzuki", "iveco",	    "scania",	   "daf",	  "tesla",
		"passat",   "golf",   "polo",	    "astra",	   "corsa",	  "transit",
		"sprinter", "busje",  "bestelbus",  "bestelbusje", "vrachtwagen", "aanhanger",
		"caravan",  "camper", NULL};
	static const char *const norms[] = {"DIN ", "BS ", "EN ",  "ISO ",
					    "NEN ", "NF ", "UNI ", "DIN-"};
	guint digits = 0;

	for (guint i = 0; i < G_N_ELEMENTS(norms); i++)
		if (!strncmp(scan->text + at, norms[i], strlen(norms[i])))
			return FALSE;
	if (has_word_beside(scan, at, end, lands) || has_land_behind(scan, end))
		return TRUE;
	for (gsize i = at; i < end; i++)
		digits += g_ascii_isdigit(scan->text[i]);
	return digits >= 4 && g_ascii_isupper(scan->text[at]) &&
	       has_word_beside(scan, at, end, makes);
}

/* "5 - T H H - 3 9": as a reader of scans sets it; its end, and how it is printed. */
static gsize read_spaced(const Scan *scan, gsize at, char print[12])
{
	gsize length = 0, end = 0;
	guint signs = 0, count = 0;

	while (at < scan->length && length < 10) {
		char c = scan->text[at];

		if (!g_ascii_isupper(c) && !g_ascii_isdigit(c))
			return 0;
		print[length++] = c;
		count++;
		end = ++at;
		if (count == PLATE_LENGTH)
			break;
		if (at >= scan->length || scan->text[at] != ' ')
			return 0;
		at++;
		if (at + 1 < scan->length && scan->text[at] == '-' && scan->text[at + 1] == ' ') {
			print[length++] = '-';
			signs++;
			at += 2;
		}
	}
	print[length] = '\0';
	return count == PLATE_LENGTH && signs == 2 &&
			       !(end < scan->length && scan_is_word((guint8)scan->text[end]))
		       ? end
		       : 0;
}

static gboolean is_spaced_plate(const char *print)
{
	for (guint i = 0; i < G_N_ELEMENTS(series); i++) {
		const char *form = series[i], *at = print;

		while (*form && *at &&
		       (*form == '-'
				? *at == '-'
				: (*form == 'X' ? g_ascii_isupper(*at) : g_ascii_isdigit(*at)))) {
			form++;
			at++;
		}
		if (!*form && !*at)
			return TRUE;
	}
	return FALSE;
}

static gboolean is_named(Scan *scan, gsize at, gsize end)
{
	return scan_has(scan, at, end, TOPIC_PLATE);
}

static gsize give(Scan *scan, gsize at, gsize end, gboolean named)
{
	ScanEvidence evidence = named ? EVIDENCE_CONTEXT : EVIDENCE_FORM;
	return scan_emit(scan, RULE_PLATE, at, end, evidence, TOPIC_PLATE) ? end : 0;
}

gsize scan_plate(Scan *scan, gsize at)
{
	if (at && strchr("-/.", scan->text[at - 1]) && at >= 2 &&
	    scan_is_word((guint8)scan->text[at - 2]))
		return 0;
	const guint last = G_N_ELEMENTS(series) - 1;
	for (guint i = 0; i <= last; i++) {
		gsize end = read_series(scan, at, series[i], PRINT_HYPHENS);
		if (!end)
			continue;
		gboolean named = is_named(scan, at, end);
		if (named)
			return give(scan, at, end, TRUE);
		/* Belgian and old ones, and whatever a word calls a thing's code. */
		if (i == last || i < FIRST_MODERN || scan_near(scan, at, end)->distance[TOPIC_CASE])
			return 0;
		return is_issued(scan, at, end, i) ? give(scan, at, end, FALSE) : 0;
	}
	char print[12];
	gsize end = read_spaced(scan, at, print);
	if (end && is_spaced_plate(print))
		return give(scan, at, end, TRUE);
	end = read_german(scan, at);
	if (end && is_named(scan, at, end))
		return give(scan, at, end, TRUE);
	for (guint i = 0; i < last; i++) {
		end = read_series(scan, at, series[i], PRINT_BLANKS);
		if (!end)
			end = read_series(scan, at, series[i], PRINT_SOLID);
		/* "auto 12 ab 34" is rare, "de auto 30 km" is not: capitals only. */
		if (end && is_named(scan, at, end) &&
		    scan_nearest(scan_near(scan, at, end)) == TOPIC_PLATE &&
		    is_issued(scan, at, end, 0))
			return give(scan, at, end, TRUE);
	}
	end = read_foreign(scan, at);
	return end && (follows_plate_word(scan, at, end) || is_of_vehicle(scan, at, end))
		       ? give(scan, at, end, TRUE)
		       : 0;
}
