/* fieldlook.c - lays out the text of a field and prints it as operators, frame and all.
 *
 * Every glyph is printed, also what does not fit: the box of the appearance clips it. */
#include "engine/pdf/fieldlook.h"

#include <math.h>

#define PADDING		2.0    /* between border and text */
#define BASELINE	0.4    /* em below the middle of a single line */
#define LIST_LEADING	1.1    /* em from option to option */
#define LINES_TOP	3.0    /* above the first of several lines */
#define LINES_BOTTOM	0.33   /* em that the last line needs below it */
#define LARGEST_WRAPPED 20     /* size of wrapped text that may choose its size */
#define CURVE		0.5523 /* control points of a quarter circle */

typedef struct {
	guint start, length;
	double width; /* em */
} Line;

static void print_numbers(GString *out, const double *numbers, guint count, const char *operator)
{
	for (guint i = 0; i < count; i++) {
		lw_pdf_print_number(out, numbers[i]);
		g_string_append_c(out, ' ');
	}
	g_string_append(out, operator);
	g_string_append_c(out, '\n');
}

#define PRINT(out, operator, ...)                                                                  \
	print_numbers(out, (const double[]){__VA_ARGS__},                                          \
		      sizeof((const double[]){__VA_ARGS__}) / sizeof(double), operator)

/* --- lines --- */

static const LwFieldGlyph *glyph_at(const LwFieldText *text, guint index)
{
	return &g_array_index(text->glyphs, LwFieldGlyph, index);
}

static void add_line(const LwFieldText *text, GArray *lines, guint start, guint end)
{
	Line line = {start, end - start, 0};
	for (guint i = start; i < end; i++)
		line.width += glyph_at(text, i)->width;
	g_array_append_val(lines, line);
}

/* Lines of at most `widest` em, broken at spaces where there are any. Yours. */
static GArray *break_lines(const LwFieldText *text, double widest)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));
	guint start = 0, space = 0, count = text->glyphs->len; /* space: index + 1, or 0 */
	double width = 0, since_space = 0;
	for (guint i = 0; i < count; i++) {
		const LwFieldGlyph *glyph = glyph_at(text, i);
		if (glyph->character == '\n') {
			add_line(text, lines, start, i);
			start = i + 1;
			space = 0;
			width = 0;
			continue;
		}
		width += glyph->width;
		since_space += glyph->width;
		if (glyph->character == ' ') {
			space = i + 1;
			since_space = 0;
		} else if (width > widest && i > start) {
			add_line(text, lines, start, space ? space - 1 : i);
			start = space ? space : i;
			width = space ? since_space : glyph->width;
			space = 0;
		}
	}
	add_line(text, lines, start, count);
	return lines;
}

static double widest_line(const GArray *lines)
{
	double widest = 0;
	for (guint i = 0; i < lines->len; i++)
		widest = MAX(widest, g_array_index(lines, Line, i).width);
	return widest;
}

static double line_start(const LwFieldText *text, double width)
{
	switch (text->quadding) {
	case LW_FIELD_CENTRE:
		return (text->width - width) / 2;
	case LW_FIELD_RIGHT:
		return text->width - text->border - PADDING - width;
	default:
		return text->border + PADDING;
	}
}

/* --- sizes that the field leaves to us --- */

static double inner_width(const LwFieldText *text)
{
	return text->width - 2 * (text->border + PADDING);
}

static double size_of_line(const LwFieldText *text, double widest)
{
	double size = text->height - 2 * text->border;
	if (widest > 0)
		size = MIN(size, inner_width(text) / widest);
	return MAX(floor(size), 1);
}

static double size_of_lines(const LwFieldText *text)
{
	for (double size = LARGEST_WRAPPED; size > 1; size--) {
		g_autoptr(GArray) lines = break_lines(text, inner_width(text) / size);
		if (text->height - LINES_TOP - lines->len * size >= LINES_BOTTOM * size)
			return size;
	}
	return 1;
}

/* --- text --- */

static void begin_text(GString *out, const LwFieldText *text, double size)
{
	g_string_append_printf(out, "BT\n%s/" LW_FIELD_FONT " ", text->colour);
	PRINT(out, "Tf", size);
}

static void show(GString *out, const LwFieldText *text, guint start, guint length, double x,
		 double y)
{
	if (length == 0)
		return;
	PRINT(out, "Tm", 1, 0, 0, 1, x, y);
	g_string_append_c(out, '<');
	for (guint i = start; i < start + length; i++)
		g_string_append_printf(out, "%0*X", (int)text->bytes * 2, glyph_at(text, i)->code);
	g_string_append(out, "> Tj\n");
}

static void draw_line(GString *out, const LwFieldText *text)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
	add_line(text, lines, 0, text->glyphs->len);
	double width = widest_line(lines);
	double size = text->size > 0 ? text->size : size_of_line(text, width);
	begin_text(out, text, size);
	show(out, text, 0, text->glyphs->len, line_start(text, width * size),
	     text->height / 2 - BASELINE * size);
	g_string_append(out, "ET\n");
}

static void draw_lines(GString *out, const LwFieldText *text)
{
	double size = text->size > 0 ? text->size : size_of_lines(text);
	g_autoptr(GArray) lines = break_lines(text, inner_width(text) / size);
	double y = text->height - LINES_TOP;
	begin_text(out, text, size);
	for (guint i = 0; i < lines->len; i++) {
		const Line *line = &g_array_index(lines, Line, i);
		y -= size;
		show(out, text, line->start, line->length, line_start(text, line->width * size), y);
	}
	g_string_append(out, "ET\n");
}

