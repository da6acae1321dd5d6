/* test_outgoing.c - a removed string planted in anything that goes out beside the documents is
 * found before it has a name. */
#include "tests/unit/pdf_fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "engine/base/zip.h"
#include "engine/outgoing.h"
#include "engine/record/record-data.h"

#define SECRET "Zonderland"

typedef struct {
	LwRunOptions options;
	GHashTable *secrets;
	char *folder;
} World;

static int set_up(void **state)
{
	World *world = g_new0(World, 1);
	world->secrets = g_hash_table_new(g_str_hash, g_str_equal);
	world->folder = g_dir_make_tmp("lakwerk-outgoing-XXXXXX", NULL);
	g_hash_table_add(world->secrets, SECRET);
	g_hash_table_add(world->secrets, "Mark"); /* the log says so on every line */
	g_hash_table_add(world->secrets, "310214");
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	World *world = *state;
	g_rmdir(world->folder);
	g_hash_table_unref(world->secrets);
	g_free(world->folder);
	g_free(world);
	return 0;
}

/* Does a file in a folder below OUT, or in OUT itself, stop everything? */
static gboolean stops(const World *world, const char *below, const char *name, GBytes *bytes)
{
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autofree char *ours = lw_log_words(none);
	g_autoptr(LwOutgoing) outgoing = lw_outgoing_new(&world->options, world->secrets, ours);
	g_autoptr(GHashTable) documents = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree char *folder = g_build_filename(world->folder, below, NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *document = *below ? g_build_filename(below, name, NULL) : g_strdup(name);
	g_autoptr(GError) error = NULL;
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	g_mkdir(folder, 0700);
	assert_true(g_file_set_contents(path, data, (gssize)length, NULL));
	if (g_str_has_suffix(name, ".txt")) /* a document: its bytes were verified */
		g_hash_table_add(documents, document);
	gboolean good = lw_outgoing_check_folder(outgoing, world->folder, documents, &error);
	g_unlink(path);
	if (*below)
		g_rmdir(folder);
	if (!good) {
		assert_int_equal(error->code, LW_ERROR_LEAK);
		assert_null(strstr(error->message, SECRET));
	}
	return !good;
}

static gboolean text_stops(const World *world, const char *name, const char *text)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	return stops(world, "", name, bytes);
}

static void test_names(void **state)
{
	const World *world = *state;
	g_autoptr(GBytes) bytes = g_bytes_new_static("x", 1);
	assert_false(stops(world, "", "0001.txt", bytes));
	assert_false(stops(world, "mail", "0001.txt", bytes));
	assert_true(stops(world, "", "brief-Zonderland.txt", bytes));
	assert_true(stops(world, "mail_zonderland", "0001.txt", bytes));
	assert_true(stops(world, "", "zonderland.csv", bytes));
	assert_false(stops(world, "", "redaction-log.jsonl", bytes));
}

static void test_log(void **state)
{
	const World *world = *state;
	static const char good[] =
		"{\"type\":\"mark\",\"kind\":\"person\",\"x0\":310.214,\"marks\":310214,"
		"\"hmac\":\"32b48ed1549e1a70affb9a39310214a39d020c677ec4d146a8346fb395fc9ef7\"}\n";
	static const char *const bad[] = {
		"{\"type\":\"mark\",\"document\":\"brief Zonderland.pdf\"}\n",
		"{\"type\":\"mark\",\"document\":\"brief-Zonder\\u006cand.pdf\"}\n",
		"{\"a\":[\"x\",{\"b\":\"ZONDERLAND\"}]}",
		"{\"a\":\"klant 31-02-14\"}",
	};
	assert_false(text_stops(world, "redaction-log.jsonl", good));
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
		assert_true(text_stops(world, "redaction-log.jsonl", bad[i]));
}

static void test_table(void **state)
{
	const World *world = *state;
	assert_false(text_stops(world, "inventarislijst.csv",
				"Nr;Document\r\n1;\"1:31.0,214.5,1.0,2.0\"\r\n2;mark\r\n"));
	assert_true(text_stops(world, "inventarislijst.csv", "Nr;Document\r\n1;Zonderland\r\n"));
	assert_true(text_stops(world, "inventarislijst.csv",
			       "Nr;Document\r\n1;\"Brief; van Zonderland\"\r\n"));
}

