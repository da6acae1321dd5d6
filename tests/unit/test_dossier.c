/* test_dossier.c - parts of a dossier that need no document: the store, events and undo, the bound
 * of the sample, messages in a text, the deadline. */
#include "engine/dossier/act.h"
#include "engine/dossier/deadline.h"
#include "engine/dossier/sample.h"
#include "engine/dossier/thread.h"
#include "engine/dossier/unit.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct {
	char *folder;
	LwDossier dossier;
	LwPolicy *policy;
} Fixture;

static int open_fixture(void **state)
{
	Fixture *fixture = g_new0(Fixture, 1);

	fixture->folder = g_dir_make_tmp("lakwerk-XXXXXX", NULL);
	fixture->policy = lw_policy_new();
	fixture->dossier.policy = fixture->policy;
	fixture->dossier.readings = lw_readings_new();
	fixture->dossier.store = lw_store_open(fixture->folder, LW_STORE_CREATE, NULL);
	*state = fixture;
	return fixture->dossier.store ? 0 : -1;
}

static int close_fixture(void **state)
{
	static const char *const names[] = {"dossier.db", "dossier.db-wal", "dossier.db-shm",
					    "lock"};
	Fixture *fixture = *state;

	lw_store_free(fixture->dossier.store);
	lw_readings_free(fixture->dossier.readings);
	lw_policy_free(fixture->policy);
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(fixture->folder, names[i], NULL);

		g_unlink(path);
	}
	g_rmdir(fixture->folder);
	g_free(fixture->folder);
	g_free(fixture->dossier.today);
	g_free(fixture);
	return 0;
}

/* An act as somebody; the event, 0 when it was refused, with the reply. */
static gint64 act(Fixture *fixture, const char *who, const char *json, LwReply *reply)
{
	g_autoptr(LwJson) given = lw_json_parse(json, strlen(json), "test", NULL);
	LwCall call = {.dossier = &fixture->dossier,
		       .given = given,
		       .reviewer = who,
		       .answer = lw_json_object_new()};
	gint64 event = 0;

	assert_non_null(given);
	lw_store_begin(fixture->dossier.store);
	if (lw_act(&call)) {
		assert_true(lw_store_commit(fixture->dossier.store, NULL));
		lw_json_integer_of(call.answer, "event", &event);
	} else {
		lw_store_rollback(fixture->dossier.store);
	}
	if (reply)
		*reply = call.reply;
	lw_call_clear(&call);
	return event;
}

static LwJson *query(Fixture *fixture, const char *what)
{
	g_autoptr(LwJson) given = lw_json_object_new();
	LwCall call = {
		.dossier = &fixture->dossier, .given = given, .answer = lw_json_object_new()};
	LwJson *answer;

	assert_true(lw_query(&call, what));
	answer = g_steal_pointer(&call.answer);
	lw_call_clear(&call);
	return answer;
}

static char *title(Fixture *fixture)
{
	g_autoptr(LwJson) answer = query(fixture, "dossier");

	return g_strdup(lw_json_string_of(answer, "title"));
}

#define assert_title(fixture, wanted)                                                              \
	do {                                                                                       \
		g_autofree char *is = title(fixture);                                              \
		assert_int_equal(g_strcmp0(is, wanted), 0);                                        \
	} while (0)

static void a_failed_transaction_leaves_nothing(void **state)
{
	Fixture *fixture = *state;
	LwStore *store = fixture->dossier.store;
	g_autoptr(GError) error = NULL;

	lw_store_begin(store);
	lw_store_run(store, "INSERT INTO meta VALUES('a', '1')", "");
	/* The same number twice. */
	lw_store_run(store, "INSERT INTO card VALUES(1, 'x')", "");
	lw_store_run(store, "INSERT INTO card VALUES(1, 'y')", "");
	lw_store_run(store, "INSERT INTO meta VALUES('b', '2')", "");
	assert_false(lw_store_commit(store, &error));
	assert_int_equal(error->code, LW_ERROR_FATAL);
	assert_int_equal(lw_store_number(store, -1, "SELECT count(*) FROM meta", ""), 0);
	lw_store_begin(store);
	lw_store_run(store, "INSERT INTO meta VALUES('a', ?)", "s", "'); DROP TABLE meta; --");
	assert_true(lw_store_commit(store, NULL));
	assert_int_equal(lw_store_number(store, -1, "SELECT count(*) FROM meta", ""), 1);
}

static void one_writer_any_readers(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autoptr(LwStore) reader = NULL;

	assert_null(lw_store_open(fixture->folder, LW_STORE_WRITE, &error));
	assert_int_equal(error->code, LW_ERROR_REVIEW);
	reader = lw_store_open(fixture->folder, LW_STORE_READ, NULL);
	assert_non_null(reader);
	act(fixture, "anna", "{\"act\":\"settings\",\"title\":\"een\"}", NULL);
	assert_int_equal(lw_store_number(reader, -1, "SELECT count(*) FROM event", ""), 2);
}

