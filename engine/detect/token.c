/* token.c - cuts the normalised text into words and marks, and looks each different word up once.
 *
 * Offsets are bytes of the normalised text and ascend; folded words live in the arena. */
#include "engine/detect/token.h"

#include <string.h>

#define MOST_OF_ENTRY 9	 /* tokens of an entry of the lists, its signs too */
#define MOST_APART    8	 /* points and commas behind a blank: a habit, no slip */
#define LEAST_MISREAD 4	 /* letters of a name with a figure in it */
#define SHORT_WORD    64 /* bytes; longer ones are looked up by a copy of their own */

typedef struct {
	const char *folded;
	guint32 lists;
	guint32 cues;
	guint flags;	  /* LwTokenFlags that are of the word alone */
	gboolean misread; /* figures of it stand for letters */
} Entry;

typedef struct {
	const char *words;
	guint kinds;
} Phrase;

typedef struct {
	GHashTable *cues;    /* folded word to bits */
	GHashTable *phrases; /* first word to GArray of Phrase */
} Vocabulary;

typedef struct {
	LwTokens *tokens;
	GArray *items;
	GHashTable *seen; /* word as it stands to Entry */
	guint32 line;
} Cutter;

static void learn_cues(Vocabulary *vocabulary, guint cue, const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	for (char **word = words; *word; word++) {
		guint bits = GPOINTER_TO_UINT(g_hash_table_lookup(vocabulary->cues, *word));

		g_hash_table_insert(vocabulary->cues, g_strdup(*word),
				    GUINT_TO_POINTER(bits | cue));
	}
}

static void learn_phrases(Vocabulary *vocabulary, guint kinds, const char *list)
{
	g_auto(GStrv) phrases = g_strsplit(list, "|", -1);

	for (char **words = phrases; *words; words++) {
		Phrase phrase = {g_intern_string(*words), kinds};
		g_autofree char *first = g_strndup(*words, strcspn(*words, " "));
		GArray *same = g_hash_table_lookup(vocabulary->phrases, first);

		if (!same) {
			same = g_array_new(FALSE, FALSE, sizeof(Phrase));
			g_hash_table_insert(vocabulary->phrases, g_strdup(first), same);
		}
		g_array_append_val(same, phrase);
		learn_cues(vocabulary, LW_CUE_PHRASE, first);
	}
}

static const Vocabulary *vocabulary(void)
{
	static Vocabulary *made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		made = g_new0(Vocabulary, 1);
		made->cues = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		made->phrases = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
#define LW_CUES(cue, words) learn_cues(made, LW_CUE_##cue, words);
#include "engine/detect/cue.def"
#undef LW_CUES
#define LW_PHRASES(kinds, words) learn_phrases(made, kinds, words);
#include "engine/detect/phrase.def"
#undef LW_PHRASES
		g_once_init_leave(&once, 1);
	}
	return made;
}

guint lw_token_cues(const char *folded)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(vocabulary()->cues, folded));
}

/* Folded without possessive s: "jansen's" and "kok's" stand for the name. */
static char *fold_word(const char *word, gsize length)
{
	char *folded = lw_text_fold(word, (gssize)length);
	gsize size = strlen(folded);

	if (size > 3 && folded[size - 2] == '\'' && folded[size - 1] == 's')
		folded[size - 2] = '\0';
	else if (size > 2 && folded[size - 1] == '\'')
		folded[size - 1] = '\0';
	return folded;
}

static guint32 lists_of(const LwLexicon *lexicon, const char *folded)
{
	gsize length = strlen(folded);
	guint32 lists = lw_lexicon_find(lexicon, folded, length);
	const char *hyphen = strchr(folded, '-');

	if (!lists && hyphen && hyphen > folded)
		lists = lw_lexicon_find(lexicon, folded, (gsize)(hyphen - folded)) &
			(LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_FREQUENT);
	return lists;
}

