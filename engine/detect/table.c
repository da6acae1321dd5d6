/* table.c - names in the columns of tables, by the headings of the columns.
 *
 * A table is a line of headings and the lines below it up to an empty one (cells.h). */
#include "engine/detect/cells.h"
#include "engine/detect/name.h"

#include <string.h>

#define SCORE	    0.9f
#define LIKELY	    0.7f
#define MAX_ROWS    5000
#define MAX_NAME    8 /* tokens of a cell that is a name and nothing else */
#define HEADING	    4 /* words of one */
#define LEAST_NAMES 3 /* cells of a column that show what it holds */
#define LEAST_CELLS 2 /* of a line of a table */
#define SHORT_HAND  4 /* letters below "par." */
#define CERTAIN	    3 /* known headings that make a line one of headings, whatever else it has */

typedef struct {
	const char *label[LW_CELLS_MAX]; /* of the columns that hold names; else NULL */
	guint names;
	gboolean bodies[LW_CELLS_MAX]; /* columns of organisations: no names there */
	gboolean of_persons;	       /* a table with addresses, birth dates or signatures */
} Heading;

/* "behand", "medew.": the beginning of who handles it. */
static const char *shortened(const LwTokens *tokens, guint first, guint end, guint *next)
{
	static const char *const whole[] = {"behandelaar", "medewerker", "contactpersoon",
					    "begeleider",  "consulent",	 "verbalisant"};
	const char *word = lw_token_at(tokens, first)->word;

	*next = first + 1;
	if (first < end && lw_token_in(word, "beh mdw medw afh regie"))
		return whole[0];
	/* "beoordeeld door" */
	if (first + 1 < end && lw_token_is(tokens, first + 1, "door") &&
	    lw_word_ends_in(word, "eld erd emd ikt erkt kend ekt ren igd")) {
		*next = first + 2;
		return whole[0];
	}
	for (guint i = 0; i < G_N_ELEMENTS(whole) && first < end && strlen(word) > 4; i++)
		if (g_str_has_prefix(whole[i], word))
			return whole[i];
	return NULL;
}

/* "Paraaf ontv.", "init.", "par.": letters of persons stand below it, whoever they are. */
static const char *asks_for_letters(const LwTokens *tokens, guint first, guint end)
{
	const char *word = lw_token_at(tokens, first)->word;

	if (first >= end || end > first + HEADING + 2)
		return NULL;
	if (lw_token_in(word, "paraaf parafen init initialen"))
		return "paraaf";
	/* "par." may head paragraphs too */
	return end <= first + 2 && lw_token_in(word, "par prf gez") ? "par" : NULL;
}

static gboolean is_headed_by(const LwTokens *tokens, guint first, guint end, const char **label)
{
	guint next, kind;
	const char *phrase =
		lw_phrase_at(tokens, first, LW_PHRASE_FIELD | LW_PHRASE_COLUMN, &next, &kind);

	*label = asks_for_letters(tokens, first, end);
	if (*label)
		return TRUE;

	if (!phrase)
		phrase = shortened(tokens, first, end, &next);
	/* the heading is the phrase and no more, but for "Voorl.", "(s)" and "/ functie" */
	if (!phrase || lw_token_at(tokens, next)->mark == ':')
		return FALSE;
	while (next < end && lw_token_at(tokens, next)->mark == '.')
		next++;
	if (next < end && !strchr("/(", (int)lw_token_at(tokens, next)->mark))
		return FALSE;
	*label = phrase;
	return TRUE;
}

/* A name where a heading should be: a row of a form, "Eigenaar  J. Hoekstra". */
static gboolean has_name(const LwTokens *tokens, guint first, guint end)
{
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->flags & LW_TOKEN_DIGIT)
			return TRUE;
		if (token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
		    !(token->lists & LW_WORD_COMMON) && !token->cues &&
		    !(i + 1 < end && lw_token_at(tokens, i + 1)->mark == '.')) /* "Geb. datum" */
			return TRUE;
		if (token->mark == '.' && i > first && lw_token_at(tokens, i - 1)->letters == 1)
			return TRUE;
	}
	return FALSE;
}

/* "Naam" alone: of anything. */
static gboolean is_general(const Heading *heading, guint count)
{
	for (guint i = 0; i < count; i++)
		if (heading->label[i] && !lw_token_in(heading->label[i], "naam name"))
			return FALSE;
	return TRUE;
}

/* "Paraaf", "Handtekening": whatever stands below is of a person's hand. */
static gboolean is_of_hand(const char *label)
{
	return lw_token_in(label, "paraaf par handtekening parafen signature");
}

