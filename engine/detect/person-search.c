/* person-search.c - goes once over the words of a document for surnames and addresses, and once for
 * first names.
 *
 * Never touches text that an entity already covers. An ordinary word that is also a surname needs
 * evidence: a capital where none is due, a particle, a title or given names. */
#include "engine/detect/person-search_private.h"

#include <string.h>

#include "engine/base/limits.h"
#include "engine/detect/person-guess.h"

#define MAX_CARDS 16
#define DOUBTFUL  0.45f /* against the model */
#define FEW_TIMES 3	/* that a word stands in a text which is about its namesake */
#define WEAK_FLAGS                                                                                 \
	(LW_WORD_COMMON | LW_WORD_ROLE | LW_WORD_TITLE | LW_WORD_ORGANISATION |                    \
	 LW_WORD_ABBREVIATION | LW_WORD_PARTICLE)
#define NAME_FLAGS                                                                                 \
	(LW_WORD_SURNAME | LW_WORD_FIRST_NAME | LW_WORD_COMMON | LW_WORD_PLACE | LW_WORD_STREET)

typedef struct {
	gsize start, end; /* raw bytes */
} Taken;

/* A surname that stands in the text, and the cards that may be meant. */
typedef struct {
	LwSearchWord core;
	gsize start, end; /* with everything that belongs to it */
	guint32 cards[MAX_CARDS];
	const LwPersonSurname *ways[MAX_CARDS];
	guint count;
	guint32 flags;	    /* of the core */
	gboolean slip;	    /* a letter differs */
	gboolean inflected; /* an -s was taken off a word that is a name itself */
	LwNameBefore before;
} Hit;

static void raw_range(const LwPersonSearch *search, gsize from, gsize to, Taken *raw)
{
	lw_normal_range(search->normal, search->text->map[from], search->text->map[to], &raw->start,
			&raw->end);
}

gboolean lw_person_is_free(const LwPersonSearch *search, gsize from, gsize to)
{
	guint low = 0, high = search->taken->len;
	Taken raw;

	raw_range(search, from, to, &raw);
	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(search->taken, Taken, middle).end <= raw.start)
			low = middle + 1;
		else
			high = middle;
	}
	return low == search->taken->len ||
	       g_array_index(search->taken, Taken, low).start >= raw.end;
}

void lw_person_list_taken(LwPersonSearch *search, LwTakenBy by)
{
	gsize end = 0;

	g_array_set_size(search->taken, 0);
	for (guint i = 0; i < search->found->items->len; i++) {
		const LwEntity *entity = &g_array_index(search->found->items, LwEntity, i);
		Taken taken = {entity->span.start, (gsize)entity->span.start + entity->span.length};

		/* a passage is about persons, and takes no name */
		if (entity->span.length == 0 ||
		    (by == LW_TAKEN_SURE && lw_person_is_guess(entity)) ||
		    entity->kind == LW_KIND_OPINION || entity->kind == LW_KIND_PASSAGE)
			continue;
		taken.end = end = MAX(end, taken.end);
		g_array_append_val(search->taken, taken);
	}
}

static LwRole role_of(const LwPersonSearch *search, const guint32 *cards, guint count)
{
	LwRole role = count ? lw_person_cards_at(search->cards, cards[0])->role : LW_ROLE_UNKNOWN;

	for (guint i = 1; i < count; i++)
		if (lw_person_cards_at(search->cards, cards[i])->role != role)
			return LW_ROLE_UNKNOWN;
	return role;
}

/* Why the model thinks that something in the span stays readable; NULL: it does not. */
static const char *says_stays(const LwPersonSearch *search, LwSpan span)
{
	const GArray *stays = search->stays->items;
	guint low = 0, high = stays->len;
	const LwEntity *stay;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		stay = &g_array_index(stays, LwEntity, middle);
		if (stay->span.start + stay->span.length <= span.start)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == stays->len)
		return NULL;
	stay = &g_array_index(stays, LwEntity, low);
	return stay->span.start < span.start + span.length ? stay->evidence : NULL;
}

LwEntity *lw_person_add(LwPersonSearch *search, gsize from, gsize to, const char *rule, float score,
			const guint32 *cards, guint count)
{
	LwEntity *entity;
	LwSpan span;
	Taken raw;

	if (search->found->items->len > LW_LIMIT_ENTITIES) /* one too many: refused later */
		return NULL;
	raw_range(search, from, to, &raw);
	span = (LwSpan){(guint32)raw.start, (guint32)(raw.end - raw.start)};
	if (span.length == 0)
		return NULL;
	entity = lw_entities_add(search->found, span, LW_KIND_PERSON, score, rule);
	entity->reason = LW_REASON_LINKED;
	entity->role = role_of(search, cards, count);
	entity->person = count == 1 ? cards[0] : 0;
	if (count == 1)
		search->present[cards[0]] = 1;
	search->context.floor = to;
	return entity;
}

