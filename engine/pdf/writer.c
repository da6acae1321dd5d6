/* writer.c - prints objects in one canonical spelling and writes whole files: only what the catalog
 * reaches, numbered in order of reach, never a byte that was not made from a token. */
#include "engine/pdf/file.h"

#include "engine/base/limits.h"
#include "engine/pdf/filter.h"

#include <math.h>
#include <string.h>

#define OBJECTS_PER_STREAM 200
#define DEFLATE_LEVEL	   3

/* As many places as matter at this size, without zeros at the end. */
void lw_pdf_print_number(GString *out, double value)
{
	if (!isfinite(value))
		value = 0;
	double size = MIN(fabs(value), 1e14);
	guint places = size < 1 ? 8 : size < 1000 ? 6 : 4;
	static const double powers[] = {1, 0, 0, 0, 1e4, 0, 1e6, 0, 1e8};
	guint64 scaled = (guint64)nearbyint(size * powers[places]);
	for (; places && scaled % 10 == 0; places--)
		scaled /= 10;
	char text[24], *at = text + sizeof text;
	guint digits = 0;
	do {
		if (digits && digits == places)
			*--at = '.';
		*--at = (char)('0' + scaled % 10);
		scaled /= 10;
		digits++;
	} while (scaled || digits <= places);
	if (value < 0 && !(at + 1 == text + sizeof text && *at == '0'))
		*--at = '-';
	g_string_append_len(out, at, text + sizeof text - at);
}

static void print_name(GString *out, const char *name, gsize length)
{
	g_string_append_c(out, '/');
	for (gsize i = 0; i < length; i++) {
		guchar c = (guchar)name[i];
		if (c > 32 && c < 127 && !strchr("()<>[]{}/%#", c))
			g_string_append_c(out, (char)c);
		else if (c)
			g_string_append_printf(out, "#%02X", c);
	}
}

static void print_string(GString *out, const LwPdfObject *string)
{
	static const char digits[] = "0123456789ABCDEF";
	if (string->hex) {
		g_string_append_c(out, '<');
		for (gsize i = 0; i < string->string.length; i++) {
			guchar c = (guchar)string->string.bytes[i];
			g_string_append_c(out, digits[c >> 4]);
			g_string_append_c(out, digits[c & 15]);
		}
		g_string_append_c(out, '>');
		return;
	}
	g_string_append_c(out, '(');
	for (gsize i = 0; i < string->string.length; i++) {
		char c = string->string.bytes[i];
		if (c == '(' || c == ')' || c == '\\')
			g_string_append_c(out, '\\');
		if (c == '\r')
			g_string_append(out, "\\r");
		else
			g_string_append_c(out, c);
	}
	g_string_append_c(out, ')');
}

static void print_integer(GString *out, gint64 value)
{
	char text[24], *at = text + sizeof text;
	guint64 rest = value < 0 ? -(guint64)value : (guint64)value;
	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (value < 0)
		*--at = '-';
	g_string_append_len(out, at, text + sizeof text - at);
}

static void print_reference(GString *out, guint32 number)
{
	print_integer(out, number);
	g_string_append_len(out, " 0 R", 4);
}

/* number_of: by old number the new one, 0 for what became null; NULL: numbers as they are. */
static void print(GString *out, const LwPdfObject *object, const guint32 *number_of)
{
	switch (object->type) {
	case LW_PDF_NULL:
		g_string_append(out, "null");
		break;
	case LW_PDF_BOOLEAN:
		g_string_append(out, object->boolean ? "true" : "false");
		break;
	case LW_PDF_INTEGER:
		print_integer(out, object->integer);
		break;
	case LW_PDF_REAL:
		lw_pdf_print_number(out, object->real);
		break;
	case LW_PDF_NAME:
		print_name(out, object->string.bytes, object->string.length);
		break;
	case LW_PDF_STRING:
		print_string(out, object);
		break;
	case LW_PDF_OPERATOR:
		g_string_append_len(out, object->string.bytes, (gssize)object->string.length);
		break;
	case LW_PDF_ARRAY:
		g_string_append_c(out, '[');
		for (guint i = 0; i < object->array.count; i++) {
			if (i)
				g_string_append_c(out, ' ');
			print(out, object->array.items[i], number_of);
		}
		g_string_append_c(out, ']');
		break;
	case LW_PDF_DICTIONARY:
		g_string_append(out, "<<");
		for (guint i = 0; i < object->dictionary.count; i++) {
			const LwPdfEntry *entry = &object->dictionary.entries[i];
			print_name(out, entry->key, strlen(entry->key));
			g_string_append_c(out, ' ');
			print(out, entry->value, number_of);
		}
		g_string_append(out, ">>");
		break;
	case LW_PDF_REFERENCE: {
		guint32 number = number_of ? number_of[object->reference] : object->reference;
		if (number)
			print_reference(out, number);
		else
			g_string_append(out, "null");
		break;
	}
	default:
		g_assert_not_reached();
	}
}

void lw_pdf_print(GString *out, const LwPdfObject *object)
{
	print(out, object, NULL);
}

