/* test_scrub_keeps.c - what is innocent stays when a PDF is scrubbed, and what meets a box goes. */
#include "scrub_fixture.h"

static LwPdfObject *find_path(LwPdf *pdf, const char *path)
{
	LwPdfObject *at = lw_pdf_catalog(pdf);
	g_auto(GStrv) keys = g_strsplit(path, "/", -1);
	for (guint i = 0; keys[i]; i++)
		at = g_ascii_isdigit(keys[i][0]) ? lw_pdf_item(pdf, at, (guint)atoi(keys[i]))
						 : lw_pdf_find(pdf, at, keys[i]);
	return at;
}

static void assert_text(LwPdf *pdf, const char *path, const char *expected)
{
	LwPdfObject *string = find_path(pdf, path);
	assert_non_null(string);
	g_autofree char *text = lw_pdf_text(string);
	assert_string_equal(text, expected);
}

static void test_outline_stays(void **state)
{
	(void)state;
	static const Channel outline = {
		"", "/Outlines 10 0 R/PageMode/UseOutlines", NULL,
		OBJECT("10", "<</First 11 0 R/Last 14 0 R/Count 3>>") OBJECT(
			"11", "<</Title(Een)/Parent 10 0 R/Next 12 0 R/Dest[3 0 R/XYZ 0 9 0]>>")
			OBJECT("12", "<</Title(Zebulon9)/Parent 10 0 R/Prev 11 0 R/Next 14 0 "
				     "R/First 13 0 R"
				     "/Last 13 0 R/Count 1>>")
				OBJECT("13",
				       "<</Title(Onder)/Parent 12 0 R/A<</S/GoTo/D[3 0 R/Fit]>>>>")
					OBJECT("14", "<</Title(Twee)/Parent 10 0 R/Prev 12 0 "
						     "R/Next 11 0 R>>"),
		NULL};
	Job job = {0};
	g_autoptr(LwPdf) pdf = scrubbed(&outline, &job);
	assert_false(file_tells(pdf, SECRET));
	assert_text(pdf, "Outlines/First/Title", "Een");
	assert_true(lw_pdf_is_name(find_path(pdf, "Outlines/First/Dest/0/Type"), "Page"));
	assert_text(pdf, "Outlines/First/Next/Title", "[gelakt]");
	assert_text(pdf, "Outlines/First/Next/First/Title", "Onder");
	assert_true(lw_pdf_is_name(find_path(pdf, "Outlines/First/Next/First/A/S"), "GoTo"));
	assert_text(pdf, "Outlines/First/Next/Next/Title", "Twee");
	assert_text(pdf, "Outlines/Last/Title", "Twee");
	assert_null(find_path(pdf, "Outlines/Last/Next"));
	assert_int_equal(lw_pdf_integer(pdf, find_path(pdf, "Outlines/Count"), 0), 4);
	assert_true(lw_pdf_is_name(find_path(pdf, "PageMode"), "UseOutlines"));
}

static void test_places_and_labels_stay(void **state)
{
	(void)state;
	static const Channel places = {
		"",
		"/Names<</Dests<</Names[(a)[3 0 R/Fit](b)<</D[3 0 R/Fit]>>(Zebulon9)[3 0 "
		"R/Fit]]>>>>"
		"/PageLabels<</Nums[0<</S/r/P(bijlage )/St 3>>]>>/Lang(nl-NL)",
		NULL, NULL, NULL};
	Job job = {0};
	g_autoptr(LwPdf) pdf = scrubbed(&places, &job);
	assert_int_equal(lw_pdf_length(find_path(pdf, "Names/Dests/Names")), 4);
	assert_text(pdf, "Names/Dests/Names/2", "b");
	assert_text(pdf, "PageLabels/Nums/1/P", "bijlage ");
	assert_int_equal(lw_pdf_integer(pdf, find_path(pdf, "PageLabels/Nums/1/St"), 0), 3);
	assert_text(pdf, "Lang", "nl-NL");
}

