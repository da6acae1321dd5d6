/* test_rewrite.c - what the burner writes, read back: marked glyphs are nowhere, the others stand
 * where they stood, the label is in its place in the text, and nothing of the graphics state runs
 * out of it. */
#include "tests/unit/pdf_fixture.h"

static const char *const LABEL = "[gelakt: 5.1.2.e]";

typedef struct {
	GBytes *input, *output;
	LwDocument *before, *after;
} Burned;

static void burned_clear(Burned *burned)
{
	g_bytes_unref(burned->input);
	g_bytes_unref(burned->output);
	lw_document_free(burned->before);
	lw_document_free(burned->after);
}

/* Marks the word (NULL: the area of the first page). */
static Burned burn(const Source *source, const char *word, const float area[4])
{
	Burned burned = {.input = source_file(source)};
	g_autoptr(LwPlan) plan = plan_new();
	plan->hidden = LW_HIDDEN_STAYS; /* only what is named goes */
	burned.before = source_read(burned.input);
	if (word)
		plan_word(plan, burned.before, word);
	else
		plan_area(plan, 0, area[0], area[1], area[2], area[3]);
	burned.output = plan_render(plan, burned.input);
	burned.after = source_read(burned.output);
	return burned;
}

static gboolean is_kept(const LwGlyph *glyph, const char *gone)
{
	return !(glyph->flags & LW_GLYPH_LABEL) && !g_unichar_isspace(glyph->unicode) &&
	       !(glyph->unicode < 128 && strchr(gone, (int)glyph->unicode));
}

/* Every glyph but those of `gone` (letters that stand nowhere else) is where it was, in the same
 * order. */
static void assert_kept(const Burned *burned, const char *gone)
{
	guint32 o = 0;
	for (guint32 i = 0; i < burned->before->glyph_count; i++) {
		const LwGlyph *want = &burned->before->glyphs[i];
		if (!is_kept(want, gone))
			continue;
		while (o < burned->after->glyph_count && !is_kept(&burned->after->glyphs[o], ""))
			o++;
		if (o == burned->after->glyph_count)
			fail_msg("glyph %u is lost", i);
		const LwGlyph *got = &burned->after->glyphs[o++];
		assert_int_equal(got->unicode, want->unicode);
		assert_int_equal(got->flags & ~LW_GLYPH_ANNOTATION,
				 want->flags & ~LW_GLYPH_ANNOTATION);
		assert_near(got->box.x0, want->box.x0, 0.02);
		assert_near(got->box.y0, want->box.y0, 0.02);
		assert_near(got->box.x1, want->box.x1, 0.02);
	}
	for (; o < burned->after->glyph_count; o++)
		assert_false(is_kept(&burned->after->glyphs[o], ""));
}

static GString *content_of(GBytes *file, guint page)
{
	LwPdf *pdf = source_open(file);
	LwPdfObject *stream = lw_pdf_find(pdf, lw_pdf_page(pdf, page), "Contents");
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, stream, NULL, NULL);
	gsize length;
	const char *bytes = g_bytes_get_data(data, &length);
	GString *content = g_string_new_len(bytes, (gssize)length);
	lw_pdf_free(pdf);
	return content;
}

static void assert_content(GBytes *file, const char *needle, gboolean holds)
{
	GString *content = content_of(file, 0);
	if ((strstr(content->str, needle) != NULL) != holds)
		fail_msg("'%s' %s in\n%s", needle, holds ? "is not" : "is", content->str);
	g_string_free(content, TRUE);
}

static void assert_label(const LwDocument *document, const char *code)
{
	for (guint32 i = 0; i < document->glyph_count && *code; i++)
		if ((document->glyphs[i].flags & LW_GLYPH_LABEL) &&
		    document->glyphs[i].unicode == (guchar)*code)
			code++;
	assert_string_equal(code, "");
}

