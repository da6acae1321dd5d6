/* name.c - the grammar core: initials, first names, particles, double surnames, and the order
 * "Vries, J. de".
 *
 * A name never crosses a column, an empty line or a page; it crosses a line end only inside running
 * text. */
#include "engine/detect/name-part.h"

#include <string.h>

#define MAX_GIVEN    4
#define MAX_SURNAMES 3

/* "XXXX", "NN": what stands for a name that somebody took out. */
static gboolean is_blank_word(const LwToken *token)
{
	const char *word = token->word;

	return (*word == 'x' || *word == 'n') && word[1] &&
	       word[strspn(word, (char[]){*word, 0})] == '\0';
}

static gboolean is_surname_word(const LwToken *token, LwNameMode mode)
{
	gboolean known = token->lists & LW_WORD_SURNAME;

	if (token->letters < 2 || is_blank_word(token) ||
	    (token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND)))
		return FALSE;
	if (token->cues & LW_CUE_RELATION && !known)
		return FALSE;
	if (mode == LW_NAME_LOWER && (token->flags & LW_TOKEN_LOWER))
		return known &&
		       !(token->lists & LW_WORD_ROLE && !(token->lists & LW_WORD_FREQUENT)) &&
		       !(token->cues & (LW_CUE_STOP | LW_CUE_VERB | LW_CUE_BODY | LW_CUE_ADDRESS));
	if (!(token->flags & LW_TOKEN_CAPITAL))
		return FALSE;
	if (token->cues & LW_CUE_STOP)
		return known && mode == LW_NAME_TITLED && (token->lists & LW_WORD_FREQUENT);
	if ((token->cues & (LW_CUE_BODY | LW_CUE_ADDRESS)) && !(token->lists & LW_WORD_FREQUENT))
		return FALSE;
	if (token->cues & LW_CUE_BODY_BEFORE && mode == LW_NAME_PROSE &&
	    !(token->lists & LW_WORD_FREQUENT))
		return FALSE;
	if ((token->lists & (LW_WORD_TITLE | LW_WORD_ROLE)) && !(known && mode != LW_NAME_PROSE))
		return FALSE;
	if (token->lists & LW_WORD_ABBREVIATION && !(token->lists & LW_WORD_FREQUENT))
		return FALSE;
	if (token->flags & LW_TOKEN_ALL_CAPS)
		return mode != LW_NAME_PROSE &&
		       (known || (mode >= LW_NAME_EXPECTED && token->letters > 3));
	return !(token->flags & LW_TOKEN_MIXED) || token->letters > 4 || known;
}

static gboolean is_given_word(const LwToken *token, LwNameMode mode)
{
	/* "Getuigen: Mei Verschuur": a month is a name where one is expected */
	gboolean month = mode == LW_NAME_EXPECTED && token->flags & LW_TOKEN_CAPITAL &&
			 lw_token_in(token->word, "mei april juni june may august juli mai");

	if (token->letters < 2 || (token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND)) ||
	    (token->cues & LW_CUE_STOP && !month) || is_blank_word(token))
		return FALSE;
	if (token->cues & (LW_CUE_RELATION | LW_CUE_BODY_BEFORE) &&
	    !(token->lists & LW_WORD_FREQUENT))
		return FALSE;
	if (mode == LW_NAME_LOWER && (token->flags & LW_TOKEN_LOWER))
		return token->lists & LW_WORD_FIRST_NAME &&
		       (!(token->lists & LW_WORD_COMMON) || token->lists & LW_WORD_FREQUENT) &&
		       !(token->cues & (LW_CUE_VERB | LW_CUE_PARTICLE));
	if (!(token->flags & LW_TOKEN_CAPITAL) || (token->cues & (LW_CUE_BODY | LW_CUE_ADDRESS)))
		return FALSE;
	if ((token->lists & (LW_WORD_TITLE | LW_WORD_ROLE | LW_WORD_ABBREVIATION)) &&
	    !(token->lists & LW_WORD_FREQUENT))
		return FALSE;
	if (token->flags & LW_TOKEN_ALL_CAPS)
		return mode >= LW_NAME_EXPECTED && token->lists & LW_WORD_FIRST_NAME;
	if (mode >= LW_NAME_EXPECTED)
		return !(token->lists & LW_WORD_ORGANISATION);
	return token->lists & LW_WORD_FIRST_NAME;
}

