/* signature.c - Ed25519 by libcrypto.
 *
 * A file is never asked for a password, and a public key has one spelling only. */
#include "engine/base/signature.h"

#include "engine/base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#define KEY_BYTES	32
#define SIGNATURE_BYTES 64
#define DER_BYTES	44
#define FILE_BYTES_MOST 16384

struct LwKey {
	EVP_PKEY *inner;
};

static LwKey *key_take(EVP_PKEY *inner)
{
	LwKey *key = g_new0(LwKey, 1);

	g_assert(inner);
	key->inner = inner;
	return key;
}

void lw_key_free(LwKey *key)
{
	if (!key)
		return;
	EVP_PKEY_free(key->inner);
	g_free(key);
}

/* Exactly so many bytes in lower-case digits. */
static gboolean parse_hexadecimal(const char *text, guint8 *bytes, gsize length)
{
	if (strlen(text) != 2 * length || strspn(text, "0123456789abcdef") != 2 * length)
		return FALSE;
	for (gsize i = 0; i < length; i++)
		bytes[i] = (guint8)(g_ascii_xdigit_value(text[2 * i]) << 4 |
				    g_ascii_xdigit_value(text[2 * i + 1]));
	return TRUE;
}

LwKey *lw_key_of_seed(const char *hex)
{
	guint8 seed[KEY_BYTES];
	gboolean whole = parse_hexadecimal(hex, seed, sizeof(seed));
	EVP_PKEY *inner;

	g_assert(whole);
	inner = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof(seed));
	explicit_bzero(seed, sizeof(seed));
	return key_take(inner);
}

LwKey *lw_key_new(void)
{
	guint8 seed[KEY_BYTES];
	EVP_PKEY *inner;

	lw_digest_random(seed, sizeof(seed));
	inner = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof(seed));
	explicit_bzero(seed, sizeof(seed));
	return key_take(inner);
}

/* ---- spellings of the public key ---- */

static void key_der(const LwKey *key, guint8 der[DER_BYTES])
{
	int length = i2d_PUBKEY(key->inner, &der);

	g_assert(length == DER_BYTES);
}

char *lw_key_public(const LwKey *key)
{
	guint8 der[DER_BYTES];

	key_der(key, der);
	return g_base64_encode(der, sizeof(der));
}

char *lw_key_fingerprint(const LwKey *key)
{
	guint8 der[DER_BYTES];

	key_der(key, der);
	return lw_digest_sha256(der, sizeof(der));
}

LwKey *lw_key_parse(const char *text)
{
	gsize length = 0;
	g_autofree guint8 *der = g_base64_decode(text, &length);
	const guint8 *at = der;
	EVP_PKEY *inner = length == DER_BYTES ? d2i_PUBKEY(NULL, &at, DER_BYTES) : NULL;
	g_autoptr(LwKey) key = NULL;
	g_autofree char *again = NULL;

	if (!inner)
		return NULL;
	key = key_take(inner);
	if (EVP_PKEY_id(inner) != EVP_PKEY_ED25519)
		return NULL;
	again = lw_key_public(key);
	return strcmp(again, text) ? NULL : g_steal_pointer(&key);
}

/* ---- signatures ---- */

char *lw_key_sign(const LwKey *key, const char *text)
{
	guint8 signature[SIGNATURE_BYTES];
	size_t length = sizeof(signature);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	int done = EVP_DigestSignInit(context, NULL, NULL, NULL, key->inner) == 1 &&
		   EVP_DigestSign(context, signature, &length, (const guint8 *)text,
				  strlen(text)) == 1;

	EVP_MD_CTX_free(context);
	g_assert(done && length == SIGNATURE_BYTES);
	return lw_digest_hexadecimal(signature, length);
}

gboolean lw_key_check(const LwKey *key, const char *text, const char *signature)
{
	guint8 bytes[SIGNATURE_BYTES];
	EVP_MD_CTX *context;
	int fits;

	if (!parse_hexadecimal(signature, bytes, sizeof(bytes)))
		return FALSE;
	context = EVP_MD_CTX_new();
	fits = EVP_DigestVerifyInit(context, NULL, NULL, NULL, key->inner) == 1 &&
	       EVP_DigestVerify(context, bytes, sizeof(bytes), (const guint8 *)text,
				strlen(text)) == 1;
	EVP_MD_CTX_free(context);
	return fits;
}

