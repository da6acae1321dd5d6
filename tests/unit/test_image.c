/* test_image.c - samples under a box are gone in every kind of image, and all others are as they
 * were.
 *
 * Samples are read back here, bit by bit: not with the eyes of who blanked them. */
#include "tests/unit/image_fixture.h"

/* RECT with 2 samples around. */
enum { X0 = 4, X1 = 16, Y0 = 3, Y1 = 15 };

static gboolean in_box(guint x, guint y)
{
	return x >= X0 && x < X1 && y >= Y0 && y < Y1;
}

static guint sample(const guint8 *data, guint bits, guint per_row, guint y, guint index)
{
	gsize row = ((gsize)per_row * bits + 7) / 8;
	guint value = 0;
	for (guint b = 0; b < bits; b++) {
		gsize bit = (gsize)index * bits + b;
		value = value << 1 | (data[y * row + bit / 8] >> (7 - bit % 8) & 1);
	}
	return value;
}

/* Outside: as `before`; inside: `inside` of each component. */
static void check_samples(const LwPdfObject *clean, const guint8 *before, guint bits, guint n,
			  const guint *inside)
{
	gsize length;
	const guint8 *after = data_of(clean, &length);
	assert_int_equal(length, (gsize)(W * n * bits + 7) / 8 * H);
	for (guint y = 0; y < H; y++)
		for (guint i = 0; i < W * n; i++) {
			guint is = sample(after, bits, W * n, y, i);
			if (in_box(i / n, y))
				assert_int_equal(is, inside[i % n]);
			else
				assert_int_equal(is, sample(before, bits, W * n, y, i));
		}
}

static void check_raw(const char *space, guint bits, guint n, const guint *inside)
{
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	gsize length = (gsize)(W * n * bits + 7) / 8 * H;
	g_autofree guint8 *data = noise(length);
	g_autofree char *dictionary = g_strdup_printf(
		"<</Subtype/Image/Width %d/Height %d/BitsPerComponent %u %s>>", W, H, bits, space);
	LwPdfObject *clean = blank(pdf, make(pdf, dictionary, data, length, NULL), NULL);
	assert_non_null(clean);
	assert_true(clean->number > 0);
	assert_int_equal(lw_pdf_integer(pdf, lw_pdf_find(pdf, clean, "Width"), 0), W);
	assert_int_equal(lw_pdf_integer(pdf, lw_pdf_find(pdf, clean, "BitsPerComponent"), 0), bits);
	check_samples(clean, data, bits, n, inside);
}

/* --- raw samples --- */

static void every_depth_and_space(void **state)
{
	(void)state;
	static const struct {
		const char *space;
		guint n;
		double black[5]; /* as a part of the largest sample */
	} cases[] = {
		{"/ColorSpace/DeviceGray", 1, {0}},
		{"/ColorSpace/DeviceGray/Decode[1 0]", 1, {1}},
		{"/ColorSpace/DeviceRGB", 3, {0}},
		{"/ColorSpace/DeviceRGB/Decode[1 0 0 1 1 0]", 3, {1, 0, 1}},
		{"/ColorSpace/DeviceCMYK", 4, {0, 0, 0, 1}},
		{"/ColorSpace/DeviceCMYK/Decode[1 0 1 0 1 0 1 0]", 4, {1, 1, 1, 0}},
		{"/ColorSpace[/CalGray<</WhitePoint[1 1 1]>>]", 1, {0}},
		{"/ColorSpace[/CalRGB<</WhitePoint[1 1 1]>>]", 3, {0}},
		{"/ColorSpace[/Lab<</WhitePoint[1 1 1]/Range[-100 100 -50 150]>>]",
		 3,
		 {0, 0.5, 0.25}},
		{"/ColorSpace[/ICCBased<</N 1>>]", 1, {0}},
		{"/ColorSpace[/ICCBased<</N 3>>]", 3, {0}},
		{"/ColorSpace[/ICCBased<</N 4>>]", 4, {0, 0, 0, 1}},
		{"/ColorSpace[/ICCBased<</Alternate/DeviceRGB>>]", 3, {0}},
		{"/ColorSpace[/Separation/Spot/DeviceGray<<>>]", 1, {1}},
		{"/ColorSpace[/DeviceN[/A/B/C/D/E]/DeviceCMYK<<>>]", 5, {1, 1, 1, 1, 1}},
		{"/CS/RGB", 3, {0}},
	};
	static const guint depths[] = {1, 2, 4, 8, 16};
	for (guint c = 0; c < G_N_ELEMENTS(cases); c++)
		for (guint d = 0; d < G_N_ELEMENTS(depths); d++) {
			guint inside[5], largest = (1u << depths[d]) - 1;
			for (guint i = 0; i < 5; i++)
				inside[i] = (guint)(cases[c].black[i] * largest + 0.5);
			check_raw(cases[c].space, depths[d], cases[c].n, inside);
		}
}

