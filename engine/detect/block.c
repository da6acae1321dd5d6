/* block.c - names in salutations, under closing formulas and in signature blocks.
 *
 * A block is looked at line by line and never further than a few lines: what a line holds beside a
 * name ends the name. */
#include "engine/detect/name.h"

#include <string.h>

#define SCORE		0.85f
#define LIKELY		0.75f
#define MAX_BLOCK_LINES 7
#define MAX_LETTERS	5
#define LONG_LINE	70 /* bytes: a sentence, no line of a signature */

/* Do the words up to `end` belong to a salutation and nothing more? */
static gboolean ends_greeting(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->mark == ',' || token->mark == '!' || token->mark == '.' ||
	       token->mark == ';' || token->mark == ':' || token->mark == '-' ||
	       token->mark == '(' || token->gap >= LW_GAP_LINE || at >= tokens->count;
}

/* "Hello World": who is greeted without a title is so by a name, not by a word that also is a
 * rare surname. */
static gboolean is_ordinary_word(const LwName *name)
{
	guint32 lists = name->given_lists | name->surname_lists;

	return name->given + name->surnames == 1 && !name->initials && !name->particles &&
	       lists & LW_WORD_COMMON && !(lists & (LW_WORD_FREQUENT | LW_WORD_FIRST_NAME));
}

static void take_greeting(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	LwNameWhy why = {SCORE, "name/salutation", LW_REASON_SALUTATION, NULL};
	guint line = lw_token_line_end(tokens, at), i, kind;
	LwName names[8];
	guint count = 0;

	why.evidence = lw_phrase_at(tokens, at, LW_PHRASE_GREETING, &i, &kind);
	if (!why.evidence || lw_token_at(tokens, i)->mark == ':')
		return;
	while (count < G_N_ELEMENTS(names) && i < line) {
		guint next_name = lw_name_skip_titles(tokens, i, NULL);
		gboolean titled = next_name > i ||
				  (strstr(why.evidence, "heer") || strstr(why.evidence, "mevrouw"));

		i = next_name;
		/* "geachte Burgemeester Gerritsen": an office is no part of the name */
		if (lw_token_at(tokens, i)->lists & LW_WORD_ROLE &&
		    lw_token_at(tokens, i + 1)->gap == LW_GAP_SPACE &&
		    lw_token_at(tokens, i + 1)->flags & LW_TOKEN_CAPITAL)
			i++;
		if (!lw_name_parse(tokens, i, LW_NAME_LOWER, &names[count]) ||
		    lw_name_is_body(tokens, &names[count]) ||
		    (!titled && is_ordinary_word(&names[count])))
			break;
		i = names[count++].last + 1;
		if (!lw_token_is(tokens, i, "en") && !lw_token_is(tokens, i, "and") &&
		    !(strchr(",/&", (int)lw_token_at(tokens, i)->mark) &&
		      lw_token_at(tokens, i)->mark))
			break;
		if (lw_token_at(tokens, i + 1)->gap >= LW_GAP_LINE)
			break;
		i++;
	}
	if (!count)
		return;
	/* "Beste Jan, dank voor" ends after Jan; "Dag van de Arbeid" ends nowhere */
	if (!ends_greeting(tokens, names[count - 1].last + 1) &&
	    !(count > 1 && lw_token_at(tokens, names[count - 1].last + 1)->flags & LW_TOKEN_LOWER &&
	      count--))
		return;
	for (guint n = 0; n < count; n++)
		lw_name_add(finder, &names[n], why);
}

static gboolean is_place_of_note(const LwName *name)
{
	guint32 lists = name->given_lists | name->surname_lists;

	return (lists & (LW_WORD_PLACE | LW_WORD_ORGANISATION | LW_WORD_ROLE)) && !name->initials &&
	       !(lists & LW_WORD_FREQUENT) && !(name->given && name->surnames);
}

/* A capital letter, or initials, and nothing more on the line. */
static gboolean is_letter(const LwTokens *tokens, guint at, guint line)
{
	guint letters = 0;

	for (guint i = at; i < line; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->letters == 1 && token->flags & LW_TOKEN_CAPITAL &&
		    !(token->flags & LW_TOKEN_DIGIT) &&
		    (i == at || lw_token_at(tokens, i - 1)->mark == '.'))
			letters++;
		else if (!token->mark || !strchr(".\"')", (int)token->mark))
			return FALSE;
	}
	return letters > 0 && letters <= MAX_LETTERS;
}

