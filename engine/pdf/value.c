/* value.c - the values of a PDF tree: look-up, making, changing, printing. */
#include "engine/pdf/file.h"

#include "engine/base/limits.h"

#include <math.h>
#include <string.h>

LwPdfObject *lw_pdf_resolve(LwPdf *pdf, LwPdfObject *object)
{
	for (int hops = 0; object && object->type == LW_PDF_REFERENCE; hops++) {
		if (hops > 16)
			return NULL;
		object = lw_pdf_parse_object(pdf, object->reference);
	}
	return object && object->type != LW_PDF_NULL ? object : NULL;
}

const LwPdfObject *lw_pdf_dictionary_of(const LwPdfObject *object)
{
	if (object && object->type == LW_PDF_STREAM)
		object = object->stream.dictionary;
	return object && object->type == LW_PDF_DICTIONARY ? object : NULL;
}

static LwPdfEntry *find_entry(const LwPdfObject *object, const char *key)
{
	const LwPdfObject *dictionary = lw_pdf_dictionary_of(object);
	if (!dictionary)
		return NULL;
	for (guint i = 0; i < dictionary->dictionary.count; i++)
		if (lw_pdf_is(dictionary->dictionary.entries[i].key, key))
			return &dictionary->dictionary.entries[i];
	return NULL;
}

LwPdfObject *lw_pdf_find_raw(const LwPdfObject *object, const char *key)
{
	LwPdfEntry *entry = find_entry(object, key);
	return entry ? entry->value : NULL;
}

LwPdfObject *lw_pdf_find(LwPdf *pdf, const LwPdfObject *object, const char *key)
{
	if (object && object->type == LW_PDF_REFERENCE)
		object = lw_pdf_resolve(pdf, (LwPdfObject *)object);
	return lw_pdf_resolve(pdf, lw_pdf_find_raw(object, key));
}

LwPdfObject *lw_pdf_item(LwPdf *pdf, const LwPdfObject *array, guint index)
{
	if (!array || array->type != LW_PDF_ARRAY || index >= array->array.count)
		return NULL;
	return lw_pdf_resolve(pdf, array->array.items[index]);
}

guint lw_pdf_length(const LwPdfObject *array)
{
	return array && array->type == LW_PDF_ARRAY ? array->array.count : 0;
}

gboolean lw_pdf_is_number(const LwPdfObject *object)
{
	return object && (object->type == LW_PDF_INTEGER || object->type == LW_PDF_REAL);
}

double lw_pdf_number(LwPdf *pdf, LwPdfObject *object, double otherwise)
{
	object = lw_pdf_resolve(pdf, object);
	if (!lw_pdf_is_number(object))
		return otherwise;
	return object->type == LW_PDF_REAL ? object->real : (double)object->integer;
}

gint64 lw_pdf_integer(LwPdf *pdf, LwPdfObject *object, gint64 otherwise)
{
	object = lw_pdf_resolve(pdf, object);
	if (!lw_pdf_is_number(object))
		return otherwise;
	return object->type == LW_PDF_INTEGER ? object->integer
					      : (gint64)CLAMP(object->real, -1e15, 1e15);
}

gboolean lw_pdf_is_name(const LwPdfObject *object, const char *name)
{
	return object && object->type == LW_PDF_NAME && lw_pdf_is(object->string.bytes, name);
}

const char *lw_pdf_name(const LwPdfObject *object)
{
	return object && object->type == LW_PDF_NAME ? object->string.bytes : NULL;
}

gboolean lw_pdf_rectangle(LwPdf *pdf, LwPdfObject *array, double rectangle[4])
{
	array = lw_pdf_resolve(pdf, array);
	if (lw_pdf_length(array) < 4)
		return FALSE;
	double v[4];
	for (guint i = 0; i < 4; i++) {
		if (!lw_pdf_is_number(lw_pdf_item(pdf, array, i)))
			return FALSE;
		v[i] = lw_pdf_number(pdf, array->array.items[i], 0);
	}
	rectangle[0] = MIN(v[0], v[2]);
	rectangle[1] = MIN(v[1], v[3]);
	rectangle[2] = MAX(v[0], v[2]);
	rectangle[3] = MAX(v[1], v[3]);
	return TRUE;
}

/* PDFDocEncoding where it differs from Latin-1 (annex D.2). */
static gunichar pdf_doc_character(guchar c)
{
	static const guint16 low[] = {0x02D8, 0x02C7, 0x02C6, 0x02D9,
				      0x02DD, 0x02DB, 0x02DA, 0x02DC};
	static const guint16 high[] = {
		0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039,
		0x203A, 0x2212, 0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A,
		0x2122, 0xFB01, 0xFB02, 0x0141, 0x0152, 0x0160, 0x0178, 0x017D, 0x0131,
		0x0142, 0x0153, 0x0161, 0x017E, 0xFFFD, 0x20AC,
	};
	if (c >= 0x18 && c < 0x20)
		return low[c - 0x18];
	if (c >= 0x80 && c <= 0xA0)
		return high[c - 0x80];
	return c ? c : 0xFFFD;
}

