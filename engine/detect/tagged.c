/* tagged.c - what the trained model adds to the grammar: names that it did not find, and second
 * thoughts on names that only the lists know.
 *
 * The grammar's own finds from SETTLED on never lose: the model may only raise them or let them go
 * on. Everything else with a capital that nothing explains is proposed to a person. */
#include "engine/detect/tagged_private.h"

#define SETTLED	  0.5f	/* a find of the grammar that the model does not lower */
#define FIRM	  0.8f	/* one that it leaves alone */
#define DOUBTFUL  0.25f /* at most, of what something speaks against: it is only proposed */
#define UNSPELT	  0.85f /* chance that makes a name of a small word that no list has */
#define SURE	  0.9f	/* chance from which letters and words without a capital are names too */
#define ENOUGH	  0.5f	/* chance that lets a doubtful find of the grammar count */
#define LEAST	  0.2f	/* chance of a name that the grammar does not have */
#define MERE	  0.3f	/* weight of a list's word against the model's, which knows the lists too */
#define PROPOSED  0.2f	/* score of what nothing explains */
#define OTHERWISE 0.7f	/* chance of a place or organisation that explains a capital */
#define STAYS	  0.8f	/* chance of what has to stay readable, which does too */
#define PASSED	  2.6f /* odds of a find that nothing here speaks against, over those of the model */
#define VETO	  0.05f	 /* chance below which what only the lists say is but proposed */
#define NOBODY	  0.004f /* chance below which the model is sure that it is no person */

/* The model's chance, after all that this file holds against a find: what passes is right more
 * often than the model says. */
static float passed(float chance)
{
	return chance * PASSED / (chance * PASSED + 1 - chance);
}

static LwCandidate *candidate_at(const LwNameFinder *finder, guint token)
{
	guint32 owner = finder->owner[token];

	return owner ? &g_array_index(finder->candidates, LwCandidate, owner - 1) : NULL;
}

static const char *clues_of(const LwNameFinder *finder, const LwTags *tags, guint first, guint last)
{
	g_autofree char *clues = lw_tags_clues(tags, first, last, LW_TAG_PERSON);

	return lw_arena_strndup(finder->tokens->arena, clues, strlen(clues));
}

/* "Al Rashidi": the particle that the grammar left out, with a capital because it comes first. */
static void take_particle(LwNameFinder *finder, const LwTags *tags, guint index)
{
	LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, index);
	guint first = candidate->name.first;
	const LwToken *token = lw_token_at(finder->tokens, first - 1);

	if (!first || finder->owner[first - 1] || !(token->cues & LW_CUE_PARTICLE) ||
	    !(token->flags & LW_TOKEN_CAPITAL) ||
	    lw_token_at(finder->tokens, first)->gap != LW_GAP_SPACE ||
	    lw_tags_chance(tags, first - 1, first - 1, LW_TAG_PERSON) < SETTLED)
		return;
	candidate->name.first--;
	candidate->name.particles++;
	finder->owner[first - 1] = index + 1;
}

/* "Mei Ling", "Door de Vries": a first name that is a word too, with a capital where none is due.
 */
static void take_given(LwNameFinder *finder, guint index)
{
	LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, index);
	guint first = candidate->name.first;
	const LwToken *token = lw_token_at(finder->tokens, first - 1);

	if (!first || candidate->name.given || candidate->name.initials ||
	    candidate->why.score < SETTLED || finder->owner[first - 1] ||
	    finder->closed[first - 1] || !(token->lists & LW_WORD_FIRST_NAME) ||
	    !(token->flags & LW_TOKEN_CAPITAL) ||
	    token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START | LW_TOKEN_ALL_CAPS) ||
	    lw_token_at(finder->tokens, first)->gap != LW_GAP_SPACE ||
	    lw_token_at(finder->tokens, first - 2)->flags & LW_TOKEN_DIGIT)
		return;
	candidate->name.first--;
	candidate->name.given++;
	finder->owner[first - 1] = index + 1;
}

/* "Dr. Ziegler, kann": a word of the sentence, where the name itself has capitals. */
static gboolean is_stray(const LwTokens *tokens, guint at)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_PARTICLE;
	const LwToken *token = lw_token_at(tokens, at);

	return token->flags & LW_TOKEN_LOWER && !(token->lists & names) &&
	       !(token->cues & LW_CUE_PARTICLE);
}

static gboolean has_capital(const LwTokens *tokens, guint first, guint last)
{
	for (guint i = first; i <= last; i++)
		if (lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL)
			return TRUE;
	return FALSE;
}

