/* address-owner.c - whose address it is: a home's, or that of a body, a public house or the matter.
 *
 * Read from the words before it on its line, the line above and what follows; in doubt a home's. */
#include "engine/detect/address.h"

#include "engine/detect/street.h"

#include <string.h>

gboolean address_has_words(const Addresses *self, gsize from, gsize to, const char *const *words)
{
	g_autofree char *folded = lw_text_fold(self->text + from, (gssize)(to - from));
	for (; *words; words++) {
		gsize size = strlen(*words);
		for (const char *hit = strstr(folded, *words); hit; hit = strstr(hit + 1, *words))
			if ((hit == folded || !address_is_word((guint8)hit[-1])) &&
			    (!address_is_word((guint8)hit[size]) || (*words)[size - 1] == '.'))
				return TRUE;
	}
	return FALSE;
}

gsize address_line_start(const Addresses *self, gsize at)
{
	gsize low = at > 200 ? at - 200 : 0;
	while (at > low && !strchr("\n\f", self->text[at - 1]))
		at--;
	while (at < self->length && (self->text[at] & 0xc0) == 0x80)
		at++;
	return at;
}

#define SIGNATURE_LINE 100 /* bytes */
#define REGISTER_LINE  160
#define BEHIND_HOUSE   48
#define NAME_WORDS     5
#define SECTION_LINES  4
#define SECTION_BYTES  24

/* A sign splits the address from what stands before it on the line. */
static gboolean is_beside_body(const Addresses *self, gsize line, gsize from)
{
	gsize at = from;

	while (at > line && self->text[at - 1] == ' ')
		at--;
	return at > line && (strchr("|;\t", self->text[at - 1]) || from - at >= 3 ||
			     (self->text[at - 1] == ',' && g_ascii_isupper(self->text[line]) &&
			      !memchr(self->text + line, '.', from - line)));
}

static gboolean has_register_below(const Addresses *self, gsize from)
{
	static const char *const words[] = {"kvk", "handelsregister", "btw", "derdengelden", "rsin",
					    NULL};
	const char *end = memchr(self->text + from, '\n', self->length - from);
	gsize low = end ? (gsize)(end - self->text) + 1 : self->length;
	gsize high = MIN(self->length, low + 60);
	const char *stop = memchr(self->text + low, '\n', self->length - low);
	/* all of the line, as far as a line of a letterhead goes */
	if (stop && (gsize)(stop - self->text) > high)
		high = MIN((gsize)(stop - self->text), low + REGISTER_LINE);

	while (high > low && (self->text[high - 1] & 0xc0) == 0x80)
		high--;
	return low < high && address_has_words(self, low, high, words);
}

static const char *const public_houses[] = {"dorpshuis",	"buurthuis",
					    "wijkcentrum",	"wijkgebouw",
					    "jongerencentrum",	"jongerenhuis",
					    "jeugdhonk",	"gemeenschapshuis",
					    "multifunctioneel", "mfc",
					    "sporthal",		"sportpark",
					    "sportcomplex",	"zwembad",
					    "bibliotheek",	"theater",
					    "museum",		"schouwburg",
					    "zalencentrum",	"congrescentrum",
					    "restaurant",	"cafe",
					    "snackbar",		"hotel",
					    "gymzaal",		"kantine",
					    "clubhuis",		"verzorgingshuis",
					    "schoolgebouw",	"kazerne",
					    "basisschool",	"kerk",
					    "moskee",		"wijksteunpunt",
					    "opvanglocatie",	"noodopvang",
					    "juwelier",		"supermarkt",
					    "kapsalon",		"apotheek",
					    "drogisterij",	"tankstation",
					    "coffeeshop",	"pizzeria",
					    "grillroom",	"cafetaria",
					    "lunchroom",	"autobedrijf",
					    "garagebedrijf",	"makelaardij",
					    "notariskantoor",	"tandartspraktijk",
					    "lyceum",		NULL};

/* "dorpshuis Het Anker, Dorpsstraat 30", "jongerenhuis Lotte Stam aan de Kade 2": the house has a
 * name, and nothing else stands between. */
