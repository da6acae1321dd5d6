/* person-guess.c - guesses of other detectors give way to what a card found in their place. */
#include "engine/detect/person-guess.h"

#define UNSURE 0.5f /* a person below this is a guess that a card may better */
#define LIKELY 0.7f

gboolean lw_person_is_rest(const LwEntity *entity)
{
	return entity->reason == LW_REASON_UNEXPLAINED || g_str_has_prefix(entity->rule, "review/");
}

gboolean lw_person_is_guess(const LwEntity *entity)
{
	if (lw_person_is_rest(entity) ||
	    (entity->score < UNSURE && g_str_equal(entity->rule, "name/initials-asked")))
		return TRUE;
	if (entity->kind != LW_KIND_PERSON)
		return FALSE;
	/* one word of the model's: a card may know that more belongs to it, or its role */
	return entity->score < UNSURE ||
	       (entity->reason == LW_REASON_MODEL &&
		(g_str_equal(entity->rule, "tagger") || g_str_equal(entity->rule, "name/list"))) ||
	       (entity->reason == LW_REASON_LIST_ONLY && entity->score < LIKELY);
}

/* A mere proposal of another kind knows no better. */
static gboolean knows(const LwEntity *find)
{
	return !lw_person_is_guess(find) && find->score >= UNSURE;
}

/* What a guess covers beyond a find in its place is taken over, unless it is a mere doubt. */
static void give_way(LwEntity *guess, LwEntity *find)
{
	guint32 end =
		MAX(guess->span.start + guess->span.length, find->span.start + find->span.length);

	if (guess->score >= UNSURE) {
		find->span.start = MIN(guess->span.start, find->span.start);
		find->span.length = end - find->span.start;
	}
	guess->score = 0;
}

/* A guess gives way to what a card found in its place. */
void lw_person_drop_guesses(LwEntities *found)
{
	LwEntity *items;
	guint kept = 0;

	lw_entities_sort(found);
	items = (LwEntity *)(void *)found->items->data;
	for (guint i = 1, last = 0; i < found->items->len; i++) {
		gboolean meet =
			items[last].span.length && items[i].span.length &&
			items[i].span.start < items[last].span.start + items[last].span.length;

		if (meet && lw_person_is_guess(&items[last]) && knows(&items[i]))
			give_way(&items[last], &items[i]);
		else if (meet && lw_person_is_guess(&items[i]) && knows(&items[last]))
			give_way(&items[i], &items[last]);
		if (items[i].score > 0 && items[i].span.length)
			last = i;
	}
	for (guint i = 0; i < found->items->len; i++)
		if (items[i].score > 0 || !lw_person_is_guess(&items[i]))
			items[kept++] = items[i];
	g_array_set_size(found->items, kept);
	lw_entities_sort(found);
}
