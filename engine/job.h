/* job.h - a whole `redact`: both halves of a run with the barrier between them, the documents in
 * place, the log.
 *
 * No document gets its name before another worker than the one that wrote it found nothing of what
 * was to be removed. */
#pragma once

#include "engine/run.h"

/* The exit status is in the result; LAKWERK_OK and LAKWERK_INCOMPLETE and LAKWERK_LEAK come without
 * an error. */
LakwerkStatus lw_job_redact(const LwRunOptions *options, const char *const *inputs, const char *out,
			    LakwerkSummary *summary, GError **error);
