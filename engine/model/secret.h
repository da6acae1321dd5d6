/* secret.h - does a removed string stand in these bytes? The one law for scrubbing and for
 * verifying hidden places: case, white space, hyphens and diacritics ignored; as a whole word, or
 * as a substring from six characters (shorter strings stand by chance in half of all decoded
 * streams). */
#pragma once

#include <glib.h>

typedef struct LwSecrets LwSecrets;

/* strings: const char *; those without a letter or digit are left out, as are those of one
 * character. Yours. */
LwSecrets *lw_secrets_new(const GPtrArray *strings);
void lw_secrets_free(LwSecrets *secrets);
gboolean lw_secrets_is_empty(const LwSecrets *secrets);
/* Index of a secret that stands in the UTF-8 text, or -1. One pass, however many secrets. */
int lw_secrets_in_text(const LwSecrets *secrets, const char *text, gsize length);
/* The same for what a document hides and no reader misses: from four characters a secret may stand
 * inside a word as well. */
int lw_secrets_within(const LwSecrets *secrets, const char *text, gsize length);
/* The same as in text, for bytes of any kind: as UTF-8, Latin-1, UTF-16 of both orders and
 * hexadecimal digits of these. */
int lw_secrets_in_bytes(const LwSecrets *secrets, const char *bytes, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwSecrets, lw_secrets_free)
