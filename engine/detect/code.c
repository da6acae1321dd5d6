/* code.c - identifiers that mix letters and digits: IBAN, VAT numbers, travel documents, vehicles,
 * police reports.
 *
 * A code found broken over blanks or a line end must satisfy its check digits as a whole. */
#include "engine/detect/checksum.h"
#include "engine/detect/scan.h"

#include <string.h>

#define CODE_MAX      36
#define TRADER_REACH  100 /* bytes */
#define FIRM_REACH    120
#define PAPER_REACH   120
#define SERIAL_LENGTH 10
#define LEAST_LETTERS 3 /* of a word */

/* Letters and digits from a place on, upper case, without what stands between; ends[i]: where
 * character i ends. */
typedef struct {
	char text[CODE_MAX + 1];
	gsize ends[CODE_MAX];
	gsize length;
} Code;

static void read_code(const Scan *scan, gsize at, Code *code)
{
	code->length = 0;
	guint between = 0;
	for (; at < scan->length && code->length < CODE_MAX; at++) {
		char c = scan->text[at];
		if (g_ascii_isalnum(c)) {
			code->text[code->length] = g_ascii_toupper(c);
			code->ends[code->length++] = at + 1;
			between = 0;
		} else if (!strchr(" .-\n", c) || !c || ++between > 3) {
			break;
		}
	}
	code->text[code->length] = '\0';
}

static gboolean ends_well(const Scan *scan, gsize end)
{
	return end >= scan->length || !scan_is_word((guint8)scan->text[end]);
}

static gboolean all_digits(const char *text, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isdigit(text[i]))
			return FALSE;
	return TRUE;
}

/* What a reader of scans makes of digits, undone. */
static void mend_digits(char *text, gsize length)
{
	for (gsize i = 0; i < length; i++) {
		if (strchr("OQD", text[i]))
			text[i] = '0';
		else if (strchr("IL", text[i]))
			text[i] = '1';
		else if (text[i] == 'S')
			text[i] = '5';
		else if (text[i] == 'B')
			text[i] = '8';
	}
}

/* The same the other way: the letters of a bank. */
static void mend_letters(char *text, gsize length)
{
	static const char pairs[] = "0O1I5S8B";
	for (gsize i = 0; i < length; i++)
		for (const char *pair = pairs; *pair; pair += 2)
			if (text[i] == pair[0])
				text[i] = pair[1];
}

/* "Bakker Beheer B.V., Kade 40, Mijdrecht, IBAN NL..": the line of a firm, and of no trader. */
static gboolean is_of_firm(const Scan *scan, gsize at)
{
	gsize line = scan_line_start(scan, at);
	gsize low = MAX(line, at > FIRM_REACH ? at - FIRM_REACH : 0);

	for (gsize i = at; i > low; i--)
		if (strchr("|;\t", scan->text[i - 1]))
			low = i;
	return scan_words(scan, low, at, "b.v|bv|n.v|nv") &&
	       !scan_words(scan, line, at,
			   "eenmanszaak|zzp|h.o.d.n|hodn|t.n.v|tnv|prive|privé|dhr|mevr|mw|heer|"
			   "mevrouw");
}

/* "NL80 INGB .. van UWV", ", t.n.v. de gemeente": right behind the number. */
static gboolean is_named_public(const Scan *scan, gsize end)
{
	static const char *const leads[] = {"van ", "t.n.v. ", "t.n.v ", "tnv ", "ten name van "};
	gsize at = end;

	at += at < scan->length && scan->text[at] == ',';
	if (at >= scan->length || scan->text[at] != ' ')
		return FALSE;
	at++;
	for (gsize i = 0; i < G_N_ELEMENTS(leads); i++) {
		gsize size = strlen(leads[i]), high;

		if (scan->length - at < size || memcmp(scan->text + at, leads[i], size))
			continue;
		at += size;
		for (gsize k = 0; k < 2; k++)
			if (scan->length - at > 4 && (!memcmp(scan->text + at, "de ", 3) ||
						      !memcmp(scan->text + at, "het ", 4)))
				at += scan->text[at] == 'd' ? 3 : 4;
		for (high = at; high < scan->length && scan_is_word((guint8)scan->text[high]);)
			high++;
		return scan_words(scan, at, high,
				  "uwv|svb|duo|ind|cjib|cak|coa|rvo|belastingdienst|gemeente|"
				  "provincie|waterschap|hoogheemraadschap|rechtbank");
	}
	return FALSE;
}

