/* defined-code.c - letters that the document itself says are somebody's: "Dirk Smeets (verder:
 * DS)", "R. = Reinier Postma", "Dick (vz, DM)" who speaks as "DM:".
 *
 * What is defined needs no list's leave: "DS" may be a minister of the church elsewhere. The
 * letters have to fit a name that is found beside them; then they are looked for as they are
 * written. */
#include "engine/detect/initials-read.h"
#include "engine/detect/office.h"

#include <string.h>

#define DEFINED 0.85f
#define SURE	0.6f /* of the name that the letters stand for */
#define WORDS	5    /* "hierna ook te noemen:" */

/* "DS", "v.S.", "R.": the letters at one place; FALSE: none. */
static gboolean read_code(const LwTokens *tokens, guint at, LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, at), *point = lw_token_at(tokens, at + 1);

	if (token->flags & LW_TOKEN_DIGIT)
		return FALSE;
	if (token->letters == 1 && token->flags & LW_TOKEN_CAPITAL && point->mark == '.' &&
	    point->gap == LW_GAP_NONE && lw_token_at(tokens, at + 2)->gap > LW_GAP_NONE) {
		*code = (LwLetters){.first = at, .last = at + 1, .letters = 1, .points = TRUE};
		g_strlcpy(code->text, token->word, sizeof code->text);
		return TRUE;
	}
	if (token->letters > 1 && !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED)))
		return FALSE;
	return lw_letters_read(tokens, at, code) && code->letters > 1;
}

/* The name found that has this token; NULL: none that is sure. */
static const LwName *name_at(const LwNameFinder *finder, guint at)
{
	const LwCandidate *owner;

	if (at >= finder->tokens->count || !finder->owner[at])
		return NULL;
	owner = &g_array_index(finder->candidates, LwCandidate, finder->owner[at] - 1);
	return owner->why.score >= SURE && owner->name.last > owner->name.first ? &owner->name
										: NULL;
}

/* Each letter begins a word of the name, in their order; one alone begins the first or the last. */
static gboolean fits(const LwTokens *tokens, const LwLetters *code, const LwName *name)
{
	const char *letter = code->text;

	for (guint i = name->first; i <= name->last && *letter; i++)
		for (const char *c = lw_token_at(tokens, i)->word; *c && *letter;
		     c = g_utf8_next_char(c))
			if ((c == lw_token_at(tokens, i)->word || c[-1] == '-') &&
			    g_utf8_get_char(c) == g_utf8_get_char(letter))
				letter = g_utf8_next_char(letter);
	return !*letter;
}

static char *written(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *first = lw_token_at(tokens, code->first);
	const LwToken *last = lw_token_at(tokens, code->last);

	return g_strndup(tokens->normal->utf8 + first->start, last->end - first->start);
}

/* "R. = Reinier Postma": before the sign and behind it. */
static gboolean is_equal(const LwNameFinder *finder, guint at, LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwName *name = name_at(finder, at + 1);
	guint before = at - 1 - (at > 1 && lw_token_at(tokens, at - 1)->mark == '.');

	while (name && before && lw_token_at(tokens, before)->letters == 1 &&
	       lw_token_at(tokens, before - 1)->mark == '.' &&
	       lw_token_at(tokens, before)->gap == LW_GAP_NONE)
		before -= 2;
	return name && at && read_code(tokens, before, code) && code->last + 1 == at &&
	       fits(tokens, code, name);
}

/* "Dirk Smeets (verder: DS)", "Dirk Smeets, hierna te noemen 'DS',". */
static gboolean is_agreed(const LwNameFinder *finder, guint at, LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwName *name;
	guint i = at + 1;

	if (at < 2 || !lw_token_at(tokens, at - 1)->mark)
		return FALSE;
	name = name_at(finder, at - 2);
	if (!name && lw_token_at(tokens, at - 2)->mark == '"')
		name = name_at(finder, at - 3);
	if (!name)
		return FALSE;
	while (i <= at + WORDS &&
	       (lw_token_in(lw_token_at(tokens, i)->word, "te noemen genoemd ook aangeduid als") ||
		(lw_token_at(tokens, i)->mark && lw_token_at(tokens, i)->mark < 0x80 &&
		 strchr(":'\"", (int)lw_token_at(tokens, i)->mark))))
		i++;
	return read_code(tokens, i, code) && fits(tokens, code, name);
}

