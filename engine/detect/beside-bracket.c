/* beside-bracket.c - what stands in brackets right behind a person and is his: "Annelies van Dalen
 * (2281)", an extension; "L. Smeets (SMEETSLJ)", a login. Also whose register number a row of a
 * table has: that of a trader who is a person.
 *
 * Runs after the names. */
#include "engine/detect/detect.h"
#include "engine/detect/token.h"

#include <string.h>

#define LIKELY	    0.5f /* a person */
#define SCORE	    0.7f
#define LEAST_PLACE 4 /* figures of a number inside a house */
#define MOST_PLACE  5
#define LEAST_NAME  4 /* letters of a name in a login */
#define LEAST_LOGIN 5
#define NAME_TOKENS 8
#define DOUBT	    0.45f
#define CELL_TOKENS 10 /* from a person to the number of his trade */

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *persons; /* by token */
} Brackets;

static void emit(const Brackets *self, guint at, LwKind kind, const char *rule, const char *cue)
{
	LwEntity *entity = lw_entities_add(self->found, lw_token_span(self->tokens, at, at), kind,
					   SCORE, rule);

	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = cue;
}

/* "2281", and no year. */
static gboolean is_extension(const LwToken *token)
{
	gsize digits = strspn(token->word, "0123456789");

	if (digits != token->letters || digits < LEAST_PLACE || digits > MOST_PLACE ||
	    *token->word == '0')
		return FALSE;
	return digits > LEAST_PLACE ||
	       (strncmp(token->word, "19", 2) != 0 && strncmp(token->word, "20", 2) != 0);
}

/* "SMEETSLJ" of Smeets, "fnoori03" of anybody: letters that no word has. */
static gboolean is_login(const Brackets *self, guint at, guint name)
{
	const LwToken *token = lw_token_at(self->tokens, at);
	gsize length = strlen(token->word);

	if (length < LEAST_LOGIN || token->lists || token->flags & LW_TOKEN_HYPHEN)
		return FALSE;
	if (token->flags & LW_TOKEN_DIGIT)
		return token->flags & LW_TOKEN_LOWER &&
		       strspn(token->word, "abcdefghijklmnopqrstuvwxyz") + 3 >= length &&
		       !g_ascii_isdigit(token->word[LEAST_NAME - 1]);
	for (guint i = name; i < at; i++) {
		const char *word = lw_token_at(self->tokens, i)->word;

		if (self->persons[i] && strlen(word) >= LEAST_NAME && strlen(word) < length &&
		    length <= strlen(word) + 4 && strstr(token->word, word))
			return TRUE;
	}
	return FALSE;
}

static void look_behind(const Brackets *self, guint name, guint at)
{
	const LwTokens *tokens = self->tokens;

	if (lw_token_at(tokens, at)->mark != '(' || lw_token_at(tokens, at + 2)->mark != ')' ||
	    lw_token_at(tokens, at)->gap > LW_GAP_SPACE)
		return;
	if (is_extension(lw_token_at(tokens, at + 1)))
		emit(self, at + 1, LW_KIND_PHONE, "pattern/extension", "naam");
	else if (is_login(self, at + 1, name))
		emit(self, at + 1, LW_KIND_HANDLE, "pattern/user", "naam");
}

/* A form of a firm; "B.V." is four tokens. */
static gboolean is_firm(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return lw_token_in(token->word, "bv nv vof stichting vereniging maatschap gemeente "
					"cooperatie rsin gilde") ||
	       (lw_token_in(token->word, "b n v") && lw_token_at(tokens, at + 1)->mark == '.' &&
		lw_token_in(lw_token_at(tokens, at + 2)->word, "v o") &&
		lw_token_at(tokens, at + 2)->gap == LW_GAP_NONE &&
		lw_token_at(tokens, at + 3)->mark == '.');
}

