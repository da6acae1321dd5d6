/* test_odf.c - OpenDocument texts: the shape of what is read, and what stands where marks were. */
#include "tests/unit/odf_fixture.h"

#include "engine/render/odf_work.h"

static char *text_after(const char *body)
{
	g_autoptr(GBytes) input = package_of(body, "", "", NULL);
	g_autoptr(GBytes) output = redact(input, SECRET);
	g_autoptr(LwDocument) document = read_odf(output);
	assert_gone(output, SECRET);
	return g_strdup(document->text);
}

static void text_is(const char *body, const char *expected)
{
	g_autoptr(GBytes) input = package_of(body, "", "", NULL);
	g_autoptr(LwDocument) document = read_odf(input);
	assert_string_equal(document->text, expected);
	assert_int_equal(document->length, strlen(expected));
}

static void becomes(const char *body, const char *expected)
{
	g_autofree char *text = text_after(body);
	assert_string_equal(text, expected);
}

static void test_shape(void **state)
{
	(void)state;
	text_is("<text:p>J<text:span>an</text:span>sen</text:p><text:h>Kop</text:h>",
		"Jansen\nKop\n");
	text_is("<text:p>a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d</text:p>",
		"a   b\tc\nd\n");
	text_is("<text:p>  a \n  <text:span> b</text:span>\t c</text:p>", "a b c\n");
	text_is("<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body>"
		"<text:p>noot</text:p></text:note-body></text:note>b</text:p><text:p>c</text:p>",
		"ab\nnoot\nc\n");
	text_is("<table:table><table:table-row><table:table-cell><text:p>a</text:p>"
		"</table:table-cell><table:table-cell/><table:table-cell><text:p>b</text:p>"
		"<text:p>c</text:p></table:table-cell></table:table-row><table:table-row>"
		"<table:table-cell><text:p>d</text:p></table:table-cell></table:table-row>"
		"</table:table><text:p>e</text:p>",
		"a\t\tb\nc\nd\ne\n");
	text_is("<text:p>x<draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box>"
		"</draw:frame>y</text:p>",
		"xy\nkader\n");
	text_is("<text:p>x<office:annotation><dc:creator>Piet</dc:creator><text:p>let op</text:p>"
		"</office:annotation>y</text:p>",
		"xy\n\nPiet\nlet op\n");
}

/* A thousand notes in one paragraph are no deep recursion; a million would be a stack overflow. */
static void test_many_notes(void **state)
{
	(void)state;
	GString *body = g_string_new("<text:p>");
	for (guint i = 0; i < 100000; i++)
		g_string_append(body, "<text:note><text:note-body><text:p>n</text:p>"
				      "</text:note-body></text:note>");
	g_string_append(body, "</text:p>");
	g_autoptr(GBytes) input = package_of(body->str, "", "", NULL);
	g_autoptr(LwDocument) document = read_odf(input);
	assert_int_equal(document->length, 200001);
	g_string_free(body, TRUE);
}

static void test_runs(void **state)
{
	(void)state;
	becomes("<text:p>Aan Zeb<text:span>ulon</text:span>, hier</text:p>",
		"Aan [gelakt: 5.1.2.e], hier\n");
	becomes("<text:p>Zebulon en Zebulon</text:p>", "[gelakt: 5.1.2.e] en [gelakt: 5.1.2.e]\n");
	becomes("<text:p><text:span>Ze</text:span><text:bookmark text:name=\"a\"/><text:span>bu"
		"</text:span>lon</text:p>",
		"[gelakt: 5.1.2.e]\n");
	becomes("<text:p>a<text:author-name>Zebulon</text:author-name>b</text:p>",
		"a[gelakt: 5.1.2.e]b\n");
	becomes("<text:p>a<text:ruby><text:ruby-base>Zebulon</text:ruby-base><text:ruby-text>zee"
		"</text:ruby-text></text:ruby></text:p>",
		"a[gelakt: 5.1.2.e]\n");
	becomes("<text:p>a <text:a xlink:href=\"mailto:x@y.nl\">Zebulon</text:a></text:p>",
		"a [gelakt: 5.1.2.e]\n");
	becomes("<table:table><table:table-row><table:table-cell office:value-type=\"string\" "
		"office:string-value=\"Zebulon\"><text:p>Zebulon</text:p></table:table-cell>"
		"</table:table-row></table:table>",
		"[gelakt: 5.1.2.e]\n");
}

