/* xref.c - cross-reference tables and streams, object streams (ISO 32000-1 7.5.4, 7.5.7, 7.5.8),
 * and which files can be read as they are.
 *
 * Only files with one section are read. A file is plain when nothing in it can mean two things:
 * every object stands where the table says, between objects there is nothing, and every stream is
 * as long as it tells. */
#include "engine/pdf/xref.h"

#include "engine/base/limits.h"
#include "engine/pdf/lexer.h"

#include <stdlib.h>
#include <string.h>

#define TAIL	   1024 /* implementation note 18: %%EOF is within the last bytes */
#define ENTRY	   20
#define FIELD_MAX  8
#define NUMBER_MAX 10 /* digits */

typedef struct {
	const char *bytes;
	gsize length, at; /* at: of the section, or of what comes next in it */
} File;

static gboolean refuse(GError **error, const char *message)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, message);
	return FALSE;
}

static gboolean is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || !c;
}

static void skip_space(File *file)
{
	while (file->at < file->length && is_space(file->bytes[file->at]))
		file->at++;
}

static gboolean take(File *file, const char *word)
{
	gsize length = strlen(word);
	if (file->length - file->at < length || memcmp(file->bytes + file->at, word, length))
		return FALSE;
	file->at += length;
	return TRUE;
}

static gboolean take_number(File *file, guint64 *number)
{
	gsize from = file->at;
	*number = 0;
	while (file->at < file->length && g_ascii_isdigit(file->bytes[file->at]) &&
	       file->at - from <= NUMBER_MAX)
		*number = *number * 10 + (guint64)(file->bytes[file->at++] - '0');
	return file->at > from && file->at - from <= NUMBER_MAX;
}

/* "n g obj" */
static gboolean take_header(File *file, guint64 *number, guint64 *generation)
{
	if (!take_number(file, number))
		return FALSE;
	skip_space(file);
	if (!take_number(file, generation))
		return FALSE;
	skip_space(file);
	return take(file, "obj");
}

struct LwPdfHolder {
	GBytes *data;
	gboolean read;
	guint32 count;		   /* 0: damaged */
	guint32 *numbers, *starts; /* in data; one start more than numbers: the end */
};

/* --- sections --- */

static gboolean make_slots(LwPdf *pdf, guint64 count, GError **error)
{
	if (!count || count > LW_LIMIT_OBJECTS || count > g_bytes_get_size(pdf->bytes))
		return refuse(error, "the PDF has too many objects");
	if (count <= pdf->slot_count)
		return TRUE;
	pdf->slots = g_renew(LwPdfSlot, pdf->slots, count);
	memset(pdf->slots + pdf->slot_count, 0, (count - pdf->slot_count) * sizeof *pdf->slots);
	pdf->slot_count = (guint32)count;
	g_ptr_array_set_size(pdf->objects, (gint)count);
	return TRUE;
}

/* "first count", then entries of 20 bytes. */
static gboolean read_subsection(LwPdf *pdf, File *file, GError **error)
{
	guint64 first, count;
	if (!take_number(file, &first))
		return refuse(error, "the PDF has a damaged cross-reference table");
	skip_space(file);
	if (!take_number(file, &count))
		return refuse(error, "the PDF has a damaged cross-reference table");
	skip_space(file);
	if (count > (file->length - file->at) / ENTRY)
		return refuse(error, "the PDF has a damaged cross-reference table");
	if (!make_slots(pdf, first + count, error))
		return FALSE;
	for (guint64 i = 0; i < count; i++, file->at += ENTRY) {
		const char *entry = file->bytes + file->at;
		guint64 offset = g_ascii_strtoull(entry, NULL, 10);
		if (entry[17] != 'n' || !(first + i))
			continue;
		if (offset >= file->length || offset > G_MAXUINT32 || pdf->slots[first + i].at)
			return refuse(error, "the PDF has a damaged cross-reference table");
		pdf->slots[first + i].at = (guint32)offset;
	}
	skip_space(file);
	return TRUE;
}

