/* fontorder.c - which number a glyph and a code get: by character, then by what they look like.
 *
 * Everything is decided before anything is changed: codes first change in all content, or nowhere.
 */
#include "engine/render/pdf/fontorder.h"

#include "engine/pdf/names.h"
#include "engine/render/pdf/fontarrange.h"
#include "engine/render/pdf/fontcodes.h"
#include "engine/render/pdf/fontglyphs.h"
#include "engine/render/pdf/fontrecode.h"

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

/* One program, or one Type 3 font, and what becomes of it. */
typedef struct {
	const LwFontProgram *program;
	LwFontGlyphs *glyphs; /* NULL: Type 3 */
	GArray *order;	      /* guint16: glyphs in their new order */
	guint16 *places;      /* by glyph: its new number */
	GPtrArray *names;     /* by place - 1; NULL: glyphs have none */
	LwFontFile file;      /* the new program */
	GHashTable
		*tables; /* LwFontUse -> LwFontTable; those that are not in it keep their codes */
	gboolean simple, renamed;
} Plan;

typedef struct {
	LwPdf *pdf;
	GHashTable *tables; /* LwFontUse -> LwFontTable, of all plans */
} Work;

static void plan_free(gpointer data)
{
	Plan *plan = data;
	if (!plan->glyphs) {
		g_ptr_array_unref(plan->program->uses);
		g_free((gpointer)plan->program);
	}
	lw_font_glyphs_free(plan->glyphs);
	g_clear_pointer(&plan->order, g_array_unref);
	g_clear_pointer(&plan->names, g_ptr_array_unref);
	g_clear_pointer(&plan->file.data, g_bytes_unref);
	g_clear_pointer(&plan->tables, g_hash_table_unref);
	g_free(plan->places);
	g_free(plan);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Plan, plan_free)

static const LwFontUse *use_at(const Plan *plan, guint i)
{
	return plan->program->uses->pdata[i];
}

/* --- which fonts --- */

/* Only a subset is numbered by its producer. */
static gboolean is_subset(LwPdf *pdf, const LwFontUse *use)
{
	const char *name = lw_pdf_name(lw_pdf_find(pdf, use->dictionary, "BaseFont"));
	return lw_pdf_is_subset(name);
}

/* Codes of one length that a map leads to the numbers of the descendant, from left to right. */
static gboolean is_mapped_by_itself(LwPdf *pdf, const LwFontUse *use)
{
	LwPdfObject *encoding = lw_pdf_find(pdf, use->dictionary, "Encoding");
	gboolean own = encoding && encoding->type == LW_PDF_STREAM;
	guint length = own ? 0 : 2;
	GHashTableIter iter;
	gpointer bytes;
	g_hash_table_iter_init(&iter, use->codes);
	while (g_hash_table_iter_next(&iter, NULL, &bytes)) {
		length = length ? length : GPOINTER_TO_UINT(bytes);
		if (GPOINTER_TO_UINT(bytes) != length)
			return FALSE;
	}
	return (own || lw_pdf_is_name(encoding, "Identity-H")) &&
	       !lw_pdf_font_is_vertical(use->font) && lw_pdf_font_has_cids(use->font);
}

static gboolean can_change(LwPdf *pdf, const LwFontUse *use, gboolean simple)
{
	return !use->whole && !use->mixed && is_subset(pdf, use) &&
	       !lw_pdf_font_is_type3(use->font) && lw_pdf_font_is_composite(use->font) != simple;
}

/* What every code means is written: else readers take it from the code. */
static gboolean is_spelled(LwPdf *pdf, const LwFontUse *use)
{
	g_autoptr(GArray) meanings = lw_fontcodes_meanings(pdf, use);
	return meanings->len == g_hash_table_size(use->codes);
}

static gboolean all_spelled(LwPdf *pdf, const Plan *plan)
{
	for (guint u = 0; u < plan->program->uses->len; u++)
		if (!is_spelled(pdf, use_at(plan, u)))
			return FALSE;
	return TRUE;
}

/* Has a code the place that some encoding gives its character? */
static gboolean is_at_home(const LwPdfCode *code)
{
	static const LwPdfEncoding encodings[] = {
		LW_PDF_ENCODING_WIN_ANSI, LW_PDF_ENCODING_MAC_ROMAN, LW_PDF_ENCODING_STANDARD};
	if (code->unicode[0] == code->code || code->unicode[0] > 0xff || code->unicode[1])
		return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(encodings); i++) {
		gunichar text[LW_PDF_GLYPH_CHARACTERS];
		const char *name = lw_pdf_encoding_glyph(encodings[i], (guint8)code->code);
		if (name && lw_pdf_glyph_unicode(name, text) && text[0] == code->unicode[0])
			return TRUE;
	}
	return FALSE;
}

