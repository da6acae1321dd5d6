/* scrub_states.c - names of the states of buttons: one in which a secret stands gets another, so
 * that the button keeps its look and its value.
 *
 * A name is the same in the appearances, in AS and in the values of the field and of those above
 * it: it changes in all of them alike, over the whole file. */
#include "engine/render/pdf/scrub_shape.h"

#include <string.h>

#define FIELD_DEPTH 64

typedef struct {
	LwScrub *scrub;
	GHashTable *names; /* old name to new one, or to itself */
	guint count;
} States;

static const char *new_name(States *states, const char *name)
{
	const char *found = g_hash_table_lookup(states->names, name);
	if (found)
		return found;
	LwPdfObject *object = lw_pdf_new_name(states->scrub->pdf, name);
	char *fresh = lw_scrub_tells(states->scrub, object)
			      ? g_strdup_printf("LwState%u", ++states->count)
			      : g_strdup(name);
	g_hash_table_insert(states->names, g_strdup(name), fresh);
	return fresh;
}

static void rename_keys(States *states, LwPdfObject *appearances)
{
	LwPdf *pdf = states->scrub->pdf;
	if (!appearances || appearances->type != LW_PDF_DICTIONARY)
		return;
	for (guint i = 0; i < appearances->dictionary.count; i++) {
		LwPdfEntry *entry = &appearances->dictionary.entries[i];
		const char *fresh = new_name(states, entry->key);
		entry->key = lw_arena_strndup(lw_pdf_arena(pdf), fresh, strlen(fresh));
	}
}

static void rename_value(States *states, LwPdfObject *object, const char *key)
{
	const char *name = lw_pdf_name(lw_pdf_find(states->scrub->pdf, object, key));
	const char *fresh = name ? new_name(states, name) : NULL;
	if (fresh && strcmp(fresh, name))
		lw_pdf_set(states->scrub->pdf, object, key,
			   lw_pdf_new_name(states->scrub->pdf, fresh));
}

static void rename_widget(States *states, GHashTable *seen, LwPdfObject *widget)
{
	static const char *const looks[] = {"N", "R", "D"};
	LwPdf *pdf = states->scrub->pdf;
	for (guint i = 0; i < G_N_ELEMENTS(looks); i++) {
		LwPdfObject *all = lw_pdf_find(pdf, lw_pdf_find(pdf, widget, "AP"), looks[i]);
		if (all && g_hash_table_add(seen, all))
			rename_keys(states, all);
	}
	rename_value(states, widget, "AS");
	LwPdfObject *field = widget;
	for (guint depth = 0; field && depth < FIELD_DEPTH; depth++) {
		if (field->type == LW_PDF_DICTIONARY && g_hash_table_add(seen, field)) {
			rename_value(states, field, "V");
			rename_value(states, field, "DV");
		}
		field = lw_pdf_find(pdf, field, "Parent");
	}
}

void lw_scrub_states(LwScrub *scrub)
{
	LwPdf *pdf = scrub->pdf;
	g_autoptr(GHashTable) names =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GHashTable) seen = lw_scrub_set_new();
	States states = {.scrub = scrub, .names = names};
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++) {
		LwPdfObject *all = lw_pdf_find(pdf, lw_pdf_page(pdf, i), "Annots");
		for (guint k = 0; k < lw_pdf_length(all); k++) {
			LwPdfObject *annotation = lw_pdf_item(pdf, all, k);
			if (lw_pdf_is_name(lw_pdf_find(pdf, annotation, "Subtype"), "Widget"))
				rename_widget(&states, seen, annotation);
		}
	}
}
