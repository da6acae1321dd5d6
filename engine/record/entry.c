/* entry.c - the lines of one document: in the log, in its table, and in its secret half.
 *
 * What was removed, and what binds a mark to it, goes inside only. */
#include "engine/record/log-data.h"

#include <string.h>

LwJson *lw_record_grounds(const GPtrArray *marks)
{
	LwJson *json = lw_json_object_new();
	g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; marks && i < marks->len; i++) {
		const LwMark *mark = g_ptr_array_index(marks, i);
		g_auto(GStrv) ids = g_strsplit(mark->ground ? mark->ground : "", ";", -1);
		for (guint k = 0; ids[k]; k++) {
			guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, ids[k]));
			g_hash_table_replace(counts, g_strdup(ids[k]), GUINT_TO_POINTER(count + 1));
		}
	}
	for (guint g = 0; lw_ground_at(g); g++) {
		const char *id = lw_ground_at(g)->id;
		if (g_hash_table_contains(counts, id))
			lw_json_set_integer(json, id,
					    GPOINTER_TO_UINT(g_hash_table_lookup(counts, id)));
	}
	return json;
}

/* Names of the list that fit in a gap: fewer than so many is a high leak, a medium one. */
enum { LEAK_HIGH = 100, LEAK_MEDIUM = 10000 };

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

/* "policy"; "given": named by whoever ran it; or people, several with ';' between. NULL of what is
 * open, and with error. Yours. */
static char *decided_by(LwRecord *record, const LwMark *mark, GError **error)
{
	g_auto(GStrv) people = mark->decider ? g_strsplit(mark->decider, ";", -1) : NULL;
	if (mark->decision == LW_DECISION_OPEN)
		return NULL;
	if (!people || !*people)
		return g_strdup(mark->reason == LW_REASON_GIVEN ? RECORD_GIVEN : RECORD_POLICY);
	for (guint i = 0; people[i]; i++) {
		const char *name = lw_log_pseudonym(record, people[i], error);
		if (!name)
			return NULL;
		g_free(people[i]);
		people[i] = g_strdup(name);
	}
	return g_strjoinv(";", people);
}

/* Binds the mark to what it removed. Key and text lie inside: they are what opens it. */
static char *commit(LwRecord *record, const LwMark *mark, const char *id, GError **error)
{
	guint8 nonce[LW_DIGEST_BYTES];
	g_autofree char *text = g_utf8_make_valid(mark->text ? mark->text : "", -1);
	g_autofree char *commitment = NULL, *hex = NULL;
	g_autoptr(LwJson) opening = lw_json_object_new();
	gboolean kept;
	lw_digest_random(nonce, sizeof(nonce));
	hex = lw_digest_hexadecimal(nonce, sizeof(nonce));
	commitment = lw_record_commitment(nonce, id, text);
	lw_json_set_string(opening, "type", "opening");
	lw_json_set_string(opening, "log", record->id);
	lw_json_set_string(opening, "mark", id);
	lw_json_set_string(opening, "text", text);
	lw_json_set_string(opening, "nonce", hex);
	kept = lw_log_receipt(record, opening, error);
	explicit_bzero(nonce, sizeof(nonce));
	explicit_bzero(hex, strlen(hex));
	return kept ? g_steal_pointer(&commitment) : NULL;
}

static gboolean write_mark_row(const Entry *entry, const LwMark *mark, const char *id,
			       const char *decider, const GArray *boxes, GError **error)
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
	csv_cell(row, decider);
	csv_blank(row, 5);
	g_string_append(row, "\r\n");
	return lw_log_row(entry->record, FILE_CSV, row, error);
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
	return lw_leak_classes[fits < LEAK_HIGH ? 2 : fits < LEAK_MEDIUM ? 1 : 0];
}

static gboolean write_mark(const Entry *entry, LwJson *inside, const LwMark *mark, guint index,
			   GError **error)
{
	const GArray *boxes = boxes_of(entry, mark, index);
	const guint32 fits = fits_of(entry, mark, index);
	g_autoptr(LwJson) line = lw_json_object_new();
	gboolean open = mark->decision == LW_DECISION_OPEN;
	g_autofree char *id = lw_log_id(), *day = lw_log_today();
	g_autofree char *decider = decided_by(entry->record, mark, error);
	g_autofree char *commitment = open ? NULL : commit(entry->record, mark, id, error);
	if (!open && (!decider || !commitment))
		return FALSE;
	lw_json_set_string(line, "type", "mark");
	lw_json_set_string(line, "id", id);
	lw_json_set_string(line, "document", entry->id);
	lw_json_set_string(line, "kind", lw_kind_name(mark->kind));
	lw_json_set_string(line, "ground", mark->ground);
	lw_json_set_string(line, "action", lw_action_name(mark->action));
	lw_json_set_string(line, "decision", lw_decision_name(mark->decision));
	lw_json_set_string(line, "decided_by", decider);
	lw_json_set_string(line, "decided", open ? NULL : mark->decided ? mark->decided : day);
	lw_json_set_string(line, "rule", mark->rule);
	lw_json_set_string(line, "reason", lw_reason_name(mark->reason));
	lw_json_set_number(line, "score", (double)mark->score);
	lw_json_set(line, "boxes", lw_boxes_json(boxes));
	lw_json_set_string(line, "leak", leak_class(fits));
	lw_json_set_string(line, "commitment", commitment);
	lw_json_set_string(inside, id, mark->id);
	if (fits != LW_FITS_UNKNOWN)
		lw_json_set_integer(entry->fits, id, fits);
	return lw_log_line(entry->record, line, error) &&
	       write_mark_row(entry, mark, id, decider, boxes, error);
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

/* Of the input only a keyed hash goes out. The output goes out itself: whoever has only that must
 * be able to tell whether it is what was signed. */
static void set_hashes(const Entry *entry, LwJson *line)
{
	const char *input = entry->document->input_sha256;
	const char *output = output_of(entry->document) ? entry->document->output_sha256 : NULL;
	g_autofree char *hmac = input ? lw_record_hmac(entry->record->key, "input", input) : NULL;
	lw_json_set_string(line, "input_hmac", hmac);
	lw_json_set_string(line, "output_sha256", output);
	lw_json_set_string(entry->receipt, "input_sha256", input);
	lw_json_set_string(entry->receipt, "output_sha256", output);
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
	set_hashes(entry, line);
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
	return lw_log_line(entry->record, line, error);
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
	return lw_log_row(entry->record, FILE_CSV, row, error);
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
	       lw_log_row(record, FILE_INVENTORY, row, error) &&
	       lw_log_receipt(record, entry->receipt, error);
}

gboolean lw_record_add(LwRecord *record, const LwRecordDocument *document, GError **error)
{
	g_autofree char *id = lw_log_id();
	g_autoptr(LwJson) receipt = lw_json_object_new();
	Entry entry = {record, document, id, receipt, lw_json_object_new()};
	lw_json_set(receipt, "fits", entry.fits);
	record->documents++;
	record->marks += document->plan ? document->plan->marks->len : 0;
	record->open += count_marks(document->open);
	record->outcomes[document->outcome]++;
	return write_entry(&entry, error);
}
