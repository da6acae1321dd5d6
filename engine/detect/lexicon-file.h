/* lexicon-file.h - the compiled dictionaries: what the compiler writes and lexicon.c reads.
 *
 * A header, then little-endian 32-bit words: the states of a minimal acyclic automaton over the
 * bytes of folded keys. A state is one word (flags of the key that ends here, 20 bits; number of
 * edges, 12 bits) and its edges in order of label (label, 8 bits; number of the word where the next
 * state begins, 24 bits). */
#pragma once

#include <glib.h>

#define LW_LEXICON_MAGIC     "LWLEXIC2"
#define LW_LEXICON_FLAG_BITS 20
#define LW_LEXICON_FLAGS     ((1u << LW_LEXICON_FLAG_BITS) - 1)
#define LW_LEXICON_MAX_WORDS (1u << 24)
#define LW_LEXICON_MAX_KEY   255u

typedef struct {
	char magic[8];
	guint32 words; /* after the header; the file ends there */
	guint32 root;  /* word where the first state begins */
	guint32 keys;
	guint32 longest; /* bytes of the longest key */
} LwLexiconHeader;

G_STATIC_ASSERT(sizeof(LwLexiconHeader) == 24);