static void a_later_version_is_refused(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;

	lw_store_run(fixture->dossier.store, "PRAGMA user_version = 99", "");
	g_clear_pointer(&fixture->dossier.store, lw_store_free);
	assert_null(lw_store_open(fixture->folder, LW_STORE_WRITE, &error));
	assert_int_equal(error->code, LW_ERROR_USAGE);
}

/* What is in force is the latest that is not undone, in whatever order that happened. */
static void undo_in_any_order(void **state)
{
	Fixture *fixture = *state;
	char undo[80];
	gint64 one, two, three, undone;

	one = act(fixture, "anna", "{\"act\":\"settings\",\"title\":\"een\"}", NULL);
	two = act(fixture, "anna", "{\"act\":\"settings\",\"title\":\"twee\"}", NULL);
	three = act(fixture, "anna", "{\"act\":\"settings\",\"title\":\"drie\"}", NULL);
	assert_true(one < two && two < three);
	g_snprintf(undo, sizeof(undo), "{\"act\":\"undo\",\"event\":%d}", (int)two);
	undone = act(fixture, "anna", undo, NULL);
	assert_title(fixture, "drie");
	g_snprintf(undo, sizeof(undo), "{\"act\":\"undo\",\"event\":%d}", (int)three);
	act(fixture, "anna", undo, NULL);
	assert_title(fixture, "een");
	g_snprintf(undo, sizeof(undo), "{\"act\":\"undo\",\"event\":%d}", (int)undone);
	act(fixture, "anna", undo, NULL);
	assert_title(fixture, "twee");
	g_snprintf(undo, sizeof(undo), "{\"act\":\"undo\",\"event\":%d}", (int)one);
	act(fixture, "anna", undo, NULL);
	assert_title(fixture, "twee");
}

static void who_is_late_is_told(void **state)
{
	Fixture *fixture = *state;
	LwReply reply;
	gint64 base;

	act(fixture, "anna", "{\"act\":\"reviewer\",\"reviewer\":\"bert\",\"role\":\"officer\"}",
	    NULL);
	base = act(fixture, "anna", "{\"act\":\"settings\",\"title\":\"een\"}", NULL);
	act(fixture, "bert", "{\"act\":\"settings\",\"title\":\"twee\"}", NULL);
	g_autofree char *late =
		g_strdup_printf("{\"act\":\"settings\",\"title\":\"drie\",\"base\":%d}", (int)base);
	act(fixture, "anna", late, &reply);
	assert_int_equal(reply, LW_REPLY_CONFLICT);
	assert_title(fixture, "twee");
	/* Another field is no conflict, nor is one's own change. */
	g_autofree char *other =
		g_strdup_printf("{\"act\":\"settings\",\"matter\":\"m1\",\"base\":%d}", (int)base);
	act(fixture, "anna", other, &reply);
	assert_int_equal(reply, LW_REPLY_DONE);
	g_autofree char *own =
		g_strdup_printf("{\"act\":\"settings\",\"matter\":\"m2\",\"base\":%d}", (int)base);
	act(fixture, "anna", own, &reply);
	assert_int_equal(reply, LW_REPLY_DONE);
}

/* The chance to find at most `bad` bad ones, by counting term by term. */
static double by_hand(guint all, guint checked, guint bad, guint total)
{
	double sum = 0;

	for (guint i = 0; i <= bad; i++) {
		double term = 1;

		/* C(checked, i) ways; each a product of conditional chances. */
		for (guint k = 0; k < i; k++)
			term *= (double)(checked - k) / (k + 1);
		for (guint k = 0; k < checked; k++)
			term *= k < i ? (double)(total - k) / (all - k)
				      : (double)(all - total - (k - i)) / (all - k);
		sum += term;
	}
	return sum;
}

static void the_bound_of_a_sample(void **state)
{
	static const guint cases[][3] = {{1000, 59, 0}, {1000, 59, 2}, {50, 10, 0},
					 {50, 50, 3},	{300, 100, 1}, {3000, 300, 0}};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		guint all = cases[i][0], checked = cases[i][1], bad = cases[i][2];
		guint bound = lw_sample_bound(all, checked, bad);

		assert_true(by_hand(all, checked, bad, bound) >= 0.05 - 1e-9);
		if (bound < all - (checked - bad))
			assert_true(by_hand(all, checked, bad, bound + 1) < 0.05 + 1e-9);
	}
	assert_int_equal(lw_sample_bound(50, 50, 3), 3); /* all were looked at */
	assert_int_equal(lw_sample_bound(50, 0, 0), 50); /* none was */
	/* The rule of three: about 3/n of the pages. */
	assert_in_range(lw_sample_bound(1000000, 300, 0), 9800, 10000);
}

