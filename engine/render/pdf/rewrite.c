/* rewrite.c - two passes over a page: the first says what goes, the second writes. */
#include "engine/render/pdf/rewrite_private.h"

#include <string.h>

/* --- output streams --- */

static Out *out_new(Page *page, LwPdfObject *resources, const LwPdfState *state)
{
	Out *out = g_new0(Out, 1);
	out->parent = page->out;
	out->bytes = g_string_new(NULL);
	out->resources = resources;
	out->added = lw_pdf_new_dictionary(page->pdf);
	out->used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	out->text = (TextState){
		state->font_dictionary, state->font_name, state->font_size, state->char_space,
		state->word_space,	state->scale,	  state->rise,	    state->leading,
		state->render_mode};
	out->pending = g_string_new(NULL);
	out->written = out->form = state->ctm;
	out->inside = state->clip;
	out->fill = page->out ? page->out->fill : NULL;
	out->tiles = page->out && page->out->tiles;
	out->saves = g_array_new(FALSE, FALSE, sizeof(Saved));
	out->path = g_string_new(NULL);
	out->subpaths = g_array_new(FALSE, FALSE, sizeof(Subpath));
	out->shown = g_array_new(FALSE, FALSE, sizeof(Shown));
	out->marked = g_array_new(FALSE, FALSE, sizeof(gint));
	return out;
}

static void out_free(Out *out)
{
	g_string_free(out->bytes, TRUE);
	g_string_free(out->path, TRUE);
	g_string_free(out->pending, TRUE);
	g_hash_table_unref(out->used);
	g_array_unref(out->saves);
	g_array_unref(out->subpaths);
	g_array_unref(out->shown);
	g_array_unref(out->marked);
	g_free(out);
}

void lw_out_settle(Out *out, const LwPdfState *state)
{
	g_string_append_len(out->bytes, out->pending->str, (gssize)out->pending->len);
	g_string_truncate(out->pending, 0);
	out->written = state->ctm;
}

void lw_out_use(Out *out, const char *category, const char *name)
{
	g_hash_table_add(out->used, g_strconcat(category, "/", name, NULL));
}

void lw_out_operator(Out *out, const char *name, LwPdfObject *const *operands, guint count)
{
	for (guint i = 0; i < count; i++) {
		lw_pdf_print(out->bytes, operands[i]);
		g_string_append_c(out->bytes, ' ');
	}
	g_string_append(out->bytes, name);
	g_string_append_c(out->bytes, '\n');
}

/* A name in the new resources for a value; the same value keeps its name within a stream. */
const char *lw_out_name(Page *page, Out *out, const char *category, const char *prefix,
			LwPdfObject *value)
{
	LwPdfObject *entries = lw_pdf_find_raw(out->added, category);
	if (!entries) {
		entries = lw_pdf_new_dictionary(page->pdf);
		lw_pdf_set(page->pdf, out->added, category, entries);
	}
	LwPdfObject *reference = lw_pdf_reference(page->pdf, value);
	for (guint i = 0; i < entries->dictionary.count; i++)
		if (entries->dictionary.entries[i].value->reference == reference->reference)
			return entries->dictionary.entries[i].key;
	LwPdfObject *taken = lw_pdf_find(page->pdf, out->resources, category);
	char name[32];
	do
		g_snprintf(name, sizeof name, "%s%u", prefix, out->fresh++);
	while (lw_pdf_find_raw(taken, name));
	lw_pdf_set(page->pdf, entries, name, reference);
	return g_intern_string(name);
}

const char *lw_out_resource(Page *page, Out *out, const char *category, const char *name)
{
	LwPdfObject *value =
		lw_pdf_find(page->pdf, lw_pdf_find(page->pdf, out->resources, category), name);
	if (!value || lw_secrets_in_text(page->rewriter->secrets, name, strlen(name)) < 0) {
		lw_out_use(out, category, name);
		return name;
	}
	out->changed = TRUE;
	return lw_out_name(page, out, category, "LwN", value);
}

