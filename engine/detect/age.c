/* age.c - ages of persons, told from other durations (woo.md 6.14).
 *
 * A number of years is an age only where the sentence speaks of a person; "5 jaar garantie" and
 * "vanaf 18 jaar" are none. */
#include "engine/detect/detect.h"
#include "engine/detect/pattern.h"
#include "engine/detect/token.h"

#include <string.h>

#define NUMBER "(1[01][0-9]|[1-9]?[0-9])"
#define TENS   "(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig)"
#define WORDS                                                                                      \
	"(?i:(?:(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|\303\253n))?" TENS           \
	"|dertien|"                                                                                \
	"veertien|vijftien|zestien|zeventien|achttien|negentien|twee|drie|vier|vijf|zes|zeven|"    \
	"acht|negen|tien|elf|twaalf)"
/* Where the search begins, and nowhere else. */
#define HERE "\\G"
/* Who has an age, named or not. */
#define SOMEBODIES                                                                                 \
	"moeder|vader|zoon|zoontje|dochter|dochtertje|broer|zus|zusje|broertje|oma|opa|partner|"   \
	"vrouw|man|kind|kindje|cli\303\253nt|cli\303\253nte|client|bewoner|bewoonster|"            \
	"verdachte|slachtoffer|getuige|buurman|buurvrouw|buurjongen|buurmeisje|leerling|"          \
	"leerlinge|student|studente|scholier|jongen|jongetje|meisje|jongeman|tiener|puber|"        \
	"peuter|kleuter|baby|melder|meldster|klager|klaagster|aanvrager|aanvraagster|neef|"        \
	"nicht|neefje|nichtje|kleinzoon|kleindochter|kleinkind|stiefzoon|stiefdochter|"            \
	"stiefvader|stiefmoeder|pleegzoon|pleegdochter|pleegkind|vriend|vriendin|bestuurder|"      \
	"bestuurster|bijrijder|fietser|fietsster|voetganger|passagier|automobilist|"               \
	"scooterrijder|pati\303\253nt|pati\303\253nte|patient|deelnemer|deelneemster|huurder|"     \
	"huurster|werknemer|werkneemster|ex|echtgenoot|echtgenote|weduwe|weduwnaar|dader|"         \
	"minderjarige|jongere|jeugdige|heer|dame|meneer|mevrouw|toerist|toeriste|stagiair|"        \
	"stagiaire|inwoner|inwoonster|eiser|eiseres|tante|oom|schoonmoeder|schoonvader|"           \
	"schoonzoon|schoondochter|zwager|schoonzus|asielzoeker|vreemdeling|betrokkene|"            \
	"drenkeling|omstander|bezoeker|bezoekster|klant|pupil|kandidaat|sollicitant|ma|pa|mam|"    \
	"pap|mama|papa|tweeling|drieling"
#define SOMEBODY     "(?i:" SOMEBODIES ")"
#define NEXT	     60 /* bytes behind a name */
#define GROWN	     25 /* years from which no law has a bound, but for a pension: */
#define PENSION_FROM 65
#define PENSION_TO   68

typedef enum {
	PATTERN_AGE,
	PATTERN_AGED,
	PATTERN_SAID,
	PATTERN_KIN,
	PATTERN_BECOMES,
	PATTERN_ROLE,
	PATTERN_FRONT,
	PATTERN_YOUNG,
	PATTERN_WITH,
	PATTERN_BORN,
	PATTERN_CHILDREN,
	PATTERN_BIRTHDAY,
	PATTERN_OF,
	PATTERN_SELF,
	PATTERN_TURNED,
	PATTERN_YOUNGEST,
	PATTERN_SEX,
	PATTERN_MAN,
	PATTERN_BABY,
	PATTERN_LETTER,
	PATTERN_GROUP,
	PATTERN_WORDS,
	PATTERN_NUMBER,
	PATTERN_BEHIND,
	PATTERNS
} Which;

