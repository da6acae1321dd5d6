/* tags.h - gives labels that stand outside the tagged content a place in the structure tree (ISO
 * 32000-1 section 14.7). */
#pragma once

#include "engine/pdf/object.h"

/* A label that was painted after everything else on its page. */
typedef struct {
	guint page;
	gint mcid;
	const char *label; /* as lw_mark_label; lives as long as the rewriter's arena */
} LwLooseLabel;

/* TRUE when the page is tagged, so that its labels need an element. */
gboolean lw_tags_cover(LwPdf *pdf, guint page);
/* After the structure was scrubbed: one Span element per label (LwLooseLabel, by page), in the
 * document element behind what else is on its page. */
void lw_tags_add(LwPdf *pdf, const GArray *labels);
