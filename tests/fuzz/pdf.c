/* pdf.c - fuzz target: any bytes as a PDF, from the first repair to the written output.
 *
 * What the verifier lets pass holds no glyph under the area that was marked. */
#include "engine/pdf/object.h"
#include "engine/verify.h"
#include "extractors/builtin.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gboolean ignore(void *self, const char *channel, const char *bytes, gsize length)
{
	gsize *total = self;

	g_assert(channel && (bytes || !length));
	*total += length;
	return TRUE;
}

/* A bar over the middle of the first page. */
static LwPlan *plan_of(const LwDocument *document, const LwFormat *format)
{
	LwPlan *plan = lw_plan_new();
	LwMark *mark = lw_plan_add(plan);
	const LwPage *page = document->pages;
	LwBox box = {
		0, {page->width * .2f, page->height * .2f, page->width * .8f, page->height * .4f}};

	g_assert(format->pages);
	mark->kind = LW_KIND_PASSAGE;
	mark->ground = "5.1.2.e";
	mark->action = LW_ACTION_REMOVE;
	mark->decision = LW_DECISION_ACCEPTED;
	mark->rule = "area";
	g_array_append_val(mark->boxes, box);
	return plan;
}

static gboolean passes(const LwFormat *format, GBytes *input, GBytes *output, const LwPlan *plan)
{
	g_autoptr(GArray) findings = g_array_new(FALSE, FALSE, sizeof(LwFinding));
	const LwJudged judged = {format, output, input, plan, LW_MAKER_US, NULL};

	return lw_verify(&judged, findings, NULL, NULL) && !lw_findings_leak(findings);
}

static void judge(const LwFormat *format, GBytes *output, const LwPlan *plan)
{
	g_autoptr(LwDocument) document = format->read(output, LW_READ_GLYPHS, NULL);
	const LwMark *mark = plan->marks->pdata[0];
	const LwBox *box = &g_array_index(mark->boxes, LwBox, 0);

	for (guint i = 0; document && i < document->glyph_count; i++) {
		const LwGlyph *glyph = &document->glyphs[i];
		g_assert(glyph->page || glyph->flags & LW_GLYPH_LABEL ||
			 !lw_box_covers(box, glyph));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const LwFormat *format = lw_format_named("pdf");
	g_autoptr(GBytes) input = g_bytes_new_static(data, size);
	g_autoptr(GError) error = NULL;
	gsize total = 0;

	g_autoptr(GBytes) plain = lw_pdf_normalise(input, NULL, NULL, &error);
	g_assert(!plain == !!error);
	if (!plain)
		return 0;
	g_autoptr(LwDocument) document = format->read(input, LW_READ_GLYPHS, NULL);
	format->inspect(input, ignore, &total, NULL);
	if (!document || !document->page_count)
		return 0;
	g_autoptr(LwPlan) plan = plan_of(document, format);
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GBytes) output = format->write(input, plan, receipt, NULL);
	if (output && passes(format, input, output, plan))
		judge(format, output, plan);
	return 0;
}
