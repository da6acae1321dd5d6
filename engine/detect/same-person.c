/* same-person.c - a person who is named in function is so at every mention in the same document
 * (woo.md 2.3).
 *
 * One mention in another role, or beside a private matter, stops it for that person; so does doubt
 * about who is meant. */
#include "engine/detect/person-card.h"
#include "engine/detect/token.h"
#include "engine/detect/torn.h"

#include <string.h>

#define NEAR_TOKENS    60 /* of its line, each way: a line may be a whole document */
#define CITIZEN_TOKENS 4  /* "aanvrager" , de heer */

typedef struct {
	LwRole role; /* of office; UNKNOWN: in none */
	const char *evidence;
	gboolean contrary;     /* another role, or a private matter near a mention */
	gboolean by_name;      /* a mention in office has initials or first names */
	gboolean some_by_name; /* any mention has */
	const char *whole;     /* the double surname that a mention in office has, or NULL */
} Person;

static gboolean is_office(LwRole role)
{
	return role == LW_ROLE_OFFICE_HOLDER || role == LW_ROLE_TOP_OFFICIAL ||
	       role == LW_ROLE_PUBLIC || role == LW_ROLE_SPOKESPERSON;
}

/* "de aanvrager, mevrouw Garritsen": who stands in the matter as a citizen. */
static gboolean is_citizen(const LwTokens *tokens, guint at)
{
	for (guint i = at; i > 0 && at - i < CITIZEN_TOKENS; i--) {
		const LwToken *token = lw_token_at(tokens, i - 1);

		if (lw_token_at(tokens, i)->gap > LW_GAP_LINE || token->mark == '.' ||
		    token->mark == ';')
			return FALSE;
		if (lw_token_in(token->word,
				"aanvrager aanvraagster indiener indienster omwonende bewoner "
				"bewoonster bezwaarmaker bezwaarmaakster appellant verzoeker "
				"verzoekster klager klaagster melder meldster inspreker "
				"insprekers inspreekster belanghebbende reclamant client cliente "
				"patient patiente leerling verdachte getuige slachtoffer huurder "
				"huurster buurman buurvrouw burger inwoner inwoonster gezin "
				"familie fam weduwe"))
			return TRUE;
	}
	return FALSE;
}

static gboolean is_private_kind(const LwEntity *entity)
{
	return (entity->kind == LW_KIND_ADDRESS || entity->kind == LW_KIND_BIRTH_DATE ||
		entity->kind == LW_KIND_BSN) &&
	       entity->role != LW_ROLE_FUNCTIONAL;
}

/* A word or a find on the lines of the mention that speaks of the private person. */
static gboolean is_private(const LwTokens *tokens, const LwEntities *found, guint index)
{
	const LwEntity *entity = &g_array_index(found->items, LwEntity, index);
	guint at = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
	guint line = MIN(lw_token_line_end(tokens, at), at + NEAR_TOKENS);
	guint first = MAX(lw_token_line_start(tokens, at), at > NEAR_TOKENS ? at - NEAR_TOKENS : 0);
	LwSpan last;

	if (line <= at)
		return FALSE;
	if (is_citizen(tokens, at))
		return TRUE;
	last = lw_token_span(tokens, at, line - 1);
	for (guint i = first; i < line; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word,
				"prive bewoner bewoonster woont woonachtig woonadres thuis"))
			return TRUE;
	for (guint i = index + 1; i < found->items->len; i++) {
		const LwEntity *other = &g_array_index(found->items, LwEntity, i);

		if (other->span.start >= last.start + last.length)
			break;
		if (is_private_kind(other))
			return TRUE;
	}
	return FALSE;
}

static gboolean parse(const LwTokens *tokens, const LwDocument *document, const LwEntity *entity,
		      LwArena *arena, LwPersonName *name)
{
	g_autoptr(LwNormal) text = NULL;

	if (entity->kind != LW_KIND_PERSON || !entity->span.length)
		return FALSE;
	text = lw_torn_name(tokens->lexicon, document, entity->span);
	return lw_person_name_parse(name, arena, tokens->lexicon, text->utf8, text->length,
				    LW_NAME_TITLED);
}

