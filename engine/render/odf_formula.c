/* odf_formula.c - results of formulas over numbers that were taken out: a sum of readable numbers
 * and one that is not tells that one.
 *
 * References are followed as far as they are written in the formula ("[.B2:.B9]"); a formula that
 * refers in another way depends on everything. Words do not count: nobody computes with a name. */
#include "engine/render/odf_work.h"

#include <stdlib.h>
#include <string.h>

#include "engine/odf/names.h"

#define LAST	  1048576 /* rows and columns */
#define MOST_WORK 200000000

typedef struct {
	const LwNode *sheet;
	guint row0, row1, column0, column1; /* inclusive */
} Area;

typedef struct {
	LwNode *node;
	Area area;
	GArray *areas; /* Area that it refers to; NULL: anything */
	gboolean gone;
} Formula;

typedef struct {
	LwOdfWork *work;
	GArray *formulas;   /* Formula */
	GArray *gone;	    /* Area of numbers that went */
	GHashTable *sheets; /* name to table */
	const LwMark *mark; /* the first of those that took a number */
} Grid;

static void formula_clear(void *data)
{
	Formula *formula = data;
	g_clear_pointer(&formula->areas, g_array_unref);
}

static guint repeats(const LwNode *node, const char *name)
{
	g_autofree char *count = lw_node_dup_attribute(node, ODF_TABLE, name);
	return count ? (guint)CLAMP(g_ascii_strtoull(count, NULL, 10), 1, LAST) : 1;
}

static gboolean is_number(const LwNode *cell)
{
	static const char *const types[] = {"float", "percentage", "currency",
					    "date",  "time",	   NULL};
	g_autofree char *type = lw_node_dup_attribute(cell, ODF_OFFICE, "value-type");
	return type && g_strv_contains(types, type);
}

/* --- references --- */

/* ".$B$7" or "$'A sheet'.B7"; missing row or column: all. Returns what follows, or NULL. */
static const char *read_address(const Grid *grid, const char *at, Area *area, gboolean first)
{
	const char *start = at;
	if (*at == '$')
		at++;
	if (*at == '\'') {
		at = strchr(at + 1, '\'');
		while (at && at[1] == '\'')
			at = strchr(at + 2, '\'');
		at = at ? at + 1 : NULL;
	} else {
		at += strcspn(at, ".]:");
	}
	if (!at || *at != '.')
		return NULL;
	if (at > start) {
		const gboolean dollar = *start == '$', quoted = start[dollar] == '\'';
		g_autofree char *name =
			g_strndup(start + dollar + quoted,
				  (gsize)(at - start) - (gsize)dollar - 2 * (gsize)quoted);
		area->sheet = g_hash_table_lookup(grid->sheets, name);
		if (!area->sheet)
			return NULL;
	}
	at++;
	at += *at == '$';
	guint column = 0, row = 0;
	for (; g_ascii_isalpha(*at) && column < LAST; at++)
		column = column * 26 + (guint)(g_ascii_toupper(*at) - 'A') + 1;
	at += *at == '$';
	for (; g_ascii_isdigit(*at) && row < LAST; at++)
		row = row * 10 + (guint)(*at - '0');
	if (first) {
		area->column0 = column ? column - 1 : 0;
		area->row0 = row ? row - 1 : 0;
	}
	area->column1 = column ? column - 1 : LAST;
	area->row1 = row ? row - 1 : LAST;
	return at;
}

/* What stands between brackets. */
static gboolean read_reference(const Grid *grid, const char *at, Area *area)
{
	at = read_address(grid, at, area, TRUE);
	if (at && *at == ':')
		at = read_address(grid, at + 1, area, FALSE);
	return at && *at == ']' && area->row0 <= area->row1 && area->column0 <= area->column1;
}

static const char *skip_string(const char *at)
{
	const char *end = strchr(at + 1, '"');
	return end ? end + 1 : at + strlen(at);
}

/* All areas that a formula refers to; NULL when it refers to something else as well. Yours. */
static GArray *references_of(const Grid *grid, const LwNode *sheet, const char *formula)
{
	g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(Area));
	const char *at = strstr(formula, ":=");
	if (!g_str_has_prefix(formula, "of:=") || !at)
		return NULL;
	for (at += 2; *at;) {
		if (*at == '"') {
			at = skip_string(at);
		} else if (*at == '[') {
			Area area = {.sheet = sheet};
			if (!read_reference(grid, at + 1, &area))
				return NULL;
			g_array_append_val(areas, area);
			at = strchr(at, ']') + 1;
		} else if (g_ascii_isalpha(*at)) {
			at += strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
					 "0123456789_.");
			if (*at != '(')
				return NULL; /* a name, which stands for anything */
		} else if ((guchar)*at >= 0x80) {
			return NULL;
		} else {
			at++;
		}
	}
	return g_steal_pointer(&areas);
}

