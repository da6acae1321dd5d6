/* online.c - mail addresses in all spellings, personal links, share and meeting links, handles
 * (woo.md 6.13).
 *
 * Everything found here, and every link that stays readable, is taken: numbers inside it are not
 * looked at. A link that names a BSN is not taken. */
#include "engine/detect/mailbox.h"
#include "engine/detect/pattern.h"
#include "engine/detect/scan.h"

#include <string.h>

#define MEETING_REACH 80 /* bytes behind a link */
#define LOCAL_MAX     64
#define DOMAIN_MAX    253
#define LINK_MAX      2048
#define DOMAIN_LABEL  16 /* bytes of a network's short name */
#define LOGIN_REACH   18
#define LOGIN_MAX     32

static void take(Scan *scan, gsize from, gsize to)
{
	ScanRange range = {from, to};
	g_array_append_val(scan->taken, range);
}

static gboolean is_local(const Scan *scan, gsize at)
{
	guint8 c = (guint8)scan->text[at];
	return g_ascii_isalnum((char)c) || (c && strchr("._%+-'", c)) || c >= 0x80;
}

/* The start of the local part that ends at `at`; letters beyond ASCII count, other signs do not. */
static gsize local_start(const Scan *scan, gsize at)
{
	gsize start = at;
	while (start > 0 && at - start < LOCAL_MAX && is_local(scan, start - 1)) {
		const char *previous = g_utf8_find_prev_char(scan->text, scan->text + start);
		gunichar c = previous ? g_utf8_get_char(previous) : 0;
		if (!previous || (c >= 0x80 && !lw_text_is_letter(c)))
			break;
		start = (gsize)(previous - scan->text);
	}
	while (start < at && strchr(".-'%+", scan->text[start]))
		start++;
	return start;
}

static gboolean is_top_level(const char *text, gsize length)
{
	if (length < 2 || length > 24)
		return FALSE;
	for (gsize i = 0; i < length; i++)
		if (!g_ascii_isalpha(text[i]))
			return FALSE;
	return TRUE;
}

/* The end of a domain from `at`; it may go on behind a dot at a line end. 0: no domain. */
static gsize domain_end(const Scan *scan, gsize at)
{
	gsize end = at;
	while (end < scan->length && end - at < DOMAIN_MAX) {
		char c = scan->text[end];
		if (g_ascii_isalnum(c) || c == '-' || c == '.')
			end++;
		else if (c == '\n' && end > at && scan->text[end - 1] == '.' &&
			 end + 1 < scan->length && g_ascii_islower(scan->text[end + 1]) &&
			 !memchr(scan->text + at, '\n', end - at))
			end++;
		else
			break;
	}
	/* Leave off what follows the last label: full stops, a sentence on the next line. */
	while (end > at) {
		gsize label = end;
		while (label > at && g_ascii_isalpha(scan->text[label - 1]))
			label--;
		gboolean dotted = label > at + 1 &&
				  (scan->text[label - 1] == '.' || scan->text[label - 1] == '\n');
		if (dotted && is_top_level(scan->text + label, end - label) &&
		    (scan->text[label - 1] == '.' || end - label <= 4))
			return end;
		end = label > at ? label - 1 : at;
	}
	return 0;
}

static gsize emit_mail(Scan *scan, ScanRule rule, gsize from, gsize local, gsize to)
{
	LwEntity *entity = scan_emit(scan, rule, from, to, EVIDENCE_FORM, TOPIC_NONE);
	if (entity &&
	    (mailbox_is_functional(scan->text + from, local - from, scan->context->lexicon) ||
	     mailbox_is_of_house(scan->text + from, local - from, scan->text + local + 1,
				 to - local - 1, scan->context->lexicon))) {
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
	}
	take(scan, from, to);
	return to;
}

/* "jan.jansen" is meant for an address, "werk" is not. */
static gboolean is_pointed(const Scan *scan, gsize from, gsize to)
{
	for (gsize i = from; i < to; i++)
		if (scan->text[i] == '.' || scan->text[i] == '_')
			return TRUE;
	return FALSE;
}

