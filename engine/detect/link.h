/* link.h - one card per person over a whole run: what is found once is found everywhere
 * (woo.md 8.3). */
#pragma once

#include "engine/detect/detect.h"

typedef struct LwRegistry LwRegistry;

LwRegistry *lw_registry_new(const LwLexicon *lexicon);
void lw_registry_free(LwRegistry *registry);
/* Takes in the persons (and the e-mail addresses that go with them) that were found in one
 * document. */
void lw_registry_learn(LwRegistry *registry, const LwDocument *document, const LwEntities *found);
/* After all are learnt: closes the cards and builds the automaton over all their variants. */
void lw_registry_close(LwRegistry *registry);
/* Adds what the cards find in a document and what was not found there yet (rule "link/..."), gives
 * every PERSON its card number, and keeps the list sorted, with no person twice at a place. A
 * surname that is also an ordinary word only with evidence. */
void lw_registry_find(const LwRegistry *registry, const LwDocument *document, LwEntities *found);
guint lw_registry_count(const LwRegistry *registry); /* persons */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LwRegistry, lw_registry_free)
