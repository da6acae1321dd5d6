/* test_zip.c - archives: what is written is reproducible, what is read is bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/base/zip.h"

static void add(LwZipWriter *writer, const char *name, const char *text, LwZipMethod method)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	lw_zip_writer_add(writer, name, bytes, method);
}

static GBytes *archive_of(const char *first, const char *second)
{
	g_autoptr(LwZipWriter) writer = lw_zip_writer_new();
	add(writer, first, "stored text", LW_ZIP_STORED);
	if (second)
		add(writer, second, "deflated text text text text text", LW_ZIP_DEFLATED);
	GBytes *bytes = lw_zip_writer_close(writer, NULL);
	assert_non_null(bytes);
	return bytes;
}

static void refused(GBytes *bytes)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(LwZip) zip = lw_zip_open(bytes, &error);
	assert_null(zip);
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_UNREADABLE));
}

/* The archive with every occurrence of a name (same length) changed. */
static GBytes *renamed(GBytes *bytes, const char *from, const char *to, gsize size)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);
	guint8 *copy = g_memdup2(data, length);
	for (gsize i = 0; i + size <= length; i++) {
		if (memcmp(copy + i, from, size) == 0)
			memcpy(copy + i, to, size);
	}
	return g_bytes_new_take(copy, length);
}

static void test_round_trip(void **state)
{
	(void)state;
	g_autoptr(GBytes) bytes = archive_of("mimetype", "folder/b.xml");
	g_autoptr(LwZip) zip = lw_zip_open(bytes, NULL);
	assert_non_null(zip);
	assert_int_equal(lw_zip_count(zip), 2);
	assert_string_equal(lw_zip_name(zip, 0), "mimetype");
	assert_int_equal(lw_zip_find(zip, "folder/b.xml"), 1);
	assert_int_equal(lw_zip_find(zip, "folder"), -1);
	g_autoptr(GBytes) member = lw_zip_load(zip, 1, NULL);
	assert_int_equal(g_bytes_get_size(member), 33);
	assert_memory_equal(g_bytes_get_data(member, NULL), "deflated text", 13);
}

/* ODF 1.3 part 2, section 3.3: the media type can be read at fixed offsets. */
static void test_header_is_plain(void **state)
{
	(void)state;
	g_autoptr(GBytes) bytes = archive_of("mimetype", "b");
	const guint8 *data = g_bytes_get_data(bytes, NULL);
	assert_memory_equal(data, "PK\3\4", 4);
	assert_int_equal(data[8] | data[9] << 8, 0);	  /* stored */
	assert_int_equal(data[10] | data[11] << 8, 0);	  /* midnight */
	assert_int_equal(data[12] | data[13] << 8, 0x21); /* 1 January 1980 */
	assert_int_equal(data[28] | data[29] << 8, 0);	  /* no extra field */
	assert_memory_equal(data + 30, "mimetypestored text", 19);
}

/* What a deleted member leaves behind is found; a sound archive has nothing between its members. */
static void test_gaps(void **state)
{
	(void)state;
	g_autoptr(GBytes) good = archive_of("a", "b");
	g_autoptr(LwZip) zip = lw_zip_open(good, NULL);
	g_autoptr(GBytes) none = lw_zip_load_gaps(zip);
	assert_int_equal(g_bytes_get_size(none), 0);
	gsize length;
	const guint8 *data = g_bytes_get_data(good, &length);
	GByteArray *longer = g_byte_array_new();
	g_byte_array_append(longer, data, (guint)length);
	g_byte_array_append(longer, (const guint8 *)"Zebulon", 7);
	g_autoptr(GBytes) odd = g_byte_array_free_to_bytes(longer);
	g_autoptr(LwZip) second = lw_zip_open(odd, NULL);
	assert_non_null(second);
	g_autoptr(GBytes) found = lw_zip_load_gaps(second);
	assert_int_equal(g_bytes_get_size(found), 7);
	assert_memory_equal(g_bytes_get_data(found, NULL), "Zebulon", 7);
}

static void test_same_bytes(void **state)
{
	(void)state;
	g_autoptr(GBytes) one = archive_of("a", "b");
	g_usleep(2100000); /* longer than the two seconds that a zip can tell apart */
	g_autoptr(GBytes) two = archive_of("a", "b");
	assert_true(g_bytes_equal(one, two));
}

