/* sense.c - what a word is about: its own entry in the list of senses, or that of its last part. */
#include "engine/detect/sense.h"

#include <string.h>

#define HEAD  3 /* bytes of a first part, at least */
#define TAIL  5 /* of a last one */
#define PARTS 64

static gboolean is_word(const LwLexicon *lexicon, const char *folded, gsize length)
{
	return length >= HEAD && (lw_lexicon_find(lexicon, folded, length) & LW_WORD_COMMON ||
				  lw_lexicon_sense(lexicon, folded, length));
}

/* "arbeidsongeschiktheid": "arbeids", "ongeschiktheid"; the longest last part that goes. */
static LwSense of_compound(const LwLexicon *lexicon, const char *folded, gsize length)
{
	for (gsize i = HEAD; i + TAIL <= length && i < PARTS; i++) {
		LwSense sense = lw_lexicon_sense(lexicon, folded + i, length - i);

		if (sense && (is_word(lexicon, folded, i) ||
			      (folded[i - 1] == 's' && is_word(lexicon, folded, i - 1))))
			return sense;
	}
	return LW_SENSE_NONE;
}

LwSense lw_sense(const LwLexicon *lexicon, const char *folded)
{
	gsize length = strlen(folded);
	const char *hyphen = strrchr(folded, '-');
	LwSense sense = lw_lexicon_sense(lexicon, folded, length);

	if (!sense && hyphen && hyphen[1])
		return lw_sense(lexicon, hyphen + 1);
	return sense ? sense : of_compound(lexicon, folded, length);
}
