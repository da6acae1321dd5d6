/* initials-place.c - places where letters stand for a person: "(jw)", "Notulist: A.S.", "28/2 HS:
 * doorgezet".
 *
 * Looks at the words around them only; whose they are is for initials.c. */
#include "engine/detect/initials-place.h"

#include <stdlib.h>
#include <string.h>

#define BYTES 4 /* so many in a row are a dump */

gboolean lw_letters_end_at(const LwToken *next)
{
	return next->gap >= LW_GAP_WIDE || next->mark == 0x2013 || next->mark == 0x2014 ||
	       (next->mark && next->mark < 0x80 && strchr(".,;:)]/|!?-", (int)next->mark));
}

static gboolean is_byte(const LwToken *token)
{
	return strlen(token->word) == 2 && g_ascii_isxdigit(token->word[0]) &&
	       g_ascii_isxdigit(token->word[1]);
}

gboolean lw_letters_in_dump(const LwTokens *tokens, const LwLetters *code)
{
	guint first = code->first, end = code->first;

	while (first > 0 && code->first - first < BYTES && is_byte(lw_token_at(tokens, first - 1)))
		first--;
	while (end - code->first < BYTES && is_byte(lw_token_at(tokens, end)))
		end++;
	return end > code->first && end - first >= BYTES;
}

/* "(jw)", "(08-06-2022 08:02, THA)", "[ab]". */
gboolean lw_letters_in_brackets(const LwTokens *tokens, const LwLetters *code)
{
	gunichar before = lw_token_at(tokens, code->first - 1)->mark;
	gunichar after = lw_token_at(tokens, code->last + 1)->mark;

	return (after == ')' || after == ']') &&
	       (before == '(' || before == '[' || before == ',' || before == '/' || before == '-');
}

/* "Notulist: A.S.", "opgesteld door jw", "@pdv", "v2_pdv.docx". */
gboolean lw_letters_announced(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *before = lw_token_at(tokens, code->first - 1);

	if (!code->first || !lw_letters_end_at(lw_token_at(tokens, code->last + 1)))
		return FALSE;
	if (before->mark)
		return before->mark == ':' || before->mark == '@' || before->mark == '_';
	if (lw_token_at(tokens, code->first)->gap != LW_GAP_SPACE)
		return FALSE;
	return before->lists & LW_WORD_ROLE || before->cues & LW_CUE_RELATION ||
	       lw_token_in(before->word, "door via aan namens met volgens actie paraaf voor cc bij "
					 "steller notulist auteur akkoord");
}

/* In a cell or on a line of its own; before a time or a colon that somebody's words follow. */
gboolean lw_letters_apart(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *next = lw_token_at(tokens, code->last + 1);
	gunichar before = lw_token_at(tokens, code->first - 1)->mark;

	if (token->gap >= LW_GAP_WIDE || before == '|' || before == '/')
		return next->gap >= LW_GAP_WIDE || next->mark == '|' || next->mark == ':' ||
		       (next->mark == '/' && before == '|');
	return (before == '-' || before == 0x2013 || before == 0x2014) &&
	       next->flags & LW_TOKEN_DIGIT && lw_token_at(tokens, code->last + 2)->mark == ':';
}

/* "Controle: DR", "hercontrole door SC in", "Hoi GJ,", "HM, 14 november" as the last line: where
 * letters are somebody's, if the document names one who has them. */
