/* store.c - opens, locks and migrates the database of a dossier, and runs its statements.
 *
 * What was committed is on the disk (synchronous FULL). On a local disk a write-ahead log lets
 * others read meanwhile; on a network share, where shared memory does not work, a rollback journal
 * does. */
#include "engine/dossier/store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { WAIT_MILLISECONDS = 10000, CACHE_KIBIBYTES = 16 * 1024, APPLICATION = 0x6c616b77 };

static const char *const migrations[] = {
#define LW_MIGRATION(...) #__VA_ARGS__,
#include "engine/dossier/schema.def"
#undef LW_MIGRATION
};

struct LwStore {
	sqlite3 *db;
	int lock; /* -1: only reads */
	int code; /* of the first failure since the last begin, commit or check */
	GHashTable *statements;
};

struct LwCursor {
	LwStore *store;
	sqlite3_stmt *statement;
};

static void note(LwStore *store, int code)
{
	if (store->code == SQLITE_OK && code != SQLITE_OK && code != SQLITE_ROW &&
	    code != SQLITE_DONE)
		store->code = code;
}

/* Never the words of SQLite: they may quote values. */
static const char *fault_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
		return "the disk is full; nothing was lost that had been confirmed";
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "the dossier is in use by another program";
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return "the state of the dossier is damaged; put a back-up in its place";
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
	case SQLITE_AUTH:
		return "the state of the dossier cannot be written";
	default:
		return "the state of the dossier cannot be read or written";
	}
}

static gboolean fail(GError **error, int code)
{
	g_set_error_literal(error, LW_ERROR, LW_ERROR_FATAL, fault_of(code));
	return FALSE;
}

static void execute(LwStore *store, const char *sql)
{
	if (store->code == SQLITE_OK)
		note(store, sqlite3_exec(store->db, sql, NULL, NULL, NULL));
}

/* File systems of other machines, where locks and shared memory are not to be relied on. */
static gboolean is_remote(const char *folder)
{
	static const guint32 remote[] = {0x6969,     0xff534d42, 0xfe534d42, 0x517b,
					 0x65735546, 0x564c,	 0x5346414f, 0x01021997};
	struct statfs status;

	if (g_getenv("LAKWERK_REMOTE"))
		return TRUE;
	if (statfs(folder, &status))
		return TRUE;
	for (guint i = 0; i < G_N_ELEMENTS(remote); i++)
		if ((guint32)status.f_type == remote[i])
			return TRUE;
	return FALSE;
}

static gboolean take_lock(LwStore *store, const char *folder, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "lock", NULL);

	store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (store->lock < 0) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot write '%s': %s", path,
			    g_strerror(errno));
		return FALSE;
	}
	if (!flock(store->lock, LOCK_EX | LOCK_NB))
		return TRUE;
	g_set_error_literal(error, LW_ERROR, LW_ERROR_REVIEW,
			    "the dossier is in use by another program");
	return FALSE;
}

static gint64 pragma(LwStore *store, const char *name)
{
	g_autofree char *sql = g_strdup_printf("PRAGMA %s", name);

	return lw_store_number(store, 0, sql, "");
}

static void migrate(LwStore *store, gint64 from)
{
	for (gint64 version = from; version < (gint64)G_N_ELEMENTS(migrations); version++) {
		g_autofree char *mark = g_strdup_printf("PRAGMA user_version = %d; "
							"PRAGMA application_id = %d",
							(int)version + 1, APPLICATION);

		execute(store, "BEGIN IMMEDIATE");
		execute(store, migrations[version]);
		execute(store, mark);
		execute(store, "COMMIT");
	}
}

static gboolean prepare(LwStore *store, const char *folder, LwStoreMode mode, GError **error)
{
	gint64 version;

	sqlite3_busy_timeout(store->db, WAIT_MILLISECONDS);
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	version = pragma(store, "user_version");
	if (version > (gint64)G_N_ELEMENTS(migrations)) {
		g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE,
				    "the dossier was made by a later version of lakwerk");
		return FALSE;
	}
	if (version && pragma(store, "application_id") != APPLICATION)
		return fail(error, SQLITE_NOTADB);
	if (mode != LW_STORE_READ) {
		execute(store, is_remote(folder) ? "PRAGMA journal_mode = DELETE"
						 : "PRAGMA journal_mode = WAL");
		execute(store, "PRAGMA synchronous = FULL");
		migrate(store, version);
	} else if (version < (gint64)G_N_ELEMENTS(migrations)) {
		return fail(error, SQLITE_READONLY);
	}
	execute(store, "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; "
		       "PRAGMA secure_delete = ON; PRAGMA cache_size = -16384");
	return store->code == SQLITE_OK || fail(error, store->code);
}

