/* file.h - bytes to a file or a pipe. */
#pragma once

#include <glib.h>

/* All of them, whatever interrupts; FALSE with errno when that cannot be. */
gboolean lw_file_write(int fd, const void *bytes, gsize length);
