/* special-tie.c - is it said of an identifiable person, or of people at large?
 *
 * The tie is the sentence or row, the paragraph, or a document that is a file of one (it holds a
 * citizen service number, a date of birth or a client number). Only the sentence or row makes it
 * sure, and only when what governs the cue is a verb, a cause or a possessive, and no policy. */
#include "engine/detect/special.h"

#include <string.h>

#define SCORE_SURE	 0.85f
#define SCORE		 0.45f /* in the sentence, but what it says of whom is unclear */
#define SCORE_NEAR	 0.4f  /* in the paragraph */
#define SCORE_FILE	 0.3f  /* in the file */
#define OWN_TOKENS	 10
#define FILE_TOKENS	 600 /* how far a number of a person reaches */
#define GOVERN_TOKENS	 9   /* how far back the word stands that governs the cue */
#define TAIL_TOKENS	 4   /* "omdat hij al jaren diabetes heeft" */
#define GROUP_BEFORE	 9
#define GROUP_BEHIND	 4
#define NEGATED_TOKENS	 3
#define ANSWER_TOKENS	 12
#define PREDICATE_TOKENS 5
#define NOTE_TOKENS	 16
#define PATIENT_TOKENS	 5
#define PLAIN_TOKENS	 6
#define FRAGMENT_TOKENS	 7

typedef enum {
	TIE_NONE,
	TIE_DIRECT,  /* he is named, writes, or is written to */
	TIE_PRONOUN, /* a word stands for him who is named near */
} Tie;

static const char possessives[] = "mijn m'n zijn z'n zn haar d'r diens hun jouw je";
static const char own_care[] = "medicatie medicijnen medicijn medicijngebruik behandeling diagnose "
			       "revalidatie ziekte medicatiegebruik";
static const char healers[] = "psychiater psycholoog oncoloog cardioloog neuroloog orthopedagoog "
			      "longarts reumatoloog uroloog "
			      "gynaecoloog dermatoloog internist oogarts kno-arts hartspecialist "
			      "pijnspecialist hematoloog "
			      "verslavingsarts revalidatiearts therapeut logopedist thuiszorg "
			      "wijkzorg wijkverpleging ggz "
			      "kinderpsychiater kinderpsycholoog psychotherapeut specialist moskee "
			      "synagoge tempel gebedshuis";
/* What a judge, a doctor or an office decides of one. */
static const char decided[] =
	"uitgesproken opgelegd toegekend verleend sprake loopt toekennen verstrekt verstrekken "
	"afgegeven verlengd verlengt ingezet inzetten aangevraagd aangewezen opgestart";

/* "hij", "de leerling"; "een leerling" may be anyone. */
static gboolean has_pronoun(const LwTokens *tokens, guint first, guint last)
{
	for (guint i = first; i <= last; i++)
		if (*lw_token_at(tokens, i)->word &&
		    special_in(lw_token_at(tokens, i)->word, CLASS_pronoun) &&
		    !(i > first && lw_token_in(lw_token_at(tokens, i - 1)->word,
					       "een elke iedere ieder geen welke andere")))
			return TRUE;
	return FALSE;
}

/* "die heeft een gebiedsverbod" */
static gboolean has_demonstrative(const LwTokens *tokens, guint first, guint last)
{
	static const char verbs[] = "heeft had is was krijgt zit slikt gebruikt blowt lijdt";

	/* "Heeft ADHD en blowt", "Zijn pols zit in het gips" */
	if ((lw_token_is(tokens, first, "deze") &&
	     lw_token_in(lw_token_at(tokens, first + 1)->word, verbs)) ||
	    (lw_token_in(lw_token_at(tokens, first)->word, verbs) &&
	     !lw_token_in(lw_token_at(tokens, first + 1)->word, "u je jij men iemand")) ||
	    lw_token_in(lw_token_at(tokens, first)->word, "zijn zn z'n diens"))
		return TRUE;
	for (guint i = first; i < last; i++)
		if (lw_token_is(tokens, i, "die") &&
		    lw_token_in(lw_token_at(tokens, i + 1)->word, verbs))
			return i == first || lw_token_at(tokens, i - 1)->mark;
	return FALSE;
}

