/* stamp.c - finds room for a short text in the margin of every page that was written, and prints it
 * there.
 *
 * Room is where the page as it is shown has one light colour: a stamp covers nothing and touches
 * nothing. It is set in the font of our labels, so that nobody takes it for text of the document.
 */
#include "engine/render/pdf/stamp.h"

#include "engine/pdf/collect.h"
#include "engine/pdf/page.h"
#include "engine/render/pdf/burn.h"
#include "engine/render/pdf/label.h"

#include <string.h>

#define RESOLUTION 72 /* one pixel is one point */
#define SIZE	   8.0
#define HEIGHT	   10 /* of the room, with what is free around the text */
#define SIDE	   3  /* free left and right of the text */
#define LIGHT	   200
#define ALIKE	   8 /* of 255: noise of a scan or a picture */
#define OLD_HEADER "%PDF-1.4"

typedef struct {
	int x, y, width; /* of the room, points from the top-left of the page as shown */
} Room;

typedef struct {
	LwPdf *pdf;
	LwPdfPages *pages;
	const char *text;
	LwPdfObject *font, *before; /* made when first needed */
	LwReceipt *receipt;
} Stamper;

static gboolean is_free(const LwPicture *picture, const Room *room)
{
	gsize length;
	const guint8 *pixels = g_bytes_get_data(picture->pixels, &length);
	int channels = (int)picture->channels, low = 255, high = 0;

	if (room->x < 0 || room->y < 0 || room->x + room->width > (int)picture->width ||
	    room->y + HEIGHT > (int)picture->height)
		return FALSE;
	for (int y = room->y; y < room->y + HEIGHT; y++) {
		const guint8 *row =
			pixels + ((gsize)y * picture->width + (gsize)room->x) * (gsize)channels;

		for (int i = 0; i < room->width * channels; i++) {
			low = MIN(low, row[i]);
			high = MAX(high, row[i]);
		}
	}
	return low >= LIGHT && high - low <= ALIKE;
}

/* Below before above, right before the middle and left; 5 mm from the edge, or nearer, or further.
 */
static gboolean find_room(const LwPicture *picture, Room *room)
{
	static const int margins[] = {16, 22, 10, 28, 36, 5};
	int width = (int)picture->width, height = (int)picture->height;

	for (guint m = 0; m < G_N_ELEMENTS(margins); m++) {
		const int across[] = {width - 2 * margins[m] - room->width,
				      (width - room->width) / 2, 2 * margins[m]};
		const int down[] = {height - margins[m] - HEIGHT, margins[m]};

		for (guint place = 0; place < 6; place++) {
			room->x = across[place % 3];
			room->y = down[place / 3];
			if (is_free(picture, room))
				return TRUE;
		}
	}
	return FALSE;
}

static GBytes *print_stamp(const Stamper *stamper, guint page, const Room *room, const char *font)
{
	GString *out = g_string_new("\nQ q\n/Artifact <</Type /Pagination>> BDC\nBT\n");
	LwMatrix back;
	gboolean turned =
		lw_matrix_invert(lw_pdf_page_matrix(stamper->pdf, page, NULL, NULL), &back);

	g_assert(turned);
	lw_label_print_plain(out, stamper->text, SIZE, room->x + SIDE, room->y + HEIGHT - 2.2, back,
			     font);
	g_string_append(out, "ET\nEMC\nQ\n");
	return g_string_free_to_bytes(out);
}

/* A name that the page's fonts do not have. */
static char *font_name(LwPdf *pdf, const LwPdfObject *fonts)
{
	for (guint i = 0;; i++) {
		char *name = g_strdup_printf("LwStamp%u", i);

		if (!lw_pdf_find(pdf, fonts, name))
			return name;
		g_free(name);
	}
}

