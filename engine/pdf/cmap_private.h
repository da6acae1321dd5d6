/* cmap_private.h - the inside of an LwPdfCMap, for cmap.c, cmapnamed.c and cmapparse.c only.
 *
 * CIDs are kept per length of the code, since <20> and <0020> differ; characters by value only,
 * since producers write the codes of a ToUnicode map in any length. */
#pragma once

#include "engine/pdf/cmap.h"
#include "engine/pdf/codetable.h"

#define LW_CMAP_USES	6	    /* maps that use one another, at most */
#define LW_CMAP_STRINGS 0x80000000u /* in a value of unicodes: the rest is an index in strings */
#define LW_CMAP_LAST	0x10ffffu   /* character */
#define LW_CMAP_NULL	0x110000u   /* in unicodes: the null character */
#define LW_CMAP_UNKNOWN 0xffffffffu /* in unicodes: more characters than fit */

typedef struct {
	guint bytes;
	guint8 low[4], high[4];
} LwCMapSpace;

typedef struct {
	gunichar text[LW_PDF_GLYPH_CHARACTERS];
} LwCMapMeaning;

struct LwPdfCMap {
	GArray *spaces;	     /* LwCMapSpace */
	guint8 lengths[256]; /* by first byte; 0: it depends on the others */
	guint shortest;
	LwPdfCodeTable *cids[4]; /* by length of the code - 1: CID + 1 */
	LwPdfCodeTable *unicodes;
	GArray *strings; /* LwCMapMeaning */
	LwPdfCMap *used; /* what usecmap brought */
	gboolean identity, vertical, doubtful;
	gboolean code_is_unicode;
	gboolean shared; /* predefined: kept for the life of the process, never changed */
};

LwPdfCMap *lw_cmap_new_empty(void);
/* A predefined map, as the depth-th of maps that use one another. */
LwPdfCMap *lw_cmap_load_named(const char *name, guint depth);
/* Takes over a map that this one is built on; only the first counts. */
void lw_cmap_use(LwPdfCMap *cmap, LwPdfCMap *used);
/* Predefined maps that the text uses are the depth-th. */
void lw_cmap_parse(LwPdfCMap *cmap, const char *text, gsize length, guint depth);
/* A code space of codes that begin with the bytes low to high. */
void lw_cmap_add_space(LwPdfCMap *cmap, guint bytes, guint8 low, guint8 high);
/* After the last code space: makes the look-up of lengths. */
void lw_cmap_seal(LwPdfCMap *cmap);
