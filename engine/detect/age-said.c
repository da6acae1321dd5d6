/* age-said.c - ages that are said without a unit, or in words: "hij wordt in maart negentig", "die
 * meneer van 83", "Nachtegaal, 92, oud-schoolhoofd".
 *
 * A number is an age here only where the words before it are of a person and the clause ends behind
 * it. Runs after names. */
#include "engine/detect/age_private.h"
#include "engine/detect/spoken.h"

#include <string.h>

#define MOST_YEARS   112
#define LEAST_BEHIND 10 /* years behind a name and a comma, without a unit */
#define GROWN	     16 /* "vader van vijf" has so many children */
#define OLD	     70 /* years that no rule begins with */
#define YOUNG	     20
#define LEAST_TOLD   4	/* years, of who is not named beside them */
#define LAST	     16 /* tokens back to who was spoken of last */
#define ORIGIN	     6	/* tokens of where somebody is from */
#define FIRST_NAMES  25 /* years of who is told by a first name */
#define ADVERBS	     7
#define SUBJECT	     14	  /* tokens back to who is spoken of */
#define ADDED	     4	  /* tokens back from an age that is added to a name */
#define ROW	     8	  /* tokens from a name to "34 jr" */
#define LIKELY	     0.5f /* a person */
#define MONTHS                                                                                     \
	"januari februari maart april mei juni juli augustus september oktober november december"
#define SCORE 0.75f

/* The number that a token is; 0: none that an age could be. */
guint age_years_at(const Ages *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at),
		      *next = lw_token_at(self->tokens, at + 1),
		      *before = lw_token_at(self->tokens, at ? at - 1 : self->tokens->count);
	guint years = 0;

	if (!(token->flags & LW_TOKEN_DIGIT))
		return !(token->flags & LW_TOKEN_LOWER) ? 0 : lw_spoken_years(token->word);
	if (token->letters > 3 || token->word[0] == '0')
		return 0;
	for (const char *c = token->word; *c; c++) {
		if (!g_ascii_isdigit(*c))
			return 0;
		years = years * 10 + (guint)(*c - '0');
	}
	/* "3,5", "10:30", "71%", "5/6" */
	if (next->gap == LW_GAP_NONE && next->mark &&
	    (next->mark == '%' || next->mark == '/' ||
	     (strchr(".,:", (int)MIN(next->mark, 127)) &&
	      lw_token_at(self->tokens, at + 2)->gap == LW_GAP_NONE &&
	      lw_token_at(self->tokens, at + 2)->flags & LW_TOKEN_DIGIT)))
		return 0;
	if (token->gap == LW_GAP_NONE && before->mark &&
	    !strchr("(\"[|;", (int)MIN(before->mark, 127)) &&
	    !(before->mark == ',' && lw_token_in(next->word, "jr jaar")))
		return 0;
	return years <= MOST_YEARS ? years : 0;
}

gboolean age_ends_clause(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	if (token->gap >= LW_GAP_WIDE)
		return TRUE;
	if (token->mark)
		return strchr(".,;:!?)\"", (int)MIN(token->mark, 127)) != NULL;
	return lw_token_in(token->word,
			   "en maar toch geworden worden die dus hoor toen met und and oud alt "
			   "old jong");
}

gboolean age_is_person_word(const LwToken *token)
{
	return *token->word &&
	       lw_token_in(token->word,
			   "ik hij zij ze u jij je he she sie moeder vader zoon zoontje dochter "
			   "dochtertje broer zus zusje broertje oma opa partner vrouw man kind "
			   "kindje client cliente bewoner bewoonster verdachte slachtoffer getuige "
			   "buurman buurvrouw buurjongen buurmeisje leerling leerlinge student "
			   "studente jongen jongetje meisje jongeman tiener puber peuter kleuter "
			   "baby melder meldster klager klaagster neef nicht neefje nichtje "
			   "kleinzoon kleindochter kleinkind stiefzoon stiefdochter pleegzoon "
			   "pleegdochter pleegkind vriend vriendin patient patiente huurder "
			   "huurster ex echtgenoot echtgenote weduwe weduwnaar dader heer dame "
			   "meneer mijnheer mevrouw mens tante oom zuster schoonmoeder schoonvader "
			   "asielzoeker betrokkene ma pa mam pap mama papa persoon oudste jongste "
			   "moe grootmoeder grootvader omaatje mw mevr dhr mvr dame collega lk "
			   "stagiair stagiaire trainee son daughter mother father brother sister "
			   "husband wife boy girl "
			   "zusjes broertjes kids kinderen tweeling i ich");
}

