/* special-value.c - special categories by what stands over or before them: "Diagnose: ...", a
 * column "Voorziening" or "Geloof" in a table of persons.
 *
 * The label says what the value is, whatever its words; it counts only where the row, the form or
 * the file is of an identifiable person. */
#include "engine/detect/cells.h"
#include "engine/detect/special.h"

#include <string.h>

#define SCORE	      0.85f
#define SCORE_MEASURE 0.7f
#define MAX_VALUE     12 /* tokens */
#define MAX_LABEL     4
#define LABEL_REACH   40 /* tokens of a value */
#define LIKELY	      0.42f
#define SHORT_LETTERS 4
#define MAX_ROWS      2000
#define LEAST_CELLS   3

/* How far a label is to be trusted. */
typedef enum { LABEL_NONE, LABEL_ANSWER, LABEL_LIKELY, LABEL_SURE } Label;

static void learn(GHashTable *labels, Label trust, const char *list)
{
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	for (char **word = words; *word; word++)
		if (**word)
			g_hash_table_insert(labels, g_strdelimit(g_strdup(*word), "_", ' '),
					    GINT_TO_POINTER(trust));
}

static GHashTable *all_labels(void)
{
	static GHashTable *made;
	static gsize once;

	if (g_once_init_enter(&once)) {
		made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
#define LW_LABEL(trust, list) learn(made, LABEL_##trust, list);
#include "engine/detect/special-label.def"
#undef LW_LABEL
		g_once_init_leave(&once, 1);
	}
	return made;
}

/* The label that these tokens are, and no more. */
static Label label_of(const LwTokens *tokens, guint first, guint end)
{
	g_autoptr(GString) words = NULL;
	Label label;

	while (end > first && !*lw_token_at(tokens, end - 1)->word)
		end--;
	if (first >= end || end - first > MAX_LABEL || lw_token_at(tokens, first)->letters < 2)
		return LABEL_NONE;
	words = g_string_new(NULL);
	for (guint i = first; i < end; i++)
		if (*lw_token_at(tokens, i)->word)
			g_string_append_printf(words, "%s%s", words->len ? " " : "",
					       lw_token_at(tokens, i)->word);
	label = GPOINTER_TO_INT(g_hash_table_lookup(all_labels(), words->str));
	/* "mantoux/IGRA", "diagnose / klachten": what the first says of both */
	for (guint i = first + 1; label == LABEL_NONE && i + 1 < end; i++)
		if (lw_token_at(tokens, i)->mark == '/')
			return label_of(tokens, first, i);
	return label;
}

/* What may stand before a label: the line or sentence begins there, or it is an item. */
static gboolean may_begin(const LwTokens *tokens, guint at)
{
	const LwToken *token = lw_token_at(tokens, at);
	gunichar before = at ? lw_token_at(tokens, at - 1)->mark : 0;

	return !at || token->gap >= LW_GAP_WIDE ||
	       token->flags & (LW_TOKEN_LINE_START | LW_TOKEN_SENTENCE_START) ||
	       (before && (before == 0x2022 || before == 0xb7 || strchr(".;-*|/,)]", (int)before)));
}

/* The label that ends before a colon. */
static Label label_before(const LwTokens *tokens, guint colon)
{
	for (guint count = 1; count <= MAX_LABEL && count <= colon; count++) {
		Label label = LABEL_NONE;

		if (may_begin(tokens, colon - count))
			label = label_of(tokens, colon - count, colon);
		if (label != LABEL_NONE)
			return label;
		if (lw_token_at(tokens, colon - count)->gap > LW_GAP_WIDE)
			break;
	}
	return LABEL_NONE;
}

/* The label that is all of the line of a token. */
static Label stands_alone(const LwTokens *tokens, guint at)
{
	return label_of(tokens, lw_token_line_start(tokens, at), lw_token_line_end(tokens, at));
}

gboolean special_ends_label(const LwTokens *tokens, guint colon)
{
	return label_before(tokens, colon) > LABEL_ANSWER;
}

gboolean special_is_labelled(const LwTokens *tokens, guint at)
{
	for (guint i = at; i > 0 && at - i < LABEL_REACH; i--) {
		if (lw_token_at(tokens, i - 1)->mark == ':')
			return label_before(tokens, i - 1) != LABEL_NONE;
		if (lw_token_at(tokens, i)->gap > LW_GAP_WIDE)
			return lw_token_at(tokens, i)->gap == LW_GAP_LINE &&
			       stands_alone(tokens, i - 1) != LABEL_NONE;
	}
	return FALSE;
}

