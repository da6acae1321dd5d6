/* special.c - special categories of personal data (woo.md 7): a cue word tied to an identifiable
 * person.
 *
 * What a sentence says of people at large is policy text and stays; a public party is no secret of
 * those who hold office. The span is the core: the shortest wording that must disappear. What is
 * not sure (special-tie.c) scores below what a policy removes: a person decides. */
#include "engine/detect/special.h"

#include "engine/detect/name.h"

#include <string.h>

#define ENDING_LETTERS 8 /* of a word that is looked at for its ending */
#define WEGENS_TOKENS  5
#define LONG_ADJECTIVE 5 /* letters */
#define KEY_LETTERS    3 /* bytes by which cues are found */

/* What tells most cues from a word before they are compared. */
static char sign_of(const char *cue)
{
	gsize length = strcspn(cue, " ");

	if (*cue == '*')
		return cue[length - 1];
	return length > KEY_LETTERS && cue[KEY_LETTERS] != '*' ? cue[KEY_LETTERS] : '\0';
}

static void learn(GHashTable *cues, const char *category, CueWeight weight, const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	for (char **word = words; *word; word++) {
		if (!**word)
			continue;
		g_autofree char *spaced = g_strdelimit(g_strdup(*word), "_", ' ');
		/* cues are found by the first three bytes of their first word; endings in one row
		 */
		g_autofree char *key =
			*spaced == '*' ? g_strdup("*")
				       : g_strndup(spaced, MIN(strcspn(spaced, " *"), KEY_LETTERS));
		GArray *same = g_hash_table_lookup(cues, key);
		Cue cue = {category, g_strdup(spaced), weight, sign_of(spaced)}; /* for good */

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
#define LW_SPECIAL(category, weight, list) learn(made, category, CUE_##weight, list);
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

/* '@' in a cue: who treats. */
static gboolean is_healer(const LwToken *token)
{
	static const char words[] =
		"psycholoog psychologe psychiater ggz riagg paaz therapeut therapeute "
		"psychotherapeut "
		"cardioloog neuroloog oncoloog reumatoloog uroloog gynaecoloog dermatoloog "
		"internist "
		"longarts orthopeed kinderarts oogarts fysiotherapeut fysio ergotherapeut "
		"logopedist "
		"dietist specialist verslavingszorg verslavingsarts "
		"jellinek "
		"tactus brijder kliniek polikliniek ziekenhuis pijnpoli revalidatiearts "
		"revalidatiecentrum traumatherapeut relatietherapeut orthopedagoog seksuoloog "
		"parnassia "
		"ggd-arts maatschappelijk maag-darm-leverarts";

	return *token->word &&
	       (lw_token_in(token->word, words) ||
		(token->flags & LW_TOKEN_CAPITAL &&
		 lw_word_ends_in(token->word, "umc mc ziekenhuis gasthuis kliniek ggz")));
}

/* '%' in a cue: a trade union. */
static gboolean is_union(const LwToken *token)
{
	static const char words[] = "fnv cnv vcp abvakabo aob cmhf avv npb acp anpv vbm afmp nvj "
				    "nautilus nu'91 nu91 ncf lbv "
				    "vakbond vakbonden bond vakvereniging ambtenarenbond "
				    "onderwijsbond politiebond vhmf unienftp "
				    "vvmc nvlf ftm";

	return *token->word && lw_token_in(token->word, words);
}

/* The token after the cue, or 0. */
static guint match(const LwTokens *tokens, guint at, const char *cue)
{
	guint i = at;

	for (; *cue; i++) {
		gsize length = strcspn(cue, " ");

		if (i > at && lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			return 0;
		if (*cue == '@') {
			i += lw_token_in(lw_token_at(tokens, i)->word,
					 "een de het zijn haar mijn hun");
			if (!is_healer(lw_token_at(tokens, i)))
				return 0;
		} else if (*cue == '%') {
			i += lw_token_in(lw_token_at(tokens, i)->word, "een de het zijn haar onze");
			if (!is_union(lw_token_at(tokens, i)))
				return 0;
		} else if (!word_matches(lw_token_at(tokens, i)->word, cue, length))
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
	const char *word = lw_token_at(tokens, at)->word;
	gsize length = strlen(word);
	char sign = *key == '*'		   ? word[length - 1]
		    : length > KEY_LETTERS ? word[KEY_LETTERS]
					   : '\0';
	const Cue *best = NULL;

	*next = at;
	for (guint i = 0; same && i < same->len; i++) {
		const Cue *cue = &g_array_index(same, Cue, i);
		guint end;

		if (cue->sign && cue->sign != sign)
			continue;
		end = match(tokens, at, cue->cue);

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
	char key[KEY_LETTERS + 1];
	const Cue *cue;

	*next = at;
	if (!*token->word)
		return NULL;
	g_strlcpy(key, token->word, sizeof(key));
	cue = longest(tokens, at, key, next);
	return cue || token->letters < ENDING_LETTERS ? cue : longest(tokens, at, "*", next);
}

/* Short forms count only in capitals: "ASS", "IVA", "TBS"; "ass" and "iva" are other words. */
static gboolean is_written_so(const LwTokens *tokens, guint at, const Cue *cue)
{
	const LwToken *token = lw_token_at(tokens, at);

	static const char *const forms[] = {
		"wia", "wao", "wga", "iva",    "ass", "dsm", "lvb", "ggz", "hiv", "seh", "ciz",
		"pgb", "gpk", "wzd", "ibs",    "ots", "dna", "tbs", "add", "tia", "iq",	 "pi",
		"tbc", "ms",  "als", "suiker", "fnv", "cnv", "aob", "vcp", "npb", "acp", "vbm",
		"nvj", "avv", "ncf", "lbv",    "nah", "cvs", "soa", "rsi", "ivf", "down"};

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
		guint at;

		if (who == WHO_NOBODY || !entity->span.length)
			continue;
		at = lw_token_find(scene->tokens,
				   lw_normal_find(scene->tokens->normal, entity->span.start));
		if (at < scene->tokens->count)
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

/* "pols", "rechterarm", "bovenbeen" */
static gboolean is_limb(const LwToken *token)
{
	static const char limbs[] =
		"arm been pols enkel voet hand knie vinger schouder heup elleboog "
		"teen duim kaak neus rug nek kuit scheenbeen sleutelbeen rib "
		"ribben armen benen voeten handen sleutelbeen schedel bekken";
	static const char sides[] = "linker rechter boven onder";

	for (const char *side = sides; *side;
	     side += strcspn(side, " ") + (strchr(side, ' ') != NULL)) {
		gsize size = strcspn(side, " ");

		if (strncmp(token->word, side, size) == 0 && lw_token_in(token->word + size, limbs))
			return TRUE;
	}
	return *token->word && lw_token_in(token->word, limbs);
}

/* The token of a limb right behind, with "zijn" or "een" before it; 0: none. */
static guint limb_behind(const LwTokens *tokens, guint next)
{
	guint at = next +
		   lw_token_in(lw_token_at(tokens, next)->word, "de het een zijn haar mijn hun zn");

	return lw_token_at(tokens, at)->gap <= LW_GAP_LINE && is_limb(lw_token_at(tokens, at)) ? at
											       : 0;
}

/* "in de proceskosten veroordeeld", "het punt is opgepakt", "hersteloperatie": the same words of
 * other things. */
static gboolean is_other(const LwTokens *tokens, guint at, guint next, const Cue *cue)
{
	static const char operations[] = "hersteloperatie politieoperatie reddingsoperatie "
					 "grondoperatie zoekoperatie verhuisoperatie "
					 "vredesoperatie bezuinigingsoperatie megaoperatie "
					 "beroepsziekte dierziekte veeziekte boomziekte iepziekte "
					 "plantenziekte kinderziekte infectieziekte volksziekte";
	static const char costs[] = "kosten proceskosten betaling vergoeding schadevergoeding "
				    "dwangsom terugbetaling";
	const char *word = lw_token_at(tokens, at)->word;

	if ((*cue->cue == '*' &&
	     (lw_token_in(word, operations) || g_str_has_suffix(word, "cooperatie"))) ||
	    (at && lw_token_is(tokens, at - 1, "bureau")))
		return TRUE;
	if (strcmp(cue->cue, "pi") == 0)
		return !(lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL) ||
		       lw_token_at(tokens, next)->gap != LW_GAP_SPACE;
	if (lw_token_in(cue->cue, "gebroken geamputeerd gekneusde gescheurde verbrijzelde gekneusd "
				  "gescheurd verbrijzeld ontstoken verstuikt brak verloor kneusde"))
		return !(at && is_limb(lw_token_at(tokens, at - 1))) && !limb_behind(tokens, next);
	if (strcmp(cue->cue, "veroordeeld") != 0)
		return FALSE;
	for (guint i = at > 5 ? at - 5 : 0; i < next + 5; i++)
		if (*lw_token_at(tokens, i)->word &&
		    lw_token_in(lw_token_at(tokens, i)->word, costs))
			return TRUE;
	return FALSE;
}

/* "een vasculaire dementie": what kind of it, behind an article or a verb. */
static gboolean is_kind_of_illness(const LwTokens *tokens, guint at, const Cue *cue)
{
	static const char others[] =
		"deze enige andere zelfde volgende eerste tweede bekende mogelijke huidige "
		"recente jarenlange eerdere vorige eventuele zogenaamde vermeende bepaalde";
	static const char before[] =
		"een de het zijn haar mijn heeft had heb met aan wegens door van uw";
	const LwToken *token = lw_token_at(tokens, at);

	return at && strcmp(cue->category, "health") == 0 && cue->weight == CUE_NOUN &&
	       token->flags & LW_TOKEN_LOWER && token->letters >= LONG_ADJECTIVE && !token->cues &&
	       g_str_has_suffix(token->word, "e") && !lw_token_in(token->word, others) &&
	       lw_token_in(lw_token_at(tokens, at - 1)->word, before);
}

/* "beginnende dementie", "7 maanden zwanger", "pols in het gips": what belongs to the cue in front
 * of it. */
static guint grow_front(const Scene *scene, guint at, const Cue *cue)
{
	static const char kinds[] =
		"beginnende chronische ernstige zware lichte milde acute gevorderde matige matig "
		"terminale zwaar ernstig chronisch licht vergevorderde postnatale uitgezaaide "
		"ongeneeslijke posttraumatische gegeneraliseerde sociale atypische klassieke "
		"voorwaardelijke onvoorwaardelijke gedwongen bijna volledig deels zeer streng "
		"dubbele dubbel half halfzijdig linkerzijdig rechtszijdig cerebrale gecompliceerde "
		"blijvend blijvende inwendige inwendig erfelijke aangeboren hormonale psychische "
		"lichamelijke "
		"medicinale zwakke hoge lage verhoogde ambulante intensieve specialistische";
	static const char terms[] = "mnd maand maanden weken week";
	const LwTokens *tokens = scene->tokens;
	guint first = at;

	while (first > 0 && at - first < 2 && lw_token_at(tokens, first)->gap == LW_GAP_SPACE &&
	       (lw_token_in(lw_token_at(tokens, first - 1)->word, kinds) ||
		is_kind_of_illness(tokens, first - 1, cue)))
		first--;
	if (first < at)
		return first;
	if (at > 0 && is_limb(lw_token_at(tokens, at - 1)) &&
	    (strcmp(cue->cue, "in het gips") == 0 ||
	     lw_token_in(cue->cue, "gebroken geamputeerd gekneusde gescheurde verbrijzelde "
				   "gekneusd gescheurd verbrijzeld "
				   "ontstoken verstuikt")))
		return at - 1;
	/* "bipolaire stoornis", "licht verstandelijke beperking" */
	if (at > 0 &&
	    lw_token_in(cue->cue, "stoornis stoornissen *stoornis *aandoening handicap") &&
	    lw_token_at(tokens, at - 1)->gap <= LW_GAP_SPACE &&
	    lw_token_at(tokens, at - 1)->flags & LW_TOKEN_LOWER &&
	    lw_token_at(tokens, at - 1)->letters > LONG_ADJECTIVE &&
	    g_str_has_suffix(lw_token_at(tokens, at - 1)->word, "e"))
		return at - 1;
	/* "aan zijn hart geopereerd" */
	if (strcmp(cue->cue, "geopereerd") == 0)
		for (guint back = 2; back <= 3 && back <= at; back++)
			if (lw_token_is(tokens, at - back, "aan"))
				return at - back;
	if (at > 1 && lw_token_in(lw_token_at(tokens, at - 1)->word, terms) &&
	    lw_token_at(tokens, at - 2)->flags & LW_TOKEN_DIGIT)
		return at - 2;
	return at;
}

static gboolean goes_on(const Scene *scene, guint at)
{
	const LwToken *token = lw_token_at(scene->tokens, at);

	return *token->word && token->gap <= LW_GAP_LINE && token->gap != LW_GAP_WIDE &&
	       !(token->flags & LW_TOKEN_SENTENCE_START) && !scene->persons[at];
}

/* "(2,5 uur per week)", ", 4 dagdelen": how much of it. The token after; `next` when none. */
static guint skip_amount(const Scene *scene, guint next)
{
	static const char units[] = "uur uren dagdeel dagdelen dagen dag minuten maanden jaar mg";
	const LwTokens *tokens = scene->tokens;
	guint at = next;

	if (lw_token_at(tokens, at)->gap > LW_GAP_SPACE)
		return next;
	if (lw_token_at(tokens, at)->mark == ',' || lw_token_at(tokens, at)->mark == '(')
		at++;
	else if (lw_token_in(lw_token_at(tokens, at)->word, "van voor"))
		at++;
	if (!(lw_token_at(tokens, at)->flags & LW_TOKEN_DIGIT))
		return next;
	at++;
	if (lw_token_at(tokens, at)->mark == ',' &&
	    lw_token_at(tokens, at + 1)->flags & LW_TOKEN_DIGIT)
		at += 2;
	if (!lw_token_in(lw_token_at(tokens, at)->word, units))
		return next;
	at++;
	if (lw_token_in(lw_token_at(tokens, at)->word, "per p") &&
	    lw_token_in(lw_token_at(tokens, at + 1)->word, "week dag maand etmaal"))
		at += 2;
	return at;
}

/* "onder behandeling bij de kliniek": by whom. */
static guint skip_healer(const Scene *scene, guint next)
{
	guint at = next + lw_token_in(lw_token_at(scene->tokens, next)->word, "is was staat");

	if (!lw_token_in(lw_token_at(scene->tokens, at)->word, "bij van"))
		return next;
	at++;
	while (at < next + 3 &&
	       lw_token_in(lw_token_at(scene->tokens, at)->word, "een de het haar zijn mijn"))
		at++;
	return goes_on(scene, at) ? at + 1 : next;
}

/* "wegens winkeldiefstal", "tot vier weken cel": up to the end of the phrase. */
static guint skip_crime(const Scene *scene, guint next)
{
	static const char ends[] = "en maar omdat terwijl waarna toen die dat op in bij door aan "
				   "heeft is was werd zodat zonder";
	guint at = next + lw_token_in(lw_token_at(scene->tokens, next)->word, "is werd geweest");

	if (!lw_token_in(lw_token_at(scene->tokens, at)->word, "wegens voor tot van"))
		return next;
	for (at++; goes_on(scene, at) && at - next < WEGENS_TOKENS; at++)
		if (lw_token_in(lw_token_at(scene->tokens, at)->word, ends))
			break;
	return at;
}

/* "Krimpen aan den IJssel": the rest of the name of a place. */
static guint skip_place(const Scene *scene, guint next)
{
	guint at = next;

	while (at < next + 3 &&
	       lw_token_in(lw_token_at(scene->tokens, at)->word, "aan den de der op"))
		at++;
	return at > next && goes_on(scene, at) &&
			       lw_token_at(scene->tokens, at)->flags & LW_TOKEN_CAPITAL
		       ? at + 1
		       : next;
}

/* "COPD gold 4", "een IQ van 68", "PI Leeuwarden": what belongs to it behind it; the token after
 * that. */
static guint grow_behind(const Scene *scene, guint next, const Cue *cue)
{
	static const char steps[] = "type graad gold stadium fase van in sinds";
	const LwTokens *tokens = scene->tokens;
	const char *word = lw_token_at(tokens, next)->word;
	guint amount = skip_amount(scene, next);

	if (amount > next)
		return amount;
	if (goes_on(scene, next) && lw_token_at(tokens, next)->flags & LW_TOKEN_DIGIT)
		return next + 1;
	if (goes_on(scene, next) && goes_on(scene, next + 1) && lw_token_in(word, steps) &&
	    lw_token_at(tokens, next + 1)->flags & LW_TOKEN_DIGIT)
		return next + 2;
	/* "lid van CNV Vakmensen" */
	if (!strcmp(cue->category, "union") && goes_on(scene, next) &&
	    lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL)
		return next + 1;
	if (!strcmp(cue->cue, "pi") && goes_on(scene, next) &&
	    lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL)
		return skip_place(scene, next + 1);
	/* "verslaafd aan cocaine", "geopereerd aan zijn prostaat" */
	if ((g_str_has_prefix(cue->cue, "verslaafd") || strcmp(cue->cue, "geopereerd") == 0) &&
	    lw_token_in(word, "aan") && goes_on(scene, next + 1)) {
		guint what = next + 1 +
			     lw_token_in(lw_token_at(tokens, next + 1)->word,
					 "de het een zijn haar mijn");

		if (goes_on(scene, what))
			return what + 1;
	}
	if (lw_token_in(cue->cue, "gebroken gekneusde gescheurde verbrijzelde gekneusd gescheurd "
				  "verbrijzeld ontstoken verstuikt brak verloor kneusde") &&
	    goes_on(scene, next) && limb_behind(tokens, next))
		return limb_behind(tokens, next) + 1;
	/* "brandwonden aan de hand" */
	if (lw_token_in(cue->category, "health") && lw_token_in(word, "aan in") &&
	    goes_on(scene, next + 1)) {
		guint limb =
			next + 1 +
			lw_token_in(lw_token_at(tokens, next + 1)->word, "de het zijn haar mijn");

		if (goes_on(scene, limb) && is_limb(lw_token_at(tokens, limb)))
			return lw_token_is(tokens, limb + 1, "en") &&
					       is_limb(lw_token_at(tokens, limb + 2))
				       ? limb + 3
				       : limb + 1;
	}
	if (!strcmp(cue->cue, "onder behandeling"))
		return skip_healer(scene, next);
	return strcmp(cue->category, "criminal") || g_str_has_suffix(cue->cue, "verbod")
		       ? next
		       : skip_crime(scene, next);
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

		if (!cue || scene.persons[i] || !is_written_so(scene.tokens, i, cue) ||
		    names_a_statute(scene.tokens, i) || is_other(scene.tokens, i, next, cue))
			continue;
		score = special_tie(&scene, i, next, cue);
		if (score <= 0) {
			next = i; /* a part of it may say something of somebody */
			continue;
		}
		next = grow_behind(&scene, next, cue);
		entity = lw_entities_add(
			found, lw_token_span(scene.tokens, grow_front(&scene, i, cue), next - 1),
			LW_KIND_SPECIAL, score, "special/cue");
		entity->reason = LW_REASON_CUE;
		entity->evidence = cue->cue;
	}
	special_find_values(&scene, found);
	g_free(scene.persons);
}
