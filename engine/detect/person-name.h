/* person-name.h - the grammar of one person's name (woo.md 8.1): what a found name consists of.
 *
 * All strings are folded and live in the arena that was given. */
#pragma once

#include "engine/base/arena.h"
#include "engine/detect/lexicon.h"

#define LW_NAME_FIRSTS 4
#define LW_NAME_PARTS  4

/* A surname, or one half of a double one. The particle is written as the first letters of its
 * words, so that "van der", "v.d." and "vd" are the same "vd". */
typedef struct {
	const char *particle; /* "" without */
	const char *core;     /* words joined by one space */
} LwNamePart;

typedef struct {
	const char *initials; /* "ab"; "" without */
	const char *firsts[LW_NAME_FIRSTS];
	guint first_count;
	LwNamePart parts[LW_NAME_PARTS]; /* the whole surname, then its halves when it is a double
					    one */
	guint part_count;		 /* 0: a first name alone */
	gboolean maybe_first;		 /* one word that may be a first name as well */
} LwPersonName;

typedef enum {
	LW_NAME_PLAIN,
	LW_NAME_TITLED,	  /* a title stands before: one word is a surname */
	LW_NAME_FAMILIAR, /* in a salutation or closing: one word is a first name if it can be */
} LwNameManner;

/* Reads a name as it stands in a text. FALSE when it is none that could be found again ("A. de V.",
 * "JdV"). */
gboolean lw_person_name_parse(LwPersonName *name, LwArena *arena, const LwLexicon *lexicon,
			      const char *text, gsize length, LwNameManner manner);
/* First letters of the words of a folded particle; "vd" for "vd", "vdr" and "vander". Writes at
 * most size - 1. */
void lw_person_particle_sign(const char *folded, gsize length, char *sign, gsize size);
/* Could these be the given names of one person? Either may be without. */
gboolean lw_person_givens_fit(const LwPersonName *a, const LwPersonName *b);
/* Identity of a name as a string; of the arena. */
const char *lw_person_name_key(const LwPersonName *name, LwArena *arena);
