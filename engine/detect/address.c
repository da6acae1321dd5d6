/* address.c - street and number, postcode and place, PO boxes, cadastral parcels (woo.md 6.12).
 *
 * Everything is found from a number backwards: to the name of the street, then forwards to postcode
 * and place, over at most one line end. Words are judged as they stand in the normalised text. */
#include "engine/detect/address.h"
#include "engine/detect/street.h"

#include <string.h>

#define BESIDE 3   /* bytes from a street to the postcode in brackets */
#define INDENT 160 /* bytes before a line that goes on */

static LwEntity *emit(Addresses *self, gsize from, gsize to, LwKind kind, float score,
		      const char *rule)
{
	gsize start, end;
	lw_normal_range(self->context->base.normal, from, to, &start, &end);
	LwSpan span = {(guint32)start, (guint32)(end - start)};
	LwEntity *entity = lw_entities_add(self->found, span, kind, score, rule);
	entity->reason = LW_REASON_FORM;
	self->done = to;
	return entity;
}

/* "1234 AB" at `at`. Returns its end. */
static gsize postcode_end(const Addresses *self, gsize at)
{
	const char *text = self->text + at;
	if (self->length - at < 6 || text[0] < '1' || text[0] > '9')
		return 0;
	for (int i = 1; i < 4; i++)
		if (!g_ascii_isdigit(text[i]))
			return 0;
	gsize next = 4;
	while (next < 6 && text[next] == ' ')
		next++;
	if (self->length - at < next + 2 || !g_ascii_isupper(text[next]) ||
	    !g_ascii_isupper(text[next + 1]))
		return 0;
	if (text[next] == 'S' && strchr("ADS", text[next + 1]))
		return 0;
	gsize end = at + next + 2;
	return end < self->length && address_is_word((guint8)self->text[end]) ? 0 : end;
}

/* "postcode 3897 kl": written small, its label tells. Returns its end. */
static gsize small_postcode_end(const Addresses *self, gsize at)
{
	static const char *const labels[] = {"postcode", "pc", NULL};
	gsize line = address_line_start(self, at), low = at - line > 12 ? at - 12 : line;
	gsize end = at + 4;

	end += end < self->length && self->text[end] == ' ';
	while ((self->text[low] & 0xc0) == 0x80)
		low++;
	if (self->text[at] == '0' || end + 2 > self->length || !g_ascii_islower(self->text[end]) ||
	    !g_ascii_islower(self->text[end + 1]) ||
	    (end + 2 < self->length && address_is_word((guint8)self->text[end + 2])))
		return 0;
	return address_has_words(self, low, at, labels) ? end + 2 : 0;
}

static gboolean is_ordinary_pair(const char *pair)
{
	static const char ordinary[] =
		"INOPDEENANERETEUMGKGKMCMMMMLECNLUWIKHUNUCEOMAFIFTETMALZOOFWEGT";
	for (const char *row = ordinary; *row; row += 2)
		if (row[0] == pair[0] && row[1] == pair[1])
			return TRUE;
	return FALSE;
}

/* Blanks, commas, the edges of a form's boxes and one line end. */
static gsize skip_joint(const Addresses *self, gsize at)
{
	guint lines = 0;
	gsize start = at;
	for (; at < self->length && at - start < (lines ? INDENT : 40); at++) {
		char c = self->text[at];
		if (c == '\n' && ++lines > 1)
			break;
		if (!strchr(" ,;\n\t[]", c) || !c)
			break;
	}
	return lines > 1 ? start : at;
}

/* A place's name from here on, as the list has it; or any capital word behind a postcode. */
static gsize place_end(const Addresses *self, gsize at, gboolean postcode)
{
	gsize best = 0, end = at;
	for (int words = 0; words < 5 && end < self->length; words++) {
		gsize start = end;
		while (end < self->length &&
		       (address_is_word((guint8)self->text[end]) ||
			strchr("'-.", self->text[end])) &&
		       !g_ascii_isdigit(self->text[end]))
			end++;
		if (end == start)
			break;
		gsize stop = end - (self->text[end - 1] == '.');
		if (street_is_place(self->context->lexicon, self->text + at, stop - at))
			best = stop;
		else if (words == 0 && postcode &&
			 street_is_capital(self->text + at, self->length - at) && stop - at > 2)
			best = stop;
		if (end >= self->length || self->text[end] != ' ')
			break;
		end++;
	}
	return best;
}

