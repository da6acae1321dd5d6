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

typedef struct Cue Cue;

struct Cue {
	const char *category;
	const char *cue;   /* words and classes (special-class.c) joined by a space, a star for any
			      ending or beginning */
	const char *shown; /* as special.def has it */
	CueWeight weight;
	char sign; /* of special-word.c: its fourth letter; 0: any */
	char next; /* the first letter of its second word; 0: any, or there is none */
	Cue *more; /* the next of those that are found by the same key */
	Cue *last; /* of the first of them */
};

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
/* The classes of special-class.def, by their name there. */
typedef enum {
#define LW_WORDS(name, words) CLASS_##name,
#define LW_NOUNS(name, words) CLASS_##name,
#include "engine/detect/special-class.def"
#undef LW_WORDS
#undef LW_NOUNS
} SpecialClass;

gboolean special_in(const char *word, SpecialClass class);
/* A cue with its classes as bytes (special-class.c). Yours. */
char *special_encode(const char *cue);
/* The words of a class, NULL: there are no more classes; yours. And what stands for it in a cue. */
char **special_class_words(guint class);
const char *special_class_sign(guint class);
/* Is what a cue begins with a class, and so long? */
gboolean special_is_sign(const char *cue, gsize length);
/* Does what a cue begins with stand at a token? Then *at is the one after it. */
gboolean special_skip_sign(const LwTokens *tokens, guint *at, const char *cue);
gboolean special_ends_clause(const LwTokens *tokens, guint at);
/* A word that may stand in a gap of a cue. */
gboolean special_goes_on(const LwTokens *tokens, guint at);
/* "pols", "rechterarm", "bovenbeen" */
gboolean special_is_limb(const LwToken *token);
/* The token of a limb right behind, with "zijn" or "een" before it; 0: none. */
guint special_limb_behind(const LwTokens *tokens, guint next);
/* Where what must disappear with a cue begins, and the token after it (special-core.c). */
guint special_grow_front(const Scene *scene, guint at, const Cue *cue);
guint special_grow_behind(const Scene *scene, guint next, const Cue *cue);
/* From there to the whole of the predicate, or of the cell (special-clause.c). */
void special_widen(const Scene *scene, guint *first, guint *next);
/* A word that says nothing of anybody by itself: "is", "niet", "met". */
gboolean special_is_empty(const LwTokens *tokens, guint at);
/* "72,5% arbeidsongeschikt": where the share before a cue begins, at the cue when there is none. */
guint special_skip_share(const LwTokens *tokens, guint at);
/* The sentence, row or record around a token (special-place.c). */
void special_sentence(const Scene *scene, guint at, guint *first, guint *last);
/* In a row of a table, or a record of one that has a cell to a line. */
gboolean special_is_cell(const Scene *scene, guint at);
/* "4. Ramadan", "Letsel:": what the text is about, and what a value is of. */
gboolean special_is_heading(const LwTokens *tokens, guint at, guint next);
/* "EVALUATIE ZORGBOERDERIJ", alone on its line: what the text is about. */
gboolean special_is_title(const Scene *scene, guint at);
/* "Onder autisme verstaan wij": what a word means. */
gboolean special_is_defined(const LwTokens *tokens, guint first, guint last, guint at);
/* "lezing over autisme" */
gboolean special_is_of_course(const Scene *scene, guint first, guint at);
/* Who helps, named behind or before what he is (special-helper.c). */
gboolean special_is_of_helper(const Scene *scene, guint next);
gboolean special_is_behind_helper(const Scene *scene, guint at, guint next);
gboolean special_is_calling(const Scene *scene, guint at, guint next);
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
/* "geen strafblad", "niet verslaafd", in the sentence that begins at `first`: for a person to
 * decide. */
gboolean special_is_negated(const LwTokens *tokens, guint first, guint at);
/* What a label or heading calls special. */
void special_find_values(const Scene *scene, LwEntities *found);
/* What the trained model knows besides (special-model.c). */
void special_find_passages(const Scene *scene, const LwDetectContext *context, LwEntities *found);
