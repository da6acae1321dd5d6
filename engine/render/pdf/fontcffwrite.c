/* fontcffwrite.c - writes CFF programs: header, names, top dictionary, texts, no subroutines,
 * glyphs, private dictionaries.
 *
 * Every offset is five bytes long, so that the top dictionary has its length before it has its
 * numbers. */
#include "engine/render/pdf/fontcffwrite.h"

#include <string.h>

#define OWN_STRINGS 391
#define FONTS_MOST  256

/* Operators of dictionaries (tables 9, 10 and 23). */
enum {
	FONT_BOX = 5,
	CHARSET = 15,
	ENCODING = 16,
	OUTLINES = 17,
	PRIVATE = 18,
	SUBROUTINES = 19,
	FIXED_PITCH = 0x0c01,
	STROKE_WIDTH = 0x0c08,
	ORDERING = 0x0c1e,
	CID_COUNT = 0x0c22,
	FONTS = 0x0c24,
	FONT_OF = 0x0c25,
};

typedef struct {
	const LwCff *cff;
	const LwCffOrder *order;
	const guint8 *data;
	gsize length;
	GArray *privates;   /* LwCffSpan, by font */
	GArray *fonts;	    /* LwCffSpan: dictionaries, when by CID */
	gsize font_of;	    /* where it stands in the data */
	GPtrArray *strings; /* texts of the new program, borrowed */
} Work;

static void put(GByteArray *out, guint32 value, guint bytes)
{
	for (guint i = bytes; i > 0; i--) {
		guint8 byte = (guint8)(value >> 8 * (i - 1));
		g_byte_array_append(out, &byte, 1);
	}
}

static void put_operator(GByteArray *out, guint operator)
{
	put(out, operator, operator> 0xff ? 2 : 1);
}

static void put_entry(GByteArray *out, guint operator, const guint32 * operands, guint count)
{
	for (guint i = 0; i < count; i++) {
		put(out, 29, 1);
		put(out, operands[i], 4);
	}
	put_operator(out, operator);
}

/* items: LwCffSpan. */
static void put_index(GByteArray *out, const GArray *items)
{
	guint32 offset = 1;
	put(out, items->len, 2);
	if (!items->len)
		return;
	put(out, 4, 1);
	put(out, offset, 4);
	for (guint i = 0; i < items->len; i++) {
		offset += (guint32)g_array_index(items, LwCffSpan, i).length;
		put(out, offset, 4);
	}
	for (guint i = 0; i < items->len; i++) {
		LwCffSpan item = g_array_index(items, LwCffSpan, i);
		g_byte_array_append(out, item.data, (guint)item.length);
	}
}

static void put_single(GByteArray *out, const guint8 *data, gsize length)
{
	g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(LwCffSpan));
	LwCffSpan item = {data, length};
	g_array_append_val(items, item);
	put_index(out, items);
}

/* The number of a text, which the new program holds from now on. */
static guint32 string_number(Work *w, const char *text)
{
	gint standard = lw_cff_standard_string(text);
	if (standard >= 0)
		return (guint32)standard;
	for (guint i = 0; i < w->strings->len; i++)
		if (!strcmp(w->strings->pdata[i], text))
			return OWN_STRINGS + i;
	g_ptr_array_add(w->strings, (gpointer)text);
	return OWN_STRINGS + w->strings->len - 1;
}

/* --- the old program --- */

static gboolean add_private(Work *w, LwCffSpan dictionary)
{
	LwCffEntry entry;
	LwCffSpan found = {w->data, 0};
	for (gsize at = 0; lw_cff_next(dictionary, &at, &entry);)
		if (entry.operator== PRIVATE && entry.count == 2) {
			gsize from = entry.operands[1], length = entry.operands[0];
			if (from > w->length || length > w->length - from)
				return FALSE;
			found = (LwCffSpan){w->data + from, length};
		}
	for (gsize at = 0; lw_cff_next(found, &at, &entry);)
		if (entry.operator== SUBROUTINES)
			return FALSE;
	g_array_append_val(w->privates, found);
	return TRUE;
}

static gboolean read_fonts(Work *w)
{
	LwCffEntry entry;
	gsize fonts = 0;
	if (w->cff->subroutines)
		return FALSE;
	if (!w->cff->by_cid)
		return add_private(w, w->cff->top);
	for (gsize at = 0; lw_cff_next(w->cff->top, &at, &entry);) {
		if (entry.operator== FONTS && entry.count == 1)
			fonts = entry.operands[0];
		if (entry.operator== FONT_OF && entry.count == 1)
			w->font_of = entry.operands[0];
	}
	w->fonts = lw_cff_index(w->data, w->length, fonts);
	if (!fonts || !w->font_of || !w->fonts || !w->fonts->len || w->fonts->len > FONTS_MOST)
		return FALSE;
	for (guint i = 0; i < w->fonts->len; i++)
		if (!add_private(w, g_array_index(w->fonts, LwCffSpan, i)))
			return FALSE;
	return TRUE;
}

