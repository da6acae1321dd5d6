/* signature.c - initials in letters on a line or in a cell of their own, where somebody signs.
 *
 * They go whoever signs, so a name that is nothing but such initials becomes a signature before the
 * roles are bound. Without a name that they fit they are but proposed. */
#include "engine/detect/name.h"
#include "engine/detect/office.h"
#include "engine/detect/signature_private.h"

#include <string.h>

#define SURE	    0.85f
#define SCORE	    0.4f
#define LIKELY	    0.5f
#define MAX_BYTES   16 /* of the initials with their points */
#define MAX_LETTERS 5
#define BACK_LINES  5 /* between a closing and the initials under it */
#define MAX_NAME    6 /* tokens */
#define MAX_SHORT   7 /* letters of a shortened name */
#define SIGN_LINES  3 /* under a heading where people sign */
#define SIGN_TOKENS 4 /* of that heading */

LwEntity *signing_entity(const LwSigning *self, guint at)
{
	guint owner = at < self->tokens->count ? self->owner[at] : 0;

	return owner ? &g_array_index(self->found->items, LwEntity, owner - 1) : NULL;
}

static void read_found(LwSigning *self)
{
	for (guint i = 0; i < self->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);
		guint first, next;

		lw_token_range(self->tokens, entity->span, &first, &next);
		for (guint at = first; at < next; at++)
			self->owner[at] = i + 1;
	}
}

/* "Bm", "S.D.", "(M.L.)": letters and points and no word; folded into `letters`. */
static gboolean is_initials(const LwSigning *self, guint first, guint end,
			    char letters[MAX_LETTERS + 1])
{
	const LwToken *token = lw_token_at(self->tokens, first);
	guint used = 0;

	for (guint i = first; i < end; i++) {
		const LwEntity *entity = signing_entity(self, i);

		token = lw_token_at(self->tokens, i);
		if ((entity && entity->kind != LW_KIND_PERSON) || token->flags & LW_TOKEN_DIGIT ||
		    token->letters > 3 || (token->mark && !strchr(".[]()/", (int)token->mark)) ||
		    (token->letters > 1 && token->lists & (LW_WORD_COMMON | LW_WORD_ABBREVIATION |
							   LW_WORD_ORGANISATION)) ||
		    (token->letters > 2 && token->lists & LW_WORD_FIRST_NAME))
			return FALSE;
		for (const char *c = token->word; *c && used < MAX_LETTERS; c++)
			letters[used++] = *c;
	}
	letters[used] = '\0';
	return used >= 2 && used < MAX_LETTERS &&
	       token->end - lw_token_at(self->tokens, first)->start <= MAX_BYTES;
}

/* Do the words of the name that begins at a token open with these letters, in order? "Bm" is of
 * "B. Minderhoud". */
static gboolean fits(const LwSigning *self, guint at, const char *letters)
{
	const LwEntity *name = signing_entity(self, at);
	guint used = 0;

	if (!name || name->kind != LW_KIND_PERSON)
		return FALSE;
	for (guint i = at; i < at + MAX_NAME && signing_entity(self, i) == name && letters[used];
	     i++)
		used += *lw_token_at(self->tokens, i)->word == letters[used];
	return !letters[used];
}

gboolean signing_is_signed(const LwSigning *self, guint first)
{
	guint at = first, next, kind, lines = 0;

	for (; at > 0 && lines < BACK_LINES; lines++) {
		guint line = lw_token_line_start(self->tokens, at - 1);

		for (guint i = line; i < at; i++)
			if (lw_phrase_at(self->tokens, i,
					 LW_PHRASE_CLOSING | LW_PHRASE_MANDATE | LW_PHRASE_SIGN,
					 &next, &kind))
				return TRUE;
		at = line;
	}
	return FALSE;
}