void lw_out_resource_operator(Page *page, Out *out, const char *category, guint index,
			      const char *name, LwPdfObject *const *operands, guint count)
{
	LwPdfObject *copy[LW_PDF_OPERANDS];
	const char *used = lw_pdf_name(operands[index]);
	const char *written = lw_out_resource(page, out, category, used);
	memcpy(copy, operands, count * sizeof *copy);
	if (written != used)
		copy[index] = lw_pdf_new_name(page->pdf, written);
	lw_out_operator(out, name, copy, count);
}

/* A Type 3 font without resources of its own draws with those of the page. */
static gboolean lends_resources(LwPdf *pdf, const Out *out)
{
	LwPdfObject *fonts = lw_pdf_find(pdf, out->resources, "Font");
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(fonts);
	for (guint i = 0; dictionary && i < dictionary->dictionary.count; i++) {
		LwPdfObject *font = lw_pdf_resolve(pdf, dictionary->dictionary.entries[i].value);
		if (lw_pdf_is_name(lw_pdf_find(pdf, font, "Subtype"), "Type3") &&
		    !lw_pdf_find(pdf, font, "Resources"))
			return TRUE;
	}
	return FALSE;
}

static LwPdfObject *category_of(LwPdf *pdf, const Out *out, const char *category, gboolean all)
{
	const LwPdfObject *source =
		lw_pdf_dictionary_of(lw_pdf_find(pdf, out->resources, category));
	const LwPdfObject *added = lw_pdf_find_raw(out->added, category);
	LwPdfObject *result = lw_pdf_new_dictionary(pdf);
	for (guint i = 0; source && i < source->dictionary.count; i++) {
		const LwPdfEntry *entry = &source->dictionary.entries[i];
		g_autofree char *path = g_strconcat(category, "/", entry->key, NULL);
		if (all || g_hash_table_contains(out->used, path))
			lw_pdf_set(pdf, result, entry->key, entry->value);
	}
	for (guint i = 0; added && i < added->dictionary.count; i++)
		lw_pdf_set(pdf, result, added->dictionary.entries[i].key,
			   added->dictionary.entries[i].value);
	return result->dictionary.count ? result : NULL;
}

static LwPdfObject *resources_of(LwPdf *pdf, const Out *out)
{
	static const char *const categories[] = {"ColorSpace", "ExtGState", "Font",   "Pattern",
						 "Properties", "Shading",   "XObject"};
	LwPdfObject *result = lw_pdf_new_dictionary(pdf);
	gboolean all = lends_resources(pdf, out);
	for (guint i = 0; i < G_N_ELEMENTS(categories); i++)
		lw_pdf_set(pdf, result, categories[i], category_of(pdf, out, categories[i], all));
	return result;
}

/* --- the second pass --- */

static void on_begin(void *self, LwPdfStreamRun *run, const LwPdfState *state)
{
	Page *page = self;
	Out *out = out_new(page, run->resources, state);
	run->watcher_data = out;
	if (page->width && page->out && run->type == LW_STREAM_FORM)
		lw_follow_begin(page, out, run, state);
	page->out = out;
}

static void close_out(Out *out)
{
	if (out->in_text)
		g_string_append(out->bytes, "ET\n");
	for (; out->marked->len; g_array_set_size(out->marked, out->marked->len - 1))
		g_string_append(out->bytes, "EMC\n");
	for (; out->saves->len; g_array_set_size(out->saves, out->saves->len - 1))
		g_string_append(out->bytes, "Q\n");
}

static void keep_clean(Page *page, const Out *out, LwPdfObject *stream)
{
	LwRewriter *r = page->rewriter;
	if (g_hash_table_contains(r->cleaned, stream) && !out->changed)
		return;
	g_hash_table_insert(r->cleaned, stream, g_bytes_new(out->bytes->str, out->bytes->len));
	g_hash_table_insert(r->cleaned_resources, stream, resources_of(page->pdf, out));
}

