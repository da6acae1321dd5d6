/* street.c - names of streets by their endings and by the list.
 *
 * An ending that ordinary words share ("vergadering 3", "arbeidsmarkt 2024") proves nothing without
 * the list or a postcode. */
#include "engine/detect/street.h"

#include "engine/base/text.h"

#include <string.h>

#define WORDS_BACK     6
#define NAME_MAX_BYTES 80
#define STANDS_ALONE   12 /* bytes of a house number with its addition */

static const char *const strong[] = {
	"straat", "str.",  "str",	"laan",	 "weg",	      "plein",	 "gracht", "kade", "singel",
	"dijk",	  "dreef", "plantsoen", "steeg", "boulevard", "burgwal", "pad",	   "hof",  "dyk",
	"sngl",	  "allee", "strjitte",	"leane", "strasse",   "platz",	 "gasse",  "einde"};
static const char *const weak[] = {
	"ln",	  "wg",	    "pln",     "park",	   "markt", "haven", "hoek",  "kamp",	"veld",
	"akker",  "baan",   "bolwerk", "dam",	   "donk",  "erf",   "gaard", "gaarde", "hage",
	"heuvel", "horst",  "kant",    "kwartier", "meent", "oord",  "poort", "ring",	"rijk",
	"rode",	  "schans", "sloot",   "stede",	   "terp",  "tuin",  "vaart", "wal",	"waard",
	"weide",  "werf",   "wijk",    "zijde",	   "zoom",  "hout",  "berg",  "bos",	"land",
	"brug",	  "vliet",  "meer",    "stein",	   "burg",  "es"};
static const char *const never[] = {
	"artikel",   "bijlage",	    "kamer",	"pagina",     "tabel",	  "figuur",   "punt",
	"lid",	     "week",	    "fase",	"versie",     "vraag",	  "nummer",   "paragraaf",
	"hoofdstuk", "gerechtshof", "snelweg",	"rijksweg a", "paspoort", "onderweg", "halverwege",
	"stappad",   "zaak",	    "deel",	"groep",      "perceel",  "postbus",  "schaal",
	"trede",     "dag",	    "plaats",	"bladzijde",  "nr",	  "nr.",      "bus",
	"lijn",	     "route",	    "zone",	"totaal",     "circa",	  "ruim",     "januari",
	"februari",  "maart",	    "april",	"mei",	      "juni",	  "juli",     "augustus",
	"september", "oktober",	    "november", "december",   "straat",	  "weg"};

static gboolean is_one_of(const char *word, const char *const *list, gsize count)
{
	for (gsize i = 0; i < count; i++)
		if (!strcmp(word, list[i]))
			return TRUE;
	return FALSE;
}

static gboolean has_ending(const char *word, const char *const *list, gsize count)
{
	gsize length = strlen(word);
	for (gsize i = 0; i < count; i++)
		if (length >= strlen(list[i]) + 2 && g_str_has_suffix(word, list[i]))
			return TRUE;
	return FALSE;
}

gboolean street_has_ending(const char *folded)
{
	static const char *const short_forms[] = {"ln", "str"};

	return has_ending(folded, strong, G_N_ELEMENTS(strong)) ||
	       (strlen(folded) > 5 && has_ending(folded, short_forms, 2));
}

gboolean street_is_capital(const char *word, gsize length)
{
	gsize at = 0;
	while (at < length && strchr("'-", word[at]))
		at++;
	if (at && at + 2 < length && word[at] == 's' && word[at + 1] == '-')
		at += 2;
	if (at && at + 2 < length && word[at] == 't' && word[at + 1] == ' ')
		at += 2;
	return at < length && lw_text_is_upper(g_utf8_get_char(word + at));
}

static guint32 flags_of(const LwLexicon *lexicon, const char *words, gsize length)
{
	return lexicon && length ? lw_lexicon_look_up(lexicon, words, length) : 0;
}

