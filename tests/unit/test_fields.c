/* test_fields.c - form fields that a viewer would draw: read as text, drawn where other viewers
 * draw them, gone when marked.
 *
 * Files are built here; what they should look like is asked of pdftotext, which draws such fields
 * itself. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/pdf/collect.h"
#include "engine/pdf/fields.h"
#include "engine/render/pdf/burn.h"
#include "extractors/pdf.h"

#include <glib/gstdio.h>
#include <math.h>

#define WIDGET(n, rect, rest)                                                                      \
	n " 0 obj\n<</Type/Annot/Subtype/Widget/F 4/Rect[" rect "]" rest ">>\nendobj\n"
#define STREAM(n, dictionary, length, data)                                                        \
	n " 0 obj\n<</Length " length dictionary ">>\nstream\n" data "\nendstream\nendobj\n"
#define NEEDED	"/NeedAppearances true"
#define LOOK	"/DA(/Helv 12 Tf 0 g)"
#define FORM_XO "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</Helv 5 0 R>>>>"

/* One page with these fields; objects 10 and up are a test's own. */
static GBytes *build(const char *form, const char *fields, const char *annotations,
		     const char *objects)
{
	char *text = g_strdup_printf(
		"%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]%s" LOOK
		"/DR<</Font<</Helv 5 0 R>>>>>>>>\nendobj\n"
		"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R"
		"/Resources<</Font<</F1 5 0 R>>>>/Annots[%s]>>\nendobj\n" STREAM(
			"4", "", "43",
			"BT /F1 12 Tf 10 380 Td (Beste lezer) Tj ET ") "5 0 "
								       "obj\n<</Type/Font/Subtype/"
								       "Type1/BaseFont/Helvetica/"
								       "Encoding/"
								       "WinAnsiEncoding>>\nendobj\n"
								       "%strailer\n<</Root 1 0 "
								       "R/Size 60>>\n%%%%EOF\n",
		fields, form, annotations, objects);
	return g_bytes_new_take(text, strlen(text));
}

static GBytes *build_one(const char *form, const char *widget)
{
	return build(form, "10 0 R", "10 0 R", widget);
}

static LwPdf *open_drawn(GBytes *file)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) plain = lw_pdf_normalise(file, NULL, NULL, &error);
	assert_non_null(plain);
	LwPdf *pdf = lw_pdf_open(plain, &error);
	assert_non_null(pdf);
	lw_pdf_fields_materialise(pdf);
	return pdf;
}

static LwPdfPageContent *collect(LwPdf *pdf)
{
	g_autoptr(LwPdfInterpreter) interpreter = lw_pdf_interpreter_new(pdf);
	LwPdfPageContent *content = lw_pdf_collect_page(interpreter, pdf, 0, NULL);
	assert_non_null(content);
	return content;
}

/* Glyphs of fields, in content order; yours. */
static GPtrArray *field_glyphs(const LwPdfPageContent *content)
{
	GPtrArray *glyphs = g_ptr_array_new();
	for (guint i = 0; i < content->glyphs->len; i++) {
		LwPdfPageGlyph *glyph = &g_array_index(content->glyphs, LwPdfPageGlyph, i);
		if (glyph->glyph.flags & LW_GLYPH_ANNOTATION)
			g_ptr_array_add(glyphs, glyph);
	}
	return glyphs;
}

static char *dup_field_text(const LwPdfPageContent *content)
{
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < glyphs->len; i++)
		g_string_append_unichar(text, ((LwPdfPageGlyph *)glyphs->pdata[i])->glyph.unicode);
	return g_string_free(text, FALSE);
}

static void assert_draws(GBytes *file, const char *expected)
{
	g_autoptr(GBytes) mine = file;
	g_autoptr(LwPdf) pdf = open_drawn(mine);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autofree char *text = dup_field_text(content);
	assert_string_equal(text, expected);
	LwPdfObject *form = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm");
	assert_null(lw_pdf_find_raw(form, "NeedAppearances"));
}

static const LwPdfPageGlyph *nth(const GPtrArray *glyphs, guint index)
{
	assert_true(index < glyphs->len);
	return glyphs->pdata[index];
}

static gboolean near(double a, double b)
{
	return fabs(a - b) < 0.05;
}

/* --- text fields --- */

