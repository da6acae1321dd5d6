/* plain.c - from the bytes of a text file to UTF-8.
 *
 * What is not surely text is no text: the question is asked before bytes are decoded. */
#include "engine/base/plain.h"

#include <string.h>

#include "engine/base/error.h"
#include "engine/base/limits.h"
#include "engine/base/text.h"

static gboolean is_control(gunichar c)
{
	if (c == '\t' || c == '\n' || c == '\r' || c == '\f')
		return FALSE;
	return c < 0x20 || c == 0x7f;
}

static gboolean has_byte_order_mark(const guint8 *bytes, gsize length)
{
	return length >= 2 &&
	       ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff));
}

static gboolean is_utf16(const guint8 *bytes, gsize length)
{
	if (!has_byte_order_mark(bytes, length) || length % 2)
		return FALSE;
	const guint high = bytes[0] == 0xfe ? 0 : 1;
	gboolean open = FALSE; /* after the first half of a pair */
	for (gsize i = 2; i < length; i += 2) {
		const gunichar unit = bytes[i + high] << 8 | bytes[i + 1 - high];
		const gboolean low = unit >= 0xdc00 && unit < 0xe000;
		if (open != low || is_control(unit) || unit == 0xffff || unit == 0xfffe)
			return FALSE;
		open = unit >= 0xd800 && unit < 0xdc00;
	}
	return !open;
}

static gboolean is_windows_1252(const guint8 *bytes, gsize length)
{
	for (gsize i = 0; i < length; i++) {
		const guint8 c = bytes[i];
		if (c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d)
			return FALSE;
	}
	return TRUE;
}

gboolean lw_plain_is_text(const void *data, gsize length)
{
	const guint8 *bytes = data;
	if (has_byte_order_mark(bytes, length))
		return is_utf16(bytes, length);
	for (gsize i = 0; i < length; i++) {
		if (is_control(bytes[i]))
			return FALSE;
	}
	return g_utf8_validate_len(data, length, NULL) || is_windows_1252(bytes, length);
}

char *lw_plain_dup_text(GBytes *file, gsize *length, GError **error)
{
	gsize size;
	const char *bytes = g_bytes_get_data(file, &size);
	if (size > LW_LIMIT_TEXT_BYTES / 3 || !lw_plain_is_text(bytes, size)) {
		g_set_error(error, LW_ERROR, LW_ERROR_UNREADABLE,
			    "the text is too long or no plain text");
		return NULL;
	}
	g_autofree char *text = lw_text_decode(bytes, size, length);
	gsize skip = *length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	*length -= skip;
	return g_strndup(text + skip, *length);
}