gboolean street_is_place(const LwLexicon *lexicon, const char *words, gsize length)
{
	return street_is_capital(words, length) &&
	       (flags_of(lexicon, words, length) & LW_WORD_PLACE);
}

static gboolean is_name_byte(guint8 c)
{
	return g_ascii_isalnum((char)c) || c >= 0x80 || c == '\'' || c == '-' || c == '.';
}

/* The word that ends at *end on the same line; *end becomes where the word before it ends. FALSE at
 * the line's start. */
static gboolean word_back(const char *text, gsize low, gsize *end, gsize *from)
{
	gsize at = *end;
	while (at > low && is_name_byte((guint8)text[at - 1]))
		at--;
	if (at == *end)
		return FALSE;
	*from = at;
	*end = at > low && strchr(" \n", text[at - 1]) ? at - 1 : at;
	return TRUE;
}

static gboolean is_prefix(const char *folded)
{
	static const char *const prefixes[] = {"pr.",
					       "prs.",
					       "gebr.",
					       "pres.",
					       "kon.",
					       "burg.",
					       "burgemeester",
					       "burg",
					       "prof.",
					       "prof",
					       "professor",
					       "dr.",
					       "dr",
					       "mr.",
					       "mr",
					       "ds.",
					       "ds",
					       "pastoor",
					       "past.",
					       "kapelaan",
					       "st.",
					       "sint",
					       "oude",
					       "oud",
					       "nieuwe",
					       "grote",
					       "groote",
					       "kleine",
					       "lange",
					       "korte",
					       "eerste",
					       "tweede",
					       "derde",
					       "1e",
					       "2e",
					       "3e",
					       "noord",
					       "zuid",
					       "oost",
					       "west",
					       "koningin",
					       "koning",
					       "prins",
					       "prinses",
					       "president",
					       "generaal",
					       "gen.",
					       "admiraal",
					       "ir.",
					       "wethouder",
					       "laan",
					       "plein",
					       "hof",
					       "weg",
					       "kade",
					       "jhr.",
					       "monseigneur",
					       "mgr.",
					       "dokter",
					       "graaf",
					       "hertog",
					       "keizer",
					       "minister",
					       "pater",
					       "zuster",
					       "noorder",
					       "zuider",
					       "wester",
					       "ooster",
					       "hoge",
					       "lage",
					       "nieuw",
					       "groot",
					       "klein",
					       "baron",
					       "notaris",
					       "kapitein",
					       "ridder",
					       "commissaris",
					       "luitenant",
					       "kolonel",
					       "majoor",
					       "rector",
					       "meester",
					       "deken",
					       "bisschop",
					       "mej.",
					       "mevrouw",
					       "meier",
					       "schout",
					       "jonkheer",
					       "jonkvrouw",
					       "freule",
					       "kornet",
					       "vaandrig",
					       "sergeant",
					       "korporaal",
					       "overste",
					       "maarschalk",
					       "schipper",
					       "baljuw",
					       "drost",
					       "dominee",
					       "rabbijn",
					       "kardinaal",
					       "paus",
					       "abt",
					       "frater",
					       "vicaris",
					       "hertogin",
					       "gravin",
					       "barones",
					       "stadhouder",
					       "gouverneur",
					       "dijkgraaf",
					       "heemraad",
					       "landdrost",
					       "secretaris",
					       "ingenieur",
					       "architect",
					       "veldmaarschalk",
					       "schoolmeester",
					       "hoofdmeester",
					       "veearts",
					       "raadsheer",
					       "zr.",
					       "broeder",
					       "kapt.",
					       "luit.",
					       "kol.",
					       "adm.",
					       "jkvr."};
	return is_one_of(folded, prefixes, G_N_ELEMENTS(prefixes));
}

static gboolean is_particle(const char *folded)
{
	static const char *const particles[] = {"van", "der", "den", "de",  "het",  "ten",
						"ter", "'t",  "op",  "aan", "la",   "in",
						"te",  "en",  "du",  "von", "v.d.", "v."};
	return is_one_of(folded, particles, G_N_ELEMENTS(particles));
}

