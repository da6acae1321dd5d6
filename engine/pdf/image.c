/* image.c - images of a PDF under marks: decoded as far as needed, blanked, and written with
 * white-listed keys.
 *
 * Fails closed: an image, or a mask of one, that cannot be blanked is not there any more. Picture
 * and mask are blanked over the same region, so that nothing shows that the mask used to hide. */
#include "engine/pdf/image_private.h"

#include <string.h>

#define LARGEST_SIDE (1 << 24)

typedef enum {
	PICTURE,
	STENCIL,       /* painted with the current colour; blank is unpainted */
	EXPLICIT_MASK, /* Mask of a picture; blank lets the picture show */
	SOFT_MASK,     /* SMask of a picture; blank is opaque */
} Role;

typedef struct {
	LwPdf *pdf;
	LwPdfObject *image, *resources;
	LwPdfImageDecoder decoder;
	Role role;
	LwImageFormat format;
	gboolean has_space; /* format.space is known */
	GArray *boxes;	    /* LwImageBox */
	gboolean converted; /* colours are no longer those of the original's ColorSpace */
} Job;

static gboolean is_true(const LwPdfObject *object)
{
	return object && object->type == LW_PDF_BOOLEAN && object->boolean;
}

static gboolean is_stencil(LwPdf *pdf, const LwPdfObject *image)
{
	return is_true(lw_image_find(pdf, image, "ImageMask", "IM"));
}

/* --- the format of an image --- */

static gboolean read_size(LwPdf *pdf, const LwPdfObject *image, guint32 *width, guint32 *height)
{
	gint64 w = lw_pdf_integer(pdf, lw_image_find(pdf, image, "Width", "W"), 0);
	gint64 h = lw_pdf_integer(pdf, lw_image_find(pdf, image, "Height", "H"), 0);
	if (w < 1 || h < 1 || w > LARGEST_SIDE || h > LARGEST_SIDE ||
	    w * h > (gint64)LW_IMAGE_SAMPLES)
		return FALSE;
	*width = (guint32)w;
	*height = (guint32)h;
	return TRUE;
}

static gboolean is_one_bit(Role role)
{
	return role == STENCIL || role == EXPLICIT_MASK;
}

/* FALSE when raw samples would make no sense; filters of pictures know better. */
static gboolean read_bits(Job *job)
{
	LwPdfObject *bits = lw_image_find(job->pdf, job->image, "BitsPerComponent", "BPC");
	gint64 value = lw_pdf_integer(job->pdf, bits, is_one_bit(job->role) ? 1 : 8);
	gboolean known = value == 1 || value == 2 || value == 4 || value == 8 || value == 16;
	job->format.bits = known ? (guint)value : 8;
	return known;
}

/* What a blank sample of this role means. */
static void set_fill(Job *job)
{
	LwImageSpace *space = &job->format.space;
	if (job->role != PICTURE)
		space->fill[0] = job->role == EXPLICIT_MASK ? 0 : 1;
}

static void read_space(Job *job)
{
	LwPdf *pdf = job->pdf;
	LwImageSpace *space = &job->format.space;
	LwPdfObject *colour = lw_image_find(pdf, job->image, "ColorSpace", "CS");
	job->has_space = TRUE;
	if (!is_one_bit(job->role) && (colour || job->role == PICTURE))
		job->has_space =
			lw_image_space_read(pdf, colour, job->resources, job->format.bits, space);
	if (job->role != PICTURE) {
		job->has_space &= is_one_bit(job->role) || !colour || space->components == 1;
		lw_image_space_plain(space, 1);
	}
	if (job->has_space)
		lw_image_space_decode(pdf, lw_image_find(pdf, job->image, "Decode", "D"), space);
	set_fill(job);
}

static gboolean read_format(Job *job)
{
	gboolean known = read_bits(job);
	if (is_one_bit(job->role) && job->format.bits != 1)
		return FALSE;
	read_space(job);
	job->has_space &= known;
	return read_size(job->pdf, job->image, &job->format.width, &job->format.height);
}

/* --- the new dictionary --- */

static LwPdfObject *copy_numbers(LwPdf *pdf, const LwPdfObject *array, guint count)
{
	if (lw_pdf_length(array) < count)
		return NULL;
	LwPdfObject *copy = lw_pdf_new_array(pdf);
	for (guint i = 0; i < count; i++) {
		LwPdfObject *item = lw_pdf_item(pdf, array, i);
		if (!lw_pdf_is_number(item))
			return NULL;
		lw_pdf_append(pdf, copy,
			      item->type == LW_PDF_INTEGER ? lw_pdf_new_integer(pdf, item->integer)
							   : lw_pdf_new_real(pdf, item->real));
	}
	return copy;
}

