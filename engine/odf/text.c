/* text.c - the one walk over a text document.
 *
 * The depth of the recursion is the depth of the XML, which base/xml bounds. What is not part of a
 * paragraph is queued and read after it, so that a paragraph's text is never broken. */
#include "engine/odf/text.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/odf/names.h"

#define MAX_SPACES 1024
#define MAX_GAP	   64 /* empty columns between two cells that are told apart */

typedef struct {
	LwNode *node;
	LwAttribute *attribute; /* or NULL: the node's own text */
	const LwStyles *styles;
} Later;

typedef struct {
	LwPackage *package;
	LwTextMap *map;
	GPtrArray *all_styles; /* LwStyles that somebody still needs */
	const LwStyles *styles;
	GQueue asides;
	GQueue hidden;
	guint rows;	/* table rows around us */
	guint32 line;	/* number of this line */
	gboolean space; /* white space now would collapse */
	gboolean full;
	gboolean draining; /* the queue of asides is being read */
} Walk;

static void read_blocks(Walk *walk, LwNode *parent);
static void read_inline(Walk *walk, LwNode *parent);

static void put_later(Walk *walk, GQueue *queue, LwNode *node, LwAttribute *attribute)
{
	Later *later = g_new(Later, 1);
	*later = (Later){node, attribute, walk->styles};
	g_queue_push_tail(queue, later);
}

/* Attributes that hold words of people. */
static gboolean is_words(const LwNode *element, const LwAttribute *attribute)
{
	static const char *const names[] = {"string-value",
					    "string-value-if-true",
					    "string-value-if-false",
					    "string-value-phonetic",
					    "key1",
					    "key2",
					    "key1-phonetic",
					    "key2-phonetic",
					    "help",
					    "help-message",
					    NULL};
	static const char *const form[] = {"label", "title", "value", "current-value", NULL};
	const char *name = lw_attribute_name(attribute);
	const char *space = lw_attribute_space(attribute);
	if (g_strv_contains(names, name))
		return TRUE;
	if (strcmp(space, ODF_FORM) == 0)
		return g_strv_contains(form, name);
	if (strcmp(space, ODF_OFFICE) == 0 || strcmp(space, ODF_XLINK) == 0)
		if (strcmp(name, "title") == 0)
			return TRUE;
	return strcmp(space, ODF_XLINK) == 0 && strcmp(name, "href") == 0 &&
	       (strcmp(lw_node_name(element), "a") == 0 ||
		strncmp(lw_node_name(element), "area-", 5) == 0);
}

static void note_attributes(Walk *walk, LwNode *element)
{
	for (LwAttribute *each = lw_attribute_first(element); each;
	     each = lw_attribute_next(each)) {
		if (!is_words(element, each))
			continue;
		g_autofree char *value = lw_attribute_dup_value(each);
		if (*value && *value != '#')
			put_later(walk, &walk->hidden, element, each);
	}
}

static void append(Walk *walk, const char *bytes, gsize length)
{
	if (walk->full || walk->map->text->len + length > LW_LIMIT_TEXT_BYTES) {
		walk->full = TRUE;
		return;
	}
	g_string_append_len(walk->map->text, bytes, (gssize)length);
}

static void add_piece(Walk *walk, LwPiece piece)
{
	GArray *pieces = walk->map->pieces;
	LwPiece *last = pieces->len ? &g_array_index(pieces, LwPiece, pieces->len - 1) : NULL;
	piece.line = walk->line;
	if (piece.type == LW_PIECE_TEXT && last && last->node == piece.node &&
	    last->type == LW_PIECE_TEXT && last->length == last->count &&
	    piece.length == piece.count && last->offset + last->count == piece.offset &&
	    last->start + last->length == piece.start) {
		last->length += piece.length;
		last->count += piece.count;
		return;
	}
	g_array_append_val(pieces, piece);
}

static gboolean is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* White space collapses as ODF 1.3 part 3, section 6.1.2 has it. */
static void read_text(Walk *walk, LwNode *node)
{
	const char *text = lw_node_text(node);
	for (gsize at = 0; text[at] && !walk->full;) {
		gsize end = at;
		LwPiece piece = {.type = LW_PIECE_TEXT, .node = node};
		piece.start = (guint32)walk->map->text->len;
		piece.offset = (guint32)at;
		if (is_white(text[at])) {
			while (is_white(text[end]))
				end++;
			if (!walk->space)
				append(walk, " ", 1);
			piece.length = walk->space ? 0 : 1;
			walk->space = TRUE;
		} else {
			while (text[end] && !is_white(text[end]))
				end++;
			append(walk, text + at, end - at);
			piece.length = (guint32)(end - at);
			walk->space = FALSE;
		}
		piece.count = (guint32)(end - at);
		if (piece.length && !walk->full)
			add_piece(walk, piece);
		at = end;
	}
}

