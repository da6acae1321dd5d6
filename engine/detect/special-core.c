/* special-core.c - from a cue to what must disappear: what kind of illness, of what part of the
 * body, how much of it, for what offence.
 *
 * The shortest wording that says it whole: "veroordeeld wegens diefstal", "breuk van de pols". */
#include "engine/detect/special.h"

#include <string.h>

#define WEGENS_TOKENS  8
#define LONG_ADJECTIVE 5 /* letters */
#define PHRASE_TOKENS  4
#define BRACKET_TOKENS 6

guint special_limb_behind(const LwTokens *tokens, guint next)
{
	guint at = next +
		   lw_token_in(lw_token_at(tokens, next)->word, "de het een zijn haar mijn hun zn");

	return lw_token_at(tokens, at)->gap <= LW_GAP_LINE &&
			       special_is_limb(lw_token_at(tokens, at))
		       ? at
		       : 0;
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

	return at && strcmp(cue->category, "health") == 0 &&
	       (cue->weight == CUE_NOUN || lw_token_in(cue->cue, "behandeling klachten opname")) &&
	       token->flags & LW_TOKEN_LOWER && token->letters >= LONG_ADJECTIVE && !token->cues &&
	       g_str_has_suffix(token->word, "e") && !lw_token_in(token->word, others) &&
	       lw_token_in(lw_token_at(tokens, at - 1)->word, before);
}

/* "beginnende dementie", "7 maanden zwanger", "pols in het gips": what belongs to the cue in front
 * of it. */
static guint front_of(const Scene *scene, guint at, const Cue *cue)
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
	static const char numbers[] =
		"een twee drie vier vijf zes zeven acht negen tien twaalf "
		"vijftien achttien twintig dertig veertig zestig tachtig honderd";
	static const char counts[] =
		"twee drie vier vijf beide zijn haar mijn linker rechter een de";
	static const char terms[] = "mnd maand maanden weken week";
	const LwTokens *tokens = scene->tokens;
	guint first = at;

	while (first > 0 && at - first < 2 && lw_token_at(tokens, first)->gap == LW_GAP_SPACE &&
	       (lw_token_in(lw_token_at(tokens, first - 1)->word, kinds) ||
		is_kind_of_illness(tokens, first - 1, cue)))
		first--;
	if (first < at)
		return first;
	/* "begin. dementie" */
	if (at > 1 && lw_token_at(tokens, at - 1)->mark == '.' &&
	    lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
	    lw_token_in(lw_token_at(tokens, at - 2)->word, "begin beg chron acut ernst psych"))
		return at - 2;
	if (at > 0 && special_is_limb(lw_token_at(tokens, at - 1)) &&
	    (strcmp(cue->cue, "in het gips") == 0 ||
	     lw_token_in(cue->cue, "gebroken geamputeerd gekneusde gescheurde verbrijzelde "
				   "gekneusd gescheurd verbrijzeld "
				   "ontstoken verstuikt")))
		return at - 1 - (at > 1 && lw_token_in(lw_token_at(tokens, at - 2)->word, counts));
	/* "drie vingers afgezet" */
	if (at > 0 && cue->shown != cue->cue && special_is_limb(lw_token_at(tokens, at)) &&
	    lw_token_in(lw_token_at(tokens, at - 1)->word, "twee drie vier vijf beide"))
		return at - 1;
	/* "twee hernia's", "erg in de war" */
	if (at > 0 && cue->weight > CUE_WEAK && strcmp(cue->category, "health") == 0 &&
	    lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
	    lw_token_in(lw_token_at(tokens, at - 1)->word,
			"twee drie vier vijf tweemaal driemaal erg heel helemaal behoorlijk flink "
			"diep"))
		return at - 1;
	/* "bipolaire stoornis", "licht verstandelijke beperking" */
	if (at > 0 &&
	    lw_token_in(cue->cue, "stoornis stoornissen *stoornis *aandoening handicap") &&
	    lw_token_at(tokens, at - 1)->gap <= LW_GAP_SPACE &&
	    lw_token_at(tokens, at - 1)->flags & LW_TOKEN_LOWER &&
	    lw_token_at(tokens, at - 1)->letters > LONG_ADJECTIVE &&
	    g_str_has_suffix(lw_token_at(tokens, at - 1)->word, "e"))
		return at - 1;
	/* "50 % arbeidsongeschikt", "drie uur huishoudelijke hulp" */
	if (at > 1 &&
	    (lw_token_at(tokens, at - 1)->mark == '%' ||
	     lw_token_in(lw_token_at(tokens, at - 1)->word,
			 "procent uur uren dagdelen dagdeel mg")) &&
	    (lw_token_at(tokens, at - 2)->flags & LW_TOKEN_DIGIT ||
	     lw_token_in(lw_token_at(tokens, at - 2)->word, numbers)))
		return at - 2;
	/* "18 maanden gezeten", "twee jaar cel" */
	if (at &&
	    (lw_token_at(tokens, at - 1)->flags & LW_TOKEN_DIGIT ||
	     lw_token_in(lw_token_at(tokens, at - 1)->word, numbers)) &&
	    lw_token_in(lw_token_at(tokens, at)->word,
			"maanden jaar weken uur uren dagen dag maand keer x mnd wk jr kilo kg"))
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

