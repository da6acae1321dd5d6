/* interpret.c - runs pages and everything they draw; keeps layers, fonts and bounds.
 *
 * Invariant: passes over the same file give the same sequence of runs, operators and glyphs. */
#include "engine/pdf/interpret_private.h"

#include "engine/pdf/lexer.h"

#include <math.h>
#include <string.h>

#define SCRATCH_BYTES (32 * 1024)   /* of tokens, near the processor */
#define TAPE_BYTES    (1024 * 1024) /* of content whose tokens are kept */

gboolean lw_matrix_invert(LwMatrix m, LwMatrix *inverse)
{
	double det = m.a * m.d - m.b * m.c;
	if (!isfinite(det) || fabs(det) < 1e-18)
		return FALSE;
	*inverse = (LwMatrix){m.d / det,
			      -m.b / det,
			      -m.c / det,
			      m.a / det,
			      (m.c * m.f - m.d * m.e) / det,
			      (m.b * m.e - m.a * m.f) / det};
	return TRUE;
}

static const LwExtent empty_extent = {1e30, 1e30, -1e30, -1e30};

static LwExtent extent_of_rectangle(LwMatrix m, const double r[4])
{
	LwExtent extent = empty_extent;
	for (int i = 0; i < 4; i++) {
		double x, y;
		lw_matrix_apply(m, r[i & 1 ? 2 : 0], r[i & 2 ? 3 : 1], &x, &y);
		lw_extent_add(&extent, x, y);
	}
	return extent;
}

LwExtent lw_extent_of_unit(LwMatrix m)
{
	return extent_of_rectangle(m, (const double[]){0, 0, 1, 1});
}

LwExtent lw_extent_intersect(LwExtent a, LwExtent b)
{
	return (LwExtent){MAX(a.x0, b.x0), MAX(a.y0, b.y0), MIN(a.x1, b.x1), MIN(a.y1, b.y1)};
}

gboolean lw_extent_is_empty(LwExtent extent)
{
	return !(extent.x0 <= extent.x1 && extent.y0 <= extent.y1);
}

/* --- layers --- */

static void note_layers(LwPdfInterpreter *in, LwPdfObject *array, gboolean off)
{
	for (guint i = 0; i < lw_pdf_length(array); i++) {
		LwPdfObject *group = lw_pdf_item(in->pdf, array, i);
		if (!group || !group->number)
			continue;
		if (off)
			g_hash_table_add(in->layers_off, GUINT_TO_POINTER(group->number));
		else
			g_hash_table_remove(in->layers_off, GUINT_TO_POINTER(group->number));
	}
}

/* 8.11.4.3: the default configuration says which groups are off. */
static void load_layers(LwPdfInterpreter *in)
{
	LwPdf *pdf = in->pdf;
	LwPdfObject *properties = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "OCProperties");
	LwPdfObject *config = lw_pdf_find(pdf, properties, "D");
	in->has_layers = properties != NULL; /* without it membership says nothing */
	if (lw_pdf_is_name(lw_pdf_find(pdf, config, "BaseState"), "OFF"))
		note_layers(in, lw_pdf_find(pdf, properties, "OCGs"), TRUE);
	note_layers(in, lw_pdf_find(pdf, config, "OFF"), TRUE);
	if (lw_pdf_is_name(lw_pdf_find(pdf, config, "BaseState"), "OFF"))
		note_layers(in, lw_pdf_find(pdf, config, "ON"), FALSE);
}

static gboolean group_is_off(LwPdfInterpreter *in, const LwPdfObject *group)
{
	return group && group->number &&
	       g_hash_table_contains(in->layers_off, GUINT_TO_POINTER(group->number));
}

/* A visibility expression: a group, or And, Or, Not and their operands. What is no expression
 * holds, as readers say. */
