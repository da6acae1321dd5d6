/* told.c - names that the words beside them tell: "roepnaam Riek", "mijn dochter heet Mei", "dat ze
 * Wijngaarden heet", "zegt Joep te heten", "hij noemt zich Beer", "spel ik jan de wit".
 *
 * What is told has a capital that nothing else explains, or stands where the words leave room for a
 * name only. Animals, houses and things are called something too: who is called has to be a person.
 */
#include "engine/detect/name.h"

#include <string.h>

#define LIKELY	  0.75f
#define MAX_SIGNS 60 /* dots that lead to a value */
#define MAX_WORDS 5
#define REACH	  5  /* words back to who is called so */
#define SPELT	  14 /* words of a name that is spelt */

static void add_words(LwNameFinder *finder, guint first, guint end)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = {.first = first, .last = end - 1, .surname = end - 1, .surnames = 1};

	name.surname_lists = lw_token_at(tokens, end - 1)->lists;
	if (lw_name_is_body(tokens, &name))
		return;
	lw_name_add(finder, &name, (LwNameWhy){LIKELY, "name/called", LW_REASON_COMPANY, NULL});
	if (finder->owner[first])
		lw_name_learn_called(finder, first, end);
}

static gboolean is_quote(const LwToken *token)
{
	return token->mark == '"' || token->mark == '\'';
}

/* A word with a capital; a function word only if some are called so. */
static gboolean is_told_word(const LwToken *token)
{
	const guint32 things = LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION | LW_WORD_ROLE;
	guint32 names = token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME);

	return token->flags & LW_TOKEN_CAPITAL && token->letters > 1 &&
	       !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND)) &&
	       !(token->cues & (LW_CUE_BODY | LW_CUE_COLUMN | LW_CUE_WEEKDAY)) &&
	       !(token->cues & LW_CUE_STOP && !names) && !(token->lists & things && !names);
}

/* "Mette-Sophie Brouwer van Tol", "de Kapper van Steenwijk": words with capitals and what joins
 * them; the token behind them, `at` when there are none. */
static guint skip_told(const LwTokens *tokens, guint at)
{
	guint i = at, end = at;

	for (; i < at + MAX_WORDS + 1; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (i > at && token->gap != LW_GAP_SPACE)
			break;
		if (is_told_word(token))
			end = i + 1;
		else if (!(token->flags & LW_TOKEN_LOWER && token->cues & LW_CUE_PARTICLE))
			break;
	}
	/* "Selma D." */
	if (end > at && lw_token_at(tokens, end)->letters == 1 &&
	    lw_token_at(tokens, end)->flags & LW_TOKEN_CAPITAL &&
	    lw_token_at(tokens, end)->gap == LW_GAP_SPACE &&
	    lw_token_at(tokens, end + 1)->mark == '.' &&
	    lw_token_at(tokens, end + 1)->gap == LW_GAP_NONE)
		end += 2;
	return end;
}

static guint skip_signs(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (i < at + MAX_SIGNS && lw_token_at(tokens, i)->mark &&
	       lw_token_at(tokens, i)->mark < 0x80 &&
	       strchr(".:\"'_", (int)lw_token_at(tokens, i)->mark))
		i++;
	return i;
}

/* "ik", "zijn dochter", "mevrouw", "naam": who is called, within reach before `at`. */
static gboolean is_somebody(const LwTokens *tokens, guint at)
{
	static const char persons[] =
		"ik hij zij ze dochter zoon zoontje dochtertje kind kindje man vrouw vader moeder "
		"broer broertje zus zusje vriend vriendin baby jongen meisje collega buurman "
		"buurvrouw baas opa oma oom tante neef nicht klant client patient leerling "
		"bewoner bewoonster naam voornaam achternaam";
	static const char things[] = "hond kat kater poes paard pony dier boot schip app straat";

	for (guint back = 1; back <= REACH && back <= at; back++) {
		const LwToken *token = lw_token_at(tokens, at - back);

		if (token->mark || lw_token_in(token->word, things))
			return FALSE;
		if (token->cues & (LW_CUE_KIN | LW_CUE_ADDRESS) ||
		    lw_token_in(token->word, persons))
			return TRUE;
		if (lw_token_at(tokens, at - back)->gap >= LW_GAP_BLANK)
			return FALSE;
	}
	return FALSE;
}

/* "voluit", "eigenlijk": may stand before the name. */
static guint skip_manner(const LwTokens *tokens, guint at)
{
	guint i = at;

	while (i < at + 2 &&
	       lw_token_in(lw_token_at(tokens, i)->word,
			   "voluit eigenlijk officieel gewoon nu verder ook dus zelf"))
		i++;
	return is_quote(lw_token_at(tokens, i)) ? i + 1 : i;
}