/* Is this line one of headings, with names below one of them? */
static gboolean read_heading(const LwTokens *tokens, guint at, const LwCells *cells,
			     Heading *heading)
{
	static const char private[] = "adres woonadres e-mail email mail telefoon tel mobiel bsn "
				      "woonplaats geboortedatum handtekening paraaf postcode "
				      "telefoonnummer leeftijd geslacht";
	guint line = lw_token_line_end(tokens, at), others = 0;

	memset(heading, 0, sizeof(*heading));
	for (guint i = at; i < line; i++) {
		others += (lw_token_at(tokens, i)->cues & LW_CUE_COLUMN) != 0;
		heading->of_persons |=
			cells->count > 1 && lw_token_in(lw_token_at(tokens, i)->word, private);
	}
	/* without columns to see, every word of the line must be a heading, the first of names */
	if (cells->count < 2 && others + 1 < line - at)
		return FALSE;
	for (guint cell = 0; cell < cells->count; cell++) {
		guint first = cells->first[cell], end = cells->end[cell];

		heading->bodies[cell] =
			first + 1 == end && lw_token_in(lw_token_at(tokens, first)->word,
							"organisatie bedrijf werkgever gemeente "
							"afdeling instelling school organisation");
		if (first < end && is_headed_by(tokens, first, cells->count < 2 ? first : end,
						&heading->label[cell]))
			heading->names++;
		else if (cells->count > 1 && (end > first + 2 * HEADING ||
					      (others < CERTAIN && has_name(tokens, first, end))))
			return FALSE;
	}
	if (!heading->names || others)
		return heading->names > 0;
	return cells->count > 1 &&
	       (heading->of_persons || heading->names > 1 || !is_general(heading, cells->count));
}

/* Of persons only: a surname may be an ordinary word there. */
static gboolean is_of_persons(const char *label)
{
	return !lw_token_in(label,
			    "naam name contact actie afzender ontvanger eigenaar koper "
			    "verkoper opdrachtgever opdrachtnemer akkoord wie door aanvrager "
			    "huurder verhuurder deelnemer indiener gebruiker begunstigde "
			    "vergunninghouder");
}

static gboolean is_part_of_name(const char *label)
{
	return lw_token_in(label,
			   "voornaam voornamen achternaam roepnaam geslachtsnaam familienaam "
			   "geboortenaam meisjesnaam tussenvoegsel tussenv voorvoegsel voorv "
			   "surname") ||
	       strcmp(label, "first name") == 0 || strcmp(label, "last name") == 0 ||
	       strcmp(label, "achternaam en voorletters") == 0;
}

/* Capitals, particles and initials, whatever the lists say. */
static gboolean take_whole(LwNameFinder *finder, guint first, guint end, LwNameWhy why)
{
	LwName name = {.first = first, .last = end - 1, .surname = first};

	if (end - first > MAX_NAME)
		return FALSE;
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(finder->tokens, i);

		if (token->flags & LW_TOKEN_DIGIT || token->cues & LW_CUE_BODY ||
		    (!*token->word && !strchr(".,-'", (int)token->mark)))
			return FALSE;
		if (*token->word && !(token->flags & LW_TOKEN_CAPITAL) &&
		    !lw_name_is_particle(token))
			return FALSE;
	}
	while (name.last > first && !*lw_token_at(finder->tokens, name.last)->word &&
	       lw_token_at(finder->tokens, name.last)->mark != '.')
		name.last--;
	lw_name_add(finder, &name, why);
	return TRUE;
}

/* Many things have a name: some word in the cell must be one of the lists. */
static gboolean may_name(const LwTokens *tokens, guint first, guint end)
{
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
		    (!(token->lists & LW_WORD_COMMON) || token->lists & LW_WORD_FREQUENT))
			return TRUE;
		if (token->mark == '.' && i > first && lw_token_at(tokens, i - 1)->letters <= 2 &&
		    (lw_token_at(tokens, i - 1)->flags & LW_TOKEN_CAPITAL))
			return TRUE; /* initials */
	}
	return FALSE;
}

/* "MEIJER-VAN ZANTEN G", "Vries J A de", "Kaczmarek Ewa": a surname with initials or a first name
 * behind it, as registers have them. No firm: its form or its trade would stand there. */
