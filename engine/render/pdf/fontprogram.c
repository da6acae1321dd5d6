/* fontprogram.c - chooses the glyphs that codes in use lead to, and has all others taken out of the
 * program.
 *
 * A code leads to more than one glyph where readers differ: then all of them stay. What cannot be
 * shown to hold every glyph in use afterwards is not written. */
#include "engine/render/pdf/fontprogram.h"

#include "engine/pdf/names.h"
#include "engine/pdf/encoding.h"
#include "engine/pdf/fontcff.h"
#include "engine/render/pdf/fontcodes.h"
#include "engine/render/pdf/fontsfnt.h"
#include "engine/render/pdf/fontsubset.h"
#include "engine/render/pdf/fonttype1.h"

#include <string.h>

#define GLYPHS	 65536
#define SYMBOLIC 4
#define TAG	 "AAAAAA"

#define HEAD LW_SFNT_TAG('h', 'e', 'a', 'd')
#define MAXP LW_SFNT_TAG('m', 'a', 'x', 'p')
#define CFF  LW_SFNT_TAG('C', 'F', 'F', ' ')
#define GLYF LW_SFNT_TAG('g', 'l', 'y', 'f')
#define CMAP LW_SFNT_TAG('c', 'm', 'a', 'p')

/* What a reader of a PDF draws with; names, layout and other maps go. */
static const guint32 drawing_tables[] = {HEAD,
					 MAXP,
					 CFF,
					 GLYF,
					 LW_SFNT_TAG('l', 'o', 'c', 'a'),
					 LW_SFNT_TAG('h', 'h', 'e', 'a'),
					 LW_SFNT_TAG('h', 'm', 't', 'x'),
					 LW_SFNT_TAG('v', 'h', 'e', 'a'),
					 LW_SFNT_TAG('v', 'm', 't', 'x'),
					 LW_SFNT_TAG('c', 'v', 't', ' '),
					 LW_SFNT_TAG('f', 'p', 'g', 'm'),
					 LW_SFNT_TAG('p', 'r', 'e', 'p'),
					 LW_SFNT_TAG('V', 'O', 'R', 'G'),
					 0};

typedef struct {
	LwPdf *pdf;
	const LwFontProgram *program;
	GBytes *data;
	guint8 *wanted; /* by glyph */
	guint glyphs;
	GArray *codes; /* of the program's own maps */
	LwCff *cff;
	gboolean simple, composite, lost;
} Work;

/* --- the program of a font --- */

LwPdfObject *lw_font_descriptor(LwPdf *pdf, const LwFontUse *use)
{
	LwPdfObject *holder = lw_pdf_font_is_composite(use->font)
				      ? lw_fontcodes_descendant_of(pdf, use)
				      : use->dictionary;
	LwPdfObject *descriptor = lw_pdf_find(pdf, holder, "FontDescriptor");
	return descriptor && descriptor->type == LW_PDF_DICTIONARY ? descriptor : NULL;
}

LwPdfObject *lw_font_program_stream(LwPdf *pdf, const LwFontUse *use)
{
	static const char *const keys[] = {"FontFile", "FontFile2", "FontFile3"};
	LwPdfObject *descriptor = lw_font_descriptor(pdf, use);
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		LwPdfObject *stream = lw_pdf_find(pdf, descriptor, keys[i]);
		if (stream && stream->type == LW_PDF_STREAM)
			return stream;
	}
	return NULL;
}

/* --- glyphs by number --- */

static gboolean want(Work *work, guint32 glyph)
{
	if (!glyph || glyph >= work->glyphs)
		return FALSE;
	work->wanted[glyph] = TRUE;
	return TRUE;
}

/* Looks a code up in the program's maps of a platform; encoding -1: in all of them. */
static gboolean want_mapped(Work *work, guint platform, gint encoding, guint32 code)
{
	gboolean found = FALSE;
	for (guint i = 0; i < work->codes->len; i++) {
		const LwSfntCode *entry = &g_array_index(work->codes, LwSfntCode, i);
		if (entry->code == code && entry->platform == platform &&
		    (encoding < 0 || entry->encoding == encoding))
			found |= want(work, entry->glyph);
	}
	return found;
}

static gboolean want_character(Work *work, const char *name)
{
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
	if (!name || !lw_pdf_glyph_unicode(name, text))
		return FALSE;
	gboolean found = want_mapped(work, 3, 1, text[0]) | want_mapped(work, 3, 10, text[0]);
	return found | want_mapped(work, 0, -1, text[0]);
}

static gboolean want_macintosh(Work *work, const char *name)
{
	gboolean found = FALSE;
	for (guint code = 0; name && code < 256; code++) {
		const char *other = lw_pdf_encoding_glyph(LW_PDF_ENCODING_MAC_ROMAN, (guint8)code);
		if (other && !strcmp(other, name))
			found |= want_mapped(work, 1, -1, code);
	}
	return found;
}