/* What else is counted: "van 12 euro", "van 6 maart". */
static gboolean is_measure(const LwToken *token)
{
	return lw_token_in(token->word,
			   "euro eur uur uren dag dagen week weken maand maanden jaar jr jaren km "
			   "meter m2 m3 kg kilo procent stuks leden keer maal woningen personen "
			   "mensen huizen minuten hoog ouders kinderen broers zussen havo vwo "
			   "mavo vmbo gymnasium punten januari februari maart april mei juni juli "
			   "augustus september oktober november december t/m tot");
}

static gboolean is_verb(const LwTokens *tokens, guint at)
{
	return lw_token_in(lw_token_at(tokens, at)->word,
			   "is was ben bent wordt werd word ist war bin wird lijkt oogt") ||
	       (at && lw_token_is(tokens, at, "am") && lw_token_is(tokens, at - 1, "i"));
}

static gboolean ends_sentence(const LwToken *token)
{
	return token->mark && token->mark < 128 && strchr(".!?;", (int)token->mark);
}

/* Is a person spoken of on the way back from here, in this sentence? */
gboolean age_has_person(const Ages *self, guint at, guint reach)
{
	for (guint i = at, back = 0; i > 0 && back < reach; back++) {
		const LwToken *token = lw_token_at(self->tokens, --i);

		if (self->persons[i] || age_is_person_word(token))
			return TRUE;
		if (token->gap == LW_GAP_BLANK ||
		    (ends_sentence(token) && token->gap != LW_GAP_NONE))
			return FALSE;
		if (ends_sentence(token) &&
		    lw_token_at(self->tokens, i + 1)->flags & LW_TOKEN_SENTENCE_START)
			return FALSE;
	}
	return FALSE;
}

/* What stands before a number between it and its verb: adverbs, "geen 40 meer maar". */
static guint verb_before(const Ages *self, guint at)
{
	static const char adverbs[] =
		"nu al pas net wel bijna ruim toen inmiddels thans nog maar ook dan erst schon now "
		"just "
		"only precies straks volgende maand week jaar dit deze vandaag morgen gisteren in "
		"weer intussen " MONTHS " almost nearly about already still turned "
		"zomer officieel zelf geen meer ten tijde van het de ongeval "
		"feit incident moment overlijden misdrijf ongeluk dat op destijds die dag vorige "
		"afgelopen eergisteren "
		"binnenkort straks hopelijk waarschijnlijk vermoedelijk";
	const LwTokens *tokens = self->tokens;
	guint verb = at;

	for (guint i = 0; i < ADVERBS && verb && lw_token_at(tokens, verb)->gap <= LW_GAP_LINE;
	     i++) {
		const LwToken *before = lw_token_at(tokens, verb - 1);

		if (!lw_token_in(before->word, adverbs) &&
		    !(before->flags & LW_TOKEN_DIGIT &&
		      lw_token_in(lw_token_at(tokens, verb)->word, "meer " MONTHS)))
			break;
		verb--;
	}
	return lw_token_at(tokens, verb)->gap <= LW_GAP_LINE ? verb : 0;
}

/* "Zij wordt in maart 90", "Mevrouw Soetopo, van nr 6, is 91", "Noya: is 71 en wil": the verb
 * before it, and who it is said of. */
static gboolean is_said(const Ages *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *subject;
	guint verb = verb_before(self, at);

	if (verb < 2)
		return FALSE;
	/* "toen was u negentien" */
	if (lw_token_in(lw_token_at(tokens, verb - 1)->word, "ik hij zij ze u jij je"))
		return is_verb(tokens, verb - 2);
	if (!is_verb(tokens, --verb))
		return FALSE;
	subject = lw_token_at(tokens, verb - 1);
	if (self->persons[verb - 1] || age_is_person_word(subject))
		return TRUE;
	if (lw_token_at(tokens, verb)->gap == LW_GAP_BLANK ||
	    !(subject->mark ? strchr(",:)\"", (int)MIN(subject->mark, 127)) != NULL
			    : lw_token_in(subject->word, "en die and who")))
		return FALSE;
	return age_has_person(self, verb, SUBJECT);
}

