/* fontcodes.c - characters, widths, names and maps of the codes that are in use, and no others.
 *
 * Entries are sorted by code: the order in which a producer met them is gone. */
#include "engine/render/pdf/fontcodes.h"

#include "engine/pdf/names.h"
#include "engine/pdf/cmap.h"

#include <string.h>

#define BLOCK 100 /* entries of a CMap operator, at most (Adobe Technical Note 5014) */
#define TAG   "AAAAAA"

static gboolean is_used(const LwFontUse *use, guint code)
{
	return g_hash_table_contains(use->codes, GUINT_TO_POINTER(code));
}

static guint bytes_of(const LwFontUse *use, guint32 code)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(use->codes, GUINT_TO_POINTER(code)));
}

/* --- maps --- */

static void append_code(GString *out, guint32 code, guint bytes)
{
	g_string_append_printf(out, "<%0*X>", (int)bytes * 2, code);
}

static void append_utf16(GString *out, const gunichar *text)
{
	g_string_append_c(out, '<');
	if (!text[0])
		g_string_append(out, "0000");
	for (guint i = 0; i < LW_PDF_GLYPH_CHARACTERS && text[i]; i++) {
		if (text[i] > 0xffff)
			g_string_append_printf(out, "%04X%04X", 0xd7c0 + (text[i] >> 10),
					       0xdc00 + (text[i] & 0x3ff));
		else
			g_string_append_printf(out, "%04X", text[i]);
	}
	g_string_append_c(out, '>');
}

static void append_spaces(GString *out, const LwFontUse *use)
{
	guint lengths = 0, count = 0;
	GHashTableIter iter;
	gpointer bytes;
	g_hash_table_iter_init(&iter, use->codes);
	while (g_hash_table_iter_next(&iter, NULL, &bytes))
		lengths |= 1u << GPOINTER_TO_UINT(bytes);
	for (guint n = 1; n <= 4; n++)
		count += lengths >> n & 1;
	g_string_append_printf(out, "%u begincodespacerange\n", count);
	for (guint n = 1; n <= 4; n++)
		if (lengths >> n & 1) {
			append_code(out, 0, n);
			append_code(out, 0xffffffffu >> (32 - 8 * n), n);
			g_string_append_c(out, '\n');
		}
	g_string_append(out, "endcodespacerange\n");
}

static GString *map_new(const LwFontUse *use, const char *name, const char *registry,
			const char *ordering, gint64 supplement, guint type)
{
	GString *out =
		g_string_new("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n");
	g_string_append_printf(
		out,
		"/CIDSystemInfo <</Registry (%s) /Ordering (%s) /Supplement %d>> def\n"
		"/CMapName /%s def\n/CMapType %u def\n",
		registry, ordering, (int)supplement, name, type);
	append_spaces(out, use);
	return out;
}

static LwPdfObject *map_stream(LwPdf *pdf, GString *out)
{
	g_string_append(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(out);
	return lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), bytes);
}

/* Operators of at most BLOCK entries each. */
static void append_blocks(GString *out, GPtrArray *entries, const char *operator)
{
	for (guint i = 0; i < entries->len; i++) {
		if (i % BLOCK == 0)
			g_string_append_printf(out, "%u begin%s\n",
					       MIN(BLOCK, entries->len - i), operator);
		g_string_append(out, entries->pdata[i]);
		if (i % BLOCK == BLOCK - 1 || i + 1 == entries->len)
			g_string_append_printf(out, "end%s\n", operator);
	}
}

GArray *lw_fontcodes_meanings(LwPdf *pdf, const LwFontUse *use)
{
	GArray *meanings = g_array_new(FALSE, TRUE, sizeof(LwFontMeaning));
	LwPdfObject *old = lw_pdf_find(pdf, use->dictionary, "ToUnicode");
	if (!old || old->type != LW_PDF_STREAM)
		return meanings;
	g_autoptr(LwPdfCMap) map = lw_pdf_cmap_load(pdf, old);
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	for (guint i = 0; i < codes->len; i++) {
		LwFontMeaning one = {.code = g_array_index(codes, guint32, i)};
		one.bytes = (guint8)bytes_of(use, one.code);
		if (!lw_pdf_cmap_says_null(map, one.code) &&
		    (!lw_pdf_cmap_written(map, one.code, one.text) || !one.text[0]))
			continue; /* more characters than we read: no reader of ours knew them */
		g_array_append_val(meanings, one);
	}
	return meanings;
}