/* "Đorđe" is not the Dutch word "dorde", though it folds to it. */
static gboolean is_foreign(const char *word, gsize length)
{
	static const char dutch[] = "\303\250\303\251\303\252\303\253\303\257\303\256\303\266"
				    "\303\264\303\274\303\273\303\240\303\241\303\242\303\244"
				    "\303\247\303\261\303\263\303\255\303\272\303\277\304\263"
				    "\303\211\303\210\303\213\303\226\303\234\303\204\304\262";

	for (const char *at = word; at < word + length; at = g_utf8_next_char(at)) {
		gunichar c = (guint8)*at < 0x80 ? 0 : g_utf8_get_char(at);

		if (c && lw_text_is_letter(c) && !g_utf8_strchr(dutch, -1, c))
			return TRUE;
	}
	return FALSE;
}

/* "Ve1dhuizen": a reader of scans takes l for 1 and o for 0 inside a word. */
static gboolean is_misread(const char *word, gsize length)
{
	guint letters = 0, digits = 0;

	for (gsize i = 0; i < length; i++) {
		if (!g_ascii_isdigit(word[i])) {
			letters += g_ascii_isalpha(word[i]) != 0;
			continue;
		}
		digits++;
		if (!strchr("01", word[i]) || i == 0 || i + 1 == length ||
		    !g_ascii_islower(word[i + 1]) || !g_ascii_isalpha(word[i - 1]))
			return FALSE;
	}
	return digits == 1 && letters >= 3;
}

static void mend(char *word)
{
	for (; *word; word++)
		*word = *word == '1' ? 'l' : *word == '0' ? 'o' : *word == '5' ? 's' : *word;
}

/* "Nienhui5", "T00n", "KL0OSTERMAN": a capital, and figures that may stand for letters. */
static gboolean may_be_misread(const char *word, gsize length)
{
	guint figures = 0, small = 0;

	if (length < LEAST_MISREAD || !g_ascii_isupper(*word))
		return FALSE;
	for (gsize i = 1; i < length; i++) {
		if (g_ascii_isdigit(word[i]) && !strchr("015", word[i]))
			return FALSE;
		figures += g_ascii_isdigit(word[i]) != 0;
		small += g_ascii_islower(word[i]) != 0;
	}
	return figures && figures * 2 <= length &&
	       (small || (!memchr(word, '1', length) && !memchr(word, '5', length) &&
			  g_ascii_isalpha(word[length - 1])));
}

/* Does a list have the name that this would be? "Loket5", "Bus50" are a word and its number. */
static gboolean is_misread_name(const LwLexicon *lexicon, const char *folded)
{
	const guint32 name = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;
	g_autofree char *mended = g_strdup(folded), *stem = g_strdup(folded);
	const char *tail = strrchr(mended, '-');
	const char *rest;
	gboolean known;

	mend(mended);
	known = lists_of(lexicon, mended) & name || (tail && lists_of(lexicon, tail + 1) & name);
	stem[strcspn(stem, "015")] = '\0';
	rest = folded + strlen(stem);
	return known && !(lists_of(lexicon, stem) & (LW_WORD_COMMON | name) &&
			  rest[strspn(rest, "015")] == '\0');
}

/* Of what a language is told by. */
static guint language_flags(const char *folded)
{
	gboolean dutch =
		lw_token_in(folded, "het een en van dat er niet ook met voor moet heeft zie "
				    "dan maar aan bij zijn op te als naar om wordt werd uit ik "
				    "je hij zij wij we deze dit nog wel");
	gboolean foreign =
		lw_token_in(folded, "the and to this by di che les et und der das il la si "
				    "non per del della que pour dans sed ad ut dolor nec be "
				    "are with from your for or you bis von zu mit ist sind "
				    "wird nicht auch dem war es");

	return (dutch ? LW_TOKEN_DUTCH : 0u) | (foreign ? LW_TOKEN_FOREIGN : 0u);
}