static void the_deadline(void **state)
{
	Fixture *fixture = *state;
	g_autoptr(LwJson) first = NULL, second = NULL;
	const LwJson *deadline;
	gint64 left = 0;

	fixture->dossier.today = g_strdup("2026-02-10");
	act(fixture, "anna", "{\"act\":\"settings\",\"requested\":\"2026-02-02\"}", NULL);
	first = query(fixture, "dossier");
	deadline = lw_json_member(first, "deadline");
	assert_string_equal(lw_json_string_of(deadline, "date"), "2026-03-02");
	assert_true(lw_json_integer_of(deadline, "days_left", &left));
	assert_int_equal(left, 20);
	act(fixture, "anna", "{\"act\":\"settings\",\"extended\":true,\"suspended_days\":7}", NULL);
	second = query(fixture, "dossier");
	assert_string_equal(lw_json_string_of(lw_json_member(second, "deadline"), "date"),
			    "2026-03-23");
}

/* By the calendar, not by our reckoning: Easter was or is on 31 March 2024, 5 April 2026, 23 March
 * 2008 and 25 April 2038. */
static void no_term_ends_on_a_day_off(void **state)
{
	static const char *const terms[][2] = {
		{"2026-03-02", "2026-03-02"}, /* a Monday */
		{"2026-02-07", "2026-02-09"}, /* Saturday */
		{"2026-04-03", "2026-04-07"}, /* Good Friday to Easter Monday */
		{"2024-04-01", "2024-04-02"}, {"2008-03-24", "2008-03-25"},
		{"2038-04-26", "2038-04-28"}, /* Easter Monday, then the King */
		{"2026-04-27", "2026-04-28"}, {"2025-04-25", "2025-04-25"},
		{"2025-04-26", "2025-04-28"}, /* the King, on a Saturday */
		{"2026-05-05", "2026-05-06"}, {"2026-05-14", "2026-05-15"},
		{"2026-05-25", "2026-05-26"}, {"2026-12-25", "2026-12-28"},
		{"2027-01-01", "2027-01-04"},
	};

	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(terms); i++) {
		char text[32];
		GDate date;

		assert_true(lw_date_parse(terms[i][0], &date));
		lw_term_end(&date);
		g_date_strftime(text, sizeof(text), "%Y-%m-%d", &date);
		assert_string_equal(text, terms[i][1]);
	}
}

static void messages_in_a_text(void **state)
{
	static const char text[] = "Van: A\nVerzonden: maandag\nAan: B\nOnderwerp: x\n\neen\n\n"
				   "> From: B\n> Sent: Sunday\n> To: A\n> Subject: x\n>\n> twee\n"
				   "-----Oorspronkelijk bericht-----\n"
				   "Van: C\nDatum: 1 mei\nAan: A\nOnderwerp: y\n\ndrie\n"
				   "Op 3 mei schreef Jan:\nvier\n";
	static const char *const bodies[] = {"een", "twee", "drie", "vier"};
	g_autoptr(GArray) found = lw_messages_find(text, strlen(text));

	(void)state;
	assert_int_equal(found->len, 4);
	for (guint i = 0; i < 4; i++) {
		LwSpan span = g_array_index(found, LwSpan, i);
		g_autofree char *body = g_strndup(text + span.start, span.length);

		g_strdelimit(body, ">\n", ' ');
		assert_string_equal(g_strstrip(body), bodies[i]);
	}
	g_array_unref(found);
	found = lw_messages_find("Van: de gemeente\nis niets te zien\n", 34);
	assert_int_equal(found->len, 0);
}

static void words_are_those_of_the_text(void **state)
{
	static const char text[] = "Jan-\nsen, É.\u00ad2e  'x' \xe2\x80\x99s";
	g_autoptr(GArray) words = lw_words_new(text, strlen(text));
	g_autoptr(GArray) plain = lw_words_hash("jansen e2e X s");

	(void)state;
	assert_int_equal(words->len, 5);
	assert_true(g_array_index(words, LwWord, 0).hash == g_array_index(plain, guint64, 0));
	assert_int_equal(g_array_index(words, LwWord, 0).start, 0);
	assert_int_equal(g_array_index(words, LwWord, 0).length, 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define WITH_DOSSIER(test) cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)
		WITH_DOSSIER(a_failed_transaction_leaves_nothing),
		WITH_DOSSIER(one_writer_any_readers),
		WITH_DOSSIER(a_later_version_is_refused),
		WITH_DOSSIER(undo_in_any_order),
		WITH_DOSSIER(who_is_late_is_told),
		WITH_DOSSIER(the_deadline),
		cmocka_unit_test(the_bound_of_a_sample),
		cmocka_unit_test(no_term_ends_on_a_day_off),
		cmocka_unit_test(messages_in_a_text),
		cmocka_unit_test(words_are_those_of_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
