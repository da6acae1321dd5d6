/* finder.c - collects the names of one document and keeps the better of two that overlap.
 *
 * A token belongs to at most one live candidate; candidates turn into entities once, at the end. */
#include "engine/detect/name.h"
#include "engine/detect/office.h"

#include <string.h>

#define MAX_PLACE	 2 /* particles before the name of a place */
#define LIST_ITEM_TOKENS 14
#define FAMOUS		 0.4f /* of somebody's name that many others know */

static gboolean is_title(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	const LwToken *next = lw_token_at(tokens, at + 1);
	gboolean dot = next->mark == '.' && next->gap == LW_GAP_NONE;

	if (!*token->word || (token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_MIXED)))
		return FALSE;
	/* HR, MS, MR are no titles; nor is "van HR. Bel haar" */
	if ((token->flags & LW_TOKEN_ALL_CAPS) && token->letters < 4 &&
	    (!dot || !(lw_token_at(tokens, at + 2)->flags & LW_TOKEN_ALL_CAPS ||
		       lw_token_at(tokens, at + 2)->letters == 1)))
		return FALSE;
	if (token->cues & (LW_CUE_ADDRESS | LW_CUE_ACADEMIC))
		return TRUE;
	return (token->lists & LW_WORD_TITLE) && dot && token->letters > 1;
}

guint lw_name_skip_titles(const LwTokens *tokens, guint at, const char **title)
{
	guint i = at;

	while (i < at + 10) {
		gboolean article = lw_token_is(tokens, i, "de") &&
				   lw_token_at(tokens, i + 1)->cues & LW_CUE_ADDRESS;

		if (article) {
			i++;
			continue;
		}
		if (!is_title(tokens, i) || (i > at && lw_token_at(tokens, i)->gap > LW_GAP_LINE))
			break;
		if (title)
			*title = lw_token_at(tokens, i)->word;
		i++;
		if (lw_token_at(tokens, i)->mark == '.' &&
		    lw_token_at(tokens, i)->gap == LW_GAP_NONE)
			i++;
		if (i > at && lw_token_at(tokens, i)->mark == '/' && is_title(tokens, i + 1))
			i++;
		if ((lw_token_is(tokens, i, "en") || lw_token_is(tokens, i, "of")) &&
		    is_title(tokens, i + 1) && lw_token_at(tokens, i + 1)->cues & LW_CUE_ADDRESS)
			i++;
	}
	return i;
}

static void drop_overlaps(LwNameFinder *finder, const LwName *name)
{
	for (guint i = name->first; i <= name->last; i++) {
		LwCandidate *other;

		if (!finder->owner[i])
			continue;
		other = &g_array_index(finder->candidates, LwCandidate, finder->owner[i] - 1);
		other->dropped = TRUE;
		for (guint j = other->name.first; j <= other->name.last; j++)
			finder->owner[j] = 0;
	}
}

/* A name that holds the others whole and is about as sure wins; so does a surer one. */
static gboolean wins(const LwNameFinder *finder, const LwName *name, float score)
{
	for (guint i = name->first; i <= name->last; i++) {
		const LwCandidate *other;
		gboolean holds;

		if (!finder->owner[i])
			continue;
		other = &g_array_index(finder->candidates, LwCandidate, finder->owner[i] - 1);
		holds = other->name.first >= name->first && other->name.last <= name->last;
		if (holds && other->name.last - other->name.first == name->last - name->first)
			holds = score > other->why.score;
		if (!(holds ? score + 0.2f > other->why.score : score > other->why.score + 0.2f))
			return FALSE;
	}
	return TRUE;
}

/* "gemeente Veldermeer", "wethouders van Veldermeer", "7400 AA  Veldermeer": what the document
 * itself calls a place, whatever the lists say. */
