/* test_odf.c - OpenDocument texts: each channel of the domain reference with a planted secret, and
 * the shape of what is read.
 *
 * The judge is no reader of ours: the inflated bytes of every member of the output are searched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/base/error.h"
#include "engine/odf/names.h"
#include "engine/odf/text.h"
#include "engine/render/odf.h"
#include "engine/render/odf_work.h"
#include "engine/render/plain.h"
#include "extractors/odf.h"
#include "extractors/plain.h"

#define SECRET "Zebulon"

#define SPACES                                                                                     \
	" xmlns:office=\"" ODF_OFFICE "\" xmlns:text=\"" ODF_TEXT "\" xmlns:table=\"" ODF_TABLE    \
	"\" xmlns:style=\"" ODF_STYLE "\" xmlns:draw=\"" ODF_DRAW "\" xmlns:svg=\"" ODF_SVG        \
	"\" xmlns:fo=\"" ODF_FO "\" xmlns:xlink=\"" ODF_XLINK "\" xmlns:dc=\"" ODF_DC              \
	"\" xmlns:form=\"" ODF_FORM "\" xmlns:meta=\"" ODF_META "\" xmlns:xhtml=\"" ODF_XHTML      \
	"\" xmlns:officeooo=\"" ODF_OFFICEOOO "\" xmlns:loext=\"" ODF_LOEXT                        \
	"\" xmlns:script=\"" ODF "script:1.0\" xmlns:config=\"" ODF_CONFIG                         \
	"\" xmlns:f=\"urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0\""          \
	" xmlns:alien=\"http://zebulon.example/ns\" office:version=\"1.3\">"

/* A package with this body, these automatic styles and the members name, text, name, text, …, NULL.
 */
static GBytes *package_of(const char *body, const char *styles, const char *margins,
			  const char *const *members)
{
	g_autoptr(LwZipWriter) writer = lw_zip_writer_new();
	g_autofree char *content =
		g_strconcat("<?xml version=\"1.0\"?><office:document-content" SPACES
			    "<office:scripts><office:script script:language=\"x\">" SECRET
			    "</office:script></office:scripts><office:automatic-styles>",
			    styles, "</office:automatic-styles><office:body><office:text>", body,
			    "</office:text></office:body></office:document-content>", NULL);
	g_autofree char *style = g_strconcat(
		"<?xml version=\"1.0\"?><office:document-styles" SPACES
		"<office:styles/><office:automatic-styles/><office:master-styles>"
		"<style:master-page style:name=\"Standard\">",
		margins, "</style:master-page></office:master-styles></office:document-styles>",
		NULL);
	const char *base[] = {
		"mimetype", LW_ODF_MEDIA_TYPE, "content.xml", content, "styles.xml", style, NULL};
	for (guint i = 0; base[i]; i += 2) {
		g_autoptr(GBytes) bytes = g_bytes_new(base[i + 1], strlen(base[i + 1]));
		lw_zip_writer_add(writer, base[i], bytes, i ? LW_ZIP_DEFLATED : LW_ZIP_STORED);
	}
	for (guint i = 0; members && members[i]; i += 2) {
		g_autoptr(GBytes) bytes = g_bytes_new(members[i + 1], strlen(members[i + 1]));
		lw_zip_writer_add(writer, members[i], bytes, LW_ZIP_DEFLATED);
	}
	return lw_zip_writer_close(writer, NULL);
}

static LwDocument *read_odf(GBytes *input)
{
	g_autoptr(GError) error = NULL;
	LwDocument *document = lw_odf_read(input, LW_READ_ALL, &error);
	assert_null(error);
	return document;
}

/* A plan that marks every occurrence of a word in the text, and knows it as a secret. */
static LwPlan *plan_for(const char *text, const char *word)
{
	LwPlan *plan = lw_plan_new();
	memset(plan->style.text, 255, sizeof plan->style.text);
	for (const char *at = text; (at = strstr(at, word)); at += strlen(word)) {
		LwMark *mark = lw_plan_add(plan);
		mark->span = (LwSpan){(guint32)(at - text), (guint32)strlen(word)};
		mark->ground = "5.1.2.e";
	}
	g_ptr_array_add(plan->secrets, (void *)word);
	return plan;
}

static GBytes *write_odf(GBytes *input, const LwPlan *plan)
{
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GError) error = NULL;
	GBytes *output = lw_render_odf(input, plan, receipt, &error);
	assert_null(error);
	return output;
}

