/* special-class.c - classes of words in the cues of special.def: parts of the body, who treats,
 * unions, parties, and the lists of special-class.def.
 *
 * In a cue as it is matched a class is one byte: a sign ('@', '%', '$', '&', '?'), or FIRST_CLASS
 * and on for those of special-class.def, which a cue names as "<med>". "(x)" is up to three words
 * of a class or none, "!x" that none of it follows, '|' that the clause ends, '#' a number. */
#include "engine/detect/name.h"
#include "engine/detect/special.h"

#include <string.h>

#define FIRST_CLASS 0x80
#define CLASS_part  0 /* the first of special-class.def */
#define MOST_WORDS  3 /* of an optional class */

/* With an article or a possessive before it, or without. */
typedef enum { BARE, NOUNS } Form;

typedef struct {
	const char *name;
	Form form;
	const char *words;
} Class;

static const Class classes[] = {
#define LW_WORDS(name, words) {#name, BARE, words},
#define LW_NOUNS(name, words) {#name, NOUNS, words},
#include "engine/detect/special-class.def"
#undef LW_WORDS
#undef LW_NOUNS
};

G_STATIC_ASSERT(G_N_ELEMENTS(classes) < 0x100 - FIRST_CLASS);

static const char determiners[] =
	"een de het zijn haar mijn hun onze uw z'n zn m'n mn d'r dr 't t jouw je me se syn myn";

