/* number.c - numbers of up to nine digits, and what only looks like one: dates, times, amounts.
 *
 * Check digits alone never mark anything: one random number in eleven has them (woo.md 6). */
#include "engine/detect/checksum.h"
#include "engine/detect/scan.h"

#include <string.h>

#define TRADER_REACH  200 /* bytes */
#define TRADER_BEHIND 80
#define BSN_REACH     160
#define MISREAD_REACH 14
#define SPLIT_REACH   26
#define CASE_LINES    4

/* What stands between two groups of digits: at most a line end with blanks around it, or one sign;
 * 0: they are apart. */
static char separator_at(const Scan *scan, gsize *at)
{
	gsize i = *at, blanks = 0;
	char sign = 0;
	/* "|1|2|3|": a form with a box for each digit */
	gboolean boxed = i > 1 && !scan_digit(scan, i - 2);
	for (; i < scan->length && i - *at < 6; i++) {
		char c = scan->text[i];
		if (c == ' ')
			blanks++;
		else if (c == '|' && !sign && boxed)
			sign = ' ';
		else if ((c == '.' || c == '-' || c == '/' || c == '\n') && !sign)
			sign = c;
		else
			break;
	}
	if (i == *at || !scan_digit(scan, i) || (sign == 0 && blanks > 2) ||
	    (blanks && (sign == '.' || sign == '/')))
		return 0;
	if (memchr(scan->text + *at, '|', i - *at) && scan_digit(scan, i + 1))
		return 0;
	*at = i;
	return sign ? sign : ' ';
}

void number_read(const Scan *scan, gsize at, Number *number)
{
	gsize digits = 0;
	memset(number, 0, sizeof *number);
	while (number->groups < NUMBER_GROUPS) {
		gsize start = at;
		while (scan_digit(scan, at) && digits < NUMBER_DIGITS)
			number->digits[digits++] = scan->text[at++];
		if (at == start || scan_digit(scan, at))
			break;
		number->lengths[number->groups] = (guint8)(at - start);
		number->ends[number->groups] = at;
		number->groups++;
		char separator = separator_at(scan, &at);
		number->separators[number->groups - 1] = separator;
		if (!separator)
			break;
	}
}

/* Nothing that belongs to the number may follow: no letter, no further digits behind a tight sign.
 */
static gboolean ends_well(const Scan *scan, const Number *number, guint last)
{
	gsize end = number->ends[last];
	if (end >= scan->length)
		return TRUE;
	char c = scan->text[end];
	if (scan_is_word((guint8)c))
		return FALSE;
	return !(strchr(".,-/:", c) && scan_digit(scan, end + 1));
}

gsize number_shape(const Scan *scan, const Number *number, const char *shape)
{
	guint group = 0;
	for (const char *at = shape;; at++, group++) {
		char *end;
		guint length = (guint)strtoul(at, &end, 10);
		if (group >= number->groups || number->lengths[group] != length)
			return 0;
		at = end;
		if (!*at)
			break;
		char separator = number->separators[group];
		if (separator != *at && !(*at == ' ' && separator == '\n'))
			return 0;
	}
	return ends_well(scan, number, group) ? number->ends[group] : 0;
}

gsize number_total(const Scan *scan, const Number *number, guint total)
{
	guint sum = 0;
	for (guint group = 0; group < number->groups; group++) {
		sum += number->lengths[group];
		if (sum == total)
			return ends_well(scan, number, group) ? number->ends[group] : 0;
		if (sum > total || number->separators[group] == '/')
			return 0;
	}
	return 0;
}

static int group_value(const Number *number, guint group)
{
	guint start = 0;
	for (guint i = 0; i < group; i++)
		start += number->lengths[i];
	int value = 0;
	for (guint i = 0; i < number->lengths[group] && i < 8; i++)
		value = value * 10 + (number->digits[start + i] - '0');
	return value;
}