static gboolean expression_holds(LwPdfInterpreter *in, const LwPdfObject *expression, guint depth)
{
	if (!expression || expression->type != LW_PDF_ARRAY || depth > LW_LIMIT_FORM_DEPTH)
		return !group_is_off(in, expression);
	LwPdfObject *word = lw_pdf_item(in->pdf, expression, 0);
	if (lw_pdf_is_name(word, "Not"))
		return !expression_holds(in, lw_pdf_item(in->pdf, expression, 1), depth + 1);
	gboolean any = lw_pdf_is_name(word, "Or");
	for (guint i = 1; i < lw_pdf_length(expression); i++)
		if (expression_holds(in, lw_pdf_item(in->pdf, expression, i), depth + 1) == any)
			return any;
	return !any;
}

/* An OCG, or an OCMD with its expression or policy (8.11.2.2). */
gboolean lw_pdf_layer_is_off(LwPdfInterpreter *in, LwPdfObject *membership)
{
	if (!in->has_layers || !lw_pdf_dictionary_of(membership))
		return FALSE;
	LwPdfObject *expression = lw_pdf_find(in->pdf, membership, "VE");
	if (expression && expression->type == LW_PDF_ARRAY)
		return !expression_holds(in, expression, 0);
	LwPdfObject *groups = lw_pdf_find(in->pdf, membership, "OCGs");
	if (!groups)
		return group_is_off(in, membership);
	if (groups->type != LW_PDF_ARRAY)
		return group_is_off(in, groups);
	guint on = 0, off = 0;
	for (guint i = 0; i < lw_pdf_length(groups); i++) {
		if (group_is_off(in, lw_pdf_item(in->pdf, groups, i)))
			off++;
		else
			on++;
	}
	const char *policy = lw_pdf_name(lw_pdf_find(in->pdf, membership, "P"));
	if (policy && !strcmp(policy, "AllOn"))
		return off > 0;
	if (policy && !strcmp(policy, "AnyOff"))
		return off == 0 && on > 0;
	if (policy && !strcmp(policy, "AllOff"))
		return on > 0;
	return on == 0 && off > 0;
}

/* --- resources --- */

LwPdfObject *lw_pdf_resource(LwPdfInterpreter *in, const LwPdfStreamRun *run, const char *category,
			     const char *name)
{
	return lw_pdf_find(in->pdf, lw_pdf_find(in->pdf, run->resources, category), name);
}

static LwPdfFont *font_of(LwPdfInterpreter *in, LwPdfObject *dictionary)
{
	LwPdfFont *font = g_hash_table_lookup(in->fonts, dictionary);
	if (!font) {
		font = lw_pdf_font_load(in->pdf, dictionary);
		g_hash_table_insert(in->fonts, dictionary, font);
	}
	return font;
}

static LwPdfObject *plain_font(LwPdfInterpreter *in)
{
	static const char *const keys[][2] = {{"Type", "Font"},
					      {"Subtype", "Type1"},
					      {"BaseFont", "Helvetica"},
					      {"Encoding", "WinAnsiEncoding"}};
	if (in->plain_font)
		return in->plain_font;
	in->plain_font = lw_pdf_new_dictionary(in->pdf);
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		lw_pdf_set(in->pdf, in->plain_font, keys[i][0],
			   lw_pdf_new_name(in->pdf, keys[i][1]));
	return in->plain_font;
}

void lw_pdf_interpreter_set_font(LwPdfInterpreter *in, LwPdfObject *dictionary, const char *name,
				 double size)
{
	LwPdfState *state = lw_state(in);
	gboolean known = lw_pdf_dictionary_of(dictionary) != NULL;
	state->font_dictionary = known ? dictionary : plain_font(in);
	state->font = font_of(in, state->font_dictionary);
	state->font_name = known && name ? g_intern_string(name) : NULL;
	state->font_size = size;
}

/* --- running streams --- */

void lw_pdf_interpreter_stop(LwPdfInterpreter *in, const char *message)
{
	if (!in->error)
		in->error = g_error_new_literal(LW_ERROR, LW_ERROR_UNREADABLE, message);
}