/* Copy on write: a form that a mark met, for this one use. */
static LwPdfObject *copy_form(Page *page, const Out *out, const LwPdfObject *form)
{
	g_autoptr(GBytes) bytes = g_bytes_new(out->bytes->str, out->bytes->len);
	LwPdfObject *dictionary = lw_pdf_copy(page->pdf, form->stream.dictionary);
	lw_pdf_set(page->pdf, dictionary, "Resources", resources_of(page->pdf, out));
	LwPdfObject *copy = lw_pdf_new_stream(page->pdf, dictionary, bytes);
	g_hash_table_add(page->rewriter->printed, copy);
	return copy;
}

/* A form that keeps its box may cut those of its marks. */
static void cover_cut(Page *page, const Out *out)
{
	for (guint i = 0; page->width && i < page->marks->len; i++) {
		guint m = g_array_index(page->marks, guint, i);
		page->covered[m] |= page->printed[m] && !lw_rewrite_shows(page, m, out->inside);
	}
}

static void on_end(void *self, LwPdfStreamRun *run, const LwPdfState *state)
{
	(void)state;
	Page *page = self;
	Out *out = page->out;
	close_out(out);
	page->out = out->parent;
	if (run->type == LW_STREAM_PAGE) {
		page->page_bytes = g_string_new_len(out->bytes->str, (gssize)out->bytes->len);
	} else if (run->type == LW_STREAM_FORM) {
		/* Without resources of its own it may mean something else elsewhere. */
		gboolean copy = out->changed || out->loose ||
				!lw_pdf_find(page->pdf, run->stream, "Resources");
		LwPdfObject *box = copy ? lw_follow_form(page, out, run->stream) : NULL;
		out->parent->child = copy ? copy_form(page, out, run->stream) : run->stream;
		if (box)
			lw_pdf_set(page->pdf, out->parent->child->stream.dictionary, "BBox", box);
		if (!box || out->cut)
			cover_cut(page, out);
		out->parent->child_changed = copy;
		out->parent->child_loose = out->loose;
		if (!copy)
			keep_clean(page, out, run->stream);
	} else if (out->changed && run->type != LW_STREAM_APPEARANCE) {
		g_hash_table_insert(page->replaced, run->stream, copy_form(page, out, run->stream));
	} else {
		keep_clean(page, out, run->stream);
	}
	if (run->type == LW_STREAM_PAGE)
		page->out = out; /* kept for the labels at the end of the page */
	else
		out_free(out);
}

static void note_removed(Page *page, const LwPdfStreamRun *run, guint32 index)
{
	const GArray *glyphs = page->content->glyphs;
	page->rewriter->receipt->glyphs_removed++;
	if (index >= glyphs->len)
		return;
	guint flags = g_array_index(glyphs, LwPdfPageGlyph, index).glyph.flags;
	if (!(flags & LW_GLYPH_ANNOTATION) || !(flags & LW_GLYPH_UNSEEN))
		return;
	while (run->type != LW_STREAM_APPEARANCE)
		run = run->parent;
	g_hash_table_add(page->rewriter->overflown, run->stream);
}

static void on_glyph(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		     const LwPdfGlyph *glyph)
{
	Page *page = self;
	guint32 index = page->next_glyph++;
	Shown shown = {.glyph = *glyph};
	if (page->unmarked) {
		page->surprised |= (glyph->flags & LW_GLYPH_GOES) != 0;
		lw_pdf_sight_glyph(page->sight, run, state, glyph);
	} else
		shown.by = index < page->content->glyphs->len ? page->by[index] : LW_REMOVED_HIDDEN;
	if (shown.by)
		note_removed(page, run, index);
	if (page->width && page->width->places[index].moved)
		shown.place = &page->width->places[index];
	lw_follow_paint(page, glyph->extent, (glyph->extent.y1 - glyph->extent.y0) / 2);
	g_array_append_val(page->out->shown, shown);
}

static void on_path(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		    const char *paint, const LwPdfPath *path)
{
	Page *page = self;
	if (page->unmarked)
		lw_pdf_sight_path(page->sight, run, state, paint, path);
	lw_follow_paint(page, path->extent, 1);
	page->path_extent = path->extent;
	page->path_lines = path->lines;
	page->path_curves = path->curves;
}

