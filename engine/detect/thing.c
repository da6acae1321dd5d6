/* thing.c - rooms, works, ships, animals, projects and firms that bear the name of a person
 * (woo.md 8.3).
 *
 * Judged by the word that the name hangs on, on its own line only. Who is addressed ("mevrouw ...")
 * is a person whatever stands there; so is who follows a place in a sentence ("zag in het park
 * Jan"). */
#include "engine/detect/thing.h"

#include "engine/detect/cells.h"
#include "engine/detect/name.h"

#include <string.h>

#define CALLED_REACH  6	 /* tokens from "heet" back to what is called so */
#define NAMED_REACH   10 /* from "naar" back to "heet" */
#define ITEMS	      8	 /* of a list of names that are walked over */
#define APPOSED	      5	 /* tokens behind a name that say what it is of */
#define BRACKET	      4	 /* tokens between an animal and the bracket with its name */
#define MAX_ROWS      5000
#define LEAST_COLUMNS 3
#define HEADING	      4 /* tokens of one */

typedef enum {
	THING_NONE,
	THING_PLACE,
	THING_WARE,
	THING_VESSEL,
	THING_BEAST,
	THING_OBJECT,
	THING_APPOSED,
	THING_SEVERAL,
	THING_QUOTED,
	THING_EPONYM,
	THING_BRAND,
} Thing;

static void learn(GHashTable *things, Thing sort, const char *list)
{
	g_auto(GStrv) words = g_strsplit_set(list, " \n", -1);

	for (char **word = words; *word; word++)
		if (**word && !g_hash_table_contains(things, *word))
			g_hash_table_insert(things, g_strdup(*word), GINT_TO_POINTER(sort));
}

static GHashTable *things(void)
{
	static GHashTable *made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		/* what has two sorts keeps the first */
#define LW_THINGS(sort, words) learn(made, THING_##sort, words);
#define LW_THING_ENDINGS(sort, endings)
#include "engine/detect/thing.def"
#undef LW_THINGS
#undef LW_THING_ENDINGS
		g_once_init_leave(&once, 1);
	}
	return made;
}

/* "sluisje", "bootjes": the word without its ending; yours, NULL when it has none. */
static char *without_diminutive(const char *word)
{
	static const char *const endings[] = {"etje", "tje", "pje", "je"};
	gsize length = strlen(word);

	if (length > 5 && word[length - 1] == 's')
		length--;
	for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
		gsize size = strlen(endings[i]);

		if (length > size + 2 && memcmp(word + length - size, endings[i], size) == 0)
			return g_strndup(word, length - size);
	}
	return NULL;
}

static Thing sort_of(const char *word)
{
	Thing sort = GPOINTER_TO_INT(g_hash_table_lookup(things(), word));

	if (sort)
		return sort;
	g_autofree char *plain = without_diminutive(word);
	if (plain && (sort = GPOINTER_TO_INT(g_hash_table_lookup(things(), plain))))
		return sort;
#define LW_THINGS(sort, words)
#define LW_THING_ENDINGS(sort, endings)                                                            \
	if (lw_word_ends_in(word, endings))                                                        \
		return THING_##sort;
#include "engine/detect/thing.def"
#undef LW_THINGS
#undef LW_THING_ENDINGS
	return THING_NONE;
}

/* Its name follows it as it is: "gemaal Lubbers". */
static gboolean is_apposition(Thing sort)
{
	return sort == THING_PLACE || sort == THING_WARE || sort == THING_VESSEL ||
	       sort == THING_BEAST || sort == THING_OBJECT;
}

gboolean lw_thing_bears_name(const char *word)
{
	Thing sort = sort_of(word);

	return is_apposition(sort);
}

static gboolean is_quote(const LwToken *token)
{
	return token->mark == '"' || token->mark == '\'' || token->mark == 0xab;
}

static gboolean is_human(const LwToken *token)
{
	return token->cues & (LW_CUE_KIN | LW_CUE_RELATION | LW_CUE_ADDRESS) ||
	       (token->lists & LW_WORD_ROLE && !(token->flags & LW_TOKEN_CAPITAL));
}

/* The word at a token as a thing; one with a capital that may be a surname is none behind another
 * name. */
static Thing thing_at(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at), *before = lw_token_at(tokens, at - 1);
	Thing sort;

	if (token->letters < 2 || token->flags & LW_TOKEN_DIGIT)
		return THING_NONE;
	sort = sort_of(token->word);
	if (!sort || !(token->flags & LW_TOKEN_CAPITAL))
		return sort;
	if (sort == THING_BEAST &&
	    !(token->flags & (LW_TOKEN_LINE_START | LW_TOKEN_SENTENCE_START)))
		return THING_NONE;
	return at && token->lists & LW_WORD_SURNAME && token->gap == LW_GAP_SPACE &&
			       (before->mark == '.' || before->flags & LW_TOKEN_CAPITAL)
		       ? THING_NONE
		       : sort;
}

