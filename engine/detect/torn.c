/* torn.c - joins words that a reader of scans tore, so that every detector sees "Huizing" where the
 * page has "Hui zing".
 *
 * A blank goes when what it parts is a word of the lists together and one of the parts is none. In
 * a text where that happens more than once, single letters, function words and capitals may be
 * parts too ("Hen k", "ter minaal"), and parts of names that are on no list are joined: "Bisses
 * sar". */
#include "engine/detect/torn.h"

#include <string.h>

#define LEAST	   2   /* torn words of a text that has many */
#define RATE	   400 /* tokens, of which one at least is torn */
#define MOST_PARTS 4
#define MOST_BYTES 48
#define LEAST_WORD 4 /* letters of what is joined */
#define SHORT_HEAD 4 /* letters of a part that is no name by itself */
#define SHORT_TAIL 3

static const guint32 known = LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_PLACE | LW_WORD_STREET |
			     LW_WORD_COMMON | LW_WORD_ROLE | LW_WORD_TITLE | LW_WORD_MEDICINE |
			     LW_WORD_ILLNESS;

/* A word without digits; of "venswaay-Bl" either end is a part. */
static gboolean is_part(const LwToken *token)
{
	return token->letters && !(token->flags & LW_TOKEN_DIGIT);
}

/* Behind one blank, in small letters, or in capitals like the part before it. */
static gboolean goes_on(const LwTokens *tokens, guint at, gboolean many)
{
	const LwToken *token = lw_token_at(tokens, at), *last = lw_token_at(tokens, at - 1);

	if (at >= tokens->count || token->gap != LW_GAP_SPACE || token->start - last->end != 1 ||
	    !is_part(token) || !is_part(last))
		return FALSE;
	return !(token->flags & LW_TOKEN_CAPITAL) ||
	       (many && token->flags & last->flags & LW_TOKEN_ALL_CAPS);
}

static gsize tail_of(const LwTokens *tokens, const LwToken *token)
{
	gsize at = token->end;

	while (at > token->start && tokens->normal->utf8[at - 1] != '-')
		at--;
	return at;
}

static gsize head_end(const LwTokens *tokens, const LwToken *token)
{
	const char *word = tokens->normal->utf8 + token->start;
	const char *hyphen = memchr(word, '-', token->end - token->start);

	return hyphen ? (gsize)(hyphen - tokens->normal->utf8) : token->end;
}

/* Bytes of the part of a token that may be joined: the head to what stands before, else the tail.
 */
static gsize part_of(const LwTokens *tokens, const LwToken *token, gboolean head, gsize *from)
{
	*from = head ? token->start : tail_of(tokens, token);
	return (head ? head_end(tokens, token) : token->end) - *from;
}

/* Is the part a word by itself? */
static gboolean is_word(const LwTokens *tokens, guint at, gboolean head)
{
	const LwToken *token = lw_token_at(tokens, at);
	gsize from, length = part_of(tokens, token, head, &from);

	if (token->flags & LW_TOKEN_HYPHEN)
		return lw_lexicon_look_up(tokens->lexicon, tokens->normal->utf8 + from, length) !=
		       0;
	return token->lists || token->cues;
}

/* "lid a", "hepatitis-B lijkt", "de buut": what often stands alone, or before a word that no list
 * has. */
static gboolean is_function(const LwTokens *tokens, guint at, gboolean head)
{
	const LwToken *token = lw_token_at(tokens, at);
	gsize from;

	return part_of(tokens, token, head, &from) <= 1 ||
	       token->cues & (LW_CUE_STOP | LW_CUE_PARTICLE);
}

/* "k" in "Hen k": no letter that is a word, and none that stands for a name or a number. */
static gboolean may_be_letter(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	gsize from;

	return part_of(tokens, token, TRUE, &from) != 1 ||
	       strchr("cdfgjklprz", tokens->normal->utf8[from]);
}

/* What the lists say of the tokens as one word; 0: nothing. */
static guint32 joined_lists(const LwTokens *tokens, guint first, guint last)
{
	char joined[MOST_BYTES];
	gsize used = 0;

	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		gsize from, length = part_of(tokens, token, i > first, &from);

		if (used + length > sizeof(joined) ||
		    (token->flags & LW_TOKEN_HYPHEN && i > first && i < last))
			return 0;
		memcpy(joined + used, tokens->normal->utf8 + from, length);
		used += length;
	}
	return used < LEAST_WORD ? 0 : lw_lexicon_look_up(tokens->lexicon, joined, used) & known;
}

/* The last token of a word of the lists that begins here and has a part that is none; 0: none. */
static guint last_of_word(const LwTokens *tokens, guint first, gboolean many)
{
	guint last = 0;
	gboolean torn = !is_word(tokens, first, FALSE);
	gsize from;

	/* a letter before a word is an initial, a grade, a member of a list */
	if (part_of(tokens, lw_token_at(tokens, first), FALSE, &from) <= 1 ||
	    (!many && is_function(tokens, first, FALSE)))
		return 0;
	for (guint i = first + 1; i < first + MOST_PARTS && goes_on(tokens, i, many); i++) {
		gboolean function = is_function(tokens, i, TRUE);

		if ((function && (last || !many)) || !may_be_letter(tokens, i))
			break;
		torn |= part_of(tokens, lw_token_at(tokens, i), TRUE, &from) == 1 ||
			!is_word(tokens, i, TRUE);
		if (torn && joined_lists(tokens, first, i))
			last = i;
	}
	return last;
}

