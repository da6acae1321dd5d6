/* date.c - dates and places of birth (woo.md 6.14).
 *
 * A date by itself is never personal: only the words of birth before it, or the heading of its
 * column, make it so. */
#include "engine/detect/date.h"

#include "engine/base/text.h"
#include "engine/detect/street.h"

#include <string.h>

#define TABLE_LINES	300
#define BEFORE_BYTES	120 /* a date and a place before "geboren" */
#define LETTER_BYTES	4
#define LAST_BIRTH_YEAR 2012 /* younger ones need the word of birth... */
#define USUAL_YEAR	2025 /* of a document that names none */
#define MOST_YEARS	150

/* What may stand between the word of birth and the date. */
#define GAP                                                                                        \
	"[ \\t]{0,40}+(?:\\.{3,80}|[ "                                                             \
	":.,;=\\n\\t(|/]|\\[(?=[ ])|\\bte\\b(?=[ ]{2}|:)|\\bte "                                   \
	"zijn\\b|\\bis\\b|\\bop\\b|\\ba(?:lhier|ldaar)\\b|\\bden\\b|\\bin\\b|\\bam\\b|\\bon\\b|"   \
	"\\bdatum\\b|-(?=[ ])|te[ ]?/[ ]?op|op[ ]?/[ ]?te|"                                        \
	"d\\.d\\.){0,8}?[ \\t]{0,60}"

typedef enum {
	PATTERN_BIRTH,
	PATTERN_BOTH,
	PATTERN_BEFORE,
	PATTERN_STAR,
	PATTERN_STAR_YEAR,
	PATTERN_YEAR,
	PATTERN_SHORT_YEAR,
	PATTERN_OF_KIN,
	PATTERN_LOOSE,
	PATTERN_SIX,
	PATTERN_SCANNED,
	PATTERN_SCANNED_PLACE,
	PATTERN_OF_SELF,
	PATTERN_PLACE,
	PATTERN_CELL_PLACE,
	PATTERN_CELL_DATE,
	PATTERN_HEADING,
	PATTERN_PRINTED,
	PATTERN_DATE,
	PATTERNS
} Which;