static GBytes *redact(GBytes *input, const char *word)
{
	g_autoptr(LwDocument) document = read_odf(input);
	g_autoptr(LwPlan) plan = plan_for(document->text, word);
	return write_odf(input, plan);
}

static gboolean has(GBytes *bytes, const char *word)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	const gsize size = strlen(word);
	for (gsize i = 0; i + size <= length; i++) {
		if (g_ascii_strncasecmp(data + i, word, size) == 0)
			return TRUE;
	}
	return FALSE;
}

static GBytes *member_of(GBytes *archive, const char *name)
{
	g_autoptr(LwZip) zip = lw_zip_open(archive, NULL);
	assert_non_null(zip);
	const int member = lw_zip_find(zip, name);
	return member < 0 ? NULL : lw_zip_load(zip, (guint)member, NULL);
}

static void assert_gone(GBytes *archive, const char *word)
{
	g_autoptr(LwZip) zip = lw_zip_open(archive, NULL);
	assert_non_null(zip);
	assert_false(has(archive, word)); /* names */
	for (guint i = 0; i < lw_zip_count(zip); i++) {
		g_autoptr(GBytes) member = lw_zip_load(zip, i, NULL);
		assert_non_null(member);
		if (has(member, word))
			fail_msg("the secret stands in %s: %s", lw_zip_name(zip, i),
				 (const char *)g_bytes_get_data(member, NULL));
	}
}

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