/* "his daughter Sanne, who I understand is now nineteen", "She turned forty-two last week" */
static gboolean is_said_in_english(const Ages *self, guint at, guint next)
{
	const LwToken *token = lw_token_at(self->tokens, at);
	guint verb = verb_before(self, at);

	if (!at || token->flags & LW_TOKEN_DIGIT || lw_spoken_number(token->word))
		return FALSE;
	if (lw_token_in(lw_token_at(self->tokens, at - 1)->word, "turned turns turning"))
		return age_has_person(self, at - 1, ADDED);
	return verb > 1 && age_ends_clause(self->tokens, next) && is_verb(self->tokens, verb - 1) &&
	       age_has_person(self, verb - 1, SUBJECT);
}

/* "Hij wordt 16 in mei" */
static gboolean is_about_to_be(const Ages *self, guint at, guint next)
{
	return at && lw_token_in(lw_token_at(self->tokens, at - 1)->word, "wordt word werd") &&
	       lw_token_in(lw_token_at(self->tokens, next)->word,
			   "in op deze volgende komende dit aanstaande") &&
	       is_said(self, at);
}

/* "jullie zoon twee geworden", "zou nu 103 zijn" */
static gboolean is_turned(const Ages *self, guint at, guint next)
{
	const char *word = lw_token_at(self->tokens, next)->word;

	/* "die in mei negentig wordt" */
	if (age_years_at(self, at) >= OLD && lw_token_in(word, "wordt werd"))
		return age_has_person(self, at, SUBJECT);
	/* "die vorige week zestig is geworden" */
	if (!lw_token_in(word, "geworden worden zijn") &&
	    !(lw_token_in(word, "is was") && lw_token_is(self->tokens, next + 1, "geworden")))
		return FALSE;
	for (guint i = at, back = 0; i > 0 && back < 5; back++) {
		const LwToken *token = lw_token_at(self->tokens, --i);

		if (self->persons[i] || age_is_person_word(token))
			return TRUE;
		if (!lw_token_in(token->word,
				 "nu al pas net bijna inmiddels zou is dan ook vandaag gisteren "
				 "die vorige afgelopen week maand") &&
		    token->mark != ',')
			return FALSE;
	}
	return FALSE;
}

/* "die meneer van 83 die", "mijn zoontje van zeven?" */
static gboolean is_of_person(const Ages *self, guint at, guint next, guint years, gboolean counted)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *behind = lw_token_at(tokens, next);

	if (at < 2 || !lw_token_is(tokens, at - 1, "van"))
		return FALSE;
	/* "m'n dochter Sagal van 6", "zijn nichtje Noor van 9 brood te halen" */
	if (self->persons[at - 2] && at > 2 && age_is_person_word(lw_token_at(tokens, at - 3)) &&
	    (age_ends_clause(tokens, next) ||
	     (behind->flags & LW_TOKEN_LOWER && !is_measure(behind) && years < YOUNG)))
		return TRUE;
	/* "Sem van 7 eet niets, Puck van 20,": a first name alone */
	if (self->persons[at - 2] && !(at > 2 && self->persons[at - 3]) &&
	    lw_token_at(tokens, at - 2)->lists & LW_WORD_FIRST_NAME && years <= FIRST_NAMES &&
	    lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
	    (age_ends_clause(tokens, next) ||
	     (behind->flags & LW_TOKEN_LOWER && behind->gap == LW_GAP_SPACE &&
	      !is_measure(behind) && !lw_token_in(behind->word, "van der de het"))))
		return TRUE;
	/* "Lian Zhou, van 2 jaar" */
	if (counted && at > 2 && lw_token_at(tokens, at - 2)->mark == ',' && self->persons[at - 3])
		return TRUE;
	if (!age_is_person_word(lw_token_at(tokens, at - 2)) ||
	    lw_token_in(lw_token_at(tokens, at - 2)->word,
			"ik hij zij ze u jij je he she sie ex") ||
	    (years < GROWN && lw_token_in(lw_token_at(tokens, at - 2)->word,
					  "moeder vader ma pa mam pap mama papa oma opa")))
		return FALSE;
	/* "een jongetje van 6 onder water", "mijn kleindochter van 5 vond ze" */
	if (years < YOUNG && lw_token_at(tokens, at)->flags & LW_TOKEN_DIGIT && !behind->mark &&
	    behind->gap <= LW_GAP_LINE && behind->flags & LW_TOKEN_LOWER && !is_measure(behind) &&
	    !counted)
		return TRUE;
	return age_ends_clause(tokens, next) ||
	       lw_token_in(behind->word,
			   "heeft is was had woont gaat kan wil zit moet met stond zag zei liep "
			   "speelt vindt slaapt ligt deed wordt werd ging komt kwam doet wilde");
}