static const char *const regexes[PATTERNS] = {
	[PATTERN_BIRTH] =
		"(?#geb|gb|dob|date of b|birth|born|d.d. g)"
		"(?<![\\p{L}0-9])(?i:geboortedatum|geboorte[ ]?da[ "
		"]?tu(?:m|rn)|geboortedag|geboren|gebdd|geb\\.?d\\.?d|gb|"
		"geb\\.?[ ]?datum|"
		"geb\\.?[ ]?dat\\.?|geb\\.|geb|gebdat|gbdt|dob|date of birth|birth "
		"date|birthdate|born|"
		"d\\.d\\. geboorte|geburtsdatum)(?![\\p{L}])(?:[ ]\\([a-z/-]{2,12}\\))?" GAP
		"(?:(?:(?:te|in|uit|at):?[ ]{1,20})?" PLACE
		"[ ,]{1,30}(?:op:?[ ]{1,3}|am[ ]|on[ ]|d\\.d\\.[ ])?)?((?i:" DATE "))"
		"(?:,?(?:[ \\n]{1,6}((?:te|in|at):?[ ]{1,6})|[ ]{1,2}|[ ]\\(|[ ][-/][ ])" PLACE
		")?",
	[PATTERN_BOTH] =
		"(?#geb)"
		"(?<![\\p{L}0-9])(?i:geboorte[ ]?da[ ]?tu(?:m|rn)|geb\\.?[ ]?dat(?:um|\\.)?)[ "
		"](?i:en|/)[ ]-?"
		"(?i:plaats|pl\\.|geboorteplaats|geb\\.?[ ]?plaats|geb\\.?[ ]?pl\\.?|land)" GAP
		"((?i:" DATE "))(?:(?:,|[ ]\\]|[ ]/)?[ ]{1,3}\\[?[ ]?(?:(?:te|in)[ ])?" PLACE
		"(?:,[ ]" PLACE ")?)?",
	[PATTERN_BEFORE] =
		"(?<![0-9.,/-])((?i:" DATE ")|(?<=in )(?:19|20)[0-9]{2}(?=[ ](?:in|te)[ ]))[ \\n]"
		"(?:(?:te|in)[ ]" PLACE "[ \\n])?geboren(?![\\p{L}])",
	[PATTERN_STAR] = "(?#*|\302\260|\302\272)"
			 "(?<![\\p{L}0-9*])(?:\\*|\302\260|\302\272)[ ]?((?i:" DATE
			 "))(?:,?[ ](?:te[ ]|in[ ])?" PLACE ")?",
	/* "Durk Zijlstra, *1939" */
	[PATTERN_STAR_YEAR] = "(?<=[\\p{L}.)])[,]?[ ]\\(?(?:\\*|\302\260|\302\272)[ "
			      "]?((?:18|19|20)[0-9]{2})(?![0-9])",
	[PATTERN_YEAR] =
		"(?#geb|gbj|jaar van g|born in|jg.)"
		"(?<![\\p{L}0-9])(?i:geboortejaar|geb\\.?[ ]?jaar|geb\\.?[ "
		"]?jr\\.?|gebj\\.?|gbj\\.?|gebdat(?:um)?|"
		"jaar van geboorte|geboren in|geboren anno|born in|geboren|geb\\.?|jg\\.)"
		"[ :(\\n\\t]{1,40}(?:(?i:(?:in|te)[ ])" PLACE "[ ,]{1,2})?(?:(?i:in|anno)[ ])?"
		"((?i:(?:" NAMED "[ \\n]))?(?:19|20)[0-9]{2}|'[0-9]{2})(?![0-9]|[-/.][0-9])",
	/* "geb 04?", "geb. '89" */
	[PATTERN_SHORT_YEAR] =
		"(?#geb)"
		"(?<![\\p{L}0-9])(?i:geb\\.?|geboren(?:[ ]in)?|geb\\.?jr\\.?|geboortejaar)"
		"[ :]{1,2}'?([0-9]{2})(?=[?.,;)\\n]|[ ](?:in|te)[ ]|$)(?![.,][0-9])",
	/* "Geboortedatum komt overeen: 11 VI 1976, Bac\304\203u" */
	[PATTERN_LOOSE] = "(?#geb|birth|date of b|verjaardag|is jarig)"
			  "(?<![\\p{L}])(?i:geboortedatum|geboortedag|geb\\.?[ ]?datum|geb\\.?[ "
			  "]?dat\\.?|birthday|"
			  "birth[ ]?date|date of birth|verjaardag is|is jarig op)"
			  "(?:[ :]{1,2}[\\p{L}]{2,12}){1,5}[ :]{1,2}\\(?((?i:" DATE
			  "))(?:[, ]{1,2}\\(?" PLACE ")?",
	/* "gb 070871", "geb. 070871" */
	[PATTERN_SIX] =
		"(?#gb|gd|geb)"
		"(?<![\\p{L}])(?i:gb|gd|geb|geb\\.?[ ]?dat(?:um)?|geboren|geboortedatum)[ .:]{1,3}"
		"((?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2})(?![0-9])",
	/* "geb. 3O-I-1917 te Raerd": letters that a reader of scans took for figures */
	[PATTERN_SCANNED] =
		"(?#geb)"
		"(?<![\\p{L}])(?i:geb|geb0ren|geboren|geboortedatum)[ .:]{1,12}"
		"([0-9OoIl]{1,2}(?:[ ]?[-./][ ]?[0-9OoIlXxVv]{1,4}[ ]?[-./][ ]?|[ ](?i:" NAMED
		")[ ])[1lI2][0-9OoIlSB]{3})"
		"(?![0-9\\p{L}])(?:[ ]{1,20}te[ ]{1,3}" PLACE ")?",
	/* "geb0ren te Lith den 3den Mei I926" */
	[PATTERN_SCANNED_PLACE] =
		"(?#geb)"
		"(?<![\\p{L}])(?i:geb|geb0ren|geboren)[ .:]{1,3}te[ \\n]{1,3}" PLACE "[ ,\\n]{1,3}"
		"(?:(?:op|den)[ ]{1,2})?"
		"([0-9OIl]{1,2}(?:den|sten|en|e)?[ ]{1,2}(?i:" NAMED ")[ ]{1,2}[1lI2][0-9OIlSB]{3})"
		"(?![0-9\\p{L}])",
	/* "ik ben zelf van 21 desimber 1961" */
	[PATTERN_OF_SELF] = "(?#ik ben|ben ik|hij is|zij is|ze is)"
			    "(?<![\\p{L}])(?i:ik[ ]ben|ben[ ]ik|hij[ ]is|zij[ ]is|ze[ ]is)[ ]"
			    "(?:(?i:zelf|ook|nog|immers)[ ])?(?:van|uit)[ ]((?i:" DATE
			    ")|19[0-9]{2}(?=[.,;)\\n]))",
	/* "uw vader (Soerabaja, 12-VII-1919)" */
	[PATTERN_OF_KIN] = "(?<![\\p{L}])(?i:zoon|zoontje|dochter|dochtertje|moeder|vader|broer|"
			   "broertje|zus|zusje|partner|vrouw|man|kind|echtgenoot|echtgenote|"
			   "leerling|cli\303\253nt|client|betrokkene|verdachte|patient|"
			   "pati\303\253nt|jongen|meisje|oma|opa|grootvader|grootmoeder|tante|oom)"
			   "[ ]\\((?:" PLACE ",[ ])?((?i:" DATE "))(?:,[ ]" PLACE ")?\\)",
	[PATTERN_PLACE] =
		"(?#geb|birthplace|place of b|born in)"
		"(?<![\\p{L}0-9])(?:(?i:geboorteplaats|geboren te|geboren in|"
		"geboorteplaats en -land|geburtsort|birthplace|place of birth|born in|"
		"geboortepl\\.?|geb\\.?[ ]?plaats|geb\\.?[ ]?pl(?:ts)?\\.?)"
		"(?:[ :\\t]{0,60}+\\.{3,80}[ :\\t]{1,4}|[ :\\t]{1,60}(?:\\n|\\[[ ])?))" PLACE,
	[PATTERN_CELL_PLACE] =
		HERE "(?:[ ]{3,80}|[ ]{0,3}[\\t|][ ]{0,40})" PLACE "(?=[ ]{2}|[\\t|\\n]|$)",
	[PATTERN_CELL_DATE] = HERE "(?:[ ]{3,80}|[ ]{0,3}[\\t|][ ]{0,40})((?i:" DATE "))",
	[PATTERN_HEADING] =
		"(?#geb|date of b)"
		"(?<![\\p{L}])(?i:geboortedatum|geb\\.?[ _]?dat(?:um|\\.)?|geboren|geburtsdatum|"
		"date of birth)(?=[ \\t|;,]*(?:\\n|[\\p{L}]))",
	[PATTERN_PRINTED] = HERE "(" DAY "[ ][A-Z]{3}/[A-Z]{3}[ ](?:19|20)[0-9]{2})(?![0-9])"
				 "(?:[ ]{1,20}(\\p{Lu}[\\p{Lu}' -]{2,30}\\p{Lu})(?=[ ]{2}|\\n|$))?",
	[PATTERN_DATE] = "(?<![0-9.,/-])(?i:" DATE ")",
};

