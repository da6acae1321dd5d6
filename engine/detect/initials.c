/* initials.c - letters that stand for a person whom the document names in full: "(F.K.)", "KŞ",
 * "opgesteld door jw", "-- DK 04:26 --".
 *
 * Runs when all names are found. How much the letters must say for themselves depends on where they
 * stand; abbreviations of the lists are never persons. */
#include "engine/detect/initials-read.h"

#include <stdlib.h>
#include <string.h>

#define SURE	   0.6f /* of a name whose letters count */
#define STANDS	   0.8f /* where somebody is named */
#define ANYWHERE   0.6f
#define PARTICLE   0.7f
#define REVIEW	   0.4f
#define MOST_TESTS 2000000 /* of letters against names, in one document */
#define DOES_TOO   "slaapt eet drinkt huilt woont werkt loopt praat lacht klaagt rookt belt appt zit"
#define LIKE	   3 /* letters from which they need not be the first ones of words */

typedef struct {
	GHashTable *codes;   /* of persons named in full */
	GHashTable *alone;   /* letters that fill a line: how often */
	GHashTable *present; /* of those who attend: what is an abbreviation too means them */
	GPtrArray *names;    /* LwName, borrowed from the candidates */
	GHashTable *letters; /* with which their words begin */
	guint tests;	     /* of letters against a name, so far */
} Known;

/* --- what is known --- */

/* The first letters of all words, and of all parts of double ones: "Jelle-Sjoerd" is JS. */
static char *letters_of(const LwTokens *tokens, const LwName *name, gboolean particles)
{
	g_autoptr(GString) letters = g_string_new(NULL);

	for (guint i = name->first; i <= name->last; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		gboolean due = TRUE;

		if (token->mark || (!particles && lw_name_is_particle(token)))
			continue;
		for (const char *c = token->word; *c; c = g_utf8_next_char(c)) {
			gunichar letter = g_utf8_get_char(c);

			if (due && letter != '\'')
				g_string_append_unichar(letters, letter);
			due = letter == '-';
		}
	}
	return g_string_free(g_steal_pointer(&letters), FALSE);
}

/* "Vos, Pim de" is Pim de Vos. */
static void learn_turned(Known *known, const LwTokens *tokens, const LwName *name)
{
	for (guint i = name->first + 1; i < name->last; i++) {
		const LwName front = {.first = i + 1, .last = name->last};
		const LwName back = {.first = name->first, .last = i - 1};
		g_autofree char *first = NULL, *second = NULL;

		if (lw_token_at(tokens, i)->mark != ',')
			continue;
		first = letters_of(tokens, &front, TRUE);
		second = letters_of(tokens, &back, TRUE);
		g_hash_table_add(known->codes, g_strconcat(first, second, NULL));
		return;
	}
}

static void learn(Known *known, const LwTokens *tokens, const LwName *name)
{
	const LwName first = {.first = name->first, .last = name->first};

	if (lw_token_at(tokens, name->first)->flags & LW_TOKEN_HYPHEN)
		g_hash_table_add(known->codes, letters_of(tokens, &first, TRUE));
	g_hash_table_add(known->codes, lw_name_code(tokens, name));
	g_hash_table_add(known->codes, letters_of(tokens, name, TRUE));
	g_hash_table_add(known->codes, letters_of(tokens, name, FALSE));
	learn_turned(known, tokens, name);
	g_ptr_array_add(known->names, (gpointer)name);
	for (guint i = name->first; i <= name->last; i++)
		if (lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL)
			g_hash_table_add(known->letters, GUINT_TO_POINTER(g_utf8_get_char(
								 lw_token_at(tokens, i)->word)));
}

static gboolean is_in_full(const LwName *name)
{
	return name->last > name->first && name->last - name->first < 8 &&
	       (name->surnames || !name->initials);
}

/* "tha" of Tjitze Hazenberg, "ssc" of Suze Schaap-Coster: the first letter, one that begins
 * another word, and all in their order. */