static void palette_gives_its_darkest(void **state)
{
	(void)state;
	check_raw("/ColorSpace[/Indexed/DeviceRGB 3<FFFFFF 800000 101010 00FF00>]", 2, 1,
		  (guint[]){2});
	check_raw("/ColorSpace[/Indexed/DeviceRGB 3<FFFFFF 800000 101010 00FF00>]/Decode[3 0]", 2,
		  1, (guint[]){1});
	check_raw("/ColorSpace[/Indexed/DeviceGray 255<FF00>]", 8, 1, (guint[]){1});
	check_raw("/ColorSpace[/Indexed/DeviceCMYK 2<00000000 FF000000 00000080>]", 4, 1,
		  (guint[]){2});
	check_raw("/ColorSpace[/Indexed[/Separation/Spot/DeviceGray<<>>]2<00 FF 10>]", 4, 1,
		  (guint[]){1});
	/* An entry that is cut off is none. */
	check_raw("/ColorSpace[/Indexed/DeviceRGB 2<FFFFFF 808080 0000>]", 2, 1, (guint[]){1});
	/* Darker entries past the last index, or that no sample reaches, are none. */
	check_raw("/ColorSpace[/Indexed/DeviceGray 1<FF 80 00>]", 2, 1, (guint[]){1});
	check_raw("/ColorSpace[/Indexed/DeviceGray 2<FF 80 00>]", 1, 1, (guint[]){1});
}

static void stencil_becomes_unpainted(void **state)
{
	(void)state;
	check_raw("/ImageMask true", 1, 1, (guint[]){1});
	check_raw("/ImageMask true/Decode[0 1]", 1, 1, (guint[]){1});
	check_raw("/ImageMask true/Decode[1 0]", 1, 1, (guint[]){0});
}

static void only_listed_keys_are_copied(void **state)
{
	(void)state;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autofree guint8 *data = noise(W * H);
	LwPdfObject *image = make(pdf,
				  "<</Subtype/Image/Width 23/Height 17/BitsPerComponent "
				  "8/ColorSpace/DeviceGray/StructParent 3"
				  "/Name/Jansen/Metadata(Jansen)/Alternates[1]/OPI<<>>/"
				  "PieceInfo<<>>/ID(x)/Intent/Perceptual"
				  "/Interpolate true/Mask[0 3]/OC<</Type/OCG>>>>",
				  data, W * H, NULL);
	LwPdfObject *clean = blank(pdf, image, NULL);
	static const char *const gone[] = {"StructParent", "Name", "Metadata", "Alternates",
					   "OPI",	   "ID",   "PieceInfo"};
	static const char *const kept[] = {"Intent", "Interpolate", "Mask",
					   "OC",     "ColorSpace",  "Type"};
	for (guint i = 0; i < G_N_ELEMENTS(gone); i++)
		assert_null(lw_pdf_find_raw(clean, gone[i]));
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
		assert_non_null(lw_pdf_find_raw(clean, kept[i]));
	gsize length;
	assert_memory_equal(data_of(image, &length), data, W * H); /* the original is not changed */
	assert_non_null(lw_pdf_find_raw(image, "Metadata"));
}

static void wrong_lengths(void **state)
{
	(void)state;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	static const char grey[] =
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray>>";
	g_autofree guint8 *data = noise(W * H + 500);
	gsize length;
	LwPdfObject *clean = blank(pdf, make(pdf, grey, data, W * H + 500, NULL), NULL);
	check_samples(clean, data, 8, 1, (guint[]){0}); /* what follows the picture is gone */
	clean = blank(pdf, make(pdf, grey, data, 100, NULL), NULL);
	const guint8 *after = data_of(clean, &length);
	assert_int_equal(length, W * H);
	assert_memory_equal(after, data, 3 * W);
	assert_int_equal(after[W * H - 1], 0);
}

