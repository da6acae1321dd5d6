/* shape.c - names on no list that what stands around them gives away: an age in brackets, a
 * nickname in quotes, initials that share a surname, a letter as a signature, and a text without
 * capitals. */
#include "engine/detect/name-part.h"

#include <string.h>

#define LIKELY	     0.75f
#define UNSURE	     0.55f
#define MAX_WORDS    3
#define LOWER_STARTS 6 /* sentences without a capital that make a writer who shuns them */

/* A word that may be part of a name and is nothing else. */
static gboolean may_be_name(const LwToken *token)
{
	const guint32 things =
		LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION | LW_WORD_ROLE | LW_WORD_TITLE;
	gboolean named = token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME);

	return token->flags & LW_TOKEN_CAPITAL && token->letters > 1 &&
	       !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_ALL_CAPS | LW_TOKEN_COMPOUND)) &&
	       !token->cues && !(token->lists & things) &&
	       (!(token->lists & LW_WORD_COMMON) || token->lists & LW_WORD_FREQUENT) &&
	       (named || !(token->lists & (LW_WORD_PLACE | LW_WORD_STREET)));
}

/* In a place that is a person's, the word may be one of the language too: "Yaw", "Wei". */
static gboolean may_be_word(const LwToken *token)
{
	return token->flags & LW_TOKEN_CAPITAL && token->letters > 1 && !token->cues &&
	       !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_ALL_CAPS | LW_TOKEN_COMPOUND)) &&
	       !(token->lists &
		 (LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION | LW_WORD_ROLE | LW_WORD_TITLE));
}

/* "(34)", "(1987)": years of a person; a year of this century may be one of a publication. */
static gboolean is_years(const LwTokens *tokens, guint at)
{
	const LwToken *figure = lw_token_at(tokens, at + 1);
	int value = atoi(figure->word);

	if (lw_token_at(tokens, at)->mark != '(' || lw_token_at(tokens, at)->gap > LW_GAP_SPACE ||
	    lw_token_at(tokens, at + 2)->mark != ')' || !(figure->flags & LW_TOKEN_DIGIT) ||
	    strlen(figure->word) != strspn(figure->word, "0123456789"))
		return FALSE;
	return (figure->letters <= 2 && value > 0) || (value > 1920 && value < 2000);
}

static void add_words(LwNameFinder *finder, guint first, guint end, const char *rule,
		      LwReason reason)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = {.first = first, .last = end - 1, .surname = end - 1, .surnames = 1};

	name.surname_lists = lw_token_at(tokens, end - 1)->lists;
	if (!lw_name_is_body(tokens, &name))
		lw_name_add(finder, &name, (LwNameWhy){LIKELY, rule, reason, NULL});
}

/* "De heer Kelvin Aswin": the words that begin the names found here. Free it. */
static GHashTable *learn_given(const LwNameFinder *finder)
{
	GHashTable *given = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < finder->candidates->len; i++) {
		const LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, i);
		const LwName *name = &candidate->name;

		if (!candidate->dropped && candidate->why.score >= LIKELY &&
		    name->last > name->first)
			g_hash_table_add(given,
					 (gpointer)lw_token_at(finder->tokens, name->first)->word);
	}
	return given;
}

/* "Mehari Tesfay (34)": two or three such words with years behind them; "Kelvin (11)", if he is
 * named in full. */