/* "Mijn zoon heet Mei", "heet ik Tó", "dat ze Wijngaarden heet". */
static void take_heet(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *next = lw_token_at(tokens, at + 1), *before = lw_token_at(tokens, at - 1);
	gboolean turned = next->gap == LW_GAP_SPACE && lw_token_in(next->word, "ik hij zij ze");
	guint first = skip_manner(tokens, at + 1 + turned), end = skip_told(tokens, first);

	if (end > first && lw_token_at(tokens, first)->gap <= LW_GAP_SPACE &&
	    (turned || is_somebody(tokens, at))) {
		add_words(finder, first, end);
		return;
	}
	if (at > 1 && is_told_word(before) && !(before->flags & LW_TOKEN_SENTENCE_START) &&
	    lw_token_at(tokens, at)->gap == LW_GAP_SPACE && before->gap == LW_GAP_SPACE &&
	    lw_token_in(lw_token_at(tokens, at - 2)->word, "ik hij zij ze"))
		add_words(finder, at - 1, at);
}

/* "zegt te heten Mehari", "zegt Joep te heten". */
static void take_heten(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint first = skip_manner(tokens, at + 1), end = skip_told(tokens, first), name = at - 1;

	if (end > first && lw_token_at(tokens, first)->gap <= LW_GAP_SPACE) {
		add_words(finder, first, end);
		return;
	}
	while (name && is_told_word(lw_token_at(tokens, name - 1)) && name + 3 > at &&
	       lw_token_at(tokens, name)->gap == LW_GAP_SPACE)
		name--;
	if (name < at - 1 && !(lw_token_at(tokens, name)->flags & LW_TOKEN_SENTENCE_START))
		add_words(finder, name, at - 1);
}

/* "(achternaam onleesbaar, iets met Boom)" */
static gboolean is_part_of_name(const LwTokens *tokens, guint at)
{
	for (guint back = 1; back <= REACH && back <= at; back++)
		if (lw_token_in(lw_token_at(tokens, at - back)->word,
				"achternaam naam voornaam familienaam achternamen heet"))
			return TRUE;
	return FALSE;
}

/* "spel ik jan de wit komma": lower case, until it is told what comes next. */
static void take_spelt(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint end = at;

	while (end < at + SPELT && lw_token_at(tokens, end)->gap == LW_GAP_SPACE &&
	       *lw_token_at(tokens, end)->word &&
	       !(lw_token_at(tokens, end)->flags & LW_TOKEN_DIGIT) &&
	       (lw_token_at(tokens, end)->cues & LW_CUE_PARTICLE ||
		!(lw_token_at(tokens, end)->cues & LW_CUE_STOP)) &&
	       !lw_token_in(lw_token_at(tokens, end)->word, "komma punt streep spatie dus"))
		end++;
	if (end > at)
		add_words(finder, at, end);
}

/* The names that these words tell, whatever the word is. */
static void take_by_word(LwNameFinder *finder, guint at)
{
	guint first = skip_signs(finder->tokens, at + 1), end;

	if (lw_token_at(finder->tokens, first)->gap > LW_GAP_WIDE)
		return;
	end = skip_told(finder->tokens, first);
	if (end > first)
		add_words(finder, first, end);
}

/* "Hij wordt Zwaantje genoemd", "ze noemen hem Beer". */
static void take_named(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *word = lw_token_at(tokens, at), *name = lw_token_at(tokens, at - 1);
	guint found = at - 1, end = at;

	if (!at || word->gap != LW_GAP_SPACE)
		return;
	if (*word->word != 'g') {
		if (!lw_token_in(name->word, "noemt noemde noemen noemden noem"))
			return;
		found = at + 1 + is_quote(lw_token_at(tokens, at + 1));
		end = lw_token_in(word->word, "zich zichzelf") ? skip_told(tokens, found)
							       : found + 1;
	} else if (!(lw_token_at(tokens, at - 2)->flags & LW_TOKEN_LOWER)) {
		return;
	}
	name = lw_token_at(tokens, found);
	if (end == found || !(name->gap == LW_GAP_SPACE || found > at + 1) ||
	    name->flags & LW_TOKEN_SENTENCE_START || !is_told_word(lw_token_at(tokens, end - 1)) ||
	    (end == found + 1 && (name->flags & LW_TOKEN_ALL_CAPS || name->cues ||
				  (name->lists & LW_WORD_COMMON &&
				   !(name->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))) ||
				  lw_name_is_made(tokens, found))))
		return;
	add_words(finder, found, end);
}

/* "noemt hem al jaren", "die zich": who calls somebody so, before or behind the quotes. */
static gboolean is_calling(const LwTokens *tokens, guint at, guint behind)
{
	static const char names[] = "noemt noemde noemen noemden noem genoemd";
	gboolean whom = FALSE, calls = lw_token_in(lw_token_at(tokens, behind)->word, names);

	for (guint back = 1; back <= REACH && back <= at; back++) {
		const LwToken *token = lw_token_at(tokens, at - back);

		if (token->mark && token->mark != ',')
			break;
		whom |= lw_token_in(token->word, "hem haar zich zichzelf mij me wordt werd");
		calls |= lw_token_in(token->word, names);
	}
	return whom && calls;
}