/* PDF 1.7 has no text in UTF-8 (ISO 32000-1, 7.9.2.2): its bytes would be read as other letters. */
static void test_text_is_of_the_version(void **state)
{
	(void)state;
	static const Channel form = {
		"",
		"/AcroForm<</Fields[10 0 R]>>"
		"/MarkInfo<</Marked true>>/StructTreeRoot 30 0 R",
		"/Annots[10 0 R]",
		ANNOTATION("/Subtype/Widget/FT/Ch/Ff 131072/T(x)/V<EFBBBF4AC3BC72>/AP<</N 20 0 R>>"
			   "/DV<FFFE4A00FC007200>/Opt[<EFBBBF4AC3BC72>[<EFBBBF61><EFBBBFC3A9>]]"
			   "/TU<EFBBBFC3A9>") LOOK("(Dag)")
			OBJECT("30", "<</Type/StructTreeRoot/K 31 0 R>>")
				OBJECT("31", "<</Type/StructElem/S/Figure/P 30 0 R/Pg 3 0 R/K 0"
					     "/Alt<EFBBBFC3A9>>>"),
		NULL};
	Job job = {0};
	g_autoptr(LwPdf) pdf = scrubbed(&form, &job);
	static const char *const places[][2] = {
		{"AcroForm/Fields/0/V", "J\u00fcr"},	 {"AcroForm/Fields/0/DV", "J\u00fcr"},
		{"AcroForm/Fields/0/Opt/0", "J\u00fcr"}, {"AcroForm/Fields/0/Opt/1/0", "a"},
		{"AcroForm/Fields/0/TU", "\u00e9"},	 {"StructTreeRoot/K/0/Alt", "\u00e9"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		const LwPdfObject *string = find_path(pdf, places[i][0]);
		assert_text(pdf, places[i][0], places[i][1]);
		assert_false(has_bytes(string->string.bytes, string->string.length, "\xEF\xBB", 2));
		assert_false(has_bytes(string->string.bytes, string->string.length, "\xFF\xFE", 2));
	}
}

static void test_xmp_is_neutral(void **state)
{
	(void)state;
	static const Channel xmp = {
		"", "/Metadata 10 0 R", NULL,
		STREAM("10", "/Type/Metadata/Subtype/XML",
		       "<rdf:Description pdfaid:part=\"2\" pdfaid:conformance=\"A\">"
		       "<pdfuaid:part>1</pdfuaid:part><dc:title>Geheim</dc:title></"
		       "rdf:Description>"),
		NULL};
	for (LwLang lang = LW_LANG_NL; lang <= LW_LANG_EN; lang++) {
		Job job = {.lang = lang};
		g_autoptr(LwPdf) pdf = scrubbed(&xmp, &job);
		LwPdfObject *metadata = find_path(pdf, "Metadata");
		assert_true(object_tells(pdf, metadata,
					 lang ? "Redacted document" : "Gelakt document"));
		assert_true(object_tells(pdf, metadata, "<pdfaid:part>2</pdfaid:part>"));
		assert_true(object_tells(pdf, metadata, "<pdfaid:conformance>A<"));
		assert_true(object_tells(pdf, metadata, "<pdfuaid:part>1</pdfuaid:part>"));
		assert_false(file_tells(pdf, "Geheim"));
		LwPdfObject *show = find_path(pdf, "ViewerPreferences/DisplayDocTitle");
		assert_non_null(show);
		assert_true(show->boolean);
	}
}

static void test_dynamic_xfa_is_refused(void **state)
{
	(void)state;
	static const Channel forms[] = {
		{"", "/AcroForm<</Fields[]/XFA 10 0 R>>", NULL, STREAM("10", "", "<x/>"), NULL},
		{"", "/NeedsRendering true", NULL, NULL, NULL},
	};
	for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GBytes) bytes = build(&forms[i]);
		g_autoptr(LwPdf) pdf = open_bytes(bytes);
		assert_false(lw_scrub_admit(pdf, &error));
		assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_UNREADABLE));
	}
}

