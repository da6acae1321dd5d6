/* office.c - the phrases of office.def, found in a text.
 *
 * An office that is over ("oud-wethouder") is none. */
#include "engine/detect/office.h"

#include "engine/detect/name.h"
#include "engine/detect/street.h"

#include <string.h>

#define STREET_WORDS 4 /* of "Burgemeester van der Vosstraat" */

static void learn_offices(GHashTable *offices, LwRole role, const char *list)
{
	g_auto(GStrv) phrases = g_strsplit(list, "|", -1);

	for (char **phrase = phrases; *phrase; phrase++) {
		Office *office = g_new(Office, 1);

		office->role = role;
		office->phrase = g_intern_string(*phrase);
		g_hash_table_insert(offices, (gpointer)office->phrase, office);
	}
}

static GHashTable *offices(void)
{
	static GHashTable *made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		made = g_hash_table_new(g_str_hash, g_str_equal);
#define LW_OFFICES(role, phrases) learn_offices(made, role, phrases);
#include "engine/detect/office.def"
#undef LW_OFFICES
		g_once_init_leave(&once, 1);
	}
	return made;
}

static gboolean is_former_word(const char *word)
{
	return lw_token_in(word, "voormalig voormalige oud ex gewezen vroegere toenmalig kandidaat "
				 "aspirant vm former ehemalige ehemaliger");
}

/* "VVD-wethouder", "PvdA-fractievoorzitter": the office of who sits there for a party; a child that
 * plays the mayor holds none. */
static const Office *office_of_compound(const char *word)
{
	const char *hyphen = strrchr(word, '-');
	g_autofree char *before = hyphen ? g_strndup(word, (gsize)(hyphen - word)) : NULL;
	const Office *office = hyphen ? g_hash_table_lookup(offices(), hyphen + 1) : NULL;

	if (!office || office->role != LW_ROLE_OFFICE_HOLDER || is_former_word(before) ||
	    lw_token_in(before, "kinder jeugd nacht nep"))
		return NULL;
	return office;
}

const Office *office_in(const LwTokens *tokens, guint first, guint last)
{
	g_autoptr(GString) phrase = g_string_new(NULL);
	const Office *office;

	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (!*token->word && token->mark != '/')
			return NULL;
		if (i > first && token->gap > LW_GAP_LINE)
			return NULL;
		if (*token->word) {
			g_string_append(phrase, phrase->len ? " " : "");
			g_string_append(phrase, token->word);
		}
	}
	office = g_hash_table_lookup(offices(), phrase->str);
	return office || first != last ? office : office_of_compound(phrase->str);
}

static gboolean is_former(const LwTokens *tokens, guint at)
{
	if (lw_token_at(tokens, at)->mark == '.' && at > 0)
		at--;
	return is_former_word(lw_token_at(tokens, at)->word);
}

/* "staatssecretaris a.i.", "burgemeester ad interim", "dijkgraaf (wnd.)": the last token of what it
 * is that somebody is for a time. */
guint office_before_interim(const LwTokens *tokens, guint last)
{
	guint i = last;

	if (lw_token_is(tokens, i, "interim") && i > 1 && lw_token_is(tokens, i - 1, "ad"))
		return i - 2;
	i -= i > 0 && lw_token_at(tokens, i)->mark == '.';
	if (i > 2 && lw_token_is(tokens, i, "i") && lw_token_at(tokens, i - 1)->mark == '.' &&
	    lw_token_is(tokens, i - 2, "a"))
		return i - 3;
	if (lw_token_at(tokens, last)->mark != ')')
		return last;
	i = last - (last > 0);
	i -= i > 0 && lw_token_at(tokens, i)->mark == '.';
	if (i > 1 && lw_token_in(lw_token_at(tokens, i)->word, "wnd waarnemend plv") &&
	    lw_token_at(tokens, i - 1)->mark == '(')
		return i - 2;
	return last;
}

/* "weth. Bos", "staatssecr. De Wit"; "5 min. Jansen" is none. */
static const Office *office_shortened(const LwTokens *tokens, guint last)
{
	static const Office holder = {LW_ROLE_OFFICE_HOLDER, "bestuurder"};

	if (!last || lw_token_at(tokens, last)->mark != '.' ||
	    lw_token_at(tokens, last)->gap != LW_GAP_NONE ||
	    !lw_token_in(lw_token_at(tokens, last - 1)->word,
			 "weth wth burg bgm burgem gedep staatssecr stas stasec min"))
		return NULL;
	return last > 1 && (lw_token_at(tokens, last - 2)->flags & LW_TOKEN_DIGIT ||
			    is_former(tokens, last - 2))
		       ? NULL
		       : &holder;
}

const Office *office_ending(const LwTokens *tokens, guint last)
{
	const Office *shortened = office_shortened(tokens, last);

	if (shortened)
		return shortened;
	last = office_before_interim(tokens, last);
	for (guint words = MAX_PHRASE; words >= 1; words--) {
		const Office *office =
			last + 1 >= words ? office_in(tokens, last + 1 - words, last) : NULL;

		if (office)
			return last + 1 > words && is_former(tokens, last - words) ? NULL : office;
	}
	return NULL;
}

