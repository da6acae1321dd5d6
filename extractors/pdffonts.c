/* pdffonts.c - compares what fonts say about codes with the codes that content shows.
 *
 * It looks with the interpreter that reads the glyphs, not with what wrote the file. Content that
 * no page came by ran before. */
#include "extractors/pdffonts.h"

#include "engine/pdf/cmap.h"
#include "engine/pdf/names.h"
#include "engine/pdf/collect.h"
#include "engine/pdf/interpret.h"

#include <string.h>

#define HIGH_CODES 65536 /* of three and four bytes that are looked at */

typedef struct {
	LwPdf *pdf;
	const LwPdfInterpreter *ran; /* over all content */
	GHashTable *exempt;	     /* fonts */
} Watch;

static gboolean is_subset(LwPdf *pdf, const LwPdfObject *font)
{
	const char *name = lw_pdf_name(lw_pdf_find(pdf, font, "BaseFont"));
	return lw_pdf_is_subset(name);
}

static void exempt_fonts(Watch *watch, const LwPdfObject *resources)
{
	const LwPdfObject *fonts = lw_pdf_dictionary_of(lw_pdf_find(watch->pdf, resources, "Font"));
	for (guint i = 0; fonts && i < fonts->dictionary.count; i++)
		g_hash_table_add(watch->exempt,
				 lw_pdf_resolve(watch->pdf, fonts->dictionary.entries[i].value));
}

/* Who fills in a field needs letters that are not there yet; a subset never had them. */
static void exempt_fields(Watch *watch)
{
	LwPdf *pdf = watch->pdf;
	LwPdfObject *form = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm");
	const LwPdfObject *fonts =
		lw_pdf_dictionary_of(lw_pdf_find(pdf, lw_pdf_find(pdf, form, "DR"), "Font"));
	for (guint i = 0; fonts && i < fonts->dictionary.count; i++) {
		LwPdfObject *font = lw_pdf_resolve(pdf, fonts->dictionary.entries[i].value);
		if (!is_subset(pdf, font))
			g_hash_table_add(watch->exempt, font);
	}
}

/* Streams that draw but could not be run: nobody knows what they show. */
static void exempt_unseen(Watch *watch)
{
	LwPdf *pdf = watch->pdf;
	for (guint32 n = 1; n < lw_pdf_object_count(pdf); n++) {
		LwPdfObject *object = lw_pdf_object(pdf, n);
		LwPdfObject *resources = lw_pdf_find(pdf, object, "Resources");
		if (resources && object->type == LW_PDF_STREAM &&
		    !lw_pdf_interpreter_ran(watch->ran, object))
			exempt_fonts(watch, resources);
	}
}

static void append_text(GString *letters, const gunichar text[LW_PDF_GLYPH_CHARACTERS])
{
	for (guint i = 0; i < LW_PDF_GLYPH_CHARACTERS && text[i]; i++)
		g_string_append_unichar(letters, text[i]);
}

static GString *unshown(const Watch *watch, const LwPdfObject *font, LwPdfObject *map)
{
	const guint8 *bits = lw_pdf_interpreter_shown(watch->ran, font);
	gboolean composite = lw_pdf_is_name(lw_pdf_find(watch->pdf, font, "Subtype"), "Type0");
	g_autoptr(LwPdfCMap) meanings = lw_pdf_cmap_load(watch->pdf, map);
	GString *letters = g_string_new(NULL);
	for (guint32 code = 0; code < (composite ? LW_PDF_CODES : 256u); code++) {
		gunichar text[LW_PDF_GLYPH_CHARACTERS];
		if (bits && bits[code / 8] >> code % 8 & 1)
			continue;
		if (lw_pdf_cmap_unicode(meanings, code, text))
			append_text(letters, text);
	}
	guint32 high = composite ? lw_pdf_cmap_next_high(meanings, 0) : 0;
	for (guint i = 0; high && i < HIGH_CODES; i++) {
		gunichar text[LW_PDF_GLYPH_CHARACTERS];
		if (!lw_pdf_interpreter_shows_high(watch->ran, font, high) &&
		    lw_pdf_cmap_unicode(meanings, high, text))
			append_text(letters, text);
		high = high < G_MAXUINT32 ? lw_pdf_cmap_next_high(meanings, high + 1) : 0;
	}
	return letters;
}

static gboolean tell_font(const Watch *watch, LwPdfObject *font, LwInspectFunc found, void *self)
{
	LwPdfObject *map = lw_pdf_find(watch->pdf, font, "ToUnicode");
	LwPdfObject *type = lw_pdf_find(watch->pdf, font, "Type");
	if (!map || map->type != LW_PDF_STREAM || (type && !lw_pdf_is_name(type, "Font")) ||
	    g_hash_table_contains(watch->exempt, font) ||
	    lw_pdf_is_name(lw_pdf_find(watch->pdf, font, "BaseFont"), LW_PDF_LABEL_FONT))
		return TRUE;
	GString *letters = unshown(watch, font, map);
	gboolean go = !letters->len || found(self, "pdf/font", letters->str, letters->len);
	g_string_free(letters, TRUE);
	return go;
}

void lw_pdf_inspect_fonts(LwPdf *pdf, const LwPdfInterpreter *ran, LwInspectFunc found, void *self)
{
	g_autoptr(GHashTable) exempt = g_hash_table_new(NULL, NULL);
	Watch watch = {.pdf = pdf, .ran = ran, .exempt = exempt};
	gboolean go = TRUE;
	exempt_fields(&watch);
	exempt_unseen(&watch);
	for (guint32 n = 1; go && n < lw_pdf_object_count(pdf); n++)
		go = tell_font(&watch, lw_pdf_object(pdf, n), found, self);
}
