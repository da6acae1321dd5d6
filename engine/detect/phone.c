/* phone.c - telephone numbers (woo.md 6.11): Dutch, foreign, service and switchboard numbers. */
#include "engine/detect/mailbox.h"
#include "engine/detect/scan.h"

#include <string.h>

#define MAX_BETWEEN   3
#define FIRM_LINES    6
#define FIRM_NUMBER   16 /* bytes from its name to its digits */
#define MAILBOX_REACH 12 /* bytes */
#define LABEL_REACH   8
#define LONGEST	      13 /* digits of a number in its own country */

static const char *const general_words =
	"algemeen|centrale|centraal|kantoor|receptie|balie|klantenservice|"
	"klantcontactcentrum|kcc|helpdesk|meldpunt|"
	"servicenummer|informatienummer|infonummer|gratis|loket|"
	"publieksvoorlichting|persvoorlichting|gemeente|"
	"meldkamer|wijkteam|infolijn|telefooncentrale|"
	"omgevingsloket|alarmnummer|noodnummer|storingsnummer|servicedesk|bezoek|bezoekadres|"
	"openingstijden|storing|storingsdienst|secretariaat|secretarie|griffie|perslijn|"
	"tiplijn|meldlijn|hulplijn|klachtenlijn|advieslijn|telefoonlijn|tolkentelefoon|"
	"huurderslijn|belbus|crisisdienst|crisislijn|persnummer|publiekszaken|storingswacht|"
	"reception|emergency line|general line";
/* a mobile telephone that a team passes on */
static const char *const shared_words = "teamtelefoon|groepstoestel|groepstelefoon|huurderslijn|"
					"pikettelefoon|bereikbaarheidsdienst";
static const char *const direct_words =
	"direct|directe|rechtstreeks|doorkies|doorkiesnr|doorkiesnummer|"
	"mobiel|mob|06|prive|privé|thuis|persoonlijk|my own|mijn eigen";

typedef struct {
	char digits[24];
	gsize end;
	guint gaps, breaks; /* separators inside; line ends among them */
	guint slashes;
} Dialled;

static gboolean is_between(char c)
{
	return c == ' ' || c == '.' || c == '-' || c == '/' || c == '(' || c == ')';
}

/* Reads digits with at most three signs between them, until there are `wanted`. */
static gboolean dial(const Scan *scan, gsize at, guint wanted, Dialled *dialled)
{
	guint count = 0, between = 0, broken = 0;
	memset(dialled, 0, sizeof *dialled);
	for (; at < scan->length; at++) {
		char c = scan->text[at];
		if (g_ascii_isdigit(c)) {
			dialled->gaps += between > 0;
			between = 0;
			dialled->digits[count++] = c;
			if (count == wanted) {
				dialled->end = at + 1;
				dialled->breaks = broken;
				return !scan_digit(scan, at + 1);
			}
			continue;
		}
		if (c == '\n' && !broken && count >= 3)
			broken = 1;
		else if (!is_between(c))
			return FALSE;
		dialled->slashes += c == '/';
		if (++between > MAX_BETWEEN + broken || dialled->slashes > 1)
			return FALSE;
	}
	return FALSE;
}

static gboolean ends_here(const Scan *scan, gsize end)
{
	if (end >= scan->length)
		return TRUE;
	char c = scan->text[end];
	if (scan_is_word((guint8)c))
		return FALSE;
	return !(strchr(".,-:", c) && scan_digit(scan, end + 1));
}

/* The national number, nine digits without the zero. */
static gboolean is_national(const char *nine)
{
	static const char *const areas[] = {"10", "13", "15", "20", "23", "24", "26",
					    "30", "33", "35", "36", "38", "40", "43",
					    "45", "46", "50", "53", "55", "58"};
	static const char *const services[] = {"82", "84", "85", "87", "88", "91", "97"};
	if (nine[0] == '0' || strspn(nine, (char[]){nine[0], 0}) >= 9)
		return FALSE;
	if (nine[0] == '6' || nine[0] == '7')
		return TRUE;
	if (nine[0] == '8' || nine[0] == '9') {
		for (gsize i = 0; i < G_N_ELEMENTS(services); i++)
			if (!memcmp(nine, services[i], 2))
				return TRUE;
		return FALSE;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(areas); i++)
		if (!memcmp(nine, areas[i], 2))
			return TRUE;
	/* Four-digit area codes, whose second digit is 1 to 9 and that no three-digit one covers.
	 */
	return nine[1] != '0' && nine[0] <= '5';
}

