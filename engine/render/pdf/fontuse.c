/* fontuse.c - walks everything that pages draw, for the fonts and codes in it.
 *
 * Only what chooses a font or shows text is looked at; places and colours do not matter here. A
 * stream is walked once for each font and each resources that it begins with. */
#include "engine/render/pdf/fontuse.h"

#include "engine/pdf/names.h"
#include "engine/base/limits.h"
#include "engine/pdf/collect.h"
#include "engine/pdf/lexer.h"

#include <string.h>

#define OPERANDS      64
#define SCRATCH_BYTES (32 * 1024) /* of tokens, near the processor */

typedef struct {
	LwPdf *pdf;
	LwFontUses *uses;
	GHashTable *by_dictionary; /* LwPdfObject -> LwFontUse */
	GHashTable *walked;	   /* streams as they began */
	GHashTable *listed;	   /* resources */
	guint depth, operators;
	/* while codes change; NULL while they are collected */
	LwFontRecode recode;
	void *self;
	GHashTable *written; /* stream -> its new content, GBytes */
} Walk;

typedef struct {
	LwPdfObject *resources;
	LwFontUse *font;
	GPtrArray *saved;
	gboolean changed; /* a code of the operands did */
} Frame;

static void walk_form(Walk *walk, LwPdfObject *form, LwPdfObject *resources, LwFontUse *font);

static void use_free(gpointer data)
{
	LwFontUse *use = data;
	lw_pdf_font_free(use->font);
	g_hash_table_unref(use->codes);
	g_free(use);
}

static LwFontUse *use_of(Walk *walk, LwPdfObject *dictionary)
{
	if (!dictionary || dictionary->type != LW_PDF_DICTIONARY)
		return NULL;
	LwFontUse *use = g_hash_table_lookup(walk->by_dictionary, dictionary);
	if (use)
		return use;
	use = g_new0(LwFontUse, 1);
	use->dictionary = dictionary;
	use->font = lw_pdf_font_load(walk->pdf, dictionary);
	use->codes = g_hash_table_new(NULL, NULL);
	g_hash_table_insert(walk->by_dictionary, dictionary, use);
	g_ptr_array_add(walk->uses->uses, use);
	return use;
}

static void list_fonts(Walk *walk, LwPdfObject *resources)
{
	LwPdf *pdf = walk->pdf;
	if (!resources || !g_hash_table_add(walk->listed, resources))
		return;
	const LwPdfObject *fonts = lw_pdf_dictionary_of(lw_pdf_find(pdf, resources, "Font"));
	for (guint i = 0; fonts && i < fonts->dictionary.count; i++)
		use_of(walk, lw_pdf_resolve(pdf, fonts->dictionary.entries[i].value));
	const LwPdfObject *states = lw_pdf_dictionary_of(lw_pdf_find(pdf, resources, "ExtGState"));
	for (guint i = 0; states && i < states->dictionary.count; i++)
		use_of(walk,
		       lw_pdf_item(pdf,
				   lw_pdf_find(pdf, states->dictionary.entries[i].value, "Font"),
				   0));
}

/* --- text --- */

static void change_code(Walk *walk, Frame *frame, const LwPdfObject *string, gsize at,
			const LwPdfCode *code)
{
	guint32 fresh = walk->recode(walk->self, frame->font, code->code);
	for (guint i = 0; fresh != code->code && i < code->bytes; i++) {
		guint8 *bytes = (guint8 *)string->string.bytes;
		bytes[at + i] = (guint8)(fresh >> 8 * (code->bytes - 1 - i));
		frame->changed = TRUE;
	}
}

static void show(Walk *walk, Frame *frame, const LwPdfObject *string)
{
	LwFontUse *use = frame->font;
	if (!use || !string || string->type != LW_PDF_STRING)
		return;
	const guint8 *bytes = (const guint8 *)string->string.bytes;
	gsize length = string->string.length;
	for (gsize at = 0; at < length;) {
		LwPdfCode code;
		gsize from = at;
		at += MAX(lw_pdf_font_next(use->font, bytes + at, length - at, &code), 1);
		if (walk->recode)
			change_code(walk, frame, string, from, &code);
		gpointer key = GUINT_TO_POINTER(code.code),
			 old = g_hash_table_lookup(use->codes, key);
		use->mixed |= old && GPOINTER_TO_UINT(old) != code.bytes;
		if (GPOINTER_TO_UINT(old) >= code.bytes)
			continue;
		g_hash_table_insert(use->codes, key, GUINT_TO_POINTER((guint)code.bytes));
		if (lw_pdf_font_is_type3(use->font))
			walk_form(walk, lw_pdf_font_char_proc(use->font, code.code),
				  frame->resources, use);
	}
}