/* The initials at [first, end) are those of who is named beside or below them. */
static gboolean has_owner(const LwSigning *self, guint first, guint end, const char *letters)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, first), next = lw_token_line_end(tokens, first);

	for (guint i = line; i < first; i++)
		if (signing_entity(self, i) != signing_entity(self, first) &&
		    fits(self, i, letters))
			return TRUE;
	return fits(self, end, letters) || fits(self, next, letters);
}

/* "groet," and below it "d.k." or "gt": no short name of a body. */
static gboolean is_closing(const LwSigning *self, guint first, guint end)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, first), next, kind;

	return line == first && first && lw_token_line_end(tokens, first) == end &&
	       !(lw_token_at(tokens, first)->flags & LW_TOKEN_ALL_CAPS && end == first + 1) &&
	       lw_token_at(tokens, first)->gap <= LW_GAP_BLANK &&
	       lw_phrase_at(tokens, lw_token_line_start(tokens, first - 1), LW_PHRASE_CLOSING,
			    &next, &kind) != NULL &&
	       next + 1 >= first;
}

/* "Wendela Oost   WO.": a word of the language, but of who is named beside it. */
static gboolean is_owned(const LwSigning *self, guint first, guint end)
{
	const LwToken *token = lw_token_at(self->tokens, first);
	const LwEntity *entity = signing_entity(self, first);

	return (end == first + 1 ||
		(end == first + 2 && lw_token_at(self->tokens, first + 1)->mark == '.')) &&
	       token->flags & LW_TOKEN_ALL_CAPS && token->letters < MAX_LETTERS &&
	       !lw_token_in(token->word, "ja nee ok") &&
	       (!entity || entity->kind == LW_KIND_PERSON) &&
	       has_owner(self, first, end, token->word);
}

static void take(LwSigning *self, guint first, guint end)
{
	char letters[MAX_LETTERS + 1];
	LwEntity *known = signing_entity(self, first);
	gboolean sure;

	if (is_owned(self, first, end)) {
		signing_take(self, first, end);
		return;
	}
	if (!is_initials(self, first, end, letters) ||
	    (end == first + 1 && office_is_party(lw_token_at(self->tokens, first)->word)))
		return;
	sure = has_owner(self, first, end, letters) || is_closing(self, first, end);
	if (!sure && (lw_token_cues(letters) & LW_CUE_NOT_INITIALS || lw_token_in(letters, "ls") ||
		      !signing_is_signed(self, first)))
		return;
	if (known && known->score >= LIKELY) {
		known->kind = LW_KIND_SIGNATURE;
		return;
	}
	known = lw_entities_add(self->found, lw_token_span(self->tokens, first, end - 1),
				LW_KIND_SIGNATURE, sure ? SURE : SCORE, "name/initials-alone");
	known->reason = LW_REASON_CLOSING;
}

/* "zaak Z2025-118   par ca": a cell of its own. */
static gboolean is_short_par(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *hand = lw_token_at(tokens, at + 1);

	return (token->flags & LW_TOKEN_LINE_START || token->gap >= LW_GAP_WIDE) &&
	       hand->gap == LW_GAP_SPACE && hand->letters >= 2 && hand->letters <= 3 &&
	       at + 2 == lw_token_line_end(tokens, at);
}

/* "Voor akkoord", "paraaf", "ONDERTEKENING" */
static gboolean is_sign_word(const LwTokens *tokens, guint at)
{
	/* "Par. rector: LC", "par ca" at the end of a line */
	if (lw_token_is(tokens, at, "par"))
		return lw_token_at(tokens, at + 1)->mark == '.' ||
		       lw_token_at(tokens, at + 1)->mark == ':' || is_short_par(tokens, at);
	return lw_token_in(lw_token_at(tokens, at)->word,
			   "gezien akkoord paraaf medeparaaf parafen handtekening handtekeningen "
			   "ondertekening ondertekend getekend afschrift ontvangst");
}

