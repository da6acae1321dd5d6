/* test_record.c - the log tells nothing that was removed, and no byte of it can be changed unseen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/digest.h"
#include "engine/record/record.h"

#define SECRET "Jansen"

typedef struct {
	char *root, *out, *internal, *log;
	char *input_hash, *output_hash, *name_hash;
} World;

static void empty_folder(const char *path)
{
	const char *name;
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	while (folder && (name = g_dir_read_name(folder))) {
		g_autofree char *file = g_build_filename(path, name, NULL);
		g_unlink(file);
	}
	g_rmdir(path);
}

static guint count_files(const char *path)
{
	guint count = 0;
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	while (folder && g_dir_read_name(folder))
		count++;
	return count;
}

static int set_up(void **state)
{
	World *world = g_new0(World, 1);
	static const char output[] = "the redacted document";
	world->root = g_dir_make_tmp("lakwerk-record-XXXXXX", NULL);
	world->out = g_build_filename(world->root, "out", NULL);
	world->internal = g_build_filename(world->root, "out.internal", NULL);
	world->log = g_build_filename(world->out, "redaction-log.jsonl", NULL);
	world->input_hash = lw_digest_sha256(SECRET " original", strlen(SECRET " original"));
	world->output_hash = lw_digest_sha256(output, strlen(output));
	world->name_hash = lw_digest_sha256(SECRET, strlen(SECRET));
	g_mkdir(world->out, 0755);
	g_autofree char *path = g_build_filename(world->out, "brief.pdf", NULL);
	g_file_set_contents(path, output, -1, NULL);
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	World *world = *state;
	empty_folder(world->internal);
	empty_folder(world->out);
	g_rmdir(world->root);
	g_free(world->root);
	g_free(world->out);
	g_free(world->internal);
	g_free(world->log);
	g_free(world->input_hash);
	g_free(world->output_hash);
	g_free(world->name_hash);
	g_free(world);
	return 0;
}

static LwPlan *sample_plan(void)
{
	LwPlan *plan = lw_plan_new();
	static const char *const ids[] = {"0123456789abcdef", "fedcba9876543210"};
	for (guint i = 0; i < 2; i++) {
		LwMark *mark = lw_plan_add(plan);
		LwBox box = {i, {72, 100, 120, 112}};
		strcpy(mark->id, ids[i]);
		mark->kind = i ? LW_KIND_BSN : LW_KIND_PERSON;
		mark->ground = i ? "5.1.1.e" : "5.1.2.e";
		mark->action = LW_ACTION_REMOVE;
		mark->decision = LW_DECISION_ACCEPTED;
		mark->score = 0.95f;
		mark->rule = "name/title";
		mark->reason = LW_REASON_TITLE;
		mark->evidence = SECRET;
		mark->text = i ? "123456782" : SECRET;
		g_array_append_val(mark->boxes, box);
	}
	g_ptr_array_add(plan->secrets, (void *)SECRET);
	return plan;
}

static void add_documents(LwRecord *record, const World *world)
{
	g_autoptr(LwPlan) plan = sample_plan();
	g_autoptr(LwPlan) proposals = sample_plan();
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	LwBox painted = {0, {70, 99, 122, 113}};
	LwMark *open = g_ptr_array_index(proposals->marks, 0);
	open->decision = LW_DECISION_OPEN;
	open->id[0] = 'a';
	g_array_unref(((LwMark *)g_ptr_array_index(proposals->marks, 1))->boxes);
	g_ptr_array_set_size(proposals->marks, 1);
	g_array_append_val((GArray *)g_ptr_array_index(receipt->painted, 0), painted);
	lw_receipt_notice(receipt, "scripts-removed", -1, "a message about " SECRET);
	LwRecordDocument written = {.input = "mails/" SECRET ".pdf",
				    .output = "brief.pdf",
				    .format = "pdf",
				    .pages = 2,
				    .outcome = LW_OUTCOME_WRITTEN,
				    .input_sha256 = world->input_hash,
				    .output_sha256 = world->output_hash,
				    .plan = plan,
				    .open = proposals->marks,
				    .receipt = receipt,
				    .verdict = "clean"};
	LwRecordDocument refused = {.input = SECRET ".docx",
				    .outcome = LW_OUTCOME_REFUSED,
				    .message = "‘" SECRET ".docx’: locked",
				    .input_sha256 = world->input_hash};
	assert_true(lw_record_add(record, &written, NULL));
	assert_true(lw_record_add(record, &refused, NULL));
}

static LwRecord *start(const World *world)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *policy = lw_digest_sha256("policy", 6);
	LwRecord *record =
		lw_record_open(world->out, world->internal, policy, "0.1.0", LW_LANG_NL, &error);
	if (!record)
		fail_msg("%s", error->message);
	return record;
}

static char *write_record(const World *world)
{
	char *link = NULL;
	g_autoptr(LwRecord) record = start(world);
	add_documents(record, world);
	assert_true(lw_record_close(record, &link, NULL));
	return link;
}

static gboolean is_sound(const World *world, const char *internal, GError **error)
{
	LwAuditQuestion question = {.internal = internal};
	LwAuditAnswer answer;
	gboolean sound = lw_record_audit(world->log, &question, &answer, error);
	lw_audit_answer_clear(&answer);
	return sound;
}

static char *read_out(const World *world, const char *name)
{
	char *text = NULL;
	g_autofree char *path = g_build_filename(world->out, name, NULL);
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return text;
}

static void test_audit(void **state)
{
	const World *world = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *link = write_record(world);
	LwAuditQuestion question = {0};
	LwAuditAnswer answer;
	gboolean sound = lw_record_audit(world->log, &question, &answer, &error);
	if (!sound)
		fail_msg("%s", error->message);
	assert_int_equal(answer.lines, 1 + 2 + 3 + 2);
	assert_int_equal(answer.documents, 1);
	assert_true(answer.keyed);
	assert_string_equal(link, answer.last_link);
	assert_true(lw_digest_is_hex(answer.fingerprint));
	lw_audit_answer_clear(&answer);
	g_autofree char *empty = g_build_filename(world->root, "nothing", NULL);
	assert_false(is_sound(world, empty, NULL));
}

static void test_nothing_tells(void **state)
{
	static const char *const names[] = {"redaction-log.jsonl", "redaction-log.csv",
					    "inventarislijst.csv"};
	const World *world = *state;
	g_autofree char *link = write_record(world), *day = NULL;
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *text = read_out(world, names[i]);
		assert_null(strstr(text, SECRET));
		assert_null(strstr(text, world->input_hash));
		assert_null(strstr(text, world->name_hash));
		assert_null(strstr(text, "0123456789abcdef\""));
		assert_null(strstr(text, "a message"));
		assert_null(strstr(text, "locked"));
	}
	g_autofree char *log = read_out(world, "redaction-log.jsonl");
	day = g_date_time_format(now, "\"date\":\"%Y-%m-%d\"");
	assert_non_null(strstr(log, day));
	assert_non_null(strstr(log, "\"grounds\":{\"5.1.1.e\":1,\"5.1.2.e\":1}"));
	assert_non_null(strstr(log, "\"decided_by\":\"policy\""));
	assert_null(strstr(log, "glyphs")); /* how many went is how long a name was */
	assert_non_null(
		strstr(log, "{\"page\":1,\"x0\":70.0,\"y0\":99.0,\"x1\":122.0,\"y1\":113.0}"));
	assert_non_null(strstr(log, "\"decision\":\"open\",\"decided_by\":null,\"decided\":null"));
}

