/* prose.c - names in running text: after titles and relations, initials with a surname, first name
 * with a surname, and what only the lists know (low scores, for a person to look at). */
#include "engine/detect/name-part.h"

#include <string.h>

#define SURE	   0.85f
#define REVIEW	   0.45f
#define LIKELY	   0.6f
#define NEAR_WORDS 15

/* "de heren Jansen en De Vries": the token after the last one. */
static guint take_plural(LwNameFinder *finder, guint at, const char *title)
{
	const LwTokens *tokens = finder->tokens;
	guint i = at;

	while (lw_token_at(tokens, i)->mark == ',' || lw_token_is(tokens, i, "en")) {
		guint next = lw_name_skip_titles(tokens, i + 1, NULL);
		LwName name;

		if (!lw_name_parse(tokens, next, LW_NAME_TITLED, &name) || !name.surnames ||
		    lw_name_is_body(tokens, &name))
			break;
		lw_name_add(finder, &name, (LwNameWhy){SURE, "name/title", LW_REASON_TITLE, title});
		i = name.last + 1;
	}
	return i;
}

static gboolean is_plural(const char *title)
{
	return strcmp(title, "heren") == 0 || strcmp(title, "dames") == 0;
}

/* "Heer Hugowaard": title and name together are a place or a street. */
static gboolean is_place_with_title(const LwTokens *tokens, guint at, const LwName *name)
{
	g_autofree char *joined = NULL;

	if (!(lw_token_at(tokens, name->first - 1)->flags & LW_TOKEN_CAPITAL) ||
	    name->last != name->first)
		return FALSE;
	joined = g_strconcat(lw_token_at(tokens, name->first - 1)->word,
			     lw_token_at(tokens, name->first)->word, NULL);
	return (lw_token_lists(tokens, at, name->last) & (LW_WORD_PLACE | LW_WORD_STREET)) ||
	       (lw_lexicon_find(tokens->lexicon, joined, strlen(joined)) & LW_WORD_PLACE);
}

/* No name begins inside; the model may know better where only the look of it says so. */
static void close_body(LwNameFinder *finder, const LwName *name)
{
	LwClosed how = lw_name_is_mere_place(finder->tokens, name) ? LW_CLOSED_PLACE : LW_CLOSED;

	memset(finder->closed + name->first, how, name->last - name->first + 1);
}

static guint take_titled(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const char *title = NULL;
	guint next = lw_name_skip_titles(tokens, at, &title);
	gboolean address;
	float score = 0.95f;
	LwName name;

	if (!title || next == at || lw_token_at(tokens, next)->gap > LW_GAP_LINE)
		return at;
	address = lw_token_cues(title) & LW_CUE_ADDRESS;
	if (!lw_name_parse(tokens, next, LW_NAME_TITLED, &name)) {
		if (!address || !lw_name_parse_lower(tokens, next, title, &name, &score))
			return next;
	} else if (!name.surnames && !name.given) {
		return next;
	}
	if (is_place_with_title(tokens, next - 1, &name)) {
		memset(finder->closed + name.first, LW_CLOSED, name.last - name.first + 1);
		return name.last + 1;
	}
	if (lw_name_is_body(tokens, &name)) {
		close_body(finder, &name);
		return name.last + 1;
	}
	if (!address &&
	    !((name.given_lists | name.surname_lists) & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)))
		score = name.surname_lists & LW_WORD_COMMON && !name.initials ? 0 : 0.8f;
	if (score <= 0)
		return next; /* "ing. Overige" */
	lw_name_add(finder, &name, (LwNameWhy){score, "name/title", LW_REASON_TITLE, title});
	return is_plural(title) ? take_plural(finder, name.last + 1, title) : name.last + 1;
}

/* What stands before a name and makes it one: an office, a relation, "geb."; NULL when nothing
 * does. */
