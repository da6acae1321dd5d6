/* rewrite_text.c - text objects: verbatim when nothing of them goes, else run by run with absolute
 * matrices.
 *
 * Invariant: before a glyph is written, the written text state and, unless `lost` is mended, the
 * written text matrix are those of the source. */
#include "engine/render/pdf/rewrite_private.h"

#include <math.h>
#include <string.h>

#define CLIP_SLACK 0.5	/* points of a box that a clip may cut off */
#define SAME_PLACE 1e-4 /* points */

static TextState state_of(const LwPdfState *state)
{
	return (TextState){
		state->font_dictionary, state->font_name, state->font_size, state->char_space,
		state->word_space,	state->scale,	  state->rise,	    state->leading,
		state->render_mode};
}

static void print_number_operator(GString *bytes, double value, const char *name)
{
	lw_pdf_print_number(bytes, value);
	g_string_append_printf(bytes, " %s\n", name);
}

/* Only what differs: a switch that only removed glyphs needed leaves no trace. */
void lw_rewrite_state(Page *page, Out *out, const LwPdfState *state)
{
	TextState want = state_of(state), *have = &out->text;
	if (want.font && (want.font != have->font || want.size != have->size)) {
		const char *name = want.font_name;
		LwPdfObject *fonts = lw_pdf_find(page->pdf, out->resources, "Font");
		if (!name || lw_pdf_find(page->pdf, fonts, name) !=
				     want.font) /* set by the caller of a form */
			name = lw_out_name(page, out, "Font", "LwG", want.font);
		else
			name = lw_out_resource(page, out, "Font", name);
		g_autoptr(GString) quoted = g_string_new(NULL);
		lw_pdf_print(quoted, lw_pdf_new_name(page->pdf, name));
		g_string_append_printf(out->bytes, "%s ", quoted->str);
		print_number_operator(out->bytes, want.size, "Tf");
	}
	if (want.char_space != have->char_space)
		print_number_operator(out->bytes, want.char_space, "Tc");
	if (want.word_space != have->word_space)
		print_number_operator(out->bytes, want.word_space, "Tw");
	if (want.scale != have->scale)
		print_number_operator(out->bytes, want.scale * 100, "Tz");
	if (want.rise != have->rise)
		print_number_operator(out->bytes, want.rise, "Ts");
	if (want.leading != have->leading)
		print_number_operator(out->bytes, want.leading, "TL");
	if (want.render_mode != have->render_mode)
		g_string_append_printf(out->bytes, "%d Tr\n", want.render_mode);
	*have = want;
}