static gboolean is_of_named_house(const Addresses *self, gsize low, gsize at)
{
	for (guint words = 0; words < NAME_WORDS; words++) {
		gsize end = at, word;

		while (end > low && strchr(" \"'", self->text[end - 1]))
			end--;
		for (word = end; word > low && (address_is_word((guint8)self->text[word - 1]) ||
						self->text[word - 1] == '-');)
			word--;
		if (word == end)
			return FALSE;
		if (address_has_words(self, word, end, public_houses))
			return words > 0;
		if (!street_is_capital(self->text + word, end - word) && !(end - word <= 3))
			return FALSE;
		at = word;
	}
	return FALSE;
}

/* "de Johanna Stichting aan de Lorentzlaan 12", "in het buurthuis, Dorpsstraat 1": the word that
 * the address hangs on is a body or a public house. */
static gboolean is_of_house(const Addresses *self, gsize low, gsize from)
{
	static const char *const matters[] = {"dossier", "controle", "inspectie",
					      "bedrijfscontrole", NULL};
	static const char *const bodies[] = {"stichting",
					     "school",
					     "basisschool",
					     "ziekenhuis",
					     "gasthuis",
					     "museum",
					     "kerk",
					     "moskee",
					     "buurthuis",
					     "wijkcentrum",
					     "bibliotheek",
					     "station",
					     "gymzaal",
					     "sporthal",
					     "dorpshuis",
					     "hotel",
					     "politiebureau",
					     "rechtbank",
					     "winkel",
					     "cafe",
					     "restaurant",
					     "supermarkt",
					     "apotheek",
					     "b.v.",
					     "bv",
					     "v.o.f.",
					     "zwembad",
					     "theater",
					     "huisartsenpraktijk",
					     "bedrijf",
					     "loods",
					     "fabriek",
					     "kantoor",
					     "wijkteam",
					     "college",
					     "bureau",
					     "stadsloket",
					     NULL};
	gsize at = from, word;

	while (at > low && strchr(" ,(", self->text[at - 1]))
		at--;
	for (guint i = 0; i < 2; i++) {
		static const char *const small[] = {"aan", "op", "de", "het"};

		word = at;
		while (word > low && address_is_word((guint8)self->text[word - 1]))
			word--;
		for (gsize k = 0; k < G_N_ELEMENTS(small); k++)
			if (at - word == strlen(small[k]) &&
			    memcmp(self->text + word, small[k], at - word) == 0) {
				at = word;
				while (at > low && self->text[at - 1] == ' ')
					at--;
				break;
			}
	}
	word = at;
	while (word > low &&
	       (address_is_word((guint8)self->text[word - 1]) || self->text[word - 1] == '.'))
		word--;
	return word < at && (address_has_words(self, word, at, bodies) ||
			     address_has_words(self, word, at, matters) ||
			     address_has_words(self, word, at, public_houses) ||
			     is_of_named_house(self, low, at));
}

/* "zit op Kerkpad 4, daar woont hij ook", "Markt 1 (tevens woonadres)". */
static gboolean is_home_too(const Addresses *self, gsize to)
{
	static const char *const homes[] = {
		"daar woont",	  "woont hij",	   "woont zij", "woont ze",    "waar hij woont",
		"waar zij woont", "woont daar",	   "woonadres", "woonhuis",    "woonachtig",
		"thuis",	  "ook zijn huis", "prive",	"boven woont", NULL};
	gsize end = to;

	while (end < self->length && end - to < BEHIND_HOUSE && !strchr("\n\f", self->text[end]) &&
	       !(self->text[end] == '.' && end + 1 < self->length && self->text[end + 1] == ' '))
		end++;
	while (end > to && (self->text[end] & 0xc0) == 0x80)
		end--;
	return end > to && address_has_words(self, to, end, homes);
}

/* Where the text of the line begins, at `to` at the latest. */
static gsize past_blanks(const Addresses *self, gsize line, gsize to)
{
	while (line < to && (self->text[line] == ' ' || self->text[line] == '\t'))
		line++;
	return line;
}

static gboolean starts_line(const Addresses *self, gsize line, const char *word)
{
	return self->length - line > strlen(word) &&
	       !g_ascii_strncasecmp(self->text + line, word, strlen(word));
}

/* "Raadhuisplein 1", "Stadhuisplein 10" */
static gboolean is_town_hall(const Addresses *self, gsize from)
{
	static const char *const halls[] = {"raadhuis", "stadhuis", "gemeentehuis",
					    "provinciehuis"};

	for (gsize i = 0; i < G_N_ELEMENTS(halls); i++)
		if (self->length - from > strlen(halls[i]) &&
		    !g_ascii_strncasecmp(self->text + from, halls[i], strlen(halls[i])))
			return TRUE;
	return FALSE;
}

