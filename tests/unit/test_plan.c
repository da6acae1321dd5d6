/* test_plan.c - decisions, ids, phrases and secrets, on documents made by hand. */
#include "engine/marks.h"
#include "engine/output.h"
#include "engine/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char sha256[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/* A page of ten-point letters in a fixed pitch, lines at newlines; text as given. */
static LwDocument *page_new(const char *text)
{
	LwDocument *document = lw_document_new("pdf");
	guint32 count = (guint32)g_utf8_strlen(text, -1), column = 0, line = 0, glyphs = 0;
	const char *at = text;

	document->length = strlen(text);
	document->text = lw_arena_strndup(document->arena, text, document->length);
	document->glyph_of = lw_arena_new0(document->arena, guint32, count + 1);
	document->glyphs = lw_arena_new0(document->arena, LwGlyph, count + 1);
	for (guint32 i = 0; i < count; i++, at = g_utf8_next_char(at)) {
		float x = 72.0f + 6.0f * (float)column++, y = 72.0f + 14.0f * (float)line;

		document->glyph_of[i] = LW_NO_GLYPH;
		if (*at == '\n') {
			column = 0;
			line++;
		}
		if (*at == ' ' || *at == '\n')
			continue;
		document->glyph_of[i] = glyphs;
		document->glyphs[glyphs++] = (LwGlyph){
			.unicode = g_utf8_get_char(at), .box = {x, y, x + 6, y + 12}, .size = 10};
	}
	document->glyph_count = glyphs;
	document->page_count = 1;
	document->pages = lw_arena_new0(document->arena, LwPage, 1);
	document->pages[0] = (LwPage){595, 842, {0, (guint32)document->length}, 0, glyphs, 0};
	return document;
}

static void find(LwEntities *found, const LwDocument *document, const char *text, LwKind kind,
		 float score)
{
	const char *at = strstr(document->text, text);

	assert_non_null(at);
	lw_entities_add(found, (LwSpan){(guint32)(at - document->text), (guint32)strlen(text)},
			kind, score, "name/title");
}

typedef struct {
	LwDocument *document;
	LwEntities *found;
	LwPolicy *policy;
	LwPlanOptions options;
	LwPlan *proposals, *plan;
} Case;

static Case case_new(const char *text)
{
	Case one = {page_new(text), lw_entities_new(), lw_policy_new(), {0}, NULL, NULL};

	one.options.policy = one.policy;
	return one;
}

static void case_run(Case *one)
{
	lw_entities_sort(one->found);
	one->proposals = lw_proposals_new(one->document, sha256, one->found, &one->options, NULL);
	assert_non_null(one->proposals);
	one->plan = lw_plan_decide(one->proposals, one->document, &one->options);
}

static void case_free(Case *one)
{
	lw_plan_free(one->plan);
	lw_plan_free(one->proposals);
	lw_entities_free(one->found);
	lw_policy_free(one->policy);
	lw_document_free(one->document);
}

static const LwMark *mark_at(const LwPlan *plan, guint index)
{
	assert_true(index < plan->marks->len);
	return plan->marks->pdata[index];
}

static gboolean is_secret(const Case *one, const char *text)
{
	g_autoptr(GHashTable) secrets =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	lw_plan_collect_secrets(one->proposals, one->document, &one->options, secrets);
	return g_hash_table_contains(secrets, text);
}

/* A diagnosis is a word of the language: other documents may be about it. */
static void test_a_word_of_a_special_category_is_its_own(void **state)
{
	Case one = case_new("De heer Zonderland lijdt aan astma en is veroordeeld wegens diefstal");

	(void)state;
	find(one.found, one.document, "astma", LW_KIND_SPECIAL, 0.95f);
	find(one.found, one.document, "is veroordeeld wegens diefstal", LW_KIND_SPECIAL, 0.95f);
	case_run(&one);
	assert_int_equal(one.plan->marks->len, 2);
	assert_false(is_secret(&one, "astma"));
	assert_int_equal(one.plan->secrets->len, 1);
	assert_string_equal(one.plan->secrets->pdata[0], "astma");
	assert_true(is_secret(&one, "is veroordeeld wegens diefstal"));
	case_free(&one);
}

