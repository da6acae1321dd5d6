/* fontsfnt.c - reads and writes the tables of TrueType and OpenType programs.
 *
 * What is written depends on the tables only: order, checksums and padding are those of the
 * standard. */
#include "engine/render/pdf/fontsfnt.h"

#include "engine/pdf/encoding.h"

#include <string.h>

#define MAXIMUM_CODES  200000
#define MAXIMUM_TABLES 64

static guint32 read_number(LwSfntTable t, gsize at, guint bytes)
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

static LwSfntTable whole(GBytes *sfnt)
{
	LwSfntTable t;
	t.data = g_bytes_get_data(sfnt, &t.length);
	return t;
}

gboolean lw_sfnt_is(const guint8 *data, gsize length)
{
	guint32 version = read_number((LwSfntTable){data, length}, 0, 4);
	return version == 0x00010000 || version == LW_SFNT_TAG('t', 'r', 'u', 'e') ||
	       version == LW_SFNT_TAG('O', 'T', 'T', 'O');
}

LwSfntTable lw_sfnt_find(GBytes *sfnt, guint32 tag)
{
	LwSfntTable all = whole(sfnt);
	guint count = MIN(read_number(all, 4, 2), MAXIMUM_TABLES);
	for (guint i = 0; i < count; i++) {
		gsize entry = 12 + 16 * (gsize)i;
		if (read_number(all, entry, 4) != tag)
			continue;
		gsize start = read_number(all, entry + 8, 4),
		      length = read_number(all, entry + 12, 4);
		if (start >= all.length)
			break;
		return (LwSfntTable){all.data + start, MIN(length, all.length - start)};
	}
	return (LwSfntTable){NULL, 0};
}

guint lw_sfnt_glyph_count(GBytes *sfnt)
{
	return read_number(lw_sfnt_find(sfnt, LW_SFNT_TAG('m', 'a', 'x', 'p')), 4, 2);
}

/* --- writing --- */

static guint32 checksum(const guint8 *data, gsize length)
{
	guint32 sum = 0;
	for (gsize i = 0; i < length; i += 4)
		sum += read_number((LwSfntTable){data, length}, i, 4);
	return sum;
}

static gint compare_parts(gconstpointer a, gconstpointer b)
{
	guint32 x = ((const LwSfntPart *)a)->tag, y = ((const LwSfntPart *)b)->tag;
	return x < y ? -1 : x > y;
}

static void put_directory(GByteArray *out, guint32 version, const GArray *parts)
{
	guint power = 0;
	while (2u << power <= parts->len)
		power++;
	put(out, version, 4);
	put(out, parts->len, 2);
	put(out, 16u << power, 2);
	put(out, power, 2);
	put(out, 16 * parts->len - (16u << power), 2);
	guint32 at = 12 + 16 * parts->len;
	for (guint i = 0; i < parts->len; i++) {
		LwSfntPart part = g_array_index(parts, LwSfntPart, i);
		gsize length;
		const guint8 *data = g_bytes_get_data(part.data, &length);
		put(out, part.tag, 4);
		put(out, checksum(data, length), 4);
		put(out, at, 4);
		put(out, (guint32)length, 4);
		at += (guint32)((length + 3) & ~(gsize)3);
	}
}

GBytes *lw_sfnt_write(guint32 version, const GArray *parts)
{
	g_autoptr(GArray) sorted = g_array_copy((GArray *)parts);
	g_array_sort(sorted, compare_parts);
	GByteArray *out = g_byte_array_new();
	put_directory(out, version, sorted);
	gsize head = 0;
	for (guint i = 0; i < sorted->len; i++) {
		LwSfntPart part = g_array_index(sorted, LwSfntPart, i);
		gsize length;
		const guint8 *data = g_bytes_get_data(part.data, &length);
		if (part.tag == LW_SFNT_TAG('h', 'e', 'a', 'd') && length >= 12)
			head = out->len;
		g_byte_array_append(out, data, (guint)length);
		put(out, 0, (guint)(-length & 3));
	}
	if (head) {
		memset(out->data + head + 8, 0, 4);
		guint32 adjust = 0xb1b0afba - checksum(out->data, out->len);
		for (guint i = 0; i < 4; i++)
			out->data[head + 8 + i] = (guint8)(adjust >> 8 * (3 - i));
	}
	return g_byte_array_free_to_bytes(out);
}

