/* citation.c - authors of what was published: "Dietz, C. & D. Nill (2011)", "het boek van
 * Schlossels en Zijlstra (2017)" (woo.md 2.2).
 *
 * A year in brackets behind names makes a citation only when the form of the names or a word before
 * them does so too; behind one full name it may be a year of birth. */
#include "engine/detect/name.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TOKENS  28	 /* from a name to the year */
#define MAX_BACK    8	 /* from a name to "het boek van" */
#define MAX_SAID    6	 /* from a name to "in haar boek" */
#define MAX_ISSUE   22	 /* from a name to "2022/112" */
#define LAST_LIVED  1930 /* who was dead by then is a person of history */
#define SCORE	    0.8f
#define BIRTH_FINDS 4
#define BIRTH_GAP   3 /* bytes */
#define YEAR_BYTES  4
#define PROPOSED    0.45f

static const char works[] =
	"boek boeken artikel rapport proefschrift dissertatie studie handboek publicatie bundel "
	"essay monografie commentaar annotatie noot bijdrage zie vgl volgens aldus "
	"geraadpleegd literatuur bronnen bron literatuurlijst referenties";

/* "(2011)", "(2011a)", and not after the latest: the token behind it; `at` when it is none. */
static guint skip_year(const LwTokens *tokens, guint at, int latest)
{
	const LwToken *year = lw_token_at(tokens, at + 1);
	const char *word = year->word;

	if (lw_token_at(tokens, at)->mark != '(' || lw_token_at(tokens, at + 2)->mark != ')' ||
	    (strlen(word) != 4 && strlen(word) != 5))
		return at;
	for (guint i = 0; i < 4; i++)
		if (!g_ascii_isdigit(word[i]))
			return at;
	return (word[0] == '1' || word[0] == '2') && atoi(word) <= latest ? at + 3 : at;
}

/* Names and what joins them up to the year; *joined: there is more than one. */
static gboolean leads_to_year(const LwTokens *tokens, guint at, int latest, gboolean *joined)
{
	*joined = FALSE;
	for (guint i = at; i < at + MAX_TOKENS && i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->gap > LW_GAP_LINE)
			return FALSE;
		if (skip_year(tokens, i, latest) > i)
			return TRUE;
		if (token->mark == '&' || lw_token_in(token->word, "en and et"))
			*joined = TRUE;
		else if (lw_token_in(token->word, "e a al c s red eds ed"))
			*joined |= lw_token_in(token->word, "al a");
		else if (token->mark ? !strchr(",.'-", (int)token->mark)
				     : !(token->flags & LW_TOKEN_CAPITAL) &&
					       !(token->cues & LW_CUE_PARTICLE))
			return FALSE;
	}
	return FALSE;
}

static gboolean follows_work(const LwTokens *tokens, guint first)
{
	for (guint back = 1; back <= MAX_BACK && back <= first; back++) {
		if (lw_token_at(tokens, first - back)->mark == '.')
			return FALSE;
		if (lw_token_in(lw_token_at(tokens, first - back)->word, works))
			return TRUE;
	}
	return FALSE;
}

/* "Nill (2011). Vleermuizen. Utrecht: Tirion." */
static gboolean is_publisher(const LwTokens *tokens, guint first, int latest)
{
	if (first < 2 || lw_token_at(tokens, first - 1)->mark != ':' ||
	    !(lw_token_at(tokens, first - 2)->lists & LW_WORD_PLACE))
		return FALSE;
	for (guint back = 3; back <= MAX_TOKENS && back <= first; back++)
		if (skip_year(tokens, first - back, latest) > first - back)
			return TRUE;
	return FALSE;
}

/* "mevrouw ..." */
static gboolean is_addressed(const LwTokens *tokens, guint first)
{
	guint at = first > 1 && lw_token_at(tokens, first - 1)->mark == '.' ? first - 1 : first;

	return at && lw_token_at(tokens, at - 1)->cues & LW_CUE_ADDRESS;
}

/* What nobody writes but for publication. */
static const char learned[] = "noot annotatie dissertatie proefschrift oratie handboek woordenboek "
			      "preadvies monografie leerboek encyclopedie biografie";

