/* test_object.c - files as trees of objects: normalising, the page tree, building, writing anew and
 * reading back. */
#include "tests/unit/pdf_fixture.h"

static void test_values(void **state)
{
	(void)state;
	Source source = {.content = "",
			 .catalog = "/A[1 2.5(x)/N null true]/B<</C 10 0 R>>",
			 .objects = "10 0 obj\n11 0 R\nendobj\n11 0 obj\n(deep)\nendobj\n"};
	g_autoptr(GBytes) bytes = source_file(&source);
	LwPdf *pdf = source_open(bytes);
	LwPdfObject *array = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "A");
	assert_int_equal(lw_pdf_length(array), 6);
	assert_int_equal(lw_pdf_integer(pdf, lw_pdf_item(pdf, array, 0), 0), 1);
	assert_near(lw_pdf_number(pdf, lw_pdf_item(pdf, array, 1), 0), 2.5, 1e-9);
	assert_true(lw_pdf_is_name(lw_pdf_item(pdf, array, 3), "N"));
	assert_null(lw_pdf_item(pdf, array, 4));
	assert_null(lw_pdf_item(pdf, array, 99));
	/* Chains of look-ups over what is not there give nothing. */
	assert_null(lw_pdf_find(pdf, lw_pdf_find(pdf, NULL, "X"), "Y"));
	lw_pdf_free(pdf);
}

static void test_cyclic_reference(void **state)
{
	(void)state;
	LwPdf *pdf = lw_pdf_new();
	LwPdfObject *dictionary = lw_pdf_new_dictionary(pdf);
	LwPdfObject *one = lw_pdf_reference(pdf, lw_pdf_new_integer(pdf, 1));
	lw_pdf_set(pdf, dictionary, "A", one);
	assert_int_equal(lw_pdf_integer(pdf, lw_pdf_find(pdf, dictionary, "A"), 0), 1);
	lw_pdf_reference(pdf, one);   /* now an object of its own… */
	one->reference = one->number; /* …that is itself */
	assert_null(lw_pdf_find(pdf, dictionary, "A"));
	one->reference = 4000;
	assert_null(lw_pdf_find(pdf, dictionary, "A"));
	lw_pdf_free(pdf);
}

static void assert_text(const char *string, const char *expected)
{
	g_autofree char *catalog = g_strconcat("/T", string, NULL);
	Source source = {.content = "", .catalog = catalog};
	g_autoptr(GBytes) bytes = source_file(&source);
	LwPdf *pdf = source_open(bytes);
	g_autofree char *text = lw_pdf_text(lw_pdf_find(pdf, lw_pdf_catalog(pdf), "T"));
	assert_string_equal(text, expected);
	lw_pdf_free(pdf);
}

static void test_text_strings(void **state)
{
	(void)state;
	assert_text("(abc)", "abc");
	assert_text("<FEFF004100E9>", "A\xC3\xA9");
	assert_text("<FFFE4100E900>", "A\xC3\xA9");
	assert_text("<EFBBBF41C3A9>", "A\xC3\xA9");
	assert_text("<FEFFD83DDE00>", "\xF0\x9F\x98\x80");
	assert_text("<A0>", "\xE2\x82\xAC"); /* PDFDocEncoding: the euro */
}

/* A file whose page tree is given. */
static GBytes *tree_file(const char *kids, const char *more)
{
	char *text = g_strdup_printf(
		"%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
		"2 0 obj\n<</Type/Pages/Count 2/MediaBox[0 0 70 80]/Kids[%s]>>\nendobj\n"
		"3 0 obj\n<</Type/Page/Parent 2 0 R/A 3>>\nendobj\n%s"
		"trailer\n<</Root 1 0 R/Size 20>>\n%%%%EOF\n",
		kids, more);
	return g_bytes_new_take(text, strlen(text));
}

static void test_page_that_stands_twice(void **state)
{
	(void)state;
	g_autoptr(GBytes) bytes = tree_file("3 0 R 3 0 R", "");
	LwPdf *pdf = source_open(bytes);
	assert_int_equal(lw_pdf_page_count(pdf), 2);
	/* Two pages: what happens to one does not happen to the other. */
	lw_pdf_set(pdf, lw_pdf_page(pdf, 0), "A", lw_pdf_new_integer(pdf, 4));
	assert_int_equal(lw_pdf_integer(pdf, lw_pdf_find(pdf, lw_pdf_page(pdf, 1), "A"), 0), 3);
	lw_pdf_free(pdf);
}

