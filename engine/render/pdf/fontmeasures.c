/* fontmeasures.c - descriptors whose numbers are the extremes of the letters in use (Ghostscript
 * writes them so): the one tall letter of a name would still tell that it was there.
 *
 * Known by their box, which is that of the outlines of the program, to a thousandth of an em. */
#include "engine/render/pdf/fontmeasures.h"

#include "engine/pdf/names.h"
#include "engine/pdf/encoding.h"
#include "engine/pdf/fontcff.h"
#include "engine/render/pdf/fontsfnt.h"
#include "engine/render/pdf/fontsubset.h"
#include "engine/render/pdf/fonttype1.h"

#include <math.h>
#include <string.h>

#define SAME	    1.5 /* thousandths of an em: rounded otherwise */
#define SYMBOLIC    4
#define NONSYMBOLIC 32

static gboolean is_subset(LwPdf *pdf, const LwPdfObject *descriptor)
{
	const char *name = lw_pdf_name(lw_pdf_find(pdf, descriptor, "FontName"));
	return lw_pdf_is_subset(name);
}

static double number(LwPdf *pdf, const LwPdfObject *descriptor, const char *key)
{
	return lw_pdf_number(pdf, lw_pdf_find(pdf, descriptor, key), 0);
}

static void set_number(LwPdf *pdf, LwPdfObject *descriptor, const char *key, double value)
{
	lw_pdf_set(pdf, descriptor, key, lw_pdf_new_integer(pdf, (gint64)value));
}

/* Symbols: some name that stands in no encoding of Latin letters. */
static gboolean all_latin(const GPtrArray *uses)
{
	for (guint u = 0; u < uses->len; u++) {
		const LwFontUse *use = uses->pdata[u];
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		for (guint i = 0; i < codes->len; i++) {
			const char *name =
				lw_pdf_font_glyph_name(use->font, g_array_index(codes, guint32, i));
			gunichar text[LW_PDF_GLYPH_CHARACTERS];
			if (!name || !lw_pdf_glyph_unicode(name, text) || text[0] > 0xff)
				return FALSE;
		}
	}
	return TRUE;
}

/* Of Type 1 only: a TrueType program is read otherwise by it. */
static void set_flags(LwPdf *pdf, LwPdfObject *descriptor, const LwFontProgram *program)
{
	const LwFontUse *use = program->uses->pdata[0];
	gint64 flags = lw_pdf_integer(pdf, lw_pdf_find(pdf, descriptor, "Flags"), 0);
	if (!lw_pdf_is_name(lw_pdf_find(pdf, use->dictionary, "Subtype"), "Type1"))
		return;
	flags &= ~(gint64)(SYMBOLIC | NONSYMBOLIC);
	flags |= all_latin(program->uses) ? NONSYMBOLIC : SYMBOLIC;
	lw_pdf_set(pdf, descriptor, "Flags", lw_pdf_new_integer(pdf, flags));
}

static gboolean letters_box(LwPdf *pdf, LwPdfObject *stream, GBytes *data, double box[4])
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(data, &length);
	if (lw_sfnt_is(bytes, length))
		return lw_font_extents(data, box);
	if (bytes[0] == '%') {
		gint64 lengths[] = {lw_pdf_integer(pdf, lw_pdf_find(pdf, stream, "Length1"), 0),
				    lw_pdf_integer(pdf, lw_pdf_find(pdf, stream, "Length2"), 0)};
		g_autoptr(LwType1Program) type1 = lw_type1_load(data, lengths[0], lengths[1]);
		return type1 && lw_type1_extents(type1, box);
	}
	g_autoptr(LwCff) cff = lw_cff_read(bytes, length);
	g_autoptr(GBytes) wrapped = cff ? lw_sfnt_wrap(data, cff->count) : NULL;
	return wrapped && lw_font_extents(wrapped, box);
}

static gboolean is_box_of(LwPdf *pdf, LwPdfObject *stream, GBytes *data, const double box[4])
{
	double own[4];
	if (!letters_box(pdf, stream, data, own))
		return FALSE;
	for (guint i = 0; i < 4; i++)
		if (fabs(own[i] - box[i]) > SAME)
			return FALSE;
	return TRUE;
}

static void measure(LwPdf *pdf, LwPdfObject *descriptor, const LwFontProgram *program, GBytes *data)
{
	static const char *const others[] = {"AvgWidth", "MaxWidth", "Leading", "XHeight", "StemH"};
	double box[4];
	LwPdfObject *array = lw_pdf_new_array(pdf);
	if (!letters_box(pdf, program->stream, data, box))
		return;
	for (guint i = 0; i < 4; i++) {
		box[i] = i < 2 ? floor(box[i]) : ceil(box[i]);
		lw_pdf_append(pdf, array, lw_pdf_new_integer(pdf, (gint64)box[i]));
	}
	lw_pdf_set(pdf, descriptor, "FontBBox", array);
	set_number(pdf, descriptor, "Ascent", box[3]);
	set_number(pdf, descriptor, "Descent", box[1]);
	set_number(pdf, descriptor, "CapHeight", box[3]);
	set_number(pdf, descriptor, "StemV", 0);
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		lw_pdf_set(pdf, descriptor, others[i], NULL);
	set_flags(pdf, descriptor, program);
}

static GBytes *program_of(LwPdf *pdf, const LwFontProgram *program)
{
	const char *rest = NULL;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, program->stream, &rest, NULL);
	return data && !rest && g_bytes_get_size(data) >= 16 ? g_bytes_ref(data) : NULL;
}

gboolean lw_fontmeasures_are_of_use(LwPdf *pdf, const LwFontProgram *program)
{
	LwPdfObject *descriptor = lw_font_descriptor(pdf, program->uses->pdata[0]);
	double box[4];
	if (!is_subset(pdf, descriptor) ||
	    !lw_pdf_rectangle(pdf, lw_pdf_find(pdf, descriptor, "FontBBox"), box) ||
	    fabs(number(pdf, descriptor, "Ascent") - box[3]) > SAME ||
	    fabs(number(pdf, descriptor, "Descent") - box[1]) > SAME)
		return FALSE;
	g_autoptr(GBytes) data = program_of(pdf, program);
	return data && is_box_of(pdf, program->stream, data, box);
}

void lw_fontmeasures_renew(LwPdf *pdf, const LwFontProgram *program)
{
	g_autoptr(GBytes) data = program_of(pdf, program);
	for (guint i = 0; data && i < program->uses->len; i++)
		measure(pdf, lw_font_descriptor(pdf, program->uses->pdata[i]), program, data);
}
