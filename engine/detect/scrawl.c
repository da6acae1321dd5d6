/* scrawl.c - lines and cells that a hand filled: above the name in print, below "de secretaris,",
 * behind "Handtekening aanvrager:", in front of "(handtekening)", in lists that go round for
 * initials.
 *
 * There the place says enough: a reader of scans makes anything of what is written. */
#include "engine/detect/name.h"
#include "engine/detect/signature_private.h"

#include <string.h>

#define LONGEST	   12 /* tokens of what is written in a cell */
#define LABEL	   4  /* tokens of "Handtekening ouder/verzorger" */
#define LIST_LINES 12
#define LETTERS	   5		   /* of somebody's initials */
#define SIGNS	   "~\\^_*?|/<>#=" /* which no printed name has */

/* Two blanks part what is written from its label. */
static guint cell_end(const LwTokens *tokens, guint first, guint line)
{
	guint end = first + 1;

	while (end < line &&
	       lw_token_at(tokens, end)->start < lw_token_at(tokens, end - 1)->end + 2)
		end++;
	return end;
}

static gboolean has_person(const LwSigning *self, guint from, guint to)
{
	for (guint i = from; i < to; i++) {
		const LwEntity *entity = signing_entity(self, i);

		if (entity && entity->kind == LW_KIND_PERSON)
			return TRUE;
	}
	return FALSE;
}

/* The letters of a piece, folded. */
static char *letters_between(const LwTokens *tokens, guint first, guint end)
{
	g_autoptr(GString) letters = g_string_new(NULL);

	for (guint i = first; i < end; i++)
		g_string_append(letters, lw_token_at(tokens, i)->word);
	return g_string_free(g_steal_pointer(&letters), FALSE);
}

/* "J Wttrw" of "J. Wittewaal": the first letter, and most of the others in their order. */
static gboolean is_written_of(const char *written, const char *typed)
{
	gsize length = strlen(written), met = 0;
	const char *at = typed;

	if (length < 2 || *written != *typed)
		return FALSE;
	for (const char *c = written; *c; c++) {
		const char *found = strchr(at, *c);

		if (found) {
			met++;
			at = found + 1;
		}
	}
	return met * 3 >= length * 2;
}

/* Somebody's name, as it may stand in a list of people. */
static gboolean may_be_named(const LwSigning *self, guint at, guint end)
{
	const LwToken *token = lw_token_at(self->tokens, at);

	return has_person(self, at, end) ||
	       (token->flags & LW_TOKEN_CAPITAL && !(token->flags & LW_TOKEN_DIGIT) &&
		!token->cues && (token->lists & LW_WORD_SURNAME || !token->lists));
}

/* Who writes may leave the first words out: "v. Heeckrn" of "W. baron van Heeckeren". */
static gboolean is_hand_of(const LwTokens *tokens, guint first, guint end, guint typed, guint stop)
{
	g_autofree char *written = letters_between(tokens, first, end);

	for (guint i = typed; i < stop && i < typed + LONGEST; i++) {
		g_autofree char *full = letters_between(tokens, i, stop);

		if (strcmp(written, full) == 0)
			return FALSE;
		if (is_written_of(written, full))
			return TRUE;
	}
	return FALSE;
}

/* No word of the language, no figure: "~j. v Eck~", but "vHa5selt". */
static gboolean may_be_written(const LwSigning *self, guint first, guint end)
{
	if (end - first > LONGEST)
		return FALSE;
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);
		const LwEntity *entity = signing_entity(self, i);

		if ((token->flags & LW_TOKEN_DIGIT && !g_ascii_isalpha(*token->word)) ||
		    token->cues & LW_CUE_ADDRESS ||
		    (token->cues & LW_CUE_STOP && token->letters > 1 &&
		     !lw_name_is_particle(token)) ||
		    (token->letters > 3 && token->lists & LW_WORD_COMMON &&
		     !(token->lists & LW_WORD_SURNAME)) ||
		    (entity && entity->kind != LW_KIND_PERSON))
			return FALSE;
	}
	return first < end;
}

/* "BMth": two capitals and then none. */
static gboolean is_run_together(const LwTokens *tokens, const LwToken *token)
{
	const char *raw = tokens->normal->utf8 + token->start;

	return token->letters > 2 && !token->lists && !(token->flags & LW_TOKEN_ALL_CAPS) &&
	       g_ascii_isupper(raw[0]) && g_ascii_isupper(raw[1]);
}

/* "Mouss~oui", "vHa5selt", "BMth", "J.KL": as nobody prints a name. */
static gboolean is_odd(const LwSigning *self, guint first, guint end)
{
	if (!may_be_written(self, first, end))
		return FALSE;
	if (signing_is_scrawl(self, first, end))
		return TRUE;
	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);

		if ((token->mark && token->mark < 0x80 && strchr(SIGNS, (int)token->mark)) ||
		    (token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_MIXED) && !token->lists) ||
		    is_run_together(self->tokens, token))
			return TRUE;
	}
	return FALSE;
}