static const Entry *look_up(Cutter *cutter, const char *word, gsize length)
{
	char small[SHORT_WORD];
	g_autofree char *long_key = length < sizeof(small) ? NULL : g_strndup(word, length);
	const char *key = long_key ? long_key : small;
	LwArena *arena = cutter->tokens->arena;
	Entry *entry;

	if (!long_key) {
		memcpy(small, word, length);
		small[length] = '\0';
	}
	entry = g_hash_table_lookup(cutter->seen, key);
	if (!entry) {
		g_autofree char *folded = fold_word(word, length);

		entry = lw_arena_new0(arena, Entry, 1);
		entry->misread = is_misread(word, length) ||
				 (may_be_misread(word, length) &&
				  is_misread_name(cutter->tokens->lexicon, folded));
		if (entry->misread)
			mend(folded);
		entry->folded = lw_arena_strndup(arena, folded, strlen(folded));
		entry->lists = lists_of(cutter->tokens->lexicon, folded);
		entry->flags = language_flags(folded);
		if (lw_lexicon_opens(cutter->tokens->lexicon, folded))
			entry->flags |= LW_TOKEN_OPENS;
		if (entry->lists & LW_WORD_COMMON && is_foreign(word, length))
			entry->lists &= ~(guint32)LW_WORD_COMMON;
		entry->cues = lw_token_cues(folded);
		g_hash_table_insert(cutter->seen, g_strndup(word, length), entry);
	}
	return entry;
}

static gboolean is_word_start(gunichar c)
{
	return lw_text_is_letter(c) || lw_text_is_digit(c);
}

static gunichar char_at(const LwNormal *normal, gsize offset)
{
	return offset < normal->length ? g_utf8_get_char(normal->utf8 + offset) : 0;
}

static gsize char_after(const LwNormal *normal, gsize offset)
{
	return (gsize)(g_utf8_next_char(normal->utf8 + offset) - normal->utf8);
}

/* "'t Hof", "'s-Gravenhage": an apostrophe that opens a particle. */
static gboolean opens_particle(const LwNormal *normal, gsize at)
{
	const char *text = normal->utf8 + at;

	if (normal->length - at < 3 || text[0] != '\'' || !strchr("tsn", text[1]))
		return FALSE;
	return text[2] == ' ' || text[2] == '-' || text[2] == '\n';
}

static gsize word_end(const LwNormal *normal, gsize at)
{
	while (at < normal->length) {
		gunichar c = char_at(normal, at);
		gsize next = char_after(normal, at);

		if (is_word_start(c) || lw_text_is_mark(c)) {
			at = next;
			continue;
		}
		if ((c != '-' && c != '\'') || !is_word_start(char_at(normal, next))) {
			/* "smit-'t hof" has two joints in a row */
			if (c != '-' || !opens_particle(normal, next))
				break;
			next++;
		}
		at = next;
	}
	return at;
}

static guint shape_of(const LwNormal *normal, gsize from, gsize to, gboolean misread,
		      guint16 *letters)
{
	guint upper = 0, lower = 0, flags = 0;
	gboolean first = TRUE;

	for (gsize at = from; at < to; at = char_after(normal, at)) {
		gunichar c = char_at(normal, at);
		gboolean capital = lw_text_is_upper(c);

		if (first && capital)
			flags |= LW_TOKEN_CAPITAL;
		first = FALSE;
		if (capital && lower && char_at(normal, at - 1) != '-' &&
		    char_at(normal, at - 1) != '\'')
			flags |= LW_TOKEN_MIXED;
		upper += capital;
		lower += lw_text_is_lower(c);
		if (lw_text_is_digit(c) && !misread)
			flags |= LW_TOKEN_DIGIT;
		if (c == '-')
			flags |= LW_TOKEN_HYPHEN;
		*letters += *letters < G_MAXUINT16;
	}
	if (!lower && upper > 1)
		flags |= LW_TOKEN_ALL_CAPS;
	if (!upper)
		flags |= LW_TOKEN_LOWER;
	return flags;
}

/* "al-Masri", "el-Rahman": the particle is tied to a surname with its capital. */
static gboolean has_particle_head(const char *folded, const LwNormal *normal, gsize from)
{
	gsize head = strcspn(folded, "-");

	return folded[head] && head >= 2 && head <= 3 && memchr("aeu", folded[0], 3) &&
	       lw_text_is_upper(char_at(normal, from + head + 1)) &&
	       lw_token_in((char[]){folded[0], folded[1], head > 2 ? folded[2] : '\0', '\0'},
			   "al el ul ad an ar as az ash abd ait");
}

