/* test_interpret.c - where each text operator of ISO 32000-1 section 9.4 puts its glyphs, counted
 * by hand; layers; bounds. */
#include "tests/unit/pdf_fixture.h"

#include "engine/base/limits.h"

static LwDocument *read_content(const char *content)
{
	Source source = {.content = content};
	g_autoptr(GBytes) bytes = source_file(&source);
	return source_read(bytes);
}

/* x of the left side of A, B, C… in turn; Courier 10: six points each. */
static void assert_lefts(const char *content, const double *lefts)
{
	g_autoptr(LwDocument) document = read_content(content);
	for (guint i = 0; lefts[i] >= 0; i++)
		assert_glyph_left(document, 'A' + i, lefts[i]);
}

static void test_advance(void **state)
{
	(void)state;
	assert_lefts("BT /F1 10 Tf 50 100 Td (ABC) Tj ET", (const double[]){50, 56, 62, -1});
	assert_lefts("BT /F1 10 Tf 50 100 Td [(A) -1000 (B) 500 (C)] TJ ET",
		     (const double[]){50, 66, 67, -1});
	assert_lefts("BT /F1 10 Tf 2 Tc 50 100 Td (AB) Tj ET", (const double[]){50, 58, -1});
	assert_lefts("BT /F1 10 Tf 3 Tw 50 100 Td (A B) Tj ET", (const double[]){50, 65, -1});
	assert_lefts("BT /F1 10 Tf 200 Tz 50 100 Td (AB) Tj [-500 (C)] TJ ET",
		     (const double[]){50, 62, 84, -1});
}

static void test_moves(void **state)
{
	(void)state;
	assert_lefts("BT /F1 10 Tf 50 100 Td (A) Tj 20 0 Td (B) Tj ET",
		     (const double[]){50, 70, -1});
	assert_lefts("BT /F1 10 Tf 1 0 0 1 50 100 Tm (A) Tj 1 0 0 1 90 100 Tm (B) Tj ET",
		     (const double[]){50, 90, -1});
	assert_lefts("BT /F1 10 Tf 50 100 Td (A) Tj T* (B) Tj (C) ' ET",
		     (const double[]){50, 50, 50, -1});
	assert_lefts("BT /F1 10 Tf 50 100 Td (A) Tj 0 4 (BC) \" ET",
		     (const double[]){50, 50, 60, -1});
	assert_lefts("q 2 0 0 2 10 0 cm BT /F1 10 Tf 50 50 Td (AB) Tj ET Q",
		     (const double[]){110, 122, -1});
}

static double middle_of(const LwDocument *document, gunichar c)
{
	const LwGlyph *glyph = glyph_of(document, c);
	assert_non_null(glyph);
	return (glyph->box.y0 + glyph->box.y1) / 2;
}

static void test_leading(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = read_content(
		"BT /F1 10 Tf 14 TL 50 200 Td (A) Tj (B) ' T* (C) Tj 0 -30 TD (D) Tj T* (E) Tj ET");
	double first = middle_of(document, 'A');
	assert_near(middle_of(document, 'B') - first, 14, 0.01);
	assert_near(middle_of(document, 'C') - first, 28, 0.01);
	assert_near(middle_of(document, 'D') - first, 58, 0.01);
	assert_near(middle_of(document, 'E') - first, 88, 0.01); /* TD set the leading */
}

static void test_rise(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document =
		read_content("BT /F1 10 Tf 50 200 Td (A) Tj 5 Ts (B) Tj 0 Ts (C) Tj ET");
	assert_near(middle_of(document, 'A') - middle_of(document, 'B'), 5, 0.01);
	assert_near(middle_of(document, 'A') - middle_of(document, 'C'), 0, 0.01);
	assert_glyph_left(document, 'C', 62);
}

static void test_negative_size(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = read_content("BT /F1 -10 Tf 50 200 Td (AB) Tj ET");
	assert_glyph_left(document, 'A', 44); /* it grows to the left */
	assert_glyph_left(document, 'B', 38);
}