static guint take_with_years(LwNameFinder *finder, GHashTable *given, guint at)
{
	const LwTokens *tokens = finder->tokens;
	gboolean sure = FALSE;
	guint end = at;

	if (lw_token_at(tokens, at)->lists & LW_WORD_FIRST_NAME &&
	    lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL && is_years(tokens, at + 1) &&
	    g_hash_table_contains(given, lw_token_at(tokens, at)->word)) {
		add_words(finder, at, at + 1, "name/years", LW_REASON_YEARS);
		return at + 1;
	}
	/* "Mehari" is a word too, but a name is beside it */
	while (end < at + MAX_WORDS && may_be_word(lw_token_at(tokens, end)) &&
	       (may_be_name(lw_token_at(tokens, end)) ||
		lw_token_at(tokens, end)->lists & LW_WORD_FIRST_NAME) &&
	       (end == at || lw_token_at(tokens, end)->gap == LW_GAP_SPACE))
		sure |= may_be_name(lw_token_at(tokens, end++));
	if (end < at + 2 || !sure || !is_years(tokens, end))
		return at + 1;
	LwName name = {.first = at, .last = end - 1, .surname = end - 1, .surnames = 1};
	name.surname_lists = lw_token_at(tokens, end - 1)->lists;
	if (!lw_name_is_body(tokens, &name))
		lw_name_add(finder, &name,
			    (LwNameWhy){LIKELY, "name/years", LW_REASON_YEARS, NULL});
	return end;
}

/* Jermaine "Jay" Rosalia: nickname and surname behind a first name that was found. */
static void take_nickname(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *nick = lw_token_at(tokens, at + 1), *last = lw_token_at(tokens, at + 3);
	LwName name = {.first = at + 1, .last = at + 1, .surname = at + 1};
	LwNameWhy why = {LIKELY, "name/nickname", LW_REASON_FIRST_NAME, NULL};
	gunichar quote = lw_token_at(tokens, at)->mark;

	if (!at || !(quote == '"' || quote == '\'') || lw_token_at(tokens, at + 2)->mark != quote ||
	    !(lw_token_at(tokens, at - 1)->lists & LW_WORD_FIRST_NAME) ||
	    !(lw_token_at(tokens, at - 1)->flags & LW_TOKEN_CAPITAL) ||
	    !(nick->flags & LW_TOKEN_CAPITAL) || nick->flags & LW_TOKEN_DIGIT ||
	    last->gap != LW_GAP_SPACE || !lw_name_parse(tokens, at + 3, LW_NAME_TITLED, &name))
		return;
	lw_name_add(finder, &name, why);
	name = (LwName){.first = at - 1, .last = at - 1, .surname = at - 1, .given = 1};
	lw_name_add(finder, &name, why);
	name = (LwName){.first = at + 1, .last = at + 1, .surname = at + 1, .given = 1};
	lw_name_add(finder, &name, why);
}

/* "D. en S. Terpstra": initials that share the surname of a name that was found. */
static void take_shared(LwNameFinder *finder, guint index)
{
	const LwTokens *tokens = finder->tokens;
	const LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, index);
	guint first = candidate->name.first, start;
	LwNameWhy why = candidate->why;

	if (candidate->dropped || !candidate->name.initials || candidate->name.inverted ||
	    first < 3 ||
	    !(lw_token_is(tokens, first - 1, "en") ||
	      lw_token_at(tokens, first - 1)->mark == '&') ||
	    lw_token_at(tokens, first - 2)->mark != '.')
		return;
	start = first - 2;
	while (start > 0 && start + 8 > first &&
	       (lw_token_at(tokens, start)->mark == '.'
			? lw_name_is_initial(lw_token_at(tokens, start - 1), LW_NAME_PROSE)
			: lw_token_at(tokens, start)->gap == LW_GAP_NONE))
		start--;
	if (!lw_name_is_initial(lw_token_at(tokens, start), LW_NAME_PROSE) ||
	    !lw_name_is_dotted(tokens, start))
		return;
	LwName name = {.first = start, .last = first - 2, .surname = start, .initials = 1};
	lw_name_add(finder, &name, why);
}

