/* scrub_appearance.c - reads the text that appearances of annotations and fields draw, to look for
 * secrets in it.
 *
 * Only text and forms count, not where they stand. Text is joined twice, with and without a space
 * between strings: a secret may be drawn letter by letter, and a short one is only found as a whole
 * word. */
#include "engine/render/pdf/scrub_shape.h"

#include <string.h>

#include "engine/base/limits.h"
#include "engine/pdf/font.h"
#include "engine/pdf/lexer.h"

#define OPERANDS 32

struct LwDrawn {
	LwScrub *scrub;
	GHashTable *fonts; /* LwPdfFont by dictionary */
	GHashTable *forms; /* streams read for this appearance */
	GString *joined, *spaced;
	gboolean tells;
};

typedef struct {
	LwPdfObject *resources;
	const LwPdfFont *font;
	LwPdfObject *operands[OPERANDS];
	guint count, depth;
} Run;

LwDrawn *lw_drawn_new(LwScrub *scrub)
{
	LwDrawn *drawn = g_new0(LwDrawn, 1);
	drawn->scrub = scrub;
	drawn->fonts = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL,
					     (GDestroyNotify)lw_pdf_font_free);
	drawn->forms = lw_scrub_set_new();
	drawn->joined = g_string_new(NULL);
	drawn->spaced = g_string_new(NULL);
	return drawn;
}

void lw_drawn_free(LwDrawn *drawn)
{
	if (!drawn)
		return;
	g_hash_table_unref(drawn->fonts);
	g_hash_table_unref(drawn->forms);
	g_string_free(drawn->joined, TRUE);
	g_string_free(drawn->spaced, TRUE);
	g_free(drawn);
}

static void read_stream(LwDrawn *drawn, LwPdfObject *stream, LwPdfObject *inherited, guint depth);

static void append_code(GString *text, const LwPdfCode *code)
{
	for (guint i = 0; i < G_N_ELEMENTS(code->unicode) && code->unicode[i]; i++)
		if (g_unichar_validate(code->unicode[i]))
			g_string_append_unichar(text, code->unicode[i]);
}

static void read_string(LwDrawn *drawn, const Run *run, const LwPdfObject *string)
{
	const guint8 *bytes = (const guint8 *)string->string.bytes;
	gsize length = string->string.length;
	if (lw_scrub_tells(drawn->scrub, string))
		drawn->tells = TRUE;
	while (run->font && length > 0) {
		LwPdfCode code;
		gsize taken = lw_pdf_font_next(run->font, bytes, length, &code);
		append_code(drawn->joined, &code);
		append_code(drawn->spaced, &code);
		bytes += taken;
		length -= taken;
	}
}

static const LwPdfFont *find_font(LwDrawn *drawn, const Run *run)
{
	LwPdf *pdf = drawn->scrub->pdf;
	const char *name = run->count >= 2 ? lw_pdf_name(run->operands[run->count - 2]) : NULL;
	LwPdfObject *fonts = lw_pdf_find(pdf, run->resources, "Font");
	LwPdfObject *dictionary = name ? lw_pdf_find(pdf, fonts, name) : NULL;
	if (!dictionary && name) {
		LwPdfObject *form = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm");
		fonts = lw_pdf_find(pdf, lw_pdf_find(pdf, form, "DR"), "Font");
		dictionary = lw_pdf_find(pdf, fonts, name);
	}
	if (!dictionary || dictionary->type != LW_PDF_DICTIONARY)
		return NULL;
	LwPdfFont *font = g_hash_table_lookup(drawn->fonts, dictionary);
	if (!font) {
		font = lw_pdf_font_load(pdf, dictionary);
		g_hash_table_insert(drawn->fonts, dictionary, font);
	}
	return font;
}

static void run_form(LwDrawn *drawn, const Run *run)
{
	LwPdf *pdf = drawn->scrub->pdf;
	const char *name = run->count ? lw_pdf_name(run->operands[run->count - 1]) : NULL;
	LwPdfObject *forms = lw_pdf_find(pdf, run->resources, "XObject");
	LwPdfObject *form = name ? lw_pdf_find(pdf, forms, name) : NULL;
	if (form && form->type == LW_PDF_STREAM &&
	    lw_pdf_is_name(lw_pdf_find(pdf, form, "Subtype"), "Form"))
		read_stream(drawn, form, run->resources, run->depth + 1);
}

