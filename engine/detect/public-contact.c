/* public-contact.c - numbers and addresses in texts for everybody, and numbers of those who speak
 * to the press: they are given to be called and visited.
 *
 * A person before it in the sentence who is in no office, or a word of home, and it stays that
 * person's. */
#include "engine/detect/public-text.h"

#include <string.h>

#define MOBILE_DIGITS 9 /* without the nought or the country, the first of them a 6 */

#define REACH 24 /* tokens before it, down to an empty line */

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint8 *persons; /* by token: PRIVATE or SPEAKER */
	guint end;	 /* of the part for everybody */
} PublicContacts;

enum { NOBODY, SPEAKER, KEPT, PRIVATE };

static const char homes[] = "mijn thuis prive woont wonende woonachtig bewoner bewoonster eigenaar "
			    "eigenaresse huurder zoon dochter "
			    "moeder vader buurman buurvrouw privenummer ik mij melder aanvrager "
			    "familie inwoner inwoonster hij zij haar steller opsteller behandelaar "
			    "contactpersoon contactpersonen doorkiesnummer";

static gboolean ends_sentence(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->mark && token->mark < 0x80 && strchr(".;!?", (int)token->mark) &&
	       lw_token_at(tokens, at - 1)->letters > 3 &&
	       lw_token_at(tokens, at + 1)->gap != LW_GAP_NONE;
}

/* Who is named last before it, in its sentence or on the lines above; *home: a word of home. */
static guint8 named_before(const PublicContacts *self, guint first, gboolean *home)
{
	*home = FALSE;
	for (guint i = first; i > 0 && first - i < REACH; i--) {
		if (lw_token_at(self->tokens, i)->gap == LW_GAP_BLANK ||
		    ends_sentence(self->tokens, i - 1))
			break;
		*home |= lw_token_in(lw_token_at(self->tokens, i - 1)->word, homes);
		if (self->persons[i - 1])
			return self->persons[i - 1];
	}
	return NOBODY;
}

/* "Persvragen: 06-...", "de perstelefoon 06-..." */
static gboolean is_for_press(const LwTokens *tokens, guint first, guint last)
{
	static const char press[] =
		"pers persvragen perstelefoon persnummer perscontact media persvoorlichting "
		"redacties journalisten press";
	guint line = lw_token_line_start(tokens, first), end = lw_token_line_end(tokens, last);

	for (guint i = first; i > line && first - i < 8; i--)
		if (lw_token_in(lw_token_at(tokens, i - 1)->word, press))
			return TRUE;
	return last + 2 < end && lw_token_in(lw_token_at(tokens, last + 2)->word, press);
}

/* "06-...", "+31 6 ..." */
static gboolean is_mobile(const LwTokens *tokens, guint first, guint last)
{
	const LwNormal *normal = tokens->normal;
	guint32 start = lw_token_at(tokens, first)->start, end = lw_token_at(tokens, last)->end;
	guint digits = 0;

	for (guint32 i = end; i > start; i--)
		if (g_ascii_isdigit(normal->utf8[i - 1]) && ++digits == MOBILE_DIGITS)
			return normal->utf8[i - 1] == '6';
	return FALSE;
}

static gboolean is_given(const PublicContacts *self, const LwEntity *entity, guint first,
			 guint last)
{
	gboolean home;
	guint8 named = named_before(self, first, &home);

	if (home || named == PRIVATE)
		return FALSE;
	if (entity->kind == LW_KIND_PHONE &&
	    (named == SPEAKER || (!named && is_for_press(self->tokens, first, last))))
		return TRUE;
	/* a mobile telephone is somebody's */
	return first < self->end && named != KEPT &&
	       !(entity->kind == LW_KIND_PHONE && is_mobile(self->tokens, first, last));
}

static void mark(PublicContacts *self, const LwEntity *entity, guint8 value, guint *first,
		 guint *last)
{
	const LwNormal *normal = self->tokens->normal;

	*first = lw_token_find(self->tokens, lw_normal_find(normal, entity->span.start));
	*last = lw_token_find(self->tokens,
			      lw_normal_find(normal, entity->span.start + entity->span.length - 1));
	for (guint i = *first; value && i <= *last && i < self->tokens->count; i++)
		self->persons[i] = value;
}

static guint8 sort_of(const LwEntity *person)
{
	if (person->role == LW_ROLE_SPOKESPERSON)
		return SPEAKER;
	return lw_role_default_action(person->role) == LW_ACTION_KEEP ? KEPT : PRIVATE;
}

void lw_detect_public_contacts(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	g_autofree guint8 *persons = tokens ? g_new0(guint8, tokens->count + 1) : NULL;
	PublicContacts self = {.tokens = tokens, .found = found, .persons = persons};
	guint first, last;

	if (!tokens)
		return;
	self.end = context->public_end;
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_PERSON && entity->span.length)
			mark(&self, entity, sort_of(entity), &first, &last);
	}
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (!entity->span.length || entity->role != LW_ROLE_UNKNOWN ||
		    (entity->kind != LW_KIND_PHONE && entity->kind != LW_KIND_ADDRESS &&
		     entity->kind != LW_KIND_POSTCODE))
			continue;
		mark(&self, entity, NOBODY, &first, &last);
		if (!is_given(&self, entity, first, last))
			continue;
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
	}
}
