/* birth-said.c - years of birth that are told and not labelled: "is van 1958", "haar zus van '91",
 * "moeder Bos (1984)"; and the numbered fields of a driving licence: "3. 17.02.1971 Roermond".
 *
 * Runs after names: a year is one of birth only where a person is the subject. */
#include "engine/detect/detect.h"
#include "engine/detect/token.h"

#include <string.h>

#define SCORE	    0.8f
#define LIKELY	    0.5f /* a person */
#define USUAL_YEAR  2025 /* of a document that names none */
#define LEAST_AGO   2	 /* years */
#define MOST_AGO    110
#define SUBJECT	    12 /* tokens back to who is spoken of */
#define NAME_TOKENS 8
#define CARD_LINES  7 /* from the field of its days to the first and the last */
#define CARD_DIGITS 8 /* of its number, at least */
#define PLACE_WORDS 3

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *persons; /* by token */
	int year;	 /* of the document */
} Births;

static void emit(const Births *self, guint first, guint last, LwKind kind)
{
	LwEntity *entity =
		lw_entities_add(self->found, lw_token_span(self->tokens, first, last), kind, SCORE,
				kind == LW_KIND_BIRTH_DATE    ? "date/birth-said"
				: kind == LW_KIND_BIRTH_PLACE ? "date/birth-place"
							      : "pattern/licence-field");

	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = kind == LW_KIND_DRIVING_LICENCE ? "rijbewijs" : "geboren";
}

/* "1958", or "91" behind an apostrophe: may somebody living be born then? */
static gboolean is_year(const Births *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);
	gunichar before = lw_token_at(self->tokens, at ? at - 1 : self->tokens->count)->mark;
	int year = 0;

	for (const char *c = token->word + (*token->word == '\''); *c; c++) {
		if (!g_ascii_isdigit(*c))
			return FALSE;
		year = year * 10 + (*c - '0');
	}
	if (token->letters <= 3 && (*token->word == '\'' || before == '\'' || before == 0x2019))
		year += year > self->year % 100 ? 1900 : 2000;
	else if (token->letters != 4)
		return FALSE;
	return year > self->year - MOST_AGO && year <= self->year - LEAST_AGO;
}

static gboolean is_relation(const LwToken *token)
{
	return lw_token_in(token->word,
			   "moeder vader ma pa man vrouw partner ex oma opa broer broertje zus "
			   "zusje zoon zoontje "
			   "dochter dochtertje kind oudste jongste client cliente betrokkene "
			   "buurman buurvrouw tante "
			   "oom neef nicht echtgenoot echtgenote leerling pleegkind pleegzoon "
			   "pleegdochter stiefvader "
			   "stiefmoeder bewoner bewoonster verdachte patient patiente");
}

static gboolean ends_sentence(const LwToken *token)
{
	return token->mark && token->mark < 128 && strchr(".!?;:", (int)token->mark);
}

static gboolean has_person(const Births *self, guint at)
{
	for (guint back = 0; at > 0 && back < SUBJECT; back++) {
		const LwToken *token = lw_token_at(self->tokens, --at);

		if (self->persons[at] || is_relation(token))
			return TRUE;
		if (ends_sentence(token) || token->gap >= LW_GAP_BLANK)
			return FALSE;
	}
	return FALSE;
}

static gboolean ends_clause(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->gap >= LW_GAP_WIDE ||
	       (token->mark && token->mark < 128 && strchr(".,;!?)", (int)token->mark)) ||
	       lw_token_in(token->word, "en maar dus want toch");
}

/* "Henk Blaauw is van 1958,", "haar zus van '91": no house, and no letter. */
static gboolean is_from_year(const Births *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint of = at;
	const LwToken *who;

	of -= of && lw_token_at(tokens, of - 1)->mark == '\'';
	if (of < 3 || !lw_token_in(lw_token_at(tokens, --of)->word, "van uit"))
		return FALSE;
	/* "haar zus van '91 helpt" */
	if (of + 2 == at && is_relation(lw_token_at(tokens, of - 1)))
		return TRUE;
	if (!ends_clause(tokens, at + 1))
		return FALSE;
	if (is_relation(lw_token_at(tokens, of - 1)))
		return TRUE;
	while (of > 2 && lw_token_in(lw_token_at(tokens, of - 1)->word, "zelf ook nog al toch pas"))
		of--;
	if (!lw_token_in(lw_token_at(tokens, --of)->word, "is ben bent was"))
		return FALSE;
	who = lw_token_at(tokens, of - 1);
	return self->persons[of - 1] || is_relation(who) ||
	       lw_token_in(who->word, "ik hij zij ze") ||
	       ((who->mark == ',' || lw_token_in(who->word, "en die")) && has_person(self, of - 1));
}

