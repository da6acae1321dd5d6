/* link.c - the registry of persons of a run: learns names, closes the cards, finds them again in
 * every document.
 *
 * A card's number is the same for the whole run; what the registry adds never overlaps what was
 * found before. */
#include "engine/detect/link.h"

#include <string.h>

#include "engine/detect/link-value.h"
#include "engine/detect/person-edge.h"
#include "engine/detect/person-search.h"
#include "engine/detect/torn.h"
#include "engine/detect/word-map.h"

#define LEARN_ONCE  0.8f /* sure enough to look for it everywhere */
#define LEARN_RARE  0.7f /* so of a word on no list */
#define LEARN_TWICE 0.6f /* so only when it was found more than once */
#define LIKELY	    0.5f /* below this a find is only proposed */
#define TITLE_BYTES 24	 /* how far before a name a title is looked for */

struct LwRegistry {
	const LwLexicon *lexicon;
	LwPersonCards *cards;
	LwLinkValues *values;
	LwWordMap *doubtful; /* folded names below LEARN_ONCE that were seen */
	gboolean closed;
};

LwRegistry *lw_registry_new(const LwLexicon *lexicon)
{
	LwRegistry *registry = g_new0(LwRegistry, 1);

	registry->lexicon = lexicon;
	registry->cards = lw_person_cards_new(lexicon);
	registry->values = lw_link_values_new();
	registry->doubtful = lw_word_map_new();
	return registry;
}

void lw_registry_free(LwRegistry *registry)
{
	if (!registry)
		return;
	lw_person_cards_free(registry->cards);
	lw_link_values_free(registry->values);
	lw_word_map_free(registry->doubtful);
	g_free(registry);
}

static gboolean is_inside(const LwDocument *document, const LwEntity *entity)
{
	return entity->span.length > 0 && entity->span.start <= document->length &&
	       entity->span.length <= document->length - entity->span.start;
}

/* The last word before a name, as in "mevrouw Jansen" and "dhr. Jansen". */
static gboolean is_titled(const LwRegistry *registry, const LwDocument *document, gsize start)
{
	gsize from = start > TITLE_BYTES ? start - TITLE_BYTES : 0, end = start;

	while (end > from && strchr(" \n\t.", document->text[end - 1]))
		end--;
	start = end;
	while (start > from && !strchr(" \n\t.,(\"", document->text[start - 1]))
		start--;
	return end > start &&
	       g_utf8_validate(document->text + start, (gssize)(end - start), NULL) &&
	       lw_lexicon_look_up(registry->lexicon, document->text + start, end - start) &
		       LW_WORD_TITLE;
}

static LwNameManner manner_of(const LwRegistry *registry, const LwDocument *document,
			      const LwEntity *entity)
{
	if (entity->reason == LW_REASON_TITLE || is_titled(registry, document, entity->span.start))
		return LW_NAME_TITLED;
	if (entity->reason == LW_REASON_SALUTATION || entity->reason == LW_REASON_CLOSING)
		return LW_NAME_FAMILIAR;
	return LW_NAME_PLAIN;
}

/* A word of the language stands for a person only behind a title, unless it is a usual name too
 * ("Bakker"); "Form" must not spread. */
static gboolean is_ordinary_word(const LwRegistry *registry, const char *name, gsize length)
{
	guint32 lists;

	if (memchr(name, ' ', length) || memchr(name, '.', length))
		return FALSE;
	lists = lw_lexicon_look_up(registry->lexicon, name, length);
	return lists & LW_WORD_COMMON && !(lists & LW_WORD_FREQUENT);
}

static gboolean is_on_no_list(const LwRegistry *registry, const LwNormal *name)
{
	gsize stem = name->length - (name->length && name->utf8[name->length - 1] == 's');

	/* "Oosterhouts" may be what is of Oosterhout */
	return name->length > 2 &&
	       !lw_lexicon_look_up(registry->lexicon, name->utf8, name->length) &&
	       !lw_lexicon_look_up(registry->lexicon, name->utf8, stem);
}