static void test_box_takes_annotations(void **state)
{
	(void)state;
	/* 10 and 12 meet the box, 12 only with its second quad; 11 and 13 do not. */
	static const Channel annotations = {
		"", NULL, "/Annots[10 0 R 11 0 R 12 0 R 13 0 R]",
		ANNOTATION("/Subtype/Link/A<</S/URI/URI(http://weg)>>") OBJECT(
			"11",
			"<</Subtype/Link/Rect[10 100 60 120]/A<</S/URI/URI(http://blijft)>>>>")
			OBJECT("12", "<</Subtype/Highlight/Rect[100 100 120 120]/QuadPoints"
				     "[100 120 120 120 100 100 120 100 10 30 60 30 10 10 60 "
				     "10]/C[0 1 1]>>")
				OBJECT("13", "<</Subtype/Highlight/Rect[100 100 120 120]/QuadPoints"
					     "[100 120 120 120 100 100 120 100]/C[1 1 0]>>"),
		NULL};
	Job job = {.box = {20, 175, 40, 185}}; /* y runs down from the top: 15 to 25 from below */
	g_autoptr(LwPdf) pdf = scrubbed(&annotations, &job);
	assert_int_equal(job.annotations_removed, 2);
	assert_false(file_tells(pdf, "weg"));
	assert_int_equal(lw_pdf_length(find_path(pdf, "Pages/Kids/0/Annots")), 2);
	assert_text(pdf, "Pages/Kids/0/Annots/0/A/URI", "http://blijft");
	assert_int_equal(lw_pdf_length(find_path(pdf, "Pages/Kids/0/Annots/1/C")), 3);
}

/* What a dropped widget leaves: no value above it, no kid, no tag, no reply that leads to it. */
static void test_box_takes_fields(void **state)
{
	(void)state;
	static const Channel form = {
		"", "/AcroForm<</Fields[10 0 R 12 0 R 15 0 R]>>" TREE,
		"/StructParents 0/Annots[10 0 R 11 0 R 14 0 R 15 0 R]",
		ANNOTATION("/Subtype/Widget/FT/Tx/T(een)/V(Onthuld)/StructParent 1") OBJECT(
			"11", "<</Subtype/Widget/Rect[20 10 60 30]/Parent 12 0 R/StructParent 2>>")
			OBJECT("12", "<</FT/Tx/T(twee)/V(Geheel)/Kids[11 0 R 14 0 R]>>") OBJECT(
				"14", "<</Subtype/Widget/Rect[10 100 60 120]/Parent 12 0 R>>")
				OBJECT("15", "<</Subtype/Widget/Rect[10 130 60 "
					     "150]/FT/Tx/T(drie)/TU(Uitleg)"
					     "/V(Onschuld)/Ff 4096/MaxLen 9>>"),
		NULL};
	Job job = {.box = {20, 175, 40, 185}};
	g_autoptr(LwPdf) pdf = scrubbed(&form, &job);
	assert_false(file_tells(pdf, "Onthuld"));
	assert_false(file_tells(pdf, "Geheel"));
	assert_int_equal(lw_pdf_length(find_path(pdf, "AcroForm/Fields")), 2);
	assert_text(pdf, "AcroForm/Fields/0/T", "f1");
	assert_int_equal(lw_pdf_length(find_path(pdf, "AcroForm/Fields/0/Kids")), 1);
	assert_text(pdf, "AcroForm/Fields/1/V", "Onschuld");
	assert_text(pdf, "AcroForm/Fields/1/TU", "Uitleg");
	assert_int_equal(lw_pdf_integer(pdf, find_path(pdf, "AcroForm/Fields/1/Ff"), 0), 4096);
}