static LwPdfObject *read_dictionary(LwPdf *pdf, File *file)
{
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, pdf, pdf->arena, file->bytes, file->length);
	lexer.at = file->bytes + file->at;
	LwPdfObject *object = lw_pdf_lex_file(&lexer);
	file->at = (gsize)(lexer.at - file->bytes);
	return object && object->type == LW_PDF_DICTIONARY ? object : NULL;
}

static gboolean read_classic(LwPdf *pdf, File *file, GError **error)
{
	skip_space(file);
	while (file->at < file->length && g_ascii_isdigit(file->bytes[file->at]))
		if (!read_subsection(pdf, file, error))
			return FALSE;
	LwPdfObject *trailer =
		pdf->slots && take(file, "trailer") ? read_dictionary(pdf, file) : NULL;
	if (!trailer)
		return refuse(error, "the PDF has no trailer");
	pdf->trailer = trailer;
	pdf->section_end = file->at;
	return TRUE;
}

static guint64 read_field(const guint8 **at, guint width, guint64 otherwise)
{
	guint64 value = width ? 0 : otherwise;
	for (guint i = 0; i < width; i++)
		value = value << 8 | *(*at)++;
	return value;
}

static gboolean read_row(LwPdfSlot *slot, const guint8 *at, const guint width[3], gsize length)
{
	guint64 type = read_field(&at, width[0], 1), second = read_field(&at, width[1], 0),
		third = read_field(&at, width[2], 0);
	if (type == 1 && second < length && second <= G_MAXUINT32)
		*slot = (LwPdfSlot){.at = (guint32)second};
	else if (type == 2 && second && second <= LW_LIMIT_OBJECTS && third <= LW_LIMIT_OBJECTS)
		*slot = (LwPdfSlot){.holder = (guint32)second, .at = (guint32)third};
	else
		return type == 0;
	return TRUE;
}

/* Table 17: W says how wide the three fields of a row are, Index which numbers they are for. */
static gboolean read_rows(LwPdf *pdf, LwPdfObject *stream, gsize length, GError **error)
{
	guint width[3];
	for (guint i = 0; i < 3; i++) {
		gint64 w = lw_pdf_integer(pdf, lw_pdf_item(pdf, lw_pdf_find(pdf, stream, "W"), i),
					  FIELD_MAX + 1);
		if (w < 0 || w > FIELD_MAX)
			return refuse(error, "the PDF has a damaged cross-reference stream");
		width[i] = (guint)w;
	}
	gsize row = width[0] + width[1] + width[2], size;
	g_autoptr(GBytes) data = lw_pdf_decode(pdf, stream, NULL, error);
	if (!data)
		return FALSE;
	const guint8 *at = g_bytes_get_data(data, &size), *end = at + size;
	LwPdfObject *index = lw_pdf_find(pdf, stream, "Index");
	guint parts = index ? lw_pdf_length(index) / 2 : 1;
	for (guint i = 0; i < parts; i++) {
		gint64 first = index ? lw_pdf_integer(pdf, lw_pdf_item(pdf, index, 2 * i), -1) : 0;
		gint64 count = lw_pdf_integer(pdf,
					      index ? lw_pdf_item(pdf, index, 2 * i + 1)
						    : lw_pdf_find(pdf, stream, "Size"),
					      -1);
		if (first < 0 || count <= 0 || first > LW_LIMIT_OBJECTS || !row ||
		    (guint64)count > (gsize)(end - at) / row)
			return refuse(error, "the PDF has a damaged cross-reference stream");
		if (!make_slots(pdf, (guint64)(first + count), error))
			return FALSE;
		for (gint64 n = first; n < first + count; n++, at += row)
			if (n && !read_row(&pdf->slots[n], at, width, length))
				return refuse(error,
					      "the PDF has a damaged cross-reference stream");
	}
	return TRUE;
}

