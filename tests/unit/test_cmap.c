/* test_cmap.c - lengths of codes and CIDs of predefined maps; hostile maps are bounded and always
 * give an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <string.h>

#include "engine/pdf/cmap.h"
#include "engine/pdf/codetable.h"

/* The lengths hold with and without the system's collection of maps. */
static void test_predefined(void **state)
{
	g_autoptr(LwPdfCMap) japanese = lw_pdf_cmap_load_named("90ms-RKSJ-V");
	g_autoptr(LwPdfCMap) utf16 = lw_pdf_cmap_load_named("UniJIS-UTF16-H");
	g_autoptr(LwPdfCMap) missing = lw_pdf_cmap_load_named("Nosuch-RKSJ-V");
	g_autoptr(LwPdfCMap) escape = lw_pdf_cmap_load_named("../../../../etc/passwd");
	g_autoptr(LwPdfCMap) identity = lw_pdf_cmap_load_named("Identity-V");
	guint32 code;

	(void)state;
	assert_int_equal(lw_pdf_cmap_next(japanese, (const guint8 *)"A\x82\xa0", 3, &code), 1);
	assert_int_equal(lw_pdf_cmap_next(japanese, (const guint8 *)"\x82\xa0", 2, &code), 2);
	assert_true(lw_pdf_cmap_is_vertical(japanese));
	if (!lw_pdf_cmap_doubtful(japanese))
		assert_int_equal(lw_pdf_cmap_cid(japanese, 0x82a0, 2), 843);
	assert_int_equal(lw_pdf_cmap_next(utf16, (const guint8 *)"\xd8\x40\xdc\x0b", 4, &code), 4);
	assert_int_equal(lw_pdf_cmap_next(utf16, (const guint8 *)"\x30\x42\x30\x42", 4, &code), 2);
	assert_true(lw_pdf_cmap_doubtful(missing));
	assert_true(lw_pdf_cmap_is_vertical(missing));
	assert_int_equal(lw_pdf_cmap_next(missing, (const guint8 *)"\xb1\xb1", 2, &code), 1);
	assert_int_equal(lw_pdf_cmap_next(missing, (const guint8 *)"\xe1\xb1", 2, &code), 2);
	assert_true(lw_pdf_cmap_doubtful(escape));
	assert_false(lw_pdf_cmap_doubtful(identity));
	assert_int_equal(lw_pdf_cmap_cid(identity, 0x1234, 2), 0x1234);
}

static void test_giant_ranges(void **state)
{
	g_autoptr(GString) text = g_string_new("1 begincodespacerange <00000000> <ffffffff>"
					       " endcodespacerange 1 begincidrange ");
	g_autoptr(LwPdfCMap) cmap = NULL;
	gint64 start = g_get_monotonic_time();
	gunichar unicode[LW_PDF_GLYPH_CHARACTERS];

	(void)state;
	for (guint i = 0; i < 20000; i++)
		g_string_append(text, "<00000000> <ffffffff> 0\n");
	g_string_append(text, "endcidrange 1 beginbfrange ");
	for (guint i = 0; i < 20000; i++)
		g_string_append(text, "<00000000> <ffffffff> <00410042>\n<0000> <ffff> <0041>\n");
	cmap = lw_pdf_cmap_new(text->str, text->len);
	assert_true(lw_pdf_cmap_doubtful(cmap));
	assert_true(g_get_monotonic_time() - start < 10 * G_TIME_SPAN_SECOND);
	lw_pdf_cmap_unicode(cmap, 0xd800, unicode);
	assert_int_equal(unicode[0], 0);
}

/* Counting past the last character ends there; it once went on into a table of something else. */
static void test_past_the_last_character(void **state)
{
	static const char counted[] = "1 begincodespacerange <00000000> <ffffffff> "
				      "endcodespacerange 1 beginbfrange <00000000> <ffffffff> "
				      "<0041> endbfrange";
	static const guint32 codes[] = {0x10ffff, 0x7fffffff, 0x80000000, 0x80001234, 0xffffffff};
	gunichar unicode[LW_PDF_GLYPH_CHARACTERS];
	g_autoptr(LwPdfCMap) cmap = lw_pdf_cmap_new(counted, strlen(counted));

	(void)state;
	assert_true(lw_pdf_cmap_unicode(cmap, 1, unicode));
	assert_int_equal(unicode[0], 'B');
	for (guint i = 0; i < G_N_ELEMENTS(codes); i++) {
		lw_pdf_cmap_unicode(cmap, codes[i], unicode);
		assert_int_equal(unicode[0], 0);
	}
}

