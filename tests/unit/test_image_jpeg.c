/* test_image_jpeg.c - JPEG blocks under a box are one value and all others as they were; comments
 * and other segments that only people read are gone, of JPEG 2000 too.
 *
 * Blocks and pixels are read back by libjpeg itself: not with the eyes of who blanked them. */
#include "tests/unit/image_fixture.h"

#include <jpeglib.h>

#define JW 101
#define JH 77

typedef struct {
	int components, h, v;
	gboolean progressive;
	J_COLOR_SPACE in, stored;
	const char *space;
	int restart;
	gboolean arithmetic;
} Jpeg;

static const Jpeg jpegs[] = {
	{1, 1, 1, FALSE, JCS_GRAYSCALE, JCS_GRAYSCALE, "/DeviceGray", 0, FALSE},
	{1, 1, 1, TRUE, JCS_GRAYSCALE, JCS_GRAYSCALE, "/DeviceGray", 0, FALSE},
	{3, 1, 1, FALSE, JCS_RGB, JCS_YCbCr, "/DeviceRGB", 0, FALSE},
	{3, 2, 1, FALSE, JCS_RGB, JCS_YCbCr, "/DeviceRGB", 3, FALSE},
	{3, 2, 2, FALSE, JCS_RGB, JCS_YCbCr, "[/ICCBased<</N 3>>]", 0, FALSE},
	{3, 2, 2, TRUE, JCS_RGB, JCS_YCbCr, "/DeviceRGB", 0, FALSE},
	{3, 1, 2, TRUE, JCS_RGB, JCS_YCbCr, "/DeviceRGB", 2, FALSE},
	{3, 4, 1, FALSE, JCS_RGB, JCS_YCbCr, "/DeviceRGB", 0, FALSE},
	{3, 1, 1, FALSE, JCS_RGB, JCS_RGB, "/DeviceRGB", 0, FALSE},
	{4, 1, 1, FALSE, JCS_CMYK, JCS_CMYK, "/DeviceCMYK", 0, FALSE},
	{4, 2, 2, FALSE, JCS_CMYK, JCS_YCCK, "/DeviceCMYK", 0, FALSE},
	{4, 1, 1, TRUE, JCS_CMYK, JCS_YCCK, "/DeviceCMYK", 0, FALSE},
};

#define EXIF "Exif\0\0Jansen was here"

static GBytes *write_jpeg(const Jpeg *kind)
{
	struct jpeg_compress_struct c;
	struct jpeg_error_mgr errors;
	unsigned char *out = NULL;
	unsigned long size = 0;
	c.err = jpeg_std_error(&errors);
	jpeg_create_compress(&c);
	jpeg_mem_dest(&c, &out, &size);
	c.image_width = JW;
	c.image_height = JH;
	c.input_components = kind->components;
	c.in_color_space = kind->in;
	jpeg_set_defaults(&c);
	jpeg_set_colorspace(&c, kind->stored);
	jpeg_set_quality(&c, 80, TRUE);
	c.restart_interval = (unsigned)kind->restart;
	c.comp_info[0].h_samp_factor = kind->h;
	c.comp_info[0].v_samp_factor = kind->v;
	if (kind->components == 4) {
		c.comp_info[3].h_samp_factor = kind->h;
		c.comp_info[3].v_samp_factor = kind->v;
	}
	c.arith_code = kind->arithmetic;
	if (kind->progressive)
		jpeg_simple_progression(&c);
	jpeg_start_compress(&c, TRUE);
	jpeg_write_marker(&c, JPEG_APP0 + 1, (const JOCTET *)EXIF, sizeof EXIF);
	jpeg_write_marker(&c, JPEG_COM, (const JOCTET *)"Jansen", 6);
	jpeg_write_marker(&c, JPEG_APP0 + 2, (const JOCTET *)"ICC_PROFILE\0\1\1profile", 21);
	jpeg_write_marker(&c, JPEG_APP0 + 2, (const JOCTET *)"MPF\0Jansen", 10);
	g_autofree guint8 *row = noise((gsize)JW * 4 * JH);
	for (int y = 0; y < JH; y++) {
		JSAMPROW at = row + (gsize)y * JW * 4;
		jpeg_write_scanlines(&c, &at, 1);
	}
	jpeg_finish_compress(&c);
	jpeg_destroy_compress(&c);
	GByteArray *all = g_byte_array_new();
	g_byte_array_append(all, out, (guint)size);
	g_byte_array_append(all, (const guint8 *)"Jansen", 6); /* behind the end */
	free(out);
	return g_byte_array_free_to_bytes(all);
}

