/* log.c - the redaction log of a run, as a chain of lines, as a table, and its secret half beside
 * it.
 *
 * Nothing that a guesser could test goes out: no text, no plain hash, no stable id, no input name,
 * no time finer than a day. Messages and names stay inside too: a message is written by a process
 * that read hostile bytes. */
#include "engine/record/record-data.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID_BYTES 16

/* Names of the list that fit in a gap: fewer than so many is a high leak, a medium one. */
enum { LEAK_HIGH = 100, LEAK_MEDIUM = 10000 };

enum { FILE_RECEIPTS, FILE_CSV, FILE_INVENTORY, FILE_LOG, FILE_COUNT };

struct LwRecord {
	char *internal, *link; /* link: SHA-256 of the last line of the log */
	guint8 key[LW_DIGEST_BYTES];
	gboolean made_folder, published, has_inventory;
	RecordFile new_key; /* path NULL: an earlier run made it */
	RecordFile files[FILE_COUNT];
	GChecksum *sum[FILE_COUNT];
	LwLang lang;
	GArray *nowhere; /* no LwBox */
	guint documents, marks, open;
	guint outcomes[RECORD_OUTCOMES];
	LwRecordCheck check; /* or NULL */
	void *check_self;
};

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

LwJson *lw_record_grounds(const GPtrArray *marks)
{
	LwJson *counts = lw_json_object_new();
	for (guint g = 0; lw_ground_at(g); g++) {
		guint count = 0;
		for (guint i = 0; marks && i < marks->len; i++) {
			const LwMark *mark = g_ptr_array_index(marks, i);
			g_auto(GStrv) ids = g_strsplit(mark->ground ? mark->ground : "", ";", -1);
			count += g_strv_contains((const char *const *)ids, lw_ground_at(g)->id);
		}
		if (count)
			lw_json_set_integer(counts, lw_ground_at(g)->id, count);
	}
	return counts;
}

static char *random_id(void)
{
	guint8 bytes[ID_BYTES];
	GString *id = g_string_new(NULL);
	lw_digest_random(bytes, sizeof(bytes));
	for (guint i = 0; i < sizeof(bytes); i++)
		g_string_append_printf(id, "%02x", bytes[i]);
	return g_string_free(id, FALSE);
}

static char *today(void)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	return g_date_time_format(now, "%Y-%m-%d");
}

/* Closes the chain over a line and writes it. */
static gboolean write_line(LwRecord *record, LwJson *line, GError **error)
{
	lw_json_set_string(line, "previous", record->link);
	g_autofree char *text = lw_json_print(line);
	g_free(record->link);
	record->link = lw_digest_sha256(text, strlen(text));
	g_string_append_printf(record->files[FILE_LOG].pending, "%s\n", text);
	return lw_record_file_flush(&record->files[FILE_LOG], error);
}

static gboolean write_receipt(LwRecord *record, const LwJson *line, GError **error)
{
	g_autofree char *text = lw_json_print(line);
	g_string_append_printf(record->files[FILE_RECEIPTS].pending, "%s\n", text);
	return lw_record_file_flush(&record->files[FILE_RECEIPTS], error);
}

/* Sums a table while it is written, for the closing line. */
static gboolean write_row(LwRecord *record, int which, const GString *row, GError **error)
{
	if (which == FILE_INVENTORY && record->has_inventory)
		return TRUE;
	g_checksum_update(record->sum[which], (const guchar *)row->str, (gssize)row->len);
	g_string_append_len(record->files[which].pending, row->str, (gssize)row->len);
	return lw_record_file_flush(&record->files[which], error);
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
	g_autofree char *id = random_id(), *day = today();
	lw_inventory_heading(inventory);
	lw_json_set_string(line, "type", "run");
	lw_json_set_integer(line, "schema", RECORD_SCHEMA);
	lw_json_set_string(line, "id", id);
	lw_json_set_string(line, "version", version);
	lw_json_set_string(line, "policy", policy_digest);
	lw_json_set_string(line, "date", day);
	return write_row(record, FILE_CSV, csv, error) &&
	       write_row(record, FILE_INVENTORY, inventory, error) &&
	       write_line(record, line, error);
}

LwRecord *lw_record_open(const char *out, const char *internal, const char *policy_digest,
			 const char *version, LwLang lang, GError **error)
{
	g_autoptr(LwRecord) record = g_new0(LwRecord, 1);
	record->lang = lang;
	record->nowhere = g_array_new(FALSE, FALSE, sizeof(LwBox));
	record->link = g_strdup(RECORD_FIRST_LINK);
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
	g_free(record->internal);
	g_free(record->link);
	g_free(record);
}

