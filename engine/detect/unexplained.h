/* unexplained.h - what no rule has and nothing explains, where persons are spoken of. Private to
 * unexplained*.c.
 *
 * Everything here only proposes, but for numbers bound to a person (bound-number.c) and what the
 * trained model is sure of (unexplained-model.c): no other score reaches what a policy removes. */
#pragma once

#include "engine/detect/tagger.h"

#define UNEXPLAINED_OLDEST 119 /* years */

typedef struct {
	const LwTokens *tokens;
	const LwTags *tags; /* of the trained model; or NULL */
	LwEntities *found;
	guint8 *covered;     /* by token: a find has it, or it belongs to one that stays readable */
	guint32 *persons;    /* by token: finds of private persons that begin before it */
	GHashTable *names;   /* folded words of persons found here */
	GHashTable *things;  /* folded words that this document uses as words, or of things */
	int year;	     /* of the text; 0: unknown */
	gboolean calibrated; /* more may be proposed: it is weighed */
} Unexplained;

/* How many finds about private persons begin within so many tokens. */
guint unexplained_near(const Unexplained *self, guint at, guint reach);
LwEntity *unexplained_add(Unexplained *self, guint first, guint last, LwKind kind, float score,
			  LwReason reason);
/* The same, by the trained model: removed when the mean chance reaches `sure`. */
void unexplained_tell(Unexplained *self, guint first, guint last, LwKind kind, LwTag tag,
		      float sure);

/* "bus 16", "kamer 62": the word before it says what is numbered. */
gboolean unexplained_is_numbered(const LwTokens *tokens, guint at);

/* Does some word of them say more than "van de"? */
gboolean unexplained_says(const LwTokens *tokens, guint first, guint last);

/* By token, one more than there are: part of the name of somebody who is not in office. Yours. */
guint8 *unexplained_private_persons(const Unexplained *self);
/* May a number at these tokens be nobody's but that of the person beside it (bound-number.c)? */
gboolean unexplained_is_bound(const LwTokens *tokens, const guint8 *persons, guint first,
			      guint last, guint digits, guint letters);

void unexplained_words(Unexplained *self);
void unexplained_by_model(Unexplained *self);  /* names and places; after the words */
void unexplained_numbers(Unexplained *self);   /* numbers of the make of an identifier, dates */
void unexplained_by_chance(Unexplained *self); /* what is left */
