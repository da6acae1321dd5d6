/* scrub_fixture.h - a small PDF with one secret in it, and what scrubbing leaves of it; included
 * once per test program.
 *
 * What is left is searched here, not with the scrubber's own eyes. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/render/pdf/scrub.h"

#define SECRET		"Zebulon9"
#define OBJECT(n, body) n " 0 obj\n" body "\nendobj\n"
#define STREAM(n, dictionary, data)                                                                \
	n " 0 obj\n<<" dictionary ">>\nstream\n" data "\nendstream\nendobj\n"

typedef struct {
	const char *name;
	const char *catalog, *page, *objects; /* added to the plain file */
	const char *trailer;
} Channel;

/* Objects 10 and up are a channel's own. */
G_GNUC_UNUSED static GBytes *build(const Channel *channel)
{
	char *text = g_strdup_printf(
		"%%PDF-1.7\n"
		"1 0 obj\n<</Type/Catalog/Pages 2 0 R %s>>\nendobj\n"
		"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
		"/Resources<</Font<</F1 5 0 R>>%s>>%s>>\nendobj\n"
		"4 0 obj\n<</Length 58>>\nstream\n"
		"/P <</MCID 0>> BDC BT /F1 12 Tf 10 100 Td (Dag) Tj ET EMC  \nendstream\nendobj\n"
		"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
		"%s"
		"trailer\n<</Root 1 0 R/Size 60 %s>>\n%%%%EOF\n",
		channel->catalog ? channel->catalog : "",
		g_str_has_prefix(channel->name, "resource") ? channel->page : "",
		channel->page && !g_str_has_prefix(channel->name, "resource") ? channel->page : "",
		channel->objects ? channel->objects : "", channel->trailer ? channel->trailer : "");
	return g_bytes_new_take(text, strlen(text));
}

G_GNUC_UNUSED static LwPdf *open_bytes(GBytes *bytes)
{
	GError *error = NULL;
	g_autoptr(GBytes) plain = lw_pdf_normalise(bytes, NULL, NULL, &error);
	assert_non_null(plain);
	LwPdf *pdf = lw_pdf_open(plain, &error);
	assert_non_null(pdf);
	return pdf;
}

G_GNUC_UNUSED static gboolean has_bytes(const char *bytes, gsize length, const char *needle,
					gsize needle_length)
{
	return memmem(bytes, length, needle, needle_length) != NULL;
}

G_GNUC_UNUSED static gboolean bytes_tell(const char *bytes, gsize length, const char *needle)
{
	gsize count = strlen(needle);
	g_autofree char *wide = g_malloc0(count * 2);
	for (gsize i = 0; i < count; i++)
		wide[i * 2 + 1] = needle[i];
	return has_bytes(bytes, length, needle, count) || has_bytes(bytes, length, wide, count * 2);
}

G_GNUC_UNUSED static gboolean object_tells(LwPdf *pdf, LwPdfObject *object, const char *needle)
{
	gboolean tells = FALSE;
	switch ((LwPdfType)object->type) {
	case LW_PDF_NAME:
	case LW_PDF_STRING:
		return bytes_tell(object->string.bytes, object->string.length, needle);
	case LW_PDF_ARRAY:
		for (guint i = 0; i < object->array.count; i++)
			tells |= object_tells(pdf, object->array.items[i], needle);
		return tells;
	case LW_PDF_DICTIONARY:
		for (guint i = 0; i < object->dictionary.count; i++) {
			const LwPdfEntry *entry = &object->dictionary.entries[i];
			tells |= bytes_tell(entry->key, strlen(entry->key), needle);
			tells |= object_tells(pdf, entry->value, needle);
		}
		return tells;
	case LW_PDF_STREAM: {
		const char *rest = NULL;
		g_autoptr(GBytes) data = lw_pdf_decode(pdf, object, &rest, NULL);
		assert_non_null(data);
		return object_tells(pdf, object->stream.dictionary, needle) ||
		       bytes_tell(g_bytes_get_data(data, NULL), g_bytes_get_size(data), needle);
	}
	default:
		return FALSE;
	}
}

