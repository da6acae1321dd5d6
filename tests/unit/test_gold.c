/* test_gold.c - labelled documents are read as brat and the cases write them, and measured by
 * hand-made sums. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "engine/score.h"

#include <string.h>

/* ---- reading ---- */

static LwGold *brat(const char *text, const char *labels, GError **error)
{
	g_autoptr(LwGold) gold = lw_gold_new();

	return lw_gold_add_brat(gold, "a.ann", text, strlen(text), labels, error)
		       ? g_steal_pointer(&gold)
		       : NULL;
}

static const LwGoldSpan *span_at(const LwGold *gold, guint index)
{
	const LwGoldDocument *document = gold->documents->pdata[0];

	return &g_array_index(document->spans, LwGoldSpan, index);
}

static void test_brat_counts_code_points(void **state)
{
	g_autoptr(LwGold) gold = brat("één José\nhier", "T1\tPerson 4 8\tJosé\n", NULL);
	LwSpan part;

	(void)state;
	assert_non_null(gold);
	part = g_array_index(span_at(gold, 0)->parts, LwSpan, 0);
	assert_int_equal(part.start, strlen("één "));
	assert_int_equal(part.length, strlen("José"));
	assert_string_equal(span_at(gold, 0)->kind, "person");
	assert_int_equal(span_at(gold, 0)->demand, LW_GOLD_MUST);
}

static void test_brat_prefixes_say_what_is_asked(void **state)
{
	g_autoptr(LwGold) gold = brat("a b c d",
				      "T1\tkeep-person 0 1\ta\nT2\tOptional_Address 2 3\tb\n"
				      "T3\tKeep 4 5\tc\nT4\tkeeper 6 7\td\n",
				      NULL);

	(void)state;
	assert_int_equal(span_at(gold, 0)->demand, LW_GOLD_KEEP);
	assert_string_equal(span_at(gold, 0)->kind, "person");
	assert_int_equal(span_at(gold, 1)->demand, LW_GOLD_OPTIONAL);
	assert_string_equal(span_at(gold, 1)->kind, "address");
	assert_int_equal(span_at(gold, 2)->demand, LW_GOLD_KEEP);
	assert_int_equal(span_at(gold, 3)->demand, LW_GOLD_MUST);
}

static void test_brat_knows_parts_origins_genres_and_persons(void **state)
{
	g_autoptr(LwGold) gold = brat("Jan\nPiet Ali",
				      "*\tEquiv T1 T2\nA1\tOrigin T2 turkish\nA2\tGenre T1 mail\n"
				      "T1\tperson 0 3;4 8\tJan Piet\nT2\tperson 9 12\tAli\n"
				      "R1\tx Arg1:T1 Arg2:T2\n",
				      NULL);
	const LwGoldDocument *document = gold->documents->pdata[0];

	(void)state;
	assert_int_equal(span_at(gold, 0)->parts->len, 2);
	assert_string_equal(span_at(gold, 1)->origin, "turkish");
	assert_null(span_at(gold, 0)->origin);
	assert_string_equal(document->genre, "mail");
	assert_true(span_at(gold, 0)->person &&
		    span_at(gold, 0)->person == span_at(gold, 1)->person);
}

static void test_brat_notes_may_say_the_same(void **state)
{
	g_autoptr(LwGold) gold = brat("Ali",
				      "# genre: chat\nT1\tperson 0 3\tAli\n"
				      "#1\tAnnotatorNotes T1\torigin=turkish\n",
				      NULL);
	const LwGoldDocument *document = gold->documents->pdata[0];

	(void)state;
	assert_string_equal(document->genre, "chat");
	assert_string_equal(span_at(gold, 0)->origin, "turkish");
}

static void test_brat_refuses_what_does_not_fit(void **state)
{
	static const struct {
		const char *labels, *message;
	} wrong[] = {
		{"T1\tperson 0 9\tJan", "'a.ann':1: the place is not in the text"},
		{"T1\tperson 2 1\tJ", "'a.ann':1: the place is not in the text"},
		{"T1\tperson 0 18446744073709551615\tJ", "'a.ann':1: the place is not in the text"},
		{"T1\tperson 0 3;1 3\tJan", "'a.ann':1: the place is not in the text"},
		{"T1\tperson 0 3\tJon", "'a.ann':1: the text at this place is another"},
		{"T1\tperson", "'a.ann':1: is no label"},
		{"T1 person 0 3 Jan", "'a.ann':1: is no label"},
		{"\nT1\tperson 0 3\tJan\nT1\tbsn 0 3\tJan",
		 "'a.ann':3: this label was given before"},
		{"T1\tperson 0 3\tJan\n*\tEquiv T1 T9", "'a.ann':2: no such label"},
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(LwGold) gold = brat("Jan", wrong[i].labels, &error);

		assert_null(gold);
		assert_string_equal(error->message, wrong[i].message);
		assert_int_equal(error->code, LW_ERROR_USAGE);
	}
}

