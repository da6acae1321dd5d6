/* tagger-feature.c - features: words, affixes, shapes, lists, neighbours, and the place in line,
 * table and document.
 *
 * Everything is integers and hashes of bytes, so that every machine gets the same numbers. */
#include "engine/detect/tagger-feature.h"

#include <string.h>

#define LIST_BITS   11 /* those of the compiled dictionaries, not of the user's own lists */
#define LIST_MASK   ((1u << LIST_BITS) - 1)
#define CUE_BITS    16
#define AFFIXES	    8
#define LABEL_WORDS 5 /* a field's name, before its colon */
#define COLUMNS	    16
#define MAIL_WORDS  6 /* pieces of a local part */
#define TITLE_REACH 4

/* The case of a word, coarse enough to be joined with other things. */
typedef enum {
	FORM_EDGE,
	FORM_MARK,
	FORM_FIGURE,
	FORM_LOWER,
	FORM_INITIAL,
	FORM_CAPITAL,
	FORM_CAPS,
	FORM_MIXED,
} Form;

/* How the document uses a word, whatever its case. */
typedef enum {
	USE_LOWER = 1 << 0,
	USE_INSIDE = 1 << 1, /* with a capital where none is due */
	USE_TITLED = 1 << 2,
	USE_NAMED = 1 << 3,  /* behind initials or a first name */
	USE_MAIL = 1 << 4,   /* in the local part of a mail address */
	USE_LETTER = 1 << 5, /* in a salutation or right below a closing */
	USE_AGAIN = 1 << 6,  /* more than once with a capital */
	USE_CAPITAL = 1 << 7,
} Use;
#define USES 7 /* that are features */

typedef struct {
	guint32 hash;
	guint32 shape;
	guint32 affixes[AFFIXES];
	guint32 tail;  /* last part of a hyphenated word, hashed; or 0 */
	guint32 lists; /* LwWordFlags */
	guint32 spelt; /* index in `uses`: all spellings of a word share one */
	guint16 cues;
	guint8 form;
	guint8 length;
} Word;

typedef struct {
	guint32 label;	     /* hash of the field's name before it on the line; 0 none */
	guint32 heading;     /* hash of the first word of its column's heading; 0 none */
	guint16 kind, above; /* LwPhraseKind of the line before, and of the one before that */
	guint8 column, index, left; /* column; tokens before and after it on the line */
	guint8 signs;		    /* Sign */
} Place;

typedef enum {
	SIGN_CAPS_LINE = 1 << 0,
	SIGN_ENUMERATOR = 1 << 1,
	SIGN_MAIL_LINE = 1 << 2,
	SIGN_BEHIND_ENUMERATOR = 1 << 3,
} Sign;

struct LwFeatureText {
	const LwTokens *tokens;
	GArray *words;	  /* Word; 0 is the edge */
	GArray *uses;	  /* guint8: Use */
	guint32 *word_of; /* by token */
	Place *places;	  /* by token */
};

enum {
	TEMPLATE_WORD = 1,
	TEMPLATE_AFFIX,
	TEMPLATE_SHAPE,
	TEMPLATE_SHAPE_LENGTH,
	TEMPLATE_LISTS,
	TEMPLATE_LIST,
	TEMPLATE_CUE,
	TEMPLATE_UNKNOWN,
	TEMPLATE_TAIL,
	TEMPLATE_USE,
	TEMPLATE_USES,
	TEMPLATE_GAPS,
	TEMPLATE_FORMS,
	TEMPLATE_LIST_PAIR,
	TEMPLATE_WORD_FORM,
	TEMPLATE_WORD_LISTS,
	TEMPLATE_TWO_WORDS,
	TEMPLATE_START,
	TEMPLATE_INDEX,
	TEMPLATE_LABEL,
	TEMPLATE_KIND,
	TEMPLATE_COLUMN,
	TEMPLATE_HEADING,
	TEMPLATE_SIGNS,
};

static guint32 mix(guint template, guint32 a, guint32 b)
{
	guint64 hash = ((guint64)a << 32 | b) + (guint64) template * 0x9e3779b97f4a7c15u;

	hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9u;
	hash = (hash ^ hash >> 27) * 0x94d049bb133111ebu;
	return (guint32)(hash ^ hash >> 31);
}

