/* scrub_structure.c - the structure tree: tags stay, words that stood behind removed content go.
 *
 * Every element is reached once, from its first parent; P, K, ParentTree and IDTree are written
 * anew from that one tree, so that nothing else hangs in it. */
#include "engine/render/pdf/scrub_tags.h"

#include <string.h>

#define NO_ELEMENT G_MAXUINT32
#define ROLES	   32 /* of roles that stand for one another */

typedef struct {
	LwPdfObject *object;
	guint32 parent; /* index, or NO_ELEMENT below the root */
	gint32 page;	/* of its content; -1: not said */
	gboolean burned, listed;
} Element;

typedef struct {
	LwScrub *scrub;
	LwTagNames *names;
	GArray *elements;    /* Element, parents before their children */
	GHashTable *indices; /* object to index + 1 */
	GHashTable *pages;   /* page to index + 1 */
	GHashTable *annotations;
	GHashTable *parent_keys; /* StructParent of annotations, + 1 */
	GHashTable *forms;	 /* forms that pages still draw; NULL until asked for */
	GHashTable *namespaces;
	GArray *ids;	    /* LwTreeEntry */
	LwPdfObject *roles; /* of the source */
} Pass;

typedef struct {
	LwPdfObject *object;
	guint32 parent;
} Pending;

static guint32 index_of(const Pass *pass, LwPdfObject *element)
{
	gpointer found = element ? g_hash_table_lookup(pass->indices, element) : NULL;
	return found ? GPOINTER_TO_UINT(found) - 1 : NO_ELEMENT;
}

static gint32 page_of(const Pass *pass, LwPdfObject *holder)
{
	LwPdfObject *page = lw_pdf_find(pass->scrub->pdf, holder, "Pg");
	return GPOINTER_TO_INT(page ? g_hash_table_lookup(pass->pages, page) : NULL) - 1;
}

static void collect_page_things(Pass *pass)
{
	LwPdf *pdf = pass->scrub->pdf;
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++) {
		LwPdfObject *page = lw_pdf_page(pdf, i);
		LwPdfObject *annotations = lw_pdf_find(pdf, page, "Annots");
		g_hash_table_insert(pass->pages, page, GUINT_TO_POINTER(i + 1));
		for (guint j = 0; j < lw_pdf_length(annotations); j++) {
			LwPdfObject *annotation = lw_pdf_item(pdf, annotations, j);
			LwPdfObject *key = lw_pdf_find(pdf, annotation, "StructParent");
			if (annotation)
				g_hash_table_add(pass->annotations, annotation);
			if (key && key->type == LW_PDF_INTEGER)
				g_hash_table_add(pass->parent_keys,
						 GSIZE_TO_POINTER((gsize)key->integer + 1));
		}
	}
}

static void add_drawn_forms(Pass *pass, GPtrArray *queue, LwPdfObject *resources)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *xobjects = lw_pdf_find(pdf, resources, "XObject");
	if (!xobjects || xobjects->type != LW_PDF_DICTIONARY)
		return;
	for (guint i = 0; i < xobjects->dictionary.count; i++) {
		LwPdfObject *form = lw_pdf_resolve(pdf, xobjects->dictionary.entries[i].value);
		LwPdfObject *inner = lw_pdf_find(pdf, form, "Resources");
		if (form && form->type == LW_PDF_STREAM && g_hash_table_add(pass->forms, form) &&
		    inner)
			g_ptr_array_add(queue, inner);
	}
}

/* A form that the burner replaced by a clean copy must not live on through a tag. */
static gboolean is_drawn(Pass *pass, LwPdfObject *form)
{
	LwPdf *pdf = pass->scrub->pdf;
	if (!pass->forms) {
		g_autoptr(GPtrArray) queue = g_ptr_array_new();
		pass->forms = lw_scrub_set_new();
		for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
			add_drawn_forms(pass, queue, lw_pdf_page_inherited(pdf, i, "Resources"));
		while (queue->len)
			add_drawn_forms(pass, queue,
					g_ptr_array_steal_index(queue, queue->len - 1));
	}
	return g_hash_table_contains(pass->forms, form);
}