static gboolean holds(GBytes *bytes, const char *text)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	return memmem(data, length, text, strlen(text)) != NULL;
}

typedef struct {
	struct jpeg_decompress_struct d;
	struct jpeg_error_mgr errors;
	jvirt_barray_ptr *arrays;
} Blocks;

static void open_blocks(Blocks *b, GBytes *bytes)
{
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);
	b->d.err = jpeg_std_error(&b->errors);
	jpeg_create_decompress(&b->d);
	jpeg_mem_src(&b->d, data, length);
	jpeg_read_header(&b->d, TRUE);
	b->arrays = jpeg_read_coefficients(&b->d);
	assert_int_equal(b->d.err->num_warnings, 0);
}

static JCOEFPTR block(Blocks *b, int c, guint x, guint y)
{
	return b->d.mem->access_virt_barray((j_common_ptr)&b->d, b->arrays[c], y, 1, FALSE)[0][x];
}

/* Does block x of a component share an MCU with columns or rows [from, to) of the image? */
static gboolean shares(guint x, int factor, int largest, double from, double to)
{
	guint mcu = x / (guint)factor, size = 8 * (guint)largest;
	return mcu * size < to && (mcu + 1) * size > from;
}

static void compare_blocks(GBytes *before, GBytes *after)
{
	Blocks a = {0}, b = {0};
	guint inside = 0, outside = 0;
	open_blocks(&a, before);
	open_blocks(&b, after);
	assert_int_equal(a.d.num_components, b.d.num_components);
	assert_int_equal(a.d.jpeg_color_space, b.d.jpeg_color_space);
	assert_int_equal(a.d.saw_Adobe_marker, b.d.saw_Adobe_marker);
	assert_int_equal(a.d.saw_JFIF_marker, b.d.saw_JFIF_marker);
	for (int c = 0; c < a.d.num_components; c++) {
		const jpeg_component_info *info = &a.d.comp_info[c];
		for (guint y = 0; y < info->height_in_blocks; y++)
			for (guint x = 0; x < info->width_in_blocks; x++) {
				JCOEFPTR old = block(&a, c, x, y), new = block(&b, c, x, y);
				gboolean hit =
					shares(x, info->h_samp_factor, a.d.max_h_samp_factor,
					       floor(RECT.x0 * JW) - 2, ceil(RECT.x1 * JW) + 2) &&
					shares(y, info->v_samp_factor, a.d.max_v_samp_factor,
					       floor((1 - RECT.y1) * JH) - 2,
					       ceil((1 - RECT.y0) * JH) + 2);
				*(hit ? &inside : &outside) += 1;
				if (!hit)
					assert_memory_equal(old, new, sizeof(JBLOCK));
				for (int k = 1; hit && k < DCTSIZE2; k++)
					assert_int_equal(new[k], 0);
			}
	}
	assert_true(inside > 0 && outside > 0);
	jpeg_destroy_decompress(&a.d);
	jpeg_destroy_decompress(&b.d);
}

static guint8 *decode_jpeg(GBytes *bytes, int *components)
{
	struct jpeg_decompress_struct d;
	struct jpeg_error_mgr errors;
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);
	d.err = jpeg_std_error(&errors);
	jpeg_create_decompress(&d);
	jpeg_mem_src(&d, data, length);
	jpeg_read_header(&d, TRUE);
	d.do_fancy_upsampling =
		FALSE; /* else the last column outside mixes with the first inside */
	jpeg_start_decompress(&d);
	*components = d.output_components;
	guint8 *out = g_malloc((gsize)JW * JH * 4);
	for (guint y = 0; y < JH; y++) {
		JSAMPROW row = out + (gsize)y * JW * (guint)d.output_components;
		jpeg_read_scanlines(&d, &row, 1);
	}
	jpeg_finish_decompress(&d);
	jpeg_destroy_decompress(&d);
	return out;
}

/* Pixels of the box are the black of the space; 32 outside of it nothing changed. */
static void compare_pixels(GBytes *before, GBytes *after, const guint *black)
{
	int n, m;
	g_autofree guint8 *old = decode_jpeg(before, &n), *new = decode_jpeg(after, &m);
	assert_int_equal(n, m);
	for (guint y = 0; y < JH; y++)
		for (guint x = 0; x < JW; x++)
			for (int c = 0; c < n; c++) {
				gsize i = ((gsize)y * JW + x) * (gsize)n + (gsize)c;
				double fx = (x + 0.5) / JW, fy = 1 - (y + 0.5) / JH;
				if (fx > RECT.x0 && fx < RECT.x1 && fy > RECT.y0 && fy < RECT.y1)
					assert_in_range(new[i] + 3u, black[c] + 1, black[c] + 5);
				else if (fx < RECT.x0 - 34.0 / JW || fx > RECT.x1 + 34.0 / JW)
					assert_int_equal(old[i], new[i]);
			}
}

