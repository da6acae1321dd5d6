/* fontcff.c - the built-in encoding of an embedded CFF program (Adobe Technical Note 5176).
 *
 * Every read is checked against the end of the data; what lies outside reads as 0. */
#include <string.h>

#include "engine/pdf/font_private.h"
#include "engine/pdf/fontcff.h"

#define STANDARD_STRINGS 391
#define MAXIMUM_GLYPHS	 65535

#define LW_STRING(name) name,
static const char *const standard_strings[] = {
#include "engine/pdf/strings.def"
};
G_STATIC_ASSERT(G_N_ELEMENTS(standard_strings) == STANDARD_STRINGS);

typedef struct {
	const guint8 *data;
	gsize length, at;
} Reader;

typedef struct {
	gsize offsets, data; /* where they begin; offsets count from the byte before data */
	guint count, offset_size;
	gsize end;
} Index;

typedef struct {
	guint32 charset, encoding, glyphs;
	gboolean by_cid;
} TopDictionary;

static guint32 read_number(Reader *reader, guint bytes)
{
	guint32 value = 0;

	for (; bytes; bytes--, reader->at++)
		value = value << 8 | (reader->at < reader->length ? reader->data[reader->at] : 0);
	return value;
}

static guint32 index_offset(const Reader *reader, const Index *index, guint item)
{
	Reader copy = *reader;

	copy.at = index->offsets + (gsize)item * index->offset_size;
	return read_number(&copy, index->offset_size);
}

/* The index at the reader, which goes past it. */
static gboolean read_index(Reader *reader, Index *index)
{
	memset(index, 0, sizeof(*index));
	index->count = read_number(reader, 2);
	index->end = reader->at;
	if (index->count == 0)
		return reader->at <= reader->length;
	index->offset_size = read_number(reader, 1);
	if (index->offset_size < 1 || index->offset_size > 4)
		return FALSE;
	index->offsets = reader->at;
	index->data = index->offsets + ((gsize)index->count + 1) * index->offset_size - 1;
	index->end = index->data + index_offset(reader, index, index->count);
	reader->at = index->end;
	return index->end <= reader->length;
}

/* Bytes of an item; FALSE when it is not there. */
static gboolean index_item(const Reader *reader, const Index *index, guint item, Reader *found)
{
	guint32 start, end;

	if (item >= index->count)
		return FALSE;
	start = index_offset(reader, index, item);
	end = index_offset(reader, index, item + 1);
	if (start < 1 || end < start || index->data + end > index->end)
		return FALSE;
	found->data = reader->data + index->data + start;
	found->length = end - start;
	found->at = 0;
	return TRUE;
}

static void skip_real(Reader *reader)
{
	while (reader->at < reader->length) {
		guint8 pair = reader->data[reader->at++];

		if ((pair & 0x0f) == 0x0f || pair >> 4 == 0x0f)
			return;
	}
}

static guint32 read_operand(Reader *reader, guint first)
{
	if (first == 28)
		return read_number(reader, 2);
	if (first == 29)
		return read_number(reader, 4);
	if (first == 30)
		skip_real(reader);
	else if (first >= 32 && first <= 246)
		return first - 139;
	else if (first >= 247 && first <= 250)
		return (first - 247) * 256 + read_number(reader, 1) + 108;
	else if (first >= 251 && first <= 254)
		read_number(reader, 1);
	return 0;
}

static TopDictionary read_top(Reader *reader)
{
	TopDictionary top = {0, 0, 0, FALSE};
	guint32 operand = 0;

	while (reader->at < reader->length) {
		guint first = read_number(reader, 1);

		if (first > 21) {
			operand = read_operand(reader, first);
			continue;
		}
		if (first == 12)
			top.by_cid |= read_number(reader, 1) == 30;
		else if (first == 15)
			top.charset = operand;
		else if (first == 16)
			top.encoding = operand;
		else if (first == 17)
			top.glyphs = operand;
		operand = 0;
	}
	return top;
}

/* String numbers by glyph; yours. */
static guint16 *read_charset(Reader reader, guint32 offset, guint glyphs)
{
	guint16 *names = g_new0(guint16, MAXIMUM_GLYPHS + 1);
	guint format, glyph = 1;

	for (guint i = 0; offset == 0 && i <= 228; i++)
		names[i] = (guint16)i; /* ISOAdobe */
	if (offset <= 2)
		return names; /* the expert sets stay unknown */
	reader.at = offset;
	format = read_number(&reader, 1);
	while (glyph < glyphs && reader.at < reader.length) {
		guint name = read_number(&reader, 2);
		guint left = format == 0 ? 0 : read_number(&reader, format == 1 ? 1 : 2);

		for (guint i = 0; i <= left && glyph < glyphs; i++)
			names[glyph++] = (guint16)(name + i);
	}
	return names;
}