static void a_line_stands_in_the_middle(void **state)
{
	(void)state;
	g_autoptr(GBytes) file =
		build_one(NEEDED, WIDGET("10", "50 300 200 320", "/FT/Tx/T(a)/V(Jansen)"));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	assert_int_equal(glyphs->len, 6);
	assert_true(near(nth(glyphs, 0)->origin_x, 52));
	assert_true(near(nth(glyphs, 0)->origin_y, 400 - (300 + 10 - 0.4 * 12)));
	assert_true(near(nth(glyphs, 0)->glyph.size, 12));
}

static void quadding_moves_the_line(void **state)
{
	(void)state;
	g_autoptr(GBytes) file =
		build_one(NEEDED, WIDGET("10", "50 300 200 320", "/FT/Tx/T(a)/V(Jansen)/Q 2"));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	assert_true(near(nth(glyphs, 5)->glyph.box.x1, 198));
}

static void a_size_of_zero_fits(void **state)
{
	(void)state;
	g_autoptr(GBytes) file =
		build_one(NEEDED, WIDGET("10", "50 300 100 320",
					 "/FT/Tx/T(a)/DA(/Helv 0 Tf)/V(Wilhelmina Wijngaarden)"));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	assert_int_equal(glyphs->len, 22);
	assert_true(nth(glyphs, 21)->glyph.box.x1 < 100);
}

static void many_lines_wrap_at_spaces(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_one(
		NEEDED, WIDGET("10", "50 200 130 320",
			       "/FT/Tx/Ff 4096/T(a)/V(Mevrouw Jansen woont\\rin Appeltern)"));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	g_autofree char *text = dup_field_text(content);
	assert_string_equal(text, "MevrouwJansen woontin Appeltern");
	assert_true(near(nth(glyphs, 0)->origin_y, 400 - (320 - 3 - 12)));
	assert_true(near(nth(glyphs, 7)->origin_y, nth(glyphs, 0)->origin_y + 12));
	assert_true(near(nth(glyphs, 19)->origin_y, nth(glyphs, 0)->origin_y + 24));
}

static void a_comb_has_a_cell_for_each(void **state)
{
	(void)state;
	g_autoptr(GBytes) file =
		build_one(NEEDED, WIDGET("10", "50 300 140 320",
					 "/FT/Tx/Ff 16777216/MaxLen 9/T(a)/V(123456782)"));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	assert_int_equal(glyphs->len, 9);
	for (guint i = 0; i < 9; i++) {
		const LwRect *box = &nth(glyphs, i)->glyph.box;
		assert_true(near((box->x0 + box->x1) / 2, 55 + 10 * i));
	}
}

static void a_password_is_nowhere(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_one(
		NEEDED, WIDGET("10", "50 300 200 320", "/FT/Tx/Ff 8192/T(a)/V(geheim)/DV(geheim)"));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	assert_int_equal(glyphs->len, 0);
	LwPdfObject *widget = lw_pdf_item(pdf, lw_pdf_find(pdf, lw_pdf_page(pdf, 0), "Annots"), 0);
	assert_null(lw_pdf_find_raw(widget, "V"));
	assert_null(lw_pdf_find_raw(widget, "DV"));
}

static void turned_text_runs_upward(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_one(
		NEEDED, WIDGET("10", "50 200 70 320", "/FT/Tx/T(a)/V(Jansen)/MK<</R 90>>"));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	assert_int_equal(glyphs->len, 6);
	assert_true(near(nth(glyphs, 0)->origin_y, 400 - 202));
	assert_true(near(nth(glyphs, 0)->origin_x, nth(glyphs, 5)->origin_x));
	assert_true(nth(glyphs, 5)->origin_y < nth(glyphs, 0)->origin_y);
}

static void every_character_is_drawn(void **state)
{
	(void)state;
	/* Łukasz Đorđe π €, and a language code that is no text */
	assert_draws(build_one(NEEDED, WIDGET("10", "50 300 300 320",
					      "/FT/Tx/T(a)/V<FEFF001B006E006C001B0141"
					      "0075006B00610073007A002001100"
					      "06F007201110065002003C0002020AC>")),
		     "Łukasz Đorđe π €");
	assert_draws(build_one(NEEDED,
			       WIDGET("10", "50 300 300 320", "/FT/Tx/T(a)/V(Andr\\351\\tCafé)")),
		     "André CafÃ©");
}