static const char *relation_before(const LwTokens *tokens, guint at)
{
	const LwToken *before = lw_token_at(tokens, at - 1);
	const char *role = lw_name_role_before(tokens, at);

	if (lw_token_at(tokens, at)->gap == LW_GAP_WIDE ||
	    lw_token_at(tokens, at)->gap > LW_GAP_LINE)
		return NULL;
	if (lw_token_at(tokens, at)->gap == LW_GAP_LINE && (before->flags & LW_TOKEN_LINE_START))
		return NULL;
	if (role)
		return role;
	if (before->cues & LW_CUE_RELATION && !(before->flags & LW_TOKEN_ALL_CAPS))
		return before->word;
	/* "een zekere Al-Jubouri", "ene Marjolein" */
	if (lw_token_in(before->word, "zekere ene ener"))
		return before->word;
	/* "mijn man Yaw", "haar baas Olena" */
	if (lw_token_in(before->word, "man vrouw baas vriend ouders kinderen") && at > 1 &&
	    lw_token_in(lw_token_at(tokens, at - 2)->word,
			"mijn m'n zijn z'n haar d'r hun uw je jouw onze ons my his her their"))
		return before->word;
	/* "vervanger wordt Bo" */
	if (at > 1 && lw_token_in(before->word, "is wordt werd blijft") &&
	    lw_token_in(lw_token_at(tokens, at - 2)->word,
			"vervanger vervangster opvolger opvolgster waarnemer invaller"))
		return lw_token_at(tokens, at - 2)->word;
	if (before->mark == '(' && at > 1) /* "de minister (Kuipers)" */
		return lw_name_role_before(tokens, at - 1);
	if (lw_token_is(tokens, at - 1, "v") && at > 2 &&
	    lw_token_at(tokens, at - 2)->mark == '/' && lw_token_is(tokens, at - 3, "e"))
		return "e/v";
	if (before->mark == '.' && at > 1 &&
	    (lw_token_is(tokens, at - 2, "geb") || lw_token_is(tokens, at - 2, "wed")))
		return lw_token_at(tokens, at - 2)->word;
	return NULL;
}

/* May this be no person after all: a firm, a place, a department? */
static gboolean is_unlikely(const LwTokens *tokens, guint at, const LwName *name)
{
	const LwToken *before = lw_token_at(tokens, at - 1);
	guint32 lists = name->given_lists | name->surname_lists;
	gboolean full = name->initials || name->given;

	if (lw_name_is_body(tokens, name) || lists & LW_WORD_ORGANISATION)
		return TRUE;
	if (before->mark == '(' && lw_token_at(tokens, name->last + 1)->mark != ')')
		return TRUE;
	if (lists & LW_WORD_COMMON && !(lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) &&
	    !(before->cues & LW_CUE_KIN))
		return TRUE;
	/* "afdelingshoofd Werk en Inkomen", "teammanager Vergunningen" */
	if (lists & LW_WORD_COMMON && !(lists & LW_WORD_FREQUENT) && !full && !name->particles &&
	    !(before->cues & LW_CUE_KIN))
		return TRUE;
	if (lists & LW_WORD_PLACE && !(lists & LW_WORD_FREQUENT) && !full)
		return TRUE;
	/* "namens Heijmans": as likely a firm */
	return lw_token_is(tokens, at - 1, "namens") && !(lists & LW_WORD_FREQUENT) && !full;
}

/* Is every word of it on no list at all? */
static gboolean name_is_unlisted(const LwTokens *tokens, const LwName *name)
{
	for (guint i = name->first; i <= name->last; i++)
		if (lw_token_at(tokens, i)->lists & ~(guint32)LW_WORD_PARTICLE)
			return FALSE;
	return TRUE;
}

/* "collega Zwart", "wethouder De Vries", "geb. Bakker". */
static gboolean take_related(LwNameFinder *finder, guint at, guint *next)
{
	const LwTokens *tokens = finder->tokens;
	/* "directeur van Welzijn": a surname after an office has its capital */
	const char *evidence = lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER
				       ? NULL
				       : relation_before(tokens, at);
	LwNameWhy why = {SURE, "name/relation", LW_REASON_TITLE, evidence};
	LwName name;

	/* "vrouw" above "Geboortedatum": the next label of a form */
	if (!evidence || lw_token_at(tokens, at)->cues & LW_CUE_COLUMN ||
	    !lw_name_parse(tokens, at, LW_NAME_TITLED, &name) || is_unlikely(tokens, at, &name))
		return FALSE;
	if (!((name.given_lists | name.surname_lists) & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) &&
	    !name.particles) {
		if (lw_token_at(tokens, at)->flags & LW_TOKEN_MIXED)
			return FALSE; /* "directeur DGBel" */
		why.score =
			lw_token_at(tokens, at - 1)->cues & LW_CUE_KIN ||
					lw_token_in(lw_token_at(tokens, at - 1)->word, "zekere ene")
				? (name_is_unlisted(tokens, &name) ? SURE : LIKELY)
				: REVIEW;
	}
	lw_name_add(finder, &name, why);
	*next = name.last + 1;
	return TRUE;
}