static void test_code_table(void **state)
{
	g_autoptr(LwPdfCodeTable) table = lw_pdf_code_table_new();

	(void)state;
	lw_pdf_code_table_set(table, 0xfff0, 0x1000f, 100, LW_PDF_CODES_COUNTING);
	lw_pdf_code_table_set(table, 0x20000, 0x2ffff, 1, LW_PDF_CODES_COUNTING);
	lw_pdf_code_table_set(table, 0x20010, 0x2001f, 7, LW_PDF_CODES_SAME);
	lw_pdf_code_table_set(table, 0x2fff0, 0x30005, 9, LW_PDF_CODES_SAME);
	assert_int_equal(lw_pdf_code_table_find(table, 0xfff0), 100);
	assert_int_equal(lw_pdf_code_table_find(table, 0x1000f), 131);
	assert_int_equal(lw_pdf_code_table_find(table, 0x10010), 0);
	assert_int_equal(lw_pdf_code_table_find(table, 0x2000f), 16);
	assert_int_equal(lw_pdf_code_table_find(table, 0x2001f), 7);
	assert_int_equal(lw_pdf_code_table_find(table, 0x20020), 33);
	assert_int_equal(lw_pdf_code_table_find(table, 0x30005), 9);
	assert_int_equal(lw_pdf_code_table_find(table, 0x30006), 0);
	lw_pdf_code_table_set(table, 0, G_MAXUINT32, 5, LW_PDF_CODES_SAME);
	assert_int_equal(lw_pdf_code_table_find(table, 0x20010), 5);
	assert_int_equal(lw_pdf_code_table_find(table, G_MAXUINT32), 5);
	assert_int_equal(lw_pdf_code_table_find(NULL, 1), 0);
}

/* A good map with every byte cut off, replaced or doubled: always an answer. */
static void test_mutated_cmaps(void **state)
{
	static const char good[] =
		"/CIDInit /ProcSet findresource begin begincmap /WMode 1 def /H usecmap\n"
		"2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange\n"
		"1 begincidrange <8140> <817e> 633 endcidrange % remark\n"
		"2 beginbfrange <00> <05> <00410042> <8140> <8142> [<0041> /B <D83DDE00>] "
		"endbfrange\n"
		"1 beginbfchar <06> <> endbfchar (a\\)b) << /x 1 >> endcmap";
	g_autoptr(GRand) random = g_rand_new_with_seed(7);

	(void)state;
	for (guint round = 0; round < 4000; round++) {
		g_autofree char *text = g_memdup2(good, sizeof(good));
		gsize length = round % 3 ? sizeof(good) - 1
					 : (gsize)g_rand_int_range(random, 0, sizeof(good));
		gunichar unicode[LW_PDF_GLYPH_CHARACTERS];
		guint32 code;
		g_autoptr(LwPdfCMap) cmap = NULL;

		for (guint i = 0; i < round % 5; i++)
			text[g_rand_int_range(random, 0, sizeof(good) - 1)] =
				good[g_rand_int_range(random, 0, sizeof(good))];
		cmap = lw_pdf_cmap_new(text, length);
		for (guint first = 0; first < 256; first += 5) {
			const guint8 string[4] = {(guint8)first, 0x41, 0xff, 0};
			guint bytes = lw_pdf_cmap_next(cmap, string, 1 + first % 4, &code);

			assert_in_range(bytes, 1, 1 + first % 4);
			assert_in_range(lw_pdf_cmap_cid(cmap, code, bytes), 0, G_MAXUINT32);
			lw_pdf_cmap_unicode(cmap, code, unicode);
			assert_true(unicode[0] == 0 || lw_pdf_is_character(unicode[0]));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_predefined),
		cmocka_unit_test(test_giant_ranges),
		cmocka_unit_test(test_past_the_last_character),
		cmocka_unit_test(test_code_table),
		cmocka_unit_test(test_mutated_cmaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
