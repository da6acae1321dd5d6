/* test_signature.c - Ed25519 as RFC 8032 has it, and keys that nobody overwrites or lets others
 * read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/base/digest.h"
#include "engine/base/signature.h"

#define DER_PREFIX "302a300506032b6570032100"

/* RFC 8032, 7.1: secret key, public key, message of one character or none, signature. */
static const struct {
	const char *seed, *public_key, *message, *signature;
} vectors[] = {
	{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
	 "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
	 "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
	 "c"
	 "f9b46bd25bf5f0595bbe24655141438e7a100b"},
	{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	 "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "\x72",
	 "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
	 "0f"
	 "11d8c387b2eaeb4302aeeb00d291612bb0c00"},
};

static char *public_hex(const LwKey *key)
{
	gsize length;
	g_autofree char *text = lw_key_public(key);
	g_autofree guint8 *der = g_base64_decode(text, &length);
	GString *hex = g_string_new(NULL);
	for (gsize i = 0; i < length; i++)
		g_string_append_printf(hex, "%02x", der[i]);
	return g_string_free(hex, FALSE);
}

static void the_vectors_of_the_rfc_hold(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(vectors); i++) {
		g_autoptr(LwKey) key = lw_key_of_seed(vectors[i].seed);
		g_autofree char *signature = lw_key_sign(key, vectors[i].message);
		g_autofree char *hex = public_hex(key);
		g_autofree char *wanted = g_strconcat(DER_PREFIX, vectors[i].public_key, NULL);
		assert_string_equal(hex, wanted);
		assert_string_equal(signature, vectors[i].signature);
		assert_true(lw_key_check(key, vectors[i].message, signature));
		assert_false(lw_key_check(key, "another", signature));
	}
}

static void every_bit_of_a_signature_counts(void **state)
{
	(void)state;
	g_autoptr(LwKey) key = lw_key_new(), other = lw_key_new();
	g_autofree char *signature = lw_key_sign(key, "a link");
	assert_true(lw_key_check(key, "a link", signature));
	assert_false(lw_key_check(other, "a link", signature));
	for (gsize i = 0; i < strlen(signature); i++) {
		g_autofree char *changed = g_strdup(signature);
		changed[i] = changed[i] == '0' ? '1' : '0';
		assert_false(lw_key_check(key, "a link", changed));
	}
	assert_false(lw_key_check(key, "a link", ""));
	g_autofree char *upper = g_ascii_strup(signature, -1);
	assert_false(lw_key_check(key, "a link", upper));
}

static void a_public_key_has_one_spelling(void **state)
{
	(void)state;
	g_autoptr(LwKey) key = lw_key_new();
	g_autofree char *text = lw_key_public(key), *print = lw_key_fingerprint(key);
	g_autoptr(LwKey) again = lw_key_parse(text);
	g_autofree char *same = lw_key_fingerprint(again);
	assert_string_equal(print, same);
	assert_true(lw_digest_is_hex(print));
	for (gsize i = 0; i < strlen(text); i++) {
		g_autofree char *changed = g_strdup(text), *its = NULL;
		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		LwKey *other = lw_key_parse(changed);
		its = other ? lw_key_fingerprint(other) : NULL;
		assert_true(!its || strcmp(its, print) != 0);
		lw_key_free(other);
	}
	g_autofree char *spaced = g_strconcat(text, " ", NULL);
	assert_null(lw_key_parse(spaced));
	assert_null(lw_key_parse(""));
	assert_null(lw_key_parse("MCowBQYDK2VuAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw="));
}

typedef LwKey *(*Load)(const char *path, GError **error);

static void assert_refused(Load load, const char *path, const char *needle)
{
	g_autoptr(GError) error = NULL;
	assert_null(load(path, &error));
	assert_int_equal(error->code, LW_ERROR_USAGE);
	assert_non_null(strstr(error->message, needle));
}

static void keys_lie_in_files(void **state)
{
	(void)state;
	g_autofree char *folder = g_dir_make_tmp("lakwerk-key-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "org", NULL), *before = NULL;
	g_autofree char *shown = g_strconcat(path, ".pub", NULL);
	g_autoptr(LwKey) key = lw_key_new(), other = lw_key_new();
	g_autofree char *print = lw_key_fingerprint(key);
	GError *error = NULL;
	struct stat info;
	assert_true(lw_key_save(key, path, NULL));
	assert_int_equal(g_stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	g_autoptr(LwKey) secret = lw_key_load(path, NULL), open = lw_key_load_public(shown, NULL);
	g_autofree char *one = lw_key_fingerprint(secret), *two = lw_key_fingerprint(open);
	assert_string_equal(one, print);
	assert_string_equal(two, print);
	g_autofree char *signature = lw_key_sign(secret, "x");
	assert_true(lw_key_check(open, "x", signature));
	/* Never over another one, not even over half of it. */
	assert_true(g_file_get_contents(path, &before, NULL, NULL));
	assert_false(lw_key_save(other, path, NULL));
	assert_int_equal(g_unlink(path), 0);
	assert_false(lw_key_save(other, path, &error));
	assert_int_equal(error->code, LW_ERROR_USAGE);
	g_clear_error(&error);
	assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	assert_true(g_file_set_contents(path, before, -1, NULL));
	/* What others may read is no secret. */
	g_chmod(path, 0640);
	assert_refused(lw_key_load, path, "others may read");
	g_chmod(path, 0600);
	assert_refused(lw_key_load_public, path, "no public Ed25519 key");
	g_chmod(shown, 0600);
	assert_refused(lw_key_load, shown, "no private Ed25519 key");
	assert_refused(lw_key_load, folder, "no file with a key");
	g_unlink(path);
	g_unlink(shown);
	g_rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_of_the_rfc_hold),
		cmocka_unit_test(every_bit_of_a_signature_counts),
		cmocka_unit_test(a_public_key_has_one_spelling),
		cmocka_unit_test(keys_lie_in_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
