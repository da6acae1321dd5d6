/* rewrite_struck.c - what annotations and fields that a box meets showed outside it.
 *
 * They go, with all that they hold; their looks stay, as part of the page. */
#include "engine/render/pdf/rewrite_private.h"

#define WIDEST	   100.0 /* points: the line around a link */
#define DASHES	   8
#define IS_HIDDEN  2
#define IS_NO_VIEW 32

typedef struct {
	double width;
	double dash[DASHES];
	guint dashes;
	gboolean below; /* only */
} Line;

/* Annotations often share an appearance: one that a box meets gets its own. */
void lw_struck_part(Page *page)
{
	LwPdf *pdf = page->pdf;
	LwPdfObject *all = lw_pdf_find(pdf, lw_pdf_page(pdf, page->page), "Annots");
	for (guint i = 0; i < lw_pdf_length(all) && page->boxes->len; i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, all, i);
		LwMatrix matrix;
		LwPdfObject *form = lw_pdf_appearance(pdf, annotation, &matrix);
		if (!form || !lw_page_strikes(page, annotation))
			continue;
		LwPdfObject *own = lw_pdf_new_dictionary(pdf);
		lw_pdf_set(pdf, own, "N", lw_pdf_reference(pdf, lw_pdf_copy(pdf, form)));
		lw_pdf_set(pdf, annotation, "AP", own);
	}
}

static void print_numbers(GString *bytes, const double *numbers, guint count, const char *operator)
{
	for (guint i = 0; i < count; i++) {
		lw_pdf_print_number(bytes, numbers[i]);
		g_string_append_c(bytes, ' ');
	}
	g_string_append_printf(bytes, "%s\n", operator);
}

/* --- the line around a link --- */

static void read_dashes(LwPdf *pdf, LwPdfObject *dashes, Line *line)
{
	line->dashes = MIN(lw_pdf_length(dashes), DASHES);
	for (guint i = 0; i < line->dashes; i++) {
		double length = lw_pdf_number(pdf, lw_pdf_item(pdf, dashes, i), 0);
		if (!(length > 0))
			line->dashes = 0;
		line->dash[i] = length;
	}
}

/* Tables 164 and 166: BS counts before Border; without either the line is one point wide. */
static Line line_of(LwPdf *pdf, LwPdfObject *link)
{
	static const double usual = 3;
	LwPdfObject *own = lw_pdf_find(pdf, link, "BS"), *old = lw_pdf_find(pdf, link, "Border");
	Line line = {.width = 1};
	if (own && own->type == LW_PDF_DICTIONARY) {
		LwPdfObject *style = lw_pdf_find(pdf, own, "S");
		line.width = lw_pdf_number(pdf, lw_pdf_find(pdf, own, "W"), 1);
		line.below = lw_pdf_is_name(style, "U");
		line.dash[0] = usual;
		line.dashes = lw_pdf_is_name(style, "D") ? 1 : 0;
		if (line.dashes && lw_pdf_find(pdf, own, "D"))
			read_dashes(pdf, lw_pdf_find(pdf, own, "D"), &line);
	} else if (lw_pdf_length(old) >= 3) {
		line.width = lw_pdf_number(pdf, lw_pdf_item(pdf, old, 2), 1);
		read_dashes(pdf, lw_pdf_item(pdf, old, 3), &line);
	}
	return line;
}

/* FALSE: an array without numbers, which paints nothing. */
static gboolean print_colour(LwPdf *pdf, LwPdfObject *colour, GString *bytes)
{
	static const char *const operators[] = {NULL, "G", NULL, "RG", "K"};
	double parts[4] = {0};
	guint count = lw_pdf_length(colour);
	if (colour && colour->type == LW_PDF_ARRAY && !count)
		return FALSE;
	if (count > 4 || !operators[count])
		count = 0;
	for (guint i = 0; i < count; i++)
		parts[i] = lw_pdf_number(pdf, lw_pdf_item(pdf, colour, i), 0);
	print_numbers(bytes, parts, MAX(count, 1), operators[MAX(count, 1)]);
	return TRUE;
}

/* Where lines are set anew the line goes with its words. */
static void draw_line(const Page *page, LwPdfObject *link, GString *bytes)
{
	LwPdf *pdf = page->pdf;
	Line line = line_of(pdf, link);
	double r[4];
	if (page->width || !lw_pdf_is_name(lw_pdf_find(pdf, link, "Subtype"), "Link") ||
	    !(line.width > 0 && line.width <= WIDEST) ||
	    !lw_pdf_rectangle(pdf, lw_pdf_find(pdf, link, "Rect"), r))
		return;
	g_autoptr(GString) drawn = g_string_new("/Artifact BMC\nq\n");
	if (!print_colour(pdf, lw_pdf_find(pdf, link, "C"), drawn))
		return;
	print_numbers(drawn, &line.width, 1, "w");
	g_string_append_c(drawn, '[');
	print_numbers(drawn, line.dash, line.dashes, "] 0 d");
	if (line.below) {
		print_numbers(drawn, (const double[]){r[0], r[1]}, 2, "m");
		print_numbers(drawn, (const double[]){r[2], r[1]}, 2, "l");
	} else {
		print_numbers(drawn, (const double[]){r[0], r[1], r[2] - r[0], r[3] - r[1]}, 4,
			      "re");
	}
	g_string_append_printf(bytes, "%sS\nQ\nEMC\n", drawn->str);
}

/* --- all of them --- */

static gboolean is_shown(const Page *page, LwPdfObject *annotation)
{
	LwPdf *pdf = page->pdf;
	gint64 flags = lw_pdf_integer(pdf, lw_pdf_find(pdf, annotation, "F"), 0);
	return !(flags & (IS_HIDDEN | IS_NO_VIEW)) &&
	       !lw_pdf_layer_is_off(page->rewriter->interpreter,
				    lw_pdf_find(pdf, annotation, "OC"));
}

void lw_struck_draw(Page *page, GString *bytes)
{
	LwPdf *pdf = page->pdf;
	LwPdfObject *all = lw_pdf_find(pdf, lw_pdf_page(pdf, page->page), "Annots");
	for (guint i = 0; i < lw_pdf_length(all) && page->boxes->len; i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, all, i);
		LwMatrix m;
		LwPdfObject *form = lw_pdf_appearance(pdf, annotation, &m);
		if (!is_shown(page, annotation) || !lw_page_strikes(page, annotation))
			continue;
		if (!form)
			draw_line(page, annotation, bytes);
		if (!form || !g_hash_table_contains(page->rewriter->cleaned, form))
			continue;
		g_string_append(bytes, "q\n");
		print_numbers(bytes, (const double[]){m.a, m.b, m.c, m.d, m.e, m.f}, 6, "cm");
		g_string_append_printf(bytes, "/%s Do\nQ\n",
				       lw_out_name(page, page->out, "XObject", "LwA", form));
	}
}