/* d-m-yyyy, yyyy-mm-dd, d-m-yy with one sign. Returns its end. */
static gsize date_end(const Scan *scan, const Number *number)
{
	if (number->groups < 3 || number->separators[0] != number->separators[1] ||
	    !strchr("-./", number->separators[0]))
		return 0;
	char behind = number->separators[2];
	if (behind && strchr("-./", behind))
		return 0;
	gboolean reversed = number->lengths[0] == 4;
	guint day = reversed ? 2 : 0, year = reversed ? 0 : 2;
	gboolean short_year = number->lengths[year] == 2;
	if (number->lengths[day] > 2 || number->lengths[1] > 2 ||
	    (number->lengths[year] != 4 && !short_year))
		return 0;
	/* "06-12-34 56 78" goes on, "12-10-22 06:48" is a day with its time. */
	if (short_year && behind == ' ' && number->lengths[3] == 2 &&
	    !(number->ends[3] < scan->length && scan->text[number->ends[3]] == ':'))
		return 0;
	int days = group_value(number, day), months = group_value(number, 1);
	/* "7731.04.18" */
	if (reversed && (group_value(number, 0) < 1700 || group_value(number, 0) > 2100))
		return 0;
	return days >= 1 && days <= 31 && months >= 1 && months <= 12 ? number->ends[2] : 0;
}

/* ddmmyyyy or yyyymmdd */
static gboolean is_packed_date(const char *digits)
{
	int first = (digits[0] - '0') * 10 + (digits[1] - '0'),
	    second = (digits[2] - '0') * 10 + (digits[3] - '0');
	int third = (digits[4] - '0') * 10 + (digits[5] - '0'),
	    fourth = (digits[6] - '0') * 10 + (digits[7] - '0');
	if (first >= 1 && first <= 31 && second >= 1 && second <= 12 &&
	    (third == 19 || third == 20))
		return TRUE;
	return (first == 19 || first == 20) && third >= 1 && third <= 12 && fourth >= 1 &&
	       fourth <= 31;
}

static gboolean is_amount(const Scan *scan, gsize at, const Number *number)
{
	gsize before = at;
	while (before > 0 && scan->text[before - 1] == ' ')
		before--;
	if (before >= 3 && !memcmp(scan->text + before - 3, "\xe2\x82\xac", 3))
		return TRUE;
	if (before >= 3 && !memcmp(scan->text + before - 3, "EUR", 3))
		return TRUE;
	/* "123.456,78" and "123.456,-" and "123456 euro" */
	gsize end = number->ends[number->groups - 1];
	if (end + 1 < scan->length && scan->text[end] == ',' &&
	    (scan_digit(scan, end + 1) || scan->text[end + 1] == '-'))
		return TRUE;
	return scan_words(scan, end, MIN(end + 8, scan->length), "euro|eur|m2|m3|kg|km");
}

static const char *separator_shapes[] = {"4.2.3", "3.3.3", "3 3 3", "8-1", "3-3-3"};

/* Nine digits in any print; *separated tells that the separators are those of a BSN. */
static gsize nine_end(Scan *scan, gsize at, const Number *number, gboolean *separated)
{
	*separated = FALSE;
	gsize end = number_shape(scan, number, "9");
	for (gsize i = 0; !end && i < G_N_ELEMENTS(separator_shapes); i++) {
		end = number_shape(scan, number, separator_shapes[i]);
		*separated = end != 0;
	}
	if (end)
		return end;
	/* Broken anywhere, over a line end or by a reader of scans: only behind the name of the
	 * number. */
	end = number_total(scan, number, 9);
	if (!end)
		return 0;
	const ScanNear *near = scan_near(scan, at, end);
	gboolean named = near->distance[TOPIC_BSN] || near->distance[TOPIC_RSIN] ||
			 near->distance[TOPIC_EDUCATION] || near->distance[TOPIC_ACCOUNT];
	return named ? end : 0;
}

static ScanTopic nearest_of(Scan *scan, gsize at, gsize end, const ScanTopic *topics, gsize count)
{
	const ScanNear *near = scan_near(scan, at, end);
	ScanTopic nearest = scan_nearest(near);
	if (nearest)
		return nearest;
	for (gsize i = 0; i < count; i++)
		if (scan_has(scan, at, end, topics[i]))
			return topics[i];
	return TOPIC_NONE;
}

