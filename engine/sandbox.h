/* sandbox.h - closes this process: after it nothing can be reached but memory, the answer pipe and
 * the fonts.
 *
 * Once closed it stays closed. What a kernel lacks is left out and the rest still holds; a program
 * built with the address sanitizer keeps only what the sanitizer can live with. */
#pragma once

#include "engine/base/error.h"

/* CPU seconds that an input of this size (open file) may take: a small file that takes long is an attack. */
guint lw_sandbox_seconds(int input);
/* Limits (seconds of CPU time), no new privileges, Landlock where the kernel has it, seccomp. FALSE with
 * error when even seccomp fails. */
gboolean lw_sandbox_close(guint seconds, GError **error);
/* What this machine offers: "seccomp, landlock 4, rlimits"; yours. */
char *lw_sandbox_describe(void);
