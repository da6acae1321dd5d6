/* label.c - geometry and operators of boxes and grounds. Page space has y pointing down; text is
 * set with a flip. */
#include "engine/render/pdf/label.h"

#include "engine/render/pdf/label_font.h"

#include <math.h>
#include <string.h>

#define SNAP	   1.0f /* points that a box grows to each side, at most */
#define CLEAR	   0.3f /* points that stay free before a neighbour */
#define PADDING	   0.8	/* points left and right of the ground inside the box */
#define ROUNDING   0.01 /* of floats: what was made to fit has to fit */
#define READABLE   5.0	/* points: below this the ground goes to the margin */
#define LARGEST	   11.0
#define CALL_OUT   6.0
#define SAME_ANGLE 0.002 /* radians: of one line */
#define SLICES	   64	 /* of one slanted box */

double lw_label_width(const char *text)
{
	double width = 0;
	for (; *text; text++)
		for (guint i = 0; i < lw_label_glyph_count; i++)
			if (lw_label_glyphs[i].character == (guchar)*text)
				width += lw_label_glyphs[i].width;
	return width / 1000;
}

static float overlap(float a0, float a1, float b0, float b1)
{
	float shared = MIN(a1, b1) - MAX(a0, b0), least = MIN(a1 - a0, b1 - b0);
	return least > 0 ? shared / least : shared >= 0;
}

static LwLabelShape shape_of(const LwPdfPageGlyph *one)
{
	if (!one->leans)
		return (LwLabelShape){one->glyph.box, 0};
	double c = cos(one->angle), s = sin(one->angle);
	float x = (float)(c * one->at[0] + s * one->at[1]);
	float y = (float)(c * one->at[1] - s * one->at[0]);
	const LwRect *box = &one->level;
	return (LwLabelShape){{box->x0 + x, box->y0 + y, box->x1 + x, box->y1 + y}, one->angle};
}

static gboolean continues(const LwLabelShape *shape, const LwPdfPageGlyph *one)
{
	LwLabelShape own = shape_of(one);
	const LwRect *box = &shape->rect, *rect = &own.rect;
	float gap = 1.5f * MAX(one->glyph.size, 1);
	if (fabs(shape->angle - own.angle) > SAME_ANGLE)
		return FALSE;
	if (one->upright && !one->leans)
		return overlap(box->x0, box->x1, rect->x0, rect->x1) > 0.5f &&
		       rect->y0 < box->y1 + gap && rect->y1 > box->y0 - gap;
	return overlap(box->y0, box->y1, rect->y0, rect->y1) > 0.5f && rect->x0 < box->x1 + gap &&
	       rect->x1 > box->x0 - gap;
}

static void text_boxes(guint m, const LwPdfPageContent *content, const guint32 *by,
		       LwLabelLayout *out)
{
	for (guint i = 0; i < content->glyphs->len; i++) {
		const LwPdfPageGlyph *one = &g_array_index(content->glyphs, LwPdfPageGlyph, i);
		const LwGlyph *g = &one->glyph;
		if (by[i] != m + 1)
			continue;
		LwLabelShape own = shape_of(one), *shape = NULL;
		for (guint k = out->shapes->len; k > 0 && !shape; k--)
			if (continues(&g_array_index(out->shapes, LwLabelShape, k - 1), one))
				shape = &g_array_index(out->shapes, LwLabelShape, k - 1);
		if (shape)
			shape->rect = lw_rect_union(shape->rect, own.rect);
		else if (!lw_is_blank(g->unicode) && g->box.x1 >= g->box.x0)
			g_array_append_val(out->shapes, own);
		if (out->shapes->len == 1 && one->upright && !one->leans)
			out->upright = TRUE;
	}
}

static void drawn_boxes(const LwMark *mark, guint32 page, LwLabelLayout *out)
{
	for (guint i = 0; i < mark->boxes->len; i++) {
		const LwBox *box = &g_array_index(mark->boxes, LwBox, i);
		LwLabelShape shape = {box->rect, 0};
		if (box->page == page)
			g_array_append_val(out->shapes, shape);
	}
}

/* Free space left and right of a box (above and below, when upright), up to the nearest glyph that
 * another owner has. */
