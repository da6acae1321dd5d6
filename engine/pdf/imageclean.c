/* imageclean.c - images that no mark meets: their pixels stay, what else they carry goes. */
#include "engine/pdf/image_private.h"

#include <string.h>

LwPdfObject *lw_image_find(LwPdf *pdf, const LwPdfObject *image, const char *key, const char *brief)
{
	LwPdfObject *value = lw_pdf_find(pdf, image, key);
	return value ? value : lw_pdf_find(pdf, image, brief);
}

LwPdfObject *lw_image_parameters(LwPdf *pdf, const LwPdfObject *image)
{
	LwPdfObject *all = lw_image_find(pdf, image, "DecodeParms", "DP");
	if (all && all->type == LW_PDF_ARRAY)
		return lw_pdf_length(all) ? lw_pdf_item(pdf, all, lw_pdf_length(all) - 1) : NULL;
	return all;
}

LwImageKind lw_image_kind(const char *rest)
{
	static const struct {
		const char *name;
		LwImageKind kind;
	} kinds[] = {{"DCTDecode", LW_IMAGE_DCT}, {"DCT", LW_IMAGE_DCT},
		     {"JPXDecode", LW_IMAGE_JPX}, {"CCITTFaxDecode", LW_IMAGE_OTHER},
		     {"CCF", LW_IMAGE_OTHER},	  {"JBIG2Decode", LW_IMAGE_OTHER}};
	if (!rest)
		return LW_IMAGE_RAW;
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (!strcmp(rest, kinds[i].name))
			return kinds[i].kind;
	return LW_IMAGE_UNKNOWN;
}

/* TRUE when the data got smaller or different. */
static gboolean clean_data(LwPdf *pdf, LwPdfObject *image)
{
	const char *rest = NULL;
	LwPdfObject *filters = lw_pdf_find(pdf, image, "Filter");
	gboolean many = filters && filters->type == LW_PDF_ARRAY;
	const char *last =
		lw_pdf_name(many ? lw_pdf_item(pdf, filters, lw_pdf_length(filters) - 1) : filters);
	LwImageKind kind = lw_image_kind(last);
	if (!last || (kind != LW_IMAGE_DCT && kind != LW_IMAGE_JPX))
		return FALSE;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, image, &rest, NULL);
	if (!data || !rest || lw_image_kind(rest) != kind)
		return FALSE;
	g_autoptr(GBytes) clean = kind == LW_IMAGE_DCT ? lw_jpeg_strip(data) : lw_jpx_strip(data);
	if (g_bytes_equal(clean, data))
		return FALSE;
	lw_pdf_set_filtered(pdf, image, clean, kind == LW_IMAGE_DCT ? "DCTDecode" : "JPXDecode",
			    lw_image_parameters(pdf, image));
	return TRUE;
}

static const char *const kept_keys[][2] = {
	{"Type", NULL},	       {"Subtype", NULL},    {"Width", "W"},
	{"Height", "H"},       {"ColorSpace", "CS"}, {"BitsPerComponent", "BPC"},
	{"Decode", "D"},       {"ImageMask", "IM"},  {"Interpolate", "I"},
	{"Intent", NULL},      {"SMask", NULL},	     {"SMaskInData", NULL},
	{"Mask", NULL},	       {"Matte", NULL},	     {"Filter", NULL},
	{"DecodeParms", "DP"}, {"OC", NULL},	     {"Length", NULL}};

static gboolean keep_listed(LwPdf *pdf, LwPdfObject *image)
{
	LwPdfObject *old = image->stream.dictionary, *fresh = lw_pdf_new_dictionary(pdf);
	for (guint i = 0; i < G_N_ELEMENTS(kept_keys); i++) {
		LwPdfObject *value = lw_pdf_find_raw(old, kept_keys[i][0]);
		if (!value && kept_keys[i][1])
			value = lw_pdf_find_raw(old, kept_keys[i][1]);
		if (value)
			lw_pdf_set(pdf, fresh, kept_keys[i][0], value);
	}
	gboolean less = fresh->dictionary.count < old->dictionary.count;
	image->stream.dictionary = fresh;
	return less;
}

gboolean lw_pdf_image_clean(LwPdf *pdf, LwPdfObject *image)
{
	if (!image || image->type != LW_PDF_STREAM || !lw_pdf_dictionary_of(image))
		return FALSE;
	gboolean fewer_keys = keep_listed(pdf, image);
	return clean_data(pdf, image) || fewer_keys;
}