/* A capital letter alone on its line in a mail: how one signs. */
static void take_letter(LwNameFinder *finder, guint at, gboolean mail)
{
	const LwTokens *tokens = finder->tokens;
	guint line = lw_token_line_end(tokens, at), end = at + 1;
	const LwToken *token = lw_token_at(tokens, at), *above = lw_token_at(tokens, at - 1);

	if (lw_token_at(tokens, end)->mark == '.')
		end++;
	/* "SR": two or three, between empty lines */
	if (token->letters > 1 &&
	    (!lw_name_is_code(token) || token->letters > 3 || token->lists ||
	     token->cues & ~(guint)LW_CUE_NOT_INITIALS || token->gap != LW_GAP_BLANK ||
	     lw_token_at(tokens, line)->gap != LW_GAP_BLANK || !above->mark ||
	     !strchr(".!?,)", (int)above->mark)))
		return;
	if ((!mail && token->letters == 1) || at == 0 || end != line || above->mark == ':' ||
	    lw_token_at(tokens, line)->flags & LW_TOKEN_LOWER)
		return;
	LwName name = {.first = at, .last = end - 1, .surname = at, .initials = 1};
	lw_name_add(finder, &name,
		    (LwNameWhy){LIKELY, "name/closing", LW_REASON_SIGNATURE_BLOCK, NULL});
}

/* The token behind up to three words that may be a name; `at` when there are none. */
static guint skip_words(const LwTokens *tokens, guint at)
{
	guint end = at;

	while (end < at + MAX_WORDS && may_be_name(lw_token_at(tokens, end)) &&
	       (end == at || lw_token_at(tokens, end)->gap == LW_GAP_SPACE))
		end++;
	return end;
}

/* "Serhij Tkachenko, de broer van Oleh", "Owusu, aspirant, verklaart": who it is stands behind it.
 */
static gboolean is_explained_behind(const LwTokens *tokens, guint at)
{
	static const char titles[] =
		"aspirant hoofdagent agent projectleider medewerker medewerkster "
		"adviseur teamleider docent docente huisarts jurist juriste "
		"beleidsmedewerker consulent ambtenaar stagiair stagiaire rechercheur "
		"vakantiekracht vrijwilliger";
	guint i = at + 1;
	const LwToken *token;

	if (lw_token_at(tokens, at)->mark != ',' || lw_token_at(tokens, i)->gap != LW_GAP_SPACE)
		return FALSE;
	if (lw_token_in(lw_token_at(tokens, i)->word, "de zijn haar mijn hun een onze uw"))
		i++;
	token = lw_token_at(tokens, i);
	return token->flags & LW_TOKEN_LOWER && token->gap == LW_GAP_SPACE &&
	       (token->cues & LW_CUE_KIN || lw_token_in(token->word, titles));
}

/* "(achternaam onbekend)", "(vakantiekracht) heeft": remarks of a person. */
static gboolean is_remark(const LwTokens *tokens, guint at)
{
	const LwToken *word = lw_token_at(tokens, at + 1);
	guint end = at + 1;

	if (lw_token_at(tokens, at)->mark != '(' || lw_token_at(tokens, at)->gap != LW_GAP_SPACE)
		return FALSE;
	if (lw_token_in(word->word, "achternaam voornaam roepnaam geboren geb") ||
	    (word->cues & LW_CUE_KIN && word->flags & LW_TOKEN_LOWER))
		return TRUE;
	while (end < at + 5 && lw_token_at(tokens, end)->mark != ')')
		end++;
	return lw_token_at(tokens, end)->mark == ')' &&
	       lw_token_at(tokens, end + 1)->cues & LW_CUE_VERB &&
	       lw_token_at(tokens, end + 1)->flags & LW_TOKEN_LOWER;
}

