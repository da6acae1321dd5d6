/* birth-table.c - dates and years of birth, and ages, in the cells of a table.
 *
 * By the heading of their column ("Geb.jr", "Lft"), or, where no heading tells, because most cells
 * of a column hold a date or year that lies long and variously before the document, each in the row
 * of a person. A cell counts only when nothing else is in it. */
#include "engine/detect/cells.h"
#include "engine/detect/detect.h"

#include <string.h>

#define SCORE_HEADED  0.9f
#define SCORE_COLUMN  0.75f
#define MAX_ROWS      2000
#define LEAST_ROWS    3
#define LEAST_AGO     4 /* years before the document */
#define LEAST_SPREAD  3 /* years between the first and the last */
#define MOST_AGO      110
#define OTHER_LINES   3	   /* without cells, between the rows of a table */
#define USUAL_YEAR    2025 /* of a document that names none */
#define MOST_AGE      115
#define DATE_BYTES    24
#define NAME_TOKENS   6
#define PLACE_TOKENS  4
#define MAX_NUMBERS   3
#define MOST_DAY      31
#define MOST_MONTH    12
#define SHARE_PERCENT 60

typedef struct {
	const LwDetectContext *context;
	const LwTokens *tokens;
	guint8 *persons; /* by token */
	int year;	 /* of the document */
	gboolean headed; /* a heading tells of births */
	LwEntities *found;
} Tables;

/* A name of a month begins so. */
static gboolean is_month(const char *word)
{
	static const char months[] = "janfebmaamrtaprmeijunjulaugsepoktnovdec";

	for (const char *month = months; *month; month += 3)
		if (strncmp(word, month, 3) == 0)
			return TRUE;
	return FALSE;
}

int lw_year_of_date(const char *text, gsize length, int year)
{
	int numbers[MAX_NUMBERS] = {0};
	guint digits[MAX_NUMBERS] = {0}, count = 0, months = 0;

	if (length > DATE_BYTES)
		return 0;
	for (gsize i = 0; i < length;) {
		if (g_ascii_isdigit(text[i])) {
			if (count == MAX_NUMBERS)
				return 0;
			for (; i < length && g_ascii_isdigit(text[i]) && digits[count] < 9; i++) {
				numbers[count] = numbers[count] * 10 + (text[i] - '0');
				digits[count]++;
			}
			count++;
		} else if (g_ascii_isalpha(text[i])) {
			char word[4] = "";

			for (gsize at = 0; at < 3 && i + at < length; at++)
				word[at] = g_ascii_tolower(text[i + at]);
			if (months++ || !is_month(word))
				return 0;
			while (i < length && g_ascii_isalpha(text[i]))
				i++;
		} else if (strchr(" -/.'*", text[i])) {
			i++;
		} else {
			return 0;
		}
	}
	if (count == 1 && digits[0] == 4 && !months)
		return numbers[0];
	if (count == 1 && digits[0] == 2 && !months && *text == '\'')
		return numbers[0] + (numbers[0] > year % 100 ? 1900 : 2000);
	/* "09-2022" */
	if (count + months == 2 && digits[count - 1] == 4 &&
	    (months || (digits[0] <= 2 && numbers[0] >= 1 && numbers[0] <= MOST_MONTH)))
		return numbers[count - 1];
	if (count + months != 3)
		return 0;
	if (digits[0] == 4)
		return numbers[0];
	if (digits[count - 1] == 4)
		return numbers[count - 1];
	if (digits[count - 1] != 2 || digits[0] > 2)
		return 0;
	/* "51 20 03" */
	if (!months && (numbers[0] > MOST_DAY || numbers[1] > MOST_DAY ||
			(numbers[0] > MOST_MONTH && numbers[1] > MOST_MONTH)))
		return 0;
	return numbers[count - 1] + (numbers[count - 1] > year % 100 ? 1900 : 2000);
}

static int year_of_cell(const Tables *self, guint first, guint end)
{
	gsize start = lw_token_at(self->tokens, first)->start;
	int year = lw_year_of_date(self->tokens->normal->utf8 + start,
				   lw_token_at(self->tokens, end - 1)->end - start, self->year);

	return year > self->year - MOST_AGO && year <= self->year ? year : 0;
}

