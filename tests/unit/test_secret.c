/* test_secret.c - the law of secrets: what counts as "stands in these bytes", in every encoding,
 * and what does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <string.h>

#include "engine/model/secret.h"

static LwSecrets *secrets_of(const char *const *strings)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new();
	for (; *strings; strings++)
		g_ptr_array_add(list, (void *)*strings);
	return lw_secrets_new(list);
}

#define SECRETS(...) secrets_of((const char *const[]){__VA_ARGS__, NULL})

static int in_text(const LwSecrets *secrets, const char *text)
{
	return lw_secrets_in_text(secrets, text, strlen(text));
}

static int in_bytes(const LwSecrets *secrets, const char *bytes)
{
	return lw_secrets_in_bytes(secrets, bytes, strlen(bytes));
}

static void test_whole_word(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("Kok", "J.B.");
	assert_int_equal(in_text(secrets, "mevrouw Kok belde"), 0);
	assert_int_equal(in_text(secrets, "KOK"), 0);
	assert_int_equal(in_text(secrets, "(kok)"), 0);
	assert_int_equal(in_text(secrets, "naar j.b. gestuurd"), 1);
	assert_int_equal(in_text(secrets, "de koks koken in de kokerij"), -1);
	assert_int_equal(in_text(secrets, "rookkok"), -1);
	assert_int_equal(in_text(secrets, "kok1"), -1);
	assert_int_equal(in_text(secrets, ""), -1);
}

static void test_substring(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("Jansen", "123456782");
	assert_int_equal(in_text(secrets, "familiejansenweg"), 0);
	assert_int_equal(in_text(secrets, "x123456782y"), 1);
	assert_int_equal(in_text(secrets, "1234.56.782"), 1);
	assert_int_equal(in_text(secrets, "janse n"), 0);
	assert_int_equal(in_text(secrets, "janse"), -1);
	g_autoptr(LwSecrets) five = SECRETS("Janse");
	assert_int_equal(in_text(five, "familiejanseweg"), -1);
}

/* Where nobody misses it, four characters inside a word are enough. */
static void test_within(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("Janse", "Kok");
	assert_int_equal(lw_secrets_within(secrets, "familiejanseweg", 15), 0);
	assert_int_equal(lw_secrets_within(secrets, "janse1", 6), 0);
	assert_int_equal(lw_secrets_within(secrets, "kok1", 4), -1);
	assert_int_equal(lw_secrets_within(secrets, "kok 1", 5), 1);
}

static void test_ignored(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("José de Vries-Jansen");
	assert_int_equal(in_text(secrets, "JOSE DE VRIES JANSEN"), 0);
	assert_int_equal(in_text(secrets, "Jose\u0301 de Vries-\nJansen"), 0);
	assert_int_equal(in_text(secrets, "Jo\u00adsé de\u00a0Vries\u2013Jansen"), 0);
	assert_int_equal(in_text(secrets, "José de Bruin"), -1);
	g_autoptr(LwSecrets) sharp = SECRETS("Weiß");
	assert_int_equal(in_text(sharp, "Frau WEISS"), 0);
	g_autoptr(LwSecrets) greek = SECRETS("Ελένη");
	assert_int_equal(in_text(greek, "η ΕΛΕΝΗ ήρθε"), 0);
}

static void test_left_out(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) none = SECRETS("", "-", " .", "x", "é");
	assert_true(lw_secrets_is_empty(none));
	assert_int_equal(in_text(none, "x - é"), -1);
	assert_int_equal(in_bytes(none, "x - é"), -1);
	g_autoptr(LwSecrets) one = SECRETS("-", "ab");
	assert_false(lw_secrets_is_empty(one));
	assert_int_equal(in_text(one, "ab"), 1);
}

/* One secret inside, at the end of, or overlapping another. */
static void test_nested(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("van den Berg", "Berg", "den Bergen", "Bergenaar");
	assert_int_equal(in_text(secrets, "mevrouw Berg"), 1);
	assert_int_equal(in_text(secrets, "heer Van den Berg"), 0);
	assert_int_equal(in_text(secrets, "op den bergen"), 2);
	assert_int_equal(in_text(secrets, "een bergenaar"), 3);
	assert_int_equal(in_text(secrets, "een bergschoen"), -1);
}