static void test_neighbours_become_one_phrase(void **state)
{
	Case one = case_new("aan Kerkstraat 12, 3511 AB Utrecht en");

	(void)state;
	find(one.found, one.document, "Kerkstraat 12", LW_KIND_ADDRESS, 0.9f);
	find(one.found, one.document, "3511 AB", LW_KIND_POSTCODE, 0.9f);
	case_run(&one);
	assert_int_equal(one.plan->marks->len, 1);
	assert_int_equal(mark_at(one.plan, 0)->span.length, strlen("Kerkstraat 12, 3511 AB"));
	/* Every glyph of the phrase, the comma too, and one box for the line. */
	assert_int_equal(mark_at(one.plan, 0)->glyphs->len, strlen("Kerkstraat12,3511AB"));
	assert_int_equal(mark_at(one.plan, 0)->boxes->len, 1);
	case_free(&one);
}

static void test_a_phrase_closes_its_bracket(void **state)
{
	Case one = case_new("Van: Jan Zonderland <j.zonderland@post.example>; Piet");

	(void)state;
	find(one.found, one.document, "Jan Zonderland", LW_KIND_PERSON, 0.9f);
	find(one.found, one.document, "j.zonderland@post.example", LW_KIND_EMAIL, 0.9f);
	case_run(&one);
	assert_int_equal(one.plan->marks->len, 1);
	assert_int_equal(mark_at(one.plan, 0)->span.length,
			 strlen("Jan Zonderland <j.zonderland@post.example>"));
	case_free(&one);
}

static void test_grounds_keep_marks_apart(void **state)
{
	Case one = case_new("Zonderland 123456782 daar");

	(void)state;
	find(one.found, one.document, "Zonderland", LW_KIND_PERSON, 0.9f);
	find(one.found, one.document, "123456782", LW_KIND_BSN, 0.9f);
	case_run(&one);
	assert_int_equal(one.plan->marks->len, 2);
	assert_string_equal(mark_at(one.plan, 0)->ground, "5.1.2.e");
	assert_string_equal(mark_at(one.plan, 1)->ground, "5.1.1.e");
	case_free(&one);
}

static void test_words_and_lines_keep_marks_apart(void **state)
{
	Case one = case_new("Zonderland en Vandermeulen\nPietersen");

	(void)state;
	find(one.found, one.document, "Zonderland", LW_KIND_PERSON, 0.9f);
	find(one.found, one.document, "Vandermeulen", LW_KIND_PERSON, 0.9f);
	find(one.found, one.document, "Pietersen", LW_KIND_PERSON, 0.9f);
	case_run(&one);
	assert_int_equal(one.plan->marks->len, 3);
	case_free(&one);
}

static void test_ids_are_stable_and_distinct(void **state)
{
	Case one = case_new("Zonderland 123456782"), two = case_new("Zonderland 123456782");

	(void)state;
	find(one.found, one.document, "Zonderland", LW_KIND_PERSON, 0.9f);
	find(one.found, one.document, "123456782", LW_KIND_BSN, 0.9f);
	find(two.found, two.document, "Zonderland", LW_KIND_PERSON, 0.3f);
	case_run(&one);
	case_run(&two);
	assert_int_equal(strlen(mark_at(one.proposals, 0)->id), LW_MARK_ID_LENGTH);
	assert_string_equal(mark_at(one.proposals, 0)->id, mark_at(two.proposals, 0)->id);
	assert_string_not_equal(mark_at(one.proposals, 0)->id, mark_at(one.proposals, 1)->id);
	case_free(&one);
	case_free(&two);
}

