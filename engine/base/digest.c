/* digest.c - SHA-256 and HMAC by libcrypto; random bytes by the kernel. A failure here is never the
 * world's: it aborts. */
#include "engine/base/digest.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

char *lw_digest_hexadecimal(const guint8 *bytes, gsize length)
{
	static const char digits[] = "0123456789abcdef";
	char *text = g_malloc(2 * length + 1);
	for (gsize i = 0; i < length; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[2 * length] = '\0';
	return text;
}

char *lw_digest_sha256(const void *data, gsize length)
{
	guint8 digest[LW_DIGEST_BYTES];
	guint size = 0;
	int done = EVP_Digest(data, length, digest, &size, EVP_sha256(), NULL);
	g_assert(done == 1 && size == LW_DIGEST_BYTES);
	return lw_digest_hexadecimal(digest, LW_DIGEST_BYTES);
}

char *lw_digest_hmac(const guint8 *key, const void *data, gsize length)
{
	guint8 digest[LW_DIGEST_BYTES];
	guint size = 0;
	const guint8 *done = HMAC(EVP_sha256(), key, LW_DIGEST_BYTES, data, length, digest, &size);
	g_assert(done && size == LW_DIGEST_BYTES);
	return lw_digest_hexadecimal(digest, LW_DIGEST_BYTES);
}

gboolean lw_digest_is_hex(const char *text)
{
	return strspn(text, "0123456789abcdef") == LW_DIGEST_HEX && text[LW_DIGEST_HEX] == '\0';
}

void lw_digest_random(void *to, gsize length)
{
	guint8 *next = to;
	while (length) {
		ssize_t count = getrandom(next, length, 0);
		g_assert(count > 0 || errno == EINTR);
		if (count < 0)
			continue;
		next += count;
		length -= (gsize)count;
	}
}
