/* scrub_resources.c - the white lists of all that pages and appearances draw with: resources,
 * forms, images, fonts, colours, patterns, functions.
 *
 * Walks what pages, annotations and fields reach; what no shape names is not drawn with and goes.
 */
#include "engine/render/pdf/scrub_shape.h"

#include <string.h>

#include "engine/pdf/image.h"
#include "engine/pdf/profile.h"
#include "engine/render/pdf/reprint.h"

#define END                                                                                        \
	{                                                                                          \
		NULL, 0, NULL                                                                      \
	}

static const LwShape function, colour, group, xobject, font, resources, graphics_state;

static const LwShape nothing = {.keys = (const LwShapeKey[]){END}};

/* Samples and no more; a calculation without its comments. */
static void finish_function(LwScrub *scrub, LwPdfObject *object)
{
	LwPdf *pdf = scrub->pdf;
	gint64 type = lw_pdf_integer(pdf, lw_pdf_find_raw(object, "FunctionType"), -1);
	if (object->type != LW_PDF_STREAM)
		return;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, object, NULL, NULL);
	g_autoptr(GBytes) clean = NULL;
	if (data && type == 4) {
		clean = lw_reprint_function(data);
	} else if (data && type == 0) {
		LwPdfObject *sizes = lw_pdf_find(pdf, object, "Size");
		double bits = lw_pdf_number(pdf, lw_pdf_find_raw(object, "BitsPerSample"), 8);
		bits *= lw_pdf_length(lw_pdf_find(pdf, object, "Range")) / 2;
		for (guint i = 0; i < lw_pdf_length(sizes); i++)
			bits *= lw_pdf_number(pdf, lw_pdf_item(pdf, sizes, i), 1);
		double bytes = CLAMP((bits + 7) / 8, 0, (double)g_bytes_get_size(data));
		clean = g_bytes_new_from_bytes(data, 0, (gsize)bytes);
	}
	if (clean && !g_bytes_equal(clean, data))
		lw_pdf_set_data(pdf, object, clean);
}

/* Content that the rewriter did not print: nothing shows it now, but readers may. */
static void finish_content(LwScrub *scrub, LwPdfObject *object)
{
	if (object->type != LW_PDF_STREAM ||
	    (scrub->printed && g_hash_table_contains(scrub->printed, object)))
		return;
	g_autoptr(GBytes) data = lw_pdf_decode(scrub->pdf, object, NULL, NULL);
	g_autoptr(GBytes) clean =
		data ? lw_reprint_content(scrub->pdf, data, scrub->secrets) : NULL;
	if (clean)
		lw_pdf_set_data(scrub->pdf, object, clean);
}

static void finish_colour(LwScrub *scrub, LwPdfObject *object)
{
	if (object->type != LW_PDF_STREAM || !lw_pdf_find_raw(object, "N"))
		return;
	g_autoptr(GBytes) data = lw_pdf_decode(scrub->pdf, object, NULL, NULL);
	g_autoptr(GBytes) clean = data ? lw_profile_clean(data) : NULL;
	if (clean && !g_bytes_equal(clean, data))
		lw_pdf_set_data(scrub->pdf, object, clean);
}

static const LwShape char_proc = {.keys = (const LwShapeKey[]){END}, .finish = finish_content};

static const LwShape function = {.finish = finish_function,
				 .keys = (const LwShapeKey[]){
					 {"FunctionType", LW_FORM_NUMBER, NULL},
					 {"Domain", LW_FORM_DATA, NULL},
					 {"Range", LW_FORM_DATA, NULL},
					 {"Size", LW_FORM_DATA, NULL},
					 {"BitsPerSample", LW_FORM_NUMBER, NULL},
					 {"Order", LW_FORM_NUMBER, NULL},
					 {"Encode", LW_FORM_DATA, NULL},
					 {"Decode", LW_FORM_DATA, NULL},
					 {"C0", LW_FORM_DATA, NULL},
					 {"C1", LW_FORM_DATA, NULL},
					 {"N", LW_FORM_NUMBER, NULL},
					 {"Functions", LW_FORM_CHILD, &function},
					 {"Bounds", LW_FORM_DATA, NULL},
					 END,
				 }};

