/* test_filter.c - stream filters against vectors of the standards and of hand. */
#include "tests/unit/pdf_fixture.h"

#include "engine/pdf/filter.h"

#include <zlib.h>

static void assert_decoded(const char *name, const LwPdfPredictor *predictor, const void *data,
			   gsize length, const void *expected, gsize size)
{
	g_autofree guint8 *exact = g_memdup2(data, MAX(length, 1));
	g_autoptr(GByteArray) out = g_byte_array_new();
	GError *error = NULL;
	assert_true(lw_pdf_filter_decode(name, predictor, exact, length, 1 << 20, out, &error));
	assert_null(error);
	assert_int_equal(out->len, size);
	if (size)
		assert_memory_equal(out->data, expected, size);
}

static void test_lzw(void **state)
{
	(void)state;
	/* The example of ISO 32000-1, 7.4.4.2. */
	static const guint8 data[] = {0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01};
	static const guint8 expected[] = {45, 45, 45, 45, 45, 65, 45, 45, 45, 66};
	assert_decoded("LZWDecode", NULL, data, sizeof data, expected, sizeof expected);
	assert_decoded("LZW", NULL, data, sizeof data, expected, sizeof expected);
}

/* Literals only, until codes grow to ten bits: after entry 510 was added, or 511 without early
 * change. */
static GByteArray *lzw_literals(guint count, int early_change)
{
	GByteArray *out = g_byte_array_new();
	guint32 bits = 0, held = 0;
	for (guint k = 0; k <= count + 1; k++) {
		guint code = k == 0 ? 256 : k <= count ? k * 7 % 251 : 257;
		guint width = 256 + k >= 512 - (guint)early_change ? 10 : 9;
		bits = bits << width | code;
		for (held += width; held >= 8; held -= 8) {
			guint8 byte = (guint8)(bits >> (held - 8));
			g_byte_array_append(out, &byte, 1);
		}
	}
	guint8 last = (guint8)(bits << (8 - held));
	g_byte_array_append(out, &last, 1);
	return out;
}

static void test_lzw_width(void **state)
{
	(void)state;
	guint8 expected[400];
	for (guint k = 1; k <= 400; k++)
		expected[k - 1] = (guint8)(k * 7 % 251);
	g_autoptr(GByteArray) early = lzw_literals(400, 1), late = lzw_literals(400, 0);
	LwPdfPredictor plain = {1, 1, 8, 1, 0};
	assert_decoded("LZWDecode", NULL, early->data, early->len, expected, sizeof expected);
	assert_decoded("LZWDecode", &plain, late->data, late->len, expected, sizeof expected);
}

static void test_ascii85(void **state)
{
	(void)state;
	assert_decoded("ASCII85Decode", NULL, "87cURD]i,\"Ebo80~>", 17, "Hello World!", 12);
	assert_decoded("A85", NULL, "z87cUR~>", 8, "\0\0\0\0Hell", 8);
	assert_decoded("A85", NULL, "87 cU\nRDZ~>", 11, "Hello", 5);
	assert_decoded("A85", NULL, "87cUR", 5, "Hell", 4); /* no end */
}

static void test_ascii_hex(void **state)
{
	(void)state;
	assert_decoded("ASCIIHexDecode", NULL, "48 65\n6c6C 6>ff", 15, "Hell`", 5);
	assert_decoded("AHx", NULL, "", 0, "", 0);
}

static void test_run_length(void **state)
{
	(void)state;
	static const guint8 data[] = {2, 'a', 'b', 'c', 254, 'x', 128, 'z'};
	assert_decoded("RunLengthDecode", NULL, data, sizeof data, "abcxxx", 6);
	static const guint8 cut[] = {9, 'a', 'b'};
	assert_decoded("RL", NULL, cut, sizeof cut, "ab", 2);
}

static void test_flate_goes_round(void **state)
{
	(void)state;
	g_autoptr(GBytes) packed = lw_pdf_deflate("aaaaaaaaaabbbb", 14, 6);
	gsize length;
	const void *data = g_bytes_get_data(packed, &length);
	assert_decoded("FlateDecode", NULL, data, length, "aaaaaaaaaabbbb", 14);
	assert_decoded("Fl", NULL, data, length, "aaaaaaaaaabbbb", 14);
}