/* "Ik heb diabetes", "Mijn zoon is lid van de vakbond": who writes speaks of himself or his own.
 * Not "ik ben van mening dat": what follows "dat" is about something else. */
static gboolean is_of_writer(const LwTokens *tokens, guint first, guint at)
{
	static const char verbs[] =
		"heb ben had was word werd lijd leed kreeg krijg gebruik slik "
		"zit zat loop lig kamp zijn hebben waren zitten stem stemde bid vast draag val";
	static const char own[] = "zoon zoontje dochter dochtertje man vrouw vader moeder kind "
				  "kinderen partner echtgenoot echtgenote broer zus opa oma vriend "
				  "vriendin schoonmoeder schoonvader kleinzoon kleindochter";
	guint from = at > first + OWN_TOKENS ? at - OWN_TOKENS : first;

	/* "ik kan niet meer lopen" */
	if (at > first && lw_token_in(lw_token_at(tokens, at - 1)->word, "ik wij we 'k"))
		return TRUE;
	/* "ben door dit alles weer aan de antidepressiva" */
	if (lw_token_in(lw_token_at(tokens, first)->word,
			"ben heb slik loop lig kamp lijd krijg") &&
	    !lw_token_in(lw_token_at(tokens, first + 1)->word, "je jij u"))
		return TRUE;
	for (guint i = at; i-- > from;) {
		const char *word = lw_token_at(tokens, i)->word;
		const char *next = lw_token_at(tokens, i + 1)->word;

		if (strcmp(word, "dat") == 0 || strcmp(word, "of") == 0)
			return FALSE;
		if (lw_token_in(word, "mijn m'n onze ons") &&
		    (i + 1 == at || lw_token_in(next, own)))
			return TRUE;
		if (!lw_token_in(word, "ik wij we"))
			continue;
		/* "dat ik overspannen was" */
		for (guint behind = at; behind < at + TAIL_TOKENS; behind++)
			if (lw_token_in(lw_token_at(tokens, behind)->word, verbs))
				return TRUE;
		if (lw_token_in(next, verbs) ||
		    (i > first && lw_token_in(lw_token_at(tokens, i - 1)->word, verbs)))
			return TRUE;
	}
	return FALSE;
}

static gboolean is_after_person(const Scene *scene, guint at)
{
	return special_has_anyone(scene, at > FILE_TOKENS ? at - FILE_TOKENS : 0, at, WHO_PERSON);
}

/* "sinds uw hartinfarct" in a letter: whom it is addressed to. A leaflet asks and supposes. */
static gboolean is_of_reader(const Scene *scene, guint first, guint last, guint at)
{
	guint from = at > first + OWN_TOKENS ? at - OWN_TOKENS : first;

	if (!special_has_word(scene->tokens, from, at, "u uw you your") ||
	    special_has_word(scene->tokens, first, first, "als indien wanneer heeft bent lijdt"))
		return FALSE;
	for (guint i = at; i <= last; i++)
		if (lw_token_at(scene->tokens, i)->mark == '?')
			return FALSE;
	return is_after_person(scene, at);
}

/* "Van de inwoners heeft 12 % dementie": of people at large, of the law or of what is planned. */
static gboolean is_at_large(const LwTokens *tokens, guint first, guint last)
{
	static const char general[] =
		"beleid algemeen gemiddeld gemiddelde cijfers artikel wet verordening nota "
		"beleidsregel begroting jaarlijks gemeente vragen cijfer verzuimcijfer "
		"ziekteverzuim percentage";

	/* "Een ouder met ..." may be any */
	for (guint i = first; i <= first + 2 && i < last; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word, "een elke iedere") &&
		    special_in(lw_token_at(tokens, i + 1)->word, CLASS_pronoun))
			return TRUE;

	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == '%' || (*token->word && (special_in(token->word, CLASS_group) ||
							    lw_token_in(token->word, general))))
			return TRUE;
	}
	return FALSE;
}

