/* test_xref.c - which files are read as they are: only those in which nothing can mean two things.
 * Whatever else there is goes through the repair. */
#include "tests/unit/pdf_fixture.h"

#include "engine/pdf/xref.h"

#define OBJECTS 5

/* A file with a table that is right, but for what a test does to it. */
typedef struct {
	const char *head;   /* before the first object; NULL: the usual */
	const char *middle; /* between object 3 and 4 */
	const char *length; /* of the stream; NULL: the true one */
	const char *trailer, *tail;
	int move; /* added to the offset of object 2 */
} Twist;

static GBytes *twisted(const Twist *twist)
{
	static const char data[] = "BT /F1 10 Tf 50 100 Td (abc) Tj ET";
	g_autofree char *length = g_strdup_printf("%zu", strlen(data));
	g_autofree char *stream = g_strdup_printf("<</Length %s>>\nstream\n%s\nendstream",
						  twist->length ? twist->length : length, data);
	const char *bodies[OBJECTS] = {
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R>>", stream,
		"(end)"};
	gsize offsets[OBJECTS];
	GString *file = g_string_new(twist->head ? twist->head : "%PDF-1.7\n%\xE2\xE3\n");
	for (int i = 0; i < OBJECTS; i++) {
		g_string_append(file, i == 3 && twist->middle ? twist->middle : "");
		offsets[i] = file->len;
		g_string_append_printf(file, "%d 0 obj\n%s\nendobj\n", i + 1, bodies[i]);
	}
	gsize table = file->len;
	g_string_append_printf(file, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
	for (int i = 0; i < OBJECTS; i++)
		g_string_append_printf(file, "%010zu 00000 n \n",
				       offsets[i] + (gsize)(i == 1 ? twist->move : 0));
	g_string_append_printf(file,
			       "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n%s",
			       OBJECTS + 1, twist->trailer ? twist->trailer : "", table,
			       twist->tail ? twist->tail : "");
	return g_string_free_to_bytes(file);
}

static gboolean is_plain(Twist twist)
{
	g_autoptr(GBytes) file = twisted(&twist);
	return lw_pdf_is_plain(file);
}

static void a_plain_file_is_read_as_it_is(void **state)
{
	(void)state;
	Twist none = {0};
	g_autoptr(GBytes) file = twisted(&none);
	assert_true(lw_pdf_is_plain(file));
	gboolean encrypted = TRUE, repaired = TRUE;
	g_autoptr(GBytes) plain = lw_pdf_normalise(file, &encrypted, &repaired, NULL);
	assert_ptr_equal(plain, file);
	assert_false(encrypted || repaired);
	g_autoptr(LwPdf) pdf = lw_pdf_open(plain, NULL);
	assert_non_null(pdf);
	assert_int_equal(lw_pdf_page_count(pdf), 1);
}

static void what_we_write_is_plain(void **state)
{
	(void)state;
	Twist none = {0};
	g_autoptr(GBytes) file = twisted(&none);
	g_autoptr(LwPdf) pdf = lw_pdf_open(file, NULL);
	g_autoptr(GBytes) written = lw_pdf_write(pdf, NULL);
	assert_true(lw_pdf_is_plain(written));
	g_autoptr(LwPdf) back = lw_pdf_open(written, NULL);
	assert_int_equal(lw_pdf_page_count(back), 1);
	/* One byte more after the end, and it is not. */
	g_autoptr(GString) more = g_string_new_len(g_bytes_get_data(written, NULL),
						   (gssize)g_bytes_get_size(written));
	g_string_append(more, "x");
	g_autoptr(GBytes) longer = g_bytes_new(more->str, more->len);
	assert_false(lw_pdf_is_plain(longer));
}

static void nothing_hides_between_objects(void **state)
{
	(void)state;
	assert_true(is_plain((Twist){.middle = " \n"}));
	assert_false(is_plain((Twist){.middle = "9 0 obj\n(secret)\nendobj\n"}));
	assert_false(is_plain((Twist){.middle = "% secret\n"}));
	assert_false(is_plain((Twist){.head = "%PDF-1.7\n(secret)\n"}));
	assert_false(is_plain((Twist){.head = "junk %PDF-1.7\n"}));
	assert_false(is_plain((Twist){.tail = "secret"}));
	assert_true(is_plain((Twist){.tail = "\n"}));
}

static void a_stream_is_as_long_as_it_tells(void **state)
{
	(void)state;
	assert_false(is_plain((Twist){.length = "10"}));
	assert_false(is_plain((Twist){.length = "36"}));
	assert_false(is_plain((Twist){.length = "9999"}));
	assert_false(is_plain((Twist){.length = "0"}));
	assert_false(is_plain((Twist){.length = "-1"}));
	assert_false(is_plain((Twist){.length = "4 0 R"})); /* itself */
}

static void objects_stand_where_the_table_says(void **state)
{
	(void)state;
	assert_false(is_plain((Twist){.move = 1}));
	assert_false(is_plain((Twist){.move = -20}));
	assert_false(is_plain((Twist){.move = 1000000}));
}

static void one_revision_without_encryption(void **state)
{
	(void)state;
	assert_false(is_plain((Twist){.trailer = "/Prev 20"}));
	assert_false(is_plain((Twist){.trailer = "/XRefStm 20"}));
	assert_false(is_plain((Twist){.trailer = "/Encrypt<</Filter/Standard>>"}));
	assert_false(is_plain((Twist){
		.tail = "xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R>>\nstartxref\n9\n%%EOF\n"}));
}

/* Every cut and every changed byte: read or refused, never out of bounds. */
static void damage_does_no_harm(void **state)
{
	(void)state;
	Twist none = {0};
	g_autoptr(GBytes) file = twisted(&none);
	g_autoptr(LwPdf) pdf = lw_pdf_open(file, NULL);
	g_autoptr(GBytes) written = lw_pdf_write(pdf, NULL);
	gsize length;
	const char *data = g_bytes_get_data(written, &length);
	for (gsize at = 0; at < length; at++) {
		g_autofree char *copy = g_memdup2(data, length);
		copy[at] = (char)(copy[at] ^ 0x15);
		g_autoptr(GBytes) changed = g_bytes_new(copy, length);
		g_autoptr(GBytes) cut = g_bytes_new(data, at);
		assert_true(at + 1 == length || !lw_pdf_is_plain(cut)); /* the last is a new line */
		lw_pdf_is_plain(changed);
		g_autoptr(LwPdf) opened = lw_pdf_open(changed, NULL);
		for (guint32 n = 0; opened && n < lw_pdf_object_count(opened); n++)
			lw_pdf_object(opened, n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_file_is_read_as_it_is),
		cmocka_unit_test(what_we_write_is_plain),
		cmocka_unit_test(nothing_hides_between_objects),
		cmocka_unit_test(a_stream_is_as_long_as_it_tells),
		cmocka_unit_test(objects_stand_where_the_table_says),
		cmocka_unit_test(one_revision_without_encryption),
		cmocka_unit_test(damage_does_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