/* Codes that some letter stands at by no encoding's choice: their producer numbered them. */
static gboolean is_numbered(const LwFontUse *use)
{
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	gboolean any = FALSE;
	for (guint i = 0; i < codes->len; i++) {
		LwPdfCode code = lw_fontrecode_read(use, g_array_index(codes, guint32, i));
		if (!code.unicode[0])
			return FALSE; /* nothing but the code says what it is */
		any |= !is_at_home(&code);
	}
	return any && codes->len <= LAST_CODE - FIRST_CODE + 1;
}

/* Codes of a simple TrueType font say nothing only where no encoding gives them a meaning. */
static gboolean has_own_codes(LwPdf *pdf, const Plan *plan)
{
	const LwFontUse *use = use_at(plan, 0);
	const GArray *maps = plan->glyphs->codes;
	if (plan->program->uses->len != 1 || lw_pdf_find(pdf, use->dictionary, "Encoding") ||
	    g_hash_table_size(use->codes) > LAST_CODE - FIRST_CODE + 1 || !is_spelled(pdf, use))
		return FALSE;
	for (guint i = 0; i < maps->len; i++) {
		const LwSfntCode *entry = &g_array_index(maps, LwSfntCode, i);
		gboolean own = entry->platform == 1 || (entry->platform == 3 && !entry->encoding);
		if (!own || (entry->code & 0xfff) > 255)
			return FALSE;
	}
	return maps->len > 0;
}

/* --- glyphs of codes --- */

static GBytes *glyph_map(LwPdf *pdf, const LwFontUse *use)
{
	LwPdfObject *map = lw_pdf_find(pdf, lw_fontcodes_descendant_of(pdf, use), "CIDToGIDMap");
	return map && map->type == LW_PDF_STREAM ? lw_pdf_decode(pdf, map, NULL, NULL) : NULL;
}

static void add_meant(GArray *meant, guint glyph, const gunichar *text)
{
	Meant one = {.glyph = (guint16)glyph};
	memcpy(one.text, text, sizeof one.text);
	g_array_append_val(meant, one);
}

/* FALSE: a code of a simple font leads nowhere that we know. */
static gboolean collect_use(LwPdf *pdf, const Plan *plan, const LwFontUse *use, GArray *meant)
{
	gboolean known = TRUE;
	g_autoptr(GBytes) map = plan->simple ? NULL : glyph_map(pdf, use);
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint16));
	for (guint i = 0; i < codes->len; i++) {
		LwPdfCode code = lw_fontrecode_read(use, g_array_index(codes, guint32, i));
		g_array_set_size(found, 0);
		lw_font_glyphs_of(plan->glyphs, use, &code, map, found);
		for (guint k = 0; k < found->len; k++)
			add_meant(meant, g_array_index(found, guint16, k), code.unicode);
		known &= found->len || !plan->glyphs->codes;
	}
	return known || !plan->simple;
}

static gboolean collect_meant(LwPdf *pdf, const Plan *plan, GArray *meant)
{
	const GArray *maps = plan->glyphs->codes;
	for (guint u = 0; u < plan->program->uses->len; u++)
		if (!collect_use(pdf, plan, use_at(plan, u), meant))
			return FALSE;
	/* Maps that no code here needs still lead somewhere. */
	for (guint i = 0; maps && i < maps->len; i++) {
		const LwSfntCode *entry = &g_array_index(maps, LwSfntCode, i);
		const gunichar last[LW_PDF_GLYPH_CHARACTERS] = {0x110000 + (entry->code & 0xffff)};
		if (entry->glyph)
			add_meant(meant, entry->glyph, last);
	}
	return !plan->simple || !maps || maps->len > 0;
}

static int compare_texts(const gunichar *a, const gunichar *b)
{
	for (guint i = 0; i < LW_PDF_GLYPH_CHARACTERS; i++)
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	return 0;
}

static gint compare_meant(gconstpointer a, gconstpointer b, gpointer glyphs)
{
	const Meant *x = a, *y = b;
	int order = compare_texts(x->text, y->text);
	if (!order && x->glyph != y->glyph)
		order = lw_font_glyphs_compare(glyphs, x->glyph, y->glyph);
	return order ? order : (int)x->glyph - (int)y->glyph;
}

