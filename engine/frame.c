/* frame.c - frames between parent and worker. */
#include "engine/frame.h"

#include "engine/base/file.h"
#include "engine/base/limits.h"

#include <string.h>
#include <unistd.h>

typedef struct {
	void *memory;
	gsize length;
} Buffer;

static void buffer_wipe(void *self)
{
	Buffer *buffer = self;

	explicit_bzero(buffer->memory, buffer->length);
	g_free(buffer->memory);
	g_free(buffer);
}

GBytes *lw_frame_bytes(void *memory, gsize length)
{
	Buffer *buffer = g_new(Buffer, 1);

	*buffer = (Buffer){memory, length};
	return g_bytes_new_with_free_func(memory, length, buffer_wipe, buffer);
}

GVariant *lw_frame_parse(GBytes *body, const char *type)
{
	return g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(type), body, FALSE));
}

gboolean lw_frame_write(int fd, GVariant *body)
{
	g_autoptr(GVariant) variant = g_variant_ref_sink(body);
	guint64 length = g_variant_get_size(variant);
	g_autoptr(GBytes) bytes = NULL;
	guint8 *buffer;

	if (length > LW_LIMIT_FRAME_BYTES)
		return FALSE;
	buffer = g_try_malloc(LW_FRAME_HEADER + length);
	if (!buffer)
		return FALSE;
	memcpy(buffer, &length, LW_FRAME_HEADER);
	g_variant_store(variant, buffer + LW_FRAME_HEADER);
	bytes = lw_frame_bytes(buffer, LW_FRAME_HEADER + length);
	return lw_file_write(fd, buffer, LW_FRAME_HEADER + length);
}

gboolean lw_frame_length(const guint8 header[LW_FRAME_HEADER], gsize *length)
{
	guint64 value;

	memcpy(&value, header, LW_FRAME_HEADER);
	*length = (gsize)value;
	return value > 0 && value <= LW_LIMIT_FRAME_BYTES;
}