static void what_cannot_be_understood_goes(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"<<>>",
		"<</Width 23/Height 17>>",
		"<</Width 0/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray>>",
		"<</Width -23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray>>",
		"<</Width 23/Height 17/BitsPerComponent 3/ColorSpace/DeviceGray>>",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/Pattern>>",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace[/Pattern/DeviceRGB]>>",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/Unknown>>",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace[/DeviceN[]/DeviceGray 1]>>",
		"<</Width 23/Height 17/BitsPerComponent 16/ColorSpace[/Indexed/DeviceGray "
		"1<0001>]>>",
		"<</Width 23/Height 17/BitsPerComponent 8/ImageMask true>>",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/Bogus>>",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode>>",
		"<</Width 23/Height 17/BitsPerComponent "
		"8/ColorSpace/DeviceGray/Filter/CCITTFaxDecode>>",
		"<</Width 23/Height 17/BitsPerComponent "
		"8/ColorSpace/DeviceGray/Filter[/DCTDecode/Fl]>>",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray/F(file)>>",
		"<</Width 2147483647/Height 2147483647/BitsPerComponent 8/ColorSpace/DeviceGray>>",
		"<</Width 100000/Height 100000/BitsPerComponent 1/ColorSpace/DeviceGray>>",
		"<</Width 14000/Height 14000/BitsPerComponent 16/ColorSpace/DeviceCMYK>>",
		"<</Width 9000/Height 9000/BitsPerComponent 8/ColorSpace/DeviceGray>>",
	};
	g_autofree guint8 *data = noise(W * H * 2);
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(LwPdf) pdf = lw_pdf_new();
		g_autoptr(GBytes) bytes = g_bytes_new(data, W * H * 2);
		LwPdfObject *dictionary = parse(pdf, bad[i]),
			    *filter = lw_pdf_find(pdf, dictionary, "Filter");
		LwPdfObject *image = lw_pdf_new_stream(pdf, dictionary, bytes);
		lw_pdf_set(pdf, image, "Filter", filter);
		assert_null(blank(pdf, image, NULL));
	}
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	assert_null(blank(pdf, NULL, NULL));
	assert_null(blank(pdf, lw_pdf_new_dictionary(pdf), NULL));
	assert_false(lw_pdf_image_clean(pdf, NULL));
}

static void strange_rects(void **state)
{
	(void)state;
	static const LwPdfUnitRect rects[] = {{-1e300, -1e300, 1e300, 1e300},
					      {-INFINITY, 0, INFINITY, 1},
					      {(double)NAN, 0, 1, 1}};
	g_autofree guint8 *data = noise(W * H);
	static const guint8 zeros[W * H];
	for (guint i = 0; i < G_N_ELEMENTS(rects); i++) {
		g_autoptr(LwPdf) pdf = lw_pdf_new();
		LwPdfImageResult result;
		LwPdfObject *image = make(
			pdf, "<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray>>",
			data, W * H, NULL);
		LwPdfObject *clean = lw_pdf_image_blank(pdf, image, &rects[i], 1, NULL, &result);
		gsize length;
		assert_memory_equal(data_of(clean, &length), zeros, W * H);
	}
}

/* --- masks --- */

static LwPdfObject *with_mask(LwPdf *pdf, const char *key, const char *mask,
			      const guint8 *mask_data, gsize length, const guint8 *data)
{
	LwPdfObject *image = make(
		pdf,
		"<</Subtype/Image/Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceRGB>>",
		data, (gsize)W * H * 3, NULL);
	lw_pdf_set(pdf, image, key,
		   lw_pdf_reference(pdf, make(pdf, mask, mask_data, length, NULL)));
	return image;
}

static void check_mask(const char *key, const char *mask, guint bits, guint inside)
{
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autofree guint8 *data = noise((gsize)W * H * 3), *mask_data = noise((gsize)W * H * 2);
	gsize length = (gsize)(W * bits + 7) / 8 * H;
	LwPdfObject *clean = blank(pdf, with_mask(pdf, key, mask, mask_data, length, data), NULL);
	check_samples(clean, data, 8, 3, (guint[]){0, 0, 0});
	LwPdfObject *fresh = lw_pdf_find(pdf, clean, key);
	check_samples(fresh, mask_data, bits, 1, &inside);
	assert_null(lw_pdf_find_raw(fresh, "Metadata"));
	assert_null(lw_pdf_find_raw(fresh, "SMask"));
}

