/* document.c - the document's life, its geometry, and its way through the pipe.
 *
 * What comes out of the pipe was written by a process that read hostile bytes: every index, span,
 * float and string is checked, and one that is off refuses the whole document. */
#include "engine/model/document.h"

#include "engine/base/limits.h"
#include "engine/model/saved.h"

#define SAVED_TYPE	"(sayayayayayasa(sis))"
#define LINE_BYTES	24
#define GLYPH_BYTES	12
#define PAGE_BYTES	28
#define FIGURE_BYTES	36
#define GLYPH_FLAGS_ALL 0x1ff
#define INDEX_STEP	1024 /* bytes of text per entry of the code point index */
#define FIGURES_MAX	1000000

LwDocument *lw_document_new(const char *format)
{
	LwArena *arena = lw_arena_new();
	LwDocument *document = lw_arena_new0(arena, LwDocument, 1);
	document->arena = arena;
	document->format = lw_arena_strndup(arena, format, strlen(format));
	document->text = "";
	document->figures = g_array_new(FALSE, TRUE, sizeof(LwFigure));
	document->notices = g_array_new(FALSE, TRUE, sizeof(LwNotice));
	return document;
}

void lw_document_free(LwDocument *document)
{
	if (!document)
		return;
	g_array_unref(document->figures);
	g_array_unref(document->notices);
	lw_arena_free(document->arena);
}

void lw_document_notice(LwDocument *document, const char *code, gint32 page, const char *message)
{
	LwNotice notice = {
		.code = lw_arena_strndup(document->arena, code, strlen(code)),
		.page = page,
		.message = lw_arena_strndup(document->arena, message, strlen(message)),
	};
	if (document->notices->len < LW_SAVED_NOTICES_MAX)
		g_array_append_val(document->notices, notice);
}