static gboolean is_made_of(const LwTokens *tokens, const char *code, const LwName *name)
{
	g_autofree char *initials = letters_of(tokens, name, TRUE);
	gboolean second = FALSE;
	guint word = name->first;
	const char *at = lw_token_at(tokens, word)->word;

	if (*code != *initials)
		return FALSE;
	for (const char *c = code; *c; c = g_utf8_next_char(c)) {
		const char *found = NULL;

		while (!(found = g_utf8_strchr(at, -1, g_utf8_get_char(c)))) {
			if (word >= name->last)
				return FALSE;
			at = lw_token_at(tokens, ++word)->word;
		}
		second |= word > name->first && found == lw_token_at(tokens, word)->word;
		at = g_utf8_next_char(found);
	}
	return second;
}

static void count_alone(Known *known, const LwTokens *tokens)
{
	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		LwLetters code;

		if (lw_letters_read(tokens, i, &code) &&
		    code.last + 1 == lw_token_line_end(tokens, i))
			g_hash_table_insert(known->alone, g_strdup(code.text),
					    GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(
								     known->alone, code.text)) +
							     1));
	}
}

static Known learn_all(const LwNameFinder *finder, const GArray *candidates)
{
	Known known = {.codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		       .present = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		       .names = g_ptr_array_new(),
		       .letters = g_hash_table_new(NULL, NULL),
		       .alone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};

	count_alone(&known, finder->tokens);
	for (guint i = 0; i < candidates->len; i++) {
		const LwCandidate *candidate = &g_array_index(candidates, LwCandidate, i);

		if (!candidate->dropped && candidate->why.score >= SURE &&
		    is_in_full(&candidate->name))
			learn(&known, finder->tokens, &candidate->name);
		if (!candidate->dropped && candidate->why.score >= SURE)
			g_hash_table_add(known.letters, GUINT_TO_POINTER(g_utf8_get_char(
								lw_token_at(finder->tokens,
									    candidate->name.surname)
									->word)));
		if (!candidate->dropped && candidate->why.reason == LW_REASON_ATTENDANCE &&
		    is_in_full(&candidate->name))
			g_hash_table_add(known.present,
					 lw_name_code(finder->tokens, &candidate->name));
	}
	return known;
}

/* --- where they stand --- */

static gboolean ends_there(const LwToken *next)
{
	return next->gap >= LW_GAP_WIDE || next->mark == 0x2013 || next->mark == 0x2014 ||
	       (next->mark && next->mark < 0x80 && strchr(".,;:)]/|!?-", (int)next->mark));
}

/* "(jw)", "(08-06-2022 08:02, THA)", "[ab]". */
static gboolean is_bracketed(const LwTokens *tokens, const LwLetters *code)
{
	gunichar before = lw_token_at(tokens, code->first - 1)->mark;
	gunichar after = lw_token_at(tokens, code->last + 1)->mark;

	return (after == ')' || after == ']') &&
	       (before == '(' || before == '[' || before == ',' || before == '/' || before == '-');
}