char *lw_pdf_text(const LwPdfObject *string)
{
	if (!string || string->type != LW_PDF_STRING)
		return NULL;
	const guchar *bytes = (const guchar *)string->string.bytes;
	gsize length = string->string.length;
	if (length >= 2 &&
	    ((bytes[0] == 0xFE && bytes[1] == 0xFF) || (bytes[0] == 0xFF && bytes[1] == 0xFE))) {
		GString *out = g_string_new(NULL);
		guint first = bytes[0] == 0xFE ? 0 : 1;
		gunichar high = 0;
		for (gsize i = 2; i + 1 < length; i += 2) {
			gunichar unit = (gunichar)bytes[i + first] << 8 | bytes[i + 1 - first];
			if (unit >= 0xD800 && unit < 0xDC00) {
				high = unit;
				continue;
			}
			if (unit >= 0xDC00 && unit < 0xE000)
				unit = high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00)
					    : 0xFFFD;
			high = 0;
			g_string_append_unichar(out, unit ? unit : 0xFFFD);
		}
		return g_string_free(out, FALSE);
	}
	if (length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) &&
	    g_utf8_validate((const char *)bytes + 3, (gssize)length - 3, NULL))
		return g_strndup((const char *)bytes + 3, length - 3);
	GString *out = g_string_sized_new(length);
	for (gsize i = 0; i < length; i++)
		g_string_append_unichar(out, pdf_doc_character(bytes[i]));
	return g_string_free(out, FALSE);
}

static LwPdfObject *new_value(LwPdf *pdf, LwPdfType type)
{
	LwPdfObject *object = lw_arena_new0(pdf->arena, LwPdfObject, 1);
	object->type = (guint8)type;
	return object;
}

LwPdfObject *lw_pdf_new_null(LwPdf *pdf)
{
	return new_value(pdf, LW_PDF_NULL);
}

LwPdfObject *lw_pdf_new_boolean(LwPdf *pdf, gboolean value)
{
	LwPdfObject *object = new_value(pdf, LW_PDF_BOOLEAN);
	object->boolean = value;
	return object;
}

LwPdfObject *lw_pdf_new_integer(LwPdf *pdf, gint64 value)
{
	LwPdfObject *object = new_value(pdf, LW_PDF_INTEGER);
	object->integer = value;
	return object;
}

LwPdfObject *lw_pdf_new_real(LwPdf *pdf, double value)
{
	LwPdfObject *object = new_value(pdf, LW_PDF_REAL);
	object->real = value;
	return object;
}

LwPdfObject *lw_pdf_new_string(LwPdf *pdf, const char *bytes, gsize length)
{
	LwPdfObject *object = new_value(pdf, LW_PDF_STRING);
	object->string.bytes = lw_arena_strndup(pdf->arena, bytes, length);
	object->string.length = length;
	return object;
}

LwPdfObject *lw_pdf_new_name(LwPdf *pdf, const char *name)
{
	LwPdfObject *object = lw_pdf_new_string(pdf, name, strlen(name));
	object->type = LW_PDF_NAME;
	return object;
}

LwPdfObject *lw_pdf_new_text(LwPdf *pdf, const char *utf8)
{
	if (g_str_is_ascii(utf8))
		return lw_pdf_new_string(pdf, utf8, strlen(utf8));
	glong units;
	g_autofree gunichar2 *utf16 = g_utf8_to_utf16(utf8, -1, NULL, &units, NULL);
	g_autoptr(GString) bytes = g_string_new_len("\xFE\xFF", 2);
	for (glong i = 0; utf16 && i < units; i++) {
		g_string_append_c(bytes, (char)(utf16[i] >> 8));
		g_string_append_c(bytes, (char)utf16[i]);
	}
	LwPdfObject *object = lw_pdf_new_string(pdf, bytes->str, bytes->len);
	object->hex = 1;
	return object;
}

LwPdfObject *lw_pdf_new_array(LwPdf *pdf)
{
	return new_value(pdf, LW_PDF_ARRAY);
}

LwPdfObject *lw_pdf_new_dictionary(LwPdf *pdf)
{
	return new_value(pdf, LW_PDF_DICTIONARY);
}

LwPdfObject *lw_pdf_new_stream(LwPdf *pdf, LwPdfObject *dictionary, GBytes *data)
{
	LwPdfObject *stream = new_value(pdf, LW_PDF_STREAM);
	stream->stream.dictionary = dictionary;
	lw_pdf_set_data(pdf, stream, data);
	lw_pdf_reference(pdf, stream);
	return stream;
}