static GHashTable *learn_places(const LwTokens *tokens)
{
	GHashTable *places = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 2; i < tokens->count; i++) {
		const LwToken *token = lw_token_at(tokens, i), *before = lw_token_at(tokens, i - 1);
		const LwToken *second = lw_token_at(tokens, i - 2);
		gboolean code = before->flags & LW_TOKEN_ALL_CAPS && before->letters == 2 &&
				second->flags & LW_TOKEN_DIGIT && second->letters == 4;

		if (!(token->flags & LW_TOKEN_CAPITAL) || token->letters < 4 || token->cues ||
		    token->gap > LW_GAP_WIDE || token->lists & LW_WORD_FREQUENT)
			continue;
		if (code ||
		    lw_token_in(before->word, "gemeente waterschap stad dorp gemeentehuis stadt "
					      "gemeentepagina gemeentenieuws") ||
		    (lw_token_is(tokens, i - 1, "van") &&
		     lw_token_in(second->word, "wethouders gemeenteraad burgemeester")))
			g_hash_table_add(places, (gpointer)token->word);
	}
	return places;
}

/* A single word, with a particle at most, that this document has as a place. */
static gboolean is_place_here(const LwNameFinder *finder, const LwName *name, LwReason reason)
{
	return finder->places && !name->initials && name->given + name->surnames <= 1 &&
	       name->last - name->first <= MAX_PLACE && reason != LW_REASON_TITLE &&
	       reason != LW_REASON_SALUTATION && reason != LW_REASON_FIELD &&
	       g_hash_table_contains(finder->places, lw_token_at(finder->tokens, name->last)->word);
}

/* "Fatma" (gefingeerde naam) */
static gboolean is_made_up(const LwTokens *tokens, const LwName *name)
{
	guint at = name->last + 1;

	while (lw_token_at(tokens, at)->mark && strchr("\"')", (int)lw_token_at(tokens, at)->mark))
		at++;
	return lw_token_at(tokens, at)->mark == '(' &&
	       lw_token_in(lw_token_at(tokens, at + 1)->word,
			   "gefingeerde gefingeerd fictieve fictief verzonnen");
}

/* "Vestigia-Noord", "Rik Wouters-bokaal": its last word ends in what is no name. */
static gboolean is_thing(const LwTokens *tokens, const LwName *name)
{
	const LwToken *last = lw_token_at(tokens, name->last);
	const LwToken *first = lw_token_at(tokens, name->first);

	/* "Uitvaartzorg Dijkema", "Kredietbank Noord", "Bezwaarbehandeling" */
	if (!name->initials && !(first->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)) &&
	    (lw_word_ends_in(first->word, "behandeling verlening handhaving registratie "
					  "administratie ondersteuning") ||
	     (name->first < name->last &&
	      lw_word_ends_in(first->word,
			      "zorg bedrijf werken techniek vervoer dienst bank service "
			      "makelaardij winkel handel groep bouw praktijk beheerder "
			      "medewerker coordinator commissie informatie overleg beheer"))))
		return TRUE;
	/* "P. Ol/O2", "O.M. Blad 2": a page and its number, as a scanner read them */
	if (name->initials &&
	    ((last->letters == 2 && lw_token_at(tokens, name->last + 1)->mark == '/') ||
	     (last->cues & LW_CUE_STOP && !(last->lists & LW_WORD_FREQUENT) &&
	      lw_token_at(tokens, name->last + 1)->flags & LW_TOKEN_DIGIT)))
		return TRUE;
	if (!(last->flags & LW_TOKEN_HYPHEN) || name->initials)
		return FALSE;
	return (last->flags & LW_TOKEN_COMPOUND && last->flags & LW_TOKEN_CAPITAL &&
		name->first < name->last) ||
	       lw_word_ends_in(last->word, "-noord -zuid -oost -west -midden -centrum -veluwe");
}

/* Only the word itself, or the model, says that it is a name. */
static gboolean is_weak(LwReason reason)
{
	return reason == LW_REASON_LIST_ONLY || reason == LW_REASON_MODEL ||
	       reason == LW_REASON_UNEXPLAINED;
}