static void note_holders(LwPdf *pdf)
{
	guint32 last = 0;
	for (guint32 n = 1; n < pdf->slot_count; n++) {
		guint32 holder = pdf->slots[n].holder;
		if (holder && holder != last &&
		    !g_hash_table_contains(pdf->holders, GUINT_TO_POINTER(holder)))
			g_hash_table_insert(pdf->holders, GUINT_TO_POINTER(holder),
					    g_new0(LwPdfHolder, 1));
		last = holder;
	}
}

static gboolean read_stream(LwPdf *pdf, File *file, GError **error)
{
	gsize from = file->at;
	guint64 number, generation;
	if (!take_header(file, &number, &generation) || from > G_MAXUINT32)
		return refuse(error, "the PDF has no cross-reference table");
	if (!make_slots(pdf, number + 1, error))
		return FALSE;
	pdf->slots[number].at = (guint32)from;
	LwPdfObject *stream = lw_pdf_parse_object(pdf, (guint32)number);
	if (!stream || stream->type != LW_PDF_STREAM ||
	    !lw_pdf_is_name(lw_pdf_find_raw(stream, "Type"), "XRef"))
		return refuse(error, "the PDF has no cross-reference table");
	if (!read_rows(pdf, stream, file->length, error))
		return FALSE;
	gsize size;
	const char *data = g_bytes_get_data(stream->stream.raw, &size);
	pdf->section_end = (gsize)(data - file->bytes) + size;
	pdf->trailer = stream->stream.dictionary;
	note_holders(pdf);
	pdf->objects->pdata[number] = NULL; /* no object of the document */
	pdf->slots[number] = (LwPdfSlot){0};
	if (number + 1 == pdf->slot_count)
		g_ptr_array_set_size(pdf->objects, (gint)--pdf->slot_count);
	return TRUE;
}

/* Where the last section begins; 0: nowhere. */
static gsize find_section(const File *file)
{
	static const char word[] = "startxref";
	guint64 at;
	for (gsize end = file->length; end && file->length - end < TAIL; end--) {
		File number = {file->bytes, file->length, end - 1};
		if (!take(&number, word))
			continue;
		skip_space(&number);
		return take_number(&number, &at) && at < file->length ? (gsize)at : 0;
	}
	return 0;
}

gboolean lw_pdf_read_xref(LwPdf *pdf, GError **error)
{
	File file = {0};
	file.bytes = g_bytes_get_data(pdf->bytes, &file.length);
	file.at = find_section(&file);
	if (!file.at)
		return refuse(error, "the PDF has no cross-reference table");
	gboolean read = take(&file, "xref") ? read_classic(pdf, &file, error)
					    : read_stream(pdf, &file, error);
	static const char *const other[] = {"Prev", "XRefStm", "Encrypt"};
	for (guint i = 0; read && i < G_N_ELEMENTS(other); i++)
		if (lw_pdf_find_raw(pdf->trailer, other[i]))
			return refuse(error, "the PDF has more than one revision");
	return read;
}

/* --- object streams --- */

void lw_pdf_holder_free(LwPdfHolder *holder)
{
	if (!holder)
		return;
	g_clear_pointer(&holder->data, g_bytes_unref);
	g_free(holder->numbers);
	g_free(holder->starts);
	g_free(holder);
}

/* N pairs of number and offset from First; FALSE unless they ascend. */
static gboolean read_pairs(LwPdfHolder *holder, gint64 count, gint64 first)
{
	File file = {0};
	file.bytes = g_bytes_get_data(holder->data, &file.length);
	if (count <= 0 || first < 0 || (guint64)first > file.length ||
	    (guint64)count > file.length / 3)
		return FALSE;
	holder->numbers = g_new(guint32, (gsize)count);
	holder->starts = g_new(guint32, (gsize)count + 1);
	guint64 before = 0;
	for (gint64 i = 0; i < count; i++) {
		guint64 number, offset;
		skip_space(&file);
		if (!take_number(&file, &number))
			return FALSE;
		skip_space(&file);
		if (!take_number(&file, &offset) || offset < before || number > LW_LIMIT_OBJECTS ||
		    offset > file.length - (guint64)first)
			return FALSE;
		before = offset;
		holder->numbers[i] = (guint32)number;
		holder->starts[i] = (guint32)(offset + (guint64)first);
	}
	holder->starts[count] = (guint32)file.length;
	holder->count = (guint32)count;
	return file.at <= (gsize)first;
}