static gboolean page_burned(const Pass *pass, guint page, gint64 mcid)
{
	const GPtrArray *burned = pass->scrub->burned_mcids;
	GHashTable *table = burned && page < burned->len ? g_ptr_array_index(burned, page) : NULL;
	if (!table || g_hash_table_size(table) == 0)
		return FALSE;
	return mcid < 0 || g_hash_table_contains(table, GUINT_TO_POINTER((guint)mcid + 1));
}

/* mcid -1: anything on the page; page -1: on any page. */
static gboolean is_burned(const Pass *pass, gint32 page, gint64 mcid)
{
	if (page >= 0)
		return page_burned(pass, (guint)page, mcid);
	const GPtrArray *burned = pass->scrub->burned_mcids;
	for (guint i = 0; burned && i < burned->len; i++)
		if (page_burned(pass, i, mcid))
			return TRUE;
	return FALSE;
}

static gboolean is_element(LwPdf *pdf, LwPdfObject *kid)
{
	return kid && kid->type == LW_PDF_DICTIONARY && lw_pdf_name(lw_pdf_find(pdf, kid, "S")) &&
	       !lw_pdf_find(pdf, kid, "Subtype") && !lw_scrub_is_page(pdf, kid);
}

static guint kid_count(LwPdf *pdf, LwPdfObject *holder)
{
	LwPdfObject *kids = lw_pdf_find(pdf, holder, "K");
	return !kids ? 0 : kids->type == LW_PDF_ARRAY ? kids->array.count : 1;
}

static LwPdfObject *kid_at(LwPdf *pdf, LwPdfObject *holder, guint index)
{
	LwPdfObject *kids = lw_pdf_find(pdf, holder, "K");
	return kids && kids->type == LW_PDF_ARRAY ? lw_pdf_item(pdf, kids, index) : kids;
}

static void collect_elements(Pass *pass, LwPdfObject *root)
{
	LwPdf *pdf = pass->scrub->pdf;
	g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(Pending));
	g_autoptr(GHashTable) claimed = lw_scrub_set_new();
	for (guint i = kid_count(pdf, root); i > 0; i--) {
		Pending top = {kid_at(pdf, root, i - 1), NO_ELEMENT};
		g_array_append_val(stack, top);
	}
	while (stack->len) {
		Pending at = g_array_index(stack, Pending, stack->len - 1);
		g_array_set_size(stack, stack->len - 1);
		if (!is_element(pdf, at.object) || at.object == root ||
		    index_of(pass, at.object) != NO_ELEMENT)
			continue;
		guint32 index = pass->elements->len;
		Element element = {.object = at.object, .parent = at.parent};
		element.page = page_of(pass, at.object);
		if (element.page < 0 && at.parent != NO_ELEMENT)
			element.page = g_array_index(pass->elements, Element, at.parent).page;
		g_array_append_val(pass->elements, element);
		g_hash_table_insert(pass->indices, at.object, GUINT_TO_POINTER(index + 1));
		for (guint i = kid_count(pdf, at.object); i > 0; i--) {
			Pending kid = {kid_at(pdf, at.object, i - 1), index};
			if (is_element(pdf, kid.object) && g_hash_table_add(claimed, kid.object))
				g_array_append_val(stack, kid);
		}
	}
}

static LwPdfObject *content_item(Pass *pass, const char *type, LwPdfObject *old)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *fresh = lw_pdf_new_dictionary(pdf);
	LwPdfObject *page = lw_pdf_find(pdf, old, "Pg");
	lw_pdf_set(pdf, fresh, "Type", lw_pdf_new_name(pdf, type));
	if (page && g_hash_table_contains(pass->pages, page))
		lw_pdf_set(pdf, fresh, "Pg", lw_pdf_reference(pdf, page));
	return fresh;
}

static LwPdfObject *marked_content(Pass *pass, Element *element, LwPdfObject *old)
{
	LwPdf *pdf = pass->scrub->pdf;
	gint64 mcid = lw_pdf_integer(pdf, lw_pdf_find(pdf, old, "MCID"), -1);
	LwPdfObject *form = lw_pdf_find(pdf, old, "Stm");
	gint32 page = page_of(pass, old);
	page = page < 0 ? element->page : page;
	if (is_burned(pass, page, form ? -1 : mcid))
		element->burned = TRUE;
	if (mcid < 0 || mcid > G_MAXINT32 || (form && !is_drawn(pass, form)))
		return NULL;
	LwPdfObject *fresh = content_item(pass, "MCR", old);
	lw_pdf_set(pdf, fresh, "MCID", lw_pdf_new_integer(pdf, mcid));
	if (form)
		lw_pdf_set(pdf, fresh, "Stm", lw_pdf_reference(pdf, form));
	return fresh;
}