static gboolean is_public_account(const Scan *scan, gsize at, gsize end, const Code *code)
{
	if (!memcmp(code->text + 4, "BNGH", 4) || !memcmp(code->text + 4, "NWAB", 4))
		return TRUE;
	gsize low = at > 60 ? at - 60 : 0;
	const char *owners = "van de gemeente|van gemeente|van het waterschap|van de "
			     "provincie|belastingdienst|cjib";
	if (is_of_firm(scan, at))
		return TRUE;
	return scan_words(scan, low, at, owners) ||
	       scan_words(scan, end, MIN(scan->length, end + 50), owners) ||
	       is_named_public(scan, end);
}

static gsize emit_iban(Scan *scan, gsize at, gsize length, const Code *code, gboolean valid)
{
	gsize end = code->ends[length - 1];
	gboolean named = scan_has(scan, at, end, TOPIC_ACCOUNT);
	ScanEvidence evidence = !valid ? EVIDENCE_CONTEXT : named ? EVIDENCE_BOTH : EVIDENCE_CHECK;
	LwEntity *entity = scan_emit(scan, RULE_IBAN, at, end, evidence, TOPIC_ACCOUNT);
	if (entity && is_public_account(scan, at, end, code)) {
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
	}
	return entity ? end : 0;
}

/* "XK-614-B, zie ook scooter D": a sentence that happens to have the check digits. */
static gboolean has_words(const Scan *scan, gsize at, gsize end)
{
	gsize run = 0;

	if (!memcmp(scan->text + at, "nl", 2) || !memcmp(scan->text + at, "NL", 2))
		return FALSE;
	for (gsize i = at; i < end; i++) {
		run = g_ascii_islower(scan->text[i]) ? run + 1 : 0;
		if (run >= LEAST_LETTERS && memchr(scan->text + at, ' ', end - at))
			return TRUE;
	}
	return FALSE;
}

/* "N L49 INGB": a reader of scans tore it; where it begins. */
static gsize torn_start(const Scan *scan, gsize at)
{
	return at >= 2 && scan->text[at] == 'L' && scan_digit(scan, at + 1) &&
			       !memcmp(scan->text + at - 2, "N ", 2) &&
			       !(at > 2 && scan_is_word((guint8)scan->text[at - 3]))
		       ? at - 2
		       : at;
}

static gsize find_iban(Scan *scan, gsize at, Code *code)
{
	if (code->length < 15 || !g_ascii_isalpha(code->text[0]) || !g_ascii_isalpha(code->text[1]))
		return 0;
	for (gsize length = 15; length <= MIN(code->length, 34); length++)
		if (lw_checksum_iban(code->text, length) &&
		    ends_well(scan, code->ends[length - 1]) &&
		    !has_words(scan, at, code->ends[length - 1]))
			return emit_iban(scan, at, length, code, TRUE);
	if (code->length < 18 || memcmp(code->text, "NL", 2) || !ends_well(scan, code->ends[17]))
		return 0;
	Code mended = *code;
	mend_digits(mended.text + 2, 2);
	mend_digits(mended.text + 8, 10);
	/* "lNGB" */
	for (gsize i = 4; i < 8; i++)
		if (scan->text[code->ends[i] - 1] == 'l' &&
		    g_ascii_isupper(scan->text[code->ends[i + 1] - 1]))
			mended.text[i] = 'I';
	if (lw_checksum_iban(mended.text, 18))
		return emit_iban(scan, at, 18, &mended, TRUE);
	mend_letters(mended.text + 4, 4);
	if (lw_checksum_iban(mended.text, 18))
		return emit_iban(scan, at, 18, &mended, TRUE);
	for (int i = 4; i < 8; i++)
		if (!g_ascii_isupper(code->text[i]))
			return 0;
	return all_digits(code->text + 2, 2) && all_digits(code->text + 8, 10)
		       ? emit_iban(scan, at, 18, code, FALSE)
		       : 0;
}

/* RSINs of legal persons start with 8; their names end in a legal form. */
static gboolean is_company(const Scan *scan, gsize at, gsize end, const char *nine)
{
	gsize low = at > 80 ? at - 80 : 0, high = MIN(scan->length, end + 40);
	const char *forms = "b.v|bv|n.v|nv|stichting|vereniging|holding|coöperatie|rsin|gemeente";
	return nine[0] == '8' || scan_words(scan, low, at, forms) ||
	       scan_words(scan, end, high, "b.v|bv|rsin");
}

