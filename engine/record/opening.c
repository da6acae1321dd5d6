/* opening.c - the internal folder of a log, and what opens one mark of it.
 *
 * An opening is one line: the mark, what it removed, and the key of its commitment. It says nothing
 * of any other mark. */
#include "engine/record/record-data.h"

#include <string.h>

struct LwInside {
	GHashTable *receipts; /* document -> LwJson */
	GHashTable *openings; /* mark -> LwJson */
	char *link;
};

static void free_json(void *json)
{
	lw_json_free(json);
}

void lw_inside_free(LwInside *inside)
{
	if (!inside)
		return;
	g_hash_table_unref(inside->receipts);
	g_hash_table_unref(inside->openings);
	g_free(inside->link);
	g_free(inside);
}

static gboolean take_line(LwInside *inside, const char *text, GError **error)
{
	g_autoptr(LwJson) line = lw_json_parse(text, strlen(text), RECORD_RECEIPTS, error);
	if (!line)
		return FALSE;
	const char *type = lw_json_string_of(line, "type");
	const char *document = lw_json_string_of(line, "id"),
		   *mark = lw_json_string_of(line, "mark");
	if (g_strcmp0(type, "end") == 0) {
		g_free(inside->link);
		inside->link = g_strdup(lw_json_string_of(line, "link"));
	} else if (g_strcmp0(type, "document") == 0 && document) {
		g_hash_table_replace(inside->receipts, g_strdup(document), g_steal_pointer(&line));
	} else if (g_strcmp0(type, "opening") == 0 && mark) {
		g_hash_table_replace(inside->openings, g_strdup(mark), g_steal_pointer(&line));
	}
	return TRUE;
}

LwInside *lw_inside_open(const char *internal, guint8 key[LW_DIGEST_BYTES], GError **error)
{
	gsize key_length = 0, length = 0;
	g_autofree char *key_path = g_build_filename(internal, RECORD_KEY, NULL);
	g_autofree char *path = g_build_filename(internal, RECORD_RECEIPTS, NULL);
	g_autofree char *bytes = lw_record_read(key_path, &key_length);
	g_autofree char *text = lw_record_read(path, &length);
	g_autofree char *name = g_filename_display_name(internal);
	if (!bytes || key_length != LW_DIGEST_BYTES || !text || strlen(text) != length) {
		g_set_error(error, LW_ERROR, LW_ERROR_FATAL, "'%s': no key or no receipts", name);
		return NULL;
	}
	memcpy(key, bytes, LW_DIGEST_BYTES);
	explicit_bzero(bytes, key_length);
	LwInside *inside = g_new0(LwInside, 1);
	inside->receipts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_json);
	inside->openings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_json);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i]; i++)
		if (*lines[i] && !take_line(inside, lines[i], error)) {
			lw_inside_free(inside);
			return NULL;
		}
	return inside;
}

const LwJson *lw_inside_receipt(const LwInside *inside, const char *document)
{
	return g_hash_table_lookup(inside->receipts, document);
}

const LwJson *lw_inside_opening(const LwInside *inside, const char *mark)
{
	return g_hash_table_lookup(inside->openings, mark);
}

const char *lw_inside_link(const LwInside *inside)
{
	return inside->link;
}

/* ---- openings ---- */

static gboolean parse_nonce(const char *hex, guint8 nonce[LW_DIGEST_BYTES])
{
	if (!hex || !lw_digest_is_hex(hex))
		return FALSE;
	for (guint i = 0; i < LW_DIGEST_BYTES; i++)
		nonce[i] = (guint8)(g_ascii_xdigit_value(hex[2 * i]) << 4 |
				    g_ascii_xdigit_value(hex[2 * i + 1]));
	return TRUE;
}

LwJson *lw_opening_load(const char *path, GError **error)
{
	static const char *const keys[] = {"type", "log", "mark", "text", "nonce", NULL};
	guint8 nonce[LW_DIGEST_BYTES];
	gsize length = 0;
	g_autofree char *name = g_filename_display_name(path);
	g_autofree char *text = lw_record_read(path, &length);
	g_autoptr(LwJson) opening = text ? lw_json_parse(text, length, name, NULL) : NULL;
	if (!opening || lw_json_type(opening) != LW_JSON_OBJECT || lw_json_unknown(opening, keys) ||
	    g_strcmp0(lw_json_string_of(opening, "type"), "opening") != 0 ||
	    !lw_json_string_of(opening, "log") || !lw_json_string_of(opening, "mark") ||
	    !lw_json_string_of(opening, "text") ||
	    !parse_nonce(lw_json_string_of(opening, "nonce"), nonce)) {
		g_set_error(error, LW_ERROR, LW_ERROR_USAGE, "'%s' is no opening of a mark", name);
		return NULL;
	}
	return g_steal_pointer(&opening);
}

gboolean lw_opening_fits(const LwJson *opening, const char *log, const char *mark,
			 const char *commitment)
{
	guint8 nonce[LW_DIGEST_BYTES];
	const char *text = opening ? lw_json_string_of(opening, "text") : NULL;
	g_autofree char *promised = NULL;
	if (!text || !commitment || g_strcmp0(lw_json_string_of(opening, "log"), log) != 0 ||
	    g_strcmp0(lw_json_string_of(opening, "mark"), mark) != 0 ||
	    !parse_nonce(lw_json_string_of(opening, "nonce"), nonce))
		return FALSE;
	promised = lw_record_commitment(nonce, mark, text);
	return strcmp(promised, commitment) == 0;
}

/* The only one whose id begins so; NULL when there are more, or none. */
static const LwJson *find_opening(const LwInside *inside, const char *start)
{
	GHashTableIter iter;
	gpointer mark, opening, found = NULL;
	g_hash_table_iter_init(&iter, inside->openings);
	while (g_hash_table_iter_next(&iter, &mark, &opening)) {
		if (!g_str_has_prefix(mark, start))
			continue;
		if (found)
			return NULL;
		found = opening;
	}
	return found;
}

LwJson *lw_record_open_mark(const char *log, const char *internal, const char *mark, GError **error)
{
	const LwAuditQuestion question = {.internal = internal};
	LwAuditAnswer answer;
	guint8 key[LW_DIGEST_BYTES];
	g_autofree char *path = g_canonicalize_filename(log, NULL);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *beside = g_strconcat(folder, ".internal", NULL);
	gboolean sound = lw_record_audit(log, &question, &answer, error);
	lw_audit_answer_clear(&answer);
	if (!sound)
		return NULL;
	LwInside *inside = lw_inside_open(internal ? internal : beside, key, error);
	explicit_bzero(key, sizeof(key));
	if (!inside)
		return NULL;
	const LwJson *opening = *mark ? find_opening(inside, mark) : NULL;
	g_autofree char *text = opening ? lw_json_print(opening) : NULL;
	lw_inside_free(inside);
	if (text)
		return lw_json_parse(text, strlen(text), RECORD_RECEIPTS, error);
	g_set_error_literal(error, LW_ERROR, LW_ERROR_USAGE,
			    "the log has no such removed mark, or more than one that begins so");
	return NULL;
}
