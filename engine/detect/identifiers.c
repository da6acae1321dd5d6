/* identifiers.c - one walk over the text for all numbers and codes of woo.md 6.1 to 6.11, 6.13
 * and 6.15.
 *
 * Words without a digit cost one look per byte; everything else goes to the finders, the most
 * specific first. What a finder consumed is not read again, so a telephone number never eats the
 * tail of an IBAN (6.16). */
#include "engine/detect/scan.h"

#include <string.h>

static gint compare_ranges(gconstpointer a, gconstpointer b)
{
	const ScanRange *left = a, *right = b;
	return left->from < right->from ? -1 : left->from > right->from;
}

/* Everything at one place, in the order of 6.16. */
static gsize find_at(Scan *scan, gsize at)
{
	static gsize (*const finders[])(Scan *, gsize) = {scan_code,   scan_plate,  scan_place,
							  scan_number, scan_client, scan_labelled};
	for (gsize i = 0; i < G_N_ELEMENTS(finders); i++) {
		gsize end = finders[i](scan, at);
		if (end > at)
			return end;
	}
	return 0;
}

/* The end of letters and digits from here on; *digit tells whether a digit is among them. */
static gsize token_end(const Scan *scan, gsize at, gboolean *digit)
{
	*digit = FALSE;
	while (at < scan->length && scan_is_word((guint8)scan->text[at])) {
		*digit |= g_ascii_isdigit(scan->text[at]);
		at++;
	}
	return at;
}

/* Letters that run into digits over a hyphen, a dot or a slash, or a blank behind capitals, may
 * open a code. */
static gboolean opens_code(const Scan *scan, gsize at, gsize end)
{
	if (end >= scan->length || end - at > 12)
		return FALSE;
	char c = scan->text[end];
	if (scan_digit(scan, end + 1))
		return strchr("-./ _", c) != NULL;
	if (c == ':' && end - at == 4)
		return !memcmp(scan->text + at, "ECLI", 4);
	return c == '-' && end - at <= 5 && g_ascii_isupper(scan->text[at]) &&
	       g_ascii_isupper(scan->text[end - 1]);
}

static void walk(Scan *scan)
{
	guint next = 0;
	for (gsize at = 0; at < scan->length;) {
		while (next < scan->taken->len &&
		       g_array_index(scan->taken, ScanRange, next).to <= at)
			next++;
		if (next < scan->taken->len &&
		    g_array_index(scan->taken, ScanRange, next).from <= at) {
			at = g_array_index(scan->taken, ScanRange, next).to;
			continue;
		}
		if (!scan_is_word((guint8)scan->text[at])) {
			at++;
			continue;
		}
		gboolean digit;
		gsize end = token_end(scan, at, &digit);
		gsize consumed = digit || opens_code(scan, at, end) ? find_at(scan, at) : 0;
		at = MAX(end, consumed);
	}
}

void lw_detect_identifiers(const LwDetectContext *context, LwEntities *found)
{
	Scan scan = {
		.text = context->base.normal->utf8,
		.length = context->base.normal->length,
		.context = context,
		.found = found,
		.taken = g_array_new(FALSE, FALSE, sizeof(ScanRange)),
		.near_at = G_MAXSIZE,
	};
	scan_online(&scan);
	scan_logins(&scan);
	scan_network(&scan);
	scan_mrz(&scan);
	g_array_sort(scan.taken, compare_ranges);
	/* The finders above walked on their own; the headings start anew. */
	scan.block = scan.block_seen = scan.asked = 0;
	scan.headings = 0;
	walk(&scan);
	g_array_free(scan.taken, TRUE);
}