/* "E. Coli" */
static gboolean is_species(const LwTokens *tokens, const LwName *name)
{
	g_autofree char *joined = g_strconcat(lw_token_at(tokens, name->first)->word,
					      lw_token_at(tokens, name->surname)->word, NULL);

	return name->initials == 1 && lw_token_cues(joined) & LW_CUE_NOT_INITIALS;
}

/* "St. Maarten", "St. Marien" */
static gboolean is_saint(const LwTokens *tokens, const LwName *name)
{
	return name->initials == 1 && lw_token_is(tokens, name->first, "st") &&
	       (name->surname_lists & (LW_WORD_FIRST_NAME | LW_WORD_PLACE) ||
		!(name->surname_lists & LW_WORD_SURNAME));
}

/* "A. Winter  K. Sanders" */
static gboolean stands_beside_another(const LwTokens *tokens, const LwName *name)
{
	const LwToken *next = lw_token_at(tokens, name->last + 1);

	return (next->gap == LW_GAP_SPACE || next->gap == LW_GAP_WIDE) && next->letters == 1 &&
	       next->flags & LW_TOKEN_CAPITAL && lw_token_at(tokens, name->last + 2)->mark == '.';
}

/* "Part I. Gross income", "type B. Kosten": the letter numbers a thing. */
static gboolean is_enumerator(const LwTokens *tokens, const LwName *name)
{
	const LwToken *before = lw_token_at(tokens, name->first - 1);
	const LwToken *after = lw_token_at(tokens, name->last + 1);
	gboolean ordinary =
		name->surname_lists & LW_WORD_COMMON && !(name->surname_lists & LW_WORD_FREQUENT);

	/* "W.V.O.\nWijziging" */
	if (ordinary && !(name->surname_lists & LW_WORD_SURNAME) && !name->particles &&
	    lw_token_at(tokens, name->surname)->gap >= LW_GAP_LINE)
		return TRUE;
	if (name->initials != 1 || name->particles || name->inverted || name->given)
		return FALSE;
	if (name->first && before->cues & LW_CUE_ENUMERATOR &&
	    lw_token_at(tokens, name->first)->gap <= LW_GAP_LINE)
		return TRUE;
	if (!ordinary || stands_beside_another(tokens, name))
		return FALSE;
	if (lw_name_is_heading(tokens, name))
		return TRUE;
	/* a heading goes on, and so does a sentence; a name at the start of its line stands alone
	 */
	if (lw_token_at(tokens, name->first)->flags & LW_TOKEN_LINE_START &&
	    !(after->cues & LW_CUE_VERB && after->flags & LW_TOKEN_LOWER))
		return after->gap < LW_GAP_LINE || !(name->surname_lists & LW_WORD_SURNAME);
	return !(name->surname_lists & LW_WORD_SURNAME) ||
	       lw_token_at(tokens, name->surname)->gap >= LW_GAP_LINE;
}