guint32 lw_document_page_of(const LwDocument *document, gsize offset)
{
	guint32 low = 0, high = document->page_count;
	while (high - low > 1) {
		guint32 middle = low + (high - low) / 2;
		if (document->pages[middle].span.start <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Characters that start in these bytes; a piece may begin inside one. */
static gsize count_points(const char *text, gsize bytes)
{
	gsize points = 0;
	for (gsize i = 0; i < bytes; i++)
		points += ((guchar)text[i] & 0xc0) != 0x80;
	return points;
}

/* Code points before a byte. The index is made once: counting from the start for every entity would
 * be quadratic. */
static gsize code_point_at(const LwDocument *document, gsize offset)
{
	LwDocument *owner = (LwDocument *)document;
	if (!document->index) {
		gsize entries = document->length / INDEX_STEP + 1, points = 0;
		owner->index = lw_arena_new0(document->arena, guint32, entries);
		for (gsize i = 1; i < entries; i++) {
			points += count_points(document->text + (i - 1) * INDEX_STEP, INDEX_STEP);
			owner->index[i] = (guint32)points;
		}
	}
	gsize entry = offset / INDEX_STEP, start = entry * INDEX_STEP;
	return document->index[entry] + count_points(document->text + start, offset - start);
}

static gboolean span_is_inside(const LwDocument *document, LwSpan span)
{
	return (gsize)span.start + span.length <= document->length;
}

static int compare_indices(const void *a, const void *b)
{
	guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
	return (x > y) - (x < y);
}

GArray *lw_document_glyphs(const LwDocument *document, LwSpan span)
{
	GArray *glyphs = g_array_new(FALSE, FALSE, sizeof(guint32));
	if (!document->glyph_of || !span.length || !span_is_inside(document, span))
		return glyphs;
	gsize first = code_point_at(document, span.start);
	gsize end = code_point_at(document, (gsize)span.start + span.length);
	for (gsize i = first; i < end; i++)
		if (document->glyph_of[i] != LW_NO_GLYPH)
			g_array_append_val(glyphs, document->glyph_of[i]);
	g_array_sort(glyphs, compare_indices);
	guint kept = 0;
	guint32 *index = (guint32 *)(void *)glyphs->data;
	for (guint i = 0; i < glyphs->len; i++)
		if (!kept || index[kept - 1] != index[i])
			index[kept++] = index[i];
	g_array_set_size(glyphs, kept);
	return glyphs;
}

static float overlap(float a0, float a1, float b0, float b1)
{
	return MIN(a1, b1) - MAX(a0, b0);
}

/* Does the glyph go on with the line that ends in last? Level text shares its height, upright text
 * its width; a gap wider than three ems is another cell. */
static gboolean is_same_line(const LwGlyph *last, const LwGlyph *next)
{
	const LwRect *a = &last->box, *b = &next->box;
	float em = MAX(last->size, next->size);
	float across = overlap(a->x0, a->x1, b->x0, b->x1);
	float along = overlap(a->y0, a->y1, b->y0, b->y1);
	float height = MIN(a->y1 - a->y0, b->y1 - b->y0), width = MIN(a->x1 - a->x0, b->x1 - b->x0);
	if (last->page != next->page)
		return FALSE;
	if (along >= height / 2 && -across <= 3 * em)
		return TRUE;
	return across >= width / 2 && -along <= em;
}

static void stretch(LwRect *rect, const LwRect *other)
{
	rect->x0 = MIN(rect->x0, other->x0);
	rect->y0 = MIN(rect->y0, other->y0);
	rect->x1 = MAX(rect->x1, other->x1);
	rect->y1 = MAX(rect->y1, other->y1);
}

GArray *lw_document_boxes(const LwDocument *document, LwSpan span)
{
	GArray *boxes = g_array_new(FALSE, FALSE, sizeof(LwBox));
	if (!document->glyph_of || !span.length || !span_is_inside(document, span))
		return boxes;
	const LwGlyph *last = NULL;
	gsize point = code_point_at(document, span.start);
	const char *end = document->text + span.start + span.length;
	for (const char *c = document->text + span.start; c < end;
	     c = g_utf8_next_char(c), point++) {
		guint32 index = document->glyph_of[point];
		if (*c == '\n' || *c == '\f')
			last = NULL;
		if (index == LW_NO_GLYPH)
			continue;
		const LwGlyph *glyph = &document->glyphs[index];
		if (last && is_same_line(last, glyph)) {
			stretch(&g_array_index(boxes, LwBox, boxes->len - 1).rect, &glyph->box);
		} else {
			LwBox box = {glyph->page, glyph->box};
			g_array_append_val(boxes, box);
		}
		last = glyph;
	}
	return boxes;
}

/* Letters of one line share everything but their character and their two sides. */
static gboolean shares_line(const LwGlyph *a, const LwGlyph *b)
{
	return a->page == b->page && a->box.y0 == b->box.y0 && a->box.y1 == b->box.y1 &&
	       a->size == b->size && a->flags == b->flags && a->font == b->font;
}

static guint32 line_end(const LwDocument *document, guint32 first)
{
	guint32 end = first + 1;
	while (end < document->glyph_count &&
	       shares_line(&document->glyphs[first], &document->glyphs[end]))
		end++;
	return end;
}

static void save_line(guint8 **to, const LwGlyph *first, guint32 count)
{
	saved_u32(to, count);
	saved_u32(to, first->page);
	saved_float(to, first->box.y0);
	saved_float(to, first->box.y1);
	saved_float(to, first->size);
	saved_u16(to, first->flags);
	saved_u16(to, first->font);
	for (const LwGlyph *glyph = first; glyph < first + count; glyph++) {
		saved_u32(to, glyph->unicode);
		saved_float(to, glyph->box.x0);
		saved_float(to, glyph->box.x1);
	}
}

static GVariant *save_glyphs(const LwDocument *document)
{
	gsize size = (gsize)document->glyph_count * GLYPH_BYTES;
	for (guint32 i = 0; i < document->glyph_count; i = line_end(document, i))
		size += LINE_BYTES;
	guint8 *bytes = g_malloc(size), *to = bytes;
	for (guint32 i = 0, end; i < document->glyph_count; i = end) {
		end = line_end(document, i);
		save_line(&to, &document->glyphs[i], end - i);
	}
	return lw_saved_take(bytes, size);
}

static GVariant *save_glyph_of(const LwDocument *document)
{
	gsize count = document->glyph_of ? code_point_at(document, document->length) : 0;
	guint8 *bytes = g_malloc(count * 4), *to = bytes;
	for (gsize i = 0; i < count; i++)
		saved_u32(&to, document->glyph_of[i]);
	return lw_saved_take(bytes, count * 4);
}

static GVariant *save_pages(const LwDocument *document)
{
	gsize size = (gsize)document->page_count * PAGE_BYTES;
	guint8 *bytes = g_malloc(size), *to = bytes;
	for (guint32 i = 0; i < document->page_count; i++) {
		const LwPage *page = &document->pages[i];
		saved_float(&to, page->width);
		saved_float(&to, page->height);
		saved_u32(&to, page->span.start);
		saved_u32(&to, page->span.length);
		saved_u32(&to, page->first_glyph);
		saved_u32(&to, page->glyph_count);
		saved_u32(&to, page->unread);
	}
	return lw_saved_take(bytes, size);
}

static GVariant *save_figures(const LwDocument *document, GVariant **names)
{
	gsize size = (gsize)document->figures->len * FIGURE_BYTES;
	guint8 *bytes = g_malloc(size), *to = bytes;
	g_auto(GVariantBuilder) list = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("as"));
	guint32 named = 0;
	for (guint i = 0; i < document->figures->len; i++) {
		const LwFigure *figure = &g_array_index(document->figures, LwFigure, i);
		saved_u32(&to, figure->type);
		saved_u32(&to, figure->box.page);
		saved_rect(&to, &figure->box.rect);
		saved_u32(&to, figure->offset);
		saved_u32(&to, figure->curves);
		saved_u32(&to, figure->name ? ++named : 0);
		if (figure->name)
			g_variant_builder_add(&list, "s", figure->name);
	}
	*names = g_variant_builder_end(&list);
	return lw_saved_take(bytes, size);
}

GVariant *lw_document_save(const LwDocument *document)
{
	GVariant *names, *parts[8];
	parts[0] = g_variant_new_string(document->format);
	parts[1] = lw_saved_take(g_memdup2(document->text, document->length), document->length);
	parts[2] = save_glyph_of(document);
	parts[3] = save_glyphs(document);
	parts[4] = save_pages(document);
	parts[5] = save_figures(document, &names);
	parts[6] = names;
	parts[7] = lw_saved_notices(document->notices);
	return g_variant_ref_sink(g_variant_new_tuple(parts, G_N_ELEMENTS(parts)));
}

static gboolean load_text(LwDocument *document, GVariant *block)
{
	const guint8 *bytes;
	gsize length;
	if (!lw_saved_open(block, 1, LW_LIMIT_TEXT_BYTES, &bytes, &length))
		return FALSE;
	if (length && !g_utf8_validate_len((const char *)bytes, length, NULL))
		return FALSE;
	document->text =
		lw_arena_strndup(document->arena, length ? (const char *)bytes : "", length);
	document->length = length;
	return TRUE;
}

static gboolean load_glyph_of(LwDocument *document, GVariant *block)
{
	const guint8 *from;
	gsize count;
	if (!lw_saved_open(block, 4, LW_LIMIT_TEXT_BYTES, &from, &count))
		return FALSE;
	if (!document->page_count)
		return count == 0;
	if (count != count_points(document->text, document->length))
		return FALSE;
	document->glyph_of = lw_arena_new0(document->arena, guint32, count + 1);
	for (gsize i = 0; i < count; i++) {
		guint32 index = saved_read_u32(&from);
		if (index != LW_NO_GLYPH && index >= document->glyph_count)
			return FALSE;
		document->glyph_of[i] = index;
	}
	return TRUE;
}

/* What the lines hold together; FALSE when one is empty or not whole. */
static gboolean count_glyphs(const guint8 *from, gsize length, gsize *count)
{
	const guint8 *end = from + length;
	for (*count = 0; from < end;) {
		if (end - from < LINE_BYTES)
			return FALSE;
		gsize own = saved_read_u32(&from);
		from += LINE_BYTES - sizeof(guint32);
		if (!own || own > (gsize)(end - from) / GLYPH_BYTES)
			return FALSE;
		from += own * GLYPH_BYTES;
		*count += own;
	}
	return *count <= LW_LIMIT_GLYPHS;
}

/* The next line; gives the glyph after it, or NULL when something is off. */
static LwGlyph *load_line(const LwDocument *document, const guint8 **from, LwGlyph *to)
{
	guint32 count = saved_read_u32(from);
	LwGlyph line = {.page = saved_read_u32(from)};
	line.box.y0 = saved_read_float(from);
	line.box.y1 = saved_read_float(from);
	line.size = saved_read_float(from);
	line.flags = saved_read_u16(from);
	line.font = saved_read_u16(from);
	if (line.page >= document->page_count || line.flags & ~GLYPH_FLAGS_ALL ||
	    !isfinite(line.box.y0) || !isfinite(line.box.y1) || !isfinite(line.size))
		return NULL;
	for (const LwGlyph *end = to + count; to < end; to++) {
		*to = line;
		to->unicode = saved_read_u32(from);
		to->box.x0 = saved_read_float(from);
		to->box.x1 = saved_read_float(from);
		if (!g_unichar_validate(to->unicode) || !isfinite(to->box.x0) ||
		    !isfinite(to->box.x1))
			return NULL;
	}
	return to;
}

static gboolean load_glyphs(LwDocument *document, GVariant *block)
{
	const guint8 *from;
	gsize length, count;
	if (!lw_saved_open(block, 1, G_MAXSIZE, &from, &length) ||
	    !count_glyphs(from, length, &count))
		return FALSE;
	document->glyphs = lw_arena_new0(document->arena, LwGlyph, count);
	document->glyph_count = (guint32)count;
	LwGlyph *to = document->glyphs, *end = to + count;
	while (to && to < end)
		to = load_line(document, &from, to);
	return to != NULL;
}

/* Pages follow one another in the text and in the glyphs, without overlap. */
static gboolean page_follows(const LwDocument *document, const LwPage *page)
{
	const LwPage *previous = page > document->pages ? page - 1 : NULL;
	gsize text = previous ? (gsize)previous->span.start + previous->span.length : 0;
	guint64 glyphs = previous ? (guint64)previous->first_glyph + previous->glyph_count : 0;
	if (!lw_saved_is_span(document, page->span) || page->span.start < text)
		return FALSE;
	if (page->first_glyph < glyphs ||
	    (guint64)page->first_glyph + page->glyph_count > LW_LIMIT_GLYPHS)
		return FALSE;
	return isfinite(page->width) && isfinite(page->height) && page->unread <= 1;
}

static gboolean load_pages(LwDocument *document, GVariant *block)
{
	const guint8 *from;
	gsize count;
	if (!lw_saved_open(block, PAGE_BYTES, LW_LIMIT_PAGES, &from, &count))
		return FALSE;
	document->pages = lw_arena_new0(document->arena, LwPage, count);
	document->page_count = (guint32)count;
	for (gsize i = 0; i < count; i++) {
		LwPage *page = &document->pages[i];
		page->width = saved_read_float(&from);
		page->height = saved_read_float(&from);
		page->span.start = saved_read_u32(&from);
		page->span.length = saved_read_u32(&from);
		page->first_glyph = saved_read_u32(&from);
		page->glyph_count = saved_read_u32(&from);
		guint32 unread = saved_read_u32(&from);
		page->unread = unread > 1 ? 2 : (guint8)unread;
		if (!page_follows(document, page))
			return FALSE;
	}
	return TRUE;
}

/* Glyphs are read after pages, so the pages' ranges are checked here. */
static gboolean pages_fit_glyphs(const LwDocument *document)
{
	for (guint32 i = 0; i < document->page_count; i++) {
		const LwPage *page = &document->pages[i];
		guint64 end = (guint64)page->first_glyph + page->glyph_count;
		if (end > document->glyph_count)
			return FALSE;
		for (guint64 g = page->first_glyph; g < end; g++)
			if (document->glyphs[g].page != i)
				return FALSE;
	}
	return TRUE;
}

static const char *load_figure_name(LwDocument *document, GVariant *names, guint32 index)
{
	const char *name;
	g_variant_get_child(names, index - 1, "&s", &name);
	return lw_arena_strndup(document->arena, name, strlen(name));
}

static gboolean load_figures(LwDocument *document, GVariant *block, GVariant *names)
{
	const guint8 *from;
	gsize count, named = g_variant_n_children(names);
	if (!lw_saved_open(block, FIGURE_BYTES, FIGURES_MAX, &from, &count))
		return FALSE;
	for (gsize i = 0; i < count; i++) {
		LwFigure figure = {.type = saved_read_u32(&from)};
		figure.box.page = saved_read_u32(&from);
		gboolean fits = saved_read_rect(&from, &figure.box.rect);
		figure.offset = saved_read_u32(&from);
		figure.curves = saved_read_u32(&from);
		guint32 name = saved_read_u32(&from);
		if (!fits || (guint)figure.type > LW_FIGURE_PATH ||
		    figure.offset > document->length || name > named ||
		    figure.box.page >= MAX(document->page_count, 1))
			return FALSE;
		if (name)
			figure.name = load_figure_name(document, names, name);
		g_array_append_val(document->figures, figure);
	}
	return TRUE;
}

LwDocument *lw_document_load(GVariant *saved)
{
	if (!g_variant_is_of_type(saved, G_VARIANT_TYPE(SAVED_TYPE)))
		return NULL;
	g_autoptr(GVariant) text = g_variant_get_child_value(saved, 1);
	g_autoptr(GVariant) glyph_of = g_variant_get_child_value(saved, 2);
	g_autoptr(GVariant) glyphs = g_variant_get_child_value(saved, 3);
	g_autoptr(GVariant) pages = g_variant_get_child_value(saved, 4);
	g_autoptr(GVariant) figures = g_variant_get_child_value(saved, 5);
	g_autoptr(GVariant) names = g_variant_get_child_value(saved, 6);
	g_autoptr(GVariant) notices = g_variant_get_child_value(saved, 7);
	const char *format;
	g_variant_get_child(saved, 0, "&s", &format);
	if (!lw_saved_is_name(format))
		return NULL;
	g_autoptr(LwDocument) document = lw_document_new(format);
	if (!load_text(document, text) || !load_pages(document, pages) ||
	    !load_glyphs(document, glyphs) || !pages_fit_glyphs(document) ||
	    !load_glyph_of(document, glyph_of) || !load_figures(document, figures, names) ||
	    !lw_saved_read_notices(notices, document->arena, document->notices))
		return NULL;
	return g_steal_pointer(&document);
}

LwRect lw_rect_intersect(LwRect a, LwRect b)
{
	LwRect meet = {MAX(a.x0, b.x0), MAX(a.y0, b.y0), MIN(a.x1, b.x1), MIN(a.y1, b.y1)};
	return lw_rect_is_empty(meet) ? (LwRect){0} : meet;
}
