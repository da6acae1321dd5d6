/* test_scrub.c - one planted secret for each hidden channel of a PDF, gone after scrubbing; and
 * what is innocent stays.
 *
 * Each channel is first shown to hold the secret, so that a fixture that says nothing cannot pass.
 * What is left is searched here, not with the scrubber's own eyes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/render/pdf/scrub.h"

#define SECRET		"Zebulon9"
#define OBJECT(n, body) n " 0 obj\n" body "\nendobj\n"
#define STREAM(n, dictionary, data)                                                                \
	n " 0 obj\n<<" dictionary ">>\nstream\n" data "\nendstream\nendobj\n"

typedef struct {
	const char *name;
	const char *catalog, *page, *objects; /* added to the plain file */
	const char *trailer;
} Channel;

/* Objects 10 and up are a channel's own. */
static GBytes *build(const Channel *channel)
{
	char *text = g_strdup_printf(
		"%%PDF-1.7\n"
		"1 0 obj\n<</Type/Catalog/Pages 2 0 R %s>>\nendobj\n"
		"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
		"/Resources<</Font<</F1 5 0 R>>%s>>%s>>\nendobj\n"
		"4 0 obj\n<</Length 58>>\nstream\n"
		"/P <</MCID 0>> BDC BT /F1 12 Tf 10 100 Td (Dag) Tj ET EMC  \nendstream\nendobj\n"
		"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
		"%s"
		"trailer\n<</Root 1 0 R/Size 60 %s>>\n%%%%EOF\n",
		channel->catalog ? channel->catalog : "",
		g_str_has_prefix(channel->name, "resource") ? channel->page : "",
		channel->page && !g_str_has_prefix(channel->name, "resource") ? channel->page : "",
		channel->objects ? channel->objects : "", channel->trailer ? channel->trailer : "");
	return g_bytes_new_take(text, strlen(text));
}

static LwPdf *open_bytes(GBytes *bytes)
{
	GError *error = NULL;
	g_autoptr(GBytes) plain = lw_pdf_normalise(bytes, NULL, NULL, &error);
	assert_non_null(plain);
	LwPdf *pdf = lw_pdf_open(plain, &error);
	assert_non_null(pdf);
	return pdf;
}

static gboolean has_bytes(const char *bytes, gsize length, const char *needle, gsize needle_length)
{
	return memmem(bytes, length, needle, needle_length) != NULL;
}

static gboolean bytes_tell(const char *bytes, gsize length, const char *needle)
{
	gsize count = strlen(needle);
	g_autofree char *wide = g_malloc0(count * 2);
	for (gsize i = 0; i < count; i++)
		wide[i * 2 + 1] = needle[i];
	return has_bytes(bytes, length, needle, count) || has_bytes(bytes, length, wide, count * 2);
}

static gboolean object_tells(LwPdf *pdf, LwPdfObject *object, const char *needle)
{
	gboolean tells = FALSE;
	switch ((LwPdfType)object->type) {
	case LW_PDF_NAME:
	case LW_PDF_STRING:
		return bytes_tell(object->string.bytes, object->string.length, needle);
	case LW_PDF_ARRAY:
		for (guint i = 0; i < object->array.count; i++)
			tells |= object_tells(pdf, object->array.items[i], needle);
		return tells;
	case LW_PDF_DICTIONARY:
		for (guint i = 0; i < object->dictionary.count; i++) {
			const LwPdfEntry *entry = &object->dictionary.entries[i];
			tells |= bytes_tell(entry->key, strlen(entry->key), needle);
			tells |= object_tells(pdf, entry->value, needle);
		}
		return tells;
	case LW_PDF_STREAM: {
		const char *rest = NULL;
		g_autoptr(GBytes) data = lw_pdf_decode(pdf, object, &rest, NULL);
		assert_non_null(data);
		return object_tells(pdf, object->stream.dictionary, needle) ||
		       bytes_tell(g_bytes_get_data(data, NULL), g_bytes_get_size(data), needle);
	}
	default:
		return FALSE;
	}
}

static gboolean file_tells(LwPdf *pdf, const char *needle)
{
	gboolean tells = object_tells(pdf, lw_pdf_trailer(pdf), needle);
	for (guint32 i = 1; i < lw_pdf_object_count(pdf); i++)
		if (lw_pdf_object(pdf, i))
			tells |= object_tells(pdf, lw_pdf_object(pdf, i), needle);
	return tells;
}

