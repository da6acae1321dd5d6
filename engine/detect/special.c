/* special.c - special categories of personal data (woo.md 7): a cue word tied to an identifiable
 * person.
 *
 * The tie is the sentence or row, the paragraph, or a document that is a file of one (it holds a
 * citizen service number, a date of birth or a client number). What a sentence says of people at
 * large is policy text and stays; a public party is no secret of those who hold office. Only
 * proposals: a person decides. */
#include "engine/detect/token.h"

#include <string.h>

#define SCORE	       0.6f  /* in the sentence */
#define SCORE_NEAR     0.55f /* in the paragraph */
#define SCORE_FILE     0.5f  /* in the file */
#define MAX_SENTENCE   120   /* tokens each way */
#define PARAGRAPH      400
#define OWN_TOKENS     10
#define ENDING_LETTERS 8 /* of a word that is looked at for its ending */
#define WEGENS_TOKENS  5
#define FILE_TOKENS    600 /* how far a number of a person reaches */

typedef struct {
	const char *category;
	const char *cue; /* interned; words joined by a space, a final star for any ending */
} Cue;

typedef struct {
	const LwTokens *tokens;
	guint8 *persons; /* by token: 1 a person, 2 one who holds office, 3 a number or date of
			    birth of a person */
} Scene;

enum { NOBODY, PERSON, OFFICE, NUMBER };

static void learn(GHashTable *cues, const char *category, const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	for (char **word = words; *word; word++) {
		g_autofree char *spaced = g_strdelimit(g_strdup(*word), "_", ' ');
		/* cues are found by the first three bytes of their first word; endings in one row
		 */
		g_autofree char *key = *spaced == '*'
					       ? g_strdup("*")
					       : g_strndup(spaced, MIN(strcspn(spaced, " *"), 3));
		GArray *same = g_hash_table_lookup(cues, key);
		Cue cue = {category, g_intern_string(spaced)};

		if (!same) {
			same = g_array_new(FALSE, FALSE, sizeof(Cue));
			g_hash_table_insert(cues, g_strdup(key), same);
		}
		g_array_append_val(same, cue);
	}
}

static GHashTable *all_cues(void)
{
	static GHashTable *made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
#define LW_SPECIAL(category, list) learn(made, category, list);
#include "engine/detect/special.def"
#undef LW_SPECIAL
		g_once_init_leave(&once, 1);
	}
	return made;
}

/* "angststoornis", "borstkanker": more in front than the ending itself. */
static gboolean ends_in(const char *word, const char *ending)
{
	return strlen(word) > strlen(ending) + 2 && g_str_has_suffix(word, ending);
}

static gboolean word_matches(const char *word, const char *cue, gsize length)
{
	if (*cue == '*')
		return ends_in(word, cue + 1);
	if (length && cue[length - 1] == '*')
		return strncmp(word, cue, length - 1) == 0;
	/* "WIA-uitkering" is the cue with more */
	return strncmp(word, cue, length) == 0 &&
	       (!word[length] || (word[length] == '-' && !strchr(cue, ' ')));
}

