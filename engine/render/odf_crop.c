/* odf_crop.c - pictures of which a frame cuts a part off: that part really goes.
 *
 * A PNG keeps its samples as they are; a JPEG becomes a PNG, since its blocks do not end where
 * frames do. What cannot be cut so (GIF, interlaced, drawings) goes as a whole. */
#include "engine/render/odf_work.h"

#include <math.h>
#include <string.h>

#include "engine/base/limits.h"
#include "engine/odf/names.h"
#include "engine/odf/raster.h"
#include "engine/pdf/filter.h"
#include "engine/pdf/object.h"
#include "engine/pdf/page.h"

#define MOST_PIXELS   100000000
#define DEFAULT_DPCM  (96 / 2.54) /* of a picture that does not say how large it is */
#define DEFLATE_LEVEL 6

typedef struct {
	guint32 width, height, bits, colors, type; /* of the samples; type as in PNG */
	double across, down;			   /* samples per centimetre */
	GByteArray *rows;			   /* without filter bytes */
	GByteArray *extra; /* chunks that belong to the samples: PLTE, tRNS, … */
} Samples;

static void samples_clear(Samples *samples)
{
	g_clear_pointer(&samples->rows, g_byte_array_unref);
	g_clear_pointer(&samples->extra, g_byte_array_unref);
}

static gsize row_bytes(const Samples *samples, guint32 width)
{
	return ((gsize)width * samples->colors * samples->bits + 7) / 8;
}

