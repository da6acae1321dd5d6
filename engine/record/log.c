/* log.c - the redaction log of a run, as a chain of lines, as a table, and its secret half beside
 * it.
 *
 * Nothing that a guesser could test goes out: no text, no plain hash, no stable id, no input name,
 * no time finer than a day. Messages and names stay inside too: a message is written by a process
 * that read hostile bytes. */
#include "engine/record/log-data.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID_BYTES 16

const char *const lw_leak_classes[] = {"low", "medium", "high", NULL};
const char *const lw_outcome_names[] = {"written", "unchanged", "unread", "refused",
					"failed",  "leak",	NULL};

gboolean lw_outcome_is_delivered(LwOutcome outcome)
{
	return outcome == LW_OUTCOME_WRITTEN || outcome == LW_OUTCOME_UNCHANGED;
}

char *lw_record_hmac(const guint8 *key, const char *purpose, const char *hash)
{
	g_autofree char *text = g_strconcat(purpose, ":", hash, NULL);
	return lw_digest_hmac(key, text, strlen(text));
}

char *lw_log_id(void)
{
	guint8 bytes[ID_BYTES];
	lw_digest_random(bytes, sizeof(bytes));
	return lw_digest_hexadecimal(bytes, sizeof(bytes));
}

char *lw_log_today(void)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	return g_date_time_format(now, "%Y-%m-%d");
}

gboolean lw_log_line(LwRecord *record, LwJson *line, GError **error)
{
	lw_json_set_string(line, "previous", record->link);
	g_autofree char *text = lw_json_print(line);
	g_free(record->link);
	record->link = lw_digest_sha256(text, strlen(text));
	g_string_append_printf(record->files[FILE_LOG].pending, "%s\n", text);
	return lw_record_file_flush(&record->files[FILE_LOG], error);
}

gboolean lw_log_receipt(LwRecord *record, const LwJson *line, GError **error)
{
	g_autofree char *text = lw_json_print(line);
	g_string_append_printf(record->files[FILE_RECEIPTS].pending, "%s\n", text);
	return lw_record_file_flush(&record->files[FILE_RECEIPTS], error);
}

gboolean lw_log_row(LwRecord *record, int which, const GString *row, GError **error)
{
	if (which == FILE_INVENTORY && record->has_inventory)
		return TRUE;
	g_checksum_update(record->sum[which], (const guchar *)row->str, (gssize)row->len);
	g_string_append_len(record->files[which].pending, row->str, (gssize)row->len);
	return lw_record_file_flush(&record->files[which], error);
}

const char *lw_log_pseudonym(LwRecord *record, const char *reviewer, GError **error)
{
	const char *known = g_hash_table_lookup(record->pseudonyms, reviewer);
	g_autoptr(LwJson) line = NULL;
	char *name;
	if (known)
		return known;
	name = g_strdup_printf("reviewer-%u", g_hash_table_size(record->pseudonyms) + 1);
	g_hash_table_insert(record->pseudonyms, g_strdup(reviewer), name);
	line = lw_json_object_new();
	lw_json_set_string(line, "type", "reviewer");
	lw_json_set_string(line, "pseudonym", name);
	lw_json_set_string(line, "reviewer", reviewer);
	return lw_log_receipt(record, line, error) ? name : NULL;
}

static gboolean fail_path(const char *path, const char *what, GError **error)
{
	g_autofree char *name = g_filename_display_name(path);
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "'%s': %s", name, what);
	return FALSE;
}

