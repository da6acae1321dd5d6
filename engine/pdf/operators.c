/* operators.c - what each operator of annex A does to the state. Operands of the wrong type count
 * as 0, as readers do. */
#include "engine/pdf/interpret_private.h"

#include <math.h>
#include <string.h>

typedef struct {
	LwPdfInterpreter *in;
	LwPdfStreamRun *run;
	const char *name;
	LwPdfObject *const *operands;
	guint count;
} Call;

static double number(const Call *call, guint index)
{
	if (index >= call->count || !lw_pdf_is_number(call->operands[index]))
		return 0;
	const LwPdfObject *object = call->operands[index];
	return object->type == LW_PDF_REAL ? object->real : (double)object->integer;
}

static const char *name_of(const Call *call, guint index)
{
	return index < call->count ? lw_pdf_name(call->operands[index]) : NULL;
}

static LwMatrix matrix(const Call *call)
{
	return (LwMatrix){number(call, 0), number(call, 1), number(call, 2),
			  number(call, 3), number(call, 4), number(call, 5)};
}

/* --- paths --- */

static void point(LwPdfInterpreter *in, double x, double y)
{
	double ux, uy;
	in->x = x;
	in->y = y;
	lw_matrix_apply(lw_state(in)->ctm, x, y, &ux, &uy);
	lw_extent_add(&in->path.extent, ux, uy);
}

static void line(LwPdfInterpreter *in, double x, double y)
{
	in->oblique |= x != in->x && y != in->y;
	point(in, x, y);
	in->path.lines++;
}

static void op_path(const Call *call)
{
	LwPdfInterpreter *in = call->in;
	switch (call->name[0]) {
	case 'm':
		point(in, number(call, 0), number(call, 1));
		in->moves++;
		in->start_x = in->x;
		in->start_y = in->y;
		break;
	case 'l':
		line(in, number(call, 0), number(call, 1));
		break;
	case 'c':
		point(in, number(call, 2), number(call, 3));
		point(in, number(call, 0), number(call, 1));
		point(in, number(call, 4), number(call, 5));
		in->path.curves++;
		break;
	case 'v':
	case 'y':
		point(in, number(call, 0), number(call, 1));
		point(in, number(call, 2), number(call, 3));
		in->path.curves++;
		break;
	default: /* re */
		for (int i = 0; i < 4; i++)
			point(in, number(call, 0) + (i & 1 ? number(call, 2) : 0),
			      number(call, 1) + (i & 2 ? number(call, 3) : 0));
		in->path.lines += 4;
		in->rectangles++;
	}
}

/* One re, or the three or four lines that draw the same. */
static gboolean is_box(const LwPdfInterpreter *in, LwMatrix ctm)
{
	gboolean straight = (ctm.b == 0 && ctm.c == 0) || (ctm.a == 0 && ctm.d == 0);
	if (!straight || in->path.curves || in->oblique)
		return FALSE;
	if (in->rectangles)
		return in->rectangles == 1 && in->path.lines == 4 && !in->moves;
	gboolean same_x = in->x == in->start_x, same_y = in->y == in->start_y;
	return in->moves == 1 && ((in->path.lines == 3 && (same_x || same_y)) ||
				  (in->path.lines == 4 && same_x && same_y));
}

void lw_pdf_path_begin(LwPdfInterpreter *in)
{
	in->path = (LwPdfPath){.extent = {1e30, 1e30, -1e30, -1e30}};
	in->rectangles = in->moves = 0;
	in->oblique = in->clip_pending = FALSE;
}

static void op_paint(const Call *call)
{
	LwPdfInterpreter *in = call->in;
	LwPdfState *state = lw_state(in);
	in->path.box = is_box(in, state->ctm);
	if (in->watcher->path)
		in->watcher->path(in->self, call->run, state, call->name, &in->path);
	if (in->clip_pending) {
		state->clip = lw_extent_intersect(state->clip, in->path.extent);
		state->clip_rough |= !in->path.box;
	}
	lw_pdf_path_begin(in);
}

static void op_clip(const Call *call)
{
	call->in->clip_pending = TRUE;
}

/* --- graphics state --- */