static gboolean has_particle_tail(const char *folded)
{
	const char *hyphen = strrchr(folded, '-');

	return hyphen && hyphen > folded && (lw_token_cues(hyphen + 1) & LW_CUE_PARTICLE);
}

/* "Woo-verzoek", "Jansen-norm": no name, whatever its first part is. "Smit-de", "Abdel-el-Haq" may
 * be. */
static gboolean is_compound(const LwNormal *normal, const LwToken *token)
{
	const char *word = normal->utf8 + token->start;
	gsize length = token->end - token->start;
	const char *hyphen = memchr(word, '-', length);
	g_autofree char *part = NULL;

	if (!hyphen || hyphen + 1 >= word + length ||
	    !lw_text_is_lower(g_utf8_get_char(hyphen + 1)))
		return FALSE;
	part = g_strndup(hyphen + 1, (gsize)(word + length - hyphen - 1));
	part[strcspn(part, "-")] = '\0';
	return !(lw_token_cues(part) & LW_CUE_PARTICLE);
}

static LwGap gap_between(const LwNormal *normal, gsize from, gsize to, guint32 *lines)
{
	guint ends = 0, spaces = 0;
	gboolean page = FALSE, tab = FALSE;

	for (gsize at = from; at < to; at++) {
		char c = normal->utf8[at];

		ends += c == '\n' || c == '\f';
		page |= c == '\f';
		tab |= c == '\t';
		spaces += c == ' ';
	}
	*lines = ends;
	if (ends > 1 || page)
		return LW_GAP_BLANK;
	if (ends)
		return LW_GAP_LINE;
	if (tab || spaces > 2)
		return LW_GAP_WIDE;
	return to > from ? LW_GAP_SPACE : LW_GAP_NONE;
}

/* A point after a title or an initial ends no sentence. */
static gboolean ends_sentence(const GArray *items)
{
	const LwToken *last, *before;

	if (!items->len)
		return TRUE;
	last = &g_array_index(items, LwToken, items->len - 1);
	if (last->mark == '!' || last->mark == '?')
		return TRUE;
	if (last->mark != '.' || items->len < 2)
		return FALSE;
	before = &g_array_index(items, LwToken, items->len - 2);
	return before->letters > 1 &&
	       !(before->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC | LW_CUE_DIGRAPH)) &&
	       !(before->lists & LW_WORD_TITLE);
}

static gboolean opens_quote(const GArray *items)
{
	const LwToken *last = items->len ? &g_array_index(items, LwToken, items->len - 1) : NULL;

	return last && (last->mark == '"' || last->mark == '\'' || last->mark == 0x2022 ||
			last->mark == '*');
}

static void add_token(Cutter *cutter, gsize from, gsize to)
{
	const LwNormal *normal = cutter->tokens->normal;
	const LwToken *last =
		cutter->items->len ? &g_array_index(cutter->items, LwToken, cutter->items->len - 1)
				   : NULL;
	LwToken token = {.start = (guint32)from, .end = (guint32)to, .word = ""};
	guint32 lines = 0;

	token.gap = (guint8)gap_between(normal, last ? last->end : 0, from, &lines);
	if (!last)
		token.gap = LW_GAP_BLANK;
	cutter->line += lines;
	token.line = cutter->line;
	if (token.gap >= LW_GAP_LINE)
		token.flags |= LW_TOKEN_LINE_START;
	if (token.gap == LW_GAP_BLANK || ends_sentence(cutter->items) || opens_quote(cutter->items))
		token.flags |= LW_TOKEN_SENTENCE_START;
	if (is_word_start(char_at(normal, from)) || opens_particle(normal, from)) {
		const Entry *entry = look_up(cutter, normal->utf8 + from, to - from);

		token.word = entry->folded;
		token.lists = entry->lists;
		token.flags |= (guint16)entry->flags;
		token.cues = (guint16)entry->cues;
		token.flags |= (guint16)shape_of(normal, from, to, entry->misread, &token.letters);
		if ((token.flags & LW_TOKEN_HYPHEN) &&
		    has_particle_head(entry->folded, normal, from))
			token.flags |= LW_TOKEN_CAPITAL;
		if ((token.flags & LW_TOKEN_HYPHEN) && has_particle_tail(entry->folded))
			token.flags |= LW_TOKEN_TAIL_PARTICLE;
		if ((token.flags & LW_TOKEN_HYPHEN) && is_compound(normal, &token))
			token.flags |= LW_TOKEN_COMPOUND;
	} else {
		token.mark = char_at(normal, from);
	}
	g_array_append_val(cutter->items, token);
}

