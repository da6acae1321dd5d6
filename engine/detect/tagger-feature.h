/* tagger-feature.h - what the tagger looks at: the features of a token, the same for training and
 * for tagging.
 *
 * A feature is a number from which the row of the weight table follows. What a word says from a
 * distance depends on the word alone, so it is asked once per word; what its place says is asked
 * once per token. */
#pragma once

#include "engine/detect/token.h"
#include "engine/detect/word-class.h"

#define LW_FEATURE_VERSION 5u /* of what is below; a model of another version is refused */
#define LW_FEATURE_REACH   2  /* words looked at on each side */
#define LW_FEATURE_MAX	   96 /* of one word at one distance, of one place or scene */

typedef struct {
	guint32 number;
	guint16 clue;	 /* LwClue */
	guint16 special; /* it speaks of special categories alone, and has a table of its own */
} LwFeature;

/* The words of a text and what the text says of them. Borrows the tokens and the classes. */
typedef struct LwFeatureText LwFeatureText;

LwFeatureText *lw_feature_text_new(const LwTokens *tokens, const LwWordClasses *classes);
void lw_feature_text_free(LwFeatureText *text);
guint lw_feature_words(
	const LwFeatureText *text); /* number of different words; word 0 is the edge of the text */
/* The word of the token at a distance from this one; 0 outside the text. */
guint lw_feature_word(const LwFeatureText *text, guint token, int distance);
/* Features of a word that stands `distance` (-2..2) from the token that is judged; the number of
 * them. The first of distance 0 is the word itself. */
guint lw_feature_of_word(const LwFeatureText *text, guint word, int distance,
			 LwFeature features[LW_FEATURE_MAX]);
guint lw_feature_of_place(const LwFeatureText *text, guint token,
			  LwFeature features[LW_FEATURE_MAX]);
/* What the word of this token is about, and the nearest one before (-1) or behind (1) it in its
 * sentence, within five tokens, that is more than grammar. */
LwSense lw_feature_sense(const LwFeatureText *text, guint token);
LwSense lw_feature_sense_beside(const LwFeatureText *text, guint token, int step);
/* The first token of its sentence, row or item; and the features that all of its tokens share. */
guint lw_feature_scene(const LwFeatureText *text, guint token);
guint lw_feature_of_scene(const LwFeatureText *text, guint scene,
			  LwFeature features[LW_FEATURE_MAX]);
/* All that a token has, in parts: the words around it, its place, its scene. */
#define LW_FEATURE_PARTS (2 * LW_FEATURE_REACH + 3)
guint lw_feature_of_part(const LwFeatureText *text, guint token, guint part,
			 LwFeature features[LW_FEATURE_MAX]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwFeatureText, lw_feature_text_free)
