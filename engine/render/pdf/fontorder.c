/* fontorder.c - which number a glyph and a code get: by character, then by what they look like.
 *
 * Everything is decided before anything is changed: codes first change in all content, or nowhere.
 */
#include "engine/render/pdf/fontorder.h"

#include "engine/render/pdf/fontcodes.h"
#include "engine/render/pdf/fontglyphs.h"

#include <string.h>

#define GLYPHS 65536
#define WORD_CODE                                                                                  \
	32 /* word spacing comes after it, whatever its glyph: it stays (ISO 32000-1, 9.3.3) */
#define FIRST_CODE 33 /* of the others of a simple font: no controls */
#define LAST_CODE  255

/* A glyph that a code leads to. */
typedef struct {
	guint16 glyph;
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
} Meant;

/* One program and what becomes of it. */
typedef struct {
	const LwFontProgram *program;
	GBytes *data, *fresh;
	GArray *codes;	     /* LwSfntCode of its maps */
	guint16 *places;     /* by glyph: its new number */
	GHashTable *recoded; /* old code -> new one + 1; NULL: codes stay */
	gboolean simple;
} Plan;

typedef struct {
	LwPdf *pdf;
	GPtrArray *plans;
	GHashTable *plan_of; /* LwFontUse -> Plan whose codes change */
	GBytes *data;	     /* program that is being sorted */
} Work;

static void plan_free(gpointer data)
{
	Plan *plan = data;
	g_bytes_unref(plan->data);
	g_clear_pointer(&plan->fresh, g_bytes_unref);
	g_clear_pointer(&plan->codes, g_array_unref);
	g_clear_pointer(&plan->recoded, g_hash_table_unref);
	g_free(plan->places);
	g_free(plan);
}

/* --- which fonts --- */

/* Only a subset is numbered by its producer. */
static gboolean is_subset(LwPdf *pdf, const LwFontUse *use)
{
	const char *name = lw_pdf_name(lw_pdf_find(pdf, use->dictionary, "BaseFont"));
	guint upper = 0;
	while (name && upper < 6 && g_ascii_isupper(name[upper]))
		upper++;
	return upper == 6 && name[6] == '+';
}

/* Two-byte codes that are the numbers of its descendant. */
static gboolean is_identity(LwPdf *pdf, const LwFontUse *use)
{
	LwPdfObject *encoding = lw_pdf_find(pdf, use->dictionary, "Encoding");
	GHashTableIter iter;
	gpointer bytes;
	g_hash_table_iter_init(&iter, use->codes);
	while (g_hash_table_iter_next(&iter, NULL, &bytes))
		if (GPOINTER_TO_UINT(bytes) != 2)
			return FALSE;
	return lw_pdf_is_name(encoding, "Identity-H");
}

static gboolean can_change(LwPdf *pdf, const LwFontUse *use, gboolean simple)
{
	if (use->whole || use->mixed || !is_subset(pdf, use) || lw_pdf_font_is_type3(use->font) ||
	    lw_pdf_font_is_composite(use->font) == simple)
		return FALSE;
	return simple || is_identity(pdf, use);
}

/* What a code means has to be written: else readers take it from the code. */
static gboolean is_spelled(LwPdf *pdf, const Plan *plan)
{
	for (guint u = 0; u < plan->program->uses->len; u++) {
		const LwFontUse *use = plan->program->uses->pdata[u];
		g_autoptr(GArray) meanings = lw_fontcodes_meanings(pdf, use);
		if (meanings->len != g_hash_table_size(use->codes))
			return FALSE;
	}
	return TRUE;
}