static void set_colours(Job *job, LwPdfObject *to)
{
	LwPdf *pdf = job->pdf;
	guint components = job->format.space.components;
	if (is_one_bit(job->role))
		lw_pdf_set(pdf, to, "ImageMask", lw_pdf_new_boolean(pdf, TRUE));
	else if (job->converted || job->role == SOFT_MASK)
		lw_pdf_set(pdf, to, "ColorSpace",
			   lw_pdf_new_name(pdf, components == 1 ? "DeviceGray" : "DeviceRGB"));
	else if (lw_pdf_find_raw(job->image, "ColorSpace"))
		lw_pdf_set(pdf, to, "ColorSpace", lw_pdf_find_raw(job->image, "ColorSpace"));
	else
		lw_pdf_set(pdf, to, "ColorSpace", lw_pdf_find_raw(job->image, "CS"));
	lw_pdf_set(pdf, to, "BitsPerComponent", lw_pdf_new_integer(pdf, job->format.bits));
	LwPdfObject *decode = lw_image_find(pdf, job->image, "Decode", "D");
	if (!job->converted)
		lw_pdf_set(pdf, to, "Decode", copy_numbers(pdf, decode, 2 * components));
	LwPdfObject *matte = lw_pdf_find(pdf, job->image, "Matte");
	if (job->role == SOFT_MASK && lw_pdf_length(matte) <= LW_IMAGE_COMPONENTS)
		lw_pdf_set(pdf, to, "Matte",
			   copy_numbers(pdf, matte, MAX(1, lw_pdf_length(matte))));
}

static LwPdfObject *new_dictionary(Job *job)
{
	LwPdf *pdf = job->pdf;
	LwPdfObject *to = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, to, "Type", lw_pdf_new_name(pdf, "XObject"));
	lw_pdf_set(pdf, to, "Subtype", lw_pdf_new_name(pdf, "Image"));
	lw_pdf_set(pdf, to, "Width", lw_pdf_new_integer(pdf, job->format.width));
	lw_pdf_set(pdf, to, "Height", lw_pdf_new_integer(pdf, job->format.height));
	set_colours(job, to);
	if (is_true(lw_image_find(pdf, job->image, "Interpolate", "I")))
		lw_pdf_set(pdf, to, "Interpolate", lw_pdf_new_boolean(pdf, TRUE));
	const char *intent = lw_pdf_name(lw_pdf_find(pdf, job->image, "Intent"));
	if (intent)
		lw_pdf_set(pdf, to, "Intent", lw_pdf_new_name(pdf, intent));
	lw_pdf_set(pdf, to, "OC", lw_pdf_find_raw(job->image, "OC"));
	return to;
}

/* --- blanking by kind of data --- */

/* Data with all filters of bytes undone. A filter behind that of a picture makes no sense. */
static GBytes *open_data(LwPdf *pdf, LwPdfObject *image, LwImageKind *kind)
{
	const char *rest = NULL;
	LwPdfObject *filters = lw_pdf_find(pdf, image, "Filter");
	GBytes *data = lw_pdf_decode(pdf, image, &rest, NULL);
	*kind = lw_image_kind(rest);
	if (!filters && lw_pdf_find_raw(image, "F"))
		*kind = LW_IMAGE_UNKNOWN; /* data in another file, or under a key that not all know
					   */
	if (rest && lw_pdf_length(filters)) {
		LwPdfObject *last = lw_pdf_item(pdf, filters, lw_pdf_length(filters) - 1);
		if (!lw_pdf_name(last) || strcmp(lw_pdf_name(last), rest))
			*kind = LW_IMAGE_UNKNOWN;
	}
	return data;
}

static LwPdfObject *blank_raw(Job *job, GBytes *data)
{
	g_autoptr(GBytes) clean =
		job->has_space ? lw_image_fill(&job->format, data, job->boxes) : NULL;
	return clean ? lw_pdf_new_stream(job->pdf, new_dictionary(job), clean) : NULL;
}

static gboolean has_two_values(const guint8 *samples, gsize length)
{
	for (gsize i = 0; i < length; i++)
		if (samples[i] != 0 && samples[i] != 255)
			return FALSE;
	return TRUE;
}

