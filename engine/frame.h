/* frame.h - what parent and worker say to each other: eight bytes of length, then a GVariant.
 *
 * Both run on one machine, so the byte order is its own. Whoever reads trusts nothing: the length
 * is bounded, GVariant reads any bytes safely (what is out of form reads as empty), and every loader
 * checks what it gets. Asking for the normal form of all bytes would cost a fifth of a run. */
#pragma once

#include "engine/base/error.h"

#define LW_FRAME_HEADER 8u
#define LW_REQUEST_TYPE "(ua{sv})"  /* LwTaskType, parameters */
#define LW_ANSWER_TYPE	"(usa{sv})" /* 0 or an LwErrorCode, message, results */

/* The worker's file descriptors. */
enum { LW_WORKER_REQUEST = 0, LW_WORKER_ANSWER = 1, LW_WORKER_INPUT = 3 };

/* A buffer that is overwritten before it is freed. Takes the memory (of g_malloc). */
GBytes *lw_frame_bytes(void *memory, gsize length);
/* The variant in a frame's body; never NULL. Yours. */
GVariant *lw_frame_parse(GBytes *body, const char *type);
/* Writes header and body; FALSE when the other side is gone or the body is past the bound. Takes
 * the variant. */
gboolean lw_frame_write(int fd, GVariant *body);
/* The length in a header; FALSE when it is out of bounds. */
gboolean lw_frame_length(const guint8 header[LW_FRAME_HEADER], gsize *length);
