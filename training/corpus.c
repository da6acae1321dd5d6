/* corpus.c - reads marked text: takes the marks out and gives every token the labels that are right
 * for it. */
#include "training/corpus.h"

#include "engine/detect/torn.h"

#include <stdlib.h>
#include <string.h>

#define OPEN  '\002'
#define CLOSE '\003'
#define ALL   ((1u << LW_TAGGER_LABELS) - 1)

typedef struct {
	gsize from, to; /* bytes of the text */
	char type;
} Span;

static guint first_label(char type)
{
	switch (g_ascii_toupper(type)) {
	case 'P':
		return 1;
	case 'L':
		return 5;
	case 'O':
		return 9;
	default:
		return 0;
	}
}

/* A text without its marks. */
static char *take_marks(const char *marked, gsize length, GArray *spans)
{
	GString *text = g_string_sized_new(length);
	Span span = {0};

	for (gsize i = 0; i < length; i++) {
		if (marked[i] == OPEN && i + 1 < length) {
			span = (Span){text->len, text->len, marked[++i]};
		} else if (marked[i] == CLOSE) {
			span.to = text->len;
			if (span.to > span.from)
				g_array_append_val(spans, span);
		} else {
			g_string_append_c(text, marked[i]);
		}
	}
	return g_string_free(text, FALSE);
}

/* What a span says of what is judged apart; of deciding only where the document tells. */
static void judge_token(Text *text, guint at, char type)
{
	guint8 *special = text->heads[0] + at, *stays = text->heads[1] + at,
	       *datum = text->heads[2] + at;

	if (type == 'S' || type == '?')
		*special = type == 'S' ? HEAD_IS : HEAD_UNKNOWN;
	if (!text->decided)
		return;
	if (!strchr("S?", type))
		*stays = g_ascii_islower(type) ? HEAD_IS : HEAD_NOT;
	if (strchr("P?", type))
		*datum = HEAD_UNKNOWN;
	else if (strchr("DEL", type))
		*datum = HEAD_IS;
}

static void label_span(Text *text, const Span *span)
{
	gsize from = lw_normal_find(text->normal, span->from);
	gsize to = lw_normal_find(text->normal, span->to);
	guint first = lw_token_find(text->tokens, from), last = first,
	      label = first_label(span->type);
	LwSpan person;

	if (first >= text->tokens->count || text->tokens->items[first].start >= to)
		return;
	while (last + 1 < text->tokens->count && text->tokens->items[last + 1].start < to)
		last++;
	for (guint i = first + 1; i <= last; i++)
		if (text->tokens->items[i].gap == LW_GAP_BLANK)
			last = i - 1; /* no chain goes on there */
	for (guint i = first; i <= last; i++)
		judge_token(text, i, span->type);
	if (strchr("SDd", span->type))
		return;
	person = (LwSpan){first, last - first + 1};
	if (label == 1)
		g_array_append_val(text->persons, person);
	for (guint i = first; i <= last; i++) {
		if (strchr("?Ee", span->type))
			text->allowed[i] = ALL;
		else if (strchr("Nn", span->type))
			text->allowed[i] = ALL & ~0x1eu;
		else if (first == last)
			text->allowed[i] = (guint16)(1u << (label + 3));
		else
			text->allowed[i] = (guint16)(1u << (label + (i == first	 ? 0
								     : i == last ? 2
										 : 1)));
	}
}

static guint8 *new_head(guint count, Head head)
{
	guint8 *heads = g_malloc(count + 1);

	memset(heads, head, count + 1);
	return heads;
}

