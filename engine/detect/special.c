/* special.c - special categories of personal data (woo.md 7): a cue word beside an identifiable
 * person.
 *
 * Without a person in the same sentence or table row a cue is policy text and stays; a public party
 * is no secret of those who hold office. Only proposals: a person decides. */
#include "engine/detect/token.h"

#include <string.h>

#define SCORE	     0.6f
#define MAX_SENTENCE 120 /* tokens each way */
#define PARAGRAPH    400
#define OWN_TOKENS   10

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
		/* cues are found by the first four bytes of their first word */
		g_autofree char *key = g_strndup(spaced, MIN(strcspn(spaced, " *"), 3));
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

static gboolean word_matches(const char *word, const char *cue, gsize length)
{
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

static const Cue *cue_at(const LwTokens *tokens, guint at, guint *next)
{
	const char *word = lw_token_at(tokens, at)->word;
	char key[4];
	const GArray *same;
	const Cue *best = NULL;

	g_strlcpy(key, word, sizeof(key));
	same = *word ? g_hash_table_lookup(all_cues(), key) : NULL;
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

/* Short forms count only in capitals: "ASS", "IVA", "TBS"; "ass" and "iva" are other words. */
static gboolean is_written_so(const LwToken *token, const Cue *cue)
{
	static const char *const forms[] = {"wia", "wao", "wga", "iva", "ass", "dsm",
					    "lvb", "ggz", "hiv", "seh", "ciz", "pgb",
					    "gpk", "wzd", "ibs", "ots", "dna", "tbs"};

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

/* A pronoun stands for somebody when the paragraph holds a person, a BSN or a date of birth. */
static gboolean has_somebody_near(const Scene *scene, guint at)
{
	guint first = at, last = at;

	while (first > 0 && at - first < PARAGRAPH &&
	       lw_token_at(scene->tokens, first)->gap != LW_GAP_BLANK)
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

static gboolean is_about_somebody(const Scene *scene, guint at, const Cue *cue)
{
	guint first, last;

	sentence_around(scene->tokens, at, &first, &last);
	if (has_anyone(scene, first, last, PERSON) || has_anyone(scene, first, last, NUMBER))
		return TRUE;
	if (strcmp(cue->category, "politics") != 0 && has_anyone(scene, first, last, OFFICE))
		return TRUE;
	if (is_of_writer(scene->tokens, first, at))
		return TRUE;
	return has_pronoun(scene->tokens, first, last) && has_somebody_near(scene, at);
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

		if (!cue || scene.persons[i] || !is_written_so(lw_token_at(scene.tokens, i), cue))
			continue;
		if (!is_about_somebody(&scene, i, cue) || names_a_statute(scene.tokens, i) ||
		    (strcmp(cue->category, "politics") == 0 && names_an_office(scene.tokens, i)))
			continue;
		entity = lw_entities_add(found, lw_token_span(scene.tokens, i, next - 1),
					 LW_KIND_SPECIAL, SCORE, "special/cue");
		entity->reason = LW_REASON_CUE;
		entity->evidence = cue->cue;
	}
	g_free(scene.persons);
}
