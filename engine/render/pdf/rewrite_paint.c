/* rewrite_paint.c - pictures, paths and marked content on their way into the new stream. */
#include "engine/render/pdf/reprint.h"
#include "engine/render/pdf/rewrite_private.h"

#include <math.h>
#include <string.h>

#define MARGIN 1.0f /* points */

static void note_burned(Page *page, gint mcid)
{
	GPtrArray *all = page->rewriter->burned_mcids;
	if (mcid < 0)
		return;
	if (!all->pdata[page->page])
		all->pdata[page->page] = g_hash_table_new(NULL, NULL);
	g_hash_table_add(all->pdata[page->page], GUINT_TO_POINTER((guint)mcid + 1));
}

/* What stands in a sequence went: the texts that stand for it must go too. */
static void change(Page *page, Out *out)
{
	out->changed = TRUE;
	for (; out; out = out->parent)
		for (guint i = 0; i < out->marked->len; i++)
			note_burned(page, g_array_index(out->marked, gint, i));
}

static gboolean meets(const LwRect *a, const LwRect *b)
{
	return a->x0 <= b->x1 && a->x1 >= b->x0 && a->y0 <= b->y1 && a->y1 >= b->y0;
}

/* The boxes of the page in the unit square of an image; LwPdfUnitRect. */
static GArray *boxes_in_image(const Page *page, LwMatrix ctm)
{
	GArray *rects = g_array_new(FALSE, FALSE, sizeof(LwPdfUnitRect));
	LwMatrix inverse;
	if (!lw_matrix_invert(lw_matrix_multiply(ctm, page->to_page), &inverse))
		return rects;
	for (guint i = 0; i < page->boxes->len; i++) {
		const LwRect *box = &g_array_index(page->boxes, LwRect, i);
		LwPdfUnitRect r = {1e9, 1e9, -1e9, -1e9};
		for (int k = 0; k < 4; k++) {
			double x, y;
			lw_matrix_apply(inverse, k & 1 ? box->x1 : box->x0,
					k & 2 ? box->y1 : box->y0, &x, &y);
			r = (LwPdfUnitRect){MIN(r.x0, x), MIN(r.y0, y), MAX(r.x1, x), MAX(r.y1, y)};
		}
		if (r.x0 <= 1 && r.x1 >= 0 && r.y0 <= 1 && r.y1 >= 0)
			g_array_append_val(rects, r);
	}
	return rects;
}

/* Boxes that were printed before what is painted now have to be printed again. */
static void cover(Page *page, LwExtent user)
{
	LwRect painted = {1e9f, 1e9f, -1e9f, -1e9f};
	for (int k = 0; k < 4; k++) {
		double x, y;
		lw_matrix_apply(page->to_page, k & 1 ? user.x1 : user.x0, k & 2 ? user.y1 : user.y0,
				&x, &y);
		painted = (LwRect){MIN(painted.x0, (float)x), MIN(painted.y0, (float)y),
				   MAX(painted.x1, (float)x), MAX(painted.y1, (float)y)};
	}
	for (guint k = 0; page->boxes->len && k < page->marks->len; k++) {
		guint m = g_array_index(page->marks, guint, k);
		for (guint i = 0; page->printed[m] && i < page->layouts[m].boxes->len; i++)
			if (meets(&g_array_index(page->layouts[m].boxes, LwRect, i), &painted))
				page->covered[m] = TRUE;
	}
}

static LwExtent unit_extent(LwMatrix ctm)
{
	LwExtent e = {1e30, 1e30, -1e30, -1e30};
	for (int k = 0; k < 4; k++) {
		double x, y;
		lw_matrix_apply(ctm, k & 1, k >> 1, &x, &y);
		e = (LwExtent){MIN(e.x0, x), MIN(e.y0, y), MAX(e.x1, x), MAX(e.y1, y)};
	}
	return e;
}

static void note_dropped(Page *page)
{
	lw_receipt_notice(page->rewriter->receipt, "image-dropped", (gint32)page->page,
			  "a picture under a mark could not be decoded and was taken out");
}