/* "de kinderen van mevrouw Silva" */
static gboolean is_somebodys(const Scene *scene, guint at)
{
	guint next = at + 1;

	if (!lw_token_is(scene->tokens, next, "van"))
		return FALSE;
	while (next < at + 4 && !scene->persons[next])
		next++;
	return scene->persons[next] ||
	       lw_token_in(lw_token_at(scene->tokens, at + 2)->word, possessives);
}

/* "de psychiater van mevrouw Silva", not "van GGZ Silva" */
static gboolean is_healer_of(const Scene *scene, guint at)
{
	guint who = at + 2;

	if (lw_token_at(scene->tokens, at)->flags & LW_TOKEN_HYPHEN ||
	    !lw_token_is(scene->tokens, at + 1, "van"))
		return FALSE;
	who += lw_token_in(lw_token_at(scene->tokens, who)->word,
			   "mevrouw mw mevr meneer dhr heer") != 0;
	return scene->persons[who] == WHO_PERSON;
}

/* "kinderen met autisme", but "haar kinderen hebben autisme" */
static gboolean is_of_group(const Scene *scene, guint first, guint last, guint at, guint next)
{
	const LwTokens *tokens = scene->tokens;
	guint from = at > first + GROUP_BEFORE ? at - GROUP_BEFORE : first;

	for (guint i = from; i <= MIN(last, at + GROUP_BEHIND); i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == '%' && i + 1 != at)
			return TRUE;
		/* "valt op mannen": the group is in what is said */
		if (*token->word && special_in(token->word, CLASS_group) && (i < at || i >= next) &&
		    !(i > first && lw_token_in(lw_token_at(tokens, i - 1)->word, possessives)) &&
		    !is_somebodys(scene, i))
			return TRUE;
	}
	return FALSE;
}

/* Words that say little of a person who is only near. */
static gboolean is_loose(const Cue *cue)
{
	return (cue->weight != CUE_SELF && lw_token_in(cue->category, "politics ethnicity")) ||
	       (cue->weight != CUE_SELF && lw_token_in(cue->category, "provision criminal"));
}

static gboolean is_person_at(const Scene *scene, guint at)
{
	return scene->persons[at] == WHO_PERSON ||
	       special_in(lw_token_at(scene->tokens, at)->word, CLASS_pronoun) ||
	       lw_token_in(lw_token_at(scene->tokens, at)->word, "die ik u wij");
}

/* "omdat hij al jaren diabetes heeft": the verb stands behind. */
static gboolean is_governed_behind(const Scene *scene, guint first, guint last, guint at,
				   guint next)
{
	static const char verbs[] =
		"heeft had heb hebt hebben is was ben bent werd wordt kreeg krijgt gebruikt "
		"slikt ontvangt lijdt draagt krijgen krijg volgen opgelopen";
	guint from = at > first + GOVERN_TOKENS ? at - GOVERN_TOKENS : first;

	for (guint i = next; i <= last && i < next + TAIL_TOKENS; i++) {
		if (!lw_token_in(lw_token_at(scene->tokens, i)->word, verbs))
			continue;
		for (guint who = from; who < at; who++)
			if (is_person_at(scene, who))
				return TRUE;
	}
	return FALSE;
}

/* "een zoon met Down", "haar dochter Lisa met ADHD" */
static gboolean is_of_kin(const Scene *scene, guint first, guint at)
{
	static const char kin[] =
		"zoon zoontje dochter dochtertje kind broer broertje zus zusje man vrouw vader "
		"moeder partner oma opa jongen meisje leerling client cliente";
	guint i = at;

	while (i > first && i + 3 > at && !lw_token_is(scene->tokens, i - 1, "met"))
		i--;
	if (i == first || !lw_token_is(scene->tokens, i - 1, "met"))
		return FALSE;
	for (guint back = 2; back <= 4 && back <= i - first; back++)
		if (lw_token_in(lw_token_at(scene->tokens, i - back)->word, kin) ||
		    scene->persons[i - back] == WHO_PERSON)
			return TRUE;
	return FALSE;
}

/* "heeft een psychiater", "krijgt thuiszorg": who treats him, as said of him and not of the house.
 */
