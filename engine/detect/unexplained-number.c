/* unexplained-number.c - numbers of the make of an identifier, dates of long ago, addresses, and
 * what the trained model takes for a person's number, that no rule has, near a private person.
 *
 * Amounts, times, measures, days of the matter itself and numbers of cases and papers are
 * explained. */
#include "engine/detect/scan.h"
#include "engine/detect/street.h"
#include "engine/detect/unexplained.h"

#include <stdlib.h>
#include <string.h>

#define NEAR	     40 /* tokens */
#define NEAR_PLACE   25
#define NEAR_BIRTH   15
#define LEAST	     5	/* digits of a number */
#define LEAST_CODE   3	/* digits beside letters */
#define MOST	     24 /* bytes */
#define FIRST_YEAR   1900
#define LAST_YEAR    2040
#define YOUNGEST     14 /* years: a day so long before the document's last is one of birth */
#define SCORE	     0.3f
#define SCORE_BIRTH  0.4f
#define SCORE_ASKED  0.75f
#define NEAR_ASKED   80
#define ASKED_REACH  160 /* bytes back to the question */
#define ANSWER_BYTES 48	 /* of who answers, and when */
#define SCORE_BOUND  0.8f
#define LEAST_DATUM  0.35f /* chance of the model */
#define WIDE_DATUM   0.06f /* where calibration weighs what is found */
#define SURE_DATUM   0.9f  /* from which that is removed */
#define NEVER	     2.0f
#define SQUARES	     "markt|singel|plein|dijk|kade|brink|gracht|laan|haven|wal|ring|dam|hof|dorp"
#define CLOSE_WORD   8	/* bytes back to the word that says what day it is */
#define AFTER	     12 /* bytes to the word that says what is counted */
#define CASE_REACH   30 /* bytes back to the word that makes it the number of a paper */

typedef struct {
	Unexplained *scene;
	Scan scan;
	const char *text;
	gsize length;
	int newest;	 /* year that the document speaks of */
	guint8 *persons; /* by token: of somebody who is not in office */
} Numbers;

/* Letters and digits with signs between them, groups of digits also over a blank. */
typedef struct {
	gsize from, to;
	guint digits, letters, signs, groups;
} Run;

static void read_run(const Numbers *self, gsize at, Run *run)
{
	*run = (Run){.from = at, .groups = 1};
	while (at < self->length && at - run->from <= MOST) {
		char c = self->text[at];

		if (scan_is_word((guint8)c)) {
			run->digits += g_ascii_isdigit(c);
			run->letters += !g_ascii_isdigit(c);
			run->to = ++at;
			continue;
		}
		if (at + 1 >= self->length || !scan_is_word((guint8)self->text[at + 1]))
			break;
		if (strchr("-./_", c))
			run->signs++;
		else if (c == ' ' && !run->letters && g_ascii_isdigit(self->text[at + 1]))
			run->groups++;
		else
			break;
		at++;
	}
}