/* "Smit-de Vries": after a word with a particle at its tail the surname goes on. */
static guint skip_tail(const LwTokens *tokens, guint at, LwNameMode mode)
{
	guint i = at;

	if (!(lw_token_at(tokens, at - 1)->flags & LW_TOKEN_TAIL_PARTICLE))
		return at;
	if (lw_name_joins(tokens, i, mode, TRUE))
		i = lw_name_skip_particles(tokens, i, mode);
	if (lw_name_joins(tokens, i, mode, TRUE) &&
	    (lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL))
		return i + 1;
	return at;
}

/* "en Hohenlansberg" */
static guint skip_estate(const LwTokens *tokens, guint at)
{
	return lw_token_is(tokens, at, "en") && lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
			       lw_token_at(tokens, at + 1)->gap == LW_GAP_SPACE &&
			       lw_token_at(tokens, at + 1)->flags & LW_TOKEN_CAPITAL &&
			       !(lw_token_at(tokens, at + 1)->lists & LW_WORD_FIRST_NAME)
		       ? at + 2
		       : at;
}

/* "van Heemstra tot Oudega", "Jansen van Vuuren". */
static guint skip_noble(const LwTokens *tokens, guint first, guint at, LwNameMode mode)
{
	const LwToken *token = lw_token_at(tokens, at);
	guint i = at;

	if (!(token->flags & LW_TOKEN_LOWER) || !lw_name_joins(tokens, at, mode, FALSE))
		return at;
	if (!lw_token_in(token->word, "tot thoe van von de der zu") &&
	    !(mode == LW_NAME_TITLED && lw_token_is(tokens, at, "op")))
		return at;
	i = lw_name_skip_particles(tokens, at, mode);
	if (i == at || !lw_name_joins(tokens, i, mode, TRUE) ||
	    !(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL))
		return at;
	if (lw_token_in(token->word, "tot thoe"))
		return skip_estate(tokens, i + 1);
	if (lw_token_is(tokens, at, "op")) /* "Herrn Scholten op Reimer" */
		return lw_token_at(tokens, i)->lists & LW_WORD_PLACE ? at : i + 1;
	return lw_token_lists(tokens, first, i) & LW_WORD_SURNAME ? i + 1 : at;
}

static gboolean takes_more(const LwToken *token, LwNameMode mode)
{
	const guint32 other = LW_WORD_PLACE | LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE;

	if (!is_surname_word(token, mode) || token->gap > LW_GAP_SPACE ||
	    (token->flags & LW_TOKEN_LOWER))
		return FALSE;
	if (token->cues & (LW_CUE_BODY_AFTER | LW_CUE_BODY_BEFORE | LW_CUE_COLUMN))
		return FALSE;
	if (mode >= LW_NAME_EXPECTED)
		return !(token->lists & (LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE));
	/* "mevrouw Tsegay Ghebremariam": on no list at all */
	if (mode == LW_NAME_TITLED && !token->lists && !token->cues &&
	    !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_COMPOUND | LW_TOKEN_MIXED)))
		return TRUE;
	return token->lists & (LW_WORD_SURNAME | LW_WORD_FIRST_NAME) && !(token->lists & other) &&
	       !(token->lists & LW_WORD_COMMON);
}

/* Surname words from `at`; the token after, `at` when there is none. */
static guint skip_surnames(const LwTokens *tokens, guint at, LwNameMode mode, LwName *name)
{
	guint i = at;

	if (!is_surname_word(lw_token_at(tokens, at), mode))
		return at;
	name->surname = at;
	name->surname_lists = lw_token_at(tokens, at)->lists;
	name->surnames = 1;
	i = skip_tail(tokens, at + 1, mode);
	i = skip_noble(tokens, at, i, mode);
	while (name->surnames < MAX_SURNAMES && takes_more(lw_token_at(tokens, i), mode)) {
		name->surname_lists |=
			lw_token_at(tokens, i)->lists & (LW_WORD_SURNAME | LW_WORD_FREQUENT);
		name->surname_lists &= ~(guint32)(LW_WORD_COMMON | LW_WORD_PLACE);
		name->surnames++;
		i = skip_tail(tokens, i + 1, mode);
	}
	return i;
}

