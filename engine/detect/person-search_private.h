/* person-search_private.h - what the parts of the search for persons share. */
#pragma once

#include "engine/detect/name-context.h"
#include "engine/detect/person-search.h"
#include "engine/detect/word-map.h"

#define SURE   0.9f
#define LIKELY 0.7f

typedef struct {
	const LwPersonCards *cards;
	const LwDocument *document;
	const LwNormal *normal;
	LwSearchText *text;
	LwNameContext context;
	LwEntities *found;
	LwArena *scratch;
	GArray *taken; /* Taken, by start; ends ascend */
	const LwEntities *stays;
	LwWordMap *
		lower; /* first words of surnames, and first names, that stand here in lower case */
	guint8 *present; /* by card: this document has the person */
} LwPersonSearch;

/* Bytes of the folded search text. */
gboolean lw_person_is_free(const LwPersonSearch *search, gsize from, gsize to);
/* NULL: there are more finds than may be. */
LwEntity *lw_person_add(LwPersonSearch *search, gsize from, gsize to, const char *rule, float score,
			const guint32 *cards, guint count);
/* The card of this document that has the first name; *count: how many have it. */
guint32 lw_person_present_first(const LwPersonSearch *search, LwSearchWord word, guint *count);
/* "Anna Paulowna", "Anna Bijns": the first name of something or somebody else. */
gboolean lw_person_goes_on(const LwPersonSearch *search, gsize end);
/* Lists what is taken; guesses of other detectors are not, or are too. */
typedef enum { LW_TAKEN_SURE, LW_TAKEN_ALL } LwTakenBy;
void lw_person_list_taken(LwPersonSearch *search, LwTakenBy by);
void lw_person_search_doubts(LwPersonSearch *search); /* person-doubt.c */
/* person-mail.c: the name before the @, of a user or in the name of a file. The end of what was
 * read; `word.start` when it is nothing of the kind. */
gsize lw_person_try_mail(LwPersonSearch *search, LwSearchWord word);
