/* measure.h - what a model finds in texts whose persons are known, and making its chances true. */
#pragma once

#include "engine/detect/tagger.h"
#include "training/corpus.h"

typedef struct {
	guint tokens, persons,
		touched;    /* persons in the texts, and those of which a token was found */
	guint found, right; /* tokens found as person, and those that are */
	guint spans;	    /* persons found */
	guint leaks, texts; /* texts with a person, and those with one missed whole */
} Measure;

/* The persons found in each text: a GArray of LwTagSpan each. tagger: NULL asks the whole of
 * detection instead. Yours. */
GPtrArray *measure_find(const LwTagger *tagger, const LwLexicon *lexicon, const GPtrArray *texts);
/* chance: from which a find counts. */
Measure measure(const GPtrArray *finds, const GPtrArray *texts, float chance);
/* Per tenth of the chance: how many finds, and how many of them touch a person. */
void measure_reliability(const GPtrArray *finds, const GPtrArray *texts, guint count[10],
			 guint right[10]);
/* Words of a tag that is judged apart in texts that tell: all, found from this chance, and rightly
 * so. */
void measure_head(const LwTagger *tagger, const GPtrArray *texts, LwTag tag, float chance,
		  guint counts[3]);
/* Writes into the model what its chances turn out to be on these texts (a rising line of least
 * squares). */
gboolean measure_calibrate(GByteArray *model, const GPtrArray *texts, GError **error);
