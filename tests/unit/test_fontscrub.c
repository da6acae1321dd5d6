/* test_fontscrub.c - of every sort of font what is not shown goes, and what is shown stays byte for
 * byte.
 *
 * Each test first sees the letter Q in the font: a fixture without it could not fail. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/render/pdf/fontglyphs.h"
#include "engine/render/pdf/fontsfnt.h"
#include "engine/render/pdf/fonttype1.h"
#include "engine/render/pdf/label_font.h"
#include "tests/unit/font_fixture.h"

/* Not embedded: widths, characters, names. */
static void test_dictionary(void **state)
{
	(void)state;
	Case c = open_case("<</Type/Font/Subtype/TrueType/BaseFont/QWERTY+Arial/FirstChar "
			   "65/LastChar 81/Encoding"
			   "<</BaseEncoding/WinAnsiEncoding/Differences[65/A/B/C 81/Q]>>/Widths"
			   "[1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 "
			   "17]/FontDescriptor<</FontName/QWERTY+Arial>>>>",
			   "BT /F 9 Tf (C) Tj [(B) 20 (C)] TJ ET");
	add_map(c, "2 beginbfrange\n<41><43><0041>\n<51><51><0051>\nendbfrange");
	assert_int_equal(meaning(c, 'Q'), 'Q');
	lw_fontscrub(c.pdf, c.receipt);
	assert_int_equal(meaning(c, 'Q'), 0);
	assert_int_equal(meaning(c, 'A'), 0);
	assert_int_equal(meaning(c, 'B'), 'B');
	assert_int_equal(lw_pdf_integer(c.pdf, lw_pdf_find(c.pdf, c.font, "FirstChar"), 0), 'B');
	assert_int_equal(lw_pdf_integer(c.pdf, lw_pdf_find(c.pdf, c.font, "LastChar"), 0), 'C');
	assert_true(width_at(c, 0) == 2 && width_at(c, 1) == 3);
	g_autofree char *all = printed(lw_pdf_find(c.pdf, c.font, "Encoding"));
	assert_null(strstr(all, "/Q"));
	assert_non_null(strstr(all, "66 /B /C"));
	assert_string_equal(lw_pdf_name(lw_pdf_find(c.pdf, c.font, "BaseFont")), "AAAAAA+Arial");
	assert_string_equal(lw_pdf_name(lw_pdf_find(c.pdf, descriptor_of(c), "FontName")),
			    "AAAAAA+Arial");
	assert_int_equal(c.receipt->notices->len, 0);
	close_case(c);
}

/* Q and q keep the font; a form draws with that of its caller; a look that is not chosen counts. */
static void test_use(void **state)
{
	(void)state;
	Case c =
		open_case("<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>",
			  "BT /F 9 Tf q (A) Tj Q /X Do ET");
	LwPdf *pdf = c.pdf;
	LwPdfObject *form = stream_of(pdf, "(B) Tj", 6),
		    *look = stream_of(pdf, "BT /F 9 Tf (C) Tj ET", 20);
	LwPdfObject *resources = lw_pdf_page_inherited(pdf, 0, "Resources");
	lw_pdf_set(pdf, form->stream.dictionary, "Subtype", lw_pdf_new_name(pdf, "Form"));
	lw_pdf_set(pdf, look->stream.dictionary, "Resources", resources);
	LwPdfObject *forms = lw_pdf_new_dictionary(pdf), *kinds = parse(pdf, "<</AP<</N<<>>>>>>");
	lw_pdf_set(pdf, forms, "X", lw_pdf_reference(pdf, form));
	lw_pdf_set(pdf, resources, "XObject", forms);
	lw_pdf_set(pdf, lw_pdf_find(pdf, lw_pdf_find(pdf, kinds, "AP"), "N"), "Off",
		   lw_pdf_reference(pdf, look));
	LwPdfObject *annotations = lw_pdf_new_array(pdf);
	lw_pdf_append(pdf, annotations, kinds);
	lw_pdf_set(pdf, lw_pdf_page(pdf, 0), "Annots", annotations);
	add_map(c, "1 beginbfrange\n<41><51><0041>\nendbfrange");
	lw_fontscrub(pdf, c.receipt);
	for (gunichar letter = 'A'; letter <= 'Q'; letter++)
		assert_int_equal(meaning(c, letter), letter <= 'C' ? letter : 0);
	close_case(c);
}