static int year_at(const Numbers *self, gsize at)
{
	int year = 0;

	for (gsize i = at; i < at + 4; i++) {
		if (i >= self->length || !g_ascii_isdigit(self->text[i]))
			return 0;
		year = year * 10 + self->text[i] - '0';
	}
	if ((at && g_ascii_isdigit(self->text[at - 1])) ||
	    (at + 4 < self->length && g_ascii_isdigit(self->text[at + 4])))
		return 0;
	return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/* "12-03-1965", "1965.03.12", "12/3/65": its year; 0: no date. */
static int year_of(const Numbers *self, const Run *run)
{
	guint parts[3] = {0}, part = 0;
	int values[3] = {0};

	if (run->letters || run->groups > 1 || run->signs != 2)
		return 0;
	for (gsize i = run->from; i < run->to; i++) {
		if (!g_ascii_isdigit(self->text[i])) {
			part++;
			continue;
		}
		parts[part]++;
		values[part] = values[part] * 10 + self->text[i] - '0';
	}
	if (parts[0] == 4 && parts[1] <= 2 && parts[2] <= 2 && values[1] <= 12)
		return values[0];
	if (parts[0] > 2 || parts[1] > 2 || !values[1] || values[1] > 12 || values[0] > 31)
		return 0;
	if (parts[2] == 4)
		return values[2];
	if (parts[2] != 2)
		return 0;
	return values[2] + (values[2] > self->newest % 100 ? 1900 : 2000);
}

static gboolean stands_before(const Numbers *self, gsize at, const char *words, gsize reach)
{
	gsize low = MAX(scan_line_start(&self->scan, at), at > reach ? at - reach : 0);

	return scan_words(&self->scan, low, at, words);
}

/* "€ 12.500", "3,5 m2", "14.30 uur", "artikel 5.1.2", "5.1.2.e", "20e": no number of anybody. */
static gboolean is_measure(const Numbers *self, const Run *run)
{
	const char *text = self->text;
	gsize behind = run->to;

	if (run->from && strchr("$%,+#@&=", text[run->from - 1]))
		return TRUE;
	if (run->from > 3 && (!memcmp(text + run->from - 3, "\342\202\254", 3) ||
			      !memcmp(text + run->from - 4, "\342\202\254 ", 4)))
		return TRUE;
	if (stands_before(self, run->from,
			  "eur|euro|bedrag|artikel|art|lid|paragraaf|pagina|blz|bladzijde|postbus|"
			  "antwoordnummer|nen|iso|versie|begroting|rekening|budget|hectare",
			  14))
		return TRUE;
	if (behind < self->length && strchr("%,:@", text[behind]) &&
	    scan_is_word((guint8)text[MIN(behind + 1, self->length - 1)]))
		return TRUE;
	return scan_words(&self->scan, behind, MIN(self->length, behind + AFTER),
			  "euro|eur|uur|m2|m3|ha|km|kg|ton|procent|inwoners|woningen|stuks");
}

static gboolean is_of_years(const Numbers *self, const Run *run)
{
	return scan_words(&self->scan, run->to, MIN(self->length, run->to + AFTER), "jaar");
}

/* "12.500", "1.250.000" */
static gboolean is_thousands(const Numbers *self, const Run *run)
{
	gsize group = 0;

	if (run->letters || !run->signs || run->groups > 1)
		return FALSE;
	for (gsize i = run->to; i-- > run->from;) {
		if (g_ascii_isdigit(self->text[i])) {
			group++;
			continue;
		}
		if (self->text[i] != '.' || group != 3)
			return FALSE;
		group = 0;
	}
	return group >= 1 && group <= 3 && run->digits <= 7;
}

/* Letters that open a number: capitals, few, and no word. */
static gboolean is_code(const Numbers *self, const Run *run)
{
	guint capitals = 0;

	for (gsize i = run->from; i < run->to; i++) {
		if (g_ascii_islower(self->text[i]) || (guint8)self->text[i] >= 0x80)
			return FALSE;
		capitals += g_ascii_isupper(self->text[i]);
	}
	return capitals && capitals <= 6;
}

/* "OV-2022-0114", "2024/118", "B23-0771": a year and what was counted in it. */
static gboolean is_counted(const Numbers *self, const Run *run)
{
	guint digits = 0, other = 0, years = 0;

	for (gsize i = run->from; i <= run->to; i++) {
		if (i < run->to && g_ascii_isdigit(self->text[i])) {
			digits++;
			continue;
		}
		if (digits == 4)
			years += year_at(self, i - 4) > 0;
		else if (digits == 2 && run->signs && run->groups == 1)
			years += self->text[i - 2] == '1' || self->text[i - 2] == '2';
		else if (digits)
			other++;
		digits = 0;
	}
	return years && (years > 1 || other || run->signs);
}

/* "(1575-1650)": a life, or a term of years. */
static gboolean is_span_of_years(const Numbers *self, const Run *run)
{
	const char *text = self->text + run->from;

	return run->digits == 8 && run->signs == 1 && !run->letters && text[4] == '-' &&
	       strchr("12", text[0]) && strchr("12", text[5]);
}

/* The first cell of a row numbers the row. */
static gboolean opens_row(const Numbers *self, const Run *run)
{
	gsize line = scan_line_start(&self->scan, run->from), behind = run->to;

	while (line < run->from && strchr(" |", self->text[line]))
		line++;
	return line == run->from && (behind >= self->length || strchr("\t;|", self->text[behind]) ||
				     (behind + 1 < self->length && self->text[behind] == ' ' &&
				      self->text[behind + 1] == ' '));
}

/* "Schraven, LJM (ob41877)": what somebody is called in a system. */
static gboolean is_login(const Numbers *self, const Run *run)
{
	return run->from > 1 && self->text[run->from - 1] == '(' && self->text[run->to] == ')' &&
	       run->digits >= LEAST_CODE && run->digits + run->letters >= LEAST + 1 &&
	       run->letters && run->letters <= 4 && !run->signs;
}

static gboolean is_identifier(Numbers *self, const Run *run)
{
	const ScanNear *near;

	if (run->to - run->from > MOST || run->to == run->from)
		return FALSE;
	if (is_login(self, run))
		return TRUE;
	if (run->letters ? !is_code(self, run) || run->digits < LEAST_CODE ||
				   run->digits + run->letters < LEAST + 1
			 : run->digits < LEAST)
		return FALSE;
	if (year_of(self, run) || is_thousands(self, run) || is_measure(self, run) ||
	    is_of_years(self, run) || is_counted(self, run) || is_span_of_years(self, run) ||
	    opens_row(self, run))
		return FALSE;
	if (!run->letters && run->groups > 1 && run->digits < LEAST + 2)
		return FALSE;
	/* "C/05/411893": a case of a civil court */
	if (!memcmp(self->text + run->from, "C/", 2))
		return FALSE;
	near = scan_near(&self->scan, run->from, run->to);
	return !near->distance[TOPIC_CASE] || near->distance[TOPIC_CASE] > CASE_REACH;
}

/* Its first and last token; FALSE: a find has part of it. */
static gboolean is_free(const Numbers *self, gsize from, gsize to, guint *first, guint *last)
{
	const LwTokens *tokens = self->scene->tokens;

	*first = lw_token_find(tokens, from);
	*last = *first;
	while (*last + 1 < tokens->count && lw_token_at(tokens, *last + 1)->start < to)
		(*last)++;
	if (*first >= tokens->count || lw_token_at(tokens, *first)->start < from ||
	    lw_token_at(tokens, *last)->end > to)
		return FALSE;
	for (guint i = *first; i <= *last; i++)
		if (self->scene->covered[i])
			return FALSE;
	return TRUE;
}

/* Of somebody beside it, or of anybody near. */
static void propose_number(Numbers *self, const Run *run)
{
	guint first, last;

	if (!is_free(self, run->from, run->to, &first, &last))
		return;
	if (unexplained_is_bound(self->scene->tokens, self->persons, first, last, run->digits,
				 run->letters)) {
		LwEntity *entity = lw_entities_add(
			self->scene->found, lw_token_span(self->scene->tokens, first, last),
			LW_KIND_CLIENT_NUMBER, SCORE_BOUND, "pattern/beside-person");

		entity->reason = LW_REASON_CONTEXT;
		entity->evidence = "naam";
		memset(self->scene->covered + first, 1, last - first + 1);
	} else if (unexplained_near(self->scene, first, NEAR))
		unexplained_add(self->scene, first, last, LW_KIND_CLIENT_NUMBER, SCORE,
				LW_REASON_UNEXPLAINED);
}

static void propose(Numbers *self, gsize from, gsize to, LwKind kind, float score, guint reach)
{
	guint first, last;

	if (is_free(self, from, to, &first, &last) && unexplained_near(self->scene, first, reach))
		unexplained_add(self->scene, first, last, kind, score, LW_REASON_UNEXPLAINED);
}

static float mean_chance(const Numbers *self, guint first, guint last)
{
	return self->scene->tags ? lw_tags_chance(self->scene->tags, first, last, LW_TAG_DATUM) : 0;
}

/* "ik zit op 495 240", "Kreonnr. 5512-0387", "Mulder is 62": what the model has learnt of a
 * person's numbers. Years, amounts, measures and parts of something longer are none. */
static gboolean propose_datum(Numbers *self, const Run *run)
{
	const char *text = self->text;
	LwKind kind = LW_KIND_CLIENT_NUMBER;
	float chance;
	guint first, last;

	if (!run->digits || run->to - run->from > MOST || is_thousands(self, run) ||
	    is_measure(self, run) || is_counted(self, run) || is_span_of_years(self, run) ||
	    year_of(self, run) || (run->to - run->from == 4 && year_at(self, run->from)) ||
	    (run->from > 1 && strchr("-./", text[run->from - 1]) &&
	     scan_is_word((guint8)text[run->from - 2])) ||
	    !is_free(self, run->from, run->to, &first, &last))
		return FALSE;
	if (!run->letters && run->groups == 1 && run->digits < LEAST_CODE + 1)
		kind = LW_KIND_AGE;
	if (kind == LW_KIND_AGE && (atoi(text + run->from) > UNEXPLAINED_OLDEST ||
				    unexplained_is_numbered(self->scene->tokens, first)))
		return FALSE;
	if (!run->letters && !run->signs && run->groups > 1)
		kind = LW_KIND_PHONE;
	chance = mean_chance(self, first, last);
	if (chance < (self->scene->calibrated && kind != LW_KIND_AGE ? WIDE_DATUM : LEAST_DATUM) ||
	    !unexplained_near(self->scene, first, NEAR) ||
	    (kind != LW_KIND_AGE && is_of_years(self, run)))
		return FALSE;
	unexplained_tell(self->scene, first, last, kind, LW_TAG_DATUM,
			 kind == LW_KIND_AGE ? NEVER : SURE_DATUM);
	return TRUE;
}

/* "Markt 21", "Singel 2-bis": a street that is called so and nothing else. */
static gsize square_before(const Numbers *self, gsize at)
{
	gsize from = at;

	while (from > 0 && self->text[from - 1] == ' ')
		from--;
	gsize end = from;
	while (from > 0 && scan_is_word((guint8)self->text[from - 1]))
		from--;
	return from < end && g_ascii_isupper(self->text[from]) &&
			       scan_words(&self->scan, from, end, SQUARES)
		       ? from
		       : at;
}

static gboolean propose_address(Numbers *self, gsize at)
{
	gsize end = street_number_end(self->text, self->length, at), from;
	Street street = {at, FALSE};

	if (!end || end - at > 8 || year_at(self, at))
		return FALSE;
	from = square_before(self, at);
	if (from == at &&
	    street_before(self->scan.context->lexicon, self->text, self->length, at, &street) &&
	    street.sure && street_is_capital(self->text + street.from, at - street.from))
		from = street.from;
	if (from == at)
		return FALSE;
	propose(self, from, end, LW_KIND_ADDRESS, SCORE, NEAR_PLACE);
	return TRUE;
}

/* "12 mei 93", "3 september 1958": the end of the date and its year; 0: none. */
static gsize named_date(const Numbers *self, gsize at, int *year)
{
	static const char *const months[] = {"jan", "feb", "mrt", "maart", "apr", "mei", "jun",
					     "jul", "aug", "sep", "okt",   "nov", "dec"};
	gsize i = at;
	int day = 0;

	while (i < self->length && i - at < 2 && g_ascii_isdigit(self->text[i]))
		day = day * 10 + self->text[i++] - '0';
	if (i == at || day < 1 || day > 31 || i >= self->length || self->text[i] != ' ')
		return 0;
	gsize word = ++i;
	while (i < self->length && g_ascii_isalpha(self->text[i]))
		i++;
	gboolean month = FALSE;
	for (gsize m = 0; m < G_N_ELEMENTS(months); m++)
		month |= i - word >= 3 && i - word < 10 &&
			 !g_ascii_strncasecmp(self->text + word, months[m], strlen(months[m]));
	i += i < self->length && self->text[i] == '.';
	if (!month || i >= self->length || self->text[i] != ' ')
		return 0;
	gsize digits = ++i;
	digits += i < self->length && self->text[i] == '\'';
	for (i = digits, *year = 0; i < self->length && g_ascii_isdigit(self->text[i]); i++)
		*year = MIN(*year * 10 + self->text[i] - '0', LAST_YEAR * 10);
	if (i - digits == 2)
		*year += *year > self->newest % 100 ? 1900 : 2000;
	else if (i - digits != 4)
		return 0;
	return i < self->length && scan_is_word((guint8)self->text[i]) ? 0 : i;
}

/* Long before the newest year of the document, and not "bij brief van". */
static gboolean is_birth(const Numbers *self, gsize at, int year)
{
	return year >= FIRST_YEAR && self->newest && year <= self->newest - YOUNGEST &&
	       !stands_before(
		       self, at,
		       "van|op|per|sinds|vanaf|tot|met|t/m|versie|d.d|dd|datum|de|wet|besluit|in",
		       CLOSE_WORD);
}

/* "Wat is haar geboortedatum?" and the date alone on the line of who answers. */
static gboolean is_asked_for(const Numbers *self, gsize at, int year)
{
	static const char *const names[] = {"geboortedatum", "geb.datum", "geb datum", "geb.dat",
					    "geboortedag"};
	gsize low = at > ASKED_REACH ? at - ASKED_REACH : 0,
	      line = scan_line_start(&self->scan, at);

	if (year < FIRST_YEAR || !self->newest || year >= self->newest ||
	    line + ANSWER_BYTES < at || scan_words(&self->scan, line, at, "datum|ingang|per|sinds"))
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *name =
			memmem(self->text + low, line - MIN(line, low), names[i], strlen(names[i]));

		/* "Geboortedatum 05-05-1975" has its answer */
		if (name && strcspn(name, "0123456789") >= strcspn(name, "\n"))
			return TRUE;
	}
	return FALSE;
}

