/* test_raster.c - pictures of a package: what no viewer draws goes, and only that is searched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/base/zip.h"
#include "engine/odf/names.h"
#include "engine/odf/package.h"
#include "engine/odf/raster.h"
#include "engine/pdf/filter.h"
#include "engine/render/odf_work.h"
#include "extractors/odf.h"

#define SECRET "Zebulon"
#define TABLE  "\xff\xdb\0\4qq"
#define SCAN   "\xff\xda\0\4ss\x01\xff\0\x02\xff\xd0\x03"
#define JFIF   "\xff\xe0\0\x10JFIF\0\1\2\0\0\1\0\1\0\0"
#define SCREEN "\1\0\1\0\x80\0\0rgbRGB"
#define FRAME  "\x2c\0\0\0\0\1\0\1\0\0\2\2D\1\0"
#define LOOP   "\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0"

#define BYTES(literal) g_bytes_new_static(literal, sizeof(literal) - 1)

static void assert_strips_to(GBytes *dirty, GBytes *clean)
{
	g_autoptr(GBytes) output = lw_odf_strip_picture(dirty);
	assert_non_null(output);
	assert_true(g_bytes_equal(output, clean));
	g_autoptr(GBytes) again = lw_odf_strip_picture(output);
	assert_true(g_bytes_equal(again, output));
}

/* Half a picture is no picture. */
static void assert_cuts_refused(GBytes *picture)
{
	for (gsize i = 0; i < g_bytes_get_size(picture); i++) {
		g_autoptr(GBytes) cut = g_bytes_new_from_bytes(picture, 0, i);
		g_autoptr(GBytes) none = lw_odf_strip_picture(cut);
		assert_null(none);
	}
}

static void test_jpeg(void **state)
{
	(void)state;
	g_autoptr(GBytes) dirty =
		BYTES("\xff\xd8" JFIF "\xff\xe1\0\x09" SECRET "\xff\xfe\0\x09" SECRET
		      "\xff" TABLE SCAN "\xff\xd9" SECRET);
	g_autoptr(GBytes) clean = BYTES("\xff\xd8" JFIF TABLE SCAN "\xff\xd9");
	assert_strips_to(dirty, clean);
	assert_cuts_refused(clean);
	/* A thumbnail is a second picture. */
	g_autoptr(GBytes) thumbnail =
		BYTES("\xff\xd8"
		      "\xff\xe0\0\x13JFIF\0\1\2\0\0\1\0\1\1\1abc" TABLE SCAN "\xff\xd9");
	g_autoptr(GBytes) bare = BYTES("\xff\xd8" TABLE SCAN "\xff\xd9");
	assert_strips_to(thumbnail, bare);
}

static void test_png(void **state)
{
	(void)state;
	g_autoptr(GBytes) dirty = BYTES("\x89PNG\r\n\x1a\n"
					"\0\0\0\1IHDRxcccc"
					"\0\0\0\7tEXt" SECRET "cccc"
					"\0\0\0\2IDATyycccc"
					"\0\0\0\0IENDcccc" SECRET);
	g_autoptr(GBytes) clean = BYTES("\x89PNG\r\n\x1a\n"
					"\0\0\0\1IHDRxcccc"
					"\0\0\0\2IDATyycccc"
					"\0\0\0\0IENDcccc");
	assert_strips_to(dirty, clean);
	assert_cuts_refused(clean);
}

static void test_gif(void **state)
{
	(void)state;
	g_autoptr(GBytes) dirty = BYTES("GIF89a" SCREEN LOOP "\x21\xfe\7" SECRET "\0"
					"\x21\xff\x0bXMP DataXMP\7" SECRET "\0"
					"\x21\xf9\4\0\0\0\0\0" FRAME "\x3b" SECRET);
	g_autoptr(GBytes) clean = BYTES("GIF89a" SCREEN LOOP "\x21\xf9\4\0\0\0\0\0" FRAME "\x3b");
	assert_strips_to(dirty, clean);
	assert_cuts_refused(clean);
}

static void test_others(void **state)
{
	(void)state;
	g_autoptr(GBytes) bitmap = BYTES("BM\x3a\0\0\0");
	g_autoptr(GBytes) none = lw_odf_strip_picture(bitmap);
	assert_null(none);
	g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
	g_autoptr(GBytes) nothing = lw_odf_strip_picture(empty);
	assert_null(nothing);
}