static gboolean take_register(LwNameFinder *finder, guint first, guint end, LwNameWhy why)
{
	const LwTokens *tokens = finder->tokens;
	guint at = lw_name_skip_titles(tokens, first, NULL), words = 0, letters = 0, given = 0;
	char initials[8] = "";

	for (guint i = at; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark && strchr(".,", (int)token->mark))
			continue;
		if (!*token->word || token->flags & LW_TOKEN_DIGIT ||
		    token->cues & (LW_CUE_BODY | LW_CUE_BODY_BEFORE | LW_CUE_BODY_AFTER |
				   LW_CUE_NOT_INITIALS) ||
		    token->lists & (LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION | LW_WORD_ROLE))
			return FALSE;
		if (lw_name_is_particle(token) && token->letters > 1)
			continue;
		if (!(token->flags & LW_TOKEN_CAPITAL))
			return FALSE;
		if (token->letters == 1 && letters < sizeof(initials) - 1)
			initials[letters++] = *token->word;
		else if (letters)
			return FALSE;
		else
			words++;
		given |= token->lists & LW_WORD_FIRST_NAME && words > 1;
	}
	if (!words || words > 3 || (!letters && !(given && words == 2)) ||
	    lw_token_in(initials, "bv nv cv ua"))
		return FALSE;
	return take_whole(finder, at, end, why);
}

/* "AJG", "csg", "Z." in the column of signatures; "nee" and "---" are none. */
static void take_hand(LwNameFinder *finder, guint first, guint end, LwNameWhy why)
{
	static const char answers[] =
		"ja nee geen akkoord ok oke nvt n v t gezien ontbreekt geweigerd "
		"niet afwezig aanwezig digitaal per mail getekend";
	guint last = end;

	if (end - first > (lw_token_in(why.evidence, "par") ? 2 : MAX_NAME))
		return;
	for (guint i = first; i < end; i++)
		if (lw_token_in(lw_token_at(finder->tokens, i)->word, answers) ||
		    (lw_token_in(why.evidence, "par") &&
		     lw_token_at(finder->tokens, i)->letters > SHORT_HAND) ||
		    lw_token_at(finder->tokens, i)->flags & LW_TOKEN_DIGIT)
			return;
	while (first < last && !*lw_token_at(finder->tokens, first)->word)
		first++;
	while (last > first && !*lw_token_at(finder->tokens, last - 1)->word &&
	       lw_token_at(finder->tokens, last - 1)->mark != '.')
		last--;
	if (first < last) {
		LwName name = {.first = first, .last = last - 1, .surname = first};

		lw_name_add(finder, &name, why);
	}
}

/* One to three words with a capital that are names or on no list: "Serhij Tkachenko". */
static gboolean are_unlisted(const LwTokens *tokens, guint first, guint end)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_FREQUENT;

	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == ',' && i > first && i + 1 < end)
			continue; /* "Ofori, Kwabena" */
		if (!(token->flags & LW_TOKEN_CAPITAL) || token->cues || token->letters < 2 ||
		    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED) ||
		    token->lists & ~names)
			return FALSE;
	}
	return end > first && end - first <= 4;
}

/* "Zomer" under "Melder". */
static gboolean take_ordinary(LwNameFinder *finder, guint first, guint end, LwNameWhy why)
{
	guint at = lw_name_skip_titles(finder->tokens, first, NULL);
	const LwToken *token = lw_token_at(finder->tokens, at);

	if (are_unlisted(finder->tokens, at, end)) {
		why.score = LIKELY;
		return take_whole(finder, at, end, why);
	}
	if (at + 1 != end || !(token->flags & LW_TOKEN_CAPITAL) ||
	    !(token->lists & (LW_WORD_SURNAME | LW_WORD_FIRST_NAME)) ||
	    token->cues & (LW_CUE_BODY | LW_CUE_COLUMN) || token->lists & LW_WORD_ROLE)
		return FALSE;
	why.score = LIKELY;
	return take_whole(finder, at, end, why);
}

/* Two capitals below who handles it that are a service and no person. */
static gboolean is_service(const LwTokens *tokens, guint at)
{
	return lw_token_in(lw_token_at(tokens, at)->word,
			   "vt om hr pw ok wt bv nv gr it po nb tb pm cc va ws gd rk eu");
}

/* "SD", "EdW" may be letters of a person, though a list has them. */
static gboolean is_code(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (token->letters == 2)
		return token->flags & LW_TOKEN_ALL_CAPS &&
		       !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN));
	return token->letters <= 4 && !token->lists && lw_name_is_code(token);
}

