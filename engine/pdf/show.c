/* show.c - text-showing: from codes to glyphs in user space (9.4.4). */
#include "engine/pdf/interpret_private.h"

#include <math.h>
#include <string.h>

/* The quad of the glyph and its place on the page. */
static void place(LwPdfInterpreter *in, const LwPdfState *state, LwPdfGlyph *glyph)
{
	const LwPdfFont *font = state->font;
	double size = state->font_size, h = state->scale;
	LwMatrix scaled = {size * h, 0, 0, size, 0, state->rise};
	LwMatrix m = lw_matrix_multiply(scaled, lw_matrix_multiply(in->tm, state->ctm));
	double left = 0, right = glyph->code.width / 1000;
	double top = lw_pdf_font_ascent(font) / 1000, bottom = lw_pdf_font_descent(font) / 1000;
	double x = 0, y = 0;
	if (lw_pdf_font_is_vertical(font)) {
		x = -glyph->code.vx / 1000;
		y = -glyph->code.vy / 1000;
	}
	const double corners[8] = {left + x, bottom + y, right + x, bottom + y,
				   right + x, top + y,	 left + x,  top + y};
	for (int i = 0; i < 8; i += 2)
		lw_matrix_apply(m, corners[i], corners[i + 1], &glyph->quad[i], &glyph->quad[i + 1]);
	lw_matrix_apply(m, x, y, &glyph->origin[0], &glyph->origin[1]);
	glyph->em = hypot(m.c, m.d);
	glyph->text = in->tm;
}

static void flag(LwPdfInterpreter *in, const LwPdfStreamRun *run, const LwPdfState *state,
		 LwPdfGlyph *glyph)
{
	LwExtent box = {1e30, 1e30, -1e30, -1e30};
	for (int i = 0; i < 8; i += 2)
		lw_extent_add(&box, glyph->quad[i], glyph->quad[i + 1]);
	glyph->flags = in->flags;
	if (state->render_mode == 3 || state->render_mode == 7)
		glyph->flags |= LW_GLYPH_INVISIBLE;
	if (lw_pdf_run_is_off(run))
		glyph->flags |= LW_GLYPH_LAYER_OFF;
	if (lw_extent_is_empty(lw_extent_intersect(box, state->clip)))
		glyph->flags |= LW_GLYPH_HIDDEN;
	if (lw_extent_is_empty(lw_extent_intersect(box, in->crop)))
		glyph->flags |= LW_GLYPH_OFF_PAGE;
	if (!glyph->code.unicode[0])
		glyph->flags |= LW_GLYPH_UNREADABLE;
}

static double displacement(const LwPdfState *state, const LwPdfCode *code)
{
	double spacing = state->char_space + (code->space ? state->word_space : 0);
	if (lw_pdf_font_is_vertical(state->font))
		return code->wy / 1000 * state->font_size + spacing;
	return (code->width / 1000 * state->font_size + spacing) * state->scale;
}

static void advance(LwPdfInterpreter *in, const LwPdfState *state, double t)
{
	gboolean vertical = state->font && lw_pdf_font_is_vertical(state->font);
	LwMatrix step = {1, 0, 0, 1, vertical ? 0 : t, vertical ? t : 0};
	in->tm = lw_matrix_multiply(step, in->tm);
}

void lw_pdf_show_adjust(LwPdfInterpreter *in, double thousandths)
{
	const LwPdfState *state = lw_state(in);
	gboolean vertical = state->font && lw_pdf_font_is_vertical(state->font);
	advance(in, state, -thousandths / 1000 * state->font_size * (vertical ? 1 : state->scale));
}

void lw_pdf_show(LwPdfInterpreter *in, const LwPdfStreamRun *run, const LwPdfObject *string, guint item)
{
	const LwPdfState *state = lw_state(in);
	if (!state->font || string->type != LW_PDF_STRING)
		return;
	const guint8 *bytes = (const guint8 *)string->string.bytes;
	gsize length = string->string.length;
	for (gsize at = 0; at < length;) {
		LwPdfGlyph glyph = {.offset = (guint32)at, .item = item};
		gsize taken = lw_pdf_font_next(state->font, bytes + at, length - at, &glyph.code);
		if (++in->glyphs > LW_LIMIT_GLYPHS || ++in->page_glyphs > LW_LIMIT_PAGE_GLYPHS) {
			lw_pdf_interpreter_stop(in, "a page has too many glyphs");
			return;
		}
		glyph.advance = displacement(state, &glyph.code);
		if (in->watcher->glyph) {
			place(in, state, &glyph);
			flag(in, run, state, &glyph);
			in->watcher->glyph(in->self, run, state, &glyph);
		}
		advance(in, state, glyph.advance);
		at += MAX(taken, 1);
	}
}
