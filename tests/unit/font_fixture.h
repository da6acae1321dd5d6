/* font_fixture.h - a page that shows a text in a font of any syntax, and what the scrub makes of
 * the font. */
#pragma once

#include "engine/base/arena.h"
#include "engine/pdf/cmap.h"
#include "engine/pdf/lexer.h"
#include "engine/render/pdf/fontscrub.h"

typedef struct {
	LwPdf *pdf;
	LwPlan *plan;
	LwReceipt *receipt;
	LwPdfObject *font;
} Case;

static inline LwPdfObject *parse(LwPdf *pdf, const char *text)
{
	LwPdfLexer lexer;
	char *kept = lw_arena_strndup(lw_pdf_arena(pdf), text, strlen(text));
	lw_pdf_lexer_init(&lexer, pdf, lw_pdf_arena(pdf), kept, strlen(kept));
	return lw_pdf_lex_file(&lexer);
}

static inline LwPdfObject *stream_of(LwPdf *pdf, const void *bytes, gsize length)
{
	g_autoptr(GBytes) data = g_bytes_new(bytes, length);
	return lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), data);
}

/* A page that shows `content` with a font of this syntax, called F. */
static inline Case open_case(const char *font, const char *content)
{
	static const char file[] = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
				   "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
				   "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 "
				   "200]/Resources<</Font<<>>>>>>\nendobj\n"
				   "trailer\n<</Root 1 0 R/Size 4>>\n%%EOF\n";
	g_autoptr(GBytes) bytes = g_bytes_new_static(file, sizeof file - 1);
	g_autoptr(GBytes) plain = lw_pdf_normalise(bytes, NULL, NULL, NULL);
	Case c = {.pdf = lw_pdf_open(plain, NULL), .plan = lw_plan_new()};
	assert_non_null(c.pdf);
	c.receipt = lw_receipt_new(c.plan);
	c.font = parse(c.pdf, font);
	LwPdfObject *resources = lw_pdf_page_inherited(c.pdf, 0, "Resources");
	lw_pdf_set(c.pdf, lw_pdf_find(c.pdf, resources, "Font"), "F",
		   lw_pdf_reference(c.pdf, c.font));
	LwPdfObject *page = stream_of(c.pdf, content, strlen(content));
	lw_pdf_set(c.pdf, lw_pdf_page(c.pdf, 0), "Contents", lw_pdf_reference(c.pdf, page));
	return c;
}

static inline void close_case(Case c)
{
	lw_receipt_free(c.receipt);
	lw_plan_free(c.plan);
	lw_pdf_free(c.pdf);
}

static inline LwPdfObject *descriptor_of(Case c)
{
	LwPdfObject *below = lw_pdf_item(c.pdf, lw_pdf_find(c.pdf, c.font, "DescendantFonts"), 0);
	return lw_pdf_find(c.pdf, below ? below : c.font, "FontDescriptor");
}

static inline void embed(Case c, const char *key, GBytes *program, const gsize *lengths)
{
	gsize length;
	const void *bytes = g_bytes_get_data(program, &length);
	LwPdfObject *stream = stream_of(c.pdf, bytes, length);
	if (lengths) {
		lw_pdf_set(c.pdf, stream->stream.dictionary, "Length1",
			   lw_pdf_new_integer(c.pdf, (gint64)lengths[0]));
		lw_pdf_set(c.pdf, stream->stream.dictionary, "Length2",
			   lw_pdf_new_integer(c.pdf, (gint64)lengths[1]));
	}
	lw_pdf_set(c.pdf, descriptor_of(c), key, lw_pdf_reference(c.pdf, stream));
}

static inline GBytes *program_of(Case c, const char *key)
{
	return lw_pdf_decode(c.pdf, lw_pdf_find(c.pdf, descriptor_of(c), key), NULL, NULL);
}

static inline void add_map(Case c, const char *lines)
{
	g_autofree char *text =
		g_strdup_printf("/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\n"
				"endcodespacerange\n%s\n",
				lines);
	lw_pdf_set(c.pdf, c.font, "ToUnicode",
		   lw_pdf_reference(c.pdf, stream_of(c.pdf, text, strlen(text))));
}

static inline gunichar meaning(Case c, guint32 code)
{
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
	g_autoptr(LwPdfCMap) map = lw_pdf_cmap_load(c.pdf, lw_pdf_find(c.pdf, c.font, "ToUnicode"));
	lw_pdf_cmap_unicode(map, code, text);
	return text[0];
}

static inline double width_at(Case c, guint index)
{
	return lw_pdf_number(c.pdf, lw_pdf_item(c.pdf, lw_pdf_find(c.pdf, c.font, "Widths"), index),
			     -1);
}

static inline char *printed(const LwPdfObject *object)
{
	GString *out = g_string_new(NULL);
	lw_pdf_print(out, object);
	return g_string_free(out, FALSE);
}

/* In which order a producer met its letters. */
typedef enum {
	RISING,
	FALLING,
} Met;