static void show_operand(LwDrawn *drawn, const Run *run, LwPdfObject *operand)
{
	if (operand->type == LW_PDF_STRING)
		read_string(drawn, run, operand);
	else if (operand->type == LW_PDF_DICTIONARY && lw_scrub_tells_deep(drawn->scrub, operand))
		drawn->tells = TRUE;
	for (guint i = 0; i < lw_pdf_length(operand); i++)
		if (operand->array.items[i]->type == LW_PDF_STRING)
			read_string(drawn, run, operand->array.items[i]);
}

static void run_operator(LwDrawn *drawn, Run *run, LwPdfLexer *lexer, const char *name)
{
	if (g_str_equal(name, "Tf")) {
		run->font = find_font(drawn, run);
	} else if (g_str_equal(name, "Do")) {
		run_form(drawn, run);
	} else if (g_str_equal(name, "BI")) {
		const char *data;
		gsize length;
		lw_pdf_lex_inline_image(lexer, &data, &length);
	}
	for (guint i = 0; i < run->count; i++)
		show_operand(drawn, run, run->operands[i]);
	g_string_append_c(drawn->spaced, ' ');
	run->count = 0;
}

static void read_stream(LwDrawn *drawn, LwPdfObject *stream, LwPdfObject *inherited, guint depth)
{
	LwPdf *pdf = drawn->scrub->pdf;
	if (!g_hash_table_add(drawn->forms, stream))
		return;
	const char *rest = NULL;
	g_autoptr(GBytes) bytes = lw_pdf_decode(pdf, stream, &rest, NULL);
	if (!bytes || rest || depth > LW_LIMIT_FORM_DEPTH) {
		drawn->tells = TRUE;
		return;
	}
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	if (lw_secrets_in_bytes(drawn->scrub->secrets, data, length) >= 0)
		drawn->tells = TRUE;
	g_autoptr(LwArena) arena = lw_arena_new();
	LwPdfLexer lexer;
	Run run = {.resources = lw_pdf_find(pdf, stream, "Resources"), .depth = depth};
	if (!run.resources)
		run.resources = inherited;
	lw_pdf_lexer_init(&lexer, pdf, arena, data, length);
	for (LwPdfObject *token = lw_pdf_lex(&lexer); token; token = lw_pdf_lex(&lexer)) {
		if (token->type == LW_PDF_OPERATOR)
			run_operator(drawn, &run, &lexer, token->string.bytes);
		else if (run.count < OPERANDS)
			run.operands[run.count++] = token;
	}
}

static void read_state(LwDrawn *drawn, LwPdfObject *state)
{
	if (!state || state->type != LW_PDF_STREAM)
		return;
	g_string_truncate(drawn->joined, 0);
	g_string_truncate(drawn->spaced, 0);
	g_hash_table_remove_all(drawn->forms);
	read_stream(drawn, state, NULL, 0);
	const LwSecrets *secrets = drawn->scrub->secrets;
	if (lw_secrets_in_text(secrets, drawn->joined->str, drawn->joined->len) >= 0 ||
	    lw_secrets_in_text(secrets, drawn->spaced->str, drawn->spaced->len) >= 0)
		drawn->tells = TRUE;
}

gboolean lw_drawn_tells(LwDrawn *drawn, LwPdfObject *appearance)
{
	static const char *const keys[] = {"N", "R", "D"};
	LwPdf *pdf = drawn->scrub->pdf;
	drawn->tells = FALSE;
	if (lw_secrets_is_empty(drawn->scrub->secrets))
		return FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		LwPdfObject *states = lw_pdf_find(pdf, appearance, keys[i]);
		read_state(drawn, states);
		if (!states || states->type != LW_PDF_DICTIONARY)
			continue;
		for (guint j = 0; j < states->dictionary.count; j++) {
			const LwPdfEntry *entry = &states->dictionary.entries[j];
			if (lw_scrub_tells(drawn->scrub, lw_pdf_new_name(pdf, entry->key)))
				drawn->tells = TRUE;
			read_state(drawn, lw_pdf_resolve(pdf, entry->value));
		}
	}
	return drawn->tells;
}
