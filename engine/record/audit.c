/* audit.c - does a redaction log still say what it said? Chain, fields, counts, tables; with the
 * key also every HMAC.
 *
 * A log comes from anywhere: it is bounded, its paths stay inside its folder, and an error names
 * the line, never its words. */
#include "engine/record/record-data.h"

#include "engine/base/limits.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ID_HEX 32

typedef struct {
	const char *name; /* of the log, in errors */
	char *folder;
	guint line;
	char *link;
	gboolean keyed;
	guint8 key[LW_DIGEST_BYTES];
	GHashTable *receipts; /* id -> LwJson */
	char *sealed_link;    /* last link according to the receipts */
	char *document;	      /* id of the document whose marks are read */
	gint64 marks_due;
	gint64 documents, marks, open;
	gint64 outcomes[RECORD_OUTCOMES];
	gboolean ended;
} Audit;

static gboolean blame(const Audit *audit, const char *problem, GError **error)
{
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "'%s':%u: %s", audit->name, audit->line,
		    problem);
	return FALSE;
}

/* A regular file, whole, up to a bound; NULL when it is none. */
static char *read_file(const char *path, gsize *length)
{
	struct stat info;
	char *text = NULL;
	int fd = g_open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
	if (fd < 0)
		return NULL;
	gboolean fits = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
			info.st_size <= LW_LIMIT_INPUT_BYTES;
	close(fd);
	if (!fits || !g_file_get_contents(path, &text, length, NULL))
		return NULL;
	return text;
}

static char *file_sum(const Audit *audit, const char *name)
{
	gsize length;
	g_autofree char *path = g_build_filename(audit->folder, name, NULL);
	g_autofree char *text = read_file(path, &length);
	return text ? lw_digest_sha256(text, length) : NULL;
}

static gboolean is_id(const char *id)
{
	return id && strlen(id) == ID_HEX && strspn(id, "0123456789abcdef") == ID_HEX;
}

static gboolean is_hash(const char *hash)
{
	return hash && lw_digest_is_hex(hash);
}

static gboolean is_inside(const char *path)
{
	if (!*path || g_path_is_absolute(path))
		return FALSE;
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);
	return !g_strv_contains((const char *const *)parts, "..");
}

static gboolean has_hmac(const Audit *audit, const LwJson *line, const char *member,
			 const char *purpose, const char *hash)
{
	const char *written = lw_json_string_of(line, member);
	if (!hash)
		return written == NULL;
	g_autofree char *hmac = lw_record_hmac(audit->key, purpose, hash);
	return written && strcmp(written, hmac) == 0;
}

static gboolean check_day(const char *day)
{
	if (!day || strlen(day) != 10)
		return FALSE;
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? day[i] != '-' : !g_ascii_isdigit(day[i]))
			return FALSE;
	return TRUE;
}

static gboolean audit_run(Audit *audit, const LwJson *line, GError **error)
{
	static const char *const keys[] = {"type",   "schema", "id",	   "version",
					   "policy", "date",   "previous", NULL};
	gint64 schema = 0;
	if (audit->line != 1)
		return blame(audit, "the run begins twice", error);
	if (lw_json_unknown(line, keys) || !lw_json_integer_of(line, "schema", &schema) ||
	    schema != RECORD_SCHEMA || !is_id(lw_json_string_of(line, "id")) ||
	    !lw_json_string_of(line, "version") || !is_hash(lw_json_string_of(line, "policy")) ||
	    !check_day(lw_json_string_of(line, "date")))
		return blame(audit, "a field of the run is wrong", error);
	return TRUE;
}

/* The hashes of a document: of its line against the receipt, of its output against the receipt and
 * the file. */
static gboolean audit_hashes(const Audit *audit, const LwJson *line, GError **error)
{
	const char *output = lw_json_string_of(line, "document");
	if (!audit->keyed)
		return TRUE;
	const LwJson *receipt = g_hash_table_lookup(audit->receipts, audit->document);
	if (!receipt)
		return blame(audit, "no receipt for this document", error);
	if (!has_hmac(audit, line, "input_hmac", "input",
		      lw_json_string_of(receipt, "input_sha256")))
		return blame(audit, "the input is not that of the receipt", error);
	g_autofree char *sum = output ? file_sum(audit, output) : NULL;
	if (output && !sum)
		return blame(audit, "the document is not there", error);
	if (!has_hmac(audit, line, "output_hmac", "output", sum) ||
	    g_strcmp0(sum, lw_json_string_of(receipt, "output_sha256")) != 0)
		return blame(audit, "the document was changed", error);
	return TRUE;
}