static void test_type3(void **state)
{
	(void)state;
	Case c = open_case("<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 "
			   "0]/FirstChar 65"
			   "/LastChar 81/Widths[5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 6]/CharProcs<<>>"
			   "/Encoding<</Differences[65/one 81/two]>>>>",
			   "BT /F 9 Tf (A) Tj ET");
	LwPdfObject *glyphs = lw_pdf_find(c.pdf, c.font, "CharProcs");
	lw_pdf_set(c.pdf, glyphs, "one", lw_pdf_reference(c.pdf, stream_of(c.pdf, "5 0 d0", 6)));
	lw_pdf_set(c.pdf, glyphs, "two", lw_pdf_reference(c.pdf, stream_of(c.pdf, "6 0 d0", 6)));
	lw_fontscrub(c.pdf, c.receipt);
	g_autofree char *all = printed(c.font);
	assert_null(strstr(all, "two"));
	assert_non_null(lw_pdf_find(c.pdf, lw_pdf_find(c.pdf, c.font, "CharProcs"), "one"));
	assert_true(width_at(c, 0) == 5);
	close_case(c);
}

/* The program of the labels, a byte longer: what is exactly ours is left alone. */
static GBytes *truetype(void)
{
	GByteArray *bytes = g_byte_array_new();
	g_byte_array_append(bytes, lw_label_font, (guint)lw_label_font_size);
	g_byte_array_append(bytes, (const guint8 *)"", 1);
	return g_byte_array_free_to_bytes(bytes);
}

static void test_truetype(void **state)
{
	(void)state;
	guint16 keep = lw_label_glyphs[5].glyph, go = lw_label_glyphs[9].glyph;
	g_autofree char *content = g_strdup_printf("BT /F 9 Tf <%04X> Tj ET", keep);
	Case c = open_case("<</Type/Font/Subtype/Type0/BaseFont/QWERTY+T/Encoding/Identity-H/"
			   "DescendantFonts[<<"
			   "/Type/Font/Subtype/CIDFontType2/BaseFont/QWERTY+T/DW 1000/W[0 99 777]"
			   "/FontDescriptor<</FontName/QWERTY+T>>>>]>>",
			   content);
	g_autoptr(GBytes) program = truetype();
	embed(c, "FontFile2", program, NULL);
	assert_true(lw_sfnt_has_outline(program, keep) && lw_sfnt_has_outline(program, go));
	lw_fontscrub(c.pdf, c.receipt);
	g_autoptr(GBytes) fewer = program_of(c, "FontFile2");
	/* Nothing spells its codes, so they keep their numbers. */
	assert_true(lw_sfnt_has_outline(fewer, keep));
	assert_false(lw_sfnt_has_outline(fewer, go));
	assert_int_equal(lw_sfnt_find(fewer, LW_SFNT_TAG('n', 'a', 'm', 'e')).length, 0);
	g_autofree char *widths = printed(lw_pdf_find(
		c.pdf, lw_pdf_item(c.pdf, lw_pdf_find(c.pdf, c.font, "DescendantFonts"), 0), "W"));
	g_autofree char *expected = g_strdup_printf("[%u [777]]", keep);
	assert_string_equal(widths, expected);
	assert_int_equal(c.receipt->notices->len, 0);
	close_case(c);
}