/* "nee", "n.v.t.", "zie bijlage", "10 uur": nothing that a label makes special. */
static gboolean says_nothing(const LwTokens *tokens, guint first, guint end)
{
	static const char empty[] = "nee geen nvt onbekend zie niet ja datum idem aantal stuk "
				    "toelichting invullen uw volgt namelijk nl graag wordt kan "
				    "wel goed voldoende n.b nader nog";

	if (lw_token_is(tokens, first, "n") && lw_token_is(tokens, first + 2, "v"))
		return TRUE;
	for (guint i = first; i < end; i++)
		if (*lw_token_at(tokens, i)->word &&
		    !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT))
			return lw_token_in(lw_token_at(tokens, i)->word, empty);
	return TRUE;
}

static void take(const Scene *scene, guint first, guint end, Label label, LwEntities *found)
{
	LwEntity *entity;

	while (end > first && !*lw_token_at(scene->tokens, end - 1)->word &&
	       lw_token_at(scene->tokens, end - 1)->mark != ')')
		end--;
	if (end <= first || end - first > MAX_VALUE || label == LABEL_ANSWER ||
	    says_nothing(scene->tokens, first, end))
		return;
	entity = lw_entities_add(found, lw_token_span(scene->tokens, first, end - 1),
				 LW_KIND_SPECIAL, label == LABEL_SURE ? SCORE : LIKELY,
				 "special/label");
	entity->reason = LW_REASON_FIELD;
	entity->evidence = lw_kind_name(LW_KIND_SPECIAL);
}

static gboolean row_has_person(const Scene *scene, guint at)
{
	for (guint i = lw_token_line_start(scene->tokens, at),
		   end = lw_token_line_end(scene->tokens, at);
	     i < end; i++)
		if (scene->persons[i])
			return TRUE;
	return FALSE;
}

/* The first token behind the table. */
static guint take_rows(const Scene *scene, guint at, const LwCells *head, const Label *special,
		       LwEntities *found)
{
	const LwTokens *tokens = scene->tokens;
	guint i = lw_token_line_end(tokens, at);

	for (guint rows = 0; i < tokens->count && rows < MAX_ROWS; rows++) {
		LwCells row;

		if (lw_token_at(tokens, i)->gap == LW_GAP_BLANK)
			break;
		lw_cells_read(tokens, i, head, &row);
		for (guint column = 0; column < head->count; column++) {
			guint first, end;

			if (special[column] && row.count > 1 && row_has_person(scene, i) &&
			    lw_cells_at(head, &row, column, &first, &end))
				take(scene, first, end, special[column], found);
		}
		i = lw_token_line_end(tokens, i);
	}
	return i;
}

/* The line of headings at a token: which of its columns are special; FALSE: none. */
static gboolean read_headings(const Scene *scene, guint at, LwCells *head, Label *special)
{
	const LwTokens *tokens = scene->tokens;
	gboolean any = FALSE;

	/* a row of values is none */
	for (guint i = at, end = lw_token_line_end(tokens, at); i < end; i++)
		if (scene->persons[i] || lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT)
			return FALSE;
	lw_cells_read(tokens, at, NULL, head);
	for (guint cell = 0; head->count >= LEAST_CELLS && cell < head->count; cell++) {
		special[cell] = label_of(tokens, head->first[cell], head->end[cell]);
		any |= special[cell] > LABEL_ANSWER;
	}
	return any;
}

/* "Ned. Herv.": the point ends no sentence. */
static gboolean is_cut_short(const LwTokens *tokens, guint at)
{
	return at > 1 && lw_token_at(tokens, at - 1)->mark == '.' &&
	       lw_token_at(tokens, at - 2)->letters <= SHORT_LETTERS;
}

/* "Diagnose: ADHD", "Geloof   RK": the end of the value. */
static guint value_end(const LwTokens *tokens, guint at)
{
	guint end = lw_token_line_end(tokens, at), i = at;

	while (i < end && lw_token_at(tokens, i)->mark != '|' &&
	       lw_token_at(tokens, i)->mark != ';' &&
	       !(i > at &&
		 (lw_token_at(tokens, i)->gap == LW_GAP_WIDE ||
		  (lw_token_at(tokens, i)->flags & LW_TOKEN_SENTENCE_START &&
		   lw_token_at(tokens, i)->gap != LW_GAP_NONE && !is_cut_short(tokens, i)))))
		i++;
	return i;
}

static gboolean is_of_somebody(const Scene *scene, guint at)
{
	return special_is_of_file(scene, at) || special_has_somebody(scene, at);
}

/* "Geloof    RK": a label and a wide gap. */
static void take_spaced(const Scene *scene, guint at, LwEntities *found)
{
	const LwTokens *tokens = scene->tokens;
	guint line = lw_token_line_end(tokens, at);

	for (guint i = at + 1; i < line && i <= at + MAX_LABEL; i++) {
		Label label;

		if (lw_token_at(tokens, i)->mark == ':')
			return;
		if (lw_token_at(tokens, i)->start <= lw_token_at(tokens, i - 1)->end + 1)
			continue;
		label = label_of(tokens, at, i);
		if (label != LABEL_NONE && is_of_somebody(scene, at))
			take(scene, i, value_end(tokens, i), label, found);
		return;
	}
}