static void show_array(Walk *walk, Frame *frame, const LwPdfObject *array)
{
	for (guint i = 0; i < lw_pdf_length(array); i++)
		show(walk, frame, array->array.items[i]);
}

/* --- operators --- */

static LwPdfObject *resource(Walk *walk, const Frame *frame, const char *category,
			     const LwPdfObject *name)
{
	const char *key = lw_pdf_name(name);
	return key ? lw_pdf_find(walk->pdf, lw_pdf_find(walk->pdf, frame->resources, category), key)
		   : NULL;
}

static void set_state(Walk *walk, Frame *frame, const LwPdfObject *name)
{
	LwPdfObject *state = resource(walk, frame, "ExtGState", name);
	LwPdfObject *font = lw_pdf_find(walk->pdf, state, "Font");
	if (lw_pdf_length(font))
		frame->font = use_of(walk, lw_pdf_item(walk->pdf, font, 0));
	LwPdfObject *mask = lw_pdf_find(walk->pdf, lw_pdf_find(walk->pdf, state, "SMask"), "G");
	walk_form(walk, mask, frame->resources, frame->font);
}

static void restore(Frame *frame)
{
	if (frame->saved->len)
		frame->font = g_ptr_array_steal_index(frame->saved, frame->saved->len - 1);
}

static void operate(Walk *walk, Frame *frame, const char *name, LwPdfObject *const *operands,
		    guint count)
{
	const LwPdfObject *last = count ? operands[count - 1] : NULL;
	if ((lw_pdf_is(name, "Tw") && count) || (lw_pdf_is(name, "\"") && count >= 3))
		walk->uses->spaced |=
			lw_pdf_number(walk->pdf, operands[name[0] == 'T' ? count - 1 : count - 3],
				      0) != 0;
	if (lw_pdf_is(name, "Tj") || lw_pdf_is(name, "'") || lw_pdf_is(name, "\""))
		show(walk, frame, last);
	else if (lw_pdf_is(name, "TJ"))
		show_array(walk, frame, last);
	else if (lw_pdf_is(name, "Tf") && count >= 2)
		frame->font = use_of(walk, resource(walk, frame, "Font", operands[count - 2]));
	else if (lw_pdf_is(name, "q") && frame->saved->len < LW_LIMIT_STATES)
		g_ptr_array_add(frame->saved, frame->font);
	else if (lw_pdf_is(name, "q"))
		walk->uses->complete = FALSE;
	else if (lw_pdf_is(name, "Q"))
		restore(frame);
	else if (lw_pdf_is(name, "gs"))
		set_state(walk, frame, last);
	else if (lw_pdf_is(name, "Do"))
		walk_form(walk, resource(walk, frame, "XObject", last), frame->resources,
			  frame->font);
	else if (lw_pdf_is(name, "scn") || lw_pdf_is(name, "SCN"))
		walk_form(walk, resource(walk, frame, "Pattern", last), frame->resources,
			  frame->font);
}

/* --- streams --- */

/* What was read since the last change, up to the operand that just changed, and that one. */
static void copy_changed(GString *out, const char **copied, const char *from, const char *to,
			 const LwPdfObject *operand)
{
	g_string_append_len(out, *copied, from - *copied);
	g_string_append_c(out, ' ');
	lw_pdf_print(out, operand);
	*copied = to;
}

static void walk_tokens(Walk *walk, Frame *frame, GBytes *data, GString *out)
{
	g_autoptr(LwArena) scratch = lw_arena_new();
	gsize size, length;
	const char *bytes = g_bytes_get_data(data, &size), *image;
	LwPdfLexer lexer;
	LwPdfObject *operands[OPERANDS], *token;
	const char *copied = bytes, *from = bytes, *to = bytes, *at = bytes;
	guint count = 0;
	lw_pdf_lexer_init(&lexer, walk->pdf, scratch, bytes, size);
	for (; walk->uses->complete && (token = lw_pdf_lex(&lexer)); at = lexer.at) {
		if (token->type != LW_PDF_OPERATOR) { /* the newest one may change */
			from = at;
			to = lexer.at;
		}
		if (token->type != LW_PDF_OPERATOR) {
			if (count == OPERANDS)
				memmove(operands, operands + 1, --count * sizeof *operands);
			operands[count++] = token;
			continue;
		}
		if (++walk->operators > LW_LIMIT_OPERATORS)
			walk->uses->complete = FALSE;
		if (lw_pdf_is(token->string.bytes, "BI"))
			lw_pdf_lex_inline_image(&lexer, &image, &length);
		else
			operate(walk, frame, token->string.bytes, operands, count);
		if (frame->changed)
			copy_changed(out, &copied, from, to, operands[count - 1]);
		frame->changed = FALSE;
		count = 0;
		if (lw_arena_used(scratch) > SCRATCH_BYTES)
			lw_arena_clear(scratch);
	}
	if (out)
		g_string_append_len(out, copied, bytes + size - copied);
}

