/* pdf.c - reads a PDF: glyphs by our own interpreter, order by Poppler; names every hidden place to
 * the verifier.
 *
 * Both look at the same bytes: what qpdf wrote. */
#include "extractors/pdf.h"

#include "extractors/pdffonts.h"

#include "engine/base/limits.h"
#include "engine/base/text.h"
#include "engine/pdf/fields.h"
#include "engine/pdf/lexer.h"
#include "engine/pdf/inspect.h"
#include "engine/pdf/order.h"
#include "engine/pdf/sight.h"

#include <string.h>

#define ROOM_MOST    (1 << 20) /* glyphs for which room is made before they are read */
#define UNREAD_SHARE 0.3 /* of the page that pictures cover, without any text: nobody read it */
#define MUTE_LEAST   20	 /* characters */

int lw_pdf_bid(const guint8 *bytes, gsize length)
{
	gsize reach =
		MIN(length,
		    1024 + 5); /* implementation note 13: a header within the first 1024 bytes */
	for (gsize i = 0; i + 5 <= reach; i++)
		if (!memcmp(bytes + i, "%PDF-", 5))
			return i ? 80 : 100;
	return 0;
}

/* The verifier reads a file and then inspects it: what was opened last is kept for the same bytes.
 */
static struct {
	GBytes *input, *plain;
	gboolean whole; /* not only what pages show */
	gboolean encrypted, repaired;
	LwPdf *pdf; /* as it was read, or NULL */
	LwPdfInterpreter *ran;
} last;

static void keep_last(LwPdf *pdf, LwPdfInterpreter *ran)
{
	g_clear_pointer(&last.ran, lw_pdf_interpreter_free);
	g_clear_pointer(&last.pdf, lw_pdf_free);
	last.pdf = pdf;
	last.ran = ran;
}

static GBytes *plain_of(GBytes *input, gboolean whole, GError **error)
{
	if (last.input == input && (last.whole || !whole))
		return g_bytes_ref(last.plain);
	gboolean encrypted = FALSE, repaired = FALSE;
	GBytes *plain = (whole ? lw_pdf_normalise : lw_pdf_normalise_pages)(input, &encrypted,
									    &repaired, error);
	if (!plain)
		return NULL;
	keep_last(NULL, NULL);
	g_clear_pointer(&last.input, g_bytes_unref);
	g_clear_pointer(&last.plain, g_bytes_unref);
	last.input = g_bytes_ref(input);
	last.plain = g_bytes_ref(plain);
	last.whole = whole || plain == input;
	last.encrypted = encrypted;
	last.repaired = repaired;
	return plain;
}

GBytes *lw_pdf_whole(GBytes *input, GError **error)
{
	return plain_of(input, TRUE, error);
}

typedef struct {
	LwDocument *document;
	GArray *glyphs; /* LwGlyph */
	GArray *pages;	/* LwPage */
	LwPdfText text;
	LwPdfPages *seen; /* NULL: glyphs only */
	guint page_count;
} Reader;

/* It goes from what is written, so people should know that it was there. */
static void note_unseen(Reader *r, guint unseen, gint32 page)
{
	static const struct {
		LwPdfUnseen why;
		const char *message;
	} kinds[] = {
		{LW_UNSEEN_WHITE, "white text on white"},
		{LW_UNSEEN_TINY, "text too small to read"},
		{LW_UNSEEN_CLIPPED, "text outside what its clipping path shows"},
		{LW_UNSEEN_COVERED, "text under an opaque box"},
		{LW_UNSEEN_CLEAR, "invisible text that no picture explains"},
		{LW_UNSEEN_SHUT, "text of a note or field that is not shown"},
	};
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (unseen & kinds[i].why)
			lw_document_notice(r->document, "hidden-text", page, kinds[i].message);
}