static void emit(const Tables *self, guint first, guint end, LwKind kind, float score)
{
	LwEntity *entity = lw_entities_add(self->found, lw_token_span(self->tokens, first, end - 1),
					   kind, score,
					   kind == LW_KIND_AGE		 ? "date/age-column"
					   : kind == LW_KIND_BIRTH_PLACE ? "date/birth-place-column"
									 : "date/birth-column");

	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = kind == LW_KIND_AGE ? "leeftijd" : "geboortedatum";
}

/* What the heading of a column says that stands in it; LW_KIND_COUNT: neither. */
static LwKind kind_of_heading(const LwTokens *tokens, guint first, guint end)
{
	const char *word = first < end ? lw_token_at(tokens, first)->word : "";

	if (end - first > 4 || !*word)
		return LW_KIND_COUNT;
	if (lw_token_in(word, "geboorteplaats geb-plaats gebplaats geb-pl gebpl birthplace") ||
	    (lw_token_in(word, "geb geboorte") &&
	     (lw_token_in(lw_token_at(tokens, first + 1)->word, "plaats pl") ||
	      lw_token_in(lw_token_at(tokens, first + 2)->word, "plaats pl plts"))))
		return LW_KIND_BIRTH_PLACE;
	if (lw_token_in(word,
			"geb gebdat gebdatum geboren gebjaar gebjr gebdd geboortedatum geb-datum "
			"geboortejaar geboortedag dob gdatum geb-dat geb-jaar birthdate gebd "
			"geboorte geburtsdatum jg") ||
	    (lw_token_in(word, "g gb") &&
	     lw_token_in(lw_token_at(tokens, first + 2)->word, "d dat")))
		return LW_KIND_BIRTH_DATE;
	if (lw_token_in(word, "leeftijd leeft leeftd lft lftd age alter"))
		return LW_KIND_AGE;
	return LW_KIND_COUNT;
}

/* "34", "8 mnd", "70+", "45/44/12" of a family */
static gboolean is_number(const LwTokens *tokens, guint first, guint end)
{
	const char *word = lw_token_at(tokens, first)->word;
	char *rest = NULL;
	guint64 number = g_ascii_strtoull(word, &rest, 10);

	if (rest > word && !*rest && number <= MOST_AGE && first + 2 < end &&
	    lw_token_at(tokens, first + 1)->mark == '/')
		return is_number(tokens, first + 2, end);
	return rest > word && !*rest && number <= MOST_AGE &&
	       (end == first + 1 ||
		(end == first + 2 && lw_token_at(tokens, first + 1)->mark == '+') ||
		lw_token_in(lw_token_at(tokens, first + 1)->word, "jaar jr j mnd maanden"));
}

/* "Wenzhou", "Den Haag": words and no figures, the first of them a name. */
static gboolean is_place(const LwTokens *tokens, guint first, guint end)
{
	for (guint i = first; i < end; i++)
		if (lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT)
			return FALSE;
	return end - first <= PLACE_TOKENS &&
	       lw_token_at(tokens, first)->flags & LW_TOKEN_CAPITAL &&
	       lw_token_at(tokens, first)->letters > 2;
}

static void take_headed(const Tables *self, const LwCells *head, const LwCells *row, guint column,
			LwKind kind)
{
	guint first, end;

	if (!lw_cells_at(head, row, column, &first, &end))
		return;
	if (kind == LW_KIND_BIRTH_PLACE ? is_place(self->tokens, first, end)
	    : kind == LW_KIND_AGE	? is_number(self->tokens, first, end)
					: year_of_cell(self, first, end) > 0)
		emit(self, first, end, kind, SCORE_HEADED);
}

/* "init. geb.jr": a heading of births that one blank parts from the one before it has a column of
 * its own. */
