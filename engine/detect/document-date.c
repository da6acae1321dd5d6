/* document-date.c - the day that a document is of, read from the document itself.
 *
 * The first date behind a word such as "Datum" or "Sent", or behind a place at the start of a line,
 * or that ends a document ("vastgesteld op"). Any other date is about something else. 0 is no date:
 * who asks has to do without. */
#include "engine/detect/detect.h"
#include "engine/detect/pattern.h"

#include "engine/base/text.h"

#include <string.h>

#define DAY   "(0?[1-9]|[12][0-9]|3[01])"
#define MONTH "(0?[1-9]|1[0-2])"
#define YEAR  "((?:19|20)[0-9]{2})"
#define NAME                                                                                       \
	"(jan|feb|maa|mrt|mar|m\303\244r|apr|mei|may|mai|jun|jul|aug|sep|okt|oct|nov|dec|dez)"     \
	"\\p{L}{0,6}\\.?"

enum { LATEST_YEAR = 2030 }; /* what lies further away is a plan */

enum { HEAD_BYTES = 16 * 1024, TAIL_BYTES = 4 * 1024, LINE_BYTES = 200, SHORT = 4 };

typedef enum { FORM_NUMBERS, FORM_ISO, FORM_NAMED, FORM_ENGLISH, FORMS } Form;

#define WHOLE(openings, regex) "(?#" openings ")(?i)(?<![0-9.,/-])" regex "(?![0-9])"

/* Which group is the day, the month and the year. */
static const struct {
	guint8 day, month, year;
} forms[FORMS] = {
	[FORM_NUMBERS] = {1, 2, 3},
	[FORM_ISO] = {3, 2, 1},
	[FORM_NAMED] = {1, 2, 3},
	[FORM_ENGLISH] = {2, 1, 3},
};

typedef struct {
	gsize start, end;
	guint32 date;
} Dated;

static const LwPattern *pattern(Form form)
{
	static const char *const regexes[FORMS] = {
		[FORM_NUMBERS] = WHOLE("#", DAY "[ ]?[-/.][ ]?" MONTH "[ ]?[-/.][ ]?" YEAR),
		[FORM_ISO] = WHOLE("#", YEAR "-" MONTH "-" DAY),
		[FORM_NAMED] = WHOLE("#", DAY "(?:e|\\.)?[ -]" NAME "[ -]" YEAR),
		[FORM_ENGLISH] = WHOLE("ja|f|m|ap|ju|au|s|o|n|d", NAME "[ ]" DAY ",?[ ]" YEAR),
	};
	static LwPattern **patterns;

	return lw_pattern_of(&patterns, regexes, FORMS, form);
}

static guint32 month_of(const char *name)
{
	static const char months[] = "janfebmaaaprmeijunjulaugsepoktnovdec";
	static const struct {
		const char *other, *own;
	} same[] = {{"mrt", "maa"}, {"mar", "maa"}, {"m\303\244r", "maa"}, {"may", "mei"},
		    {"mai", "mei"}, {"oct", "okt"}, {"dez", "dec"}};
	g_autofree char *lower = g_utf8_strdown(name, -1);
	const char *found = lower;

	for (guint i = 0; i < G_N_ELEMENTS(same); i++)
		if (g_str_has_prefix(lower, same[i].other))
			found = same[i].own;
	for (guint32 month = 0; month < 12; month++)
		if (!strncmp(found, months + 3 * month, 3))
			return month + 1;
	return 0;
}

static guint32 number_in(const char *text, LwPatternGroup group)
{
	return (guint32)g_ascii_strtoull(text + group.start, NULL, 10);
}

static guint32 date_in(const char *text, Form form, const LwPatternGroup *groups)
{
	LwPatternGroup named = groups[forms[form].month];
	guint32 day = number_in(text, groups[forms[form].day]);
	guint32 year = number_in(text, groups[forms[form].year]), month;
	g_autofree char *name = g_strndup(text + named.start, named.end - named.start);

	month = g_ascii_isdigit(*name) ? number_in(text, named) : month_of(name);
	if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
		return 0;
	return year * 10000 + month * 100 + day;
}

/* Dates of a text in their order; each form goes on where it stopped. */
typedef struct {
	const char *text;
	gsize length;
	Dated next[FORMS]; /* start G_MAXSIZE: no more */
} Search;

static void search_form(Search *search, Form form, gsize from)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];

	search->next[form].start = G_MAXSIZE;
	if (lw_pattern_next(pattern(form), search->text, search->length, from, groups, NULL))
		search->next[form] = (Dated){groups[0].start, groups[0].end,
					     date_in(search->text, form, groups)};
}

/* The first date at or after a place, which only moves on. */
static gboolean next_date(Search *search, gsize from, Dated *found)
{
	*found = (Dated){.start = G_MAXSIZE};
	for (guint form = 0; form < FORMS; form++) {
		if (search->next[form].start < from)
			search_form(search, form, from);
		if (search->next[form].start < found->start)
			*found = search->next[form];
	}
	return found->start < G_MAXSIZE;
}

