/* date.c - dates and places of birth, and ages (woo.md 6.14).
 *
 * A date by itself is never personal: only the words of birth before it, or the heading of its
 * column, make it so. */
#include "engine/detect/detect.h"
#include "engine/detect/pattern.h"
#include "engine/detect/street.h"

#include <string.h>

#define TABLE_LINES	300
#define BEHIND_NAME	60 /* bytes */
#define LIKELY_PERSON	0.6f
#define LAST_BIRTH_YEAR 2012 /* younger ones need the word of birth */

#define DAY   "(?:0?[1-9]|[12][0-9]|3[01])"
#define MONTH "(?:0?[1-9]|1[0-2])"
/* Dutch, English and German. */
#define NAMED                                                                                      \
	"(?:jan(?:uari|uary|uar)?|feb(?:ruari|ruary|ruar)?|mrt|maart|march|m\303\244rz|"           \
	"apr(?:il)?|mei|may|mai|juni?|june|juli?|july|aug(?:ustus|ust)?|sept?(?:ember)?|"          \
	"o[kc]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\\.?"
/* A date may be broken over a line at its separators. */
#define BREAK "[ ]?\\n?[ ]{0,4}"
#define YEAR  "(?:19|20)\\n?[0-9]{2}"
#define DATE                                                                                       \
	"(?:" DAY BREAK "([-/.])" BREAK MONTH BREAK "[-/.]" BREAK "(?:" YEAR "|[0-9]{2})|"         \
	"(?:19|20)[0-9]{2}" BREAK "[-/.]" BREAK MONTH BREAK "[-/.]" BREAK DAY "|" DAY              \
	"(?:e|st|nd|rd|th|\\.)?[ \\n-]{1,2}" NAMED "[ \\n-]{1,2}(?:" YEAR "|'?[0-9]{2})|" NAMED    \
	"[ ]" DAY "(?:st|nd|rd|th)?,?[ ](?:19|20)[0-9]{2}|"                                        \
	"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|"                            \
	"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2})(?![0-9])"
#define PLACE                                                                                      \
	"('?[\\p{Lu}][\\p{L}'-]+"                                                                  \
	"(?:[ ](?:aan|den|de|der|het|op|bij|van|over|zoom|'?[\\p{Lu}][\\p{L}'-]+)){0,4})"
/* What may stand between the word of birth and the date. */
#define GAP                                                                                        \
	"(?:[ :.,;=\\n\\t(]|\\bis\\b|\\bop\\b|\\bin\\b|\\bam\\b|\\bon\\b|\\bdatum\\b|-(?=[ ])|"    \
	"d\\.d\\.){0,8}?"

typedef enum {
	PATTERN_BIRTH,
	PATTERN_STAR,
	PATTERN_YEAR,
	PATTERN_PLACE,
	PATTERN_AGE,
	PATTERN_AGED,
	PATTERN_SAID,
	PATTERN_KIN,
	PATTERN_BEHIND,
	PATTERN_HEADING,
	PATTERN_DATE,
	PATTERNS
} Which;