static void clear_part(gpointer part)
{
	g_bytes_unref(((LwSfntPart *)part)->data);
}

GBytes *lw_sfnt_select(GBytes *sfnt, const guint32 *tags, LwSfntPart more)
{
	g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(LwSfntPart));
	g_array_set_clear_func(parts, clear_part);
	for (; *tags; tags++) {
		LwSfntTable table = lw_sfnt_find(sfnt, *tags);
		LwSfntPart part = {*tags, NULL};
		if (!table.length)
			continue;
		part.data = g_bytes_new(table.data, table.length);
		if (*tags == LW_SFNT_TAG('h', 'e', 'a', 'd') && table.length >= 12) {
			g_autofree guint8 *copy = g_memdup2(table.data, table.length);
			memset(copy + 8, 0,
			       4); /* so that checksums do not depend on the old file */
			g_bytes_unref(part.data);
			part.data = g_bytes_new(copy, table.length);
		}
		g_array_append_val(parts, part);
	}
	if (more.data) {
		g_bytes_ref(more.data);
		g_array_append_val(parts, more);
	}
	return lw_sfnt_write(read_number(whole(sfnt), 0, 4), parts);
}

GBytes *lw_sfnt_wrap(GBytes *cff, guint glyphs)
{
	static const guint8 head[54] = {0,    1,    0,	  0,	       [12] = 0x5f,
					0x0f, 0x3c, 0xf5, [18] = 0x03, 0xe8};
	const guint8 maxp[6] = {0, 0, 0x50, 0, (guint8)(glyphs >> 8), (guint8)glyphs};
	g_autoptr(GBytes) head_bytes = g_bytes_new(head, sizeof head);
	g_autoptr(GBytes) maxp_bytes = g_bytes_new(maxp, sizeof maxp);
	g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(LwSfntPart));
	const LwSfntPart all[] = {{LW_SFNT_TAG('h', 'e', 'a', 'd'), head_bytes},
				  {LW_SFNT_TAG('m', 'a', 'x', 'p'), maxp_bytes},
				  {LW_SFNT_TAG('C', 'F', 'F', ' '), cff}};
	g_array_append_vals(parts, all, G_N_ELEMENTS(all));
	return lw_sfnt_write(LW_SFNT_TAG('O', 'T', 'T', 'O'), parts);
}

/* --- maps of characters --- */

typedef struct {
	LwSfntTable map; /* from its format on */
	LwSfntCode entry;
	GArray *codes;
} MapReader;

static void add(MapReader *r, guint32 code, guint32 glyph)
{
	if (!glyph || glyph > 0xffff || r->codes->len >= MAXIMUM_CODES)
		return;
	r->entry.code = code;
	r->entry.glyph = (guint16)glyph;
	g_array_append_val(r->codes, r->entry);
}

static guint32 segment_glyph(LwSfntTable map, gsize segments, gsize index, guint32 code)
{
	guint32 start = read_number(map, 16 + 2 * segments + 2 * index, 2);
	guint32 delta = read_number(map, 16 + 4 * segments + 2 * index, 2);
	gsize at = 16 + 6 * segments + 2 * index;
	guint32 offset = read_number(map, at, 2);
	if (!offset)
		return (code + delta) & 0xffff;
	guint32 glyph = read_number(map, at + offset + 2 * (gsize)(code - start), 2);
	return glyph ? (glyph + delta) & 0xffff : 0;
}

static void read_segments(MapReader *r)
{
	gsize segments = read_number(r->map, 6, 2) / 2;
	for (gsize i = 0; i < segments; i++) {
		guint32 end = read_number(r->map, 14 + 2 * i, 2);
		guint32 start = read_number(r->map, 16 + 2 * segments + 2 * i, 2);
		for (guint32 code = start; code <= end && code < 0xffff; code++)
			add(r, code, segment_glyph(r->map, segments, i, code));
	}
}