/* "Notulist: A.S.", "opgesteld door jw", "@pdv", "v2_pdv.docx". */
static gboolean is_announced(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *before = lw_token_at(tokens, code->first - 1);

	if (!code->first || !ends_there(lw_token_at(tokens, code->last + 1)))
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
static gboolean is_apart(const LwTokens *tokens, const LwLetters *code)
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
static gboolean is_answerable(const LwTokens *tokens, const LwLetters *code)
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

/* "TP vraagt of", "Daryoush, JS": does something, or stands among persons. */
static gboolean acts(const LwNameFinder *finder, const LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	if (next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_LOWER && next->cues & LW_CUE_VERB)
		return TRUE;
	gunichar before = lw_token_at(tokens, code->first - 1)->mark;
	return (before == ',' || before == '/') && code->first > 1 &&
	       finder->owner[code->first - 2];
}

/* "EvdB", "JvdM": capitals around a particle are of nobody else. */
static gboolean has_particle_inside(const LwTokens *tokens, guint at)
{
	/* "BvL", "RvT", "VvE" are certificates and boards */
	static const char middles[] = "vd vdr vt vh ten ter van";
	const LwToken *token = lw_token_at(tokens, at);
	const char *raw = tokens->normal->utf8 + token->start;
	char middle[4] = "";

	if (token->letters < 3 || token->letters > LW_LETTERS_MAX ||
	    token->lists & LW_WORD_ABBREVIATION || token->end - token->start != token->letters ||
	    !g_ascii_isupper(raw[0]) || !g_ascii_isupper(raw[token->letters - 1]))
		return FALSE;
	memcpy(middle, raw + 1, token->letters - 2u);
	return lw_token_in(middle, middles);
}

/* "mr. vB": what a title stands before is somebody. */
static gboolean is_titled_code(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return at && token->flags & LW_TOKEN_MIXED && token->letters >= 2 && token->letters <= 4 &&
	       !token->lists && !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN)) &&
	       lw_token_at(tokens, at - (lw_token_at(tokens, at - 1)->mark == '.' && at > 1) - 1)
			       ->cues &
		       (LW_CUE_ADDRESS | LW_CUE_ACADEMIC);
}

/* "bijgewerkt door mvk", "Gr SR": letters of somebody whom the document does not name, at the end
 * of their line or before a date. */
static gboolean signs(const LwTokens *tokens, const LwLetters *code)
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

/* "rapp. brk", "door: lvdb", "opm tm:", "teruggebeld 14.10u lvdb.", "^wk": letters on no list
 * behind a short word for who notes, does or signs. */