static void op_save(const Call *call)
{
	LwPdfInterpreter *in = call->in;
	if (in->states->len >= LW_LIMIT_STATES) {
		lw_pdf_interpreter_stop(in, "graphics states are nested too deep");
		return;
	}
	LwPdfState state = *lw_state(in);
	g_array_append_val(in->states, state);
	call->run->saves++;
}

static void op_restore(const Call *call)
{
	LwPdfInterpreter *in = call->in;
	if (call->run->saves) {
		call->run->saves--;
		g_array_set_size(in->states, in->states->len - 1);
	}
}

static void op_concat(const Call *call)
{
	LwPdfState *state = lw_state(call->in);
	state->ctm = lw_matrix_multiply(matrix(call), state->ctm);
}

static void op_ext_gstate(const Call *call)
{
	LwPdfInterpreter *in = call->in;
	const char *name = name_of(call, 0);
	LwPdfObject *gs = name ? lw_pdf_resource(in, call->run, "ExtGState", name) : NULL;
	LwPdfObject *font = lw_pdf_find(in->pdf, gs, "Font");
	if (lw_pdf_length(font) >= 2)
		lw_pdf_interpreter_set_font(in, lw_pdf_item(in->pdf, font, 0), NULL,
					    lw_pdf_number(in->pdf, font->array.items[1], 0));
	LwPdfState *state = lw_state(in);
	state->fill_alpha = lw_pdf_number(in->pdf, lw_pdf_find_raw(gs, "ca"), state->fill_alpha);
	LwPdfObject *blend = lw_pdf_find(in->pdf, gs, "BM");
	if (blend)
		state->blends =
			!lw_pdf_is_name(blend, "Normal") && !lw_pdf_is_name(blend, "Compatible");
	LwPdfObject *mask = lw_pdf_find(in->pdf, gs, "SMask");
	if (!mask)
		return;
	state->soft_mask = lw_pdf_dictionary_of(mask) != NULL;
	LwPdfObject *group = lw_pdf_find(in->pdf, mask, "G");
	if (group && g_hash_table_add(in->seen, group))
		lw_pdf_run_form(in, call->run, group, LW_STREAM_SOFT_MASK, state->ctm);
}

/* How many components; 0 for a space in which 0 and 1 are not black and white. */
static guint8 components_of(const Call *call)
{
	static const char *const plain[] = {"G", "Gray", "RGB", "CMYK"};
	LwPdf *pdf = call->in->pdf;
	const char *name = name_of(call, 0);
	LwPdfObject *space = name ? lw_pdf_resource(call->in, call->run, "ColorSpace", name) : NULL;
	const char *family = space ? lw_pdf_name(lw_pdf_item(pdf, space, 0)) : name;
	if (space && !family)
		family = lw_pdf_name(space);
	if (!g_strcmp0(family, "ICCBased")) {
		gint64 count =
			lw_pdf_integer(pdf, lw_pdf_find_raw(lw_pdf_item(pdf, space, 1), "N"), 0);
		return count == 1 || count == 3 || count == 4 ? (guint8)count : 0;
	}
	if (family && g_str_has_prefix(family, "Device"))
		family += strlen("Device");
	else if (family && g_str_has_prefix(family, "Cal"))
		family += strlen("Cal");
	for (guint i = 0; family && i < G_N_ELEMENTS(plain); i++)
		if (!strcmp(family, plain[i]))
			return i < 2 ? 1 : (guint8)(i + 1);
	return 0;
}

static gboolean is_white(const Call *call, guint components)
{
	gboolean white = call->count > 0 && call->count == components;
	for (guint i = 0; i < call->count; i++)
		white &= lw_pdf_is_number(call->operands[i]) &&
			 (components == 4 ? number(call, i) <= 0.02 : number(call, i) >= 0.98);
	return white;
}

static void fill_with(const Call *call)
{
	LwPdfState *state = lw_state(call->in);
	switch (call->name[0]) {
	case 'c':
		state->fill_components = components_of(call);
		state->fill_white = FALSE;
		return;
	case 'g':
		state->fill_components = 1;
		break;
	case 'r':
		state->fill_components = 3;
		break;
	case 'k':
		state->fill_components = 4;
		break;
	default: /* sc scn */
		break;
	}
	state->fill_white = is_white(call, state->fill_components);
}