static const char *const regexes[PATTERNS] = {
	[PATTERN_AGE] = "(?<![0-9.,/:\\p{L}-])(1[01][0-9]|[1-9]?[0-9])(?:[.,]5)?"
			"(?:[ -]jarige?|jarige?|"
			"[ -]?(?:jaar|jr\\.?|years|Jahre)(?:[ ](?:oud|jong|old|alt|of age))?|"
			"[ ](?:maanden|weken|months|Monate)[ ](?:oud|old|alt))(?![\\p{L}0-9])",
	[PATTERN_AGED] = HERE "(?i:aged|age|alter|leeftijd)(?:[ ]is)?[ :\\t]{1,40}"
			      "(1[01][0-9]|[1-9]?[0-9])(?![0-9\\p{L}/-]|[.,][0-9]|"
			      "[ ](?i:jaar|jr|tot|t/m|years))",
	[PATTERN_SAID] = HERE
	"(?i:hij|zij|ze|ik|he|she|(?:mijn|zijn|haar|hun|uw|onze|m'n|z'n)[ ]"
	"(?:oma|opa|moeder|vader|man|vrouw|zoon|zoontje|dochter|dochtertje|partner|broer|"
	"zus|zusje|broertje|kind|client|cli\303\253nt|buurman|buurvrouw|neef|nicht))[ "
	"](?i:is|was|ben|werd|wordt)[ ]"
	"(?:(?:nu|pas|inmiddels|toen|al|bijna|net|thans|ook)[ ])?([1-9][0-9]?)"
	"(?=[ ](?:en|and)[ ]|[,.;)](?![0-9]))",
	[PATTERN_KIN] = HERE SOMEBODY
	"[ ](?|\\(([1-9][0-9]?)(?:[ ]?(?:jaar|jr\\.?|j))?[),;]|"
	"\\((" WORDS ")[ ]jaar[),;]|(?:,[ ]\\p{Lu}[^,\\n]{2,30},[ ])?van[ ]"
	"(1[01][0-9]|[1-9][0-9]?)[ ](?:jaar|jr)(?![\\p{L}])|(1[01][0-9]|[1-9][0-9]?)[ "
	"](?:jaar|jr)(?=[,.;)\\n]))",
	/* "Broertje Kuba is 6,", "De cli\303\253nt wordt volgende maand tachtig." */
	[PATTERN_BECOMES] = HERE "(?:" SOMEBODY "(?:[ "
				 "]\\p{Lu}[\\p{L}-]+)?|"
				 "(?i:hij|zij|ze|ik))[ "
				 "]"
				 "(?i:is|was|wordt|"
				 "werd|ben)[ "
				 "](?:(?i:nu|pas|net|"
				 "inmiddels|bijna|al|"
				 "toen|ruim|nog "
				 "maar|"
				 "volgende "
				 "week|volgende "
				 "maand|dit "
				 "jaar|vandaag|morgen|"
				 "gisteren)[ ])?"
				 "([1-9][0-9]?|" WORDS ")(?=[ ](?:jaar(?![ "
				 "](?:geleden|lang|"
				 "werkzaam|in "
				 "dienst|bezig|"
				 "getrouwd|lid|"
				 "bij|ziek|weg))|en(?!["
				 " ](?:een|halve)))|[,."
				 ";)!](?![0-9]))",
	/* "student Verpleegkunde, 20.", "duitse toerist, 34" */
	[PATTERN_ROLE] = HERE SOMEBODY
	"(?:[ ]\\p{L}{3,20})?,[ ]([1-9][0-9]?)"
	"(?=[.;)\\n]|,[ ](?i:uit|woon|zonder|met|werk|\\p{Ll})|$)(?![.,][0-9])",
	/* "Hatice, 17, scholier" */
	[PATTERN_FRONT] = ",[ ]([1-9][0-9]?),[ ](?=" SOMEBODY "(?![\\p{L}]))",
	/* "84 jaar jong" */
	[PATTERN_YOUNG] = "(?<![0-9.,])([1-9][0-9])[ ](?:jaar|jaren)[ ]jong",
	/* "stond gister met 71 jaar in zijn waders" */
	[PATTERN_WITH] =
		HERE "(?i:met)[ ](?:(?i:zijn|haar|mijn|z'n|d'r)[ ])?([5-9][0-9])[ "
		     "](?i:jaar|jaren|jr)"
		     "(?![ "
		     "](?i:ervaring|dienst|garantie|cel|gevangenis\\p{L}*|looptijd|huur|te|"
		     "verleng\\p{L}*|tbs|"
		     "geleden|lang|oude|jurisprudentie|historie))",
	/* "geb. 2004 (18)" */
	[PATTERN_BORN] =
		"(?<![0-9])(?:(?:19|20)[0-9]{2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4})[ ]\\("
		"([1-9][0-9]?)(?:[ ]?(?:jaar|jr\\.?|j))?\\)",
	/* "drie kinderen van 9, 6 en 2 jaar" */
	[PATTERN_CHILDREN] =
		"(?<![\\p{L}])(?i:kinderen|kids|zoons|zonen|dochters|jongens|meisjes|kleinkinderen|"
		"pleegkinderen|broertjes|zusjes|pupillen|broers|zussen)(?:[ "
		"](?:van|zijn|waren|nu|inmiddels)){0,2}"
		"(?:[ (]{1,2}|[ ]?:[ ]{1,20}(?=[0-9, enof&]{3,30}[ ]?(?:jaar|jr)))"
		"(?:resp\\.?[ ]|respectievelijk[ ])?"
		"([0-9]{1,2}(?:[ ](?:jaar|jr))?(?:(?:,[ ]?|/|[ ](?:en|&|of)[ ])[0-9]{1,2}){1,8})"
		"(?=[ ]?(?:jaar|jr|maanden|\\)|,|\\.|\\n|$))(?![ ]?(?:euro|procent|%|uur))",
	[PATTERN_BIRTHDAY] =
		"(?<![\\p{L}0-9])([1-9][0-9]?(?:e|ste|de)|1[01][0-9](?:e|ste|de)|eerste|tiende|"
		"twaalfde|dertiende|veertiende|vijftiende|zestiende|zeventiende|achttiende|"
		"negentiende|\\p{L}{3,20}(?:tigste|honderdste)|twintigste|honderdste)"
		"[ ](?:verjaardag|levensjaar)(?![\\p{L}])",
	/* "haar zoon van 4 heeft", "een jongen van een jaar of 16" */
	[PATTERN_OF] = HERE "(?i:zoon|zoontje|dochter|dochtertje|kind|"
			    "jongen|jongetje|"
			    "meisje|man|vrouw|"
			    "broer|broertje|zus|zusje|kleinzoon|"
			    "kleindochter|baby|peuter|leerling|heer|"
			    "dame|neef|nicht)"
			    "(?:[ ]\\p{Lu}\\p{L}+)?[ ]van[ ](?|(?i:een jaar "
			    "of|circa|ongeveer|rond "
			    "de|ruim|bijna)[ ]"
			    "([1-9][0-9]?)(?![0-9])|([1-9][0-9]?)(?=[ "
			    "](?i:heeft|is|en|die|was|met|had|woont|gaat|"
			    "kan)(?![\\p{L}])|[,.;)\\n]|$))",
	/* "Haar buurman Freek, zelf 84, stuurde" */
	[PATTERN_SELF] = ",[ ](?i:zelf|nu|inmiddels|intussen|destijds|toen)[ ](?:(?i:al|ook)[ ])?"
			 "([1-9][0-9])(?=[,.)])",
	/* "nu ik 55 ben" */
	[PATTERN_TURNED] = HERE "(?i:ik|hij|zij|ze|u)[ ](?:(?i:al|nu|bijna|inmiddels|pas|"
				"straks)[ ])?([1-9][0-9])[ ](?i:ben|is|bent|was|word|wordt|werd)"
				"(?![\\p{L}])",
	/* "3 kinderen (jongste 8 maanden)" */
	[PATTERN_YOUNGEST] =
		HERE "(?i:jongste|oudste)[ ](?:(?i:is|van)[ ](?:(?i:nu|pas)[ ])?)?"
		     "([0-9]{1,2}(?:[ ](?:maanden|weken|mnd|wk|jaar|jr))?)(?=[),.;]|[ ]en[ ])",
	/* "een man van 42 gevonden" */
	[PATTERN_MAN] =
		HERE "(?i:man|vrouw|jongen|meisje|jongeman|dame)[ ]van[ ]"
		     "(?:(?i:circa|ongeveer|ruim|bijna)[ ])?([1-9][0-9])(?![0-9.,]*[0-9])"
		     "(?![ ](?i:euro|procent|kilo|kg|cm|meter|m2|uur|dagen|leden|personen|woningen|"
		     "jaar|jr|maanden|weken|stuks|huizen))(?![ ]?%)",
	/* "zoon (4 maanden)", "baby van 6 weken" */
	[PATTERN_BABY] = HERE "(?i:zoon|zoontje|dochter|"
			      "dochtertje|kind|kindje|baby|"
			      "peuter|tweeling)"
			      "(?:[ ]\\p{Lu}\\p{L}+)?[ "
			      "](?:\\(|van[ ])([0-9]{1,2}[ "
			      "](?:maanden|weken|mnd|wk|jaar|jr))"
			      "(?![\\p{L}])",
	/* "mevrouw Smit, m/42", "(v, 42)" */
	[PATTERN_LETTER] =
		"(?:,[ ]|\\()[mvMV](?:/|,[ ]?)([1-9][0-9])(?![0-9])(?=[).,;\\n]|[ ][a-z]|$)",
	/* "vrouw, 41" */
	[PATTERN_SEX] = HERE "(?i:vrouw|man|jongen|meisje|dame|heer|jongeman|peuter|"
			     "kleuter)"
			     "(?:,[ ]|[ "
			     "]\\()([1-9][0-9]?)(?=[\")\\],.;\\n]|\342\200\235|$)"
			     "(?![.,][0-9])",
	/* "onze kleindochter Fleur van zes", "zes jaar oud", "haar zesjarige zoon" */
	[PATTERN_WORDS] = HERE
	"(?|(?i:zoon|zoontje|dochter|dochtertje|kind|jongen|jongetje|meisje|"
	"broer|"
	"broertje|zus|zusje|kleinzoon|kleindochter|neefje|nichtje|leerling|pleegkind)"
	"(?:[ ]\\p{Lu}\\p{L}+)?[ ]van[ ](" WORDS ")(?=[ ](?i:jaar|jr|heeft|is|en|die|was|met|"
	"had|woont|gaat|kan|vindt|slaapt|durft|zit|krijgt|wil|moet|speelt|mist)(?![\\p{L}])"
	"|"
	"[,.;)\\n]|$)|(?<!dan )(?<!circa )(?<!ruim )(?<![Dd]at is )(" WORDS
	")[ ](?:jaar|maanden)[ ](?:oud|jong)|"
	"(" WORDS "jarige)(?=[ ](?i:zoon|zoontje|dochter|dochtertje|kind|jongen|jongetje|"
	"meisje|broertje|zusje|leerling|kleinzoon|kleindochter|peuter|kleuter|neefje|"
	"nichtje)))",
	/* "Sem (groep 4, 7 jr)": behind a name that was found */
	[PATTERN_GROUP] = HERE "(?|[ ]?\\([^()\\n]{1,24}[ ]([1-9][0-9]?[ ]?(?:jaar|jr\\.?|j))\\)|"
			       "[, ]{0,2}\\(((?:1[01][0-9]|[1-9][0-9]?|" WORDS
			       ")[ ]?(?:jaar|jr\\.?|mnd|maanden|weken|wk))(?=[),;])|"
			       "[, ]{1,2}\\(([1-9][0-9]?)(?=[,;][ ]\\p{L})|"
			       "[ ]?\\([^()\\n]{1,30},[ ]([5-9][0-9])\\))",
	[PATTERN_NUMBER] = "(?<![0-9])([0-9]{1,2})(?![0-9])",
	/* "Ilias B., jongen, 8", "Danylo 9 en Sofiia 4": behind a name that was found */
	[PATTERN_BEHIND] = HERE
	"(?:,[ ]?(?i:van)[ ]|,[ "
	"]?(?:(?i:jongen|meisje|man|vrouw|zoon|dochter|leerling|m|v)[ ]?,?[ ])?|"
	"[ ](?i:is|was|nu|thans|werd|van)[ ](?:(?:nu|thans|inmiddels|pas|net|bijna)[ ])?|"
	"\\.[ ]|[ ])" NUMBER "(?![0-9\\p{L}/:.-]*[0-9])(?:[ ]?(?:jaar|jr\\.?|jaren|mnd|maanden)"
	"(?![\\p{L}])(?:[ ]oud)?)?",
};