static void test_dangerous_names(void **state)
{
	(void)state;
	static const char *const names[] = {"../a/bcd", "a/../bcd", "/abcdefg", "a\\bcdefg",
					    "C:abcdef", "a//bcdef", "./abcdef", "abc\1defg"};
	g_autoptr(GBytes) good = archive_of("ABCDEFGH", NULL);
	g_autoptr(LwZip) control = lw_zip_open(good, NULL);
	assert_non_null(control);
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autoptr(GBytes) bad = renamed(good, "ABCDEFGH", names[i], 8);
		refused(bad);
	}
	g_autoptr(GBytes) nul = renamed(good, "ABCDEFGH", "abc\0defg", 8);
	refused(nul);
	g_autoptr(GBytes) nul_first = renamed(good, "ABCDEFGH", "..\0/defg", 8);
	refused(nul_first);
}

static void test_twins(void **state)
{
	(void)state;
	g_autoptr(GBytes) good = archive_of("twin-one", "twin-two");
	g_autoptr(GBytes) bad = renamed(good, "twin-two", "twin-one", 8);
	refused(bad);
}

static void test_garbage(void **state)
{
	(void)state;
	g_autoptr(GBytes) good = archive_of("a", "b");
	g_autoptr(GBytes) half = g_bytes_new_from_bytes(good, 0, g_bytes_get_size(good) / 2);
	g_autoptr(GBytes) none = g_bytes_new_static("", 0);
	refused(half);
	refused(none);
}

static void test_encrypted(void **state)
{
	(void)state;
	g_autoptr(GBytes) good = archive_of("abcdefgh", NULL);
	gsize length;
	guint8 *data = g_memdup2(g_bytes_get_data(good, NULL), g_bytes_get_size(good));
	length = g_bytes_get_size(good);
	for (gsize i = 0; i + 10 < length; i++) {
		if (memcmp(data + i, "PK\3\4", 4) == 0)
			data[i + 6] |= 1;
		if (memcmp(data + i, "PK\1\2", 4) == 0)
			data[i + 8] |= 1;
	}
	g_autoptr(GBytes) bad = g_bytes_new_take(data, length);
	refused(bad);
}

/* A member that says it is larger than deflate could make it of its bytes. */
static void test_bomb(void **state)
{
	(void)state;
	g_autoptr(GBytes) good = archive_of("a", "b");
	const gsize length = g_bytes_get_size(good);
	guint8 *data = g_memdup2(g_bytes_get_data(good, NULL), length);
	for (gsize i = 0; i + 30 < length; i++) {
		if (memcmp(data + i, "PK\1\2", 4) == 0)
			memcpy(data + i + 24, "\0\0\0\x10", 4); /* 256 MiB */
	}
	g_autoptr(GBytes) bad = g_bytes_new_take(data, length);
	refused(bad);
}

static void test_lying_size(void **state)
{
	(void)state;
	g_autoptr(GBytes) good = archive_of("a", "b");
	const gsize length = g_bytes_get_size(good);
	guint8 *data = g_memdup2(g_bytes_get_data(good, NULL), length);
	for (gsize i = 0; i + 30 < length; i++) {
		if (memcmp(data + i, "PK\1\2", 4) == 0 && data[i + 10] == 8)
			data[i + 24] = 20; /* really 33 */
	}
	g_autoptr(GBytes) bad = g_bytes_new_take(data, length);
	g_autoptr(LwZip) zip = lw_zip_open(bad, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) member = zip ? lw_zip_load(zip, 1, &error) : NULL;
	assert_null(member);
}

static void test_damaged_member(void **state)
{
	(void)state;
	g_autoptr(GBytes) good = archive_of("a", NULL);
	g_autoptr(GBytes) bad = renamed(good, "stored text", "stored TEXT", 11);
	g_autoptr(LwZip) zip = lw_zip_open(bad, NULL);
	assert_non_null(zip);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) member = lw_zip_load(zip, 0, &error);
	assert_null(member);
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_UNREADABLE));
}

static void test_too_many(void **state)
{
	(void)state;
	g_autoptr(LwZipWriter) writer = lw_zip_writer_new();
	for (guint i = 0; i <= LW_LIMIT_ZIP_MEMBERS; i++) {
		g_autofree char *name = g_strdup_printf("%u", i);
		add(writer, name, "", LW_ZIP_STORED);
	}
	g_autoptr(GBytes) bytes = lw_zip_writer_close(writer, NULL);
	refused(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip), cmocka_unit_test(test_header_is_plain),
		cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_dangerous_names),
		cmocka_unit_test(test_twins),	   cmocka_unit_test(test_garbage),
		cmocka_unit_test(test_encrypted),  cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_lying_size), cmocka_unit_test(test_damaged_member),
		cmocka_unit_test(test_too_many),   cmocka_unit_test(test_gaps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