static const LwPattern *pattern(Which which)
{
	static LwPattern **patterns;
	return lw_pattern_of(&patterns, regexes, PATTERNS, which);
}

void date_emit(const Dates *self, LwPatternGroup range, LwKind kind, float score, const char *rule,
	       const char *cue)
{
	gsize start, end;
	if (range.start == G_MAXSIZE)
		return;
	lw_normal_range(self->context->base.normal, range.start, range.end, &start, &end);
	LwEntity *entity = lw_entities_add(
		self->found, (LwSpan){(guint32)start, (guint32)(end - start)}, kind, score, rule);
	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = cue;
}

LwPatternGroup date_trim_place(const Dates *self, LwPatternGroup place)
{
	if (place.start == G_MAXSIZE)
		return place;
	gsize first = place.start, best = 0;
	gboolean capitals = TRUE;
	for (gsize i = place.start; i <= place.end; i++) {
		if (i < place.end && self->text[i] != ' ')
			continue;
		/* "Beni Said": as many words with a capital as there are */
		first = capitals ? i : first;
		capitals &= i < place.end && g_ascii_isupper(self->text[i + 1]);
		if (street_is_place(self->context->lexicon, self->text + place.start,
				    i - place.start))
			best = i;
	}
	place.end = best ? best : first;
	return place;
}