/* FALSE: no person at all. */
static gboolean judge_initials(const LwTokens *tokens, const LwName *name, LwNameWhy *why)
{
	const LwToken *first = lw_token_at(tokens, name->first);
	gboolean known = name->surname_lists & LW_WORD_SURNAME;

	*why = (LwNameWhy){known ? 0.9f : 0.8f, "name/initials", LW_REASON_INITIALS, NULL};
	if (is_enumerator(tokens, name) || is_species(tokens, name) || is_saint(tokens, name))
		return FALSE;
	if (name->surname_lists & LW_WORD_COMMON)
		why->score = known ? SURE : REVIEW;
	/* "A. Inleiding": an enumerator with a heading */
	if (name->initials == 1 && !name->particles && (first->flags & LW_TOKEN_LINE_START) &&
	    !stands_beside_another(tokens, name) &&
	    !(lw_token_at(tokens, name->last + 1)->cues & LW_CUE_VERB) &&
	    ((!known && name->surname_lists & (LW_WORD_STREET | LW_WORD_PLACE)) ||
	     (name->surname_lists & LW_WORD_COMMON && !(name->surname_lists & LW_WORD_FREQUENT))))
		why->score = REVIEW;
	if (name->initials == 1 && first->flags & LW_TOKEN_LINE_START &&
	    lw_token_at(tokens, name->first + 2)->flags & LW_TOKEN_CAPITAL &&
	    lw_token_at(tokens, name->first + 2)->cues & LW_CUE_PARTICLE && name->particles)
		why->score = REVIEW; /* "A. De Vries" may be "a. De boer ..." */
	if (name->inverted && name->surname_lists & LW_WORD_PLACE &&
	    !(name->surname_lists & LW_WORD_FREQUENT))
		why->score = REVIEW;
	if (name->inverted) {
		why->rule = "name/inverted";
		why->reason = LW_REASON_SURNAME_FIRST;
	}
	return TRUE;
}

/* FALSE: no person at all. */
static gboolean judge_given(const LwTokens *tokens, const LwName *name, LwNameWhy *why)
{
	const LwToken *first = lw_token_at(tokens, name->first);
	gboolean known = name->surname_lists & LW_WORD_SURNAME;
	gboolean word = name->surname_lists & LW_WORD_COMMON;
	gboolean usual = name->given_lists & LW_WORD_FREQUENT;
	gboolean doubtful = name->given_lists & LW_WORD_COMMON;

	*why = (LwNameWhy){SURE, "name/first-name", LW_REASON_FIRST_NAME, NULL};
	if (name->particles)
		return TRUE;
	/* "General Rule", "See Form", "Lion Air" */
	if (!usual && word && (doubtful || !known))
		return FALSE;
	if (doubtful && !usual && !known)
		return FALSE;
	/* "Marjolein Vos": words both, and usual names both */
	if (doubtful && word && first->flags & LW_TOKEN_SENTENCE_START)
		why->score =
			usual && known && name->surname_lists & LW_WORD_FREQUENT ? LIKELY : REVIEW;
	if (doubtful && !known && first->flags & LW_TOKEN_SENTENCE_START)
		why->score = REVIEW;
	if (doubtful && !usual)
		why->score = MIN(why->score, LIKELY);
	if (!known && (name->surname_lists & (LW_WORD_PLACE | LW_WORD_COMMON | LW_WORD_STREET)))
		why->score = REVIEW;
	if (name->given_lists & LW_WORD_PLACE && !usual)
		why->score = REVIEW;
	return TRUE;
}

static gboolean is_known_whole(const LwTokens *tokens, const LwName *name)
{
	g_autoptr(GString) half = g_string_new(NULL);
	const char *surname = lw_token_at(tokens, name->surname)->word;

	if (lw_token_lists(tokens, name->first, name->surname) & LW_WORD_SURNAME)
		return TRUE;
	/* "vd Meulen" */
	if (lw_token_in(lw_token_at(tokens, name->first)->word, "vd vdr v")) {
		static const char *const meant[] = {"van der", "van de", "van den"};

		for (gsize i = 0; i < G_N_ELEMENTS(meant); i++) {
			g_string_printf(half, "%s %s", meant[i], surname);
			if (lw_lexicon_find(tokens->lexicon, half->str, half->len) &
			    LW_WORD_SURNAME)
				return TRUE;
		}
		g_string_truncate(half, 0);
	}
	/* "Van Dijk-de Vries": its first half */
	for (guint i = name->first; i < name->surname; i++)
		g_string_append_printf(half, "%s ", lw_token_at(tokens, i)->word);
	g_string_append_len(half, surname, (gssize)strcspn(surname, "-"));
	return strchr(surname, '-') &&
	       lw_lexicon_find(tokens->lexicon, half->str, half->len) & LW_WORD_SURNAME;
}