void lw_pdf_run_image(LwPdfInterpreter *in, LwPdfStreamRun *run, LwPdfObject *image,
		      const char *name, const char *data, gsize length)
{
	if (in->watcher->image)
		in->watcher->image(in->self, run, lw_state(in), image, name, data, length);
}

static void run_inline_image(LwPdfInterpreter *in, LwPdfStreamRun *run, LwPdfLexer *lexer)
{
	const char *data;
	gsize length;
	LwPdfObject *dictionary = lw_pdf_lex_inline_image(lexer, &data, &length);
	double samples = lw_pdf_number(in->pdf, lw_pdf_find_raw(dictionary, "Width"), 0) *
			 lw_pdf_number(in->pdf, lw_pdf_find_raw(dictionary, "Height"), 0);
	if (samples > LW_LIMIT_INLINE_SAMPLES) {
		lw_pdf_interpreter_stop(in, "an inline image is too large");
		return;
	}
	lw_pdf_run_image(in, run, dictionary, NULL, data, length);
	if (in->watcher->inline_image)
		in->watcher->inline_image(in->self, run, lw_state(in), dictionary, data, length);
}

static void run_operator(LwPdfInterpreter *in, LwPdfStreamRun *run, const char *name,
			 LwPdfObject *const *operands, guint count)
{
	LwPdfState before;
	gboolean watched = in->watcher->operator!= NULL;
	if (watched)
		before = *lw_state(in);
	if (lw_pdf_operate(in, run, name, operands, count) && watched)
		in->watcher->operator(in->self, run, name, operands, count, &before, lw_state(in));
}

/* Operands wait for their operator. */
typedef struct {
	LwPdfObject *items[LW_PDF_OPERANDS];
	guint count;
} Operands;

/* lexer: for an image that stands in the content; NULL: there is none. */
static void run_token(LwPdfInterpreter *in, LwPdfStreamRun *run, LwPdfLexer *lexer,
		      Operands *operands, LwPdfObject *token)
{
	if (token->type != LW_PDF_OPERATOR) {
		if (operands->count == LW_PDF_OPERANDS) /* rubbish: keep the newest */
			memmove(operands->items, operands->items + 1,
				--operands->count * sizeof *operands->items);
		operands->items[operands->count++] = token;
		return;
	}
	if (++in->operators > LW_LIMIT_OPERATORS) {
		lw_pdf_interpreter_stop(in, "the page content is too long");
		return;
	}
	if (lexer && lw_pdf_is(token->string.bytes, "BI"))
		run_inline_image(in, run, lexer);
	else
		run_operator(in, run, token->string.bytes, operands->items, operands->count);
	run->operators++;
	operands->count = 0;
}

static void run_tokens(LwPdfInterpreter *in, LwPdfStreamRun *run, const char *bytes, gsize length)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	Operands operands = {.count = 0};
	LwPdfLexer lexer;
	LwPdfObject *token;
	lw_pdf_lexer_init(&lexer, in->pdf, scratch, bytes, length);
	while (!in->error && (token = lw_pdf_lex(&lexer))) {
		run_token(in, run, &lexer, &operands, token);
		if (!operands.count && lw_arena_used(scratch) > SCRATCH_BYTES)
			lw_arena_clear(scratch);
	}
}

/* Content with an image in it is not kept: what follows depends on where that ends. */
static void record(LwPdfInterpreter *in, guint page, const char *bytes, gsize length)
{
	LwPdfLexer lexer;
	LwPdfObject *token;
	g_clear_pointer(&in->tape, lw_arena_free);
	g_ptr_array_set_size(in->tokens, 0);
	in->taped = 0;
	if (length > TAPE_BYTES)
		return;
	in->tape = lw_arena_new();
	lw_pdf_lexer_init(&lexer, in->pdf, in->tape, bytes, length);
	while ((token = lw_pdf_lex(&lexer))) {
		if (token->type == LW_PDF_OPERATOR && lw_pdf_is(token->string.bytes, "BI"))
			return;
		g_ptr_array_add(in->tokens, token);
	}
	in->taped = page + 1;
}