gboolean lw_letters_answerable(const LwTokens *tokens, const LwLetters *code)
{
	static const char labels[] =
		"controle hercontrole gecontroleerd notulen notulist verslag "
		"paraaf par akkoord dossierhouder steller behandelaar gezien "
		"opsteller opgesteld vastgesteld rapporteur tolk verslaglegging";
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *before = lw_token_at(tokens, code->first - 1);
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	if (!code->first || !(token->flags & LW_TOKEN_ALL_CAPS))
		return FALSE;
	if (token->gap == LW_GAP_BLANK)
		return next->gap >= LW_GAP_BLANK ||
		       (next->mark == ',' && next->gap == LW_GAP_NONE &&
			lw_token_at(tokens, code->last + 2)->flags & LW_TOKEN_DIGIT);
	if (token->gap != LW_GAP_SPACE)
		return FALSE;
	if (before->mark == ':')
		return code->first > 1 &&
		       lw_token_in(lw_token_at(tokens, code->first - 2)->word, labels);
	return lw_token_is(tokens, code->first - 1, "door") ||
	       (next->mark == ',' && lw_token_in(before->word, "hoi ha beste dag hallo hey"));
}

/* "bijgewerkt door mvk", "Gr SR": letters of somebody whom the document does not name, at the end
 * of their line or before a date. */
gboolean lw_letters_sign(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *before = lw_token_at(tokens, code->first - 1);
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	if (!code->first || code->letters > 4 || token->lists || token->gap > LW_GAP_SPACE ||
	    !(token->flags & (LW_TOKEN_LOWER | LW_TOKEN_ALL_CAPS)))
		return FALSE;
	if (!(next->gap >= LW_GAP_WIDE || next->flags & LW_TOKEN_DIGIT))
		return FALSE;
	if (lw_token_is(tokens, code->first - 1, "akkoord"))
		return token->flags & LW_TOKEN_ALL_CAPS && code->letters < 4;
	return lw_token_in(before->word, "door gezien gr grt groet groeten groetjes mvg paraaf");
}

static gboolean is_figure(const LwTokens *tokens, guint at, int most)
{
	const LwToken *token = lw_token_at(tokens, at);
	int value = atoi(token->word);

	return token->flags & LW_TOKEN_DIGIT && token->letters <= 4 && value > 0 && value <= most;
}

/* "28/2", "3-11-2022": the token behind it; `at` when it is none. */
static guint skip_day(const LwTokens *tokens, guint at)
{
	gunichar sign = lw_token_at(tokens, at + 1)->mark;

	if (!is_figure(tokens, at, 31) || !(sign == '/' || sign == '-' || sign == '.') ||
	    lw_token_at(tokens, at + 1)->gap != LW_GAP_NONE || !is_figure(tokens, at + 2, 12) ||
	    lw_token_at(tokens, at + 2)->gap != LW_GAP_NONE ||
	    lw_token_at(tokens, at + 2)->letters > 2)
		return at;
	return lw_token_at(tokens, at + 3)->mark == sign && is_figure(tokens, at + 4, 2100) &&
			       lw_token_at(tokens, at + 4)->gap == LW_GAP_NONE
		       ? at + 5
		       : at + 3;
}

/* "getypt  vb  24/3", "Conform: kR  (4/11)": and when. */
static gboolean is_dated_mark(const LwTokens *tokens, const LwLetters *code)
{
	guint at = code->last + 1;

	at += lw_token_at(tokens, at)->mark == '(';
	return skip_day(tokens, at) > at &&
	       lw_token_in(lw_token_at(tokens,
				       code->first - 1 -
					       (lw_token_at(tokens, code->first - 1)->mark == ':'))
				   ->word,
			   "getypt typ gez gezien nagezien contra conform akkoord akk paraaf "
			   "nagelezen afgehandeld verwerkt");
}

/* "rapp. brk", "door: lvdb", "opm tm:", "teruggebeld 14.10u lvdb.", "^wk": letters on no list
 * behind a short word for who notes, does or signs. */
