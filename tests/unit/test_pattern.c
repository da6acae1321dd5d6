/* test_pattern.c - regular expressions: groups, bounds, hostile patterns; terms given by the user.
 */
#include "engine/base/error.h"
#include "engine/detect/detect.h"
#include "engine/detect/pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void groups_are_given(void **state)
{
	(void)state;
	g_autoptr(LwPattern) pattern = lw_pattern_new("([a-z]+)(?:-([0-9]+))?(x)?", NULL);
	assert_non_null(pattern);
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	gboolean exhausted = TRUE;
	assert_true(lw_pattern_next(pattern, "  ab-12 cd", 10, 0, groups, &exhausted));
	assert_false(exhausted);
	assert_int_equal(groups[0].start, 2);
	assert_int_equal(groups[0].end, 7);
	assert_int_equal(groups[2].start, 5);
	assert_true(groups[3].start == G_MAXSIZE && groups[3].end == G_MAXSIZE);
	assert_true(lw_pattern_next(pattern, "  ab-12 cd", 10, groups[0].end, groups, NULL));
	assert_int_equal(groups[0].start, 8);
	assert_true(groups[2].start == G_MAXSIZE);
	assert_false(lw_pattern_next(pattern, "  ab-12 cd", 10, 10, groups, &exhausted));
	assert_false(exhausted);
	assert_false(lw_pattern_next(pattern, "ab", 2, 3, groups, &exhausted));
}

static void more_groups_than_room_is_no_harm(void **state)
{
	(void)state;
	g_autoptr(LwPattern) pattern = lw_pattern_new(
		"(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)", NULL);
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	assert_true(lw_pattern_next(pattern, "aaaaaaaaaaaaaaaaaaaa", 20, 0, groups, NULL));
	assert_int_equal(groups[LW_PATTERN_GROUPS - 1].start, LW_PATTERN_GROUPS - 2);
}

static void an_empty_match_is_none(void **state)
{
	(void)state;
	g_autoptr(LwPattern) pattern = lw_pattern_new("x*", NULL);
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	assert_false(lw_pattern_next(pattern, "abc", 3, 0, groups, NULL));
	assert_true(lw_pattern_next(pattern, "abxxc", 5, 0, groups, NULL));
	assert_int_equal(groups[0].start, 2);
}

static void letters_of_all_scripts_are_letters(void **state)
{
	(void)state;
	g_autoptr(LwPattern) pattern = lw_pattern_new("(?i)\\bJOS\u00c9\\b", NULL);
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	const char *text = "jos\u00e9\u00e9 jos\u00e9.";
	assert_true(lw_pattern_next(pattern, text, strlen(text), 0, groups, NULL));
	assert_int_equal(groups[0].start, 8);
}

static void a_broken_pattern_is_a_usage_error(void **state)
{
	(void)state;
	GError *error = NULL;
	assert_null(lw_pattern_new("secret(", &error));
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_USAGE));
	assert_null(strstr(error->message, "secret"));
	g_clear_error(&error);
	g_autofree char *huge = g_strnfill(100000, 'a');
	assert_null(lw_pattern_new(huge, &error));
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_USAGE));
	g_clear_error(&error);
}

static void backtracking_is_bounded(void **state)
{
	(void)state;
	g_autoptr(LwPattern) pattern = lw_pattern_new("^(?:a+)+(?:a+)+(?:a+)+$", NULL);
	g_autofree char *text = g_strnfill(4000, 'a');
	text[3999] = 'b';
	LwPatternGroup groups[LW_PATTERN_GROUPS];
	gboolean exhausted = FALSE;
	gint64 before = g_get_monotonic_time();
	assert_false(lw_pattern_next(pattern, text, 4000, 0, groups, &exhausted));
	assert_true(exhausted);
	assert_true(g_get_monotonic_time() - before < 20 * G_USEC_PER_SEC);
}

static LwEntities *find(const char *text, const char *term, const char *regex)
{
	GError *error = NULL;
	g_autoptr(LwTerms) terms = lw_terms_new((const char *const[]){term, NULL},
						(const char *const[]){regex, NULL}, &error);
	assert_null(error);
	g_autoptr(LwDocument) document = lw_document_new("plain");
	document->text = text;
	document->length = strlen(text);
	g_autoptr(LwNormal) normal = lw_normal_new(text, strlen(text));
	LwDetection detection = {document, normal};
	LwEntities *found = lw_entities_new();
	lw_terms_find(terms, &detection, found);
	return found;
}

