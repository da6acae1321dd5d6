/* test_font.c - widths, characters and code lengths of fonts of every sort; broken fonts and maps
 * end in finite numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "engine/pdf/encoding.h"
#include "engine/pdf/font.h"

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-6)

/* A file with one page, whose font F is object 4; `objects` are 4 and on. */
typedef struct {
	LwPdf *pdf;
	LwPdfFont *font;
} Opened;

static LwPdfObject *page_font(LwPdf *pdf)
{
	LwPdfObject *resources = lw_pdf_page_inherited(pdf, 0, "Resources");

	return lw_pdf_find(pdf, lw_pdf_find(pdf, resources, "Font"), "F");
}

static Opened open_font(const char *objects)
{
	Opened opened = {NULL, NULL};
	g_autoptr(GError) error = NULL;
	g_autofree char *text =
		g_strconcat("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
			    "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
			    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
			    "/Resources<</Font<</F 4 0 R>>>>>>\nendobj\n",
			    objects, "trailer\n<</Root 1 0 R/Size 20>>\n%%EOF\n", NULL);
	g_autoptr(GBytes) input = g_bytes_new(text, strlen(text));
	g_autoptr(GBytes) normal = lw_pdf_normalise(input, NULL, NULL, &error);

	assert_null(error);
	assert_non_null(normal);
	opened.pdf = lw_pdf_open(normal, &error);
	assert_non_null(opened.pdf);
	opened.font = lw_pdf_font_load(opened.pdf, page_font(opened.pdf));
	return opened;
}

static void close_font(Opened opened)
{
	lw_pdf_font_free(opened.font);
	lw_pdf_free(opened.pdf);
}

static char *stream_object(guint number, const char *entries, const char *data)
{
	return g_strdup_printf("%u 0 obj\n<<%s/Length %zu>>\nstream\n%s\nendstream\nendobj\n",
			       number, entries, strlen(data), data);
}

static LwPdfCode next_code(const LwPdfFont *font, const char *bytes, gsize length)
{
	LwPdfCode code;
	gsize took = lw_pdf_font_next(font, (const guint8 *)bytes, length, &code);

	assert_int_equal(took, code.bytes);
	assert_in_range(took, 1, length);
	return code;
}

#define NEXT(font, bytes) next_code((font), (bytes), sizeof(bytes) - 1)

static void assert_characters(const gunichar *unicode, const char *expected)
{
	g_autofree char *text = g_ucs4_to_utf8(unicode, LW_PDF_GLYPH_CHARACTERS, NULL, NULL, NULL);

	assert_string_equal(text, expected);
}

static void test_standard_font(void **state)
{
	Opened opened = open_font("4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica"
				  "/Encoding/WinAnsiEncoding>>\nendobj\n");
	LwPdfCode code = NEXT(opened.font, "A");
	double matrix[6];

	(void)state;
	assert_near(code.width, 667);
	assert_characters(code.unicode, "A");
	assert_false(code.space);
	code = NEXT(opened.font, " x");
	assert_near(code.width, 278);
	assert_true(code.space);
	code = NEXT(opened.font, "\xeb");
	assert_near(code.width, 556);
	assert_characters(code.unicode, "ë");
	assert_near(lw_pdf_font_ascent(opened.font), 718);
	assert_near(lw_pdf_font_descent(opened.font), -207);
	assert_false(lw_pdf_font_doubtful(opened.font));
	assert_false(lw_pdf_font_is_embedded(opened.font));
	assert_false(lw_pdf_font_is_composite(opened.font));
	lw_pdf_font_matrix(opened.font, matrix);
	assert_near(matrix[0], 0.001);
	assert_null(lw_pdf_font_char_proc(opened.font, 'A'));
	close_font(opened);
}

static void test_pi_fonts(void **state)
{
	Opened symbol =
		open_font("4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Symbol>>\nendobj\n");
	Opened dingbats =
		open_font("4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>\nendobj\n");

	(void)state;
	assert_characters(NEXT(symbol.font, "a").unicode, "α");
	assert_near(NEXT(symbol.font, "a").width, 631);
	assert_characters(NEXT(dingbats.font, "4").unicode, "✔");
	assert_near(NEXT(dingbats.font, "4").width, 846);
	close_font(symbol);
	close_font(dingbats);
}

/* Widths with an indirect entry and one that is no number, Differences, MissingWidth, absurd
 * heights, ToUnicode. */