static const LwPattern *pattern(Which which)
{
	static LwPattern **patterns;
	return lw_pattern_of(&patterns, regexes, PATTERNS, which);
}

typedef struct {
	const LwDetectContext *context;
	const char *text;
	gsize length;
	LwEntities *found;
} Ages;

static void emit(const Ages *self, LwPatternGroup range, float score, const char *cue)
{
	gsize start, end;
	if (range.start == G_MAXSIZE)
		return;
	lw_normal_range(self->context->base.normal, range.start, range.end, &start, &end);
	LwEntity *entity =
		lw_entities_add(self->found, (LwSpan){(guint32)start, (guint32)(end - start)},
				LW_KIND_AGE, score, "date/age");
	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = cue;
}

/* Does one of the words end right before `at`, with blanks between? */
static gboolean stands_before(const Ages *self, gsize at, const char *const *words)
{
	while (at > 0 && strchr(" \n(:", self->text[at - 1]))
		at--;
	for (; *words; words++) {
		gsize size = strlen(*words);
		if (at >= size && !g_ascii_strncasecmp(self->text + at - size, *words, size) &&
		    (at == size || !lw_text_is_letter((guint8)self->text[at - size - 1])))
			return TRUE;
	}
	return FALSE;
}

static gboolean stands_behind(const Ages *self, gsize at, const char *const *words)
{
	while (at < self->length && strchr(" \n", self->text[at]))
		at++;
	for (; *words; words++) {
		gsize size = strlen(*words);
		if (self->length - at >= size &&
		    !g_ascii_strncasecmp(self->text + at, *words, size) &&
		    (at + size == self->length || !g_ascii_isalpha(self->text[at + size])))
			return TRUE;
	}
	return FALSE;
}

