/* labelled.c - numbers of persons, papers and devices whose label stands further off: "klantnummer
 * op de bak: GFT 8911-00452", "een paspoort van India, nummer V4419072".
 *
 * Asked last, when no finder with a form of its own took the number. Only words may stand between
 * the label and the number, few of them, and none that speaks of something else. */
#include "engine/detect/scan.h"

#include <string.h>

#define REACH	   48 /* bytes back to the label */
#define MOST_WORDS 6  /* between */
#define CHUNKS	   5
#define CHUNK_GAP  3 /* bytes, " / " */
#define MOST_BYTES 28
#define FAR_WORDS  5 /* from a card to its number, when that is called so */

typedef struct {
	gsize from, end;
	guint digits, letters;
} Group;

/* One run of capitals and figures; its end, or `at`. */
static gsize chunk_end(const Scan *scan, gsize at, guint *digits, guint *letters)
{
	*digits = *letters = 0;
	while (at < scan->length && g_ascii_isalnum(scan->text[at])) {
		*digits += g_ascii_isdigit(scan->text[at]);
		*letters += !g_ascii_isdigit(scan->text[at]);
		at++;
	}
	return at;
}

static gboolean is_chunk(const Scan *scan, gsize from, gsize end, guint digits)
{
	for (gsize i = from; i < end; i++)
		if (g_ascii_islower(scan->text[i]))
			return FALSE;
	return end > from && (digits || end - from <= 4) &&
	       !(end < scan->length && (guint8)scan->text[end] >= 0x80);
}

/* Runs of capitals and figures with one sign or blank between them. */
static Group read_group(const Scan *scan, gsize at)
{
	Group group = {.from = at, .end = at};
	gsize next = at;

	for (guint i = 0; i < CHUNKS && next - at < MOST_BYTES; i++) {
		guint digits, letters;
		gsize end = chunk_end(scan, next, &digits, &letters);

		/* behind a blank a word of capitals is another, a single letter may close it */
		if (!is_chunk(scan, next, end, digits) ||
		    (i && !digits && scan->text[next - 1] == ' ' && end - next > 1))
			break;
		group.end = end;
		group.digits += digits;
		group.letters += letters;
		next = end;
		if (end + 2 < scan->length && !memcmp(scan->text + end, " / ", CHUNK_GAP))
			next = end + CHUNK_GAP;
		else if (end < scan->length && strchr(" -./", scan->text[end]) && scan->text[end])
			next = end + 1;
		if (next == end || next >= scan->length || !g_ascii_isalnum(scan->text[next]))
			break;
	}
	return group;
}

/* "14-08-2029", "08-02-14", "2024", "10.30" */
static gboolean is_date_or_time(const Scan *scan, const Group *group)
{
	guint signs = 0, parts = 1;

	if (group->letters)
		return FALSE;
	for (gsize i = group->from; i < group->end; i++)
		if (!g_ascii_isdigit(scan->text[i])) {
			signs += scan->text[i] != ' ';
			parts++;
		}
	return (parts == 3 && group->digits >= 4 && group->digits <= 8 &&
		(signs == 2 || signs == 0) && group->end - group->from <= 10 &&
		(scan->text[group->from + 1] < '0' || scan->text[group->from + 2] < '0')) ||
	       (parts == 1 && group->digits <= 4 &&
		(!memcmp(scan->text + group->from, "19", 2) ||
		 !memcmp(scan->text + group->from, "20", 2))) ||
	       (parts == 2 && group->digits <= 4) ||
	       /* "1803-1820" */
	       (parts == 2 && group->digits == 8 && strchr("12", scan->text[group->from]) &&
		scan->text[group->from + 4] == '-' && strchr("12", scan->text[group->from + 5]));
}

/* "geldig tot", "de stand op": a day follows. */
static gboolean leads_to_day(const char *word, gsize length)
{
	static const char *const words[] = {"tot", "op", "sinds", "per", "vanaf", "om", "t/m"};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (length == strlen(words[i]) && !g_ascii_strncasecmp(word, words[i], length))
			return TRUE;
	return FALSE;
}

