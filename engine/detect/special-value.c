/* special-value.c - special categories by what stands over or before them: "Diagnose: ...", a
 * column "Voorziening" or "Geloof" in a table of persons.
 *
 * The label says what the value is, whatever its words; it counts only where the row, the form or
 * the file is of an identifiable person. */
#include "engine/detect/cells.h"
#include "engine/detect/special.h"

#include <string.h>

#define SCORE	    0.85f
#define MAX_VALUE   12 /* tokens */
#define MAX_LABEL   4
#define MAX_ROWS    2000
#define LEAST_CELLS 3

static const char *const labels[] = {"diagnose",
				     "diagnoses",
				     "diagnose s",
				     "medicatie",
				     "medicijnen",
				     "medicijngebruik",
				     "ziektebeeld",
				     "aandoening",
				     "aandoeningen",
				     "beperking",
				     "beperkingen",
				     "soort beperking",
				     "aard beperking",
				     "handicap",
				     "allergie",
				     "allergieen",
				     "geloof",
				     "religie",
				     "godsdienst",
				     "gezindte",
				     "kerkelijke gezindte",
				     "kerkgenootschap",
				     "geloofsovertuiging",
				     "levensovertuiging",
				     "etniciteit",
				     "etnische afkomst",
				     "huidskleur",
				     "ras",
				     "zorgindicatie",
				     "indicatie",
				     "voorziening",
				     "zorgvorm",
				     "toegekende zorg",
				     "soort zorg",
				     "zorgproduct",
				     "toegekende voorziening",
				     "reden verzuim",
				     "aard ziekte",
				     "ziekte",
				     "medische gegevens",
				     "medische klachten",
				     "gezondheid",
				     "medische bijzonderheden",
				     "medisch",
				     "delict",
				     "strafbaar feit",
				     "antecedenten",
				     "strafblad",
				     "vakbond",
				     "lid vakbond",
				     "vakbondslid",
				     "seksuele gerichtheid",
				     "gezondheidsklachten",
				     "behandeling bij",
				     "bijzonderheden medisch",
				     "soort hulp",
				     "jeugdhulp",
				     "hulpvorm",
				     "toekenning",
				     "toegekend",
				     "hulpmiddel",
				     "hulpmiddelen",
				     "maatwerkvoorziening",
				     "voorzieningen",
				     "ingezette hulp",
				     "medische situatie",
				     "medische toestand",
				     "gezondheidstoestand",
				     "ziekten",
				     "ziektegeschiedenis",
				     "voorgeschiedenis",
				     "medische voorgeschiedenis",
				     "psychische klachten",
				     "behandeling",
				     "therapie",
				     "dieet",
				     "dieetwens",
				     "dieetwensen",
				     "zwanger",
				     "aard klachten",
				     "aard verzuim",
				     "verzuimreden",
				     "reden ziekmelding",
				     "kerk",
				     "kerkelijke gemeente",
				     "levensbeschouwing",
				     "lidmaatschap vakbond",
				     "veroordelingen",
				     "eerdere veroordelingen",
				     "justitiele documentatie",
				     "strafrechtelijk verleden",
				     "delicten",
				     "feit",
				     "straf",
				     "opgelegde straf"};

/* The label that these tokens are, and no more. */
static gboolean is_label(const LwTokens *tokens, guint first, guint end)
{
	g_autoptr(GString) words = NULL;

	while (end > first && !*lw_token_at(tokens, end - 1)->word)
		end--;
	if (first >= end || end - first > MAX_LABEL || lw_token_at(tokens, first)->letters < 3)
		return FALSE;
	words = g_string_new(NULL);
	if (lw_token_is(tokens, first, "n") && lw_token_is(tokens, first + 2, "v"))
		return TRUE;
	for (guint i = first; i < end; i++)
		if (*lw_token_at(tokens, i)->word)
			g_string_append_printf(words, "%s%s", words->len ? " " : "",
					       lw_token_at(tokens, i)->word);
	for (guint i = 0; i < G_N_ELEMENTS(labels); i++)
		if (strcmp(labels[i], words->str) == 0)
			return TRUE;
	return FALSE;
}