/* The new content of a stream; drawn again it has to come out the same. */
static void note_written(Walk *walk, LwPdfObject *stream, GString *out)
{
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(out);
	GBytes *before = g_hash_table_lookup(walk->written, stream);
	if (before && !g_bytes_equal(before, bytes))
		walk->uses->complete = FALSE;
	else
		g_hash_table_insert(walk->written, stream, g_bytes_ref(bytes));
}

static void walk_data(Walk *walk, LwPdfObject *stream, GBytes *data, LwPdfObject *resources,
		      LwFontUse *font)
{
	Frame frame = {.resources = resources, .font = font, .saved = g_ptr_array_new()};
	if (data) {
		GString *out = walk->recode ? g_string_new(NULL) : NULL;
		list_fonts(walk, resources);
		walk_tokens(walk, &frame, data, out);
		if (out)
			note_written(walk, stream, out);
	}
	g_ptr_array_unref(frame.saved);
}

static LwPdfObject *resources_of_glyph(Walk *walk, LwFontUse *font, LwPdfObject *glyph)
{
	gboolean is_glyph = font && lw_pdf_font_is_type3(font->font) &&
			    !lw_pdf_find(walk->pdf, glyph, "Subtype");
	return is_glyph ? lw_pdf_find(walk->pdf, font->dictionary, "Resources") : NULL;
}

static void walk_form(Walk *walk, LwPdfObject *form, LwPdfObject *resources, LwFontUse *font)
{
	if (!form || form->type != LW_PDF_STREAM ||
	    lw_pdf_is_name(lw_pdf_find(walk->pdf, form, "Subtype"), "Image"))
		return;
	LwPdfObject *own = lw_pdf_find(walk->pdf, form, "Resources");
	own = own ? own : resources_of_glyph(walk, font, form);
	resources = own ? own : resources;
	g_autofree char *key =
		g_strdup_printf("%p %p %p", (void *)form, (void *)resources, (void *)font);
	if (!g_hash_table_add(walk->walked, g_steal_pointer(&key)))
		return;
	if (walk->depth > LW_LIMIT_FORM_DEPTH) {
		walk->uses->complete = FALSE;
		return;
	}
	walk->depth++;
	g_autoptr(GBytes) data = lw_pdf_decode(walk->pdf, form, NULL, NULL);
	walk->uses->complete &= data != NULL;
	walk_data(walk, form, data, resources, font);
	walk->depth--;
}

static void walk_contents(Walk *walk, guint index)
{
	LwPdf *pdf = walk->pdf;
	LwPdfObject *contents = lw_pdf_find(pdf, lw_pdf_page(pdf, index), "Contents");
	g_autoptr(GByteArray) all = g_byte_array_new();
	guint parts = contents && contents->type == LW_PDF_STREAM ? 1 : lw_pdf_length(contents);
	for (guint i = 0; i < parts; i++) {
		LwPdfObject *part =
			contents->type == LW_PDF_STREAM ? contents : lw_pdf_item(pdf, contents, i);
		g_autoptr(GBytes) data = lw_pdf_decode(pdf, part, NULL, NULL);
		gsize length = data ? g_bytes_get_size(data) : 0;
		if (all->len + length > LW_LIMIT_STREAM_BYTES) {
			walk->uses->complete = FALSE;
			return;
		}
		if (length)
			g_byte_array_append(all, g_bytes_get_data(data, NULL), (guint)length);
		g_byte_array_append(all, (const guint8 *)"\n", 1);
	}
	g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(g_steal_pointer(&all));
	if (walk->recode && parts > 1) /* the writer of pages makes one */
		walk->uses->complete = FALSE;
	LwPdfObject *whole = parts == 1 && contents->type != LW_PDF_STREAM
				     ? lw_pdf_item(pdf, contents, 0)
				     : contents;
	if (parts || !walk->recode)
		walk_data(walk, whole, bytes, lw_pdf_page_inherited(pdf, index, "Resources"), NULL);
}

/* Every look of an annotation, also those that are not chosen now. */
static void walk_looks(Walk *walk, LwPdfObject *looks, LwPdfObject *resources, guint depth)
{
	if (!looks || depth > 2)
		return;
	if (looks->type == LW_PDF_STREAM)
		walk_form(walk, looks, resources, NULL);
	for (guint i = 0; looks->type == LW_PDF_DICTIONARY && i < looks->dictionary.count; i++)
		walk_looks(walk, lw_pdf_resolve(walk->pdf, looks->dictionary.entries[i].value),
			   resources, depth + 1);
}