static guint spaces_of(const LwNode *element)
{
	g_autofree char *count = lw_node_dup_attribute(element, ODF_TEXT, "c");
	const guint64 number = count ? g_ascii_strtoull(count, NULL, 10) : 1;
	return (guint)CLAMP(number, 1, MAX_SPACES);
}

static void read_character(Walk *walk, LwNode *element, char c, guint count)
{
	LwPiece piece = {.type = LW_PIECE_ELEMENT, .node = element, .length = count};
	piece.start = (guint32)walk->map->text->len;
	for (guint i = 0; i < count; i++)
		append(walk, &c, 1);
	if (!walk->full)
		add_piece(walk, piece);
	walk->space = FALSE;
}

static void note_figure(Walk *walk, LwNode *image)
{
	g_autofree char *href = lw_node_dup_attribute(image, ODF_XLINK, "href");
	char *name = href ? lw_package_dup_member(walk->package, image, href) : NULL;
	if (!name)
		return;
	LwMapFigure figure = {image, name, (guint32)walk->map->text->len};
	g_array_append_val(walk->map->figures, figure);
}

/* The pictures of a drawing, at the place of the drawing; not those in texts inside it. */
static void note_figures(Walk *walk, LwNode *drawing)
{
	if (lw_node_is(drawing, ODF_DRAW, "image"))
		note_figure(walk, drawing);
	for (LwNode *child = lw_node_first(drawing); child; child = lw_node_next(child)) {
		if (lw_node_type(child) == LW_NODE_ELEMENT && !lw_odf_is_paragraph(child))
			note_figures(walk, child);
	}
}

static void note_drawing(Walk *walk, LwNode *element)
{
	const LwNode *parent = lw_node_parent(element);
	if (!parent || strcmp(lw_node_space(parent), ODF_DRAW) != 0)
		note_figures(walk, element);
}

static const LwStyles *styles_of(Walk *walk, const LwPart *part, LwXml *tree)
{
	LwStyles *styles = lw_styles_new(part, tree);
	g_ptr_array_add(walk->all_styles, styles);
	return styles;
}

/* Each part is read once, where it is first referred to. */
static void read_object(Walk *walk, const LwNode *element)
{
	LwPart *part = lw_package_object(walk->package, element);
	if (!part || part->shown)
		return;
	const LwStyles *styles = walk->styles;
	part->shown = TRUE;
	walk->styles = styles_of(walk, part, part->content);
	put_later(walk, &walk->asides, part->body, NULL);
	walk->styles = styles;
}

static void read_inline_element(Walk *walk, LwNode *element)
{
	note_attributes(walk, element);
	switch (lw_odf_role(element, walk->styles)) {
	case LW_ODF_SPACE:
		read_character(walk, element, ' ', spaces_of(element));
		break;
	case LW_ODF_TAB:
		read_character(walk, element, '\t', 1);
		break;
	case LW_ODF_BREAK:
		read_character(walk, element, '\n', 1);
		break;
	case LW_ODF_ASIDE:
		note_drawing(walk, element);
		put_later(walk, &walk->asides, element, NULL);
		break;
	case LW_ODF_PARAGRAPH:
		put_later(walk, &walk->asides, element, NULL);
		break;
	case LW_ODF_ALTERNATE:
	case LW_ODF_HIDDEN:
		put_later(walk, &walk->hidden, element, NULL);
		break;
	case LW_ODF_OBJECT:
		read_object(walk, element);
		break;
	case LW_ODF_SILENT:
		break;
	default:
		read_inline(walk, element);
	}
}

static void read_inline(Walk *walk, LwNode *parent)
{
	for (LwNode *child = lw_node_first(parent); child; child = lw_node_next(child)) {
		if (lw_node_type(child) == LW_NODE_TEXT)
			read_text(walk, child);
		else if (lw_node_type(child) == LW_NODE_ELEMENT)
			read_inline_element(walk, child);
	}
}

static void begin_line(Walk *walk)
{
	walk->line++;
	walk->space = TRUE;
}

static void read_attribute(Walk *walk, const Later *later)
{
	g_autofree char *value = lw_attribute_dup_value(later->attribute);
	LwPiece piece = {
		.type = LW_PIECE_ATTRIBUTE, .node = later->node, .attribute = later->attribute};
	piece.start = (guint32)walk->map->text->len;
	piece.length = piece.count = (guint32)strlen(value);
	begin_line(walk);
	append(walk, value, piece.length);
	if (!walk->full)
		add_piece(walk, piece);
	append(walk, "\n", 1);
}

