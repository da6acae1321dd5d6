/* beside-person.c - what stands in one breath with a person: "Pothoven, 22 november 1969, Loet
 * 14b", "Kind Matei 10 feb 2020", a street and number below a name.
 *
 * Read by its form alone, part by part behind the name on its line and on the line below. Runs
 * after names, over what nothing has taken. */
#include "engine/detect/checksum.h"
#include "engine/detect/street.h"
#include "engine/detect/token.h"

#include <string.h>

#define LIKELY	     0.6f /* a person */
#define PLACE_TOKENS 3
#define NICKNAME     12 /* tokens of a bracket behind a name */
#define PARTS	     6	/* of a line, behind a name */
#define PART_TOKENS  8	/* of one */
#define DATE_TOKENS  5
#define GROWN_YEARS  12 /* between a birth and the document */
#define CHILD_YEARS  1
#define LEAST_YEAR   1850
#define USUAL_YEAR   2025 /* of a document that names none */
#define LINE_TOKENS  12
#define BEFORE	     6 /* tokens before a name that say whose date it is */
#define SCORE_BIRTH  0.8f
#define SCORE_STREET 0.8f
#define SCORE_BSN    0.9f
#define MOST_YEARS   100
#define LEAST_NUMBER 6 /* digits of who is told by number */

typedef struct {
	const LwDetectContext *context;
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *persons, *taken; /* by token */
	int year;		 /* of the document */
	gboolean dated;		 /* it says so itself */
} Beside;

static void emit(const Beside *self, guint first, guint end, LwKind kind, float score,
		 const char *rule)
{
	LwEntity *entity = lw_entities_add(self->found, lw_token_span(self->tokens, first, end - 1),
					   kind, score, rule);

	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = "naam";
	memset(self->taken + first, 1, end - first);
}

static gboolean is_taken(const Beside *self, guint first, guint end)
{
	return first >= end || memchr(self->taken + first, 1, end - first) != NULL;
}

/* What splits the parts of such a line. */
static gboolean splits(const LwToken *token)
{
	return token->mark && (token->mark == 0x2013 || token->mark == 0x2014 ||
			       (token->mark < 128 && strchr(",;|()[]/:\"-", (int)token->mark)));
}

static guint part_end(const Beside *self, guint at, guint line)
{
	guint end = at + 1;

	while (end < line && end - at < PART_TOKENS && !splits(lw_token_at(self->tokens, end)) &&
	       lw_token_at(self->tokens, end)->gap < LW_GAP_WIDE)
		end++;
	return end;
}

/* "3-3 08" and "1.677 22" go on by another sign: no date. */
static gboolean is_mixed(const char *text, gsize length)
{
	gboolean blank = memchr(text, ' ', length) != NULL, sign = FALSE;

	for (gsize i = 0; i < length; i++) {
		if (g_ascii_isalpha(text[i]))
			return FALSE;
		sign |= strchr("-/.", text[i]) != NULL;
	}
	return blank && sign;
}

/* The longest date that begins at a token; its end, or `at`. */
static guint date_end(const Beside *self, guint at, guint line, int *year)
{
	const LwTokens *tokens = self->tokens;
	gsize start = lw_token_at(tokens, at)->start;
	guint best = at;

	if (!(lw_token_at(tokens, at)->flags & LW_TOKEN_DIGIT))
		return at;
	for (guint end = at + 1; end <= line && end - at <= DATE_TOKENS + 2; end++) {
		int of = lw_year_of_date(tokens->normal->utf8 + start,
					 lw_token_at(tokens, end - 1)->end - start, self->year);

		if (of >= LEAST_YEAR && of <= self->year &&
		    !is_mixed(tokens->normal->utf8 + start,
			      lw_token_at(tokens, end - 1)->end - start)) {
			*year = of;
			best = end;
		}
	}
	return best;
}