static void cut(Cutter *cutter)
{
	const LwNormal *normal = cutter->tokens->normal;
	gsize at = 0;

	while (at < normal->length) {
		gunichar c = char_at(normal, at);
		gsize end = char_after(normal, at);

		if (g_unichar_isspace(c) || c == '\f') {
			at = end;
			continue;
		}
		if (is_word_start(c))
			end = word_end(normal, at);
		else if (opens_particle(normal, at))
			end = word_end(normal, at + 1);
		add_token(cutter, at, end);
		at = end;
	}
}

/* A wide gap, two blanks, a sign between cells. */
static gboolean cuts_line(const LwToken *token)
{
	return token->mark == '|' || token->mark == ';' ||
	       (token->gap < LW_GAP_LINE &&
		(token->gap == LW_GAP_WIDE || token->start - token[-1].end > 1));
}

static void bound_lines(LwTokens *tokens)
{
	for (guint32 i = 0; i < tokens->count; i++) {
		LwToken *token = &tokens->items[i];

		token->line_first = i && token[-1].line == token->line ? token[-1].line_first : i;
		if (cuts_line(token))
			tokens->items[token->line_first].flags |= LW_TOKEN_ROW;
	}
	for (guint32 i = tokens->count; i-- > 0;) {
		LwToken *token = &tokens->items[i];
		gboolean last = i + 1 == tokens->count || token[1].line != token->line;

		token->line_next = last ? i + 1 : token[1].line_next;
	}
}

/* "Mej . A .", "Li , G .Q .": a reader of scans that sets points and commas apart does so all over;
 * they touch what they follow. */
static void close_points(LwTokens *tokens)
{
	guint apart = 0, marks = 0;

	for (guint i = 0; i < tokens->count; i++) {
		const LwToken *token = &tokens->items[i];

		marks += token->mark == '.' || token->mark == ',';
		apart += (token->mark == '.' || token->mark == ',') && token->gap == LW_GAP_SPACE;
	}
	if (apart < MOST_APART || apart * 2 < marks)
		return;
	for (guint i = 0; i < tokens->count; i++)
		if ((tokens->items[i].mark == '.' || tokens->items[i].mark == ',') &&
		    tokens->items[i].gap == LW_GAP_SPACE)
			tokens->items[i].gap = LW_GAP_NONE;
}

LwTokens *lw_tokens_new(const LwDetectContext *context)
{
	LwTokens *tokens = g_new0(LwTokens, 1);
	Cutter cutter = {.tokens = tokens};

	tokens->arena = lw_arena_new();
	tokens->normal = context->base.normal;
	tokens->lexicon = context->lexicon;
	cutter.items = g_array_new(FALSE, FALSE, sizeof(LwToken));
	cutter.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	cut(&cutter);
	g_hash_table_unref(cutter.seen);
	tokens->count = cutter.items->len;
	tokens->items = (LwToken *)(void *)g_array_free(cutter.items, FALSE);
	bound_lines(tokens);
	close_points(tokens);
	return tokens;
}

void lw_tokens_free(LwTokens *tokens)
{
	if (!tokens)
		return;
	lw_arena_free(tokens->arena);
	g_free(tokens->items);
	g_free(tokens);
}

gboolean lw_token_is(const LwTokens *tokens, guint index, const char *folded)
{
	const char *word = lw_token_at(tokens, index)->word;

	return *word == *folded && strcmp(word, folded) == 0;
}