static void op_fill_colour(const Call *call)
{
	if (call->name[0] != 'S')
		fill_with(call);
	const char *pattern = call->count ? name_of(call, call->count - 1) : NULL;
	if (call->name[0] != 'S')
		lw_state(call->in)->fill_pattern = pattern && call->name[0] != 'c';
	if (!pattern || call->name[0] == 'c')
		return;
	LwPdfInterpreter *in = call->in;
	LwPdfObject *tile = lw_pdf_resource(in, call->run, "Pattern", pattern);
	if (tile && tile->type == LW_PDF_STREAM && g_hash_table_add(in->seen, tile))
		lw_pdf_run_form(in, call->run, tile, LW_STREAM_PATTERN, in->base);
}

static void op_none(const Call *call)
{
	(void)call;
}

/* --- text --- */

static void op_begin_text(const Call *call)
{
	call->in->tm = call->in->tlm = (LwMatrix){1, 0, 0, 1, 0, 0};
}

static void op_font(const Call *call)
{
	const char *name = name_of(call, 0);
	LwPdfObject *font = name ? lw_pdf_resource(call->in, call->run, "Font", name) : NULL;
	lw_pdf_interpreter_set_font(call->in, font, name, number(call, call->count > 1));
}

static void op_text_state(const Call *call)
{
	LwPdfState *state = lw_state(call->in);
	double value = number(call, 0);
	switch (call->name[1]) {
	case 'c':
		state->char_space = value;
		break;
	case 'w':
		state->word_space = value;
		break;
	case 'z':
		state->scale = value / 100;
		break;
	case 'L':
		state->leading = value;
		break;
	case 'r':
		state->render_mode = (int)CLAMP(value, 0, 7);
		break;
	default: /* Ts */
		state->rise = value;
	}
}

static void move(LwPdfInterpreter *in, double x, double y)
{
	in->tlm = lw_matrix_multiply((LwMatrix){1, 0, 0, 1, x, y}, in->tlm);
	in->tm = in->tlm;
}

static void op_move(const Call *call)
{
	if (call->name[1] == 'D')
		lw_state(call->in)->leading = -number(call, 1);
	move(call->in, number(call, 0), number(call, 1));
}

static void op_text_matrix(const Call *call)
{
	call->in->tm = call->in->tlm = matrix(call);
}

static void op_next_line(const Call *call)
{
	move(call->in, 0, -lw_state(call->in)->leading);
}

/* Tj takes a string, TJ an array of strings and numbers. */
static void op_show(const Call *call)
{
	if (!call->count)
		return;
	LwPdfObject *const *operand = &call->operands[call->count - 1];
	if ((*operand)->type == LW_PDF_STRING && call->name[1] != 'J')
		lw_pdf_show(call->in, call->run, operand, 1);
	else if ((*operand)->type == LW_PDF_ARRAY && call->name[1] == 'J')
		lw_pdf_show(call->in, call->run, (*operand)->array.items, (*operand)->array.count);
}

static void op_quote(const Call *call)
{
	if (call->name[0] == '"') {
		lw_state(call->in)->word_space = number(call, 0);
		lw_state(call->in)->char_space = number(call, 1);
	}
	op_next_line(call);
	op_show(call);
}

/* --- objects and marked content --- */

static void op_do(const Call *call)
{
	LwPdfInterpreter *in = call->in;
	const char *name = name_of(call, 0);
	LwPdfObject *object = name ? lw_pdf_resource(in, call->run, "XObject", name) : NULL;
	const LwPdfObject *subtype = lw_pdf_find(in->pdf, object, "Subtype");
	if (lw_pdf_is_name(subtype, "Form"))
		lw_pdf_run_form(in, call->run, object, LW_STREAM_FORM, lw_state(in)->ctm);
	else if (lw_pdf_is_name(subtype, "Image") &&
		 !lw_pdf_layer_is_off(in, lw_pdf_find(in->pdf, object, "OC")))
		lw_pdf_run_image(in, call->run, object, name, NULL, 0);
}