/* "de brief van J. Smit, 12 maart 1987": not his day. */
static gboolean is_of_paper(const Beside *self, guint name)
{
	for (guint i = name, back = 0;
	     i > 0 && back < BEFORE && lw_token_at(self->tokens, i - 1)->mark != ':'; back++)
		if (lw_token_in(lw_token_at(self->tokens, --i)->word,
				"brief mail e-mail bericht notitie memo rapport verslag besluit "
				"advies nota uitspraak arrest artikel publicatie boek scriptie "
				"overeenkomst akte contract foto tekening vonnis factuur"))
			return TRUE;
	return FALSE;
}

static gboolean is_of_child(const Beside *self, guint name)
{
	for (guint i = name, line = lw_token_line_start(self->tokens, name); i > line; i--)
		if (lw_token_in(
			    lw_token_at(self->tokens, i - 1)->word,
			    "kind kinderen zoon zoontje dochter dochtertje leerling baby tweeling "
			    "jongen meisje kleinkind kleinzoon kleindochter pleegkind gezinslid"))
			return TRUE;
	return FALSE;
}

/* A single letter, an ordinal of a floor: "Hooiweg C 21", "12 2e verd.", "44 zwart". */
static gboolean is_addition(const LwToken *token)
{
	return lw_token_in(token->word,
			   "bis hs huis hoog achter voor boven beneden kelder sous souterrain "
			   "zwart rood rd zw bus unit app kamer kmr etage verd verdieping links "
			   "rechts i ii iii iv 1e 2e 3e 4e 5e begane grond bg") ||
	       (token->letters == 1 && token->flags & LW_TOKEN_CAPITAL);
}

static gboolean is_no_street(const LwToken *token)
{
	static const char *const endings[] = {"groep", "team", "klas", "kamer",
					      "zaal",  "pas",  "blad"};

	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(token->word, endings[i]))
			return TRUE;
	return token->flags & LW_TOKEN_DIGIT || token->letters < 3 ||
	       token->cues & (LW_CUE_BODY | LW_CUE_WEEKDAY | LW_CUE_ADDRESS | LW_CUE_ENUMERATOR) ||
	       (token->flags & LW_TOKEN_ALL_CAPS && token->letters < 5) ||
	       token->lists & (LW_WORD_ORGANISATION | LW_WORD_ROLE | LW_WORD_TITLE |
			       LW_WORD_ABBREVIATION) ||
	       street_is_counted(token->word, strlen(token->word)) ||
	       lw_token_in(
		       token->word,
		       "tafel lokaal zaal poort gate hal loods blok vak rij graf veld kavel "
		       "casus team wijk klas stoel baan tel tst toestel mobiel fax bureau nummers "
		       "ronde niveau stap level havo vwo mavo vmbo jaar maanden leeftijd schaal "
		       "trede formulier model type windows office versie kenmerk punten score");
}

/* "14b", "210": a number that a house may have. */
static gboolean is_house(const LwToken *token)
{
	gsize digits = strspn(token->word, "0123456789");

	if (!digits || digits > 4 || token->word[0] == '0' || strlen(token->word) > digits + 2)
		return FALSE;
	return digits < 4 || token->word[digits] ||
	       (strncmp(token->word, "19", 2) && strncmp(token->word, "20", 2));
}

/* A word of a street's name that is not its last: a capital, a particle, "1e". */
static gboolean may_lead(const LwToken *token)
{
	return token->flags & LW_TOKEN_CAPITAL || token->cues & LW_CUE_PARTICLE ||
	       lw_token_in(token->word, "de het 't 's v d o 1e 2e 3e w j m");
}

/* "Loet 14b", "'t Haantje 6A", "meidoornln 14": the end of an address that begins at a token; 0:
 * there is none. */