static void test_suggestions_stay_open_until_accepted(void **state)
{
	Case one = case_new("schaal 11 en mening");
	const LwMark *salary, *opinion;

	(void)state;
	find(one.found, one.document, "schaal 11", LW_KIND_SALARY, 0.7f);
	find(one.found, one.document, "mening", LW_KIND_OPINION, 0.99f);
	case_run(&one);
	salary = mark_at(one.proposals, 0);
	opinion = mark_at(one.proposals, 1);
	assert_int_equal(one.plan->marks->len, 0);
	assert_true(lw_mark_is_open(salary, &one.options));
	one.options.accept = LW_ACCEPT_SURE;
	assert_true(lw_mark_is_open(salary, &one.options));
	one.options.accept = LW_ACCEPT_LIKELY;
	assert_true(lw_mark_is_accepted(salary, &one.options));
	one.options.accept = LW_ACCEPT_SUGGESTED;
	assert_true(lw_mark_is_accepted(salary, &one.options));
	/* Article 5.2: only a person decides. */
	assert_false(lw_mark_is_accepted(opinion, &one.options));
	assert_true(lw_mark_is_open(opinion, &one.options));
	case_free(&one);
}

static void test_secrets_hold_the_surname_alone(void **state)
{
	Case one = case_new("Jan Zonder-\nland kwam, 43 jaar");

	(void)state;
	find(one.found, one.document, "Jan Zonder-\nland", LW_KIND_PERSON, 0.9f);
	find(one.found, one.document, "43", LW_KIND_AGE, 0.9f);
	case_run(&one);
	assert_true(is_secret(&one, "Jan Zonderland"));
	assert_true(is_secret(&one, "Zonderland"));
	/* It stands everywhere by chance. */
	assert_false(is_secret(&one, "43"));
	case_free(&one);
}

static void test_thresholds_are_those_of_the_policy(void **state)
{
	static const char *const policies[] = {"", "[policy]\nsure = 0.95\nlikely = 0.9\n"};
	static const struct {
		guint accept;
		float score;
		gboolean accepted[2]; /* by the built-in policy, by the strict one */
	} cases[] = {
		{LW_ACCEPT_SURE, 0.9f, {TRUE, FALSE}},	   {LW_ACCEPT_SURE, 0.89f, {FALSE, FALSE}},
		{LW_ACCEPT_SURE, 0.95f, {TRUE, TRUE}},	   {LW_ACCEPT_LIKELY, 0.6f, {TRUE, FALSE}},
		{LW_ACCEPT_LIKELY, 0.59f, {FALSE, FALSE}}, {LW_ACCEPT_LIKELY, 0.9f, {TRUE, TRUE}},
	};

	(void)state;
	for (guint p = 0; p < G_N_ELEMENTS(policies); p++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(LwPolicy) policy =
			lw_policy_parse(policies[p], strlen(policies[p]), "policy", ".", &error);
		assert_null(error);
		for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
			const LwPlanOptions options = {.policy = policy, .accept = cases[i].accept};
			LwMark mark = {.kind = LW_KIND_SALARY,
				       .action = LW_ACTION_SUGGEST,
				       .ground = "5.1.2.e",
				       .score = cases[i].score};
			assert_int_equal(lw_mark_is_accepted(&mark, &options),
					 cases[i].accepted[p]);
		}
	}
}

static LwLexicon *open_lexicon(void)
{
	const char *root = g_getenv("LW_BUILD_ROOT");
	g_autofree char *path =
		g_build_filename(root ? root : ".", "dictionaries", "lexicon.bin", NULL);
	LwLexicon *lexicon = lw_lexicon_open(path, NULL);

	assert_non_null(lexicon);
	return lexicon;
}