/* "de secretaris,", "Toezichthouder 1": a cell that says who signs, and no more. */
static gboolean is_party(const LwTokens *tokens, guint first, guint end)
{
	static const char parties[] =
		"aangever aangeefster verbalisant getuige verdachte verklaarder ondergetekende "
		"huurder verhuurder pachter verpachter koper verkoper ouder moeder vader leerling "
		"mentor client patient werknemer werkgever medewerker leidinggevende "
		"belanghebbende appellant eiser verweerder gemachtigde secretaris sekretaris "
		"voorzitter burgemeester dijkgraaf griffier notulist rapporteur toezichthouder "
		"bewindvoerder aanvrager opdrachtgever opdrachtnemer";

	if (first < end && lw_token_in(lw_token_at(tokens, first)->word, "de het"))
		first++;
	if (first < end && lw_token_at(tokens, end - 1)->mark &&
	    strchr(",:", (int)lw_token_at(tokens, end - 1)->mark))
		end--;
	if (end > first + 1 && lw_token_at(tokens, end - 1)->flags & LW_TOKEN_DIGIT)
		end--;
	return end == first + 1 && (lw_token_in(lw_token_at(tokens, first)->word, parties) ||
				    lw_token_at(tokens, first)->lists & LW_WORD_ROLE);
}

/* "de secretaris,          de dijkgraaf," */
static gboolean are_parties(const LwTokens *tokens, guint at, guint line)
{
	if (at >= line)
		return FALSE;
	for (guint first = at, end; first < line; first = end) {
		end = cell_end(tokens, first, line);
		if (!is_party(tokens, first, end))
			return FALSE;
	}
	return TRUE;
}

/* A heading has no comma and no "de". */
static gboolean is_below_parties(const LwTokens *tokens, guint at)
{
	return at &&
	       (lw_token_at(tokens, at - 1)->mark == ',' ||
		lw_token_at(tokens, lw_token_line_start(tokens, at - 1))->flags & LW_TOKEN_LOWER) &&
	       are_parties(tokens, lw_token_line_start(tokens, at - 1), at);
}

/* "J Wttrw      PvEgm" above "mr. J. Wittewaal      (P. van Egmond)": cell by cell. */
static void take_above_typed(LwSigning *self, guint at, gboolean below)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_end(tokens, at), next = lw_token_line_end(tokens, line);
	guint typed = line;

	if (line >= tokens->count || next - line > 2 * LONGEST || !has_person(self, line, next) ||
	    !(below || signing_is_signed(self, at)))
		return;
	for (guint first = at, end; first < line && typed < next; first = end) {
		guint stop = cell_end(tokens, typed, next), from = first, to;
		guint name = lw_name_skip_titles(
			tokens, typed + (lw_token_at(tokens, typed)->mark == '('), NULL);

		end = to = cell_end(tokens, first, line);
		while (from < to && !*lw_token_at(tokens, from)->word)
			from++;
		while (to > from && !*lw_token_at(tokens, to - 1)->word &&
		       lw_token_at(tokens, to - 1)->mark != '.')
			to--;
		/* "Tjeerd" above "Tjeerd Bos" is how one ends a letter */
		if (may_be_written(self, from, to) && has_person(self, name, stop) &&
		    !(to == from + 1 && strcmp(lw_token_at(tokens, from)->word,
					       lw_token_at(tokens, name)->word) == 0) &&
		    is_hand_of(tokens, from, to, name, stop))
			signing_take(self, from, to);
		typed = stop;
	}
}

/* "J.KL" below "de verbalisant,", "BMth     E.S." above "toezichthouder 1    toezichthouder 2". */
static void take_beside_parties(LwSigning *self, guint at, gboolean below)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_end(tokens, at);
	gboolean above = !below && are_parties(tokens, line, lw_token_line_end(tokens, line)) &&
			 lw_token_at(tokens, lw_token_line_end(tokens, line) - 1)->mark != ':';

	if (!below && !above)
		return;
	for (guint first = at, end; above && first < line; first = end) {
		end = cell_end(tokens, first, line);
		if (!is_odd(self, first, end))
			return;
	}
	for (guint first = at, end; first < line; first = end) {
		end = cell_end(tokens, first, line);
		if (is_odd(self, first, end))
			signing_take(self, first, end);
	}
}