static guint street_end(const Beside *self, guint at, guint limit)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *last = NULL, *behind;
	gboolean capital = FALSE, ending;
	guint i = at, end;

	for (; i < limit && i - at < PART_TOKENS; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if ((i > at && token->gap >= LW_GAP_WIDE) ||
		    (i && lw_token_at(tokens, i - 1)->mark == '"'))
			return 0;
		if (last && is_house(token) && !lw_token_at(tokens, i - 1)->mark)
			break;
		if (token->mark ? token->mark != '.' && token->mark != '\'' && token->mark != 0x2019
				: !may_lead(token) && !street_has_ending(token->word))
			return 0;
		capital |= !token->mark && (token->flags & LW_TOKEN_CAPITAL);
		last = !token->mark && token->letters > 1 ? token : last;
	}
	if (!last || i >= limit || i - at >= PART_TOKENS || is_no_street(last))
		return 0;
	ending = street_has_ending(last->word);
	if (!ending &&
	    (!capital || (last->lists & LW_WORD_COMMON && !(last->lists & LW_WORD_STREET))))
		return 0;
	gsize stop = street_number_end(tokens->normal->utf8, tokens->normal->length,
				       lw_token_at(tokens, i)->start);
	if (!stop)
		return 0;
	for (end = i + 1; end < limit && lw_token_at(tokens, end)->start < stop;)
		end++;
	while (end < limit && lw_token_at(tokens, end)->gap <= LW_GAP_SPACE &&
	       is_addition(lw_token_at(tokens, end)))
		end++;
	behind = lw_token_at(tokens, end);
	return end >= limit || behind->mark || behind->gap >= LW_GAP_WIDE || ending ? end : 0;
}

/* "B. Kuiperi, 17-10-1988, 187598320" */
static gboolean is_bsn(const LwToken *token)
{
	return token->letters == 9 && strspn(token->word, "0123456789") == 9 &&
	       lw_checksum_bsn(token->word, 9);
}

/* ", Drossaardlaan 7" behind a date: it stands in a line of who somebody is. */
static gboolean leads_home(const Beside *self, guint at, guint line)
{
	return at + 1 < line && lw_token_at(self->tokens, at)->mark == ',' &&
	       (lw_token_in(lw_token_at(self->tokens, at + 1)->word,
			    "zelfde idem gsm mob bsn wonend wonende woonachtig verblijvende") ||
		street_end(self, at + 1, line) || is_bsn(lw_token_at(self->tokens, at + 1)));
}

/* "Noah Filmon   12-03-2020   m": a child in a form. */
static gboolean leads_to_sex(const Beside *self, guint at, guint line)
{
	const LwToken *token = lw_token_at(self->tokens, at);

	return at + 1 == line && token->gap == LW_GAP_WIDE && lw_token_in(token->word, "m v x j");
}

static gboolean is_birth(const Beside *self, guint name, guint end, guint line, int year)
{
	int ago = self->year - year;

	if (is_of_paper(self, name))
		return FALSE;
	if (ago >= 0 && (leads_home(self, end, line) || leads_to_sex(self, end, line)))
		return TRUE;
	return ago >= GROWN_YEARS || (ago >= CHILD_YEARS && is_of_child(self, name));
}

/* A place behind a date of birth: ", Batavia", " te Moengo". */
static guint take_place(const Beside *self, guint at, guint line)
{
	const LwTokens *tokens = self->tokens;
	gboolean led;
	guint first = at;

	first += lw_token_at(tokens, first)->mark == ',' || lw_token_at(tokens, first)->mark == '(';
	led = lw_token_in(lw_token_at(tokens, first)->word, "te in");
	first += led;
	if (first == at || first >= line || is_taken(self, first, first + 1))
		return at;
	const LwToken *place = lw_token_at(tokens, first);
	/* ", Loet 14b" */
	if (first + 1 < line && is_house(lw_token_at(tokens, first + 1)))
		return at;
	if (place->flags & LW_TOKEN_CAPITAL &&
	    (led || street_is_place(self->context->lexicon, tokens->normal->utf8 + place->start,
				    place->end - place->start)))
		emit(self, first, first + 1, LW_KIND_BIRTH_PLACE, SCORE_BIRTH, "date/birth-place");
	else
		return at;
	return first + 1;
}

/* "Petkov, V-nr. 2874410936, 1971" */
static gboolean is_number_of_person(const Beside *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);

	return self->taken[at] && token->flags & LW_TOKEN_DIGIT && token->letters >= LEAST_NUMBER;
}

/* "bsn 119325402, Willemstad 11-04-1985", "Geboren te Warten 3-11-'52": a place right before the
 * day. Its end and that of the date; FALSE: it is something else. */
