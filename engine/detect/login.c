/* login.c - logins and names on networks that have no sign of their own: "account kwvogel4", "snap
 * van Jan is jantje.030", "omd\\jvisser", "uitdraai 4-1-2024 rvdmeer" (woo.md 6.13).
 *
 * A word leads to them, and a sign or figure inside tells them from words; who printed a list needs
 * no sign. */
#include "engine/detect/pattern.h"
#include "engine/detect/scan.h"

#include <string.h>

#define LOGGED_REACH  40 /* bytes */
#define NETWORK_WORDS 6	 /* from the name of a network to who is there */
#define PRINT_REACH   48
#define LEAST_PRINTER 5 /* letters */
#define DOMAIN_REACH  16
#define DOMAIN_MOST   10
#define LOGIN_MOST    14
#define LEAST_NAME    4

gsize scan_take_user(Scan *scan, gsize from, gsize end)
{
	LwEntity *entity = scan_emit(scan, RULE_USER, from, end, EVIDENCE_CONTEXT, TOPIC_USER);
	ScanRange range = {from, end};

	entity->reason = LW_REASON_CONTEXT;
	g_array_append_val(scan->taken, range);
	return end;
}

gboolean scan_has_word(const Scan *scan, gsize at, gsize end)
{
	gsize run = 0;

	for (; at < end && run < 3; at++)
		run = g_ascii_isalpha(scan->text[at]) ? run + 1 : 0;
	return run >= 3;
}

static gsize login_end(const Scan *scan, gsize at)
{
	gsize end = at;

	while (end < scan->length &&
	       (g_ascii_isalnum(scan->text[end]) ||
		(end > at && strchr("._-", scan->text[end]) && end + 1 < scan->length &&
		 g_ascii_isalnum(scan->text[end + 1]))))
		end++;
	return end;
}

static gboolean is_site(const Scan *scan, gsize at, gsize end)
{
	static const char *const tops[] = {".nl", ".com", ".org", ".eu", ".net", ".example"};

	for (gsize i = 0; i < G_N_ELEMENTS(tops); i++)
		if (end - at > strlen(tops[i]) &&
		    !memcmp(scan->text + end - strlen(tops[i]), tops[i], strlen(tops[i])))
			return TRUE;
	return FALSE;
}

static gboolean is_surname(const Scan *scan, gsize at, gsize end)
{
	return end >= at + LEAST_NAME &&
	       lw_lexicon_look_up(scan->context->lexicon, scan->text + at, end - at) &
		       LW_WORD_SURNAME;
}

/* "rvdlinden": past the initials and what stands before a surname. */
static gboolean is_led_surname(const Scan *scan, gsize at, gsize end)
{
	static const char *const particles[] = {"vander", "vanden", "vande", "vdr", "vd", "van",
						"v",	  "de",	    "den",   "ter", "d"};

	if (is_surname(scan, at, end))
		return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(particles); i++) {
		gsize size = strlen(particles[i]);

		if (end > at + size && !g_ascii_strncasecmp(scan->text + at, particles[i], size) &&
		    is_surname(scan, at + size, end))
			return TRUE;
	}
	return FALSE;
}

/* "svdlinden", "hjkuiper", "JANSENP": one case, a surname and an initial or two, and no word or
 * name itself. */
static gboolean is_coined(const Scan *scan, gsize at, gsize end)
{
	guint small = 0, capital = 0;

	while (end > at && g_ascii_isdigit(scan->text[end - 1]))
		end--;
	for (gsize i = at; i < end; i++) {
		small += g_ascii_islower(scan->text[i]) != 0;
		capital += g_ascii_isupper(scan->text[i]) != 0;
	}
	if (small + capital != end - at || (small && capital) || end - at < LEAST_PRINTER ||
	    end - at > LOGIN_MOST ||
	    lw_lexicon_look_up(scan->context->lexicon, scan->text + at, end - at) &
		    ~(guint32)LW_WORD_STREET)
		return FALSE;
	return is_led_surname(scan, at + 1, end) || is_led_surname(scan, at + 2, end) ||
	       is_surname(scan, at, end - 1);
}