gboolean lw_name_follows_thing(const LwTokens *tokens, guint at)
{
	const LwToken *before = lw_token_at(tokens, at - 1);

	if (!at || lw_token_at(tokens, at)->gap != LW_GAP_SPACE || !*before->word)
		return FALSE;
	return lw_token_in(before->word,
			   "merk merken type kamer zaal vergaderzaal gemaal lettertype "
			   "verzekeraar zorgverzekeraar applicatie systeem software "
			   "programma app leverancier pand") ||
	       (before->letters > 6 &&
		lw_word_ends_in(before->word, "stichting corporatie school bedrijf verhuur groep "
					      "praktijk vereniging centrum"));
}

/* Where it stands names a person, whatever the words around it. */
static gboolean is_placed(LwReason reason)
{
	return reason == LW_REASON_SALUTATION || reason == LW_REASON_CLOSING ||
	       reason == LW_REASON_SIGNATURE_BLOCK || reason == LW_REASON_MAIL_HEADER ||
	       reason == LW_REASON_ATTENDANCE || reason == LW_REASON_SPEAKER;
}

static gboolean has_digits(const LwToken *token, guint from, guint to)
{
	return token->flags & LW_TOKEN_DIGIT && token->letters >= from && token->letters <= to &&
	       strspn(token->word, "0123456789") == token->letters;
}

/* "18 August", "on August 3", "Thu, 3 Feb 2022": days, though each is a name too. */
static gboolean is_of_date(const LwTokens *tokens, const LwName *name)
{
	guint at = name->first;
	const char *word = lw_token_at(tokens, at)->word;

	if (name->first != name->last)
		return FALSE;
	if (lw_token_in(word, "may june july august april"))
		return (at > 0 && has_digits(lw_token_at(tokens, at - 1), 1, 2) &&
			lw_token_at(tokens, at)->gap == LW_GAP_SPACE) ||
		       (lw_token_at(tokens, at + 1)->gap == LW_GAP_SPACE &&
			(has_digits(lw_token_at(tokens, at + 1), 4, 4) ||
			 (at > 0 && has_digits(lw_token_at(tokens, at + 1), 1, 2) &&
			  lw_token_in(lw_token_at(tokens, at - 1)->word,
				      "on in by until since from before after of"))));
	return lw_token_in(word, "mon thu sun sat") && lw_token_at(tokens, at + 1)->mark == ',' &&
	       has_digits(lw_token_at(tokens, at + 2), 1, 2) &&
	       lw_token_in(lw_token_at(tokens, at + 3)->word,
			   "jan feb mar apr may jun jul aug sep oct nov dec");
}

void lw_name_add(LwNameFinder *finder, const LwName *name, LwNameWhy why)
{
	LwCandidate candidate = {.why = why, .name = *name};

	if (!is_placed(why.reason)) {
		if (finder->closed[name->first] == LW_CLOSED_THING)
			return;
		if (lw_name_is_of_thing(finder->tokens, name)) {
			memset(finder->closed + name->first, LW_CLOSED_THING,
			       MIN(name->last + 1, finder->tokens->count) - name->first);
			return;
		}
	}
	/* whether it is he, or somebody else of that name, is for a person to say */
	if ((is_weak(why.reason) || why.reason == LW_REASON_FIRST_NAME) &&
	    lw_name_is_famous(finder->tokens, name))
		candidate.why.score = MIN(why.score, FAMOUS);
	if (lw_name_is_label(finder->tokens, name->first, name->last) ||
	    is_of_date(finder->tokens, name) || is_made_up(finder->tokens, name) ||
	    is_thing(finder->tokens, name) ||
	    (is_weak(why.reason) && lw_name_follows_thing(finder->tokens, name->first)))
		return;
	if (name->last >= finder->tokens->count || is_place_here(finder, name, why.reason) ||
	    !wins(finder, name, candidate.why.score))
		return;
	drop_overlaps(finder, name);
	g_array_append_val(finder->candidates, candidate);
	for (guint i = name->first; i <= name->last; i++)
		finder->owner[i] = finder->candidates->len;
}

/* "Hydro Network": ordinary words and none that is a name. */
static gboolean is_of_words(const LwTokens *tokens, const LwName *name)
{
	gboolean words = FALSE;

	for (guint i = name->first; i <= name->last; i++) {
		guint32 lists = lw_token_at(tokens, i)->lists;

		if (lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME) &&
		    (!(lists & LW_WORD_COMMON) || lists & LW_WORD_FREQUENT))
			return FALSE;
		words |= (lists & LW_WORD_COMMON) != 0;
	}
	return words;
}