static gsize line_start(const char *text, gsize at)
{
	gsize start = at;

	while (start > 0 && at - start < LINE_BYTES && !strchr("\n\f", text[start - 1]))
		start--;
	return start;
}

/* What stands on the line before the date, and with no more than "van" there the line above
 * too: a line breaks before "op 3 mei". Folded. */
static char *words_before(const char *text, gsize at)
{
	gsize start = line_start(text, at);
	guint letters = 0;
	g_autofree char *line = NULL;

	for (gsize i = start; i < at; i++)
		letters += g_ascii_isalnum(text[i]);
	if (letters < SHORT && start > 0 && text[start - 1] == '\n')
		start = line_start(text, start - 1);
	line = g_strstrip(g_strndup(text + start, at - start));
	g_strdelimit(line, "\n", ' ');
	return lw_text_fold(line, -1);
}

/* A whole word of the list stands in the text; a word that begins with it counts when it ends in *.
 */
static gboolean has_word(const char *text, const char *const *words)
{
	for (; *words; words++) {
		gsize length = strlen(*words);
		gboolean open = (*words)[length - 1] == '*';

		length -= open;
		for (const char *at = text; *at; at++)
			if (!strncmp(at, *words, length) &&
			    (at == text || !g_ascii_isalpha(at[-1])) &&
			    (open || !g_ascii_isalpha(at[length])))
				return TRUE;
	}
	return FALSE;
}

/* "Utrecht, 3 februari": a few words and a comma, at the start of the line. */
static gboolean is_place(const char *before)
{
	gsize length = strlen(before);
	guint words = 1;

	for (const char *c = before; *c; c++) {
		words += *c == ' ';
		if (g_ascii_isdigit(*c) || *c == ':' || (*c == ',' && c[1]))
			return FALSE;
	}
	return length > 2 && before[length - 1] == ',' && words <= 4;
}

/* What tells that the date is that of the document, and what tells that it is not. */
static gboolean is_headed(const char *before)
{
	static const char *const own[] = {"datum",	    "date",
					  "verzonden",	    "verzenddatum",
					  "dagtekening",    "sent",
					  "gesendet",	    "gehouden",
					  "vergadering",    "vergaderdatum",
					  "besluitenlijst", "zitting",
					  "opgemaakt",	    NULL};
	static const char *const other[] = {"geb*",	 "birth",     "functie", "ingang*", "uw",
					    "einddatum", "peildatum", "besluit", "tot",	    "vanaf",
					    "sinds",	 "kenmerk",   NULL};

	return (has_word(before, own) && !has_word(before, other)) || is_place(before);
}

static gboolean is_closing(const char *before)
{
	static const char *const own[] = {"aldus", "vastgesteld", "ondertekend", "getekend", NULL};

	return has_word(before, own) || is_place(before);
}

static guint32 first_date(const char *text, gsize to, gboolean (*is_ours)(const char *before))
{
	Search search = {.text = text, .length = to};
	Dated found;

	for (guint form = 0; form < FORMS; form++)
		search_form(&search, form, 0);
	for (gsize from = 0; next_date(&search, from, &found); from = found.end) {
		g_autofree char *before = words_before(text, found.start);

		if (found.date && is_ours(before))
			return found.date;
	}
	return 0;
}

guint32 lw_document_date(const LwDocument *document)
{
	const char *text = document->text ? document->text : "";
	g_autoptr(LwNormal) normal = NULL;
	gsize head = MIN(document->length, HEAD_BYTES);
	gsize tail = document->length > TAIL_BYTES ? document->length - TAIL_BYTES : 0;
	guint32 date;

	while (head < document->length && (text[head] & 0xC0) == 0x80)
		head++;
	normal = lw_normal_new(text, head);
	date = first_date(normal->utf8, normal->length, is_headed);
	if (date)
		return date;
	while (tail < document->length && (text[tail] & 0xC0) == 0x80)
		tail++;
	lw_normal_free(g_steal_pointer(&normal));
	normal = lw_normal_new(text + tail, document->length - tail);
	return first_date(normal->utf8, normal->length, is_closing);
}

static int latest_year(const LwNormal *normal)
{
	int latest = 0;

	for (gsize i = 0; i + 4 <= normal->length; i++) {
		const char *at = normal->utf8 + i;

		if (at[0] == '2' && at[1] == '0' && (i == 0 || !g_ascii_isalnum(at[-1])) &&
		    g_ascii_isdigit(at[2]) && g_ascii_isdigit(at[3]) && !g_ascii_isalnum(at[4]))
			latest = MAX(latest, MIN(atoi(at), LATEST_YEAR));
	}
	return latest;
}

int lw_document_year(const LwDetectContext *context)
{
	int year = (int)(context->date / 10000);

	return year ? year : latest_year(context->base.normal);
}