/* "KW", "Bm": letters that are no word alone on the line above who signs. */
static gboolean is_scribble(const LwTokens *tokens, guint at, guint line)
{
	const LwToken *token = lw_token_at(tokens, at);

	return line == at + 1 && token->flags & LW_TOKEN_CAPITAL && token->letters >= 2 &&
	       token->letters <= 3 && !(token->flags & LW_TOKEN_DIGIT) && !token->cues &&
	       !(token->lists & (LW_WORD_COMMON | LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION));
}

/* "Hoofd Beslissen": what follows is his task. */
static gboolean is_function(const LwTokens *tokens, guint at)
{
	const LwToken *next = lw_token_at(tokens, at + 1);

	return lw_token_in(lw_token_at(tokens, at)->word,
			   "hoofd chef teamleider manager directeur coordinator unitmanager "
			   "afdelingshoofd teamhoofd teamcoordinator teammanager deputy head "
			   "senior junior assistant policy legal chief") &&
	       next->gap == LW_GAP_SPACE && *next->word;
}

/* "Ma, di, do", "Ma t/m wo": when somebody works. */
static gboolean is_of_days(const LwTokens *tokens, guint at, guint line)
{
	guint next = at + 1;

	if (!(lw_token_at(tokens, at)->cues & LW_CUE_WEEKDAY))
		return FALSE;
	while (next < line && next < at + 4 &&
	       (lw_token_at(tokens, next)->mark ||
		lw_token_in(lw_token_at(tokens, next)->word, "t m tm tot en met")))
		next++;
	return next > at && next < line && lw_token_at(tokens, next)->cues & LW_CUE_WEEKDAY;
}

/* A line that is a name and little else; the name's last token + 1, or `at`. */
static guint take_line(LwNameFinder *finder, guint at, guint line, LwNameMode mode, LwNameWhy why)
{
	const LwTokens *tokens = finder->tokens;
	guint i = lw_name_skip_titles(tokens, at, NULL);
	const LwToken *after;
	LwName name;

	while (i < line && strchr("\"'(-*", (int)lw_token_at(tokens, i)->mark) &&
	       lw_token_at(tokens, i)->mark)
		i++;
	/* "gez. Sch.": how a German signs */
	if (lw_token_is(tokens, i, "gez") && lw_token_at(tokens, i + 1)->mark == '.' &&
	    i + 2 < line)
		return take_line(finder, i + 2, line, mode, why);
	if (is_of_days(tokens, i, line))
		return at;
	if (i < line && (is_letter(tokens, i, line) ||
			 is_scribble(tokens, i, line))) { /* "Groet, M.", "S.D." */
		name = (LwName){.first = i, .last = line - 1, .surname = i, .initials = 1};
		while (name.last > i && !*lw_token_at(tokens, name.last)->word)
			name.last--;
		lw_name_add(finder, &name, why);
		return line;
	}
	if (i >= line || is_function(tokens, i) || !lw_name_parse(tokens, i, mode, &name) ||
	    name.last >= line)
		return at;
	after = lw_token_at(tokens, name.last + 1);
	if (name.last + 1 < line && !(after->mark && strchr(",.|/()<-;", (int)after->mark)) &&
	    after->gap != LW_GAP_WIDE)
		return at;
	if (lw_name_is_body(tokens, &name) || is_place_of_note(&name))
		return at;
	if (name.lower && name.last + 1 < line && after->mark != ',' && after->mark != '.')
		return at;
	i = lw_name_take(finder, at, line, mode, why);
	/* who signs beside him */
	if (i > at && i < line && lw_token_at(tokens, i)->gap == LW_GAP_WIDE)
		take_line(finder, i, line, LW_NAME_EXPECTED, why);
	return i;
}

static gboolean opens_other(const LwTokens *tokens, guint at)
{
	guint next, kind;
	const char *phrase =
		lw_phrase_at(tokens, at, LW_PHRASE_HEADER | LW_PHRASE_OTHER_FIELD, &next, &kind);

	return phrase && lw_token_at(tokens, next)->mark == ':';
}

/* The lines of the block; a blank line may stand between formula and name, not much after the name.
 */