/* Section 5 of the reference, one channel a line: each holds the secret, none may afterwards. */
static const char *const channels[] = {
	"<text:tracked-changes><text:changed-region "
	"text:id=\"c\"><text:deletion><office:change-info>"
	"<dc:creator>Zebulon</dc:creator></office:change-info><text:p>Zebulon weg</text:p>"
	"</text:deletion></text:changed-region></text:tracked-changes><text:p>a</text:p>",
	"<text:p>a<office:annotation office:name=\"Zebulon\"><dc:creator>Zebulon</dc:creator>"
	"<text:p>Zebulon</text:p></office:annotation><office:annotation-end "
	"office:name=\"Zebulon\"/></text:p>",
	"<text:p>a<text:hidden-text text:condition=\"ooow:1\" text:string-value=\"Zebulon\" "
	"text:is-hidden=\"true\"/></text:p>",
	"<text:p>a</text:p><text:p><text:hidden-paragraph text:condition=\"x\" "
	"text:is-hidden=\"true\"/>Zebulon</text:p>",
	"<text:p>a<text:conditional-text text:condition=\"x\" "
	"text:string-value-if-true=\"Zebulon\" "
	"text:string-value-if-false=\"b\">b</text:conditional-text></text:p>",
	"<text:p>a</text:p><text:section text:name=\"Zebulon\" "
	"text:display=\"none\"><text:p>Zebulon</text:p></text:section>",
	"<text:section text:name=\"Zebulon\"><text:section-source "
	"xlink:href=\"/home/Zebulon/a.odt\"/><text:p>a</text:p></text:section>",
	"<text:variable-decls><text:variable-decl text:name=\"Zebulon\"/></text:variable-decls>"
	"<text:p>a<text:variable-set text:name=\"Zebulon\" text:formula=\"Zebulon\" "
	"office:string-value=\"Zebulon\" text:display=\"none\"/></text:p>",
	"<text:user-field-decls><text:user-field-decl text:name=\"u\" "
	"office:string-value=\"Zebulon\"/>"
	"</text:user-field-decls><text:p>a</text:p>",
	"<text:dde-connection-decls><text:dde-connection-decl "
	"office:name=\"Zebulon\"/></text:dde-connection-decls><text:p>a</text:p>",
	"<text:p>a<text:database-display text:database-name=\"Zebulon\" "
	"text:column-name=\"c\">b</text:database-display></text:p>",
	"<text:p>a<text:file-name text:display=\"full\">b</text:file-name><text:chapter "
	"text:name=\"Zebulon\"/></text:p>",
	"<text:p>a<text:bookmark text:name=\"Zebulon\"/><text:reference-mark "
	"text:name=\"Zebulon\"/></text:p>",
	"<text:p xml:id=\"Zebulon\" xhtml:about=\"Zebulon\" officeooo:rsid=\"Zebulon\">a</text:p>",
	"<text:p>a<text:meta xhtml:content=\"Zebulon\">b</text:meta></text:p>",
	"<text:p>a<text:alphabetical-index-mark text:string-value=\"Zebulon\" "
	"text:key1=\"Zebulon\"/></text:p>",
	"<text:p>a<draw:frame "
	"draw:name=\"Zebulon\"><draw:text-box><text:p>b</text:p></draw:text-box>"
	"<svg:title>Zebulon</svg:title><svg:desc>van Zebulon</svg:desc></draw:frame></text:p>",
	"<text:p>a<draw:frame><draw:image xlink:href=\"Pictures/a.png\"/><draw:image-map>"
	"<draw:area-rectangle xlink:href=\"http://zebulon.nl\" "
	"office:name=\"Zebulon\"/></draw:image-map></draw:frame></text:p>",
	"<text:p><text:a xlink:href=\"mailto:%5Aebulon@x.nl\" office:title=\"Zebulon\" "
	"office:name=\"Zebulon\">a</text:a></text:p>",
	"<text:p><text:a xlink:href=\"file:///C:/Users/Zebulon/a.odt\">a</text:a></text:p>",
	"<text:p>a<text:a "
	"xlink:href=\"http://a.nl\"><office:event-listeners><script:event-listener "
	"xlink:href=\"Zebulon\"/></office:event-listeners>b</text:a></text:p>",
	"<table:table "
	"table:name=\"Zebulon\"><table:title>Zebulon</table:title><table:desc>Zebulon</table:desc>"
	"<table:table-row><table:table-cell table:formula=\"Zebulon\" "
	"office:string-value=\"Zebulon\">"
	"<text:p>a</text:p></table:table-cell><table:covered-table-cell><text:p>Zebulon</text:p>"
	"</table:covered-table-cell></table:table-row></table:table>",
	"<table:table><table:table-row "
	"table:visibility=\"collapse\"><table:table-cell><text:p>Zebulon</text:p>"
	"</table:table-cell></table:table-row></table:table><text:p>a</text:p>",
	"<office:forms><form:form form:name=\"Zebulon\" form:datasource=\"Zebulon\"><form:text "
	"form:value=\"Zebulon\" "
	"form:current-value=\"Zebulon\"/><form:listbox><form:option "
	"form:label=\"Zebulon\"/></form:listbox>"
	"</form:form></office:forms><text:p>a</text:p>",
	"<text:p>a<!-- Zebulon --><?x Zebulon?></text:p>",
	"<text:p>a<alien:x alien:y=\"Zebulon\">b</alien:x></text:p>",
	"<alien:x>Zebulon</alien:x><text:p alien:y=\"Zebulon\">a</text:p>",
	"<text:p><f:fieldmark-start f:type=\"t\"><f:param f:name=\"n\" "
	"f:value=\"Zebulon\"/></f:fieldmark-start>a<f:fieldmark-end/></text:p>",
	"<text:p>a<text:script xlink:href=\"x\">Zebulon</text:script></text:p>",
	"<text:p>a<text:span text:style-name=\"Hidden\">Zebulon</text:span></text:p>",
	"<text:p>a</text:p><text:p text:style-name=\"Zebulon_20_P\">b</text:p>",
	"<text:p>a<draw:frame><draw:object xlink:href=\"./Object 1\"/><draw:image "
	"xlink:href=\"./ObjectReplacements/Object 1\"/></draw:frame></text:p>",
	"<text:p>a<draw:frame><draw:image "
	"xlink:href=\"file:///home/zebulon/a.png\"/></draw:frame></text:p>",
	"<text:p>a<draw:frame><draw:image><office:binary-data>Zebulon</office:binary-data></"
	"draw:image></draw:frame></text:p>",
	"<text:list><text:list-item><text:number>Zebulon</text:number><text:p>a</text:p></"
	"text:list-item></text:list>",
	"<text:table-of-content text:name=\"Zebulon\" "
	"text:protection-key=\"Zebulon\"><text:table-of-content-source>"
	"<text:index-title-template>Zebulon</text:index-title-template></"
	"text:table-of-content-source>"
	"<text:index-body><text:p>a</text:p></text:index-body></text:table-of-content>",
};

