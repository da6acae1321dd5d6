/* fontrecode.c - meanings, widths, names and maps by new code.
 *
 * Read through the font as it was loaded, which does not change; written to its dictionary. */
#include "engine/render/pdf/fontrecode.h"

#include "engine/render/pdf/fontcodes.h"

#define GLYPHS 65536

guint32 lw_fontrecode_code(LwFontTable *table, guint32 code)
{
	gpointer fresh = table ? g_hash_table_lookup(table, GUINT_TO_POINTER(code)) : NULL;
	return fresh ? GPOINTER_TO_UINT(fresh) - 1 : code;
}

LwPdfCode lw_fontrecode_read(const LwFontUse *use, guint32 value)
{
	guint bytes = GPOINTER_TO_UINT(g_hash_table_lookup(use->codes, GUINT_TO_POINTER(value)));
	guint8 string[4];
	LwPdfCode code;
	for (guint b = 0; b < bytes; b++)
		string[b] = (guint8)(value >> 8 * (bytes - 1 - b));
	lw_pdf_font_next(use->font, string, bytes, &code);
	return code;
}

static gint compare_meanings(gconstpointer a, gconstpointer b)
{
	const LwFontMeaning *x = a, *y = b;
	return x->code < y->code ? -1 : x->code > y->code;
}

void lw_fontrecode_meanings(LwPdf *pdf, const LwFontUse *use, LwFontTable *table)
{
	g_autoptr(GArray) meanings = lw_fontcodes_meanings(pdf, use);
	for (guint i = 0; i < meanings->len; i++) {
		LwFontMeaning *one = &g_array_index(meanings, LwFontMeaning, i);
		one->code = lw_fontrecode_code(table, one->code);
	}
	g_array_sort(meanings, compare_meanings);
	if (meanings->len)
		lw_fontcodes_set_meanings(pdf, use, meanings);
}

void lw_fontrecode_widths(LwPdf *pdf, const LwFontUse *use, LwFontTable *table)
{
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	LwPdfObject *by_code[256] = {NULL}, *widths = lw_pdf_new_array(pdf);
	guint first = 255, last = 0;
	if (!lw_pdf_length(lw_pdf_find(pdf, use->dictionary, "Widths")) || !codes->len)
		return;
	for (guint i = 0; i < codes->len; i++) {
		guint32 code = g_array_index(codes, guint32, i);
		guint fresh = lw_fontrecode_code(table, code) & 0xff;
		by_code[fresh] = lw_fontcodes_width(pdf, use, code);
		first = MIN(first, fresh);
		last = MAX(last, fresh);
	}
	for (guint code = first; code <= last; code++)
		lw_pdf_append(pdf, widths,
			      by_code[code] ? by_code[code] : lw_pdf_new_integer(pdf, 0));
	lw_pdf_set(pdf, use->dictionary, "FirstChar", lw_pdf_new_integer(pdf, first));
	lw_pdf_set(pdf, use->dictionary, "LastChar", lw_pdf_new_integer(pdf, last));
	lw_pdf_set(pdf, use->dictionary, "Widths", widths);
}

void lw_fontrecode_encoding(LwPdf *pdf, const LwFontUse *use, const char *const names[256])
{
	LwPdfObject *encoding = lw_pdf_new_dictionary(pdf), *array = lw_pdf_new_array(pdf);
	guint next = 256;
	for (guint code = 0; code < 256; code++) {
		if (!names[code])
			continue;
		if (code != next)
			lw_pdf_append(pdf, array, lw_pdf_new_integer(pdf, code));
		lw_pdf_append(pdf, array, lw_pdf_new_name(pdf, names[code]));
		next = code + 1;
	}
	lw_pdf_set(pdf, encoding, "Type", lw_pdf_new_name(pdf, "Encoding"));
	lw_pdf_set(pdf, encoding, "Differences", array);
	lw_pdf_set(pdf, use->dictionary, "Encoding", encoding);
}