gboolean signing_is_scrawl(const LwSigning *self, guint first, guint end)
{
	const LwToken *token = lw_token_at(self->tokens, first);
	char letters[MAX_LETTERS + 1];

	if (first >= end || !*token->word || token->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC) ||
	    lw_token_in(token->word, "ja nee ok oke nvt dd datum nr naam par afd"))
		return FALSE;
	if (is_initials(self, first, end, letters))
		/* "I.B." is of a hand, "B.V." of a firm */
		return !(lw_token_cues(letters) & LW_CUE_NOT_INITIALS) ||
		       (end > first + 2 && token->flags & LW_TOKEN_CAPITAL &&
			!lw_token_in(letters, "bv nv"));
	const LwEntity *entity = signing_entity(self, first);
	/* a body's short name too, where a hand is asked for */
	if (end == first + 1 && token->letters >= 2 && token->letters <= 3 &&
	    !(token->flags & LW_TOKEN_DIGIT) && (!entity || entity->kind == LW_KIND_PERSON))
		return token->flags & LW_TOKEN_ALL_CAPS ||
				       (token->letters == 2 && token->flags & LW_TOKEN_CAPITAL)
			       ? !(token->cues & LW_CUE_NOT_INITIALS)
			       : !(token->lists & LW_WORD_COMMON) && !token->cues;
	/* one shortened name */
	return end == first + 2 && lw_token_at(self->tokens, end - 1)->mark == '.' &&
	       (!entity || entity->kind == LW_KIND_PERSON) && token->letters >= 3 &&
	       token->letters <= MAX_SHORT && token->flags & LW_TOKEN_CAPITAL &&
	       !(token->flags & LW_TOKEN_DIGIT) &&
	       !(token->lists & (LW_WORD_COMMON | LW_WORD_ABBREVIATION));
}

/* "mo", "mr", "K.": one word alone where a hand was asked for by name. */
static gboolean is_asked_for(const LwSigning *self, guint first, guint end)
{
	const LwToken *token = lw_token_at(self->tokens, first);
	gboolean point = end == first + 2 && lw_token_at(self->tokens, first + 1)->mark == '.';
	const LwEntity *entity = signing_entity(self, first);

	return (end == first + 1 || point) && token->letters && token->letters <= MAX_LETTERS &&
	       !(token->flags & LW_TOKEN_DIGIT) && !(token->cues & LW_CUE_STOP) &&
	       (!entity || entity->kind == LW_KIND_PERSON) &&
	       (token->letters < 4 || !(token->lists & LW_WORD_COMMON)) &&
	       !lw_token_in(token->word, "ja nee ok oke nvt dd datum nr naam par afd zie geen akk "
					 "ontv uitg opm");
}

/* "kwvogelaar": a name run together, by hand. */
static gboolean is_run_together(const LwSigning *self, guint first, guint end)
{
	return end == first + 1 && !signing_entity(self, first) &&
	       lw_name_is_unknown_lower(self->tokens, first);
}

/* "mdl fortes": initials and surname without capitals, where a hand was asked for. */
static gboolean is_lower_name(const LwSigning *self, guint first, guint end)
{
	const LwToken *last = lw_token_at(self->tokens, end - 1);

	if (end != first + 2 || last->letters < 4 ||
	    (last->lists & LW_WORD_COMMON && !(last->lists & LW_WORD_SURNAME)))
		return FALSE;
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);
		const LwEntity *entity = signing_entity(self, i);

		if (!(token->flags & LW_TOKEN_LOWER) || token->cues ||
		    token->flags & LW_TOKEN_DIGIT || (entity && entity->kind != LW_KIND_PERSON))
			return FALSE;
	}
	return lw_token_at(self->tokens, first)->letters < 4 &&
	       !(lw_token_at(self->tokens, first)->lists & LW_WORD_COMMON);
}

