/* arena.h - memory that lives as long as one document, wiped when it goes.
 *
 * Allocation never fails (it aborts, as GLib does) and is never freed one by one. */
#pragma once

#include <glib.h>

typedef struct LwArena LwArena;

LwArena *lw_arena_new(void);
void lw_arena_free(LwArena *arena); /* overwrites every byte first */
/* Everything in it is gone, wiped; the memory serves again. */
void lw_arena_clear(LwArena *arena);
/* Bytes handed out since it was made or cleared. */
gsize lw_arena_used(const LwArena *arena);
/* Zeroed, aligned for any type. */
void *lw_arena_alloc(LwArena *arena, gsize size);
void *lw_arena_memdup(LwArena *arena, const void *data, gsize size);
/* The elements of an array that is the arena's from now on. */
void *lw_arena_take(LwArena *arena, GArray *array);
char *lw_arena_strndup(LwArena *arena, const char *text, gsize length);

#define lw_arena_new0(arena, type, count) ((type *)lw_arena_alloc((arena), sizeof(type) * (count)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwArena, lw_arena_free)
