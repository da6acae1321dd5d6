/* fontglyphs.c - copies glyphs byte for byte to new numbers; of composite ones the numbers of their
 * parts change.
 *
 * Every read is checked against the end of its table. */
#include "engine/render/pdf/fontglyphs.h"

#include <string.h>

#define HEAD LW_SFNT_TAG('h', 'e', 'a', 'd')
#define HHEA LW_SFNT_TAG('h', 'h', 'e', 'a')
#define HMTX LW_SFNT_TAG('h', 'm', 't', 'x')
#define MAXP LW_SFNT_TAG('m', 'a', 'x', 'p')
#define GLYF LW_SFNT_TAG('g', 'l', 'y', 'f')
#define LOCA LW_SFNT_TAG('l', 'o', 'c', 'a')
#define CMAP LW_SFNT_TAG('c', 'm', 'a', 'p')

/* Of a composite glyph's part (glyf, flags). */
#define WORDS	   0x1
#define SCALE	   0x8
#define MORE	   0x20
#define SCALES	   0x40
#define TWO_BY_TWO 0x80

typedef struct {
	GBytes *sfnt;
	LwSfntTable glyf, loca, hmtx;
	guint count, metrics, wide; /* wide: bytes of an entry of loca */
} Glyphs;

static guint32 number(LwSfntTable t, gsize at, guint bytes)
{
	guint32 value = 0;
	for (guint i = 0; i < bytes; i++)
		value = value << 8 | (at + i < t.length ? t.data[at + i] : 0);
	return value;
}

static void put(GByteArray *out, guint32 value, guint bytes)
{
	for (guint i = bytes; i > 0; i--) {
		guint8 byte = (guint8)(value >> 8 * (i - 1));
		g_byte_array_append(out, &byte, 1);
	}
}

static Glyphs glyphs_of(GBytes *sfnt)
{
	Glyphs g = {.sfnt = sfnt,
		    .glyf = lw_sfnt_find(sfnt, GLYF),
		    .loca = lw_sfnt_find(sfnt, LOCA),
		    .hmtx = lw_sfnt_find(sfnt, HMTX),
		    .count = lw_sfnt_glyph_count(sfnt)};
	g.metrics = number(lw_sfnt_find(sfnt, HHEA), 34, 2);
	g.wide = number(lw_sfnt_find(sfnt, HEAD), 50, 2) ? 4 : 2;
	return g;
}

static LwSfntTable outline(const Glyphs *g, guint glyph)
{
	guint unit = g->wide == 2 ? 2 : 1;
	gsize from = (gsize)number(g->loca, (gsize)glyph * g->wide, g->wide) * unit;
	gsize to = (gsize)number(g->loca, ((gsize)glyph + 1) * g->wide, g->wide) * unit;
	if (from >= to || to > g->glyf.length)
		return (LwSfntTable){NULL, 0};
	return (LwSfntTable){g->glyf.data + from, to - from};
}

static guint advance(const Glyphs *g, guint glyph)
{
	guint last = g->metrics ? g->metrics - 1 : 0;
	return number(g->hmtx, 4 * (gsize)MIN(glyph, last), 2);
}

static guint bearing(const Glyphs *g, guint glyph)
{
	if (glyph < g->metrics)
		return number(g->hmtx, 4 * (gsize)glyph + 2, 2);
	return number(g->hmtx, 4 * (gsize)g->metrics + 2 * ((gsize)glyph - g->metrics), 2);
}

int lw_font_compare_glyphs(GBytes *sfnt, guint a, guint b)
{
	Glyphs g = glyphs_of(sfnt);
	LwSfntTable x = outline(&g, a), y = outline(&g, b);
	if (advance(&g, a) != advance(&g, b))
		return advance(&g, a) < advance(&g, b) ? -1 : 1;
	if (x.length != y.length)
		return x.length < y.length ? -1 : 1;
	return x.length ? memcmp(x.data, y.data, x.length) : 0;
}

/* Where the number of the next part stands; 0 at the end. *at: 0 to begin with, then kept. */
static gsize next_part(LwSfntTable t, gsize *at)
{
	gsize here = *at;
	if (!here) {
		if (t.length < 10 || !(number(t, 0, 2) & 0x8000))
			return 0;
		here = 10;
	}
	if (here == G_MAXSIZE || here + 4 > t.length)
		return 0;
	guint flags = number(t, here, 2);
	gsize length = 4 + (flags & WORDS ? 4 : 2);
	length += flags & SCALE ? 2 : flags & SCALES ? 4 : flags & TWO_BY_TWO ? 8 : 0;
	*at = flags & MORE ? here + length : G_MAXSIZE;
	return here + 2;
}

static void place(GArray *order, guint16 *places, guint glyph)
{
	guint16 value = (guint16)glyph;
	if (!glyph || places[glyph])
		return;
	places[glyph] = (guint16)order->len;
	g_array_append_val(order, value);
}

