/* word-map.h - from words to small numbers, for words that are slices of a text.
 *
 * Keys live in the caller's arena or in the map's own; a value is never 0 (0 says: not there). */
#pragma once

#include "engine/base/arena.h"

typedef struct LwWordMap LwWordMap;

LwWordMap *lw_word_map_new(void);
void lw_word_map_free(LwWordMap *map);
/* The value's place, zeroed when the word is new; valid until the next call. The word is copied. */
guint32 *lw_word_map_add(LwWordMap *map, const char *word, gsize length);
/* 0 when unknown. */
guint32 lw_word_map_find(const LwWordMap *map, const char *word, gsize length);
guint lw_word_map_count(const LwWordMap *map);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwWordMap, lw_word_map_free)