/* What of one document is known while its lines are written. */
typedef struct {
	LwRecord *record;
	const LwRecordDocument *document;
	char *id;
	LwJson *receipt;
	LwJson *fits; /* of the receipt: by id */
} Entry;

static void csv_cell(GString *row, const char *value)
{
	if (row->len)
		g_string_append_c(row, ';');
	lw_csv_field(row, value);
}

static void csv_number(GString *row, guint value)
{
	g_string_append_printf(row, ";%u", value);
}

static void csv_blank(GString *row, guint cells)
{
	while (cells--)
		g_string_append_c(row, ';');
}

static const char *output_of(const LwRecordDocument *document)
{
	return lw_outcome_is_delivered(document->outcome) ? document->output : NULL;
}

/* What was painted, or, of a proposal, where it stands; not where lines were set anew: it would
 * tell by how much. */
static const GArray *boxes_of(const Entry *entry, const LwMark *mark, guint index)
{
	const LwReceipt *receipt = entry->document->receipt;
	const LwPlan *plan = entry->document->plan;
	gboolean accepted = mark->decision == LW_DECISION_ACCEPTED;
	gboolean exact = !plan || plan->style.width == LW_WIDTH_EXACT;
	if (accepted && receipt && index < receipt->painted->len) {
		const GArray *painted = g_ptr_array_index(receipt->painted, index);
		if (painted->len || !exact)
			return painted;
	}
	return exact ? mark->boxes : entry->record->nowhere;
}

static LwJson *boxes_json(const GArray *boxes)
{
	LwJson *list = lw_json_array_new();
	for (guint i = 0; i < boxes->len; i++) {
		const LwBox *box = &g_array_index(boxes, LwBox, i);
		LwJson *item = lw_json_object_new();
		lw_json_set_integer(item, "page", (gint64)box->page + 1);
		lw_json_set_number(item, "x0", box->rect.x0);
		lw_json_set_number(item, "y0", box->rect.y0);
		lw_json_set_number(item, "x1", box->rect.x1);
		lw_json_set_number(item, "y1", box->rect.y1);
		lw_json_append(list, item);
	}
	return list;
}

static void csv_boxes(GString *row, const GArray *boxes)
{
	g_autoptr(GString) text = g_string_new(NULL);
	if (boxes->len)
		csv_number(row, g_array_index(boxes, LwBox, 0).page + 1);
	else
		csv_blank(row, 1);
	for (guint i = 0; i < boxes->len; i++) {
		const LwBox *box = &g_array_index(boxes, LwBox, i);
		const float side[4] = {box->rect.x0, box->rect.y0, box->rect.x1, box->rect.y1};
		g_string_append_printf(text, "%s%u:", i ? " " : "", box->page + 1);
		for (int s = 0; s < 4; s++) {
			char number[G_ASCII_DTOSTR_BUF_SIZE];
			g_ascii_formatd(number, sizeof(number), "%.2f", (double)side[s]);
			g_string_append_printf(text, "%s%s", s ? "," : "", number);
		}
	}
	csv_cell(row, text->str);
}

static const char *decided_by(const LwMark *mark)
{
	return mark->decision == LW_DECISION_OPEN ? NULL : "policy";
}

static gboolean write_mark_row(const Entry *entry, const LwMark *mark, const char *id,
			       const GArray *boxes, GError **error)
{
	g_autoptr(GString) row = g_string_new("mark");
	char score[G_ASCII_DTOSTR_BUF_SIZE];
	csv_cell(row, entry->id);
	csv_cell(row, id);
	csv_cell(row, output_of(entry->document));
	csv_boxes(row, boxes);
	csv_cell(row, lw_kind_name(mark->kind));
	csv_cell(row, mark->ground);
	csv_cell(row, mark->rule);
	csv_cell(row, g_ascii_formatd(score, sizeof(score), "%.2f", (double)mark->score));
	csv_cell(row, lw_decision_name(mark->decision));
	csv_cell(row, decided_by(mark));
	csv_blank(row, 5);
	g_string_append(row, "\r\n");
	return write_row(entry->record, FILE_CSV, row, error);
}

/* How many names of a list fit in the gap of a mark that was removed; LW_FITS_UNKNOWN: not
 * measured. */
static guint32 fits_of(const Entry *entry, const LwMark *mark, guint index)
{
	const LwReceipt *receipt = entry->document->receipt;
	if (!receipt || mark->decision != LW_DECISION_ACCEPTED || index >= receipt->fits->len)
		return LW_FITS_UNKNOWN;
	return g_array_index(receipt->fits, guint32, index);
}

/* The number itself would help a guesser: only its class goes out. */
static const char *leak_class(guint32 fits)
{
	if (fits == LW_FITS_UNKNOWN)
		return NULL;
	return fits < LEAK_HIGH ? "high" : fits < LEAK_MEDIUM ? "medium" : "low";
}