/* What no font of the file shows, some readers show in one of their own. */
static void test_no_font(void **state)
{
	(void)state;
	static const char *const before[] = {"/No 10 Tf", "10 Tf", "/F1 20 Tf /No 10 Tf"};
	for (guint i = 0; i < G_N_ELEMENTS(before); i++) {
		g_autofree char *content =
			g_strdup_printf("BT %s 50 200 Td (\\344B) Tj ET", before[i]);
		g_autoptr(LwDocument) document = read_content(content);
		assert_glyph_left(document, 0xe4, 50);
		assert_glyph_left(document, 'B', 55.56); /* as Helvetica */
	}
	g_autoptr(LwDocument) none = read_content("BT 50 200 Td (B) Tj ET");
	assert_int_equal(none->glyph_count, 1);
}

static void test_split_streams(void **state)
{
	(void)state;
	g_autofree char *a = source_stream(10, "", "BT /F1 10 Tf 50 100 Td [(A)");
	g_autofree char *b = source_stream(11, "", "(B)] TJ");
	g_autofree char *c = source_stream(12, "", "(C) Tj ET");
	g_autofree char *objects = g_strconcat(a, b, c, NULL);
	Source source = {
		.content = "", .page = "/Contents[10 0 R 11 0 R 12 0 R]", .objects = objects};
	g_autoptr(GBytes) whole = source_file(&source);
	/* The last of two equal keys counts. */
	g_autoptr(LwDocument) document = source_read(whole);
	assert_glyph_left(document, 'A', 50);
	assert_glyph_left(document, 'B', 56);
	assert_glyph_left(document, 'C', 62);
}

static void test_page_spaces(void **state)
{
	(void)state;
	static const struct {
		const char *page;
		double x, y;
	} cases[] = {
		{"", 50, 200},
		{"/CropBox[20 30 380 290]", 30, 190},
		{"/Rotate 90", 100, 50},
		{"/Rotate 180", 350, 100},
		{"/Rotate 270", 200, 350},
		{"/Rotate -90", 200, 350},
		{"/Rotate 90/CropBox[20 30 380 290]", 70, 30},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		Source source = {.content = "BT /F1 10 Tf 50 100 Td (A) Tj ET",
				 .page = cases[i].page};
		g_autoptr(GBytes) bytes = source_file(&source);
		g_autoptr(LwDocument) document = source_read(bytes);
		const LwGlyph *glyph = glyph_of(document, 'A');
		/* The origin is the baseline's start: a point of the box. */
		assert_true(cases[i].x >= glyph->box.x0 - 0.02 &&
			    cases[i].x <= glyph->box.x1 + 0.02);
		assert_true(cases[i].y >= glyph->box.y0 - 0.02 &&
			    cases[i].y <= glyph->box.y1 + 0.02);
	}
}

static void test_forms(void **state)
{
	(void)state;
	g_autofree char *form = source_stream(
		10, "/Type/XObject/Subtype/Form/BBox[0 -50 300 300]/Matrix[2 0 0 2 5 0]",
		"BT /F1 10 Tf (A) Tj ET");
	Source source = {.content = "q 1 0 0 1 50 100 cm /X Do Q BT /F1 10 Tf 50 50 Td (B) Tj ET",
			 .resources = "/XObject<</X 10 0 R>>",
			 .objects = form};
	g_autoptr(GBytes) bytes = source_file(&source);
	g_autoptr(LwDocument) document = source_read(bytes);
	assert_glyph_left(document, 'A', 55); /* without resources of its own: the page's */
	assert_near(glyph_of(document, 'A')->size, 20, 0.01);
	assert_glyph_left(document, 'B', 50);
}

static guint flags_of(const Source *source, gunichar c)
{
	g_autoptr(GBytes) bytes = source_file(source);
	g_autoptr(LwDocument) document = source_read(bytes);
	const LwGlyph *glyph = glyph_of(document, c);
	assert_non_null(glyph);
	return glyph->flags;
}

static void test_flags(void **state)
{
	(void)state;
	Source source = {
		.content = "BT /F1 10 Tf 50 100 Td (A) Tj 3 Tr (B) Tj 0 Tr 1000 0 Td (C) Tj ET"};
	assert_int_equal(flags_of(&source, 'A'), 0);
	assert_int_equal(flags_of(&source, 'B'), LW_GLYPH_INVISIBLE | LW_GLYPH_UNSEEN);
	assert_true(flags_of(&source, 'C') & LW_GLYPH_OFF_PAGE);
}

