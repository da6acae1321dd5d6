/* network.c - IP and MAC addresses (woo.md 6.13). Section numbers and versions are dotted quads
 * too: those need a word about networks near, or a number that no section has. */
#include "engine/detect/pattern.h"
#include "engine/detect/scan.h"

#include <string.h>

#define NEAR 24 /* bytes back to the word that names another number */

static const LwPattern *pattern_at(guint index)
{
	static const char *const regexes[] = {
		"(?##)(?<![0-9A-Za-z.:-])[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?![0-9A-Za-z]|[.-][0-9])",
		"(?<![0-9A-Za-z:-])[0-9A-Fa-f]{2}([:-])[0-9A-Fa-f]{2}(?:\\1[0-9A-Fa-f]{2}){4}(?![0-"
		"9A-Za-z]|[:-][0-9A-Fa-f])",
		"(?<![0-9A-Za-z:.])(?:[0-9A-Fa-f]{1,4}:){2,7}(?::[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,"
		"4}){0,5}|[0-9A-Fa-f]{1,4})"
		"(?![0-9A-Za-z:])|(?<![0-9A-Za-z:.])[0-9A-Fa-f]{1,4}::[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-"
		"f]{1,4}){0,5}"
		"(?![0-9A-Za-z:])",
	};
	static LwPattern **patterns;
	return lw_pattern_of(&patterns, regexes, G_N_ELEMENTS(regexes), index);
}

static void take(Scan *scan, gsize from, gsize to)
{
	ScanRange range = {from, to};
	g_array_append_val(scan->taken, range);
}

/* Four numbers of at most 255; *big: one of them is more than a section number. */
static gboolean is_quad(const char *text, gsize length, gboolean *big)
{
	guint value = 0;
	*big = FALSE;
	for (gsize i = 0; i <= length; i++) {
		if (i < length && text[i] != '.') {
			value = value * 10 + (guint)(text[i] - '0');
			continue;
		}
		if (value > 255)
			return FALSE;
		*big |= value > 40;
		value = 0;
	}
	return TRUE;
}

/* "je wachtwoord is verlopen, ik zie je vanaf 84.29.1.7": what is said of a login. */
static gboolean may_stand_near(ScanTopic topic)
{
	return topic == TOPIC_USER || topic == TOPIC_DEVICE || topic == TOPIC_MEETING;
}

static void find_quads(Scan *scan)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	for (gsize from = 0;
	     lw_pattern_next(pattern_at(0), scan->text, scan->length, from, groups, NULL);
	     from = groups[0].end) {
		gsize start = groups[0].start, end = groups[0].end;
		gboolean big;
		if (!is_quad(scan->text + start, end - start, &big))
			continue;
		const ScanNear *near = scan_near(scan, start, end);
		gboolean named =
			near->distance[TOPIC_IP] && scan_nearer(near, TOPIC_IP, TOPIC_CASE);
		/* "Inlog vanaf 84.241.12.7": a login is of a network too */
		ScanTopic nearest = scan_nearest(near);
		if (!named && (!big || (nearest && near->distance[nearest] < NEAR &&
					!may_stand_near(nearest))))
			continue;
		scan_emit(scan, RULE_IP, start, end, named ? EVIDENCE_CONTEXT : EVIDENCE_FORM,
			  TOPIC_IP);
		take(scan, start, end);
	}
}

static void find_colons(Scan *scan)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	for (guint index = 1; index <= 2; index++) {
		for (gsize from = 0; lw_pattern_next(pattern_at(index), scan->text, scan->length,
						     from, groups, NULL);
		     from = groups[0].end) {
			gsize start = groups[0].start, end = groups[0].end;
			ScanRule rule = index == 1 ? RULE_MAC : RULE_IP;
			/* "12:30:45" is a time; an IPv6 address is longer or has a letter. */
			gboolean letters =
				strcspn(scan->text + start, "abcdefABCDEF") < end - start;
			if (index == 2 && (!letters || end - start < 9))
				continue;
			if (index == 1 && !letters && !memchr(scan->text + start, ':', end - start))
				continue;
			scan_emit(scan, rule, start, end, EVIDENCE_FORM, TOPIC_IP);
			take(scan, start, end);
		}
	}
}

void scan_network(Scan *scan)
{
	find_quads(scan);
	find_colons(scan);
}
