/* unit.c - makes units, compares them by their words, and finds the copies of a place. */
#include "engine/dossier/unit.h"

#include "engine/base/digest.h"
#include "engine/dossier/thread.h"

#include <string.h>

enum {
	SHAPE = 64, /* minima of as many hash functions */
	BANDS = 16,
	ROWS = SHAPE / BANDS,
	SHINGLE = 3,
	WORDS_LEAST = 8,
	AROUND = 6,	 /* words before and after a place that must be the same */
	SAME_LEAST = 51, /* of SHAPE: four fifths alike */
	SIGNATURE_HEX = 24,
};

static guint64 mix(guint64 x)
{
	x ^= x >> 33;
	x *= 0xff51afd7ed558ccdu;
	x ^= x >> 33;
	x *= 0xc4ceb9fe1a85ec53u;
	return x ^ (x >> 33);
}

static char *words_hash(const LwWord *words, gsize count)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

	for (gsize i = 0; i < count; i++)
		g_checksum_update(sum, (const guchar *)&words[i].hash, sizeof(guint64));
	return g_strdup(g_checksum_get_string(sum));
}

static GBytes *words_shape(const LwWord *words, gsize count)
{
	guint32 *shape = g_new(guint32, SHAPE);

	memset(shape, 0xff, SHAPE * sizeof(guint32));
	for (gsize i = 0; i + SHINGLE <= count; i++) {
		guint64 hash = 0;

		for (gsize k = 0; k < SHINGLE; k++)
			hash = mix(hash ^ words[i + k].hash);
		for (guint k = 0; k < SHAPE; k++) {
			guint32 value = (guint32)mix(hash + k * 0x9e3779b97f4a7c15u);

			shape[k] = MIN(shape[k], value);
		}
	}
	return g_bytes_new_take(shape, SHAPE * sizeof(guint32));
}

static void unit_add(LwDossier *dossier, gint64 document, const char *type, const LwWord *words,
		     gsize first, gsize last)
{
	g_autofree char *hash = NULL;
	g_autoptr(GBytes) shape = NULL;

	if (last < first + WORDS_LEAST)
		return;
	hash = words_hash(words + first, last - first);
	shape = words_shape(words + first, last - first);
	lw_store_run(
		dossier->store,
		"INSERT INTO unit(document, type, first, last, hash, shape) VALUES(?, ?, ?, ?, "
		"?, ?)",
		"isiisb", document, type, (gint64)first, (gint64)last, hash, shape);
}

void lw_units_make(LwDossier *dossier, gint64 document, const char *text, gsize length,
		   const LwWord *words, gsize count)
{
	g_autoptr(GArray) messages = lw_messages_find(text, length);
	const LwText whole = {.words = words, .word_count = count};

	lw_store_run(dossier->store, "DELETE FROM unit WHERE document = ?", "i", document);
	unit_add(dossier, document, "document", words, 0, count);
	for (guint i = 0; i < messages->len; i++) {
		LwSpan span = g_array_index(messages, LwSpan, i);

		unit_add(dossier, document, "message", words, lw_text_word_at(&whole, span.start),
			 lw_text_word_at(&whole, (gsize)span.start + span.length));
	}
}

/* ---- grouping ---- */

typedef struct {
	gint64 id;
	guint parent; /* of the forest of groups */
	char *hash;
	const char *type; /* interned */
	guint32 shape[SHAPE];
} Unit;

static void unit_clear(gpointer self)
{
	g_free(((Unit *)self)->hash);
}

static guint root_of(GArray *units, guint at)
{
	while (g_array_index(units, Unit, at).parent != at) {
		guint parent = g_array_index(units, Unit, at).parent;

		g_array_index(units, Unit, at).parent = g_array_index(units, Unit, parent).parent;
		at = parent;
	}
	return at;
}

static guint alike(const guint32 *a, const guint32 *b)
{
	guint same = 0;

	for (guint i = 0; i < SHAPE; i++)
		same += a[i] == b[i];
	return same;
}

static void join(GArray *units, guint a, guint b)
{
	const Unit *one = &g_array_index(units, Unit, a), *two = &g_array_index(units, Unit, b);
	guint first = root_of(units, a), second = root_of(units, b);

	if (first == second || one->type != two->type ||
	    (strcmp(one->hash, two->hash) && alike(one->shape, two->shape) < SAME_LEAST))
		return;
	g_array_index(units, Unit, MAX(first, second)).parent = MIN(first, second);
}

/* Those that agree in a whole band may be alike; each is compared with the first of its band. */
static void join_bands(GArray *units)
{
	for (guint band = 0; band < BANDS; band++) {
		g_autoptr(GHashTable) seen =
			g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

		for (guint i = 0; i < units->len; i++) {
			const Unit *unit = &g_array_index(units, Unit, i);
			gint64 key = GPOINTER_TO_SIZE(unit->type) & 0xff;
			gpointer first;

			for (guint row = 0; row < ROWS; row++)
				key = (gint64)mix((guint64)key ^ unit->shape[band * ROWS + row]);
			if (g_hash_table_lookup_extended(seen, &key, NULL, &first))
				join(units, GPOINTER_TO_UINT(first), i);
			else
				g_hash_table_insert(seen, g_memdup2(&key, sizeof(key)),
						    GUINT_TO_POINTER(i));
		}
	}
}