/* What the word at [at, end) leads to may be a login: a sign or a figure tells it from a name. */
static void take_account(Scan *scan, gsize at, gboolean strict)
{
	gsize end;
	guint signs = 0, letters = 0;

	while (at < scan->length && strchr(" :(@", scan->text[at]) && scan->text[at])
		at++;
	/* quotes, ours and those of print */
	if (at < scan->length && strchr("'\"", scan->text[at]))
		at++;
	else if (scan->length - at > 3 && !memcmp(scan->text + at, "\342\200", 2))
		at += 3;
	end = login_end(scan, at);
	for (gsize i = at; i < end; i++) {
		signs += strchr("._-", scan->text[i]) != NULL || g_ascii_isdigit(scan->text[i]);
		letters += g_ascii_isalpha(scan->text[i]) != 0;
		if (g_ascii_isupper(scan->text[i]) && (strict || !is_coined(scan, at, end)))
			return;
	}
	if (strict && (!scan_has_word(scan, at, end) || memchr(scan->text + at, '-', end - at) ||
		       g_ascii_isdigit(scan->text[at]) || is_site(scan, at, end)))
		return;
	/* "door kvanderhoek" at the end of a line */
	if (strict && !signs && end < scan->length && !strchr("\n)|,;", scan->text[end]))
		return;
	if (end - at >= 4 && letters >= 2 && (signs || is_coined(scan, at, end)) &&
	    !(end < scan->length && scan->text[end] == '@'))
		scan_take_user(scan, at, end);
}

static void find_behind(Scan *scan, const char *word, gboolean strict)
{
	gsize size = strlen(word);
	const char *text = scan->text, *end = text + scan->length, *hit = text;

	while ((hit = memmem(hit, (gsize)(end - hit), word, size))) {
		gsize from = (gsize)(hit - text);

		hit += size;
		while (*word != ' ' && from > 0 && scan_is_word((guint8)text[from - 1]))
			from--;
		if (!(from && text[from - 1] == '-'))
			take_account(scan, (gsize)(hit - text), strict);
	}
}

/* "gebruiker 'harp_gill95'", "Ge\303\253xporteerd door: adm-nwinkl", "account kwvogel4"; a
 * "service-account" is nobody's. */
static void find_accounts(Scan *scan)
{
	/* without their first letter, of either case */
	static const char *const words[] = {"ebruiker ",   "ebruiker: ",     "ccount ",
					    "ccount: ",	   "ccountnaam",     "rofiel ",
					    "ickname",	   "chermnaam",	     "orteerd door",
					    "emaakt door", "xport door",     "wijzigd door",
					    "werkt door",  "evoerd door",    "pload door",
					    "xported by",  "odified by",     "reated by",
					    "ploaded by",  "ngevoerd: ",     "ngevoerd door",
					    "utatie door", "uteerd door",    "gesloten door",
					    "tatus door",  "egistreerd door"};
	/* words that lead to much else too */
	static const char *const loose[] = {" door ", "ijziging ", " onder ", "ebruiker (",
					    "ccount ("};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		find_behind(scan, words[i], FALSE);
	for (gsize i = 0; i < G_N_ELEMENTS(loose); i++)
		find_behind(scan, loose[i], TRUE);
}

/* "Ze logde gisteren nog in als femke.p": a login is told by its sign or digit inside. */
static void find_logged_in(Scan *scan)
{
	static const char *const regexes[] = {
		"(?i)(?<![\\p{L}])(?:ingelogd|inloggen|inlogt|aangemeld|in)[ "
		"](?:als|met|onder)[ ]['\"]?"
		"([a-z][a-z0-9]*(?:[._-][a-z0-9]+|[0-9]+))(?![a-z0-9@])"};
	static LwPattern **patterns;
	const LwPattern *logged = lw_pattern_of(&patterns, regexes, G_N_ELEMENTS(regexes), 0);
	LwPatternGroup groups[LW_PATTERN_GROUPS];

	for (gsize from = 0; lw_pattern_next(logged, scan->text, scan->length, from, groups, NULL);
	     from = groups[0].end) {
		gsize low = scan_line_start(scan, groups[0].start);

		low = MAX(low, groups[0].start > LOGGED_REACH ? groups[0].start - LOGGED_REACH : 0);
		if (!scan_words(scan, low, groups[1].start,
				"ingelogd|inloggen|inlogt|aangemeld|logde|logt|log|logden|loggen|"
				"meldde"))
			continue;
		scan_take_user(scan, groups[1].start, groups[1].end);
	}
}

/* Small letters with a figure or sign inside, as nobody writes words; its end, or 0. */
static gsize network_name_end(const Scan *scan, gsize at)
{
	gsize end = login_end(scan, at);
	guint signs = 0, letters = 0;

	for (gsize i = at; i < end; i++) {
		signs += strchr("._", scan->text[i]) != NULL || g_ascii_isdigit(scan->text[i]);
		letters += g_ascii_isalpha(scan->text[i]) != 0;
	}
	return end - at >= 5 && letters >= 3 && signs && scan_has_word(scan, at, end) &&
			       g_ascii_islower(scan->text[at]) && !is_site(scan, at, end) &&
			       !memchr(scan->text + at, '-', end - at) &&
			       !(end < scan->length && strchr("@/", scan->text[end]))
		       ? end
		       : 0;
}

/* "snap van Omar is jantje.030", "een Snapchatnaam gegeven, te weten tommie010": some words lie
 * between, and no sentence ends. */
