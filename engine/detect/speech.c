/* speech.c - who speaks in minutes, and codes of initials ("JdV") that the document itself defines.
 */
#include "engine/detect/name.h"

#include <string.h>

#define SCORE	 0.85f
#define MAX_CODE 5
#define KNOWN	 3 /* of who speak, that tell of minutes */
#define OFTEN	 3 /* lines of one who speaks */

gboolean lw_name_is_code(const LwToken *token)
{
	if (token->letters < 2 || token->letters > MAX_CODE ||
	    (token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN)))
		return FALSE;
	return (token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED)) &&
	       !(token->cues & LW_CUE_STOP) &&
	       !(token->cues & LW_CUE_NOT_INITIALS && token->letters < 3);
}

/* "JdV:" or "Jansen:" before what somebody says. */
static gboolean opens_speech(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	const LwToken *colon = lw_token_at(tokens, at + 1);

	return token->flags & LW_TOKEN_LINE_START && token->flags & LW_TOKEN_CAPITAL &&
	       colon->mark == ':' && colon->gap == LW_GAP_NONE &&
	       lw_token_at(tokens, at + 2)->gap == LW_GAP_SPACE &&
	       !(token->cues & (LW_CUE_STOP | LW_CUE_BODY | LW_CUE_COLUMN | LW_CUE_PHRASE));
}

static GHashTable *count_speakers(const LwTokens *tokens)
{
	GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < tokens->count; i++) {
		gpointer word = (gpointer)lw_token_at(tokens, i)->word;

		if (opens_speech(tokens, i))
			g_hash_table_insert(
				counts, word,
				GUINT_TO_POINTER(
					GPOINTER_TO_UINT(g_hash_table_lookup(counts, word)) + 1));
	}
	return counts;
}

/* Who speaks does so more than once, or is named in full elsewhere; a list of abbreviations names
 * each once. */
static gboolean are_minutes(GHashTable *counts, GHashTable *persons)
{
	GHashTableIter iter;
	gpointer word, count;
	guint lines = 0, speakers = g_hash_table_size(counts), known = 0;

	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, &word, &count)) {
		lines += GPOINTER_TO_UINT(count);
		known += g_hash_table_contains(persons, word);
	}
	return speakers > 1 &&
	       (lines * 4 >= speakers * 5 || (known >= KNOWN && known * 2 >= speakers));
}

static gboolean may_speak(const LwToken *token, gboolean minutes)
{
	const guint32 others = LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION | LW_WORD_ROLE |
			       LW_WORD_TITLE | LW_WORD_PLACE;

	if (token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION))
		return FALSE;
	if (lw_name_is_code(token))
		return TRUE;
	if (minutes && token->letters > 2 && !(token->flags & LW_TOKEN_DIGIT) &&
	    !(token->lists & others & ~(token->lists & LW_WORD_SURNAME ? LW_WORD_PLACE : 0)) &&
	    (token->lists & LW_WORD_SURNAME || !(token->lists & LW_WORD_COMMON)))
		return TRUE; /* among those who speak, on no list of names or an ordinary word */
	return token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
	       (!(token->lists & LW_WORD_COMMON) || token->lists & LW_WORD_FREQUENT);
}

/* The surnames, first names and initials of whom the document names. */
static GHashTable *learn_persons(const LwNameFinder *finder)
{
	GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < finder->candidates->len; i++) {
		const LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, i);
		const LwName *name = &candidate->name;

		if (candidate->dropped || candidate->why.score < 0.8f)
			continue;
		g_hash_table_add(known, lw_name_code(finder->tokens, name));
		for (guint at = name->first; at <= name->last; at++)
			if (lw_token_at(finder->tokens, at)->letters > 2)
				g_hash_table_add(known,
						 g_strdup(lw_token_at(finder->tokens, at)->word));
	}
	return known;
}

static void take_speakers(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	g_autoptr(GHashTable) counts = count_speakers(tokens);
	g_autoptr(GHashTable) persons = learn_persons(finder);
	gboolean minutes = are_minutes(counts, persons);

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		LwName name = {.first = i, .last = i, .surname = i};
		LwNameWhy why = {0.45f, "name/speaker", LW_REASON_SPEAKER, NULL};

		if (!opens_speech(tokens, i))
			continue;
		if (g_hash_table_contains(persons, token->word)) {
			why.score = SCORE;
			lw_name_add(finder, &name, why);
			continue;
		}
		/* "Bo": short, but a name, and speaks time and again */
		if (!may_speak(token, minutes) &&
		    !(minutes && token->lists & LW_WORD_FIRST_NAME &&
		      GPOINTER_TO_UINT(g_hash_table_lookup(counts, token->word)) >= OFTEN))
			continue;
		if (minutes)
			why.score = GPOINTER_TO_UINT(g_hash_table_lookup(counts, token->word)) > 1
					    ? SCORE
					    : 0.6f;
		else if (token->lists & LW_WORD_COMMON || lw_name_is_code(token))
			continue;
		lw_name_add(finder, &name, why);
	}
}