/* "KvK 34118820", "www.": "BTW: ze belde" names no number. */
static gboolean has_firm_number(const Scan *scan, gsize from, gsize to)
{
	static const char *const words[] = {"kvk", "handelsregister", "btw", "iban", "rsin",
					    "www."};

	for (gsize at = from; at < to; at++) {
		if (!strchr("kKhHbBiIrRwW", scan->text[at]) ||
		    (at && scan_is_word((guint8)scan->text[at - 1])))
			continue;
		for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
			gsize size = strlen(words[i]);

			if (to - at <= size || g_ascii_strncasecmp(scan->text + at, words[i], size))
				continue;
			if (words[i][size - 1] == '.')
				return TRUE;
			for (gsize k = at + size; k < MIN(to, at + size + FIRM_NUMBER); k++)
				if (scan_digit(scan, k))
					return TRUE;
		}
	}
	return FALSE;
}

/* "T 020 - 344 80 00   KvK 34118820": the line of a letterhead; "Telefoonnummer" below the visiting
 * address of a firm. */
static gboolean is_of_firm(const Scan *scan, gsize at, gsize end)
{
	gsize line = scan_line_start(scan, at), from = line;

	if (has_firm_number(scan, line, scan_line_end(scan, end)))
		return TRUE;
	for (guint lines = 0; lines < FIRM_LINES && from > 1; lines++) {
		gsize above = scan_line_start(scan, from - 1);

		if (above == from - 1 ||
		    scan_words(scan, above, from, "naam|geboren|geboortedatum|mobiel"))
			return FALSE;
		if (scan_words(scan, above, from,
			       "bezoekadres|vestigingsadres|vestigingsnummer|handelsnaam"))
			return TRUE;
		from = above;
	}
	return FALSE;
}

/* The mail address or link that ends last before a position; NULL: none. */
static const ScanRange *taken_before(const Scan *scan, gsize at)
{
	guint low = 0, high = scan->taken->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(scan->taken, ScanRange, middle).to <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &g_array_index(scan->taken, ScanRange, low - 1) : NULL;
}

/* "info@gemeente.nl of 0294 - 77 10 10": the number goes with the mailbox. */
static gboolean is_beside_mailbox(const Scan *scan, gsize at)
{
	const ScanRange *mail = taken_before(scan, at);
	const char *local = mail ? scan->text + mail->from : NULL;
	const char *sign = mail ? memchr(local, '@', mail->to - mail->from) : NULL;

	if (!sign || at - mail->to > MAILBOX_REACH ||
	    memchr(scan->text + mail->to, '\n', at - mail->to) ||
	    !mailbox_is_functional(local, (gsize)(sign - local), scan->context->lexicon))
		return FALSE;
	return scan_words(scan, mail->to, at, "of|en|tel|t") ||
	       memchr(scan->text + mail->to, '|', at - mail->to) != NULL ||
	       scan->text[mail->to] == ',';
}

/* "Vragen: 0499 - 55 01 00": who asks is not told a name. */
static gboolean is_for_questions(const Scan *scan, gsize at)
{
	gsize word = at;

	while (word > 0 && strchr(" :(", scan->text[word - 1]))
		word--;
	gsize start = word;
	while (start > 0 && scan_is_word((guint8)scan->text[start - 1]))
		start--;
	return word < at && memchr(scan->text + word, ':', at - word) &&
	       scan_words(scan, start, word,
			  "vragen|info|informatie|inlichtingen|aanmelden|melden");
}

/* "06-12345678-B": a number of something else. */
static gboolean is_code(const Scan *scan, gsize end)
{
	return end + 1 < scan->length && scan->text[end] == '-' &&
	       g_ascii_isupper(scan->text[end + 1]) &&
	       !(end + 2 < scan->length && scan_is_word((guint8)scan->text[end + 2]));
}

/* "030 - 751 24 86 (algemeen: 088 - 898 92 94)": a bracket that has a number of its own. */
static gboolean opens_other(const Scan *scan, gsize at, gsize high)
{
	if (scan->text[at] != '(')
		return FALSE;
	while (at < high && scan->text[at] != ')' && !scan_digit(scan, at))
		at++;
	return at < high && scan_digit(scan, at);
}

static gboolean is_general(const Scan *scan, gsize at, gsize end, const char *nine)
{
	gsize low = MAX(scan_line_start(scan, at), at > 60 ? at - 60 : 0);
	gsize high = MIN(scan_line_end(scan, end), end + 30);
	/* "Ton (015-2190114), of aan de balie", "T 0183 - 51 20 46 | algemeen 14 0183": what stands
	 * behind the sign is another way */
	for (gsize i = end; i < high; i++)
		if (strchr("),;|", scan->text[i]) || opens_other(scan, i, high) ||
		    (scan->text[i] == '.' && i + 1 < high && scan->text[i + 1] == ' '))
			high = i;
	if (scan_words(scan, low, at, direct_words))
		return FALSE;
	if (scan_words(scan, low, at, shared_words) || scan_words(scan, end, high, shared_words))
		return TRUE;
	if (nine[0] == '6')
		return FALSE;
	if (scan_words(scan, low, at, general_words) || scan_words(scan, end, high, general_words))
		return TRUE;
	if (is_of_firm(scan, at, end) || is_beside_mailbox(scan, at) || is_for_questions(scan, at))
		return TRUE;
	return nine[0] == '8' && nine[1] == '8' && !memcmp(nine + 7, "00", 2);
}

