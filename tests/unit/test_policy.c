/* test_policy.c - the policy file: what it accepts, what it refuses and where, and what it decides
 * of a find. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/decide/policy.h"

static LwPolicy *parse(const char *text)
{
	g_autoptr(GError) error = NULL;
	LwPolicy *policy = lw_policy_parse(text, strlen(text), "woo.policy", "/", &error);
	if (!policy)
		fail_msg("%s", error->message);
	return policy;
}

static void assert_refused(const char *text, const char *message)
{
	g_autoptr(GError) error = NULL;
	assert_null(lw_policy_parse(text, strlen(text), "woo.policy", "/", &error));
	assert_int_equal(error->code, LW_ERROR_USAGE);
	assert_string_equal(error->message, message);
}

static LwRuling judge(const LwPolicy *policy, LwKind kind, LwRole role, float score,
		      const char *text)
{
	LwEntity entity = {.kind = kind, .role = role, .score = score, .reason = LW_REASON_FORM};
	entity.span.length = (guint32)strlen(text);
	return lw_policy_judge(policy, &entity, text, strlen(text));
}

#define ACTION(policy, KIND, ROLE, score, text)                                                    \
	judge(policy, LW_KIND_##KIND, LW_ROLE_##ROLE, score, text).action

static void test_round_trip(void **state)
{
	static const char *const texts[] = {
		"",
		"[policy]\nprofile=rechtspraak\nlang=en\n[kind "
		"email]\naction=suggest\nthreshold=0.75\n",
		"[style]\nfill=#ffffff\ntext=#000000\ncode=5.1 lid 2 sub e\n",
		"[keep]\nnames=Jan de Vries; A.B. Kok\nmailboxes=info;post\\.\\d+\nnumbers=030 286 "
		"00 00\n"
		"domains=utrecht.nl\n[role court]\naction=remove\n",
	};
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(texts) * 2; i++) {
		g_autoptr(LwPolicy) policy = parse(texts[i / 2]);
		g_autofree char *printed = lw_policy_print(policy, i % 2 ? LW_LANG_NL : LW_LANG_EN);
		g_autoptr(LwPolicy) again = parse(printed);
		g_autofree char *twice = lw_policy_print(again, i % 2 ? LW_LANG_NL : LW_LANG_EN);
		g_autofree char *one = lw_policy_digest(policy), *two = lw_policy_digest(again);
		assert_string_equal(one, two);
		assert_string_equal(printed, twice);
	}
}

static void test_digest(void **state)
{
	(void)state;
	g_autoptr(LwPolicy) built_in = lw_policy_new();
	g_autoptr(LwPolicy) empty = parse("# nothing\n");
	g_autoptr(LwPolicy) named = parse("[policy]\nname=Utrecht\n");
	g_autoptr(LwPolicy) other = parse("[kind age]\naction=keep\n");
	g_autofree char *a = lw_policy_digest(built_in), *b = lw_policy_digest(empty);
	g_autofree char *c = lw_policy_digest(named), *d = lw_policy_digest(other);
	assert_string_equal(a, b);
	assert_string_equal(a, c);
	assert_string_not_equal(a, d);
	assert_int_equal(strlen(a), 64);
}

static void test_refused(void **state)
{
	(void)state;
	assert_refused("[policy]\n\nnaam=x\n",
		       "'woo.policy':3: unknown key 'naam' in group 'policy'");
	assert_refused("[beleid]\n", "'woo.policy':1: unknown group 'beleid'");
	assert_refused("[kind naam]\n", "'woo.policy':1: unknown group 'kind naam'");
	assert_refused("[kind]\n", "'woo.policy':1: unknown group 'kind'");
	assert_refused("[policy]\n[style]\n[policy]\n",
		       "'woo.policy':3: group 'policy' stands there twice");
	assert_refused("[policy]\nlang=nl\nlang = en\n",
		       "'woo.policy':3: key 'lang' stands there twice");
	assert_refused("lang=nl\n", "'woo.policy':1: key 'lang' stands before the first group");
	assert_refused("[policy]\nlang[nl]=nl\n",
		       "'woo.policy':2: unknown key 'lang[nl]' in group 'policy'");
	assert_refused("[policy]\nlang\n", "'woo.policy':2: neither a group, a key nor a comment");
	assert_refused("[policy\n", "'woo.policy':1: a group ends in ]");
	assert_refused("[kind bsn]\naction=delete\n",
		       "'woo.policy':2: the action is remove, suggest or keep");
	assert_refused("[kind bsn]\n#\nground=5.1.7\n",
		       "'woo.policy':3: not a ground that can be chosen");
	assert_refused("[kind bsn]\nground=\n", "'woo.policy':2: a mark without a ground");
	assert_refused("[kind bsn]\nthreshold=nan\n",
		       "'woo.policy':2: a score is a number from 0 to 1");
	assert_refused("[kind bsn]\nthreshold=1,5\n",
		       "'woo.policy':2: a score is a number from 0 to 1");
	assert_refused("[style]\nfill=black\n",
		       "'woo.policy':2: a colour is # and six hexadecimal digits");
	assert_refused("[style]\nfill=#bfbfbf\n",
		       "'woo.policy':2: the contrast of text on fill is below 4.5:1");
	assert_refused("[keep]\nmailboxes=info;(\n",
		       "'woo.policy':2: a mailbox is no valid regular expression");
	assert_refused("[lists]\nallow=nowhere.txt\n",
		       "'woo.policy':2: the list '/nowhere.txt' cannot be read");
	assert_refused("[kind opinion]\naction=remove\n",
		       "'woo.policy':2: only a person may decide on this kind: suggest or keep");
	assert_refused("[kind bsn]\nground=5.2\n",
		       "'woo.policy':2: only a person may decide on ground 5.2.1: suggest or keep");
	assert_refused("[policy]\nsure=0.5\n", "'woo.policy':2: likely is above sure");
	assert_refused("[policy]\n#\n\xff\n", "'woo.policy':3: not in utf-8");
	assert_refused("[policy]\nwidth=wide\n",
		       "'woo.policy':2: the width is exact, quantised or strict");
}

static void test_refused_large(void **state)
{
	(void)state;
	g_autofree char *text = g_strnfill(5 * 1024 * 1024, '\n');
	assert_refused(text, "'woo.policy':1: the policy is too large");
	assert_null(lw_policy_load("/nonexistent/policy", NULL));
}

static void test_values(void **state)
{
	(void)state;
	g_autoptr(LwPolicy) policy =
		parse("[policy]\ndefault-ground=art. 5.1 lid 1 sub e; 5.1.2e\nwidth=exact\n"
		      "sure=0.8\n[style]\nfill=#FFFFFF\ntext=#000080\ncode=short\n");
	const LwStyle *style = lw_policy_style(policy);
	assert_string_equal(lw_policy_default_ground(policy), "5.1.1.e;5.1.2.e");
	assert_int_equal(style->width, LW_WIDTH_EXACT);
	assert_int_equal(style->code, LW_CODE_SHORT);
	assert_int_equal(style->fill[0], 255);
	assert_int_equal(style->text[2], 128);
	assert_float_equal(lw_policy_sure(policy), 0.8, 0);
	g_autoptr(LwPolicy) built_in = lw_policy_new();
	assert_int_equal(lw_policy_style(built_in)->text[0], 255);
	assert_int_equal(lw_policy_style(built_in)->fill[0], 0);
	assert_int_equal(lw_policy_style(built_in)->width, LW_WIDTH_QUANTISED);
	assert_string_equal(lw_policy_default_ground(built_in), "5.1.2.e");
}

static void test_judge_actions(void **state)
{
	(void)state;
	g_autoptr(LwPolicy) policy = lw_policy_new();
	LwRuling bsn = judge(policy, LW_KIND_BSN, LW_ROLE_UNKNOWN, 0.99f, "123456782");
	assert_int_equal(bsn.action, LW_ACTION_REMOVE);
	assert_string_equal(bsn.ground, "5.1.1.e");
	assert_int_equal(bsn.reason, LW_REASON_FORM);
	LwRuling vat = judge(policy, LW_KIND_VAT_NUMBER, LW_ROLE_UNKNOWN, 0.99f, "NL001234567B01");
	assert_int_equal(vat.action, LW_ACTION_KEEP);
	assert_int_equal(vat.reason, LW_REASON_POLICY);
	assert_int_equal(ACTION(policy, BSN, UNKNOWN, 0.45f, "123456782"), LW_ACTION_SUGGEST);
	LwRuling faint = judge(policy, LW_KIND_PERSON, LW_ROLE_UNKNOWN, 0.1f, "Roos");
	assert_int_equal(faint.action, LW_ACTION_KEEP);
	assert_int_equal(faint.reason, LW_REASON_SCORE);
	assert_int_equal(ACTION(policy, OPINION, UNKNOWN, 1, "ik vind"), LW_ACTION_SUGGEST);
	assert_int_equal(ACTION(policy, PICTURE, UNKNOWN, 1, ""), LW_ACTION_SUGGEST);
}

static void test_judge_recall(void **state)
{
	(void)state;
	g_autoptr(LwPolicy) built_in = lw_policy_new();
	g_autoptr(LwPolicy) eager = parse("[policy]\nrecall=0.8\n");
	g_autoptr(LwPolicy) careful = parse("[policy]\nrecall=0.2\n");

	assert_int_equal(ACTION(built_in, PERSON, UNKNOWN, 0.3f, "x"), LW_ACTION_SUGGEST);
	assert_int_equal(ACTION(eager, PERSON, UNKNOWN, 0.3f, "x"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(eager, PERSON, UNKNOWN, 0.19f, "x"), LW_ACTION_SUGGEST);
	assert_int_equal(ACTION(built_in, PERSON, UNKNOWN, 0.7f, "x"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(careful, PERSON, UNKNOWN, 0.7f, "x"), LW_ACTION_SUGGEST);
	assert_int_equal(ACTION(careful, PERSON, UNKNOWN, 0.81f, "x"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(careful, PERSON, UNKNOWN, 1.0f, "x"), LW_ACTION_REMOVE);
}

static void test_judge_roles(void **state)
{
	(void)state;
	g_autoptr(LwPolicy) policy = lw_policy_new();
	LwRuling mayor = judge(policy, LW_KIND_PERSON, LW_ROLE_OFFICE_HOLDER, 0.9f, "De Vries");
	assert_int_equal(mayor.action, LW_ACTION_KEEP);
	assert_int_equal(mayor.reason, LW_REASON_ROLE);
	assert_int_equal(ACTION(policy, SIGNATURE, OFFICE_HOLDER, 0.9f, ""), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, PHONE, OFFICE_HOLDER, 0.9f, "06 12345678"),
			 LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, EMAIL, OFFICE_HOLDER, 0.9f, "j.vries@x.nl"),
			 LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, PERSON, MANDATE, 0.9f, "Kok"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(policy, PERSON, CITIZEN, 0.9f, "Kok"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, PERSON, PROFESSIONAL, 0.9f, "Kok"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, BSN, OFFICE_HOLDER, 0.9f, "123456782"), LW_ACTION_REMOVE);
	g_autoptr(LwPolicy) court =
		parse("[policy]\nprofile=rechtspraak\n[role official]\naction=remove\n");
	assert_int_equal(ACTION(court, PERSON, PROFESSIONAL, 0.9f, "Kok"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(court, PERSON, OFFICIAL, 0.9f, "Kok"), LW_ACTION_REMOVE);
	g_autoptr(LwPolicy) strict = parse("[policy]\nprofile=gemeente-streng\n");
	assert_int_equal(ACTION(strict, PERSON, TOP_OFFICIAL, 0.9f, "Kok"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(strict, PERSON, OFFICE_HOLDER, 0.9f, "Kok"), LW_ACTION_KEEP);
}

static void test_judge_mailboxes(void **state)
{
	(void)state;
	g_autoptr(LwPolicy) policy = lw_policy_new();
	LwRuling box = judge(policy, LW_KIND_EMAIL, LW_ROLE_UNKNOWN, 0.9f, "Info@utrecht.nl");
	assert_int_equal(box.action, LW_ACTION_KEEP);
	assert_int_equal(box.reason, LW_REASON_FUNCTIONAL);
	assert_int_equal(ACTION(policy, EMAIL, UNKNOWN, 0.9f, "woo-verzoeken@x.nl"),
			 LW_ACTION_KEEP);
	assert_int_equal(ACTION(policy, EMAIL, UNKNOWN, 0.9f, "j.info@x.nl"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, EMAIL, UNKNOWN, 0.9f, "info"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, PHONE, FUNCTIONAL, 0.9f, "14 030"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(policy, EMAIL, UNKNOWN, 0.9f, "info@\nutrecht.nl"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(policy, EMAIL, FUNCTIONAL, 0.9f, "info (at) x.nl"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(policy, ADDRESS, FUNCTIONAL, 0.9f, "Postbus 1"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(policy, ADDRESS, UNKNOWN, 0.9f, "Kerkstraat 1"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, BSN, FUNCTIONAL, 0.9f, "123456782"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, SIGNATURE, FUNCTIONAL, 0.9f, ""), LW_ACTION_REMOVE);
	g_autoptr(LwPolicy) own = parse("[keep]\ndomains=utrecht.nl\nnumbers=+31 30 286 00 00\n");
	assert_int_equal(ACTION(own, EMAIL, UNKNOWN, 0.9f, "info@mail.utrecht.nl"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(own, EMAIL, FUNCTIONAL, 0.9f, "info@nietutrecht.nl"),
			 LW_ACTION_REMOVE);
	assert_int_equal(ACTION(own, PHONE, UNKNOWN, 0.9f, "030-2860000"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(own, PHONE, UNKNOWN, 0.9f, "030-2860001"), LW_ACTION_REMOVE);
}

static char *write_list(const char *folder, const char *name, const char *text)
{
	char *path = g_build_filename(folder, name, NULL);
	assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

static void test_lists(void **state)
{
	static const char text[] = "[lists]\nallow=allow.txt\ndeny=deny.txt\nsurnames=names.txt\n"
				   "[keep]\nnames=A.B. de Vries\n";
	(void)state;
	g_autofree char *folder = g_dir_make_tmp("lakwerk-policy-XXXXXX", NULL);
	g_autofree char *allow = write_list(
		folder, "allow.txt", "# ours\nJansen & Jansen\n123456782\n\nBergsma\r\nKok\n");
	g_autofree char *deny = write_list(folder, "deny.txt", "\ufeffBergsma\n");
	g_autofree char *names = write_list(folder, "names.txt", "Xyzw\n");
	g_autoptr(LwPolicy) policy = lw_policy_parse(text, strlen(text), "p", folder, NULL);
	assert_non_null(policy);
	LwRuling kept = judge(policy, LW_KIND_PERSON, LW_ROLE_CITIZEN, 0.9f, "JANSEN & Jansen");
	assert_int_equal(kept.action, LW_ACTION_KEEP);
	assert_int_equal(kept.reason, LW_REASON_ALLOW);
	LwRuling gone = judge(policy, LW_KIND_PERSON, LW_ROLE_OFFICE_HOLDER, 0.1f, "bergsma");
	assert_int_equal(gone.action, LW_ACTION_REMOVE);
	assert_int_equal(gone.reason, LW_REASON_DENY);
	assert_int_equal(ACTION(policy, BSN, UNKNOWN, 0.9f, "123456782"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(policy, BSN, UNKNOWN, 0.9f, "1234.56.782"), LW_ACTION_REMOVE);
	assert_int_equal(ACTION(policy, PERSON, CITIZEN, 0.9f, "A.B. de Vries"), LW_ACTION_KEEP);
	assert_int_equal(ACTION(policy, PERSON, CITIZEN, 0.9f, "de Vries"), LW_ACTION_REMOVE);
	g_autoptr(GVariant) lists = g_variant_ref_sink(lw_policy_lists(policy));
	assert_string_equal(g_variant_get_type_string(lists), "a(su)");
	assert_int_equal(g_variant_n_children(lists), 6);
	g_autofree char *printed = lw_policy_print(policy, LW_LANG_NL);
	g_autoptr(LwPolicy) again = parse(printed);
	g_autofree char *one = lw_policy_digest(policy), *two = lw_policy_digest(again);
	assert_string_equal(one, two);
	g_unlink(allow);
	g_unlink(deny);
	g_unlink(names);
	g_rmdir(folder);
}

static void test_lint(void **state)
{
	(void)state;
	assert_null(lw_lint_grounds("5.1.2.e"));
	assert_null(lw_lint_grounds("5.1.1.e;5.1.2.e"));
	assert_null(lw_lint_grounds("5.1.5"));
	assert_null(lw_lint_grounds("5.1.2.e;5.2.1"));
	assert_non_null(lw_lint_grounds("5.1.5;5.1.2.e"));
	assert_non_null(lw_lint_grounds("5.1.1.c;5.1.5"));
	assert_non_null(lw_lint_grounds("5.1.2.e;5.1.2e"));
	assert_non_null(lw_lint_grounds("BR;5.1.2.e"));
	assert_non_null(lw_lint_grounds("5.1.7"));
	assert_non_null(lw_lint_grounds("5.1.2.e;"));
	assert_non_null(lw_lint_grounds(""));
	assert_non_null(lw_lint_grounds(NULL));
}

/* Both man pages name every group and key that the program prints. */
static void assert_described(const char *page)
{
	const char *root = g_getenv("LW_SOURCE_ROOT");
	if (!root)
		skip();
	g_autoptr(LwPolicy) policy = lw_policy_new();
	g_autofree char *path = g_build_filename(root, page, NULL), *manual = NULL;
	g_autofree char *printed = lw_policy_print(policy, LW_LANG_EN);
	assert_true(g_file_get_contents(path, &manual, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(printed, "\n", -1);
	for (guint i = 0; lines[i]; i++) {
		const char *name = strchr(lines[i], ' ');
		char *equals = strchr(lines[i], '=');
		if (*lines[i] == '#' || (!equals && !name))
			continue;
		if (equals)
			*equals = '\0';
		else
			lines[i][strlen(lines[i]) - 1] = '\0';
		g_autofree char *item =
			g_strdup_printf(".It Ic %s\n", equals ? lines[i] : name + 1);
		if (!strstr(manual, item))
			fail_msg("%s does not describe '%s'", page, item + 7);
	}
}

static void test_manual(void **state)
{
	(void)state;
	assert_described("man/lakwerk-policy.5");
	assert_described("man/nl/lakwerk-policy.5");
}

/* Every prefix of a policy, and every byte changed: read or refused with a line, never worse. */
static void test_hostile(void **state)
{
	(void)state;
	g_autoptr(LwPolicy) policy = lw_policy_new();
	g_autofree char *text = lw_policy_print(policy, LW_LANG_NL);
	gsize length = strlen(text);
	for (gsize i = 0; i < length; i += 7) {
		g_autofree char *changed = g_memdup2(text, length);
		g_autoptr(GError) error = NULL;
		changed[i] ^= (char)(1 << i % 8);
		g_autoptr(LwPolicy) cut = lw_policy_parse(text, i, "p", "/", NULL);
		g_autoptr(LwPolicy) bent = lw_policy_parse(changed, length, "p", "/", &error);
		assert_true(bent || g_str_has_prefix(error->message, "'p':"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_refused_large),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_judge_actions),
		cmocka_unit_test(test_judge_recall),
		cmocka_unit_test(test_judge_roles),
		cmocka_unit_test(test_judge_mailboxes),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_lint),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_manual),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
