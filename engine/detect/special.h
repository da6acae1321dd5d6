/* special.h - how a cue of a special category is tied to somebody. Private to special*.c. */
#pragma once

#include "engine/detect/token.h"

typedef enum {
	CUE_WEAK,      /* never sure */
	CUE_ADJECTIVE, /* sure of who is or was so */
	CUE_NOUN,      /* sure when a verb or the like ties it to somebody */
	CUE_SELF,      /* sure beside somebody */
} CueWeight;

typedef struct {
	const char *category;
	const char *cue; /* words joined by a space, a star for any ending or beginning */
	CueWeight weight;
	char sign; /* its fourth letter, or the last one of an ending; 0: any */
} Cue;

/* Who a token is, or ends. */
typedef enum {
	WHO_NOBODY,
	WHO_PERSON,
	WHO_OFFICE, /* who holds one: his party is no secret */
	WHO_NUMBER, /* a number or date of birth of a person */
} Who;

typedef struct {
	const LwTokens *tokens;
	guint8 *persons; /* Who, by token */
} Scene;

/* How sure it is that the cue at [first, next) says something of somebody; 0: it does not. From
 * 0.5 on it is he, in the same sentence or row. */
float special_tie(const Scene *scene, guint first, guint next, const Cue *cue);
/* A number or date of birth of a person stands in this part of the document. */
gboolean special_is_of_file(const Scene *scene, guint at);
/* Somebody private in the paragraph, or in the one above. */
gboolean special_has_somebody(const Scene *scene, guint at);
/* Does the line of a token begin with a label of such a value? (special-value.c) */
gboolean special_is_labelled(const LwTokens *tokens, guint at);
/* What a label or heading calls special. */
void special_find_values(const Scene *scene, LwEntities *found);
