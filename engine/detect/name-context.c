/* name-context.c - reads the words left and right of a surname (woo.md 8.1 and 8.3).
 *
 * Looks at no more than MAX_WORDS words on either side, so that a search stays linear. */
#include "engine/detect/name-context.h"

#include "engine/detect/thing.h"
#include "engine/detect/token.h"

#include <string.h>

#define MAX_WORDS  8
#define FIRM_WORDS 3

static const char *const bearers[] = {
	"stichting",
	"vereniging",
	"motie",
	"moties",
	"amendement",
	"amendementen",
	"commissie",
	"wet",
	"firma",
	"fa",
	"maatschap",
	"museum",
	"school",
	"basisschool",
	"scholengemeenschap",
	"lyceum",
	"kabinet",
	"hotel",
	"restaurant",
	"cafe",
	"kwekerij",
	"bakkerij",
	"slagerij",
	"garage",
	"autobedrijf",
	"bouwbedrijf",
	"aannemersbedrijf",
	"transportbedrijf",
	"makelaardij",
	"notariskantoor",
	"advocatenkantoor",
	"adviesbureau",
	"uitgeverij",
	"apotheek",
	"camping",
	"initiatiefwet",
	"initiatiefnota",
	"ziekte",
	"syndroom",
	"prijs",
	"huize",
	"villa",
	"hoeve",
	NULL,
};
static const char *const professions[] = {"advocaten",	 "advocatuur", "notarissen",
					  "accountants", "makelaars",  "makelaardij",
					  "architecten", "straat",     NULL};
static const char *const followers[] = {
	/* only with a capital: "Jansen ging weg" */
	"straat",    "laan",	"weg",	    "plein",	 "gracht",    "kade",	     "dijk",
	"school",    "college", "lyceum",   "museum",	 "groep",     "holding",     "groepen",
	"partners",  "beheer",	"vastgoed", "bouw",	 "transport", "consultancy", "advies",
	"stichting", "fonds",	"prijs",    "instituut", "zonen",     "catering",    NULL,
};
static const char *const legal_forms[] = {
	"b.v", "bv",  "n.v",  "nv",   "v.o.f", "vof", "c.v.",
	"cv.", "u.a", "gmbh", "bvba", "ltd",   "inc", NULL,
};
static const char *const place_words[] = {
	"in",	    "te",   "uit",  "naar",	 "bij",	       "rond", "nabij", "omgeving", "regio",
	"gemeente", "dorp", "stad", "provincie", "waterschap", "kern", "wijk",	NULL,
};
static const char *const articles[] = {"de",   "het", "een", "den",  "der",    "die",
				       "deze", "dit", "t",   "elke", "iedere", NULL};

static gboolean word_is_in(const LwSearchText *text, LwSearchWord word, const char *const *list)
{
	gsize length = word.end - word.start;

	for (; *list; list++) {
		if (strlen(*list) == length && memcmp(*list, text->text + word.start, length) == 0)
			return TRUE;
	}
	return FALSE;
}

guint32 lw_name_context_flags(const LwNameContext *context, LwSearchWord word)
{
	return lw_lexicon_find(context->lexicon, context->text->text + word.start,
			       word.end - word.start);
}

static gboolean before(const LwNameContext *context, gsize at, const char *between,
		       LwSearchWord *word)
{
	return lw_search_text_before(context->text, at, between, word) &&
	       word->start >= context->floor;
}

/* No line ends between these bytes. */
static gboolean on_one_line(const LwSearchText *text, gsize from, gsize to)
{
	return !memchr(text->normal->utf8 + text->map[from], '\n', text->map[to] - text->map[from]);
}

static gboolean is_particle(const LwNameContext *context, LwSearchWord word)
{
	if (word.end - word.start == 1)
		return strchr("vdts", context->text->text[word.start]) != NULL;
	return lw_name_context_flags(context, word) & LW_WORD_PARTICLE;
}