static void draw_image(Page *page, Out *out, LwPdfObject *image, const LwPdfState *state,
		       LwPdfObject *const *operands, guint count)
{
	LwRewriter *r = page->rewriter;
	g_autoptr(GArray) rects = boxes_in_image(page, state->ctm);
	cover(page, unit_extent(state->ctm));
	if (!rects->len) {
		lw_out_resource_operator(page, out, "XObject", 0, "Do", operands, count);
		return;
	}
	LwPdfImageResult result;
	LwPdfObject *clean =
		lw_pdf_image_blank(page->pdf, image, (const LwPdfUnitRect *)(void *)rects->data,
				   rects->len, r->decoder, &result);
	change(page, out);
	r->receipt->images_changed++;
	if (!clean || result == LW_PDF_IMAGE_DROPPED) {
		note_dropped(page);
		return;
	}
	const char *fresh = lw_out_name(page, out, "XObject", "LwI", clean);
	g_string_append_printf(out->bytes, "/%s Do\n", fresh);
}

static void draw_form(Page *page, Out *out, LwPdfObject *form, LwPdfObject *const *operands,
		      guint count, const LwPdfState *state)
{
	LwPdfObject *child = out->child;
	out->child = NULL;
	lw_rewrite_state(page, out, state);
	if (out->child_changed && child) {
		const char *fresh = lw_out_name(page, out, "XObject", "LwX", child);
		g_string_append_printf(out->bytes, "/%s Do\n", fresh);
		out->changed = TRUE;
	} else if (child == form) {
		lw_out_resource_operator(page, out, "XObject", 0, "Do", operands, count);
	}
	out->child_changed = FALSE;
}

static void draw_object(Page *page, Out *out, const LwPdfStreamRun *run,
			LwPdfObject *const *operands, guint count, const LwPdfState *state)
{
	const char *name = count ? lw_pdf_name(operands[0]) : NULL;
	LwPdfObject *object =
		name ? lw_pdf_find(page->pdf, lw_pdf_find(page->pdf, run->resources, "XObject"),
				   name)
		     : NULL;
	LwPdfObject *subtype = lw_pdf_find(page->pdf, object, "Subtype");
	gboolean off =
		lw_pdf_run_is_off(run) || lw_pdf_layer_is_off(page->rewriter->interpreter,
							      lw_pdf_find(page->pdf, object, "OC"));
	if (!object || off) {
		out->changed |= object != NULL;
		out->child = NULL;
		out->child_changed = FALSE;
	} else if (lw_pdf_is_name(subtype, "Image")) {
		draw_image(page, out, object, state, operands, count);
	} else if (lw_pdf_is_name(subtype, "Form")) {
		draw_form(page, out, object, operands, count, state);
	}
}

void lw_rewrite_inline_image(Page *page, Out *out, const LwPdfStreamRun *run,
			     const LwPdfState *state, LwPdfObject *dictionary, const char *data,
			     gsize length)
{
	if (lw_pdf_run_is_off(run)) {
		out->changed = TRUE;
		return;
	}
	lw_out_settle(out, state);
	g_autoptr(GArray) rects = boxes_in_image(page, state->ctm);
	g_autoptr(GBytes) clean = NULL;
	cover(page, unit_extent(state->ctm));
	if (rects->len) {
		LwPdfImageResult result;
		clean = lw_pdf_inline_image_blank(page->pdf, dictionary, run->resources, data,
						  length,
						  (const LwPdfUnitRect *)(void *)rects->data,
						  rects->len, page->rewriter->decoder, &result);
		change(page, out);
		page->rewriter->receipt->images_changed++;
		if (!clean || result == LW_PDF_IMAGE_DROPPED) {
			note_dropped(page);
			return;
		}
		data = g_bytes_get_data(clean, &length);
	}
	LwPdfObject *colour = lw_pdf_find_raw(dictionary, "ColorSpace");
	if (lw_pdf_name(colour))
		lw_pdf_set(page->pdf, dictionary, "ColorSpace",
			   lw_pdf_new_name(page->pdf, lw_out_resource(page, out, "ColorSpace",
								      lw_pdf_name(colour))));
	lw_reprint_inline_image(page->pdf, out->bytes, dictionary, data, length);
}

