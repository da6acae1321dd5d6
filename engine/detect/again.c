/* again.c - numbers and logins of persons that are known by their label or column once, and stand
 * without it elsewhere in the same document: "300121  Smit zit in detentie" below the table that
 * has him.
 *
 * Only whole words, and only such as are no year, amount or word of the language. */
#include "engine/detect/detect.h"
#include "engine/detect/token.h"

#include <string.h>

#define LEAST_DIGITS 5
#define SHAPE_MOST   24 /* bytes */
#define SHAPE_DIGITS 4
#define SHAPE_LEAST  3	  /* numbers that are printed alike */
#define LEAST_LOGIN  5	  /* letters and digits */
#define SURE	     0.8f /* that it is somebody's */
#define SCORE	     0.8f

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	GHashTable *known; /* folded word to kind */
	guint8 *taken;	   /* by token */
	gboolean logins;   /* some of them have no figure */
} Again;

static gboolean is_number(const LwToken *token)
{
	guint digits = 0;

	for (const char *c = token->word; *c; c++) {
		if (!g_ascii_isalnum(*c) && *c != '-')
			return FALSE;
		digits += g_ascii_isdigit(*c) != 0;
	}
	return digits >= LEAST_DIGITS;
}

/* "rterpstr1", "jvdberg": no word and no name. */
static gboolean is_login(const LwToken *token)
{
	return token->letters >= LEAST_LOGIN && token->flags & LW_TOKEN_LOWER &&
	       !(token->lists &
		 (LW_WORD_COMMON | LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_PLACE));
}

static gboolean is_learnt(const LwEntity *entity, const LwToken *token)
{
	if (entity->score < SURE || entity->role != LW_ROLE_UNKNOWN)
		return FALSE;
	if (entity->kind == LW_KIND_CLIENT_NUMBER || entity->kind == LW_KIND_V_NUMBER)
		return is_number(token);
	return entity->kind == LW_KIND_HANDLE && is_login(token);
}

/* All that is found takes its tokens; what is one word and somebody's is learnt. */
static void learn(Again *self)
{
	const LwTokens *tokens = self->tokens;

	for (guint i = 0; i < self->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);
		gsize end = lw_normal_find(tokens->normal,
					   (gsize)entity->span.start + entity->span.length);
		guint first, next;

		lw_token_range(tokens, entity->span, &first, &next);
		memset(self->taken + first, 1, next - first);
		if (next == first + 1 && lw_token_at(tokens, first)->end == end &&
		    is_learnt(entity, lw_token_at(tokens, first))) {
			self->logins |= entity->kind == LW_KIND_HANDLE;
			g_hash_table_insert(self->known, (gpointer)lw_token_at(tokens, first)->word,
					    GUINT_TO_POINTER(entity->kind + 1u));
		}
	}
}

/* "j-19877" is printed as "j-#####"; "" for what is no letters and figures. */
static void shape_of(const char *word, char shape[SHAPE_MOST])
{
	gsize length = strlen(word);
	guint digits = 0, letters = 0;

	shape[0] = '\0';
	if (length >= SHAPE_MOST)
		return;
	for (gsize i = 0; i <= length; i++) {
		digits += g_ascii_isdigit(word[i]) != 0;
		letters += g_ascii_isalpha(word[i]) != 0;
		shape[i] = g_ascii_isdigit(word[i]) ? '#' : word[i];
	}
	if (!letters || digits < SHAPE_DIGITS)
		shape[0] = '\0';
}

/* How many client numbers each shape has. */
static GHashTable *count_shapes(const Again *self)
{
	GHashTable *shapes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GHashTableIter iter;
	gpointer word, kind;

	g_hash_table_iter_init(&iter, self->known);
	while (g_hash_table_iter_next(&iter, &word, &kind)) {
		char shape[SHAPE_MOST];

		shape_of(word, shape);
		if (GPOINTER_TO_UINT(kind) != LW_KIND_CLIENT_NUMBER + 1u || !*shape)
			continue;
		guint count = GPOINTER_TO_UINT(g_hash_table_lookup(shapes, shape));
		g_hash_table_replace(shapes, g_strdup(shape), GUINT_TO_POINTER(count + 1));
	}
	return shapes;
}

/* One more that is printed as those of the table are. */
static gboolean has_known_shape(GHashTable *shapes, const LwToken *token)
{
	char shape[SHAPE_MOST];

	if (!g_hash_table_size(shapes) || !(token->flags & LW_TOKEN_DIGIT))
		return FALSE;
	shape_of(token->word, shape);
	return *shape && GPOINTER_TO_UINT(g_hash_table_lookup(shapes, shape)) >= SHAPE_LEAST;
}

/* "€ 300121", "Z/300121", "300121,50": something else. */
static gboolean is_alone(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);
	const LwToken *before = lw_token_at(tokens, at ? at - 1 : tokens->count);

	if (before->mark == 0x20ac || before->mark == '$' || lw_token_in(before->word, "eur euro"))
		return FALSE;
	if (token->gap == LW_GAP_NONE && before->mark &&
	    strchr("/._-,&#=", (int)MIN(before->mark, 127)))
		return FALSE;
	return !(next->gap == LW_GAP_NONE && next->mark &&
		 strchr("/_-@=", (int)MIN(next->mark, 127))) &&
	       !(next->gap == LW_GAP_NONE && (next->mark == ',' || next->mark == '.') &&
		 lw_token_at(tokens, at + 2)->gap == LW_GAP_NONE &&
		 lw_token_at(tokens, at + 2)->flags & LW_TOKEN_DIGIT) &&
	       !lw_token_in(next->word, "euro eur");
}

void lw_detect_again(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	Again self = {.tokens = tokens, .found = found};
	GHashTable *shapes;

	if (!tokens)
		return;
	self.known = g_hash_table_new(g_str_hash, g_str_equal);
	self.taken = g_new0(guint8, tokens->count + 1);
	learn(&self);
	shapes = count_shapes(&self);
	for (guint i = 0; g_hash_table_size(self.known) && i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);
		guint kind;

		if (self.taken[i] || token->letters < LEAST_DIGITS ||
		    !(token->flags & LW_TOKEN_DIGIT || self.logins))
			continue;
		kind = GPOINTER_TO_UINT(g_hash_table_lookup(self.known, token->word));
		if (!kind && has_known_shape(shapes, token))
			kind = LW_KIND_CLIENT_NUMBER + 1u;
		if (!kind || !is_alone(tokens, i))
			continue;
		LwEntity *entity = lw_entities_add(found, lw_token_span(tokens, i, i),
						   (LwKind)(kind - 1), SCORE, "pattern/again");
		entity->reason = LW_REASON_CONTEXT;
		entity->evidence = lw_kind_name((LwKind)(kind - 1));
	}
	g_hash_table_unref(shapes);
	g_hash_table_unref(self.known);
	g_free(self.taken);
}