static LwPdfObject *object_item(Pass *pass, Element *element, LwPdfObject *old)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *target = lw_pdf_find(pdf, old, "Obj");
	if (!target || !g_hash_table_contains(pass->annotations, target)) {
		element->burned = TRUE;
		return NULL;
	}
	LwPdfObject *fresh = content_item(pass, "OBJR", old);
	lw_pdf_set(pdf, fresh, "Obj", lw_pdf_reference(pdf, target));
	return fresh;
}

/* A kid as it stays, or NULL. Notes on the way whether content of the element was burned. */
static LwPdfObject *clean_kid(Pass *pass, guint32 self, LwPdfObject *kid)
{
	LwPdf *pdf = pass->scrub->pdf;
	Element *element = &g_array_index(pass->elements, Element, self);
	if (!kid)
		return NULL;
	if (kid->type == LW_PDF_INTEGER) {
		if (is_burned(pass, element->page, MAX(kid->integer, 0)))
			element->burned = TRUE;
		return kid->integer >= 0 && kid->integer < G_MAXINT32
			       ? lw_pdf_new_integer(pdf, kid->integer)
			       : NULL;
	}
	guint32 index = index_of(pass, kid);
	if (index != NO_ELEMENT) {
		Element *child = &g_array_index(pass->elements, Element, index);
		if (child->parent != self || child->listed)
			return NULL;
		child->listed = TRUE;
		return lw_pdf_reference(pdf, kid);
	}
	if (kid->type != LW_PDF_DICTIONARY)
		return NULL;
	/* Direct or indirect: the reference is judged by what it holds, its type is optional. */
	if (lw_pdf_find_raw(kid, "MCID"))
		return marked_content(pass, element, kid);
	return object_item(pass, element, kid);
}

static void rebuild_kids(Pass *pass, guint32 self)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *object = g_array_index(pass->elements, Element, self).object;
	LwPdfObject *fresh = lw_pdf_new_array(pdf);
	for (guint i = 0; i < kid_count(pdf, object); i++) {
		LwPdfObject *kid = clean_kid(pass, self, kid_at(pdf, object, i));
		if (kid)
			lw_pdf_append(pdf, fresh, kid);
	}
	guint count = lw_pdf_length(fresh);
	lw_pdf_set(pdf, object, "K", count > 1 ? fresh : count ? fresh->array.items[0] : NULL);
}

/* Also children before parents: from the end on. */
static void spread_burns(Pass *pass)
{
	for (guint i = pass->elements->len; i > 0; i--) {
		const Element *element = &g_array_index(pass->elements, Element, i - 1);
		if (element->burned && element->parent != NO_ELEMENT)
			g_array_index(pass->elements, Element, element->parent).burned = TRUE;
	}
}

static const LwShape element_shape = {.keys = (const LwShapeKey[]){
					      {"Type", LW_FORM_NAME, NULL},
					      {"S", LW_FORM_OURS, NULL},
					      {"P", LW_FORM_OURS, NULL},
					      {"K", LW_FORM_OURS, NULL},
					      {"Pg", LW_FORM_OURS, NULL},
					      {"ID", LW_FORM_OURS, NULL},
					      {"A", LW_FORM_OURS, NULL},
					      {"C", LW_FORM_OURS, NULL},
					      {"NS", LW_FORM_OURS, NULL},
					      {"T", LW_FORM_TEXT, NULL},
					      {"Lang", LW_FORM_LANG, NULL},
					      {"ActualText", LW_FORM_TEXT, NULL},
					      {"Alt", LW_FORM_SPOKEN, NULL},
					      {"E", LW_FORM_TEXT, NULL},
					      {NULL, 0, NULL},
				      }};