gsize lw_name_context_particle(const LwNameContext *context, gsize at, const char *sign)
{
	const char *text = context->text->text;
	char seen[16] = "";
	gsize from = at;

	for (guint i = 0; i < 4 && strlen(seen) < strlen(sign); i++) {
		char piece[8], joined[16];
		LwSearchWord word;

		if (!before(context, from, " ./'", &word) || !is_particle(context, word))
			return at;
		lw_person_particle_sign(text + word.start, word.end - word.start, piece,
					sizeof(piece));
		g_snprintf(joined, sizeof(joined), "%s%s", piece, seen);
		g_strlcpy(seen, joined, sizeof(seen));
		from = word.start;
	}
	if (from == at || !g_str_equal(seen, sign))
		return at;
	if (from > context->floor && text[from - 1] == '\'')
		from--;
	return from;
}

/* One to three letters and a dot, or a capital between other initials. */
static gboolean is_initial(const LwNameContext *context, LwSearchWord word, gboolean more_follow)
{
	const LwSearchText *text = context->text;
	gsize length = word.end - word.start;

	if (length > 3 || !lw_search_text_is_capital(text, word.start))
		return FALSE;
	if (length > 1 && lw_name_context_flags(context, word) & (LW_WORD_TITLE | LW_WORD_PARTICLE))
		return FALSE;
	return text->text[word.end] == '.' || (length == 1 && more_follow);
}

/* "AB" before "de Vries". */
static gboolean is_dotless(const LwNameContext *context, LwSearchWord word,
			   const LwPersonName *known)
{
	gsize length = word.end - word.start;

	return known && *known->initials && length <= strlen(known->initials) &&
	       context->text->text[word.end] == ' ' &&
	       (length == 1 || lw_search_text_is_all_caps(context->text, word)) &&
	       lw_search_text_is_capital(context->text, word.start) &&
	       memcmp(known->initials, context->text->text + word.start, length) == 0;
}