static gsize find_mail(Scan *scan, gsize at)
{
	gsize local = at, domain = at + 1;
	if (at > 1 && scan->text[at - 1] == '\n' && is_local(scan, at - 2))
		local = at - 1;
	while (domain < scan->length && domain - at < 4 &&
	       (scan->text[domain] == '\n' || scan->text[domain] == ' '))
		domain++;
	/* a reader of scans puts blanks in: "jan.jansen @assen.nl", "jan.jansen@ assen.nl" */
	gboolean blank = domain == at + 2 && scan->text[at + 1] == ' ';
	if (domain > at + 1 && !memchr(scan->text + at, '\n', domain - at) &&
	    !(blank && is_pointed(scan, local_start(scan, at), at)))
		domain = at + 1;
	if (at > 1 && scan->text[at - 1] == ' ' && domain == at + 1 &&
	    is_pointed(scan, local_start(scan, at - 1), at - 1))
		local = at - 1;
	gsize start = local_start(scan, local), end = domain_end(scan, domain);
	return start < local && end ? emit_mail(scan, RULE_EMAIL, start, local, end) : 0;
}

/* "@noord-holland.nl" is all of a domain; "@xavi.rp7" and "@jan.smits.dx" are none. */
static gboolean is_rest_of_mail(const Scan *scan, gsize at)
{
	static const char tops[] = "nl|com|org|net|eu|be|de|fr|uk|info|biz|frl|amsterdam|gov|edu|"
				   "int|io|app|nu|tv|online|"
				   "example|es|it|pl|pt|at|ch|lu|ie|se|dk|no|fi|cz|ro|bg|tr|cn|us|"
				   "test|local|cw|aw|sr|ma";
	gsize end = domain_end(scan, at), label = end;

	if (!end || (end < scan->length && scan_is_word((guint8)scan->text[end])))
		return FALSE;
	while (label > at && g_ascii_isalpha(scan->text[label - 1]))
		label--;
	return scan_words(scan, label, end, tops);
}

static gsize find_handle(Scan *scan, gsize at)
{
	if (at && (scan_is_word((guint8)scan->text[at - 1]) || strchr("._-@/", scan->text[at - 1])))
		return 0;
	gsize end = at + 1, letters = 0;
	while (end < scan->length && end - at <= 30 &&
	       (g_ascii_isalnum(scan->text[end]) || scan->text[end] == '_' ||
		(scan->text[end] == '.' && end > at + 1 && end + 1 < scan->length &&
		 g_ascii_islower(scan->text[end + 1])))) {
		letters += g_ascii_isalpha(scan->text[end]) != 0;
		end++;
	}
	/* "@noord-holland.nl" is what is left of an address: the domain stays readable. */
	if (end - at < 3 || letters < 2 || is_rest_of_mail(scan, at + 1) ||
	    mailbox_is_handle_of_body(scan->text + at + 1, end - at - 1))
		return 0;
	return scan_emit(scan, RULE_HANDLE, at, end, EVIDENCE_FORM, TOPIC_NONE) ? end : 0;
}

static const LwPattern *compiled(LwPattern **slot, gsize *ready, const char *regex)
{
	if (g_once_init_enter(ready)) {
		*slot = lw_pattern_new(regex, NULL);
		g_assert(*slot);
		g_once_init_leave(ready, 1);
	}
	return *slot;
}

/* "naam [at] domein [dot] nl": the bracket at `at` opens it. */
/* "mijn account (golestf)": a login that is no word. */
static gsize find_bracketed(Scan *scan, gsize at)
{
	gsize low = at > LOGIN_REACH ? at - LOGIN_REACH : 0, end = at + 1;
	gsize word = at - 1;

	while (word > low && scan_is_word((guint8)scan->text[word - 1]))
		word--;
	if (!scan_words(scan, word, at,
			"account|login|inlog|gebruikersnaam|username|inlognaam|accountnaam"))
		return 0;
	while (end < scan->length && (g_ascii_islower(scan->text[end]) ||
				      g_ascii_isdigit(scan->text[end]) || scan->text[end] == '_'))
		end++;
	if (end - at < 5 || end >= scan->length || scan->text[end] != ')' ||
	    lw_lexicon_find(scan->context->lexicon, scan->text + at + 1, end - at - 1) &
		    LW_WORD_COMMON)
		return 0;
	LwEntity *entity = scan_emit(scan, RULE_USER, at + 1, end, EVIDENCE_CONTEXT, TOPIC_USER);
	entity->reason = LW_REASON_CONTEXT;
	take(scan, at + 1, end);
	return end;
}