/* Choices that no page shows: a secret inside one of their words takes the list, and what the field
 * shows stays. */
static void test_choices_within_words(void **state)
{
	(void)state;
	static const struct {
		const char *secret;
		gboolean stay;
	} cases[] = {{"comb", FALSE}, {"com", TRUE}, {"combi", TRUE}, {"Zwolle", FALSE}};
	Channel channel = {"choices", NULL, "/Annots[10 0 R]",
			   ANNOTATION("/Subtype/Widget/FT/Ch/T(a)/V(Anders)/DV(combo1)/TI 1/I[1]"
				      "/Opt[(combo1)[(x)(combo2)](Zwolle)]/AP<</N 20 0 R>>")
				   LOOK("(Anders)"),
			   NULL};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		Job job = {.secret = cases[i].secret};
		g_autoptr(LwPdf) pdf = scrubbed(&channel, &job);
		assert_int_equal(file_tells(pdf, "combo2"), cases[i].stay);
		assert_int_equal(file_tells(pdf, "combo1"),
				 cases[i].stay || !strcmp(cases[i].secret, "Zwolle"));
		assert_true(file_tells(pdf, "Anders"));
		LwPdfObject *widget =
			lw_pdf_item(pdf, lw_pdf_find(pdf, lw_pdf_page(pdf, 0), "Annots"), 0);
		assert_int_equal(lw_pdf_find(pdf, widget, "TI") != NULL, cases[i].stay);
		assert_int_equal(lw_pdf_find(pdf, widget, "I") != NULL, cases[i].stay);
		assert_non_null(lw_pdf_find(pdf, widget, "AP"));
	}
}

static void test_look_letter_by_letter(void **state)
{
	(void)state;
	static const Channel field = {
		"", "/AcroForm<</Fields[10 0 R]>>", "/Annots[10 0 R]",
		ANNOTATION("/Subtype/Widget/FT/Tx/T(a)/V(Onschuld)/AP<</N 20 0 R>>")
			LOOK("(Ze) Tj 9 0 Td [(bu)-20(lo)] TJ (n9)"),
		NULL};
	Job job = {0};
	g_autoptr(LwPdf) pdf = scrubbed(&field, &job);
	assert_null(find_path(pdf, "AcroForm/Fields/0/AP"));
	assert_null(find_path(pdf, "AcroForm/Fields/0/V"));
	Job other = {.secret = "Barnabas"};
	g_autoptr(LwPdf) innocent = scrubbed(&field, &other);
	assert_non_null(find_path(innocent, "AcroForm/Fields/0/AP/N"));
	assert_text(innocent, "AcroForm/Fields/0/V", "Onschuld");
}

static const Channel tagged = {
	"", TREE, "/StructParents 0/Annots[30 0 R]",
	OBJECT("10",
	       "<</Type/StructTreeRoot/K[11 0 R]/ParentTree<</Nums[0[12 0 R 13 0 R]1 14 0 R]>>"
	       "/RoleMap<</Kop/H1>>/IDTree<</Names[(kolom)13 0 R]>>/ParentTreeNextKey 2>>")
		OBJECT("11", "<</Type/StructElem/S/Document/P 10 0 R/K[12 0 R 13 0 R 14 0 R 15 0 R]"
			     "/ActualText(Alles)/Lang(nl)>>")
			OBJECT("12", "<</Type/StructElem/S/Kop/P 11 0 R/Pg 3 0 R/K "
				     "0/ActualText(Dag)/T(Titel)"
				     "/A<</O/Layout/BBox[1 2 3 4]/TextAlign/Center>>>>")
				OBJECT("13", "<</Type/StructElem/S/TH/P 11 0 R/Pg 3 0 "
					     "R/K<</Type/MCR/MCID 1>>/ID(kolom)"
					     "/Alt(Plaatje)/A<</O/Table/Scope/Column>>>>")
					OBJECT("14", "<</Type/StructElem/S/Link/P 11 0 "
						     "R/K<</Type/OBJR/Pg 3 0 R/Obj 30 0 R>>>>")
						OBJECT("15",
						       "<</Type/StructElem/S/TD/P 11 0 R/K 11 0 "
						       "R/A<</O/Table/Headers[(kolom)(weg)]>>>>")
							OBJECT("30", "<</Subtype/Link/Rect[10 10 "
								     "60 30]/StructParent "
								     "1/A<</S/URI/URI(http://a)>>"
								     "/Contents(naar a)>>"),
	NULL};