static gboolean is_marked(const LwTokens *tokens, const LwLetters *code)
{
	static const char marks[] = "door par paraaf rapp rapporteur opm opmerking verslag notulen "
				    "toetser contr controle behandeld beh gebeld teruggebeld "
				    "genoteerd afgehandeld bijgewerkt ingevoerd verwerkt akk "
				    "opgesteld opst gez gezien nagezien gecontroleerd typ coll "
				    "gecollationeerd steller getekend get vastgesteld gelezen "
				    "overgezet uitgewerkt getypt aangevuld aantekening betaald "
				    "aangen aangenomen";
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *next = lw_token_at(tokens, code->last + 1);
	guint at = code->first;

	if (!at || code->points || code->letters < 2 || code->letters > 4 ||
	    token->cues & ~(guint)LW_CUE_DIGRAPH)
		return FALSE;
	if (lw_token_at(tokens, at - 1)->mark == '^')
		return token->gap == LW_GAP_NONE && !(token->lists & LW_WORD_COMMON);
	if (token->lists || token->gap > LW_GAP_WIDE ||
	    lw_token_in(token->word, "nvt onb ok ja nee nb zn dd wel niet"))
		return FALSE;
	/* "opm. enq.:", "hbr. K. Meeuwsen" go on */
	if (!(next->gap >= LW_GAP_WIDE || (next->mark && strchr(".,;:)/]-", (int)next->mark)) ||
	      lw_token_in(next->word, "zelf")) ||
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

/* "AW zegt", "NY valt op": two letters that nobody explains do what a person does. */
static gboolean may_act(const LwTokens *tokens, const LwLetters *code)
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

/* "jk 16/3" fills its line: who laid it aside, and when. */
static gboolean dates(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	guint end = skip_day(tokens, code->last + 1);

	return token->flags & LW_TOKEN_LINE_START && !token->lists && !token->cues &&
	       !code->points && code->letters <= 3 && end > code->last + 1 &&
	       lw_token_at(tokens, code->last + 1)->gap == LW_GAP_SPACE &&
	       end == lw_token_line_end(tokens, code->first);
}

/* "HS 28/2: doorgezet", "28/2 HS: doorgezet", "(HS, 28/2)", "door HS op 31/1", "overgetikt door
 * EdR": letters of who made a note, whom the document need not name. */
static gboolean notes(const LwTokens *tokens, const LwLetters *code)
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

/* "van A., student", "dat W. eerder", "F herkent", "klopt. W." at the end of a paragraph: one
 * letter of a person whom the document names. Its last token; `at` - 1 when it is none. */
static guint lone_letter(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);
	const LwToken *next = lw_token_at(tokens, at + 1), *after = lw_token_at(tokens, at + 2);
	gboolean point = next->mark == '.' && next->gap == LW_GAP_NONE;

	if (!at || token->letters != 1 || !(token->flags & LW_TOKEN_CAPITAL) ||
	    token->flags & LW_TOKEN_DIGIT || token->gap == LW_GAP_NONE)
		return at - 1;
	/* "R slaapt slecht" */
	if (!point)
		return token->flags & LW_TOKEN_SENTENCE_START && next->gap == LW_GAP_SPACE &&
				       next->flags & LW_TOKEN_LOWER &&
				       (next->cues & LW_CUE_VERB ||
					lw_token_in(next->word, DOES_TOO))
			       ? at
			       : at - 1;
	/* not "rev. C." */
	if (before->mark && strchr(".?!", (int)before->mark) && token->gap == LW_GAP_SPACE &&
	    after->gap == LW_GAP_BLANK && at > 1 &&
	    (before->mark != '.' || lw_token_at(tokens, at - 2)->letters > 3))
		return at + 1;
	if (token->gap != LW_GAP_SPACE ||
	    !(before->mark == '(' ||
	      lw_token_in(before->word, "van door aan met dat voor namens over volgens zag")))
		return at - 1;
	return after->mark == ',' || (after->gap == LW_GAP_SPACE && after->flags & LW_TOKEN_LOWER)
		       ? at + 1
		       : at - 1;
}

/* "Jura" alone above "J.M. Cijntje - consulent": how one signs above the lines that are added. */
static gboolean stands_above_name(const LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);
	const LwToken *below = lw_token_at(tokens, at + 1);

	/* "F." above "Floor Wijnhoven | consulent" */
	if (at && token->gap == LW_GAP_BLANK && token->letters == 1 && below->mark == '.' &&
	    token->flags & LW_TOKEN_CAPITAL && below->gap == LW_GAP_NONE && before->mark &&
	    strchr("!.,?", (int)before->mark))
		return lw_token_at(tokens, at + 2)->gap >= LW_GAP_LINE && finder->owner[at + 2] &&
		       g_utf8_get_char(lw_token_at(tokens, at + 2)->word) ==
			       g_utf8_get_char(token->word);
	return at && token->gap >= LW_GAP_LINE && token->flags & LW_TOKEN_CAPITAL &&
	       token->letters > 2 && !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_DIGIT)) &&
	       !token->cues &&
	       !(token->lists & (LW_WORD_ROLE | LW_WORD_ORGANISATION | LW_WORD_TITLE)) &&
	       before->mark && strchr("!.,?", (int)before->mark) && below->gap >= LW_GAP_LINE &&
	       finder->owner[at + 1] && below->letters == 1 &&
	       g_utf8_get_char(below->word) == g_utf8_get_char(token->word);
}

/* "CL rekent uit": capitals, and behind them a verb by its ending. */
static gboolean does_something(const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	return lw_token_at(tokens, code->first)->flags & LW_TOKEN_ALL_CAPS &&
	       next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_LOWER && next->letters > 4 &&
	       !(next->cues & LW_CUE_STOP) && lw_word_ends_in(next->word, "t");
}

/* "mhb/SKu": beside the letters of somebody else. */
static gboolean is_of_two(const LwNameFinder *finder, const LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, code->first);
	guint owner = code->first > 1 ? finder->owner[code->first - 2] : 0;

	return owner && !token->lists && !token->cues && code->letters <= 4 &&
	       lw_token_at(tokens, code->first - 1)->mark == '/' && token->gap == LW_GAP_NONE &&
	       ends_there(lw_token_at(tokens, code->last + 1)) &&
	       g_array_index(finder->candidates, LwCandidate, owner - 1).why.reason ==
		       LW_REASON_CODE;
}