/* A folder of our own that nobody else may enter. */
static gboolean open_folder(LwRecord *record, const char *internal, GError **error)
{
	struct stat info;
	record->internal = g_strdup(internal);
	record->made_folder = g_mkdir(internal, 0700) == 0;
	if (!record->made_folder && errno != EEXIST)
		return fail_path(internal, g_strerror(errno), error);
	int fd = g_open(internal, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
	if (fd < 0)
		return fail_path(internal, "not a folder of its own", error);
	gboolean safe = fstat(fd, &info) == 0 && info.st_uid == geteuid() && fchmod(fd, 0700) == 0;
	close(fd);
	return safe || fail_path(internal, "cannot be closed to other users", error);
}

/* The key of an earlier run, so that its marks can be compared; else a new one. */
static gboolean open_key(LwRecord *record, GError **error)
{
	g_autofree char *path = g_build_filename(record->internal, RECORD_KEY, NULL);
	int fd = g_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
	if (fd < 0 && errno != ENOENT)
		return fail_path(path, g_strerror(errno), error);
	if (fd >= 0) {
		guint8 more[LW_DIGEST_BYTES + 1];
		ssize_t count = read(fd, more, sizeof(more));
		gboolean whole = count == LW_DIGEST_BYTES && fchmod(fd, 0600) == 0;
		memcpy(record->key, more, LW_DIGEST_BYTES);
		explicit_bzero(more, sizeof(more));
		close(fd);
		return whole || fail_path(path, "is no key of a redaction log", error);
	}
	lw_digest_random(record->key, LW_DIGEST_BYTES);
	if (!lw_record_file_open(&record->new_key, record->internal, RECORD_KEY, error))
		return FALSE;
	g_string_append_len(record->new_key.pending, (const char *)record->key, LW_DIGEST_BYTES);
	return TRUE;
}

static gboolean open_files(LwRecord *record, const char *out, GError **error)
{
	static const char *const names[FILE_COUNT] = {RECORD_RECEIPTS, RECORD_CSV, RECORD_INVENTORY,
						      RECORD_LOG};
	for (int i = 0; i < FILE_COUNT; i++) {
		const char *folder = i == FILE_RECEIPTS ? record->internal : out;
		if (!lw_record_file_open(&record->files[i], folder, names[i], error))
			return FALSE;
		record->sum[i] = g_checksum_new(G_CHECKSUM_SHA256);
		/* What the umask allows: the tables are for the public. */
		mode_t mask = umask(0);
		umask(mask);
		if (i != FILE_RECEIPTS && fchmod(record->files[i].fd, 0666 & ~mask) != 0)
			return fail_path(record->files[i].path, g_strerror(errno), error);
	}
	return TRUE;
}

static gboolean write_headings(LwRecord *record, const char *policy_digest, const char *version,
			       GError **error)
{
	g_autoptr(GString) csv =
		g_string_new("Type;Document id;Mark id;Document;Page;Boxes;Kind;Ground;"
			     "Rule;Score;Decision;Decided by;Outcome;Verdict;Pages;"
			     "Marks;Open\r\n");
	g_autoptr(GString) inventory = g_string_new(NULL);
	g_autoptr(LwJson) line = lw_json_object_new();
	g_autofree char *day = lw_log_today();
	lw_inventory_heading(inventory);
	lw_json_set_string(line, "type", "run");
	lw_json_set_integer(line, "schema", RECORD_SCHEMA);
	lw_json_set_string(line, "id", record->id);
	lw_json_set_string(line, "version", version);
	lw_json_set_string(line, "policy", policy_digest);
	lw_json_set_string(line, "date", day);
	return lw_log_row(record, FILE_CSV, csv, error) &&
	       lw_log_row(record, FILE_INVENTORY, inventory, error) &&
	       lw_log_line(record, line, error);
}

LwRecord *lw_record_open(const char *out, const char *internal, const char *policy_digest,
			 const char *version, LwLang lang, GError **error)
{
	g_autoptr(LwRecord) record = g_new0(LwRecord, 1);
	record->lang = lang;
	record->nowhere = g_array_new(FALSE, FALSE, sizeof(LwBox));
	record->link = g_strdup(RECORD_FIRST_LINK);
	record->id = lw_log_id();
	record->others = lw_json_object_new();
	record->pseudonyms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	record->new_key.fd = -1;
	for (int i = 0; i < FILE_COUNT; i++)
		record->files[i].fd = -1;
	if (!open_folder(record, internal, error) || !open_key(record, error) ||
	    !open_files(record, out, error) ||
	    !write_headings(record, policy_digest, version, error))
		return NULL;
	return g_steal_pointer(&record);
}

void lw_record_free(LwRecord *record)
{
	if (!record)
		return;
	lw_record_file_clear(&record->new_key);
	for (int i = 0; i < FILE_COUNT; i++) {
		lw_record_file_clear(&record->files[i]);
		g_clear_pointer(&record->sum[i], g_checksum_free);
	}
	if (record->made_folder && !record->published)
		g_rmdir(record->internal);
	explicit_bzero(record->key, sizeof(record->key));
	g_array_unref(record->nowhere);
	g_hash_table_unref(record->pseudonyms);
	lw_json_free(record->others);
	lw_key_free(record->signer);
	g_free(record->id);
	g_free(record->approver);
	g_free(record->approved);
	g_free(record->internal);
	g_free(record->link);
	g_free(record);
}

static gboolean write_end(LwRecord *record, GError **error)
{
	const char *approver = NULL;
	g_autoptr(LwJson) line = lw_json_object_new();
	LwJson *outcomes = lw_json_object_new(), *files = lw_json_object_new();
	for (int i = 0; i < RECORD_OUTCOMES; i++)
		lw_json_set_integer(outcomes, lw_outcome_names[i], record->outcomes[i]);
	lw_json_set_string(files, RECORD_CSV, g_checksum_get_string(record->sum[FILE_CSV]));
	lw_json_set_string(files, RECORD_INVENTORY,
			   g_checksum_get_string(record->sum[FILE_INVENTORY]));
	for (gsize i = 0; i < lw_json_length(record->others); i++) {
		const char *name = lw_json_key(record->others, i);
		lw_json_set_string(files, name, lw_json_string_of(record->others, name));
	}
	lw_json_set_string(line, "type", "end");
	lw_json_set_integer(line, "documents", record->documents);
	lw_json_set_integer(line, "marks", record->marks);
	lw_json_set_integer(line, "open", record->open);
	lw_json_set(line, "outcomes", outcomes);
	lw_json_set(line, "files", files);
	if (record->approver && !(approver = lw_log_pseudonym(record, record->approver, error)))
		return FALSE;
	lw_json_set_string(line, "approved_by", approver);
	lw_json_set_string(line, "approved", record->approved);
	return lw_log_line(record, line, error);
}

/* Signs the last link, and with it every line and every file that a line tells the hash of. */
static gboolean write_signature(LwRecord *record, GError **error)
{
	g_autoptr(LwJson) line = lw_json_object_new();
	g_autoptr(LwKey) own = record->signer ? NULL : lw_record_own_key(record->key);
	const LwKey *key = own ? own : record->signer;
	g_autofree char *text = lw_record_signed_text(record->link);
	g_autofree char *shown = lw_key_public(key), *fingerprint = lw_key_fingerprint(key);
	g_autofree char *signature = lw_key_sign(key, text);
	lw_json_set_string(line, "type", "signature");
	lw_json_set_string(line, "algorithm", RECORD_ALGORITHM);
	lw_json_set_string(line, "key", shown);
	lw_json_set_string(line, "fingerprint", fingerprint);
	lw_json_set_string(line, "signature", signature);
	return lw_log_line(record, line, error);
}

static gboolean write_closing(LwRecord *record, GError **error)
{
	g_autoptr(LwJson) receipt = lw_json_object_new();
	if (!write_end(record, error) || !write_signature(record, error))
		return FALSE;
	lw_json_set_string(receipt, "type", "end");
	lw_json_set_string(receipt, "link", record->link);
	return lw_log_receipt(record, receipt, error);
}

void lw_record_set_check(LwRecord *record, LwRecordCheck check, void *self)
{
	record->check = check;
	record->check_self = self;
}

static gboolean check_files(LwRecord *record, GError **error)
{
	for (int i = 0; i < FILE_COUNT && record->check; i++) {
		const RecordFile *file = &record->files[i];
		g_autofree char *name = g_path_get_basename(file->path);
		if (i != FILE_RECEIPTS &&
		    !record->check(record->check_self, file->temporary, name, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean publish(LwRecord *record, GError **error)
{
	gboolean fresh = record->new_key.path != NULL;
	if (fresh && !lw_record_file_finish(&record->new_key, error))
		return FALSE;
	for (int i = 0; i < FILE_COUNT; i++)
		if (!lw_record_file_finish(&record->files[i], error))
			return FALSE;
	if (!check_files(record, error))
		return FALSE;
	record->published = TRUE;
	if (fresh && !lw_record_file_publish(&record->new_key, error))
		return FALSE;
	for (int i = 0; i < FILE_COUNT; i++) /* the log last: where it is, all is */
		if (!lw_record_file_publish(&record->files[i], error))
			return FALSE;
	return TRUE;
}

void lw_record_set_signer(LwRecord *record, LwKey *key)
{
	lw_key_free(record->signer);
	record->signer = key;
}

void lw_record_add_file(LwRecord *record, const char *name, const char *sha256)
{
	lw_json_set_string(record->others, name, sha256);
}

void lw_record_set_approval(LwRecord *record, const char *reviewer, const char *day)
{
	g_free(record->approver);
	g_free(record->approved);
	record->approver = g_strdup(reviewer);
	record->approved = g_strdup(day);
}

void lw_record_set_inventory(LwRecord *record, GBytes *bytes)
{
	GString *pending = record->files[FILE_INVENTORY].pending;
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	record->has_inventory = TRUE;
	g_string_truncate(pending, 0);
	g_string_append_len(pending, data, (gssize)length);
	g_checksum_reset(record->sum[FILE_INVENTORY]);
	g_checksum_update(record->sum[FILE_INVENTORY], (const guchar *)data, (gssize)length);
	g_bytes_unref(bytes);
}

gboolean lw_record_close(LwRecord *record, char **last_link, GError **error)
{
	if (!write_closing(record, error) || !publish(record, error))
		return FALSE;
	if (last_link)
		*last_link = g_strdup(record->link);
	return TRUE;
}