static void take_glyphs(Reader *r, const LwPdfPageContent *content, LwPage *page)
{
	page->first_glyph = r->glyphs->len;
	page->glyph_count = content->glyphs->len;
	gboolean hidden = FALSE, off_page = FALSE;
	if (!page->first_glyph) /* for as many on every page: growing copies what was read */
		g_array_set_size(r->glyphs,
				 (guint)MIN((guint64)r->page_count * page->glyph_count, ROOM_MOST));
	g_array_set_size(r->glyphs, page->first_glyph + page->glyph_count);
	LwGlyph *to = &g_array_index(r->glyphs, LwGlyph, page->first_glyph);
	for (guint i = 0; i < content->glyphs->len; i++) {
		const LwGlyph *glyph = &g_array_index(content->glyphs, LwPdfPageGlyph, i).glyph;
		hidden |= (glyph->flags & LW_GLYPH_LAYER_OFF) != 0;
		off_page |= (glyph->flags & LW_GLYPH_OFF_PAGE) && glyph->unicode != ' ';
		to[i] = *glyph;
	}
	gint32 number = (gint32)r->pages->len;
	if (hidden)
		lw_document_notice(r->document, "hidden-layer", number,
				   "text in a layer that is not shown");
	if (off_page)
		lw_document_notice(r->document, "off-page", number,
				   "text outside the visible page");
	note_unseen(r, content->unseen, number);
}

/* Shown text of any kind, an OCR layer included. */
static gboolean has_text(const LwPdfPageContent *content)
{
	for (guint i = 0; i < content->glyphs->len; i++) {
		const LwGlyph *glyph = &g_array_index(content->glyphs, LwPdfPageGlyph, i).glyph;
		if (!(glyph->flags & (LW_GLYPH_GOES | LW_GLYPH_LABEL)) &&
		    !lw_is_blank(glyph->unicode))
			return TRUE;
	}
	return FALSE;
}

/* No letter of any script: a sign of the font's own, or none that anybody knows. */
static gboolean is_mute(gunichar c)
{
	return c == 0xFFFD || g_unichar_type(c) == G_UNICODE_PRIVATE_USE ||
	       g_unichar_type(c) == G_UNICODE_UNASSIGNED || (c >= 0x2700 && c < 0x27C0);
}

/* A font may hide what its letters are: people read the page, no program does. */
static gboolean says_nothing(const char *text)
{
	guint signs = 0, mute = 0;
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		signs += !lw_is_blank(c);
		mute += is_mute(c);
	}
	return mute >= MUTE_LEAST && mute > signs / 2;
}

static void judge_text(Reader *r, LwPage *page, guint index)
{
	if (!says_nothing(r->text.text->str + page->span.start))
		return;
	page->unread = TRUE;
	lw_document_notice(r->document, "page-unread", (gint32)index,
			   "the letters of the page say nothing: its text was not read");
}

static void judge_page(Reader *r, const LwPdfPageContent *content, LwPage *page)
{
	double covered = 0, all = content->width * content->height;
	for (guint i = 0; i < content->figures->len; i++) {
		const LwFigure *figure = &g_array_index(content->figures, LwFigure, i);
		LwRect box = figure->box.rect;
		covered += (double)(box.x1 - box.x0) * (double)(box.y1 - box.y0);
	}
	if (has_text(content) || covered < UNREAD_SHARE * all)
		return;
	page->unread = TRUE;
	lw_document_notice(r->document, "page-unread", (gint32)r->pages->len,
			   "the page is only a picture: its text was not read");
}

static gboolean read_text(Reader *r, const LwPdfPageContent *content, LwPage *page, guint index)
{
	LwPdfPageText seen;
	if (!lw_pdf_pages_text(r->seen, index, &seen))
		seen = (LwPdfPageText){.text = g_strdup(""), .boxes = g_new0(LwRect, 1)};
	page->span.start = (guint32)r->text.text->len;
	guint missed = lw_pdf_order_page(content, &seen, page->first_glyph, &r->text);
	page->span.length = (guint32)r->text.text->len - page->span.start;
	judge_text(r, page, index);
	lw_pdf_page_text_clear(&seen);
	guint32 none = LW_NO_GLYPH;
	g_string_append_c(r->text.text, '\f');
	g_array_append_val(r->text.glyph_of, none);
	if (missed)
		lw_document_notice(r->document, "unseen-text", (gint32)index,
				   "text that a second reader does not show was read too");
	return r->text.text->len <= LW_LIMIT_TEXT_BYTES;
}

