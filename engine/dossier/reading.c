/* reading.c - takes documents, texts and words out of the dossier; makes the words. */
#include "engine/dossier/reading.h"

#include "engine/base/text.h"

#include <string.h>

enum { KEPT_MOST = 8, KEPT_BYTES = 64 * 1024 * 1024 };

typedef struct {
	gint64 number;
	gsize size;
	LwDocument *document;
} Kept;

struct LwReadings {
	GQueue *kept; /* Kept, the last used first */
};

static void kept_free(gpointer self)
{
	Kept *kept = self;

	lw_document_free(kept->document);
	g_free(kept);
}

LwReadings *lw_readings_new(void)
{
	LwReadings *readings = g_new0(LwReadings, 1);

	readings->kept = g_queue_new();
	return readings;
}

void lw_readings_forget(LwReadings *readings)
{
	g_queue_clear_full(readings->kept, kept_free);
}

void lw_readings_free(LwReadings *readings)
{
	if (!readings)
		return;
	g_queue_free_full(readings->kept, kept_free);
	g_free(readings);
}

/* The oldest go; the one just used stays, however large. */
static void make_room(LwReadings *readings)
{
	gsize size = 0;

	for (GList *at = readings->kept->head; at; at = at->next)
		size += ((Kept *)at->data)->size;
	while (readings->kept->length > 1 &&
	       (size > KEPT_BYTES || readings->kept->length > KEPT_MOST)) {
		Kept *last = g_queue_pop_tail(readings->kept);

		size -= last->size;
		kept_free(last);
	}
}

static const LwDocument *find_kept(LwReadings *readings, gint64 number)
{
	for (GList *at = readings->kept->head; at; at = at->next) {
		Kept *kept = at->data;

		if (kept->number != number)
			continue;
		g_queue_unlink(readings->kept, at);
		g_queue_push_head_link(readings->kept, at);
		return kept->document;
	}
	return NULL;
}

const LwDocument *lw_reading_document(LwDossier *dossier, gint64 number)
{
	const LwDocument *known = find_kept(dossier->readings, number);
	g_autoptr(LwCursor) rows = NULL;
	g_autoptr(GBytes) packed = NULL;
	Kept *kept;

	if (known)
		return known;
	rows = lw_store_ask(dossier->store, "SELECT packed, size FROM reading WHERE document = ?",
			    "i", number);
	if (!lw_cursor_next(rows))
		return NULL;
	packed = lw_cursor_bytes(rows, 0);
	kept = g_new0(Kept, 1);
	kept->number = number;
	kept->size = (gsize)lw_cursor_integer(rows, 1);
	kept->document = lw_document_unpack(packed, kept->size);
	if (!kept->document) {
		g_free(kept);
		return NULL;
	}
	g_queue_push_head(dossier->readings->kept, kept);
	make_room(dossier->readings);
	return kept->document;
}

LwText *lw_text_new(LwDossier *dossier, gint64 document)
{
	g_autoptr(LwCursor) rows = lw_store_ask(
		dossier->store, "SELECT CAST(text AS BLOB), words FROM reading WHERE document = ?",
		"i", document);
	LwText *text = g_new0(LwText, 1);
	gsize bytes = 0;

	text->document = document;
	text->text = "";
	if (!lw_cursor_next(rows))
		return text;
	text->text_bytes = lw_cursor_bytes(rows, 0);
	text->word_bytes = lw_cursor_bytes(rows, 1);
	text->text = g_bytes_get_data(text->text_bytes, &text->length);
	text->words = g_bytes_get_data(text->word_bytes, &bytes);
	text->word_count = bytes / sizeof(LwWord);
	if (!text->length)
		text->text = "";
	return text;
}

void lw_text_free(LwText *text)
{
	if (!text)
		return;
	g_clear_pointer(&text->text_bytes, g_bytes_unref);
	g_clear_pointer(&text->word_bytes, g_bytes_unref);
	g_free(text);
}

static guint64 hash_of(const char *folded)
{
	guint64 hash = 0xcbf29ce484222325u;

	for (; *folded; folded++)
		hash = (hash ^ (guchar)*folded) * 0x100000001b3u;
	return hash;
}

static gboolean is_of_word(gunichar c)
{
	return lw_text_is_letter(c) || lw_text_is_digit(c) || lw_text_is_mark(c);
}

GArray *lw_words_new(const char *text, gsize length)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(LwWord));
	g_autoptr(LwNormal) normal = lw_normal_new(text, length);
	const char *at = normal->utf8, *end = at + normal->length;

	while (at < end) {
		const char *from = at;
		gsize start, stop;
		g_autofree char *folded = NULL;
		LwWord word;

		while (at < end && is_of_word(g_utf8_get_char(at)))
			at = g_utf8_next_char(at);
		if (at == from) {
			at = g_utf8_next_char(at);
			continue;
		}
		folded = lw_text_fold(from, at - from);
		lw_normal_range(normal, (gsize)(from - normal->utf8), (gsize)(at - normal->utf8),
				&start, &stop);
		word = (LwWord){hash_of(folded), (guint32)start, (guint32)(stop - start)};
		g_array_append_val(words, word);
	}
	return words;
}

gsize lw_text_word_at(const LwText *text, gsize byte)
{
	gsize low = 0, high = text->word_count;

	while (low < high) {
		gsize middle = (low + high) / 2;

		if (text->words[middle].start < byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

GArray *lw_words_hash(const char *text)
{
	g_autoptr(GArray) words = lw_words_new(text, strlen(text));
	GArray *hashes = g_array_sized_new(FALSE, FALSE, sizeof(guint64), words->len);

	for (guint i = 0; i < words->len; i++)
		g_array_append_val(hashes, g_array_index(words, LwWord, i).hash);
	return hashes;
}