/* ", 5541 nk)": written small behind a house, and nothing more. */
static gsize closed_postcode_end(const Addresses *self, gsize at)
{
	gsize end = at;

	while (end < self->length && g_ascii_isdigit(self->text[end]))
		end++;
	if (end - at != 4 || self->text[at] == '0')
		return 0;
	end += end < self->length && self->text[end] == ' ';
	if (end + 2 > self->length || !g_ascii_islower(self->text[end]) ||
	    !g_ascii_islower(self->text[end + 1]))
		return 0;
	end += 2;
	return end >= self->length || strchr(").,;\n", self->text[end]) ? end : 0;
}

/* What follows a house number: postcode and place. *postcode tells whether a postcode was there. */
static gsize extend(const Addresses *self, gsize end, gboolean *postcode)
{
	gsize next = skip_joint(self, end);
	gsize code = next > end ? postcode_end(self, next) : 0;
	if (!code && next > end && end && self->text[end] == ',')
		code = closed_postcode_end(self, next);
	*postcode = code != 0;
	if (!code) {
		gboolean comma = next > end && self->text[end] == ',' &&
				 !memchr(self->text + end, '\n', next - end);
		gboolean at_place =
			self->length - end > 5 && (!memcmp(self->text + end, " te ", 4) ||
						   !memcmp(self->text + end, " in ", 4));
		gsize place = comma ? place_end(self, next, FALSE) : 0;
		if (at_place)
			place = place_end(self, end + 4, FALSE);
		return place ? place : end;
	}
	next = code;
	while (next < self->length && next - code < 4 && strchr(" ,", self->text[next]))
		next++;
	gsize place = next > code ? place_end(self, next, TRUE) : 0;
	return place ? place : code;
}

/* "de opdracht te gaan naar Veldkamp 8", "op het adres Brink 3": where somebody is looked for. */
static gboolean is_headed_for(const Addresses *self, gsize from)
{
	static const char *const leads[] = {
		" adres ", " adres is ", " adres zit achter ", " perceel ", " de woning ",
		" huis, ", " erf aan ",	 " adres blijft ",     " post op ", " t is "};
	static const char *const goes[] = {"gaan",    "ging",	      "gingen",	  "reed",
					   "reden",   "rijden",	      "gereden",  "begeven",
					   "begaf",   "begaven",      "gestuurd", "opdracht",
					   "melding", "surveillance", NULL};
	gsize line = address_line_start(self, from), low = from - line > 60 ? from - 60 : line;

	while ((self->text[low] & 0xc0) == 0x80)
		low++;
	if (from > 6 && memcmp(self->text + from - 6, " naar ", 6) == 0)
		return address_has_words(self, low, from, goes);
	for (gsize i = 0; i < G_N_ELEMENTS(leads); i++)
		if (from > strlen(leads[i]) &&
		    memcmp(self->text + from - strlen(leads[i]), leads[i], strlen(leads[i])) == 0)
			return TRUE;
	return FALSE;
}

#define HOUSE_MAX   8 /* bytes: a date is longer */
#define LED_BYTES   60
#define TABLE_BYTES 6000 /* how far above a cell its heading is looked for */

/* "Adres: Wiekslag 2": no list knows the street, its label does. */
static gboolean is_labelled(const Addresses *self, gsize from)
{
	static const char *const labels[] = {"adres",	  "woonadres",	"huisadres",
					     "postadres", "priveadres", "correspondentieadres",
					     "straat",	  "straatnaam", "huisnummer",
					     NULL};
	gsize line = address_line_start(self, from), low = from - line > 30 ? from - 30 : line;
	gsize at = from, word;

	while (at > low && strchr(" \t", self->text[at - 1]))
		at--;
	if (at == low || (self->text[at - 1] != ':' && from - at < 1))
		return FALSE;
	/* "Woonadres 't Zand 5": nothing else before it on the line */
	for (word = at; word > line && address_is_word((guint8)self->text[word - 1]);)
		word--;
	if (word == line && word < at && self->text[from] != ' ' &&
	    street_is_capital(self->text + from, self->length - from) &&
	    address_has_words(self, word, at, labels))
		return TRUE;
	while ((self->text[low] & 0xc0) == 0x80)
		low++;
	return at > low && (self->text[at - 1] == ':' || self->text[at] == '\t' || from - at > 2) &&
	       address_has_words(self, low, at, labels);
}