/* "ik tik de negentig aan", "hij loopt tegen de tachtig" */
static gboolean is_approached(const Ages *self, guint at, guint next)
{
	const LwTokens *tokens = self->tokens;

	/* "hij is begin veertig", "zij eind zestig" */
	if (at > 1 && age_years_at(self, at) % 10 == 0 && age_ends_clause(tokens, next) &&
	    lw_token_in(lw_token_at(tokens, at - 1)->word, "begin eind midden half"))
		return is_verb(tokens, at - 2) || self->persons[at - 2] ||
		       age_is_person_word(lw_token_at(tokens, at - 2));
	if (at < 2 || !lw_token_is(tokens, at - 1, "de"))
		return FALSE;
	if (lw_token_is(tokens, next, "aan"))
		return lw_token_in(lw_token_at(tokens, at - 2)->word, "tik tikt tikte");
	return age_ends_clause(tokens, next) &&
	       lw_token_in(lw_token_at(tokens, at - 2)->word, "tegen richting in") &&
	       age_has_person(self, at, SUBJECT);
}

static gboolean is_child(const LwToken *token)
{
	return lw_token_in(token->word, "kind kindje jongen jongetje meisje baby peuter kleuter");
}

/* "Egbert Nachtegaal, 92, voormalig", "Soufiane "Souf" B., 16:", "Georgiev D.  34 jr," */
static gboolean is_behind_name(const Ages *self, guint at, guint next, guint years, gboolean unit)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *behind = lw_token_at(tokens, next),
		      *before = lw_token_at(tokens, at ? at - 1 : tokens->count);

	/* "jongen, circa 12 jaar" */
	if (unit && at > 2 && lw_token_in(before->word, "circa ca ongeveer plm"))
		before = lw_token_at(tokens, at - 2);
	if (at < 2 || lw_token_at(tokens, at)->gap >= LW_GAP_LINE)
		return FALSE;
	if (unit && (before->mark == ',' || before->mark == '.' || before->mark == '(' ||
		     lw_token_at(tokens, at)->gap == LW_GAP_WIDE)) {
		for (guint i = at, back = 0; i > lw_token_line_start(tokens, at) && back < ROW;
		     back++)
			if (self->persons[--i] || is_child(lw_token_at(tokens, i)))
				return behind->mark == '(' || age_ends_clause(tokens, next);
		return FALSE;
	}
	if (before->mark != ',' || years < LEAST_BEHIND ||
	    !(self->persons[at - 2] ||
	      (age_is_person_word(lw_token_at(tokens, at - 2)) && behind->mark == ',') ||
	      (lw_token_at(tokens, at - 2)->mark == '.' && at > 2 && self->persons[at - 3])))
		return FALSE;
	if (behind->gap >= LW_GAP_LINE)
		return TRUE;
	/* "Smit, 12, 14 en 16" counts */
	return behind->mark && behind->mark < 128 && strchr(",.;:", (int)behind->mark) &&
	       !(lw_token_at(tokens, next + 1)->flags & LW_TOKEN_DIGIT);
}