/* CIE dictionaries, ICC streams, attributes of DeviceN with their process and mixing hints. */
static const LwShapeKey colour_keys[] = {
	{"WhitePoint", LW_FORM_DATA, NULL},
	{"BlackPoint", LW_FORM_DATA, NULL},
	{"Gamma", LW_FORM_DATA, NULL},
	{"Matrix", LW_FORM_DATA, NULL},
	{"Range", LW_FORM_DATA, NULL},
	{"N", LW_FORM_NUMBER, NULL},
	{"Alternate", LW_FORM_CHILD, &colour},
	{"Subtype", LW_FORM_NAME, NULL},
	{"Colorants", LW_FORM_MAP, &colour},
	{"Process", LW_FORM_CHILD, &colour},
	{"ColorSpace", LW_FORM_CHILD, &colour},
	{"Components", LW_FORM_DATA, NULL},
	{"MixingHints", LW_FORM_CHILD, &colour},
	{"Solidities", LW_FORM_MAP, &nothing},
	{"PrintingOrder", LW_FORM_DATA, NULL},
	{"DotGain", LW_FORM_MAP, &function},
	END,
};

static const LwShape *choose_colour(LwPdf *pdf, LwPdfObject *object)
{
	return lw_pdf_find(pdf, object, "FunctionType") ? &function : NULL;
}

static const LwShape colour = {
	.keys = colour_keys, .choose = choose_colour, .finish = finish_colour};

static const LwShape group = {.keys = (const LwShapeKey[]){
				      {"Type", LW_FORM_NAME, NULL},
				      {"S", LW_FORM_NAME, NULL},
				      {"CS", LW_FORM_CHILD, &colour},
				      {"I", LW_FORM_BOOLEAN, NULL},
				      {"K", LW_FORM_BOOLEAN, NULL},
				      END,
			      }};

/* "Laag 12": what lw_scrub_document calls layers. */
static gboolean is_neutral_layer(const LwScrub *scrub, const LwPdfObject *name)
{
	g_autofree char *text = name ? lw_pdf_text(name) : NULL;
	const char *prefix = lw_scrub_say(scrub, "Laag ", "Layer ");
	if (!text || !g_str_has_prefix(text, prefix))
		return FALSE;
	const char *digits = text + strlen(prefix);
	gsize length = strlen(digits);
	return length >= 1 && length <= 6 && strspn(digits, "0123456789") == length;
}

/* What is off was cut before; with policy and expression gone, all that is left shows. */
static void finish_layer(LwScrub *scrub, LwPdfObject *object)
{
	LwPdf *pdf = scrub->pdf;
	if (lw_pdf_is_name(lw_pdf_find(pdf, object, "Type"), "OCMD"))
		lw_pdf_remove(object, "Name");
	else if (!is_neutral_layer(scrub, lw_pdf_find(pdf, object, "Name")))
		lw_pdf_set(pdf, object, "Name",
			   lw_pdf_new_text(pdf, lw_scrub_say(scrub, "Laag", "Layer")));
}

const LwShape lw_shape_layer = {
	.keys = (const LwShapeKey[]){{"Type", LW_FORM_NAME, NULL},
				     {"Name", LW_FORM_OURS, NULL},
				     {"OCGs", LW_FORM_CHILD, &lw_shape_layer},
				     END},
	.finish = finish_layer,
};

static const LwShape *choose_property(LwPdf *pdf, LwPdfObject *object)
{
	LwPdfObject *type = lw_pdf_find(pdf, object, "Type");
	gboolean layer = lw_pdf_is_name(type, "OCG") || lw_pdf_is_name(type, "OCMD");
	return layer ? &lw_shape_layer : NULL;
}

