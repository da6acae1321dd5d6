/* input.h - what a run works on: files, folders (recursive) and standard input, each with its name
 * in the output.
 *
 * Links inside folders are not followed. What cannot be read is listed with the reason, so that
 * nobody thinks it was. */
#pragma once

#include "engine/base/error.h"

#include <sys/types.h>
#include <time.h>

typedef struct {
	char *path;	       /* as it is opened and shown; "-" for standard input */
	char *name;	       /* relative path in the output, '/' between components, UTF-8 */
	const char *fault;     /* static: why it cannot be opened; or NULL */
	int memory;	       /* standard input, held in memory; or -1 */
	gboolean link_allowed; /* named by a person, not found in a folder */
	dev_t device;	       /* the file as it was first opened: */
	ino_t inode;
	off_t size; /* -1: not opened yet */
	struct timespec changed;
} LwInput;

/* All inputs in a fixed order (LwInput); LW_ERROR_USAGE for a path that does not exist. Yours. */
GPtrArray *lw_inputs_new(const char *const *paths, GError **error);
/* The documents of a dossier, its own state left out. Yours. */
GPtrArray *lw_inputs_of_dossier(const char *folder, GError **error);
/* TRUE when it is one file or standard input, so that the output may be a file. */
gboolean lw_inputs_is_single(const char *const *paths);
/* LW_ERROR_REVIEW when one is, or lies in, a dossier: people decide there. */
gboolean lw_inputs_check_dossier(const char *const *paths, GError **error);
/* LW_ERROR_USAGE when out lies inside an input folder or is one of the inputs. */
gboolean lw_inputs_check_output(const char *const *paths, const char *out, GError **error);
/* A descriptor for reading, yours to close; -1 with error. LW_ERROR_UNREADABLE for what is no
 * regular file, too large, or changed since it was first opened. */
int lw_input_open(LwInput *input, GError **error);
/* Whether path is this very file. */
gboolean lw_input_is_file(const LwInput *input, const char *path);