/* Figures count as 0: no number is learnt by heart. */
static guint32 hash_bytes(const char *text, gsize length)
{
	guint32 hash = 2166136261u;

	for (gsize i = 0; i < length; i++)
		hash = (hash ^ (guint8)(g_ascii_isdigit(text[i]) ? '0' : text[i])) * 16777619u;
	return hash ? hash : 1;
}

static Form form_of(const LwToken *token)
{
	if (!*token->word)
		return FORM_MARK;
	if (token->flags & LW_TOKEN_DIGIT)
		return FORM_FIGURE;
	if (token->flags & LW_TOKEN_LOWER)
		return FORM_LOWER;
	if (token->letters == 1)
		return FORM_INITIAL;
	if (token->flags & LW_TOKEN_ALL_CAPS)
		return FORM_CAPS;
	if (token->flags & LW_TOKEN_MIXED || !(token->flags & LW_TOKEN_CAPITAL))
		return FORM_MIXED;
	return FORM_CAPITAL;
}

/* "Xx-Xx" of "Smit-Jansen": letters by case, figures, repetitions once. */
static guint32 shape_of(const char *text, gsize length)
{
	char shape[24];
	gsize used = 0;

	for (const char *at = text; at < text + length && used < sizeof(shape);
	     at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		char sign = lw_text_is_upper(c)	   ? 'X'
			    : lw_text_is_letter(c) ? 'x'
			    : lw_text_is_digit(c)  ? '0'
			    : c < 0x80		   ? (char)c
						   : '*';

		if (!used || shape[used - 1] != sign)
			shape[used++] = sign;
	}
	return hash_bytes(shape, used) | 1;
}

static void read_affixes(Word *word, const char *folded)
{
	static const guint8 heads[] = {2, 3, 4}, tails[] = {1, 2, 3, 4, 5};
	gsize length = strlen(folded);
	guint count = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(heads); i++, count++)
		if (length > heads[i])
			word->affixes[count] = hash_bytes(folded, heads[i]);
	for (gsize i = 0; i < G_N_ELEMENTS(tails); i++, count++)
		if (length > tails[i])
			word->affixes[count] = hash_bytes(folded + length - tails[i], tails[i]);
}

static Word word_new(LwFeatureText *text, GHashTable *spellings, const LwToken *token)
{
	const char *folded = token->word, *hyphen = strrchr(folded, '-');
	gsize length = strlen(folded);
	Word word = {.lists = token->lists & LIST_MASK, .cues = token->cues};
	gpointer known;

	word.form = (guint8)form_of(token);
	word.length = (guint8)MIN(token->letters, 12);
	if (!length) {
		word.hash = mix(TEMPLATE_WORD, token->mark, 7);
		word.shape = word.hash;
		return word;
	}
	word.hash = hash_bytes(folded, length);
	word.shape = shape_of(text->tokens->normal->utf8 + token->start, token->end - token->start);
	read_affixes(&word, folded);
	if (hyphen && hyphen > folded && hyphen[1])
		word.tail = hash_bytes(hyphen + 1, strlen(hyphen + 1));
	known = g_hash_table_lookup(spellings, folded);
	if (!known) {
		guint8 none = 0;

		known = GUINT_TO_POINTER(text->uses->len);
		g_array_append_val(text->uses, none);
		g_hash_table_insert(spellings, (gpointer)folded, known);
	}
	word.spelt = GPOINTER_TO_UINT(known);
	return word;
}

/* Tokens share the folded word's address when they are spelt alike; marks are told by their
 * character. */
static void read_words(LwFeatureText *text)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
	g_autoptr(GHashTable) marks = g_hash_table_new(g_direct_hash, g_direct_equal);
	g_autoptr(GHashTable) spellings = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < text->tokens->count; i++) {
		const LwToken *token = &text->tokens->items[i];
		GHashTable *table = *token->word ? seen : marks;
		gconstpointer key =
			*token->word ? (gconstpointer)token->word : GUINT_TO_POINTER(token->mark);
		guint known = GPOINTER_TO_UINT(g_hash_table_lookup(table, key));

		if (!known) {
			Word word = word_new(text, spellings, token);

			known = text->words->len;
			g_array_append_val(text->words, word);
			g_hash_table_insert(table, (gpointer)key, GUINT_TO_POINTER(known));
		}
		text->word_of[i] = known;
	}
}

static const Word *word_at(const LwFeatureText *text, guint index)
{
	return &g_array_index(text->words, Word, index);
}

