/* test_json.c - what is printed is canonical, what is read is bounded, and errors never tell the
 * text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "engine/base/digest.h"
#include "engine/base/json.h"

static void test_print(void **state)
{
	(void)state;
	g_autoptr(LwJson) object = lw_json_object_new();
	lw_json_set_string(object, "type", "mark");
	lw_json_set_string(object, "text", "Zoë \"x\"\n");
	lw_json_set_string(object, "none", NULL);
	lw_json_set_string(object, "broken",
			   "a\xff"
			   "b");
	lw_json_set_integer(object, "offset", 1204);
	lw_json_set_number(object, "score", 0.99f);
	lw_json_set_number(object, "endless", INFINITY);
	lw_json_set_boolean(object, "open", TRUE);
	LwJson *list = lw_json_array_new();
	lw_json_append_string(list, "a");
	lw_json_append(list, lw_json_object_new());
	lw_json_set(object, "list", list);
	lw_json_set(object, "nothing", NULL);
	g_autofree char *line = lw_json_print(object);
	assert_string_equal(line,
			    "{\"type\":\"mark\",\"text\":\"Zoë \\\"x\\\"\\n\",\"none\":null,"
			    "\"broken\":\"a\uFFFDb\",\"offset\":1204,\"score\":0.99,"
			    "\"endless\":null,\"open\":true,\"list\":[\"a\",{}],\"nothing\":null}");
	g_autoptr(LwJson) again = lw_json_parse(line, strlen(line), "x", NULL);
	g_autofree char *same = lw_json_print(again);
	assert_string_equal(line, same);
}

static void test_read(void **state)
{
	static const char text[] =
		"{\"a\":1,\"b\":1.5,\"c\":\"x\",\"d\":[1,\"y\"],\"e\":true,\"f\":null}";
	static const char *const known[] = {"a", "b", "c", "d", "e", NULL};
	gint64 integer = 0;
	double number = 0;
	gboolean yes = FALSE;
	(void)state;
	g_autoptr(LwJson) json = lw_json_parse(text, strlen(text), "x", NULL);
	assert_non_null(json);
	assert_true(lw_json_integer_of(json, "a", &integer));
	assert_int_equal(integer, 1);
	assert_false(lw_json_integer_of(json, "b", &integer));
	assert_true(lw_json_number_of(json, "a", &number));
	assert_true(lw_json_number_of(json, "b", &number));
	assert_float_equal(number, 1.5, 0);
	assert_true(lw_json_boolean_of(json, "e", &yes));
	assert_true(yes);
	assert_null(lw_json_string_of(json, "a"));
	assert_null(lw_json_string_of(json, "zz"));
	assert_string_equal(lw_json_string_of(json, "c"), "x");
	const LwJson *list = lw_json_member(json, "d");
	assert_int_equal(lw_json_type(list), LW_JSON_ARRAY);
	assert_int_equal(lw_json_length(list), 2);
	assert_string_equal(lw_json_string(lw_json_at(list, 1)), "y");
	assert_null(lw_json_at(list, 2));
	assert_string_equal(lw_json_unknown(json, known), "f");
}

static void assert_refused(const char *text, gsize length)
{
	g_autoptr(GError) error = NULL;
	assert_null(lw_json_parse(text, length, "marks.json", &error));
	assert_non_null(error);
	assert_int_equal(error->code, LW_ERROR_USAGE);
	assert_non_null(strstr(error->message, "'marks.json'"));
	assert_null(strstr(error->message, "Jansen"));
	assert_null(strchr(error->message, '\n'));
}

static void test_refused(void **state)
{
	static const char *const wrong[] = {"",
					    "Jansen",
					    "{\"Jansen\":",
					    "{\"a\":1,\"a\":2}",
					    "[1] [2]",
					    "{\"a\":\"\xff\"}",
					    "\"Jansen\"",
					    "{\"a\":\"\\u0000\"}",
					    "[1e999]",
					    "{\"Jansen\" \"x\"}",
					    "\xef\xbb\xbf[]"};
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_refused(wrong[i], strlen(wrong[i]));
	g_autofree char *deep = g_strnfill(5000000, '[');
	assert_refused(deep, 5000000);
	assert_refused(deep, 33);
	g_autoptr(GError) error = NULL;
	assert_null(lw_json_parse("{\n\"a\":\n?}", 9, "m", &error));
	assert_string_equal(error->message, "'m':3: no valid json");
}

/* Brackets inside strings are no depth. */
static void test_strings_are_flat(void **state)
{
	(void)state;
	g_autofree char *brackets = g_strnfill(500, '[');
	g_autofree char *text = g_strdup_printf("[\"\\\"%s\"]", brackets);
	g_autoptr(LwJson) json = lw_json_parse(text, strlen(text), "x", NULL);
	assert_non_null(json);
}

/* Known answers: FIPS 180-4 "abc"; RFC 4231 case 1 with its key padded by the zeros that HMAC adds
 * anyway. */
static void test_digest(void **state)
{
	guint8 key[LW_DIGEST_BYTES] = {0}, random[2][16];
	(void)state;
	memset(key, 0x0b, 20);
	g_autofree char *plain = lw_digest_sha256("abc", 3);
	g_autofree char *empty = lw_digest_sha256(NULL, 0);
	g_autofree char *keyed = lw_digest_hmac(key, "Hi There", 8);
	assert_string_equal(plain,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(empty,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_string_equal(keyed,
			    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	assert_true(lw_digest_is_hex(plain));
	assert_false(lw_digest_is_hex(plain + 1));
	lw_digest_random(random[0], 16);
	lw_digest_random(random[1], 16);
	assert_memory_not_equal(random[0], random[1], 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_print),	cmocka_unit_test(test_read),
		cmocka_unit_test(test_refused), cmocka_unit_test(test_strings_are_flat),
		cmocka_unit_test(test_digest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
