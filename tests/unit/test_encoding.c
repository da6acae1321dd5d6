/* test_encoding.c - glyph names and their characters, encodings of annex D, widths of the standard
 * fonts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>

#include "engine/pdf/encoding.h"
#include "engine/pdf/metrics.h"

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-6)

static void assert_characters(const gunichar *unicode, const char *expected)
{
	g_autofree char *text = g_ucs4_to_utf8(unicode, LW_PDF_GLYPH_CHARACTERS, NULL, NULL, NULL);

	assert_string_equal(text, expected);
}

static void test_glyph_names(void **state)
{
	static const char *const known[][2] = {
		{"A", "A"},
		{"eacute", "é"},
		{"ij", "ĳ"},
		{"Euro", "€"},
		{"afii10017", "А"},
		{"uni00E9", "é"},
		{"uni00410042", "AB"},
		{"u1F600", "😀"},
		{"f_f_i", "ffi"},
		{"a.sc", "a"},
		{"f_i.alt", "fi"},
		{"sevenoldstyle", "7"},
		{"Asmall", "a"},
		{"Eacutesmall", "é"},
		{"fi", "ﬁ"},
		{"hyphen", "-"},
		{"quoteright", "’"},
		{"Tcommaaccent", "Ţ"},
	};
	static const char *const unknown[] = {
		".notdef",
		"",
		"g12",
		"cid34",
		"A65",
		"uni00",
		"uniD800",
		"u110000",
		"_",
		"f__i",
		"uni00410042004300440045",
		"f_nosuch",
		"uFFFFFFFF",
	};
	gunichar unicode[LW_PDF_GLYPH_CHARACTERS];

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
		assert_true(lw_pdf_glyph_unicode(known[i][0], unicode));
		assert_characters(unicode, known[i][1]);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(unknown); i++) {
		assert_false(lw_pdf_glyph_unicode(unknown[i], unicode));
		assert_int_equal(unicode[0], 0);
	}
	assert_false(lw_pdf_glyph_unicode(NULL, unicode));
	assert_true(lw_pdf_dingbat_unicode("a20", unicode));
	assert_characters(unicode, "✔");
	assert_true(lw_pdf_dingbat_unicode("a120", unicode));
	assert_characters(unicode, "①");
	assert_false(lw_pdf_dingbat_unicode("b20", unicode));
}

/* Each name of each encoding means something; those of ISO 32000-1 annex D at their places. */
static void test_encodings(void **state)
{
	gunichar unicode[LW_PDF_GLYPH_CHARACTERS];

	(void)state;
	for (guint i = 0; i < LW_PDF_ENCODINGS * 256; i++) {
		const char *name = lw_pdf_encoding_glyph(i / 256, (guint8)i);

		if (!name || i / 256 == LW_PDF_ENCODING_SYMBOL ||
		    i / 256 == LW_PDF_ENCODING_MAC_EXPERT)
			continue;
		assert_true(lw_pdf_glyph_unicode(name, unicode) ||
			    lw_pdf_dingbat_unicode(name, unicode));
	}
	assert_string_equal(lw_pdf_encoding_glyph(LW_PDF_ENCODING_WIN_ANSI, 0x80), "Euro");
	assert_string_equal(lw_pdf_encoding_glyph(LW_PDF_ENCODING_MAC_ROMAN, 0x8e), "eacute");
	assert_string_equal(lw_pdf_encoding_glyph(LW_PDF_ENCODING_STANDARD, 0xae), "fi");
	assert_string_equal(lw_pdf_encoding_glyph(LW_PDF_ENCODING_STANDARD, 0x27), "quoteright");
	assert_string_equal(lw_pdf_encoding_glyph(LW_PDF_ENCODING_PDF_DOC, 0xa0), "Euro");
	assert_string_equal(lw_pdf_encoding_glyph(LW_PDF_ENCODING_SYMBOL, 0x61), "alpha");
	assert_string_equal(lw_pdf_encoding_glyph(LW_PDF_ENCODING_DINGBATS, 0x21), "a1");
	assert_null(lw_pdf_encoding_glyph(LW_PDF_ENCODING_STANDARD, 0xe9 - 0x20));
}

static void test_core(void **state)
{
	static const struct {
		const char *font, *glyph;
		double width;
	} known[] = {
		{"Helvetica", "A", 667},
		{"ABCDEF+ArialMT", "A", 667},
		{"Arial,Bold", "A", 722},
		{"Arial-BoldItalicMT", "a", 556},
		{"Times-Roman", "A", 722},
		{"TimesNewRomanPS-ItalicMT", "A", 611},
		{"Times New Roman,Bold", "A", 722},
		{"CourierNew", "A", 600},
		{"Symbol", "alpha", 631},
		{"ZapfDingbats", "a1", 974},
		{"Helvetica", "Euro", 556},
		{"Times-BoldItalic", "fi", 556},
	};
	LwPdfCoreFont font;

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
		assert_true(lw_pdf_core_find(known[i].font, &font));
		assert_near(lw_pdf_core_width(font, known[i].glyph), known[i].width);
	}
	assert_false(lw_pdf_core_find("Arial-Black", &font));
	assert_false(lw_pdf_core_find("Verdana", &font));
	assert_false(lw_pdf_core_find(NULL, &font));
	assert_true(lw_pdf_core_find("Helvetica", &font));
	assert_near(lw_pdf_core_width(font, "nosuch"), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_glyph_names),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_core),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
