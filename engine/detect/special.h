/* special.h - how a cue of a special category is tied to somebody. Private to special*.c. */
#pragma once

#include "engine/detect/token.h"

typedef enum {
	CUE_OFFENCE,   /* sure beside a conviction */
	CUE_WEAK,      /* never sure */
	CUE_ADJECTIVE, /* sure of who is or was so */
	CUE_NOUN,      /* sure when a verb or the like ties it to somebody */
	CUE_SELF,      /* sure beside somebody */
} CueWeight;

typedef struct {
	const char *category;
	const char *cue; /* words joined by a space, a star for any ending or beginning */
	CueWeight weight;
	char sign; /* of special-word.c: its fourth letter; 0: any */
	char next; /* the first letter of its second word; 0: any, or there is none */
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

/* The cue that begins at a token, NULL: none; and the token after it (special-word.c). */
const Cue *special_cue_at(const LwTokens *tokens, guint at, guint *next);
/* "pols", "rechterarm", "bovenbeen" */
gboolean special_is_limb(const LwToken *token);
/* The token of a limb right behind, with "zijn" or "een" before it; 0: none. */
guint special_limb_behind(const LwTokens *tokens, guint next);
/* Where what must disappear with a cue begins, and the token after it (special-core.c). */
guint special_grow_front(const Scene *scene, guint at, const Cue *cue);
guint special_grow_behind(const Scene *scene, guint next, const Cue *cue);
/* The sentence, row or record around a token (special-place.c). */
void special_sentence(const Scene *scene, guint at, guint *first, guint *last);
/* In a row of a table, or a record of one that has a cell to a line. */
gboolean special_is_cell(const Scene *scene, guint at);
/* "4. Ramadan", "Letsel:": what the text is about, and what a value is of. */
gboolean special_is_heading(const LwTokens *tokens, guint at, guint next);
/* A case made up. */
gboolean special_is_example(const LwTokens *tokens, guint first, guint last);
gboolean special_has_word(const LwTokens *tokens, guint first, guint last, const char *words);
/* An office is named in the clause of a token: "wethouder De Vries (VVD)". */
gboolean special_is_of_office(const LwTokens *tokens, guint first, guint last, guint at);
/* Somebody who is not in office. */
gboolean special_has_private(const Scene *scene, guint first, guint last);
gboolean special_has_anyone(const Scene *scene, guint first, guint last, Who who);
/* Somebody private in the paragraph; with two, in the one above as well. */
gboolean special_has_near(const Scene *scene, guint at, guint paragraphs);
/* How sure it is that the cue at [first, next) says something of somebody; 0: it does not. From
 * 0.5 on it is he, in the same sentence or row. */
float special_tie(const Scene *scene, guint first, guint next, const Cue *cue);
/* A number or date of birth of a person stands in this part of the document. */
gboolean special_is_of_file(const Scene *scene, guint at);
/* Somebody private in the paragraph, or in the one above. */
gboolean special_has_somebody(const Scene *scene, guint at);
/* Does the line of a token begin with a label of such a value? (special-value.c) */
gboolean special_is_labelled(const LwTokens *tokens, guint at);
/* A label of such a value ends at a colon. */
gboolean special_ends_label(const LwTokens *tokens, guint colon);
/* What a label or heading calls special. */
void special_find_values(const Scene *scene, LwEntities *found);