static void statement_free(gpointer statement)
{
	sqlite3_finalize(statement);
}

LwStore *lw_store_open(const char *folder, LwStoreMode mode, GError **error)
{
	g_autofree char *path = g_build_filename(folder, "dossier.db", NULL);
	g_autoptr(LwStore) store = g_new0(LwStore, 1);
	int flags = mode == LW_STORE_READ ? SQLITE_OPEN_READONLY
					  : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	mode_t before;

	store->lock = -1;
	store->statements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, statement_free);
	if (mode != LW_STORE_CREATE && !g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE,
			    "'%s' is no dossier: make one with lakwerk dossier init", folder);
		return NULL;
	}
	if (mode == LW_STORE_CREATE && g_mkdir_with_parents(folder, 0700)) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "cannot make '%s': %s", folder,
			    g_strerror(errno));
		return NULL;
	}
	if (mode != LW_STORE_READ && !take_lock(store, folder, error))
		return NULL;
	before = umask(0077);
	note(store, sqlite3_open_v2(path, &store->db, flags | SQLITE_OPEN_FULLMUTEX, NULL));
	if (store->code != SQLITE_OK) {
		umask(before);
		fail(error, store->code);
		return NULL;
	}
	if (!prepare(store, folder, mode, error)) {
		umask(before);
		return NULL;
	}
	umask(before);
	return g_steal_pointer(&store);
}

void lw_store_free(LwStore *store)
{
	if (!store)
		return;
	g_clear_pointer(&store->statements, g_hash_table_unref);
	sqlite3_close_v2(store->db);
	if (store->lock >= 0)
		close(store->lock);
	g_free(store);
}

void lw_store_begin(LwStore *store)
{
	store->code = SQLITE_OK;
	execute(store, "BEGIN IMMEDIATE");
}

void lw_store_rollback(LwStore *store)
{
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	store->code = SQLITE_OK;
}

gboolean lw_store_commit(LwStore *store, GError **error)
{
	int code;

	execute(store, "COMMIT");
	code = store->code;
	if (code == SQLITE_OK)
		return TRUE;
	lw_store_rollback(store);
	return fail(error, code);
}

gboolean lw_store_check(LwStore *store, GError **error)
{
	int code = store->code;

	store->code = SQLITE_OK;
	return code == SQLITE_OK || fail(error, code);
}

static void bind_bytes(LwStore *store, sqlite3_stmt *statement, int index, GBytes *bytes)
{
	gsize length = 0;
	const void *data = bytes ? g_bytes_get_data(bytes, &length) : NULL;

	note(store, bytes ? sqlite3_bind_blob64(statement, index, data ? data : "", length,
						SQLITE_TRANSIENT)
			  : sqlite3_bind_null(statement, index));
}

static void bind(LwStore *store, sqlite3_stmt *statement, const char *types, va_list values)
{
	for (int i = 0; types[i]; i++) {
		switch (types[i]) {
		case 'i':
			note(store, sqlite3_bind_int64(statement, i + 1, va_arg(values, gint64)));
			break;
		case 'd':
			note(store, sqlite3_bind_double(statement, i + 1, va_arg(values, double)));
			break;
		case 's':
			note(store,
			     sqlite3_bind_text(statement, i + 1, va_arg(values, const char *), -1,
					       SQLITE_TRANSIENT));
			break;
		default:
			g_assert(types[i] == 'b');
			bind_bytes(store, statement, i + 1, va_arg(values, GBytes *));
		}
	}
	g_assert((int)strlen(types) == sqlite3_bind_parameter_count(statement));
}

static sqlite3_stmt *statement_new(LwStore *store, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int code;

	if (store->code != SQLITE_OK)
		return NULL;
	code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
	/* Our own words: wrong ones are our fault. */
	if ((code & 0xff) == SQLITE_ERROR)
		g_error("store: %s: %s", sql, sqlite3_errmsg(store->db));
	note(store, code);
	return statement;
}