static const char *const members[] = {
	"meta.xml",
	"<office:document-meta" SPACES "<office:meta><dc:title>Zebulon</dc:title>"
	"<meta:user-defined "
	"meta:name=\"Zebulon\">Zebulon</meta:user-defined></office:meta></office:document-meta>",
	"settings.xml",
	"<office:document-settings" SPACES "<office:settings><config:config-item-set "
	"config:name=\"ooo:configuration-settings\"><config:config-item "
	"config:name=\"PrinterName\" "
	"config:type=\"string\">Zebulon</config:config-item><config:config-item "
	"config:name=\"AddParaTableSpacing\" "
	"config:type=\"boolean\">true</config:config-item></config:config-item-set></"
	"office:settings></office:document-settings>",
	"Thumbnails/thumbnail.png",
	"Zebulon",
	"Versions/Version1",
	"Zebulon",
	"VersionList.xml",
	"<a>Zebulon</a>",
	"Basic/Standard/Module1.xml",
	"<a>Zebulon</a>",
	"Dialogs/a.xml",
	"<a>Zebulon</a>",
	"Configurations2/a.xml",
	"<a>Zebulon</a>",
	"META-INF/documentsignatures.xml",
	"<a>Zebulon</a>",
	"manifest.rdf",
	"<a>Zebulon</a>",
	"Object 1/content.xml",
	"<a>Zebulon</a>",
	"ObjectReplacements/Object 1",
	"Zebulon",
	"Pictures/unused.svg",
	"<svg>Zebulon</svg>",
	"Zebulon/stray.txt",
	"x",
	"layout-cache",
	"Zebulon",
	"META-INF/manifest.xml",
	"<a b=\"Zebulon\"/>",
	NULL};

static const char hidden_styles[] =
	"<style:style style:name=\"Base\" style:family=\"text\"><style:text-properties "
	"text:display=\"none\"/></style:style>"
	"<style:style style:name=\"Hidden\" style:family=\"text\"><style:text-properties "
	"text:display=\"none\"/></style:style>"
	"<style:style style:name=\"Zebulon_20_P\" style:display-name=\"Zebulon P\" "
	"style:family=\"paragraph\"/>"
	"<style:style style:name=\"Unused_20_Zebulon\" style:family=\"paragraph\"/>";

static void test_channels(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(channels); i++) {
		g_autoptr(GBytes) input = package_of(channels[i], hidden_styles, "", members);
		/* The planted secret is really there, or this test could not fail. */
		assert_true(strstr(channels[i], "ebulon") || strstr(channels[i], "Object 1"));
		g_autoptr(LwPlan) plan = plan_for("", SECRET);
		g_autoptr(GBytes) output = write_odf(input, plan);
		assert_gone(output, SECRET);
		g_autoptr(LwDocument) document = read_odf(output);
		assert_true(strchr(document->text, 'a') != NULL);
		assert_null(strstr(document->text, SECRET));
	}
}

/* The same with every occurrence that can be read marked: both ways lead to the same place. */
static void test_channels_marked(void **state)
{
	(void)state;
	for (guint i = 0; i < G_N_ELEMENTS(channels); i++) {
		g_autoptr(GBytes) input = package_of(channels[i], hidden_styles, "", members);
		g_autoptr(GBytes) output = redact(input, SECRET);
		assert_gone(output, SECRET);
	}
}

static void test_white_list_of_members(void **state)
{
	(void)state;
	static const char *const kept[] = {"mimetype", "content.xml",  "styles.xml",
					   "meta.xml", "settings.xml", "META-INF/manifest.xml"};
	g_autoptr(GBytes) input = package_of("<text:p>a</text:p>", "", "", members);
	g_autoptr(GBytes) output = redact(input, SECRET);
	g_autoptr(LwZip) zip = lw_zip_open(output, NULL);
	assert_int_equal(lw_zip_count(zip), G_N_ELEMENTS(kept));
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
		assert_string_equal(lw_zip_name(zip, i), kept[i]);
	g_autoptr(GBytes) settings = member_of(output, "settings.xml");
	assert_true(has(settings, "AddParaTableSpacing"));
	assert_false(has(settings, "PrinterName"));
}