gboolean lw_letters_marked(const LwTokens *tokens, const LwLetters *code)
{
	static const char marks[] = "door par paraaf rapp rapporteur opm opmerking verslag notulen "
				    "toetser contr controle behandeld beh gebeld teruggebeld "
				    "genoteerd afgehandeld bijgewerkt ingevoerd verwerkt akk "
				    "opgesteld opst gez gezien nagezien gecontroleerd typ coll "
				    "gecollationeerd steller getekend get vastgesteld gelezen "
				    "nagelezen meegelezen tegengelezen contra conform ktn "
				    "mentor dossierhouder beoordelaar secr "
				    "overgezet uitgewerkt getypt aangevuld aantekening betaald "
				    "aangen aangenomen ok oke akkoord";
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *next = lw_token_at(tokens, code->last + 1);
	guint at = code->first;

	if (!at || code->points || code->letters < 2 || code->letters > 4 ||
	    token->cues & ~(guint)LW_CUE_DIGRAPH)
		return FALSE;
	if (lw_token_at(tokens, at - 1)->mark == '^')
		return token->gap == LW_GAP_NONE && !(token->lists & LW_WORD_COMMON);
	if (token->lists || token->gap > LW_GAP_WIDE ||
	    lw_token_in(token->word, "nvt onb ok ja nee nb zn dd wel niet ontv opm"))
		return FALSE;
	/* "opm. enq.:", "hbr. K. Meeuwsen" go on */
	if (!(next->gap >= LW_GAP_WIDE || (next->mark && strchr(".,;:)/]-|", (int)next->mark)) ||
	      lw_token_in(next->word, "zelf") ||
	      (lw_token_in(next->word, "op dd") &&
	       lw_token_at(tokens, code->last + 2)->flags & LW_TOKEN_DIGIT) ||
	      is_dated_mark(tokens, code)) ||
	    (next->mark == '.' && (lw_token_at(tokens, code->last + 2)->mark ||
				   lw_token_at(tokens, code->last + 2)->letters == 1)))
		return FALSE;
	/* "14.10u", "om 9:20" */
	while (at > 1 && code->first - at < 5 &&
	       (lw_token_at(tokens, at - 1)->flags & LW_TOKEN_DIGIT ||
		(lw_token_at(tokens, at - 1)->mark &&
		 strchr(".:(,", (int)lw_token_at(tokens, at - 1)->mark)) ||
		lw_token_in(lw_token_at(tokens, at - 1)->word, "om u uur")))
		at--;
	return lw_token_at(tokens, at)->gap <= LW_GAP_WIDE &&
	       lw_token_in(lw_token_at(tokens, at - 1)->word, marks);
}

/* "Sorry GJ", "EJ ga jij", "PH, kun jij": somebody is spoken to. */
gboolean lw_letters_addressed(const LwTokens *tokens, const LwLetters *code)
{
	static const char asked[] = "ga kun heb wil weet kan zou mag ben moet zie denk stuur";
	static const char asks[] = "kun kan wil heb weet ga zou mag graag jij je dank bedankt zie "
				   "denk kijk stuur bel ik";
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *before = lw_token_at(tokens, code->first - 1);
	const LwToken *next = lw_token_at(tokens, code->last + 1);
	const LwToken *after = lw_token_at(tokens, code->last + 2);

	if (code->points || code->letters != 2 || token->lists ||
	    token->cues & ~(guint)LW_CUE_DIGRAPH || !(token->flags & LW_TOKEN_ALL_CAPS) ||
	    code->abbreviation)
		return FALSE;
	if (code->first && token->gap == LW_GAP_SPACE &&
	    lw_token_in(before->word,
			"hoi ha beste dag hallo hey hi dear sorry dank bedankt thanks"))
		return lw_letters_end_at(next) || next->mark || next->flags & LW_TOKEN_LOWER;
	if (!(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START)) &&
	    before->mark != '@')
		return FALSE;
	return next->mark == ',' ? lw_token_in(after->word, asks)
				 : lw_token_in(next->word, asked) &&
					   lw_token_in(after->word, "jij je u jullie");
}