gboolean special_is_labelled(const LwTokens *tokens, guint at)
{
	guint line = lw_token_line_start(tokens, at);

	for (guint i = line; i < at && i <= line + MAX_LABEL; i++)
		if (lw_token_at(tokens, i)->mark == ':')
			return is_label(tokens, line, i);
	return FALSE;
}

/* "nee", "n.v.t.", "zie bijlage", "10 uur": nothing that a label makes special. */
static gboolean says_nothing(const LwTokens *tokens, guint first, guint end)
{
	static const char empty[] = "nee geen nvt onbekend zie niet ja datum idem aantal stuk "
				    "toelichting invullen uw volgt";

	if (lw_token_is(tokens, first, "n") && lw_token_is(tokens, first + 2, "v"))
		return TRUE;
	for (guint i = first; i < end; i++)
		if (*lw_token_at(tokens, i)->word &&
		    !(lw_token_at(tokens, i)->flags & LW_TOKEN_DIGIT))
			return lw_token_in(lw_token_at(tokens, i)->word, empty);
	return TRUE;
}

static void take(const Scene *scene, guint first, guint end, LwEntities *found)
{
	LwEntity *entity;

	while (end > first && !*lw_token_at(scene->tokens, end - 1)->word &&
	       lw_token_at(scene->tokens, end - 1)->mark != ')')
		end--;
	if (end <= first || end - first > MAX_VALUE || says_nothing(scene->tokens, first, end))
		return;
	entity = lw_entities_add(found, lw_token_span(scene->tokens, first, end - 1),
				 LW_KIND_SPECIAL, SCORE, "special/label");
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
static guint take_rows(const Scene *scene, guint at, const LwCells *head, const gboolean *special,
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
				take(scene, first, end, found);
		}
		i = lw_token_line_end(tokens, i);
	}
	return i;
}

/* The line of headings at a token: which of its columns are special; FALSE: none. */
static gboolean read_headings(const LwTokens *tokens, guint at, LwCells *head, gboolean *special)
{
	gboolean any = FALSE;

	lw_cells_read(tokens, at, NULL, head);
	for (guint cell = 0; head->count >= LEAST_CELLS && cell < head->count; cell++) {
		special[cell] = is_label(tokens, head->first[cell], head->end[cell]);
		any |= special[cell];
	}
	return any;
}

/* "Diagnose: ADHD", "Geloof   RK": the end of the value. */
static guint value_end(const LwTokens *tokens, guint at)
{
	guint end = lw_token_line_end(tokens, at), i = at;

	while (i < end && lw_token_at(tokens, i)->mark != '|' &&
	       lw_token_at(tokens, i)->mark != ';' &&
	       !(i > at && (lw_token_at(tokens, i)->gap == LW_GAP_WIDE ||
			    lw_token_at(tokens, i)->flags & LW_TOKEN_SENTENCE_START)))
		i++;
	return i;
}

static void take_field(const Scene *scene, guint at, LwEntities *found)
{
	const LwTokens *tokens = scene->tokens;
	guint line = lw_token_line_end(tokens, at);

	for (guint i = at; i < line && i <= at + MAX_LABEL; i++) {
		gboolean colon = lw_token_at(tokens, i)->mark == ':';
		gboolean wide = i > at &&
				lw_token_at(tokens, i)->start > lw_token_at(tokens, i - 1)->end + 1;
		guint value = colon ? i + 1 : i;

		if (!colon && !wide)
			continue;
		if (value < line && is_label(tokens, at, i) &&
		    (special_is_of_file(scene, at) || special_has_somebody(scene, at)))
			take(scene, value, value_end(tokens, value), found);
		return;
	}
}

void special_find_values(const Scene *scene, LwEntities *found)
{
	const LwTokens *tokens = scene->tokens;

	for (guint i = 0; i < tokens->count;) {
		gboolean special[LW_CELLS_MAX];
		LwCells head;

		if (read_headings(tokens, i, &head, special)) {
			i = take_rows(scene, i, &head, special, found);
			continue;
		}
		take_field(scene, i, found);
		for (guint at = i + 1; at < lw_token_line_end(tokens, i); at++)
			if (lw_token_at(tokens, at)->gap == LW_GAP_WIDE)
				take_field(scene, at, found);
		i = lw_token_line_end(tokens, i);
	}
}