static guint32 number_at(const Work *w, gsize at, guint bytes)
{
	guint32 value = 0;
	for (guint i = 0; i < bytes; i++)
		value = value << 8 | (at + i < w->length ? w->data[at + i] : 0);
	return value;
}

/* FDSelect, formats 0 and 3. */
static guint font_of(const Work *w, guint glyph)
{
	gsize at = w->font_of;
	if (number_at(w, at, 1) == 0)
		return number_at(w, at + 1 + glyph, 1);
	guint ranges = number_at(w, at + 1, 2);
	for (guint i = 0; i < ranges; i++)
		if (glyph >= number_at(w, at + 3 + 3 * i, 2) &&
		    glyph < number_at(w, at + 6 + 3 * i, 2))
			return number_at(w, at + 5 + 3 * i, 1);
	return 0;
}

/* --- the new one --- */

typedef struct {
	guint32 charset, encoding, font_of, outlines, fonts, private, private_length;
} Offsets;

static guint16 old_glyph(const Work *w, guint place)
{
	return place ? g_array_index(w->order->order, guint16, place - 1) : 0;
}

static void put_top(GByteArray *out, Work *w, const Offsets *at)
{
	LwCffEntry entry;
	guint32 count = w->order->order->len + 1;
	for (gsize place = 0; w->cff->by_cid && lw_cff_next(w->cff->top, &place, &entry);) {
		if (entry.operator!= ORDERING || entry.count != 3)
			continue;
		const char *registry = lw_cff_string(w->cff, entry.operands[0]);
		const char *ordering = lw_cff_string(w->cff, entry.operands[1]);
		entry.operands[0] = string_number(w, registry ? registry : "Adobe");
		entry.operands[1] = string_number(w, ordering ? ordering : "Identity");
		put_entry(out, ORDERING, entry.operands, 3);
	}
	for (gsize place = 0; lw_cff_next(w->cff->top, &place, &entry);) {
		gboolean measure = entry.operator>= FIXED_PITCH && entry.operator<= STROKE_WIDTH;
		if (entry.operator== FONT_BOX || measure)
			g_byte_array_append(out, entry.span.data, (guint)entry.span.length);
	}
	put_entry(out, CHARSET, &at->charset, 1);
	put_entry(out, OUTLINES, &at->outlines, 1);
	if (w->cff->by_cid) {
		guint32 cids = 0x10000;
		put_entry(out, CID_COUNT, &cids, 1);
		put_entry(out, FONT_OF, &at->font_of, 1);
		put_entry(out, FONTS, &at->fonts, 1);
		return;
	}
	const guint32 private[] = {at->private_length, at->private};
	put_entry(out, PRIVATE, private, 2);
	if (count > 1)
		put_entry(out, ENCODING, &at->encoding, 1);
}

static void put_charset(GByteArray *out, Work *w)
{
	put(out, 0, 1);
	for (guint i = 0; i < w->order->order->len; i++)
		put(out,
		    w->cff->by_cid ? w->order->cids[i]
				   : string_number(w, w->order->names->pdata[i]),
		    2);
}

/* Glyphs from the first on as long as each has a code; the other codes name theirs. */
static void put_encoding(GByteArray *out, Work *w)
{
	const guint16 *codes = w->order->codes;
	g_autofree gint *code_of = g_new(gint, w->order->order->len + 1);
	guint run = 0, more = 0;
	memset(code_of, -1, (w->order->order->len + 1) * sizeof *code_of);
	for (guint code = 0; code < 256; code++)
		if (codes[code] && code_of[codes[code] - 1] < 0)
			code_of[codes[code] - 1] = (gint)code;
	while (run < w->order->order->len && run < 255 && code_of[run] >= 0)
		run++;
	for (guint code = 0; code < 256; code++)
		more += codes[code] &&
			(codes[code] > run || code_of[codes[code] - 1] != (gint)code);
	put(out, more ? 0x80 : 0, 1);
	put(out, run, 1);
	for (guint i = 0; i < run; i++)
		put(out, (guint32)code_of[i], 1);
	if (!more)
		return;
	put(out, MIN(more, 255), 1);
	for (guint code = 0; code < 256; code++) {
		if (!codes[code] || (codes[code] <= run && code_of[codes[code] - 1] == (gint)code))
			continue;
		put(out, code, 1);
		put(out, string_number(w, w->order->names->pdata[codes[code] - 1]), 2);
	}
}

static void put_outlines(GByteArray *out, const Work *w)
{
	g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(LwCffSpan));
	for (guint i = 0; i <= w->order->order->len; i++)
		g_array_append_val(items, w->cff->outlines[old_glyph(w, i)]);
	put_index(out, items);
}