LwPdfObject *lw_pdf_reference(LwPdf *pdf, LwPdfObject *object)
{
	if (!object->number) {
		object->number = pdf->objects->len;
		g_ptr_array_add(pdf->objects, object);
	}
	LwPdfObject *reference = new_value(pdf, LW_PDF_REFERENCE);
	reference->reference = object->number;
	return reference;
}

LwPdfObject *lw_pdf_copy(LwPdf *pdf, const LwPdfObject *object)
{
	LwPdfObject *copy = new_value(pdf, object->type);
	*copy = *object;
	copy->number = 0;
	if (object->type == LW_PDF_ARRAY) {
		copy->array.capacity = object->array.count;
		copy->array.items = lw_arena_memdup(pdf->arena, object->array.items,
						    object->array.count * sizeof(LwPdfObject *));
	} else if (object->type == LW_PDF_DICTIONARY) {
		copy->dictionary.capacity = object->dictionary.count;
		copy->dictionary.entries =
			lw_arena_memdup(pdf->arena, object->dictionary.entries,
					object->dictionary.count * sizeof(LwPdfEntry));
	} else if (object->type == LW_PDF_STREAM) {
		copy->stream.dictionary = lw_pdf_copy(pdf, object->stream.dictionary);
	}
	return copy;
}

void lw_pdf_remove(LwPdfObject *object, const char *key)
{
	LwPdfObject *dictionary = (LwPdfObject *)lw_pdf_dictionary_of(object);
	LwPdfEntry *entry = find_entry(dictionary, key);
	if (!entry)
		return;
	LwPdfEntry *end = dictionary->dictionary.entries + dictionary->dictionary.count--;
	memmove(entry, entry + 1, (gsize)(end - entry - 1) * sizeof *entry);
}

void lw_pdf_set(LwPdf *pdf, LwPdfObject *object, const char *key, LwPdfObject *value)
{
	LwPdfObject *dictionary = (LwPdfObject *)lw_pdf_dictionary_of(object);
	g_assert(dictionary);
	if (!value) {
		lw_pdf_remove(dictionary, key);
		return;
	}
	g_assert(value->type != LW_PDF_STREAM);
	LwPdfEntry *entry = find_entry(dictionary, key);
	if (entry) {
		entry->value = value;
		return;
	}
	if (dictionary->dictionary.count == dictionary->dictionary.capacity) {
		guint capacity = MAX(8, dictionary->dictionary.capacity * 2);
		LwPdfEntry *entries = lw_arena_new0(pdf->arena, LwPdfEntry, capacity);
		if (dictionary->dictionary.count)
			memcpy(entries, dictionary->dictionary.entries,
			       dictionary->dictionary.count * sizeof *entries);
		dictionary->dictionary.entries = entries;
		dictionary->dictionary.capacity = capacity;
	}
	dictionary->dictionary.entries[dictionary->dictionary.count++] =
		(LwPdfEntry){lw_arena_strndup(pdf->arena, key, strlen(key)), value};
}

void lw_pdf_append(LwPdf *pdf, LwPdfObject *array, LwPdfObject *value)
{
	g_assert(array->type == LW_PDF_ARRAY && value->type != LW_PDF_STREAM);
	if (array->array.count == array->array.capacity) {
		guint capacity = MAX(8, array->array.capacity * 2);
		LwPdfObject **items = lw_arena_new0(pdf->arena, LwPdfObject *, capacity);
		if (array->array.count)
			memcpy(items, array->array.items, array->array.count * sizeof *items);
		array->array.items = items;
		array->array.capacity = capacity;
	}
	array->array.items[array->array.count++] = value;
}

void lw_pdf_array_remove(LwPdfObject *array, guint index)
{
	g_assert(index < array->array.count);
	memmove(array->array.items + index, array->array.items + index + 1,
		(array->array.count - index - 1) * sizeof *array->array.items);
	array->array.count--;
}

void lw_pdf_drop(LwPdf *pdf, LwPdfObject *object)
{
	(void)pdf;
	object->type = LW_PDF_NULL;
}

void lw_pdf_set_filtered(LwPdf *pdf, LwPdfObject *stream, GBytes *data, const char *filter,
			 LwPdfObject *parameters)
{
	stream->stream.raw = lw_pdf_keep(pdf, g_bytes_ref(data));
	lw_pdf_set(pdf, stream, "Filter", filter ? lw_pdf_new_name(pdf, filter) : NULL);
	lw_pdf_set(pdf, stream, "DecodeParms", filter ? parameters : NULL);
	lw_pdf_remove(stream, "DL");
}

void lw_pdf_set_data(LwPdf *pdf, LwPdfObject *stream, GBytes *data)
{
	lw_pdf_set_filtered(pdf, stream, data, NULL, NULL);
}