static void test_xml(void **state)
{
	const World *world = *state;
	assert_false(text_stops(world, "diwoo.xml", "<a><b>Zonder</b><b>land</b></a>"));
	assert_true(text_stops(world, "diwoo.xml", "<?xml version=\"1.0\"?><a>Zonderland</a>"));
	assert_true(text_stops(world, "diwoo.xml", "<a b='x Zonderland'/>"));
	assert_true(text_stops(world, "diwoo.xml", "<a>Z&#111;nder&#x6c;and</a>"));
}

static GBytes *package(const char *name, const char *text)
{
	LwZipWriter *zip = lw_zip_writer_new();
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	lw_zip_writer_add(zip, name, bytes, LW_ZIP_DEFLATED);
	GBytes *file = lw_zip_writer_close(zip, NULL);
	lw_zip_writer_free(zip);
	return file;
}

static void test_package(void **state)
{
	const World *world = *state;
	g_autoptr(GBytes) good = package("xl/sharedStrings.xml", "<t>Brief</t>");
	g_autoptr(GBytes) bad = package("xl/sharedStrings.xml", "<t>Brief van Zonderland</t>");
	g_autoptr(GBytes) named = package("Pictures/zonderland.png", "x");
	assert_false(stops(world, "", "inventarislijst.xlsx", good));
	assert_true(stops(world, "", "inventarislijst.xlsx", bad));
	assert_true(stops(world, "", "inventarislijst.ods", named));
}

static void test_drawn(void **state)
{
	const World *world = *state;
	Source good = {.content = "BT /F1 10 Tf 50 100 Td (Brief) Tj ET\n"};
	Source bad = {.content = "BT /F1 10 Tf 50 100 Td (Brief van Zonderland) Tj ET\n"};
	Source titled = {.content = good.content, .catalog = "/X(Zonderland)"};
	g_autoptr(GBytes) clean = source_file(&good), shown = source_file(&bad),
			  hidden = source_file(&titled);
	assert_false(stops(world, "", "lakverantwoording.pdf", clean));
	assert_true(stops(world, "", "lakverantwoording.pdf", shown));
	assert_true(stops(world, "", "lakverantwoording.pdf", hidden));
}

static gboolean check(void *self, const char *path, const char *name, GError **error)
{
	return lw_outgoing_check_file(self, path, name, error);
}

/* "Low" and "High" are surnames, and words of every log. */
static void test_leak_classes(void **state)
{
	const World *world = *state;
	for (guint i = 0; lw_leak_classes[i]; i++) {
		g_autofree char *name = g_strdup(lw_leak_classes[i]);
		g_autofree char *line = g_strdup_printf("{\"leak\":\"%s\"}", name);
		g_autofree char *other = g_strdup_printf("{\"leak\":\"%s%s\"}", name, SECRET);
		g_hash_table_add(world->secrets, name);
		assert_false(text_stops(world, "redaction-log.jsonl", line));
		assert_true(text_stops(world, "redaction-log.jsonl", other));
		g_hash_table_remove(world->secrets, name);
	}
}

/* Of a log that would tell, nothing gets its name. */
static void test_record(void **state)
{
	const World *world = *state;
	g_autofree char *internal = g_build_filename(world->folder, "internal", NULL);
	g_autofree char *log = g_build_filename(world->folder, "redaction-log.jsonl", NULL);
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autofree char *ours = lw_log_words(none);
	g_autoptr(LwOutgoing) outgoing = lw_outgoing_new(&world->options, world->secrets, ours);
	g_autoptr(GError) error = NULL;
	LwRecordDocument document = {.input = "a.pdf",
				     .output = "Zonderland.pdf",
				     .format = "pdf",
				     .outcome = LW_OUTCOME_WRITTEN,
				     .input_sha256 = "00",
				     .output_sha256 = "00",
				     .verdict = "clean"};
	g_mkdir(internal, 0700);
	LwRecord *record = lw_record_open(world->folder, internal, "00", "1", LW_LANG_NL, &error);
	assert_non_null(record);
	lw_record_set_check(record, check, outgoing);
	assert_true(lw_record_add(record, &document, &error));
	assert_false(lw_record_close(record, NULL, &error));
	assert_int_equal(error->code, LW_ERROR_LEAK);
	lw_record_free(record);
	assert_false(g_file_test(log, G_FILE_TEST_EXISTS));
	assert_int_equal(g_rmdir(internal), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_log, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_table, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_xml, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_package, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_drawn, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_record, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_leak_classes, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