static const char *const regexes[PATTERNS] = {
	[PATTERN_BIRTH] =
		"(?<![\\p{L}0-9])(?i:geboortedatum|geboortedag|geboren|geb\\.?[ ]?datum|"
		"geb\\.?dat\\.?|geb\\.|geb|gebdat|dob|date of birth|birth date|birthdate|born|"
		"d\\.d\\. geboorte|geburtsdatum)(?![\\p{L}])" GAP "(?:(?:te|in|uit|at)[ ]" PLACE
		"[ ,]{1,2}(?:op[ ]|am[ ]|on[ ]|d\\.d\\.[ ])?)?((?i:" DATE "))"
		"(?:,?[ \\n](?:te|in|at)[ ]" PLACE ")?",
	[PATTERN_STAR] =
		"(?<![\\p{L}0-9*])\\*[ ]?((?i:" DATE "))(?:,?[ ](?:te[ ]|in[ ])?" PLACE ")?",
	[PATTERN_YEAR] =
		"(?<![\\p{L}0-9])(?i:geboortejaar|geboren in|geboren anno|born in)[ :]{1,3}"
		"((?:19|20)[0-9]{2})(?![0-9])",
	[PATTERN_PLACE] = "(?<![\\p{L}0-9])(?:(?i:geboorteplaats|geboren te|geboren in|"
			  "geboorteplaats en -land|geburtsort|birthplace|place of birth|born in)"
			  "[ :\\t]{1,4}\\n?)" PLACE,
	[PATTERN_AGE] = "(?<![0-9.,/:\\p{L}-])(1[01][0-9]|[1-9]?[0-9])(?:[.,]5)?"
			"(?:[ -]jarige?|jarige?|"
			"[ -]?(?:jaar|jr\\.?|years|Jahre)(?:[ ](?:oud|jong|old|alt|of age))?|"
			"[ ](?:maanden|weken|months|Monate)[ ](?:oud|old|alt))(?![\\p{L}0-9])",
	[PATTERN_AGED] = "(?<![\\p{L}])(?i:aged|age|alter|leeftijd)(?:[ ]is)?[ :\\t]{1,4}"
			 "(1[01][0-9]|[1-9]?[0-9])(?![0-9\\p{L}/-]|[.,][0-9]|"
			 "[ ](?i:jaar|jr|tot|t/m|years))",
	[PATTERN_SAID] = "(?<![\\p{L}])(?i:hij|zij|ze|ik|he|she)[ ](?i:is|was|ben|werd|wordt)[ ]"
			 "(?:(?:nu|pas|inmiddels|toen)[ ])?([1-9][0-9]?)"
			 "(?=[ ](?:en|and)[ ]|[,.;)](?![0-9]))",
	[PATTERN_KIN] =
		"(?<![\\p{L}])(?i:moeder|vader|zoon|zoontje|dochter|dochtertje|broer|zus|"
		"zusje|broertje|oma|opa|partner|vrouw|man|kind|cli\303\253nt|cli\303\253nte|"
		"bewoner|bewoonster|verdachte|slachtoffer|getuige|buurman|buurvrouw)[ ]"
		"\\(([1-9][0-9]?)\\)",
	[PATTERN_BEHIND] =
		"[ ]?\\((?:(1[01][0-9]|[1-9][0-9]?)(?:[ ](?:jaar|jr\\.?))?|((?i:" DATE
		")))\\)|,[ ]((?i:" DATE "))(?=,?[ ](?:wonend|woonacht|geb|te[ ]|won\\.))",
	[PATTERN_HEADING] = "(?<![\\p{L}])(?i:geboortedatum|geb\\.?[ ]?datum|geboren|geburtsdatum|"
			    "date of birth)(?=[ \\t|]*(?:\\n|[\\p{L}]))",
	[PATTERN_DATE] = "(?<![0-9.,/-])(?i:" DATE ")",
};

static const LwPattern *pattern(Which which)
{
	static LwPattern *patterns[PATTERNS];
	static gsize ready;
	if (g_once_init_enter(&ready)) {
		for (guint i = 0; i < PATTERNS; i++) {
			g_autoptr(GError) error = NULL;
			patterns[i] = lw_pattern_new(regexes[i], &error);
			g_assert_no_error(error);
		}
		g_once_init_leave(&ready, 1);
	}
	return patterns[which];
}

typedef struct {
	const LwDetectContext *context;
	const char *text;
	gsize length;
	LwEntities *found;
} Dates;

static void emit(const Dates *self, LwPatternGroup range, LwKind kind, float score,
		 const char *rule, const char *cue)
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

/* A place's name ends before "op 12 maart" and at the longest name that the list knows. */
static LwPatternGroup trim_place(const Dates *self, LwPatternGroup place)
{
	if (place.start == G_MAXSIZE)
		return place;
	gsize first = place.start, best = 0;
	for (gsize i = place.start; i <= place.end; i++) {
		if (i < place.end && self->text[i] != ' ')
			continue;
		first = first == place.start ? i : first;
		if (street_is_place(self->context->lexicon, self->text + place.start,
				    i - place.start))
			best = i;
	}
	place.end = best ? best : first;
	return place;
}