/* Which words of a removed phrase are looked for by themselves. */
static void test_secrets_of_a_phrase(void **state)
{
	static const struct {
		const char *text;
		LwKind kind;
		const char *secret, *no_secret;
	} cases[] = {
		{"Willem van Zandstra", LW_KIND_PERSON, "Zandstra", "van"},
		{"Willem van Zandstra", LW_KIND_PERSON, "Willem", "Willem van"},
		{"Willem van Zandstra", LW_KIND_PERSON, "Willem van Zandstra", NULL},
		{"mevrouw Qwertini", LW_KIND_PERSON, "Qwertini", "mevrouw"},
		{"Andy Daarom", LW_KIND_PERSON, "Andy Daarom", "Daarom"},
		{"Jan Bakker", LW_KIND_PERSON, "Bakker", NULL},
		{"J. Li", LW_KIND_PERSON, "J. Li", "Li"},
		{"Dorpsstraat 12a, 1234 AB Zwolle", LW_KIND_ADDRESS,
		 "Dorpsstraat 12a, 1234 AB Zwolle", "Zwolle"},
		{"het hele verhaal", LW_KIND_TERM, "het hele verhaal", "verhaal"},
		{"w.zandstra@voorbeeld.nl", LW_KIND_EMAIL, "w.zandstra", "voorbeeld"},
		{"w.zandstra@voorbeeld.nl", LW_KIND_EMAIL, "w.zandstra@voorbeeld.nl", NULL},
		{"qwertini7@voorbeeld.nl", LW_KIND_EMAIL, "qwertini7", NULL},
		{"secretariaat@voorbeeld.nl", LW_KIND_EMAIL, "secretariaat@voorbeeld.nl",
		 "secretariaat"},
		{"+31 6 12345678", LW_KIND_PHONE, "612345678", "12345678"},
		{"1234", LW_KIND_CLIENT_NUMBER, NULL, "1234"},
		{"12.345", LW_KIND_CLIENT_NUMBER, "12.345", NULL},
	};
	g_autoptr(LwLexicon) lexicon = open_lexicon();

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		Case one = case_new(cases[i].text);

		one.options.lexicon = lexicon;
		find(one.found, one.document, cases[i].text, cases[i].kind, 0.9f);
		case_run(&one);
		((LwMark *)one.proposals->marks->pdata[0])->decision = LW_DECISION_ACCEPTED;
		if (cases[i].secret && !is_secret(&one, cases[i].secret))
			fail_msg("no secret: %s", cases[i].secret);
		if (cases[i].no_secret && is_secret(&one, cases[i].no_secret))
			fail_msg("a secret: %s", cases[i].no_secret);
		case_free(&one);
	}
}

static void test_an_area_takes_the_text_under_it(void **state)
{
	/* "Zonderland" begins in column 4: 72 + 24 to 72 + 84. */
	Case one = case_new("heer Zonderland kwam\nniets");
	LwBox box = {0, {72 + 30, 72, 72 + 90, 84}};
	g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(LwBox));

	(void)state;
	g_array_append_val(areas, box);
	one.options.areas = areas;
	one.options.ground = "5.1.5";
	case_run(&one);
	assert_int_equal(one.plan->marks->len, 1);
	assert_null(mark_at(one.plan, 0)->glyphs);
	assert_string_equal(mark_at(one.plan, 0)->ground, "5.1.5");
	assert_true(is_secret(&one, "Zonderland"));
	assert_false(is_secret(&one, "kwam"));
	case_free(&one);
}

static void test_an_area_past_the_last_page_is_refused(void **state)
{
	Case one = case_new("tekst");
	LwBox box = {1, {1, 1, 9, 9}};
	g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(LwBox));
	g_autoptr(GError) error = NULL;

	(void)state;
	g_array_append_val(areas, box);
	one.options.areas = areas;
	assert_null(lw_proposals_new(one.document, sha256, one.found, &one.options, &error));
	assert_int_equal(error->code, LW_ERROR_USAGE);
	case_free(&one);
}

