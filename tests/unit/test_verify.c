/* test_verify.c - the verifier's own test: a good output passes, and each planted leak is found
 * through its channel. */
#include "tests/unit/pdf_fixture.h"

#include "engine/verify.h"
#include "extractors/builtin.h"

#define TEXT "BT /F1 10 Tf 50 100 Td (abc xyzxyz def) Tj ET\n"
/* x of xyzxyz: 74 to 110; y from the top: about 193 to 203. */
#define BURNED "BT /F1 10 Tf 50 100 Td (abc) Tj 66 0 Td (def) Tj ET\n"

static const float AREA[] = {75, 192, 109, 204};

typedef enum { BY_AREA, BY_WORD } By;

/* The channel that leaked first; "clean", or "refused" with error. */
static const char *judge(const Source *original, const Source *output, By by, GError **error)
{
	g_autoptr(GBytes) in = source_file(original), out = source_file(output);
	g_autoptr(LwPlan) plan = plan_new();
	g_autoptr(LwDocument) document = source_read(in);
	g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(LwFinding));
	if (by == BY_WORD)
		plan_word(plan, document, "xyzxyz");
	else
		plan_area(plan, 0, AREA[0], AREA[1], AREA[2], AREA[3]);
	const LwJudged judged = {lw_format_named("pdf"), out, in, plan, LW_MAKER_US, NULL};
	if (!lw_verify(&judged, findings, NULL, error))
		return "refused";
	const LwFinding *leak = lw_findings_leak(findings);
	return leak ? leak->channel : "clean";
}

static void assert_leak(const Source *original, const Source *output, By by, const char *channel)
{
	GError *error = NULL;
	const char *found = judge(original, output, by, &error);
	if (!g_str_has_prefix(found, channel))
		fail_msg("found as %s, not %s", found, channel);
	g_clear_error(&error);
}

static void assert_clean(const Source *original, const Source *output, By by)
{
	GError *error = NULL;
	const char *found = judge(original, output, by, &error);
	if (strcmp(found, "clean"))
		fail_msg("not clean: %s %s", found, error ? error->message : "");
}

static void test_clean(void **state)
{
	(void)state;
	Source original = {.content = TEXT}, good = {.content = BURNED};
	assert_clean(&original, &good, BY_WORD);
	assert_clean(&original, &good, BY_AREA);
	Source boxed = {.content = BURNED "0 g 74 95 36 12 re f"};
	assert_clean(&original, &boxed, BY_AREA);
}

static void test_our_own_output_is_clean(void **state)
{
	(void)state;
	Source original = {.content = TEXT};
	g_autoptr(GBytes) in = source_file(&original);
	g_autoptr(LwPlan) plan = plan_new();
	plan_area(plan, 0, AREA[0], AREA[1], AREA[2], AREA[3]);
	g_autoptr(GBytes) out = plan_render(plan, in);
	g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(LwFinding));
	const LwJudged judged = {lw_format_named("pdf"), out, in, plan, LW_MAKER_US, NULL};
	GError *error = NULL;
	assert_true(lw_verify(&judged, findings, NULL, &error));
	assert_null(lw_findings_leak(findings));
}

static void test_text_under_the_box(void **state)
{
	(void)state;
	Source original = {.content = TEXT}, bad = {.content = TEXT "0 g 74 95 36 12 re f"};
	assert_leak(&original, &bad, BY_WORD, "glyph");
	assert_leak(&original, &bad, BY_AREA, "glyph");
	Source one = {.content = BURNED "BT /F1 10 Tf 80 100 Td (y) Tj ET"};
	assert_leak(&original, &one, BY_WORD, "glyph");
	Source unseen = {.content = BURNED "BT /F1 10 Tf 3 Tr 74 100 Td (xyzxyz) Tj ET"};
	assert_leak(&original, &unseen, BY_AREA, "glyph");
}