/* "(I.S.)", "paraaf rechtsonder (SW)", "ref. 91/RVV/2207 jb" of somebody who has these letters, or
 * alone in brackets with points: worth a look. */
static gboolean may_stand(const Known *known, const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *next = lw_token_at(tokens, code->last + 1);
	gunichar before = lw_token_at(tokens, code->first - 1)->mark;
	gboolean exact = g_hash_table_contains(known->codes, code->text);

	if (code->abbreviation || (token->lists & LW_WORD_COMMON && !code->points))
		return FALSE;
	if (token->flags & LW_TOKEN_LOWER)
		return exact && !token->cues &&
		       (next->gap >= LW_GAP_WIDE || ends_there(next) ||
			(code->letters >= LIKE && !token->lists));
	if (code->points && next->mark == ',' && before == ',' &&
	    lw_token_at(tokens, code->last + 2)->flags & LW_TOKEN_DIGIT)
		return TRUE; /* "Getuige 3, B.O., 17 jaar" */
	return exact || (code->points && code->first && (before == '(' || before == '[') &&
			 (next->mark == ')' || next->mark == ']'));
}

/* "nvdb" as the last line, "lvr" below "verleend" in row after row: nothing but letters of nobody's
 * language on a line of their own. */
static float alone(const Known *known, const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	guint times = GPOINTER_TO_UINT(g_hash_table_lookup(known->alone, code->text));

	if (!times || (!code->points && (token->lists || token->cues & ~(guint)LW_CUE_DIGRAPH)) ||
	    code->letters > 4 || token->gap < LW_GAP_LINE ||
	    lw_token_at(tokens, code->last + 1)->gap < LW_GAP_LINE)
		return 0;
	return code->last + 1 >= tokens->count || (times > 1 && token->flags & LW_TOKEN_LOWER)
		       ? ANYWHERE
		       : REVIEW;
}

/* --- judged --- */

static gboolean is_known(Known *known, const LwTokens *tokens, const LwLetters *code)
{
	if (g_hash_table_contains(known->codes, code->text))
		return TRUE;
	if (code->letters < LIKE || code->points)
		return FALSE;
	for (guint i = 0; i < known->names->len && known->tests < MOST_TESTS; i++, known->tests++)
		if (is_made_of(tokens, code->text, known->names->pdata[i]))
			return TRUE;
	return FALSE;
}

/* 0: no person. */
static float judge(const LwNameFinder *finder, Known *known, const LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, code->first);
	gboolean lower = token->flags & LW_TOKEN_LOWER;
	gboolean named = is_bracketed(tokens, code) || is_announced(tokens, code) ||
			 is_apart(tokens, code) || acts(finder, code) ||
			 is_answerable(tokens, code);
	gboolean may;
	float review;

	if (notes(tokens, code) || dates(tokens, code) || is_marked(tokens, code) ||
	    is_of_two(finder, code))
		return ANYWHERE;
	review = alone(known, tokens, code);
	if (review >= ANYWHERE)
		return review;
	if (code->abbreviation)
		return token->flags & LW_TOKEN_ALL_CAPS && named &&
				       g_hash_table_contains(is_answerable(tokens, code)
								     ? known->codes
								     : known->present,
							     code->text)
			       ? ANYWHERE
		       : may_act(tokens, code) ? REVIEW
					       : 0;
	if (!code->points && !lower && !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED)) &&
	    code->letters > 2)
		return 0; /* "Aga" is a word */
	may = may_stand(known, tokens, code);
	review = may ? REVIEW : review;
	if (token->lists & LW_WORD_COMMON && (lower || !named))
		return code->points ? review : 0;
	if (may && does_something(tokens, code))
		return ANYWHERE;
	if (!named && !signs(tokens, code) && !may_act(tokens, code) &&
	    (lower || (code->letters < LIKE && !code->points) ||
	     !g_hash_table_contains(known->codes, code->text)))
		return review;
	if (!is_known(known, tokens, code))
		return signs(tokens, code) ? ANYWHERE : may_act(tokens, code) ? REVIEW : review;
	return named ? STANDS : ANYWHERE;
}

