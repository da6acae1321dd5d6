/* scrub_navigation.c - outlines, destinations and page labels, built anew.
 *
 * Nothing of the old dictionaries stays: titles, targets, colours and order are read, judged and
 * written into new ones. Order and nesting stay. A title in which a secret stands goes with its
 * item; an item with others below it gets a neutral title. */
#include "engine/render/pdf/scrub_shape.h"

#include "engine/base/limits.h"

#define NO_ITEM G_MAXUINT32

typedef struct {
	LwPdfObject *old, *fresh;
	guint32 parent;	   /* index, or NO_ITEM below the root */
	LwPdfObject *last; /* the fresh item that was last put below this one */
	gboolean tells, open, kept;
	gint64 shown; /* items that show below it when it is open */
} Item;

typedef struct {
	LwPdfObject *old;
	guint32 parent, depth;
} Pending;

/* All items in reading order, parents before their children; each once. */
static GArray *collect_items(LwPdf *pdf, LwPdfObject *root)
{
	GArray *items = g_array_new(FALSE, TRUE, sizeof(Item));
	g_autoptr(GHashTable) seen = lw_scrub_set_new();
	g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(Pending));
	Pending first = {lw_pdf_find(pdf, root, "First"), NO_ITEM, 0};
	g_array_append_val(stack, first);
	while (stack->len) {
		Pending at = g_array_index(stack, Pending, stack->len - 1);
		g_array_set_size(stack, stack->len - 1);
		if (!at.old || at.old->type != LW_PDF_DICTIONARY || at.depth > LW_LIMIT_NESTING ||
		    !g_hash_table_add(seen, at.old))
			continue;
		Item item = {.old = at.old, .parent = at.parent};
		item.open = lw_pdf_integer(pdf, lw_pdf_find(pdf, at.old, "Count"), 0) > 0;
		Pending next = {lw_pdf_find(pdf, at.old, "Next"), at.parent, at.depth};
		Pending child = {lw_pdf_find(pdf, at.old, "First"), items->len, at.depth + 1};
		g_array_append_val(items, item);
		g_array_append_val(stack, next);
		g_array_append_val(stack, child);
	}
	return items;
}

static void copy_look(LwScrub *scrub, const Item *item)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *colour = lw_pdf_find(pdf, item->old, "C");
	LwPdfObject *flags = lw_pdf_find(pdf, item->old, "F");
	if (lw_pdf_length(colour) == 3) {
		LwPdfObject *fresh = lw_pdf_new_array(pdf);
		for (guint i = 0; i < 3; i++)
			lw_pdf_append(
				pdf, fresh,
				lw_pdf_new_real(
					pdf, lw_pdf_number(pdf, lw_pdf_item(pdf, colour, i), 0)));
		lw_pdf_set(pdf, item->fresh, "C", fresh);
	}
	if (flags && flags->type == LW_PDF_INTEGER)
		lw_pdf_set(pdf, item->fresh, "F", lw_pdf_new_integer(pdf, flags->integer & 3));
}

static void write_item(LwScrub *scrub, Item *item)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *title = lw_pdf_find(pdf, item->old, "Title");
	item->fresh = lw_pdf_new_dictionary(pdf);
	if (item->tells || !title || title->type != LW_PDF_STRING)
		title = lw_scrub_neutral(scrub);
	lw_pdf_set(pdf, item->fresh, "Title", title);
	copy_look(scrub, item);
	LwPdfObject *destination = lw_scrub_destination(scrub, lw_pdf_find(pdf, item->old, "Dest"));
	LwPdfObject *action = lw_scrub_action(scrub, lw_pdf_find(pdf, item->old, "A"));
	if (destination)
		lw_pdf_set(pdf, item->fresh, "Dest", destination);
	else if (action)
		lw_pdf_set(pdf, item->fresh, "A", action);
}

/* Below its parent, after its elder brother. */
static void attach_item(LwPdf *pdf, LwPdfObject *parent, LwPdfObject **last, LwPdfObject *fresh)
{
	LwPdfObject *reference = lw_pdf_reference(pdf, fresh);
	lw_pdf_set(pdf, fresh, "Parent", lw_pdf_reference(pdf, parent));
	if (*last) {
		lw_pdf_set(pdf, *last, "Next", reference);
		lw_pdf_set(pdf, fresh, "Prev", lw_pdf_reference(pdf, *last));
	} else {
		lw_pdf_set(pdf, parent, "First", reference);
	}
	lw_pdf_set(pdf, parent, "Last", reference);
	*last = fresh;
}

static void judge_items(LwScrub *scrub, GArray *items)
{
	for (guint i = items->len; i > 0; i--) {
		Item *item = &g_array_index(items, Item, i - 1);
		LwPdfObject *title = lw_pdf_find(scrub->pdf, item->old, "Title");
		item->tells = lw_scrub_tells(scrub, title);
		item->kept |= !item->tells;
		if (item->kept && item->parent != NO_ITEM)
			g_array_index(items, Item, item->parent).kept = TRUE;
	}
}

/* Children come after their parents, so from the end on every count below is known. */
static gint64 count_items(GArray *items)
{
	gint64 shown = 0;
	for (guint i = items->len; i > 0; i--) {
		Item *item = &g_array_index(items, Item, i - 1);
		gint64 with_it = 1 + (item->open ? item->shown : 0);
		if (item->kept && item->parent == NO_ITEM)
			shown += with_it;
		else if (item->kept)
			g_array_index(items, Item, item->parent).shown += with_it;
	}
	return shown;
}

