/* longnumber.c - numbers of ten digits and more: accounts, cards, registers, devices, court cases.
 */
#include "engine/detect/checksum.h"
#include "engine/detect/scan.h"

#include <string.h>

static gsize give(Scan *scan, ScanRule rule, gsize at, gsize end, ScanEvidence evidence,
		  ScanTopic topic)
{
	return scan_emit(scan, rule, at, end, evidence, topic) ? end : 0;
}

/* The nearest of these topics, by words or by the heading of a table, unless a thing's number
 * stands nearer. */
static ScanTopic pick(Scan *scan, gsize at, gsize end, const ScanTopic *topics, gsize count)
{
	const ScanNear *near = scan_near(scan, at, end);
	ScanTopic best = TOPIC_NONE;
	for (gsize i = 0; i < count; i++)
		if (scan_has(scan, at, end, topics[i]) &&
		    (!best || scan_nearer(near, topics[i], best)))
			best = topics[i];
	return best;
}

static gsize find_ten(Scan *scan, gsize at, const Number *number)
{
	static const ScanTopic topics[] = {TOPIC_A_NUMBER, TOPIC_V_NUMBER, TOPIC_LICENCE,
					   TOPIC_ACCOUNT};
	gsize end = number_total(scan, number, 10);
	if (!end)
		return 0;
	gboolean valid = lw_checksum_a_number(number->digits, 10);
	switch (pick(scan, at, end, topics, G_N_ELEMENTS(topics))) {
	case TOPIC_A_NUMBER:
		return give(scan, RULE_A_NUMBER, at, end, valid ? EVIDENCE_BOTH : EVIDENCE_CONTEXT,
			    TOPIC_A_NUMBER);
	case TOPIC_V_NUMBER:
		return give(scan, RULE_V_NUMBER, at, end, EVIDENCE_CONTEXT, TOPIC_V_NUMBER);
	case TOPIC_LICENCE:
		return give(scan, RULE_LICENCE, at, end, EVIDENCE_CONTEXT, TOPIC_LICENCE);
	case TOPIC_ACCOUNT:
		if (lw_checksum_account(number->digits, 10))
			return give(scan, RULE_ACCOUNT, at, end, EVIDENCE_BOTH, TOPIC_ACCOUNT);
		return 0;
	default:
		break;
	}
	/* Without a name only when nothing else names it: 0.6 percent of numbers pass. */
	gboolean bare =
		valid && number->lengths[0] == 10 && !scan_nearest(scan_near(scan, at, end));
	return bare ? give(scan, RULE_A_NUMBER, at, end, EVIDENCE_CHECK, TOPIC_A_NUMBER) : 0;
}

/* "85.07.30-033.28", "592-4471829-33": of the register of Belgium, and of its cards. */
static gsize find_belgian(Scan *scan, gsize at, const Number *number)
{
	gsize end = number_shape(scan, number, "2.2.2-3.2");

	gsize card = end ? 0 : number_shape(scan, number, "3-7-2");

	if (card && scan_near(scan, at, card)->distance[TOPIC_ID_DOCUMENT])
		end = card;
	return end ? give(scan, RULE_ID_DOCUMENT, at, end, EVIDENCE_CONTEXT, TOPIC_ID_DOCUMENT) : 0;
}

static gsize find_registered(Scan *scan, gsize at, const Number *number)
{
	gsize end = number_total(scan, number, 11);
	if (end && number->digits[0] != '0' && scan_has(scan, at, end, TOPIC_BIG))
		return give(scan, RULE_BIG, at, end, EVIDENCE_CONTEXT, TOPIC_BIG);
	end = number_total(scan, number, 12);
	if (end && scan_has(scan, at, end, TOPIC_COMPANY))
		return give(scan, RULE_COMPANY, at, end, EVIDENCE_CONTEXT, TOPIC_COMPANY);
	if (end && scan_has(scan, at, end, TOPIC_WOZ))
		return give(scan, RULE_WOZ, at, end, EVIDENCE_CONTEXT, TOPIC_WOZ);
	end = number_total(scan, number, 15);
	/* telephones have one of these before the number of their maker */
	if (end && lw_checksum_luhn(number->digits, 15) &&
	    !scan_near(scan, at, end)->distance[TOPIC_CASE] &&
	    (!memcmp(number->digits, "35", 2) || !memcmp(number->digits, "86", 2)))
		return give(scan, RULE_DEVICE, at, end,
			    scan_has(scan, at, end, TOPIC_DEVICE) ? EVIDENCE_BOTH : EVIDENCE_CHECK,
			    TOPIC_DEVICE);
	if (end && scan_has(scan, at, end, TOPIC_DEVICE)) {
		gboolean valid = lw_checksum_luhn(number->digits, 15);
		return give(scan, RULE_DEVICE, at, end, valid ? EVIDENCE_BOTH : EVIDENCE_CONTEXT,
			    TOPIC_DEVICE);
	}
	return 0;
}

/* Municipality, type of object, serial number (6.12). */
static gboolean is_bag(const char *digits)
{
	static const char types[] = "010203102030";
	if (digits[0] > '1')
		return FALSE;
	for (const char *type = types; *type; type += 2)
		if (digits[4] == type[0] && digits[5] == type[1])
			return TRUE;
	return FALSE;
}

