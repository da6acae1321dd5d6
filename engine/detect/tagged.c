/* tagged.c - what the trained model adds to the grammar: names that it did not find, and second
 * thoughts on names that only the lists know.
 *
 * The grammar's own finds from SETTLED on never lose: the model may only raise them or let them go
 * on. Everything else with a capital that nothing explains is proposed to a person. */
#include "engine/detect/name.h"
#include "engine/detect/tagger.h"

#include <string.h>

#define SETTLED	   0.5f	 /* a find of the grammar that the model does not lower */
#define FIRM	   0.8f	 /* one that it leaves alone */
#define DOUBTFUL   0.25f /* at most, of what something speaks against: it is only proposed */
#define RARE	   0.8f	 /* chance that makes a name of a word that is hardly one */
#define UNSPELT	   0.85f /* chance that makes a name of a small word that no list has */
#define CERTAIN	   0.9f	 /* chance that makes a name of an ordinary word that opens a sentence */
#define ENOUGH	   0.5f	 /* chance that lets a doubtful find of the grammar count */
#define LEAST	   0.2f	 /* chance of a name that the grammar does not have */
#define MERE	   0.3f /* weight of a list's word against the model's, which knows the lists too */
#define PROPOSED   0.2f /* score of what nothing explains */
#define OTHERWISE  0.7f /* chance of a place or organisation that explains a capital */
#define PASSED	   2.6f /* odds of a find that nothing here speaks against, over those of the model */
#define LIST_WORDS 4	/* of an enumeration that are looked at on each side */
#define VETO	   0.05f /* chance below which what only the lists say is but proposed */
#define CONTEXT                                                                                    \
	0.6f /* chance from which what stands around a name is more than what a list says of it */
#define NOBODY 0.004f /* chance below which the model is sure that it is no person */

/* In Dutch, English and German. */
#define MONTHS                                                                                     \
	"januari februari maart april mei juni juli augustus september oktober november "          \
	"december january february march may june july august october december januar "            \
	"februar marz mai juni juli dezember jan feb mrt apr jun jul aug sep okt nov dec"

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
	g_autofree char *clues = lw_tags_clues(tags, first, last);

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

/* "Kaptein en matrozen", "Wit, groen en zwart": an ordinary word that opens a sentence with others
 * of its sort. */
static gboolean is_of_sort(const LwTokens *tokens, guint first)
{
	const LwToken *token = lw_token_at(tokens, first), *next = lw_token_at(tokens, first + 1);
	const LwToken *second = lw_token_at(tokens, first + 2);

	if (!(token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START)) ||
	    !(lw_token_in(next->word, "en of") ||
	      (next->mark == ',' && lw_token_in(lw_token_at(tokens, first + 3)->word, "en of"))))
		return FALSE;
	return second->flags & LW_TOKEN_LOWER && second->lists & LW_WORD_COMMON &&
	       !(second->cues & (LW_CUE_VERB | LW_CUE_STOP)) && token->lists & LW_WORD_SURNAME;
}