/* Codes of a simple font say nothing only where no encoding gives them a meaning. */
static gboolean has_own_codes(LwPdf *pdf, const Plan *plan)
{
	const LwFontUse *use = plan->program->uses->pdata[0];
	if (!is_spelled(pdf, plan))
		return FALSE;
	if (!plan->simple)
		return TRUE;
	if (plan->program->uses->len != 1 || lw_pdf_find(pdf, use->dictionary, "Encoding") ||
	    g_hash_table_size(use->codes) > LAST_CODE - FIRST_CODE + 1)
		return FALSE;
	for (guint i = 0; i < plan->codes->len; i++) {
		const LwSfntCode *entry = &g_array_index(plan->codes, LwSfntCode, i);
		gboolean own = entry->platform == 1 || (entry->platform == 3 && !entry->encoding);
		if (!own || (entry->code & 0xfff) > 255)
			return FALSE;
	}
	return plan->codes->len > 0;
}

/* --- glyphs of codes --- */

static GBytes *glyph_map(LwPdf *pdf, const LwFontUse *use)
{
	LwPdfObject *map = lw_pdf_find(pdf, lw_fontcodes_descendant_of(pdf, use), "CIDToGIDMap");
	return map && map->type == LW_PDF_STREAM ? lw_pdf_decode(pdf, map, NULL, NULL) : NULL;
}

static guint glyph_of_cid(GBytes *map, guint32 cid)
{
	gsize length;
	const guint8 *bytes = map ? g_bytes_get_data(map, &length) : NULL;
	if (!bytes)
		return cid < GLYPHS ? cid : 0;
	return 2 * (gsize)cid + 1 < length ? (guint)bytes[2 * cid] << 8 | bytes[2 * cid + 1] : 0;
}

static void add_meant(GArray *meant, guint glyph, const LwPdfCode *code)
{
	Meant one = {.glyph = (guint16)glyph};
	memcpy(one.text, code->unicode, sizeof one.text);
	if (glyph)
		g_array_append_val(meant, one);
}

static LwPdfCode read_code(const LwFontUse *use, guint32 value)
{
	guint bytes = GPOINTER_TO_UINT(g_hash_table_lookup(use->codes, GUINT_TO_POINTER(value)));
	guint8 string[4];
	LwPdfCode code;
	for (guint b = 0; b < bytes; b++)
		string[b] = (guint8)(value >> 8 * (bytes - 1 - b));
	lw_pdf_font_next(use->font, string, bytes, &code);
	return code;
}

static void meant_by_simple(const Plan *plan, const LwPdfCode *code, GArray *meant)
{
	for (guint i = 0; i < plan->codes->len; i++) {
		const LwSfntCode *entry = &g_array_index(plan->codes, LwSfntCode, i);
		gboolean symbol = entry->platform == 1 || !entry->encoding;
		if (symbol ? (entry->code & 0xff) == code->code && (entry->code & 0xfff) < 256
			   : entry->code == code->unicode[0])
			add_meant(meant, entry->glyph, code);
	}
}

/* Every code of a simple font finds its glyph by the program's maps alone. */
static gboolean is_mapped(const Plan *plan)
{
	for (guint u = 0; u < plan->program->uses->len; u++) {
		const LwFontUse *use = plan->program->uses->pdata[u];
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		for (guint i = 0; i < codes->len; i++) {
			LwPdfCode code = read_code(use, g_array_index(codes, guint32, i));
			g_autoptr(GArray) meant = g_array_new(FALSE, TRUE, sizeof(Meant));
			meant_by_simple(plan, &code, meant);
			if (!meant->len)
				return FALSE;
		}
	}
	return plan->codes->len > 0;
}

static void collect_meant(LwPdf *pdf, const Plan *plan, GArray *meant)
{
	for (guint u = 0; u < plan->program->uses->len; u++) {
		const LwFontUse *use = plan->program->uses->pdata[u];
		g_autoptr(GBytes) map = plan->simple ? NULL : glyph_map(pdf, use);
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		for (guint i = 0; i < codes->len; i++) {
			LwPdfCode code = read_code(use, g_array_index(codes, guint32, i));
			if (plan->simple)
				meant_by_simple(plan, &code, meant);
			else
				add_meant(meant, glyph_of_cid(map, code.code), &code);
		}
	}
	/* Maps that no code here needs still lead somewhere. */
	for (guint i = 0; i < plan->codes->len; i++) {
		const LwSfntCode *entry = &g_array_index(plan->codes, LwSfntCode, i);
		LwPdfCode last = {.unicode = {0x110000 + (entry->code & 0xffff)}};
		add_meant(meant, entry->glyph, &last);
	}
}