static void test_inside(void **state)
{
	const World *world = *state;
	g_autofree char *link = write_record(world);
	struct stat info;
	assert_int_equal(g_stat(world->internal, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
	g_autofree char *key = g_build_filename(world->internal, "key", NULL);
	g_autofree char *receipts = g_build_filename(world->internal, "receipts.jsonl", NULL);
	g_autofree char *text = NULL;
	assert_int_equal(g_stat(key, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(info.st_size, 32);
	assert_true(g_file_get_contents(receipts, &text, NULL, NULL));
	assert_non_null(strstr(text, world->input_hash));
	assert_non_null(strstr(text, "mails/" SECRET ".pdf"));
	assert_non_null(strstr(text, link));
	assert_int_equal(count_files(world->out), 4);
	assert_int_equal(count_files(world->internal), 2);
}

/* A second run keeps the key, so that HMACs of two runs can be compared; ids are new. */
static void test_second_run(void **state)
{
	const World *world = *state;
	g_autofree char *one = write_record(world), *first = read_out(world, "redaction-log.jsonl");
	g_autofree char *two = write_record(world),
			*second = read_out(world, "redaction-log.jsonl");
	const char *a = strstr(first, "input_hmac"), *b = strstr(second, "input_hmac");
	assert_string_not_equal(one, two);
	assert_memory_equal(a, b, 70);
	assert_true(is_sound(world, world->internal, NULL));
}

static void write_bytes(const char *path, const char *text, gsize length)
{
	FILE *file = fopen(path, "wb"); /* without a sync: this is done thousands of times */
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

/* Each byte of each line, by one bit and by another, with what lies inside and without it. */
static void test_flipped_byte(void **state)
{
	const World *world = *state;
	g_autofree char *link = write_record(world), *text = read_out(world, "redaction-log.jsonl");
	g_autofree char *away = g_strconcat(world->internal, ".away", NULL);
	gsize length = strlen(text);
	for (int round = 0; round < 2; round++) {
		for (gsize i = 0; i < length; i++) {
			g_autofree char *changed = g_memdup2(text, length);
			changed[i] ^= (i + round) % 2 ? 0x01 : 0x10;
			write_bytes(world->log, changed, length);
			assert_false(is_sound(world, NULL, NULL));
		}
		write_bytes(world->log, text, length);
		assert_true(is_sound(world, NULL, NULL));
		if (!round)
			g_rename(world->internal, away);
	}
	g_rename(away, world->internal);
}

/* The n-th mark of the log, from 0; yours. */
static char *mark_id(const World *world, guint n)
{
	g_autofree char *text = read_out(world, "redaction-log.jsonl");
	const char *at = text;
	for (guint i = 0; i <= n; i++)
		at = strstr(at, "{\"type\":\"mark\",\"id\":\"") + 21;
	return g_strndup(at, 32);
}

static char *write_opening(const World *world, const char *text)
{
	char *path = g_build_filename(world->root, "opening.json", NULL);
	write_bytes(path, text, strlen(text));
	return path;
}

static gboolean opens(const World *world, const char *opening, GError **error)
{
	g_autofree char *path = write_opening(world, opening);
	LwAuditQuestion question = {.opening = path};
	LwAuditAnswer answer;
	gboolean fits = lw_record_audit(world->log, &question, &answer, error);
	assert_true(!fits || answer.mark);
	lw_audit_answer_clear(&answer);
	g_unlink(path);
	return fits;
}

/* What opens one mark fits that mark of that log, in each of its bytes, and no other. */
static void test_one_mark_opened(void **state)
{
	const World *world = *state;
	g_autofree char *link = write_record(world);
	g_autofree char *one = mark_id(world, 0), *two = mark_id(world, 1),
			*open = mark_id(world, 2);
	g_autofree char *away = g_strconcat(world->internal, ".away", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(LwJson) opening = lw_record_open_mark(world->log, NULL, one, NULL);
	g_autoptr(LwJson) short_one = NULL;
	assert_string_equal(lw_json_string_of(opening, "text"), SECRET);
	assert_string_equal(lw_json_string_of(opening, "mark"), one);
	one[12] = '\0';
	short_one = lw_record_open_mark(world->log, NULL, one, NULL);
	assert_non_null(short_one);
	assert_null(lw_record_open_mark(world->log, NULL, "", NULL));
	assert_null(lw_record_open_mark(world->log, NULL, "nothing", NULL));
	/* A proposal that stays open removed nothing. */
	assert_null(lw_record_open_mark(world->log, NULL, open, NULL));
	/* A third party has the log and the opening, and not what lies inside. */
	g_autofree char *text = lw_json_print(opening);
	g_rename(world->internal, away);
	assert_true(opens(world, text, NULL));
	for (gsize i = 0; i < strlen(text); i++) {
		g_autofree char *changed = g_strdup(text);
		changed[i] ^= 0x01;
		assert_false(opens(world, changed, NULL));
	}
	lw_json_set_string(opening, "mark", two);
	g_autofree char *other = lw_json_print(opening);
	assert_false(opens(world, other, &error));
	assert_non_null(strstr(error->message, "does not fit"));
	assert_null(strstr(error->message, SECRET));
	g_rename(away, world->internal);
	/* The same run once more: same marks, same texts, nothing that fits. */
	g_autofree char *again = write_record(world);
	assert_false(opens(world, text, NULL));
}

/* The HMAC of what opens a mark is what RFC 2104 makes of it, here by GLib. */
static void test_commitment(void **state)
{
	const World *world = *state;
	g_autofree char *link = write_record(world), *id = mark_id(world, 1);
	g_autofree char *log = read_out(world, "redaction-log.jsonl");
	g_autoptr(LwJson) opening = lw_record_open_mark(world->log, NULL, id, NULL);
	const char *hex = lw_json_string_of(opening, "nonce");
	guint8 nonce[32];
	for (guint i = 0; i < 32; i++)
		nonce[i] = (guint8)(g_ascii_xdigit_value(hex[2 * i]) << 4 |
				    g_ascii_xdigit_value(hex[2 * i + 1]));
	g_autofree char *said = g_strdup_printf("mark:%s:123456782", id);
	g_autofree char *hmac = g_compute_hmac_for_string(G_CHECKSUM_SHA256, nonce, 32, said, -1);
	g_autofree char *field = g_strdup_printf("\"commitment\":\"%s\"", hmac);
	assert_non_null(strstr(log, field));
	assert_null(strstr(log, hex));
}

/* People by pseudonym; whose it is stays inside. */
static void test_pseudonyms(void **state)
{
	const World *world = *state;
	g_autofree char *link = NULL, *text = NULL, *inside = NULL;
	g_autoptr(LwPlan) plan = sample_plan();
	LwRecord *record = start(world);
	LwRecordDocument document = {.output = "brief.pdf",
				     .outcome = LW_OUTCOME_WRITTEN,
				     .input_sha256 = world->input_hash,
				     .output_sha256 = world->output_hash,
				     .plan = plan,
				     .verdict = "clean"};
	((LwMark *)plan->marks->pdata[0])->decider = "anna de wit;bram";
	((LwMark *)plan->marks->pdata[0])->decided = "2024-03-01";
	((LwMark *)plan->marks->pdata[1])->decider = "bram";
	lw_record_set_approval(record, "vera", "2024-03-02");
	assert_true(lw_record_add(record, &document, NULL));
	assert_true(lw_record_close(record, &link, NULL));
	lw_record_free(record);
	text = read_out(world, "redaction-log.jsonl");
	assert_non_null(strstr(
		text, "\"decided_by\":\"reviewer-1;reviewer-2\",\"decided\":\"2024-03-01\""));
	assert_non_null(strstr(text, "\"decided_by\":\"reviewer-2\""));
	assert_non_null(strstr(text, "\"approved_by\":\"reviewer-3\",\"approved\":\"2024-03-02\""));
	assert_null(strstr(text, "anna"));
	assert_null(strstr(text, "vera"));
	g_autofree char *path = g_build_filename(world->internal, "receipts.jsonl", NULL);
	assert_true(g_file_get_contents(path, &inside, NULL, NULL));
	assert_non_null(strstr(inside, "{\"type\":\"reviewer\",\"pseudonym\":\"reviewer-1\","
				       "\"reviewer\":\"anna de wit\"}"));
	assert_true(is_sound(world, NULL, NULL));
}

/* Who wants to know who signed gives the key. */
static void test_signer(void **state)
{
	const World *world = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *link = NULL;
	LwKey *mine = lw_key_new();
	g_autofree char *spelled = lw_key_public(mine);
	g_autoptr(LwKey) public_key = lw_key_parse(spelled), other = lw_key_new();
	g_autoptr(LwRecord) record = start(world);
	LwAuditAnswer answer;
	lw_record_set_signer(record, mine);
	add_documents(record, world);
	assert_true(lw_record_close(record, &link, NULL));
	assert_true(
		lw_record_audit(world->log, &(LwAuditQuestion){.key = public_key}, &answer, NULL));
	lw_audit_answer_clear(&answer);
	assert_false(
		lw_record_audit(world->log, &(LwAuditQuestion){.key = other}, &answer, &error));
	lw_audit_answer_clear(&answer);
	assert_non_null(strstr(error->message, "another key has signed"));
}

static void assert_unsound(const World *world, const char *text, const char *needle)
{
	g_autoptr(GError) error = NULL;
	write_bytes(world->log, text, strlen(text));
	assert_false(is_sound(world, NULL, &error));
	assert_non_null(strstr(error->message, needle));
	assert_null(strchr(error->message, '\n'));
}

static void test_lines_gone(void **state)
{
	const World *world = *state;
	g_autofree char *link = write_record(world), *text = read_out(world, "redaction-log.jsonl");
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *without = g_strdup(text);
	*(strstr(without, lines[7])) = '\0';
	assert_unsound(world, without, "not signed");
	*(strstr(without, lines[6])) = '\0';
	assert_unsound(world, without, "no end");
	g_autofree char *skipped = g_strjoin("\n", lines[0], lines[1], lines[3], lines[4], lines[5],
					     lines[6], lines[7], "", NULL);
	assert_unsound(world, skipped, ":3: the chain is broken");
	g_autofree char *twice = g_strconcat(text, lines[7], "\n", NULL);
	assert_unsound(world, twice, ":9:");
	assert_unsound(world, "", "no end");
	assert_unsound(world, "{}\n", ":1:");
	assert_unsound(world, "[1,2]\n", ":1:");
	text[strlen(text) - 1] = '\0';
	assert_unsound(world, text, "cut off");
}

static void test_other_files_changed(void **state)
{
	static const char *const names[] = {"redaction-log.csv", "inventarislijst.csv",
					    "brief.pdf"};
	const World *world = *state;
	g_autofree char *link = write_record(world);
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *text = read_out(world, names[i]);
		g_autofree char *path = g_build_filename(world->out, names[i], NULL);
		text[4] ^= 1;
		write_bytes(path, text, strlen(text));
		assert_false(is_sound(world, NULL, NULL));
		text[4] ^= 1;
		write_bytes(path, text, strlen(text));
		assert_true(is_sound(world, NULL, NULL));
	}
}

static void test_not_closed(void **state)
{
	const World *world = *state;
	LwRecord *record = start(world);
	add_documents(record, world);
	assert_false(g_file_test(world->log, G_FILE_TEST_EXISTS));
	lw_record_free(record);
	assert_int_equal(count_files(world->out), 1);
	assert_false(g_file_test(world->internal, G_FILE_TEST_EXISTS));
}

static void test_bad_folders(void **state)
{
	const World *world = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *digest = lw_digest_sha256("", 0);
	assert_int_equal(symlink("/tmp", world->internal), 0);
	assert_null(lw_record_open(world->out, world->internal, digest, "1", LW_LANG_NL, &error));
	assert_int_equal(error->code, LW_ERROR_FATAL);
	g_unlink(world->internal);
	g_mkdir(world->internal, 0777);
	g_autofree char *key = g_build_filename(world->internal, "key", NULL);
	write_bytes(key, "short", 5);
	assert_null(lw_record_open(world->out, world->internal, digest, "1", LW_LANG_NL, NULL));
	assert_int_equal(count_files(world->out), 1);
	assert_null(
		lw_record_open("/nonexistent/out", world->internal, digest, "1", LW_LANG_NL, NULL));
}

static void test_inventory(void **state)
{
	const World *world = *state;
	g_autofree char *link = write_record(world), *text = read_out(world, "inventarislijst.csv");
	assert_string_equal(
		text,
		"Nr;Document;Bestandsnaam;Pagina's;Beoordeling (voorstel);Gronden;Toelichting\r\n"
		"1;brief;brief.pdf;2;Deels openbaar;\"5.1.1.e;5.1.2.e\";1 voorstel open\r\n"
		"2;document-0002;;0;Niet openbaar;;\"niet gelezen: dit bestand kan niet worden "
		"verwerkt; nog te beoordelen door een mens\"\r\n");
}

static guint count_cells(const char *row)
{
	gboolean quoted = FALSE;
	guint cells = 1;
	for (; *row; row++) {
		quoted ^= *row == '"';
		cells += !quoted && *row == ';';
	}
	return cells;
}

static void test_csv_rows(void **state)
{
	const World *world = *state;
	g_autofree char *link = write_record(world), *text = read_out(world, "redaction-log.csv");
	g_auto(GStrv) rows = g_strsplit(text, "\r\n", -1);
	assert_int_equal(g_strv_length(rows), 1 + 2 + 3 + 1);
	for (guint i = 0; *rows[i]; i++)
		assert_int_equal(count_cells(rows[i]), 17);
	assert_non_null(strstr(
		rows[2], ";1;\"1:70.00,99.00,122.00,113.00\";person;5.1.2.e;name/title;0.95;"));
}

static void assert_field(const char *value, const char *expected)
{
	g_autoptr(GString) line = g_string_new(NULL);
	lw_csv_field(line, value);
	assert_string_equal(line->str, expected);
}

static void test_csv_field(void **state)
{
	(void)state;
	assert_field("plain", "plain");
	assert_field("", "");
	assert_field(NULL, "");
	assert_field("a;b", "\"a;b\"");
	assert_field("a,b", "\"a,b\"");
	assert_field("say \"x\"", "\"say \"\"x\"\"\"");
	assert_field("two\r\nlines", "\"two\r\nlines\"");
	assert_field("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
	assert_field("+1", "\"'+1\"");
	assert_field("-1", "\"'-1\"");
	assert_field("@x", "\"'@x\"");
	assert_field("\tx", "\"'\tx\"");
	assert_field("\rx", "\"'\rx\"");
	assert_field("a=1", "a=1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_audit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_nothing_tells, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_inside, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_second_run, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_flipped_byte, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_one_mark_opened, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_commitment, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_pseudonyms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_signer, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_lines_gone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_other_files_changed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_not_closed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_bad_folders, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_inventory, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_csv_rows, set_up, tear_down),
		cmocka_unit_test(test_csv_field),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
