/* odf_burn.c - puts labels where marks are, and takes out what cannot be read.
 *
 * Marks are burned from the last to the first: a piece before them keeps its offsets. Nodes that
 * are dropped stay in memory (base/xml), so no piece of the map ever points to nothing. */
#include "engine/render/odf_work.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/odf/names.h"

#define OBJECT_LABEL "[object]"

typedef struct {
	guint32 start, end;
	const LwMark *mark;
} Segment;

static const char *box_style(LwOdfWork *work, LwXml *part);

/* Undoes fields and links around a node, so that a run may stand there. FALSE: only bare text may.
 */
static gboolean make_room(LwOdfWork *work, LwNode *node)
{
	LwNode *up = lw_node_parent(node);
	for (; up && !lw_odf_is_paragraph(up); up = lw_node_parent(up)) {
		const LwOdfRole role = lw_odf_role(up, NULL);
		if (role != LW_ODF_FLOW || lw_node_is(up, ODF_OFFICE, "text"))
			return FALSE;
	}
	if (!up)
		return FALSE;
	for (LwNode *each = lw_node_parent(node); each != up;) {
		LwNode *next = lw_node_parent(each);
		if (lw_node_is(each, ODF_TEXT, "ruby")) {
			LwNode *ruby = lw_node_child(each, ODF_TEXT, "ruby-text");
			if (ruby)
				lw_node_drop(ruby);
		}
		if (!lw_node_is(each, ODF_TEXT, "span")) {
			lw_node_unwrap(each);
			work->receipt->strings_removed++;
		}
		each = next;
	}
	return TRUE;
}

static void fill_run(LwOdfWork *work, LwNode *run, const char *label)
{
	const char *style = box_style(work, lw_node_document(run));
	lw_node_set_attribute(run, ODF_TEXT, "text", "style-name", style);
	lw_node_add_text(run, label, strlen(label));
}

