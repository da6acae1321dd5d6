/* test_fontscrub_cff.c - CFF programs: what is not shown goes, what stays is in the order of what
 * it means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/pdf/fontcff.h"
#include "tests/unit/font_fixture.h"

/* Header; names; top; strings; no subroutines; encoding; charset; charstrings; private. Glyphs A
 * (SID 34) and Q (50). */
static GBytes *cff(Met met)
{
	static const guint8 plain[] = {
		1,   0,	 4,  1,	 0,  1,	 1,  1,	 9,   'Q', 'W', 'E', 'R', 'T', 'Y', '+',
		'T', 0,	 1,  1,	 1,  18, 28, 0,	 47,  15,  28,	0,   52,  17,  139, 28,
		0,   65, 18, 28, 0,  43, 16, 0,	 0,   0,   0,	0,   2,	  65,  81, /* 43: encoding
										    */
		0,   0,	 34, 0,	 50,						   /* 47: charset */
		0,   3,	 1,  1,	 2,  4,	 7,  14, 139, 14,  139, 139, 14,	   /* 52 */
	};
	guint8 bytes[sizeof plain];
	memcpy(bytes, plain, sizeof plain);
	if (met == FALLING) {
		static const guint8 turned[] = {0, 50, 0,  34,	0,   3,	 1,   1, 2,
						5, 7,  14, 139, 139, 14, 139, 14};
		memcpy(bytes + 48, turned, sizeof turned);
	}
	return g_bytes_new(bytes, sizeof bytes);
}

static void test_cff(void **state)
{
	(void)state;
	g_autoptr(GBytes) program = cff(RISING);
	gsize length;
	const guint8 *bytes = g_bytes_get_data(program, &length);
	g_autoptr(LwCff) before = lw_cff_read(bytes, length);
	assert_non_null(before);
	assert_int_equal(before->count, 3);
	assert_string_equal(before->names[2], "Q");
	Case c = open_case("<</Type/Font/Subtype/Type1/BaseFont/QWERTY+T/Encoding/WinAnsiEncoding/"
			   "FontDescriptor<<"
			   "/FontName/QWERTY+T>>>>",
			   "BT /F 9 Tf (A) Tj ET");
	embed(c, "FontFile3", program, NULL);
	lw_fontscrub(c.pdf, c.receipt);
	g_autoptr(GBytes) fewer = program_of(c, "FontFile3");
	bytes = g_bytes_get_data(fewer, &length);
	g_autoptr(LwCff) after = lw_cff_read(bytes, length);
	assert_non_null(after);
	assert_int_equal(after->count, 2);
	assert_string_equal(after->names[1], "A");
	assert_null(memmem(bytes, length, "QWERTY", 6));
	assert_int_equal(c.receipt->notices->len, 0);
	close_case(c);
}

static GBytes *cff_after(Met met)
{
	g_autoptr(GBytes) program = cff(met);
	Case c = open_case("<</Type/Font/Subtype/Type1/BaseFont/QWERTY+T/Encoding/WinAnsiEncoding/"
			   "FontDescriptor<</FontName/QWERTY+T>>>>",
			   "BT /F 9 Tf (AQ) Tj ET");
	embed(c, "FontFile3", program, NULL);
	lw_fontscrub(c.pdf, c.receipt);
	assert_int_equal(c.receipt->notices->len, 0);
	GBytes *after = program_of(c, "FontFile3");
	close_case(c);
	return after;
}

static void test_cff_order(void **state)
{
	(void)state;
	g_autoptr(GBytes) rising = cff(RISING), falling = cff(FALLING);
	g_autoptr(GBytes) one = cff_after(RISING), other = cff_after(FALLING);
	assert_false(g_bytes_equal(rising, falling));
	assert_true(g_bytes_equal(one, other));
	gsize length;
	const guint8 *bytes = g_bytes_get_data(one, &length);
	g_autoptr(LwCff) after = lw_cff_read(bytes, length);
	assert_string_equal(after->names[1], "A");
	assert_int_equal(after->outlines[1].length, 2); /* its outline came along */
	assert_int_equal(after->outlines[2].length, 3);
}

static void put(GByteArray *out, guint value, guint bytes)
{
	for (guint i = bytes; i > 0; i--)
		g_byte_array_append(out, (const guint8[]){(guint8)(value >> 8 * (i - 1))}, 1);
}

/* Glyph n is that of SID n and of code n - 1: 256 of them have a code of the program's own. */
static GBytes *full_cff(void)
{
	enum { CODES = 256, CHARSET = 34, ENCODING = CHARSET + 4, OUTLINES = ENCODING + 4 };
	/* header, names, the top dictionary (places of two bytes), no texts, no subroutines */
	static const guint8 head[] = {
		1,	 0,  4,	 1, 0,	      1,  1,  1, 2,	   'F', 0,   1,	  1,  1, 16, 28, 0,
		CHARSET, 15, 28, 0, ENCODING, 16, 28, 0, OUTLINES, 17,	139, 139, 18, 0, 0,  0,	 0};
	static const guint8 names[] = {1, 0, 1, 255}, codes[] = {1, 1, 0, 255};
	static const guint8 outline[] = {139, 14};
	GByteArray *out = g_byte_array_new();

	g_byte_array_append(out, head, sizeof head);
	assert_int_equal(out->len, CHARSET);
	g_byte_array_append(out, names, sizeof names);
	g_byte_array_append(out, codes, sizeof codes);
	put(out, CODES + 1, 2);
	put(out, 2, 1);
	for (guint i = 0; i <= CODES + 1; i++)
		put(out, 1 + i * sizeof outline, 2);
	for (guint i = 0; i <= CODES; i++)
		g_byte_array_append(out, outline, sizeof outline);
	return g_byte_array_free_to_bytes(out);
}

/* What stays of it when the codes up to one are shown. */
static guint glyphs_after(guint last)
{
	g_autoptr(GBytes) program = full_cff();
	g_autoptr(GString) content = g_string_new("BT /F 9 Tf <");
	for (guint code = 0; code <= last; code++)
		g_string_append_printf(content, "%02x", code);
	g_string_append(content, "> Tj ET");
	Case c = open_case("<</Type/Font/Subtype/Type1/BaseFont/QWERTY+T/FontDescriptor"
			   "<</Flags 4/FontName/QWERTY+T>>>>",
			   content->str);
	embed(c, "FontFile3", program, NULL);
	lw_fontscrub(c.pdf, c.receipt);
	g_autoptr(GBytes) after = program_of(c, "FontFile3");
	gsize length;
	const guint8 *bytes = g_bytes_get_data(after, &length);
	g_autoptr(LwCff) cff = lw_cff_read(bytes, length);
	assert_non_null(cff);
	guint count = cff->count;
	close_case(c);
	return count;
}

/* HarfBuzz ends the process at 256 codes. */
static void test_every_code(void **state)
{
	(void)state;
	g_autoptr(GBytes) program = full_cff();
	gsize length;
	const guint8 *bytes = g_bytes_get_data(program, &length);
	g_autoptr(LwCff) cff = lw_cff_read(bytes, length);
	assert_non_null(cff);
	assert_int_equal(cff->count, 257);
	assert_int_equal(lw_cff_encoded(cff, bytes, length), 256);
	assert_int_equal(glyphs_after(255), 257);
	assert_int_equal(glyphs_after(254), 256);
	assert_int_equal(glyphs_after(9), 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cff),
		cmocka_unit_test(test_cff_order),
		cmocka_unit_test(test_every_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