static guint32 big_endian(const guint8 *at)
{
	return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

/* --- PNG (ISO 15948) --- */

typedef struct {
	Samples *samples;
	GByteArray *data; /* of all IDAT chunks */
	gboolean plain;	  /* it is of a sort that we understand */
} Png;

static void read_header(Png *png, const guint8 *body)
{
	static const guint32 colors[] = {1, 0, 3, 1, 2, 0, 4};
	Samples *samples = png->samples;
	samples->width = big_endian(body);
	samples->height = big_endian(body + 4);
	samples->bits = body[8];
	samples->type = body[9];
	samples->colors = samples->type < G_N_ELEMENTS(colors) ? colors[samples->type] : 0;
	png->plain = samples->colors && samples->width && samples->height &&
		     strchr("\1\2\4\10\20", body[8]) && body[8] && !body[12] &&
		     (guint64)samples->width * samples->height <= MOST_PIXELS;
}

static void read_chunk(void *self, LwRasterPart part, const guint8 *bytes, gsize length)
{
	Png *png = self;
	if (part != LW_RASTER_DRAWN || length < 12 || bytes[0] == 0x89)
		return;
	const guint8 *type = bytes + 4, *body = bytes + 8;
	const gsize size = length - 12;
	if (memcmp(type, "IHDR", 4) == 0 && size == 13) {
		read_header(png, body);
	} else if (memcmp(type, "IDAT", 4) == 0) {
		g_byte_array_append(png->data, body, (guint)size);
	} else if (memcmp(type, "pHYs", 4) == 0 && size == 9 && body[8] == 1) {
		png->samples->across = big_endian(body) / 100.0;
		png->samples->down = big_endian(body + 4) / 100.0;
	} else if (memcmp(type, "IEND", 4) != 0) {
		g_byte_array_append(png->samples->extra, bytes, (guint)length);
	}
}

static gboolean read_png(const guint8 *bytes, gsize length, Samples *samples)
{
	g_autoptr(GByteArray) data = g_byte_array_new();
	Png png = {samples, data, FALSE};
	if (!lw_raster_walk(bytes, length, read_chunk, &png) || !png.plain)
		return FALSE;
	const LwPdfPredictor predictor = {15, (int)samples->colors, (int)samples->bits,
					  (int)samples->width, 1};
	const gsize wanted = row_bytes(samples, samples->width) * samples->height;
	if (!lw_pdf_filter_decode("FlateDecode", &predictor, data->data, data->len,
				  MIN(wanted + samples->height + 64, LW_LIMIT_STREAM_BYTES),
				  samples->rows, NULL))
		return FALSE;
	return samples->rows->len >= wanted;
}

static guint32 checksum(const guint8 *bytes, gsize length)
{
	guint32 sum = 0xffffffff;
	for (gsize i = 0; i < length; i++) {
		sum ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
	}
	return ~sum;
}

static void append_number(GByteArray *out, guint32 number)
{
	const guint32 big = GUINT32_TO_BE(number);
	g_byte_array_append(out, (const guint8 *)&big, 4);
}

static void append_chunk(GByteArray *out, const char *type, const void *body, gsize size)
{
	const guint start = out->len + 4;
	append_number(out, (guint32)size);
	g_byte_array_append(out, (const guint8 *)type, 4);
	if (size)
		g_byte_array_append(out, body, (guint)size);
	append_number(out, checksum(out->data + start, size + 4));
}

static GBytes *write_png(const Samples *samples)
{
	g_autoptr(GByteArray) out = g_byte_array_new(), filtered = g_byte_array_new();
	guint8 header[13] = {0};
	const guint32 size[2] = {GUINT32_TO_BE(samples->width), GUINT32_TO_BE(samples->height)};
	const gsize stride = row_bytes(samples, samples->width);
	memcpy(header, size, 8);
	header[8] = (guint8)samples->bits;
	header[9] = (guint8)samples->type;
	for (guint32 y = 0; y < samples->height; y++) {
		g_byte_array_append(filtered, (const guint8 *)"", 1);
		g_byte_array_append(filtered, samples->rows->data + y * stride, (guint)stride);
	}
	g_autoptr(GBytes) packed = lw_pdf_deflate(filtered->data, filtered->len, DEFLATE_LEVEL);
	gsize length;
	const void *data = g_bytes_get_data(packed, &length);
	g_byte_array_append(out, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
	append_chunk(out, "IHDR", header, sizeof header);
	if (samples->extra->len)
		g_byte_array_append(out, samples->extra->data, samples->extra->len);
	append_chunk(out, "IDAT", data, length);
	append_chunk(out, "IEND", NULL, 0);
	return g_byte_array_free_to_bytes(g_steal_pointer(&out));
}

/* --- JPEG, as Poppler shows it --- */

typedef struct {
	guint32 width, height, colors;
	double across, down;
} Jpeg;

static void read_segment(void *self, LwRasterPart part, const guint8 *bytes, gsize length)
{
	Jpeg *jpeg = self;
	if (part != LW_RASTER_DRAWN || length < 10 || bytes[0] != 0xff)
		return;
	const guint8 marker = bytes[1], *body = bytes + 4;
	if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
	    marker != 0xcc) {
		jpeg->height = (guint32)(body[1] << 8 | body[2]);
		jpeg->width = (guint32)(body[3] << 8 | body[4]);
		jpeg->colors = body[5];
	} else if (marker == 0xe0 && length >= 18 && (body[7] == 1 || body[7] == 2)) {
		const double unit = body[7] == 1 ? 2.54 : 1;
		jpeg->across = (body[8] << 8 | body[9]) / unit;
		jpeg->down = (body[10] << 8 | body[11]) / unit;
	}
}

/* A file of one page that shows nothing but the picture, one point per sample. */
static GBytes *file_of(const guint8 *bytes, gsize length, const Jpeg *jpeg)
{
	g_autofree char *draw =
		g_strdup_printf("%u 0 0 %u 0 0 cm /I Do", jpeg->width, jpeg->height);
	GString *file = g_string_new("%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
				     "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n");
	const char *space = jpeg->colors == 1	? "DeviceGray"
			    : jpeg->colors == 4 ? "DeviceCMYK"
						: "DeviceRGB";
	g_string_append_printf(
		file,
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 %u %u]/Contents 4 0 "
		"R/Resources<</XObject<</I 5 0 R>>>>>>\nendobj\n4 0 obj\n<</Length "
		"%zu>>\nstream\n%s\nendstream\nendobj\n5 0 obj\n<</Subtype/Image/Width "
		"%u/Height %u/BitsPerComponent 8/ColorSpace/%s/Filter/DCTDecode/Length "
		"%zu%s>>\nstream\n",
		jpeg->width, jpeg->height, strlen(draw), draw, jpeg->width, jpeg->height, space,
		length, jpeg->colors == 4 ? "/Decode[1 0 1 0 1 0 1 0]" : "");
	g_string_append_len(file, (const char *)bytes, (gssize)length);
	g_string_append(file, "\nendstream\nendobj\ntrailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n");
	g_autoptr(GBytes) made = g_string_free_to_bytes(file);
	return lw_pdf_normalise(made, NULL, NULL, NULL);
}