/* "Diagnose: ADHD", at the start of a line or within it. */
static void take_labelled(const Scene *scene, guint colon, LwEntities *found)
{
	Label label = label_before(scene->tokens, colon);
	guint value = colon + 1;

	if (label == LABEL_NONE || !is_of_somebody(scene, colon))
		return;
	if (lw_token_at(scene->tokens, value)->gap == LW_GAP_BLANK)
		return;
	take(scene, value, value_end(scene->tokens, value), label, found);
}

/* "Bent u veroordeeld? [ ] nee [x] ja, in 2021": the answer to a question that has a cue. */
static void take_ticked(const Scene *scene, guint at, LwEntities *found)
{
	const LwTokens *tokens = scene->tokens;
	guint line = lw_token_line_start(tokens, at), next;

	if (at < 3 || !lw_token_is(tokens, at, "ja") || lw_token_at(tokens, at - 1)->mark != ']' ||
	    !lw_token_is(tokens, at - 2, "x") || value_end(tokens, at) < at + 2 ||
	    !special_is_of_file(scene, at))
		return;
	for (guint i = line; i < at; i++) {
		const Cue *cue = special_cue_at(tokens, i, &next);

		if (cue && cue->weight > CUE_WEAK) {
			LwEntity *entity = lw_entities_add(
				found, lw_token_span(tokens, at, value_end(tokens, at) - 1),
				LW_KIND_SPECIAL, SCORE, "special/label");

			entity->reason = LW_REASON_FIELD;
			entity->evidence = cue->shown;
			return;
		}
	}
}

/* A label alone on its line, the value on the next one. */
static void take_below(const Scene *scene, guint line, LwEntities *found)
{
	const LwTokens *tokens = scene->tokens;
	Label label = stands_alone(tokens, line);
	guint value = lw_token_line_end(tokens, line);

	if (label <= LABEL_ANSWER || value >= tokens->count ||
	    lw_token_at(tokens, value)->gap != LW_GAP_LINE ||
	    stands_alone(tokens, value) != LABEL_NONE || !is_of_somebody(scene, line))
		return;
	take(scene, value, value_end(tokens, value), label, found);
}

/* "235 \302\265g/l", "0,9 promille": what somebody had drunk. */
static void take_measure(const Scene *scene, guint at, LwEntities *found)
{
	const LwTokens *tokens = scene->tokens;
	const LwToken *unit = lw_token_at(tokens, at);
	gboolean breath = unit->letters == 2 && unit->word[strlen(unit->word) - 1] == 'g' &&
			  lw_token_at(tokens, at + 1)->mark == '/' &&
			  lw_token_is(tokens, at + 2, "l") && !lw_token_in(unit->word, "mg kg");
	guint first = at;

	if (!(breath || lw_token_in(unit->word, "promille ugl")) || !at ||
	    !(lw_token_at(tokens, at - 1)->flags & LW_TOKEN_DIGIT))
		return;
	first--;
	while (first > 1 && lw_token_at(tokens, first)->gap == LW_GAP_NONE &&
	       lw_token_at(tokens, first - 1)->mark &&
	       lw_token_at(tokens, first - 2)->flags & LW_TOKEN_DIGIT)
		first -= 2;
	/* "0,012 \302\265g/l" is of water */
	if ((breath && first < at - 1) || !special_has_somebody(scene, at))
		return;
	LwEntity *entity = lw_entities_add(found, lw_token_span(tokens, first, at + 2 * breath),
					   LW_KIND_SPECIAL, SCORE_MEASURE, "special/cue");

	entity->reason = LW_REASON_CUE;
	entity->evidence = breath ? "ademtest" : "promille";
}

void special_find_values(const Scene *scene, LwEntities *found)
{
	const LwTokens *tokens = scene->tokens;

	for (guint i = 0; i < tokens->count;) {
		Label special[LW_CELLS_MAX];
		LwCells head;

		if (read_headings(scene, i, &head, special)) {
			i = take_rows(scene, i, &head, special, found);
			continue;
		}
		take_below(scene, i, found);
		take_spaced(scene, i, found);
		for (guint at = i + 1; at < lw_token_line_end(tokens, i); at++) {
			if (lw_token_at(tokens, at)->gap == LW_GAP_WIDE)
				take_spaced(scene, at, found);
			if (lw_token_at(tokens, at)->mark == ':')
				take_labelled(scene, at, found);
			if (lw_token_at(tokens, at - 1)->flags & LW_TOKEN_DIGIT)
				take_measure(scene, at, found);
			if (lw_token_at(tokens, at)->mark == ']')
				take_ticked(scene, at + 1, found);
		}
		i = lw_token_line_end(tokens, i);
	}
}
