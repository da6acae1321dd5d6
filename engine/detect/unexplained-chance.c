/* unexplained-chance.c - whatever the trained model gives a small chance and nothing else has:
 * "hij zit weer vast", "zit op b4471". Far too much to propose as it is: only where calibration
 * weighs it, with all that is known of the place (evidence.h). */
#include "engine/detect/unexplained.h"

#include <stdlib.h>
#include <string.h>

#define MOST_WORDS  8
#define SCORE	    0.2f
#define FAR	    60 /* tokens */
#define AGE	    3  /* digits at most */
#define YEAR	    4  /* digits */
#define YEARS_BACK  1  /* years of the case, from that of the text */
#define YEARS_AHEAD 9

/* The chance of each word. */
static const struct {
	LwTag tag;
	float least;
	LwKind kind;
} told[] = {{LW_TAG_PERSON, 0.04f, LW_KIND_PERSON},
	    {LW_TAG_SPECIAL, 0.03f, LW_KIND_SPECIAL},
	    {LW_TAG_DATUM, 0.06f, LW_KIND_CLIENT_NUMBER}};

static gboolean may_be(const Unexplained *self, const guint8 *taken, guint at, gsize row)
{
	return at < self->tokens->count && !taken[at] && *lw_token_at(self->tokens, at)->word &&
	       lw_tags_chance(self->tags, at, at, told[row].tag) >= told[row].least;
}

/* Over single marks between its words. */
static guint last_of(const Unexplained *self, const guint8 *taken, guint first, gsize row)
{
	guint last = first;

	for (guint i = first + 1; i - first < MOST_WORDS; i++) {
		const LwToken *token = lw_token_at(self->tokens, i);

		if (token->gap > LW_GAP_SPACE || taken[MIN(i, self->tokens->count)])
			break;
		if (may_be(self, taken, i, row))
			last = i;
		else if (!token->mark || token->mark >= 0x80 || !strchr("./-'", (int)token->mark) ||
			 last + 1 < i)
			break;
	}
	return last;
}

static gboolean is_date_mark(char c)
{
	return c == '-' || c == '/' || c == '.';
}

/* "310", "01-02-2024", "2024": an amount, a day or a year of the case. */
static gboolean is_of_the_case(const Unexplained *self, guint first, guint last)
{
	const char *text = self->tokens->normal->utf8;
	gsize start = lw_token_at(self->tokens, first)->start,
	      end = lw_token_at(self->tokens, last)->end;

	for (gsize at = start, digits; at < end; at += MAX(digits, 1)) {
		gboolean alone;
		int value;

		digits = strspn(text + at, "0123456789");
		alone = digits == end - start;
		value = digits && digits <= YEAR ? atoi(text + at) : 0;
		if (digits == YEAR && self->year && value >= self->year - YEARS_BACK &&
		    value <= self->year + YEARS_AHEAD &&
		    (alone || (at > start && is_date_mark(text[at - 1]))))
			return TRUE;
		if (alone && digits <= AGE && value > UNEXPLAINED_OLDEST)
			return TRUE;
	}
	return unexplained_is_numbered(self->tokens, first);
}

static gboolean is_number(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	gsize length = token->end - token->start;

	return strspn(tokens->normal->utf8 + token->start, "0123456789") >= length;
}

static LwKind kind_of(const Unexplained *self, guint first, guint last, gsize row)
{
	const LwToken *token = lw_token_at(self->tokens, first);

	if (told[row].tag != LW_TAG_DATUM)
		return told[row].kind;
	if (!(token->flags & LW_TOKEN_DIGIT))
		return LW_KIND_ADDRESS;
	return first == last && token->end - token->start <= AGE && is_number(self->tokens, first)
		       ? LW_KIND_AGE
		       : told[row].kind;
}

/* "0.45" in a table of colours: a figure far from everybody is nobody's. */
static gboolean is_loose_figure(const Unexplained *self, guint first, guint last)
{
	for (guint i = first; i <= last; i++)
		if (*lw_token_at(self->tokens, i)->word && !is_number(self->tokens, i))
			return FALSE;
	return !unexplained_near(self, first, FAR);
}

/* An opinion and a passage are longer than what stands in them. */
static gboolean takes(const LwEntity *entity)
{
	return entity->kind != LW_KIND_OPINION && entity->kind != LW_KIND_PASSAGE;
}

void unexplained_by_chance(Unexplained *self)
{
	g_autofree guint8 *taken = NULL;

	if (!self->tags || !self->calibrated)
		return;
	taken = lw_token_found(self->tokens, self->found, takes);
	for (gsize row = 0; row < G_N_ELEMENTS(told); row++)
		for (guint i = 0; i < self->tokens->count; i++) {
			guint last;

			if (!may_be(self, taken, i, row))
				continue;
			last = last_of(self, taken, i, row);
			if (unexplained_says(self->tokens, i, last) &&
			    !is_loose_figure(self, i, last) &&
			    !(told[row].tag == LW_TAG_DATUM && is_of_the_case(self, i, last))) {
				LwEntity *entity = lw_entities_add(
					self->found, lw_token_span(self->tokens, i, last),
					kind_of(self, i, last, row), SCORE, "review/chance");

				entity->reason = LW_REASON_CHANCE;
				memset(taken + i, 1, last - i + 1);
			}
			i = last;
		}
}
