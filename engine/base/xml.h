/* xml.h - XML trees from hostile bytes. The door to libxml2: nobody else sees its headers.
 *
 * A document that was parsed has no document type, no entities of its own, and is at most
 * LW_LIMIT_XML_DEPTH deep, so that its tree may be walked recursively. Nothing is ever fetched.
 * Nodes that were dropped live on, unlinked, until the document goes: a pointer to a node stays
 * valid. */
#pragma once

#include <glib.h>

typedef struct _xmlDoc LwXml;
typedef struct _xmlNode LwNode;
typedef struct _xmlAttr LwAttribute;

typedef enum {
	LW_NODE_ELEMENT,
	LW_NODE_TEXT,
	LW_NODE_OTHER, /* comment, processing instruction */
} LwNodeType;

/* LW_ERROR_UNREADABLE when it is not well-formed or has a document type. Yours. */
LwXml *lw_xml_load(GBytes *bytes, GError **error);
void lw_xml_free(LwXml *xml);
LwNode *lw_xml_root(LwXml *xml);
/* A document of its own with a copy of this element and all below it. Yours. */
LwXml *lw_xml_copy(const LwNode *element);
/* As UTF-8. Yours. */
GBytes *lw_xml_dump(LwXml *xml);

LwXml *lw_node_document(const LwNode *node);
LwNodeType lw_node_type(const LwNode *node);
const char *lw_node_name(const LwNode *node);  /* local name; "" for what is no element */
const char *lw_node_space(const LwNode *node); /* address of the namespace, or "" */
gboolean lw_node_is(const LwNode *node, const char *space, const char *name);
LwNode *lw_node_first(const LwNode *node);
LwNode *lw_node_next(const LwNode *node);
LwNode *lw_node_previous(const LwNode *node);
LwNode *lw_node_parent(const LwNode *node); /* NULL for the root */
/* The next element after this one in document order, inside `top`; children first. */
LwNode *lw_node_following(const LwNode *node, const LwNode *top);
/* The first child element of that name, or NULL. */
LwNode *lw_node_child(const LwNode *node, const char *space, const char *name);

const char *lw_node_text(const LwNode *node); /* of a text node, else "" */
void lw_node_set_text(LwNode *node, const char *text, gsize length);

LwNode *lw_node_add(LwNode *parent, const char *space, const char *prefix, const char *name);
LwNode *lw_node_add_text(LwNode *parent, const char *text, gsize length);
LwNode *lw_node_insert_before(LwNode *place, const char *space, const char *prefix,
			      const char *name);
LwNode *lw_node_insert_after(LwNode *place, const char *space, const char *prefix,
			     const char *name);
LwNode *lw_node_insert_text_after(LwNode *place, const char *text, gsize length);
/* The last child becomes a copy of another document's root. */
LwNode *lw_node_graft(LwNode *parent, LwXml *other);
/* Takes it out of the tree, with all below it. */
void lw_node_drop(LwNode *node);
/* Puts its children in its place. */
void lw_node_unwrap(LwNode *node);

LwAttribute *lw_attribute_first(const LwNode *node);
LwAttribute *lw_attribute_next(const LwAttribute *attribute);
const char *lw_attribute_name(const LwAttribute *attribute);
const char *lw_attribute_space(const LwAttribute *attribute);
char *lw_attribute_dup_value(const LwAttribute *attribute);
void lw_attribute_set_value(LwAttribute *attribute, const char *value);
void lw_attribute_drop(LwAttribute *attribute);
LwAttribute *lw_node_attribute(const LwNode *node, const char *space, const char *name);
/* Its value, or NULL. */
char *lw_node_dup_attribute(const LwNode *node, const char *space, const char *name);
gboolean lw_node_attribute_is(const LwNode *node, const char *space, const char *name,
			      const char *value);
void lw_node_set_attribute(LwNode *node, const char *space, const char *prefix, const char *name,
			   const char *value);

/* Namespaces that are declared on this element: number index as prefix and address, or FALSE. */
gboolean lw_node_namespace(const LwNode *node, guint index, const char **prefix,
			   const char **address);
/* Gives namespace number index of this element a name that says nothing. */
void lw_node_forget_namespace(LwNode *node, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwXml, lw_xml_free)