static gboolean is_of_patient(const LwTokens *tokens, guint first, guint at)
{
	static const char verbs[] =
		"heeft had heb krijgt kreeg krijg bezoekt bezocht bezoek ontvangt ontving "
		"ziet onder gaat ging loopt liep ivm i.v.m wegens vanwege";

	for (guint i = at; i-- > first && at - i <= PATIENT_TOKENS;) {
		if (!*lw_token_at(tokens, i)->word)
			return FALSE;
		if (lw_token_in(lw_token_at(tokens, i)->word, verbs))
			return TRUE;
	}
	return FALSE;
}

/* "als detentie een rol speelt", "in het protocol staat dat": supposed or ruled, not said. */
static gboolean is_supposed(const LwTokens *tokens, guint first, guint at)
{
	for (guint i = at; i-- > first && at - i <= GOVERN_TOKENS;)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"indien mits tenzij stel protocol beleid richtlijn handreiking "
				"verordening beleidsregel beleidsregels folder werkinstructie") ||
		    (lw_token_in(lw_token_at(tokens, i)->word, "als wanneer wie") &&
		     (i == first || lw_token_at(tokens, i - 1)->mark)))
			return TRUE;
	return FALSE;
}

/* Nothing between the start of its sentence and the cue speaks of it in general. */
static gboolean is_plain(const LwTokens *tokens, guint first, guint at)
{
	for (guint i = at; i-- > first && at - i <= PLAIN_TOKENS;)
		if (*lw_token_at(tokens, i)->word &&
		    special_in(lw_token_at(tokens, i)->word, CLASS_topic))
			return FALSE;
	return TRUE;
}

/* The nearest word in front that governs the cue decides: a verb, a cause, a possessive; or a
 * policy, a course, a question. */
static gboolean is_governed(const Scene *scene, guint first, guint last, guint at, guint next)
{
	const LwTokens *tokens = scene->tokens;

	for (guint i = at; i-- > first && at - i <= GOVERN_TOKENS;) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == ';' || token->mark == '?')
			break;
		if (!*token->word)
			continue;
		if (i + 2 >= at && lw_token_in(token->word, possessives))
			return TRUE;
		if (special_in(token->word, CLASS_topic))
			return FALSE;
		if (special_in(token->word, CLASS_govern))
			return TRUE;
	}
	return is_governed_behind(scene, first, last, at, next);
}

/* "katholieke kerk", "joodse politici": of something else than who he is. */
static gboolean is_attributive(const LwTokens *tokens, guint at, guint next)
{
	const char *word = lw_token_at(tokens, at)->word;

	return next == at + 1 && *word && word[strlen(word) - 1] == 'e' &&
	       lw_token_at(tokens, next)->gap == LW_GAP_SPACE && *lw_token_at(tokens, next)->word &&
	       !lw_token_in(lw_token_at(tokens, next)->word,
			    "achtergrond afkomst komaf geloof huize opvoeding en of maar geen niet "
			    "is was met die omdat want dus in uit van bij op moeder "
			    "vader zoon dochter man vrouw broer zus echtgenote echtgenoot "
			    "partner kind jongen meisje");
}

/* "is bijna blind", "raakte depressief", "omdat zij katholiek is" */
static gboolean is_predicate(const Scene *scene, guint first, guint last, guint at, guint next,
			     const Cue *cue)
{
	const LwTokens *tokens = scene->tokens;
	static const char copulas[] =
		"is was ben bent werd wordt raakte raakt waren blijkt bleek bleef blijft "
		"praktiserend overtuigd geworden verklaard voelt voelde lijkt leek oogt are am";

	/* "de zwangere Ria Bakker" */
	if (strcmp(cue->category, "health") == 0 && scene->persons[next] == WHO_PERSON &&
	    lw_token_at(tokens, next)->gap == LW_GAP_SPACE &&
	    lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER)
		return TRUE;
	if (is_attributive(tokens, at, next))
		return FALSE;
	/* "mijn ouders zijn Somalisch", "omdat zij allebei moslim zijn" */
	if (at > first &&
	    lw_token_at(tokens, at)->word[strlen(lw_token_at(tokens, at)->word) - 1] != 'e' &&
	    lw_token_is(tokens, at - 1, "zijn"))
		return TRUE;
	/* "als moslima", "zijn bedlegerige moeder" */
	if (at > first && (lw_token_is(tokens, at - 1, "als") ||
			   lw_token_in(lw_token_at(tokens, at - 1)->word, possessives)))
		return TRUE;
	for (guint from = special_skip_share(tokens, at), i = from;
	     i-- > first && from - i <= PREDICATE_TOKENS;) {
		if (!*lw_token_at(tokens, i)->word)
			break;
		if (lw_token_in(lw_token_at(tokens, i)->word, copulas))
			return TRUE;
	}
	for (guint i = next; i <= last && i < next + 2; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"is was ben bent zijn waren werd wordt geworden geraakt raakte "
				"verklaard"))
			return TRUE;
	return FALSE;
}