/* What the file of a font looks like after another order of first use; yours. */
static GBytes *program_after(const char *content, const char *unicode)
{
	Case c = open_case("<</Type/Font/Subtype/Type0/BaseFont/QWERTY+T/Encoding/Identity-H/"
			   "DescendantFonts[<<"
			   "/Type/Font/Subtype/CIDFontType2/BaseFont/QWERTY+T/DW 1000"
			   "/FontDescriptor<</FontName/QWERTY+T>>>>]>>",
			   content);
	g_autoptr(GBytes) program = truetype();
	g_autoptr(GBytes) map = g_bytes_new(unicode, strlen(unicode));
	LwPdfObject *stream = lw_pdf_new_stream(c.pdf, lw_pdf_new_dictionary(c.pdf), map);
	lw_pdf_set(c.pdf, c.font, "ToUnicode", lw_pdf_reference(c.pdf, stream));
	embed(c, "FontFile2", program, NULL);
	lw_fontscrub(c.pdf, c.receipt);
	assert_int_equal(c.receipt->notices->len, 0);
	GBytes *after = program_of(c, "FontFile2");
	close_case(c);
	return after;
}

/* Two glyphs, and which of them means A and which B: by character, whatever their numbers were. */
static void test_order(void **state)
{
	(void)state;
	guint low = lw_label_glyphs[5].glyph, high = lw_label_glyphs[9].glyph;
	g_autofree char *content = g_strdup_printf("BT /F 9 Tf <%04X%04X> Tj ET", high, low);
	g_autofree char *rising = g_strdup_printf(
		"2 beginbfchar\n<%04X> <0041>\n<%04X> <0042>\nendbfchar\n", low, high);
	g_autofree char *falling = g_strdup_printf(
		"2 beginbfchar\n<%04X> <0042>\n<%04X> <0041>\nendbfchar\n", low, high);
	g_autoptr(GBytes) one = program_after(content, rising);
	g_autoptr(GBytes) other = program_after(content, falling);
	g_autoptr(GBytes) source = truetype();
	assert_int_equal(lw_sfnt_glyph_count(one), 3);
	assert_int_equal(lw_sfnt_glyph_count(other), 3);
	assert_true(lw_font_compare_glyphs(source, low, high) != 0);
	int first = lw_font_compare_glyphs(one, 1, 2), turned = lw_font_compare_glyphs(other, 1, 2);
	assert_true((first < 0) == (turned > 0));
}

static void test_whole_label_font(void **state)
{
	(void)state;
	Case c = open_case("<</Type/Font/Subtype/Type0/BaseFont/LAKWRK+LakwerkLabel/Encoding/"
			   "Identity-H/DescendantFonts"
			   "[<</Type/Font/Subtype/CIDFontType2/FontDescriptor<<>>>>]>>",
			   "BT /F 9 Tf <0005> Tj ET");
	g_autoptr(GBytes) program = g_bytes_new_static(lw_label_font, lw_label_font_size);
	embed(c, "FontFile2", program, NULL);
	lw_fontscrub(c.pdf, c.receipt);
	g_autoptr(GBytes) after = program_of(c, "FontFile2");
	assert_true(g_bytes_equal(program, after));
	close_case(c);
}

static void test_damaged_program(void **state)
{
	(void)state;
	Case c = open_case("<</Type/Font/Subtype/TrueType/BaseFont/T/FontDescriptor<<>>>>",
			   "BT /F 9 Tf (A) Tj ET");
	g_autoptr(GBytes) program =
		g_bytes_new_static("\0\1\0\0 this is no font program at all", 34);
	embed(c, "FontFile2", program, NULL);
	lw_fontscrub(c.pdf, c.receipt);
	g_autoptr(GBytes) after = program_of(c, "FontFile2");
	assert_true(g_bytes_equal(program, after));
	assert_int_equal(c.receipt->notices->len, 1);
	assert_string_equal(g_array_index(c.receipt->notices, LwNotice, 0).code, "font-kept");
	close_case(c);
}

/* --- programs --- */