/* "de noot van mr. Bos", "m.nt. Bos", "naar ontwerp van Bos": who is named next is the author. */
static gboolean is_announced(const LwTokens *tokens, guint first)
{
	guint at = first;

	while (at > 0 && first - at < 8 &&
	       (lw_token_at(tokens, at - 1)->cues & (LW_CUE_ACADEMIC | LW_CUE_ADDRESS) ||
		(lw_token_at(tokens, at - 1)->mark == '.' && at > 1 &&
		 lw_token_at(tokens, at - 2)->cues & (LW_CUE_ACADEMIC | LW_CUE_ADDRESS))))
		at--;
	if (at < 2 || lw_token_at(tokens, at)->gap > LW_GAP_LINE)
		return FALSE;
	at--;
	if (lw_token_at(tokens, at)->mark == '.')
		at--;
	if (at && lw_token_in(lw_token_at(tokens, at)->word, "nt noot aant annotatie"))
		return TRUE;
	if (!at || !lw_token_in(lw_token_at(tokens, at)->word, "van door"))
		return FALSE;
	return lw_token_in(lw_token_at(tokens, at - 1)->word, learned) ||
	       (at > 1 && lw_token_is(tokens, at - 1, "ontwerp") &&
		lw_token_in(lw_token_at(tokens, at - 2)->word, "naar een het"));
}

/* "Bos schrijft in haar boek", "Bos, wiens proefschrift" */
static gboolean says_in_work(const LwTokens *tokens, guint last)
{
	static const char own[] = "zijn haar z'n d'r hun";

	for (guint i = last + 1; i < last + 1 + MAX_SAID; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->gap > LW_GAP_LINE || (token->mark && strchr(".;:!?", (int)token->mark)))
			return FALSE;
		if (lw_token_in(token->word, "wiens wier") ||
		    (lw_token_is(tokens, i, "in") &&
		     lw_token_in(lw_token_at(tokens, i + 1)->word, own)))
			return lw_token_in(lw_token_at(tokens, i + 1 + (*token->word == 'i'))->word,
					   "boek boeken roman essay") ||
			       lw_token_in(lw_token_at(tokens, i + 1 + (*token->word == 'i'))->word,
					   learned);
	}
	return FALSE;
}

/* "2022/112", "NTB 2019/3": the number of a journal. */
static gboolean is_issue(const LwTokens *tokens, guint at)
{
	const LwToken *year = lw_token_at(tokens, at);

	return year->letters == 4 && year->flags & LW_TOKEN_DIGIT &&
	       (g_str_has_prefix(year->word, "19") || g_str_has_prefix(year->word, "20")) &&
	       lw_token_at(tokens, at + 1)->mark == '/' &&
	       lw_token_at(tokens, at + 1)->gap == LW_GAP_NONE &&
	       lw_token_at(tokens, at + 2)->gap == LW_GAP_NONE &&
	       lw_token_at(tokens, at + 2)->flags & LW_TOKEN_DIGIT && at > 0 &&
	       lw_token_at(tokens, at - 1)->flags & LW_TOKEN_CAPITAL;
}