static void test_tags_stay(void **state)
{
	(void)state;
	Job job = {0};
	g_autoptr(LwPdf) pdf = scrubbed(&tagged, &job);
	assert_text(pdf, "StructTreeRoot/K/0/ActualText", "Alles");
	assert_int_equal(lw_pdf_length(find_path(pdf, "StructTreeRoot/K/0/K")), 4);
	assert_true(lw_pdf_is_name(find_path(pdf, "StructTreeRoot/K/0/K/0/S"), "Kop"));
	assert_true(lw_pdf_is_name(find_path(pdf, "StructTreeRoot/RoleMap/Kop"), "H1"));
	assert_text(pdf, "StructTreeRoot/K/0/K/0/ActualText", "Dag");
	assert_non_null(find_path(pdf, "StructTreeRoot/K/0/K/0/A/BBox"));
	assert_text(pdf, "StructTreeRoot/K/0/K/1/Alt", "Plaatje");
	assert_int_equal(lw_pdf_integer(pdf, find_path(pdf, "StructTreeRoot/K/0/K/1/K/MCID"), -1),
			 1);
	assert_text(pdf, "StructTreeRoot/K/0/K/1/ID", "id0000001");
	assert_text(pdf, "StructTreeRoot/K/0/K/3/A/Headers/0", "id0000001");
	assert_int_equal(lw_pdf_length(find_path(pdf, "StructTreeRoot/K/0/K/3/A/Headers")), 1);
	assert_text(pdf, "StructTreeRoot/IDTree/Names/0", "id0000001");
	assert_null(find_path(pdf, "StructTreeRoot/K/0/K/3/K")); /* the cycle is cut */
	assert_text(pdf, "StructTreeRoot/K/0/K/2/K/Obj/Contents", "naar a");
	LwPdfObject *link = find_path(pdf, "StructTreeRoot/K/0/K/2");
	assert_ptr_equal(find_path(pdf, "StructTreeRoot/ParentTree/Nums/3"), link);
	assert_int_equal(lw_pdf_length(find_path(pdf, "StructTreeRoot/ParentTree/Nums/1")), 2);
	LwPdfObject *marked = find_path(pdf, "MarkInfo/Marked");
	assert_true(marked && marked->boolean);
}

static void test_burned_content_has_no_words(void **state)
{
	(void)state;
	Job job = {.burned = 1, .secret = "Barnabas"};
	g_autoptr(LwPdf) pdf = scrubbed(&tagged, &job);
	assert_null(find_path(pdf, "StructTreeRoot/K/0/ActualText"));
	assert_null(find_path(pdf, "StructTreeRoot/K/0/K/0/ActualText"));
	assert_null(find_path(pdf, "StructTreeRoot/K/0/K/0/T"));
	assert_null(find_path(pdf, "StructTreeRoot/K/0/K/0/A/BBox"));
	assert_non_null(find_path(pdf, "StructTreeRoot/K/0/K/0/A/TextAlign"));
	assert_int_equal(lw_pdf_integer(pdf, find_path(pdf, "StructTreeRoot/K/0/K/0/K"), -1), 0);
	assert_text(pdf, "StructTreeRoot/K/0/K/1/Alt", "Plaatje"); /* beside it: whole */
}