/* "Woont Hazelaar 9-II", "wonende Singel 2". */
static gboolean is_lived_in(const Addresses *self, gsize from)
{
	static const char *const words[] = {"woont",	   "woon",   "wonend",	  "wonende",
					    "woonachtig",  "woonde", "verblijft", "verblijvende",
					    "verblijvend", "thuis",  NULL};
	gsize line = address_line_start(self, from), low = from - line > 16 ? from - 16 : line;

	/* "en woont op" on the line above */
	if (line == from && line > 1 && self->text[line - 2] != '\n')
		low = line > 17 ? line - 17 : 0;
	while ((self->text[low] & 0xc0) == 0x80)
		low++;
	return address_has_words(self, low, from, words);
}

/* "de buurman, Uittenbogaard van Noordeinde 142": where a person is from. */
static gboolean is_from_there(const Addresses *self, gsize from)
{
	static const char *const persons[] = {
		"buurman", "buurvrouw", "buren",    "bewoner",	 "bewoonster", "bewoners",
		"melder",  "meldster",	"klager",   "klaagster", "mevrouw",    "meneer",
		"mevr",	   "mw",	"dhr",	    "heer",	 "familie",    "fam",
		"huurder", "huurster",	"eigenaar", "omwonende", NULL};
	static const char *const leads[] = {"van ", "uit ", "op "};
	gsize line = address_line_start(self, from), low = from - line > 60 ? from - 60 : line;
	gboolean led = FALSE;

	while ((self->text[low] & 0xc0) == 0x80)
		low++;
	for (gsize i = 0; i < G_N_ELEMENTS(leads); i++) {
		gsize size = strlen(leads[i]);

		led |= from > low + size && self->text[from - size - 1] == ' ' &&
		       !memcmp(self->text + from - size, leads[i], size);
	}
	return led && address_has_words(self, low, from, persons);
}

/* "Smit, Kwikstaart 18, tel 0612345670": a line of who can be reached. */
static gboolean leads_to_phone(const Addresses *self, gsize house)
{
	static const char *const words[] = {", tel", " tel ", " tel.", ", 06", " (06",
					    ", mob", ", geb", ", bsn", ", t. "};

	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (self->length - house > strlen(words[i]) &&
		    !g_ascii_strncasecmp(self->text + house, words[i], strlen(words[i])))
			return TRUE;
	return FALSE;
}

/* "02-11-1979" and "3.2" are no house numbers. */
static gboolean is_house(const Addresses *self, gsize from, gsize at, gsize end)
{
	guint32 lists = lw_lexicon_look_up(self->context->lexicon, self->text + from,
					   at > from ? at - from - 1 : 0);

	if (lists & LW_WORD_COMMON && !(lists & LW_WORD_STREET))
		return FALSE; /* "Voorbeeld 1" */
	if (end + 1 < self->length && self->text[end] == '.' && self->text[end + 1] == ' ')
		return self->text[at] != '0'; /* the sentence ends */
	return self->text[at] != '0' && (end >= self->length || !strchr("-./:", self->text[end]));
}

/* Does a column end here? */
static gboolean opens_cell(const Addresses *self, gsize at)
{
	if (at >= self->length)
		return FALSE;
	return strchr("\t|;", self->text[at]) ||
	       (self->text[at] == ' ' && at + 1 < self->length &&
		(self->text[at + 1] == ' ' || self->text[at + 1] == '|'));
}