static int find_outcome(const char *name)
{
	for (int i = 0; name && i < RECORD_OUTCOMES; i++)
		if (strcmp(lw_outcome_names[i], name) == 0)
			return i;
	return -1;
}

static gboolean audit_document(Audit *audit, const LwJson *line, GError **error)
{
	static const char *const keys[] = {
		"type",	   "id",      "number",	    "document",	   "format", "pages",
		"outcome", "verdict", "input_hmac", "output_hmac", "marks",  "open",
		"grounds", "notices", "previous",   "width",	   NULL};
	const char *id = lw_json_string_of(line, "id"), *path = lw_json_string_of(line, "document");
	int outcome = find_outcome(lw_json_string_of(line, "outcome"));
	gint64 number = 0, marks = 0, open = 0;
	if (audit->marks_due)
		return blame(audit, "marks of the document before are missing", error);
	if (lw_json_unknown(line, keys) || !is_id(id) || outcome < 0 ||
	    (path && !is_inside(path)) || !lw_json_integer_of(line, "number", &number) ||
	    number != audit->documents + 1 || !lw_json_integer_of(line, "marks", &marks) ||
	    marks < 0 || marks > LW_LIMIT_ENTITIES || !lw_json_integer_of(line, "open", &open) ||
	    open < 0 || open > LW_LIMIT_ENTITIES)
		return blame(audit, "a field of the document is wrong", error);
	g_free(audit->document);
	audit->document = g_strdup(id);
	audit->documents = number;
	audit->marks += marks;
	audit->open += open;
	audit->outcomes[outcome]++;
	audit->marks_due = marks + open;
	return audit_hashes(audit, line, error);
}

static gboolean check_boxes(const LwJson *boxes)
{
	static const char *const sides[] = {"x0", "y0", "x1", "y1"};
	if (!boxes || lw_json_type(boxes) != LW_JSON_ARRAY)
		return FALSE;
	for (gsize i = 0; i < lw_json_length(boxes); i++) {
		const LwJson *box = lw_json_at(boxes, i);
		gint64 page;
		double side;
		if (lw_json_type(box) != LW_JSON_OBJECT ||
		    !lw_json_integer_of(box, "page", &page) || page < 1 || page > LW_LIMIT_PAGES)
			return FALSE;
		for (int s = 0; s < 4; s++)
			if (!lw_json_number_of(box, sides[s], &side) || !isfinite(side))
				return FALSE;
	}
	return TRUE;
}

static gboolean check_mark_words(const LwJson *line)
{
	const char *by = lw_json_string_of(line, "decided_by");
	LwDecision decision;
	LwAction action;
	LwKind kind;
	if (!lw_kind_parse(lw_json_string_of(line, "kind"), &kind) ||
	    !lw_action_parse(lw_json_string_of(line, "action"), &action) ||
	    !lw_decision_parse(lw_json_string_of(line, "decision"), &decision))
		return FALSE;
	return (decision == LW_DECISION_OPEN) == (by == NULL);
}

/* The HMAC of a mark is that of its stable id and its document, which only the receipts know. */
static gboolean check_mark_hmac(const Audit *audit, const LwJson *line)
{
	if (!audit->keyed)
		return TRUE;
	const LwJson *receipt = g_hash_table_lookup(audit->receipts, audit->document);
	const char *id = lw_json_string_of(line, "id"), *stable = NULL;
	static const char *const lists[] = {"marks", "open"};
	for (int i = 0; receipt && i < 2 && !stable; i++)
		stable = lw_json_string_of(lw_json_member(receipt, lists[i]), id);
	if (!stable)
		return FALSE;
	const char *input = lw_json_string_of(receipt, "input_sha256");
	g_autofree char *place = g_strconcat(input ? input : "", ":", stable, NULL);
	return has_hmac(audit, line, "hmac", "mark", place);
}

static gboolean check_leak(const LwJson *line)
{
	static const char *const classes[] = {"low", "medium", "high", NULL};
	const char *leak = lw_json_string_of(line, "leak");
	return !leak || g_strv_contains(classes, leak);
}

