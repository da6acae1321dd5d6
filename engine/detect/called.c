/* called.c - by what people are called here, wherever it stands: who writes in a chat ("ok harm",
 * "ik en de lange", "dank kuif"), without a capital and in part, and nicknames ("roepnaam Riek").
 *
 * Looks for nothing but the words that others learnt; an ordinary word among them counts only where
 * somebody is spoken to or of. */
#include "engine/detect/name.h"

#include <string.h>

#define WISHES	 "beterschap sterkte gefeliciteerd gefeli proficiat welterusten slaapse"
#define TOGETHER 0.85f
#define SURE	 0.75f
#define LIKELY	 0.6f
#define MOST	 500 /* words by which people are called: each is compared with every word */
#define STEM	 3   /* letters that two forms of a nickname share */
#define MORE	 4   /* letters that one of them has beyond the other: "kuifje", "daantje" */

void lw_name_learn_called(LwNameFinder *finder, guint first, guint end)
{
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(finder->tokens, i);

		/* "Gerda van grondzaken", "Tineke Sport": the house he works for */
		if (!finder->owner[i] || (i > first && token->lists & LW_WORD_COMMON &&
					  !(token->lists & LW_WORD_FIRST_NAME)))
			continue;
		if (g_hash_table_size(finder->called) < MOST && token->letters >= 2 &&
		    !(token->flags & LW_TOKEN_DIGIT) &&
		    !(token->cues & (LW_CUE_STOP | LW_CUE_PARTICLE | LW_CUE_BODY)) &&
		    !(token->lists & LW_WORD_ROLE))
			g_hash_table_add(finder->called, (gpointer)token->word);
	}
}

/* Whoever is spoken to or of: "ok harm", "ik en de lange", "@kuif". */
static gboolean is_called(const LwTokens *tokens, guint at)
{
	static const char calls[] =
		"aan met en of sorry hoi ha hey hee he yo dag hallo bedankt dank thanks thx top "
		"topper volgens door voor bel vraag namens ok oke ja nee jo goed mooi "
		"goeiemorgen goedemorgen rustig haha nice succes merci dankje dankjewel "
		"super duidelijk snap " WISHES;
	const LwToken *before = lw_token_at(tokens, at - 1);

	if (!at || lw_token_at(tokens, at)->gap > LW_GAP_SPACE)
		return FALSE;
	return before->mark == '@' || lw_token_in(before->word, calls) ||
	       (lw_token_in(before->word, "de die") && at > 1 &&
		lw_token_in(lw_token_at(tokens, at - 2)->word, "en met van aan dat als"));
}

/* "geen peuk bij de bus bas", "wat vind jij harm?": whom the last word of a message is for. */
static gboolean closes(const LwTokens *tokens, guint at)
{
	const LwToken *before = lw_token_at(tokens, at - 1), *next = lw_token_at(tokens, at + 1);
	gboolean mark = next->mark && strchr("?!.", (int)next->mark) &&
			lw_token_at(tokens, at + 2)->gap >= LW_GAP_LINE;

	return at && (mark || next->gap >= LW_GAP_LINE) &&
	       lw_token_at(tokens, at)->gap == LW_GAP_SPACE && *before->word &&
	       before->flags & LW_TOKEN_LOWER &&
	       (lw_token_in(before->word, "jij je") ||
		(before->lists & LW_WORD_COMMON && before->letters > 2 &&
		 !(before->cues & (LW_CUE_STOP | LW_CUE_PARTICLE | LW_CUE_VERB)) &&
		 !lw_token_in(before->word,
			      "de het een die dat deze dit zo heel te geen zn haar")));
}

/* "harm maak jij", "jer bel jij", "kuif heeft": he is asked or does something. */
static gboolean does(const LwTokens *tokens, guint at)
{
	const LwToken *next = lw_token_at(tokens, at + 1);

	if (next->gap != LW_GAP_SPACE || !(next->flags & LW_TOKEN_LOWER))
		return FALSE;
	return next->cues & LW_CUE_VERB || lw_token_is(tokens, at + 1, "zelf") ||
	       (lw_token_at(tokens, at)->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START) &&
		lw_token_in(lw_token_at(tokens, at + 2)->word, "jij je even ff"));
}

