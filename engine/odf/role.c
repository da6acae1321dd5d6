/* role.c - what each element of OpenDocument is to a reader.
 *
 * What the tables do not name flows: its text is read in place, so that nothing visible is
 * overlooked. */
#include "engine/odf/text.h"

#include <stdlib.h>
#include <string.h>

#include "engine/odf/names.h"

typedef struct {
	const char *space, *name;
	LwOdfRole role;
} Entry;

static const Entry entries[] = {
	{ODF_TEXT, "p", LW_ODF_PARAGRAPH},
	{ODF_TEXT, "h", LW_ODF_PARAGRAPH},
	{ODF_TEXT, "s", LW_ODF_SPACE},
	{ODF_TEXT, "tab", LW_ODF_TAB},
	{ODF_TEXT, "line-break", LW_ODF_BREAK},
	{ODF_TABLE, "table-row", LW_ODF_ROW},
	{ODF_TABLE, "table-cell", LW_ODF_CELL},
	{ODF_TABLE, "covered-table-cell", LW_ODF_HIDDEN},
	{ODF_TEXT, "note", LW_ODF_ASIDE},
	{ODF_TEXT, "ruby-text", LW_ODF_ASIDE},
	{ODF_TEXT, "note-citation", LW_ODF_SILENT},
	{ODF_TEXT, "number", LW_ODF_SILENT},
	{ODF_TEXT, "hidden-paragraph", LW_ODF_SILENT},
	{ODF_TEXT, "tracked-changes", LW_ODF_HIDDEN},
	{ODF_TABLE, "tracked-changes", LW_ODF_HIDDEN},
	{ODF_TEXT, "variable-decls", LW_ODF_HIDDEN},
	{ODF_TEXT, "user-field-decls", LW_ODF_HIDDEN},
	{ODF_TEXT, "sequence-decls", LW_ODF_SILENT},
	{ODF_TEXT, "dde-connection-decls", LW_ODF_SILENT},
	{ODF_TEXT, "script", LW_ODF_HIDDEN},
	{ODF_TEXT, "toc-mark", LW_ODF_HIDDEN},
	{ODF_TEXT, "toc-mark-start", LW_ODF_HIDDEN},
	{ODF_TEXT, "user-index-mark", LW_ODF_HIDDEN},
	{ODF_TEXT, "user-index-mark-start", LW_ODF_HIDDEN},
	{ODF_TEXT, "alphabetical-index-mark", LW_ODF_HIDDEN},
	{ODF_TEXT, "alphabetical-index-mark-start", LW_ODF_HIDDEN},
	{ODF_TEXT, "table-of-content-source", LW_ODF_ALTERNATE},
	{ODF_TEXT, "illustration-index-source", LW_ODF_ALTERNATE},
	{ODF_TEXT, "table-index-source", LW_ODF_ALTERNATE},
	{ODF_TEXT, "object-index-source", LW_ODF_ALTERNATE},
	{ODF_TEXT, "user-index-source", LW_ODF_ALTERNATE},
	{ODF_TEXT, "alphabetical-index-source", LW_ODF_ALTERNATE},
	{ODF_TEXT, "bibliography-source", LW_ODF_ALTERNATE},
	{ODF_OFFICE, "annotation", LW_ODF_HIDDEN},
	{ODF_OFFICE, "forms", LW_ODF_ALTERNATE},
	{ODF_OFFICE, "binary-data", LW_ODF_SILENT},
	{ODF_OFFICE, "event-listeners", LW_ODF_SILENT},
	{ODF_OFFICE, "dde-source", LW_ODF_SILENT},
	{ODF_SVG, "title", LW_ODF_ALTERNATE},
	{ODF_SVG, "desc", LW_ODF_ALTERNATE},
	{ODF_TABLE, "title", LW_ODF_ALTERNATE},
	{ODF_TABLE, "desc", LW_ODF_ALTERNATE},
	{ODF_DRAW, "object", LW_ODF_OBJECT},
	{ODF_DRAW, "object-ole", LW_ODF_SILENT},
	{ODF_DRAW, "image-map", LW_ODF_ALTERNATE},
	{ODF_PRESENTATION, "notes", LW_ODF_HIDDEN},
	{ODF_STYLE, "handout-master", LW_ODF_HIDDEN},
	{ODF_TABLE, "content-validations", LW_ODF_SILENT},
	{ODF_TABLE, "named-expressions", LW_ODF_SILENT},
	{ODF_TABLE, "database-ranges", LW_ODF_SILENT},
	{ODF_TABLE, "data-pilot-tables", LW_ODF_SILENT},
	{ODF_TABLE, "label-ranges", LW_ODF_SILENT},
	{ODF_TABLE, "consolidation", LW_ODF_SILENT},
	{ODF_TABLE, "dde-links", LW_ODF_SILENT},
	{ODF_TABLE, "scenario", LW_ODF_SILENT},
	{ODF_MATH, "annotation", LW_ODF_SILENT},
	{ODF_DC, "date", LW_ODF_SILENT},
	{ODF_META, "date-string", LW_ODF_SILENT},
};