static void run_tape(LwPdfInterpreter *in, LwPdfStreamRun *run)
{
	Operands operands = {.count = 0};
	for (guint i = 0; i < in->tokens->len && !in->error; i++)
		run_token(in, run, NULL, &operands, in->tokens->pdata[i]);
}

/* bytes NULL: what is on the tape. */
static void begin_run(LwPdfInterpreter *in, LwPdfStreamRun *run, const char *bytes, gsize length)
{
	guint floor = in->states->len;
	run->serial = in->serial++;
	if (run->stream)
		g_hash_table_add(in->ran, run->stream);
	if (in->watcher->begin)
		in->watcher->begin(in->self, run, lw_state(in));
	if (bytes)
		run_tokens(in, run, bytes, length);
	else
		run_tape(in, run);
	g_array_set_size(in->states, floor); /* unbalanced q end with their stream */
	if (in->watcher->end)
		in->watcher->end(in->self, run, lw_state(in));
}

static gboolean runs_already(const LwPdfStreamRun *run, const LwPdfObject *stream)
{
	for (; run; run = run->parent)
		if (run->stream == stream)
			return TRUE;
	return FALSE;
}

/* 8.10.1: save, Matrix, clip to BBox, draw, restore. Text and path state of the caller survive. */
void lw_pdf_run_form(LwPdfInterpreter *in, LwPdfStreamRun *parent, LwPdfObject *form,
		     LwStreamType type, LwMatrix before)
{
	LwPdf *pdf = in->pdf;
	if (!form || form->type != LW_PDF_STREAM || runs_already(parent, form) || in->error)
		return;
	if (in->depth >= LW_LIMIT_FORM_DEPTH) {
		lw_pdf_interpreter_stop(in, "forms are nested too deep");
		return;
	}
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, form, NULL, &in->error);
	if (!data)
		return;
	LwPdfObject *resources = lw_pdf_find(pdf, form, "Resources");
	LwPdfStreamRun run = {.parent = parent,
			      .type = type,
			      .stream = form,
			      .resources = resources ? resources : parent->resources,
			      .off = lw_pdf_run_is_off(parent) ||
				     lw_pdf_layer_is_off(in, lw_pdf_find(pdf, form, "OC"))};
	LwPdfState state = *lw_state(in);
	LwMatrix tm = in->tm, tlm = in->tlm, base = in->base;
	LwMatrix own = {1, 0, 0, 1, 0, 0};
	LwPdfObject *matrix = lw_pdf_find(pdf, form, "Matrix");
	if (lw_pdf_length(matrix) == 6) {
		double *v = (double *)&own;
		for (guint i = 0; i < 6; i++)
			v[i] = lw_pdf_number(pdf, matrix->array.items[i], v[i]);
	}
	state.ctm = lw_matrix_multiply(own, before);
	double box[4];
	if (lw_pdf_rectangle(pdf, lw_pdf_find(pdf, form, "BBox"), box) && type != LW_STREAM_PATTERN)
		state.clip = lw_extent_intersect(state.clip, extent_of_rectangle(state.ctm, box));
	state.clip_rough |= (own.b != 0 || own.c != 0) || (before.b != 0 || before.c != 0);
	g_array_append_val(in->states, state);
	in->base = state.ctm;
	in->depth++;
	in->in_pattern += type == LW_STREAM_PATTERN;
	gsize length;
	const char *bytes = g_bytes_get_data(data, &length);
	begin_run(in, &run, bytes ? bytes : "", length);
	in->in_pattern -= type == LW_STREAM_PATTERN;
	in->depth--;
	in->base = base;
	in->tm = tm;
	in->tlm = tlm;
	g_array_set_size(in->states, in->states->len - 1);
}