/* Code to candidate number + 1; 0 when two persons share it. */
static void learn_code(GHashTable *codes, const char *code, guint index)
{
	gpointer known;

	if (strlen(code) < 2)
		return;
	if (g_hash_table_lookup_extended(codes, code, NULL, &known) &&
	    GPOINTER_TO_UINT(known) != index + 1)
		index = G_MAXUINT;
	g_hash_table_insert(codes, g_strdup(code), GUINT_TO_POINTER(index + 1));
}

/* May these letters stand for the name: its initials, or letters of it in their order? "mbr" of
 * Marco Brinkhof, "LdB" of Lidewij de Brabander. */
static gboolean stands_for(const LwTokens *tokens, const char *code, const LwName *name,
			   const char *initials)
{
	g_autoptr(GString) whole = g_string_new(NULL);
	gssize behind = -1; /* where what stands behind the comma goes */
	const char *at;

	if (strcmp(code, initials) == 0)
		return TRUE;
	for (guint i = name->first; i <= name->last; i++) {
		/* "Reitsma, Hylke" is read as "Hylke Reitsma" */
		if (lw_token_at(tokens, i)->mark == ',')
			behind = 0;
		if (behind < 0)
			g_string_append(whole, lw_token_at(tokens, i)->word);
		else
			g_string_insert(whole, behind, lw_token_at(tokens, i)->word);
		behind += behind >= 0 ? (gssize)strlen(lw_token_at(tokens, i)->word) : 0;
	}
	at = whole->str;
	if (!*code ||
	    (!g_str_has_prefix(whole->str, (char[]){*code, '\0'}) && !strchr(initials, *code)))
		return FALSE;
	for (const char *letter = code; *letter; letter = g_utf8_next_char(letter)) {
		at = g_utf8_strchr(at, -1, g_utf8_get_char(letter));
		if (!at)
			return FALSE;
		at = g_utf8_next_char(at);
	}
	return TRUE;
}

/* Two to five letters that stand where a code may be defined, whatever their case. */
static gboolean may_be_code(const LwToken *token)
{
	return token->letters >= 2 && token->letters <= MAX_CODE &&
	       !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN)) && *token->word;
}

/* "FSR (Financiele Specifieke ...)", "AR: Airworthiness Review": an abbreviation is explained. */
static gboolean is_like_person(const LwTokens *tokens, const LwName *name)
{
	if (name->initials || name->particles)
		return TRUE;
	for (guint i = name->first; i <= name->last; i++) {
		guint32 lists = lw_token_at(tokens, i)->lists;

		if (lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
		    (!(lists & LW_WORD_COMMON) || lists & LW_WORD_FREQUENT))
			return TRUE;
	}
	return FALSE;
}

/* "J. de Vries (JdV)": the code after a name, if it may be read as its initials. */
static const LwToken *stated_code(const LwTokens *tokens, const LwName *name, const char *expected)
{
	const LwToken *code = lw_token_at(tokens, name->last + 2);

	if (lw_token_at(tokens, name->last + 1)->mark != '(' ||
	    lw_token_at(tokens, name->last + 3)->mark != ')' || !may_be_code(code) ||
	    code->lists & (LW_WORD_FIRST_NAME | LW_WORD_COMMON) || !is_like_person(tokens, name))
		return NULL;
	return stands_for(tokens, code->word, name, expected) ? code : NULL;
}

/* "mbr = Marco Brinkhof", "NA (Nordin Azzouzi)", "FS: Femke Snel": the name may be on no list, its
 * letters prove it. The token after the definition; `at` when it is none. */