static gboolean write_mark(const Entry *entry, LwJson *inside, const LwMark *mark, guint index,
			   GError **error)
{
	const GArray *boxes = boxes_of(entry, mark, index);
	const guint32 fits = fits_of(entry, mark, index);
	g_autoptr(LwJson) line = lw_json_object_new();
	g_autofree char *id = random_id();
	const char *input = entry->document->input_sha256;
	g_autofree char *place = g_strconcat(input ? input : "", ":", mark->id, NULL);
	g_autofree char *hmac = lw_record_hmac(entry->record->key, "mark", place);
	lw_json_set_string(line, "type", "mark");
	lw_json_set_string(line, "id", id);
	lw_json_set_string(line, "document", entry->id);
	lw_json_set_string(line, "kind", lw_kind_name(mark->kind));
	lw_json_set_string(line, "ground", mark->ground);
	lw_json_set_string(line, "action", lw_action_name(mark->action));
	lw_json_set_string(line, "decision", lw_decision_name(mark->decision));
	lw_json_set_string(line, "decided_by", decided_by(mark));
	lw_json_set_string(line, "rule", mark->rule);
	lw_json_set_string(line, "reason", lw_reason_name(mark->reason));
	lw_json_set_number(line, "score", (double)mark->score);
	lw_json_set(line, "boxes", boxes_json(boxes));
	lw_json_set_string(line, "leak", leak_class(fits));
	lw_json_set_string(line, "hmac", hmac);
	lw_json_set_string(inside, id, mark->id);
	if (fits != LW_FITS_UNKNOWN)
		lw_json_set_integer(entry->fits, id, fits);
	return write_line(entry->record, line, error) &&
	       write_mark_row(entry, mark, id, boxes, error);
}

static gboolean write_marks(Entry *entry, const GPtrArray *marks, GError **error)
{
	LwJson *inside = lw_json_object_new();
	gboolean done = TRUE;
	for (guint i = 0; marks && i < marks->len && done; i++)
		done = write_mark(entry, inside, g_ptr_array_index(marks, i), i, error);
	lw_json_set(entry->receipt, entry->document->open == marks ? "open" : "marks", inside);
	return done;
}

/* Codes and pages of notices; with their messages for the inside only. */
static void append_notices(LwJson *outside, LwJson *inside, const GArray *notices)
{
	for (guint i = 0; notices && i < notices->len; i++) {
		const LwNotice *notice = &g_array_index(notices, LwNotice, i);
		LwJson *item[2] = {lw_json_object_new(), lw_json_object_new()};
		for (int j = 0; j < 2; j++) {
			lw_json_set_string(item[j], "code", notice->code);
			if (notice->page >= 0)
				lw_json_set_integer(item[j], "page", (gint64)notice->page + 1);
		}
		lw_json_set_string(item[1], "message", notice->message);
		lw_json_append(outside, item[0]);
		lw_json_append(inside, item[1]);
	}
}

static LwJson *removed_json(const LwReceipt *receipt)
{
	LwJson *removed = lw_json_object_new();
	lw_json_set_integer(removed, "glyphs", receipt->glyphs_removed);
	lw_json_set_integer(removed, "images", receipt->images_changed);
	lw_json_set_integer(removed, "paths", receipt->paths_removed);
	lw_json_set_integer(removed, "annotations", receipt->annotations_removed);
	lw_json_set_integer(removed, "strings", receipt->strings_removed);
	return removed;
}

static void set_hash(const Entry *entry, LwJson *line, const char *what, const char *hash)
{
	g_autofree char *member = g_strconcat(what, "_hmac", NULL);
	g_autofree char *inside = g_strconcat(what, "_sha256", NULL);
	g_autofree char *hmac = hash ? lw_record_hmac(entry->record->key, what, hash) : NULL;
	lw_json_set_string(line, member, hmac);
	lw_json_set_string(entry->receipt, inside, hash);
}

static guint count_marks(const GPtrArray *marks)
{
	return marks ? marks->len : 0;
}