static void on_image(void *self, const LwPdfStreamRun *run, const LwPdfState *state,
		     LwPdfObject *image, const char *name, const char *data, gsize length)
{
	(void)image, (void)name, (void)data, (void)length;
	Page *page = self;
	if (page->unmarked)
		lw_pdf_sight_image(page->sight, run, state);
	LwExtent unit = {1e30, 1e30, -1e30, -1e30};
	for (int k = 0; k < 4; k++) {
		double x, y;
		lw_matrix_apply(state->ctm, k & 1, k >> 1, &x, &y);
		unit = (LwExtent){MIN(unit.x0, x), MIN(unit.y0, y), MAX(unit.x1, x),
				  MAX(unit.y1, y)};
	}
	lw_follow_paint(page, unit, 1);
}

/* On a page that was written in one pass. */
static gboolean hides_something(Page *page)
{
	const guint8 *unseen = lw_pdf_sight_judge(page->sight);
	for (guint32 i = 0; i < page->next_glyph; i++)
		if (unseen[i])
			return TRUE;
	return FALSE;
}

static void on_operator(void *self, LwPdfStreamRun *run, const char *name,
			LwPdfObject *const *operands, guint count, const LwPdfState *before,
			const LwPdfState *state)
{
	Page *page = self;
	if (page->unmarked)
		lw_pdf_sight_operator(page->sight, run, state, name);
	if (!lw_rewrite_text(page, page->out, run, name, operands, count, before, state))
		lw_rewrite_paint(page, page->out, run, name, operands, count, before, state);
}

static void on_inline_image(void *self, LwPdfStreamRun *run, const LwPdfState *state,
			    LwPdfObject *dictionary, const char *data, gsize length)
{
	Page *page = self;
	lw_rewrite_inline_image(page, page->out, run, state, dictionary, data, length);
}

/* --- what goes from a page --- */

static void tell_width(const Page *page)
{
	LwReceipt *receipt = page->rewriter->receipt;
	if (page->width->swept)
		lw_receipt_notice(receipt, "line-swept", (gint32)page->page,
				  "text behind a mark went with the rest of its line");
	if (page->width->kept)
		lw_receipt_notice(receipt, "width-kept", (gint32)page->page,
				  "a mark shows how wide its text was");
}

/* Where the lines go from which something is taken. */
static void set_lines(Page *page)
{
	const LwPlan *plan = page->rewriter->plan;
	LwStyle style = plan->style;
	if (style.width == LW_WIDTH_EXACT || page->unmarked)
		return;
	if (style.code == LW_CODE_LONG) /* gives way where it does not fit */
		style.code = LW_CODE_DOTTED;
	g_autofree double *least = g_new0(double, plan->marks->len + 1);
	for (guint i = 0; i < page->marks->len; i++) {
		guint m = g_array_index(page->marks, guint, i);
		g_autofree char *code = lw_mark_code(plan->marks->pdata[m], &style);
		least[m] = lw_label_least(code);
	}
	page->width = lw_width_layout_new(plan, page->page, page->content, page->by, least);
	page->rest = g_memdup2(page->by, (page->content->glyphs->len + 1) * sizeof(guint32));
	for (guint i = 0; i < page->content->glyphs->len; i++)
		if (page->width->boxed[i])
			page->rest[i] = LW_REMOVED_HIDDEN;
	tell_width(page);
}