/* --- annotations --- */

enum { /* table 165 */
       IS_HIDDEN = 1 << 1,
       IS_PRINTED = 1 << 2,
       IS_NO_VIEW = 1 << 5,
};

static LwPdfObject *normal_appearance(LwPdf *pdf, LwPdfObject *annotation)
{
	LwPdfObject *normal = lw_pdf_find(pdf, lw_pdf_find(pdf, annotation, "AP"), "N");
	if (normal && normal->type == LW_PDF_DICTIONARY) {
		const char *state = lw_pdf_name(lw_pdf_find(pdf, annotation, "AS"));
		normal = state ? lw_pdf_find(pdf, normal, state) : NULL;
	}
	return normal && normal->type == LW_PDF_STREAM ? normal : NULL;
}

/* Algorithm 8.1 of 12.5.5: the appearance box, through its matrix, fills the rectangle. */
static gboolean appearance_matrix(LwPdf *pdf, LwPdfObject *annotation, LwPdfObject *form,
				  LwMatrix *out)
{
	double box[4], rect[4];
	if (!lw_pdf_rectangle(pdf, lw_pdf_find(pdf, form, "BBox"), box) ||
	    !lw_pdf_rectangle(pdf, lw_pdf_find(pdf, annotation, "Rect"), rect))
		return FALSE;
	LwMatrix m = {1, 0, 0, 1, 0, 0};
	LwPdfObject *matrix = lw_pdf_find(pdf, form, "Matrix");
	if (lw_pdf_length(matrix) == 6)
		for (guint i = 0; i < 6; i++)
			((double *)&m)[i] = lw_pdf_number(pdf, matrix->array.items[i], 0);
	LwExtent e = extent_of_rectangle(m, box);
	double w = e.x1 - e.x0, h = e.y1 - e.y0;
	if (!(w > 0) || !(h > 0))
		return FALSE;
	double sx = (rect[2] - rect[0]) / w, sy = (rect[3] - rect[1]) / h;
	*out = (LwMatrix){sx, 0, 0, sy, rect[0] - e.x0 * sx, rect[1] - e.y0 * sy};
	return TRUE;
}

LwPdfObject *lw_pdf_appearance(LwPdf *pdf, LwPdfObject *annotation, LwMatrix *before)
{
	LwPdfObject *form = normal_appearance(pdf, annotation);
	return form && appearance_matrix(pdf, annotation, form, before) ? form : NULL;
}

/* What is not on the screen may still be printed. */
static guint16 hidden_flags(LwPdfInterpreter *in, LwPdfObject *annotation)
{
	gint64 flags = lw_pdf_integer(in->pdf, lw_pdf_find(in->pdf, annotation, "F"), 0);
	if (flags & IS_HIDDEN || ((flags & IS_NO_VIEW) && !(flags & IS_PRINTED)) ||
	    lw_pdf_layer_is_off(in, lw_pdf_find(in->pdf, annotation, "OC")))
		return LW_GLYPH_HIDDEN | LW_GLYPH_UNSEEN;
	return flags & IS_NO_VIEW ? LW_GLYPH_HIDDEN : 0;
}

static void run_annotations(LwPdfInterpreter *in, LwPdfStreamRun *page, guint index)
{
	LwPdf *pdf = in->pdf;
	LwPdfObject *annotations = lw_pdf_find(pdf, lw_pdf_page(pdf, index), "Annots");
	for (guint i = 0; i < lw_pdf_length(annotations) && !in->error; i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, annotations, i);
		LwMatrix matrix;
		LwPdfObject *form = lw_pdf_appearance(pdf, annotation, &matrix);
		if (!form)
			continue;
		in->flags = LW_GLYPH_ANNOTATION | hidden_flags(in, annotation);
		lw_pdf_run_form(in, page, form, LW_STREAM_APPEARANCE, matrix);
		in->flags = 0;
	}
}

/* --- pages --- */