/* Does the line or the sentence go on in lower case on both sides? Then the capital is a name's. */
static gboolean is_in_running_text(const LwTokens *tokens, const LwName *name)
{
	const LwToken *before = lw_token_at(tokens, name->first - 1);
	const LwToken *next = lw_token_at(tokens, name->last + 1);
	gboolean left = before->flags & LW_TOKEN_LOWER && !(before->flags & LW_TOKEN_DIGIT);
	gboolean right =
		next->flags & LW_TOKEN_LOWER || (next->mark && strchr(",.?!:;)", (int)next->mark));

	return name->first && left && right &&
	       lw_token_at(tokens, name->first)->gap <= LW_GAP_LINE &&
	       !(before->cues & LW_CUE_PARTICLE && before->letters > 1 &&
		 !lw_token_in(before->word, "van aan voor bij uit over"));
}

/* A first name or surname alone. */
static float score_word(const LwTokens *tokens, const LwName *name, gboolean starts, gboolean acts)
{
	guint32 lists = name->given_lists | name->surname_lists;
	gboolean given = lists & LW_WORD_FIRST_NAME, usual = lists & LW_WORD_FREQUENT;
	gboolean word = lists & LW_WORD_COMMON;

	if (acts && usual && !(word && starts))
		return LIKELY;
	if (word)
		return usual && given && is_in_running_text(tokens, name) ? REVIEW + 0.1f : REVIEW;
	if (usual)
		return starts ? REVIEW + 0.05f : LIKELY;
	if (given && !(lists & (LW_WORD_STREET | LW_WORD_PLACE)) &&
	    is_in_running_text(tokens, name))
		return REVIEW + 0.1f;
	return acts && given ? REVIEW + 0.1f : REVIEW;
}

/* "Amsterdam-Amstelland", "Noord-Nederland": the list knows the first part alone. */
static gboolean is_region(const LwTokens *tokens, const LwToken *token)
{
	const char *hyphen = strchr(token->word, '-');
	g_autofree char *first = NULL;

	if (!hyphen || lw_lexicon_find(tokens->lexicon, token->word, strlen(token->word)))
		return FALSE;
	first = g_strndup(token->word, (gsize)(hyphen - token->word));
	return lw_token_in(first, "noord oost zuid west midden groot nieuw oud wester ooster") ||
	       lw_lexicon_find(tokens->lexicon, first, strlen(first)) & LW_WORD_PLACE ||
	       !(lw_lexicon_find(tokens->lexicon, hyphen + 1, strlen(hyphen + 1)) &
		 (LW_WORD_FIRST_NAME | LW_WORD_SURNAME));
}

/* Lower-case words are judged by Dutch lists: "grant" and "bill" are names there. */
static gboolean is_dutch_here(const LwTokens *tokens, guint at)
{
	guint from = at > NEAR_WORDS ? at - NEAR_WORDS : 0, dutch = 0, other = 0;

	for (guint i = from; i < at + NEAR_WORDS && i < tokens->count; i++) {
		const char *word = lw_token_at(tokens, i)->word;

		dutch +=
			lw_token_in(word, "de het een en ik je dat die er niet ook van met voor "
					  "wil moet heeft zie dan jij maar aan bij kun kan zal nog "
					  "al hij zij mij naar om wel gisteren morgen gesproken "
					  "gebeld vraag");
		other += lw_token_in(word, "the and to this by di che les et und der");
	}
	return dutch > other;
}

/* What a list of names has, but what is none here: "de Koning", "August 29", "B.V. Jansen",
 * "TSE's". */
