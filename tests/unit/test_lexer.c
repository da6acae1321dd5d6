/* test_lexer.c - tokens of ISO 32000-1 section 7.2 and 7.3, and rubbish that must not stop the
 * reader. */
#include "tests/unit/pdf_fixture.h"

#include "engine/pdf/lexer.h"

typedef struct {
	LwPdf *pdf;
	LwPdfLexer lexer;
} Text;

static Text text_new(const char *bytes, gsize length)
{
	Text text = {.pdf = lw_pdf_new()};
	lw_pdf_lexer_init(&text.lexer, text.pdf, lw_pdf_arena(text.pdf), bytes, length);
	return text;
}

/* All tokens, printed canonically, one space apart. */
static void assert_tokens(const char *source, const char *expected)
{
	/* A copy of exact size: reading past the end shows under a sanitizer. */
	g_autofree char *exact = g_memdup2(source, strlen(source) + !*source);
	Text text = text_new(exact, strlen(source));
	g_autoptr(GString) out = g_string_new(NULL);
	LwPdfObject *token;
	guint count = 0;
	while ((token = lw_pdf_lex(&text.lexer)) && count++ < 1000) {
		if (out->len)
			g_string_append_c(out, ' ');
		if (token->type == LW_PDF_OPERATOR)
			g_string_append_printf(out, "@%s", token->string.bytes);
		else
			lw_pdf_print(out, token);
	}
	assert_string_equal(out->str, expected);
	lw_pdf_free(text.pdf);
}

static void test_numbers(void **state)
{
	(void)state;
	assert_tokens("0 7 -12 +4 .5 -.25 4. 12.50", "0 7 -12 4 0.5 -0.25 4 12.5");
	assert_tokens("1 0 0 1 Tm", "1 0 0 1 @Tm");
}

static void test_names(void **state)
{
	(void)state;
	Text text = text_new("/A#20B /Lime#47 / /x#zz", 23);
	assert_string_equal(lw_pdf_name(lw_pdf_lex(&text.lexer)), "A B");
	assert_string_equal(lw_pdf_name(lw_pdf_lex(&text.lexer)), "LimeG");
	assert_string_equal(lw_pdf_name(lw_pdf_lex(&text.lexer)), "");
	assert_string_equal(lw_pdf_name(lw_pdf_lex(&text.lexer)), "x#zz");
	lw_pdf_free(text.pdf);
}

static void assert_string(const char *source, const char *expected, gsize length)
{
	Text text = text_new(source, strlen(source));
	const LwPdfObject *token = lw_pdf_lex(&text.lexer);
	assert_non_null(token);
	assert_int_equal(token->type, LW_PDF_STRING);
	assert_int_equal(token->string.length, length);
	assert_memory_equal(token->string.bytes, expected, length);
	lw_pdf_free(text.pdf);
}

static void test_strings(void **state)
{
	(void)state;
	assert_string("(a(b)c)", "a(b)c", 5);
	assert_string("(\\(\\)\\\\\\n)", "()\\\n", 4);
	assert_string("(\\101\\7\\1234)", "A\007S4", 4);
	assert_string("(a\\\nb)", "ab", 2);	     /* a line broken by a backslash */
	assert_string("(a\r\nb)", "a\nb", 3);	     /* an end of line counts as one */
	assert_string("<48 65 6C6c 6>", "Hell`", 5); /* a missing last digit is 0 */
	assert_string("(open", "open", 4);
}

static void test_structure(void **state)
{
	(void)state;
	assert_tokens("[1[2]]TJ", "[1 [2]] @TJ");
	assert_tokens("/Span<</MCID 3>>BDC", "/Span <</MCID 3>> @BDC");
	assert_tokens("true false null", "true false null");
	assert_tokens("1 % a comment (\n2", "1 2");
}

static void test_rubbish(void **state)
{
	(void)state;
	static const char *const sources[] = {
		"",	")",	">",  ">>",	 "]",  "<<",  "[",     "<",  "(",    "/",   "%",
		"<</A", "[1 2", "{}", "<<1 2>>", "\\", "--5", "1.2.3", "+.", "]]]]", "<zz>"};
	for (guint i = 0; i < G_N_ELEMENTS(sources); i++) {
		g_autofree char *exact = g_memdup2(sources[i], strlen(sources[i]) + 1);
		Text text = text_new(exact, strlen(sources[i]));
		guint count = 0;
		while (lw_pdf_lex(&text.lexer))
			assert_true(count++ < 20);
		lw_pdf_free(text.pdf);
	}
	/* After rubbish the rest is still read. */
	assert_tokens("> BT", "@BT");
}

static void test_depth_is_bounded(void **state)
{
	(void)state;
	g_autoptr(GString) deep = g_string_new(NULL);
	for (guint i = 0; i < 200000; i++)
		g_string_append_c(deep, '[');
	Text text = text_new(deep->str, deep->len);
	for (guint i = 0; i < 300000 && lw_pdf_lex(&text.lexer); i++)
		;
	lw_pdf_free(text.pdf);
}

static void test_references_in_files_only(void **state)
{
	(void)state;
	Text text = text_new("12 0 R 5", 8);
	const LwPdfObject *first = lw_pdf_lex_file(&text.lexer);
	assert_int_equal(first->type, LW_PDF_REFERENCE);
	assert_int_equal(first->reference, 12);
	assert_int_equal(lw_pdf_lex_file(&text.lexer)->integer, 5);
	lw_pdf_free(text.pdf);
	assert_tokens("12 0 R", "12 0 @R");
}

static LwPdfObject *inline_image(Text *text, const char **data, gsize *length)
{
	const LwPdfObject *begin = lw_pdf_lex(&text->lexer);
	assert_string_equal(begin->string.bytes, "BI");
	return lw_pdf_lex_inline_image(&text->lexer, data, length);
}

static void test_inline_image(void **state)
{
	(void)state;
	/* The samples hold " EI " themselves: the length follows from the dictionary. */
	static const char source[] = "BI /W 6 /H 1 /BPC 8 /CS /G ID a EI b\nEI Q";
	Text text = text_new(source, sizeof source - 1);
	const char *data;
	gsize length;
	LwPdfObject *image = inline_image(&text, &data, &length);
	assert_int_equal(lw_pdf_find_raw(image, "Width")->integer, 6);
	assert_string_equal(lw_pdf_name(lw_pdf_find_raw(image, "ColorSpace")), "DeviceGray");
	assert_int_equal(length, 6);
	assert_memory_equal(data, "a EI b", 6);
	assert_string_equal(lw_pdf_lex(&text.lexer)->string.bytes, "Q");
	lw_pdf_free(text.pdf);
}

static void test_inline_image_without_end(void **state)
{
	(void)state;
	static const char source[] = "BI /W 100 /H 100 /BPC 8 /CS /RGB ID abc";
	Text text = text_new(source, sizeof source - 1);
	const char *data = NULL;
	gsize length = 0;
	inline_image(&text, &data, &length);
	assert_true(length <= 3);
	assert_null(lw_pdf_lex(&text.lexer));
	lw_pdf_free(text.pdf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_rubbish),
		cmocka_unit_test(test_depth_is_bounded),
		cmocka_unit_test(test_references_in_files_only),
		cmocka_unit_test(test_inline_image),
		cmocka_unit_test(test_inline_image_without_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