int date_years_ago(const Dates *self, LwPatternGroup date)
{
	int longest = 0, pair = -1;

	for (gsize i = date.start; i < date.end; i++) {
		int year = atoi(self->text + i);

		if (i && g_ascii_isdigit(self->text[i - 1]))
			continue;
		longest = MAX(longest, year);
		if (g_ascii_isdigit(self->text[i]))
			pair = year;
	}
	if (longest >= 19000101)
		longest /= 10000; /* 19850219 */
	if (longest > 3000)
		longest %= 10000; /* 19021985 */
	if (longest >= 1900)
		return self->year ? self->year - longest : 0;
	int year = self->year ? self->year : USUAL_YEAR;
	if (pair < 0 || pair > 99)
		return -1;
	return year % 100 < pair ? year - 1900 - pair : year - 2000 - pair;
}

gboolean date_is_long_ago(const Dates *self, LwPatternGroup date)
{
	int longest = 0;

	for (gsize i = date.start; i < date.end; i++) {
		int year = atoi(self->text + i);

		if (!i || !g_ascii_isdigit(self->text[i - 1]))
			longest = MAX(longest, year);
	}
	return longest >= 1800 &&
	       (longest < LAST_BIRTH_YEAR || (self->year && longest + CHILD_YEARS <= self->year));
}

static gboolean is_known_place(const Dates *self, LwPatternGroup place)
{
	LwPatternGroup known = date_trim_place(self, place);

	return known.start != G_MAXSIZE &&
	       street_is_place(self->context->lexicon, self->text + known.start,
			       known.end - known.start);
}

/* "01-01-2008 (Keren)", "11 VI 1976, Bacau.": nothing but a place stands so behind a birth. */
static gboolean is_set_off(const Dates *self, LwPatternGroup place)
{
	gsize length = place.end - place.start;

	if (place.start == G_MAXSIZE || place.start < 2 || length < 3 ||
	    !g_ascii_strncasecmp(self->text + place.end - 2, "nr", 2))
		return FALSE;
	return (self->text[place.start - 1] == '(' || self->text[place.start - 2] == '-' ||
		!memcmp(self->text + place.start - 2, ", ", 2)) &&
	       (place.end >= self->length || strchr(").;\n", self->text[place.end]) ||
		!strncmp(self->text + place.end, " (", 2));
}

static gsize line_end(const Dates *self, gsize at)
{
	while (at < self->length && self->text[at] != '\n' && self->text[at] != '\f')
		at++;
	return at;
}

/* "Geboren op   29-02-1992     18-09-1990": a form about more than one person has a column for
 * each. */
static void find_cells(const Dates *self, Which which, gsize from, gsize limit, LwKind kind)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	while (lw_pattern_next(pattern(which), self->text, limit, from, groups, NULL) &&
	       groups[0].start == from) {
		date_emit(self,
			  kind == LW_KIND_BIRTH_PLACE ? date_trim_place(self, groups[1])
						      : groups[1],
			  kind, 0.9f,
			  kind == LW_KIND_BIRTH_PLACE ? "date/birth-place" : "date/birth-column",
			  "geboren");
		from = groups[1].end;
	}
}

static gboolean has_digit(const Dates *self, gsize from, gsize to)
{
	for (gsize i = from; i < to; i++)
		if (g_ascii_isdigit(self->text[i]))
			return TRUE;
	return FALSE;
}