static gboolean audit_mark(Audit *audit, const LwJson *line, GError **error)
{
	static const char *const keys[] = {
		"type", "id",	  "document", "kind",  "ground", "action", "decision", "decided_by",
		"rule", "reason", "score",    "boxes", "leak",	 "hmac",   "previous", NULL};
	double score;
	if (!audit->marks_due ||
	    g_strcmp0(lw_json_string_of(line, "document"), audit->document) != 0)
		return blame(audit, "a mark of no document", error);
	audit->marks_due--;
	if (lw_json_unknown(line, keys) || !is_id(lw_json_string_of(line, "id")) ||
	    !is_hash(lw_json_string_of(line, "hmac")) || !check_mark_words(line) ||
	    !lw_json_number_of(line, "score", &score) ||
	    !check_boxes(lw_json_member(line, "boxes")) || !check_leak(line))
		return blame(audit, "a field of the mark is wrong", error);
	return check_mark_hmac(audit, line) ||
	       blame(audit, "the mark is not that of the receipt", error);
}

static gboolean is_count(const LwJson *line, const char *key, gint64 count)
{
	gint64 written;
	return lw_json_integer_of(line, key, &written) && written == count;
}

static gboolean check_counts(const Audit *audit, const LwJson *line)
{
	const LwJson *outcomes = lw_json_member(line, "outcomes");
	if (audit->marks_due || !is_count(line, "documents", audit->documents) ||
	    !is_count(line, "marks", audit->marks) || !is_count(line, "open", audit->open))
		return FALSE;
	if (!outcomes || lw_json_unknown(outcomes, lw_outcome_names))
		return FALSE;
	for (int i = 0; i < RECORD_OUTCOMES; i++)
		if (!is_count(outcomes, lw_outcome_names[i], audit->outcomes[i]))
			return FALSE;
	return TRUE;
}

static gboolean check_table(const Audit *audit, const LwJson *line, const char *name)
{
	g_autofree char *sum = file_sum(audit, name);
	g_autofree char *log = g_path_get_basename(audit->name);
	/* A log under a name of its own stands alone. */
	if (!sum && strcmp(log, RECORD_LOG) != 0)
		return TRUE;
	return sum && g_strcmp0(lw_json_string_of(lw_json_member(line, "files"), name), sum) == 0;
}

static gboolean audit_end(Audit *audit, const LwJson *line, GError **error)
{
	static const char *const keys[] = {"type",  "documents", "marks",    "open", "outcomes",
					   "files", "hmac",	 "previous", NULL};
	static const char *const files[] = {RECORD_CSV, RECORD_INVENTORY, NULL};
	const LwJson *table = lw_json_member(line, "files");
	if (lw_json_unknown(line, keys) || !table || lw_json_unknown(table, files) ||
	    !is_hash(lw_json_string_of(line, "hmac")) || !check_counts(audit, line))
		return blame(audit, "the counts do not hold", error);
	for (int i = 0; files[i]; i++) {
		g_autofree char *problem =
			g_strdup_printf("'%s' was changed or is not there", files[i]);
		if (!check_table(audit, line, files[i]))
			return blame(audit, problem, error);
	}
	if (audit->keyed &&
	    !has_hmac(audit, line, "hmac", "end", lw_json_string_of(line, "previous")))
		return blame(audit, "the seal is not that of the key", error);
	audit->ended = TRUE;
	return TRUE;
}

/* One line, without its newline. */
static gboolean audit_line(Audit *audit, const char *text, gsize length, GError **error)
{
	g_autoptr(LwJson) line = lw_json_parse(text, length, audit->name, NULL);
	if (!line || lw_json_type(line) != LW_JSON_OBJECT)
		return blame(audit, "no valid line of a log", error);
	g_autofree char *canonical = lw_json_print(line);
	const char *type = lw_json_string_of(line, "type");
	if (strlen(canonical) != length || memcmp(canonical, text, length) != 0)
		return blame(audit, "the line is not written as the log writes it", error);
	if (g_strcmp0(lw_json_string_of(line, "previous"), audit->link) != 0)
		return blame(audit, "the chain is broken", error);
	if (audit->ended)
		return blame(audit, "the log goes on after its end", error);
	g_free(audit->link);
	audit->link = lw_digest_sha256(text, length);
	if (audit->line == 1 && g_strcmp0(type, "run") != 0)
		return blame(audit, "the log does not begin with a run", error);
	if (g_strcmp0(type, "run") == 0)
		return audit_run(audit, line, error);
	if (g_strcmp0(type, "document") == 0)
		return audit_document(audit, line, error);
	if (g_strcmp0(type, "mark") == 0)
		return audit_mark(audit, line, error);
	if (g_strcmp0(type, "end") == 0)
		return audit_end(audit, line, error);
	return blame(audit, "unknown type of line", error);
}