static void scramble(GByteArray *out, const void *plain, gsize length, guint16 key)
{
	for (gsize i = 0; i < length; i++) {
		guint8 cipher = (guint8)(((const guint8 *)plain)[i] ^ key >> 8);
		key = (guint16)((cipher + key) * 52845u + 22719u);
		g_byte_array_append(out, &cipher, 1);
	}
}

static void add_charstring(GString *text, const char *before, const char *code, gsize length,
			   const char *after)
{
	g_autoptr(GByteArray) cipher = g_byte_array_new();
	g_autofree char *plain = g_malloc0(length + 4);
	memcpy(plain + 4, code, length);
	scramble(cipher, plain, length + 4, 4330);
	g_string_append_printf(text, "%s %u RD ", before, cipher->len);
	g_string_append_len(text, (const char *)cipher->data, cipher->len);
	g_string_append(text, after);
}

/* Glyphs A, Q, acute and Aacute, which is made of A (65) and acute (194). */
static GBytes *type1(Met met, gsize lengths[3])
{
	static const char clear[] =
		"%!PS-AdobeFont-1.0: Zwaantje\n% of Zwaantje\n/Notice (by \\(Zwaantje\\) 1) def\n"
		"/FontName /QWERTY+T def\n/Encoding 256 array\n"
		"0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put\ndup 81 /Q put\n"
		"dup 90 /Aacute put\nreadonly def\ncurrentfile eexec\n";
	static const char seac[] = {(char)139, (char)139, (char)139, (char)204,
				    (char)247, 86,	  12,	     6};
	g_autoptr(GString) text = g_string_new("abcd/lenIV 4 def\n/Subrs 1 array\n");
	add_charstring(text, "dup 0", "\x0b", 1, " NP\n");
	g_string_append(text, "ND\n2 index /CharStrings 5 dict dup begin\n");
	add_charstring(text, "/.notdef", "\x0e", 1, " ND\n");
	for (int i = 0; i < 4; i++) {
		static const char *const names[] = {"/A", "/Q", "/acute", "/Aacute"};
		int n = met == RISING ? i : 3 - i;
		add_charstring(text, names[n], n == 3 ? seac : "\x0e", n == 3 ? sizeof seac : 1,
			       " ND\n");
	}
	g_string_append(text, "end\nend\nreadonly put\nmark currentfile closefile\n");
	GByteArray *out = g_byte_array_new();
	g_byte_array_append(out, (const guint8 *)clear, sizeof clear - 1);
	scramble(out, text->str, text->len, 55665);
	lengths[0] = sizeof clear - 1;
	lengths[1] = text->len;
	lengths[2] = 0;
	return g_byte_array_free_to_bytes(out);
}

static void check_type1(const char *content, const char *const *stay, const char *const *go)
{
	gsize lengths[3];
	g_autoptr(GBytes) program = type1(RISING, lengths);
	Case c = open_case("<</Type/Font/Subtype/Type1/BaseFont/QWERTY+T/FontDescriptor<</FontName/"
			   "QWERTY+T>>>>",
			   content);
	embed(c, "FontFile", program, lengths);
	lw_fontscrub(c.pdf, c.receipt);
	assert_int_equal(c.receipt->notices->len, 0);
	g_autoptr(GBytes) fewer = program_of(c, "FontFile");
	LwPdfObject *stream = lw_pdf_find(c.pdf, descriptor_of(c), "FontFile");
	gint64 one = lw_pdf_integer(c.pdf, lw_pdf_find(c.pdf, stream, "Length1"), 0);
	gint64 two = lw_pdf_integer(c.pdf, lw_pdf_find(c.pdf, stream, "Length2"), 0);
	g_autoptr(GHashTable) names = lw_type1_names(fewer, one, two);
	assert_non_null(names);
	for (; *stay; stay++)
		assert_true(g_hash_table_contains(names, *stay));
	for (; *go; go++)
		assert_false(g_hash_table_contains(names, *go));
	assert_null(memmem(g_bytes_get_data(fewer, NULL), (gsize)one, "/Q", 2));
	assert_null(memmem(g_bytes_get_data(fewer, NULL), (gsize)one, "QWERTY", 6));
	assert_null(memmem(g_bytes_get_data(fewer, NULL), (gsize)one, "Zwaantje", 8));
	assert_non_null(memmem(g_bytes_get_data(fewer, NULL), (gsize)one, "/Notice () def", 14));
	close_case(c);
}

