/* pdf.c - reads a PDF: glyphs by our own interpreter, order by Poppler; names every hidden place to
 * the verifier.
 *
 * Both look at the same bytes: what qpdf wrote. */
#include "extractors/pdf.h"

#include "extractors/pdffonts.h"

#include "engine/base/limits.h"
#include "engine/base/text.h"
#include "engine/pdf/encoding.h"
#include "engine/pdf/names.h"
#include "engine/pdf/fields.h"
#include "engine/pdf/order.h"

#include <string.h>

#define UNREAD_SHARE 0.3 /* of the page that pictures cover, without any text: nobody read it */

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

/* The verifier inspects a file and then reads it: the last whole plain form is kept for the same bytes. */
static struct {
	GBytes *input, *plain;
	gboolean encrypted, repaired;
} last;

static GBytes *whole_of(GBytes *input, GError **error)
{
	if (last.input != input) {
		gboolean encrypted = FALSE, repaired = FALSE;
		GBytes *plain = lw_pdf_normalise(input, &encrypted, &repaired, error);
		if (!plain)
			return NULL;
		g_clear_pointer(&last.input, g_bytes_unref);
		g_clear_pointer(&last.plain, g_bytes_unref);
		last.input = g_bytes_ref(input);
		last.plain = plain;
		last.encrypted = encrypted;
		last.repaired = repaired;
	}
	return g_bytes_ref(last.plain);
}

static GBytes *pages_of(GBytes *input, gboolean *encrypted, gboolean *repaired, GError **error)
{
	if (last.input != input)
		return lw_pdf_normalise_pages(input, encrypted, repaired, error);
	*encrypted = last.encrypted;
	*repaired = last.repaired;
	return g_bytes_ref(last.plain);
}

typedef struct {
	LwDocument *document;
	GArray *glyphs; /* LwGlyph */
	GArray *pages;	/* LwPage */
	LwPdfText text;
	LwPdfPages *seen; /* NULL: glyphs only */
	guint hidden, off_page;
} Reader;

static void take_glyphs(Reader *r, const LwPdfPageContent *content, LwPage *page)
{
	page->first_glyph = r->glyphs->len;
	page->glyph_count = content->glyphs->len;
	gboolean hidden = FALSE, off_page = FALSE;
	for (guint i = 0; i < content->glyphs->len; i++) {
		const LwGlyph *glyph = &g_array_index(content->glyphs, LwPdfPageGlyph, i).glyph;
		hidden |= (glyph->flags & LW_GLYPH_LAYER_OFF) != 0;
		off_page |= (glyph->flags & LW_GLYPH_OFF_PAGE) && glyph->unicode != ' ';
		g_array_append_val(r->glyphs, *glyph);
	}
	gint32 number = (gint32)r->pages->len;
	if (hidden)
		lw_document_notice(r->document, "hidden-layer", number,
				   "text in a layer that is not shown");
	if (off_page)
		lw_document_notice(r->document, "off-page", number,
				   "text outside the visible page");
}

/* Shown text of any kind, an OCR layer included. */
static gboolean has_text(const LwPdfPageContent *content)
{
	for (guint i = 0; i < content->glyphs->len; i++) {
		const LwGlyph *glyph = &g_array_index(content->glyphs, LwPdfPageGlyph, i).glyph;
		if (!(glyph->flags & (LW_GLYPH_OFF_PAGE | LW_GLYPH_LAYER_OFF | LW_GLYPH_LABEL)) &&
		    !g_unichar_isspace(glyph->unicode))
			return TRUE;
	}
	return FALSE;
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
	document->glyphs =
		lw_arena_memdup(arena, r->glyphs->data, r->glyphs->len * sizeof(LwGlyph));
	document->page_count = r->pages->len;
	document->pages = lw_arena_memdup(arena, r->pages->data, r->pages->len * sizeof(LwPage));
	document->length = r->text.text->len;
	document->text = lw_arena_strndup(arena, r->text.text->str, r->text.text->len);
	document->glyph_of = lw_arena_memdup(arena, r->text.glyph_of->data,
					     r->text.glyph_of->len * sizeof(guint32));
}

static gboolean read_pages(Reader *r, LwPdf *pdf, GError **error)
{
	g_autoptr(LwPdfInterpreter) interpreter = lw_pdf_interpreter_new(pdf);
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
		if (!read_page(r, interpreter, pdf, i, error))
			return FALSE;
	finish(r);
	return TRUE;
}