static void take_block(LwNameFinder *finder, guint at, const char *formula)
{
	const LwTokens *tokens = finder->tokens;
	LwNameWhy why = {SCORE, "name/closing", LW_REASON_CLOSING, formula};
	gboolean found = FALSE;
	guint i = at;

	for (guint lines = 0; lines < MAX_BLOCK_LINES && i < tokens->count; lines++) {
		guint line = lw_token_line_end(tokens, i);
		guint length = lw_token_at(tokens, line - 1)->end - lw_token_at(tokens, i)->start;
		gboolean first = !found && lines < 2;

		if (opens_other(tokens, i) || length > LONG_LINE)
			return;
		if (lines && lw_token_at(tokens, i)->gap == LW_GAP_BLANK && found && lines > 4)
			return;
		if (take_line(finder, i, line, first ? LW_NAME_LOWER : LW_NAME_EXPECTED, why) > i) {
			found = TRUE;
			why.rule = "name/signature-block";
			why.reason = LW_REASON_SIGNATURE_BLOCK;
		}
		i = line;
	}
}

static void take_closing(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint i, kind, line = lw_token_line_end(tokens, at);
	const char *formula =
		lw_phrase_at(tokens, at, LW_PHRASE_CLOSING | LW_PHRASE_MANDATE, &i, &kind);
	gboolean closed;

	if (!formula || lw_token_at(tokens, i)->mark == ':')
		return;
	closed = lw_token_at(tokens, i)->mark == ',' || lw_token_at(tokens, i)->mark == '.' ||
		 lw_token_at(tokens, i)->mark == '!';
	if (closed)
		i++;
	/* "namens Gedeputeerde Staten van Limburg," is of a province */
	if (kind & LW_PHRASE_MANDATE && lw_token_is(tokens, i, "van"))
		i = line;
	if (i >= line) {
		take_block(finder, i, formula);
		return;
	}
	/* "Groet, Jan" and "gr jeroen": the rest of the line is the name */
	if (take_line(finder, i, line, LW_NAME_LOWER,
		      (LwNameWhy){SCORE, "name/closing", LW_REASON_CLOSING, formula}) > i ||
	    kind & LW_PHRASE_MANDATE)
		take_block(finder, line, formula);
}

/* "> Beste Ineke," */
static gboolean is_quoted_start(const LwTokens *tokens, guint at)
{
	guint first = lw_token_line_start(tokens, at);

	while (first < at && lw_token_at(tokens, first)->mark == '>')
		first++;
	return first == at;
}

/* What ends a message: the end of all, a rule, a telephone number. */
static gboolean ends_message(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);

	if (at >= tokens->count)
		return TRUE;
	if (token->mark)
		return token->mark == '+' ||
		       ((token->mark == '_' || token->mark == '-') && next->mark == token->mark);
	return lw_token_in(token->word, "tel telefoon mob mobiel t m") ||
	       (token->flags & LW_TOKEN_DIGIT && *token->word == '0');
}

/* "Fen" alone, below what was said and above "tel": how one signs without a word of closing. */
static void take_lone(LwNameFinder *finder, guint at)
{
	const guint32 others =
		LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE | LW_WORD_ABBREVIATION;
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *above = lw_token_at(tokens, at - 1);
	guint end = at + 1;
	LwName name = {.first = at, .last = at, .surname = at, .given = 1};

	if (token->letters == 1 && lw_token_at(tokens, end)->mark == '.' &&
	    lw_token_at(tokens, end)->gap == LW_GAP_NONE)
		name.last = end++;
	if (!at || token->gap != LW_GAP_BLANK || !above->mark ||
	    !strchr(".!?,)\"", (int)above->mark) || end != lw_token_line_end(tokens, at) ||
	    !ends_message(tokens, end))
		return;
	if (!(token->flags & LW_TOKEN_CAPITAL) || token->flags & LW_TOKEN_DIGIT ||
	    token->cues & ~(guint)LW_CUE_NOT_INITIALS || token->lists & others)
		return;
	if (token->letters > 1 && !(token->lists & LW_WORD_FIRST_NAME) &&
	    (token->lists || token->letters < 3 || token->flags & LW_TOKEN_ALL_CAPS ||
	     lw_name_is_made(tokens, at)))
		return;
	lw_name_add(finder, &name,
		    (LwNameWhy){LIKELY, "name/closing", LW_REASON_SIGNATURE_BLOCK, NULL});
}

void lw_names_in_blocks(LwNameFinder *finder)
{
	for (guint i = 0; i < finder->tokens->count; i++) {
		const LwToken *token = lw_token_at(finder->tokens, i);

		if (token->gap == LW_GAP_BLANK && token->flags & LW_TOKEN_CAPITAL)
			take_lone(finder, i);
		if (!(token->cues & LW_CUE_PHRASE))
			continue;
		if (token->flags & (LW_TOKEN_LINE_START | LW_TOKEN_SENTENCE_START) ||
		    is_quoted_start(finder->tokens, i)) {
			take_greeting(finder, i);
			take_closing(finder, i);
		}
	}
}