/* "SD", "JR / SM / HdG" below who handles it. */
static gboolean take_codes(LwNameFinder *finder, guint first, guint end, const char *label,
			   LwNameWhy why)
{
	if (!lw_token_in(label, "behandelaar behandelaars medewerker consulent begeleider "
				"verbalisant controleur") &&
	    strcmp(label, "gezien door") != 0 && strcmp(label, "gecontroleerd door") != 0)
		return FALSE;
	if (end == first + 1 && is_service(finder->tokens, first))
		return TRUE;
	for (guint i = first; i < end; i++) {
		gunichar mark = lw_token_at(finder->tokens, i)->mark;

		if ((i - first) % 2 ? !mark || !strchr("/,+&", (int)mark)
				    : !is_code(finder->tokens, i))
			return FALSE;
	}
	for (guint i = first; i < end; i += 2)
		if (!is_service(finder->tokens, i))
			lw_name_add(finder, &(LwName){.first = i, .last = i, .surname = i}, why);
	return end > first;
}

/* "GARAGE KUIPER (S KUIPER)": whose it is. */
static void take_bracketed(LwNameFinder *finder, guint first, guint end, LwNameWhy why)
{
	const LwTokens *tokens = finder->tokens;
	guint at = first, close;

	while (at < end && lw_token_at(tokens, at)->mark != '(')
		at++;
	for (close = at; close < end && lw_token_at(tokens, close)->mark != ')';)
		close++;
	if (at > first && close < end && close > at + 2 && close < at + 2 + MAX_NAME &&
	    lw_token_at(tokens, at + 1)->letters == 1 &&
	    lw_token_at(tokens, at + 1)->flags & LW_TOKEN_CAPITAL &&
	    lw_token_at(tokens, close - 1)->letters > 2)
		take_whole(finder, at + 1, close, why);
}

static void take_cell(LwNameFinder *finder, guint first, guint end, const char *label,
		      gboolean of_persons)
{
	LwNameWhy why = {SCORE, "name/table", LW_REASON_FIELD, label};
	guint next, kind;

	/* a form in two columns: its labels are no names */
	if (lw_phrase_at(finder->tokens, first, LW_PHRASE_FIELD | LW_PHRASE_OTHER_FIELD, &next,
			 &kind) &&
	    (next >= end || lw_token_at(finder->tokens, next)->mark == ':'))
		return;
	take_bracketed(finder, first, end, why);
	/* "Maatschap Ter Haar" */
	if (end > first + 1 && lw_token_at(finder->tokens, first)->cues & LW_CUE_BODY_BEFORE &&
	    !(lw_token_at(finder->tokens, first)->lists & LW_WORD_FREQUENT)) {
		memset(finder->closed + first, 1, end - first);
		return;
	}
	if (lw_token_in(label, "voorletters voorletter voorl vl")) {
		lw_name_take_initials(finder, first, end, why);
		return;
	}
	if (is_of_hand(label)) {
		take_hand(finder, first, end, why);
		return;
	}
	if (take_codes(finder, first, end, label, why))
		return;
	if (is_part_of_name(label) && take_whole(finder, first, end, why))
		return;
	if (take_register(finder, first, end, why))
		return;
	if (is_of_persons(label) && take_ordinary(finder, first, end, why))
		return;
	/* "mbr" under "Behandelaar" */
	if (end == first + 1 && lw_token_at(finder->tokens, first)->letters <= 5 &&
	    !(lw_token_at(finder->tokens, first)->lists & (LW_WORD_COMMON | LW_WORD_ROLE)) &&
	    !(lw_token_at(finder->tokens, first)->cues & LW_CUE_RELATION)) /* "BOA" */
		lw_name_take(finder, first, end, LW_NAME_EXPECTED, why);
	if (of_persons || may_name(finder->tokens, first, end))
		lw_name_take_list(finder, first, end, LW_NAME_EXPECTED, why);
}

/* A line of dashes below the headings. */
static gboolean is_rule(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_end(tokens, at);

	for (guint i = at; i < line; i++)
		if (!strchr("|-+=:_", (int)lw_token_at(tokens, i)->mark) ||
		    !lw_token_at(tokens, i)->mark)
			return FALSE;
	return TRUE;
}

static void take_row(LwNameFinder *finder, const LwCells *head, const LwCells *row,
		     const Heading *heading)
{
	for (guint column = 0; column < head->count; column++) {
		guint first, end;

		if (heading->bodies[column] && lw_cells_at(head, row, column, &first, &end))
			memset(finder->closed + first, LW_CLOSED, end - first);
		if (heading->label[column] && lw_cells_at(head, row, column, &first, &end))
			take_cell(finder, first, end, heading->label[column], heading->of_persons);
	}
}

