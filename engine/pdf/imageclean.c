/* imageclean.c - images that no mark meets: their pixels stay, what else they carry goes. */
#include "engine/pdf/image_private.h"

#include "engine/pdf/filter.h"

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

/* Bytes of all samples; 0 when that is not known. */
static gsize samples_size(LwPdf *pdf, LwPdfObject *image)
{
	LwPdfObject *colour = lw_image_find(pdf, image, "ColorSpace", "CS");
	LwPdfObject *mask = lw_image_find(pdf, image, "ImageMask", "IM");
	gboolean stencil = mask && mask->type == LW_PDF_BOOLEAN && mask->boolean;
	gint64 bits = lw_pdf_integer(pdf, lw_image_find(pdf, image, "BitsPerComponent", "BPC"), 0);
	gint64 width = lw_pdf_integer(pdf, lw_image_find(pdf, image, "Width", "W"), 0);
	gint64 height = lw_pdf_integer(pdf, lw_image_find(pdf, image, "Height", "H"), 0);
	LwImageFormat format = {.bits = stencil ? 1 : (guint)CLAMP(bits, 0, 16)};
	if (width < 1 || height < 1 || width > G_MAXINT32 || height > G_MAXINT32 || !format.bits)
		return 0;
	format.width = (guint32)width;
	format.height = (guint32)height;
	if (stencil)
		lw_image_space_plain(&format.space, 1);
	else if (!lw_image_space_read(pdf, colour, NULL, format.bits, &format.space))
		return 0;
	return lw_image_row(&format) * format.height;
}

static int parameter(LwPdf *pdf, const LwPdfObject *all, const char *key, int otherwise)
{
	return (int)CLAMP(lw_pdf_integer(pdf, lw_pdf_find_raw(all, key), otherwise), 0, 1 << 24);
}

/* Do the filters give more than the samples? Stops where they do. */
static gboolean has_tail(LwPdf *pdf, LwPdfObject *image, const char *filter, gsize size)
{
	gsize length;
	const guint8 *raw = g_bytes_get_data(image->stream.raw, &length);
	const LwPdfObject *all = lw_image_parameters(pdf, image);
	int predictor = parameter(pdf, all, "Predictor", 1);
	LwPdfPredictor none = {.predictor = 1,
			       .early_change = parameter(pdf, all, "EarlyChange", 1)};
	gint64 height = lw_pdf_integer(pdf, lw_image_find(pdf, image, "Height", "H"), 0);
	if (!filter)
		return length > size + 2; /* an end of line before endstream may be counted */
	g_autoptr(GByteArray) out = g_byte_array_new();
	g_autoptr(GError) full = NULL;
	if (predictor >= 10)
		size += (gsize)height;
	return !lw_pdf_filter_decode(filter, &none, raw, length, size, out, &full) && full;
}

/* All decoded bytes when there are more than samples; *size gets those of the samples. Yours. */
static GBytes *with_tail(LwPdf *pdf, LwPdfObject *image, gsize *size)
{
	LwPdfObject *filters = lw_pdf_find(pdf, image, "Filter");
	gboolean many = lw_pdf_length(filters) > 0;
	const char *filter = lw_pdf_name(many ? lw_pdf_item(pdf, filters, 0) : filters);
	const char *rest = NULL;
	*size = lw_pdf_length(filters) > 1 ? 0 : samples_size(pdf, image);
	if (!*size || (filter && lw_image_kind(filter) != LW_IMAGE_UNKNOWN) ||
	    !has_tail(pdf, image, filter, *size))
		return NULL;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, image, &rest, NULL);
	return data && !rest && g_bytes_get_size(data) > *size ? g_steal_pointer(&data) : NULL;
}

GBytes *lw_pdf_image_tail(LwPdf *pdf, LwPdfObject *image)
{
	gsize size;
	g_autoptr(GBytes) data = with_tail(pdf, image, &size);
	return data ? g_bytes_new_from_bytes(data, size, g_bytes_get_size(data) - size) : NULL;
}

/* Readers stop at the last sample; what stands behind it is seen by nobody. */
static gboolean cut_tail(LwPdf *pdf, LwPdfObject *image)
{
	gsize size;
	g_autoptr(GBytes) data = with_tail(pdf, image, &size);
	g_autoptr(GBytes) clean = data ? g_bytes_new_from_bytes(data, 0, size) : NULL;
	if (clean)
		lw_pdf_set_data(pdf, image, clean);
	return clean != NULL;
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
		return cut_tail(pdf, image);
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
