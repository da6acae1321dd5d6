/* fonttype1box.c - the box around all letters of a Type 1 program.
 *
 * Charstrings are run as far as points go (Adobe Type 1 Font Format, chapter 6): hints are passed
 * over, and what is not understood ends the letter. */
#include "engine/render/pdf/fonttype1_private.h"

#include "engine/pdf/encoding.h"

#include <math.h>
#include <string.h>

#define STACK	      48
#define DEPTH	      12
#define MAXIMUM_STEPS (16u << 20) /* bytes of charstrings run */

typedef struct {
	const LwType1Program *program;
	double box[4];
	double x, y;	       /* where the pen is */
	double from[2];	       /* where the letter begins: an accent is set beside its place */
	double bearing;	       /* left side bearing of the letter */
	double values[STACK];  /* operands */
	double results[STACK]; /* of what PostScript did */
	guint count, result_count, flex; /* flex: 1 + points so far; 0: none */
	gsize steps;
	gboolean ended;
} Pen;

static void run(Pen *pen, const LwType1Entry *entry, guint depth);

static void mark(Pen *pen)
{
	pen->box[0] = MIN(pen->box[0], pen->x);
	pen->box[1] = MIN(pen->box[1], pen->y);
	pen->box[2] = MAX(pen->box[2], pen->x);
	pen->box[3] = MAX(pen->box[3], pen->y);
}

static void push(Pen *pen, double value)
{
	if (pen->count < STACK)
		pen->values[pen->count++] = isfinite(value) ? value : 0;
}

static double pop(Pen *pen)
{
	return pen->count ? pen->values[--pen->count] : 0;
}

static void draw(Pen *pen, double dx, double dy)
{
	mark(pen);
	pen->x += dx;
	pen->y += dy;
	mark(pen);
}

/* Inside a flex the points of two curves; the first of them is only what the others start from. */
static void move(Pen *pen, double dx, double dy)
{
	pen->x += dx;
	pen->y += dy;
	if (pen->flex && pen->flex++ > 1)
		mark(pen);
}

static void curve(Pen *pen, const double d[6])
{
	for (guint i = 0; i < 6; i += 2)
		draw(pen, d[i], d[i + 1]);
}

static const LwType1Entry *standard_glyph(const Pen *pen, double code)
{
	const char *name = code >= 0 && code < 256
				   ? lw_pdf_encoding_glyph(LW_PDF_ENCODING_STANDARD, (guint8)code)
				   : NULL;
	for (guint i = 0; name && i < pen->program->glyphs->len; i++) {
		const LwType1Entry *entry = &g_array_index(pen->program->glyphs, LwType1Entry, i);
		if (!strcmp(entry->name, name))
			return entry;
	}
	return NULL;
}

/* seac: an accent upon a letter. */
static void compose(Pen *pen, guint depth)
{
	const double *v = pen->values;
	if (pen->count < 5 || depth >= DEPTH)
		return;
	const LwType1Entry *parts[] = {standard_glyph(pen, v[3]), standard_glyph(pen, v[4])};
	const double from[2][2] = {{0, 0}, {pen->bearing - v[0] + v[1], v[2]}};
	for (guint i = 0; i < 2; i++) {
		memcpy(pen->from, from[i], sizeof from[i]);
		pen->count = 0;
		pen->ended = FALSE;
		if (parts[i])
			run(pen, parts[i], depth + 1);
	}
	pen->ended = TRUE;
}

/* Flex and hint replacement; of anything else the operands come back. */
static void call_other(Pen *pen)
{
	double number = pop(pen);
	guint count = (guint)CLAMP(pop(pen), 0, STACK);
	if (number == 1) {
		mark(pen);
		pen->flex = 1;
	} else if (number == 0) {
		pen->flex = 0;
	}
	pen->result_count = 0;
	for (guint i = 0; i < count && pen->count; i++)
		pen->results[pen->result_count++] = pop(pen);
}

static void call(Pen *pen, guint depth)
{
	double number = pop(pen);
	const GArray *subroutines = pen->program->subroutines;
	if (number >= 0 && number < subroutines->len && depth < DEPTH)
		run(pen, &g_array_index(subroutines, LwType1Entry, (guint)number), depth + 1);
}

static void begin(Pen *pen, double bearing, double height)
{
	pen->bearing = bearing;
	pen->x = pen->from[0] + bearing;
	pen->y = pen->from[1] + height;
}

