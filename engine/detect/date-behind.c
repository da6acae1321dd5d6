/* date-behind.c - dates right behind a name, when the names are found: "(12-03-1965)", "(45)", ",
 * 1987". */
#include "engine/detect/date.h"

#include "engine/base/text.h"

#include <string.h>

#define BEHIND_NAME   60 /* bytes */
#define CHILD_REACH   160
#define FAMILY_LINE   80
#define LIKELY_PERSON 0.6f
#define SHORTEST_LIFE 25
#define ROW_YEARS     5	 /* a date in a row, before the document: no start of a job */
#define ROW_NAME      48 /* bytes of a name that opens a row */

typedef enum {
	PATTERN_FAMILY,
	PATTERN_LIFE,
	PATTERN_WITH_SEX,
	PATTERN_WITH_PLACE,
	PATTERN_QUOTED,
	PATTERN_BEHIND,
	PATTERNS
} Which;

static const char *const regexes[PATTERNS] = {
	[PATTERN_BEHIND] = HERE
	"(?:[ ]?\\((?:(1[01][0-9]|[1-9][0-9]?)(?:[ ]?(?:jaar|jr\\.?|j\\.?))?(?!\\)[ "
	"][0-9])|((?i:" DATE "))|((?:19|20)[0-9]{2})(?=,[ ]\\p{Lu}\\p{L}+\\)|\\)(?:[ "
	"](?:\\+|en|met|is|heeft|woon\\p{L}*|tel|telegram|"
	"paspoort|kamer|uit)|,[ ]\\p{Lu}\\p{L}+[ ]\\(|[ ]?\\n|$)))\\)|,[ ]((?i:" DATE
	"))(?=,?[ ](?:wonend|woonacht|geb|te[ ]|won\\.))|,[ ]((?i:" DATE "))(?=[.;\\n]|,[ ]|$))",
	/* "(1960-2021)", "(v, 1960)" */
	[PATTERN_LIFE] =
		HERE "(?|(?:[ ]?\\(|,?[ ]{1,3})((?:" DAY "-" MONTH "-)?(?:18|19|20)[0-9]{2})"
		     "[ ]?-[ ]?((?:18|19|20)[0-9]{2})(?=[).,;\\n]|$)|"
		     "[ ]?\\((?i:m|v|man|vrouw|x)[,/][ ]?((?:18|19|20)[0-9]{2})()(?=[),;]))",
	/* "Quincy Doran ('89)", "Amanuel G., eritrees, '98," */
	[PATTERN_QUOTED] =
		HERE "[^\\n()0-9]{0,24}(?:[ ]?\\(|,[ ])['\342\200\230\342\200\231]{1,3}([0-9]{2})"
		     "(?=[),;])",
	/* "uw broer Filmon (1996, Keren)", "Bram Kok (12-3-1980, Goes)" */
	[PATTERN_WITH_PLACE] =
		HERE "[ ]?\\(((?:19|20)[0-9]{2}|(?i:" DATE ")),[ ](?:te[ ])?" PLACE "\\)",
	/* "Jansen-Bakker, H. (v), 12-03-1948" */
	[PATTERN_WITH_SEX] = HERE "[ ]?\\((?i:m|v|man|vrouw)\\),?[ ]((?i:" DATE "))",
	/* "moeder   Camila Souza    1990", "Betrokkene: Giovanni Rosaria, 17-11-1998, Curacao" */
	[PATTERN_FAMILY] = HERE "(?:,[ ]|[ ]{2,40}|[ ]?[\\t|][ ]{0,20})((?i:" DATE
				")|(?:19|20)[0-9]{2})(?=[ ]?(?:[,;|\\n\\t]|[ ]{2}|$))",
};

static const LwPattern *pattern(Which which)
{
	static LwPattern **patterns;
	return lw_pattern_of(&patterns, regexes, PATTERNS, which);
}

/* "Kinderen: Jayvian (14-02-2014)": on this line before the name. */
static gboolean is_of_child(const Dates *self, gsize name_end)
{
	static const char *const children[] = {"kind",	    "zoon",	  "dochter",  "kids",
					       "jongen",    "meisje",	  "leerling", "tweeling",
					       "gezinslid", "gezinsleden"};
	gsize from = name_end > CHILD_REACH ? name_end - CHILD_REACH : 0;
	for (gsize i = name_end; i > from; i--)
		if (strchr("\n\f", self->text[i - 1]))
			from = i;
	while ((self->text[from] & 0xc0) == 0x80)
		from++;
	g_autofree char *line = lw_text_fold(self->text + from, (gssize)(name_end - from));
	for (gsize i = 0; i < G_N_ELEMENTS(children); i++)
		if (strstr(line, children[i]))
			return TRUE;
	return FALSE;
}

/* Nothing but figures stands before the name, and a tab or a wide gap behind it. */
static gboolean opens_row(const Dates *self, gsize line, gsize name_end)
{
	const char *text = self->text;
	gsize start = line;

	while (start < name_end &&
	       (g_ascii_isdigit(text[start]) || strchr(". \t|-/:", text[start])))
		start++;
	return name_end - start < ROW_NAME && !memchr(text + start, '\t', name_end - start) &&
	       (strchr("\t|", text[name_end]) || !strncmp(text + name_end, "  ", 2) ||
		!strncmp(text + name_end, " |", 2));
}

/* A line of a family or of a file begins with who it is about: the date behind the name is of
 * birth. */
