/* scrub.c - what a PDF says about itself: catalog, Info, XMP, layers, output intents.
 *
 * The catalog keeps what is named here; Info goes, XMP is written anew and says only a neutral
 * title and which standard the file followed. The same document and style give the same bytes. */
#include "engine/render/pdf/scrub_shape.h"
#include "engine/pdf/names.h"

#include <string.h>

/* Dynamic XFA: the pages are a "please wait", the document is a script that we do not run. */
gboolean lw_scrub_admit(LwPdf *pdf, GError **error)
{
	LwPdfObject *catalog = lw_pdf_catalog(pdf);
	LwPdfObject *form = lw_pdf_find(pdf, catalog, "AcroForm");
	LwPdfObject *rendering = lw_pdf_find(pdf, catalog, "NeedsRendering");
	gboolean needs = rendering && rendering->type == LW_PDF_BOOLEAN && rendering->boolean;
	gboolean xfa = lw_pdf_find(pdf, form, "XFA") != NULL;
	if (!needs && (!xfa || lw_pdf_length(lw_pdf_find(pdf, form, "Fields")) > 0))
		return TRUE;
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
			    "a dynamic XFA form has no pages of its own");
	return FALSE;
}

/* The digit after a property of the old XMP, written as attribute or element; 0 when it is not
 * there. */
static char xmp_value(const char *xmp, gsize length, const char *property)
{
	const char *at = g_strstr_len(xmp, (gssize)length, property);
	if (!at)
		return 0;
	const char *end = MIN(at + strlen(property) + 8, xmp + length);
	for (at += strlen(property); at < end; at++)
		if (g_ascii_isalnum(*at))
			return *at;
	return 0;
}

static void append_standard(GString *out, LwPdf *pdf, LwPdfObject *old)
{
	const char *rest = NULL;
	g_autoptr(GBytes) bytes =
		old && old->type == LW_PDF_STREAM ? lw_pdf_decode(pdf, old, &rest, NULL) : NULL;
	if (!bytes)
		return;
	gsize length;
	const char *xmp = g_bytes_get_data(bytes, &length);
	char part = xmp_value(xmp, length, "pdfaid:part");
	char conformance = xmp_value(xmp, length, "pdfaid:conformance");
	if (part >= '1' && part <= '3' &&
	    (conformance == 'A' || conformance == 'B' || (conformance == 'U' && part != '1'))) {
		if (part == '1')
			lw_pdf_write_old(pdf);
		g_string_append_printf(out,
				       "<rdf:Description rdf:about=\"\" "
				       "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
				       "<pdfaid:part>%c</pdfaid:part>"
				       "<pdfaid:conformance>%c</pdfaid:conformance>"
				       "</rdf:Description>\n",
				       part, conformance);
	}
	if (xmp_value(xmp, length, "pdfuaid:part") == '1')
		g_string_append(out, "<rdf:Description rdf:about=\"\" "
				     "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">"
				     "<pdfuaid:part>1</pdfuaid:part></rdf:Description>\n");
}

static void rebuild_xmp(LwScrub *scrub, LwPdfObject *catalog)
{
	LwPdf *pdf = scrub->pdf;
	GString *xmp =
		g_string_new("<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
			     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n<rdf:RDF xmlns:rdf="
			     "\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
	g_string_append_printf(xmp,
			       "<rdf:Description rdf:about=\"\" "
			       "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title><rdf:Alt>"
			       "<rdf:li xml:lang=\"x-default\">%s</rdf:li>"
			       "</rdf:Alt></dc:title></rdf:Description>\n",
			       lw_scrub_say(scrub, "Gelakt document", "Redacted document"));
	append_standard(xmp, pdf, lw_pdf_find(pdf, catalog, "Metadata"));
	g_string_append(xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");

	g_autoptr(GBytes) bytes = g_string_free_to_bytes(xmp);
	LwPdfObject *dictionary = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, dictionary, "Type", lw_pdf_new_name(pdf, "Metadata"));
	lw_pdf_set(pdf, dictionary, "Subtype", lw_pdf_new_name(pdf, "XML"));
	LwPdfObject *stream = lw_pdf_new_stream(pdf, dictionary, bytes);
	lw_pdf_set(pdf, catalog, "Metadata", lw_pdf_reference(pdf, stream));
}

static void finish_intent(LwScrub *scrub, LwPdfObject *intent)
{
	static const char *const texts[] = {"OutputConditionIdentifier", "OutputCondition",
					    "RegistryName", "Info"};
	LwPdf *pdf = scrub->pdf;
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		LwPdfObject *string = lw_pdf_find(pdf, intent, texts[i]);
		g_autofree char *text = lw_pdf_text(string);
		if (lw_pdf_is_condition(text))
			continue;
		/* The first is required; "Custom" is what the standard says for "see the profile".
		 */
		LwPdfObject *custom = i == 0 ? lw_pdf_new_text(pdf, "Custom") : NULL;
		lw_pdf_set(pdf, intent, texts[i], custom);
	}
}