/* x and z stand in the marked word only. */
static void test_text_operators(void **state)
{
	(void)state;
	static const char *const contents[] = {
		"BT /F1 10 Tf 50 100 Td (abc xyz def) Tj ET",
		"BT /F1 10 Tf 50 100 Td [(abc ) -200 (x) 30 (yz) 10 ( def)] TJ ET",
		"BT /F1 10 Tf 14 TL 50 150 Td (abc) Tj (xyz) ' (def) ' T* (ghi) Tj ET",
		"BT /F1 10 Tf 14 TL 50 150 Td (abc) Tj 3 1 (k xyz m) \" (def) ' ET",
		"BT /F1 10 Tf 150 Tz 2 Tc 4 Tw 50 100 Td (abc ) Tj 5 Ts (xyz) Tj 0 Ts ( def) Tj ET",
		"BT /F1 10 Tf 50 100 Td (x) Tj 6 0 Td (y) Tj 6 0 Td (z) Tj 10 0 Td (abc) Tj ET",
		"BT /F1 -10 Tf -1 0 0 -1 50 100 Tm (abc xyz def) Tj ET",
		"BT /F1 10 Tf 0 1 -1 0 80 60 Tm (abc xyz def) Tj ET",
		"BT /F1 10 Tf .7071 .7071 -.7071 .7071 80 60 Tm (abc xyz def) Tj ET",
		"BT /F1 10 Tf 50 100 Td (abc ) Tj /F1 7 Tf (xyz) Tj /F1 10 Tf ( def) Tj ET BT 50 "
		"50 Td (g) Tj ET",
		"BT /F1 10 Tf 50 100 Td 3 Tr (abc xyz def) Tj ET BT 50 50 Td (ghi) Tj ET",
		"q BT /F1 10 Tf 50 100 Td (abc xyz def) Tj 12 TL ET BT 50 50 Td T* (ghi) Tj ET Q",
		"/P <</MCID 0>> BDC BT /F1 10 Tf 50 100 Td (abc xyz def) Tj ET EMC",
		"BT /F1 10 Tf 50 100 Td /P <</MCID 0>> BDC (abc xyz def) Tj EMC ( ghi) Tj ET",
		"BT /F1 10 Tf 50 100 Td /P <</MCID 0>> BDC (abc xyz) Tj ET BT /F1 8 Tf EMC 50 50 "
		"Td (def) Tj ET",
		"/F1 10 Tf BT 50 100 Td (abc xyz) Tj",
	};
	for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
		Source source = {.content = contents[i]};
		Burned burned = burn(&source, "xyz", NULL);
		assert_kept(&burned, "xyz");
		assert_null(strstr(burned.after->text, "xyz"));
		assert_label(burned.after, "5.1.2.e");
		burned_clear(&burned);
	}
}

static void test_label_stands_in_the_text(void **state)
{
	(void)state;
	Source source = {.content = "BT /F1 10 Tf 50 100 Td (abc xyz def) Tj ET"};
	Burned burned = burn(&source, "xyz", NULL);
	const char *label = strstr(burned.after->text, LABEL);
	assert_non_null(label);
	assert_true(strstr(burned.after->text, "abc") < label);
	assert_true(label < strstr(burned.after->text, "def"));
	g_autofree char *spoken = g_strdup_printf("/ActualText ( %s )", LABEL);
	assert_content(burned.output, spoken, TRUE);
	burned_clear(&burned);
}

/* How far the removed letters reached, what they were set in, what they were called: no trace. */
static void test_no_residue(void **state)
{
	(void)state;
	Source source = {
		.content =
			"% xyz\nBT /F1 10 Tf 50 100 Td (abc ) Tj /F1 33 Tf 7 Tc 1 0 0 1 77 100 Tm "
			"/Span <</ActualText(xyz)/E(xyz)>> BDC [(x) -31 (yz) 678] TJ EMC 0 Tc "
			"/F1 10 Tf 60 0 Td (def) Tj ET /xyz MP /A /xyz DP BX xyz EX"};
	Burned burned = burn(&source, "xyz", NULL);
	static const char *const traces[] = {"33 Tf", "-31", "678", "7 Tc", "xyz", "78797A", "MP"};
	for (guint i = 0; i < G_N_ELEMENTS(traces); i++)
		assert_content(burned.output, traces[i], FALSE);
	assert_kept(&burned, "xyz");
	burned_clear(&burned);
}

static guint32 pixel_at(GBytes *file, guint x, guint y)
{
	LwPicture picture = {0};
	assert_true(lw_pdf_picture(file, 0, 72, &picture, NULL));
	const guint8 *at = (const guint8 *)g_bytes_get_data(picture.pixels, NULL) +
			   ((gsize)y * picture.width + x) * picture.channels;
	guint32 rgb = picture.channels == 1 ? at[0] * 0x010101u
					    : (guint32)at[0] << 16 | (guint32)at[1] << 8 | at[2];
	lw_picture_clear(&picture);
	return rgb;
}