static const LwShape property = {
	.keys = (const LwShapeKey[]){{"Type", LW_FORM_NAME, NULL},
				     {"MCID", LW_FORM_NUMBER, NULL},
				     END},
	.choose = choose_property,
};

static const LwShape pattern, shading = {.keys = (const LwShapeKey[]){
						 {"ShadingType", LW_FORM_NUMBER, NULL},
						 {"ColorSpace", LW_FORM_CHILD, &colour},
						 {"Background", LW_FORM_DATA, NULL},
						 {"BBox", LW_FORM_DATA, NULL},
						 {"AntiAlias", LW_FORM_BOOLEAN, NULL},
						 {"Domain", LW_FORM_DATA, NULL},
						 {"Matrix", LW_FORM_DATA, NULL},
						 {"Function", LW_FORM_CHILD, &function},
						 {"Coords", LW_FORM_DATA, NULL},
						 {"Extend", LW_FORM_DATA, NULL},
						 {"BitsPerCoordinate", LW_FORM_NUMBER, NULL},
						 {"BitsPerComponent", LW_FORM_NUMBER, NULL},
						 {"BitsPerFlag", LW_FORM_NUMBER, NULL},
						 {"Decode", LW_FORM_DATA, NULL},
						 {"VerticesPerRow", LW_FORM_NUMBER, NULL},
						 END,
					 }};

static const LwShape pattern = {.finish = finish_content,
				.keys = (const LwShapeKey[]){
					{"Type", LW_FORM_NAME, NULL},
					{"PatternType", LW_FORM_NUMBER, NULL},
					{"PaintType", LW_FORM_NUMBER, NULL},
					{"TilingType", LW_FORM_NUMBER, NULL},
					{"BBox", LW_FORM_DATA, NULL},
					{"XStep", LW_FORM_NUMBER, NULL},
					{"YStep", LW_FORM_NUMBER, NULL},
					{"Matrix", LW_FORM_DATA, NULL},
					{"Resources", LW_FORM_CHILD, &resources},
					{"Shading", LW_FORM_CHILD, &shading},
					{"ExtGState", LW_FORM_CHILD, &graphics_state},
					END,
				}};

static const LwShape soft_mask = {.keys = (const LwShapeKey[]){
					  {"Type", LW_FORM_NAME, NULL},
					  {"S", LW_FORM_NAME, NULL},
					  {"G", LW_FORM_CHILD, &xobject},
					  {"BC", LW_FORM_DATA, NULL},
					  {"TR", LW_FORM_CHILD, &function},
					  END,
				  }};

static const LwShape halftone = {.keys = (const LwShapeKey[]){
					 {"Type", LW_FORM_NAME, NULL},
					 {"HalftoneType", LW_FORM_NUMBER, NULL},
					 {"Frequency", LW_FORM_NUMBER, NULL},
					 {"Angle", LW_FORM_NUMBER, NULL},
					 {"SpotFunction", LW_FORM_CHILD, &function},
					 {"AccurateScreens", LW_FORM_BOOLEAN, NULL},
					 {"TransferFunction", LW_FORM_CHILD, &function},
					 {"Width", LW_FORM_NUMBER, NULL},
					 {"Height", LW_FORM_NUMBER, NULL},
					 {"Width2", LW_FORM_NUMBER, NULL},
					 {"Height2", LW_FORM_NUMBER, NULL},
					 {"Xsquare", LW_FORM_NUMBER, NULL},
					 {"Ysquare", LW_FORM_NUMBER, NULL},
					 {"Default", LW_FORM_CHILD, &halftone},
					 {"Cyan", LW_FORM_CHILD, &halftone},
					 {"Magenta", LW_FORM_CHILD, &halftone},
					 {"Yellow", LW_FORM_CHILD, &halftone},
					 {"Black", LW_FORM_CHILD, &halftone},
					 {"Gray", LW_FORM_CHILD, &halftone},
					 {"Red", LW_FORM_CHILD, &halftone},
					 {"Green", LW_FORM_CHILD, &halftone},
					 {"Blue", LW_FORM_CHILD, &halftone},
					 END,
				 }};