/* Glyphs in their new order, each at the first place that it earns. FALSE: some are not known. */
static gboolean set_order(LwPdf *pdf, Plan *plan)
{
	g_autoptr(GArray) meant = g_array_new(FALSE, TRUE, sizeof(Meant));
	g_autofree guint8 *seen = g_malloc0(GLYPHS);
	plan->order = g_array_new(FALSE, FALSE, sizeof(guint16));
	if (!collect_meant(pdf, plan, meant))
		return FALSE;
	g_array_sort_with_data(meant, compare_meant, plan->glyphs);
	for (guint i = 0; i < meant->len; i++) {
		guint16 glyph = g_array_index(meant, Meant, i).glyph;
		if (!seen[glyph])
			g_array_append_val(plan->order, glyph);
		seen[glyph] = TRUE;
	}
	if (plan->glyphs->codes)
		return TRUE;
	lw_font_glyphs_rest(plan->glyphs, plan->order);
	plan->places = g_new0(guint16, GLYPHS);
	for (guint i = 0; i < plan->order->len; i++)
		plan->places[g_array_index(plan->order, guint16, i)] = (guint16)(i + 1);
	return TRUE;
}

/* --- new codes --- */

typedef struct {
	guint32 code;
	guint place;
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
	double width;
} Coded;

static gint compare_coded(gconstpointer a, gconstpointer b)
{
	const Coded *x = a, *y = b;
	int order = compare_texts(x->text, y->text);
	if (!order)
		order = x->place < y->place ? -1 : x->place > y->place;
	if (!order)
		order = x->width < y->width ? -1 : x->width > y->width;
	return order ? order : x->code < y->code ? -1 : x->code > y->code;
}

static void set_table(Plan *plan, const LwFontUse *use, LwFontTable *table)
{
	if (!plan->tables)
		plan->tables =
			g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
	g_hash_table_insert(plan->tables, (gpointer)use, g_hash_table_ref(table));
}

static LwFontTable *table_of(const Plan *plan, const LwFontUse *use)
{
	return plan->tables ? g_hash_table_lookup(plan->tables, use) : NULL;
}

static guint place_of(const Plan *plan, const LwFontUse *use, const LwPdfCode *code)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint16));
	if (plan->glyphs)
		lw_font_glyphs_of(plan->glyphs, use, code, NULL, found);
	return found->len ? plan->places[g_array_index(found, guint16, 0)] : 0;
}

/* By code: it stays what it is. Word spacing tells one; from others readers guess the character. */
static void find_fixed(LwPdf *pdf, const LwFontUse *use, gboolean spaced, gboolean fixed[256])
{
	g_autoptr(GArray) meanings = lw_fontcodes_meanings(pdf, use);
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	memset(fixed, 0, 256 * sizeof *fixed);
	for (guint i = 0; i < codes->len; i++) {
		guint32 code = g_array_index(codes, guint32, i) & 0xff;
		fixed[code] = (spaced && code == WORD_CODE) ||
			      lw_pdf_glyph_is_guessed(lw_pdf_font_glyph_name(use->font, code));
	}
	for (guint i = 0; i < meanings->len; i++) {
		guint32 code = g_array_index(meanings, LwFontMeaning, i).code & 0xff;
		fixed[code] &= spaced && code == WORD_CODE;
	}
}

static void recode_simple(LwPdf *pdf, Plan *plan, const LwFontUse *use, gboolean spaced)
{
	g_autoptr(GHashTable) table = g_hash_table_new(NULL, NULL);
	g_autoptr(GArray) sorted = g_array_new(FALSE, TRUE, sizeof(Coded));
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	gboolean fixed[256];
	find_fixed(pdf, use, spaced, fixed);
	for (guint i = 0; i < codes->len; i++) {
		LwPdfCode code = lw_fontrecode_read(use, g_array_index(codes, guint32, i));
		Coded one = {.code = code.code,
			     .place = place_of(plan, use, &code),
			     .width = code.width};
		memcpy(one.text, code.unicode, sizeof one.text);
		g_array_append_val(sorted, one);
	}
	g_array_sort(sorted, compare_coded);
	guint next = FIRST_CODE;
	for (guint i = 0; i < sorted->len; i++) {
		guint32 code = g_array_index(sorted, Coded, i).code;
		guint fresh = code;
		if (!fixed[code & 0xff]) {
			while (fixed[next & 0xff])
				next++;
			fresh = next++;
		}
		g_hash_table_insert(table, GUINT_TO_POINTER(code), GUINT_TO_POINTER(fresh + 1));
	}
	set_table(plan, use, table);
}