/* What the page has, and the font; nothing that is shared with another page changes. */
static char *lend_font(Stamper *stamper, guint page)
{
	LwPdf *pdf = stamper->pdf;
	LwPdfObject *dictionary = lw_pdf_page(pdf, page);
	LwPdfObject *had = lw_pdf_page_inherited(pdf, page, "Resources");
	LwPdfObject *resources = had ? lw_pdf_copy(pdf, had) : lw_pdf_new_dictionary(pdf);
	LwPdfObject *had_fonts = lw_pdf_find(pdf, resources, "Font");
	LwPdfObject *fonts = had_fonts ? lw_pdf_copy(pdf, had_fonts) : lw_pdf_new_dictionary(pdf);
	char *name = font_name(pdf, fonts);

	if (!stamper->font)
		stamper->font = lw_label_font_new(pdf);
	lw_pdf_set(pdf, fonts, name, lw_pdf_reference(pdf, stamper->font));
	lw_pdf_set(pdf, resources, "Font", fonts);
	lw_pdf_set(pdf, dictionary, "Resources", resources);
	return name;
}

static LwPdfObject *new_stream(LwPdf *pdf, GBytes *bytes)
{
	return lw_pdf_new_stream(pdf, lw_pdf_new_dictionary(pdf), bytes);
}

/* Between a save before what is there and a restore after it. */
static void put(Stamper *stamper, guint page, const Room *room)
{
	LwPdf *pdf = stamper->pdf;
	LwPdfObject *dictionary = lw_pdf_page(pdf, page), *all = lw_pdf_new_array(pdf);
	LwPdfObject *contents = lw_pdf_find_raw(dictionary, "Contents");
	g_autofree char *font = lend_font(stamper, page);
	g_autoptr(GBytes) after = print_stamp(stamper, page, room, font);

	if (!stamper->before) {
		g_autoptr(GBytes) save = g_bytes_new_static("q\n", 2);

		stamper->before = new_stream(pdf, save);
	}
	lw_pdf_append(pdf, all, lw_pdf_reference(pdf, stamper->before));
	if (lw_pdf_find(pdf, dictionary, "Contents"))
		lw_pdf_append(pdf, all, contents);
	lw_pdf_append(pdf, all, lw_pdf_reference(pdf, new_stream(pdf, after)));
	lw_pdf_set(pdf, dictionary, "Contents", all);
}

static void stamp_page(Stamper *stamper, guint page)
{
	Room room = {.width = (int)(lw_label_width(stamper->text) * SIZE) + 2 * SIDE};
	LwPicture picture = {0};
	gboolean found = lw_pdf_pages_picture(stamper->pages, page, RESOLUTION, &picture, NULL) &&
			 find_room(&picture, &room);

	if (found)
		put(stamper, page, &room);
	else
		lw_receipt_notice(stamper->receipt, "stamp-left-out", (gint32)page,
				  "the margin has no room for the number of the document");
	lw_picture_clear(&picture);
}

static gboolean is_old(GBytes *written)
{
	gsize length;
	const char *bytes = g_bytes_get_data(written, &length);

	return length > strlen(OLD_HEADER) && !memcmp(bytes, OLD_HEADER, strlen(OLD_HEADER));
}

static GBytes *stamp(GBytes *written, const char *text, LwReceipt *receipt, GError **error)
{
	g_autoptr(LwPdf) pdf = lw_pdf_open(written, error);
	g_autoptr(LwPdfPages) pages = pdf ? lw_pdf_pages_open(written, error) : NULL;
	Stamper stamper = {.pdf = pdf, .pages = pages, .text = text, .receipt = receipt};

	if (!pages)
		return NULL;
	for (guint i = 0; i < lw_pdf_page_count(pdf); i++)
		stamp_page(&stamper, i);
	if (is_old(written))
		lw_pdf_write_old(pdf);
	return lw_pdf_write(pdf, error);
}

GBytes *lw_render_pdf_stamped(GBytes *input, const LwPlan *plan, LwReceipt *receipt, GError **error)
{
	g_autoptr(GBytes) written = lw_render_pdf(input, plan, receipt, error);

	if (!written || !plan->stamp)
		return g_steal_pointer(&written);
	return stamp(written, plan->stamp, receipt, error);
}