static void test_scattered(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("Jansen");
	assert_int_equal(lw_secrets_in_bytes(secrets, "j\1a\2n\3s\4e\5n", 11), -1);
	assert_int_equal(lw_secrets_in_bytes(secrets,
					     "j\xff"
					     "a\xfen\xffs\xfe"
					     "e\xffn",
					     11),
			 -1);
	assert_int_equal(in_bytes(secrets, "j a n s e n"), 0);
}

static void test_encodings(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("Zoë Šimek", "Kok");
	assert_int_equal(in_bytes(secrets, "x Zoë Šimek x"), 0);
	assert_int_equal(in_bytes(secrets, "x Zo\xeb \x8aimek x"), 0);
	assert_int_equal(lw_secrets_in_bytes(secrets, "\xfe\xff\0K\0o\0k", 8), 1);
	assert_int_equal(lw_secrets_in_bytes(secrets, "\xff\xfeK\0o\0k\0", 8), 1);
	assert_int_equal(lw_secrets_in_bytes(secrets, "?K\0o\0k\0", 7), 1);
	assert_int_equal(lw_secrets_in_bytes(secrets, "\0Z\0o\0\xeb\0 \1\x60\0i\0m\0e\0k", 18), 0);
	assert_int_equal(in_bytes(secrets, "<4B6F6B>"), 1);
	assert_int_equal(in_bytes(secrets, "<4b 6f\n6b>"), 1);
	assert_int_equal(in_bytes(secrets, "<FEFF004B006F006B>"), 1);
	assert_int_equal(in_bytes(secrets, "< 4B6F6B"), 1);
	assert_int_equal(in_bytes(secrets, "<4B6F6C>"), -1);
	assert_int_equal(lw_secrets_in_bytes(secrets, "\0K\0o\0k\0s", 8), -1);
	g_autoptr(LwSecrets) cyrillic = SECRETS("Иван");
	assert_int_equal(lw_secrets_in_bytes(cyrillic, "\x04\x18\x04\x32\x04\x30\x04\x3d", 8), 0);
}

/* Numbers, colours and identifiers spell short words by chance. */
static void test_digits_by_chance(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("Kok", "A. If", "Jansen");
	assert_int_equal(in_bytes(secrets, "__RefHeading__1416946_253892949"), -1);
	assert_int_equal(in_bytes(secrets, "#4b6f6b"), -1);
	assert_int_equal(in_bytes(secrets, "F4B6F6B2"), -1);
	assert_int_equal(in_bytes(secrets, "id 4a616e73656e"), 2);
	assert_int_equal(in_bytes(secrets, "F4A616E73656E2"), 2);
}

/* Many secrets: deep states outgrow the full rows, and every one is still found. */
static void test_many(void **state)
{
	(void)state;
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < 4000; i++)
		g_ptr_array_add(list, g_strdup_printf("%c%c%u naam", 'a' + i % 26,
						      'a' + i / 26 % 26, i * 7919 + 100000));
	g_autoptr(LwSecrets) secrets = lw_secrets_new(list);
	for (guint i = 0; i < list->len; i += 37) {
		g_autofree char *text = g_strdup_printf("aa10 zz %sx", (char *)list->pdata[i]);
		assert_int_equal(in_text(secrets, text), i);
	}
	assert_int_equal(in_text(secrets, "aa1000 naam"), -1);
}

static void test_speed(void **state)
{
	(void)state;
	g_autoptr(LwSecrets) secrets = SECRETS("Jansen", "de Vries", "Ümit Öztürk", "0612345678");
	gsize size = 16 * 1024 * 1024;
	g_autofree char *bytes = g_malloc(size);
	guint32 seed = 1;
	for (gsize i = 0; i < size; i++)
		bytes[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
	gint64 start = g_get_monotonic_time();
	assert_int_equal(lw_secrets_in_bytes(secrets, bytes, size), -1);
	print_message("16 MiB of noise: %.2f s\n", (double)(g_get_monotonic_time() - start) / 1e6);
	assert_true(g_get_monotonic_time() - start < 60 * G_USEC_PER_SEC);
	memcpy(bytes + size - 6, "Jansen", 6);
	assert_int_equal(lw_secrets_in_bytes(secrets, bytes, size), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_word),
		cmocka_unit_test(test_within),
		cmocka_unit_test(test_substring),
		cmocka_unit_test(test_ignored),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_scattered),
		cmocka_unit_test(test_encodings),
		cmocka_unit_test(test_digits_by_chance),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_speed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