static void free_space(const LwRect *box, gboolean upright, guint m,
		       const LwPdfPageContent *content, const guint32 *by, float *before,
		       float *after)
{
	float low = upright ? box->y0 : box->x0, high = upright ? box->y1 : box->x1;
	float floor = 2, ceiling = (float)(upright ? content->height : content->width) - 2;
	for (guint i = 0; i < content->glyphs->len; i++) {
		const LwGlyph *g = &g_array_index(content->glyphs, LwPdfPageGlyph, i).glyph;
		if (by[i] == m + 1 || by[i] == G_MAXUINT32 || lw_is_blank(g->unicode))
			continue;
		float g0 = upright ? g->box.y0 : g->box.x0, g1 = upright ? g->box.y1 : g->box.x1;
		float across = upright ? overlap(box->x0, box->x1, g->box.x0, g->box.x1)
				       : overlap(box->y0, box->y1, g->box.y0, g->box.y1);
		if (across < 0.2f)
			continue;
		if ((g0 + g1) / 2 < (low + high) / 2)
			floor = MAX(floor, g1);
		else
			ceiling = MIN(ceiling, g0);
	}
	*before = MAX(0, low - floor - CLEAR);
	*after = MAX(0, ceiling - high - CLEAR);
}

static void grow(LwRect *box, gboolean upright, float before, float after)
{
	if (upright) {
		box->y0 -= before;
		box->y1 += after;
	} else {
		box->x0 -= before;
		box->x1 += after;
	}
}

/* Snaps every box outwards; the first one grows until the ground fits, where there is room. */
static void widen(guint m, const LwPdfPageContent *content, const guint32 *by, double needed,
		  LwLabelLayout *out)
{
	for (guint i = 0; i < out->shapes->len; i++) {
		LwLabelShape *shape = &g_array_index(out->shapes, LwLabelShape, i);
		LwRect *box = &shape->rect;
		float before, after;
		if (shape->angle != 0) /* what is free beside it is not known */
			continue;
		free_space(box, out->upright, m, content, by, &before, &after);
		float length = out->upright ? box->y1 - box->y0 : box->x1 - box->x0;
		float more = i ? 0 : MAX(0, (float)needed - length - 2 * SNAP);
		float right = MIN(after, SNAP + more);
		float left = MIN(before, SNAP + MAX(0, more + SNAP - right));
		grow(box, out->upright, left, right);
	}
}

static LwMatrix turn_of(double angle)
{
	double c = cos(angle), s = sin(angle);
	return angle != 0 ? (LwMatrix){c, s, -s, c, 0, 0} : (LwMatrix){1, 0, 0, 1, 0, 0};
}

/* A slanted box as boxes along the page, about as long as they are high. */
static void slice(const LwLabelShape *shape, GArray *boxes)
{
	LwRect rect = shape->rect;
	LwMatrix turn = turn_of(shape->angle);
	float height = MAX(rect.y1 - rect.y0, 4), length = rect.x1 - rect.x0;
	guint count = shape->angle != 0 ? (guint)CLAMP(ceilf(length / height), 1, SLICES) : 1;
	for (guint i = 0; i < count; i++) {
		float from = rect.x0 + length * (float)i / (float)count;
		float to = rect.x0 + length * (float)(i + 1) / (float)count;
		LwRect box = {G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT};
		for (guint k = 0; k < 4; k++) {
			double x, y;
			lw_matrix_apply(turn, (double)(k & 1 ? to : from),
					(double)(k & 2 ? rect.y1 : rect.y0), &x, &y);
			box = (LwRect){MIN(box.x0, (float)x), MIN(box.y0, (float)y),
				       MAX(box.x1, (float)x), MAX(box.y1, (float)y)};
		}
		if (shape->angle == 0)
			box = rect;
		g_array_append_val(boxes, box);
	}
}

static void slice_all(LwLabelLayout *out)
{
	for (guint i = 0; i < out->shapes->len; i++)
		slice(&g_array_index(out->shapes, LwLabelShape, i), out->boxes);
}

