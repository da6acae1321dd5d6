/* tagger-text.c - reads a text for the tagger: words once each, the document's use of them, lines,
 * fields, columns.
 *
 * Everything is integers and hashes of bytes, so that every machine gets the same numbers. */
#include "engine/detect/tagger-text.h"

#include <string.h>

#include "engine/detect/sense.h"

#define LIST_MASK   ((1u << LW_TEXT_LIST_BITS) - 1)
#define LABEL_WORDS 5 /* a field's name, before its colon */
#define COLUMNS	    16
#define MAIL_WORDS  6 /* pieces of a local part */
#define TITLE_REACH 4
#define MARK_SALT   1
#define LABEL_SALT  20

guint32 lw_text_mix(guint salt, guint32 a, guint32 b)
{
	guint64 hash = ((guint64)a << 32 | b) + (guint64)salt * 0x9e3779b97f4a7c15u;

	hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9u;
	hash = (hash ^ hash >> 27) * 0x94d049bb133111ebu;
	return (guint32)(hash ^ hash >> 31);
}

guint32 lw_text_hash(const char *text, gsize length)
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
	return lw_text_hash(shape, used) | 1;
}

static void read_affixes(Word *word, const char *folded)
{
	static const guint8 heads[] = {2, 3, 4}, tails[] = {1, 2, 3, 4, 5};
	gsize length = strlen(folded);
	guint count = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(heads); i++, count++)
		if (length > heads[i])
			word->affixes[count] = lw_text_hash(folded, heads[i]);
	for (gsize i = 0; i < G_N_ELEMENTS(tails); i++, count++)
		if (length > tails[i])
			word->affixes[count] = lw_text_hash(folded + length - tails[i], tails[i]);
}

/* As it is spelt; in a line of capitals as it would be elsewhere. */
static void read_classes(Word *word, const LwFeatureText *text, const LwToken *token)
{
	const char *folded = token->word;
	gsize length = strlen(folded);
	char capital[24];

	word->known = lw_word_class(text->classes, text->tokens->normal->utf8 + token->start,
				    token->end - token->start);
	if (word->form != FORM_LOWER)
		word->plain = lw_word_class(text->classes, folded, length);
	if (word->known || length >= sizeof(capital))
		return;
	memcpy(capital, folded, length);
	if (word->form != FORM_LOWER)
		*capital = g_ascii_toupper(*capital);
	word->known = lw_word_class(text->classes, capital, length);
}

static guint8 says(const LwToken *token)
{
	static const char who[] =
		"hij zij ze haar zijn hem zn d'r m'n mijn ik mij me je jij jou jouw uw u zich zelf "
		"hun "
		"betrokkene client cliente clienten patient patiente bewoner bewoonster leerling "
		"kind jongen meisje man vrouw leerlinge aanvrager aanvraagster verdachte melder he "
		"she "
		"his her him my i er sie ihr ihre mein meine ihm";
	guint8 bits = 0;

	if (token->lists & LW_WORD_MEDICINE)
		bits |= SAYS_MEDICINE;
	if (token->lists & LW_WORD_ILLNESS)
		bits |= SAYS_ILLNESS;
	if (token->cues & (LW_CUE_ADDRESS | LW_CUE_RELATION) || lw_token_in(token->word, who) ||
	    (token->lists & LW_WORD_FIRST_NAME && token->flags & LW_TOKEN_CAPITAL))
		bits |= SAYS_WHO;
	return bits;
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
		word.hash = lw_text_mix(MARK_SALT, token->mark, 7);
		word.shape = word.hash;
		return word;
	}
	word.folded = folded;
	word.says = says(token);
	word.sense = (guint8)lw_sense(text->tokens->lexicon, folded);
	word.hash = lw_text_hash(folded, length);
	word.shape = shape_of(text->tokens->normal->utf8 + token->start, token->end - token->start);
	read_affixes(&word, folded);
	read_classes(&word, text, token);
	if (hyphen && hyphen > folded && hyphen[1])
		word.tail = lw_text_hash(hyphen + 1, strlen(hyphen + 1));
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

static void use(LwFeatureText *text, guint token, Use how)
{
	g_array_index(text->uses, guint8, lw_text_near(text, token, 0)->spelt) |= (guint8)how;
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
		Form form = (Form)lw_text_near(text, i, 0)->form;
		guint8 known;

		if (token->mark == '@')
			use_mail(text, i);
		if (form < FORM_LOWER)
			continue;
		if (form == FORM_LOWER) {
			use(text, i, USE_LOWER);
			continue;
		}
		known = g_array_index(text->uses, guint8, lw_text_near(text, i, 0)->spelt);
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
	block->headings[0] = lw_text_near(text, from, 0)->hash;
	for (guint i = from + 1; i < to && column + 1 < COLUMNS; i++)
		if (opens_cell(text->tokens, i))
			block->headings[++column] = lw_text_near(text, i, 0)->hash;
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
			hash = lw_text_mix(LABEL_SALT, hash, lw_text_near(text, i, 0)->hash);
	}
	return from;
}

static guint signs_of_line(const LwFeatureText *text, guint from, guint to)
{
	guint capitals = 0, others = 0, signs = 0;

	for (guint i = from; i < to; i++) {
		const Word *word = lw_text_near(text, i, 0);

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

/* A sentence, row or item: the next line belongs to it when a small letter begins it. */
static gboolean begins_scene(const LwFeatureText *text, guint at)
{
	const LwToken *token = lw_token_at(text->tokens, at);

	return token->flags & LW_TOKEN_SENTENCE_START || token->gap == LW_GAP_BLANK ||
	       (token->gap == LW_GAP_LINE && lw_text_near(text, at, 0)->form != FORM_LOWER);
}

static void read_scenes(LwFeatureText *text)
{
	guint often = 0;

	for (guint i = 0; i < text->tokens->count; i++)
		often += (lw_text_near(text, i, 0)->says & (SAYS_MEDICINE | SAYS_ILLNESS)) != 0;
	for (guint from = 0, to; from < text->tokens->count; from = to) {
		guint8 says = (guint8)(MIN(often, 3u) << 3);
		guint64 senses = 0;

		for (to = from; to == from || (to < text->tokens->count && !begins_scene(text, to));
		     to++) {
			says |= lw_text_near(text, to, 0)->says;
			senses |= G_GUINT64_CONSTANT(1) << lw_text_near(text, to, 0)->sense;
		}
		for (guint i = from; i < to; i++) {
			text->places[i].says = says;
			text->places[i].senses = senses;
			text->places[i].scene = from;
		}
	}
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

LwFeatureText *lw_feature_text_new(const LwTokens *tokens, const LwWordClasses *classes)
{
	LwFeatureText *text = g_new0(LwFeatureText, 1);
	Word edge = {.hash = 1, .shape = 1, .form = FORM_EDGE};
	guint8 none = 0;

	text->tokens = tokens;
	text->classes = classes;
	text->words = g_array_new(FALSE, FALSE, sizeof(Word));
	text->uses = g_array_new(FALSE, FALSE, sizeof(guint8));
	text->word_of = g_new0(guint32, tokens->count + 1);
	text->places = g_new0(Place, tokens->count + 1);
	g_array_append_val(text->words, edge);
	g_array_append_val(text->uses, none);
	read_words(text);
	read_places(text);
	read_scenes(text);
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