static void op_begin_marked(const Call *call)
{
	LwPdfStreamRun *run = call->run;
	run->marked_depth++;
	if (call->count < 2 || !lw_pdf_is_name(call->operands[0], "OC") || run->off_since)
		return;
	const char *name = name_of(call, 1);
	LwPdfObject *group = name ? lw_pdf_resource(call->in, run, "Properties", name) : NULL;
	if (lw_pdf_layer_is_off(call->in, group))
		run->off_since = run->marked_depth;
}

static void op_end_marked(const Call *call)
{
	LwPdfStreamRun *run = call->run;
	if (run->off_since == run->marked_depth)
		run->off_since = 0;
	if (run->marked_depth)
		run->marked_depth--;
}

static const struct {
	const char *name;
	void (*run)(const Call *call);
} operators[] = {
	{"b", op_paint},	  {"B", op_paint},	    {"b*", op_paint},
	{"B*", op_paint},	  {"f", op_paint},	    {"F", op_paint},
	{"f*", op_paint},	  {"n", op_paint},	    {"s", op_paint},
	{"S", op_paint},	  {"c", op_path},	    {"l", op_path},
	{"m", op_path},		  {"re", op_path},	    {"v", op_path},
	{"y", op_path},		  {"h", op_none},	    {"W", op_clip},
	{"W*", op_clip},	  {"q", op_save},	    {"Q", op_restore},
	{"cm", op_concat},	  {"gs", op_ext_gstate},    {"d", op_none},
	{"i", op_none},		  {"j", op_none},	    {"J", op_none},
	{"M", op_none},		  {"ri", op_none},	    {"w", op_none},
	{"sh", op_none},	  {"d0", op_none},	    {"d1", op_none},
	{"CS", op_none},	  {"G", op_none},	    {"K", op_none},
	{"RG", op_none},	  {"SC", op_none},	    {"SCN", op_fill_colour},
	{"cs", op_fill_colour},	  {"g", op_fill_colour},    {"k", op_fill_colour},
	{"rg", op_fill_colour},	  {"sc", op_fill_colour},   {"scn", op_fill_colour},
	{"BT", op_begin_text},	  {"ET", op_none},	    {"Tf", op_font},
	{"Tc", op_text_state},	  {"Tw", op_text_state},    {"Tz", op_text_state},
	{"TL", op_text_state},	  {"Tr", op_text_state},    {"Ts", op_text_state},
	{"Td", op_move},	  {"TD", op_move},	    {"Tm", op_text_matrix},
	{"T*", op_next_line},	  {"Tj", op_show},	    {"TJ", op_show},
	{"'", op_quote},	  {"\"", op_quote},	    {"Do", op_do},
	{"BMC", op_begin_marked}, {"BDC", op_begin_marked}, {"EMC", op_end_marked},
	{"MP", op_none},	  {"DP", op_none},	    {"BX", op_none},
	{"EX", op_none},
};

/* Operators have at most three characters: they are their own hash. */
static guint32 packed(const char *name)
{
	guint32 value = 0;
	for (int i = 0; name[i]; i++) {
		if (i == 3)
			return 0;
		value = value << 8 | (guchar)name[i];
	}
	return value;
}

#define SLOTS 1024

static guint slot_of(guint32 key)
{
	return (key * 2654435761u) >> 22;
}

/* Number of an operator in the table and one; 0: there is none. Filled once. */
static guint32 keys[SLOTS];
static guint16 numbers[SLOTS];

static void fill_slots(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(operators); i++) {
		guint slot = slot_of(packed(operators[i].name));
		while (numbers[slot])
			slot = (slot + 1) % SLOTS;
		keys[slot] = packed(operators[i].name);
		numbers[slot] = (guint16)(i + 1);
	}
}

gboolean lw_pdf_operate(LwPdfInterpreter *in, LwPdfStreamRun *run, const char *name,
			LwPdfObject *const *operands, guint count)
{
	static gsize ready;
	if (g_once_init_enter(&ready)) {
		fill_slots();
		g_once_init_leave(&ready, 1);
	}
	guint32 key = packed(name);
	for (guint slot = slot_of(key); numbers[slot]; slot = (slot + 1) % SLOTS) {
		if (keys[slot] != key)
			continue;
		Call call = {in, run, name, operands, count};
		operators[numbers[slot] - 1].run(&call);
		return TRUE;
	}
	return FALSE;
}