static GArray *units_load(LwDossier *dossier)
{
	GArray *units = g_array_new(FALSE, TRUE, sizeof(Unit));
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT unit.id, hash, type, shape FROM unit JOIN document ON document.id = "
		"unit.document WHERE state = 'read' ORDER BY unit.id",
		"");

	g_array_set_clear_func(units, unit_clear);
	while (lw_cursor_next(rows)) {
		g_autoptr(GBytes) shape = lw_cursor_bytes(rows, 3);
		Unit unit = {.id = lw_cursor_integer(rows, 0),
			     .parent = units->len,
			     .hash = g_strdup(lw_cursor_text(rows, 1)),
			     .type = g_intern_string(lw_cursor_text(rows, 2))};

		if (shape && g_bytes_get_size(shape) == sizeof(unit.shape))
			memcpy(unit.shape, g_bytes_get_data(shape, NULL), sizeof(unit.shape));
		g_array_append_val(units, unit);
	}
	return units;
}

void lw_units_group(LwDossier *dossier)
{
	g_autoptr(GArray) units = units_load(dossier);
	g_autofree guint *sizes = g_new0(guint, units->len + 1);

	join_bands(units);
	for (guint i = 0; i < units->len; i++)
		sizes[root_of(units, i)]++;
	lw_store_run(dossier->store, "UPDATE unit SET grouped = NULL WHERE grouped IS NOT NULL",
		     "");
	for (guint i = 0; i < units->len; i++) {
		guint root = root_of(units, i);

		if (sizes[root] > 1)
			lw_store_run(dossier->store, "UPDATE unit SET grouped = ? WHERE id = ?",
				     "ii", g_array_index(units, Unit, root).id,
				     g_array_index(units, Unit, i).id);
	}
}

/* ---- copies of a place ---- */

typedef struct {
	gint64 document, grouped;
	gsize first, last; /* words */
} Range;

/* The units of a document that have others like them, messages first. */
static GArray *ranges_of(LwDossier *dossier, gint64 document)
{
	GArray *ranges = g_array_new(FALSE, FALSE, sizeof(Range));
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store,
		"SELECT document, grouped, first, last FROM unit WHERE document = ? AND grouped IS "
		"NOT NULL ORDER BY type = 'document', first",
		"i", document);

	while (lw_cursor_next(rows)) {
		Range range = {lw_cursor_integer(rows, 0), lw_cursor_integer(rows, 1),
			       (gsize)lw_cursor_integer(rows, 2),
			       (gsize)lw_cursor_integer(rows, 3)};

		g_array_append_val(ranges, range);
	}
	return ranges;
}

static const Range *range_at(const GArray *ranges, gsize first, gsize last)
{
	for (guint i = 0; i < ranges->len; i++) {
		const Range *range = &g_array_index(ranges, Range, i);

		if (first >= range->first && last <= range->last)
			return range;
	}
	return NULL;
}

/* The words of a span: [*first, *last). */
static void words_of(const LwText *text, LwSpan span, gsize *first, gsize *last)
{
	gsize end = (gsize)span.start + span.length;

	*first = lw_text_word_at(text, span.start);
	/* A mark may begin inside a word. */
	if (*first > 0 &&
	    text->words[*first - 1].start + text->words[*first - 1].length > span.start)
		--*first;
	*last = lw_text_word_at(text, end);
}

static void update(GChecksum *sum, guint64 value)
{
	g_checksum_update(sum, (const guchar *)&value, sizeof(value));
}

static char *signature(const LwText *text, const Range *range, gsize first, gsize last,
		       guint ordinal)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize from = MAX(range->first, first > AROUND ? first - AROUND : 0);
	gsize to = MIN(range->last, last + AROUND);

	update(sum, (guint64)range->grouped);
	update(sum, first - from);
	update(sum, last - first);
	update(sum, ordinal);
	for (gsize i = from; i < to; i++)
		update(sum, text->words[i].hash);
	return g_strndup(g_checksum_get_string(sum), SIGNATURE_HEX);
}

/* How many places before this one look the same: a table may say a thing twice. */
static guint ordinal_of(const LwText *text, const Range *range, gsize first, gsize last)
{
	guint ordinal = 0;

	for (gsize i = range->first; i < first && last > first; i++) {
		gsize back = MIN(AROUND, MIN(i - range->first, first - range->first));
		gsize length = MIN(last - first + AROUND, range->last - first) + back, same = 0;

		if (text->words[i].hash != text->words[first].hash)
			continue;
		while (same < length &&
		       text->words[i - back + same].hash == text->words[first - back + same].hash)
			same++;
		ordinal += same == length;
	}
	return ordinal;
}

