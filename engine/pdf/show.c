/* show.c - text-showing: from codes to glyphs in user space (9.4.4). */
#include "engine/pdf/interpret_private.h"

#include <math.h>
#include <string.h>

/* What all glyphs of one string share: from glyph space (em 1) to user space, but for the place. */
typedef struct {
	LwMatrix em;		    /* size, scale and rise, text matrix, CTM */
	LwMatrix text;		    /* text matrix, CTM: for the advance */
	double descent, up[2];	    /* up: from there to the ascent, in user space */
	double em_width, em_height; /* of an em in user space */
	double height;		    /* of a glyph there */
	gboolean vertical;
} Pen;

static Pen pen_of(const LwPdfInterpreter *in, const LwPdfState *state)
{
	double size = state->font_size, descent = lw_pdf_font_descent(state->font) / 1000;
	double high = lw_pdf_font_ascent(state->font) / 1000 - descent;
	LwMatrix scaled = {size * state->scale, 0, 0, size, 0, state->rise};
	Pen pen = {.text = lw_matrix_multiply(in->tm, state->ctm),
		   .descent = descent,
		   .vertical = lw_pdf_font_is_vertical(state->font)};
	pen.em = lw_matrix_multiply(scaled, pen.text);
	pen.em_width = hypot(pen.em.a, pen.em.b);
	pen.em_height = hypot(pen.em.c, pen.em.d);
	pen.up[0] = high * pen.em.c;
	pen.up[1] = high * pen.em.d;
	pen.height = fabs(high) * pen.em_height;
	return pen;
}

/* The quad of the glyph and its place on the page. */
static void place(const LwPdfInterpreter *in, const Pen *pen, LwPdfGlyph *glyph)
{
	double wide = glyph->code.width / 1000, x = 0, y = 0, corner[2];
	if (pen->vertical) {
		x = -glyph->code.vx / 1000;
		y = -glyph->code.vy / 1000;
	}
	lw_matrix_apply(pen->em, x, pen->descent + y, &corner[0], &corner[1]);
	glyph->edge[0] = wide * pen->em.a;
	glyph->edge[1] = wide * pen->em.b;
	glyph->extent = (LwExtent){corner[0] + MIN(glyph->edge[0], 0) + MIN(pen->up[0], 0),
				   corner[1] + MIN(glyph->edge[1], 0) + MIN(pen->up[1], 0),
				   corner[0] + MAX(glyph->edge[0], 0) + MAX(pen->up[0], 0),
				   corner[1] + MAX(glyph->edge[1], 0) + MAX(pen->up[1], 0)};
	if (!isfinite(glyph->extent.x0 + glyph->extent.y0 + glyph->extent.x1 + glyph->extent.y1))
		glyph->extent = (LwExtent){1e30, 1e30, -1e30, -1e30};
	lw_matrix_apply(pen->em, x, y, &glyph->origin[0], &glyph->origin[1]);
	glyph->width = fabs(wide) * pen->em_width;
	glyph->height = pen->height;
	glyph->em = pen->em_height;
	glyph->text = in->tm;
}

static gboolean apart(LwExtent a, LwExtent b)
{
	return !(a.x0 <= b.x1 && a.x1 >= b.x0 && a.y0 <= b.y1 && a.y1 >= b.y0);
}

static void flag(LwPdfInterpreter *in, const LwPdfStreamRun *run, const LwPdfState *state,
		 LwPdfGlyph *glyph)
{
	glyph->flags = in->flags;
	if (state->render_mode == 3 || state->render_mode == 7)
		glyph->flags |= LW_GLYPH_INVISIBLE;
	if (lw_pdf_run_is_off(run))
		glyph->flags |= LW_GLYPH_LAYER_OFF;
	if (apart(glyph->extent, state->clip))
		glyph->flags |= LW_GLYPH_HIDDEN;
	if (!in->in_pattern && apart(glyph->extent, in->crop)) /* cells of a pattern repeat */
		glyph->flags |= LW_GLYPH_OFF_PAGE;
	if (!glyph->code.unicode[0])
		glyph->flags |= LW_GLYPH_UNREADABLE;
}