static gboolean is_other(const LwTokens *tokens, const LwName *name)
{
	const LwToken *first = lw_token_at(tokens, name->first);
	const LwToken *before = lw_token_at(tokens, name->first - 1);
	const LwToken *next = lw_token_at(tokens, name->last + 1);

	if (name->first > 1 && before->mark == '.' && first->gap <= LW_GAP_SPACE &&
	    before->gap == LW_GAP_NONE && lw_token_at(tokens, name->first - 2)->letters == 1)
		return TRUE;
	if (next->flags & LW_TOKEN_DIGIT && next->gap == LW_GAP_SPACE &&
	    lw_token_in(first->word, "jan august mar april mei juni"))
		return TRUE;
	/* "De Koning opent het gebouw" */
	if (name->last == name->first + 1 && lw_token_is(tokens, name->first, "de") &&
	    lw_token_in(lw_token_at(tokens, name->last)->word, "koning prins keizer") &&
	    first->flags & LW_TOKEN_SENTENCE_START)
		return TRUE;
	/* "Bill of materials" */
	if (lw_token_in(next->word, "of agreement") && !is_dutch_here(tokens, name->first))
		return TRUE;
	if (name->last > name->first)
		return FALSE;
	if (first->flags & LW_TOKEN_MIXED && first->letters <= 4)
		return TRUE;
	if (name->first && first->gap <= LW_GAP_LINE &&
	    (before->flags & LW_TOKEN_LOWER ||
	     (before->flags & LW_TOKEN_SENTENCE_START && first->lists & LW_WORD_COMMON)) &&
	    lw_token_in(before->word, "de het een den der deze dit the a an"))
		return TRUE;
	return is_region(tokens, first);
}

static gboolean is_plain_first(const LwToken *token)
{
	return token->flags & LW_TOKEN_CAPITAL && token->lists & LW_WORD_FIRST_NAME &&
	       !(token->lists & (LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET)) &&
	       token->gap == LW_GAP_SPACE;
}

/* Only the lists know it: for review, unless it acts ("Mohamed opent"), stands in running text or
 * carries a capital particle ("Van Dongen"). FALSE: not even that. */
static gboolean judge_bare(const LwTokens *tokens, const LwName *name, LwNameWhy *why)
{
	const LwToken *next = lw_token_at(tokens, name->last + 1);
	guint32 lists = name->given_lists | name->surname_lists;
	gunichar mark = name->first ? lw_token_at(tokens, name->first - 1)->mark : 0;
	gboolean starts = lw_token_at(tokens, name->first)->flags & LW_TOKEN_SENTENCE_START ||
			  mark == ';' || mark == ':';
	gboolean acts = next->gap == LW_GAP_SPACE && next->cues & LW_CUE_VERB &&
			next->flags & LW_TOKEN_LOWER;

	*why = (LwNameWhy){REVIEW, "name/list", LW_REASON_LIST_ONLY, NULL};
	if (!(lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) || is_other(tokens, name) ||
	    lists & (LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION | LW_WORD_ROLE | LW_WORD_TITLE))
		return FALSE;
	if (lists & LW_WORD_PLACE && !(lists & LW_WORD_FREQUENT))
		return FALSE;
	/* "een plek bij De Nieuwe Kans" */
	if (name->particles && lw_token_in(lw_token_at(tokens, name->first)->word, "de het") &&
	    lists & LW_WORD_COMMON && next->flags & LW_TOKEN_CAPITAL && next->gap == LW_GAP_SPACE &&
	    next->lists & LW_WORD_COMMON)
		return FALSE;
	/* "woont in De Rijp" */
	if (name->particles && name->first &&
	    lw_token_in(lw_token_at(tokens, name->first - 1)->word, "in te naar uit") &&
	    lw_token_lists(tokens, name->first, name->last) & LW_WORD_PLACE)
		return FALSE;
	if (name->particles && lw_token_is(tokens, name->first, "het") &&
	    !(lists & LW_WORD_FREQUENT))
		return FALSE;
	if (name->particles && (starts || lists & LW_WORD_COMMON) && !is_known_whole(tokens, name))
		return FALSE; /* "De Anne Frank ...", "Het Wit-Gele ...": an article; "To File" */
	if (name->particles) {
		if (lw_token_at(tokens, name->surname)->flags & LW_TOKEN_TAIL_PARTICLE)
			why->score = LIKELY; /* "Van Dijk-de Vries" */
		else if (!starts)
			why->score = REVIEW + 0.1f;
		else if (acts)
			why->score = LIKELY;
		return TRUE;
	}
	/* "Jan en Marieke Bos": a first name beside another */
	if (lists & LW_WORD_FREQUENT && lists & LW_WORD_FIRST_NAME &&
	    lw_token_is(tokens, name->last + 1, "en") &&
	    is_plain_first(lw_token_at(tokens, name->last + 2))) {
		why->score = LIKELY;
		return TRUE;
	}
	if (lists & LW_WORD_COMMON && (starts || !(lists & LW_WORD_FREQUENT)))
		return FALSE;
	why->score = score_word(tokens, name, starts, acts);
	/* a rare name as the only evidence is none, unless the text treats it as a name */
	return why->score > REVIEW || is_in_running_text(tokens, name) ||
	       (lists & (LW_WORD_FREQUENT | LW_WORD_COMMON)) == LW_WORD_FREQUENT;
}