static gboolean read_jpeg(const guint8 *bytes, gsize length, Samples *samples)
{
	Jpeg jpeg = {0};
	LwPicture picture = {0};
	if (!lw_raster_walk(bytes, length, read_segment, &jpeg) || !jpeg.width || !jpeg.height ||
	    (guint64)jpeg.width * jpeg.height > MOST_PIXELS)
		return FALSE;
	g_autoptr(GBytes) file = file_of(bytes, length, &jpeg);
	g_autoptr(LwPdfPages) pages = file ? lw_pdf_pages_open(file, NULL) : NULL;
	if (!pages || !lw_pdf_pages_picture(pages, 0, 72, &picture, NULL))
		return FALSE;
	*samples = (Samples){picture.width,
			     picture.height,
			     8,
			     picture.channels,
			     picture.channels == 1 ? 0 : 2,
			     jpeg.across,
			     jpeg.down,
			     samples->rows,
			     samples->extra};
	gsize size;
	const guint8 *pixels = g_bytes_get_data(picture.pixels, &size);
	g_byte_array_append(samples->rows, pixels, (guint)size);
	g_bytes_unref(picture.pixels);
	return samples->width == jpeg.width && samples->height == jpeg.height &&
	       size == row_bytes(samples, samples->width) * samples->height;
}

/* --- cutting --- */

/* Four lengths in centimetres; negative ones are margins, and cut nothing. */
static gboolean read_clip(const char *clip, double sides[4])
{
	static const struct {
		const char *name;
		double centimetres;
	} units[] = {{"cm", 1},		{"mm", 0.1},	  {"in", 2.54},
		     {"pt", 2.54 / 72}, {"pc", 2.54 / 6}, {"px", 2.54 / 96}};
	const char *at = clip;
	guint count = 0;
	if (!g_str_has_prefix(at, "rect("))
		return FALSE;
	for (at += 5; *at && *at != ')' && count < 4; count++) {
		at += strspn(at, ", \t\n");
		char *end;
		double length = g_ascii_strtod(at, &end), unit = -1;
		if (g_str_has_prefix(at, "auto"))
			end = (char *)at + 4, length = 0, unit = 0;
		for (guint i = 0; i < G_N_ELEMENTS(units); i++)
			if (unit < 0 && end > at && g_str_has_prefix(end, units[i].name))
				unit = units[i].centimetres, end += 2;
		if (unit < 0 && !(end > at && length == 0))
			return FALSE;
		sides[count] = MAX(length * MAX(unit, 0), 0);
		at = end;
	}
	return count == 4;
}

static guint sample_at(const guint8 *row, guint bits, gsize index)
{
	const gsize bit = index * bits;
	return (row[bit / 8] >> (8 - bits - bit % 8)) & ((1u << bits) - 1);
}

static void copy_row(const Samples *from, const guint8 *row, guint32 first, guint32 width,
		     guint8 *to)
{
	if (from->bits >= 8) {
		const gsize unit = (gsize)from->colors * from->bits / 8;
		memcpy(to, row + first * unit, width * unit);
		return;
	}
	for (gsize i = 0; i < (gsize)width * from->colors; i++) {
		const gsize bit = i * from->bits;
		const guint sample = sample_at(row, from->bits, (gsize)first * from->colors + i);
		to[bit / 8] |= (guint8)(sample << (8 - from->bits - bit % 8));
	}
}

/* Whole samples only: one that a frame cuts through goes. */
static gboolean cut(Samples *samples, const double sides[4])
{
	const double across = samples->across > 0 ? samples->across : DEFAULT_DPCM;
	const double down = samples->down > 0 ? samples->down : DEFAULT_DPCM;
	const double top = ceil(sides[0] * down - 0.01), right = ceil(sides[1] * across - 0.01);
	const double bottom = ceil(sides[2] * down - 0.01), left = ceil(sides[3] * across - 0.01);
	if (!(left + right < samples->width) || !(top + bottom < samples->height))
		return FALSE;
	const guint32 width = samples->width - (guint32)left - (guint32)right;
	const guint32 height = samples->height - (guint32)top - (guint32)bottom;
	const gsize stride = row_bytes(samples, samples->width);
	const gsize narrow = row_bytes(samples, width);
	g_autoptr(GByteArray) rows = g_byte_array_new();
	g_byte_array_set_size(rows, (guint)(narrow * height));
	memset(rows->data, 0, rows->len);
	for (guint32 y = 0; y < height; y++)
		copy_row(samples, samples->rows->data + ((gsize)top + y) * stride, (guint32)left,
			 width, rows->data + y * narrow);
	g_byte_array_unref(samples->rows);
	samples->rows = g_steal_pointer(&rows);
	samples->width = width;
	samples->height = height;
	return TRUE;
}