static void test_box_style(void **state)
{
	(void)state;
	g_autoptr(GBytes) input =
		package_of("<text:p>Zebulon</text:p>", "",
			   "<style:header><text:p>Zebulon</text:p></style:header>", NULL);
	g_autoptr(GBytes) output = redact(input, SECRET);
	g_autoptr(GBytes) content = member_of(output, "content.xml");
	g_autoptr(GBytes) styles = member_of(output, "styles.xml");
	assert_true(has(content, "fo:background-color=\"#000000\""));
	assert_true(has(content, "fo:color=\"#ffffff\""));
	assert_true(has(content, "<text:span text:style-name=\"LakwerkBox\">[gelakt: 5.1.2.e]"));
	assert_true(has(styles, "<style:style style:name=\"LakwerkBox\""));
	assert_true(has(styles, "<text:span text:style-name=\"LakwerkBox\">[gelakt: 5.1.2.e]"));
}

/* A mark over two paragraphs leaves one run in each. */
static void test_two_paragraphs(void **state)
{
	(void)state;
	g_autoptr(GBytes) input =
		package_of("<text:p>a Zebu</text:p><text:p>lon b</text:p>", "", "", NULL);
	g_autoptr(LwPlan) plan = lw_plan_new();
	LwMark *mark = lw_plan_add(plan);
	mark->span = (LwSpan){2, 8};
	mark->ground = "5.1.1.d;5.1.2.e";
	g_autoptr(GBytes) output = write_odf(input, plan);
	g_autoptr(LwDocument) document = read_odf(output);
	assert_string_equal(document->text, "a [gelakt: 5.1.1.d / 5.1.2.e]\n"
					    "[gelakt: 5.1.1.d / 5.1.2.e] b\n");
}

static void test_marks_that_overlap(void **state)
{
	(void)state;
	static const LwSpan spans[] = {{0, 10}, {3, 2}, {8, 4}, {0, 4}};
	g_autoptr(GBytes) input =
		package_of("<text:p>abcdefghij<text:s text:c=\"4\"/>klm</text:p>", "", "", NULL);
	g_autoptr(LwPlan) plan = lw_plan_new();
	for (guint i = 0; i < G_N_ELEMENTS(spans); i++) {
		LwMark *mark = lw_plan_add(plan);
		mark->span = spans[i];
		mark->ground = "5.1.2.e";
	}
	g_autoptr(GBytes) output = write_odf(input, plan);
	g_autoptr(LwDocument) document = read_odf(output);
	assert_string_equal(document->text, "[gelakt: 5.1.2.e][gelakt: 5.1.2.e]klm\n");
}

static void test_marks_that_do_not_fit(void **state)
{
	(void)state;
	static const LwSpan spans[] = {{0, 100}, {G_MAXUINT32, 5}, {2, 1}, {1, 0}};
	g_autoptr(GBytes) input = package_of("<text:p>aë</text:p>", "", "", NULL);
	for (guint i = 0; i < G_N_ELEMENTS(spans); i++) {
		g_autoptr(LwPlan) plan = lw_plan_new();
		LwMark *mark = lw_plan_add(plan);
		mark->span = spans[i];
		mark->ground = "5.1.2.e";
		g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
		g_autoptr(GError) error = NULL;
		g_autoptr(GBytes) output = lw_render_odf(input, plan, receipt, &error);
		assert_null(output);
		assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_USAGE));
	}
}

static void test_figure(void **state)
{
	(void)state;
	static const char *const pictures[] = {"Pictures/a.svg",
					       "<svg>same</svg>",
					       "Pictures/b.svg",
					       "<svg>same</svg>",
					       "Pictures/c.svg",
					       "<svg>other</svg>",
					       NULL};
	g_autoptr(GBytes) input =
		package_of("<text:p>x<draw:frame><draw:image "
			   "xlink:href=\"Pictures/a.svg\"/></draw:frame></text:p>"
			   "<draw:frame><draw:image xlink:href=\"./Pictures/b.svg\"/></draw:frame>"
			   "<text:p>y<draw:frame><draw:image "
			   "xlink:href=\"Pictures/c.svg\"/></draw:frame></text:p>",
			   "", "", pictures);
	g_autoptr(LwDocument) before = read_odf(input);
	assert_int_equal(before->figures->len, 3);
	assert_int_equal(g_array_index(before->figures, LwFigure, 0).offset, 1);
	assert_string_equal(g_array_index(before->figures, LwFigure, 1).name, "Pictures/b.svg");
	g_autoptr(LwPlan) plan = lw_plan_new();
	LwMark *mark = lw_plan_add(plan);
	mark->figure = "Pictures/a.svg";
	mark->ground = "5.1.2.e";
	g_autoptr(GBytes) output = write_odf(input, plan);
	g_autoptr(LwDocument) after = read_odf(output);
	assert_string_equal(after->text, "x[gelakt: 5.1.2.e]\n[gelakt: 5.1.2.e]\ny\n");
	assert_int_equal(after->figures->len, 1);
	g_autoptr(GBytes) kept = member_of(output, "Pictures/c.svg");
	g_autoptr(GBytes) gone = member_of(output, "Pictures/b.svg");
	assert_non_null(kept);
	assert_null(gone);
}