static void test_inherited(void **state)
{
	(void)state;
	g_autoptr(GBytes) bytes =
		tree_file("4 0 R", "4 0 obj\n<</Type/Pages/Parent 2 0 R/Rotate 90/Count 1/"
				   "Kids[5 0 R]>>\nendobj\n"
				   "5 0 obj\n<</Type/Page/Parent 4 0 R>>\nendobj\n");
	LwPdf *pdf = source_open(bytes);
	double box[4];
	assert_int_equal(lw_pdf_integer(pdf, lw_pdf_page_inherited(pdf, 0, "Rotate"), 0), 90);
	assert_true(lw_pdf_rectangle(pdf, lw_pdf_page_inherited(pdf, 0, "MediaBox"), box));
	assert_near(box[2], 70, 1e-9);
	lw_pdf_free(pdf);
}

/* Refused or read, but never round and round. */
static void test_cyclic_tree(void **state)
{
	(void)state;
	g_autoptr(GBytes) bytes = tree_file("3 0 R 2 0 R", "");
	g_autoptr(GBytes) plain = lw_pdf_normalise(bytes, NULL, NULL, NULL);
	if (!plain)
		return;
	LwPdf *pdf = lw_pdf_open(plain, NULL);
	if (!pdf)
		return;
	assert_true(lw_pdf_page_count(pdf) <= 2);
	lw_pdf_free(pdf);
}

static void assert_refused(const char *bytes, gsize length)
{
	g_autoptr(GBytes) input = g_bytes_new(bytes, length);
	GError *error = NULL;
	g_autoptr(GBytes) plain = lw_pdf_normalise(input, NULL, NULL, &error);
	LwPdf *pdf = plain ? lw_pdf_open(plain, &error) : NULL;
	assert_null(pdf);
	assert_int_equal(error->code, LW_ERROR_UNREADABLE);
	assert_null(strchr(error->message, '\n'));
	g_clear_error(&error);
}

static void test_no_pdf(void **state)
{
	(void)state;
	assert_refused("", 0);
	assert_refused("%PDF-1.7\n", 9);
	assert_refused("hello", 5);
}

static void test_repair_is_told(void **state)
{
	(void)state;
	Source source = {.content = "BT ET"};
	g_autoptr(GBytes) broken = source_file(&source); /* without a cross-reference table */
	gboolean encrypted = TRUE, repaired = FALSE;
	g_autoptr(GBytes) plain = lw_pdf_normalise(broken, &encrypted, &repaired, NULL);
	assert_non_null(plain);
	assert_true(repaired);
	assert_false(encrypted);
	g_autoptr(GBytes) again = lw_pdf_normalise(plain, &encrypted, &repaired, NULL);
	assert_non_null(again);
	assert_false(repaired);
}

static gboolean holds(GBytes *bytes, const char *needle)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	return memmem(data, length, needle, strlen(needle)) != NULL;
}

static void test_writer(void **state)
{
	(void)state;
	Source source = {.content = "BT /F1 10 Tf 50 100 Td (abc) Tj ET",
			 .objects =
				 "10 0 obj\n(an orphan)\nendobj\n11 0 obj\n(kept words)\nendobj\n",
			 .catalog = "/Keep[11 0 R 11 0 R]"};
	g_autoptr(GBytes) bytes = source_file(&source);
	LwPdf *pdf = source_open(bytes), *twin = source_open(bytes);
	g_autoptr(GBytes) one = lw_pdf_write(pdf, NULL), two = lw_pdf_write(twin, NULL);
	assert_true(g_bytes_equal(one, two));
	assert_true(g_str_has_prefix(g_bytes_get_data(one, NULL), "%PDF-1.7\n"));
	assert_false(holds(one, "an orphan"));
	LwPdf *back = source_open(one);
	LwPdfObject *keep = lw_pdf_find(back, lw_pdf_catalog(back), "Keep");
	g_autofree char *text = lw_pdf_text(lw_pdf_item(back, keep, 0));
	assert_string_equal(text, "kept words");
	assert_ptr_equal(lw_pdf_item(back, keep, 0),
			 lw_pdf_item(back, keep, 1)); /* once in the file */
	/* Numbered without holes, in order of reach; after them only object streams. */
	guint32 objects = 1;
	while (objects < lw_pdf_object_count(back) && lw_pdf_object(back, objects))
		objects++;
	assert_int_equal(objects, lw_pdf_object_count(back) - 1);
	g_autoptr(GBytes) content = lw_pdf_decode(
		back, lw_pdf_find(back, lw_pdf_page(back, 0), "Contents"), NULL, NULL);
	assert_true(holds(content, "(abc) Tj"));
	lw_pdf_free(pdf);
	lw_pdf_free(twin);
	lw_pdf_free(back);
}

