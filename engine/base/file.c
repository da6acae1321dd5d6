/* file.c - writes until everything is written. */
#include "engine/base/file.h"

#include <errno.h>
#include <unistd.h>

gboolean lw_file_write(int fd, const void *bytes, gsize length)
{
	const char *from = bytes;

	while (length > 0) {
		ssize_t done = write(fd, from, length);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return FALSE;
		from += done;
		length -= (gsize)done;
	}
	return TRUE;
}
