/* fontarrange.c - one face for TrueType, CFF and Type 1.
 *
 * By name a glyph is found as ISO 32000-1, 9.6.6 says, or as another name of the same characters;
 * fontprogram.c chose what stays by the same rules. */
#include "engine/render/pdf/fontarrange.h"

#include "engine/pdf/encoding.h"
#include "engine/render/pdf/fontcffwrite.h"
#include "engine/render/pdf/fontcodes.h"
#include "engine/render/pdf/fontglyphs.h"

#include <string.h>

#define GLYPHS 65536
#define CFF    LW_SFNT_TAG('C', 'F', 'F', ' ')

/* Only one that stands alone, or in a wrapper that it can do without. */
static gboolean load_cff(LwFontGlyphs *glyphs, gboolean wrapped)
{
	gsize length;
	if (wrapped) {
		LwSfntTable table = lw_sfnt_find(glyphs->data, CFF);
		GBytes *inside = table.length ? g_bytes_new(table.data, table.length) : NULL;
		if (!inside)
			return FALSE;
		g_bytes_unref(glyphs->data);
		glyphs->data = inside;
	}
	const guint8 *bytes = g_bytes_get_data(glyphs->data, &length);
	glyphs->cff = lw_cff_read(bytes, length);
	glyphs->count = glyphs->cff ? glyphs->cff->count : 0;
	return glyphs->cff && !(glyphs->simple && glyphs->cff->by_cid);
}

static gboolean load_type1(LwPdf *pdf, const LwFontProgram *program, LwFontGlyphs *glyphs)
{
	LwPdfObject *stream = program->stream;
	gint64 first = lw_pdf_integer(pdf, lw_pdf_find(pdf, stream, "Length1"), 0);
	gint64 second = lw_pdf_integer(pdf, lw_pdf_find(pdf, stream, "Length2"), 0);
	glyphs->type1 = lw_type1_load(glyphs->data, first, second);
	glyphs->count = glyphs->type1 ? lw_type1_glyph_count(glyphs->type1) : 0;
	return glyphs->type1 && glyphs->simple && glyphs->count < GLYPHS;
}

static gboolean load_glyf(LwFontGlyphs *glyphs)
{
	glyphs->codes = lw_sfnt_codes(glyphs->data);
	glyphs->count = lw_sfnt_glyph_count(glyphs->data);
	if (!glyphs->codes)
		glyphs->codes = g_array_new(FALSE, FALSE, sizeof(LwSfntCode));
	return TRUE;
}

/* A CFF in a wrapper: only where readers find its glyphs as without one. */
static gboolean is_wrapped_cff(LwPdf *pdf, const LwFontProgram *program, GBytes *data)
{
	const LwFontUse *use = program->uses->pdata[0];
	LwPdfObject *holder = lw_pdf_font_is_composite(use->font)
				      ? lw_fontcodes_descendant_of(pdf, use)
				      : use->dictionary;
	LwPdfObject *type = lw_pdf_find(pdf, holder, "Subtype");
	return lw_sfnt_find(data, CFF).length &&
	       lw_pdf_is_name(lw_pdf_find(pdf, program->stream, "Subtype"), "OpenType") &&
	       (lw_pdf_is_name(type, "CIDFontType0") || lw_pdf_is_name(type, "Type1"));
}

LwFontGlyphs *lw_font_glyphs_load(LwPdf *pdf, const LwFontProgram *program, gboolean simple)
{
	const char *rest = NULL;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, program->stream, &rest, NULL);
	gsize length = 0;
	const guint8 *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	if (!bytes || rest || length < 16)
		return NULL;
	g_autoptr(LwFontGlyphs) glyphs = g_new0(LwFontGlyphs, 1);
	glyphs->data = g_bytes_ref(data);
	glyphs->simple = simple;
	gboolean done;
	if (lw_sfnt_is(bytes, length) && lw_sfnt_find(data, LW_SFNT_TAG('g', 'l', 'y', 'f')).length)
		done = load_glyf(glyphs);
	else if (lw_sfnt_is(bytes, length))
		done = is_wrapped_cff(pdf, program, data) && load_cff(glyphs, TRUE);
	else
		done = bytes[0] == '%' ? load_type1(pdf, program, glyphs) : load_cff(glyphs, FALSE);
	return done ? g_steal_pointer(&glyphs) : NULL;
}

void lw_font_glyphs_free(LwFontGlyphs *glyphs)
{
	if (!glyphs)
		return;
	g_bytes_unref(glyphs->data);
	g_clear_pointer(&glyphs->codes, g_array_unref);
	lw_cff_free(glyphs->cff);
	lw_type1_free(glyphs->type1);
	g_free(glyphs);
}

/* --- glyphs of a code --- */

static void add(const LwFontGlyphs *glyphs, GArray *found, guint glyph)
{
	guint16 value = (guint16)glyph;
	if (glyph < glyphs->count && (glyph || glyphs->type1))
		g_array_append_val(found, value);
}

static void add_mapped(const LwFontGlyphs *glyphs, const LwPdfCode *code, GArray *found)
{
	for (guint i = 0; i < glyphs->codes->len; i++) {
		const LwSfntCode *entry = &g_array_index(glyphs->codes, LwSfntCode, i);
		gboolean symbol = entry->platform == 1 || !entry->encoding;
		if (symbol ? (entry->code & 0xff) == code->code && (entry->code & 0xfff) < 256
			   : entry->code == code->unicode[0])
			add(glyphs, found, entry->glyph);
	}
}

const char *lw_font_glyphs_name(const LwFontGlyphs *glyphs, guint glyph)
{
	if (glyphs->type1)
		return lw_type1_glyph_name(glyphs->type1, glyph);
	return glyphs->cff && !glyphs->cff->by_cid ? glyphs->cff->names[glyph] : NULL;
}