/* "Gerda van de Dorpsraad", "Jan van de Bakkerij": the particle is a preposition. */
static gboolean bears_body(const LwTokens *tokens, const LwName *name)
{
	static const char bodies[] = "raad dienst school bond vereniging club team kerk bank groep "
				     "bureau bedrijf fonds partij huis winkel zaak loket balie";
	guint from = name->surname - name->particles;
	const LwToken *surname = lw_token_at(tokens, name->surname);

	if (!name->given || name->initials || !name->particles || name->surnames != 1 ||
	    !lw_token_is(tokens, from, "van") ||
	    lw_token_at(tokens, from)->flags & LW_TOKEN_CAPITAL)
		return FALSE;
	if (lw_token_lists(tokens, from, name->surname) & LW_WORD_SURNAME)
		return FALSE;
	return surname->lists & LW_WORD_COMMON || surname->cues & LW_CUE_BODY ||
	       (!(surname->lists & LW_WORD_SURNAME) && lw_word_ends_in(surname->word, bodies));
}

static void cut_surname(const LwTokens *tokens, LwName *name)
{
	name->last = name->surname - name->particles - 1;
	name->surname = name->last;
	name->surnames = name->particles = 0;
	name->surname_lists = 0;
	name->given_lists = lw_token_at(tokens, name->first)->lists;
}

/* "Đorđe Petrović": a word that no list has, before a surname that is nothing else. */
static guint take_unlisted(LwNameFinder *finder, guint at)
{
	const guint other = LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED | LW_TOKEN_DIGIT |
			    LW_TOKEN_COMPOUND | LW_TOKEN_HYPHEN;
	const guint32 things = LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET |
			       LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE;
	const LwTokens *tokens = finder->tokens;
	const LwToken *first = lw_token_at(tokens, at), *surname = lw_token_at(tokens, at + 1);
	LwName name = {.first = at, .last = at + 1, .surname = at + 1, .given = 1, .surnames = 1};

	if (first->lists || first->cues || first->flags & other || first->letters < 3 ||
	    !(first->flags & LW_TOKEN_CAPITAL) || surname->gap != LW_GAP_SPACE)
		return at;
	if (!(surname->flags & LW_TOKEN_CAPITAL) || surname->flags & other || surname->cues ||
	    !(surname->lists & LW_WORD_SURNAME) || surname->lists & things)
		return at;
	name.surname_lists = surname->lists;
	if (lw_name_is_body(tokens, &name) ||
	    (lw_token_at(tokens, at + 2)->flags & LW_TOKEN_CAPITAL &&
	     lw_token_at(tokens, at + 2)->gap == LW_GAP_SPACE))
		return at;
	lw_name_add(finder, &name, (LwNameWhy){LIKELY, "name/list", LW_REASON_LIST_ONLY, NULL});
	return at + 2;
}

