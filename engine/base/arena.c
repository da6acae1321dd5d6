/* arena.c - a chain of blocks; the newest serves, all are wiped together. */
#include "engine/base/arena.h"

#include <string.h>

#define BLOCK_SIZE (64 * 1024)
#define ALIGNMENT  16

typedef struct Block Block;
struct Block {
	Block *previous;
	gsize size, used;
	_Alignas(ALIGNMENT) char data[];
};

struct LwArena {
	Block *newest;
	GPtrArray *taken; /* GArray; or NULL */
	gsize used;
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

/* Wipes a chain of blocks and frees all of it but `kept`. */
static void drop_blocks(Block *block, const Block *kept)
{
	while (block) {
		Block *previous = block->previous;
		explicit_bzero(block->data, block->used);
		if (block != kept)
			g_free(block);
		block = previous;
	}
}

void lw_arena_free(LwArena *arena)
{
	if (!arena)
		return;
	drop_blocks(arena->newest, NULL);
	g_clear_pointer(&arena->taken, g_ptr_array_unref);
	g_free(arena);
}

void lw_arena_clear(LwArena *arena)
{
	Block *kept = arena->newest;
	drop_blocks(arena->newest, kept);
	g_clear_pointer(&arena->taken, g_ptr_array_unref);
	if (kept) {
		kept->previous = NULL;
		kept->used = 0;
	}
	arena->used = 0;
}

gsize lw_arena_used(const LwArena *arena)
{
	return arena->used;
}

static void *take_from(LwArena *arena, Block *block, gsize size)
{
	void *memory = block->data + block->used;
	block->used += size;
	arena->used += size;
	return memory;
}

static void add_block(LwArena *arena, Block *block, gsize capacity)
{
	block->size = capacity;
	block->used = 0;
	block->previous = arena->newest;
	arena->newest = block;
}

/* Not zeroed. */
static void *take(LwArena *arena, gsize size)
{
	g_assert(size < G_MAXSIZE / 2);
	size = (size + ALIGNMENT - 1) & ~(gsize)(ALIGNMENT - 1);
	if (!arena->newest || arena->newest->size - arena->newest->used < size) {
		gsize capacity = MAX(size, BLOCK_SIZE);
		add_block(arena, g_malloc(sizeof(Block) + capacity), capacity);
	}
	return take_from(arena, arena->newest, size);
}

void *lw_arena_alloc(LwArena *arena, gsize size)
{
	if (size <= BLOCK_SIZE)
		return memset(take(arena, size), 0, size);
	g_assert(size < G_MAXSIZE / 2); /* what the system gives is zero already */
	add_block(arena, g_malloc0(sizeof(Block) + size), size);
	return take_from(arena, arena->newest, size);
}

void *lw_arena_memdup(LwArena *arena, const void *data, gsize size)
{
	void *copy = take(arena, size);
	if (size)
		memcpy(copy, data, size);
	return copy;
}

char *lw_arena_strndup(LwArena *arena, const char *text, gsize length)
{
	char *copy = take(arena, length + 1);
	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

void *lw_arena_take(LwArena *arena, GArray *array)
{
	if (!arena->taken)
		arena->taken = g_ptr_array_new_with_free_func(drop_array);
	g_ptr_array_add(arena->taken, array);
	return array->data;
}
