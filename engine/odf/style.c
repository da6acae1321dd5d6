/* style.c - looks up what styles hide.
 *
 * Chains of parents are followed at most PARENTS steps: they may be a circle. */
#include "engine/odf/style.h"

#include <string.h>

#include "engine/odf/names.h"

#define PARENTS	   32
#define CROP_LEAST 0.01 /* in whatever unit: less is a rounding of the program that wrote it */

typedef struct {
	char *parent;
	enum { SAYS_NOTHING, SHOWS, HIDES } display, clip;
} Style;

struct LwStyles {
	GHashTable *automatic, *common; /* "family name" to Style */
};

static void style_free(void *data)
{
	Style *style = data;
	g_free(style->parent);
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

static void add_style(GHashTable *table, const LwNode *node)
{
	g_autofree char *name = lw_node_dup_attribute(node, ODF_STYLE, "name");
	g_autofree char *family = lw_node_dup_attribute(node, ODF_STYLE, "family");
	if (!name || !family)
		return;
	Style *style = g_new0(Style, 1);
	style->parent = lw_node_dup_attribute(node, ODF_STYLE, "parent-style-name");
	const LwNode *properties = lw_node_child(node, ODF_STYLE, "text-properties");
	if (properties && lw_node_attribute(properties, ODF_TEXT, "display")) {
		const gboolean none = lw_node_attribute_is(properties, ODF_TEXT, "display", "none");
		style->display = none ? HIDES : SHOWS;
	}
	const LwNode *graphic = lw_node_child(node, ODF_STYLE, "graphic-properties");
	g_autofree char *clip = graphic ? lw_node_dup_attribute(graphic, ODF_FO, "clip") : NULL;
	if (clip)
		style->clip = cuts_off(clip) ? HIDES : SHOWS;
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

LwStyles *lw_styles_new(const LwPackage *package, LwXml *part)
{
	LwStyles *styles = g_new0(LwStyles, 1);
	styles->automatic = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
	styles->common = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, style_free);
	add_styles(styles->common, package->styles, "styles");
	add_styles(styles->automatic, part, "automatic-styles");
	return styles;
}

void lw_styles_free(LwStyles *styles)
{
	if (!styles)
		return;
	g_hash_table_unref(styles->automatic);
	g_hash_table_unref(styles->common);
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

gboolean lw_styles_crop(const LwStyles *styles, const LwNode *frame)
{
	g_autofree char *name = lw_node_dup_attribute(frame, ODF_DRAW, "style-name");
	const Style *style = name ? find_style(styles, "graphic", name) : NULL;
	for (guint i = 0; style && i < PARENTS; i++) {
		if (style->clip != SAYS_NOTHING)
			return style->clip == HIDES;
		style = parent_style(styles, "graphic", style);
	}
	return FALSE;
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

static gboolean row_hides(const LwNode *row)
{
	return lw_node_attribute_is(row, ODF_TABLE, "visibility", "collapse") ||
	       lw_node_attribute_is(row, ODF_TABLE, "visibility", "filter");
}

gboolean lw_styles_hide(const LwStyles *styles, const LwNode *element)
{
	const char *name = lw_node_name(element);
	if (lw_node_is(element, ODF_TABLE, "table-row"))
		return row_hides(element);
	if (strcmp(lw_node_space(element), ODF_TEXT) != 0)
		return FALSE;
	if (strcmp(name, "section") == 0)
		return section_hides(element);
	const gboolean span = strcmp(name, "span") == 0;
	if (!span && strcmp(name, "p") != 0 && strcmp(name, "h") != 0)
		return FALSE;
	g_autofree char *style = lw_node_dup_attribute(element, ODF_TEXT, "style-name");
	if (styles && style && style_hides(styles, span ? "text" : "paragraph", style))
		return TRUE;
	return !span && paragraph_is_switched_off(element);
}