static gboolean is_other_word(const char *word, gsize length)
{
	static const char words[] =
		" datum euro eur bedrag geldig vervalt circa uur schaal "
		"artikel art lid punt kamer tel telefoon telefoonnummer bel bellen zaak "
		"zaaknummer kenmerk referentie order ordernummer factuur factuurnummer "
		"bestelnummer "
		"postbus bladzijde blz pagina bijlage versie regel tabel aantal totaal en of zie "
		"aanvraag melding verzoek bezwaar bon offerte leges kost kosten besluit "
		"ingangsdatum contract ";
	char spaced[32];

	if (length + 3 > sizeof spaced)
		return FALSE;
	spaced[0] = ' ';
	for (gsize i = 0; i < length; i++)
		spaced[i + 1] = g_ascii_tolower(word[i]);
	memcpy(spaced + length + 1, " ", 2);
	return strstr(words, spaced) != NULL;
}

/* Words, and no more than a comma, a colon or a bracket, from the label to the number. */
static gboolean leads_to(const Scan *scan, gsize from, gsize to)
{
	guint words = 0, lines = 0;
	gboolean day = FALSE;

	for (gsize i = from; i < to;) {
		gsize end = i;
		char c = scan->text[i];

		while (end < to && scan_is_word((guint8)scan->text[end]))
			end++;
		if (end == i) {
			lines += c == '\n';
			if (!strchr(" \t\n:(),-/=_.|\"[]&", c) || lines > 1 ||
			    (c == '[' && lines) ||
			    (c == '.' && i + 1 < to && scan->text[i + 1] == ' ' && i + 2 < to &&
			     g_ascii_isupper(scan->text[i + 2]) && i > from + 3))
				return FALSE;
			i++;
			continue;
		}
		for (gsize k = i; k < end; k++)
			if (g_ascii_isdigit(scan->text[k]))
				return FALSE;
		if (++words > MOST_WORDS || is_other_word(scan->text + i, end - i))
			return FALSE;
		day = leads_to_day(scan->text + i, end - i);
		i = end;
	}
	return !day;
}

/* "klant", "medewerker": who, and no name of a number. */
static gboolean names_number(const char *word)
{
	static const char *const things[] = {
		"nummer",  "paspoort",	 "pas",	      "kaart",	    "bewijs",	"polis",  "dossier",
		"akte",	   "boekje",	 "badge",     "id",	    "seria",	"cnp",	  "nik",
		"serial",  "asset",	 "reference", "document",   "passport", "rijbew", "licence",
		"ausweis", "klantbeeld", "cl",	      "deb",	    "pnr",	"pp",	  "brevet",
		"ric",	   "pager",	 "edula",     "registratie"};

	for (gsize i = 0; i < G_N_ELEMENTS(things); i++)
		if (g_str_has_suffix(word, things[i]))
			return TRUE;
	return FALSE;
}

static gboolean fits(const Group *group, ScanTopic topic)
{
	guint all = group->digits + group->letters;

	switch (topic) {
	case TOPIC_CLIENT:
		return group->digits >= 4 || (group->letters && group->digits >= 3);
	case TOPIC_ID_DOCUMENT:
		return group->digits >= 5 && all >= 6 && all <= 14;
	case TOPIC_LICENCE:
		return group->digits >= 6 && all >= 8 && all <= 16;
	case TOPIC_DEVICE:
		return group->digits >= 4 && all >= 6;
	case TOPIC_V_NUMBER:
		return group->digits >= 8;
	default:
		return FALSE;
	}
}

static ScanRule rule_of(ScanTopic topic)
{
	switch (topic) {
	case TOPIC_ID_DOCUMENT:
		return RULE_ID_DOCUMENT;
	case TOPIC_LICENCE:
		return RULE_LICENCE;
	case TOPIC_DEVICE:
		return RULE_DEVICE;
	case TOPIC_V_NUMBER:
		return RULE_V_NUMBER;
	default:
		return RULE_CLIENT;
	}
}

static gsize label_start(const Scan *scan, gsize end)
{
	while (end > 0 &&
	       (scan_is_word((guint8)scan->text[end - 1]) || strchr("-.", scan->text[end - 1])))
		end--;
	return end;
}

/* "Aanvraagnummer rijbewijs:": the number of something else about it. */
static gboolean is_of_other(const Scan *scan, gsize label)
{
	gsize end = label;

	while (end > 0 && scan->text[end - 1] == ' ')
		end--;
	return label - end == 1 && end > 6 &&
	       (!g_ascii_strncasecmp(scan->text + end - 6, "nummer", 6) ||
		!g_ascii_strncasecmp(scan->text + end - 7, "kenmerk", 7));
}

