/* test_scrub.c - one planted secret for each hidden channel of a PDF, gone after scrubbing.
 *
 * Each channel is first shown to hold the secret, so that a fixture that says nothing cannot pass.
 */
#include "scrub_fixture.h"

static const Channel channels[] = {
	{"info", NULL, NULL, OBJECT("10", "<</Title(Zebulon9)/Author(x)/Own(Zebulon9)>>"),
	 "/Info 10 0 R"},
	{"xmp", "/Metadata 10 0 R", NULL,
	 STREAM("10", "/Type/Metadata/Subtype/XML", "<x><dc:creator>Zebulon9</dc:creator></x>"),
	 NULL},
	{"outline title", "/Outlines 10 0 R", NULL,
	 OBJECT("10", "<</Type/Outlines/First 11 0 R/Last 11 0 R/Count 1>>")
		 OBJECT("11", "<</Title(Brief aan Zebulon9)/Parent 10 0 R/Dest[3 0 R/Fit]>>"),
	 NULL},
	{"outline title, UTF-16", "/Outlines 10 0 R", NULL,
	 OBJECT("10", "<</First 11 0 R/Last 11 0 R>>")
		 OBJECT("11", "<</Title<FEFF005A006500620075006C006F006E0039>/Parent 10 0 R>>"),
	 NULL},
	{"outline action", "/Outlines 10 0 R", NULL,
	 OBJECT("10", "<</First 11 0 R/Last 11 0 R>>")
		 OBJECT("11", "<</Title(a)/Parent 10 0 R/A<</S/JavaScript/JS(Zebulon9)>>>>"),
	 NULL},
	{"outline own key", "/Outlines 10 0 R", NULL,
	 OBJECT("10", "<</First 11 0 R/Last 11 0 R/Own(Zebulon9)>>")
		 OBJECT("11", "<</Title(a)/Parent 10 0 R/Own(Zebulon9)>>"),
	 NULL},
	{"named destination", "/Names<</Dests<</Names[(Zebulon9)[3 0 R/Fit]]>>>>", NULL, NULL,
	 NULL},
	{"named destination, old", "/Dests<</Zebulon9[3 0 R/Fit]>>", NULL, NULL, NULL},
	{"named destination, page outside the tree", "/Names<</Dests<</Names[(a)[10 0 R/Fit]]>>>>",
	 NULL, OBJECT("10", "<</Type/Page/MediaBox[0 0 9 9]/Own(Zebulon9)>>"), NULL},
	{"page label", "/PageLabels<</Nums[0<</S/D/P(Zebulon9-)>>]>>", NULL, NULL, NULL},
	{"javascript", "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(var n='Zebulon9')>>]>>>>",
	 NULL, NULL, NULL},
	{"open action", "/OpenAction<</S/URI/URI(http://a/Zebulon9)>>", NULL, NULL, NULL},
	{"additional actions", "/AA<</WC<</S/JavaScript/JS(Zebulon9)>>>>", NULL, NULL, NULL},
	{"embedded file", "/Names<</EmbeddedFiles<</Names[(a)10 0 R]>>>>/AF[10 0 R]", NULL,
	 OBJECT("10", "<</Type/Filespec/F(Zebulon9.txt)/EF<</F 11 0 R>>>>")
		 STREAM("11", "/Type/EmbeddedFile", "about Zebulon9"),
	 NULL},
	{"templates", "/Names<</Templates<</Names[(Zebulon9)3 0 R]>>>>", NULL, NULL, NULL},
	{"thread", "/Threads[10 0 R]", "/B[11 0 R]",
	 OBJECT("10", "<</F 11 0 R/I<</Title(Zebulon9)>>>>")
		 OBJECT("11", "<</T 10 0 R/N 11 0 R/V 11 0 R/P 3 0 R/R[0 0 9 9]>>"),
	 NULL},
	{"piece info", "/PieceInfo<</App<</Private(Zebulon9)>>>>", NULL, NULL, NULL},
	{"piece info of a page", NULL, "/PieceInfo<</App<</Private(Zebulon9)>>>>", NULL, NULL},
	{"thumbnail", NULL, "/Thumb 10 0 R",
	 STREAM("10", "/Width 8/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "Zebulon9"),
	 NULL},
	{"page metadata", NULL, "/Metadata 10 0 R",
	 STREAM("10", "/Type/Metadata/Subtype/XML", "Zebulon9"), NULL},
	{"measure of a page", NULL, "/VP[<</Type/Viewport/BBox[0 0 9 9]/Name(Zebulon9)>>]", NULL,
	 NULL},
	{"viewer preferences", "/ViewerPreferences<</Own(Zebulon9)>>", NULL, NULL, NULL},
	{"language", "/Lang(x-Zebulon9)", NULL, NULL, NULL},
	{"uri base", "/URI<</Base(http://Zebulon9/)>>", NULL, NULL, NULL},
	{"collection", "/Collection<</Schema<</a<</N(Zebulon9)>>>>>>", NULL, NULL, NULL},
	{"output intent",
	 "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(Zebulon9)"
	 "/Info(Zebulon9)>>]",
	 NULL, NULL, NULL},
	{"legal, spider, requirements, DSS, permissions",
	 "/Legal<</A(Zebulon9)>>/SpiderInfo<</A(Zebulon9)>>/Requirements[<</A(Zebulon9)>>]"
	 "/DSS<</A(Zebulon9)>>/Perms<</A(Zebulon9)>>/Extensions<</A(Zebulon9)>>",
	 NULL, NULL, NULL},
	{"layer name",
	 "/OCProperties<</OCGs[10 0 R]/D<</Order[(Zebulon9)10 0 R]/Name(Zebulon9)>>>>", NULL,
	 OBJECT("10", "<</Type/OCG/Name(Zebulon9)/Usage<</CreatorInfo<</Creator(Zebulon9)>>>>>>"),
	 NULL},
	{"resource: layer that is listed nowhere", NULL, "/Properties<</MC0 10 0 R>>",
	 OBJECT("10", "<</Type/OCG/Name(Laag 1 Zebulon9)>>"), NULL},
	{"resource: property list", NULL, "/Properties<</MC0<</MCID 3/ActualText(Zebulon9)>>>>",
	 NULL, NULL},
	{"resource: form piece info", NULL, "/XObject<</X1 10 0 R>>",
	 STREAM("10",
		"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Name/Zebulon9/LastModified(Zebulon9)"
		"/PieceInfo<</A<</Private(Zebulon9)>>>>/OPI<</A(Zebulon9)>>/Ref<</F(Zebulon9)>>"
		"/Metadata 11 0 R",
		"q Q") STREAM("11", "/Type/Metadata/Subtype/XML", "Zebulon9"),
	 NULL},
	{"resource: postscript object", NULL, "/XObject<</X1 10 0 R>>",
	 STREAM("10", "/Type/XObject/Subtype/PS", "(Zebulon9) show"), NULL},
	{"resource: font metadata", NULL, "/Font<</F2 10 0 R>>",
	 OBJECT("10", "<</Type/Font/Subtype/TrueType/BaseFont/A/Metadata 11 0 R/Own(Zebulon9)"
		      "/FontDescriptor<</Type/FontDescriptor/FontName/A/FontFamily(Zebulon9)"
		      "/CharSet(/Zebulon9)>>>>")
		 STREAM("11", "/Type/Metadata/Subtype/XML", "Zebulon9"),
	 NULL},
	{"resource: graphics state, pattern, shading", NULL,
	 "/ExtGState<</G<</Type/ExtGState/Own(Zebulon9)>>>>"
	 "/Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1]/Own(Zebulon9)"
	 "/Function<</FunctionType 2/Domain[0 1]/N 1/Own(Zebulon9)>>>>>>"
	 "/ColorSpace<</C[/Separation/Zebulon9/DeviceGray"
	 "<</FunctionType 2/Domain[0 1]/N 1>>]>>",
	 NULL, NULL},
	{"text annotation", NULL, "/Annots[10 0 R 11 0 R]",
	 ANNOTATION("/Subtype/Text/Contents(Zebulon9)/T(Zebulon9)/Subj(Zebulon9)/NM(Zebulon9)"
		    "/RC(<p>Zebulon9</p>)/Popup 11 0 R")
		 OBJECT("11", "<</Subtype/Popup/Rect[0 0 9 9]/Parent 10 0 R/Contents(Zebulon9)>>"),
	 NULL},
	{"reply", NULL, "/Annots[10 0 R 11 0 R]",
	 ANNOTATION("/Subtype/Text")
		 OBJECT("11", "<</Subtype/Text/Rect[0 0 9 9]/IRT 10 0 R/Contents(Zebulon9)>>"),
	 NULL},
	{"highlight", NULL, "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Highlight/QuadPoints[10 30 60 30 10 10 60 10]/Contents(Zebulon9)"),
	 NULL},
	{"redact annotation", NULL, "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Redact/OverlayText(Zebulon9)"), NULL},
	{"file attachment", NULL, "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/FileAttachment/FS<</F(Zebulon9)>>"), NULL},
	{"sound, movie, screen, 3D", NULL, "/Annots[10 0 R 11 0 R 12 0 R 13 0 R]",
	 ANNOTATION("/Subtype/Sound/Sound(Zebulon9)")
		 OBJECT("11", "<</Subtype/Movie/Rect[0 0 9 9]/T(Zebulon9)>>")
			 OBJECT("12", "<</Subtype/Screen/Rect[0 0 9 9]/T(Zebulon9)>>")
				 OBJECT("13", "<</Subtype/3D/Rect[0 0 9 9]/3DD(Zebulon9)>>"),
	 NULL},
	{"stamp appearance", NULL, "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Stamp/AP<</N 20 0 R>>") LOOK("(Zebulon9)"), NULL},
	{"free text", NULL, "/Annots[10 0 R]", ANNOTATION("/Subtype/FreeText/Contents(Zebulon9)"),
	 NULL},
	{"link address", NULL, "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Link/A<</S/URI/URI(mailto:Zebulon9@example.org)>>"), NULL},
	{"link that launches", NULL, "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Link/A<</S/Launch/F(Zebulon9.exe)>>"), NULL},
	{"link with a next action", NULL, "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Link/A<</S/URI/URI(http://a)/Next<</S/JavaScript/JS(Zebulon9)>>>>"),
	 NULL},
	{"link to a named place", NULL, "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Link/Dest(Zebulon9)"), NULL},
	{"field value", "/AcroForm<</Fields[10 0 R]>>", "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Widget/FT/Tx/T(naam)/V(Zebulon9)/DV(Zebulon9)/AP<</N 20 0 R>>")
		 LOOK("(Zebulon9)"),
	 NULL},
	{"field value above the widget", "/AcroForm<</Fields[11 0 R]>>", "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Widget/Parent 11 0 R/AP<</N 20 0 R>>") LOOK("(verborgen)")
		 OBJECT("11", "<</FT/Tx/T(naam)/V(Zebulon9)/Kids[10 0 R]>>"),
	 NULL},
	{"field names and captions", "/AcroForm<</Fields[10 0 R]/DA(/F1 9 Tf)>>", "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Widget/FT/Btn/T(Zebulon9)/TU(Zebulon9)/TM(Zebulon9)"
		    "/MK<</CA(Zebulon9)>>"),
	 NULL},
	{"field options", "/AcroForm<</Fields[10 0 R]>>", "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Widget/FT/Ch/T(a)/Opt[[(1)(Zebulon9)](Jan)]"), NULL},
	{"field rich value and actions", "/AcroForm<</Fields[10 0 R]/CO[10 0 R]>>",
	 "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Widget/FT/Tx/T(a)/RV(<p>Zebulon9</p>)"
		    "/AA<</K<</S/JavaScript/JS(Zebulon9)>>>>"),
	 NULL},
	{"field without a widget", "/AcroForm<</Fields[10 0 R]>>", NULL,
	 OBJECT("10", "<</FT/Tx/T(a)/V(Zebulon9)>>"), NULL},
	{"field of a widget that no page shows", "/AcroForm<</Fields[11 0 R]>>", NULL,
	 OBJECT("11", "<</FT/Tx/T(a)/Kids[12 0 R]>>") OBJECT(
		 "12", "<</Subtype/Widget/Parent 11 0 R/Rect[0 0 9 9]/MK<</CA(Zebulon9)>>>>"),
	 NULL},
	{"parent that is not listed", "/AcroForm<</Fields[]>>", "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Widget/Parent 11 0 R") OBJECT("11", "<</FT/Tx/T(a)/V(Zebulon9)>>"),
	 NULL},
	{"signature", "/AcroForm<</Fields[10 0 R]/SigFlags 3>>", "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Widget/FT/Sig/T(a)/V<</Type/Sig/Name(Zebulon9)/Reason(Zebulon9)>>"),
	 NULL},
	{"static XFA", "/AcroForm<</Fields[10 0 R]/XFA[(datasets)20 0 R]>>", "/Annots[10 0 R]",
	 ANNOTATION("/Subtype/Widget/FT/Tx/T(a)") STREAM("20", "", "<v>Zebulon9</v>"), NULL},
	{"actual text", TREE, "/StructParents 0", ACTUAL_TREE("/ActualText(Zebulon9)"), NULL},
	{"alternate text, expansion, title", TREE, "/StructParents 0",
	 ACTUAL_TREE("/Alt(Zebulon9)/E(Zebulon9)/T(Zebulon9)"), NULL},
	{"structure identifier", TREE, "/StructParents 0",
	 OBJECT("10", "<</Type/StructTreeRoot/K 11 0 R/IDTree<</Names[(Zebulon9)11 0 R]>>>>")
		 OBJECT("11", "<</Type/StructElem/S/P/P 10 0 R/ID(Zebulon9)>>"),
	 NULL},
	{"attributes", TREE, "/StructParents 0",
	 ACTUAL_TREE("/A[<</O/Table/Summary(Zebulon9)>><</O/UserProperties/P[<</N(Zebulon9)>>]>>]"),
	 NULL},
	{"role map and classes", TREE, "/StructParents 0",
	 OBJECT("10", "<</Type/StructTreeRoot/K 11 0 R/RoleMap<</Zebulon9/P>>"
		      "/ClassMap<</Zebulon9<</O/Layout/TextAlign/Center>>>>>>")
		 OBJECT("11", "<</Type/StructElem/S/Zebulon9/C/Zebulon9/P 10 0 R/K 0/Pg 3 0 R>>"),
	 NULL},
	{"element outside the tree, through the parent tree", TREE, "/StructParents 0",
	 OBJECT("10", "<</Type/StructTreeRoot/K 11 0 R/ParentTree<</Nums[0[12 0 R]]>>>>")
		 OBJECT("11", "<</Type/StructElem/S/P/P 10 0 R>>")
			 OBJECT("12", "<</Type/StructElem/S/P/P 10 0 R/Own(Zebulon9)>>"),
	 NULL},
	{"form that only a tag reaches", TREE, "/StructParents 0",
	 OBJECT("10", "<</Type/StructTreeRoot/K 11 0 R>>") OBJECT(
		 "11",
		 "<</Type/StructElem/S/P/P 10 0 R/K<</Type/MCR/Pg 3 0 R/Stm 20 0 R/MCID 0>>>>")
		 LOOK("(Zebulon9)"),
	 NULL},
	{"namespace", TREE, "/StructParents 0",
	 OBJECT("10", "<</Type/StructTreeRoot/K 11 0 R/Namespaces[12 0 R]>>")
		 OBJECT("11", "<</Type/StructElem/S/P/P 10 0 R/NS 12 0 R>>")
			 OBJECT("12", "<</Type/Namespace/NS(http://Zebulon9)>>"),
	 NULL},
};

static void test_channel(void **state)
{
	const Channel *channel = *state;
	Job job = {0};
	g_autoptr(GBytes) before = build(channel);
	g_autoptr(LwPdf) old = open_bytes(before);
	g_autoptr(LwPdf) pdf = scrubbed(channel, &job);
	gboolean dropped_by_reading = strstr(channel->name, "widget that no page") != NULL;
	assert_true(file_tells(old, SECRET) || dropped_by_reading);
	assert_false(file_tells(pdf, SECRET));
	assert_int_equal(lw_pdf_page_count(pdf), 1);
}

int main(void)
{
	static struct CMUnitTest tests[G_N_ELEMENTS(channels)];

	for (guint i = 0; i < G_N_ELEMENTS(channels); i++)
		tests[i] = (struct CMUnitTest){channels[i].name, test_channel, NULL, NULL,
					       (void *)&channels[i]};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