/* "Oleksandr B., jongen", "(Kwaku H.)": a name and the first letter of another. */
static guint cut_name_end(const LwTokens *tokens, guint at)
{
	const LwToken *letter = lw_token_at(tokens, at + 1), *after = lw_token_at(tokens, at + 3);
	gunichar before = at ? lw_token_at(tokens, at - 1)->mark : 0;
	const LwToken *token = lw_token_at(tokens, at);
	gboolean slot = before == ':' || before == '(';

	if (!(may_be_name(token) || (slot && token->flags & LW_TOKEN_CAPITAL && !token->cues &&
				     !(token->flags & LW_TOKEN_ALL_CAPS))) ||
	    letter->letters != 1 || !(letter->flags & LW_TOKEN_CAPITAL) ||
	    letter->gap != LW_GAP_SPACE || !lw_name_is_dotted(tokens, at + 1))
		return at;
	return after->gap >= LW_GAP_LINE || (after->mark && strchr(",);", (int)after->mark))
		       ? at + 3
		       : at;
}

/* "2 kids Yaw 9 en Abena 4" */
static gboolean is_child(const LwTokens *tokens, guint at)
{
	const LwToken *age = lw_token_at(tokens, at + 1);

	if (!may_be_word(lw_token_at(tokens, at)) || !(age->flags & LW_TOKEN_DIGIT) ||
	    age->letters > 2 || age->gap != LW_GAP_SPACE)
		return FALSE;
	for (guint back = 1; back <= 6 && back <= at; back++)
		if (lw_token_in(lw_token_at(tokens, at - back)->word,
				"kids kinderen zoon dochter kind zoons dochters"))
			return TRUE;
	return FALSE;
}

/* What stands behind one to three words makes them a name. The token to go on at. */
static guint take_by_company(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint end = cut_name_end(tokens, at);

	if (end > at) {
		add_words(finder, at, end, "name/first-name", LW_REASON_COMPANY);
		return end;
	}
	if (is_child(tokens, at)) {
		add_words(finder, at, at + 1, "name/years", LW_REASON_YEARS);
		return at + 2;
	}
	/* "Petrenko, Oleh, 68 jr" */
	if (may_be_name(lw_token_at(tokens, at)) && lw_token_at(tokens, at + 1)->mark == ',' &&
	    may_be_name(lw_token_at(tokens, at + 2)) && lw_token_at(tokens, at + 3)->mark == ',' &&
	    lw_token_at(tokens, at + 4)->flags & LW_TOKEN_DIGIT &&
	    lw_token_in(lw_token_at(tokens, at + 5)->word, "jr jaar")) {
		add_words(finder, at, at + 3, "name/years", LW_REASON_YEARS);
		return at + 5;
	}
	end = skip_words(tokens, at);
	if (end > at && (is_explained_behind(tokens, end) || is_remark(tokens, end)))
		add_words(finder, at, end, "name/apposition", LW_REASON_COMPANY);
	return MAX(end, at + 1);
}

/* "Badmeester: Jian": the label says what a person is, whatever it is. */
static gboolean is_person_label(const LwToken *token)
{
	static const char endings[] =
		"meester kracht arts leider houder voerder begeleider helper "
		"verlener werker adviseur hulp coach manager trainer wacht bode "
		"knecht chauffeur assistent";

	return token->lists & LW_WORD_COMMON && !(token->flags & LW_TOKEN_ALL_CAPS) &&
	       lw_word_ends_in(token->word, endings);
}

static guint take_labelled(LwNameFinder *finder, guint colon)
{
	const LwTokens *tokens = finder->tokens;
	guint at = colon + 1, end = at;

	if (!colon || !is_person_label(lw_token_at(tokens, colon - 1)))
		return colon + 1;
	while (end < at + MAX_WORDS && may_be_word(lw_token_at(tokens, end)) &&
	       lw_token_at(tokens, end)->gap <= (end == at ? LW_GAP_WIDE : LW_GAP_SPACE))
		end++;
	if (end == at || (lw_token_at(tokens, end)->gap < LW_GAP_WIDE &&
			  !strchr("/,;(", (int)lw_token_at(tokens, end)->mark)))
		return at;
	LwName name = {.first = at, .last = end - 1, .surname = end - 1, .surnames = 1};
	if (!lw_name_is_body(tokens, &name))
		lw_name_add(finder, &name,
			    (LwNameWhy){LIKELY, "name/field", LW_REASON_FIELD,
					lw_token_at(tokens, colon - 1)->word});
	return end;
}

