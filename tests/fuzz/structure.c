/* structure.c - fuzz target: any objects as the structure tree, outlines, names and annotations of
 * a page with marked content, of which a part is taken out.
 *
 * The input is objects in PDF syntax, from number 10 on; the catalog and the page refer to the
 * first of them. In what is written every element hangs once in the tree, below the parent it
 * names. */
#include "engine/pdf/object.h"
#include "extractors/builtin.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Numbers of the objects that the input may hold, and who refers to them. */
static const char head[] =
	"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 10 "
	"0 R/Outlines 11 0 R/Names 12 0 R/AcroForm 13 0 R/PageLabels 14 0 R/OCProperties 15 0 R>>\n"
	"endobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
	"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/StructParents 0/Contents 5 0 "
	"R/Annots 16 0 R/Resources<</Font<</F 4 0 R>>/XObject<</X 17 0 R>>/Properties 18 0 R>>>>\n"
	"endobj\n4 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n";
static const char content[] =
	"/H1 <</MCID 0>> BDC BT /F 12 Tf 20 180 Td (Kop) Tj ET EMC\n"
	"/P <</MCID 1>> BDC BT /F 12 Tf 20 150 Td (Aan Zebulon hier) Tj ET EMC\n"
	"/P <</MCID 2/ActualText (Zebulon)>> BDC BT /F 12 Tf 20 100 Td (Zebulon) Tj ET EMC\n"
	"/Span /P0 BDC BT /F 12 Tf 20 60 Td (daar) Tj ET EMC\n/X Do\n"
	"/Artifact BMC 10 10 50 1 re f EMC\n";

static GBytes *file_of(const uint8_t *data, size_t size)
{
	GString *file = g_string_new_len(head, sizeof head - 1);
	g_string_append_printf(file, "5 0 obj\n<</Length %zu>>\nstream\n%sendstream\nendobj\n",
			       sizeof content - 1, content);
	g_string_append_len(file, (const char *)data, (gssize)size);
	g_string_append(file, "\ntrailer\n<</Size 40/Root 1 0 R>>\n%%EOF\n");
	return g_string_free_to_bytes(file);
}

/* A bar over the second paragraph, and what it says gone from everywhere. */
static LwPlan *plan_of(void)
{
	LwPlan *plan = lw_plan_new();
	LwMark *mark = lw_plan_add(plan);
	LwBox box = {0, {15, 90, 150, 110}};
	mark->kind = LW_KIND_PASSAGE;
	mark->ground = "5.1.2.e";
	mark->action = LW_ACTION_REMOVE;
	mark->decision = LW_DECISION_ACCEPTED;
	mark->rule = "area";
	g_array_append_val(mark->boxes, box);
	g_ptr_array_add(plan->secrets, (gpointer) "Zebulon");
	return plan;
}

static gboolean ignore(void *self, const char *channel, const char *bytes, gsize length)
{
	gsize *total = self;
	g_assert(channel && (bytes || !length));
	*total += length;
	return TRUE;
}

static void check_kid(LwPdf *pdf, GHashTable *seen, LwPdfObject *parent, LwPdfObject *kid);

static void check_kids(LwPdf *pdf, GHashTable *seen, LwPdfObject *parent)
{
	LwPdfObject *kids = lw_pdf_find(pdf, parent, "K");
	if (!kids || kids->type != LW_PDF_ARRAY) {
		check_kid(pdf, seen, parent, kids);
		return;
	}
	for (guint i = 0; i < kids->array.count; i++)
		check_kid(pdf, seen, parent, lw_pdf_item(pdf, kids, i));
}

static void check_kid(LwPdf *pdf, GHashTable *seen, LwPdfObject *parent, LwPdfObject *kid)
{
	if (!lw_pdf_name(lw_pdf_find(pdf, kid, "S")))
		return;
	g_assert(lw_pdf_find(pdf, kid, "P") == parent);
	g_assert(g_hash_table_add(seen, kid));
	check_kids(pdf, seen, kid);
}

static void judge(const LwFormat *format, GBytes *output)
{
	gsize total = 0;
	g_autoptr(GBytes) plain = lw_pdf_normalise(output, NULL, NULL, NULL);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, NULL) : NULL;
	g_assert(pdf);
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
	LwPdfObject *root = lw_pdf_find(pdf, lw_pdf_catalog(pdf), "StructTreeRoot");
	if (root)
		check_kids(pdf, seen, root);
	g_assert(format->inspect(output, ignore, &total, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const LwFormat *format = lw_format_named("pdf");
	if (size > 1 << 16)
		return 0;
	g_autoptr(GBytes) input = file_of(data, size);
	g_autoptr(LwPlan) plan = plan_of();
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GBytes) output = format->write(input, plan, receipt, NULL);
	if (output)
		judge(format, output);
	return 0;
}