void signing_take(LwSigning *self, guint first, guint end)
{
	const LwSpan whole = lw_token_span(self->tokens, first, end - 1);
	LwEntity *known = NULL;

	/* what others took of it for a name is of the same hand */
	for (guint i = first; i < end && !known; i++)
		known = signing_entity(self, i);
	if (known) {
		guint32 start = MIN(known->span.start, whole.start);

		known->span.length =
			MAX(known->span.start + known->span.length, whole.start + whole.length) -
			start;
		known->span.start = start;
	} else {
		known = lw_entities_add(self->found, whole, LW_KIND_SIGNATURE, SURE,
					"name/initials-alone");
	}
	known->kind = LW_KIND_SIGNATURE;
	known->score = MAX(known->score, SURE);
	known->reason = LW_REASON_CLOSING;
}

/* A point behind a word of two letters or more, and something after it: no initial's. */
static gboolean ends_sentence(const LwTokens *tokens, guint at)
{
	return lw_token_at(tokens, at)->mark == '.' && at &&
	       lw_token_at(tokens, at - 1)->letters > 1 && at + 1 < tokens->count &&
	       lw_token_at(tokens, at + 1)->gap == LW_GAP_SPACE;
}

/* Where the piece that begins here ends: before a sign that parts who signs, or a wide gap. */
static guint piece_end(const LwTokens *tokens, guint first, guint line)
{
	guint end = first + 1;

	/* two blanks are enough here */
	while (end < line && !ends_sentence(tokens, end) &&
	       lw_token_at(tokens, end)->start < lw_token_at(tokens, end - 1)->end + 2 &&
	       !(lw_token_at(tokens, end)->mark &&
		 strchr("/,;&|(", (int)lw_token_at(tokens, end)->mark)))
		end++;
	return end;
}

/* "dienst", "baliemedewerker": whose hand it is. */
static gboolean is_common_word(const LwTokens *tokens, guint first, guint end)
{
	const LwToken *token = lw_token_at(tokens, first);

	return end == first + 1 && token->flags & LW_TOKEN_LOWER && token->letters > 3 &&
	       token->lists & (LW_WORD_COMMON | LW_WORD_ROLE) &&
	       lw_token_at(tokens, end)->start >= token->end + 2;
}

/* "paraaf JDO / tk", "Paraaf rapporteurs: PG  DM", "voor akkoord: S.H.D. (gemeente)" */
static void take_behind(LwSigning *self, guint at, guint line)
{
	const LwTokens *tokens = self->tokens;
	gboolean cut = lw_token_is(tokens, at, "par") && lw_token_at(tokens, at + 1)->mark == '.';
	gboolean alone =
		cut || lw_token_in(lw_token_at(tokens, at)->word, "par paraaf medeparaaf parafen");
	guint first = at + 1 + cut;

	/* "Afschrift aan: mej. Aalders" */
	if (lw_token_is(tokens, first, "aan"))
		return;
	/* "(was getekend) P.T." */
	if (lw_token_at(tokens, first)->mark == ')') {
		alone = TRUE;
		first++;
	}
	for (guint i = first; i < line && i < at + MAX_NAME && !ends_sentence(tokens, i); i++)
		if (lw_token_at(tokens, i)->mark == ':') {
			alone = TRUE;
			first = i + 1;
			break;
		}
	while (alone && first < line) {
		guint end = piece_end(tokens, first, line);

		/* "paraaf dienst   Sj" */
		if (first == at + 1 && end < line && is_common_word(tokens, first, end)) {
			first = end;
			continue;
		}
		if (signing_is_scrawl(self, first, end) || is_asked_for(self, first, end) ||
		    is_lower_name(self, first, end))
			signing_take(self, first, end);
		else if (end - first > 3 || !signing_entity(self, first))
			return;
		first = end;
		while (first < line && lw_token_at(tokens, first)->mark &&
		       strchr("/,;&|", (int)lw_token_at(tokens, first)->mark))
			first++;
	}
}