/* All glyphs in their new order, glyph 0 first; yours. */
static GArray *full_order(const Glyphs *g, const GArray *wanted, guint16 *places)
{
	GArray *order = g_array_new(FALSE, TRUE, sizeof(guint16));
	g_array_set_size(order, 1);
	for (guint i = 0; i < wanted->len; i++)
		if (g_array_index(wanted, guint16, i) < g->count)
			place(order, places, g_array_index(wanted, guint16, i));
	for (guint i = 0; i < order->len; i++) {
		LwSfntTable t = outline(g, g_array_index(order, guint16, i));
		gsize at = 0, part;
		while ((part = next_part(t, &at)))
			if (number(t, part, 2) < g->count)
				place(order, places, number(t, part, 2));
	}
	return order;
}

static void put_outline(GByteArray *out, const Glyphs *g, guint glyph, const guint16 *places)
{
	LwSfntTable t = outline(g, glyph);
	gsize start = out->len, at = 0, part;
	if (t.length)
		g_byte_array_append(out, t.data, (guint)t.length);
	while ((part = next_part(t, &at))) {
		guint old = number(t, part, 2), fresh = old < g->count ? places[old] : 0;
		out->data[start + part] = (guint8)(fresh >> 8);
		out->data[start + part + 1] = (guint8)fresh;
	}
	put(out, 0, (guint)(-out->len & 3));
}

static void add_table(GArray *parts, guint32 tag, GByteArray *bytes)
{
	LwSfntPart part = {tag, g_byte_array_free_to_bytes(bytes)};
	g_array_append_val(parts, part);
}

/* What head, hhea and maxp say of all glyphs together: some producers count those that went. */
typedef struct {
	gint box[4];
	gint advance, left, right, extent; /* widest, least, least, furthest */
	guint points, contours, instructions, elements;
} Totals;

static gint signed_at(LwSfntTable t, gsize at)
{
	return (gint16)number(t, at, 2);
}

static void count_parts(LwSfntTable t, Totals *all)
{
	guint elements = 0;
	gsize at = 0;
	while (next_part(t, &at))
		elements++;
	all->elements = MAX(all->elements, elements);
}

static void count_glyph(const Glyphs *g, guint glyph, Totals *all)
{
	LwSfntTable t = outline(g, glyph);
	gint width = (gint)advance(g, glyph), left = (gint16)bearing(g, glyph);
	all->advance = MAX(all->advance, width);
	if (t.length < 10)
		return;
	for (guint i = 0; i < 4; i++) {
		gint side = signed_at(t, 2 + 2 * i);
		all->box[i] = i < 2 ? MIN(all->box[i], side) : MAX(all->box[i], side);
	}
	gint wide = signed_at(t, 6) - signed_at(t, 2), contours = signed_at(t, 0);
	all->left = MIN(all->left, left);
	all->right = MIN(all->right, width - left - wide);
	all->extent = MAX(all->extent, left + wide);
	if (contours < 0) {
		count_parts(t, all);
		return;
	}
	gsize ends = 10 + 2 * (gsize)contours;
	all->contours = MAX(all->contours, (guint)contours);
	if (contours)
		all->points = MAX(all->points, number(t, ends - 2, 2) + 1);
	all->instructions = MAX(all->instructions, number(t, ends, 2));
}

static Totals totals_of(const Glyphs *g, const GArray *order)
{
	Totals all = {.box = {G_MAXINT16, G_MAXINT16, G_MININT16, G_MININT16},
		      .left = G_MAXINT16,
		      .right = G_MAXINT16};
	for (guint i = 0; i < order->len; i++)
		count_glyph(g, g_array_index(order, guint16, i), &all);
	return all;
}

static void set_at(GByteArray *bytes, gsize at, gint value)
{
	if (at + 2 > bytes->len)
		return;
	bytes->data[at] = (guint8)((guint)value >> 8);
	bytes->data[at + 1] = (guint8)value;
}

/* A copy of a table; NULL when it is shorter than that. */
static GByteArray *copy_of(GBytes *sfnt, guint32 tag, gsize least)
{
	LwSfntTable t = lw_sfnt_find(sfnt, tag);
	GByteArray *bytes = t.length >= least ? g_byte_array_new() : NULL;
	if (bytes)
		g_byte_array_append(bytes, t.data, (guint)t.length);
	return bytes;
}

static void add_head(GArray *parts, GByteArray *head, const Totals *all)
{
	memset(head->data + 8, 0, 4);	/* a sum that the writer makes anew */
	memset(head->data + 20, 0, 16); /* made and changed */
	for (guint i = 0; i < 4; i++)
		set_at(head, 36 + 2 * i, all->box[0] > all->box[2] ? 0 : all->box[i]);
	set_at(head, 50, 1); /* loca in four bytes */
	add_table(parts, HEAD, head);
}

static void add_widths(GArray *parts, GByteArray *hhea, const Totals *all, guint count)
{
	gboolean any = all->left < G_MAXINT16;
	const gint values[] = {all->advance, any ? all->left : 0, any ? all->right : 0,
			       all->extent};
	for (guint i = 0; i < G_N_ELEMENTS(values); i++)
		set_at(hhea, 10 + 2 * i, CLAMP(values[i], G_MININT16, G_MAXUINT16));
	set_at(hhea, 34, (gint)count);
	add_table(parts, HHEA, hhea);
}

