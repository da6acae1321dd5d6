/* unexplained.c - the review tier: every word that may name somebody and that nothing explains, for
 * a person to decide.
 *
 * Only where private persons are spoken of: a law or a policy has none. Takes nothing that another
 * rule found, whatever it made of it. */
#include "engine/detect/unexplained.h"

#include "engine/detect/name.h"
#include "engine/detect/office.h"

#include <string.h>

#define LIKELY	     0.5f /* score of a find that tells of somebody */
#define FLOOR	     0.2f /* below this a find is none */
#define NEAR	     60	  /* tokens in which somebody is spoken of */
#define CLOSE	     20
#define SCORE_LISTED 0.35f
#define SCORE_WORD   0.25f
#define LEAST_WORD   4	  /* letters of a word that opens a sentence and is on no list */
#define MOST_CODE    3	  /* letters that stand for somebody */
#define LEAST_NAME   3	  /* letters of a word by which somebody is known */
#define STAYS	     0.8f /* chance */
#define PARTICLE     0.1f /* chance of it that it is of the name */
#define PARTICLES    3
#define AHEAD	     6 /* words after it that tell what it is a part of */

guint unexplained_near(const Unexplained *self, guint at, guint reach)
{
	guint to = MIN(self->tokens->count, at + reach + 1);

	return self->persons[to] - self->persons[at > reach ? at - reach : 0];
}

gboolean unexplained_is_numbered(const LwTokens *tokens, guint at)
{
	return at && lw_token_at(tokens, at)->gap <= LW_GAP_SPACE &&
	       lw_token_in(lw_token_at(tokens, at - 1)->word,
			   "bus lijn tram trein nr nummer kamer zaal unit");
}

gboolean unexplained_says(const LwTokens *tokens, guint first, guint last)
{
	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (*token->word &&
		    !(token->cues & (LW_CUE_STOP | LW_CUE_PARTICLE | LW_CUE_WEEKDAY)))
			return TRUE;
	}
	return FALSE;
}

LwEntity *unexplained_add(Unexplained *self, guint first, guint last, LwKind kind, float score,
			  LwReason reason)
{
	LwEntity *entity = lw_entities_add(self->found, lw_token_span(self->tokens, first, last),
					   kind, score, "review/unexplained");

	entity->reason = reason;
	for (guint i = first; i <= last; i++)
		self->covered[i] = 1;
	return entity;
}

/* Does a find tell of somebody who is not in office? */
static gboolean is_private(const LwEntity *entity)
{
	if (entity->score < LIKELY || !entity->span.length || entity->role > LW_ROLE_PROFESSIONAL)
		return FALSE;
	switch (entity->kind) {
	case LW_KIND_PERSON:
	case LW_KIND_SIGNATURE:
	case LW_KIND_BSN:
	case LW_KIND_BIRTH_DATE:
	case LW_KIND_CLIENT_NUMBER:
	case LW_KIND_V_NUMBER:
	case LW_KIND_ID_DOCUMENT:
	case LW_KIND_CRIMINAL_CASE:
	case LW_KIND_EMAIL:
	case LW_KIND_PHONE:
	case LW_KIND_AGE:
	case LW_KIND_HANDLE:
	case LW_KIND_SPECIAL:
		return TRUE;
	default:
		return FALSE;
	}
}

/* A word that names somebody here, whatever else it may be elsewhere. */
static void learn_name(Unexplained *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);

	if (token->letters >= LEAST_NAME && token->flags & LW_TOKEN_CAPITAL &&
	    !(token->cues & LW_CUE_PARTICLE))
		g_hash_table_add(self->names, (gpointer)token->word);
}

static void read_found(Unexplained *self)
{
	const LwTokens *tokens = self->tokens;

	for (guint i = 0; i < self->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);
		guint first, next;

		lw_token_range(tokens, entity->span, &first, &next);
		if (!entity->span.length || entity->score < FLOOR || first >= tokens->count)
			continue;
		self->persons[first + 1] += is_private(entity);
		if (entity->kind == LW_KIND_OPINION || entity->kind == LW_KIND_PASSAGE)
			continue;
		for (guint at = first; at < next; at++) {
			self->covered[at] = 1;
			if (entity->kind == LW_KIND_PERSON && is_private(entity))
				learn_name(self, at);
		}
	}
	for (guint i = 0; i < tokens->count; i++)
		self->persons[i + 1] += self->persons[i];
}