static void find_on_network(Scan *scan, const char *word)
{
	const char *text = scan->text, *stop = text + scan->length, *hit = text;

	while ((hit = memmem(hit, (gsize)(stop - hit), word, strlen(word)))) {
		gsize at = (gsize)(hit - text);

		hit += strlen(word);
		if (at && scan_is_word((guint8)text[at - 1]))
			continue;
		for (at += strlen(word); at < scan->length && scan_is_word((guint8)text[at]);)
			at++;
		for (guint words = 0; words < NETWORK_WORDS; words++) {
			while (at < scan->length && strchr(" :,(\"'=", text[at]) && text[at])
				at++;
			gsize end = network_name_end(scan, at), next = at;

			if (end) {
				scan_take_user(scan, at, end);
				break;
			}
			while (next < scan->length && scan_is_word((guint8)text[next]))
				next++;
			if (next == at)
				break;
			at = next;
		}
	}
}

/* Bits of those of the words that the text has: one walk tells it of all. */
static guint32 words_in(const Scan *scan, const char *const *words, guint count)
{
	guint32 first[256] = {0}, second[256] = {0}, found = 0;

	for (guint i = 0; i < count; i++) {
		first[(guint8)words[i][0]] |= 1u << i;
		second[(guint8)words[i][1]] |= 1u << i;
	}
	for (gsize at = 0; at + 1 < scan->length; at++) {
		guint32 bits = first[(guint8)scan->text[at]] & second[(guint8)scan->text[at + 1]];

		for (guint i = 0; bits >> i; i++)
			if (bits >> i & 1 && !strncmp(scan->text + at, words[i], strlen(words[i])))
				found |= 1u << i;
	}
	return found;
}

static void find_on_networks(Scan *scan)
{
	static const char *const words[] = {"nstagram", "Insta", "insta",   "napchat", "Snap",
					    "snap",	"iktok", "elegram", "iscord",  "acebook",
					    "Login",	"login", "nlognaam"};
	guint32 present = words_in(scan, words, G_N_ELEMENTS(words));

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (present >> i & 1)
			find_on_network(scan, words[i]);
}

/* "door omd\\bvisser": a network written small, where a user is spoken of; elsewhere it is a path.
 */
static void find_small_domains(Scan *scan)
{
	const char *text = scan->text, *hit = text;

	while ((hit = memchr(hit, '\\', scan->length - (gsize)(hit - text)))) {
		gsize at = (gsize)(hit++ - text), from = at, end = login_end(scan, at + 1);

		while (from > 0 && at - from < DOMAIN_MOST && g_ascii_islower(text[from - 1]))
			from--;
		if (at - from < 2 || end < at + 4 || !g_ascii_islower(text[at + 1]) ||
		    (from && text[from - 1] != ' ' && text[from - 1] != '(' &&
		     text[from - 1] != ':') ||
		    (end < scan->length && strchr("\\/", text[end])) ||
		    !scan_words(scan, from > DOMAIN_REACH ? from - DOMAIN_REACH : 0, from,
				"door|by|user|gebruiker|login|account|als|inlog|onder"))
			continue;
		scan_take_user(scan, from, end);
	}
}

/* "draaidatum 04-01-2024 jvdberg", "geprint 3-4-2022 14:02 ahendr": who let a list be printed. */
static void find_printers(Scan *scan)
{
	/* without their first letter, of either case */
	static const char *const words[] = {"raaidatum", "itdraai",   "fdrukdatum", "rintdatum",
					    "eprint",	 "fgedrukt",  "itgedraaid", "xportdatum",
					    "angemaakt", "egenereerd"};
	guint32 present = words_in(scan, words, G_N_ELEMENTS(words));

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
		const char *text = scan->text, *hit = text;

		while (present >> i & 1 && (hit = memmem(hit, scan->length - (gsize)(hit - text),
							 words[i], strlen(words[i])))) {
			gsize at = (gsize)(hit - text) + strlen(words[i]), end = at;
			gsize high = MIN(scan_line_end(scan, at), at + PRINT_REACH);
			gboolean dated = FALSE;

			hit += strlen(words[i]);
			for (; at < high; at = MAX(end, at + 1)) {
				for (end = at; end < high && g_ascii_isalnum(text[end]);)
					end++;
				if (end == at)
					continue;
				dated |= g_ascii_isdigit(text[at]);
				if (g_ascii_isdigit(text[at]) ||
				    scan_words(scan, at, end, "door|op|om|d|d.d|dd|uur|by|van"))
					continue;
				break;
			}
			if (dated && at < high && text[at - 1] == ' ' &&
			    !(end < scan->length && strchr("@.\\", text[end])) &&
			    is_coined(scan, at, end))
				scan_take_user(scan, at, end);
		}
	}
}

void scan_logins(Scan *scan)
{
	find_logged_in(scan);
	find_accounts(scan);
	find_on_networks(scan);
	find_small_domains(scan);
	find_printers(scan);
}
