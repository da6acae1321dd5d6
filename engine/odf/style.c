/* style.c - looks up what styles, columns and layers hide.
 *
 * Chains of parents are followed at most PARENTS steps: they may be a circle. Cells of hidden
 * columns are found once, in one pass over the part. */
#include "engine/odf/style.h"

#include <string.h>

#include "engine/odf/names.h"

#define PARENTS	    32
#define MAX_COLUMNS 100000
#define CROP_LEAST  0.01 /* in whatever unit: less is a rounding of the program that wrote it */

typedef struct {
	char *parent, *clip;
	enum { SAYS_NOTHING, SHOWS, HIDES } display, cropped;
} Style;

struct LwStyles {
	GHashTable *automatic, *common; /* "family name" to Style */
	GHashTable *cells;		/* those of which every column is hidden */
	GHashTable *layers;		/* names of layers that are not shown */
};

static void style_free(void *data)
{
	Style *style = data;
	g_free(style->parent);
	g_free(style->clip);
	g_free(style);
}

/* "rect(0.5cm, 0cm, 0cm, 0cm)"; a negative length is a margin, and "auto" cuts nothing. */
static gboolean cuts_off(const char *clip)
{
	for (const char *at = clip; *at;) {
		char *end;
		const double length = g_ascii_strtod(at, &end);
		if (end == at) {
			at++;
			continue;
		}
		if (!(length < CROP_LEAST))
			return TRUE;
		at = end;
	}
	return FALSE;
}

/* Where each family of styles says that it hides, and the word with which. */
static const struct {
	const char *properties, *space, *name, *hides;
} switches[] = {
	{"text-properties", ODF_TEXT, "display", "none"},
	{"table-properties", ODF_TABLE, "display", "false"},
	{"drawing-page-properties", ODF_PRESENTATION, "visibility", "hidden"},
};

static int display_of(const LwNode *style)
{
	for (guint i = 0; i < G_N_ELEMENTS(switches); i++) {
		const LwNode *group = lw_node_child(style, ODF_STYLE, switches[i].properties);
		if (!group || !lw_node_attribute(group, switches[i].space, switches[i].name))
			continue;
		return lw_node_attribute_is(group, switches[i].space, switches[i].name,
					    switches[i].hides)
			       ? HIDES
			       : SHOWS;
	}
	return SAYS_NOTHING;
}

static void add_style(GHashTable *table, const LwNode *node)
{
	g_autofree char *name = lw_node_dup_attribute(node, ODF_STYLE, "name");
	g_autofree char *family = lw_node_dup_attribute(node, ODF_STYLE, "family");
	if (!name || !family)
		return;
	Style *style = g_new0(Style, 1);
	style->parent = lw_node_dup_attribute(node, ODF_STYLE, "parent-style-name");
	style->display = display_of(node);
	const LwNode *graphic = lw_node_child(node, ODF_STYLE, "graphic-properties");
	style->clip = graphic ? lw_node_dup_attribute(graphic, ODF_FO, "clip") : NULL;
	if (style->clip)
		style->cropped = cuts_off(style->clip) ? HIDES : SHOWS;
	g_hash_table_replace(table, g_strconcat(family, " ", name, NULL), style);
}

static void add_styles(GHashTable *table, LwXml *part, const char *group)
{
	LwNode *holder = part ? lw_node_child(lw_xml_root(part), ODF_OFFICE, group) : NULL;
	if (!holder)
		return;
	for (LwNode *node = lw_node_first(holder); node; node = lw_node_next(node)) {
		if (lw_node_is(node, ODF_STYLE, "style"))
			add_style(table, node);
	}
}

/* --- columns and layers --- */

static guint repeats(const LwNode *node)
{
	g_autofree char *count = lw_node_dup_attribute(node, ODF_TABLE, "number-columns-repeated");
	const guint64 number = count ? g_ascii_strtoull(count, NULL, 10) : 1;
	return (guint)CLAMP(number, 1, MAX_COLUMNS);
}

static gboolean is_folded(const LwNode *node)
{
	return lw_node_attribute_is(node, ODF_TABLE, "visibility", "collapse") ||
	       lw_node_attribute_is(node, ODF_TABLE, "visibility", "filter");
}