static gsize emit(Scan *scan, ScanRule rule, gsize at, gsize end, gboolean checked, ScanTopic topic)
{
	ScanEvidence evidence = checked ? EVIDENCE_BOTH : EVIDENCE_CONTEXT;
	return scan_emit(scan, rule, at, end, evidence, topic) ? end : 0;
}

/* A row that opens with the number, under a heading that opens with "zaaknr": no BSN with a slip.
 */
static gboolean is_in_case_column(const Scan *scan, gsize at)
{
	gsize from = scan->block;

	if (at != scan_line_start(scan, at))
		return FALSE;
	for (guint lines = 0; lines < CASE_LINES && from < at; lines++) {
		gsize to = scan_line_end(scan, from);
		gsize cell = from + strcspn(scan->text + from, "|\t\n");

		if (cell < to &&
		    scan_words(scan, from, cell,
			       "zaaknr|zaaknummer|zaak|zaak-id|dossiernr|dossiernummer|"
			       "kenmerk|boetenummer|boetenr|beschikkingsnr"))
			return TRUE;
		from = to + 1;
	}
	return FALSE;
}

static gsize find_nine(Scan *scan, gsize at, const Number *number)
{
	static const ScanTopic topics[] = {TOPIC_BSN, TOPIC_RSIN, TOPIC_EDUCATION, TOPIC_ACCOUNT};
	gboolean separated;
	gsize end = nine_end(scan, at, number, &separated);
	if (!end)
		return 0;
	if (!strncmp(number->digits, "000000000", 9))
		return 0;
	gboolean valid = lw_checksum_bsn(number->digits, 9);
	ScanTopic topic = nearest_of(scan, at, end, topics, G_N_ELEMENTS(topics));
	const ScanNear *near = scan_near(scan, at, end);
	/* "Het BSN van de heer Boateng staat op blz. 3 gewoon open (484435565)" */
	if (valid && !topic &&
	    scan_words(scan, MAX(scan_line_start(scan, at), at > BSN_REACH ? at - BSN_REACH : 0),
		       at,
		       "bsn|burgerservicenummer|burgerservice|mijn nummer|nummer van de belasting|"
		       "zijn nummer|haar nummer|uw nummer|sofinummer"))
		topic = TOPIC_BSN;
	/* a paper that a person shows has no number of nine figures with these check digits */
	if (valid && topic == TOPIC_ID_DOCUMENT && near->distance[topic] <= 20 &&
	    strstr(near->word[topic], "id"))
		topic = TOPIC_BSN;
	/* Words of other numbers may stand between the name and a valid BSN; names of things may
	 * not. */
	if (valid && near->distance[TOPIC_BSN] && topic != TOPIC_RSIN && topic != TOPIC_CASE &&
	    topic != TOPIC_EDUCATION && topic != TOPIC_ACCOUNT && topic != TOPIC_CLIENT)
		topic = TOPIC_BSN;
	/* "BSN 270812647, A-nr 2057160959. Yonas stond al op 401743159" */
	if (valid && topic == TOPIC_A_NUMBER && near->distance[topic] > MISREAD_REACH &&
	    scan_words(scan, MAX(scan_line_start(scan, at), at > BSN_REACH ? at - BSN_REACH : 0),
		       at, "bsn|burgerservicenummer"))
		topic = TOPIC_BSN;
	if (valid && !topic &&
	    scan_words(scan, at > SPLIT_REACH ? at - SPLIT_REACH : 0, at,
		       "service nr|service nummer|burger service"))
		topic = TOPIC_BSN;
	/* "B5N": a reader of scans took the S for a figure */
	if (valid &&
	    scan_words(scan, at > MISREAD_REACH ? at - MISREAD_REACH : 0, at, "b5n|85n|8sn"))
		topic = TOPIC_BSN;
	/* "361 204 887 15" */
	if (topic == TOPIC_MEETING && near->distance[topic] <= MISREAD_REACH)
		return 0;
	switch (topic) {
	case TOPIC_BSN:
		if (!valid && is_in_case_column(scan, at))
			return end;
		return emit(scan, RULE_BSN, at, end, valid, topic);
	case TOPIC_RSIN:
		return emit(scan, RULE_RSIN, at, end, valid, topic);
	case TOPIC_VAT:
		return valid ? emit(scan, RULE_TAX, at, end, TRUE, topic) : 0;
	case TOPIC_EDUCATION:
		return emit(scan, RULE_EDUCATION, at, end, lw_checksum_education(number->digits, 9),
			    topic);
	case TOPIC_ACCOUNT:
		return emit(scan, RULE_ACCOUNT, at, end, lw_checksum_account(number->digits, 9),
			    topic);
	case TOPIC_CASE:
	case TOPIC_PHONE:
	case TOPIC_CLIENT:
	case TOPIC_CRIMINAL:
	case TOPIC_COMPANY:
	case TOPIC_V_NUMBER:
		return 0;
	default:
		break;
	}
	/* "241.607.000" is a round amount. */
	separated &= number->lengths[0] != 3 || memcmp(number->digits + 6, "000", 3) != 0;
	if (valid)
		scan_emit(scan, RULE_BSN, at, end, separated ? EVIDENCE_FORM : EVIDENCE_CHECK,
			  TOPIC_BSN);
	return valid ? end : 0;
}