typedef struct {
	LwRect box;   /* empty: none */
	guint burned; /* mcid + 1 on the first page; 0: none */
	LwLang lang;
	const char *secret;
	guint annotations_removed, strings_removed, notices;
} Job;

static LwPdf *scrubbed(const Channel *channel, Job *job)
{
	GError *error = NULL;
	g_autoptr(GBytes) bytes = build(channel);
	g_autoptr(LwPdf) pdf = open_bytes(bytes);
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(GPtrArray) strings = g_ptr_array_new();
	g_ptr_array_add(strings, (gpointer)(job->secret ? job->secret : SECRET));
	g_autoptr(LwSecrets) secrets = lw_secrets_new(strings);
	plan->style.lang = job->lang;
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GArray) boxes = g_array_new(FALSE, TRUE, sizeof(LwBox));
	LwBox box = {0, job->box};
	if (job->box.x1 > job->box.x0)
		g_array_append_val(boxes, box);
	g_autoptr(GPtrArray) boxes_by_page = g_ptr_array_new();
	g_ptr_array_add(boxes_by_page, boxes);
	g_autoptr(GHashTable) mcids = g_hash_table_new(g_direct_hash, g_direct_equal);
	if (job->burned)
		g_hash_table_add(mcids, GUINT_TO_POINTER(job->burned));
	g_autoptr(GPtrArray) burned = g_ptr_array_new();
	g_ptr_array_add(burned, mcids);
	LwScrub scrub = {pdf, plan, receipt, secrets, boxes_by_page, burned, NULL};
	assert_true(lw_scrub_admit(pdf, &error));
	lw_scrub_document(&scrub);
	lw_scrub_pages(&scrub);
	lw_scrub_navigation(&scrub);
	lw_scrub_structure(&scrub);
	lw_scrub_resources(&scrub);
	job->annotations_removed = receipt->annotations_removed;
	job->strings_removed = receipt->strings_removed;
	job->notices = receipt->notices->len;
	g_autoptr(GBytes) out = lw_pdf_write(pdf, &error);
	assert_non_null(out);
	return open_bytes(out);
}

#define ACTUAL_TREE(keys)                                                                          \
	OBJECT("10", "<</Type/StructTreeRoot/K 11 0 R/ParentTree<</Nums[0[12 0 R]]>>>>")           \
	OBJECT("11", "<</Type/StructElem/S/Document/P 10 0 R/K[12 0 R]>>")                         \
	OBJECT("12", "<</Type/StructElem/S/P/P 11 0 R/Pg 3 0 R/K 0 " keys ">>")
#define TREE		 "/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R"
#define ANNOTATION(keys) OBJECT("10", "<</Type/Annot/Rect[10 10 60 30]" keys ">>")
#define LOOK(text)                                                                                 \
	STREAM("20", "/Type/XObject/Subtype/Form/BBox[0 0 50 20]/Resources<</Font<</F1 5 0 R>>>>", \
	       "/Tx BMC BT /F1 9 Tf 2 5 Td " text " Tj ET EMC")

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
	LwScrub scrub = {pdf, plan, receipt, secrets, NULL, NULL, NULL};
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
	static struct CMUnitTest tests[G_N_ELEMENTS(channels) + 13];
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_outline_stays),
		cmocka_unit_test(test_places_and_labels_stay),
		cmocka_unit_test(test_xmp_is_neutral),
		cmocka_unit_test(test_dynamic_xfa_is_refused),
		cmocka_unit_test(test_box_takes_annotations),
		cmocka_unit_test(test_box_takes_fields),
		cmocka_unit_test(test_look_letter_by_letter),
		cmocka_unit_test(test_tags_stay),
		cmocka_unit_test(test_burned_content_has_no_words),
		cmocka_unit_test(test_dropped_annotation_leaves_the_tree),
		cmocka_unit_test(test_layers_show),
		cmocka_unit_test(test_scrubbing_again_changes_nothing),
		cmocka_unit_test_prestate(test_channel, (void *)&channels[0]),
	};
	G_STATIC_ASSERT(G_N_ELEMENTS(tests) == G_N_ELEMENTS(channels) + G_N_ELEMENTS(others));
	for (guint i = 0; i < G_N_ELEMENTS(channels); i++)
		tests[i] = (struct CMUnitTest){channels[i].name, test_channel, NULL, NULL,
					       (void *)&channels[i]};
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		tests[G_N_ELEMENTS(channels) + i] = others[i];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