static void find_removed(Page *page, guint32 first)
{
	guint count = page->content->glyphs->len;
	g_autofree LwGlyph *glyphs = g_new(LwGlyph, count + 1);
	for (guint i = 0; i < count; i++)
		glyphs[i] = g_array_index(page->content->glyphs, LwPdfPageGlyph, i).glyph;
	page->by = g_new0(guint32, count + 1);
	lw_plan_removed(page->rewriter->plan, glyphs, count, first, page->page, page->by);
	set_lines(page);
	page->text_hit = g_malloc0(page->content->text_objects + 2);
	page->text_still = g_malloc0(page->content->text_objects + 2);
	page->marked_hit = g_malloc0(page->content->marked_parent->len + 1);
	for (guint i = 0; i < count; i++) {
		const LwPdfPageGlyph *g = &g_array_index(page->content->glyphs, LwPdfPageGlyph, i);
		gboolean moves = page->width && page->width->places[i].moved;
		if (page->by[i] || moves)
			page->text_hit[g->text_object] = TRUE;
		else
			page->text_still[g->text_object] = TRUE;
		if (!page->by[i])
			continue;
		for (guint32 m = g->marked; m && !page->marked_hit[m - 1];) {
			page->marked_hit[m - 1] = TRUE;
			m = g_array_index(page->content->marked_parent, guint32, m - 1);
		}
	}
}

/* Text over a picture (render mode 3) goes together with what it lies on. */
static gboolean takes_paths(const Page *page, guint m)
{
	const LwMark *mark = page->rewriter->plan->marks->pdata[m];
	if (!mark->glyphs)
		return TRUE;
	for (guint i = 0; i < page->content->glyphs->len; i++)
		if (page->by[i] == m + 1)
			return g_array_index(page->content->glyphs, LwPdfPageGlyph, i).glyph.flags &
			       LW_GLYPH_INVISIBLE;
	return FALSE;
}

/* Boxes of lines that were set anew, and of what could not be. */
static void lay_out_anew(Page *page, guint m, const char *code, LwLabelLayout *layout)
{
	const LwPlan *plan = page->rewriter->plan;
	g_autoptr(GArray) shapes = g_array_new(FALSE, FALSE, sizeof(LwLabelShape));
	gboolean upright = FALSE, area = !((const LwMark *)plan->marks->pdata[m])->glyphs;
	if (!area || page->width->drawn[m])
		lw_label_layout(plan, m, page->content, page->rest, page->page, code, layout);
	else
		lw_label_layout_none(layout);
	for (guint i = 0; i < page->width->boxes->len; i++) {
		const LwWidthBox *box = &g_array_index(page->width->boxes, LwWidthBox, i);
		if (box->mark != m)
			continue;
		LwLabelShape shape = {box->rect, box->angle};
		upright = shapes->len ? upright : box->upright;
		g_array_append_val(shapes, shape);
	}
	if (!shapes->len)
		return;
	if (area)
		g_array_prepend_vals(shapes, layout->shapes->data, layout->shapes->len);
	else
		g_array_append_vals(shapes, layout->shapes->data, layout->shapes->len);
	lw_label_layout_clear(layout);
	lw_label_layout_in(shapes, upright, page->content, code, layout);
}

/* The long spelling gives way to the dotted one before the ground goes to the margin. */
static void lay_out_label(Page *page, guint m, LwLabelLayout *layout)
{
	const LwPlan *plan = page->rewriter->plan;
	LwStyle style = plan->style;
	for (;;) {
		g_autofree char *code = lw_mark_code(plan->marks->pdata[m], &style);
		lw_label_layout_clear(layout);
		if (page->width)
			lay_out_anew(page, m, code, layout);
		else
			lw_label_layout(plan, m, page->content, page->by, page->page, code, layout);
		page->codes[m] = lw_arena_strndup(page->arena, code, strlen(code));
		if (!layout->call_out || style.code != LW_CODE_LONG)
			return;
		style.code = LW_CODE_DOTTED;
	}
}

/* Where the mark stood: an area goes there whatever it holds. */
static void note_marked(Page *page, guint m)
{
	const LwMark *mark = page->rewriter->plan->marks->pdata[m];
	gboolean cut = mark->glyphs && !page->layouts[m].boxes->len;
	for (guint i = 0; i < mark->boxes->len; i++) {
		const LwBox *box = &g_array_index(mark->boxes, LwBox, i);
		if (box->page != page->page || cut)
			continue;
		g_array_append_val(page->marked_boxes, box->rect);
		if (!mark->glyphs) {
			g_array_append_val(page->boxes, box->rect);
			g_array_append_val(page->areas, box->rect);
		}
	}
}