static gboolean want_named(Work *work, const char *name)
{
	gint glyph = name ? lw_sfnt_named_glyph(work->data, name) : -1;
	gboolean found = glyph > 0 && want(work, (guint32)glyph);
	for (guint i = 0; name && work->cff && !work->cff->by_cid && i < work->cff->count; i++)
		if (work->cff->names[i] && !strcmp(work->cff->names[i], name))
			found |= want(work, i);
	return found;
}

static gboolean want_symbol(Work *work, guint32 code)
{
	static const guint32 places[] = {0, 0xf000, 0xf100, 0xf200};
	gboolean found = FALSE;
	for (guint i = 0; i < G_N_ELEMENTS(places); i++)
		found |= want_mapped(work, 3, 0, places[i] + code);
	return found;
}

/* 9.6.6.4: with an encoding by character, else by the program's own map; readers do not all agree.
 */
static void want_code(Work *work, const LwFontUse *use, guint32 code, gboolean by_name)
{
	const char *name = lw_pdf_font_glyph_name(use->font, code);
	gboolean named = want_character(work, name);
	if (named && by_name)
		return;
	named |= want_macintosh(work, name) | want_symbol(work, code);
	named |= want_mapped(work, 1, -1, code);
	if (named)
		return;
	if (want_named(work, name))
		return;
	gboolean any = want_mapped(work, 3, -1, code) | want_mapped(work, 0, -1, code);
	if (!work->codes->len || !any)
		want(work, code);
	work->lost |= !any &&
		      lw_sfnt_find(work->data, LW_SFNT_TAG('p', 'o', 's', 't')).length > 32 &&
		      name && strcmp(name, "space") != 0;
}

static void want_simple(Work *work, const LwFontUse *use)
{
	LwPdf *pdf = work->pdf;
	LwPdfObject *flags = lw_pdf_find(pdf, lw_font_descriptor(pdf, use), "Flags");
	gboolean symbolic = lw_pdf_integer(pdf, flags, SYMBOLIC) & SYMBOLIC;
	gboolean by_name = !symbolic && lw_pdf_find(pdf, use->dictionary, "Encoding");
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	for (guint i = 0; i < codes->len; i++)
		want_code(work, use, g_array_index(codes, guint32, i), by_name);
}

static void want_cid(Work *work, guint32 cid, const guint8 *map, gsize length)
{
	for (guint i = 0; work->cff && work->cff->by_cid && i < work->cff->count; i++)
		if (work->cff->cids[i] == cid)
			want(work, i);
	if (!map)
		want(work, cid);
	else if (2 * (gsize)cid + 1 < length)
		want(work, (guint32)map[2 * cid] << 8 | map[2 * cid + 1]);
}

static void want_composite(Work *work, const LwFontUse *use)
{
	LwPdf *pdf = work->pdf;
	LwPdfObject *map = lw_pdf_find(pdf, lw_fontcodes_descendant_of(pdf, use), "CIDToGIDMap");
	gboolean listed = map && map->type == LW_PDF_STREAM;
	g_autoptr(GBytes) data = listed ? lw_pdf_decode(pdf, map, NULL, NULL) : NULL;
	gsize length = 0;
	const guint8 *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	g_autoptr(GArray) cids = lw_fontcodes_cids(use);
	for (guint i = 0; i < cids->len; i++)
		want_cid(work, g_array_index(cids, LwFontCid, i).cid, bytes, length);
}

static void want_all(Work *work)
{
	for (guint i = 0; i < work->program->uses->len; i++) {
		const LwFontUse *use = work->program->uses->pdata[i];
		if (lw_pdf_font_is_composite(use->font))
			want_composite(work, use);
		else
			want_simple(work, use);
	}
}

/* --- the new program --- */

/* A producer's tag is often a digest of the letters; it stands in the program too. */
static GBytes *retagged(Work *work, GBytes *bytes, gsize reach)
{
	const LwFontUse *use = work->program->uses->pdata[0];
	const char *name = lw_pdf_name(lw_pdf_find(work->pdf, use->dictionary, "BaseFont"));
	if (!lw_pdf_is_subset(name))
		return g_bytes_ref(bytes);
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	char *copy = g_memdup2(data, length);
	char *at = copy, *end = copy + MIN(reach, length);
	while ((at = memmem(at, (gsize)(end - at), name, 7)))
		at = (char *)memcpy(at, TAG, 6) + 7;
	return g_bytes_new_take(copy, length);
}