static void masks_show_the_box(void **state)
{
	(void)state;
	check_mask("SMask",
		   "<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray/Metadata(x)>>",
		   8, 255);
	check_mask("SMask",
		   "<</Width 23/Height 17/BitsPerComponent 4/ColorSpace/DeviceGray/Decode[1 0]>>",
		   4, 0);
	check_mask("SMask",
		   "<</Width 23/Height 17/BitsPerComponent 16/ColorSpace/DeviceGray/SMask 5 0 R>>",
		   16, 65535);
	check_mask("Mask", "<</Width 23/Height 17/BitsPerComponent 1/ImageMask true>>", 1, 0);
	check_mask("Mask", "<</Width 23/Height 17/ImageMask true/Decode[1 0]>>", 1, 1);
}

static void matte_only_where_it_fits(void **state)
{
	(void)state;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autofree guint8 *data = noise((gsize)W * H * 3);
	LwPdfObject *good = with_mask(
		pdf, "SMask",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray/Matte[1 1 1]>>",
		data, W * H, data);
	LwPdfObject *bad = with_mask(
		pdf, "SMask",
		"<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray/Matte[1]>>", data,
		W * H, data);
	assert_int_equal(lw_pdf_length(lw_pdf_find(
				 pdf, lw_pdf_find(pdf, blank(pdf, good, NULL), "SMask"), "Matte")),
			 3);
	assert_null(lw_pdf_find(pdf, lw_pdf_find(pdf, blank(pdf, bad, NULL), "SMask"), "Matte"));
}

/* Where the mask was opened, the picture behind it is black: nothing shows that was hidden. */
static void coarse_mask_opens_no_picture(void **state)
{
	(void)state;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autofree guint8 *data = noise((gsize)W * H * 3);
	guint8 hidden[10 * 7] = {0};
	LwPdfObject *clean =
		blank(pdf,
		      with_mask(pdf, "SMask",
				"<</Width 10/Height 7/BitsPerComponent 8/ColorSpace/DeviceGray>>",
				hidden, sizeof hidden, data),
		      NULL);
	gsize length;
	const guint8 *mask = data_of(lw_pdf_find(pdf, clean, "SMask"), &length),
		     *after = data_of(clean, &length);
	guint open = 0;
	for (guint y = 0; y < H * 20; y++)
		for (guint x = 0; x < W * 20; x++) {
			guint alpha = mask[y * 7 / (H * 20) * 10 + x * 10 / (W * 20)];
			const guint8 *pixel = after + 3 * (y / 20 * W + x / 20);
			open += alpha > 0;
			if (alpha)
				assert_int_equal(pixel[0] + pixel[1] + pixel[2], 0);
		}
	assert_true(open > 0 && open < H * W * 400);
}

static void single_sample_mask_stays(void **state)
{
	(void)state;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autofree guint8 *data = noise((gsize)W * H * 3);
	LwPdfObject *clean =
		blank(pdf,
		      with_mask(pdf, "SMask",
				"<</Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray>>",
				(const guint8 *)"\x80", 1, data),
		      NULL);
	gsize length;
	check_samples(clean, data, 8, 3, (guint[]){0, 0, 0});
	assert_int_equal(*data_of(lw_pdf_find(pdf, clean, "SMask"), &length), 0x80);
}

/* A colour in the shape of its mask, as large as the page: only the mask can tell anything. */
static void single_sample_picture(void **state)
{
	(void)state;
	static const LwPdfUnitRect most = {0.1, 0.1, 0.95, 0.95};
	static const char grey[] = "<</Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray>>";
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autofree guint8 *data = noise(W * H);
	LwPdfImageResult result;
	gsize length;
	LwPdfObject *image = make(pdf, grey, "\xC0", 1, NULL);
	assert_int_equal(*data_of(blank(pdf, image, NULL), &length), 0xC0);
	assert_int_equal(*data_of(lw_pdf_image_blank(pdf, image, &most, 1, NULL, &result), &length),
			 0);
	LwPdfObject *mask =
		make(pdf, "<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray>>", data,
		     W * H, NULL);
	lw_pdf_set(pdf, image, "SMask", lw_pdf_reference(pdf, mask));
	LwPdfObject *clean = blank(pdf, image, NULL);
	assert_int_equal(*data_of(clean, &length), 0xC0);
	check_samples(lw_pdf_find(pdf, clean, "SMask"), data, 8, 1, (guint[]){255});
}