static void divide(Pen *pen)
{
	double by = pop(pen), value = pop(pen);
	push(pen, by != 0 ? value / by : 0);
}

/* FALSE: the operands stay. */
static gboolean operate_twice(Pen *pen, guint op, guint depth)
{
	const double *v = pen->values;
	switch (op) {
	case 6:
		compose(pen, depth);
		return TRUE;
	case 7: /* sbw */
		begin(pen, v[0], v[1]);
		return TRUE;
	case 12:
		divide(pen);
		return FALSE;
	case 16:
		call_other(pen);
		return FALSE;
	case 17: /* pop */
		push(pen, pen->result_count ? pen->results[--pen->result_count] : 0);
		return FALSE;
	default:
		return TRUE;
	}
}

/* FALSE: the operands stay. */
static gboolean operate(Pen *pen, guint op, guint depth)
{
	const double *v = pen->values;
	switch (op) {
	case 4: /* vmoveto */
		move(pen, 0, v[0]);
		return TRUE;
	case 5: /* rlineto */
		draw(pen, v[0], v[1]);
		return TRUE;
	case 6: /* hlineto */
		draw(pen, v[0], 0);
		return TRUE;
	case 7: /* vlineto */
		draw(pen, 0, v[0]);
		return TRUE;
	case 8: /* rrcurveto */
		curve(pen, v);
		return TRUE;
	case 10:
		call(pen, depth);
		return FALSE;
	case 13: /* hsbw */
		begin(pen, v[0], 0);
		return TRUE;
	case 14:
		pen->ended = TRUE;
		return TRUE;
	case 21: /* rmoveto */
		move(pen, v[0], v[1]);
		return TRUE;
	case 22: /* hmoveto */
		move(pen, v[0], 0);
		return TRUE;
	case 30: /* vhcurveto */
		curve(pen, (const double[]){0, v[0], v[1], v[2], v[3], 0});
		return TRUE;
	case 31: /* hvcurveto */
		curve(pen, (const double[]){v[0], 0, v[1], v[2], 0, v[3]});
		return TRUE;
	default:
		return TRUE;
	}
}

/* The number that begins at code[i]; gives how many bytes it takes. */
static gsize read_number(const guint8 *code, gsize length, gsize i, double *value)
{
	guint first = code[i], next = i + 1 < length ? code[i + 1] : 0;
	if (first == 255) {
		guint32 all = 0;
		for (gsize k = 1; k <= 4; k++)
			all = all << 8 | (i + k < length ? code[i + k] : 0u);
		*value = (gint32)all;
		return 5;
	}
	if (first < 247) {
		*value = (double)first - 139;
		return 1;
	}
	*value = first < 251 ? (first - 247.0) * 256 + next + 108
			     : -(first - 251.0) * 256 - next - 108;
	return 2;
}

static void run(Pen *pen, const LwType1Entry *entry, guint depth)
{
	gsize length;
	pen->steps += 16 + entry->length;
	if (pen->steps > MAXIMUM_STEPS)
		return;
	g_autofree guint8 *code = lw_type1_dup_code(pen->program, entry, &length);
	for (gsize i = 0; code && i < length && !pen->ended;) {
		guint op = code[i];
		gboolean done;
		if (op >= 32) {
			double value;
			i += read_number(code, length, i, &value);
			push(pen, value);
			continue;
		}
		i++;
		if (op == 11) /* return */
			return;
		if (pen->count < STACK) /* operands that are missing are none */
			memset(pen->values + pen->count, 0,
			       (STACK - pen->count) * sizeof pen->values[0]);
		if (op == 12)
			done = operate_twice(pen, i < length ? code[i++] : 0, depth);
		else
			done = operate(pen, op, depth);
		if (done)
			pen->count = 0;
	}
}

gboolean lw_type1_extents(const LwType1Program *program, double box[4])
{
	Pen pen = {.program = program,
		   .box = {G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE}};
	for (guint i = 0; i < program->glyphs->len; i++) {
		pen.count = pen.result_count = pen.flex = 0;
		pen.from[0] = pen.from[1] = pen.x = pen.y = pen.bearing = 0;
		pen.ended = FALSE;
		run(&pen, &g_array_index(program->glyphs, LwType1Entry, i), 0);
	}
	memcpy(box, pen.box, sizeof pen.box);
	return pen.steps <= MAXIMUM_STEPS && box[0] <= box[2] && isfinite(box[0] + box[1]) &&
	       isfinite(box[2] + box[3]);
}