typedef struct {
	guint first, end;
} Range;

/* Ranges of hidden columns; groups of columns are looked into, rows are not. */
static void hidden_columns(const LwNode *parent, guint *at, GArray *ranges)
{
	for (const LwNode *child = lw_node_first(parent); child; child = lw_node_next(child)) {
		if (lw_node_is(child, ODF_TABLE, "table-column")) {
			const Range range = {*at, *at + repeats(child)};
			*at = MIN(range.end, MAX_COLUMNS);
			if (is_folded(child))
				g_array_append_val(ranges, range);
		} else if (lw_node_is(child, ODF_TABLE, "table-columns") ||
			   lw_node_is(child, ODF_TABLE, "table-header-columns") ||
			   lw_node_is(child, ODF_TABLE, "table-column-group")) {
			hidden_columns(child, at, ranges);
		}
	}
}

static gboolean all_hidden(const GArray *ranges, guint first, guint end)
{
	guint next = first;
	for (guint i = 0; i < ranges->len && next < end; i++) {
		const Range *range = &g_array_index(ranges, Range, i);
		if (range->first <= next && range->end > next)
			next = range->end;
	}
	return next >= end;
}

static void note_cells(LwStyles *styles, LwNode *row, const GArray *ranges)
{
	guint at = 0;
	for (LwNode *cell = lw_node_first(row); cell; cell = lw_node_next(cell)) {
		if (lw_node_type(cell) != LW_NODE_ELEMENT)
			continue;
		const guint end = MIN(at + repeats(cell), 2 * MAX_COLUMNS);
		if (all_hidden(ranges, at, end))
			g_hash_table_add(styles->cells, cell);
		at = MIN(end, MAX_COLUMNS);
	}
}

/* The rows of this table, not those of tables inside its cells. */
static void note_rows(LwStyles *styles, LwNode *parent, const GArray *ranges)
{
	for (LwNode *child = lw_node_first(parent); child; child = lw_node_next(child)) {
		if (lw_node_is(child, ODF_TABLE, "table-row"))
			note_cells(styles, child, ranges);
		else if (g_str_has_prefix(lw_node_name(child), "table-row") ||
			 g_str_has_prefix(lw_node_name(child), "table-header-row"))
			note_rows(styles, child, ranges);
	}
}

static void note_table(LwStyles *styles, LwNode *table)
{
	g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(Range));
	guint columns = 0;
	hidden_columns(table, &columns, ranges);
	if (ranges->len)
		note_rows(styles, table, ranges);
}

static void note_layer(LwStyles *styles, const LwNode *layer)
{
	char *name = lw_node_dup_attribute(layer, ODF_DRAW, "name");
	if (name && (lw_node_attribute_is(layer, ODF_DRAW, "display", "none") ||
		     lw_node_attribute_is(layer, ODF_DRAW, "display", "printer")))
		g_hash_table_add(styles->layers, name);
	else
		g_free(name);
}

static void note_hidden(LwStyles *styles, LwXml *tree)
{
	LwNode *root = lw_xml_root(tree);
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		if (lw_node_is(node, ODF_TABLE, "table"))
			note_table(styles, node);
		else if (lw_node_is(node, ODF_DRAW, "layer"))
			note_layer(styles, node);
	}
}

LwStyles *lw_styles_new(const LwPart *part, LwXml *tree)
{
	LwStyles *styles = g_new0(LwStyles, 1);
	styles->automatic = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
	styles->common = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
	styles->cells = g_hash_table_new(NULL, NULL);
	styles->layers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	add_styles(styles->common, part->styles, "styles");
	add_styles(styles->automatic, tree, "automatic-styles");
	note_hidden(styles, tree);
	if (part->styles && part->styles != tree)
		note_hidden(styles, part->styles);
	return styles;
}

void lw_styles_free(LwStyles *styles)
{
	if (!styles)
		return;
	g_hash_table_unref(styles->automatic);
	g_hash_table_unref(styles->common);
	g_hash_table_unref(styles->cells);
	g_hash_table_unref(styles->layers);
	g_free(styles);
}