static gsize find_spelled(Scan *scan, gsize at)
{
	static LwPattern *pattern;
	static gsize ready;
	const char *regex = "(?i)([a-z0-9._%+'-]{1,64})[ ]?[\\[({<][ ]?(?:at|apenstaart(?:je)?|@)[ "
			    "]?[\\])}>][ ]?"
			    "[a-z0-9-]{1,63}(?:[ ]?(?:\\.|[\\[({<][ ]?(?:dot|punt|\\.)[ "
			    "]?[\\])}>])[ ]?[a-z0-9-]{1,63})"
			    "{0,4}?[ ]?(?:\\.|[\\[({<][ ]?(?:dot|punt|\\.)[ ]?[\\])}>])[ "
			    "]?[a-z]{2,24}(?![a-z0-9])";
	gsize next = at + 1;
	while (next < scan->length && scan->text[next] == ' ')
		next++;
	if (scan->text[at] == '(' && scan->text[at - !!at] == ' ') {
		gsize user = find_bracketed(scan, at);
		if (user)
			return user;
	}
	if (next + 2 >= scan->length || !strchr("aA@", scan->text[next]) ||
	    (scan->text[next] != '@' && !strchr("tTpP", scan->text[next + 1])))
		return 0;
	gsize low = at > LOCAL_MAX + 1 ? at - LOCAL_MAX - 1 : 0, high = MIN(scan->length, at + 200);
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	while ((scan->text[low] & 0xc0) == 0x80)
		low++;
	while (high < scan->length && (scan->text[high] & 0xc0) == 0x80)
		high++;
	const LwPattern *spelled = compiled(&pattern, &ready, regex);
	for (gsize from = 0;
	     lw_pattern_next(spelled, scan->text + low, high - low, from, groups, NULL);
	     from = groups[0].end)
		if (low + groups[0].start < at && low + groups[0].end > at)
			return emit_mail(scan, RULE_EMAIL_HIDDEN, low + groups[0].start,
					 low + groups[1].end, low + groups[0].end);
	return 0;
}

/* /O=ORG/OU=.../CN=RECIPIENTS/CN=jansenp */
static gsize find_x500(Scan *scan, gsize at)
{
	if (scan->length - at < 4 || g_ascii_strncasecmp(scan->text + at, "/o=", 3))
		return 0;
	gsize end = scan_line_end(scan, at), name = 0;
	end = MIN(end, at + 400);
	for (gsize i = at; i + 4 < end; i++)
		if (!g_ascii_strncasecmp(scan->text + i, "/cn=", 4))
			name = i + 4;
	if (!name)
		return 0;
	gsize stop = name;
	while (stop < end &&
	       (scan_is_word((guint8)scan->text[stop]) || strchr("-._", scan->text[stop])))
		stop++;
	scan_emit(scan, RULE_X500, at, stop, EVIDENCE_FORM, TOPIC_NONE);
	take(scan, at, stop);
	return stop;
}

static gsize link_end(const Scan *scan, gsize at)
{
	gsize high = MIN(scan->length, at + LINK_MAX);
	while (at < high && (guint8)scan->text[at] > ' ' && !strchr("<>\"|", scan->text[at]))
		at++;
	while (at > 0 &&
	       (strchr(".,;:!?)]'", scan->text[at - 1]) || (scan->text[at] & 0xc0) == 0x80))
		at--;
	return at;
}

static gboolean contains(const char *text, gsize length, const char *const *parts, gsize count)
{
	g_autofree char *lower = g_ascii_strdown(text, (gssize)length);
	for (gsize i = 0; i < count; i++)
		if (strstr(lower, parts[i]))
			return TRUE;
	return FALSE;
}

/* A profile has a name behind its path: "linkedin.com/in/jan", not "x.com". */
static gboolean is_profile(const char *text, gsize length)
{
	static const char *const sites[] = {"linkedin.com/in/",	 "facebook.com/", "instagram.com/",
					    "twitter.com/",	 "tiktok.com/@",  "youtube.com/@",
					    "github.com/",	 "//x.com/",	  "www.x.com/",
					    "snapchat.com/add/", "t.me/",	  "wa.me/"};
	g_autofree char *lower = g_ascii_strdown(text, (gssize)length);
	for (gsize i = 0; i < G_N_ELEMENTS(sites); i++) {
		const char *found = strstr(lower, sites[i]);
		if (found && scan_is_word((guint8)found[strlen(sites[i])]))
			return TRUE;
		if (found && found == lower)
			return found[strlen(sites[i])] != '\0';
	}
	return FALSE;
}