/* Is it credible that these words name a person, at a place where a person is expected? */
static gboolean is_credible(const LwTokens *tokens, const LwName *name)
{
	const guint32 usual_first = LW_WORD_FIRST_NAME | LW_WORD_FREQUENT;
	guint32 lists = name->given_lists | name->surname_lists;
	guint32 whole =
		name->last > name->first ? lw_token_lists(tokens, name->first, name->last) : lists;
	const LwToken *last = lw_token_at(tokens, name->last);
	gboolean lower = lw_token_at(tokens, name->first)->flags & LW_TOKEN_LOWER;

	/* "te Den Haag", "de Rekenkamer", "b. Straatnaam" */
	if (lower && !name->given && !(name->surname_lists & LW_WORD_SURNAME))
		return FALSE;
	if (lower && name->particles && name->surname_lists & LW_WORD_PLACE)
		return FALSE;
	if (name->initials && name->surnames)
		return TRUE;
	if (whole & (LW_WORD_ORGANISATION | LW_WORD_PLACE) && !(lists & LW_WORD_FREQUENT))
		return FALSE;
	if ((last->cues & (LW_CUE_BODY | LW_CUE_BODY_AFTER | LW_CUE_COLUMN)) ||
	    (last->lists & LW_WORD_ROLE))
		return FALSE;
	if (name->surnames && name->surname_lists & LW_WORD_COMMON && !name->given &&
	    !name->particles)
		return name->lower
			       ? (name->surname_lists & usual_first) == usual_first
			       : (name->surname_lists & (LW_WORD_FREQUENT | LW_WORD_SURNAME)) != 0;
	if (name->given && !name->surnames)
		return !(name->given_lists & LW_WORD_COMMON) ||
		       name->given_lists & LW_WORD_FREQUENT;
	if (lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))
		return TRUE;
	return name->particles || !is_of_words(tokens, name);
}

/* "(Marieke)" behind a name: the same person, a span of its own. The token after it. */
static guint take_nickname(LwNameFinder *finder, guint at, LwNameWhy why)
{
	const LwToken *token = lw_token_at(finder->tokens, at + 1);
	LwName name = {.first = at + 1,
		       .last = at + 1,
		       .surname = at + 1,
		       .given = 1,
		       .given_lists = token->lists};

	/* "Ottevanger, Mieke (M.A.)" */
	if (lw_token_at(finder->tokens, at)->mark == '(' && token->letters == 1 &&
	    token->flags & LW_TOKEN_CAPITAL && lw_token_at(finder->tokens, at + 2)->mark == '.') {
		guint end = at + 3;

		while (end < at + 14 && (lw_token_at(finder->tokens, end)->mark == '.' ||
					 lw_token_at(finder->tokens, end)->letters == 1))
			end++;
		if (lw_token_at(finder->tokens, end)->mark != ')')
			return at;
		name.last = end - 1;
		name.initials = 1;
		lw_name_add(finder, &name, why);
		return end + 1;
	}
	if (lw_token_at(finder->tokens, at)->mark != '(' ||
	    lw_token_at(finder->tokens, at + 2)->mark != ')')
		return at;
	if (!(token->flags & LW_TOKEN_CAPITAL) ||
	    (token->flags & (LW_TOKEN_ALL_CAPS | LW_TOKEN_MIXED)) ||
	    !(token->lists & LW_WORD_FIRST_NAME) || token->cues & LW_CUE_STOP)
		return at;
	lw_name_add(finder, &name, why);
	return at + 3;
}