/* Half a name where the model says that something stays is proposed; one in full goes. */
static void heed_model(const LwPersonSearch *search, LwEntity *entity)
{
	const char *why = entity ? says_stays(search, entity->span) : NULL;

	if (!why)
		return;
	entity->score = DOUBTFUL;
	entity->reason = LW_REASON_STAYS;
	entity->evidence = why;
}

/* Does the surname stand here in full? Sets its end. */
static gboolean stands_here(const LwPersonSearch *search, const LwPersonSurname *way,
			    LwSearchWord word, gsize *end)
{
	const LwSearchText *text = search->text;
	LwSearchWord last = word;

	if (way->length == word.end - word.start) {
		*end = word.end;
		return TRUE;
	}
	if (word.start + way->length > text->length ||
	    memcmp(text->text + word.start, way->core, way->length) != 0)
		return FALSE;
	*end = word.start + way->length;
	while (last.end < *end)
		if (!lw_search_text_next(text, last.end, &last))
			return FALSE;
	return last.end == *end;
}

static void collect(const LwPersonSearch *search, LwSearchWord word, Hit *hit)
{
	const LwPersonSurname *way = lw_person_cards_surname(
		search->cards, search->text->text + word.start, word.end - word.start);

	for (; way; way = lw_person_cards_next(search->cards, way)) {
		gsize end;

		if (!stands_here(search, way, word, &end))
			continue;
		if (hit->count > 0 && end > hit->end)
			hit->count = 0;
		if ((hit->count > 0 && end < hit->end) || hit->count == MAX_CARDS)
			continue;
		hit->end = end;
		hit->cards[hit->count] = way->card;
		hit->ways[hit->count++] = way;
	}
	hit->core = (LwSearchWord){word.start, hit->end};
	hit->start = word.start;
}

/* "Jansen's", "Jansens": the word without its ending. */
static void collect_inflected(const LwPersonSearch *search, LwSearchWord word, Hit *hit)
{
	const char *at = search->text->text;
	LwSearchWord stem = word;
	gsize length = word.end - word.start;

	if (length < 4 || at[word.end - 1] != 's')
		return;
	stem.end -= at[word.end - 2] == '\'' ? 2 : 1;
	collect(search, stem, hit);
	if (hit->count == 0)
		return;
	if (at[word.end - 2] != '\'')
		hit->inflected = (lw_name_context_flags(&search->context, word) & NAME_FLAGS) != 0;
	hit->end = word.end; /* the s belongs to the name */
}

static void collect_near(const LwPersonSearch *search, LwSearchWord word, Hit *hit)
{
	const LwPersonSurname *way;

	if ((!lw_search_text_is_capital(search->text, word.start) &&
	     !g_ascii_isdigit(search->text->text[word.start])) ||
	    lw_name_context_flags(&search->context, word) != 0)
		return;
	way = lw_person_cards_near(search->cards, search->text->text + word.start,
				   word.end - word.start);
	if (!way)
		return;
	for (const LwPersonSurname *same =
		     lw_person_cards_surname(search->cards, way->core, way->length);
	     same && hit->count < MAX_CARDS; same = lw_person_cards_next(search->cards, same)) {
		if (same->length != way->length)
			continue;
		hit->cards[hit->count] = same->card;
		hit->ways[hit->count++] = same;
	}
	hit->core = word;
	hit->start = word.start;
	hit->end = word.end;
	hit->slip = TRUE;
	hit->flags = lw_lexicon_find(search->context.lexicon, way->core, way->length);
}

/* The particle before the surname decides between cards; those that have another one go when one
 * fits. */
static void read_particle(const LwPersonSearch *search, Hit *hit)
{
	gsize starts[MAX_CARDS], best = hit->start;
	guint kept = 0;

	for (guint i = 0; i < hit->count; i++) {
		const char *sign = hit->ways[i]->particle;

		starts[i] =
			*sign ? lw_name_context_particle(&search->context, hit->core.start, sign)
			      : hit->core.start;
		best = MIN(best, starts[i]);
	}
	hit->before.particle = best < hit->core.start;
	hit->start = best;
	for (guint i = 0; i < hit->count; i++) {
		if (starts[i] != best)
			continue;
		hit->cards[kept] = hit->cards[i];
		hit->ways[kept++] = hit->ways[i];
	}
	hit->count = kept;
}