/* By class the words of it. */
static GHashTable *const *all_classes(void)
{
	static GHashTable *made[G_N_ELEMENTS(classes)];
	static gsize once;

	if (g_once_init_enter(&once)) {
		for (guint i = 0; i < G_N_ELEMENTS(classes); i++) {
			g_auto(GStrv) words = g_strsplit(classes[i].words, " ", -1);

			made[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
			for (char **word = words; *word; word++)
				if (**word)
					g_hash_table_add(made[i], g_strdup(*word));
		}
		g_once_init_leave(&once, 1);
	}
	return made;
}

gboolean special_in(const char *word, SpecialClass class)
{
	return *word && g_hash_table_contains(all_classes()[class], word);
}

static gboolean is_class(char sign)
{
	return (guchar)sign >= FIRST_CLASS;
}

/* A cue with its classes as bytes. Yours. */
char *special_encode(const char *cue)
{
	GString *encoded = g_string_new(NULL);

	while (*cue) {
		gsize length = strcspn(cue, ">");
		guint i = 0;

		if (*cue != '<') {
			g_string_append_c(encoded, *cue++);
			continue;
		}
		while (i < G_N_ELEMENTS(classes) &&
		       (*classes[i].name != cue[1] ||
			strncmp(classes[i].name, cue + 1, length - 1) != 0 ||
			classes[i].name[length - 1]))
			i++;
		g_assert(i <
			 G_N_ELEMENTS(classes)); /* a name that special-class.def does not have */
		g_string_append_c(encoded, (char)(FIRST_CLASS + i));
		cue += length + 1;
	}
	return g_string_free(encoded, FALSE);
}

/* '@' in a cue: who treats. */
static gboolean is_healer(const LwToken *token)
{
	static const char words[] =
		"psycholoog psychologe psychiater ggz riagg paaz therapeut therapeute "
		"psychotherapeut cardioloog neuroloog oncoloog reumatoloog uroloog gynaecoloog "
		"dermatoloog internist longarts orthopeed kinderarts oogarts fysiotherapeut fysio "
		"ergotherapeut logopedist dietist specialist verslavingszorg verslavingsarts "
		"jellinek tactus brijder kliniek polikliniek ziekenhuis pijnpoli revalidatiearts "
		"revalidatiecentrum traumatherapeut relatietherapeut orthopedagoog seksuoloog "
		"parnassia ggd-arts maatschappelijk maag-darm-leverarts praktijkondersteuner poh "
		"poh-ggz kinderpsychiater kinderpsycholoog gz-psycholoog hematoloog nefroloog "
		"mdl-arts kno-arts endocrinoloog geriater huidarts hartspecialist vaatchirurg "
		"neurochirurg plastisch chirurg pijnspecialist crisisdienst novadic "
		"novadic-kentron "
		"iriszorg antes arkin mediant dimence lentis vincent ivz ggnet reinier indigo "
		"yulius "
		"accare karakter altrecht emergis rivierduinen pro-persona verloskundige "
		"gynaecologe psychologen";

	return *token->word &&
	       (lw_token_in(token->word, words) ||
		(token->flags & LW_TOKEN_CAPITAL &&
		 lw_word_ends_in(token->word, "umc mc ziekenhuis gasthuis kliniek ggz zorg")));
}

/* '%' in a cue: a trade union. */
static gboolean is_union(const LwToken *token)
{
	static const char words[] =
		"fnv cnv vcp abvakabo aob cmhf avv npb acp anpv vbm afmp nvj nautilus nu'91 nu91 "
		"ncf lbv vakbond vakbonden bond vakvereniging ambtenarenbond onderwijsbond "
		"politiebond vhmf unienftp vvmc nvlf ftm vervoersbond bouwbond industriebond "
		"voedingsbond dienstenbond fbz lad fnv-bondgenoten";

	return *token->word && lw_token_in(token->word, words);
}

/* '$' in a cue: a political party; the token after it, or `at`. */
static guint skip_party(const LwTokens *tokens, guint at)
{
	static const char words[] =
		"vvd pvda groenlinks groenlinks-pvda gl-pvda d66 cda pvv sp christenunie cu sgp "
		"pvdd denk volt bbb nsc ja21 50plus fvd forum bij1 bvnl lpf nsb cpn ppr psp "
		"centrumdemocraten piratenpartij forumpartij boerenpartij centrumpartij nida jovd "
		"leefbaar boerburgerbeweging hdp akp chp mhp pkk";
	const char *word = lw_token_at(tokens, at)->word;

	if (lw_token_in(word, "forum partij boerburgerbeweging socialistische leefbaar") &&
	    lw_token_in(lw_token_at(tokens, at + 1)->word, "voor van partij") &&
	    *lw_token_at(tokens, at + 2)->word) {
		if (lw_token_is(tokens, at + 1, "partij"))
			return at + 2;
		return at + 3 +
		       (lw_token_in(lw_token_at(tokens, at + 2)->word, "de het") &&
			*lw_token_at(tokens, at + 3)->word);
	}
	if (*word &&
	    (lw_token_in(word, words) || (lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL &&
					  (lw_word_ends_in(word, "partij")))))
		return at + 1 +
		       (lw_token_is(tokens, at, "leefbaar") &&
			lw_token_at(tokens, at + 1)->flags & LW_TOKEN_CAPITAL);
	return at;
}

/* "pols", "rechterarm", "bovenbeen" */
gboolean special_is_limb(const LwToken *token)
{
	static const char *const sides[] = {"", "linker", "rechter", "boven", "onder"};

	for (guint i = 0; *token->word && i < G_N_ELEMENTS(sides); i++)
		if (g_str_has_prefix(token->word, sides[i]) &&
		    special_in(token->word + strlen(sides[i]), CLASS_part))
			return TRUE;
	return FALSE;
}

/* The words of a class of special-class.def; NULL: there are no more classes. Yours. */
char **special_class_words(guint class)
{
	return class < G_N_ELEMENTS(classes) ? g_strsplit(classes[class].words, " ", -1) : NULL;
}

/* What stands for a class in a cue. */
const char *special_class_sign(guint class)
{
	static char signs[G_N_ELEMENTS(classes)][2];

	signs[class][0] = (char)(FIRST_CLASS + class);
	return signs[class];
}

gboolean special_is_sign(const char *cue, gsize length)
{
	return (length == 1 && (is_class(*cue) || strchr("@%$&?|#", *cue))) ||
	       (length > 1 && (*cue == '(' || *cue == '!'));
}

static gboolean is_number(const LwToken *token)
{
	static const char numbers[] =
		"een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien "
		"vijftien zestien zeventien achttien negentien twintig dertig veertig halve half "
		"anderhalf paar enkele";

	return token->flags & LW_TOKEN_DIGIT || (*token->word && lw_token_in(token->word, numbers));
}

gboolean special_ends_clause(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return at >= tokens->count || token->gap >= LW_GAP_WIDE ||
	       (token->mark && !strchr("-/+", (int)token->mark)) ||
	       lw_token_in(token->word, "en maar want of omdat terwijl dus zegt zei");
}

/* The token after one of a class, an article before it skipped; `at`: something else. */
static guint skip_one(const LwTokens *tokens, guint at, char sign)
{
	guint i = at;

	if (sign == '?') /* "van Surinaams-Hindoestaanse afkomst" */
		return at + ((lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL) != 0);
	if (sign == '#')
		return at + is_number(lw_token_at(tokens, at));
	if (!is_class(sign) || classes[(guchar)sign - FIRST_CLASS].form == NOUNS)
		i += *lw_token_at(tokens, i)->word &&
		     lw_token_in(lw_token_at(tokens, i)->word, determiners) &&
		     lw_token_at(tokens, i + 1)->gap <= LW_GAP_LINE;
	if (sign == '$') {
		guint end = skip_party(tokens, i);

		return end > i ? end : at;
	}
	if (is_class(sign) ? special_in(lw_token_at(tokens, i)->word, (guchar)sign - FIRST_CLASS)
	    : sign == '@'  ? is_healer(lw_token_at(tokens, i))
	    : sign == '%'  ? is_union(lw_token_at(tokens, i))
			   : special_is_limb(lw_token_at(tokens, i)))
		return i + 1;
	return at;
}

gboolean special_skip_sign(const LwTokens *tokens, guint *at, const char *cue)
{
	guint next;

	if (*cue == '|')
		return special_ends_clause(tokens, *at);
	if (*cue == '!')
		return !is_class(cue[1]) || skip_one(tokens, *at, cue[1]) == *at;
	if (*cue == '(') {
		for (guint words = 0; words < MOST_WORDS; words++, *at = next) {
			next = skip_one(tokens, *at, cue[1]);
			if (next == *at || lw_token_at(tokens, *at)->gap > LW_GAP_LINE ||
			    lw_token_at(tokens, *at)->gap == LW_GAP_WIDE)
				break;
		}
		return TRUE;
	}
	next = skip_one(tokens, *at, *cue);
	if (next == *at)
		return FALSE;
	*at = next;
	return TRUE;
}

gboolean special_goes_on(const LwTokens *tokens, guint at)
{
	static const char ends[] = "en of maar dat die want omdat terwijl toen als wanneer waar "
				   "waarom zodat";
	const LwToken *token = lw_token_at(tokens, at);

	return *token->word && !lw_token_in(token->word, ends);
}
