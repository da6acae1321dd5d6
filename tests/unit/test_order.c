/* test_order.c - one text out of two witnesses: every visible glyph once, in an order people read
 * in. */
#include "tests/unit/pdf_fixture.h"

static LwDocument *read_content(const char *content)
{
	Source source = {.content = content};
	g_autoptr(GBytes) bytes = source_file(&source);
	return source_read(bytes);
}

static void assert_holds(const LwDocument *document, const char *words)
{
	if (!strstr(document->text, words))
		fail_msg("no '%s' in '%s'", words, document->text);
}

/* Each code point with a glyph is that glyph's; each glyph that is no blank stands in the text
 * once. */
static void assert_bound(const LwDocument *document)
{
	g_autofree guint *times = g_new0(guint, document->glyph_count + 1);
	const char *p = document->text;
	for (guint i = 0; p < document->text + document->length; i++, p = g_utf8_next_char(p)) {
		guint32 glyph = document->glyph_of[i];
		if (glyph == LW_NO_GLYPH)
			continue;
		assert_true(glyph < document->glyph_count);
		assert_int_equal(document->glyphs[glyph].unicode, g_utf8_get_char(p));
		times[glyph]++;
	}
	for (guint32 i = 0; i < document->glyph_count; i++)
		if (!g_unichar_isspace(document->glyphs[i].unicode) && times[i] != 1)
			fail_msg("glyph %u stands %u times in '%s'", i, times[i], document->text);
}

static void test_words_and_lines(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document =
		read_content("BT /F1 10 Tf 50 200 Td (een twee) Tj 0 -12 Td (drie) Tj ET");
	assert_holds(document, "een twee\ndrie");
	assert_bound(document);
	assert_int_equal(document->text[document->length - 1], '\f');
}

static void test_kerned_word_is_one_word(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = read_content(
		"BT /F1 10 Tf 50 200 Td [(Ze) 20 (bu) -30 (lon)] TJ ET BT /F1 10 Tf 50 100 Td "
		"(A) Tj 6 0 Td (b) Tj 6 0 Td (c) Tj ET");
	assert_holds(document, "Zebulon");
	assert_holds(document, "Abc");
	assert_bound(document);
}

static void test_cells_are_apart(void **state)
{
	(void)state;
	/* However wide the gap: never run together, and a tab where it is a column's. */
	for (guint gap = 4; gap < 120; gap += 4) {
		g_autofree char *content = g_strdup_printf(
			"BT /F1 10 Tf 50 200 Td (Jansen) Tj %u 0 Td (1234) Tj ET", 36 + gap);
		g_autoptr(LwDocument) document = read_content(content);
		const char *next = strstr(document->text, "Jansen") + 6;
		assert_true(g_ascii_isspace(*next));
		assert_true(gap <= 20 || *next != ' ');
		assert_bound(document);
	}
}

static void test_label_and_value_pair(void **state)
{
	(void)state;
	/* Labels first, values after: as a reader of columns would tell them apart. */
	g_autoptr(LwDocument) document =
		read_content("BT /F1 10 Tf 50 200 Td (Naam:) Tj 0 -40 Td (Telefoon:) Tj ET "
			     "BT /F1 10 Tf 200 200 Td (Zebulon) Tj 0 -40 Td (0612345678) Tj ET");
	assert_holds(document, "Naam:\tZebulon");
	assert_holds(document, "Telefoon:\t0612345678");
	assert_bound(document);
}

static void test_hidden_text_is_read(void **state)
{
	(void)state;
	static const char *const contents[] = {
		"BT /F1 10 Tf 50 200 Td (open) Tj ET BT /F1 10 Tf 3 Tr 50 100 Td (geheim) Tj ET",
		"BT /F1 10 Tf 50 200 Td (open) Tj ET BT /F1 10 Tf 900 100 Td (geheim) Tj ET",
		"BT /F1 10 Tf 50 200 Td (open) Tj ET q 0 0 1 1 re W n BT /F1 10 Tf 50 100 Td "
		"(geheim) Tj ET Q",
		"BT /F1 10 Tf 50 200 Td (open) Tj ET BT /F1 10 Tf 1 g 50 100 Td (geheim) Tj ET",
		"BT /F1 10 Tf 50 200 Td (open) Tj ET /S <</ActualText(anders)>> BDC BT /F1 10 Tf "
		"50 100 Td (geheim) Tj "
		"ET EMC",
	};
	for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
		g_autoptr(LwDocument) document = read_content(contents[i]);
		assert_holds(document, "open");
		assert_holds(document, "geheim");
		assert_null(strstr(document->text, "anders"));
		assert_bound(document);
	}
}

