/* special-place.c - where a cue stands: its sentence, the row or record of its table, its
 * paragraph, the file it is in; and who else stands there. */
#include "engine/detect/office.h"
#include "engine/detect/special.h"

#define MAX_SENTENCE   120 /* tokens each way */
#define MAX_ROW	       400 /* tokens */
#define PARAGRAPH      400
#define HEADING_TOKENS 6
#define EXAMPLE_TOKENS 30
#define RECORD_LINES   4
#define RECORD_MOST    14
#define RECORD_TOKENS  7 /* of a line, in the mean */
#define TITLE_LETTERS  4
#define TITLE_TOKENS   8
#define FILE_TOKENS    600 /* how far a number of a person reaches */

static gboolean is_quote(gunichar mark)
{
	return mark == '"' || mark == '\'' || (mark >= 0x2018 && mark <= 0x201e);
}

static gboolean is_stop(gunichar mark)
{
	return mark == '.' || mark == '!' || mark == '?';
}

static gboolean ends_sentence(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	/* 'Hij riep: "vuile ..."' and 'noemen hem "die ..."' are one sentence */
	if (at > 1 && token->gap != LW_GAP_BLANK &&
	    (lw_token_at(tokens, at - 1)->mark == ':' ||
	     (is_quote(lw_token_at(tokens, at - 1)->mark) &&
	      !is_stop(lw_token_at(tokens, at - 2)->mark))))
		return FALSE;
	return token->flags & LW_TOKEN_SENTENCE_START || token->gap == LW_GAP_BLANK;
}

/* A longer line is no row of a table, but a text without line ends. */
static gboolean is_row(const LwTokens *tokens, guint at)
{
	guint start = lw_token_line_start(tokens, at), end = lw_token_line_end(tokens, at);
	guint cells = 0;

	for (guint i = start; end - start <= MAX_ROW && i < end && cells < 2; i++)
		cells += lw_token_at(tokens, i)->mark == '|' ||
			 (lw_token_at(tokens, i)->mark == ';' &&
			  lw_token_at(tokens, i + 1)->gap == LW_GAP_NONE) ||
			 (i > start && lw_token_at(tokens, i)->gap == LW_GAP_WIDE);
	return cells >= 2;
}

/* A record of a table with a cell to a line: short lines between two empty ones, one with somebody
 * in it. */
static gboolean is_record(const Scene *scene, guint at, guint *first, guint *last)
{
	const LwTokens *tokens = scene->tokens;
	guint lines = 1, persons = 0;

	*first = at;
	*last = at;
	while (*first > 0 && at - *first < MAX_SENTENCE &&
	       lw_token_at(tokens, *first)->gap != LW_GAP_BLANK)
		(*first)--;
	while (*last + 1 < tokens->count && *last - at < MAX_SENTENCE &&
	       lw_token_at(tokens, *last + 1)->gap != LW_GAP_BLANK)
		(*last)++;
	for (guint i = *first; i <= *last; i++) {
		lines += i > *first && lw_token_at(tokens, i)->gap == LW_GAP_LINE;
		persons += scene->persons[i] != WHO_NOBODY;
	}
	return lines >= RECORD_LINES && lines <= RECORD_MOST && persons &&
	       (*last - *first + 1) / lines < RECORD_TOKENS &&
	       lw_token_line_end(tokens, at) - lw_token_line_start(tokens, at) < 2 * RECORD_TOKENS;
}

/* In a row of a table, or a record of one that has a cell to a line. */
gboolean special_is_cell(const Scene *scene, guint at)
{
	guint first, last;

	return is_row(scene->tokens, at) || is_record(scene, at, &first, &last);
}

/* The sentence or row around a cue. */
void special_sentence(const Scene *scene, guint at, guint *first, guint *last)
{
	const LwTokens *tokens = scene->tokens;

	if (is_record(scene, at, first, last))
		return;
	*first = at;
	*last = at;
	if (is_row(tokens, at)) {
		*first = lw_token_line_start(tokens, at);
		*last = lw_token_line_end(tokens, at) - 1;
		return;
	}
	while (*first > 0 && at - *first < MAX_SENTENCE && !ends_sentence(tokens, *first))
		(*first)--;
	while (*last + 1 < tokens->count && *last - at < MAX_SENTENCE &&
	       !ends_sentence(tokens, *last + 1))
		(*last)++;
}

gboolean special_has_anyone(const Scene *scene, guint first, guint last, Who who)
{
	for (guint i = first; i <= last && i < scene->tokens->count; i++)
		if (scene->persons[i] == who)
			return TRUE;
	return FALSE;
}

/* Somebody private in the paragraph, or with two in the one above: a person, a BSN or a date of
 * birth. */
gboolean special_has_near(const Scene *scene, guint at, guint paragraphs)
{
	guint first = at, last = at;

	while (first > 0 && at - first < PARAGRAPH &&
	       (lw_token_at(scene->tokens, first)->gap != LW_GAP_BLANK || --paragraphs))
		first--;
	while (last + 1 < scene->tokens->count && last - at < PARAGRAPH &&
	       lw_token_at(scene->tokens, last + 1)->gap != LW_GAP_BLANK)
		last++;
	return special_has_anyone(scene, first, last, WHO_PERSON) ||
	       special_has_anyone(scene, first, last, WHO_NUMBER);
}

