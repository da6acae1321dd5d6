/* font.c - fuzz target: any bytes as an embedded font program of every sort, reduced to what one
 * page shows.
 *
 * The first byte says which sort: what draws with a program decides how it is read. A program that
 * was reduced is never larger than it was, but for what a new file needs around it. */
#include "engine/pdf/fontcff.h"
#include "engine/pdf/interpret.h"
#include "engine/render/pdf/fontscrub.h"
#include "engine/render/pdf/fontsfnt.h"
#include "engine/render/pdf/fonttype1.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Of the Type 1 program in the corpus. */
#define LENGTH1 108
#define LENGTH2 251

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
	const char *font; /* %s: the descriptor */
	const char *key;  /* of the program */
	const char *more; /* in the dictionary of the program */
} Sort;

#define COMPOSITE(subtype)                                                                         \
	"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+X/Encoding/Identity-H/DescendantFonts[<</Type" \
	"/Font/Subtype/" subtype "/BaseFont/ABCDEF+X/CIDSystemInfo<</Registry(Adobe)/Ordering("    \
	"Identity)/Supplement 0>>/DW 500/W[0[500 600]]%s>>]>>"
#define SIMPLE(subtype, encoding)                                                                  \
	"<</Type/Font/Subtype/" subtype "/BaseFont/ABCDEF+X/FirstChar 65/LastChar 67/Widths[500 "  \
	"600 700]" encoding "%s>>"

static const Sort sorts[] = {
	{COMPOSITE("CIDFontType2"), "FontFile2", ""},
	{SIMPLE("TrueType", ""), "FontFile2", ""},
	{SIMPLE("TrueType", "/Encoding/WinAnsiEncoding"), "FontFile2", ""},
	{SIMPLE("Type1", ""), "FontFile", "/Length1 108/Length2 251/Length3 0"},
	{SIMPLE("Type1", "/Encoding<</Differences[65/A/B/Q]>>"), "FontFile3", "/Subtype/Type1C"},
	{COMPOSITE("CIDFontType0"), "FontFile3", "/Subtype/CIDFontType0C"},
	{COMPOSITE("CIDFontType0"), "FontFile3", "/Subtype/OpenType"},
};

static void append_object(GString *file, guint number, const char *dictionary, const char *data,
			  gsize length)
{
	g_string_append_printf(file, "%u 0 obj\n<<%s/Length %" G_GSIZE_FORMAT ">>\nstream\n",
			       number, dictionary, length);
	g_string_append_len(file, data, (gssize)length);
	g_string_append(file, "\nendstream\nendobj\n");
}

/* A file of one page that shows two letters of a font with this program. */
static GBytes *file_of(const Sort *sort, const uint8_t *data, size_t size)
{
	static const char show[] = "BT /F 12 Tf 50 50 Td <0041> Tj (AB) Tj ET";
	g_autofree char *descriptor = g_strdup_printf(
		"/FontDescriptor<</Type/FontDescriptor/FontName/ABCDEF+X/Flags 4/FontBBox[0 -200 "
		"1000 900]/Ascent 900/Descent -200/ItalicAngle 0/CapHeight 700/StemV 80/%s 6 0 R>>",
		sort->key);
	GString *file = g_string_new("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
				     "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
				     "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]"
				     "/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>\nendobj\n");
	g_auto(GStrv) halves = g_strsplit(sort->font, "%s", 2);
	g_string_append_printf(file, "4 0 obj\n%s%s%s\nendobj\n", halves[0], descriptor, halves[1]);
	append_object(file, 5, "", show, sizeof show - 1);
	append_object(file, 6, sort->more, (const char *)data, size);
	g_string_append(file, "trailer\n<</Size 7/Root 1 0 R>>\n%%EOF\n");
	return g_string_free_to_bytes(file);
}

/* The readers alone: they see more of a program that is damaged early. */
static void try_readers(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
	g_autoptr(LwCff) cff = lw_cff_read(data, size);
	g_autoptr(GHashTable) names = lw_type1_names(bytes, LENGTH1, LENGTH2);
	g_autoptr(LwType1Program) type1 = lw_type1_load(bytes, LENGTH1, LENGTH2);
	double box[4];
	g_assert(!cff || cff->count);
	g_assert(!type1 || !lw_type1_extents(type1, box) || box[0] <= box[2]);
	if (names) {
		LwType1 subset = {0};
		g_autoptr(GHashTable) wanted = g_hash_table_new(g_str_hash, g_str_equal);
		g_hash_table_add(wanted, (gpointer) "A");
		if (lw_type1_subset(bytes, LENGTH1, LENGTH2, wanted, &subset))
			g_bytes_unref(subset.data);
	}
	if (!lw_sfnt_is(data, size))
		return;
	GArray *codes = lw_sfnt_codes(bytes);
	g_clear_pointer(&codes, g_array_unref);
	(void)lw_sfnt_named_glyph(bytes, "A");
	for (guint i = 0; i < MIN(lw_sfnt_glyph_count(bytes), 16); i++)
		(void)lw_sfnt_has_outline(bytes, i);
}

static void see_glyph(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		      const LwPdfGlyph *glyph)
{
	(void)self, (void)run, (void)state;
	g_assert(isfinite(glyph->origin[0]) && isfinite(glyph->origin[1]));
	g_assert(isfinite(glyph->edge[0]) && isfinite(glyph->edge[1]));
	g_assert(isfinite(glyph->width) && isfinite(glyph->height));
}

static void read_again(GBytes *file)
{
	const LwPdfWatcher watcher = {.glyph = see_glyph};
	g_autoptr(LwPdf) pdf = lw_pdf_open(file, NULL);
	g_autoptr(LwPdfInterpreter) interpreter = pdf ? lw_pdf_interpreter_new(pdf) : NULL;
	if (interpreter && lw_pdf_page_count(pdf))
		lw_pdf_interpret_page(interpreter, 0, &watcher, NULL, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	const Sort *sort = &sorts[data[0] % G_N_ELEMENTS(sorts)];
	try_readers(data + 1, size - 1);
	g_autoptr(GBytes) file = file_of(sort, data + 1, size - 1);
	g_autoptr(GBytes) plain = lw_pdf_normalise(file, NULL, NULL, NULL);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, NULL) : NULL;
	if (!pdf || !lw_pdf_page_count(pdf))
		return 0;
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	lw_fontscrub(pdf, receipt);
	g_autoptr(GBytes) output = lw_pdf_write(pdf, NULL);
	g_autoptr(GBytes) again = output ? lw_pdf_normalise(output, NULL, NULL, NULL) : NULL;
	g_assert(again);
	read_again(again);
	return 0;
}