void lw_fontcodes_set_meanings(LwPdf *pdf, const LwFontUse *use, const GArray *meanings)
{
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(g_free);
	LwPdfObject *fresh = NULL;
	for (guint i = 0; i < meanings->len; i++) {
		const LwFontMeaning *one = &g_array_index(meanings, LwFontMeaning, i);
		GString *line = g_string_new(NULL);
		append_code(line, one->code, one->bytes);
		append_utf16(line, one->text);
		g_string_append_c(line, '\n');
		g_ptr_array_add(entries, g_string_free(line, FALSE));
	}
	if (entries->len) {
		GString *out = map_new(use, "Adobe-Identity-UCS", "Adobe", "UCS", 0, 2);
		append_blocks(out, entries, "bfchar");
		fresh = lw_pdf_reference(pdf, map_stream(pdf, out));
	}
	lw_pdf_set(pdf, use->dictionary, "ToUnicode", fresh);
}

static void rebuild_to_unicode(LwPdf *pdf, LwFontUse *use)
{
	LwPdfObject *old = lw_pdf_find(pdf, use->dictionary, "ToUnicode");
	if (!old || old->type != LW_PDF_STREAM)
		return;
	g_autoptr(GArray) meanings = lw_fontcodes_meanings(pdf, use);
	lw_fontcodes_set_meanings(pdf, use, meanings);
}

/* --- simple fonts --- */

typedef struct {
	const LwFontUse *use;
	LwPdfObject *array;
	gint64 first, last;
} Widths;

static LwPdfObject *listed_width(LwPdf *pdf, const Widths *widths, guint code)
{
	gint64 index = (gint64)code - widths->first;
	gboolean listed =
		index >= 0 && code <= widths->last && index < lw_pdf_length(widths->array);
	LwPdfObject *width = listed ? lw_pdf_item(pdf, widths->array, (guint)index) : NULL;
	return lw_pdf_is_number(width) ? width : NULL;
}

/* Readers fit a stand-in to the page by the width of its m: that of a font that is not embedded
 * stays. */
static gboolean keeps_width(LwPdf *pdf, const Widths *widths, guint code)
{
	const LwPdfFont *font = widths->use->font;
	const char *name = lw_pdf_font_glyph_name(font, code);
	if (is_used(widths->use, code))
		return TRUE;
	return !lw_pdf_font_is_embedded(font) && name && !strcmp(name, "m") &&
	       listed_width(pdf, widths, code);
}

static Widths widths_of(LwPdf *pdf, const LwFontUse *use)
{
	LwPdfObject *dictionary = use->dictionary;
	return (Widths){use, lw_pdf_find(pdf, dictionary, "Widths"),
			lw_pdf_integer(pdf, lw_pdf_find(pdf, dictionary, "FirstChar"), 0),
			lw_pdf_integer(pdf, lw_pdf_find(pdf, dictionary, "LastChar"), 255)};
}

LwPdfObject *lw_fontcodes_width(LwPdf *pdf, const LwFontUse *use, guint code)
{
	Widths widths = widths_of(pdf, use);
	return listed_width(pdf, &widths, code);
}

