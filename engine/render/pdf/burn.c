/* burn.c - the whole of rendering a PDF: rewrite every page, scrub everything else, write anew. */
#include "engine/render/pdf/burn.h"

#include "engine/base/limits.h"
#include "engine/pdf/fields.h"
#include "engine/pdf/page.h"
#include "engine/render/pdf/fontscrub.h"
#include "engine/render/pdf/rewrite.h"
#include "engine/render/pdf/scrub.h"

#include <string.h>

/* A file with one page that shows the image at one pixel per point on a ground of a colour; the
 * tree is as before afterwards. */
static GBytes *picture_file(LwPdf *pdf, LwPdfObject *image, guint32 width, guint32 height,
			    const char *ground)
{
	LwPdfObject *trailer = lw_pdf_trailer(pdf), *root = lw_pdf_find_raw(trailer, "Root");
	LwPdfObject *catalog = lw_pdf_new_dictionary(pdf), *pages = lw_pdf_new_dictionary(pdf);
	LwPdfObject *page = lw_pdf_new_dictionary(pdf), *kids = lw_pdf_new_array(pdf);
	LwPdfObject *box = lw_pdf_new_array(pdf), *resources = lw_pdf_new_dictionary(pdf);
	LwPdfObject *objects = lw_pdf_new_dictionary(pdf);
	const gint64 numbers[] = {0, 0, width, height};
	for (int i = 0; i < 4; i++)
		lw_pdf_append(pdf, box, lw_pdf_new_integer(pdf, numbers[i]));
	g_autofree char *draw =
		g_strdup_printf("%s rg\n0 0 %u %u re f\n0 g\n%u 0 0 %u 0 0 cm /I Do", ground, width,
				height, width, height);
	g_autoptr(GBytes) content = g_bytes_new(draw, strlen(draw));
	lw_pdf_set(pdf, objects, "I", lw_pdf_reference(pdf, image));
	lw_pdf_set(pdf, resources, "XObject", objects);
	lw_pdf_set(pdf, page, "Type", lw_pdf_new_name(pdf, "Page"));
	lw_pdf_set(pdf, page, "MediaBox", box);
	lw_pdf_set(pdf, page, "Resources", resources);
	LwPdfObject *stream = lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), content);
	lw_pdf_set(pdf, page, "Contents", lw_pdf_reference(pdf, stream));
	lw_pdf_set(pdf, page, "Parent", lw_pdf_reference(pdf, pages));
	lw_pdf_append(pdf, kids, lw_pdf_reference(pdf, page));
	lw_pdf_set(pdf, pages, "Type", lw_pdf_new_name(pdf, "Pages"));
	lw_pdf_set(pdf, pages, "Kids", kids);
	lw_pdf_set(pdf, pages, "Count", lw_pdf_new_integer(pdf, 1));
	lw_pdf_set(pdf, catalog, "Type", lw_pdf_new_name(pdf, "Catalog"));
	lw_pdf_set(pdf, catalog, "Pages", lw_pdf_reference(pdf, pages));
	lw_pdf_set(pdf, trailer, "Root", lw_pdf_reference(pdf, catalog));
	GBytes *file = lw_pdf_write(pdf, NULL);
	lw_pdf_set(pdf, trailer, "Root", root);
	return file;
}

static gboolean show(LwPdf *pdf, LwPdfObject *image, guint32 width, guint32 height,
		     const char *ground, LwPicture *picture)
{
	g_autoptr(GBytes) file = picture_file(pdf, image, width, height, ground);
	g_autoptr(LwPdfPages) pages = file ? lw_pdf_pages_open(file, NULL) : NULL;
	return pages && lw_pdf_pages_picture(pages, 0, 72, picture, NULL);
}

/* Does the ground show anywhere? */
static gboolean has_magenta(const LwPicture *picture)
{
	gsize length;
	const guint8 *pixels = g_bytes_get_data(picture->pixels, &length);
	for (gsize i = 0; picture->channels == 3 && i + 2 < length; i += 3)
		if (pixels[i] > 250 && pixels[i + 1] < 5 && pixels[i + 2] > 250)
			return TRUE;
	return FALSE;
}

/* A picture that cannot be decoded is not painted: it must not pass for a white one. */
static gboolean is_painted(LwPdf *pdf, LwPdfObject *image, LwPicture *picture)
{
	LwPicture other = {0};
	if (!has_magenta(picture))
		return TRUE;
	gboolean same = show(pdf, image, picture->width, picture->height, "0 1 0", &other) &&
			g_bytes_equal(other.pixels, picture->pixels);
	lw_picture_clear(&other);
	return same;
}

