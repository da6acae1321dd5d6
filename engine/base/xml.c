/* xml.c - the only file that knows libxml2.
 *
 * Never XML_PARSE_NOENT, HUGE or DTDLOAD. Nodes are linked by hand where libxml2 would merge
 * neighbouring texts and free one of them. */
#include "engine/base/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "engine/base/error.h"
#include "engine/base/limits.h"

#define MAX_ATTRIBUTES 1000

static void on_document_type(void *context, const xmlChar *name, const xmlChar *external,
			     const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	xmlParserCtxtPtr parser = context;
	parser->wellFormed = 0;
	xmlStopParser(parser);
}

/* The library prints nothing, and neither does what it stands on. */
static void on_error(void *context, xmlErrorPtr error)
{
	(void)context, (void)error;
}

static gboolean is_too_deep(const xmlNode *root)
{
	guint depth = 1;
	for (const xmlNode *node = root; node;) {
		if (depth > LW_LIMIT_XML_DEPTH)
			return TRUE;
		if (node->type == XML_ELEMENT_NODE && node->children) {
			node = node->children;
			depth++;
			continue;
		}
		while (node != root && !node->next) {
			node = node->parent;
			depth--;
		}
		if (node == root)
			return FALSE;
		node = node->next;
	}
	return FALSE;
}

/* Past the end of what starts with "<!" or "<?" here. */
static gsize skip_special(const char *text, gsize at, gsize length)
{
	const char *end = text[at + 1] == '?' ? "?>" : ">";
	if (length - at >= 4 && memcmp(text + at, "<!--", 4) == 0)
		end = "-->";
	else if (length - at >= 9 && memcmp(text + at, "<![CDATA[", 9) == 0)
		end = "]]>";
	const char *found = memmem(text + at, length - at, end, strlen(end));
	return found ? (gsize)(found - text) : length;
}

/* Comparing the attributes of one element with each other takes the square of their number. */
static gboolean has_too_many_attributes(const char *text, gsize length)
{
	guint count = 0;
	gboolean inside = FALSE;
	for (gsize at = 0; at < length; at++) {
		if (!inside && text[at] == '<' && at + 1 < length &&
		    (text[at + 1] == '!' || text[at + 1] == '?')) {
			at = skip_special(text, at, length);
		} else if (!inside) {
			inside = text[at] == '<';
			count = 0;
		} else if (text[at] == '"' || text[at] == '\'') {
			const char *end = memchr(text + at + 1, text[at], length - at - 1);
			at = end ? (gsize)(end - text) : length;
			if (++count > MAX_ATTRIBUTES)
				return TRUE;
		} else if (text[at] == '>') {
			inside = FALSE;
		}
	}
	return FALSE;
}

LwXml *lw_xml_load(GBytes *bytes, GError **error)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	const int options =
		XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
	const gboolean sane = length && length < G_MAXINT && !has_too_many_attributes(data, length);
	xmlParserCtxtPtr parser = sane ? xmlNewParserCtxt() : NULL;
	xmlDocPtr doc = NULL;
	if (parser) {
		parser->sax->internalSubset = on_document_type;
		parser->sax->serror = on_error;
		doc = xmlCtxtReadMemory(parser, data, (int)length, NULL, NULL, options);
		xmlFreeParserCtxt(parser);
	}
	if (doc && (doc->intSubset || !xmlDocGetRootElement(doc) ||
		    is_too_deep(xmlDocGetRootElement(doc)))) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	if (!doc) {
		g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE,
			    "an XML part is malformed, too deep or has a document type");
		return NULL;
	}
	doc->_private = g_ptr_array_new_with_free_func((GDestroyNotify)xmlFreeNode);
	return doc;
}

LwXml *lw_xml_copy(const LwNode *element)
{
	xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
	g_assert(doc);
	xmlDocSetRootElement(doc, xmlDocCopyNode((xmlNodePtr)element, doc, 1));
	g_assert(xmlDocGetRootElement(doc));
	doc->_private = g_ptr_array_new_with_free_func((GDestroyNotify)xmlFreeNode);
	return doc;
}

void lw_xml_free(LwXml *xml)
{
	if (!xml)
		return;
	g_ptr_array_unref(xml->_private);
	xmlFreeDoc(xml);
}

LwNode *lw_xml_root(LwXml *xml)
{
	return xmlDocGetRootElement(xml);
}

GBytes *lw_xml_dump(LwXml *xml)
{
	xmlChar *text = NULL;
	int length = 0;
	xmlDocDumpMemoryEnc(xml, &text, &length, "UTF-8");
	g_assert(text && length > 0);
	return g_bytes_new_with_free_func(text, (gsize)length, xmlFree, text);
}

LwXml *lw_node_document(const LwNode *node)
{
	return node->doc;
}

LwNodeType lw_node_type(const LwNode *node)
{
	if (node->type == XML_ELEMENT_NODE)
		return LW_NODE_ELEMENT;
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		return LW_NODE_TEXT;
	return LW_NODE_OTHER;
}