/* Titles before it and marks around it are no part of a name. */
static gboolean trim(const LwTokens *tokens, guint *first, guint *last)
{
	*first = lw_name_skip_titles(tokens, *first, NULL);
	while (*first < *last && is_stray(tokens, *first) && has_capital(tokens, *first, *last))
		(*first)++;
	while (*first < *last && is_stray(tokens, *last) && has_capital(tokens, *first, *last))
		(*last)--;
	while (*first <= *last && (!*lw_token_at(tokens, *first)->word ||
				   (lw_token_at(tokens, *first)->cues & LW_CUE_WEEKDAY &&
				    lw_token_at(tokens, *first)->flags & LW_TOKEN_LOWER)))
		(*first)++; /* "Aanwezig: ma, di, do" */
	/* "Atlas van de": a name does not end in a particle */
	while (*last > *first &&
	       ((!*lw_token_at(tokens, *last)->word && lw_token_at(tokens, *last)->mark != '.') ||
		(lw_token_at(tokens, *last)->flags & LW_TOKEN_LOWER &&
		 lw_token_at(tokens, *last)->cues & LW_CUE_PARTICLE &&
		 !lw_token_is(tokens, *last - 1, ","))))
		(*last)--;
	return *first <= *last;
}

/* Function words, figures, single letters and ordinary words without a capital are no names. */
static gboolean is_blank_word(const char *word)
{
	return word[strspn(word, (char[]){*word, 0})] == '\0'; /* "NN", "XXX" */
}

static gboolean has_name_word(const LwTokens *tokens, guint first, guint last, float chance)
{
	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		/* "de winkelman", but "die joep" */
		if (token->flags & LW_TOKEN_LOWER && i &&
		    (chance < SURE || !(token->lists & LW_WORD_FIRST_NAME) ||
		     token->lists & LW_WORD_COMMON) &&
		    lw_token_in(lw_token_at(tokens, i - 1)->word, "de het een deze die"))
			continue;
		if (token->letters > 1 && !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND)) &&
		    !(token->cues & LW_CUE_STOP) && !is_blank_word(token->word) &&
		    ((token->flags & LW_TOKEN_CAPITAL && !(token->cues & LW_CUE_PARTICLE)) ||
		     (token->letters > 2 && token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
		      !(token->lists & (LW_WORD_COMMON | LW_WORD_PARTICLE))) ||
		     (token->letters > 2 && !token->lists && !token->cues && chance >= UNSPELT)))
			return TRUE;
	}
	return FALSE;
}

static gboolean is_closed(const LwNameFinder *finder, const guint8 *explained, guint first,
			  guint last, float chance)
{
	for (guint i = first; i <= last; i++)
		if (finder->closed[i] > (chance >= CONTEXT ? LW_CLOSED_PLACE : 0) || explained[i])
			return TRUE;
	return FALSE;
}

/* May the word belong to a name that the grammar saw without it? "DG" before it does not. */
static gboolean may_join(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	gboolean inverted = at && lw_token_at(tokens, at - 1)->mark == ',';

	if (!*token->word)
		return token->mark == '.' || token->mark == ',';
	if (token->flags & LW_TOKEN_CAPITAL &&
	    (token->letters == 1 || (inverted && token->letters < 5)))
		return TRUE; /* initials */
	if (token->lists & LW_WORD_PLACE && !(token->lists & LW_WORD_FREQUENT))
		return FALSE; /* "Jan uit Amsterdam" */
	if (token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_PARTICLE))
		return TRUE;
	return token->flags & LW_TOKEN_CAPITAL && !(token->flags & LW_TOKEN_ALL_CAPS) &&
	       !token->lists && !token->cues;
}

/* Does the grammar have this span, or several in it, or one that this adds no name to? */
static gboolean is_known(const LwNameFinder *finder, guint first, guint last)
{
	const LwCandidate *one = NULL;
	gboolean joins = TRUE;

	for (guint i = first; i <= last; i++) {
		const LwCandidate *other = candidate_at(finder, i);

		if (!other)
			joins &= may_join(finder->tokens, i);
		if (!other || other == one)
			continue;
		if (one || (other->name.first <= first && other->name.last >= last))
			return TRUE;
		one = other;
	}
	return one && !joins;
}

/* Is it no wonder that this word has a capital, or that a list of names has it? */
static gboolean is_explained(const LwTokens *tokens, const LwTags *tags, guint at)
{
	float chance = lw_tags_chance(tags, at, at, LW_TAG_PERSON);

	return lw_name_is_explained(tokens, at, chance) ||
	       lw_tags_chance(tags, at, at, LW_TAG_PLACE) > OTHERWISE ||
	       lw_tags_chance(tags, at, at, LW_TAG_ORGANISATION) > OTHERWISE ||
	       lw_tags_chance(tags, at, at, LW_TAG_STAYS) > STAYS || chance < NOBODY;
}