gboolean lw_odf_is_paragraph(const LwNode *node)
{
	return lw_node_is(node, ODF_TEXT, "p") || lw_node_is(node, ODF_TEXT, "h");
}

gboolean lw_odf_is_vocabulary(const char *space)
{
	static const char *const others[] = {
		ODF_XLINK,
		ODF_DC,
		ODF_XHTML,
		ODF_XML,
		ODF_LOEXT,
		ODF_OFFICEOOO,
		ODF_OOO,
		ODF_DRAWOOO,
		"http://openoffice.org/2009/table",
		ODF_MATH,
		"http://www.w3.org/2002/xforms",
		"http://www.w3.org/2001/xml-events",
		"http://www.w3.org/2001/XMLSchema",
		"http://www.w3.org/2001/XMLSchema-instance",
		"http://www.w3.org/TR/css3-text/",
		"http://www.w3.org/2003/g/data-view#",
		"http://openoffice.org/2004/calc",
		"http://openoffice.org/2004/writer",
		"http://openoffice.org/2005/report",
		"urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
		"urn:openoffice:names:experimental:ooxml-odf-interop:xmlns:form:1.0",
		"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
		NULL};
	return g_str_has_prefix(space, ODF) || g_strv_contains(others, space);
}

static int compare_words(const void *key, const void *word)
{
	return strcmp(key, *(const char *const *)word);
}

/* Attributes in which people write what they like. */
static gboolean is_free(const char *name)
{
	static const char *const names[] = {
		"href",	   "label",	   "title",  "value",	   "string-value", "current-value",
		"help",	   "help-message", "key1",   "key2",	   "description",  "condition",
		"formula", "url",	   "author", "identifier", "font-family",  NULL};
	return g_str_has_suffix(name, "name") || g_str_has_suffix(name, "names") ||
	       g_str_has_suffix(name, "id") || g_strv_contains(names, name);
}

