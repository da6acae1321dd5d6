/* builtin.c - the composition root: what reads, writes and inspects each format, put together.
 *
 * The only file of this folder that knows engine/render. */
#include "extractors/builtin.h"

#include <string.h>

#include "engine/odf/package.h"
#include "engine/render/odf.h"
#include "engine/render/pdf/stamp.h"
#include "engine/render/plain.h"
#include "extractors/odf.h"
#include "extractors/pdf.h"
#include "extractors/pdfdig.h"
#include "extractors/plain.h"

static const LwFormat pdf = {
	.name = "pdf",
	.media_type = "application/pdf",
	.suffix = ".pdf",
	.pages = TRUE,
	.bid = lw_pdf_bid,
	.read = lw_pdf_read,
	.write = lw_render_pdf_stamped,
	.inspect = lw_pdf_inspect,
	.dig = lw_pdf_dig,
	.bare = lw_pdf_bare,
	.picture = lw_pdf_picture,
};

static const LwFormat odt = {
	.name = "odt",
	.media_type = LW_ODF_MEDIA_TYPE,
	.suffix = ".odt",
	.bid = lw_odt_bid,
	.read = lw_odf_read,
	.write = lw_render_odf,
	.inspect = lw_odf_inspect,
};

static const LwFormat ods = {
	.name = "ods",
	.media_type = "application/vnd.oasis.opendocument.spreadsheet",
	.suffix = ".ods",
	.bid = lw_ods_bid,
	.read = lw_odf_read,
	.write = lw_render_odf,
	.inspect = lw_odf_inspect,
};

static const LwFormat odp = {
	.name = "odp",
	.media_type = "application/vnd.oasis.opendocument.presentation",
	.suffix = ".odp",
	.bid = lw_odp_bid,
	.read = lw_odf_read,
	.write = lw_render_odf,
	.inspect = lw_odf_inspect,
};

static const LwFormat odg = {
	.name = "odg",
	.media_type = "application/vnd.oasis.opendocument.graphics",
	.suffix = ".odg",
	.bid = lw_odg_bid,
	.read = lw_odf_read,
	.write = lw_render_odf,
	.inspect = lw_odf_inspect,
};

static const LwFormat plain = {
	.name = "plain",
	.media_type = "text/plain",
	.suffix = ".txt",
	.bid = lw_plain_bid,
	.read = lw_plain_read,
	.write = lw_render_plain,
	.inspect = lw_plain_inspect,
};

static const LwFormat *const formats[] = {&pdf, &odt, &ods, &odp, &odg, &plain, NULL};

const LwFormat *const *lw_formats(void)
{
	return formats;
}

const LwFormat *lw_format_bid(GBytes *input)
{
	gsize length;
	const guint8 *bytes = g_bytes_get_data(input, &length);
	const LwFormat *best = NULL;
	int highest = 0;
	for (guint i = 0; formats[i] && length; i++) {
		const int bid = formats[i]->bid(bytes, length);
		if (bid > highest) {
			highest = bid;
			best = formats[i];
		}
	}
	return best;
}

const LwFormat *lw_format_named(const char *name)
{
	for (guint i = 0; formats[i]; i++) {
		if (strcmp(formats[i]->name, name) == 0)
			return formats[i];
	}
	return NULL;
}