static void test_text_outside_was_changed(void **state)
{
	(void)state;
	Source original = {.content = TEXT};
	static const char *const others[] = {
		"BT /F1 10 Tf 50 100 Td (abc) Tj ET\n",			   /* lost */
		"BT /F1 10 Tf 50 100 Td (abc) Tj 66.1 0 Td (def) Tj ET\n", /* moved */
		"BT /F1 10 Tf 50 100 Td (abq) Tj 66 0 Td (def) Tj ET\n",   /* changed */
		BURNED "BT /F1 10 Tf 50 50 Td (new) Tj ET\n",		   /* added */
		BURNED "BT /F1 10 Tf 50 60 Td (xyzxyz) Tj ET",
	};
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		Source bad = {.content = others[i]};
		assert_leak(&original, &bad, BY_WORD, "refused");
	}
}

static void test_pages(void **state)
{
	(void)state;
	Source original = {.content = TEXT};
	Source more = {.content = BURNED, .second = ""};
	assert_leak(&original, &more, BY_WORD, "refused");
	Source cropped = {.content = BURNED, .page = "/CropBox[0 0 300 300]"};
	assert_leak(&original, &cropped, BY_WORD, "refused");
}

static void test_hidden_places(void **state)
{
	(void)state;
	Source original = {.content = TEXT};
	static const struct {
		const char *catalog, *page, *objects, *content;
	} channels[] = {
		{.catalog = "/X(xyzxyz)"},
		{.catalog = "/X<78797A78797A>"},
		{.catalog = "/X<FEFF00780079007A00780079007A>"},
		{.catalog = "/X/xyzxyz"},
		{.catalog = "/xyzxyz 1"},
		{.catalog = "/Metadata 10 0 R",
		 .objects = "10 0 obj\n<</Type/Metadata/Length 15>>\nstream\n<t>xyzxyz</t>  "
			    "\nendstream\nendobj\n"},
		{.page = "/PieceInfo<</A<</Private(xyzxyz)>>>>"},
		{.page = "/Annots[10 0 R]",
		 .objects = "10 0 obj\n<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Aan "
			    "xyzxyz)>>\nendobj\n"},
		{.catalog = "/Outlines 10 0 R",
		 .objects = "10 0 obj\n<</First 11 0 R/Last 11 0 R>>\nendobj\n"
			    "11 0 obj\n<</Title(xyz-xyz)/Parent 10 0 R>>\nendobj\n"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(channels); i++) {
		Source bad = {.content = BURNED,
			      .catalog = channels[i].catalog,
			      .page = channels[i].page,
			      .objects = channels[i].objects};
		assert_leak(&original, &bad, BY_WORD, "pdf/");
	}
}

/* Inside the page's content a string can be said without being shown. */
static void test_words_instead_of_glyphs(void **state)
{
	(void)state;
	Source original = {.content = TEXT};
	static const char *const contents[] = {
		"/Span <</ActualText(xyzxyz)>> BDC " BURNED " EMC",
		"/Span <</Alt<FEFF00780079007A00780079007A>>> BDC " BURNED " EMC",
		"/xyzxyz BMC " BURNED " EMC",
		BURNED "/A <</B(xyzxyz)>> DP",
		BURNED "% xyzxyz\n",
	};
	for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
		Source bad = {.content = contents[i]};
		assert_leak(&original, &bad, BY_WORD, "pdf/");
	}
	Source property = {.content = "/Span /P BDC " BURNED " EMC",
			   .resources = "/Properties<</P<</ActualText(xyzxyz)>>>>"};
	assert_leak(&original, &property, BY_WORD, "pdf/actual-text");
}

/* A map of a font that spells x, y and z, which no content shows in that font. */
#define LETTERS                                                                                    \
	"12 0 obj\n<</Length 70>>\nstream\n3 beginbfchar <78> <0078> <79> <0079> <7A> <007A> "     \
	"endbfchar           \nendstream\nendobj\n"
