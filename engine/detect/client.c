/* client.c - numbers without a form of their own, known only by the word before them; salary
 * scales.
 *
 * Only a colon, blanks and small words may stand between the name and the number. */
#include "engine/detect/scan.h"

#include <string.h>

#define CLIENT_GAP 24
#define CLIENT_MAX 40

static gboolean is_small_word(const char *word, gsize length)
{
	static const char *const words[] = {
		"is",	    "was",     "nr",	 "nrs",	     "nummer", "nummers",  "luidt",
		"het",	    "betreft", "van",	 "uw",	     "met",    "no",	   "en",
		"telefoon", "code",    "laptop", "computer", "tablet", "apparaat", "iphone",
		"onder",    "weten",   "bekend", "staat",    "luidde", "was",	   "op",
		"niet",	    "resp",    "zijn",	 "waren",    "had",    "heeft",	   "als",
		"wordt",    "werd",    "dit",	 "nog",	     "met",    "pas",	   "and"};
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (strlen(words[i]) == length && !g_ascii_strncasecmp(words[i], word, length))
			return TRUE;
	return FALSE;
}

/* "verbalisanten 4411 en 4418": the number before it is of the same name. */
static gboolean is_other_number(const char *word, gsize length)
{
	gsize digits = 0, capitals = 0;
	while (digits < length && g_ascii_isdigit(word[digits]))
		digits++;
	while (capitals < length && g_ascii_isupper(word[capitals]))
		capitals++;
	/* "JZ-10442 en JZ-10443": its letters stand apart */
	return (digits == length && length >= 3) || (capitals == length && length <= 4);
}

/* "client", "hoofdagent": who, and no name of a number. */
static gboolean is_person_word(const char *word)
{
	return strstr("client clienten debiteur patient verbalisant verbalisanten hoofdagent "
		      "brigadier aspirant boa",
		      word) != NULL;
}

static gboolean follows_name(const Scan *scan, gsize at, const ScanNear *near, ScanTopic topic)
{
	gsize gap = near->distance[topic] - 1u;
	if (!near->distance[topic] || gap > CLIENT_GAP || gap > at)
		return FALSE;
	for (gsize i = at - gap; i < at;) {
		gsize end = i;
		while (end < at && scan_is_word((guint8)scan->text[end]))
			end++;
		if (end > i && !is_small_word(scan->text + i, end - i) &&
		    !is_other_number(scan->text + i, end - i))
			return FALSE;
		if (end == i && !strchr(" \t\n:.-#=(/|;,", scan->text[i]))
			return FALSE;
		i = MAX(end, i + 1);
	}
	return TRUE;
}

/* "6614 0293 8", "0 0 7 1 9 3": does a single digit before here end a number, or is it one of its
 * boxes? */
static gboolean is_last_group(const Scan *scan, gsize at)
{
	if (at >= scan->length || strchr("\n\t|;,.)", scan->text[at]))
		return TRUE;
	return scan->text[at] == ' ' && at + 1 < scan->length &&
	       (scan->text[at + 1] == ' ' ||
		(scan_digit(scan, at + 1) && at >= 3 && scan->text[at - 2] == ' ' &&
		 scan_digit(scan, at - 3)));
}

/* Letters and digits with signs between them; groups of digits also over blanks. */
static gsize free_end(const Scan *scan, gsize at, guint *digits)
{
	gsize end = at;
	gboolean letters = FALSE;
	*digits = 0;
	while (end < scan->length && end - at < CLIENT_MAX) {
		char c = scan->text[end];
		if (scan_is_word((guint8)c)) {
			*digits += g_ascii_isdigit(c);
			letters |= !g_ascii_isdigit(c);
			end++;
			continue;
		}
		gboolean joined =
			end + 1 < scan->length && scan_is_word((guint8)scan->text[end + 1]);
		gboolean tight = joined && strchr("-./_", c);
		gboolean single = scan_digit(scan, end + 1) && is_last_group(scan, end + 2);
		gboolean spaced = c == ' ' && !letters && scan_digit(scan, end + 1) &&
				  (single || scan_digit(scan, end + 2));
		if (!tight && !spaced)
			break;
		end++;
	}
	return end;
}

static gboolean is_date(const Scan *scan, gsize at, gsize end)
{
	guint signs = 0;
	for (gsize i = at; i < end; i++)
		signs += strchr("-/.", scan->text[i]) != NULL;
	return signs == 2 && (end - at == 10 || end - at == 8) &&
	       (scan->text[at + 2] == '-' || scan->text[at + 2] == '/');
}