static void walk_page(Walk *walk, guint index)
{
	LwPdf *pdf = walk->pdf;
	walk_contents(walk, index);
	LwPdfObject *resources = lw_pdf_page_inherited(pdf, index, "Resources");
	LwPdfObject *annotations = lw_pdf_find(pdf, lw_pdf_page(pdf, index), "Annots");
	for (guint i = 0; i < lw_pdf_length(annotations); i++) {
		LwPdfObject *annotation = lw_pdf_item(pdf, annotations, i);
		walk_looks(walk, lw_pdf_find(pdf, annotation, "AP"), resources, 0);
		walk_looks(walk, lw_pdf_find(pdf, annotation, "MK"), resources, 0);
	}
}

/* Who fills in a field needs letters that are not there yet; a subset never had them. */
static void keep_fonts_of_fields(Walk *walk)
{
	LwPdf *pdf = walk->pdf;
	LwPdfObject *form = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "AcroForm");
	LwPdfObject *resources = lw_pdf_find(pdf, form, "DR");
	list_fonts(walk, resources);
	if (!lw_pdf_length(lw_pdf_find(pdf, form, "Fields")))
		return;
	const LwPdfObject *fonts = lw_pdf_dictionary_of(lw_pdf_find(pdf, resources, "Font"));
	for (guint i = 0; fonts && i < fonts->dictionary.count; i++) {
		LwFontUse *use =
			use_of(walk, lw_pdf_resolve(pdf, fonts->dictionary.entries[i].value));
		if (use &&
		    !lw_pdf_is_subset(lw_pdf_name(lw_pdf_find(pdf, use->dictionary, "BaseFont"))))
			use->whole = TRUE;
	}
}

LwFontUses *lw_font_uses_new(LwPdf *pdf)
{
	LwFontUses *uses = g_new0(LwFontUses, 1);
	uses->uses = g_ptr_array_new_with_free_func(use_free);
	uses->complete = TRUE;
	g_autoptr(GHashTable) fonts = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) walked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) listed = g_hash_table_new(NULL, NULL);
	Walk walk = {.pdf = pdf,
		     .uses = uses,
		     .by_dictionary = fonts,
		     .walked = walked,
		     .listed = listed};
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
		walk_page(&walk, i);
	keep_fonts_of_fields(&walk);
	return uses;
}

gboolean lw_font_uses_recode(LwPdf *pdf, const LwFontUses *uses, LwFontRecode recode, void *self)
{
	LwFontUses pass = {.uses = g_ptr_array_new(), .complete = TRUE};
	g_autoptr(GHashTable) fonts = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) walked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) listed = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) written =
		g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_bytes_unref);
	Walk walk = {.pdf = pdf,
		     .uses = &pass,
		     .by_dictionary = fonts,
		     .walked = walked,
		     .listed = listed,
		     .recode = recode,
		     .self = self,
		     .written = written};
	GHashTableIter iter;
	gpointer stream, bytes;
	for (guint i = 0; i < uses->uses->len; i++)
		g_hash_table_insert(fonts, ((LwFontUse *)uses->uses->pdata[i])->dictionary,
				    uses->uses->pdata[i]);
	for (guint i = 0; i < lw_pdf_page_count(pdf) && pass.complete; i++)
		walk_page(&walk, i);
	g_ptr_array_set_free_func(pass.uses, use_free);
	g_ptr_array_unref(pass.uses);
	g_hash_table_iter_init(&iter, written);
	while (pass.complete && g_hash_table_iter_next(&iter, &stream, &bytes))
		lw_pdf_set_data(pdf, stream, bytes);
	return pass.complete;
}

void lw_font_uses_free(LwFontUses *uses)
{
	if (!uses)
		return;
	g_ptr_array_unref(uses->uses);
	g_free(uses);
}

static gint compare_codes(gconstpointer a, gconstpointer b)
{
	guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
	return x < y ? -1 : x > y;
}

GArray *lw_font_use_sorted(const LwFontUse *use)
{
	GArray *codes = g_array_new(FALSE, FALSE, sizeof(guint32));
	GHashTableIter iter;
	gpointer code;
	g_hash_table_iter_init(&iter, use->codes);
	while (g_hash_table_iter_next(&iter, &code, NULL)) {
		guint32 value = GPOINTER_TO_UINT(code);
		g_array_append_val(codes, value);
	}
	g_array_sort(codes, compare_codes);
	return codes;
}