/* Also those that Helvetica has not: none on top of another. */
static void every_character_has_a_width(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_one(
		NEEDED, WIDGET("10", "50 300 300 320", "/FT/Tx/T(a)/V<FEFF03C003C903960416>"));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	assert_int_equal(glyphs->len, 4);
	for (guint i = 1; i < 4; i++)
		assert_true(nth(glyphs, i)->origin_x > nth(glyphs, i - 1)->origin_x + 3);
}

static void values_come_from_above(void **state)
{
	(void)state;
	const char *objects =
		"10 0 obj\n<</FT/Tx/T(a)/V(Pietersen)/Kids[11 0 R 12 0 R]>>\nendobj\n" WIDGET(
			"11", "50 300 200 320", "/Parent 10 0 R")
			WIDGET("12", "50 200 200 220", "");
	assert_draws(build("", "10 0 R", "11 0 R 12 0 R", objects), "PietersenPietersen");
}

static void an_appearance_stays_unless_it_is_asked_for(void **state)
{
	(void)state;
	const char *objects = WIDGET("10", "50 300 200 320", "/FT/Tx/T(a)/V(nieuw)/AP<</N 11 0 R>>")
		STREAM("11", FORM_XO, "34", "BT /Helv 12 Tf 2 5 Td (oud) Tj ET ");
	assert_draws(build_one("", objects), "oud");
	assert_draws(build_one(NEEDED, objects), "nieuw");
	assert_draws(build(NEEDED, "", "10 0 R", objects), "oud"); /* no field of the form */
}

/* --- choices and buttons --- */

#define OPTIONS "/Opt[[(nl)(Nederland)][(be)(Belgi\\353)](Frankrijk)]"

static void a_combo_shows_what_it_means(void **state)
{
	(void)state;
	assert_draws(build_one(NEEDED, WIDGET("10", "50 300 200 320",
					      "/FT/Ch/Ff 131072/T(a)/V(be)" OPTIONS)),
		     "België");
	assert_draws(build_one(NEEDED, WIDGET("10", "50 300 200 320",
					      "/FT/Ch/Ff 131072/T(a)/V(Spanje)" OPTIONS)),
		     "Spanje");
}

static void a_list_shows_its_choice(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_one(
		NEEDED, WIDGET("10", "50 200 200 260", "/FT/Ch/T(a)/V(Frankrijk)" OPTIONS));
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autoptr(GPtrArray) glyphs = field_glyphs(content);
	g_autofree char *text = dup_field_text(content);
	assert_string_equal(text, "NederlandBelgiëFrankrijk");
	assert_true(near(nth(glyphs, 9)->origin_y, nth(glyphs, 0)->origin_y + 1.1 * 12));
	LwPdfObject *widget = lw_pdf_item(pdf, lw_pdf_find(pdf, lw_pdf_page(pdf, 0), "Annots"), 0);
	LwPdfObject *look = lw_pdf_find(pdf, lw_pdf_find(pdf, widget, "AP"), "N");
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, look, NULL, NULL);
	gsize length;
	const char *bytes = g_bytes_get_data(data, &length);
	g_autofree char *content_text = g_strndup(bytes, length);
	/* 60 - 3 * 13.2 is the third baseline. */
	assert_non_null(strstr(content_text, "0 18 150 13.2 re"));
	assert_null(strstr(content_text, "0 31.2 150 13.2 re"));
}

/* Options below its edge can be scrolled to: they are text of the document too. */
static void a_list_draws_what_it_has(void **state)
{
	(void)state;
	assert_draws(build_one(NEEDED, WIDGET("10", "50 200 200 220", "/FT/Ch/T(a)/V(nl)" OPTIONS)),
		     "NederlandBelgiëFrankrijk");
}

static void a_button_says_its_caption(void **state)
{
	(void)state;
	assert_draws(
		build_one(NEEDED,
			  WIDGET("10", "50 300 200 320",
				 "/FT/Btn/Ff 65536/T(a)/MK<</CA(Verstuur)/BG[0.8]/BC[1 0 0]>>")),
		"Verstuur");
	assert_draws(build_one(NEEDED, WIDGET("10", "50 300 200 320",
					      "/FT/Btn/Ff 65536/T(a)/MK<<>>/AP<</N 11 0 R>>")
					       STREAM("11", FORM_XO, "35",
						      "BT /Helv 12 Tf 2 5 Td (Zend) Tj ET ")),
		     "Zend");
}