static char *color_of(const guint8 rgb[3])
{
	return g_strdup_printf("#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

static LwNode *automatic_styles(LwXml *part)
{
	LwNode *root = lw_xml_root(part);
	LwNode *styles = lw_node_child(root, ODF_OFFICE, "automatic-styles");
	if (styles)
		return styles;
	LwNode *after = lw_node_child(root, ODF_OFFICE, "body");
	if (!after)
		after = lw_node_child(root, ODF_OFFICE, "master-styles");
	if (!after)
		return lw_node_add(root, ODF_OFFICE, "office", "automatic-styles");
	return lw_node_insert_before(after, ODF_OFFICE, "office", "automatic-styles");
}

static gboolean is_ours(const LwNode *style, const char *fill, const char *text)
{
	const LwNode *look = lw_node_child(style, ODF_STYLE, "text-properties");
	return look && lw_node_attribute_is(look, ODF_FO, "background-color", fill) &&
	       lw_node_attribute_is(look, ODF_FO, "color", text);
}

/* The automatic style of a box in this part; made when first asked for. */
static const char *box_style(LwOdfWork *work, LwXml *part)
{
	static const char *const names[] = {"LakwerkBox", "LakwerkBox1", "LakwerkBox2",
					    "LakwerkBox3"};
	g_autofree char *fill = color_of(work->plan->style.fill);
	g_autofree char *text = color_of(work->plan->style.text);
	LwNode *holder = automatic_styles(part);
	guint taken = 0;
	for (LwNode *each = lw_node_first(holder); each; each = lw_node_next(each)) {
		for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
			if (!lw_node_attribute_is(each, ODF_STYLE, "name", names[i]))
				continue;
			if (is_ours(each, fill, text))
				return names[i];
			taken = MAX(taken, i + 1);
		}
	}
	const char *name = names[MIN(taken, G_N_ELEMENTS(names) - 1)];
	LwNode *style = lw_node_add(holder, ODF_STYLE, "style", "style");
	lw_node_set_attribute(style, ODF_STYLE, "style", "name", name);
	lw_node_set_attribute(style, ODF_STYLE, "style", "family", "text");
	LwNode *look = lw_node_add(style, ODF_STYLE, "style", "text-properties");
	lw_node_set_attribute(look, ODF_FO, "fo", "color", text);
	lw_node_set_attribute(look, ODF_FO, "fo", "background-color", fill);
	lw_node_set_attribute(look, ODF_STYLE, "style", "use-window-font-color", "false");
	lw_node_set_attribute(look, ODF_STYLE, "style", "text-underline-style", "none");
	lw_node_set_attribute(look, ODF_TEXT, "text", "display", "true");
	return name;
}

/* Bytes [from, to) of a text node give way to the label, if there is one. */
static void cut_text(LwOdfWork *work, LwNode *node, gsize from, gsize to, const char *label)
{
	const gboolean run = label && make_room(work, node);
	g_autofree char *text = g_strdup(lw_node_text(node));
	const gsize length = strlen(text);
	g_assert(from <= to && to <= length);
	if (run) {
		lw_node_set_text(node, text, from);
		LwNode *rest = lw_node_insert_text_after(node, text + to, length - to);
		LwNode *span = lw_node_insert_after(node, ODF_TEXT, "text", "span");
		(void)rest;
		fill_run(work, span, label);
		return;
	}
	g_autofree char *now =
		g_strdup_printf("%.*s%s%s", (int)from, text, label ? label : "", text + to);
	lw_node_set_text(node, now, strlen(now));
}

static void cut_attribute(LwOdfWork *work, const LwPiece *piece, gsize from, gsize to,
			  const char *label)
{
	g_autofree char *value = lw_attribute_dup_value(piece->attribute);
	if (g_str_has_suffix(lw_attribute_name(piece->attribute), "name")) {
		/* Others refer to it, and a label has signs that no name may have. */
		lw_attribute_set_value(piece->attribute, lw_odf_rename(work, value));
	} else if (strcmp(lw_attribute_name(piece->attribute), "href") == 0) {
		lw_attribute_set_value(piece->attribute, "");
		if (lw_node_is(piece->node, ODF_TEXT, "a") ||
		    lw_node_is(piece->node, ODF_DRAW, "a"))
			lw_node_unwrap(piece->node);
	} else {
		g_assert(from <= to && to <= strlen(value));
		g_autofree char *now = g_strdup_printf("%.*s%s%s", (int)from, value,
						       label ? label : "", value + to);
		lw_attribute_set_value(piece->attribute, now);
	}
	work->receipt->strings_removed++;
}

static void cut_element(LwOdfWork *work, LwNode *element, const char *label)
{
	if (!lw_node_parent(element))
		return; /* another mark took it */
	if (label && make_room(work, element))
		fill_run(work, lw_node_insert_before(element, ODF_TEXT, "text", "span"), label);
	lw_node_drop(element);
}

static void note_cells(LwOdfWork *work, LwNode *node, const LwMark *mark)
{
	for (LwNode *up = node; up; up = lw_node_parent(up)) {
		if (lw_node_is(up, ODF_TABLE, "table-cell"))
			g_hash_table_insert(work->cells, up, (gpointer)mark);
	}
}

void lw_odf_label_cell(LwOdfWork *work, LwNode *cell, const LwMark *mark)
{
	g_autofree char *label = lw_mark_label(mark, &work->plan->style);
	LwNode *next;
	for (LwNode *child = lw_node_first(cell); child; child = next) {
		next = lw_node_next(child);
		lw_node_drop(child);
	}
	LwNode *paragraph = lw_node_add(cell, ODF_TEXT, "text", "p");
	fill_run(work, lw_node_add(paragraph, ODF_TEXT, "text", "span"), label);
	lw_odf_cell_forget(cell);
}

/* After the last mark: pieces refer to attributes. */
static void forget_values(LwOdfWork *work)
{
	GHashTableIter all;
	gpointer cell;
	g_hash_table_iter_init(&all, work->cells);
	while (g_hash_table_iter_next(&all, &cell, NULL))
		lw_odf_cell_forget(cell);
}

static void cut_piece(LwOdfWork *work, const LwPiece *piece, const Segment *segment,
		      const char *label)
{
	note_cells(work, piece->node, segment->mark);
	const guint32 from = MAX(segment->start, piece->start) - piece->start;
	const guint32 to = MIN(segment->end, piece->start + piece->length) - piece->start;
	const gboolean collapsed = piece->length != piece->count;
	const gsize first = collapsed ? piece->offset : piece->offset + from;
	const gsize last = collapsed ? piece->offset + piece->count : piece->offset + to;
	if (piece->type == LW_PIECE_TEXT)
		cut_text(work, piece->node, first, last, label);
	else if (piece->type == LW_PIECE_ATTRIBUTE)
		cut_attribute(work, piece, piece->length == 0 ? 0 : from, to, label);
	else
		cut_element(work, piece->node, label);
}

static void burn_segment(LwOdfWork *work, const Segment *segment)
{
	const GArray *pieces = work->map->pieces;
	g_autofree char *label = lw_mark_label(segment->mark, &work->plan->style);
	const guint first = lw_text_map_find(work->map, segment->start);
	guint last = first;
	while (last < pieces->len && g_array_index(pieces, LwPiece, last).start < segment->end)
		last++;
	for (guint i = last; i-- > first;) {
		const LwPiece *piece = &g_array_index(pieces, LwPiece, i);
		const gboolean head =
			i == first || g_array_index(pieces, LwPiece, i - 1).line != piece->line;
		cut_piece(work, piece, segment, head ? label : NULL);
	}
	work->receipt->glyphs_removed += (guint)g_utf8_strlen(work->map->text->str + segment->start,
							      segment->end - segment->start);
}

static gint compare_segments(const void *a, const void *b)
{
	const Segment *x = a, *y = b;
	return x->start != y->start ? (x->start < y->start ? -1 : 1)
				    : (x->end < y->end	 ? 1
				       : x->end > y->end ? -1
							 : 0);
}

static gboolean on_character(const GString *text, gsize offset)
{
	return offset >= text->len || ((guchar)text->str[offset] & 0xc0) != 0x80;
}

/* The spans of all marks, without overlap, in order. */
static GArray *segments_of(LwOdfWork *work, GError **error)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Segment));
	const GString *text = work->map->text;
	for (guint i = 0; i < work->plan->marks->len; i++) {
		const LwMark *mark = g_ptr_array_index(work->plan->marks, i);
		const guint64 end = (guint64)mark->span.start + mark->span.length;
		if (end > text->len || (!mark->span.length && !mark->figure) ||
		    !on_character(text, mark->span.start) || !on_character(text, end)) {
			g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
				    "a mark does not fit the text");
			return NULL;
		}
		Segment segment = {mark->span.start, (guint32)end, mark};
		if (mark->span.length)
			g_array_append_val(all, segment);
	}
	g_array_sort(all, compare_segments);
	g_autoptr(GArray) apart = g_array_new(FALSE, FALSE, sizeof(Segment));
	guint32 done = 0;
	for (guint i = 0; i < all->len; i++) {
		Segment segment = g_array_index(all, Segment, i);
		segment.start = MAX(segment.start, done);
		if (segment.start >= segment.end)
			continue;
		done = segment.end;
		g_array_append_val(apart, segment);
	}
	return g_steal_pointer(&apart);
}