static void test_bid(void **state)
{
	(void)state;
	g_autoptr(GBytes) input = package_of("<text:p>a</text:p>", "", "", NULL);
	const guint8 *bytes = g_bytes_get_data(input, NULL);
	assert_int_equal(lw_odt_bid(bytes, g_bytes_get_size(input)), 100);
	assert_int_equal(lw_odt_bid((const guint8 *)"PK\3\4", 4), 0);
	assert_int_equal(lw_odt_bid((const guint8 *)"%PDF-1.7 and then some more bytes..", 34), 0);
	guint8 *sheet = g_memdup2(bytes, g_bytes_get_size(input));
	memcpy(sheet + 38 + strlen(LW_ODF_MEDIA_TYPE) - 4, "calc", 4);
	assert_int_equal(lw_odt_bid(sheet, g_bytes_get_size(input)), 0);
	g_free(sheet);
}

static void test_refused(void **state)
{
	(void)state;
	static const char *const locked[] = {"META-INF/manifest.xml",
					     "<a><manifest:encryption-data/></a>", NULL};
	g_autoptr(GBytes) encrypted = package_of("<text:p>a</text:p>", "", "", locked);
	g_autoptr(GBytes) broken = package_of("<text:p>a", "", "", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(LwDocument) one = lw_odf_read(encrypted, LW_READ_ALL, &error);
	assert_null(one);
	assert_true(g_error_matches(error, LW_ERROR, LW_ERROR_UNREADABLE));
	g_autoptr(GError) second = NULL;
	g_autoptr(LwDocument) two = lw_odf_read(broken, LW_READ_ALL, &second);
	assert_null(two);
	assert_true(g_error_matches(second, LW_ERROR, LW_ERROR_UNREADABLE));
}

/* A name may be in pieces in a drawing, where nobody joins them. */
static void test_drawing_in_pieces(void **state)
{
	(void)state;
	static const char *const pictures[] = {
		"Pictures/a.svg", "<svg><text>Zebu<tspan>lon</tspan></text></svg>",
		"Pictures/b.svg", "<svg><text>Anders</text></svg>", NULL};
	g_autoptr(GBytes) input = package_of("<text:p>Zebulon<draw:frame><draw:image"
					     " xlink:href='Pictures/a.svg'/></draw:frame>"
					     "<draw:frame><draw:image"
					     " xlink:href='Pictures/b.svg'/></draw:frame></text:p>",
					     "", "", pictures);
	g_autoptr(GBytes) output = redact(input, SECRET);
	g_autoptr(GBytes) gone = member_of(output, "Pictures/a.svg");
	g_autoptr(GBytes) kept = member_of(output, "Pictures/b.svg");
	assert_null(gone);
	assert_non_null(kept);
}

/* What a frame cuts off is in the picture still. */
static void test_cropped_picture(void **state)
{
	(void)state;
	static const struct {
		const char *clip;
		gboolean stays;
	} cases[] = {
		{"rect(0cm, 1.2cm, 0cm, 0cm)", FALSE}, {"rect(12pt 0pt 0pt 0pt)", FALSE},
		{"rect(0cm, 0cm, 0cm, 0cm)", TRUE},    {"auto", TRUE},
		{"rect(0in, -0.2in, 0in, 0in)", TRUE}, {"rect(0cm, 0.002cm, 0cm, 0cm)", TRUE},
	};
	static const char *const picture[] = {"Pictures/x.svg", "<svg>x</svg>", NULL};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *styles =
			g_strdup_printf("<style:style style:name='fr0' style:family='graphic'>"
					"<style:graphic-properties fo:clip='%s'/></style:style>"
					"<style:style style:name='fr1' style:family='graphic'"
					" style:parent-style-name='Graphics'/>",
					cases[i].clip);
		g_autoptr(GBytes) input =
			package_of("<text:p>voor<draw:frame draw:style-name='fr0'><draw:image"
				   " xlink:href='Pictures/x.svg'/></draw:frame>na</text:p>",
				   styles, "", picture);
		g_autoptr(GBytes) output = redact(input, SECRET);
		g_autoptr(GBytes) kept = member_of(output, "Pictures/x.svg");
		g_autoptr(LwDocument) after = read_odf(output);
		assert_int_equal(kept != NULL, cases[i].stays);
		assert_int_equal(strstr(after->text, "voor[object]na") != NULL, !cases[i].stays);
	}
}