static const char *const shared[] = {"teams.microsoft.com/l/meetup-join",
				     "teams.live.com/meet",
				     "zoom.us/j/",
				     "webex.com/meet",
				     "webex.com/j.php",
				     "meet.google.com/",
				     "?pwd=",
				     "&pwd=",
				     "wetransfer.com/downloads",
				     "we.tl/",
				     "dropbox.com/s",
				     "sharepoint.com/:",
				     "onedrive.live.com",
				     "1drv.ms/",
				     "drive.google.com/",
				     "docs.google.com/",
				     "token=",
				     "sig=",
				     "access_key=",
				     "apikey=",
				     "password=",
				     "wachtwoord="};

static gboolean is_map(const char *text, gsize length)
{
	const char *sign = memchr(text, '@', length);
	return sign && sign > text && sign[-1] == '/' && g_ascii_isdigit(sign[1]);
}

/* "maps.example/@52.37403,4.88969,15z": the place in the link of a map. */
static void find_map(Scan *scan, gsize from, gsize end)
{
	const char *sign = memchr(scan->text + from, '@', end - from);
	if (!sign)
		return;
	gsize at = (gsize)(sign - scan->text), next = at + 1, dots = 0, commas = 0;
	while (next < end && commas < 2 &&
	       (g_ascii_isdigit(scan->text[next]) || strchr(".,-", scan->text[next]))) {
		dots += scan->text[next] == '.';
		commas += scan->text[next] == ',';
		next += commas < 2;
	}
	if (dots == 2 && commas)
		scan_emit(scan, RULE_COORDINATES, at, next, EVIDENCE_FORM, TOPIC_NONE);
}

/* "https://vergader.example/l/meetup-join/19%3a", "/j/98812345678", "/meet/jan-432": whoever has
 * the room, its path lets one in. */
static gboolean is_meeting(const char *text, gsize length)
{
	static const char *const rooms[] = {"/j/",    "/join/", "/meet/",
					    "/room/", "/w/",	"/meeting/"};
	g_autofree char *lower = g_ascii_strdown(text, (gssize)length);

	if (strstr(lower, "meetup-join") || strstr(lower, "jitsi") || strstr(lower, "passcode="))
		return TRUE;
	/* "/meet/jdevries": the room of one */
	if (strstr(lower, ".webex.") && strstr(lower, "/meet/"))
		return TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(rooms); i++) {
		const char *at = strstr(lower, rooms[i]);
		gsize digits = 0;

		for (at = at ? at + strlen(rooms[i]) : NULL; at && *at && *at != '/'; at++)
			digits += g_ascii_isdigit(*at) != 0;
		if (digits >= 6)
			return TRUE;
	}
	return FALSE;
}

/* A word, or groups of digits: "Wq8bTz", "371 904 226 18". */
static gsize value_end(const Scan *scan, gsize at, gsize stop)
{
	gsize end = at;
	gboolean digits = TRUE;

	for (; end < stop && (g_ascii_isalnum(scan->text[end]) || scan->text[end] == '-'); end++)
		digits &= scan_digit(scan, end);
	while (digits && end > at && end + 1 < stop && scan->text[end] == ' ' &&
	       scan_digit(scan, end + 1))
		for (end++; end < stop && scan_digit(scan, end);)
			end++;
	return end;
}

/* "(id 371 904 226 18, code Wq8bTz)" behind the link of a meeting. */
static void find_meeting_behind(Scan *scan, gsize at)
{
	static const char names[] = "id|code|wachtwoord|toegangscode|passcode|pin|pincode|meeting|"
				    "vergadering-id|meeting-id|vergaderings-id|kamercode";
	gsize stop = MIN(scan_line_end(scan, at), at + MEETING_REACH), end;
	gboolean named = FALSE;

	for (; at < stop; at = end) {
		while (at < stop && strchr(" (,:;|.", scan->text[at]))
			at++;
		end = value_end(scan, at, stop);
		if (end == at)
			return;
		if (scan_words(scan, at, end, names)) {
			named = TRUE;
			continue;
		}
		if (scan_words(scan, at, end, "en|met"))
			continue;
		if (!named || end - at < 4)
			return;
		ScanRange range = {at, end};
		LwEntity *entity =
			scan_emit(scan, RULE_MEETING, at, end, EVIDENCE_CONTEXT, TOPIC_MEETING);
		entity->reason = LW_REASON_CONTEXT;
		g_array_append_val(scan->taken, range);
		named = FALSE;
	}
}