/* ---- files ---- */

static gboolean fail(GError **error, LwErrorCode code, const char *path, const char *problem)
{
	g_autofree char *name = g_filename_display_name(path);

	g_set_error(error, LW_ERROR, code, "'%s': %s", name, problem);
	return FALSE;
}

static int no_password(char *buffer, int size, int writing, void *self)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)self;
	return -1;
}

/* A short regular file, which for a private key is its owner's alone. -1 with error. */
static int open_key(const char *path, mode_t forbidden, GError **error)
{
	struct stat info;
	int fd = g_open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);

	if (fd < 0) {
		fail(error, LW_ERROR_USAGE, path, g_strerror(errno));
		return -1;
	}
	if (fstat(fd, &info) || !S_ISREG(info.st_mode) || info.st_size > FILE_BYTES_MOST)
		fail(error, LW_ERROR_USAGE, path, "is no file with a key");
	else if (info.st_mode & forbidden)
		fail(error, LW_ERROR_USAGE, path,
		     "others may read this private key; take that away first (chmod 600)");
	else
		return fd;
	close(fd);
	return -1;
}

typedef EVP_PKEY *(*ReadFunc)(BIO *, EVP_PKEY **, pem_password_cb *, void *);

static LwKey *load(const char *path, ReadFunc read_key, mode_t forbidden, const char *problem,
		   GError **error)
{
	char buffer[FILE_BYTES_MOST];
	int fd = open_key(path, forbidden, error);
	ssize_t length = fd < 0 ? -1 : read(fd, buffer, sizeof(buffer));
	BIO *memory;
	EVP_PKEY *inner;

	if (fd < 0)
		return NULL;
	close(fd);
	memory = BIO_new_mem_buf(buffer, (int)MAX(0, length));
	inner = read_key(memory, NULL, no_password, NULL);
	BIO_free(memory);
	explicit_bzero(buffer, sizeof(buffer));
	if (inner && EVP_PKEY_id(inner) == EVP_PKEY_ED25519)
		return key_take(inner);
	EVP_PKEY_free(inner);
	fail(error, LW_ERROR_USAGE, path, problem);
	return NULL;
}

LwKey *lw_key_load(const char *path, GError **error)
{
	return load(path, PEM_read_bio_PrivateKey, 0077,
		    "is no private Ed25519 key without a password", error);
}

LwKey *lw_key_load_public(const char *path, GError **error)
{
	return load(path, PEM_read_bio_PUBKEY, 0, "is no public Ed25519 key", error);
}

static gboolean write_new(const char *path, BIO *memory, mode_t mode, GError **error)
{
	char *bytes = NULL;
	long length = BIO_get_mem_data(memory, &bytes);
	int fd = g_open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	gboolean done;

	if (fd < 0 && errno == EEXIST)
		return fail(error, LW_ERROR_USAGE, path, "exists; a key is never overwritten");
	if (fd < 0)
		return fail(error, LW_ERROR_FATAL, path, g_strerror(errno));
	done = !fchmod(fd, mode) && write(fd, bytes, (gsize)length) == length && !fsync(fd);
	done = !close(fd) && done;
	if (done)
		return TRUE;
	fail(error, LW_ERROR_FATAL, path, g_strerror(errno));
	g_unlink(path);
	return FALSE;
}

gboolean lw_key_save(const LwKey *key, const char *path, GError **error)
{
	g_autofree char *beside = g_strconcat(path, ".pub", NULL);
	BIO *secret = BIO_new(BIO_s_secmem()), *shown = BIO_new(BIO_s_mem());
	gboolean done;

	done = PEM_write_bio_PKCS8PrivateKey(secret, key->inner, NULL, NULL, 0, NULL, NULL) == 1 &&
	       PEM_write_bio_PUBKEY(shown, key->inner) == 1;
	g_assert(done);
	done = write_new(path, secret, 0600, error);
	if (done && !write_new(beside, shown, 0644, error)) {
		g_unlink(path);
		done = FALSE;
	}
	BIO_free(secret);
	BIO_free(shown);
	return done;
}