/* "het Integriteitsprotocol", "de Kompan"; "de Vries" is on the lists. */
static gboolean has_article(const LwTokens *tokens, guint at)
{
	const LwToken *before = lw_token_at(tokens, at - 1), *token = lw_token_at(tokens, at);

	if (!at || token->gap > LW_GAP_SPACE)
		return FALSE;
	return lw_token_in(before->word, "het een dit elk elke ieder iedere ons onze the this") ||
	       (lw_token_in(before->word, "de deze die") && !(token->lists & LW_WORD_SURNAME));
}

/* A capital that the sentence does not ask for. */
static gboolean is_within(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);

	return at && !(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START)) &&
	       token->gap <= LW_GAP_SPACE &&
	       (*before->word || (before->mark && strchr(",&/(:\"'", (int)before->mark)));
}

/* A place, as the words before it say: "in Oirschoterbeek", "gemeente Zutphenoord". */
static gboolean is_place_here(const LwTokens *tokens, guint at)
{
	const LwToken *before = lw_token_at(tokens, at - 1), *token = lw_token_at(tokens, at);

	if (!at || token->gap > LW_GAP_SPACE)
		return FALSE;
	if (lw_token_in(before->word, "in te uit naar gemeente nabij richting stadhuis regio"))
		return TRUE;
	/* "burgemeester en wethouders van", "7570 AJ" */
	return (lw_token_is(tokens, at - 1, "van") && at > 1 &&
		lw_token_in(lw_token_at(tokens, at - 2)->word,
			    "wethouders burgemeester gemeenteraad raad gemeente college")) ||
	       (before->flags & LW_TOKEN_ALL_CAPS && before->letters == 2 && at > 1 &&
		lw_token_at(tokens, at - 2)->flags & LW_TOKEN_DIGIT);
}

static void learn_things(Unexplained *self)
{
	const LwTokens *tokens = self->tokens;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->letters < 2 || !*token->word)
			continue;
		if (token->flags & LW_TOKEN_LOWER
			    ? !(token->lists & LW_WORD_FIRST_NAME)
			    : has_article(tokens, i) || (is_place_here(tokens, i) &&
							 !(token->lists & LW_WORD_FIRST_NAME)))
			g_hash_table_add(self->things, (gpointer)token->word);
	}
}

/* "Zeeland-West-Brabant", "Noord-Veluwe" */
static gboolean is_region(const LwToken *token)
{
	static const char *const sides[] = {"noord", "zuid", "oost", "west", "midden", "centrum"};

	for (gsize i = 0; token->flags & LW_TOKEN_HYPHEN && i < G_N_ELEMENTS(sides); i++)
		if (strstr(token->word, sides[i]))
			return TRUE;
	return FALSE;
}

/* "Zaaknr", "Betreff:", ".docx", "MinIenW" */
static gboolean is_label(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);

	if (at && lw_token_at(tokens, at - 1)->mark == '.' && token->gap == LW_GAP_NONE)
		return TRUE;
	if (token->flags & LW_TOKEN_MIXED || lw_word_ends_in(token->word, "nr nrs nummer"))
		return TRUE;
	return !(token->lists & LW_WORD_FIRST_NAME) &&
	       (next->mark == ':' ||
		(next->mark == '.' && lw_token_at(tokens, at + 2)->mark == ':'));
}

/* "Pieter van den Hoogenband-bad", "Jan Kuipersweg", "April 1968": what it is a part of. */
static gboolean is_part_of_thing(const LwTokens *tokens, guint at)
{
	for (guint i = at + 1; i < at + AHEAD; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->gap != LW_GAP_SPACE || !*token->word ||
		    !(token->flags & (LW_TOKEN_CAPITAL | LW_TOKEN_DIGIT) ||
		      token->lists & LW_WORD_PARTICLE))
			return FALSE;
		if (token->flags & (LW_TOKEN_COMPOUND | LW_TOKEN_DIGIT) ||
		    token->cues & LW_CUE_BODY_AFTER || lw_name_is_paper(token->word))
			return TRUE;
	}
	return FALSE;
}

/* "Willem" and "Barentsz" behind "tjalk": the words with capitals that it is one of are the name of
 * a thing. */