/* "Hoofdstraat 1 t/m 40": a part of a road. */
static gboolean is_range(const Addresses *self, gsize from, gsize to)
{
	return memmem(self->text + from, to - from, " t/m ", 5) != NULL;
}

/* "Stationsplein 40-42. Telefoon 14 0343", "Kade 1, 088-1234567": the number of a house as a whole
 * behind it on its line. */
static gboolean has_central_number(const Addresses *self, gsize to)
{
	static const char *const numbers[] = {" 14 0", " 14-0",	 " 088",  " 0800",
					      " 0900", "\t14 0", "(14 0", "(088"};
	const char *end = memchr(self->text + to, '\n', self->length - to);
	gsize high = MIN(end ? (gsize)(end - self->text) : self->length, to + BEHIND_HOUSE);

	for (gsize at = to; at < high; at++)
		for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
			if (high - at > strlen(numbers[i]) &&
			    memcmp(self->text + at, numbers[i], strlen(numbers[i])) == 0)
				return TRUE;
	return FALSE;
}

/* "De Hoeve B.V." two lines above, "t.a.v. de directie" or "de bestuurder, de heer Bos" above: a
 * letter to a firm. */
static gboolean is_for_the_board(const Addresses *self, gsize above, gsize line)
{
	static const char *const boards[] = {"bestuurder", "bestuur",  "directie", "directeur",
					     "directrice", "t.a.v.",   "tav",	   "attentie",
					     "eigenaar",   "vennoten", NULL};
	static const char *const firms[] = {"b.v",	 "bv",	       "n.v",	    "nv",
					    "v.o.f",	 "vof",	       "stichting", "vereniging",
					    "maatschap", "cooperatie", NULL};
	gsize top = above > 1 ? address_line_start(self, above - 1) : above;

	return top < above && above - top < 80 && address_has_words(self, above, line, boards) &&
	       address_has_words(self, top, above, firms);
}

/* "Directie Kennis en Innovatie", "Regionale Belastinggroep Zuidwaard": a line of a signature or a
 * letterhead. */
static gboolean names_department(const Addresses *self, gsize above, gsize line)
{
	static const char *const first[] = {
		"fachbereich", "fachdienst", "amt",    "dezernat", "abteilung",	   "referat",
		"directie",    "afdeling",   "bureau", "dienst",   "cluster",	   "sector",
		"obs",	       "cbs",	     "rkbs",   "pcbs",	   "scholengroep", "regio",
		"stadsdeel",   "faculteit",  NULL};
	static const char *const ends[] = {
		"belastinggroep",  "belastingdienst", "zorggroep",
		"scholengroep",	   "bibliotheek",     "corporatie",
		"omgevingsdienst", "werkbedrijf",     "samenwerkingsverband"};
	gsize begin = past_blanks(self, above, line), stop = begin;

	while (stop < line && address_is_word((guint8)self->text[stop]))
		stop++;
	if (stop > begin && g_ascii_isupper(self->text[begin]) &&
	    address_has_words(self, begin, stop, first))
		return TRUE;
	g_autofree char *folded = lw_text_fold(self->text + begin, (gssize)(line - begin));
	for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
		if (strstr(folded, ends[i]))
			return TRUE;
	return FALSE;
}

/* "Fachbereich Jugend und Familie": of a foreign authority, whoever it is for. */
static gboolean names_office(const Addresses *self, gsize above, gsize line)
{
	static const char *const offices[] = {"fachbereich", "fachdienst", "dezernat",
					      "abteilung",   "jugendamt",  "ordnungsamt",
					      "landratsamt", NULL};

	return address_has_words(self, above, line, offices);
}

/* "SCHOOL" alone on a line above, in the same box of a form: what stands below is of the school. */
static gboolean is_in_section(const Addresses *self, gsize start)
{
	static const char *const heads[] = {
		"school",	 "bedrijf",  "werkgever",     "organisatie",  "instelling",
		"zorgaanbieder", "aannemer", "opdrachtnemer", "kinderopvang", "onderwijsinstelling",
		"onderneming",	 NULL};

	for (guint lines = 0; lines < SECTION_LINES && start > 1; lines++) {
		gsize above = address_line_start(self, start - 1),
		      from = past_blanks(self, above, start), end = from;

		if (start - 1 - above < 2)
			return FALSE;
		while (end < start && !strchr("\n\r:", self->text[end]))
			end++;
		if (end - from < SECTION_BYTES && g_ascii_isupper(self->text[from]) &&
		    !memchr(self->text + from, ' ', end - from) &&
		    address_has_words(self, from, end, heads) && start - end <= 2)
			return TRUE;
		start = above;
	}
	return FALSE;
}