static void test_damaged_flate_gives_its_beginning(void **state)
{
	(void)state;
	g_autofree char *text = g_strnfill(5000, 'k');
	g_autoptr(GBytes) packed =
		lw_pdf_deflate(text, 5000, 0); /* stored: what is there can be read */
	g_autoptr(GByteArray) out = g_byte_array_new();
	assert_true(lw_pdf_filter_decode("Fl", NULL, g_bytes_get_data(packed, NULL), 1000, 1 << 20,
					 out, NULL));
	assert_true(out->len > 500 && out->len < 1000);
}

static void assert_predicted(LwPdfPredictor predictor, const guint8 *rows, gsize length,
			     const guint8 *expected, gsize size)
{
	g_autoptr(GBytes) packed = lw_pdf_deflate(rows, length, 6);
	gsize count;
	const void *data = g_bytes_get_data(packed, &count);
	assert_decoded("FlateDecode", &predictor, data, count, expected, size);
}

static void test_png_predictors(void **state)
{
	(void)state;
	/* None, Sub, Up, Average, Paeth over three grey samples. */
	static const guint8 rows[] = {0, 10, 20, 30, 1,	 1,  1, 1, 2, 5,
				      5, 5,  3,	 10, 10, 10, 4, 1, 2, 3};
	/* Sub: 1 2 3. Up: 6 7 8. Average: 10+3=13, 10+(13+7)/2=20, 10+(20+8)/2=24.
	 * Paeth: 1+13=14; of 14, 20, 13 the nearest to 21 is 20: 22; of 22, 24, 20 the nearest to
	 * 26 is 24: 27. */
	static const guint8 expected[] = {10, 20, 30, 1, 2, 3, 6, 7, 8, 13, 20, 24, 14, 22, 27};
	assert_predicted((LwPdfPredictor){15, 1, 8, 3, 1}, rows, sizeof rows, expected,
			 sizeof expected);
}

static void test_tiff_predictor(void **state)
{
	(void)state;
	static const guint8 rows[] = {1, 2, 3, 1, 1, 1, 5, 5, 5, 250, 250, 250};
	static const guint8 expected[] = {1, 2, 3, 2, 3, 4, 5, 5, 5, 255, 255, 255};
	assert_predicted((LwPdfPredictor){2, 3, 8, 2, 1}, rows, sizeof rows, expected,
			 sizeof expected);
}

static void test_bound(void **state)
{
	(void)state;
	g_autofree guint8 *zeros = g_malloc0(1 << 20);
	g_autoptr(GBytes) packed = lw_pdf_deflate(zeros, 1 << 20, 9);
	g_autoptr(GByteArray) out = g_byte_array_new();
	GError *error = NULL;
	gsize length;
	const void *data = g_bytes_get_data(packed, &length);
	assert_false(lw_pdf_filter_decode("FlateDecode", NULL, data, length, 1000, out, &error));
	assert_int_equal(error->code, LW_ERROR_UNREADABLE);
	assert_true(out->len <= 1000);
	g_clear_error(&error);
	static const guint8 run[] = {129, 'x', 129, 'x', 128};
	g_byte_array_set_size(out, 0);
	assert_false(lw_pdf_filter_decode("RL", NULL, run, sizeof run, 100, out, &error));
	g_clear_error(&error);
}

static void test_others_are_not_ours(void **state)
{
	(void)state;
	g_autoptr(GByteArray) out = g_byte_array_new();
	GError *error = NULL;
	assert_false(
		lw_pdf_filter_decode("DCTDecode", NULL, (const guint8 *)"x", 1, 100, out, &error));
	assert_null(error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lzw),
		cmocka_unit_test(test_lzw_width),
		cmocka_unit_test(test_ascii85),
		cmocka_unit_test(test_ascii_hex),
		cmocka_unit_test(test_run_length),
		cmocka_unit_test(test_flate_goes_round),
		cmocka_unit_test(test_damaged_flate_gives_its_beginning),
		cmocka_unit_test(test_png_predictors),
		cmocka_unit_test(test_tiff_predictor),
		cmocka_unit_test(test_bound),
		cmocka_unit_test(test_others_are_not_ours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