static gboolean is_of_thing(const LwTokens *tokens, guint at)
{
	LwName name = {.first = at, .last = at, .surname = at, .surnames = 1};

	while (name.first > 0 && lw_token_at(tokens, name.first)->gap == LW_GAP_SPACE &&
	       at - name.first < AHEAD &&
	       (lw_token_at(tokens, name.first - 1)->flags & LW_TOKEN_CAPITAL ||
		lw_name_is_particle(lw_token_at(tokens, name.first - 1)))) {
		if (lw_name_is_of_thing(tokens, &name))
			return TRUE;
		name.first--;
	}
	return lw_name_is_of_thing(tokens, &name);
}

/* What a word of a name never is, whatever its letters. */
static gboolean is_other(const Unexplained *self, guint at)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;
	const guint32 others = LW_WORD_ORGANISATION | LW_WORD_TITLE | LW_WORD_ROLE |
			       LW_WORD_ABBREVIATION | LW_WORD_ALLOW;
	const LwToken *token = lw_token_at(self->tokens, at);
	LwName name = {.first = at, .last = at, .surname = at, .surnames = 1};

	if (self->covered[at] || token->letters < 2 ||
	    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND) || token->lists & others ||
	    token->cues & ~(guint)(LW_CUE_PHRASE | LW_CUE_DIGRAPH | LW_CUE_RELATION))
		return TRUE;
	/* an ordinary word or place that hardly anybody is called */
	if (token->lists & (LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET) &&
	    !(token->lists & names))
		return TRUE;
	/* "Ha Rishi", "Lieve mensen" */
	if (token->cues & LW_CUE_PHRASE && token->lists & LW_WORD_COMMON)
		return TRUE;
	/* "Wethouder Kievit" stays */
	if (at) {
		const Office *office = office_ending(self->tokens, at - 1);

		if (office && lw_role_default_action(office->role) == LW_ACTION_KEEP)
			return TRUE;
	}
	return is_region(token) || lw_name_follows_thing(self->tokens, at) ||
	       (token->flags & LW_TOKEN_CAPITAL && is_of_thing(self->tokens, at)) ||
	       is_label(self->tokens, at) || is_part_of_thing(self->tokens, at) ||
	       lw_name_is_body(self->tokens, &name) || !lw_name_is_dutch_here(self->tokens, at);
}

/* "Vishal vindt", "Ank kan niet" */
static gboolean acts(const LwTokens *tokens, guint at)
{
	const LwToken *next = lw_token_at(tokens, at + 1);

	return next->gap == LW_GAP_SPACE && next->cues & LW_CUE_VERB &&
	       next->flags & LW_TOKEN_LOWER;
}

static gboolean is_beside_capital(const Unexplained *self, guint at)
{
	const LwToken *next = lw_token_at(self->tokens, at + 1);
	const LwToken *before = lw_token_at(self->tokens, at - 1);

	return (next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_CAPITAL &&
		!self->covered[at + 1]) ||
	       (at && lw_token_at(self->tokens, at)->gap == LW_GAP_SPACE &&
		before->flags & LW_TOKEN_CAPITAL && !self->covered[at - 1] &&
		!(before->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START)));
}

/* The score of an ordinary word or place with a capital that some are called: "Ploeg", "Wil". */
static float weigh_ambiguous(const Unexplained *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);

	if (!unexplained_near(self, at, CLOSE) || is_beside_capital(self, at) ||
	    g_hash_table_contains(self->things, token->word) || is_place_here(self->tokens, at))
		return 0;
	if (is_within(self->tokens, at))
		return SCORE_LISTED;
	return token->lists & LW_WORD_FIRST_NAME &&
			       (token->lists & LW_WORD_FREQUENT || acts(self->tokens, at))
		       ? SCORE_LISTED
		       : 0;
}

static gboolean is_alone(const LwTokens *tokens, guint first, guint last)
{
	return lw_token_at(tokens, first)->gap >= LW_GAP_LINE &&
	       lw_token_at(tokens, last + 1)->gap >= LW_GAP_LINE;
}

/* "TK wil dat", "HJ: verwijst", "Daryoush, JS --", "22:14 HA  brand", "Hoi BJ,", "SR" on a line of
 * its own: letters that do or are told something, or sign. */