gboolean special_has_somebody(const Scene *scene, guint at)
{
	return special_has_near(scene, at, 2);
}

gboolean special_is_of_file(const Scene *scene, guint at)
{
	return special_has_anyone(scene, at > FILE_TOKENS ? at - FILE_TOKENS : 0, at + FILE_TOKENS,
				  WHO_NUMBER);
}

/* "4. Ramadan", "Letsel:": what the text is about, and what a value is of. */
gboolean special_is_heading(const LwTokens *tokens, guint at, guint next)
{
	guint line = lw_token_line_start(tokens, at), end = lw_token_line_end(tokens, at);

	if (lw_token_at(tokens, next)->mark == ':' && next < end &&
	    (at == line || lw_token_at(tokens, at)->flags & LW_TOKEN_SENTENCE_START ||
	     (at == line + 1 && lw_token_at(tokens, line)->mark) ||
	     special_ends_label(tokens, next)))
		return TRUE;
	return lw_token_at(tokens, line)->flags & LW_TOKEN_DIGIT && end - line <= HEADING_TOKENS &&
	       lw_token_at(tokens, line + 1)->mark == '.' && next == end &&
	       !(lw_token_at(tokens, end)->gap == LW_GAP_LINE &&
		 lw_token_at(tokens, end)->flags & LW_TOKEN_LOWER);
}

gboolean special_has_word(const LwTokens *tokens, guint first, guint last, const char *words)
{
	for (guint i = first; i <= last; i++) {
		const char *word = lw_token_at(tokens, i)->word;

		if (*word && lw_token_in(word, words))
			return TRUE;
	}
	return FALSE;
}

/* "Onder autisme verstaan wij": what a word means. */
gboolean special_is_defined(const LwTokens *tokens, guint first, guint last, guint at)
{
	return special_has_word(tokens, first, at, "onder") &&
	       special_has_word(tokens, at, last, "verstaan verstaat");
}

/* "cursus 'omgaan met verzuim: burn-out, kanker'", "lezing Autisme bij meisjes" */
gboolean special_is_of_course(const Scene *scene, guint first, guint at)
{
	static const char courses[] = "cursus lezing scholing workshop webinar brochure folder "
				      "symposium congres themabijeenkomst";

	for (guint i = at; i-- > first;) {
		if (scene->persons[i])
			return FALSE;
		if (lw_token_in(lw_token_at(scene->tokens, i)->word, courses))
			return TRUE;
	}
	return FALSE;
}

/* "EVALUATIE ZORGBOERDERIJ", alone on its line: what the text is about. */
gboolean special_is_title(const Scene *scene, guint at)
{
	const LwTokens *tokens = scene->tokens;
	guint line = lw_token_line_start(tokens, at), end = lw_token_line_end(tokens, at);

	if (!(lw_token_at(tokens, at)->flags & LW_TOKEN_ALL_CAPS) ||
	    lw_token_at(tokens, at)->letters <= TITLE_LETTERS || end - line > TITLE_TOKENS ||
	    end - line < 2 || (line && lw_token_at(tokens, line)->gap != LW_GAP_BLANK))
		return FALSE;
	for (guint i = line; i < end; i++)
		if (scene->persons[i] || lw_token_at(tokens, i)->mark == ':' ||
		    lw_token_at(tokens, i)->mark == '|' ||
		    (i > line && lw_token_at(tokens, i)->gap == LW_GAP_WIDE))
			return FALSE;
	return TRUE;
}

/* Roles are bound after this detector: in "wethouder De Vries (VVD)" the office is read from the
 * words. */
static gboolean names_an_office(const LwTokens *tokens, guint first, guint last)
{
	for (guint i = first; i <= last; i++)
		if (lw_token_at(tokens, i)->lists & LW_WORD_ROLE || office_of_party(tokens, i))
			return TRUE;
	return FALSE;
}

/* "De wethouder wil weten of die regisseur lid is van ...": the office stands in another clause. */
gboolean special_is_of_office(const LwTokens *tokens, guint first, guint last, guint at)
{
	for (guint i = at; i > first; i--)
		if (lw_token_in(lw_token_at(tokens, i)->word, "of dat omdat die wie"))
			return names_an_office(tokens, i, last);
	return names_an_office(tokens, first, last);
}

/* Somebody who is not in office. */
gboolean special_has_private(const Scene *scene, guint first, guint last)
{
	return (special_has_anyone(scene, first, last, WHO_PERSON) ||
		special_has_anyone(scene, first, last, WHO_NUMBER)) &&
	       !names_an_office(scene->tokens, first, last);
}

/* "Mevrouw X heeft reuma": a case made up. */
gboolean special_is_example(const LwTokens *tokens, guint first, guint last)
{
	for (guint i = first; i < last; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"mevrouw meneer heer client patient persoon familie") &&
		    lw_token_at(tokens, i + 1)->letters == 1 &&
		    lw_token_at(tokens, i + 1)->flags & LW_TOKEN_CAPITAL &&
		    lw_token_at(tokens, i + 2)->mark != '.')
			return TRUE;
	return special_has_word(tokens, first > EXAMPLE_TOKENS ? first - EXAMPLE_TOKENS : 0, last,
				"voorbeeld voorbeeldcasus fictief fictieve gefingeerd gefingeerde");
}