/* "naam   geb.datum   geb.plaats   nummer": beside another heading, in a line without figures. */
static gboolean is_in_heading(const Dates *self, gsize at)
{
	gsize start = at;

	while (start > 0 && self->text[start - 1] != '\n' && self->text[start - 1] != '\f')
		start--;
	if (has_digit(self, start, line_end(self, at)))
		return FALSE;
	g_autofree char *before = lw_text_fold(self->text + start, (gssize)(at - start));

	return strstr(before, "naam") || strstr(before, "datum") || strstr(before, "geb");
}

/* What patterns find that say all of it themselves: which of their groups is the date, which are
 * places. */
static const struct {
	Which which;
	guint8 date, places[2];
	int least; /* years before the document, or simply long ago; 0: any */
	float score;
	const char *rule, *cue;
} plain_births[] = {
	{PATTERN_BOTH, 1, {3, 4}, 0, 0.98f, "date/birth", "geboortedatum"},
	{PATTERN_STAR, 1, {3, 0}, 0, 0.85f, "date/birth", "*"},
	{PATTERN_YEAR, 2, {1, 0}, 0, 0.9f, "date/birth-year", "geboren"},
	{PATTERN_SCANNED, 1, {2, 0}, 0, 0.8f, "date/birth", "geboren"},
	{PATTERN_SCANNED_PLACE, 2, {1, 0}, 0, 0.8f, "date/birth", "geboren"},
	{PATTERN_SIX, 1, {0, 0}, 0, 0.8f, "date/birth", "geboren"},
	{PATTERN_SHORT_YEAR, 1, {0, 0}, 0, 0.8f, "date/birth-year", "geboren"},
	{PATTERN_STAR_YEAR, 1, {0, 0}, MOST_YEARS, 0.85f, "date/birth-year", "*"},
	{PATTERN_OF_SELF, 1, {0, 0}, GROWN_YEARS, 0.8f, "date/birth", "geboren"},
};

static void find_plain_births(const Dates *self)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];

	for (gsize row = 0; row < G_N_ELEMENTS(plain_births); row++)
		for (gsize from = 0; lw_pattern_next(pattern(plain_births[row].which), self->text,
						     self->length, from, groups, NULL);
		     from = groups[0].end) {
			const guint8 *places = plain_births[row].places;
			LwPatternGroup date = groups[plain_births[row].date];

			if (plain_births[row].least && !date_is_long_ago(self, date) &&
			    date_years_ago(self, date) < plain_births[row].least)
				continue;
			date_emit(self, date, LW_KIND_BIRTH_DATE, plain_births[row].score,
				  plain_births[row].rule, plain_births[row].cue);
			for (guint i = 0; i < 2 && places[i]; i++)
				date_emit(self, date_trim_place(self, groups[places[i]]),
					  LW_KIND_BIRTH_PLACE, MIN(plain_births[row].score, 0.95f),
					  "date/birth-place", plain_births[row].cue);
		}
}

/* "12 mei 1980 te Gouda geboren" */
static void find_dates_before(const Dates *self)
{
	static const char word[] = "geboren";
	LwPatternGroup groups[LW_PATTERN_GROUPS];

	for (const char *at = strstr(self->text, word); at; at = strstr(at + 1, word)) {
		gsize place = (gsize)(at - self->text), from = place - MIN(place, BEFORE_BYTES);
		gsize end = MIN(self->length, place + sizeof(word) + LETTER_BYTES);

		while ((self->text[from] & 0xc0) == 0x80)
			from++;
		while (end < self->length && (self->text[end] & 0xc0) == 0x80)
			end++;
		if (!lw_pattern_next(pattern(PATTERN_BEFORE), self->text, end, from, groups, NULL))
			continue;
		date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.95f, "date/birth", "geboren");
		date_emit(self, date_trim_place(self, groups[3]), LW_KIND_BIRTH_PLACE, 0.95f,
			  "date/birth-place", "geboren");
	}
}

/* "14 MAA/MAR 1987   NADOR": as a passport prints the day and place of birth; those of its issue
 * are not so long ago. */