#define FONT(name)                                                                                 \
	"11 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/" name                                      \
	"/Encoding/WinAnsiEncoding/ToUnicode 12 0 R>>\nendobj\n"

/* Content that no page comes by is read as well, and so are the fonts that only it names. */
static void test_content_that_nothing_draws(void **state)
{
	(void)state;
	Source original = {.content = TEXT};
	g_autofree char *form = source_stream(
		10, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>",
		"BT /F 10 Tf (xyz) Tj (xyz) Tj ET");
	Source undrawn = {.content = BURNED, .resources = "/XObject<</X 10 0 R>>", .objects = form};
	assert_leak(&original, &undrawn, BY_WORD, "pdf/undrawn");
	g_autofree char *glyph =
		source_stream(13, "", "500 0 d0 BT /F 10 Tf 0 0 Td [(xy) 9 (zx) 9 (yz)] TJ ET");
	g_autofree char *type3 = g_strconcat(
		glyph,
		"10 0 obj\n<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.001 0 0 .001 0 "
		"0]/CharProcs<</a 13 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar "
		"97/Widths[500]/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n",
		NULL);
	Source drawn = {.content = BURNED, .page = "/X 10 0 R", .objects = type3};
	assert_leak(&original, &drawn, BY_WORD, "pdf/type3");
}

static void test_fonts_that_only_other_content_names(void **state)
{
	(void)state;
	Source original = {.content = TEXT};
	static const char subset[] = FONT("ABCDEF+Courier") LETTERS;
	static const char entire[] = FONT("Courier") LETTERS;
	static const char fields[] = "/AcroForm<</Fields[]/DR<</Font<</F 11 0 R>>>>>>";
	Source filled = {.content = BURNED, .catalog = fields, .objects = subset};
	assert_leak(&original, &filled, BY_WORD, "pdf/font");
	Source kept = {.content = BURNED, .catalog = fields, .objects = entire};
	assert_clean(&original, &kept, BY_WORD);
	static const char resources[] =
		"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 11 0 R>>>>";
	g_autofree char *silent = source_stream(10, resources, "0 0 9 9 re n");
	g_autofree char *shows =
		source_stream(10, resources, "BT /F 10 Tf (x) Tj (y) Tj (z) Tj ET");
	g_autofree char *first = g_strconcat(silent, subset, NULL);
	g_autofree char *second = g_strconcat(shows, subset, NULL);
	Source form = {.content = BURNED, .resources = "/XObject<</X 10 0 R>>", .objects = first};
	assert_leak(&original, &form, BY_WORD, "pdf/font");
	form.objects = second;
	assert_clean(&original, &form, BY_WORD);
}

/* Codes of three bytes, several letters to a code, a font that does not say that it is one. */
static void test_fonts_of_any_kind(void **state)
{
	(void)state;
	static const char fields[] = "/AcroForm<</Fields[]/DR<</Font<</F 11 0 R>>>>>>";
	static const char long_codes[] =
		"11 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+T/Encoding/Identity-H"
		"/DescendantFonts[<<>>]/ToUnicode 12 0 R>>\nendobj\n"
		"12 0 obj\n<</Length 47>>\nstream\n1 beginbfchar <010041> <006A0061006E> endbfchar"
		"\nendstream\nendobj\n";
	static const char nameless[] =
		"11 0 obj\n<</Subtype/Type1/BaseFont/ABCDEF+T/ToUnicode 12 0 R>>\nendobj\n"
		"12 0 obj\n<</Length 43>>\nstream\n1 beginbfchar <41> <006A0061006E> endbfchar"
		"\nendstream\nendobj\n";
	static const char *const objects[] = {long_codes, nameless};
	Source original = {.content = TEXT};
	for (guint i = 0; i < G_N_ELEMENTS(objects); i++) {
		Source bad = {.content = BURNED, .catalog = fields, .objects = objects[i]};
		assert_leak(&original, &bad, BY_WORD, "pdf/font");
	}
}