/* "Moeder Patricia Kock (1984)", no "Smit (1984)" of a list of books. */
static gboolean is_behind_relation(const Births *self, guint at)
{
	guint name = at - 1;

	if (at < 3 || lw_token_at(self->tokens, name)->mark != '(' ||
	    lw_token_at(self->tokens, at + 1)->mark != ')' || !self->persons[name - 1])
		return FALSE;
	while (name > 0 && at - name < NAME_TOKENS && self->persons[name - 1])
		name--;
	return name > 0 && is_relation(lw_token_at(self->tokens, name - 1));
}

/* "mijn geboortejaar is 1972" */
static gboolean is_called_so(const Births *self, guint at)
{
	return at > 1 && lw_token_in(lw_token_at(self->tokens, at - 1)->word, "is was") &&
	       lw_token_in(lw_token_at(self->tokens, at - 2)->word, "geboortejaar");
}

/* "geboren in 1956 te Kerkrade": the place behind the year. */
static void take_place_behind(const Births *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint from = at > 3 ? at - 3 : 0, last = at + 2;
	gboolean born = FALSE;

	for (guint i = from; i < at; i++)
		born |= lw_token_in(lw_token_at(tokens, i)->word, "geboren geb");
	if (!born || !lw_token_in(lw_token_at(tokens, at + 1)->word, "te in") ||
	    !(lw_token_at(tokens, last)->flags & LW_TOKEN_CAPITAL))
		return;
	while (last < at + 1 + PLACE_WORDS &&
	       lw_token_at(tokens, last + 1)->flags & LW_TOKEN_CAPITAL &&
	       lw_token_at(tokens, last + 1)->gap == LW_GAP_SPACE)
		last++;
	emit(self, at + 2, last, LW_KIND_BIRTH_PLACE);
}

/* "05.09.1983": the token behind it. */
static guint date_end(const LwTokens *tokens, guint at)
{
	guint end = at;

	while (end < at + 5 && (end == at || lw_token_at(tokens, end)->gap <= LW_GAP_SPACE) &&
	       (lw_token_at(tokens, end)->flags & LW_TOKEN_DIGIT ||
		(lw_token_at(tokens, end)->mark &&
		 strchr(".-/", (int)MIN(lw_token_at(tokens, end)->mark, 127)))))
		end++;
	return end;
}

/* Field 3 of a licence: the day and the place of birth. */
static void take_birth_field(const Births *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint end = date_end(tokens, at), last;
	gsize from = lw_token_at(tokens, at)->start;
	int year;

	if (end == at)
		return;
	year = lw_year_of_date(tokens->normal->utf8 + from,
			       lw_token_at(tokens, end - 1)->end - from, self->year);
	if (year <= self->year - MOST_AGO || year > self->year)
		return;
	emit(self, at, end - 1, LW_KIND_BIRTH_DATE);
	for (last = end; last < end + PLACE_WORDS &&
			 lw_token_at(tokens, last)->flags & LW_TOKEN_CAPITAL &&
			 (last == end ? lw_token_at(tokens, last)->gap < LW_GAP_LINE
				      : lw_token_at(tokens, last)->gap == LW_GAP_SPACE);)
		last++;
	if (last > end)
		emit(self, end, last - 1, LW_KIND_BIRTH_PLACE);
}

/* "4a.": a driving licence, or a page of one; the fields around it. */
static void read_licence(const Births *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint from = lw_token_line_start(tokens, at), to = lw_token_line_end(tokens, at);

	for (guint lines = 0; lines < CARD_LINES && from > 0; lines++)
		from = lw_token_line_start(tokens, from - 1);
	for (guint lines = 0; lines < CARD_LINES && to < tokens->count; lines++)
		to = lw_token_line_end(tokens, to);
	for (guint i = from; i + 2 < to; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->letters != 1 || lw_token_at(tokens, i + 1)->mark != '.' ||
		    lw_token_at(tokens, i + 2)->gap == LW_GAP_NONE ||
		    !(token->flags & LW_TOKEN_LINE_START || token->gap == LW_GAP_WIDE))
			continue;
		if (*token->word == '3')
			take_birth_field(self, i + 2);
		if (*token->word == '5' && lw_token_at(tokens, i + 2)->letters >= CARD_DIGITS &&
		    lw_token_at(tokens, i + 2)->flags & LW_TOKEN_DIGIT)
			emit(self, i + 2, i + 2, LW_KIND_DRIVING_LICENCE);
	}
}

void lw_detect_births_said(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	Births self = {.tokens = tokens,
		       .found = found,
		       .year = context->year ? context->year : USUAL_YEAR};

	if (!tokens)
		return;
	self.persons = lw_token_persons(tokens, found, LIKELY);
	for (guint i = 1; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (!(token->flags & LW_TOKEN_DIGIT) || token->letters > 4)
			continue;
		if (token->letters == 2 && !strcmp(token->word, "4a") &&
		    lw_token_at(tokens, i + 1)->mark == '.')
			read_licence(&self, i);
		if (!is_year(&self, i))
			continue;
		take_place_behind(&self, i);
		if (is_from_year(&self, i) || is_behind_relation(&self, i) ||
		    is_called_so(&self, i))
			emit(&self, i, i, LW_KIND_BIRTH_DATE);
	}
	g_free(self.persons);
}