/* "AW zegt", "NY valt op": two letters that nobody explains do what a person does. */
gboolean lw_letters_may_act(const LwTokens *tokens, const LwLetters *code)
{
	static const char deeds[] =
		"zegt vindt vraagt belt meldt wil gaat komt weet denkt stelt geeft ziet hoort "
		"heeft belde zei vroeg kwam wist dacht valt bevestigt mailt schrijft";
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	return !code->points && code->letters == 2 && token->flags & LW_TOKEN_ALL_CAPS &&
	       !(token->lists & ~(guint32)LW_WORD_ABBREVIATION) && !(token->cues & LW_CUE_STOP) &&
	       next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_LOWER &&
	       lw_token_in(next->word, deeds);
}

/* "jk 16/3" fills its line or ends it behind a sentence: who laid it aside, and when. */
gboolean lw_letters_dated(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *before = lw_token_at(tokens, code->first - 1);
	guint end = skip_day(tokens, code->last + 1);

	if (token->lists || token->cues || code->points || end == code->last + 1 ||
	    lw_token_at(tokens, code->last + 1)->gap != LW_GAP_SPACE ||
	    end != lw_token_line_end(tokens, code->first))
		return FALSE;
	return token->flags & LW_TOKEN_LINE_START
		       ? code->letters <= 3
		       : code->letters <= 4 && before->mark && strchr(".!?)\"", (int)before->mark);
}

/* "HS 28/2: doorgezet", "28/2 HS: doorgezet", "(HS, 28/2)", "door HS op 31/1", "overgetikt door
 * EdR": letters of who made a note, whom the document need not name. */
gboolean lw_letters_note(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *before = lw_token_at(tokens, code->first - 1);
	const LwToken *next = lw_token_at(tokens, code->last + 1);
	guint line = lw_token_line_start(tokens, code->first), end;

	if (code->letters > 4 || token->lists || code->points ||
	    !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED)))
		return FALSE;
	end = skip_day(tokens, code->last + 1);
	if (end > code->last + 1 && next->gap == LW_GAP_SPACE &&
	    (line == code->first || before->mark == '*' || before->mark == '>') &&
	    lw_token_at(tokens, end)->mark == ':')
		return TRUE;
	/* "Toets: LB d.d. 26-02" */
	if (before->mark == ':' && token->flags & LW_TOKEN_ALL_CAPS &&
	    (lw_token_in(next->word, "dd") ||
	     (lw_token_in(next->word, "d") &&
	      lw_token_in(lw_token_at(tokens, code->last + 3)->word, "d"))))
		return TRUE;
	if (line < code->first && skip_day(tokens, line) == code->first && next->mark == ':')
		return TRUE;
	if (before->mark == '(' &&
	    skip_day(tokens, code->last + 1 + (next->mark == ',')) > code->last + 2)
		return TRUE;
	if (token->gap != LW_GAP_SPACE || !lw_token_is(tokens, code->first - 1, "door"))
		return FALSE;
	return token->flags & LW_TOKEN_MIXED ||
	       (lw_token_in(next->word, "op dd om") &&
		lw_token_at(tokens, code->last + 2)->flags & LW_TOKEN_DIGIT);
}

/* "de RA", "in het BO": of a body or a paper. */
gboolean lw_letters_behind_article(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *before = lw_token_at(tokens, code->first - 1);

	return code->first && lw_token_at(tokens, code->first)->gap == LW_GAP_SPACE &&
	       lw_token_in(before->word, "de het een die dit deze dat deze onze uw the der");
}

/* "CL rekent uit": capitals, and behind them a verb by its ending. */
gboolean lw_letters_do(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	return lw_token_at(tokens, code->first)->flags & LW_TOKEN_ALL_CAPS &&
	       !lw_letters_behind_article(tokens, code) && next->gap == LW_GAP_SPACE &&
	       next->flags & LW_TOKEN_LOWER && next->letters > 4 && !(next->cues & LW_CUE_STOP) &&
	       lw_word_ends_in(next->word, "t");
}