static void find_printed(const Dates *self)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];

	for (const char *at = strchr(self->text, '/'); at; at = strchr(at + 1, '/')) {
		gsize sign = (gsize)(at - self->text);

		if (sign < 6 || !g_ascii_isupper(at[-1]) || !g_ascii_isupper(at[1]) ||
		    !g_ascii_isupper(at[3]) || at[4] != ' ' ||
		    !lw_pattern_next(pattern(PATTERN_PRINTED), self->text, self->length, sign - 6,
				     groups, NULL) ||
		    (date_years_ago(self, groups[1]) < GROWN_YEARS &&
		     !date_is_long_ago(self, groups[1])))
			continue;
		date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.85f, "date/birth", "geboren");
		date_emit(self, groups[2], LW_KIND_BIRTH_PLACE, 0.8f, "date/birth-place",
			  "geboren");
	}
}

static void find_births(const Dates *self)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];

	find_plain_births(self);
	find_dates_before(self);
	find_printed(self);
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_BIRTH), self->text, self->length, from, groups, NULL);
	     from = groups[0].end) {
		date_emit(self, groups[2], LW_KIND_BIRTH_DATE, 0.98f, "date/birth", "geboren");
		date_emit(self, date_trim_place(self, groups[1]), LW_KIND_BIRTH_PLACE, 0.95f,
			  "date/birth-place", "geboren");
		/* "geb 02/11/1988 Schiedam": without a word between only what the list knows */
		if (groups[4].start != G_MAXSIZE || is_known_place(self, groups[5]) ||
		    is_set_off(self, groups[5]))
			date_emit(self, date_trim_place(self, groups[5]), LW_KIND_BIRTH_PLACE,
				  0.95f, "date/birth-place", "geboren");
		find_cells(self, PATTERN_CELL_DATE, groups[0].end, line_end(self, groups[0].end),
			   LW_KIND_BIRTH_DATE);
	}
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_LOOSE), self->text, self->length, from, groups, NULL);
	     from = groups[0].end) {
		date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.8f, "date/birth", "geboortedatum");
		if (is_known_place(self, groups[3]) || is_set_off(self, groups[3]))
			date_emit(self, date_trim_place(self, groups[3]), LW_KIND_BIRTH_PLACE, 0.7f,
				  "date/birth-place", "geboortedatum");
	}
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_OF_KIN), self->text, self->length, from, groups, NULL);
	     from = groups[0].end) {
		if (date_years_ago(self, groups[2]) < CHILD_YEARS &&
		    !date_is_long_ago(self, groups[2]))
			continue;
		date_emit(self, groups[2], LW_KIND_BIRTH_DATE, 0.8f, "date/birth", "geboren");
		for (guint place = 1; place <= 4; place += 3)
			date_emit(self, groups[place], LW_KIND_BIRTH_PLACE, 0.8f,
				  "date/birth-place", "geboren");
	}
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_PLACE), self->text, self->length, from, groups, NULL);
	     from = groups[0].end) {
		if (is_in_heading(self, groups[0].start))
			continue;
		/* "Geboorteplaats: Kamp Vught": all of the field */
		gboolean whole = groups[0].end >= self->length ||
				 strchr("\n\t|", self->text[groups[0].end]) != NULL;
		date_emit(self, whole ? groups[1] : date_trim_place(self, groups[1]),
			  LW_KIND_BIRTH_PLACE, 0.95f, "date/birth-place", "geboorteplaats");
		find_cells(self, PATTERN_CELL_PLACE, groups[0].end, line_end(self, groups[0].end),
			   LW_KIND_BIRTH_PLACE);
	}
}

/* How many headings of dates stand in [from, to). */
static guint date_headings(const Dates *self, gsize from, gsize to)
{
	static const char *const words[] = {"datum", "geboren", "ingang",
					    "sinds", "begin",	"einde"};
	g_autofree char *line = lw_text_fold(self->text + from, (gssize)(to - from));
	guint count = 0;
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		for (const char *hit = strstr(line, words[i]); hit; hit = strstr(hit + 1, words[i]))
			count++;
	return count;
}