static void test_type1(void **state)
{
	(void)state;
	gsize lengths[3];
	g_autoptr(GBytes) program = type1(RISING, lengths);
	g_autoptr(GHashTable) names =
		lw_type1_names(program, (gint64)lengths[0], (gint64)lengths[1]);
	assert_true(names && g_hash_table_contains(names, "Q"));
	check_type1("BT /F 9 Tf (A) Tj ET", (const char *const[]){"A", ".notdef", NULL},
		    (const char *const[]){"Q", "acute", "Aacute", NULL});
	check_type1("BT /F 9 Tf (Z) Tj ET", (const char *const[]){"A", "acute", "Aacute", NULL},
		    (const char *const[]){"Q", NULL});
}

/* The program after a font that encodes by itself showed A and Aacute. */
static GBytes *type1_after(Met met)
{
	gsize lengths[3];
	g_autoptr(GBytes) program = type1(met, lengths);
	Case c = open_case("<</Type/Font/Subtype/Type1/BaseFont/QWERTY+T/FontDescriptor<</FontName/"
			   "QWERTY+T>>>>",
			   "BT /F 9 Tf (AZ) Tj ET");
	embed(c, "FontFile", program, lengths);
	lw_fontscrub(c.pdf, c.receipt);
	assert_int_equal(c.receipt->notices->len, 0);
	GBytes *after = program_of(c, "FontFile");
	close_case(c);
	return after;
}

static void test_type1_order(void **state)
{
	(void)state;
	g_autoptr(GBytes) one = type1_after(RISING), other = type1_after(FALLING);
	gsize lengths[3];
	g_autoptr(GBytes) rising = type1(RISING, lengths);
	g_autoptr(GBytes) falling = type1(FALLING, lengths);
	assert_false(g_bytes_equal(rising, falling));
	assert_true(g_bytes_equal(one, other));
	assert_non_null(memmem(g_bytes_get_data(one, NULL), 200, "dup 33 /A put", 13));
}

/* --- boxes of Type 1 letters --- */

#define OPERATOR 2000 /* and its number */
#define TWICE	 3000 /* and the second byte of a pair */
#define END	 (OPERATOR + 14)

/* Numbers as charstrings have them, up to 1131 either way; the last is END. */
static GString *charstring(const int *tokens)
{
	GString *code = g_string_new(NULL);
	for (int token = 0; token != END; tokens++) {
		token = *tokens;
		if (token >= TWICE) {
			g_string_append_c(code, 12);
			g_string_append_c(code, (char)(token - TWICE));
		} else if (token >= OPERATOR) {
			g_string_append_c(code, (char)(token - OPERATOR));
		} else if (token >= -107 && token <= 107) {
			g_string_append_c(code, (char)(token + 139));
		} else {
			int past = ABS(token) - 108;
			g_string_append_c(code, (char)((token > 0 ? 247 : 251) + past / 256));
			g_string_append_c(code, (char)(past % 256));
		}
	}
	return code;
}

static const int box_subroutines[][8] = {
	{3, 0, TWICE + 16, TWICE + 17, TWICE + 17, TWICE + 33, OPERATOR + 11, END},
	{0, 1, TWICE + 16, OPERATOR + 11, END},
	{0, 2, TWICE + 16, OPERATOR + 11, END},
};

