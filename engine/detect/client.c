/* client.c - numbers without a form of their own, known only by the word before them; salary
 * scales.
 *
 * Only a colon, blanks and small words may stand between the name and the number. */
#include "engine/detect/scan.h"

#include <string.h>

#define CLIENT_GAP	 24
#define CLIENT_MAX	 40
#define LIST_GAP	 14 /* bytes between two numbers of one list */
#define LIST_REMARK	 30 /* bytes of a bracket between them */
#define BOXES		 4  /* digits, each in a box of its own */
#define BOX_GAP		 3
#define REFERENCE_REACH	 90 /* bytes */
#define REFERENCE_DIGITS 5
#define POLICE_REACH	 300 /* bytes */

static gboolean is_small_word(const char *word, gsize length)
{
	static const char *const words[] = {
		"is",	     "was",	    "nr",	"nrs",	    "nummer",	  "nummers",
		"luidt",     "het",	    "betreft",	"van",	    "uw",	  "met",
		"no",	     "en",	    "telefoon", "code",	    "laptop",	  "computer",
		"tablet",    "apparaat",    "iphone",	"onder",    "weten",	  "bekend",
		"staat",     "luidde",	    "was",	"op",	    "roemeens",	  "pools",
		"duits",     "belgisch",    "frans",	"bulgaars", "turks",	  "syrisch",
		"oekraiens", "italiaans",   "spaans",	"engels",   "marokkaans", "nieuwe",
		"bij",	     "deurwaarder", "ons",	"s",	    "zijn",	  "haar",
		"mijn",	     "client",	    "oude",	"eigen",    "groene",	  "kaart",
		"x",	     "id"};
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (strlen(words[i]) == length && !g_ascii_strncasecmp(words[i], word, length))
			return TRUE;
	return FALSE;
}

/* "verbalisanten 4411 en 4418": the number before it is of the same name. */
static gboolean is_other_number(const char *word, gsize length)
{
	gsize digits = 0;
	while (digits < length && g_ascii_isdigit(word[digits]))
		digits++;
	return digits == length && length >= 4;
}