LwDocument *lw_pdf_read(GBytes *input, LwReadFlags flags, GError **error)
{
	gboolean encrypted, repaired;
	g_autoptr(GBytes) plain = pages_of(input, &encrypted, &repaired, error);
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
	if (encrypted)
		lw_document_notice(document, "encrypted", -1,
				   "was encrypted, opened without a password");
	if (repaired)
		lw_document_notice(document, "repaired", -1, "was damaged and has been repaired");
	Reader r = {.document = document, .seen = seen};
	r.glyphs = g_array_new(FALSE, FALSE, sizeof(LwGlyph));
	r.pages = g_array_new(FALSE, FALSE, sizeof(LwPage));
	r.text = (LwPdfText){g_string_new(NULL), g_array_new(FALSE, FALSE, sizeof(guint32))};
	gboolean done = read_pages(&r, pdf, error);
	g_array_unref(r.glyphs);
	g_array_unref(r.pages);
	g_array_unref(r.text.glyph_of);
	g_string_free(r.text.text, TRUE);
	return done ? g_steal_pointer(&document) : NULL;
}

gboolean lw_pdf_picture(GBytes *file, guint32 page, double resolution, LwPicture *picture,
			GError **error)
{
	g_autoptr(GBytes) plain = whole_of(file, error);
	g_autoptr(LwPdfPages) pages = plain ? lw_pdf_pages_open(plain, error) : NULL;
	return pages && lw_pdf_pages_picture(pages, page, resolution, picture, error);
}

/* --- inspection: every string, name and stream of every object --- */

typedef struct {
	LwPdf *pdf;
	LwInspectFunc found;
	void *self;
	GHashTable *
		glyph_streams; /* streams whose strings are glyph codes: judged as text, not here */
	gboolean go;
} Inspector;

static const char *channel_of(const char *key)
{
	static const struct {
		const char *key, *channel;
	} channels[] = {
		{"Title", "pdf/title"},	       {"ActualText", "pdf/actual-text"},
		{"Alt", "pdf/alternate-text"}, {"E", "pdf/expansion"},
		{"T", "pdf/field-name"},       {"V", "pdf/field-value"},
		{"DV", "pdf/field-value"},     {"TU", "pdf/field-name"},
		{"TM", "pdf/field-name"},      {"Contents", "pdf/annotation"},
		{"URI", "pdf/link"},	       {"P", "pdf/page-label"},
		{"JS", "pdf/script"},	       {"Author", "pdf/info"},
		{"Subject", "pdf/info"},       {"Keywords", "pdf/info"},
		{"Creator", "pdf/info"},       {"Producer", "pdf/info"},
		{"Opt", "pdf/field-value"},    {"Names", "pdf/names"},
		{"Name", "pdf/name"},
	};
	for (guint i = 0; key && i < G_N_ELEMENTS(channels); i++)
		if (!strcmp(channels[i].key, key))
			return channels[i].channel;
	return "pdf/string";
}

static void report(Inspector *s, const char *channel, const char *bytes, gsize length)
{
	if (s->go && length)
		s->go = s->found(s->self, channel, bytes, length);
}

/* Names that the standard defines stand in every file, and those of the glyph list name letters. */
static void report_name(Inspector *s, const char *name, gsize length)
{
	gunichar letters[LW_PDF_GLYPH_CHARACTERS];
	if (!lw_pdf_name_is_standard(name) && !lw_pdf_glyph_unicode(name, letters))
		report(s, "pdf/name", name, length);
}

static void inspect_value(Inspector *s, const LwPdfObject *object, const char *key, guint depth)
{
	if (!object || depth > LW_LIMIT_NESTING || !s->go)
		return;
	if (object->type == LW_PDF_STRING) {
		g_autofree char *text = lw_pdf_text(object);
		report(s, channel_of(key), text, strlen(text));
		report(s, channel_of(key), object->string.bytes, object->string.length);
	} else if (object->type == LW_PDF_NAME) {
		report_name(s, object->string.bytes, object->string.length);
	} else if (object->type == LW_PDF_ARRAY) {
		for (guint i = 0; i < object->array.count; i++)
			inspect_value(s, object->array.items[i], key, depth + 1);
	}
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(object);
	for (guint i = 0; dictionary && i < dictionary->dictionary.count; i++) {
		const LwPdfEntry *entry = &dictionary->dictionary.entries[i];
		report_name(s, entry->key, strlen(entry->key));
		inspect_value(s, entry->value, entry->key, depth + 1);
	}
}

/* Fonts, colour profiles and samples of pictures are no text; page content is judged by its glyphs.
 */
static gboolean is_searched(Inspector *s, LwPdfObject *stream)
{
	if (g_hash_table_contains(s->glyph_streams, stream))
		return FALSE;
	return !lw_pdf_is_name(lw_pdf_find(s->pdf, stream, "Subtype"), "Image") &&
	       !lw_pdf_is_name(lw_pdf_find(s->pdf, stream, "Type"), "CMap") &&
	       !lw_pdf_find_raw(stream, "Length1") && !lw_pdf_find_raw(stream, "N") &&
	       !lw_pdf_find_raw(stream, "FunctionType") && !lw_pdf_find_raw(stream, "ShadingType");
}