static gboolean has_trader(const Scan *scan, gsize at, gsize end)
{
	return scan_words(scan, at > TRADER_REACH ? at - TRADER_REACH : 0,
			  MIN(scan->length, end + TRADER_REACH),
			  "eenmanszaak|eenmansbedrijf|zzp|zzp'er|zzper|freelancer");
}

static gsize find_vat(Scan *scan, gsize at, const Code *code)
{
	if (code->length < 14 || memcmp(code->text, "NL", 2) || !all_digits(code->text + 2, 9) ||
	    code->text[11] != 'B' || !all_digits(code->text + 12, 2) ||
	    !ends_well(scan, code->ends[13]))
		return 0;
	gsize end = code->ends[13];
	gboolean valid = lw_checksum_vat(code->text, 14);
	gboolean leak = lw_checksum_vat_has_bsn(code->text, 14) &&
			!is_company(scan, at, end, code->text + 2);
	gboolean named = scan_has(scan, at, end, TOPIC_VAT);
	/* "het omzetbelastingnummer hoort bij de eenmanszaak": the old one is a BSN with three
	 * signs */
	if (named && has_trader(scan, at, end))
		leak = scan_words(
			scan, at > TRADER_REACH ? at - TRADER_REACH : 0, at,
			"omzetbelastingnummer|ob-nummer|btw-nummer|btw nummer|sofinummer");
	/* only the old ones have a BSN, and not the check of the new ones as well */
	leak |= lw_checksum_vat_has_bsn(code->text, 14) && code->text[2] != '8' &&
		!lw_checksum_vat_is_new(code->text, 14) &&
		(has_trader(scan, at, end) ||
		 scan_words(scan, end, MIN(scan->length, end + TRADER_REACH), "bsn"));
	ScanRule rule = leak ? RULE_TAX : RULE_VAT;
	if (valid)
		scan_emit(scan, rule, at, end, named ? EVIDENCE_BOTH : EVIDENCE_CHECK, TOPIC_VAT);
	else if (named)
		scan_emit(scan, rule, at, end, EVIDENCE_CONTEXT, TOPIC_VAT);
	return end;
}

/* The letters and digits that hang together here, upper case; 0 when they are more than `most`. */
static gsize read_token(const Scan *scan, gsize at, char *token, gsize most)
{
	gsize length = 0;
	while (at + length < scan->length && scan_is_word((guint8)scan->text[at + length])) {
		if (length >= most || (guint8)scan->text[at + length] >= 0x80)
			return 0;
		token[length] = scan->text[at + length];
		length++;
	}
	token[length] = '\0';
	return length;
}

static gboolean is_travel_document(const char *token, gsize length)
{
	if (length != 9 || !g_ascii_isdigit(token[8]))
		return FALSE;
	for (gsize i = 0; i < 8; i++)
		if (token[i] == 'O' ||
		    !(g_ascii_isupper(token[i]) || (i >= 2 && g_ascii_isdigit(token[i]))))
			return FALSE;
	return TRUE;
}

static gboolean is_vehicle(const char *token, gsize length)
{
	guint digits = 0;
	for (gsize i = 0; i < length; i++) {
		if (strchr("IOQ", token[i]) || g_ascii_islower(token[i]))
			return FALSE;
		digits += g_ascii_isdigit(token[i]);
	}
	return length == 17 && digits >= 5 && digits <= 15;
}

/* A BSN as a reader of scans spells it: "l23456782", "12345678Z" never. */
static gsize find_misread(Scan *scan, gsize at, const char *token, gsize length)
{
	char digits[10];
	guint read = 0;
	if (length != 9)
		return 0;
	for (gsize i = 0; i < 9; i++) {
		read += g_ascii_isdigit(token[i]);
		digits[i] = g_ascii_toupper(token[i]);
	}
	if (read < 6 || read == 9)
		return 0;
	mend_digits(digits, 9);
	gsize end = at + 9;
	if (!lw_checksum_bsn(digits, 9) || !scan_has(scan, at, end, TOPIC_BSN))
		return 0;
	return scan_emit(scan, RULE_BSN, at, end, EVIDENCE_BOTH, TOPIC_BSN) ? end : 0;
}

/* "Gezien document: NPK8H2C41" */
static gboolean is_shown(const Scan *scan, gsize at)
{
	gsize low = at > 30 ? at - 30 : 0;

	return scan_words(scan, low, at, "document") &&
	       scan_words(scan, low, at,
			  "gezien|getoond|getoonde|gecontroleerd|overgelegd|legitimatie|huidig|"
			  "huidige|oud|oude|nieuw|nieuwe");
}