/* "client", "hoofdagent": who, and no name of a number. */
static gboolean is_person_word(const char *word)
{
	return strstr("client clienten debiteur patient verbalisant verbalisanten hoofdagent "
		      "brigadier aspirant boa tolk klant leerling deelnemer verzekerde student "
		      "budgethouder huurder abonnee medewerker crediteur",
		      word) != NULL;
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

static gboolean follows_name(const Scan *scan, gsize at, const ScanNear *near, ScanTopic topic)
{
	gsize gap = near->distance[topic] - 1u;
	if (!near->distance[topic] || gap > CLIENT_GAP || gap > at)
		return FALSE;
	for (gsize i = at - gap, stop = MAX(i, prefix_start(scan, at)); i < stop;) {
		gsize end = i;
		while (end < at && scan_is_word((guint8)scan->text[end]))
			end++;
		if (end > i && !is_small_word(scan->text + i, end - i) &&
		    !is_other_number(scan->text + i, end - i))
			return FALSE;
		if (end == i && !strchr(" \t\n:.-#=()/|;,_?\"[]", scan->text[i]))
			return FALSE;
		i = MAX(end, i + 1);
	}
	return TRUE;
}

/* "0 0 7 1 9 3", "4|4|0|2|1": the digits of a form, each in a box of its own; 0: they are not. */
static gsize boxed_end(const Scan *scan, gsize at, guint *digits)
{
	gsize end = at, next = at;

	*digits = 0;
	while (scan_digit(scan, next) &&
	       !(next + 1 < scan->length && scan_is_word((guint8)scan->text[next + 1]))) {
		++*digits;
		end = ++next;
		while (next < scan->length && next - end < BOX_GAP &&
		       strchr(" |_", scan->text[next]))
			next++;
		if (next == end)
			break;
	}
	/* "1 2 3 450" goes on */
	return *digits >= BOXES && !(next > end && scan_digit(scan, next)) ? end : 0;
}

/* A last group of one digit, behind groups of three or more: "6614 0293 8". */
static gboolean is_last_digit(const Scan *scan, gsize at, gsize blank)
{
	gsize end = blank + 2;

	return blank >= at + 7 && scan_digit(scan, blank - 1) && scan_digit(scan, blank - 2) &&
	       scan_digit(scan, blank - 3) && scan_digit(scan, blank + 1) &&
	       (end >= scan->length || strchr("\n\t,;.)|", scan->text[end]) ||
		(scan->text[end] == ' ' && end + 1 < scan->length && scan->text[end + 1] == ' '));
}

static gsize digits_end(const Scan *scan, gsize at)
{
	while (scan_digit(scan, at))
		at++;
	return at;
}

/* "K4471 2208": a letter, and figures in groups of four. */
static gboolean goes_on_in_fours(const Scan *scan, gsize at, gsize blank)
{
	gsize from = at + 1 + 4, end = digits_end(scan, blank + 1);

	return g_ascii_isupper(scan->text[at]) && blank == from &&
	       digits_end(scan, at + 1) == from && end == blank + 1 + 4 &&
	       !(end < scan->length && scan_is_word((guint8)scan->text[end]));
}

/* Letters and digits with signs between them; groups of digits also over blanks. */
static gsize free_end(const Scan *scan, gsize at, guint *digits)
{
	gsize end = at;
	gboolean letters = FALSE;
	gsize boxed = boxed_end(scan, at, digits);
	if (boxed)
		return boxed;
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
		gboolean spaced =
			c == ' ' && scan_digit(scan, end + 1) &&
			(letters ? goes_on_in_fours(scan, at, end)
				 : scan_digit(scan, end + 2) || is_last_digit(scan, at, end));
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
	return signs == 2 && (end - at == 10 || end - at == 8) && scan_digit(scan, at) &&
	       (scan->text[at + 2] == '-' || scan->text[at + 2] == '/');
}

/* "klant van 09.30" */
static gboolean is_time(const Scan *scan, gsize at, gsize end)
{
	return end - at == 5 && strchr(".:", scan->text[at + 2]) && scan_digit(scan, at) &&
	       atoi(scan->text + at) < 24 && scan_digit(scan, at + 3) && scan->text[at + 3] < '6';
}

static gboolean is_house_phone(const char *word)
{
	static const char *const words[] = {
		"toestel",  "toestelnummer", "tst",    "ext",	"extension", "doorkiesnummer",
		"doorkies", "internnummer",  "intern", "toest", "durchwahl", NULL};

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

/* "0418 - 2217": an area code and the four or five figures that villages once had. */
static gsize old_phone_end(const Scan *scan, gsize at)
{
	gsize end = at, code, digits = 0;

	while (scan_digit(scan, end))
		end++;
	code = end - at;
	if (scan->text[at] != '0' || code < 4 || code > 5)
		return 0;
	end += strspn(scan->text + end, " ");
	if (end >= scan->length || scan->text[end++] != '-')
		return 0;
	end += end < scan->length && scan->text[end] == ' ';
	for (; scan_digit(scan, end) ||
	       (scan->text[end] == ' ' && digits && scan_digit(scan, end + 1));
	     end++)
		digits += scan_digit(scan, end);
	return digits >= 4 && digits <= 5 &&
			       !(end < scan->length && scan_is_word((guint8)scan->text[end]))
		       ? end
		       : 0;
}

/* "(058) 292 58 58 toestel 4417": with the number of the house before it one number, and a direct
 * one. */
static gsize phone_start(const Scan *scan, gsize at)
{
	LwEntities *found = scan->found;
	const LwNormal *normal = scan->context->base.normal;

	if (!found->items->len)
		return at;
	LwEntity *last = &g_array_index(found->items, LwEntity, found->items->len - 1);
	gsize from = lw_normal_find(normal, last->span.start);
	gsize to = lw_normal_find(normal, (gsize)last->span.start + last->span.length);
	/* "14 0294 toestel 4417": what all of the house has stays */
	if (last->kind != LW_KIND_PHONE || to > at || at - to > CLIENT_GAP ||
	    !strcmp(last->rule, "pattern/phone-service") || memchr(scan->text + to, '\n', at - to))
		return at;
	last->role = LW_ROLE_UNKNOWN;
	return from;
}

/* "toestel 3456": what is dialled inside a house. */
static gsize find_extension(Scan *scan, gsize at, gsize end, guint digits, const ScanNear *near)
{
	const char *word = near->word[TOPIC_PHONE];
	gsize local = local_phone_end(scan, at);

	if (near->distance[TOPIC_PHONE] > CLIENT_GAP ||
	    (!follows_name(scan, at, near, TOPIC_PHONE) && !old_phone_end(scan, at)))
		return 0;
	/* "bellen op 6221904": without its area code */
	if (local && follows_name(scan, at, near, TOPIC_PHONE) &&
	    scan_words(scan, at > CLIENT_GAP ? at - CLIENT_GAP : 0, at,
		       "bellen|bel|bereiken|bereikbaar|tel|telefoon|telefoonnummer|gebeld")) {
		LwEntity *phone =
			scan_emit(scan, RULE_EXTENSION, at, local, EVIDENCE_CONTEXT, TOPIC_PHONE);
		phone->reason = LW_REASON_CONTEXT;
		return local;
	}
	gsize old = old_phone_end(scan, at);
	if (old) {
		LwEntity *phone =
			scan_emit(scan, RULE_EXTENSION, at, old, EVIDENCE_CONTEXT, TOPIC_PHONE);
		phone->reason = LW_REASON_CONTEXT;
		return old;
	}
	/* "44 71", "85-482" */
	gboolean pairs = (digits == 4 && end - at == 5 && scan->text[at + 2] == ' ') ||
			 (digits == 5 && end - at == 6 && scan->text[at + 2] == '-');
	/* "tel. toestel 27" */
	guint least = scan_words(scan, at > CLIENT_GAP ? at - CLIENT_GAP : 0, at, "tel") ? 2 : 3;
	if ((digits != end - at && !pairs) || digits < least || digits > 5 || scan->text[at] == '0')
		return 0;
	/* "alleen intern 2024" */
	if (!strcmp(word, "intern") &&
	    (!memcmp(scan->text + at, "19", 2) || !memcmp(scan->text + at, "20", 2)))
		return 0;
	if (!is_house_phone(word))
		return 0;
	LwEntity *entity = scan_emit(scan, RULE_EXTENSION, phone_start(scan, at), end,
				     EVIDENCE_CONTEXT, TOPIC_PHONE);
	entity->reason = LW_REASON_CONTEXT;
	return end;
}

/* "account", "mailbox": a word that other numbers follow too. */
static gboolean is_kind_of_account(const char *word)
{
	static const char *const words[] = {"account", "mailbox", "postvak",
					    "user",    "profiel", NULL};

	return g_strv_contains(words, word);
}

/* "Wachtwoord: Ab3dEf" */
static gboolean is_password(const char *word)
{
	return strstr(word, "wachtwoord") || strstr(word, "passcode") || strstr(word, "toegang");
}

/* "JZ-10442 en JZ-10443", "104492, 104493": only what parts the members of a list stands between.
 */
static gboolean continues_list(const Scan *scan, gsize at)
{
	static const char *const joints[] = {"en",	"of", "resp", "respectievelijk",
					     "alsmede", "and"};
	gboolean joint = FALSE;

	if (!scan->listed || scan->listed > at || at - scan->listed > LIST_GAP + LIST_REMARK)
		return FALSE;
	/* "NN15204 (hoofdagent Kip), NN17733": what is said of the one before */
	gsize listed = scan->listed;
	if (listed + 1 < at && scan->text[listed] == ' ' && scan->text[listed + 1] == '(') {
		const char *close = memchr(scan->text + listed, ')', at - listed);

		listed = close ? (gsize)(close - scan->text) + 1 : listed;
	}
	for (gsize i = listed; i < at;) {
		gsize end = i;
		gboolean known = FALSE;

		while (end < at && scan_is_word((guint8)scan->text[end]))
			end++;
		for (gsize k = 0; end > i && k < G_N_ELEMENTS(joints); k++)
			known |= strlen(joints[k]) == end - i &&
				 !g_ascii_strncasecmp(joints[k], scan->text + i, end - i);
		if (at - listed > LIST_GAP ||
		    (end > i ? !known : !strchr(" ,;/&\n+.", scan->text[i])))
			return FALSE;
		joint |= end > i || strchr(",;/&+", scan->text[i]);
		i = MAX(end, i + 1);
	}
	return joint;
}

/* The next number of a list is printed as the one before it. */
static gsize find_listed(Scan *scan, gsize at, gsize end, guint digits)
{
	guint letters = 0;

	for (gsize i = at; i < end; i++)
		letters += g_ascii_isalpha(scan->text[i]) != 0;
	gboolean alike = digits >= 3 && !letters == !scan->listed_letters &&
			 digits + 1 >= scan->listed_digits && digits <= scan->listed_digits + 1 &&
			 (digits != 4 || letters || scan->listed_digits == 4);

	if (!alike || !continues_list(scan, at))
		return 0;
	LwEntity *entity =
		scan_emit(scan, scan->listed_rule, at, end, EVIDENCE_CONTEXT, TOPIC_NONE);
	entity->reason = LW_REASON_CONTEXT;
	scan->listed = end;
	return end;
}

static void open_list(Scan *scan, ScanRule rule, gsize at, gsize end, guint digits)
{
	scan->listed = end;
	scan->listed_rule = rule;
	scan->listed_digits = digits;
	scan->listed_letters = FALSE;
	for (gsize i = at; i < end; i++)
		scan->listed_letters |= g_ascii_isalpha(scan->text[i]);
}

/* "deurwaarder Flanderijn, ref 2240981", "CJIB (zaak 4 0032 8841 2207)": what a creditor or the
 * police calls a case is the number of a person. */
static ScanTopic topic_of_reference(const Scan *scan, gsize at)
{
	static const char references[] = "ref|referentie|referentienummer|refnr|kenmerk";
	static const char files[] = "dossier|dossiernr|dossiernummer|dossiernr.";
	static const char funds[] = "abp|uwv|svb|duo|cak|ciz|pensioenfonds|zorgverzekeraar";
	static const char cases[] = "zaak|zaaknummer|zaaknr|mutatie";
	static const char creditors[] =
		"deurwaarder|deurwaarders|gerechtsdeurwaarder|gerechtsdeurwaarders|incasso|"
		"incassobureau|schuldeiser|incassokosten|beslag";
	static const char police[] = "cjib|politie|agent|wijkagent|aangifte|mutatie|bvh";
	gsize line = scan_line_start(scan, at);
	gsize from = MAX(line, at > REFERENCE_REACH ? at - REFERENCE_REACH : 0);

	gsize close = MAX(line, at > CLIENT_GAP ? at - CLIENT_GAP : 0);

	if (scan_words(scan, close, at, references) && scan_words(scan, from, at, creditors) &&
	    !scan_words(scan, close, at, "ons|onze"))
		return TOPIC_CLIENT;
	/* "Afschrift ABP, dossier 881.204" */
	if (scan_words(scan, close, at, files) && scan_words(scan, close, at, funds))
		return TOPIC_CLIENT;
	return scan_words(scan, close, at, cases) && scan_words(scan, from, at, police)
		       ? TOPIC_CRIMINAL
		       : TOPIC_CASE;
}

/* "2017029916-3", "(2023024479)": a year and six figures, as the police counts what it records,
 * where it is spoken of. */
static gboolean is_of_police(const Scan *scan, gsize at, gsize end)
{
	static const char words[] =
		"politie|mutatie|mutatierapport|aangifte|proces-verbaal|pv|wijkagent|burengerucht|"
		"processen-verbaal|politiemutatie|politiemutaties|registratienr|"
		"registratienummer|mutaties|bvh";
	gsize digits = at, low = at > POLICE_REACH ? at - POLICE_REACH : 0;

	while (digits < end && g_ascii_isdigit(scan->text[digits]))
		digits++;
	if (digits - at != 10 || memcmp(scan->text + at, "20", 2) || scan->text[at + 2] > '3' ||
	    (digits < end && (scan->text[digits] != '-' || end - digits > 3)))
		return FALSE;
	return scan_words(scan, low, at, words) &&
	       scan_words(scan, low, at,
			  "politie|mutatie|mutatierapport|aangifte|pv|wijkagent|burengerucht|"
			  "proces-verbaal|processen-verbaal|politiemutaties|bvh");
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
	if (!digits || is_date(scan, at, end) || is_time(scan, at, end))
		return 0;
	gsize listed = find_listed(scan, at, end, digits);
	if (listed)
		return listed;
	const ScanNear *near = scan_near(scan, at, end);
	ScanTopic nearest = scan_nearest(near), topic = nearest;
	if (nearest == TOPIC_PHONE)
		return find_extension(scan, at, end, digits, near);
	if (nearest == TOPIC_CASE && digits >= REFERENCE_DIGITS)
		topic = topic_of_reference(scan, at);
	if (is_of_police(scan, at, end)) {
		LwEntity *entity =
			scan_emit(scan, RULE_CRIMINAL, at, end, EVIDENCE_CONTEXT, TOPIC_CRIMINAL);
		entity->reason = LW_REASON_FORM;
		return end;
	}
	/* a register of firms has eight digits, one of who waits for a house has others */
	if (nearest == TOPIC_COMPANY && digits != 8 && digits != 12 &&
	    !strcmp(near->word[nearest], "inschrijfnummer"))
		topic = TOPIC_CLIENT;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].topic != topic ||
		    (digits < rows[i].digits && !is_password(near->word[nearest])) ||
		    !follows_name(scan, at, near, nearest))
			continue;
		/* "client 3", "boa 2023": of who, only a longer number, and no year */
		if (is_person_word(near->word[nearest]) &&
		    (digits < 4 || (digits == 4 && end - at == 4 &&
				    (scan->text[at] == '1' || scan->text[at] == '2') &&
				    strchr("019", scan->text[at + 1]))))
			continue;
		/* "account 4": a login has letters too */
		if (topic == TOPIC_USER && is_kind_of_account(near->word[nearest]) &&
		    (digits == end - at || end - at < 4))
			continue;
		/* "documentnummer" also names numbers of papers: a travel document's is one word.
		 */
		if (nearest == TOPIC_ID_DOCUMENT &&
		    (end - at < 8 || end - at > 10 || strstr(near->word[nearest], "document") ||
		     strcmp(near->word[nearest], "id") == 0 ||
		     strcspn(scan->text + at, " ./-") < end - at))
			continue;
		if (topic == TOPIC_LICENCE && (end - at < 8 || end - at > 16))
			continue;
		gboolean prefixed = rows[i].rule == RULE_CLIENT || rows[i].rule == RULE_ID_DOCUMENT;
		gsize from = prefixed ? prefix_start(scan, at) : at;
		LwEntity *entity =
			scan_emit(scan, rows[i].rule, from, end, EVIDENCE_CONTEXT, nearest);
		entity->reason = LW_REASON_CONTEXT;
		open_list(scan, rows[i].rule, from, end, digits);
		return end;
	}
	return 0;
}