/* "Bos en Duin is een bedrijf": two names with one verb are one thing. */
static gboolean is_of_pair(const LwTokens *tokens, guint first, guint last)
{
	static const char verbs[] =
		"is was zijn waren heeft hebben had wordt worden werd kan zal levert leverde";
	guint joint = last + 1, end = last + 2;

	if (!lw_token_is(tokens, joint, "en") && lw_token_at(tokens, joint)->mark != '&') {
		joint = first - 1;
		end = last;
		if (!first ||
		    (!lw_token_is(tokens, joint, "en") && lw_token_at(tokens, joint)->mark != '&'))
			return FALSE;
	}
	return lw_token_at(tokens, joint - 1)->flags & LW_TOKEN_CAPITAL &&
	       lw_token_at(tokens, end)->flags & LW_TOKEN_CAPITAL &&
	       lw_token_in(lw_token_at(tokens, end + 1)->word, verbs);
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

		/* "de winkelman" */
		if (token->flags & LW_TOKEN_LOWER && i &&
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

/* "B.V. Jansen": letters with points that are no initials. */
static gboolean opens_with_letters(const LwTokens *tokens, guint first, guint last)
{
	char letters[8];
	guint count = 0;

	while (first > 1 && lw_token_at(tokens, first)->gap <= LW_GAP_SPACE &&
	       lw_token_at(tokens, first - 1)->mark == '.' &&
	       lw_token_at(tokens, first - 2)->letters == 1)
		first -= 2;
	for (guint i = first; i <= last && count + 1 < sizeof(letters); i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == '.')
			continue;
		if (token->letters != 1 || !g_ascii_isalpha(*token->word))
			break;
		letters[count++] = *token->word;
	}
	letters[count] = '\0';
	return count > 1 && lw_token_cues(letters) & LW_CUE_NOT_INITIALS;
}

/* "amendement-Van der Molen": its first part says that the rest names no person. */
static gboolean is_body_part(const LwTokens *tokens, guint at)
{
	const char *word = lw_token_at(tokens, at)->word, *hyphen = strchr(word, '-');
	g_autofree char *part = hyphen ? g_strndup(word, (gsize)(hyphen - word)) : NULL;

	return part && lw_token_cues(part) & LW_CUE_BODY_BEFORE;
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

/* "Alzheimer", "Hydro Network": no list of names has it, and it ends in an ordinary word. */
static gboolean is_of_words(const LwTokens *tokens, guint first, guint last)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;

	for (guint i = first; i <= last; i++)
		if (lw_token_at(tokens, i)->lists & names)
			return FALSE;
	return lw_token_at(tokens, last)->lists & LW_WORD_COMMON;
}

/* A place, firm or statute alone that is no usual name. */
static gboolean is_other_thing(const LwTokens *tokens, const LwName *name, float chance)
{
	guint32 lists = name->first < name->last ? lw_token_lists(tokens, name->first, name->last)
						 : name->surname_lists;

	if (lists & (LW_WORD_ORGANISATION | LW_WORD_ABBREVIATION))
		return TRUE;
	if (is_of_words(tokens, name->first, name->last))
		return TRUE;
	return lists & LW_WORD_PLACE && !(lists & LW_WORD_FREQUENT) &&
	       (chance < CONTEXT || name->first < name->last);
}

/* "Bas en drums", "Floor manager gezocht": a word that opens a sentence has its capital anyhow. */
static gboolean is_opening_word(const LwTokens *tokens, guint first, guint last, float score)
{
	const LwToken *token = lw_token_at(tokens, first), *next = lw_token_at(tokens, last + 1);

	return first == last && token->lists & LW_WORD_COMMON &&
	       token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START) &&
	       next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_LOWER &&
	       (score < CERTAIN || !(next->cues & LW_CUE_VERB));
}

/* "Marshall Plan": a word with a capital that is no name goes on with it. */
static gboolean goes_on_with_thing(const LwTokens *tokens, guint last)
{
	const LwToken *next = lw_token_at(tokens, last + 1);

	return next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_CAPITAL &&
	       !(next->flags & LW_TOKEN_ALL_CAPS) && next->lists & LW_WORD_COMMON &&
	       !(next->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME | LW_WORD_ROLE)) &&
	       !(next->flags & LW_TOKEN_SENTENCE_START);
}

/* "The Marshall Plan", "Die Deutsche Bahn": the model was taught Dutch. */
static gboolean is_foreign_word(const LwTokens *tokens, guint first)
{
	const guint32 usual = LW_WORD_FIRST_NAME | LW_WORD_FREQUENT;

	/* "Bill of materials" */
	return ((lw_token_at(tokens, first)->lists & usual) != usual ||
		lw_token_is(tokens, first + 1, "of")) &&
	       !lw_name_is_dutch_here(tokens, first);
}

/* "het Integriteitsprotocol", "de Kompan": nobody says so of a person; "de Vries" is on the lists.
 */
static gboolean has_article(const LwTokens *tokens, guint first, guint last)
{
	const LwToken *before = lw_token_at(tokens, first - 1), *token = lw_token_at(tokens, first);

	if (!first || first != last || token->gap != LW_GAP_SPACE)
		return FALSE;
	return lw_token_in(before->word, "het een dit elk ieder ons the") ||
	       (lw_token_in(before->word, "de deze die") && !token->lists);
}

/* "Mercedes, Ford en Peugeot": in one list with what is an organisation and nothing else. */
static gboolean is_beside_body(const LwTokens *tokens, guint first, guint last)
{
	const guint32 names = LW_WORD_FIRST_NAME | LW_WORD_SURNAME;

	for (gint step = -1; step <= 1; step += 2) {
		gint64 at = step < 0 ? first : last;

		for (guint count = 0; count < LIST_WORDS; count++) {
			const LwToken *joint = lw_token_at(tokens, (guint)(at + step));
			const LwToken *word = lw_token_at(tokens, (guint)(at + 2 * step));

			if (at + 2 * step < 0 ||
			    !(joint->mark == ',' || lw_token_in(joint->word, "en of")) ||
			    !(word->flags & LW_TOKEN_CAPITAL))
				break;
			if (word->lists & LW_WORD_ORGANISATION && !(word->lists & names))
				return TRUE;
			at += 2 * step;
		}
	}
	return FALSE;
}

