/* pack.c - a document made small, to be put away and taken out again. */
#include "engine/model/document.h"

#include <gio/gio.h>
#include <string.h>

/* Through a converter; NULL when it fails or gives more than limit. */
static guint8 *convert(GConverter *converter, const guint8 *bytes, gsize length, gsize limit,
		       gsize *done)
{
	gsize capacity = MIN(limit, MAX(length, 4096)), in = 0;
	guint8 *to = g_malloc(capacity);
	GConverterResult result = G_CONVERTER_CONVERTED;

	*done = 0;
	while (result != G_CONVERTER_FINISHED) {
		gsize read = 0, written = 0;

		if (*done == capacity && capacity == limit)
			break;
		if (*done == capacity) {
			capacity = MIN(limit, capacity * 2);
			to = g_realloc(to, capacity);
		}
		result = g_converter_convert(converter, bytes + in, length - in, to + *done,
					     capacity - *done, G_CONVERTER_INPUT_AT_END, &read,
					     &written, NULL);
		if (result == G_CONVERTER_ERROR)
			break;
		in += read;
		*done += written;
	}
	if (result == G_CONVERTER_FINISHED)
		return to;
	g_free(to);
	return NULL;
}

GBytes *lw_document_pack(const LwDocument *document, gsize *size)
{
	g_autoptr(GConverter) deflate =
		G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW, 1));
	g_autoptr(GVariant) saved = lw_document_save(document);
	gsize packed = 0;
	guint8 *bytes;

	*size = g_variant_get_size(saved);
	bytes = convert(deflate, g_variant_get_data(saved), *size, *size + 4096, &packed);
	return bytes ? g_bytes_new_take(bytes, packed) : NULL;
}

/* The type of a saved document, which is document.c's own affair. */
static GVariantType *document_type(void)
{
	g_autoptr(LwDocument) empty = lw_document_new("plain");
	g_autoptr(GVariant) saved = NULL;

	empty->text = "";
	saved = lw_document_save(empty);
	return g_variant_type_copy(g_variant_get_type(saved));
}

LwDocument *lw_document_unpack(GBytes *packed, gsize size)
{
	g_autoptr(GVariantType) type = document_type();
	g_autoptr(GConverter) inflate =
		G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW));
	g_autoptr(GVariant) saved = NULL;
	gsize length, done = 0;
	const guint8 *from = g_bytes_get_data(packed, &length);
	guint8 *bytes = convert(inflate, from, length, size + 1, &done);

	if (!bytes || done != size) {
		g_free(bytes);
		return NULL;
	}
	saved = g_variant_ref_sink(
		g_variant_new_from_data(type, bytes, size, FALSE, g_free, bytes));
	return lw_document_load(saved);
}