static void a_box_keeps_its_states(void **state)
{
	(void)state;
	const char *states = "/FT/Btn/T(a)/V/Ja/AS/Ja/AP<</N<</Ja 11 0 R/Off 12 0 R>>>>";
	g_autofree char *objects = g_strconcat(
		"10 0 obj\n<</Type/Annot/Subtype/Widget/Rect[50 300 70 320]", states,
		">>\nendobj\n", STREAM("11", FORM_XO, "32", "BT /Helv 12 Tf 2 5 Td (X) Tj ET "),
		STREAM("12", FORM_XO, "1", "\n"), NULL);
	assert_draws(build_one(NEEDED, objects), "X");
	assert_draws(build_one(NEEDED, WIDGET("10", "50 300 70 320", "/FT/Btn/T(a)/V/Ja/AS/Ja")),
		     "✓");
	assert_draws(build_one(NEEDED, WIDGET("10", "50 300 70 320", "/FT/Btn/T(a)/V/Off/AS/Off")),
		     "");
}

/* A radio button that shows X when it is on, and Y otherwise. */
#define RADIO                                                                                      \
	"/FT/Btn/Ff 32768/T(a)/V/Ja/MK<</CA(l)>>/AP<</N<</Ja 41 0 R/Nee 42 0 R/Off 42 0 R>>>>/AS"
#define LOOKS                                                                                      \
	STREAM("41", FORM_XO, "32", "BT /Helv 12 Tf 2 5 Td (X) Tj ET ")                            \
	STREAM("42", FORM_XO, "32", "BT /Helv 12 Tf 2 5 Td (Y) Tj ET ")

/* Asked for its sign, a box that is on shows it, and the look of its other states stays. */
static void a_box_shows_its_sign_when_asked(void **state)
{
	(void)state;
	const char *on = WIDGET("10", "50 300 70 320", RADIO "/Ja") LOOKS;
	const char *off = WIDGET("10", "50 300 70 320", RADIO "/Off") LOOKS;
	assert_draws(build_one(NEEDED, on), "●");
	assert_draws(build_one("", on), "X");
	assert_draws(build(NEEDED, "", "10 0 R", on), "X");
	assert_draws(build_one(NEEDED, off), "Y");
	g_autoptr(GBytes) file = build_one(NEEDED, on);
	g_autoptr(LwPdf) pdf = open_drawn(file);
	LwPdfObject *widget = lw_pdf_item(pdf, lw_pdf_find(pdf, lw_pdf_page(pdf, 0), "Annots"), 0);
	LwPdfObject *looks = lw_pdf_find(pdf, lw_pdf_find(pdf, widget, "AP"), "N");
	assert_non_null(lw_pdf_find(pdf, looks, "Nee"));
}

/* --- hostile --- */

static void loops_end(void **state)
{
	(void)state;
	const char *objects =
		"10 0 obj\n<</FT/Tx/T(a)/Kids[10 0 R 11 0 R]/Parent 11 0 R>>\nendobj\n" WIDGET(
			"11", "50 300 200 320", "/Parent 10 0 R/Kids[10 0 R]/V(rond)");
	assert_draws(build(NEEDED, "10 0 R 10 0 R", "11 0 R", objects), "rond");
}

static void nonsense_draws_nothing(void **state)
{
	(void)state;
	static const char *const widgets[] = {
		WIDGET("10", "50 300 50 320", "/FT/Tx/V(x)"),
		WIDGET("10", "0 0 99999999 20", "/FT/Tx/V(x)"),
		WIDGET("10", "(a) 0 9 20", "/FT/Tx/V(x)"),
		WIDGET("10", "50 300 200 320", "/FT/Tx/V 7"),
		WIDGET("10", "50 300 200 320", "/FT 3/V(x)"),
		WIDGET("10", "50 300 200 320",
		       "/FT/Ch/Opt 10 0 R/V[[[]]]/I[(a) -1 99999999999]/TI -5"),
		WIDGET("10", "50 300 200 320", "/FT/Btn/AP 3/AS(x)/MK[1]/BS 10 0 R/Border[0 0]"),
		WIDGET("10", "50 300 200 320",
		       "/FT/Tx/DA(/Helv (x) Tf 1 2 3 4 5 6 7 8 9 k <</a)/V()"),
	};
	for (guint i = 0; i < G_N_ELEMENTS(widgets); i++)
		assert_draws(build_one(NEEDED, widgets[i]), "");
}

/* --- with the others --- */

