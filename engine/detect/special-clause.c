/* special-clause.c - from what must disappear to the predicate that says it: "heeft haar heup
 * gebroken", "drinkt anderhalve fles per dag", "is zo doof als een kwartel".
 *
 * What is left of a statement tells it: "haar ... had gebroken". A mark reaches from the verb that
 * opens the predicate to the end of the clause; a name, a mark or a word that begins another clause
 * ends it. The rest of such a sentence may go (annotation.md), other clauses stay. In a cell the
 * whole value goes. */
#include "engine/detect/special.h"

#include <string.h>

#define REACH	   5
#define AHEAD	   4
#define CELL_MOST  7 /* tokens of a cell that goes whole */
#define VERBS_MOST 3 /* "zou hebben gehad" */

/* What begins another clause, or is the subject of this one. */
static const char borders[] =
	"en of maar want dus doch omdat dat die doordat terwijl waardoor waarvoor waarna waarom "
	"waarbij toen "
	"als wanneer zodat hoewel nadat voordat ook wel hij zij ze ik je jij wij we jullie men "
	"mevrouw meneer "
	"heer dhr mw mevr hierdoor daardoor daarom daarna vervolgens inmiddels volgens "
	"and or but because so that who which he she they we you i und oder aber weil dass er sie "
	"ich wir";

/* Verbs that are part of what is said. */
static const char telling[] = "slikt slikte slikken gebruikt gebruikte gebruiken drinkt dronk "
			      "drinken blowt blowde rookt snuift spuit lijdt "
			      "leed volgt volgde kampt kampte ziet hoort loopt liep slaapt sliep "
			      "eet verblijft verbleef bidt bidden bad "
			      "verloor brak gebroken hoest kan kon kunnen kunt zat vast plast "
			      "beeft beef suffers takes lost";

/* Verbs that say nothing by themselves. */
static const char auxiliaries[] = "is was waren ben bent zijn geweest heeft had hebben hebt heb "
				  "hadden wordt werd worden werden word raakt "
				  "raakte raken bleef blijft blijkt bleek lijkt leek krijgt kreeg "
				  "krijgen kregen zit zitten zaten ligt lag "
				  "liggen lopen staat stond neemt nam zag hoorde konden mag moet "
				  "moest moeten gaat ging gaan komt kwam komen "
				  "woont voelt voelde doet deed blijven zou zouden zal leeft "
				  "leefde am are were been has have had got gets "
				  "did does can could lives ist war sind bin hat hatte haben habe "
				  "wurde wird nimmt sei kann konnte";

/* Whose, how much and how often: part of what is said. */
static const char measures[] =
	"geen zijn haar mijn hun uw zn m'n z'n d'r niet nooit vaak soms zo vrijwel bijna helemaal "
	"volledig "
	"gedeeltelijk deels zwaar licht ernstig flink vroeger eerder jarenlang langdurig dagelijks "
	"regelmatig een "
	"opnieuw weer net twee drie vier vijf zes zeven acht elf beide tweemaal driemaal links "
	"rechts my his her "
	"their no not two three four five six seven eight nine auf meine seine ihre";

/* What may stand between them and the cue. */
static const char links[] =
	"de het in op aan met voor van door onder wegens vanwege bij tot na sinds al nog keer maal "
	"jaar maanden maand "
	"weken week dagen uur procent the a an with months weeks years times einem einer";

static gboolean is_in(const LwTokens *tokens, guint at, const char *list)
{
	const char *word = lw_token_at(tokens, at)->word;

	return *word && lw_token_in(word, list);
}

/* Is a token of the same clause as the one before it? */
static gboolean follows(const Scene *scene, guint at)
{
	const LwToken *token = lw_token_at(scene->tokens, at);

	return at < scene->tokens->count && token->gap <= LW_GAP_LINE &&
	       token->gap != LW_GAP_WIDE && !(token->flags & LW_TOKEN_SENTENCE_START);
}

static gboolean is_border(const Scene *scene, guint at)
{
	const LwToken *token = lw_token_at(scene->tokens, at);

	return scene->persons[at] || (token->mark && token->mark != '%') ||
	       is_in(scene->tokens, at, borders);
}

static gboolean is_measure(const LwTokens *tokens, guint at)
{
	return is_in(tokens, at, measures) || lw_token_at(tokens, at)->flags & LW_TOKEN_DIGIT;
}