static gboolean word_within(const Ages *self, gsize from, gsize to, const char *const *words)
{
	for (gsize at = from; at < to; at++) {
		if (at > from && lw_text_is_letter((guint8)self->text[at - 1]))
			continue;
		if (g_ascii_isalpha(self->text[at]) && stands_behind(self, at, words))
			return TRUE;
	}
	return FALSE;
}

static const char *const persons[] = {"ik",
				      "hij",
				      "zij",
				      "ze",
				      "jij",
				      "zoon",
				      "zoontje",
				      "dochter",
				      "dochtertje",
				      "vader",
				      "moeder",
				      "man",
				      "vrouw",
				      "mevrouw",
				      "meneer",
				      "heer",
				      "dhr",
				      "mevr",
				      "mw",
				      "kind",
				      "client",
				      "cli\303\253nt",
				      "betrokkene",
				      "oma",
				      "opa",
				      "broer",
				      "zus",
				      "zusje",
				      "broertje",
				      "melder",
				      "partner",
				      "jongen",
				      "meisje",
				      "buurman",
				      "buurvrouw",
				      "bewoner",
				      "bewoonster",
				      "leerling",
				      "student",
				      "pati\303\253nt",
				      "verdachte",
				      "slachtoffer",
				      "getuige",
				      "aanvrager",
				      "aanvraagster",
				      "persoon",
				      "inwoner",
				      "inwoonster",
				      "neef",
				      "nicht",
				      "echtgenoot",
				      "echtgenote",
				      "weduwe",
				      "weduwnaar",
				      "bestuurder",
				      "fietser",
				      "dame",
				      "medewerker",
				      "collega",
				      "tiener",
				      "peuter",
				      "baby",
				      "kleuter",
				      "kleinzoon",
				      "kleindochter",
				      "vriend",
				      "vriendin",
				      "voetganger",
				      "eiser",
				      "eiseres",
				      "he",
				      "she",
				      "son",
				      "daughter",
				      "mother",
				      "father",
				      "husband",
				      "wife",
				      "child",
				      "patient",
				      "herr",
				      "frau",
				      "sie",
				      "er",
				      "sohn",
				      "tochter",
				      "mutter",
				      "boy",
				      "girl",
				      "mr",
				      "mrs",
				      "ms",
				      NULL};