static const LwPdfHolder *find_holder(LwPdf *pdf, guint32 number)
{
	LwPdfHolder *holder = g_hash_table_lookup(pdf->holders, GUINT_TO_POINTER(number));
	if (holder->read)
		return holder->count ? holder : NULL;
	holder->read = TRUE;
	if (number >= pdf->slot_count || pdf->slots[number].holder)
		return NULL;
	LwPdfObject *stream = lw_pdf_parse_object(pdf, number);
	if (!stream || stream->type != LW_PDF_STREAM ||
	    !lw_pdf_is_name(lw_pdf_find_raw(stream, "Type"), "ObjStm"))
		return NULL;
	holder->data = lw_pdf_decode(pdf, stream, NULL, NULL);
	if (!holder->data || g_bytes_get_size(holder->data) > G_MAXUINT32 ||
	    !read_pairs(holder, lw_pdf_integer(pdf, lw_pdf_find(pdf, stream, "N"), 0),
			lw_pdf_integer(pdf, lw_pdf_find(pdf, stream, "First"), -1)))
		holder->count = 0;
	return holder->count ? holder : NULL;
}

LwPdfObject *lw_pdf_parse_held(LwPdf *pdf, guint32 number)
{
	LwPdfSlot slot = pdf->slots[number];
	const LwPdfHolder *holder = find_holder(pdf, slot.holder);
	if (!holder || slot.at >= holder->count || holder->numbers[slot.at] != number)
		return NULL;
	const char *bytes = g_bytes_get_data(holder->data, NULL);
	LwPdfLexer lexer;
	lw_pdf_lexer_init(&lexer, pdf, pdf->arena, bytes, holder->starts[slot.at + 1]);
	lexer.at = bytes + holder->starts[slot.at];
	return lw_pdf_lex_file(&lexer);
}

/* --- plain or not --- */

typedef struct {
	guint32 number, from, to;
} Region;

static gint by_offset(gconstpointer a, gconstpointer b)
{
	const Region *x = a, *y = b;
	return x->from < y->from ? -1 : x->from > y->from;
}

/* From each object to the next, or to the section. */
static GArray *find_regions(const LwPdf *pdf, gsize section)
{
	GArray *regions = g_array_new(FALSE, FALSE, sizeof(Region));
	for (guint32 n = 1; n < pdf->slot_count; n++) {
		Region region = {n, pdf->slots[n].at, (guint32)section};
		if (region.from && !pdf->slots[n].holder)
			g_array_append_val(regions, region);
	}
	g_array_sort(regions, by_offset);
	for (guint i = 0; i + 1 < regions->len; i++)
		g_array_index(regions, Region, i).to = g_array_index(regions, Region, i + 1).from;
	return regions;
}

/* Takes a word away from the end, and the space after it. */
static gboolean drop_word(const char *bytes, gsize from, gsize *to, const char *word)
{
	gsize length = strlen(word);
	while (*to > from && is_space(bytes[*to - 1]))
		(*to)--;
	if (*to - from < length || memcmp(bytes + *to - length, word, length))
		return FALSE;
	*to -= length;
	return TRUE;
}