/* "js" behind "Paraaf:", alone in its place: letters that are no word. */
static gboolean is_lower_code(const LwTokens *tokens, guint at, guint limit)
{
	const LwToken *token = lw_token_at(tokens, at), *next = lw_token_at(tokens, at + 1);

	return token->flags & LW_TOKEN_LOWER && token->letters >= 2 && token->letters <= 5 &&
	       !(token->flags & (LW_TOKEN_DIGIT | LW_TOKEN_HYPHEN)) &&
	       !(token->lists & LW_WORD_COMMON) && !(token->cues & LW_CUE_STOP) &&
	       (at + 1 >= limit || next->gap >= LW_GAP_WIDE || next->mark == '/' ||
		next->mark == ',' || next->mark == ')');
}

/* "A.v.K.": letters with points and nothing else; the token after, or `at`. */
static guint skip_letters(const LwTokens *tokens, guint at, guint limit)
{
	guint i = at, letters = 0;

	while (i + 1 < limit && lw_token_at(tokens, i)->letters == 1 &&
	       lw_token_at(tokens, i + 1)->mark == '.' &&
	       lw_token_at(tokens, i + 1)->gap == LW_GAP_NONE &&
	       (i == at || lw_token_at(tokens, i)->gap == LW_GAP_NONE)) {
		letters++;
		i += 2;
	}
	return letters > 1 && letters < 6 && lw_token_at(tokens, at)->flags & LW_TOKEN_CAPITAL &&
			       (i >= limit || lw_token_at(tokens, i)->gap >= LW_GAP_WIDE ||
				lw_token_at(tokens, i)->mark == ',' ||
				lw_token_at(tokens, i)->mark == '(')
		       ? i
		       : at;
}

/* "Aanwezig: JdV, CG", "Paraaf: LdB": initials where persons of the house sign or meet; a firm or a
 * service does not. */
static gboolean take_code(LwNameFinder *finder, guint at, guint limit, LwNameWhy why)
{
	static const char *const fields[] = {"paraaf",
					     "paraaf steller",
					     "paraaf behandelaar",
					     "akkoord",
					     "gezien",
					     "gezien door",
					     "gecontroleerd",
					     "gecontroleerd door",
					     "opgesteld door",
					     "behandeld door",
					     "behandelaar",
					     "steller",
					     "opsteller",
					     "actie",
					     "actiehouder",
					     "notulist",
					     "verslag",
					     "auteur",
					     "afgehandeld door",
					     "wie",
					     "trekker",
					     "medewerker",
					     "geschreven door",
					     "vrijgegeven door",
					     "geaccordeerd door",
					     "notulen",
					     "opgemaakt",
					     "opgemaakt door",
					     "voor kopie conform",
					     "kopie conform",
					     "tweede lezer",
					     "meelezer",
					     "collegiale toets",
					     "balie",
					     "baliemedewerker",
					     "ingevoerd door",
					     NULL};
	const LwToken *token = lw_token_at(finder->tokens, at);
	LwName name = {.first = at, .last = at, .surname = at};

	gboolean lower = is_lower_code(finder->tokens, at, limit);
	guint letters = skip_letters(finder->tokens, at, limit);

	if (letters > at && why.reason == LW_REASON_FIELD) {
		name.last = letters - 1;
		name.initials = 1;
		lw_name_add(finder, &name, why);
		return TRUE;
	}
	if (at >= limit || (!lower && (!lw_name_is_code(token) || token->letters > 4)) ||
	    token->lists & (LW_WORD_ABBREVIATION | LW_WORD_ORGANISATION) ||
	    (token->flags & LW_TOKEN_ALL_CAPS && token->letters > 3))
		return FALSE;
	if ((why.reason != LW_REASON_ATTENDANCE || lower) &&
	    !(why.reason == LW_REASON_FIELD && why.evidence &&
	      g_strv_contains(fields, why.evidence)))
		return FALSE;
	why.score = MIN(why.score, 0.8f);
	lw_name_add(finder, &name, why);
	return TRUE;
}