gboolean lw_name_follows_where(const LwTokens *tokens, guint thing)
{
	return thing > 1 &&
	       lw_token_in(lw_token_at(tokens, thing - 1)->word, "de het een deze dit dat die") &&
	       lw_token_in(lw_token_at(tokens, thing - 2)->word,
			   "in op bij voor naast achter uit langs vanaf naar vanuit over door met "
			   "tijdens na");
}

/* The token that the name hangs on: over an opening mark, "De" with a capital and, before what
 * stands in the open, titles that belong to its name. */
static guint before_name(const LwTokens *tokens, guint first, gboolean *quoted)
{
	guint at = first;

	*quoted = FALSE;
	while (at > 0 && first - at < 8 && lw_token_at(tokens, at)->gap <= LW_GAP_SPACE) {
		const LwToken *before = lw_token_at(tokens, at - 1);

		if (is_quote(before))
			*quoted = TRUE;
		else if (!(before->flags & LW_TOKEN_CAPITAL &&
			   (before->cues & LW_CUE_PARTICLE ||
			    lw_token_in(before->word, "de het gebr gebroeders vrouwe prins prinses "
						      "koning koningin sint ome tante"))) &&
			 !(before->mark == '.' &&
			   (lw_token_at(tokens, at - 2)->cues & LW_CUE_ACADEMIC ||
			    lw_token_is(tokens, at - 2, "gebr"))) &&
			 !(before->cues & LW_CUE_ACADEMIC && lw_token_at(tokens, at)->mark == '.'))
			break;
		at--;
	}
	return at;
}

/* "de kat mee, die heet ...", "de tjalk met de naam ...", "het schip, gedoopt ..." */
static gboolean is_called(const LwTokens *tokens, guint at)
{
	guint verb = at;

	if (lw_token_at(tokens, at)->flags & LW_TOKEN_LOWER) /* "heet faisal_2302.mov" */
		return FALSE;
	/* "heten voortaan", "heet van oudsher" */
	while (verb > 1 && at - verb < 2 &&
	       lw_token_in(lw_token_at(tokens, verb - 1)->word,
			   "voortaan ook echt nu nog toen eigenlijk gewoon van oudsher officieel "
			   "sindsdien"))
		verb--;
	if (!lw_token_in(lw_token_at(tokens, verb - 1)->word,
			 "heet heten heette heetten hete genaamd geheten gedoopt getiteld naam "
			 "namen herdoopt omgedoopt"))
		return FALSE;
	verb--;
	for (guint back = 1; back <= CALLED_REACH && back <= verb; back++) {
		const LwToken *token = lw_token_at(tokens, verb - back);

		/* "de hond van de conciërge heet" */
		if (is_human(token) && verb > back + 1 &&
		    (lw_token_is(tokens, verb - back - 1, "van") ||
		     lw_token_is(tokens, verb - back - 2, "van")))
			continue;
		if (is_human(token) || (token->mark && strchr(".!?:;", (int)token->mark)) ||
		    lw_token_at(tokens, verb - back + 1)->gap > LW_GAP_LINE)
			return FALSE;
		if (thing_at(tokens, verb - back))
			return TRUE;
	}
	return FALSE;
}

/* "heet het plein naar ...", "vernoemd naar ...": after whom something is called. */
static gboolean is_named_after(const LwTokens *tokens, guint at, guint last)
{
	if (!lw_token_is(tokens, at - 1, "naar"))
		return FALSE;
	for (guint i = last + 1; i < last + 4 && !lw_token_at(tokens, i)->mark; i++)
		if (lw_token_in(lw_token_at(tokens, i)->word, "genoemd vernoemd"))
			return TRUE;
	for (guint back = 2; back <= NAMED_REACH && back <= at; back++) {
		const LwToken *token = lw_token_at(tokens, at - back);

		if (token->mark && strchr(".!?:;", (int)token->mark))
			return FALSE;
		if (lw_token_in(token->word, "heet heten heette vernoemd genoemd vernoemen noemen "
					     "benoemd noemt vernoemt"))
			return TRUE;
	}
	return FALSE;
}