static gboolean take_place_and_day(const Beside *self, guint name, guint at, guint line, guint *end)
{
	const LwTokens *tokens = self->tokens;
	const char *text = tokens->normal->utf8;
	gsize start = lw_token_at(tokens, at)->start;
	int year = 0;

	if (!(lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL) || self->taken[at])
		return FALSE;
	for (guint words = 1; words <= PLACE_TOKENS && at + words < line; words++) {
		guint day = at + words;

		if (lw_token_at(tokens, day)->gap != LW_GAP_SPACE)
			return FALSE;
		*end = date_end(self, day, line, &year);
		if (*end == day || lw_token_at(tokens, *end - 1)->letters < 4)
			continue;
		if (!street_is_place(self->context->lexicon, text + start,
				     lw_token_at(tokens, day - 1)->end - start) ||
		    is_taken(self, day, *end) || is_of_paper(self, name) ||
		    self->year - year < GROWN_YEARS)
			return FALSE;
		emit(self, at, day, LW_KIND_BIRTH_PLACE, SCORE_BIRTH, "date/birth-place");
		emit(self, day, *end, LW_KIND_BIRTH_DATE, SCORE_BIRTH, "date/birth");
		return TRUE;
	}
	return FALSE;
}

/* One part of what follows a name; its end, or `at` when it is nothing of ours. */
static guint take_part(const Beside *self, guint name, guint at, guint line)
{
	int year = 0;
	guint end;

	if (take_place_and_day(self, name, at, line, &end))
		return end;
	end = date_end(self, at, line, &year);
	/* ", bj 1951": the year that he is of */
	if (lw_token_in(lw_token_at(self->tokens, at)->word, "bj gbj jg bouwjaar") && end == at &&
	    at + 1 < line && lw_token_at(self->tokens, at + 1)->letters == 4 &&
	    date_end(self, at + 1, line, &year) == at + 2 && year > self->year - MOST_YEARS &&
	    !is_taken(self, at + 1, at + 2)) {
		emit(self, at + 1, at + 2, LW_KIND_BIRTH_DATE, SCORE_BIRTH, "date/birth-year");
		return at + 2;
	}
	/* "| Siem, 2011 |": nothing else in the cell */
	if (end == at + 1 && lw_token_at(self->tokens, at)->letters == 4 &&
	    lw_token_at(self->tokens, at - 1)->mark == ',' &&
	    (self->persons[at - 2] || is_number_of_person(self, at - 2)) &&
	    (end == line || lw_token_at(self->tokens, end)->mark == '|' ||
	     (lw_token_at(self->tokens, end)->gap == LW_GAP_WIDE && is_of_child(self, name))) &&
	    year > self->year - MOST_YEARS && !is_taken(self, at, end) &&
	    !is_of_paper(self, name)) {
		emit(self, at, end, LW_KIND_BIRTH_DATE, SCORE_BIRTH, "date/birth-year");
		return end;
	}
	if (is_bsn(lw_token_at(self->tokens, at))) {
		emit(self, at, at + 1, LW_KIND_BSN, SCORE_BSN, "pattern/bsn");
		return at + 1;
	}
	if (end > at) {
		gboolean whole = lw_token_at(self->tokens, end - 1)->end -
					 lw_token_at(self->tokens, at)->start >
				 4;

		if (whole && !is_taken(self, at, end) && is_birth(self, name, end, line, year)) {
			emit(self, at, end, LW_KIND_BIRTH_DATE, SCORE_BIRTH, "date/birth");
			end = take_place(self, end, line);
		}
		return end;
	}
	for (guint words = 0; words < 4 && at < line; words++, at++) {
		end = street_end(self, at, line);
		if (end) {
			if (!is_taken(self, at, end))
				emit(self, at, end, LW_KIND_ADDRESS, SCORE_STREET,
				     "address/street");
			return end;
		}
		if (!lw_token_in(lw_token_at(self->tokens, at)->word,
				 "in op aan de het van uit te bij die woont wonende wonend "
				 "woonachtig adres zit"))
			break;
	}
	return at;
}