/* "J." or "A.B." */
static gboolean is_initials(const char *word, gsize length)
{
	return length >= 2 && word[length - 1] == '.' && g_ascii_isupper(word[0]) && length <= 8 &&
	       (length == 2 || word[1] == '.');
}

/* Nothing but particles from here to the name, and a label, a bracket or the start of the line in
 * front. */
static gboolean is_opening(const char *text, gsize low, gsize from, gsize name)
{
	gsize at = from;

	while (at > low && text[at - 1] == ' ')
		at--;
	if (at > low && !strchr(":(\t|", text[at - 1]))
		return FALSE;
	for (at = from; at < name;) {
		gsize end = at;

		while (end < name && text[end] != ' ')
			end++;
		g_autofree char *folded = lw_text_fold(text + at, (gssize)(end - at));
		if (!is_particle(folded))
			return FALSE;
		at = end + 1;
	}
	return TRUE;
}

/* A wider name to the left: "Burgemeester van der Lindenstraat", "Jan Steenstraat", "Laan van
 * Meerdervoort". */
static gsize widen(const LwLexicon *lexicon, const char *text, gsize low, gsize from, gsize stop,
		   gboolean *listed)
{
	static const char *const crossings[] = {"aan", "op", "in", "te"};
	gboolean crossed = FALSE;
	gsize best = from, particles = from,
	      end = from > low && text[from - 1] == ' ' ? from - 1 : from;
	for (int words = 0; words < WORDS_BACK && end < from + 1; words++) {
		gsize start;
		if (end == from && words == 0)
			break;
		gsize word_stop = end;
		if (!word_back(text, low, &end, &start))
			break;
		gsize length = word_stop - start;
		g_autofree char *folded = lw_text_fold(text + start, (gssize)length);
		gboolean capital =
			street_is_capital(text + start, length) || g_ascii_isdigit(text[start]);
		gboolean known = stop - start < NAME_MAX_BYTES &&
				 (flags_of(lexicon, text + start, stop - start) & LW_WORD_STREET);
		*listed |= known && capital;
		guint32 flags = flags_of(lexicon, text + start, length);
		gboolean leads = words == 0 && text[word_stop - 1] == 'e' && stop - from <= 6 &&
				 !g_ascii_isupper(text[from]);
		/* "Marinus de Pagter aan de Noordweg": who lives there, and no street's name */
		gboolean crossing = is_one_of(folded, crossings, G_N_ELEMENTS(crossings));
		gboolean named = (flags & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) &&
				 !(flags & LW_WORD_COMMON);
		if (capital && (known || is_prefix(folded) || is_initials(text + start, length) ||
				(named && !crossed) || leads))
			best = start;
		else if (!is_particle(folded))
			break;
		particles = start;
		crossed |= crossing;
		if (end == start)
			break;
	}
	/* "adres : v.d. Vennestraat" */
	return particles < best && is_opening(text, low, particles, best) ? particles : best;
}

/* Where the street's last word ends: before blanks, one line end, "nr." or "nummer". */
static gsize name_end(const char *text, gsize at)
{
	gsize end = at;
	while (end > 0 && at - end < 3 && strchr(" \n", text[end - 1]))
		end--;
	if (end == at)
		return 0;
	static const char *const joints[] = {"op nummer", "op nr.", "op nr", "nr.",
					     "nr",	  "nummer", "no.",   "huisnummer"};
	for (gsize i = 0; i < G_N_ELEMENTS(joints); i++) {
		gsize size = strlen(joints[i]);
		if (end > size + 1 && !g_ascii_strncasecmp(text + end - size, joints[i], size) &&
		    strchr(" ,", text[end - size - 1])) {
			end -= size + 1;
			while (end > 0 && strchr(" ,", text[end - 1]))
				end--;
			break;
		}
	}
	return end;
}

