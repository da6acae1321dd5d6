/* test_publication.c - the rules of the OpenVWS importer, and that every report says what it was
 * given. The spreadsheets are read back as the zip and XML that they are. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <string.h>

#include "engine/base/xml.h"
#include "engine/base/zip.h"
#include "engine/record/publication.h"

typedef struct {
	LwPublication publication;
	LwPublishedDocument one, two;
} Fixture;

static void add_ground(GArray *grounds, const char *ground, guint32 marks, double share)
{
	LwGroundShare item = {ground, marks, share};
	g_array_append_val(grounds, item);
}

static int setup(void **state)
{
	Fixture *f = g_new0(Fixture, 1);
	GArray *grounds = g_array_new(FALSE, FALSE, sizeof(LwGroundShare));
	add_ground(grounds, "5.1.1.e", 2, 0.01);
	add_ground(grounds, "5.1.2.e", 7, 0.082);
	f->one = (LwPublishedDocument){.id = "0001",
				       .title = "=Brief aan <de> \"raad\" & college",
				       .date = "2024-03-11",
				       .document_type = "brief",
				       .source_type = "pdf",
				       .judgement = LW_JUDGEMENT_PARTLY,
				       .file = "0001.pdf",
				       .media_type = "application/pdf",
				       .pages = 3,
				       .marks = 9,
				       .grounds = grounds,
				       .share = 0.092};
	f->two = (LwPublishedDocument){.id = "0002",
				       .title = "Bijlage",
				       .judgement = LW_JUDGEMENT_CLOSED,
				       .remark = "nog niet",
				       .duplicate_of = "0001",
				       .suspended = TRUE,
				       .family = 4,
				       .pages = 1};
	f->publication = (LwPublication){.title = "Dossier Markt",
					 .organisation = "Gemeente Voorbeeld",
					 .tooi = "gm0363",
					 .matter = "WOO-2024.17",
					 .prefix = "VB",
					 .requested = "2024-01-02",
					 .decided = "2024-03-20",
					 .date = "2024-03-21",
					 .url = "https://woo.voorbeeld.nl/markt/",
					 .documents = g_ptr_array_new(),
					 .grounds = grounds,
					 .share = 0.09,
					 .pages = 4,
					 .pages_seen = 4,
					 .bound = 0.031,
					 .pages_sampled = 59,
					 .reviewed = TRUE,
					 .second = TRUE};
	g_ptr_array_add(f->publication.documents, &f->one);
	g_ptr_array_add(f->publication.documents, &f->two);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	Fixture *f = *state;
	g_array_unref(f->publication.grounds);
	g_ptr_array_unref(f->publication.documents);
	g_free(f);
	return 0;
}

static gboolean passes(const Fixture *f)
{
	g_autoptr(GError) error = NULL;
	gboolean good = lw_publication_check(&f->publication, &error);
	assert_true(good == !error);
	return good;
}

static void the_importer_has_rules(void **state)
{
	Fixture *f = *state;
	g_autofree char *long_id = g_strnfill(171, 'a'), *long_title = g_strnfill(501, 'a'),
			*long_remark = g_strnfill(1001, 'a');
	assert_true(passes(f));
#define BROKEN(field, value)                                                                       \
	do {                                                                                       \
		Fixture saved = *f;                                                                \
		f->field = value;                                                                  \
		assert_false(passes(f));                                                           \
		*f = saved;                                                                        \
	} while (0)
	BROKEN(one.id, "Brief_1");
	BROKEN(one.id, "");
	BROKEN(one.id, long_id);
	BROKEN(one.id, "0002"); /* twice */
	BROKEN(one.title, long_title);
	BROKEN(one.title, "");
	BROKEN(one.remark, long_remark);
	BROKEN(one.date, "11-03-2024");
	BROKEN(one.date, "2024-02-30");
	BROKEN(one.link, "ftp://x");
	BROKEN(one.grounds, NULL);
	BROKEN(one.file, "0002.pdf"); /* not its id */
	BROKEN(two.file, "0002.pdf"); /* nothing of what is not public */
	BROKEN(two.duplicate_of, "0009");
	BROKEN(two.judgement, LW_JUDGEMENT_ALREADY); /* where? */
	BROKEN(publication.matter, "a b");
	BROKEN(publication.matter, NULL);
#undef BROKEN
	assert_true(passes(f));
}

static char *dup_member(GBytes *archive, const char *name)
{
	g_autoptr(LwZip) zip = lw_zip_open(archive, NULL);
	assert_non_null(zip);
	int member = lw_zip_find(zip, name);
	assert_true(member >= 0);
	g_autoptr(GBytes) bytes = lw_zip_load(zip, (guint)member, NULL);
	g_autoptr(LwXml) xml = lw_xml_load(bytes, NULL);
	assert_non_null(xml); /* well-formed */
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	return g_strndup(data, length);
}

static void the_report_is_what_the_importer_takes(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) report = lw_production_report(&f->publication, &error);
	g_autoptr(GBytes) again = lw_production_report(&f->publication, &error);
	assert_non_null(report);
	assert_true(g_bytes_equal(report, again));
	g_autofree char *book = dup_member(report, "xl/workbook.xml");
	g_autofree char *strings = dup_member(report, "xl/sharedStrings.xml");
	g_autofree char *sheet = dup_member(report, "xl/worksheets/sheet1.xml");
	assert_non_null(strstr(book, "name=\"Sheet1\""));
	assert_non_null(strstr(book, "name=\"Lookup values\""));
	assert_non_null(strstr(strings, "Deels openbaar"));
	assert_null(strstr(strings, "Gedeeltelijk"));
	assert_non_null(strstr(strings, "5.1.1e;5.1.2e"));
	assert_non_null(strstr(strings, "=Brief aan &lt;de&gt;"));
	assert_null(strstr(sheet, "<f>")); /* no formula */
	g_autofree char *table = dup_member(report, "xl/tables/table1.xml");
	assert_non_null(strstr(table, "<table"));
}