guint lw_name_take(LwNameFinder *finder, guint at, guint limit, LwNameMode mode, LwNameWhy why)
{
	const LwTokens *tokens = finder->tokens;
	guint i = lw_name_skip_titles(tokens, at, NULL);
	gboolean titled = i > at;
	LwName name;

	while (i < limit &&
	       (lw_token_at(tokens, i)->mark == '"' || lw_token_at(tokens, i)->mark == '\''))
		i++;
	if (i >= limit || !lw_name_parse(tokens, i, mode, &name) || name.last >= limit)
		return take_code(finder, i, limit, why) ? i + 1 : at;
	if (lw_name_is_body(tokens, &name) ||
	    (!titled && !is_credible(tokens, &name) && !office_of_party(tokens, name.last + 1)))
		return at;
	if (!name.initials && !(name.given && name.surnames) && !titled &&
	    !((name.given_lists | name.surname_lists) & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME)))
		why.score = MIN(why.score, 0.7f);
	lw_name_add(finder, &name, why);
	return take_nickname(finder, name.last + 1, why);
}

void lw_name_take_initials(LwNameFinder *finder, guint at, guint limit, LwNameWhy why)
{
	LwName name = {.first = at, .last = at, .surname = at, .initials = 1};
	guint i = at;

	while (i < limit && (lw_token_at(finder->tokens, i)->mark == '.' ||
			     (lw_token_at(finder->tokens, i)->letters <= 3 &&
			      lw_token_at(finder->tokens, i)->flags & LW_TOKEN_CAPITAL)))
		i++;
	if (i == at || i - at > 14 || !lw_token_at(finder->tokens, at)->letters)
		return;
	name.last = i - 1;
	lw_name_add(finder, &name, why);
}

static gboolean splits(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);

	return token->mark == ';' || token->mark == ',' || token->mark == '/' ||
	       token->mark == '&' || token->mark == '+' || token->mark == '|' ||
	       lw_token_is(tokens, at, "en") || lw_token_is(tokens, at, "and") ||
	       (token->flags & LW_TOKEN_LINE_START) || token->gap == LW_GAP_WIDE;
}

/* Past "(vz)", "<a@b.nl>" and "[mailto:…]" to the start of the next item. */
static guint next_item(const LwTokens *tokens, guint at, guint limit)
{
	guint i = at, depth = 0;

	for (; i < limit; i++) {
		gunichar mark = lw_token_at(tokens, i)->mark;

		if (mark == '(' || mark == '<' || mark == '[')
			depth++;
		else if ((mark == ')' || mark == '>' || mark == ']') && depth)
			depth--;
		else if ((!depth || (lw_token_at(tokens, i)->flags & LW_TOKEN_LINE_START)) &&
			 i > at && splits(tokens, i))
			break;
		else if (i == at && splits(tokens, i) &&
			 !(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL))
			break;
	}
	while (i < limit && splits(tokens, i) &&
	       !(lw_token_at(tokens, i)->flags & LW_TOKEN_CAPITAL)) {
		if (*lw_token_at(tokens, i)->word && !lw_token_is(tokens, i, "en") &&
		    !lw_token_is(tokens, i, "and"))
			break;
		i++;
	}
	return i;
}

/* What may follow a name in a list; "Karin gaat" is a sentence and no item. */
static gboolean ends_item(const LwTokens *tokens, guint at, guint limit)
{
	const LwToken *token = lw_token_at(tokens, at);

	return at >= limit || !*token->word || splits(tokens, at) ||
	       (token->flags & LW_TOKEN_CAPITAL) == 0 ||
	       (token->cues & (LW_CUE_BODY | LW_CUE_COLUMN)) || (token->flags & LW_TOKEN_ALL_CAPS);
}

void lw_name_take_list(LwNameFinder *finder, guint at, guint limit, LwNameMode mode, LwNameWhy why)
{
	guint i = at;

	while (i < limit) {
		const LwToken *token = lw_token_at(finder->tokens, i);
		guint next = i, kind;

		/* "Akkoord: w.g. Smeets" */
		if (lw_phrase_at(finder->tokens, i, LW_PHRASE_INLINE, &next, &kind)) {
			i = next;
			continue;
		}
		/* bullets before the item */
		if (token->mark == '-' || token->mark == '.' || token->mark == '*' ||
		    token->mark == 0x2022 || token->mark == '"' || token->mark == '\'' ||
		    token->mark == ':') {
			i++;
			continue;
		}
		next = lw_name_take(finder, i, limit, mode, why);
		if (next > i && !ends_item(finder->tokens, next, limit))
			next = i;
		i = MAX(i + 1, next_item(finder->tokens, next, limit));
	}
}