static gsize find_sixteen(Scan *scan, gsize at, const Number *number)
{
	gsize end = number_total(scan, number, 16);
	if (!end)
		return 0;
	gboolean valid = lw_checksum_payment(number->digits, 16);
	if (scan_has(scan, at, end, TOPIC_PAYMENT))
		return give(scan, RULE_PAYMENT, at, end, valid ? EVIDENCE_BOTH : EVIDENCE_CONTEXT,
			    TOPIC_PAYMENT);
	if (!is_bag(number->digits) || number->lengths[0] != 16)
		return 0;
	if (scan_has(scan, at, end, TOPIC_BAG))
		return give(scan, RULE_BAG, at, end, EVIDENCE_CONTEXT, TOPIC_BAG);
	return scan_near(scan, at, end)->distance[TOPIC_CASE]
		       ? end
		       : give(scan, RULE_BAG, at, end, EVIDENCE_FORM, TOPIC_BAG);
}

static gsize find_card(Scan *scan, gsize at, const Number *number)
{
	static const char *const shapes[] = {"4 4 4 4", "4-4-4-4", "4.4.4.4", "4 6 5", "4-6-5"};
	gsize end = 0, plain = 0;
	guint length = number->lengths[0];
	for (gsize i = 0; !end && i < G_N_ELEMENTS(shapes); i++)
		end = number_shape(scan, number, shapes[i]);
	if (end)
		length = number->lengths[1] == 6 ? 15 : 16;
	else if (length >= 13 && length <= 19 && number->groups &&
		 number_total(scan, number, length))
		end = plain = number->ends[0];
	if (!end || !lw_checksum_card(number->digits, length))
		return 0;
	if (scan_has(scan, at, end, TOPIC_CARD))
		return give(scan, RULE_CARD, at, end, EVIDENCE_BOTH, TOPIC_CARD);
	const ScanNear *near = scan_near(scan, at, end);
	if (near->distance[TOPIC_CASE] || near->distance[TOPIC_DEVICE])
		return 0;
	return give(scan, RULE_CARD, at, end, plain ? EVIDENCE_CHECK : EVIDENCE_FORM, TOPIC_CARD);
}

/* Parket number: 10/123456-19 and its other signs. */
static gsize find_case(Scan *scan, gsize at, const Number *number)
{
	guint8 lengths[] = {2, 6, 2};
	if (number->groups < 3 || memcmp(number->lengths, lengths, 3) ||
	    !strchr("./-", number->separators[0]) || !strchr("./-", number->separators[1]) ||
	    !number->separators[0] || !number->separators[1])
		return 0;
	gsize end = number->ends[2];
	if (number->separators[2] && strchr("./-", number->separators[2]))
		return 0;
	const ScanNear *near = scan_near(scan, at, end);
	if (near->distance[TOPIC_CRIMINAL])
		return give(scan, RULE_CRIMINAL, at, end, EVIDENCE_CONTEXT, TOPIC_CRIMINAL);
	return scan_nearest(near) == TOPIC_CASE
		       ? 0
		       : give(scan, RULE_CRIMINAL, at, end, EVIDENCE_FORM, TOPIC_CRIMINAL);
}

/* 123456782L01, 1234.56.782.H.56.01: the core is a BSN or an RSIN. */
static gsize find_tax(Scan *scan, gsize at, const Number *number)
{
	guint groups = number->lengths[0] == 9 ? 1
		       : number->groups >= 3 && number->lengths[0] == 4 &&
				       number->lengths[1] == 2 && number->lengths[2] == 3 &&
				       number->separators[0] == '.' && number->separators[1] == '.'
			       ? 3
			       : 0;
	if (!groups)
		return 0;
	gsize end = number->ends[groups - 1];
	end += end < scan->length && (scan->text[end] == '.' || scan->text[end] == ' ');
	if (end >= scan->length || !g_ascii_isupper(scan->text[end]))
		return 0;
	end++;
	end += end < scan->length && scan->text[end] == '.';
	if (!scan_digit(scan, end) || !scan_digit(scan, end + 1))
		return 0;
	end += 2;
	while (end < scan->length &&
	       (scan->text[end] == '.' ? scan_digit(scan, end + 1) : scan_digit(scan, end)))
		end++;
	if (end < scan->length && scan_is_word((guint8)scan->text[end]))
		return 0;
	if (!lw_checksum_bsn(number->digits, 9))
		return scan_has(scan, at, end, TOPIC_VAT)
			       ? give(scan, RULE_VAT, at, end, EVIDENCE_CONTEXT, TOPIC_VAT)
			       : 0;
	gsize low = at > 60 ? at - 60 : 0;
	gboolean company =
		scan_words(scan, low, at, "b.v.|bv|n.v.|nv|rsin|stichting|vereniging|holding");
	ScanRule rule = company ? RULE_VAT : RULE_TAX;
	return give(scan, rule, at, end, EVIDENCE_BOTH, TOPIC_VAT);
}

gsize scan_long_number(Scan *scan, gsize at, const Number *number)
{
	static gsize (*const finders[])(Scan *, gsize, const Number *) = {
		find_tax,     find_case,       find_sixteen, find_card,
		find_belgian, find_registered, find_ten};
	for (gsize i = 0; i < G_N_ELEMENTS(finders); i++) {
		gsize end = finders[i](scan, at, number);
		if (end)
			return end;
	}
	return 0;
}
