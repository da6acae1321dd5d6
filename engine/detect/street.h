/* street.h - is what stands before a number the name of a street? Lists and endings of woo.md 6.12.
 */
#pragma once

#include "engine/detect/lexicon.h"

typedef struct {
	gsize from;    /* where its name begins */
	gboolean sure; /* its ending or the list alone is enough; otherwise a postcode or place must
			  follow */
} Street;

/* Looks back from a house number at `at`. */
gboolean street_before(const LwLexicon *lexicon, const char *text, gsize length, gsize at,
		       Street *street);
/* The end of a house number with letter and addition ("12", "12a", "12-14", "3hs", "7 bis"); 0: no
 * house number. */
gsize street_number_end(const char *text, gsize length, gsize at);
/* "kamer", "maart": a word before a number that counts things, and never ends a street. */
gboolean street_is_counted(const char *word, gsize length);
/* Does a folded word end as streets do and ordinary words do not ("kerkstr", "meidoornln")? */
gboolean street_has_ending(const char *folded);
gboolean street_is_place(const LwLexicon *lexicon, const char *words, gsize length);
/* Does the word open with a capital, perhaps behind an apostrophe ("'s-Gravenhage")? */
gboolean street_is_capital(const char *word, gsize length);