static const Word *near(const LwFeatureText *text, guint token, int distance)
{
	return word_at(text, lw_feature_word(text, token, distance));
}

static void use(LwFeatureText *text, guint token, Use how)
{
	g_array_index(text->uses, guint8, near(text, token, 0)->spelt) |= (guint8)how;
}

/* "mevrouw Jansen", "dhr. van der Berg" */
static gboolean is_titled(const LwTokens *tokens, guint at)
{
	for (guint i = at; i > 0 && at - i < TITLE_REACH; i--) {
		const LwToken *token = lw_token_at(tokens, i - 1);

		if (lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			return FALSE;
		if (token->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC))
			return TRUE;
		if (token->mark != '.' && !(token->cues & LW_CUE_PARTICLE))
			return FALSE;
	}
	return FALSE;
}

/* "J. Jansen", "Piet Jansen" */
static gboolean is_named(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *before;

	if (!at || token->gap > LW_GAP_SPACE)
		return FALSE;
	before = lw_token_at(tokens, at - 1);
	if (before->mark == '.' && at > 1)
		return form_of(lw_token_at(tokens, at - 2)) == FORM_INITIAL;
	return form_of(before) == FORM_CAPITAL && before->lists & LW_WORD_FIRST_NAME &&
	       !(before->lists & LW_WORD_COMMON);
}

static void use_mail(LwFeatureText *text, guint at)
{
	const LwTokens *tokens = text->tokens;

	for (guint i = at; i > 0 && at - i < MAIL_WORDS; i--) {
		const LwToken *before = lw_token_at(tokens, i - 1);

		if (lw_token_at(tokens, i)->gap != LW_GAP_NONE)
			break;
		if (before->letters > 2)
			use(text, i - 1, USE_MAIL);
		else if (before->mark && before->mark != '.' && before->mark != '_')
			break;
	}
}

static void read_uses(LwFeatureText *text)
{
	const LwTokens *tokens = text->tokens;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = &tokens->items[i];
		Form form = (Form)near(text, i, 0)->form;
		guint8 known;

		if (token->mark == '@')
			use_mail(text, i);
		if (form < FORM_LOWER)
			continue;
		if (form == FORM_LOWER) {
			use(text, i, USE_LOWER);
			continue;
		}
		known = g_array_index(text->uses, guint8, near(text, i, 0)->spelt);
		use(text, i, known & USE_CAPITAL ? USE_AGAIN : USE_CAPITAL);
		if (!(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START)))
			use(text, i, USE_INSIDE);
		if (is_titled(tokens, i))
			use(text, i, USE_TITLED);
		if (is_named(tokens, i))
			use(text, i, USE_NAMED);
		if (text->places[i].kind & LW_PHRASE_CLOSING && text->places[i].index < 2)
			use(text, i, USE_LETTER);
	}
}

/* ---- places ---- */

typedef struct {
	guint32 headings[COLUMNS]; /* of the block of lines without a blank one */
	guint count;		   /* of its columns; 0: its first line has no columns */
	guint16 kinds[2];	   /* of the last lines with words */
} Block;

static gboolean opens_cell(const LwTokens *tokens, guint at)
{
	return lw_token_at(tokens, at)->gap == LW_GAP_WIDE ||
	       (at && lw_token_at(tokens, at - 1)->mark == '|' &&
		!(lw_token_at(tokens, at)->flags & LW_TOKEN_LINE_START));
}

static void read_headings(const LwFeatureText *text, guint from, guint to, Block *block)
{
	guint column = 0;

	memset(block->headings, 0, sizeof(block->headings));
	block->headings[0] = near(text, from, 0)->hash;
	for (guint i = from + 1; i < to && column + 1 < COLUMNS; i++)
		if (opens_cell(text->tokens, i))
			block->headings[++column] = near(text, i, 0)->hash;
	block->count = column ? column + 1 : 0;
}

/* The token behind "Naam melder:", and the hash of the name; `from` when the line has none. */
static guint read_label(const LwFeatureText *text, guint from, guint to, guint32 *label)
{
	guint32 hash = 0;

	for (guint i = from; i < to && i < from + LABEL_WORDS; i++) {
		const LwToken *token = lw_token_at(text->tokens, i);

		if (token->mark == ':' && i > from) {
			*label = hash | 1;
			return i + 1;
		}
		if (i > from && token->gap == LW_GAP_WIDE)
			break;
		if (*token->word)
			hash = mix(TEMPLATE_LABEL, hash, near(text, i, 0)->hash);
	}
	return from;
}

