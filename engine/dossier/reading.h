/* reading.h - what a scan read of a document, as the dossier keeps it: the document, its text, and
 * its words.
 *
 * A few documents stay unpacked, as long as they are small together. */
#pragma once

#include "engine/dossier/dossier.h"
#include "engine/model/entity.h"

/* A word of a text: letters and digits, compared by the hash of its folded form. */
typedef struct {
	guint64 hash;
	guint32 start, length; /* bytes of the text */
} LwWord;

typedef struct {
	gint64 document;
	const char *text;
	gsize length;
	const LwWord *words;
	gsize word_count;
	GBytes *text_bytes, *word_bytes;
} LwText;

LwReadings *lw_readings_new(void);
void lw_readings_free(LwReadings *readings);
/* After a scan: nothing that was kept is good any more. */
void lw_readings_forget(LwReadings *readings);

/* The unpacked document, until the next call; NULL when it was never read. */
const LwDocument *lw_reading_document(LwDossier *dossier, gint64 document);
/* Its text and words; yours; empty when it was never read. */
LwText *lw_text_new(LwDossier *dossier, gint64 document);
void lw_text_free(LwText *text);

/* The words of a text (LwWord); yours. */
GArray *lw_words_new(const char *text, gsize length);
/* Index of the first word that begins at or after a byte. */
gsize lw_text_word_at(const LwText *text, gsize byte);
/* Words as hashes of a folded short text (guint64); yours. */
GArray *lw_words_hash(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwText, lw_text_free)