static void split_headings(const LwTokens *tokens, LwCells *head)
{
	for (guint cell = 0; cell < head->count && head->count < LW_CELLS_MAX; cell++) {
		guint at = head->first[cell] + 1, end = head->end[cell];

		while (at < end && !(lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
				     kind_of_heading(tokens, at, end) != LW_KIND_COUNT))
			at++;
		if (at >= end || kind_of_heading(tokens, head->first[cell], at) != LW_KIND_COUNT)
			continue;
		for (guint i = head->count++; i > cell + 1; i--) {
			head->first[i] = head->first[i - 1];
			head->end[i] = head->end[i - 1];
			head->place[i] = head->place[i - 1];
		}
		head->place[cell + 1] = head->place[cell] + lw_token_at(tokens, at)->start -
					lw_token_at(tokens, head->first[cell])->start;
		head->first[cell + 1] = at;
		head->end[cell + 1] = end;
		head->end[cell] = at;
	}
}

/* A line of headings at a token: the kind of each column; FALSE: none of ours. */
static gboolean read_headings(Tables *self, guint at, LwCells *head, LwKind *kinds)
{
	gboolean any = FALSE;

	lw_cells_read(self->tokens, at, NULL, head);
	if (head->aligned && head->count > 2)
		split_headings(self->tokens, head);
	for (guint cell = 0; head->count > 1 && cell < head->count; cell++) {
		kinds[cell] = kind_of_heading(self->tokens, head->first[cell], head->end[cell]);
		/* the label of a form opens its line */
		if (kinds[cell] == LW_KIND_BIRTH_PLACE && (!cell || head->count < 3))
			kinds[cell] = LW_KIND_COUNT;
		self->headed |= kinds[cell] == LW_KIND_BIRTH_DATE;
		any |= kinds[cell] != LW_KIND_COUNT;
		if (year_of_cell(self, head->first[cell],
				 MAX(head->end[cell], head->first[cell] + 1)))
			return FALSE;
	}
	return any;
}

/* The first token behind the table. */
static guint take_rows(Tables *self, guint at, const LwCells *head, const LwKind *kinds)
{
	guint i = lw_token_line_end(self->tokens, at), other = 0;

	for (guint rows = 0; i < self->tokens->count && rows < MAX_ROWS && other <= OTHER_LINES;
	     rows++) {
		LwKind again[LW_CELLS_MAX];
		LwCells row, next;

		if (read_headings(self, i, &next, again))
			return i;
		lw_cells_read(self->tokens, i, head, &row);
		other = row.count > 1 ? 0 : other + 1;
		for (guint column = 0; row.count > 1 && column < head->count; column++)
			if (kinds[column] != LW_KIND_COUNT)
				take_headed(self, head, &row, column, kinds[column]);
		i = lw_token_line_end(self->tokens, i);
	}
	return i;
}

/* A person, or words written as in a list of persons: "Haddad, Jad". */
static gboolean has_person(const Tables *self, guint at)
{
	const LwTokens *tokens = self->tokens;

	for (guint i = at, end = lw_token_line_end(tokens, at); i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i), *next = lw_token_at(tokens, i + 2);

		if (self->persons[i] ||
		    (token->flags & LW_TOKEN_CAPITAL && lw_token_at(tokens, i + 1)->mark == ',' &&
		     next->flags & LW_TOKEN_CAPITAL && i + 2 < end &&
		     (token->lists | next->lists) & (LW_WORD_SURNAME | LW_WORD_FIRST_NAME)))
			return TRUE;
	}
	return FALSE;
}

typedef struct {
	guint rows, dates, old, persons;
	int first, last; /* years */
} Column;

static void count_cell(const Tables *self, Column *column, int year, guint at)
{
	if (!year)
		return;
	column->dates++;
	column->old += year <= self->year - LEAST_AGO;
	column->persons += has_person(self, at);
	column->first = column->first ? MIN(column->first, year) : year;
	column->last = MAX(column->last, year);
}

static gboolean is_of_births(const Column *column)
{
	return column->dates >= LEAST_ROWS && column->dates * 100 >= column->rows * SHARE_PERCENT &&
	       column->old * 10 >= column->dates * 8 && column->persons * 2 >= column->dates &&
	       column->last - column->first >= LEAST_SPREAD;
}