/* The letter that LibreOffice wrote. */
static void test_letter(void **state)
{
	(void)state;
	const char *root = g_getenv("LW_SOURCE_ROOT");
	g_autofree char *path = g_build_filename(root ? root : ".", "fixtures/odt/brief.odt", NULL);
	char *data;
	gsize length;
	assert_true(g_file_get_contents(path, &data, &length, NULL));
	g_autoptr(GBytes) input = g_bytes_new_take(data, length);
	g_autoptr(LwDocument) document = read_odf(input);
	assert_non_null(strstr(document->text, "Beste Willem Zandstra,\n"));
	assert_non_null(strstr(document->text, "W. Zandstra\t123456782\n"));
	assert_non_null(strstr(document->text, "Hij woont bij mevrouw Elzinga in huis.\n"));
	assert_int_equal(document->figures->len, 1);
	g_autoptr(LwPlan) plan = plan_for(document->text, "Zandstra");
	static const char *const words[] = {"Terpstra", "Elzinga", "123456782"};
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		for (const char *at = document->text; (at = strstr(at, words[i])); at++) {
			LwMark *mark = lw_plan_add(plan);
			mark->span.start = (guint32)(at - document->text);
			mark->span.length = (guint32)strlen(words[i]);
			mark->ground = "5.1.2.e";
		}
		g_ptr_array_add(plan->secrets, (void *)words[i]);
	}
	LwMark *ink = lw_plan_add(plan);
	ink->ground = "5.1.2.e";
	ink->figure = g_array_index(document->figures, LwFigure, 0).name;
	g_autoptr(GBytes) output = write_odf(input, plan);
	assert_gone(output, "Zandstra");
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		assert_gone(output, words[i]);
	g_autoptr(LwDocument) after = read_odf(output);
	assert_int_equal(after->figures->len, 0);
	assert_non_null(strstr(after->text, "Beste Willem [gelakt: 5.1.2.e],\n"));
	assert_non_null(strstr(after->text, "Deze zin is later ingevoegd."));
	assert_non_null(strstr(after->text, "Hoogachtend,\n[gelakt: 5.1.2.e]\n"));
}

/* Insertions are accepted, deletions are gone, and so is every trace of who did it. */
static void test_tracked_changes(void **state)
{
	(void)state;
	g_autofree char *text = text_after(
		"<text:tracked-changes><text:changed-region text:id=\"c\"><text:insertion>"
		"<office:change-info><dc:creator>Piet</dc:creator></office:change-info></"
		"text:insertion>"
		"</text:changed-region><text:changed-region "
		"text:id=\"d\"><text:deletion><text:p>oud</text:p>"
		"</text:deletion></text:changed-region></text:tracked-changes>"
		"<text:p>een<text:change-start text:change-id=\"c\"/> nieuw<text:change-end "
		"text:change-id=\"c\"/><text:change text:change-id=\"d\"/></text:p>");
	assert_string_equal(text, "een nieuw\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shape),
		cmocka_unit_test(test_many_notes),
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_box_style),
		cmocka_unit_test(test_two_paragraphs),
		cmocka_unit_test(test_marks_that_overlap),
		cmocka_unit_test(test_marks_that_do_not_fit),
		cmocka_unit_test(test_figure),
		cmocka_unit_test(test_bid),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_drawing_in_pieces),
		cmocka_unit_test(test_cropped_picture),
		cmocka_unit_test(test_letter),
		cmocka_unit_test(test_tracked_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
