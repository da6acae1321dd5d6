/* pdfundrawn.c - reads content that no page came by: forms and patterns that nothing draws, looks
 * that are not chosen, glyphs of Type 3 fonts.
 *
 * The interpreter of the pages runs them too, so that it knows afterwards which codes of which font
 * any content shows. */
#include "extractors/pdffonts.h"

#include "engine/base/limits.h"
#include "engine/pdf/encoding.h"
#include "engine/pdf/interpret.h"

#include <string.h>

#define WORD_GAP 0.18 /* em */

typedef struct {
	LwPdf *pdf;
	LwPdfInterpreter *interpreter;
	LwInspectFunc found;
	void *self;
	gboolean go;
	GString *text; /* of the stream that runs */
	LwPdfGlyph last;
} Undrawn;

static gboolean begins_word(const LwPdfGlyph *last, const LwPdfGlyph *next)
{
	double em = MAX(next->em, 1), gap = next->extent.x0 - last->extent.x1;
	return gap > WORD_GAP * em || gap < -em || next->extent.y0 > last->extent.y1 ||
	       next->extent.y1 < last->extent.y0;
}

static void on_glyph(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		     const LwPdfGlyph *glyph)
{
	Undrawn *undrawn = self;
	(void)run, (void)state;
	if (undrawn->text->len && begins_word(&undrawn->last, glyph))
		g_string_append_c(undrawn->text, ' ');
	for (guint i = 0; i < LW_PDF_GLYPH_CHARACTERS && glyph->code.unicode[i]; i++)
		g_string_append_unichar(undrawn->text, glyph->code.unicode[i]);
	undrawn->last = *glyph;
}

/* What cannot be run shows nothing to anybody. */
static void run_stream(Undrawn *undrawn, const char *channel, LwStreamType type,
		       LwPdfObject *stream, LwPdfObject *resources)
{
	static const LwPdfWatcher watcher = {.glyph = on_glyph};
	if (!stream || stream->type != LW_PDF_STREAM || !undrawn->go ||
	    lw_pdf_interpreter_ran(undrawn->interpreter, stream))
		return;
	g_string_truncate(undrawn->text, 0);
	lw_pdf_interpret_stream(undrawn->interpreter, stream, type, resources, &watcher, undrawn);
	if (undrawn->text->len)
		undrawn->go = undrawn->found(undrawn->self, channel, undrawn->text->str,
					     undrawn->text->len);
}

static void run_glyphs(Undrawn *undrawn, const LwPdfObject *font)
{
	LwPdfObject *resources = lw_pdf_find(undrawn->pdf, font, "Resources");
	const LwPdfObject *all = lw_pdf_dictionary_of(lw_pdf_find(undrawn->pdf, font, "CharProcs"));
	for (guint i = 0; all && i < all->dictionary.count; i++)
		run_stream(undrawn, "pdf/type3", LW_STREAM_CHAR_PROC,
			   lw_pdf_resolve(undrawn->pdf, all->dictionary.entries[i].value),
			   resources);
}

static gboolean draws(LwPdf *pdf, const LwPdfObject *object)
{
	LwPdfObject *subtype = lw_pdf_find(pdf, object, "Subtype");
	return object->type == LW_PDF_STREAM &&
	       (lw_pdf_is_name(subtype, "Form") ||
		(!subtype && lw_pdf_find_raw(object, "Resources")));
}

/* A font may stand in the resources themselves. */
static void look_at(Undrawn *undrawn, LwPdfObject *object, guint depth)
{
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(object);
	if (!dictionary || depth > LW_LIMIT_NESTING)
		return;
	if (draws(undrawn->pdf, object))
		run_stream(undrawn, "pdf/undrawn", LW_STREAM_FORM, object, NULL);
	if (lw_pdf_find_raw(object, "CharProcs"))
		run_glyphs(undrawn, object);
	for (guint i = 0; i < dictionary->dictionary.count; i++)
		if (lw_pdf_dictionary_of(dictionary->dictionary.entries[i].value))
			look_at(undrawn, dictionary->dictionary.entries[i].value, depth + 1);
}

gboolean lw_pdf_inspect_undrawn(LwPdf *pdf, LwPdfInterpreter *interpreter, LwInspectFunc found,
				void *self)
{
	Undrawn undrawn = {.pdf = pdf,
			   .interpreter = interpreter,
			   .found = found,
			   .self = self,
			   .go = TRUE,
			   .text = g_string_new(NULL)};
	for (guint32 n = 1; lw_pdf_page_count(pdf) && n < lw_pdf_object_count(pdf); n++)
		look_at(&undrawn, lw_pdf_object(pdf, n), 0);
	g_string_free(undrawn.text, TRUE);
	return undrawn.go;
}