/* A program of the letter A, an accent, and both: the letter's charstring is given. */
static GBytes *lettered(const int *letter, gboolean hex, gsize lengths[3])
{
	static const char clear[] = "%!PS-AdobeFont-1.0: T\n/FontName /T def\n/Encoding 256 array\n"
				    "0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put\n"
				    "readonly def\ncurrentfile eexec\n";
	const int accent[] = {20,	    300, OPERATOR + 13, 700, OPERATOR + 4, 100,
			      OPERATOR + 6, 50,	 OPERATOR + 7,	END};
	const int both[] = {10, 500, OPERATOR + 13, 20, 200, 300, 65, 194, TWICE + 6, END};
	const int *const codes[] = {letter, accent, both};
	static const char *const names[] = {"/A", "/acute", "/Aacute"};
	g_autoptr(GString) text = g_string_new("abcd/lenIV 4 def\n/Subrs 3 array\n");
	for (guint i = 0; i < 3; i++) {
		g_autoptr(GString) code = charstring(box_subroutines[i]);
		g_autofree char *before = g_strdup_printf("dup %u", i);
		add_charstring(text, before, code->str, code->len, " NP\n");
	}
	g_string_append(text, "ND\n2 index /CharStrings 3 dict dup begin\n");
	for (guint i = 0; i < 3; i++) {
		g_autoptr(GString) code = charstring(codes[i]);
		add_charstring(text, names[i], code->str, code->len, " ND\n");
	}
	g_string_append(text, "end\nend\nreadonly put\nmark currentfile closefile\n");
	GByteArray *out = g_byte_array_new();
	g_autoptr(GByteArray) cipher = g_byte_array_new();
	g_byte_array_append(out, (const guint8 *)clear, sizeof clear - 1);
	scramble(cipher, text->str, text->len, 55665);
	for (guint i = 0; hex && i < cipher->len; i++) {
		g_autofree char *digits =
			g_strdup_printf((i + 1) % 32 ? "%02x" : "%02X\n", cipher->data[i]);
		g_byte_array_append(out, (const guint8 *)digits, (guint)strlen(digits));
	}
	if (!hex)
		g_byte_array_append(out, cipher->data, cipher->len);
	lengths[0] = sizeof clear - 1;
	lengths[1] = out->len - lengths[0];
	lengths[2] = 0;
	return g_byte_array_free_to_bytes(out);
}

static void assert_box(const int *letter, const double expected[4])
{
	for (int hex = FALSE; hex <= TRUE; hex++) {
		gsize lengths[3];
		double box[4];
		g_autoptr(GBytes) bytes = lettered(letter, hex, lengths);
		g_autoptr(LwType1Program) program =
			lw_type1_load(bytes, (gint64)lengths[0], (gint64)lengths[1]);
		assert_non_null(program);
		assert_true(lw_type1_extents(program, box));
		for (guint i = 0; i < 4; i++)
			assert_true(fabs(box[i] - expected[i]) < 1e-9);
	}
}

static void test_type1_boxes(void **state)
{
	(void)state;
	/* The accent alone: 20 to 120, 700 to 750; upon the letter 190 further and 300 higher. */
	assert_box((const int[]){10, 500, OPERATOR + 13, END},
		   (const double[]){20, 700, 310, 1050});
	/* Lines from the bearing on; half of 301 to the left. */
	assert_box((const int[]){10, 500, OPERATOR + 13, 0, -20, OPERATOR + 21, 1000, OPERATOR + 6,
				 -301, 2, TWICE + 12, OPERATOR + 7, END},
		   (const double[]){10, -170.5, 1010, 1050});
	/* A flex whose first point counts for nothing, and a curve. */
	assert_box((const int[]){0,
				 500,
				 OPERATOR + 13,
				 100,
				 OPERATOR + 22,
				 1,
				 OPERATOR + 10,
				 0,
				 -500,
				 OPERATOR + 21,
				 2,
				 OPERATOR + 10,
				 10,
				 490,
				 OPERATOR + 21,
				 2,
				 OPERATOR + 10,
				 50,
				 10,
				 OPERATOR + 21,
				 2,
				 OPERATOR + 10,
				 50,
				 160,
				 0,
				 0,
				 OPERATOR + 10,
				 -5,
				 7,
				 -30,
				 -9,
				 OPERATOR + 30,
				 END},
		   (const double[]){20, -35, 310, 1050});
}