static double displacement(const Pen *pen, const LwPdfState *state, const LwPdfCode *code)
{
	double spacing = state->char_space + (code->space ? state->word_space : 0);
	if (pen->vertical)
		return code->wy / 1000 * state->font_size + spacing;
	return (code->width / 1000 * state->font_size + spacing) * state->scale;
}

/* Moves on by tx or ty in text space. */
static void advance(LwPdfInterpreter *in, Pen *pen, double t)
{
	in->tm.e += t * (pen->vertical ? in->tm.c : in->tm.a);
	in->tm.f += t * (pen->vertical ? in->tm.d : in->tm.b);
	pen->em.e += t * (pen->vertical ? pen->text.c : pen->text.a);
	pen->em.f += t * (pen->vertical ? pen->text.d : pen->text.b);
}

/* The bits of the codes that this font shows. */
static void find_bits(LwPdfInterpreter *in, const LwPdfObject *font)
{
	if (in->showing == font)
		return;
	in->showing = font;
	in->bits = g_hash_table_lookup(in->shown, font);
	if (!in->bits) {
		in->bits = g_malloc0(LW_PDF_CODES / 8);
		g_hash_table_insert(in->shown, (gpointer)font, in->bits);
	}
}

/* Codes of three or four bytes. */
static void note_high(LwPdfInterpreter *in, const LwPdfObject *font, guint32 code)
{
	GHashTable *codes = g_hash_table_lookup(in->shown_high, font);
	if (!codes) {
		codes = g_hash_table_new(NULL, NULL);
		g_hash_table_insert(in->shown_high, (gpointer)font, codes);
	}
	g_hash_table_add(codes, GUINT_TO_POINTER(code));
}

static void show_string(LwPdfInterpreter *in, const LwPdfStreamRun *run, const LwPdfState *state,
			Pen *pen, const LwPdfObject *string, guint item)
{
	const guint8 *bytes = (const guint8 *)string->string.bytes;
	gsize length = string->string.length;
	for (gsize at = 0; at < length;) {
		LwPdfGlyph glyph; /* large, and filled below: not cleared first */
		glyph.showing = in->showings;
		glyph.offset = (guint32)at;
		glyph.item = item;
		gsize taken = lw_pdf_font_next(state->font, bytes + at, length - at, &glyph.code);
		if (++in->glyphs > LW_LIMIT_GLYPHS || ++in->page_glyphs > LW_LIMIT_PAGE_GLYPHS) {
			lw_pdf_interpreter_stop(in, "a page has too many glyphs");
			return;
		}
		if (glyph.code.code < LW_PDF_CODES)
			in->bits[glyph.code.code / 8] |= (guint8)(1u << glyph.code.code % 8);
		else
			note_high(in, state->font_dictionary, glyph.code.code);
		glyph.advance = displacement(pen, state, &glyph.code);
		if (in->watcher->glyph) {
			place(in, pen, &glyph);
			flag(in, run, state, &glyph);
			in->watcher->glyph(in->self, run, state, &glyph);
		}
		advance(in, pen, glyph.advance);
		at += MAX(taken, 1);
	}
}

static double adjustment(const Pen *pen, const LwPdfState *state, const LwPdfObject *number)
{
	double thousandths = number->type == LW_PDF_REAL ? number->real : (double)number->integer;
	return -thousandths / 1000 * state->font_size * (pen->vertical ? 1 : state->scale);
}

void lw_pdf_show(LwPdfInterpreter *in, const LwPdfStreamRun *run, LwPdfObject *const *items,
		 guint count)
{
	if (!lw_state(in)->font)
		lw_pdf_interpreter_set_font(in, NULL, NULL, lw_state(in)->font_size);
	const LwPdfState *state = lw_state(in);
	Pen pen = pen_of(in, state);
	find_bits(in, state->font_dictionary);
	in->showings++;
	lw_state(in)->clip_rough |= state->render_mode >= 4;
	for (guint i = 0; i < count && !in->error; i++) {
		if (items[i]->type == LW_PDF_STRING)
			show_string(in, run, state, &pen, items[i], i);
		else if (lw_pdf_is_number(items[i]))
			advance(in, &pen, adjustment(&pen, state, items[i]));
	}
}