static void test_simple_font(void **state)
{
	g_autofree char *map = stream_object(
		7, "",
		"1 begincodespacerange <00> <FF> endcodespacerange\n"
		"2 beginbfchar <43> <00660066> <0044> <D83DDE00> endbfchar\n"
		"1 beginbfrange <61> <63> [<0078> /eacute <0041004200430044>] endbfrange\n"
		"2 beginbfchar <64> <00410042004300440045> <65> <> endbfchar\n");
	g_autofree char *objects = g_strconcat(
		"4 0 obj\n<</Type/Font/Subtype/TrueType/BaseFont/XYZABC+Verdana/FirstChar "
		"65/LastChar 70"
		"/Widths[500 6 0 R /no -20 640]/FontDescriptor 5 0 R/ToUnicode 7 0 R"
		"/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[66/f_f_i 69/g12/uni20AC "
		"255/ij/no]>>"
		">>\nendobj\n"
		"5 0 obj\n<</Type/FontDescriptor/FontName/XYZABC+Verdana/Flags 32/MissingWidth 333"
		"/Ascent 9000/Descent 210>>\nendobj\n6 0 obj\n612.5\nendobj\n",
		map, NULL);
	Opened opened = open_font(objects);
	const LwPdfFont *font = opened.font;

	(void)state;
	assert_near(NEXT(font, "A").width, 500);
	assert_characters(NEXT(font, "A").unicode, "A");
	assert_near(NEXT(font, "B").width, 612.5);
	assert_characters(NEXT(font, "B").unicode, "ffi");
	assert_near(NEXT(font, "C").width, 333);
	assert_characters(NEXT(font, "C").unicode, "ff");
	assert_near(NEXT(font, "D").width, -20);
	assert_characters(NEXT(font, "D").unicode, "😀");
	assert_near(NEXT(font, "E").width, 640);
	assert_int_equal(NEXT(font, "E").unicode[0], 0);
	assert_near(NEXT(font, "F").width, 333); /* past the end of Widths */
	assert_characters(NEXT(font, "F").unicode, "€");
	assert_characters(NEXT(font, "a").unicode, "x");
	assert_characters(NEXT(font, "b").unicode, "é");
	assert_characters(NEXT(font, "c").unicode, "ABCD");
	assert_int_equal(NEXT(font, "d").unicode[0], 0); /* five do not fit, and it is no d */
	assert_characters(NEXT(font, "e").unicode, "e"); /* the map says nothing */
	assert_characters(NEXT(font, "\xff").unicode, "ĳ");
	assert_near(lw_pdf_font_ascent(font), 950);
	assert_near(lw_pdf_font_descent(font), -210);
	assert_true(lw_pdf_font_doubtful(font)); /* a width was no number */
	close_font(opened);
}

/* Without Widths and not standard: like the nearest standard font, and doubtful. */
static void test_guessed_widths(void **state)
{
	Opened opened = open_font("4 0 obj\n<</Type/Font/Subtype/TrueType/BaseFont/Garamond-Bold"
				  "/FontDescriptor<</Type/FontDescriptor/Flags 34>>>>\nendobj\n");

	(void)state;
	assert_near(NEXT(opened.font, "A").width, 722); /* Times-Bold */
	assert_characters(NEXT(opened.font, "\x80").unicode, "€");
	assert_true(lw_pdf_font_doubtful(opened.font));
	close_font(opened);
}

static void test_type1_program(void **state)
{
	g_autofree char *program = stream_object(
		6, "",
		"%!PS-AdobeFont-1.0: X\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} "
		"for\n"
		"dup 1 /eacute put\ndup 66/germandbls put\ndup 999 /A put\nreadonly def\n"
		"currentfile eexec dup 3 /B put");
	g_autofree char *objects = g_strconcat(
		"4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/AAAAAA+X/FirstChar 1/LastChar "
		"1/Widths[444]"
		"/FontDescriptor<</Type/FontDescriptor/Flags 4/FontFile 6 0 R>>>>\nendobj\n",
		program, NULL);
	Opened opened = open_font(objects);

	(void)state;
	assert_characters(NEXT(opened.font, "\x01").unicode, "é");
	assert_characters(NEXT(opened.font, "B").unicode, "ß");
	assert_int_equal(NEXT(opened.font, "\x03").unicode[0], 0);
	assert_near(NEXT(opened.font, "\x01").width, 444);
	assert_near(NEXT(opened.font, "B").width, 0);
	assert_true(lw_pdf_font_is_embedded(opened.font));
	close_font(opened);
}