static void bad_mask_takes_the_picture_along(void **state)
{
	(void)state;
	static const char *const bad[][2] = {
		{"SMask", "<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceRGB>>"},
		{"SMask", "<</Width 0/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray>>"},
		{"Mask", "<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray>>"}};
	g_autofree guint8 *data = noise((gsize)W * H * 3);
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(LwPdf) pdf = lw_pdf_new();
		assert_null(blank(pdf, with_mask(pdf, bad[i][0], bad[i][1], data, W * H * 3, data),
				  NULL));
	}
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	LwPdfObject *self =
		make(pdf, "<</Width 23/Height 17/BitsPerComponent 8/ColorSpace/DeviceGray>>", data,
		     W * H, NULL);
	lw_pdf_set(pdf, self, "SMask", lw_pdf_reference(pdf, self));
	assert_null(lw_pdf_find_raw(blank(pdf, self, NULL), "SMask")); /* a cycle ends */
}

/* --- decoders --- */

static guint8 *given;
static guint32 given_channels, given_width = W;
static gsize given_missing;

static GBytes *decode_given(LwPdf *pdf, LwPdfObject *image, guint32 *width, guint32 *height,
			    guint32 *channels)
{
	assert_null(lw_pdf_find_raw(image, "OC"));
	assert_null(lw_pdf_find_raw(image, "SMask"));
	assert_true(lw_pdf_is_name(lw_pdf_find(pdf, image, "Subtype"), "Image"));
	*width = given_width;
	*height = H;
	*channels = given_channels;
	gsize length = (gsize)given_width * H * given_channels - given_missing;
	return given ? g_bytes_new(given, length) : NULL;
}

static LwPdfObject *blank_given(LwPdf *pdf, const char *more, const char *filter)
{
	g_autofree char *dictionary =
		g_strdup_printf("<</Subtype/Image/Width 23/Height 17%s>>", more);
	return blank(pdf, make(pdf, dictionary, "data", 4, filter), decode_given);
}