static void lay_out(Page *page)
{
	const LwPlan *plan = page->rewriter->plan;
	page->layouts = g_new0(LwLabelLayout, plan->marks->len + 1);
	page->codes = lw_arena_new0(page->arena, const char *, plan->marks->len + 1);
	page->printed = g_malloc0(plan->marks->len + 1);
	page->covered = g_malloc0(plan->marks->len + 1);
	page->boxes = g_array_new(FALSE, FALSE, sizeof(LwRect));
	page->areas = g_array_new(FALSE, FALSE, sizeof(LwRect));
	page->marked_boxes = g_array_new(FALSE, FALSE, sizeof(LwRect));
	for (guint k = 0; k < page->marks->len; k++) {
		guint m = g_array_index(page->marks, guint, k);
		LwLabelLayout *layout = &page->layouts[m];
		lay_out_label(page, m, layout);
		const LwMark *mark = plan->marks->pdata[m];
		gboolean area = takes_paths(page, m) && (mark->glyphs || !page->width);
		for (guint i = 0; i < layout->boxes->len; i++) {
			LwRect rect = g_array_index(layout->boxes, LwRect, i);
			LwBox painted = {page->page, rect};
			g_array_append_val(page->boxes, rect);
			if (area)
				g_array_append_val(page->areas, rect);
			g_array_append_val((GArray *)page->rewriter->receipt->painted->pdata[m],
					   painted);
		}
		if (page->width)
			note_marked(page, m);
	}
}

/* In a tagged page the label gets a number of its own, and an element when the tree is clean. */
static void print_loose(Page *page, Out *out, guint m)
{
	LwRewriter *r = page->rewriter;
	gint mcid = lw_tags_cover(page->pdf, page->page) ? page->next_mcid++ : -1;
	lw_rewrite_label(page, out, m, (LwMatrix){1, 0, 0, 1, 0, 0}, mcid);
	if (mcid < 0 || !page->printed[m])
		return;
	g_autofree char *label = lw_mark_label(r->plan->marks->pdata[m], &r->plan->style);
	LwLooseLabel loose = {page->page, mcid,
			      lw_arena_strndup(lw_pdf_arena(page->pdf), label, strlen(label))};
	g_array_append_val(r->loose_labels, loose);
}

/* A box that something was painted over: its words were heard already. */
static void print_again(Page *page, Out *out, guint m)
{
	g_string_append(out->bytes, "/Artifact BMC\n");
	lw_rewrite_label(page, out, m, (LwMatrix){1, 0, 0, 1, 0, 0}, -1);
	g_string_append(out->bytes, "EMC\n");
}

/* Marks whose place in the text could not be found, areas over pictures: after everything else.
 * Once more the boxes over which something was painted since; their words stand in the text
 * already. */
static void print_rest(Page *page)
{
	Out *out = page->out;
	g_string_truncate(out->bytes, 0);
	lw_struck_draw(page, out->bytes);
	for (guint i = 0; i < page->marks->len; i++) {
		guint m = g_array_index(page->marks, guint, i);
		if (!page->layouts[m].boxes || !page->layouts[m].boxes->len)
			continue;
		if (!page->printed[m])
			print_loose(page, out, m);
		else if (page->covered[m])
			print_again(page, out, m);
	}
	if (!out->bytes->len)
		return;
	g_string_prepend(page->page_bytes, "q\n");
	g_string_append(page->page_bytes, "Q\n");
	g_string_append_len(page->page_bytes, out->bytes->str, (gssize)out->bytes->len);
}

static void store(Page *page)
{
	LwPdfObject *dictionary = lw_pdf_page(page->pdf, page->page);
	g_autoptr(GBytes) bytes = g_bytes_new(page->page_bytes->str, page->page_bytes->len);
	LwPdfObject *stream = lw_pdf_new_stream(page->pdf, lw_pdf_new_dictionary(page->pdf), bytes);
	lw_pdf_set(page->pdf, dictionary, "Resources", resources_of(page->pdf, page->out));
	lw_pdf_set(page->pdf, dictionary, "Contents", lw_pdf_reference(page->pdf, stream));
}