static void find_births(const Dates *self)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_BIRTH), self->text, self->length, from, groups, NULL);
	     from = groups[0].end) {
		emit(self, groups[2], LW_KIND_BIRTH_DATE, 0.98f, "date/birth", "geboren");
		emit(self, trim_place(self, groups[1]), LW_KIND_BIRTH_PLACE, 0.95f,
		     "date/birth-place", "geboren");
		emit(self, trim_place(self, groups[4]), LW_KIND_BIRTH_PLACE, 0.95f,
		     "date/birth-place", "geboren");
	}
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_STAR), self->text, self->length, from, groups, NULL);
	     from = groups[0].end) {
		emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.85f, "date/birth", "*");
		emit(self, trim_place(self, groups[3]), LW_KIND_BIRTH_PLACE, 0.8f,
		     "date/birth-place", "*");
	}
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_YEAR), self->text, self->length, from, groups, NULL);
	     from = groups[0].end)
		emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.9f, "date/birth-year", "geboren");
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_PLACE), self->text, self->length, from, groups, NULL);
	     from = groups[0].end)
		emit(self, trim_place(self, groups[1]), LW_KIND_BIRTH_PLACE, 0.95f,
		     "date/birth-place", "geboorteplaats");
}

static gsize line_end(const Dates *self, gsize at)
{
	while (at < self->length && self->text[at] != '\n' && self->text[at] != '\f')
		at++;
	return at;
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

static gboolean has_digit(const Dates *self, gsize from, gsize to)
{
	for (gsize i = from; i < to; i++)
		if (g_ascii_isdigit(self->text[i]))
			return TRUE;
	return FALSE;
}

/* Columns, or no more than a few words: not a sentence. */
static gboolean is_heading(const Dates *self, gsize from, gsize to)
{
	guint blanks = 0;
	for (gsize i = from; i + 1 < to; i++) {
		if (strchr("\t|", self->text[i]) ||
		    (self->text[i] == ' ' && self->text[i + 1] == ' '))
			return TRUE;
		blanks += self->text[i] == ' ';
	}
	return blanks <= 4 && self->text[to - 1] != '.' && self->text[to - 1] != ',';
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
		guint index = 0;
		for (gsize from = row;
		     lw_pattern_next(pattern(PATTERN_DATE), self->text, end, from, groups, NULL);
		     from = groups[0].end, index++)
			if (index == column || all == 1)
				emit(self, groups[0], LW_KIND_BIRTH_DATE, 0.9f, "date/birth-column",
				     "geboortedatum");
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

/* Does one of the words end right before `at`, with blanks between? */
static gboolean stands_before(const Dates *self, gsize at, const char *const *words)
{
	while (at > 0 && strchr(" \n(:", self->text[at - 1]))
		at--;
	for (; *words; words++) {
		gsize size = strlen(*words);
		if (at >= size && !g_ascii_strncasecmp(self->text + at - size, *words, size) &&
		    (at == size || !lw_text_is_letter((guint8)self->text[at - size - 1])))
			return TRUE;
	}
	return FALSE;
}

static gboolean stands_behind(const Dates *self, gsize at, const char *const *words)
{
	while (at < self->length && strchr(" \n", self->text[at]))
		at++;
	for (; *words; words++) {
		gsize size = strlen(*words);
		if (self->length - at >= size &&
		    !g_ascii_strncasecmp(self->text + at, *words, size) &&
		    (at + size == self->length || !g_ascii_isalpha(self->text[at + size])))
			return TRUE;
	}
	return FALSE;
}

static gboolean word_within(const Dates *self, gsize from, gsize to, const char *const *words)
{
	for (gsize at = from; at < to; at++) {
		if (at > from && lw_text_is_letter((guint8)self->text[at - 1]))
			continue;
		if (g_ascii_isalpha(self->text[at]) && stands_behind(self, at, words))
			return TRUE;
	}
	return FALSE;
}

static const char *const persons[] = {"ik",
				      "hij",
				      "zij",
				      "ze",
				      "jij",
				      "zoon",
				      "zoontje",
				      "dochter",
				      "dochtertje",
				      "vader",
				      "moeder",
				      "man",
				      "vrouw",
				      "mevrouw",
				      "meneer",
				      "heer",
				      "dhr",
				      "mevr",
				      "mw",
				      "kind",
				      "client",
				      "cli\303\253nt",
				      "betrokkene",
				      "oma",
				      "opa",
				      "broer",
				      "zus",
				      "zusje",
				      "broertje",
				      "melder",
				      "partner",
				      "jongen",
				      "meisje",
				      "buurman",
				      "buurvrouw",
				      "bewoner",
				      "bewoonster",
				      "leerling",
				      "student",
				      "pati\303\253nt",
				      "verdachte",
				      "slachtoffer",
				      "getuige",
				      "aanvrager",
				      "aanvraagster",
				      "persoon",
				      "inwoner",
				      "inwoonster",
				      "neef",
				      "nicht",
				      "echtgenoot",
				      "echtgenote",
				      "weduwe",
				      "weduwnaar",
				      "bestuurder",
				      "fietser",
				      "dame",
				      "medewerker",
				      "collega",
				      "tiener",
				      "peuter",
				      "baby",
				      "kleuter",
				      "kleinzoon",
				      "kleindochter",
				      "vriend",
				      "vriendin",
				      "voetganger",
				      "eiser",
				      "eiseres",
				      "he",
				      "she",
				      "son",
				      "daughter",
				      "mother",
				      "father",
				      "husband",
				      "wife",
				      "child",
				      "patient",
				      "herr",
				      "frau",
				      "sie",
				      "er",
				      "sohn",
				      "tochter",
				      "mutter",
				      "boy",
				      "girl",
				      "mr",
				      "mrs",
				      "ms",
				      NULL};
static const char *const durations[] = {
	"na",	    "sinds",	"gedurende", "elke",	    "ieder",	   "iedere",	"ongeveer",
	"binnen",   "over",	"per",	     "afgelopen",   "ruim",	   "minimaal",	"maximaal",
	"voor",	    "tot",	"vanaf",     "al",	    "komende",	   "laatste",	"eerste",
	"om de",    "minstens", "hooguit",   "circa",	    "bijna",	   "vorige",	"tussen",
	"onder de", "boven de", "duur van",  "termijn van", "periode van", "straf van", NULL};
static const char *const lapses[] = {"geleden",	  "lang",     "later",	 "ervaring",
				     "garantie",  "na",	      "cel",	 "gevangenisstraf",
				     "huur",	  "termijn",  "durend",	 "eerder",
				     "detentie",  "looptijd", "vooruit", "werkzaam",
				     "in dienst", "bewaard",  "bewaren", "tbs",
				     "actief",	  NULL};

/* "de 14-jarige", "14-jarige jongen"; not "5-jarige looptijd" or "25-jarig bestaan". */
static gboolean is_aged_person(const Dates *self, LwPatternGroup range)
{
	gboolean inflected = self->text[range.end - 1] == 'e';
	gsize next = range.end;
	gboolean closed = next >= self->length || strchr(".,;:)\n", self->text[next]);
	gboolean verb = stands_behind(
		self, next,
		(const char *const[]){"is", "heeft", "was", "werd", "wordt", "kan", "wil", NULL});
	return stands_behind(self, next, persons) || (inflected && (closed || verb));
}

static gboolean is_age(const Dates *self, LwPatternGroup range)
{
	const char *unit = self->text + range.start;
	gsize low = range.start > 50 ? range.start - 50 : 0,
	      near = range.start > 24 ? range.start - 24 : 0;
	/* Within the sentence only. */
	for (gsize i = low; i < range.start; i++)
		if (strchr(".!?\f", self->text[i]) && i + 1 < range.start &&
		    self->text[i + 1] == ' ')
			low = i + 1;
	static const char *const label[] = {"leeftijd", "age", NULL};
	static const char *const age_of[] = {"leeftijd van", NULL};
	static const char *const reach[] = {"bereik", "bereikt", "heeft bereikt", "hebben bereikt",
					    NULL};
	static const char *const verbs[] = {"is",   "ist",   "ben", "bent",	 "was",
					    "werd", "wordt", "nu",  "inmiddels", "zijn",
					    "van",  "toen",  NULL};
	if (g_strstr_len(unit, (gssize)(range.end - range.start), "jarig"))
		return is_aged_person(self, range);
	if (stands_before(self, range.start, label))
		return TRUE;
	if (stands_before(self, range.start, age_of))
		return !stands_behind(self, range.end, reach) &&
		       !word_within(self, range.end, MIN(self->length, range.end + 60), reach) &&
		       !word_within(self, near, range.start,
				    (const char *const[]){"vanaf", "minimum", "minimale", "tot",
							  "bereiken", "bereikt", NULL});
	if (stands_before(self, range.start, durations) || stands_behind(self, range.end, lapses))
		return FALSE;
	gboolean closed =
		range.end >= self->length || strchr(".,;)\n", self->text[range.end]) ||
		stands_behind(self, range.end, (const char *const[]){"en", "oud", "jong", NULL}) ||
		g_strstr_len(unit, (gssize)(range.end - range.start), " oud") ||
		g_strstr_len(unit, (gssize)(range.end - range.start), " old") ||
		g_strstr_len(unit, (gssize)(range.end - range.start), " alt");
	char before = range.start ? self->text[range.start - 1] : ' ';
	if (before == '(' && closed)
		return TRUE;
	gboolean apposition = range.start > 2 && self->text[range.start - 2] == ',' && closed;
	gboolean said = stands_before(self, range.start, verbs) || apposition;
	return said && closed && word_within(self, low, range.start, persons);
}

static void find_stated(const Dates *self, Which which, float score, const char *cue)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	for (gsize from = 0;
	     lw_pattern_next(pattern(which), self->text, self->length, from, groups, NULL);
	     from = groups[0].end)
		emit(self, groups[1], LW_KIND_AGE, score, "date/age", cue);
}

static void find_ages(const Dates *self)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	static const LwPatternGroup none = {G_MAXSIZE, G_MAXSIZE};
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_AGE), self->text, self->length, from, groups, NULL);
	     from = groups[0].end)
		emit(self, is_age(self, groups[0]) ? groups[0] : none, LW_KIND_AGE, 0.85f,
		     "date/age", "jaar");
	find_stated(self, PATTERN_AGED, 0.9f, "leeftijd"); /* "Leeftijd: 45", "aged 12" */
	find_stated(self, PATTERN_SAID, 0.7f, "is");	   /* "Hij is 17 en minderjarig" */
	find_stated(self, PATTERN_KIN, 0.8f, "jaar");	   /* "Zijn moeder (72)" */
}