typedef struct {
	Reader reader;
	Index strings;
	LwArena *arena;
	const char **names;
} Encoder;

static void name_code(Encoder *encoder, guint code, guint string)
{
	Reader bytes;

	if (code > 255 || string == 0)
		return;
	if (string < STANDARD_STRINGS)
		encoder->names[code] = standard_strings[string];
	else if (index_item(&encoder->reader, &encoder->strings, string - STANDARD_STRINGS, &bytes))
		encoder->names[code] = lw_arena_strndup(encoder->arena, (const char *)bytes.data,
							MIN(bytes.length, 64));
}

static void read_encoding(Encoder *encoder, guint32 offset, const guint16 *charset)
{
	Reader *reader = &encoder->reader;
	guint format, count, glyph = 1;

	reader->at = offset;
	format = read_number(reader, 1);
	count = read_number(reader, 1);
	for (; count; count--) {
		guint code = read_number(reader, 1);
		guint left = format & 0x7f ? read_number(reader, 1) : 0;

		for (guint i = 0; i <= left; i++)
			name_code(encoder, code + i, charset[glyph++]);
	}
	if (!(format & 0x80))
		return;
	for (count = read_number(reader, 1); count; count--) {
		guint code = read_number(reader, 1);

		name_code(encoder, code, read_number(reader, 2));
	}
}

gboolean lw_pdf_font_cff_names(LwArena *arena, const guint8 *data, gsize length,
			       const char *names[256])
{
	Encoder encoder = {.reader = {data, length, 0}, .arena = arena, .names = names};
	Reader *reader = &encoder.reader, top_bytes;
	Index skipped, tops, glyphs;
	TopDictionary top;
	g_autofree guint16 *charset = NULL;

	if (length < 4 || data[0] != 1)
		return FALSE;
	reader->at = data[2];
	if (!read_index(reader, &skipped) || !read_index(reader, &tops) ||
	    !read_index(reader, &encoder.strings) || !index_item(reader, &tops, 0, &top_bytes))
		return FALSE;
	top = read_top(&top_bytes);
	reader->at = top.glyphs;
	if (top.by_cid || top.encoding == 1 || !read_index(reader, &glyphs))
		return FALSE;
	for (guint code = 0; top.encoding == 0 && code < 256; code++)
		names[code] = lw_pdf_encoding_glyph(LW_PDF_ENCODING_STANDARD, (guint8)code);
	if (top.encoding == 0)
		return TRUE;
	charset = read_charset(*reader, top.charset, MIN(glyphs.count, MAXIMUM_GLYPHS));
	read_encoding(&encoder, top.encoding, charset);
	return TRUE;
}

static const char *glyph_name(LwCff *cff, const Encoder *encoder, guint string)
{
	Reader bytes;

	if (string < STANDARD_STRINGS)
		return standard_strings[string];
	if (!index_item(&encoder->reader, &encoder->strings, string - STANDARD_STRINGS, &bytes))
		return NULL;
	return g_string_chunk_insert_len(cff->texts, (const char *)bytes.data,
					 (gssize)bytes.length);
}

static LwCffSpan span_of(const Reader *reader, const Index *index, guint item)
{
	Reader found;

	if (!index_item(reader, index, item, &found))
		return (LwCffSpan){reader->data, 0};
	return (LwCffSpan){found.data, found.length};
}

static void fill_glyphs(LwCff *cff, const Encoder *encoder, const Index *glyphs,
			const guint16 *charset)
{
	for (guint i = 0; i < encoder->strings.count; i++)
		g_ptr_array_add(cff->strings,
				(gpointer)glyph_name(cff, encoder, STANDARD_STRINGS + i));
	for (guint i = 0; i < cff->count; i++) {
		cff->outlines[i] = span_of(&encoder->reader, glyphs, i);
		cff->cids[i] = charset[i];
		if (!cff->by_cid)
			cff->names[i] = glyph_name(cff, encoder, charset[i]);
	}
}