static const char *const durations[] = {
	"na",	    "sinds",	"gedurende", "elke",	    "ieder",	   "iedere",	"ongeveer",
	"binnen",   "over",	"per",	     "afgelopen",   "ruim",	   "minimaal",	"maximaal",
	"voor",	    "tot",	"vanaf",     "al",	    "komende",	   "laatste",	"eerste",
	"om de",    "minstens", "hooguit",   "circa",	    "bijna",	   "vorige",	"tussen",
	"onder de", "boven de", "duur van",  "termijn van", "periode van", "straf van", NULL};
static const char *const lapses[] = {"geleden",	  "lang",     "later",	 "ervaring",
				     "garantie",  "na",	      "cel",	 "gevangenisstraf",
				     "huur",	  "termijn",  "durend",	 "eerder",
				     "detentie",  "looptijd", "vooruit", "werkzaam",
				     "in dienst", "bewaard",  "bewaren", "tbs",
				     "actief",	  NULL};

/* "de 14-jarige", "14-jarige jongen"; not "5-jarige looptijd" or "25-jarig bestaan". */
static gboolean is_aged_person(const Ages *self, LwPatternGroup range)
{
	gboolean inflected = self->text[range.end - 1] == 'e';
	gsize next = range.end;
	gboolean closed = next >= self->length || strchr(".,;:)\n", self->text[next]);
	gboolean verb = stands_behind(
		self, next,
		(const char *const[]){"is", "heeft", "was", "werd", "wordt", "kan", "wil", NULL});
	/* "staat daar 24-jarig als hij is" */
	return stands_behind(self, next, persons) || (inflected && (closed || verb)) ||
	       (!inflected && stands_behind(self, next,
					    (const char *const[]){"als hij", "als ze", "als zij",
								  "als ik", NULL}));
}