static void place_code(const LwPdfPageContent *content, double units, LwLabelLayout *out)
{
	LwRect box = g_array_index(out->shapes, LwLabelShape, 0).rect;
	out->angle = g_array_index(out->shapes, LwLabelShape, 0).angle;
	double length = out->upright ? box.y1 - box.y0 : box.x1 - box.x0;
	double height = out->upright ? box.x1 - box.x0 : box.y1 - box.y0;
	double size = MIN(MIN(0.85 * height, LARGEST), (length - 2 * PADDING) / units);
	double middle = out->upright ? (box.x0 + box.x1) / 2 : (box.y0 + box.y1) / 2;
	out->size = size;
	if (size >= READABLE) {
		double start = (length - size * units) / 2;
		out->x = out->upright ? middle + 0.36 * size : box.x0 + start;
		out->y = out->upright ? box.y1 - start : middle + 0.36 * size;
		return;
	}
	out->size = CALL_OUT;
	out->call_out = TRUE;
	out->angle = 0;
	box = g_array_index(out->boxes, LwRect, 0);
	double width = CALL_OUT * units;
	double left = MIN(content->ink.x0, box.x0) - 4 - width,
	       right = MAX(content->ink.x1, box.x1) + 4;
	out->x = left >= 2 ? left : MAX(2, MIN(right, content->width - width - 2));
	out->y = (box.y0 + box.y1) / 2 + 0.36 * CALL_OUT;
	out->upright = FALSE;
}

void lw_label_layout_none(LwLabelLayout *out)
{
	*out = (LwLabelLayout){.shapes = g_array_new(FALSE, FALSE, sizeof(LwLabelShape)),
			       .boxes = g_array_new(FALSE, FALSE, sizeof(LwRect))};
}

void lw_label_layout(const LwPlan *plan, guint m, const LwPdfPageContent *content,
		     const guint32 *by, guint32 page, const char *code, LwLabelLayout *out)
{
	const LwMark *mark = plan->marks->pdata[m];
	lw_label_layout_none(out);
	if (mark->glyphs)
		text_boxes(m, content, by, out);
	else
		drawn_boxes(mark, page, out);
	if (!out->shapes->len)
		return;
	double units = MAX(lw_label_width(code), 0.5);
	const LwRect *first = &g_array_index(out->shapes, LwLabelShape, 0).rect;
	if (!mark->glyphs)
		out->upright = first->y1 - first->y0 > 2 * (first->x1 - first->x0) &&
			       first->x1 - first->x0 < READABLE * units;
	if (mark->glyphs)
		widen(m, content, by, lw_label_least(code), out);
	slice_all(out);
	place_code(content, units, out);
}

double lw_label_least(const char *code)
{
	return READABLE * MAX(lw_label_width(code), 0.5) + 2 * PADDING + ROUNDING;
}

void lw_label_layout_in(const GArray *shapes, gboolean upright, const LwPdfPageContent *content,
			const char *code, LwLabelLayout *out)
{
	lw_label_layout_none(out);
	out->upright = upright;
	g_array_append_vals(out->shapes, shapes->data, shapes->len);
	slice_all(out);
	place_code(content, MAX(lw_label_width(code), 0.5), out);
}

void lw_label_layout_clear(LwLabelLayout *layout)
{
	g_clear_pointer(&layout->shapes, g_array_unref);
	g_clear_pointer(&layout->boxes, g_array_unref);
}

