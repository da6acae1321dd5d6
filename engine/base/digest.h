/* digest.h - SHA-256 and what is made of it. The door to libcrypto. */
#pragma once

#include <glib.h>

#define LW_DIGEST_BYTES 32
#define LW_DIGEST_HEX	64

/* Bytes as hexadecimal digits, lower case; yours. */
char *lw_digest_hexadecimal(const guint8 *bytes, gsize length);
/* Hexadecimal; yours. */
char *lw_digest_sha256(const void *data, gsize length);
/* HMAC-SHA256 with a key of LW_DIGEST_BYTES; hexadecimal; yours. */
char *lw_digest_hmac(const guint8 *key, const void *data, gsize length);
/* TRUE for LW_DIGEST_HEX lower-case hexadecimal digits. */
gboolean lw_digest_is_hex(const char *text);
/* Unpredictable bytes of the kernel; aborts when it has none. */
void lw_digest_random(void *to, gsize length);