/* A cell of a table that has a column of addresses. */
static gboolean is_in_column(const Addresses *self, gsize from, gsize to)
{
	static const char *const heads[] = {"adres", "woonadres", "adresgegevens", NULL};
	gsize line = address_line_start(self, from), end = line;
	gboolean cell = (from == line && opens_cell(self, to)) ||
			(from && opens_cell(self, from - 1)) ||
			(from > line + 2 && opens_cell(self, from - 2));

	while (cell && end > 1 && from - end < TABLE_BYTES) {
		gsize above = address_line_start(self, end - 1), length = end - 1 - above;

		if (length == 0 || self->text[end - 1] == '\f')
			return FALSE;
		if (length < 200 && address_has_words(self, above, end - 1, heads) &&
		    !memchr(self->text + above, ':', length))
			return TRUE;
		end = above;
	}
	return FALSE;
}

/* "woont nog aan de bolst 17", "adres: de kade 12", "de kade 12, 9901 BX": whatever the street is
 * called and however it is written, what leads to it or follows it says that it is one. */
static gboolean street_led(const Addresses *self, gsize at, Street *street)
{
	gsize line = address_line_start(self, at), low = MAX(line, self->done), from, house;
	gboolean postcode;

	low = at - low > LED_BYTES ? at - LED_BYTES : low;
	while ((self->text[low] & 0xc0) == 0x80)
		low++;
	house = street_number_end(self->text, self->length, at);
	if (!house)
		return FALSE;
	from = address_lived_at(self, low, at);
	if (!from)
		from = address_lived_on(self, low, at);
	if (from) {
		*street = (Street){.from = from, .sure = TRUE};
		return TRUE;
	}
	extend(self, house, &postcode);
	for (from = at; from > low && self->text[from - 1] == ' ';)
		from--;
	while (from > low && !strchr(":,;\t|", self->text[from - 1]) &&
	       !(from > low + 1 && self->text[from - 1] == ' ' && self->text[from - 2] == ' '))
		from--;
	if (from == low && low > line)
		return FALSE;
	while (from < at && self->text[from] == ' ')
		from++;
	if (!address_are_words(self, from, at) ||
	    (!postcode && !is_labelled(self, from) &&
	     !(street_is_capital(self->text + from, at - from) && self->text[at] != '0' &&
	       is_in_column(self, from, house))))
		return FALSE;
	*street = (Street){.from = from, .sure = TRUE};
	return TRUE;
}

/* "den Heer H. Mulder" and "Zuiderveen no. 44" below it: the line of an addressee. */
static gboolean is_below_name(const Addresses *self, gsize from, gsize end)
{
	static const char *const persons[] = {"heer",	 "mevrouw", "mevr",   "mevr.", "mw",
					      "mw.",	 "dhr",	    "dhr.",   "fam",   "fam.",
					      "familie", "erven",   "weduwe", NULL};
	gsize line = address_line_start(self, from),
	      above = line > 1 ? address_line_start(self, line - 1) : line;

	while (from > line && self->text[from - 1] == ' ')
		from--;
	return from == line && line - above > 4 && line - above < LED_BYTES &&
	       (end >= self->length || self->text[end] == '\n' || self->text[end] == ' ') &&
	       address_has_words(self, above, line, persons);
}

/* On the list, or "Vaart", "Wal": water, a wall, a green that has houses. */
static gboolean names_street(const Addresses *self, gsize from)
{
	static const char *const kinds[] = {"vaart", "dijk",  "kade",  "singel", "haven",
					    "wal",   "ring",  "brink", "gracht", "laan",
					    "markt", "plein", "hof",   NULL};
	gsize length = strcspn(self->text + from, " 0123456789");

	return lw_lexicon_look_up(self->context->lexicon, self->text + from, length) &
		       LW_WORD_STREET ||
	       address_has_words(self, from, from + length, kinds);
}