/* Of composite glyphs more than enough. */
static void add_limits(GArray *parts, GByteArray *maxp, const Totals *all, guint count)
{
	guint many = MAX(all->elements, 1) * 8;
	gboolean composite = all->elements > 0;
	set_at(maxp, 4, (gint)count);
	set_at(maxp, 6, (gint)all->points);
	set_at(maxp, 8, (gint)all->contours);
	set_at(maxp, 10, composite ? (gint)MIN(all->points * many, 0xffff) : 0);
	set_at(maxp, 12, composite ? (gint)MIN(all->contours * many, 0xffff) : 0);
	if (!composite) /* they have instructions too, which nobody counted */
		set_at(maxp, 26, (gint)all->instructions);
	set_at(maxp, 28, (gint)all->elements);
	set_at(maxp, 30, composite ? 8 : 0);
	add_table(parts, MAXP, maxp);
}

static gboolean add_summaries(GArray *parts, const Glyphs *g, const GArray *order)
{
	g_autoptr(GByteArray) head = copy_of(g->sfnt, HEAD, 54);
	g_autoptr(GByteArray) hhea = copy_of(g->sfnt, HHEA, 36);
	g_autoptr(GByteArray) maxp = copy_of(g->sfnt, MAXP, 32);
	if (!head || !hhea || !maxp)
		return FALSE;
	Totals all = totals_of(g, order);
	add_head(parts, g_steal_pointer(&head), &all);
	add_widths(parts, g_steal_pointer(&hhea), &all, order->len);
	add_limits(parts, g_steal_pointer(&maxp), &all, order->len);
	return TRUE;
}

static void add_programs(GArray *parts, GBytes *sfnt)
{
	static const guint32 tags[] = {LW_SFNT_TAG('c', 'v', 't', ' '),
				       LW_SFNT_TAG('f', 'p', 'g', 'm'),
				       LW_SFNT_TAG('p', 'r', 'e', 'p')};
	for (guint i = 0; i < G_N_ELEMENTS(tags); i++) {
		LwSfntTable t = lw_sfnt_find(sfnt, tags[i]);
		GByteArray *bytes = t.length ? g_byte_array_new() : NULL;
		if (!bytes)
			continue;
		g_byte_array_append(bytes, t.data, (guint)t.length);
		add_table(parts, tags[i], bytes);
	}
}

static void add_outlines(GArray *parts, const Glyphs *g, const GArray *order, const guint16 *places)
{
	GByteArray *glyf = g_byte_array_new(), *loca = g_byte_array_new();
	GByteArray *hmtx = g_byte_array_new();
	for (guint i = 0; i < order->len; i++) {
		guint glyph = g_array_index(order, guint16, i);
		put(loca, glyf->len, 4);
		put_outline(glyf, g, glyph, places);
		put(hmtx, advance(g, glyph), 2);
		put(hmtx, bearing(g, glyph), 2);
	}
	put(loca, glyf->len, 4);
	if (!glyf->len) /* a table must not be empty */
		put(glyf, 0, 4);
	add_table(parts, GLYF, glyf);
	add_table(parts, LOCA, loca);
	add_table(parts, HMTX, hmtx);
}

static void add_codes(GArray *parts, const GArray *codes, const guint16 *places)
{
	g_autoptr(GArray) moved = g_array_new(FALSE, FALSE, sizeof(LwSfntCode));
	for (guint i = 0; codes && i < codes->len; i++) {
		LwSfntCode entry = g_array_index(codes, LwSfntCode, i);
		entry.glyph = places[entry.glyph];
		if (entry.glyph)
			g_array_append_val(moved, entry);
	}
	LwSfntPart part = {CMAP, moved->len ? lw_sfnt_cmap(moved) : NULL};
	if (part.data)
		g_array_append_val(parts, part);
}

static void clear_part(gpointer data)
{
	g_bytes_unref(((LwSfntPart *)data)->data);
}

GBytes *lw_font_reorder(GBytes *sfnt, const GArray *wanted, const GArray *codes, guint16 **places)
{
	Glyphs g = glyphs_of(sfnt);
	*places = NULL;
	if (!g.count || !g.metrics || !g.glyf.length || !g.loca.length || !g.hmtx.length)
		return NULL;
	g_autofree guint16 *map = g_new0(guint16, 65536);
	g_autoptr(GArray) order = full_order(&g, wanted, map);
	g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(LwSfntPart));
	g_array_set_clear_func(parts, clear_part);
	if (!add_summaries(parts, &g, order))
		return NULL;
	add_programs(parts, sfnt);
	add_outlines(parts, &g, order, map);
	add_codes(parts, codes, map);
	*places = g_steal_pointer(&map);
	return lw_sfnt_write(0x00010000, parts);
}
