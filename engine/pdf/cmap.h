/* cmap.h - character maps: how strings fall into codes, and which CID or which characters a code
 * means (ISO 32000-1 section 9.7.5 and 9.10.3).
 *
 * Never fails: a broken or missing map gives the best reading, and `doubtful` says so. Bounded in
 * time and memory. */
#pragma once

#include "engine/pdf/encoding.h"
#include "engine/pdf/object.h"

typedef struct LwPdfCMap LwPdfCMap;

/* Of a stream or the name of a predefined map. */
LwPdfCMap *lw_pdf_cmap_load(LwPdf *pdf, LwPdfObject *object); /* yours */
/* Predefined: Identity is built in, others are read from the system's collection. */
LwPdfCMap *lw_pdf_cmap_load_named(const char *name); /* yours */
/* Of the text of a map; maps that it uses are looked for by name. */
LwPdfCMap *lw_pdf_cmap_new(const char *text, gsize length); /* yours */
void lw_pdf_cmap_free(LwPdfCMap *cmap);

/* The code at string[0], length > 0. Returns how many bytes it takes: 1 to 4, at most length. */
guint lw_pdf_cmap_next(const LwPdfCMap *cmap, const guint8 *string, gsize length, guint32 *code);
guint32 lw_pdf_cmap_cid(const LwPdfCMap *cmap, guint32 code, guint bytes); /* 0 when it has none */
/* By value of the code, however long; unused are 0. FALSE (all 0) when the map says nothing usable;
 * TRUE with all 0 when it says more characters than fit. */
gboolean lw_pdf_cmap_unicode(const LwPdfCMap *cmap, guint32 code,
			     gunichar unicode[LW_PDF_GLYPH_CHARACTERS]);
/* The same as it is written, also what is no character. */
gboolean lw_pdf_cmap_written(const LwPdfCMap *cmap, guint32 code,
			     gunichar unicode[LW_PDF_GLYPH_CHARACTERS]);
/* Does the map say the null character? It means nothing, and keeps readers from guessing. */
gboolean lw_pdf_cmap_says_null(const LwPdfCMap *cmap, guint32 code);
/* The first code from this one on, past 0xffff, that means characters; 0: there is none. */
guint32 lw_pdf_cmap_next_high(const LwPdfCMap *cmap, guint32 code);
gboolean lw_pdf_cmap_is_vertical(const LwPdfCMap *cmap);
gboolean lw_pdf_cmap_doubtful(const LwPdfCMap *cmap);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfCMap, lw_pdf_cmap_free)