static gsize find_link(Scan *scan, gsize from)
{
	gsize end = link_end(scan, from);
	if (end <= from + 4)
		return 0;
	const char *text = scan->text + from;
	static const char *const names[] = {"bsn="};
	if (contains(text, end - from, shared, G_N_ELEMENTS(shared)) ||
	    is_meeting(text, end - from)) {
		scan_emit(scan, RULE_MEETING, from, end, EVIDENCE_FORM, TOPIC_NONE);
		find_meeting_behind(scan, end);
	} else if (is_profile(text, end - from))
		scan_emit(scan, RULE_PROFILE, from, end, EVIDENCE_FORM, TOPIC_NONE);
	else if (contains(text, end - from, names, 1) ||
		 (memchr(text, '@', end - from) && !is_map(text, end - from)))
		return 0;
	else
		find_map(scan, from, end);
	take(scan, from, end);
	return end;
}

/* The dot-com of a bare "linkedin.com/in/jan": `at` is its first slash. */
static gsize find_bare_link(Scan *scan, gsize at)
{
	gsize from = at;
	while (from > 0 &&
	       (g_ascii_isalnum(scan->text[from - 1]) || strchr(".-", scan->text[from - 1])))
		from--;
	const char *text = scan->text + from;
	gsize length = link_end(scan, from) - from;
	if (from == at || !memchr(text, '.', at - from) || at + 1 >= scan->length)
		return 0;
	if (!is_profile(text, length) && !contains(text, length, shared, 14))
		return 0;
	return find_link(scan, from);
}

/* what3words, "///tafel.lamp.stoel" */
static gsize find_three_words(Scan *scan, gsize at)
{
	gsize end = at, dots = 0;
	while (end < scan->length && scan->text[end] == '/')
		end++;
	if (end - at != 3)
		return 0;
	for (; end < scan->length &&
	       (scan_is_word((guint8)scan->text[end]) || scan->text[end] == '.');
	     end++)
		dots += scan->text[end] == '.' && end + 1 < scan->length &&
			g_ascii_islower(scan->text[end + 1]);
	end -= scan->text[end - 1] == '.';
	if (dots != 2)
		return 0;
	return scan_emit(scan, RULE_COORDINATES, at, end, EVIDENCE_FORM, TOPIC_NONE) ? end : 0;
}

/* The folder that a system keeps for one user. */
static gsize take_folder(Scan *scan, gsize from)
{
	static const char common[] = "public|default|all|shared|administrator|admin|guest";
	gsize end = from;

	while (end < scan->length &&
	       (scan_is_word((guint8)scan->text[end]) || strchr("._-", scan->text[end])))
		end++;
	if (end < from + 2 || scan_words(scan, from, end, common))
		return 0;
	return scan_take_user(scan, from, end);
}

/* "VRD\\fpotgieter": a network and who has an account there; no path. */
static gsize find_account(Scan *scan, gsize at)
{
	gsize from = at, end = at + 1, low = at > DOMAIN_LABEL ? at - DOMAIN_LABEL : 0;

	/* "C:\\Users\\nferreira\\Desktop" */
	if (at >= 6 && !g_ascii_strncasecmp(scan->text + at - 6, "\\users", 6))
		return take_folder(scan, at + 1);
	while (from > low && (g_ascii_isupper(scan->text[from - 1]) ||
			      g_ascii_isdigit(scan->text[from - 1]) || scan->text[from - 1] == '-'))
		from--;
	while (end < scan->length && (g_ascii_isalnum(scan->text[end]) ||
				      (strchr("._-", scan->text[end]) && end + 1 < scan->length &&
				       g_ascii_isalnum(scan->text[end + 1]))))
		end++;
	if (at - from < 2 || !g_ascii_isupper(scan->text[from]) ||
	    (from && (scan_is_word((guint8)scan->text[from - 1]) ||
		      strchr("\\/:.", scan->text[from - 1]))) ||
	    end - at < 4 || !g_ascii_isalpha(scan->text[at + 1]) ||
	    (end < scan->length &&
	     (strchr("\\/", scan->text[end]) || scan_is_word((guint8)scan->text[end]))))
		return 0;
	return scan_take_user(scan, from, end);
}