static char *place_signature(const LwText *text, const GArray *ranges, LwSpan span)
{
	const Range *range;
	gsize first, last;

	words_of(text, span, &first, &last);
	range = first < last ? range_at(ranges, first, last) : NULL;
	return range ? signature(text, range, first, last, ordinal_of(text, range, first, last))
		     : NULL;
}

char *lw_place_signature(LwDossier *dossier, const LwText *text, LwSpan span)
{
	g_autoptr(GArray) ranges = ranges_of(dossier, text->document);

	return place_signature(text, ranges, span);
}

/* Areas are copies only in files that are the same, byte by byte. */
static void mark_area_copies(LwDossier *dossier)
{
	lw_store_run(
		dossier->store,
		"UPDATE mark SET copy = 'a' || d.sha256 || ':' || page || ':' || "
		"coalesce(figure, boxes, '') FROM document d WHERE d.id = mark.document AND "
		"length = 0 AND (SELECT count(*) FROM document o WHERE o.sha256 = d.sha256 AND "
		"o.state = 'read') > 1",
		"");
}

static void mark_document_copies(LwDossier *dossier, gint64 document)
{
	g_autoptr(GArray) ranges = ranges_of(dossier, document);
	g_autoptr(LwText) text = lw_text_new(dossier, document);
	g_autoptr(LwCursor) rows =
		lw_store_ask(dossier->store,
			     "SELECT id, start, length FROM mark WHERE document = ? AND length > 0",
			     "i", document);

	while (lw_cursor_next(rows)) {
		LwSpan span = {(guint32)lw_cursor_integer(rows, 1),
			       (guint32)lw_cursor_integer(rows, 2)};
		g_autofree char *id = g_strdup(lw_cursor_text(rows, 0));
		g_autofree char *copy = place_signature(text, ranges, span);

		if (copy)
			lw_store_run(dossier->store, "UPDATE mark SET copy = ? WHERE id = ?", "ss",
				     copy, id);
	}
}

void lw_units_mark_copies(LwDossier *dossier)
{
	g_autoptr(GArray) documents = g_array_new(FALSE, FALSE, sizeof(gint64));
	g_autoptr(LwCursor) rows = NULL;

	lw_store_run(dossier->store, "UPDATE mark SET copy = NULL WHERE copy IS NOT NULL", "");
	rows = lw_store_ask(dossier->store,
			    "SELECT DISTINCT document FROM unit WHERE grouped IS NOT NULL", "");
	while (lw_cursor_next(rows)) {
		gint64 document = lw_cursor_integer(rows, 0);

		g_array_append_val(documents, document);
	}
	for (guint i = 0; i < documents->len; i++)
		mark_document_copies(dossier, g_array_index(documents, gint64, i));
	mark_area_copies(dossier);
}

/* Places of a unit with this signature. */
static void find_in_range(GArray *places, const LwText *text, const Range *range,
			  const LwText *source, gsize first, gsize last, const char *wanted)
{
	gsize count = last - first;

	for (gsize i = range->first; i + count <= range->last; i++) {
		const LwWord *from = &text->words[i], *to = &text->words[i + count - 1];
		g_autofree char *found = NULL;
		LwPlace place;

		if (from->hash != source->words[first].hash ||
		    to->hash != source->words[last - 1].hash)
			continue;
		found = signature(text, range, i, i + count, ordinal_of(text, range, i, i + count));
		if (strcmp(found, wanted))
			continue;
		place = (LwPlace){text->document,
				  {from->start, to->start + to->length - from->start}};
		g_array_append_val(places, place);
	}
}

GArray *lw_place_copies(LwDossier *dossier, gint64 document, LwSpan span)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(LwPlace));
	g_autoptr(GArray) ranges = ranges_of(dossier, document);
	g_autoptr(LwText) text = lw_text_new(dossier, document);
	g_autofree char *wanted = NULL;
	g_autoptr(LwCursor) rows = NULL;
	const Range *range;
	gsize first, last;

	words_of(text, span, &first, &last);
	range = first < last ? range_at(ranges, first, last) : NULL;
	if (!range)
		return places;
	wanted = signature(text, range, first, last, ordinal_of(text, range, first, last));
	rows = lw_store_ask(dossier->store,
			    "SELECT document, grouped, first, last FROM unit WHERE grouped = ? AND "
			    "(document <> ? OR first <> ?)",
			    "iii", range->grouped, document, (gint64)range->first);
	while (lw_cursor_next(rows)) {
		Range other = {lw_cursor_integer(rows, 0), lw_cursor_integer(rows, 1),
			       (gsize)lw_cursor_integer(rows, 2),
			       (gsize)lw_cursor_integer(rows, 3)};
		g_autoptr(LwText) its = lw_text_new(dossier, other.document);

		if (other.last <= its->word_count)
			find_in_range(places, its, &other, text, first, last, wanted);
	}
	return places;
}