static void take_table(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	LwCells head, row;
	Heading heading, other;
	guint i = lw_token_line_end(tokens, at);

	lw_cells_read(tokens, at, NULL, &head);
	if (!read_heading(tokens, at, &head, &heading) || (head.count < 2 && !heading.label[0]))
		return;
	if (head.count > 2)
		memset(finder->closed + at, LW_CLOSED, i - at);
	for (guint rows = 0; i < tokens->count && rows < MAX_ROWS; rows++) {
		if (lw_token_at(tokens, i)->gap == LW_GAP_BLANK)
			break;
		lw_cells_read(tokens, i, &head, &row);
		/* a heading of the same table again: the next call takes what follows it */
		if (!is_rule(tokens, i)) {
			if ((head.count > 1 && row.count < 2) ||
			    read_heading(tokens, i, &row, &other))
				break;
			take_row(finder, &head, &row, &heading);
		}
		i = lw_token_line_end(tokens, i);
	}
}

void lw_names_in_tables(LwNameFinder *finder)
{
	for (guint i = 0; i < finder->tokens->count; i = lw_token_line_end(finder->tokens, i))
		take_table(finder, i);
}

/* --- by the other cells of the column --- */

/* The words of a cell, up to a bracket, that no name has yet; FALSE: a name has them. */
static gboolean is_open(const LwNameFinder *finder, guint first, guint *end)
{
	gboolean open = FALSE;

	for (guint i = first; i < *end; i++) {
		if (lw_token_at(finder->tokens, i)->mark == '(' && i > first) {
			*end = i;
			break;
		}
		open |= *lw_token_at(finder->tokens, i)->word && !finder->owner[i];
	}
	return open;
}

/* No firm, team or vacancy. */
static gboolean may_complete(const LwTokens *tokens, guint first, guint end)
{
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		gboolean surname = token->lists & LW_WORD_SURNAME;

		if (lw_name_is_particle(token) && i + 1 < end)
			continue;
		if (token->cues & (LW_CUE_STOP | LW_CUE_BODY | LW_CUE_BODY_BEFORE |
				   LW_CUE_BODY_AFTER | LW_CUE_NOT_INITIALS | LW_CUE_COLUMN) ||
		    token->lists & (LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION) ||
		    (token->lists & (LW_WORD_COMMON | LW_WORD_ROLE | LW_WORD_PLACE) && !surname) ||
		    token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED))
			return FALSE;
	}
	return end > first;
}

/* Lines of as many cells as this one; dashes between them do not count. */
static guint block_end(const LwTokens *tokens, guint at, const LwCells *head)
{
	guint i = lw_token_line_end(tokens, at);
	LwCells row;

	for (guint rows = 0; i < tokens->count && rows < MAX_ROWS; rows++) {
		if (lw_token_at(tokens, i)->gap == LW_GAP_BLANK)
			break;
		lw_cells_read(tokens, i, NULL, &row);
		if (!is_rule(tokens, i) && row.count != head->count)
			break;
		i = lw_token_line_end(tokens, i);
	}
	return i;
}

/* Where most cells of a column are names the others are too: "Wagemaker-Lo", "van der Veer
 * Kuipers, L." */
static void complete_column(LwNameFinder *finder, guint column, guint from, guint to)
{
	const LwNameWhy why = {LIKELY, "name/table", LW_REASON_FIELD, NULL};
	guint taken = 0, all = 0;
	LwCells row;

	for (guint pass = 0; pass < 2; pass++) {
		for (guint i = from; i < to; i = lw_token_line_end(finder->tokens, i)) {
			guint first, end;

			lw_cells_read(finder->tokens, i, NULL, &row);
			if (is_rule(finder->tokens, i) || column >= row.count)
				continue;
			first = row.first[column];
			end = row.end[column];
			all += !pass && first < end;
			if (!is_open(finder, first, &end))
				taken += !pass && first < end;
			else if (pass && may_complete(finder->tokens, first, end))
				take_whole(finder, first, end, why);
		}
		if (taken < LEAST_NAMES || taken * 2 < all)
			return;
	}
}

void lw_names_in_columns(LwNameFinder *finder)
{
	LwCells head;
	guint end;

	for (guint i = 0; i < finder->tokens->count; i = end) {
		end = lw_token_line_end(finder->tokens, i);
		lw_cells_read(finder->tokens, i, NULL, &head);
		if (head.count < LEAST_CELLS)
			continue;
		end = block_end(finder->tokens, i, &head);
		for (guint column = 0; column < head.count; column++)
			complete_column(finder, column, i, end);
	}
}
