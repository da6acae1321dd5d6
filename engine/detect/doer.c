/* doer.c - names that their place in the sentence shows: "Boud pakt dingen af", "zabi gebeld",
 * "meester Van Dongen", "dokter tichelaar", "verbalisanten Kuijt en de Keijzer".
 *
 * Runs when the model has spoken, over what nobody took. How much the place must say depends on
 * what else the word may be: what a list has as a first name and nothing else needs a verb, an
 * ordinary word is only proposed. */
#include "engine/detect/name.h"

#include <string.h>

#define LIKELY 0.6f
#define REVIEW 0.4f

/* How near to a name the word is by itself. */
typedef enum { NO_NAME, WORD_TOO, UNLISTED, FIRST_NAME } Nearness;

/* What only persons do. */
static const char human[] =
	"zegt zei zeggen vraagt vroeg belt belde gebeld mailt mailde appt appte huilt huilde lacht "
	"slaapt sliep eet drinkt denkt dacht vindt vond weet wist snapt trakteert woont woonde "
	"schrijft schreef tekent tekende vertelt vertelde antwoordt belooft beloofde schaamt "
	"weigert weigerde zwijgt schreeuwt bedankt groet werkt says said asked asks told wrote "
	"called calls thinks wants";

/* What nothing else can do, not even a word that is a first name too. */
static const char strictly[] =
	"zegt zei belt belde gebeld appt appte mailt mailde huilt huilde lacht slaapt sliep "
	"trakteert woont woonde schaamt zwijgt schreeuwt snapt";

/* What persons do too. */
static const char common[] =
	"heeft had mag kan wil wilde gaat ging komt kwam is was moet moest zit zat ligt lag staat "
	"stond krijgt kreeg pakt loopt liep rijdt reed houdt haalt brengt bracht telt doet deed "
	"wordt werd zoekt kijkt speelt leest hoort ziet zag neemt nam blijft bleef geeft gaf "
	"stuurt "
	"stuurde regelt regelde maakt maakte wijst zet hangt leert kent wacht rookt";

/* Nobody has it, or somebody who only wonders about it. */
static gboolean is_free(const LwNameFinder *finder, guint at)
{
	const LwCandidate *owner =
		finder->owner[at]
			? &g_array_index(finder->candidates, LwCandidate, finder->owner[at] - 1)
			: NULL;

	return !finder->closed[at] &&
	       (!owner || (owner->name.first == owner->name.last && owner->why.score < REVIEW));
}

/* As above, and of several words: "De Wolf". */
static gboolean is_open(const LwNameFinder *finder, guint at)
{
	return !finder->closed[at] &&
	       (!finder->owner[at] ||
		g_array_index(finder->candidates, LwCandidate, finder->owner[at] - 1).why.score <
			REVIEW);
}

/* "arboarts", "wijkzuster": a calling that no list has. */
static gboolean is_calling(const char *word)
{
	static const char *const ends[] = {
		"arts",	     "zuster",	    "meester",	 "leider",     "medewerker", "adviseur",
		"coach",     "beheerder",   "kundige",	 "kundig",     "begeleider", "verzorger",
		"consulent", "coordinator", "ambtenaar", "inspecteur", "docent",     "leraar",
		"directeur", "secretaris",  "chauffeur", "monteur",    "assistent",  "assistente"};

	for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
		if (g_str_has_suffix(word, ends[i]))
			return TRUE;
	return FALSE;
}

static Nearness nearness(const LwTokens *tokens, guint at)
{
	const guint32 others =
		LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE | LW_WORD_ABBREVIATION;
	const LwToken *token = lw_token_at(tokens, at);
	gboolean usual = token->lists & LW_WORD_FREQUENT;

	if (token->letters < 2 || token->lists & others ||
	    token->cues & ~(guint)(LW_CUE_DIGRAPH | LW_CUE_NOT_INITIALS) ||
	    lw_token_in(token->word, "he she se wy hja iemand niemand iedereen anders who they") ||
	    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_ALL_CAPS | LW_TOKEN_COMPOUND))
		return NO_NAME;
	if (token->lists & LW_WORD_FIRST_NAME) {
		if (token->lists & (LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET))
			return usual && !(token->lists & LW_WORD_PLACE) ? FIRST_NAME : WORD_TOO;
		return FIRST_NAME;
	}
	if (token->lists || token->letters < 4 || token->flags & LW_TOKEN_MIXED ||
	    is_calling(token->word))
		return NO_NAME;
	return lw_name_is_made(tokens, at) ? NO_NAME : UNLISTED;
}