static void set_general(LwEntity *entity)
{
	entity->role = LW_ROLE_FUNCTIONAL;
	entity->reason = LW_REASON_FUNCTIONAL;
}

/* "type B | R. Haddad | 0687714250": what names another cell says nothing of this one. */
static gboolean is_in_other_cell(const Scan *scan, gsize at, gsize distance)
{
	gsize from = at >= distance ? at - distance : 0;

	/* "0612345678" alone on its line: what stands above is something else too */
	if (!memcmp(scan->text + at, "06", 2) && memchr(scan->text + from, '\n', at - from))
		return TRUE;
	return memchr(scan->text + from, '\t', at - from) ||
	       memchr(scan->text + from, '|', at - from);
}

/* A number that something else names: nothing, unless it is printed as only telephone numbers are.
 */
static gsize emit_phone(Scan *scan, ScanRule rule, gsize at, const Dialled *dialled,
			const char *nine)
{
	const ScanNear *near = scan_near(scan, at, dialled->end);
	gboolean named = scan_has(scan, at, dialled->end, TOPIC_PHONE);
	ScanTopic nearest = scan_nearest(near);
	gboolean plain =
		!dialled->gaps && !(nearest && is_in_other_cell(scan, at, near->distance[nearest]));
	if (plain && nearest && nearest != TOPIC_PHONE && !(named && near->distance[TOPIC_PHONE]) &&
	    (nearest != TOPIC_COMPANY || near->distance[nearest] < 12) && scan->text[at] != '+')
		return 0;
	if (dialled->breaks && !named)
		return 0;
	LwEntity *entity = scan_emit(scan, rule, at, dialled->end,
				     named ? EVIDENCE_CONTEXT : EVIDENCE_FORM, TOPIC_PHONE);
	if (entity)
		entity->reason = named ? LW_REASON_CONTEXT : LW_REASON_FORM;
	if (entity && nine && is_general(scan, at, dialled->end, nine))
		set_general(entity);
	return dialled->end;
}

/* 0800, 0900, 0906, 0909 with four or seven more; 14 and an area code. */
static gsize find_service(Scan *scan, gsize at)
{
	static const char *const prefixes[] = {"0800", "0900", "0906", "0909"};
	Dialled dialled;
	gsize end = 0;
	for (gsize i = 0; i < G_N_ELEMENTS(prefixes) && !end; i++) {
		if (scan->length - at < 4 || memcmp(scan->text + at, prefixes[i], 4))
			continue;
		if ((dial(scan, at, 11, &dialled) || dial(scan, at, 8, &dialled)) &&
		    ends_here(scan, dialled.end))
			end = dialled.end;
	}
	gboolean fourteen = scan->length - at > 5 && !memcmp(scan->text + at, "14", 2) &&
			    strchr(" -", scan->text[at + 2]) && scan->text[at + 3] == '0';
	for (guint digits = 6; fourteen && !end && digits >= 5; digits--)
		if (dial(scan, at, digits, &dialled) && dialled.gaps == 1 &&
		    ends_here(scan, dialled.end) &&
		    (digits == 5 ? dialled.digits[3] != '0'
				 : dialled.digits[3] <= '5' && dialled.digits[3] > '0'))
			end = dialled.end;
	gboolean alarm = scan->length - at >= 3 && !memcmp(scan->text + at, "112", 3) &&
			 ends_here(scan, at + 3) &&
			 scan_near(scan, at, at + 3)->distance[TOPIC_PHONE];
	if (alarm && scan->near.distance[TOPIC_PHONE] <= 16)
		end = at + 3;
	if (!end)
		return 0;
	LwEntity *entity = scan_emit(scan, RULE_PHONE_SERVICE, at, end, EVIDENCE_FORM, TOPIC_PHONE);
	set_general(entity);
	return end;
}