/* "de Graaf": a title or office after a particle is a surname. */
static LwNameMode after_particle(LwNameMode mode, guint particles)
{
	return particles && mode == LW_NAME_PROSE ? LW_NAME_TITLED : mode;
}

/* After a first name a preposition is a particle only in a surname that the list knows: "Jan in 't
 * Veld", but not "Jan in Utrecht" or "Bos aan de Kanaalweg". */
static gboolean particles_fit(const LwTokens *tokens, guint from, guint to, LwNameMode mode)
{
	const LwToken *first = lw_token_at(tokens, from);

	if (to == from || mode >= LW_NAME_EXPECTED ||
	    !lw_token_in(first->word, LW_NAME_PREPOSITIONS))
		return TRUE;
	if (mode == LW_NAME_TITLED && (first->flags & LW_TOKEN_CAPITAL))
		return TRUE; /* "de heer In 't Veld" */
	return lw_token_lists(tokens, from, to) & LW_WORD_SURNAME;
}

/* An ordinary word with a capital, that may be the core of a surname: "van der Meer". */
static gboolean is_capital_core(const LwToken *token)
{
	return (token->cues & LW_CUE_STOP) && (token->flags & LW_TOKEN_CAPITAL) &&
	       !(token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND)) &&
	       token->letters > 2;
}

/* "Marjolein Door", "Cor Zaterdag": a capital that is not due where it stands. */
static gboolean is_undue(const LwTokens *tokens, guint at)
{
	static const char sentences[] =
		"ik u jij je hij zij ze wij we jullie het de een en of maar want dus dat dit die "
		"deze er is "
		"was heb heeft hebben hierbij graag kun kunt kan wil wilt om als in op te aan met "
		"voor van "
		"uit tot naar bij dan nu ook niet geen wel al nog wat wie waar hoe";
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);

	return is_capital_core(token) && token->gap == LW_GAP_SPACE &&
	       !(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START)) &&
	       !lw_token_in(token->word, sentences) &&
	       !(token->cues & (LW_CUE_BODY | LW_CUE_ADDRESS)) &&
	       !(next->gap == LW_GAP_SPACE && next->flags & (LW_TOKEN_CAPITAL | LW_TOKEN_DIGIT));
}

/* Does a surname, or a particle with one, follow? */
static gboolean surname_follows(const LwTokens *tokens, guint at, LwNameMode mode)
{
	guint i;

	if (!lw_name_joins(tokens, at, mode, FALSE))
		return FALSE;
	i = lw_name_skip_particles(tokens, at, mode);
	if (i > at && !lw_name_joins(tokens, i, mode, TRUE))
		return FALSE;
	if (i > at && is_capital_core(lw_token_at(tokens, i)) &&
	    lw_token_lists(tokens, at, i) & LW_WORD_SURNAME)
		return TRUE;
	return is_surname_word(lw_token_at(tokens, i), after_particle(mode, i - at)) &&
	       particles_fit(tokens, at, i, mode);
}

/* "T. (Tineke) van der Zee", "Vries, A. (Anna) de": the token after the bracket, `at` when there is
 * none. */
static guint skip_nickname(const LwTokens *tokens, guint at, LwNameMode mode)
{
	guint i = at + 1;

	if (lw_token_at(tokens, at)->mark != '(' || lw_token_at(tokens, at)->gap > LW_GAP_SPACE)
		return at;
	while (i < at + 4 && is_given_word(lw_token_at(tokens, i), MAX(mode, LW_NAME_EXPECTED)) &&
	       !(lw_token_at(tokens, i)->flags & LW_TOKEN_ALL_CAPS))
		i++;
	if (i == at + 1 || lw_token_at(tokens, i)->mark != ')')
		return at;
	if (mode < LW_NAME_EXPECTED && !(lw_token_at(tokens, at + 1)->lists & LW_WORD_FIRST_NAME))
		return at;
	return i + 1;
}

