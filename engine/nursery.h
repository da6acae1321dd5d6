/* nursery.h - where workers come from: a process of the worker's program that has loaded everything
 * and parses nothing, of which each worker is a copy.
 *
 * Loading seventy libraries costs more than most documents. Workers are children of whoever asked,
 * not of the nursery, so that they are waited for and end with it like any other. A nursery belongs
 * to one thread: a child ends with the thread that it descends from. */
#pragma once

#include <glib.h>
#include <sys/types.h>

/* A worker with these files as its own (frame.h); 0 when none can be started. */
pid_t lw_nursery_spawn(const char *program, int request, int answer, int input);
/* Ends the nursery of this thread; the next worker starts another. */
void lw_nursery_close(void);

#define LW_NURSERY_OPTION "--nursery"
/* The other side: hands out copies of this process. TRUE in each copy, its files in place; FALSE
 * when nobody asks any more. */
gboolean lw_nursery_serve(void);