void lw_store_run(LwStore *store, const char *sql, const char *types, ...)
{
	sqlite3_stmt *statement = g_hash_table_lookup(store->statements, sql);
	va_list values;

	if (!statement) {
		statement = statement_new(store, sql);
		if (!statement)
			return;
		g_hash_table_insert(store->statements, g_strdup(sql), statement);
	}
	if (store->code != SQLITE_OK)
		return;
	va_start(values, types);
	bind(store, statement, types, values);
	va_end(values);
	note(store, sqlite3_step(statement));
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

static LwCursor *rows_new(LwStore *store, const char *sql)
{
	LwCursor *rows = g_new0(LwCursor, 1);

	rows->store = store;
	rows->statement = statement_new(store, sql);
	return rows;
}

LwCursor *lw_store_ask(LwStore *store, const char *sql, const char *types, ...)
{
	LwCursor *rows = rows_new(store, sql);
	va_list values;

	va_start(values, types);
	if (rows->statement)
		bind(store, rows->statement, types, values);
	va_end(values);
	return rows;
}

LwCursor *lw_store_ask_all(LwStore *store, const char *sql, const GPtrArray *values)
{
	LwCursor *rows = rows_new(store, sql);

	for (guint i = 0; rows->statement && i < values->len; i++)
		note(store, sqlite3_bind_text(rows->statement, (int)i + 1, values->pdata[i], -1,
					      SQLITE_TRANSIENT));
	return rows;
}

gint64 lw_store_number(LwStore *store, gint64 otherwise, const char *sql, const char *types, ...)
{
	g_autoptr(LwCursor) rows = rows_new(store, sql);
	va_list values;

	va_start(values, types);
	if (rows->statement)
		bind(store, rows->statement, types, values);
	va_end(values);
	return lw_cursor_next(rows) && !lw_cursor_is_null(rows, 0) ? lw_cursor_integer(rows, 0)
								   : otherwise;
}

char *lw_store_text(LwStore *store, const char *sql, const char *types, ...)
{
	g_autoptr(LwCursor) rows = rows_new(store, sql);
	va_list values;

	va_start(values, types);
	if (rows->statement)
		bind(store, rows->statement, types, values);
	va_end(values);
	return lw_cursor_next(rows) ? g_strdup(lw_cursor_text(rows, 0)) : NULL;
}

gint64 lw_store_last(const LwStore *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

gboolean lw_cursor_next(LwCursor *rows)
{
	int code;

	if (!rows->statement || rows->store->code != SQLITE_OK)
		return FALSE;
	code = sqlite3_step(rows->statement);
	note(rows->store, code);
	return code == SQLITE_ROW;
}

gint64 lw_cursor_integer(const LwCursor *rows, int column)
{
	return sqlite3_column_int64(rows->statement, column);
}

double lw_cursor_number(const LwCursor *rows, int column)
{
	return sqlite3_column_double(rows->statement, column);
}

const char *lw_cursor_text(const LwCursor *rows, int column)
{
	return (const char *)sqlite3_column_text(rows->statement, column);
}

GBytes *lw_cursor_bytes(const LwCursor *rows, int column)
{
	const void *data = sqlite3_column_blob(rows->statement, column);

	if (lw_cursor_is_null(rows, column))
		return NULL;
	return g_bytes_new(data, (gsize)sqlite3_column_bytes(rows->statement, column));
}

gboolean lw_cursor_is_null(const LwCursor *rows, int column)
{
	return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

void lw_cursor_free(LwCursor *rows)
{
	if (!rows)
		return;
	sqlite3_finalize(rows->statement);
	g_free(rows);
}

/* Under another name until it is whole. */
gboolean lw_store_copy(LwStore *store, const char *path, GError **error)
{
	g_autofree char *draft = g_strconcat(path, ".part", NULL);
	sqlite3_backup *backup = NULL;
	sqlite3 *copy = NULL;
	mode_t before = umask(0077);
	int code;

	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		umask(before);
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' exists", path);
		return FALSE;
	}
	g_unlink(draft);
	code = sqlite3_open_v2(draft, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	umask(before);
	if (code == SQLITE_OK)
		backup = sqlite3_backup_init(copy, "main", store->db, "main");
	if (backup)
		sqlite3_backup_step(backup, -1);
	if (backup)
		code = sqlite3_backup_finish(backup);
	if (code == SQLITE_OK)
		code = sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	code = code == SQLITE_OK && !backup ? SQLITE_CANTOPEN : code;
	sqlite3_close(copy);
	if (code == SQLITE_OK && g_rename(draft, path))
		code = SQLITE_CANTOPEN;
	if (code != SQLITE_OK)
		g_unlink(draft);
	return code == SQLITE_OK || fail(error, code);
}