/* "gebruikersnaam: pjansen": a login need not have a digit. */
static gsize find_login(Scan *scan, gsize at)
{
	gsize low = scan_line_start(scan, at), next = at + 1;
	low = MAX(low, at > LOGIN_REACH ? at - LOGIN_REACH : 0);
	if (!scan_words(scan, low, at,
			"gebruikersnaam|username|userid|user id|inlognaam|loginnaam|login|user|"
			"inlog|inlogcode|inlog-id|loginid|netwerknaam|accountnaam|user-id|"
			"gebruikersaccount|windows-account|samaccountname|ad-account|"
			"netwerkaccount|skype"))
		return 0;
	while (next < scan->length && next - at < 3 &&
	       (scan->text[next] == ' ' || scan->text[next] == '\t'))
		next++;
	gsize end = next;
	while (end < scan->length &&
	       (scan_is_word((guint8)scan->text[end]) || strchr("._\\", scan->text[end])))
		end++;
	end -= end > next && scan->text[end - 1] == '.';
	if (end - next < 3 || (end < scan->length && scan->text[end] == '@'))
		return 0;
	LwEntity *entity = scan_emit(scan, RULE_USER, next, end, EVIDENCE_CONTEXT, TOPIC_USER);
	entity->reason = LW_REASON_CONTEXT;
	take(scan, next, end);
	return end;
}

static gsize find_slash(Scan *scan, gsize at)
{
	char next = at + 1 < scan->length ? scan->text[at + 1] : ' ';
	if (next == '/')
		return at && scan->text[at - 1] == '/' ? 0 : find_three_words(scan, at);
	/* the home of a user */
	if (next == 'h' && scan->length - at > 8 && !memcmp(scan->text + at, "/home/", 6))
		return take_folder(scan, at + 6);
	if (next == 'o' || next == 'O') {
		gsize end = find_x500(scan, at);
		if (end)
			return end;
	}
	return at && g_ascii_isalpha(scan->text[at - 1]) ? find_bare_link(scan, at) : 0;
}

/* "gert_64 :", "m_liu  08:15", at the start of its line: who says what follows. */
static gsize find_sender(Scan *scan, gsize at)
{
	gsize from = at, end = at, next;

	while (from > 0 && (g_ascii_isalnum(scan->text[from - 1]) || scan->text[from - 1] == '_'))
		from--;
	while (end < scan->length && (g_ascii_isalnum(scan->text[end]) || scan->text[end] == '_'))
		end++;
	if (end - from < 4 || end - from > LOGIN_MAX || !scan_has_word(scan, from, end) ||
	    !g_ascii_isalpha(scan->text[from]) || (from && !strchr(" \n\t", scan->text[from - 1])))
		return 0;
	for (next = end; next < scan->length && next - end < 4 && scan->text[next] == ' ';)
		next++;
	if (next == end || next + 2 >= scan->length)
		return 0;
	gboolean time = g_ascii_isdigit(scan->text[next]) &&
			(strchr(":-", scan->text[next + 1]) || strchr(":-", scan->text[next + 2]));
	/* "hist_ind : J" is a field; who writes has a time before the name */
	gboolean named = scan->text[next] == ':' && scan->text[next + 1] == ' ';
	for (gsize i = scan_line_start(scan, from); named && !time && i < from; i++)
		time = g_ascii_isdigit(scan->text[i]);
	if (!time)
		return 0;
	return scan_take_user(scan, from, end);
}

static gsize find_anchor(Scan *scan, gsize at)
{
	char c = scan->text[at];
	if (c == '@') {
		gsize end = find_mail(scan, at);
		return end ? end : find_handle(scan, at);
	}
	if (c == '[' || c == '(' || c == '{')
		return find_spelled(scan, at);
	if (c == '/')
		return find_slash(scan, at);
	if (c == 'w')
		return scan->length - at > 6 && !memcmp(scan->text + at, "www.", 4) &&
				       !(at && scan_is_word((guint8)scan->text[at - 1]))
			       ? find_link(scan, at)
			       : 0;
	if (scan->length - at > 4 && scan->text[at + 1] == '/' && scan->text[at + 2] == '/') {
		gsize from = at;
		while (from > 0 && g_ascii_isalpha(scan->text[from - 1]) && at - from < 8)
			from--;
		return from < at ? find_link(scan, from) : 0;
	}
	if (c == '\\')
		return find_account(scan, at);
	if (c == '_')
		return find_sender(scan, at);
	return find_login(scan, at);
}

void scan_online(Scan *scan)
{
	static const char anchors[] = "@[({/w:\\_";
	gboolean is_anchor[256] = {FALSE};
	for (const char *anchor = anchors; *anchor; anchor++)
		is_anchor[(guint8)*anchor] = TRUE;
	for (gsize at = 0; at < scan->length;) {
		gsize end = is_anchor[(guint8)scan->text[at]] ? find_anchor(scan, at) : 0;
		at = MAX(end, at + 1);
	}
}