static gboolean same_characters(const char *a, const char *b)
{
	gunichar x[LW_PDF_GLYPH_CHARACTERS], y[LW_PDF_GLYPH_CHARACTERS];
	return a && b && lw_pdf_glyph_unicode(a, x) && lw_pdf_glyph_unicode(b, y) &&
	       !memcmp(x, y, sizeof x);
}

static void add_named(const LwFontGlyphs *glyphs, const char *name, GArray *found)
{
	guint before = found->len;
	if (!name || !strcmp(name, ".notdef"))
		return;
	for (guint i = 0; i < glyphs->count; i++)
		if (!g_strcmp0(lw_font_glyphs_name(glyphs, i), name))
			add(glyphs, found, i);
	for (guint i = 0; found->len == before && i < glyphs->count; i++)
		if (same_characters(name, lw_font_glyphs_name(glyphs, i)))
			add(glyphs, found, i);
}

static void add_numbered(const LwFontGlyphs *glyphs, guint32 cid, GBytes *map, GArray *found)
{
	gsize length = 0;
	const guint8 *bytes = map ? g_bytes_get_data(map, &length) : NULL;
	for (guint i = 1; glyphs->cff && glyphs->cff->by_cid && i < glyphs->count; i++)
		if (glyphs->cff->cids[i] == cid)
			add(glyphs, found, i);
	if (glyphs->cff && glyphs->cff->by_cid)
		return;
	if (!bytes)
		add(glyphs, found, cid);
	else if (2 * (gsize)cid + 1 < length)
		add(glyphs, found, (guint)bytes[2 * cid] << 8 | bytes[2 * cid + 1]);
}

void lw_font_glyphs_of(const LwFontGlyphs *glyphs, const LwFontUse *use, const LwPdfCode *code,
		       GBytes *map, GArray *found)
{
	if (!glyphs->simple)
		add_numbered(glyphs, lw_pdf_font_cid(use->font, code->code, code->bytes), map,
			     found);
	else if (glyphs->codes)
		add_mapped(glyphs, code, found);
	else
		add_named(glyphs, lw_pdf_font_glyph_name(use->font, code->code), found);
}

int lw_font_glyphs_compare(const LwFontGlyphs *glyphs, guint a, guint b)
{
	if (glyphs->type1)
		return lw_type1_compare_glyphs(glyphs->type1, a, b);
	if (!glyphs->cff)
		return lw_font_compare_glyphs(glyphs->data, a, b);
	LwCffSpan x = glyphs->cff->outlines[a], y = glyphs->cff->outlines[b];
	if (x.length != y.length)
		return x.length < y.length ? -1 : 1;
	return x.length ? memcmp(x.data, y.data, x.length) : 0;
}

static gint compare_names(gconstpointer a, gconstpointer b, gpointer glyphs)
{
	guint x = *(const guint16 *)a, y = *(const guint16 *)b;
	int order = g_strcmp0(lw_font_glyphs_name(glyphs, x), lw_font_glyphs_name(glyphs, y));
	return order ? order : (int)x - (int)y;
}

/* An outline of one byte is the end of nothing. */
void lw_font_glyphs_rest(const LwFontGlyphs *glyphs, GArray *order)
{
	g_autofree guint8 *placed = g_malloc0(GLYPHS);
	g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(guint16));
	for (guint i = 0; i < order->len; i++)
		placed[g_array_index(order, guint16, i)] = TRUE;
	for (guint i = 1; glyphs->cff && i < glyphs->count; i++)
		if (!placed[i] && glyphs->cff->outlines[i].length > 1)
			add(glyphs, others, i);
	g_array_sort_with_data(others, compare_names, (gpointer)glyphs);
	g_array_append_vals(order, others->data, others->len);
}

/* --- writing --- */

static gboolean write_type1(const LwFontGlyphs *glyphs, const LwFontArrangement *arrangement,
			    LwFontFile *file)
{
	const LwType1Order order = {arrangement->order, arrangement->names, arrangement->codes};
	LwType1 result;
	if (!lw_type1_write(glyphs->type1, &order, &result))
		return FALSE;
	*file = (LwFontFile){.data = result.data};
	memcpy(file->lengths, result.lengths, sizeof file->lengths);
	return TRUE;
}

gboolean lw_font_glyphs_write(const LwFontGlyphs *glyphs, const LwFontArrangement *arrangement,
			      LwFontFile *file)
{
	if (glyphs->type1)
		return write_type1(glyphs, arrangement, file);
	const LwCffOrder order = {arrangement->font, arrangement->order, arrangement->names,
				  arrangement->cids, arrangement->codes};
	*file = (LwFontFile){.data = lw_cff_write(glyphs->data, glyphs->cff, &order),
			     .subtype = glyphs->simple ? "Type1C" : "CIDFontType0C"};
	return file->data != NULL;
}

void lw_font_file_store(LwPdf *pdf, const LwFontFile *file, LwPdfObject *stream)
{
	static const char *const keys[] = {"Length1", "Length2", "Length3"};
	LwPdfObject *dictionary = stream->stream.dictionary;
	lw_pdf_set_data(pdf, stream, file->data);
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		gboolean listed =
			file->lengths[i] || (i == 2 && file->lengths[0] && file->lengths[1]);
		lw_pdf_set(pdf, dictionary, keys[i],
			   listed ? lw_pdf_new_integer(pdf, (gint64)file->lengths[i]) : NULL);
	}
	if (file->subtype)
		lw_pdf_set(pdf, dictionary, "Subtype", lw_pdf_new_name(pdf, file->subtype));
}