static void pictures_of_other_filters(void **state)
{
	(void)state;
	static const char *const filters[] = {"JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "CCF"};
	g_autofree guint8 *data = noise((gsize)W * H * 3);
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	given = data;
	for (guint i = 0; i < G_N_ELEMENTS(filters); i++) {
		given_channels = 3;
		LwPdfObject *clean = blank_given(
			pdf, "/Decode[1 0]/SMaskInData 1/OC<<>>/ColorSpace[/Lab<<>>]/Mask[1 2]",
			filters[i]);
		check_samples(clean, data, 8, 3, (guint[]){0, 0, 0});
		assert_true(lw_pdf_is_name(lw_pdf_find(pdf, clean, "ColorSpace"), "DeviceRGB"));
		assert_null(lw_pdf_find_raw(clean, "Filter"));
		assert_null(lw_pdf_find_raw(clean, "Decode"));
		assert_null(lw_pdf_find_raw(clean, "SMaskInData"));
		assert_null(lw_pdf_find_raw(clean, "Mask"));
		given_channels = 1;
		clean = blank_given(pdf, "/BitsPerComponent 1", filters[i]);
		check_samples(clean, data, 8, 1, (guint[]){0});
		assert_true(lw_pdf_is_name(lw_pdf_find(pdf, clean, "ColorSpace"), "DeviceGray"));
	}
	given_width = W + 1;
	given_channels = 1;
	assert_null(blank_given(pdf, "", "JPXDecode"));
	given_width = W;
	given_missing = 1;
	assert_null(blank_given(pdf, "", "JPXDecode"));
	given_missing = 0;
	given_channels = 2;
	assert_null(blank_given(pdf, "", "JPXDecode"));
	given = NULL;
	assert_null(blank_given(pdf, "", "JPXDecode"));
}

static void stencils_of_other_filters(void **state)
{
	(void)state;
	g_autofree guint8 *bits = noise((gsize)(W + 7) / 8 * H), *grey = g_malloc(W * H);
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	for (guint y = 0; y < H; y++)
		for (guint x = 0; x < W; x++)
			grey[y * W + x] = sample(bits, 1, W, y, x) ? 255 : 0;
	given = grey;
	given_channels = 1;
	/* What is shown black is painted: sample 0, whatever Decode the original had. */
	LwPdfObject *clean = blank_given(pdf, "/ImageMask true/Decode[1 0]", "CCITTFaxDecode");
	check_samples(clean, bits, 1, 1, (guint[]){1});
	assert_null(lw_pdf_find_raw(clean, "Decode"));
	assert_true(lw_pdf_find(pdf, clean, "ImageMask")->boolean);
	/* Two values stay one bit. */
	clean = blank_given(pdf, "/BitsPerComponent 1", "JBIG2Decode");
	check_samples(clean, bits, 1, 1, (guint[]){0});
	assert_int_equal(lw_pdf_integer(pdf, lw_pdf_find(pdf, clean, "BitsPerComponent"), 0), 1);
	/* As the mask of a picture, the box shows. */
	g_autofree guint8 *data = noise((gsize)W * H * 3);
	LwPdfObject *image =
		with_mask(pdf, "Mask", "<</Width 23/Height 17/ImageMask true>>", data, 10, data);
	lw_pdf_set(pdf, lw_pdf_find(pdf, image, "Mask"), "Filter",
		   lw_pdf_new_name(pdf, "JBIG2Decode"));
	clean = blank(pdf, image, decode_given);
	check_samples(lw_pdf_find(pdf, clean, "Mask"), bits, 1, 1, (guint[]){0});
}

/* --- inline images --- */

static void inline_images(void **state)
{
	(void)state;
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	g_autofree guint8 *data = noise((gsize)W * H * 3);
	LwPdfImageResult result;
	LwPdfObject *resources = parse(pdf, "<</ColorSpace<</Cs1[/Indexed/DeviceGray 1<00FF>]>>>>");
	LwPdfObject *dictionary = parse(
		pdf,
		"<</Width 23/Height 17/BitsPerComponent 1/ColorSpace/Cs1/Name(x)/Decode[1 0]>>");
	g_autoptr(GBytes) hex = lw_pdf_inline_image_blank(
		pdf, dictionary, resources, (const char *)data, 3 * H, &RECT, 1, NULL, &result);
	assert_int_equal(result, LW_PDF_IMAGE_CLEAN);
	assert_null(lw_pdf_find_raw(dictionary, "Name"));
	assert_null(lw_pdf_find_raw(dictionary, "Subtype"));
	assert_true(lw_pdf_is_name(lw_pdf_find(pdf, dictionary, "ColorSpace"), "Cs1"));
	LwPdfObject *again = lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), hex);
	lw_pdf_set(pdf, again, "Filter", lw_pdf_find_raw(dictionary, "Filter"));
	const char *rest;
	g_autoptr(GBytes) back = lw_pdf_decode(pdf, again, &rest, NULL);
	assert_null(rest);
	lw_pdf_set_data(pdf, again, back);
	check_samples(again, data, 1, 1, (guint[]){1}); /* Decode turns index 0 into sample 1 */

	assert_false(lw_pdf_length(lw_pdf_find(pdf, dictionary, "Filter")) == 2);
	dictionary = parse(pdf, "<</Width 23/Height 17/BitsPerComponent 1/ColorSpace/Cs2>>");
	assert_null(lw_pdf_inline_image_blank(pdf, dictionary, resources, (const char *)data, 51,
					      &RECT, 1, NULL, &result));
	assert_int_equal(result, LW_PDF_IMAGE_DROPPED);
	dictionary = parse(pdf, "<</Width 23/Height 17/ImageMask true/Filter/CCITTFaxDecode>>");
	assert_null(lw_pdf_inline_image_blank(pdf, dictionary, NULL, (const char *)data, 51, &RECT,
					      1, NULL, &result));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_depth_and_space),
		cmocka_unit_test(palette_gives_its_darkest),
		cmocka_unit_test(stencil_becomes_unpainted),
		cmocka_unit_test(only_listed_keys_are_copied),
		cmocka_unit_test(wrong_lengths),
		cmocka_unit_test(what_cannot_be_understood_goes),
		cmocka_unit_test(strange_rects),
		cmocka_unit_test(masks_show_the_box),
		cmocka_unit_test(matte_only_where_it_fits),
		cmocka_unit_test(coarse_mask_opens_no_picture),
		cmocka_unit_test(single_sample_mask_stays),
		cmocka_unit_test(single_sample_picture),
		cmocka_unit_test(bad_mask_takes_the_picture_along),
		cmocka_unit_test(pictures_of_other_filters),
		cmocka_unit_test(stencils_of_other_filters),
		cmocka_unit_test(inline_images),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
