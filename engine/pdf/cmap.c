/* cmap.c - character maps: loading, and look-up of codes.
 *
 * A look-up never changes the map. */
#include <string.h>

#include "engine/pdf/cmap_private.h"

static LwPdfCMap *load_object(LwPdf *pdf, LwPdfObject *object, guint depth);

LwPdfCMap *lw_cmap_new_empty(void)
{
	LwPdfCMap *cmap = g_new0(LwPdfCMap, 1);

	cmap->spaces = g_array_new(FALSE, TRUE, sizeof(LwCMapSpace));
	cmap->strings = g_array_new(FALSE, TRUE, sizeof(LwCMapMeaning));
	cmap->unicodes = lw_pdf_code_table_new();
	return cmap;
}

void lw_pdf_cmap_free(LwPdfCMap *cmap)
{
	if (!cmap || cmap->shared)
		return;
	g_array_unref(cmap->spaces);
	g_array_unref(cmap->strings);
	lw_pdf_code_table_free(cmap->unicodes);
	for (guint i = 0; i < 4; i++)
		lw_pdf_code_table_free(cmap->cids[i]);
	lw_pdf_cmap_free(cmap->used);
	g_free(cmap);
}

LwPdfCMap *lw_pdf_cmap_new(const char *text, gsize length)
{
	LwPdfCMap *cmap = lw_cmap_new_empty();

	lw_cmap_parse(cmap, text, length, 0);
	lw_cmap_seal(cmap);
	return cmap;
}

/* ---- loading from a file ---- */

static void load_stream(LwPdfCMap *cmap, LwPdf *pdf, LwPdfObject *stream, guint depth)
{
	const char *rest = NULL;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, stream, &rest, NULL);
	LwPdfObject *used = lw_pdf_find(pdf, stream, "UseCMap");
	gsize length = 0;
	const char *text = data ? g_bytes_get_data(data, &length) : NULL;

	if (used && depth < LW_CMAP_USES)
		lw_cmap_use(cmap, load_object(pdf, used, depth + 1));
	if (lw_pdf_find(pdf, stream, "WMode"))
		cmap->vertical = lw_pdf_integer(pdf, lw_pdf_find(pdf, stream, "WMode"), 0) == 1;
	cmap->doubtful |= !data || rest != NULL;
	if (text && !rest)
		lw_cmap_parse(cmap, text, length, 0);
}

static LwPdfCMap *load_object(LwPdf *pdf, LwPdfObject *object, guint depth)
{
	LwPdfCMap *cmap;

	object = lw_pdf_resolve(pdf, object);
	if (lw_pdf_name(object))
		return lw_cmap_load_named(lw_pdf_name(object), 0);
	cmap = lw_cmap_new_empty();
	if (object && object->type == LW_PDF_STREAM)
		load_stream(cmap, pdf, object, depth);
	lw_cmap_seal(cmap);
	return cmap;
}

LwPdfCMap *lw_pdf_cmap_load(LwPdf *pdf, LwPdfObject *object)
{
	return load_object(pdf, object, 0);
}

/* ---- look-up ---- */

static gboolean is_inside(const LwCMapSpace *space, const guint8 *string)
{
	for (guint i = 0; i < space->bytes; i++)
		if (string[i] < space->low[i] || string[i] > space->high[i])
			return FALSE;
	return TRUE;
}

/* The shortest code space that has the string's start; without any, the shortest code. */
static guint slow_length(const LwPdfCMap *cmap, const guint8 *string, gsize length)
{
	guint best = 0;

	for (guint i = 0; i < cmap->spaces->len; i++) {
		const LwCMapSpace *space = &g_array_index(cmap->spaces, LwCMapSpace, i);

		if (space->bytes <= length && (!best || space->bytes < best) &&
		    is_inside(space, string))
			best = space->bytes;
	}
	return best ? best : cmap->shortest;
}

