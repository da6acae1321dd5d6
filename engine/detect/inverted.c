/* inverted.c - "Bloem, Hetty", "Vrijdag, B. (Bertus)", "in 't Veld, Cor": who stands with the
 * surname first and fills a cell, a line, or a piece between semicolons.
 *
 * The place makes the name: it begins at an edge and ends at one. A surname that is an ordinary
 * word needs more, as another of the sort beside it. */
#include "engine/detect/name-part.h"

#include <string.h>

#define SURE	 0.85f
#define LIKELY	 0.7f
#define REVIEW	 0.4f
#define SURNAMES 3 /* words of one */
#define FIRSTS	 2 /* first names behind it */
#define LEADING	 8 /* marks and figures before the first item of a line */
#define BRACKET	 4 /* tokens of a nickname */

typedef struct {
	guint first, last;
	guint nick;	   /* token of "Bertus" in the bracket behind it; 0: none */
	gboolean given;	   /* the word behind the comma is a first name and nothing else */
	gboolean initials; /* initials stand behind the comma */
	gboolean ordinary; /* the surname is a word, and only that as far as the lists know */
	gboolean listed;   /* a surname that is no word */
	gboolean rare;	   /* a word first of all, and some are called so */
	gboolean piece;	   /* a semicolon, a stroke or a tab beside it parts it from others */
} Inverted;

/* --- edges --- */

static gboolean is_part_mark(gunichar mark)
{
	return mark == 0x2022 || mark == 0x203a || mark == 0x2192 ||
	       (mark && mark < 0x80 && strchr("|;:[>*@", (int)mark));
}

/* "3 Jansen, Piet", "- Kaya, Fatma": what stands before the first item of its line is a number or
 * a mark. */
static gboolean begins_at_edge(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);
	guint line = lw_token_line_start(tokens, at);

	if (!at || token->flags & LW_TOKEN_LINE_START || token->gap >= LW_GAP_WIDE ||
	    is_part_mark(before->mark))
		return TRUE;
	while (line < at && at - line <= LEADING &&
	       (!*lw_token_at(tokens, line)->word ||
		lw_token_at(tokens, line)->flags & LW_TOKEN_DIGIT))
		line++;
	return line == at;
}

static gboolean ends_at_edge(const LwTokens *tokens, guint next)
{
	const LwToken *token = lw_token_at(tokens, next);

	return next >= tokens->count || token->gap >= LW_GAP_WIDE ||
	       token->flags & LW_TOKEN_DIGIT ||
	       (token->mark && token->mark < 0x80 && strchr(";|<(]>", (int)token->mark));
}

static gboolean is_piece(const LwTokens *tokens, guint first, guint next)
{
	const LwToken *before = lw_token_at(tokens, first - 1), *after = lw_token_at(tokens, next);
	gboolean left = first && (before->mark == ';' || before->mark == '|' ||
				  lw_token_at(tokens, first)->gap == LW_GAP_WIDE);

	return left || after->mark == ';' || after->mark == '|' || after->mark == '<' ||
	       after->gap == LW_GAP_WIDE;
}

/* --- what stands between them --- */

static gboolean is_surname(const LwToken *token)
{
	const guint others = LW_CUE_ADDRESS | LW_CUE_ACADEMIC | LW_CUE_BODY | LW_CUE_BODY_BEFORE |
			     LW_CUE_BODY_AFTER | LW_CUE_COLUMN | LW_CUE_ENUMERATOR;

	if (!(token->flags & LW_TOKEN_CAPITAL) || token->letters < 2 ||
	    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND))
		return FALSE;
	if (token->lists & LW_WORD_SURNAME)
		return !(token->cues & LW_CUE_NOT_INITIALS && token->flags & LW_TOKEN_ALL_CAPS);
	return !(token->cues & (others | LW_CUE_STOP | LW_CUE_PHRASE | LW_CUE_VERB)) &&
	       !(token->lists &
		 (LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION | LW_WORD_ROLE | LW_WORD_TITLE));
}

