/* zip.h - zip archives in memory: reading hostile ones, writing reproducible ones. The door to
 * libzip.
 *
 * An archive that opened has at most LW_LIMIT_ZIP_MEMBERS members, each with a harmless, unique,
 * relative UTF-8 name. */
#pragma once

#include <glib.h>

typedef struct LwZip LwZip;
typedef struct LwZipWriter LwZipWriter;

typedef enum {
	LW_ZIP_STORED,
	LW_ZIP_DEFLATED,
} LwZipMethod;

/* LW_ERROR_UNREADABLE for a broken, locked or malicious archive. Yours. */
LwZip *lw_zip_open(GBytes *input, GError **error);
void lw_zip_free(LwZip *zip);
guint lw_zip_count(const LwZip *zip);
const char *lw_zip_name(const LwZip *zip, guint member);
/* Number of the member, or -1. */
int lw_zip_find(const LwZip *zip, const char *name);
/* A member's bytes, inflated within the limits and checked against its sum. Yours. */
GBytes *lw_zip_load(LwZip *zip, guint member, GError **error);
/* Comment of the archive (member -1) or of a member, or NULL; not NUL-terminated. */
const char *lw_zip_comment(const LwZip *zip, int member, gsize *length);
/* Extra field number index of a member, or NULL. */
const guint8 *lw_zip_extra(const LwZip *zip, guint member, guint index, gsize *length);
/* All bytes of the file that belong to no member and no directory (deleted members, bytes before or
 * after). Yours. */
GBytes *lw_zip_load_gaps(const LwZip *zip);

LwZipWriter *lw_zip_writer_new(void);
void lw_zip_writer_free(LwZipWriter *writer);
/* Members stand in the order of the calls. */
void lw_zip_writer_add(LwZipWriter *writer, const char *name, GBytes *bytes, LwZipMethod method);
/* The archive: same calls, same bytes. Yours. */
GBytes *lw_zip_writer_close(LwZipWriter *writer, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwZip, lw_zip_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwZipWriter, lw_zip_writer_free)