static void test_picture_under_the_box(void **state)
{
	(void)state;
	/* Four grey samples across the area. */
	const char *image = "q 36 0 0 12 74 96 cm BI /W 4 /H 1 /BPC 8 /CS /G ID abcd EI Q ";
	g_autofree char *contrast = g_strdup(image);
	memcpy(strstr(contrast, "abcd"), "\x01\xF0\x01\xF0", 4);
	Source original = {.content = contrast};
	Source bad = {.content = contrast};
	assert_leak(&original, &bad, BY_AREA, "pixel");
	g_autofree char *blank = g_strdup(image);
	memcpy(strstr(blank, "abcd"), "\x01\x01\x01\x01", 4);
	Source good = {.content = blank};
	assert_clean(&original, &good, BY_AREA);
}

static void test_drawing_under_the_box(void **state)
{
	(void)state;
	const char *scribble =
		"78 98 m 80 106 84 97 88 100 c 92 106 96 97 100 100 c 102 104 104 98 106 100 c S\n";
	Source original = {.content = scribble}, good = {.content = ""};
	assert_leak(&original, &original, BY_AREA, "path");
	assert_clean(&original, &good, BY_AREA);
}

/* --- a file alone --- */

static gboolean tells_alone(const Source *source, const char *code)
{
	g_autoptr(GBytes) file = source_file(source);
	g_autoptr(GArray) findings = g_array_new(FALSE, TRUE, sizeof(LwFinding));
	GError *error = NULL;
	const LwJudged judged = {
		.format = lw_format_named("pdf"), .file = file, .maker = LW_MAKER_ANYONE};
	assert_true(lw_verify(&judged, findings, NULL, &error));
	return lw_findings_have(findings, code);
}

static void test_alone(void **state)
{
	(void)state;
	Source plain = {.content = BURNED "0 g 74 95 36 12 re f"};
	assert_false(tells_alone(&plain, "covered-text"));
	Source covered = {.content = TEXT "0 g 73 95 38 14 re f"};
	assert_true(tells_alone(&covered, "covered-text"));
	Source thin = {
		.content = "0 g 40 80 200 40 re f 1 g BT /F1 4 Tf 50 100.5 Td (l,l,i..) Tj ET\n"};
	assert_false(tells_alone(&thin, "covered-text"));
	static const char *const grounds[] = {"1 0 0 rg", "0 1 0 rg", "0 0 1 rg"};
	for (guint i = 0; i < G_N_ELEMENTS(grounds); i++) { /* bright, in one colour of three */
		g_autofree char *content =
			g_strconcat(grounds[i], " 60 90 80 30 re f 0 g\n", TEXT, NULL);
		Source on_colour = {.content = content};
		assert_false(tells_alone(&on_colour, "covered-text"));
	}
	Source note = {.content = TEXT,
		       .page = "/Annots[10 0 R]",
		       .objects = "10 0 obj\n<</Type/Annot/Subtype/Redact/Rect[74 95 110 "
				  "107]/Contents(x)>>\nendobj\n"};
	assert_true(tells_alone(&note, "annotation"));
	assert_true(tells_alone(&note, "redaction-not-applied"));
	assert_false(tells_alone(&plain, "annotation"));
	assert_false(tells_alone(&plain, "redaction-not-applied"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_our_own_output_is_clean),
		cmocka_unit_test(test_text_under_the_box),
		cmocka_unit_test(test_text_outside_was_changed),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_hidden_places),
		cmocka_unit_test(test_words_instead_of_glyphs),
		cmocka_unit_test(test_content_that_nothing_draws),
		cmocka_unit_test(test_fonts_that_only_other_content_names),
		cmocka_unit_test(test_fonts_of_any_kind),
		cmocka_unit_test(test_picture_under_the_box),
		cmocka_unit_test(test_drawing_under_the_box),
		cmocka_unit_test(test_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