/* Can nobody see the A? The content after it is `after`, that before it `before`. */
static void assert_unseen(const char *before, const char *after, gboolean unseen)
{
	g_autofree char *content =
		g_strdup_printf("%s BT /F1 10 Tf 50 100 Td (A) Tj ET %s", before, after);
	Source source = {
		.content = content,
		.resources = "/ExtGState<</G<</ca .5>>/M<</BM/Multiply>>/N<</ca 0>>>>"
			     "/ColorSpace<</S[/Separation/Black/DeviceGray<</FunctionType 2/Domain"
			     "[0 1]/C0[1]/C1[0]/N 1>>]>>"};
	gboolean found = (flags_of(&source, 'A') & LW_GLYPH_UNSEEN) != 0;
	if (found != unseen)
		fail_msg("%s", content);
}

#define IMAGE "q 90 0 0 90 20 50 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q"

static void test_unseen(void **state)
{
	(void)state;
	assert_unseen("", "", FALSE);
	assert_unseen("1 g", "", TRUE);
	assert_unseen("1 1 1 rg", "", TRUE);
	assert_unseen("0 0 0 0 k", "", TRUE);
	assert_unseen("/S cs 1 scn", "", FALSE); /* full ink */
	assert_unseen("0 0 1 rg 40 90 50 50 re f 1 g", "", FALSE);
	assert_unseen("1 g 40 90 50 50 re f", "", TRUE);
	assert_unseen("1 g", "0 g 40 90 50 50 re f", TRUE);
	assert_unseen(IMAGE " 1 g", "", FALSE);
	assert_unseen("", "0 g 40 90 50 50 re f", TRUE);
	assert_unseen("", "1 g 40 90 m 90 90 l 90 140 l 40 140 l h f", TRUE);
	assert_unseen("", "0 g 40 90 m 90 90 l 90 140 l h f", FALSE);
	assert_unseen("", "/G gs 0 g 40 90 50 50 re f", FALSE);
	assert_unseen("", "/M gs 1 1 0 rg 40 90 50 50 re f", FALSE);
	assert_unseen("", "0 g 40 90 50 50 re S", FALSE);
	assert_unseen("", "0 g 52 100 50 50 re f", FALSE);
	assert_unseen("", "50 50 20 20 re W n 0 g 40 90 50 50 re f", FALSE);
	assert_unseen("", "1 g 40 90 50 50 re f " IMAGE, FALSE); /* text recognised in it */
	assert_unseen("3 Tr", "", TRUE);
	assert_unseen("3 Tr", IMAGE, FALSE);
	assert_unseen(IMAGE " 3 Tr", "", FALSE);
	assert_unseen("7 Tr", "", TRUE);
	assert_unseen("7 Tr", "40 90 50 50 re f", FALSE);
	assert_unseen("/N gs", "", TRUE);
	assert_unseen(".05 0 0 .05 40 90 cm", "", TRUE);
	assert_unseen("q 10 10 5 5 re W n", "Q", TRUE);
}

/* Membership of layer 10 (off) and 11 (on): is what it governs hidden? */
static void assert_layer(const char *membership, gboolean hidden)
{
	g_autofree char *objects = g_strdup_printf("10 0 obj\n<</Type/OCG/Name(a)>>\nendobj\n"
						   "11 0 obj\n<</Type/OCG/Name(b)>>\nendobj\n"
						   "12 0 obj\n<</Type/OCMD%s>>\nendobj\n",
						   membership);
	Source source = {.content = "/OC /L BDC BT /F1 10 Tf 50 100 Td (A) Tj ET EMC BT /F1 10 Tf "
				    "50 50 Td (B) Tj ET",
			 .resources = "/Properties<</L 12 0 R>>",
			 .objects = objects,
			 .catalog = "/OCProperties<</OCGs[10 0 R 11 0 R]/D<</OFF[10 0 R]>>>>"};
	assert_int_equal((flags_of(&source, 'A') & LW_GLYPH_LAYER_OFF) != 0, hidden);
	assert_int_equal(flags_of(&source, 'B') & LW_GLYPH_LAYER_OFF, 0);
}