static void assert_box_shows(GBytes *file, guint x, guint y)
{
	if (pixel_at(file, x, y) != 0)
		fail_msg("no box at %u, %u", x, y);
}

static void test_colour_comes_back(void **state)
{
	(void)state;
	/* Inside marked content inside BT the colour is put back by hand; the square is painted
	 * after it. */
	static const char *const contents[] = {
		"0 1 0 rg BT /F1 20 Tf 50 200 Td (abc xyz def) Tj ET 300 0 100 100 re f",
		"0 1 0 rg BT /F1 20 Tf 50 200 Td /P <</MCID 0>> BDC (abc xyz def) Tj EMC ET 300 0 "
		"100 100 re f",
		"/DeviceRGB cs 0 1 0 scn BT /F1 20 Tf 50 200 Td /P BMC (abc xyz def) Tj EMC ET 300 "
		"0 100 100 re f",
	};
	for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
		Source source = {.content = contents[i]};
		Burned burned = burn(&source, "xyz", NULL);
		assert_int_equal(pixel_at(burned.output, 350, 250), 0x00FF00);
		assert_box_shows(burned.output, 100, 89);
		assert_kept(&burned, "xyz");
		burned_clear(&burned);
	}
}

/* Where the content would hide the box, it is painted at the end of the page. */
static void test_box_is_seen(void **state)
{
	(void)state;
	static const char *const contents[] = {
		"BT /F1 20 Tf 50 200 Td (abc xyz def) Tj ET 1 g 0 150 400 150 re f",
		"q 106 195 3 20 re W n BT /F1 20 Tf 50 200 Td (abc xyz def) Tj ET Q",
		"q BT /F1 20 Tf 7 Tr 50 200 Td (abc xyz def) Tj ET 1 0 0 rg 0 0 400 300 re f Q",
		"q /G gs /P BMC BT /F1 20 Tf 50 200 Td (abc xyz def) Tj ET EMC Q",
		"q /G gs BT /F1 20 Tf 50 200 Td /P BMC (abc xyz def) Tj EMC ET Q",
	};
	for (guint i = 0; i < G_N_ELEMENTS(contents); i++) {
		Source source = {.content = contents[i], .resources = "/ExtGState<</G<</ca .2>>>>"};
		Burned burned = burn(&source, "xyz", NULL);
		assert_box_shows(burned.output, 100, 89);
		assert_kept(&burned, "xyz");
		burned_clear(&burned);
	}
}

static void test_clip_of_removed_letters_shows_nothing(void **state)
{
	(void)state;
	Source source = {
		.content = "q BT /F1 20 Tf 7 Tr 50 200 Td (xyz) Tj ET 1 0 0 rg 0 0 400 300 re f Q"};
	Burned burned = burn(&source, "xyz", NULL);
	assert_int_equal(pixel_at(burned.output, 300, 200), 0xFFFFFF);
	burned_clear(&burned);
}

#define FORM "/Type/XObject/Subtype/Form/BBox[0 -50 300 50]"

static void assert_form_burned(const char *keys, const char *form_content)
{
	g_autofree char *form = source_stream(10, keys, form_content);
	Source source = {
		.content = "/F1 10 Tf q 1 0 0 1 50 200 cm /X Do Q q 1 0 0 1 50 100 cm /X Do Q",
		.resources = "/XObject<</X 10 0 R>>",
		.objects = form,
		.second = "/F1 10 Tf q 1 0 0 1 50 200 cm /X Do Q"};
	Burned burned = burn(&source, NULL, (const float[]){73, 88, 94, 104});
	guint words = 0;
	for (guint32 i = 0; i < burned.after->glyph_count; i++)
		words += burned.after->glyphs[i].unicode == 'y';
	assert_int_equal(words, 2); /* of three uses one was marked */
	for (guint32 i = 0; i < burned.after->glyph_count; i++)
		if (burned.after->glyphs[i].unicode == 'd')
			assert_near(burned.after->glyphs[i].box.x0, 98, 0.02);
	burned_clear(&burned);
}

static void test_form_is_copied_on_write(void **state)
{
	(void)state;
	const char *content = "BT /F1 10 Tf 0 0 Td (abc xyz def) Tj ET";
	assert_form_burned(FORM "/Resources<</Font<</F1 5 0 R>>>>", content);
	assert_form_burned(FORM, content);
	/* The font is the caller's; the form cannot name it. */
	assert_form_burned(FORM "/Resources<<>>", "BT 0 0 Td (abc xyz def) Tj ET");
	assert_form_burned(FORM "/Resources<<>>", "BT 0 0 Td /P BMC (abc xyz def) Tj EMC ET");
}