static void assert_found(const char *text, const char *term, const char *regex, guint count,
			 gsize start, gsize length)
{
	LwEntities *found = find(text, term, regex);
	assert_int_equal(found->items->len, count);
	if (count) {
		LwEntity *entity = &g_array_index(found->items, LwEntity, 0);
		assert_int_equal(entity->kind, LW_KIND_TERM);
		assert_int_equal(entity->span.start, start);
		assert_int_equal(entity->span.length, length);
		assert_true(entity->score == 1.0f);
	}
	lw_entities_free(found);
}

static void terms_match_whole_words_in_any_case(void **state)
{
	(void)state;
	assert_found("een PROJECT ZON is geheim", "Project Zon", NULL, 1, 4, 11);
	assert_found("een Project\n  Zon is geheim", "project zon", NULL, 1, 4, 13);
	assert_found("projectzonder", "project", NULL, 0, 0, 0);
	assert_found("bakkers Bakker", "bakker", NULL, 1, 8, 6);
	assert_found("Bak-\nker kwam", "bakker", NULL, 1, 0, 8);
	assert_found("C++ (x) kost $5", "(x)", NULL, 1, 4, 3);
	assert_found("nummer 12-AB", NULL, "[0-9]{2}-[A-Z]{2}", 1, 7, 5);
}

static void a_costly_expression_marks_the_line(void **state)
{
	(void)state;
	GString *text = g_string_new("kort\n");
	for (int i = 0; i < 4000; i++)
		g_string_append_c(text, 'a');
	g_string_append(text, "!\nkort");
	assert_found(text->str, NULL, "(?:a+)+(?:a+)+(?:a+)+[0-9]", 1, 5, 4001);
	g_string_free(text, TRUE);
}

static void an_empty_term_is_refused(void **state)
{
	(void)state;
	GError *error = NULL;
	assert_null(lw_terms_new((const char *const[]){" ", NULL}, NULL, &error));
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_USAGE));
	g_clear_error(&error);
	assert_null(lw_terms_new(NULL, (const char *const[]){"[", NULL}, &error));
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_USAGE));
	g_clear_error(&error);
}

/* An address that holds a given term falls apart; nothing of it is lost. */
static void given_terms_win_and_leave_the_rest(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = lw_document_new("plain");
	document->text = "Kerkstraat 12, 1234 AB Utrecht";
	document->length = strlen(document->text);
	g_autoptr(LwEntities) found = lw_entities_new();
	lw_entities_add(found, (LwSpan){0, 30}, LW_KIND_ADDRESS, 0.9f, "address/street");
	lw_entities_add(found, (LwSpan){15, 7}, LW_KIND_POSTCODE, 0.9f, "address/postcode");
	lw_entities_add(found, (LwSpan){23, 7}, LW_KIND_TERM, 1.0f, "term/text");
	lw_detect_merge(document, found);
	assert_int_equal(found->items->len, 2);
	LwEntity *address = &g_array_index(found->items, LwEntity, 0);
	assert_int_equal(address->kind, LW_KIND_ADDRESS);
	assert_int_equal(address->span.length, 22);
	assert_int_equal(g_array_index(found->items, LwEntity, 1).kind, LW_KIND_TERM);
}

/* woo.md 6.16: an IBAN before the telephone number in its tail, whatever the order of finding. */
static void the_priority_decides(void **state)
{
	(void)state;
	g_autoptr(LwDocument) document = lw_document_new("plain");
	document->text = "NL91 ABNA 0417 1643 00 en meer";
	document->length = strlen(document->text);
	g_autoptr(LwEntities) found = lw_entities_new();
	lw_entities_add(found, (LwSpan){10, 12}, LW_KIND_PHONE, 0.98f, "pattern/phone");
	lw_entities_add(found, (LwSpan){0, 22}, LW_KIND_IBAN, 0.9f, "pattern/iban");
	lw_entities_add(found, (LwSpan){0, 22}, LW_KIND_MRZ, 0.3f, "pattern/mrz");
	lw_detect_merge(document, found);
	assert_int_equal(found->items->len, 1);
	assert_int_equal(g_array_index(found->items, LwEntity, 0).kind, LW_KIND_IBAN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_are_given),
		cmocka_unit_test(more_groups_than_room_is_no_harm),
		cmocka_unit_test(an_empty_match_is_none),
		cmocka_unit_test(letters_of_all_scripts_are_letters),
		cmocka_unit_test(a_broken_pattern_is_a_usage_error),
		cmocka_unit_test(backtracking_is_bounded),
		cmocka_unit_test(terms_match_whole_words_in_any_case),
		cmocka_unit_test(a_costly_expression_marks_the_line),
		cmocka_unit_test(an_empty_term_is_refused),
		cmocka_unit_test(given_terms_win_and_leave_the_rest),
		cmocka_unit_test(the_priority_decides),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