static void page_clear(Page *page)
{
	for (guint i = 0; page->layouts && i < page->marks->len; i++)
		lw_label_layout_clear(&page->layouts[g_array_index(page->marks, guint, i)]);
	while (page->out) {
		Out *parent = page->out->parent;
		out_free(page->out);
		page->out = parent;
	}
	g_clear_pointer(&page->content, lw_pdf_page_content_free);
	g_clear_pointer(&page->sight, lw_pdf_sight_free);
	g_free(page->by);
	g_free(page->rest);
	g_free(page->text_hit);
	g_free(page->text_still);
	g_free(page->marked_hit);
	g_free(page->layouts);
	g_free(page->printed);
	g_free(page->covered);
	g_clear_pointer(&page->replaced, g_hash_table_unref);
	g_clear_pointer(&page->boxes, g_array_unref);
	g_clear_pointer(&page->areas, g_array_unref);
	g_clear_pointer(&page->marked_boxes, g_array_unref);
	g_clear_pointer(&page->width, lw_width_layout_free);
	if (page->page_bytes)
		g_string_free(page->page_bytes, TRUE);
	lw_arena_free(page->arena);
}

static const LwPdfWatcher writer = {.begin = on_begin,
				    .end = on_end,
				    .glyph = on_glyph,
				    .operator= on_operator,
				    .path = on_path,
				    .image = on_image,
				    .inline_image = on_inline_image};

static gboolean write_page(Page *page, guint32 first, GError **error)
{
	LwRewriter *r = page->rewriter;
	if (!lw_matrix_invert(page->to_page, &page->to_user)) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, "a page has no size");
		return FALSE;
	}
	lw_pdf_interpreter_set_repeats(r->interpreter, !page->unmarked);
	if (!page->unmarked) {
		page->content = lw_pdf_collect_page(r->interpreter, r->pdf, page->page, error);
		if (!page->content)
			return FALSE;
		find_removed(page, first);
	}
	if (page->unmarked)
		page->sight = lw_pdf_sight_new(page->pdf);
	lay_out(page);
	lw_struck_part(page);
	page->replaced = g_hash_table_new(NULL, NULL);
	if (!lw_pdf_interpret_page(r->interpreter, page->page, &writer, page, error))
		return FALSE;
	if (!page->unmarked && page->next_glyph != page->content->glyphs->len) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
				    "two passes over a page gave different glyphs");
		return FALSE;
	}
	if (page->unmarked && !page->surprised)
		page->surprised = hides_something(page);
	if (!page->surprised) {
		print_rest(page);
		store(page);
		if (page->width)
			lw_follow_annotations(page);
	}
	return TRUE;
}

/* A page without a mark is written in one pass; when it turns out to hold something hidden, in the
 * usual two. */
gboolean lw_rewrite_page(LwRewriter *r, guint number, guint32 first, guint32 *next, GError **error)
{
	const GArray *marks = lw_plan_marks_on(r->plan, number);
	gboolean unmarked = !marks->len, again, done;
	do {
		Page page = {.rewriter = r,
			     .pdf = r->pdf,
			     .page = number,
			     .marks = marks,
			     .arena = lw_arena_new(),
			     .unmarked = unmarked};
		page.to_page = lw_pdf_page_matrix(r->pdf, number, NULL, NULL);
		done = write_page(&page, first, error);
		*next = first + page.next_glyph;
		again = done && page.surprised;
		unmarked = FALSE;
		page_clear(&page);
	} while (again);
	return done;
}

void lw_rewrite_finish(LwRewriter *r)
{
	GHashTableIter iter;
	gpointer stream, bytes;
	g_hash_table_iter_init(&iter, r->cleaned);
	while (g_hash_table_iter_next(&iter, &stream, &bytes)) {
		lw_pdf_set_data(r->pdf, stream, bytes);
		g_hash_table_add(r->printed, stream);
		lw_pdf_set(r->pdf, stream, "Resources",
			   g_hash_table_lookup(r->cleaned_resources, stream));
	}
}