static LwPdfObject *jpeg_image(LwPdf *pdf, const char *space, const char *more, GBytes *bytes)
{
	g_autofree char *dictionary = g_strdup_printf(
		"<</Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s%s>>", JW, JH,
		space, more);
	gsize length;
	const guint8 *data = g_bytes_get_data(bytes, &length);
	return make(pdf, dictionary, data, length, "DCTDecode");
}

static void jpeg_blocks(void **state)
{
	(void)state;
	static const guint black[] = {0, 0, 0, 0}, cmyk[] = {0, 0, 0, 255},
			   inverted[] = {255, 255, 255, 0};
	for (guint i = 0; i < G_N_ELEMENTS(jpegs); i++) {
		g_autoptr(LwPdf) pdf = lw_pdf_new();
		g_autoptr(GBytes) before = write_jpeg(&jpegs[i]);
		gboolean four = jpegs[i].components == 4;
		LwPdfObject *clean = blank(pdf, jpeg_image(pdf, jpegs[i].space, "", before), NULL);
		assert_non_null(clean);
		GBytes *after = clean->stream.raw;
		assert_true(holds(before, "Jansen") && holds(before, "Exif"));
		assert_false(holds(after, "Jansen"));
		assert_false(holds(after, "Exif"));
		assert_true(holds(after, "ICC_PROFILE"));
		assert_true(lw_pdf_is_name(lw_pdf_find(pdf, clean, "Filter"), "DCTDecode"));
		compare_blocks(before, after);
		compare_pixels(before, after, four ? cmyk : black);
		if (!four)
			continue;
		clean = blank(pdf,
			      jpeg_image(pdf, jpegs[i].space, "/Decode[1 0 1 0 1 0 1 0]", before),
			      NULL);
		assert_int_equal(lw_pdf_length(lw_pdf_find(pdf, clean, "Decode")), 8);
		compare_pixels(before, clean->stream.raw, inverted);
	}
}

static void jpeg_as_soft_mask(void **state)
{
	(void)state;
	static const guint white[] = {255};
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autoptr(GBytes) before = write_jpeg(&jpegs[0]);
	LwPdfObject *image = jpeg_image(pdf, "/DeviceGray", "", before);
	lw_pdf_set(pdf, image, "SMask",
		   lw_pdf_reference(pdf, jpeg_image(pdf, "/DeviceGray", "", before)));
	LwPdfObject *mask = lw_pdf_find(pdf, blank(pdf, image, NULL), "SMask");
	compare_pixels(before, mask->stream.raw, white);
}

static guint8 *given;
static guint asked;

static GBytes *decode_given(LwPdf *pdf, LwPdfObject *image, guint32 *width, guint32 *height,
			    guint32 *channels)
{
	(void)pdf, (void)image;
	asked++;
	*width = JW;
	*height = JH;
	*channels = 1;
	return g_bytes_new(given, (gsize)JW * JH);
}

static void jpeg_goes_to_the_decoder_or_away(void **state)
{
	(void)state;
	static const Jpeg kind = {.components = 1,
				  .h = 1,
				  .v = 1,
				  .in = JCS_GRAYSCALE,
				  .stored = JCS_GRAYSCALE,
				  .arithmetic = TRUE};
	g_autoptr(GBytes) arithmetic = write_jpeg(&kind);
	g_autoptr(GBytes) broken = g_bytes_new_static("\xFF\xD8\xFF\xD9", 4);
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autoptr(GBytes) before = write_jpeg(&jpegs[2]);
	LwPdfObject *image = jpeg_image(pdf, "/DeviceRGB", "", before);
	lw_pdf_set(pdf, image, "Width", lw_pdf_new_integer(pdf, JW - 1));
	assert_null(blank(pdf, image, decode_given)); /* readers disagree about such a size */
	assert_int_equal(asked, 0);
	given = noise((gsize)JW * JH);
	LwPdfObject *clean = blank(pdf, jpeg_image(pdf, "/DeviceRGB", "", broken), decode_given);
	assert_true(lw_pdf_is_name(lw_pdf_find(pdf, clean, "ColorSpace"), "DeviceGray"));
	assert_null(lw_pdf_find_raw(clean, "Filter"));
	gsize length;
	const guint8 *after = data_of(clean, &length);
	assert_int_equal(length, JW * JH);
	assert_int_equal(after[JH / 2 * JW + JW / 2], 0);
	assert_memory_equal(after, given, 20 * JW);
	LwPdfObject *coded = jpeg_image(pdf, "/DeviceGray", "", arithmetic);
	assert_null(blank(pdf, coded, NULL));
	assert_non_null(blank(pdf, coded, decode_given));
	assert_int_equal(asked, 2);
	g_free(given);
	image = jpeg_image(pdf, "/DeviceGray", "", before);
	lw_pdf_remove(image, "BitsPerComponent");
	lw_pdf_set(pdf, image, "ImageMask", lw_pdf_new_boolean(pdf, TRUE));
	assert_null(blank(pdf, image, decode_given));
}