/* The token after the cue, or 0. */
static guint match(const LwTokens *tokens, guint at, const char *cue)
{
	guint i = at;

	for (; *cue; i++) {
		gsize length = strcspn(cue, " ");

		if (i > at && lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			return 0;
		if (!word_matches(lw_token_at(tokens, i)->word, cue, length))
			return 0;
		cue += length;
		cue += *cue == ' ';
	}
	return i;
}

/* The longest of these cues at a token. */
static const Cue *longest(const LwTokens *tokens, guint at, const char *key, guint *next)
{
	const GArray *same = g_hash_table_lookup(all_cues(), key);
	const Cue *best = NULL;

	*next = at;
	for (guint i = 0; same && i < same->len; i++) {
		const Cue *cue = &g_array_index(same, Cue, i);
		guint end = match(tokens, at, cue->cue);

		if (end > *next) {
			*next = end;
			best = cue;
		}
	}
	return best;
}

static const Cue *cue_at(const LwTokens *tokens, guint at, guint *next)
{
	const LwToken *token = lw_token_at(tokens, at);
	char key[4];
	const Cue *cue;

	*next = at;
	if (!*token->word)
		return NULL;
	g_strlcpy(key, token->word, sizeof(key));
	cue = longest(tokens, at, key, next);
	return cue || token->letters < ENDING_LETTERS ? cue : longest(tokens, at, "*", next);
}

/* Short forms count only in capitals: "ASS", "IVA", "TBS"; "ass" and "iva" are other words. */
static gboolean is_written_so(const LwToken *token, const Cue *cue)
{
	static const char *const forms[] = {"wia", "wao", "wga", "iva", "ass", "dsm", "lvb", "ggz",
					    "hiv", "seh", "ciz", "pgb", "gpk", "wzd", "ibs", "ots",
					    "dna", "tbs", "add", "tia", "iq",  "pi",  "tbc"};

	for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strcmp(cue->cue, forms[i]) == 0)
			return token->flags & LW_TOKEN_ALL_CAPS ||
			       (token->flags & LW_TOKEN_CAPITAL && token->letters > 4);
	/* "Roma" the town, "Turks" the language are capitals as well: those need no more than the
	 * person beside them */
	return TRUE;
}

static gboolean ends_sentence(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->flags & LW_TOKEN_SENTENCE_START || token->gap == LW_GAP_BLANK;
}

/* The sentence or row around a cue. */
static void sentence_around(const LwTokens *tokens, guint at, guint *first, guint *last)
{
	*first = at;
	*last = at;
	while (*first > 0 && at - *first < MAX_SENTENCE && !ends_sentence(tokens, *first))
		(*first)--;
	while (*last + 1 < tokens->count && *last - at < MAX_SENTENCE &&
	       !ends_sentence(tokens, *last + 1))
		(*last)++;
}

static gboolean has_anyone(const Scene *scene, guint first, guint last, guint8 who)
{
	for (guint i = first; i <= last && i < scene->tokens->count; i++)
		if (scene->persons[i] == who)
			return TRUE;
	return FALSE;
}

static gboolean has_pronoun(const LwTokens *tokens, guint first, guint last)
{
	static const char *const words[] = {
		"hij",	     "zij",	     "hem",	   "haar",	    "client",	 "clientes",
		"cliente",   "betrokkene",   "patient",	   "patiente",	    "verdachte", "leerling",
		"werknemer", "werkneemster", "medewerker", "belanghebbende"};

	for (guint i = first; i <= last; i++)
		for (guint w = 0; w < G_N_ELEMENTS(words); w++)
			if (lw_token_is(tokens, i, words[w]))
				return TRUE;
	return FALSE;
}

/* Somebody private in the paragraph, or with two in the one above: a person, a BSN or a date of
 * birth. */
static gboolean has_somebody_near(const Scene *scene, guint at, guint paragraphs)
{
	guint first = at, last = at;

	while (first > 0 && at - first < PARAGRAPH &&
	       (lw_token_at(scene->tokens, first)->gap != LW_GAP_BLANK || --paragraphs))
		first--;
	while (last + 1 < scene->tokens->count && last - at < PARAGRAPH &&
	       lw_token_at(scene->tokens, last + 1)->gap != LW_GAP_BLANK)
		last++;
	return has_anyone(scene, first, last, PERSON) || has_anyone(scene, first, last, NUMBER);
}

/* "Ik heb diabetes", "Mijn zoon is lid van de vakbond": who writes speaks of himself or his own.
 * Not "ik ben van mening dat": what follows "dat" is about something else. */