/* The find before it is the tax number of a natural person. */
static gboolean is_behind_tax_number(const Scan *scan, gsize at)
{
	const LwEntity *last =
		scan->found->items->len
			? &g_array_index(scan->found->items, LwEntity, scan->found->items->len - 1)
			: NULL;

	return last && last->kind == LW_KIND_TAX_NUMBER &&
	       scan_line_start(scan, at) <=
		       lw_normal_find(scan->context->base.normal, last->span.start);
}

/* "ingeschreven als eenmanszaak onder nummer 12345678": the number is a person's. A legal form
 * nearer by makes it that of a firm. */
static gboolean is_sole_trader(const Scan *scan, gsize at, gsize end)
{
	static const char traders[] = "eenmanszaak|eenmansbedrijf|eenmz|zzp|zzper|zzp'er|"
				      "freelancer|zelfstandige|h.o.d.n.|hodn|"
				      "handelend onder|als zelfstandige|sole trader|bbz|h/o|"
				      "eigen zaak|eigen zaakje|eigen bedrijf|eigen bedrijfje|"
				      "eenpersoonszaak|eenpitter";
	static const char bodies[] = "b.v.|bv|n.v.|nv|stichting|vereniging|cooperatie|holding";
	gsize low = at > TRADER_REACH ? at - TRADER_REACH : 0;
	gsize high = MIN(scan->length, end + TRADER_BEHIND);

	/* in a table the row tells */
	gsize line = scan_line_start(scan, at);
	/* "btw NL..B02 (with his BSN), KvK 12345678" */
	if (is_behind_tax_number(scan, at))
		return TRUE;
	/* "via Bos B.V. (KvK 30284417) en heeft een eenmanszaak (KvK 71936028)": the last counts */
	gboolean trader = FALSE;
	for (; line < at && scan_words(scan, line, at, traders); line++)
		trader = TRUE;
	if (trader)
		return !scan_words(scan, line, at, bodies);
	for (gsize i = at; i > low + 1; i--)
		if (scan->text[i - 1] == '\n' && scan->text[i - 2] == '\n')
			low = i;
	for (gsize i = end; i + 1 < high; i++)
		if (scan->text[i] == '\n' && scan->text[i + 1] == '\n')
			high = i;
	return scan_words(scan, low, high, traders) && !scan_words(scan, low, at, bodies);
}

static gsize find_eight(Scan *scan, gsize at, const Number *number)
{
	static const ScanTopic topics[] = {TOPIC_COMPANY, TOPIC_AGB, TOPIC_BSN};
	gsize end = number_total(scan, number, 8);
	if (!end)
		return 0;
	gboolean plain = number->lengths[0] == 8;
	ScanTopic topic = nearest_of(scan, at, end, topics, plain ? G_N_ELEMENTS(topics) : 0);
	gboolean dated = plain && is_packed_date(number->digits);
	gboolean valid = lw_checksum_bsn(number->digits, 8);
	if (topic == TOPIC_COMPANY)
		return emit(scan, is_sole_trader(scan, at, end) ? RULE_TRADER : RULE_COMPANY, at,
			    end, FALSE, topic);
	if (topic == TOPIC_AGB)
		return emit(scan, RULE_AGB, at, end, FALSE, topic);
	if (topic == TOPIC_BSN && (valid || (plain && !dated)))
		return emit(scan, RULE_BSN, at, end, valid, topic);
	return 0;
}

