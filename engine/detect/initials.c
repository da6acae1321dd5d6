/* initials.c - letters that stand for a person whom the document names in full: "(F.K.)", "KŞ",
 * "opgesteld door jw", "-- DK 04:26 --".
 *
 * Runs when all names are found. How much the letters must say for themselves depends on where they
 * stand; abbreviations of the lists are never persons. */
#include "engine/detect/initials-place.h"
#include "engine/detect/office.h"

#include <stdlib.h>
#include <string.h>

#define SURE	   0.6f /* of a name whose letters count */
#define STANDS	   0.8f /* where somebody is named */
#define ANYWHERE   0.6f
#define PARTICLE   0.7f
#define REVIEW	   0.4f
#define MOST_TESTS 2000000 /* of letters against names, in one document */
#define DOES_TOO   "slaapt eet drinkt huilt woont werkt loopt praat lacht klaagt rookt belt appt zit"
#define DOES                                                                                       \
	DOES_TOO                                                                                   \
	" heeft had gaat ging liep zei wil wilde geeft gaf komt kwam blijft bleef "                \
	"staat stond ziet zag doet deed krijgt kreeg zat sliep gebruikt vroeg vond belde "         \
	"vertelt vertelde verklaart verklaarde reageert reageerde ontkent ontkende "               \
	"huilde "                                                                                  \
	"weigert weigerde slikt bidt dealt haalt brengt bracht nam neemt zou moest"
#define LIKE 3 /* letters from which they need not be the first ones of words */

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

/* "Jelle-Sjoerd", and "Pols, Gert-Jan" */
static void learn_double(Known *known, const LwTokens *tokens, const LwName *name)
{
	for (guint i = name->first; i <= name->last; i++) {
		const LwName part = {.first = i, .last = i};

		if (lw_token_at(tokens, i)->flags & LW_TOKEN_HYPHEN &&
		    (i == name->first || lw_token_at(tokens, i - 1)->mark == ','))
			g_hash_table_add(known->codes, letters_of(tokens, &part, TRUE));
	}
}