static guint take_untitled(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	LwNameWhy why;
	LwName name;
	guint next = take_unlisted(finder, at);

	if (next > at)
		return next;
	if (!lw_name_parse(tokens, at, LW_NAME_PROSE, &name))
		return at + 1;
	if (bears_body(tokens, &name))
		cut_surname(tokens, &name);
	if (lw_name_is_body(tokens, &name)) {
		close_body(finder, &name);
		return name.last + 1;
	}
	/* "Net Thijs gesproken": a sentence begins with a word that is a rare first name too */
	if (name.given && (name.given_lists & LW_WORD_COMMON) &&
	    !(name.given_lists & LW_WORD_FREQUENT) &&
	    (lw_token_at(tokens, at)->flags & LW_TOKEN_SENTENCE_START) && name.surnames &&
	    !(lw_name_fills_cell(tokens, &name) && !(name.surname_lists & LW_WORD_COMMON)))
		return at + 1;
	if (name.initials && name.surnames) {
		if (!judge_initials(tokens, &name, &why)) {
			memset(finder->closed + name.first, LW_CLOSED,
			       name.surname - name.first + 1);
			return name.surname;
		}
	} else if (name.given && name.surnames) {
		if (!judge_given(tokens, &name, &why))
			return at + 1;
	} else if (!judge_bare(tokens, &name, &why)) {
		return name.particles ? name.surname : at + 1;
	}
	/* "de Boer, K." */
	if (name.inverted && name.first > 0 &&
	    lw_name_is_particle(lw_token_at(tokens, name.first - 1)) &&
	    lw_token_at(tokens, name.first)->gap == LW_GAP_SPACE &&
	    lw_token_lists(tokens, name.first - 1, name.surname) & LW_WORD_SURNAME) {
		name.first--;
		lw_name_add(finder, &name, why);
		return name.last + 1;
	}
	if (name.inverted)
		return MAX(lw_name_take(finder, at, tokens->count, LW_NAME_PROSE, why), at + 1);
	lw_name_add(finder, &name, why);
	return name.last + 1;
}

/* "vd Meulen": a shorthand that is nothing but a particle begins a name in lower case. */
static gboolean may_begin(const LwToken *token)
{
	return (token->flags & LW_TOKEN_CAPITAL) || lw_token_in(token->word, "vd vdr");
}

/* "moet ik sjoerd vragen": a usual first name that is no word, by a writer who shuns capitals. */
static gboolean is_lower_first(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	/* "peter heeft hem gezien": a word at the start of a sentence has an article before it */
	gboolean acts = token->flags & LW_TOKEN_SENTENCE_START &&
			lw_token_at(tokens, at + 1)->cues & LW_CUE_VERB &&
			lw_token_at(tokens, at + 1)->gap == LW_GAP_SPACE;

	const guint32 other = LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET | LW_WORD_PARTICLE |
			      LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION | LW_WORD_TITLE;

	return token->flags & LW_TOKEN_LOWER && token->letters > 3 &&
	       (token->lists & (LW_WORD_FIRST_NAME | LW_WORD_FREQUENT)) ==
		       (LW_WORD_FIRST_NAME | LW_WORD_FREQUENT) &&
	       !(token->lists & other & ~(acts ? (guint32)LW_WORD_COMMON : 0)) && !token->cues &&
	       !(token->flags & LW_TOKEN_DIGIT) && !(token->flags & LW_TOKEN_HYPHEN);
}

static void take_lower(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = {.first = at, .last = at, .surname = at, .given = 1, .lower = TRUE};

	/* a piece of an address or a path */
	if (lw_token_at(tokens, at)->gap == LW_GAP_NONE ||
	    (lw_token_at(tokens, at + 1)->gap == LW_GAP_NONE &&
	     !strchr(",.?!:;)", (int)lw_token_at(tokens, at + 1)->mark)) ||
	    (lw_token_at(tokens, at + 1)->mark == '.' &&
	     lw_token_at(tokens, at + 2)->gap == LW_GAP_NONE))
		return;
	if (!is_dutch_here(tokens, at))
		return;
	name.given_lists = lw_token_at(tokens, at)->lists;
	lw_name_add(finder, &name,
		    (LwNameWhy){REVIEW + 0.1f, "name/list", LW_REASON_LIST_ONLY, NULL});
}

void lw_names_in_prose(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	guint i = 0;

	while (i < tokens->count) {
		const LwToken *token = lw_token_at(tokens, i);
		guint next = i;

		if (!*token->word || finder->closed[i]) {
			i++;
			continue;
		}
		if (i > 0 && take_related(finder, i, &next)) {
			i = next;
			continue;
		}
		next = take_titled(finder, i);
		if (next == i && may_begin(token))
			next = take_untitled(finder, i);
		else if (next == i && is_lower_first(tokens, i))
			take_lower(finder, i);
		i = MAX(next, i + 1);
	}
}