/* An indirect stream that nothing refers to, so that it is never written: what decoding needs, and
 * no more. */
static LwPdfObject *bare_image(LwPdf *pdf, const LwPdfObject *from, GBytes *raw)
{
	static const char *const keys[] = {
		"Width",     "Height",	    "ColorSpace", "BitsPerComponent", "Decode",
		"ImageMask", "Interpolate", "Filter",	  "DecodeParms"};
	LwPdfObject *dictionary = lw_pdf_new_dictionary(pdf);
	LwPdfObject *stream = lw_pdf_new_stream(pdf, dictionary, raw);
	lw_pdf_set(pdf, dictionary, "Subtype", lw_pdf_new_name(pdf, "Image"));
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		lw_pdf_set(pdf, dictionary, keys[i], lw_pdf_find_raw(from, keys[i]));
	return stream;
}

/* As the decoder gets it: no layer, mask or other thing that changes how it shows. */
static LwPdfObject *plain_copy(Job *job)
{
	LwPdf *pdf = job->pdf;
	LwPdfObject *copy = bare_image(pdf, job->image, job->image->stream.raw);
	lw_pdf_remove(copy, "Interpolate");
	lw_pdf_set(pdf, copy, "Width", lw_pdf_new_integer(pdf, job->format.width));
	lw_pdf_set(pdf, copy, "Height", lw_pdf_new_integer(pdf, job->format.height));
	if (is_one_bit(job->role))
		lw_pdf_set(pdf, copy, "ImageMask", lw_pdf_new_boolean(pdf, TRUE));
	return copy;
}

/* What the decoder gives are colours as shown: Decode and colour space are in them already. */
static LwPdfObject *blank_decoded(Job *job)
{
	guint32 width = 0, height = 0, channels = 0;
	g_autoptr(GBytes) samples = NULL;
	if (job->decoder)
		samples = job->decoder(job->pdf, plain_copy(job), &width, &height, &channels);
	gsize length = 0;
	const guint8 *data = samples ? g_bytes_get_data(samples, &length) : NULL;
	if (!data || width != job->format.width || height != job->format.height ||
	    (channels != 1 && (channels != 3 || job->role != PICTURE)) ||
	    length != (gsize)width * height * channels)
		return NULL;
	job->converted = job->has_space = TRUE;
	job->format.bits = 8;
	lw_image_space_plain(&job->format.space, channels);
	set_fill(job);
	if (is_one_bit(job->role) || (channels == 1 && has_two_values(data, length))) {
		g_autoptr(GBytes) packed = lw_image_pack(samples, width, height);
		job->format.bits = 1;
		return blank_raw(job, packed);
	}
	return blank_raw(job, samples);
}

static LwPdfObject *blank_dct(Job *job, GBytes *data)
{
	LwPdf *pdf = job->pdf;
	LwPdfObject *parameters = NULL;
	gint64 transform = lw_pdf_integer(
		pdf, lw_pdf_find(pdf, lw_image_parameters(pdf, job->image), "ColorTransform"), -1);
	if (is_one_bit(job->role))
		return NULL;
	job->format.bits = 8;
	read_space(job); /* a palette has another length with 8 bits */
	if (job->role == SOFT_MASK && !job->has_space)
		return NULL;
	g_autoptr(GBytes) clean = NULL;
	LwJpegResult result =
		lw_jpeg_blank(data, &job->format, (int)CLAMP(transform, -1, 1), job->boxes, &clean);
	if (result == LW_JPEG_REFUSED)
		return blank_decoded(job);
	if (!clean)
		return NULL;
	if (transform >= 0) {
		parameters = lw_pdf_new_dictionary(pdf);
		lw_pdf_set(pdf, parameters, "ColorTransform",
			   lw_pdf_new_integer(pdf, transform ? 1 : 0));
	}
	LwPdfObject *stream = lw_pdf_new_stream(pdf, new_dictionary(job), clean);
	lw_pdf_set_filtered(pdf, stream, clean, "DCTDecode", parameters);
	return stream;
}

/* A new image without masks, or NULL. */
static LwPdfObject *blank_one(Job *job)
{
	LwImageKind kind;
	g_autoptr(GBytes) data = open_data(job->pdf, job->image, &kind);
	if (!data)
		return NULL;
	switch (kind) {
	case LW_IMAGE_RAW:
		return blank_raw(job, data);
	case LW_IMAGE_DCT:
		return blank_dct(job, data);
	case LW_IMAGE_JPX:
	case LW_IMAGE_OTHER:
		return blank_decoded(job);
	default:
		return NULL;
	}
}