static void test_type3(void **state)
{
	g_autofree char *glyph = stream_object(6, "", "500 0 0 -100 400 700 d1 0 0 400 700 re f");
	g_autofree char *objects = g_strconcat(
		"4 0 obj\n<</Type/Font/Subtype/Type3/FontMatrix[0.002 0 0 0.002 0 0]/FontBBox[0 0 "
		"0 0]"
		"/FirstChar 97/LastChar 98/Widths[500 250]/CharProcs<</square 6 0 R/a 6 0 R>>"
		"/Encoding<</Differences[97/square/a]>>>>\nendobj\n",
		glyph, NULL);
	Opened opened = open_font(objects);
	double matrix[6];

	(void)state;
	assert_true(lw_pdf_font_is_type3(opened.font));
	assert_near(NEXT(opened.font, "a").width, 1000);
	assert_near(NEXT(opened.font, "b").width, 500);
	assert_characters(NEXT(opened.font, "b").unicode, "a");
	assert_non_null(lw_pdf_font_char_proc(opened.font, 'a'));
	assert_null(lw_pdf_font_char_proc(opened.font, 'c'));
	assert_null(lw_pdf_font_char_proc(opened.font, 1u << 31));
	assert_near(lw_pdf_font_ascent(opened.font), 1400);
	assert_near(lw_pdf_font_descent(opened.font), -200);
	lw_pdf_font_matrix(opened.font, matrix);
	assert_near(matrix[3], 0.002);
	close_font(opened);
}

/* "a74" in a Type 3 font is the letter of that number, as dvips calls it; elsewhere it is none. */
static void test_numbered_names(void **state)
{
	static const char encoding[] = "/Encoding<</Differences[1/a74/a97/a110/a32/a200/b97]>>";
	g_autofree char *type3 =
		g_strconcat("4 0 obj\n<</Type/Font/Subtype/Type3/FontMatrix[0.001 0 0 0.001 0 "
			    "0]/FontBBox[0 0 0 "
			    "0]/FirstChar 1/LastChar 6/Widths[9 9 9 9 9 9]/CharProcs<<>>",
			    encoding, ">>\nendobj\n", NULL);
	g_autofree char *type1 =
		g_strconcat("4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica", encoding,
			    ">>\nendobj\n", NULL);
	Opened opened = open_font(type3), other = open_font(type1);

	(void)state;
	assert_characters(NEXT(opened.font, "\x01").unicode, "J");
	assert_characters(NEXT(opened.font, "\x02").unicode, "a");
	assert_characters(NEXT(opened.font, "\x03").unicode, "n");
	assert_characters(NEXT(opened.font, "\x04").unicode, "");
	assert_characters(NEXT(opened.font, "\x05").unicode, "");
	assert_characters(NEXT(opened.font, "\x06").unicode, "");
	assert_characters(NEXT(other.font, "\x01").unicode, "");
	close_font(opened);
	close_font(other);
}

static void test_composite(void **state)
{
	g_autofree char *map = stream_object(
		6, "",
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
		"2 beginbfrange <0003> <0005> <0041> <0010> <0012> <00660069> endbfrange");
	g_autofree char *objects = g_strconcat(
		"4 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R"
		"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 750"
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
		"/W[3[250 300 350] 16 20 600 65530 99999999 111 -5 2 9 40[1 (x) 3]]>>]>>\nendobj\n",
		map, NULL);
	Opened opened = open_font(objects);
	const LwPdfFont *font = opened.font;
	LwPdfCode code = NEXT(font, "\x00\x04zz");

	(void)state;
	assert_true(lw_pdf_font_is_composite(font));
	assert_int_equal(code.bytes, 2);
	assert_int_equal(code.code, 4);
	assert_near(code.width, 300);
	assert_characters(code.unicode, "B");
	assert_characters(NEXT(font, "\x00\x12").unicode, "fk");
	assert_near(NEXT(font, "\x00\x14").width, 600);
	assert_near(NEXT(font, "\x00\x15").width, 750);
	assert_near(NEXT(font, "\xff\xff").width, 111);
	assert_near(NEXT(font, "\x00\x29").width, 0); /* no number */
	assert_near(NEXT(font, "\x00\x2a").width, 3);
	assert_int_equal(NEXT(font, "\x00\x20").unicode[0], 0);
	assert_false(NEXT(font, "\x00\x20").space);    /* two bytes: no word space */
	assert_int_equal(NEXT(font, "\x41").bytes, 1); /* cut off */
	assert_false(lw_pdf_font_is_vertical(font));
	close_font(opened);
}