static void test_dropped_annotation_leaves_the_tree(void **state)
{
	(void)state;
	Job job = {.box = {20, 175, 40, 185}};
	g_autoptr(LwPdf) pdf = scrubbed(&tagged, &job);
	assert_null(find_path(pdf, "StructTreeRoot/K/0/K/2/K"));
	assert_int_equal(lw_pdf_length(find_path(pdf, "StructTreeRoot/ParentTree/Nums")), 2);
	assert_false(file_tells(pdf, "naar a"));
}

static void test_layers_show(void **state)
{
	(void)state;
	static const Channel layers = {
		"resource layers",
		"/OCProperties<</OCGs[10 0 R 11 0 R]/D<</BaseState/OFF/OFF[10 0 R]/AS[<<>>]>>>>",
		"/Properties<</A 10 0 R/B 12 0 R>>",
		OBJECT("10", "<</Type/OCG/Name(Concept)>>") OBJECT("11", "<</Type/OCG/Name(Jan)>>")
			OBJECT("12", "<</Type/OCMD/OCGs[10 0 R]/P/AllOff/VE[/Not 10 0 R]>>"),
		NULL};
	Job job = {0};
	g_autoptr(LwPdf) pdf = scrubbed(&layers, &job);
	assert_text(pdf, "OCProperties/OCGs/0/Name", "Laag 1");
	assert_text(pdf, "OCProperties/OCGs/1/Name", "Laag 2");
	assert_true(lw_pdf_is_name(find_path(pdf, "OCProperties/D/BaseState"), "ON"));
	assert_null(find_path(pdf, "OCProperties/D/OFF"));
	assert_text(pdf, "Pages/Kids/0/Resources/Properties/A/Name", "Laag 1");
	assert_null(find_path(pdf, "Pages/Kids/0/Resources/Properties/B/P"));
	assert_null(find_path(pdf, "Pages/Kids/0/Resources/Properties/B/VE"));
	assert_text(pdf, "Pages/Kids/0/Resources/Properties/B/OCGs/0/Name", "Laag 1");
}

/* Without secrets or boxes: the file as written. Yours. */
static GBytes *scrub_bytes(GBytes *input)
{
	GError *error = NULL;
	g_autoptr(LwPdf) pdf = open_bytes(input);
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(LwSecrets) secrets = lw_secrets_new(plan->secrets);
	LwScrub scrub = {pdf, plan, receipt, secrets, NULL, NULL, NULL, NULL};
	lw_scrub_document(&scrub);
	lw_scrub_pages(&scrub);
	lw_scrub_navigation(&scrub);
	lw_scrub_structure(&scrub);
	lw_scrub_resources(&scrub);
	GBytes *out = lw_pdf_write(pdf, &error);
	assert_non_null(out);
	return out;
}

static void test_scrubbing_again_changes_nothing(void **state)
{
	(void)state;
	g_autoptr(GBytes) input = build(&tagged);
	g_autoptr(GBytes) once = scrub_bytes(input);
	g_autoptr(GBytes) twice = scrub_bytes(once);
	g_autoptr(GBytes) thrice = scrub_bytes(twice);
	assert_true(g_bytes_equal(twice, thrice)); /* by then keys are in the order of reading */
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outline_stays),
		cmocka_unit_test(test_places_and_labels_stay),
		cmocka_unit_test(test_text_is_of_the_version),
		cmocka_unit_test(test_xmp_is_neutral),
		cmocka_unit_test(test_dynamic_xfa_is_refused),
		cmocka_unit_test(test_box_takes_annotations),
		cmocka_unit_test(test_box_takes_fields),
		cmocka_unit_test(test_choices_within_words),
		cmocka_unit_test(test_look_letter_by_letter),
		cmocka_unit_test(test_tags_stay),
		cmocka_unit_test(test_burned_content_has_no_words),
		cmocka_unit_test(test_dropped_annotation_leaves_the_tree),
		cmocka_unit_test(test_layers_show),
		cmocka_unit_test(test_scrubbing_again_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