static gboolean is_one_of(const char *name, const char *words)
{
	gsize length = strlen(name);
	for (const char *at = words; (at = strstr(at, name)); at += length)
		if ((at == words || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
			return TRUE;
	return FALSE;
}

/* --- paths --- */

static gboolean goes(const Page *page)
{
	LwExtent e = {1e30, 1e30, -1e30, -1e30};
	for (int k = 0; k < 4; k++) {
		double x, y;
		lw_matrix_apply(page->to_page, k & 1 ? page->path_extent.x1 : page->path_extent.x0,
				k & 2 ? page->path_extent.y1 : page->path_extent.y0, &x, &y);
		e = (LwExtent){MIN(e.x0, x), MIN(e.y0, y), MAX(e.x1, x), MAX(e.y1, y)};
	}
	LwRect path = {(float)e.x0, (float)e.y0, (float)e.x1, (float)e.y1};
	float size = (path.x1 - path.x0 + 0.01f) * (path.y1 - path.y0 + 0.01f);
	for (guint i = 0; i < page->areas->len; i++) {
		const LwRect *area = &g_array_index(page->areas, LwRect, i);
		if (!meets(area, &path))
			continue;
		if (path.x0 >= area->x0 - MARGIN && path.x1 <= area->x1 + MARGIN &&
		    path.y0 >= area->y0 - MARGIN && path.y1 <= area->y1 + MARGIN)
			return TRUE;
		LwRect shared = lw_rect_intersect(*area, path);
		/* A drawing that mostly lies under the area is what the area is for; a rule or a
		 * background that passes under it is not. */
		if (page->path_curves &&
		    (shared.x1 - shared.x0) * (shared.y1 - shared.y0) > 0.3f * size)
			return TRUE;
	}
	return FALSE;
}

static void print_corners(GString *bytes, const LwRect *rect, LwMatrix m)
{
	for (int i = 0; i < 4; i++) {
		double x, y;
		lw_matrix_apply(m, i == 1 || i == 2 ? rect->x1 : rect->x0,
				i & 2 ? rect->y1 : rect->y0, &x, &y);
		lw_pdf_print_number(bytes, x);
		g_string_append_c(bytes, ' ');
		lw_pdf_print_number(bytes, y);
		g_string_append(bytes, i ? " l\n" : " m\n");
	}
	g_string_append(bytes, "h\n");
}

/* A clip that leaves the areas out: cells of a pattern repeat, so what is in them can come to stand
 * anywhere. */
static gboolean print_holes(const Page *page, GString *bytes, LwMatrix ctm)
{
	LwMatrix inverse;
	gboolean any = FALSE;
	if (!lw_matrix_invert(ctm, &inverse))
		return FALSE;
	LwMatrix to_content = lw_matrix_multiply(page->to_user, inverse);
	LwRect around = {-1e4f, -1e4f, 3e4f, 3e4f};
	for (guint i = 0; i < page->areas->len; i++) {
		const LwRect *area = &g_array_index(page->areas, LwRect, i);
		print_corners(bytes, &around, to_content);
		print_corners(bytes, area, to_content);
		g_string_append(bytes, "W* n\n");
		any = TRUE;
	}
	return any;
}

static void fill_with_tiles(Page *page, Out *out, const char *name, LwMatrix ctm)
{
	g_autoptr(GString) holes = g_string_new(NULL);
	gboolean any = print_holes(page, holes, ctm);
	if (any)
		g_string_append_printf(out->bytes, "q\n%s", holes->str);
	g_string_append_printf(out->bytes, "%s%s\n", out->path->str, name);
	if (any)
		g_string_append(out->bytes, "Q\n");
	if (any && out->clip)
		g_string_append_printf(out->bytes, "%sn\n", out->path->str);
	out->changed |= any;
}

static void paint_path(Page *page, Out *out, const LwPdfStreamRun *run, const char *name,
		       const LwPdfState *state)
{
	if (!lw_pdf_is(name, "n") && (lw_pdf_run_is_off(run) || goes(page))) {
		name = "n";
		change(page, out);
		page->rewriter->receipt->paths_removed++;
	}
	gboolean framed = FALSE;
	g_autoptr(GString) moved = !lw_pdf_is(name, "n") && !out->clip
					   ? lw_follow_path(page, out, state, name, &framed)
					   : NULL;
	if (moved) {
		g_string_assign(out->path, moved->str);
		change(page, out);
	} else if (!lw_pdf_is(name, "n")) {
		lw_out_settle(out, state);
	}
	if (!lw_pdf_is(name, "n") && !lw_pdf_is(name, "s") && !lw_pdf_is(name, "S"))
		cover(page, page->path_extent);
	if (moved && !moved->len)
		; /* what it belonged to is gone */
	else if (lw_pdf_is(name, "n") && out->clip && page->width)
		g_string_append_printf(out->pending, "%sn\n", out->path->str);
	else if (out->tiles && is_one_of(name, "b B b* B* f F f*"))
		fill_with_tiles(page, out, name, out->written);
	else if (!lw_pdf_is(name, "n") || out->clip)
		g_string_append_printf(out->bytes, "%s%s\n", out->path->str, name);
	if (framed)
		g_string_append(out->bytes, "Q\n");
	g_string_truncate(out->path, 0);
	g_array_set_size(out->subpaths, 0);
	out->clip = FALSE;
}

/* --- marked content --- */

static LwPdfObject *properties_of(Page *page, const LwPdfStreamRun *run, LwPdfObject *operand)
{
	if (operand->type == LW_PDF_DICTIONARY)
		return operand;
	const char *name = lw_pdf_name(operand);
	return name ? lw_pdf_find(page->pdf, lw_pdf_find(page->pdf, run->resources, "Properties"),
				  name)
		    : NULL;
}

static gboolean has_secret(const Page *page, const LwPdfObject *string)
{
	g_autofree char *text = lw_pdf_text(string);
	return text && lw_secrets_in_text(page->rewriter->secrets, text, strlen(text)) >= 0;
}

/* Only what a reader needs; texts go when what they stand for went, or when a secret stands in
 * them. */
static void print_properties(Page *page, Out *out, LwPdfObject *properties, gboolean hit)
{
	static const char *const texts[] = {"ActualText", "Alt", "E", "Lang"};
	static const char *const names[] = {"Type", "Subtype", "Attached", "BBox"};
	g_string_append(out->bytes, "<<");
	LwPdfObject *mcid = lw_pdf_find(page->pdf, properties, "MCID");
	if (mcid && mcid->type == LW_PDF_INTEGER) {
		g_string_append_printf(out->bytes, "/MCID %" G_GINT64_FORMAT, mcid->integer);
		if (mcid->integer >= page->next_mcid && mcid->integer < G_MAXINT32)
			page->next_mcid = (gint)mcid->integer + 1;
	}
	for (guint i = 0; i < G_N_ELEMENTS(texts) && !hit; i++) {
		LwPdfObject *text = lw_pdf_find(page->pdf, properties, texts[i]);
		if (!text || text->type != LW_PDF_STRING || has_secret(page, text))
			continue;
		g_string_append_printf(out->bytes, "/%s ", texts[i]);
		lw_pdf_print(out->bytes, text);
	}
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		LwPdfObject *value = lw_pdf_find(page->pdf, properties, names[i]);
		double box[4];
		if (!value ||
		    (value->type == LW_PDF_ARRAY && !lw_pdf_rectangle(page->pdf, value, box) &&
		     strcmp(names[i], "Attached")))
			continue;
		if (value->type != LW_PDF_NAME && value->type != LW_PDF_ARRAY)
			continue;
		if (hit && value->type == LW_PDF_ARRAY)
			continue;
		g_string_append_printf(out->bytes, "/%s ", names[i]);
		lw_pdf_print(out->bytes, value);
	}
	g_string_append(out->bytes, ">>");
}

static gint mcid_of(const Page *page, LwPdfObject *properties)
{
	LwPdfObject *mcid = lw_pdf_find(page->pdf, properties, "MCID");
	if (!mcid || mcid->type != LW_PDF_INTEGER || mcid->integer < 0 ||
	    mcid->integer >= G_MAXINT32)
		return -1;
	return (gint)mcid->integer;
}

static void begin_marked(Page *page, Out *out, const LwPdfStreamRun *run, const char *name,
			 LwPdfObject *const *operands, guint count)
{
	guint32 index = page->marked++;
	gboolean hit = !page->unmarked && page->marked_hit[index];
	const char *tag = count ? lw_pdf_name(operands[0]) : NULL;
	LwPdfObject *properties =
		lw_pdf_is(name, "BDC") && count > 1 ? properties_of(page, run, operands[1]) : NULL;
	gint mcid = mcid_of(page, properties);
	if (out->in_text)
		out->marked_in_text++;
	if (!tag || strlen(tag) > 64 ||
	    lw_secrets_in_text(page->rewriter->secrets, tag, strlen(tag)) >= 0)
		tag = "Span";
	GString *bytes = out->bytes;
	lw_pdf_print(bytes, lw_pdf_new_name(page->pdf, tag));
	const char *property_name = count > 1 ? lw_pdf_name(operands[1]) : NULL;
	if (!strcmp(tag, "OC") && properties && property_name) {
		property_name = lw_out_resource(page, out, "Properties", property_name);
		g_string_append_c(bytes, ' ');
		lw_pdf_print(bytes, lw_pdf_new_name(page->pdf, property_name));
		g_string_append(bytes, " BDC\n");
	} else if (properties) {
		g_string_append_c(bytes, ' ');
		print_properties(page, out, properties, hit);
		g_string_append(bytes, " BDC\n");
		if (hit)
			note_burned(page, mcid);
	} else {
		g_string_append(bytes, " BMC\n");
	}
	g_array_append_val(out->marked, mcid);
}

static void end_marked(Out *out)
{
	if (!out->marked->len)
		return;
	g_array_set_size(out->marked, out->marked->len - 1);
	g_string_append(out->bytes, "EMC\n");
	if (out->in_text && out->marked_in_text)
		out->marked_in_text--;
}

/* --- graphics state --- */

static void save(Page *page, Out *out)
{
	Saved saved = {out->text, out->fill, out->tiles, NULL, out->written};
	saved.pending = lw_arena_strndup(page->arena, out->pending->str, out->pending->len);
	g_array_append_val(out->saves, saved);
	g_string_append(out->bytes, "q\n");
}

static void restore(Out *out)
{
	if (!out->saves->len)
		return;
	Saved saved = g_array_index(out->saves, Saved, out->saves->len - 1);
	g_array_set_size(out->saves, out->saves->len - 1);
	out->text = saved.text;
	out->fill = saved.fill;
	out->tiles = saved.tiles;
	out->written = saved.written;
	g_string_assign(out->pending, saved.pending);
	GString *bytes = out->bytes;
	if (bytes->len >= 3 && !memcmp(bytes->str + bytes->len - 3, "\nq\n", 3))
		g_string_truncate(bytes, bytes->len - 2); /* nothing came between */
	else
		g_string_append(bytes, "Q\n");
}

static const char *as_text(Page *page, const char *name, LwPdfObject *const *operands, guint count)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint i = 0; i < count; i++) {
		lw_pdf_print(text, operands[i]);
		g_string_append_c(text, ' ');
	}
	g_string_append_printf(text, "%s\n", name);
	return lw_arena_strndup(page->arena, text->str, text->len);
}