G_GNUC_UNUSED static gboolean file_tells(LwPdf *pdf, const char *needle)
{
	gboolean tells = object_tells(pdf, lw_pdf_trailer(pdf), needle);
	for (guint32 i = 1; i < lw_pdf_object_count(pdf); i++)
		if (lw_pdf_object(pdf, i))
			tells |= object_tells(pdf, lw_pdf_object(pdf, i), needle);
	return tells;
}

typedef struct {
	LwRect box;   /* empty: none */
	guint burned; /* mcid + 1 on the first page; 0: none */
	LwLang lang;
	const char *secret;
	guint annotations_removed, strings_removed, notices;
} Job;

G_GNUC_UNUSED static LwPdf *scrubbed(const Channel *channel, Job *job)
{
	GError *error = NULL;
	g_autoptr(GBytes) bytes = build(channel);
	g_autoptr(LwPdf) pdf = open_bytes(bytes);
	g_autoptr(LwPlan) plan = lw_plan_new();
	g_autoptr(GPtrArray) strings = g_ptr_array_new();
	g_ptr_array_add(strings, (gpointer)(job->secret ? job->secret : SECRET));
	g_autoptr(LwSecrets) secrets = lw_secrets_new(strings);
	plan->style.lang = job->lang;
	g_autoptr(LwReceipt) receipt = lw_receipt_new(plan);
	g_autoptr(GArray) boxes = g_array_new(FALSE, TRUE, sizeof(LwBox));
	LwBox box = {0, job->box};
	if (job->box.x1 > job->box.x0)
		g_array_append_val(boxes, box);
	g_autoptr(GPtrArray) boxes_by_page = g_ptr_array_new();
	g_ptr_array_add(boxes_by_page, boxes);
	g_autoptr(GHashTable) mcids = g_hash_table_new(g_direct_hash, g_direct_equal);
	if (job->burned)
		g_hash_table_add(mcids, GUINT_TO_POINTER(job->burned));
	g_autoptr(GPtrArray) burned = g_ptr_array_new();
	g_ptr_array_add(burned, mcids);
	LwScrub scrub = {pdf, plan, receipt, secrets, boxes_by_page, burned, NULL, NULL};
	assert_true(lw_scrub_admit(pdf, &error));
	lw_scrub_document(&scrub);
	lw_scrub_pages(&scrub);
	lw_scrub_navigation(&scrub);
	lw_scrub_structure(&scrub);
	lw_scrub_resources(&scrub);
	job->annotations_removed = receipt->annotations_removed;
	job->strings_removed = receipt->strings_removed;
	job->notices = receipt->notices->len;
	g_autoptr(GBytes) out = lw_pdf_write(pdf, &error);
	assert_non_null(out);
	return open_bytes(out);
}

#define ACTUAL_TREE(keys)                                                                          \
	OBJECT("10", "<</Type/StructTreeRoot/K 11 0 R/ParentTree<</Nums[0[12 0 R]]>>>>")           \
	OBJECT("11", "<</Type/StructElem/S/Document/P 10 0 R/K[12 0 R]>>")                         \
	OBJECT("12", "<</Type/StructElem/S/P/P 11 0 R/Pg 3 0 R/K 0 " keys ">>")
#define TREE		 "/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R"
#define ANNOTATION(keys) OBJECT("10", "<</Type/Annot/Rect[10 10 60 30]" keys ">>")
#define LOOK(text)                                                                                 \
	STREAM("20", "/Type/XObject/Subtype/Form/BBox[0 0 50 20]/Resources<</Font<</F1 5 0 R>>>>", \
	       "/Tx BMC BT /F1 9 Tf 2 5 Td " text " Tj ET EMC")