/* --- a picture and its mask --- */

static LwPdfObject *stream_of(LwPdf *pdf, const LwPdfObject *image, const char *key)
{
	LwPdfObject *value = lw_pdf_find(pdf, image, key);
	return value && value->type == LW_PDF_STREAM ? value : NULL;
}

/* SMask outranks Mask; only pictures have one. */
static LwPdfObject *mask_of(const Job *job, Role *role)
{
	LwPdfObject *soft = job->role == PICTURE ? stream_of(job->pdf, job->image, "SMask") : NULL;
	LwPdfObject *hard = job->role == PICTURE ? stream_of(job->pdf, job->image, "Mask") : NULL;
	*role = soft ? SOFT_MASK : EXPLICIT_MASK;
	return soft ? soft : hard;
}

static gboolean is_key_of(const Job *job, const LwPdfObject *mask)
{
	return mask && mask->type == LW_PDF_ARRAY && job->role == PICTURE && !job->converted &&
	       lw_pdf_length(mask) == 2 * job->format.space.components;
}

static LwPdfObject *blank_with_mask(Job *picture, const LwPdfUnitRect *rects, guint count,
				    LwPdfObject *mask, Role role)
{
	LwPdf *pdf = picture->pdf;
	const LwImageFormat *format = &picture->format;
	Job job = {.pdf = pdf, .image = mask, .decoder = picture->decoder, .role = role};
	if (!read_format(&job))
		return NULL;
	const LwImageFormat *coarse = lw_image_is_flat(format) ? &job.format : format;
	const LwImageFormat *other = lw_image_is_flat(&job.format) ? coarse : &job.format;
	g_autoptr(GArray) wide = lw_image_padded(rects, count, MIN(coarse->width, other->width),
						 MIN(coarse->height, other->height));
	g_autoptr(GArray) boxes = lw_image_boxes(&job.format, wide, rects, count);
	g_autoptr(GArray) region =
		lw_image_is_flat(&job.format)
			? g_array_ref(wide)
			: lw_image_rects(boxes, job.format.width, job.format.height);
	g_autoptr(GArray) own = lw_image_boxes(format, region, rects, count);
	job.boxes = boxes;
	picture->boxes = own;
	LwPdfObject *clean_mask = blank_one(&job);
	LwPdfObject *clean = clean_mask ? blank_one(picture) : NULL;
	picture->boxes = NULL;
	if (!clean)
		return NULL;
	LwPdfObject *matte = lw_pdf_find(pdf, clean_mask, "Matte");
	if (matte && (picture->converted || lw_pdf_length(matte) != format->space.components))
		lw_pdf_remove(clean_mask, "Matte");
	lw_pdf_set(pdf, clean, role == SOFT_MASK ? "SMask" : "Mask",
		   lw_pdf_reference(pdf, clean_mask));
	return clean;
}

static LwPdfObject *blank_alone(Job *job, const LwPdfUnitRect *rects, guint count)
{
	g_autoptr(GArray) region =
		lw_image_padded(rects, count, job->format.width, job->format.height);
	g_autoptr(GArray) boxes = lw_image_boxes(&job->format, region, rects, count);
	job->boxes = boxes;
	LwPdfObject *clean = blank_one(job);
	job->boxes = NULL;
	LwPdfObject *key = lw_pdf_find(job->pdf, job->image, "Mask");
	if (clean && is_key_of(job, key))
		lw_pdf_set(job->pdf, clean, "Mask",
			   copy_numbers(job->pdf, key, lw_pdf_length(key)));
	return clean;
}

static LwPdfObject *blank(LwPdf *pdf, LwPdfObject *image, LwPdfObject *resources,
			  const LwPdfUnitRect *rects, guint count, LwPdfImageDecoder decoder)
{
	Job job = {.pdf = pdf,
		   .image = image,
		   .resources = resources,
		   .decoder = decoder,
		   .role = is_stencil(pdf, image) ? STENCIL : PICTURE};
	Role role;
	if (!read_format(&job))
		return NULL;
	LwPdfObject *mask = mask_of(&job, &role);
	return mask && mask != image ? blank_with_mask(&job, rects, count, mask, role)
				     : blank_alone(&job, rects, count);
}