/* "in 2016 en 2021", "52,4 %" */
static gboolean joins_numbers(const LwTokens *tokens, guint at)
{
	return at && (lw_token_at(tokens, at)->mark == ',' || lw_token_is(tokens, at, "en")) &&
	       lw_token_at(tokens, at - 1)->flags & LW_TOKEN_DIGIT &&
	       lw_token_at(tokens, at + 1)->flags & LW_TOKEN_DIGIT;
}

guint special_skip_share(const LwTokens *tokens, guint at)
{
	guint first = at;

	if (!at || lw_token_at(tokens, at - 1)->mark != '%')
		return at;
	for (first--; first && (lw_token_at(tokens, first - 1)->flags & LW_TOKEN_DIGIT ||
				lw_token_at(tokens, first - 1)->mark == ',');)
		first--;
	return first;
}

/* What may stand between a measure and what it is of. */
static gboolean is_link(const LwTokens *tokens, guint at)
{
	return lw_token_at(tokens, at)->mark == '%' || joins_numbers(tokens, at) ||
	       is_in(tokens, at, links) || special_is_limb(lw_token_at(tokens, at));
}

/* The measure in front of it, or the verb that tells. */
static guint front(const Scene *scene, guint first)
{
	const LwTokens *tokens = scene->tokens;
	guint best = first, at = first;

	while (at > 0 && first - at < REACH && follows(scene, at) && !is_border(scene, at - 1) &&
	       !is_in(tokens, at - 1, auxiliaries))
		if (is_in(tokens, --at, telling))
			return at;
	for (at = first; at > 0 && follows(scene, at) && !scene->persons[at - 1]; at--)
		if (is_measure(tokens, at - 1))
			best = at - 1;
		else if (!is_link(tokens, at - 1))
			break;
	/* "in 2016", "de ziekte" */
	return best && follows(scene, best) &&
			       is_in(tokens, best - 1,
				     best < first ? "in met op aan sinds" : "de het")
		       ? best - 1
		       : best;
}

static gboolean is_verb(const LwTokens *tokens, guint at)
{
	return is_in(tokens, at, auxiliaries) || is_in(tokens, at, telling);
}

/* "gehad heeft", "kon lopen", the end of a clause. */
static gboolean ends_in_verbs(const Scene *scene, guint at)
{
	for (guint i = at; i < at + VERBS_MOST; i++)
		if (!follows(scene, i) || is_border(scene, i))
			return TRUE;
		else if (!is_verb(scene->tokens, i))
			return FALSE;
	return FALSE;
}

/* The end of the clause; `next` when it is too far. */
static guint behind(const Scene *scene, guint next)
{
	guint at = next;

	for (; at - next <= AHEAD; at++)
		if (!follows(scene, at) ||
		    (is_border(scene, at) && !(is_in(scene->tokens, at, "als") && at - next < 2)) ||
		    (is_verb(scene->tokens, at) && !ends_in_verbs(scene, at)))
			return at;
	return next;
}

/* "dyslexie ernstig", "pos, oud (BCG)": all of a cell between two bars. */
static gboolean widen_cell(const Scene *scene, guint *first, guint *next)
{
	const LwTokens *tokens = scene->tokens;
	guint start = *first, end = *next;

	while (start > 0 && *next - start <= CELL_MOST &&
	       lw_token_at(tokens, start)->gap <= LW_GAP_SPACE &&
	       lw_token_at(tokens, start - 1)->mark != '|' && !scene->persons[start - 1])
		start--;
	while (end < tokens->count && end - *first <= CELL_MOST &&
	       lw_token_at(tokens, end)->gap <= LW_GAP_SPACE &&
	       lw_token_at(tokens, end)->mark != '|' && !scene->persons[end])
		end++;
	if (end - start > CELL_MOST || (end < tokens->count && scene->persons[end]) ||
	    (start && scene->persons[start - 1]))
		return FALSE;
	*first = start;
	*next = end;
	return TRUE;
}

gboolean special_is_empty(const LwTokens *tokens, guint at)
{
	return lw_token_at(tokens, at)->letters < 2 || is_in(tokens, at, borders) ||
	       is_in(tokens, at, auxiliaries) || is_in(tokens, at, measures) ||
	       is_in(tokens, at, links);
}

void special_widen(const Scene *scene, guint *first, guint *next)
{
	if (special_is_cell(scene, *first)) {
		widen_cell(scene, first, next);
		return;
	}
	*first = front(scene, *first);
	*next = behind(scene, *next);
}