/* "my residence card NL8R4T207", "kopie kaart VRT20L415": the print of our own papers, letters and
 * figures by turns, with a paper spoken of. */
static gboolean is_printed_so(const Scan *scan, gsize at, const char *token)
{
	guint turns = 0, digits = 0;

	for (gsize i = 1; i < 9; i++)
		turns += !g_ascii_isdigit(token[i]) != !g_ascii_isdigit(token[i - 1]);
	for (gsize i = 0; i < 9; i++)
		digits += g_ascii_isdigit(token[i]) != 0;
	return turns >= 3 && digits >= 3 &&
	       scan_words(
		       scan, at > PAPER_REACH ? at - PAPER_REACH : 0,
		       MIN(scan->length, at + PAPER_REACH),
		       "kaart|card|id|paspoort|pas|kopie|document|legitimatie|identiteitskaart|"
		       "verblijfskaart|verblijf|legitimeerde|identiteit|id-kaart|id-bewijs|scan|"
		       "passport|doorgelaten|toonde|getoond|bezoeker|gestolen|vermist|vermissing|"
		       "ingenomen|reisdocument");
}

/* "5CG1234ABC": as makers of laptops number them. */
static gboolean is_serial(const char *token, gsize length)
{
	static const char *const makers[] = {"5CG", "5CD", "8CG", "8CC",
					     "CND", "CNU", "MXL", "CZC"};

	if (length != SERIAL_LENGTH || !all_digits(token + 3, 4))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(makers); i++)
		if (!memcmp(token, makers[i], 3))
			return TRUE;
	return FALSE;
}

static gsize find_token(Scan *scan, gsize at)
{
	char token[20];
	gsize length = read_token(scan, at, token, 17);
	gsize end = at + length;
	if (!length)
		return 0;
	if (is_travel_document(token, length) &&
	    (scan_has(scan, at, end, TOPIC_ID_DOCUMENT) || is_shown(scan, at) ||
	     is_printed_so(scan, at, token)))
		return scan_emit(scan, RULE_ID_DOCUMENT, at, end, EVIDENCE_CONTEXT,
				 TOPIC_ID_DOCUMENT)
			       ? end
			       : 0;
	if (is_vehicle(token, length) &&
	    (scan_has(scan, at, end, TOPIC_DEVICE) || scan_has(scan, at, end, TOPIC_PLATE))) {
		LwEntity *entity =
			scan_emit(scan, RULE_DEVICE, at, end, EVIDENCE_CONTEXT, TOPIC_DEVICE);
		entity->reason = LW_REASON_CONTEXT;
		return end;
	}
	if (is_serial(token, length)) {
		LwEntity *entity =
			scan_emit(scan, RULE_DEVICE, at, end, EVIDENCE_CONTEXT, TOPIC_DEVICE);
		entity->reason = LW_REASON_FORM;
		return end;
	}
	return find_misread(scan, at, token, length);
}

/* PL0600-2021123456-1 */
static gsize find_report(Scan *scan, gsize at)
{
	const char *text = scan->text + at;
	if (scan->length - at < 16 || memcmp(text, "PL", 2) || !all_digits(text + 2, 2))
		return 0;
	gsize digits = 2;
	while (digits < 6 && g_ascii_isalnum(text[digits]))
		digits++;
	gsize next = digits + (strchr("- ", text[digits]) && text[digits]);
	if (digits != 6 || scan->length - at < next + 10 || !all_digits(text + next, 10))
		return 0;
	gsize end = at + next + 10;
	if (end + 1 < scan->length && scan->text[end] == '-' && scan_digit(scan, end + 1)) {
		end++;
		while (scan_digit(scan, end))
			end++;
	}
	if (!ends_well(scan, end))
		return 0;
	gboolean named = scan_near(scan, at, end)->distance[TOPIC_CRIMINAL] != 0;
	scan_emit(scan, RULE_CRIMINAL, at, end, named ? EVIDENCE_CONTEXT : EVIDENCE_FORM,
		  TOPIC_CRIMINAL);
	return end;
}