static void read_groups(MapReader *r)
{
	guint32 groups = MIN(read_number(r->map, 12, 4), r->map.length / 12);
	for (gsize i = 0; i < groups; i++) {
		guint32 start = read_number(r->map, 16 + 12 * i, 4),
			end = read_number(r->map, 20 + 12 * i, 4);
		guint32 glyph = read_number(r->map, 24 + 12 * i, 4);
		for (guint32 k = 0; start <= end && k <= end - start && k <= 0xffff; k++)
			add(r, start + k, glyph + k);
	}
}

static gboolean read_map(MapReader *r)
{
	guint format = read_number(r->map, 0, 2);
	guint first = read_number(r->map, 6, 2), count = read_number(r->map, 8, 2);
	if (format == 14)
		return TRUE; /* variants of characters: no reader of a PDF asks */
	if (format == 4)
		read_segments(r);
	else if (format == 12)
		read_groups(r);
	else if (format == 0)
		for (guint code = 0; code < 256; code++)
			add(r, code, read_number(r->map, 6 + code, 1));
	else if (format == 6)
		for (guint i = 0; i < count; i++)
			add(r, first + i, read_number(r->map, 10 + 2 * (gsize)i, 2));
	else
		return FALSE;
	return r->codes->len < MAXIMUM_CODES;
}

GArray *lw_sfnt_codes(GBytes *sfnt)
{
	LwSfntTable cmap = lw_sfnt_find(sfnt, LW_SFNT_TAG('c', 'm', 'a', 'p'));
	g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(LwSfntCode));
	guint count = MIN(read_number(cmap, 2, 2), 32);
	for (guint i = 0; i < count; i++) {
		gsize entry = 4 + 8 * (gsize)i, start = read_number(cmap, entry + 4, 4);
		MapReader r = {.codes = codes};
		r.entry.platform = (guint16)read_number(cmap, entry, 2);
		r.entry.encoding = (guint16)read_number(cmap, entry + 2, 2);
		if (start >= cmap.length)
			continue;
		r.map = (LwSfntTable){cmap.data + start, cmap.length - start};
		if (!read_map(&r))
			return NULL;
	}
	return g_steal_pointer(&codes);
}

static gint compare_entries(gconstpointer a, gconstpointer b)
{
	const LwSfntCode *x = a, *y = b;
	guint32 p = (guint32)x->platform << 16 | x->encoding,
		q = (guint32)y->platform << 16 | y->encoding;
	if (p != q)
		return p < q ? -1 : 1;
	return x->code < y->code ? -1 : x->code > y->code;
}

/* Format 12 for anything; it needs no arithmetic. Formats 0 and 4 are what every reader knows. */
static void put_groups(GByteArray *out, const LwSfntCode *codes, guint count)
{
	put(out, 12, 2);
	put(out, 0, 2);
	put(out, 16 + 12 * count, 4);
	put(out, 0, 4);
	put(out, count, 4);
	for (guint i = 0; i < count; i++) {
		put(out, codes[i].code, 4);
		put(out, codes[i].code, 4);
		put(out, codes[i].glyph, 4);
	}
}

static void put_bytes(GByteArray *out, const LwSfntCode *codes, guint count)
{
	guint8 glyphs[256] = {0};
	for (guint i = 0; i < count; i++)
		glyphs[codes[i].code] = (guint8)codes[i].glyph;
	put(out, 0, 2);
	put(out, 262, 2);
	put(out, 0, 2);
	g_byte_array_append(out, glyphs, sizeof glyphs);
}