static GBytes *page_content(LwPdf *pdf, guint index, GError **error)
{
	LwPdfObject *contents = lw_pdf_find(pdf, lw_pdf_page(pdf, index), "Contents");
	if (!contents || contents->type == LW_PDF_STREAM)
		return lw_pdf_decode(pdf, contents, NULL, error);
	g_autoptr(GByteArray) all = g_byte_array_new();
	for (guint i = 0; i < lw_pdf_length(contents); i++) {
		g_autoptr(GBytes) part =
			lw_pdf_decode(pdf, lw_pdf_item(pdf, contents, i), NULL, error);
		if (!part)
			return NULL;
		gsize length;
		const guint8 *bytes = g_bytes_get_data(part, &length);
		if (all->len + length > LW_LIMIT_STREAM_BYTES) {
			g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
					    "the page content is too long");
			return NULL;
		}
		g_byte_array_append(all, bytes, (guint)length);
		g_byte_array_append(all, (const guint8 *)"\n", 1);
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

/* MediaBox and CropBox as readers take them: US Letter when missing, the crop box inside the media
 * box. */
static void page_box(LwPdf *pdf, guint index, double box[4])
{
	double media[4] = {0, 0, 612, 792}, crop[4];
	double found[4];
	if (lw_pdf_rectangle(pdf, lw_pdf_page_inherited(pdf, index, "MediaBox"), found) &&
	    found[2] > found[0] && found[3] > found[1])
		memcpy(media, found, sizeof media);
	memcpy(box, media, sizeof media);
	if (!lw_pdf_rectangle(pdf, lw_pdf_page_inherited(pdf, index, "CropBox"), crop))
		return;
	crop[0] = MAX(crop[0], media[0]);
	crop[1] = MAX(crop[1], media[1]);
	crop[2] = MIN(crop[2], media[2]);
	crop[3] = MIN(crop[3], media[3]);
	if (crop[2] > crop[0] && crop[3] > crop[1])
		memcpy(box, crop, sizeof crop);
}

LwMatrix lw_pdf_page_matrix(LwPdf *pdf, guint index, double *width, double *height)
{
	double box[4];
	page_box(pdf, index, box);
	double w = box[2] - box[0], h = box[3] - box[1];
	gint64 rotate = lw_pdf_integer(pdf, lw_pdf_page_inherited(pdf, index, "Rotate"), 0) % 360;
	if (rotate < 0)
		rotate += 360;
	LwMatrix m = {1, 0, 0, -1, -box[0], box[3]};
	if (rotate == 90)
		m = (LwMatrix){0, 1, 1, 0, -box[1], -box[0]};
	else if (rotate == 180)
		m = (LwMatrix){-1, 0, 0, 1, box[2], -box[1]};
	else if (rotate == 270)
		m = (LwMatrix){0, -1, -1, 0, box[3], box[2]};
	gboolean sideways = rotate == 90 || rotate == 270;
	if (width)
		*width = sideways ? h : w;
	if (height)
		*height = sideways ? w : h;
	return m;
}

static void start_page(LwPdfInterpreter *in, guint index)
{
	double box[4];
	page_box(in->pdf, index, box);
	in->crop = (LwExtent){box[0], box[1], box[2], box[3]};
	LwPdfState state = {.ctm = {1, 0, 0, 1, 0, 0},
			    .clip = {-1e9, -1e9, 1e9, 1e9},
			    .scale = 1,
			    .fill_alpha = 1};
	g_array_set_size(in->states, 0);
	g_array_append_val(in->states, state);
	g_hash_table_remove_all(in->seen);
	in->base = in->tm = in->tlm = state.ctm;
	lw_pdf_path_begin(in);
	in->serial = in->depth = in->in_pattern = in->page_glyphs = 0;
	in->flags = 0;
}

/* FALSE: the content cannot be read. */
static gboolean run_content(LwPdfInterpreter *in, LwPdfStreamRun *run, guint index)
{
	if (in->taped == index + 1) {
		begin_run(in, run, NULL, 0);
		return TRUE;
	}
	g_autoptr(GBytes) content = page_content(in->pdf, index, &in->error);
	if (!content)
		return FALSE;
	gsize length;
	const char *bytes = g_bytes_get_data(content, &length);
	if (in->repeats)
		record(in, index, bytes ? bytes : "", length);
	begin_run(in, run, in->taped == index + 1 ? NULL : bytes ? bytes : "", length);
	return TRUE;
}

gboolean lw_pdf_interpret_page(LwPdfInterpreter *in, guint index, const LwPdfWatcher *watcher,
			       void *self, GError **error)
{
	in->watcher = watcher;
	in->self = self;
	start_page(in, index);
	LwPdfStreamRun run = {.type = LW_STREAM_PAGE,
			      .resources = lw_pdf_page_inherited(in->pdf, index, "Resources")};
	if (run_content(in, &run, index)) {
		LwPdfState fresh = {.ctm = {1, 0, 0, 1, 0, 0},
				    .clip = {-1e9, -1e9, 1e9, 1e9},
				    .scale = 1,
				    .fill_alpha = 1};
		*lw_state(in) = fresh;
		run_annotations(in, &run, index);
	}
	if (!in->error)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&in->error));
	return FALSE;
}