/* "De heer en mevrouw Post" on the line above, and no firm that they are addressed at. */
static gboolean is_below_person(const Addresses *self, gsize above, gsize start)
{
	static const char *const persons[] = {"heer",	 "mevrouw",   "mevr",	 "mw",	   "dhr",
					      "familie", "aanvrager", "bewoner", "client", NULL};
	static const char *const firms[] = {"t.a.v.", "tav", "attentie", "b.v", "bv", NULL};

	return start > above && start - above < 100 &&
	       address_has_words(self, above, start, persons) &&
	       !address_has_words(self, above, start, firms);
}

/* A BSN before it on its line: a row about a person, whatever he calls his shop. */
static gboolean is_beside_bsn(const Addresses *self, gsize line, gsize from)
{
	gsize start, end;

	lw_normal_range(self->context->base.normal, line, from, &start, &end);
	for (guint i = 0; i < self->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);

		if (entity->kind == LW_KIND_BSN && entity->span.start >= start &&
		    entity->span.start < end)
			return TRUE;
	}
	return FALSE;
}

/* "advocaat" alone on the line above: his office. */
static gboolean is_below_profession(const Addresses *self, gsize above, gsize line)
{
	static const char *const professions[] = {
		"advocaat", "advocate", "notaris", "gerechtsdeurwaarder", "mediator", NULL};
	gsize from = past_blanks(self, above, line), end = from;

	while (end < line && address_is_word((guint8)self->text[end]))
		end++;
	return line - end <= 2 && address_has_words(self, from, end, professions);
}

/* Whose address is it? An organisation's, when its label or the line above says so and no word
 * speaks of a home; or that of a business or a site that the case is about (woo.md 2.2). */
/* "Handelsweg 14 van Bos B.V." */
static gboolean is_owned_by_firm(const Addresses *self, gsize to)
{
	static const char *const firms[] = {"b.v", "bv", "n.v", "v.o.f", "vof", NULL};
	gsize end = MIN(self->length, to + BEHIND_HOUSE);

	if (self->length - to < 6 || memcmp(self->text + to, " van ", 5) ||
	    !g_ascii_isupper(self->text[to + 5]))
		return FALSE;
	for (gsize i = to; i < end; i++)
		if (strchr("\n,;", self->text[i]) || (guint8)self->text[i] >= 0x80)
			end = i;
	return address_has_words(self, to, end, firms);
}

