/* corpus.h - marked text for training and checking the tagger.
 *
 * A file holds documents; each begins with a line "@@DOC gold" or "@@DOC bare", which " special"
 * and " decided" may follow. Inside, U+0002 and a letter open a span and U+0003 closes it: P person,
 * L place, O organisation, N no person, S special category, D number, E mail address or account,
 * ? unknown. What is outside of the spans is no name in a gold document, and no person in a bare
 * one; of a special category it is only known in a document that says "special". In one that says
 * "decided" a span has to go, and one whose letter is small has to stay.
 */
#pragma once

#include "engine/detect/tagger-feature.h"
#include "engine/detect/tagger-file.h"

#define HEADS (LW_TAGGER_LANES - LW_TAGGER_SPECIAL) /* what is judged apart, by lane */

typedef enum { HEAD_NOT, HEAD_IS, HEAD_UNKNOWN } Head;

typedef struct {
	LwDocument *document;
	LwNormal *normal;
	LwTokens *tokens;
	guint16 *allowed; /* by token: the labels that are right, one bit each */
	gboolean decided; /* it tells what goes and what stays */
	GArray *persons;  /* LwSpan of tokens: start is the first, length the number */
	guint8 *heads[HEADS]; /* by token: Head */
} Text;

/* Appends the texts of a file. */
gboolean corpus_read(GPtrArray *texts, const char *path, const LwLexicon *lexicon, GError **error);
/* The slots of the classes that a file has, one word and class a line; NULL on an error. Yours. */
guint32 *corpus_read_classes(const char *path, guint slots, GError **error);
/* Takes a share of the names of each text off the lists, each in all its places: whoever is on no
 * list must be known by what stands around the name. */
void corpus_forget_names(GPtrArray *texts, guint percent);
void corpus_text_free(gpointer text);
