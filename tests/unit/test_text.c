/* test_text.c - the normalised view, folding, skeletons and decoding against woo.md section 0 and
 * text.h. */
#include "engine/base/text.h"
#include "engine/detect/misread.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void assert_view(const char *raw, const char *expected)
{
	g_autoptr(LwNormal) normal = lw_normal_new(raw, strlen(raw));
	assert_string_equal(normal->utf8, expected);
	assert_int_equal(normal->length, strlen(expected));
	assert_int_equal(normal->raw[normal->length], strlen(raw));
	for (gsize i = 1; i <= normal->length; i++)
		assert_true(normal->raw[i] >= normal->raw[i - 1]);
}

static void spaces_quotes_and_hyphens_become_plain(void **state)
{
	(void)state;
	assert_view("a\u00a0b\u2009c\u202fd\u3000e", "a b c d e");
	assert_view("a\tb\nc\fd", "a\tb\nc\fd");
	assert_view("a\r\nb\vc", "a\nb c");
	assert_view("06\u201312\u2010\u2212", "06-12--");
	assert_view("\u2018s \u2019t \u201cx\u201d", "'s 't \"x\"");
	assert_view("bur\u00adger\u200bser\ufeffvice", "burgerservice");
}

static void compatibility_forms_are_taken_apart(void **state)
{
	(void)state;
	assert_view("o\ufb03ce", "office");
	assert_view("\uff11\uff12", "12");
	assert_view("Jose\u0301", "Jos\u00e9");
	assert_view("\u0132sbrand \u00e9\u00ff", "IJsbrand \u00e9\u00ff");
}

static void words_broken_by_a_hyphen_are_joined(void **state)
{
	(void)state;
	assert_view("Jan-\nsen", "Jansen");
	assert_view("Jan-\r\n   sen", "Jansen");
	assert_view("Jan\u00ad\nsen", "Jansen");
	assert_view("Jansen-\nde Vries", "Jansen-de Vries");
	assert_view("Jansen-\nvan der Berg", "Jansen-van der Berg");
	assert_view("A-\nB", "A-B");
	assert_view("Noord-\nHolland", "Noord-Holland");
	assert_view("06-\n12345678", "06-\n12345678");
	assert_view("- punt\n- punt", "- punt\n- punt");
	assert_view("gemeen-\nte heeft", "gemeente heeft");
}

static void ranges_lead_back_to_the_raw_text(void **state)
{
	(void)state;
	const char *raw = "x Jan-\nsen, \ufb01n Jose\u0301!";
	g_autoptr(LwNormal) normal = lw_normal_new(raw, strlen(raw));
	gsize start, end;
	const char *name = strstr(normal->utf8, "Jansen");
	gsize at = (gsize)(name - normal->utf8);
	lw_normal_range(normal, at, at + 6, &start, &end);
	assert_int_equal(start, 2);
	assert_int_equal(end, 10);
	/* Half a ligature is the whole of it. */
	at = (gsize)(strstr(normal->utf8, "fin") - normal->utf8);
	lw_normal_range(normal, at, at + 1, &start, &end);
	assert_memory_equal(raw + start, "\ufb01", 3);
	assert_int_equal(end - start, 3);
	at = (gsize)(strstr(normal->utf8, "Jos\u00e9") - normal->utf8);
	lw_normal_range(normal, at, at + 5, &start, &end);
	assert_int_equal(end - start, strlen("Jose\u0301"));
	assert_int_equal(lw_normal_find(normal, 2), 2);
	assert_int_equal(lw_normal_find(normal, strlen(raw)), normal->length);
}

/* The first place that is not before a raw one, where much was left out and much was added. */
static void places_are_found_wherever_they_went(void **state)
{
	(void)state;
	static const char *const raws[] = {
		"", "a", "\ufdfa\ufdfa\ufdfa x",
		"a\r\n\r\n\r\nb\u00ad\u00ad\u200b\u200b\u200bcd Jan-\n   sen",
		"\ufb01\ufb03\u00bd\u3300 plain text, far behind it \u200b\u200b\u200b\u200b end"};
	for (gsize i = 0; i < G_N_ELEMENTS(raws); i++) {
		gsize length = strlen(raws[i]), expected = 0;
		g_autoptr(LwNormal) normal = lw_normal_new(raws[i], length);
		for (gsize raw = 0; raw <= length + 1; raw++) {
			while (expected < normal->length && normal->raw[expected] < raw)
				expected++;
			assert_int_equal(lw_normal_find(normal, raw), expected);
		}
	}
}

/* A second look costs as much as the first: figures that are figures ask for none. */
static void only_misread_figures_are_mended(void **state)
{
	(void)state;
	static const char right[] =
		"Geboren 30-12-1985, 21 jaar, toestel 417, tel. 06-12345678, 1234 AB Ede";
	static const char wrong[] = "Geboren 3O-12-1985 te Ede";
	g_autoptr(LwNormal) plain = lw_normal_new(right, strlen(right));
	g_autoptr(LwNormal) torn = lw_normal_new(wrong, strlen(wrong));
	g_autoptr(LwMisread) mended = lw_misread_new(torn);
	assert_null(lw_misread_new(plain));
	assert_non_null(mended);
	assert_non_null(strstr(mended->view.utf8, "30-12-1985"));
}