static void test_margins(void **state)
{
	(void)state;
	static const char margins[] =
		"<style:header><text:p>kop Zebulon</text:p></style:header>"
		"<style:header-left><text:p>links Zebulon</text:p></style:header-left>"
		"<style:header-first><text:p>eerst Zebulon</text:p></style:header-first>"
		"<style:footer><text:p>voet "
		"<text:page-number>1</text:page-number></text:p></style:footer>";
	g_autoptr(GBytes) input = package_of("<text:p>a</text:p>", "", margins, NULL);
	g_autoptr(LwDocument) before = read_odf(input);
	assert_string_equal(before->text, "a\nkop Zebulon\nlinks Zebulon\neerst Zebulon\nvoet 1\n");
	g_autoptr(GBytes) output = redact(input, SECRET);
	assert_gone(output, SECRET);
	g_autoptr(GBytes) styles = member_of(output, "styles.xml");
	assert_true(has(styles, "<text:page-number"));
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

static void test_deterministic(void **state)
{
	(void)state;
	g_autoptr(GBytes) input = package_of(channels[0], hidden_styles, "", members);
	g_autoptr(GBytes) one = redact(input, SECRET);
	g_autoptr(GBytes) two = redact(input, SECRET);
	assert_true(g_bytes_equal(one, two));
	/* Nothing is left to do. */
	g_autoptr(GBytes) again = redact(one, SECRET);
	assert_true(g_bytes_equal(one, again));
}

static void test_bid(void **state)
{
	(void)state;
	g_autoptr(GBytes) input = package_of("<text:p>a</text:p>", "", "", NULL);
	const guint8 *bytes = g_bytes_get_data(input, NULL);
	assert_int_equal(lw_odf_bid(bytes, g_bytes_get_size(input)), 100);
	assert_int_equal(lw_odf_bid((const guint8 *)"PK\3\4", 4), 0);
	assert_int_equal(lw_odf_bid((const guint8 *)"%PDF-1.7 and then some more bytes..", 34), 0);
	guint8 *sheet = g_memdup2(bytes, g_bytes_get_size(input));
	memcpy(sheet + 38 + strlen(LW_ODF_MEDIA_TYPE) - 4, "calc", 4);
	assert_int_equal(lw_odf_bid(sheet, g_bytes_get_size(input)), 0);
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

static gboolean collect(void *self, const char *channel, const char *bytes, gsize length)
{
	g_autofree char *text = g_strndup(bytes, length);
	g_string_append_printf(self, "%s=%s\n", channel, text);
	return TRUE;
}

/* Whoever wrote the file: every planted string is named to the verifier. */
static void test_inspect(void **state)
{
	(void)state;
	static const char *const places[] = {
		"odf/meta=Zebulon",	     "odf/settings=Zebulon",
		"odf/Thumbnails=Zebulon",    "odf/Versions=Zebulon",
		"odf/Basic=Zebulon",	     "odf/META-INF=Zebulon",
		"odf/manifest=Zebulon",	     "odf/ObjectReplacements=Zebulon",
		"odf/zip=Zebulon/stray.txt", "odf/content=Unused_20_Zebulon",
		"odf/text=zichtbaar",	     "odf/content=http://zebulon"};
	g_autoptr(GBytes) input =
		package_of("<text:p>zichtbaar</text:p>", hidden_styles, "", members);
	g_autoptr(GString) seen = g_string_new(NULL);
	assert_true(lw_odf_inspect(input, collect, seen, NULL));
	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		if (!strstr(seen->str, places[i]))
			fail_msg("not named: %s", places[i]);
	}
	assert_null(strstr(seen->str, "odf/content=zichtbaar"));
}

static void test_jpeg(void **state)
{
	(void)state;
	static const char dirty[] =
		"\xff\xd8"
		"\xff\xe0\0\x12JFIF\0\1\2\0\0\1\0\1\1\1abc"
		"\xff\xe1\0\x09" SECRET "\xff\xfe\0\x09" SECRET
		"\xff\xdb\0\4qq\xff\xda\0\4ss\x01\xff\0\x02\xff\xd0\x03\xff\xd9" SECRET;
	/* The JFIF head claims a thumbnail of 3 bytes: length 2 + 14 + 3 = 0x13. */
	char bytes[sizeof dirty];
	memcpy(bytes, dirty, sizeof dirty);
	bytes[5] = 0x13;
	g_autoptr(GBytes) input = g_bytes_new(bytes, sizeof bytes - 1);
	g_autoptr(GBytes) output = lw_odf_strip_picture(input);
	assert_non_null(output);
	static const char clean[] =
		"\xff\xd8"
		"\xff\xe0\0\x10JFIF\0\1\2\0\0\1\0\1\0\0"
		"\xff\xdb\0\4qq\xff\xda\0\4ss\x01\xff\0\x02\xff\xd0\x03\xff\xd9";
	assert_int_equal(g_bytes_get_size(output), sizeof clean - 1);
	assert_memory_equal(g_bytes_get_data(output, NULL), clean, sizeof clean - 1);
	for (gsize i = 0; i < sizeof bytes - 9; i++) {
		g_autoptr(GBytes) cut = g_bytes_new(bytes, i);
		g_autoptr(GBytes) none = lw_odf_strip_picture(cut);
		assert_null(none);
	}
}

static void test_png(void **state)
{
	(void)state;
	static const char dirty[] = "\x89PNG\r\n\x1a\n"
				    "\0\0\0\1IHDRxcccc"
				    "\0\0\0\7tEXt" SECRET "cccc"
				    "\0\0\0\2IDATyycccc"
				    "\0\0\0\0IENDcccc" SECRET;
	g_autoptr(GBytes) input = g_bytes_new(dirty, sizeof dirty - 1);
	g_autoptr(GBytes) output = lw_odf_strip_picture(input);
	assert_int_equal(g_bytes_get_size(output), 8 + 13 + 14 + 12);
	assert_false(has(output, SECRET));
	g_autoptr(GBytes) cut = g_bytes_new(dirty, 40);
	g_autoptr(GBytes) none = lw_odf_strip_picture(cut);
	assert_null(none);
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

static void test_plain_bid(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		gsize length;
		gboolean text;
	} cases[] = {
		{"Beste Jan,\r\n\tdag", 16, TRUE},
		{"caf\xc3\xa9", 5, TRUE},
		{"caf\xe9", 4, TRUE},
		{"\xff\xfe"
		 "a\0b\0",
		 6, TRUE},
		{"\xfe\xff\0a\0b", 6, TRUE},
		{"\xef\xbb\xbf"
		 "a",
		 4, TRUE},
		{"a\0b", 3, FALSE},
		{"\xff\xfe"
		 "a\0b",
		 5, FALSE},
		{"\xff\xfe\0\xdc", 4, FALSE},
		{"a\1b", 3, FALSE},
		{"%PDF-1.7\n", 9, FALSE},
		{"PK\3\4", 4, FALSE},
		{"{\\rtf1 a}", 9, FALSE},
		{"<?xml version='1.0'?>", 21, FALSE},
		{"  <html>", 8, FALSE},
		{"Subject: a\nMIME-Version: 1.0\n\nx", 31, FALSE},
		{"Van: a\nAan: b\n\nMIME-Version: x", 30, TRUE},
		{"", 0, FALSE},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const int bid = lw_plain_bid((const guint8 *)cases[i].bytes, cases[i].length);
		assert_int_equal(bid > 0, cases[i].text);
	}
}

static void test_plain(void **state)
{
	(void)state;
	static const char file[] = "Beste Zebulon,\r\ncaf\xe9 van Zebulon\r\n";
	g_autoptr(GBytes) input = g_bytes_new(file, sizeof file - 1);
	g_autoptr(LwDocument) document = lw_plain_read(input, LW_READ_ALL, NULL);
	assert_string_equal(document->text, "Beste Zebulon,\r\ncafé van Zebulon\r\n");
	g_autoptr(LwPlan) plan = plan_for(document->text, SECRET);
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GBytes) output = lw_render_plain(input, plan, receipt, NULL);
	static const char expected[] = "Beste [gelakt: 5.1.2.e],\r\ncafé van [gelakt: 5.1.2.e]\r\n";
	assert_int_equal(g_bytes_get_size(output), sizeof expected - 1);
	assert_memory_equal(g_bytes_get_data(output, NULL), expected, sizeof expected - 1);
	assert_int_equal(receipt->glyphs_removed, 14);
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
		cmocka_unit_test(test_channels),
		cmocka_unit_test(test_channels_marked),
		cmocka_unit_test(test_white_list_of_members),
		cmocka_unit_test(test_margins),
		cmocka_unit_test(test_tracked_changes),
		cmocka_unit_test(test_figure),
		cmocka_unit_test(test_deterministic),
		cmocka_unit_test(test_bid),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_inspect),
		cmocka_unit_test(test_jpeg),
		cmocka_unit_test(test_png),
		cmocka_unit_test(test_letter),
		cmocka_unit_test(test_plain_bid),
		cmocka_unit_test(test_plain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