/* A year before this one; two digits of a year say nothing. */
static gboolean is_long_ago(const Dates *self, LwPatternGroup date)
{
	int longest = 0;

	for (gsize i = date.start; i < date.end; i++) {
		int year = atoi(self->text + i);

		if (!i || !g_ascii_isdigit(self->text[i - 1]))
			longest = MAX(longest, year);
	}
	return longest >= 1900 && longest < LAST_BIRTH_YEAR;
}

/* "(12-03-1965)", "(45)", ", 12-03-1965, wonende te": of whom stands before it. */
static void find_behind_name(const Dates *self, gsize name_end)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	gsize end = MIN(self->length, name_end + BEHIND_NAME);

	while ((self->text[end] & 0xc0) == 0x80)
		end--;
	if (!lw_pattern_next(pattern(PATTERN_BEHIND), self->text, end, name_end, groups, NULL) ||
	    groups[0].start != name_end)
		return;
	emit(self, groups[1], LW_KIND_AGE, 0.8f, "date/age", "jaar");
	/* a letter of last year is no birth */
	if (groups[2].start != G_MAXSIZE && is_long_ago(self, groups[2]))
		emit(self, groups[2], LW_KIND_BIRTH_DATE, 0.85f, "date/birth", "geboren");
	emit(self, groups[4], LW_KIND_BIRTH_DATE, 0.9f, "date/birth", "wonende");
}

void lw_detect_dates_of_persons(const LwDetectContext *context, LwEntities *found)
{
	const LwNormal *normal = context->base.normal;
	Dates self = {context, normal->utf8, normal->length, found};
	guint count = found->items->len;

	for (guint i = 0; i < count; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON && entity->score >= LIKELY_PERSON)
			find_behind_name(&self,
					 lw_normal_find(normal, (gsize)entity->span.start +
									entity->span.length));
	}
}

void lw_detect_dates(const LwDetectContext *context, LwEntities *found)
{
	const LwNormal *normal = context->base.normal;
	Dates self = {context, normal->utf8, normal->length, found};
	find_births(&self);
	find_columns(&self);
	find_ages(&self);
}
