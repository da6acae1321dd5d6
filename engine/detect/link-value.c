/* link-value.c - looks for the letters and digits of known identifiers, whatever separates them.
 *
 * Linear: from each start of a word no more than MAX_VALUE letters and digits are read. */
#include "engine/detect/link-value.h"

#include "engine/base/limits.h"
#include "engine/detect/person-guess.h"
#include "engine/detect/word-map.h"

#include <string.h>

#define MIN_VALUE 6
#define MAX_VALUE 64
#define MAX_GAP	  4 /* separators between two groups */
#define SCORE	  0.9f
#define RULE	  "link/value"
#define LEARN	  0.8f
#define LIKELY	  0.5f /* below this a find is only proposed */

struct LwLinkValues {
	LwWordMap *kinds;      /* letters and digits to kind + 1 */
	LwWordMap *beginnings; /* their first MIN_VALUE: few words of a text begin so */
};

LwLinkValues *lw_link_values_new(void)
{
	LwLinkValues *values = g_new0(LwLinkValues, 1);

	values->kinds = lw_word_map_new();
	values->beginnings = lw_word_map_new();
	return values;
}

void lw_link_values_free(LwLinkValues *values)
{
	lw_word_map_free(values->kinds);
	lw_word_map_free(values->beginnings);
	g_free(values);
}

static gboolean is_solid(char c)
{
	return g_ascii_isalnum(c) || ((guint8)c & 0x80) != 0;
}

static gboolean is_value(const LwEntity *entity)
{
	if (entity->score < LEARN || entity->role == LW_ROLE_FUNCTIONAL || !entity->span.length)
		return FALSE;
	return entity->kind == LW_KIND_BSN || entity->kind == LW_KIND_IBAN ||
	       entity->kind == LW_KIND_PHONE || entity->kind == LW_KIND_EMAIL ||
	       entity->kind == LW_KIND_BIRTH_DATE || entity->kind == LW_KIND_PLATE ||
	       entity->kind == LW_KIND_ADDRESS || entity->kind == LW_KIND_CLIENT_NUMBER ||
	       entity->kind == LW_KIND_V_NUMBER || entity->kind == LW_KIND_ID_DOCUMENT ||
	       entity->kind == LW_KIND_DRIVING_LICENCE || entity->kind == LW_KIND_A_NUMBER ||
	       entity->kind == LW_KIND_EDUCATION_NUMBER || entity->kind == LW_KIND_DEVICE;
}

/* The letters and digits of a find; *house: how many of them up to the end of its first number. */
static gsize key_of(const LwDocument *document, const LwEntity *entity, char key[MAX_VALUE],
		    gsize *house)
{
	g_autoptr(LwNormal) text =
		lw_normal_new(document->text + entity->span.start, entity->span.length);
	gsize length = 0;

	*house = 0;
	for (gsize i = 0; i < text->length; i++) {
		if (!is_solid(text->utf8[i]))
			continue;
		if (length == MAX_VALUE)
			return 0;
		key[length++] = g_ascii_tolower(text->utf8[i]);
		if (g_ascii_isdigit(text->utf8[i]) && (!*house || *house == length - 1))
			*house = length;
	}
	return length;
}

static void learn(LwLinkValues *values, const char *key, gsize length, LwKind kind)
{
	*lw_word_map_add(values->kinds, key, length) = kind + 1;
	*lw_word_map_add(values->beginnings, key, MIN_VALUE) = 1;
}

void lw_link_values_learn(LwLinkValues *values, const LwDocument *document, const LwEntity *entity)
{
	char key[MAX_VALUE];
	gsize length, house;

	if (!is_value(entity))
		return;
	length = key_of(document, entity, key, &house);
	if (length < MIN_VALUE || (!house && entity->kind != LW_KIND_EMAIL))
		return;
	learn(values, key, length, entity->kind);
	/* street and number, whatever else stood behind them */
	if (entity->kind == LW_KIND_ADDRESS && house >= MIN_VALUE)
		learn(values, key, house, entity->kind);
}

/* An address that stays readable as the object of a case, but is somebody's elsewhere in the run.
 */
static void reveal_homes(const LwLinkValues *values, const LwDocument *document, LwEntities *found)
{
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		char key[MAX_VALUE];
		gsize house;

		if (entity->kind != LW_KIND_ADDRESS || entity->role != LW_ROLE_FUNCTIONAL ||
		    !entity->span.length || !key_of(document, entity, key, &house))
			continue;
		if (house < MIN_VALUE ||
		    lw_word_map_find(values->kinds, key, house) != LW_KIND_ADDRESS + 1)
			continue;
		entity->role = LW_ROLE_UNKNOWN;
		entity->reason = LW_REASON_LINKED;
	}
}