/* A word of the field that an office has: a capital that is no name, or one of the usual ones. */
static gboolean is_of_field(const LwToken *token)
{
	if (lw_token_in(token->word,
			"sport cultuur onderwijs jeugd zorg wonen ruimte financien economie "
			"mobiliteit verkeer vervoer duurzaamheid milieu welzijn natuur landbouw "
			"energie klimaat veiligheid sociaal domein sociale zaken werk inkomen "
			"ruimtelijke ordening openbare gezondheid media water recreatie toerisme"))
		return TRUE;
	/* "Gedeputeerde Staten" are no field */
	if (!(token->flags & LW_TOKEN_CAPITAL) || lw_token_in(token->word, "staten") ||
	    token->lists & (LW_WORD_ROLE | LW_WORD_TITLE) ||
	    token->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC | LW_CUE_VERB))
		return FALSE;
	if (token->flags & LW_TOKEN_ALL_CAPS)
		return TRUE;
	return !(token->lists & LW_WORD_FIRST_NAME) &&
	       (token->lists & LW_WORD_COMMON || !(token->lists & LW_WORD_SURNAME));
}

guint office_before_field(const LwTokens *tokens, guint last)
{
	static const char having[] = "minister staatssecretaris wethouder loco-burgemeester "
				     "gedeputeerde portefeuillehouder dg sg directeur-generaal "
				     "inspecteur-generaal fractievoorzitter raadslid statenlid "
				     "alderman councillor heemraad woordvoerder minister-president";

	for (guint i = last; last - i <= MAX_FIELD; i--) {
		const LwToken *token = lw_token_at(tokens, i);

		if (i < last && lw_token_in(token->word, having))
			return i;
		if (!i || token->gap != LW_GAP_SPACE)
			return last;
		if (!is_of_field(token) &&
		    (i == last || !lw_token_in(token->word, "van voor en de het der of for and")))
			return last;
	}
	return last;
}

/* "Burgemeester: A. Vos"; "Namens de burgemeester: W. Vos" is somebody else. */
const Office *office_before_colon(const LwTokens *tokens, guint last)
{
	guint line = lw_token_line_start(tokens, last);

	for (guint i = last; i > line && last - i < MAX_PHRASE; i--)
		if (lw_token_in(lw_token_at(tokens, i - 1)->word, "namens vanwege voor nms"))
			return NULL;
	return office_ending(tokens, last);
}

/* "Aan de minister van Financiën" fills a line: who holds the office is named below. */
const Office *office_written_to(const LwTokens *tokens, guint first, guint end)
{
	const Office *office;
	guint at = first + 1, next;

	if (!lw_token_is(tokens, first, "aan"))
		return NULL;
	at += lw_token_at(tokens, at)->mark == ':';
	at += lw_token_is(tokens, at, "de");
	office = office_starting(tokens, at, &next);
	return office && office->role == LW_ROLE_OFFICE_HOLDER &&
			       (next == end ||
				lw_token_in(lw_token_at(tokens, next)->word, "van voor"))
		       ? office
		       : NULL;
}

/* "Burgemeester Vosstraat 12", "Weth. de Boerlaan": the street behind a name, and no office. */
static gboolean is_street(const LwTokens *tokens, guint at)
{
	static const char *const ends[] = {"straat", "str", "laan", "plein", "kade", "singel"};

	at += lw_token_at(tokens, at)->mark == '.';
	for (guint i = at; i < at + STREET_WORDS; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (!*token->word || token->gap > LW_GAP_SPACE)
			return FALSE;
		for (guint end = 0; end < G_N_ELEMENTS(ends); end++)
			if (token->letters > strlen(ends[end]) &&
			    g_str_has_suffix(token->word, ends[end]))
				return TRUE;
		if (lw_token_at(tokens, i + 1)->flags & LW_TOKEN_DIGIT &&
		    lw_token_at(tokens, i + 1)->gap == LW_GAP_SPACE)
			return street_has_ending(token->word);
	}
	return FALSE;
}

const Office *office_starting(const LwTokens *tokens, guint first, guint *next)
{
	if (is_former(tokens, first))
		return NULL;
	for (guint words = MAX_PHRASE; words >= 1; words--) {
		const Office *office = first + words <= tokens->count
					       ? office_in(tokens, first, first + words - 1)
					       : NULL;

		*next = first + words;
		if (office)
			return office->role == LW_ROLE_OFFICE_HOLDER && is_street(tokens, *next)
				       ? NULL
				       : office;
	}
	return NULL;
}

gboolean office_is_party(const char *word)
{
	return lw_token_in(word, "vvd pvda cda d66 groenlinks gl pvv "
				 "cu sgp pvdd denk volt bbb nsc ja21 fvd sp christenunie 50plus "
				 "groenlinks-pvda pvda-gl");
}

const Office *office_of_party(const LwTokens *tokens, guint at)
{
	static const Office member = {LW_ROLE_OFFICE_HOLDER, "fractie"};

	if (lw_token_at(tokens, at)->mark != '(')
		return NULL;
	/* "(Lijst Vos)", "(fractie De Boer)", "(Gemeentebelangen Zuid)" */
	if (lw_token_in(lw_token_at(tokens, at + 1)->word,
			"lijst fractie partij leefbaar lokaal lokale gemeentebelang stadspartij") ||
	    lw_word_ends_in(lw_token_at(tokens, at + 1)->word, "belangen belang"))
		return &member;
	/* "(Weert Lokaal)", "(Hart voor Delft)" */
	for (guint i = at + 2; i <= at + 4; i++)
		if (lw_token_at(tokens, i + 1)->mark == ')' &&
		    (lw_token_in(lw_token_at(tokens, i)->word,
				 "lokaal lokale centraal vooruit belangen belang actief") ||
		     (lw_token_is(tokens, at + 1, "hart") && lw_token_is(tokens, at + 2, "voor"))))
			return &member;
	if (lw_token_at(tokens, at + 2)->mark != ')' && lw_token_at(tokens, at + 2)->mark != ',' &&
	    lw_token_at(tokens, at + 2)->mark != '/')
		return NULL;
	return office_is_party(lw_token_at(tokens, at + 1)->word) ? &member : NULL;
}