static const LwShape graphics_state = {
	.keys = (const LwShapeKey[]){
		{"Type", LW_FORM_NAME, NULL},	      {"LW", LW_FORM_NUMBER, NULL},
		{"LC", LW_FORM_NUMBER, NULL},	      {"LJ", LW_FORM_NUMBER, NULL},
		{"ML", LW_FORM_NUMBER, NULL},	      {"D", LW_FORM_DATA, NULL},
		{"RI", LW_FORM_NAME, NULL},	      {"OP", LW_FORM_BOOLEAN, NULL},
		{"op", LW_FORM_BOOLEAN, NULL},	      {"OPM", LW_FORM_NUMBER, NULL},
		{"Font", LW_FORM_CHILD, &font},	      {"BG", LW_FORM_CHILD, &function},
		{"BG2", LW_FORM_CHILD, &function},    {"UCR", LW_FORM_CHILD, &function},
		{"UCR2", LW_FORM_CHILD, &function},   {"TR", LW_FORM_CHILD, &function},
		{"TR2", LW_FORM_CHILD, &function},    {"HT", LW_FORM_CHILD, &halftone},
		{"FL", LW_FORM_NUMBER, NULL},	      {"SM", LW_FORM_NUMBER, NULL},
		{"SA", LW_FORM_BOOLEAN, NULL},	      {"BM", LW_FORM_DATA, NULL},
		{"SMask", LW_FORM_CHILD, &soft_mask}, {"CA", LW_FORM_NUMBER, NULL},
		{"ca", LW_FORM_NUMBER, NULL},	      {"AIS", LW_FORM_BOOLEAN, NULL},
		{"TK", LW_FORM_BOOLEAN, NULL},	      END,
	}};

static const LwShape form = {.finish = finish_content,
			     .keys = (const LwShapeKey[]){
				     {"Type", LW_FORM_NAME, NULL},
				     {"Subtype", LW_FORM_NAME, NULL},
				     {"FormType", LW_FORM_NUMBER, NULL},
				     {"BBox", LW_FORM_DATA, NULL},
				     {"Matrix", LW_FORM_DATA, NULL},
				     {"Resources", LW_FORM_CHILD, &resources},
				     {"Group", LW_FORM_CHILD, &group},
				     {"StructParents", LW_FORM_NUMBER, NULL},
				     {"OC", LW_FORM_CHILD, &lw_shape_layer},
				     END,
			     }};

static void finish_image(LwScrub *scrub, LwPdfObject *image)
{
	if (image->type == LW_PDF_STREAM && lw_pdf_image_clean(scrub->pdf, image))
		scrub->receipt->strings_removed++;
}

static const LwShape image = {
	.keys =
		(const LwShapeKey[]){
			{"Type", LW_FORM_NAME, NULL},
			{"Subtype", LW_FORM_NAME, NULL},
			{"Width", LW_FORM_NUMBER, NULL},
			{"Height", LW_FORM_NUMBER, NULL},
			{"ColorSpace", LW_FORM_CHILD, &colour},
			{"BitsPerComponent", LW_FORM_NUMBER, NULL},
			{"Intent", LW_FORM_NAME, NULL},
			{"ImageMask", LW_FORM_BOOLEAN, NULL},
			{"Mask", LW_FORM_CHILD, &xobject},
			{"SMask", LW_FORM_CHILD, &xobject},
			{"SMaskInData", LW_FORM_NUMBER, NULL},
			{"Matte", LW_FORM_DATA, NULL},
			{"Decode", LW_FORM_DATA, NULL},
			{"Interpolate", LW_FORM_BOOLEAN, NULL},
			{"OC", LW_FORM_CHILD, &lw_shape_layer},
			END,
		},
	.finish = finish_image,
};

static void finish_unknown(LwScrub *scrub, LwPdfObject *object)
{
	g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
	if (object->type == LW_PDF_STREAM)
		lw_pdf_set_data(scrub->pdf, object, empty);
}

