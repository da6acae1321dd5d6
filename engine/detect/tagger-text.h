/* tagger-text.h - what the tagger's features are made of: the words of a text, how the document
 * uses them, and where each token stands. For tagger-text.c and tagger-feature.c alone. */
#pragma once

#include "engine/detect/tagger-feature.h"

#define LW_TEXT_LIST_BITS 11 /* those of the compiled dictionaries, not of the user's own lists */
#define LW_TEXT_AFFIXES	  8

/* The case of a word, coarse enough to be joined with other things. */
typedef enum {
	FORM_EDGE,
	FORM_MARK,
	FORM_FIGURE,
	FORM_LOWER,
	FORM_INITIAL,
	FORM_CAPITAL,
	FORM_CAPS,
	FORM_MIXED,
} Form;

/* How the document uses a word, whatever its case. */
typedef enum {
	USE_LOWER = 1 << 0,
	USE_INSIDE = 1 << 1, /* with a capital where none is due */
	USE_TITLED = 1 << 2,
	USE_NAMED = 1 << 3,  /* behind initials or a first name */
	USE_MAIL = 1 << 4,   /* in the local part of a mail address */
	USE_LETTER = 1 << 5, /* in a salutation or right below a closing */
	USE_AGAIN = 1 << 6,  /* more than once with a capital */
	USE_CAPITAL = 1 << 7,
} Use;
#define USES 7 /* that are features */

typedef struct {
	guint32 hash;
	guint32 shape;
	guint32 affixes[LW_TEXT_AFFIXES];
	guint32 tail;  /* last part of a hyphenated word, hashed; or 0 */
	guint32 lists; /* LwWordFlags */
	guint32 spelt; /* index in `uses`: all spellings of a word share one */
	guint16 cues;
	guint8 form;
	guint8 length;
	guint8 known, plain; /* class as it is spelt, and in lower case */
	guint8 says;	     /* Says */
	guint8 sense;	     /* LwSense */
	const char *folded;
} Word;

/* What a word says of somebody's body, or that somebody is meant. */
typedef enum {
	SAYS_MEDICINE = 1 << 0,
	SAYS_ILLNESS = 1 << 1,
	SAYS_WHO = 1 << 2, /* "hij", "cliënt", "mevrouw", a first name */
} Says;

typedef struct {
	guint32 label;	     /* hash of the field's name before it on the line; 0 none */
	guint32 heading;     /* hash of the first word of its column's heading; 0 none */
	guint16 kind, above; /* LwPhraseKind of the line before, and of the one before that */
	guint8 column, index, left; /* column; tokens before and after it on the line */
	guint8 signs;		    /* Sign */
	guint8 says;	/* Says of its scene, then how often the text speaks of the body */
	guint64 senses; /* bit per LwSense of its scene */
	guint32 scene;	/* the first token of its sentence, row or item */
} Place;

typedef enum {
	SIGN_CAPS_LINE = 1 << 0,
	SIGN_ENUMERATOR = 1 << 1,
	SIGN_MAIL_LINE = 1 << 2,
	SIGN_BEHIND_ENUMERATOR = 1 << 3,
} Sign;

struct LwFeatureText {
	const LwTokens *tokens;
	const LwWordClasses *classes;
	GArray *words;	  /* Word; 0 is the edge */
	GArray *uses;	  /* guint8: Use */
	guint32 *word_of; /* by token */
	Place *places;	  /* by token */
};

/* A hash of two numbers; `salt` keeps those of different meaning apart. */
guint32 lw_text_mix(guint salt, guint32 a, guint32 b);
/* Of bytes; figures count as 0: no number is learnt by heart. */
guint32 lw_text_hash(const char *text, gsize length);

static inline const Word *lw_text_word(const LwFeatureText *text, guint index)
{
	return &g_array_index(text->words, Word, index);
}

static inline const Word *lw_text_near(const LwFeatureText *text, guint token, int distance)
{
	return lw_text_word(text, lw_feature_word(text, token, distance));
}