/* --- codes that are numbers --- */

/* A Type 3 font whose codes 32 and 2 mean B and A, and the codes that they get. */
static void check_codes(const char *before, guint a, guint b)
{
	g_autofree char *content = g_strconcat(before, " BT /F 9 Tf ( \\002) Tj ET", NULL);
	Case c =
		open_case("<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]"
			  "/FirstChar 2/LastChar 32/Widths[5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 "
			  "0 0 0 0 0 0 0 0 0 0 6]/CharProcs<<>>"
			  "/Encoding<</Differences[2/seventh 32/first]>>>>",
			  content);
	LwPdfObject *glyphs = lw_pdf_find(c.pdf, c.font, "CharProcs");
	lw_pdf_set(c.pdf, glyphs, "seventh",
		   lw_pdf_reference(c.pdf, stream_of(c.pdf, "5 0 d0", 6)));
	lw_pdf_set(c.pdf, glyphs, "first", lw_pdf_reference(c.pdf, stream_of(c.pdf, "6 0 d0", 6)));
	add_map(c, "2 beginbfchar\n<02><0041>\n<20><0042>\nendbfchar");
	lw_fontscrub(c.pdf, c.receipt);
	assert_int_equal(meaning(c, a), 'A');
	assert_int_equal(meaning(c, b), 'B');
	assert_int_equal(lw_pdf_integer(c.pdf, lw_pdf_find(c.pdf, c.font, "FirstChar"), 0),
			 MIN(a, b));
	assert_true(width_at(c, a - MIN(a, b)) == 5 && width_at(c, b - MIN(a, b)) == 6);
	g_autofree char *all = printed(c.font);
	assert_null(strstr(all, "seventh"));
	LwPdfObject *page = lw_pdf_find(c.pdf, lw_pdf_page(c.pdf, 0), "Contents");
	g_autoptr(GBytes) data = lw_pdf_decode(c.pdf, page, NULL, NULL);
	const char shown[] = {(char)b, (char)a};
	assert_non_null(memmem(g_bytes_get_data(data, NULL), g_bytes_get_size(data), shown, 2));
	close_case(c);
}

/* Word spacing comes after code 32, whatever it shows: only then it stays. */
static void test_codes(void **state)
{
	(void)state;
	check_codes("", 33, 34);
	check_codes("0 Tw", 33, 34);
	check_codes("3 Tw", 33, 32);
	check_codes("BT 3 0 () \" ET", 33, 32);
}

/* A map that says the null character says so still: readers would take one from the code. */
static void test_null_meaning(void **state)
{
	(void)state;
	Case c =
		open_case("<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>",
			  "BT /F 9 Tf (AB) Tj ET");
	add_map(c, "2 beginbfrange\n<41><41><00>\n<42><43><0000>\nendbfrange");
	lw_fontscrub(c.pdf, c.receipt);
	g_autoptr(GBytes) bytes =
		lw_pdf_decode(c.pdf, lw_pdf_find(c.pdf, c.font, "ToUnicode"), NULL, NULL);
	assert_non_null(bytes);
	const char *all = g_bytes_get_data(bytes, NULL);
	assert_non_null(memmem(all, g_bytes_get_size(bytes), "<41><0000>\n<42><0000>\nend", 25));
	close_case(c);
}