/* "Dick (vz, DM)", "juf Kim (KS)": what closes the brackets behind a name. */
static gboolean is_bracketed(const LwNameFinder *finder, guint at, LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwCandidate *owner =
		at && finder->owner[at - 1]
			? &g_array_index(finder->candidates, LwCandidate, finder->owner[at - 1] - 1)
			: NULL;
	guint close = at + 2;

	while (close <= at + WORDS && lw_token_at(tokens, close)->mark != ')')
		close++;
	if (!owner || owner->why.score < SURE || lw_token_at(tokens, close)->mark != ')' ||
	    (close > at + 2 && lw_token_at(tokens, close - 2)->mark != ','))
		return FALSE;
	return lw_token_at(tokens, close - 1)->flags & LW_TOKEN_ALL_CAPS &&
	       read_code(tokens, close - 1, code) && code->letters > 1 &&
	       !office_is_party(code->text) &&
	       g_utf8_get_char(code->text) ==
		       g_utf8_get_char(lw_token_at(tokens, owner->name.first)->word);
}

/* "DM: opent", "KS vraagt": of those in brackets, who speaks or acts later. */
static void learn_speakers(const LwNameFinder *finder, GHashTable *bracketed, GHashTable *codes)
{
	const LwTokens *tokens = finder->tokens;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i), *next = lw_token_at(tokens, i + 1);
		LwLetters code;
		char *text;

		if (!(token->flags & LW_TOKEN_ALL_CAPS) || token->letters > LW_LETTERS_MAX ||
		    !(token->flags & (LW_TOKEN_LINE_START | LW_TOKEN_SENTENCE_START)) ||
		    !(next->mark == ':' || next->cues & LW_CUE_VERB) ||
		    !read_code(tokens, i, &code))
			continue;
		text = written(tokens, &code);
		if (g_hash_table_contains(bracketed, text))
			g_hash_table_add(codes, text);
		else
			g_free(text);
	}
}

static GHashTable *learn(const LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	GHashTable *codes = NULL;
	g_autoptr(GHashTable) bracketed = NULL;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		LwLetters code;

		if (token->mark == '(' && is_bracketed(finder, i, &code)) {
			if (!bracketed)
				bracketed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
								  NULL);
			g_hash_table_add(bracketed, written(tokens, &code));
			continue;
		}
		if (!(token->mark == '=' ? is_equal(finder, i, &code)
					 : (*token->word == 'h' || *token->word == 'v') &&
						   lw_token_in(token->word, "hierna verder") &&
						   is_agreed(finder, i, &code)))
			continue;
		if (!codes)
			codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_hash_table_add(codes, written(tokens, &code));
	}
	if (bracketed && !codes)
		codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (bracketed)
		learn_speakers(finder, bracketed, codes);
	return codes;
}

/* Part of a longer name: "R. Postma". */
static gboolean is_taken(const LwNameFinder *finder, const LwLetters *code)
{
	const LwToken *next = lw_token_at(finder->tokens, code->last + 1);
	const LwToken *before = lw_token_at(finder->tokens, code->first - 1);

	for (guint i = code->first; i <= code->last; i++)
		if (finder->owner[i] &&
		    g_array_index(finder->candidates, LwCandidate, finder->owner[i] - 1)
				    .why.score >= SURE)
			return TRUE;
	/* "J.R. ", "R.P." */
	return (code->first && before->mark == '.' &&
		lw_token_at(finder->tokens, code->first)->gap == LW_GAP_NONE) ||
	       (code->points && next->flags & LW_TOKEN_CAPITAL && next->gap == LW_GAP_NONE);
}

void lw_names_by_definition(LwNameFinder *finder)
{
	const LwNameWhy why = {DEFINED, "name/code", LW_REASON_CODE, NULL};
	g_autoptr(GHashTable) codes = learn(finder);
	LwLetters code;

	for (guint i = 0; codes && i < finder->tokens->count; i++) {
		g_autofree char *text = NULL;

		if (lw_token_at(finder->tokens, i)->letters > LW_LETTERS_MAX ||
		    !(lw_token_at(finder->tokens, i)->flags &
		      (LW_TOKEN_CAPITAL | LW_TOKEN_MIXED)) ||
		    !read_code(finder->tokens, i, &code) || is_taken(finder, &code))
			continue;
		text = written(finder->tokens, &code);
		if (g_hash_table_contains(codes, text))
			lw_name_add(finder,
				    &(LwName){.first = code.first,
					      .last = code.last,
					      .surname = code.first},
				    why);
	}
}
