/* test_messages.c - what people read in Dutch, and that the table holds together. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "engine/messages.h"

#include <errno.h>
#include <string.h>

static const struct {
	const char *english, *dutch;
} table[] = {
#define LW_MESSAGE(english, dutch) {english, dutch},
#define LW_FAULT(code, dutch)
#include "engine/messages.def"
#undef LW_MESSAGE
#undef LW_FAULT
};

static void expect(const char *english, const char *dutch)
{
	g_autofree char *said = lw_message_in(LW_LANG_NL, english);
	g_autofree char *same = lw_message_in(LW_LANG_EN, english);

	assert_string_equal(said, dutch);
	assert_string_equal(same, english);
}

/* The kinds of its parameters, in order: "su". */
static char *parameters(const char *format)
{
	GString *kinds = g_string_new(NULL);

	for (const char *c = format; (c = strchr(c, '%')); c++)
		g_string_append_c(kinds, c[1]);
	return g_string_free(kinds, FALSE);
}

/* What is between quotes is a name in both languages. */
static guint quoted(const char *format)
{
	guint count = 0;

	for (const char *c = format; (c = strstr(c, "%s")); c++)
		count += (c > format && c[-1] == '\'') ||
			 (c - format >= 3 && !strncmp(c - 3, "'", 3));
	return count;
}

static void test_both_languages_have_the_same_parameters(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autofree char *english = parameters(table[i].english);
		g_autofree char *dutch = parameters(table[i].dutch);

		assert_string_equal(english, dutch);
		assert_int_equal(strspn(english, "su"), strlen(english));
		assert_true(strlen(english) <= 4);
		assert_int_equal(quoted(table[i].english), quoted(table[i].dutch));
		assert_true(g_utf8_validate(table[i].dutch, -1, NULL));
		assert_null(strchr(table[i].dutch, '\n'));
	}
}

static void test_no_message_stands_there_twice(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		for (guint k = 0; k < i; k++)
			assert_string_not_equal(table[i].english, table[k].english);
}

/* Also the general ones do not stand before one that is more precise. */
static void test_every_plain_message_gives_its_own_text(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++)
		if (!strchr(table[i].english, '%'))
			expect(table[i].english, table[i].dutch);
}

static void test_names_and_numbers_stay(void **state)
{
	(void)state;
	expect("'uit/a.pdf' exists; --force overwrites it",
	       "'uit/a.pdf' bestaat al; --force overschrijft het");
	expect("page 12 was not read: it is only a picture, or its letters say nothing",
	       "bladzijde 12 is niet gelezen: ze is alleen een beeld, of haar letters zeggen "
	       "niets");
	expect("withheld, something marked survived (pdf/text, page 3)",
	       "achtergehouden, iets wat weg moest staat er nog in (pdf/text, bladzijde 3)");
	expect("withheld, something marked survived (odf/meta)",
	       "achtergehouden, iets wat weg moest staat er nog in (odf/meta)");
	expect("'p.ini':7: unknown key 'actie' in group 'kind bsn'",
	       "'p.ini':7: onbekende sleutel 'actie' in groep 'kind bsn'");
	expect("'log':2: the chain is broken", "'log':2: de keten is gebroken");
	expect("line 4 of the list '/a/b.txt' is too long",
	       "regel 4 van de lijst '/a/b.txt' is te lang");
}

static void test_a_message_in_a_message(void **state)
{
	g_autofree char *english = g_strdup_printf(
		"the log could not be written: cannot write 'out/x': %s", g_strerror(ENOSPC));

	(void)state;
	expect(english, "het logboek kon niet worden geschreven: "
			"kan 'out/x' niet schrijven: geen ruimte meer op het apparaat");
	expect("withheld, it could not be verified: the PDF has no pages",
	       "achtergehouden, het kon niet worden gecontroleerd: de PDF heeft geen bladzijden");
	expect("'a.odt': the zip archive is damaged", "'a.odt': het zip-archief is beschadigd");
	expect("'m.jsonl': mark 2 of 0123456789ab…: it has no ground",
	       "'m.jsonl': merkteken 2 van 0123456789ab…: het heeft geen grondslag");
	expect("regular expression, character 3: missing closing parenthesis",
	       "reguliere expressie, teken 3: missing closing parenthesis");
}

/* A file may be called like a message. */
static void test_a_name_is_never_turned(void **state)
{
	(void)state;
	expect("'empty' is an input", "'empty' is invoer");
	expect("'is damaged': cannot be read", "'is damaged': kan niet worden gelezen");
	expect("'empty': ': is damaged': is too large", "'empty': ': is damaged': is te groot");
	expect("'interrupted': no log that can be read",
	       "'interrupted': geen logboek dat kan worden gelezen");
}

static void test_what_is_unknown_stays(void **state)
{
	static const char *const unknown[] = {
		"",
		"is too large!",
		"something else",
		"page x was not read: it is only a picture, or its letters say nothing",
		"page  was not read: it is only a picture, or its letters say nothing",
		"'a': something else",
		"100% of %s and %u",
		"\xff\xfe",
	};

	(void)state;
	assert_null(lw_message_in(LW_LANG_NL, NULL));
	for (guint i = 0; i < G_N_ELEMENTS(unknown); i++)
		expect(unknown[i], unknown[i]);
}

/* A name full of what a message is made of costs no time. */
static void test_a_hostile_name_costs_no_time(void **state)
{
	g_autoptr(GString) message = g_string_new("'");
	gint64 before = g_get_monotonic_time();
	g_autofree char *said = NULL;

	(void)state;
	for (int i = 0; i < 4000; i++)
		g_string_append(message, "': 'cannot write '': mark 1 of …: ");
	g_string_append(message, "end");
	said = lw_message_in(LW_LANG_NL, message->str);
	assert_non_null(said);
	assert_true(g_get_monotonic_time() - before < 5 * G_USEC_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_languages_have_the_same_parameters),
		cmocka_unit_test(test_no_message_stands_there_twice),
		cmocka_unit_test(test_every_plain_message_gives_its_own_text),
		cmocka_unit_test(test_names_and_numbers_stay),
		cmocka_unit_test(test_a_message_in_a_message),
		cmocka_unit_test(test_a_name_is_never_turned),
		cmocka_unit_test(test_what_is_unknown_stays),
		cmocka_unit_test(test_a_hostile_name_costs_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