/* Cards that the given names before do not contradict. FALSE: it is a person that no card knows. */
static gboolean read_givens(const LwPersonSearch *search, Hit *hit)
{
	guint kept = 0;

	for (guint i = 0; i < hit->count; i++) {
		const LwPersonName *card = &lw_person_cards_at(search->cards, hit->cards[i])->name;
		LwNameBefore before = {0};

		lw_name_context_before(&search->context, search->scratch, hit->start, card,
				       &before);
		before.particle = hit->before.particle;
		if (i == 0 || before.start < hit->before.start)
			hit->before = before;
		if (!lw_person_givens_fit(&before.name, card))
			continue;
		hit->cards[kept] = hit->cards[i];
		hit->ways[kept++] = hit->ways[i];
	}
	hit->count = kept;
	return kept > 0;
}

/* How often this document has the first word of the surname without a capital. */
static guint32 times_in_lower_case(const LwPersonSearch *search, const Hit *hit)
{
	const char *core = search->text->text + hit->core.start;
	gsize length = hit->core.end - hit->core.start, first = 0;

	while (first < length && core[first] != ' ')
		first++;
	return lw_word_map_find(search->lower, core, first);
}

/* This document names somebody of this surname with a first name or initials. */
static gboolean is_in_full_here(const LwPersonSearch *search, const Hit *hit)
{
	for (guint i = 0; i < hit->count; i++) {
		const LwPersonName *name = &lw_person_cards_at(search->cards, hit->cards[i])->name;

		if (search->present[hit->cards[i]] && (*name->initials || name->first_count) &&
		    (!*hit->ways[i]->particle || hit->before.particle))
			return TRUE;
	}
	return FALSE;
}

/* An ordinary word that opens a sentence is the surname of somebody who is in this document. */
static gboolean may_open_sentence(const LwPersonSearch *search, const Hit *hit)
{
	gboolean present = FALSE, full = FALSE, bare = FALSE;

	for (guint i = 0; i < hit->count; i++) {
		const LwPersonName *name = &lw_person_cards_at(search->cards, hit->cards[i])->name;

		present |= search->present[hit->cards[i]] != 0;
		full |= *name->initials || name->first_count;
		/* "Boer zoekt vrouw" is not of "Harmen de Boer" */
		bare |= !*hit->ways[i]->particle;
	}
	return present && (bare || hit->before.particle) &&
	       (full || hit->flags & LW_WORD_SURNAME) &&
	       lw_name_context_acts(&search->context, hit->end);
}

/* An ordinary word that was only ever seen behind a title, in another document: "de heer Page" says
 * nothing of the "Page" of this one. */
static gboolean is_known_from_title(const LwPersonSearch *search, const Hit *hit)
{
	if (!(hit->flags & LW_WORD_COMMON) || hit->flags & LW_WORD_FREQUENT)
		return FALSE;
	for (guint i = 0; i < hit->count; i++) {
		const LwPersonName *name = &lw_person_cards_at(search->cards, hit->cards[i])->name;

		if (*name->initials || name->first_count || search->present[hit->cards[i]])
			return FALSE;
	}
	return TRUE;
}