static void test_vertical(void **state)
{
	Opened opened =
		open_font("4 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-V"
			  "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/X/W[1[600]]/"
			  "DW2[900 -800]"
			  "/W2[2[-500 250 700] 5 6 -400 100 650]>>]>>\nendobj\n");
	LwPdfCode code = NEXT(opened.font, "\x00\x01");

	(void)state;
	assert_true(lw_pdf_font_is_vertical(opened.font));
	assert_near(code.vx, 300);
	assert_near(code.vy, 900);
	assert_near(code.wy, -800);
	code = NEXT(opened.font, "\x00\x02");
	assert_near(code.wy, -500);
	assert_near(code.vx, 250);
	assert_near(code.vy, 700);
	assert_near(NEXT(opened.font, "\x00\x06").vy, 650);
	close_font(opened);
}

/* One, two and three bytes; a one-byte 32 is a space for word spacing. */
static void test_embedded_cmap(void **state)
{
	g_autofree char *map = stream_object(
		6, "/Type/CMap/CMapName/Mine/WMode 0",
		"3 begincodespacerange <00> <7f> <8140> <9ffc> <e0a1b0> <e0a1bf> "
		"endcodespacerange\n"
		"1 begincidrange <20> <7e> 1 endcidrange 1 begincidchar <8140> 633 endcidchar\n"
		"1 begincidrange <e0a1b0> <e0a1b4> 100 endcidrange");
	g_autofree char *objects =
		g_strconcat("4 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 6 0 R"
			    "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/W[1[231] 633[900] "
			    "104[77]]>>]>>\nendobj\n",
			    map, NULL);
	Opened opened = open_font(objects);
	LwPdfCode code = NEXT(opened.font, " \x81");

	(void)state;
	assert_int_equal(code.bytes, 1);
	assert_true(code.space);
	assert_near(code.width, 231);
	code = NEXT(opened.font, "\x81\x40 ");
	assert_int_equal(code.bytes, 2);
	assert_near(code.width, 900);
	code = NEXT(opened.font, "\xe0\xa1\xb4 ");
	assert_int_equal(code.bytes, 3);
	assert_near(code.width, 77);
	assert_int_equal(NEXT(opened.font, "\xff\xff\xff").bytes, 1); /* outside: the shortest */
	close_font(opened);
}

static void test_collection(void **state)
{
	Opened opened = open_font(
		"4 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/UniJIS-UTF16-H"
		"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>>>]>>\nendobj\n");

	(void)state;
	assert_characters(NEXT(opened.font, "\x30\x42").unicode, "あ");
	close_font(opened);
}

static void check_finite(const LwPdfFont *font)
{
	guint8 bytes[256];
	LwPdfCode code;

	for (guint i = 0; i < 256; i++)
		bytes[i] = (guint8)(i * 7);
	for (gsize at = 0; at < sizeof(bytes);) {
		gsize took = lw_pdf_font_next(font, bytes + at, sizeof(bytes) - at, &code);

		assert_in_range(took, 1, sizeof(bytes) - at);
		assert_true(isfinite(code.width) && isfinite(code.wy) && isfinite(code.vx));
		for (guint i = 0; i < LW_PDF_GLYPH_CHARACTERS; i++)
			assert_true(code.unicode[i] <= 0x10ffff);
		at += took;
	}
	assert_true(lw_pdf_font_ascent(font) > lw_pdf_font_descent(font));
}

/* Two glyphs: code 1 is the standard string A, code 2 the font's own string alpha. */
static const char cff_program[] = "01000401"
				  "0001010102"
				  "58"
				  "000101010d"
				  "1c00250f"
				  "1c002a10"
				  "1c002e11"
				  "0001010106"
				  "616c706861"
				  "0000220187"
				  "00020102"
				  "00030101020304"
				  "0e0e0e";

static Opened open_cff(gsize digits)
{
	g_autofree char *hex = g_strndup(cff_program, digits);
	g_autofree char *program = stream_object(6, "/Subtype/Type1C/Filter/ASCIIHexDecode", hex);
	g_autofree char *objects = g_strconcat(
		"4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/AAAAAA+X/FirstChar 1/LastChar 2"
		"/Widths[444 555]/FontDescriptor<</Type/FontDescriptor/Flags 4/FontFile3 6 0 "
		"R>>>>\n"
		"endobj\n",
		program, NULL);

	return open_font(objects);
}

static void test_cff_program(void **state)
{
	Opened opened = open_cff(sizeof(cff_program) - 1);

	(void)state;
	assert_characters(NEXT(opened.font, "\x01").unicode, "A");
	assert_characters(NEXT(opened.font, "\x02").unicode, "α");
	assert_int_equal(NEXT(opened.font, "A").unicode[0], 0); /* not the standard encoding */
	assert_near(NEXT(opened.font, "\x02").width, 555);
	close_font(opened);
	for (gsize digits = 0; digits < sizeof(cff_program) - 1; digits += 3) {
		opened = open_cff(digits);
		check_finite(opened.font);
		close_font(opened);
	}
}