/* "die op 91-jarige leeftijd overleed"; not "vanaf de 18-jarige leeftijd". */
static gboolean is_aged_then(const Ages *self, LwPatternGroup range, gsize low)
{
	static const char *const deaths[] = {"overleed",  "overleden",	"stierf",
					     "gestorven", "overlijden", NULL};
	static const char *const bounds[] = {"vanaf", "tot", "tot de", "vanaf de", NULL};

	guint64 years = g_ascii_strtoull(self->text + range.start, NULL, 10);
	gboolean grown = years >= GROWN && (years < PENSION_FROM || years > PENSION_TO) &&
			 stands_before(self, range.start, (const char *const[]){"op", NULL});

	return stands_behind(self, range.end, (const char *const[]){"leeftijd", NULL}) &&
	       !stands_before(self, range.start, bounds) &&
	       (grown ||
		word_within(self, range.end, MIN(self->length, range.end + NEXT), deaths) ||
		word_within(self, low, range.start, persons));
}

static gboolean is_age(const Ages *self, LwPatternGroup range)
{
	const char *unit = self->text + range.start;
	gsize low = range.start > 50 ? range.start - 50 : 0,
	      near = range.start > 24 ? range.start - 24 : 0;
	/* Within the sentence only. */
	for (gsize i = low; i < range.start; i++)
		if (strchr(".!?\f", self->text[i]) && i + 1 < range.start &&
		    self->text[i + 1] == ' ')
			low = i + 1;
	static const char *const label[] = {"leeftijd", "age", "oud", NULL};
	static const char *const of_many[] = {"gemiddelde", "mediane", "minimale",
					      "maximale",   "average", NULL};
	static const char *const age_of[] = {"leeftijd van", NULL};
	static const char *const reach[] = {"bereik", "bereikt", "heeft bereikt", "hebben bereikt",
					    NULL};
	static const char *const verbs[] = {"is",    "ist", "ben",	 "bent",  "was", "werd",
					    "wordt", "nu",  "inmiddels", "zijn",  "van", "toen",
					    "thans", "pas", "net",	 "bijna", "al",	 NULL};
	if (g_strstr_len(unit, (gssize)(range.end - range.start), "jarig"))
		return is_aged_person(self, range) || is_aged_then(self, range, low);
	if (stands_before(self, range.start, label))
		return !word_within(self, near, range.start, of_many);
	if (stands_before(self, range.start, age_of))
		return !stands_behind(self, range.end, reach) &&
		       !word_within(self, range.end, MIN(self->length, range.end + 60), reach) &&
		       !word_within(self, near, range.start,
				    (const char *const[]){"vanaf", "minimum", "minimale", "tot",
							  "bereiken", "bereikt", NULL});
	if (stands_before(self, range.start, durations) || stands_behind(self, range.end, lapses))
		return FALSE;
	gboolean closed =
		range.end >= self->length || strchr(".,;)\n", self->text[range.end]) ||
		stands_behind(self, range.end, (const char *const[]){"en", "oud", "jong", NULL}) ||
		g_strstr_len(unit, (gssize)(range.end - range.start), " oud") ||
		g_strstr_len(unit, (gssize)(range.end - range.start), " old") ||
		g_strstr_len(unit, (gssize)(range.end - range.start), " alt");
	char before = range.start ? self->text[range.start - 1] : ' ';
	if (before == '(' && closed)
		return TRUE;
	gboolean apposition = range.start > 2 && self->text[range.start - 2] == ',' && closed;
	gboolean said = stands_before(self, range.start, verbs) || apposition;
	return said && closed && word_within(self, low, range.start, persons);
}