static void note_content(Inspector *s, LwPdfObject *contents)
{
	for (guint i = 0; i < lw_pdf_length(contents); i++)
		g_hash_table_add(s->glyph_streams, lw_pdf_item(s->pdf, contents, i));
	if (contents)
		g_hash_table_add(s->glyph_streams, contents);
}

static void inspect_metadata_of_image(Inspector *s, LwPdfObject *stream)
{
	const char *filter = lw_pdf_name(lw_pdf_find(s->pdf, stream, "Filter"));
	if (!filter || strcmp(filter, "DCTDecode"))
		return;
	gsize length;
	const guint8 *data = g_bytes_get_data(stream->stream.raw, &length);
	for (gsize i = 2; i + 4 <= length && data[i] == 0xFF && data[i + 1] != 0xDA;) {
		gsize size = (gsize)data[i + 2] << 8 | data[i + 3];
		guint8 marker = data[i + 1];
		if (size < 2 || i + 2 + size > length)
			break;
		if (marker == 0xFE ||
		    (marker >= 0xE1 && marker <= 0xEF && marker != 0xE2 && marker != 0xEE))
			report(s, "pdf/image-metadata", (const char *)data + i + 4, size - 2);
		i += 2 + size;
	}
}

static void inspect_object(Inspector *s, guint32 number)
{
	LwPdfObject *object = lw_pdf_object(s->pdf, number);
	if (!object)
		return;
	inspect_value(s, object, NULL, 0);
	if (object->type != LW_PDF_STREAM)
		return;
	inspect_metadata_of_image(s, object);
	if (!is_searched(s, object))
		return;
	g_autoptr(GBytes) data = lw_pdf_decode(s->pdf, object, NULL, NULL);
	gsize length = 0;
	const char *bytes = data ? g_bytes_get_data(data, &length) : NULL;
	report(s,
	       lw_pdf_is_name(lw_pdf_find(s->pdf, object, "Type"), "Metadata") ? "pdf/xmp"
									       : "pdf/stream",
	       bytes, length);
}

/* ToUnicode maps list characters, never words; form content is glyph codes as page content is. */
static void note_glyph_streams(Inspector *s)
{
	LwPdf *pdf = s->pdf;
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
		note_content(s, lw_pdf_find(pdf, lw_pdf_page(pdf, i), "Contents"));
	for (guint32 n = 1; n < lw_pdf_object_count(pdf); n++) {
		LwPdfObject *object = lw_pdf_object(pdf, n);
		if (!object)
			continue;
		LwPdfObject *map = lw_pdf_find(pdf, object, "ToUnicode");
		if (map)
			g_hash_table_add(s->glyph_streams, map);
		if (object->type == LW_PDF_STREAM &&
		    (lw_pdf_is_name(lw_pdf_find(pdf, object, "Subtype"), "Form") ||
		     lw_pdf_find(pdf, object, "PatternType")))
			g_hash_table_add(s->glyph_streams, object);
	}
}

gboolean lw_pdf_inspect(GBytes *file, LwInspectFunc found, void *self, GError **error)
{
	g_autoptr(GBytes) plain = whole_of(file, error);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, error) : NULL;
	if (!pdf)
		return FALSE;
	g_autoptr(GHashTable) glyph_streams = g_hash_table_new(NULL, NULL);
	Inspector s = {.pdf = pdf,
		       .found = found,
		       .self = self,
		       .glyph_streams = glyph_streams,
		       .go = TRUE};
	note_glyph_streams(&s);
	inspect_value(&s, lw_pdf_trailer(pdf), NULL, 0);
	for (guint32 n = 1; n < lw_pdf_object_count(pdf) && s.go; n++)
		inspect_object(&s, n);
	return !s.go || lw_pdf_inspect_fonts(pdf, found, self, error);
}

static void drop_label_fonts(LwPdf *pdf, LwPdfObject *fonts)
{
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(fonts);
	for (guint i = dictionary ? dictionary->dictionary.count : 0; i > 0; i--) {
		LwPdfEntry *entry = &dictionary->dictionary.entries[i - 1];
		if (lw_pdf_is_name(lw_pdf_find(pdf, entry->value, "BaseFont"), LW_PDF_LABEL_FONT))
			lw_pdf_remove(fonts, entry->key);
	}
}

/* Boxes and labels are glyphs of one font: where no resources name it, they paint nothing. */
GBytes *lw_pdf_bare(GBytes *file, GError **error)
{
	g_autoptr(GBytes) plain = whole_of(file, error);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, error) : NULL;
	if (!pdf)
		return NULL;
	for (guint32 n = 1; n < lw_pdf_object_count(pdf); n++) {
		LwPdfObject *object = lw_pdf_object(pdf, n);
		drop_label_fonts(pdf,
				 lw_pdf_find(pdf, lw_pdf_find(pdf, object, "Resources"), "Font"));
	}
	return lw_pdf_write(pdf, error);
}