/* "Yaw, kijk jij even", "Meihua: graag de cijfers": who is asked for something. */
static void take_called(LwNameFinder *finder, guint at)
{
	static const char asked[] =
		"kun kan kijk wil zou ben heb doe bel graag dank zie weet laat ga "
		"neem stuur mail kom pak regel check mag moet jij jouw bedankt "
		"dankjewel sorry";
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 2);
	gunichar mark = lw_token_at(tokens, at + 1)->mark;

	if (!(mark == ',' || mark == ':') || !(token->flags & LW_TOKEN_SENTENCE_START) ||
	    !may_be_name(token) || next->gap != LW_GAP_SPACE || !(next->flags & LW_TOKEN_LOWER) ||
	    !lw_token_in(next->word, asked))
		return;
	LwName name = {.first = at, .last = at, .surname = at, .given = 1};
	name.given_lists = token->lists;
	lw_name_add(finder, &name,
		    (LwNameWhy){LIKELY, "name/salutation", LW_REASON_SALUTATION, NULL});
}

/* Do sentences begin without a capital here? */
static gboolean shuns_capitals(const LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	guint lower = 0, capital = 0;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		/* the program writes who sends */
		if (!(token->flags & LW_TOKEN_SENTENCE_START) || token->flags & LW_TOKEN_DIGIT ||
		    (finder->is_chat && finder->owner[i]))
			continue;
		lower += (token->flags & LW_TOKEN_LOWER) != 0 && *token->word;
		capital += (token->flags & LW_TOKEN_CAPITAL) != 0;
	}
	return lower >= LOWER_STARTS && lower > 2 * capital;
}

/* Behind a greeting or the label of a header at the start of its line. */
static gboolean is_addressed_slot(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_start(tokens, at), next, kind;

	if (at == line + 1)
		return lw_phrase_at(tokens, line, LW_PHRASE_GREETING | LW_PHRASE_CLOSING, &next,
				    &kind) != NULL;
	return at == line + 2 && lw_token_at(tokens, at - 1)->mark == ':' &&
	       lw_phrase_at(tokens, line, LW_PHRASE_HEADER, &next, &kind);
}

/* "bakker wil wel ruilen", "dat moet peter tekenen": a usual name that is a word too, where such a
 * word would have an article. */
static void take_lower(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);
	const LwToken *before = lw_token_at(tokens, at - 1);
	gboolean first = token->lists & LW_WORD_FIRST_NAME;
	gboolean acts = token->flags & LW_TOKEN_SENTENCE_START && next->cues & LW_CUE_VERB;
	gboolean done = first && at && before->cues & LW_CUE_VERB && before->gap == LW_GAP_SPACE &&
			(next->mark || next->cues & LW_CUE_VERB);

	/* "hey xiaoling,", "aan: xiaoling", "een zoontje serhij": a word on no list in such a place
	 */
	if (!token->lists && !token->cues && token->letters > 2 &&
	    !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN)) && at &&
	    (before->cues & LW_CUE_KIN || is_addressed_slot(tokens, at))) {
		LwName slot = {.first = at, .last = at, .surname = at, .lower = TRUE};

		if (before->cues & LW_CUE_KIN || next->gap >= LW_GAP_LINE || next->mark)
			lw_name_add(finder, &slot,
				    (LwNameWhy){LIKELY, "name/slot", LW_REASON_COMPANY, NULL});
		return;
	}
	/* "een meneer kuit" */
	if (at && before->cues & LW_CUE_ADDRESS &&
	    (token->lists & LW_WORD_SURNAME ||
	     (next->mark && lw_name_is_unknown_lower(tokens, at))) &&
	    token->letters > 2 && !token->cues && before->gap == LW_GAP_SPACE &&
	    token->gap == LW_GAP_SPACE) {
		LwName titled = {.first = at, .last = at, .surname = at, .lower = TRUE};

		lw_name_add(finder, &titled,
			    (LwNameWhy){LIKELY, "name/title", LW_REASON_TITLE, NULL});
		return;
	}
	/* "jeroen bakker" */
	if (first && token->letters > 2 && !token->cues && next->gap == LW_GAP_SPACE &&
	    next->flags & LW_TOKEN_LOWER && !next->cues && next->lists & LW_WORD_SURNAME &&
	    (next->lists & LW_WORD_FREQUENT || !(next->lists & LW_WORD_COMMON)) &&
	    token->lists & LW_WORD_FREQUENT) {
		LwName pair = {.first = at, .last = at + 1, .surname = at + 1, .lower = TRUE};

		lw_name_add(finder, &pair,
			    (LwNameWhy){LIKELY, "name/list", LW_REASON_LIST_ONLY, NULL});
		return;
	}
	if (!(token->flags & LW_TOKEN_LOWER) || token->letters < 4 || token->cues ||
	    !(token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) ||
	    !(token->lists & LW_WORD_FREQUENT) || !(acts || done))
		return;
	LwName name = {.first = at, .last = at, .surname = at, .lower = TRUE};
	lw_name_add(finder, &name, (LwNameWhy){UNSURE, "name/list", LW_REASON_LIST_ONLY, NULL});
}

