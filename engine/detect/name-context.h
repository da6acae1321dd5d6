/* name-context.h - what stands around a surname in a text: particle, given names, title; an
 * organisation, a motion.
 *
 * Offsets are bytes of the folded search text. */
#pragma once

#include "engine/detect/person-card.h"
#include "engine/detect/search-text.h"

typedef struct {
	const LwSearchText *text;
	const LwLexicon *lexicon;
	gsize floor; /* nothing before this is looked at */
} LwNameContext;

typedef struct {
	gsize start;	   /* of the name with its particle and given names */
	gboolean particle; /* the particle that was asked for stands before */
	gboolean article;  /* "de", "het", "een" stands before */
	gboolean given;	   /* initials or first names stand before */
	gboolean titled;   /* a title stands before */
	LwPersonName name; /* initials and first names; strings of the arena */
} LwNameBefore;

guint32 lw_name_context_flags(const LwNameContext *context, LwSearchWord word);
/* Where the particle with this sign begins that ends before `at`; `at` when there is none. */
gsize lw_name_context_particle(const LwNameContext *context, gsize at, const char *sign);
/* Given names and title before `start`. known: a card whose first names count as such in any form,
 * or NULL. */
void lw_name_context_before(const LwNameContext *context, LwArena *arena, gsize start,
			    const LwPersonName *known, LwNameBefore *before);
/* The end of ", A.B. de" or ", Anna" after `end` when it fits the card; `end` otherwise. */
gsize lw_name_context_after(const LwNameContext *context, LwArena *arena, gsize end,
			    const LwPersonName *card);
/* A firm, foundation, school, street, motion or committee that bears the name. given: initials,
 * first name or title stand before, so that only a legal form or a motion speaks against a person.
 */
gboolean lw_name_context_is_organisation(const LwNameContext *context, gsize start, gsize end,
					 gboolean given);
/* "wethouder", "minister" right before. */
gboolean lw_name_context_is_in_office(const LwNameContext *context, gsize start);
/* "in", "te", "gemeente" before: a place that bears the name. */
gboolean lw_name_context_is_place(const LwNameContext *context, gsize start);
/* "was bram": a verb right before. */
gboolean lw_name_context_follows_verb(const LwNameContext *context, gsize start);
/* "Bos ontkent", "Kok (Brandweer) gaat": what follows makes the word before it a person who does
 * something; not "Bos en Duin", "Sterk staaltje". */
gboolean lw_name_context_acts(const LwNameContext *context, gsize end);
/* "en floor, wil jij": a comma behind, and a sentence or "en" before: somebody is spoken to. */
gboolean lw_name_context_is_called(const LwNameContext *context, LwSearchWord word);
/* "betekent voor mies, die": after a preposition and before a mark, where a thing has its article
 */
gboolean lw_name_context_is_meant(const LwNameContext *context, LwSearchWord word);
/* "20 mei", "op zondag", "ben winter", "de kok": what stands before makes a word of it. */
gboolean lw_name_context_is_word(const LwNameContext *context, LwSearchWord word);
/* "Ha Wil,": whatever the word is */
gboolean lw_name_context_is_greeted(const LwNameContext *context, LwSearchWord word);
/* "Page 3": it counts something. */
gboolean lw_name_context_is_numbered(const LwNameContext *context, LwSearchWord word);
/* Between tabs or line ends: a cell of its own. */
gboolean lw_name_context_fills_cell(const LwNameContext *context, LwSearchWord word);
