/* word-map.c - a hash table with open addressing; half full at most, so that a miss ends soon.
 *
 * Words may come from hostile documents: the hash is seeded per map. */
#include "engine/detect/word-map.h"

#include <string.h>

typedef struct {
	const char *word;
	guint32 length, value, hash;
} Slot;

struct LwWordMap {
	LwArena *arena;
	Slot *slots;
	guint32 capacity, count; /* capacity: a power of two */
	guint32 seed;
};

static guint32 hash_word(const LwWordMap *map, const char *word, gsize length)
{
	guint64 hash = map->seed ^ 0xcbf29ce484222325u;

	for (gsize i = 0; i < length; i++)
		hash = (hash ^ (guint8)word[i]) * 0x100000001b3u;
	hash ^= hash >> 32;
	return (guint32)(hash * 0x9e3779b1u);
}

LwWordMap *lw_word_map_new(void)
{
	LwWordMap *map = g_new0(LwWordMap, 1);

	map->arena = lw_arena_new();
	map->capacity = 64;
	map->slots = g_new0(Slot, map->capacity);
	map->seed = g_random_int();
	return map;
}

void lw_word_map_free(LwWordMap *map)
{
	if (!map)
		return;
	lw_arena_free(map->arena);
	g_free(map->slots);
	g_free(map);
}

static Slot *slot_of(const LwWordMap *map, guint32 hash, const char *word, gsize length)
{
	guint32 at = hash & (map->capacity - 1);

	for (;;) {
		Slot *slot = &map->slots[at];

		if (!slot->word)
			return slot;
		if (slot->hash == hash && slot->length == length &&
		    memcmp(slot->word, word, length) == 0)
			return slot;
		at = (at + 1) & (map->capacity - 1);
	}
}

static void grow(LwWordMap *map)
{
	g_autofree Slot *old = map->slots;
	guint32 count = map->capacity;

	g_assert(map->capacity < G_MAXUINT32 / 4);
	map->capacity *= 2;
	map->slots = g_new0(Slot, map->capacity);
	for (guint32 i = 0; i < count; i++) {
		if (old[i].word)
			*slot_of(map, old[i].hash, old[i].word, old[i].length) = old[i];
	}
}

guint32 *lw_word_map_add(LwWordMap *map, const char *word, gsize length)
{
	guint32 hash = hash_word(map, word, length);
	Slot *slot;

	g_assert(length < G_MAXUINT32);
	if (map->count * 2 >= map->capacity)
		grow(map);
	slot = slot_of(map, hash, word, length);
	if (!slot->word) {
		slot->word = lw_arena_strndup(map->arena, word, length);
		slot->length = (guint32)length;
		slot->hash = hash;
		map->count++;
	}
	return &slot->value;
}

guint32 lw_word_map_find(const LwWordMap *map, const char *word, gsize length)
{
	if (map->count == 0)
		return 0;
	return slot_of(map, hash_word(map, word, length), word, length)->value;
}

guint lw_word_map_count(const LwWordMap *map)
{
	return map->count;
}