/* "hoe oud : 39", "Jongste die ooit solliciteerde (21)" */
static gboolean is_labelled(const Ages *self, guint at, guint next)
{
	const LwTokens *tokens = self->tokens;
	guint from = at;

	if (at < 3)
		return FALSE;
	/* "oud 19 jaren" */
	if (lw_token_is(tokens, at - 1, "oud") && next == at + 2)
		return TRUE;
	/* "lft. 34", "Leeftijd kind: 9" */
	guint label = at - 1 - (lw_token_at(tokens, at - 1)->mark == '.');
	if (lw_token_in(lw_token_at(tokens, label)->word, "lft lftd leeft"))
		return lw_token_at(tokens, at)->gap < LW_GAP_LINE;
	if (lw_token_at(tokens, at - 1)->mark == ':')
		return lw_token_at(tokens, at)->gap < LW_GAP_LINE &&
		       (lw_token_in(lw_token_at(tokens, at - 2)->word,
				    "oud leeftijd lft lftd leeft") ||
			(lw_token_is(tokens, at - 3, "leeftijd") &&
			 age_is_person_word(lw_token_at(tokens, at - 2))));
	/* "met leeftijd (\"58, bijna weg\")", "vandaag jarig (50!)" */
	from -= lw_token_at(tokens, from - 1)->mark == '"';
	if (lw_token_at(tokens, from - 1)->mark != '(' ||
	    !strchr("),!\"", (int)MIN(lw_token_at(tokens, next)->mark, 127)) ||
	    !lw_token_at(tokens, next)->mark)
		return FALSE;
	for (guint i = from - 1, back = 0; i > 0 && back < ROW; back++) {
		const LwToken *token = lw_token_at(tokens, --i);

		if (lw_token_in(token->word, "jongste oudste leeftijd jarig verjaardag"))
			return TRUE;
		if (ends_sentence(token))
			return FALSE;
	}
	return FALSE;
}

/* "Florin Dumitru ofzo. 52, was chauffeur", "haar dochter (Setara), pas 17 dus": said of the person
 * just named. */
static gboolean is_added(const Ages *self, guint at, guint next, guint years)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *behind = lw_token_at(tokens, next);
	guint from = at;

	if (at < 3 || years < LEAST_BEHIND || lw_token_at(tokens, at)->gap >= LW_GAP_LINE)
		return FALSE;
	if (lw_token_at(tokens, at - 1)->mark == '.') {
		gboolean person = FALSE;

		for (guint back = 2; back <= ADDED && back <= at; back++)
			person |= self->persons[at - back];
		return person && behind->mark == ',' &&
		       lw_token_in(lw_token_at(tokens, next + 1)->word,
				   "was is werkt werkte heeft had woont woonde komt kwam ex oud "
				   "getrouwd gescheiden vader moeder werkloos alleenstaand geboren "
				   "spreekt rijdt reed");
	}
	from -= lw_token_in(lw_token_at(tokens, at - 1)->word, "pas nog net al inmiddels nu");
	if (from == at || lw_token_at(tokens, from - 1)->mark != ',')
		return FALSE;
	from--;
	from -= lw_token_at(tokens, from - 1)->mark == ')';
	return from > 0 && self->persons[from - 1] &&
	       (age_ends_clause(tokens, next) || lw_token_in(behind->word, "dus want jaar"));
}

/* "mevrouw Bos, die 87 is", "Kees. die 17 is.", "die van 14 was er ook": the number is all that is
 * said of who was named. */
static gboolean is_of_that_one(const Ages *self, guint at, guint next, guint years)
{
	const LwTokens *tokens = self->tokens;
	const char *behind = lw_token_at(tokens, next)->word;
	guint who = at;

	while (who > 0 && at - who < 3 &&
	       lw_token_in(lw_token_at(tokens, who - 1)->word,
			   "nu al pas net bijna van inmiddels ook"))
		who--;
	if (!who || years < LEAST_TOLD || lw_token_at(tokens, at)->gap >= LW_GAP_LINE ||
	    !lw_token_in(lw_token_at(tokens, --who)->word, "die deze welke"))
		return FALSE;
	if (lw_token_is(tokens, at - 1, "van"))
		return years <= YOUNG + LEAST_TOLD &&
		       lw_token_in(behind, "is was heeft had zat stond wil moet") &&
		       age_has_person(self, who, SUBJECT);
	if (!lw_token_in(behind, "is was wordt werd"))
		return FALSE;
	/* the sentence before, when this one has nobody */
	return age_has_person(self, who, SUBJECT) ||
	       (who > 0 && ends_sentence(lw_token_at(tokens, who - 1)) &&
		age_has_person(self, who - 1, SUBJECT));
}

