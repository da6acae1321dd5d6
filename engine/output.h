/* output.h - puts a verified document in its place: whole or not at all. */
#pragma once

#include "engine/base/error.h"
#include "engine/model/secret.h"

typedef enum {
	LW_OUTPUT_NEW, /* refuse to overwrite */
	LW_OUTPUT_REPLACE,
} LwOutputMode;

/* Makes the folders it needs, writes beside the target, syncs, renames. */
gboolean lw_output_write(const char *path, const void *bytes, gsize length, LwOutputMode mode,
			 GError **error);
/* SHA-256 of a file, hexadecimal, yours; NULL when it cannot be read. */
char *lw_output_digest(const char *path);

/* Does a secret stand in a component of a name? */
gboolean lw_output_is_telling(const LwSecrets *secrets, const char *component);

typedef enum {
	LW_RENAMED_NOT,
	LW_RENAMED_SECRET, /* a secret stood in the name */
	LW_RENAMED_TAKEN,  /* another document or a log has the name */
} LwRenaming;

/* Names of the documents in the output: those of the inputs, but a component in which a secret
 * stands becomes document-0007. names: UTF-8 paths; NULL items stay NULL. Fills renamed for
 * each. No two are equal, and none is that of a log. Yours. */
GPtrArray *lw_output_names(const GPtrArray *names, const GPtrArray *secrets, LwRenaming *renamed);
