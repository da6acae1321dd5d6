/* imagecolour.c - colour spaces as far as blanking needs them: how many components, and what is
 * black.
 *
 * No colour is ever converted: a box gets samples that the space itself calls black, or its fullest
 * tint. */
#include "engine/pdf/image_private.h"

#include <math.h>
#include <string.h>

#define SPACE_DEPTH 4 /* names, alternates and bases inside one another */

typedef struct {
	LwPdf *pdf;
	LwPdfObject *resources;
	guint bits;
} Reader;

static gboolean read_space(const Reader *reader, LwPdfObject *colour, guint depth,
			   LwImageSpace *space);

static void set_component(LwImageSpace *space, guint c, double low, double high, double fill)
{
	space->low[c] = low;
	space->high[c] = high;
	space->fill[c] = CLAMP(fill, MIN(low, high), MAX(low, high));
}

void lw_image_space_plain(LwImageSpace *space, guint components)
{
	space->components = MIN(components, LW_IMAGE_COMPONENTS);
	for (guint c = 0; c < space->components; c++)
		set_component(space, c, 0, 1, c == 3 ? 1 : 0);
}

void lw_image_space_decode(LwPdf *pdf, LwPdfObject *decode, LwImageSpace *space)
{
	double numbers[2 * LW_IMAGE_COMPONENTS];
	if (lw_pdf_length(decode) < 2 * space->components)
		return;
	for (guint i = 0; i < 2 * space->components; i++) {
		numbers[i] = lw_pdf_number(pdf, lw_pdf_item(pdf, decode, i), NAN);
		if (!isfinite(numbers[i]))
			return;
	}
	for (guint c = 0; c < space->components; c++) {
		space->low[c] = numbers[2 * c];
		space->high[c] = numbers[2 * c + 1];
	}
}

guint lw_image_space_sample(const LwImageSpace *space, guint component, guint maximum)
{
	double low = space->low[component], span = space->high[component] - low;
	if (!(fabs(span) > 1e-9))
		return 0;
	double part = (space->fill[component] - low) / span;
	return (guint)lround(CLAMP(part, 0.0, 1.0) * maximum);
}

static gboolean read_named(const Reader *reader, const char *name, guint depth, LwImageSpace *space)
{
	static const struct {
		const char *name;
		guint components;
	} known[] = {{"DeviceGray", 1}, {"G", 1},    {"CalGray", 1},
		     {"DeviceRGB", 3},	{"RGB", 3},  {"CalRGB", 3},
		     {"DeviceCMYK", 4}, {"CMYK", 4}, {"CalCMYK", 4}};
	for (guint i = 0; i < G_N_ELEMENTS(known); i++)
		if (!strcmp(name, known[i].name)) {
			lw_image_space_plain(space, known[i].components);
			return TRUE;
		}
	LwPdfObject *spaces = lw_pdf_find(reader->pdf, reader->resources, "ColorSpace");
	LwPdfObject *colour = lw_pdf_find(reader->pdf, spaces, name);
	return colour && read_space(reader, colour, depth + 1, space);
}

/* Range of Lab and of ICC profiles: pairs from component `first` on. */
static void read_range(LwPdf *pdf, LwPdfObject *range, guint first, LwImageSpace *space)
{
	for (guint c = first; c < space->components; c++) {
		guint i = 2 * (c - first);
		double low = lw_pdf_number(pdf, lw_pdf_item(pdf, range, i), space->low[c]);
		double high = lw_pdf_number(pdf, lw_pdf_item(pdf, range, i + 1), space->high[c]);
		if (isfinite(low) && isfinite(high))
			set_component(space, c, low, high, space->fill[c]);
	}
}

static gboolean read_lab(LwPdf *pdf, LwPdfObject *dictionary, LwImageSpace *space)
{
	space->components = 3;
	set_component(space, 0, 0, 100, 0);
	set_component(space, 1, -100, 100, 0);
	set_component(space, 2, -100, 100, 0);
	read_range(pdf, lw_pdf_find(pdf, dictionary, "Range"), 1, space);
	return TRUE;
}