static void test_cases_are_documents(void **state)
{
	g_autoptr(LwGold) gold = lw_gold_new();
	const LwGoldDocument *second;

	(void)state;
	assert_true(lw_gold_add_cases(gold, "c.txt",
				      "# why\nIk ben Jan\n       ^^^ person 5.1.2.e\n\nno marks\n\n"
				      "Dag é Ali\n|\nVan Wim\n    ~~~ person office-holder\n",
				      NULL));
	assert_int_equal(gold->documents->len, 2);
	assert_string_equal(span_at(gold, 0)->detail, "5.1.2.e");
	assert_int_equal(span_at(gold, 0)->line, 3);
	second = gold->documents->pdata[1];
	assert_string_equal(second->text, "Dag é Ali\n\nVan Wim");
	assert_false(second->whole);
	assert_int_equal(g_array_index(second->spans, LwGoldSpan, 0).demand, LW_GOLD_KEEP);
}

static void test_cases_refuse_marks_of_nothing(void **state)
{
	static const char *const wrong[] = {"^^^ person\n", "Jan\n^^^^ person\n", "Jan\n", ""};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(LwGold) gold = lw_gold_new();
		g_autoptr(GError) error = NULL;

		assert_false(lw_gold_add_cases(gold, "c.txt", wrong[i], &error));
		assert_int_equal(error->code, LW_ERROR_USAGE);
	}
}

/* ---- measuring ---- */

typedef struct {
	LwRates *rates;
	GString *faults;
} Measured;

static void take_fault(void *self, const LwGoldDocument *document, LwFault fault, const char *kind,
		       LwSpan span)
{
	Measured *measured = self;

	g_string_append_printf(measured->faults, "%d %s %.*s;", fault, kind, (int)span.length,
			       document->text + span.start);
}

/* Scores the marks that a line of '#' below the text draws. */
static Measured measure(const LwGold *gold, const char *drawn)
{
	const LwGoldDocument *document = gold->documents->pdata[0];
	Measured measured = {lw_rates_new(), g_string_new(NULL)};
	g_autoptr(LwPlan) plan = lw_plan_new();

	for (guint32 i = 0; drawn[i];) {
		guint32 length = (guint32)strspn(drawn + i, "#");

		if (length)
			lw_plan_add(plan)->span = (LwSpan){i, length};
		i += MAX(length, 1);
	}
	lw_score_document(measured.rates, 0, 0, document, plan->marks, take_fault, &measured);
	lw_rates_close(measured.rates, 1);
	return measured;
}

static void expect(const Measured *measured, LwMeasure measure, guint64 part, guint64 whole)
{
	const LwRate *rate = lw_rates_find(measured->rates, "all", "", measure, 0);

	assert_int_equal(rate ? rate->part : 0, part);
	assert_int_equal(rate ? rate->whole : 0, whole);
}

static void measured_clear(Measured *measured)
{
	lw_rates_free(measured->rates);
	g_string_free(measured->faults, TRUE);
}

typedef struct {
	const char *text, *labels;
	const char *drawn; /* what was marked */
	struct {
		LwMeasure measure;
		guint64 part, whole;
	} expected[4];
	const char *faults;
} Score;

static const Score scores[] = {
	/* "J" and "Bos" without the point between them is enough; "A" alone is not. */
	{"Dag J. Bos en A. Vos.",
	 "T1\tperson 4 10\tJ. Bos\nT2\tperson 14 20\tA. Vos\n",
	 "    #  ###    #      ",
	 {{LW_MEASURE_RECALL, 1, 2},
	  {LW_MEASURE_DOCUMENT_LEAK, 1, 1},
	  {LW_MEASURE_PERSON_LEAK, 1, 2},
	  {LW_MEASURE_PRECISION, 3, 3}},
	 "0 person A. Vos;"},
	/* A person leaks by one mention. */
	{"Bos Bos Vos",
	 "T1\tperson 0 3\tBos\nT2\tperson 4 7\tBos\nT3\tperson 8 11\tVos\n*\tEquiv T1 T2\n",
	 "###     ###",
	 {{LW_MEASURE_PERSON_LEAK, 1, 2}},
	 "0 person Bos;"},
	/* Only the local part of an address has to go. */
	{"j.bos@x.nl", "T1\temail 0 10\tj.bos@x.nl\n", "#####", {{LW_MEASURE_RECALL, 1, 1}}, ""},
	{"j.bos@x.nl",
	 "T1\temail 0 10\tj.bos@x.nl\n",
	 "      ####",
	 {{LW_MEASURE_RECALL, 0, 1}, {LW_MEASURE_EXCESS, 0, 4}},
	 "0 email j.bos@x.nl;"},
	/* Right; optional: not counted; too much; touches what has to stay. */
	{"Bos te Ede op maandag de burgemeester Van Dijk",
	 "T1\tperson 0 3\tBos\nT2\toptional-place 7 10\tEde\nT3\tkeep-person 38 46\tVan Dijk\n",
	 "###    ###    #######                     ####",
	 {{LW_MEASURE_PRECISION, 1, 3}, {LW_MEASURE_EXCESS, 2, 9}, {LW_MEASURE_KEPT, 1, 2}},
	 "2 person maandag;1 person Van Dijk;"},
};