/* "Café 't Hoekje", "Gemeente Sliedrecht": it opens with the word for a body. */
static gboolean opens_with_body(const LwTokens *tokens, guint first, guint last)
{
	const LwToken *token = lw_token_at(tokens, first);

	return last > first && token->cues & (LW_CUE_BODY | LW_CUE_BODY_BEFORE) &&
	       !(token->lists & LW_WORD_FREQUENT);
}

/* "Emmer": a word that is hardly a name. */
static gboolean is_rare_word(const LwTokens *tokens, guint first, guint last)
{
	guint32 lists = lw_token_at(tokens, first)->lists;

	return first == last && lists & LW_WORD_COMMON && !(lists & LW_WORD_FREQUENT);
}

/* "BRE 20/7741 PW", "CEST": figures, or short capitals that no list of names has. */
static gboolean is_sign(const LwTokens *tokens, guint first, guint last)
{
	gboolean capitals = TRUE;

	for (guint i = first; i <= last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->flags & LW_TOKEN_DIGIT)
			return TRUE;
		capitals &=
			!*token->word || (token->flags & LW_TOKEN_ALL_CAPS && token->letters <= 5 &&
					  !(token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)));
	}
	if (first == last && lw_token_at(tokens, last)->flags & LW_TOKEN_ALL_CAPS &&
	    lw_token_at(tokens, last)->letters <= 3)
		return TRUE;
	/* "Erasmus MC", but "Leopold II" */
	if (last > first && lw_token_at(tokens, last)->flags & LW_TOKEN_ALL_CAPS &&
	    lw_token_at(tokens, last)->letters <= 4 &&
	    !(lw_token_at(tokens, first)->flags & LW_TOKEN_ALL_CAPS) &&
	    lw_token_at(tokens, last)->word[strspn(lw_token_at(tokens, last)->word, "ivx")])
		return TRUE;
	return capitals;
}

/* "Oldenzele, 3 februari 2022", "Almelo 8 juni": the place of a letter's date. */
static gboolean is_dateline(const LwTokens *tokens, guint first, guint last)
{
	guint at = last + 1;

	if (!(lw_token_at(tokens, first)->flags & LW_TOKEN_LINE_START) || last > first + 3)
		return FALSE;
	if (lw_token_at(tokens, at)->mark == ',')
		at++;
	return lw_token_at(tokens, at)->flags & LW_TOKEN_DIGIT &&
	       lw_token_at(tokens, at)->letters <= 2 &&
	       lw_token_at(tokens, at)->gap == LW_GAP_SPACE &&
	       lw_token_in(lw_token_at(tokens, at + 1)->word, MONTHS);
}

/* "Mittwoch, 11. Mai", "June 2": a month beside a figure. */
static gboolean is_date(const LwTokens *tokens, guint first, guint last)
{
	for (guint i = first; i <= last; i++) {
		const LwToken *before = lw_token_at(tokens, i ? i - 1 : 0);
		guint figure = i > 1 && before->mark == '.' ? i - 2 : i - 1;

		if (lw_token_in(lw_token_at(tokens, i)->word, MONTHS) && i &&
		    (lw_token_at(tokens, figure)->flags & LW_TOKEN_DIGIT ||
		     lw_token_at(tokens, i + 1)->flags & LW_TOKEN_DIGIT))
			return TRUE;
	}
	return FALSE;
}

/* "12. März 2024" */
static gboolean is_in_date(const LwTokens *tokens, guint first, guint last)
{
	guint before = first && lw_token_at(tokens, first - 1)->mark == '.' ? first - 2 : first - 1;

	return lw_token_at(tokens, before)->flags & LW_TOKEN_DIGIT &&
	       lw_token_at(tokens, last + 1)->flags & LW_TOKEN_DIGIT;
}

/* "Sie erreichen", "Mit freundlichen Grüßen": words of a sentence in another language that open
 * with a capital. */
static gboolean is_foreign_phrase(const LwTokens *tokens, const LwTagSpan *span)
{
	static const char words[] =
		"sie ich wir ihr ihre ihnen mit im am auf nach bei und der die das ein eine bitte "
		"danke vielen dank anbei mich uns auch gerne freundlichen sehr geehrte i you we "
		"they "
		"please thank with from the this that our your best kind regards je vous nous "
		"merci "
		"avec dans pour les des une";
	guint foreign = 0, names = 0;

	for (guint i = span->first; i <= span->last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (lw_token_in(token->word, words))
			foreign++;
		else if (token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
			 token->flags & LW_TOKEN_CAPITAL && !(token->lists & LW_WORD_COMMON))
			names++;
	}
	return foreign > 0 && names == 0 &&
	       lw_token_in(lw_token_at(tokens, span->first)->word, words);
}

