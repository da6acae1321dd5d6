/* test_office.c - the day of a document, and who held an office on that day. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "engine/decide/policy.h"
#include "engine/detect/detect.h"

#include <glib/gstdio.h>
#include <string.h>

static LwDocument *document_of(const char *text)
{
	LwDocument *document = lw_document_new("plain");

	document->text = lw_arena_strndup(document->arena, text, strlen(text));
	document->length = strlen(text);
	return document;
}

/* ---- the day ---- */

static void test_a_document_says_its_day(void **state)
{
	static const struct {
		const char *text;
		guint32 date;
	} table[] = {
		{"Datum: 11 maart 2019\nOns kenmerk 12\n", 20190311},
		{"Onderwerp: x\nDatum\n3-4-2021\n", 20210403},
		{"Utrecht, 1 augustus 2022\n", 20220801},
		{"Den Haag , 01-02-2003\n", 20030201},
		{"Den Haag, 01-02-2003\n", 20030201},
		{"From: A\nSent: Thursday, June 2, 2022 4:58 PM\n", 20220602},
		{"Gesendet: Mittwoch, 11. Mai 2022 15:06\n", 20220511},
		{"Verzonden: maandag 6 november 2023 08:51\n", 20231106},
		{"Verslag van de vergadering, gehouden op 8 februari 2022 in de raadzaal\n",
		 20220208},
		{"date: 2024-12-31\n", 20241231},
		{"Beleid\n\nTekst.\n\nVastgesteld in de vergadering van 14 december 2021.\n",
		 20211214},
		{"Aldus opgemaakt\nop 3 mei 2020\n", 20200503},
		/* a day of something else, or no day at all */
		{"Geboortedatum: 17-05-1951\n", 0},
		{"Datum in functie 27-02-2017\n", 0},
		{"Uw brief van 3 mei 2021 is ontvangen.\n", 0},
		{"Wij verwijzen naar het besluit van 3 mei 2021.\n", 0},
		{"Datum: 31-02-2019\n", 0},
		{"Datum: 41 maart 2019\n", 0},
		{"Geboortedatum 1-1-1980\nDatum: 5 mei 2015\n", 20150505},
		{"", 0},
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autoptr(LwDocument) document = document_of(table[i].text);
		guint32 date = lw_document_date(document);

		if (date != table[i].date)
			fail_msg("%u instead of %u: %s", date, table[i].date, table[i].text);
	}
}

/* ---- the register ---- */

static const char lines[] = "# naam; functie; van; tot; rol\n"
			    "J.P. (Jan) de Vries; wethouder; 2018-06-01; 2022-05-31\n"
			    "Marijke Sloof-Huizer; wethouder; 2022-06-01\n"
			    "Bakker, A.; gemeentesecretaris; ; 2020-12-31; top-official\n"
			    "Mohamed El Idrissi; raadslid\n";