gboolean special_is_negated(const LwTokens *tokens, guint first, guint at)
{
	for (guint i = at; i-- > first && at - i <= NEGATED_TOKENS;) {
		const char *word = lw_token_at(tokens, i)->word;

		/* "geen    zwanger": another cell; "ik ben er niet, knie-mri" */
		if (lw_token_at(tokens, i + 1)->gap == LW_GAP_WIDE ||
		    (lw_token_at(tokens, i)->mark &&
		     strchr(",.|;(:", (int)lw_token_at(tokens, i)->mark)) ||
		    lw_token_in(word,
				"omdat want dat die en maar doordat wegens vanwege door ivm sinds"))
			return FALSE;
		if (lw_token_in(word, "geen niet niets nooit zonder ontkent weigert weigerde "
				      "afwijzing no not"))
			return TRUE;
	}
	return FALSE;
}

/* "Team Verslaving", "Pinkstergemeente De Rank", "katholieke school": a name or a house. */
static gboolean is_of_body(const LwTokens *tokens, guint first, guint at, guint next,
			   const Cue *cue)
{
	static const char houses[] = "school scholen basisschool kerk gemeente parochie zorg "
				     "instelling stichting vereniging "
				     "centrum huis begraafplaats feestdag feestdagen ziekenhuis "
				     "omroep partij organisatie "
				     "organisaties stroming gemeenschap onderwijs kleuterschool "
				     "universiteit beginsel zuil nederland fonds";
	const LwToken *token = lw_token_at(tokens, at);

	if (next < tokens->count && lw_token_at(tokens, next)->gap == LW_GAP_SPACE &&
	    lw_token_in(lw_token_at(tokens, next)->word, houses))
		return TRUE;
	return at > first && token->flags & LW_TOKEN_CAPITAL &&
	       !(token->flags & LW_TOKEN_ALL_CAPS) && token->gap == LW_GAP_SPACE &&
	       strcmp(cue->category, "religion") != 0 &&
	       !lw_token_in(cue->cue, "alzheimer parkinson crohn wmo-voorziening*") &&
	       lw_token_at(tokens, at - 1)->flags & LW_TOKEN_CAPITAL;
}

/* "[ ] zwangerschap" */
static gboolean is_unticked(const LwTokens *tokens, guint at)
{
	return at > 1 && lw_token_at(tokens, at - 1)->mark == ']' &&
	       lw_token_at(tokens, at - 2)->mark == '[';
}

/* What is asked of one person, in a form or file of his: the line behind "?" or a label. */
static gboolean is_answer(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_start(tokens, at);

	if (special_is_labelled(tokens, at))
		return TRUE;
	for (guint i = at; i > line && at - i < ANSWER_TOKENS; i--)
		if (lw_token_at(tokens, i - 1)->mark == '?' ||
		    (lw_token_is(tokens, i, "x") && lw_token_at(tokens, i - 1)->mark == '[' &&
		     lw_token_at(tokens, i + 1)->mark == ']'))
			return TRUE;
	return line > 0 && lw_token_at(tokens, line - 1)->mark == '?' &&
	       lw_token_at(tokens, line)->gap == LW_GAP_LINE && at - line < ANSWER_TOKENS;
}

/* "[x] gezinscoach" */
static gboolean is_ticked(const LwTokens *tokens, guint at)
{
	return at > 2 && lw_token_at(tokens, at - 1)->mark == ']' &&
	       lw_token_is(tokens, at - 2, "x") && lw_token_at(tokens, at - 3)->mark == '[';
}