/* "204 Js 381/22": a criminal case of a German court or prosecutor, by its register. */
static gsize find_german_case(Scan *scan, gsize at)
{
	static const char *const registers[] = {"Js", "Ds", "Ls",  "KLs", "Ks", "Cs",
						"Gs", "Ns", "UJs", "BRs", "VRs"};
	gsize end = at;

	while (scan_digit(scan, end) && end - at < 4)
		end++;
	if (end == at || end + 6 > scan->length || scan->text[end++] != ' ')
		return 0;
	for (gsize i = 0; i < G_N_ELEMENTS(registers); i++) {
		gsize size = strlen(registers[i]), from = end + size, next, year;

		if (scan->length - end < size + 4 || memcmp(scan->text + end, registers[i], size) ||
		    scan->text[from] != ' ')
			continue;
		for (next = ++from; scan_digit(scan, next);)
			next++;
		for (year = next + 1;
		     next < scan->length && scan->text[next] == '/' && scan_digit(scan, year);)
			year++;
		if (next == from || (year != next + 3 && year != next + 5) ||
		    !ends_well(scan, year))
			return 0;
		scan_emit(scan, RULE_CRIMINAL, at, year, EVIDENCE_FORM, TOPIC_CRIMINAL);
		return year;
	}
	return 0;
}

/* "Z1-48829013477": the immigration service counts its cases of persons so. */
static gsize find_immigration_case(Scan *scan, gsize at)
{
	gsize end = at + 3;

	if (scan->length - at < 11 || scan->text[at] != 'Z' || !scan_digit(scan, at + 1) ||
	    scan->text[at + 2] != '-')
		return 0;
	while (scan_digit(scan, end))
		end++;
	if (end - at != 3 + 11 || !ends_well(scan, end))
		return 0;
	LwEntity *entity = scan_emit(scan, RULE_CLIENT, at, end, EVIDENCE_CONTEXT, TOPIC_CLIENT);
	entity->reason = LW_REASON_FORM;
	return end;
}

/* European case law and law numbers are never personal. */
static gsize skip_law(const Scan *scan, gsize at)
{
	static const char *const prefixes[] = {"ECLI:", "BWBR", "CVDR"};
	for (gsize i = 0; i < G_N_ELEMENTS(prefixes); i++) {
		gsize size = strlen(prefixes[i]);
		if (scan->length - at < size || memcmp(scan->text + at, prefixes[i], size))
			continue;
		while (at < scan->length && !g_ascii_isspace(scan->text[at]))
			at++;
		return at;
	}
	return 0;
}

/* APD01 K 4550 */
static gsize find_parcel(Scan *scan, gsize at)
{
	gsize next = at + 5, start;
	if (scan->length - at < 7 || !all_digits(scan->text + at + 3, 2))
		return 0;
	for (gsize i = at; i < at + 3; i++)
		if (!g_ascii_isupper(scan->text[i]))
			return 0;
	next += scan->text[next] == ' ';
	for (start = next; next < scan->length && g_ascii_isupper(scan->text[next]);)
		next++;
	if (next == start || next - start > 2)
		return 0;
	next += next < scan->length && scan->text[next] == ' ';
	for (start = next; scan_digit(scan, next);)
		next++;
	if (next == start || next - start > 5 || !ends_well(scan, next) ||
	    !scan_has(scan, at, next, TOPIC_PARCEL))
		return 0;
	return scan_emit(scan, RULE_PARCEL, at, next, EVIDENCE_CONTEXT, TOPIC_PARCEL) ? next : 0;
}

gsize scan_code(Scan *scan, gsize at)
{
	if (at && (scan->text[at - 1] == '-' || scan->text[at - 1] == '_') && at >= 2 &&
	    scan_is_word((guint8)scan->text[at - 2]) && g_ascii_isdigit(scan->text[at - 2]))
		return 0;
	gsize end = skip_law(scan, at);
	gsize torn = end ? at : torn_start(scan, at);
	if (torn < at) {
		Code code;
		read_code(scan, torn, &code);
		end = find_iban(scan, torn, &code);
	}
	if (!end && g_ascii_isalpha(scan->text[at]) && at + 1 < scan->length &&
	    g_ascii_isalpha(scan->text[at + 1])) {
		Code code;
		read_code(scan, at, &code);
		end = find_iban(scan, at, &code);
		if (!end)
			end = find_vat(scan, at, &code);
		if (!end)
			end = find_report(scan, at);
		if (!end)
			end = find_parcel(scan, at);
	}
	if (!end && scan_digit(scan, at))
		end = find_german_case(scan, at);
	if (!end)
		end = find_immigration_case(scan, at);
	return end ? end : find_token(scan, at);
}