static LwPolicy *policy_with(const char *register_lines, GError **error)
{
	g_autofree char *folder = g_dir_make_tmp("lakwerk-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "ambten.txt", NULL);
	g_autofree char *text = g_strdup_printf("[lists]\noffices=%s\n", path);
	LwPolicy *policy;

	assert_true(g_file_set_contents(path, register_lines, -1, NULL));
	policy = lw_policy_parse(text, strlen(text), "p", folder, error);
	g_remove(path);
	g_rmdir(folder);
	return policy;
}

/* What becomes of the names between [ and ]; '*' before one: a citizen, '@': an address. */
static char *bind(const char *marked, guint32 date)
{
	g_autoptr(LwPolicy) policy = policy_with(lines, NULL);
	g_autoptr(LwEntities) found = lw_entities_new();
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(LwDocument) document = NULL;
	GString *said = g_string_new(NULL);

	for (const char *c = marked; *c; c++) {
		if (*c == '[') {
			const char *end = strchr(c, ']');
			gboolean citizen = c[1] == '*', address = c[1] == '@';
			const char *name = c + 1 + (citizen || address);
			LwSpan span = {(guint32)text->len, (guint32)(end - name)};
			LwEntity *entity = lw_entities_add(
				found, span, address ? LW_KIND_ADDRESS : LW_KIND_PERSON, 0.9f, "x");

			entity->role = citizen ? LW_ROLE_CITIZEN : LW_ROLE_UNKNOWN;
			g_string_append_len(text, name, end - name);
			c = end;
		} else {
			g_string_append_c(text, *c);
		}
	}
	document = document_of(text->str);
	lw_policy_bind_offices(policy, document, date, found);
	for (guint i = 0; i < found->items->len; i++) {
		const LwEntity *entity = &g_array_index(found->items, LwEntity, i);
		LwRuling judgement = lw_policy_judge(policy, entity, text->str + entity->span.start,
						     entity->span.length);

		if (entity->kind == LW_KIND_PERSON)
			g_string_append_printf(said, "%s%s", said->len ? " " : "",
					       judgement.action == LW_ACTION_KEEP      ? "keep"
					       : entity->reason == LW_REASON_NO_OFFICE ? "no-office"
					       : entity->reason == LW_REASON_NO_DATE   ? "no-date"
										       : "remove");
	}
	return g_string_free(said, FALSE);
}

static void expect(const char *marked, guint32 date, const char *wanted)
{
	g_autofree char *said = bind(marked, date);

	if (strcmp(said, wanted))
		fail_msg("%s instead of %s: %s", said, wanted, marked);
}

static void test_one_in_office_stays_in_that_time_only(void **state)
{
	(void)state;
	expect("[J. de Vries] licht toe.", 20190311, "keep");
	expect("[Jan de Vries] licht toe.", 20180601, "keep");
	expect("[Jan de Vries] licht toe.", 20220531, "keep");
	expect("[Jan de Vries] licht toe.", 20220601, "no-office");
	expect("[Jan de Vries] licht toe.", 20180531, "no-office");
	expect("[Jan de Vries] licht toe.", 0, "no-date");
	expect("[Vries, J.P. de (Jan)] is er.", 20190311, "keep");
	expect("[DE VRIES, J.] is er.", 20190311, "keep");
	expect("[Marijke Sloof] sprak.", 20300101, "keep");
	expect("[M. Sloof-Huizer] sprak.", 20220601, "keep");
	expect("[M. El Idrissi] sprak, en [El Idrissi] ging.", 19990101, "keep keep");
}

static void test_another_of_that_name_does_not(void **state)
{
	(void)state;
	expect("[K. de Vries] belde.", 20190311, "remove");
	expect("[Karel de Vries] belde.", 20190311, "remove");
	expect("[Johan de Vries] belde.", 20190311, "remove");
	/* by surname alone only once the document has named it in full */
	expect("[De Vries] belde.", 20190311, "remove");
	expect("[Jan de Vries] is er. [De Vries] opent.", 20190311, "keep keep");
	/* two of a surname: then nobody by name alone */
	expect("[Jan de Vries] is er. [K. de Vries] belde. [De Vries] gaat.", 20190311,
	       "remove remove remove");
	/* the same name, a private person */
	expect("Inspreker [*J. de Vries] woont er. [J. de Vries] vraagt.", 20190311,
	       "remove remove");
	expect("[J. de Vries]\n[@Dorpsstraat 1]\n", 20190311, "remove");
	expect("[Sloof] belde.", 20230101, "remove");
}

static void test_a_register_is_checked(void **state)
{
	static const char *const wrong[] = {
		"de Vries; wethouder\n",
		"Jan de Vries\n",
		"Jan de Vries; \n",
		"Jan de Vries; wethouder; 1-6-2018\n",
		"Jan de Vries; w; 2018-02-30\n",
		"Jan de Vries; w; 2019-01-01; 2018-01-01\n",
		"Jan de Vries; w; ; ; koning\n",
		"Jan de Vries; w; ; ; citizen; more\n",
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(LwPolicy) policy = policy_with(wrong[i], &error);

		assert_null(policy);
		assert_int_equal(error->code, LW_ERROR_USAGE);
	}
}

static void test_the_register_is_part_of_what_is_decided(void **state)
{
	g_autoptr(LwPolicy) one = policy_with(lines, NULL);
	g_autoptr(LwPolicy) two = policy_with("Jan de Vries; wethouder; 2018-06-01\n", NULL);
	g_autofree char *first = lw_policy_digest(one), *second = lw_policy_digest(two);
	g_autoptr(GVariant) lists = g_variant_ref_sink(lw_policy_lists(one));

	(void)state;
	assert_string_not_equal(first, second);
	assert_int_equal(g_variant_n_children(lists), 0); /* no word of a dictionary */
}

/* ---- profiles: the table of woo.md 2.2 ---- */

static void test_profiles_differ_where_practice_does(void **state)
{
	static const struct {
		const char *profile;
		LwRole role;
		LwAction action;
	} table[] = {
		{"rijk", LW_ROLE_OFFICE_HOLDER, LW_ACTION_KEEP},
		{"rijk", LW_ROLE_TOP_OFFICIAL, LW_ACTION_KEEP},
		{"rijk", LW_ROLE_MANDATE, LW_ACTION_KEEP},
		{"rijk", LW_ROLE_SPOKESPERSON, LW_ACTION_KEEP},
		{"rijk", LW_ROLE_OFFICIAL, LW_ACTION_REMOVE},
		{"rijk", LW_ROLE_CITIZEN, LW_ACTION_REMOVE},
		{"rijk", LW_ROLE_PROFESSIONAL, LW_ACTION_REMOVE},
		{"gemeente-streng", LW_ROLE_OFFICE_HOLDER, LW_ACTION_KEEP},
		{"gemeente-streng", LW_ROLE_MANDATE, LW_ACTION_KEEP},
		{"gemeente-streng", LW_ROLE_TOP_OFFICIAL, LW_ACTION_REMOVE},
		{"gemeente-ruim", LW_ROLE_PROFESSIONAL, LW_ACTION_KEEP},
		{"gemeente-ruim", LW_ROLE_CITIZEN, LW_ACTION_REMOVE},
		{"gemeente-ruim", LW_ROLE_OFFICIAL, LW_ACTION_REMOVE},
		{"rechtspraak", LW_ROLE_PROFESSIONAL, LW_ACTION_KEEP},
		{"rechtspraak", LW_ROLE_COURT, LW_ACTION_KEEP},
		{"rechtspraak", LW_ROLE_CITIZEN, LW_ACTION_REMOVE},
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
		g_autofree char *text = g_strdup_printf("[policy]\nprofile=%s\n", table[i].profile);
		g_autoptr(LwPolicy) policy = lw_policy_parse(text, strlen(text), "p", NULL, NULL);

		assert_string_equal(lw_policy_profile(policy), table[i].profile);
		assert_int_equal(lw_policy_role_action(policy, table[i].role), table[i].action);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_document_says_its_day),
		cmocka_unit_test(test_one_in_office_stays_in_that_time_only),
		cmocka_unit_test(test_another_of_that_name_does_not),
		cmocka_unit_test(test_a_register_is_checked),
		cmocka_unit_test(test_the_register_is_part_of_what_is_decided),
		cmocka_unit_test(test_profiles_differ_where_practice_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