guint lw_token_find(const LwTokens *tokens, gsize offset)
{
	guint low = 0, high = tokens->count;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (tokens->items[middle].end <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

guint lw_token_line_end(const LwTokens *tokens, guint index)
{
	return index < tokens->count ? tokens->items[index].line_next : tokens->count;
}

guint lw_token_line_start(const LwTokens *tokens, guint index)
{
	return index < tokens->count ? tokens->items[index].line_first : tokens->count;
}

guint32 lw_token_lists(const LwTokens *tokens, guint first, guint last)
{
	g_autoptr(GString) words = g_string_new(NULL);

	for (guint i = first; i <= last && i < tokens->count; i++) {
		if (i > first)
			g_string_append_c(words, ' ');
		g_string_append(words, tokens->items[i].word);
	}
	return lw_lexicon_find(tokens->lexicon, words->str, words->len);
}

/* "Visser & Smit", "Annie M.G. Schmidt": signs between the words of an entry. */
static gboolean is_joint(const LwToken *token)
{
	return token->mark && token->mark < 0x80 && strchr("&+.|/", (int)token->mark);
}

guint32 lw_token_longest(const LwTokens *tokens, guint at, guint32 lists, guint *end)
{
	g_autoptr(GString) words = g_string_new(lw_token_at(tokens, at)->word);
	guint32 found = lw_token_at(tokens, at)->lists;

	*end = at + 1;
	found = found & lists ? found : 0;
	for (guint i = at + 1; i < tokens->count && i < at + MOST_OF_ENTRY; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint32 more;

		if (token->gap > LW_GAP_LINE || token->gap == LW_GAP_WIDE ||
		    (!*token->word && !is_joint(token)))
			break;
		if (!*token->word)
			continue;
		g_string_append_c(words, ' ');
		g_string_append(words, token->word);
		more = lw_lexicon_find(tokens->lexicon, words->str, words->len);
		if (!(more & lists))
			continue;
		found = more;
		*end = i + 1;
	}
	return found;
}

LwSpan lw_token_span(const LwTokens *tokens, guint first, guint last)
{
	gsize start, end;

	lw_normal_range(tokens->normal, lw_token_at(tokens, first)->start,
			lw_token_at(tokens, last)->end, &start, &end);
	return (LwSpan){(guint32)start, (guint32)(end - start)};
}

/* The token after the phrase, or 0. Its words stand on one line. */
static guint match_phrase(const LwTokens *tokens, guint at, const char *words)
{
	guint i = at;

	while (*words) {
		gsize length = strcspn(words, " ");
		const LwToken *token = lw_token_at(tokens, i);

		while (i > at && (token->mark == '.' || token->mark == '/' || token->mark == '-') &&
		       token->gap < LW_GAP_LINE)
			token = lw_token_at(tokens, ++i);
		if (strlen(token->word) != length || memcmp(token->word, words, length) != 0 ||
		    (i > at && token->gap > LW_GAP_WIDE))
			return 0;
		i++;
		words += length;
		words += *words == ' ';
	}
	return i;
}

const char *lw_phrase_at(const LwTokens *tokens, guint at, guint kinds, guint *next, guint *kind)
{
	const LwToken *token = lw_token_at(tokens, at);
	const GArray *same;
	const char *best = NULL;

	*next = at;
	if (!(token->cues & LW_CUE_PHRASE))
		return NULL;
	same = g_hash_table_lookup(vocabulary()->phrases, token->word);
	for (guint i = 0; same && i < same->len; i++) {
		const Phrase *phrase = &g_array_index(same, Phrase, i);
		guint end = (phrase->kinds & kinds) ? match_phrase(tokens, at, phrase->words) : 0;

		if (end > *next) {
			*next = end;
			*kind = phrase->kinds;
			best = phrase->words;
		}
	}
	return best;
}

guint8 *lw_token_persons(const LwTokens *tokens, const LwEntities *found, float least)
{
	guint8 *persons = g_new0(guint8, tokens->count + 1);

	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint first, next;

		if (entity->kind != LW_KIND_PERSON || entity->score < least)
			continue;
		lw_token_range(tokens, entity->span, &first, &next);
		memset(persons + first, 1, next - first);
	}
	return persons;
}