static gboolean is_known_first(const LwNameContext *context, LwSearchWord word,
			       const LwPersonName *known)
{
	const char *at = context->text->text + word.start;
	gsize length = word.end - word.start;

	for (guint i = 0; known && i < known->first_count; i++) {
		if (strlen(known->firsts[i]) == length && memcmp(known->firsts[i], at, length) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean is_other_first(const LwNameContext *context, LwSearchWord word)
{
	guint32 flags = lw_name_context_flags(context, word);

	return (flags & LW_WORD_FIRST_NAME) && word.end - word.start > 1 &&
	       !(flags &
		 (LW_WORD_TITLE | LW_WORD_ROLE | LW_WORD_PARTICLE | LW_WORD_ABBREVIATION)) &&
	       (!(flags & LW_WORD_COMMON) || (flags & LW_WORD_FREQUENT)) &&
	       lw_search_text_is_capital(context->text, word.start);
}

static void add_initial(LwNameBefore *result, LwArena *arena, const char *letters, gsize length)
{
	gsize known = strlen(result->name.initials);
	char *joined = lw_arena_alloc(arena, known + length + 1);

	memcpy(joined, letters, length);
	memcpy(joined + length, result->name.initials, known);
	result->name.initials = joined;
}

static gboolean take_given(const LwNameContext *context, LwArena *arena, LwSearchWord word,
			   const LwPersonName *known, LwNameBefore *result)
{
	const char *at = context->text->text + word.start;
	gboolean first = FALSE, bare_space = context->text->text[word.end] == ' ';

	if (is_initial(context, word, *result->name.initials != '\0')) {
		add_initial(result, arena, at, 1);
	} else if (!result->given && is_dotless(context, word, known)) {
		add_initial(result, arena, at, word.end - word.start);
	} else if (bare_space && result->name.first_count < LW_NAME_FIRSTS &&
		   (is_known_first(context, word, known) || is_other_first(context, word))) {
		first = TRUE;
	} else {
		return FALSE;
	}
	if (first)
		result->name.firsts[result->name.first_count++] =
			lw_arena_strndup(arena, at, word.end - word.start);
	result->given = TRUE;
	result->start = word.start;
	return TRUE;
}

void lw_name_context_before(const LwNameContext *context, LwArena *arena, gsize start,
			    const LwPersonName *known, LwNameBefore *result)
{
	LwSearchWord word;

	result->start = start;
	result->name = (LwPersonName){.initials = ""};
	if (before(context, start, " '", &word))
		result->article = word_is_in(context->text, word, articles);
	for (guint i = 0; i < MAX_WORDS && before(context, result->start, " .", &word); i++) {
		if (!take_given(context, arena, word, known, result))
			break;
	}
	if (before(context, result->start, " .", &word))
		result->titled = (lw_name_context_flags(context, word) & LW_WORD_TITLE) != 0;
	if (result->name.first_count > 1) { /* read from right to left */
		const char *last = result->name.firsts[0];

		result->name.firsts[0] = result->name.firsts[result->name.first_count - 1];
		result->name.firsts[result->name.first_count - 1] = last;
	}
}

/* Initials after a comma; returns where they end. */
static gsize initials_after(const LwNameContext *context, LwArena *arena, gsize end,
			    LwNameBefore *result)
{
	const LwSearchText *text = context->text;
	LwSearchWord word;
	gsize at = end;

	for (guint i = 0;
	     i < MAX_WORDS && lw_search_text_after(text, at, at == end ? ", " : " .", &word); i++) {
		gsize known = strlen(result->name.initials);
		char *joined;

		if (word.end - word.start > 3 || text->text[word.end] != '.' ||
		    !lw_search_text_is_capital(text, word.start) ||
		    lw_name_context_flags(context, word) & LW_WORD_TITLE)
			break;
		joined = lw_arena_alloc(arena, known + 2);
		memcpy(joined, result->name.initials, known);
		joined[known] = text->text[word.start];
		result->name.initials = joined;
		at = word.end + 1;
	}
	return at;
}

/* The particle of the card right of the initials: "Vries, A.B. de". */
static gsize particle_after(const LwNameContext *context, gsize at, const LwPersonName *card)
{
	char seen[16] = "";
	gsize end = at;
	LwSearchWord word;

	for (guint i = 0; i < 4 && lw_search_text_after(context->text, end, " '.,", &word); i++) {
		char piece[8], joined[16];

		if (!is_particle(context, word) ||
		    lw_search_text_is_capital(context->text, word.start))
			break;
		lw_person_particle_sign(context->text->text + word.start, word.end - word.start,
					piece, sizeof(piece));
		g_snprintf(joined, sizeof(joined), "%s%s", seen, piece);
		g_strlcpy(seen, joined, sizeof(seen));
		end = word.end;
		for (guint k = 0; k < card->part_count; k++) {
			if (*seen && g_str_equal(seen, card->parts[k].particle))
				return end;
		}
	}
	return at;
}

gsize lw_name_context_after(const LwNameContext *context, LwArena *arena, gsize end,
			    const LwPersonName *card)
{
	const LwSearchText *text = context->text;
	LwNameBefore result = {.name = {.initials = ""}};
	LwSearchWord word;
	gsize at;

	if (end >= text->length || (text->text[end] != ',' && text->text[end] != ' '))
		return end;
	if (text->text[end] == ',' && lw_search_text_after(text, end, ", ", &word) &&
	    is_known_first(context, word, card) && lw_search_text_is_capital(text, word.start))
		return particle_after(context, word.end, card);
	at = initials_after(context, arena, end, &result);
	if (at == end || !lw_person_givens_fit(&result.name, card))
		return end;
	at = particle_after(context, at, card);
	if (at < text->length && text->text[at] == ' ' &&
	    lw_search_text_after(text, at, " ", &word) &&
	    lw_search_text_is_capital(text, word.start) && on_one_line(text, at, word.start))
		return end; /* "Jansen, A. Pietersen": the initials are another's */
	return at;
}

static gboolean has_legal_form(const LwNameContext *context, gsize end)
{
	const LwSearchText *text = context->text;
	gsize at = end;

	while (at < text->length && strchr(" ,", text->text[at]))
		at++;
	for (const char *const *form = legal_forms; *form; form++) {
		gsize length = strlen(*form);

		if (at + length <= text->length && memcmp(text->text + at, *form, length) == 0 &&
		    !g_ascii_isalnum(text->text[at + length]) &&
		    lw_search_text_is_capital(text, at))
			return on_one_line(text, end, at);
	}
	return FALSE;
}

/* "Coenstraat", "Steinerschool" */
static gboolean ends_as_street(const LwSearchText *text, LwSearchWord word)
{
	static const char *const endings[] = {"straat",	 "laan",    "plein",  "school",
					      "skoalle", "college", "gracht", "kade"};
	gsize length = word.end - word.start;

	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
		gsize size = strlen(endings[i]);

		if (length > size + 2 &&
		    memcmp(text->text + word.end - size, endings[i], size) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean is_joined_by_ampersand(const LwSearchText *text, gsize start, gsize end)
{
	if (end < text->length && text->text[end] == ' ')
		end++;
	if (end < text->length && text->text[end] == '&')
		return TRUE;
	if (start > 0 && text->text[start - 1] == ' ')
		start--;
	return start > 0 && text->text[start - 1] == '&';
}

/* "Bos en Vaart", "de Groot Onderhoudsplanning": a word with a capital that is no name goes on with
 * it. */
static gboolean is_joined_to_word(const LwNameContext *context, gsize end)
{
	const LwSearchText *text = context->text;
	LwSearchWord next;
	guint32 flags;

	if (text->text[end] != ' ' || !lw_search_text_after(text, end, " ", &next))
		return FALSE;
	if (next.end - next.start == 2 && memcmp(text->text + next.start, "en", 2) == 0 &&
	    (text->text[next.end] != ' ' || !lw_search_text_after(text, next.end, " ", &next)))
		return FALSE;
	flags = lw_name_context_flags(context, next);
	return lw_search_text_is_capital(text, next.start) && on_one_line(text, end, next.start) &&
	       !lw_search_text_is_all_caps(text, next) && flags & LW_WORD_COMMON &&
	       !(flags & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_TITLE | LW_WORD_ROLE));
}

/* "commissie-De Winter": the name hangs on a word for what it was given to. */
static gboolean is_hung_on(const LwNameContext *context, gsize start)
{
	static const char *const things[] = {"commissie", "motie",   "amendement", "kabinet",
					     "wet",	  "rapport", "methode",	   "norm",
					     "plan",	  "besluit", NULL};
	const LwSearchText *text = context->text;
	LwSearchWord word;

	for (guint words = 0; words < 3 && start > 1; words++) {
		if (text->text[start - 1] == '-') {
			for (gsize i = 0; things[i]; i++) {
				gsize size = strlen(things[i]);

				if (start > size &&
				    memcmp(text->text + start - 1 - size, things[i], size) == 0)
					return TRUE;
			}
			return FALSE;
		}
		if (!lw_search_text_before(text, start, " ", &word) || word.end - word.start > 3)
			return FALSE;
		start = word.start;
	}
	return FALSE;
}

/* "gemaal Tjepkema", "tjalk De Boer": the word before it is a thing that is called so; over "De".
 */
static gboolean follows_thing(const LwSearchText *text, LwSearchWord word, gsize start)
{
	for (guint i = 0; i < 2; i++) {
		g_autofree char *copy = g_strndup(text->text + word.start, word.end - word.start);

		if (!on_one_line(text, word.end, start))
			return FALSE;
		if (lw_thing_bears_name(copy))
			return TRUE;
		if (!lw_search_text_is_capital(text, word.start) || word.end - word.start > 3 ||
		    !lw_search_text_before(text, word.start, " \"", &word))
			return FALSE;
	}
	return FALSE;
}

gboolean lw_name_context_is_organisation(const LwNameContext *context, gsize start, gsize end,
					 gboolean given)
{
	const LwSearchText *text = context->text;
	LwSearchWord word;

	if (has_legal_form(context, end) || is_hung_on(context, start))
		return TRUE;
	if (lw_search_text_before(text, start, " \"'", &word) && word_is_in(text, word, bearers) &&
	    on_one_line(text, word.end, start))
		return TRUE;
	/* "www.jansen.nl", "info@jansen.nl" */
	if (start > 0 && text->text[start - 1] == '.' && start > 4 &&
	    memcmp(text->text + start - 4, "www", 3) == 0)
		return TRUE;
	if (lw_search_text_after(text, end, ".", &word) && text->text[end] == '.' &&
	    word_is_in(text, word, (const char *const[]){"nl", "com", "eu", "org", "be", NULL}))
		return TRUE;
	if (lw_search_text_before(text, start, " \"", &word) && follows_thing(text, word, start))
		return TRUE;
	if (given)
		return FALSE;
	if (is_joined_by_ampersand(text, start, end) || is_joined_to_word(context, end))
		return TRUE;
	/* "De Vries Robbé Groep B.V.": the firm goes on over words with a capital */
	for (guint i = 0; i < FIRM_WORDS && lw_search_text_after(text, end, " ", &word) &&
			  on_one_line(text, end, word.start);
	     i++) {
		gboolean capital = lw_search_text_is_capital(text, word.start);

		if (capital && ends_as_street(text, word))
			return TRUE;
		if (word_is_in(text, word, professions) ||
		    (word_is_in(text, word, followers) && capital) ||
		    (i && has_legal_form(context, end)))
			return TRUE;
		if (!capital)
			return FALSE;
		end = word.end;
	}
	return FALSE;
}

gboolean lw_name_context_is_in_office(const LwNameContext *context, gsize start)
{
	static const char *const offices[] = {"wethouder",	  "burgemeester",      "minister",
					      "staatssecretaris", "gedeputeerde",      "dijkgraaf",
					      "raadslid",	  "kamerlid",	       "statenlid",
					      "heemraad",	  "fractievoorzitter", NULL};
	LwSearchWord word;

	return lw_search_text_before(context->text, start, " ", &word) &&
	       word_is_in(context->text, word, offices) &&
	       on_one_line(context->text, word.end, start);
}

gboolean lw_name_context_is_place(const LwNameContext *context, gsize start)
{
	LwSearchWord word;

	return lw_search_text_before(context->text, start, " ", &word) &&
	       word_is_in(context->text, word, place_words);
}

/* A verb by our list, or by its ending: "bestrijdt", "meldde". */
static gboolean is_verb(const LwNameContext *context, LwSearchWord word)
{
	static const char *const others[] = {"het",   "dat",   "wat",	"niet",	 "met",
					     "uit",   "tot",   "best",	"kort",	 "groot",
					     "zwart", "recht", "echt",	"nacht", "de",
					     "beide", "goede", "einde", "week",	 NULL};
	const char *at = context->text->text + word.start;
	gsize length = word.end - word.start;
	g_autofree char *copy = g_strndup(at, length);

	if (lw_token_cues(copy) & LW_CUE_VERB)
		return TRUE;
	if (length < 3 || word_is_in(context->text, word, others))
		return FALSE;
	return at[length - 1] == 't' ||
	       (length > 5 && (g_str_has_suffix(copy, "de") || g_str_has_suffix(copy, "te")));
}

gboolean lw_name_context_acts(const LwNameContext *context, gsize end)
{
	const LwSearchText *text = context->text;
	LwSearchWord next;

	if (text->text[end] == ' ' && text->text[end + 1] == '(' &&
	    (lw_search_text_is_capital(text, end + 2) ||
	     g_str_has_prefix(text->text + end + 2, "hierna")))
		return TRUE;
	if (text->text[end] == ':' && text->text[end + 1] == ' ' &&
	    (text->text[end + 2] == '"' || text->text[end + 2] == '\''))
		return TRUE; /* is quoted */
	return text->text[end] == ' ' && lw_search_text_after(text, end, " ", &next) &&
	       !lw_search_text_is_capital(text, next.start) &&
	       (is_verb(context, next) ||
		word_is_in(text, next, (const char *const[]){"zelf", NULL}));
}

gboolean lw_name_context_follows_verb(const LwNameContext *context, gsize start)
{
	LwSearchWord word;

	return before(context, start, " ", &word) && is_verb(context, word);
}

gboolean lw_name_context_is_meant(const LwNameContext *context, LwSearchWord word)
{
	static const char *const leads[] = {"voor", "met", "van",   "door",
					    "bij",  "aan", "sorry", NULL};
	LwSearchWord lead;

	return word.end - word.start > 2 && strchr(",.?!;", context->text->text[word.end]) &&
	       context->text->text[word.end] && before(context, word.start, " ", &lead) &&
	       word_is_in(context->text, lead, leads);
}

gboolean lw_name_context_is_word(const LwNameContext *context, LwSearchWord word)
{
	static const char *const leads[] = {
		"op",	 "sinds", "vanaf", "tot",  "ben",  "is",     "wordt", "ik",
		"je",	 "jij",	  "hij",   "ze",   "wij",  "we",     "niet",  "geen",
		"zo",	 "heel",  "en",	   "of",   "oude", "nieuwe", "mijn",  "zijn",
		"haar",	 "onze",  "uw",	   "dan",  "die",  "iedere", "elke",  "eind",
		"begin", "half",  "medio", "deze", NULL};
	LwSearchWord lead;

	if (!before(context, word.start, " '", &lead))
		return FALSE;
	return g_ascii_isdigit(context->text->text[lead.start]) ||
	       word_is_in(context->text, lead, articles) ||
	       word_is_in(context->text, lead, leads) ||
	       word_is_in(context->text, lead, place_words);
}

gboolean lw_name_context_is_greeted(const LwNameContext *context, LwSearchWord word)
{
	static const char *const greetings[] = {
		"ha",  "hoi",  "hey",	"hi",	       "hee",	      "beste", "lieve",
		"dag", "dear", "hallo", "goedemorgen", "goedemiddag", NULL};
	LwSearchWord greeting;
	char after = context->text->text[word.end];

	return (after == ',' || after == '!') && before(context, word.start, " ", &greeting) &&
	       word_is_in(context->text, greeting, greetings);
}

gboolean lw_name_context_is_called(const LwNameContext *context, LwSearchWord word)
{
	const char *text = context->text->text;
	gsize at = word.start;

	if (word.end - word.start < 3 || text[word.end] != ',')
		return FALSE;
	if (at >= 4 && memcmp(text + at - 4, " en ", 4) == 0)
		return TRUE;
	while (at > 0 && text[at - 1] == ' ')
		at--;
	return at == 0 || strchr("\n.?!", text[at - 1]);
}

gboolean lw_name_context_is_numbered(const LwNameContext *context, LwSearchWord word)
{
	const char *after = context->text->normal->utf8 + context->text->map[word.end];

	return after[0] == ' ' && g_ascii_isdigit(after[1]);
}

gboolean lw_name_context_fills_cell(const LwNameContext *context, LwSearchWord word)
{
	const LwSearchText *text = context->text;
	gsize start = text->map[word.start];
	char before = start ? text->normal->utf8[start - 1] : '\n';
	char after = text->normal->utf8[text->map[word.end]];

	return (before == '\t' || after == '\t') && strchr("\t\n", before) && strchr("\t\n", after);
}