/* A number counts as too many: it is of a date or a file. */
static guint words_in(const LwTokens *tokens, guint first, guint end)
{
	guint words = 0;

	for (guint i = first; i < end; i++)
		words += lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT
				 ? SIGN_TOKENS
				 : *lw_token_at(tokens, i)->word != 0;
	return words;
}

/* No sentence: "Akkoord." */
static gboolean asks_for_hands(const LwTokens *tokens, guint first, guint line)
{
	/* "Voor gezien (niet voor akkoord):" */
	if (lw_token_at(tokens, line - 1)->mark == ':' && line - first <= 2 * MAX_NAME &&
	    is_sign_word(tokens, first + lw_token_is(tokens, first, "voor")))
		return TRUE;
	return line - first <= SIGN_TOKENS && lw_token_at(tokens, line - 1)->mark != '.' &&
	       lw_token_at(tokens, line - 1)->mark != '?';
}

/* "voor gezien:" alone on its line, and "burgemeester  JWH    secretaris Hav" below it: the last
 * word of a cell, behind who signs or dots. */
static void take_under(LwSigning *self, guint at)
{
	const LwTokens *tokens = self->tokens;

	for (guint lines = 0; lines < SIGN_LINES && at < tokens->count; lines++) {
		guint line = lw_token_line_end(tokens, at);

		for (guint first = at, end; first < line; first = end) {
			guint start;

			for (end = first + 1;
			     end < line && lw_token_at(tokens, end)->gap < LW_GAP_WIDE;)
				end++;
			for (start = end - 1;
			     start > first &&
			     (*lw_token_at(tokens, start - 1)->word ||
			      (lw_token_at(tokens, start - 1)->mark == '.' && start > first + 1 &&
			       lw_token_at(tokens, start - 2)->letters == 1)) &&
			     !(lw_token_at(tokens, start - 1)->lists &
			       (LW_WORD_ROLE | LW_WORD_COMMON));)
				start--;
			if (words_in(tokens, first, end) <= SIGN_TOKENS &&
			    (signing_is_scrawl(self, start, end) ||
			     is_run_together(self, start, end)))
				signing_take(self, start, end);
		}
		at = line;
	}
}

/* "R. Ravestein" above "Rutger Ravestein": the first was written, the second typed. */
static void take_written(LwSigning *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_end(tokens, at), next = lw_token_line_end(tokens, line);
	LwEntity *written = signing_entity(self, at), *typed = signing_entity(self, line);

	if (!written || !typed || written == typed || written->kind != LW_KIND_PERSON ||
	    typed->kind != LW_KIND_PERSON || line >= next ||
	    signing_entity(self, line - 1) != written ||
	    lw_token_at(tokens, line - 1)->letters < 3 || !signing_is_signed(self, at))
		return;
	guint last = line;
	while (last + 1 < next && signing_entity(self, last + 1) == typed)
		last++;
	if (strcmp(lw_token_at(tokens, line - 1)->word, lw_token_at(tokens, last)->word) == 0) {
		written->kind = LW_KIND_SIGNATURE;
		written->score = MAX(written->score, SURE);
	}
}

/* "w.g. R. Tahapary": what follows was written. */
static void take_was_signed(LwSigning *self, guint at, guint line)
{
	const LwTokens *tokens = self->tokens;
	guint next, kind, end;
	const char *phrase = lw_phrase_at(tokens, at, LW_PHRASE_SIGN, &next, &kind);

	if (!phrase || strcmp(phrase, "w g") != 0)
		return;
	while (next < line && lw_token_at(tokens, next)->mark &&
	       strchr(".:)", (int)lw_token_at(tokens, next)->mark))
		next++;
	for (end = next; end < line && end < next + MAX_NAME &&
			 (end == next || lw_token_at(tokens, end)->gap < LW_GAP_WIDE);)
		end++;
	if (next < end && (lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL) &&
	    (signing_entity(self, next) || end == line))
		signing_take(self, next, end);
}