static void rebuild_widths(LwPdf *pdf, LwFontUse *use)
{
	LwPdfObject *dictionary = use->dictionary;
	Widths old = widths_of(pdf, use);
	LwPdfObject *descriptor = lw_pdf_find(pdf, dictionary, "FontDescriptor");
	if (!lw_pdf_length(old.array) || old.first < 0 || old.first > 255)
		return;
	guint from = 256, to = 0;
	for (guint code = 0; code < 256; code++)
		if (keeps_width(pdf, &old, code)) {
			from = MIN(from, code);
			to = code;
		}
	from = MIN(from, to);
	LwPdfObject *widths = lw_pdf_new_array(pdf);
	double missing = lw_pdf_number(pdf, lw_pdf_find(pdf, descriptor, "MissingWidth"), 0);
	for (guint code = from; code <= to; code++) {
		gboolean keeps = keeps_width(pdf, &old, code);
		LwPdfObject *width = keeps ? listed_width(pdf, &old, code) : NULL;
		lw_pdf_append(pdf, widths,
			      width ? width : lw_pdf_new_real(pdf, keeps ? missing : 0));
	}
	lw_pdf_set(pdf, dictionary, "FirstChar", lw_pdf_new_integer(pdf, from));
	lw_pdf_set(pdf, dictionary, "LastChar", lw_pdf_new_integer(pdf, to));
	lw_pdf_set(pdf, dictionary, "Widths", widths);
}

/* The differences as they are named, by code. */
static void read_differences(LwPdf *pdf, const LwPdfObject *differences, LwPdfObject *names[256])
{
	gint64 code = 0;
	for (guint i = 0; i < lw_pdf_length(differences); i++) {
		LwPdfObject *item = lw_pdf_item(pdf, differences, i);
		if (lw_pdf_is_number(item))
			code = CLAMP(lw_pdf_integer(pdf, item, -1), -1, 256);
		else if (lw_pdf_name(item) && code >= 0 && code < 256)
			names[code++] = item;
	}
}

static void rebuild_encoding(LwPdf *pdf, LwFontUse *use)
{
	LwPdfObject *old = lw_pdf_find(pdf, use->dictionary, "Encoding");
	LwPdfObject *differences = lw_pdf_find(pdf, old, "Differences");
	if (!differences || old->type != LW_PDF_DICTIONARY)
		return;
	LwPdfObject *names[256] = {NULL};
	read_differences(pdf, differences, names);
	LwPdfObject *fresh = lw_pdf_copy(pdf, old), *array = lw_pdf_new_array(pdf);
	guint next = 256;
	for (guint code = 0; code < 256; code++) {
		if (!names[code] || !is_used(use, code))
			continue;
		if (code != next)
			lw_pdf_append(pdf, array, lw_pdf_new_integer(pdf, code));
		lw_pdf_append(pdf, array, lw_pdf_new_name(pdf, lw_pdf_name(names[code])));
		next = code + 1;
	}
	lw_pdf_set(pdf, fresh, "Differences", array);
	lw_pdf_set(pdf, use->dictionary, "Encoding", fresh);
}

/* Lines are measured by this box; where it is empty, by the glyphs, some of which went. */
static void fix_box(LwPdf *pdf, LwFontUse *use)
{
	double box[4];
	LwPdfObject *array = lw_pdf_new_array(pdf);
	g_autoptr(LwPdfFont) now = lw_pdf_font_load(pdf, use->dictionary);
	gboolean same = lw_pdf_font_ascent(now) == lw_pdf_font_ascent(use->font) &&
			lw_pdf_font_descent(now) == lw_pdf_font_descent(use->font);
	if (same || !lw_pdf_font_box(use->font, box))
		return;
	for (guint i = 0; i < 4; i++)
		lw_pdf_append(pdf, array, lw_pdf_new_real(pdf, box[i]));
	lw_pdf_set(pdf, use->dictionary, "FontBBox", array);
}

static void rebuild_char_procs(LwPdf *pdf, LwFontUse *use)
{
	if (!lw_pdf_font_is_type3(use->font))
		return;
	LwPdfObject *old = lw_pdf_find(pdf, use->dictionary, "CharProcs");
	LwPdfObject *fresh = lw_pdf_new_dictionary(pdf);
	for (guint code = 0; code < 256; code++) {
		const char *name = lw_pdf_font_glyph_name(use->font, code);
		LwPdfObject *glyph = is_used(use, code) && name ? lw_pdf_find_raw(old, name) : NULL;
		if (glyph)
			lw_pdf_set(pdf, fresh, name, glyph);
	}
	lw_pdf_set(pdf, use->dictionary, "CharProcs", fresh);
	fix_box(pdf, use);
}

void lw_fontcodes_simple(LwPdf *pdf, LwFontUse *use)
{
	rebuild_to_unicode(pdf, use);
	rebuild_widths(pdf, use);
	rebuild_encoding(pdf, use);
	rebuild_char_procs(pdf, use);
}

