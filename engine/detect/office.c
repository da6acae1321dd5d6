/* office.c - the phrases of office.def, found in a text.
 *
 * An office that is over ("oud-wethouder") is none. */
#include "engine/detect/office.h"

#include "engine/detect/name.h"

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

const Office *office_in(const LwTokens *tokens, guint first, guint last)
{
	g_autoptr(GString) phrase = g_string_new(NULL);

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
	return g_hash_table_lookup(offices(), phrase->str);
}

static gboolean is_former(const LwTokens *tokens, guint at)
{
	static const char *const former[] = {"voormalig", "voormalige", "oud",	     "ex",
					     "gewezen",	  "vroegere",	"toenmalig", "kandidaat",
					     "aspirant",  "vm"};

	if (lw_token_at(tokens, at)->mark == '.' && at > 0)
		at--;
	for (guint i = 0; i < G_N_ELEMENTS(former); i++)
		if (lw_token_is(tokens, at, former[i]))
			return TRUE;
	return FALSE;
}

const Office *office_ending(const LwTokens *tokens, guint last)
{
	for (guint words = MAX_PHRASE; words >= 1; words--) {
		const Office *office =
			last + 1 >= words ? office_in(tokens, last + 1 - words, last) : NULL;

		if (office)
			return last + 1 > words && is_former(tokens, last - words) ? NULL : office;
	}
	return NULL;
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
			return office;
	}
	return NULL;
}

const Office *office_of_party(const LwTokens *tokens, guint at)
{
	static const Office member = {LW_ROLE_OFFICE_HOLDER, "fractie"};
	static const char *const parties[] = {
		"vvd",	  "pvda", "cda",	  "d66",    "groenlinks",
		"gl",	  "pvv",  "cu",		  "sgp",    "pvdd",
		"denk",	  "volt", "bbb",	  "nsc",    "ja21",
		"fvd",	  "sp",	  "christenunie", "50plus", "groenlinks-pvda",
		"pvda-gl"};

	if (lw_token_at(tokens, at)->mark != '(')
		return NULL;
	/* "(Lijst Vos)", "(fractie De Boer)", "(Gemeentebelangen Zuid)" */
	if (lw_token_in(lw_token_at(tokens, at + 1)->word,
			"lijst fractie partij leefbaar lokaal lokale gemeentebelang stadspartij") ||
	    lw_word_ends_in(lw_token_at(tokens, at + 1)->word, "belangen belang"))
		return &member;
	if (lw_token_at(tokens, at + 2)->mark != ')' && lw_token_at(tokens, at + 2)->mark != ',' &&
	    lw_token_at(tokens, at + 2)->mark != '/')
		return NULL;
	for (guint i = 0; i < G_N_ELEMENTS(parties); i++)
		if (lw_token_is(tokens, at + 1, parties[i]))
			return &member;
	return NULL;
}