/* Is there reason enough to take this word for the surname? */
static gboolean is_credible(const LwPersonSearch *search, const Hit *hit)
{
	const LwNameBefore *before = &hit->before;
	gboolean evidence = before->given || before->titled || before->particle;
	gboolean capital = lw_search_text_is_capital(search->text, hit->core.start) ||
			   g_ascii_isdigit(search->text->text[hit->core.start]);
	gsize length = hit->core.end - hit->core.start;

	if (lw_name_context_is_organisation(&search->context, MIN(hit->start, before->start),
					    hit->end, before->given || before->titled))
		return FALSE;
	/* "wethouder van Wensveen": whoever else is called so */
	if (!before->given && lw_name_context_is_in_office(&search->context, hit->start))
		return FALSE;
	if (hit->inflected && !evidence)
		return FALSE;
	if ((hit->flags & LW_WORD_PLACE) && !before->given && !before->titled &&
	    lw_name_context_is_place(&search->context, hit->start))
		return FALSE;
	if (!(hit->flags & WEAK_FLAGS))
		return capital || before->particle || before->titled ||
		       (length >= 5 && !before->article &&
			!(hit->flags & (LW_WORD_FIRST_NAME | LW_WORD_PLACE)) && !hit->slip);
	if (!capital)
		return FALSE;
	if (evidence)
		return TRUE;
	if (is_known_from_title(search, hit))
		return FALSE;
	/* "Tax", where this document has "tax" too: the word is meant; of a usual name only where
	 * a capital is due anyway */
	if (is_in_full_here(search, hit) && times_in_lower_case(search, hit) <= FEW_TIMES &&
	    !before->article && !hit->slip &&
	    !lw_name_context_is_numbered(&search->context, hit->core) &&
	    (!lw_search_text_opens(search->text, hit->core.start) ||
	     lw_name_context_fills_cell(&search->context, hit->core)) &&
	    !lw_search_text_is_all_caps(search->text, hit->core))
		return TRUE;
	if (times_in_lower_case(search, hit) && !may_open_sentence(search, hit) &&
	    (!(hit->flags & LW_WORD_FREQUENT) ||
	     lw_search_text_opens(search->text, hit->core.start)))
		return FALSE;
	return !before->article && !hit->slip &&
	       (!lw_search_text_opens(search->text, hit->core.start) ||
		may_open_sentence(search, hit)) &&
	       !lw_search_text_is_all_caps(search->text, hit->core);
}

/* One card, or the one that is known by this surname alone. */
static guint unique_cards(Hit *hit)
{
	guint kept = 0;

	for (guint i = 0, k; i < hit->count; i++) {
		for (k = 0; k < kept && hit->cards[k] != hit->cards[i];)
			k++;
		if (k == kept)
			hit->cards[kept++] = hit->cards[i];
	}
	return hit->count = kept;
}

static void extend(const LwPersonSearch *search, Hit *hit)
{
	gsize start = hit->before.given ? hit->before.start : hit->start, end = hit->end;

	if (!hit->before.given && !hit->inflected) {
		for (guint i = 0; i < hit->count && end == hit->end; i++)
			end = lw_name_context_after(
				&search->context, search->scratch, hit->end,
				&lw_person_cards_at(search->cards, hit->cards[i])->name);
		hit->before.given = end > hit->end;
	}
	hit->start = lw_person_is_free(search, start, hit->end) ? start : hit->core.start;
	hit->end = lw_person_is_free(search, hit->start, end) ? end : hit->end;
}

/* On no list of surnames, and this document has it in lower case too, or it is too short to tell:
 * "income", "If". What a detector once took for a name by mistake must not spread. */
static gboolean is_doubtful(const LwPersonSearch *search, const Hit *hit)
{
	if (hit->flags & LW_WORD_SURNAME)
		return FALSE;
	/* "Ik ken hoppenstedt" is no other word than the name */
	if (hit->core.end - hit->core.start > 5 && !hit->flags && is_in_full_here(search, hit))
		return times_in_lower_case(search, hit) > 1;
	return hit->core.end - hit->core.start < 3 || times_in_lower_case(search, hit);
}

/* The end of what was found, or of the word. */
static gsize try_surname(LwPersonSearch *search, LwSearchWord word)
{
	Hit hit = {.count = 0};
	gboolean known, sure;
	float score;

	collect(search, word, &hit);
	if (hit.count == 0)
		collect_inflected(search, word, &hit);
	if (hit.count > 0)
		hit.flags = lw_name_context_flags(&search->context, hit.core);
	else
		collect_near(search, word, &hit);
	if (hit.count == 0 || !lw_person_is_free(search, hit.core.start, hit.end))
		return word.end;
	if (is_doubtful(search, &hit))
		hit.flags |= LW_WORD_COMMON;
	read_particle(search, &hit);
	known = read_givens(search, &hit);
	if (!is_credible(search, &hit))
		return word.end;
	extend(search, &hit);
	unique_cards(&hit);
	sure = known && hit.count == 1 && !hit.slip && !hit.inflected;
	score = sure && (hit.before.given || !(hit.flags & WEAK_FLAGS)) ? SURE : LIKELY;
	if (known && hit.before.given)
		lw_person_add(search, hit.start, hit.end, "link/name", score, hit.cards, hit.count);
	else
		heed_model(search, lw_person_add(search, hit.start, hit.end, "link/surname", score,
						 hit.cards, hit.count));
	return hit.end;
}

