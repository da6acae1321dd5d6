/* special.c - special categories of personal data (woo.md 7): a cue word tied to an identifiable
 * person.
 *
 * What a sentence says of people at large is policy text and stays; a public party is no secret of
 * those who hold office. The span is the core: the shortest wording that must disappear. What is
 * not sure (special-tie.c) scores below what a policy removes: a person decides. */
#include "engine/detect/special.h"

#include "engine/detect/name.h"

#include <string.h>

#define SURE	    0.5f
#define TREE_TOKENS 8 /* from a tree to its illness */
#define LINK_TOKENS 4 /* between two cues that say one thing */

/* A cue that says something of somebody. */
typedef struct {
	guint first, next; /* tokens of what must disappear */
	float score;
	const Cue *cue;
} Hit;

/* Short forms count only in capitals: "ASS", "IVA", "TBS"; "ass" and "iva" are other words. */
static gboolean is_written_so(const LwTokens *tokens, guint at, const Cue *cue)
{
	const LwToken *token = lw_token_at(tokens, at);

	static const char *const forms[] = {
		"iva", "ass",  "dsm", "wzd", "dna",    "add",  "tia",  "pi",  "ms",  "als",
		"avv", "ncf",  "lbv", "nah", "down",   "vcp",  "npb",  "acp", "vbm", "nvj",
		"tos", "pots", "fas", "dis", "odd",    "asd",  "rk",   "ect", "ic",  "mst",
		"fml", "sma",  "cp",  "ts",  "suiker", "denk", "volt", "sp"};

	for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
		if (strcmp(cue->cue, forms[i]) == 0)
			return token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_HYPHEN) ||
			       (at && strcmp(cue->cue, "als") != 0 &&
				lw_token_in(lw_token_at(tokens, at - 1)->word,
					    "heeft had heb met")) ||
			       (token->flags & LW_TOKEN_CAPITAL && token->letters > 4);
	/* "Roma" the town, "Turks" the language are capitals as well: those need no more than the
	 * person beside them */
	return TRUE;
}

static guint8 who_is(const LwEntity *entity)
{
	if (entity->kind == LW_KIND_BSN || entity->kind == LW_KIND_BIRTH_DATE ||
	    entity->kind == LW_KIND_V_NUMBER || entity->kind == LW_KIND_CRIMINAL_CASE ||
	    entity->kind == LW_KIND_CLIENT_NUMBER)
		return entity->score >= 0.5f ? WHO_NUMBER : WHO_NOBODY;
	if (entity->kind != LW_KIND_PERSON || entity->score < 0.5f)
		return WHO_NOBODY;
	return entity->role == LW_ROLE_OFFICE_HOLDER || entity->role == LW_ROLE_TOP_OFFICIAL
		       ? WHO_OFFICE
		       : WHO_PERSON;
}

/* "Mark krijgt methadon": a first name and what persons do, found or not. */
static gboolean is_actor(const LwTokens *tokens, guint at)
{
	static const char verbs[] =
		"heeft had is was krijgt kreeg slikt slikte gebruikt gebruikte zit zat "
		"lijdt leed volgt volgde wordt werd raakte kampt blijkt ligt loopt";
	const LwToken *token = lw_token_at(tokens, at);

	return token->flags & LW_TOKEN_CAPITAL &&
	       !(token->flags & (LW_TOKEN_HYPHEN | LW_TOKEN_ALL_CAPS)) &&
	       token->lists & LW_WORD_FIRST_NAME &&
	       (token->lists & LW_WORD_FREQUENT || !(token->lists & LW_WORD_COMMON)) &&
	       !token->cues && lw_token_at(tokens, at + 1)->gap == LW_GAP_SPACE &&
	       lw_token_in(lw_token_at(tokens, at + 1)->word, verbs);
}

static void set_scene(Scene *scene, const LwEntities *found)
{
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint8 who = who_is(entity);
		guint first, next;

		if (who == WHO_NOBODY)
			continue;
		lw_token_range(scene->tokens, entity->span, &first, &next);
		for (guint at = first; at < next; at++)
			scene->persons[at] = who;
	}
	for (guint i = 0; i < scene->tokens->count; i++)
		if (!scene->persons[i] && is_actor(scene->tokens, i))
			scene->persons[i] = WHO_PERSON;
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