/* "weg. is 14 moet gewoon thuis zijn", "Bos, is net 17": the sentence leaves out who. */
static gboolean is_said_of_last(const Ages *self, guint at, guint next, guint years)
{
	const LwTokens *tokens = self->tokens;
	const char *behind = lw_token_at(tokens, next)->word;
	guint verb = at;
	gboolean just = FALSE;

	while (verb > 0 && at - verb < 2 &&
	       lw_token_in(lw_token_at(tokens, verb - 1)->word, "nu al pas net bijna nog maar")) {
		just |= lw_token_in(lw_token_at(tokens, verb - 1)->word, "pas net bijna nu al");
		verb--;
	}
	if (verb < 2 || years < LEAST_TOLD ||
	    !lw_token_in(lw_token_at(tokens, verb - 1)->word, "is was wordt") ||
	    lw_token_at(tokens, at)->gap > LW_GAP_SPACE ||
	    !(age_ends_clause(tokens, next) ||
	      lw_token_in(behind, "moet kan mag heeft woont zit gaat wil hoort")))
		return FALSE;
	verb--;
	const LwToken *before = lw_token_at(tokens, verb - 1);
	/* "| wordt bijna 18, overdracht": a cell about who has the row */
	if (just && years <= FIRST_NAMES && lw_token_at(tokens, verb)->flags & LW_TOKEN_LOWER &&
	    (before->mark == '|' || lw_token_at(tokens, verb)->gap == LW_GAP_WIDE))
		return TRUE;
	if (lw_token_at(tokens, verb)->gap >= LW_GAP_LINE || !before->mark)
		return FALSE;
	/* "rij 8: is net 17;" */
	if (before->mark == ':' || before->mark == '-')
		return just && years <= YOUNG;
	return ends_sentence(before) && lw_token_at(tokens, verb)->flags & LW_TOKEN_LOWER &&
	       age_has_person(self, verb - 1, LAST);
}

/* "Bilal van de Lindelaan, 16. moeder gebeld": who is told from others by where he is from. */
static gboolean is_behind_origin(const Ages *self, guint at, guint next, guint years)
{
	const LwTokens *tokens = self->tokens;
	gboolean origin = FALSE;
	guint i = at - 1;

	if (at < 4 || years < LEAST_BEHIND || lw_token_at(tokens, i)->mark != ',' ||
	    lw_token_at(tokens, at)->gap >= LW_GAP_LINE ||
	    !(lw_token_at(tokens, next)->gap >= LW_GAP_LINE ||
	      (lw_token_at(tokens, next)->mark && lw_token_at(tokens, next)->mark < 128 &&
	       strchr(".,;", (int)lw_token_at(tokens, next)->mark))) ||
	    lw_token_at(tokens, next + 1)->flags & LW_TOKEN_DIGIT)
		return FALSE;
	for (guint back = 0; i > 0 && back < ORIGIN; back++) {
		const LwToken *token = lw_token_at(tokens, --i);

		if (self->persons[i])
			return origin;
		origin |= lw_token_in(token->word, "van uit");
		if (token->mark || !(token->flags & LW_TOKEN_CAPITAL ||
				     lw_token_in(token->word, "van uit de het der den 't")))
			return FALSE;
	}
	return FALSE;
}

static const char ordinals[] =
	"derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende "
	"veertiende vijftiende zestiende zeventiende achttiende negentiende twintigste dertigste "
	"veertigste vijftigste zestigste zeventigste tachtigste negentigste";

/* "16e", "achtste": of a person, when it is said as his own. */
static guint ordinal_at(const Ages *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);
	const char *word = token->word;
	gsize digits;

	if (!(token->flags & LW_TOKEN_DIGIT) &&
	    !(token->letters > 4 && g_str_has_suffix(word, "de")) &&
	    !(token->letters > 4 && g_str_has_suffix(word, "te")))
		return 0;
	digits = strspn(word, "0123456789");
	if (digits && digits < 3 && lw_token_in(word + digits, "e de ste"))
		return (guint)atoi(word);
	if (!lw_token_in(word, ordinals))
		return 0;
	return lw_token_in(word, "derde vierde vijfde zesde zevende achtste negende")
		       ? LEAST_TOLD
		       : LEAST_BEHIND;
}

