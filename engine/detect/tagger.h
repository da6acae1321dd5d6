/* tagger.h - the trained model of names: a linear-chain CRF over the features of tagger-feature.h.
 *
 * It is evidence, never a decision by itself. All arithmetic is in integers, so every machine and
 * compiler gives the same tags and chances. */
#pragma once

#include "engine/detect/token.h"

typedef struct LwTagger LwTagger;

typedef enum {
	LW_TAG_NONE,
	LW_TAG_PERSON,
	LW_TAG_PLACE,
	LW_TAG_ORGANISATION,
	/* each judged apart from the others: */
	LW_TAG_SPECIAL, /* of a special category (woo.md 7) */
	LW_TAG_STAYS,	/* a name, number or address that has to stay readable, if it is one */
	LW_TAG_DATUM,	/* a number, account or address of a person */
	LW_TAG_COUNT
} LwTag;

/* Maps the model; checks its header and length. Yours. */
LwTagger *lw_tagger_open(const char *path, GError **error);
/* Over bytes already in memory (kept by reference). */
LwTagger *lw_tagger_new(GBytes *model, GError **error);
void lw_tagger_free(LwTagger *tagger);

typedef struct {
	guint first, last; /* tokens, both inside */
	float chance;	   /* 0..1, calibrated: that it is a person */
} LwTagSpan;

/* What the model makes of a text: borrows tagger and tokens. */
typedef struct LwTags LwTags;

/* The best labels, and words that they do not give to a person where the chance of one is small. */
LwTags *lw_tagger_tag(const LwTagger *tagger, const LwTokens *tokens);
void lw_tags_free(LwTags *tags);
const GArray *lw_tags_persons(const LwTags *tags); /* LwTagSpan, in order, no two share a token */
/* Mean chance over tokens first to last that they are of this tag, calibrated for persons; 0..1. */
float lw_tags_chance(const LwTags *tags, guint first, guint last, LwTag tag);
/* As lw_feature_sense and lw_feature_sense_beside: step -1, 0 or 1. */
LwSense lw_tags_sense(const LwTags *tags, guint token, int step);
/* The clues that spoke most for a person, or for a tag that is judged apart, there: names of
 * clues.def, split by blanks; yours. */
char *lw_tags_clues(const LwTags *tags, guint first, guint last, LwTag tag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwTagger, lw_tagger_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwTags, lw_tags_free)