/* What is only proposed has a word that nothing explains, in a text of this language. */
static gboolean is_worth_proposing(const LwTokens *tokens, guint first, guint last, float chance)
{
	for (guint i = first; i <= last; i++)
		if (!lw_name_is_explained(tokens, i, chance) ||
		    (lw_token_at(tokens, i)->flags & LW_TOKEN_LOWER &&
		     lw_token_at(tokens, i)->lists & LW_WORD_FIRST_NAME &&
		     !(lw_token_at(tokens, i)->lists & LW_WORD_COMMON)))
			return TRUE;
	return FALSE;
}

/* A sentence ends inside: "willem. klein dorp". What stands before its end. */
static void cut_at_sentence(const LwTokens *tokens, LwTagSpan *span)
{
	for (guint i = span->first + 1; i < span->last; i++)
		if (lw_token_at(tokens, i)->mark == '.' &&
		    lw_token_at(tokens, i - 1)->letters > 2 &&
		    lw_token_at(tokens, i + 1)->gap >= LW_GAP_SPACE &&
		    !(lw_token_at(tokens, i - 1)->lists & LW_WORD_TITLE))
			span->last = i - 1;
}

/* Every word with a capital is on no list: in the papers of a government more often a person than
 * in what the chances were made true on. */
static gboolean is_unlisted(const LwTokens *tokens, guint first, guint last)
{
	gboolean any = FALSE;

	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (!(token->flags & LW_TOKEN_CAPITAL))
			continue;
		if (token->lists || token->cues ||
		    token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED))
			return FALSE;
		any = TRUE;
	}
	return any;
}

/* The grammar's doubt and the model's chance as one score: odds multiplied, to the first order. */
static void weigh_candidate(LwNameFinder *finder, const LwTags *tags, guint index)
{
	LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, index);
	const LwName *name = &candidate->name;
	float chance = lw_tags_chance(tags, name->first, name->last, LW_TAG_PERSON);
	float odds = candidate->why.score < SETTLED &&
				     !tagged_is_doubtful(finder->tokens, name, chance, chance)
			     ? passed(chance)
			     : chance;
	float score = odds + MERE * (candidate->why.score - 0.5f) * 4 * odds * (1 - odds);

	if (chance < VETO && (candidate->why.reason == LW_REASON_LIST_ONLY ||
			      (candidate->why.reason == LW_REASON_FIRST_NAME &&
			       !(name->given_lists & LW_WORD_FREQUENT)))) {
		candidate->why.score = MIN(candidate->why.score, DOUBTFUL);
		return;
	}
	if (candidate->why.reason == LW_REASON_LIST_ONLY &&
	    tagged_is_of_pair(finder->tokens, name->first, name->last)) {
		candidate->why.score = MIN(score, DOUBTFUL);
		return;
	}
	if (score >= SETTLED && (odds < ENOUGH || (candidate->why.reason == LW_REASON_LIST_ONLY &&
						   tagged_is_of_sort(finder->tokens, name->first))))
		score = DOUBTFUL;
	if (candidate->why.score >= FIRM ||
	    (candidate->why.score >= SETTLED && score < candidate->why.score))
		return;
	if (score > candidate->why.score && score >= 0.5f) {
		candidate->why.reason = LW_REASON_MODEL;
		candidate->why.evidence = clues_of(finder, tags, name->first, name->last);
	}
	/* "agente Vos" */
	if (candidate->why.reason == LW_REASON_LIST_ONLY && name->first &&
	    lw_name_is_trade(lw_token_at(finder->tokens, name->first - 1)->word))
		score = MAX(score, SETTLED);
	candidate->why.score = score;
	if (score >= SETTLED)
		take_particle(finder, tags, index);
}

/* "R. lacht.", "Antwoord WH: akkoord": letters that stand for a person. */
static gboolean is_letters(const LwTokens *tokens, guint first, guint last)
{
	guint letters = 0;

	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (!*token->word && token->mark == '.')
			continue;
		if (!(token->flags & (token->letters > 1 ? LW_TOKEN_ALL_CAPS : LW_TOKEN_CAPITAL)) ||
		    token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_COMPOUND) ||
		    token->lists & LW_WORD_ABBREVIATION || token->cues)
			return FALSE;
		letters += token->letters;
	}
	return letters > 0 && letters <= 3;
}