/* "DG Hupkes", "de plv SG Oosterwijk": letters of an office, and who holds it. */
static void take_in_office(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	LwName name;

	if (!lw_token_in(lw_token_at(tokens, at)->word, "dg sg psg pdg cio ciso cfo ceo coo") ||
	    lw_token_at(tokens, at + 1)->gap != LW_GAP_SPACE ||
	    !lw_name_parse(tokens, at + 1, LW_NAME_TITLED, &name) ||
	    lw_token_at(tokens, name.surname)->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_COMPOUND) ||
	    lw_token_at(tokens, name.surname)->lists &
		    (LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_ABBREVIATION) ||
	    (lw_token_at(tokens, name.surname)->lists & LW_WORD_COMMON &&
	     !(name.given || name.initials || name.particles)) ||
	    lw_name_is_body(tokens, &name))
		return;
	lw_name_add(finder, &name, (LwNameWhy){LIKELY, "name/title", LW_REASON_TITLE, NULL});
}

void lw_names_by_shape(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	gboolean mail = lw_name_in_mail(tokens), lower = shuns_capitals(finder);
	guint count = finder->candidates->len;
	g_autoptr(GHashTable) given = NULL;

	for (guint i = 0; i < count; i++)
		take_shared(finder, i);
	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (finder->closed[i])
			continue;
		if (token->mark == ':')
			take_labelled(finder, i);
		if (token->flags & LW_TOKEN_ALL_CAPS && token->letters <= 4)
			take_in_office(finder, i);
		if (token->flags & LW_TOKEN_LINE_START && token->flags & LW_TOKEN_ALL_CAPS)
			take_letter(finder, i, mail);
		if (token->mark)
			take_nickname(finder, i);
		else if (token->flags & LW_TOKEN_SENTENCE_START &&
			 token->flags & LW_TOKEN_CAPITAL && token->letters > 1)
			take_called(finder, i);
		else if (token->letters == 1 && token->flags & LW_TOKEN_CAPITAL &&
			 token->flags & LW_TOKEN_LINE_START && !(token->flags & LW_TOKEN_DIGIT))
			take_letter(finder, i, mail);
		else if (lower && token->flags & LW_TOKEN_LOWER)
			take_lower(finder, i);
	}
	given = learn_given(finder);
	for (guint i = 0; i < tokens->count;)
		i = finder->closed[i] ? i + 1 : take_with_years(finder, given, i);
	for (guint i = 0; i < tokens->count;)
		i = finder->closed[i] || !(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL)
			    ? i + 1
			    : take_by_company(finder, i);
}