static void bad_bytes_do_no_harm(void **state)
{
	(void)state;
	static const char bad[] = "a\xff\xe2\x82-\n\xc3";
	g_autoptr(LwNormal) normal = lw_normal_new(bad, sizeof bad - 1);
	assert_true(g_utf8_validate(normal->utf8, (gssize)normal->length, NULL));
	g_autofree char *folded = lw_text_fold(bad, sizeof bad - 1);
	assert_true(g_utf8_validate(folded, -1, NULL));
	g_autoptr(LwNormal) empty = lw_normal_new("", 0);
	assert_int_equal(empty->length, 0);
}

static void many_marks_keep_their_order(void **state)
{
	(void)state;
	GString *zalgo = g_string_new("e");
	for (int i = 0; i < 500; i++)
		g_string_append(zalgo, "\u0301");
	g_autoptr(LwNormal) normal = lw_normal_new(zalgo->str, zalgo->len);
	assert_true(normal->length > 0);
	assert_int_equal(normal->raw[normal->length], zalgo->len);
	g_string_free(zalgo, TRUE);
}

static void assert_fold(const char *text, const char *expected)
{
	g_autofree char *folded = lw_text_fold(text, -1);
	assert_string_equal(folded, expected);
}

static void folding_ignores_case_and_diacritics(void **state)
{
	(void)state;
	assert_fold("JOS\u00c9", "jose");
	assert_fold("Jose\u0301", "jose");
	assert_fold("Stra\u00dfe", "strasse");
	assert_fold("I\u011f d\u0131r \u0130", "ig dir i");
	assert_fold("S\u00f8ren \u0141ukasz", "soren lukasz");
	assert_fold("\u0132sselmeer \u00ff", "ijsselmeer ij");
	assert_fold("\u0160\u010d\u00f1\u00e7", "scnc");
	g_autofree char *part = lw_text_fold("ABCDEF", 3);
	assert_string_equal(part, "abc");
}

static void skeletons_are_letters_and_digits(void **state)
{
	(void)state;
	g_autofree char *skeleton = lw_text_skeleton("NL91 ABNA-0417.1643\n00", -1);
	assert_string_equal(skeleton, "nl91abna0417164300");
	g_autofree char *name = lw_text_skeleton("De Vri\u00ebs-O'Neill", -1);
	assert_string_equal(name, "devriesoneill");
	g_autofree char *greek = lw_text_skeleton("\u0391 \u03b2!", -1);
	assert_string_equal(greek, "\u03b1\u03b2");
}

static void characters_have_classes(void **state)
{
	(void)state;
	assert_true(lw_text_is_letter(0xe9) && lw_text_is_letter('a') && !lw_text_is_letter('1'));
	assert_true(lw_text_is_upper(0xc9) && !lw_text_is_upper(0xe9));
	assert_true(lw_text_is_lower(0xe9) && !lw_text_is_lower('A'));
	assert_true(lw_text_is_digit('7') && lw_text_is_digit(0x0663) && !lw_text_is_digit('x'));
	assert_true(lw_text_is_mark(0x301) && !lw_text_is_mark('e'));
}

static void offsets_count_code_points(void **state)
{
	(void)state;
	const char *text = "a\u00e9\U0001f600z";
	assert_int_equal(lw_text_code_points(text, strlen(text)), 4);
	assert_int_equal(lw_text_code_points(text, 3), 2);
	assert_int_equal(lw_text_offset(text, strlen(text), 2), 3);
	assert_int_equal(lw_text_offset(text, strlen(text), 3), 7);
	assert_int_equal(lw_text_offset(text, strlen(text), 9), strlen(text));
}

static void assert_decoded(const char *bytes, gsize size, const char *expected)
{
	gsize length = 0;
	g_autofree char *text = lw_text_decode(bytes, size, &length);
	assert_string_equal(text, expected);
	assert_int_equal(length, strlen(expected));
}

static void unknown_encodings_are_read(void **state)
{
	(void)state;
	assert_decoded("Jos\xc3\xa9", 5, "Jos\u00e9");
	assert_decoded("Jos\xe9 \x80", 6, "Jos\u00e9 \u20ac");
	assert_decoded("\xff\xfeJ\0\xe9\0", 6, "J\u00e9");
	assert_decoded("\xfe\xff\0J\xd8\x3d\xde\0", 8, "J\U0001f600");
	assert_decoded("\xef\xbb\xbfx", 4, "x");
	assert_decoded("a\0b", 3, "a\ufffdb");
	assert_decoded("\xff\xfe\x00\xd8", 4, "\ufffd");
	assert_decoded("a\x81", 2, "a\ufffd");
	assert_decoded("", 0, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spaces_quotes_and_hyphens_become_plain),
		cmocka_unit_test(compatibility_forms_are_taken_apart),
		cmocka_unit_test(words_broken_by_a_hyphen_are_joined),
		cmocka_unit_test(ranges_lead_back_to_the_raw_text),
		cmocka_unit_test(places_are_found_wherever_they_went),
		cmocka_unit_test(only_misread_figures_are_mended),
		cmocka_unit_test(bad_bytes_do_no_harm),
		cmocka_unit_test(many_marks_keep_their_order),
		cmocka_unit_test(folding_ignores_case_and_diacritics),
		cmocka_unit_test(skeletons_are_letters_and_digits),
		cmocka_unit_test(characters_have_classes),
		cmocka_unit_test(offsets_count_code_points),
		cmocka_unit_test(unknown_encodings_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