static guint signs_of_line(const LwFeatureText *text, guint from, guint to)
{
	guint capitals = 0, others = 0, signs = 0;

	for (guint i = from; i < to; i++) {
		const Word *word = near(text, i, 0);

		capitals += word->form == FORM_CAPS;
		others += word->form == FORM_LOWER || word->form == FORM_CAPITAL;
		if (lw_token_at(text->tokens, i)->mark == '@')
			signs |= SIGN_MAIL_LINE;
	}
	return signs | (capitals > 1 && !others ? SIGN_CAPS_LINE : 0);
}

static gboolean is_enumerator(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);

	return (token->letters == 1 || token->flags & LW_TOKEN_DIGIT) &&
	       (next->mark == '.' || next->mark == ')') && next->gap == LW_GAP_NONE;
}

static void read_line(LwFeatureText *text, guint from, guint to, Block *block)
{
	guint32 label = 0;
	guint behind = read_label(text, from, to, &label), column = 0, kind = 0, next;
	guint signs = signs_of_line(text, from, to);
	gboolean numbered = is_enumerator(text->tokens, from);

	if (lw_token_at(text->tokens, from)->gap == LW_GAP_BLANK)
		read_headings(text, from, to, block);
	lw_phrase_at(text->tokens, from, G_MAXUINT16, &next, &kind);
	for (guint i = from; i < to; i++) {
		Place *place = &text->places[i];

		if (i > from && opens_cell(text->tokens, i))
			column++;
		place->label = i >= behind ? label : 0;
		place->column = (guint8)MIN(column, COLUMNS - 1);
		place->heading = block->count ? block->headings[place->column] : 0;
		place->kind = block->kinds[0];
		place->above = block->kinds[1];
		place->index = (guint8)MIN(i - MAX(behind, from), 4u);
		place->left = (guint8)MIN(to - 1 - i, 4u);
		place->signs = (guint8)signs;
		if (numbered && i < from + 2)
			place->signs |= SIGN_ENUMERATOR;
		else if (numbered && i == from + 2)
			place->signs |= SIGN_BEHIND_ENUMERATOR;
	}
	block->kinds[1] = block->kinds[0];
	block->kinds[0] = (guint16)kind;
}

static void read_places(LwFeatureText *text)
{
	Block block = {0};

	for (guint i = 0; i < text->tokens->count;) {
		guint end = lw_token_line_end(text->tokens, i);

		read_line(text, i, end, &block);
		i = end;
	}
}

LwFeatureText *lw_feature_text_new(const LwTokens *tokens)
{
	LwFeatureText *text = g_new0(LwFeatureText, 1);
	Word edge = {.hash = 1, .shape = 1, .form = FORM_EDGE};
	guint8 none = 0;

	text->tokens = tokens;
	text->words = g_array_new(FALSE, FALSE, sizeof(Word));
	text->uses = g_array_new(FALSE, FALSE, sizeof(guint8));
	text->word_of = g_new0(guint32, tokens->count + 1);
	text->places = g_new0(Place, tokens->count + 1);
	g_array_append_val(text->words, edge);
	g_array_append_val(text->uses, none);
	read_words(text);
	read_places(text);
	read_uses(text);
	return text;
}

void lw_feature_text_free(LwFeatureText *text)
{
	if (!text)
		return;
	g_array_unref(text->words);
	g_array_unref(text->uses);
	g_free(text->word_of);
	g_free(text->places);
	g_free(text);
}

guint lw_feature_words(const LwFeatureText *text)
{
	return text->words->len;
}

guint lw_feature_word(const LwFeatureText *text, guint token, int distance)
{
	gint64 at = (gint64)token + distance;

	return at >= 0 && at < text->tokens->count ? text->word_of[at] : 0;
}

/* ---- features ---- */

typedef struct {
	LwFeature *to;
	guint count;
} Sink;

static void add(Sink *sink, guint template, guint32 a, guint32 b, LwClue clue)
{
	if (sink->count < LW_FEATURE_MAX)
		sink->to[sink->count++] = (LwFeature){mix(template, a, b), clue};
}