/* "(Bobbie)", "hond van Koning (Bobbie)": an animal before the bracket. */
static gboolean is_in_bracket(const LwTokens *tokens, guint at)
{
	if (lw_token_at(tokens, at - 1)->mark != '(')
		return FALSE;
	for (guint back = 2; back <= BRACKET + 1 && back <= at; back++) {
		const LwToken *token = lw_token_at(tokens, at - back);
		Thing sort = thing_at(tokens, at - back);

		if (token->mark || token->gap > LW_GAP_SPACE)
			return sort == THING_BEAST && back == 2;
		/* "man met hond (Bonno)" */
		if (sort == THING_BEAST && at > back && lw_token_is(tokens, at - back - 1, "met"))
			return FALSE;
		if (sort == THING_BEAST || (sort == THING_VESSEL && back == 2))
			return TRUE;
	}
	return FALSE;
}

/* Over "Roos, Iris en " to the first of a list. */
static guint list_start(const LwTokens *tokens, guint at)
{
	guint i = at;

	for (guint items = 0; items < ITEMS && i > 1; items++) {
		const LwToken *joint = lw_token_at(tokens, i - 1);
		const LwToken *item = lw_token_at(tokens, i - 2);
		guint back = i - 2;

		if ((joint->mark != ',' && !lw_token_in(joint->word, "en of")) ||
		    lw_token_at(tokens, i)->gap > LW_GAP_LINE)
			break;
		while (back > 0 && (is_quote(item) ||
				    (item->flags & LW_TOKEN_CAPITAL &&
				     lw_token_at(tokens, back - 1)->flags & LW_TOKEN_CAPITAL &&
				     item->gap == LW_GAP_SPACE)))
			item = lw_token_at(tokens, --back);
		if (!(item->flags & LW_TOKEN_CAPITAL))
			break;
		i = back;
	}
	return i;
}

/* "de kamers heten Roos en Iris", "3 honden: Boris en Dirk", "licenties Corsa, Djuma" */
static gboolean is_of_several(const LwTokens *tokens, guint at)
{
	guint first = list_start(tokens, at), i = first;

	if (first < at && is_called(tokens, first))
		return TRUE;
	if (i > 0 && lw_token_at(tokens, i - 1)->mark == ':')
		i--;
	return i > 0 && lw_token_at(tokens, i)->gap <= LW_GAP_SPACE &&
	       thing_at(tokens, i - 1) == THING_SEVERAL;
}

/* "Gemaal Dirk Rebel", "Stuw Jannes": it opens with the word for the thing. */
static gboolean opens_with_thing(const LwTokens *tokens, const LwName *name)
{
	const LwToken *token = lw_token_at(tokens, name->first);
	Thing sort;

	if (name->first == name->last || name->inverted || name->particles ||
	    token->lists & LW_WORD_FIRST_NAME || !(token->flags & LW_TOKEN_CAPITAL))
		return FALSE;
	sort = thing_at(tokens, name->first);
	return is_apposition(sort) && sort != THING_BEAST &&
	       lw_token_at(tokens, name->first + 1)->gap == LW_GAP_SPACE;
}

/* "Project: ...", "Vaartuig: ...": a field of a form. */
static gboolean is_in_field(const LwTokens *tokens, guint at)
{
	Thing sort;

	if (lw_token_at(tokens, at - 1)->mark != ':' || at < 2 ||
	    lw_token_at(tokens, at)->gap > LW_GAP_WIDE)
		return FALSE;
	sort = thing_at(tokens, at - 2);
	return (sort == THING_PLACE || sort == THING_VESSEL || sort == THING_WARE) &&
	       !(lw_token_at(tokens, at - 2)->cues & LW_CUE_COLUMN);
}

/* "(de strooiwagen)", "(= het rekenmodel)", ", labrador", "de gans": what the name is of stands
 * behind it. */
static gboolean is_explained_behind(const LwTokens *tokens, const LwName *name)
{
	guint at = name->last + 1;
	gboolean bracket, comma, article = FALSE;

	while (is_quote(lw_token_at(tokens, at)) && lw_token_at(tokens, at)->gap == LW_GAP_NONE)
		at++;
	bracket = lw_token_at(tokens, at)->mark == '(';
	comma = lw_token_at(tokens, at)->mark == ',';
	at += bracket || comma;
	if (lw_token_at(tokens, at)->mark == '=')
		at++;
	for (guint i = at; i < at + APPOSED && lw_token_at(tokens, i)->gap <= LW_GAP_SPACE; i++) {
		const LwToken *token = lw_token_at(tokens, i), *next = lw_token_at(tokens, i + 1);
		Thing sort;

		if (!*token->word || is_human(token) || token->flags & LW_TOKEN_CAPITAL)
			return FALSE;
		if (lw_token_in(token->word, "de het een onze die")) {
			article = TRUE;
			continue;
		}
		sort = thing_at(tokens, i);
		if (sort == THING_BEAST || sort == THING_VESSEL || sort == THING_OBJECT ||
		    sort == THING_APPOSED)
			return bracket ? next->mark == ')' || next->mark == ',' ||
						 lw_token_in(next->word, "van in op met die")
				       : (article || (comma && sort == THING_BEAST)) &&
						 sort != THING_APPOSED &&
						 (next->mark || next->gap >= LW_GAP_LINE || !comma);
		if (!bracket && !article)
			return FALSE;
	}
	return FALSE;
}