static const LwShape *choose_xobject(LwPdf *pdf, LwPdfObject *object)
{
	LwPdfObject *subtype = lw_pdf_find(pdf, object, "Subtype");
	if (object->type != LW_PDF_STREAM)
		return NULL;
	if (lw_pdf_is_name(subtype, "Form") || (!subtype && lw_pdf_find(pdf, object, "BBox")))
		return &form;
	gboolean picture =
		lw_pdf_is_name(subtype, "Image") || (!subtype && lw_pdf_find(pdf, object, "Width"));
	return picture ? &image : NULL;
}

static const LwShape xobject = {
	.keys = (const LwShapeKey[]){END},
	.choose = choose_xobject,
	.finish = finish_unknown,
};

static const LwShape font_file = {.keys = (const LwShapeKey[]){
					  {"Subtype", LW_FORM_NAME, NULL},
					  {"Length1", LW_FORM_NUMBER, NULL},
					  {"Length2", LW_FORM_NUMBER, NULL},
					  {"Length3", LW_FORM_NUMBER, NULL},
					  END,
				  }};

/* CharSet and CIDSet list what a font once held: gone. */
/* Readers choose a stand-in by the family; an embedded font needs none. */
static void finish_descriptor(LwScrub *scrub, LwPdfObject *object)
{
	static const char *const programs[] = {"FontFile", "FontFile2", "FontFile3"};
	for (guint i = 0; i < G_N_ELEMENTS(programs); i++)
		if (lw_pdf_find(scrub->pdf, object, programs[i]))
			lw_pdf_remove(object, "FontFamily");
}

static const LwShape font_descriptor = {.finish = finish_descriptor,
					.keys = (const LwShapeKey[]){
						{"Type", LW_FORM_NAME, NULL},
						{"FontName", LW_FORM_NAME, NULL},
						{"FontFamily", LW_FORM_TEXT, NULL},
						{"FontStretch", LW_FORM_NAME, NULL},
						{"FontWeight", LW_FORM_NUMBER, NULL},
						{"Flags", LW_FORM_NUMBER, NULL},
						{"FontBBox", LW_FORM_DATA, NULL},
						{"ItalicAngle", LW_FORM_NUMBER, NULL},
						{"Ascent", LW_FORM_NUMBER, NULL},
						{"Descent", LW_FORM_NUMBER, NULL},
						{"Leading", LW_FORM_NUMBER, NULL},
						{"CapHeight", LW_FORM_NUMBER, NULL},
						{"XHeight", LW_FORM_NUMBER, NULL},
						{"StemV", LW_FORM_NUMBER, NULL},
						{"StemH", LW_FORM_NUMBER, NULL},
						{"AvgWidth", LW_FORM_NUMBER, NULL},
						{"MaxWidth", LW_FORM_NUMBER, NULL},
						{"MissingWidth", LW_FORM_NUMBER, NULL},
						{"FontFile", LW_FORM_CHILD, &font_file},
						{"FontFile2", LW_FORM_CHILD, &font_file},
						{"FontFile3", LW_FORM_CHILD, &font_file},
						END,
					}};

static const LwShape character_collection = {.keys = (const LwShapeKey[]){
						     {"Registry", LW_FORM_TEXT, NULL},
						     {"Ordering", LW_FORM_TEXT, NULL},
						     {"Supplement", LW_FORM_NUMBER, NULL},
						     END,
					     }};

/* An encoding dictionary or a CMap. */
static const LwShape encoding = {.keys = (const LwShapeKey[]){
					 {"Type", LW_FORM_NAME, NULL},
					 {"BaseEncoding", LW_FORM_NAME, NULL},
					 {"Differences", LW_FORM_GLYPHS, NULL},
					 {"CMapName", LW_FORM_NAME, NULL},
					 {"CIDSystemInfo", LW_FORM_CHILD, &character_collection},
					 {"WMode", LW_FORM_NUMBER, NULL},
					 {"UseCMap", LW_FORM_CHILD, &encoding},
					 END,
				 }};