static void store(Work *work, GBytes *bytes, const gsize *lengths, guint count)
{
	static const char *const keys[] = {"Length1", "Length2", "Length3"};
	g_autoptr(GBytes) final = retagged(work, bytes,
					   count == 3	? lengths[0]
					   : count == 0 ? G_MAXSIZE
							: 0);
	lw_pdf_set_data(work->pdf, work->program->stream, final);
	for (guint i = 0; i < 3; i++)
		lw_pdf_set(work->pdf, work->program->stream->stream.dictionary, keys[i],
			   i < count ? lw_pdf_new_integer(work->pdf, (gint64)lengths[i]) : NULL);
}

static gboolean has_table(GBytes *sfnt, guint32 tag)
{
	return lw_sfnt_find(sfnt, tag).length > 0;
}

static gboolean holds_all(const Work *work, GBytes *fewer)
{
	static const guint32 needed[] = {HEAD,
					 MAXP,
					 CFF,
					 GLYF,
					 LW_SFNT_TAG('l', 'o', 'c', 'a'),
					 LW_SFNT_TAG('h', 'h', 'e', 'a'),
					 LW_SFNT_TAG('h', 'm', 't', 'x')};
	for (guint i = 0; i < G_N_ELEMENTS(needed); i++)
		if (has_table(work->data, needed[i]) && !has_table(fewer, needed[i]))
			return FALSE;
	for (guint i = 0; i < work->glyphs; i++)
		if (work->wanted[i] && lw_sfnt_has_outline(work->data, i) &&
		    !lw_sfnt_has_outline(fewer, i))
			return FALSE;
	return TRUE;
}

static GBytes *cmap_of_wanted(const Work *work)
{
	g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(LwSfntCode));
	for (guint i = 0; i < work->codes->len; i++) {
		LwSfntCode entry = g_array_index(work->codes, LwSfntCode, i);
		if (work->wanted[entry.glyph])
			g_array_append_val(kept, entry);
	}
	return lw_sfnt_cmap(kept);
}

static gboolean reduce_sfnt(Work *work)
{
	LwSfntTable outlines = lw_sfnt_find(work->data, CFF);
	work->glyphs = lw_sfnt_glyph_count(work->data);
	work->codes = lw_sfnt_codes(work->data);
	work->cff = outlines.length ? lw_cff_read(outlines.data, outlines.length) : NULL;
	if (!work->codes || !work->glyphs || (outlines.length && !work->cff) ||
	    (!outlines.length && !has_table(work->data, GLYF)))
		return FALSE;
	want_all(work);
	g_autoptr(GBytes) source =
		lw_sfnt_select(work->data, drawing_tables, (LwSfntPart){0, NULL});
	g_autoptr(GBytes) fewer =
		work->lost ? NULL
			   : lw_font_subset(source, work->wanted, work->glyphs, LW_GLYPHS_STAY);
	if (!fewer || !holds_all(work, fewer))
		return FALSE;
	g_autoptr(GBytes) map = work->simple && work->codes->len ? cmap_of_wanted(work) : NULL;
	g_autoptr(GBytes) final = lw_sfnt_select(fewer, drawing_tables, (LwSfntPart){CMAP, map});
	gsize length = g_bytes_get_size(final);
	store(work, final, &length, 1);
	return TRUE;
}

/* --- CFF without a wrapper --- */

static gboolean same_characters(const char *a, const char *b)
{
	gunichar x[LW_PDF_GLYPH_CHARACTERS], y[LW_PDF_GLYPH_CHARACTERS];
	return a && b && lw_pdf_glyph_unicode(a, x) && lw_pdf_glyph_unicode(b, y) &&
	       !memcmp(x, y, sizeof x);
}

/* By name, or by other names of the same character. */
static void want_cff_name(Work *work, const char *name)
{
	gboolean found = FALSE;
	for (guint i = 0; name && i < work->glyphs; i++)
		if (work->cff->names[i] && !strcmp(work->cff->names[i], name))
			found |= want(work, i);
	for (guint i = 0; !found && i < work->glyphs; i++)
		if (same_characters(name, work->cff->names[i]))
			want(work, i);
}

static void want_cff(Work *work)
{
	for (guint u = 0; u < work->program->uses->len; u++) {
		const LwFontUse *use = work->program->uses->pdata[u];
		if (lw_pdf_font_is_composite(use->font) && work->cff->by_cid) {
			g_autoptr(GArray) cids = lw_fontcodes_cids(use);
			for (guint i = 0; i < cids->len;
			     i++) /* an empty map: no number is a glyph's own */
				want_cid(work, g_array_index(cids, LwFontCid, i).cid,
					 (const guint8 *)"", 0);
			continue;
		}
		if (lw_pdf_font_is_composite(use->font)) {
			want_composite(work, use);
			continue;
		}
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		for (guint i = 0; i < codes->len; i++)
			want_cff_name(work, lw_pdf_font_glyph_name(
						    use->font, g_array_index(codes, guint32, i)));
	}
}