/* --- Type 0 fonts --- */

LwPdfObject *lw_fontcodes_descendant_of(LwPdf *pdf, const LwFontUse *use)
{
	LwPdfObject *fonts = lw_pdf_find(pdf, use->dictionary, "DescendantFonts");
	LwPdfObject *first =
		fonts && fonts->type == LW_PDF_DICTIONARY ? fonts : lw_pdf_item(pdf, fonts, 0);
	return first && first->type == LW_PDF_DICTIONARY ? first : NULL;
}

static gint compare_cids(gconstpointer a, gconstpointer b)
{
	const LwFontCid *x = a, *y = b;
	if (x->cid != y->cid)
		return x->cid < y->cid ? -1 : 1;
	return x->code < y->code ? -1 : x->code > y->code;
}

GArray *lw_fontcodes_cids(const LwFontUse *use)
{
	GArray *cids = g_array_new(FALSE, FALSE, sizeof(LwFontCid));
	GHashTableIter iter;
	gpointer code, bytes;
	g_hash_table_iter_init(&iter, use->codes);
	while (g_hash_table_iter_next(&iter, &code, &bytes)) {
		LwFontCid cid = {.code = GPOINTER_TO_UINT(code),
				 .bytes = (guint8)GPOINTER_TO_UINT(bytes)};
		cid.cid = lw_pdf_font_cid(use->font, cid.code, cid.bytes);
		g_array_append_val(cids, cid);
	}
	g_array_sort(cids, compare_cids);
	return cids;
}

static gint compare_lines(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static gboolean one_length(const GArray *cids)
{
	for (guint i = 1; i < cids->len; i++)
		if (g_array_index(cids, LwFontCid, i).bytes !=
		    g_array_index(cids, LwFontCid, 0).bytes)
			return FALSE;
	return TRUE;
}

void lw_fontcodes_set_map(LwPdf *pdf, const LwFontUse *use, const GArray *cids)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < cids->len; i++) {
		LwFontCid cid = g_array_index(cids, LwFontCid, i);
		g_ptr_array_add(lines,
				g_strdup_printf("<%0*X> %u\n", cid.bytes * 2, cid.code, cid.cid));
	}
	g_ptr_array_sort(lines, compare_lines);
	gboolean vertical = lw_pdf_font_is_vertical(use->font);
	GString *out = map_new(use, "Custom", "Adobe", "Identity", 0, 1);
	g_string_append_printf(out, "/WMode %d def\n", vertical);
	append_blocks(out, lines, "cidchar");
	LwPdfObject *fresh = map_stream(pdf, out);
	LwPdfObject *info = lw_pdf_find_raw(lw_fontcodes_descendant_of(pdf, use), "CIDSystemInfo");
	lw_pdf_set(pdf, fresh->stream.dictionary, "Type", lw_pdf_new_name(pdf, "CMap"));
	lw_pdf_set(pdf, fresh->stream.dictionary, "CMapName", lw_pdf_new_name(pdf, "Custom"));
	lw_pdf_set(pdf, fresh->stream.dictionary, "CIDSystemInfo", info);
	if (vertical)
		lw_pdf_set(pdf, fresh->stream.dictionary, "WMode", lw_pdf_new_integer(pdf, 1));
	lw_pdf_set(pdf, use->dictionary, "Encoding", lw_pdf_reference(pdf, fresh));
}

/* A map that is embedded lists codes as ToUnicode does. */
static gboolean rebuild_map(LwPdf *pdf, LwFontUse *use)
{
	LwPdfObject *old = lw_pdf_find(pdf, use->dictionary, "Encoding");
	if (!old || old->type != LW_PDF_STREAM)
		return TRUE;
	g_autoptr(GArray) cids = lw_fontcodes_cids(use);
	if (!cids->len || !one_length(cids))
		return FALSE;
	lw_fontcodes_set_map(pdf, use, cids);
	return TRUE;
}