static guint skip_given(const LwTokens *tokens, guint at, LwNameMode mode, LwName *name)
{
	guint i = at;

	while (name->given < MAX_GIVEN && is_given_word(lw_token_at(tokens, i), mode) &&
	       (i == at || lw_name_joins(tokens, i, mode, FALSE))) {
		guint count = 0;
		guint next = lw_name_skip_initials(tokens, i + 1, mode, &count);

		if (!surname_follows(tokens, next, mode) &&
		    !(lw_token_at(tokens, i)->lists & LW_WORD_FREQUENT && is_undue(tokens, next)))
			break;
		/* "Bakker van der" in a surname list is no first name */
		name->given_lists |= lw_token_at(tokens, i)->lists;
		name->given++;
		name->initials += count;
		i = next;
	}
	return i;
}

/* "P. Mei" behind a title, "K.L. Meer": initials make a surname of a month. */
static gboolean may_be_surname(const LwTokens *tokens, guint at, LwNameMode mode,
			       const LwName *name)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (name->given ? name->given_lists & LW_WORD_FREQUENT
			: name->initials && mode == LW_NAME_TITLED)
		if (is_undue(tokens, at))
			return TRUE;
	return name->initials && (name->initials > 1 || mode != LW_NAME_PROSE) &&
	       is_capital_core(token) && token->lists & LW_WORD_SURNAME &&
	       !(token->cues & (LW_CUE_PARTICLE | LW_CUE_BODY | LW_CUE_ADDRESS)) &&
	       token->gap <= LW_GAP_SPACE;
}

static gboolean take_stop_word(const LwTokens *tokens, guint at, LwNameMode mode, LwName *name)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (!may_be_surname(tokens, at, mode, name))
		return FALSE;
	name->surname = name->last = at;
	name->surnames = 1;
	name->surname_lists = token->lists;
	return TRUE;
}

static gboolean parse_surname_part(const LwTokens *tokens, guint at, LwNameMode mode, LwName *name)
{
	gboolean begun = name->initials || name->given;
	gboolean known;
	guint i = at, end;

	if (begun && !lw_name_joins(tokens, at, mode, name->given == 0))
		return FALSE;
	if (take_stop_word(tokens, at, mode, name))
		return TRUE;
	i = lw_name_skip_particles(tokens, at, mode);
	if (i > at && mode == LW_NAME_PROSE && !name->given && !name->initials &&
	    !(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL) &&
	    !lw_token_in(lw_token_at(tokens, at)->word, "vd vdr"))
		return FALSE;
	known = i > at && lw_token_lists(tokens, at, i) & LW_WORD_SURNAME;
	if (known && mode == LW_NAME_LOWER && lw_name_joins(tokens, i, mode, TRUE) &&
	    (lw_token_at(tokens, i)->flags & LW_TOKEN_LOWER)) {
		/* "mw van der meer": the list knows the whole */
		name->surname = name->last = i;
		name->surnames = 1;
		name->particles = i - at;
		name->surname_lists = LW_WORD_SURNAME;
		return TRUE;
	}
	if (known && lw_name_joins(tokens, i, mode, TRUE) &&
	    is_capital_core(lw_token_at(tokens, i))) {
		/* "van der Meer": the list knows the whole, whatever the word means */
		name->surname = i;
		name->surnames = 1;
		name->particles = i - at;
		name->surname_lists =
			LW_WORD_SURNAME | (lw_token_lists(tokens, at, i) & LW_WORD_FREQUENT);
		name->last = skip_noble(tokens, i, skip_tail(tokens, i + 1, mode), mode) - 1;
		return TRUE;
	}
	if (i > at && (!lw_name_joins(tokens, i, mode, TRUE) ||
		       !is_surname_word(lw_token_at(tokens, i), after_particle(mode, i - at))))
		i = lw_token_at(tokens, at)->lists & LW_WORD_FREQUENT ? at : i; /* "De heer Ben" */
	if (!name->initials && !particles_fit(tokens, at, i, mode))
		return FALSE;
	end = skip_surnames(tokens, i, after_particle(mode, begun ? i - at : 0), name);
	if (end == i)
		return FALSE;
	name->particles = i - at;
	if (i > at && lw_token_lists(tokens, at, i) & LW_WORD_SURNAME)
		name->surname_lists =
			(name->surname_lists & LW_WORD_COMMON) |
			(lw_token_lists(tokens, at, i) & (LW_WORD_SURNAME | LW_WORD_FREQUENT));
	if (i > at && lw_token_in(lw_token_at(tokens, at)->word, "tot thoe"))
		end = skip_estate(tokens, end);
	name->last = end - 1;
	return TRUE;
}