/* A street without an ending stands at the start of its line or behind a word that leads to an
 * address. */
static gboolean is_led_in(const char *text, gsize low, gsize from)
{
	static const char *const leads[] = {"op",  "aan",  "adres", "woonadres", "de",
					    "het", "naar", "te",    "in"};
	gsize end = from, start;
	while (end > low && strchr(" :", text[end - 1]))
		end--;
	gsize stop = end;
	if (end == low)
		return TRUE;
	if (!word_back(text, low, &end, &start))
		return FALSE;
	g_autofree char *folded = lw_text_fold(text + start, (gssize)(stop - start));
	return is_one_of(folded, leads, G_N_ELEMENTS(leads));
}

/* "Burgemeester van" and "der Lindenstraat 14" on the next line. */
static gboolean goes_on_from_above(const char *text, gsize line, gsize stop)
{
	gsize end = line;
	while (end < stop && is_name_byte((guint8)text[end]))
		end++;
	g_autofree char *folded = lw_text_fold(text + line, (gssize)(end - line));
	return g_ascii_islower(text[line]) && is_particle(folded);
}

static gboolean is_year(const char *word, gsize length)
{
	return length == 4 && (!memcmp(word, "19", 2) || !memcmp(word, "18", 2)) &&
	       g_ascii_isdigit(word[2]) && g_ascii_isdigit(word[3]);
}

/* "Plein 1944 nr. 12": the year belongs to the name. */
static gboolean street_before_year(const char *text, gsize low, gsize year, gsize end,
				   Street *street)
{
	static const char *const kinds[] = {"plein", "laan", "straat", "weg", "kade"};
	gsize stop = end, from;
	if (end >= year || !word_back(text, low, &end, &from))
		return FALSE;
	g_autofree char *folded = lw_text_fold(text + from, (gssize)(stop - from));
	street->from = from;
	street->sure = is_one_of(folded, kinds, G_N_ELEMENTS(kinds)) &&
		       street_is_capital(text + from, stop - from);
	return street->sure;
}

gboolean street_is_counted(const char *text, gsize length)
{
	g_autofree char *folded = lw_text_fold(text, (gssize)length);

	return is_one_of(folded, never, G_N_ELEMENTS(never));
}

/* "Oude Arnhemse weg 260": a road named after where it leads. */
static gboolean is_road_of(const char *text, gsize low, gsize from, const char *folded)
{
	gsize end = from > low && text[from - 1] == ' ' ? from - 1 : from, start;
	gsize stop = end;

	return (!strcmp(folded, "weg") || !strcmp(folded, "straat")) && end < from &&
	       word_back(text, low, &end, &start) &&
	       street_is_capital(text + start, stop - start) && text[stop - 1] == 'e';
}

/* "ik woon nog steeds kouwenhovenseweg 204": somebody lives there. */
static gboolean is_lived_in(const char *text, gsize low, gsize from)
{
	static const char *const words[] = {"woon",	"woont",     "wonen",	"wonend",
					    "wonende",	"woonde",    "adres",	"bezoekadres",
					    "verhuisd", "verblijft", "logeert", "ingeschreven",
					    "huisadres"};
	gsize end = from;
	guint words_back = 0;

	while (end > low && words_back++ < WORDS_BACK) {
		gsize stop, start;

		while (end > low && strchr(" :.,", text[end - 1]))
			end--;
		stop = end;
		if (!word_back(text, low, &end, &start))
			return FALSE;
		g_autofree char *folded = lw_text_fold(text + start, (gssize)(stop - start));
		if (is_one_of(folded, words, G_N_ELEMENTS(words)))
			return TRUE;
		end = start;
	}
	return FALSE;
}