const char *lw_node_name(const LwNode *node)
{
	return node->type == XML_ELEMENT_NODE ? (const char *)node->name : "";
}

const char *lw_node_space(const LwNode *node)
{
	if (node->type != XML_ELEMENT_NODE || !node->ns || !node->ns->href)
		return "";
	return (const char *)node->ns->href;
}

gboolean lw_node_is(const LwNode *node, const char *space, const char *name)
{
	return node && strcmp(lw_node_name(node), name) == 0 &&
	       strcmp(lw_node_space(node), space) == 0;
}

LwNode *lw_node_first(const LwNode *node)
{
	return node->type == XML_ELEMENT_NODE ? node->children : NULL;
}

LwNode *lw_node_next(const LwNode *node)
{
	return node->next;
}

LwNode *lw_node_previous(const LwNode *node)
{
	return node->prev;
}

LwNode *lw_node_parent(const LwNode *node)
{
	return node->parent && node->parent->type == XML_ELEMENT_NODE ? node->parent : NULL;
}

static LwNode *next_any(const LwNode *node, const LwNode *top)
{
	if (node->type == XML_ELEMENT_NODE && node->children)
		return node->children;
	while (node != top && !node->next) {
		node = node->parent;
		if (!node)
			return NULL;
	}
	return node == top ? NULL : node->next;
}

LwNode *lw_node_following(const LwNode *node, const LwNode *top)
{
	LwNode *next = next_any(node, top);
	while (next && next->type != XML_ELEMENT_NODE)
		next = next_any(next, top);
	return next;
}

LwNode *lw_node_child(const LwNode *node, const char *space, const char *name)
{
	for (LwNode *child = lw_node_first(node); child; child = child->next) {
		if (lw_node_is(child, space, name))
			return child;
	}
	return NULL;
}

const char *lw_node_text(const LwNode *node)
{
	if (lw_node_type(node) != LW_NODE_TEXT || !node->content)
		return "";
	return (const char *)node->content;
}

void lw_node_set_text(LwNode *node, const char *text, gsize length)
{
	g_assert(lw_node_type(node) == LW_NODE_TEXT);
	g_autofree char *copy = g_strndup(text, length); /* text may be part of the node's own */
	xmlNodeSetContent(node, NULL);
	xmlNodeAddContentLen(node, BAD_CAST copy, (int)strlen(copy));
}

/* Without a prefix: no namespace, or the one that holds here. */
static xmlNsPtr namespace_for(xmlNodePtr node, const char *space, const char *prefix)
{
	if (!prefix)
		return *space ? xmlSearchNsByHref(node->doc, node, BAD_CAST space) : NULL;
	xmlNsPtr found = xmlSearchNsByHref(node->doc, node, BAD_CAST space);
	/* An attribute needs a prefix, and the element takes the same. */
	if (found && found->prefix)
		return found;
	xmlNodePtr root = xmlDocGetRootElement(node->doc);
	g_autofree char *name = g_strdup(prefix);
	for (guint i = 1; xmlSearchNs(node->doc, node, BAD_CAST name); i++) {
		g_free(name);
		name = g_strdup_printf("%s%u", prefix, i);
	}
	xmlNsPtr made = xmlNewNs(root, BAD_CAST space, BAD_CAST name);
	return made ? made : xmlNewNs(node, BAD_CAST space, BAD_CAST name);
}

static void link_between(xmlNodePtr node, xmlNodePtr parent, xmlNodePtr before, xmlNodePtr after)
{
	node->parent = parent;
	node->prev = before;
	node->next = after;
	if (before)
		before->next = node;
	else
		parent->children = node;
	if (after)
		after->prev = node;
	else
		parent->last = node;
}

static LwNode *new_element(xmlNodePtr place, const char *space, const char *prefix,
			   const char *name)
{
	xmlNsPtr ns = namespace_for(place, space, prefix);
	return xmlNewDocNode(place->doc, ns, BAD_CAST name, NULL);
}

LwNode *lw_node_add(LwNode *parent, const char *space, const char *prefix, const char *name)
{
	LwNode *node = new_element(parent, space, prefix, name);
	link_between(node, parent, parent->last, NULL);
	return node;
}

LwNode *lw_node_add_text(LwNode *parent, const char *text, gsize length)
{
	LwNode *node = xmlNewDocTextLen(parent->doc, BAD_CAST text, (int)length);
	link_between(node, parent, parent->last, NULL);
	return node;
}

LwNode *lw_node_insert_before(LwNode *place, const char *space, const char *prefix,
			      const char *name)
{
	LwNode *node = new_element(place->parent, space, prefix, name);
	link_between(node, place->parent, place->prev, place);
	return node;
}

LwNode *lw_node_insert_after(LwNode *place, const char *space, const char *prefix, const char *name)
{
	LwNode *node = new_element(place->parent, space, prefix, name);
	link_between(node, place->parent, place, place->next);
	return node;
}

