/* pdffonts.c - compares what fonts say about codes with the codes that pages show.
 *
 * It looks with the interpreter that reads the glyphs, not with what wrote the file. Where a font
 * may draw something that the interpreter does not run, nothing is said about it. */
#include "extractors/pdffonts.h"

#include "engine/pdf/cmap.h"
#include "engine/pdf/collect.h"
#include "engine/pdf/interpret.h"

#include <string.h>

#define CODES 65536

typedef struct {
	LwPdf *pdf;
	GHashTable *shown;  /* font dictionary -> bits by code */
	GHashTable *run;    /* streams */
	GHashTable *exempt; /* fonts */
} Watch;

static void on_begin(void *self, LwPdfStreamRun *run, const LwPdfState *state)
{
	(void)state;
	if (run->stream)
		g_hash_table_add(((Watch *)self)->run, run->stream);
}

static guint8 *bits_of(Watch *watch, LwPdfObject *font)
{
	guint8 *bits = g_hash_table_lookup(watch->shown, font);
	if (!bits) {
		bits = g_malloc0(CODES / 8);
		g_hash_table_insert(watch->shown, font, bits);
	}
	return bits;
}

static void note(const LwPdfFont *font, guint8 *bits, const LwPdfObject *string)
{
	if (!string || string->type != LW_PDF_STRING)
		return;
	const guint8 *bytes = (const guint8 *)string->string.bytes;
	for (gsize at = 0; at < string->string.length;) {
		LwPdfCode code;
		at += MAX(lw_pdf_font_next(font, bytes + at, string->string.length - at, &code), 1);
		if (code.code < CODES)
			bits[code.code / 8] |= (guint8)(1u << code.code % 8);
	}
}

static void on_operator(void *self, LwPdfStreamRun *run, const char *name,
			LwPdfObject *const *operands, guint count, const LwPdfState *before,
			const LwPdfState *state)
{
	(void)run, (void)before;
	gboolean shows = !strcmp(name, "Tj") || !strcmp(name, "TJ") || !strcmp(name, "'") ||
			 !strcmp(name, "\"");
	if (!shows || !count || !state->font || !state->font_dictionary)
		return;
	guint8 *bits = bits_of(self, state->font_dictionary);
	const LwPdfObject *last = operands[count - 1];
	note(state->font, bits, last);
	for (guint i = 0; i < lw_pdf_length(last); i++)
		note(state->font, bits, last->array.items[i]);
}

static void exempt_fonts(Watch *watch, const LwPdfObject *resources)
{
	const LwPdfObject *fonts = lw_pdf_dictionary_of(lw_pdf_find(watch->pdf, resources, "Font"));
	for (guint i = 0; fonts && i < fonts->dictionary.count; i++)
		g_hash_table_add(watch->exempt,
				 lw_pdf_resolve(watch->pdf, fonts->dictionary.entries[i].value));
}

/* Streams that draw but were not run: looks that are not chosen, patterns that nothing paints. */
static void exempt_unseen(Watch *watch)
{
	LwPdf *pdf = watch->pdf;
	exempt_fonts(watch,
		     lw_pdf_find(pdf, lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm"), "DR"));
	for (guint32 n = 1; n < lw_pdf_object_count(pdf); n++) {
		LwPdfObject *object = lw_pdf_object(pdf, n);
		gboolean draws = object && object->type == LW_PDF_STREAM &&
				 lw_pdf_find(pdf, object, "Resources");
		gboolean type3 = lw_pdf_is_name(lw_pdf_find(pdf, object, "Subtype"), "Type3");
		if (type3 || (draws && !g_hash_table_contains(watch->run, object)))
			exempt_fonts(watch, lw_pdf_find(pdf, object, "Resources"));
	}
}

static GString *unshown(const Watch *watch, const LwPdfObject *font, LwPdfObject *map)
{
	const guint8 *bits = g_hash_table_lookup(watch->shown, font);
	gboolean composite = lw_pdf_is_name(lw_pdf_find(watch->pdf, font, "Subtype"), "Type0");
	g_autoptr(LwPdfCMap) meanings = lw_pdf_cmap_load(watch->pdf, map);
	GString *letters = g_string_new(NULL);
	for (guint32 code = 0; code < (composite ? CODES : 256u); code++) {
		gunichar text[LW_PDF_GLYPH_CHARACTERS];
		if (bits && bits[code / 8] >> code % 8 & 1)
			continue;
		if (!lw_pdf_cmap_unicode(meanings, code, text))
			continue;
		for (guint i = 0; i < LW_PDF_GLYPH_CHARACTERS && text[i]; i++)
			g_string_append_unichar(letters, text[i]);
	}
	return letters;
}

static gboolean tell_font(const Watch *watch, LwPdfObject *font, LwInspectFunc found, void *self)
{
	LwPdfObject *map = lw_pdf_find(watch->pdf, font, "ToUnicode");
	LwPdfObject *type = lw_pdf_find(watch->pdf, font, "Type");
	if (!map || map->type != LW_PDF_STREAM || !lw_pdf_is_name(type, "Font") ||
	    g_hash_table_contains(watch->exempt, font) ||
	    lw_pdf_is_name(lw_pdf_find(watch->pdf, font, "BaseFont"), LW_PDF_LABEL_FONT))
		return TRUE;
	GString *letters = unshown(watch, font, map);
	gboolean go = !letters->len || found(self, "pdf/font", letters->str, letters->len);
	g_string_free(letters, TRUE);
	return go;
}

gboolean lw_pdf_inspect_fonts(LwPdf *pdf, LwInspectFunc found, void *self, GError **error)
{
	static const LwPdfWatcher watcher = {.begin = on_begin, .operator= on_operator };
	g_autoptr(LwPdfInterpreter) interpreter = lw_pdf_interpreter_new(pdf);
	g_autoptr(GHashTable) shown = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	g_autoptr(GHashTable) run = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) exempt = g_hash_table_new(NULL, NULL);
	Watch watch = {.pdf = pdf, .shown = shown, .run = run, .exempt = exempt};
	gboolean done = TRUE;
	for (guint i = 0; done && i < lw_pdf_page_count(pdf); i++)
		done = lw_pdf_interpret_page(interpreter, i, &watcher, &watch, error);
	exempt_unseen(&watch);
	gboolean go = done;
	for (guint32 n = 1; go && n < lw_pdf_object_count(pdf); n++)
		go = tell_font(&watch, lw_pdf_object(pdf, n), found, self);
	return done;
}
