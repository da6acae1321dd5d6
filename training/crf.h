/* crf.h - training a linear-chain CRF by stochastic gradients; the same seed and texts give the
 * same model. */
#pragma once

#include "training/corpus.h"

typedef struct {
	guint rows; /* of the table; a power of two */
	guint epochs;
	guint runs; /* whose mean the model is */
	guint64 seed;
	double rate;		      /* of learning, at the start */
	double decay;		      /* towards zero */
	const LwWordClasses *classes; /* written into the model */
	double dropout; /* how often a word's own identity is left out, so that names that were
			   never seen are learnt */
} CrfOptions;

/* The model as bytes of tagger-file.h, with chances as they are. */
GByteArray *crf_train(const GPtrArray *texts, const CrfOptions *options);