static void rebuild_outline(LwScrub *scrub, LwPdfObject *catalog)
{
	LwPdf *pdf = scrub->pdf;
	g_autoptr(GArray) items = collect_items(pdf, lw_pdf_find(pdf, catalog, "Outlines"));
	LwPdfObject *root = lw_pdf_new_dictionary(pdf), *last = NULL;
	lw_pdf_remove(catalog, "Outlines");
	judge_items(scrub, items);
	gint64 shown = count_items(items);
	if (shown == 0)
		return;
	lw_pdf_set(pdf, root, "Type", lw_pdf_new_name(pdf, "Outlines"));
	lw_pdf_set(pdf, root, "Count", lw_pdf_new_integer(pdf, shown));
	for (guint i = 0; i < items->len; i++) {
		Item *item = &g_array_index(items, Item, i);
		if (!item->kept)
			continue;
		write_item(scrub, item);
		if (item->shown)
			lw_pdf_set(
				pdf, item->fresh, "Count",
				lw_pdf_new_integer(pdf, item->open ? item->shown : -item->shown));
		Item *parent =
			item->parent == NO_ITEM ? NULL : &g_array_index(items, Item, item->parent);
		attach_item(pdf, parent ? parent->fresh : root, parent ? &parent->last : &last,
			    item->fresh);
	}
	lw_pdf_set(pdf, catalog, "Outlines", lw_pdf_reference(pdf, root));
}

/* A named destination names a place, never another name. */
static LwPdfObject *place(LwScrub *scrub, LwPdfObject *value)
{
	LwPdfObject *destination = lw_scrub_destination(scrub, value);
	return destination && destination->type == LW_PDF_ARRAY ? destination : NULL;
}

static void rebuild_named(LwScrub *scrub, LwPdfObject *catalog)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *root = lw_pdf_find(pdf, lw_pdf_find(pdf, catalog, "Names"), "Dests");
	g_autoptr(GArray) entries = lw_scrub_tree_entries(pdf, root, "Names");
	guint kept = 0;
	for (guint i = 0; i < entries->len; i++) {
		LwTreeEntry entry = g_array_index(entries, LwTreeEntry, i);
		entry.value = lw_scrub_tells(scrub, entry.key) ? NULL : place(scrub, entry.value);
		if (entry.value)
			g_array_index(entries, LwTreeEntry, kept++) = entry;
	}
	g_array_set_size(entries, kept);
	lw_pdf_remove(catalog, "Names");
	if (kept == 0)
		return;
	LwPdfObject *names = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, names, "Dests", lw_scrub_tree_build(pdf, entries, "Names"));
	lw_pdf_set(pdf, catalog, "Names", names);
}

/* The way of PDF 1.1: a dictionary of names. */
static void rebuild_named_old(LwScrub *scrub, LwPdfObject *catalog)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *old = lw_pdf_find(pdf, catalog, "Dests");
	lw_pdf_remove(catalog, "Dests");
	if (!old || old->type != LW_PDF_DICTIONARY)
		return;
	LwPdfObject *fresh = lw_pdf_copy(pdf, old);
	guint kept = 0;
	for (guint i = 0; i < fresh->dictionary.count; i++) {
		LwPdfEntry entry = fresh->dictionary.entries[i];
		LwPdfObject *name = lw_pdf_new_name(pdf, entry.key);
		entry.value = lw_scrub_tells(scrub, name) ? NULL : place(scrub, entry.value);
		if (entry.value)
			fresh->dictionary.entries[kept++] = entry;
	}
	fresh->dictionary.count = kept;
	if (kept)
		lw_pdf_set(pdf, catalog, "Dests", fresh);
}

static LwPdfObject *clean_label(LwScrub *scrub, LwPdfObject *old)
{
	static const char *const styles[] = {"D", "R", "r", "A", "a", NULL};
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *fresh = lw_pdf_new_dictionary(pdf);
	const char *style = lw_pdf_name(lw_pdf_find(pdf, old, "S"));
	LwPdfObject *prefix = lw_pdf_find(pdf, old, "P");
	gint64 start = lw_pdf_integer(pdf, lw_pdf_find(pdf, old, "St"), 1);
	if (style && g_strv_contains(styles, style))
		lw_pdf_set(pdf, fresh, "S", lw_pdf_new_name(pdf, style));
	if (prefix && prefix->type == LW_PDF_STRING && !lw_scrub_tells(scrub, prefix))
		lw_pdf_set(pdf, fresh, "P", prefix);
	if (start > 1 && start < G_MAXINT32)
		lw_pdf_set(pdf, fresh, "St", lw_pdf_new_integer(pdf, start));
	return fresh;
}

static void rebuild_labels(LwScrub *scrub, LwPdfObject *catalog)
{
	LwPdf *pdf = scrub->pdf;
	g_autoptr(GArray) entries =
		lw_scrub_tree_entries(pdf, lw_pdf_find(pdf, catalog, "PageLabels"), "Nums");
	guint kept = 0;
	for (guint i = 0; i < entries->len; i++) {
		LwTreeEntry entry = g_array_index(entries, LwTreeEntry, i);
		if (entry.key->integer < 0 || entry.key->integer >= lw_pdf_page_count(pdf))
			continue;
		entry.value = clean_label(scrub, entry.value);
		g_array_index(entries, LwTreeEntry, kept++) = entry;
	}
	g_array_set_size(entries, kept);
	lw_pdf_set(pdf, catalog, "PageLabels",
		   kept ? lw_scrub_tree_build(pdf, entries, "Nums") : NULL);
}

void lw_scrub_navigation(LwScrub *scrub)
{
	LwPdfObject *catalog = lw_pdf_catalog(scrub->pdf);
	if (!catalog || catalog->type != LW_PDF_DICTIONARY)
		return;
	rebuild_outline(scrub, catalog);
	rebuild_named(scrub, catalog);
	rebuild_named_old(scrub, catalog);
	rebuild_labels(scrub, catalog);
}
