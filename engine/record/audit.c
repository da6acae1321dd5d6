/* audit.c - does a redaction log still say what it said? Chain, fields, counts, tables, documents,
 * signature; with what lies inside also inputs and commitments.
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

#define ID_HEX		32
#define NAME_MOST	64 /* of a list or report: it stands in messages */
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-."

typedef struct {
	const LwAuditQuestion *question;
	LwAuditAnswer *answer;
	const char *name; /* of the log, in errors */
	char *folder;
	gboolean alone; /* without the tables beside it */
	guint line;
	char *id, *link;
	gboolean keyed;
	guint8 key[LW_DIGEST_BYTES];
	LwInside *inside;
	GHashTable *known; /* files that a line tells of */
	char *document;	   /* id of the document whose marks are read */
	gint64 marks_due;
	gint64 documents, marks, open;
	gint64 outcomes[RECORD_OUTCOMES];
	gboolean ended, signed_off;
} Audit;

static gboolean blame(const Audit *audit, const char *problem, GError **error)
{
	g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "'%s':%u: %s", audit->name, audit->line,
		    problem);
	return FALSE;
}

char *lw_record_read(const char *path, gsize *length)
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
	g_autofree char *text = lw_record_read(path, &length);
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
	audit->id = g_strdup(lw_json_string_of(line, "id"));
	return TRUE;
}

/* The document against the hash of its line. A log alone may be without it. */
static gboolean audit_output(Audit *audit, const LwJson *line, GError **error)
{
	const char *output = lw_json_string_of(line, "document");
	const char *wanted = lw_json_string_of(line, "output_sha256");
	g_autofree char *sum = output ? file_sum(audit, output) : NULL;
	if (!output != !wanted || (wanted && !is_hash(wanted)))
		return blame(audit, "a field of the document is wrong", error);
	if (output && !sum)
		return (audit->alone && !audit->keyed) ||
		       blame(audit, "the document is not there", error);
	audit->answer->documents += sum != NULL;
	if (output)
		g_hash_table_add(audit->known, g_strdup(output));
	return g_strcmp0(sum, wanted) == 0 || blame(audit, "the document was changed", error);
}

/* The line of a document against its receipt. */
static gboolean audit_receipt(const Audit *audit, const LwJson *line, GError **error)
{
	if (!audit->keyed)
		return TRUE;
	const LwJson *receipt = lw_inside_receipt(audit->inside, audit->document);
	if (!receipt)
		return blame(audit, "no receipt for this document", error);
	if (!has_hmac(audit, line, "input_hmac", "input",
		      lw_json_string_of(receipt, "input_sha256")))
		return blame(audit, "the input is not that of the receipt", error);
	return g_strcmp0(lw_json_string_of(line, "output_sha256"),
			 lw_json_string_of(receipt, "output_sha256")) == 0 ||
	       blame(audit, "the document was changed", error);
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
		"type",	   "id",      "number",	    "document",	     "format", "pages",
		"outcome", "verdict", "input_hmac", "output_sha256", "marks",  "open",
		"grounds", "notices", "previous",   "width",	     NULL};
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
	return audit_output(audit, line, error) && audit_receipt(audit, line, error);
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

/* "policy", "given", or "reviewer-1;reviewer-2" */
static gboolean is_decider(const char *by)
{
	g_auto(GStrv) people = g_strsplit(by, ";", -1);
	for (guint i = 0; people[i]; i++) {
		const char *number = people[i] + strlen(RECORD_REVIEWER);
		if (!g_str_has_prefix(people[i], RECORD_REVIEWER) || !*number ||
		    strspn(number, "0123456789") != strlen(number))
			return !strcmp(by, RECORD_POLICY) || !strcmp(by, RECORD_GIVEN);
	}
	return people[0] != NULL;
}

/* What was decided has a day, a decider and a commitment, and only that. */
static gboolean check_mark_words(const LwJson *line)
{
	const char *by = lw_json_string_of(line, "decided_by");
	const char *day = lw_json_string_of(line, "decided");
	const char *commitment = lw_json_string_of(line, "commitment");
	LwDecision decision;
	LwAction action;
	LwKind kind;
	if (!lw_kind_parse(lw_json_string_of(line, "kind"), &kind) ||
	    !lw_action_parse(lw_json_string_of(line, "action"), &action) ||
	    !lw_decision_parse(lw_json_string_of(line, "decision"), &decision))
		return FALSE;
	if (decision == LW_DECISION_OPEN)
		return !by && !day && !commitment;
	return by && is_decider(by) && check_day(day) && is_hash(commitment);
}