/* "in de proceskosten veroordeeld", "het punt is opgepakt", "hersteloperatie": the same words of
 * other things. */
static gboolean is_other(const LwTokens *tokens, guint at, guint next, const Cue *cue)
{
	static const char operations[] = "hersteloperatie politieoperatie reddingsoperatie "
					 "grondoperatie zoekoperatie verhuisoperatie "
					 "vredesoperatie bezuinigingsoperatie megaoperatie "
					 "beroepsziekte dierziekte veeziekte boomziekte iepziekte "
					 "watermerkziekte massariaziekte "
					 "plantenziekte kinderziekte infectieziekte volksziekte";
	static const char costs[] = "kosten proceskosten betaling vergoeding schadevergoeding "
				    "dwangsom terugbetaling";
	const char *word = lw_token_at(tokens, at)->word;

	/* "ziek van de plannen" */
	if (strcmp(cue->cue, "ziek") == 0 && lw_token_is(tokens, next, "van"))
		return TRUE;
	/* "MS Willem van Oranje", "Stihl MS 261" */
	if (strcmp(cue->cue, "ms") == 0 && lw_token_at(tokens, next)->gap == LW_GAP_SPACE &&
	    lw_token_at(tokens, next)->flags & (LW_TOKEN_CAPITAL | LW_TOKEN_DIGIT))
		return TRUE;
	/* "allergisch voor ons" */
	if (strcmp(cue->cue, "allergisch") == 0 && lw_token_is(tokens, next, "voor") &&
	    lw_token_in(lw_token_at(tokens, next + 1)->word, "ons mij me jullie hem haar elkaar"))
		return TRUE;
	/* "GPP/2022/0093" */
	if (lw_token_at(tokens, next)->mark == '/' &&
	    lw_token_at(tokens, next + 1)->flags & LW_TOKEN_DIGIT)
		return TRUE;
	/* "de kastanjeboom van de familie Prins heeft bloedingsziekte" */
	if (strcmp(cue->category, "health") == 0)
		for (guint i = at; i > 0 && at - i < TREE_TOKENS &&
				   !(lw_token_at(tokens, i)->flags & LW_TOKEN_SENTENCE_START);
		     i--)
			if (lw_token_at(tokens, i - 1)->flags &
				    (LW_TOKEN_LOWER | LW_TOKEN_HYPHEN) &&
			    lw_word_ends_in(lw_token_at(tokens, i - 1)->word, "boom bomen"))
				return TRUE;
	if ((*cue->cue == '*' &&
	     (lw_token_in(word, operations) || g_str_has_suffix(word, "cooperatie"))) ||
	    (at && lw_token_is(tokens, at - 1, "bureau")))
		return TRUE;
	/* "PI Vught", "via PI" */
	if (strcmp(cue->cue, "pi") == 0)
		return !(at && lw_token_in(lw_token_at(tokens, at - 1)->word,
					   "via in uit vanuit naar de")) &&
		       (!(lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL) ||
			lw_token_at(tokens, next)->gap != LW_GAP_SPACE);
	if (lw_token_in(cue->cue, "gebroken geamputeerd gekneusde gescheurde verbrijzelde gekneusd "
				  "gescheurd verbrijzeld ontstoken verstuikt brak verloor kneusde"))
		return !(at && special_is_limb(lw_token_at(tokens, at - 1))) &&
		       !special_limb_behind(tokens, next);
	if (strcmp(cue->cue, "veroordeeld") != 0)
		return FALSE;
	for (guint i = at > 5 ? at - 5 : 0; i < next + 5; i++)
		if (*lw_token_at(tokens, i)->word &&
		    lw_token_in(lw_token_at(tokens, i)->word, costs))
			return TRUE;
	return FALSE;
}

/* "koorts en een longontsteking", "praktijkondersteuner voor angstklachten": what stands between
 * two cues makes one thing of them. *words: it has words. */
static gboolean is_linked(const Scene *scene, const Hit *one, const Hit *other, gboolean *words)
{
	static const char links[] = "en of een de het zijn haar mijn hun met voor bij door van na "
				    "aan in tot wegens ivm als ook is erge lichte";

	*words = FALSE;
	if (other->first < one->next || other->first - one->next > LINK_TOKENS)
		return FALSE;
	for (guint i = one->next; i <= other->first; i++) {
		const LwToken *token = lw_token_at(scene->tokens, i);

		if (token->gap > LW_GAP_LINE || token->gap == LW_GAP_WIDE)
			return FALSE;
		if (i == other->first)
			break;
		if (token->mark ? !strchr(",/&+", (int)token->mark)
				: !lw_token_in(token->word, links))
			return FALSE;
		*words |= !token->mark;
	}
	return TRUE;
}