static void test_annotation_is_read(void **state)
{
	(void)state;
	g_autofree char *form = source_stream(
		10, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 5 0 R>>>>",
		"BT /F1 10 Tf 0 5 Td (stempel) Tj ET");
	g_autofree char *objects = g_strconcat(form,
					       "11 0 obj\n<</Type/Annot/Subtype/Stamp/F 4/Rect[50 "
					       "100 150 120]/AP<</N 10 0 R>>>>\nendobj\n",
					       NULL);
	Source source = {.content = "BT /F1 10 Tf 50 200 Td (open) Tj ET",
			 .page = "/Annots[11 0 R]",
			 .objects = objects};
	g_autoptr(GBytes) bytes = source_file(&source);
	g_autoptr(LwDocument) document = source_read(bytes);
	assert_holds(document, "stempel");
	assert_bound(document);
}

/* Bold by drawing twice: the words are read once. */
static void test_twins(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = read_content(
		"BT /F1 10 Tf 50 200 Td (vet) Tj ET BT /F1 10 Tf 50.3 200 Td (vet) Tj ET");
	const char *first = strstr(document->text, "vet");
	assert_non_null(first);
	assert_null(strstr(first + 1, "v"));
}

/* At any angle a line is one line. */
static void test_slanted_lines(void **state)
{
	(void)state;
	for (guint degrees = 0; degrees < 360; degrees += 15) {
		double c = cos(degrees * G_PI / 180), s = sin(degrees * G_PI / 180);
		g_autofree char *content = g_strdup_printf(
			"BT /F1 10 Tf %.5f %.5f %.5f %.5f 200 150 Tm (Aan Zebulon) Tj ET "
			"BT /F1 10 Tf 20 20 Td (recht) Tj ET",
			c, s, -s, c);
		g_autoptr(LwDocument) document = read_content(content);
		if (!strstr(document->text, "Aan Zebulon"))
			fail_msg("at %u degrees: '%s'", degrees, document->text);
		assert_holds(document, "recht");
		assert_bound(document);
	}
}

/* A page that went through the scanner a little askew: a long line is still one line. */
static void test_line_askew(void **state)
{
	(void)state;
	for (guint tenths = 0; tenths <= 80; tenths += 5) {
		double c = cos(tenths * G_PI / 1800), s = sin(tenths * G_PI / 1800);
		g_autofree char *content =
			g_strdup_printf("BT /F1 4 Tf %.5f %.5f %.5f %.5f 10 100 Tm "
					"(Dit is een lange regel over de aanvraag van mevrouw "
					"Janneke Zebulon) Tj ET "
					"BT /F1 4 Tf %.5f %.5f %.5f %.5f %.2f %.2f Tm "
					"(De tweede regel noemt Janneke Zebulon nog een keer en "
					"gaat dan verder) Tj ET",
					c, s, -s, c, c, s, -s, c, 10 + s * 6, 100 - c * 6);
		g_autoptr(LwDocument) document = read_content(content);
		const char *first = strstr(document->text, "mevrouw Janneke Zebulon");
		if (!first || !strstr(document->text, "noemt Janneke Zebulon nog"))
			fail_msg("at %u tenths of a degree: '%s'", tenths, document->text);
		assert_bound(document);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_and_lines),
		cmocka_unit_test(test_kerned_word_is_one_word),
		cmocka_unit_test(test_cells_are_apart),
		cmocka_unit_test(test_label_and_value_pair),
		cmocka_unit_test(test_hidden_text_is_read),
		cmocka_unit_test(test_annotation_is_read),
		cmocka_unit_test(test_twins),
		cmocka_unit_test(test_slanted_lines),
		cmocka_unit_test(test_line_askew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