static void print_matrix(GString *out, LwMatrix m)
{
	const double v[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
	for (int i = 0; i < 6; i++) {
		lw_pdf_print_number(out, v[i]);
		g_string_append_c(out, ' ');
	}
	g_string_append(out, "Tm\n");
}

static void print_box(GString *out, const LwLabelShape *shape, LwMatrix to_content)
{
	const LwRect *r = &shape->rect;
	LwMatrix unit = {r->x1 - r->x0, 0, 0, r->y0 - r->y1, r->x0, r->y1};
	unit = lw_matrix_multiply(unit, turn_of(shape->angle));
	print_matrix(out, lw_matrix_multiply(unit, to_content));
	g_string_append_printf(out, "<%04X> Tj\n", LW_LABEL_BOX_GLYPH);
}

static void print_colour(GString *out, const guint8 rgb[3])
{
	for (int i = 0; i < 3; i++) {
		lw_pdf_print_number(out, rgb[i] / 255.0);
		g_string_append_c(out, ' ');
	}
	g_string_append(out, "rg\n");
}

static void print_code(GString *out, const LwLabelLayout *layout, const char *code,
		       LwMatrix to_content)
{
	double s = layout->size;
	LwMatrix m = layout->upright ? (LwMatrix){0, -s, -s, 0, layout->x, layout->y}
				     : (LwMatrix){s, 0, 0, -s, layout->x, layout->y};
	m = lw_matrix_multiply(m, turn_of(layout->angle));
	print_matrix(out, lw_matrix_multiply(m, to_content));
	g_string_append_c(out, '<');
	for (; *code; code++)
		for (guint i = 0; i < lw_label_glyph_count; i++)
			if (lw_label_glyphs[i].character == (guchar)*code)
				g_string_append_printf(out, "%04X", lw_label_glyphs[i].glyph);
	g_string_append(out, "> Tj\n");
}

void lw_label_print_plain(GString *out, const char *text, double size, double x, double y,
			  LwMatrix to_content, const char *font_name)
{
	static const guint8 dark[3] = {0, 0, 0};
	const LwLabelLayout layout = {.size = size, .x = x, .y = y};
	g_string_append_printf(out, "/%s 1 Tf\n", font_name);
	print_colour(out, dark);
	print_code(out, &layout, text, to_content);
}

static void begin_span(GString *out, const char *text, gint mcid)
{
	g_string_append(out, "/Span <<");
	if (mcid >= 0)
		g_string_append_printf(out, "/MCID %d", mcid);
	g_string_append(out, "/ActualText (");
	for (; *text; text++) {
		if (strchr("()\\", *text))
			g_string_append_c(out, '\\');
		g_string_append_c(out, *text);
	}
	g_string_append(out, ")>> BDC\n");
}

void lw_label_print(GString *out, const LwLabelLayout *layout, const LwStyle *style,
		    const char *code, const char *label, LwMatrix to_content, const char *font_name,
		    gint mcid)
{
	static const guint8 dark[3] = {0, 0, 0}, light[3] = {255, 255, 255};
	g_autofree char *spoken = g_strconcat(" ", label, " ", NULL);
	g_string_append_printf(out, "0 Tc 0 Tw 100 Tz 0 Ts 0 Tr\n/%s 1 Tf\n", font_name);
	begin_span(out, spoken, mcid);
	print_colour(out, style->fill);
	print_box(out, &g_array_index(layout->shapes, LwLabelShape, 0), to_content);
	if (!layout->call_out) {
		print_colour(out, style->text);
		print_code(out, layout, code, to_content);
	}
	g_string_append(out, "EMC\n");
	if (layout->shapes->len == 1 && !layout->call_out)
		return;
	/* What only shows more of the same says nothing more. */
	begin_span(out, "", -1);
	print_colour(out, style->fill);
	for (guint i = 1; i < layout->shapes->len; i++)
		print_box(out, &g_array_index(layout->shapes, LwLabelShape, i), to_content);
	if (layout->call_out) {
		double width = layout->size * lw_label_width(code), s = layout->size;
		LwLabelShape ground = {{(float)(layout->x - 1), (float)(layout->y - 0.85 * s),
					(float)(layout->x + width + 1),
					(float)(layout->y + 0.25 * s)},
				       0};
		print_colour(out, light);
		print_box(out, &ground, to_content);
		print_colour(out, dark);
		print_code(out, layout, code, to_content);
	}
	g_string_append(out, "EMC\n");
}

static GBytes *unicode_map(void)
{
	g_autoptr(GString) map = g_string_new(
		"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
		"/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n"
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	g_string_append_printf(map, "1 beginbfchar\n<%04X> <0020>\nendbfchar\n",
			       LW_LABEL_BOX_GLYPH);
	g_string_append_printf(map, "%u beginbfchar\n", lw_label_glyph_count);
	for (guint i = 0; i < lw_label_glyph_count; i++)
		g_string_append_printf(map, "<%04X> <%04X>\n", lw_label_glyphs[i].glyph,
				       lw_label_glyphs[i].character);
	g_string_append(
		map,
		"endbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	return g_bytes_new(map->str, map->len);
}

static LwPdfObject *descriptor_new(LwPdf *pdf)
{
	g_autoptr(GBytes) file = g_bytes_new_static(lw_label_font, lw_label_font_size);
	LwPdfObject *program = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, program, "Length1", lw_pdf_new_integer(pdf, (gint64)lw_label_font_size));
	LwPdfObject *d = lw_pdf_new_dictionary(pdf), *box = lw_pdf_new_array(pdf);
	const int numbers[] = {0, -212, 1000, 1000};
	for (int i = 0; i < 4; i++)
		lw_pdf_append(pdf, box, lw_pdf_new_integer(pdf, numbers[i]));
	lw_pdf_set(pdf, d, "Type", lw_pdf_new_name(pdf, "FontDescriptor"));
	lw_pdf_set(pdf, d, "FontName", lw_pdf_new_name(pdf, LW_PDF_LABEL_FONT));
	lw_pdf_set(pdf, d, "Flags", lw_pdf_new_integer(pdf, 4));
	lw_pdf_set(pdf, d, "FontBBox", box);
	lw_pdf_set(pdf, d, "ItalicAngle", lw_pdf_new_integer(pdf, 0));
	lw_pdf_set(pdf, d, "Ascent", lw_pdf_new_integer(pdf, 905));
	lw_pdf_set(pdf, d, "Descent", lw_pdf_new_integer(pdf, -212));
	lw_pdf_set(pdf, d, "CapHeight", lw_pdf_new_integer(pdf, 716));
	lw_pdf_set(pdf, d, "StemV", lw_pdf_new_integer(pdf, 80));
	lw_pdf_set(pdf, d, "FontFile2",
		   lw_pdf_reference(pdf, lw_pdf_new_stream(pdf, program, file)));
	return d;
}

static LwPdfObject *descendant_new(LwPdf *pdf)
{
	LwPdfObject *font = lw_pdf_new_dictionary(pdf), *info = lw_pdf_new_dictionary(pdf);
	LwPdfObject *widths = lw_pdf_new_array(pdf), *run = lw_pdf_new_array(pdf);
	lw_pdf_append(pdf, run, lw_pdf_new_integer(pdf, 1000)); /* glyph 1: the box */
	for (guint i = 0; i < lw_label_glyph_count; i++) {
		g_assert(lw_label_glyphs[i].glyph == i + 2);
		lw_pdf_append(pdf, run, lw_pdf_new_integer(pdf, lw_label_glyphs[i].width));
	}
	lw_pdf_append(pdf, widths, lw_pdf_new_integer(pdf, LW_LABEL_BOX_GLYPH));
	lw_pdf_append(pdf, widths, run);
	lw_pdf_set(pdf, info, "Registry", lw_pdf_new_string(pdf, "Adobe", 5));
	lw_pdf_set(pdf, info, "Ordering", lw_pdf_new_string(pdf, "Identity", 8));
	lw_pdf_set(pdf, info, "Supplement", lw_pdf_new_integer(pdf, 0));
	lw_pdf_set(pdf, font, "Type", lw_pdf_new_name(pdf, "Font"));
	lw_pdf_set(pdf, font, "Subtype", lw_pdf_new_name(pdf, "CIDFontType2"));
	lw_pdf_set(pdf, font, "BaseFont", lw_pdf_new_name(pdf, LW_PDF_LABEL_FONT));
	lw_pdf_set(pdf, font, "CIDSystemInfo", info);
	lw_pdf_set(pdf, font, "CIDToGIDMap", lw_pdf_new_name(pdf, "Identity"));
	lw_pdf_set(pdf, font, "W", widths);
	lw_pdf_set(pdf, font, "FontDescriptor", lw_pdf_reference(pdf, descriptor_new(pdf)));
	return font;
}

LwPdfObject *lw_label_font_new(LwPdf *pdf)
{
	g_autoptr(GBytes) map = unicode_map();
	LwPdfObject *font = lw_pdf_new_dictionary(pdf), *descendants = lw_pdf_new_array(pdf);
	lw_pdf_append(pdf, descendants, lw_pdf_reference(pdf, descendant_new(pdf)));
	lw_pdf_set(pdf, font, "Type", lw_pdf_new_name(pdf, "Font"));
	lw_pdf_set(pdf, font, "Subtype", lw_pdf_new_name(pdf, "Type0"));
	lw_pdf_set(pdf, font, "BaseFont", lw_pdf_new_name(pdf, LW_PDF_LABEL_FONT));
	lw_pdf_set(pdf, font, "Encoding", lw_pdf_new_name(pdf, "Identity-H"));
	lw_pdf_set(pdf, font, "DescendantFonts", descendants);
	LwPdfObject *stream = lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), map);
	lw_pdf_set(pdf, font, "ToUnicode", lw_pdf_reference(pdf, stream));
	lw_pdf_reference(pdf, font);
	return font;
}

LwPdfObject *lw_label_gstate_new(LwPdf *pdf)
{
	LwPdfObject *gs = lw_pdf_new_dictionary(pdf);
	lw_pdf_set(pdf, gs, "Type", lw_pdf_new_name(pdf, "ExtGState"));
	lw_pdf_set(pdf, gs, "ca", lw_pdf_new_integer(pdf, 1));
	lw_pdf_set(pdf, gs, "BM", lw_pdf_new_name(pdf, "Normal"));
	lw_pdf_set(pdf, gs, "SMask", lw_pdf_new_name(pdf, "None"));
	lw_pdf_reference(pdf, gs);
	return gs;
}