static gboolean is_tiling(Page *page, const LwPdfStreamRun *run, const LwPdfObject *operand)
{
	const char *name = lw_pdf_name(operand);
	LwPdfObject *patterns = lw_pdf_find(page->pdf, run->resources, "Pattern");
	LwPdfObject *pattern = name ? lw_pdf_find(page->pdf, patterns, name) : NULL;
	return pattern && pattern->type == LW_PDF_STREAM;
}

/* The operands with the copy of a pattern from which something went, if it is one. */
static LwPdfObject *const *own_pattern(Page *page, Out *out, const LwPdfStreamRun *run,
				       LwPdfObject *const *operands, guint count,
				       LwPdfObject **copy)
{
	const char *name = lw_pdf_name(operands[count - 1]);
	LwPdfObject *pattern =
		lw_pdf_find(page->pdf, lw_pdf_find(page->pdf, run->resources, "Pattern"), name);
	LwPdfObject *own = pattern ? g_hash_table_lookup(page->replaced, pattern) : NULL;
	if (!own)
		return operands;
	memcpy(copy, operands, count * sizeof *copy);
	copy[count - 1] = lw_pdf_new_name(page->pdf, lw_out_name(page, out, "Pattern", "LwP", own));
	out->changed = TRUE;
	return copy;
}