/* "Handtekening houder  F~Bns", "Handtekening aanvrager: tfLps" */
static void take_labelled(LwSigning *self, guint at, guint line)
{
	const LwTokens *tokens = self->tokens;
	guint first = cell_end(tokens, at, line), end, stop;

	for (guint i = at + 1; i <= at + LABEL && i < line; i++)
		if (lw_token_at(tokens, i)->mark == ':') {
			first = i + 1;
			break;
		}
	if (first > at + LABEL + 1 || first >= line)
		return;
	stop = cell_end(tokens, first, line);
	/* "S  elHd" */
	if (stop == first + 1 && stop < line && lw_token_at(tokens, first)->letters == 1 &&
	    lw_token_at(tokens, stop)->start <= lw_token_at(tokens, first)->end + 2)
		stop = cell_end(tokens, stop, line);
	for (end = first; end < stop; end++)
		if (lw_token_at(tokens, end)->mark &&
		    strchr(",;([:", (int)lw_token_at(tokens, end)->mark))
			break;
	if (end == first || lw_token_at(tokens, end)->mark == ':' ||
	    !may_be_written(self, first, end) ||
	    lw_token_in(lw_token_at(tokens, first)->word,
			"ja nee nvt n zie geen idem digitaal datum naam plaats akkoord paraaf") ||
	    lw_token_at(tokens, first)->lists &
		    (LW_WORD_ROLE | LW_WORD_ORGANISATION | LW_WORD_PLACE))
		return;
	for (guint i = first; i < end; i++)
		if (lw_token_at(tokens, i)->letters > 1) {
			signing_take(self, first, end);
			return;
		}
}

/* "A. Smt (handtekening)": in front of it, and nothing else on the line. */
static void take_in_front(LwSigning *self, guint at, guint sign)
{
	gunichar open = sign > at ? lw_token_at(self->tokens, sign - 1)->mark : 0;

	if ((open == '(' || open == '[') && sign - 1 > at &&
	    lw_token_at(self->tokens, sign + 1)->mark == (open == '(' ? ')' : ']') &&
	    cell_end(self->tokens, at, sign - 1) == sign - 1 && may_be_written(self, at, sign - 1))
		signing_take(self, at, sign - 1);
}

/* "Parafenlijst (niet meezenden)", "Voor ontvangst passen (paraaf):": below it names, and behind
 * them hands. */
static gboolean opens_list(const LwTokens *tokens, guint sign, guint line)
{
	return lw_token_in(lw_token_at(tokens, sign)->word,
			   "parafenlijst paraaflijst parafenblad paraafblad parafenstrook "
			   "paraafstrook parafenformulier parafenroute") ||
	       lw_token_at(tokens, line - 1)->mark == ':';
}

static void take_list(LwSigning *self, guint at)
{
	const LwTokens *tokens = self->tokens;

	for (guint lines = 0; lines < LIST_LINES && at < tokens->count; lines++) {
		guint line = lw_token_line_end(tokens, at);

		for (guint first = cell_end(tokens, at, line), end; first < line; first = end) {
			guint written = first + 1;

			end = cell_end(tokens, first, line);
			if (!may_be_named(self, at, first))
				continue;
			while (written < end && lw_token_at(tokens, written)->gap == LW_GAP_NONE)
				written++;
			if (lw_token_at(tokens, first)->letters <= LETTERS &&
			    (lw_token_at(tokens, first)->letters < 3 ||
			     !(lw_token_at(tokens, first)->lists & LW_WORD_COMMON)) &&
			    !(lw_token_at(tokens, written)->flags & LW_TOKEN_DIGIT &&
			      lw_token_at(tokens, written + 1)->mark == 0) &&
			    (is_odd(self, first, written) ||
			     (written == first + 2 && lw_token_at(tokens, first + 1)->mark == '.')))
				signing_take(self, first, written);
		}
		at = line;
		if (lw_token_at(tokens, at)->gap == LW_GAP_BLANK)
			return;
	}
}

/* The word that asks for a hand, on this line; `line`: none. */
static guint find_sign(const LwTokens *tokens, guint at, guint line)
{
	for (guint i = at; i < line; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if ((*token->word == 'h' && lw_token_is(tokens, i, "handtekening")) ||
		    (*token->word == 'p' && g_str_has_prefix(token->word, "para") &&
		     lw_token_in(token->word,
				 "paraaf parafen parafenlijst paraaflijst parafenblad paraafblad "
				 "parafenstrook paraafstrook parafenformulier parafenroute")))
			return i;
	}
	return line;
}

void signing_scrawls(LwSigning *self)
{
	const LwTokens *tokens = self->tokens;

	for (guint i = 0, line; i < tokens->count; i = line) {
		gboolean below = is_below_parties(tokens, i);
		guint sign;

		line = lw_token_line_end(tokens, i);
		sign = find_sign(tokens, i, line);
		take_above_typed(self, i, below);
		take_beside_parties(self, i, below);
		if (sign == line)
			continue;
		if (lw_token_is(tokens, sign, "handtekening")) {
			take_in_front(self, i, sign);
			if (sign == i || lw_token_at(tokens, sign)->start >=
						 lw_token_at(tokens, sign - 1)->end + 2)
				take_labelled(self, sign, line);
		} else if (opens_list(tokens, sign, line)) {
			take_list(self, line);
		}
	}
}