static void test_broken_fonts(void **state)
{
	static const char *const broken[] = {
		"<<>>",
		"<</Subtype/Type0>>",
		"<</Subtype/Type0/DescendantFonts 4 0 R/Encoding 4 0 R>>",
		"<</Subtype/Type0/DescendantFonts[4 0 R]/Encoding[1]/ToUnicode 4 0 R>>",
		"<</Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW(x)/W[1]/DW2[1]/W2[1 2 "
		"3]>>]>>",
		"<</Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[0 65535 1 0 65535 2 "
		"0[]]>>]>>",
		"<</Subtype/Type1/Widths[1 2 3]/FirstChar -7/LastChar 100000>>",
		"<</Subtype/Type1/Widths[99999999999999999999999 2]/FirstChar 9999999999>>",
		"<</Subtype/Type1/Encoding<</Differences[-1/a 300/b(x)/c 1e30/d]>>>>",
		"<</Subtype/Type3/FontMatrix[0 0 0 0 0 0]/Widths[1]/FontBBox[1 2]>>",
		"<</Subtype/Type3/FontMatrix[1 2 3]/CharProcs 4 0 R/Encoding/WinAnsiEncoding>>",
		"<</Subtype/TrueType/FontDescriptor<</Flags 4/FontFile2 4 0 R/Ascent/x/Descent "
		"1e9>>>>",
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
		g_autofree char *object = g_strdup_printf("4 0 obj\n%s\nendobj\n", broken[i]);
		Opened opened = open_font(object);

		check_finite(opened.font);
		close_font(opened);
	}
}

/* A stream that uses itself, and maps that use one another by name. */
static void test_cmap_loop(void **state)
{
	g_autofree char *map =
		stream_object(6, "/UseCMap 6 0 R", "/90ms-RKSJ-V usecmap /H usecmap");
	g_autofree char *objects = g_strconcat(
		"4 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 6 0 R/ToUnicode 6 0 R"
		"/DescendantFonts[<</Type/Font/Subtype/CIDFontType0>>]>>\nendobj\n",
		map, NULL);
	Opened opened = open_font(objects);

	(void)state;
	check_finite(opened.font);
	close_font(opened);
}

/* Every font of every document in fixtures loads and gives finite numbers. */
static void check_file(const char *path)
{
	g_autofree char *data = NULL;
	gsize length;
	g_autoptr(GBytes) input = NULL, normal = NULL;
	g_autoptr(LwPdf) pdf = NULL;

	if (!g_file_get_contents(path, &data, &length, NULL))
		return;
	input = g_bytes_new(data, length);
	normal = lw_pdf_normalise(input, NULL, NULL, NULL);
	pdf = normal ? lw_pdf_open(normal, NULL) : NULL;
	for (guint32 i = 1; pdf && i < lw_pdf_object_count(pdf); i++) {
		LwPdfObject *object = lw_pdf_object(pdf, i);

		if (lw_pdf_dictionary_of(object) &&
		    lw_pdf_is_name(lw_pdf_find(pdf, object, "Type"), "Font")) {
			g_autoptr(LwPdfFont) font = lw_pdf_font_load(pdf, object);

			check_finite(font);
		}
	}
}

static void check_folder(const char *folder, guint depth)
{
	g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
	const char *name;

	while (entries && (name = g_dir_read_name(entries))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (g_str_has_suffix(name, ".pdf"))
			check_file(path);
		else if (depth < 5 && g_file_test(path, G_FILE_TEST_IS_DIR))
			check_folder(path, depth + 1);
	}
}

static void test_fixtures(void **state)
{
	const char *root = g_getenv("LW_SOURCE_ROOT");
	g_autofree char *folder = g_build_filename(root ? root : ".", "fixtures", NULL);

	(void)state;
	check_folder(folder, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_standard_font), cmocka_unit_test(test_pi_fonts),
		cmocka_unit_test(test_simple_font),   cmocka_unit_test(test_guessed_widths),
		cmocka_unit_test(test_cff_program),   cmocka_unit_test(test_type1_program),
		cmocka_unit_test(test_type3),	      cmocka_unit_test(test_numbered_names),
		cmocka_unit_test(test_composite),     cmocka_unit_test(test_vertical),
		cmocka_unit_test(test_embedded_cmap), cmocka_unit_test(test_collection),
		cmocka_unit_test(test_broken_fonts),  cmocka_unit_test(test_cmap_loop),
		cmocka_unit_test(test_fixtures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