/* "3. Dhr. Klaas Post (1951), Kerkstraat 8", "Casus 1: Dennis K. (1991)": who is introduced, and no
 * author. */
static gboolean is_introduced(const Beside *self, guint name)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, name), title = name;

	title -= title > line && lw_token_at(tokens, title - 1)->mark == '.';
	if (title > line && lw_token_at(tokens, title - 1)->cues & LW_CUE_ADDRESS)
		return TRUE;
	for (guint i = name; i > line && name - i < BEFORE; i--)
		if (lw_token_in(
			    lw_token_at(tokens, i - 1)->word,
			    "casus client cliente betrokkene verdachte patient patiente melder "
			    "bewoner bewoonster huurder slachtoffer aangever aangeefster getuige "
			    "jeugdige subject huishouden kandidaat"))
			return TRUE;
	return FALSE;
}

/* "Sara (2009) en Tim (2011)", "mijn zoon Tim is van 2015": years of children. A surname with a
 * year behind it is that of an author. */
static void read_year(const Beside *self, guint name, guint at)
{
	const LwTokens *tokens = self->tokens;
	gboolean bracket = lw_token_at(tokens, at)->mark == '(';
	guint year = at + 1, line = lw_token_line_end(tokens, name), others = 0;
	const LwToken *first = lw_token_at(tokens, name);

	if (!bracket) {
		if (!lw_token_in(lw_token_at(tokens, at)->word, "is was") ||
		    !lw_token_in(lw_token_at(tokens, at + 1)->word, "van uit") ||
		    !is_of_child(self, name))
			return;
		year = at + 2;
	}
	const LwToken *token = lw_token_at(tokens, year);
	if (year >= line || token->letters != 4 || is_taken(self, year, year + 1) ||
	    (bracket && lw_token_at(tokens, year + 1)->mark != ')') ||
	    !(bracket || lw_token_at(tokens, year + 1)->mark ||
	      lw_token_at(tokens, year + 1)->gap >= LW_GAP_LINE))
		return;
	int of = lw_year_of_date(token->word, 4, self->year);
	if (of < self->year - MOST_YEARS || of > self->year)
		return;
	if (bracket && of <= self->year - GROWN_YEARS && is_introduced(self, name)) {
		emit(self, year, year + 1, LW_KIND_BIRTH_DATE, SCORE_BIRTH, "date/birth-year");
		return;
	}
	for (guint i = lw_token_line_start(tokens, name); bracket && i + 3 < line; i++)
		others += self->persons[i] && i != at - 1 &&
			  lw_token_at(tokens, i + 1)->mark == '(' &&
			  lw_token_at(tokens, i + 2)->letters == 4 &&
			  lw_token_at(tokens, i + 2)->flags & LW_TOKEN_DIGIT &&
			  lw_token_at(tokens, i)->lists & LW_WORD_FIRST_NAME &&
			  !self->persons[i ? i - 1 : tokens->count];
	if (bracket && !is_of_child(self, name) &&
	    !(others && at == name + 1 && first->lists & LW_WORD_FIRST_NAME))
		return;
	emit(self, year, year + 1, LW_KIND_BIRTH_DATE, SCORE_BIRTH, "date/birth-year");
}

/* Behind ("Hansje" in de buurt): what follows is of the name before it. */
static guint skip_nickname(const LwTokens *tokens, guint at, guint line)
{
	if (lw_token_at(tokens, at)->mark != '(' ||
	    !(lw_token_at(tokens, at + 1)->mark == '"' ||
	      lw_token_in(lw_token_at(tokens, at + 1)->word, "roepnaam alias bijnaam")))
		return at;
	for (guint i = at + 1; i < line && i - at < NICKNAME; i++)
		if (lw_token_at(tokens, i)->mark == ')')
			return i + 1;
	return at;
}

static void read_line(const Beside *self, guint name, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_end(tokens, at - 1), others = 0;

	at = skip_nickname(tokens, at, line);

	for (guint parts = 0; at < line && parts < PARTS; parts++) {
		gboolean apart = parts && others == 0;

		while (at < line && splits(lw_token_at(tokens, at))) {
			apart = TRUE;
			at++;
		}
		apart |= at < line && lw_token_at(tokens, at)->gap == LW_GAP_WIDE;
		if (at >= line || self->persons[at])
			return;
		guint end = take_part(self, name, at, line);
		if (end == at) {
			end = part_end(self, at, line);
			if (!apart || others++ || end - at > 4)
				return;
		}
		at = end;
	}
}