static void test_what_no_glyph_shows_is_refused(void **state)
{
	Case one = case_new("tekst");
	g_autoptr(GError) error = NULL;

	(void)state;
	one.document->glyph_of[0] = LW_NO_GLYPH;
	lw_entities_add(one.found, (LwSpan){0, 1}, LW_KIND_PERSON, 0.9f, "name/title");
	assert_null(lw_proposals_new(one.document, sha256, one.found, &one.options, &error));
	assert_int_equal(error->code, LW_ERROR_UNREADABLE);
	case_free(&one);
}

static char *digest_of(const LwPlan *plan)
{
	g_autoptr(GVariant) saved = lw_plan_save(plan);

	return lw_plan_digest(saved);
}

static void test_the_plan_digest_tells_plans_apart(void **state)
{
	Case one = case_new("Zonderland kwam"), two = case_new("Zonderland kwam");
	g_autofree char *first = NULL, *second = NULL, *third = NULL;
	g_autoptr(GHashTable) secrets =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	(void)state;
	find(one.found, one.document, "Zonderland", LW_KIND_PERSON, 0.9f);
	find(two.found, two.document, "Zonderland", LW_KIND_PERSON, 0.9f);
	case_run(&one);
	case_run(&two);
	first = digest_of(one.plan);
	second = digest_of(two.plan);
	assert_string_equal(first, second);
	g_hash_table_add(secrets, g_strdup("elders gevonden"));
	lw_plan_add_secrets(two.plan, secrets);
	third = digest_of(two.plan);
	assert_string_not_equal(first, third);
	case_free(&one);
	case_free(&two);
}

static void test_names_lose_what_was_removed(void **state)
{
	const char *const inputs[] = {"a/Zonderland/x.pdf",
				      "a/Zonderland/y.pdf",
				      "brief_zonderland.pdf",
				      "a/x.pdf",
				      "A/X.pdf",
				      "redaction-log.jsonl"};
	g_autoptr(GPtrArray) names = g_ptr_array_new(), secrets = g_ptr_array_new(), clean = NULL;
	LwRenaming renamed[6];

	(void)state;
	for (guint i = 0; i < 6; i++)
		g_ptr_array_add(names, (void *)inputs[i]);
	g_ptr_array_add(secrets, (void *)"Zonderland");
	clean = lw_output_names(names, secrets, renamed);
	assert_string_equal(clean->pdata[0], "a/document-0001/x.pdf");
	assert_string_equal(clean->pdata[1], "a/document-0001/y.pdf");
	assert_string_equal(clean->pdata[2], "document-0003.pdf");
	assert_string_equal(clean->pdata[3], "a/x.pdf");
	assert_int_equal(renamed[2], LW_RENAMED_SECRET);
	assert_int_equal(renamed[3], LW_RENAMED_NOT);
	assert_int_equal(renamed[4], LW_RENAMED_TAKEN);
	assert_int_equal(renamed[5], LW_RENAMED_TAKEN);
	assert_string_not_equal(clean->pdata[4], "A/X.pdf");
	assert_string_not_equal(clean->pdata[5], "redaction-log.jsonl");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_word_of_a_special_category_is_its_own),
		cmocka_unit_test(test_neighbours_become_one_phrase),
		cmocka_unit_test(test_a_phrase_closes_its_bracket),
		cmocka_unit_test(test_grounds_keep_marks_apart),
		cmocka_unit_test(test_words_and_lines_keep_marks_apart),
		cmocka_unit_test(test_ids_are_stable_and_distinct),
		cmocka_unit_test(test_suggestions_stay_open_until_accepted),
		cmocka_unit_test(test_secrets_hold_the_surname_alone),
		cmocka_unit_test(test_thresholds_are_those_of_the_policy),
		cmocka_unit_test(test_secrets_of_a_phrase),
		cmocka_unit_test(test_an_area_takes_the_text_under_it),
		cmocka_unit_test(test_an_area_past_the_last_page_is_refused),
		cmocka_unit_test(test_what_no_glyph_shows_is_refused),
		cmocka_unit_test(test_the_plan_digest_tells_plans_apart),
		cmocka_unit_test(test_names_lose_what_was_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