static void take_in(Person *person, const LwEntity *entity, const LwPersonName *name)
{
	gboolean by_name = *name->initials || name->first_count;

	person->some_by_name |= by_name;
	if (is_office(entity->role)) {
		person->contrary |= person->role != LW_ROLE_UNKNOWN && person->role != entity->role;
		person->role = entity->role;
		person->evidence = entity->evidence;
		person->by_name |= by_name;
		if (name->part_count > 1)
			person->whole = name->parts[0].core;
	} else if (entity->role != LW_ROLE_UNKNOWN) {
		person->contrary = TRUE;
	}
}

static LwPersonCards *cards_of(const LwTokens *tokens, const LwDocument *document,
			       const LwEntities *found)
{
	LwPersonCards *cards = lw_person_cards_new(tokens->lexicon);

	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind != LW_KIND_PERSON || !entity->span.length)
			continue;
		g_autoptr(LwNormal) text = lw_torn_name(tokens->lexicon, document, entity->span);
		lw_person_cards_learn(cards, text->utf8, text->length, LW_NAME_TITLED,
				      entity->role);
	}
	lw_person_cards_close(cards);
	return cards;
}

static gboolean has_office(const LwEntities *found)
{
	for (guint i = 0; i < found->items->len; i++)
		if (is_office(g_array_index(found->items, LwEntity, i).role))
			return TRUE;
	return FALSE;
}

/* `whole`: its double surname, or NULL. "De Vries-Samuels" is not De Vries who holds office. */
static void apply(LwEntity *entity, const Person *person, const char *whole)
{
	if (whole && g_strcmp0(whole, person->whole) != 0)
		return;
	if (entity->role != LW_ROLE_UNKNOWN || !is_office(person->role) || person->contrary ||
	    (person->some_by_name && !person->by_name))
		return;
	entity->role = person->role;
	entity->reason = LW_REASON_ROLE;
	entity->evidence = person->evidence;
}

/* "Beste Femke" where the mayor is Femke Halsema, and nobody else here is called so. */
static const Person *greeted(const LwTokens *tokens, const LwPersonCards *cards,
			     const Person *persons, const LwEntity *entity)
{
	guint at = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
	const LwToken *token = lw_token_at(tokens, at);
	const Person *only = NULL;
	const GArray *list;

	if (entity->kind != LW_KIND_PERSON || entity->role != LW_ROLE_UNKNOWN ||
	    (entity->reason != LW_REASON_SALUTATION && entity->reason != LW_REASON_CLOSING) ||
	    !entity->span.length || token->end - token->start != entity->span.length)
		return NULL;
	list = lw_person_cards_first(cards, token->word, strlen(token->word));
	for (guint i = 0; list && i < list->len; i++) {
		if (only)
			return NULL;
		only = &persons[g_array_index(list, guint32, i)];
	}
	return only;
}

void lw_detect_same_person(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	const LwDocument *document = context->base.document;

	if (!tokens || !has_office(found))
		return;
	g_autoptr(LwPersonCards) cards = cards_of(tokens, document, found);
	g_autofree guint32 *numbers = g_new0(guint32, found->items->len);
	g_autofree Person *persons = g_new0(Person, lw_person_cards_count(cards) + 1);
	g_autofree const char **wholes = g_new0(const char *, found->items->len);
	g_autoptr(LwArena) arena = lw_arena_new();

	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		LwPersonName name;

		if (!parse(tokens, document, entity, arena, &name))
			continue;
		numbers[i] = lw_person_cards_of(cards, &name);
		if (!numbers[i])
			continue;
		wholes[i] = name.part_count > 1 ? name.parts[0].core : NULL;
		take_in(&persons[numbers[i]], entity, &name);
		persons[numbers[i]].contrary |=
			entity->role == LW_ROLE_UNKNOWN && is_private(tokens, found, i);
	}
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		const Person *person = greeted(tokens, cards, persons, entity);

		if (numbers[i])
			apply(entity, &persons[numbers[i]], wholes[i]);
		if (person)
			apply(entity, person, NULL);
	}
}