/* With what lies inside, every commitment can be opened. */
static gboolean check_mark_inside(const Audit *audit, const LwJson *line)
{
	const char *commitment = lw_json_string_of(line, "commitment");
	const char *id = lw_json_string_of(line, "id");
	if (!audit->keyed || !commitment)
		return TRUE;
	return lw_opening_fits(lw_inside_opening(audit->inside, id), audit->id, id, commitment);
}

/* The mark that somebody opened. */
static gboolean audit_opening(Audit *audit, const LwJson *line, GError **error)
{
	LwAuditAnswer *answer = audit->answer;
	const char *id = lw_json_string_of(line, "id");
	g_autofree char *text = NULL;
	if (!answer->opening || g_strcmp0(lw_json_string_of(answer->opening, "mark"), id) != 0)
		return TRUE;
	if (!lw_opening_fits(answer->opening, audit->id, id, lw_json_string_of(line, "commitment")))
		return blame(audit, "the opening does not fit this mark", error);
	text = lw_json_print(line);
	answer->mark = lw_json_parse(text, strlen(text), audit->name, NULL);
	return TRUE;
}

static gboolean check_leak(const LwJson *line)
{
	const char *leak = lw_json_string_of(line, "leak");
	return !leak || g_strv_contains(lw_leak_classes, leak);
}

static gboolean audit_mark(Audit *audit, const LwJson *line, GError **error)
{
	static const char *const keys[] = {
		"type",	    "id",	  "document",	"kind",	    "ground", "action",
		"decision", "decided_by", "decided",	"rule",	    "reason", "score",
		"boxes",    "leak",	  "commitment", "previous", NULL};
	double score;
	if (!audit->marks_due ||
	    g_strcmp0(lw_json_string_of(line, "document"), audit->document) != 0)
		return blame(audit, "a mark of no document", error);
	audit->marks_due--;
	if (lw_json_unknown(line, keys) || !is_id(lw_json_string_of(line, "id")) ||
	    !check_mark_words(line) || !lw_json_number_of(line, "score", &score) ||
	    !check_boxes(lw_json_member(line, "boxes")) || !check_leak(line))
		return blame(audit, "a field of the mark is wrong", error);
	if (!check_mark_inside(audit, line))
		return blame(audit, "the mark is not that of the receipt", error);
	return audit_opening(audit, line, error);
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
	if (!sum && audit->alone)
		return TRUE;
	return sum && g_strcmp0(lw_json_string_of(lw_json_member(line, "files"), name), sum) == 0;
}

/* The two tables that every log has, and whatever else lies in its folder. */
static gboolean is_table_of_files(const LwJson *table)
{
	if (!table || lw_json_type(table) != LW_JSON_OBJECT || !lw_json_member(table, RECORD_CSV) ||
	    !lw_json_member(table, RECORD_INVENTORY))
		return FALSE;
	for (gsize i = 0; i < lw_json_length(table); i++) {
		const char *name = lw_json_key(table, i);
		if (*name == '.' || strlen(name) > NAME_MOST ||
		    strspn(name, NAME_CHARACTERS) != strlen(name) ||
		    !is_hash(lw_json_string_of(table, name)))
			return FALSE;
	}
	return TRUE;
}

static gboolean audit_end(Audit *audit, const LwJson *line, GError **error)
{
	static const char *const keys[] = {"type",	  "documents", "marks",	   "open",
					   "outcomes",	  "files",     "previous", "approved",
					   "approved_by", NULL};
	const LwJson *table = lw_json_member(line, "files");
	const char *approver = lw_json_string_of(line, "approved_by");
	if (lw_json_unknown(line, keys) || !is_table_of_files(table) ||
	    (approver && !is_decider(approver)) || !check_counts(audit, line))
		return blame(audit, "the counts do not hold", error);
	for (gsize i = 0; i < lw_json_length(table); i++) {
		const char *name = lw_json_key(table, i);
		g_autofree char *problem =
			g_strdup_printf("'%s' was changed or is not there", name);
		if (!check_table(audit, line, name))
			return blame(audit, problem, error);
		g_hash_table_add(audit->known, g_strdup(name));
	}
	audit->ended = TRUE;
	return TRUE;
}

