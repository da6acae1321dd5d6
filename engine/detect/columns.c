/* columns.c - what the heading of a column says of the numbers below it: whose they are, or that a
 * telephone number is a general one.
 *
 * Runs after the numbers with a form of their own; takes only cells that nothing has yet. */
#include "engine/detect/cells.h"
#include "engine/detect/scan.h"

#include <string.h>

#define MAX_ROWS	 2000
#define LEAST_CELLS	 3 /* of a table */
#define MAX_TOKENS	 8 /* of a cell that is a number */
#define EXTENSION_DIGITS 5 /* of a number inside a house */
#define OVERLAPS	 8 /* finds that may lie over one another */

typedef enum {
	COLUMN_OTHER,
	COLUMN_NUMBER,
	COLUMN_PLATE,
	COLUMN_HOUSE,
	COLUMN_EXTENSION,
	COLUMN_GENERAL
} Column;

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	LwCells head;
	Column columns[LW_CELLS_MAX];
	LwKind kinds[LW_CELLS_MAX];
	guint sorted; /* entities that were there, in their order */
} Columns;

/* "dossier/relatienr." is of two names; that of a person counts. "client_nr" is how a database
 * writes it. */
static ScanTopic topic_of(const char *heading, gsize length)
{
	g_autofree char *text = g_strndup(heading, length);
	g_strdelimit(text, "_", ' ');
	const char *slash = memchr(text, '/', length);
	gsize first = slash ? (gsize)(slash - text) : length;
	ScanTopic topic = scan_topic_of(text, first);

	if (slash && topic != TOPIC_CLIENT && topic != TOPIC_CRIMINAL && first + 1 < length)
		topic = scan_topic_of(slash + 1, length - first - 1);
	return topic;
}

static Column judge_heading(Columns *self, guint cell)
{
	guint first = self->head.first[cell], end = self->head.end[cell];
	const LwToken *from = lw_token_at(self->tokens, first),
		      *to = lw_token_at(self->tokens, end - 1);

	if (first >= end || end - first > 4)
		return COLUMN_OTHER;
	/* "Telefoon behandelaar" */
	if (end - first == 2 && lw_token_in(from->word, "telefoon telefoonnummer tel toestel"))
		to = from;
	for (guint i = first; i < end; i++)
		if (lw_token_in(lw_token_at(self->tokens, i)->word,
				"algemeen centrale receptie meldkamer balie"))
			return COLUMN_GENERAL;
	if (end - first == 1 && lw_token_in(from->word, "huisnr huisnummer hnr")) {
		self->kinds[cell] = LW_KIND_ADDRESS;
		return COLUMN_HOUSE;
	}
	/* "tijd;pas;houder" */
	if (end - first == 1 && lw_token_in(from->word, "pas badge druppel svh")) {
		self->kinds[cell] = LW_KIND_CLIENT_NUMBER;
		return COLUMN_NUMBER;
	}
	switch (topic_of(self->tokens->normal->utf8 + from->start, to->end - from->start)) {
	case TOPIC_CLIENT:
		self->kinds[cell] = LW_KIND_CLIENT_NUMBER;
		return COLUMN_NUMBER;
	case TOPIC_CRIMINAL:
		self->kinds[cell] = LW_KIND_CRIMINAL_CASE;
		return COLUMN_NUMBER;
	case TOPIC_BSN:
		self->kinds[cell] = LW_KIND_BSN;
		return COLUMN_NUMBER;
	case TOPIC_V_NUMBER:
		self->kinds[cell] = LW_KIND_V_NUMBER;
		return COLUMN_NUMBER;
	case TOPIC_DEVICE:
		self->kinds[cell] = LW_KIND_DEVICE;
		return COLUMN_NUMBER;
	case TOPIC_LICENCE:
		self->kinds[cell] = LW_KIND_DRIVING_LICENCE;
		return COLUMN_NUMBER;
	case TOPIC_ID_DOCUMENT:
		/* "ID" numbers the rows */
		if (lw_token_in(from->word, "id nr documentnr documentnummer"))
			return COLUMN_OTHER;
		self->kinds[cell] = LW_KIND_ID_DOCUMENT;
		return COLUMN_NUMBER;
	case TOPIC_PLATE:
		self->kinds[cell] = LW_KIND_PLATE;
		return COLUMN_PLATE;
	case TOPIC_PHONE:
		self->kinds[cell] = LW_KIND_PHONE;
		return COLUMN_EXTENSION;
	default:
		return COLUMN_OTHER;
	}
}

/* "1e ziektedag", "2e spoor": figures that a heading may have. */
static gboolean is_ordinal(const LwToken *token)
{
	return token->letters <= 3 && g_ascii_isdigit(*token->word) &&
	       (g_str_has_suffix(token->word, "e") || g_str_has_suffix(token->word, "de"));
}

/* A line of headings has no other figures. */
static gboolean read_headings(Columns *self, guint at)
{
	gboolean any = FALSE;

	lw_cells_read(self->tokens, at, NULL, &self->head);
	if (self->head.count < LEAST_CELLS)
		return FALSE;
	for (guint i = at; i < lw_token_line_end(self->tokens, at); i++)
		if (lw_token_at(self->tokens, i)->flags & LW_TOKEN_DIGIT &&
		    !is_ordinal(lw_token_at(self->tokens, i)))
			return FALSE;
	for (guint cell = 0; cell < self->head.count; cell++) {
		self->columns[cell] = judge_heading(self, cell);
		any |= self->columns[cell] != COLUMN_OTHER;
	}
	return any;
}