/* "J.W. Poppe (Markt 21)", "Ottens en Post (Vaart 91 en Vaart 93)": where they live. */
static gboolean is_bracketed(const Addresses *self, gsize from, gsize end)
{
	gboolean next =
		from > 4 && self->done + 4 == from && !memcmp(self->text + from - 4, " en ", 4);
	gboolean closes = end < self->length &&
			  (self->text[end] == ')' ||
			   (self->length - end > 4 && !memcmp(self->text + end, " en ", 4) &&
			    g_ascii_isupper(self->text[end + 4])));

	return from > 2 && closes &&
	       (next ||
		(self->text[from - 1] == '(' && address_is_word((guint8)self->text[from - 3]))) &&
	       names_street(self, from);
}

/* "een kaart naar de Meent 14", "bij 't Zand 3": a street that the list has with its article, where
 * somebody goes or is. The start of the article; G_MAXSIZE: no such street. */
static gsize article_start(const Addresses *self, gsize from, gsize at, gsize house)
{
	static const char *const articles[] = {"de ", "het ", "'t "};
	static const char *const leads[] = {"naar ", "op ", "aan ", "bij ", "in ", "van "};

	if (house - at > HOUSE_MAX || !is_house(self, from, at, house) || at <= from + 1)
		return G_MAXSIZE;
	for (gsize i = 0; i < G_N_ELEMENTS(articles); i++) {
		gsize size = strlen(articles[i]), start = from - size;

		if (from <= size || memcmp(self->text + start, articles[i], size) ||
		    !(lw_lexicon_look_up(self->context->lexicon, self->text + start,
					 at - 1 - start) &
		      LW_WORD_STREET))
			continue;
		for (gsize k = 0; k < G_N_ELEMENTS(leads); k++)
			if (start >= strlen(leads[k]) &&
			    !memcmp(self->text + start - strlen(leads[k]), leads[k],
				    strlen(leads[k])))
				return start;
	}
	return G_MAXSIZE;
}

static void find_street(Addresses *self, gsize at)
{
	Street street;
	gsize house = street_number_end(self->text, self->length, at);
	if (!house)
		return;
	gboolean found =
		street_before(self->context->lexicon, self->text, self->length, at, &street);
	if (!(found && street.sure) && street_led(self, at, &street))
		found = TRUE;
	if (!found || street.from < self->done)
		return;
	gboolean postcode;
	house = address_house_end(self, house);
	gsize end = extend(self, house, &postcode);
	gboolean placed = end > house;
	int number = atoi(self->text + at);
	gboolean known = street.sure || placed;
	known |= self->text[at] != '0' && house - at < HOUSE_MAX &&
		 is_bracketed(self, street.from, house);
	if (!known && is_house(self, street.from, at, house))
		known = is_labelled(self, street.from) || is_lived_in(self, street.from) ||
			is_from_there(self, street.from) || is_headed_for(self, street.from) ||
			is_below_name(self, street.from, house) ||
			address_is_home_of(self, address_line_start(self, street.from),
					   street.from);
	if (!known && house - at < HOUSE_MAX && is_house(self, street.from, at, house))
		known = leads_to_phone(self, house);
	if (!known && self->text[at] != '0' && at - street.from > 4)
		known = is_in_column(self, street.from, house);
	if (!known) {
		gsize article = article_start(self, street.from, at, house);

		known = article != G_MAXSIZE && article >= self->done;
		street.from = known ? article : street.from;
	}
	/* "Arbeidsmarkt 2024", "May 1980 in Manchester": a year needs a postcode behind it, or a
	 * street before it */
	if (number >= 1900 && number < 2100 && !postcode && !(placed && street.sure))
		return;
	if (!known || number == 0)
		return;
	LwEntity *entity = emit(self, street.from, end, LW_KIND_ADDRESS, postcode ? 0.99f : 0.9f,
				"address/street");
	if (address_is_of_body(self, street.from, end)) {
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
	}
}

/* "8861 AR HARLlNGEN" alone on its line: a place that a reader of scans misspelled. */
static gboolean is_capital_place(const Addresses *self, gsize at, gsize next)
{
	gsize line = address_line_start(self, at), end = next;

	while (line < at && strchr(" \t:|", self->text[line]))
		line++;
	while (end < self->length &&
	       (address_is_word((guint8)self->text[end]) || self->text[end] == '-'))
		end++;
	return line == at && end > next + 3 && (end >= self->length || self->text[end] == '\n') &&
	       street_is_capital(self->text + next, end - next);
}