/* By the nearest name of a number. */
static ScanTopic topic_by_name(Scan *scan, const Group *group)
{
	const ScanNear *near = scan_near(scan, group->from, group->end);
	ScanTopic topic = scan_nearest(near);
	gsize label;

	/* "DLT-88213 (serienummer 57E4)": what stands behind it is of something else */
	if (!topic || near->distance[topic] > REACH || near->distance[topic] > group->from + 1)
		return TOPIC_NONE;
	label = group->from - (near->distance[topic] - 1u);
	/* a register of firms has eight digits, one of who waits for a house has others */
	if (topic == TOPIC_COMPANY && group->digits != 8 && group->digits != 12 &&
	    !strcmp(near->word[topic], "inschrijfnummer"))
		topic = TOPIC_CLIENT;
	else if (!names_number(near->word[topic]))
		return TOPIC_NONE;
	/* "documentnummer" also names numbers of papers, "ID" those of rows */
	if (topic == TOPIC_ID_DOCUMENT && !group->letters &&
	    (strstr(near->word[topic], "document") || strlen(near->word[topic]) < 4) &&
	    strcmp(near->word[topic], "cnp"))
		return TOPIC_NONE;
	return fits(group, topic) && leads_to(scan, label, group->from) &&
			       !is_of_other(scan, label_start(scan, label))
		       ? topic
		       : TOPIC_NONE;
}

/* The word that ends before *at, over blanks and signs; *at becomes its start. */
static gboolean word_before(const Scan *scan, gsize low, gsize *at, gsize *end)
{
	while (*at > low && strchr(" \t:(,.\"=", scan->text[*at - 1]))
		--*at;
	*end = *at;
	while (*at > low &&
	       (scan_is_word((guint8)scan->text[*at - 1]) || strchr("-'", scan->text[*at - 1])))
		--*at;
	return *at < *end;
}

/* Where the sentence or line of a place begins, so far as a label reaches. */
static gsize sentence_start(const Scan *scan, gsize at)
{
	gsize low = MAX(scan_line_start(scan, at), at > REACH ? at - REACH : 0);

	for (gsize i = at; i > low + 2; i--)
		if (strchr("!?.", scan->text[i - 2]) && scan->text[i - 1] == ' ' &&
		    g_ascii_isupper(scan->text[i]) && i > low + 4 &&
		    scan_is_word((guint8)scan->text[i - 4]))
			return i;
	return low;
}

/* "je oude pas": no adverb. */
static gboolean is_owned(const Scan *scan, gsize low, gsize at)
{
	gsize end;

	return word_before(scan, low, &at, &end) &&
	       scan_words(
		       scan, at, end,
		       "je|jouw|uw|mijn|zijn|haar|hun|de|een|met|nieuwe|oude|zn|z'n|m'n|die|deze");
}

/* "Nieuwe pas 0053377", "je oude pas geblokkeerd (6064 3517 88)", "pasje (nr. 01749)": a thing that
 * one carries. */
static gboolean is_of_thing(const Scan *scan, const Group *group, gsize low)
{
	enum { PASS, CARD };
	static const char *const things[] = {"pas",   "kaart",	 "pasje", "kaartje",
					     "badge", "druppel", "tag",	  "vergunning"};
	gsize at = group->from, end;

	gboolean numbered = FALSE;

	for (guint words = 0; words < 8 && word_before(scan, low, &at, &end); words++) {
		/* "oude kaart, model 2, verlopen, nr. 00417-EU" */
		numbered |= !words && scan_words(scan, at, end, "nr|nummer|no");
		for (gsize i = 0; i < G_N_ELEMENTS(things); i++) {
			gsize size = strlen(things[i]);
			gboolean whole = end - at == size;

			if (end - at < size ||
			    g_ascii_strncasecmp(scan->text + end - size, things[i], size))
				continue;
			/* "de kaart", "pas 14000", "kwam pas binnen bij": a map, and "only" */
			gboolean vague = whole && (i == PASS || i == CARD);
			/* "pas 100000 keer" */
			if (vague && !group->letters &&
			    !memcmp(scan->text + group->end - 3, "000", 3))
				return FALSE;
			if (vague && (words > (numbered ? FAR_WORDS : 3) ||
				      (!group->letters && group->digits < 6) ||
				      (words && i == PASS && !is_owned(scan, low, at))))
				return FALSE;
			if (!strcmp(things[i], "vergunning") &&
			    (end - at < 16 || g_ascii_strncasecmp(scan->text + at, "bewoner", 7)))
				return FALSE;
			return group->digits + group->letters >= 5 &&
			       leads_to(scan, end, group->from);
		}
		if (is_other_word(scan->text + at, end - at))
			return FALSE;
	}
	return FALSE;
}