/* What was found in a cell before this detector came, or NULL. */
static LwEntity *found_in(const Columns *self, LwSpan span)
{
	guint low = 0, high = self->sorted;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(self->found->items, LwEntity, middle).span.start <
		    span.start + span.length)
			low = middle + 1;
		else
			high = middle;
	}
	for (guint back = 0; back < OVERLAPS && low > back; back++) {
		LwEntity *entity = &g_array_index(self->found->items, LwEntity, low - back - 1);

		if (entity->span.length && entity->span.start + entity->span.length > span.start)
			return entity;
	}
	return NULL;
}

/* Figures, with letters and signs between them, and no word. */
static gboolean is_number(const LwTokens *tokens, guint first, guint end)
{
	guint digits = 0;

	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (token->flags & LW_TOKEN_DIGIT)
			digits += token->letters;
		else if (token->flags & LW_TOKEN_LOWER && token->letters > 2)
			return FALSE;
	}
	return digits >= 3 && end - first <= MAX_TOKENS;
}

/* Four to eight capitals and figures, of both. */
static gboolean is_plate(const LwTokens *tokens, guint first, guint end)
{
	const char *text = tokens->normal->utf8;
	guint digits = 0, capitals = 0;

	for (gsize i = lw_token_at(tokens, first)->start; i < lw_token_at(tokens, end - 1)->end;
	     i++) {
		digits += g_ascii_isdigit(text[i]) != 0;
		capitals += g_ascii_isupper(text[i]) != 0;
		if (!g_ascii_isdigit(text[i]) && !g_ascii_isupper(text[i]) &&
		    !strchr(" -", text[i]))
			return FALSE;
	}
	return digits && capitals && digits + capitals >= 4 && digits + capitals <= 8;
}

static void take_cell(Columns *self, guint column, guint first, guint end)
{
	LwSpan span = lw_token_span(self->tokens, first, end - 1);
	LwEntity *entity = found_in(self, span);

	if (self->columns[column] == COLUMN_GENERAL) {
		if (!entity || entity->kind != LW_KIND_PHONE)
			return;
		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
		return;
	}
	if (self->columns[column] == COLUMN_HOUSE) {
		const LwToken *number = lw_token_at(self->tokens, first);

		if (entity || !g_ascii_isdigit(number->word[0]) || end - first > 2 ||
		    number->letters > 7)
			return;
		entity = lw_entities_add(self->found, span, LW_KIND_ADDRESS, 0.85f,
					 "address/column");
		entity->reason = LW_REASON_CONTEXT;
		return;
	}
	if (self->columns[column] == COLUMN_PLATE && !is_plate(self->tokens, first, end))
		return;
	/* "R812345678": an RSIN in the column of BSNs */
	if (self->kinds[column] == LW_KIND_BSN &&
	    !g_ascii_isdigit(*lw_token_at(self->tokens, first)->word))
		return;
	if (entity || !is_number(self->tokens, first, end) ||
	    (self->columns[column] == COLUMN_EXTENSION &&
	     (end != first + 1 || lw_token_at(self->tokens, first)->letters > EXTENSION_DIGITS)))
		return;
	entity = lw_entities_add(self->found, span, self->kinds[column], 0.9f, "pattern/column");
	entity->reason = LW_REASON_CONTEXT;
	entity->evidence = lw_kind_name(self->kinds[column]);
}

/* No figure in all of the line, and a word where numbers stood: the heading of another table. */
static gboolean is_heading(const Columns *self, guint at, const LwCells *row)
{
	for (guint i = at; i < lw_token_line_end(self->tokens, at); i++)
		if (lw_token_at(self->tokens, i)->flags & LW_TOKEN_DIGIT)
			return FALSE;
	for (guint column = 0; column < self->head.count && row->count >= LEAST_CELLS; column++) {
		guint first, end;

		if (self->columns[column] == COLUMN_OTHER ||
		    !lw_cells_at(&self->head, row, column, &first, &end))
			continue;
		const LwToken *token = lw_token_at(self->tokens, first);
		if (token->flags & LW_TOKEN_CAPITAL && token->letters > 2 &&
		    !lw_token_in(token->word, "geen onbekend niet nvt"))
			return TRUE;
	}
	return FALSE;
}

/* The first token behind the table. */
static guint take_rows(Columns *self, guint at)
{
	guint i = lw_token_line_end(self->tokens, at);

	for (guint rows = 0; i < self->tokens->count && rows < MAX_ROWS; rows++) {
		LwCells row;

		if (lw_token_at(self->tokens, i)->gap == LW_GAP_BLANK)
			break;
		lw_cells_read(self->tokens, i, &self->head, &row);
		if (is_heading(self, i, &row))
			break;
		for (guint column = 0; column < self->head.count; column++) {
			guint first, end;

			if (self->columns[column] != COLUMN_OTHER &&
			    lw_cells_at(&self->head, &row, column, &first, &end))
				take_cell(self, column, first, end);
		}
		i = lw_token_line_end(self->tokens, i);
	}
	return i;
}

void lw_detect_columns(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	Columns self = {.tokens = tokens, .found = found, .sorted = found->items->len};

	for (guint i = 0; tokens && i < tokens->count;)
		i = read_headings(&self, i) ? take_rows(&self, i) : lw_token_line_end(tokens, i);
}