/* "A. Bos in Gemeentestem 2022/112", "A. Bos, 'Bezwaar', NTB 2019/3" */
static gboolean is_in_journal(const LwTokens *tokens, guint last)
{
	const LwToken *next = lw_token_at(tokens, last + 1);

	if (next->mark != ',' && !lw_token_is(tokens, last + 1, "in"))
		return FALSE;
	if (next->mark == ',' &&
	    !(lw_token_at(tokens, last + 2)->mark &&
	      !strchr("(.,:;", (int)MIN(lw_token_at(tokens, last + 2)->mark, G_MAXINT8))))
		return FALSE;
	for (guint i = last + 2; i < last + MAX_ISSUE; i++) {
		if (lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			return FALSE;
		if (is_issue(tokens, i))
			return TRUE;
		if (!next->mark && i > last + 5)
			return FALSE;
	}
	return FALSE;
}

static guint year_at(const LwTokens *tokens, guint at)
{
	const char *word = lw_token_at(tokens, at)->word;

	return strlen(word) == 4 && strspn(word, "0123456789") == 4 ? (guint)atoi(word) : 0;
}

/* "Leeghwater (1575-1650)": lived long ago. */
static gboolean has_lived(const LwTokens *tokens, guint last)
{
	guint at = last + 2, from = year_at(tokens, at), until = 0;

	if (lw_token_at(tokens, last + 1)->mark != '(')
		return FALSE;
	if (strlen(lw_token_at(tokens, at)->word) == 9 && lw_token_at(tokens, at)->word[4] == '-') {
		from = (guint)atoi(lw_token_at(tokens, at)->word);
		until = (guint)atoi(lw_token_at(tokens, at)->word + 5);
	}
	for (guint i = at + 1; from && i < at + 3; i++)
		until = MAX(until, year_at(tokens, i));
	return from > 1000 && until > from && until <= LAST_LIVED;
}

/* "dochter Lieke (2013)": a child and the year of birth. */
static gboolean is_relative(const LwTokens *tokens, guint first, guint last)
{
	const guint32 lists = lw_token_at(tokens, first)->lists;

	return (first && lw_token_at(tokens, first - 1)->cues & (LW_CUE_KIN | LW_CUE_RELATION)) ||
	       (first == last && lists & LW_WORD_FIRST_NAME && !(lists & LW_WORD_SURNAME));
}

static gboolean is_author(const LwTokens *tokens, guint first, guint last, int latest)
{
	gboolean initials = FALSE, joined;

	if (is_announced(tokens, first) || says_in_work(tokens, last) ||
	    is_in_journal(tokens, last) || has_lived(tokens, last))
		return TRUE;
	for (guint i = first; i <= last; i++)
		initials |= lw_token_at(tokens, i)->mark == '.';
	if (!leads_to_year(tokens, last + 1, latest, &joined) || is_relative(tokens, first, last))
		return FALSE;
	/* "de heer Jansen (1954)": of whom nothing is cited is the year of birth */
	if (first == last && !initials && !joined && is_addressed(tokens, first))
		return FALSE;
	return initials || joined || first == last || follows_work(tokens, first) ||
	       (first > 1 &&
		(lw_token_is(tokens, first - 1, "en") ||
		 lw_token_at(tokens, first - 1)->mark == '&') &&
		follows_work(tokens, first - 1));
}

static void give(LwEntity *entity)
{
	entity->role = LW_ROLE_AUTHOR;
	entity->reason = LW_REASON_ROLE;
	entity->evidence = "auteur";
}

/* An author whom nothing but "de noot van" before the name tells: somebody else in the run may be
 * called so. */
static void add_announced(const LwTokens *tokens, LwEntities *found)
{
	g_autofree guint8 *persons = lw_token_persons(tokens, found, 0);
	LwName name;

	for (guint i = 2; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (persons[i] || !(token->flags & LW_TOKEN_CAPITAL) || !is_announced(tokens, i) ||
		    !lw_name_parse(tokens, i, LW_NAME_TITLED, &name) || name.lower ||
		    lw_name_is_body(tokens, &name) || persons[name.last])
			continue;
		give(lw_entities_add(found, lw_token_span(tokens, name.first, name.last),
				     LW_KIND_PERSON, SCORE, "name/author"));
	}
}

/* "Dennis K. (1991)": a year of birth, as is known by now. */
static gboolean has_birth_behind(const LwEntities *found, guint at)
{
	const LwEntity *person = &g_array_index(found->items, LwEntity, at);
	gsize end = (gsize)person->span.start + person->span.length;

	for (guint i = at + 1; i < found->items->len && i <= at + BIRTH_FINDS; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_BIRTH_DATE && entity->score >= SCORE &&
		    entity->span.start >= end && entity->span.start <= end + BIRTH_GAP)
			return TRUE;
	}
	return FALSE;
}

/* "Bakker (2009)": a year that is rather of what he wrote. */
static void doubt_year(LwEntities *found, guint at)
{
	const LwEntity *person = &g_array_index(found->items, LwEntity, at);
	gsize end = (gsize)person->span.start + person->span.length;

	for (guint i = at + 1; i < found->items->len && i <= at + BIRTH_FINDS; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);

		if (entity->kind == LW_KIND_BIRTH_DATE && entity->span.length == YEAR_BYTES &&
		    entity->span.start >= end && entity->span.start <= end + BIRTH_GAP)
			entity->score = MIN(entity->score, PROPOSED);
	}
}

void lw_detect_citations(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	/* "E. Peters (2041)" has a number of service */
	int latest = context->year ? context->year + 1 : G_MAXINT;

	for (guint i = 0; tokens && i < found->items->len; i++) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint first, last;

		if (entity->kind != LW_KIND_PERSON || !entity->span.length ||
		    entity->role != LW_ROLE_UNKNOWN || entity->reason == LW_REASON_FIELD ||
		    g_str_equal(entity->rule, "name/cut") || has_birth_behind(found, i))
			continue;
		first = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
		last = lw_token_find(tokens,
				     lw_normal_find(tokens->normal,
						    entity->span.start + entity->span.length - 1));
		if (!is_author(tokens, first, last, latest) && !is_publisher(tokens, first, latest))
			continue;
		give(entity);
		doubt_year(found, i);
	}
	if (tokens)
		add_announced(tokens, found);
}