/* What a font of a CID program says but for its private dictionary and its name. */
static void put_font(GByteArray *out, LwCffSpan font, guint32 length, guint32 at)
{
	LwCffEntry entry;
	const guint32 private[] = {length, at};
	for (gsize place = 0; lw_cff_next(font, &place, &entry);)
		if (entry.operator>= FIXED_PITCH && entry.operator<= STROKE_WIDTH)
			g_byte_array_append(out, entry.span.data, (guint)entry.span.length);
	put_entry(out, PRIVATE, private, 2);
}

static void put_fonts(GByteArray *out, const Work *w)
{
	g_autoptr(GPtrArray) bytes =
		g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref);
	g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(LwCffSpan));
	guint32 total = 2 + 1 + 4 * (w->fonts->len + 1), at;
	for (guint turn = 0; turn < 2; turn++) {
		at = out->len + total;
		for (guint i = 0; i < w->fonts->len; i++) {
			GByteArray *one = g_byte_array_new();
			gsize length = g_array_index(w->privates, LwCffSpan, i).length;
			put_font(one, g_array_index(w->fonts, LwCffSpan, i), (guint32)length, at);
			g_ptr_array_add(bytes, one);
			at += (guint32)length;
			total += turn ? 0 : one->len;
		}
	}
	for (guint i = 0; i < w->fonts->len; i++) {
		GByteArray *one = bytes->pdata[w->fonts->len + i];
		LwCffSpan item = {one->data, one->len};
		g_array_append_val(items, item);
	}
	put_index(out, items);
}

static void put_privates(GByteArray *out, const Work *w)
{
	for (guint i = 0; i < w->privates->len; i++) {
		LwCffSpan one = g_array_index(w->privates, LwCffSpan, i);
		g_byte_array_append(out, one.data, (guint)one.length);
	}
}

static void put_strings(GByteArray *out, const Work *w)
{
	g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(LwCffSpan));
	for (guint i = 0; i < w->strings->len; i++) {
		LwCffSpan item = {w->strings->pdata[i], strlen(w->strings->pdata[i])};
		g_array_append_val(items, item);
	}
	put_index(out, items);
}

/* Everything behind the texts, and where it stands from there. */
static GByteArray *body_of(Work *w, Offsets *at)
{
	GByteArray *out = g_byte_array_new();
	put(out, 0, 2); /* subroutines */
	at->charset = out->len;
	put_charset(out, w);
	at->encoding = out->len;
	if (!w->cff->by_cid)
		put_encoding(out, w);
	at->font_of = out->len;
	if (w->cff->by_cid) {
		put(out, 0, 1);
		for (guint i = 0; i <= w->order->order->len; i++)
			put(out, font_of(w, old_glyph(w, i)), 1);
	}
	at->outlines = out->len;
	put_outlines(out, w);
	at->private = out->len;
	at->private_length = (guint32)g_array_index(w->privates, LwCffSpan, 0).length;
	return out;
}

static GByteArray *head_of(Work *w, const Offsets *at)
{
	static const guint8 header[] = {1, 0, 4, 4};
	g_autoptr(GByteArray) top = g_byte_array_new();
	GByteArray *out = g_byte_array_new();
	g_byte_array_append(out, header, sizeof header);
	put_single(out, (const guint8 *)w->order->font, strlen(w->order->font));
	put_top(top, w, at);
	put_single(out, top->data, top->len);
	put_strings(out, w);
	return out;
}

static void work_clear(Work *w)
{
	g_array_unref(w->privates);
	g_clear_pointer(&w->fonts, g_array_unref);
	g_ptr_array_unref(w->strings);
}

static GBytes *write_all(Work *w)
{
	Offsets inside = {0};
	g_autoptr(GByteArray) body = body_of(w, &inside);
	GByteArray *sizing = head_of(w, &inside); /* its texts are all there now */
	g_byte_array_unref(sizing);
	sizing = head_of(w, &inside);
	guint32 base = sizing->len;
	g_byte_array_unref(sizing);
	Offsets at = {inside.charset + base,  inside.encoding + base, inside.font_of + base,
		      inside.outlines + base, base + body->len,	      inside.private + base,
		      inside.private_length};
	GByteArray *out = head_of(w, &at);
	g_byte_array_append(out, body->data, body->len);
	if (w->cff->by_cid)
		put_fonts(out, w);
	put_privates(out, w);
	return g_byte_array_free_to_bytes(out);
}

GBytes *lw_cff_write(GBytes *data, const LwCff *cff, const LwCffOrder *order)
{
	Work w = {.cff = cff,
		  .order = order,
		  .privates = g_array_new(FALSE, FALSE, sizeof(LwCffSpan)),
		  .strings = g_ptr_array_new()};
	w.data = g_bytes_get_data(data, &w.length);
	GBytes *written = read_fonts(&w) ? write_all(&w) : NULL;
	work_clear(&w);
	return written;
}