/* "zijn pas (B-00932)", "(kaart GP 118870)": a thing that a person has, with its number in
 * brackets or behind a colon. */
static gsize find_thing(Scan *scan, gsize at)
{
	static const char things[] =
		"pas|pasje|kaart|sleutel|tag|druppel|toegangsbadge|ov-kaart|bibliotheekpas|badge|"
		"toegangspas|personeelspas";
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

/* "bel me, ik zit op 7742": a number inside a house. */
static gsize find_seat(Scan *scan, gsize at)
{
	gsize low = MAX(scan_line_start(scan, at), at > CLIENT_GAP ? at - CLIENT_GAP : 0), end = at;

	while (scan_digit(scan, end))
		end++;
	gboolean next = end + 4 < scan->length && (!memcmp(scan->text + end, " of ", 4) ||
						   !memcmp(scan->text + end, " en ", 4));
	if (end - at < 3 || end - at > 5 || scan->text[at] == '0' || end >= scan->length ||
	    (!next && !strchr(".,;)\n", scan->text[end])) || scan_digit(scan, end + 1) || at < 8 ||
	    !scan_words(scan, low, at, "zit op|bereikbaar op|zitten op") ||
	    g_ascii_strncasecmp(scan->text + at - 4, " op ", 4))
		return 0;
	LwEntity *entity = scan_emit(scan, RULE_EXTENSION, at, end, EVIDENCE_CONTEXT, TOPIC_PHONE);
	entity->reason = LW_REASON_CONTEXT;
	return end;
}

/* "06-nummer 2841 2291": what stands behind the first two digits. */
static gsize find_mobile(Scan *scan, gsize at)
{
	gsize line = scan_line_start(scan, at), end = at;
	guint digits = 0;

	/* "zes-23456781" */
	gboolean zes = at > line + 3 && strchr("- ", scan->text[at - 1]) &&
		       !g_ascii_strncasecmp(scan->text + at - 4, "zes", 3);
	if (!zes && !scan_words(scan, MAX(line, at > CLIENT_GAP ? at - CLIENT_GAP : 0), at,
				"06-nummer|06 nummer|06-nr|06 nr|06nummer"))
		return 0;
	while (scan_digit(scan, end) ||
	       (end < scan->length && strchr(" -.", scan->text[end]) && scan_digit(scan, end + 1)))
		digits += scan_digit(scan, end++);
	return digits == 8 && scan->text[at] != '0' &&
			       scan_emit(scan, RULE_PHONE, at, end, EVIDENCE_CONTEXT, TOPIC_PHONE)
		       ? end
		       : 0;
}

gsize scan_client(Scan *scan, gsize at)
{
	gsize end = scan_digit(scan, at) ? find_mobile(scan, at) : 0;
	if (end)
		return end;
	if (at && at >= 2 && strchr("-./", scan->text[at - 1]) &&
	    scan_is_word((guint8)scan->text[at - 2]))
		return 0;
	end = scan_digit(scan, at) ? find_scale(scan, at) : 0;
	if (!end && scan_digit(scan, at))
		end = find_seat(scan, at);
	if (!end)
		end = find_free(scan, at);
	if (!end)
		end = find_thing(scan, at);
	return end ? end : scan_belonging(scan, at);
}