/* A form without resources means on each page what the page says. */
static void test_form_without_resources_on_two_pages(void **state)
{
	(void)state;
	g_autofree char *form = source_stream(10, FORM, "BT /F1 10 Tf (abc) Tj ET");
	g_autofree char *objects =
		g_strconcat(form,
			    "6 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 7 0 "
			    "R/Resources<</Font<<"
			    "/F1 11 0 R>>/XObject<</X 10 0 R>>>>>>\nendobj\n"
			    "11 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n",
			    NULL);
	const char *content = "q 1 0 0 1 50 200 cm /X Do Q BT /F1 10 Tf 50 100 Td (xyz) Tj ET";
	Source source = {.content = content,
			 .second = content,
			 .objects = objects,
			 .resources = "/XObject<</X 10 0 R>>"};
	Burned burned = burn(&source, "xyz", NULL);
	const LwPage *page = &burned.after->pages[1];
	const LwGlyph *b = &burned.after->glyphs[page->first_glyph + 1];
	assert_int_equal(b->unicode, 'b');
	assert_near(b->box.x0, 55.56, 0.02); /* Helvetica's a, not Courier's */
	burned_clear(&burned);
}

#define TILE                                                                                       \
	"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 100 60]/XStep 100/YStep 60" \
	"/Resources<</Font<</F1 5 0 R>>>>"

/* Marked in a cell that is only a repetition: no letter is painted there, and those elsewhere stay.
 */
static void test_repeated_cell_of_a_pattern(void **state)
{
	(void)state;
	g_autofree char *tile = source_stream(10, TILE, "0 0 1 rg 0 0 100 60 re f");
	Source source = {.content = "/Pattern cs /P scn 0 0 400 300 re f",
			 .objects = tile,
			 .resources = "/Pattern<</P 10 0 R>>"};
	Burned burned = burn(&source, NULL, (const float[]){210, 100, 290, 140});
	g_autoptr(GBytes) bare = lw_pdf_bare(burned.output, NULL, NULL);
	assert_int_equal(pixel_at(bare, 250, 120), 0xFFFFFF);
	assert_int_equal(pixel_at(bare, 250, 170), 0x0000FF);
	assert_int_equal(pixel_at(burned.output, 215, 105), 0);
	burned_clear(&burned);
}

/* What one page loses of a shared pattern, the other page keeps, and the other way round. */
static void test_pattern_on_two_pages(void **state)
{
	(void)state;
	g_autofree char *tile =
		source_stream(10, TILE, "BT /F1 10 Tf 10 20 Td (x) Tj 50 0 Td (y) Tj ET");
	const char *content = "/Pattern cs /P scn 0 0 400 300 re f";
	Source source = {.content = content,
			 .second = content,
			 .objects = tile,
			 .resources = "/Pattern<</P 10 0 R>>"};
	g_autoptr(GBytes) input = source_file(&source);
	g_autoptr(LwPlan) plan = plan_new();
	plan_area(plan, 0, 8, 270, 18, 284);
	plan_area(plan, 1, 58, 270, 68, 284);
	g_autoptr(GBytes) output = plan_render(plan, input);
	g_autoptr(LwDocument) after = source_read(output);
	for (guint p = 0; p < 2; p++)
		for (guint32 i = 0; i < after->pages[p].glyph_count; i++) {
			const LwGlyph *glyph = &after->glyphs[after->pages[p].first_glyph + i];
			assert_true((glyph->flags & LW_GLYPH_LABEL) ||
				    glyph->unicode == (p ? 'x' : 'y'));
		}
}

/* Two stamps that share an appearance; one is marked. */
static void test_shared_appearance(void **state)
{
	(void)state;
	g_autofree char *form = source_stream(
		10, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 5 0 R>>>>",
		"BT /F1 10 Tf 0 5 Td (xyz abc) Tj ET");
	g_autofree char *objects = g_strconcat(form,
					       "11 0 obj\n<</Type/Annot/Subtype/Stamp/F 4/Rect[50 "
					       "200 150 220]/AP<</N 10 0 R>>>>\nendobj\n"
					       "12 0 obj\n<</Type/Annot/Subtype/Stamp/F 4/Rect[50 "
					       "100 150 120]/AP<</N 10 0 R>>>>\nendobj\n",
					       NULL);
	Source source = {.content = "", .page = "/Annots[11 0 R 12 0 R]", .objects = objects};
	Burned burned = burn(&source, NULL, (const float[]){49, 84, 69, 98});
	guint words = 0, rest = 0;
	for (guint32 i = 0; i < burned.after->glyph_count; i++) {
		words += burned.after->glyphs[i].unicode == 'y';
		rest += burned.after->glyphs[i].unicode == 'b';
	}
	assert_int_equal(words, 1);
	assert_int_equal(rest, 2);
	burned_clear(&burned);
}