/* "Moeder: Rosalinda Cijntje, 29 jr, LVB": alone between commas, behind the person. */
static gboolean is_apposed(const Scene *scene, guint at, guint next)
{
	const LwTokens *tokens = scene->tokens;
	const LwToken *after = lw_token_at(tokens, next);
	gunichar before = at ? lw_token_at(tokens, at - 1)->mark : 0;

	if (!before || !strchr(",(/", (int)before) ||
	    !(after->gap >= LW_GAP_LINE || (after->mark && strchr(",.;)/", (int)after->mark))))
		return FALSE;
	for (guint i = lw_token_line_start(tokens, at); i < at; i++)
		if (scene->persons[i] == WHO_PERSON)
			return TRUE;
	return FALSE;
}

/* "zat vijf maanden voor mishandeling", "de uitslag was positief": beside another word of the
 * sentence it says enough. */
static gboolean is_proven(const LwTokens *tokens, guint first, guint last, guint at, const Cue *cue)
{
	static const char convicted[] =
		"veroordeeld veroordeling gestraft celstraf gevangenisstraf taakstraf werkstraf "
		"cel "
		"bak bajes gezeten vastgezeten vastzit vastzat zat vrijgekomen detentie straf "
		"strafblad recidive antecedenten proeftijd tbs jeugddetentie voorwaardelijk";
	static const char tests[] = "test testuitslag uitslag getest teststraat corona covid hiv "
				    "soa besmet drugstest";

	if (strcmp(cue->category, "politics") == 0)
		return special_has_word(
			tokens, first, last,
			"stem stemt stemde gestemd lid lidmaatschap aanhanger actief");
	if (lw_token_in(cue->cue, "moskee kerk synagoge tempel"))
		return special_has_word(tokens, at > first + 3 ? at - 3 : first, at,
					"naar bezoekt bezocht");
	if (cue->weight == CUE_OFFENCE)
		return special_has_word(tokens, first, last, convicted);
	return strcmp(cue->cue, "positief") == 0 && special_has_word(tokens, first, last, tests);
}

/* "Bent u zwanger?", "Heeft uw kind autisme?": asked of whoever reads it. */
static gboolean is_question(const LwTokens *tokens, guint first, guint last)
{
	return lw_token_at(tokens, last)->mark == '?' &&
	       special_has_word(tokens, first, MIN(last, first + 4), "u uw je jij jouw");
}

/* Does the sentence say it of him, plainly? */
static gboolean is_said(const Scene *scene, guint first, guint last, guint at, guint next,
			const Cue *cue, Tie tie)
{
	const LwTokens *tokens = scene->tokens;

	gboolean own =
		(at > first && (lw_token_in(lw_token_at(tokens, at - 1)->word, possessives) ||
				(lw_token_in(cue->cue, healers) &&
				 lw_token_in(lw_token_at(tokens, at - 1)->word, "uw")))) ||
		(lw_token_in(cue->cue, healers) && is_healer_of(scene, at));

	/* "drie maanden wegens diefstal" */
	if (at > first && !strcmp(cue->category, "criminal") && tie == TIE_DIRECT &&
	    lw_token_is(tokens, at - 1, "wegens"))
		return TRUE;
	/* "zijn medicatie", "mijn psychiater" */
	if ((cue->weight <= CUE_WEAK && !is_proven(tokens, first, last, at, cue) &&
	     !(own && lw_token_in(cue->cue, own_care)) &&
	     !(lw_token_in(cue->cue, healers) &&
	       (own || (tie == TIE_DIRECT && is_of_patient(tokens, first, at))))) ||
	    is_supposed(tokens, first, at) ||
	    (!special_is_cell(scene, at) && is_of_group(scene, first, last, at, next)) ||
	    special_is_negated(tokens, first, at) || is_of_body(tokens, first, at, next, cue))
		return FALSE;
	if ((cue->weight <= CUE_WEAK || lw_token_in(cue->category, "provision criminal")) &&
	    special_is_of_helper(scene, next))
		return FALSE;
	/* "Heeft uw kind autisme?", "in artikel 3 wordt na 'Bechterew' ingevoegd" */
	if (is_question(tokens, first, last) ||
	    (cue->weight != CUE_SELF && special_has_word(tokens, first, at, "artikel bijlage")))
		return FALSE;
	if (own || special_is_cell(scene, at) ||
	    is_apposed(scene, at, special_grow_behind(scene, next, cue)) || is_answer(tokens, at))
		return TRUE;
	/* "onder behandeling bij specialist Lomans" says who, "bij de GGZ" that he is ill */
	if (strchr(cue->cue, '@') && scene->persons[next])
		return FALSE;
	if (special_is_of_course(scene, first, at))
		return FALSE;
	if (cue->weight == CUE_SELF && (tie == TIE_DIRECT || !is_loose(cue)))
		return !(at > first && special_in(lw_token_at(tokens, at - 1)->word, CLASS_topic));
	if (cue->weight <= CUE_WEAK)
		return TRUE;
	if (cue->weight == CUE_NOUN &&
	    (tie == TIE_PRONOUN || special_has_private(scene, first, last) ||
	     (!special_has_anyone(scene, first, last, WHO_PERSON) &&
	      !special_has_anyone(scene, first, last, WHO_OFFICE))) &&
	    lw_token_in(cue->category, "health provision") && is_plain(tokens, first, at))
		return TRUE;
	if (cue->weight == CUE_ADJECTIVE)
		return is_predicate(scene, first, last, at, next, cue);
	return is_governed(scene, first, last, at, next) || is_of_kin(scene, first, at) ||
	       (tie == TIE_DIRECT && special_has_private(scene, first, last) &&
		is_plain(tokens, first, at));
}