/* "Van: Peters, Kees", "Aan: Peters, Kees; Smit, Jan", "@Peters, Kees": a comma is inside a name,
 * not between two. */
static gboolean is_one_of_items(const LwTokens *tokens, guint first, guint at)
{
	const LwToken *before = lw_token_at(tokens, first ? first - 1 : 0);
	const LwToken *after = lw_token_at(tokens, at + 1);
	guint line = lw_token_line_start(tokens, first), next, kind;

	if (before->mark == '@' && lw_token_at(tokens, first)->gap == LW_GAP_NONE)
		return TRUE;
	for (guint i = line, end = lw_token_line_end(tokens, first); i < end; i++)
		if (lw_token_at(tokens, i)->mark == ';')
			return TRUE;
	/* "- Kaya, Fatma", "[14:05] Demir, Esra": the only one of its line */
	while (line < first && (!*lw_token_at(tokens, line)->word ||
				lw_token_at(tokens, line)->flags & LW_TOKEN_DIGIT))
		line++;
	if (line == first && after->gap >= LW_GAP_LINE)
		return TRUE;
	line = lw_token_line_start(tokens, first);
	while (strchr(">*|", (int)lw_token_at(tokens, line)->mark) &&
	       lw_token_at(tokens, line)->mark)
		line++;
	return before->mark == ':' && after->gap >= LW_GAP_LINE &&
	       lw_phrase_at(tokens, line, LW_PHRASE_HEADER, &next, &kind) && next + 1 == first;
}

/* "Aalders, Bertine", but not "Mohamed, Linda, Cor": where the first word may be a first name, the
 * item must end. */
static gboolean is_given_after_comma(const LwTokens *tokens, guint at, LwNameMode mode,
				     const LwName *name)
{
	const LwToken *token = lw_token_at(tokens, at);
	const LwToken *next = lw_token_at(tokens, at + 1);

	if (mode < LW_NAME_EXPECTED || !is_given_word(token, mode) ||
	    !(token->flags & LW_TOKEN_CAPITAL))
		return FALSE;
	if (is_one_of_items(tokens, name->first, at))
		return TRUE;
	if (!(token->lists & LW_WORD_FIRST_NAME) &&
	    token->lists & (LW_WORD_COMMON | LW_WORD_SURNAME))
		return FALSE;
	if (next->gap == LW_GAP_SPACE && (next->flags & LW_TOKEN_CAPITAL) &&
	    is_surname_word(next, mode))
		return FALSE;
	if (!(name->surname_lists & LW_WORD_FIRST_NAME) || name->particles)
		return token->lists & LW_WORD_FIRST_NAME || next->mark == ';' ||
		       next->mark == '<' || next->mark == '(';
	return next->mark == ';' || next->mark == '<' || next->mark == '(';
}

/* "Groot, T. de" but not "De Vries, J.J. van het team": the list knows "de Groot", or the item ends
 * there. */
static guint skip_trailing_particles(const LwTokens *tokens, guint at, LwNameMode mode,
				     LwName *name)
{
	g_autoptr(GString) whole = g_string_new(NULL);
	const LwToken *after;
	guint32 lists;
	guint end;

	if (lw_token_at(tokens, at)->gap != LW_GAP_SPACE ||
	    !(lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER) || name->particles)
		return at;
	end = lw_name_skip_particles(tokens, at, LW_NAME_EXPECTED);
	for (guint i = at; i < end; i++)
		g_string_append_printf(whole, "%s ", lw_token_at(tokens, i)->word);
	g_string_append(whole, lw_token_at(tokens, name->surname)->word);
	lists = lw_lexicon_find(tokens->lexicon, whole->str, whole->len);
	after = lw_token_at(tokens, end);
	if (lists & LW_WORD_SURNAME)
		name->surname_lists = (name->surname_lists & ~(guint32)LW_WORD_COMMON) | lists;
	else if (mode < LW_NAME_EXPECTED || (*after->word && after->gap <= LW_GAP_SPACE))
		return at;
	return end;
}

