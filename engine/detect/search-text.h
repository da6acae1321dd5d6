/* search-text.h - a normalised text folded for searching whole words, with the way back.
 *
 * Letters are folded, white space is one ' ' (a page break stays \f), any other character that is
 * neither ASCII nor a letter is \1. A word is a run of letters, digits, and apostrophes and hyphens
 * between them. */
#pragma once

#include "engine/base/text.h"

typedef struct {
	const LwNormal *normal;
	char *text;
	gsize length;
	guint32 *map; /* map[i]: offset in the normalised text; map[length] is its end */
} LwSearchText;

typedef struct {
	gsize start, end; /* bytes of the folded text */
} LwSearchWord;

/* Keeps a reference to the view, which must outlive it. Yours. */
LwSearchText *lw_search_text_new(const LwNormal *normal);
void lw_search_text_free(LwSearchText *search);
/* The first word that begins at or after `from`. */
gboolean lw_search_text_next(const LwSearchText *search, gsize from, LwSearchWord *word);
/* The last word that ends at or before `to`, when nothing but characters of `between` stands after
 * it. */
gboolean lw_search_text_before(const LwSearchText *search, gsize to, const char *between,
			       LwSearchWord *word);
/* The word after `from` under the same condition. */
gboolean lw_search_text_after(const LwSearchText *search, gsize from, const char *between,
			      LwSearchWord *word);
gboolean lw_search_text_is_capital(const LwSearchText *search, gsize at);
/* More than one letter, none of them lower-case. */
gboolean lw_search_text_is_all_caps(const LwSearchText *search, LwSearchWord word);
/* A capital here says nothing: a sentence, a heading, an item of a list or a cell may begin. */
gboolean lw_search_text_opens(const LwSearchText *search, gsize at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwSearchText, lw_search_text_free)