gboolean lw_odf_is_keyword(const LwAttribute *attribute, const char *value)
{
	/* In the order of strcmp. */
	static const char *const words[] = {"1.0",
					    "1.1",
					    "1.2",
					    "1.3",
					    "1.4",
					    "_blank",
					    "_self",
					    "_top",
					    "above",
					    "accent",
					    "all",
					    "alternate",
					    "always",
					    "area",
					    "as-char",
					    "auto",
					    "auto-rtl",
					    "avoid",
					    "axial",
					    "background",
					    "baseline",
					    "below",
					    "bevel",
					    "bibliography",
					    "biggest",
					    "block",
					    "body",
					    "bold",
					    "boolean",
					    "both",
					    "bottom",
					    "butt",
					    "button",
					    "capitalize",
					    "cell",
					    "center",
					    "chapter",
					    "char",
					    "char-style-name",
					    "circle",
					    "collapse",
					    "collapsing",
					    "color",
					    "column",
					    "content.xml",
					    "context",
					    "continuous",
					    "currency",
					    "current",
					    "custom-shape",
					    "dash",
					    "dashed",
					    "date",
					    "day",
					    "decorative",
					    "default",
					    "description",
					    "document",
					    "dot",
					    "dot-dash",
					    "dotted",
					    "double",
					    "dynamic",
					    "ellipse",
					    "embed",
					    "embossed",
					    "empty",
					    "end",
					    "endnote",
					    "engraved",
					    "even",
					    "even-page",
					    "extra",
					    "false",
					    "fill",
					    "first",
					    "fixed",
					    "float",
					    "font",
					    "footnote",
					    "foreground",
					    "formula",
					    "frame",
					    "from-inside",
					    "from-left",
					    "from-top",
					    "full",
					    "get",
					    "graphic",
					    "gray",
					    "hanging",
					    "hidden",
					    "hours",
					    "html",
					    "hyperlink",
					    "ideograph-alpha",
					    "image/gif",
					    "image/jpeg",
					    "image/png",
					    "image/svg+xml",
					    "index",
					    "inherit",
					    "inline",
					    "inside",
					    "italic",
					    "justify",
					    "label-alignment",
					    "landscape",
					    "last",
					    "left",
					    "left-outside",
					    "letter",
					    "line",
					    "line-through",
					    "linear",
					    "list",
					    "list-tab",
					    "listtab",
					    "long",
					    "long-dash",
					    "loose",
					    "lowercase",
					    "lr",
					    "lr-tb",
					    "ltr",
					    "medium",
					    "meta.xml",
					    "middle",
					    "minutes",
					    "mirrored",
					    "miter",
					    "modern",
					    "mono",
					    "month",
					    "name",
					    "new",
					    "next",
					    "no-repeat",
					    "no-wrap",
					    "none",
					    "normal",
					    "nothing",
					    "number",
					    "oblique",
					    "odd",
					    "odd-page",
					    "onLoad",
					    "onRequest",
					    "outline",
					    "outside",
					    "page",
					    "page-content",
					    "paragraph",
					    "paragraph-content",
					    "paragraph-end",
					    "parallel",
					    "path",
					    "percentage",
					    "polygon",
					    "polyline",
					    "portrait",
					    "post",
					    "presentation-page",
					    "previous",
					    "push",
					    "radial",
					    "rectangle",
					    "repeat",
					    "replace",
					    "reset",
					    "right",
					    "rl",
					    "rl-tb",
					    "roman",
					    "round",
					    "rtl",
					    "ruby",
					    "run-through",
					    "scale",
					    "script",
					    "seconds",
					    "section",
					    "self",
					    "separate",
					    "settings.xml",
					    "shadow",
					    "short",
					    "simple",
					    "single",
					    "skip-white-space",
					    "small-caps",
					    "solid",
					    "space",
					    "square",
					    "standard",
					    "start",
					    "stretch",
					    "strict",
					    "string",
					    "styles.xml",
					    "sub",
					    "submit",
					    "super",
					    "swiss",
					    "system",
					    "table",
					    "table-cell",
					    "table-column",
					    "table-index-source",
					    "table-row",
					    "tb",
					    "tb-lr",
					    "tb-rl",
					    "template",
					    "text",
					    "text-indent",
					    "text/xml",
					    "thick",
					    "thin",
					    "time",
					    "title",
					    "top",
					    "transparent",
					    "true",
					    "underline",
					    "uppercase",
					    "url",
					    "user",
					    "value",
					    "variable",
					    "visible",
					    "watermark",
					    "wave",
					    "word",
					    "wrap",
					    "year"};
	static const char media[] = "application/vnd.oasis.opendocument.";
	if (g_str_has_prefix(value, media) &&
	    strspn(value + sizeof media - 1, "abcdefghijklmnopqrstuvwxyz-") ==
		    strlen(value + sizeof media - 1))
		return g_str_equal(lw_attribute_name(attribute), "media-type") ||
		       g_str_equal(lw_attribute_name(attribute), "mimetype");
	if (strcmp(value, "ooo:configuration-settings") == 0)
		return strcmp(lw_attribute_space(attribute), ODF_CONFIG) == 0;
	return bsearch(value, words, G_N_ELEMENTS(words), sizeof *words, compare_words) &&
	       !is_free(lw_attribute_name(attribute)) &&
	       lw_odf_is_vocabulary(lw_attribute_space(attribute));
}

/* Fields whose content is not shown. */
static gboolean is_switched_off(const LwNode *element)
{
	if (lw_node_is(element, ODF_TEXT, "hidden-text"))
		return !lw_node_attribute_is(element, ODF_TEXT, "is-hidden", "false");
	return (lw_node_is(element, ODF_TEXT, "variable-set") ||
		lw_node_is(element, ODF_TEXT, "user-field-get") ||
		lw_node_is(element, ODF_TEXT, "variable-get")) &&
	       lw_node_attribute_is(element, ODF_TEXT, "display", "none");
}

LwOdfRole lw_odf_role(const LwNode *element, const LwStyles *styles)
{
	const char *space = lw_node_space(element);
	const char *name = lw_node_name(element);
	if (lw_styles_hide(styles, element) || is_switched_off(element))
		return LW_ODF_HIDDEN;
	for (guint i = 0; i < G_N_ELEMENTS(entries); i++) {
		if (strcmp(entries[i].name, name) == 0 && strcmp(entries[i].space, space) == 0)
			return entries[i].role;
	}
	if (strcmp(space, ODF_ANIM) == 0)
		return LW_ODF_SILENT;
	if (strcmp(space, ODF_DRAW) == 0 || strcmp(space, ODF_DR3D) == 0)
		return LW_ODF_ASIDE;
	return LW_ODF_FLOW;
}