static void learn(Known *known, const LwTokens *tokens, const LwName *name)
{
	learn_double(known, tokens, name);
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
		else if (!candidate->dropped && candidate->why.score >= SURE)
			learn_double(&known, finder->tokens, &candidate->name);
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

/* "TP vraagt of", "Daryoush, JS": does something, or stands among persons. */
static gboolean acts(const LwNameFinder *finder, const LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	if (next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_LOWER && next->cues & LW_CUE_VERB &&
	    !lw_letters_behind_article(tokens, code))
		return TRUE;
	gunichar before = lw_token_at(tokens, code->first - 1)->mark;
	return (before == ',' || before == '/') && code->first > 1 &&
	       finder->owner[code->first - 2];
}

/* "EvdB", "JvdM": capitals around a particle are of nobody else. */
static gboolean has_particle_inside(const LwTokens *tokens, guint at)
{
	/* "BvL", "RvT", "VvE" are certificates and boards */
	static const char middles[] = "vd vdr vt vh ten ter van d de el dl";
	const LwToken *token = lw_token_at(tokens, at);
	const char *raw = tokens->normal->utf8 + token->start;
	char middle[4] = "";

	if (token->letters < 3 || token->letters > LW_LETTERS_MAX ||
	    token->lists & LW_WORD_ABBREVIATION || lw_token_in(token->word, "cdk cda cdt hdz") ||
	    token->end - token->start != token->letters || !g_ascii_isupper(raw[0]) ||
	    !g_ascii_isupper(raw[token->letters - 1]))
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

/* "V. liep in een proeftijd", "Afspraak: H. gaat met": a letter with a point does something. */
static gboolean opens_deed(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *after = lw_token_at(tokens, at + 2);

	return (token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START) ||
		(at && lw_token_at(tokens, at - 1)->mark && token->gap == LW_GAP_SPACE)) &&
	       after->gap == LW_GAP_SPACE && after->flags & LW_TOKEN_LOWER &&
	       (after->cues & LW_CUE_VERB || lw_token_in(after->word, DOES));
}

/* "| T. |", "opgehaald door: L., legitimatie" */
static gboolean is_alone_in_cell(const LwTokens *tokens, guint at)
{
	const LwToken *before = lw_token_at(tokens, at - 1), *after = lw_token_at(tokens, at + 2);

	if (at < 2)
		return FALSE;
	return before->mark == '|' ? after->mark == '|'
				   : before->mark == ':' && lw_token_is(tokens, at - 2, "door") &&
					     (after->mark || after->gap >= LW_GAP_WIDE);
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
	if (opens_deed(tokens, at) || is_alone_in_cell(tokens, at))
		return at + 1;
	if (token->gap != LW_GAP_SPACE ||
	    !(before->mark == '(' ||
	      lw_token_in(before->word, "van door aan met dat voor namens over volgens zag "
					"verklaarde zei zegt vroeg aldus antwoordde kwam ging")))
		return at - 1;
	if (after->mark == ':' && lw_token_in(before->word, "verklaarde zei zegt vroeg aldus"))
		return at + 1;
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

/* "mhb/SKu", "TBr / hvl": beside the letters of somebody else. */
static gboolean is_of_two(const LwNameFinder *finder, const LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *other = lw_token_at(tokens, code->first - 2);

	return code->first > 1 && finder->owner[code->first - 2] && !token->lists && !token->cues &&
	       code->letters <= 4 && other->letters <= 4 && !other->lists &&
	       lw_token_at(tokens, code->first - 1)->mark == '/' && token->gap <= LW_GAP_SPACE &&
	       lw_letters_end_at(lw_token_at(tokens, code->last + 1));
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
		       (next->gap >= LW_GAP_WIDE || lw_letters_end_at(next) ||
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

/* The letters of somebody whom the document names, in capitals. */
static gboolean is_owned(const Known *known, const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->flags & LW_TOKEN_ALL_CAPS && token->letters <= LW_LETTERS_MAX &&
	       g_hash_table_contains(known->codes, token->word);
}

/* "VL/23.40918", "24.JK.019": part of a number. */
static gboolean is_of_number(const LwTokens *tokens, const LwLetters *code)
{
	return lw_token_at(tokens, code->first)->gap == LW_GAP_NONE ||
	       (lw_token_at(tokens, code->last + 1)->gap == LW_GAP_NONE &&
		lw_token_at(tokens, code->last + 2)->gap == LW_GAP_NONE &&
		lw_token_at(tokens, code->last + 2)->flags & LW_TOKEN_DIGIT);
}

/* "PS/RA", "SK en MA": beside those of another, though they may mean a thing elsewhere. */
static gboolean is_paired(const Known *known, const LwTokens *tokens, const LwLetters *code)
{
	static const char links[] = "en of";
	const LwToken *before = lw_token_at(tokens, code->first - 1);
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	return is_owned(known, tokens, code->first) &&
	       (((before->mark == '/' || before->mark == '+' || lw_token_in(before->word, links)) &&
		 code->first > 1 && is_owned(known, tokens, code->first - 2)) ||
		((next->mark == '/' || next->mark == '+' || lw_token_in(next->word, links)) &&
		 is_owned(known, tokens, code->last + 2)));
}

/* "IB regelt.", "Later kan. GE: ok.": what persons do at the start of a sentence. */
static gboolean speaks(const Known *known, const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *before = lw_token_at(tokens, code->first - 1);
	const LwToken *next = lw_token_at(tokens, code->last + 1);

	if (!is_owned(known, tokens, code->first) || office_is_party(code->text) ||
	    lw_token_in(code->text, "nb ps re cc fw bc dd ok id nr aw pb") ||
	    !(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START) ||
	      (before->mark && strchr(".!?;", (int)before->mark))))
		return FALSE;
	return (next->mark == ':' && next->gap == LW_GAP_NONE) || lw_letters_do(tokens, code) ||
	       (next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_LOWER &&
		next->cues & LW_CUE_VERB);
}

/* "gewoon geven DJ", "wie checkt? RS?", "Wim belde. SJ": who is spoken to or signs has the last
 * word of a line. */
static gboolean has_last_word(const Known *known, const LwTokens *tokens, const LwLetters *code)
{
	const LwToken *token = lw_token_at(tokens, code->first);
	const LwToken *before = lw_token_at(tokens, code->first - 1);
	guint end = code->last + 1;

	if (!code->first || code->points || code->letters > 3 || token->gap != LW_GAP_SPACE ||
	    !is_owned(known, tokens, code->first) || office_is_party(code->text) ||
	    token->cues & ~(guint)(LW_CUE_DIGRAPH | LW_CUE_NOT_INITIALS) ||
	    (token->lists & LW_WORD_COMMON && code->letters > 2) ||
	    lw_token_in(token->word, "nb ps ok ja nu re cc tv pc wc vs eu us uk nl"))
		return FALSE;
	if (lw_token_at(tokens, end)->mark && strchr("!?.", (int)lw_token_at(tokens, end)->mark))
		end++;
	if (lw_token_at(tokens, end)->gap < LW_GAP_LINE)
		return FALSE;
	/* "Is dit het pand? JA" */
	if (before->mark)
		return strchr("!?.", (int)before->mark) != NULL;
	return before->flags & LW_TOKEN_LOWER && !lw_letters_behind_article(tokens, code) &&
	       !lw_token_in(before->word,
			    "naar bij van in op via voor uit tot per en of als is zijn was te om "
			    "over onder geen dus oude nieuwe welke welk elke extra team afdeling");
}

/* 0: no person. */
static float judge(const LwNameFinder *finder, Known *known, const LwLetters *code)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, code->first);
	gboolean lower = token->flags & LW_TOKEN_LOWER;
	gboolean named = lw_letters_in_brackets(tokens, code) ||
			 lw_letters_announced(tokens, code) || lw_letters_apart(tokens, code) ||
			 acts(finder, code) || lw_letters_answerable(tokens, code);
	gboolean may;
	float review;

	if (lw_letters_in_dump(tokens, code))
		return 0;
	if (lw_letters_note(tokens, code) || lw_letters_dated(tokens, code) ||
	    lw_letters_marked(tokens, code) || is_of_two(finder, code) ||
	    lw_letters_addressed(tokens, code) || speaks(known, tokens, code) ||
	    has_last_word(known, tokens, code))
		return ANYWHERE;
	if (is_paired(known, tokens, code))
		return STANDS;
	review = alone(known, tokens, code);
	if (review >= ANYWHERE)
		return review;
	if (code->abbreviation)
		return token->flags & LW_TOKEN_ALL_CAPS && named &&
				       g_hash_table_contains(lw_letters_answerable(tokens, code)
								     ? known->codes
								     : known->present,
							     code->text)
			       ? ANYWHERE
		       : lw_letters_may_act(tokens, code) ? REVIEW
							  : 0;
	if (!code->points && !lower && !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED)) &&
	    code->letters > 2)
		return 0; /* "Aga" is a word */
	may = may_stand(known, tokens, code);
	review = may ? REVIEW : review;
	if (token->lists & LW_WORD_COMMON && (lower || !named))
		return code->points ? review : 0;
	if (may && (lw_letters_do(tokens, code) ||
		    (is_owned(known, tokens, code->first) && !token->lists &&
		     !(token->cues & ~(guint)LW_CUE_DIGRAPH) && !is_of_number(tokens, code) &&
		     !lw_letters_behind_article(tokens, code))))
		return ANYWHERE;
	if (!named && !lw_letters_sign(tokens, code) && !lw_letters_may_act(tokens, code) &&
	    (lower || (code->letters < LIKE && !code->points) ||
	     !g_hash_table_contains(known->codes, code->text)))
		return review;
	if (!is_known(known, tokens, code))
		return lw_letters_sign(tokens, code)	  ? ANYWHERE
		       : lw_letters_may_act(tokens, code) ? REVIEW
							  : review;
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