/* "Bisses sar", "Schl otterbeck"; and "Koek koek", which may be two words. */
static gboolean is_torn_name(const LwTokens *tokens, guint first)
{
	const LwToken *token = lw_token_at(tokens, first), *next = lw_token_at(tokens, first + 1);
	gboolean word = is_word(tokens, first, FALSE);

	if (!goes_on(tokens, first + 1, FALSE) || !(token->flags & LW_TOKEN_CAPITAL) ||
	    token->flags & LW_TOKEN_ALL_CAPS || word != is_word(tokens, first + 1, TRUE))
		return FALSE;
	if (!word)
		return token->letters > 1 && next->letters > 1 &&
		       (token->letters <= SHORT_HEAD || next->letters <= SHORT_TAIL);
	return !is_function(tokens, first, FALSE) && !is_function(tokens, first + 1, TRUE) &&
	       !(next->cues & LW_CUE_VERB) && !(token->lists & LW_WORD_FIRST_NAME) &&
	       !(token->flags & LW_TOKEN_SENTENCE_START) &&
	       joined_lists(tokens, first, first + 1) & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME);
}

static guint count_torn(const LwTokens *tokens)
{
	guint torn = 0;

	for (guint i = 0; i + 1 < tokens->count; i++) {
		guint last = last_of_word(tokens, i, FALSE);

		torn += last != 0;
		i = MAX(i, last);
	}
	return torn;
}

/* Takes the bytes at these places, ascending, out of the text. */
static void take_out(LwNormal *normal, const GArray *blanks)
{
	gsize to = 0;

	for (gsize from = 0, next = 0; from <= normal->length; from++) {
		if (next < blanks->len && g_array_index(blanks, gsize, next) == from) {
			next++;
			continue;
		}
		normal->utf8[to] = normal->utf8[from];
		normal->raw[to++] = normal->raw[from];
	}
	memset(normal->utf8 + to, 0, normal->length + 1 - to); /* what was there is personal */
	normal->length = to - 1;
}

static gboolean join(const LwTokens *tokens, LwNormal *normal, gboolean many)
{
	g_autoptr(GArray) blanks = g_array_new(FALSE, FALSE, sizeof(gsize));

	for (guint i = 0; i + 1 < tokens->count; i++) {
		guint last = last_of_word(tokens, i, many);

		if (!last && many && is_torn_name(tokens, i))
			last = i + 1;
		for (; i < last; i++) {
			gsize blank = lw_token_at(tokens, i)->end;

			g_array_append_val(blanks, blank);
		}
	}
	take_out(normal, blanks);
	return blanks->len > 0;
}

/* Joins until nothing is left, each time a part that ends another word: "Ta v akoli". Frees the
 * tokens; yours, those of what is joined. */
static LwTokens *join_all(const LwDetectContext *context, LwTokens *tokens, LwNormal *normal,
			  gboolean many)
{
	for (guint i = 1; i < MOST_PARTS && join(tokens, normal, many); i++) {
		lw_tokens_free(tokens);
		tokens = lw_tokens_new(context);
	}
	return tokens;
}

LwTokens *lw_torn_tokens(const LwDetectContext *context, LwNormal *normal)
{
	LwTokens *tokens = lw_tokens_new(context);
	guint64 torn = count_torn(tokens);
	gboolean many = torn >= LEAST && torn * RATE >= tokens->count;

	return torn ? join_all(context, tokens, normal, many) : tokens;
}

/* Has it a word in small letters that is no particle, or one in capitals? Most names have none. */
static gboolean may_be_torn(const LwLexicon *lexicon, const LwNormal *name)
{
	for (gsize at = 0, end; at < name->length; at = end + 1) {
		const char *blank = memchr(name->utf8 + at, ' ', name->length - at);

		end = blank ? (gsize)(blank - name->utf8) : name->length;
		if (at && end > at &&
		    (!g_ascii_isupper(name->utf8[at]) || g_ascii_isupper(name->utf8[at + 1])) &&
		    !(lw_lexicon_look_up(lexicon, name->utf8 + at, end - at) & LW_WORD_PARTICLE))
			return TRUE;
	}
	return FALSE;
}

LwNormal *lw_torn_name(const LwLexicon *lexicon, const LwDocument *document, LwSpan span)
{
	LwNormal *name = lw_normal_new(document->text + span.start, span.length);
	LwDetectContext context = {.base.normal = name, .lexicon = lexicon};

	if (may_be_torn(lexicon, name))
		lw_tokens_free(join_all(&context, lw_tokens_new(&context), name, TRUE));
	return name;
}
