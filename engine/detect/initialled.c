/* initialled.c - a few letters behind a word that asks for somebody's hand: "akkoord SG",
 * "secretaris: Stt   burgemeester: EvM", "gez. kw / jb", "(paraaf) d Gr".
 *
 * Anything may stand there, so they are but proposed; calibration knows how often they go. */
#include "engine/detect/signature_private.h"

#include <string.h>

#define SCORE	0.4f
#define REACH	4 /* tokens from the word to the letters */
#define LETTERS 5
#define PIECES	4 /* "v. d. W." */
#define HANDS	6 /* behind one word */

/* Nothing else follows these. */
static gboolean asks_always(const LwToken *token)
{
	return lw_token_in(token->word,
			   "paraaf parafen parafe parf par akkoord akk accoord gezien gez "
			   "afgetekend accordering lezer");
}

/* What follows these with a colon or in a cell of its own. */
static gboolean asks_with_colon(const LwToken *token)
{
	return lw_token_in(token->word,
			   "getekend ondertekend tekent tekende handtekening handtek getoetst "
			   "toetser geboekt ingeboekt controle gecontroleerd vastgesteld ingevuld "
			   "opgemaakt secretaris secr voorzitter voorz griffier burgemeester "
			   "dijkgraaf chef ploegchef teamleider afdelingshoofd leidinggevende "
			   "manager opzichter opz budgethouder");
}

/* Between the word and the letters: who has to sign, "tl:", and marks. */
static gboolean may_lie_between(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (!*token->word)
		return token->mark && strchr(":.([~\"/", (int)MIN(token->mark, 127u));
	return asks_always(token) || asks_with_colon(token) || token->lists & LW_WORD_ROLE ||
	       lw_token_in(token->word, "bureau afd adm team door gw") ||
	       (token->letters <= LETTERS && lw_token_at(tokens, at + 1)->mark == ':');
}

/* "SG", "Stt", "kz", "FtHv": short, and no word; no number. */
static gboolean is_piece(const LwSigning *self, guint at)
{
	static const char others[] =
		"x d dd i ii iii iv v vi vii viii ix n nvt ja nee ok t m p a b w "
		"pm wk kw re li jan feb mrt apr mei jun jul aug sep sept okt nov "
		"dec";
	const LwToken *token = lw_token_at(self->tokens, at);

	return *token->word && token->letters <= LETTERS && !(token->flags & LW_TOKEN_DIGIT) &&
	       !signing_entity(self, at) && !lw_token_in(token->word, others) &&
	       !(token->letters > 1 &&
		 (token->cues || token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION |
						 LW_WORD_BRAND | LW_WORD_PLACE))) &&
	       !(token->letters > 2 && token->lists & LW_WORD_COMMON);
}

/* Where the letters that begin here end; `first`: there are none. */
static guint letters_end(const LwSigning *self, guint first, guint line)
{
	const LwTokens *tokens = self->tokens;
	guint end = first, letters = 0;

	while (end < line && end < first + 2 * PIECES && is_piece(self, end) &&
	       (end == first || lw_token_at(tokens, end)->gap < LW_GAP_WIDE)) {
		letters += lw_token_at(tokens, end)->letters;
		end++;
		if (end < line && lw_token_at(tokens, end)->mark == '.' &&
		    lw_token_at(tokens, end - 1)->letters == 1)
			end++;
	}
	return letters >= 1 && letters <= LETTERS + 2 ? end : first;
}

/* "12/3", "5-4-2022": what is written beside a hand. */
static gboolean is_day(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->flags & LW_TOKEN_DIGIT && token->letters <= 2 &&
	       lw_token_at(tokens, at + 1)->mark &&
	       strchr("-/.", (int)MIN(lw_token_at(tokens, at + 1)->mark, 127u));
}

/* What comes next begins something else: a cell, a mark, a day; but "P&O", "MT:". */
static gboolean is_closed(const LwTokens *tokens, guint end, guint line)
{
	const LwToken *next = lw_token_at(tokens, end);

	if (end >= line || next->gap >= LW_GAP_WIDE)
		return TRUE;
	if (!*next->word)
		return !strchr("&:-'", (int)MIN(next->mark, 127u));
	return is_day(tokens, end) || lw_token_in(next->word, "dd d en");
}

static guint take(LwSigning *self, guint first, guint line)
{
	guint end = letters_end(self, first, line);
	LwEntity *entity;

	if (end == first || !is_closed(self->tokens, end, line))
		return first;
	entity = lw_entities_add(self->found, lw_token_span(self->tokens, first, end - 1),
				 LW_KIND_SIGNATURE, SCORE, "name/initials-asked");
	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = "paraaf";
	for (guint i = first; i < end; i++)
		self->owner[i] = self->found->items->len;
	return end;
}

/* "Paraaf manager: ", then "HR / LN". */
static void take_asked(LwSigning *self, guint at, guint line)
{
	const LwTokens *tokens = self->tokens;
	guint first = at + 1, end, hands = 1;
	gboolean colon = FALSE;

	while (first < line && first < at + REACH && may_lie_between(tokens, first)) {
		colon |= lw_token_at(tokens, first)->mark == ':';
		first++;
	}
	if (!asks_always(lw_token_at(tokens, at)) && !colon &&
	    lw_token_at(tokens, first)->gap < LW_GAP_WIDE)
		return;
	end = take(self, first, line);
	while (end > first && end + 1 < line && hands++ < HANDS &&
	       (lw_token_at(tokens, end)->mark == '/' || lw_token_is(tokens, end, "en"))) {
		first = end + 1;
		end = take(self, first, line);
	}
}

void signing_initialled(LwSigning *self)
{
	for (guint i = 0; i < self->tokens->count; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);

		if (asks_always(token) || asks_with_colon(token))
			take_asked(self, i, lw_token_line_end(self->tokens, i));
	}
}
