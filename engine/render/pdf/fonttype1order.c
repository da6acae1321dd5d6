/* fonttype1order.c - a Type 1 program with its glyphs in another order, under other names and
 * codes.
 *
 * What it was read from has been cut to the glyphs in use: nothing goes here. */
#include <string.h>

#include "engine/render/pdf/fonttype1_private.h"

typedef LwType1Program Program;
typedef LwType1Entry Entry;

guint lw_type1_glyph_count(const LwType1Program *p)
{
	return p->glyphs->len;
}

const char *lw_type1_glyph_name(const LwType1Program *p, guint glyph)
{
	return g_array_index(p->glyphs, Entry, glyph).name;
}

int lw_type1_compare_glyphs(const LwType1Program *p, guint a, guint b)
{
	const Entry *x = &g_array_index(p->glyphs, Entry, a);
	const Entry *y = &g_array_index(p->glyphs, Entry, b);
	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	return memcmp(x->string, y->string, x->length);
}

static void append_end(GString *out, const Program *p)
{
	g_string_append_len(out, p->glyphs_end, p->text->str + p->text->len - p->glyphs_end);
}

/* Past the word that ends the definition of the built-in encoding. */
static const char *end_of_encoding(const char *at, const char *end)
{
	while ((at = memmem(at, (gsize)(end - at), "def", 3))) {
		if (g_ascii_isspace(at[-1]) && at + 3 < end && g_ascii_isspace(at[3]))
			return at + 3;
		at += 3;
	}
	return NULL;
}

static GString *encoded_text(const Program *p, const LwType1Order *order)
{
	const char *text = p->clear->str, *end = text + p->clear->len;
	const char *at = memmem(text, p->clear->len, "/Encoding", 9);
	const char *after = at ? end_of_encoding(at + 9, end) : NULL;
	if (!after)
		return NULL;
	GString *out = g_string_new_len(text, at - text);
	g_string_append(out, "/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n");
	for (guint code = 0; code < 256; code++)
		if (order->codes[code])
			g_string_append_printf(
				out, "dup %u /%s put\n", code,
				(const char *)order->names->pdata[order->codes[code] - 1]);
	g_string_append(out, "readonly\tdef"); /* two words: else Poppler reads on */
	g_string_append_len(out, after, end - after);
	return out;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
	const Entry *const *x = a, *const *y = b;
	return strcmp((*x)->name, (*y)->name);
}

/* Those that no code leads to: what others are made of. */
static GPtrArray *other_glyphs(const Program *p, const LwType1Order *order)
{
	GPtrArray *others = g_ptr_array_new();
	for (guint i = 0; i < p->glyphs->len; i++) {
		Entry *entry = &g_array_index(p->glyphs, Entry, i);
		gboolean placed = !strcmp(entry->name, ".notdef");
		for (guint k = 0; k < order->order->len && !placed; k++)
			placed = g_array_index(order->order, guint16, k) == i;
		if (!placed)
			g_ptr_array_add(others, entry);
	}
	g_ptr_array_sort(others, compare_names);
	return others;
}

static GString *ordered_text(const Program *p, const LwType1Order *order)
{
	g_autoptr(GPtrArray) others = other_glyphs(p, order);
	GString *out = g_string_new(NULL);
	lw_type1_append_count(out, p, p->text->str, p->glyphs->len);
	for (guint i = 0; i < p->glyphs->len; i++) {
		const Entry *entry = &g_array_index(p->glyphs, Entry, i);
		if (!strcmp(entry->name, ".notdef"))
			lw_type1_append_glyph(out, entry, entry->name);
	}
	for (guint i = 0; i < order->order->len; i++)
		lw_type1_append_glyph(
			out,
			&g_array_index(p->glyphs, Entry, g_array_index(order->order, guint16, i)),
			order->names->pdata[i]);
	for (guint i = 0; i < others->len; i++)
		lw_type1_append_glyph(out, others->pdata[i],
				      ((const Entry *)others->pdata[i])->name);
	append_end(out, p);
	return out;
}

gboolean lw_type1_write(const LwType1Program *p, const LwType1Order *order, LwType1 *result)
{
	GString *clear = encoded_text(p, order);
	if (!clear)
		return FALSE;
	lw_type1_put_together(clear, ordered_text(p, order), result);
	return TRUE;
}