static void list_lower(LwPersonSearch *search)
{
	LwSearchWord word;

	for (gsize at = 0; lw_search_text_next(search->text, at, &word); at = word.end) {
		const char *start = search->text->text + word.start;
		gsize length = word.end - word.start;

		if ((lw_person_cards_surname(search->cards, start, length) ||
		     lw_person_cards_first(search->cards, start, length)) &&
		    !lw_search_text_is_capital(search->text, word.start))
			(*lw_word_map_add(search->lower, start, length))++;
	}
}

/* "de zaak-Manuhutu", "de Biharie-norm": a surname with a capital in a compound. */
static void try_parts(LwPersonSearch *search, LwSearchWord word)
{
	const char *text = search->text->text;
	gsize start = word.start;

	for (gsize at = word.start; at <= word.end; at++) {
		if (at < word.end && text[at] != '-')
			continue;
		if (at - start > 3 && at - start < word.end - word.start &&
		    lw_search_text_is_capital(search->text, start) &&
		    !(lw_name_context_flags(&search->context, (LwSearchWord){start, at}) &
		      (WEAK_FLAGS | LW_WORD_PLACE)))
			try_surname(search, (LwSearchWord){start, at});
		start = at + 1;
	}
}

static void search_surnames(LwPersonSearch *search)
{
	LwSearchWord word;
	gsize at = 0;

	search->context.floor = 0;
	while (lw_search_text_next(search->text, at, &word)) {
		gsize end = lw_person_try_mail(search, word);
		guint before = search->found->items->len;

		at = end > word.start ? end : try_surname(search, word);
		if (before == search->found->items->len && at == word.end)
			try_parts(search, word);
	}
}

/* The card of this document that has the first name; *count: how many have it. */
guint32 lw_person_present_first(const LwPersonSearch *search, LwSearchWord word, guint *count)
{
	const GArray *list = lw_person_cards_first(search->cards, search->text->text + word.start,
						   word.end - word.start);
	guint32 found = 0;

	*count = 0;
	for (guint i = 0; list && i < list->len; i++) {
		guint32 card = g_array_index(list, guint32, i);

		if (search->present[card] && (*count)++ == 0)
			found = card;
	}
	return found;
}

gboolean lw_person_goes_on(const LwPersonSearch *search, gsize end)
{
	const LwSearchText *text = search->text;
	LwSearchWord next;

	return lw_search_text_after(text, end, " ", &next) && text->text[end] == ' ' &&
	       lw_search_text_is_capital(text, next.start) &&
	       text->normal->utf8[text->map[next.start] - 1] == ' ' &&
	       !(lw_name_context_flags(&search->context, next) &
		 (LW_WORD_COMMON | LW_WORD_FIRST_NAME));
}

/* "Klaas, kun jij", "Rob en Xiuying". */
static gboolean is_called(const LwSearchText *text, gsize end)
{
	return end + 4 < text->length &&
	       (text->text[end] == ',' || memcmp(text->text + end, " en ", 4) == 0);
}

/* "Hans tegen mij": nobody begins a sentence with the word that a list has for it. */
static gboolean may_open(const char *word, gsize length)
{
	static const char *const openers[] = {"door", "wil",   "mei",  "elke",	"per",	"rust",
					      "jong", "klein", "vrij", "april", "juni", "juli"};

	for (gsize i = 0; i < G_N_ELEMENTS(openers); i++)
		if (strlen(openers[i]) == length && memcmp(openers[i], word, length) == 0)
			return FALSE;
	return TRUE;
}

/* An ordinary word that is the first name of somebody in this document. */
static gboolean is_first_here(const LwPersonSearch *search, LwSearchWord word, guint32 flags)
{
	const char *at = search->text->text + word.start;
	gboolean opens = lw_search_text_opens(search->text, word.start);

	if (lw_name_context_is_greeted(&search->context, word))
		return TRUE;
	/* "Mei vraagt", whatever month stands elsewhere */
	if ((flags & LW_WORD_FREQUENT && !opens) ||
	    (lw_search_text_is_capital(search->text, word.start) &&
	     lw_name_context_acts(&search->context, word.end)) ||
	    (!lw_search_text_is_capital(search->text, word.start) &&
	     (lw_name_context_is_called(&search->context, word) ||
	      lw_name_context_is_meant(&search->context, word))))
		return TRUE;
	return lw_word_map_find(search->lower, at, word.end - word.start) == 0 &&
	       (!opens || lw_name_context_acts(&search->context, word.end) ||
		(flags & LW_WORD_FREQUENT &&
		 (is_called(search->text, word.end) || may_open(at, word.end - word.start))));
}