/* +31, 0031 and the optional (0). Returns where the national number starts; 0: no such prefix. */
static gsize behind_country(const Scan *scan, gsize at)
{
	gsize next = at;
	if (scan->text[next] == '+')
		next++;
	else if (scan->length - at > 4 && !memcmp(scan->text + at, "00", 2))
		next += 2;
	else
		return 0;
	while (next < scan->length && scan->text[next] == ' ')
		next++;
	if (scan->length - next < 10 || memcmp(scan->text + next, "31", 2))
		return 0;
	next += 2;
	for (int signs = 0;
	     next < scan->length && signs < MAX_BETWEEN && is_between(scan->text[next]); signs++)
		next++;
	if (scan->text[next] == '0' && next + 1 < scan->length &&
	    !g_ascii_isdigit(scan->text[next + 1]))
		next++;
	else if (scan->text[next] == '0')
		next++;
	return next;
}

/* "Tel. 02861 681-7129", "Durchwahl": a line of another country, told by its label alone. */
static gsize find_long_national(Scan *scan, gsize at)
{
	const ScanNear *near;
	Dialled dialled;

	for (guint wanted = LONGEST; wanted > 10; wanted--) {
		if (!dial(scan, at, wanted, &dialled) || !ends_here(scan, dialled.end) ||
		    dialled.breaks || !dialled.gaps)
			continue;
		near = scan_near(scan, at, dialled.end);
		if (!near->distance[TOPIC_PHONE] || near->distance[TOPIC_PHONE] > LABEL_REACH)
			return 0;
		return emit_phone(scan, RULE_PHONE_FOREIGN, at, &dialled, NULL);
	}
	return 0;
}

/* Those that people here have family in. */
static gboolean is_country(const char *digits)
{
	static const char *const codes[] = {"32",  "33",  "34",	 "39",	"40",  "44",  "48",  "49",
					    "90",  "212", "213", "216", "233", "252", "351", "352",
					    "359", "380", "385", "597", "599", "963", "964"};

	for (gsize i = 0; i < G_N_ELEMENTS(codes); i++)
		if (!strncmp(digits, codes[i], strlen(codes[i])))
			return TRUE;
	return FALSE;
}

static gsize find_international(Scan *scan, gsize at)
{
	Dialled dialled;
	gsize national = behind_country(scan, at);
	if (national) {
		if (!dial(scan, national, 9, &dialled) || !is_national(dialled.digits) ||
		    !ends_here(scan, dialled.end))
			return 0;
		dialled.gaps++;
		return emit_phone(scan, RULE_PHONE, at, &dialled, dialled.digits);
	}
	gboolean zeros = scan->text[at] == '0';
	gsize start = at + (zeros ? 2 : 1);
	if (!scan_digit(scan, start) || scan->text[start] == '0')
		return 0;
	for (guint wanted = 15; wanted >= 8; wanted--) {
		if (!dial(scan, start, wanted, &dialled) || !ends_here(scan, dialled.end) ||
		    dialled.breaks)
			continue;
		/* Two zeros are weaker than a plus: there must be a name or separators. */
		if (zeros && !scan_has(scan, at, dialled.end, TOPIC_PHONE) &&
		    !(dialled.gaps >= 2 && !dialled.slashes && is_country(scan->text + start)))
			return 0;
		dialled.gaps++;
		return emit_phone(scan, RULE_PHONE_FOREIGN, at, &dialled, NULL);
	}
	return 0;
}

gsize scan_phone(Scan *scan, gsize at)
{
	char before = at ? scan->text[at - 1] : ' ';
	gsize start = before == '+' || before == '(' ? at - 1 : at;
	if (start && start < at && before == '(' && scan->text[start - 1] == '+')
		start--;
	/* "PB-0612-334455": a number of something else */
	if (before == '-' && at >= 2 && g_ascii_isupper(scan->text[at - 2]))
		return 0;
	/* The slash between two telephone numbers is no slash inside a number. */
	if (before != '/' && strchr(".,-:", before) && at >= 2 && scan_digit(scan, at - 2))
		return 0;
	if (scan->text[start] == '+' ||
	    (scan->text[at] == '0' && at + 1 < scan->length && scan->text[at + 1] == '0')) {
		gsize end = find_international(scan, scan->text[start] == '+' ? start : at);
		if (end)
			return end;
	}
	gsize end = find_service(scan, at);
	Dialled dialled;
	if (end || scan->text[at] != '0')
		return end;
	if (!dial(scan, at, 10, &dialled))
		return find_long_national(scan, at);
	if (before == '/' && at >= 2 && scan_digit(scan, at - 2) && !dialled.gaps &&
	    scan->text[at + 1] != '6')
		return 0;
	if (!is_national(dialled.digits + 1) || !ends_here(scan, dialled.end) ||
	    is_code(scan, dialled.end))
		return 0;
	/* "(070 339 22 07)" is a remark in brackets, "(070) 339" an area code. */
	if (start < at && !memchr(scan->text + at, ')', dialled.end - at))
		start = at;
	return emit_phone(scan, RULE_PHONE, start, &dialled, dialled.digits + 1);
}
