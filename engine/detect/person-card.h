/* person-card.h - the cards of the persons of one run: which names are one person, and where to
 * look a word up.
 *
 * First names are learnt, then the cards are closed, then they are only read. Card numbers begin at
 * 1, in the order in which the persons were first seen. */
#pragma once

#include "engine/detect/person-name.h"

typedef struct LwPersonCards LwPersonCards;

typedef struct {
	LwPersonName name; /* all given names known; parts: every surname it was seen with */
	LwRole role; /* a role whose names stay readable, when all its mentions say so; else UNKNOWN
		      */
} LwPersonCard;

/* One way in which a card's surname, or half of it, is written. */
typedef struct {
	const char *core;
	gsize length;
	const char *particle;
	guint32 card;
	guint32 next; /* index + 1 of another with the same first word; 0: none */
} LwPersonSurname;

LwPersonCards *lw_person_cards_new(const LwLexicon *lexicon);
void lw_person_cards_free(LwPersonCards *cards);
void lw_person_cards_learn(LwPersonCards *cards, const char *text, gsize length,
			   LwNameManner manner, LwRole role);
void lw_person_cards_close(LwPersonCards *cards);

guint lw_person_cards_count(const LwPersonCards *cards);
const LwPersonCard *lw_person_cards_at(const LwPersonCards *cards, guint32 number); /* from 1 */
/* The card of a name, 0 when several or none fit. */
guint32 lw_person_cards_of(const LwPersonCards *cards, const LwPersonName *name);
/* Surnames that begin with this word; NULL when none. */
const LwPersonSurname *lw_person_cards_surname(const LwPersonCards *cards, const char *word,
					       gsize length);
const LwPersonSurname *lw_person_cards_next(const LwPersonCards *cards, const LwPersonSurname *at);
/* A surname of six letters or more that is one slip away from this word. */
const LwPersonSurname *lw_person_cards_near(const LwPersonCards *cards, const char *word,
					    gsize length);
/* The cards (guint32) with this first name; NULL when none. Borrowed. */
const GArray *lw_person_cards_first(const LwPersonCards *cards, const char *word, gsize length);
/* The card that fits the letters of the local part of an address; 0 when none or several do. */
guint32 lw_person_cards_mail(const LwPersonCards *cards, const char *letters, gsize length);
/* The same for a local part as it stands in an address, digits at its end aside; *parts: it has
 * separators. */
guint32 lw_person_cards_local_part(const LwPersonCards *cards, const char *text, gsize length,
				   gboolean *parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPersonCards, lw_person_cards_free)