/* --- the grid --- */

static void note_sheets(Grid *grid, LwNode *body)
{
	for (LwNode *node = body; node; node = lw_node_following(node, body)) {
		char *name = lw_node_is(node, ODF_TABLE, "table")
				     ? lw_node_dup_attribute(node, ODF_TABLE, "name")
				     : NULL;
		if (name)
			g_hash_table_insert(grid->sheets, name, node);
	}
}

static void note_cell(Grid *grid, LwNode *cell, Area area)
{
	const LwMark *mark = g_hash_table_lookup(grid->work->cells, cell);
	if (mark && is_number(cell)) {
		g_array_append_val(grid->gone, area);
		grid->mark = grid->mark ? grid->mark : mark;
		return;
	}
	g_autofree char *text = mark ? NULL : lw_node_dup_attribute(cell, ODF_TABLE, "formula");
	if (!text)
		return;
	Formula formula = {cell, area, references_of(grid, area.sheet, text), FALSE};
	g_array_append_val(grid->formulas, formula);
}

static void note_rows(Grid *grid, const LwNode *sheet, LwNode *parent, guint *row)
{
	for (LwNode *child = lw_node_first(parent); child; child = lw_node_next(child)) {
		if (!lw_node_is(child, ODF_TABLE, "table-row")) {
			if (g_str_has_prefix(lw_node_name(child), "table-row") ||
			    strcmp(lw_node_name(child), "table-header-rows") == 0)
				note_rows(grid, sheet, child, row);
			continue;
		}
		const guint last = MIN(*row + repeats(child, "number-rows-repeated") - 1, LAST);
		guint column = 0;
		for (LwNode *cell = lw_node_first(child); cell; cell = lw_node_next(cell)) {
			if (lw_node_type(cell) != LW_NODE_ELEMENT)
				continue;
			const guint end =
				MIN(column + repeats(cell, "number-columns-repeated") - 1, LAST);
			note_cell(grid, cell, (Area){sheet, *row, last, column, end});
			column = MIN(end + 1, LAST);
		}
		*row = MIN(last + 1, LAST);
	}
}

static gboolean meet(const Area *a, const Area *b)
{
	return a->sheet == b->sheet && a->row0 <= b->row1 && b->row0 <= a->row1 &&
	       a->column0 <= b->column1 && b->column0 <= a->column1;
}

static gboolean depends(const Formula *formula, const GArray *gone, guint from)
{
	for (guint i = 0; formula->areas && i < formula->areas->len; i++) {
		for (guint j = from; j < gone->len; j++) {
			if (meet(&g_array_index(formula->areas, Area, i),
				 &g_array_index(gone, Area, j)))
				return TRUE;
		}
	}
	return !formula->areas;
}

/* What depends on what went goes; and so on, until nothing more does. */
static void spread(Grid *grid)
{
	guint64 work = 0;
	for (guint from = 0, next; from < grid->gone->len; from = next) {
		next = grid->gone->len;
		work += (guint64)(next - from) * grid->formulas->len;
		for (guint i = 0; i < grid->formulas->len; i++) {
			Formula *formula = &g_array_index(grid->formulas, Formula, i);
			if (formula->gone ||
			    (work < MOST_WORK && !depends(formula, grid->gone, from)))
				continue;
			formula->gone = TRUE;
			g_array_append_val(grid->gone, formula->area);
		}
	}
}

void lw_odf_follow_formulas(LwOdfWork *work)
{
	if (!g_hash_table_size(work->cells))
		return;
	g_autoptr(GArray) formulas = g_array_new(FALSE, FALSE, sizeof(Formula));
	g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(Area));
	g_autoptr(GHashTable) sheets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_array_set_clear_func(formulas, formula_clear);
	Grid grid = {work, formulas, gone, sheets, NULL};
	LwNode *body = lw_package_main(work->package)->body;
	note_sheets(&grid, body);
	for (LwNode *node = body; node; node = lw_node_following(node, body)) {
		guint row = 0;
		if (lw_node_is(node, ODF_TABLE, "table"))
			note_rows(&grid, node, node, &row);
	}
	spread(&grid);
	gboolean found = FALSE;
	for (guint i = 0; i < formulas->len && grid.mark; i++) {
		const Formula *formula = &g_array_index(formulas, Formula, i);
		if (!formula->gone || !is_number(formula->node))
			continue;
		lw_odf_label_cell(work, formula->node, grid.mark);
		found = TRUE;
	}
	if (found)
		lw_receipt_notice(work->receipt, "formula-result-removed", -1,
				  "the result of a formula over a removed number was removed");
}