/* --- doors --- */

LwPdfObject *lw_pdf_image_blank(LwPdf *pdf, LwPdfObject *image, const LwPdfUnitRect *rects,
				guint rect_count, LwPdfImageDecoder decoder,
				LwPdfImageResult *result)
{
	LwPdfObject *clean = NULL;
	image = lw_pdf_resolve(pdf, image);
	if (image && image->type == LW_PDF_STREAM && rect_count) {
		clean = blank(pdf, image, NULL, rects, rect_count, decoder);
	} else if (image && image->type == LW_PDF_STREAM) {
		clean = lw_pdf_copy(pdf, image);
		lw_pdf_image_clean(pdf, clean);
		lw_pdf_reference(pdf, clean);
	}
	*result = clean ? LW_PDF_IMAGE_CLEAN : LW_PDF_IMAGE_DROPPED;
	return clean;
}

static GBytes *to_hex(GBytes *bytes)
{
	static const char digits[] = "0123456789ABCDEF";
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);
	char *hex = g_malloc(2 * length + 1);
	for (gsize i = 0; i < length; i++) {
		hex[2 * i] = digits[data[i] >> 4];
		hex[2 * i + 1] = digits[data[i] & 15];
	}
	hex[2 * length] = '>';
	return g_bytes_new_take(hex, 2 * length + 1);
}

/* [/ASCIIHexDecode] or [/ASCIIHexDecode /DCTDecode], and the parameters that go with it. */
static void set_hex_filter(LwPdf *pdf, LwPdfObject *dictionary, const LwPdfObject *clean)
{
	LwPdfObject *filters = lw_pdf_new_array(pdf), *parameters = lw_pdf_new_array(pdf);
	LwPdfObject *picture = lw_pdf_find(pdf, clean, "Filter"),
		    *own = lw_pdf_find(pdf, clean, "DecodeParms");
	lw_pdf_append(pdf, filters, lw_pdf_new_name(pdf, "ASCIIHexDecode"));
	lw_pdf_append(pdf, parameters, lw_pdf_new_null(pdf));
	if (picture)
		lw_pdf_append(pdf, filters, picture);
	if (own)
		lw_pdf_append(pdf, parameters, own);
	lw_pdf_set(pdf, dictionary, "Filter", filters);
	lw_pdf_set(pdf, dictionary, "DecodeParms", own ? parameters : NULL);
}

GBytes *lw_pdf_inline_image_blank(LwPdf *pdf, LwPdfObject *dictionary, LwPdfObject *resources,
				  const char *data, gsize length, const LwPdfUnitRect *rects,
				  guint rect_count, LwPdfImageDecoder decoder,
				  LwPdfImageResult *result)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, length);
	LwPdfObject *image = bare_image(pdf, dictionary, bytes);
	LwPdfObject *clean = blank(pdf, image, resources, rects, rect_count, decoder);
	*result = clean ? LW_PDF_IMAGE_CLEAN : LW_PDF_IMAGE_DROPPED;
	dictionary->dictionary.count = 0;
	if (!clean)
		return NULL;
	const LwPdfObject *from = clean->stream.dictionary;
	for (guint i = 0; i < from->dictionary.count; i++) {
		const LwPdfEntry *entry = &from->dictionary.entries[i];
		if (strcmp(entry->key, "Type") && strcmp(entry->key, "Subtype"))
			lw_pdf_set(pdf, dictionary, entry->key, entry->value);
	}
	set_hex_filter(pdf, dictionary, clean);
	return to_hex(clean->stream.raw);
}

GBytes *lw_pdf_inline_image_clean(LwPdf *pdf, LwPdfObject *dictionary, const char *data,
				  gsize length)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, length);
	LwPdfObject *image = bare_image(pdf, dictionary, bytes);
	LwPdfObject *filters = lw_pdf_find(pdf, image, "Filter");
	const char *last = lw_pdf_name(
		lw_pdf_length(filters) ? lw_pdf_item(pdf, filters, lw_pdf_length(filters) - 1)
				       : filters);
	lw_pdf_image_clean(pdf, image);
	if (lw_image_kind(last) != LW_IMAGE_DCT || g_bytes_equal(bytes, image->stream.raw))
		return g_steal_pointer(&bytes);
	set_hex_filter(pdf, dictionary, image);
	return to_hex(image->stream.raw);
}