static guint take_definition(LwNameFinder *finder, guint at, GHashTable *stated)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *code = lw_token_at(tokens, at), *sign = lw_token_at(tokens, at + 1);
	g_autofree char *initials = NULL;
	LwNameWhy why = {SCORE, "name/code", LW_REASON_CODE, NULL};
	LwName name;
	gboolean bracket = sign->mark == '(';

	if (!may_be_code(code) || !sign->mark || !strchr("=(:", (int)sign->mark) ||
	    sign->gap > LW_GAP_WIDE || lw_token_at(tokens, at + 2)->gap > LW_GAP_WIDE ||
	    !lw_name_parse(tokens, at + 2, LW_NAME_EXPECTED, &name) || name.first == name.last)
		return at;
	if (!(sign->mark == '=' || lw_name_is_code(code) || code->flags & LW_TOKEN_ALL_CAPS) ||
	    (code->lists & LW_WORD_FIRST_NAME && !(code->flags & LW_TOKEN_ALL_CAPS)) ||
	    (bracket && lw_token_at(tokens, name.last + 1)->mark != ')') ||
	    lw_name_is_body(tokens, &name) || (sign->mark != '=' && !is_like_person(tokens, &name)))
		return at;
	initials = lw_name_code(tokens, &name);
	if (sign->mark == '=' ? !stands_for(tokens, code->word, &name, initials)
			      : strcmp(code->word, initials) != 0)
		return at;
	lw_name_add(finder, &name, why);
	g_hash_table_add(stated, (gpointer)code->word);
	return name.last + 1;
}

static GHashTable *learn_codes(LwNameFinder *finder, GHashTable *stated)
{
	GHashTable *codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint count = finder->candidates->len;

	for (guint i = 0; i < count; i++) {
		const LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, i);
		g_autofree char *code = lw_name_code(finder->tokens, &candidate->name);
		const LwToken *written;

		if (candidate->dropped || candidate->why.score < 0.5f)
			continue;
		written = stated_code(finder->tokens, &candidate->name, code);
		if (written)
			g_hash_table_add(stated, (gpointer)written->word);
		if (candidate->why.reason == LW_REASON_ATTENDANCE)
			learn_code(codes, code, i);
	}
	for (guint i = 0; i < finder->tokens->count; i++)
		take_definition(finder, i, stated);
	return codes;
}

/* A code is spelt alike everywhere: "na" is a word where "NA" is defined. */
static gboolean is_spelt_as_code(const LwToken *token)
{
	return lw_name_is_code(token) || token->flags & LW_TOKEN_ALL_CAPS ||
	       (token->flags & LW_TOKEN_LOWER && !(token->lists & LW_WORD_COMMON) &&
		!(token->cues & LW_CUE_STOP) && may_be_code(token));
}

/* In a cell of its own: "EG" in a list of actions. */
static gboolean is_alone(const LwTokens *tokens, guint at)
{
	return lw_token_at(tokens, at)->flags & LW_TOKEN_ALL_CAPS &&
	       lw_token_at(tokens, at)->gap >= LW_GAP_WIDE &&
	       lw_token_at(tokens, at + 1)->gap >= LW_GAP_WIDE;
}

/* "ik zie alleen de code HRE": the first letter of the first name and letters of the surname. */
static gboolean is_called_code(const LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const char *word = lw_token_at(tokens, at)->word;

	if (!at || !lw_token_in(lw_token_at(tokens, at - 1)->word,
				"code codes initialen afkorting gebruikerscode medewerkerscode"))
		return FALSE;
	for (guint i = 0; i < finder->candidates->len; i++) {
		const LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, i);
		g_autofree char *initials = lw_name_code(tokens, &candidate->name);

		if (!candidate->dropped && candidate->why.score >= 0.5f &&
		    candidate->name.first < candidate->name.last && *initials == *word &&
		    stands_for(tokens, word, &candidate->name, initials))
			return TRUE;
	}
	return FALSE;
}

static void take_codes(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	g_autoptr(GHashTable) stated = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) codes = learn_codes(finder, stated);

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		LwName name = {.first = i, .last = i, .surname = i};

		if (!is_spelt_as_code(token))
			continue;
		if (g_hash_table_contains(stated, token->word) || is_called_code(finder, i))
			lw_name_add(finder, &name,
				    (LwNameWhy){0.9f, "name/code", LW_REASON_CODE, NULL});
		else if ((lw_name_is_code(token) || is_alone(tokens, i)) &&
			 g_hash_table_lookup(codes, token->word) &&
			 !(token->lists & LW_WORD_ABBREVIATION))
			lw_name_add(finder, &name,
				    (LwNameWhy){0.6f, "name/code", LW_REASON_CODE, NULL});
	}
}

void lw_names_in_speech(LwNameFinder *finder)
{
	take_speakers(finder);
	take_codes(finder);
}