/* Nothing of his sort follows: "die lange rij" is of a row. */
static gboolean stands_alone(const LwTokens *tokens, guint at)
{
	const LwToken *next = lw_token_at(tokens, at + 1);

	return next->gap >= LW_GAP_LINE || next->mark || next->letters == 1 ||
	       next->cues & (LW_CUE_VERB | LW_CUE_STOP);
}

/* "kuif" of "kuifje", "jer" of "jeremy"; longer, as "shurdley" of "shurd", if it is no word or does
 * something. */
static gboolean is_form(const LwToken *token, const char *word, gboolean acts)
{
	gsize one = strlen(token->word), other = strlen(word), least = MIN(one, other);

	return one != other && least >= STEM && MAX(one, other) - least <= MORE &&
	       (one < other || acts || !(token->lists & LW_WORD_COMMON)) &&
	       memcmp(token->word, word, least) == 0;
}

static gboolean is_form_of_any(const LwNameFinder *finder, guint at)
{
	const LwToken *token = lw_token_at(finder->tokens, at);
	gboolean acts = does(finder->tokens, at);
	GHashTableIter iter;
	gpointer word;

	g_hash_table_iter_init(&iter, finder->called);
	while (g_hash_table_iter_next(&iter, &word, NULL))
		if (is_form(token, word, acts))
			return TRUE;
	return FALSE;
}

/* "Beterschap Muur.": to whom that is said, whatever he is called. */
static gboolean is_wished(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);

	return at && token->gap == LW_GAP_SPACE && token->flags & LW_TOKEN_CAPITAL &&
	       !(token->cues & (LW_CUE_STOP | LW_CUE_BODY | LW_CUE_ADDRESS)) &&
	       !(token->lists & (LW_WORD_ORGANISATION | LW_WORD_ROLE)) &&
	       (next->gap >= LW_GAP_LINE || (next->mark && strchr(".,!", (int)next->mark))) &&
	       lw_token_in(lw_token_at(tokens, at - 1)->word, WISHES);
}

/* 0: another word. */
static float weigh(const LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at);
	gboolean ordinary =
		token->lists & LW_WORD_COMMON || token->cues || lw_name_is_made(tokens, at);
	gboolean meant = (is_called(tokens, at) && stands_alone(tokens, at)) || does(tokens, at);
	gboolean capital = token->flags & LW_TOKEN_CAPITAL &&
			   !(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START));

	if (token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION))
		ordinary = TRUE;
	if (g_hash_table_contains(finder->called, token->word)) {
		if (capital || (!ordinary && token->letters > 2))
			return SURE;
		return meant || (!ordinary && !token->lists) ||
				       (finder->is_chat && token->lists & LW_WORD_FIRST_NAME &&
					closes(tokens, at))
			       ? LIKELY
			       : 0;
	}
	if (finder->is_chat && is_wished(tokens, at))
		return LIKELY;
	if (!finder->is_chat || token->letters < STEM || token->cues & LW_CUE_STOP ||
	    (!meant && ordinary) || !is_form_of_any(finder, at))
		return 0;
	return LIKELY;
}

/* "rooie teun": the last of the writers' words that stand together here. */
static guint last_together(const LwNameFinder *finder, guint at)
{
	guint last = at;

	while (lw_token_at(finder->tokens, last + 1)->gap == LW_GAP_SPACE &&
	       g_hash_table_contains(finder->called, lw_token_at(finder->tokens, last + 1)->word))
		last++;
	return g_hash_table_contains(finder->called, lw_token_at(finder->tokens, at)->word) ? last
											    : at;
}

void lw_names_called(LwNameFinder *finder)
{
	const LwNameWhy why = {0, "name/speaker", LW_REASON_SPEAKER, NULL};

	if (!g_hash_table_size(finder->called))
		return;
	for (guint i = 0; i < finder->tokens->count; i++) {
		const LwToken *token = lw_token_at(finder->tokens, i);
		LwName name = {.first = i, .last = i, .surname = i, .lower = TRUE};
		LwNameWhy mine = why;

		if (finder->owner[i] || finder->closed[i] || token->letters < 2 ||
		    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN))
			continue;
		name.last = last_together(finder, i);
		mine.score = name.last > i ? TOGETHER : weigh(finder, i);
		if (mine.score > 0)
			lw_name_add(finder, &name, mine);
	}
}