static void drop_words(Pass *pass, LwPdfObject *object)
{
	static const char *const words[] = {"ActualText", "Alt", "E", "T", "Lang"};
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		if (!lw_pdf_find_raw(object, words[i]))
			continue;
		lw_pdf_remove(object, words[i]);
		pass->scrub->receipt->strings_removed++;
	}
}

/* Is it of this standard type, or of one that stands for it? */
static gboolean has_role(const Pass *pass, const char *type, const char *role)
{
	for (guint i = 0; type && i < ROLES; i++) {
		if (g_str_equal(type, role))
			return TRUE;
		type = lw_pdf_name(lw_pdf_find(pass->scrub->pdf, pass->roles, type));
	}
	return FALSE;
}

/* Pictures and formulas are nothing to who cannot see them but what is said of them. */
static gboolean must_be_described(const Pass *pass, const char *type)
{
	return has_role(pass, type, "Figure") || has_role(pass, type, "Formula");
}

static void identify(Pass *pass, Element *element, const char *type)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *old = lw_pdf_find(pdf, element->object, "ID");
	LwTagNeed need = old && has_role(pass, type, "Note") ? LW_TAG_NEEDED : LW_TAG_IF_WANTED;
	LwPdfObject *fresh = lw_tag_identify(pass->names, old, need);
	lw_pdf_set(pdf, element->object, "ID", fresh);
	if (fresh) {
		LwTreeEntry entry = {fresh, lw_pdf_reference(pdf, element->object)};
		g_array_append_val(pass->ids, entry);
	}
}

static gboolean is_described(LwPdf *pdf, LwPdfObject *object)
{
	return lw_pdf_find(pdf, object, "Alt") || lw_pdf_find(pdf, object, "ActualText");
}

static void clean_element(Pass *pass, Element *element, LwPdfObject *root)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *object = element->object;
	LwPdfObject *type = lw_pdf_find(pdf, object, "S");
	LwPdfObject *space = lw_pdf_find(pdf, object, "NS");
	LwPdfObject *parent =
		element->parent == NO_ELEMENT
			? root
			: g_array_index(pass->elements, Element, element->parent).object;
	LwTagState state = element->burned ? LW_TAG_BURNED : LW_TAG_WHOLE;
	gboolean described = is_described(pdf, object);
	if (element->burned)
		drop_words(pass, object);
	lw_shape_apply(pass->scrub, object, &element_shape);
	if (described && !is_described(pdf, object) && must_be_described(pass, lw_pdf_name(type)))
		lw_pdf_set(pdf, object, "Alt", lw_scrub_neutral(pass->scrub));
	lw_pdf_set(pdf, object, "S",
		   lw_pdf_new_name(pdf, lw_tag_type(pass->names, lw_pdf_name(type))));
	lw_pdf_set(pdf, object, "P", lw_pdf_reference(pdf, parent));
	if (page_of(pass, object) < 0)
		lw_pdf_remove(object, "Pg");
	if (!space || !g_hash_table_contains(pass->namespaces, space))
		lw_pdf_remove(object, "NS");
	if (lw_pdf_find_raw(object, "A"))
		lw_pdf_set(pdf, object, "A",
			   lw_tag_attributes(pass->names, lw_pdf_find(pdf, object, "A"), state));
	if (lw_pdf_find_raw(object, "C"))
		lw_pdf_set(pdf, object, "C",
			   lw_tag_classes(pass->names, lw_pdf_find(pdf, object, "C")));
}

static LwPdfObject *rebuild_roles(Pass *pass, LwPdfObject *old)
{
	LwPdf *pdf = pass->scrub->pdf;
	if (!old || old->type != LW_PDF_DICTIONARY)
		return NULL;
	LwPdfObject *fresh = lw_pdf_new_dictionary(pdf);
	for (guint i = 0; i < old->dictionary.count; i++) {
		const LwPdfEntry *entry = &old->dictionary.entries[i];
		const char *role = lw_pdf_name(lw_pdf_resolve(pdf, entry->value));
		if (role)
			lw_pdf_set(pdf, fresh, lw_tag_type(pass->names, entry->key),
				   lw_pdf_new_name(pdf, lw_tag_type(pass->names, role)));
	}
	return fresh->dictionary.count ? fresh : NULL;
}