static gboolean is_of_writer(const LwTokens *tokens, guint first, guint at)
{
	static const char verbs[] = "heb ben had was word werd lijd leed kreeg krijg gebruik slik "
				    "zit zat";
	static const char own[] = "zoon zoontje dochter dochtertje man vrouw vader moeder kind "
				  "kinderen partner echtgenoot echtgenote broer zus opa oma vriend "
				  "vriendin";
	guint from = at > first + OWN_TOKENS ? at - OWN_TOKENS : first;

	for (guint i = at; i-- > from;) {
		const char *word = lw_token_at(tokens, i)->word;
		const char *next = lw_token_at(tokens, i + 1)->word;

		if (strcmp(word, "dat") == 0 || strcmp(word, "of") == 0)
			return FALSE;
		if (lw_token_in(word, "mijn m'n onze ons") && lw_token_in(next, own))
			return TRUE;
		if (strcmp(word, "ik") != 0)
			continue;
		if (lw_token_in(next, verbs) ||
		    (i > first && lw_token_in(lw_token_at(tokens, i - 1)->word, verbs)))
			return TRUE;
	}
	return FALSE;
}

/* "Van de inwoners heeft 12 % dementie": of people at large, of the law or of what is planned. */
static gboolean is_at_large(const LwTokens *tokens, guint first, guint last)
{
	static const char many[] =
		"inwoners mensen jongeren ouderen burgers bewoners clienten patienten "
		"personen gezinnen leerlingen medewerkers werknemers jeugdigen "
		"volwassenen beleid algemeen gemiddeld gemiddelde percentage procent "
		"cijfers artikel wet verordening nota beleidsregel begroting jaarlijks "
		"gemeente doelgroep aantal vragen iedereen wie ieder iemand";

	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == '%' || (*token->word && lw_token_in(token->word, many)))
			return TRUE;
	}
	return FALSE;
}

/* Words that say little of a person who is only near. */
static gboolean is_loose(const Cue *cue)
{
	return lw_token_in(cue->category, "politics ethnicity provision criminal");
}

/* How sure it is that a cue says something of somebody; 0: it does not. */
static float tie(const Scene *scene, guint at, const Cue *cue)
{
	gboolean party = strcmp(cue->category, "politics") == 0;
	guint first, last;

	sentence_around(scene->tokens, at, &first, &last);
	if (has_anyone(scene, first, last, PERSON) || has_anyone(scene, first, last, NUMBER))
		return SCORE;
	if (!party && has_anyone(scene, first, last, OFFICE))
		return SCORE;
	if (is_of_writer(scene->tokens, first, at))
		return SCORE;
	if (has_pronoun(scene->tokens, first, last) && has_somebody_near(scene, at, 2))
		return SCORE;
	if (is_loose(cue) || is_at_large(scene->tokens, first, last))
		return 0;
	if (has_somebody_near(scene, at, 1))
		return SCORE_NEAR;
	return has_anyone(scene, at > FILE_TOKENS ? at - FILE_TOKENS : 0, at + FILE_TOKENS, NUMBER)
		       ? SCORE_FILE
		       : 0;
}

static guint8 who_is(const LwEntity *entity)
{
	if (entity->kind == LW_KIND_BSN || entity->kind == LW_KIND_BIRTH_DATE ||
	    entity->kind == LW_KIND_CLIENT_NUMBER)
		return NUMBER;
	if (entity->kind != LW_KIND_PERSON || entity->score < 0.5f)
		return NOBODY;
	return entity->role == LW_ROLE_OFFICE_HOLDER || entity->role == LW_ROLE_TOP_OFFICIAL
		       ? OFFICE
		       : PERSON;
}

static void set_scene(Scene *scene, const LwEntities *found)
{
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint8 who = who_is(entity);
		guint at;

		if (who == NOBODY || !entity->span.length)
			continue;
		at = lw_token_find(scene->tokens,
				   lw_normal_find(scene->tokens->normal, entity->span.start));
		if (at < scene->tokens->count)
			scene->persons[at] = who;
	}
}

/* Roles are bound after this detector: in "wethouder De Vries (VVD)" the office is read from the
 * words. */
static gboolean names_an_office(const LwTokens *tokens, guint at)
{
	guint first, last;

	sentence_around(tokens, at, &first, &last);
	for (guint i = first; i <= last; i++)
		if (lw_token_at(tokens, i)->lists & LW_WORD_ROLE)
			return TRUE;
	return FALSE;
}

/* "Wet op de arbeidsongeschiktheidsverzekering", "artikel 3 van de Ziektewet": the statute is
 * meant; "zij zit in de Ziektewet" says something of her. */