static gboolean audit_text(Audit *audit, const char *text, gsize length, GError **error)
{
	const char *end = text + length;
	while (text < end) {
		const char *stop = memchr(text, '\n', (gsize)(end - text));
		audit->line++;
		if (!stop)
			return blame(audit, "the last line is cut off", error);
		if (!audit_line(audit, text, (gsize)(stop - text), error))
			return FALSE;
		text = stop + 1;
	}
	if (!audit->ended)
		return blame(audit, "the log has no end", error);
	if (audit->keyed && g_strcmp0(audit->link, audit->sealed_link) != 0)
		return blame(audit, "the last link is not that of the receipts", error);
	return TRUE;
}

static gboolean read_receipt(Audit *audit, const char *text, GError **error)
{
	g_autoptr(LwJson) receipt = lw_json_parse(text, strlen(text), RECORD_RECEIPTS, error);
	if (!receipt)
		return FALSE;
	const char *id = lw_json_string_of(receipt, "id");
	if (g_strcmp0(lw_json_string_of(receipt, "type"), "end") == 0) {
		g_free(audit->sealed_link);
		audit->sealed_link = g_strdup(lw_json_string_of(receipt, "link"));
	} else if (is_id(id)) {
		g_hash_table_replace(audit->receipts, g_strdup(id), g_steal_pointer(&receipt));
	}
	return TRUE;
}

static gboolean read_internal(Audit *audit, const char *internal, GError **error)
{
	gsize key_length = 0, length = 0;
	g_autofree char *key_path = g_build_filename(internal, RECORD_KEY, NULL);
	g_autofree char *path = g_build_filename(internal, RECORD_RECEIPTS, NULL);
	g_autofree char *key = read_file(key_path, &key_length), *text = read_file(path, &length);
	g_autofree char *name = g_filename_display_name(internal);
	if (!key || key_length != LW_DIGEST_BYTES || !text || strlen(text) != length) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "'%s': no key or no receipts", name);
		return FALSE;
	}
	audit->keyed = TRUE;
	memcpy(audit->key, key, LW_DIGEST_BYTES);
	explicit_bzero(key, key_length);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i]; i++)
		if (*lines[i] && !read_receipt(audit, lines[i], error))
			return FALSE;
	return TRUE;
}

static void free_receipt(void *receipt)
{
	lw_json_free(receipt);
}

static gboolean audit_log(Audit *audit, const char *log, const char *internal, GError **error)
{
	gsize length;
	g_autofree char *text = read_file(log, &length);
	g_autofree char *beside = g_strconcat(audit->folder, ".internal", NULL);
	if (!internal && g_file_test(beside, G_FILE_TEST_IS_DIR))
		internal = beside;
	if (!text) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "'%s': no log that can be read",
			    audit->name);
		return FALSE;
	}
	return (!internal || read_internal(audit, internal, error)) &&
	       audit_text(audit, text, length, error);
}

gboolean lw_record_audit(const char *log, const char *internal, guint *lines, char **last_link,
			 GError **error)
{
	g_autofree char *name = g_filename_display_name(log);
	g_autofree char *path = g_canonicalize_filename(log, NULL);
	Audit audit = {
		.name = name,
		.folder = g_path_get_dirname(path),
		.link = g_strdup(RECORD_FIRST_LINK),
		.receipts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_receipt),
	};
	gboolean sound = audit_log(&audit, log, internal, error);
	if (lines)
		*lines = audit.line;
	if (sound && last_link)
		*last_link = g_strdup(audit.link);
	g_hash_table_unref(audit.receipts);
	explicit_bzero(audit.key, sizeof(audit.key));
	g_free(audit.folder);
	g_free(audit.link);
	g_free(audit.document);
	g_free(audit.sealed_link);
	return sound;
}
