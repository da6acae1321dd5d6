/* lexicon.h - the dictionaries, compiled at build time into one automaton that is mapped into
 * memory, and the user's own lists beside it. Words are looked up folded (lw_text_fold). */
#pragma once

#include "engine/model/vocabulary.h"

typedef struct LwLexicon LwLexicon;
struct LwCalibration;
struct LwTagger;

/* Maps the compiled file, and the trained models that lie beside it (tagger.bin, calibration.bin);
 * checks their headers and every bound. Yours. */
LwLexicon *lw_lexicon_open(const char *path, GError **error);
/* Over bytes already in memory (kept by reference), without a model. */
LwLexicon *lw_lexicon_new(GBytes *compiled, GError **error);
void lw_lexicon_free(LwLexicon *lexicon);
/* NULL: none. */
const struct LwTagger *lw_lexicon_tagger(const LwLexicon *lexicon);
const struct LwCalibration *lw_lexicon_calibration(const LwLexicon *lexicon);
/* A word of the user's own list (one or more words, any case). */
void lw_lexicon_add(LwLexicon *lexicon, const char *words, guint32 flags);
/* Many at once, type a(su). */
void lw_lexicon_add_lists(LwLexicon *lexicon, GVariant *lists);
/* The words that were added with LW_WORD_DENY, as they were given. */
const GPtrArray *lw_lexicon_denied(const LwLexicon *lexicon);
/* Flags of a folded word or of several joined by one space; 0 when unknown. */
guint32 lw_lexicon_find(const LwLexicon *lexicon, const char *folded, gsize length);
/* What a folded word is about, by the list of senses. */
LwSense lw_lexicon_sense(const LwLexicon *lexicon, const char *folded, gsize length);
/* Is it the first word of a longer entry that a thing or a public person is called by? */
gboolean lw_lexicon_opens(const LwLexicon *lexicon, const char *folded);
/* The same for a word as it stands in a text. */
guint32 lw_lexicon_look_up(const LwLexicon *lexicon, const char *word, gsize length);
/* Folded single words of the compiled dictionaries that have all these flags, in no order: one in
 * `lots`, drawn by their first bytes; 1: all. */
typedef void (*LwLexiconFunc)(void *self, const char *word, gsize length);
void lw_lexicon_each(const LwLexicon *lexicon, guint32 flags, guint lots, LwLexiconFunc func,
		     void *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwLexicon, lw_lexicon_free)
