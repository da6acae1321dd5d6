/* roster.c - names behind the labels of forms, in attendance and distribution lists, and in the
 * columns of tables. */
#include "engine/detect/name.h"

#include <string.h>

#define SCORE		 0.9f
#define MAX_ROSTER_LINES 80
#define LONG_LINE	 110
#define MAX_CELLS	 24

static gboolean line_has_label(const LwTokens *tokens, guint at)
{
	for (guint i = at; i < at + 4 && *lw_token_at(tokens, i)->word; i++)
		if (lw_token_at(tokens, i + 1)->mark == ':' &&
		    lw_token_at(tokens, i + 1)->gap <= LW_GAP_WIDE)
			return TRUE;
	return FALSE;
}

/* "J.P." behind "Voorletters:" is no name of the grammar; it goes all the same. */
static void take_bare_initials(LwNameFinder *finder, guint at, guint line, LwNameWhy why)
{
	LwName name = {.first = at, .last = at, .surname = at, .initials = 1};
	guint i = at;

	while (i < line && (lw_token_at(finder->tokens, i)->mark == '.' ||
			    (lw_token_at(finder->tokens, i)->letters <= 3 &&
			     lw_token_at(finder->tokens, i)->flags & LW_TOKEN_CAPITAL)))
		i++;
	if (i == at || i - at > 14 || !lw_token_at(finder->tokens, at)->letters)
		return;
	name.last = i - 1;
	lw_name_add(finder, &name, why);
}

/* Where the value of a field ends: its line, the next column, or the next label on the same line.
 */
static guint value_end(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_end(tokens, at);

	for (guint i = at; i < line; i++) {
		guint next, kind;

		if (i > at && lw_token_at(tokens, i)->gap == LW_GAP_WIDE)
			return i;
		if (i > at &&
		    lw_phrase_at(tokens, i, LW_PHRASE_FIELD | LW_PHRASE_OTHER_FIELD, &next,
				 &kind) &&
		    lw_token_at(tokens, next)->mark == ':')
			return i;
	}
	return line;
}

static void take_value(LwNameFinder *finder, guint at, const char *label)
{
	const LwTokens *tokens = finder->tokens;
	LwNameWhy why = {SCORE, "name/field", LW_REASON_FIELD, label};
	guint end = value_end(tokens, at);

	if (strcmp(label, "voorletters") == 0)
		take_bare_initials(finder, at, end, why);
	else
		lw_name_take_list(finder, at, end,
				  lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER
					  ? LW_NAME_LOWER
					  : LW_NAME_EXPECTED,
				  why);
}

/* "Contactpersoon Mensah" on a line of its own: the cells of a form stand close together. */
static void take_rest_of_line(LwNameFinder *finder, guint at, const char *label)
{
	const LwTokens *tokens = finder->tokens;
	guint line = lw_token_line_end(tokens, at), last = lw_name_skip_titles(tokens, at, NULL);
	LwName name;

	if (line - at > 8 || !(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL) ||
	    !lw_name_parse(tokens, last, LW_NAME_EXPECTED, &name) || name.last + 1 != line)
		return;
	if ((name.given_lists | name.surname_lists) & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))
		lw_name_take(finder, at, line, LW_NAME_EXPECTED,
			     (LwNameWhy){SCORE, "name/field", LW_REASON_FIELD, label});
}

static void take_field(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *after;
	guint next, kind;
	const char *label = lw_phrase_at(tokens, at, LW_PHRASE_FIELD, &next, &kind);

	if (!label)
		return;
	if (lw_token_at(tokens, next)->mark == '.' && lw_token_at(tokens, next)->gap == LW_GAP_NONE)
		next++;
	/* "Naam (in blokletters):" */
	if (lw_token_at(tokens, next)->mark == '(')
		while (next < at + 10 && lw_token_at(tokens, next - 1)->mark != ')')
			next++;
	after = lw_token_at(tokens, next);
	if (after->mark == ':' && after->gap <= LW_GAP_WIDE) {
		next++;
		after = lw_token_at(tokens, next);
		if (after->gap <= LW_GAP_WIDE ||
		    (after->gap == LW_GAP_LINE && !line_has_label(tokens, next)))
			take_value(finder, next, label);
	} else if (kind & LW_PHRASE_INLINE && after->gap <= LW_GAP_LINE) {
		lw_name_take(finder, next, lw_token_line_end(tokens, next), LW_NAME_EXPECTED,
			     (LwNameWhy){SCORE, "name/field", LW_REASON_FIELD, label});
	} else if (after->gap == LW_GAP_SPACE && token->flags & LW_TOKEN_LINE_START) {
		take_rest_of_line(finder, next, label);
	} else if (after->gap == LW_GAP_WIDE &&
		   (token->flags & LW_TOKEN_LINE_START || token->gap == LW_GAP_WIDE) &&
		   !(after->cues & LW_CUE_COLUMN)) {
		take_value(finder, next, label);
	}
}

/* The rest of the line and the lines below, as long as they look like items. */
static void take_roster(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	LwNameWhy why = {SCORE, "name/attendance", LW_REASON_ATTENDANCE, NULL};
	guint i, kind, line = lw_token_line_end(tokens, at);
	gboolean colon, heading;

	why.evidence = lw_phrase_at(tokens, at, LW_PHRASE_ROSTER, &i, &kind);
	if (!why.evidence)
		return;
	if (lw_token_at(tokens, i)->mark == '(')
		while (i < line && lw_token_at(tokens, i - 1)->mark != ')')
			i++;
	colon = lw_token_at(tokens, i)->mark == ':';
	heading = i >= line;
	if (!colon && !heading && lw_token_at(tokens, i)->gap != LW_GAP_WIDE)
		return;
	i += colon;
	if (i < line)
		lw_name_take_list(finder, i, line, LW_NAME_EXPECTED, why);
	i = line;
	for (guint lines = 0; lines < MAX_ROSTER_LINES && i < tokens->count; lines++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint end = lw_token_line_end(tokens, i);

		if ((token->gap == LW_GAP_BLANK && lines) || line_has_label(tokens, i))
			return;
		if (token->gap == LW_GAP_BLANK && !heading && !colon)
			return;
		if (lw_token_at(tokens, end - 1)->end - token->start > LONG_LINE ||
		    token->flags & LW_TOKEN_DIGIT)
			return;
		lw_name_take_list(finder, i, end, LW_NAME_EXPECTED, why);
		i = end;
	}
}

