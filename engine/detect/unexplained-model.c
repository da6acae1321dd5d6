/* unexplained-model.c - words that the trained model takes for the name of a private person, or for
 * where one lives or was born, and that no rule has: "Kel jij hebt bus 902", "Zuiderdiep 55",
 * "geboren te Shiraz". */
#include "engine/detect/name.h"
#include "engine/detect/unexplained.h"

#include <string.h>

#define NEAR	   60 /* tokens to somebody private */
#define MOST_WORDS 6
#define FLOOR	   0.2f /* score of what has no chance */
#define PROPOSED   0.49f
#define REMOVED	   0.7f
#define MAY_STAY   0.3f /* chance from which nothing is removed */

/* What is told, by the chance of each word that it is of that tag (twice that without a capital),
 * and that it has to stay. */
typedef struct {
	LwTag tag;
	float least, most_stays;
	float sure;	  /* mean chance from which it goes */
	gboolean capital; /* each word has one */
} Told;

/* The second of each where calibration weighs what is found. */
static const Told names_told[] = {{LW_TAG_PERSON, 0.1f, 0.5f, 0.99f, FALSE},
				  {LW_TAG_PERSON, 0.015f, 0.7f, 0.99f, FALSE}},
		  places_told[] = {{LW_TAG_DATUM, 0.35f, 0.6f, 0.9f, TRUE},
				   {LW_TAG_DATUM, 0.06f, 0.75f, 0.9f, TRUE}};

void unexplained_tell(Unexplained *self, guint first, guint last, LwKind kind, LwTag tag,
		      float sure)
{
	float chance = lw_tags_chance(self->tags, first, last, tag);
	gboolean goes =
		chance >= sure && lw_tags_chance(self->tags, first, last, LW_TAG_STAYS) < MAY_STAY;
	LwEntity *entity = unexplained_add(self, first, last, kind,
					   goes ? REMOVED : FLOOR + (PROPOSED - FLOOR) * chance,
					   LW_REASON_MODEL);
	g_autofree char *clues = lw_tags_clues(self->tags, first, last, tag);

	entity->evidence = lw_arena_strndup(self->found->arena, clues, strlen(clues));
}

static gboolean may_be(const Unexplained *self, const Told *told, guint at)
{
	const LwToken *token = lw_token_at(self->tokens, at);
	float least = told->least * (token->flags & LW_TOKEN_LOWER ? 2 : 1);

	return !self->covered[at] && token->letters &&
	       lw_tags_chance(self->tags, at, at, told->tag) >= least &&
	       (!told->capital || token->flags & LW_TOKEN_CAPITAL) &&
	       lw_name_is_dutch_here(self->tokens, at);
}

/* The words that go on without more than a point or a stroke between them. */
static guint last_of(const Unexplained *self, const Told *told, guint first)
{
	guint last = first;

	for (guint i = first + 1; i < self->tokens->count && i - first < MOST_WORDS; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);

		if (token->gap > LW_GAP_SPACE)
			break;
		if (may_be(self, told, i))
			last = i;
		else if (token->mark != '.' && token->mark != '/')
			break;
	}
	return last;
}

/* Some word of it says more than "van de", unless the name goes on, and it is not what a firm, a
 * street or a dog is called. */
static gboolean says_something(const Unexplained *self, const Told *told, guint first, guint last)
{
	LwName name = {.first = first, .last = last, .surname = last, .surnames = 1};

	if (lw_tags_chance(self->tags, first, last, LW_TAG_STAYS) > told->most_stays)
		return FALSE;
	if (told->tag == LW_TAG_PERSON &&
	    (lw_name_is_body(self->tokens, &name) || lw_name_is_of_thing(self->tokens, &name) ||
	     lw_name_follows_thing(self->tokens, first)))
		return FALSE;
	if (unexplained_says(self->tokens, first, last))
		return TRUE;
	return told->tag == LW_TAG_PERSON && self->covered[last + 1] &&
	       lw_token_at(self->tokens, last + 1)->flags & LW_TOKEN_CAPITAL;
}

/* "1040 CC" */
static gboolean ends_postcode(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);

	return at && token->letters == 2 && token->flags & LW_TOKEN_ALL_CAPS &&
	       before->flags & LW_TOKEN_DIGIT && before->end - before->start == 4;
}

/* "Zuiderdiep 55", "unit C14", "Shiraz": takes the number of the house with it. */
static LwKind kind_of_place(const Unexplained *self, guint first, guint *last)
{
	const LwToken *next = lw_token_at(self->tokens, *last + 1);

	for (guint i = first; i <= *last; i++)
		if (lw_token_at(self->tokens, i)->flags & LW_TOKEN_DIGIT)
			return LW_KIND_CLIENT_NUMBER;
	if (next->gap > LW_GAP_SPACE || !(next->flags & LW_TOKEN_DIGIT) || self->covered[*last + 1])
		return LW_KIND_BIRTH_PLACE;
	(*last)++;
	return LW_KIND_ADDRESS;
}

static void propose_told(Unexplained *self, const Told *told)
{
	for (guint i = 0; i < self->tokens->count; i++) {
		LwKind kind = LW_KIND_PERSON;
		guint last, end;

		if (!may_be(self, told, i) || !unexplained_near(self, i, NEAR) ||
		    ends_postcode(self->tokens, i))
			continue;
		last = last_of(self, told, i);
		if (!says_something(self, told, i, last)) {
			i = last;
			continue;
		}
		end = last;
		if (told->tag == LW_TAG_DATUM)
			kind = kind_of_place(self, i, &end);
		unexplained_tell(self, i, end, kind, told->tag, told->sure);
		i = end;
	}
}

void unexplained_by_model(Unexplained *self)
{
	if (!self->tags)
		return;
	propose_told(self, &names_told[self->calibrated]);
	propose_told(self, &places_told[self->calibrated]);
}