/* "Z-2023-004417" is no staff number 004417: only a whole number is one of somebody. */
static gboolean is_whole(const LwNormal *text, gsize from, gsize to, LwKind kind)
{
	if (kind != LW_KIND_CLIENT_NUMBER && kind != LW_KIND_V_NUMBER &&
	    kind != LW_KIND_ID_DOCUMENT && kind != LW_KIND_DEVICE)
		return TRUE;
	return !(from > 1 && strchr("-./_", text->utf8[from - 1]) &&
		 is_solid(text->utf8[from - 2])) &&
	       !(to + 1 < text->length && strchr("-./_", text->utf8[to]) &&
		 is_solid(text->utf8[to + 1])) &&
	       to - from > MIN_VALUE;
}

/* The end of the longest known value that begins here; 0: none. */
static gsize longest(const LwLinkValues *values, const LwNormal *text, gsize at, guint32 *kind)
{
	char key[MAX_VALUE];
	gsize length = 0, gap = 0, best = 0;

	for (gsize i = at; i < text->length && gap <= MAX_GAP; i++) {
		if (!is_solid(text->utf8[i])) {
			gap = text->utf8[i] == '\f' ? MAX_GAP + 1 : gap + 1;
			continue;
		}
		if (length == sizeof(key))
			break;
		gap = 0;
		key[length++] = g_ascii_tolower(text->utf8[i]);
		if (length == MIN_VALUE && !lw_word_map_find(values->beginnings, key, MIN_VALUE))
			break;
		if (length < MIN_VALUE || (i + 1 < text->length && is_solid(text->utf8[i + 1])))
			continue;
		guint32 found = lw_word_map_find(values->kinds, key, length);
		if (found && is_whole(text, at, i + 1, (LwKind)(found - 1))) {
			*kind = found - 1;
			best = i + 1;
		}
	}
	return best;
}

static gboolean is_proposal(const LwEntity *entity)
{
	return entity->score < LIKELY || lw_person_is_guess(entity) ||
	       entity->kind == LW_KIND_OPINION || entity->kind == LW_KIND_PASSAGE;
}

/* Is nothing found in the span yet, but what is only proposed? *index: where to go on from; spans
 * ask in ascending order. */
static gboolean is_free(const LwEntities *found, guint count, guint *index, gsize start, gsize end)
{
	while (*index < count) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, *index);

		if (entity->span.start + (gsize)entity->span.length > start)
			break;
		(*index)++;
	}
	for (guint i = *index; i < count; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->span.start >= end)
			return TRUE;
		if (entity->span.length && !is_proposal(entity))
			return FALSE;
	}
	return TRUE;
}

/* What nothing explained gives way to a value found in its place; what goes anyway only where the
 * value has all of it. */
static void drop_rest(LwEntities *found)
{
	gsize end = 0;
	guint kept = 0;

	lw_entities_sort(found);
	for (guint i = 0; i < found->items->len; i++) {
		LwEntity entity = g_array_index(found->items, LwEntity, i);
		gsize stop = (gsize)entity.span.start + entity.span.length;

		if (g_str_equal(entity.rule, RULE))
			end = MAX(end, stop);
		else if (lw_person_is_rest(&entity) && entity.span.start < end &&
			 (entity.score < LIKELY || stop <= end))
			continue;
		g_array_index(found->items, LwEntity, kept++) = entity;
	}
	g_array_set_size(found->items, kept);
}

void lw_link_values_find(const LwLinkValues *values, const LwDocument *document,
			 const LwNormal *text, LwEntities *found)
{
	guint count = found->items->len, index = 0;

	if (lw_word_map_count(values->kinds) == 0)
		return;
	reveal_homes(values, document, found);
	for (gsize i = 0; i < text->length; i++) {
		gsize start, end, stop;
		guint32 kind = 0;

		if (!is_solid(text->utf8[i]) || (i && is_solid(text->utf8[i - 1])))
			continue;
		stop = longest(values, text, i, &kind);
		if (!stop || found->items->len > LW_LIMIT_ENTITIES)
			continue;
		lw_normal_range(text, i, stop, &start, &end);
		if (!is_free(found, count, &index, start, end))
			continue;
		lw_entities_add(found, (LwSpan){(guint32)start, (guint32)(end - start)},
				(LwKind)kind, SCORE, RULE)
			->reason = LW_REASON_LINKED;
		i = stop - 1;
	}
	drop_rest(found);
}