/* The words that pdftotext finds; NULL when it is not there. Yours. */
static char **dup_seen_words(GBytes *file)
{
	g_autofree char *path = NULL;
	int handle = g_file_open_tmp("lakwerk-fields-XXXXXX.pdf", &path, NULL);
	assert_true(handle >= 0);
	g_close(handle, NULL);
	gsize length;
	const char *bytes = g_bytes_get_data(file, &length);
	assert_true(g_file_set_contents(path, bytes, (gssize)length, NULL));
	char *arguments[] = {"pdftotext", "-layout", path, "-", NULL};
	g_autofree char *out = NULL;
	gboolean done = g_spawn_sync(NULL, arguments, NULL,
				     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
				     &out, NULL, NULL, NULL);
	g_unlink(path);
	return done ? g_strsplit_set(g_strstrip(out), " \n\f", -1) : NULL;
}

static GBytes *build_letter(void)
{
	return build(
		NEEDED, "10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 16 0 R",
		"10 0 R 11 0 R 12 0 R 13 0 R 14 0 R 15 0 R 16 0 R",
		WIDGET("10", "50 340 200 360", "/FT/Tx/T(naam Jansen)/TM(x)/V(mevrouw Jansen)")
			WIDGET("11", "50 250 150 330",
			       "/FT/Tx/Ff 4096/T(b)/V(woont al jaren in Appeltern)")
				WIDGET("12", "50 220 200 240",
				       "/FT/Ch/Ff 131072/T(c)/V(be)" OPTIONS)
					WIDGET("13", "50 150 200 210", "/FT/Ch/T(d)/V(nl)" OPTIONS)
						WIDGET("14", "50 100 200 120",
						       "/FT/Btn/Ff "
						       "65536/T(e)/MK<</CA(Verstuur)>>")
							WIDGET("15", "50 60 200 80",
							       "/FT/Ch/T(f)/V(fr)" OPTIONS)
								WIDGET("16", "50 30 64 44",
								       RADIO "/Ja") LOOKS);
}

static void pdftotext_sees_the_same_words(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_letter();
	g_autoptr(LwPdf) pdf = open_drawn(file);
	g_autoptr(GBytes) drawn = lw_pdf_write(pdf, NULL);
	assert_non_null(drawn);
	g_auto(GStrv) before = dup_seen_words(file), after = dup_seen_words(drawn);
	if (!before || !after)
		skip();
	assert_true(g_strv_contains((const char *const *)before, "Appeltern"));
	assert_true(g_strv_contains((const char *const *)before, "Verstuur"));
	assert_true(g_strv_equal((const char *const *)before, (const char *const *)after));
}

static void the_reader_reads_fields(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_letter();
	g_autoptr(LwDocument) document = lw_pdf_read(file, 0, NULL);
	assert_non_null(document);
	static const char *const words[] = {"mevrouw Jansen", "Appeltern", "Nederland", "Verstuur"};
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		assert_non_null(strstr(document->text, words[i]));
	/* Once, and bound to a glyph. */
	const char *at = strstr(document->text, "Jansen");
	assert_null(strstr(at + 1, "Jansen"));
	glong index = g_utf8_pointer_to_offset(document->text, at);
	assert_true(document->glyph_of[index] != LW_NO_GLYPH);
}

static void a_marked_field_goes_and_its_neighbours_stay(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_letter();
	g_autoptr(LwPlan) plan = lw_plan_new();
	LwMark *mark = lw_plan_add(plan);
	mark->kind = LW_KIND_PASSAGE;
	mark->decision = LW_DECISION_ACCEPTED;
	mark->action = LW_ACTION_REMOVE;
	mark->ground = "5.1.2.e";
	mark->rule = "area";
	LwBox box = {0, {50, 40, 200, 60}};
	g_array_append_val(mark->boxes, box);
	g_ptr_array_add(plan->secrets, (gpointer) "Jansen");
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) output = lw_render_pdf(file, plan, receipt, &error);
	assert_non_null(output);
	g_auto(GStrv) words = dup_seen_words(output);
	if (!words)
		skip();
	assert_false(g_strv_contains((const char *const *)words, "Jansen"));
	assert_true(g_strv_contains((const char *const *)words, "Appeltern"));
	assert_true(g_strv_contains((const char *const *)words, "Nederland"));
	g_autoptr(GBytes) plain = lw_pdf_normalise(output, NULL, NULL, NULL);
	g_autoptr(LwPdf) pdf = lw_pdf_open(plain, NULL);
	LwPdfObject *form = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm");
	LwPdfObject *fields = lw_pdf_find(pdf, form, "Fields");
	assert_null(lw_pdf_find(pdf, form, "NeedAppearances"));
	assert_int_equal(lw_pdf_length(fields), 6);
	for (guint i = 0; i < 6; i++) {
		g_autofree char *expected = g_strdup_printf("f%u", i + 1);
		g_autofree char *name =
			lw_pdf_text(lw_pdf_find(pdf, lw_pdf_item(pdf, fields, i), "T"));
		assert_string_equal(name, expected);
		assert_null(lw_pdf_find(pdf, lw_pdf_item(pdf, fields, i), "TM"));
	}
	LwPdfObject *value = lw_pdf_find(pdf, lw_pdf_item(pdf, fields, 0), "V");
	g_autofree char *kept = lw_pdf_text(value);
	assert_string_equal(kept, "woont al jaren in Appeltern");
}