/* UBN and old giro numbers. */
static gsize find_short(Scan *scan, gsize at, const Number *number)
{
	gsize end = number_total(scan, number, 7);
	if (!end && number->groups == 1 && number->lengths[0] >= 3 && number->lengths[0] <= 6)
		end = number_total(scan, number, number->lengths[0]);
	if (!end)
		return 0;
	const ScanNear *near = scan_near(scan, at, end);
	ScanTopic topic = scan_nearest(near);
	gboolean seven = end && strlen(number->digits) >= 7 && number->lengths[0] == 7;
	if (topic == TOPIC_LIVESTOCK && seven)
		return emit(scan, RULE_LIVESTOCK, at, end, FALSE, topic);
	if (topic == TOPIC_ACCOUNT && near->distance[topic] <= 20 &&
	    strstr(near->word[topic], "giro"))
		return emit(scan, RULE_ACCOUNT, at, end, FALSE, topic);
	return 0;
}

/* "12.34.56.789", the old print of a bank account. */
static gsize find_account(Scan *scan, gsize at, const Number *number)
{
	gsize end = number_shape(scan, number, "2.2.2.3");
	if (!end || !lw_checksum_account(number->digits, 9))
		return 0;
	gboolean named = scan_has(scan, at, end, TOPIC_ACCOUNT);
	scan_emit(scan, RULE_ACCOUNT, at, end, named ? EVIDENCE_BOTH : EVIDENCE_CHECK,
		  TOPIC_ACCOUNT);
	return end;
}

/* The case number of the Council of State and a colon of time: nothing personal, but shaped like
 * parts of it. */
static gsize find_harmless(const Scan *scan, const Number *number)
{
	gsize end = date_end(scan, number);
	if (end)
		return end;
	end = number->ends[0];
	if (number->groups > 1 && number->lengths[0] == 9 && number->separators[0] == '/' &&
	    number->lengths[1] == 1) {
		end = number->ends[1];
		while (end < scan->length &&
		       (scan->text[end] == '/' || g_ascii_isalnum(scan->text[end])))
			end++;
		return end;
	}
	gboolean time = end + 2 < scan->length && number->lengths[0] <= 2 &&
			scan->text[end] == ':' && scan_digit(scan, end + 1) &&
			scan_digit(scan, end + 2);
	return time ? end + 3 : 0;
}

/* A digit, a tight sign and this: the middle of something longer. */
static gboolean starts_inside(const Scan *scan, gsize at)
{
	return at >= 2 && strchr(".,-/:", scan->text[at - 1]) && scan_digit(scan, at - 2);
}

gsize scan_number(Scan *scan, gsize at)
{
	if (!scan_digit(scan, at))
		return 0;
	Number number;
	number_read(scan, at, &number);
	if (!number.groups)
		return 0;
	gsize end = starts_inside(scan, at) ? 0 : find_harmless(scan, &number);
	/* "Parketnummer 05.123456.20" is no telephone number */
	if (!end && number.groups == 3 && number.lengths[1] == 6 &&
	    scan_near(scan, at, number.ends[2])->distance[TOPIC_CRIMINAL])
		end = scan_long_number(scan, at, &number);
	if (!end && !is_amount(scan, at, &number))
		end = scan_phone(scan, at);
	if (end || starts_inside(scan, at))
		return end;
	end = scan_long_number(scan, at, &number);
	if (end)
		return end;
	if (is_amount(scan, at, &number))
		return number.ends[number.groups - 1];
	end = find_account(scan, at, &number);
	if (!end)
		end = find_nine(scan, at, &number);
	if (!end)
		end = find_eight(scan, at, &number);
	if (!end)
		end = find_short(scan, at, &number);
	return end;
}