/* "esdoornplantsoen 20" below a name: nothing else on its line. */
static gboolean stands_alone(const char *text, gsize length, gsize low, gsize from, gsize number)
{
	gsize end = number;

	gboolean after_point =
		from > 1 && text[from - 1] == ' ' && strchr(".:?!", text[from - 2]) != NULL;

	if (!after_point && (from > low || (from && text[from - 1] != '\n')))
		return FALSE;
	while (end < length && (g_ascii_isalnum(text[end]) || strchr(" -/", text[end])) &&
	       end - number < STANDS_ALONE)
		end++;
	return end >= length || strchr(after_point ? "\n,." : "\n,", text[end]) != NULL;
}

/* Without folding: most words before a number are none of these. */
static gboolean is_ascii_of(const char *word, gsize length, const char *const *list, gsize count)
{
	for (gsize i = 0; i < count; i++)
		if (strlen(list[i]) == length && !g_ascii_strncasecmp(list[i], word, length))
			return TRUE;
	return FALSE;
}

/* "Rua do Sol 12", "ul. Dluga 8", "Ataturk Caddesi 5", "Baker Street 4": a street of another
 * country has its kind in front, or behind in a word of its own. G_MAXSIZE: none. */
static gsize foreign_start(const char *text, gsize low, gsize stop)
{
	static const char *const fronts[] = {
		"rua",	  "rue",    "calle",	    "avenida",	  "avenue",    "viale",
		"piazza", "plaza",  "pra\303\247a", "ulica",	  "strada",    "rruga",
		"place",  "chemin", "travessa",	    "bulevardul", "chaussee",  "quai",
		"corso",  "jalan",  "impasse",	    "aleja",	  "boulevard", "paseo",
		"carrer", "ulitsa", "ul.",	    "bd.",	  "largo"};
	static const char *const behinds[] = {"street",	 "road",
					      "lane",	 "avenue",
					      "drive",	 "close",
					      "terrace", "caddesi",
					      "sokak",	 "gardens",
					      "utca",	 "utja",
					      "bulvari", "soka\304\237\304\261"};
	static const char *const small[] = {"do",    "da", "dos", "das", "de", "del",
					    "della", "di", "du",  "des", "la", "las",
					    "los",   "le", "les", "von"};
	gsize end = stop, from;

	for (int words = 0; words < WORDS_BACK; words++) {
		gsize word_stop = end;

		if (!word_back(text, low, &end, &from))
			return G_MAXSIZE;
		gsize length = word_stop - from;
		gboolean capital = street_is_capital(text + from, length);

		if (words == 0 && capital && end < from &&
		    is_ascii_of(text + from, length, behinds, G_N_ELEMENTS(behinds))) {
			gsize name = end;

			return word_back(text, low, &name, &from) &&
					       street_is_capital(text + from, end - from)
				       ? from
				       : G_MAXSIZE;
		}
		if (words && (capital || !strncmp(text + from, "ul.", 3)) &&
		    is_ascii_of(text + from, length, fronts, G_N_ELEMENTS(fronts)))
			return from;
		if ((!capital && !is_ascii_of(text + from, length, small, G_N_ELEMENTS(small))) ||
		    end == from)
			return G_MAXSIZE;
	}
	return G_MAXSIZE;
}

/* "Graafdijk Oost", "Havendijk West": the word of the street before its direction, which becomes
 * the last one; FALSE: there is none. */
