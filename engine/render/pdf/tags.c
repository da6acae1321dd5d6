/* tags.c - elements for loose labels. A file whose tree is not what the standard says stays as it
 * is. */
#include "engine/render/pdf/tags.h"

#include "engine/base/limits.h"

static LwPdfObject *root_of(LwPdf *pdf)
{
	return lw_pdf_find(pdf, lw_pdf_catalog(pdf), "StructTreeRoot");
}

gboolean lw_tags_cover(LwPdf *pdf, guint page)
{
	return root_of(pdf) && lw_pdf_find(pdf, lw_pdf_page(pdf, page), "StructParents");
}

/* The array of a page's elements by MCID: the value of its key in the number tree. */
static LwPdfObject *elements_of(LwPdf *pdf, LwPdfObject *node, gint64 key, guint depth)
{
	LwPdfObject *numbers = lw_pdf_find(pdf, node, "Nums"),
		    *kids = lw_pdf_find(pdf, node, "Kids");
	for (guint i = 0; i + 1 < lw_pdf_length(numbers); i += 2)
		if (lw_pdf_integer(pdf, numbers->array.items[i], -1) == key)
			return lw_pdf_item(pdf, numbers, i + 1);
	for (guint i = 0; i < lw_pdf_length(kids) && depth < LW_LIMIT_NESTING; i++) {
		LwPdfObject *found = elements_of(pdf, lw_pdf_item(pdf, kids, i), key, depth + 1);
		if (found)
			return found;
	}
	return NULL;
}

/* The Document element, or the root of the tree. */
static LwPdfObject *holder_of(LwPdf *pdf)
{
	LwPdfObject *root = root_of(pdf), *kids = lw_pdf_find(pdf, root, "K");
	if (kids && kids->type == LW_PDF_ARRAY)
		kids = lw_pdf_item(pdf, kids, 0);
	gboolean document =
		kids && kids->number && lw_pdf_is_name(lw_pdf_find(pdf, kids, "S"), "Document");
	return document ? kids : root;
}

/* The page of the first content below an element, from 0; -1 when nothing says. */
static gint page_of(LwPdf *pdf, GHashTable *pages, LwPdfObject *element, guint depth)
{
	LwPdfObject *page = lw_pdf_find(pdf, element, "Pg");
	gpointer number = page ? g_hash_table_lookup(pages, page) : NULL;
	if (number || depth > LW_LIMIT_NESTING)
		return GPOINTER_TO_INT(number) - 1;
	LwPdfObject *kids = lw_pdf_find(pdf, element, "K");
	if (!kids || kids->type != LW_PDF_ARRAY)
		return kids && kids->type == LW_PDF_DICTIONARY
			       ? page_of(pdf, pages, kids, depth + 1)
			       : -1;
	for (guint i = 0; i < kids->array.count; i++) {
		LwPdfObject *kid = lw_pdf_item(pdf, kids, i);
		const gint found = kid && kid->type == LW_PDF_DICTIONARY
					   ? page_of(pdf, pages, kid, depth + 1)
					   : -1;
		if (found >= 0)
			return found;
	}
	return -1;
}

/* Puts elements, in the order of their pages, each behind what its page has. */
static void insert_kids(LwPdf *pdf, LwPdfObject *parent, const GPtrArray *elements)
{
	g_autoptr(GHashTable) pages = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
		g_hash_table_insert(pages, lw_pdf_page(pdf, i), GUINT_TO_POINTER(i + 1));
	LwPdfObject *raw = lw_pdf_find_raw(parent, "K"), *old = lw_pdf_resolve(pdf, raw);
	LwPdfObject *many = lw_pdf_new_array(pdf);
	const gboolean several = old && old->type == LW_PDF_ARRAY;
	const guint count = several ? old->array.count : old != NULL;
	guint next = 0;
	for (guint i = 0; i < count; i++) {
		LwPdfObject *kid = several ? old->array.items[i] : raw;
		const gint page = page_of(pdf, pages, lw_pdf_resolve(pdf, kid), 0);
		while (next < elements->len && page_of(pdf, pages, elements->pdata[next], 0) < page)
			lw_pdf_append(pdf, many, lw_pdf_reference(pdf, elements->pdata[next++]));
		lw_pdf_append(pdf, many, kid);
	}
	while (next < elements->len)
		lw_pdf_append(pdf, many, lw_pdf_reference(pdf, elements->pdata[next++]));
	lw_pdf_set(pdf, parent, "K", many);
}

/* The element of a label, in the tree's table already; NULL when the page has no place there. */
static LwPdfObject *element_of(LwPdf *pdf, LwPdfObject *parent, const LwLooseLabel *label)
{
	LwPdfObject *page = lw_pdf_page(pdf, label->page);
	gint64 key = lw_pdf_integer(pdf, lw_pdf_find_raw(page, "StructParents"), -1);
	LwPdfObject *elements =
		elements_of(pdf, lw_pdf_find(pdf, root_of(pdf), "ParentTree"), key, 0);
	if (!elements || elements->type != LW_PDF_ARRAY ||
	    elements->array.count > (guint)label->mcid)
		return NULL;
	LwPdfObject *element = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, element, "Type", lw_pdf_new_name(pdf, "StructElem"));
	lw_pdf_set(pdf, element, "S", lw_pdf_new_name(pdf, "Span"));
	lw_pdf_set(pdf, element, "P", lw_pdf_reference(pdf, parent));
	lw_pdf_set(pdf, element, "Pg", lw_pdf_reference(pdf, page));
	lw_pdf_set(pdf, element, "K", lw_pdf_new_integer(pdf, label->mcid));
	lw_pdf_set(pdf, element, "ActualText", lw_pdf_new_text(pdf, label->label));
	while (elements->array.count < (guint)label->mcid)
		lw_pdf_append(pdf, elements, lw_pdf_new_null(pdf));
	lw_pdf_append(pdf, elements, lw_pdf_reference(pdf, element));
	return element;
}

void lw_tags_add(LwPdf *pdf, const GArray *labels)
{
	LwPdfObject *parent = labels->len ? holder_of(pdf) : NULL;
	g_autoptr(GPtrArray) elements = g_ptr_array_new();
	for (guint i = 0; parent && i < labels->len; i++) {
		LwPdfObject *element =
			element_of(pdf, parent, &g_array_index(labels, LwLooseLabel, i));
		if (element)
			g_ptr_array_add(elements, element);
	}
	if (elements->len)
		insert_kids(pdf, parent, elements);
}