/* A code is the number of its glyph. FALSE: two codes have one glyph, or it is too long. */
static gboolean recode_composite(LwPdf *pdf, Plan *plan)
{
	g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) table = g_hash_table_new(NULL, NULL);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint16));
	for (guint u = 0; u < plan->program->uses->len; u++) {
		const LwFontUse *use = use_at(plan, u);
		g_autoptr(GBytes) map = glyph_map(pdf, use);
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		for (guint i = 0; i < codes->len; i++) {
			LwPdfCode code = lw_fontrecode_read(use, g_array_index(codes, guint32, i));
			g_array_set_size(found, 0);
			lw_font_glyphs_of(plan->glyphs, use, &code, map, found);
			guint fresh =
				found->len ? plan->places[g_array_index(found, guint16, 0)] : 0;
			gpointer key = GUINT_TO_POINTER(fresh),
				 value = GUINT_TO_POINTER(code.code + 1);
			gpointer old = g_hash_table_lookup(taken, key);
			if ((old && old != value) || (!fresh && code.code) ||
			    (code.bytes == 1 && fresh > LAST_CODE))
				return FALSE;
			g_hash_table_insert(taken, key, value);
			g_hash_table_insert(table, GUINT_TO_POINTER(code.code),
					    GUINT_TO_POINTER(fresh + 1));
		}
	}
	for (guint u = 0; u < plan->program->uses->len; u++)
		set_table(plan, use_at(plan, u), table);
	return TRUE;
}

static gboolean can_recode_composite(LwPdf *pdf, const Plan *plan)
{
	for (guint u = 0; u < plan->program->uses->len; u++)
		if (!is_mapped_by_itself(pdf, use_at(plan, u)))
			return FALSE;
	return all_spelled(pdf, plan);
}

/* --- plans of TrueType programs --- */

/* The program's maps with the new codes. */
static void recode_maps(Plan *plan)
{
	LwFontTable *table = table_of(plan, use_at(plan, 0));
	for (guint i = 0; i < plan->glyphs->codes->len; i++) {
		LwSfntCode *entry = &g_array_index(plan->glyphs->codes, LwSfntCode, i);
		gpointer fresh = g_hash_table_lookup(table, GUINT_TO_POINTER(entry->code & 0xff));
		if (fresh)
			entry->code = (entry->code & 0xf000) | (GPOINTER_TO_UINT(fresh) - 1);
		else
			entry->glyph = 0;
	}
}

static gboolean plan_truetype(LwPdf *pdf, Plan *plan, gboolean spaced)
{
	LwFontGlyphs *glyphs = plan->glyphs;
	if (!plan->simple && !can_recode_composite(pdf, plan))
		return FALSE;
	plan->file.data = lw_font_reorder(glyphs->data, plan->order, glyphs->codes, &plan->places);
	if (!plan->file.data)
		return FALSE;
	if (plan->simple && has_own_codes(pdf, plan)) {
		g_autofree guint16 *again = NULL;
		recode_simple(pdf, plan, use_at(plan, 0), spaced);
		recode_maps(plan);
		g_bytes_unref(plan->file.data);
		plan->file.data = lw_font_reorder(glyphs->data, plan->order, glyphs->codes, &again);
	}
	plan->file.lengths[0] = plan->file.data ? g_bytes_get_size(plan->file.data) : 0;
	return plan->file.data && (plan->simple || recode_composite(pdf, plan));
}

/* --- plans of programs with names or numbers --- */

static gboolean says_something(const char *name)
{
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
	return name && lw_pdf_glyph_unicode(name, text);
}

/* Names that mean nothing may be numbers: they are given anew where no reader needs them. */
static void set_names(LwPdf *pdf, Plan *plan)
{
	gboolean spelled = all_spelled(pdf, plan);
	plan->names = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < plan->order->len; i++) {
		const char *name =
			lw_font_glyphs_name(plan->glyphs, g_array_index(plan->order, guint16, i));
		gboolean keeps = name && (!spelled || says_something(name));
		plan->renamed |= !keeps;
		g_ptr_array_add(plan->names,
				keeps ? g_strdup(name) : g_strdup_printf("g%u", i + 1));
	}
}