void lw_pdf_interpret_stream(LwPdfInterpreter *in, LwPdfObject *stream, LwStreamType type,
			     LwPdfObject *resources, const LwPdfWatcher *watcher, void *self)
{
	const LwMatrix none = {1, 0, 0, 1, 0, 0};
	LwPdfStreamRun around = {.type = LW_STREAM_PAGE, .resources = resources};
	in->watcher = watcher;
	in->self = self;
	start_page(in, 0);
	lw_pdf_run_form(in, &around, stream, type, none);
	g_clear_error(&in->error);
}

LwPdfInterpreter *lw_pdf_interpreter_new(LwPdf *pdf)
{
	LwPdfInterpreter *in = g_new0(LwPdfInterpreter, 1);
	in->pdf = pdf;
	in->fonts = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)lw_pdf_font_free);
	in->layers_off = g_hash_table_new(NULL, NULL);
	in->seen = g_hash_table_new(NULL, NULL);
	in->ran = g_hash_table_new(NULL, NULL);
	in->shown = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	in->shown_high =
		g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
	in->states = g_array_new(FALSE, TRUE, sizeof(LwPdfState));
	in->tokens = g_ptr_array_new();
	load_layers(in);
	return in;
}

void lw_pdf_interpreter_free(LwPdfInterpreter *in)
{
	if (!in)
		return;
	g_hash_table_unref(in->fonts);
	g_hash_table_unref(in->layers_off);
	g_hash_table_unref(in->seen);
	g_hash_table_unref(in->ran);
	g_hash_table_unref(in->shown);
	g_hash_table_unref(in->shown_high);
	g_array_unref(in->states);
	g_ptr_array_unref(in->tokens);
	lw_arena_free(in->tape);
	g_free(in);
}

void lw_pdf_interpreter_set_repeats(LwPdfInterpreter *in, gboolean repeats)
{
	in->repeats = repeats;
}

gboolean lw_pdf_interpreter_ran(const LwPdfInterpreter *in, const LwPdfObject *stream)
{
	return g_hash_table_contains(in->ran, stream);
}

const guint8 *lw_pdf_interpreter_shown(const LwPdfInterpreter *in, const LwPdfObject *font)
{
	return g_hash_table_lookup(in->shown, font);
}

gboolean lw_pdf_interpreter_shows_high(const LwPdfInterpreter *in, const LwPdfObject *font,
				       guint32 code)
{
	GHashTable *codes = g_hash_table_lookup(in->shown_high, font);
	return codes && g_hash_table_contains(codes, GUINT_TO_POINTER(code));
}