/* "Vastgesteld 3 mei 2022" alone in one of the lines above; what a council enacts has the names of
 * who signed it in print. */
static gboolean is_settled(const LwTokens *tokens, guint at)
{
	for (guint lines = 0; at > 0 && lines < BACK_LINES; lines++) {
		guint line = at;

		at = lw_token_line_start(tokens, at - 1);
		if (!lw_token_in(lw_token_at(tokens, at)->word, "vastgesteld ondertekend"))
			continue;
		for (guint i = at + 1; i < line && line - at <= 2 * MAX_NAME; i++)
			if (lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT)
				return i <= at + 4;
		return FALSE;
	}
	return FALSE;
}

/* "de griffier, J. van Hemert" alone on its line below what was settled: there he signs. */
static void take_officer(LwSigning *self, guint at, guint line)
{
	const LwTokens *tokens = self->tokens;
	guint comma = at;
	LwEntity *name;

	while (comma < line && comma < at + MAX_NAME && lw_token_at(tokens, comma)->mark != ',')
		comma++;
	if (comma == at || comma + 1 >= line || lw_token_at(tokens, comma)->mark != ',' ||
	    line - comma > 2 * MAX_NAME ||
	    !(lw_token_at(tokens, comma - 1)->lists & LW_WORD_ROLE ||
	      lw_token_at(tokens, comma - 1)->cues & LW_CUE_RELATION ||
	      lw_token_in(lw_token_at(tokens, comma - 1)->word,
			  "voorzitter secretaris griffier notulist notuliste")))
		return;
	name = signing_entity(self, comma + 1);
	if (name && name->kind == LW_KIND_PERSON && signing_entity(self, line - 1) == name &&
	    is_settled(tokens, at))
		signing_take(self, comma + 1, line);
}

/* "namens deze, KL", "namens deze: M.v.d.M." */
static void take_for_body(LwSigning *self, guint at, guint line)
{
	const LwTokens *tokens = self->tokens;
	guint first = at + 2, end;

	if (!at || !lw_token_is(tokens, at - 1, "namens") || first >= line ||
	    (lw_token_at(tokens, at + 1)->mark != ',' && lw_token_at(tokens, at + 1)->mark != ':'))
		return;
	end = piece_end(tokens, first, line);
	if (signing_is_scrawl(self, first, end))
		signing_take(self, first, end);
}

static void take_places(LwSigning *self)
{
	const LwTokens *tokens = self->tokens;

	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		guint line = lw_token_line_end(tokens, i);
		gboolean signs = FALSE;

		take_written(self, i);
		take_officer(self, i, line);
		for (guint k = i; k < line; k++)
			take_was_signed(self, k, line);
		for (guint k = i; k < line; k++)
			if (is_sign_word(tokens, k)) {
				take_behind(self, k, line);
				signs = TRUE;
			} else if (lw_token_in(lw_token_at(tokens, k)->word, "deze dezen")) {
				take_for_body(self, k, line);
			}
		if (signs && asks_for_hands(tokens, i, line))
			take_under(self, line);
	}
}

void lw_detect_signatures(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	const LwTokens *tokens = context->tokens ? context->tokens : own;
	LwSigning self = {tokens, found, g_new0(guint32, tokens->count + 1)};

	read_found(&self);
	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		guint line = lw_token_line_end(tokens, i);

		/* a cell of a line may be the place for it */
		for (guint first = i, end; first < line; first = end) {
			for (end = first + 1;
			     end < line && lw_token_at(tokens, end)->gap < LW_GAP_WIDE;)
				end++;
			if (lw_token_at(tokens, end - 1)->end - lw_token_at(tokens, first)->start <=
			    MAX_BYTES)
				take(&self, first, end);
		}
	}
	take_places(&self);
	signing_scrawls(&self);
	signing_initialled(&self);
	g_free(self.owner);
}
