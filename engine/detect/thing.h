/* thing.h - what bears the name of a person: rooms, works, ships, animals, firms. Private to
 * detect. */
#pragma once

#include <glib.h>

/* Does a folded word name a thing whose own name follows it? */
gboolean lw_thing_bears_name(const char *word);