/* "op zijn 16e alleen hierheen", "een burn-out, op haar achtste": no "op haar derde dag". */
static gboolean is_own_ordinal(const Ages *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *behind = lw_token_at(tokens, at + 1);
	guint years = at > 1 ? ordinal_at(self, at) : 0;

	if (!years || lw_token_at(tokens, at)->gap > LW_GAP_LINE ||
	    !lw_token_in(lw_token_at(tokens, at - 1)->word,
			 "zijn haar mijn z'n d'r m'n zn mn jouw je") ||
	    !lw_token_in(lw_token_at(tokens, at - 2)->word, "op sinds rond"))
		return FALSE;
	if (age_ends_clause(tokens, at + 1))
		return TRUE;
	return years >= LEAST_BEHIND && !behind->mark && behind->flags & LW_TOKEN_LOWER &&
	       lw_token_in(behind->word, "alleen al nog uit van naar naartoe in met door zonder "
					 "hier werd is was kwam "
					 "ging begon moest kreeg heeft had woont woonde het de een "
					 "ook samen gevlucht "
					 "gekomen getrouwd begonnen gestopt vader moeder zwanger "
					 "opgenomen geplaatst");
}

/* "68 en nog steeds dansen": the sentence opens with it, and tells that it goes on. */
static gboolean opens_sentence(const Ages *self, guint at, guint years)
{
	const LwTokens *tokens = self->tokens;

	return years >= OLD - LEAST_BEHIND && at > 0 &&
	       ends_sentence(lw_token_at(tokens, at - 1)) &&
	       lw_token_at(tokens, at)->gap == LW_GAP_SPACE && lw_token_is(tokens, at + 1, "en") &&
	       lw_token_in(lw_token_at(tokens, at + 2)->word, "nog altijd");
}

/* "Albert Ottens (tachtig)" */
static gboolean is_in_bracket(const Ages *self, guint at, guint next, guint years)
{
	const LwTokens *tokens = self->tokens;

	/* "dochter (inmiddels 22)" */
	if (at > 2 && lw_token_at(tokens, next)->mark == ')' &&
	    lw_token_at(tokens, at - 2)->mark == '(' &&
	    lw_token_in(lw_token_at(tokens, at - 1)->word, "inmiddels nu pas bijna net toen now"))
		return self->persons[at - 3] || age_is_person_word(lw_token_at(tokens, at - 3));
	return at > 1 && years >= LEAST_TOLD &&
	       !(lw_token_at(tokens, at)->flags & LW_TOKEN_DIGIT) &&
	       lw_token_at(tokens, at - 1)->mark == '(' && lw_token_at(tokens, next)->mark == ')' &&
	       self->persons[at - 2];
}

/* "(naam bekend bij politie, 67 jaar)": who is not named. */
static gboolean is_of_nameless(const Ages *self, guint at, guint next)
{
	const LwTokens *tokens = self->tokens;
	gboolean known = FALSE;

	if (next != at + 2 || lw_token_at(tokens, next)->mark != ')' || at < 4 ||
	    lw_token_at(tokens, at - 1)->mark != ',')
		return FALSE;
	for (guint i = at - 1, back = 0; i > 0 && back < ROW; back++) {
		const LwToken *token = lw_token_at(tokens, --i);

		if (token->mark == '(')
			return known || age_is_person_word(lw_token_at(tokens, i ? i - 1 : i));
		known |= lw_token_in(token->word, "naam bekend anoniem gegevens identiteit");
	}
	return FALSE;
}

/* "volgens zijn ID-kaart 16" */
static gboolean is_by_paper(const Ages *self, guint at, guint next)
{
	const LwTokens *tokens = self->tokens;

	if (at < 3 || !age_ends_clause(tokens, next) ||
	    lw_token_at(tokens, at)->gap > LW_GAP_SPACE ||
	    !lw_token_in(lw_token_at(tokens, at - 1)->word,
			 "id-kaart paspoort legitimatie identiteitskaart zeggen id id-bewijs "
			 "rijbewijs"))
		return FALSE;
	return lw_token_in(lw_token_at(tokens, at - 2)->word,
			   "zijn haar hun diens eigen z'n d'r") &&
	       lw_token_in(lw_token_at(tokens, at - 3)->word, "volgens naar zijn haar");
}