/* The drawing that holds this one and stands in a text. */
static LwNode *outermost(LwNode *drawing)
{
	for (LwNode *up; (up = lw_node_parent(drawing)); drawing = up) {
		if (strcmp(lw_node_space(up), ODF_DRAW) != 0 ||
		    lw_node_is(up, ODF_DRAW, "text-box"))
			break;
	}
	return drawing;
}

/* Where no paragraph may stand, the frame stays, with a text in it. */
static LwNode *text_in_frame(LwNode *frame)
{
	LwNode *next;
	for (LwNode *child = lw_node_first(frame); child; child = next) {
		next = lw_node_next(child);
		lw_node_drop(child);
	}
	LwNode *box = lw_node_add(frame, ODF_DRAW, "draw", "text-box");
	return lw_node_add(box, ODF_TEXT, "text", "p");
}

static gboolean takes_paragraphs(const LwNode *parent)
{
	return parent && strcmp(lw_node_space(parent), ODF_DRAW) != 0 &&
	       strcmp(lw_node_space(parent), ODF_TABLE) != 0 &&
	       !lw_node_is(parent, ODF_STYLE, "master-page");
}

/* A frame goes; words take its place. Without a style: bare words. */
static void replace_frame(LwOdfWork *work, LwNode *frame, const char *words, gboolean boxed)
{
	if (!lw_node_parent(frame))
		return;
	LwNode *top = outermost(frame);
	LwNode *run;
	if (make_room(work, top)) {
		run = lw_node_insert_before(top, ODF_TEXT, "text", "span");
	} else if (takes_paragraphs(lw_node_parent(top))) {
		LwNode *paragraph = lw_node_insert_before(top, ODF_TEXT, "text", "p");
		run = lw_node_add(paragraph, ODF_TEXT, "text", "span");
	} else if (lw_node_is(frame, ODF_DRAW, "frame")) {
		run = lw_node_add(text_in_frame(frame), ODF_TEXT, "text", "span");
		frame = NULL;
	} else {
		run = NULL;
	}
	if (run && boxed)
		fill_run(work, run, words);
	else if (run)
		lw_node_add_text(run, words, strlen(words));
	if (frame)
		lw_node_drop(frame);
}

static LwNode *frame_of(LwNode *image)
{
	LwNode *parent = lw_node_parent(image);
	return parent && lw_node_is(parent, ODF_DRAW, "frame") ? parent : image;
}

static void burn_figure(LwOdfWork *work, const LwMark *mark)
{
	g_autofree char *label = lw_mark_label(mark, &work->plan->style);
	g_autoptr(GBytes) picture = lw_package_load(work->package, mark->figure, NULL);
	for (guint i = 0; i < work->map->figures->len; i++) {
		const LwMapFigure *figure = &g_array_index(work->map->figures, LwMapFigure, i);
		gboolean same = strcmp(figure->name, mark->figure) == 0;
		if (!same && picture) {
			/* The same picture may be in the package twice. */
			g_autoptr(GBytes) other =
				lw_package_load(work->package, figure->name, NULL);
			same = other && g_bytes_equal(other, picture);
		}
		if (!same)
			continue;
		replace_frame(work, frame_of(figure->node), label, TRUE);
		work->receipt->images_changed++;
	}
}

