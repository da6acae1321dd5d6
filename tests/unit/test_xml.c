/* test_xml.c - XML trees: hostile documents are refused, pointers survive changes, what is dumped
 * is what was made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/base/error.h"
#include "engine/base/xml.h"

static LwXml *load(const char *text)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	return lw_xml_load(bytes, NULL);
}

static void refused(const char *text)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	g_autoptr(GError) error = NULL;
	g_autoptr(LwXml) xml = lw_xml_load(bytes, &error);
	assert_null(xml);
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_UNREADABLE));
}

static void dumps_as(LwXml *xml, const char *expected)
{
	g_autoptr(GBytes) bytes = lw_xml_dump(xml);
	g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	const char *body = strchr(text, '\n') + 1;
	g_autofree char *wanted = g_strconcat(expected, "\n", NULL);
	assert_string_equal(body, wanted);
}

static void test_refused(void **state)
{
	(void)state;
	refused("");
	refused("<a>");
	refused("<a></b>");
	refused("text");
	refused("<a>&undefined;</a>");
	refused("<!DOCTYPE a><a/>");
	refused("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>");
	refused("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
	refused("<!DOCTYPE a [<!ENTITY x \"y\">]><a b=\"&x;\"/>");
}

static void test_bomb(void **state)
{
	(void)state;
	GString *bomb = g_string_new("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
	for (guint i = 1; i < 30; i++)
		g_string_append_printf(bomb, "<!ENTITY l%u \"&l%u;&l%u;&l%u;\">", i, i - 1, i - 1,
				       i - 1);
	g_string_append(bomb, "]><a b=\"&l29;\">&l29;</a>");
	refused(bomb->str);
	g_string_free(bomb, TRUE);
}

static void test_depth(void **state)
{
	(void)state;
	GString *deep = g_string_new(NULL);
	for (guint i = 0; i < 100000; i++)
		g_string_append(deep, "<a>");
	for (guint i = 0; i < 100000; i++)
		g_string_append(deep, "</a>");
	refused(deep->str);
	g_string_free(deep, TRUE);
}

static void test_many_attributes(void **state)
{
	(void)state;
	GString *wide = g_string_new("<?xml version=\"1.0\"?><!-- it's --><a>don't<b");
	for (guint i = 0; i < 100000; i++)
		g_string_append_printf(wide, " a%u='>'", i);
	g_string_append(wide, "/></a>");
	refused(wide->str);
	g_string_free(wide, TRUE);
	g_autoptr(LwXml) control = load("<a b='1' c=\"'\">it's \"=\"<!-- ' --></a>");
	assert_non_null(control);
}

static void test_walk(void **state)
{
	(void)state;
	g_autoptr(LwXml) xml =
		load("<a xmlns=\"urn:x\" xmlns:y=\"urn:y\"><b y:c=\"&lt;1\"/>t<y:d><e/></y:d></a>");
	LwNode *root = lw_xml_root(xml);
	assert_true(lw_node_is(root, "urn:x", "a"));
	LwNode *b = lw_node_following(root, root);
	assert_true(lw_node_is(b, "urn:x", "b"));
	g_autofree char *value = lw_node_dup_attribute(b, "urn:y", "c");
	assert_string_equal(value, "<1");
	assert_string_equal(lw_node_text(lw_node_next(b)), "t");
	LwNode *d = lw_node_following(b, root);
	assert_true(lw_node_is(d, "urn:y", "d"));
	LwNode *e = lw_node_following(d, root);
	assert_true(lw_node_is(e, "urn:x", "e"));
	assert_null(lw_node_following(e, root));
	assert_null(lw_node_following(b, b));
	assert_null(lw_node_parent(root));
}

/* Two texts side by side stay two nodes: a map may point to both. */
static void test_texts_stay_apart(void **state)
{
	(void)state;
	g_autoptr(LwXml) xml = load("<a>one<b>two</b>three</a>");
	LwNode *root = lw_xml_root(xml);
	LwNode *one = lw_node_first(root);
	LwNode *b = lw_node_next(one);
	LwNode *two = lw_node_first(b);
	LwNode *three = lw_node_next(b);
	lw_node_unwrap(b);
	assert_ptr_equal(lw_node_next(one), two);
	assert_ptr_equal(lw_node_next(two), three);
	lw_node_set_text(two, "&<", 2);
	LwNode *more = lw_node_insert_text_after(two, "!", 1);
	LwNode *c = lw_node_insert_after(one, "urn:c", "c", "c");
	lw_node_add_text(c, "x", 1);
	lw_node_set_attribute(c, "urn:c", "c", "k", "\"v\"");
	assert_ptr_equal(lw_node_previous(three), more);
	dumps_as(xml,
		 "<a xmlns:c=\"urn:c\">one<c:c c:k=\"&quot;v&quot;\">x</c:c>&amp;&lt;!three</a>");
}

static void test_dropped_lives(void **state)
{
	(void)state;
	g_autoptr(LwXml) xml = load("<a><b>text</b></a>");
	LwNode *b = lw_node_first(lw_xml_root(xml));
	LwNode *text = lw_node_first(b);
	lw_node_drop(b);
	lw_node_drop(b);
	assert_string_equal(lw_node_text(text), "text");
	dumps_as(xml, "<a/>");
}

/* The prefix that only the unwrapped element declared is still declared. */
static void test_unwrap_keeps_namespace(void **state)
{
	(void)state;
	g_autoptr(LwXml) xml = load("<a><n:b xmlns:n=\"urn:n\"><n:c/></n:b></a>");
	lw_node_unwrap(lw_node_first(lw_xml_root(xml)));
	g_autoptr(GBytes) bytes = lw_xml_dump(xml);
	g_autoptr(LwXml) again = lw_xml_load(bytes, NULL);
	assert_non_null(again);
	assert_true(lw_node_is(lw_node_first(lw_xml_root(again)), "urn:n", "c"));
}

static void test_encodings(void **state)
{
	(void)state;
	static const char utf16[] = "\xff\xfe<\0a\0>\0\xeb\0<\0/\0a\0>\0";
	g_autoptr(GBytes) bytes = g_bytes_new(utf16, sizeof utf16 - 1);
	g_autoptr(LwXml) xml = lw_xml_load(bytes, NULL);
	assert_non_null(xml);
	assert_string_equal(lw_node_text(lw_node_first(lw_xml_root(xml))), "ë");
	refused("<a>\xff</a>");
}

static void test_namespace_forgotten(void **state)
{
	(void)state;
	g_autoptr(LwXml) xml = load("<a xmlns:jansen=\"http://jansen.example\"/>");
	lw_node_forget_namespace(lw_xml_root(xml), 0);
	g_autoptr(GBytes) bytes = lw_xml_dump(xml);
	assert_null(g_strstr_len(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
				 "jansen"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),	      cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_depth),	      cmocka_unit_test(test_many_attributes),
		cmocka_unit_test(test_walk),	      cmocka_unit_test(test_texts_stay_apart),
		cmocka_unit_test(test_dropped_lives), cmocka_unit_test(test_unwrap_keeps_namespace),
		cmocka_unit_test(test_encodings),     cmocka_unit_test(test_namespace_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