/* "Thijs ofzo. 19", "Overleden. 36 jaar zegt politie": all of a sentence, after one about him. */
static gboolean is_sentence(const Ages *self, guint at, guint next, guint years, gboolean counted)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *behind = lw_token_at(tokens, next);
	gboolean closes = behind->gap >= LW_GAP_LINE;

	if (at < 3 || years < LEAST_BEHIND || lw_token_at(tokens, at - 1)->mark != '.' ||
	    lw_token_at(tokens, at)->gap != LW_GAP_SPACE)
		return FALSE;
	if (counted && lw_token_in(behind->word, "zegt volgens denk schat schatten"))
		return TRUE;
	for (guint back = 2; closes && back <= ADDED && back <= at; back++)
		if (self->persons[at - back])
			return TRUE;
	return FALSE;
}

/* "zijn zoon (een jaar of 19)", "zij is een jaar of veertig", no "een jaar of tien geleden" */
static gboolean is_about_so_old(const Ages *self, guint at, guint next)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *before;

	if (at < 5 || !lw_token_is(tokens, at - 1, "of") || !lw_token_is(tokens, at - 2, "jaar") ||
	    !lw_token_is(tokens, at - 3, "een") || !age_ends_clause(tokens, next))
		return FALSE;
	before = lw_token_at(tokens, at - 4);
	if (before->mark == '(' || before->mark == ',' || lw_token_is(tokens, at - 4, "van"))
		return self->persons[at - 5] || age_is_person_word(lw_token_at(tokens, at - 5));
	return lw_token_in(before->word, "is was ben bent") && age_has_person(self, at - 4, ROW);
}

static void emit(const Ages *self, guint first, guint last)
{
	LwEntity *entity = lw_entities_add(self->found, lw_token_span(self->tokens, first, last),
					   LW_KIND_AGE, SCORE, "date/age");

	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = "jaar";
}

static void look_at(const Ages *self, guint at)
{
	guint years = age_years_at(self, at), next = at + 1;
	const LwToken *unit = lw_token_at(self->tokens, next);
	gboolean counted =
		years && unit->gap <= LW_GAP_SPACE &&
		lw_token_in(unit->word, "jaar jr jaren wkn wk weken maanden mnd years jahre");

	if (!years) {
		if (is_own_ordinal(self, at))
			emit(self, at, at);
		return;
	}
	next += counted;
	/* "34 jr." */
	if (counted && unit->letters < 4 && lw_token_at(self->tokens, next)->mark == '.')
		next += lw_token_at(self->tokens, next + 1)->gap < LW_GAP_LINE &&
			!(lw_token_at(self->tokens, next + 1)->flags & LW_TOKEN_CAPITAL);
	/* "de termijn van Bos is drie maanden" */
	gboolean short_time = counted && !lw_token_in(unit->word, "jaar jr jaren years jahre");
	if (!((!short_time && age_ends_clause(self->tokens, next) && is_said(self, at)) ||
	      is_about_to_be(self, at, next) || is_said_in_english(self, at, next) ||
	      is_turned(self, at, next) || is_of_person(self, at, next, years, counted) ||
	      is_approached(self, at, next) || is_behind_name(self, at, next, years, counted) ||
	      is_added(self, at, next, years) || is_labelled(self, at, next) ||
	      is_of_that_one(self, at, next, years) || is_said_of_last(self, at, next, years) ||
	      is_behind_origin(self, at, next, years) || opens_sentence(self, at, years) ||
	      is_in_bracket(self, at, next, years) || is_of_nameless(self, at, next) ||
	      is_about_so_old(self, at, next) || is_by_paper(self, at, next) ||
	      is_sentence(self, at, next, years, counted) ||
	      age_is_noted(self, at, next, years, counted)))
		return;
	emit(self, at, at + counted);
}

void lw_detect_ages_said(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	Ages self = {context->tokens ? context->tokens : own, found, NULL};

	self.persons = lw_token_persons(self.tokens, found, LIKELY);
	for (guint i = 0; i < self.tokens->count; i++)
		look_at(&self, i);
	g_free(self.persons);
}