static gboolean names_a_statute(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (token->letters > 3 && g_str_has_suffix(token->word, "wet") && at > 1 &&
	    lw_token_is(tokens, at - 1, "de") && lw_token_is(tokens, at - 2, "van"))
		return TRUE;
	for (guint i = at; i > 0 && at - i < 4; i--) {
		const LwToken *before = lw_token_at(tokens, i - 1);

		if (!*before->word || lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			return FALSE;
		if (lw_token_in(before->word, "wet rijkswet besluit regeling") &&
		    before->flags & LW_TOKEN_CAPITAL)
			return TRUE;
	}
	return FALSE;
}

/* "beginnende dementie", "7 maanden zwanger": what belongs to the cue in front of it. */
static guint grow_front(const Scene *scene, guint at)
{
	static const char kinds[] =
		"beginnende chronische ernstige zware lichte milde acute gevorderde "
		"terminale zwaar ernstig chronisch licht vergevorderde";
	static const char terms[] = "mnd maand maanden weken week";

	if (at > 0 && lw_token_at(scene->tokens, at)->gap == LW_GAP_SPACE &&
	    lw_token_in(lw_token_at(scene->tokens, at - 1)->word, kinds))
		return at - 1;
	if (at > 1 && lw_token_in(lw_token_at(scene->tokens, at - 1)->word, terms) &&
	    lw_token_at(scene->tokens, at - 2)->flags & LW_TOKEN_DIGIT)
		return at - 2;
	return at;
}

static gboolean goes_on(const Scene *scene, guint at)
{
	const LwToken *token = lw_token_at(scene->tokens, at);

	return *token->word && token->gap <= LW_GAP_LINE && token->gap != LW_GAP_WIDE &&
	       !(token->flags & LW_TOKEN_SENTENCE_START) && !scene->persons[at];
}

/* "COPD gold 4", "een IQ van 68", "veroordeeld wegens mishandeling", "PI Leeuwarden": what belongs
 * to it behind it; the token after that. */
static guint grow_behind(const Scene *scene, guint next, const Cue *cue)
{
	static const char steps[] = "type graad gold stadium fase van";
	const LwTokens *tokens = scene->tokens;
	const char *word = lw_token_at(tokens, next)->word;
	guint at = next;

	if (goes_on(scene, next) && lw_token_at(tokens, next)->flags & LW_TOKEN_DIGIT)
		return next + 1;
	if (goes_on(scene, next) && goes_on(scene, next + 1) && lw_token_in(word, steps) &&
	    lw_token_at(tokens, next + 1)->flags & LW_TOKEN_DIGIT)
		return next + 2;
	if (!strcmp(cue->cue, "pi") && goes_on(scene, next) &&
	    lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL)
		return next + 1;
	if (strcmp(cue->category, "criminal") || !lw_token_in(word, "wegens voor tot"))
		return next;
	while (goes_on(scene, at) && at - next < WEGENS_TOKENS)
		at++;
	return at;
}

void lw_detect_special(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	Scene scene = {.tokens = context->tokens ? context->tokens : own};
	guint next;

	scene.persons = g_new0(guint8, scene.tokens->count + 1);
	set_scene(&scene, found);
	for (guint i = 0; i < scene.tokens->count; i = MAX(next, i + 1)) {
		const Cue *cue = cue_at(scene.tokens, i, &next);
		LwEntity *entity;
		float score;

		if (!cue || scene.persons[i] || !is_written_so(lw_token_at(scene.tokens, i), cue) ||
		    names_a_statute(scene.tokens, i) ||
		    (strcmp(cue->category, "politics") == 0 && names_an_office(scene.tokens, i)))
			continue;
		score = tie(&scene, i, cue);
		if (score <= 0)
			continue;
		next = grow_behind(&scene, next, cue);
		entity = lw_entities_add(
			found, lw_token_span(scene.tokens, grow_front(&scene, i), next - 1),
			LW_KIND_SPECIAL, score, "special/cue");
		entity->reason = LW_REASON_CUE;
		entity->evidence = cue->cue;
	}
	g_free(scene.persons);
}
