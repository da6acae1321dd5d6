/* pdf_fixture.h - small PDFs made in memory, and marks on them; included once per test program.
 *
 * The page measures 400 by 300 points; F1 is Courier, whose letters are all 0.6 em wide, so places
 * can be counted by hand. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "engine/pdf/object.h"
#include "engine/render/pdf/burn.h"
#include "extractors/pdf.h"

typedef struct {
	const char *content;	    /* of the page */
	const char *resources;	    /* after the Font entry */
	const char *page, *catalog; /* further entries */
	const char *objects;	    /* whole objects, from number 10 */
	const char *second;	    /* content of a second page with the same resources */
} Source;

G_GNUC_UNUSED static char *source_stream(int number, const char *dictionary, const char *data)
{
	return g_strdup_printf("%d 0 obj\n<<%s/Length %zu>>\nstream\n%s\nendstream\nendobj\n",
			       number, dictionary, strlen(data), data);
}

G_GNUC_UNUSED static GBytes *source_file(const Source *source)
{
	const char *fonts = "/Resources<</Font<</F1 5 0 R>>";
	const char *resources = source->resources ? source->resources : "";
	const char *page = source->page ? source->page : "";
	g_autofree char *first = source_stream(4, "", source->content);
	g_autofree char *second = source_stream(7, "", source->second ? source->second : "");
	char *text = g_strdup_printf("%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R%s>>\nendobj\n"
				     "2 0 obj\n<</Type/Pages/Kids[3 0 R%s]/Count %d>>\nendobj\n"
				     "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 "
				     "300]/Contents 4 0 R%s%s>>%s>>\nendobj\n"
				     "6 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 "
				     "300]/Contents 7 0 R%s%s>>%s>>\nendobj\n"
				     "5 0 "
				     "obj\n<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/"
				     "WinAnsiEncoding>>\nendobj\n"
				     "%s%s%strailer\n<</Root 1 0 R/Size 60>>\n%%%%EOF\n",
				     source->catalog ? source->catalog : "",
				     source->second ? " 6 0 R" : "", source->second ? 2 : 1, fonts,
				     resources, page, fonts, resources, page, first, second,
				     source->objects ? source->objects : "");
	return g_bytes_new_take(text, strlen(text));
}

G_GNUC_UNUSED static LwPdf *source_open(GBytes *bytes)
{
	GError *error = NULL;
	g_autoptr(GBytes) plain = lw_pdf_normalise(bytes, NULL, NULL, &error);
	assert_non_null(plain);
	LwPdf *pdf = lw_pdf_open(plain, &error);
	assert_non_null(pdf);
	return pdf;
}

G_GNUC_UNUSED static LwDocument *source_read(GBytes *bytes)
{
	GError *error = NULL;
	LwDocument *document = lw_pdf_read(bytes, LW_READ_ALL, &error);
	if (!document)
		fail_msg("not read: %s", error->message);
	return document;
}

static LwMark *plan_mark(LwPlan *plan)
{
	LwMark *mark = lw_plan_add(plan);
	g_strlcpy(mark->id, "0123456789abcdef", sizeof mark->id);
	mark->kind = LW_KIND_PERSON;
	mark->action = LW_ACTION_REMOVE;
	mark->decision = LW_DECISION_ACCEPTED;
	mark->ground = "5.1.2.e";
	mark->rule = "test";
	mark->evidence = "";
	return mark;
}

G_GNUC_UNUSED static LwPlan *plan_new(void)
{
	LwPlan *plan = lw_plan_new();
	memset(plan->style.text, 255, 3);
	plan->style.lang = LW_LANG_NL;
	return plan;
}

G_GNUC_UNUSED static void plan_area(LwPlan *plan, guint32 page, float x0, float y0, float x1,
				    float y1)
{
	LwBox box = {page, {x0, y0, x1, y1}};
	g_array_append_val(plan_mark(plan)->boxes, box);
}

/* Marks the first place of a word, and makes it a secret. */
G_GNUC_UNUSED static LwMark *plan_word(LwPlan *plan, const LwDocument *document, const char *word)
{
	const char *at = strstr(document->text, word);
	assert_non_null(at);
	LwMark *mark = plan_mark(plan);
	mark->span = (LwSpan){(guint32)(at - document->text), (guint32)strlen(word)};
	g_clear_pointer(&mark->boxes, g_array_unref);
	mark->boxes = lw_document_boxes(document, mark->span);
	mark->glyphs = lw_document_glyphs(document, mark->span);
	g_ptr_array_add(plan->secrets, lw_arena_strndup(plan->arena, word, strlen(word)));
	return mark;
}

G_GNUC_UNUSED static GBytes *plan_render(const LwPlan *plan, GBytes *input)
{
	GError *error = NULL;
	LwReceipt *receipt = lw_receipt_new(plan);
	GBytes *output = lw_render_pdf(input, plan, receipt, &error);
	if (!output)
		fail_msg("not rendered: %s", error->message);
	lw_receipt_free(receipt);
	return output;
}

/* The first glyph with this character that is no label; NULL: there is none. */
G_GNUC_UNUSED static const LwGlyph *glyph_of(const LwDocument *document, gunichar c)
{
	for (guint32 i = 0; i < document->glyph_count; i++)
		if (document->glyphs[i].unicode == c &&
		    !(document->glyphs[i].flags & LW_GLYPH_LABEL))
			return &document->glyphs[i];
	return NULL;
}

G_GNUC_UNUSED static void assert_near(double value, double expected, double slack)
{
	if (!(fabs(value - expected) <= slack))
		fail_msg("%g is not %g", value, expected);
}

/* The left end of its baseline, points from the top-left. */
G_GNUC_UNUSED static void assert_glyph_left(const LwDocument *document, gunichar c, double x)
{
	const LwGlyph *glyph = glyph_of(document, c);
	if (!glyph)
		fail_msg("no '%c'", (int)c);
	assert_near(glyph->box.x0, x, 0.02);
}