/* What our own filters cannot undo, Poppler shows. */
static GBytes *decode_by_picture(LwPdf *pdf, LwPdfObject *image, guint32 *width, guint32 *height,
				 guint32 *channels)
{
	gint64 w = lw_pdf_integer(pdf, lw_pdf_find_raw(image->stream.dictionary, "Width"), 0);
	gint64 h = lw_pdf_integer(pdf, lw_pdf_find_raw(image->stream.dictionary, "Height"), 0);
	LwPdfObject *stencil = lw_pdf_find(pdf, image, "ImageMask");
	gboolean opaque = !stencil || stencil->type != LW_PDF_BOOLEAN || !stencil->boolean;
	if (w < 1 || h < 1 || w > 20000 || h > 20000)
		return NULL;
	LwPdfObject *plain = lw_pdf_copy(pdf, image); /* its masks stay with the original */
	lw_pdf_remove(plain, "SMask");
	lw_pdf_remove(plain, "Mask");
	LwPicture picture = {0};
	if (!show(pdf, plain, (guint32)w, (guint32)h, opaque ? "1 0 1" : "1 1 1", &picture))
		return NULL;
	if (opaque && !is_painted(pdf, plain, &picture)) {
		lw_picture_clear(&picture);
		return NULL;
	}
	*width = picture.width;
	*height = picture.height;
	*channels = picture.channels;
	return picture.pixels;
}

static void free_table(gpointer table)
{
	if (table)
		g_hash_table_unref(table);
}

static GPtrArray *boxes_by_page(const LwPlan *plan, const LwReceipt *receipt, guint pages)
{
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
	for (guint i = 0; i < pages; i++)
		g_ptr_array_add(all, g_array_new(FALSE, FALSE, sizeof(LwBox)));
	for (guint m = 0; m < plan->marks->len; m++) {
		const LwMark *mark = plan->marks->pdata[m];
		const GArray *sources[] = {receipt->painted->pdata[m], mark->boxes};
		/* Where lines were set anew, other words may stand where the mark stood. */
		guint count = plan->style.width == LW_WIDTH_EXACT ? 2 : 1;
		if (mark->glyphs && !sources[0]->len) /* cut off: it has no place on the page */
			continue;
		for (guint s = 0; s < count; s++)
			for (guint i = 0; i < sources[s]->len; i++) {
				LwBox box = g_array_index(sources[s], LwBox, i);
				if (box.page < pages)
					g_array_append_val((GArray *)all->pdata[box.page], box);
			}
	}
	return all;
}

static gboolean rewrite_pages(LwRewriter *rewriter, GError **error)
{
	guint32 first = 0;
	for (guint i = 0; i < lw_pdf_page_count(rewriter->pdf); i++)
		if (!lw_rewrite_page(rewriter, i, first, &first, error))
			return FALSE;
	lw_rewrite_finish(rewriter);
	return TRUE;
}

static void scrub(const LwRewriter *rewriter)
{
	LwPdf *pdf = rewriter->pdf;
	g_autoptr(GPtrArray) boxes =
		boxes_by_page(rewriter->plan, rewriter->receipt, lw_pdf_page_count(pdf));
	LwScrub all = {.pdf = pdf,
		       .plan = rewriter->plan,
		       .receipt = rewriter->receipt,
		       .secrets = rewriter->secrets,
		       .boxes_by_page = boxes,
		       .burned_mcids = rewriter->burned_mcids,
		       .printed = rewriter->printed,
		       .overflown = rewriter->overflown};
	lw_scrub_document(&all);
	lw_scrub_pages(&all);
	lw_scrub_navigation(&all);
	lw_scrub_structure(&all);
	lw_scrub_resources(&all);
}

GBytes *lw_render_pdf(GBytes *input, const LwPlan *plan, LwReceipt *receipt, GError **error)
{
	g_autoptr(GBytes) plain = lw_pdf_normalise(input, NULL, NULL, error);
	g_autoptr(LwPdf) pdf = plain ? lw_pdf_open(plain, error) : NULL;
	if (!pdf || !lw_scrub_admit(pdf, error))
		return NULL;
	lw_pdf_fields_materialise(pdf);
	lw_pdf_flatten_pages(pdf);
	g_autoptr(LwPdfInterpreter) interpreter = lw_pdf_interpreter_new(pdf);
	g_autoptr(LwSecrets) secrets = lw_secrets_new(plan->secrets);
	g_autoptr(GHashTable) cleaned =
		g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_bytes_unref);
	g_autoptr(GHashTable) resources = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) printed = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) overflown = g_hash_table_new(NULL, NULL);
	g_autoptr(GPtrArray) burned = g_ptr_array_new_with_free_func(free_table);
	g_ptr_array_set_size(burned, (gint)lw_pdf_page_count(pdf));
	g_autoptr(GArray) loose = g_array_new(FALSE, FALSE, sizeof(LwLooseLabel));
	LwRewriter rewriter = {.pdf = pdf,
			       .interpreter = interpreter,
			       .plan = plan,
			       .receipt = receipt,
			       .secrets = secrets,
			       .decoder = decode_by_picture,
			       .cleaned = cleaned,
			       .cleaned_resources = resources,
			       .printed = printed,
			       .overflown = overflown,
			       .loose_labels = loose,
			       .burned_mcids = burned};
	if (!rewrite_pages(&rewriter, error))
		return NULL;
	scrub(&rewriter);
	lw_tags_add(pdf, loose);
	lw_fontscrub(pdf, receipt);
	return lw_pdf_write(pdf, error);
}