static gboolean behind_street(const char *text, gsize low, gsize *from, gsize *stop, gsize *end)
{
	static const char *const sides[] = {
		"noord",      "oost",	   "zuid",	"west",	     "nz",	 "oz",
		"zz",	      "wz",	   "n.z.",	"o.z.",	     "z.z.",	 "w.z.",
		"noordzijde", "oostzijde", "zuidzijde", "westzijde", "zuidwest", "noordoost"};
	static const char *const areas[] = {"park", "wijk", "kwartier", "land", "veld",
					    "bos",  "berg", "burg",	"meer", "oord"};
	gsize word, next = *end, last = *end;

	if (*end >= *from ||
	    !is_ascii_of(text + *from, *stop - *from, sides, G_N_ELEMENTS(sides)) ||
	    !word_back(text, low, &next, &word) || !street_is_capital(text + word, last - word))
		return FALSE;
	g_autofree char *folded = lw_text_fold(text + word, (gssize)(last - word));
	/* "Sportpark West 3" is no street */
	if (!has_ending(folded, strong, G_N_ELEMENTS(strong)) &&
	    (!has_ending(folded, weak, G_N_ELEMENTS(weak)) ||
	     has_ending(folded, areas, G_N_ELEMENTS(areas))))
		return FALSE;
	*from = word;
	*stop = last;
	*end = next;
	return TRUE;
}

gboolean street_before(const LwLexicon *lexicon, const char *text, gsize length, gsize at,
		       Street *street)
{
	gsize stop = name_end(text, at), from;
	gsize low = at > NAME_MAX_BYTES ? at - NAME_MAX_BYTES : 0;
	while (low < at && (text[low] & 0xc0) == 0x80)
		low++;
	for (gsize i = stop; i > low; i--)
		if (strchr("\f\t", text[i - 1]) ||
		    (text[i - 1] == '\n' && !goes_on_from_above(text, i, stop)))
			low = i;
	gsize end = stop;
	if (!stop || stop <= low || !word_back(text, low, &end, &from))
		return FALSE;
	gsize foreign = foreign_start(text, low, stop);
	if (foreign != G_MAXSIZE) {
		*street = (Street){.from = foreign, .sure = TRUE};
		return TRUE;
	}
	gboolean sided = behind_street(text, low, &from, &stop, &end);
	g_autofree char *folded = lw_text_fold(text + from, (gssize)(stop - from));
	if (is_year(text + from, stop - from))
		return street_before_year(text, low, from, end, street);
	if ((is_one_of(folded, never, G_N_ELEMENTS(never)) &&
	     !is_road_of(text, low, from, folded)) ||
	    g_ascii_isdigit(folded[0]))
		return FALSE;
	guint32 flags = flags_of(lexicon, text + from, stop - from);
	gboolean listed = (flags & LW_WORD_STREET) != 0, wide = FALSE;
	gboolean firm = sided || has_ending(folded, strong, G_N_ELEMENTS(strong));
	gboolean loose = has_ending(folded, weak, G_N_ELEMENTS(weak));
	gboolean road = is_road_of(text, low, from, folded);
	gboolean capital = street_is_capital(text + from, stop - from) || road;
	firm |= road;
	street->from = widen(lexicon, text, low, from, stop, &wide);
	gboolean wider = street->from < from;
	if (!capital && !(firm && listed) && !(wider && (firm || wide)) &&
	    !(firm &&
	      ((!(flags & LW_WORD_COMMON) && stands_alone(text, length, low, street->from, at)) ||
	       is_lived_in(text, low, street->from))))
		return FALSE;
	if ((flags & LW_WORD_PLACE) && !listed && !wider && !firm &&
	    !is_one_of(folded, weak, G_N_ELEMENTS(weak)))
		return FALSE;
	/* "Laan van Meerdervoort" has no ending at all: its first word is the kind of street. */
	g_autofree char *first = lw_text_fold(text + street->from, (gssize)(stop - street->from));
	gboolean headed =
		wider && (g_str_has_prefix(first, "laan ") || g_str_has_prefix(first, "plein ") ||
			  g_str_has_prefix(first, "hof ") || g_str_has_prefix(first, "kade "));
	gboolean listed_only =
		listed &&
		!(flags & (LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_FIRST_NAME | LW_WORD_SURNAME));
	street->sure = firm || wide || headed ||
		       (listed && loose && !(flags & (LW_WORD_COMMON | LW_WORD_PLACE))) ||
		       (listed_only && is_led_in(text, low, street->from));
	return street->sure || loose || listed || capital;
}