static gboolean is_code(const Unexplained *self, guint at)
{
	static const char calls[] = "door dag hoi ha hey hi gr grt groet groeten vraag bel met aan "
				    "dus actie namens beste dank bedankt";
	const guint not_letters = LW_CUE_STOP | LW_CUE_BODY | LW_CUE_BODY_BEFORE |
				  LW_CUE_BODY_AFTER | LW_CUE_COLUMN | LW_CUE_WEEKDAY;
	const LwTokens *tokens = self->tokens;
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);
	const LwToken *last = lw_token_at(tokens, at - 1);
	gunichar before = at ? last->mark : 0;
	gboolean opens = token->flags & LW_TOKEN_LINE_START ||
			 (token->flags & LW_TOKEN_SENTENCE_START && !before) || before == '.';

	if (token->lists & ~(guint)(LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_COMMON) ||
	    token->letters > MOST_CODE || token->cues & not_letters || has_article(tokens, at) ||
	    !unexplained_near(self, at, CLOSE))
		return FALSE;
	if (next->mark == ':' && next->gap == LW_GAP_NONE && opens &&
	    lw_token_at(tokens, at + 2)->gap == LW_GAP_SPACE)
		return TRUE;
	if (is_alone(tokens, at, at) || acts(tokens, at))
		return TRUE;
	if (before == '(' && next->mark == ')' && token->gap == LW_GAP_NONE)
		return !token->lists && at > 1 &&
		       lw_token_at(tokens, at - 2)->flags & LW_TOKEN_LOWER;
	/* "22:14 HA  brand" */
	if (at > 2 && last->flags & LW_TOKEN_DIGIT && lw_token_at(tokens, at - 2)->mark == ':' &&
	    lw_token_line_start(tokens, at) + 4 > at && next->gap <= LW_GAP_WIDE)
		return TRUE;
	if (token->lists)
		return FALSE;
	return (token->gap == LW_GAP_SPACE && lw_token_in(last->word, calls) &&
		(next->mark || next->gap >= LW_GAP_WIDE || next->flags & LW_TOKEN_LOWER)) ||
	       (before == ',' && next->mark && strchr(",-:", (int)next->mark));
}

/* "tolkt": a verb by its ending. */
static gboolean ends_as_verb(const LwTokens *tokens, guint at)
{
	const LwToken *next = lw_token_at(tokens, at + 1);

	return next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_LOWER && next->letters > 4 &&
	       !(next->cues & LW_CUE_STOP) && lw_word_ends_in(next->word, "t de");
}

/* "mobiel dries 06": a first name of somebody found here, without its capital. */
static gboolean is_known_lower(const Unexplained *self, guint at)
{
	static const char leads[] = "mobiel mob gsm tel telefoon app bel vraag stuur mail met van "
				    "door bij aan voor en namens volgens naast zonder";
	const LwToken *token = lw_token_at(self->tokens, at);

	return token->letters > LEAST_NAME && token->lists & LW_WORD_FIRST_NAME && at &&
	       !(token->cues & LW_CUE_STOP) && token->gap == LW_GAP_SPACE &&
	       g_hash_table_contains(self->names, token->word) &&
	       lw_token_in(lw_token_at(self->tokens, at - 1)->word, leads);
}

/* "T00n", "Corne1is": a scanner's figures in a word that some are called. */
static gboolean is_torn(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	g_autofree char *mended = NULL;
	guint figures = 0;

	if (!(token->flags & LW_TOKEN_DIGIT) || !(token->flags & LW_TOKEN_CAPITAL) ||
	    token->letters < LEAST_WORD || token->flags & LW_TOKEN_ALL_CAPS)
		return FALSE;
	mended = g_strdup(token->word);
	for (char *c = mended; *c; c++) {
		figures += g_ascii_isdigit(*c) != 0;
		*c = *c == '0' ? 'o' : *c == '1' ? 'l' : *c == '5' ? 's' : *c;
	}
	return figures * 2 <= token->letters &&
	       lw_lexicon_find(tokens->lexicon, mended, strlen(mended)) &
		       (LW_WORD_FIRST_NAME | LW_WORD_SURNAME);
}

/* "M. ('Mo') Lahcen": how somebody who stands before it is called. */
static gboolean is_nickname(const Unexplained *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	gunichar quote = at > 2 ? lw_token_at(tokens, at - 1)->mark : 0;

	return (quote == '"' || quote == '\'') && lw_token_at(tokens, at - 2)->mark == '(' &&
	       lw_token_at(tokens, at + 1)->mark == quote &&
	       lw_token_at(tokens, at + 2)->mark == ')' &&
	       (self->covered[at - 3] ||
		(lw_token_at(tokens, at - 3)->mark == '.' && at > 3 && self->covered[at - 4]));
}