static void add(LwNameFinder *finder, guint first, guint last, float score)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = {.first = first, .last = last, .surname = last, .surnames = 1};

	name.surname_lists = lw_token_at(tokens, last)->lists;
	name.lower = !(lw_token_at(tokens, last)->flags & LW_TOKEN_CAPITAL);
	if (!lw_name_is_body(tokens, &name))
		lw_name_add(finder, &name,
			    (LwNameWhy){score, "name/doer", LW_REASON_COMPANY, NULL});
}

static gboolean acts_as(const LwTokens *tokens, guint at, const char *deeds)
{
	const LwToken *next = lw_token_at(tokens, at + 1);

	return next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_LOWER &&
	       lw_token_in(next->word, deeds);
}

/* "Lotje neem jij", "Rod heb jij": somebody is asked. */
static gboolean is_asked(const LwTokens *tokens, guint at)
{
	return acts_as(tokens, at,
		       "neem heb kun kan wil ga bel stuur regel doe pak zorg weet zou "
		       "mag moet kijk mail zet maak geef ben app check vraag") &&
	       lw_token_in(lw_token_at(tokens, at + 2)->word, "jij je u jullie") &&
	       !(lw_token_at(tokens, at)->lists & LW_WORD_COMMON);
}

/* "Boud pakt", where a capital is due: nothing else but the verb says that it is a name. */
static void take_opening(LwNameFinder *finder, guint at, Nearness near)
{
	const LwTokens *tokens = finder->tokens;
	gboolean deed = acts_as(tokens, at, human) || is_asked(tokens, at);

	if (!deed && !(near == FIRST_NAME && acts_as(tokens, at, common)))
		return;
	if (near == UNLISTED && !lw_name_is_dutch_here(tokens, at))
		return;
	add(finder, at, at, near != WORD_TOO || acts_as(tokens, at, strictly) ? LIKELY : REVIEW);
}

/* "zabi gebeld", "borrel van aad?", "yifei zegt": a word without a capital and of no other use. */
static void take_lower(LwNameFinder *finder, guint at, Nearness near)
{
	static const char ahead[] = "met van aan door bij voor namens en";
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);
	const LwToken *next = lw_token_at(tokens, at + 1);
	gboolean ends =
		next->gap >= LW_GAP_LINE || (next->mark && strchr(".,?!:;)", (int)next->mark) &&
					     lw_token_at(tokens, at + 2)->gap > LW_GAP_NONE);
	gboolean led = at && token->gap == LW_GAP_SPACE && ends && near == FIRST_NAME &&
		       lw_token_in(before->word, ahead);

	if (token->letters < 3 || near == WORD_TOO || token->lists & LW_WORD_COMMON ||
	    token->flags & LW_TOKEN_HYPHEN || token->gap == LW_GAP_NONE ||
	    lw_token_in(before->word, "de het een deze die dit dat geen elke per via"))
		return;
	if (acts_as(tokens, at, human) || led ||
	    (near == FIRST_NAME && token->lists & LW_WORD_FREQUENT && acts_as(tokens, at, common)))
		add(finder, at, at, near == FIRST_NAME ? LIKELY : REVIEW);
}

gboolean lw_name_is_trade(const char *word)
{
	static const char trades[] =
		"dokter meester juf coach boer boerin ome dentist doctor nurse trainer bakker "
		"slager notaris deurwaarder officier rechercheur verpleegkundige schipper kapitein "
		"agente hoofdagente wijkagente kapelaan pastoor pastor dominee imam jongeheer "
		"apotheker aannemer loodgieter installateur monteur tuinman pachter verhuurder "
		"huisbaas begeleider begeleidster jobcoach gezinsvoogd voogd controleur boswachter "
		"jachtopziener marechaussee advocate bewindvoerster curator directrice conrector "
		"conrectrice kok voorzitster penningmeester secretaresse receptioniste voorman "
		"ploegbaas opzichter conducteur piloot rentmeester architecte ingenieur "
		"constructeur docente lerares leraar mentrix winkelier koerier bezorger kapper "
		"kapster ober serveerster portier beveiliger uitbater barman vrijwilliger opoe "
		"peetoom peettante au-pair oppas ex-man ex-vrouw ex-vriend ex-vriendin ex "
		"taxateur makelaar landmeter uitvoerder schilder timmerman stukadoor dakdekker "
		"lasser glazenwasser schoonmaker schoonmaakster psycholoog psychologe neuroloog "
		"cardioloog oncoloog uroloog longarts internist chirurg gynaecoloog logopedist "
		"logopediste fysiotherapeut therapeut therapeute psychotherapeut pedagoog "
		"orthopedagoog verloskundige kraamverzorgende casemanager klantmanager consulente "
		"werkcoach trajectbegeleider jeugdbeschermer raadsonderzoeker reclasseringswerker "
		"bevelvoerder manschap brandweerman brandweervrouw politieman politievrouw "
		"politiechef teamchef wachtcommandant centralist meldkamercentralist boekhouder "
		"boekhoudster accountant diaken ouderling koster predikant uitvaartleider "
		"uitvaartverzorger gids reisleider loods stuurman matroos havenmeester "
		"concierge klassenassistent onderwijsassistent leerlingbegeleider "
		"zorgcoordinator baliemedewerker receptionist telefoniste vertaler vertaalster "
		"tolk onderbuur bovenbuur huisgenoot huisgenote celgenoot medebewoner reisgenoot "
		"beheerder burgerlid klusjesman hovenier machinist chauffeuse bezoeker "
		"hoogleraar lector archeoloog ecoloog bioloog historicus geoloog hydroloog";
	static const char *const ends[] = {"arts", "buurman", "buurvrouw", "vanger", "wachter"};

	if (lw_token_in(word, trades))
		return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
		if (g_str_has_suffix(word, ends[i]))
			return !g_str_has_suffix(word, "waarts"); /* "zeewaarts" */
	return FALSE;
}