/* "Schraven, LJM (ob41877)": capitals behind the comma, and nothing more of the name. */
static gboolean are_initials(const LwTokens *tokens, guint at, LwNameMode mode)
{
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);
	gboolean capitals = token->flags & LW_TOKEN_ALL_CAPS ||
			    (token->letters == 1 && token->flags & LW_TOKEN_CAPITAL);

	return mode >= LW_NAME_EXPECTED && capitals && token->letters <= 4 &&
	       !(token->flags & LW_TOKEN_DIGIT) && !(token->cues & LW_CUE_NOT_INITIALS) &&
	       !(token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION)) &&
	       (next->gap >= LW_GAP_WIDE || next->mark == '(' || next->mark == ';' ||
		next->mark == '|');
}

/* "Vries, J. de", "Vries, de, J.", "Zuidema, drs. G.", and in lists "Aalders, Bertine". */
static gboolean parse_inversion(const LwTokens *tokens, LwNameMode mode, LwName *name)
{
	guint i = name->last + 1, count = 0, end, next;
	gboolean addressed = FALSE;
	LwToken const *after;

	if (name->given == 1 && lw_name_is_particle(lw_token_at(tokens, name->first)) &&
	    !name->initials) {
		name->given = 0; /* "Ben Salah, Y." */
		name->particles++;
	}
	if (name->initials || name->given || lw_token_at(tokens, i)->mark != ',' ||
	    lw_token_at(tokens, i + 1)->gap > LW_GAP_SPACE)
		return FALSE;
	i++;
	next = lw_name_skip_particles(tokens, i, mode);
	if (next > i && lw_token_at(tokens, next)->mark == ',')
		i = next + 1;
	else if (next > i && mode >= LW_NAME_EXPECTED &&
		 lw_name_is_initial(lw_token_at(tokens, next), mode))
		i = next;
	if (mode >= LW_NAME_EXPECTED) {
		next = lw_name_skip_titles(tokens, i, NULL);
		for (; i < next; i++)
			addressed |= (lw_token_at(tokens, i)->cues & LW_CUE_ADDRESS) != 0;
	}
	end = lw_name_skip_initials(tokens, i, mode == LW_NAME_LOWER ? LW_NAME_EXPECTED : mode,
				    &count);
	/* "Page, mevrouw Li" are two persons, "Page, mevrouw L." is one */
	if (end == i && !addressed && is_given_after_comma(tokens, i, mode, name)) {
		end = i + 1;
		name->given = 1;
		name->given_lists = lw_token_at(tokens, i)->lists;
		end = lw_name_skip_initials(tokens, end, LW_NAME_TITLED, &count);
	}
	if (end == i && are_initials(tokens, i, mode)) {
		count = lw_token_at(tokens, i)->letters;
		end = i + 1;
	}
	if (end == i)
		return FALSE;
	next = skip_nickname(tokens, end, mode);
	i = skip_trailing_particles(tokens, next, mode, name);
	end = i > next ? i : skip_trailing_particles(tokens, end, mode, name);
	after = lw_token_at(tokens, end);
	if (after->gap <= LW_GAP_SPACE && (after->flags & LW_TOKEN_CAPITAL) &&
	    is_surname_word(after, mode) &&
	    (mode < LW_NAME_EXPECTED || addressed || !(name->surname_lists & LW_WORD_SURNAME) ||
	     name->surname_lists & LW_WORD_FIRST_NAME)) {
		name->given = 0;
		return FALSE; /* "Utrecht, A. Jansen": the initials are of the next name */
	}
	name->initials = count;
	name->inverted = TRUE;
	name->last = end - 1;
	return TRUE;
}