static void test_layers(void **state)
{
	(void)state;
	assert_layer("/OCGs 10 0 R", TRUE);
	assert_layer("/OCGs 11 0 R", FALSE);
	assert_layer("/OCGs[10 0 R 11 0 R]", FALSE);
	assert_layer("/OCGs[10 0 R 11 0 R]/P/AllOn", TRUE);
	assert_layer("/OCGs[11 0 R]/P/AllOff", TRUE);
	assert_layer("/OCGs[10 0 R]/P/AnyOff", FALSE);
	/* Visibility expressions go before policies. */
	assert_layer("/OCGs 11 0 R/VE[/Not 11 0 R]", TRUE);
	assert_layer("/OCGs 10 0 R/VE[/Or 10 0 R[/Not 10 0 R]]", FALSE);
	assert_layer("/VE[/And 11 0 R[/Not 10 0 R]]", FALSE);
	assert_layer("/VE[/And 11 0 R 10 0 R]", TRUE);
}

/* Cells of a pattern repeat: one that lies off the page is no reason to take its text out. */
static void test_pattern_cell_off_page(void **state)
{
	(void)state;
	g_autofree char *tile = source_stream(
		10,
		"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 100 50]"
		"/XStep 100/YStep 50/Matrix[1 0 0 1 -200 -100]"
		"/Resources<</Font<</F1 5 0 R>>>>",
		"BT /F1 10 Tf 10 10 Td (A) Tj ET");
	Source source = {.content = "/Pattern cs /P scn 0 0 400 300 re f",
			 .objects = tile,
			 .resources = "/Pattern<</P 10 0 R>>"};
	assert_int_equal(flags_of(&source, 'A') & LW_GLYPH_OFF_PAGE, 0);
}

static void assert_refused(const Source *source)
{
	g_autoptr(GBytes) bytes = source_file(source);
	GError *error = NULL;
	g_autoptr(LwDocument) document = lw_pdf_read(bytes, LW_READ_GLYPHS, &error);
	assert_null(document);
	assert_int_equal(error->code, LW_ERROR_UNREADABLE);
	g_clear_error(&error);
}

static void test_bomb_of_saves(void **state)
{
	(void)state;
	g_autoptr(GString) content = g_string_new(NULL);
	for (guint i = 0; i < LW_LIMIT_STATES + 10; i++)
		g_string_append(content, "q ");
	Source source = {.content = content->str};
	assert_refused(&source);
}

/* Each form draws the next twice: 2 to the 30th uses. */
static void test_bomb_of_forms(void **state)
{
	(void)state;
	g_autoptr(GString) objects = g_string_new(NULL);
	for (int i = 0; i < 30; i++) {
		g_autofree char *keys = g_strdup_printf("/Type/XObject/Subtype/Form/BBox[0 0 9 "
							"9]/Resources<</XObject<</X %d 0 R>>>>",
							11 + i);
		g_autofree char *form = source_stream(10 + i, keys, "/X Do /X Do");
		g_string_append(objects, form);
	}
	Source source = {
		.content = "/X Do", .resources = "/XObject<</X 10 0 R>>", .objects = objects->str};
	assert_refused(&source);
}

static void test_form_in_itself(void **state)
{
	(void)state;
	g_autofree char *form =
		source_stream(10,
			      "/Type/XObject/Subtype/Form/BBox[0 0 99 99]"
			      "/Resources<</Font<</F1 5 0 R>>/XObject<</X 10 0 R>>>>",
			      "BT /F1 10 Tf 5 5 Td (A) Tj ET /X Do");
	Source source = {.content = "/X Do", .resources = "/XObject<</X 10 0 R>>", .objects = form};
	g_autoptr(GBytes) bytes = source_file(&source);
	g_autoptr(LwDocument) document = source_read(bytes);
	assert_int_equal(document->glyph_count, 1);
}

static void test_bomb_of_inline_image(void **state)
{
	(void)state;
	Source source = {.content = "BI /W 1000000 /H 1000000 /BPC 1 /IM true /F /Fl ID x EI"};
	assert_refused(&source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_advance),
		cmocka_unit_test(test_moves),
		cmocka_unit_test(test_leading),
		cmocka_unit_test(test_rise),
		cmocka_unit_test(test_negative_size),
		cmocka_unit_test(test_no_font),
		cmocka_unit_test(test_split_streams),
		cmocka_unit_test(test_page_spaces),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_unseen),
		cmocka_unit_test(test_layers),
		cmocka_unit_test(test_pattern_cell_off_page),
		cmocka_unit_test(test_bomb_of_saves),
		cmocka_unit_test(test_bomb_of_forms),
		cmocka_unit_test(test_form_in_itself),
		cmocka_unit_test(test_bomb_of_inline_image),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