/* What stands at a digit, or at capitals before one; the end of what was read. */
static gsize look_at(Numbers *self, gsize at)
{
	Run run;
	int year = 0;
	gsize end;

	read_run(self, at, &run);
	end = g_ascii_isdigit(self->text[at]) ? named_date(self, at, &year) : 0;
	if (end) {
		if (is_asked_for(self, at, year))
			propose(self, at, end, LW_KIND_BIRTH_DATE, SCORE_ASKED, NEAR_ASKED);
		else if (is_birth(self, at, year))
			propose(self, at, end, LW_KIND_BIRTH_DATE, SCORE_BIRTH, NEAR_BIRTH);
		return end;
	}
	if (is_asked_for(self, at, year_of(self, &run)))
		propose(self, at, run.to, LW_KIND_BIRTH_DATE, SCORE_ASKED, NEAR_ASKED);
	else if (is_birth(self, at, year_of(self, &run)))
		propose(self, at, run.to, LW_KIND_BIRTH_DATE, SCORE_BIRTH, NEAR_BIRTH);
	else if (is_identifier(self, &run))
		propose_number(self, &run);
	else if (!propose_datum(self, &run) &&
		 (!g_ascii_isdigit(self->text[at]) || !propose_address(self, at)))
		return run.groups > 1 || !run.to ? at + 1 : run.to;
	return run.to;
}

void unexplained_numbers(Unexplained *scene)
{
	const LwNormal *normal = scene->tokens->normal;
	Numbers self = {.scene = scene, .text = normal->utf8, .length = normal->length};
	LwDetectContext context = {.base = {.normal = normal},
				   .lexicon = scene->tokens->lexicon,
				   .tokens = scene->tokens};

	self.scan = (Scan){.text = normal->utf8,
			   .length = normal->length,
			   .context = &context,
			   .near_at = G_MAXSIZE};
	self.persons = unexplained_private_persons(scene);
	for (gsize i = 0; i < self.length; i++)
		if (g_ascii_isdigit(self.text[i]) &&
		    (!i || !scan_is_word((guint8)self.text[i - 1])))
			self.newest = MAX(self.newest, year_at(&self, i));
	for (guint i = 0; i < scene->tokens->count; i++) {
		const LwToken *token = lw_token_at(scene->tokens, i);

		if (scene->covered[i] || !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_CAPITAL)) ||
		    !unexplained_near(scene, i, NEAR))
			continue;
		gsize end = look_at(&self, token->start);
		while (i + 1 < scene->tokens->count &&
		       lw_token_at(scene->tokens, i + 1)->start < end)
			i++;
	}
	g_free(self.persons);
}