static const LwShape intent_shape = {
	.keys = (const LwShapeKey[]){{"Type", LW_FORM_NAME, NULL},
				     {"S", LW_FORM_NAME, NULL},
				     {"OutputConditionIdentifier", LW_FORM_OURS, NULL},
				     {"OutputCondition", LW_FORM_OURS, NULL},
				     {"RegistryName", LW_FORM_OURS, NULL},
				     {"Info", LW_FORM_OURS, NULL},
				     {"DestOutputProfile", LW_FORM_OURS, NULL},
				     {NULL, 0, NULL}},
	.finish = finish_intent,
};

static void clean_intents(LwScrub *scrub, LwPdfObject *catalog)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *intents = lw_pdf_find(pdf, catalog, "OutputIntents");
	LwPdfObject *fresh = lw_pdf_new_array(pdf);
	for (guint i = 0; i < lw_pdf_length(intents); i++) {
		LwPdfObject *intent = lw_pdf_item(pdf, intents, i);
		if (!intent || intent->type != LW_PDF_DICTIONARY)
			continue;
		lw_shape_apply(scrub, intent, &intent_shape);
		LwPdfObject *profile = lw_pdf_find(pdf, intent, "DestOutputProfile");
		if (profile && profile->type != LW_PDF_STREAM)
			lw_pdf_remove(intent, "DestOutputProfile");
		lw_pdf_append(pdf, fresh, lw_pdf_reference(pdf, intent));
	}
	lw_pdf_set(pdf, catalog, "OutputIntents", lw_pdf_length(fresh) ? fresh : NULL);
}

/* What was hidden is cut; what is left is on, under names that say nothing. */
static void rebuild_layers(LwScrub *scrub, LwPdfObject *catalog)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *old = lw_pdf_find(pdf, lw_pdf_find(pdf, catalog, "OCProperties"), "OCGs");
	LwPdfObject *layers = lw_pdf_new_array(pdf);
	g_autoptr(GHashTable) seen = lw_scrub_set_new();
	for (guint i = 0; i < lw_pdf_length(old); i++) {
		LwPdfObject *layer = lw_pdf_item(pdf, old, i);
		if (!lw_pdf_is_name(lw_pdf_find(pdf, layer, "Type"), "OCG") ||
		    layer->type != LW_PDF_DICTIONARY || !g_hash_table_add(seen, layer))
			continue;
		g_autofree char *name =
			g_strdup_printf("%s %u", lw_scrub_say(scrub, "Laag", "Layer"),
					MIN(g_hash_table_size(seen), 999999));
		lw_pdf_set(pdf, layer, "Name", lw_pdf_new_text(pdf, name));
		lw_shape_apply(scrub, layer, &lw_shape_layer);
		lw_pdf_remove(layer, "OCGs");
		lw_pdf_append(pdf, layers, lw_pdf_reference(pdf, layer));
	}
	lw_pdf_remove(catalog, "OCProperties");
	if (lw_pdf_length(layers) == 0)
		return;
	LwPdfObject *properties = lw_pdf_new_dictionary(pdf), *normal = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, normal, "Name",
		   lw_pdf_new_text(pdf, lw_scrub_say(scrub, "Lagen", "Layers")));
	lw_pdf_set(pdf, normal, "BaseState", lw_pdf_new_name(pdf, "ON"));
	lw_pdf_set(pdf, properties, "OCGs", layers);
	lw_pdf_set(pdf, properties, "D", normal);
	lw_pdf_set(pdf, catalog, "OCProperties", properties);
}

static void keep_name_of(LwPdf *pdf, LwPdfObject *catalog, const char *key,
			 const char *const *allowed)
{
	const char *name = lw_pdf_name(lw_pdf_find(pdf, catalog, key));
	gboolean keep = name && g_strv_contains(allowed, name);
	lw_pdf_set(pdf, catalog, key, keep ? lw_pdf_new_name(pdf, name) : NULL);
}