/* "Dirk Bos (\"Beer\" in de buurt)", "de chef, \"Sjaak\", ging", "die zich \"Memo\" noemde". */
static void take_quoted(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *before = lw_token_at(tokens, at - 1), *who = lw_token_at(tokens, at - 2);
	const LwToken *word = lw_token_at(tokens, at + 1);
	guint end;

	if (!at || !(word->flags & LW_TOKEN_CAPITAL) || word->gap != LW_GAP_NONE)
		return;
	end = skip_told(tokens, at + 1);
	if (end == at + 1 || lw_token_at(tokens, end)->mark != '"')
		return;
	if (before->mark == '(' && at > 1
		    ? finder->owner[at - 2] != 0 && !(word->lists & LW_WORD_ABBREVIATION)
	    : before->mark == ',' && at > 1
		    ? (who->cues & (LW_CUE_KIN | LW_CUE_RELATION) || who->lists & LW_WORD_ROLE ||
		       lw_token_in(who->word, "leidinggevende baas chef eigenaar uitbater")) &&
			      lw_token_at(tokens, end + 1)->mark == ',' && end == at + 2 &&
			      (word->lists & LW_WORD_FIRST_NAME || !word->lists)
		    : is_calling(tokens, at, end + 1))
		add_words(finder, at + 1, end);
}

/* "haar zoon, Kaloyan.": kin, and who it is. */
static void take_apposed(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *name = lw_token_at(tokens, at + 2), *next = lw_token_at(tokens, at + 3);

	if (lw_token_at(tokens, at + 1)->mark == ',' && name->gap == LW_GAP_SPACE &&
	    is_told_word(name) && !finder->owner[at + 2] && !finder->closed[at + 2] && next->mark &&
	    strchr(".,(", (int)next->mark) && !name->cues && name->letters > 2 &&
	    !(name->flags & LW_TOKEN_ALL_CAPS) &&
	    (name->lists & LW_WORD_FIRST_NAME || !name->lists) &&
	    !(name->lists & (LW_WORD_COMMON | LW_WORD_PLACE)) && !lw_name_is_made(tokens, at + 2))
		add_words(finder, at + 2, at + 3);
}

/* "alias", "voluit" and the rest; "te heten", "een zekere". */
static void take_at(LwNameFinder *finder, guint at)
{
	static const char labels[] = "roepnaam bijnaam koosnaam alias bijgenaamd voluit doopnaam "
				     "meisjesnaam geboortenaam schuilnaam genaamd";
	const LwTokens *tokens = finder->tokens;
	const char *word = lw_token_at(tokens, at)->word;

	if (lw_token_in(word, labels))
		take_by_word(finder, at);
	else if (lw_token_in(word, "heet heette"))
		take_heet(finder, at);
	else if (strcmp(word, "heten") == 0 && at > 1 && lw_token_is(tokens, at - 1, "te"))
		take_heten(finder, at);
	else if (lw_token_in(word, "hem haar zich zichzelf mij me genoemd geheten"))
		take_named(finder, at);
	else if ((strcmp(word, "met") == 0 && at > 1 && lw_token_is(tokens, at - 1, "iets") &&
		  is_part_of_name(tokens, at)) ||
		 (strcmp(word, "naam") == 0 && at > 2 && lw_token_is(tokens, at - 1, "de") &&
		  lw_token_is(tokens, at - 2, "naar")) ||
		 lw_token_in(word, "zekere"))
		take_by_word(finder, at);
	else if (strcmp(word, "is") == 0 && at > 1 && lw_token_is(tokens, at - 1, "name") &&
		 lw_token_in(lw_token_at(tokens, at - 2)->word, "his her my whose their"))
		take_by_word(finder, at);
	else if (strcmp(word, "name") == 0 && at &&
		 lw_token_in(lw_token_at(tokens, at - 1)->word, "family last") &&
		 lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
		 lw_token_at(tokens, at + 1)->gap >= LW_GAP_WIDE &&
		 lw_token_at(tokens, at + 1)->gap <= LW_GAP_LINE &&
		 skip_told(tokens, at + 1) == lw_token_line_end(tokens, at + 1))
		/* "Family name" above it */
		add_words(finder, at + 1, skip_told(tokens, at + 1));
	else if (strcmp(word, "ik") == 0 && at && lw_token_is(tokens, at - 1, "spel"))
		take_spelt(finder, at + 1);
}

void lw_names_told(LwNameFinder *finder)
{
	static const char begins[] = "abdgihkmnrsvz";
	const LwTokens *tokens = finder->tokens;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == '"')
			take_quoted(finder, i);
		else if (token->cues & LW_CUE_KIN && lw_token_at(tokens, i + 1)->mark == ',')
			take_apposed(finder, i);
		if (token->letters >= 2 && !finder->closed[i] && strchr(begins, *token->word) &&
		    *token->word)
			take_at(finder, i);
	}
}