char *lw_name_code(const LwTokens *tokens, const LwName *name)
{
	g_autoptr(GString) front = g_string_new(NULL);
	g_autoptr(GString) back = g_string_new(NULL);
	GString *part = name->inverted ? back : front;

	for (guint i = name->first; i <= name->last; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark == ',') {
			part = front;
			continue;
		}
		if (*token->word)
			g_string_append_unichar(
				part, g_utf8_get_char(token->word + (token->word[0] == '\'')));
	}
	g_string_append(front, back->str);
	return g_string_free(g_steal_pointer(&front), FALSE);
}

const char *lw_name_role_before(const LwTokens *tokens, guint at)
{
	const LwToken *last = lw_token_at(tokens, at - 1);

	if (at == 0 || !*last->word || lw_token_at(tokens, at)->gap > LW_GAP_LINE)
		return NULL;
	if (last->lists & LW_WORD_ROLE)
		return last->word;
	for (guint words = 2; words <= 4 && words <= at; words++)
		if (lw_token_lists(tokens, at - words, at - 1) & LW_WORD_ROLE)
			return lw_token_at(tokens, at - words)->word;
	return NULL;
}

static void emit(const LwNameFinder *finder, LwEntities *found)
{
	for (guint i = 0; i < finder->candidates->len; i++) {
		const LwCandidate *candidate = &g_array_index(finder->candidates, LwCandidate, i);
		LwEntity *entity;

		if (candidate->dropped)
			continue;
		entity = lw_entities_add(
			found,
			lw_token_span(finder->tokens, candidate->name.first, candidate->name.last),
			LW_KIND_PERSON, candidate->why.score, candidate->why.rule);
		entity->reason = candidate->why.reason;
		if (candidate->why.evidence)
			entity->evidence = lw_arena_strndup(found->arena, candidate->why.evidence,
							    strlen(candidate->why.evidence));
	}
}

void lw_detect_names(const LwDetectContext *context, LwEntities *found)
{
	g_autoptr(LwTokens) own = context->tokens ? NULL : lw_tokens_new(context);
	LwNameFinder finder = {.tokens = context->tokens ? context->tokens : own,
			       .language = context->language};

	finder.candidates = g_array_new(FALSE, FALSE, sizeof(LwCandidate));
	finder.owner = g_new0(guint32, finder.tokens->count + 1);
	finder.closed = g_new0(guint8, finder.tokens->count + 1);
	finder.places = learn_places(finder.tokens);
	finder.called = g_hash_table_new(g_str_hash, g_str_equal);
	lw_name_mark_things(finder.tokens, finder.closed, LW_CLOSED_THING);
	lw_name_mark_brands(finder.tokens, finder.closed, LW_CLOSED_THING);
	lw_name_mark_laws(finder.tokens, finder.closed, LW_CLOSED_THING);
	lw_names_in_headers(&finder);
	lw_names_in_blocks(&finder);
	lw_names_in_rosters(&finder);
	lw_names_in_shifts(&finder);
	lw_names_in_tables(&finder);
	lw_names_on_cards(&finder);
	lw_names_in_chats(&finder);
	lw_names_inverted(&finder);
	lw_names_in_prose(&finder);
	lw_names_by_shape(&finder);
	lw_names_by_short_particle(&finder);
	lw_names_cut(&finder);
	lw_names_told(&finder);
	lw_names_in_speech(&finder);
	lw_names_by_model(&finder, context->tags, found);
	lw_names_in_columns(&finder);
	lw_names_of_doers(&finder);
	lw_names_beside(&finder);
	lw_names_called(&finder);
	lw_names_by_definition(&finder);
	lw_names_by_initials(&finder);
	emit(&finder, found);
	g_array_unref(finder.candidates);
	g_hash_table_unref(finder.places);
	g_hash_table_unref(finder.called);
	g_free(finder.owner);
	g_free(finder.closed);
}