/* What ties the cue to somebody in its sentence or row. */
static Tie tie_of(const Scene *scene, guint first, guint last, guint at, guint next, const Cue *cue)
{
	const LwTokens *tokens = scene->tokens;

	if (special_has_anyone(scene, first, last, WHO_PERSON) ||
	    special_has_anyone(scene, first, last, WHO_NUMBER) ||
	    (special_has_anyone(scene, first, last, WHO_OFFICE) &&
	     strcmp(cue->category, "politics") != 0) ||
	    is_of_writer(tokens, first, at) || special_has_word(tokens, at, next - 1, "mijn"))
		return TIE_DIRECT;
	if ((cue->weight > CUE_WEAK || lw_token_in(cue->cue, healers)) &&
	    is_of_reader(scene, first, last, at))
		return TIE_DIRECT;
	if (special_has_word(tokens, first, first, "als indien wanneer stel mocht"))
		return TIE_NONE;
	if ((has_pronoun(tokens, first, last) || has_demonstrative(tokens, first, last)) &&
	    special_has_near(scene, at, 2))
		return TIE_PRONOUN;
	if (cue->weight > CUE_WEAK && is_answer(tokens, at) &&
	    (special_is_of_file(scene, at) || is_ticked(tokens, at) ||
	     (special_is_labelled(tokens, at) && is_after_person(scene, at))))
		return TIE_DIRECT;
	return cue->weight > CUE_WEAK && special_has_word(tokens, first, last, decided) &&
			       special_has_near(scene, at, 2)
		       ? TIE_PRONOUN
		       : TIE_NONE;
}

static gboolean is_item(const LwTokens *tokens, guint line)
{
	gunichar mark = lw_token_at(tokens, line)->mark;

	return mark == '-' || mark == '*' || mark == 0x2022 || mark == 0x2013;
}

/* "U krijgt:", and an item of it: granted to whom the letter is for. */
static gboolean is_granted(const Scene *scene, guint line)
{
	static const char grants[] = "krijgt krijg ontvangt ontvang toe toegekend toekennen "
				     "verstrekken verstrekt verlenen verleend";
	const LwTokens *tokens = scene->tokens;

	while (line > 0 && is_item(tokens, line))
		line = lw_token_line_start(tokens, line - 1);
	for (guint end = lw_token_line_end(tokens, line), i = end; i > line; i--)
		if (lw_token_in(lw_token_at(tokens, i - 1)->word, grants))
			return lw_token_at(tokens, end - 1)->mark == ':' &&
			       is_after_person(scene, line);
	return FALSE;
}

