/* cmap.c - fuzz target: any bytes as a character map, then every code of some strings through it.
 */
#include "engine/pdf/cmap.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(LwPdfCMap) cmap = lw_pdf_cmap_new((const char *)data, size);
	gunichar unicode[LW_PDF_GLYPH_CHARACTERS];
	size_t at = 0;

	g_assert(cmap);
	/* The map's own text serves as the string. */
	while (at < MIN(size, 4096)) {
		guint32 code = 0;
		guint bytes = lw_pdf_cmap_next(cmap, data + at, size - at, &code);

		g_assert_cmpuint(bytes, >=, 1);
		g_assert_cmpuint(bytes, <=, MIN(4, size - at));
		lw_pdf_cmap_cid(cmap, code, bytes);
		if (lw_pdf_cmap_unicode(cmap, code, unicode))
			g_assert_cmpuint(unicode[0], <=, 0x10ffff);
		at += bytes;
	}
	lw_pdf_cmap_is_vertical(cmap);
	lw_pdf_cmap_doubtful(cmap);
	return 0;
}