gboolean lw_name_is_famous(const LwTokens *tokens, const LwName *name)
{
	guint end;
	guint32 lists = lw_token_at(tokens, name->first)->flags & LW_TOKEN_OPENS
				? lw_token_longest(tokens, name->first, LW_WORD_PUBLIC, &end)
				: 0;

	return lists && !(lists & LW_WORD_FREQUENT) && end == name->last + 1;
}

/* "Parkinson", "Scania Vabis": the word itself is of an illness or a make, and nobody is called so:
 * "Mercedes Lopez" and "Wilms" may be anybody. */
static gboolean is_eponym(const LwTokens *tokens, const LwName *name)
{
	const LwToken *token = lw_token_at(tokens, name->first);
	Thing sort;

	if (name->initials || !(token->flags & LW_TOKEN_CAPITAL) ||
	    token->lists & (LW_WORD_FIRST_NAME | LW_WORD_SURNAME))
		return FALSE;
	for (guint i = name->first + 1; i <= name->last; i++)
		if (lw_name_is_particle(lw_token_at(tokens, i)))
			return FALSE; /* "Lotus van den Elzenakker" */
	sort = sort_of(token->word);
	return (sort == THING_EPONYM && name->first == name->last) || sort == THING_BRAND;
}

/* "Storm Louis": nobody has two first names of which this is one. */
static gboolean is_storm(const LwTokens *tokens, const LwName *name)
{
	return name->first < name->last && lw_token_is(tokens, name->first, "storm") &&
	       lw_token_at(tokens, name->first + 1)->lists & LW_WORD_FIRST_NAME;
}

/* "HA-31", "UK145": how fishermen number their ships. */
static gboolean is_registration(const LwToken *token)
{
	gsize letters = strspn(token->word, "abcdefghijklmnopqrstuvwxyz");
	const char *rest = token->word + letters;

	return letters && letters <= 3 && token->flags & LW_TOKEN_DIGIT &&
	       token->flags & LW_TOKEN_CAPITAL && strspn(rest + (*rest == '-'), "0123456789") > 0;
}

/* 'mts. "Johanna"', "mps 'Anna'", "HA-31 'Neeltje Jacoba'", 'm.v.s. "Maria"': its name has marks of
 * quotation, and what it is stands before them. */
static gboolean is_quoted_ship(const LwTokens *tokens, guint quote)
{
	guint at = quote;

	if (!at || lw_token_at(tokens, quote)->gap > LW_GAP_SPACE)
		return FALSE;
	at -= at > 1 && lw_token_at(tokens, at - 1)->mark == '.';
	if (lw_token_in(lw_token_at(tokens, at - 1)->word,
			"mts mps mvs ms mv tms kvs hrms zrms zms"))
		return TRUE;
	if (at < quote)
		return at > 3 && lw_token_at(tokens, at - 1)->letters == 1 &&
		       lw_token_at(tokens, at - 2)->mark == '.' &&
		       lw_token_at(tokens, at - 3)->letters == 1 &&
		       lw_token_in(lw_token_at(tokens, at - 3)->word, "m v t s p") &&
		       lw_token_is(tokens, at - 1, "s");
	return is_registration(lw_token_at(tokens, at - 1));
}

/* "ms Johanna Maria", 'm.v. "Maria Schulte"' */
static gboolean is_ship(const LwTokens *tokens, const LwName *name)
{
	guint at = name->first;

	if (at && is_quote(lw_token_at(tokens, at - 1))) {
		at--;
		if (is_quoted_ship(tokens, at))
			return TRUE;
	}
	if (at && lw_token_is(tokens, at - 1, "ms"))
		return lw_token_at(tokens, at - 1)->flags & LW_TOKEN_LOWER &&
		       (name->given || at < name->first);
	return at > 3 && lw_token_at(tokens, at - 1)->mark == '.' &&
	       lw_token_is(tokens, at - 4, "m") &&
	       lw_token_in(lw_token_at(tokens, at - 2)->word, "v t s") &&
	       lw_token_at(tokens, at - 4)->flags & LW_TOKEN_LOWER;
}