static const Style *find_style(const LwStyles *styles, const char *family, const char *name)
{
	g_autofree char *key = g_strconcat(family, " ", name, NULL);
	const Style *style = g_hash_table_lookup(styles->automatic, key);
	return style ? style : g_hash_table_lookup(styles->common, key);
}

static const Style *parent_style(const LwStyles *styles, const char *family, const Style *style)
{
	if (!style->parent)
		return NULL;
	g_autofree char *key = g_strconcat(family, " ", style->parent, NULL);
	return g_hash_table_lookup(styles->common, key);
}

static gboolean style_hides(const LwStyles *styles, const char *family, const char *name)
{
	const Style *style = find_style(styles, family, name);
	for (guint i = 0; style && i < PARENTS; i++) {
		if (style->display != SAYS_NOTHING)
			return style->display == HIDES;
		style = parent_style(styles, family, style);
	}
	return FALSE;
}

const char *lw_styles_clip(const LwStyles *styles, const LwNode *frame)
{
	static const struct {
		const char *space, *family;
	} families[] = {{ODF_DRAW, "graphic"}, {ODF_PRESENTATION, "presentation"}};
	for (guint f = 0; f < G_N_ELEMENTS(families); f++) {
		g_autofree char *name =
			lw_node_dup_attribute(frame, families[f].space, "style-name");
		const Style *style = name ? find_style(styles, families[f].family, name) : NULL;
		for (guint i = 0; style && i < PARENTS; i++) {
			if (style->cropped != SAYS_NOTHING)
				return style->cropped == HIDES ? style->clip : NULL;
			style = parent_style(styles, families[f].family, style);
		}
	}
	return NULL;
}

static gboolean section_hides(const LwNode *section)
{
	if (lw_node_attribute_is(section, ODF_TEXT, "display", "none"))
		return TRUE;
	return lw_node_attribute_is(section, ODF_TEXT, "display", "condition") &&
	       lw_node_attribute_is(section, ODF_TEXT, "is-hidden", "true");
}

/* A paragraph in which a hidden-paragraph field holds. */
static gboolean paragraph_is_switched_off(const LwNode *paragraph)
{
	const LwNode *node = paragraph;
	while ((node = lw_node_following(node, paragraph))) {
		if (lw_node_is(node, ODF_TEXT, "hidden-paragraph") &&
		    lw_node_attribute_is(node, ODF_TEXT, "is-hidden", "true"))
			return TRUE;
	}
	return FALSE;
}

static gboolean named_style_hides(const LwStyles *styles, const LwNode *element, const char *space,
				  const char *family)
{
	g_autofree char *style = lw_node_dup_attribute(element, space, "style-name");
	return styles && style && style_hides(styles, family, style);
}

static gboolean shape_hides(const LwStyles *styles, const LwNode *shape)
{
	g_autofree char *layer = lw_node_dup_attribute(shape, ODF_DRAW, "layer");
	if (layer && styles && g_hash_table_contains(styles->layers, layer))
		return TRUE;
	return lw_node_attribute_is(shape, ODF_DRAWOOO, "display", "none") ||
	       lw_node_attribute_is(shape, ODF_DRAWOOO, "display", "printer");
}

static gboolean table_hides(const LwStyles *styles, const LwNode *element)
{
	const char *name = lw_node_name(element);
	if (strcmp(name, "table-row") == 0)
		return is_folded(element);
	if (strcmp(name, "table") == 0)
		return named_style_hides(styles, element, ODF_TABLE, "table");
	return styles && g_hash_table_contains(styles->cells, element);
}

static gboolean text_hides(const LwStyles *styles, const LwNode *element)
{
	const char *name = lw_node_name(element);
	if (strcmp(name, "section") == 0)
		return section_hides(element);
	const gboolean span = strcmp(name, "span") == 0;
	if (!span && strcmp(name, "p") != 0 && strcmp(name, "h") != 0)
		return FALSE;
	if (named_style_hides(styles, element, ODF_TEXT, span ? "text" : "paragraph"))
		return TRUE;
	return !span && paragraph_is_switched_off(element);
}