static void rebuild_view(LwScrub *scrub, LwPdfObject *catalog)
{
	static const char *const modes[] = {"UseNone", "UseOutlines", "UseThumbs", NULL};
	static const char *const layouts[] = {
		"SinglePage",	"OneColumn", "TwoColumnLeft", "TwoColumnRight", "TwoPageLeft",
		"TwoPageRight", NULL};
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *view = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, view, "DisplayDocTitle", lw_pdf_new_boolean(pdf, TRUE));
	lw_pdf_set(pdf, catalog, "ViewerPreferences", view);
	keep_name_of(pdf, catalog, "PageMode", modes);
	keep_name_of(pdf, catalog, "PageLayout", layouts);

	LwPdfObject *marked = lw_pdf_find(pdf, lw_pdf_find(pdf, catalog, "MarkInfo"), "Marked");
	LwPdfObject *info = NULL;
	if (marked && marked->type == LW_PDF_BOOLEAN) {
		info = lw_pdf_new_dictionary(pdf);
		lw_pdf_set(pdf, info, "Marked", lw_pdf_new_boolean(pdf, marked->boolean));
	}
	lw_pdf_set(pdf, catalog, "MarkInfo", info);
}

static const LwShape catalog_shape = {.keys = (const LwShapeKey[]){
					      {"Type", LW_FORM_NAME, NULL},
					      {"Pages", LW_FORM_OURS, NULL},
					      {"PageLabels", LW_FORM_OURS, NULL},
					      {"Names", LW_FORM_OURS, NULL},
					      {"Dests", LW_FORM_OURS, NULL},
					      {"Outlines", LW_FORM_OURS, NULL},
					      {"ViewerPreferences", LW_FORM_OURS, NULL},
					      {"PageLayout", LW_FORM_OURS, NULL},
					      {"PageMode", LW_FORM_OURS, NULL},
					      {"AcroForm", LW_FORM_OURS, NULL},
					      {"Metadata", LW_FORM_OURS, NULL},
					      {"StructTreeRoot", LW_FORM_OURS, NULL},
					      {"MarkInfo", LW_FORM_OURS, NULL},
					      {"Lang", LW_FORM_LANG, NULL},
					      {"OutputIntents", LW_FORM_OURS, NULL},
					      {"OCProperties", LW_FORM_OURS, NULL},
					      {NULL, 0, NULL},
				      }};

/* People should know that these were there: they were part of what the document did. */
static void notice_losses(LwScrub *scrub, LwPdfObject *catalog)
{
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *names = lw_pdf_find(pdf, catalog, "Names");
	LwPdfObject *form = lw_pdf_find(pdf, catalog, "AcroForm");
	if (lw_pdf_find(pdf, names, "EmbeddedFiles") || lw_pdf_find(pdf, catalog, "AF"))
		lw_receipt_notice(scrub->receipt, "attachments-removed", -1,
				  "attached files were removed");
	if (lw_pdf_find(pdf, names, "JavaScript"))
		lw_receipt_notice(scrub->receipt, "scripts-removed", -1, "scripts were removed");
	if (lw_pdf_find(pdf, form, "XFA"))
		lw_receipt_notice(scrub->receipt, "xfa-removed", -1,
				  "the XFA copy of the form was removed");
	if (lw_pdf_find(pdf, catalog, "Perms") || lw_pdf_find(pdf, catalog, "DSS"))
		lw_receipt_notice(scrub->receipt, "signatures-removed", -1,
				  "digital signatures were removed");
}

/* Whoever refers to a page later must not reach one that nobody sees. */
static void drop_stray_pages(LwPdf *pdf)
{
	g_autoptr(GHashTable) pages = lw_scrub_set_new();
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++) {
		LwPdfObject *page = lw_pdf_page(pdf, i);
		g_hash_table_add(pages, page);
		lw_pdf_set(pdf, page, "Type", lw_pdf_new_name(pdf, "Page"));
	}
	for (guint32 number = 1; number < lw_pdf_object_count(pdf); number++) {
		LwPdfObject *object = lw_pdf_object(pdf, number);
		if (lw_scrub_is_page(pdf, object) && !g_hash_table_contains(pages, object))
			lw_pdf_drop(pdf, object);
	}
}

void lw_scrub_document(LwScrub *scrub)
{
	static const char *const trailer_keys[] = {"Info", "ID", "Encrypt", "Prev", "XRefStm"};
	LwPdf *pdf = scrub->pdf;
	LwPdfObject *catalog = lw_pdf_catalog(pdf);
	LwPdfObject *trailer = lw_scrub_dictionary(lw_pdf_trailer(pdf));
	for (guint i = 0; trailer && i < G_N_ELEMENTS(trailer_keys); i++)
		lw_pdf_remove(trailer, trailer_keys[i]);
	if (!catalog || catalog->type != LW_PDF_DICTIONARY)
		return;
	drop_stray_pages(pdf);
	notice_losses(scrub, catalog);
	lw_shape_apply(scrub, catalog, &catalog_shape);
	rebuild_xmp(scrub, catalog);
	rebuild_layers(scrub, catalog);
	rebuild_view(scrub, catalog);
	clean_intents(scrub, catalog);
}
