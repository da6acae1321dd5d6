/* sandbox.h - closes this process: after it nothing can be reached but memory, the answer pipe and
 * the fonts.
 *
 * Once closed it stays closed. What a kernel lacks is left out and the rest still holds; a program
 * built with the address sanitizer keeps only what the sanitizer can live with. */
#pragma once

#include "engine/base/error.h"

/* Limits, no new privileges, Landlock where the kernel has it, seccomp. FALSE with error when even
 * seccomp fails. */
gboolean lw_sandbox_close(GError **error);
/* What this machine offers: "seccomp, landlock 4, rlimits"; yours. */
char *lw_sandbox_describe(void);