static void draw_comb(GString *out, const LwFieldText *text)
{
	guint count = text->glyphs->len;
	double cell = (text->width - 2 * text->border) / text->cells;
	double size = text->height - 2 * text->border;
	size = text->size > 0 ? text->size : MAX(floor(MIN(size, cell)), 1);
	double empty = count < text->cells ? text->cells - count : 0;
	double x = text->border;
	if (text->quadding != LW_FIELD_LEFT)
		x += text->quadding == LW_FIELD_CENTRE ? floor(empty / 2) * cell : empty * cell;
	begin_text(out, text, size);
	for (guint i = 0; i < count; i++, x += cell)
		show(out, text, i, 1, x + (cell - glyph_at(text, i)->width * size) / 2,
		     text->height / 2 - BASELINE * size);
	g_string_append(out, "ET\n");
}

/* The selection is shown behind dark text: white text would pass for hidden. */
static void highlight(GString *out, const LwFieldText *text, double y, double size)
{
	g_string_append(out, "q\n0.6 0.757 0.855 rg\n");
	PRINT(out, "re", text->border, y - 0.2 * size, text->width - 2 * text->border,
	      LIST_LEADING * size);
	g_string_append(out, "f\nQ\n");
}

static void draw_list(GString *out, const LwFieldText *text)
{
	g_autoptr(GArray) lines = break_lines(text, INFINITY);
	double size = text->size > 0 ? text->size : size_of_line(text, widest_line(lines));
	double y = text->height - LIST_LEADING * size;
	for (guint i = 0; i < lines->len; i++, y -= LIST_LEADING * size) {
		const Line *line = &g_array_index(lines, Line, i);
		if (text->chosen && g_hash_table_contains(text->chosen, GUINT_TO_POINTER(i)))
			highlight(out, text, y, size);
		begin_text(out, text, size);
		show(out, text, line->start, line->length, line_start(text, line->width * size), y);
		g_string_append(out, "ET\n");
	}
}

void lw_field_draw_text(GString *out, const LwFieldText *text)
{
	switch (text->layout) {
	case LW_FIELD_LINES:
		draw_lines(out, text);
		break;
	case LW_FIELD_COMB:
		draw_comb(out, text);
		break;
	case LW_FIELD_LIST:
		draw_list(out, text);
		break;
	default:
		draw_line(out, text);
	}
}

/* --- frame --- */

static void ellipse(GString *out, double width, double height, double inset)
{
	double cx = width / 2, cy = height / 2;
	double rx = MAX(cx - inset, 0), ry = MAX(cy - inset, 0), kx = rx * CURVE, ky = ry * CURVE;
	PRINT(out, "m", cx + rx, cy);
	PRINT(out, "c", cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry);
	PRINT(out, "c", cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy);
	PRINT(out, "c", cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry);
	PRINT(out, "c", cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy);
}

static void outline(GString *out, const LwFieldFrame *frame, double inset)
{
	double width = MAX(frame->width - 2 * inset, 0), height = MAX(frame->height - 2 * inset, 0);
	if (frame->round)
		ellipse(out, frame->width, frame->height, inset);
	else
		PRINT(out, "re", inset, inset, width, height);
}

/* The two edges inside the line that make it stand out or sink in. */
static void shade(GString *out, const LwFieldFrame *frame)
{
	double b = frame->border, w = frame->width, h = frame->height;
	g_string_append(out, frame->style == LW_FRAME_BEVELED ? "1 g\n" : "0.5 g\n");
	PRINT(out, "m", b, b);
	PRINT(out, "l", b, h - b);
	PRINT(out, "l", w - b, h - b);
	PRINT(out, "l", w - 2 * b, h - 2 * b);
	PRINT(out, "l", 2 * b, h - 2 * b);
	PRINT(out, "l", 2 * b, 2 * b);
	g_string_append(out, frame->style == LW_FRAME_BEVELED ? "f\n0.5 g\n" : "f\n0.75 g\n");
	PRINT(out, "m", w - b, h - b);
	PRINT(out, "l", w - b, b);
	PRINT(out, "l", b, b);
	PRINT(out, "l", 2 * b, 2 * b);
	PRINT(out, "l", w - 2 * b, 2 * b);
	PRINT(out, "l", w - 2 * b, h - 2 * b);
	g_string_append(out, "f\n");
}

static void draw_border(GString *out, const LwFieldFrame *frame)
{
	if (!frame->round && (frame->style == LW_FRAME_BEVELED || frame->style == LW_FRAME_INSET))
		shade(out, frame);
	g_string_append(out, frame->line);
	PRINT(out, "w", frame->border);
	if (frame->style == LW_FRAME_DASHED)
		g_string_append(out, "[3] 0 d\n");
	if (frame->style == LW_FRAME_UNDERLINE) {
		PRINT(out, "m", 0, frame->border / 2);
		PRINT(out, "l", frame->width, frame->border / 2);
	} else {
		outline(out, frame, frame->border / 2);
	}
	double cell = (frame->width - 2 * frame->border) / MAX(frame->cells, 1);
	for (guint i = 1; i < frame->cells; i++) {
		PRINT(out, "m", frame->border + i * cell, 0);
		PRINT(out, "l", frame->border + i * cell, frame->height);
	}
	g_string_append(out, "S\n");
}

void lw_field_draw_frame(GString *out, const LwFieldFrame *frame)
{
	if (!frame->background && !(frame->line && frame->border > 0))
		return;
	g_string_append(out, "q\n");
	if (frame->background) {
		g_string_append(out, frame->background);
		outline(out, frame, 0);
		g_string_append(out, "f\n");
	}
	if (frame->line && frame->border > 0)
		draw_border(out, frame);
	g_string_append(out, "Q\n");
}