static void write_matrix(Out *out, LwMatrix m)
{
	const double v[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
	for (int i = 0; i < 6; i++) {
		lw_pdf_print_number(out->bytes, v[i]);
		g_string_append_c(out->bytes, ' ');
	}
	g_string_append(out->bytes, "Tm\n");
	out->lost = FALSE;
}

static LwPdfObject *label_font(Page *page)
{
	LwRewriter *r = page->rewriter;
	if (!r->label_font)
		r->label_font = lw_label_font_new(page->pdf);
	return r->label_font;
}

static LwPdfObject *label_gstate(Page *page)
{
	LwRewriter *r = page->rewriter;
	if (!r->label_gstate)
		r->label_gstate = lw_label_gstate_new(page->pdf);
	return r->label_gstate;
}

static void print_label(Page *page, Out *out, guint mark, LwMatrix to_content, gint mcid)
{
	const LwPlan *plan = page->rewriter->plan;
	const char *code = page->codes[mark];
	g_autofree char *label = page->printed[mark]
					 ? g_strdup("")
					 : lw_mark_label(plan->marks->pdata[mark], &plan->style);
	const char *font = lw_out_name(page, out, "Font", "LwF", label_font(page));
	lw_label_print(out->bytes, &page->layouts[mark], &plan->style, code, label, to_content,
		       font, mcid);
	page->covered[mark] = FALSE;
	page->printed[mark] = TRUE;
	out->changed = TRUE;
}

/* Outside a text object: with its own graphics state. */
void lw_rewrite_label(Page *page, Out *out, guint mark, LwMatrix ctm, gint mcid)
{
	LwMatrix inverse;
	if (!lw_matrix_invert(ctm, &inverse))
		return; /* printed at the end of the page instead */
	LwMatrix to_content = lw_matrix_multiply(page->to_user, inverse);
	const char *gs = lw_out_name(page, out, "ExtGState", "LwS", label_gstate(page));
	g_string_append_printf(out->bytes, "q\n/%s gs\nBT\n", gs);
	print_label(page, out, mark, to_content, mcid);
	g_string_append(out->bytes, "ET\nQ\n");
}

/* Inside a text object that cannot be closed: the colour and state are put back by hand. */
static void label_in_text(Page *page, Out *out, guint mark, LwMatrix ctm)
{
	LwMatrix inverse;
	if (!lw_matrix_invert(ctm, &inverse))
		return;
	print_label(page, out, mark, lw_matrix_multiply(page->to_user, inverse), -1);
	g_string_append(out->bytes, out->fill_space ? out->fill_space : "");
	g_string_append(out->bytes, out->fill && *out->fill ? out->fill : "0 g\n");
	out->text = (TextState){.scale = 1, .leading = out->text.leading};
	out->lost = TRUE;
}

gboolean lw_rewrite_shows(const Page *page, guint mark, LwExtent clip)
{
	for (guint i = 0; i < page->layouts[mark].boxes->len; i++) {
		const LwRect *box = &g_array_index(page->layouts[mark].boxes, LwRect, i);
		for (int k = 0; k < 4; k++) {
			double x, y;
			lw_matrix_apply(page->to_user, k & 1 ? box->x1 : box->x0,
					k & 2 ? box->y1 : box->y0, &x, &y);
			if (x < clip.x0 - CLIP_SLACK || x > clip.x1 + CLIP_SLACK ||
			    y < clip.y0 - CLIP_SLACK || y > clip.y1 + CLIP_SLACK)
				return FALSE;
		}
	}
	return TRUE;
}

/* Nothing but the box of the form, which may become larger. */
static gboolean clips_as_form(const Page *page, const Out *out, const LwPdfState *state)
{
	const LwExtent *a = &state->clip, *b = &out->inside;
	return page->width && out->parent && a->x0 == b->x0 && a->y0 == b->y0 && a->x1 == b->x1 &&
	       a->y1 == b->y1;
}

/* In place only where box and ground would be seen; otherwise they come at the end of the page. */
static gboolean may_label(const Page *page, const Out *out, const LwPdfStreamRun *run, guint mark,
			  const LwPdfState *state)
{
	gboolean faint = state->soft_mask || state->fill_alpha < 1;
	if (faint && (run->parent || out->marked_in_text))
		return FALSE;
	if (state->render_mode >= 4 ||
	    out->clips) /* clips add up until ET: the text object stays whole */
		return FALSE;
	for (; run; run = run->parent)
		if (run->type != LW_STREAM_PAGE && run->type != LW_STREAM_FORM)
			return FALSE;
	return lw_rewrite_shows(page, mark, state->clip) || clips_as_form(page, out, state);
}

/* A text object in which nothing is left is not written. */
static void end_text(Out *out)
{
	GString *bytes = out->bytes;
	if (bytes->len >= 3 && !memcmp(bytes->str + bytes->len - 3, "BT\n", 3))
		g_string_truncate(bytes, bytes->len - 3);
	else
		g_string_append(bytes, "ET\n");
}

static void label_of(Page *page, Out *out, const LwPdfStreamRun *run, guint32 by,
		     const LwPdfState *state)
{
	if (!by || by == LW_REMOVED_HIDDEN || page->printed[by - 1])
		return;
	if (!page->layouts[by - 1].boxes || !page->layouts[by - 1].boxes->len ||
	    !may_label(page, out, run, by - 1, state))
		return;
	if (!out->in_text) {
		lw_rewrite_label(page, out, by - 1, out->written, -1);
	} else if (out->marked_in_text) {
		label_in_text(page, out, by - 1, out->written);
	} else {
		end_text(out);
		lw_rewrite_label(page, out, by - 1, out->written, -1);
		g_string_append(out->bytes, "BT\n");
	}
	out->lost = TRUE;
}

/* A run of glyphs that stay, gathered until something goes. */
typedef struct {
	GString *array;	 /* inside of a TJ array */
	GString *string; /* open string of codes, hexadecimal */
	double adjust;	 /* numbers since the last glyph */
	gboolean any;
	gboolean placed; /* its glyphs were set anew */
	double next[2];	 /* and this is where the last of them ends, page space */
} Segment;

static void close_string(Segment *segment)
{
	if (segment->string->len) {
		g_string_append_c(segment->array, '<');
		g_string_append_len(segment->array, segment->string->str,
				    (gssize)segment->string->len);
		g_string_append_c(segment->array, '>');
	}
	g_string_truncate(segment->string, 0);
}

static void add_glyph(Segment *segment, const LwPdfObject *string, const LwPdfGlyph *glyph)
{
	if (segment->adjust != 0 && segment->any) {
		close_string(segment);
		lw_pdf_print_number(segment->array, segment->adjust);
	}
	segment->adjust = 0;
	segment->any = TRUE;
	static const char digits[] = "0123456789ABCDEF";
	for (guint i = 0; i < MAX(glyph->code.bytes, 1); i++) {
		if (glyph->offset + i >= string->string.length)
			break;
		guchar byte = (guchar)string->string.bytes[glyph->offset + i];
		g_string_append_c(segment->string, digits[byte >> 4]);
		g_string_append_c(segment->string, digits[byte & 15]);
	}
}

static void write_segment(Out *out, Segment *segment)
{
	if (!segment->any)
		return;
	if (segment->adjust != 0) {
		close_string(segment);
		lw_pdf_print_number(segment->array, segment->adjust);
	}
	close_string(segment);
	g_string_append_printf(out->bytes, "[%s] TJ\n", segment->array->str);
	g_string_truncate(segment->array, 0);
	segment->any = FALSE;
	segment->adjust = 0;
}

/* The matrix that puts a glyph where its line was set anew. */
static gboolean matrix_at(const Page *page, const Out *out, const LwPdfState *state,
			  const Shown *shown, LwMatrix *m)
{
	LwMatrix inverse, source = lw_matrix_multiply(state->ctm, page->to_page);
	LwMatrix text = lw_matrix_multiply(shown->glyph.text, source);
	if (!lw_matrix_invert(lw_matrix_multiply(out->written, page->to_page), &inverse))
		return FALSE;
	text.e = shown->place->at[0] - state->rise * text.c;
	text.f = shown->place->at[1] - state->rise * text.d;
	*m = lw_matrix_multiply(text, inverse);
	return TRUE;
}

/* A glyph of a line that is set anew: without spacing, so that it follows the one before it where
 * nothing is between them. */
static void show_placed(Page *page, Out *out, const LwPdfObject *string, const Shown *shown,
			Segment *segment, const LwPdfState *state)
{
	const LwWidthPlace *place = shown->place;
	LwPdfState bare = *state;
	LwMatrix text = lw_matrix_multiply(lw_matrix_multiply(shown->glyph.text, state->ctm),
					   page->to_page);
	gboolean follows = segment->any && segment->placed &&
			   hypot(place->at[0] - segment->next[0], place->at[1] - segment->next[1]) <
				   SAME_PLACE;
	segment->adjust = 0;
	if (!follows) {
		write_segment(out, segment);
		bare.char_space = bare.word_space = 0;
		lw_rewrite_state(page, out, &bare);
		LwMatrix m;
		if (matrix_at(page, out, state, shown, &m))
			write_matrix(out, m);
	}
	add_glyph(segment, string, &shown->glyph);
	gboolean vertical = lw_pdf_font_is_vertical(state->font);
	double width = shown->glyph.code.width / 1000 * state->font_size * state->scale;
	double height = shown->glyph.code.wy / 1000 * state->font_size;
	segment->placed = TRUE;
	segment->next[0] = place->at[0] + (vertical ? height * text.c : width * text.a);
	segment->next[1] = place->at[1] + (vertical ? height * text.d : width * text.b);
	out->lost = TRUE;
	out->changed = TRUE;
}

static void show_string(Page *page, Out *out, const LwPdfStreamRun *run, const LwPdfObject *string,
			guint item, guint *next, Segment *segment, const LwPdfState *state)
{
	for (; *next < out->shown->len; (*next)++) {
		const Shown *shown = &g_array_index(out->shown, Shown, *next);
		if (shown->glyph.item != item)
			return;
		if (shown->by) {
			segment->adjust = 0; /* how far it reached is nobody's business */
			write_segment(out, segment);
			out->lost = TRUE;
			out->changed = TRUE;
			label_of(page, out, run, shown->by, state);
			continue;
		}
		if (shown->place) {
			show_placed(page, out, string, shown, segment, state);
			continue;
		}
		if (segment->any && segment->placed)
			write_segment(out, segment);
		if (!segment->any) {
			segment->placed = FALSE;
			lw_rewrite_state(page, out, state);
			if (out->lost || segment->adjust != 0)
				write_matrix(out, shown->glyph.text);
			segment->adjust = 0;
		}
		add_glyph(segment, string, &shown->glyph);
	}
}

static void rewrite_show(Page *page, Out *out, const LwPdfStreamRun *run,
			 const LwPdfObject *operand, const LwPdfState *state)
{
	Segment segment = {.array = g_string_new(NULL), .string = g_string_new(NULL)};
	guint next = 0;
	if (operand && operand->type == LW_PDF_STRING) {
		show_string(page, out, run, operand, 0, &next, &segment, state);
	}
	for (guint i = 0; i < lw_pdf_length(operand); i++) {
		const LwPdfObject *item = operand->array.items[i];
		if (item->type == LW_PDF_STRING)
			show_string(page, out, run, item, i, &next, &segment, state);
		else if (lw_pdf_is_number(item))
			segment.adjust +=
				item->type == LW_PDF_REAL ? item->real : (double)item->integer;
	}
	if (!segment.any && segment.adjust != 0)
		out->lost = TRUE;
	if (segment.placed)
		segment.adjust = 0;
	write_segment(out, &segment);
	g_string_free(segment.array, TRUE);
	g_string_free(segment.string, TRUE);
}

static gboolean any_kept(const Out *out)
{
	for (guint i = 0; i < out->shown->len; i++)
		if (!g_array_index(out->shown, Shown, i).by)
			return TRUE;
	return FALSE;
}

static gboolean any_removed(const Out *out)
{
	for (guint i = 0; i < out->shown->len; i++)
		if (g_array_index(out->shown, Shown, i).by)
			return TRUE;
	return FALSE;
}

static void show(Page *page, Out *out, const LwPdfStreamRun *run, const char *name,
		 LwPdfObject *const *operands, guint count, const LwPdfState *before,
		 const LwPdfState *state)
{
	out->clips |= state->render_mode >= 4 && out->shown->len;
	out->clip_kept |= state->render_mode >= 4 && any_kept(out);
	if (out->in_text && out->hit) {
		if (name[0] == '\'' || name[0] == '"')
			out->lost = TRUE;
		rewrite_show(page, out, run, count ? operands[count - 1] : NULL, state);
	} else if (any_removed(out)) { /* shown outside a text object */
		lw_out_settle(out, state);
		g_string_append(out->bytes, "BT\n");
		out->in_text = out->lost = TRUE;
		rewrite_show(page, out, run, count ? operands[count - 1] : NULL, state);
		out->in_text = FALSE;
		g_string_append(out->bytes, "ET\n");
	} else {
		lw_out_settle(out, state);
		lw_rewrite_state(page, out, before);
		lw_out_operator(out, name, operands, count);
		out->text = state_of(state);
	}
	g_array_set_size(out->shown, 0);
}

void lw_rewrite_begin_text(Page *page, Out *out, const LwPdfState *state)
{
	page->text_objects++;
	out->hit = !page->unmarked && page->text_hit[page->text_objects];
	if (!out->hit || page->text_still[page->text_objects])
		lw_out_settle(out, state);
	if (!out->hit && !page->width)
		lw_rewrite_state(page, out, state);
	out->in_text = TRUE;
	out->lost = FALSE;
	out->marked_in_text = 0;
	out->clips = out->clip_kept = FALSE;
	g_string_append(out->bytes, "BT\n");
}

void lw_rewrite_end_text(Page *page, Out *out, const LwPdfStreamRun *run, const LwPdfState *state)
{
	(void)run;
	if (!out->in_text)
		return;
	(void)page, (void)state;
	end_text(out);
	if (out->clips &&
	    !out->clip_kept) /* what would have shown through the letters stays unseen */
		g_string_append(out->bytes, "0 0 0 0 re W n\n");
	out->in_text = out->hit = out->clips = FALSE;
}

gboolean lw_rewrite_text(Page *page, Out *out, const LwPdfStreamRun *run, const char *name,
			 LwPdfObject *const *operands, guint count, const LwPdfState *before,
			 const LwPdfState *state)
{
	if (lw_pdf_is(name, "BT")) {
		if (out->in_text) /* nested: illegal; the inner one starts anew */
			lw_rewrite_end_text(page, out, run, state);
		lw_rewrite_begin_text(page, out, state);
	} else if (lw_pdf_is(name, "ET")) {
		lw_rewrite_end_text(page, out, run, state);
	} else if (lw_pdf_is(name, "Tj") || lw_pdf_is(name, "TJ") || lw_pdf_is(name, "'") ||
		   lw_pdf_is(name, "\"")) {
		show(page, out, run, name, operands, count, before, state);
	} else if (lw_pdf_is(name, "Td") || lw_pdf_is(name, "TD") || lw_pdf_is(name, "Tm") ||
		   lw_pdf_is(name, "T*")) {
		if (out->hit) {
			out->lost = TRUE;
		} else {
			if (before->leading != out->text.leading && lw_pdf_is(name, "T*"))
				print_number_operator(out->bytes, before->leading, "TL");
			lw_out_operator(out, name, operands, count);
			if (lw_pdf_is(name, "T*") || lw_pdf_is(name, "TD"))
				out->text.leading = state->leading;
		}
	} else if (name[0] == 'T') {	     /* Tf Tc Tw Tz TL Tr Ts */
		if (out->hit || page->width) /* written when something is shown */
			return TRUE;
		lw_rewrite_state(page, out, before);
		if (lw_pdf_is(name, "Tf") && count && lw_pdf_name(operands[0]))
			lw_out_resource_operator(page, out, "Font", 0, name, operands, count);
		else
			lw_out_operator(out, name, operands, count);
		out->text = state_of(state);
	} else {
		return FALSE;
	}
	return TRUE;
}