gboolean lw_fontcodes_composite(LwPdf *pdf, LwFontUse *use)
{
	rebuild_to_unicode(pdf, use);
	return !lw_pdf_font_has_cids(use->font) || use->mixed || rebuild_map(pdf, use);
}

static gint compare_keys(gconstpointer a, gconstpointer b, gpointer unused)
{
	(void)unused;
	return compare_cids(a, b);
}

/* Metrics by number, of all fonts that share the descendant. */
static GTree *metrics_by_cid(const GPtrArray *uses)
{
	GTree *metrics = g_tree_new_full(compare_keys, NULL, g_free, g_free);
	for (guint u = 0; u < uses->len; u++) {
		const LwFontUse *use = uses->pdata[u];
		g_autoptr(GArray) cids = lw_fontcodes_cids(use);
		for (guint i = 0; i < cids->len; i++) {
			LwFontCid cid = g_array_index(cids, LwFontCid, i);
			guint8 bytes[4];
			for (guint b = 0; b < cid.bytes; b++)
				bytes[b] = (guint8)(cid.code >> 8 * (cid.bytes - 1 - b));
			LwPdfCode code;
			lw_pdf_font_next(use->font, bytes, cid.bytes, &code);
			LwFontCid key = {.cid = cid.cid};
			if (g_tree_lookup(metrics, &key) && !lw_pdf_font_is_vertical(use->font))
				continue;
			g_tree_insert(metrics, g_memdup2(&key, sizeof key),
				      g_memdup2(&code, sizeof code));
		}
	}
	return metrics;
}

typedef struct {
	LwPdf *pdf;
	LwPdfObject *widths, *verticals, *run;
	guint32 next;
} MetricsOut;

static gboolean append_metrics(gpointer key, gpointer value, gpointer data)
{
	MetricsOut *out = data;
	guint32 cid = ((const LwFontCid *)key)->cid;
	const LwPdfCode *code = value;
	LwPdf *pdf = out->pdf;
	if (!out->run || cid != out->next) {
		out->run = lw_pdf_new_array(pdf);
		lw_pdf_append(pdf, out->widths, lw_pdf_new_integer(pdf, cid));
		lw_pdf_append(pdf, out->widths, out->run);
	}
	lw_pdf_append(pdf, out->run, lw_pdf_new_real(pdf, code->width));
	out->next = cid + 1;
	const double set[] = {code->wy, code->vx, code->vy};
	for (guint i = 0; i < 2; i++)
		lw_pdf_append(pdf, out->verticals, lw_pdf_new_integer(pdf, cid));
	for (guint i = 0; i < 3; i++)
		lw_pdf_append(pdf, out->verticals, lw_pdf_new_real(pdf, set[i]));
	return FALSE;
}

void lw_fontcodes_descendant(LwPdf *pdf, LwPdfObject *descendant, const GPtrArray *uses)
{
	GTree *metrics = metrics_by_cid(uses);
	gboolean vertical = FALSE;
	for (guint i = 0; i < uses->len; i++)
		vertical |= lw_pdf_font_is_vertical(((const LwFontUse *)uses->pdata[i])->font);
	MetricsOut out = {
		.pdf = pdf, .widths = lw_pdf_new_array(pdf), .verticals = lw_pdf_new_array(pdf)};
	g_tree_foreach(metrics, append_metrics, &out);
	if (lw_pdf_find(pdf, descendant, "W"))
		lw_pdf_set(pdf, descendant, "W", lw_pdf_length(out.widths) ? out.widths : NULL);
	gboolean listed = vertical && lw_pdf_find(pdf, descendant, "W2");
	lw_pdf_set(pdf, descendant, "W2",
		   listed && lw_pdf_length(out.verticals) ? out.verticals : NULL);
	g_tree_unref(metrics);
}

/* --- names --- */

void lw_fontcodes_retag(LwPdf *pdf, LwPdfObject *dictionary, const char *key)
{
	const char *name = lw_pdf_name(lw_pdf_find(pdf, dictionary, key));
	if (!lw_pdf_is_subset(name))
		return;
	g_autofree char *fresh = g_strconcat(TAG, name + 6, NULL);
	lw_pdf_set(pdf, dictionary, key, lw_pdf_new_name(pdf, fresh));
}