static void add_text(GPtrArray *texts, const char *marked, gsize length, const char *says,
		     const LwLexicon *lexicon)
{
	g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(Span));
	g_autofree char *plain = take_marks(marked, length, spans);
	Text *text = g_new0(Text, 1);
	LwDetectContext context = {.lexicon = lexicon};

	text->document = lw_document_new("plain");
	text->document->text = lw_arena_strndup(text->document->arena, plain, strlen(plain));
	text->document->length = strlen(plain);
	text->normal = lw_normal_new(text->document->text, text->document->length);
	context.base = (LwDetection){text->document, text->normal};
	text->tokens = lw_torn_tokens(&context, text->normal);
	text->allowed = g_new0(guint16, text->tokens->count + 1);
	text->decided = strstr(says, " decided") != NULL;
	text->heads[0] =
		new_head(text->tokens->count, strstr(says, " special") ? HEAD_NOT : HEAD_UNKNOWN);
	text->heads[1] = new_head(text->tokens->count, HEAD_UNKNOWN);
	text->heads[2] = new_head(text->tokens->count, text->decided ? HEAD_NOT : HEAD_UNKNOWN);
	text->persons = g_array_new(FALSE, FALSE, sizeof(LwSpan));
	for (guint i = 0; i < text->tokens->count; i++)
		text->allowed[i] = g_str_has_prefix(says, "bare") ? ALL & ~0x1eu : 1;
	for (guint i = 0; i < spans->len; i++)
		label_span(text, &g_array_index(spans, Span, i));
	g_ptr_array_add(texts, text);
}

gboolean corpus_read(GPtrArray *texts, const char *path, const LwLexicon *lexicon, GError **error)
{
	static const char mark[] = "@@DOC ";
	g_autofree char *content = NULL;
	gsize length = 0;

	if (!g_file_get_contents(path, &content, &length, error))
		return FALSE;
	for (char *at = content; at && *at;) {
		char *body = strchr(at, '\n'), *next = body ? strstr(body, "\n@@DOC ") : NULL;
		g_autofree char *says = body ? g_strndup(at, (gsize)(body - at)) : NULL;
		char *end = next ? next + 1 : content + length;

		if (!g_str_has_prefix(at, mark) || !body) {
			g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
				    "'%s' is no marked text", path);
			return FALSE;
		}
		add_text(texts, body + 1, (gsize)(end - body - 1), says + strlen(mark), lexicon);
		at = next ? end : NULL;
	}
	return TRUE;
}

/* A word that finds no slot goes without. */
static void put_class(guint32 *slots, guint mask, const char *word, guint8 class)
{
	guint32 check, at = lw_word_class_slot(word, strlen(word), &check);

	for (guint i = 0; i < LW_WORD_CLASS_MOST; i++, at++) {
		guint32 slot = GUINT32_FROM_LE(slots[at & mask]);

		if (slot && (slot & 0xffffff00u) == check)
			return;
		if (!slot) {
			slots[at & mask] = GUINT32_TO_LE(check | class);
			return;
		}
	}
}

/* Words stand as they are spelt, and folded where that is no other word. */
guint32 *corpus_read_classes(const char *path, guint count, GError **error)
{
	g_autofree char *content = NULL;
	guint32 *slots = NULL;

	if (!g_file_get_contents(path, &content, NULL, error))
		return NULL;
	slots = g_new0(guint32, count);
	for (guint folded = 0; folded < 2; folded++) {
		g_auto(GStrv) lines = g_strsplit(content, "\n", -1);

		for (guint i = 0; lines[i]; i++) {
			char *tab = strchr(lines[i], '\t');
			g_autofree char *plain = NULL;

			if (!tab)
				continue;
			*tab = '\0';
			plain = folded ? lw_text_fold(lines[i], -1) : NULL;
			if (plain && !g_unichar_islower(g_utf8_get_char(lines[i])))
				continue;
			put_class(slots, count - 1, plain ? plain : lines[i],
				  (guint8)atoi(tab + 1));
		}
	}
	return slots;
}

void corpus_forget_names(GPtrArray *texts, guint percent)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_FREQUENT;

	for (guint i = 0; i < texts->len; i++) {
		const LwTokens *tokens = ((const Text *)g_ptr_array_index(texts, i))->tokens;

		for (guint at = 0; at < tokens->count; at++) {
			LwToken *token = &tokens->items[at];
			guint32 hash = (g_str_hash(token->word) ^ i * 2654435761u) * 2246822519u;

			if (token->lists & names && (hash >> 16) % 100 < percent)
				token->lists &= ~names;
		}
	}
}

void corpus_text_free(gpointer data)
{
	Text *text = data;

	lw_tokens_free(text->tokens);
	lw_normal_free(text->normal);
	lw_document_free(text->document);
	g_free(text->allowed);
	for (guint i = 0; i < HEADS; i++)
		g_free(text->heads[i]);
	g_array_unref(text->persons);
	g_free(text);
}