LwCff *lw_cff_read(const guint8 *data, gsize length)
{
	Encoder encoder = {.reader = {data, length, 0}};
	Reader *reader = &encoder.reader, top_bytes;
	Index names, tops, shared, glyphs;
	g_autofree guint16 *charset = NULL;

	if (length < 4 || data[0] != 1)
		return NULL;
	reader->at = data[2];
	if (!read_index(reader, &names) || !read_index(reader, &tops) ||
	    !read_index(reader, &encoder.strings) || !index_item(reader, &tops, 0, &top_bytes) ||
	    !read_index(reader, &shared))
		return NULL;
	TopDictionary top = read_top(&top_bytes);
	reader->at = top.glyphs;
	if (!read_index(reader, &glyphs) || glyphs.count == 0 || glyphs.count > MAXIMUM_GLYPHS ||
	    (top.charset <= 2 && (top.charset || top.by_cid || glyphs.count > 229)))
		return NULL;
	charset = read_charset(*reader, top.charset, glyphs.count);
	LwCff *cff = g_new0(LwCff, 1);
	cff->count = glyphs.count;
	cff->by_cid = top.by_cid;
	cff->cids = g_new0(guint16, glyphs.count);
	cff->names = g_new0(const char *, glyphs.count);
	cff->texts = g_string_chunk_new(256);
	cff->top = (LwCffSpan){top_bytes.data, top_bytes.length};
	cff->outlines = g_new0(LwCffSpan, glyphs.count);
	cff->subroutines = shared.count;
	cff->strings = g_ptr_array_new();
	fill_glyphs(cff, &encoder, &glyphs, charset);
	return cff;
}

void lw_cff_free(LwCff *cff)
{
	if (!cff)
		return;
	g_free(cff->cids);
	g_free(cff->names);
	g_free(cff->outlines);
	g_ptr_array_unref(cff->strings);
	g_string_chunk_free(cff->texts);
	g_free(cff);
}

gboolean lw_cff_next(LwCffSpan dictionary, gsize *at, LwCffEntry *entry)
{
	Reader reader = {dictionary.data, dictionary.length, *at};

	*entry = (LwCffEntry){.span = {dictionary.data + *at, 0}};
	while (reader.at < reader.length) {
		guint first = read_number(&reader, 1);

		if (first > 21) {
			guint32 operand = read_operand(&reader, first);

			if (entry->count < G_N_ELEMENTS(entry->operands))
				entry->operands[entry->count] = operand;
			entry->count++;
			continue;
		}
		entry->operator= first == 12 ? 0x0c00 | read_number(&reader, 1) : first;
		entry->span.length = MIN(reader.at, reader.length) - *at;
		*at = reader.at;
		return reader.at <= reader.length;
	}
	return FALSE;
}

GArray *lw_cff_index(const guint8 *data, gsize length, gsize at)
{
	Reader reader = {data, length, at};
	Index index;

	if (at >= length || !read_index(&reader, &index))
		return NULL;
	GArray *items = g_array_new(FALSE, FALSE, sizeof(LwCffSpan));
	for (guint i = 0; i < index.count; i++) {
		LwCffSpan span = span_of(&reader, &index, i);

		g_array_append_val(items, span);
	}
	return items;
}

guint lw_cff_encoded(const LwCff *cff, const guint8 *data, gsize length)
{
	enum { ENCODING = 16, EXPERT = 1 };
	Reader reader = {data, length, 0};
	LwCffEntry entry;
	guint format, ranges, encoded = 0;

	for (gsize at = 0; lw_cff_next(cff->top, &at, &entry);)
		if (entry.operator== ENCODING && entry.count)
			reader.at = entry.operands[0];
	if (reader.at <= EXPERT)
		return 0;
	format = read_number(&reader, 1) & 0x7f;
	ranges = read_number(&reader, 1);
	if (!format)
		return ranges;
	for (; ranges; ranges--) {
		read_number(&reader, 1);
		encoded += read_number(&reader, 1) + 1;
	}
	return encoded;
}

gint lw_cff_standard_string(const char *text)
{
	for (guint i = 0; i < STANDARD_STRINGS; i++)
		if (!strcmp(standard_strings[i], text))
			return (gint)i;
	return -1;
}

const char *lw_cff_string(const LwCff *cff, guint32 number)
{
	if (number < STANDARD_STRINGS)
		return standard_strings[number];
	number -= STANDARD_STRINGS;
	return number < cff->strings->len ? cff->strings->pdata[number] : NULL;
}