/* "7771 XA 12", "2661 DE 4b" in the cell of a list: the house, when nothing follows it. */
static void take_house_behind(Addresses *self, gsize at, gboolean body)
{
	gsize end = street_number_end(self->text, self->length, at);

	if (!end || end - at > HOUSE_MAX || self->text[at] == '0' ||
	    !(end >= self->length || strchr("\n\t|;,)", self->text[end]) || opens_cell(self, end)))
		return;
	LwEntity *entity = emit(self, at, end, LW_KIND_ADDRESS, 0.85f, "address/house");
	if (body) {
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
	}
}

/* "| Kerkstraat 12 | 3361 CD |": all of a cell of a table. */
static gboolean is_cell(const Addresses *self, gsize at, gsize end)
{
	while (at > 0 && self->text[at - 1] == ' ')
		at--;
	while (end < self->length && self->text[end] == ' ')
		end++;
	return at > 0 && (self->text[at - 1] == '|' || self->text[at - 1] == '\t') &&
	       (end == self->length || strchr("|\t\n", self->text[end]));
}

/* "Burgemeester Vinklaan 12 (3364 GD)": with its street it goes or stays. */
static gboolean is_postcode_of_body(const Addresses *self, gsize at, gsize end)
{
	const GArray *items = self->found->items;
	const LwEntity *last = items->len ? &g_array_index(items, LwEntity, items->len - 1) : NULL;

	if (last && last->kind == LW_KIND_ADDRESS && self->done && at >= self->done &&
	    at - self->done <= BESIDE && strspn(self->text + self->done, " ,(") >= at - self->done)
		return last->role == LW_ROLE_FUNCTIONAL;
	return address_is_of_body(self, at, end);
}

/* A postcode without a street: a label, a place, a house number or the line's end must make it one.
 */
static void find_postcode(Addresses *self, gsize at, gsize end)
{
	static const char *const labels[] = {"postcode", "pc", NULL};
	gsize line = address_line_start(self, at);
	gsize low = at - line > 40 ? at - 40 : line;
	while ((self->text[low] & 0xc0) == 0x80)
		low++;
	gboolean labelled = address_has_words(self, low, at, labels);
	gsize next = end;
	while (next < self->length && next - end < 3 && strchr(" ,", self->text[next]))
		next++;
	gboolean place = next > end &&
			 (place_end(self, next, FALSE) != 0 || is_capital_place(self, at, next));
	/* "78O1 GN ." as a reader of scans sets it */
	gboolean closed = end >= self->length || strchr(",;.)\n\f\t|", self->text[end]) ||
			  !strncmp(self->text + end, " .", 2);
	gsize house = next;
	static const char *const numbers[] = {"nr. ", "nr ", "huisnr ", "huisnummer ", "nummer "};
	for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
		if (self->length - next > strlen(numbers[i]) &&
		    !g_ascii_strncasecmp(self->text + next, numbers[i], strlen(numbers[i])))
			house = next + strlen(numbers[i]);
	gboolean number =
		next > end && g_ascii_isdigit(self->text[house]) && self->text[end] != '\n';
	/* "2661 DE 12": a cell that begins with it */
	gboolean cell = at && strchr("\t|", self->text[at - 1]) && number;
	/* "hugo de grootstr 12 in den haag 2518EC en": whoever writes small, with the street before
	 */
	gboolean whole = is_cell(self, at, end);
	closed |= whole;
	place |= (end - at == 6 || whole) && self->done && at - self->done < 24 &&
		 !memchr(self->text + self->done, '\n', at - self->done);
	if (is_ordinary_pair(self->text + end - 2) && !labelled && !place && !cell)
		return;
	int year = atoi(self->text + at);
	/* In years the pair alone proves little: "2024 RD" at a line's end. */
	if (year >= 1990 && year <= 2040 && !labelled && !place && !number &&
	    self->text[end - 3] == ' ')
		return;
	if (!labelled && !place && !closed && !number)
		return;
	gboolean body = is_postcode_of_body(self, at, end);
	LwEntity *entity = emit(self, at, end, LW_KIND_POSTCODE, labelled || place ? 0.97f : 0.8f,
				"address/postcode");
	if (body)
		entity->role = LW_ROLE_FUNCTIONAL;
	if (number)
		take_house_behind(self, house, body);
}