/* "in 't Veld", "Al-Hariri", "De Jong - Bakker": the token of the comma; `at` when it is none. */
static guint skip_surname(const LwTokens *tokens, guint at, Inverted *found)
{
	guint i = lw_name_skip_particles(tokens, at, LW_NAME_EXPECTED), words = 0;
	guint32 lists = 0;
	gboolean particle = i > at;

	/* "Ben, Ali": the particle is the name */
	if (lw_token_at(tokens, i)->mark == ',')
		i = at;
	for (; words < SURNAMES && is_surname(lw_token_at(tokens, i)); words++, i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (i > at && token->gap > LW_GAP_SPACE)
			return at;
		lists |= token->lists;
		found->ordinary |= !(token->lists & LW_WORD_SURNAME) &&
				   token->lists & (LW_WORD_COMMON | LW_WORD_PLACE);
		found->ordinary |= (token->cues & (LW_CUE_STOP | LW_CUE_PHRASE | LW_CUE_VERB)) != 0;
		/* "Zomer - ter Steege, G." */
		if (lw_token_at(tokens, i + 1)->mark == '-' &&
		    lw_token_at(tokens, i + 1)->gap == LW_GAP_SPACE &&
		    lw_token_at(tokens, i + 2)->gap == LW_GAP_SPACE)
			i = lw_name_skip_particles(tokens, i + 2, LW_NAME_EXPECTED) - 1;
	}
	if (!words || lw_token_at(tokens, i)->mark != ',' ||
	    lw_token_at(tokens, i)->gap > LW_GAP_SPACE)
		return at;
	found->rare = !particle && lists & LW_WORD_COMMON && !(lists & LW_WORD_FREQUENT);
	found->listed = particle || (lists & LW_WORD_SURNAME && !(lists & LW_WORD_COMMON)) ||
			lists & LW_WORD_FREQUENT || !lists;
	return i;
}

static gboolean is_given(const LwToken *token)
{
	return token->flags & LW_TOKEN_CAPITAL && token->letters > 1 &&
	       token->lists & LW_WORD_FIRST_NAME &&
	       !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND)) &&
	       !(token->cues & (LW_CUE_STOP | LW_CUE_BODY | LW_CUE_ADDRESS)) &&
	       !(token->lists & LW_WORD_PLACE && !(token->lists & LW_WORD_FREQUENT));
}

/* "LJM": capitals without points. */
static gboolean are_capitals(const LwToken *token)
{
	return token->flags & LW_TOKEN_CAPITAL && !(token->flags & LW_TOKEN_DIGIT) &&
	       (token->letters == 1 || (token->flags & LW_TOKEN_ALL_CAPS && token->letters <= 4)) &&
	       !(token->cues & LW_CUE_NOT_INITIALS) &&
	       !(token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION | LW_WORD_TITLE));
}

/* "B.", "Hetty", "T. in 't", "drs. G.": the token behind it; `at` when it is none. */
static guint skip_first(const LwTokens *tokens, guint at, Inverted *found)
{
	guint i = lw_name_skip_titles(tokens, at, NULL), count = 0, next, firsts = 0;

	next = lw_name_skip_initials(tokens, i, LW_NAME_TITLED, &count);
	found->initials = next > i;
	if (next == i && are_capitals(lw_token_at(tokens, i)) &&
	    !is_given(lw_token_at(tokens, i))) {
		found->initials = TRUE;
		next = i + 1;
	}
	while (next == i + firsts && firsts < FIRSTS && is_given(lw_token_at(tokens, next)) &&
	       lw_token_at(tokens, next)->gap <= LW_GAP_SPACE) {
		found->given |= !(lw_token_at(tokens, next)->lists & LW_WORD_COMMON) ||
				lw_token_at(tokens, next)->lists & LW_WORD_FREQUENT;
		firsts++;
		next++;
	}
	if (next == i)
		return at;
	if (firsts)
		next = lw_name_skip_initials(tokens, next, LW_NAME_TITLED, &count);
	return next;
}

/* " de", " in 't" behind the initials. */
static guint skip_behind(const LwTokens *tokens, guint at)
{
	return lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
			       lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER
		       ? lw_name_skip_particles(tokens, at, LW_NAME_EXPECTED)
		       : at;
}

/* "(Bertus)": the token behind it; `at` when there is none. */
static guint skip_bracket(const LwTokens *tokens, guint at)
{
	guint i = at + 1;

	if (lw_token_at(tokens, at)->mark != '(' || lw_token_at(tokens, at)->gap > LW_GAP_SPACE)
		return at;
	while (i < at + BRACKET && lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL &&
	       !(lw_token_at(tokens, i)->flags & (LW_TOKEN_DIGIT | LW_TOKEN_ALL_CAPS)) &&
	       !(lw_token_at(tokens, i)->lists & LW_WORD_ROLE))
		i++;
	return i > at + 1 && lw_token_at(tokens, i)->mark == ')' &&
			       lw_token_at(tokens, at + 1)->lists & LW_WORD_FIRST_NAME
		       ? i + 1
		       : at;
}

