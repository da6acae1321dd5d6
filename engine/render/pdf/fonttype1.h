/* fonttype1.h - a Type 1 program with some of its glyphs only (Adobe Type 1 Font Format).
 *
 * Glyphs that go leave neither name nor outline; what stays is copied byte for byte. */
#pragma once

#include <glib.h>

typedef struct {
	GBytes *data;
	gsize lengths[3]; /* clear text, encrypted part, trailer */
} LwType1;

/* Names of all glyphs; NULL when the program is not understood. Yours. */
GHashTable *lw_type1_names(GBytes *program, gint64 length1, gint64 length2);
/* With the wanted glyphs, and those that they are made of. FALSE when it cannot be done; data is
 * yours. */
gboolean lw_type1_subset(GBytes *program, gint64 length1, gint64 length2, GHashTable *wanted,
			 LwType1 *result);
