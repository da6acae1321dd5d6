/* content.c - fuzz target: any bytes as a content stream, through the lexer and through the
 * interpreter.
 *
 * The lexer ends inside its bytes, whatever it reads can be printed, every glyph has finite
 * corners. */
#include "engine/pdf/interpret.h"
#include "engine/pdf/lexer.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count_glyph(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
			const LwPdfGlyph *glyph)
{
	guint *count = self;

	(void)state;
	g_assert(run);
	g_assert(isfinite(glyph->origin[0]) && isfinite(glyph->origin[1]));
	g_assert(isfinite(glyph->edge[0]) && isfinite(glyph->edge[1]));
	g_assert(isfinite(glyph->width) && isfinite(glyph->height));
	++*count;
}

static void see_path(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		     const char *paint, const LwPdfPath *path)
{
	(void)self, (void)run, (void)state;
	g_assert(paint);
	g_assert(!isnan(path->extent.x0) && !isnan(path->extent.y1));
}

static void see_operator(void *self, LwPdfStreamRun *run, const char *name,
			 LwPdfObject *const *operands, guint count, const LwPdfState *before,
			 const LwPdfState *state)
{
	(void)self;
	g_assert(run && name && (operands || !count) && before && state);
}

/* A file of one page with this content and two fonts. */
static GBytes *file_of(const uint8_t *data, size_t size)
{
	static const char head[] =
		"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
		"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 "
		"R/Resources<<"
		"/Font<</F1 4 0 "
		"R/F2<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts"
		"[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/"
		"Ordering(Identity)"
		"/Supplement 0>>/DW 500>>]>>>>/XObject<</X0 5 0 R>>/ExtGState<</G0<</Font[4 0 R "
		"9]/ca .5>>>>>>>>\nendobj\n"
		"4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
		"5 0 obj\n<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Length ";
	GString *file = g_string_new_len(head, sizeof(head) - 1);

	g_string_append_printf(file, "%zu>>\nstream\n", size);
	g_string_append_len(file, (const char *)data, (gssize)size);
	g_string_append(file, "\nendstream\nendobj\ntrailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n");
	return g_string_free_to_bytes(file);
}

static void try_lexer(const uint8_t *data, size_t size)
{
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autoptr(GString) first = g_string_new(NULL);
	LwPdfLexer lexer;

	lw_pdf_lexer_init(&lexer, pdf, lw_pdf_arena(pdf), (const char *)data, size);
	for (LwPdfObject *object; (object = lw_pdf_lex(&lexer));) {
		lw_pdf_print(first, object);
		g_string_append_c(first, '\n');
		g_assert(lexer.at <= lexer.end);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const LwPdfWatcher watcher = {
		.glyph = count_glyph, .path = see_path, .operator= see_operator };
	guint glyphs = 0;

	try_lexer(data, size);
	g_autoptr(GBytes) file = file_of(data, size);
	g_autoptr(GBytes) plain = lw_pdf_normalise(file, NULL, NULL, NULL);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, NULL) : NULL;
	if (!pdf || !lw_pdf_page_count(pdf))
		return 0;
	g_autoptr(LwPdfInterpreter) interpreter = lw_pdf_interpreter_new(pdf);
	g_autoptr(GError) error = NULL;
	gboolean done = lw_pdf_interpret_page(interpreter, 0, &watcher, &glyphs, &error);
	g_assert(done == !error);
	return 0;
}