/* "Sinds", "Bouwjaar", "In dienst": a heading that tells another date. */
static gboolean is_other_date(const LwTokens *tokens, guint first, guint end)
{
	for (guint i = first; i < end; i++) {
		const char *word = lw_token_at(tokens, i)->word;

		if (strstr(word, "datum") || strstr(word, "jaar") ||
		    lw_token_in(word, "sinds dienst ingang start vanaf begin einde aanvang besluit "
				      "verleend diploma jr"))
			return TRUE;
	}
	return FALSE;
}

/* Rows with as many cells from a line on; a column of births among them, without a heading. */
static guint take_columns(const Tables *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	Column columns[LW_CELLS_MAX] = {0};
	guint end = at, rows = 0;
	LwCells head, row;

	lw_cells_read(tokens, at, NULL, &head);
	if (head.count < 2)
		return lw_token_line_end(tokens, at);
	for (; end < tokens->count && rows < MAX_ROWS;
	     end = lw_token_line_end(tokens, end), rows++) {
		lw_cells_read(tokens, end, &head, &row);
		if ((end > at && lw_token_at(tokens, end)->gap == LW_GAP_BLANK) || row.count < 2)
			break;
		for (guint i = 0; i < head.count; i++) {
			guint first, last;

			columns[i].rows++;
			if (lw_cells_at(&head, &row, i, &first, &last))
				count_cell(self, &columns[i], year_of_cell(self, first, last), end);
		}
	}
	for (guint i = 0; i < head.count; i++) {
		if (!is_of_births(&columns[i]) || is_other_date(tokens, head.first[i], head.end[i]))
			continue;
		for (guint line = at; line < end; line = lw_token_line_end(tokens, line)) {
			guint first, last;

			lw_cells_read(tokens, line, &head, &row);
			if (lw_cells_at(&head, &row, i, &first, &last) &&
			    year_of_cell(self, first, last))
				emit(self, first, last, LW_KIND_BIRTH_DATE, SCORE_COLUMN);
		}
	}
	return MAX(end, lw_token_line_end(tokens, at));
}

/* A cell to a line: the date below a name, in a text that has "Geb.dat." on a line of its own. */
static void find_stacked(const Tables *self)
{
	const LwTokens *tokens = self->tokens;
	gboolean headed = self->headed;

	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		guint end = lw_token_line_end(tokens, i), above;

		if (kind_of_heading(tokens, i, end) == LW_KIND_BIRTH_DATE)
			headed = TRUE;
		if (!headed || !i || lw_token_at(tokens, i)->gap != LW_GAP_LINE ||
		    !year_of_cell(self, i, end))
			continue;
		above = lw_token_line_start(tokens, i - 1);
		if (i - above <= NAME_TOKENS && has_person(self, above))
			emit(self, i, end, LW_KIND_BIRTH_DATE, SCORE_COLUMN);
	}
}

static void set_persons(const Tables *self)
{
	for (guint i = 0; i < self->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);
		guint at;

		if (entity->kind != LW_KIND_PERSON || !entity->span.length)
			continue;
		at = lw_token_find(self->tokens,
				   lw_normal_find(self->tokens->normal, entity->span.start));
		if (at < self->tokens->count)
			self->persons[at] = 1;
	}
}

void lw_detect_births_in_tables(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	Tables self = {.context = context,
		       .tokens = context->tokens ? context->tokens : own,
		       .year = context->year,
		       .found = found};
	LwKind kinds[LW_CELLS_MAX];
	LwCells head;

	self.year = self.year ? self.year : USUAL_YEAR;
	self.persons = g_new0(guint8, self.tokens->count + 1);
	set_persons(&self);
	for (guint i = 0; i < self.tokens->count;)
		i = read_headings(&self, i, &head, kinds) ? take_rows(&self, i, &head, kinds)
							  : lw_token_line_end(self.tokens, i);
	for (guint i = 0; i < self.tokens->count;)
		i = take_columns(&self, i);
	find_stacked(&self);
	g_free(self.persons);
}