/* Part of a longer name, or surely one by itself. */
static gboolean is_taken(const LwNameFinder *finder, guint at)
{
	const LwCandidate *owner;

	if (!finder->owner[at])
		return FALSE;
	owner = &g_array_index(finder->candidates, LwCandidate, finder->owner[at] - 1);
	return owner->name.last > owner->name.first || owner->why.score >= SURE;
}

/* A code alone between blanks is a person's once it is so elsewhere: "OZ vindt", "met OZ". */
static void take_again(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < finder->candidates->len; i++) {
		const LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, i);
		const LwToken *token = lw_token_at(tokens, candidate->name.first);

		if (!candidate->dropped && candidate->why.score >= ANYWHERE &&
		    candidate->name.first == candidate->name.last && !token->lists &&
		    token->letters <= 4 && lw_name_is_code(token))
			g_hash_table_add(codes, (gpointer)token->word);
	}
	for (guint i = 0; g_hash_table_size(codes) && i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		LwName name = {.first = i, .last = i, .surname = i};
		/* "OZ en TP gaan samen": another beside it */
		gboolean pair = i > 1 && lw_token_is(tokens, i - 1, "en") && finder->owner[i - 2] &&
				lw_name_is_code(lw_token_at(tokens, i - 2)) && !token->lists;

		if (is_taken(finder, i) || !lw_name_is_code(token) || token->letters > 4 ||
		    lw_token_in(token->word, "fw re cc ps nb") ||
		    !(pair || g_hash_table_contains(codes, token->word)))
			continue;
		lw_name_add(finder, &name,
			    (LwNameWhy){ANYWHERE, "name/code", LW_REASON_CODE, NULL});
	}
}

void lw_names_by_initials(LwNameFinder *finder)
{
	/* the candidates grow while letters are taken */
	g_autoptr(GArray) found = g_array_copy(finder->candidates);
	Known known = learn_all(finder, found);

	for (guint i = 0; i < finder->tokens->count; i++) {
		LwLetters code;
		LwName name;
		float score;

		if (is_taken(finder, i))
			continue;
		if (stands_above_name(finder, i) ||
		    (lone_letter(finder->tokens, i) + 1 > i &&
		     g_hash_table_contains(known.letters,
					   GUINT_TO_POINTER(g_utf8_get_char(
						   lw_token_at(finder->tokens, i)->word))))) {
			name = (LwName){.first = i, .last = i, .surname = i};
			if (lw_token_at(finder->tokens, i)->letters == 1)
				name.last = stands_above_name(finder, i)
						    ? i + 1
						    : lone_letter(finder->tokens, i);
			lw_name_add(finder, &name,
				    (LwNameWhy){ANYWHERE, "name/code", LW_REASON_CODE, NULL});
			continue;
		}
		if (lw_token_at(finder->tokens, i)->letters == 1 &&
		    lw_letters_parted(finder->tokens, i, &code) > i) {
			score = PARTICLE;
		} else if (has_particle_inside(finder->tokens, i) ||
			   is_titled_code(finder->tokens, i)) {
			code = (LwLetters){.first = i, .last = i};
			score = PARTICLE;
		} else {
			score = lw_letters_read(finder->tokens, i, &code)
					? judge(finder, &known, &code)
					: 0;
		}
		name = (LwName){.first = code.first, .last = code.last, .surname = code.first};
		if (score > 0)
			lw_name_add(finder, &name,
				    (LwNameWhy){score, "name/code", LW_REASON_CODE, NULL});
	}
	take_again(finder);
	g_hash_table_unref(known.codes);
	g_hash_table_unref(known.alone);
	g_hash_table_unref(known.present);
	g_ptr_array_unref(known.names);
	g_hash_table_unref(known.letters);
}