static void add_span(LwNameFinder *finder, const LwTags *tags, const guint8 *explained,
		     LwTagSpan span)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = {0};
	LwNameWhy why = {.rule = "tagger", .reason = LW_REASON_MODEL};
	gboolean letters;

	cut_at_sentence(tokens, &span);
	if (!trim(tokens, &span.first, &span.last))
		return;
	letters = span.chance >= SURE && is_letters(tokens, span.first, span.last);
	if ((!letters && (lw_name_is_stranger(tokens, span.first, span.last) ||
			  !has_name_word(tokens, span.first, span.last, span.chance) ||
			  tagged_is_sign(tokens, span.first, span.last))) ||
	    tagged_is_no_name(tokens, &span) ||
	    is_closed(finder, explained, span.first, span.last, span.chance) ||
	    is_known(finder, span.first, span.last))
		return;
	name = (LwName){
		.first = span.first, .last = span.last, .surname = span.last, .surnames = 1};
	name.surname_lists = lw_token_at(tokens, span.last)->lists;
	why.score = passed(lw_tags_chance(tags, span.first, span.last, LW_TAG_PERSON));
	if (is_unlisted(tokens, span.first, span.last) && lw_name_is_dutch_here(tokens, span.first))
		why.score = passed(why.score);
	if (why.score < LEAST || (lw_name_is_body(tokens, &name) &&
				  (span.chance < CONTEXT || !lw_name_is_mere_place(tokens, &name))))
		return;
	if (tagged_is_doubtful(tokens, &name, span.chance, why.score) ||
	    (span.first == span.last && is_stray(tokens, span.first)) || /* "idd", "notabene" */
	    finder->language == LW_LANGUAGE_ROMANCE)			 /* the model reads Dutch */
		why.score = MIN(why.score, DOUBTFUL);
	if (why.score < SETTLED && (!is_worth_proposing(tokens, span.first, span.last, why.score) ||
				    !lw_name_is_dutch_here(tokens, span.first)))
		return;
	why.evidence = clues_of(finder, tags, span.first, span.last);
	lw_name_add(finder, &name, why);
}

/* Neither belongs to a name: "Jan en Piet", "Jansen geb. Visser". */
static gboolean parts_names(const LwTokens *tokens, guint at)
{
	return lw_token_in(lw_token_at(tokens, at)->word, "en geb geboren");
}

/* "Jan en Piet": two persons are two names. */
static void add_each(LwNameFinder *finder, const LwTags *tags, const guint8 *explained,
		     LwTagSpan span)
{
	LwTagSpan part = span;

	for (guint i = span.first + 1; i < span.last; i++) {
		if (!parts_names(finder->tokens, i))
			continue;
		part.last = i - 1;
		add_span(finder, tags, explained, part);
		part.first = i + 1;
	}
	part.last = span.last;
	add_span(finder, tags, explained, part);
}

static void propose_rest(LwNameFinder *finder, const LwTags *tags, const guint8 *explained)
{
	const LwTokens *tokens = finder->tokens;

	for (guint i = 0; i < tokens->count; i++) {
		LwName name = {.first = i, .last = i, .surname = i, .surnames = 1};
		LwNameWhy why = {PROPOSED, "name/capital", LW_REASON_UNEXPLAINED, NULL};

		if (finder->owner[i] || finder->closed[i] || explained[i] ||
		    is_explained(tokens, tags, i) || lw_name_is_body(tokens, &name) ||
		    !lw_name_is_dutch_here(tokens, i))
			continue;
		why.score = CLAMP(lw_tags_chance(tags, i, i, LW_TAG_PERSON), PROPOSED, DOUBTFUL);
		lw_name_add(finder, &name, why);
	}
}

void lw_names_by_model(LwNameFinder *finder, const LwTags *tags, const LwEntities *found)
{
	/* other detectors have them: a street, a mail address */
	g_autofree guint8 *explained = tags ? lw_token_found(finder->tokens, found, NULL) : NULL;
	const GArray *persons = tags ? lw_tags_persons(tags) : NULL;

	if (!tags)
		return;
	for (guint i = 0; i < finder->candidates->len; i++) {
		if (g_array_index(finder->candidates, LwCandidate, i).dropped)
			continue;
		weigh_candidate(finder, tags, i);
		take_given(finder, i);
	}
	for (guint i = 0; i < persons->len; i++)
		add_each(finder, tags, explained, g_array_index(persons, LwTagSpan, i));
	propose_rest(finder, tags, explained);
}