/* "Vries de A.B." in the lists of an office: the item ends behind the initials. */
static gboolean parse_payroll(const LwTokens *tokens, LwNameMode mode, LwName *name)
{
	guint i = name->last + 1, count = 0, end;
	const LwToken *after;

	if (mode != LW_NAME_EXPECTED || name->initials || name->particles ||
	    lw_token_at(tokens, i)->gap != LW_GAP_SPACE)
		return FALSE;
	if (lw_token_at(tokens, i)->flags & LW_TOKEN_LOWER)
		i = lw_name_skip_particles(tokens, i, mode);
	end = lw_name_skip_initials(tokens, i, LW_NAME_TITLED, &count); /* "B.V." are none */
	after = lw_token_at(tokens, end);
	if (end == i || lw_token_at(tokens, end - 1)->mark != '.' ||
	    !(after->gap >= LW_GAP_WIDE || after->mark == ',' || after->mark == ';' ||
	      after->mark == '|'))
		return FALSE;
	name->initials = count;
	name->inverted = TRUE;
	name->last = end - 1;
	return TRUE;
}

/* "Ahmed B.", "Johan de V.": a first name and the first letter of the surname. */
static guint skip_cut_surname(const LwTokens *tokens, guint at, guint32 lists)
{
	guint i = at;
	const LwToken *letter, *after;

	while (i < at + LW_NAME_PARTICLES && lw_token_at(tokens, i)->flags & LW_TOKEN_LOWER &&
	       lw_name_is_particle(lw_token_at(tokens, i)))
		i++;
	letter = lw_token_at(tokens, i);
	after = lw_token_at(tokens, i + 2);

	if (lists & LW_WORD_COMMON || letter->gap != LW_GAP_SPACE || letter->letters != 1 ||
	    !(letter->flags & LW_TOKEN_CAPITAL) || letter->flags & LW_TOKEN_DIGIT ||
	    !lw_name_is_dotted(tokens, i))
		return at;
	/* "Beste Karin. K. Smit belde": the letter is of the next name; "Ali B. Hij" is not */
	return after->flags & LW_TOKEN_CAPITAL && after->gap <= LW_GAP_SPACE &&
			       !(after->cues & LW_CUE_STOP && !lw_name_is_particle(after))
		       ? at
		       : i + 2;
}

gboolean lw_name_parse(const LwTokens *tokens, guint at, LwNameMode mode, LwName *name)
{
	const LwToken *token = lw_token_at(tokens, at);
	guint i;

	*name = (LwName){.first = at, .last = at};
	if (!*token->word)
		return FALSE;
	/* the "V" of "B.V." begins nothing */
	if (token->gap == LW_GAP_NONE && at > 1 && lw_token_at(tokens, at - 1)->mark == '.' &&
	    lw_token_at(tokens, at - 2)->letters == 1 && token->letters == 1)
		return FALSE;
	i = lw_name_skip_initials(tokens, at, mode, &name->initials);
	if (i > at && surname_follows(tokens, skip_nickname(tokens, i, mode), mode))
		i = skip_nickname(tokens, i, mode);
	name->lower = (token->flags & LW_TOKEN_LOWER) && !lw_name_is_particle(token);
	if (i == at)
		i = skip_given(tokens, at, mode, name);
	if (parse_surname_part(tokens, i, mode, name)) {
		gboolean lone = name->first == name->last;

		if (!parse_inversion(tokens, mode, name) && !parse_payroll(tokens, mode, name) &&
		    lone && token->lists & LW_WORD_FIRST_NAME)
			name->last = skip_cut_surname(tokens, at + 1, token->lists) - 1;
		return TRUE;
	}
	if (name->given) { /* "Anna in": the particle was none; what is left is the first names */
		name->last = i - 1;
		name->surname = name->last;
		return TRUE;
	}
	if (name->initials || !is_given_word(token, mode) || !(token->lists & LW_WORD_FIRST_NAME))
		return FALSE;
	name->given = 1;
	name->surname = at;
	name->given_lists = token->lists;
	name->last = skip_cut_surname(tokens, at + 1, token->lists) - 1;
	return TRUE;
}
