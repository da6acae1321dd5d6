/* inspectimage.c - what pictures say beside their samples: comments, boxes, other versions, bytes
 * behind the last sample. */
#include "engine/pdf/inspect_private.h"

#include "engine/pdf/filter.h"
#include "engine/pdf/image_private.h"
#include "engine/pdf/profile.h"

#include <string.h>

#define METADATA "pdf/image-metadata"

static void inspect_jpeg(LwPdfInspector *s, const guint8 *data, gsize length)
{
	for (gsize i = 2; i + 4 <= length && data[i] == 0xFF && data[i + 1] != 0xDA;) {
		gsize size = (gsize)data[i + 2] << 8 | data[i + 3];
		guint8 marker = data[i + 1];
		if (size < 2 || i + 2 + size > length)
			break;
		if (marker == 0xFE ||
		    (marker >= 0xE1 && marker <= 0xEF && marker != 0xE2 && marker != 0xEE))
			lw_pdf_inspector_report(s, METADATA, (const char *)data + i + 4, size - 2);
		if (marker == 0xE2) {
			/* ICC.1 annex B.4: a name, and which part of how many this is. */
			static const char name[] = "ICC_PROFILE";
			gsize head =
				size > sizeof name + 4 && !memcmp(data + i + 4, name, sizeof name)
					? sizeof name + 2
					: 0;
			lw_pdf_inspect_profile(s, data + i + 4 + head, size - 2 - head);
		}
		i += 2 + size;
	}
}

/* Boxes of a JP2 file that no decoder needs. */
static void inspect_jpx(LwPdfInspector *s, const guint8 *data, gsize length)
{
	static const char known[] = "jP  ftypjp2hjp2crreq";
	for (gsize at = 0; at + 8 <= length;) {
		gsize size = (gsize)data[at] << 24 | (gsize)data[at + 1] << 16 |
			     (gsize)data[at + 2] << 8 | data[at + 3];
		gboolean is_known = FALSE;
		if (at == 0 && memcmp(data + 4, "jP  ", 4))
			return; /* a bare code stream */
		size = size == 0 ? length - at : size;
		if (size < 8 || size > length - at)
			return;
		for (const char *type = known; *type; type += 4)
			is_known |= !memcmp(data + at + 4, type, 4);
		if (!is_known)
			lw_pdf_inspector_report(s, METADATA, (const char *)data + at + 8, size - 8);
		at += size;
	}
}

void lw_pdf_inspect_image(LwPdfInspector *s, LwPdfObject *image)
{
	const char *rest = NULL;
	if (lw_pdf_find_raw(image, "Alternates") || lw_pdf_find_raw(image, "OPI"))
		lw_pdf_inspector_report(s, "pdf/image-alternates", "Alternates", 10);
	g_autoptr(GBytes) tail = lw_pdf_image_tail(s->pdf, image);
	gsize length = 0;
	const char *bytes = tail ? g_bytes_get_data(tail, &length) : NULL;
	lw_pdf_inspector_report(s, METADATA, bytes, length);
	LwPdfObject *filters = lw_pdf_find(s->pdf, image, "Filter");
	const char *last = lw_pdf_name(
		lw_pdf_length(filters) ? lw_pdf_item(s->pdf, filters, lw_pdf_length(filters) - 1)
				       : filters);
	LwImageKind kind = lw_image_kind(last);
	if (!last || (kind != LW_IMAGE_DCT && kind != LW_IMAGE_JPX))
		return;
	g_autoptr(GBytes) data = lw_pdf_decode(s->pdf, image, &rest, NULL);
	bytes = data ? g_bytes_get_data(data, &length) : NULL;
	if (bytes && kind == LW_IMAGE_DCT)
		inspect_jpeg(s, (const guint8 *)bytes, length);
	else if (bytes)
		inspect_jpx(s, (const guint8 *)bytes, length);
}

void lw_pdf_inspect_inline_image(LwPdfInspector *s, const LwPdfObject *dictionary, const char *data,
				 gsize length)
{
	LwPdfObject *filters = lw_pdf_find(s->pdf, dictionary, "Filter");
	const char *first =
		lw_pdf_name(lw_pdf_length(filters) ? lw_pdf_item(s->pdf, filters, 0) : filters);
	g_autoptr(GByteArray) plain = g_byte_array_new();
	if (first && lw_image_kind(first) == LW_IMAGE_DCT)
		inspect_jpeg(s, (const guint8 *)data, length);
	else if (first && lw_pdf_length(filters) > 1 &&
		 lw_pdf_filter_decode(first, NULL, (const guint8 *)data, length, 1 << 24, plain,
				      NULL))
		inspect_jpeg(s, plain->data, plain->len);
}

#define RUN_LEAST 6 /* printable bytes: fewer come by chance */

/* Texts of a colour profile: printable runs, also of two-byte letters, outside its tables. */
void lw_pdf_inspect_profile(LwPdfInspector *s, const guint8 *data, gsize length)
{
	g_autoptr(GBytes) texts = lw_profile_texts(data, length);
	data = g_bytes_get_data(texts, &length);
	g_autoptr(GString) run = g_string_new(NULL);
	for (gsize i = 0; i <= length; i++) {
		if (i < length && data[i] >= ' ' && data[i] < 0x7f) {
			g_string_append_c(run, (char)data[i]);
			continue;
		}
		if (i + 1 < length && !data[i] && data[i + 1] >= ' ' && data[i + 1] < 0x7f)
			continue;
		if (run->len >= RUN_LEAST)
			lw_pdf_inspector_report(s, "pdf/profile", run->str, run->len);
		g_string_truncate(run, 0);
	}
}
