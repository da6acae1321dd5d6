/* seal.c - what a log promises without saying it: commitments to what was removed, and the text
 * that is signed.
 *
 * A commitment is an HMAC under a key of its own, made for one mark and used for nothing else: who
 * gets the key and the text can check that mark, and learns nothing of another. */
#include "engine/record/record-data.h"

#include <string.h>

#define SEED_PURPOSE   "sign"
#define SIGNED_PURPOSE "lakwerk-log"

char *lw_record_commitment(const guint8 *nonce, const char *mark, const char *text)
{
	g_autofree char *bound = g_strconcat(mark, ":", text, NULL);

	return lw_record_hmac(nonce, "mark", bound);
}

char *lw_record_signed_text(const char *link)
{
	return g_strconcat(SIGNED_PURPOSE ":", link, NULL);
}

LwKey *lw_record_own_key(const guint8 *key)
{
	g_autofree char *seed = lw_record_hmac(key, SEED_PURPOSE, "");
	LwKey *own = lw_key_of_seed(seed);

	explicit_bzero(seed, strlen(seed));
	return own;
}