static gboolean read_page(Reader *r, LwPdfInterpreter *interpreter, LwPdf *pdf, guint index,
			  GError **error)
{
	g_autoptr(LwPdfPageContent) content = lw_pdf_collect_page(interpreter, pdf, index, error);
	if (!content)
		return FALSE;
	LwPage page = {.width = (float)content->width, .height = (float)content->height};
	take_glyphs(r, content, &page);
	judge_page(r, content, &page);
	gsize before = r->text.text->len;
	if (r->seen && !read_text(r, content, &page, index)) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, "the text is too long");
		return FALSE;
	}
	for (guint i = 0; i < content->figures->len; i++) {
		LwFigure figure = g_array_index(content->figures, LwFigure, i);
		figure.offset = (guint32)before;
		g_array_append_val(r->document->figures, figure);
	}
	g_array_append_val(r->pages, page);
	return TRUE;
}

static void finish(Reader *r)
{
	LwDocument *document = r->document;
	LwArena *arena = document->arena;
	document->glyph_count = r->glyphs->len;
	document->glyphs = lw_arena_take(arena, g_steal_pointer(&r->glyphs));
	document->page_count = r->pages->len;
	document->pages = lw_arena_take(arena, g_steal_pointer(&r->pages));
	document->length = r->text.text->len;
	document->text = lw_arena_strndup(arena, r->text.text->str, r->text.text->len);
	document->glyph_of = lw_arena_take(arena, g_steal_pointer(&r->text.glyph_of));
}

static gboolean read_pages(Reader *r, LwPdf *pdf, LwPdfInterpreter *interpreter, GError **error)
{
	for (guint i = 0; i < r->page_count; i++)
		if (!read_page(r, interpreter, pdf, i, error))
			return FALSE;
	finish(r);
	return TRUE;
}

LwDocument *lw_pdf_read(GBytes *input, LwReadFlags flags, GError **error)
{
	g_autoptr(GBytes) plain = plain_of(input, FALSE, error);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, error) : NULL;
	if (!pdf)
		return NULL;
	lw_pdf_fields_materialise(pdf);
	g_autoptr(LwPdfPages) seen = NULL;
	if (!(flags & LW_READ_GLYPHS)) {
		seen = lw_pdf_pages_open(plain, error);
		if (!seen)
			return NULL;
		if (lw_pdf_pages_count(seen) != lw_pdf_page_count(pdf)) {
			g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE,
					    "two readers disagree about the number of pages");
			return NULL;
		}
	}
	g_autoptr(LwDocument) document = lw_document_new("pdf");
	if (last.encrypted)
		lw_document_notice(document, "encrypted", -1,
				   "was encrypted, opened without a password");
	if (last.repaired)
		lw_document_notice(document, "repaired", -1, "was damaged and has been repaired");
	Reader r = {.document = document, .seen = seen, .page_count = lw_pdf_page_count(pdf)};
	r.glyphs = g_array_new(FALSE, FALSE, sizeof(LwGlyph));
	r.pages = g_array_new(FALSE, FALSE, sizeof(LwPage));
	r.text = (LwPdfText){g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(guint32))};
	g_autoptr(LwPdfInterpreter) interpreter = lw_pdf_interpreter_new(pdf);
	gboolean done = read_pages(&r, pdf, interpreter, error);
	g_clear_pointer(&r.glyphs, g_array_unref);
	g_clear_pointer(&r.pages, g_array_unref);
	g_clear_pointer(&r.text.glyph_of, g_array_unref);
	g_string_free(r.text.text, TRUE);
	if (!done)
		return NULL;
	keep_last(g_steal_pointer(&pdf), g_steal_pointer(&interpreter));
	return g_steal_pointer(&document);
}

gboolean lw_pdf_picture(GBytes *file, guint32 page, double resolution, LwPicture *picture,
			GError **error)
{
	g_autoptr(GBytes) plain = lw_pdf_whole(file, error);
	g_autoptr(LwPdfPages) pages = plain ? lw_pdf_pages_open(plain, error) : NULL;
	return pages && lw_pdf_pages_picture(pages, page, resolution, picture, error);
}

gboolean lw_pdf_inspect(GBytes *file, LwInspectFunc found, void *self, GError **error)
{
	g_autoptr(GBytes) plain = lw_pdf_whole(file, error);
	if (!plain)
		return FALSE;
	if (!last.pdf) {
		g_autoptr(LwDocument) read = lw_pdf_read(file, LW_READ_GLYPHS, error);
		if (!read)
			return FALSE;
	}
	lw_pdf_inspect_tree(last.pdf, found, self);
	if (lw_pdf_inspect_undrawn(last.pdf, last.ran, found, self))
		lw_pdf_inspect_fonts(last.pdf, last.ran, found, self);
	return TRUE;
}