static int compare_texts(const gunichar *a, const gunichar *b)
{
	for (guint i = 0; i < LW_PDF_GLYPH_CHARACTERS; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static gint compare_meant(gconstpointer a, gconstpointer b, gpointer sfnt)
{
	const Meant *x = a, *y = b;
	int order = compare_texts(x->text, y->text);
	if (!order && x->glyph != y->glyph)
		order = lw_font_compare_glyphs(sfnt, x->glyph, y->glyph);
	return order ? order : (int)x->glyph - (int)y->glyph;
}

/* Glyphs in their new order (guint16), each at the first place that it earns; yours. */
static GArray *order_of(LwPdf *pdf, const Plan *plan)
{
	g_autoptr(GArray) meant = g_array_new(FALSE, TRUE, sizeof(Meant));
	g_autofree guint8 *seen = g_malloc0(GLYPHS);
	GArray *order = g_array_new(FALSE, FALSE, sizeof(guint16));
	collect_meant(pdf, plan, meant);
	g_array_sort_with_data(meant, compare_meant, plan->data);
	for (guint i = 0; i < meant->len; i++) {
		guint16 glyph = g_array_index(meant, Meant, i).glyph;
		if (!seen[glyph])
			g_array_append_val(order, glyph);
		seen[glyph] = TRUE;
	}
	return order;
}

/* --- new codes --- */

typedef struct {
	guint32 code;
	guint16 place;
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
} Coded;

static gint compare_coded(gconstpointer a, gconstpointer b)
{
	const Coded *x = a, *y = b;
	int order = compare_texts(x->text, y->text);
	if (!order)
		order = (int)x->place - (int)y->place;
	return order ? order : x->code < y->code ? -1 : x->code > y->code;
}

static void recode_simple(Plan *plan, gboolean spaced)
{
	const LwFontUse *use = plan->program->uses->pdata[0];
	g_autoptr(GArray) sorted = g_array_new(FALSE, TRUE, sizeof(Coded));
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	for (guint i = 0; i < codes->len; i++) {
		LwPdfCode code = read_code(use, g_array_index(codes, guint32, i));
		Coded one = {.code = code.code};
		g_autoptr(GArray) meant = g_array_new(FALSE, TRUE, sizeof(Meant));
		meant_by_simple(plan, &code, meant);
		one.place = meant->len ? plan->places[g_array_index(meant, Meant, 0).glyph] : 0;
		memcpy(one.text, code.unicode, sizeof one.text);
		g_array_append_val(sorted, one);
	}
	g_array_sort(sorted, compare_coded);
	guint next = FIRST_CODE;
	for (guint i = 0; i < sorted->len; i++) {
		guint32 code = g_array_index(sorted, Coded, i).code;
		guint fresh = spaced && code == WORD_CODE ? WORD_CODE : next++;
		g_hash_table_insert(plan->recoded, GUINT_TO_POINTER(code),
				    GUINT_TO_POINTER(fresh + 1));
	}
}

/* A code is the number of its glyph. FALSE: two codes have one glyph. */
static gboolean recode_composite(LwPdf *pdf, Plan *plan)
{
	g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
	for (guint u = 0; u < plan->program->uses->len; u++) {
		const LwFontUse *use = plan->program->uses->pdata[u];
		g_autoptr(GBytes) map = glyph_map(pdf, use);
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		for (guint i = 0; i < codes->len; i++) {
			guint32 code = g_array_index(codes, guint32, i);
			guint fresh = plan->places[glyph_of_cid(map, code)];
			gpointer key = GUINT_TO_POINTER(fresh), value = GUINT_TO_POINTER(code + 1);
			gpointer old = g_hash_table_lookup(taken, key);
			if ((old && old != value) || (!fresh && code))
				return FALSE;
			g_hash_table_insert(taken, key, value);
			g_hash_table_insert(plan->recoded, GUINT_TO_POINTER(code),
					    GUINT_TO_POINTER(fresh + 1));
		}
	}
	return TRUE;
}

static guint32 new_code(const Plan *plan, guint32 code)
{
	gpointer fresh = plan && plan->recoded
				 ? g_hash_table_lookup(plan->recoded, GUINT_TO_POINTER(code))
				 : NULL;
	return fresh ? GPOINTER_TO_UINT(fresh) - 1 : code;
}

/* The program's maps with the new codes. */
static void recode_maps(Plan *plan)
{
	for (guint i = 0; plan->simple && plan->recoded && i < plan->codes->len; i++) {
		LwSfntCode *entry = &g_array_index(plan->codes, LwSfntCode, i);
		gpointer fresh =
			g_hash_table_lookup(plan->recoded, GUINT_TO_POINTER(entry->code & 0xff));
		if (fresh)
			entry->code = (entry->code & 0xf000) | (GPOINTER_TO_UINT(fresh) - 1);
		else
			entry->glyph = 0;
	}
}

/* --- plans --- */

static Plan *plan_new(LwPdf *pdf, const LwFontProgram *program)
{
	const LwFontUse *first = program->uses->pdata[0];
	gboolean simple = !lw_pdf_font_is_composite(first->font);
	for (guint i = 0; i < program->uses->len; i++)
		if (!can_change(pdf, program->uses->pdata[i], simple))
			return NULL;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, program->stream, NULL, NULL);
	gsize length = 0;
	const guint8 *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	if (!bytes || !lw_sfnt_is(bytes, length) ||
	    !lw_sfnt_find(data, LW_SFNT_TAG('g', 'l', 'y', 'f')).length)
		return NULL;
	Plan *plan = g_new0(Plan, 1);
	plan->program = program;
	plan->data = g_bytes_ref(data);
	plan->simple = simple;
	plan->codes = lw_sfnt_codes(data);
	if (!plan->codes)
		plan->codes = g_array_new(FALSE, FALSE, sizeof(LwSfntCode));
	return plan;
}

static gboolean plan_make(LwPdf *pdf, Plan *plan, gboolean spaced)
{
	if (plan->simple && !is_mapped(plan))
		return FALSE;
	g_autoptr(GArray) order = order_of(pdf, plan);
	plan->fresh = lw_font_reorder(plan->data, order, plan->codes, &plan->places);
	if (!plan->fresh || !has_own_codes(pdf, plan))
		return plan->fresh && plan->simple;
	plan->recoded = g_hash_table_new(NULL, NULL);
	if (plan->simple)
		recode_simple(plan, spaced);
	else if (!recode_composite(pdf, plan))
		return FALSE;
	if (!plan->simple)
		return TRUE;
	g_autofree guint16 *again = NULL;
	recode_maps(plan);
	g_bytes_unref(plan->fresh);
	plan->fresh = lw_font_reorder(plan->data, order, plan->codes, &again);
	return plan->fresh != NULL;
}

/* --- changing --- */

static guint32 on_code(void *self, const LwFontUse *use, guint32 code)
{
	const Work *work = self;
	return new_code(g_hash_table_lookup(work->plan_of, use), code);
}

static gint compare_meanings(gconstpointer a, gconstpointer b)
{
	const LwFontMeaning *x = a, *y = b;
	return x->code < y->code ? -1 : x->code > y->code;
}

static void change_meanings(LwPdf *pdf, const Plan *plan, const LwFontUse *use)
{
	g_autoptr(GArray) meanings = lw_fontcodes_meanings(pdf, use);
	for (guint i = 0; i < meanings->len; i++) {
		LwFontMeaning *one = &g_array_index(meanings, LwFontMeaning, i);
		one->code = new_code(plan, one->code);
	}
	g_array_sort(meanings, compare_meanings);
	if (meanings->len)
		lw_fontcodes_set_meanings(pdf, use, meanings);
}

static void change_simple_widths(LwPdf *pdf, const Plan *plan, const LwFontUse *use)
{
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	LwPdfObject *by_code[256] = {NULL}, *widths = lw_pdf_new_array(pdf);
	if (!lw_pdf_length(lw_pdf_find(pdf, use->dictionary, "Widths")) || !codes->len)
		return;
	for (guint i = 0; i < codes->len; i++) {
		guint32 code = g_array_index(codes, guint32, i);
		by_code[new_code(plan, code) & 0xff] = lw_fontcodes_width(pdf, use, code);
	}
	guint first = by_code[WORD_CODE] ? WORD_CODE : FIRST_CODE;
	for (guint i = 0; i < codes->len; i++) {
		LwPdfObject *width = by_code[first + i];
		lw_pdf_append(pdf, widths, width ? width : lw_pdf_new_integer(pdf, 0));
	}
	lw_pdf_set(pdf, use->dictionary, "FirstChar", lw_pdf_new_integer(pdf, first));
	lw_pdf_set(pdf, use->dictionary, "LastChar",
		   lw_pdf_new_integer(pdf, first + codes->len - 1));
	lw_pdf_set(pdf, use->dictionary, "Widths", widths);
}

/* Widths of a descendant, for all fonts of the program that share it: one list without gaps. */
static void change_descendant(LwPdf *pdf, const Plan *plan, LwPdfObject *descendant)
{
	g_autofree double *widths = g_new0(double, GLYPHS);
	g_autofree guint8 *known = g_malloc0(GLYPHS);
	LwPdfObject *array = lw_pdf_new_array(pdf), *run = NULL;
	for (guint u = 0; u < plan->program->uses->len; u++) {
		const LwFontUse *use = plan->program->uses->pdata[u];
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		if (lw_fontcodes_descendant_of(pdf, use) != descendant)
			continue;
		for (guint i = 0; i < codes->len; i++) {
			LwPdfCode code = read_code(use, g_array_index(codes, guint32, i));
			guint32 fresh = new_code(plan, code.code) & 0xffff;
			widths[fresh] = code.width;
			known[fresh] = TRUE;
		}
	}
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
	lw_pdf_set(pdf, descendant, "CIDToGIDMap", lw_pdf_new_name(pdf, "Identity"));
}

static void change(LwPdf *pdf, const Plan *plan)
{
	g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
	gsize length = g_bytes_get_size(plan->fresh);
	lw_pdf_set_data(pdf, plan->program->stream, plan->fresh);
	lw_pdf_set(pdf, plan->program->stream->stream.dictionary, "Length1",
		   lw_pdf_new_integer(pdf, (gint64)length));
	for (guint u = 0; plan->recoded && u < plan->program->uses->len; u++) {
		const LwFontUse *use = plan->program->uses->pdata[u];
		change_meanings(pdf, plan, use);
		if (plan->simple) {
			change_simple_widths(pdf, plan, use);
			continue;
		}
		LwPdfObject *descendant = lw_fontcodes_descendant_of(pdf, use);
		if (g_hash_table_add(done, descendant))
			change_descendant(pdf, plan, descendant);
	}
}

gboolean lw_fontorder(LwPdf *pdf, const LwFontUses *uses, const GPtrArray *programs)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func(plan_free);
	g_autoptr(GHashTable) plan_of = g_hash_table_new(NULL, NULL);
	Work work = {.pdf = pdf, .plans = plans, .plan_of = plan_of};
	for (guint i = 0; i < programs->len; i++) {
		Plan *plan = plan_new(pdf, programs->pdata[i]);
		if (!plan)
			continue;
		if (!plan_make(pdf, plan, uses->spaced)) {
			plan_free(plan);
			continue;
		}
		g_ptr_array_add(plans, plan);
		for (guint u = 0; plan->recoded && u < plan->program->uses->len; u++)
			g_hash_table_insert(plan_of, plan->program->uses->pdata[u], plan);
	}
	if (g_hash_table_size(plan_of) && !lw_font_uses_recode(pdf, uses, on_code, &work))
		return FALSE;
	for (guint i = 0; i < plans->len; i++)
		change(pdf, plans->pdata[i]);
	return TRUE;
}