/* "Mei tolkt", "Jayvian:" of somebody who is found elsewhere here. */
static gboolean is_known(const Unexplained *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at),
		      *next = lw_token_at(self->tokens, at + 1);
	LwName name = {.first = at, .last = at, .surname = at, .surnames = 1};

	if (!g_hash_table_contains(self->names, token->word) || has_article(self->tokens, at) ||
	    is_place_here(self->tokens, at) || lw_name_follows_thing(self->tokens, at) ||
	    is_of_thing(self->tokens, at) || is_part_of_thing(self->tokens, at) ||
	    lw_name_is_body(self->tokens, &name))
		return FALSE;
	return !(token->cues & LW_CUE_STOP ||
		 token->lists & (LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET)) ||
	       is_within(self->tokens, at) || next->mark == ':' || next->mark == '(' ||
	       next->gap >= LW_GAP_WIDE || acts(self->tokens, at) || ends_as_verb(self->tokens, at);
}

/* "Wisniewska", "Hiddink": the score of a word with a capital; 0: it is explained. */
static float weigh_capital(const Unexplained *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *token = lw_token_at(tokens, at);
	guint32 names = token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME);

	if (token->flags & LW_TOKEN_ALL_CAPS && token->letters < LEAST_WORD)
		return 0;
	if (token->flags & LW_TOKEN_ALL_CAPS && !names)
		return 0;
	if (token->lists & (LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET))
		return weigh_ambiguous(self, at);
	if (g_hash_table_contains(self->things, token->word) || has_article(tokens, at))
		return 0;
	if (names)
		return SCORE_LISTED;
	if (!is_within(tokens, at) &&
	    (token->letters < LEAST_WORD || token->flags & LW_TOKEN_HYPHEN ||
	     !unexplained_near(self, at, CLOSE)))
		return 0;
	return lw_name_is_made(tokens, at) ? 0 : SCORE_WORD;
}

/* "aan joep", "sorry nel, ": somebody is spoken to or of. */
static gboolean is_called(const LwTokens *tokens, guint at)
{
	static const char calls[] =
		"aan met en of sorry hoi ha dag hallo bedankt thanks dank met "
		"volgens door voor goedemorgen beste lieve namens topper ok oke bel vraag";
	const LwToken *before = lw_token_at(tokens, at - 1), *next = lw_token_at(tokens, at + 1);

	if (!at || lw_token_at(tokens, at)->gap != LW_GAP_SPACE ||
	    !lw_token_in(before->word, calls))
		return FALSE;
	return next->gap >= LW_GAP_LINE || next->mark || next->cues;
}

/* "yudi kun jij", at the start of a line */
static gboolean is_asked(const LwTokens *tokens, guint at)
{
	return lw_token_at(tokens, at)->flags & (LW_TOKEN_LINE_START | LW_TOKEN_SENTENCE_START) &&
	       lw_token_in(lw_token_at(tokens, at + 1)->word,
			   "kun kan wil heb ben weet mag moet") &&
	       lw_token_in(lw_token_at(tokens, at + 2)->word, "je jij u");
}

/* "02:29 Ger: nadjib niet alleen naar binnen": what somebody writes opens with a word of no list.
 */
static gboolean opens_message(const Unexplained *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	const LwToken *next = lw_token_at(tokens, at + 1);

	return at > 1 && self->covered[at - 2] && lw_token_at(tokens, at - 1)->mark == ':' &&
	       lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
	       lw_token_at(tokens, at - 2)->flags & LW_TOKEN_CAPITAL && next->gap == LW_GAP_SPACE &&
	       next->flags & LW_TOKEN_LOWER && next->lists;
}