static void test_other_content_other_id(void **state)
{
	(void)state;
	Source a = {.content = "BT ET"}, b = {.content = "BT ET q Q"};
	g_autoptr(GBytes) first = source_file(&a), second = source_file(&b);
	LwPdf *one = source_open(first), *two = source_open(second);
	g_autoptr(GBytes) x = lw_pdf_write(one, NULL), y = lw_pdf_write(two, NULL);
	LwPdf *p = source_open(x), *q = source_open(y);
	const LwPdfObject *i = lw_pdf_item(p, lw_pdf_find(p, lw_pdf_trailer(p), "ID"), 0);
	const LwPdfObject *k = lw_pdf_item(q, lw_pdf_find(q, lw_pdf_trailer(q), "ID"), 0);
	assert_non_null(i);
	assert_non_null(k);
	assert_memory_not_equal(i->string.bytes, k->string.bytes, 16);
	lw_pdf_free(one);
	lw_pdf_free(two);
	lw_pdf_free(p);
	lw_pdf_free(q);
}

static void test_dropped_object_is_null_everywhere(void **state)
{
	(void)state;
	Source source = {.content = "",
			 .catalog = "/A 10 0 R/B[10 0 R]",
			 .objects = "10 0 obj\n(gone)\nendobj\n"};
	g_autoptr(GBytes) bytes = source_file(&source);
	LwPdf *pdf = source_open(bytes);
	lw_pdf_drop(pdf, lw_pdf_find(pdf, lw_pdf_catalog(pdf), "A"));
	assert_null(lw_pdf_find(pdf, lw_pdf_catalog(pdf), "A"));
	g_autoptr(GBytes) out = lw_pdf_write(pdf, NULL);
	assert_false(holds(out, "gone"));
	lw_pdf_free(pdf);
}

static void assert_number(double value, const char *expected)
{
	g_autoptr(GString) out = g_string_new(NULL);
	lw_pdf_print_number(out, value);
	assert_string_equal(out->str, expected);
}

/* What a document says is kept nowhere for the life of the process. */
static void test_unknown_filter_leaves_nothing(void **state)
{
	(void)state;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autoptr(GBytes) raw = g_bytes_new_static("x", 1);
	LwPdfObject *stream = lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), raw);
	const char *rest = NULL;
	lw_pdf_set(pdf, stream->stream.dictionary, "Filter", lw_pdf_new_name(pdf, "Zonderland71"));
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, stream, &rest, NULL);
	assert_non_null(data);
	assert_string_equal(rest, "Zonderland71");
	assert_int_equal(g_quark_try_string("Zonderland71"), 0);
}

static void test_numbers_as_written(void **state)
{
	(void)state;
	assert_number(0, "0");
	assert_number(-0.0, "0");
	assert_number(12, "12");
	assert_number(-0.5, "-0.5");
	assert_number(1e-12, "0"); /* never an exponent */
	assert_number(1234567, "1234567");
	assert_number(NAN, "0");
	assert_number(INFINITY, "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_cyclic_reference),
		cmocka_unit_test(test_text_strings),
		cmocka_unit_test(test_page_that_stands_twice),
		cmocka_unit_test(test_inherited),
		cmocka_unit_test(test_cyclic_tree),
		cmocka_unit_test(test_no_pdf),
		cmocka_unit_test(test_repair_is_told),
		cmocka_unit_test(test_writer),
		cmocka_unit_test(test_other_content_other_id),
		cmocka_unit_test(test_dropped_object_is_null_everywhere),
		cmocka_unit_test(test_unknown_filter_leaves_nothing),
		cmocka_unit_test(test_numbers_as_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