GBytes *lw_odf_crop_picture(GBytes *picture, const char *clip)
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(picture, &length);
	Samples samples = {.rows = g_byte_array_new(), .extra = g_byte_array_new()};
	double sides[4];
	const LwRasterType type = lw_raster_type(bytes, length);
	const gboolean read = type == LW_RASTER_PNG    ? read_png(bytes, length, &samples)
			      : type == LW_RASTER_JPEG ? read_jpeg(bytes, length, &samples)
						       : FALSE;
	GBytes *out =
		read && read_clip(clip, sides) && cut(&samples, sides) ? write_png(&samples) : NULL;
	samples_clear(&samples);
	return out;
}

/* --- frames --- */

/* A name that no member has; yours. */
static char *dup_new_name(const LwOdfWork *work, const LwNode *frame)
{
	for (guint i = g_hash_table_size(work->fresh) + 1;; i++) {
		char *name = g_strdup_printf("Pictures/lakwerk-part%u.png", i);
		g_autofree char *taken = lw_package_dup_member(work->package, frame, name);
		if (!taken)
			return name;
		g_free(name);
	}
}

static gboolean crop_image(LwOdfWork *work, LwNode *image, const char *clip)
{
	g_autofree char *href = lw_node_dup_attribute(image, ODF_XLINK, "href");
	g_autofree char *member = href ? lw_package_dup_member(work->package, image, href) : NULL;
	g_autoptr(GBytes) whole = member ? lw_package_load(work->package, member, NULL) : NULL;
	GBytes *part = whole ? lw_odf_crop_picture(whole, clip) : NULL;
	if (!part)
		return FALSE;
	char *name = dup_new_name(work, image);
	lw_node_set_attribute(image, ODF_XLINK, "xlink", "href", name);
	g_hash_table_insert(work->fresh, name, part);
	LwAttribute *type = lw_node_attribute(image, ODF_DRAW, "mime-type");
	if (type)
		lw_attribute_set_value(type, "image/png");
	work->receipt->images_changed++;
	return TRUE;
}

/* FALSE: the part that is cut off is still in the picture. */
static gboolean crop_frame(LwOdfWork *work, const LwNode *frame, const char *clip)
{
	gboolean done = TRUE;
	for (LwNode *child = lw_node_first(frame); child; child = lw_node_next(child)) {
		if (lw_node_is(child, ODF_DRAW, "image"))
			done = crop_image(work, child, clip) && done;
	}
	return done;
}

static void crop_frames(LwOdfWork *work, LwXml *tree)
{
	g_autoptr(LwStyles) styles = lw_styles_new(lw_package_part_of(work->package, tree), tree);
	g_autoptr(GPtrArray) frames = g_ptr_array_new();
	LwNode *root = lw_xml_root(tree);
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		const char *clip =
			lw_node_is(node, ODF_DRAW, "frame") ? lw_styles_clip(styles, node) : NULL;
		if (clip && !crop_frame(work, node, clip))
			g_ptr_array_add(frames, node);
	}
	lw_odf_replace_frames(work, frames);
	if (frames->len)
		lw_receipt_notice(work->receipt, "cropped-picture", -1,
				  "a picture of which its frame cuts a part off was removed");
}

/* Pictures are now what the frame shows: a second cut would take too much. */
static void forget_clips(LwXml *tree)
{
	LwNode *root = lw_xml_root(tree);
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		LwAttribute *clip = lw_node_is(node, ODF_STYLE, "graphic-properties")
					    ? lw_node_attribute(node, ODF_FO, "clip")
					    : NULL;
		if (clip)
			lw_attribute_drop(clip);
	}
}

void lw_odf_crop(LwOdfWork *work)
{
	g_autoptr(GPtrArray) trees = lw_package_trees(work->package);
	for (guint i = 0; i < trees->len; i++)
		crop_frames(work, trees->pdata[i]);
	for (guint i = 0; i < trees->len; i++)
		forget_clips(trees->pdata[i]);
}
