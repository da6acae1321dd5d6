/* lexicon-file.h - the compiled dictionaries: what the compiler writes and lexicon.c reads.
 *
 * A header, then little-endian 32-bit words: the states of a minimal acyclic automaton over the
 * bytes of folded keys. A state is one word (of the key that ends here the flags, 18 bits, and the
 * sense, 6 bits; number of edges, 8 bits) and its edges in order of label (label, 8 bits; number of
 * the word where the next state begins, 24 bits). */
#pragma once

#include <glib.h>

#define LW_LEXICON_MAGIC      "LWLEXIC3"
#define LW_LEXICON_FLAG_BITS  18
#define LW_LEXICON_FLAGS      ((1u << LW_LEXICON_FLAG_BITS) - 1)
#define LW_LEXICON_SENSE_BITS 6
#define LW_LEXICON_SENSES     (1u << LW_LEXICON_SENSE_BITS)
#define LW_LEXICON_KEY_BITS   (LW_LEXICON_FLAG_BITS + LW_LEXICON_SENSE_BITS)
#define LW_LEXICON_MAX_WORDS  (1u << 24)
#define LW_LEXICON_MAX_KEY    255u

typedef struct {
	char magic[8];
	guint32 words; /* after the header; the file ends there */
	guint32 root;  /* word where the first state begins */
	guint32 keys;
	guint32 longest; /* bytes of the longest key */
} LwLexiconHeader;

G_STATIC_ASSERT(sizeof(LwLexiconHeader) == 24);