/* What another program would show or fetch: objects that we cannot read, and pictures from
 * elsewhere. */
static gboolean is_foreign_frame(LwOdfWork *work, const LwNode *frame)
{
	static const char *const objects[] = {"object-ole", "plugin", "applet", "floating-frame",
					      NULL};
	gboolean read = FALSE, missing = FALSE;
	for (LwNode *child = lw_node_first(frame); child; child = lw_node_next(child)) {
		if (strcmp(lw_node_space(child), ODF_DRAW) != 0)
			continue;
		if (g_strv_contains(objects, lw_node_name(child)))
			return TRUE;
		if (strcmp(lw_node_name(child), "object") == 0) {
			const LwPart *part = lw_package_object(work->package, child);
			if (!part || !part->shown)
				return TRUE;
			read = TRUE;
		}
		if (strcmp(lw_node_name(child), "image") != 0)
			continue;
		g_autofree char *href = lw_node_dup_attribute(child, ODF_XLINK, "href");
		g_autofree char *member =
			href ? lw_package_dup_member(work->package, child, href) : NULL;
		missing = missing || !member;
	}
	return missing && !read;
}

/* The picture of an object shows it as it was. */
static void drop_replacement(const LwNode *frame)
{
	LwNode *image;
	while (lw_node_child(frame, ODF_DRAW, "object") &&
	       (image = lw_node_child(frame, ODF_DRAW, "image")))
		lw_node_drop(image);
}

void lw_odf_replace_frames(LwOdfWork *work, const GPtrArray *frames)
{
	/* Our own words may be what somebody removes. */
	const char *words = lw_odf_is_secret(work, OBJECT_LABEL) ? "" : OBJECT_LABEL;
	for (guint i = 0; i < frames->len; i++)
		replace_frame(work, frames->pdata[i], words, FALSE);
}

static void burn_frames(LwOdfWork *work, LwXml *part)
{
	g_autoptr(GPtrArray) foreign = g_ptr_array_new();
	LwNode *root = lw_xml_root(part);
	for (LwNode *node = root; node; node = lw_node_following(node, root)) {
		if (!lw_node_is(node, ODF_DRAW, "frame"))
			continue;
		if (is_foreign_frame(work, node))
			g_ptr_array_add(foreign, node);
		else
			drop_replacement(node);
	}
	lw_odf_replace_frames(work, foreign);
	if (foreign->len)
		lw_receipt_notice(work->receipt, "object-removed", -1,
				  "an embedded object or a linked picture was removed");
}

/* A chart has a copy of the cells that it draws. */
static void burn_copies(LwOdfWork *work, LwPart *part)
{
	const LwNode *root = part->body;
	g_autoptr(GPtrArray) cells = g_ptr_array_new();
	for (LwNode *node = part->body; node; node = lw_node_following(node, root)) {
		if (lw_node_is(node, ODF_TABLE, "table-cell"))
			g_ptr_array_add(cells, node);
	}
	for (guint i = 0; i < cells->len; i++) {
		LwNode *paragraph = lw_node_child(cells->pdata[i], ODF_TEXT, "p");
		LwNode *text = paragraph ? lw_node_first(paragraph) : NULL;
		if (!text || !lw_odf_is_secret(work, lw_node_text(text)))
			continue;
		lw_odf_cell_forget(cells->pdata[i]);
		lw_node_set_text(text, "", 0);
		work->receipt->strings_removed++;
	}
}

gboolean lw_odf_burn(LwOdfWork *work, GError **error)
{
	g_autoptr(GArray) segments = segments_of(work, error);
	if (!segments)
		return FALSE;
	for (guint i = segments->len; i-- > 0;)
		burn_segment(work, &g_array_index(segments, Segment, i));
	lw_odf_follow_formulas(work);
	forget_values(work);
	for (guint i = 0; i < work->plan->marks->len; i++) {
		const LwMark *mark = g_ptr_array_index(work->plan->marks, i);
		if (mark->figure)
			burn_figure(work, mark);
	}
	g_autoptr(GPtrArray) trees = lw_package_trees(work->package);
	for (guint i = 0; i < trees->len; i++)
		burn_frames(work, trees->pdata[i]);
	for (guint i = 0; i < work->package->parts->len; i++) {
		LwPart *part = work->package->parts->pdata[i];
		if (part->shown && lw_node_is(part->body, ODF_OFFICE, "chart"))
			burn_copies(work, part);
	}
	return TRUE;
}