/* "meester", "dokter", "boer": who he is stands right before the name. */
static gboolean is_rank(const LwToken *token, const LwToken *next)
{
	if (!(token->flags & LW_TOKEN_LOWER) && !(token->flags & LW_TOKEN_SENTENCE_START))
		return lw_token_in(token->word, "dokter meester juf coach boer ome dentist "
						"doctor nurse trainer");
	if (next->flags & LW_TOKEN_CAPITAL && next->gap == LW_GAP_SPACE)
		return lw_name_is_trade(token->word);
	return lw_token_in(token->word,
			   "dokter meester juf coach boer boerin ome dentist doctor nurse trainer "
			   "bakker slager notaris deurwaarder officier rechercheur verpleegkundige "
			   "schipper kapitein");
}

/* "EHBO-vereniging Dokter Ariens", 'Groep "Meester Jaap"': what it is called. */
static gboolean is_in_title(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);

	if (!at || !(token->flags & LW_TOKEN_CAPITAL))
		return FALSE;
	return before->mark == '"' || before->mark == '\'' ||
	       (!before->mark && !(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START)));
}

/* "meester Van Dongen", "Dentist Nieuwendijk", "dokter tichelaar". */
static void take_ranked(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at + 1), *next = lw_token_at(tokens, at + 2);
	guint first = at + 1;
	LwName name;

	/* "| dokter | Mathijssen |" */
	if (token->mark == '|') {
		token = lw_token_at(tokens, ++first);
		next = lw_token_at(tokens, first + 1);
	}
	if (token->gap != LW_GAP_SPACE || !is_open(finder, first) || is_in_title(tokens, at))
		return;
	if (lw_name_parse(tokens, first, LW_NAME_TITLED, &name) &&
	    (token->flags & LW_TOKEN_CAPITAL || name.particles)) {
		guint32 lists = name.given_lists | name.surname_lists;

		if (lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
		    !lw_name_is_body(tokens, &name))
			add(finder, name.first, name.last, LIKELY);
		return;
	}
	if (token->flags & LW_TOKEN_LOWER && token->letters > 2 && !token->cues &&
	    token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
	    !(token->lists & (LW_WORD_ROLE | LW_WORD_TITLE)) && !lw_token_in(token->word, human) &&
	    !lw_token_in(token->word, common) &&
	    (next->mark || next->gap >= LW_GAP_WIDE || next->cues & (LW_CUE_VERB | LW_CUE_STOP) ||
	     lw_token_in(next->word, human)))
		add(finder, first, first, token->lists & LW_WORD_COMMON ? REVIEW : LIKELY);
}

/* "de heer Roelofs van Hermes Vastgoed B.V.": the firm begins behind him. */
static void take_of_firm(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	guint name = at + 1 + (lw_token_at(tokens, at + 1)->mark == '.');
	const LwToken *token = lw_token_at(tokens, name);

	if (finder->closed[name] != LW_CLOSED || finder->owner[name] ||
	    token->gap != LW_GAP_SPACE || !(token->flags & LW_TOKEN_CAPITAL) ||
	    !(token->lists & LW_WORD_SURNAME) || token->cues ||
	    token->lists & LW_WORD_ORGANISATION ||
	    !lw_token_in(lw_token_at(tokens, name + 1)->word, "van bij namens") ||
	    !(lw_token_at(tokens, name + 2)->flags & LW_TOKEN_CAPITAL))
		return;
	add(finder, name, name, LIKELY);
}

