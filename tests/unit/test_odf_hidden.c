/* test_odf_hidden.c - each channel of the domain reference with a planted secret: what no reader
 * sees is gone, and named to the verifier. */
#include "tests/unit/odf_fixture.h"

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

static gboolean note_hit(void *self, const char *channel, const char *bytes, gsize length)
{
	g_autofree char *text = g_strndup(bytes, length);
	if (strcmp(channel, "odf/text") != 0 && g_ascii_strcasecmp(text, "bold") == 0)
		(*(guint *)self)++;
	return TRUE;
}

/* A removed word that is also a word of the format: the look stays, names made of it do not, and
 * nothing alarms. */
static void test_words_of_the_format(void **state)
{
	(void)state;
	guint hits = 0;
	g_autoptr(GBytes) input =
		package_of("<text:p text:style-name='Bold'>de heer Bold</text:p>"
			   "<text:p><text:bookmark text:name='Bold'/>x</text:p>",
			   "<style:style style:name='Bold' style:family='paragraph'>"
			   "<style:text-properties fo:font-weight='bold' fo:font-family='Bold'/>"
			   "</style:style>",
			   "", NULL);
	g_autoptr(GBytes) output = redact(input, "Bold");
	g_autoptr(GBytes) content = member_of(output, "content.xml");
	assert_true(has(content, "font-weight=\"bold\""));
	assert_true(lw_odf_inspect(output, note_hit, &hits, NULL));
	assert_int_equal(hits, 0);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_channels),
		cmocka_unit_test(test_channels_marked),
		cmocka_unit_test(test_white_list_of_members),
		cmocka_unit_test(test_margins),
		cmocka_unit_test(test_inspect),
		cmocka_unit_test(test_words_of_the_format),
		cmocka_unit_test(test_deterministic),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