static void find_stated(const Ages *self, Which which, float score, const char *cue)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	for (gsize from = 0;
	     lw_pattern_next(pattern(which), self->text, self->length, from, groups, NULL);
	     from = groups[0].end)
		emit(self, groups[1], score, cue);
}

/* Each of the numbers in a list of ages. */
static void find_children(const Ages *self)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS], numbers[LW_PATTERN_GROUPS];
	for (gsize from = 0; lw_pattern_next(pattern(PATTERN_CHILDREN), self->text, self->length,
					     from, groups, NULL);
	     from = groups[0].end)
		for (gsize at = groups[1].start; lw_pattern_next(
			     pattern(PATTERN_NUMBER), self->text, groups[1].end, at, numbers, NULL);
		     at = numbers[0].end)
			emit(self, numbers[1], 0.85f, "kinderen");
}

/* What is said of an age from one of these words on: a pattern is tried there and nowhere else. */
static const struct {
	Which which;
	const char *words; /* split by | */
	float score;
	const char *cue;
} openings[] = {
	{PATTERN_AGED, "aged|age|alter|leeftijd", 0.9f, "leeftijd"},
	{PATTERN_SAID, "hij|zij|ze|ik|he|she|mijn|zijn|haar|hun|uw|onze|m'n|z'n", 0.7f, "is"},
	{PATTERN_KIN, SOMEBODIES, 0.8f, "jaar"},
	{PATTERN_BECOMES, SOMEBODIES "|hij|zij|ze|ik", 0.75f, "is"},
	{PATTERN_ROLE, SOMEBODIES, 0.7f, "jaar"},
	{PATTERN_WITH, "met", 0.65f, "jaar"},
	{PATTERN_OF, SOMEBODIES, 0.85f, "jaar"},
	{PATTERN_TURNED, "ik|hij|zij|ze|u", 0.75f, "is"},
	{PATTERN_YOUNGEST, "jongste|oudste", 0.7f, "jongste"},
	{PATTERN_SEX, SOMEBODIES, 0.8f, "vrouw"},
	{PATTERN_MAN, SOMEBODIES, 0.75f, "man"},
	{PATTERN_BABY, SOMEBODIES "|tweeling", 0.8f, "maanden"},
	{PATTERN_WORDS,
	 SOMEBODIES "|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|twee|drie|"
		    "vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf",
	 0.75f, "jaar"},
};

/* Folded words: bits of the openings they are of. */
static GHashTable *learn_openings(void)
{
	static GHashTable *made;
	static gsize once;

	if (!g_once_init_enter(&once))
		return made;
	made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(openings); i++) {
		g_auto(GStrv) words = g_strsplit(openings[i].words, "|", -1);

		for (guint k = 0; words[k]; k++) {
			char *word = lw_text_fold(words[k], -1);
			guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(made, word));

			g_hash_table_replace(made, word, GUINT_TO_POINTER(bits | 1u << i));
		}
	}
	g_once_init_leave(&once, 1);
	return made;
}

/* "zesenzeventig", "achtjarige" */
static guint bits_of(GHashTable *words, const char *word)
{
	guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(words, word));

	return g_str_has_suffix(word, "tig") || g_str_has_suffix(word, "jarige")
		       ? bits | 1u << (G_N_ELEMENTS(openings) - 1)
		       : bits;
}

static void try_openings(const Ages *self, guint bits, gsize at, gsize ends[])
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];

	for (guint i = 0; bits >> i; i++) {
		if (!(bits >> i & 1) || at < ends[i] ||
		    !lw_pattern_next(pattern(openings[i].which), self->text, self->length, at,
				     groups, NULL))
			continue;
		ends[i] = groups[0].end;
		emit(self, groups[1], openings[i].score, openings[i].cue);
	}
}

/* Each word, and each part of a word with hyphens: "ex-vrouw (42)". */
static void find_by_words(const Ages *self)
{
	const LwTokens *tokens = self->context->tokens;
	GHashTable *words = learn_openings();
	gsize ends[G_N_ELEMENTS(openings)] = {0};

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		const char *part = strrchr(token->word, '-');

		if (token->mark)
			continue;
		try_openings(self, bits_of(words, token->word), token->start, ends);
		for (gsize at = token->end; part && at > token->start; at--)
			if (self->text[at - 1] == '-') {
				try_openings(self, bits_of(words, part + 1), at, ends);
				break;
			}
	}
}