/* "dhr. T.", "dhr St.", "mw H dan": a title and no more than a letter. */
static void take_titled_letter(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *before = lw_token_at(tokens, at - 1), *next = lw_token_at(tokens, at + 1);
	gboolean point = next->mark == '.' && next->gap == LW_GAP_NONE;

	if (!(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL) || !at || !is_free(finder, at) ||
	    lw_token_at(tokens, at)->gap != LW_GAP_SPACE ||
	    (!point && (lw_token_at(tokens, at)->letters > 1 ||
			lw_token_in(lw_token_at(tokens, at)->word, "a b c d e n x y z") ||
			!(next->flags & LW_TOKEN_LOWER && next->gap == LW_GAP_SPACE))))
		return;
	if (before->mark == '.' && at > 1)
		before = lw_token_at(tokens, at - 2);
	if (before->cues & LW_CUE_ADDRESS && !(before->flags & LW_TOKEN_ALL_CAPS))
		add(finder, at, at + point, LIKELY);
}

/* "faisal_2302.mov": a first name and nothing else, in the name of a file. */
static void take_in_file(LwNameFinder *finder, guint at)
{
	static const char extensions[] =
		"pdf doc docx xls xlsx jpg jpeg png heic mov mp4 mp3 m4a wav "
		"odt msg eml txt zip csv";
	const LwTokens *tokens = finder->tokens;
	guint i = at + 1;

	if (lw_token_at(tokens, at)->letters < 4 || lw_token_at(tokens, i)->gap != LW_GAP_NONE ||
	    (lw_token_at(tokens, i)->mark != '_' &&
	     (!at || lw_token_at(tokens, at - 1)->mark != '_')))
		return;
	for (; i < at + 10 && lw_token_at(tokens, i)->gap == LW_GAP_NONE; i++)
		if (lw_token_at(tokens, i - 1)->mark == '.' &&
		    lw_token_in(lw_token_at(tokens, i)->word, extensions)) {
			add(finder, at, at, LIKELY);
			return;
		}
}

/* "tante Door, die": a function word with a capital behind kin, that some are called. */
static void take_kin(LwNameFinder *finder, guint at)
{
	const LwTokens *tokens = finder->tokens;
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);

	if (at && before->cues & LW_CUE_KIN && before->flags & LW_TOKEN_LOWER &&
	    token->gap == LW_GAP_SPACE && token->lists & LW_WORD_FIRST_NAME &&
	    !(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_ALL_CAPS)) &&
	    !(token->cues & (LW_CUE_PARTICLE | LW_CUE_BODY | LW_CUE_WEEKDAY)) &&
	    !(lw_token_at(tokens, at + 1)->flags & LW_TOKEN_CAPITAL) && is_free(finder, at))
		add(finder, at, at, LIKELY);
}

/* "Verbalisanten Kuijt en de Keijzer": the second of two. */
static void take_second(LwNameFinder *finder, const LwName *found)
{
	const LwTokens *tokens = finder->tokens;
	guint at = found->last + 2;
	LwName name;

	if (!lw_token_is(tokens, found->last + 1, "en") || !is_free(finder, at) ||
	    lw_token_at(tokens, at)->gap != LW_GAP_SPACE ||
	    lw_token_at(tokens, found->last + 1)->gap != LW_GAP_SPACE ||
	    !lw_name_parse(tokens, at, LW_NAME_TITLED, &name) || !name.particles || name.initials ||
	    !(name.surname_lists & LW_WORD_SURNAME) || !is_free(finder, name.last))
		return;
	add(finder, name.first, name.last, LIKELY);
}

void lw_names_of_doers(LwNameFinder *finder)
{
	const LwTokens *tokens = finder->tokens;
	guint count = finder->candidates->len;

	for (guint i = 0; i < count; i++) {
		LwCandidate candidate = g_array_index(finder->candidates, LwCandidate, i);

		if (!candidate.dropped && candidate.why.score >= LIKELY &&
		    candidate.why.reason == LW_REASON_TITLE)
			take_second(finder, &candidate.name);
	}
	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		const guint opens = LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START;
		Nearness near;

		if (token->letters == 1 || (token->cues & LW_CUE_DIGRAPH && token->letters == 2))
			take_titled_letter(finder, i);
		if (token->letters < 2)
			continue;
		if (token->cues & LW_CUE_ADDRESS && i + 1 < tokens->count)
			take_of_firm(finder, i);
		if (is_rank(token, lw_token_at(tokens, i + 1)))
			take_ranked(finder, i);
		if (token->cues & LW_CUE_STOP && token->flags & LW_TOKEN_CAPITAL)
			take_kin(finder, i);
		if (!is_free(finder, i))
			continue;
		if (token->flags & LW_TOKEN_LOWER
			    ? !token->lists || !(token->lists & LW_WORD_COMMON)
			    : token->flags & opens) {
			near = nearness(tokens, i);
			if (near == FIRST_NAME)
				take_in_file(finder, i);
			if (near != NO_NAME && token->flags & LW_TOKEN_LOWER)
				take_lower(finder, i, near);
			else if (near != NO_NAME && token->flags & LW_TOKEN_CAPITAL)
				take_opening(finder, i, near);
		}
	}
}