/* A name that other readers do not know: they take the character from the code, which stays. */
static void test_guessed_code(void **state)
{
	(void)state;
	gsize lengths[3];
	g_autoptr(GBytes) program = type1(RISING, lengths);
	Case c = open_case("<</Type/Font/Subtype/Type1/BaseFont/QWERTY+T/FontDescriptor<</FontName/"
			   "QWERTY+T>>/Encoding<</Differences[2/Q/A 34/triangle]>>>>",
			   "BT /F 9 Tf (\\002\\003\\042) Tj ET");
	embed(c, "FontFile", program, lengths);
	lw_fontscrub(c.pdf, c.receipt);
	g_autofree char *all = printed(lw_pdf_find(c.pdf, c.font, "Encoding"));
	assert_non_null(strstr(all, "[33 /A /triangle /Q]"));
	close_case(c);
}

/* Several letters to a code: they stay with it, and go with it. */
static void test_ligatures(void **state)
{
	(void)state;
	Case c =
		open_case("<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding>>",
			  "BT /F 9 Tf (A) Tj ET");
	add_map(c, "3 beginbfchar\n<41><006600660069>\n<42><00580061006E>\n"
		   "<43><0064007200650077>\nendbfchar");
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
	lw_fontscrub(c.pdf, c.receipt);
	g_autoptr(LwPdfCMap) map = lw_pdf_cmap_load(c.pdf, lw_pdf_find(c.pdf, c.font, "ToUnicode"));
	assert_true(lw_pdf_cmap_unicode(map, 0x41, text));
	assert_true(text[0] == 'f' && text[1] == 'f' && text[2] == 'i' && !text[3]);
	assert_false(lw_pdf_cmap_unicode(map, 0x42, text));
	assert_false(lw_pdf_cmap_unicode(map, 0x43, text));
	g_autoptr(GBytes) bytes =
		lw_pdf_decode(c.pdf, lw_pdf_find(c.pdf, c.font, "ToUnicode"), NULL, NULL);
	const char *all = g_bytes_get_data(bytes, NULL);
	assert_null(memmem(all, g_bytes_get_size(bytes), "0058", 4));
	assert_null(memmem(all, g_bytes_get_size(bytes), "0077", 4));
	close_case(c);
}

/* Whoever fills in a form needs the whole font, unless it never was. */
static void test_form_font(void **state)
{
	(void)state;
	for (guint subset = 0; subset < 2; subset++) {
		g_autofree char *font = g_strdup_printf(
			"<</Type/Font/Subtype/TrueType/BaseFont/%sArial/Encoding/WinAnsiEncoding>>",
			subset ? "QWERTY+" : "");
		Case c = open_case(font, "BT /F 9 Tf (A) Tj ET");
		LwPdfObject *form = parse(c.pdf, "<</Fields[<</T(x)>>]/DR<</Font<<>>>>>>");
		LwPdfObject *fonts = lw_pdf_find(c.pdf, lw_pdf_find(c.pdf, form, "DR"), "Font");
		lw_pdf_set(c.pdf, fonts, "G", lw_pdf_reference(c.pdf, c.font));
		lw_pdf_set(c.pdf, lw_pdf_catalog(c.pdf), "AcroForm", form);
		add_map(c, "1 beginbfrange\n<41><51><0041>\nendbfrange");
		lw_fontscrub(c.pdf, c.receipt);
		assert_int_equal(meaning(c, 'Q'), subset ? 0 : 'Q');
		close_case(c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dictionary),	cmocka_unit_test(test_use),
		cmocka_unit_test(test_type3),		cmocka_unit_test(test_truetype),
		cmocka_unit_test(test_order),		cmocka_unit_test(test_whole_label_font),
		cmocka_unit_test(test_damaged_program), cmocka_unit_test(test_type1),
		cmocka_unit_test(test_type1_order),	cmocka_unit_test(test_type1_boxes),
		cmocka_unit_test(test_codes),		cmocka_unit_test(test_null_meaning),
		cmocka_unit_test(test_guessed_code),	cmocka_unit_test(test_ligatures),
		cmocka_unit_test(test_form_font),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
