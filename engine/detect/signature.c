/* signature.c - initials in letters on a line or in a cell of their own, where somebody signs.
 *
 * They go whoever signs, so a name that is nothing but such initials becomes a signature before the
 * roles are bound. Without a name that they fit they are but proposed. */
#include "engine/detect/name.h"

#include <string.h>

#define SURE	    0.85f
#define SCORE	    0.4f
#define LIKELY	    0.5f
#define MAX_BYTES   16 /* of the initials with their points */
#define MAX_LETTERS 5
#define BACK_LINES  5 /* between a closing and the initials under it */
#define MAX_NAME    6 /* tokens */

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint32 *owner; /* by token: entity + 1 */
} Signatures;

static LwEntity *entity_at(const Signatures *self, guint at)
{
	guint owner = at < self->tokens->count ? self->owner[at] : 0;

	return owner ? &g_array_index(self->found->items, LwEntity, owner - 1) : NULL;
}

static void read_found(Signatures *self)
{
	for (guint i = 0; i < self->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(self->found->items, LwEntity, i);
		gsize end = lw_normal_find(self->tokens->normal,
					   (gsize)entity->span.start + entity->span.length);
		guint at = lw_token_find(self->tokens,
					 lw_normal_find(self->tokens->normal, entity->span.start));

		for (; entity->span.length && at < self->tokens->count &&
		       self->tokens->items[at].start < end;
		     at++)
			self->owner[at] = i + 1;
	}
}

/* "Bm", "S.D.", "(M.L.)": letters and points and no word; folded into `letters`. */
static gboolean is_initials(const Signatures *self, guint first, guint end,
			    char letters[MAX_LETTERS + 1])
{
	const LwToken *token = lw_token_at(self->tokens, first);
	guint used = 0;

	for (guint i = first; i < end; i++) {
		const LwEntity *entity = entity_at(self, i);

		token = lw_token_at(self->tokens, i);
		if ((entity && entity->kind != LW_KIND_PERSON) || token->flags & LW_TOKEN_DIGIT ||
		    token->letters > 3 || (token->mark && !strchr(".[]()/", (int)token->mark)) ||
		    (token->letters > 1 && token->lists & (LW_WORD_COMMON | LW_WORD_ABBREVIATION |
							   LW_WORD_ORGANISATION)) ||
		    (token->letters > 2 && token->lists & LW_WORD_FIRST_NAME))
			return FALSE;
		for (const char *c = token->word; *c && used < MAX_LETTERS; c++)
			letters[used++] = *c;
	}
	letters[used] = '\0';
	return used >= 2 && used < MAX_LETTERS &&
	       token->end - lw_token_at(self->tokens, first)->start <= MAX_BYTES;
}

/* Do the words of the name that begins at a token open with these letters, in order? "Bm" is of
 * "B. Minderhoud". */
static gboolean fits(const Signatures *self, guint at, const char *letters)
{
	const LwEntity *name = entity_at(self, at);
	guint used = 0;

	if (!name || name->kind != LW_KIND_PERSON)
		return FALSE;
	for (guint i = at; i < at + MAX_NAME && entity_at(self, i) == name && letters[used]; i++)
		used += *lw_token_at(self->tokens, i)->word == letters[used];
	return !letters[used];
}

/* "namens deze," or a closing in the lines above, "Paraaf" in front. */
static gboolean is_signed(const Signatures *self, guint first)
{
	guint at = first, next, kind, lines = 0;

	for (; at > 0 && lines < BACK_LINES; lines++) {
		guint line = lw_token_line_start(self->tokens, at - 1);

		for (guint i = line; i < at; i++)
			if (lw_phrase_at(self->tokens, i,
					 LW_PHRASE_CLOSING | LW_PHRASE_MANDATE | LW_PHRASE_SIGN,
					 &next, &kind))
				return TRUE;
		at = line;
	}
	return FALSE;
}

/* The initials at [first, end) are those of who is named beside or below them. */
static gboolean has_owner(const Signatures *self, guint first, guint end, const char *letters)
{
	const LwTokens *tokens = self->tokens;
	guint line = lw_token_line_start(tokens, first), next = lw_token_line_end(tokens, first);

	for (guint i = line; i < first; i++)
		if (entity_at(self, i) != entity_at(self, first) && fits(self, i, letters))
			return TRUE;
	return fits(self, end, letters) || fits(self, next, letters);
}

static void take(Signatures *self, guint first, guint end)
{
	char letters[MAX_LETTERS + 1];
	LwEntity *known = entity_at(self, first);
	gboolean sure;

	if (!is_initials(self, first, end, letters))
		return;
	sure = has_owner(self, first, end, letters);
	if (!sure && (!is_signed(self, first) || lw_token_cues(letters) & LW_CUE_NOT_INITIALS ||
		      lw_token_in(letters, "ls")))
		return;
	if (known && known->score >= LIKELY) {
		known->kind = LW_KIND_SIGNATURE;
		return;
	}
	known = lw_entities_add(self->found, lw_token_span(self->tokens, first, end - 1),
				LW_KIND_SIGNATURE, sure ? SURE : SCORE, "name/initials-alone");
	known->reason = LW_REASON_CLOSING;
}

void lw_detect_signatures(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	const LwTokens *tokens = context->tokens ? context->tokens : own;
	Signatures self = {tokens, found, g_new0(guint32, tokens->count + 1)};

	read_found(&self);
	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i)) {
		guint line = lw_token_line_end(tokens, i);

		/* a cell of a line may be the place for it */
		for (guint first = i, end; first < line; first = end) {
			for (end = first + 1;
			     end < line && lw_token_at(tokens, end)->gap < LW_GAP_WIDE;)
				end++;
			if (lw_token_at(tokens, end - 1)->end - lw_token_at(tokens, first)->start <=
			    MAX_BYTES)
				take(&self, first, end);
		}
	}
	g_free(self.owner);
}