static GBytes *package_with(const char *name, GBytes *picture)
{
	static const char content[] =
		"<office:document-content xmlns:office='" ODF_OFFICE "' xmlns:text='" ODF_TEXT
		"'><office:body><office:text><text:p>a</text:p></office:text></office:body>"
		"</office:document-content>";
	g_autoptr(LwZipWriter) writer = lw_zip_writer_new();
	g_autoptr(GBytes) type = BYTES(LW_ODF_MEDIA_TYPE);
	g_autoptr(GBytes) body = BYTES(content);
	lw_zip_writer_add(writer, "mimetype", type, LW_ZIP_STORED);
	lw_zip_writer_add(writer, "content.xml", body, LW_ZIP_DEFLATED);
	lw_zip_writer_add(writer, name, picture, LW_ZIP_DEFLATED);
	return lw_zip_writer_close(writer, NULL);
}

static gboolean collect(void *self, const char *channel, const char *bytes, gsize length)
{
	if (strcmp(channel, "odf/Pictures") == 0)
		g_byte_array_append(self, (const guint8 *)bytes, (guint)length);
	return TRUE;
}

static GByteArray *told_of(GBytes *picture)
{
	GByteArray *told = g_byte_array_new();
	g_autoptr(GBytes) package = package_with("Pictures/a", picture);
	assert_true(lw_odf_inspect(package, collect, told, NULL));
	g_byte_array_append(told, (const guint8 *)"", 1);
	return told;
}

/* Three letters stand in coded samples by chance; they say nothing. */
static void test_samples_are_not_searched(void **state)
{
	(void)state;
	g_autoptr(GBytes) png = BYTES("\x89PNG\r\n\x1a\n"
				      "\0\0\0\1IHDRxcccc"
				      "\0\0\0\7tEXt" SECRET "cccc"
				      "\0\0\0\5IDAT The cccc"
				      "\0\0\0\0IENDcccc");
	g_autoptr(GByteArray) told = told_of(png);
	assert_null(memmem(told->data, told->len, "The", 3));
	assert_non_null(memmem(told->data, told->len, SECRET, 7));
	g_autoptr(GBytes) jpeg =
		BYTES("\xff\xd8\xff\xfe\0\x09" SECRET "\xff\xda\0\4ss The \xff\xd9");
	g_autoptr(GByteArray) segments = told_of(jpeg);
	assert_null(memmem(segments->data, segments->len, "The", 3));
	assert_non_null(memmem(segments->data, segments->len, SECRET, 7));
}

/* From the damage on, everything is searched. */
static void test_damage_is_searched(void **state)
{
	(void)state;
	g_autoptr(GBytes) png = BYTES("\x89PNG\r\n\x1a\n"
				      "\0\0\0\1IHDRxcccc"
				      "\0\1\0\0IDAT" SECRET);
	g_autoptr(GByteArray) told = told_of(png);
	assert_non_null(memmem(told->data, told->len, SECRET, 7));
}

static void test_compressed_text_is_searched(void **state)
{
	(void)state;
	static const struct {
		const char *head;
		gsize length;
	} cases[] = {
		{"zTXtkey\0\0", 9},
		{"iCCPname\0\0", 10},
		{"iTXtkey\0\1\0nl\0sleutel\0", 21},
	};
	g_autoptr(GBytes) text = lw_pdf_deflate(SECRET " " SECRET, 15, 9);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GByteArray) png = g_byte_array_new();
		const gsize size = cases[i].length - 4 + g_bytes_get_size(text);
		const guint8 length[4] = {0, 0, 0, (guint8)size};
		g_byte_array_append(png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
		g_byte_array_append(png, length, 4);
		g_byte_array_append(png, (const guint8 *)cases[i].head, (guint)cases[i].length);
		g_byte_array_append(png, g_bytes_get_data(text, NULL),
				    (guint)g_bytes_get_size(text));
		g_byte_array_append(png, (const guint8 *)"cccc\0\0\0\0IENDcccc", 16);
		g_autoptr(GBytes) picture = g_bytes_new(png->data, png->len);
		g_autoptr(GByteArray) told = told_of(picture);
		assert_non_null(memmem(told->data, told->len, SECRET " " SECRET, 15));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jpeg),
		cmocka_unit_test(test_png),
		cmocka_unit_test(test_gif),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_samples_are_not_searched),
		cmocka_unit_test(test_damage_is_searched),
		cmocka_unit_test(test_compressed_text_is_searched),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
