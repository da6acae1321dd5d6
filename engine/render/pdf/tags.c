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

static void append_kid(LwPdf *pdf, LwPdfObject *parent, LwPdfObject *kid)
{
	LwPdfObject *raw = lw_pdf_find_raw(parent, "K"), *kids = lw_pdf_resolve(pdf, raw);
	if (!kids || kids->type != LW_PDF_ARRAY) {
		LwPdfObject *many = lw_pdf_new_array(pdf);
		if (kids)
			lw_pdf_append(pdf, many, raw);
		lw_pdf_set(pdf, parent, "K", many);
		kids = many;
	}
	lw_pdf_append(pdf, kids, lw_pdf_reference(pdf, kid));
}

static void add_label(LwPdf *pdf, LwPdfObject *parent, const LwLooseLabel *label)
{
	LwPdfObject *page = lw_pdf_page(pdf, label->page);
	gint64 key = lw_pdf_integer(pdf, lw_pdf_find_raw(page, "StructParents"), -1);
	LwPdfObject *elements =
		elements_of(pdf, lw_pdf_find(pdf, root_of(pdf), "ParentTree"), key, 0);
	if (!elements || elements->type != LW_PDF_ARRAY ||
	    elements->array.count > (guint)label->mcid)
		return;
	LwPdfObject *element = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, element, "Type", lw_pdf_new_name(pdf, "StructElem"));
	lw_pdf_set(pdf, element, "S", lw_pdf_new_name(pdf, "Span"));
	lw_pdf_set(pdf, element, "P", lw_pdf_reference(pdf, parent));
	lw_pdf_set(pdf, element, "Pg", lw_pdf_reference(pdf, page));
	lw_pdf_set(pdf, element, "K", lw_pdf_new_integer(pdf, label->mcid));
	lw_pdf_set(pdf, element, "ActualText", lw_pdf_new_text(pdf, label->label));
	append_kid(pdf, parent, element);
	while (elements->array.count < (guint)label->mcid)
		lw_pdf_append(pdf, elements, lw_pdf_new_null(pdf));
	lw_pdf_append(pdf, elements, lw_pdf_reference(pdf, element));
}

void lw_tags_add(LwPdf *pdf, const GArray *labels)
{
	LwPdfObject *parent = labels->len ? holder_of(pdf) : NULL;
	for (guint i = 0; parent && i < labels->len; i++)
		add_label(pdf, parent, &g_array_index(labels, LwLooseLabel, i));
}
