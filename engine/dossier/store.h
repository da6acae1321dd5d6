/* store.h - the database of a dossier: one file, one writer. The door to SQLite.
 *
 * A call that fails is remembered, and those after it do nothing: only lw_store_commit() and
 * lw_store_check() tell, so that a transaction happens whole or not at all. */
#pragma once

#include "engine/base/error.h"

typedef struct LwStore LwStore;
typedef struct LwCursor LwCursor;

typedef enum {
	LW_STORE_READ,
	LW_STORE_WRITE,
	LW_STORE_CREATE, /* WRITE, and makes it when there is none */
} LwStoreMode;

/* Brings the schema up to date. LW_ERROR_USAGE when there is none, LW_ERROR_REVIEW when another
 * process writes, LW_ERROR_FATAL for what is broken, of a later version, or on a full disk. Yours.
 */
LwStore *lw_store_open(const char *folder, LwStoreMode mode, GError **error);
void lw_store_free(LwStore *store);

void lw_store_begin(LwStore *store);
/* FALSE when anything failed since the beginning: nothing of it happened. */
gboolean lw_store_commit(LwStore *store, GError **error);
/* Undoes everything since the beginning, failures too. */
void lw_store_rollback(LwStore *store);
gboolean lw_store_check(LwStore *store, GError **error);

/* types: a letter for each '?': i gint64, d double, s text or NULL, b GBytes or NULL. */
void lw_store_run(LwStore *store, const char *sql, const char *types, ...);
LwCursor *lw_store_ask(LwStore *store, const char *sql, const char *types, ...); /* yours */
/* The same, values as texts. */
LwCursor *lw_store_ask_all(LwStore *store, const char *sql, const GPtrArray *values);
/* The first column of the only row; otherwise when there is none. */
gint64 lw_store_number(LwStore *store, gint64 otherwise, const char *sql, const char *types, ...);
char *lw_store_text(LwStore *store, const char *sql, const char *types, ...); /* yours, or NULL */
gint64 lw_store_last(const LwStore *store);				      /* row added last */

gboolean lw_cursor_next(LwCursor *rows);
gint64 lw_cursor_integer(const LwCursor *rows, int column);
double lw_cursor_number(const LwCursor *rows, int column);
const char *lw_cursor_text(const LwCursor *rows,
			   int column);			   /* until the next row; NULL for null */
GBytes *lw_cursor_bytes(const LwCursor *rows, int column); /* yours; NULL for null */
gboolean lw_cursor_is_null(const LwCursor *rows, int column);
void lw_cursor_free(LwCursor *rows);

/* A consistent copy as a new file. */
gboolean lw_store_copy(LwStore *store, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwStore, lw_store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwCursor, lw_cursor_free)
