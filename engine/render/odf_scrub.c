/* odf_scrub.c - takes out of one XML part everything that no reader sees.
 *
 * Inside paragraphs a white list holds: what it does not name is a field or an extension, and gives
 * way to its visible text. Outside, the namespaces of ODF stay. Visible text is never touched here:
 * that was the burner's. */
#include "engine/render/odf_work.h"

#include <string.h>

#include "engine/odf/names.h"

typedef struct {
	LwOdfWork *work;
	LwStyles *styles;
} Scrub;

typedef enum {
	KEEP,
	DROP,
	UNWRAP,
	EMPTY, /* keep it, drop what it holds */
} Verdict;

/* Local names in the text namespace that may stand in a paragraph. */
static const char *const inline_names[] = {"p",
					   "h",
					   "span",
					   "s",
					   "tab",
					   "line-break",
					   "soft-page-break",
					   "note",
					   "note-citation",
					   "note-body",
					   "a",
					   "ruby",
					   "ruby-base",
					   "ruby-text",
					   "bookmark",
					   "bookmark-start",
					   "bookmark-end",
					   "reference-mark",
					   "reference-mark-start",
					   "reference-mark-end",
					   "page-number",
					   "page-count",
					   "page-continuation",
					   NULL};

/* Local names of any namespace that hold nothing for a reader. */
static const char *const dead_names[] = {"tracked-changes",
					 "change",
					 "change-start",
					 "change-end",
					 "annotation",
					 "annotation-end",
					 "variable-decls",
					 "user-field-decls",
					 "sequence-decls",
					 "dde-connection-decls",
					 "scripts",
					 "script",
					 "event-listeners",
					 "event-listener",
					 "dde-source",
					 "section-source",
					 "table-source",
					 "binary-data",
					 "image-map",
					 "hidden-paragraph",
					 "toc-mark",
					 "toc-mark-start",
					 "toc-mark-end",
					 "user-index-mark",
					 "user-index-mark-start",
					 "user-index-mark-end",
					 "alphabetical-index-mark",
					 "alphabetical-index-mark-start",
					 "alphabetical-index-mark-end",
					 "alphabetical-index-auto-mark-file",
					 "named-expressions",
					 "database-ranges",
					 "content-validations",
					 "data-pilot-tables",
					 "consolidation",
					 "dde-links",
					 "calculation-settings",
					 "model",
					 "font-face-src",
					 "connection-resource",
					 "object-ole",
					 "plugin",
					 "applet",
					 "floating-frame",
					 "settings",
					 "detective",
					 "label-ranges",
					 "cell-range-source",
					 "conditional-formats",
					 "sound",
					 "animations",
					 "animation-group",
					 "handout-master",
					 "filter",
					 "sort",
					 "scenario",
					 NULL};

/* Formulas have a namespace of their own. */
static gboolean is_odf(const char *space)
{
	return g_str_has_prefix(space, ODF) || strcmp(space, ODF_MATH) == 0;
}

/* Conditional formats tell what cells are compared with; those of numbers only tell signs and
 * colours apart. */
static gboolean is_telling_map(const LwNode *node)
{
	if (!lw_node_is(node, ODF_STYLE, "map"))
		return FALSE;
	g_autofree char *condition = lw_node_dup_attribute(node, ODF_STYLE, "condition");
	return !condition || strcmp(lw_node_space(lw_node_parent(node)), ODF_NUMBER) != 0 ||
	       !g_str_has_prefix(condition, "value()") ||
	       strspn(condition + 7, "<>=!-+.0123456789") != strlen(condition + 7);
}

static gboolean extension_stays(const LwNode *node)
{
	static const char *const names[] = {"graphic-properties", "header-first", "footer-first",
					    NULL};
	return strcmp(lw_node_space(node), ODF_LOEXT) == 0 &&
	       g_strv_contains(names, lw_node_name(node));
}

static gboolean subtree_is_secret(LwOdfWork *work, const LwNode *node)
{
	GString *text = g_string_new(NULL);
	for (const LwNode *each = node; each; each = lw_node_following(each, node)) {
		for (const LwNode *child = lw_node_first(each); child; child = lw_node_next(child))
			g_string_append(text, lw_node_text(child));
	}
	g_autofree char *all = g_string_free(text, FALSE);
	return lw_odf_is_secret(work, all);
}

