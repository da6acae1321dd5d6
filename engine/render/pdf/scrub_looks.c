/* scrub_looks.c - names of fonts in default appearances: one in which a secret stands gets another,
 * so that a field that stays can still be filled in.
 *
 * The name is the same in the form's resources and in every DA: it changes in all of them alike. */
#include "engine/pdf/lexer.h"
#include "engine/render/pdf/scrub_shape.h"

#include <string.h>

#define FIELD_DEPTH  64
#define LOOK_LONGEST 4096 /* bytes */

typedef struct {
	LwScrub *scrub;
	GHashTable *names; /* old name to new one; only those that change */
	GHashTable *seen;
} Looks;

/* Others may share the dictionaries of the form: it gets its own. */
static void rename_fonts(Looks *looks, LwPdfObject *form)
{
	LwPdf *pdf = looks->scrub->pdf;
	LwPdfObject *resources = lw_pdf_find(pdf, form, "DR");
	const LwPdfObject *fonts = lw_pdf_dictionary_of(lw_pdf_find(pdf, resources, "Font"));
	LwPdfObject *fresh = lw_pdf_new_dictionary(pdf);
	for (guint i = 0; fonts && i < fonts->dictionary.count; i++) {
		const LwPdfEntry *entry = &fonts->dictionary.entries[i];
		char *name = g_strdup(entry->key);
		if (lw_scrub_tells(looks->scrub, lw_pdf_new_name(pdf, entry->key))) {
			g_free(name);
			name = g_strdup_printf("LwD%u", g_hash_table_size(looks->names));
			g_hash_table_insert(looks->names, g_strdup(entry->key), g_strdup(name));
		}
		lw_pdf_set(pdf, fresh, name, entry->value);
		g_free(name);
	}
	if (!g_hash_table_size(looks->names))
		return;
	resources = lw_pdf_copy(pdf, resources);
	lw_pdf_set(pdf, resources, "Font", fresh);
	lw_pdf_set(pdf, form, "DR", resources);
}

static char *dup_renamed(const Looks *looks, const LwPdfObject *look, gboolean *changed)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	g_autoptr(GString) fresh = g_string_new(NULL);
	LwPdfObject *token;
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, looks->scrub->pdf, scratch, look->string.bytes,
			  MIN(look->string.length, LOOK_LONGEST));
	while ((token = lw_pdf_lex(&lexer))) {
		const char *name = lw_pdf_name(token);
		const char *other = name ? g_hash_table_lookup(looks->names, name) : NULL;
		*changed |= other != NULL;
		if (other)
			token = lw_pdf_new_name(looks->scrub->pdf, other);
		if (fresh->len)
			g_string_append_c(fresh, ' ');
		if (token->type == LW_PDF_OPERATOR)
			g_string_append(fresh, token->string.bytes);
		else
			lw_pdf_print(fresh, token);
	}
	return g_string_free(g_steal_pointer(&fresh), FALSE);
}

static void rename_in(Looks *looks, LwPdfObject *object)
{
	LwPdf *pdf = looks->scrub->pdf;
	LwPdfObject *look = lw_pdf_find(pdf, object, "DA");
	gboolean changed = FALSE;
	if (!look || look->type != LW_PDF_STRING)
		return;
	g_autofree char *fresh = dup_renamed(looks, look, &changed);
	if (changed)
		lw_pdf_set(pdf, object, "DA", lw_pdf_new_string(pdf, fresh, strlen(fresh)));
}

static void rename_upwards(Looks *looks, LwPdfObject *field)
{
	for (guint depth = 0; field && depth < FIELD_DEPTH; depth++) {
		if (field->type == LW_PDF_DICTIONARY && g_hash_table_add(looks->seen, field))
			rename_in(looks, field);
		field = lw_pdf_find(looks->scrub->pdf, field, "Parent");
	}
}

void lw_scrub_looks(LwScrub *scrub)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *form = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm");
	g_autoptr(GHashTable) names =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GHashTable) seen = lw_scrub_set_new();
	Looks looks = {.scrub = scrub, .names = names, .seen = seen};
	if (!form || form->type != LW_PDF_DICTIONARY)
		return;
	rename_fonts(&looks, form);
	if (!g_hash_table_size(names))
		return;
	rename_in(&looks, form);
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++) {
		LwPdfObject *all = lw_pdf_find(pdf, lw_pdf_page(pdf, i), "Annots");
		for (guint k = 0; k < lw_pdf_length(all); k++)
			rename_upwards(&looks, lw_pdf_item(pdf, all, k));
	}
}