/* Without an encoding of its own a font depends on the one code table of its program. */
static gboolean can_recode(LwPdf *pdf, const Plan *plan, const LwFontUse *use)
{
	return is_numbered(use) &&
	       (plan->program->uses->len == 1 || lw_pdf_find(pdf, use->dictionary, "Encoding"));
}

/* The one code table of a program: of the codes of its fonts, the first to claim one has it. */
static void codes_of(const Plan *plan, guint16 by_code[256])
{
	memset(by_code, 0, 256 * sizeof *by_code);
	for (guint u = 0; plan->simple && u < plan->program->uses->len; u++) {
		const LwFontUse *use = use_at(plan, u);
		g_autoptr(GArray) codes = lw_font_use_sorted(use);
		for (guint i = 0; i < codes->len; i++) {
			LwPdfCode code = lw_fontrecode_read(use, g_array_index(codes, guint32, i));
			guint fresh = lw_fontrecode_code(table_of(plan, use), code.code) & 0xff;
			if (!by_code[fresh])
				by_code[fresh] = (guint16)place_of(plan, use, &code);
		}
	}
}

/* Numbers are those of the places where codes became them, and else what they were. */
static guint16 *cids_of(const Plan *plan)
{
	guint16 *cids = g_new0(guint16, plan->order->len + 1);
	for (guint i = 0; i < plan->order->len; i++) {
		guint glyph = g_array_index(plan->order, guint16, i);
		gboolean numbered = plan->glyphs->cff && plan->glyphs->cff->by_cid;
		cids[i] = numbered && !plan->tables ? plan->glyphs->cff->cids[glyph]
						    : (guint16)(i + 1);
	}
	return cids;
}

/* Where codes can't change, glyphs that numbers lead to still change their order. */
static gboolean recode_outlines(LwPdf *pdf, Plan *plan, gboolean spaced)
{
	const LwCff *cff = plan->glyphs->cff;
	if (!cff || !cff->by_cid)
		set_names(pdf, plan);
	for (guint u = 0; plan->simple && u < plan->program->uses->len; u++)
		if (can_recode(pdf, plan, use_at(plan, u)))
			recode_simple(pdf, plan, use_at(plan, u), spaced);
	return plan->simple || (can_recode_composite(pdf, plan) && recode_composite(pdf, plan)) ||
	       cff->by_cid;
}

static gboolean plan_outlines(LwPdf *pdf, Plan *plan, gboolean spaced)
{
	guint16 codes[256];
	if (!recode_outlines(pdf, plan, spaced))
		return FALSE;
	g_autofree guint16 *cids = cids_of(plan);
	const char *name = lw_pdf_name(lw_pdf_find(pdf, use_at(plan, 0)->dictionary, "BaseFont"));
	codes_of(plan, codes);
	const LwFontArrangement arrangement = {plan->order, plan->names, cids, codes, name};
	return lw_font_glyphs_write(plan->glyphs, &arrangement, &plan->file);
}

/* --- plans --- */

static Plan *plan_new(LwPdf *pdf, const LwFontProgram *program, gboolean spaced)
{
	const LwFontUse *first = program->uses->pdata[0];
	gboolean simple = !lw_pdf_font_is_composite(first->font);
	for (guint i = 0; i < program->uses->len; i++)
		if (!can_change(pdf, program->uses->pdata[i], simple))
			return NULL;
	LwFontGlyphs *glyphs = lw_font_glyphs_load(pdf, program, simple);
	if (!glyphs)
		return NULL;
	g_autoptr(Plan) plan = g_new0(Plan, 1);
	plan->program = program;
	plan->glyphs = glyphs;
	plan->simple = simple;
	gboolean done = set_order(pdf, plan) && (glyphs->codes ? plan_truetype(pdf, plan, spaced)
							       : plan_outlines(pdf, plan, spaced));
	return done ? g_steal_pointer(&plan) : NULL;
}

/* Names of a Type 3 font are its own. */
static Plan *plan_new_type3(LwPdf *pdf, LwFontUse *use, gboolean spaced)
{
	if (use->whole || !lw_pdf_font_is_type3(use->font) || !is_spelled(pdf, use) ||
	    g_hash_table_size(use->codes) > LAST_CODE - FIRST_CODE + 1)
		return NULL;
	Plan *plan = g_new0(Plan, 1);
	LwFontProgram *alone = g_new0(LwFontProgram, 1);
	alone->uses = g_ptr_array_new();
	g_ptr_array_add(alone->uses, use);
	plan->program = alone;
	plan->simple = plan->renamed = TRUE;
	if (is_numbered(use))
		recode_simple(pdf, plan, use, spaced);
	return plan;
}

