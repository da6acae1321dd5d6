/* test_verify_text.c - the verifier on formats without pages: counting what stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/verify.h"
#include "extractors/builtin.h"

static LwPlan *plan_for(const char *text, const char *word)
{
	LwPlan *plan = lw_plan_new();
	for (const char *at = text; (at = strstr(at, word)); at += strlen(word)) {
		LwMark *mark = lw_plan_add(plan);
		mark->span = (LwSpan){(guint32)(at - text), (guint32)strlen(word)};
		mark->ground = "5.1.2.e";
	}
	g_ptr_array_add(plan->secrets, (void *)word);
	return plan;
}

typedef struct {
	const char *channel; /* of a leak, or NULL */
	gboolean readable;   /* the finding that something can be read elsewhere */
	gboolean other;	     /* the finding that what another document lost can be read */
} Verdict;

static Verdict judge(const char *before, const char *after, const LwPlan *plan)
{
	g_autoptr(GBytes) original = g_bytes_new_static(before, strlen(before));
	g_autoptr(GBytes) output = g_bytes_new_static(after, strlen(after));
	g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(LwFinding));
	g_autoptr(GError) error = NULL;
	const LwJudged judged = {
		lw_format_named("plain"), output, original, plan, LW_MAKER_US, NULL};
	assert_true(lw_verify(&judged, findings, NULL, &error));
	assert_null(error);
	const LwFinding *leak = lw_findings_leak(findings);
	return (Verdict){leak ? leak->channel : NULL,
			 lw_findings_have(findings, "readable-elsewhere"),
			 lw_findings_have(findings, "removed-elsewhere")};
}

static void test_what_stays_is_counted(void **state)
{
	(void)state;
	static const char before[] = "Jansen en Jansen\n";
	g_autoptr(LwPlan) all = plan_for(before, "Jansen");
	assert_null(judge(before, "[gelakt: 5.1.2.e] en [gelakt: 5.1.2.e]\n", all).channel);
	const Verdict leak = judge(before, "[gelakt: 5.1.2.e] en Jansen\n", all);
	assert_non_null(leak.channel);
	assert_string_equal(leak.channel, "text");
	/* What nobody marked may stay. */
	g_autoptr(LwPlan) first = plan_for(before, "Jansen");
	g_ptr_array_set_size(first->marks, 1);
	assert_null(judge(before, "[gelakt: 5.1.2.e] en Jansen\n", first).channel);
}

/* A person should look at what was removed here and stays there; words that nobody removed say
 * nothing. */
/* A short word inside a longer one is another word; a part of one, or a long one, is not. */
static void test_short_words_are_whole(void **state)
{
	(void)state;
	static const struct {
		const char *before, *word, *after;
		gboolean leaks;
	} cases[] = {
		{"tel 280 en 281\n", "280", "tel [gelakt: 5.1.2.e] en 281\nnaam2803\n", FALSE},
		{"tel 280 en 281\n", "280", "tel [gelakt: 5.1.2.e] en 281\n280\n", TRUE},
		{"280 en 2803\n", "280", "280 en [gelakt: 5.1.2.e]\n", TRUE},
		{"ab280cd 281\n", "280", "ab[gelakt: 5.1.2.e]cd 281\nnaam2803\n", TRUE},
		{"Jansen\n", "Jansen", "[gelakt: 5.1.2.e]\nDijkjansen Dijk_JJansens\n", TRUE},
		{"\303\266mm 1\n", "mm", "\303\266[gelakt: 5.1.2.e] 1\nxmm\n", TRUE},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(LwPlan) plan = plan_for(cases[i].before, cases[i].word);
		g_ptr_array_set_size(plan->marks, 1);
		const Verdict verdict = judge(cases[i].before, cases[i].after, plan);
		assert_int_equal(verdict.channel != NULL, cases[i].leaks);
	}
}

static void test_a_repeat_is_told(void **state)
{
	(void)state;
	static const char before[] = "Jansen en Jansen\n";
	g_autoptr(LwPlan) first = plan_for(before, "Jansen");
	g_ptr_array_set_size(first->marks, 1);
	assert_true(judge(before, "[gelakt: 5.1.2.e] en Jansen\n", first).readable);
	g_autoptr(LwPlan) all = plan_for(before, "Jansen");
	assert_false(judge(before, "[gelakt: 5.1.2.e] en [gelakt: 5.1.2.e]\n", all).readable);
	static const char other[] =
		"Pietersen en Jansen\n"; /* Jansen was removed elsewhere in the run */
	g_autoptr(LwPlan) pietersen = plan_for(other, "Pietersen");
	g_ptr_array_add(pietersen->secrets, (void *)"Jansen");
	const Verdict word = judge(other, "[gelakt: 5.1.2.e] en Jansen\n", pietersen);
	assert_false(word.readable);
	assert_false(word.other);
}

/* A whole name or a number that went from another document stays here: a person should know. */
static void test_what_another_document_lost_is_told(void **state)
{
	(void)state;
	static const char before[] = "Pietersen en Karel  Jansen, 06-12345678, 12 stuks\n";
	static const char after[] = "[gelakt: 5.1.2.e] en Karel  Jansen, 06-12345678, 12 stuks\n";
	static const char *const told[] = {"Karel Jansen", "06-12345678"};
	static const char *const untold[] = {"Jansen", "12", "Karel Jansma", "06-12345679"};
	for (guint i = 0; i < G_N_ELEMENTS(told) + G_N_ELEMENTS(untold); i++) {
		g_autoptr(LwPlan) plan = plan_for(before, "Pietersen");
		gboolean tells = i < G_N_ELEMENTS(told);
		g_ptr_array_add(plan->secrets,
				(void *)(tells ? told[i] : untold[i - G_N_ELEMENTS(told)]));
		const Verdict verdict = judge(before, after, plan);
		assert_null(verdict.channel);
		assert_int_equal(verdict.other, tells);
	}
}

/* Our own label is no leak of the words that are in it. */
static void test_words_of_the_label(void **state)
{
	(void)state;
	static const char before[] = "gelakt op grond van 5.1.2.e\n";
	g_autoptr(LwPlan) plan = plan_for(before, "gelakt");
	assert_null(judge(before, "[gelakt: 5.1.2.e] op grond van 5.1.2.e\n", plan).channel);
	assert_non_null(
		judge(before, "[gelakt: 5.1.2.e] gelakt op grond van 5.1.2.e\n", plan).channel);
}

/* A word with many marks is counted once: this took minutes. */
static void test_many_marks_of_one_word(void **state)
{
	(void)state;
	g_autoptr(GString) before = g_string_new(NULL), after = g_string_new(NULL);
	for (guint i = 0; i < 30000; i++) {
		g_string_append(before, "Zebulon stond daar, en daar ook\n");
		g_string_append(after, "[gelakt: 5.1.2.e] stond daar, en daar ook\n");
	}
	g_autoptr(LwPlan) plan = plan_for(before->str, "Zebulon");
	const gint64 start = g_get_monotonic_time();
	assert_null(judge(before->str, after->str, plan).channel);
	assert_true(g_get_monotonic_time() - start < 10 * G_USEC_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_stays_is_counted),
		cmocka_unit_test(test_short_words_are_whole),
		cmocka_unit_test(test_a_repeat_is_told),
		cmocka_unit_test(test_what_another_document_lost_is_told),
		cmocka_unit_test(test_words_of_the_label),
		cmocka_unit_test(test_many_marks_of_one_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