static gboolean audit_signature(Audit *audit, const LwJson *line, GError **error)
{
	static const char *const keys[] = {"type",	"algorithm", "key", "fingerprint",
					   "signature", "previous",  NULL};
	const char *shown = lw_json_string_of(line, "key");
	const char *signature = lw_json_string_of(line, "signature");
	g_autofree char *text = lw_record_signed_text(lw_json_string_of(line, "previous"));
	g_autoptr(LwKey) key = shown ? lw_key_parse(shown) : NULL;
	g_autofree char *wanted = NULL;
	if (!audit->ended || lw_json_unknown(line, keys) || !key || !signature ||
	    g_strcmp0(lw_json_string_of(line, "algorithm"), RECORD_ALGORITHM) != 0)
		return blame(audit, "a field of the signature is wrong", error);
	audit->answer->fingerprint = lw_key_fingerprint(key);
	if (g_strcmp0(lw_json_string_of(line, "fingerprint"), audit->answer->fingerprint) != 0)
		return blame(audit, "a field of the signature is wrong", error);
	if (!lw_key_check(key, text, signature))
		return blame(audit, "the signature does not fit", error);
	wanted = audit->question->key ? lw_key_fingerprint(audit->question->key) : NULL;
	if (wanted && strcmp(wanted, audit->answer->fingerprint) != 0)
		return blame(audit, "another key has signed", error);
	audit->signed_off = TRUE;
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
	if (audit->signed_off || (audit->ended && g_strcmp0(type, "signature") != 0))
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
	if (g_strcmp0(type, "signature") == 0)
		return audit_signature(audit, line, error);
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
	if (!audit->signed_off)
		return blame(audit, "the log is not signed", error);
	if (audit->keyed && g_strcmp0(audit->link, lw_inside_link(audit->inside)) != 0)
		return blame(audit, "the last link is not that of the receipts", error);
	if (audit->answer->opening && !audit->answer->mark)
		return blame(audit, "the log has no mark that this opens", error);
	return TRUE;
}

static gboolean open_inside(Audit *audit, GError **error)
{
	const char *internal = audit->question->internal;
	g_autofree char *beside = g_strconcat(audit->folder, ".internal", NULL);
	if (!internal && g_file_test(beside, G_FILE_TEST_IS_DIR))
		internal = beside;
	if (!internal)
		return TRUE;
	audit->inside = lw_inside_open(internal, audit->key, error);
	audit->keyed = audit->answer->keyed = audit->inside != NULL;
	return audit->keyed;
}

static gboolean has_table(const Audit *audit, const char *name)
{
	g_autofree char *path = g_build_filename(audit->folder, name, NULL);
	return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* A log under a name of its own stands alone, and one that was handed out with an opening may. */
static gboolean is_alone(const Audit *audit)
{
	g_autofree char *log = g_path_get_basename(audit->name);
	if (strcmp(log, RECORD_LOG) != 0)
		return TRUE;
	return audit->question->opening && !has_table(audit, RECORD_CSV) &&
	       !has_table(audit, RECORD_INVENTORY);
}

static gboolean audit_log(Audit *audit, const char *log, GError **error)
{
	const char *opening = audit->question->opening;
	gsize length;
	g_autofree char *text = lw_record_read(log, &length);
	if (!text) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "'%s': no log that can be read",
			    audit->name);
		return FALSE;
	}
	audit->alone = is_alone(audit);
	if (opening && !(audit->answer->opening = lw_opening_load(opening, error)))
		return FALSE;
	return open_inside(audit, error) && audit_text(audit, text, length, error);
}

gboolean lw_record_audit(const char *log, const LwAuditQuestion *question, LwAuditAnswer *answer,
			 GError **error)
{
	g_autofree char *name = g_filename_display_name(log);
	g_autofree char *path = g_canonicalize_filename(log, NULL);
	Audit audit = {
		.question = question,
		.answer = answer,
		.name = name,
		.folder = g_path_get_dirname(path),
		.link = g_strdup(RECORD_FIRST_LINK),
		.known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
	*answer = (LwAuditAnswer){0};
	gboolean sound = audit_log(&audit, log, error);
	answer->lines = audit.line;
	g_hash_table_add(audit.known, g_strdup(RECORD_LOG));
	if (sound && !audit.alone)
		answer->unknown = lw_record_strays(audit.folder, audit.known);
	answer->last_link = sound ? g_steal_pointer(&audit.link) : NULL;
	lw_inside_free(audit.inside);
	g_hash_table_unref(audit.known);
	explicit_bzero(audit.key, sizeof(audit.key));
	g_free(audit.folder);
	g_free(audit.link);
	g_free(audit.id);
	g_free(audit.document);
	return sound;
}

void lw_audit_answer_clear(LwAuditAnswer *answer)
{
	lw_json_free(answer->mark);
	lw_json_free(answer->opening);
	g_free(answer->last_link);
	g_free(answer->fingerprint);
	*answer = (LwAuditAnswer){0};
}
