/* site-column.c - addresses in the columns of a table that are of firms and sites: below "Locatie
 * bron", "Adres bedrijf". Those below "Adres melder" are of persons and go.
 *
 * Runs after the addresses; changes their role and finds nothing. */
#include "engine/detect/cells.h"
#include "engine/detect/detect.h"

#define LEAST_CELLS 4 /* of a line of headings */
#define MOST_WORDS  4 /* of one */
#define MAX_ROWS    2000

typedef struct {
	const LwTokens *tokens;
	LwEntities *found;
	guint *addresses; /* by token: index of the one that begins there, from 1 */
	LwCells head;
	gboolean sites[LW_CELLS_MAX];
} Sites;

static gboolean is_site(const LwTokens *tokens, guint first, guint end)
{
	gboolean site = FALSE;

	for (guint i = first; i < end; i++) {
		const LwToken *token = lw_token_at(tokens, i);

		if (lw_token_in(token->word, "melder klager bewoner client aanvrager eigenaar "
					     "betrokkene naam huurder "
					     "ouder leerling debiteur overtreder"))
			return FALSE;
		site |= lw_token_in(
			token->word,
			"bedrijf bron bedrijf/bron inrichting vestiging bouwlocatie "
			"bouwplaats bedrijfsadres vestigingsadres bezoekadres werklocatie "
			"schooladres objectadres locatie-bron onderneming leverancier");
	}
	return site && end - first <= MOST_WORDS;
}

static gboolean read_headings(Sites *self, guint at)
{
	gboolean any = FALSE;

	lw_cells_read(self->tokens, at, NULL, &self->head);
	if (self->head.count < LEAST_CELLS)
		return FALSE;
	for (guint i = at; i < lw_token_line_end(self->tokens, at); i++)
		if (lw_token_at(self->tokens, i)->flags & LW_TOKEN_DIGIT)
			return FALSE;
	for (guint cell = 0; cell < self->head.count; cell++) {
		self->sites[cell] =
			is_site(self->tokens, self->head.first[cell], self->head.end[cell]);
		any |= self->sites[cell];
	}
	return any;
}

static void keep(Sites *self, guint first, guint end)
{
	for (guint i = first; i < end; i++) {
		if (!self->addresses[i])
			continue;
		LwEntity *entity =
			&g_array_index(self->found->items, LwEntity, self->addresses[i] - 1);

		entity->role = LW_ROLE_FUNCTIONAL;
		entity->reason = LW_REASON_FUNCTIONAL;
	}
}

/* The first token behind the table. */
static guint keep_rows(Sites *self, guint at)
{
	guint i = lw_token_line_end(self->tokens, at);

	for (guint rows = 0; i < self->tokens->count && rows < MAX_ROWS; rows++) {
		LwCells row;

		if (lw_token_at(self->tokens, i)->gap == LW_GAP_BLANK)
			break;
		lw_cells_read(self->tokens, i, &self->head, &row);
		for (guint column = 0; column < self->head.count; column++) {
			guint first, end;

			if (self->sites[column] &&
			    lw_cells_at(&self->head, &row, column, &first, &end))
				keep(self, first, end);
		}
		i = lw_token_line_end(self->tokens, i);
	}
	return i;
}

void lw_detect_site_columns(const LwDetectContext *context, LwEntities *found)
{
	const LwTokens *tokens = context->tokens;
	Sites self = {.tokens = tokens, .found = found};
	gboolean any = FALSE;

	if (!tokens)
		return;
	self.addresses = g_new0(guint, tokens->count + 1);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		guint at;

		if ((entity->kind != LW_KIND_ADDRESS && entity->kind != LW_KIND_POSTCODE) ||
		    entity->role != LW_ROLE_UNKNOWN || !entity->span.length)
			continue;
		at = lw_token_find(tokens, lw_normal_find(tokens->normal, entity->span.start));
		if (at < tokens->count)
			self.addresses[at] = i + 1;
		any = TRUE;
	}
	for (guint i = 0; any && i < tokens->count;)
		i = read_headings(&self, i) ? keep_rows(&self, i) : lw_token_line_end(tokens, i);
	g_free(self.addresses);
}