/* Format 4, a segment for each code, and the last one that the standard wants. */
static void put_segments(GByteArray *out, const LwSfntCode *codes, guint count)
{
	guint segments = count + 1, power = 0;
	while (2u << power <= segments)
		power++;
	put(out, 4, 2);
	put(out, 16 + 8 * segments, 2);
	put(out, 0, 2);
	put(out, 2 * segments, 2);
	put(out, 2u << power, 2);
	put(out, power, 2);
	put(out, 2 * segments - (2u << power), 2);
	for (guint i = 0; i <= count; i++)
		put(out, i < count ? codes[i].code : 0xffff, 2);
	put(out, 0, 2);
	for (guint i = 0; i <= count; i++)
		put(out, i < count ? codes[i].code : 0xffff, 2);
	for (guint i = 0; i <= count; i++)
		put(out, i < count ? codes[i].glyph - codes[i].code : 1, 2);
	for (guint i = 0; i <= count; i++)
		put(out, 0, 2);
}

static void put_map(GByteArray *out, const LwSfntCode *codes, guint count)
{
	gboolean bytes = codes[0].platform == 1;
	for (guint i = 0; i < count; i++)
		bytes &= codes[i].code < 256 && codes[i].glyph < 256;
	if (bytes)
		put_bytes(out, codes, count);
	else if (codes[count - 1].code < 0xffff && count < 8000)
		put_segments(out, codes, count);
	else
		put_groups(out, codes, count);
}

GBytes *lw_sfnt_cmap(const GArray *all)
{
	g_autoptr(GArray) codes = g_array_copy((GArray *)all);
	g_array_sort(codes, compare_entries);
	g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint));
	guint kept = 0;
	for (guint i = 0; i < codes->len; i++) { /* the first of two entries for a code counts */
		LwSfntCode *entry = &g_array_index(codes, LwSfntCode, i), *last = entry;
		last = kept ? &g_array_index(codes, LwSfntCode, kept - 1) : NULL;
		if (last && !compare_entries(last, entry))
			continue;
		if (!last || last->platform != entry->platform || last->encoding != entry->encoding)
			g_array_append_val(starts, kept);
		g_array_index(codes, LwSfntCode, kept++) = *entry;
	}
	GByteArray *out = g_byte_array_new(), *maps = g_byte_array_new();
	put(out, 0, 2);
	put(out, starts->len, 2);
	for (guint i = 0; i < starts->len; i++) {
		guint start = g_array_index(starts, guint, i);
		guint end = i + 1 < starts->len ? g_array_index(starts, guint, i + 1) : kept;
		const LwSfntCode *first = &g_array_index(codes, LwSfntCode, start);
		put(out, first->platform, 2);
		put(out, first->encoding, 2);
		put(out, 4 + 8 * starts->len + maps->len, 4);
		put_map(maps, first, end - start);
	}
	g_byte_array_append(out, maps->data, maps->len);
	g_byte_array_unref(maps);
	return g_byte_array_free_to_bytes(out);
}

/* --- glyphs --- */

/* Names of format 2 only; the 258 of the standard order are looked for by character. */
gint lw_sfnt_named_glyph(GBytes *sfnt, const char *name)
{
	LwSfntTable post = lw_sfnt_find(sfnt, LW_SFNT_TAG('p', 'o', 's', 't'));
	gsize length = strlen(name);
	if (read_number(post, 0, 4) != 0x00020000)
		return -1;
	guint count = read_number(post, 32, 2), index = 258;
	for (gsize at = 34 + 2 * (gsize)count; at < post.length;
	     at += 1u + post.data[at], index++) {
		if (post.data[at] != length || at + 1 + length > post.length ||
		    memcmp(post.data + at + 1, name, length))
			continue;
		for (guint glyph = 0; glyph < count; glyph++)
			if (read_number(post, 34 + 2 * (gsize)glyph, 2) == index)
				return (gint)glyph;
	}
	return -1;
}

gboolean lw_sfnt_has_outline(GBytes *sfnt, guint glyph)
{
	LwSfntTable loca = lw_sfnt_find(sfnt, LW_SFNT_TAG('l', 'o', 'c', 'a'));
	LwSfntTable head = lw_sfnt_find(sfnt, LW_SFNT_TAG('h', 'e', 'a', 'd'));
	guint size = read_number(head, 50, 2) ? 4 : 2;
	gsize at = (gsize)glyph * size;
	return at + 2 * size <= loca.length &&
	       read_number(loca, at + size, size) > read_number(loca, at, size);
}
