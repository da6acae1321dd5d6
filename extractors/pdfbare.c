/* pdfbare.c - a PDF without the boxes that lie on it: what is under them shows.
 *
 * Boxes of ours are glyphs of one font; those of others are filled rectangles, one-pixel pictures
 * and annotations. Content is copied byte for byte but for the operators that paint them. */
#include "extractors/pdf.h"

#include "engine/base/limits.h"
#include "engine/pdf/collect.h"
#include "engine/pdf/lexer.h"

#include <string.h>

#define SPECK 4 /* samples: a picture that can only be a box */

static void drop_label_fonts(LwPdf *pdf, LwPdfObject *fonts)
{
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(fonts);
	for (guint i = dictionary ? dictionary->dictionary.count : 0; i > 0; i--) {
		LwPdfEntry *entry = &dictionary->dictionary.entries[i - 1];
		if (lw_pdf_is_name(lw_pdf_find(pdf, entry->value, "BaseFont"), LW_PDF_LABEL_FONT))
			lw_pdf_remove(fonts, entry->key);
	}
}

static gboolean is_one_of(const char *name, const char *const *names)
{
	return g_strv_contains(names, name);
}

/* Filled rectangles become paths that paint nothing; yours. */
static GBytes *without_boxes(LwPdf *pdf, GBytes *data)
{
	static const char *const fills[] = {"f", "F", "f*", "b", "b*", "B", "B*", NULL};
	static const char *const paints[] = {"s", "S", "n", NULL};
	static const char *const bends[] = {"c", "v", "y", NULL};
	g_autoptr(LwArena) scratch = lw_arena_new();
	gsize length, size;
	const char *bytes = g_bytes_get_data(data, &length), *image;
	GString *out = g_string_sized_new(length + 64);
	gboolean curved = FALSE;
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, pdf, scratch, bytes ? bytes : "", length);
	const char *from = lexer.at, *before = lexer.at;
	for (LwPdfObject *token; (token = lw_pdf_lex(&lexer)); before = lexer.at) {
		if (token->type != LW_PDF_OPERATOR)
			continue;
		const char *name = token->string.bytes;
		if (!strcmp(name, "BI"))
			lw_pdf_lex_inline_image(&lexer, &image, &size);
		curved |= is_one_of(name, bends);
		if (is_one_of(name, fills) && !curved) {
			g_string_append_len(out, from, before - from);
			g_string_append(out, " n ");
			from = lexer.at;
		}
		if (is_one_of(name, fills) || is_one_of(name, paints))
			curved = FALSE;
	}
	g_string_append_len(out, from, lexer.end - from);
	return g_string_free_to_bytes(out);
}

static GBytes *content_of(LwPdf *pdf, LwPdfObject *contents)
{
	g_autoptr(GByteArray) all = g_byte_array_new();
	guint count = contents && contents->type == LW_PDF_STREAM ? 1 : lw_pdf_length(contents);
	for (guint i = 0; i < count; i++) {
		LwPdfObject *part =
			contents->type == LW_PDF_STREAM ? contents : lw_pdf_item(pdf, contents, i);
		g_autoptr(GBytes) data = lw_pdf_decode(pdf, part, NULL, NULL);
		gsize length = 0;
		const guint8 *bytes = data ? g_bytes_get_data(data, &length) : NULL;
		if (all->len + length > LW_LIMIT_STREAM_BYTES)
			break;
		if (length)
			g_byte_array_append(all, bytes, (guint)length);
		g_byte_array_append(all, (const guint8 *)"\n", 1);
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

static void open_page(LwPdf *pdf, LwPdfObject *page)
{
	g_autoptr(GBytes) data = content_of(pdf, lw_pdf_find(pdf, page, "Contents"));
	g_autoptr(GBytes) bare = without_boxes(pdf, data);
	LwPdfObject *stream = lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), bare);
	lw_pdf_set(pdf, page, "Contents", lw_pdf_reference(pdf, stream));
}