static void colour(Page *page, Out *out, const LwPdfStreamRun *run, const char *name,
		   LwPdfObject *const *operands, guint count)
{
	LwPdfObject *copy[LW_PDF_OPERANDS];
	if (g_ascii_islower(name[0]))
		out->tiles = is_tiling(page, run, count ? operands[count - 1] : NULL);
	if (count && lw_pdf_name(operands[count - 1]) && !strcasecmp(name, "scn"))
		operands = own_pattern(page, out, run, operands, count, copy);
	const char *last = count ? lw_pdf_name(operands[count - 1]) : NULL;
	if (last) {
		const char *category = !strcasecmp(name, "cs") ? "ColorSpace" : "Pattern";
		lw_out_resource_operator(page, out, category, count - 1, name, operands, count);
	} else {
		lw_out_operator(out, name, operands, count);
	}
	if (lw_pdf_is(name, "cs")) {
		out->fill_space = as_text(page, name, operands, count);
		out->fill = out->fill_space;
	} else if (lw_pdf_is(name, "sc") || lw_pdf_is(name, "scn")) {
		g_autofree char *both = g_strconcat(out->fill_space ? out->fill_space : "",
						    as_text(page, name, operands, count), NULL);
		out->fill = lw_arena_strndup(page->arena, both, strlen(both));
	} else if (g_ascii_islower(name[0])) {
		out->fill_space = NULL;
		out->fill = as_text(page, name, operands, count);
	}
}