static gboolean has_paragraph(const LwNode *node)
{
	for (const LwNode *next = node; (next = lw_node_following(next, node));) {
		if (lw_odf_is_paragraph(next))
			return TRUE;
	}
	return FALSE;
}

static void read_later(Walk *walk, GQueue *queue)
{
	for (Later *later; (later = g_queue_pop_head(queue)); g_free(later)) {
		walk->styles = later->styles;
		const gsize before = walk->map->text->len;
		if (walk->full)
			continue;
		if (later->attribute) {
			read_attribute(walk, later);
		} else if (!lw_odf_is_paragraph(later->node) && has_paragraph(later->node)) {
			read_blocks(walk, later->node);
		} else {
			begin_line(walk);
			read_inline(walk, later->node);
			if (walk->map->text->len > before)
				append(walk, "\n", 1);
		}
	}
}

static void read_asides(Walk *walk)
{
	const LwStyles *styles = walk->styles;
	if (walk->rows || walk->draining)
		return; /* whoever is reading them comes back for these; a thousand notes are no
			   deep recursion */
	walk->draining = TRUE;
	read_later(walk, &walk->asides);
	walk->draining = FALSE;
	walk->styles = styles;
}

static void read_paragraph(Walk *walk, LwNode *paragraph)
{
	begin_line(walk);
	read_inline(walk, paragraph);
	append(walk, "\n", 1);
	read_asides(walk);
}

/* The line end of the last paragraph of a cell becomes the tab behind the cell. */
static void end_cell(Walk *walk, gsize before, char mark)
{
	GString *text = walk->map->text;
	if (text->len > before && !walk->full)
		text->str[text->len - 1] = mark;
	else
		append(walk, &mark, 1);
}

static guint columns_of(const LwNode *cell)
{
	g_autofree char *count = lw_node_dup_attribute(cell, ODF_TABLE, "number-columns-repeated");
	const guint64 number = count ? g_ascii_strtoull(count, NULL, 10) : 1;
	return (guint)CLAMP(number, 1, MAX_GAP);
}

/* Some producers leave it to the reader to print the value of a cell. */
static void spell_value(LwNode *cell)
{
	static const char *const names[] = {"string-value", "value", "date-value", "time-value",
					    "boolean-value"};
	for (guint i = 0; i < G_N_ELEMENTS(names) && !lw_node_first(cell); i++) {
		g_autofree char *value = lw_node_dup_attribute(cell, ODF_OFFICE, names[i]);
		if (value && *value)
			lw_node_add_text(lw_node_add(cell, ODF_TEXT, "text", "p"), value,
					 strlen(value));
	}
}

/* Tabs for the empty columns before this cell, then what is in it. */
static void read_cell(Walk *walk, LwNode *cell, guint *gap)
{
	spell_value(cell);
	note_attributes(walk, cell);
	if (lw_odf_role(cell, walk->styles) == LW_ODF_HIDDEN) {
		put_later(walk, &walk->hidden, cell, NULL);
	} else if (lw_node_first(cell)) {
		for (; *gap; --*gap)
			append(walk, "\t", 1);
		const gsize start = walk->map->text->len;
		read_blocks(walk, cell);
		end_cell(walk, start, '\t');
		*gap = columns_of(cell) - 1;
		return;
	}
	*gap = MIN(*gap + columns_of(cell), MAX_GAP);
}

static void read_row(Walk *walk, LwNode *row)
{
	const gsize before = walk->map->text->len;
	guint gap = 0;
	gboolean cells = FALSE;
	walk->rows++;
	for (LwNode *cell = lw_node_first(row); cell; cell = lw_node_next(cell)) {
		if (lw_node_type(cell) != LW_NODE_ELEMENT)
			continue;
		cells = TRUE;
		read_cell(walk, cell, &gap);
	}
	walk->rows--;
	if (cells)
		end_cell(walk, before, '\n');
	read_asides(walk);
}

/* The name of a sheet stands on its tab. */
static void read_sheet_name(Walk *walk, LwNode *table)
{
	Later later = {table, lw_node_attribute(table, ODF_TABLE, "name"), NULL};
	if (later.attribute && lw_node_is(lw_node_parent(table), ODF_OFFICE, "spreadsheet"))
		read_attribute(walk, &later);
}