static gboolean is_house_phone(const char *word)
{
	static const char *const words[] = {
		"toestel",	  "toestelnummer", "tst",      "ext",  "extension",
		"doorkiesnummer", "internnummer",  "doorkies", "tstl", NULL};

	return g_strv_contains(words, word);
}

/* Six or seven digits, perhaps in groups, and no more; 0: no such number. */
static gsize local_phone_end(const Scan *scan, gsize at)
{
	gsize end = at;
	guint digits = 0;

	while (end < scan->length && (scan_digit(scan, end) || (strchr(" -.", scan->text[end]) &&
								scan_digit(scan, end + 1))))
		digits += scan_digit(scan, end++);
	return digits >= 6 && digits <= 7 && scan->text[at] != '0' &&
			       !(end < scan->length && scan_is_word((guint8)scan->text[end]))
		       ? end
		       : 0;
}

/* "toestel 3456": what is dialled inside a house. */
static gsize find_extension(Scan *scan, gsize at, gsize end, guint digits, const ScanNear *near)
{
	const char *word = near->word[TOPIC_PHONE];
	gsize local = local_phone_end(scan, at);

	if (!follows_name(scan, at, near, TOPIC_PHONE))
		return 0;
	/* "bellen op 6221904": without its area code */
	if (local &&
	    scan_words(scan, at > CLIENT_GAP ? at - CLIENT_GAP : 0, at,
		       "bellen|bel|bereiken|bereikbaar|tel|telefoon|telefoonnummer|gebeld")) {
		LwEntity *phone =
			scan_emit(scan, RULE_EXTENSION, at, local, EVIDENCE_CONTEXT, TOPIC_PHONE);
		phone->reason = LW_REASON_CONTEXT;
		return local;
	}
	if (digits != end - at || digits < 3 || digits > 5 || scan->text[at] == '0')
		return 0;
	if (!is_house_phone(word))
		return 0;
	LwEntity *entity = scan_emit(scan, RULE_EXTENSION, at, end, EVIDENCE_CONTEXT, TOPIC_PHONE);
	entity->reason = LW_REASON_CONTEXT;
	return end;
}

/* "Wachtwoord: Ab3dEf" */
static gboolean is_password(const char *word)
{
	return strstr(word, "wachtwoord") || strstr(word, "passcode");
}

/* "GP 118870", "WN 4471920": capitals before the number belong to it. */
static gsize prefix_start(const Scan *scan, gsize at)
{
	gsize letters = at ? at - 1 : 0, low = letters > 4 ? letters - 4 : 0;

	if (!letters || scan->text[letters] != ' ' || !g_ascii_isupper(scan->text[letters - 1]))
		return at;
	while (letters > low && g_ascii_isupper(scan->text[letters - 1]))
		letters--;
	return at - 1 - letters <= 3 && !(letters && scan_is_word((guint8)scan->text[letters - 1]))
		       ? letters
		       : at;
}

static gsize find_free(Scan *scan, gsize at)
{
	static const struct {
		ScanTopic topic;
		ScanRule rule;
		guint digits; /* at least */
	} rows[] = {{TOPIC_CLIENT, RULE_CLIENT, 3},	{TOPIC_V_NUMBER, RULE_CLIENT, 8},
		    {TOPIC_CRIMINAL, RULE_CRIMINAL, 5}, {TOPIC_USER, RULE_USER, 1},
		    {TOPIC_MEETING, RULE_MEETING, 3},	{TOPIC_ID_DOCUMENT, RULE_ID_DOCUMENT, 6},
		    {TOPIC_DEVICE, RULE_DEVICE, 5}};
	guint digits;
	gsize end = free_end(scan, at, &digits);
	if (!digits || is_date(scan, at, end))
		return 0;
	const ScanNear *near = scan_near(scan, at, end);
	ScanTopic nearest = scan_nearest(near);
	if (nearest == TOPIC_PHONE)
		return find_extension(scan, at, end, digits, near);
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].topic != nearest ||
		    (digits < rows[i].digits && !is_password(near->word[nearest])) ||
		    !follows_name(scan, at, near, nearest))
			continue;
		/* "client 3", "boa 2023": of who, only a longer number, and no year */
		if (is_person_word(near->word[nearest]) &&
		    (digits < 4 || (digits == 4 && end - at == 4 &&
				    (scan->text[at] == '1' || scan->text[at] == '2'))))
			continue;
		/* "documentnummer" also names numbers of papers: a travel document's is one word.
		 */
		if (nearest == TOPIC_ID_DOCUMENT &&
		    (end - at < 8 || end - at > 10 || strstr(near->word[nearest], "document") ||
		     strcmp(near->word[nearest], "id") == 0 ||
		     strcspn(scan->text + at, " ./-") < end - at))
			continue;
		gsize from = rows[i].rule == RULE_CLIENT ? prefix_start(scan, at) : at;
		LwEntity *entity =
			scan_emit(scan, rows[i].rule, from, end, EVIDENCE_CONTEXT, nearest);
		entity->reason = LW_REASON_CONTEXT;
		return end;
	}
	return 0;
}