static LwClue clue_of_list(guint bit, int distance)
{
	switch (1u << bit) {
	case LW_WORD_FIRST_NAME:
		return distance ? LW_CLUE_NAME_NEAR : LW_CLUE_FIRST_NAME;
	case LW_WORD_SURNAME:
		return distance ? LW_CLUE_NAME_NEAR : LW_CLUE_SURNAME;
	case LW_WORD_FREQUENT:
		return distance ? LW_CLUE_NAME_NEAR : LW_CLUE_FREQUENT;
	case LW_WORD_PARTICLE:
		return LW_CLUE_PARTICLE;
	case LW_WORD_TITLE:
		return LW_CLUE_TITLE;
	case LW_WORD_ROLE:
		return LW_CLUE_RELATION;
	default:
		return LW_CLUE_LISTS;
	}
}

static LwClue clue_beside(const Word *word, int distance)
{
	if (word->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC) && distance < 0)
		return LW_CLUE_TITLE;
	if ((word->cues & LW_CUE_RELATION || word->lists & LW_WORD_ROLE) && distance < 0)
		return LW_CLUE_RELATION;
	if (word->cues & LW_CUE_VERB && word->form == FORM_LOWER)
		return LW_CLUE_ACTS;
	if (word->cues & LW_CUE_PARTICLE)
		return LW_CLUE_PARTICLE;
	return distance < 0 ? LW_CLUE_BEFORE : LW_CLUE_AFTER;
}

static void add_lists(Sink *sink, const Word *word, int distance, guint32 salt)
{
	LwClue beside = clue_beside(word, distance);

	add(sink, TEMPLATE_LISTS, salt, word->lists << 4 | word->form,
	    distance ? beside : LW_CLUE_LISTS);
	for (guint bit = 0; bit < LIST_BITS; bit++)
		if (word->lists >> bit & 1)
			add(sink, TEMPLATE_LIST, salt, bit << 4 | word->form,
			    clue_of_list(bit, distance));
	for (guint bit = 0; bit < CUE_BITS; bit++)
		if (word->cues >> bit & 1)
			add(sink, TEMPLATE_CUE, salt, bit, distance ? beside : LW_CLUE_WORD);
}

static void add_own(Sink *sink, const LwFeatureText *text, const Word *word, guint32 salt)
{
	guint8 uses = g_array_index(text->uses, guint8, word->spelt) & ((1u << USES) - 1);

	for (guint i = 0; i < AFFIXES; i++)
		if (word->affixes[i])
			add(sink, TEMPLATE_AFFIX, salt + i, word->affixes[i], LW_CLUE_AFFIX);
	add(sink, TEMPLATE_SHAPE_LENGTH, word->shape, word->length, LW_CLUE_SHAPE);
	if (word->tail)
		add(sink, TEMPLATE_TAIL, salt, word->tail, LW_CLUE_AFFIX);
	if (!word->lists)
		add(sink, TEMPLATE_UNKNOWN, word->form, word->affixes[4], LW_CLUE_UNKNOWN);
	if (word->form < FORM_LOWER)
		return;
	for (guint bit = 0; bit < USES; bit++)
		if (uses >> bit & 1)
			add(sink, TEMPLATE_USE, bit, word->form,
			    1u << bit == USE_MAIL ? LW_CLUE_MAIL : LW_CLUE_DOCUMENT);
	add(sink, TEMPLATE_USES, uses, word->form << 1 | !(word->lists & LW_WORD_COMMON),
	    LW_CLUE_DOCUMENT);
}

guint lw_feature_of_word(const LwFeatureText *text, guint index, int distance,
			 LwFeature features[LW_FEATURE_MAX])
{
	const Word *word = word_at(text, index);
	guint32 salt = (guint32)(distance + LW_FEATURE_REACH) << 8;
	LwClue beside = clue_beside(word, distance);
	Sink sink = {features, 0};

	add(&sink, TEMPLATE_WORD, salt, word->hash, distance ? beside : LW_CLUE_WORD);
	add(&sink, TEMPLATE_SHAPE, salt, word->shape, distance ? beside : LW_CLUE_SHAPE);
	if (distance == 0) {
		add_lists(&sink, word, distance, salt);
		add_own(&sink, text, word, salt);
	} else if (distance == 1 || distance == -1) {
		add_lists(&sink, word, distance, salt);
		if (word->affixes[5])
			add(&sink, TEMPLATE_AFFIX, salt, word->affixes[5], beside);
	} else {
		add(&sink, TEMPLATE_LISTS, salt, word->lists << 4 | word->form, beside);
	}
	return sink.count;
}