/* "joep", "wisniewska": written without a capital, and a name first of all. */
static float weigh_lower(const Unexplained *self, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);

	if (token->letters < 3 || token->flags & LW_TOKEN_HYPHEN)
		return 0;
	if (token->lists & LW_WORD_COMMON)
		return token->lists & LW_WORD_FIRST_NAME && token->lists & LW_WORD_FREQUENT &&
				       unexplained_near(self, at, CLOSE) &&
				       is_called(self->tokens, at)
			       ? SCORE_WORD
			       : 0;
	if (token->lists & LW_WORD_FIRST_NAME)
		return SCORE_LISTED;
	if (!unexplained_near(self, at, CLOSE))
		return 0;
	/* "topper ruub", "yudi kun jij": on no list at all */
	if (!token->lists)
		return (is_called(self->tokens, at) || is_asked(self->tokens, at) ||
			opens_message(self, at)) &&
				       !lw_name_is_made(self->tokens, at)
			       ? SCORE_WORD
			       : 0;
	return token->lists & LW_WORD_SURNAME ? SCORE_WORD : 0;
}

/* "ten Kate", "van den Heider", "van Tiggelen": where the name begins. "van Jutta" is of her, and
 * "aan ten Drift" is to him. */
static guint front_of(const Unexplained *self, guint at)
{
	const LwTokens *tokens = self->tokens;
	guint first = at;

	while (first && lw_token_at(tokens, first)->gap == LW_GAP_SPACE &&
	       !self->covered[first - 1] && at - first < PARTICLES &&
	       lw_token_at(tokens, first - 1)->cues & LW_CUE_PARTICLE)
		first--;
	if (first == at || lw_token_at(tokens, at)->lists & LW_WORD_FIRST_NAME)
		return at;
	if (self->tags && lw_tags_chance(self->tags, first, at - 1, LW_TAG_PERSON) >= PARTICLE)
		return first;
	if (!lw_token_in(lw_token_at(tokens, at - 1)->word, "ten ter den der"))
		return at;
	return first + 1 < at && lw_token_in(lw_token_at(tokens, at - 2)->word, "van von") ? at - 2
											   : at - 1;
}

/* The model knows it as what has to stay readable: that explains it. */
static gboolean is_told_to_stay(const Unexplained *self, guint at)
{
	return self->tags && lw_tags_chance(self->tags, at, at, LW_TAG_STAYS) >= STAYS;
}

void unexplained_words(Unexplained *self)
{
	for (guint i = 0; i < self->tokens->count; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);
		float score;

		if (!*token->word || self->covered[i] || !unexplained_near(self, i, NEAR))
			continue;
		if (token->flags & LW_TOKEN_CAPITAL
			    ? is_known(self, i) || is_torn(self->tokens, i) || is_nickname(self, i)
			    : is_known_lower(self, i)) {
			unexplained_add(self, i, i, LW_KIND_PERSON, SCORE_LISTED, LW_REASON_LINKED);
			continue;
		}
		if (token->flags & LW_TOKEN_ALL_CAPS && token->letters < LEAST_WORD &&
		    !(token->flags & LW_TOKEN_DIGIT) && is_code(self, i)) {
			unexplained_add(self, i, i, LW_KIND_PERSON, SCORE_WORD,
					LW_REASON_UNEXPLAINED);
			continue;
		}
		if (is_other(self, i) || is_told_to_stay(self, i))
			continue;
		score = token->flags & LW_TOKEN_CAPITAL ? weigh_capital(self, i)
							: weigh_lower(self, i);
		if (score > 0)
			unexplained_add(self, front_of(self, i), i, LW_KIND_PERSON, score,
					token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)
						? LW_REASON_LIST_ONLY
						: LW_REASON_UNEXPLAINED);
	}
}

void lw_detect_unexplained(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	Unexplained self = {.tokens = context->tokens ? context->tokens : own,
			    .found = found,
			    .year = context->year,
			    .calibrated = context->calibrated};

	if (context->language <= LW_LANGUAGE_DUTCH) /* or too short to tell; manuals in English
						       are full of figures */
		self.tags = context->tags;
	self.covered = g_new0(guint8, self.tokens->count + 1);
	self.persons = g_new0(guint32, self.tokens->count + 2);
	self.names = g_hash_table_new(g_str_hash, g_str_equal);
	read_found(&self);
	if (self.persons[self.tokens->count]) {
		self.things = g_hash_table_new(g_str_hash, g_str_equal);
		learn_things(&self);
		lw_name_mark_things(self.tokens, self.covered, 1);
		unexplained_numbers(&self);
		unexplained_words(&self);
		unexplained_by_model(&self);
		unexplained_by_chance(&self);
		g_hash_table_unref(self.things);
	}
	g_hash_table_unref(self.names);
	g_free(self.covered);
	g_free(self.persons);
}