/* "- bekend met borderline": a short line of notes, in the file of one person. */
static gboolean is_note(const Scene *scene, guint at)
{
	const LwTokens *tokens = scene->tokens;
	guint line = lw_token_line_start(tokens, at), end = lw_token_line_end(tokens, at);

	return is_item(tokens, line) && end - line <= NOTE_TOKENS &&
	       (special_is_of_file(scene, at) ||
		(is_granted(scene, line) && is_plain(tokens, line, at)));
}

/* What a note says plainly of him whose file it is. */
static gboolean is_noted(const Scene *scene, guint first, guint last, guint at, guint next,
			 const Cue *cue)
{
	return cue->weight > CUE_WEAK && is_note(scene, at) &&
	       !is_at_large(scene->tokens, first, last) &&
	       !is_of_group(scene, first, last, at, next) &&
	       !special_is_negated(scene->tokens, first, at) &&
	       !is_supposed(scene->tokens, first, at) &&
	       !is_of_body(scene->tokens, first, at, next, cue);
}

static gboolean is_asked(const LwTokens *tokens, guint first, guint last)
{
	for (guint i = first; i <= last; i++)
		if (lw_token_at(tokens, i)->mark == '?')
			return TRUE;
	return FALSE;
}

/* "Huisarts vermoedt een psychose", "Heup gekneusd.": of him whom the paragraph is about. */
static gboolean is_said_near(const Scene *scene, guint first, guint last, guint at, guint next,
			     const Cue *cue)
{
	const LwTokens *tokens = scene->tokens;

	if (!lw_token_in(cue->category, "health criminal provision") ||
	    (cue->weight != CUE_NOUN && cue->weight != CUE_SELF) ||
	    is_supposed(tokens, first, at) || is_of_group(scene, first, last, at, next) ||
	    is_asked(tokens, first, last) || special_is_negated(tokens, first, at) ||
	    is_of_body(tokens, first, at, next, cue) || special_is_of_helper(scene, next) ||
	    !is_plain(tokens, first, at))
		return FALSE;
	return (cue->weight == CUE_SELF && special_has_word(tokens, first, last, "u uw")) ||
	       last - first < FRAGMENT_TOKENS ||
	       (at > first && lw_token_in(lw_token_at(tokens, at - 1)->word, possessives)) ||
	       is_governed(scene, first, last, at, next);
}

float special_tie(const Scene *scene, guint at, guint next, const Cue *cue)
{
	guint first, last;
	gboolean near;
	Tie tie;

	special_sentence(scene, at, &first, &last);
	if ((strcmp(cue->category, "politics") == 0 &&
	     special_is_of_office(scene->tokens, first, last, at)) ||
	    special_is_example(scene->tokens, first, last) ||
	    special_is_heading(scene->tokens, at, next))
		return 0;
	/* "bedrijfsarts mevrouw Lems", "dr. Pals (kinderarts)", "[ ] zwangerschap" */
	if ((cue->weight <= CUE_WEAK &&
	     (special_is_of_helper(scene, next) || special_is_behind_helper(scene, at, next))) ||
	    is_unticked(scene->tokens, at) || special_is_calling(scene, at, next) ||
	    special_is_defined(scene->tokens, first, last, at) || special_is_title(scene, at))
		return 0;
	tie = tie_of(scene, first, last, at, next, cue);
	if (is_noted(scene, first, last, at, next, cue))
		return SCORE_SURE;
	if (tie != TIE_NONE)
		return is_said(scene, first, last, at, next, cue, tie) ? SCORE_SURE : SCORE;
	if (is_at_large(scene->tokens, first, last) || cue->weight <= CUE_WEAK)
		return 0;
	near = special_has_near(scene, at, 1);
	if (near && is_said_near(scene, first, last, at, next, cue))
		return SCORE_SURE;
	if (near || (cue->weight == CUE_SELF && special_has_near(scene, at, 2)))
		return lw_token_in(cue->category, "politics ethnicity") ? 0 : SCORE_NEAR;
	return special_is_of_file(scene, at) && !is_loose(cue) ? SCORE_FILE : 0;
}