/* A link that may stay leads to a web page, a mail address or a place in the document, and gives no
 * secret away. */
static gboolean link_is_harmless(LwOdfWork *work, const LwNode *node)
{
	static const char *const schemes[] = {"http:", "https:", "mailto:", "#", "tel:", NULL};
	g_autofree char *href = lw_node_dup_attribute(node, ODF_XLINK, "href");
	/* "#1.Title|outline" has the words of the title. */
	if (!href || lw_odf_is_secret(work, href) || (*href == '#' && strchr(href, '|')))
		return FALSE;
	for (guint i = 0; schemes[i]; i++) {
		if (g_ascii_strncasecmp(href, schemes[i], strlen(schemes[i])) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean is_link(const LwNode *node)
{
	return lw_node_is(node, ODF_TEXT, "a") || lw_node_is(node, ODF_DRAW, "a");
}

static Verdict verdict_on_hidden(const LwNode *node)
{
	if (lw_node_is(node, ODF_TABLE, "covered-table-cell") ||
	    lw_node_is(node, ODF_TABLE, "table-cell") || lw_node_is(node, ODF_TABLE, "table-row"))
		return EMPTY; /* a table keeps its grid */
	return DROP;
}

static Verdict verdict_in_paragraph(const LwNode *node)
{
	const char *space = lw_node_space(node);
	if (strcmp(space, ODF_TEXT) == 0)
		return g_strv_contains(inline_names, lw_node_name(node)) ? KEEP : UNWRAP;
	if (strcmp(space, ODF_DRAW) == 0 || strcmp(space, ODF_DR3D) == 0)
		return KEEP;
	/* Where the footer of a slide stands; its words are declared, and read, elsewhere. */
	if (strcmp(space, ODF_PRESENTATION) == 0)
		return KEEP;
	return UNWRAP;
}

static Verdict verdict_on(Scrub *scrub, const LwNode *node, gboolean in_paragraph)
{
	const LwOdfRole role = lw_odf_role(node, scrub->styles);
	if (lw_node_is(node, ODF_TEXT, "number") || is_telling_map(node) ||
	    strcmp(lw_node_space(node), ODF_ANIM) == 0 ||
	    g_strv_contains(dead_names, lw_node_name(node)))
		return DROP;
	if (role == LW_ODF_HIDDEN)
		return verdict_on_hidden(node);
	if (is_link(node) && !link_is_harmless(scrub->work, node))
		return UNWRAP;
	if ((lw_node_is(node, ODF_SVG, "title") || lw_node_is(node, ODF_SVG, "desc") ||
	     lw_node_is(node, ODF_TABLE, "title") || lw_node_is(node, ODF_TABLE, "desc")) &&
	    subtree_is_secret(scrub->work, node))
		return DROP;
	if (in_paragraph)
		return verdict_in_paragraph(node);
	return is_odf(lw_node_space(node)) || extension_stays(node) ? KEEP : DROP;
}

static gboolean attribute_is_dead(const LwNode *node, const LwAttribute *attribute)
{
	static const char *const dead[] = {"formula",
					   "number-matrix-columns-spanned",
					   "number-matrix-rows-spanned",
					   "content-validation-name",
					   "protection-key",
					   "protection-key-digest-algorithm",
					   "is-hidden",
					   "datasource",
					   "command",
					   "command-type",
					   "data-field",
					   "list-source",
					   "xforms-list-source",
					   "bind",
					   "target-location",
					   "linked-cell",
					   "source-cell-range",
					   "password",
					   "filter-name",
					   NULL};
	const char *space = lw_attribute_space(attribute);
	const char *name = lw_attribute_name(attribute);
	if (strcmp(space, ODF_XLINK) == 0 || strcmp(space, ODF_XML) == 0)
		return FALSE;
	if (strcmp(space, ODF_LOEXT) == 0)
		return strstr(name, "rsid") != NULL;
	if (!is_odf(space))
		return *space != '\0';
	if (g_strv_contains(dead, name))
		return TRUE;
	if (strcmp(name, "condition") == 0) /* that of numbers was judged with its style */
		return !lw_node_is(node, ODF_STYLE, "map");
	return lw_node_is(node, ODF_TEXT, "section") && strcmp(name, "display") == 0;
}

/* Names are changed, not dropped: others refer to them. */
static gboolean is_name(const char *name)
{
	return g_str_has_suffix(name, "name") || g_str_has_suffix(name, "names") ||
	       g_str_has_suffix(name, "id") || strcmp(name, "idref") == 0 ||
	       strcmp(name, "continue-list") == 0;
}

/* Names by which parts of a document find each other, and that no reader sees: they need not be
 * words. */
static gboolean is_anchor(const LwNode *node, const LwAttribute *attribute)
{
	static const struct {
		const char *space, *name;
	} anchors[] = {{ODF_XML, "id"},
		       {ODF_DRAW, "id"},
		       {ODF_DRAW, "control"},
		       {ODF_DRAW, "start-shape"},
		       {ODF_DRAW, "end-shape"},
		       {ODF_TEXT, "id"},
		       {ODF_TEXT, "name"},
		       {ODF_TEXT, "ref-name"},
		       {ODF_TEXT, "continue-list"},
		       {ODF_OFFICE, "name"},
		       {ODF_FORM, "id"},
		       {ODF_FORM, "name"},
		       {ODF_FORM, "for"},
		       {ODF_PRESENTATION, "name"},
		       {ODF_PRESENTATION, "use-header-name"},
		       {ODF_PRESENTATION, "use-footer-name"},
		       {ODF_PRESENTATION, "use-date-time-name"}};
	static const char *const definitions[] = {"gradient", "hatch",	     "fill-image", "marker",
						  "opacity",  "stroke-dash", "layer",	   NULL};
	const char *space = lw_attribute_space(attribute), *name = lw_attribute_name(attribute);
	for (guint i = 0; i < G_N_ELEMENTS(anchors); i++) {
		if (strcmp(anchors[i].name, name) == 0 && strcmp(anchors[i].space, space) == 0)
			return TRUE;
	}
	if (strcmp(name, "name") != 0)
		return FALSE;
	if (strcmp(space, ODF_DRAW) == 0)
		return !g_strv_contains(definitions, lw_node_name(node));
	/* Sheets are seen, and a chart knows its own table by name. */
	return strcmp(space, ODF_TABLE) == 0 && lw_node_is(node, ODF_TABLE, "table") &&
	       !lw_node_is(lw_node_parent(node), ODF_OFFICE, "spreadsheet") &&
	       !lw_node_is(lw_node_parent(node), ODF_CHART, "chart");
}

/* A name that says nothing, the same for the same. */
static const char *neutral_name(LwOdfWork *work, const char *name)
{
	static const char *const neutral[] = {"lakwerk", "page"};
	for (guint i = 0; i < G_N_ELEMENTS(neutral); i++) {
		const char *digits = name + strlen(neutral[i]);
		if (g_str_has_prefix(name, neutral[i]) && *digits &&
		    strspn(digits, "0123456789") == strlen(digits))
			return name;
	}
	return lw_odf_rename(work, name);
}

/* A link inside the document follows the name of what it leads to; sheets keep theirs. */
static void turn_link(LwOdfWork *work, const LwNode *node, LwAttribute *attribute, const char *href)
{
	if (*href != '#' || !href[1] ||
	    lw_node_is(lw_package_main(work->package)->body, ODF_OFFICE, "spreadsheet") ||
	    !is_link(node))
		return;
	g_autofree char *now = g_strconcat("#", neutral_name(work, href + 1), NULL);
	lw_attribute_set_value(attribute, now);
}

static void clean_attribute(LwOdfWork *work, const LwNode *node, LwAttribute *attribute)
{
	if (attribute_is_dead(node, attribute)) {
		lw_attribute_drop(attribute);
		return;
	}
	g_autofree char *value = lw_attribute_dup_value(attribute);
	const char *name = lw_attribute_name(attribute);
	if (*value && is_anchor(node, attribute)) {
		lw_attribute_set_value(attribute, neutral_name(work, value));
		return;
	}
	if (strcmp(name, "href") == 0)
		turn_link(work, node, attribute, value);
	/* Members of the package are renamed where the package is packed. */
	const gboolean member = strcmp(name, "href") == 0 && !is_link(node);
	if (member || !lw_odf_is_secret(work, value) || lw_odf_is_keyword(attribute, value))
		return;
	if (is_name(name)) {
		lw_attribute_set_value(attribute, lw_odf_rename(work, value));
		return;
	}
	lw_attribute_drop(attribute);
	work->receipt->strings_removed++;
}

static void clean_element(LwOdfWork *work, LwNode *node)
{
	LwAttribute *next;
	for (LwAttribute *each = lw_attribute_first(node); each; each = next) {
		next = lw_attribute_next(each);
		clean_attribute(work, node, each);
	}
	const char *prefix, *address;
	for (guint i = 0; lw_node_namespace(node, i, &prefix, &address); i++) {
		if (lw_odf_is_vocabulary(address))
			continue;
		if (lw_odf_is_secret(work, prefix) || lw_odf_is_secret(work, address))
			lw_node_forget_namespace(node, i);
	}
}

static void drop_counted(LwOdfWork *work, LwNode *node)
{
	if (lw_node_is(node, ODF_OFFICE, "annotation"))
		work->receipt->annotations_removed++;
	else if (lw_node_type(node) == LW_NODE_ELEMENT)
		work->receipt->strings_removed++;
	lw_node_drop(node);
}

/* What was read stays as it is. What was not goes: in paragraphs always, elsewhere (templates,
 * separators) with a secret. */
static void clean_text(LwOdfWork *work, LwNode *node, gboolean in_paragraph)
{
	const char *text = lw_node_text(node);
	const gboolean seen = g_hash_table_contains(work->seen, node);
	const gboolean citation = lw_node_is(lw_node_parent(node), ODF_TEXT, "note-citation");
	if ((seen && in_paragraph) || text[strspn(text, " \t\r\n")] == '\0')
		return;
	if ((seen || citation || !in_paragraph) && !lw_odf_is_secret(work, text))
		return;
	lw_node_set_text(node, "", 0);
	work->receipt->strings_removed++;
}

static gboolean holds_nothing(const LwNode *node)
{
	for (const LwNode *child = lw_node_first(node); child; child = lw_node_next(child)) {
		if (lw_node_type(child) != LW_NODE_TEXT || *lw_node_text(child))
			return FALSE;
	}
	return TRUE;
}

/* Does a paragraph's own text go on inside this element? */
static gboolean continues_paragraph(const LwNode *node, gboolean in_paragraph)
{
	if (lw_odf_is_paragraph(node))
		return TRUE;
	if (strcmp(lw_node_space(node), ODF_DRAW) == 0 || lw_node_is(node, ODF_TEXT, "note"))
		return FALSE;
	return in_paragraph;
}

static void drop_cell_texts(LwOdfWork *work, LwNode *node)
{
	g_autoptr(GPtrArray) gone = g_ptr_array_new(), cells = g_ptr_array_new();
	for (LwNode *each = node; each; each = lw_node_following(each, node)) {
		if (g_str_has_suffix(lw_node_name(each), "table-cell"))
			g_ptr_array_add(cells, each);
		if (each != node && !g_str_has_suffix(lw_node_name(each), "table-cell"))
			g_ptr_array_add(gone, each);
	}
	for (guint i = 0; i < gone->len; i++)
		lw_node_drop(g_ptr_array_index(gone, i));
	for (guint i = 0; i < cells->len; i++)
		lw_odf_cell_forget(g_ptr_array_index(cells, i));
	work->receipt->strings_removed += gone->len;
}

static void scrub_children(Scrub *scrub, LwNode *parent, gboolean in_paragraph);

static void scrub_element(Scrub *scrub, LwNode *node, gboolean in_paragraph)
{
	LwOdfWork *work = scrub->work;
	const Verdict verdict = verdict_on(scrub, node, in_paragraph);
	if (verdict == DROP) {
		drop_counted(work, node);
		return;
	}
	if (verdict == EMPTY)
		drop_cell_texts(work, node);
	else if (g_str_has_suffix(lw_node_name(node), "table-cell"))
		lw_odf_cell_settle(work, node);
	scrub_children(scrub, node, continues_paragraph(node, in_paragraph));
	clean_element(work, node);
	if (verdict == UNWRAP)
		lw_node_unwrap(node);
	else if ((lw_node_is(node, ODF_TEXT, "span") || is_link(node) ||
		  lw_node_is(node, ODF_DRAW, "g")) &&
		 holds_nothing(node))
		lw_node_drop(node);
}

static void scrub_children(Scrub *scrub, LwNode *parent, gboolean in_paragraph)
{
	LwNode *next;
	for (LwNode *child = lw_node_first(parent); child; child = next) {
		next = lw_node_next(child);
		if (lw_node_type(child) == LW_NODE_ELEMENT)
			scrub_element(scrub, child, in_paragraph);
		else if (lw_node_type(child) == LW_NODE_TEXT)
			clean_text(scrub->work, child, in_paragraph);
		else
			lw_node_drop(child);
	}
}

/* Every value of an attribute that may refer to a style. */
static void add_references(GHashTable *values, LwXml *tree)
{
	LwNode *root = lw_xml_root(tree);
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		for (LwAttribute *each = lw_attribute_first(node); each;
		     each = lw_attribute_next(each)) {
			const char *name = lw_attribute_name(each);
			if (strcmp(name, "name") != 0 && strcmp(name, "display-name") != 0 &&
			    g_strrstr(name, "name"))
				g_hash_table_add(values, lw_attribute_dup_value(each));
		}
	}
}

/* Slides find their styles by the name of their master page. */
static gboolean stays_unused(const LwNode *style)
{
	return !lw_node_is(style, ODF_STYLE, "style") ||
	       lw_node_attribute_is(style, ODF_STYLE, "family", "presentation") ||
	       lw_styles_is_common(style);
}

/* How many went. */
static guint drop_unused_styles(LwXml *tree, const char *group, GHashTable *used)
{
	LwNode *holder = lw_node_child(lw_xml_root(tree), ODF_OFFICE, group), *next;
	guint gone = 0;
	for (LwNode *style = holder ? lw_node_first(holder) : NULL; style; style = next) {
		next = lw_node_next(style);
		g_autofree char *name = lw_node_dup_attribute(style, ODF_STYLE, "name");
		if (!name || stays_unused(style) || g_hash_table_contains(used, name))
			continue;
		lw_node_drop(style);
		gone++;
	}
	return gone;
}

/* Styles of nothing may still tell what was there; one that only such a style used goes after it.
 */
void lw_odf_scrub_styles(LwOdfWork *work)
{
	g_autoptr(GPtrArray) trees = lw_package_trees(work->package);
	guint gone;
	do {
		gone = 0;
		for (guint i = 0; i < trees->len; i++) {
			LwXml *tree = trees->pdata[i];
			g_autoptr(GHashTable) used =
				g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
			const LwPart *part = lw_package_part_of(work->package, tree);
			add_references(used, tree);
			gone += drop_unused_styles(tree, "automatic-styles", used);
			if (tree != part->content)
				add_references(used, part->content);
			gone += drop_unused_styles(tree, "styles", used);
		}
	} while (gone);
}

void lw_odf_scrub(LwOdfWork *work, LwXml *part)
{
	g_autoptr(LwStyles) styles = lw_styles_new(lw_package_part_of(work->package, part), part);
	Scrub scrub = {work, styles};
	LwNode *root = lw_xml_root(part);
	scrub_children(&scrub, root, FALSE);
	clean_element(work, root);
	/* Comments and instructions beside the root. */
	LwNode *next;
	for (LwNode *node = lw_node_next(root); node; node = next) {
		next = lw_node_next(node);
		lw_node_drop(node);
	}
	for (LwNode *node = lw_node_previous(root); node; node = next) {
		next = lw_node_previous(node);
		lw_node_drop(node);
	}
}