static void jpeg_cut_and_flipped(void **state)
{
	(void)state;
	for (guint k = 0; k < G_N_ELEMENTS(jpegs); k += 5) {
		g_autoptr(GBytes) whole = write_jpeg(&jpegs[k]);
		gsize length;
		const guint8 *data = g_bytes_get_data(whole, &length);
		guint32 random = k;
		for (guint i = 0; i < 120; i++) {
			g_autoptr(LwPdf) pdf = lw_pdf_new();
			g_autofree guint8 *copy = g_memdup2(data, length);
			gsize size = i < 60 ? length * i / 60 : length;
			for (guint f = 0; i >= 60 && f < 6; f++) {
				random = random * 1664525 + 1013904223;
				copy[(random >> 8) % (i < 90 ? 700 : length)] ^=
					(guint8)(1 + (random & 0x7F));
			}
			g_autoptr(GBytes) bytes = g_bytes_new(copy, size);
			LwPdfObject *image = jpeg_image(pdf, jpegs[k].space, "", bytes);
			LwPdfObject *clean = blank(pdf, image, NULL);
			if (clean)
				assert_false(holds(clean->stream.raw, "Jansen"));
			lw_pdf_image_clean(pdf, image);
		}
	}
}

static void jpeg_inline(void **state)
{
	(void)state;
	static const guint black[] = {0, 0, 0};
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autoptr(GBytes) before = write_jpeg(&jpegs[3]);
	gsize length;
	const char *data = g_bytes_get_data(before, &length);
	LwPdfImageResult result;
	LwPdfObject *dictionary =
		parse(pdf, "<</Width 101/Height 77/BitsPerComponent 8/ColorSpace/DeviceRGB"
			   "/Filter[/DCTDecode]/DecodeParms[<</ColorTransform 1/X(x)>>]>>");
	g_autoptr(GBytes) hex = lw_pdf_inline_image_blank(pdf, dictionary, NULL, data, length,
							  &RECT, 1, NULL, &result);
	assert_non_null(hex);
	LwPdfObject *again = lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), hex);
	lw_pdf_set(pdf, again, "Filter", lw_pdf_find_raw(dictionary, "Filter"));
	LwPdfObject *parameters = lw_pdf_find(pdf, dictionary, "DecodeParms");
	assert_int_equal(lw_pdf_length(parameters), 2);
	assert_null(lw_pdf_find_raw(lw_pdf_item(pdf, parameters, 1), "X"));
	const char *rest;
	g_autoptr(GBytes) after = lw_pdf_decode(pdf, again, &rest, NULL);
	assert_string_equal(rest, "DCTDecode");
	compare_blocks(before, after);
	compare_pixels(before, after, black);
}

/* --- cleaning --- */

static void jpeg_is_cleaned_without_loss(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(jpegs); i++) {
		g_autoptr(LwPdf) pdf = lw_pdf_new();
		g_autoptr(GBytes) before = write_jpeg(&jpegs[i]);
		LwPdfObject *image = jpeg_image(pdf, jpegs[i].space, "", before);
		int n;
		assert_true(lw_pdf_image_clean(pdf, image));
		GBytes *after = image->stream.raw;
		assert_false(holds(after, "Jansen"));
		assert_false(holds(after, "Exif"));
		assert_true(holds(after, "ICC_PROFILE"));
		g_autofree guint8 *old = decode_jpeg(before, &n), *new = decode_jpeg(after, &n);
		assert_memory_equal(old, new, (gsize)JW * JH * (guint)n);
		assert_false(lw_pdf_image_clean(pdf, image)); /* nothing is left to take out */
	}
}

