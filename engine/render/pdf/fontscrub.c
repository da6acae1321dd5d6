/* fontscrub.c - what fonts say about codes, reduced to the codes that content still shows.
 *
 * Programs first: they are chosen by what the dictionaries say. A font that stays whole is told in
 * the receipt. */
#include "engine/render/pdf/fontscrub.h"

#include "engine/render/pdf/fontcodes.h"
#include "engine/render/pdf/fontmeasures.h"
#include "engine/render/pdf/fontorder.h"
#include "engine/render/pdf/fontprogram.h"
#include "engine/render/pdf/label_font.h"

#include <string.h>

static void free_program(gpointer data)
{
	LwFontProgram *program = data;
	g_ptr_array_unref(program->uses);
	g_free(program);
}

/* Labels are drawn with a font of our own, the same in all documents. */
static gboolean is_label_font(LwPdf *pdf, const LwFontUse *use)
{
	LwPdfObject *stream = lw_font_program_stream(pdf, use);
	g_autoptr(GBytes) data = stream ? lw_pdf_decode(pdf, stream, NULL, NULL) : NULL;
	return data && g_bytes_get_size(data) == lw_label_font_size &&
	       !memcmp(g_bytes_get_data(data, NULL), lw_label_font, lw_label_font_size);
}

static void drop_label_fonts(LwPdf *pdf, GPtrArray *uses)
{
	for (guint i = uses->len; i > 0; i--)
		if (is_label_font(pdf, uses->pdata[i - 1]))
			g_ptr_array_remove_index(uses, i - 1);
}

/* Fonts by what they share, in order of first sight. */
static GPtrArray *group(LwPdf *pdf, const GPtrArray *uses,
			LwPdfObject *(*part)(LwPdf *, const LwFontUse *))
{
	GPtrArray *groups = g_ptr_array_new_with_free_func(free_program);
	g_autoptr(GHashTable) by_part = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < uses->len; i++) {
		LwPdfObject *shared = part(pdf, uses->pdata[i]);
		LwFontProgram *found = shared ? g_hash_table_lookup(by_part, shared) : NULL;
		if (!shared)
			continue;
		if (!found) {
			found = g_new0(LwFontProgram, 1);
			found->stream = shared;
			found->uses = g_ptr_array_new();
			g_hash_table_insert(by_part, shared, found);
			g_ptr_array_add(groups, found);
		}
		g_ptr_array_add(found->uses, uses->pdata[i]);
	}
	return groups;
}

static LwPdfObject *descendant_of(LwPdf *pdf, const LwFontUse *use)
{
	return lw_pdf_font_is_composite(use->font) ? lw_fontcodes_descendant_of(pdf, use) : NULL;
}

static gboolean any_whole(const GPtrArray *uses)
{
	for (guint i = 0; i < uses->len; i++)
		if (((const LwFontUse *)uses->pdata[i])->whole)
			return TRUE;
	return FALSE;
}

static gboolean reduce_programs(LwPdf *pdf, const GPtrArray *uses)
{
	g_autoptr(GPtrArray) programs = group(pdf, uses, lw_font_program_stream);
	gboolean done = TRUE;
	for (guint i = 0; i < programs->len; i++) {
		const LwFontProgram *program = programs->pdata[i];
		if (any_whole(program->uses))
			continue;
		gboolean measured = lw_fontmeasures_are_of_use(pdf, program);
		done &= lw_font_program_reduce(pdf, program);
		if (measured)
			lw_fontmeasures_renew(pdf, program);
	}
	return done;
}

static gboolean has_numbers(const GPtrArray *uses)
{
	for (guint i = 0; i < uses->len; i++) {
		const LwFontUse *use = uses->pdata[i];
		if (use->mixed || !lw_pdf_font_has_cids(use->font))
			return FALSE;
	}
	return TRUE;
}

/* From numbers to glyphs, for those in use; the others lead to "no glyph". */
static void rebuild_glyph_map(LwPdf *pdf, LwPdfObject *descendant, const GPtrArray *uses)
{
	LwPdfObject *old = lw_pdf_find(pdf, descendant, "CIDToGIDMap");
	g_autoptr(GBytes) data =
		old && old->type == LW_PDF_STREAM ? lw_pdf_decode(pdf, old, NULL, NULL) : NULL;
	if (!data)
		return;
	gsize length;
	const guint8 *bytes = g_bytes_get_data(data, &length);
	g_autoptr(GByteArray) fresh = g_byte_array_new();
	for (guint u = 0; u < uses->len; u++) {
		g_autoptr(GArray) cids = lw_fontcodes_cids(uses->pdata[u]);
		for (guint i = 0; i < cids->len; i++) {
			gsize at = 2 * (gsize)g_array_index(cids, LwFontCid, i).cid;
			gsize before = fresh->len;
			if (at + 2 > length)
				continue;
			if (at + 2 > before) {
				g_byte_array_set_size(fresh, (guint)at + 2);
				memset(fresh->data + before, 0, at + 2 - before);
			}
			memcpy(fresh->data + at, bytes + at, 2);
		}
	}
	g_autoptr(GBytes) map = g_byte_array_free_to_bytes(g_steal_pointer(&fresh));
	LwPdfObject *stream = lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), map);
	lw_pdf_set(pdf, descendant, "CIDToGIDMap", lw_pdf_reference(pdf, stream));
}

static gboolean reduce_descendants(LwPdf *pdf, const GPtrArray *uses)
{
	g_autoptr(GPtrArray) groups = group(pdf, uses, descendant_of);
	gboolean done = TRUE;
	for (guint i = 0; i < groups->len; i++) {
		const LwFontProgram *shared = groups->pdata[i];
		if (any_whole(shared->uses))
			continue;
		if (!has_numbers(shared->uses)) {
			done = FALSE;
			continue;
		}
		lw_fontcodes_descendant(pdf, shared->stream, shared->uses);
		rebuild_glyph_map(pdf, shared->stream, shared->uses);
		lw_fontcodes_retag(pdf, shared->stream, "BaseFont");
	}
	return done;
}

static gboolean reduce_dictionaries(LwPdf *pdf, const GPtrArray *uses)
{
	gboolean done = TRUE;
	for (guint i = 0; i < uses->len; i++) {
		LwFontUse *use = uses->pdata[i];
		if (use->whole)
			continue;
		if (lw_pdf_font_is_composite(use->font))
			done &= lw_fontcodes_composite(pdf, use);
		else
			lw_fontcodes_simple(pdf, use);
		lw_fontcodes_retag(pdf, use->dictionary, "BaseFont");
		lw_fontcodes_retag(pdf, lw_font_descriptor(pdf, use), "FontName");
	}
	return done;
}

void lw_fontscrub(LwPdf *pdf, LwReceipt *receipt)
{
	g_autoptr(LwFontUses) found = lw_font_uses_new(pdf);
	drop_label_fonts(pdf, found->uses);
	gboolean done = found->complete && reduce_programs(pdf, found->uses);
	if (found->complete) {
		done &= reduce_descendants(pdf, found->uses);
		done &= reduce_dictionaries(pdf, found->uses);
		g_autoptr(GPtrArray) programs = group(pdf, found->uses, lw_font_program_stream);
		done &= lw_fontorder(pdf, found, programs);
	}
	if (!done)
		lw_receipt_notice(
			receipt, "font-kept", -1,
			"a font could not be reduced to the letters in use and was kept whole");
}
