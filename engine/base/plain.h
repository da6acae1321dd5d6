/* plain.h - a file of plain text as UTF-8: the same characters for who reads it and for who writes
 * it. */
#pragma once

#include <glib.h>

/* Is it text: UTF-8, UTF-16 with a byte order mark, or Windows-1252, without control characters? */
gboolean lw_plain_is_text(const void *bytes, gsize length);
/* Line ends stay as they are; a byte order mark goes. LW_ERROR_UNREADABLE past the limit. Yours. */
char *lw_plain_dup_text(GBytes *file, gsize *length, GError **error);
