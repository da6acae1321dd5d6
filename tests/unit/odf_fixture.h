/* odf_fixture.h - OpenDocument texts made by hand for tests, and what is left of them.
 *
 * The judge is no reader of ours: the inflated bytes of every member of the output are searched. */
#pragma once

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
#include "extractors/odf.h"

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
static inline GBytes *package_of(const char *body, const char *styles, const char *margins,
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

static inline LwDocument *read_odf(GBytes *input)
{
	g_autoptr(GError) error = NULL;
	LwDocument *document = lw_odf_read(input, LW_READ_ALL, &error);
	assert_null(error);
	return document;
}

/* A plan that marks every occurrence of a word in the text, and knows it as a secret. */
static inline LwPlan *plan_for(const char *text, const char *word)
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

static inline GBytes *write_odf(GBytes *input, const LwPlan *plan)
{
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GError) error = NULL;
	GBytes *output = lw_render_odf(input, plan, receipt, &error);
	assert_null(error);
	return output;
}

static inline GBytes *redact(GBytes *input, const char *word)
{
	g_autoptr(LwDocument) document = read_odf(input);
	g_autoptr(LwPlan) plan = plan_for(document->text, word);
	return write_odf(input, plan);
}

static inline gboolean has(GBytes *bytes, const char *word)
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

static inline GBytes *member_of(GBytes *archive, const char *name)
{
	g_autoptr(LwZip) zip = lw_zip_open(archive, NULL);
	assert_non_null(zip);
	const int member = lw_zip_find(zip, name);
	return member < 0 ? NULL : lw_zip_load(zip, (guint)member, NULL);
}

static inline void assert_gone(GBytes *archive, const char *word)
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
