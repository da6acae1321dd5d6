/* arena.c - a chain of blocks; the newest serves, all are wiped together.
 *
 * What is not handed out is zero: blocks come so, and are wiped before they serve again. */
#include "engine/base/arena.h"

#include <string.h>

/* Each block is GROWTH times the one before: most arenas are of one name, some of a document. */
enum { BLOCK_SIZE = 64 * 1024, FIRST_SIZE = 1024, GROWTH = 8 };

struct LwArenaBlock {
	LwArenaBlock *previous;
	gsize size;
	char data[];
};

static void drop_array(gpointer self)
{
	GArray *array = self;

	if (array->len)
		explicit_bzero(array->data, array->len * g_array_get_element_size(array));
	g_array_unref(array);
}

LwArena *lw_arena_new(void)
{
	return g_new0(LwArena, 1);
}

static gsize used_of_newest(const LwArena *arena)
{
	return arena->newest ? (gsize)(arena->at - arena->newest->data) : 0;
}

/* Wipes a chain of blocks and frees it, but for the newest if it is kept. */
static void drop_blocks(LwArena *arena, const LwArenaBlock *kept)
{
	gsize used = used_of_newest(arena);

	for (LwArenaBlock *block = arena->newest; block;) {
		LwArenaBlock *previous = block->previous;
		explicit_bzero(block->data, used);
		if (block != kept)
			g_free(block);
		block = previous;
		used = block ? block->size : 0;
	}
}

void lw_arena_free(LwArena *arena)
{
	if (!arena)
		return;
	drop_blocks(arena, NULL);
	g_clear_pointer(&arena->taken, g_ptr_array_unref);
	g_free(arena);
}

void lw_arena_clear(LwArena *arena)
{
	drop_blocks(arena, arena->newest);
	g_clear_pointer(&arena->taken, g_ptr_array_unref);
	arena->older = 0;
	if (arena->newest) {
		arena->newest->previous = NULL;
		arena->at = arena->newest->data;
	}
}

gsize lw_arena_used(const LwArena *arena)
{
	return arena->older + used_of_newest(arena);
}

void *lw_arena_grow(LwArena *arena, gsize size)
{
	gsize capacity;
	LwArenaBlock *block;

	g_assert(size < G_MAXSIZE / 2);
	capacity = arena->newest ? MIN(arena->newest->size * GROWTH, BLOCK_SIZE) : FIRST_SIZE;
	capacity = MAX((size + 8) & ~(gsize)7, capacity);
	block = g_malloc0(sizeof *block + capacity);
	block->size = capacity;
	block->previous = arena->newest;
	arena->older += used_of_newest(arena);
	arena->newest = block;
	arena->at = block->data;
	arena->end = block->data + capacity;
	return lw_arena_alloc(arena, size);
}

void *lw_arena_memdup(LwArena *arena, const void *data, gsize size)
{
	void *copy = lw_arena_alloc(arena, size);

	if (size)
		memcpy(copy, data, size);
	return copy;
}

char *lw_arena_strndup(LwArena *arena, const char *text, gsize length)
{
	char *copy = lw_arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

void *lw_arena_take(LwArena *arena, GArray *array)
{
	if (!arena->taken)
		arena->taken = g_ptr_array_new_with_free_func(drop_array);
	g_ptr_array_add(arena->taken, array);
	return array->data;
}
