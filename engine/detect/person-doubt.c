/* person-doubt.c - words that name a person of this document and may be words as well: "rui" alone
 * in its field, "aan joep".
 *
 * Looks only where nobody else found anything, and proposes, unless hardly anything else is called
 * so. */
#include "engine/detect/person-search_private.h"

#define DOUBT	  0.3f
#define USUAL	  0.55f
#define FEW_TIMES 3 /* that a name stands in lower case */
#define NO_NAME	  (LW_WORD_ROLE | LW_WORD_TITLE | LW_WORD_ORGANISATION | LW_WORD_PARTICLE)

/* Whoever of this document the word names, as a first name or surname; 0: nobody. */
static guint32 present_named(const LwPersonSearch *search, LwSearchWord word)
{
	const LwPersonSurname *way = lw_person_cards_surname(
		search->cards, search->text->text + word.start, word.end - word.start);
	guint count;
	guint32 card = lw_person_present_first(search, word, &count);

	for (; !card && way; way = lw_person_cards_next(search->cards, way))
		if (way->length == word.end - word.start && search->present[way->card])
			card = way->card;
	return card;
}

/* May an ordinary word be the name here? */
static gboolean may_be_meant(const LwPersonSearch *search, LwSearchWord word)
{
	if (!lw_search_text_is_capital(search->text, word.start))
		return !lw_name_context_is_word(&search->context, word);
	if (lw_name_context_is_place(&search->context, word.start))
		return FALSE;
	return !lw_search_text_opens(search->text, word.start) ||
	       search->text->text[word.end] == ':' ||
	       lw_name_context_acts(&search->context, word.end) ||
	       lw_name_context_fills_cell(&search->context, word);
}

/* The word names somebody of this document, but may be a word as well: "rui", alone in its field.
 * A usual first name is taken for one. */
static void try_doubt(LwPersonSearch *search, LwSearchWord word)
{
	const guint32 usual = LW_WORD_FIRST_NAME | LW_WORD_FREQUENT;
	const guint32 ordinary = LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET;
	guint32 flags, card = word.end - word.start < 3 ? 0 : present_named(search, word);
	gboolean sure;
	guint count, few;

	if (!card) /* of most words this is the cheapest to tell */
		return;
	flags = lw_name_context_flags(&search->context, word);
	/* "income" that was taken for a name once */
	few = flags & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) ? FEW_TIMES : 0;
	if (flags & NO_NAME ||
	    lw_word_map_find(search->lower, search->text->text + word.start,
			     word.end - word.start) > few ||
	    !lw_person_is_free(search, word.start, word.end) ||
	    lw_name_context_is_organisation(&search->context, word.start, word.end, FALSE) ||
	    lw_name_context_is_in_office(&search->context, word.start) ||
	    (flags & LW_WORD_FIRST_NAME && lw_person_goes_on(search, word.end)) ||
	    (flags & ordinary && !may_be_meant(search, word)))
		return;
	sure = lw_person_present_first(search, word, &count) && word.end - word.start > 3 &&
	       (flags & usual) == usual && !lw_name_context_is_numbered(&search->context, word);
	lw_person_add(search, word.start, word.end, "link/doubt", sure ? USUAL : DOUBT, &card, 1);
}

void lw_person_search_doubts(LwPersonSearch *search)
{
	LwSearchWord word;

	lw_entities_sort(search->found);
	lw_person_list_taken(search, LW_TAKEN_ALL);
	search->context.floor = 0;
	for (gsize at = 0; lw_search_text_next(search->text, at, &word); at = word.end)
		try_doubt(search, word);
}