static void test_what_is_drawn_is_scored(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(scores); i++) {
		const Score *score = &scores[i];
		g_autoptr(LwGold) gold = brat(score->text, score->labels, NULL);
		Measured measured = measure(gold, score->drawn);

		for (guint k = 0; k < 4 && score->expected[k].whole; k++)
			expect(&measured, score->expected[k].measure, score->expected[k].part,
			       score->expected[k].whole);
		assert_string_equal(measured.faults->str, score->faults);
		measured_clear(&measured);
	}
}

static void test_cases_judge_only_what_is_marked(void **state)
{
	g_autoptr(LwGold) gold = lw_gold_new();
	Measured measured;

	(void)state;
	assert_true(lw_gold_add_cases(gold, "c.txt",
				      "Bos op maandag\n^^^ person\n       !!!!!!! person\n", NULL));
	measured = measure(gold, "### ## #######");
	expect(&measured, LW_MEASURE_RECALL, 1, 1);
	expect(&measured, LW_MEASURE_PRECISION, 1, 2);
	expect(&measured, LW_MEASURE_KEPT, 1, 1);
	measured_clear(&measured);
}

/* ---- intervals ---- */

static void test_intervals_hold_the_value_and_do_not_change(void **state)
{
	double low[2], high[2];

	(void)state;
	for (guint run = 0; run < 2; run++) {
		g_autoptr(LwRates) rates = lw_rates_new();
		const LwRate *rate;

		/* Documents of ten, of which 0 to 9 hit: mean 0.45; by the normal rule the mean of
		 * 40 such documents lies within 1.96 * 0.287 / sqrt(40) = 0.089 of it. */
		for (guint d = 0; d < 40; d++)
			lw_rates_add(rates, "all", "", 0, 0, d, d % 10, 10);
		lw_rates_close(rates, 40);
		rate = lw_rates_find(rates, "all", "", 0, 0);
		assert_float_equal(lw_rate_value(rate), 0.45, 1e-9);
		low[run] = rate->low;
		high[run] = rate->high;
	}
	assert_float_equal(low[0], 0.45 - 0.089, 0.015);
	assert_float_equal(high[0], 0.45 + 0.089, 0.015);
	assert_true(low[0] == low[1] && high[0] == high[1]);
}

static void test_one_document_says_nothing_of_others(void **state)
{
	g_autoptr(LwRates) rates = lw_rates_new();
	const LwRate *rate;

	(void)state;
	lw_rates_add(rates, "kind", "bsn", 0, 0, 0, 1, 2);
	lw_rates_add(rates, "kind", "bsn", 0, 0, 0, 1, 2);
	lw_rates_add(rates, "kind", "iban", 0, 0, 0, 0, 0);
	lw_rates_close(rates, 1);
	rate = lw_rates_find(rates, "kind", "bsn", 0, 0);
	assert_int_equal(rate->whole, 4);
	assert_float_equal(rate->low, 0.5, 1e-9);
	assert_float_equal(rate->high, 0.5, 1e-9);
	assert_null(lw_rates_find(rates, "kind", "iban", 0, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_brat_counts_code_points),
		cmocka_unit_test(test_brat_prefixes_say_what_is_asked),
		cmocka_unit_test(test_brat_knows_parts_origins_genres_and_persons),
		cmocka_unit_test(test_brat_notes_may_say_the_same),
		cmocka_unit_test(test_brat_refuses_what_does_not_fit),
		cmocka_unit_test(test_cases_are_documents),
		cmocka_unit_test(test_cases_refuse_marks_of_nothing),
		cmocka_unit_test(test_what_is_drawn_is_scored),
		cmocka_unit_test(test_cases_judge_only_what_is_marked),
		cmocka_unit_test(test_intervals_hold_the_value_and_do_not_change),
		cmocka_unit_test(test_one_document_says_nothing_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