gboolean lw_name_is_of_thing(const LwTokens *tokens, const LwName *name)
{
	gboolean quoted, given = name->given || name->initials;
	guint at = before_name(tokens, name->first, &quoted);
	Thing sort;

	if (is_ship(tokens, name))
		return TRUE;
	if (name->first && (lw_token_at(tokens, name->first - 1)->cues & LW_CUE_ADDRESS ||
			    (lw_token_at(tokens, name->first - 1)->mark == '.' && name->first > 1 &&
			     lw_token_at(tokens, name->first - 2)->cues & LW_CUE_ADDRESS)))
		return FALSE;
	if (opens_with_thing(tokens, name) || is_explained_behind(tokens, name) ||
	    is_storm(tokens, name) || is_eponym(tokens, name))
		return TRUE;
	if (!at || lw_token_at(tokens, at)->gap > LW_GAP_SPACE)
		return FALSE;
	if (is_called(tokens, at) || is_named_after(tokens, at, name->last) ||
	    is_in_bracket(tokens, at) || is_of_several(tokens, at) || is_in_field(tokens, at))
		return TRUE;
	sort = thing_at(tokens, at - 1);
	if (lw_token_at(tokens, at)->gap != LW_GAP_SPACE)
		return FALSE;
	if (sort == THING_QUOTED)
		return quoted && !name->initials;
	if (!is_apposition(sort))
		return quoted && sort == THING_APPOSED;
	if (quoted || sort == THING_BEAST || sort == THING_VESSEL || sort == THING_OBJECT)
		return TRUE;
	return !(given && lw_name_follows_where(tokens, at - 1));
}

/* --- columns of a table --- */

/* "Schip", "Naam gebied", "Locatie": heads a column of things, and of nothing else. */
static gboolean heads_things(const LwTokens *tokens, guint first, guint end)
{
	static const char others[] =
		"gebied object merk installatie "
		"product leverancier speelplek bouwwerk monument boom stembureau "
		"stemlokaal halte kunstwerk";

	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->mark || is_human(token) || token->flags & LW_TOKEN_DIGIT)
			return FALSE;
	}
	if (first >= end || end - first > 3 ||
	    lw_token_at(tokens, end - 1)->lists & LW_WORD_FIRST_NAME)
		return FALSE;
	/* "straat" heads the homes of persons as well */
	return lw_token_in(lw_token_at(tokens, end - 1)->word, others) ||
	       (lw_thing_bears_name(lw_token_at(tokens, end - 1)->word) &&
		!lw_token_in(lw_token_at(tokens, end - 1)->word, "straat laan pad plein locatie"));
}

/* A line of headings: short ones, three or more, and no figure in any. */
static gboolean is_heading(const LwTokens *tokens, guint at, LwCells *head)
{
	guint end = lw_token_line_end(tokens, at);

	if (end - at < LEAST_COLUMNS || lw_token_at(tokens, end)->gap >= LW_GAP_BLANK)
		return FALSE;
	for (guint i = at; i < end; i++)
		if (lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT)
			return FALSE;
	lw_cells_read(tokens, at, NULL, head);
	for (guint cell = 0; cell < head->count; cell++)
		if (head->end[cell] > head->first[cell] + HEADING)
			return FALSE;
	return head->count >= LEAST_COLUMNS;
}

static void mark_columns(const LwTokens *tokens, guint at, guint8 *marks, guint8 value)
{
	guint columns = 0, i = lw_token_line_end(tokens, at);
	gboolean things[LW_CELLS_MAX] = {FALSE};
	LwCells head, row;

	if (!is_heading(tokens, at, &head))
		return;
	for (guint cell = 0; cell < head.count; cell++)
		columns += things[cell] = heads_things(tokens, head.first[cell], head.end[cell]);
	for (guint rows = 0; columns && i < tokens->count && rows < MAX_ROWS; rows++) {
		if (lw_token_at(tokens, i)->gap == LW_GAP_BLANK)
			break;
		lw_cells_read(tokens, i, &head, &row);
		for (guint cell = 0; cell < head.count; cell++) {
			guint first, end;

			if (things[cell] && lw_cells_at(&head, &row, cell, &first, &end))
				memset(marks + first, value, end - first);
		}
		i = lw_token_line_end(tokens, i);
	}
}

void lw_name_mark_things(const LwTokens *tokens, guint8 *marks, guint8 value)
{
	for (guint i = 0; i < tokens->count; i = lw_token_line_end(tokens, i))
		mark_columns(tokens, i, marks, value);
}