LwNode *lw_node_insert_text_after(LwNode *place, const char *text, gsize length)
{
	LwNode *node = xmlNewDocTextLen(place->doc, BAD_CAST text, (int)length);
	link_between(node, place->parent, place, place->next);
	return node;
}

LwNode *lw_node_graft(LwNode *parent, LwXml *other)
{
	LwNode *node = xmlDocCopyNode(xmlDocGetRootElement(other), parent->doc, 1);
	g_assert(node);
	link_between(node, parent, parent->last, NULL);
	return node;
}

void lw_node_drop(LwNode *node)
{
	if (!node->parent)
		return;
	xmlUnlinkNode(node);
	g_ptr_array_add(node->doc->_private, node);
}

void lw_node_unwrap(LwNode *node)
{
	g_assert(node->type == XML_ELEMENT_NODE);
	if (!node->parent || node->parent->type != XML_ELEMENT_NODE)
		return;
	while (node->children) {
		xmlNodePtr child = node->children;
		/* A child may use a namespace that only this element declares. */
		for (xmlNsPtr ns = node->nsDef; ns && child->type == XML_ELEMENT_NODE;
		     ns = ns->next)
			xmlNewNs(child, ns->href, ns->prefix);
		node->children = child->next;
		if (child->next)
			child->next->prev = NULL;
		else
			node->last = NULL;
		link_between(child, node->parent, node->prev, node);
	}
	lw_node_drop(node);
}

LwAttribute *lw_attribute_first(const LwNode *node)
{
	return node->type == XML_ELEMENT_NODE ? node->properties : NULL;
}

LwAttribute *lw_attribute_next(const LwAttribute *attribute)
{
	return attribute->next;
}

const char *lw_attribute_name(const LwAttribute *attribute)
{
	return (const char *)attribute->name;
}

const char *lw_attribute_space(const LwAttribute *attribute)
{
	return attribute->ns && attribute->ns->href ? (const char *)attribute->ns->href : "";
}

char *lw_attribute_dup_value(const LwAttribute *attribute)
{
	xmlChar *value = xmlNodeListGetString(attribute->doc, attribute->children, 1);
	char *copy = g_strdup(value ? (const char *)value : "");
	xmlFree(value);
	return copy;
}

void lw_attribute_set_value(LwAttribute *attribute, const char *value)
{
	if (attribute->children)
		xmlFreeNodeList(attribute->children);
	attribute->children = attribute->last = xmlNewDocText(attribute->doc, BAD_CAST value);
	attribute->children->parent = (xmlNodePtr)attribute;
}

void lw_attribute_drop(LwAttribute *attribute)
{
	xmlRemoveProp(attribute);
}

LwAttribute *lw_node_attribute(const LwNode *node, const char *space, const char *name)
{
	for (xmlAttrPtr each = lw_attribute_first(node); each; each = each->next) {
		if (strcmp(lw_attribute_name(each), name) == 0 &&
		    strcmp(lw_attribute_space(each), space) == 0)
			return each;
	}
	return NULL;
}

char *lw_node_dup_attribute(const LwNode *node, const char *space, const char *name)
{
	const LwAttribute *attribute = lw_node_attribute(node, space, name);
	return attribute ? lw_attribute_dup_value(attribute) : NULL;
}

gboolean lw_node_attribute_is(const LwNode *node, const char *space, const char *name,
			      const char *value)
{
	g_autofree char *found = lw_node_dup_attribute(node, space, name);
	return found && strcmp(found, value) == 0;
}

void lw_node_set_attribute(LwNode *node, const char *space, const char *prefix, const char *name,
			   const char *value)
{
	LwAttribute *attribute = lw_node_attribute(node, space, name);
	if (attribute)
		lw_attribute_set_value(attribute, value);
	else
		xmlNewNsProp(node, namespace_for(node, space, prefix), BAD_CAST name,
			     BAD_CAST value);
}

static xmlNsPtr declared(const LwNode *node, guint index)
{
	xmlNsPtr ns = node->type == XML_ELEMENT_NODE ? node->nsDef : NULL;
	while (ns && index--)
		ns = ns->next;
	return ns;
}

gboolean lw_node_namespace(const LwNode *node, guint index, const char **prefix,
			   const char **address)
{
	const xmlNs *ns = declared(node, index);
	if (!ns)
		return FALSE;
	*prefix = ns->prefix ? (const char *)ns->prefix : "";
	*address = ns->href ? (const char *)ns->href : "";
	return TRUE;
}

void lw_node_forget_namespace(LwNode *node, guint index)
{
	xmlNsPtr ns = declared(node, index);
	if (!ns)
		return;
	g_autofree char *href = g_strdup_printf("urn:x-none:%u", index);
	xmlFree((xmlChar *)ns->href);
	ns->href = xmlStrdup(BAD_CAST href);
	if (!ns->prefix)
		return;
	g_autofree char *prefix = g_strdup_printf("none%u", index);
	xmlFree((xmlChar *)ns->prefix);
	ns->prefix = xmlStrdup(BAD_CAST prefix);
}