/* Below LEARN_ONCE a name must be found a second time. */
static gboolean is_sure(LwRegistry *registry, const LwEntity *entity, const LwNormal *name)
{
	g_autofree char *folded = NULL;
	guint32 *seen;
	gboolean alone = !memchr(name->utf8, ' ', name->length);

	/* one word that only the model knows: a surname that may be anybody's */
	if (entity->score >= LEARN_ONCE &&
	    (!alone || entity->reason != LW_REASON_MODEL || is_on_no_list(registry, name)))
		return TRUE;
	if (entity->score < LEARN_TWICE)
		return FALSE;
	/* a word that is nothing else is the same at every place */
	if (alone && entity->score >= LEARN_RARE && name->length > 4 &&
	    is_on_no_list(registry, name))
		return TRUE;
	folded = lw_text_fold(name->utf8, (gssize)name->length);
	seen = lw_word_map_add(registry->doubtful, folded, strlen(folded));
	return (*seen)++ > 0;
}

/* A signature may be a name in full: "w.g. B. Zondag". */
static gboolean names_person(const LwEntity *entity)
{
	return entity->kind == LW_KIND_PERSON ||
	       (entity->kind == LW_KIND_SIGNATURE &&
		strcmp(entity->rule, "name/initials-alone") != 0 &&
		strcmp(entity->rule, "name/initials-asked") != 0);
}

void lw_registry_learn(LwRegistry *registry, const LwDocument *document, const LwEntities *found)
{
	g_assert(!registry->closed);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		g_autoptr(LwNormal) name = NULL;
		LwNameManner manner;

		if (!is_inside(document, entity))
			continue;
		lw_link_values_learn(registry->values, document, entity);
		if (!names_person(entity) || entity->score < LEARN_TWICE)
			continue;
		name = lw_torn_name(registry->lexicon, document, entity->span);
		manner = manner_of(registry, document, entity);
		if (!is_sure(registry, entity, name) ||
		    (manner != LW_NAME_TITLED &&
		     is_ordinary_word(registry, name->utf8, name->length)))
			continue;
		lw_person_cards_learn(registry->cards, name->utf8, name->length, manner,
				      entity->role);
	}
}

void lw_registry_close(LwRegistry *registry)
{
	if (registry->closed)
		return;
	registry->closed = TRUE;
	lw_person_cards_close(registry->cards);
}

static guint32 card_of_person(const LwRegistry *registry, const LwDocument *document,
			      const LwEntity *entity)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	g_autoptr(LwNormal) text = lw_torn_name(registry->lexicon, document, entity->span);
	LwPersonName name;

	if (!lw_person_name_parse(&name, scratch, registry->lexicon, text->utf8, text->length,
				  manner_of(registry, document, entity)))
		return 0;
	return lw_person_cards_of(registry->cards, &name);
}

/* The local part says whose address it is. */
static guint32 card_of_mail(const LwRegistry *registry, const LwDocument *document,
			    const LwEntity *entity)
{
	g_autofree char *folded =
		lw_text_fold(document->text + entity->span.start, (gssize)entity->span.length);
	gsize length = strcspn(folded, "@"), used = 0;

	while (length > 0 && g_ascii_isdigit(folded[length - 1]))
		length--;
	for (gsize i = 0; i < length; i++) {
		if (g_ascii_isalnum(folded[i]) || (guint8)folded[i] & 0x80)
			folded[used++] = folded[i];
	}
	return lw_person_cards_mail(registry->cards, folded, used);
}

/* A first name alone is the person of this document who has it, when there is only one. */
static guint32 card_of_first(const LwRegistry *registry, const LwDocument *document,
			     const LwEntity *entity, const guint8 *present)
{
	g_autofree char *folded =
		lw_text_fold(document->text + entity->span.start, (gssize)entity->span.length);
	const GArray *list = lw_person_cards_first(registry->cards, folded, strlen(folded));
	guint32 found = 0;

	for (guint i = 0; list && i < list->len; i++) {
		guint32 card = g_array_index(list, guint32, i);

		if (!present[card] ||
		    lw_person_cards_at(registry->cards, card)->name.part_count == 0)
			continue;
		if (found)
			return 0;
		found = card;
	}
	return found;
}