/* Who uses a class is not known here: as if something of it was burned. */
static LwPdfObject *rebuild_classes(Pass *pass, LwPdfObject *old)
{
	LwPdf *pdf = pass->scrub->pdf;
	if (!old || old->type != LW_PDF_DICTIONARY)
		return NULL;
	LwPdfObject *fresh = lw_pdf_new_dictionary(pdf);
	for (guint i = 0; i < old->dictionary.count; i++) {
		const LwPdfEntry *entry = &old->dictionary.entries[i];
		LwPdfObject *value = lw_tag_attributes(pass->names, entry->value, LW_TAG_BURNED);
		if (value)
			lw_pdf_set(pdf, fresh, lw_tag_class(pass->names, entry->key), value);
	}
	return fresh->dictionary.count ? fresh : NULL;
}

static const LwShape namespace_shape = {.keys = (const LwShapeKey[]){
						{"Type", LW_FORM_NAME, NULL},
						{"NS", LW_FORM_TEXT, NULL},
						{NULL, 0, NULL},
					}};

static LwPdfObject *rebuild_namespaces(Pass *pass, LwPdfObject *old)
{
	static const char *const known[] = {"http://iso.org/pdf/ssn", "http://iso.org/pdf2/ssn",
					    "http://www.w3.org/1998/Math/MathML",
					    "http://www.w3.org/1999/xhtml", NULL};
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *fresh = lw_pdf_new_array(pdf);
	for (guint i = 0; i < lw_pdf_length(old); i++) {
		LwPdfObject *space = lw_pdf_item(pdf, old, i);
		LwPdfObject *uri = lw_pdf_find(pdf, space, "NS");
		g_autofree char *text = lw_pdf_text(uri);
		if (!text || !g_strv_contains(known, text) || space->type != LW_PDF_DICTIONARY ||
		    index_of(pass, space) != NO_ELEMENT)
			continue;
		lw_shape_apply(pass->scrub, space, &namespace_shape);
		g_hash_table_add(pass->namespaces, space);
		lw_pdf_append(pdf, fresh, lw_pdf_reference(pdf, space));
	}
	return lw_pdf_length(fresh) ? fresh : NULL;
}

static LwPdfObject *parent_value(Pass *pass, const LwTreeEntry *entry)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *value = lw_pdf_resolve(pdf, entry->value);
	if (index_of(pass, value) != NO_ELEMENT) {
		gpointer key = GSIZE_TO_POINTER((gsize)entry->key->integer + 1);
		gboolean used = g_hash_table_contains(pass->parent_keys, key);
		return used ? lw_pdf_reference(pdf, value) : NULL;
	}
	if (!value || value->type != LW_PDF_ARRAY)
		return NULL;
	LwPdfObject *fresh = lw_pdf_new_array(pdf);
	for (guint i = 0; i < value->array.count; i++) {
		LwPdfObject *element = lw_pdf_item(pdf, value, i);
		gboolean known = index_of(pass, element) != NO_ELEMENT;
		lw_pdf_append(pdf, fresh,
			      known ? lw_pdf_reference(pdf, element) : lw_pdf_new_null(pdf));
	}
	return lw_pdf_reference(pdf, fresh);
}

static LwPdfObject *rebuild_parents(Pass *pass, LwPdfObject *old)
{
	LwPdf *pdf = pass->scrub->pdf;
	g_autoptr(GArray) entries = lw_scrub_tree_entries(pdf, old, "Nums");
	guint kept = 0;
	for (guint i = 0; i < entries->len; i++) {
		LwTreeEntry entry = g_array_index(entries, LwTreeEntry, i);
		entry.value = parent_value(pass, &entry);
		if (entry.value)
			g_array_index(entries, LwTreeEntry, kept++) = entry;
	}
	g_array_set_size(entries, kept);
	return lw_scrub_tree_build(pdf, entries, "Nums");
}

