/* signature.h - Ed25519 keys and signatures (RFC 8032), and the files that keys lie in: PEM, as
 * other programs read and write it. With digest.c the door to libcrypto. */
#pragma once

#include "engine/base/error.h"

/* Public, and private when it can sign. */
typedef struct LwKey LwKey;

LwKey *lw_key_new(void); /* yours */
/* Always the same one for LW_DIGEST_HEX hexadecimal digits. Yours. */
LwKey *lw_key_of_seed(const char *hex);
/* A private key, from a file that nobody else may read. LW_ERROR_USAGE. Yours. */
LwKey *lw_key_load(const char *path, GError **error);
LwKey *lw_key_load_public(const char *path, GError **error);
/* As lw_key_public() spells it, and no other spelling; NULL when it is none. Yours. */
LwKey *lw_key_parse(const char *text);
void lw_key_free(LwKey *key);

/* Writes path (mode 0600) and path.pub, both or neither; LW_ERROR_USAGE when one of them exists. */
gboolean lw_key_save(const LwKey *key, const char *path, GError **error);
/* The body of its PEM file, one line; yours. */
char *lw_key_public(const LwKey *key);
/* SHA-256 of the public key in DER, hexadecimal; yours. */
char *lw_key_fingerprint(const LwKey *key);

/* Hexadecimal; yours. */
char *lw_key_sign(const LwKey *key, const char *text);
gboolean lw_key_check(const LwKey *key, const char *text, const char *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwKey, lw_key_free)