typedef struct {
	LwPdf *pdf;
	guint32 *number_of; /* by old number */
	GPtrArray *order;   /* by new number - 1: the object */
	GPtrArray *todo; /* direct and indirect objects whose references are still to be followed */
} Reach;

static void reach(Reach *r, const LwPdfObject *object)
{
	if (!object)
		return;
	if (object->type != LW_PDF_REFERENCE) {
		if (object->type >= LW_PDF_ARRAY && object->type <= LW_PDF_STREAM)
			g_ptr_array_add(r->todo, (gpointer)object);
		return;
	}
	guint32 old = object->reference;
	LwPdfObject *target = lw_pdf_parse_object(r->pdf, old);
	if (!target || target->type == LW_PDF_NULL || r->number_of[old])
		return;
	g_ptr_array_add(r->order, target);
	r->number_of[old] = r->order->len;
	g_ptr_array_add(r->todo, target);
}

static void reach_all(Reach *r)
{
	for (guint next = 0; next < r->todo->len; next++) { /* breadth first: no recursion */
		const LwPdfObject *object = r->todo->pdata[next];
		if (object->type == LW_PDF_ARRAY) {
			for (guint i = 0; i < object->array.count; i++)
				reach(r, object->array.items[i]);
			continue;
		}
		const LwPdfObject *dictionary = lw_pdf_dictionary_of(object);
		for (guint i = 0; dictionary && i < dictionary->dictionary.count; i++)
			if (object->type != LW_PDF_STREAM ||
			    strcmp(dictionary->dictionary.entries[i].key, "Length"))
				reach(r, dictionary->dictionary.entries[i].value);
	}
}

typedef struct {
	GString *file;
	const guint32 *number_of;
	guint64 *offset; /* by new number: of the object, or of the object stream */
	guint32 *place;	 /* by new number: index in its object stream + 1, or 0 */
	guint32 *holder; /* by new number: number of its object stream */
	gboolean old;
} Output;

static void write_stream(Output *out, guint32 number, const LwPdfObject *dictionary, GBytes *raw)
{
	gsize length;
	const char *data = g_bytes_get_data(raw, &length);
	g_autoptr(GBytes) packed = NULL;
	gboolean open = out->old && lw_pdf_is_name(lw_pdf_find_raw(dictionary, "Type"), "Metadata");
	gboolean pack = !lw_pdf_find_raw(dictionary, "Filter") && length > 64 && !open;
	if (pack) {
		packed = lw_pdf_deflate(data, length, DEFLATE_LEVEL);
		data = g_bytes_get_data(packed, &length);
	}
	out->offset[number] = out->file->len;
	g_string_append_printf(out->file, "%u 0 obj\n<<", number);
	for (guint i = 0; i < dictionary->dictionary.count; i++) {
		const LwPdfEntry *entry = &dictionary->dictionary.entries[i];
		if (!strcmp(entry->key, "Length"))
			continue;
		print_name(out->file, entry->key, strlen(entry->key));
		g_string_append_c(out->file, ' ');
		print(out->file, entry->value, out->number_of);
	}
	g_string_append_printf(out->file, "%s/Length %" G_GSIZE_FORMAT ">>\nstream\n",
			       pack ? "/Filter/FlateDecode" : "", length);
	if (length)
		g_string_append_len(out->file, data, (gssize)length);
	g_string_append(out->file, "\nendstream\nendobj\n");
}

static void write_holder(Output *out, guint32 number, GString *index, GString *body, guint count)
{
	g_autoptr(LwPdf) scratch = lw_pdf_new();
	LwPdfObject *dictionary = lw_pdf_new_dictionary(scratch);
	lw_pdf_set(scratch, dictionary, "Type", lw_pdf_new_name(scratch, "ObjStm"));
	lw_pdf_set(scratch, dictionary, "N", lw_pdf_new_integer(scratch, count));
	lw_pdf_set(scratch, dictionary, "First", lw_pdf_new_integer(scratch, (gint64)index->len));
	g_string_append_len(index, body->str, (gssize)body->len);
	g_autoptr(GBytes) data = g_bytes_new(index->str, index->len);
	write_stream(out, number, dictionary, data);
}

/* Everything that is no stream goes into object streams; returns the next free number. */
static guint32 write_holders(Output *out, const GPtrArray *order)
{
	guint32 free_number = order->len + 1;
	g_autoptr(GString) index = g_string_new(NULL), body = g_string_new(NULL);
	guint count = 0;
	for (guint i = 0; i <= order->len; i++) {
		const LwPdfObject *object = i < order->len ? order->pdata[i] : NULL;
		if (count == OBJECTS_PER_STREAM || (!object && count)) {
			write_holder(out, free_number++, index, body, count);
			g_string_truncate(index, 0);
			g_string_truncate(body, 0);
			count = 0;
		}
		if (!object || object->type == LW_PDF_STREAM)
			continue;
		out->holder[i + 1] = free_number;
		out->place[i + 1] = ++count;
		g_string_append_printf(index, "%u %" G_GSIZE_FORMAT " ", i + 1, body->len);
		print(body, object, out->number_of);
		g_string_append_c(body, '\n');
	}
	return free_number;
}