/* First tokens of the cells of a line. */
static guint cells_of(const LwTokens *tokens, guint at, guint cells[MAX_CELLS])
{
	guint line = lw_token_line_end(tokens, at), count = 0;

	for (guint i = at; i < line && count < MAX_CELLS; i++)
		if (i == at || lw_token_at(tokens, i)->gap == LW_GAP_WIDE ||
		    lw_token_at(tokens, i)->mark == '|')
			cells[count++] =
				lw_token_at(tokens, i)->mark == '|' && i + 1 < line ? i + 1 : i;
	return count;
}

/* Which column of this heading row holds names; -1 when it is no heading row. */
static int name_column(const LwTokens *tokens, guint at, const guint *cells, guint count,
		       const char **label)
{
	guint line = lw_token_line_end(tokens, at), others = 0;
	int column = -1;

	for (guint i = at; i < line; i++)
		others += (lw_token_at(tokens, i)->cues & LW_CUE_COLUMN) != 0;
	/* without columns to see, every word of the row must be a heading */
	if (count < 2 && others + 1 < line - at)
		return -1;
	for (guint cell = 0; cell < count && column < 0; cell++) {
		guint next, kind;
		const char *phrase =
			lw_phrase_at(tokens, cells[cell], LW_PHRASE_FIELD, &next, &kind);

		guint end = cell + 1 < count ? cells[cell + 1] : line;

		/* the heading is the phrase and no more, but for the rule before the next cell */
		if (phrase && lw_token_at(tokens, next)->mark != ':' &&
		    (count < 2 || next + 1 >= end || lw_token_at(tokens, next)->mark == '/')) {
			column = (int)cell;
			*label = phrase;
		}
	}
	return others ? column : -1;
}

/* A table with a column of addresses, birth dates or signatures is one of persons. */
static gboolean is_of_persons(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_end(tokens, at);

	for (guint i = at; i < line; i++)
		if (lw_token_in(
			    lw_token_at(tokens, i)->word,
			    "adres woonadres e-mail email mail telefoon tel mobiel bsn woonplaats "
			    "geboortedatum handtekening paraaf postcode telefoonnummer leeftijd"))
			return TRUE;
	return FALSE;
}

/* Many things have a name: some word in the cell must be one of the list. */
static gboolean may_be_row(const LwTokens *tokens, guint at, guint end)
{
	for (guint i = at; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
		    (!(token->lists & LW_WORD_COMMON) || token->lists & LW_WORD_FREQUENT))
			return TRUE;
		if (token->mark == '.' && i > at && lw_token_at(tokens, i - 1)->letters <= 2 &&
		    (lw_token_at(tokens, i - 1)->flags & LW_TOKEN_CAPITAL))
			return TRUE; /* initials */
	}
	return FALSE;
}

static void take_row(LwNameFinder *finder, guint at, guint end, const char *label,
		     gboolean of_persons)
{
	LwNameWhy why = {SCORE, "name/table", LW_REASON_FIELD, label};

	guint next, kind;

	/* a form in two columns: its labels are no names */
	if (lw_phrase_at(finder->tokens, at, LW_PHRASE_FIELD | LW_PHRASE_OTHER_FIELD, &next, &kind))
		return;
	if (!of_persons && !may_be_row(finder->tokens, at, end))
		return;
	if (strcmp(label, "voorletters") == 0)
		take_bare_initials(finder, at, end, why);
	else
		lw_name_take(finder, at, end, LW_NAME_EXPECTED, why);
}

static void take_table(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint heads[MAX_CELLS], cells[MAX_CELLS], line = lw_token_line_end(tokens, at);
	guint count = cells_of(tokens, at, heads);
	const char *label = NULL;
	int column = name_column(tokens, at, heads, count, &label);
	gboolean wide = count > 1, of_persons = wide && is_of_persons(tokens, at);

	if (column < 0 || (!wide && column > 0))
		return;
	for (guint i = line, rows = 0; i < tokens->count && rows < 5000; rows++) {
		guint end = lw_token_line_end(tokens, i), found = cells_of(tokens, i, cells);
		guint stop = (guint)column + 1 < found ? cells[column + 1] : end;

		const char *other = NULL;

		/* a heading of the same table again: the next call takes what follows it */
		if (lw_token_at(tokens, i)->gap == LW_GAP_BLANK || (wide && found < 2) ||
		    name_column(tokens, i, cells, found, &other) >= 0)
			return;
		if ((guint)column < found)
			take_row(finder, cells[column], stop, label, of_persons);
		i = end;
	}
}

void lw_names_in_rosters(LwNameFinder *finder)
{
	for (guint i = 0; i < finder->tokens->count; i++) {
		const LwToken *token = lw_token_at(finder->tokens, i);

		if (token->flags & LW_TOKEN_LINE_START)
			take_table(finder, i);
		if (!(token->cues & LW_CUE_PHRASE))
			continue;
		take_field(finder, i);
		if (token->flags & LW_TOKEN_LINE_START)
			take_roster(finder, i);
	}
}