static void test_stamp_in_a_layer_that_is_off(void **state)
{
	(void)state;
	g_autofree char *form = source_stream(
		10, "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 5 0 R>>>>",
		"BT /F1 10 Tf 0 5 Td (k) Tj ET");
	g_autofree char *objects = g_strconcat(
		form,
		"11 0 obj\n<</Type/Annot/Subtype/Stamp/F 4/OC 12 0 R/Rect[50 200 150 220]"
		"/AP<</N 10 0 R>>>>\nendobj\n12 0 obj\n<</Type/OCG/Name(a)>>\nendobj\n",
		NULL);
	Source source = {.content = "BT /F1 10 Tf 90 205 Td (xyz) Tj ET",
			 .page = "/Annots[11 0 R]",
			 .objects = objects,
			 .catalog = "/OCProperties<</OCGs[12 0 R]/D<</OFF[12 0 R]>>>>"};
	Burned burned = burn(&source, NULL, (const float[]){88, 84, 110, 98});
	assert_null(glyph_of(burned.after, 'k'));
	burned_clear(&burned);
}

/* A secret in the name of a resource: another name, the same resource. */
static void test_name_of_a_resource(void **state)
{
	(void)state;
	Source source = {.content = "/Zebulon9 gs BT /F1 10 Tf 50 100 Td (abc Zebulon9 def) Tj ET",
			 .resources = "/ExtGState<</Zebulon9<</ca .5>>>>"};
	Burned burned = burn(&source, "Zebulon9", NULL);
	assert_content(burned.output, "Zebulon9", FALSE);
	GString *content = content_of(burned.output, 0);
	LwPdf *pdf = source_open(burned.output);
	LwPdfObject *states =
		lw_pdf_find(pdf, lw_pdf_page_inherited(pdf, 0, "Resources"), "ExtGState");
	const LwPdfObject *all = lw_pdf_dictionary_of(states);
	gboolean half = FALSE;
	for (guint i = 0; i < all->dictionary.count; i++) {
		const LwPdfEntry *entry = &all->dictionary.entries[i];
		assert_null(strstr(entry->key, "Zebulon9"));
		half |= lw_pdf_number(pdf, lw_pdf_find(pdf, entry->value, "ca"), 1) == 0.5 &&
			strstr(content->str, entry->key);
	}
	assert_true(half);
	lw_pdf_free(pdf);
	g_string_free(content, TRUE);
	burned_clear(&burned);
}

static void test_same_bytes_and_no_more_to_do(void **state)
{
	(void)state;
	Source source = {.content = "BT /F1 10 Tf 50 100 Td (abc xyz def) Tj ET"};
	Burned one = burn(&source, "xyz", NULL), two = burn(&source, "xyz", NULL);
	assert_true(g_bytes_equal(one.output, two.output));
	g_autoptr(LwPlan) plan = plan_new();
	g_autoptr(GBytes) again = plan_render(plan, one.output);
	g_autoptr(LwDocument) document = source_read(again);
	assert_string_equal(document->text, one.after->text);
	burned_clear(&one);
	burned_clear(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_operators),
		cmocka_unit_test(test_label_stands_in_the_text),
		cmocka_unit_test(test_no_residue),
		cmocka_unit_test(test_colour_comes_back),
		cmocka_unit_test(test_box_is_seen),
		cmocka_unit_test(test_clip_of_removed_letters_shows_nothing),
		cmocka_unit_test(test_form_is_copied_on_write),
		cmocka_unit_test(test_form_without_resources_on_two_pages),
		cmocka_unit_test(test_repeated_cell_of_a_pattern),
		cmocka_unit_test(test_pattern_on_two_pages),
		cmocka_unit_test(test_shared_appearance),
		cmocka_unit_test(test_stamp_in_a_layer_that_is_off),
		cmocka_unit_test(test_name_of_a_resource),
		cmocka_unit_test(test_same_bytes_and_no_more_to_do),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