/* "Mijn nr bij jullie is L-40771", "ik sta bij u onder 118.40.220", "geregistreerd als 4100 771":
 * what a person is called in a system. */
static gboolean is_of_somebody(const Scan *scan, const Group *group, gsize low)
{
	static const char who[] = "ik|hij|zij|ze|wij|we|meneer|mevrouw|mw|dhr|moeder|vader";
	static const char known[] = "sta|staat|staan|stond|geregistreerd|bekend|ingeschreven|loop|"
				    "loopt|lopen|kent|ken";
	gsize at = group->from, end;

	if (group->digits < 5 && !(group->letters && group->digits >= 4))
		return FALSE;
	if (!word_before(scan, low, &at, &end))
		return FALSE;
	if (scan_words(scan, at, end, "onder|als"))
		return scan_words(scan, low, at, known) && scan_words(scan, low, at, who) &&
		       leads_to(scan, at, group->from);
	if (!scan_words(scan, at, end, "is|nr|nummer|was"))
		return FALSE;
	for (gsize i = low; i + 2 < end; i++)
		if ((i == low || !scan_is_word((guint8)scan->text[i - 1])) &&
		    scan_words(scan, i, MIN(i + 5, end), "mijn|uw|haar|zijn|jouw|hun|m'n|z'n") &&
		    scan_words(scan, i, MIN(i + 16, end), "nr|nummer"))
			return TRUE;
	return FALSE;
}

static gboolean is_pass(const Scan *scan, gsize at, const Group *group)
{
	gsize end = at;

	while (end > 0 && scan->text[end - 1] == ' ')
		end--;
	return end < at && end >= 3 && group->digits >= 6 && group->end - at == group->digits &&
	       scan->text[at] == '0' && !g_ascii_strncasecmp(scan->text + end - 3, "pas", 3) &&
	       !(end > 3 && scan->text[end - 4] == '.');
}

/* "mijn pas G-00718", "met pas 5510": whatever speaks of a file further off. */
static gboolean is_thing_itself(const Scan *scan, const Group *group, gsize low)
{
	static const char owned[] = "mijn|m'n|mn|zijn|z'n|zn|haar|d'r|jouw|je|uw|met|via|diens";
	static const char things[] = "pas|pasje|kaart|badge|tag|druppel|tankpas|toegangspas";
	gsize at = group->from, end;

	return word_before(scan, low, &at, &end) && end + 1 == group->from &&
	       scan_words(scan, at, end, things) && word_before(scan, low, &at, &end) &&
	       scan_words(scan, at, end, owned);
}

/* "laptop WSLL-LT-2093", "pc PRVG-W10-3381": what a computer is called in its network. */
static gboolean is_of_computer(const Scan *scan, const Group *group, gsize low)
{
	gsize at = group->from, end;

	if (!memchr(scan->text + group->from, '-', group->end - group->from) ||
	    group->letters < 2 || !word_before(scan, low, &at, &end))
		return FALSE;
	if (scan_words(scan, at, end, "is|heet|naam|met") && !word_before(scan, low, &at, &end))
		return FALSE;
	return scan_words(scan, at, end,
			  "laptop|pc|computer|notebook|werkstation|tablet|chromebook|werkplek|"
			  "thinkpad|desktop");
}

/* "Zorgverzekeraar: Zilverhof, nr 1190-4428-07": what a person is called there. */
static gboolean is_of_insurer(const Scan *scan, const Group *group, gsize low)
{
	gsize at = group->from, end;

	return group->digits >= 6 && word_before(scan, low, &at, &end) &&
	       scan_words(scan, at, end, "nr|nummer|polis") &&
	       scan_words(
		       scan, scan_line_start(scan, at), at,
		       "zorgverzekeraar|verzekeraar|verzekerd|ziektekostenverzekeraar|kredietbank|"
		       "apotheek|huisarts|ziekenhuis");
}