static void read_block(Walk *walk, LwNode *element)
{
	note_attributes(walk, element);
	switch (lw_odf_role(element, walk->styles)) {
	case LW_ODF_PARAGRAPH:
		read_paragraph(walk, element);
		break;
	case LW_ODF_ROW:
		read_row(walk, element);
		break;
	case LW_ODF_ALTERNATE:
	case LW_ODF_HIDDEN:
		put_later(walk, &walk->hidden, element, NULL);
		break;
	case LW_ODF_OBJECT:
		read_object(walk, element);
		read_asides(walk);
		break;
	case LW_ODF_SILENT:
		break;
	case LW_ODF_ASIDE:
		note_drawing(walk, element);
		read_blocks(walk, element);
		break;
	default:
		if (lw_node_is(element, ODF_TABLE, "table"))
			read_sheet_name(walk, element);
		read_blocks(walk, element);
	}
}

static gboolean is_blank(const LwNode *node)
{
	const char *text = lw_node_text(node);
	return text[strspn(text, " \t\r\n")] == '\0';
}

static void read_blocks(Walk *walk, LwNode *parent)
{
	for (LwNode *child = lw_node_first(parent); child; child = lw_node_next(child)) {
		if (lw_node_type(child) == LW_NODE_ELEMENT) {
			read_block(walk, child);
		} else if (lw_node_type(child) == LW_NODE_TEXT && !is_blank(child)) {
			begin_line(walk);
			read_text(walk, child);
			append(walk, "\n", 1);
		}
	}
}

static void read_master_pages(Walk *walk, LwXml *styles)
{
	LwNode *group = lw_node_child(lw_xml_root(styles), ODF_OFFICE, "master-styles");
	if (group)
		read_blocks(walk, group);
}

/* Styles that people made have names that people gave. */
static void read_style_names(Walk *walk, LwXml *styles)
{
	LwNode *group = lw_node_child(lw_xml_root(styles), ODF_OFFICE, "styles");
	for (LwNode *node = group ? lw_node_first(group) : NULL; node; node = lw_node_next(node)) {
		if (!lw_node_is(node, ODF_STYLE, "style") || lw_styles_is_common(node))
			continue;
		LwAttribute *name = lw_node_attribute(node, ODF_STYLE, "display-name");
		if (!name)
			name = lw_node_attribute(node, ODF_STYLE, "name");
		if (name)
			put_later(walk, &walk->hidden, node, name);
	}
}

static void figure_clear(void *data)
{
	g_free(((LwMapFigure *)data)->name);
}

LwTextMap *lw_text_map_new(LwPackage *package, GError **error)
{
	g_autoptr(LwTextMap) map = g_new0(LwTextMap, 1);
	map->text = g_string_new(NULL);
	map->pieces = g_array_new(FALSE, FALSE, sizeof(LwPiece));
	map->figures = g_array_new(FALSE, FALSE, sizeof(LwMapFigure));
	g_array_set_clear_func(map->figures, figure_clear);
	LwPart *part = lw_package_main(package);
	for (guint i = 0; i < package->parts->len; i++)
		((LwPart *)package->parts->pdata[i])->shown = i == 0;
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)lw_styles_free);
	Walk walk = {.package = package, .map = map, .all_styles = all};
	g_queue_init(&walk.asides);
	g_queue_init(&walk.hidden);
	walk.styles = styles_of(&walk, part, part->content);
	read_blocks(&walk, part->body);
	read_asides(&walk);
	if (part->styles) {
		walk.styles = styles_of(&walk, part, part->styles);
		read_master_pages(&walk, part->styles);
		read_style_names(&walk, part->styles);
	}
	read_asides(&walk);
	map->visible = map->text->len;
	if (!g_queue_is_empty(&walk.hidden))
		append(&walk, "\n", 1);
	while (!g_queue_is_empty(&walk.hidden)) {
		read_later(&walk, &walk.hidden);
		read_asides(&walk);
	}
	if (walk.full) {
		g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE, "the text is too long");
		return NULL;
	}
	return g_steal_pointer(&map);
}

void lw_text_map_free(LwTextMap *map)
{
	if (!map)
		return;
	g_string_free(map->text, TRUE);
	g_array_unref(map->pieces);
	g_array_unref(map->figures);
	g_free(map);
}

guint lw_text_map_find(const LwTextMap *map, gsize offset)
{
	guint low = 0, high = map->pieces->len;
	while (low < high) {
		const guint middle = low + (high - low) / 2;
		const LwPiece *piece = &g_array_index(map->pieces, LwPiece, middle);
		if (piece->start + piece->length <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