static gboolean read_at(const LwTokens *tokens, guint at, Inverted *found)
{
	guint comma, next, behind, bracket;

	*found = (Inverted){.first = at};
	if (!*lw_token_at(tokens, at)->word || !begins_at_edge(tokens, at))
		return FALSE;
	comma = skip_surname(tokens, at, found);
	if (comma == at || lw_token_at(tokens, comma + 1)->gap > LW_GAP_SPACE)
		return FALSE;
	/* "Wit, de, Karel" */
	behind = lw_name_skip_particles(tokens, comma + 1, LW_NAME_EXPECTED);
	if (behind > comma + 1 && lw_token_at(tokens, behind)->mark == ',')
		comma = behind;
	next = skip_first(tokens, comma + 1, found);
	if (next == comma + 1)
		return FALSE;
	behind = skip_behind(tokens, next);
	bracket = skip_bracket(tokens, behind);
	next = skip_behind(tokens, bracket);
	if (!ends_at_edge(tokens, next))
		return FALSE;
	found->last = next == bracket ? behind - 1 : next - 1;
	found->nick = next == bracket && bracket > behind ? behind + 1 : 0;
	found->piece = is_piece(tokens, at, next);
	return TRUE;
}

/* --- judged --- */

/* "Groet, Jan", "Prima, Els": what is said to somebody. `others`: of the sort in this document. */
static float weigh(const LwTokens *tokens, const Inverted *found, guint others)
{
	guint next, kind;

	if (lw_phrase_at(tokens, found->first, LW_PHRASE_GREETING | LW_PHRASE_CLOSING, &next,
			 &kind) &&
	    !found->piece)
		return 0;
	if (!found->piece &&
	    lw_token_in(
		    lw_token_at(tokens, found->first)->word,
		    "prima mooi top fijn oke goed perfect super helder duidelijk akkoord helaas"))
		return 0;
	if (found->ordinary)
		return (found->piece || others > 1) && (found->initials || found->given) ? LIKELY
											 : 0;
	if (found->rare && !found->initials && !found->piece && others <= 1)
		return REVIEW;
	if (found->initials || found->given)
		return found->listed || found->piece || others > 1 ? SURE : LIKELY;
	return found->piece || others > 1 ? LIKELY : 0;
}

/* "Bloem, Hetty heeft": once it is a name of this document, it is so in its sentences too. */
static void take_again(LwNameFinder *finder, const GArray *all)
{
	const LwTokens *tokens = finder->tokens;
	g_autoptr(GHashTable) pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < all->len; i++) {
		const Inverted *found = &g_array_index(all, Inverted, i);

		if (finder->owner[found->first] && found->given &&
		    lw_token_at(tokens, found->first + 1)->mark == ',')
			g_hash_table_add(pairs,
					 g_strconcat(lw_token_at(tokens, found->first)->word, ",",
						     lw_token_at(tokens, found->first + 2)->word,
						     NULL));
	}
	for (guint i = 0; g_hash_table_size(pairs) && i < tokens->count; i++) {
		LwName name = {.first = i,
			       .last = i + 2,
			       .surname = i,
			       .given = 1,
			       .surnames = 1,
			       .inverted = TRUE};
		g_autofree char *pair = NULL;

		if (lw_token_at(tokens, i + 1)->mark != ',' || finder->owner[i] ||
		    !(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL) ||
		    !(lw_token_at(tokens, i + 2)->flags & LW_TOKEN_CAPITAL))
			continue;
		pair = g_strconcat(lw_token_at(tokens, i)->word, ",",
				   lw_token_at(tokens, i + 2)->word, NULL);
		if (g_hash_table_contains(pairs, pair))
			lw_name_add(finder, &name,
				    (LwNameWhy){LIKELY, "name/inverted", LW_REASON_SURNAME_FIRST,
						NULL});
	}
}

void lw_names_inverted(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Inverted));
	guint certain = 0;

	for (guint i = 0; i < tokens->count; i++) {
		Inverted found;

		if (!finder->closed[i] && read_at(tokens, i, &found)) {
			g_array_append_val(all, found);
			certain +=
				!found.ordinary && found.listed && (found.initials || found.given);
			i = found.last;
		}
	}
	for (guint i = 0; i < all->len; i++) {
		const Inverted *found = &g_array_index(all, Inverted, i);
		LwName name = {.first = found->first,
			       .last = found->last,
			       .surname = found->first,
			       .surnames = 1,
			       .given = found->given,
			       .initials = found->initials,
			       .inverted = TRUE};
		float score = weigh(tokens, found, certain);

		if (score > 0 && !lw_name_is_body(tokens, &name))
			lw_name_add(
				finder, &name,
				(LwNameWhy){score, "name/inverted", LW_REASON_SURNAME_FIRST, NULL});
	}
	take_again(finder, all);
}