static gboolean write_document(const Entry *entry, GError **error)
{
	const LwRecordDocument *document = entry->document;
	g_autoptr(LwJson) line = lw_json_object_new();
	LwJson *outside = lw_json_array_new(), *inside = lw_json_array_new();
	const GPtrArray *marks = document->plan ? document->plan->marks : NULL;
	lw_json_set_string(line, "type", "document");
	lw_json_set_string(line, "id", entry->id);
	lw_json_set_integer(line, "number", entry->record->documents);
	lw_json_set_string(line, "document", output_of(document));
	lw_json_set_string(line, "format", document->format);
	lw_json_set_integer(line, "pages", document->pages);
	lw_json_set_string(line, "outcome", lw_outcome_names[document->outcome]);
	lw_json_set_string(line, "verdict", document->verdict);
	set_hash(entry, line, "input", document->input_sha256);
	set_hash(entry, line, "output", output_of(document) ? document->output_sha256 : NULL);
	lw_json_set_integer(line, "marks", count_marks(marks));
	lw_json_set_integer(line, "open", count_marks(document->open));
	if (document->plan) {
		const char *width = lw_width_name(document->plan->style.width);
		lw_json_set_string(line, "width", width);
		lw_json_set_string(entry->receipt, "width", width);
	}
	lw_json_set(line, "grounds", lw_record_grounds(marks));
	/* How many glyphs went is how long the names were: for the internal receipt only. */
	if (document->receipt)
		lw_json_set(entry->receipt, "removed", removed_json(document->receipt));
	append_notices(outside, inside, document->notices);
	append_notices(outside, inside, document->receipt ? document->receipt->notices : NULL);
	lw_json_set(line, "notices", outside);
	lw_json_set(entry->receipt, "notices", inside);
	return write_line(entry->record, line, error);
}

static gboolean write_document_row(const Entry *entry, GError **error)
{
	const LwRecordDocument *document = entry->document;
	g_autoptr(GString) row = g_string_new("document");
	csv_cell(row, entry->id);
	csv_blank(row, 1);
	csv_cell(row, output_of(document));
	csv_blank(row, 8);
	csv_cell(row, lw_outcome_names[document->outcome]);
	csv_cell(row, document->verdict);
	csv_number(row, document->pages);
	csv_number(row, document->plan ? document->plan->marks->len : 0);
	csv_number(row, count_marks(document->open));
	g_string_append(row, "\r\n");
	return write_row(entry->record, FILE_CSV, row, error);
}

static gboolean write_entry(Entry *entry, GError **error)
{
	LwRecord *record = entry->record;
	const LwRecordDocument *document = entry->document;
	g_autoptr(GString) row = g_string_new(NULL);
	lw_inventory_line(row, record->documents, document, record->lang);
	lw_json_set_string(entry->receipt, "type", "document");
	lw_json_set_string(entry->receipt, "id", entry->id);
	lw_json_set_string(entry->receipt, "input", document->input ? document->input : "-");
	lw_json_set_string(entry->receipt, "outcome", lw_outcome_names[document->outcome]);
	lw_json_set_string(entry->receipt, "message", document->message);
	return write_document(entry, error) && write_document_row(entry, error) &&
	       write_marks(entry, document->plan ? document->plan->marks : NULL, error) &&
	       (!document->open || write_marks(entry, document->open, error)) &&
	       write_row(record, FILE_INVENTORY, row, error) &&
	       write_receipt(record, entry->receipt, error);
}

gboolean lw_record_add(LwRecord *record, const LwRecordDocument *document, GError **error)
{
	g_autofree char *id = random_id();
	g_autoptr(LwJson) receipt = lw_json_object_new();
	Entry entry = {record, document, id, receipt, lw_json_object_new()};
	lw_json_set(receipt, "fits", entry.fits);
	record->documents++;
	record->marks += document->plan ? document->plan->marks->len : 0;
	record->open += count_marks(document->open);
	record->outcomes[document->outcome]++;
	return write_entry(&entry, error);
}

static gboolean write_closing(LwRecord *record, GError **error)
{
	g_autoptr(LwJson) line = lw_json_object_new();
	g_autoptr(LwJson) receipt = lw_json_object_new();
	LwJson *outcomes = lw_json_object_new(), *files = lw_json_object_new();
	g_autofree char *seal = lw_record_hmac(record->key, "end", record->link);
	for (int i = 0; i < RECORD_OUTCOMES; i++)
		lw_json_set_integer(outcomes, lw_outcome_names[i], record->outcomes[i]);
	lw_json_set_string(files, RECORD_CSV, g_checksum_get_string(record->sum[FILE_CSV]));
	lw_json_set_string(files, RECORD_INVENTORY,
			   g_checksum_get_string(record->sum[FILE_INVENTORY]));
	lw_json_set_string(line, "type", "end");
	lw_json_set_integer(line, "documents", record->documents);
	lw_json_set_integer(line, "marks", record->marks);
	lw_json_set_integer(line, "open", record->open);
	lw_json_set(line, "outcomes", outcomes);
	lw_json_set(line, "files", files);
	lw_json_set_string(line, "hmac", seal);
	if (!write_line(record, line, error))
		return FALSE;
	lw_json_set_string(receipt, "type", "end");
	lw_json_set_string(receipt, "link", record->link);
	return write_receipt(record, receipt, error);
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
