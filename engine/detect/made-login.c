/* made-login.c - logins that are made of the name of somebody in the document: "kvanderhoek",
 * "SMEETSLJ", "fnoori03", "rooster_APost.xlsx".
 *
 * An office makes them by rule, so the name tells them where no word does; nothing else is written
 * so. */
#include "engine/detect/detect.h"
#include "engine/detect/token.h"

#include <string.h>

#define SURE	     0.6f /* of the name */
#define SCORE	     0.8f
#define LEAST	     5 /* letters of a login */
#define MOST	     24
#define LEAST_CUT    4 /* letters of a surname that is cut short */
#define MOST_DIGITS  4
#define MOST_PERSONS 400
#define NAME_WORDS   8

typedef struct {
	char first[MOST + 1], last[MOST + 1], whole[MOST + 1]; /* whole: with its particles */
} Owner;

static void append(char *to, const char *word)
{
	gsize length = strlen(to);

	for (; *word && length < MOST; word++)
		if (g_ascii_isalpha(*word))
			to[length++] = *word;
	to[length] = '\0';
}

/* The words of a name; FALSE: there are not two. */
static gboolean read_owner(const LwTokens *tokens, const LwEntity *entity, Owner *owner)
{
	guint first, next, last, comma = 0, words = 0;

	lw_token_range(tokens, entity->span, &first, &next);
	last = first;
	*owner = (Owner){0};
	for (guint i = first; i < next; i++) {
		if (lw_token_at(tokens, i)->mark == ',')
			comma = i;
		if (!*lw_token_at(tokens, i)->word)
			continue;
		last = i;
		if (++words > NAME_WORDS)
			return FALSE;
	}
	if (words < 2)
		return FALSE;
	append(owner->first, lw_token_at(tokens, comma ? comma + 1 : first)->word);
	append(owner->last, lw_token_at(tokens, comma ? first : last)->word);
	if (comma)
		append(owner->whole, owner->last);
	for (guint i = first + 1; !comma && i <= last; i++)
		if (lw_token_at(tokens, i)->letters > 1 || i == last)
			append(owner->whole, lw_token_at(tokens, i)->word);
	return strlen(owner->last) >= 3 && *owner->first;
}

/* "svermeer", "vermeers", "vermeersj", "sannevermeer"; with figures behind it "sverme01" too. */
static gboolean is_of(const Owner *owner, const char *login, gboolean figures)
{
	const char *const surnames[] = {owner->last, owner->whole};
	gsize length = strlen(login);

	if (*login != *owner->first && *login != *owner->last && *login != *owner->whole)
		return FALSE;
	for (gsize i = 0; i < G_N_ELEMENTS(surnames); i++) {
		gsize size = strlen(surnames[i]);

		if (size < 3)
			continue;
		/* the surname ends it, behind one letter or the first name */
		if (length > size && strcmp(login + length - size, surnames[i]) == 0 &&
		    *login == *owner->first &&
		    (length - size <= 2 || (length - size == strlen(owner->first) &&
					    strncmp(login, owner->first, length - size) == 0)))
			return TRUE;
		/* it begins it, and initials follow */
		if (length > size && length - size <= 2 && size >= LEAST_CUT &&
		    strncmp(login, surnames[i], size) == 0 && login[size] == *owner->first)
			return TRUE;
		if (figures && length > LEAST_CUT &&
		    ((*login == *owner->first &&
		      strncmp(login + 1, surnames[i], length - 1) == 0) ||
		     (login[length - 1] == *owner->first &&
		      strncmp(login, surnames[i], length - 1) == 0)))
			return TRUE;
	}
	return FALSE;
}

/* On no list, of letters and some figures behind them; those letters in `login`. */
static gboolean may_be_login(const LwTokens *tokens, guint at, char login[MOST + 1])
{
	const LwToken *token = lw_token_at(tokens, at);
	gsize length = strlen(token->word), figures = 0;

	if (length < LEAST || length > MOST || token->lists || token->cues ||
	    token->flags & LW_TOKEN_HYPHEN || lw_token_at(tokens, at + 1)->mark == '@')
		return FALSE;
	/* "r_kleinhaneveld" is for others to take whole */
	if (at > 1 && token->gap == LW_GAP_NONE && lw_token_at(tokens, at - 1)->mark == '_' &&
	    lw_token_at(tokens, at - 2)->letters == 1)
		return FALSE;
	while (figures < length && g_ascii_isdigit(token->word[length - 1 - figures]))
		figures++;
	if (figures > MOST_DIGITS || length - figures < LEAST)
		return FALSE;
	for (gsize i = 0; i < length - figures; i++)
		if (!g_ascii_isalpha(token->word[i]))
			return FALSE;
	memcpy(login, token->word, length - figures);
	login[length - figures] = '\0';
	return TRUE;
}

void lw_detect_made_logins(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	g_autoptr(GArray) owners = g_array_new(FALSE, FALSE, sizeof(Owner));
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree guint8 *taken = NULL;
	Owner owner;

	for (guint i = 0; tokens && i < found->items->len && owners->len < MOST_PERSONS; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON && entity->score >= SURE &&
		    read_owner(tokens, entity, &owner) &&
		    g_hash_table_add(seen, g_strconcat(owner.first, " ", owner.whole, NULL)))
			g_array_append_val(owners, owner);
	}
	if (!owners->len)
		return;
	taken = lw_token_persons(tokens, found, SURE);
	for (guint i = 0; i < tokens->count; i++) {
		char login[MOST + 1];

		if (lw_token_at(tokens, i)->letters < LEAST || taken[i] ||
		    !may_be_login(tokens, i, login))
			continue;
		for (guint k = 0; k < owners->len; k++)
			if (is_of(&g_array_index(owners, Owner, k), login,
				  (lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT) != 0)) {
				LwEntity *entity = lw_entities_add(
					found, lw_token_span(tokens, i, i), LW_KIND_HANDLE, SCORE,
					"pattern/made-login");

				entity->reason = LW_REASON_CONTEXT;
				entity->evidence = "naam";
				break;
			}
	}
}