static void want_identifiers(Pass *pass, LwPdfObject *root)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *classes = lw_pdf_find(pdf, root, "ClassMap");
	for (guint i = 0; i < pass->elements->len; i++) {
		LwPdfObject *object = g_array_index(pass->elements, Element, i).object;
		lw_tag_want(pass->names, lw_pdf_find(pdf, object, "A"));
	}
	for (guint i = 0;
	     classes && classes->type == LW_PDF_DICTIONARY && i < classes->dictionary.count; i++)
		lw_tag_want(pass->names, classes->dictionary.entries[i].value);
	for (guint i = 0; i < pass->elements->len; i++) {
		Element *element = &g_array_index(pass->elements, Element, i);
		identify(pass, element, lw_pdf_name(lw_pdf_find(pdf, element->object, "S")));
	}
}

static void rebuild_root(Pass *pass, LwPdfObject *catalog, LwPdfObject *old)
{
	LwPdf *pdf = pass->scrub->pdf;
	LwPdfObject *root = lw_pdf_new_dictionary(pdf), *kids = lw_pdf_new_array(pdf);
	lw_pdf_set(pdf, catalog, "StructTreeRoot", lw_pdf_reference(pdf, root));
	lw_pdf_set(pdf, root, "Type", lw_pdf_new_name(pdf, "StructTreeRoot"));
	lw_pdf_set(pdf, root, "Namespaces",
		   rebuild_namespaces(pass, lw_pdf_find(pdf, old, "Namespaces")));
	for (guint i = 0; i < pass->elements->len; i++) {
		Element *element = &g_array_index(pass->elements, Element, i);
		clean_element(pass, element, root);
		if (element->parent == NO_ELEMENT)
			lw_pdf_append(pdf, kids, lw_pdf_reference(pdf, element->object));
	}
	lw_pdf_set(pdf, root, "K", kids);
	lw_pdf_set(pdf, root, "RoleMap", rebuild_roles(pass, lw_pdf_find(pdf, old, "RoleMap")));
	lw_pdf_set(pdf, root, "ClassMap", rebuild_classes(pass, lw_pdf_find(pdf, old, "ClassMap")));
	lw_pdf_set(pdf, root, "ParentTree",
		   rebuild_parents(pass, lw_pdf_find(pdf, old, "ParentTree")));
	LwPdfObject *next = lw_pdf_find(pdf, old, "ParentTreeNextKey");
	if (next && next->type == LW_PDF_INTEGER)
		lw_pdf_set(pdf, root, "ParentTreeNextKey", lw_pdf_new_integer(pdf, next->integer));
	if (pass->ids->len)
		lw_pdf_set(pdf, root, "IDTree", lw_scrub_tree_build(pdf, pass->ids, "Names"));
}

static void pass_clear(Pass *pass)
{
	lw_tag_names_free(pass->names);
	g_array_unref(pass->elements);
	g_array_unref(pass->ids);
	g_hash_table_unref(pass->indices);
	g_hash_table_unref(pass->pages);
	g_hash_table_unref(pass->annotations);
	g_hash_table_unref(pass->parent_keys);
	g_hash_table_unref(pass->namespaces);
	g_clear_pointer(&pass->forms, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pass, pass_clear)

void lw_scrub_structure(LwScrub *scrub)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *catalog = lw_pdf_catalog(pdf);
	LwPdfObject *old = lw_pdf_find(pdf, catalog, "StructTreeRoot");
	if (!old || old->type != LW_PDF_DICTIONARY) {
		if (catalog)
			lw_pdf_remove(catalog, "StructTreeRoot");
		return;
	}
	g_auto(Pass) pass = {
		.scrub = scrub,
		.roles = lw_pdf_find(pdf, old, "RoleMap"),
		.names = lw_tag_names_new(scrub),
		.elements = g_array_new(FALSE, TRUE, sizeof(Element)),
		.ids = g_array_new(FALSE, TRUE, sizeof(LwTreeEntry)),
		.indices = lw_scrub_set_new(),
		.pages = lw_scrub_set_new(),
		.annotations = lw_scrub_set_new(),
		.parent_keys = lw_scrub_set_new(),
		.namespaces = lw_scrub_set_new(),
	};
	collect_page_things(&pass);
	collect_elements(&pass, old);
	want_identifiers(&pass, old);
	for (guint i = 0; i < pass.elements->len; i++)
		rebuild_kids(&pass, i);
	spread_burns(&pass);
	rebuild_root(&pass, catalog, old);
}