guint lw_pdf_cmap_next(const LwPdfCMap *cmap, const guint8 *string, gsize length, guint32 *code)
{
	guint bytes = cmap->lengths[string[0]];

	if (bytes == 0)
		bytes = slow_length(cmap, string, length);
	bytes = (guint)MIN(bytes, length);
	*code = 0;
	for (guint i = 0; i < bytes; i++)
		*code = *code << 8 | string[i];
	return bytes;
}

guint32 lw_pdf_cmap_cid(const LwPdfCMap *cmap, guint32 code, guint bytes)
{
	for (; cmap; cmap = cmap->used) {
		guint32 found;

		if (cmap->identity)
			return bytes == 2 ? code : 0;
		found = lw_pdf_code_table_find(cmap->cids[bytes - 1], code);
		if (found)
			return found - 1;
	}
	return 0;
}

static gunichar utf16_value(guint32 code)
{
	if (code >> 26 != 0xd800 >> 10 || (code & 0xfc00) != 0xdc00)
		return code <= LW_CMAP_LAST ? code : LW_CMAP_UNKNOWN;
	return 0x10000 + ((code >> 16 & 0x3ff) << 10) + (code & 0x3ff);
}

/* Blanks that are no characters still are blanks. */
static gunichar sane(gunichar c)
{
	if (c == '\t' || c == '\n' || c == '\r')
		return ' ';
	return lw_pdf_is_character(c) && c != 0xfffd ? c : 0;
}

gboolean lw_pdf_cmap_written(const LwPdfCMap *cmap, guint32 code,
			     gunichar unicode[LW_PDF_GLYPH_CHARACTERS])
{
	guint32 value = 0;

	memset(unicode, 0, sizeof(gunichar) * LW_PDF_GLYPH_CHARACTERS);
	for (; cmap; cmap = cmap->used) {
		value = lw_pdf_code_table_find(cmap->unicodes, code);
		if (value == LW_CMAP_NULL)
			value = 0;
		if (value == 0 && (cmap->identity || cmap->code_is_unicode))
			value = utf16_value(code);
		if (value)
			break;
	}
	if (value == 0 || value == LW_CMAP_UNKNOWN)
		return value != 0;
	if (value & LW_CMAP_STRINGS)
		memcpy(unicode,
		       &g_array_index(cmap->strings, LwCMapMeaning, value & ~LW_CMAP_STRINGS),
		       sizeof(LwCMapMeaning));
	else
		unicode[0] = value;
	return TRUE;
}

gboolean lw_pdf_cmap_says_null(const LwPdfCMap *cmap, guint32 code)
{
	return lw_pdf_code_table_find(cmap->unicodes, code) == LW_CMAP_NULL;
}

gboolean lw_pdf_cmap_unicode(const LwPdfCMap *cmap, guint32 code,
			     gunichar unicode[LW_PDF_GLYPH_CHARACTERS])
{
	gboolean found = lw_pdf_cmap_written(cmap, code, unicode);

	if (!found || !unicode[0])
		return found;
	if (!unicode[1]) {
		unicode[0] = sane(unicode[0]);
		return unicode[0] != 0;
	}
	for (guint i = 0; i < LW_PDF_GLYPH_CHARACTERS && unicode[i]; i++)
		if (!sane(unicode[i])) {
			memset(unicode, 0, sizeof(gunichar) * LW_PDF_GLYPH_CHARACTERS);
			return FALSE;
		}
	return unicode[0] != 0;
}

guint32 lw_pdf_cmap_next_high(const LwPdfCMap *cmap, guint32 code)
{
	guint32 found = 0;

	for (; cmap; cmap = cmap->used) {
		guint32 next = lw_pdf_code_table_next_high(cmap->unicodes, code);

		found = next && (!found || next < found) ? next : found;
	}
	return found;
}

gboolean lw_pdf_cmap_is_vertical(const LwPdfCMap *cmap)
{
	return cmap->vertical;
}

gboolean lw_pdf_cmap_doubtful(const LwPdfCMap *cmap)
{
	return cmap->doubtful;
}