static const LwShape font = {.keys = (const LwShapeKey[]){
				     {"Type", LW_FORM_NAME, NULL},
				     {"Subtype", LW_FORM_NAME, NULL},
				     {"BaseFont", LW_FORM_NAME, NULL},
				     {"FirstChar", LW_FORM_NUMBER, NULL},
				     {"LastChar", LW_FORM_NUMBER, NULL},
				     {"Widths", LW_FORM_DATA, NULL},
				     {"FontDescriptor", LW_FORM_CHILD, &font_descriptor},
				     {"Encoding", LW_FORM_CHILD, &encoding},
				     {"ToUnicode", LW_FORM_CHILD, &encoding},
				     {"DescendantFonts", LW_FORM_CHILD, &font},
				     {"CIDSystemInfo", LW_FORM_CHILD, &character_collection},
				     {"CIDToGIDMap", LW_FORM_CHILD, &nothing},
				     {"DW", LW_FORM_NUMBER, NULL},
				     {"W", LW_FORM_DATA, NULL},
				     {"DW2", LW_FORM_DATA, NULL},
				     {"W2", LW_FORM_DATA, NULL},
				     {"FontBBox", LW_FORM_DATA, NULL},
				     {"FontMatrix", LW_FORM_DATA, NULL},
				     {"CharProcs", LW_FORM_MAP, &char_proc},
				     {"Resources", LW_FORM_CHILD, &resources},
				     END,
			     }};

static const LwShape resources = {.keys = (const LwShapeKey[]){
					  {"ExtGState", LW_FORM_MAP, &graphics_state},
					  {"ColorSpace", LW_FORM_MAP, &colour},
					  {"Pattern", LW_FORM_MAP, &pattern},
					  {"Shading", LW_FORM_MAP, &shading},
					  {"XObject", LW_FORM_MAP, &xobject},
					  {"Font", LW_FORM_MAP, &font},
					  {"Properties", LW_FORM_MAP, &property},
					  END,
				  }};

static const LwShapeKey page_keys[] = {
	{"Type", LW_FORM_NAME, NULL},
	{"Parent", LW_FORM_OURS, NULL},
	{"Kids", LW_FORM_OURS, NULL},
	{"Count", LW_FORM_NUMBER, NULL},
	{"MediaBox", LW_FORM_DATA, NULL},
	{"CropBox", LW_FORM_DATA, NULL},
	{"BleedBox", LW_FORM_DATA, NULL},
	{"TrimBox", LW_FORM_DATA, NULL},
	{"ArtBox", LW_FORM_DATA, NULL},
	{"Rotate", LW_FORM_NUMBER, NULL},
	{"UserUnit", LW_FORM_NUMBER, NULL},
	{"Resources", LW_FORM_CHILD, &resources},
	{"Contents", LW_FORM_CHILD, &nothing},
	{"Annots", LW_FORM_OURS, NULL},
	{"StructParents", LW_FORM_NUMBER, NULL},
	{"Tabs", LW_FORM_NAME, NULL},
	{"Group", LW_FORM_CHILD, &group},
	END,
};

const LwShape lw_shape_page = {.keys = page_keys};

/* Of an annotation only what it draws with; its own keys are the business of scrub_annots.c. */
static const LwShape drawn = {.keys = (const LwShapeKey[]){
				      {"N", LW_FORM_MAP, &xobject},
				      {"R", LW_FORM_MAP, &xobject},
				      {"D", LW_FORM_MAP, &xobject},
				      END,
			      }};

static const LwShape characteristics = {.keys = (const LwShapeKey[]){
						{"R", LW_FORM_NUMBER, NULL},
						{"BC", LW_FORM_DATA, NULL},
						{"BG", LW_FORM_DATA, NULL},
						{"CA", LW_FORM_TEXT, NULL},
						{"RC", LW_FORM_TEXT, NULL},
						{"AC", LW_FORM_TEXT, NULL},
						{"TP", LW_FORM_NUMBER, NULL},
						{"I", LW_FORM_CHILD, &xobject},
						{"RI", LW_FORM_CHILD, &xobject},
						{"IX", LW_FORM_CHILD, &xobject},
						END,
					}};