static void the_inventory_has_three_spellings(void **state)
{
	Fixture *f = *state;
	g_autoptr(GBytes) csv = lw_inventory_csv(&f->publication, LW_LANG_NL);
	const char *text = g_bytes_get_data(csv, NULL);
	assert_non_null(strstr(text, ";Deels openbaar;\"5.1.1.e;5.1.2.e\";"));
	assert_non_null(strstr(text, "\"'=Brief aan"));
	assert_non_null(strstr(text, "nog niet; Opgeschort; Dubbel van 0001"));
	g_autoptr(GBytes) ods = lw_inventory_ods(&f->publication, LW_LANG_EN, NULL);
	g_autofree char *content = dup_member(ods, "content.xml");
	assert_non_null(strstr(content, "=Brief aan &lt;de&gt; \"raad\" &amp; college"));
	assert_null(strstr(content, "table:formula"));
	assert_non_null(strstr(content, ">Judgement<"));
	g_autoptr(GBytes) xlsx = lw_inventory_xlsx(&f->publication, LW_LANG_NL, NULL);
	g_autofree char *strings = dup_member(xlsx, "xl/sharedStrings.xml");
	assert_non_null(strstr(strings, "Beoordeling"));
}

static void the_woo_index_gets_addresses(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) bytes = lw_diwoo(&f->publication, &error);
	assert_non_null(bytes);
	g_autoptr(LwXml) xml = lw_xml_load(bytes, NULL);
	LwNode *root = lw_xml_root(xml), *at = root;
	guint addresses = 0, types = 0;
	for (; at; at = lw_node_following(at, root)) {
		assert_string_not_equal(lw_node_name(at), "naamOpsteller");
		addresses += !strcmp(lw_node_name(at), "loc");
		types += !strcmp(lw_node_name(at), "soortHandeling");
		if (!strcmp(lw_node_name(at), "loc"))
			assert_string_equal(lw_node_text(lw_node_first(at)),
					    "https://woo.voorbeeld.nl/markt/0001.pdf");
	}
	assert_int_equal(addresses, 1); /* the closed one has no file */
	assert_int_equal(types, 1);
	f->publication.url = "http://woo.voorbeeld.nl/";
	assert_null(lw_diwoo(&f->publication, NULL));
	f->publication.url = NULL;
	assert_null(lw_diwoo(&f->publication, NULL));
}

static void woogle_gets_its_fields(void **state)
{
	Fixture *f = *state;
	g_autoptr(GBytes) bytes = lw_woogle(&f->publication, NULL);
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	g_autoptr(LwJson) json = lw_json_parse(text, length, "woogle", NULL);
	static const char *const required[] = {"dc_title", "dc_publisher", "dc_type"};
	for (guint i = 0; i < G_N_ELEMENTS(required); i++)
		assert_non_null(lw_json_string_of(json, required[i]));
	assert_string_equal(lw_json_string_of(json, "dc_publisher"), "gm0363");
	const LwJson *list = lw_json_member(lw_json_member(json, "foi_files"), "foi_documenten");
	assert_int_equal(lw_json_length(list), 2);
	for (guint i = 0; i < 2; i++) {
		assert_non_null(lw_json_string_of(lw_json_at(list, i), "dc_source"));
		assert_non_null(lw_json_string_of(lw_json_at(list, i), "foi_url_on_web"));
	}
	assert_string_equal(lw_json_string_of(lw_json_at(list, 0), "foi_valuation"),
			    "deels openbaar");
}

static void the_account_is_one_pdf(void **state)
{
	Fixture *f = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) pdf = lw_account_pdf(&f->publication, LW_LANG_NL, &error);
	g_autoptr(GBytes) again = lw_account_pdf(&f->publication, LW_LANG_NL, &error);
	assert_non_null(pdf);
	assert_true(g_bytes_equal(pdf, again));
	const char *folder = g_getenv("LW_BUILD_ROOT");
	g_autofree char *path = g_build_filename(folder ? folder : ".", "account.pdf", NULL);
	assert_true(g_file_set_contents(path, g_bytes_get_data(pdf, NULL),
					(gssize)g_bytes_get_size(pdf), NULL));
	g_autofree char *command = g_strdup_printf("pdftotext -layout '%s' -", path);
	g_autofree char *text = NULL;
	assert_true(g_spawn_command_line_sync(command, &text, NULL, NULL, NULL));
	assert_non_null(strstr(text, "Verantwoording van het lakken"));
	assert_non_null(strstr(text, "8,2 %"));
	assert_non_null(strstr(text, "hoogstens 3,1 %"));
	g_autoptr(GBytes) json = lw_account_json(&f->publication);
	assert_non_null(strstr(g_bytes_get_data(json, NULL), "\"missed_at_most\":0.031"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_importer_has_rules, setup, teardown),
		cmocka_unit_test_setup_teardown(the_report_is_what_the_importer_takes, setup,
						teardown),
		cmocka_unit_test_setup_teardown(the_inventory_has_three_spellings, setup, teardown),
		cmocka_unit_test_setup_teardown(the_woo_index_gets_addresses, setup, teardown),
		cmocka_unit_test_setup_teardown(woogle_gets_its_fields, setup, teardown),
		cmocka_unit_test_setup_teardown(the_account_is_one_pdf, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