gboolean lw_styles_hide(const LwStyles *styles, const LwNode *element)
{
	const char *space = lw_node_space(element);
	if (strcmp(space, ODF_TABLE) == 0)
		return table_hides(styles, element);
	if (lw_node_is(element, ODF_DRAW, "page"))
		return named_style_hides(styles, element, ODF_DRAW, "drawing-page");
	if (strcmp(space, ODF_DRAW) == 0 || strcmp(space, ODF_DR3D) == 0)
		return shape_hides(styles, element);
	return strcmp(space, ODF_TEXT) == 0 && text_hides(styles, element);
}

/* Words of the names that office programs give their styles; in files they are English. */
static const char *const common_words[] = {"accent",
					   "addressee",
					   "and",
					   "anchor",
					   "appendix",
					   "arrow",
					   "background",
					   "backgroundobjects",
					   "bad",
					   "bibliography",
					   "block",
					   "blank",
					   "body",
					   "bullet",
					   "caption",
					   "centered",
					   "char",
					   "character",
					   "characters",
					   "citation",
					   "closing",
					   "comment",
					   "complimentary",
					   "cont.",
					   "content",
					   "contents",
					   "crossed",
					   "dashed",
					   "dash",
					   "default",
					   "definition",
					   "dimension",
					   "dotted",
					   "drawing",
					   "emphasis",
					   "end",
					   "endnote",
					   "entry",
					   "error",
					   "example",
					   "figure",
					   "fill",
					   "filled",
					   "first",
					   "footer",
					   "footnote",
					   "footnotes",
					   "frame",
					   "good",
					   "graphic",
					   "graphics",
					   "hanging",
					   "header",
					   "heading",
					   "headings",
					   "horizontal",
					   "hyperlink",
					   "illustration",
					   "indent",
					   "index",
					   "internet",
					   "key",
					   "label",
					   "labels",
					   "landscape",
					   "left",
					   "level",
					   "line",
					   "lines",
					   "link",
					   "list",
					   "long",
					   "main",
					   "marginalia",
					   "neutral",
					   "no",
					   "note",
					   "notes",
					   "number",
					   "numbering",
					   "numbers",
					   "object",
					   "objects",
					   "objectwithoutfill",
					   "objectwitharrow",
					   "objectwithshadow",
					   "of",
					   "ole",
					   "opening",
					   "outline",
					   "outlined",
					   "page",
					   "placeholder",
					   "preformatted",
					   "quotations",
					   "reference",
					   "result",
					   "right",
					   "rubies",
					   "salutation",
					   "sender",
					   "separator",
					   "shapes",
					   "short",
					   "signature",
					   "slide",
					   "source",
					   "standard",
					   "start",
					   "status",
					   "strong",
					   "style",
					   "subject",
					   "subtitle",
					   "symbol",
					   "symbols",
					   "table",
					   "tables",
					   "teletype",
					   "text",
					   "textbody",
					   "title",
					   "user",
					   "variable",
					   "vertical",
					   "visited",
					   "warning",
					   "watermark",
					   "with",
					   "without",
					   "wordwrap"};

/* Numbers, and words that every program uses. */
static gboolean is_common_word(const char *word)
{
	gsize length = strlen(word);
	while (length && g_ascii_isdigit(word[length - 1]))
		length--;
	if (!length)
		return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(common_words); i++) {
		if (strlen(common_words[i]) == length &&
		    g_ascii_strncasecmp(common_words[i], word, length) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean is_common_name(const char *name)
{
	g_auto(GStrv) escaped = g_strsplit(name, "_20_", -1);
	g_autofree char *plain = g_strjoinv(" ", escaped);
	g_auto(GStrv) words = g_strsplit_set(plain, " -~", -1);
	for (guint i = 0; words[i]; i++) {
		if (!is_common_word(words[i]))
			return FALSE;
	}
	return TRUE;
}

gboolean lw_styles_is_common(const LwNode *style)
{
	g_autofree char *name = lw_node_dup_attribute(style, ODF_STYLE, "name");
	g_autofree char *shown = lw_node_dup_attribute(style, ODF_STYLE, "display-name");
	return name && is_common_name(name) && (!shown || is_common_name(shown));
}
