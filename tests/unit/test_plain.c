/* test_plain.c - plain text files: which bytes are one, and what stands where marks were. */
#include "tests/unit/odf_fixture.h"

#include "engine/render/plain.h"
#include "extractors/plain.h"

static void test_plain_bid(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		gsize length;
		gboolean text;
	} cases[] = {
		{"Beste Jan,\r\n\tdag", 16, TRUE},
		{"caf\xc3\xa9", 5, TRUE},
		{"caf\xe9", 4, TRUE},
		{"\xff\xfe"
		 "a\0b\0",
		 6, TRUE},
		{"\xfe\xff\0a\0b", 6, TRUE},
		{"\xef\xbb\xbf"
		 "a",
		 4, TRUE},
		{"a\0b", 3, FALSE},
		{"\xff\xfe"
		 "a\0b",
		 5, FALSE},
		{"\xff\xfe\0\xdc", 4, FALSE},
		{"a\1b", 3, FALSE},
		{"%PDF-1.7\n", 9, FALSE},
		{"PK\3\4", 4, FALSE},
		{"{\\rtf1 a}", 9, FALSE},
		{"<?xml version='1.0'?>", 21, FALSE},
		{"  <html>", 8, FALSE},
		{"Subject: a\nMIME-Version: 1.0\n\nx", 31, FALSE},
		{"Van: a\nAan: b\n\nMIME-Version: x", 30, TRUE},
		{"Subject: =?utf-8?B?SmFuc2Vu?=\n", 30, FALSE},
		{"> =?iso-8859-1?q?Jans=E9n?= schreef", 35, FALSE},
		{"a =? b ?B? c", 12, TRUE},
		{"", 0, FALSE},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const int bid = lw_plain_bid((const guint8 *)cases[i].bytes, cases[i].length);
		assert_int_equal(bid > 0, cases[i].text);
	}
}

static void test_plain(void **state)
{
	(void)state;
	static const char file[] = "Beste Zebulon,\r\ncaf\xe9 van Zebulon\r\n";
	g_autoptr(GBytes) input = g_bytes_new(file, sizeof file - 1);
	g_autoptr(LwDocument) document = lw_plain_read(input, LW_READ_ALL, NULL);
	assert_string_equal(document->text, "Beste Zebulon,\r\ncafé van Zebulon\r\n");
	g_autoptr(LwPlan) plan = plan_for(document->text, SECRET);
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GBytes) output = lw_render_plain(input, plan, receipt, NULL);
	static const char expected[] = "Beste [gelakt: 5.1.2.e],\r\ncafé van [gelakt: 5.1.2.e]\r\n";
	assert_int_equal(g_bytes_get_size(output), sizeof expected - 1);
	assert_memory_equal(g_bytes_get_data(output, NULL), expected, sizeof expected - 1);
	assert_int_equal(receipt->glyphs_removed, 14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_bid),
		cmocka_unit_test(test_plain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