static void add_annotations(LwScrub *scrub, LwCleaner *cleaner, LwPdfObject *page)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *annotations = lw_pdf_find(pdf, page, "Annots");
	for (guint i = 0; i < lw_pdf_length(annotations); i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, annotations, i);
		lw_cleaner_add(cleaner, lw_pdf_find(pdf, annotation, "AP"), &drawn);
		lw_cleaner_add(cleaner, lw_pdf_find(pdf, annotation, "MK"), &characteristics);
		lw_cleaner_add(cleaner, lw_pdf_find(pdf, annotation, "OC"), &lw_shape_layer);
	}
}

#define PAGE_TREE_DEPTH 64

/* The page tree as the pages see it, upwards. */
static void add_parents(LwPdf *pdf, LwCleaner *cleaner, GHashTable *nodes, LwPdfObject *page)
{
	for (guint depth = 0; page; depth++) {
		LwPdfObject *parent = lw_pdf_find(pdf, page, "Parent");
		if (depth == PAGE_TREE_DEPTH || lw_scrub_is_page(pdf, parent)) {
			lw_pdf_remove(page, "Parent");
			return;
		}
		if (parent && !g_hash_table_add(nodes, parent))
			return;
		lw_cleaner_add(cleaner, parent, &lw_shape_page);
		page = parent;
	}
}

/* Whatever else hangs in the page tree is no page. */
static void prune_kids(LwPdf *pdf, GHashTable *nodes)
{
	GHashTableIter iter;
	gpointer node;
	g_hash_table_iter_init(&iter, nodes);
	while (g_hash_table_iter_next(&iter, &node, NULL)) {
		LwPdfObject *kids = lw_pdf_find(pdf, node, "Kids");
		if (lw_scrub_is_page(pdf, node)) {
			lw_pdf_remove(node, "Kids");
			lw_pdf_remove(node, "Count");
			continue;
		}
		guint kept = 0;
		for (guint i = 0; i < lw_pdf_length(kids); i++)
			if (g_hash_table_contains(nodes, lw_pdf_item(pdf, kids, i)))
				kids->array.items[kept++] = kids->array.items[i];
		if (lw_pdf_length(kids))
			kids->array.count = kept;
		else
			lw_pdf_remove(node, "Kids");
	}
}

void lw_scrub_resources(LwScrub *scrub)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *catalog = lw_pdf_catalog(pdf);
	g_autoptr(LwCleaner) cleaner = lw_cleaner_new(scrub);
	g_autoptr(GHashTable) nodes = lw_scrub_set_new();
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++) {
		LwPdfObject *page = lw_pdf_page(pdf, i);
		lw_cleaner_add(cleaner, page, &lw_shape_page);
		g_hash_table_add(nodes, page);
		add_parents(pdf, cleaner, nodes, page);
		add_annotations(scrub, cleaner, page);
		lw_cleaner_run(cleaner);
	}
	lw_cleaner_add(cleaner, lw_pdf_find(pdf, catalog, "Pages"), &lw_shape_page);
	g_hash_table_add(nodes, lw_pdf_find(pdf, catalog, "Pages"));
	prune_kids(pdf, nodes);
	lw_cleaner_add(cleaner, lw_pdf_find(pdf, lw_pdf_find(pdf, catalog, "AcroForm"), "DR"),
		       &resources);
	LwPdfObject *intents = lw_pdf_find(pdf, catalog, "OutputIntents");
	for (guint i = 0; i < lw_pdf_length(intents); i++)
		lw_cleaner_add(cleaner,
			       lw_pdf_find(pdf, lw_pdf_item(pdf, intents, i), "DestOutputProfile"),
			       &colour);
	lw_cleaner_run(cleaner);
}