/* Neighbours together: cases, lists, words. */
static void add_company(Sink *sink, const LwFeatureText *text, guint token)
{
	const Word *word = near(text, token, 0);
	const Word *last = near(text, token, -1), *next = near(text, token, 1);
	const Word *second = near(text, token, -2), *after = near(text, token, 2);
	guint32 forms = (guint32)last->form << 8 | (guint32)word->form << 4 | next->form;
	LwClue before = last->form == FORM_INITIAL || second->form == FORM_INITIAL
				? LW_CLUE_INITIALS
				: LW_CLUE_BEFORE;

	add(sink, TEMPLATE_FORMS, 1, forms >> 4, before);
	add(sink, TEMPLATE_FORMS, 2, forms & 0xff, LW_CLUE_AFTER);
	add(sink, TEMPLATE_FORMS, 3, forms, LW_CLUE_SHAPE);
	add(sink, TEMPLATE_FORMS, 4, forms << 8 | (guint32)second->form << 4 | after->form,
	    LW_CLUE_SHAPE);
	add(sink, TEMPLATE_LIST_PAIR, last->lists << 4 | last->form, word->lists << 4 | word->form,
	    LW_CLUE_LISTS);
	add(sink, TEMPLATE_LIST_PAIR, word->lists << 4 | word->form,
	    (next->lists << 4 | next->form) | 1u << 31, LW_CLUE_LISTS);
	add(sink, TEMPLATE_WORD_FORM, last->hash, word->form, clue_beside(last, -1));
	add(sink, TEMPLATE_WORD_FORM, next->hash, (guint32)word->form | 16, clue_beside(next, 1));
	add(sink, TEMPLATE_WORD_LISTS, last->hash, word->lists << 4 | word->form,
	    clue_beside(last, -1));
	add(sink, TEMPLATE_WORD_LISTS, next->hash, word->lists << 4 | word->form | 1u << 31,
	    clue_beside(next, 1));
	add(sink, TEMPLATE_TWO_WORDS, mix(1, second->hash, last->hash), word->form,
	    clue_beside(last, -1));
	add(sink, TEMPLATE_TWO_WORDS, mix(2, next->hash, after->hash), word->form,
	    clue_beside(next, 1));
}

static void add_layout(Sink *sink, const LwFeatureText *text, guint token)
{
	const Place *place = &text->places[token];
	const LwToken *here = &text->tokens->items[token];
	const Word *word = near(text, token, 0);
	guint32 form = word->form, common = word->lists & LW_WORD_COMMON ? 1 : 0;
	guint32 starts = here->flags & LW_TOKEN_SENTENCE_START ? 1 : 0;
	guint32 gaps = (guint32)here->gap << 4 | lw_token_at(text->tokens, token + 1)->gap;

	add(sink, TEMPLATE_GAPS, gaps, form, LW_CLUE_LINE);
	add(sink, TEMPLATE_START, starts, form << 1 | common, LW_CLUE_LINE);
	add(sink, TEMPLATE_START, starts | 2, word->lists << 4 | form, LW_CLUE_LINE);
	add(sink, TEMPLATE_INDEX, (guint32)place->index << 4 | place->left, form, LW_CLUE_LINE);
	if (place->label) {
		add(sink, TEMPLATE_LABEL, place->label, form, LW_CLUE_FIELD);
		add(sink, TEMPLATE_LABEL, place->label,
		    form | (guint32)place->index << 4 | 1u << 16, LW_CLUE_FIELD);
	}
	if (place->kind | place->above) {
		add(sink, TEMPLATE_KIND, place->kind, form << 4 | place->index, LW_CLUE_LETTER);
		add(sink, TEMPLATE_KIND, place->above | 1u << 16, form << 4 | place->index,
		    LW_CLUE_LETTER);
	}
	if (place->heading) {
		add(sink, TEMPLATE_COLUMN, place->column, form, LW_CLUE_COLUMN);
		add(sink, TEMPLATE_HEADING, place->heading, form, LW_CLUE_COLUMN);
	}
	if (place->signs)
		add(sink, TEMPLATE_SIGNS, place->signs, word->lists << 4 | form, LW_CLUE_LINE);
}

guint lw_feature_of_place(const LwFeatureText *text, guint token,
			  LwFeature features[LW_FEATURE_MAX])
{
	Sink sink = {features, 0};

	add_company(&sink, text, token);
	add_layout(&sink, text, token);
	return sink.count;
}