static void number(const LwRegistry *registry, const LwDocument *document, LwEntities *found)
{
	g_autofree guint8 *present = g_new0(guint8, lw_person_cards_count(registry->cards) + 1);

	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (!is_inside(document, entity))
			continue;
		if (names_person(entity) && entity->score > 0)
			entity->person = card_of_person(registry, document, entity);
		else if (entity->kind == LW_KIND_EMAIL)
			entity->person = card_of_mail(registry, document, entity);
		present[entity->person] = 1;
	}
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint32 card;

		if (entity->kind != LW_KIND_PERSON || !is_inside(document, entity) ||
		    memchr(document->text + entity->span.start, ' ', entity->span.length))
			continue;
		if (entity->person &&
		    lw_person_cards_at(registry->cards, entity->person)->name.part_count > 0)
			continue;
		card = card_of_first(registry, document, entity, present);
		entity->person = card ? card : entity->person;
	}
}

/* What the model takes for something that stays. The notes of detection (stays.c), which score 0,
 * go out of what was found. */
static LwEntities *take_stays(LwEntities *found)
{
	LwEntities *stays = lw_entities_new();
	guint kept = 0;

	for (guint i = 0; i < found->items->len; i++) {
		LwEntity entity = g_array_index(found->items, LwEntity, i);

		if (entity.reason == LW_REASON_STAYS)
			g_array_append_val(stays->items, entity);
		if (entity.reason != LW_REASON_STAYS || entity.score > 0)
			g_array_index(found->items, LwEntity, kept++) = entity;
	}
	g_array_set_size(found->items, kept);
	return stays;
}

static gsize end_of(const LwEntity *entity)
{
	return (gsize)entity->span.start + entity->span.length;
}

/* A passage is about persons, and may hold what else is found. */
static gboolean is_passage(const LwEntity *entity)
{
	return entity->kind == LW_KIND_OPINION || entity->kind == LW_KIND_PASSAGE ||
	       entity->kind == LW_KIND_SPECIAL || !entity->span.length;
}

/* A proposal inside something of its kind and as sure says nothing new; two persons that overlap
 * are one. */
static gboolean is_settled_by(LwEntity *wide, const LwEntity *entity)
{
	if (entity->span.start >= end_of(wide) || entity->role != wide->role ||
	    entity->kind != wide->kind)
		return FALSE;
	if (entity->score < LIKELY && end_of(entity) <= end_of(wide) &&
	    entity->score <= wide->score)
		return TRUE;
	if (entity->kind != LW_KIND_PERSON || (wide->score < LIKELY) != (entity->score < LIKELY))
		return FALSE;
	wide->span.length = (guint32)(MAX(end_of(wide), end_of(entity)) - wide->span.start);
	wide->score = MAX(wide->score, entity->score);
	return TRUE;
}

static void settle(LwEntities *found)
{
	LwEntity *items = (LwEntity *)(void *)found->items->data, *wide = NULL;
	guint kept = 0;

	for (guint i = 0; i < found->items->len; i++) {
		LwEntity entity = items[i];

		if (wide && !is_passage(&entity) && is_settled_by(wide, &entity))
			continue;
		items[kept] = entity;
		if (!is_passage(&entity) && (!wide || end_of(&entity) >= end_of(wide)))
			wide = &items[kept];
		kept++;
	}
	g_array_set_size(found->items, kept);
}

void lw_registry_find(const LwRegistry *registry, const LwDocument *document, LwEntities *found)
{
	g_assert(registry->closed);
	lw_entities_sort(found);
	g_autoptr(LwNormal) normal = lw_normal_new(document->text, document->length);
	g_autoptr(LwEntities) stays = take_stays(found);
	lw_link_values_find(registry->values, document, normal, found);
	number(registry, document, found);
	if (lw_person_cards_count(registry->cards) > 0)
		lw_person_search(registry->cards, registry->lexicon, document, normal, stays,
				 found);
	lw_entities_sort(found);
	lw_person_take_whole(registry->lexicon, document, found);
	settle(found);
}

guint lw_registry_count(const LwRegistry *registry)
{
	return lw_person_cards_count(registry->cards);
}