static gboolean seems_of_body(const Addresses *self, gsize from, gsize to)
{
	static const char *const labels[] = {
		"bezoekadres",	   "gevestigd",	      "gevestigde",   "kantoorhoudende",
		"vestigingsadres", "bezoeklocatie",   "kantooradres", "factuuradres",
		"gemeentehuis",	   "stadhuis",	      "stadskantoor", "provinciehuis",
		"gemeentekantoor", "waterschapshuis", "hoofdkantoor", "kantoor",
		"locatie",	   "balie",	      "loket",	      "verzamelpunt",
		"vergaderlocatie", "inloopspreekuur", "spreekuur",    "bezoek",
		"object",	   "naar ons",	      "bij ons",      NULL};
	static const char *const bodies[] = {"gemeente",
					     "ministerie",
					     "provincie",
					     "waterschap",
					     "rechtbank",
					     "b.v",
					     "bv",
					     "n.v",
					     "nv",
					     "stichting",
					     "advocaten",
					     "notarissen",
					     "omgevingsdienst",
					     "veiligheidsregio",
					     "ggd",
					     "politie",
					     "universiteit",
					     "hoogheemraadschap",
					     "raad van state",
					     "v.o.f",
					     "vof",
					     "vereniging",
					     "school",
					     "ziekenhuis",
					     "college van",
					     "belastingdienst",
					     "uwv",
					     "kreis",
					     "stadt",
					     "landkreis",
					     "municipality",
					     "restaurant",
					     "maatschap",
					     "stg",
					     "stg.",
					     "cooperatie",
					     "milieu",
					     "bakkerij",
					     "woningcorporatie",
					     NULL};
	static const char *const registers[] = {"kvk", "kvk-nr", "kvk-nummer", "handelsregister",
						NULL};
	static const char *const homes[] = {
		"dhr",	     "mevr",	  "mw",	      "heer",	   "mevrouw",	 "familie",
		"fam",	     "woon",	  "woont",    "wonende",   "woonachtig", "woonadres",
		"prive",     "huisadres", "naam",     "bewoner",   "thuisadres", "mijn",
		"aanvrager", "client",	  "verhuisd", "woning",	   "huis",	 "dakkapel",
		"wonend",    "verblijft", "post op",  "haar post", "zijn post",	 "verzogen",
		"wohnhaft",  "wohnt",	  NULL};
	static const char *const objects[] = {"bedrijf",
					      "bedrijfspand",
					      "bedrijfsperceel",
					      "inrichting",
					      "winkel",
					      "winkelpand",
					      "horecabedrijf",
					      "restaurant",
					      "cafe",
					      "terras",
					      "hotel",
					      "supermarkt",
					      "loods",
					      "kantoorpand",
					      "sporthal",
					      "kerk",
					      "evenement",
					      "exploitatievergunning",
					      "horecavergunning",
					      "alcoholvergunning",
					      "terrasvergunning",
					      "evenementenvergunning",
					      "plangebied",
					      "bestemmingsplan",
					      "omgevingsplan",
					      "wijzigingsplan",
					      "bouwlocatie",
					      "bouwplan",
					      "bouwplaats",
					      "bouwproject",
					      "nieuwbouwproject",
					      "parkeerterrein",
					      "tankstation",
					      "werkplaats",
					      "fabriek",
					      "ter hoogte van",
					      "nabij",
					      "ter plaatse",
					      "bouwkavel",
					      "aankoop",
					      "boerderij",
					      "tegenover",
					      "hoek van",
					      "kruising",
					      "bedrijventerrein",
					      "slagerij",
					      "bakkerij",
					      "kwekerij",
					      "garagebedrijf",
					      "sportschool",
					      "speeltuin",
					      NULL};
	gsize start = address_line_start(self, from), line = past_blanks(self, start, from),
	      above = start > 1 ? address_line_start(self, start - 1) : start;
	gsize low = from - line > 60 ? from - 60 : line;
	while ((self->text[low] & 0xc0) == 0x80)
		low++;
	if (address_has_words(self, low, from, homes) || is_home_too(self, to))
		return FALSE;
	/* "zijn postadres is" is said of anybody, "Postadres:" heads a letter */
	if (address_has_words(self, low, from, (const char *const[]){"postadres", NULL}) &&
	    starts_line(self, line, "postadres"))
		return TRUE;
	if (address_has_words(self, low, from, labels) ||
	    address_has_words(self, low, from, objects))
		return TRUE;
	if (is_of_house(self, low, from) || is_owned_by_firm(self, to))
		return TRUE;
	/* "Ministerie van Financien | Rijnstraat 8", "Kreis Nordhorst, Strasse 1" */
	if (from - line < SIGNATURE_LINE && is_beside_body(self, line, from) &&
	    address_has_words(self, line, from, bodies))
		return TRUE;
	if (is_town_hall(self, from) || has_central_number(self, to) || is_range(self, from, to))
		return TRUE;
	/* "Restaurant De Kok B.V. (KvK 68105942), Grotestraat 201" */
	if (address_has_words(self, low, from, registers))
		return TRUE;
	/* a letterhead: the register number on the line below */
	if (from - line <= 3 && start > 1 && has_register_below(self, from) &&
	    !is_below_person(self, above, start))
		return TRUE;
	if (is_in_section(self, start))
		return TRUE;
	/* The line above counts when the address opens its own line. */
	if (from - line > 3 || start - past_blanks(self, above, start) < 3 ||
	    start - past_blanks(self, above, start) > 80)
		return FALSE;
	if (is_for_the_board(self, above, start) || names_office(self, above, start) ||
	    is_below_profession(self, above, start))
		return TRUE;
	return !address_has_words(self, above, start, homes) &&
	       (address_has_words(self, above, start, labels) ||
		starts_line(self, past_blanks(self, above, start), "postadres") ||
		address_has_words(self, above, start, bodies) ||
		names_department(self, above, start));
}

gboolean address_is_of_body(const Addresses *self, gsize from, gsize to)
{
	return seems_of_body(self, from, to) &&
	       !is_beside_bsn(self, address_line_start(self, from), from);
}