/* "ik heb karin gesproken": no word, and long enough to be no other. */
static gboolean is_lower_name(const LwPersonSearch *search, LwSearchWord word)
{
	guint32 flags = lw_name_context_flags(&search->context, word);

	/* "ok yaw, bel jij kofi": on no list, so it can be nothing else */
	if (flags == 0 && word.end - word.start > 2)
		return (word.start == 0 || !strchr("@.-_/", search->text->text[word.start - 1])) &&
		       !strchr("@-_/", search->text->text[word.end]);
	/* "en floor, wil jij": an ordinary word that is called */
	if (flags & LW_WORD_FIRST_NAME && (lw_name_context_is_called(&search->context, word) ||
					   lw_name_context_is_meant(&search->context, word)))
		return TRUE;
	/* "was bram erbij?" of somebody who is in this document */
	if (flags & LW_WORD_FIRST_NAME && flags & LW_WORD_FREQUENT && word.end - word.start > 3 &&
	    lw_name_context_follows_verb(&search->context, word.start))
		return TRUE;
	return word.end - word.start > 3 && flags & LW_WORD_FIRST_NAME &&
	       !(flags & (WEAK_FLAGS | LW_WORD_PLACE | LW_WORD_STREET)) &&
	       (word.start == 0 || !strchr("@.-_/", search->text->text[word.start - 1])) &&
	       !strchr("@-_/", search->text->text[word.end]);
}

static gboolean try_first(LwPersonSearch *search, LwSearchWord word)
{
	guint32 flags, card;
	guint count;
	gsize end = word.end;

	/* "Rima's" */
	if (word.end - word.start > 4 && search->text->text[word.end - 1] == 's' &&
	    search->text->text[word.end - 2] == '\'')
		word.end -= 2;
	if (word.end - word.start < 3 &&
	    !(word.end - word.start == 2 && lw_name_context_acts(&search->context, word.end)))
		return FALSE;
	if (!lw_search_text_is_capital(search->text, word.start) && !is_lower_name(search, word))
		return FALSE;
	card = lw_person_present_first(search, word, &count);
	if (!card || !lw_person_is_free(search, word.start, word.end))
		return FALSE;
	flags = lw_name_context_flags(&search->context, word);
	if ((flags & WEAK_FLAGS) && !is_first_here(search, word, flags))
		return FALSE;
	if ((flags & LW_WORD_PLACE) && lw_name_context_is_place(&search->context, word.start))
		return FALSE;
	if (lw_person_goes_on(search, word.end) ||
	    lw_name_context_is_organisation(&search->context, word.start, word.end, FALSE))
		return FALSE;
	heed_model(search,
		   lw_person_add(search, word.start, end, "link/name", LIKELY, &card, count == 1));
	return TRUE;
}

static void search_firsts(LwPersonSearch *search)
{
	LwSearchWord word;

	lw_entities_sort(search->found);
	lw_person_list_taken(search, LW_TAKEN_SURE);
	search->context.floor = 0;
	for (gsize at = 0; lw_search_text_next(search->text, at, &word); at = word.end)
		try_first(search, word);
}

static void list_present(LwPersonSearch *search)
{
	for (guint i = 0; i < search->found->items->len; i++) {
		guint32 card = g_array_index(search->found->items, LwEntity, i).person;

		if (card && card <= lw_person_cards_count(search->cards))
			search->present[card] = 1;
	}
}

void lw_person_search(const LwPersonCards *cards, const LwLexicon *lexicon,
		      const LwDocument *document, const LwNormal *normal, const LwEntities *stays,
		      LwEntities *found)
{
	g_autoptr(LwSearchText) text = lw_search_text_new(normal);
	g_autoptr(LwArena) scratch = lw_arena_new();
	g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(Taken));
	g_autoptr(LwWordMap) lower = lw_word_map_new();
	g_autofree guint8 *present = g_new0(guint8, lw_person_cards_count(cards) + 1);
	LwPersonSearch search = {.cards = cards,
				 .document = document,
				 .normal = normal,
				 .text = text,
				 .context = {text, lexicon, 0},
				 .found = found,
				 .scratch = scratch,
				 .taken = taken,
				 .stays = stays,
				 .lower = lower,
				 .present = present};

	lw_person_list_taken(&search, LW_TAKEN_SURE);
	list_present(&search);
	list_lower(&search);
	search_surnames(&search);
	search_firsts(&search);
	lw_person_drop_guesses(found);
	lw_person_search_doubts(&search);
}