static void open_object(LwPdf *pdf, LwPdfObject *object)
{
	LwPdfObject *subtype = lw_pdf_find(pdf, object, "Subtype");
	double samples = lw_pdf_number(pdf, lw_pdf_find(pdf, object, "Width"), 0) *
			 lw_pdf_number(pdf, lw_pdf_find(pdf, object, "Height"), 0);
	if (object->type != LW_PDF_STREAM)
		return;
	if (lw_pdf_is_name(subtype, "Image") && samples <= SPECK) {
		lw_pdf_drop(pdf, object);
	} else if (lw_pdf_is_name(subtype, "Form")) {
		g_autoptr(GBytes) data = lw_pdf_decode(pdf, object, NULL, NULL);
		g_autoptr(GBytes) bare = data ? without_boxes(pdf, data) : NULL;
		if (bare)
			lw_pdf_set_data(pdf, object, bare);
	}
}

static void add_box(GArray *boxes, guint32 page, LwRect rect)
{
	LwBox box = {page, rect};
	if (!lw_rect_is_empty(rect))
		g_array_append_val(boxes, box);
}

/* Annotations are taken off; those that cover anything are boxes. */
static void open_annotations(LwPdf *pdf, guint number, GArray *boxes)
{
	LwPdfObject *page = lw_pdf_page(pdf, number);
	LwPdfObject *all = lw_pdf_find(pdf, page, "Annots"), *fields = lw_pdf_new_array(pdf);
	LwMatrix to_page = lw_pdf_page_matrix(pdf, number, NULL, NULL);
	for (guint i = 0; i < lw_pdf_length(all); i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, all, i);
		double r[4], x0, y0, x1, y1;
		if (lw_pdf_is_name(lw_pdf_find(pdf, annotation, "Subtype"), "Widget")) {
			lw_pdf_append(pdf, fields, all->array.items[i]);
			continue;
		}
		if (!lw_pdf_rectangle(pdf, lw_pdf_find(pdf, annotation, "Rect"), r))
			continue;
		lw_matrix_apply(to_page, r[0], r[1], &x0, &y0);
		lw_matrix_apply(to_page, r[2], r[3], &x1, &y1);
		add_box(boxes, number,
			(LwRect){(float)MIN(x0, x1), (float)MIN(y0, y1), (float)MAX(x0, x1),
				 (float)MAX(y0, y1)});
	}
	lw_pdf_set(pdf, page, "Annots", lw_pdf_length(fields) ? fields : NULL);
}

static gboolean find_boxes(LwPdf *pdf, GArray *boxes, GError **error)
{
	g_autoptr(LwPdfInterpreter) interpreter = lw_pdf_interpreter_new(pdf);
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++) {
		g_autoptr(LwPdfPageContent) content =
			lw_pdf_collect_page(interpreter, pdf, i, error);
		if (!content)
			return FALSE;
		for (guint k = 0; k < content->covers->len; k++)
			add_box(boxes, i, g_array_index(content->covers, LwRect, k));
		open_annotations(pdf, i, boxes);
	}
	return TRUE;
}

GBytes *lw_pdf_bare(GBytes *file, GArray *boxes, GError **error)
{
	g_autoptr(GBytes) plain = lw_pdf_whole(file, error);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, error) : NULL;
	if (!pdf || (boxes && !find_boxes(pdf, boxes, error)))
		return NULL;
	guint32 count = lw_pdf_object_count(pdf);
	for (guint i = 0; boxes && i < lw_pdf_page_count(pdf); i++)
		open_page(pdf, lw_pdf_page(pdf, i));
	for (guint32 n = 1; n < count; n++) {
		LwPdfObject *object = lw_pdf_object(pdf, n);
		drop_label_fonts(pdf,
				 lw_pdf_find(pdf, lw_pdf_find(pdf, object, "Resources"), "Font"));
		if (boxes && object)
			open_object(pdf, object);
	}
	return lw_pdf_write(pdf, error);
}
