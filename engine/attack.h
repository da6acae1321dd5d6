/* attack.h - attacks a file, whoever made it: what does it still give away? Floor 4; names no
 * format.
 *
 * Text in content order and in reading order, every string and stream, earlier revisions and
 * objects that nothing refers to, letters of fonts, and what shows when boxes are taken away. */
#pragma once

#include "engine/model/format.h"

typedef enum {
	LW_WEIGHT_TRACE, /* tells something, but nothing that is known to be secret */
	LW_WEIGHT_LEAK,
} LwWeight;

typedef struct {
	const char *channel; /* where: "text", "glyph", "pixel", "pdf/info"; static or interned */
	const char *code;    /* what: "removed-text", "covered-text", "metadata" */
	const char *message;
	gint32 page; /* from 0, or -1 */
	LwWeight weight;
} LwFinding;

/* plan: what was removed and the strings of it, or NULL when nobody knows. Findings (LwFinding),
 * each channel and code once for a page. FALSE with error when the file cannot be judged. */
gboolean lw_attack(const LwFormat *format, GBytes *file, const LwPlan *plan, GArray *findings,
		   GError **error);