static void find_ages(const Ages *self)
{
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	static const LwPatternGroup none = {G_MAXSIZE, G_MAXSIZE};
	for (gsize from = 0;
	     lw_pattern_next(pattern(PATTERN_AGE), self->text, self->length, from, groups, NULL);
	     from = groups[0].end)
		emit(self, is_age(self, groups[0]) ? groups[0] : none, 0.85f, "jaar");
	find_by_words(self);
	find_stated(self, PATTERN_FRONT, 0.7f, "jaar");
	find_stated(self, PATTERN_YOUNG, 0.8f, "jaar");
	find_stated(self, PATTERN_BORN, 0.8f, "jaar"); /* "geb. 2004 (18)" */
	if (strstr(self->text, "verjaardag") || strstr(self->text, "levensjaar"))
		find_stated(self, PATTERN_BIRTHDAY, 0.85f, "verjaardag");
	find_stated(self, PATTERN_SELF, 0.75f, "zelf");
	find_stated(self, PATTERN_LETTER, 0.75f, "m/v");
	find_children(self);
}

/* "(mw. Hesselink, 78)": a bracket is open. */
static gboolean opens_before(const Ages *self, gsize low, gsize at)
{
	while (at > low && !strchr("()", self->text[at - 1]))
		at--;
	return at > low && self->text[at - 1] == '(';
}

/* "Theo Rikken, 58 jaar", "Rishi. 15 jaar, autistisch", "Plamen D. 34 jr" */
static gboolean closes_name(const Ages *self, gsize name_end)
{
	return strchr(",.", self->text[name_end]) != NULL ||
	       (name_end && self->text[name_end - 1] == '.');
}

/* What stands right behind a name: a number of years, or a bare number where children are named. */
static void find_behind_name(const Ages *self, gsize name_end)
{
	static const char *const kin[] = {
		"kind",	       "kinderen", "kids",	 "zoon",      "dochter",    "jongen",
		"meisje",      "leerling", "leerlingen", "zoontje",   "dochtertje", "baby",
		"slachtoffer", "broertje", "zusje",	 "leerlinge", "kleinzoon",  "kleindochter",
		"pleegkind",   "student",  NULL};
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	gsize end = MIN(self->length, name_end + NEXT), low = name_end;

	while ((self->text[end] & 0xc0) == 0x80)
		end--;
	if (lw_pattern_next(pattern(PATTERN_GROUP), self->text, end, name_end, groups, NULL) &&
	    groups[0].start == name_end)
		emit(self, groups[1], 0.8f, "jaar");
	if (!lw_pattern_next(pattern(PATTERN_BEHIND), self->text, end, name_end, groups, NULL) ||
	    groups[0].start != name_end)
		return;
	while (low > 0 && name_end - low < 2 * NEXT && !strchr("\n\f", self->text[low - 1]))
		low--;
	gboolean years = groups[0].end > groups[1].end;
	gsize next = groups[0].end;
	gboolean closed = next >= self->length || strchr(",.;:)\n", self->text[next]) ||
			  stands_behind(self, next, (const char *const[]){"en", "en", NULL});
	gboolean bracketed = self->text[name_end] == ',' && self->text[next] == ')' &&
			     opens_before(self, low, name_end);
	if (!closed || stands_behind(self, next, lapses))
		return;
	if (years ? closes_name(self, name_end) || word_within(self, low, name_end, kin) ||
			    stands_behind(self, name_end,
					  (const char *const[]){"is", "was", "nu", "thans", "werd",
								"van", NULL})
		  : bracketed || word_within(self, low, groups[1].start, kin))
		emit(self, years ? (LwPatternGroup){groups[1].start, groups[0].end} : groups[1],
		     0.8f, "jaar");
}

void lw_detect_ages_of_persons(const LwDetectContext *context, LwEntities *found)
{
	const LwNormal *normal = context->base.normal;
	Ages self = {context, normal->utf8, normal->length, found};
	guint count = found->items->len;

	for (guint i = 0; i < count; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON && entity->span.length && entity->score >= 0.5f)
			find_behind_name(&self,
					 lw_normal_find(normal, (gsize)entity->span.start +
									entity->span.length));
	}
}

void lw_detect_ages(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	LwDetectContext shared = *context;
	const LwNormal *normal = context->base.normal;
	Ages self = {&shared, normal->utf8, normal->length, found};

	shared.tokens = context->tokens ? context->tokens : own;
	find_ages(&self);
}