/* "Zorgpolis: Zilveren Kruis 208846013", "VGZ 309 221 874": behind the name of an insurer. */
static gboolean is_behind_insurer(const Scan *scan, const Group *group, gsize low)
{
	static const char insurers[] =
		"vgz|cz|menzis|kruis|dsw|fbto|achmea|ohra|ditzo|unive|zekerheid|onvz|salland|"
		"interpolis|asr|friesland|izz|umc|ica|stad";
	gsize at = group->from, end;

	return group->digits >= 6 && group->digits <= 12 && !group->letters &&
	       word_before(scan, low, &at, &end) && end + 1 == group->from &&
	       scan_words(scan, at, end, insurers) &&
	       scan_words(scan, scan_line_start(scan, at), at,
			  "polis|zorgpolis|verzekering|zorgverzekering|verzekerd|verzekeraar|"
			  "zorgverzekeraar|ziektekosten");
}

/* "Registratienummer AKW: 7734-01-882": whom a fund pays. */
static gboolean is_of_benefit(const Scan *scan, const Group *group, gsize low)
{
	gsize at = group->from, end;

	return group->digits >= 5 && word_before(scan, low, &at, &end) &&
	       scan_words(scan, at, end, "akw|aow|anw|wao|wia|wajong|ioaw|ioaz|kot|aio|bijstand") &&
	       word_before(scan, low, &at, &end) &&
	       scan_words(scan, at, end,
			  "registratienummer|registratienr|nummer|nr|inschrijfnummer");
}

/* "KB-118402" of a letter of the Kredietbank, "VT-23-118804" of Veilig Thuis, "GPK0243-118827": the
 * sign of who counts people. */
static gboolean has_sign_of_house(const Scan *scan, const Group *group)
{
	static const struct {
		const char *sign, *house; /* without its first letter, of either case */
	} signs[] = {{"KB-", "redietbank"},
		     {"KBR-", "redietbank"},
		     {"GKB-", "redietbank"},
		     {"VT-", "eilig Thuis"},
		     {"GPK", "arkeerkaart"}};

	for (gsize i = 0; group->digits >= 5 && i < G_N_ELEMENTS(signs); i++)
		if (group->end - group->from > strlen(signs[i].sign) &&
		    !memcmp(scan->text + group->from, signs[i].sign, strlen(signs[i].sign)) &&
		    (strchr(signs[i].sign, '-') ||
		     scan_digit(scan, group->from + strlen(signs[i].sign))) &&
		    memmem(scan->text, scan->length, signs[i].house, strlen(signs[i].house)))
			return TRUE;
	return FALSE;
}

gsize scan_labelled(Scan *scan, gsize at)
{
	Group group;
	ScanTopic topic;

	if (at && (scan_is_word((guint8)scan->text[at - 1]) ||
		   (strchr("-./_,", scan->text[at - 1]) && at > 1 &&
		    scan_is_word((guint8)scan->text[at - 2]))))
		return 0;
	group = read_group(scan, at);
	if (group.digits < 3 || is_date_or_time(scan, &group) ||
	    (group.end < scan->length &&
	     (scan_is_word((guint8)scan->text[group.end]) || scan->text[group.end] == '%')))
		return 0;
	topic = topic_by_name(scan, &group);
	if (!topic && group.digits >= 4) {
		const ScanNear *near = scan_near(scan, at, group.end);
		ScanTopic nearest = scan_nearest(near);
		gsize low = sentence_start(scan, at);

		/* "pas 004412", whatever stands further off */
		if (is_pass(scan, at, &group) || is_thing_itself(scan, &group, low) ||
		    (group.letters &&
		     (has_sign_of_house(scan, &group) || is_of_somebody(scan, &group, low))) ||
		    is_of_benefit(scan, &group, low) || is_behind_insurer(scan, &group, low))
			topic = TOPIC_CLIENT;
		else if (is_of_computer(scan, &group, low))
			topic = TOPIC_DEVICE;
		else if (nearest == TOPIC_CASE || nearest == TOPIC_COMPANY ||
			 nearest == TOPIC_PHONE || nearest == TOPIC_RSIN || nearest == TOPIC_VAT)
			return 0;
		else if (is_of_thing(scan, &group, low) || is_of_somebody(scan, &group, low) ||
			 is_of_insurer(scan, &group, low))
			topic = TOPIC_CLIENT;
	}
	if (!topic)
		return 0;
	LwEntity *entity = scan_emit(scan, rule_of(topic), at, group.end, EVIDENCE_CONTEXT, topic);
	entity->reason = LW_REASON_CONTEXT;
	return group.end;
}