/* Columns, or no more than a few words: not a sentence. */
static gboolean is_heading(const Dates *self, gsize from, gsize to)
{
	guint blanks = 0;
	for (gsize i = from; i + 1 < to; i++) {
		if (strchr("\t|;", self->text[i]) ||
		    (self->text[i] == ' ' && self->text[i + 1] == ' '))
			return TRUE;
		blanks += self->text[i] == ' ';
	}
	return blanks <= 4 && self->text[to - 1] != '.' && self->text[to - 1] != ',';
}

static guint signs_before(const Dates *self, gsize from, gsize to)
{
	guint signs = 0;
	for (gsize i = from; i < to; i++)
		signs += self->text[i] == '\t';
	return signs;
}

/* "1979" alone in its cell. */
static void find_year_cell(const Dates *self, guint column, gsize row, gsize end)
{
	gsize at = row;

	while (at < end && column)
		column -= self->text[at++] == '\t';
	while (at < end && strchr(" *", self->text[at]))
		at++;
	gsize last = at;
	while (last < end && g_ascii_isdigit(self->text[last]))
		last++;
	gsize stop = last;
	while (stop < end && self->text[stop] == ' ')
		stop++;
	if (!column && last == at + 4 && (stop == end || self->text[stop] == '\t') &&
	    (!memcmp(self->text + at, "19", 2) || !memcmp(self->text + at, "20", 2)))
		date_emit(self, (LwPatternGroup){at, last}, LW_KIND_BIRTH_DATE, 0.9f,
			  "date/birth-column", "geboortedatum");
}

static guint count_dates(const Dates *self, gsize from, gsize to)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	guint dates = 0;

	for (; lw_pattern_next(pattern(PATTERN_DATE), self->text, to, from, groups, NULL);
	     from = groups[0].end)
		dates++;
	return dates;
}

/* The column of birth dates under a heading line: the date with the heading's number among the
 * dates of each row. */
static void find_column(const Dates *self, gsize heading, gsize heading_end)
{
	gsize start = heading;
	while (start > 0 && self->text[start - 1] != '\n' && self->text[start - 1] != '\f')
		start--;
	gsize end = line_end(self, heading);
	gboolean tabs = memchr(self->text + start, '\t', end - start) != NULL;
	if (has_digit(self, start, end) || !is_heading(self, start, end))
		return;
	guint column = date_headings(self, start, heading), all = date_headings(self, start, end);
	(void)heading_end;
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	for (int lines = 0; lines < TABLE_LINES && end < self->length && self->text[end] == '\n';
	     lines++) {
		gsize row = end + 1;
		end = line_end(self, row);
		/* the table ends at an empty line, at one without cells, and where another begins
		 */
		if (end == row || (tabs && !memchr(self->text + row, '\t', end - row)) ||
		    (date_headings(self, row, end) && !has_digit(self, row, end)))
			break;
		guint index = 0, dates = count_dates(self, row, end);
		if (tabs)
			find_year_cell(self, signs_before(self, start, heading), row, end);
		/* more dates than headings of dates: only the cells tell which is meant */
		if (dates > 1 && all <= 1)
			continue;
		for (gsize from = row;
		     lw_pattern_next(pattern(PATTERN_DATE), self->text, end, from, groups, NULL);
		     from = groups[0].end, index++)
			if (index == column || all == 1)
				date_emit(self, groups[0], LW_KIND_BIRTH_DATE, 0.9f,
					  "date/birth-column", "geboortedatum");
	}
}

static void find_columns(const Dates *self)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	for (gsize from = 0; lw_pattern_next(pattern(PATTERN_HEADING), self->text, self->length,
					     from, groups, NULL);
	     from = line_end(self, groups[0].end))
		find_column(self, groups[0].start, groups[0].end);
}

void lw_detect_dates(const LwDetectContext *context, LwEntities *found)
{
	const LwNormal *normal = context->base.normal;
	Dates self = {context, normal->utf8, normal->length, found, context->year};
	find_births(&self);
	find_columns(&self);
}