void lw_fontrecode_char_procs(LwPdf *pdf, const LwFontUse *use, LwFontTable *table,
			      const char *const names[256])
{
	LwPdfObject *old = lw_pdf_find(pdf, use->dictionary, "CharProcs");
	LwPdfObject *fresh = lw_pdf_new_dictionary(pdf);
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	LwPdfObject *by_code[256] = {NULL};
	for (guint i = 0; i < codes->len; i++) {
		guint32 code = g_array_index(codes, guint32, i);
		const char *name = lw_pdf_font_glyph_name(use->font, code);
		by_code[lw_fontrecode_code(table, code) & 0xff] =
			name ? lw_pdf_find_raw(old, name) : NULL;
	}
	for (guint code = 0; code < 256; code++)
		if (by_code[code] && names[code])
			lw_pdf_set(pdf, fresh, names[code], by_code[code]);
	lw_pdf_set(pdf, use->dictionary, "CharProcs", fresh);
}

/* --- Type 0 --- */

typedef struct {
	double *widths;
	guint8 *known;
} Widths;

static void collect_widths(LwPdf *pdf, LwPdfObject *descendant, const LwFontProgram *program,
			   LwFontTable *table, const Widths *all)
{
	for (guint u = 0; u < program->uses->len; u++) {
		const LwFontUse *use = program->uses->pdata[u];
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		if (lw_fontcodes_descendant_of(pdf, use) != descendant)
			continue;
		for (guint i = 0; i < codes->len; i++) {
			LwPdfCode code = lw_fontrecode_read(use, g_array_index(codes, guint32, i));
			guint32 fresh = lw_fontrecode_code(table, code.code) & 0xffff;
			all->widths[fresh] = code.width;
			all->known[fresh] = TRUE;
		}
	}
}

void lw_fontrecode_descendant(LwPdf *pdf, LwPdfObject *descendant, const LwFontProgram *program,
			      LwFontTable *table)
{
	g_autofree double *widths = g_new0(double, GLYPHS);
	g_autofree guint8 *known = g_malloc0(GLYPHS);
	LwPdfObject *array = lw_pdf_new_array(pdf), *run = NULL;
	gboolean numbered = lw_pdf_is_name(lw_pdf_find(pdf, descendant, "Subtype"), "CIDFontType2");
	collect_widths(pdf, descendant, program, table, &(Widths){widths, known});
	for (guint i = 0; i < GLYPHS; i++) {
		if (!known[i]) {
			run = NULL;
			continue;
		}
		if (!run) {
			run = lw_pdf_new_array(pdf);
			lw_pdf_append(pdf, array, lw_pdf_new_integer(pdf, i));
			lw_pdf_append(pdf, array, run);
		}
		lw_pdf_append(pdf, run, lw_pdf_new_real(pdf, widths[i]));
	}
	lw_pdf_set(pdf, descendant, "W", lw_pdf_length(array) ? array : NULL);
	lw_pdf_set(pdf, descendant, "CIDToGIDMap",
		   numbered ? lw_pdf_new_name(pdf, "Identity") : NULL);
}

static gint compare_codes(gconstpointer a, gconstpointer b)
{
	const LwFontCid *x = a, *y = b;
	return x->code < y->code ? -1 : x->code > y->code;
}

void lw_fontrecode_map(LwPdf *pdf, const LwFontUse *use, LwFontTable *table)
{
	g_autoptr(GArray) cids = lw_fontcodes_cids(use);
	LwPdfObject *encoding = lw_pdf_find(pdf, use->dictionary, "Encoding");
	if (!cids->len || !encoding || encoding->type != LW_PDF_STREAM)
		return;
	for (guint i = 0; i < cids->len; i++) {
		LwFontCid *one = &g_array_index(cids, LwFontCid, i);
		one->cid = one->code = lw_fontrecode_code(table, one->code);
	}
	g_array_sort(cids, compare_codes);
	if (g_array_index(cids, LwFontCid, 0).bytes == 2)
		lw_pdf_set(pdf, use->dictionary, "Encoding", lw_pdf_new_name(pdf, "Identity-H"));
	else
		lw_fontcodes_set_map(pdf, use, cids);
}