/* "Postbus 16200, 3500 CE Utrecht" */
static gboolean find_box(Addresses *self, gsize at)
{
	static const char *const names[] = {"postbus", "antwoordnummer", "p.o. box",
					    "po box",  "p.o.box",	 "pobox"};
	static const char *const persons[] = {"dhr",	 "mevr", "mw",	 "heer", "mevrouw",
					      "familie", "fam",	 "mijn", NULL};
	gsize stop = at;
	while (stop > 0 && self->text[stop - 1] == ' ')
		stop--;
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		gsize size = strlen(names[i]);
		if (stop < size || g_ascii_strncasecmp(self->text + stop - size, names[i], size))
			continue;
		gsize end = at;
		gboolean postcode;
		while (end < self->length && g_ascii_isdigit(self->text[end]))
			end++;
		if (end - at > 5)
			return FALSE;
		gsize from = stop - size, line = address_line_start(self, from);
		LwEntity *entity = emit(self, from, extend(self, end, &postcode), LW_KIND_ADDRESS,
					0.95f, "address/box");
		if (!address_has_words(self, line, from, persons)) {
			entity->role = LW_ROLE_FUNCTIONAL;
			entity->reason = LW_REASON_FUNCTIONAL;
		}
		return TRUE;
	}
	return FALSE;
}

/* "sectie K nummer 4550": the number closes it. */
static gboolean find_parcel(Addresses *self, gsize at)
{
	gsize low = at > 32 ? at - 32 : 0;
	const char *section = NULL;
	for (gsize i = low; i + 6 < at; i++)
		if (!g_ascii_strncasecmp(self->text + i, "sectie", 6))
			section = self->text + i;
	if (!section)
		return FALSE;
	gsize from = (gsize)(section - self->text), next = from + 6, letters = 0;
	while (next < at && strchr(" :", self->text[next]))
		next++;
	while (next < at && g_ascii_isupper(self->text[next])) {
		letters++;
		next++;
	}
	if (!letters || letters > 2)
		return FALSE;
	for (; next < at; next++)
		if (!strchr(" ,.:numeroprcl", g_ascii_tolower(self->text[next])))
			return FALSE;
	gsize end = at;
	while (end < self->length && g_ascii_isalnum(self->text[end]) && end - at < 10)
		end++;
	/* "gemeente Apeldoorn, sectie K nummer 4550" */
	gsize back = from > 40 ? from - 40 : 0;
	for (gsize i = back; i + 9 < from; i++)
		if (!g_ascii_strncasecmp(self->text + i, "gemeente ", 9) &&
		    !memchr(self->text + i, '\n', from - i) &&
		    !memchr(self->text + i, ';', from - i))
			from = i;
	emit(self, from, end, LW_KIND_CADASTRE, 0.95f, "address/parcel");
	return TRUE;
}

void lw_detect_addresses(const LwDetectContext *context, LwEntities *found)
{
	const LwNormal *normal = context->base.normal;
	Addresses self = {context, normal->utf8, normal->length, found, 0};
	for (gsize at = 0; at < self.length; at++) {
		if (!g_ascii_isdigit(self.text[at]))
			continue;
		gboolean inside = at && (address_is_word((guint8)self.text[at - 1]) ||
					 (strchr(".,-/", self.text[at - 1]) && at > 1 &&
					  g_ascii_isdigit(self.text[at - 2])));
		gsize end = at;
		while (end < self.length && g_ascii_isdigit(self.text[end]))
			end++;
		if (!inside && at >= self.done && end - at <= 5) {
			gsize code = postcode_end(&self, at);

			if (!code && end - at == 4)
				code = small_postcode_end(&self, at);
			if (!find_box(&self, at) && !find_parcel(&self, at))
				find_street(&self, at);
			if (code && self.done <= at)
				find_postcode(&self, at, code);
		}
		at = end - 1;
	}
}