static void find_family(const Dates *self, gsize name_end, gsize end)
{
	static const char *const words[] = {
		"moeder",   "vader",   "kind",	     "zoon",	   "dochter",
		"broer",    "zus",     "partner",    "client",	   "betrokkene",
		"ouder",    "oma",     "opa",	     "verdachte",  "slachtoffer",
		"leerling", "patient", "echtgenoot", "echtgenote", "belanghebbende"};
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	gsize line = name_end, stop;
	gboolean person = FALSE;

	while (line > 0 && name_end - line < FAMILY_LINE && !strchr("\n\f", self->text[line - 1]))
		line--;
	while (line < name_end && strchr(" -*\t", self->text[line]))
		line++;
	for (stop = line; stop < name_end &&
			  (g_ascii_isalpha(self->text[stop]) || (guint8)self->text[stop] >= 0x80);)
		stop++;
	g_autofree char *folded = lw_text_fold(self->text + line, (gssize)(stop - line));
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		person |= strcmp(folded, words[i]) == 0;
	/* "Haddad, Jad	04-01-2013	Walstraat 88": the cell beside who opens the row */
	if (!person &&
	    lw_pattern_next(pattern(PATTERN_FAMILY), self->text, end, name_end, groups, NULL) &&
	    groups[0].start == name_end && opens_row(self, line, name_end) &&
	    groups[1].end - groups[1].start > 4 && date_years_ago(self, groups[1]) >= ROW_YEARS)
		date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.7f, "date/birth-row", "geboren");
	if (person &&
	    lw_pattern_next(pattern(PATTERN_FAMILY), self->text, end, name_end, groups, NULL) &&
	    groups[0].start == name_end)
		date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.85f, "date/birth", "geboren");
}

/* A term of office is shorter than a life. */
static void find_life(const Dates *self, gsize name_end, gsize end)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];

	if (!lw_pattern_next(pattern(PATTERN_LIFE), self->text, end, name_end, groups, NULL) ||
	    groups[0].start != name_end)
		return;
	if (groups[2].end > groups[2].start &&
	    atoi(self->text + groups[2].start) <
		    atoi(self->text + groups[1].end - 4) + SHORTEST_LIFE)
		return;
	date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.8f, "date/birth-year", "geboren");
}

/* "(12-03-1965)", "(45)", "(1987)", ", 12-03-1965, wonende te": of whom stands before it. */
static void find_behind_name(const Dates *self, gsize name_end)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	gsize end = MIN(self->length, name_end + BEHIND_NAME);

	while ((self->text[end] & 0xc0) == 0x80)
		end--;
	find_family(self, name_end, end);
	find_life(self, name_end, end);
	if (lw_pattern_next(pattern(PATTERN_WITH_SEX), self->text, end, name_end, groups, NULL) &&
	    groups[0].start == name_end)
		date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.8f, "date/birth", "geboren");
	if (lw_pattern_next(pattern(PATTERN_WITH_PLACE), self->text, end, name_end, groups, NULL) &&
	    groups[0].start == name_end &&
	    (date_is_long_ago(self, groups[1]) || date_years_ago(self, groups[1]) >= CHILD_YEARS)) {
		date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.8f, "date/birth", "geboren");
		date_emit(self, date_trim_place(self, groups[3]), LW_KIND_BIRTH_PLACE, 0.7f,
			  "date/birth-place", "geboren");
	}
	if (lw_pattern_next(pattern(PATTERN_QUOTED), self->text, end, name_end, groups, NULL) &&
	    groups[0].start == name_end)
		date_emit(self, groups[1], LW_KIND_BIRTH_DATE, 0.8f, "date/birth-year", "geboren");
	if (!lw_pattern_next(pattern(PATTERN_BEHIND), self->text, end, name_end, groups, NULL) ||
	    groups[0].start != name_end)
		return;
	date_emit(self, groups[1], LW_KIND_AGE, 0.8f, "date/age", "jaar");
	/* a letter of last year is no birth */
	if (groups[2].start != G_MAXSIZE &&
	    (date_is_long_ago(self, groups[2]) || date_years_ago(self, groups[2]) >= CHILD_YEARS ||
	     is_of_child(self, name_end)))
		date_emit(self, groups[2], LW_KIND_BIRTH_DATE, 0.85f, "date/birth", "geboren");
	if (groups[4].start != G_MAXSIZE && date_is_long_ago(self, groups[4]))
		date_emit(self, groups[4], LW_KIND_BIRTH_DATE, 0.7f, "date/birth-year", "geboren");
	date_emit(self, groups[5], LW_KIND_BIRTH_DATE, 0.9f, "date/birth", "wonende");
	/* "Luciana Ferreira, 12 mei 93." */
	if (groups[7].start != G_MAXSIZE && date_years_ago(self, groups[7]) >= GROWN_YEARS)
		date_emit(self, groups[7], LW_KIND_BIRTH_DATE, 0.8f, "date/birth", "geboren");
}

void lw_detect_dates_of_persons(const LwDetectContext *context, LwEntities *found)
{
	const LwNormal *normal = context->base.normal;
	Dates self = {context, normal->utf8, normal->length, found, context->year};
	guint count = found->items->len;

	for (guint i = 0; i < count; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON && entity->score >= LIKELY_PERSON)
			find_behind_name(&self,
					 lw_normal_find(normal, (gsize)entity->span.start +
									entity->span.length));
	}
}