static void append_big_endian(GByteArray *bytes, guint64 value, int size)
{
	for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
		guint8 byte = (guint8)(value >> shift);
		g_byte_array_append(bytes, &byte, 1);
	}
}

/* An identifier of what was written so far; yours. */
static char *dup_identifier(const Output *out)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(sum, (const guchar *)out->file->str, (gssize)out->file->len);
	return g_strndup(g_checksum_get_string(sum), 32);
}

/* The table as PDF 1.4 has it. */
static void write_old_table(Output *out, guint32 count, guint32 root)
{
	g_autofree char *id = dup_identifier(out);
	const gsize at = out->file->len;
	g_string_append_printf(out->file, "xref\n0 %u\n0000000000 65535 f \n", count + 1);
	for (guint32 i = 1; i <= count; i++)
		g_string_append_printf(out->file, "%010" G_GUINT64_FORMAT " 00000 n \n",
				       out->offset[i]);
	g_string_append_printf(
		out->file,
		"trailer\n<</Size %u/Root %u 0 R/ID[<%s><%s>]>>\nstartxref\n%" G_GSIZE_FORMAT
		"\n%%%%EOF\n",
		count + 1, root, id, id, at);
}

static void write_objects(Output *out, const GPtrArray *order)
{
	for (guint i = 0; i < order->len; i++) {
		const LwPdfObject *object = order->pdata[i];
		if (object->type == LW_PDF_STREAM)
			continue;
		out->offset[i + 1] = out->file->len;
		g_string_append_printf(out->file, "%u 0 obj\n", i + 1);
		print(out->file, object, out->number_of);
		g_string_append(out->file, "\nendobj\n");
	}
}

static void write_table(Output *out, guint32 number, guint32 root)
{
	g_autoptr(GByteArray) rows = g_byte_array_new();
	out->offset[number] = out->file->len;
	for (guint32 i = 0; i <= number; i++) {
		gboolean held = i && out->place[i];
		append_big_endian(rows, i == 0 ? 0 : held ? 2 : 1, 1);
		append_big_endian(rows, held ? out->holder[i] : out->offset[i], 5);
		append_big_endian(rows, i == 0 ? 65535 : held ? out->place[i] - 1 : 0, 2);
	}
	g_autofree char *id = dup_identifier(out);
	g_autoptr(GBytes) packed = lw_pdf_deflate(rows->data, rows->len, DEFLATE_LEVEL);
	gsize length;
	const char *data = g_bytes_get_data(packed, &length);
	guint64 at = out->file->len;
	g_string_append_printf(out->file,
			       "%u 0 obj\n<</Type/XRef/Size %u/W[1 5 2]/Root %u 0 R/ID[<%s><%s>]"
			       "/Filter/FlateDecode/Length %" G_GSIZE_FORMAT ">>\nstream\n",
			       number, number + 1, root, id, id, length);
	g_string_append_len(out->file, data, (gssize)length);
	g_string_append_printf(
		out->file, "\nendstream\nendobj\nstartxref\n%" G_GUINT64_FORMAT "\n%%%%EOF\n", at);
}

void lw_pdf_write_old(LwPdf *pdf)
{
	pdf->old = TRUE;
}

GBytes *lw_pdf_write(LwPdf *pdf, GError **error)
{
	LwPdfObject *root = lw_pdf_find_raw(pdf->trailer, "Root");
	if (!root || root->type != LW_PDF_REFERENCE || !lw_pdf_resolve(pdf, root)) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_UNREADABLE, "the PDF has no catalog");
		return NULL;
	}
	g_autofree guint32 *number_of =
		g_new0(guint32, MAX(pdf->objects->len, LW_LIMIT_OBJECTS + 1));
	g_autoptr(GPtrArray) order = g_ptr_array_new(), todo = g_ptr_array_new();
	Reach r = {pdf, number_of, order, todo};
	reach(&r, root);
	reach_all(&r);

	gsize room = (gsize)order->len + order->len / OBJECTS_PER_STREAM + 4;
	g_autofree guint64 *offset = g_new0(guint64, room);
	g_autofree guint32 *place = g_new0(guint32, room), *holder = g_new0(guint32, room);
	const char *head =
		pdf->old ? "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n" : "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
	Output out = {g_string_new(head), number_of, offset, place, holder, pdf->old};
	for (guint i = 0; i < order->len; i++) {
		const LwPdfObject *object = order->pdata[i];
		if (object->type == LW_PDF_STREAM)
			write_stream(&out, i + 1, object->stream.dictionary, object->stream.raw);
	}
	if (pdf->old) {
		write_objects(&out, order);
		write_old_table(&out, order->len, number_of[root->reference]);
	} else {
		guint32 last = write_holders(&out, order);
		write_table(&out, last, number_of[root->reference]);
	}
	gsize length = out.file->len;
	return g_bytes_new_take(g_string_free(out.file, FALSE), length);
}
