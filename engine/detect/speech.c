/* speech.c - who speaks in minutes, and codes of initials ("JdV") that the document itself defines.
 */
#include "engine/detect/name.h"

#include <string.h>

#define SCORE	 0.85f
#define MAX_CODE 5

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

/* Who speaks does so more than once; a list of abbreviations names each once. */
static gboolean are_minutes(GHashTable *counts)
{
	GHashTableIter iter;
	gpointer count;
	guint lines = 0, speakers = g_hash_table_size(counts);

	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, NULL, &count))
		lines += GPOINTER_TO_UINT(count);
	return speakers > 1 && lines * 4 >= speakers * 5;
}

static gboolean may_speak(const LwToken *token)
{
	if (token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION))
		return FALSE;
	if (lw_name_is_code(token))
		return TRUE;
	return token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
	       (!(token->lists & LW_WORD_COMMON) || token->lists & LW_WORD_FREQUENT);
}

static void take_speakers(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	g_autoptr(GHashTable) counts = count_speakers(tokens);
	gboolean minutes = are_minutes(counts);

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		LwName name = {.first = i, .last = i, .surname = i};
		LwNameWhy why = {0.45f, "name/speaker", LW_REASON_SPEAKER, NULL};

		if (!opens_speech(tokens, i) || !may_speak(token))
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

/* "J. de Vries (JdV)": the code after a name, if it may be read as its initials. */
static const LwToken *stated_code(const LwTokens *tokens, const LwName *name, const char *expected)
{
	const LwToken *code = lw_token_at(tokens, name->last + 2);
	gsize length = strlen(code->word);
	gunichar last;

	if (lw_token_at(tokens, name->last + 1)->mark != '(' ||
	    lw_token_at(tokens, name->last + 3)->mark != ')')
		return NULL;
	if (!lw_name_is_code(code) || !length || !*expected)
		return NULL;
	last = g_utf8_get_char(g_utf8_prev_char(code->word + length));
	if (g_utf8_get_char(code->word) != g_utf8_get_char(expected) ||
	    !g_utf8_strchr(expected, -1, last))
		return NULL;
	return code;
}

static GHashTable *learn_codes(const LwNameFinder *finder, GHashTable *stated)
{
	GHashTable *codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < finder->candidates->len; i++) {
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
	return codes;
}

static void take_codes(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	g_autoptr(GHashTable) stated = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) codes = learn_codes(finder, stated);

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		LwName name = {.first = i, .last = i, .surname = i};

		if (!lw_name_is_code(token))
			continue;
		if (g_hash_table_contains(stated, token->word))
			lw_name_add(finder, &name,
				    (LwNameWhy){0.9f, "name/code", LW_REASON_SPEAKER, NULL});
		else if (g_hash_table_lookup(codes, token->word) &&
			 !(token->lists & LW_WORD_ABBREVIATION))
			lw_name_add(finder, &name,
				    (LwNameWhy){0.6f, "name/code", LW_REASON_SPEAKER, NULL});
	}
}

void lw_names_in_speech(LwNameFinder *finder)
{
	take_speakers(finder);
	take_codes(finder);
}