static void thumbnail_of_jfif_goes(void **state)
{
	(void)state;
	static const char jpeg[] = "\xFF\xD8\xFF\xE0\0\x13JFIF\0\1\1\0\0\1\0\1\1\1abc"
				   "\xFF\xE0\0\x0AJFXX\0\x10xy\xFF\xD9";
	static const char plain[] = "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xFF\xD9";
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	LwPdfObject *image = make(pdf, "<</Width 1/Height 1>>", jpeg, sizeof jpeg - 1, "DCTDecode");
	assert_true(lw_pdf_image_clean(pdf, image));
	assert_int_equal(g_bytes_get_size(image->stream.raw), sizeof plain - 1);
	assert_memory_equal(g_bytes_get_data(image->stream.raw, NULL), plain, sizeof plain - 1);
	image = make(pdf, "<</Width 1/Height 1>>", "no picture: Jansen", 18, "DCTDecode");
	assert_true(lw_pdf_image_clean(pdf, image));
	assert_int_equal(g_bytes_get_size(image->stream.raw), 0);
}

#define CODE_STREAM(comment)                                                                       \
	"\xFF\x4F\xFF\x51\0\4ab\xFF\x64\0\x0A\0\1" comment "\xFF\x90\0\x0A\0\0\0\0\0\x1C\0\1"      \
	"\xFF\x64\0\x0A\0\1" comment "\xFF\x93zz\xFF\xD9"

static void jpx_loses_what_is_not_needed(void **state)
{
	(void)state;
	static const char before[] = "\0\0\0\x0CjP  \r\n\x87\n\0\0\0\x0C"
				     "ftypjp2 \0\0\0\x0Exml Jansen"
				     "\0\0\0\x1Fjp2h\0\0\0\x09ihdrX\0\0\0\x0Exml Jansen"
				     "\0\0\0\x0Euuid"
				     "Jansen"
				     "\0\0\0\0jp2c" CODE_STREAM("Jansen");
	static const char box[] = "\0\0\0\x09ihdrX";
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	LwPdfObject *image = make(pdf, "<</Width 1/Height 1/SMaskInData 1>>", before,
				  sizeof before - 1, "JPXDecode");
	assert_true(lw_pdf_image_clean(pdf, image));
	GBytes *after = image->stream.raw;
	gsize length;
	const char *data = g_bytes_get_data(after, &length);
	assert_false(holds(after, "Jansen"));
	assert_false(holds(after, "uuid"));
	assert_non_null(memmem(data, length, box, sizeof box - 1));
	static const char stream[] = CODE_STREAM("\0\0\0\0\0\0");
	assert_memory_equal(data + length - (sizeof stream - 1), stream, sizeof stream - 1);
	assert_non_null(lw_pdf_find_raw(image, "SMaskInData"));
	assert_false(lw_pdf_image_clean(pdf, image));
	image = make(pdf, "<<>>", CODE_STREAM("Jansen"), sizeof stream - 1, "JPXDecode");
	assert_true(lw_pdf_image_clean(pdf, image));
	assert_memory_equal(g_bytes_get_data(image->stream.raw, &length), stream,
			    sizeof stream - 1);
	for (gsize cut = 0; cut < sizeof before; cut++) {
		image = make(pdf, "<<>>", before, cut, "JPXDecode");
		lw_pdf_image_clean(pdf, image);
		assert_true(cut > 0 || !g_bytes_get_size(image->stream.raw));
	}
}

static void clean_copy_without_rects(void **state)
{
	(void)state;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autofree guint8 *data = noise(W * H);
	LwPdfImageResult result;
	LwPdfObject *image =
		make(pdf, "<</W 23/H 17/BPC 8/CS/DeviceGray/Metadata(x)/Type/XObject>>", data,
		     W * H, NULL);
	LwPdfObject *clean = lw_pdf_image_blank(pdf, image, NULL, 0, NULL, &result);
	gsize length;
	assert_int_equal(result, LW_PDF_IMAGE_CLEAN);
	assert_memory_equal(data_of(clean, &length), data, W * H);
	assert_null(lw_pdf_find_raw(clean, "Metadata"));
	assert_non_null(lw_pdf_find_raw(image, "Metadata"));
	assert_int_equal(lw_pdf_integer(pdf, lw_pdf_find(pdf, clean, "Width"), 0), W);
	assert_true(clean->number > 0 && clean->number != image->number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(jpeg_blocks),
		cmocka_unit_test(jpeg_as_soft_mask),
		cmocka_unit_test(jpeg_goes_to_the_decoder_or_away),
		cmocka_unit_test(jpeg_inline),
		cmocka_unit_test(jpeg_cut_and_flipped),
		cmocka_unit_test(jpeg_is_cleaned_without_loss),
		cmocka_unit_test(thumbnail_of_jfif_goes),
		cmocka_unit_test(jpx_loses_what_is_not_needed),
		cmocka_unit_test(clean_copy_without_rects),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