/* Is it no wonder that this word has a capital, or that a list of names has it? */
static gboolean is_explained(const LwTokens *tokens, const LwTags *tags, guint at)
{
	float chance = lw_tags_chance(tags, at, at, LW_TAG_PERSON);

	return lw_name_is_explained(tokens, at, chance) ||
	       lw_tags_chance(tags, at, at, LW_TAG_PLACE) > OTHERWISE ||
	       lw_tags_chance(tags, at, at, LW_TAG_ORGANISATION) > OTHERWISE || chance < NOBODY;
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

/* Something here speaks against a person, whatever stands around it. */
static gboolean is_doubtful(const LwTokens *tokens, const LwName *name, float chance, float score)
{
	guint first = name->first, last = name->last;

	return is_other_thing(tokens, name, chance) || is_of_pair(tokens, first, last) ||
	       is_opening_word(tokens, first, last, score) || is_of_sort(tokens, first) ||
	       is_beside_body(tokens, first, last) || has_article(tokens, first, last) ||
	       goes_on_with_thing(tokens, last) || is_in_date(tokens, first, last) ||
	       (score < RARE &&
		(is_foreign_word(tokens, first) || is_rare_word(tokens, first, last)));
}

/* The grammar's doubt and the model's chance as one score: odds multiplied, to the first order. */
static void weigh_candidate(LwNameFinder *finder, const LwTags *tags, guint index)
{
	LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, index);
	const LwName *name = &candidate->name;
	float chance = lw_tags_chance(tags, name->first, name->last, LW_TAG_PERSON);
	float odds =
		candidate->why.score < SETTLED && !is_doubtful(finder->tokens, name, chance, chance)
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
	    is_of_pair(finder->tokens, name->first, name->last)) {
		candidate->why.score = MIN(score, DOUBTFUL);
		return;
	}
	if (score >= SETTLED && (odds < ENOUGH || (candidate->why.reason == LW_REASON_LIST_ONLY &&
						   is_of_sort(finder->tokens, name->first))))
		score = DOUBTFUL;
	if (candidate->why.score >= FIRM ||
	    (candidate->why.score >= SETTLED && score < candidate->why.score))
		return;
	if (score > candidate->why.score && score >= 0.5f) {
		candidate->why.reason = LW_REASON_MODEL;
		candidate->why.evidence = clues_of(finder, tags, name->first, name->last);
	}
	candidate->why.score = score;
	if (score >= SETTLED)
		take_particle(finder, tags, index);
}

static void add_span(LwNameFinder *finder, const LwTags *tags, const guint8 *explained,
		     LwTagSpan span)
{
	const LwTokens *tokens = finder->tokens;
	LwName name = {0};
	LwNameWhy why = {.rule = "tagger", .reason = LW_REASON_MODEL};

	cut_at_sentence(tokens, &span);
	if (!trim(tokens, &span.first, &span.last) ||
	    lw_name_is_stranger(tokens, span.first, span.last) ||
	    !has_name_word(tokens, span.first, span.last, span.chance) ||
	    opens_with_letters(tokens, span.first, span.last) || is_body_part(tokens, span.first) ||
	    is_body_part(tokens, span.first - 1) ||
	    is_closed(finder, explained, span.first, span.last, span.chance) ||
	    is_sign(tokens, span.first, span.last) ||
	    opens_with_body(tokens, span.first, span.last) ||
	    is_dateline(tokens, span.first, span.last) || is_date(tokens, span.first, span.last) ||
	    is_foreign_phrase(tokens, &span) || is_known(finder, span.first, span.last))
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
	if (is_doubtful(tokens, &name, span.chance, why.score) ||
	    (span.first == span.last && is_stray(tokens, span.first))) /* "idd", "notabene" */
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

/* Tokens that other detectors have: a street, a mail address. */
static guint8 *read_explained(const LwTokens *tokens, const LwEntities *found)
{
	guint8 *explained = g_new0(guint8, tokens->count + 1);

	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		gsize end = lw_normal_find(tokens->normal,
					   (gsize)entity->span.start + entity->span.length);
		guint at =
			lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));

		for (; entity->span.length && at < tokens->count && tokens->items[at].start < end;
		     at++)
			explained[at] = 1;
	}
	return explained;
}

void lw_names_by_model(LwNameFinder *finder, const LwEntities *found)
{
	const LwTagger *tagger = lw_lexicon_tagger(finder->tokens->lexicon);
	g_autoptr(LwTags) tags = tagger ? lw_tagger_tag(tagger, finder->tokens) : NULL;
	g_autofree guint8 *explained = tags ? read_explained(finder->tokens, found) : NULL;
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