static void graphics_state(Page *page, Out *out, const LwPdfStreamRun *run,
			   LwPdfObject *const *operands, guint count, const LwPdfState *state)
{
	const char *name = count ? lw_pdf_name(operands[0]) : NULL;
	LwPdfObject *gs =
		name ? lw_pdf_find(page->pdf, lw_pdf_find(page->pdf, run->resources, "ExtGState"),
				   name)
		     : NULL;
	if (!gs)
		return;
	LwPdfObject *mask = lw_pdf_find(page->pdf, gs, "SMask");
	LwPdfObject *group = lw_pdf_find(page->pdf, mask, "G");
	LwPdfObject *own = group ? g_hash_table_lookup(page->replaced, group) : NULL;
	if (own) {
		mask = lw_pdf_copy(page->pdf, mask);
		lw_pdf_set(page->pdf, mask, "G", lw_pdf_reference(page->pdf, own));
		LwPdfObject *copy = lw_pdf_copy(page->pdf, gs);
		lw_pdf_set(page->pdf, copy, "SMask", mask);
		g_string_append_printf(out->bytes, "/%s gs\n",
				       lw_out_name(page, out, "ExtGState", "LwS", copy));
		out->changed = TRUE;
	} else {
		lw_out_resource_operator(page, out, "ExtGState", 0, "gs", operands, count);
	}
	if (lw_pdf_find_raw(gs, "Font")) {
		out->text.font = state->font_dictionary;
		out->text.font_name = NULL;
		out->text.size = state->font_size;
	}
}

gboolean lw_rewrite_paint(Page *page, Out *out, const LwPdfStreamRun *run, const char *name,
			  LwPdfObject *const *operands, guint count, const LwPdfState *before,
			  const LwPdfState *state)
{
	if (is_one_of(name, "m l c v y h re W W*")) {
		out->clip |= name[0] == 'W';
		if (page->width)
			lw_follow_construct(page, out, name, operands, count, state->ctm);
		GString *bytes = out->bytes;
		out->bytes = out->path;
		lw_out_operator(out, name, operands, count);
		out->bytes = bytes;
	} else if (is_one_of(name, "b B b* B* f F f* n s S")) {
		paint_path(page, out, run, name, state);
	} else if (lw_pdf_is(name, "q")) {
		save(page, out);
	} else if (lw_pdf_is(name, "Q")) {
		restore(out);
	} else if (lw_pdf_is(name, "Do")) {
		if (!out->child_loose)
			lw_out_settle(out, state);
		out->child_loose = FALSE;
		draw_object(page, out, run, operands, count, state);
	} else if (lw_pdf_is(name, "gs")) {
		lw_out_settle(out, state);
		graphics_state(page, out, run, operands, count, state);
	} else if (lw_pdf_is(name, "BDC") || lw_pdf_is(name, "BMC")) {
		begin_marked(page, out, run, name, operands, count);
	} else if (lw_pdf_is(name, "EMC")) {
		end_marked(out);
	} else if (is_one_of(name, "cs CS sc SC scn SCN g G rg RG k K")) {
		colour(page, out, run, name, operands, count);
	} else if (lw_pdf_is(name, "sh")) {
		lw_follow_paint(page, (LwExtent){-1e9, -1e9, 1e9, 1e9}, 0);
		if (count && lw_pdf_name(operands[0]) && !lw_pdf_run_is_off(run)) {
			cover(page, state->clip);
			lw_out_settle(out, state);
			lw_out_resource_operator(page, out, "Shading", 0, name, operands, count);
		}
	} else if (lw_pdf_is(name, "cm")) {
		GString *bytes = out->bytes;
		gboolean waits = page->width && !out->in_text;
		if (waits)
			out->bytes = out->pending;
		else
			lw_out_settle(out, before); /* what waited came first */
		lw_out_operator(out, name, operands, count);
		out->bytes = bytes;
		if (!waits)
			lw_out_settle(out, state);
	} else if (is_one_of(name, "d i j J M ri w d0 d1")) {
		lw_out_operator(out, name, operands, count);
	}
	return TRUE; /* BX EX MP DP are left out */
}