/* A point of a word cut short goes on as well. */
static gboolean goes_on_mark(const Scene *scene, guint at)
{
	const LwToken *token = lw_token_at(scene->tokens, at);

	return at < scene->tokens->count && token->gap <= LW_GAP_LINE && !scene->persons[at];
}

/* "(2,5 uur per week)", ", 4 dagdelen": how much of it. The token after; `next` when none. */
static guint skip_amount(const Scene *scene, guint next)
{
	static const char units[] = "uur uren dagdeel dagdelen dagen dag minuten maanden mnd weken "
				    "jaar jr mg";
	const LwTokens *tokens = scene->tokens;
	guint at = next;

	if (lw_token_at(tokens, at)->gap > LW_GAP_SPACE)
		return next;
	if (lw_token_in(lw_token_at(tokens, at)->word, "per p") &&
	    lw_token_in(lw_token_at(tokens, at + 1)->word, "week dag maand etmaal"))
		return at + 2;
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

/* "allergisch voor wespensteken", "bekeerd tot het christendom", "in verwachting van een tweeling":
 * the token after, `next` when the cue asks for nothing more. */
static guint skip_object(const Scene *scene, guint next)
{
	static const struct {
		const char *cues, *prepositions;
	} objects[] = {
		{"allergisch overgevoelig intolerant bang allergie overgevoeligheid", "voor"},
		{"bekeerd bekeerde bekering", "tot"},
		{"verwachting zwanger bevallen uitbehandeld", "van"},
		{"geopereerd verslaafd verslaafde gehecht bezweken lijdt leed lijden overleden",
		 "aan"},
		{"misbruikt verkracht aangerand", "door"},
		{"afhankelijk herstellende hersteld", "van"},
		{"behandeld", "met voor aan"},
		{"medicatie behandeling therapie behandeld medicijnen operatie", "voor tegen"},
		{"transitie", "naar"},
		{"invloed", "van"},
	};
	const LwTokens *tokens = scene->tokens;
	const char *last = lw_token_at(tokens, next - 1)->word;
	const char *word = lw_token_at(tokens, next)->word;

	for (guint i = 0; *last && *word && i < G_N_ELEMENTS(objects); i++) {
		guint verb =
			lw_token_in(word, "is was werd geweest") != 0; /* "geopereerd is aan" */
		guint what = next + verb + 1;

		if (!lw_token_in(last, objects[i].cues) || !goes_on(scene, next + verb) ||
		    !lw_token_in(lw_token_at(tokens, next + verb)->word, objects[i].prepositions))
			continue;
		what += lw_token_in(lw_token_at(tokens, what)->word,
				    "een de het zijn haar mijn hun");
		/* "de zware bevalling" */
		what += g_str_has_suffix(lw_token_at(tokens, what)->word, "e") &&
			goes_on(scene, what + 1) &&
			lw_token_at(tokens, what + 1)->flags & LW_TOKEN_LOWER &&
			lw_token_at(tokens, what + 1)->letters >= LONG_ADJECTIVE;
		/* "van khat en drank" */
		if (goes_on(scene, what) && lw_token_is(tokens, what + 1, "en") &&
		    special_in(lw_token_at(tokens, what + 2)->word, CLASS_drug))
			return what + 3;
		return goes_on(scene, what) ? what + 1 : next;
	}
	return next;
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

/* "veroordeling 2021 openlijk geweld": the year, and for what. */
static guint skip_year(const Scene *scene, guint next)
{
	guint after;
	const Cue *cue;

	if (!goes_on(scene, next) || !(lw_token_at(scene->tokens, next)->flags & LW_TOKEN_DIGIT))
		return next;
	cue = goes_on(scene, next + 1) ? special_cue_at(scene->tokens, next + 1, &after) : NULL;
	return cue && cue->weight == CUE_OFFENCE ? after : next + 1;
}

/* "Geref. kerk vrijgem.", "de Herv. Gemeente": the rest of the name of a faith, points and all. */
static guint skip_denomination(const Scene *scene, guint next)
{
	static const char rest[] =
		"kerk gemeente gem vrijgem vrijgemaakt art hersteld verband bond";
	guint end = next;

	for (guint i = next; i < next + PHRASE_TOKENS && goes_on_mark(scene, i); i++) {
		const LwToken *token = lw_token_at(scene->tokens, i);

		if (token->mark == '.' && token->gap == LW_GAP_NONE)
			continue;
		if (!*token->word ||
		    (!special_in(token->word, CLASS_denom) && !lw_token_in(token->word, rest)))
			break;
		end = i + 1;
	}
	return end;
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
static guint behind_of(const Scene *scene, guint next, const Cue *cue)
{
	static const char steps[] = "type graad gold stadium fase van in sinds nyha klasse niveau";
	const LwTokens *tokens = scene->tokens;
	const char *word = lw_token_at(tokens, next)->word;
	guint amount = skip_amount(scene, next);

	/* "overspannen thuis", "ziek naar huis" */
	if (!strcmp(cue->category, "health") && goes_on(scene, next) &&
	    (lw_token_is(tokens, next, "thuis") ||
	     (lw_token_is(tokens, next, "naar") && lw_token_is(tokens, next + 1, "huis"))))
		return next + 1 + lw_token_is(tokens, next, "naar");
	/* "orthodoxe kerk Medhane Alem" */
	if (!strcmp(cue->category, "religion") && g_str_has_suffix(cue->cue, "kerk") &&
	    goes_on(scene, next) && lw_token_at(tokens, next)->flags & LW_TOKEN_CAPITAL)
		return next + 1 +
		       (goes_on(scene, next + 1) &&
			(lw_token_at(tokens, next + 1)->flags & LW_TOKEN_CAPITAL) != 0);

	if (amount > next)
		return amount;
	if (!strcmp(cue->category, "religion") && strstr(cue->shown, "lid van"))
		return skip_denomination(scene, next);
	if (lw_token_in(cue->cue, "veroordeling veroordeeld antecedent antecedenten") &&
	    skip_year(scene, next) > next)
		return skip_year(scene, next);
	/* "lijdt naar eigen zeggen aan zenuwtrekken" */
	if (g_str_has_prefix(cue->shown, "l") && g_str_has_suffix(cue->shown, " aan") &&
	    lw_token_in(cue->category, "health") && goes_on(scene, next)) {
		guint what = next + lw_token_in(word, "de het een zijn haar mijn");

		guint after;

		if (goes_on(scene, what) && special_cue_at(tokens, what, &after))
			return after;
		return goes_on(scene, what) ? what + 1 : next;
	}
	if (cue->weight > CUE_WEAK && skip_object(scene, next) > next)
		return skip_object(scene, next);
	if (goes_on(scene, next) && lw_token_at(tokens, next)->gap <= LW_GAP_SPACE &&
	    lw_token_at(tokens, next)->flags & LW_TOKEN_DIGIT)
		return next + 1;
	if (goes_on(scene, next) && goes_on(scene, next + 1) && lw_token_in(word, steps) &&
	    (lw_token_at(tokens, next + 1)->flags & LW_TOKEN_DIGIT ||
	     lw_token_in(lw_token_at(tokens, next + 1)->word, "i ii iii iv")))
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
	    goes_on(scene, next) && special_limb_behind(tokens, next))
		return special_limb_behind(tokens, next) + 1;
	/* "brandwonden aan de hand" */
	if (lw_token_in(cue->category, "health") && lw_token_in(word, "aan in") &&
	    goes_on(scene, next + 1)) {
		guint limb =
			next + 1 +
			lw_token_in(lw_token_at(tokens, next + 1)->word, "de het zijn haar mijn");

		if (goes_on(scene, limb) && special_is_limb(lw_token_at(tokens, limb)))
			return lw_token_is(tokens, limb + 1, "en") &&
					       special_is_limb(lw_token_at(tokens, limb + 2))
				       ? limb + 3
				       : limb + 1;
	}
	if (!strcmp(cue->cue, "onder behandeling"))
		return skip_healer(scene, next);
	return strcmp(cue->category, "criminal") || g_str_has_suffix(cue->cue, "verbod")
		       ? next
		       : skip_crime(scene, next);
}

/* "tweedegraads brandwonden", "oude veroordeling", "zware wond": of what kind. */
static guint skip_kind(const Scene *scene, guint first)
{
	static const char kinds[] =
		"oude eerdere recente nieuwe tweede derde linker rechter dubbele ernstige zware "
		"lichte open oudere jarenlange langdurige blijvende flinke vreselijke forse hevige";
	guint at = first;

	while (at > 0 && first - at < 2 && lw_token_at(scene->tokens, at)->gap == LW_GAP_SPACE &&
	       (lw_token_in(lw_token_at(scene->tokens, at - 1)->word, kinds) ||
		g_str_has_suffix(lw_token_at(scene->tokens, at - 1)->word, "graads")))
		at--;
	return at;
}

guint special_grow_front(const Scene *scene, guint at, const Cue *cue)
{
	guint first = skip_kind(scene, front_of(scene, at, cue));

	return first && lw_token_is(scene->tokens, first - 1, "een") &&
			       lw_token_at(scene->tokens, first)->gap <= LW_GAP_LINE
		       ? first - 1
		       : first;
}

/* "(mishandeling 2019)": what stands in brackets right behind; `next` when it names somebody. */
static guint skip_brackets(const Scene *scene, guint next)
{
	const LwTokens *tokens = scene->tokens;

	if (lw_token_at(tokens, next)->mark != '(' || lw_token_at(tokens, next)->gap > LW_GAP_SPACE)
		return next;
	for (guint i = next + 1; i < next + BRACKET_TOKENS && i < tokens->count; i++) {
		if (scene->persons[i] || lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			return next;
		if (lw_token_at(tokens, i)->mark == ')')
			return i + 1;
	}
	return next;
}

/* "in de 20e week", "van vroeger", "door mijn ogen": where, when and from what, up to the next
 * mark, verb or name. */
static guint skip_phrase(const Scene *scene, guint next)
{
	static const char prepositions[] =
		"van met door aan in na sinds wegens vanwege bij op t/m tegen uit tot";
	static const char ends[] =
		"en of maar die dat is was heeft had wordt werd kan wil moet om te zich niet dus "
		"omdat terwijl waardoor waarvoor op voor tot bij uit naar over sinds als dan ook "
		"nog";
	const LwTokens *tokens = scene->tokens;
	guint at = next;

	if (!lw_token_in(lw_token_at(tokens, at)->word, prepositions) || !goes_on(scene, at))
		return next;
	for (at++; goes_on(scene, at) && at - next <= PHRASE_TOKENS; at++)
		if (lw_token_in(lw_token_at(tokens, at)->word, ends) ||
		    (lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL))
			break;
	/* a name or more words behind: the phrase is of something else */
	return at - next > 1 && at - next <= PHRASE_TOKENS &&
			       !(goes_on(scene, at) &&
				 lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL)
		       ? at
		       : next;
}

/* "weer ziek gemeld", "voelt niets meer", "een hernia gehad": the rest of the verb. */
static guint skip_verb(const Scene *scene, guint next)
{
	static const char rests[] =
		"gemeld geworden geraakt gevallen meer weer gehad gekregen opgelopen geboren "
		"doorgemaakt overgehouden gemist geweest weggehaald "
		"opgevoed onderging meegemaakt";

	while (goes_on(scene, next) && *lw_token_at(scene->tokens, next)->word &&
	       lw_token_in(lw_token_at(scene->tokens, next)->word, rests))
		next++;
	return next;
}

guint special_grow_behind(const Scene *scene, guint next, const Cue *cue)
{
	guint end = behind_of(scene, next, cue);

	if (cue->weight <= CUE_WEAK)
		return end;
	if (!lw_token_in(cue->category, "health criminal"))
		return skip_verb(scene, end);
	end = skip_phrase(scene, skip_brackets(scene, skip_verb(scene, end)));
	return skip_verb(scene, end);
}