/* Nothing but the person, and figures that number the row. */
static gboolean is_alone(const Beside *self, guint line, guint name)
{
	for (guint i = line; i < lw_token_line_end(self->tokens, name); i++)
		if (!self->persons[i] && *lw_token_at(self->tokens, i)->word)
			return FALSE;
	return TRUE;
}

static void read_below(const Beside *self, guint name)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, name), below = lw_token_line_end(tokens, name);
	guint end = lw_token_line_end(tokens, below), stop;
	const LwToken *first = lw_token_at(tokens, below);

	if (below >= tokens->count || first->gap != LW_GAP_LINE || below - line > LINE_TOKENS)
		return;
	if (end == below + 1 && first->letters == 4 && first->flags & LW_TOKEN_DIGIT &&
	    is_alone(self, line, name)) {
		int year = lw_year_of_date(tokens->normal->utf8 + first->start, 4, self->year);
		int of = self->dated ? self->year : USUAL_YEAR;

		if (year >= LEAST_YEAR && year + GROWN_YEARS <= of && !is_taken(self, below, end))
			emit(self, below, end, LW_KIND_BIRTH_DATE, SCORE_BIRTH, "date/birth-year");
		return;
	}
	stop = street_end(self, below, end);
	if (stop && (stop == end || lw_token_at(tokens, stop)->mark == ',') &&
	    !is_taken(self, below, stop))
		emit(self, below, stop, LW_KIND_ADDRESS, SCORE_STREET, "address/street");
}

/* "Kinderen: 1. Nahom m 02-02-2014  2. Bsrat v 2016": the sex of a child, and its birth. */
static void read_sex(const Beside *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *token = lw_token_at(tokens, at);
	guint line = lw_token_line_end(tokens, at), end;
	int year = 0;

	if (!token->letters || token->letters > 1 || !(token->flags & LW_TOKEN_LOWER) ||
	    !strchr("mvxj", *token->word) || !at ||
	    !(lw_token_at(tokens, at - 1)->flags & LW_TOKEN_CAPITAL) || at + 1 >= line ||
	    lw_token_at(tokens, at + 1)->gap != LW_GAP_SPACE || !is_of_child(self, at))
		return;
	end = date_end(self, at + 1, line, &year);
	if (end > at + 1 && year > self->year - MOST_YEARS && !is_taken(self, at + 1, end) &&
	    lw_token_at(tokens, end - 1)->letters >= 4)
		emit(self, at + 1, end, LW_KIND_BIRTH_DATE, SCORE_BIRTH, "date/birth");
}

void lw_detect_beside_persons(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	const LwTokens *tokens = context->tokens ? context->tokens : own;
	Beside self = {.context = context,
		       .tokens = tokens,
		       .found = found,
		       .persons = lw_token_persons(tokens, found, LIKELY),
		       .taken = lw_token_found(tokens, found, NULL),
		       .year = context->year,
		       .dated = context->date != 0};

	self.year = self.year ? self.year : USUAL_YEAR;
	for (guint i = 0; i < tokens->count; i++) {
		guint name = i;

		if (tokens->items[i].letters == 1)
			read_sex(&self, i);
		if (!self.persons[i])
			continue;
		while (self.persons[i + 1] && lw_token_at(tokens, i + 1)->gap < LW_GAP_WIDE)
			i++;
		/* "Souf B." */
		guint behind = i + 1;
		behind += lw_token_at(tokens, behind)->mark == '.' &&
			  lw_token_at(tokens, behind)->gap == LW_GAP_NONE &&
			  lw_token_at(tokens, i)->letters == 1;
		read_year(&self, name, behind);
		read_line(&self, name, behind);
		read_below(&self, name);
	}
	g_free(self.persons);
	g_free(self.taken);
}
