/* sight.h - which glyphs of a page can nobody see? White on nothing, too small, transparent,
 * clipped away, under an opaque box, invisible or clipping without anything that shows there.
 *
 * Told what a page paints, in its order. In doubt a glyph is seen: a blend, a pattern, a rough clip
 * or a picture is doubt. Text of a recognition layer lies under or over its picture and is seen. */
#pragma once

#include "engine/pdf/interpret.h"

typedef enum {
	LW_UNSEEN_WHITE = 1 << 0,
	LW_UNSEEN_TINY = 1 << 1,
	LW_UNSEEN_CLIPPED = 1 << 2,
	LW_UNSEEN_COVERED = 1 << 3,
	LW_UNSEEN_CLEAR = 1 << 4, /* render mode 3 or 7, or transparent */
	LW_UNSEEN_SHUT = 1 << 5,  /* in an annotation that is not shown */
} LwPdfUnseen;

typedef struct LwPdfSight LwPdfSight;

LwPdfSight *lw_pdf_sight_new(LwPdf *pdf); /* yours */
void lw_pdf_sight_free(LwPdfSight *sight);
void lw_pdf_sight_glyph(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state,
			const LwPdfGlyph *glyph);
void lw_pdf_sight_path(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state,
		       const char *paint, const LwPdfPath *path);
void lw_pdf_sight_image(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state);
void lw_pdf_sight_operator(LwPdfSight *sight, const LwPdfStreamRun *run, const LwPdfState *state,
			   const char *name);
/* Opaque boxes that were painted, user space (LwExtent); yours. */
GArray *lw_pdf_sight_boxes(const LwPdfSight *sight);
/* After the page: by glyph as told, LwPdfUnseen or 0; borrowed. */
const guint8 *lw_pdf_sight_judge(LwPdfSight *sight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwPdfSight, lw_pdf_sight_free)