static gboolean cff_holds(const Work *work, const LwCff *fewer, guint glyph)
{
	for (guint i = 0; i < fewer->count; i++) {
		gboolean same = work->cff->by_cid
					? fewer->cids[i] == work->cff->cids[glyph]
					: !g_strcmp0(fewer->names[i], work->cff->names[glyph]);
		if (same)
			return TRUE;
	}
	return FALSE;
}

static gboolean cff_holds_all(const Work *work, LwSfntTable table)
{
	g_autoptr(LwCff) fewer = table.length ? lw_cff_read(table.data, table.length) : NULL;
	if (!fewer || fewer->by_cid != work->cff->by_cid)
		return FALSE;
	for (guint i = 0; i < work->glyphs; i++)
		if (work->wanted[i] && !cff_holds(work, fewer, i))
			return FALSE;
	return TRUE;
}

static gboolean wants_all(const Work *work)
{
	guint i = 1;

	while (i < work->glyphs && work->wanted[i])
		i++;
	return i == work->glyphs;
}

static gboolean reduce_cff(Work *work)
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(work->data, &length);
	work->cff = lw_cff_read(bytes, length);
	if (!work->cff || (work->simple && work->cff->by_cid))
		return FALSE;
	work->glyphs = work->cff->count;
	want_cff(work);
	gboolean by_number = work->composite && !work->cff->by_cid;
	g_autoptr(GBytes) wrapped = lw_sfnt_wrap(work->data, work->glyphs);
	g_autoptr(GBytes) fewer = lw_font_subset(wrapped, work->wanted, work->glyphs,
						 by_number ? LW_GLYPHS_STAY : LW_GLYPHS_GATHER);
	LwSfntTable table = fewer ? lw_sfnt_find(fewer, CFF) : (LwSfntTable){NULL, 0};
	if (!fewer && wants_all(work))
		return TRUE;
	if (!cff_holds_all(work, table))
		return FALSE;
	g_autoptr(GBytes) final = g_bytes_new(table.data, table.length);
	store(work, final, NULL, 0);
	return TRUE;
}

/* --- Type 1 --- */

static void want_type1_name(GHashTable *names, GHashTable *wanted, const char *name)
{
	GHashTableIter iter;
	gpointer other;
	if (!name)
		return;
	if (g_hash_table_contains(names, name)) {
		g_hash_table_add(wanted, g_strdup(name));
		return;
	}
	g_hash_table_iter_init(&iter, names);
	while (g_hash_table_iter_next(&iter, &other, NULL))
		if (same_characters(name, other))
			g_hash_table_add(wanted, g_strdup(other));
}

static gboolean reduce_type1(Work *work)
{
	LwPdf *pdf = work->pdf;
	gint64 length1 = lw_pdf_integer(pdf, lw_pdf_find(pdf, work->program->stream, "Length1"), 0);
	gint64 length2 = lw_pdf_integer(pdf, lw_pdf_find(pdf, work->program->stream, "Length2"), 0);
	g_autoptr(GHashTable) names = lw_type1_names(work->data, length1, length2);
	if (!names || work->composite)
		return FALSE;
	g_autoptr(GHashTable) wanted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint u = 0; u < work->program->uses->len; u++) {
		const LwFontUse *use = work->program->uses->pdata[u];
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		for (guint i = 0; i < codes->len; i++)
			want_type1_name(names, wanted,
					lw_pdf_font_glyph_name(use->font,
							       g_array_index(codes, guint32, i)));
	}
	LwType1 result;
	if (!lw_type1_subset(work->data, length1, length2, wanted, &result))
		return FALSE;
	store(work, result.data, result.lengths, 3);
	g_bytes_unref(result.data);
	return TRUE;
}

static gboolean is_certain(Work *work)
{
	for (guint i = 0; i < work->program->uses->len; i++) {
		const LwFontUse *use = work->program->uses->pdata[i];
		gboolean composite = lw_pdf_font_is_composite(use->font);
		if (use->whole || use->mixed || (composite && !lw_pdf_font_has_cids(use->font)))
			return FALSE;
		work->composite |= composite;
		work->simple |= !composite;
	}
	return TRUE;
}

gboolean lw_font_program_reduce(LwPdf *pdf, const LwFontProgram *program)
{
	const char *rest = NULL;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, program->stream, &rest, NULL);
	g_autofree guint8 *wanted = g_malloc0(GLYPHS);
	Work work = {.pdf = pdf, .program = program, .data = data, .wanted = wanted};
	gsize length = 0;
	const guint8 *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	if (!bytes || rest || length < 16 || !is_certain(&work))
		return FALSE;
	gboolean done;
	if (lw_sfnt_is(bytes, length))
		done = reduce_sfnt(&work);
	else
		done = bytes[0] == '%' ? reduce_type1(&work) : reduce_cff(&work);
	g_clear_pointer(&work.codes, g_array_unref);
	lw_cff_free(work.cff);
	return done;
}
