/* mrz.c - machine readable zones of travel documents and driving licences: the whole line goes,
 * because old ones carry the BSN (woo.md 6.9). Blanks that a reader of scans put in are passed
 * over. */
#include "engine/detect/checksum.h"
#include "engine/detect/scan.h"

#include <string.h>

#define ZONE_MIN 28
#define ZONE_MAX 46

/* The zone's characters of a line; 0: the line is something else. */
static gsize read_zone(const Scan *scan, gsize from, gsize to, char zone[ZONE_MAX + 1])
{
	gsize length = 0, fillers = 0;
	for (gsize i = from; i < to; i++) {
		char c = scan->text[i];
		if (c == ' ')
			continue;
		if (!g_ascii_isupper(c) && !g_ascii_isdigit(c) && c != '<')
			return 0;
		if (length >= ZONE_MAX)
			return 0;
		fillers += c == '<';
		zone[length++] = c;
	}
	zone[length] = '\0';
	return fillers >= 2 && length >= ZONE_MIN ? length : 0;
}

static gboolean field_holds(const char *zone, gsize start, gsize size)
{
	int digit = lw_checksum_mrz(zone + start, size);
	return digit >= 0 && zone[start + size] == '0' + digit;
}

static gboolean is_verified(const char *zone, gsize length)
{
	if (length >= 44)
		return field_holds(zone, 0, 9) && field_holds(zone, 13, 6);
	if (length >= 30)
		return field_holds(zone, 5, 9) ||
		       (field_holds(zone, 0, 6) && field_holds(zone, 8, 6));
	return FALSE;
}

void scan_mrz(Scan *scan)
{
	const char *end_of_text = scan->text + scan->length;
	const char *filler = scan->text;
	while ((filler = memchr(filler, '<', (gsize)(end_of_text - filler)))) {
		gsize at = (gsize)(filler - scan->text);
		gsize from = scan_line_start(scan, at), to = scan_line_end(scan, at);
		char zone[ZONE_MAX + 1];
		filler = scan->text + to;
		if (to - from > 3 * ZONE_MAX)
			continue;
		while (from < to && g_ascii_isspace(scan->text[from]))
			from++;
		while (to > from && g_ascii_isspace(scan->text[to - 1]))
			to--;
		gsize length = read_zone(scan, from, to, zone);
		if (!length)
			continue;
		ScanEvidence evidence = is_verified(zone, length) ? EVIDENCE_CHECK : EVIDENCE_FORM;
		scan_emit(scan, RULE_MRZ, from, to, evidence, TOPIC_NONE);
		ScanRange range = {from, to};
		g_array_append_val(scan->taken, range);
	}
}
