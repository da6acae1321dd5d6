/* tagged-doubt.c - what speaks against a name that the model finds, whatever stands around it. */
#include "engine/detect/tagged_private.h"

#include <string.h>

#define RARE	   0.8f /* chance that makes a name of a word that is hardly one */
#define CERTAIN	   0.9f /* chance that makes a name of an ordinary word that opens a sentence */
#define LIST_WORDS 4	/* of an enumeration that are looked at on each side */

/* In Dutch, English and German. */
#define MONTHS                                                                                     \
	"januari februari maart april mei juni juli augustus september oktober november "          \
	"december january february march may june july august october december januar "            \
	"februar marz mai juni juli dezember jan feb mrt apr jun jul aug sep okt nov dec"

/* "Kaptein en matrozen", "Wit, groen en zwart": an ordinary word that opens a sentence with others
 * of its sort. */
gboolean tagged_is_of_sort(const LwTokens *tokens, guint first)
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
gboolean tagged_is_of_pair(const LwTokens *tokens, guint first, guint last)
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

/* "leer-Kelsen": what bears the name of who found it. */
static gboolean is_finding(const LwTokens *tokens, guint at)
{
	const char *word = lw_token_at(tokens, at)->word, *hyphen = strchr(word, '-');
	g_autofree char *part = hyphen ? g_strndup(word, (gsize)(hyphen - word)) : NULL;

	return part && lw_name_is_finding(part);
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

/* "Bill of materials", "Lange Zeit war es still": its capital is due, or it is no first name. */
static gboolean opens_foreign_phrase(const LwTokens *tokens, guint first)
{
	const LwToken *token = lw_token_at(tokens, first);

	return (lw_token_is(tokens, first + 1, "of") ||
		(token->lists & LW_WORD_COMMON &&
		 token->flags & (LW_TOKEN_SENTENCE_START | LW_TOKEN_LINE_START))) &&
	       !lw_name_is_dutch_here(tokens, first);
}

/* "Koerdisch", "Pontische": of a people, or its language. */
static gboolean is_of_people(const LwTokens *tokens, guint first, guint last)
{
	const LwToken *token = lw_token_at(tokens, first);

	return first == last && !token->lists &&
	       (g_str_has_suffix(token->word, "isch") || g_str_has_suffix(token->word, "ische"));
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

/* "Post NL": a firm and its country. */
static gboolean is_of_country(const LwTokens *tokens, guint first, guint last)
{
	const LwToken *next = lw_token_at(tokens, last + 1);

	return first == last && lw_token_at(tokens, last)->lists & LW_WORD_COMMON &&
	       next->gap == LW_GAP_SPACE && next->flags & LW_TOKEN_ALL_CAPS &&
	       lw_token_in(next->word, "nl be eu uk");
}

/* "Emmer": a word that is hardly a name. */
static gboolean is_rare_word(const LwTokens *tokens, guint first, guint last)
{
	guint32 lists = lw_token_at(tokens, first)->lists;

	return first == last && lists & LW_WORD_COMMON && !(lists & LW_WORD_FREQUENT);
}

/* "BRE 20/7741 PW", "CEST": figures, or short capitals that no list of names has. */
gboolean tagged_is_sign(const LwTokens *tokens, guint first, guint last)
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

/* Something here speaks against a person, whatever stands around it. */
gboolean tagged_is_doubtful(const LwTokens *tokens, const LwName *name, float chance, float score)
{
	guint first = name->first, last = name->last;

	return is_other_thing(tokens, name, chance) || tagged_is_of_pair(tokens, first, last) ||
	       is_opening_word(tokens, first, last, score) || tagged_is_of_sort(tokens, first) ||
	       is_beside_body(tokens, first, last) || has_article(tokens, first, last) ||
	       goes_on_with_thing(tokens, last) || is_in_date(tokens, first, last) ||
	       opens_foreign_phrase(tokens, first) || is_of_people(tokens, first, last) ||
	       (score < RARE &&
		(is_foreign_word(tokens, first) || is_rare_word(tokens, first, last)));
}

gboolean tagged_is_no_name(const LwTokens *tokens, const LwTagSpan *span)
{
	return opens_with_letters(tokens, span->first, span->last) ||
	       is_finding(tokens, span->first) || is_body_part(tokens, span->first) ||
	       is_body_part(tokens, span->first - 1) ||
	       opens_with_body(tokens, span->first, span->last) ||
	       is_of_country(tokens, span->first, span->last) ||
	       is_dateline(tokens, span->first, span->last) ||
	       is_date(tokens, span->first, span->last) || is_foreign_phrase(tokens, span);
}
