/* verify.h - attacks one output: is anything left of what was marked? Floor 4; names no format. */
#pragma once

#include "engine/model/format.h"

typedef struct {
	gboolean clean;
	const char *channel; /* where it leaked: "text", "glyph", "pixel", "page", "pdf/info"…;
				static or of the arena */
	gint32 page;	     /* from 0, or -1 */
	int mark;	     /* index in the plan, or -1 */
	gboolean readable;   /* a removed string still stands in visible text: kept on purpose, or
				missed */
} LwVerdict;

/* With the original and the plan: accounting of glyphs, pixels and paths, search of hidden
 * channels. FALSE with error when a file could not be judged, which is as bad as a leak. */
gboolean lw_verify(const LwFormat *format, GBytes *original, GBytes *output, const LwPlan *plan,
		   LwVerdict *verdict, GError **error);
