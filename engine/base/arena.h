/* arena.h - memory that lives as long as one document, wiped when it goes.
 *
 * Allocation never fails (it aborts, as GLib does) and is never freed one by one. */
#pragma once

#include <glib.h>

typedef struct LwArenaBlock LwArenaBlock;

/* What is handed out is at the front: most allocations move it on, and that is all. */
typedef struct {
	char *at, *end; /* what is left of the newest block; zero */
	LwArenaBlock *newest;
	GPtrArray *taken; /* GArray; or NULL */
	gsize older;	  /* bytes handed out from blocks before the newest */
} LwArena;

LwArena *lw_arena_new(void);
void lw_arena_free(LwArena *arena); /* overwrites every byte first */
/* Everything in it is gone, wiped; the memory serves again. */
void lw_arena_clear(LwArena *arena);
/* Bytes handed out since it was made or cleared. */
gsize lw_arena_used(const LwArena *arena);
/* From a new block. */
void *lw_arena_grow(LwArena *arena, gsize size);
/* The elements of an array that is the arena's from now on. */
void *lw_arena_take(LwArena *arena, GArray *array);
void *lw_arena_memdup(LwArena *arena, const void *data, gsize size);
char *lw_arena_strndup(LwArena *arena, const char *text, gsize length);

/* Zeroed, aligned for pointers and numbers of 8 bytes. */
static inline void *lw_arena_alloc(LwArena *arena, gsize size)
{
	char *memory = arena->at;

	if (size >= (gsize)(arena->end - memory))
		return lw_arena_grow(arena, size);
	arena->at += (size + 7) & ~(gsize)7; /* a block is a multiple of 8 */
	return memory;
}

#define lw_arena_new0(arena, type, count) ((type *)lw_arena_alloc((arena), sizeof(type) * (count)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwArena, lw_arena_free)
