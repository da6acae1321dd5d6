/* misread.h - the text with the digits that a reader of scans took for letters. Private to detect.
 */
#pragma once

#include "engine/base/text.h"

typedef struct {
	LwNormal view;	/* utf8 is its own; raw is that of the text */
	GArray *places; /* gsize: the bytes that were mended, ascending */
} LwMisread;

/* NULL when nothing looks misread. Yours; borrows the text's map. */
LwMisread *lw_misread_new(const LwNormal *normal);
void lw_misread_free(LwMisread *misread);
/* Was anything between these bytes mended? */
gboolean lw_misread_between(const LwMisread *misread, gsize from, gsize to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwMisread, lw_misread_free)
