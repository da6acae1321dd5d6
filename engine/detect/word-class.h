/* word-class.h - how a large corpus uses a word: as a name of which sort, or as which sort of word.
 *
 * A table of slots inside the trained model (tagger-file.h): a class in the low byte, a check of
 * the word in the others; 0 is empty. Words stand there as they are spelt, with their capitals. */
#pragma once

#include <glib.h>

#define LW_WORD_CLASS_KIND 3 /* bits below the kind: how strong it is */
#define LW_WORD_CLASS_MOST 8 /* slots that are looked at for a word */

typedef struct {
	const guint32 *slots; /* little-endian */
	guint32 mask;	      /* their number, a power of two, less one */
} LwWordClasses;

/* Where to look for a word, and the entry of its class there. */
guint32 lw_word_class_slot(const char *word, gsize length, guint32 *check);
/* 0 when nothing is known of it. */
guint8 lw_word_class(const LwWordClasses *classes, const char *word, gsize length);
