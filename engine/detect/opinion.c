/* opinion.c - personal policy opinions (article 5.2 Woo): paragraphs in which officials give their
 * view.
 *
 * Only in papers of deliberation: a memo or note, or mail within one organisation; what a citizen
 * thinks is no policy opinion. Only proposals, whole paragraphs, and where formal decisions are
 * prepared the reason warns that such views come out without the name (article 5.2 paragraph 3). */
#include "engine/detect/token.h"

#include <string.h>

#define SCORE	      0.5f
#define HEAD_TOKENS   200
#define MOST_TOKENS   600 /* of a paragraph */
#define PHRASE_TOKENS 6

typedef enum { VIEW, INTERNAL, FORMAL, PRIVATE_MAIL, LISTS } List;

typedef struct {
	GHashTable *whole;
	GHashTable *first; /* their first words: most words of a text are none */
} Phrases;

static const Phrases *phrases(List list)
{
	static Phrases made[LISTS];
	static gsize once;

	if (g_once_init_enter(&once)) {
		static const char *const texts[LISTS] = {
#define LW_OPINION(name, text) [name] = text,
#include "engine/detect/opinion.def"
#undef LW_OPINION
		};

		for (guint i = 0; i < LISTS; i++) {
			g_auto(GStrv) words = g_strsplit(texts[i], " ", -1);

			made[i].whole = g_hash_table_new(g_str_hash, g_str_equal);
			made[i].first = g_hash_table_new(g_str_hash, g_str_equal);
			for (char **word = words; *word; word++) {
				const char *phrase = g_intern_string(g_strdelimit(*word, "_", ' '));

				g_hash_table_add(made[i].whole, (gpointer)phrase);
				(*word)[strcspn(*word, " .")] = '\0';
				g_hash_table_add(made[i].first, (gpointer)g_intern_string(*word));
			}
		}
		g_once_init_leave(&once, 1);
	}
	return &made[list];
}

/* The longest phrase of a list that begins at a token; static. */
static const char *phrase_at(const LwTokens *tokens, guint at, List list)
{
	g_autoptr(GString) text = NULL;
	const char *best = NULL;

	if (!g_hash_table_contains(phrases(list)->first, lw_token_at(tokens, at)->word))
		return NULL;
	text = g_string_new(NULL);

	for (guint i = at; i < at + PHRASE_TOKENS; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		gpointer found;

		if (i > at && token->gap > LW_GAP_LINE)
			break;
		if (token->mark == '.' && token->gap == LW_GAP_NONE)
			g_string_append_c(text, '.');
		else if (*token->word)
			g_string_append_printf(text, "%s%s",
					       text->len && text->str[text->len - 1] != '.' ? " "
											    : "",
					       token->word);
		else
			break;
		if (g_hash_table_lookup_extended(phrases(list)->whole, text->str, &found, NULL))
			best = found;
	}
	return best;
}

static gboolean has_phrase(const LwTokens *tokens, guint to, List list)
{
	for (guint i = 0; i < MIN(to, tokens->count); i++)
		if (*lw_token_at(tokens, i)->word && phrase_at(tokens, i, list))
			return TRUE;
	return FALSE;
}

/* What stands between the @ and the last point of an address, folded; yours. */
static char *domain_of(const LwDetectContext *context, const LwEntity *entity)
{
	g_autofree char *text =
		g_strndup(context->base.document->text + entity->span.start, entity->span.length);
	const char *at = strrchr(text, '@');
	char *point = at ? strrchr(at, '.') : NULL;

	if (point)
		*point = '\0';
	return lw_text_fold(point ? at + 1 : "", -1);
}

/* Mail with a sender and a receiver, all of one organisation. */
static gboolean is_internal_mail(const LwDetectContext *context, const LwTokens *tokens,
				 const LwEntities *found)
{
	g_autofree char *first = NULL;
	guint headers = 0, next, kind;

	for (guint i = 0; i < MIN(tokens->count, HEAD_TOKENS); i++)
		headers += lw_token_at(tokens, i)->flags & LW_TOKEN_LINE_START &&
			   lw_phrase_at(tokens, i, LW_PHRASE_HEADER, &next, &kind) &&
			   lw_token_at(tokens, next)->mark == ':';
	for (guint i = 0; headers >= 2 && i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		g_autofree char *domain = NULL;

		if (entity->kind != LW_KIND_EMAIL)
			continue;
		domain = domain_of(context, entity);
		if (g_hash_table_contains(phrases(PRIVATE_MAIL)->whole, domain) ||
		    (first && strcmp(first, domain) != 0))
			return FALSE;
		if (!first)
			first = g_steal_pointer(&domain);
	}
	return headers >= 2;
}

static guint paragraph_end(const LwTokens *tokens, guint first)
{
	guint at = first + 1;

	while (at < tokens->count && at - first < MOST_TOKENS &&
	       lw_token_at(tokens, at)->gap != LW_GAP_BLANK)
		at++;
	return at;
}

void lw_detect_opinions(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	const LwTokens *tokens = context->tokens ? context->tokens : own;
	gboolean formal;

	if (!has_phrase(tokens, HEAD_TOKENS, INTERNAL) && !is_internal_mail(context, tokens, found))
		return;
	formal = has_phrase(tokens, tokens->count, FORMAL);
	for (guint first = 0, end; first < tokens->count; first = end) {
		const char *view = NULL;
		LwEntity *entity;

		end = paragraph_end(tokens, first);
		for (guint i = first; i < end && !view; i++)
			view = *lw_token_at(tokens, i)->word ? phrase_at(tokens, i, VIEW) : NULL;
		if (!view)
			continue;
		entity = lw_entities_add(found, lw_token_span(tokens, first, end - 1),
					 LW_KIND_OPINION, SCORE, "opinion/view");
		entity->reason = formal ? LW_REASON_OPINION_FORMAL : LW_REASON_OPINION;
		entity->evidence = view;
	}
}