/* Nobody signed what is left; what the signature showed is still to be seen. */
static void a_signature_leaves_its_look(void **state)
{
	(void)state;
	g_autoptr(GBytes) file =
		build_one("", WIDGET("10", "50 300 200 320",
				     "/FT/Sig/T(a)/V<</Type/Sig/Name(Pietersen)>>/AP<</N 11 0 R>>")
				      STREAM("11", FORM_XO, "40",
					     "BT /Helv 12 Tf 2 5 Td (Getekend) Tj ET  "));
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GBytes) output = lw_render_pdf(file, plan, receipt, NULL);
	assert_non_null(output);
	g_autoptr(GBytes) plain = lw_pdf_normalise(output, NULL, NULL, NULL);
	g_autoptr(LwPdf) pdf = lw_pdf_open(plain, NULL);
	g_autoptr(LwPdfPageContent) content = collect(pdf);
	g_autofree char *text = dup_field_text(content);
	assert_string_equal(text, "Getekend");
	assert_null(lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm"));
	LwPdfObject *stamp = lw_pdf_item(pdf, lw_pdf_find(pdf, lw_pdf_page(pdf, 0), "Annots"), 0);
	assert_true(lw_pdf_is_name(lw_pdf_find(pdf, stamp, "Subtype"), "Stamp"));
	assert_null(lw_pdf_find_raw(stamp, "V"));
	assert_null(lw_pdf_find_raw(stamp, "FT"));
}

static void twice_is_once(void **state)
{
	(void)state;
	g_autoptr(GBytes) file = build_letter();
	g_autoptr(LwPdf) once = open_drawn(file);
	g_autoptr(GBytes) first = lw_pdf_write(once, NULL);
	g_autoptr(GBytes) plain = lw_pdf_normalise(first, NULL, NULL, NULL);
	g_autoptr(LwPdf) again = lw_pdf_open(plain, NULL);
	guint32 objects = lw_pdf_object_count(again);
	lw_pdf_fields_materialise(again);
	assert_int_equal(lw_pdf_object_count(again), objects);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_stands_in_the_middle),
		cmocka_unit_test(quadding_moves_the_line),
		cmocka_unit_test(a_size_of_zero_fits),
		cmocka_unit_test(many_lines_wrap_at_spaces),
		cmocka_unit_test(a_comb_has_a_cell_for_each),
		cmocka_unit_test(a_password_is_nowhere),
		cmocka_unit_test(turned_text_runs_upward),
		cmocka_unit_test(every_character_is_drawn),
		cmocka_unit_test(every_character_has_a_width),
		cmocka_unit_test(values_come_from_above),
		cmocka_unit_test(an_appearance_stays_unless_it_is_asked_for),
		cmocka_unit_test(a_combo_shows_what_it_means),
		cmocka_unit_test(a_list_shows_its_choice),
		cmocka_unit_test(a_list_draws_what_it_has),
		cmocka_unit_test(a_button_says_its_caption),
		cmocka_unit_test(a_box_keeps_its_states),
		cmocka_unit_test(a_box_shows_its_sign_when_asked),
		cmocka_unit_test(loops_end),
		cmocka_unit_test(nonsense_draws_nothing),
		cmocka_unit_test(pdftotext_sees_the_same_words),
		cmocka_unit_test(the_reader_reads_fields),
		cmocka_unit_test(a_marked_field_goes_and_its_neighbours_stay),
		cmocka_unit_test(a_signature_leaves_its_look),
		cmocka_unit_test(twice_is_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