/* Health and care go together; of the rest each with its own. */
static gboolean is_akin(const Hit *one, const Hit *other)
{
	static const char body[] = "health provision";

	return strcmp(one->cue->category, other->cue->category) == 0 ||
	       (lw_token_in(one->cue->category, body) && lw_token_in(other->cue->category, body));
}

/* What is sure makes its neighbour sure; two with words between them become one. */
static void link_hits(const Scene *scene, GArray *hits)
{
	for (guint i = 0; i + 1 < hits->len;) {
		Hit *one = &g_array_index(hits, Hit, i), *other = one + 1;
		gboolean words, linked = is_linked(scene, one, other, &words);

		if (linked && is_akin(one, other) && MAX(one->score, other->score) >= SURE)
			one->score = other->score = MAX(one->score, other->score);
		if (linked && MIN(one->score, other->score) >= SURE &&
		    (words || one->next == other->first)) {
			one->next = other->next;
			g_array_remove_index(hits, i + 1);
		} else {
			i++;
		}
	}
}

/* Each mark to the whole of what is said, no further than the next one. */
static void widen_hits(const Scene *scene, GArray *hits)
{
	guint from = 0;

	for (guint i = 0; i < hits->len; i++) {
		Hit *hit = &g_array_index(hits, Hit, i);
		guint first = hit->first, next = hit->next;

		special_widen(scene, &first, &next);
		hit->first = MAX(first, from);
		hit->next = i + 1 < hits->len ? MIN(next, MAX(hit->next, (hit + 1)->first)) : next;
		from = hit->next;
	}
}

static void emit(const Scene *scene, const GArray *hits, LwEntities *found)
{
	for (guint i = 0; i < hits->len; i++) {
		const Hit *hit = &g_array_index(hits, Hit, i);
		LwEntity *entity = lw_entities_add(
			found, lw_token_span(scene->tokens, hit->first, hit->next - 1),
			LW_KIND_SPECIAL, hit->score, "special/cue");

		entity->reason = LW_REASON_CUE;
		entity->evidence = hit->cue->shown;
	}
}

/* "moet met Sem naar het ziekenhuis": what a composed cue says is said of who stands before it. */
static gboolean spans_somebody(const Scene *scene, guint first, guint next, const Cue *cue)
{
	for (guint i = first; cue->shown != cue->cue && i < next; i++)
		if (scene->persons[i])
			return TRUE;
	return FALSE;
}

/* What says something of somebody, in order. */
static GArray *find_hits(const Scene *scene)
{
	GArray *hits = g_array_new(FALSE, FALSE, sizeof(Hit));
	guint next;

	for (guint i = 0; i < scene->tokens->count; i = MAX(next, i + 1)) {
		const Cue *cue = special_cue_at(scene->tokens, i, &next);
		Hit hit = {.cue = cue};

		if (!cue || scene->persons[i] || !is_written_so(scene->tokens, i, cue) ||
		    names_a_statute(scene->tokens, i) || is_other(scene->tokens, i, next, cue))
			continue;
		if (!spans_somebody(scene, i, next, cue))
			hit.score = special_tie(scene, i, next, cue);
		if (hit.score <= 0) {
			next = i; /* a part of it may say something of somebody */
			continue;
		}
		next = special_grow_behind(scene, next, cue);
		hit.first = special_grow_front(scene, i, cue);
		hit.next = next;
		g_array_append_val(hits, hit);
	}
	return hits;
}

void lw_detect_special(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	Scene scene = {.tokens = context->tokens ? context->tokens : own};
	GArray *hits;

	scene.persons = g_new0(guint8, scene.tokens->count + 1);
	set_scene(&scene, found);
	hits = find_hits(&scene);
	link_hits(&scene, hits);
	widen_hits(&scene, hits);
	emit(&scene, hits, found);
	special_find_values(&scene, found);
	special_find_passages(&scene, context, found);
	g_array_unref(hits);
	g_free(scene.persons);
}