static gboolean read_icc(const Reader *reader, LwPdfObject *profile, guint depth,
			 LwImageSpace *space)
{
	gint64 n = lw_pdf_integer(reader->pdf, lw_pdf_find_raw(profile, "N"), 0);
	if (n != 1 && n != 3 && n != 4) {
		LwPdfObject *alternate = lw_pdf_find(reader->pdf, profile, "Alternate");
		return alternate && read_space(reader, alternate, depth + 1, space);
	}
	lw_image_space_plain(space, (guint)n);
	read_range(reader->pdf, lw_pdf_find(reader->pdf, profile, "Range"), 0, space);
	return TRUE;
}

static gboolean read_tints(guint count, LwImageSpace *space)
{
	if (count < 1 || count > LW_IMAGE_COMPONENTS)
		return FALSE;
	space->components = count;
	for (guint c = 0; c < count; c++)
		set_component(space, c, 0, 1, 1);
	return TRUE;
}

/* How far an entry of a palette is from what its own space calls black. */
static double distance(const LwImageSpace *base, const guint8 *entry)
{
	double sum = 0;
	for (guint c = 0; c < base->components; c++)
		sum += fabs((double)entry[c] - lw_image_space_sample(base, c, 255));
	return sum;
}

static guint darkest(const LwImageSpace *base, const guint8 *table, gsize length, guint count)
{
	guint best = 0;
	for (guint i = 1; i < count && (gsize)(i + 1) * base->components <= length; i++)
		if (distance(base, table + (gsize)i * base->components) <
		    distance(base, table + (gsize)best * base->components))
			best = i;
	return best;
}

static gboolean read_indexed(const Reader *reader, LwPdfObject *array, guint depth,
			     LwImageSpace *space)
{
	LwPdf *pdf = reader->pdf;
	LwImageSpace base;
	LwPdfObject *table = lw_pdf_item(pdf, array, 3);
	if (reader->bits > 8 || !read_space(reader, lw_pdf_item(pdf, array, 1), depth + 1, &base))
		return FALSE;
	g_autoptr(GBytes) bytes = NULL;
	const char *rest = NULL;
	if (table && table->type == LW_PDF_STRING)
		bytes = g_bytes_new_static(table->string.bytes, table->string.length);
	else
		bytes = lw_pdf_decode(pdf, table, &rest, NULL);
	guint largest = (1u << reader->bits) - 1;
	gint64 last = lw_pdf_integer(pdf, lw_pdf_item(pdf, array, 2), 0);
	gsize length = 0;
	const guint8 *data = bytes && !rest ? g_bytes_get_data(bytes, &length) : NULL;
	guint index = darkest(&base, data, length, (guint)CLAMP(last, 0, largest) + 1);
	space->components = 1;
	set_component(space, 0, 0, largest, index);
	return TRUE;
}

static gboolean read_space(const Reader *reader, LwPdfObject *colour, guint depth,
			   LwImageSpace *space)
{
	LwPdf *pdf = reader->pdf;
	if (!colour || depth > SPACE_DEPTH)
		return FALSE;
	if (colour->type == LW_PDF_NAME)
		return read_named(reader, lw_pdf_name(colour), depth, space);
	const char *family = lw_pdf_name(lw_pdf_item(pdf, colour, 0));
	LwPdfObject *second = lw_pdf_item(pdf, colour, 1);
	if (!family)
		return FALSE;
	if (!strcmp(family, "Lab"))
		return read_lab(pdf, second, space);
	if (!strcmp(family, "ICCBased"))
		return read_icc(reader, second, depth, space);
	if (!strcmp(family, "Indexed") || !strcmp(family, "I"))
		return depth < 3 && read_indexed(reader, colour, depth, space);
	if (!strcmp(family, "Separation"))
		return read_tints(1, space);
	if (!strcmp(family, "DeviceN"))
		return read_tints(lw_pdf_length(second), space);
	return read_named(reader, family, depth, space);
}

gboolean lw_image_space_read(LwPdf *pdf, LwPdfObject *colour, LwPdfObject *resources, guint bits,
			     LwImageSpace *space)
{
	Reader reader = {pdf, resources, bits};
	return read_space(&reader, lw_pdf_resolve(pdf, colour), 0, space);
}