/* As many bytes as /Length tells stand between "stream" and an end of line before `to`. */
static gboolean stream_fits(LwPdf *pdf, const LwPdfObject *object, const char *bytes, gsize from,
			    gsize to)
{
	if (!object || object->type != LW_PDF_STREAM)
		return FALSE;
	gsize length = g_bytes_get_size(object->stream.raw);
	if ((gint64)length != lw_pdf_integer(pdf, lw_pdf_find_raw(object, "Length"), -1))
		return FALSE;
	for (gsize space = 0; space <= 2 && to - from >= length + space + 8; space++) {
		const char *data = bytes + to - space - length;
		if (data[-1] == '\n' &&
		    (!memcmp(data - 7, "stream", 6) || !memcmp(data - 8, "stream\r", 7)))
			return TRUE;
		if (!is_space(bytes[to - space - 1]))
			return FALSE;
	}
	return FALSE;
}

static gboolean region_is_plain(LwPdf *pdf, const Region *region)
{
	File file = {0};
	file.bytes = g_bytes_get_data(pdf->bytes, &file.length);
	file.at = region->from;
	guint64 number, generation;
	gsize to = region->to;
	if (to > file.length || region->from >= to || !take_header(&file, &number, &generation) ||
	    number != region->number || generation)
		return FALSE;
	if (!drop_word(file.bytes, file.at, &to, "endobj"))
		return FALSE;
	if (drop_word(file.bytes, file.at, &to, "endstream"))
		return stream_fits(pdf, lw_pdf_parse_object(pdf, region->number), file.bytes,
				   file.at, to);
	return !memmem(file.bytes + file.at, to - file.at, "endobj", 6);
}

/* Nothing but comments before the first object. */
static gboolean head_is_plain(const File *file, gsize first)
{
	gboolean comment = FALSE;
	for (gsize i = 0; i < first && i < file->length; i++) {
		char c = file->bytes[i];
		if (c == '%')
			comment = TRUE;
		else if (c == '\n' || c == '\r')
			comment = FALSE;
		else if (!comment && !is_space(c))
			return FALSE;
	}
	return file->length > 5 && !memcmp(file->bytes, "%PDF-", 5);
}

/* After the section come startxref and %%EOF, and nothing more. */
static gboolean tail_is_plain(const LwPdf *pdf, const File *file)
{
	File end = {file->bytes, file->length, pdf->section_end};
	guint64 number;
	skip_space(&end);
	if (take(&end, "endstream")) {
		skip_space(&end);
		if (!take(&end, "endobj"))
			return FALSE;
		skip_space(&end);
	}
	if (!take(&end, "startxref"))
		return FALSE;
	skip_space(&end);
	if (!take_number(&end, &number))
		return FALSE;
	skip_space(&end);
	if (!take(&end, "%%EOF"))
		return FALSE;
	skip_space(&end);
	return end.at == end.length;
}

static gboolean held_are_plain(LwPdf *pdf)
{
	for (guint32 n = 1; n < pdf->slot_count; n++) {
		LwPdfSlot slot = pdf->slots[n];
		const LwPdfHolder *holder = slot.holder ? find_holder(pdf, slot.holder) : NULL;
		if (slot.holder &&
		    (!holder || slot.at >= holder->count || holder->numbers[slot.at] != n))
			return FALSE;
	}
	return TRUE;
}

gboolean lw_pdf_is_plain(GBytes *bytes)
{
	g_autoptr(LwPdf) pdf = lw_pdf_new();
	File file = {0};
	pdf->bytes = g_bytes_ref(bytes);
	file.bytes = g_bytes_get_data(bytes, &file.length);
	if (file.length > G_MAXUINT32 || !lw_pdf_read_xref(pdf, NULL))
		return FALSE;
	gsize section = find_section(&file);
	g_autoptr(GArray) regions = find_regions(pdf, section);
	if (!regions->len || !head_is_plain(&file, g_array_index(regions, Region, 0).from) ||
	    !tail_is_plain(pdf, &file))
		return FALSE;
	for (guint i = 0; i < regions->len; i++)
		if (!region_is_plain(pdf, &g_array_index(regions, Region, i)))
			return FALSE;
	return held_are_plain(pdf);
}