/* --- changing --- */

static guint32 on_code(void *self, const LwFontUse *use, guint32 code)
{
	const Work *work = self;
	return lw_fontrecode_code(g_hash_table_lookup(work->tables, use), code);
}

/* By new code the name of its glyph, in the new program where that has names. */
static void names_by_code(const Plan *plan, const LwFontUse *use, const char *names[256])
{
	LwFontTable *table = table_of(plan, use);
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	memset(names, 0, 256 * sizeof *names);
	for (guint i = 0; i < codes->len; i++) {
		LwPdfCode code = lw_fontrecode_read(use, g_array_index(codes, guint32, i));
		guint fresh = lw_fontrecode_code(table, code.code) & 0xff;
		guint place = place_of(plan, use, &code);
		names[fresh] = place ? plan->names->pdata[place - 1]
				     : lw_pdf_font_glyph_name(use->font, code.code);
	}
}

static void change_simple(LwPdf *pdf, const Plan *plan, const LwFontUse *use)
{
	const char *names[256];
	LwFontTable *table = table_of(plan, use);
	LwPdfObject *encoding = lw_pdf_find(pdf, use->dictionary, "Encoding");
	if (table) {
		lw_fontrecode_meanings(pdf, use, table);
		lw_fontrecode_widths(pdf, use, table);
	}
	if (!plan->names || !encoding || (!table && !plan->renamed))
		return;
	names_by_code(plan, use, names);
	lw_fontrecode_encoding(pdf, use, names);
}

static void change_type3(LwPdf *pdf, const Plan *plan)
{
	const LwFontUse *use = use_at(plan, 0);
	LwFontTable *table = table_of(plan, use);
	g_autoptr(GArray) codes = lw_font_use_sorted(use);
	const char *names[256] = {NULL};
	for (guint i = 0; i < codes->len; i++) {
		guint code = lw_fontrecode_code(table, g_array_index(codes, guint32, i)) & 0xff;
		g_autofree char *name = g_strdup_printf("g%u", code);
		names[code] = g_intern_string(name);
	}
	change_simple(pdf, plan, use);
	lw_fontrecode_char_procs(pdf, use, table, names);
	lw_fontrecode_encoding(pdf, use, names);
}

static void change(LwPdf *pdf, const Plan *plan)
{
	g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
	if (!plan->glyphs) {
		change_type3(pdf, plan);
		return;
	}
	lw_font_file_store(pdf, &plan->file, plan->program->stream);
	for (guint u = 0; u < plan->program->uses->len; u++) {
		const LwFontUse *use = use_at(plan, u);
		LwFontTable *table = table_of(plan, use);
		if (plan->simple)
			change_simple(pdf, plan, use);
		if (plan->simple || !table)
			continue;
		lw_fontrecode_meanings(pdf, use, table);
		LwPdfObject *descendant = lw_fontcodes_descendant_of(pdf, use);
		if (g_hash_table_add(done, descendant))
			lw_fontrecode_descendant(pdf, descendant, plan->program, table);
		lw_fontrecode_map(pdf, use, table);
	}
}

static void add_plan(GPtrArray *plans, GHashTable *tables, Plan *plan)
{
	GHashTableIter iter;
	gpointer use, table;
	if (!plan)
		return;
	g_ptr_array_add(plans, plan);
	if (!plan->tables)
		return;
	g_hash_table_iter_init(&iter, plan->tables);
	while (g_hash_table_iter_next(&iter, &use, &table))
		g_hash_table_insert(tables, use, table);
}

gboolean lw_fontorder(LwPdf *pdf, const LwFontUses *uses, const GPtrArray *programs)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func(plan_free);
	g_autoptr(GHashTable) tables = g_hash_table_new(NULL, NULL);
	Work work = {.pdf = pdf, .tables = tables};
	for (guint i = 0; i < programs->len; i++)
		add_plan(plans, tables, plan_new(pdf, programs->pdata[i], uses->spaced));
	for (guint i = 0; i < uses->uses->len; i++)
		add_plan(plans, tables, plan_new_type3(pdf, uses->uses->pdata[i], uses->spaced));
	if (g_hash_table_size(tables) && !lw_font_uses_recode(pdf, uses, on_code, &work))
		return FALSE;
	for (guint i = 0; i < plans->len; i++)
		change(pdf, plans->pdata[i]);
	return TRUE;
}