/* "zijn pas (B-00932)", "(kaart GP 118870)": a thing that a person has, with its number in
 * brackets or behind a colon. */
static gsize find_thing(Scan *scan, gsize at)
{
	static const char things[] =
		"pas|kaart|sleutel|tag|druppel|toegangsbadge|ov-kaart|bibliotheekpas";
	gsize from = prefix_start(scan, at), word, low = at > CLIENT_GAP ? at - CLIENT_GAP : 0;
	gboolean sign = FALSE;
	guint digits;
	gsize end = free_end(scan, at, &digits);

	if (digits < 4 || is_date(scan, at, end))
		return 0;
	/* "GP 118870" */
	if (from > low + 3 && scan->text[from - 1] == ' ' &&
	    g_ascii_isupper(scan->text[from - 2])) {
		gsize letters = from - 1;

		while (letters > low && g_ascii_isupper(scan->text[letters - 1]))
			letters--;
		if (from - 1 - letters <= 3 &&
		    (!letters || !scan_is_word((guint8)scan->text[letters - 1])))
			from = letters;
	}
	word = from;
	while (word > low && strchr(" (:", scan->text[word - 1]))
		sign |= scan->text[--word] != ' ';
	gsize start = word;
	while (start > low &&
	       (scan_is_word((guint8)scan->text[start - 1]) || scan->text[start - 1] == '-'))
		start--;
	if (start == word || !scan_words(scan, start, word, things) ||
	    !(sign || (start && scan->text[start - 1] == '(')))
		return 0;
	LwEntity *entity = scan_emit(scan, RULE_CLIENT, from, end, EVIDENCE_CONTEXT, TOPIC_CLIENT);
	entity->reason = LW_REASON_CONTEXT;
	return end;
}

/* "schaal 10, trede 4", but no scale of a map and none of a vacancy. */
static gsize find_scale(Scan *scan, gsize at)
{
	gsize low = at > 24 ? at - 24 : 0, word = at;
	while (word > low && scan->text[word - 1] == ' ')
		word--;
	gsize start = word;
	while (start > low && scan_is_word((guint8)scan->text[start - 1]))
		start--;
	if (start == word ||
	    !scan_words(scan, start, word, "schaal|loonschaal|salarisschaal|functieschaal|fwg"))
		return 0;
	gsize end = at;
	while (scan_digit(scan, end))
		end++;
	int scale = atoi(scan->text + at);
	if (end - at > 2 || scale < 1 ||
	    scale > (g_ascii_tolower(scan->text[start]) == 'f' ? 80 : 19))
		return 0;
	gsize next = end;
	while (next < scan->length && scan->text[next] == ' ')
		next++;
	gsize line = scan_line_start(scan, at), back = MAX(line, at > 120 ? at - 120 : 0);
	if ((next < scan->length && scan->text[next] == ':') ||
	    scan_words(scan, back, at, "vacature|kaart|tekening"))
		return 0;
	gsize step = MIN(scan->length, end + 12);
	if (scan_words(scan, end, step, "trede|periodiek|regel|nr")) {
		gsize tail = end;
		while (tail < step && !g_ascii_isdigit(scan->text[tail]))
			tail++;
		while (tail < step && scan_digit(scan, tail))
			tail++;
		end = scan_digit(scan, tail - 1) ? tail : end;
	}
	LwEntity *entity = scan_emit(scan, RULE_SALARY, start, end, EVIDENCE_CONTEXT, TOPIC_NONE);
	entity->reason = LW_REASON_CONTEXT;
	return end;
}

gsize scan_client(Scan *scan, gsize at)
{
	if (at && at >= 2 && strchr("-./", scan->text[at - 1]) &&
	    scan_is_word((guint8)scan->text[at - 2]))
		return 0;
	gsize end = scan_digit(scan, at) ? find_scale(scan, at) : 0;
	if (!end)
		end = find_free(scan, at);
	return end ? end : find_thing(scan, at);
}