/* "| Mustafa Kaya | 70415529 |": a person in the row before it, and no form of a firm. */
static gboolean is_of_trader(const Brackets *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, at), end = lw_token_line_end(tokens, at);
	gboolean person = FALSE, cell = lw_token_at(tokens, at)->gap == LW_GAP_WIDE;

	for (guint i = line; i < end; i++)
		if (lw_token_at(tokens, i)->cues & LW_CUE_BODY || is_firm(tokens, i))
			return FALSE;
	for (guint i = at; i > line && at - i < CELL_TOKENS; i--) {
		cell |= lw_token_at(tokens, i - 1)->mark == '|';
		person |= self->persons[i - 1];
	}
	return cell && person;
}

/* "Klusbedrijf T. Bakos, kvk 12345678": the trade, and behind it no more than a name. The first
 * word of the name; 0: there is none. */
static guint traded_name(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_start(tokens, at), first;

	while (at > line && (lw_token_at(tokens, at - 1)->mark ||
			     lw_token_in(lw_token_at(tokens, at - 1)->word,
					 "kvk kvk-nr kvk-nummer kvknr kvknummer k.v.k nr nummer")))
		at--;
	for (first = at; first > line && at - first < NAME_TOKENS; first--) {
		const LwToken *token = lw_token_at(tokens, first - 1);

		if (lw_token_in(token->word,
				"klusbedrijf klussenbedrijf schildersbedrijf stukadoorsbedrijf "
				"timmerbedrijf hoveniersbedrijf schoonmaakbedrijf glazenwasserij "
				"koeriersdienst klusservice klussendienst kapsalon rijschool "
				"autorijschool taxi taxibedrijf nagelstudio hondentrimsalon "
				"stukadoor hovenier loodgieter metselbedrijf tegelzetter "
				"tegelzettersbedrijf loonbedrijf klusjesman schilder timmerman "
				"eenmanszaak montagebedrijf"))
			return first < at ? first : 0;
		if (!(token->mark == '.' || token->flags & LW_TOKEN_CAPITAL ||
		      token->cues & LW_CUE_PARTICLE))
			break;
	}
	return 0;
}

/* "T. Bakos", "Fatima Bakos": no "Bakos" alone, which may be a firm with more people. */
static gboolean is_given(const LwTokens *tokens, guint first)
{
	const LwToken *token = lw_token_at(tokens, first), *next = lw_token_at(tokens, first + 1);

	return (token->letters <= 2 && next->mark == '.') ||
	       (token->lists & LW_WORD_FIRST_NAME && next->flags & LW_TOKEN_CAPITAL);
}

static gboolean names_firm(const Brackets *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint end = lw_token_line_end(tokens, at);

	for (guint i = lw_token_line_start(tokens, at); i < end; i++)
		if (is_firm(tokens, i))
			return TRUE;
	return FALSE;
}

static void judge_traders(const Brackets *self)
{
	const LwTokens *tokens = self->tokens;

	for (guint i = 0; i < self->found->items->len; i++) {
		LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);
		guint at, name;

		if (entity->kind != LW_KIND_COMPANY_NUMBER || !entity->span.length)
			continue;
		at = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
		if (at >= tokens->count)
			continue;
		if (is_of_trader(self, at)) {
			entity->kind = LW_KIND_TRADER_NUMBER;
			continue;
		}
		name = names_firm(self, at) ? 0 : traded_name(tokens, at);
		if (!name)
			continue;
		entity->kind = LW_KIND_TRADER_NUMBER;
		if (!is_given(tokens, name))
			entity->score = DOUBT;
	}
}

void lw_detect_beside_brackets(const LwDetectContext *context, LwEntities *found)
{
	Brackets self = {.tokens = context->tokens, .found = found};
	const LwTokens *tokens = context->tokens;

	if (!tokens)
		return;
	self.persons = lw_token_persons(tokens, found, LIKELY);
	for (guint i = 0; i < tokens->count; i++) {
		guint name = i;

		if (!self.persons[i])
			continue;
		while (self.persons[i + 1] && i - name < NAME_TOKENS)
			i++;
		look_behind(&self, name, i + 1);
	}
	judge_traders(&self);
	g_free(self.persons);
}
